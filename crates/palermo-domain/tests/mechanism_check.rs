//! Profiles with mistakes in them: each is found on its line, with a remedy,
//! and all of one file together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use palermo_domain::register::document::Problem;
use palermo_domain::register::mechanism::MechanismProfile;

fn good() -> String {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/demo/mechanisms/meridian.toml");
    std::fs::read_to_string(file).unwrap()
}

/// A copy with one piece replaced, and the line on which the new piece begins.
fn broken(old: &str, new: &str) -> (String, usize) {
    let text = good();
    assert!(text.contains(old), "the profile has no `{old}`");
    let at = text.find(old).unwrap();
    (text.replacen(old, new, 1), 1 + text[..at].matches('\n').count())
}

fn problems(text: &str) -> Vec<Problem> {
    MechanismProfile::parse(text).expect_err("the profile has a mistake")
}

/// Exactly one problem, on the line of the change, saying `message`.
fn expect(old: &str, new: &str, field: &str, message: &str) {
    let (text, line) = broken(old, new);
    let found = problems(&text);
    let one = found.first().unwrap();
    assert_eq!(found.len(), 1, "{old} -> {new}: {found:?}");
    assert_eq!((one.line, one.field.as_str()), (line, field), "{found:?}");
    assert!(one.message.contains(message), "{found:?}");
    assert!(!one.remedy.is_empty(), "{found:?}");
}

#[test]
fn the_profile_these_tests_break_is_right() {
    assert_eq!(
        MechanismProfile::parse(&good()).map(|p| p.id.to_string()),
        Ok("MERIDIAN".to_owned())
    );
}

#[test]
fn a_word_outside_its_list_is_told_with_the_word_meant() {
    expect("type = \"mou\"", "type = \"mout\"", "founding[1].type", "`mout` is not one of");
    let (text, _) = broken("type = \"mou\"", "type = \"mout\"");
    assert_eq!(problems(&text)[0].remedy, "did you mean `mou`?");
    let (text, _) = broken("type = \"mou\"", "type = \"treaty\"");
    assert!(problems(&text)[0].remedy.starts_with("use one of `convention`, `agreement`"));
}

#[test]
fn a_field_nobody_knows_is_told_with_the_field_meant() {
    let (text, line) = broken("reports_to = ", "report_to = ");
    let found = problems(&text);
    assert_eq!((found[0].line, found[0].field.as_str()), (line, "bodies[2].report_to"));
    assert_eq!(found[0].remedy, "did you mean `reports_to`?");
}

#[test]
fn a_date_that_does_not_exist_is_found() {
    let (old, new) = ("[founded]\ndate = \"2014-05\"", "[founded]\ndate = \"2014-15\"");
    let (text, line) = broken(old, new);
    let found = problems(&text);
    assert_eq!((found[0].line, found[0].field.as_str()), (line + 1, "founded.date"), "{found:?}");
    assert_eq!(found[0].message, "`2014-15` is not a date");
}

#[test]
fn a_code_that_is_no_states_code_is_found() {
    expect(
        "state = \"XBB\"",
        "state = \"XB\"",
        "membership.records[2].state",
        "`XB` is not a State's code",
    );
}

#[test]
fn a_state_cannot_belong_twice_at_once() {
    let row = "  { state = \"XBB\", from = \"2014-05\" },\n";
    let (text, line) = broken(row, &format!("{row}{row}"));
    let found = problems(&text);
    assert_eq!((found[0].line, found[0].field.as_str()), (line + 1, "membership.records[3].state"));
    assert!(found[0].message.contains("`XBB` already belongs"));
}

#[test]
fn a_membership_cannot_end_before_it_begins() {
    let (text, _) = broken("to = \"2018-03\"", "to = \"2013-03\"");
    assert!(
        problems(&text)
            .iter()
            .any(|p| p.message == "it ends in 2013-03, before it begins in 2014-05")
    );
}

#[test]
fn rule_4_a_reflection_period_below_thirty_days_is_refused() {
    expect(
        "value = 45",
        "value = 29",
        "rules[1].value",
        "`reflection_days` is 29, below the floor of 30",
    );
    expect(
        "value = 10\n",
        "value = 4\n",
        "rules[2].value",
        "`publication_threshold` is 4, below the floor of 5",
    );
}

#[test]
fn a_fact_without_source_is_refused() {
    let (text, line) = broken("[secretariat]\nname", "[secretariat]\n# no source\nname");
    let at = text.find("[secretariat]").unwrap();
    let source = at + text[at..].find("source = ").unwrap();
    let end = source + text[source..].find('\n').unwrap();
    let text = format!("{}# gone{}", &text[..source], &text[end..]);
    let found = problems(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].line, found[0].field.as_str()), (line, "secretariat.source"));
    assert_eq!(found[0].message, "`source` is missing");
}

#[test]
fn a_source_that_nobody_could_look_up_is_refused() {
    let invented = "source = \"Invented for the demonstration\"";
    expect(invented, "source = \"S9:1\"", "summary.source", "there is no document `S9`");
    expect(invented, "source = \"S1\"", "summary.source", "names a document but no place");
    expect(invented, "source = \"?\"", "summary.source", "not a source one could look up");
}

#[test]
fn general_knowledge_must_say_how_sure_it_is() {
    let (text, _) = broken("source = \"Invented for the demonstration\"", "source = \"GK\"");
    let found = problems(&text);
    assert_eq!((found.len(), found[0].field.as_str()), (1, "summary.confidence"), "{found:?}");
}

#[test]
fn a_part_left_out_must_be_explained() {
    let text = good();
    let at = text.find("[languages]").unwrap();
    let end = at + text[at..].find("\n\n").unwrap();
    let without = format!("{}{}", &text[..at], &text[end..]);
    let found = problems(&without);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].message, "`languages` is neither given nor explained");

    let explained = format!("{without}\n[unknown]\nlanguages = \"nobody asked\"\n");
    assert!(MechanismProfile::parse(&explained).is_ok());
    let both = format!("{text}\n[unknown]\nlanguages = \"nobody asked\"\n");
    assert!(problems(&both)[0].message.contains("both given and said to be absent"));
    let misspelt = format!("{without}\n[unknown]\nlanguage = \"nobody asked\"\n");
    assert!(problems(&misspelt).iter().any(|p| p.remedy == "did you mean `languages`?"));
}

#[test]
fn a_cadence_must_be_of_something() {
    expect(
        "cadence = { times = 4, years = 1 }",
        "cadence = { times = 0, years = 1 }",
        "bodies[3].cadence",
        "a cadence of nothing",
    );
}

#[test]
fn a_body_that_is_referred_to_must_be_listed() {
    let (text, _) = broken("reports_to = \"ministers\"", "reports_to = \"ministry\"");
    assert!(problems(&text)[0].message.contains("a body `ministry` that is not listed"));
}

#[test]
fn areas_of_a_plan_are_numbered_once_and_stand_under_what_comes_before() {
    let (text, _) = broken("{ no = \"2\"", "{ no = \"1\"");
    assert!(problems(&text)[0].message.contains("the number `1` is used twice"));
    let (text, _) = broken("title = \"Children\" }", "title = \"Children\", under = \"9\" }");
    assert!(problems(&text)[0].message.contains("`4` stands under `9`"));
}

#[test]
fn a_statement_keeps_two_claims_and_prefers_one() {
    let source = "source = \"Invented for the demonstration\"";
    let statement = |claims: &str| {
        format!(
            "{}\n[[statements]]\nid = \"a\"\ntopic = \"b\"\nwhy = \"c\"\nclaims = [{claims}]\n",
            good()
        )
    };
    let one = format!("{{ value = \"x\", {source}, preferred = true }}");
    assert!(problems(&statement(&one))[0].message.contains("fewer than two claims"));
    assert!(
        problems(&statement(&format!("{one}, {one}")))[0].message.contains("not exactly one claim")
    );
    let other = format!("{{ value = \"y\", {source} }}");
    assert!(MechanismProfile::parse(&statement(&format!("{one}, {other}"))).is_ok());
}

#[test]
fn a_dispute_must_be_written_down() {
    let (text, _) =
        broken("kind = \"political\"\n", "kind = \"political\"\ndisputed = \"nothing\"\n");
    assert!(problems(&text)[0].message.contains("`disputed` by `nothing`"));
}

#[test]
fn what_is_not_toml_is_told_with_its_line_and_nothing_else_is() {
    let (text, line) = broken(
        "kind = \"dedicated sub-regional process\"",
        "kind = dedicated sub-regional process",
    );
    let found = problems(&text);
    assert!(
        found.iter().any(|p| p.line == line && p.message.starts_with("this is not TOML")),
        "{found:?}"
    );
    assert!(found.iter().all(|p| p.message.starts_with("this is not TOML")), "{found:?}");
}

#[test]
fn an_empty_file_tells_everything_that_a_profile_needs() {
    let found = problems("");
    for part in [
        "id",
        "names",
        "kind",
        "detail",
        "as_of",
        "summary",
        "founding",
        "founded",
        "membership",
        "rules",
    ] {
        assert!(found.iter().any(|p| p.field == part), "{part}: {found:?}");
    }
}

#[test]
fn twelve_mistakes_in_one_file_are_told_at_once_in_the_order_of_their_lines() {
    let mut text = good();
    for (old, new) in [
        ("id = \"MERIDIAN\"", "id = \"meridian\""),
        ("detail = \"described\"", "detail = \"full\""),
        ("type = \"mou\"", "type = \"mout\""),
        ("values = [\"en\", \"fr\"", "values = [\"english\", \"fr\""),
        ("state = \"XAA\"", "state = \"XA\""),
        ("status = \"observer\"", "status = \"watcher\""),
        ("cadence = { times = 1, years = 3 }", "cadence = { times = 1, years = 0 }"),
        ("quorum = 4", "quorum = -4"),
        ("status = \"replaced\"", "status = \"old\""),
        ("value = 45", "value = 20"),
        ("kind = \"cooperates\"", "kind = \"friend\""),
        ("to = \"LODESTAR\"", "to = \"lodestar\""),
    ] {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    let found = problems(&text);
    assert!(found.len() >= 12, "{found:?}");
    assert!(found.is_sorted_by_key(|problem| problem.line));
    for problem in &found {
        assert!(
            problem.line > 1 && !problem.message.is_empty() && !problem.remedy.is_empty(),
            "{problem:?}"
        );
    }
}
