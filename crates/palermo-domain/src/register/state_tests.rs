#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

fn code(text: &str) -> StateCode {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn entry(text: &str, kind: StateKind, name: &str) -> StateEntry {
    StateEntry {
        code: code(text),
        m49: None,
        kind,
        from: None,
        to: None,
        successors: vec![],
        names: BTreeMap::from([("en".to_owned(), name.to_owned())]),
        formal: BTreeMap::new(),
    }
}

fn alias(name: &str, of: &str, from: &str, to: &str) -> Alias {
    Alias {
        name: name.to_owned(),
        code: code(of),
        kind: AliasKind::Former,
        from: from.parse().ok(),
        to: to.parse().ok(),
    }
}

fn register() -> StateRegister {
    let entries = vec![
        entry("CIV", StateKind::State, "Côte d’Ivoire"),
        entry("COD", StateKind::State, "Democratic Republic of the Congo"),
        entry("COG", StateKind::State, "Congo"),
        entry("EU", StateKind::Organisation, "European Union"),
        entry("IRN", StateKind::State, "Iran (Islamic Republic of)"),
        entry("KNA", StateKind::State, "Saint Kitts and Nevis"),
        entry("NER", StateKind::State, "Niger"),
        entry("NGA", StateKind::State, "Nigeria"),
        entry("SCG", StateKind::Former, "Serbia and Montenegro"),
        entry("YUG", StateKind::Former, "Socialist Federal Republic of Yugoslavia"),
    ];
    let aliases = vec![
        alias("Zaire", "COD", "1971-10-27", "1997-05-17"),
        alias("Yugoslavia", "YUG", "1945-11-29", "1992-04-27"),
        alias("Yugoslavia", "SCG", "1992-04-27", "2003-02-04"),
    ];
    StateRegister::new(entries, aliases).unwrap()
}

#[test]
fn case_diacritics_apostrophes_and_footnote_marks_do_not_matter() {
    let register = register();
    for (written, meant) in [
        ("COTE D'IVOIRE", "CIV"),
        ("Côte d`Ivoire 1, 2", "CIV"),
        ("Iran (Islamic Republic of) [3]", "IRN"),
        ("Iran (Islamic Republic of)⁴", "IRN"),
        ("St. Kitts & Nevis*", "KNA"),
        ("the  Congo", "COG"),
        ("Niger (1)", "NER"),
        ("CIV", "CIV"),
        ("European Union", "EU"),
    ] {
        assert_eq!(register.resolve(written, None), Ok(code(meant)), "{written}");
    }
}

#[test]
fn a_name_that_is_nearly_right_is_rejected_with_the_nearest_ones() {
    let error = register().resolve("Nigerria", None).unwrap_err();
    let NameUnresolved::Unknown { nearest, .. } = &error else { panic!("{error}") };
    assert_eq!(nearest.first().unwrap().1, code("NGA"));
    assert!(error.to_string().contains("did you mean `Nigeria` (NGA)"), "{error}");
}

#[test]
fn a_name_unlike_any_other_gets_no_suggestion() {
    let error = register().resolve("Wqx", None).unwrap_err().to_string();
    assert!(error.ends_with("use its name in the United Nations or its ISO code"), "{error}");
}

#[test]
fn a_former_name_leads_to_the_same_state() {
    assert_eq!(register().resolve("Zaire", Some(day("2015-01-01"))), Ok(code("COD")));
}

#[test]
fn a_name_two_states_have_borne_needs_a_date() {
    let register = register();
    assert!(matches!(
        register.resolve("Yugoslavia", None),
        Err(NameUnresolved::Ambiguous { meanings, .. }) if meanings.len() == 2
    ));
    assert_eq!(register.resolve("Yugoslavia", Some(day("1990-01-01"))), Ok(code("YUG")));
    assert_eq!(register.resolve("Yugoslavia", Some(day("2000-12-12"))), Ok(code("SCG")));
    assert!(register.resolve("Yugoslavia", Some(day("2010-01-01"))).is_err());
}

#[test]
fn two_states_cannot_bear_one_name_at_the_same_time() {
    let entries =
        vec![entry("AAA", StateKind::State, "Same"), entry("BBB", StateKind::State, "sáme")];
    let refused = StateRegister::new(entries, vec![]).unwrap_err();
    assert!(matches!(refused, StatesRefused::NameTwice { .. }), "{refused}");
}

#[test]
fn an_alias_of_a_code_that_is_missing_is_refused() {
    let refused = StateRegister::new(vec![], vec![alias("Zaire", "COD", "", "")]).unwrap_err();
    assert_eq!(refused.to_string(), "`Zaire` belongs to `COD`, which is not in the list of States");
}

#[test]
fn codes_are_three_capitals_or_the_union() {
    assert_eq!(code("EU").to_string(), "EU");
    for wrong in ["eu", "BE", "ben", "BENI", "B3N", "", "Bén"] {
        assert!(wrong.parse::<StateCode>().is_err(), "{wrong}");
    }
    assert_eq!(StateCode::typed(" xaa ").map(|code| code.to_string()), Ok("XAA".to_owned()));
    assert_eq!(StateCode::typed("eu"), Ok(StateCode::EU));
    assert!(StateCode::typed("Brémora").is_err());
    assert!(code("XAA").is_user_assigned());
    assert!(code("QMA").is_user_assigned());
    assert!(!code("BEN").is_user_assigned());
}
