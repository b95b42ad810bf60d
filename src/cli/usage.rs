//! What is said of a command that was typed wrong.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// clap's own errors, in Chinese; help is printed as asked for.
pub(super) fn wrong_use(error: &clap::Error) -> u8 {
    if error.kind() == ErrorKind::DisplayHelp {
        // A closed pipe is nobody's problem.
        let _ = error.print();
        return 0;
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let advice = match text(ContextKind::SuggestedSubcommand) + &text(ContextKind::SuggestedArg) {
        near if near.is_empty() => String::new(),
        near => format!("，是不是想写“{near}”"),
    };
    let said = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令{advice}", text(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("不认识“{}”{advice}", text(ContextKind::InvalidArg)),
        ErrorKind::MissingRequiredArgument => format!("还少写了 {}", text(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "后面还要写一个子命令".to_owned()
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{} 后面的值不对", text(ContextKind::InvalidArg))
        }
        _ => "这样写不对".to_owned(),
    };
    eprintln!("用法不对：{said}。看帮助：bangban --help");
    2
}
