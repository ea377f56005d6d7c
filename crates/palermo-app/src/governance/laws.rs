//! Special reviews of national legal frameworks, each State on its own, laid side by
//! side topic by topic: gaps, never a rank (R052).

use super::{
    Kept,
    typed::{Reader, Typed},
};
use crate::{
    Acting, App, Message, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    governance::{LegalFinding, LegalReview, LegalStanding, LegalTopic},
    id::LegalReviewId,
    register::state::StateCode,
};
use palermo_store::governance::legal_review as stored;
use std::collections::BTreeMap;

/// Every review of one name: what it is, and each State's findings.
#[derive(Debug, Clone)]
pub struct LawsCompared {
    /// Short name.
    pub name: String,
    /// Title.
    pub title: String,
    /// The year.
    pub year: i32,
    /// Who reviewed.
    pub body: String,
    /// The instrument.
    pub instrument: String,
    /// Reviews, in the order of States' codes.
    pub states: Vec<Kept<LegalReviewId, LegalReview>>,
}

/// Reviews by name, the newest first.
///
/// # Errors
/// When the store does not answer.
pub async fn law_reviews(app: &App) -> Result<Vec<LawsCompared>, Refused> {
    let mut by_name: BTreeMap<String, LawsCompared> = BTreeMap::new();
    for one in stored::list(&app.store, None).await? {
        let entry = &one.record.entry;
        let of = by_name.entry(entry.name.clone()).or_insert_with(|| LawsCompared {
            name: entry.name.clone(),
            title: entry.title.clone(),
            year: entry.year,
            body: entry.body.clone(),
            instrument: entry.instrument.clone(),
            states: Vec::new(),
        });
        of.states.push(one);
    }
    let mut all: Vec<LawsCompared> = by_name.into_values().collect();
    for one in &mut all {
        one.states.sort_by_key(|state| state.record.entry.state);
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.year));
    Ok(all)
}

/// The reviews of one name.
///
/// # Errors
/// [`Refused::NotFound`].
pub async fn compare_laws(app: &App, name: &str) -> Result<LawsCompared, Refused> {
    let all = law_reviews(app).await?;
    all.into_iter().find(|one| one.name == name).ok_or(Refused::NotFound)
}

/// One State's review for its form; with the head of the others if there is none yet.
///
/// # Errors
/// What access or the store refuse.
pub async fn law_review(
    acting: &Acting<'_>,
    name: &str,
    state: Option<StateCode>,
) -> Result<Typed, Refused> {
    acting.allow(Action::KeepLegalReview, &Resource::region()).await?;
    let Ok(known) = compare_laws(acting.app, name).await else {
        return Ok(Typed::default());
    };
    let head = Typed::default()
        .with("name", &known.name)
        .with("title", &known.title)
        .with("year", known.year)
        .with("body", &known.body)
        .with("instrument", &known.instrument)
        .with_some("state", state);
    let found = known.states.into_iter().find(|one| Some(one.record.entry.state) == state);
    let Some(found) = found else { return Ok(head) };
    let mut typed = head.with("revision", found.revision.0);
    let one = found.record.entry;
    typed = typed.with("summary", one.summary).with("source", one.source);
    for (topic, finding) in one.findings {
        typed = typed
            .with(&format!("s_{topic}"), finding.standing)
            .with(&format!("a_{topic}"), finding.article)
            .with(&format!("n_{topic}"), finding.note);
    }
    Ok(typed)
}

fn findings(read: &mut Reader<'_>, typed: &Typed) -> BTreeMap<LegalTopic, LegalFinding> {
    let mut findings = BTreeMap::new();
    for topic in LegalTopic::ALL {
        let standing = typed.text(&format!("s_{topic}")).parse::<LegalStanding>();
        let article = read.bounded(&format!("a_{topic}"), 300);
        let note = read.bounded(&format!("n_{topic}"), 2_000);
        let Ok(standing) = standing else { continue };
        let named = matches!(standing, LegalStanding::InLine | LegalStanding::Partly);
        if named && article.is_empty() {
            // Whoever says that a law is in line names it.
            read.problems.add(&format!("a_{topic}"), Message::new("error-law-article"));
        }
        findings.insert(*topic, LegalFinding { standing, article, note });
    }
    findings
}

/// Records the review of one State's law.
///
/// # Errors
/// Every problem of the form; [`Refused::Conflict`] if someone else changed it since.
pub async fn keep_law_review(acting: &Acting<'_>, typed: &Typed) -> Result<String, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::KeepLegalReview, &Resource::region()).await?;
    let mut read = Reader::new(typed);
    let name = read.required("name", 60);
    let slug = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !name.is_empty() && !slug {
        read.problems.add("name", Message::new("error-slug"));
    }
    let title = read.required("title", 200);
    let year = read.year("year");
    let body = read.required("body", 200);
    let instrument = read.required("instrument", 60);
    if acting.app.registers.instruments.get(&instrument).is_none() {
        read.problems.add("instrument", Message::new("error-choose"));
    }
    let state = read.state(acting, "state");
    let findings = findings(&mut read, typed);
    let summary = read.bounded("summary", 8_000);
    let source = read.required("source", 300);
    read.problems.none()?;
    let (Some(year), Some(state)) = (year, state) else { return Err(Refused::NotFound) };
    let record =
        LegalReview { name, title, year, body, instrument, state, findings, summary, source };
    let there = stored::list(&acting.app.store, Some(&record.name)).await?;
    let before = there.into_iter().find(|one| one.record.entry.state == state);
    let mut act = begin!(acting, acting.context(Action::KeepLegalReview)?);
    let id = match before {
        Some(before) if before.record.tenant != tenant => return Err(Refused::NotFound),
        Some(before) if Some(before.revision) != typed.seen() => return Err(Refused::Conflict),
        Some(before) => {
            stored::update(&mut act, before.record.id, &record, before.revision).await?;
            before.record.id
        }
        None => stored::insert(&mut act, &record).await?,
    };
    act.about(id);
    act.commit(&record.name).await?;
    Ok(record.name)
}
