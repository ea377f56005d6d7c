//! Care of the demonstration: the people of the story from
//! `content/demo/care.toml`, and for the ordinary cases around them needs,
//! stays, lawyers and risks. Everything passes the forms and the rules.

use super::{Built, cases::DemoCase};
use crate::{App, Refused, access::Action, care::days_for};
use palermo_domain::{
    actor::Actor,
    care::{
        Body, CareFacts, CareKind, CareRecord, check,
        form::{Answers, Typed},
        standards::InForce,
    },
    compartment::Compartment,
    id::{CareId, Id, TenantId},
    moment::Moment,
    purpose::Purpose,
    register::day::Day,
};
use palermo_store::{
    Act, ActContext, Begun, care,
    keys::sealed::{self, Place},
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "record")]
    records: Vec<FileRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRecord {
    case: String,
    kind: String,
    facts: BTreeMap<String, Fact>,
    #[serde(default)]
    words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Fact {
    One(String),
    Many(Vec<String>),
}

fn wrong(what: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(format!("demo/care.toml: {what}"))
}

/// A record with the words to be sealed beside it.
struct Told {
    case: DemoCase,
    record: CareRecord,
    words: Vec<(&'static str, Compartment, String)>,
}

/// Builds all care of the demonstration.
pub(super) async fn build(app: &App, built: &Built) -> Result<(), Refused> {
    let text = app.content.text("demo/care.toml").unwrap_or_default();
    let file: File = toml::from_str(text).map_err(wrong)?;
    let mut told = Vec::new();
    for record in &file.records {
        let Some(case) = built.cases.get(&record.case) else {
            return Err(wrong(format!("there is no case `{}`", record.case)));
        };
        let earlier: Vec<CareRecord> = told
            .iter()
            .filter(|one: &&Told| one.case.case == case.case)
            .map(|one| one.record.clone())
            .collect();
        told.push(tell(app, *case, record, &earlier).await?);
    }
    for (number, case) in built.everyday.iter().enumerate() {
        told.extend(everyday(app, *case, number).await?);
    }
    let tenants: BTreeSet<TenantId> = told.iter().map(|one| one.case.tenant).collect();
    for tenant in tenants {
        let actor = Actor::System { job: "demo".into() };
        let context =
            ActContext::new(tenant, actor, Action::WriteCare.code()).for_purpose(Purpose::Care);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        let own: Vec<&Told> = told.iter().filter(|one| one.case.tenant == tenant).collect();
        let records: Vec<CareRecord> = own.iter().map(|one| one.record.clone()).collect();
        care::insert_many(&mut act, &records).await?;
        seal(app, built, &mut act, &own).await?;
        act.commit(&()).await?;
    }
    Ok(())
}

async fn seal(app: &App, built: &Built, act: &mut Act, told: &[&Told]) -> Result<(), Refused> {
    if told.iter().all(|one| one.words.is_empty()) {
        return Ok(());
    }
    let vault = built.vault(app, act.tenant()).await?;
    for one in told {
        for (field, compartment, words) in &one.words {
            let place = Place {
                person: one.case.person,
                table: care::TABLE,
                record: one.record.id.uuid(),
                field,
                compartment: *compartment,
            };
            sealed::put(act, &vault, place, words.as_bytes()).await?;
        }
    }
    Ok(())
}

/// `-12` is twelve days ago; anything else stays as it is.
fn day_or_text(today: Day, text: &str) -> String {
    let signed = text.starts_with('-') || text.starts_with('+');
    match text.parse::<i64>() {
        Ok(days) if signed => today.plus_days(days).to_string(),
        _ => text.to_owned(),
    }
}

async fn tell(
    app: &App,
    case: DemoCase,
    file: &FileRecord,
    earlier: &[CareRecord],
) -> Result<Told, Refused> {
    let today: Day = app.store.now().date().into();
    let kind = CareKind::from_code(&file.kind).ok_or_else(|| wrong(&file.kind))?;
    let mut typed = Typed::new();
    for (field, fact) in &file.facts {
        let values = match fact {
            Fact::One(text) => vec![day_or_text(today, text)],
            Fact::Many(all) => all.clone(),
        };
        typed.insert(field.clone(), values);
    }
    for (field, words) in &file.words {
        typed.insert(field.clone(), vec![words.clone()]);
    }
    write(app, case, kind, &typed, earlier, &file.case).await
}

async fn write(
    app: &App,
    case: DemoCase,
    kind: CareKind,
    typed: &Typed,
    earlier: &[CareRecord],
    name: &str,
) -> Result<Told, Refused> {
    let child_rights = case.age.has_the_rights_of_a_child();
    let place = || format!("`{name}`, `{}`", kind.code());
    let Answers { body, sealed } = app
        .care
        .forms
        .read(kind, typed, child_rights)
        .map_err(|problems| wrong(format!("{}: {problems:?}", place())))?;
    let facts = CareFacts {
        today: app.store.now().date().into(),
        child_rights,
        others: earlier,
        least_days: days_for(app, case.tenant, kind).await?,
        // Nobody in the story answers a list of standards: whose it is makes no matter.
        standards: InForce { mechanism: None, list: app.care.standards.of(None) },
    };
    check(&body, None, &facts).map_err(|denied| wrong(format!("{}: {denied:?}", place())))?;
    let words = sealed
        .into_iter()
        .filter(|one| !one.words.is_empty())
        .filter_map(|one| {
            let field = crate::care::write::sealed_field(&one.field)?;
            let care = if one.identity { Compartment::Identity } else { Compartment::Care };
            Some((field, care, one.words))
        })
        .collect();
    let id: CareId = app.store.new_id();
    let recorded_at = written_on(app.store.now(), &body);
    let record = CareRecord { id, case: case.case, body, author: case.lead, recorded_at };
    Ok(Told { case, record, words })
}

/// Written down on the day it began, or today if that lies ahead.
fn written_on(now: Moment, body: &Body) -> Moment {
    let Some(day) = body.days().starts else { return now };
    let noon = time::PrimitiveDateTime::new(day.date(), time::Time::MIDNIGHT).assume_utc();
    Moment::from(noon + time::Duration::hours(10)).min(now)
}

/// An ordinary case on its way through care.
struct Everyday<'a> {
    app: &'a App,
    case: DemoCase,
    number: usize,
    opened: Day,
    today: Day,
    told: Vec<Told>,
}

/// What an ordinary case needs and gets: the same for the same place in the list.
async fn everyday(app: &App, case: DemoCase, number: usize) -> Result<Vec<Told>, Refused> {
    let (opened, today) = (case.opened.date().into(), app.store.now().date().into());
    let mut one = Everyday { app, case, number, opened, today, told: Vec::new() };
    if case.age.has_the_rights_of_a_child() {
        one.guardian().await?;
    }
    one.shelter().await?;
    one.others().await?;
    Ok(one.told)
}

impl Everyday<'_> {
    /// One of a few, by the case's place in the list.
    fn turn<T: Copy>(&self, of: &[T], salt: usize) -> Option<T> {
        of.get((self.number * 7 + salt * 3) % of.len().max(1)).copied()
    }

    fn word(&self, of: &[&'static str], salt: usize) -> String {
        self.turn(of, salt).unwrap_or_default().to_owned()
    }

    fn on(&self, days: i64) -> String {
        self.opened.plus_days(days).min(self.today).to_string()
    }

    fn waited(&self) -> i64 {
        self.turn(&[0, 0, 1, 1, 2, 3, 5, 8, 13], 1).unwrap_or(0)
    }

    async fn add(&mut self, kind: CareKind, facts: &[(&str, String)]) -> Result<(), Refused> {
        let mut typed = Typed::new();
        for (field, value) in facts {
            typed.entry((*field).to_owned()).or_default().push(value.clone());
        }
        let earlier: Vec<CareRecord> = self.told.iter().map(|one| one.record.clone()).collect();
        let told = write(self.app, self.case, kind, &typed, &earlier, "an ordinary case").await?;
        self.told.push(told);
        Ok(())
    }

    async fn guardian(&mut self) -> Result<(), Refused> {
        let facts = [
            ("name", "an invented guardian".to_owned()),
            ("guardian", "professional".to_owned()),
            ("appointed_on", self.on(0)),
            ("conflict", "clear".to_owned()),
            ("checked_on", self.on(1)),
        ];
        self.add(CareKind::Guardian, &facts).await?;
        // Names of everyday guardians are not sealed one by one: there are hundreds.
        if let Some(last) = self.told.last_mut() {
            last.words.clear();
        }
        Ok(())
    }

    async fn shelter(&mut self) -> Result<(), Refused> {
        let waited = self.waited();
        let stayed = 20 + self.turn(&[5, 11, 24, 40, 65, 90], 2).unwrap_or(0);
        let by_fund = self.turn(&[true, false], 4) == Some(true);
        let mut stay = vec![
            ("service", "shelter".to_owned()),
            ("provider", self.word(&["ngo", "ngo", "state_funded_ngo", "state"], 3)),
            ("asked_on", self.on(0)),
            ("started_on", self.on(waited)),
            ("overnight", "yes".to_owned()),
            ("funder", if by_fund { "Northway Fund" } else { "State budget" }.to_owned()),
        ];
        if self.opened.plus_days(waited + stayed) < self.today {
            stay.push(("ended_on", self.on(waited + stayed)));
            stay.push(("outcome", self.word(&["completed", "moved", "person_left"], 5)));
        } else if by_fund {
            stay.push(("funded_until", self.today.plus_days(60).to_string()));
            stay.push(("then", "moves".to_owned()));
        }
        self.add(CareKind::Service, &stay).await
    }

    async fn others(&mut self) -> Result<(), Refused> {
        let services = ["health_primary", "legal", "health_mental", "vocational", "documents"];
        let facts = [
            ("service", self.word(&services, 6)),
            ("provider", self.word(&["ngo", "state", "private"], 7)),
            ("asked_on", self.on(2)),
            ("started_on", self.on(2 + self.waited())),
        ];
        self.add(CareKind::Service, &facts).await?;
        if self.turn(&[true, false, false, false, false, false], 8) == Some(true) {
            let facts = [
                ("service", "shelter".to_owned()),
                ("provider", "ngo".to_owned()),
                ("asked_on", self.on(0)),
                ("ended_on", self.on(0)),
                ("refusal", self.word(&["full", "sex", "children", "language"], 9)),
            ];
            self.add(CareKind::Service, &facts).await?;
        }
        let facts = [
            ("state", self.word(&["assigned", "asked", "not_wanted"], 11)),
            ("on", self.on(5)),
            ("free", "yes".to_owned()),
        ];
        self.add(CareKind::LegalAid, &facts).await
    }
}
