//! A screening as a file: the set, the age, the elements and the answers. What
//! is not right is told all at once, each named.

use super::{
    Act, Age, Answer, Elements, ExploitationForm, IndicatorSet, IndicatorSets, Means, Method,
};
use crate::register::{document::nearest, finding::NotAWord};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;
use std::{collections::BTreeMap, fmt, str::FromStr};

/// What was found out about one person: enough for the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screening {
    /// Id of the indicator set.
    pub set: String,
    /// Age.
    pub age: Age,
    /// Act, means and purpose as recorded.
    pub elements: Elements,
    /// Answers by code; a code that is missing was not asked.
    pub answers: BTreeMap<String, Answer>,
    /// Names of fields of the file that are none of these and were not read.
    pub not_read: Vec<String>,
}

/// A file that is not a screening; every problem, one a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct NotAScreening(pub Vec<String>);

/// An object in the order written, names standing twice and all.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Pairs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object `{ … }`")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

#[derive(Deserialize)]
struct Written {
    set: Option<Value>,
    age: Option<Value>,
    elements: Option<Pairs>,
    answers: Option<Pairs>,
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

impl Written {
    /// A field written nearly like one that is missing was meant to be it. The
    /// names of the others, which say nothing here, are given back.
    fn misspelt(&self, problems: &mut Vec<String>) -> Vec<String> {
        let fields = [
            ("set", self.set.is_none()),
            ("age", self.age.is_none()),
            ("elements", self.elements.is_none()),
            ("answers", self.answers.is_none()),
        ];
        let missing = || fields.iter().filter(|(_, missing)| *missing).map(|(name, _)| *name);
        let mut others = Vec::new();
        for name in self.others.keys() {
            match nearest(name, missing()) {
                Some(near) => {
                    problems.push(format!("`{name}` is not a field here; did you mean `{near}`?"))
                }
                None => others.push(name.clone()),
            }
        }
        others
    }
}

impl Screening {
    /// Reads a file and checks every code in it against the sets.
    ///
    /// # Errors
    /// Every problem at once: an unknown set, code, element or answer, by name.
    pub fn parse<'s>(
        text: &str,
        sets: &'s IndicatorSets,
    ) -> Result<(Self, &'s IndicatorSet), NotAScreening> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let written: Written = match serde_json::from_str::<Value>(text) {
            Ok(other) if !other.is_object() => {
                let told = "this is not a screening: write an object `{ … }` with `set`, `age`, \
                            `elements` and `answers`";
                return Err(NotAScreening(vec![told.to_owned()]));
            }
            _ => serde_json::from_str(text).map_err(|error| {
                NotAScreening(vec![format!("this is not a screening: {error}")])
            })?,
        };
        let mut problems = Vec::new();
        let not_read = written.misspelt(&mut problems);
        let set = find_set(written.set.as_ref(), sets, &mut problems);
        let age = word::<Age>("age", written.age.as_ref(), &mut problems);
        let elements = written
            .elements
            .map_or_else(Elements::default, |written| read_elements(&written, &mut problems));
        let answers = written
            .answers
            .map_or_else(BTreeMap::new, |written| read_answers(&written, set, &mut problems));
        match (set, age) {
            (Some(set), Some(age)) if problems.is_empty() => {
                Ok((Self { set: set.id.clone(), age, elements, answers, not_read }, set))
            }
            _ => Err(NotAScreening(problems)),
        }
    }
}

/// What stands there, as one would quote it.
fn quoted(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn find_set<'s>(
    written: Option<&Value>,
    sets: &'s IndicatorSets,
    problems: &mut Vec<String>,
) -> Option<&'s IndicatorSet> {
    let with_dimensions = || sets.all().iter().filter(|set| set.method == Method::Dimensions);
    let ids = || with_dimensions().map(|set| set.id.as_str());
    let Some(value) = written else {
        problems.push(format!("`set` is missing; use one of {}", listed(ids())));
        return None;
    };
    let found = value.as_str().and_then(|id| with_dimensions().find(|set| set.id == id));
    if found.is_none() {
        let name = quoted(value);
        let remedy = nearest(&name, ids()).map_or_else(
            || format!("use one of {}", listed(ids())),
            |near| format!("did you mean `{near}`?"),
        );
        problems.push(format!("the set `{name}` is not known; {remedy}"));
    }
    found
}

fn listed<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn word<T: FromStr<Err = NotAWord>>(
    name: &str,
    written: Option<&Value>,
    problems: &mut Vec<String>,
) -> Option<T> {
    let Some(value) = written else {
        problems.push(format!("`{name}` is missing"));
        return None;
    };
    match quoted(value).parse() {
        Ok(word) if value.is_string() => Some(word),
        Ok(_) => {
            problems.push(format!("`{name}`: `{value}` is not a word in quotes"));
            None
        }
        Err(error) => {
            problems.push(format!("`{name}`: {error}"));
            None
        }
    }
}

fn read_elements(written: &Pairs, problems: &mut Vec<String>) -> Elements {
    let mut elements = Elements::default();
    for (name, value) in &written.0 {
        match name.as_str() {
            "act" => elements.acts.extend(words::<Act>("act", value, problems)),
            "means" => elements.means.extend(words::<Means>("means", value, problems)),
            "purpose" => {
                elements.purposes.extend(words::<ExploitationForm>("purpose", value, problems))
            }
            other => problems.push(format!(
                "`elements`: `{other}` is not an element; use `act`, `means` and `purpose`"
            )),
        }
    }
    elements
}

fn words<T: FromStr<Err = NotAWord>>(
    name: &str,
    written: &Value,
    problems: &mut Vec<String>,
) -> Vec<T> {
    let items = match written {
        Value::Null => return Vec::new(),
        Value::Array(items) => items,
        other => {
            problems.push(format!("`elements`: `{name}` is `{other}`; write a list of codes"));
            return Vec::new();
        }
    };
    items
        .iter()
        .filter_map(|item| word(&format!("elements.{name}"), Some(item), problems))
        .collect()
}

fn read_answers(
    written: &Pairs,
    set: Option<&IndicatorSet>,
    problems: &mut Vec<String>,
) -> BTreeMap<String, Answer> {
    let mut answers = BTreeMap::new();
    for (code, value) in &written.0 {
        if let Some(set) = set
            && set.indicator(code).is_none()
        {
            let codes = set.indicators.iter().map(|indicator| indicator.code.as_str());
            let remedy = nearest(code, codes)
                .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            problems.push(format!("the code `{code}` is not in the set `{}`{remedy}", set.id));
            continue;
        }
        let Some(answer) = word::<Answer>(&format!("answers.{code}"), Some(value), problems) else {
            continue;
        };
        if answers.insert(code.clone(), answer).is_some_and(|before| before != answer) {
            problems.push(format!("`answers.{code}` stands twice with different answers"));
        }
    }
    answers
}
