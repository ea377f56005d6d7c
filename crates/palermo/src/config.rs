//! `--config FILE`: the flags of `palermo serve`, under the same names, in a
//! TOML file read once at start. A flag on the command line or an environment
//! variable goes before the file.

use crate::runtime::WrongUse;
use figment::{
    Figment,
    providers::{Format, Toml},
};
use serde::Deserialize;
use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    data: Option<PathBuf>,
    database_url_file: Option<PathBuf>,
    key_file: Option<PathBuf>,
    content: Option<PathBuf>,
    listen: Option<String>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    #[serde(default)]
    behind_proxy: bool,
    address: Option<String>,
    #[serde(default)]
    sign_in_hosts: Vec<String>,
    metrics_token_file: Option<PathBuf>,
    smtp_url_file: Option<PathBuf>,
    mail_from: Option<String>,
    #[serde(default)]
    allow_root: bool,
}

/// A setting as the flag it stands for: flag, environment variable, value
/// (none for a switch).
type Flag = (&'static str, Option<&'static str>, Option<OsString>);

impl Settings {
    fn flags(self) -> Vec<Flag> {
        let path = |path: Option<PathBuf>| path.map(PathBuf::into_os_string);
        let text = |text: Option<String>| text.map(OsString::from);
        let valued = [
            ("--data", None, path(self.data)),
            ("--database-url-file", None, path(self.database_url_file)),
            ("--key-file", Some("PALERMO_KEY_FILE"), path(self.key_file)),
            ("--content", Some("PALERMO_CONTENT"), path(self.content)),
            ("--listen", Some("PALERMO_LISTEN"), text(self.listen)),
            ("--tls-cert", None, path(self.tls_cert)),
            ("--tls-key", None, path(self.tls_key)),
            ("--address", Some("PALERMO_ADDRESS"), text(self.address)),
            ("--smtp-url-file", Some("PALERMO_SMTP_URL_FILE"), path(self.smtp_url_file)),
            ("--mail-from", Some("PALERMO_MAIL_FROM"), text(self.mail_from)),
            (
                "--metrics-token-file",
                Some("PALERMO_METRICS_TOKEN_FILE"),
                path(self.metrics_token_file),
            ),
        ];
        let hosts = self.sign_in_hosts.into_iter();
        let hosts = hosts.map(|host| ("--sign-in-host", None, Some(OsString::from(host))));
        let switches = [
            ("--behind-proxy", None, self.behind_proxy),
            ("--allow-root", Some("PALERMO_ALLOW_ROOT"), self.allow_root),
        ];
        let mut flags: Vec<Flag> =
            valued.into_iter().filter(|(_, _, value)| value.is_some()).chain(hosts).collect();
        flags.extend(
            switches.into_iter().filter(|one| one.2).map(|(flag, env, _)| (flag, env, None)),
        );
        flags
    }
}

/// The arguments with those of the file they name added where they are silent.
///
/// # Errors
/// When the file cannot be read or names something that is no setting.
pub fn with_file(
    arguments: Vec<OsString>,
    environment: impl Fn(&str) -> bool,
) -> anyhow::Result<Vec<OsString>> {
    if arguments.get(1).is_none_or(|command| command != "serve") {
        return Ok(arguments);
    }
    let Some(file) = value_of(&arguments, "--config") else { return Ok(arguments) };
    let wrong = |why: String| WrongUse(format!("`{}`: {why}", file.to_string_lossy()));
    // A missing file would otherwise count as an empty one.
    let text = std::fs::read_to_string(&file).map_err(|error| {
        wrong(match error.kind() {
            std::io::ErrorKind::NotFound => {
                "this file of settings is not there; correct the path after `--config`, or leave \
                 it out and give the flags by hand"
                    .to_owned()
            }
            _ => format!("this file of settings cannot be read: {error}"),
        })
    })?;
    let settings: Settings =
        Figment::from(Toml::string(&text)).extract().map_err(|error| wrong(error.to_string()))?;
    let mut all = arguments.clone();
    // One place of the data given by hand replaces the other kind in the file.
    let placed = names(&arguments, "--data") || names(&arguments, "--database-url-file");
    for (flag, variable, value) in settings.flags() {
        let place = matches!(flag, "--data" | "--database-url-file");
        if names(&arguments, flag) || (place && placed) || variable.is_some_and(&environment) {
            continue;
        }
        all.push(flag.into());
        all.extend(value);
    }
    Ok(all)
}

fn names(arguments: &[OsString], flag: &str) -> bool {
    let with_value = format!("{flag}=");
    arguments
        .iter()
        .any(|one| one == OsStr::new(flag) || one.to_string_lossy().starts_with(&with_value))
}

fn value_of(arguments: &[OsString], flag: &str) -> Option<OsString> {
    let with_value = format!("{flag}=");
    arguments.iter().enumerate().find_map(|(at, one)| {
        if one == OsStr::new(flag) {
            return arguments.get(at + 1).cloned();
        }
        one.to_str()?.strip_prefix(&with_value).map(OsString::from)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(file: &str, given: &[&str], set: &[&str]) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("palermo.toml");
        std::fs::write(&path, file).unwrap();
        let mut arguments: Vec<OsString> = vec!["palermo".into(), "serve".into()];
        arguments.extend(["--config".into(), path.into_os_string()]);
        arguments.extend(given.iter().map(OsString::from));
        with_file(arguments, |name| set.contains(&name))
            .map(|all| all[4..].iter().map(|one| one.to_string_lossy().into_owned()).collect())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_fills_in_what_the_command_line_leaves_open() {
        let file = "data = \"/srv/palermo\"\nlisten = \"127.0.0.1:1\"\nbehind-proxy = true\n";
        let all = read(file, &[], &[]).unwrap();
        assert_eq!(all, ["--data", "/srv/palermo", "--listen", "127.0.0.1:1", "--behind-proxy"]);
    }

    #[test]
    fn a_flag_and_an_environment_variable_go_before_the_file() {
        let file = "data = \"/srv/palermo\"\nlisten = \"127.0.0.1:1\"\n";
        let all = read(file, &["--database-url-file=/etc/url"], &["PALERMO_LISTEN"]).unwrap();
        assert_eq!(all, ["--database-url-file=/etc/url"]);
    }

    #[test]
    fn a_file_that_is_not_there_is_named_with_what_to_do() {
        let arguments = ["palermo", "serve", "--config", "/nowhere/none.toml"];
        let error = with_file(arguments.map(OsString::from).to_vec(), |_| false).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("none.toml") && error.contains("correct the path"), "{error}");
    }

    #[test]
    fn a_name_that_is_no_setting_is_refused() {
        let error = read("databse = \"/srv\"\n", &[], &[]).unwrap_err();
        assert!(error.contains("databse"), "{error}");
    }
}
