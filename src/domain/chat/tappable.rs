//! What can be pressed inside words: landlines are called, addresses copied, and to staff a question's number leads to
//! where it stands.

/// A piece of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit<'a> {
    /// Only read.
    Text(&'a str),
    /// A landline with its area code, as it is written.
    Landline(&'a str),
    /// An address that is known, as it is written.
    Address(&'a str),
    /// A question's number, as Q12 is written.
    Question(i64, &'a str),
}

impl<'a> Bit<'a> {
    /// As it is written.
    pub fn said(&self) -> &'a str {
        let (Bit::Text(text) | Bit::Landline(text) | Bit::Address(text) | Bit::Question(_, text)) = self;
        text
    }

    /// The digits of a landline.
    pub fn dialled(&self) -> String {
        self.said().chars().filter(char::is_ascii_digit).collect()
    }
}

/// The pieces of `text`, all of it and in order; `addresses`: those that are known; `questions`: with questions' numbers.
pub fn bits<'a>(text: &'a str, addresses: &[String], questions: bool) -> Vec<Bit<'a>> {
    let mut bits = Vec::new();
    let (mut plain, mut at) = (0, 0);
    let mut before = ' ';
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let found = match c {
            '0' if !before.is_ascii_alphanumeric() && before != '-' => landline(rest).map(Bit::Landline),
            'Q' if questions && !before.is_ascii_alphanumeric() => question(rest),
            _ => address(rest, addresses),
        };
        let Some(bit) = found else {
            at += c.len_utf8();
            before = c;
            continue;
        };
        if plain < at {
            bits.push(Bit::Text(&text[plain..at]));
        }
        at += bit.said().len();
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

/// The longest of the addresses that begins here.
fn address<'a>(text: &'a str, addresses: &[String]) -> Option<Bit<'a>> {
    let here = addresses
        .iter()
        .filter(|known| !known.is_empty() && text.starts_with(known.as_str()));
    let longest = here.map(String::len).max()?;
    Some(Bit::Address(&text[..longest]))
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
        let addresses = ["建安大道 1 号", "建安大道 1 号附 2 号"].map(str::to_owned);
        let bits = bits(text, &addresses, questions);
        let marked = bits.iter().map(|bit| match bit {
            Bit::Text(text) => (*text).to_owned(),
            Bit::Address(text) => format!("{{{text}}}"),
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
            (
                "窗口（建安大道 1 号附 2 号，0374-2660123）",
                "窗口（{建安大道 1 号附 2 号}，<0374-2660123>）",
            ),
            ("建安大道 1 号、建安大道 2 号", "{建安大道 1 号}、建安大道 2 号"),
            ("Q 群、FAQ12、Q", "Q 群、FAQ12、Q"),
            ("0374-266012345", "0374-266012345"),
            ("", ""),
        ] {
            assert_eq!(marked(text, true), found, "{text}");
        }
        assert_eq!(marked("Q12", false), "Q12");
    }
}
