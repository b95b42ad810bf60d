//! What the bent inputs begin as, all invented, and what is put into them.

use std::io::{Cursor, Read as _, Write as _};

pub const UPDATES: [&str; 5] = [
    r#"{"update_id":10,"message":{"message_id":5,"date":1795724800,"chat":{"id":-5001,"type":"supergroup","title":"群"},"from":{"id":700001,"is_bot":false,"first_name":"南关小店"},"text":"@bangban_bot 执照丢了怎么补？","entities":[{"type":"mention","offset":0,"length":12}]}}"#,
    r#"{"update_id":11,"edited_message":{"message_id":5,"date":1795724800,"edit_date":1795724900,"chat":{"id":700001,"type":"private","first_name":"南关小店"},"from":{"id":700001,"is_bot":false,"first_name":"南关小店"},"caption":"看这个","photo":[{"file_id":"a","file_unique_id":"b","width":90,"height":60}],"media_group_id":"m1"}}"#,
    r#"{"update_id":12,"callback_query":{"id":"77","from":{"id":700001,"is_bot":false,"first_name":"小"},"chat_instance":"1","data":"0f3c9a5e7d21b481","message":{"message_id":6,"date":0,"chat":{"id":-5001,"type":"supergroup","title":"群"}}}}"#,
    r#"{"update_id":13,"my_chat_member":{"chat":{"id":-5001,"type":"group","title":"群"},"from":{"id":700001,"is_bot":false,"first_name":"小"},"date":1795724800,"old_chat_member":{"status":"left","user":{"id":7000000001,"is_bot":true,"first_name":"b"}},"new_chat_member":{"status":"administrator","user":{"id":7000000001,"is_bot":true,"first_name":"b"},"can_delete_messages":true}}}"#,
    r#"{"update_id":14,"message":{"message_id":7,"date":1795724800,"chat":{"id":-5001,"type":"supergroup","title":"群","is_forum":true},"message_thread_id":3,"from":{"id":700002,"is_bot":false,"first_name":"小"},"reply_to_message":{"message_id":6,"date":1795724000,"chat":{"id":-5001,"type":"supergroup","title":"群"},"text":"您好"},"contact":{"phone_number":"+8613900000001","first_name":"小","user_id":700002},"quote":{"text":"您","position":0}}}"#,
];
pub const JSON: [&str; 14] = [
    "null",
    "[]",
    "{}",
    "-1",
    "1e400",
    "9223372036854775808",
    "\"\\ud800\"",
    "\"text\":",
    "\"entities\":[{\"type\":\"mention\",\"offset\":99999,\"length\":-3}],",
    "[[[[[[[[",
    "{\"a\":",
    "😀",
    "\u{202e}",
    "\"message\":{",
];
pub const YAML: [&str; 14] = [
    "\n- ",
    ": ",
    "&a [*a,*a]",
    "*a",
    "!!binary ",
    "\t",
    "|\n",
    "---\n",
    "{a: ",
    "\u{feff}",
    "0x7fffffffffffffff",
    "~",
    "<<: *a",
    "\"\\x00\"",
];
pub const SHEET: [&str; 12] = [
    "<c r=\"XFD1048576\" t=\"s\"><v>99999999</v></c>",
    "<row r=\"0\">",
    "<row r=\"4294967296\">",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "t=\"inlineStr\"",
    "<is><t>",
    "&#x0;",
    "&a;",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "1e999",
    "-",
    "<definedName>",
];
pub const XML: [&str; 9] = [
    "<![CDATA[",
    "]]>",
    "&lt;",
    "&#0;",
    "&#x110000;",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>&a;",
    "<a>",
    "</a>",
    "<?xml",
];
pub const LETTERS: [&str; 2] = [
    "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1795724800</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[怎么办执照]]></Content><MsgId>1</MsgId></xml>",
    "<xml><ToUserName>gh_1</ToUserName><Encrypt>UmFuZG9tIGJ5dGVzIG9mIG5vYm9keSBhdCBhbGwsIDQ4IQ==</Encrypt></xml>",
];
pub const SAID: [&str; 6] = [
    "我的身份证号是11010519491231002X，手机13912345678，帮我查一下",
    "卡号 6222 0212 3456 7890 128，统一社会信用代码 91411000MA4000001X",
    "住所是租的，要交什么证明？电话0374-0000001",
    "Ａ座１２楼，微信 abc_123，邮箱 a.b@example.cn",
    "（((（怎么办?）））“变更”AND 法人 OR *:* ~2^9",
    "一三九一二三四五六七八，幺三八零零零零零零零零",
];
pub const NUMBERS: [&str; 16] = [
    "1",
    "39",
    "X",
    "\u{200b}",
    "①",
    "⑴",
    "❶",
    "⁴",
    "〇",
    "幺",
    "－",
    "；",
    "\u{301}",
    "+86",
    "身份证",
    "@",
];
pub const ASKED: [&str; 14] = [
    "吗？", "不", "(", "\"", "AND", "*", "～", "变更", "注销", "\u{fffd}", "\n", "@", "ｱ", "𠮷",
];

/// The parts of a package, by name.
pub fn parts(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut package = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut parts = Vec::new();
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().to_string(), bytes));
    }
    parts
}

/// A package of these parts with one of them bent.
pub fn with(parts: &[(String, Vec<u8>)], bent: usize, bytes: &[u8]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (index, (name, good)) in parts.iter().enumerate() {
        out.start_file(name.as_str(), options).unwrap();
        out.write_all(if index == bent { bytes } else { good }).unwrap();
    }
    out.finish().unwrap().into_inner()
}
