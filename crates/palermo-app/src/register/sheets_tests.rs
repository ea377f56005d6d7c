#![allow(clippy::unwrap_used)]
use super::*;
use crate::{content::Content, register::Registers};
use palermo_domain::register::provenance::{Confidence, Provenance};

fn entry(state: &str, topic: Topic, provided: Provided, article: &str, words: &str) -> LawEntry {
    LawEntry {
        state: state.parse().unwrap(),
        topic,
        provided,
        law: Some("Act 3 of 2008".to_owned()),
        article: Some(article.to_owned()),
        words: Some(words.to_owned()),
        days: None,
        provenance: Provenance {
            source: "a national report".to_owned(),
            as_of: "2010-12".parse().unwrap(),
            confidence: Confidence::Stated,
            note: None,
            disputed: None,
        },
    }
}

fn registers() -> Registers {
    Registers::load(&Content::load(None, true).unwrap(), true).unwrap()
}

#[test]
fn req_014_the_gap_matrix_goes_to_csv_with_article_and_source_in_each_cell() {
    let entries = [
        entry("XAA", Topic::Offence, Provided::Yes, "s. 2", ""),
        entry("XAA", Topic::NonPunishment, Provided::Partly, "s. 9", "=only minors"),
    ];
    let codes = ["XAA", "XBB"].map(|c| c.parse().unwrap());
    let states = registers().states;
    let text = String::from_utf8(law_cells(&codes, &entries, &states, "en").csv()).unwrap();
    assert_eq!(text.lines().count(), 1 + 2 * Topic::OF_NATIONAL_LAW.len());
    assert!(text.contains("XAA,Avelmar,offence,\"Palermo Protocol art. 3, 5\",yes,no,Act 3 of 2008,s. 2,,a national report,2010-12\n"), "{text}");
    assert!(text.contains(",'=only minors,"), "x8: {text}");
    let matrix = law_matrix(&codes, &entries, &states, "en");
    assert_eq!(matrix.rows[0].last(), Some(&Cell::Number(1.0)));
    assert_eq!(
        matrix.rows[0][2],
        Cell::Text("yes: Act 3 of 2008 s. 2 (a national report, 2010-12)".to_owned())
    );
    assert!(matrix.xlsx().is_ok());
}

#[test]
fn req_009_the_scope_of_every_instrument_is_a_list() {
    let text = String::from_utf8(scope(&registers().instruments).csv()).unwrap();
    assert!(
        text.contains(
            "saarc-convention-2002,convention,SAARC Convention,no,yes,no,yes,yes,no,no,unknown\n"
        ),
        "{text}"
    );
}

#[test]
fn req_010_to_012_agreements_are_a_list_with_budget_review_and_monitoring() {
    let registers = registers();
    let sheet = agreements(&registers.agreements, "2010-12-31".parse().unwrap());
    let text = String::from_utf8(sheet.csv()).unwrap();
    assert!(text.contains("ben-tgo-gab,\"Agreement between Benin, Togo and Gabon\",multilateral,agreement,state:BEN state:TGO state:GAB,ECOWAS,"), "{text}");
    assert!(text.lines().next().unwrap().contains("in_national_budget,last_review,next_review"));
}

#[test]
fn req_013_the_number_a_source_gives_for_the_bali_model_law_is_in_the_list() {
    let sheet = adoptions(&registers().model_texts);
    let row = sheet.rows.iter().find(|r| r[0] == Cell::from("bali-model-law")).unwrap();
    assert_eq!(row[2], Cell::Number(18.0));
    assert_eq!(row[4], Cell::from("1 year after introduction"));
}

#[test]
fn req_006_non_parties_of_a_mechanism_are_a_list_for_advocacy() {
    let report = MissingReport {
        instrument: "tip-protocol".parse().unwrap(),
        on: "2009-04-16".parse().unwrap(),
        mechanism: "MERIDIAN".to_owned(),
        missing: vec!["XBB".parse().unwrap()],
    };
    let text = String::from_utf8(missing(&report, &registers().states, "fr").csv()).unwrap();
    assert_eq!(text.lines().nth(1), Some("XBB,Brémora,MERIDIAN,tip-protocol,2009-04-16"));
}
