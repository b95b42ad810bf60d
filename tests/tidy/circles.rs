//! The order of the modules: siblings never know each other in a circle, at any level, and the desk's rooms look one way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{code, sources};

/// The desk's rooms: each may know those before it, none beside it or after it.
const ROOMS: [&str; 6] = [
    "ground",
    "time",
    "asker helper list",
    "hear",
    "page",
    "board curating keeping planned supervising",
];
type Module = Vec<String>;
type Siblings = BTreeMap<String, BTreeSet<String>>;

/// The module a file holds: both `desk/mod.rs` and `desk.rs` are `desk`, `lib.rs` is the root.
fn module(file: &Path) -> Module {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inside = file.strip_prefix(src).unwrap().with_extension("");
    let steps = inside.iter().map(|step| step.to_str().unwrap().to_owned());
    steps
        .filter(|step| !["mod", "lib", "main"].contains(&&**step))
        .collect()
}

/// The paths of a `use` tree: `a::{b, c::{d, e}}` is `a::b`, `a::c::d`, `a::c::e`.
fn leaves(tree: &str) -> Vec<String> {
    let Some((before, inside)) = tree.split_once('{') else {
        return vec![tree.to_owned()];
    };
    let mut depth = 0;
    let branches = inside.trim_end_matches([' ', '}']).split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    branches
        .flat_map(|branch| leaves(&format!("{before}{}", branch.trim())))
        .collect()
}

/// Every path in a file that begins at the root or at a parent; what follows a path does no harm.
fn paths(text: &str) -> Vec<String> {
    let text: String = code(text).map(|(_, line)| format!("{line} ")).collect();
    let starts = ["crate::", "super::"]
        .into_iter()
        .flat_map(|root| text.match_indices(root));
    let starts = starts.filter(|(at, _)| !text[..*at].ends_with("::"));
    let trees = starts.filter_map(|(at, _)| text[at..].split(';').next());
    trees.flat_map(leaves).collect()
}

/// The module that a path written in `from` leads into.
fn target(from: &Module, path: &str, modules: &BTreeSet<Module>) -> Module {
    let mut at = from.clone();
    for step in path.split("::") {
        match step.split(|c: char| !c.is_alphanumeric() && c != '_').next() {
            Some("crate") => at.clear(),
            Some("super") => drop(at.pop()),
            name => at.extend(name.map(str::to_owned)),
        }
        if !at.is_empty() && !modules.contains(&at) {
            at.pop();
            break;
        }
    }
    at
}

/// What the children of each folder know of each other; what is inside a child counts as the child.
fn folders() -> BTreeMap<String, Siblings> {
    let files: Vec<_> = sources()
        .into_iter()
        .map(|(path, text)| (module(&path), text))
        .collect();
    let modules = files.iter().map(|(module, _)| module.clone()).collect();
    let mut folders: BTreeMap<String, Siblings> = BTreeMap::new();
    for (from, text) in &files {
        for to in paths(text).iter().map(|path| target(from, path, &modules)) {
            let shared = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
            if let (Some(child), Some(other)) = (from.get(shared), to.get(shared)) {
                let siblings = folders.entry(from[..shared].join("::")).or_default();
                siblings.entry(child.clone()).or_default().insert(other.clone());
            }
        }
    }
    folders
}

/// Leaves only those that are in a circle, or between two.
fn circles(mut left: Siblings) -> BTreeSet<String> {
    loop {
        let (before, there) = (left.len(), left.clone());
        let known: BTreeSet<&String> = there.values().flatten().collect();
        left.retain(|child, to| known.contains(child) && to.iter().any(|other| there.contains_key(other)));
        if left.len() == before {
            return left.into_keys().collect();
        }
    }
}

#[test]
fn siblings_never_know_each_other_in_a_circle() {
    for (folder, siblings) in folders() {
        let circles = circles(siblings);
        assert!(circles.is_empty(), "a circle in {folder}: {circles:?}");
    }
}

#[test]
fn the_rooms_of_the_desk_look_one_way() {
    let floor = |room: &str| ROOMS.iter().position(|rooms| rooms.split(' ').any(|one| one == room));
    for (room, known) in &folders()["desk"] {
        let wrong = known.iter().find(|other| floor(room) <= floor(other));
        assert!(wrong.is_none(), "desk::{room} knows desk::{wrong:?}");
    }
}
