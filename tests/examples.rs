//! The examples in docs/ for who runs it: each setting in them is one the program knows, and systemd takes the unit.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::support::program::{Home, says};

fn example(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap()
}

/// The environment variables that the program says it knows.
fn is_known(home: &Home, name: &str) {
    let help = says(home, &["--help"], 0, &[]);
    let mut words = help.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    assert!(words.any(|word| word == name), "{name} is no setting of the program");
}

#[derive(Deserialize)]
struct Compose {
    services: BTreeMap<String, Service>,
    configs: BTreeMap<String, Content>,
    volumes: BTreeMap<String, Option<String>>,
}

#[derive(Deserialize)]
struct Service {
    #[serde(default)]
    command: Vec<String>,
    #[serde(default)]
    environment: BTreeMap<String, String>,
    volumes: Vec<String>,
    #[serde(default)]
    ports: Vec<String>,
}

#[derive(Deserialize)]
struct Content {
    content: String,
}

#[test]
fn the_compose_file_starts_two_programs_with_settings_that_they_know() {
    let compose: Compose = serde_saphyr::from_str(&example("compose.yaml")).unwrap();
    let settings = &compose.configs["bangban"].content;
    let home = Home::new(settings);
    let (mut folders, mut ports) = (Vec::new(), Vec::new());
    for name in ["one", "two"] {
        let service = &compose.services[name];
        assert_eq!(service.command, ["bangban", "--config", "/etc/bangban.toml", "serve"]);
        service.environment.keys().for_each(|name| is_known(&home, name));
        let data = service
            .volumes
            .iter()
            .find(|volume| volume.ends_with(":/data"))
            .unwrap();
        let volume = data.split(':').next().unwrap();
        assert!(compose.volumes.contains_key(volume));
        folders.push(volume);
        ports.extend(&service.ports);
        assert_eq!(service.environment["BANGBAN_DATA"], "/data");
    }
    folders.dedup();
    ports.dedup();
    assert_eq!(
        (folders.len(), ports.len()),
        (2, 2),
        "two programs share no folder and no port"
    );
    let database = &compose.services["one"].environment["DATABASE_URL"];
    assert!(database.contains("@postgres/bangban") && compose.services.contains_key("postgres"));
    assert!(compose.services["one"].environment == compose.services["two"].environment);
    // The settings are read, and nothing in them is found wrong.
    let home = home
        .with("TELOXIDE_TOKEN", "1:SECRET")
        .with("BANGBAN_HTTP", "0.0.0.0:8080");
    let (_, said) = home.says(&["check"]);
    assert!(said.contains("好    配置：可以用"), "{said}");
    assert!(!said.contains("问题  网页") && !said.contains("receive"), "{said}");
}

#[test]
fn the_unit_is_one_that_systemd_takes_and_its_settings_are_known() {
    let unit = example("bangban.service");
    let home = Home::new("");
    let settings = unit.lines().filter_map(|line| line.strip_prefix("Environment="));
    let names: Vec<&str> = settings.map(|setting| setting.split('=').next().unwrap()).collect();
    assert_eq!(names.len(), 3);
    names.iter().for_each(|name| is_known(&home, name));
    let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let (program, arguments) = start.split_once(' ').unwrap();
    assert_eq!(arguments, "--config /etc/bangban/bangban.toml serve");
    let here = unit
        .replace(program, env!("CARGO_BIN_EXE_bangban"))
        .replace("/usr/share/doc/bangban", "/");
    let file = home.path("bangban.service");
    std::fs::write(&file, here).unwrap();
    // Only where there is systemd; its words about other units of this machine do not count.
    let Ok(said) = Command::new("systemd-analyze").arg("verify").arg(&file).output() else {
        return;
    };
    let text = String::from_utf8_lossy(&said.stderr);
    let ours: Vec<&str> = text.lines().filter(|line| line.contains("bangban")).collect();
    assert!(ours.is_empty(), "{ours:#?}");
}
