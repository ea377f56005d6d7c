//! The demonstration's knowledge loop, in and out: a table of a source's own
//! with its mapping and a file waiting for a decision, responses, sources side by side,
//! a protocol, an extract, a study, an estimate. All numbers are invented.

use super::importing;
use crate::{App, Refused, access::Action};
use palermo_domain::{
    actor::Actor,
    id::{DatasetId, Id, TenantId},
    knowledge::{
        dataset::{Dataset, Format, SourceType},
        mapping::Mapping,
        publication::Signature,
        research::{ActionKind, Estimate, EstimateStatus, FindingOf, FollowUp, ReviewOf, Study},
        sharing::{Extract, ExtractStatus, Protocol},
        sources::{ContextSeries, ContextValue, Overlap, Shared},
    },
    register::day::Day,
    tenant::TenantKind,
};
use palermo_stats::disclosure::dp::{Ledger, Promise};
use palermo_store::{
    Act, ActContext, Begun, Paging, account as accounts,
    knowledge::{
        budget as budgets, context as contexts, dataset as datasets, estimate as estimates,
        extract as extracts, overlap as overlaps, protocol as protocols, study as studies,
        upload::{self as uploads, Upload},
    },
    tenant as tenants,
};
use std::{collections::BTreeMap, fmt::Write as _};

fn text(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

/// The courts count defendants and victims in words of their own.
fn courts() -> Dataset {
    Dataset {
        title: "Courts of Avelmar".to_owned(),
        source_type: SourceType::Court,
        source: "Register of judgments of Avelmar, invented".to_owned(),
        state: Some("XAA".to_owned()),
        definition: "Penal code of Avelmar, article 161; smuggling is not counted".to_owned(),
        counting_rule: "A victim counts once for each judgment, in the year of judgment".to_owned(),
        coverage: "District courts of the coast; appeals are not counted".to_owned(),
        format: Format::Sheet,
        mapping: Some(Mapping {
            columns: text(&[
                ("period", "Jahr"),
                ("sex", "Geschlecht"),
                ("form", "Zweck"),
                ("transport", "Weg"),
                ("papers", "Papiere"),
                ("persons", "Zahl"),
            ]),
            always: text(&[("state", "XAA")]),
            codes: BTreeMap::from([
                ("sex".to_owned(), text(&[("w", "female"), ("m", "male")])),
                ("form".to_owned(), text(&[("Arbeit", "labour"), ("Betteln", "begging")])),
                ("transport".to_owned(), text(&[("Straße", "road"), ("Schiff", "sea")])),
                ("papers".to_owned(), text(&[("gefälscht", "forged"), ("eigene", "own")])),
            ]),
        }),
        design: None,
    }
}

fn file(years: std::ops::Range<i32>) -> String {
    let mut out = String::from("Jahr;Geschlecht;Zweck;Weg;Papiere;Zahl\n");
    for year in years {
        for (at, (sex, form, way, papers)) in [
            ("w", "Arbeit", "Straße", "eigene"),
            ("w", "Betteln", "Straße", "gefälscht"),
            ("m", "Arbeit", "Schiff", "eigene"),
            ("m", "Seefahrt", "Schiff", "gefälscht"),
            ("d", "Arbeit", "Fähre", "eigene"),
        ]
        .into_iter()
        .enumerate()
        {
            let persons = 6 + (year.unsigned_abs() as usize + at * 7) % 9;
            let _ = writeln!(out, "{year};{sex};{form};{way};{papers};{persons}");
        }
    }
    out
}

/// Builds it.
///
/// # Errors
/// What the store refuses.
pub async fn build(app: &App, tenant: TenantId) -> Result<(), Refused> {
    let today: Day = app.store.now().date().into();
    let year = today.date().year();
    let Some((ines, petra)) = people(app).await? else { return Ok(()) };
    let filter = tenants::Filter::default();
    let all = tenants::list(&app.store, &filter, Paging::all()).await?.items;
    let parties: Vec<TenantId> = all
        .iter()
        .filter(|one| one.record.kind == TenantKind::Rapporteur)
        .map(|one| one.record.id)
        .collect();
    let known = datasets::list(&app.store, None).await?;
    let actor = Actor::System { job: "demo".into() };
    let context = ActContext::new(tenant, actor, Action::ImportData.code());
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let (upload, bytes) = imported(app, &mut act, year).await?;
    responses(app, &mut act, year).await?;
    let harmonised = known.iter().find(|one| one.entry.state.is_none()).map(|one| one.id);
    let calls =
        known.iter().find(|one| one.entry.source_type == SourceType::Hotline).map(|one| one.id);
    if let (Some(a), Some(b)) = (harmonised, calls) {
        let words =
            "The hotline passes callers on to the rapporteur's sources, so some are in both"
                .to_owned();
        overlaps::insert(&mut act, &Overlap { a, b, shared: Shared::Partly, words }).await?;
        protocols::insert(&mut act, &protocol(parties, b, today)).await?;
    }
    contexts::insert(&mut act, &series(year, today)).await?;
    studies::insert(&mut act, &study(year)).await?;
    extracts::insert(&mut act, &extract(&petra, today)).await?;
    estimates::insert(&mut act, &estimate(&petra, &ines, year, today)).await?;
    budgets::insert(&mut act, &budget()).await?;
    act.commit(&()).await?;
    Ok(uploads::put(&app.store, tenant, &upload, &bytes).await?)
}

/// The two people of the secretariat who sign.
async fn people(app: &App) -> Result<Option<(Signature, Signature)>, Refused> {
    let at = app.store.now().micros();
    let mut found = Vec::new();
    for name in ["ines", "petra"] {
        let email = format!("{name}@secretariat.meridian.example");
        if let Some(one) = accounts::find_by_email(&app.store, &email).await? {
            found.push(Signature { account: one.record.id, name: one.record.name.clone(), at });
        }
    }
    let (petra, ines) = (found.pop(), found.pop());
    Ok(ines.zip(petra))
}

/// What States did for those they detected.
async fn responses(app: &App, act: &mut Act, year: i32) -> Result<(), Refused> {
    let about = Dataset {
        title: "Responses of the States of the region".to_owned(),
        source_type: SourceType::Social,
        source: "Returns of ministries of social affairs, invented".to_owned(),
        state: None,
        definition: "Persons presumed or identified under each State's law".to_owned(),
        counting_rule: "A person counts once a year for each kind of response".to_owned(),
        coverage: "Services of organisations are counted only where the State pays".to_owned(),
        format: Format::Template,
        mapping: None,
        design: None,
    };
    let mut text = String::from("State,Period,Indicator,Persons\n");
    for (at, state) in ["XAA", "XBB", "XCC"].into_iter().enumerate() {
        for of in [year - 2, year - 1] {
            for (add, indicator) in
                [(40, "services"), (17, "permits"), (6, "compensated"), (120, "trained")]
            {
                let persons = add + at * 5 + of.unsigned_abs() as usize % 7;
                let _ = writeln!(text, "{state},{of},{indicator},{persons}");
            }
        }
    }
    let id = datasets::insert(act, &about).await?;
    let looked = importing::look(
        app,
        &about,
        importing::Earlier::default(),
        "responses.csv",
        text.as_bytes(),
        &mut |_| (),
    );
    if let Some((batch, figures)) = &looked.bringing {
        importing::bring(act, id, batch, figures).await?;
    }
    Ok(())
}

fn protocol(parties: Vec<TenantId>, item: DatasetId, today: Day) -> Protocol {
    Protocol {
        title: "Monthly figures of the hotline".to_owned(),
        parties,
        items: vec![item],
        frequency: "Every month".to_owned(),
        purposes: vec!["Planning of services".to_owned(), "Report to parliament".to_owned()],
        onward: "Only after a written request to the hotline, which answers within a month"
            .to_owned(),
        from: today.plus_days(-200),
        review: today.plus_days(165),
        ended: None,
    }
}

fn series(year: i32, today: Day) -> ContextSeries {
    let year = u16::try_from(year).unwrap_or(2026);
    let values = [("XAA", 31.5), ("XBB", 44.25), ("XCC", 12.0)]
        .into_iter()
        .flat_map(|(state, value)| {
            [year - 2, year - 1].map(|of| ContextValue {
                state: state.to_owned(),
                year: of,
                value: value + f64::from(of % 3),
            })
        })
        .collect();
    ContextSeries {
        title: "Young people neither at work nor at school".to_owned(),
        source: "Statistical office of the region, invented".to_owned(),
        reference: "Table L-14".to_owned(),
        unit: "per cent of those aged 15 to 24".to_owned(),
        licence: "CC-BY-4.0".to_owned(),
        retrieved: today.plus_days(-30),
        values,
    }
}

fn study(year: i32) -> Study {
    let finding =
        |text: &str, action: Option<FollowUp>| FindingOf { text: text.to_owned(), action };
    Study {
        title: "How seafarers are recruited".to_owned(),
        authors: "University of Avelmar; Seafarers' centre".to_owned(),
        question: "Through whom do men come to work on board unpaid?".to_owned(),
        methods: "Interviews with 41 men, two ports, by people they chose".to_owned(),
        ethics: "Board of the university; nobody was asked for names or ships".to_owned(),
        reference: "Working paper 12".to_owned(),
        states: vec!["XAA".to_owned(), "XBB".to_owned()],
        year: u16::try_from(year - 1).unwrap_or(2025),
        findings: vec![
            finding(
                "Most were recruited through messages from people they knew",
                Some(FollowUp {
                    kind: ActionKind::Training,
                    reference: "Module for port desks, added in spring".to_owned(),
                }),
            ),
            finding("Fees were paid to brokers of documents", None),
        ],
        closed: None,
    }
}

fn extract(asked: &Signature, today: Day) -> Extract {
    Extract {
        title: "Routes at sea".to_owned(),
        institution: "University of Avelmar".to_owned(),
        purpose: "Doctoral thesis on recruitment at sea".to_owned(),
        figures: "Form by transport, three years".to_owned(),
        ethics: "Board of the university, decision 44".to_owned(),
        delete_by: today.plus_days(300),
        asked: Some(asked.clone()),
        status: ExtractStatus::Asked,
        review: None,
        release: None,
        given: None,
        deleted: None,
        came: None,
        contact: None,
        answer: None,
    }
}

const OVERLAPS: &str = "police,shelter,hotline,count\n1,0,0,212\n0,1,0,163\n0,0,1,98\n1,1,0,37\n1,0,1,14\n0,1,1,21\n1,1,1,6\n";

fn estimate(made: &Signature, reviewer: &Signature, year: i32, today: Day) -> Estimate {
    let found = super::estimates::compute(OVERLAPS, 20).ok();
    Estimate {
        title: "Persons trafficked in Avelmar".to_owned(),
        state: "XAA".to_owned(),
        period: (year - 1).to_string(),
        lists: "Police; shelters; hotline. Counts only: no list left its keeper".to_owned(),
        counts: OVERLAPS.to_owned(),
        assumptions: "Shelters report to the police, so the two lists depend on each other. Men at sea reach no list and are not estimated.".to_owned(),
        report: found.map(|found| serde_json::to_value(found).unwrap_or_default()).unwrap_or_default(),
        made: made.clone(),
        review: Some(ReviewOf {
            by: reviewer.clone(),
            named: "Prof. Ada Lindqvist, University of Avelmar (invented)".to_owned(),
            words: "The range is honest; the single numbers are not to be quoted".to_owned(),
        }),
        published: Some(reviewer.clone()),
        issued: Some(today.plus_days(-40)),
        status: EstimateStatus::Published,
    }
}

fn budget() -> budgets::KeptBudget {
    let ledger = Promise::new(4.0, 1e-5).map(Ledger::new).ok();
    budgets::KeptBudget {
        name: super::budget::NAME.to_owned(),
        ledger: ledger.map(|one| serde_json::to_value(one).unwrap_or_default()).unwrap_or_default(),
    }
}

/// The courts' figures, and this year's file, which nobody agreed to yet.
async fn imported(app: &App, act: &mut Act, year: i32) -> Result<(Upload, Vec<u8>), Refused> {
    let about = courts();
    let id = datasets::insert(act, &about).await?;
    let old = file(year - 4..year - 1);
    let looked = importing::look(
        app,
        &about,
        importing::Earlier::default(),
        "courts.csv",
        old.as_bytes(),
        &mut |_| (),
    );
    if let Some((batch, figures)) = &looked.bringing {
        importing::bring(act, id, batch, figures).await?;
    }
    let mut bytes = file(year - 1..year).into_bytes();
    bytes.extend_from_slice(format!("{};w;Arbeit;Straße;eigene;viele\n", year - 1).as_bytes());
    let looked = importing::look(
        app,
        &about,
        importing::Earlier::default(),
        "courts-new.csv",
        &bytes,
        &mut |_| (),
    );
    let upload = Upload {
        id: act.new_id(),
        dataset: id,
        account: Id::from_uuid(uuid::Uuid::nil()),
        file: "courts-new.csv".to_owned(),
        state: "planned".to_owned(),
        seen: looked.planned.rows,
        about: looked.planned.rows,
        body: serde_json::to_value(&looked.planned).unwrap_or_default(),
        touched_at: act.now(),
    };
    Ok((upload, bytes))
}
