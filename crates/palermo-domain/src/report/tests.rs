use super::*;
use crate::register::{day::Day, document::Problem, mechanism::Cadence, state::StateCode};
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|_| Day::from(time::Date::MIN))
}

fn state(code: &str) -> StateCode {
    code.parse().unwrap_or(StateCode::EU)
}

const FORM: &str = r#"
id = "form"
version = 1
cycle = "year"
source = "invented"
[title]
en = "A form"
[[section]]
code = "1"
[section.title]
en = "Law"
[[section.question]]
code = "1.1"
kind = "answer"
text = "Is it an offence?"
required = true
evidence = "required"
maps = ["other:A same"]
[[section.question]]
code = "1.2"
kind = "answer"
text = "Is the child rule there?"
when = "1.1 = yes|in-part"
[[section]]
code = "2"
[section.title]
en = "Figures"
[[section.question]]
code = "2.1"
kind = "number"
unit = "persons"
text = "Persons identified"
[[section.question]]
code = "2.1w"
kind = "number"
unit = "persons"
text = "of them women"
part_of = "2.1"
breakdown = "sex"
[[section.question]]
code = "2.1m"
kind = "number"
unit = "persons"
text = "of them men"
part_of = "2.1"
breakdown = "sex"
"#;

const OTHER: &str = r#"
id = "other"
version = 1
cycle = "round"
source = "invented"
[title]
en = "Another form"
[[section]]
code = "A"
[section.title]
en = "Law"
[[section.question]]
code = "A"
kind = "answer"
text = "Offence?"
"#;

fn form(text: &str) -> Questionnaire {
    match read(text) {
        Ok(form) => form,
        Err(problems) => unreachable!("{problems:?}"),
    }
}

fn word(word: AnswerWord) -> Answer {
    Answer::of(Value::Word(word))
}

fn number(number: f64) -> Answer {
    Answer::of(Value::Number(number))
}

fn answers<const N: usize>(all: [(&str, Answer); N]) -> BTreeMap<String, Answer> {
    all.into_iter().map(|(code, answer)| (code.to_owned(), answer)).collect()
}

fn rules(found: &[Finding]) -> Vec<(&str, FindingRule)> {
    found.iter().map(|one| (one.code.as_str(), one.rule)).collect()
}

#[test]
fn req_043_anything_but_yes_needs_an_explanation() {
    let form = form(FORM);
    for said in AnswerWord::ALL {
        let mut answer = word(*said);
        answer.evidence.push(Evidence { what: "Penal Code, article 1".into(), link: None });
        let given = answers([("1.1", answer), ("2.1", number(5.0))]);
        let found = validate(&form, &given, &BTreeMap::new(), None);
        let missing = rules(&found).contains(&("1.1", FindingRule::Unexplained));
        assert_eq!(missing, *said != AnswerWord::Yes, "{said}");
    }
}

#[test]
fn req_042_yes_without_an_article_is_not_taken() {
    let form = form(FORM);
    let given = answers([("1.1", word(AnswerWord::Yes)), ("2.1", number(5.0))]);
    let found = validate(&form, &given, &BTreeMap::new(), None);
    assert_eq!(rules(&found), [("1.1", FindingRule::NoEvidence)]);
}

#[test]
fn req_037_a_report_with_an_empty_part_waits_for_the_reason() {
    let form = form(FORM);
    let given = answers([("2.1", number(5.0))]);
    let found = validate(&form, &given, &BTreeMap::new(), None);
    assert_eq!(rules(&found), [("1", FindingRule::EmptySection)]);
    let why = BTreeMap::from([("1".to_owned(), "parliament did not sit".to_owned())]);
    assert!(validate(&form, &given, &why, None).is_empty());
    // While answers stand, saying that there are none takes no question away.
    let women = answers([("2.1w", number(3.0))]);
    let said = BTreeMap::from([("2".to_owned(), "none".to_owned())]);
    let said = validate(&form, &women, &said, None);
    let unsaid = validate(&form, &women, &BTreeMap::new(), None);
    let missing = |found: &[Finding]| rules(found).contains(&("2.1", FindingRule::Unanswered));
    assert_eq!(missing(&said), missing(&unsaid));
}

#[test]
fn req_036_a_condition_asks_only_after_the_answer_it_rests_on() {
    let form = form(FORM);
    let section = form.section("1").map(|section| {
        let asked = |given: &BTreeMap<String, Answer>| form.asked(section, given).count();
        (
            asked(&BTreeMap::new()),
            asked(&answers([("1.1", word(AnswerWord::Yes))])),
            asked(&answers([("1.1", word(AnswerWord::No))])),
        )
    });
    assert_eq!(section, Some((1, 2, 1)));
}

#[test]
fn req_036_a_wrong_questionnaire_names_line_and_remedy() {
    let wrong = FORM.replace("when = \"1.1 = yes|in-part\"", "when = \"9.9 = yes\"");
    let problems = read(&wrong).err().unwrap_or_default();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("`9.9`") && problems[0].line > 15, "{problems:?}");
}

#[test]
fn req_047_parts_that_exceed_the_total_raise_a_named_error() {
    let form = form(FORM);
    let given = answers([("2.1", number(10.0)), ("2.1w", number(8.0)), ("2.1m", number(5.0))]);
    let why = BTreeMap::from([("1".to_owned(), "none".to_owned())]);
    let found = validate(&form, &given, &why, None);
    assert_eq!(rules(&found), [("2.1", FindingRule::PartsExceedTotal)]);
    assert_eq!(found[0].values.get("parts").map(String::as_str), Some("13"));
    assert_eq!(found[0].values.get("fields").map(String::as_str), Some("2.1w, 2.1m"));
}

#[test]
fn req_047_counts_said_to_be_per_100000_and_jumps_are_flagged() {
    let form = form(FORM);
    let mut rate = number(41.0);
    rate.explanation = "Counts per 100,000 inhabitants".into();
    let last = answers([("2.1", number(500.0))]);
    let why = BTreeMap::from([("1".to_owned(), "none".to_owned())]);
    let found = validate(&form, &answers([("2.1", rate)]), &why, Some(&last));
    assert_eq!(rules(&found), [("2.1", FindingRule::UnitDoubtful), ("2.1", FindingRule::Jump)]);
    assert!(found.iter().all(|one| one.severity == Severity::Warning));
}

#[test]
fn req_040_an_answer_given_elsewhere_is_proposed_with_age_and_source_and_never_if_confidential() {
    let (form, other) = (form(FORM), form(OTHER));
    let question = &other.sections[0].questions[0];
    let mut given = word(AnswerWord::Yes);
    let propose = |answer: &Answer| {
        let given = [GivenAnswer {
            state: state("XAA"),
            questionnaire: &other,
            period: 2025,
            question,
            given: day("2026-01-01"),
            answer,
        }];
        proposals(&form, &form.sections[0].questions[0], &given, day("2026-01-11"))
    };
    let offered = propose(&given);
    assert_eq!(offered.len(), 1);
    assert_eq!((offered[0].kind, offered[0].age_days), (MapKind::Same, 10));
    given.confidential = true;
    assert!(propose(&given).is_empty());
}

#[test]
fn req_040_the_stricter_of_two_standards_is_shown() {
    let standard = |value: f64, source: &str| Standard {
        value,
        unit: "days".into(),
        more_is_stricter: true,
        source: source.into(),
    };
    let (a, b) = (standard(30.0, "a"), standard(45.0, "b"));
    assert_eq!(stricter(Some(&a), Some(&b)), Some(&b));
    assert_eq!(stricter(Some(&a), Some(&a)), None);
}

#[test]
fn req_040_contradictions_are_the_states_alone_for_thirty_days() {
    let (form, other) = (form(FORM), form(OTHER));
    let (yes, no) = (word(AnswerWord::Yes), word(AnswerWord::No));
    let mut given = [
        GivenAnswer {
            state: state("XAA"),
            questionnaire: &form,
            period: 2025,
            question: &form.sections[0].questions[0],
            given: day("2026-03-01"),
            answer: &yes,
        },
        GivenAnswer {
            state: state("XAA"),
            questionnaire: &other,
            period: 2025,
            question: &other.sections[0].questions[0],
            given: day("2026-04-01"),
            answer: &no,
        },
    ];
    let found = contradictions(&given);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].shown_to_bodies_from, day("2026-05-01"));
    given[1].period = 2024;
    assert!(contradictions(&given).is_empty(), "another year is a change");
}

#[test]
fn rule_11_unlike_definitions_are_never_added() {
    let form = form(FORM);
    let question = &form.sections[1].questions[0];
    let with = |value: f64, definition: &str| {
        let mut answer = number(value);
        answer.definition = Some(definition.into());
        answer
    };
    let (a, b, c) = (with(20.0, "Code 1"), with(30.0, "code  1"), with(50.0, "shelter entries"));
    let given = |answer, code| Given {
        state: state(code),
        answer,
        unconfirmed: false,
        disputed: false,
        withheld: false,
        unit_meant: None,
    };
    let like = summarise(question, &[given(&a, "XAA"), given(&b, "XBB")], 3);
    assert_eq!((like.n, like.of, like.total), (2, 3, Some(50.0)));
    let unlike = summarise(question, &[given(&a, "XAA"), given(&c, "XBB")], 3);
    assert_eq!((unlike.unlike, unlike.total, unlike.figures.len()), (true, None, 2));
    // A rate among counts is left out and named, until its State says that it is a count.
    let mut rate = a.clone();
    rate.explanation = "per 100,000 inhabitants".into();
    let doubted = summarise(question, &[given(&rate, "XAA"), given(&b, "XBB")], 3);
    assert_eq!((doubted.n, doubted.added, doubted.unlike), (2, Some(1), false));
    assert_eq!(doubted.total, b.value.number());
    let named: Vec<_> = doubted.doubtful.iter().map(|one| one.unit.as_str()).collect();
    assert_eq!(named, ["per 100,000"]);
    let meant = |meant| Given { unit_meant: Some(meant), ..given(&rate, "XAA") };
    let out = summarise(question, &[meant(UnitMeant::Another), given(&b, "XBB")], 3);
    assert_eq!((out.total, out.added, out.other_units.len()), (Some(30.0), Some(1), 1));
    assert!(out.doubtful.is_empty());
    let confirmed = meant(UnitMeant::AsAsked);
    let whole = summarise(question, &[confirmed, given(&b, "XBB")], 3);
    assert_eq!((whole.total, whole.added), (Some(50.0), Some(2)));
    assert!(whole.doubtful.is_empty());
}

#[test]
fn rule_10_a_small_part_is_withheld_with_a_second_one() {
    let form = form(FORM);
    let given = answers([("2.1", number(20.0)), ("2.1w", number(17.0)), ("2.1m", number(3.0))]);
    let hidden = withheld(&form, &given, 10);
    assert!(hidden.contains("2.1m") && hidden.contains("2.1w") && !hidden.contains("2.1"));
    let alone = answers([("2.1", number(3.0)), ("2.1m", number(3.0))]);
    let hidden = withheld(&form, &alone, 10);
    assert!(hidden.contains("2.1") && hidden.contains("2.1m"));
}

#[test]
fn rule_10_withheld_parts_that_are_together_small_take_another_with_them() {
    let more = r#"
[[section.question]]
code = "2.1b"
kind = "number"
unit = "persons"
text = "of them boys"
part_of = "2.1"
breakdown = "sex"
[[section.question]]
code = "2.1g"
kind = "number"
unit = "persons"
text = "of them girls"
part_of = "2.1"
breakdown = "sex"
"#;
    let form = form(&format!("{FORM}{more}"));
    let parts = |total: f64, women: f64, men: f64, girls: f64| {
        answers([
            ("2.1", number(total)),
            ("2.1w", number(women)),
            ("2.1m", number(men)),
            ("2.1g", number(girls)),
            ("2.1b", number(0.0)),
        ])
    };
    // 77 − 69 = 8 men and girls: below ten, so the women go too.
    let hidden = withheld(&form, &parts(77.0, 69.0, 5.0, 3.0), 10);
    assert_eq!(Vec::from_iter(hidden), ["2.1g", "2.1m", "2.1w"]);
    // Twelve together say nothing about a small number.
    let hidden = withheld(&form, &parts(81.0, 69.0, 6.0, 6.0), 10);
    assert_eq!(Vec::from_iter(hidden), ["2.1g", "2.1m"]);
    // Without another part the total goes, however large.
    let hidden = withheld(&form, &parts(11.0, 0.0, 5.0, 3.0), 10);
    assert_eq!(Vec::from_iter(hidden), ["2.1", "2.1g", "2.1m"]);
}

#[test]
fn digits_of_other_scripts_are_read_as_ours() {
    assert_eq!(plain_digits("١٢٣ ۴۵ ०९ ๗ 8a"), "123 45 09 7 8a");
}

#[test]
fn req_038_a_duty_is_due_late_submitted_accepted() {
    let due = day("2026-03-31");
    let status = |submitted: Option<&str>, accepted: Option<&str>, today: &str| {
        status_of(due, submitted.map(day), accepted.map(day), day(today))
    };
    assert_eq!(status(None, None, "2026-03-31"), (DutyStatus::Due, 0));
    assert_eq!(status(None, None, "2026-04-10"), (DutyStatus::Late, 10));
    assert_eq!(status(Some("2026-04-02"), None, "2026-05-01"), (DutyStatus::Submitted, 2));
    assert_eq!(
        status(Some("2026-03-01"), Some("2026-04-01"), "2026-05-01"),
        (DutyStatus::Accepted, 0)
    );
    assert_eq!(Escalation::on(due, day("2026-06-01")), Some(Escalation::Minister));
    let yearly = Cadence { times: 1, years: 1 };
    assert_eq!(due_days(yearly, 2025, None), [due]);
    let twice = Cadence { times: 2, years: 1 };
    assert_eq!(due_days(twice, 2025, None), [day("2025-09-30"), due]);
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let read = |text: &str| {
        read_value(AnswerKind::Number, &[], &[], &[text.to_owned()])
            .ok()
            .and_then(|value| value.number())
    };
    assert_eq!(read("1 284"), Some(1284.0));
    assert_eq!(read("1,284"), Some(1284.0));
    assert_eq!(read("12,5"), Some(12.5));
    assert_eq!(read("١٢"), Some(12.0));
    assert_eq!(read("many"), None);
}

#[test]
fn req_036_words_of_one_version_fit_the_next_as_far_as_it_asks_the_same() {
    let file = |version: u32, second: &str| {
        let first = "id = \"harbours\"\nversion = 1\ncycle = \"year\"\nsource = \"Invented\"\n\
                     [title]\nen = \"Harbours\"\n[[section]]\ncode = \"1\"\n\
                     [section.title]\nen = \"All\"\n[[section.question]]\ncode = \"1.1\"\n\
                     kind = \"text\"\ntext = \"Where?\"\n[[section.question]]\n";
        let text = format!("{first}code = \"{second}\"\nkind = \"text\"\ntext = \"When?\"\n");
        read(&with_version(&text, version)).unwrap_or_else(|why| unreachable!("{why:?}"))
    };
    let mut old = file(1, "1.2");
    let mut slots = word_slots(&old, "fr");
    assert_eq!(slots.len(), 4, "title, section, two questions");
    for slot in &mut slots {
        slot.said = format!("fr {}", slot.original);
    }
    let words = Words::from_slots(&slots, true);
    assert_eq!(translate(&mut old, "fr", &words.text()), Ok(()));
    assert_eq!(old.title.say("fr"), ("fr Harbours", true));
    assert!(old.machine_translated.contains("fr"));
    let mut next = file(2, "1.3");
    assert_eq!(next.version, 2);
    let left = translate(&mut next.clone(), "fr", &words.text());
    assert!(left.is_err_and(|why| why.iter().any(|one| one.message.contains("1.2"))));
    let fitting = words.fitting(&next).text();
    assert_eq!(translate(&mut next, "fr", &fitting), Ok(()));
    assert!((next.translated("fr") - 0.5).abs() < f64::EPSILON);
}

#[test]
fn codes_hold_nothing_that_an_address_or_a_field_cannot() {
    let file = |code: &str| {
        format!(
            "id = \"harbours\"\nversion = 1\ncycle = \"year\"\nsource = \"Invented\"\n\
             [title]\nen = \"Harbours\"\n[[section]]\ncode = \"1\"\n\
             [section.title]\nen = \"All\"\n[[section.question]]\ncode = '{code}'\n\
             kind = \"text\"\ntext = \"Where?\"\n"
        )
    };
    assert!(read(&file("1.2w")).is_ok());
    for code in ["", "1/1", "1\"><b>", "1 1"] {
        let told = |why: Vec<Problem>| why.iter().any(|one| one.message.contains("is not a code"));
        assert!(read(&file(code)).is_err_and(told), "{code}");
    }
}

#[test]
fn req_045_a_submission_needs_the_sign_off_and_every_section_back() {
    let mut sheet = Submission {
        state: state("XAA"),
        questionnaire: "form".into(),
        questionnaire_version: 1,
        period: 2025,
        language: "en".into(),
        status: SubmissionStatus::Draft,
        no_data: BTreeMap::new(),
        assigned: BTreeMap::new(),
        entered: Entered::State,
        signed: None,
        versions: 0,
    };
    assert_eq!(may_submit(&sheet, &[]), Err(MayNotSubmit::NotSigned));
    let account = crate::id::Id::from_uuid(uuid::Uuid::nil());
    sheet.signed = Some(Signature { account, name: "Joan".into(), on: day("2026-03-01") });
    assert_eq!(may_submit(&sheet, &[]), Ok(()));
    let out = Assignment {
        account: Some(account),
        organisation: None,
        unit: "Justice".into(),
        due: Some(day("2026-03-04")),
        finished: false,
        reminded: None,
    };
    assert!(!out.wants_reminder(day("2026-02-28")));
    assert!(out.wants_reminder(day("2026-03-02")));
    sheet.assigned.insert("1".into(), out);
    assert_eq!(may_submit(&sheet, &[]), Err(MayNotSubmit::Outstanding(vec!["1".into()])));
}
