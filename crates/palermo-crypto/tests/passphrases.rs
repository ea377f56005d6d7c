//! Passphrases: hashing, verifying, strength (N2, N5).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_crypto::{
    OsEntropy, SeededEntropy,
    password::{
        BadHash, BannedList, Params, Weakness, check_strength, hash, is_outdated, verify,
        verify_nothing,
    },
};

fn weak_hash(passphrase: &str) -> String {
    hash(passphrase, &Params::demo_weakest(), &mut OsEntropy).unwrap()
}

#[test]
fn a_passphrase_is_verified_and_a_similar_one_is_not() {
    let stored = weak_hash("seven lanterns over grey water");
    assert_eq!(verify("seven lanterns over grey water", &stored), Ok(true));
    for wrong in [
        "",
        "seven lanterns over grey wate",
        "Seven lanterns over grey water",
        "seven lanterns over grey water ",
    ] {
        assert_eq!(verify(wrong, &stored), Ok(false), "{wrong}");
    }
}

#[test]
fn two_hashes_of_one_passphrase_differ() {
    let entropy = &mut SeededEntropy::new(1);
    let first = hash("one", &Params::demo_weakest(), entropy).unwrap();
    let second = hash("one", &Params::demo_weakest(), entropy).unwrap();
    assert_ne!(first, second);
}

#[test]
fn the_standard_cost_is_64_mib_and_three_passes() {
    let stored = hash("one", &Params::standard(), &mut OsEntropy).unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{stored}");
    assert_eq!(is_outdated(&stored, &Params::standard()), Ok(false));
    assert_eq!(is_outdated(&weak_hash("one"), &Params::standard()), Ok(true));
}

#[test]
fn the_last_character_of_a_very_long_passphrase_counts() {
    for chars in [64, 72, 73, 128, 1000, 5000] {
        let long = "長い合言葉".repeat(chars / 5 + 1);
        let stored = weak_hash(&format!("{long}A"));
        assert_eq!(verify(&format!("{long}A"), &stored), Ok(true));
        assert_eq!(verify(&format!("{long}B"), &stored), Ok(false), "{chars}");
    }
}

#[test]
fn a_foreign_or_costly_hash_is_refused_without_work() {
    let ours = weak_hash("one");
    for stored in [
        "",
        "one",
        "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZLJ0Rr8nyZq0m8JkZ0hT1Wc2s3yq5e",
        "$argon2i$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$x/Yd6+dOKGkiHup1XvPL1tYW1OKl754mItFYjwPMb90",
        "$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg",
        &ours.replace("m=8", "m=4194304"),
        &ours.replace("t=1", "t=1000000"),
        &ours.replace("p=1", "p=1000000"),
        &ours[..ours.len() - 8],
    ] {
        assert_eq!(verify("one", stored), Err(BadHash), "{stored}");
    }
}

#[test]
fn an_unknown_user_costs_as_much_as_a_known_one() {
    let params = Params::standard();
    let stored = hash("known", &params, &mut OsEntropy).unwrap();
    let time = |work: &dyn Fn() -> bool| {
        (0..3)
            .map(|_| {
                let start = std::time::Instant::now();
                assert!(!work());
                start.elapsed()
            })
            .min()
            .unwrap()
    };
    let known = time(&|| verify("wrong", &stored).unwrap());
    let unknown = time(&|| verify_nothing("wrong", &params).unwrap());
    // The least of three runs each; the gap proper is measured end to end (N2).
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.4..2.5).contains(&ratio), "{known:?} against {unknown:?}");
}

#[test]
fn nobody_is_the_unknown_user() {
    for guess in ["", "palermo", "Z".repeat(16).as_str()] {
        assert_eq!(verify_nothing(guess, &Params::demo_weakest()), Ok(false));
    }
}

fn weaknesses(passphrase: &str) -> Vec<Weakness> {
    let banned =
        BannedList::from_lines("Wombat Crossing Aubergine 9\n\n  trombone ladder pickle\n");
    let context = ["Amina Invented", "amina@shelter.example", "Palermo"];
    check_strength(passphrase, &context, &banned).err().unwrap_or_default()
}

#[test]
fn long_unrelated_words_in_any_script_are_good_enough() {
    for good in [
        "trombone-ladder-pickle-orbit",
        "sept lanternes sur l'eau grise",
        "семь фонарей над серой водой",
        "سبعة فوانيس فوق ماء رمادي",
        "七つの灯籠が灰色の水面に浮かんでいる",
        &"harbour gravel umbrella ".repeat(40),
    ] {
        assert_eq!(weaknesses(good), [], "{good}");
    }
}

#[test]
fn characters_are_counted_not_bytes() {
    // 14 characters, 42 bytes.
    let fourteen = "灯籠水面灰色浮石山川鳥風林火";
    assert_eq!(fourteen.chars().count(), 14);
    assert!(weaknesses(fourteen).contains(&Weakness::TooShort { chars: 14, least: 15 }));
    assert_eq!(weaknesses(&format!("{fourteen}月")), []);
}

#[test]
fn a_guessable_passphrase_is_refused_however_long() {
    for bad in
        ["aaaaaaaaaaaaaaaaaaaaaaa", "passwordpassword", "qwertyuiopasdfgh", "1234567890123456789"]
    {
        assert!(weaknesses(bad).contains(&Weakness::Guessable), "{bad}");
    }
}

#[test]
fn what_others_know_about_you_does_not_count() {
    let about = |word: &str| Weakness::AboutYou { word: word.into() };
    assert!(weaknesses("AminaInvented2026!").contains(&about("invented")));
    assert!(weaknesses("palermo-palermo-palermo").contains(&about("palermo")));
    assert!(weaknesses("invented xk9 w4q z").contains(&about("invented")));
    assert!(!weaknesses("invented xk9 w4q z7").contains(&about("invented")));
    assert!(!weaknesses("amina carries seven grey lanterns").contains(&about("amina")));
}

#[test]
fn names_of_two_letters_are_too_common_to_count() {
    let found = |passphrase| {
        let found = check_strength(passphrase, &["Amy", "Bo"], &BannedList::default());
        found.err().unwrap_or_default()
    };
    let about_amy = Weakness::AboutYou { word: "amy".into() };
    assert!(found("amy-amy-amy-amy-amy").contains(&about_amy));
    let about = |weakness: &Weakness| matches!(weakness, Weakness::AboutYou { .. });
    assert!(!found("bo-bo-bo-bo-bo-bo").iter().any(about));
}

#[test]
fn the_operators_list_is_obeyed_whatever_the_capitals() {
    assert!(weaknesses("wombat crossing aubergine 9").contains(&Weakness::Banned));
    assert!(weaknesses("TROMBONE ladder pickle").contains(&Weakness::Banned));
    assert!(!weaknesses("trombone ladder pickle orbit").contains(&Weakness::Banned));
    assert_eq!(BannedList::from_lines("a\n\n b \n").len(), 2);
}

#[test]
fn every_weakness_is_told_at_once() {
    let found = weaknesses("palermo1");
    assert_eq!(found.len(), 3, "{found:?}");
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(told[0], "the passphrase has `8` characters; use at least `15`");
}
