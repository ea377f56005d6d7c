//! What becomes of what a command says where nobody reads it any more, or where
//! nothing more can be written.

use crate::common::{Place, err, refused};
use std::process::{Output, Stdio};

/// Commands that say something, in one piece and line by line.
const TALKING: &[&[&str]] = &[
    &["mechanisms", "list", "--json"],
    &["mechanisms", "list"],
    &["user", "list", "--data", "@data", "--key-file", "@root.key"],
    &["key", "status", "--data", "@data", "--key-file", "@root.key"],
    &["verify", "--data", "@data", "--key-file", "@root.key"],
];

fn said_into(place: &Place, arguments: &[&str], stdout: impl Into<Stdio>) -> Output {
    place.palermo(arguments).stdout(stdout).output().unwrap()
}

#[test]
fn a_pipe_that_is_closed_ends_a_command_quietly_with_its_own_status() {
    let place = Place::with_region();
    for arguments in TALKING {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ended = said_into(&place, arguments, writer);
        let told = err(&ended);
        assert!(!told.contains("panicked") && !told.contains("Broken pipe"), "{told}");
        assert_eq!(ended.status.code(), Some(0), "{arguments:?}: {told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_the_command_fails() {
    let place = Place::with_region();
    for arguments in TALKING {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let told = refused(&said_into(&place, arguments, full), 1);
        assert!(told.contains("palermo: the output cannot be written"), "{arguments:?}: {told}");
        assert!(!told.contains("panicked"), "{told}");
    }
}
