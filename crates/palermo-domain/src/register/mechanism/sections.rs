//! The parts of a profile, one reader each. Every reader reads all fields of
//! its table before it gives up, so that all problems are told at once.

use std::collections::BTreeSet;

use super::parse::{Setting, list, provenance};
use super::{
    Activity, Area, Body, Cadence, Coverage, Duty, Founding, Instrument, Joined, MechanismId,
    Named, Partner, Phase, Plan, QuestionnaireRef, Relation, Remark, Rotation, Rule, Secretariat,
};
use crate::register::document::Table;
use crate::register::provenance::{Claim, Stated, Statement};

/// Days a presumed trafficked person has to recover and reflect; no profile may
/// set fewer (R4).
const REFLECTION_FLOOR_DAYS: u32 = 30;

/// The smallest count that may be published (E26).
const PUBLICATION_FLOOR: u32 = 5;

const PERSONS: &[&str] = &["all", "women", "men", "children"];

/// The purposes of the Protocol and the others that Palermo's code list names.
const FORMS: &[&str] = &[
    "all",
    "sexual",
    "labour",
    "labour.begging",
    "slavery",
    "servitude",
    "organs",
    "other",
    "other.forced_marriage",
    "other.illegal_adoption",
    "other.armed",
    "other.forced_crime",
];

pub(super) fn founding(root: &Table<'_>, setting: Setting) -> Vec<Founding> {
    list(root, "founding", setting, |row, setting| {
        let founding_type = row.choice("type");
        let (title, date) = (row.text("title"), row.opt_date("date"));
        let provenance = provenance(row, setting);
        Some(Founding {
            founding_type: founding_type?,
            title: title?,
            date,
            provenance: provenance?,
        })
    })
}

pub(super) fn secretariat(table: Table<'_>, setting: Setting) -> Option<Secretariat> {
    let (name, seat) = (table.text("name"), table.opt_text("seat"));
    let provenance = provenance(&table, setting);
    table.finish(&[]);
    Some(Secretariat { name: name?, seat, provenance: provenance? })
}

pub(super) fn persons(table: Table<'_>, setting: Setting) -> Option<Coverage> {
    coverage(
        table,
        setting,
        |word| PERSONS.contains(&word),
        "use `all`, `women`, `men`, `children`",
    )
}

pub(super) fn forms(table: Table<'_>, setting: Setting) -> Option<Coverage> {
    coverage(
        table,
        setting,
        |word| FORMS.contains(&word),
        "use `all` or purposes such as `sexual`, `labour`, `organs`",
    )
}

pub(super) fn languages(table: Table<'_>, setting: Setting) -> Option<Coverage> {
    let is_code =
        |word: &str| (2..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    coverage(table, setting, is_code, "use language codes such as `en` or `fr`")
}

fn coverage(
    table: Table<'_>,
    setting: Setting,
    known: impl Fn(&str) -> bool,
    remedy: &str,
) -> Option<Coverage> {
    let values = table.texts("values");
    if values.is_empty() {
        table.problem("values", "`values` is missing or empty", remedy);
    }
    for word in values.iter().filter(|word| !known(word)) {
        table.problem("values", format!("`{word}` is not a word known here"), remedy);
    }
    let provenance = provenance(&table, setting);
    table.finish(&[]);
    Some(Coverage { values, provenance: provenance? })
}

pub(super) fn instruments(root: &Table<'_>, setting: Setting) -> Vec<Instrument> {
    list(root, "instruments", setting, |row, setting| {
        let (id, title) = (row.opt_text("id"), row.text("title"));
        let instrument_kind = row.choice("type");
        let date = row.opt_date("date");
        let provenance = provenance(row, setting);
        if let Some(id) = &id
            && !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            row.problem(
                "id",
                format!("`{id}` is not the id of an instrument"),
                "write it like `tip-protocol`",
            );
        }
        Some(Instrument {
            id,
            title: title?,
            instrument_kind: instrument_kind?,
            date,
            provenance: provenance?,
        })
    })
}

pub(super) fn bodies(root: &Table<'_>, setting: Setting) -> Vec<Body> {
    let bodies = list(root, "bodies", setting, |row, setting| {
        let (id, name) = (row.text("id"), row.text("name"));
        let kind = row.choice("kind");
        let (since, composition) = (row.opt_date("since"), row.opt_text("composition"));
        let cadence = cadence(row);
        let quorum = row.opt_number("quorum");
        let chair = rotation(row);
        let (reports_to, sees_reports_of) =
            (row.opt_text("reports_to"), row.texts("sees_reports_of"));
        let provenance = provenance(row, setting);
        Some(Body {
            id: id?,
            name: name?,
            kind: kind?,
            since,
            composition,
            cadence: cadence?,
            quorum,
            chair,
            reports_to,
            sees_reports_of,
            provenance: provenance?,
        })
    });
    check_unique(root, "bodies", bodies.iter().map(|body| body.id.as_str()));
    bodies
}

/// `chair_from` and `chair_order`: both, or neither.
fn rotation(row: &Table<'_>) -> Option<Rotation> {
    let (from, order) = (row.opt_number("chair_from"), row.texts("chair_order"));
    let from = from.and_then(|year| i32::try_from(year).ok());
    if from.is_some() == order.is_empty() {
        row.problem(
            "chair_from",
            "a chair that goes round needs its first year and its order".to_owned(),
            "give `chair_from` and `chair_order`, or neither",
        );
    }
    from.filter(|_| !order.is_empty()).map(|from| Rotation { from, order })
}

/// `cadence = { times, years }`, or `cadence_unknown` with the reason.
fn cadence(row: &Table<'_>) -> Option<Stated<Cadence>> {
    let why = row.opt_text("cadence_unknown");
    let Some(table) = row.table("cadence") else {
        if row.has("cadence") {
            return None;
        }
        let why = why.unwrap_or_else(|| "no source says".to_owned());
        return Some(Stated::Unknown { why });
    };
    let (times, years) = (table.number("times"), table.number("years"));
    table.finish(&[]);
    let cadence = Cadence { times: times?, years: years? };
    if cadence.times == 0 || cadence.years == 0 {
        row.problem(
            "cadence",
            "a cadence of nothing",
            "write how many `times` in how many `years`, at least 1",
        );
        return None;
    }
    if why.is_some() {
        row.problem(
            "cadence_unknown",
            "the cadence is both given and unknown",
            "keep one of the two",
        );
    }
    Some(Stated::Given(cadence))
}

pub(super) fn plans(root: &Table<'_>, setting: Setting) -> Vec<Plan> {
    let plans = list(root, "plans", setting, |row, setting| {
        let (id, title) = (row.text("id"), row.text("title"));
        let status = row.choice("status");
        let (from, to) = (row.opt_date("from"), row.opt_date("to"));
        let (adopted, adopted_by) = (row.opt_date("adopted"), row.opt_text("adopted_by"));
        let (predecessor, review) = (row.opt_text("predecessor"), row.opt_text("review"));
        let areas = areas(row, setting);
        let phases = phases(row, setting);
        let principles = row.texts("principles");
        let provenance = provenance(row, setting);
        Some(Plan {
            id: id?,
            title: title?,
            status: status?,
            from,
            to,
            adopted,
            adopted_by,
            predecessor,
            review,
            areas,
            phases,
            principles,
            provenance: provenance?,
        })
    });
    check_unique(root, "plans", plans.iter().map(|plan| plan.id.as_str()));
    plans
}

fn areas(row: &Table<'_>, setting: Setting) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for area in list(row, "areas", setting, |entry, _| {
        let (no, level) = (entry.text("no"), entry.opt_text("level"));
        let (title, under) = (entry.text("title"), entry.opt_text("under"));
        Some(Area { no: no?, level, title: title?, under })
    }) {
        if areas.iter().any(|other| other.no == area.no) {
            row.problem(
                "areas",
                format!("the number `{}` is used twice", area.no),
                "number each area once",
            );
        }
        if let Some(under) = &area.under
            && !areas.iter().any(|other| other.no == *under)
        {
            row.problem(
                "areas",
                format!("`{}` stands under `{under}`, which does not come before it", area.no),
                "list the area above first",
            );
        }
        areas.push(area);
    }
    areas
}

fn phases(row: &Table<'_>, setting: Setting) -> Vec<Phase> {
    list(row, "phases", setting, |entry, _| {
        let (from, to, theme) = (entry.opt_date("from"), entry.opt_date("to"), entry.text("theme"));
        if from.is_none() || to.is_none() {
            entry.problem("", "a phase has no beginning or no end", "give `from` and `to`");
        }
        Some(Phase { from: from?, to: to?, theme: theme? })
    })
}

pub(super) fn duties(root: &Table<'_>, setting: Setting) -> Vec<Duty> {
    let duties = list(root, "duties", setting, |row, setting| {
        let (id, who) = (row.text("id"), row.text("who"));
        let (to, what) = (row.text("to"), row.text("what"));
        let cadence = cadence(row);
        let (basis, from) = (row.opt_text("basis"), row.opt_date("from"));
        let (parts, questionnaire) = (row.texts("parts"), row.opt_text("questionnaire"));
        let provenance = provenance(row, setting);
        Some(Duty {
            id: id?,
            who: who?,
            to: to?,
            what: what?,
            cadence: cadence?,
            basis,
            from,
            parts,
            questionnaire,
            provenance: provenance?,
        })
    });
    check_unique(root, "duties", duties.iter().map(|duty| duty.id.as_str()));
    duties
}

pub(super) fn questionnaires(root: &Table<'_>, setting: Setting) -> Vec<QuestionnaireRef> {
    list(root, "questionnaires", setting, |row, setting| {
        let (id, used_for) = (row.text("id"), row.text("used_for"));
        let provenance = provenance(row, setting);
        Some(QuestionnaireRef { id: id?, used_for: used_for?, provenance: provenance? })
    })
}

pub(super) fn rules(root: &Table<'_>, setting: Setting) -> Vec<Rule> {
    list(root, "rules", setting, |row, setting| {
        let (key, value) = (row.text("key"), row.number("value"));
        let (unit, meaning) = (row.text("unit"), row.text("meaning"));
        let provenance = provenance(row, setting);
        let floor = match key.as_deref() {
            Some("reflection_days") => REFLECTION_FLOOR_DAYS,
            Some("publication_threshold") => PUBLICATION_FLOOR,
            _ => 0,
        };
        if let (Some(key), Some(value)) = (&key, value)
            && value < floor
        {
            row.problem(
                "value",
                format!("`{key}` is {value}, below the floor of {floor}"),
                "raise it, or leave it out",
            );
        }
        Some(Rule {
            key: key?,
            value: value?,
            unit: unit?,
            meaning: meaning?,
            provenance: provenance?,
        })
    })
}

pub(super) fn remark(row: &Table<'_>, setting: Setting) -> Option<Remark> {
    let text = row.text("text");
    let provenance = provenance(row, setting);
    Some(Remark { text: text?, provenance: provenance? })
}

pub(super) fn remarks(root: &Table<'_>, key: &str, setting: Setting) -> Vec<Remark> {
    list(root, key, setting, remark)
}

pub(super) fn activities(root: &Table<'_>, setting: Setting) -> Vec<Activity> {
    let activities = list(root, "activities", setting, |row, setting| {
        let (id, title) = (row.text("id"), row.text("title"));
        let (from, to, count) = (row.opt_date("from"), row.opt_date("to"), row.opt_number("count"));
        let joined = joined(row, setting);
        let provenance = provenance(row, setting);
        Some(Activity {
            id: id?,
            title: title?,
            from,
            to,
            count,
            joined: joined?,
            provenance: provenance?,
        })
    });
    check_unique(root, "activities", activities.iter().map(|activity| activity.id.as_str()));
    activities
}

fn joined(row: &Table<'_>, setting: Setting) -> Option<Stated<Vec<Joined>>> {
    let why = row.opt_text("joined_unknown");
    match (row.has("joined"), why) {
        (true, None) => {}
        (false, Some(why)) => return Some(Stated::Unknown { why }),
        _ => {
            row.problem(
                "joined",
                "who takes part is not said in exactly one way",
                "list `joined`, or write in `joined_unknown` why it is not known",
            );
            return None;
        }
    }
    Some(Stated::Given(list(row, "joined", setting, |entry, _| {
        let (state, from, to) = (entry.text("state"), entry.opt_date("from"), entry.opt_date("to"));
        Some(Joined { state: state?, from, to })
    })))
}

pub(super) fn partners(root: &Table<'_>, setting: Setting) -> Vec<Partner> {
    list(root, "partners", setting, |row, setting| {
        let (name, role) = (row.text("name"), row.choice("role"));
        let provenance = provenance(row, setting);
        Some(Partner { name: name?, role: role?, provenance: provenance? })
    })
}

pub(super) fn relations(root: &Table<'_>, setting: Setting) -> Vec<Relation> {
    list(root, "relations", setting, |row, setting| {
        let (kind, to) = (row.choice("kind"), row.text("to"));
        let provenance = provenance(row, setting);
        let id = to.as_deref().and_then(MechanismId::parse);
        if let (Some(to), None) = (&to, &id) {
            row.problem("to", format!("`{to}` is not an id"), "name the other mechanism by its id");
        }
        Some(Relation { kind: kind?, to: id?, provenance: provenance? })
    })
}

pub(super) fn statements(root: &Table<'_>, setting: Setting) -> Vec<Statement> {
    let statements = list(root, "statements", setting, |row, setting| {
        let (id, topic, why) = (row.text("id"), row.text("topic"), row.text("why"));
        let claims = list(row, "claims", setting, |claim, setting| {
            let value = claim.text("value");
            let preferred = claim.opt_flag("preferred").unwrap_or(false);
            let provenance = provenance(claim, setting);
            Some(Claim { value: value?, preferred, provenance: provenance? })
        });
        if row.tables("claims").len() < 2 {
            row.problem(
                "claims",
                "fewer than two claims",
                "keep every source's claim, at least two",
            );
        } else if claims.iter().filter(|claim| claim.preferred).count() != 1 {
            row.problem(
                "claims",
                "not exactly one claim is preferred",
                "mark one with `preferred = true`",
            );
        }
        Some(Statement { id: id?, topic: topic?, claims, why: why? })
    });
    check_unique(root, "statements", statements.iter().map(|statement| statement.id.as_str()));
    statements
}

pub(super) fn named(root: &Table<'_>, setting: Setting) -> Vec<Named> {
    list(root, "named", setting, |row, setting| {
        let (name, context) = (row.text("name"), row.text("context"));
        let provenance = provenance(row, setting);
        Some(Named { name: name?, context: context?, provenance: provenance? })
    })
}

fn check_unique<'t>(root: &Table<'_>, key: &str, ids: impl Iterator<Item = &'t str>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            root.problem(key, format!("the id `{id}` is used twice"), "give each its own id");
        }
    }
}
