//! The flat XML of the callback: fields in, fields out. Whatever could reach outside the document is refused.

use quick_xml::XmlVersion;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use serde_json::{Map, Value};

/// Deeper than anything the account sends.
const DEEPEST: usize = 8;

/// The fields under the root, nested ones as objects, repeated ones as arrays. None if it is not well-formed or has a
/// DOCTYPE.
pub fn read(text: &str) -> Option<Map<String, Value>> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<(String, Map<String, Value>, String)> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return None;
                }
                open.push((start.name().as_ref().to_string(), Map::new(), String::new()));
            }
            Event::Empty(start) => {
                let name = start.name().as_ref().to_string();
                put(&mut open.last_mut()?.1, name, Value::String(String::new()));
            }
            Event::Text(words) => {
                if let Some((_, _, said)) = open.last_mut() {
                    said.push_str(&words.xml_content(XmlVersion::Implicit1_0));
                }
            }
            Event::CData(words) => open.last_mut()?.2.push_str(&words.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(named) => {
                let sign = match named.resolve_char_ref().ok()? {
                    Some(sign) => sign,
                    None => match &*named.xml_content(XmlVersion::Implicit1_0) {
                        "lt" => '<',
                        "gt" => '>',
                        "amp" => '&',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return None,
                    },
                };
                open.last_mut()?.2.push(sign);
            }
            Event::End(_) => {
                let (name, fields, said) = open.pop()?;
                let Some((_, above, _)) = open.last_mut() else {
                    return Some(fields);
                };
                let value = if fields.is_empty() {
                    Value::String(said)
                } else {
                    Value::Object(fields)
                };
                put(above, name, value);
            }
            Event::Decl(_) | Event::Comment(_) => {}
            Event::DocType(_) | Event::PI(_) | Event::Eof => return None,
        }
    }
}

fn put(fields: &mut Map<String, Value>, name: String, value: Value) {
    match fields.get_mut(&name) {
        Some(Value::Array(many)) => many.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
        None => {
            fields.insert(name, value);
        }
    }
}

/// `<xml>` with these fields, each as CDATA.
pub fn written(fields: &[(&str, &str)]) -> String {
    let mut xml = "<xml>".to_owned();
    for (name, value) in fields {
        // The one thing that ends CDATA is taken apart.
        let value = value.replace("]]>", "]]]]><![CDATA[>");
        xml.push_str(&format!("<{name}><![CDATA[{value}]]></{name}>"));
    }
    xml + "</xml>"
}
