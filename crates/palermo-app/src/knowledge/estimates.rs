//! Estimates of how many persons are on no list: computed from counts of
//! overlaps, shown with their assumptions, never published without a named
//! reviewer who is not their maker.

use super::extracts::signature;
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::EstimateId,
    knowledge::research::{Estimate, EstimateStatus, NotPublished, ReviewOf},
};
use palermo_stats::estimate::{IntervalKind, Lists, Method, MethodResult, Settings, estimate};
use palermo_store::{Revision, Store, Versioned, knowledge::estimate as kept, register::Filed};
use serde::Serialize;

/// An estimate as it is listed.
pub type Listed = Versioned<Filed<EstimateId, Estimate>>;

/// Bootstrap samples: enough for an interval of two digits.
const SAMPLES: usize = 200;

/// More lists than this take longer than a page may.
const MOST_LISTS: usize = 6;

/// What someone typed about an estimate.
#[derive(Debug, Clone, Default)]
pub struct EstimateForm {
    /// Title.
    pub title: String,
    /// State.
    pub state: String,
    /// Period.
    pub period: String,
    /// Who keeps each list.
    pub lists: String,
    /// The counts: a heading of lists and `count`, then a line for each combination.
    pub counts: String,
    /// What must hold.
    pub assumptions: String,
}

fn not_published(why: NotPublished) -> Refused {
    Refused::Declined(Message::new(match why {
        NotPublished::WrongStep => "loop-wrong-step",
        NotPublished::OwnReview => "loop-own-review",
        NotPublished::NoName => "error-required",
    }))
}

/// The estimates of one's own organisation: their counts are exact.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    let tenant = super::datasets::reader(acting).await?;
    let mut all = kept::list(&acting.app.store, None).await?;
    all.retain(|one| one.tenant == tenant);
    all.reverse();
    Ok(all)
}

/// One estimate, for staff.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: EstimateId) -> Result<Listed, Refused> {
    list(acting).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// What the public sees.
///
/// # Errors
/// When the store does not answer.
pub async fn public(store: &Store) -> Result<Vec<Listed>, Refused> {
    Ok(kept::list(store, Some(EstimateStatus::Published.code())).await?)
}

/// Public numbers of an estimate are told in steps of so many persons, so that
/// nothing exact can be worked out from them.
pub const STEP: u64 = 10;

/// One method, as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicMethod {
    /// Its code.
    pub name: String,
    /// Persons on a list: at least and at most.
    pub detected: (u64, u64),
    /// All persons, those on no list among them.
    pub estimate: Option<u64>,
    /// Interval of the estimate (95 %).
    pub interval: Option<(u64, u64)>,
}

/// An estimate as the public sees it: without the counts it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PublicFound {
    /// One entry for each method.
    pub methods: Vec<PublicMethod>,
    /// What the methods take for granted, in English.
    pub taken: Vec<String>,
    /// The lowest and the highest estimate, where the methods lie far apart. Warnings
    /// meant for whoever makes and reviews an estimate stay in the office.
    pub spread: Option<(u64, u64)>,
}

/// What the public is told of an estimate.
#[must_use]
pub fn told(estimate: &Estimate) -> PublicFound {
    let report = &estimate.report;
    let mut out = PublicFound::default();
    let all = report.get("methods").and_then(serde_json::Value::as_array);
    for method in all.into_iter().flatten() {
        let name = method.get("method").and_then(serde_json::Value::as_str).unwrap_or_default();
        let least = method.get("observed").and_then(serde_json::Value::as_u64).unwrap_or(0);
        let least = least - least % STEP;
        let end = |which: &str| stepped(method.get("interval").and_then(|one| one.get(which)));
        out.methods.push(PublicMethod {
            name: name.to_owned(),
            detected: (least, least + STEP - 1),
            estimate: stepped(method.get("estimate")),
            interval: end("lower").zip(end("upper")),
        });
        for one in sentences(method, "assumptions") {
            if !out.taken.contains(&one) {
                out.taken.push(one);
            }
        }
    }
    out.spread = spread(&out.methods);
    out
}

/// How far apart the methods lie where one number would mislead, told from the numbers
/// that are public anyway.
fn spread(methods: &[PublicMethod]) -> Option<(u64, u64)> {
    // Bounds and the independence model are there for comparison.
    let proper: Vec<u64> = methods
        .iter()
        .filter(|one| !matches!(one.name.as_str(), "chao" | "chao-moment" | "mt"))
        .filter_map(|one| one.estimate)
        .collect();
    let (low, high) = (*proper.iter().min()?, *proper.iter().max()?);
    (high.saturating_mul(4) > low.saturating_mul(5)).then_some((low, high))
}

/// The first method that takes this for granted, by whose code messages tell it;
/// nothing if it is no sentence of the program's own.
#[must_use]
pub fn taken_by(sentence: &str) -> Option<&'static str> {
    Method::ALL.into_iter().find(|one| one.assumption() == sentence).map(Method::name)
}

fn sentences(from: &serde_json::Value, field: &str) -> Vec<String> {
    let all = from.get(field).and_then(serde_json::Value::as_array);
    all.into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

/// A number of persons to the nearest step.
// Estimates of persons are far below 2^53 and not negative.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
fn stepped(number: Option<&serde_json::Value>) -> Option<u64> {
    let number = number?.as_f64()?;
    Some((number.max(0.0) / STEP as f64).round() as u64 * STEP)
}

/// Several methods side by side, with what speaks against them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// One entry for each method.
    pub methods: Vec<MethodResult>,
    /// What speaks against all of them.
    pub warnings: Vec<String>,
    /// Works on the methods.
    pub citations: Vec<String>,
}

/// Computes an estimate from its counts, by the methods that answer within a
/// page's time; `palermo stats estimate` has them all.
///
/// # Errors
/// Every line that cannot be read, or why the methods do not fit.
pub fn compute(counts: &str, samples: usize) -> Result<Found, Vec<Message>> {
    let wrong = |why: String| Message::new("estimate-counts-wrong").with("why", why);
    let lists = Lists::from_csv(counts.as_bytes()).map_err(|refused| -> Vec<Message> {
        refused.problems.iter().map(|problem| wrong(problem.to_string())).collect()
    })?;
    let settings =
        Settings { bootstrap: samples, interval: Some(IntervalKind::Bca), ..Settings::default() };
    let used: &[Method] = match lists.len() {
        2 => &[Method::LincolnPetersen, Method::Chapman, Method::ChaoMoment],
        3..=5 => &[Method::Loglinear, Method::AllModels, Method::Mt, Method::Chao],
        _ => &[Method::Loglinear, Method::Mt, Method::Chao],
    };
    let mut found = Found { methods: Vec::new(), warnings: Vec::new(), citations: Vec::new() };
    for method in used {
        let mut result = estimate(&lists, *method, &settings, &())
            .map_err(|why| vec![wrong(why.to_string())])?;
        result.assumptions = vec![method.assumption().to_owned()];
        found.warnings.append(&mut result.warnings.clone());
        for work in method.citations() {
            if !found.citations.iter().any(|known| known == work) {
                found.citations.push((*work).to_owned());
            }
        }
        found.methods.push(result);
    }
    found.warnings.dedup();
    Ok(found)
}

/// Computes and keeps an estimate, for the office alone.
///
/// # Errors
/// Every problem of the form and its counts; what access or the store refuse.
pub async fn make(acting: &Acting<'_>, form: &EstimateForm) -> Result<EstimateId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::PrepareRelease, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let title = problems.required("title", &form.title, 200);
    let state = form.state.trim().to_uppercase();
    if !acting.app.content.knows_state(&state) {
        problems.add("state", Message::new("error-unknown-state").with("code", &state));
    }
    let period = problems.required("period", &form.period, 40);
    let lists = problems.required("lists", &form.lists, 1_000);
    let assumptions = problems.required("assumptions", &form.assumptions, 4_000);
    let counts = problems.required("counts", &form.counts, 20_000);
    let wide = counts.lines().next().map_or(0, |line| line.split([',', ';', '\t']).count());
    if wide > MOST_LISTS + 1 {
        let message = Message::new("estimate-too-many").with("most", MOST_LISTS);
        problems.add("counts", message);
    }
    problems.none()?;
    let text = counts.clone();
    let work = tokio::task::spawn_blocking(move || compute(&text, SAMPLES));
    let found = work.await.map_err(|error| Refused::Unavailable(error.to_string()))?;
    let found = found.map_err(|wrong| {
        let mut problems = Problems::default();
        wrong.into_iter().for_each(|message| problems.add("counts", message));
        Refused::Invalid(problems)
    })?;
    let new = Estimate {
        title,
        state,
        period,
        lists,
        counts,
        assumptions,
        report: serde_json::to_value(&found).unwrap_or_default(),
        made: signature(acting).await?,
        review: None,
        published: None,
        issued: None,
        status: EstimateStatus::Computed,
    };
    let mut act = begin!(acting, acting.context(Action::PrepareRelease)?);
    let id = kept::insert(&mut act, &new).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// The review by a named person who did not make it.
///
/// # Errors
/// What the rules, access or the store refuse.
pub async fn review(
    acting: &Acting<'_>,
    id: EstimateId,
    named: &str,
    words: &str,
    stands: Option<bool>,
    seen: i64,
) -> Result<EstimateId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::SignRelease, &Resource::of(tenant)).await?;
    let found = kept::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut problems = Problems::default();
    let named = problems.required("named", named, 200);
    let words = problems.required("words", words, 2_000);
    // A choice that was not made is none: nobody signs a "no" by leaving it out.
    if stands.is_none() {
        problems.add("stands", Message::new("error-choose"));
    }
    problems.none()?;
    let stands = stands.unwrap_or(false);
    let mut estimate = found.record.entry;
    let by = signature(acting).await?;
    estimate.reviewed(ReviewOf { by, named, words }, stands).map_err(not_published)?;
    keep(acting, id, &estimate, seen).await
}

/// Makes a reviewed estimate public.
///
/// # Errors
/// What the rules, access or the store refuse.
pub async fn publish(
    acting: &Acting<'_>,
    id: EstimateId,
    seen: i64,
) -> Result<EstimateId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::SignRelease, &Resource::of(tenant)).await?;
    let found = kept::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut estimate = found.record.entry;
    let by = signature(acting).await?;
    estimate.publish(by, acting.now().date().into()).map_err(not_published)?;
    keep(acting, id, &estimate, seen).await
}

async fn keep(
    acting: &Acting<'_>,
    id: EstimateId,
    estimate: &Estimate,
    seen: i64,
) -> Result<EstimateId, Refused> {
    let mut act = begin!(acting, acting.context(Action::SignRelease)?.about(id));
    kept::update(&mut act, id, estimate, Revision(seen)).await?;
    act.detail("status", estimate.status.code());
    act.commit(&id).await?;
    Ok(id)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn req_183_the_public_sees_estimates_in_steps_beside_what_was_detected() {
        let report = serde_json::json!({"warnings": [
            "sparse",
            "only 2 persons are on more than one list; the estimates rest on them alone",
            "these lists share nobody: shelter and police; what they say rests on the model",
            "the police may have counted twice",
        ], "methods": [{
            "method": "mt", "observed": 317, "estimate": 2000.0, "assumptions": [],
        }, {
            "method": "latent", "observed": 317, "estimate": 1397.6, "assumptions": [],
        }, {
            "method": "Chapman", "observed": 317, "estimate": 812.4,
            "interval": {"lower": 604.9, "upper": 1101.0}, "assumptions": ["closed", "closed"],
        }]});
        let account = "0198c0de-7f00-7abc-8def-0123456789ab".parse().unwrap();
        let by = palermo_domain::knowledge::publication::Signature {
            account,
            name: "A".to_owned(),
            at: 0,
        };
        let one = Estimate {
            title: String::new(),
            state: "XAA".to_owned(),
            period: "2025".to_owned(),
            lists: String::new(),
            counts: "police,shelter,count\n1,1,3\n".to_owned(),
            assumptions: String::new(),
            report,
            made: by,
            review: None,
            published: None,
            issued: None,
            status: EstimateStatus::Published,
        };
        let found = told(&one);
        assert_eq!(found.methods[2].detected, (310, 319));
        assert_eq!(found.methods[2].estimate, Some(810));
        assert_eq!(found.methods[2].interval, Some((600, 1_100)));
        assert_eq!(found.taken, ["closed"]);
        // What is meant for the maker stays in the office.
        assert_eq!(found.spread, Some((810, 1_400)));
        assert!(!serde_json::to_string(&found).unwrap().contains("sparse"));
        assert_eq!(taken_by(Method::Downhill.assumption()), Some("all-models"));
        assert_eq!(taken_by("closed"), None);
        assert!(!serde_json::to_string(&found).unwrap().contains("317"));
    }

    #[test]
    fn an_estimate_comes_with_an_interval_and_its_assumptions_and_broken_counts_are_named() {
        let counts = "police,shelter,hotline,count\n1,0,0,120\n0,1,0,90\n0,0,1,60\n1,1,0,22\n1,0,1,11\n0,1,1,9\n1,1,1,4\n";
        let found = compute(counts, 20).unwrap();
        let with: Vec<_> = found.methods.iter().filter(|one| one.estimate.is_some()).collect();
        assert!(with.iter().any(|one| one.interval.is_some()));
        assert!(with.iter().all(|one| !one.assumptions.is_empty()));
        assert!(!compute("police,count\nmany,3\n", 20).unwrap_err().is_empty());
    }
}
