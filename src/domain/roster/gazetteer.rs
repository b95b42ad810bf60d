//! Place names of the city, from the roster: what a bureau says of its area, its own name, its stations (PRODUCT §2.2).

use std::collections::BTreeMap;

use crate::domain::roster::people::{BureauId, Office, OfficeId, OfficeKind, Roster};

/// Endings of names that are no part of the place.
const ENDINGS: [&str; 12] = [
    "市场监督管理所",
    "市场监管所",
    "工商所",
    "监管所",
    "市场监督管理局",
    "市场监管局",
    "工商局",
    "分局",
    "市局",
    "县局",
    "区局",
    "所",
];

/// The bureau whose area `words` name: by the longest name, then by most names. None if no place is named, or if two
/// bureaus fit alike.
pub fn bureau_named(words: &str, roster: &Roster) -> Option<BureauId> {
    let mut named: BTreeMap<BureauId, (usize, usize)> = BTreeMap::new();
    for (place, bureau) in places(roster).filter(|(place, _)| words.contains(place.as_str())) {
        let (longest, count) = named.entry(bureau).or_default();
        *longest = place.len().max(*longest);
        *count += 1;
    }
    let best = named.values().max()?;
    let mut bureaus = named.iter().filter(|(_, fit)| *fit == best);
    let (bureau, _) = bureaus.next()?;
    bureaus.next().is_none().then_some(*bureau)
}

/// The station of `bureau` that `words` name, by the longest name. None if they name another bureau's area, no station,
/// or two alike.
pub fn station_named(words: &str, bureau: BureauId, roster: &Roster) -> Option<OfficeId> {
    if bureau_named(words, roster).is_some_and(|named| named != bureau) {
        return None;
    }
    let own = roster.offices_of(bureau).filter(|office| is_station(office));
    let named: Vec<(usize, OfficeId)> = own
        .filter_map(|office| Some((stem(&office.name)?, office.id)))
        .filter(|(place, _)| words.contains(place.as_str()))
        .map(|(place, office)| (place.len(), office))
        .collect();
    let longest = named.iter().map(|(length, _)| *length).max()?;
    let mut fit = named.iter().filter(|(length, _)| *length == longest);
    match (fit.next(), fit.next()) {
        (Some((_, office)), None) => Some(*office),
        _ => None,
    }
}

/// Every name of a place that tells a bureau.
pub fn names(roster: &Roster) -> Vec<String> {
    places(roster).map(|(place, _)| place).collect()
}

fn is_station(office: &Office) -> bool {
    office.kind == OfficeKind::Station
}

/// Every name with its bureau. The city bureau's own name is everybody's place and stands for nothing.
fn places(roster: &Roster) -> impl Iterator<Item = (String, BureauId)> {
    let own = roster.bureaus.iter().filter(|bureau| !bureau.city).flat_map(|bureau| {
        let named = bureau.places.iter().cloned().chain(stem(&bureau.name));
        named.map(|place| (place, bureau.id))
    });
    let stations = roster.offices.iter().filter(|office| is_station(office));
    own.chain(stations.filter_map(|office| Some((stem(&office.name)?, office.bureau))))
}

/// 石固 of 石固工商所; none if less than two characters are left.
fn stem(name: &str) -> Option<String> {
    let bare = ENDINGS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    (bare.chars().count() >= 2).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::people::{Bureau, Hours, Office, OfficeId};

    fn roster() -> Roster {
        let bureau = |id, name: &str, places: &[&str], city| Bureau {
            id: BureauId(id),
            name: name.into(),
            city,
            hours: Hours::Always,
            places: places.iter().map(ToString::to_string).collect(),
        };
        let station = |id, bureau, name: &str| Office {
            id: OfficeId(id),
            bureau: BureauId(bureau),
            name: name.into(),
            kind: OfficeKind::Station,
            address: None,
            landline: None,
        };
        Roster {
            bureaus: vec![
                bureau(1, "示例市局", &["示例"], true),
                bureau(2, "长葛市局", &[], false),
                bureau(3, "禹州市局", &["禹州", "钧都"], false),
            ],
            offices: vec![
                station(1, 2, "石固工商所"),
                station(2, 3, "方山市场监管所"),
                station(3, 2, "城关工商所"),
                station(4, 3, "城关工商所"),
            ],
            ..Roster::default()
        }
    }

    /// D10 (三(三)3): another place of registration is recognised, also by the name of a station.
    #[test]
    fn places_are_bureaus_areas_and_stations() {
        for (words, bureau) in [
            ("公司在长葛，执照去哪领", Some(2)),
            ("我是石固镇的，店开在禹州方山", Some(3)),
            ("石固那边能办不", Some(2)),
            ("钧都路的店", Some(3)),
            ("城关的店在哪办", None),
            ("禹州城关的店", Some(3)),
            ("示例市的公司", None),
            ("简易注销几天", None),
        ] {
            let found = bureau_named(words, &roster()).map(|bureau| bureau.0);
            assert_eq!(found, bureau, "{words}");
        }
    }

    #[test]
    fn a_station_is_named_within_the_bureau_that_is_asked() {
        for (words, bureau, office) in [
            ("石固那边能办不", 2, Some(1)),
            ("石固那边能办不", 3, None),
            ("我是石固镇的，店开在禹州方山", 3, Some(2)),
            ("我是石固镇的，店开在禹州方山", 2, None),
            ("城关的店在哪办", 2, Some(3)),
            ("城关的店在哪办", 3, Some(4)),
            ("禹州城关的店", 2, None),
            ("长葛的店", 2, None),
            ("城关石固都有店", 2, None),
            ("简易注销几天", 2, None),
        ] {
            let found = station_named(words, BureauId(bureau), &roster()).map(|office| office.0);
            assert_eq!(found, office, "{words} asked in {bureau}");
        }
    }
}
