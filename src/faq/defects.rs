//! The library of common defects of applications: what is missing and how to mend it, for 一次性告知
//! (许工商〔2018〕103号 三(四)1). Written by the bureau in faq/defects.yaml.

use std::collections::HashSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::yaml::{self, Problem, Spanned};

/// The file's name in the folder.
pub const FILE: &str = "defects.yaml";

/// One common defect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    /// What helpers type; stable.
    pub no: u32,
    /// What it is about: 住所, 签名 …
    pub about: String,
    /// What is missing or wrong, without a full stop.
    pub missing: String,
    /// How to mend it.
    pub mend: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    defects: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    no: Spanned<u32>,
    about: Spanned<String>,
    missing: Spanned<String>,
    mend: Spanned<String>,
}

/// Reads `defects.yaml`; a folder without one has an empty library.
pub fn load(folder: &Path) -> Result<Vec<Defect>, Problem> {
    let path = folder.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let form: Form = yaml::read_file(&path)?;
    let mut seen = HashSet::new();
    for row in &form.defects {
        let wrong = |place, message: String| Err(Problem::at(&path, place, message));
        if !seen.insert(row.no.value) {
            return wrong(
                yaml::place(&row.no),
                format!("编号 {} 用了两次，请换一个", row.no.value),
            );
        }
        for text in [&row.about, &row.missing, &row.mend] {
            if text.value.trim().is_empty() {
                return wrong(yaml::place(text), "这里是空的，请填写".to_owned());
            }
        }
    }
    let defect = |row: Row| Defect {
        no: row.no.value,
        about: row.about.value.trim().to_owned(),
        missing: row.missing.value.trim().trim_end_matches('。').to_owned(),
        mend: row.mend.value.trim().to_owned(),
    };
    Ok(form.defects.into_iter().map(defect).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_read_and_its_mistakes_are_named() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(load(folder.path()).unwrap(), []);
        let write = |text: &str| std::fs::write(folder.path().join(FILE), text).unwrap();
        write("defects:\n  - {no: 1, about: 住所, missing: 少一页。, mend: 补传。}\n");
        assert_eq!(load(folder.path()).unwrap()[0].missing, "少一页");
        write(
            "defects:\n  - {no: 1, about: 住所, missing: 甲, mend: 乙}\n  - {no: 1, about: 住所, missing: 甲, mend: 乙}\n",
        );
        assert!(
            load(folder.path())
                .unwrap_err()
                .to_string()
                .contains("defects.yaml:3:10: 编号 1 用了两次")
        );
        write("defects:\n  - {no: 1, about: 住所, missing: '', mend: 乙}\n");
        assert!(load(folder.path()).unwrap_err().to_string().contains("请填写"));
    }
}
