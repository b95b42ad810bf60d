//! How content an asker is, in the five levels of 国办发〔2019〕51号.

/// One of the five levels, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// 非常满意
    Delighted,
    /// 满意
    Content,
    /// 基本满意
    Fair,
    /// 不满意
    Poor,
    /// 非常不满意
    Bad,
}

impl Rating {
    /// All of them, best first.
    pub const ALL: [Rating; 5] = [
        Rating::Delighted,
        Rating::Content,
        Rating::Fair,
        Rating::Poor,
        Rating::Bad,
    ];

    /// Five for the best, one for the worst: as it is stored.
    pub fn level(self) -> u8 {
        match self {
            Rating::Delighted => 5,
            Rating::Content => 4,
            Rating::Fair => 3,
            Rating::Poor => 2,
            Rating::Bad => 1,
        }
    }

    /// The rating of a stored level; none below one or above five.
    pub fn of_level(level: i64) -> Option<Rating> {
        Rating::ALL
            .into_iter()
            .find(|rating| i64::from(rating.level()) == level)
    }

    /// The word people see and type.
    pub fn word(self) -> &'static str {
        match self {
            Rating::Delighted => "非常满意",
            Rating::Content => "满意",
            Rating::Fair => "基本满意",
            Rating::Poor => "不满意",
            Rating::Bad => "非常不满意",
        }
    }

    /// The rating somebody typed, in exactly its word.
    pub fn of_word(word: &str) -> Option<Rating> {
        Rating::ALL.into_iter().find(|rating| rating.word() == word)
    }

    /// Whether somebody must look into it.
    pub fn is_bad(self) -> bool {
        self >= Rating::Poor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_words_are_read_back_and_the_last_two_are_bad() {
        for rating in Rating::ALL {
            assert_eq!(Rating::of_level(rating.level().into()), Some(rating));
            assert_eq!(Rating::of_word(rating.word()), Some(rating));
        }
        assert_eq!(
            [Rating::of_level(0), Rating::of_level(6), Rating::of_word("还行")],
            [None; 3]
        );
        let bad: Vec<&str> = Rating::ALL
            .into_iter()
            .filter(|rating| rating.is_bad())
            .map(Rating::word)
            .collect();
        assert_eq!(bad, ["不满意", "非常不满意"]);
    }
}
