//! What the report of an attack says, in the reader's language. The report keeps
//! what was found as numbers and, for files and programs, as English sentences;
//! English readers see those.

use crate::shell::visit::Visit;
use palermo_app::locale::{Arg, Language};
use serde_json::Value;

/// The sentences of one part of a report: `could_learn`, `could_not_learn` or
/// `remedies`. Nothing where the stored sentences are to be shown.
pub(super) fn sentences(visit: &Visit, report: &Value, part: &str) -> Option<Vec<String>> {
    if visit.language == Language::En {
        return None;
    }
    let words = Words { visit, report };
    Some(match part {
        "could_learn" => words.could(),
        "could_not_learn" => words.could_not(),
        "remedies" => words.remedies(),
        _ => return None,
    })
}

struct Words<'a> {
    visit: &'a Visit,
    report: &'a Value,
}

/// A number or word of a report, as it is written.
fn plain(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

fn number(value: Option<&Value>) -> u64 {
    value.and_then(Value::as_u64).unwrap_or(0)
}

impl Words<'_> {
    fn say(&self, id: &str, values: &[(&str, String)]) -> String {
        let values: Vec<(&str, Arg<'_>)> =
            values.iter().map(|(name, value)| (*name, value.clone().into())).collect();
        self.visit.format(&format!("attack-{id}"), &values)
    }

    fn get(&self, field: &str) -> Option<&Value> {
        self.report.get(field)
    }

    fn list(&self, field: &str) -> &[Value] {
        self.get(field).and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
    }

    /// A sentence for each of a list, with some of what it holds.
    fn each(
        &self,
        id: &str,
        all: &[Value],
        names: &[&str],
        more: &[(&str, String)],
    ) -> Vec<String> {
        all.iter()
            .map(|one| {
                let mut values: Vec<(&str, String)> =
                    names.iter().map(|name| (*name, plain(one.get(*name)))).collect();
                values.extend(more.iter().cloned());
                self.say(id, &values)
            })
            .collect()
    }

    /// The largest group that is still small.
    fn most(&self) -> String {
        number(self.get("k")).saturating_sub(1).to_string()
    }

    fn rebuilt(&self, field: &str) -> Option<&Value> {
        self.get("rebuilt").and_then(|one| one.get(field))
    }

    fn linked(&self, field: &str) -> Option<&Value> {
        self.get("linked").and_then(|one| one.get(field))
    }

    /// Earlier releases of the same people: `with` or `not_tried`.
    fn beside(&self, which: &str) -> String {
        let all = self.linked(which).and_then(Value::as_array);
        let names: Vec<String> = all.into_iter().flatten().map(|one| plain(Some(one))).collect();
        names.join(", ")
    }

    fn could(&self) -> Vec<String> {
        let mut out = Vec::new();
        for cell in self.list("exposed") {
            out.push(self.say("exposed", &[("cell", plain(Some(cell)))]));
        }
        for one in self.list("differences") {
            let end = |name: &str| one.get(name).and_then(Value::as_i64).unwrap_or(0);
            let (mut least, mut most) = (end("least"), end("most"));
            let mut names = ("outer", "inner");
            if most < 0 {
                // No group is below zero: the larger one is told first.
                names = ("inner", "outer");
                (least, most) = (most.saturating_neg(), least.saturating_neg());
            }
            let values = [
                ("outer", plain(one.get(names.0))),
                ("inner", plain(one.get(names.1))),
                ("least", least.to_string()),
                ("most", most.to_string()),
            ];
            out.push(self.say("difference", &values));
        }
        let found =
            self.linked("findings").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let with = [("with", self.beside("with"))];
        out.extend(self.each("linked", found, &["cell", "least", "most"], &with));
        let singled = number(self.rebuilt("singled_out"));
        if singled > 0 {
            let values = [("kinds", singled.to_string()), ("most", self.most())];
            out.push(self.say("rebuilt", &values));
        }
        let solved = number(self.rebuilt("solved"));
        if solved > 0 && plain(self.rebuilt("attack")) == "tried" {
            let values = [("solved", solved.to_string()), ("kinds", plain(self.rebuilt("kinds")))];
            out.push(self.say("solved", &values));
        }
        let leaked = number(self.get("leaked"));
        if leaked > 0 {
            let values = [("count", leaked.to_string()), ("k", plain(self.get("k")))];
            out.push(self.say("leaked", &values));
        }
        let zero = number(self.get("known_zero"));
        if zero > 0 {
            out.push(self.say("zero", &[("count", zero.to_string())]));
        }
        let names = ["table", "column", "value", "classes"];
        out.extend(self.each("shared", self.list("shared"), &names, &[]));
        out
    }

    fn could_not(&self) -> Vec<String> {
        let mut out = Vec::new();
        let most = || ("most", self.most());
        let method = plain(self.get("method"));
        match method.as_str() {
            "dp" => {
                let values =
                    [("epsilon", plain(self.get("epsilon"))), ("delta", plain(self.get("delta")))];
                out.push(self.say("not-dp", &values));
            }
            "synthetic" => out.push(self.say("not-synthetic", &[("k", plain(self.get("k")))])),
            _ => {
                out.push(self.say("not-count", &[most()]));
                if let Some(narrowest) = self.get("narrowest_interval").and_then(Value::as_u64) {
                    let cells = self.list("hidden").len().to_string();
                    let values = [("cells", cells), ("values", (narrowest + 1).to_string())];
                    out.push(self.say("not-interval", &values));
                }
            }
        }
        match self.list("compared_with").len() {
            0 => out.push(self.say("no-earlier", &[])),
            _ if method == "dp" => {}
            n => {
                out.push(self.say("not-difference", &[most(), ("releases", n.to_string())]));
            }
        }
        let (with, left) = (self.beside("with"), self.beside("not_tried"));
        if !left.is_empty() {
            out.push(self.say("linked-not-tried", &[("with", left)]));
        }
        if !with.is_empty() {
            out.push(self.say("not-linked", &[most(), ("with", with)]));
        }
        out.extend(self.not_rebuilt());
        out
    }

    fn not_rebuilt(&self) -> Vec<String> {
        let kinds = ("kinds", plain(self.rebuilt("kinds")));
        match plain(self.rebuilt("attack")).as_str() {
            "tried" => vec![self.say("not-rebuilt", &[kinds])],
            "not_tried" => vec![self.say("rebuilt-not-tried", &[kinds])],
            "in_groups" => {
                let groups = [("groups", plain(self.rebuilt("groups")))];
                let left = self.rebuilt("left_out").and_then(Value::as_array);
                let left: Vec<String> =
                    left.into_iter().flatten().map(|one| plain(Some(one))).collect();
                let mut out =
                    vec![self.say("not-rebuilt-in-groups", &groups), self.say("groups-only", &[])];
                if !left.is_empty() {
                    out.push(self.say("groups-left", &[("tables", left.join(", "))]));
                }
                out
            }
            _ => Vec::new(),
        }
    }

    fn remedies(&self) -> Vec<String> {
        if self.list("remedies").is_empty() {
            return Vec::new();
        }
        let found = self.linked("findings").and_then(Value::as_array);
        [
            ("remedy-linked", found.is_some_and(|found| !found.is_empty())),
            ("remedy-exposed", !self.list("exposed").is_empty()),
            ("remedy-difference", !self.list("differences").is_empty()),
            ("remedy-rebuilt", number(self.rebuilt("singled_out")) > 0),
            ("remedy-leaked", number(self.get("leaked")) > 0),
        ]
        .into_iter()
        .filter(|(_, applies)| *applies)
        .map(|(id, _)| self.say(id, &[]))
        .collect()
    }
}
