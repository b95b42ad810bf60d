//! The fields of an entry as a form holds them, beside how they are typed in chat: a list has a line for each of its
//! parts, and nothing is empty.

use super::answer::Answer;
use super::edit::{Field, Wrong, cited, items};
use super::entry::Entry;

impl Field {
    /// Sets the field as a form holds it: what is written takes the place of all that was there, nothing empties it.
    pub fn write(self, entry: &mut Entry, text: &str) -> Result<(), Wrong> {
        let text = text.trim();
        match self {
            Field::Variants => entry.variants = items(text).map(str::to_owned).collect(),
            Field::DependsOn => entry.depends_on = items(text).map(str::to_owned).collect(),
            Field::MustHit => entry.tests.must_hit = items(text).map(str::to_owned).collect(),
            Field::MustNotHit => entry.tests.must_not_hit = items(text).map(str::to_owned).collect(),
            Field::Answer if text.is_empty() => entry.answer = Answer::Text(String::new()),
            Field::Basis if text.is_empty() => entry.basis.clear(),
            Field::Topic if text.is_empty() => entry.topic.clear(),
            Field::Category if text.is_empty() => entry.category.clear(),
            Field::Owner if text.is_empty() => entry.owner.clear(),
            Field::Business if text.is_empty() => entry.business.clear(),
            Field::ReviewBy if text.is_empty() => entry.review_by = None,
            Field::ValidUntil if text.is_empty() => entry.valid_until = None,
            Field::Question
            | Field::Answer
            | Field::Basis
            | Field::Topic
            | Field::Category
            | Field::AppliesTo
            | Field::Business
            | Field::Owner
            | Field::ReviewBy
            | Field::ValidFrom
            | Field::ValidUntil
            | Field::Audience => self.set(entry, text)?,
        }
        Ok(())
    }

    /// The field as a form shows it: a list has a line for each of its parts, an open date is empty.
    pub fn written(self, entry: &Entry) -> String {
        match self {
            Field::Variants => entry.variants.join("\n"),
            Field::DependsOn => entry.depends_on.join("\n"),
            Field::MustHit => entry.tests.must_hit.join("\n"),
            Field::MustNotHit => entry.tests.must_not_hit.join("\n"),
            Field::Basis => entry.basis.iter().map(cited).collect::<Vec<_>>().join("\n"),
            Field::ReviewBy => entry.review_by.map(|day| day.to_string()).unwrap_or_default(),
            Field::ValidUntil => entry.valid_until.map(|day| day.to_string()).unwrap_or_default(),
            Field::Question
            | Field::Answer
            | Field::Topic
            | Field::Category
            | Field::AppliesTo
            | Field::Business
            | Field::Owner
            | Field::ValidFrom
            | Field::Audience => self.said(entry),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::edit::{FIELDS, blank};
    use super::*;

    fn entry() -> Entry {
        let mut entry = blank(
            "own-042".into(),
            42,
            "公司合并怎么登记？",
            jiff::civil::date(2026, 11, 30),
        );
        for (field, text) in [
            (Field::Answer, "结论：一起办。\n材料：\n1. 协议\n2. 决议"),
            (Field::Basis, "《公司法》第二百一十八条\n《市场主体登记管理条例》"),
            (Field::Variants, "公司合并\n+两家合一家"),
            (Field::ReviewBy, "2027-06-30"),
        ] {
            assert_eq!(field.write(&mut entry, text), Ok(()), "{text}");
        }
        entry
    }

    #[test]
    fn what_a_form_shows_can_be_written_back_and_changes_nothing() {
        let before = entry();
        let mut after = before.clone();
        for (_, field) in FIELDS {
            assert_eq!(field.write(&mut after, &field.written(&before)), Ok(()), "{field:?}");
        }
        assert_eq!(after, before);
        assert_eq!(
            before.variants,
            ["公司合并", "+两家合一家"],
            "a sign at the front is a word of the phrasing"
        );
    }

    #[test]
    fn an_empty_field_is_emptied_where_it_may_be_empty_and_refused_where_not() {
        let mut entry = entry();
        for field in [
            Field::Answer,
            Field::Basis,
            Field::Variants,
            Field::ReviewBy,
            Field::Owner,
        ] {
            assert_eq!(field.write(&mut entry, " "), Ok(()), "{field:?}");
            assert_eq!(field.written(&entry), "", "{field:?}");
        }
        assert_eq!(Field::Question.write(&mut entry, ""), Err(Wrong::Empty));
        assert_eq!(entry.question, "公司合并怎么登记？");
    }
}
