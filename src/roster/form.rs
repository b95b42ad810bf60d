//! The roster's YAML form, key by key as in `roster.example.yaml`; unknown keys are refused.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};

use crate::yaml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CityForm {
    pub city: Spanned<String>,
    pub bureaus: Vec<BureauForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BureauForm {
    pub name: Spanned<String>,
    #[serde(default)]
    pub city: bool,
    #[serde(default)]
    pub places: Vec<String>,
    pub hours: Spanned<OneOf<SpanForm>>,
    #[serde(default)]
    pub offices: Vec<OfficeForm>,
    #[serde(default)]
    pub duty: Vec<DutyForm>,
    #[serde(default)]
    pub leave: Vec<AwayForm>,
    #[serde(default)]
    pub cover: Vec<CoverForm>,
}

/// A helper's leave, days included or moments, perhaps with whoever stands in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwayForm {
    pub helper: Spanned<String>,
    pub from: Spanned<String>,
    pub until: Spanned<String>,
    pub cover: Option<Spanned<String>>,
}

/// Somebody does a helper's duty without the helper being on leave: an agreed swap.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverForm {
    pub helper: Spanned<String>,
    pub by: Spanned<String>,
    pub from: Spanned<String>,
    pub until: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanForm {
    pub days: Spanned<OneOf<Spanned<String>>>,
    pub from: Spanned<String>,
    pub to: Spanned<String>,
    /// Only in this part of the year: 夏令时 `["06-01", "09-30"]`.
    pub between: Option<Spanned<[String; 2]>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyForm {
    pub days: Spanned<OneOf<Spanned<String>>>,
    pub from: Spanned<String>,
    pub to: Spanned<String>,
    pub between: Option<Spanned<[String; 2]>>,
    pub helpers: Spanned<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeForm {
    pub name: Spanned<String>,
    pub kind: Spanned<String>,
    pub address: Option<String>,
    pub landline: Option<Spanned<String>>,
    #[serde(default)]
    pub helpers: Vec<HelperForm>,
    #[serde(default)]
    pub reviewers: Vec<ReviewerForm>,
    #[serde(default)]
    pub guides: Vec<GuideForm>,
    /// The office's own duty plan, beside the bureau's.
    #[serde(default)]
    pub duty: Vec<DutyForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelperForm {
    pub name: Spanned<String>,
    pub mobile: Option<Spanned<String>>,
    pub landline: Option<Spanned<String>>,
    #[serde(default)]
    pub roles: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewerForm {
    pub name: Spanned<String>,
    pub mobile: Option<Spanned<String>>,
    pub landline: Option<Spanned<String>>,
    pub passed_on: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideForm {
    pub name: Spanned<String>,
    pub mobile: Option<Spanned<String>>,
    pub landline: Option<Spanned<String>>,
    pub of: Option<String>,
}

/// A word such as `always` or `all`, or a list.
pub enum OneOf<T> {
    Word(String),
    List(Vec<T>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OneOf<T>, D::Error> {
        struct Either<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = OneOf<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word or a list")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<OneOf<T>, E> {
                Ok(OneOf::Word(word.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OneOf<T>, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(OneOf::List)
            }
        }

        deserializer.deserialize_any(Either(PhantomData))
    }
}
