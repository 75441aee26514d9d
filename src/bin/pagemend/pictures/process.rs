//! A program that is given bytes and gives bytes back.

use std::io::{self, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

/// What a program has left behind.
#[derive(Debug)]
pub struct Ended {
    /// What it wrote to standard output.
    pub out: Vec<u8>,
    /// What it wrote to standard error.
    pub said: String,
    pub status: ExitStatus,
}

/// Runs a program to its end.
///
/// Its three streams are served at once: a program that waits to have its output read, while we wait
/// to have its input taken, would wait for ever. There is no limit of time, as a page may take
/// minutes; who interrupts us at a terminal interrupts the program too.
///
/// # Errors
/// Where it cannot be started, or its output not be read.
pub fn run(command: &mut Command, input: &[u8]) -> io::Result<Ended> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let taken = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut stdin), Some(stdout), Some(stderr)) = taken else { unreachable!("all streams are piped") };
    let (out, said) = thread::scope(|scope| {
        // Who does not read to the end has its reasons, and says them.
        scope.spawn(move || stdin.write_all(input));
        let said = scope.spawn(move || all(stderr));
        (all(stdout), said.join().expect("reading does not panic"))
    });
    let status = child.wait()?;
    Ok(Ended { out: out?, said: String::from_utf8_lossy(&said?).into_owned(), status })
}

fn all(mut stream: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Keeps the interruptions of a terminal from a program: they are for us, who let what is at hand be
/// finished.
#[cfg(unix)]
pub fn undisturbed(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
pub fn undisturbed(_: &mut Command) {}
