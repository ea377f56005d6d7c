//! Questionnaires as text and as what they ask: written and read back the same, and changed
//! without losing what nobody changed.

use palermo_domain::report::{
    Answer, FindingRule, Lacking, Questionnaire, Texts, Value, Words, read, read_draft, rewrite,
    validate, write,
};
use std::{collections::BTreeMap, path::Path};

fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/questionnaires");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let named = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(&path).unwrap())
    };
    files.map(named).collect()
}

fn parsed(text: &str) -> Questionnaire {
    read(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

const FILE: &str = r##"# What harbours do.
id = "harbours"
version = 1
cycle = "year" # once a year
source = "Invented"
[title]
en = "Harbours"

# The first part.
[[section]]
code = "1"
[section.title]
en = "All"

[[section.question]]
code = "1.1"
kind = "answer"
text = """Are harbours
watched?"""

# Asked by the port masters.
[[section.question]]
code = "1.2"
kind = "choice" # one of two
text = { en = "When? # always", fr = "Quand ?" }
when = "1.1 = yes|in-part"
[section.question.options]
night = "By night"
day = { en = "By \"day\"", fr = "De jour" }

[[section.question]]
code = "1.3"
kind = "number"
text = "How many guards?"
unit = "persons"
minimum = 0
maximum = 900.5

[[section.question]]
code = "1.4"
kind = "number"
text = "Of them women"
unit = "persons"
part_of = "1.3"
breakdown = "sex"
"##;

#[test]
fn req_036_every_shipped_questionnaire_is_written_and_read_back_the_same() {
    let all = shipped();
    assert!(all.len() >= 9, "{}", all.len());
    for (name, text) in &all {
        let one = parsed(text);
        let written = write(&one);
        assert_eq!(parsed(&written), one, "{name}");
        assert_eq!(write(&parsed(&written)), written, "{name}: written once more");
        assert_eq!(read_draft(&rewrite(text, &one, &one)).unwrap().0, one, "{name}");
    }
}

#[test]
fn req_036_a_change_to_one_question_leaves_every_other_line_of_the_text() {
    for (name, text) in shipped() {
        let old = parsed(&text);
        let mut new = old.clone();
        let last = new.sections.last_mut().unwrap().questions.last_mut().unwrap();
        last.help = Texts::english("Say \"where\"\nand when \\ how");
        let changed = rewrite(&text, &old, &new);
        assert_eq!(parsed(&changed), new, "{name}");
        let code = format!("code = \"{}\"", old.questions().last().unwrap().code);
        let (before, _) = text.split_once(&code).unwrap();
        for line in before.lines() {
            assert!(changed.lines().any(|kept| kept == line), "{name} lost: {line}");
        }
    }
}

#[test]
fn req_036_comments_stay_beside_what_they_stand_with_wherever_it_goes() {
    let old = parsed(FILE);
    let mut new = old.clone();
    new.move_question("1.2", false);
    new.move_question("1.2", true);
    assert_eq!(new, old);
    let mut choice = old.question("1.2").unwrap().clone();
    choice.required = true;
    new.put_question("1.2", "", "", choice);
    new.move_question("1.1", false);
    let text = rewrite(FILE, &old, &new);
    assert_eq!(read_draft(&text).unwrap().0, new);
    for kept in ["# What harbours do.", "# once a year", "# The first part.", "# one of two"] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    let masters = text.find("# Asked by the port masters.").unwrap();
    assert!(masters < text.find("code = \"1.2\"").unwrap());
    assert!(text.find("code = \"1.2\"").unwrap() < text.find("code = \"1.1\"").unwrap());
    assert!(text.contains("text = \"\"\"Are harbours\nwatched?\"\"\""), "untouched: {text}");
    assert!(text.contains("When? # always") && text.contains("Quand ?"));
    // It rests on a question that comes after it now: that is said, and nothing is lost.
    assert_eq!(new.lacks(), [("1.2".to_owned(), Lacking::Condition)]);
    assert!(read(&text).is_err());
}

#[test]
fn req_036_what_rests_on_a_question_follows_its_new_number_and_outlives_it() {
    let mut all = parsed(FILE);
    let mut first = all.question("1.1").unwrap().clone();
    first.code = "1.0".into();
    all.put_question("1.1", "", "", first);
    assert_eq!(all.question("1.2").unwrap().when.as_ref().unwrap().question, "1.0");
    let resting: Vec<&str> = all.resting_on("1.3").iter().map(|one| one.code.as_str()).collect();
    assert_eq!(resting, ["1.4"]);
    all.take_question("1.3");
    assert_eq!(all.question("1.4").unwrap().part_of, None);
    all.take_question("1.0");
    assert_eq!(all.question("1.2").unwrap().when, None);
    assert!(all.lacks().is_empty());
    assert_eq!(parsed(&write(&all)), all);
    let section = all.section("1").unwrap();
    assert_eq!(all.next_question(section), "1.3");
    assert_eq!(all.next_section(), "2");
    all.take_section("1");
    assert_eq!(all.lacks(), [(String::new(), Lacking::Section)]);
    // A questionnaire that asks nothing yet is kept all the same.
    assert_eq!(read_draft(&write(&all)).unwrap().0, all);
}

#[test]
fn req_047_a_number_outside_what_a_question_takes_is_named() {
    let all = parsed(FILE);
    let told = |number: f64| {
        let given = |code: &str, value: Value| (code.to_owned(), Answer::of(value));
        let answers = BTreeMap::from([given("1.3", Value::Number(number))]);
        let found = validate(&all, &answers, &BTreeMap::new(), None);
        found.into_iter().map(|one| one.rule).collect::<Vec<FindingRule>>()
    };
    assert!(told(901.0).contains(&FindingRule::AboveMaximum));
    assert!(told(-1.0).contains(&FindingRule::BelowMinimum));
    assert!(told(900.0).is_empty());
    let never = FILE.replace("minimum = 0", "minimum = 1000");
    assert!(read(&never).is_err(), "nothing is between the two");
}

#[test]
fn words_in_other_languages_follow_a_new_number() {
    let words = "[question]\n\"1.2\" = \"Quand ?\"\n[option]\n\"1.2.day\" = \"De jour\"\n\
                 \"1.20.day\" = \"Autre\"\n\"1.2.1.day\" = \"Dedans\"\n\
                 [section]\n\"1\" = \"Tout\"\n";
    let words = Words::read(words, "fr").unwrap();
    let mut asked = parsed(FILE);
    let mut within = asked.question("1.2").unwrap().clone();
    within.code = "1.2.1".into();
    asked.put_question("", "1", "", within);
    let text = words.renamed("1.2", "2.1", &asked).section_renamed("1", "2").text();
    assert!(text.contains("\"1.2.1.day\""), "that is another question's: {text}");
    assert!(text.contains("\"2.1\" = \"Quand ?\"") && text.contains("\"2.1.day\""), "{text}");
    assert!(text.contains("\"1.20.day\"") && text.contains("2 = \"Tout\""), "{text}");
}
