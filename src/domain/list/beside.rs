//! Small clusters that may ask the same in other words: which of them an editor sees beside each other.

/// Groups of at least two and at most `most`, by place; `alike` says how similar each is to each. The most similar come
/// together first, and two groups only if their members are similar from `from` on average: no chain of neighbours.
pub fn groups(alike: &[Vec<f32>], from: f32, most: usize) -> Vec<Vec<usize>> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for one in 0..alike.len() {
        pairs.extend((one + 1..alike.len()).map(|other| (one, other)));
    }
    pairs.retain(|(one, other)| alike[*one][*other] >= from);
    pairs.sort_by(|(a, b), (c, d)| alike[*c][*d].total_cmp(&alike[*a][*b]).then((a, b).cmp(&(c, d))));
    let mut groups: Vec<Vec<usize>> = (0..alike.len()).map(|place| vec![place]).collect();
    let mut of: Vec<usize> = (0..alike.len()).collect();
    for (one, other) in pairs {
        let (into, gone) = (of[one].min(of[other]), of[one].max(of[other]));
        if into == gone || groups[into].len() + groups[gone].len() > most {
            continue;
        }
        let links = groups[into]
            .iter()
            .flat_map(|one| groups[gone].iter().map(|other| alike[*one][*other]));
        let mean = links.sum::<f32>() / (groups[into].len() * groups[gone].len()) as f32;
        if mean >= from {
            let moved = std::mem::take(&mut groups[gone]);
            for place in &moved {
                of[*place] = into;
            }
            groups[into].extend(moved);
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How alike each of five is to each, from the pairs that are alike at all.
    fn alike(pairs: &[(usize, usize, f32)]) -> Vec<Vec<f32>> {
        let mut alike = vec![vec![0.0; 5]; 5];
        for (one, other, similarity) in pairs {
            alike[*one][*other] = *similarity;
            alike[*other][*one] = *similarity;
        }
        alike
    }

    #[test]
    fn what_is_alike_comes_together_and_a_chain_does_not() {
        let all = alike(&[(0, 2, 0.4), (0, 4, 0.3), (2, 4, 0.3), (1, 3, 0.5)]);
        assert_eq!(groups(&all, 0.25, 8), [vec![0, 2, 4], vec![1, 3]]);
        assert_eq!(groups(&all, 0.25, 2), [vec![0, 2], vec![1, 3]]);
        let chain = alike(&[(0, 1, 0.4), (1, 2, 0.3), (2, 3, 0.3)]);
        assert_eq!(groups(&chain, 0.25, 8), [vec![0, 1], vec![2, 3]]);
        assert!(groups(&alike(&[]), 0.25, 8).is_empty());
    }
}
