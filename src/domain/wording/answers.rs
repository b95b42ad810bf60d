//! Answers out of the list, choices between entries, corrections, and where else to ask.

use super::parts::{Named, WindowContact};
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;

/// A law or document and the article an answer rests on.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The whole title, perhaps with year and number in brackets.
    pub title: String,
    /// 第二十四条
    pub article: Option<String>,
}

impl Cited {
    /// 《中华人民共和国公司法（2023年修订）》第二百四十条, as the list's page shows it.
    pub fn whole(&self) -> String {
        format!("《{}》{}", self.title, self.article.as_deref().unwrap_or_default())
    }

    /// 《公司法》第二百四十条, as it is said in chat.
    fn short(&self) -> String {
        let bare = self.title.strip_prefix("中华人民共和国").unwrap_or(&self.title);
        let name = bare.split_once('（').map_or(bare, |(name, _)| name);
        let name = if name.is_empty() { bare } else { name };
        format!("《{name}》{}", self.article.as_deref().unwrap_or_default())
    }
}

/// An entry as it is answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The standard question.
    pub question: String,
    /// The answer's lines.
    pub lines: Vec<String>,
    /// What it rests on.
    pub basis: Vec<Cited>,
    /// The entry, and its number in the list.
    pub id: String,
    pub no: u32,
    /// Its revision.
    pub revision: i64,
}

/// An answer as PRODUCT §3 shows it. `elsewhere` is the window of another place of registration (三(三)3).
pub fn answer(parts: &[Answer], responsible: Option<&Named>, elsewhere: Option<&WindowContact>) -> Rich {
    let mut text = Rich::default();
    for part in parts {
        text = entry_text(text, part);
    }
    if let Some(window) = elsewhere {
        text = text.plain(format!(
            "提醒：执照请到登记地窗口领取，{}；也可以邮寄。\n",
            window.said()
        ));
    }
    text.plain(responsible_line(responsible))
}

/// An answer that takes the place of one that cannot be edited.
pub fn correction(answer: Rich) -> Rich {
    let mut text = Rich::from("更正：\n");
    text.0.extend(answer.0);
    text
}

/// An entry by itself, as the list is browsed.
pub fn answer_alone(answer: &Answer) -> Rich {
    entry_text(Rich::default(), answer)
}

/// An entry that cannot be said now.
pub fn under_revision(no: u32) -> Rich {
    Rich::from(format!(
        "清单第 {no:03} 条正在核对，先不答，免得说错；请到帮办群里问，帮办员会答您。"
    ))
}

/// The line under an answer for what nobody has filled in yet, named by its labels; none where all is known.
pub fn not_known(open: &[&str], phone: Option<&str>) -> Option<String> {
    let phone = phone.map_or(String::new(), |phone| format!("请打窗口电话 {phone} 问一声，"));
    let asks = format!(
        "在群里点“转人工”{}",
        if phone.is_empty() {
            "，有人告诉您"
        } else {
            "也行"
        }
    );
    (!open.is_empty()).then(|| format!("{}我还没有准信：{phone}{asks}。", quoted(open)))
}

/// The same under an answer in the printed list, which has the windows in its annex.
pub fn ask_the_window(open: &[&str]) -> Option<String> {
    (!open.is_empty()).then(|| format!("{}请打附表里的窗口电话问。", quoted(open)))
}

/// “费用”“时限”
fn quoted(labels: &[&str]) -> String {
    labels.iter().map(|label| format!("“{label}”")).collect()
}

fn entry_text(text: Rich, part: &Answer) -> Rich {
    let mut text = text.bold(part.question.clone()).plain("\n");
    for line in &part.lines {
        text = match section(line) {
            Some((name, rest)) => text.bold(name).plain(format!("{rest}\n")),
            None => text.plain(format!("{line}\n")),
        };
    }
    let list = format!("编号 {:03}", part.no);
    if part.basis.is_empty() {
        return text.plain(format!("{list}\n"));
    }
    let basis: Vec<String> = part.basis.iter().map(Cited::short).collect();
    text.plain(format!("依据：{} ｜ {list}\n", basis.join("；")))
}

/// 时限：and what follows it, where a line begins with a section's name.
fn section(line: &str) -> Option<(&str, &str)> {
    let names = ["条件：", "材料：", "步骤：", "时限：", "费用：", "去哪里：", "注意："];
    let name = names.iter().find(|name| line.starts_with(**name))?;
    Some(line.split_at(name.len()))
}

fn responsible_line(responsible: Option<&Named>) -> String {
    match responsible {
        Some(Named { from: Some(from), .. }) => {
            format!(
                "有事找{}，{} 上班",
                responsible.map(Named::full).unwrap_or_default(),
                from
            )
        }
        Some(named) => format!("有事找{}", named.full()),
        None => "有事找市局帮办台".to_owned(),
    }
}

/// Up to three choices when the bot is not sure.
pub fn suggestions(choices: &[String]) -> Rich {
    let mut text = Rich::from("您是想问下面哪一个？点一下，或回复前面的数字：\n");
    for (index, choice) in choices.iter().enumerate() {
        text = text.plain(format!("{}. {choice}\n", index + 1));
    }
    text
}

/// Whether words are the choice of this number, as a list of choices writes it in a line of its own.
pub fn is_choice(line: &str, number: usize) -> bool {
    line.starts_with(&format!("{number}. "))
}

/// The choices of a private chat, where there is no ticket: by their number in the list.
pub fn private_suggestions(choices: &[(u32, String)]) -> Rich {
    let mut text = Rich::from("可能是这几条，点一下，或回复条号就能看：\n");
    for (no, question) in choices {
        text = text.plain(format!("{no}. {question}\n"));
    }
    text
}

/// Stands where a wrong answer stood.
pub fn withdrawn(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 对不起，刚才答得不准，请先别照着办，帮办员马上重新答您。"))
}

/// 更正追达: the entry was corrected; said under the old answer.
pub fn corrected(answer: &Answer) -> Rich {
    let text = Rich::from(format!(
        "更正：上面那条改了（现在是第 {} 版），照这次的办。\n",
        answer.revision
    ));
    entry_text(text, answer)
}

/// 更正追达: the entry was withdrawn or has expired.
pub fn no_longer_valid() -> Rich {
    Rich::from("更正：上面那条不能用了，别照着办。要办的话再问我一次。")
}

/// Business of another office.
pub fn direction(name: &str, phone: &str) -> Rich {
    Rich::from(format!(
        "这是{name}方面的事，请打 {phone} 问，他们说得准。如果问的是登记，请再说一遍，我转帮办员。"
    ))
}

/// Nothing found in a private chat: where to go on.
pub fn private_unknown(windows: &[WindowContact]) -> Rich {
    let mut text = Rich::from("这个我答不准。请到帮办群提问，有帮办员接着答；也可以打窗口电话：\n");
    for window in windows {
        text = text.plain(format!("{}\n", window.said()));
    }
    text
}

/// Stands for a picture or file whose message can no longer be copied.
pub fn media_lost() -> Rich {
    Rich::from("（提问附有图片或文件，原消息转不过来了，请在群里查看，或请提问人重发。）")
}

/// What the official account replies where it has no sure answer: where people are reached. `windows`: bureau, landline.
pub fn official_help(link: &str, windows: &[(&str, &str)]) -> Rich {
    const MOST: usize = 12;
    let mut text = Rich::from(format!("您好，请到网页帮办群里问，帮办员会答复您：{link}\n"));
    if !windows.is_empty() {
        text = text.plain("也可以打窗口电话：\n");
    }
    for (bureau, landline) in windows.iter().take(MOST) {
        text = text.plain(format!("{bureau} {landline}\n"));
    }
    text
}

/// The head of an answer to something that was written long ago: when, in one line.
pub fn late(written: jiff::civil::DateTime, answer: Rich) -> Rich {
    let mut text = Rich::from(format!(
        "（迟复：您{}发的消息刚刚收到）\n",
        written.strftime("%-m月%-d日 %-H:%M")
    ));
    text.0.extend(answer.0);
    text
}

/// 更正追达 where the room just read the whole correction, under another's old answer.
pub fn corrected_above(answer: &Answer) -> Rich {
    Rich::from(format!(
        "更正：上面那条也改了，照本群刚才那条更正办（编号 {:03}，第 {} 版）。",
        answer.no, answer.revision
    ))
}
