//! What the words before a number say it is: an identity number, a card, a mobile, or something public.

use super::digits::half;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Person,
    Document,
    Card,
    Mobile,
    /// A number of an enterprise, an application, an order or a paper.
    Public,
}

/// How many characters before a number are looked at.
const NEAR: usize = 16;

/// Of two words that end at the same place the longer one counts: 身份证编号 is a person's, 编号 is not.
const WORDS: [(Said, &[&str]); 5] = [
    (
        Said::Person,
        &[
            "身份证",
            "身份证号",
            "身份证号码",
            "身份证编号",
            "身份证件",
            "身份证件号",
            "身份号码",
            "公民身份号码",
            "永久居留身份证",
            "永久居留身份证号",
            "永久居留身份证号码",
            "居民证",
            "居民证号",
            "居民证号码",
            "身分证",
            "身分证号",
            "身分證",
            "身份證",
            "身份證號",
            "證件",
            "证件",
            "证件号",
            "证件号码",
            "证件编号",
            "老证",
            "一代证",
            "居住证",
            "居住证号",
            "sfz",
            "id号",
        ],
    ),
    (
        Said::Document,
        &[
            "护照",
            "护照号",
            "护照号码",
            "护照编号",
            "passport",
            "通行证",
            "通行证号",
            "通行证号码",
            "回乡证",
            "回乡证号",
            "台胞证",
            "台胞证号",
            "旅行证",
            "永久居留证",
            "居留证",
            "居留证号",
            "居留证号码",
            "居留证件",
            "居留证件号",
            "居留许可",
            "居留许可号",
            "居留證",
            "签证",
            "签证号",
            "签证号码",
            "签证编号",
            "簽證",
            "visa",
            "護照",
            "通行證",
            "台湾",
            "台灣",
            "香港",
            "澳门",
            "澳門",
            "永居证",
            "军官证",
            "士兵证",
        ],
    ),
    (
        Said::Card,
        &[
            "卡号",
            "银行卡",
            "银行卡号",
            "储蓄卡",
            "借记卡",
            "信用卡",
            "工资卡",
            "工行卡",
            "农行卡",
            "建行卡",
            "中行卡",
            "邮储卡",
            "交行卡",
            "牡丹卡",
        ],
    ),
    (
        Said::Mobile,
        &[
            "手机", "电话", "联系", "致电", "拨打", "回电", "tel", "phone", "mobile", "微信", "vx", "加我",
        ],
    ),
    (
        Said::Public,
        &[
            "受理",
            "受理号",
            "受理编号",
            "流水",
            "订单",
            "单号",
            "编号",
            "档案",
            "文号",
            "批号",
            "注册号",
            "登记号",
            "登记证",
            "执照",
            "许可证",
            "资格证",
            "代码",
            "税号",
            "识别号",
            "业务号",
            "申请号",
            "申请",
            "发票",
            "编码",
            "案号",
            "备案",
            "报告",
            "快递",
            "运单",
            "序列号",
            "通知书",
            "办件",
            "分机",
        ],
    ),
];

/// The word nearest before `at`, and how many characters stand between.
pub fn said(text: &str, at: usize) -> Option<(Said, usize)> {
    let (context, apart) = before(text, at);
    let mut nearest: Option<(usize, usize, Said)> = None;
    for (kind, words) in WORDS {
        for word in words {
            let Some(start) = context.rfind(word) else { continue };
            let end = start + word.len();
            if nearest.is_none_or(|(to, length, _)| (end, word.len()) > (to, length)) {
                nearest = Some((end, word.len(), kind));
            }
        }
    }
    nearest.map(|(end, _, kind)| (kind, context[end..].chars().count() + apart))
}

/// Whether a number at `at` is called a person's: 身份证号, 居留证, 护照 and the like shortly before it.
pub fn persons(text: &str, at: usize) -> bool {
    matches!(said(text, at), Some((Said::Person | Said::Document, apart)) if apart <= 6)
}

/// The word for a person's paper of which a number is said with nothing but 号, 是, a colon in between.
pub fn directly(text: &str, at: usize) -> Option<Said> {
    const JOINTS: [&str; 15] = [
        "号码", "號碼", "编号", "号", "號", "码", "是", "为", "no", "id", ":", "(", "=", "#", "\"",
    ];
    let near: Vec<char> = text[..at].chars().rev().take(NEAR).collect();
    let near: String = near.into_iter().rev().map(|c| half(c).to_ascii_lowercase()).collect();
    let mut rest = near.trim_end();
    while !WORDS[..2]
        .iter()
        .any(|(_, words)| words.iter().any(|word| rest.ends_with(word)))
    {
        let joint = JOINTS.iter().find_map(|joint| rest.strip_suffix(joint))?;
        rest = joint.trim_end();
    }
    let named = WORDS[..2].iter().filter_map(|(kind, words)| {
        let lengths = words
            .iter()
            .filter(|word| rest.ends_with(**word))
            .map(|word| word.len());
        lengths.max().map(|length| (length, *kind))
    });
    named.max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

/// The end of the sentence before `at` in lower case, and how many signs follow it. It begins after what is
/// already masked and after another number, so that a word speaks of one number only.
fn before(text: &str, at: usize) -> (String, usize) {
    let mut context = vec![];
    let (mut apart, mut digits) = (0, 0);
    for raw in text[..at].chars().rev().take(NEAR) {
        let c = half(raw);
        let sentence_ends = matches!(c, '。' | '!' | '?' | ';' | '\n');
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        if matches!(raw, '［' | '］') || digits > 3 || (sentence_ends && !context.is_empty()) {
            break;
        }
        if context.is_empty() && !c.is_alphanumeric() {
            apart += 1;
        } else {
            context.push(c.to_ascii_lowercase());
        }
    }
    context.reverse();
    (context.into_iter().collect(), apart)
}
