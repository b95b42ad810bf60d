//! How an answer names the window in a published edition: an edition is for the whole city, so where a chat would say
//! one bureau's address and number, it points to the annexed table of windows.

/// Ends of a clause: what stands before one does not colour what comes after it.
const CLAUSE_ENDS: [char; 7] = ['。', '；', '，', '：', '（', '、', '\n'];

/// The text with `{{office.name}}`, `{{office.address}}`, `{{office.phone}}` and `{{office.hours}}` in words that point
/// to the annexed table; every other placeholder stays for the city bureau to fill.
pub fn pointed(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("{{") {
        let Some((name, after)) = inside.split_once("}}") else {
            break;
        };
        said.push_str(before);
        match words(name.trim(), said.trim_end_matches(' ')) {
            Some(words) => {
                said.truncate(said.trim_end_matches(' ').len());
                said.push_str(words);
                rest = after.trim_start_matches(' ');
            }
            None => {
                said.push_str(&format!("{{{{{name}}}}}"));
                rest = after;
            }
        }
    }
    said.push_str(rest);
    said.replace("（地址见附表），电话见附表", "（地址、电话见附表）")
}

/// What stands for a placeholder after the words `before`.
fn words(name: &str, before: &str) -> Option<&'static str> {
    let clause = before.rsplit(CLAUSE_ENDS).next().unwrap_or(before);
    match name {
        "office.name" => Some("登记机关"),
        "office.hours" => Some("见附表"),
        "office.address" if before.ends_with(['在', '到', '去']) => Some("附表所列的地址"),
        "office.address" => Some("地址见附表"),
        "office.phone" if before.ends_with("电话") && clause.contains('打') => Some("（见附表）"),
        "office.phone" if before.ends_with("电话") => Some("见附表"),
        "office.phone" if before.ends_with("窗口") => Some("电话（见附表）"),
        "office.phone" if before.ends_with(['：', '（']) => Some("电话见附表"),
        "office.phone" => Some("窗口电话（见附表）"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::pointed;

    /// Every way in which the list's own entries name the window, read aloud.
    #[test]
    fn sentences_point_to_the_annexed_table() {
        for (written, said) in [
            (
                "{{office.name}}窗口（{{office.address}}），电话 {{office.phone}}；也可在登记平台网上办。",
                "登记机关窗口（地址、电话见附表）；也可在登记平台网上办。",
            ),
            (
                "不方便上网的，到{{office.name}}窗口（{{office.address}}）办，电话 {{office.phone}}。",
                "不方便上网的，到登记机关窗口（地址见附表）办，电话见附表。",
            ),
            (
                "{{ office.name }}窗口（{{office.address}}），先打 {{office.phone}} 问清认哪种证明。",
                "登记机关窗口（地址见附表），先打窗口电话（见附表）问清认哪种证明。",
            ),
            (
                "登记窗口电话 {{office.phone}}，可以打来核实。",
                "登记窗口电话见附表，可以打来核实。",
            ),
            (
                "拿不准的先打登记窗口电话 {{office.phone}}。",
                "拿不准的先打登记窗口电话（见附表）。",
            ),
            (
                "还没解决，拨打 {{office.phone}} 或12345反映",
                "还没解决，拨打窗口电话（见附表）或12345反映",
            ),
            (
                "没人能扫码的，先联系窗口 {{office.phone}}。",
                "没人能扫码的，先联系窗口电话（见附表）。",
            ),
            (
                "以登记窗口告知为准：{{office.phone}}。",
                "以登记窗口告知为准：电话见附表。",
            ),
            ("告知为准（{{office.phone}}）。", "告知为准（电话见附表）。"),
            (
                "{{office.name}}登记窗口在{{office.address}}。",
                "登记机关登记窗口在附表所列的地址。",
            ),
            (
                "上班时间：{{office.hours}}。法定节假日休息。",
                "上班时间：见附表。法定节假日休息。",
            ),
            (
                "窗口有纸质办事指南（{{office.address}}）。",
                "窗口有纸质办事指南（地址见附表）。",
            ),
            (
                "打开 {{platform.url}}，{{坏 {{office.phone}}",
                "打开 {{platform.url}}，{{坏 {{office.phone}}",
            ),
        ] {
            assert_eq!(pointed(written), said);
        }
    }
}
