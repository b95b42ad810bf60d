//! What can be pressed inside words: landlines are called, and to staff a question's number leads to where it stands.

/// A piece of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit<'a> {
    /// Only read.
    Text(&'a str),
    /// A landline with its area code, as it is written.
    Landline(&'a str),
    /// A question's number, as Q12 is written.
    Question(i64, &'a str),
}

impl Bit<'_> {
    /// The digits of a landline.
    pub fn dialled(&self) -> String {
        let (Bit::Text(text) | Bit::Landline(text) | Bit::Question(_, text)) = self;
        text.chars().filter(char::is_ascii_digit).collect()
    }
}

/// The pieces of `text`, all of it and in order; `questions`: with questions' numbers.
pub fn bits(text: &str, questions: bool) -> Vec<Bit<'_>> {
    let mut bits = Vec::new();
    let (mut plain, mut at) = (0, 0);
    let mut before = ' ';
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let found = match c {
            '0' if !before.is_ascii_alphanumeric() && before != '-' => landline(rest).map(Bit::Landline),
            'Q' if questions && !before.is_ascii_alphanumeric() => question(rest),
            _ => None,
        };
        let Some(bit) = found else {
            at += c.len_utf8();
            before = c;
            continue;
        };
        let (Bit::Text(said) | Bit::Landline(said) | Bit::Question(_, said)) = bit;
        if plain < at {
            bits.push(Bit::Text(&text[plain..at]));
        }
        at += said.len();
        plain = at;
        before = '0';
        bits.push(bit);
    }
    if plain < text.len() {
        bits.push(Bit::Text(&text[plain..]));
    }
    bits
}

/// Area code (0 and two or three digits), perhaps a dash, seven or eight digits, and no digit after.
fn landline(text: &str) -> Option<&str> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let end = match first {
        3 | 4 if text[first..].starts_with('-') => {
            let second = digits(&text[first + 1..]);
            (7..=8).contains(&second).then_some(first + 1 + second)?
        }
        10..=12 => first,
        _ => return None,
    };
    Some(&text[..end])
}

fn question(text: &str) -> Option<Bit<'_>> {
    let count = text[1..].bytes().take_while(u8::is_ascii_digit).count();
    let said = &text[..1 + count];
    Some(Bit::Question(said[1..].parse().ok()?, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, questions: bool) -> String {
        let bits = bits(text, questions);
        let marked = bits.iter().map(|bit| match bit {
            Bit::Text(text) => (*text).to_owned(),
            Bit::Landline(text) => format!("<{text}>"),
            Bit::Question(number, _) => format!("[{number}]"),
        });
        marked.collect()
    }

    #[test]
    fn landlines_and_numbers_are_found_and_nothing_else() {
        for (text, found) in [
            (
                "魏都分局窗口 0374-2660123，或 037426601234。",
                "魏都分局窗口 <0374-2660123>，或 <037426601234>。",
            ),
            ("Q12 等认领；请看 Q3、Q4", "[12] 等认领；请看 [3]、[4]"),
            (
                "0374-266 编号00374-26601234 A0374-2660123",
                "0374-266 编号00374-26601234 A0374-2660123",
            ),
            ("020-12345678", "<020-12345678>"),
            ("Q 群、FAQ12、Q", "Q 群、FAQ12、Q"),
            ("0374-266012345", "0374-266012345"),
            ("", ""),
        ] {
            assert_eq!(marked(text, true), found, "{text}");
        }
        assert_eq!(marked("Q12", false), "Q12");
    }
}
