//! A case on paper: what the tests of care write into.

#![allow(dead_code)]

use palermo_domain::{
    care::{
        Body, CareFacts, CareKind, CareRecord, Denied, Notice, check,
        form::{Forms, Typed},
        reintegration::Criteria,
        rules,
        standards::{InForce, Standards},
    },
    id::{AccountId, CareId, CaseId, Id},
    moment::Moment,
    register::day::Day,
};
use std::sync::OnceLock;
use uuid::Uuid;

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn case_id(n: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(n))
}

pub fn forms() -> &'static Forms {
    static FORMS: OnceLock<Forms> = OnceLock::new();
    FORMS.get_or_init(|| Forms::parse(include_str!("../../../../content/forms/care.toml")).unwrap())
}

pub fn criteria() -> Criteria {
    toml::from_str(include_str!("../../../../content/care/reintegration.toml")).unwrap()
}

/// The list for mechanisms without their own.
pub fn list() -> &'static Standards {
    static LIST: OnceLock<Standards> = OnceLock::new();
    LIST.get_or_init(|| {
        toml::from_str(include_str!("../../../../content/care/return-standards.toml")).unwrap()
    })
}

/// The same, in force for a mechanism.
pub fn in_force() -> InForce<'static> {
    InForce { mechanism: Some("MERIDIAN"), list: list() }
}

pub fn standards() -> Vec<String> {
    list().standards.clone()
}

pub fn answers(_: &str, facts: &[(&str, &str)]) -> Typed {
    let mut typed = Typed::new();
    for (field, value) in facts {
        typed.entry((*field).to_owned()).or_default().push((*value).to_owned());
    }
    typed
}

pub fn guardian(conflict: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "an invented name"),
        ("guardian", "relative"),
        ("appointed_on", "2026-11-10"),
        ("conflict", conflict),
    ]
}

pub fn risk(level: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![("of", "person"), ("on", "2026-11-20"), ("level", level), ("valid_until", "2027-01-20")]
}

pub fn determination(
    view: &'static str,
    decision: &'static str,
) -> Vec<(&'static str, &'static str)> {
    vec![
        ("weighing", "determination"),
        ("on", "2026-11-12"),
        ("panel", "social_worker"),
        ("panel", "psychologist"),
        ("panel", "child_protection"),
        ("options", "stay_here"),
        ("options", "family_origin"),
        ("factors", "views"),
        ("factors", "safety"),
        ("factors", "safety_origin"),
        ("view", view),
        ("sought", "talk"),
        ("decision", decision),
        ("decided_on", "2026-11-20"),
        ("contest", "court"),
    ]
}

pub struct Case {
    pub id: CaseId,
    pub child: bool,
    pub records: Vec<CareRecord>,
}

impl Case {
    pub fn adult() -> Self {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
        let n = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Self { id: case_id(n.into()), child: false, records: Vec::new() }
    }

    pub fn child() -> Self {
        Self { child: true, ..Self::adult() }
    }

    pub fn facts(&self, today: &str) -> CareFacts<'_> {
        CareFacts {
            today: day(today),
            child_rights: self.child,
            others: &self.records,
            least_days: 30,
            standards: in_force(),
        }
    }

    fn read(&self, kind: &str, facts: &[(&str, &str)]) -> Body {
        let kind = CareKind::from_code(kind).unwrap();
        forms().read(kind, &answers("", facts), self.child).unwrap().body
    }

    pub fn write(
        &mut self,
        kind: &str,
        facts: &[(&str, &str)],
    ) -> Result<Vec<Notice>, Vec<Denied>> {
        let body = self.read(kind, facts);
        let notices = check(&body, None, &self.facts("2026-11-27"))?;
        let id = CareId::from_uuid(Uuid::from_u128(self.records.len() as u128));
        self.records.push(CareRecord {
            id,
            case: self.id,
            body,
            author: AccountId::from_uuid(Uuid::nil()),
            recorded_at: Moment::from_micros(self.records.len() as i64),
        });
        Ok(notices)
    }

    pub fn change(
        &mut self,
        at: usize,
        kind: &str,
        facts: &[(&str, &str)],
    ) -> Result<Vec<Notice>, Vec<Denied>> {
        let body = self.read(kind, facts);
        let before = self.records[at].body.clone();
        let mut others = self.records.clone();
        others.remove(at);
        let facts = CareFacts { others: &others, ..self.facts("2026-11-27") };
        let notices = check(&body, Some(&before), &facts)?;
        self.records[at].body = body;
        Ok(notices)
    }

    pub fn clear_guardian(&mut self) {
        let mut clear = guardian("clear");
        clear.push(("checked_on", "2026-11-11"));
        self.write("guardian", &clear).unwrap();
    }

    pub fn notices(&self) -> Vec<Notice> {
        rules::notices(&self.records, &self.facts("2026-11-27"))
    }
}
