//! What the report of an attack says, in the reader's language and with its cells
//! in words. The report keeps what was found as numbers and codes and, for files and
//! programs, as English sentences.

use crate::shell::visit::Visit;
use palermo_app::{locale::Arg, release::words::Reader};
use serde_json::Value;
use std::collections::BTreeMap;

/// The sentences of one part of a report: `could_learn`, `could_not_learn` or
/// `remedies`. Nothing where the stored sentences are to be shown.
pub(super) fn sentences(visit: &Visit, report: &Value, part: &str) -> Option<Vec<String>> {
    let words = Words { visit, report };
    let said = match part {
        "could_learn" => words.could(),
        "could_not_learn" => words.could_not(),
        "remedies" => words.remedies(),
        _ => return None,
    };
    Some(said)
}

/// The cells a report names because of what they give away, by their codes, in words.
pub(super) fn codes(visit: &Visit, report: &Value) -> BTreeMap<String, String> {
    let words = Words { visit, report };
    let mut out = BTreeMap::new();
    for cell in words.list("exposed") {
        let code = plain(Some(cell));
        out.insert(code.clone(), words.cell(&code));
    }
    for one in words.list("differences") {
        for code in ["outer", "inner"].map(|side| plain(one.get(side))) {
            out.insert(code.clone(), words.side(&code));
        }
    }
    for one in words.findings() {
        let code = plain(one.get("cell"));
        out.insert(code.clone(), words.cell(&code));
    }
    out
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
    /// What a reader of this page calls something.
    fn read(&self, say: impl FnOnce(&Reader<'_>) -> String) -> String {
        let catalogue = &self.visit.web.app().catalogue;
        let state = |code: &str| self.visit.state(code);
        say(&Reader { catalogue, language: self.visit.language, state: &state, plain: false })
    }

    fn cell(&self, code: &str) -> String {
        self.read(|reader| reader.cell(code))
    }

    fn side(&self, code: &str) -> String {
        self.read(|reader| reader.side(code))
    }

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

    /// What this and earlier releases tell together.
    fn findings(&self) -> &[Value] {
        self.linked("findings").and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
    }

    /// Earlier releases of the same people: `with` or `not_tried`.
    fn beside(&self, which: &str) -> String {
        let all = self.linked(which).and_then(Value::as_array);
        let names: Vec<String> = all.into_iter().flatten().map(|one| plain(Some(one))).collect();
        names.join(", ")
    }

    fn could(&self) -> Vec<String> {
        let mut out = self.cells();
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
        out.extend(self.list("shared").iter().map(|one| self.shared(one)));
        out
    }

    /// What each cell that is given away tells.
    fn cells(&self) -> Vec<String> {
        let mut out = Vec::new();
        for cell in self.list("exposed") {
            out.push(self.say("exposed", &[("cell", self.cell(&plain(Some(cell))))]));
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
                ("outer", self.side(&plain(one.get(names.0)))),
                ("inner", self.side(&plain(one.get(names.1)))),
                ("least", least.to_string()),
                ("most", most.to_string()),
            ];
            let exactly = least == most;
            out.push(self.say(if exactly { "difference-exact" } else { "difference" }, &values));
        }
        for one in self.findings() {
            let values = [
                ("cell", self.cell(&plain(one.get("cell")))),
                ("with", self.beside("with")),
                ("least", plain(one.get("least"))),
                ("most", plain(one.get("most"))),
            ];
            out.push(self.say("linked", &values));
        }
        let left = self.beside("not_tried");
        if !left.is_empty() {
            out.push(self.say("not-shown-safe", &[("with", left)]));
        }
        out
    }

    /// A value that whole classes share.
    fn shared(&self, one: &Value) -> String {
        let (column, value) = (plain(one.get("column")), plain(one.get("value")));
        let values = [
            ("table", plain(one.get("table"))),
            ("classes", plain(one.get("classes"))),
            ("value", self.read(|reader| reader.value(&column, &value))),
            ("column", self.read(|reader| reader.column(&column))),
        ];
        self.say("shared", &values)
    }

    /// What no attack found; of what one of them did find, nothing is said here.
    fn could_not(&self) -> Vec<String> {
        let mut out = Vec::new();
        let given_away = !self.list("exposed").is_empty();
        let differs = !self.list("differences").is_empty();
        let linked = !self.findings().is_empty();
        let rebuilt = number(self.rebuilt("singled_out")) > 0;
        let most = || ("most", self.most());
        let method = plain(self.get("method"));
        match method.as_str() {
            "dp" => {
                let values =
                    [("epsilon", plain(self.get("epsilon"))), ("delta", plain(self.get("delta")))];
                out.push(self.say("not-dp", &values));
            }
            "synthetic" if number(self.get("leaked")) > 0 => {}
            "synthetic" => out.push(self.say("not-synthetic", &[("k", plain(self.get("k")))])),
            _ if given_away || differs || linked || rebuilt => {}
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
            // What could be worked out from itself was compared with nothing else.
            _ if method == "dp" || given_away || differs => {}
            n => {
                out.push(self.say("not-difference", &[most(), ("releases", n.to_string())]));
            }
        }
        let with = self.beside("with");
        if !with.is_empty() && !linked && self.beside("not_tried").is_empty() {
            out.push(self.say("not-linked", &[most(), ("with", with)]));
        }
        if !rebuilt {
            out.extend(self.not_rebuilt());
        }
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
        [
            ("remedy-linked", !self.findings().is_empty()),
            ("remedy-not-shown-safe", !self.beside("not_tried").is_empty()),
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
