//! What people paste along with their words and nobody sees, and the many signs that mean the same one. The only place
//! that knows them: cells of forms, fields of YAML, commands in chat and what is masked are all cleaned here.

use unicode_normalization::UnicodeNormalization as _;

/// Whether nothing shows where a character stands: format characters (Cf), fillers, variation selectors and what else
/// Unicode lets a program leave out (Default_Ignorable_Code_Point).
pub fn invisible(c: char) -> bool {
    selects_variation(c)
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}'
            | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}'
            | '\u{e01f0}'..='\u{e0fff}')
}

/// Whether a character only says how the one before it is drawn.
pub fn selects_variation(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The text without what nobody sees.
pub fn seen(text: &str) -> String {
    text.chars().filter(|c| !invisible(*c)).collect()
}

/// A field of names and numbers: nothing invisible, one dash, one middle dot in names, one character for what looks
/// the same (radicals and compatibility ideographs copied out of a PDF, letters with their accents apart). Prose keeps
/// its dashes: it is not cleaned with this.
pub fn field(text: &str) -> String {
    let folded = text.chars().filter(|c| !invisible(*c)).flat_map(|c| {
        let alike = matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
        let c = match c {
            c if dash(c) => '-',
            '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' | '\u{ff65}' => '·',
            '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
            c => c,
        };
        let one = (!alike).then_some(c);
        let other = alike.then(|| std::iter::once(c).nfkc());
        one.into_iter().chain(other.into_iter().flatten())
    });
    folded.nfc().collect()
}

/// Whatever is drawn as a short line in the middle.
pub fn dash(c: char) -> bool {
    matches!(c,
        '-' | '\u{58a}' | '\u{5be}' | '\u{1806}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{207b}' | '\u{208b}'
        | '\u{2212}' | '\u{2500}'..='\u{2501}' | '\u{2796}' | '\u{2e3a}'..='\u{2e3b}' | '\u{fe31}'..='\u{fe32}'
        | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// A blank that is no ordinary one: of another width, or one that does not break.
pub fn odd_blank(c: char) -> bool {
    c != ' ' && c != '\n' && c != '\r' && (c.is_whitespace() || c == '\u{2800}' || c == '\u{3164}')
}

/// The value of one digit, in whatever script or ornament: ７ ٧ ७ ⁷ ₇ ⑦ ⑺ ⒎ ❼. Chinese numerals are words and not
/// meant.
pub fn digit(c: char) -> Option<u8> {
    if let Some(value) = c.to_digit(10) {
        return u8::try_from(value).ok();
    }
    if c.is_ascii() {
        return None;
    }
    let code = u32::from(c);
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code));
    let one = ONES.iter().find(|one| (**one..**one + 9).contains(&code));
    let apart = APART.contains(&c).then_some(0);
    let plain = zero
        .map(|zero| code - zero)
        .or_else(|| one.map(|one| code - one + 1))
        .or(apart)
        .and_then(|value| u8::try_from(value).ok());
    plain.or_else(|| decomposed(c))
}

/// ⑺ is (7), ⒎ is 7. and ⁷ is 7 with a mark: the only digit of what Unicode takes them apart into.
fn decomposed(c: char) -> Option<u8> {
    let parts: Vec<char> = std::iter::once(c).nfkc().collect();
    let mut digits = parts.iter().filter_map(|part| part.to_digit(10));
    let (first, second) = (digits.next()?, digits.next());
    let only_signs = parts
        .iter()
        .all(|part| part.is_ascii_digit() || matches!(part, '(' | ')' | '.' | ','));
    (second.is_none() && only_signs).then_some(u8::try_from(first).ok()?)
}

/// The zeros of the scripts (general category Nd, Unicode 17); nine digits follow each.
const ZEROS: [u32; 76] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0,
    0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50,
    0x11d50, 0x11da0, 0x11de0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8,
    0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The ones of ornaments and scripts (No, Nl) that Unicode does not take apart: ❶ ➀ ➊ ⓵ 〡 ㈠, counting rods, Ethiopic;
/// eight more follow each. Roman numerals are letters here: Ⅱ类 is a class.
const ONES: [u32; 25] = [
    0x1369, 0x17f1, 0x24f5, 0x2776, 0x2780, 0x278a, 0x3021, 0x3220, 0x3280, 0xa6e6, 0x10107, 0x102e1, 0x109c0, 0x10e60,
    0x11052, 0x111e1, 0x11c5a, 0x12415, 0x16e81, 0x1d2e1, 0x1d360, 0x1e8c7, 0x1ec71, 0x1eca3, 0x1ed01,
];

/// Zeros that stand apart from their digits.
const APART: [char; 9] = [
    '\u{24ff}',
    '\u{c78}',
    '\u{17f0}',
    '\u{a6ef}',
    '\u{1018a}',
    '\u{16e80}',
    '\u{1d2e0}',
    '\u{1f10b}',
    '\u{1f10c}',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_dropped_whatever_it_is() {
        let marks = ('\u{202a}'..='\u{202e}')
            .chain('\u{2060}'..='\u{206f}')
            .chain('\u{200b}'..='\u{200f}')
            .chain('\u{fe00}'..='\u{fe0f}')
            .chain([
                '\u{ad}',
                '\u{61c}',
                '\u{34f}',
                '\u{feff}',
                '\u{180e}',
                '\u{180b}',
                '\u{e0101}',
                '\u{e0041}',
                '\u{3164}',
            ]);
        for mark in marks {
            assert_eq!(seen(&format!("王{mark}敏")), "王敏", "{mark:?}");
            assert_eq!(field(&format!("{mark}139{mark}0{mark}")), "1390", "{mark:?}");
        }
        assert_eq!(seen("第1—3条 a\u{3000}b"), "第1—3条 a\u{3000}b");
    }

    #[test]
    fn signs_that_look_the_same_are_one_in_a_field() {
        for dash in "-‐‑‒–—―−－﹣﹘⁃".chars() {
            assert_eq!(field(&format!("0374{dash}2960001")), "0374-2960001", "{dash:?}");
        }
        assert_eq!(field("⽅⼩明"), "方小明", "Kangxi radicals");
        assert_eq!(field("\u{f9ca}芳"), "\u{6d41}芳", "a compatibility ideograph");
        assert_eq!(field("Jose\u{301}"), "José");
        assert_eq!(field("古丽•娜"), "古丽·娜");
    }

    #[test]
    fn digits_are_read_in_every_dress() {
        for seven in "7７٧۷७৭๗⁷₇⑦⑺⒎❼➆➐⓻𝟕𝟳🄈〧".chars() {
            assert_eq!(digit(seven), Some(7), "{seven:?}");
        }
        for zero in "0０٠०⁰₀⓪⓿🄁".chars() {
            assert_eq!(digit(zero), Some(0), "{zero:?}");
        }
        for none in "xX七⑩½㎡年(.".chars() {
            assert_eq!(digit(none), None, "{none:?}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(4000))]
        #[test]
        fn every_decimal_digit_of_unicode_is_read(c in "\\p{Nd}") {
            let sign = c.chars().next().unwrap();
            let value = digit(sign);
            // The digits of a script follow each other, its zero first.
            let zero = char::from_u32(u32::from(sign) - u32::from(value.unwrap_or(99))).and_then(digit);
            proptest::prop_assert_eq!(zero, Some(0), "{:?}", sign);
        }
    }
}
