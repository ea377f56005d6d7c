//! `palermo user` and `palermo key` from the machine's command line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use common::{ADMIN, Place, done, json, mode, private_file, refused};

#[test]
fn the_first_administrator_is_listed_and_cannot_be_lost() {
    let place = Place::with_region();
    let all = json(&place.on_data(&["user", "list", "--json"]));
    assert_eq!(all[0]["email"], ADMIN);
    assert_eq!(all[0]["tenant_kind"], "secretariat");
    assert_eq!(all[0]["roles"], serde_json::json!(["secretariat", "tenant-administrator"]));
    for last in
        [&["user", "suspend", ADMIN][..], &["user", "end-role", ADMIN, "tenant-administrator"]]
    {
        let reason = refused(&place.on_data(last), 1);
        assert!(reason.contains("must stay administrator"), "{reason}");
    }
}

#[test]
fn roles_are_given_and_ended_from_the_command_line() {
    let place = Place::with_region();
    let roles = || json(&place.on_data(&["user", "list", "--json"]))[0]["roles"].to_string();
    done(&place.on_data(&["user", "give-role", ADMIN, "auditor"]));
    assert!(roles().contains("auditor"));
    refused(&place.on_data(&["user", "give-role", ADMIN, "auditor"]), 1);
    done(&place.on_data(&["user", "end-role", ADMIN, "auditor"]));
    assert!(!roles().contains("auditor"));
    refused(&place.on_data(&["user", "give-role", ADMIN, "donor"]), 1);
    refused(&place.on_data(&["user", "give-role", ADMIN, "emperor"]), 2);
    refused(&place.on_data(&["user", "give-role", "nobody@region.example", "auditor"]), 1);
    done(&place.on_data(&["verify"]));
}

#[test]
fn a_role_that_reads_about_persons_needs_a_signed_in_administrator() {
    let place = Place::with_region();
    let give = ["user", "give-role", ADMIN, "data-protection-officer"];
    let reason = refused(&place.on_data(&give), 1);
    assert!(reason.contains("reads data about persons") && reason.contains("--as"), "{reason}");
    let invite = [
        "user",
        "invite",
        "new@region.example",
        "--name",
        "New",
        "--role",
        "data-protection-officer",
    ];
    assert!(refused(&place.on_data(&invite), 1).contains("reads data about persons"));
}

#[test]
fn without_a_second_factor_nobody_acts_in_their_name() {
    let place = Place::with_region();
    let mut give = vec!["user", "give-role", ADMIN, "data-protection-officer"];
    give.extend(["--as", ADMIN, "--passphrase-file", "@passphrase", "--code", "123456"]);
    let reason = refused(&place.on_data(&give), 1);
    assert!(reason.contains("no second factor yet"), "{reason}");
    private_file(&place.path("wrong"), "not the passphrase at all\n");
    give[7] = "@wrong";
    assert_eq!(give[6], "--passphrase-file");
    refused(&place.on_data(&give), 1);
    let establish = ["key", "establish"];
    assert!(refused(&place.on_data(&establish), 2).contains("--as"));
}

/// Someone else of an organisation who does not see to the protection of data.
fn colleague_of<'a>(all: &'a serde_json::Value, house: &serde_json::Value, admin: &str) -> &'a str {
    let other = all.as_array().unwrap().iter().find(|one| {
        one["tenant"] == *house
            && one["email"] != admin
            && one["status"] == "active"
            && !one["roles"].to_string().contains("data-protection-officer")
    });
    other.expect("an organisation has more than one person")["email"].as_str().unwrap()
}

#[test]
fn nobody_gives_or_ends_their_own_role_signed_in_at_the_command_line() {
    let place = Place::new();
    done(&place.run(&["demo", "--data", "@data", "--prepare-only"]));
    private_file(&place.path("known"), "meridian lantern harbour demo\n");
    let all = json(&place.run(&["user", "list", "--data", "@data", "--json"]));
    let admin = all.as_array().unwrap().iter().find(|one| {
        one["tenant_kind"] == "care" && one["roles"].to_string().contains("tenant-administrator")
    });
    let admin = admin.expect("a shelter has an administrator")["email"].as_str().unwrap();
    for (what, role) in
        [("give-role", "data-protection-officer"), ("end-role", "tenant-administrator")]
    {
        let words = ["user", what, admin, role, "--as", admin, "--passphrase-file", "@known"];
        let reason = refused(&place.run(&[&words[..], &["--data", "@data"]].concat()), 1);
        assert!(reason.contains("Nobody gives themselves a role"), "{reason}");
    }
    done(&place.run(&["verify", "--data", "@data"]));
}

#[test]
fn in_a_demonstration_an_administrator_acts_with_the_passphrase() {
    let place = Place::new();
    done(&place.run(&["demo", "--data", "@data", "--prepare-only"]));
    private_file(&place.path("known"), "meridian lantern harbour demo\n");
    let all = json(&place.run(&["user", "list", "--data", "@data", "--json"]));
    let of = |role: &str, kind: &str| {
        all.as_array()
            .unwrap()
            .iter()
            .find(|one| one["tenant_kind"] == kind && one["roles"].to_string().contains(role))
    };
    let admin = of("tenant-administrator", "care").expect("a shelter has an administrator");
    let house = &admin["tenant"];
    let admin = admin["email"].as_str().unwrap();
    let colleague = colleague_of(&all, house, admin);
    let give = [
        "user",
        "give-role",
        colleague,
        "data-protection-officer",
        "--as",
        admin,
        "--passphrase-file",
        "@known",
        "--data",
        "@data",
    ];
    done(&place.run(&give));
    let after = json(&place.run(&["user", "list", "--data", "@data", "--json"]));
    let now = after.as_array().unwrap().iter().find(|one| one["email"] == colleague).unwrap();
    assert!(now["roles"].to_string().contains("data-protection-officer"));
    // The session opened for the command is over: nothing is left to lock.
    let locked = done(&place.run(&["key", "lock", "--data", "@data"]));
    assert!(locked.contains(" 0 sessions"), "{locked}");
    done(&place.run(&["verify", "--data", "@data"]));
    let export = |admin: &str| {
        let words = ["export", "tenant", "--folder", "@mine", "--keystore-out", "@keys", "--as"];
        let rest = ["--passphrase-file", "@known", "--data", "@data"];
        let all: Vec<String> =
            words.iter().chain(&[admin]).chain(&rest).map(|w| (*w).to_owned()).collect();
        place.run(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    // A shelter holds more than 50 persons: nobody takes them out alone (A8).
    let refused = export(admin);
    assert_eq!(refused.status.code(), Some(1));
    let reason = String::from_utf8_lossy(&refused.stderr);
    assert!(reason.contains("two people"), "{reason}");
    // It has one administrator, so nothing is asked that nobody could agree to.
    assert!(reason.contains("one of these roles: Administrator"), "{reason}");
    let admin = of("tenant-administrator", "national-coordination").expect("a task force has one");
    let admin = admin["email"].as_str().unwrap();
    done(&export(admin));
    let names = std::fs::read_to_string(place.path("mine/account.jsonl")).unwrap();
    assert!(names.contains(admin) && !names.contains("secretariat.meridian.example"));
    // Its passphrase is known to everyone, so no real region takes it in; another demonstration does.
    let (mine, keys) = (place.path("mine"), place.path("keys"));
    let words = ["restore", "--organisation", "--from", mine.to_str().unwrap(), "--keystore-from"];
    let take_in = [&words[..], &[keys.to_str().unwrap()]].concat();
    let real = Place::with_region();
    let reason = common::refused(&real.on_data(&take_in), 1);
    assert!(reason.contains("of a demonstration"), "{reason}");
    let here = common::refused(&place.run(&[&take_in[..], &["--data", "@data"]].concat()), 1);
    assert!(here.contains("is here already"), "{here}");
    // Without its mark it is an organisation of a real region, with real persons (E43).
    std::fs::remove_file(place.path("mine/demonstration")).unwrap();
    let real = common::refused(&place.run(&[&take_in[..], &["--data", "@data"]].concat()), 1);
    assert!(real.contains("of a real region"), "{real}");
}

#[test]
fn an_invitation_is_printed_and_tries_are_forgotten() {
    let place = Place::with_region();
    let link = done(&place.on_data(&[
        "user",
        "invite",
        "clerk@region.example",
        "--name",
        "Clerk",
        "--role",
        "auditor",
    ]));
    assert!(link.starts_with("/invitation/"), "{link}");
    let list = done(&place.on_data(&["user", "list"]));
    assert!(list.contains("clerk@region.example") && list.contains("invited until"), "{list}");
    let all = json(&place.on_data(&["user", "list", "--json"]));
    let all = all.as_array().unwrap();
    let clerk = all.iter().find(|one| one["email"] == "clerk@region.example").unwrap();
    assert_eq!((&clerk["status"], &clerk["roles"][0]), (&"invited".into(), &"auditor".into()));
    assert!(clerk["open_until"].is_string(), "{clerk}");
    done(&place.on_data(&["user", "reset-throttle", ADMIN]));
    let again = ["user", "invite", ADMIN, "--name", "Admin", "--role", "auditor"];
    refused(&place.on_data(&again), 1);
}

#[test]
fn the_whole_link_is_printed_where_the_address_is_known_and_an_invitation_is_withdrawn() {
    let place = Place::with_region();
    let invite = ["user", "invite", "clerk@region.example", "--name", "Clerk", "--role", "auditor"];
    let unknown = place.on_data(&invite);
    let said = String::from_utf8_lossy(&unknown.stderr);
    assert!(said.contains("the address of this installation is not known here"), "{said}");
    let whole = ["--address", "https://palermo.example/", "--language", "fr"];
    let link = done(&place.on_data(&[&invite[..], &whole[..]].concat()));
    assert!(link.starts_with("https://palermo.example/fr/invitation/"), "{link}");
    let invited = || done(&place.on_data(&["user", "list"])).contains("invited until");
    assert!(invited());
    done(&place.on_data(&["user", "withdraw", "Clerk@region.example"]));
    assert!(!invited());
    for nobody in ["clerk@region.example", "other@region.example"] {
        let reason = refused(&place.on_data(&["user", "withdraw", nobody]), 1);
        assert!(reason.contains("no open invitation"), "{reason}");
    }
    done(&place.on_data(&["verify"]));
}

#[test]
fn the_root_key_can_be_replaced_and_the_old_one_opens_nothing() {
    let place = Place::with_region();
    let status = json(&place.on_data(&["key", "status", "--json"]));
    assert_eq!(status["mechanism"], "ECOWAS");
    done(&place.on_data(&["key", "rotate-root", "--new-key-file", "@new.key"]));
    assert_eq!(mode(&place.path("new.key")), 0o600);
    let reason = refused(&place.on_data(&["verify"]), 1);
    assert!(reason.contains("does not belong to this data"), "{reason}");
    done(&place.run(&["verify", "--data", "@data", "--key-file", "@new.key"]));
}

#[test]
fn req_235_what_is_exported_from_a_demonstration_says_that_it_is_invented() {
    let place = Place::new();
    done(&place.run(&["demo", "--data", "@data", "--prepare-only"]));
    for kind in [
        &["agreements"][..],
        &["law"],
        &["instruments"],
        &["model-texts"],
        &["parties", "--instrument", "tip-protocol", "--on", "2024-01-01"],
    ] {
        let mut words = vec!["export"];
        words.extend(kind);
        words.extend(["--data", "@data"]);
        let output = place.run(&words);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("everything here is invented"), "{kind:?}: {text}");
    }
}

#[test]
fn a_register_is_written_in_the_format_its_file_is_named_after_or_not_at_all() {
    let place = Place::with_region();
    let export = |kind: &str, out: &str| {
        let instrument = ["--instrument", "tip-protocol"];
        place.on_data(&[&["export", kind][..], &instrument[..], &["--out", out][..]].concat())
    };
    let workbook = refused(&export("adherence", "@list.xlsx"), 1);
    assert!(workbook.contains("tip-protocol.csv"), "{workbook}");
    assert!(!place.path("list.xlsx").exists());
    let other = refused(&export("adherence", "@list.json"), 2);
    assert!(other.contains("`.csv` or `.xlsx`"), "{other}");
    done(&export("adherence", "@list.csv"));
    assert!(place.path("list.csv").is_file());
}

#[test]
fn an_unknown_role_is_refused_with_the_roles_there_are() {
    let place = Place::with_region();
    let invite = ["user", "invite", "a@region.example", "--name", "A", "--role", "nope"];
    let reason = refused(&place.on_data(&invite), 2);
    assert!(reason.contains("`nope` is no role; use one of ") && reason.contains("case-manager"));
}

#[test]
fn an_import_that_speaks_of_the_future_is_refused() {
    let place = Place::with_region();
    std::fs::write(place.path("list.csv"), "Participant,Signature\nBenin,12 Dec 2000\n").unwrap();
    let import = ["import", "adherence", "@list.csv", "--instrument", "tip-protocol"];
    let import: Vec<_> = import.into_iter().chain(["--as-of", "2999-01-01"]).collect();
    let reason = refused(&place.on_data(&import), 2);
    assert!(reason.contains("lies in the future"), "{reason}");
}
