//! The program as a process that can be killed.

use crate::common::palermo;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

/// How long a debug build on a busy machine may take to listen.
const START: Duration = Duration::from_secs(90);

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process until it listened.
    pub started_in: Duration,
}

impl Server {
    /// Starts the program with these arguments on a free port of this machine.
    /// What it prints goes to `log`, from its start on.
    pub fn start(arguments: &[&str], log: &Path, temporary: &Path) -> Self {
        let mut program = palermo();
        program.args(arguments);
        Self::spawn(program, log, temporary)
    }

    /// The same for a program that runs within another one, which passes its
    /// arguments on.
    pub fn spawn(mut program: Command, log: &Path, temporary: &Path) -> Self {
        let begun = Instant::now();
        let errors = File::options().create(true).append(true).open(log).unwrap();
        let mut child = program
            .args(["--listen", "127.0.0.1:0"])
            .env("TMPDIR", temporary)
            .env("RUST_LOG", "info")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .unwrap();
        let printed = child.stdout.take().unwrap();
        let (tell, told) = mpsc::channel();
        let (log, kept) = (log.to_owned(), log.to_owned());
        std::thread::spawn(move || {
            let mut log = File::options().create(true).append(true).open(log).unwrap();
            for line in BufReader::new(printed).lines().map_while(Result::ok) {
                use std::io::Write;
                let _ = writeln!(log, "{line}");
                if let Some(at) = line.find("http://") {
                    let address: String = line[at + 7..]
                        .chars()
                        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ':'))
                        .collect();
                    let _ = tell.send(address);
                }
            }
        });
        let Ok(address) = told.recv_timeout(START) else {
            let _ = child.kill();
            let _ = child.wait();
            panic!("the server did not listen: {}", std::fs::read_to_string(&kept).unwrap());
        };
        Self { child, address: address.parse().unwrap(), started_in: begun.elapsed() }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// As if the power had gone: no signal handler runs.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
