//! `[alarms]`: from when on whoever keeps the installation is told.

use toml::de::DeTable;

use super::ConfigError;
use super::read::Page;
use super::web::{SAY_SIZE, size, whole};
use crate::domain::alarm::Limits;

const ALARMS: [&str; 5] = ["silence", "wait", "disk", "memory", "reviews"];
const SAY_REVIEWS: &str = "reviews 应是件数，如 10；0 是不报";

impl Page<'_> {
    /// Sets what `[alarms]` says.
    pub(super) fn alarms(&self, limits: &mut Limits, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (key, value) in table {
            let bytes = || self.parsed(key, value, SAY_SIZE, |text| size(text)?.try_into().ok());
            match key.get_ref().as_ref() {
                "silence" => limits.silence_ms = self.duration(key, value)?,
                "wait" => limits.wait_ms = self.duration(key, value)?,
                "disk" => limits.disk = bytes()?,
                "memory" => limits.memory = bytes()?,
                "reviews" => {
                    let count = whole(value).filter(|count| *count >= 0);
                    limits.reviews = count.ok_or_else(|| self.wrong(value.span(), SAY_REVIEWS.to_owned()))?;
                }
                _ => return Err(self.unknown(key, &ALARMS)),
            }
        }
        Ok(())
    }
}
