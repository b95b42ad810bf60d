use super::*;

/// The form that is documented, with each key at its default.
const EXAMPLE: &str = r#"
data = "./data"
database = ""
allow_plain = false
http = "127.0.0.1:8080"
public_url = ""
faq = "./faq"
timezone = "Asia/Shanghai"
sample_city = true

[telegram]
api_url = ""
token_file = ""
admins = []

[clocks]
remind = "3m"
all_helpers = "10m"
bureau_admin = "20m"
guidance = "30m"
first_reply = "30m"
lapse = "24h"
burst = "4s"

[limits]
questions_per_asker = "20/10m"
sessions_per_address = "100/1h"
messages_per_address = "120/10m"
open_per_group = 300
pictures_per_account = "30MB"
pictures_in_all = "2GB"
free_disk = "1GB"

[web]
trusted_proxies = []
pictures = "staff"
connections = 2000
staff_idle = "30m"
monitor = ""
monitor_token_file = ""

[keep]
questions = "730d"
media = "30d"
dead_updates = "7d"

[alarms]
silence = "4h"
wait = "1m"
disk = "2GB"
memory = "1GB"
reviews = 10

[candidates]
askers = 3
period = "30d"
review = "5d"

[fill]
"platform.name" = ""
"#;

fn read(text: &str) -> Result<Config, ConfigError> {
    Config::from_text(text, Path::new("b.toml"))
}

fn with(env: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b.toml");
    std::fs::write(&file, "[clocks.'魏都分局']\nremind = '1m'\n[telegram]\nadmins = [1]\n").unwrap();
    let find = |name: &str| {
        env.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    Config::load(Some(&file), &find)
}

#[test]
fn the_example_says_the_defaults() {
    let mut example = read(EXAMPLE).unwrap();
    assert_eq!(example.fill.remove("platform.name").as_deref(), Some(""));
    assert_eq!(example, Config::standard().unwrap());
    assert_eq!(read("").unwrap(), Config::standard().unwrap());
}

#[test]
fn a_bureau_may_have_its_own_clocks_and_words() {
    let config = read(
        r#"
[clocks."魏都分局"]
remind = "1500ms"
[clocks]
guidance = "45m"
[fill]
"platform.name" = "省平台"
"post.rule" = "到付"
office.hours = ""
["fill"."魏都分局"]
"platform.name" = "市平台"
"post.rule" = ""
"#,
    )
    .unwrap();
    let weidu = config.clocks_for("魏都分局");
    assert_eq!(
        (weidu.remind_ms, weidu.guidance_ms, weidu.burst_ms),
        (1_500, 2_700_000, 4_000)
    );
    assert_eq!(config.clocks_for("禹州市局").remind_ms, 180_000);
    assert_eq!(config.fill("魏都分局", "platform.name"), Some("市平台"));
    assert_eq!(config.fill("禹州市局", "platform.name"), Some("省平台"));
    assert_eq!(config.fill("魏都分局", "post.rule"), Some("到付"));
    assert_eq!(config.fill("魏都分局", "office.hours"), None);
    assert_eq!(config.fill("魏都分局", "seal.rule"), None);
}

#[test]
fn a_mistake_is_said_with_its_place_and_a_way_out() {
    for (text, said) in [
        (
            "data = \"x\"\ntimezon = \"x\"",
            "b.toml:2:1: 不认识的配置项“timezon”，是不是想写“timezone”",
        ),
        (
            "[clocks]\nremindd = \"3m\"",
            "b.toml:2:1: 不认识的配置项“remindd”，是不是想写“remind”",
        ),
        (
            "[clocks.'魏都分局']\nlaps = \"3m\"",
            "b.toml:2:1: 不认识的配置项“laps”，是不是想写“lapse”",
        ),
        (
            "timezone = \"Asia/Xuchang\"",
            "b.toml:1:12: timezone 写法有误：没有这个时区",
        ),
        ("[clocks]\nremind = \"3 min\"", "b.toml:2:10: remind 写法有误：应为时长"),
        ("[clocks]\nremind = 3", "b.toml:2:10: remind 应为加引号的文字"),
        (
            "[limits]\nquestions_per_asker = \"20\"",
            "b.toml:2:23: questions_per_asker 写法有误：应为“次数/时长”",
        ),
        ("[telegram]\ntoken = \"1:SECRET\"", "b.toml:2:1: 令牌不能写在配置文件里"),
        ("token = \"1:SECRET\"", "b.toml:1:1: 令牌不能写在配置文件里"),
        ("[telegram]\nadmins = [\"王敏\"]", "b.toml:2:11: admins 应为数字账号"),
        ("http = \"8080\"", "b.toml:1:8: http 写法有误：应为监听地址和端口"),
        ("sample_city = 1", "b.toml:1:15: sample_city 应为 true 或 false"),
        ("telegram = 1", "b.toml:1:12: telegram 应写成一节 [telegram]"),
        ("data = ", "b.toml:1:"),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.starts_with(said), "{text}: {error}");
        assert!(!error.contains("SECRET"));
    }
    let missing = Config::load(Some(Path::new("/no/such.toml")), &|_| None).unwrap_err();
    assert!(missing.to_string().contains("打不开"));
}

#[test]
fn a_mistake_about_the_pages_is_said_with_its_place() {
    for (text, said) in [
        (
            "[web]\ntrusted_proxy = []",
            "b.toml:2:1: 不认识的配置项“trusted_proxy”，是不是想写“trusted_proxies”",
        ),
        (
            "[web]\ntrusted_proxies = [\"127.0.0.1\", \"nginx\"]",
            "b.toml:2:33: trusted_proxies 应为反向代理的地址",
        ),
        (
            "[web]\ntrusted_proxies = [\"0.0.0.0/0\"]",
            "b.toml:2:20: trusted_proxies 应为",
        ),
        (
            "[web]\npictures = \"nobody\"",
            "b.toml:2:12: pictures 写法有误：应为 staff",
        ),
        ("[web]\nconnections = 3", "b.toml:2:15: connections 应是整数"),
        (
            "[web]\nstaff_idle = \"1s\"",
            "b.toml:2:14: staff_idle 写法有误：应为 5 分钟到 12 小时",
        ),
        (
            "[web]\nmonitor = \"9180\"",
            "b.toml:2:11: monitor 写法有误：应为监听地址和端口",
        ),
        ("[alarms]\nreviews = -1", "b.toml:2:11: reviews 应是件数"),
        (
            "[limits]\nfree_disk = \"1\"",
            "b.toml:2:13: free_disk 写法有误：应为大小",
        ),
        ("[limits]\nopen_per_group = 0", "b.toml:2:18: open_per_group 应是问题数"),
        (
            "[limits]\nsessions_per_address = \"9\"",
            "b.toml:2:24: sessions_per_address 写法有误：应为“次数/时长”",
        ),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.starts_with(said), "{text}: {error}");
    }
}

#[test]
fn the_environment_wins_over_the_file() {
    let config = with(&[
        ("BANGBAN_DATA", "/srv/data"),
        ("DATABASE_URL", "postgres://u:SECRET@db/b"),
        ("BANGBAN_HTTP", "0.0.0.0:80"),
        ("BANGBAN_FAQ", "/srv/faq"),
        ("BANGBAN_SAMPLE", "0"),
        ("BANGBAN_ADMINS", "10001, 10002 10003"),
        ("BANGBAN_BURST_MS", "50"),
        ("TELOXIDE_TOKEN", "1:SECRET"),
        ("TELOXIDE_API_URL", "http://127.0.0.1:9000/"),
    ])
    .unwrap();
    assert_eq!(config.data, Path::new("/srv/data"));
    assert_eq!(config.http.port(), 80);
    assert_eq!(config.faq, Path::new("/srv/faq"));
    assert!(!config.sample_city);
    assert_eq!(config.telegram.admins, [10001, 10002, 10003]);
    assert_eq!(config.clocks_for("魏都分局").burst_ms, 50);
    assert_eq!(config.clocks_for("魏都分局").remind_ms, 60_000);
    assert_eq!(config.clocks_for("市局").burst_ms, 50);
    assert_eq!(config.telegram.token.as_ref().unwrap().expose(), "1:SECRET");
    assert_eq!(config.telegram.api_url.as_deref(), Some("http://127.0.0.1:9000"));
    assert!(!format!("{config:?}").contains("SECRET"));
    assert_eq!(with(&[("BANGBAN_ADMINS", "")]).unwrap().telegram.admins, [1]);
    for (name, value) in [
        ("BANGBAN_SAMPLE", "ja"),
        ("BANGBAN_ADMINS", "@wangmin"),
        ("BANGBAN_BURST_MS", "-1"),
        ("BANGBAN_HTTP", "80"),
        ("TELOXIDE_API_URL", "localhost"),
        ("TELOXIDE_API_URL", "http://192.0.2.1:8081"),
    ] {
        assert!(with(&[(name, value)]).unwrap_err().to_string().contains(name));
    }
}
