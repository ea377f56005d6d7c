//! How fast a plan of a large region and the report of its States are shown. Not a timed
//! test: it prints the figures of `docs/benchmarks/plans.md` and fails only when
//! something does not work. `cargo xtask speed` runs it on a release build;
//! `PALERMO_BINARY` names another.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::live;

use live::{
    client::{Ask, ask_once},
    region::{Region, until_ready},
    server::Server,
};
use palermo_app::{
    App,
    domain::{
        actor::Actor,
        id::{Id, SubmissionId},
        plan::{
            Plan, PlanStatus, Row, Status, Tier,
            indicator::{
                Baseline, Counted, Definition, Direction, Indicator, Kind, Measured, Origin,
                Target, Value,
            },
            period::Period,
        },
        register::{day::Day, state::StateCode},
        report::{
            Answer, DraftStatus, Entered, QuestionnaireDraft, Reception, ReceptionDecision,
            SubmissionVersion, Value as Said,
        },
    },
};
use palermo_store::{Act, ActContext, Begun, plan as plans, report as kept, testing::Engine};
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use std::{collections::BTreeMap, time::Instant};

/// A mechanism with at least as many members as are asked for.
const MECHANISM: &str = "ECOWAS-ECCAS";
const INDICATORS: usize = 50;
const STATES: usize = 20;
const FIRST: u16 = 2016;
const PERIODS: u16 = 10;
const SUBMISSIONS: usize = 25;
const QUESTIONS: usize = 150;
const YEAR: i32 = 2025;

async fn act(app: &App) -> Act {
    let house = app.store.house().unwrap();
    let actor = Actor::System { job: "speed".into() };
    let context = ActContext::new(house, actor, "plan.edit");
    match app.store.act(context).await.unwrap() {
        Begun::Fresh(act) => act,
        Begun::Repeated(_) => panic!("an act was repeated"),
    }
}

/// Members of the mechanism, by code.
fn members(app: &App) -> Vec<StateCode> {
    let register = app.content.mechanisms();
    let profile = register.get(MECHANISM).unwrap();
    let on = "2025-12-31".parse::<Day>().unwrap();
    let mut codes: Vec<StateCode> = register
        .members_on(profile, Some(on))
        .into_iter()
        .filter_map(|member| member.state.parse().ok())
        .collect();
    codes.sort();
    codes
}

fn row(key: &str, parent: Option<&str>) -> Row {
    Row {
        key: key.into(),
        parent: parent.map(str::to_owned),
        number: String::new(),
        level: "area".into(),
        title: format!("Area {key}"),
        tier: Tier::Both,
        adopted_from: None,
        lead: None,
        partners: Vec::new(),
        starts: None,
        ends: None,
        budget: None,
        allocated: None,
        funded_by: None,
        status: Status::Planned,
        themes: Vec::new(),
        tags: Vec::new(),
    }
}

fn indicator(number: usize) -> Indicator {
    Indicator {
        key: format!("i{number}"),
        row: "a".into(),
        title: format!("Indicator {number}: services open at night"),
        kind: Kind::Operational,
        counted: Counted::Other,
        definitions: vec![Definition { version: 1, words: "as agreed".into(), since: None }],
        unit: Some("services".into()),
        direction: Some(Direction::Up),
        frequency: Some("yearly".into()),
        source: Some("focal points".into()),
        breakdowns: Vec::new(),
        baseline: Some(Baseline::Value {
            value: 5.0,
            on: "2015-12-31".parse().unwrap(),
            version: 1,
        }),
        active: true,
        computed: None,
    }
}

/// A plan whose every cell has a target and a value, the same for the same seed.
async fn fill_plan(app: &App) {
    let mut dice = SmallRng::seed_from_u64(5);
    let states: Vec<StateCode> = members(app).into_iter().take(STATES).collect();
    assert_eq!(states.len(), STATES);
    let indicators: Vec<Indicator> = (0..INDICATORS).map(indicator).collect();
    let periods: Vec<Period> = (0..PERIODS).map(|at| Period::year(FIRST + at)).collect();
    let mut targets = Vec::new();
    let mut act = act(app).await;
    let code: palermo_app::domain::plan::PlanCode = "speed-plan".parse().unwrap();
    for indicator in &indicators {
        for &state in &states {
            for &period in &periods {
                targets.push(Target {
                    indicator: indicator.key.clone(),
                    state: Some(state),
                    period,
                    value: f64::from(dice.random_range(10_u32..60)),
                });
                let value = Value {
                    plan: code.clone(),
                    indicator: indicator.key.clone(),
                    state: Some(state),
                    period,
                    measured: Measured::Number(f64::from(dice.random_range(0_u32..60))),
                    version: 1,
                    breakdowns: Vec::new(),
                    evidence: "register".into(),
                    comment: String::new(),
                    origin: Origin::Entered,
                };
                plans::value::insert(&mut act, &value.into()).await.unwrap();
            }
        }
    }
    let plan = Plan {
        code,
        title: "A plan of twenty States".into(),
        language: "en".into(),
        mechanism: Some(MECHANISM.into()),
        status: PlanStatus::Adopted,
        from: "2016-01-01".parse().unwrap(),
        to: "2025-12-31".parse().unwrap(),
        rows: vec![row("a", None)],
        indicators,
        targets,
        ..empty()
    };
    plans::document::insert(&mut act, &plan).await.unwrap();
    act.commit(&()).await.unwrap();
}

/// A plan with nothing in it, from one that ships.
fn empty() -> Plan {
    let parts = palermo_app::Parts::load(None, true).unwrap();
    let template = parts.registers.plans.templates.first().unwrap();
    let day = |text: &str| text.parse::<Day>().unwrap();
    template.plan("speed-plan".parse().unwrap(), day("2016-01-01"), day("2025-12-31"))
}

/// A questionnaire of numbers, words and texts in ten sections.
fn questionnaire() -> String {
    let mut text = format!(
        "id = \"speed-form\"\nversion = 1\nmechanisms = [\"{MECHANISM}\"]\ncycle = \"year\"\n\
         source = \"seeded\"\n\n[title]\nen = \"A long questionnaire\"\n"
    );
    for section in 0..10 {
        text.push_str(&format!(
            "\n[[section]]\ncode = \"{section}\"\n[section.title]\nen = \"Section {section}\"\n"
        ));
        for question in 0..QUESTIONS / 10 {
            let kind = ["answer", "number\"\nunit = \"persons", "text"][question % 3];
            text.push_str(&format!(
                "\n[[section.question]]\ncode = \"{section}.{question}\"\nkind = \"{kind}\"\n\
                 text = \"What was done about matter {question} of section {section}?\"\n"
            ));
        }
    }
    text
}

/// Accepted reports of the members, every question answered.
async fn fill_reports(app: &App) {
    let mut dice = SmallRng::seed_from_u64(7);
    let mut act = act(app).await;
    let draft = QuestionnaireDraft {
        name: "speed-form".into(),
        version: 1,
        status: DraftStatus::InUse,
        text: questionnaire(),
        translations: BTreeMap::new(),
        retired: None,
    };
    kept::questionnaire_draft::insert(&mut act, &draft).await.unwrap();
    let on: Day = "2026-03-01".parse().unwrap();
    let mut count = 0;
    for (at, state) in members(app).into_iter().take(SUBMISSIONS).enumerate() {
        let mut answers = BTreeMap::new();
        for section in 0..10 {
            for question in 0..QUESTIONS / 10 {
                let said = match question % 3 {
                    0 => Said::Word(if dice.random_bool(0.5) {
                        palermo_app::domain::report::AnswerWord::Yes
                    } else {
                        palermo_app::domain::report::AnswerWord::InPart
                    }),
                    1 => Said::Number(f64::from(dice.random_range(20_u32..900))),
                    _ => Said::Text("What was done, by whom, and what is still missing.".into()),
                };
                let mut answer = Answer::of(said);
                answer.explanation = "Where it is written, and since when.".into();
                answer.definition = Some("persons identified".into());
                answers.insert(format!("{section}.{question}"), answer);
                count += 1;
            }
        }
        let submission = SubmissionId::from_uuid(uuid::Uuid::from_u128(0x0198_0000 + at as u128));
        let version = SubmissionVersion {
            submission,
            state,
            questionnaire: "speed-form".into(),
            questionnaire_version: 1,
            period: YEAR,
            version: 1,
            language: "en".into(),
            submitted: on,
            signed: None,
            entered: Entered::State,
            no_data: BTreeMap::new(),
            answers,
            warnings: Vec::new(),
            corrections: Vec::new(),
        };
        kept::version::insert(&mut act, &version).await.unwrap();
        let reception = Reception {
            submission,
            state,
            questionnaire: "speed-form".into(),
            period: YEAR,
            version: 1,
            decision: ReceptionDecision::Accepted,
            why: String::new(),
            on,
        };
        kept::reception::insert(&mut act, &reception).await.unwrap();
    }
    act.commit(&()).await.unwrap();
    println!("{count} answers of {SUBMISSIONS} States");
}

/// Asks so many times and tells the quantiles and the size.
async fn measure(server: &Server, what: &str, path: &str, times: usize, target: &str) {
    let mut took = Vec::new();
    let mut size = 0;
    for _ in 0..times {
        let begun = Instant::now();
        let answer = ask_once(server.address, &Ask::get(path)).await.unwrap();
        took.push(begun.elapsed().as_secs_f64() * 1_000.0);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        size = answer.body.len();
    }
    took.sort_by(f64::total_cmp);
    let median = took[took.len() / 2];
    let longest = took.last().copied().unwrap_or_default();
    println!("| {what} | {times} | {median:.1} | {longest:.1} | {} | {target} |", size / 1_024);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "speed: a region with a plan of 10,000 cells"]
async fn speed_of_plans_and_reports() {
    let region = Region::make(Engine::Sqlite).await.unwrap();
    let app = region.app();
    fill_plan(&app).await;
    fill_reports(&app).await;
    let server = region.serve();
    until_ready(&server).await;
    println!(
        "| what | times | median ms | longest ms | KiB | target ms |\n|---|---|---|---|---|---|"
    );
    let plan = "/en/plans/speed-plan/progress";
    measure(&server, "plan matrix, one period, page", plan, 20, "< 60").await;
    let missed = format!("{plan}?missed=yes");
    measure(&server, "plan matrix, all periods, page", &missed, 20, "< 60").await;
    let sheet = format!("{plan}?format=csv");
    measure(&server, "plan matrix, all periods, CSV", &sheet, 20, "–").await;
    let api = "/api/v1/plans/speed-plan/progress";
    measure(&server, "plan matrix, all periods, JSON", api, 20, "–").await;
    let report = format!("/en/reports/regional/speed-form/{MECHANISM}/{YEAR}");
    measure(&server, "regional report, page", &report, 10, "< 1,000").await;
    let html = format!("{report}?format=html");
    measure(&server, "regional report, HTML file", &html, 10, "< 1,000").await;
    let docx = format!("{report}?format=docx");
    measure(&server, "regional report, DOCX", &docx, 3, "–").await;
    let pdf = format!("{report}?format=pdf");
    measure(&server, "regional report, PDF", &pdf, 3, "< 5,000").await;
    drop(server);
    region.discard().await;
}
