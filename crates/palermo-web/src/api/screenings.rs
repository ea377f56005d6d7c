//! The screening engine for programs, and one's own decided screenings in
//! coded facts. What the engine says is advice (E31).

use super::{
    Answer,
    answer::{Listed, Made, made, one, page_of},
    asked::{Asked, PageAsk},
    sent::Sent,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    App, Message, Problems, Refused,
    access::{Action, Resource},
    domain::screening::{IndicatorSet, Kept, Screening},
    screening::{decide::DecisionForm, list, notify, purpose, report::AssessmentReport},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(sets, assess, own, notify))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/indicator-sets", Action::PublicRead, sets)
        .api(Method::POST, "/api/v1/screenings/assess", Action::Screen, assess)
        .api(Method::GET, "/api/v1/screenings", Action::Screen, own)
        .api(Method::POST, "/api/v1/screenings/notices", Action::Screen, notify)
}

/// One thing to ask about.
#[derive(Debug, Serialize, ToSchema)]
struct IndicatorShown {
    /// Its code.
    #[schema(example = "D1.job")]
    code: String,
    /// `D1` to `D6`, in a set with dimensions.
    dimension: Option<&'static str>,
    /// `strong`, `medium` or `weak`, in a set with dimensions.
    tier: Option<&'static str>,
    /// What it says, as its source has it.
    label: String,
    /// How it is asked, in the language asked for.
    question: String,
}

/// A set of indicators.
#[derive(Debug, Serialize, ToSchema)]
struct SetShown {
    /// Its id.
    #[schema(example = "adult_labour")]
    id: String,
    /// Its title.
    title: String,
    /// `adult`, `child` or `any`.
    age: &'static str,
    /// `labour`, `sexual` or `any`.
    form: &'static str,
    /// `dimensions` or `list`.
    method: &'static str,
    /// How surely its weights are known.
    confidence: &'static str,
    /// Where it comes from.
    source: String,
    /// The indicators in the order asked.
    indicators: Vec<IndicatorShown>,
}

fn set_shown(visit: &Visit, set: &IndicatorSet) -> SetShown {
    let wording = &visit.web.app().wording;
    let indicators = set.indicators.iter().map(|one| IndicatorShown {
        code: one.code.clone(),
        dimension: one.dimension.map(|dimension| dimension.code()),
        tier: one.tier.map(|tier| tier.code()),
        label: one.label.clone(),
        question: wording.question(visit.language.code(), &one.code, false),
    });
    SetShown {
        id: set.id.clone(),
        title: set.title.clone(),
        age: set.age.code(),
        form: set.form.code(),
        method: set.method.code(),
        confidence: set.confidence.code(),
        source: set.source.clone(),
        indicators: indicators.collect(),
    }
}

/// Indicator sets with their weights and how surely these are known.
#[utoipa::path(get, path = "/api/v1/indicator-sets", tag = "screening", params(PageAsk),
    responses((status = 200, description = "Sets", body = Listed<SetShown>)))]
async fn sets(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all: Vec<&IndicatorSet> = visit.web.app().registers.indicators.all().iter().collect();
    page_of(&visit, all, page, |set| set_shown(&visit, set))
}

/// A screening: only `yes` counts; a code left out was not asked.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssessBody {
    /// The indicator set.
    #[schema(example = "adult_labour")]
    set: String,
    /// `adult`, `child` or `unsure`.
    #[schema(pattern = "^(adult|child|unsure)$")]
    age: String,
    /// `act`, `means` and `purpose`, each a list of codes.
    #[serde(default)]
    elements: BTreeMap<String, Vec<String>>,
    /// `yes`, `no`, `unsure` or `not_asked` by code.
    #[serde(default)]
    answers: BTreeMap<String, String>,
}

/// One dimension's score.
#[derive(Debug, Serialize, ToSchema)]
struct DimensionShown {
    /// Whether a rule is fulfilled.
    positive: bool,
    /// Strong indicators answered yes.
    strong: usize,
    /// Medium indicators answered yes.
    medium: usize,
    /// Weak indicators answered yes.
    weak: usize,
    /// The indicators answered yes.
    because: Vec<String>,
}

/// Whether the definition is met.
#[derive(Debug, Serialize, ToSchema)]
struct DefinitionShown {
    /// Whether act, means (unless a child's rights hold) and purpose are there.
    met: bool,
    /// What it rests on, and what is missing.
    because: Vec<String>,
}

/// What the engine says. It advises; a named officer decides.
#[derive(Debug, Serialize, ToSchema)]
struct Assessed {
    /// `D1` to `D6`.
    dimensions: BTreeMap<String, DimensionShown>,
    /// Palermo Protocol article 3, from the elements alone.
    definition: DefinitionShown,
    /// What the combination of dimensions points to.
    suggestion: String,
    /// The rule behind each positive dimension, in words.
    rules: BTreeMap<String, String>,
    /// Always true.
    advice_only: bool,
    /// What to know.
    warnings: Vec<String>,
    /// How surely the weights are known.
    confidence: String,
}

fn assessed(report: AssessmentReport) -> Assessed {
    let dimensions = report.dimensions.into_iter().map(|(dimension, score)| {
        let shown = DimensionShown {
            positive: score.positive,
            strong: score.strong,
            medium: score.medium,
            weak: score.weak,
            because: score.because,
        };
        (dimension.to_string(), shown)
    });
    let definition = DefinitionShown {
        met: report.definition.met,
        because: report.definition.because.iter().map(ToString::to_string).collect(),
    };
    Assessed {
        dimensions: dimensions.collect(),
        definition,
        suggestion: report.suggestion,
        rules: report.rules.into_iter().map(|(d, told)| (d.to_string(), told.rule)).collect(),
        advice_only: report.advice_only,
        warnings: report.warnings,
        confidence: report.confidence,
    }
}

/// Scores answers and applies the definition. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/screenings/assess", tag = "screening",
    request_body = AssessBody,
    responses((status = 200, description = "What the engine says", body = Assessed)))]
async fn assess(Sent { call, body }: Sent<AssessBody>) -> Answer {
    let acting = call.acting();
    let (tenant, account) = acting.member()?;
    let resource = Resource::of(tenant).about(account);
    acting.allow_for(Action::Screen, &resource, Some(purpose(&acting))).await?;
    let app = call.visit.web.app();
    let (screening, set) = parsed(app, &body)?;
    let report = AssessmentReport::new(&screening.assess(set), &app.catalogue, call.visit.language);
    one(&assessed(report))
}

fn parsed<'a>(app: &'a App, body: &AssessBody) -> Result<(Screening, &'a IndicatorSet), Refused> {
    let value: Value = json!({ "set": body.set, "age": body.age, "elements": body.elements,
        "answers": body.answers });
    Screening::parse(&value.to_string(), &app.registers.indicators).map_err(|problems| {
        let mut told = Problems::default();
        for problem in problems.0 {
            told.add("screening", Message::new("screening-api-problem").with("problem", problem));
        }
        Refused::Invalid(told)
    })
}

/// A notice without identity: what was answered is scored and forgotten.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoticeBody {
    /// The answers.
    screening: AssessBody,
    /// Forms of exploitation suspected.
    #[serde(default)]
    forms: Vec<String>,
    /// What was decided.
    outcome: String,
    /// On what it rests.
    reasons: Vec<String>,
    /// The State in which the person was met, alpha-3.
    #[serde(default)]
    state: String,
}

/// Keeps a notice that names nobody (E07); for adults alone. Counts once for
/// each `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/screenings/notices", tag = "screening",
    request_body = NoticeBody,
    responses((status = 201, description = "The notice is kept", body = Made)))]
async fn notify(Sent { call, body }: Sent<NoticeBody>) -> Answer {
    let acting = call.acting();
    let (screening, set) = parsed(call.visit.web.app(), &body.screening)?;
    let decision = DecisionForm {
        outcome: body.outcome,
        reasons: body.reasons,
        state: body.state,
        ..DecisionForm::default()
    };
    made(notify::notify(&acting, &screening, set, &body.forms, &decision).await?, None)
}

/// A screening one decided, in coded facts.
#[derive(Debug, Serialize, ToSchema)]
struct ScreeningShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// The case opened from it.
    case: Option<String>,
    /// The indicator set.
    set: String,
    /// `adult`, `child` or `unsure`.
    age: &'static str,
    /// Forms of exploitation suspected.
    forms: Vec<&'static str>,
    /// Dimensions that were positive.
    positive: Vec<&'static str>,
    /// Whether the definition was met.
    definition_met: bool,
    /// What the officer decided.
    outcome: &'static str,
    /// How the person went on.
    path: &'static str,
    /// When it was decided.
    decided_at: String,
}

fn shown(kept: &Kept) -> ScreeningShown {
    ScreeningShown {
        id: kept.id.to_string(),
        case: kept.case.map(|case| case.to_string()),
        set: kept.set.clone(),
        age: kept.age.code(),
        forms: kept.forms.iter().map(|form| form.code()).collect(),
        positive: kept.positive.iter().map(|dimension| dimension.code()).collect(),
        definition_met: kept.definition_met,
        outcome: kept.outcome.code(),
        path: kept.path.code(),
        decided_at: kept.recorded_at.to_string(),
    }
}

/// Screenings one decided, the latest first.
#[utoipa::path(get, path = "/api/v1/screenings", tag = "screening", params(PageAsk),
    responses((status = 200, description = "Screenings", body = Listed<ScreeningShown>)))]
async fn own(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = list::decided(&visit.acting()).await?;
    page_of(&visit, all, page, |one| shown(&one.record))
}
