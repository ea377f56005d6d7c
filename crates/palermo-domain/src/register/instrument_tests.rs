#![allow(clippy::unwrap_used)]
use super::*;

const SOUTH_ASIA: &str = r#"
id = "south-asia"
kind = "convention"
binding = "yes"
short = "South Asian convention"
collection = "9-1"
binds_after = "first of month after 3 months"
title = [{ value = "Convention against trafficking", source = "S1:211", as_of = "2010-12" }]
adopted = [{ value = "2002-01-05", source = "GK", as_of = "2010-12" }]
in_force = [
  { value = "2006", source = "S1:211", as_of = "2010-12" },
  { value = "2005-11-15", source = "GK", as_of = "2010-12", preferred = true },
]
palermo_definition = { answer = "no", source = "S0 ¶37", as_of = "2010-05" }

[scope]
women = { answer = "yes", source = "S1:211", as_of = "2010-12" }
men = { answer = "no", source = "S1:211", as_of = "2010-12" }
children = { answer = "yes", source = "S1:211", as_of = "2010-12" }
sexual = { answer = "yes", source = "S1:211", as_of = "2010-12" }
labour = { answer = "no", source = "S1:211", as_of = "2010-12" }
organs = { answer = "unknown", why = "no source speaks of organs" }
internal = { answer = "unknown", why = "the sources speak of international networks" }

[[provision]]
article = "1"
label = "terms"
topics = ["offence"]
"#;

fn read_one() -> Instrument {
    read(SOUTH_ASIA).unwrap()
}

fn other(id: &str, relations: &str) -> Instrument {
    let text = SOUTH_ASIA.replace("south-asia", id).replace("9-1", &format!("9-{id}"));
    read(&format!("{text}\n{relations}")).unwrap()
}

#[test]
fn req_009_a_convention_that_leaves_men_out_is_found() {
    let register = InstrumentRegister::new(vec![read_one()]).unwrap();
    let found: Vec<_> = register.without(ScopeItem::Men).iter().map(|i| i.id.to_string()).collect();
    assert_eq!(found, ["south-asia"]);
    assert!(register.without(ScopeItem::Women).is_empty());
    assert!(register.without(ScopeItem::Organs).is_empty(), "unknown is not no");
    assert_eq!(read_one().covers(ScopeItem::Labour), Answer::No);
}

#[test]
fn req_015_two_dates_of_entry_into_force_stay_side_by_side() {
    let instrument = read_one();
    assert_eq!(instrument.in_force.all().len(), 2);
    assert!(instrument.in_force.disagree());
    assert_eq!(instrument.in_force.settled().unwrap().value.to_string(), "2005-11-15");
}

#[test]
fn a_party_is_bound_after_the_wait_but_not_before_the_instrument_itself() {
    let rule = read_one().party_rule();
    let of = |deposit: &str| rule.in_force_for(deposit.parse().unwrap()).unwrap().to_string();
    assert_eq!(of("2007-02-15"), "2007-06-01");
    assert_eq!(of("2003-01-01"), "2005-11-15");
}

#[test]
fn req_008_a_relation_is_seen_from_both_sides() {
    let relation = "[[relation]]\nkind = \"replaces\"\nto = \"old\"\nsource = \"S1:262\"\nas_of = \"2010-12\"\n";
    let register = InstrumentRegister::new(vec![other("old", ""), other("new", relation)]).unwrap();
    let seen = |id: &str| {
        let related = register.related(&id.parse().unwrap());
        related.iter().map(|(kind, to)| format!("{kind} {to}")).collect::<Vec<_>>()
    };
    assert_eq!(seen("new"), ["replaces old"]);
    assert_eq!(seen("old"), ["replaced_by new"]);
}

#[test]
fn a_relation_that_leads_nowhere_is_refused_with_the_nearest_id() {
    let relation = "[[relation]]\nkind = \"replaces\"\nto = \"south-asa\"\nsource = \"S1:262\"\nas_of = \"2010\"\n";
    let refused = InstrumentRegister::new(vec![read_one(), other("new", relation)]).unwrap_err();
    assert!(refused.to_string().ends_with("did you mean `south-asia`?"), "{refused}");
}

#[test]
fn every_problem_of_a_file_is_told_with_its_line() {
    let text = SOUTH_ASIA
        .replace("kind = \"convention\"", "kind = \"treatie\"")
        .replace("women = {", "woman = {")
        .replace(", why = \"no source speaks of organs\"", "")
        .replace("topics = [\"offence\"]", "topics = [\"ofence\"]")
        .replace("first of month after 3 months", "soon");
    let problems: Vec<_> = read(&text).unwrap_err().iter().map(ToString::to_string).collect();
    for (line, word) in
        [(3, "treatie"), (7, "soon"), (16, "women"), (17, "woman"), (22, "why"), (28, "ofence")]
    {
        assert!(
            problems.iter().any(|p| p.starts_with(&format!("line {line}: ")) && p.contains(word)),
            "line {line} {word}: {problems:#?}"
        );
    }
}

#[test]
fn in_force_before_adoption_is_a_problem() {
    let text = SOUTH_ASIA.replace("2005-11-15", "2001-11-15");
    let problems = read(&text).unwrap_err();
    assert!(problems[0].message.contains("before it was adopted"), "{problems:?}");
}

#[test]
fn two_instruments_cannot_claim_one_number_of_the_collection() {
    let mut twin = read_one();
    twin.id = "twin".parse().unwrap();
    let refused = InstrumentRegister::new(vec![read_one(), twin]).unwrap_err();
    assert!(matches!(refused, InstrumentsRefused::NumberTwice { .. }));
}

#[test]
fn ids_are_small_letters_digits_and_hyphens() {
    assert!("coe-cets-197".parse::<InstrumentId>().is_ok());
    for wrong in ["", "TIP", "tip protocol", "-tip", "tip/../x", "tip_protocol"] {
        assert!(wrong.parse::<InstrumentId>().is_err(), "{wrong}");
    }
}
