//! The real program as a process of its own: started in a folder of its own, ended by its own id.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::telegram_server::TelegramServer;

/// A folder with settings, data and the test town's list, in which the program runs again and again.
pub struct Home {
    folder: tempfile::TempDir,
    pub http: String,
    /// Where its figures are.
    pub monitor: String,
    env: Vec<(String, String)>,
    program: PathBuf,
}

/// The program, running. Killed when dropped.
pub struct Running(Child);

impl Home {
    /// A fresh home with these settings in bangban.toml.
    pub fn new(settings: &str) -> Home {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("bangban.toml"), settings).unwrap();
        let [free, monitor] = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
        let [free, monitor] = [free, monitor].map(|free| free.local_addr().unwrap());
        let faq = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/faq");
        let env = vec![
            ("BANGBAN_HTTP".into(), free.to_string()),
            ("BANGBAN_MONITOR".into(), monitor.to_string()),
            ("BANGBAN_FAQ".into(), faq.display().to_string()),
            ("RUST_LOG".into(), "info".into()),
        ];
        Home {
            folder,
            http: format!("http://{free}"),
            monitor: format!("http://{monitor}"),
            env,
            program: env!("CARGO_BIN_EXE_bangban").into(),
        }
    }

    /// Runs another build of the program.
    pub fn of(self, program: PathBuf) -> Home {
        Home { program, ..self }
    }

    /// Runs against a fake Telegram; `admin` keeps the installation.
    pub fn on_telegram(mut self, server: &TelegramServer, admin: i64) -> Home {
        self.env.push(("TELOXIDE_TOKEN".into(), server.token().into()));
        self.env.push(("TELOXIDE_API_URL".into(), server.api_url()));
        self.env.push(("BANGBAN_ADMINS".into(), admin.to_string()));
        self
    }

    /// One more environment variable.
    pub fn with(mut self, name: &str, value: &str) -> Home {
        self.env.push((name.into(), value.into()));
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        for name in [
            "DATABASE_URL",
            "BANGBAN_DATA",
            "BANGBAN_SAMPLE",
            "BANGBAN_BURST_MS",
            "TELOXIDE_TOKEN",
            "BANGBAN_WECHAT_SECRET",
        ] {
            command.env_remove(name);
        }
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs one command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs one command and gives its exit code and everything it printed.
    pub fn says(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        (output.status.code().unwrap_or(-1), said)
    }

    /// Serves with so many open files at most.
    pub async fn serve_with_files(self, files: u32) -> (Home, Running) {
        let shell = self.path("few-files");
        let program = self.program.display();
        std::fs::write(&shell, format!("#!/bin/sh\nulimit -n {files}\nexec {program} \"$@\"\n")).unwrap();
        std::fs::set_permissions(&shell, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let home = self.of(shell);
        let running = home.serve().await;
        (home, running)
    }

    /// Begins one command and does not wait for it.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut command = self.command(arguments);
        Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }

    /// Serves; returns when the pages answer and what to open is printed.
    pub async fn serve(&self) -> Running {
        self.serves(self.command(&["serve"])).await
    }

    /// The same with a signal ignored, e.g. XFSZ, by which the system says that a file is too large.
    pub async fn serve_ignoring(&self, signal: &str) -> Running {
        let plain = self.command(&[]);
        let mut command = Command::new("sh");
        command.args([
            "-c",
            &format!("trap '' {signal}; exec \"$0\" serve"),
            &self.program.display().to_string(),
        ]);
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        for (name, value) in plain.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        self.serves(command).await
    }

    async fn serves(&self, mut command: Command) -> Running {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.path("log"))
            .unwrap();
        let started = || self.log().matches("帮办已启动").count();
        let before = started();
        let child = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        let mut running = Running(child);
        let patience = Instant::now();
        while reqwest::get(format!("{}/healthz", self.http)).await.is_err() {
            let ended = running.0.try_wait().unwrap();
            assert!(ended.is_none(), "the program ended: {ended:?}\n{}", self.log());
            assert!(
                patience.elapsed() < Duration::from_secs(60),
                "the program does not serve\n{}",
                self.log()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // The links it prints end earlier ones. Where nothing can be written it prints none.
        let printed = Instant::now();
        while started() == before && printed.elapsed() < Duration::from_secs(3) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        running
    }

    /// The program's own figures, as Prometheus reads them.
    pub async fn figures(&self) -> String {
        let page = reqwest::get(format!("{}/metrics", self.monitor)).await.unwrap();
        page.text().await.unwrap()
    }

    /// Returns when nothing is owed any more.
    pub async fn settled(&self) {
        self.settled_within(Duration::from_secs(20)).await;
    }

    /// The same where much is owed.
    pub async fn settled_within(&self, patience: Duration) {
        let begun = Instant::now();
        loop {
            let figures = self.figures().await;
            let states = ["waiting", "sending"].map(|state| format!("{{state=\"{state}\"}} "));
            // Questions that wait for a helper are owed nothing.
            let open =
                |line: &&str| !line.starts_with("bangban_questions") && states.iter().any(|state| line.contains(state));
            let owed = figures.lines().filter(open).any(|line| !line.ends_with(" 0"));
            if !owed {
                return;
            }
            assert!(begun.elapsed() < patience, "still owed:\n{figures}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Everything the program printed so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

impl Running {
    /// The process's id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Resident memory now (Linux).
    pub fn resident_mib(&self) -> f64 {
        self.status_mib("VmRSS:")
    }

    /// A size the system tells of the process (Linux).
    pub fn status_mib(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    }

    /// Processor time of all its threads so far, in steps of 10 ms (Linux).
    pub fn processor_ms(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap();
        // After the name in parentheses: fields 14 and 15 of the whole line, in hundredths of a second.
        let fields = stat.rsplit_once(')').unwrap().1.split_whitespace();
        fields
            .skip(11)
            .take(2)
            .map(|ticks| ticks.parse::<f64>().unwrap() * 10.0)
            .sum()
    }

    /// SIGKILL, at once.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// A signal by name, e.g. TERM; waits for the end and gives the exit code.
    pub async fn signal(mut self, name: &str) -> Option<i32> {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
        // Not a blocking wait: the fake servers of the test run on this thread.
        loop {
            if let Some(ended) = self.0.try_wait().unwrap() {
                return ended.code();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Already ended is fine.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program runs in `home` and says these words with this exit code.
#[track_caller]
pub fn says(home: &Home, arguments: &[&str], code: i32, words: &[&str]) -> String {
    let (ended, said) = home.says(arguments);
    assert_eq!(ended, code, "{arguments:?}\n{said}");
    for word in words {
        assert!(said.contains(word), "{arguments:?} did not say {word}:\n{said}");
    }
    said
}
