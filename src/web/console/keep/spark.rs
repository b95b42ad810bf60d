//! How often something was asked on each day: a small drawing, and the same in words.

use jiff::civil::Date;

const WIDTH: usize = 150;
const HEIGHT: usize = 28;

/// A drawing with its words.
#[derive(Clone, Debug)]
pub struct Spark {
    /// The `d` of a path in a box of 150 by 28.
    pub path: String,
    /// The same for whoever cannot see it.
    pub said: String,
}

/// Draws the days, the oldest first.
pub fn spark(days: &[(Date, usize)]) -> Spark {
    let most = days.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let all: usize = days.iter().map(|(_, count)| count).sum();
    let step = WIDTH / days.len().max(1);
    let mut path = String::new();
    for (place, (_, count)) in days.iter().enumerate() {
        let (x, tall) = (place * step, count * (HEIGHT - 2) / most.max(1));
        // A day on which nobody asked is a dot of the ground line.
        path.push_str(&format!("M{x} {HEIGHT}v-{}h{}V{HEIGHT}z", tall.max(1), step - 1));
    }
    let last_week: usize = days.iter().rev().take(7).map(|(_, count)| count).sum();
    let peak = days.iter().rev().find(|(_, count)| *count == most);
    let said = match peak {
        Some((day, most)) if all > 0 => format!(
            "近 {} 天问了 {all} 次，近 7 天 {last_week} 次，最多的是 {}月{}日，{most} 次",
            days.len(),
            day.month(),
            day.day(),
        ),
        _ => format!("近 {} 天没有人问", days.len()),
    };
    Spark { path, said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_also_said() {
        let day = |day: i8| jiff::civil::date(2026, 11, day);
        let asked = spark(&[(day(1), 0), (day(2), 3), (day(3), 1)]);
        assert_eq!(asked.said, "近 3 天问了 4 次，近 7 天 4 次，最多的是 11月2日，3 次");
        assert_eq!(asked.path.matches('M').count(), 3);
        assert!(asked.path.contains("v-26"), "{}", asked.path);
        assert_eq!(spark(&[(day(1), 0)]).said, "近 1 天没有人问");
    }
}
