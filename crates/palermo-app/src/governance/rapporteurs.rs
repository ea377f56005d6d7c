//! A national rapporteur's annual report to the executive and the parliament: written in
//! parts, handed over, and published by a decision that is recorded (R050). Figures of
//! what Palermo holds stand beside the words, so that both can be checked.

use super::{
    Kept,
    typed::{Reader, Typed},
};
use crate::{
    Acting, App, Message, Refused,
    access::{Action, Resource},
    begin,
    document::{Column, Document, Table, begin as begin_document},
    report::Standing,
};
use palermo_domain::{
    governance::{
        Addressee, NotPublishable, PublicationDecision, RapporteurPart, RapporteurReport,
    },
    id::RapporteurReportId,
    register::{day::Day, state::StateCode},
};
use palermo_locale::Language;
use palermo_store::governance::rapporteur as stored;
use std::collections::BTreeMap;

type Report = Kept<RapporteurReportId, RapporteurReport>;

/// Whether someone writes the reports of a State's rapporteur.
#[must_use]
pub fn may_write_rapporteur(acting: &Acting<'_>, state: StateCode) -> bool {
    let resource = Resource::region().in_state(Some(state.as_str()));
    acting.may(Action::WriteRapporteur, &resource).allowed
}

/// Reports the reader may see: those published, and one's own office's. Newest first.
///
/// # Errors
/// When the store does not answer.
pub async fn rapporteur_reports(acting: &Acting<'_>) -> Result<Vec<Report>, Refused> {
    let own = acting.subject.tenant.map(|(tenant, _)| tenant);
    let mut all = stored::list(&acting.app.store, None).await?;
    all.retain(|one| one.record.entry.published.is_some() || Some(one.record.tenant) == own);
    all.sort_by_key(|one| (std::cmp::Reverse(one.record.entry.year), one.record.entry.state));
    Ok(all)
}

/// One report, and for its form what is to stand there.
///
/// # Errors
/// [`Refused::NotFound`] for one that is not published and not one's own.
pub async fn rapporteur_report(
    acting: &Acting<'_>,
    id: RapporteurReportId,
) -> Result<(Report, Typed), Refused> {
    let all = rapporteur_reports(acting).await?;
    let found = all.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)?;
    let one = found.record.entry.clone();
    let mut typed = Typed::default()
        .with("revision", found.revision.0)
        .with("year", one.year)
        .with("title", one.title)
        .with_all("addressees", one.addressees);
    for (part, text) in one.parts {
        typed = typed.with(part.code(), text);
    }
    Ok((found, typed))
}

async fn own(acting: &Acting<'_>, id: RapporteurReportId) -> Result<Report, Refused> {
    let (tenant, _) = acting.member()?;
    let found = stored::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let state = found.record.entry.state;
    let resource = Resource::region().in_state(Some(state.as_str()));
    acting.allow(Action::WriteRapporteur, &resource).await?;
    Ok(found)
}

/// Writes a report: a new one, or further on one's own that is not published.
///
/// # Errors
/// Every problem of the form; [`Refused::Conflict`] if someone else saved it since.
pub async fn keep_rapporteur_report(
    acting: &Acting<'_>,
    id: Option<RapporteurReportId>,
    typed: &Typed,
) -> Result<RapporteurReportId, Refused> {
    let state = acting.subject.state.clone().ok_or(Refused::NotFound)?;
    let resource = Resource::region().in_state(Some(&state));
    acting.allow(Action::WriteRapporteur, &resource).await?;
    let state: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let before = match id {
        Some(id) => Some(own(acting, id).await?),
        None => None,
    };
    if before.as_ref().is_some_and(|one| one.record.entry.published.is_some()) {
        return Err(Refused::Declined(Message::new("error-rapporteur-published")));
    }
    let mut read = Reader::new(typed);
    let year = read.year("year");
    let title = read.required("title", 200);
    let addressees: Vec<Addressee> = read.codes("addressees");
    if addressees.is_empty() {
        read.problems.add("addressees", Message::new("error-choose"));
    }
    let mut parts = BTreeMap::new();
    for part in RapporteurPart::ALL {
        let text = read.bounded(part.code(), 100_000);
        if !text.is_empty() {
            parts.insert(*part, text);
        }
    }
    let there = stored::list(&acting.app.store, Some(state.as_str())).await?;
    let same = |one: &&Report| Some(one.record.entry.year) == year && Some(one.record.id) != id;
    if there.iter().find(same).is_some() {
        read.problems.add("year", Message::new("error-year-there"));
    }
    read.problems.none()?;
    let Some(year) = year else { return Err(Refused::NotFound) };
    let record = RapporteurReport {
        state,
        year,
        title,
        addressees,
        language: before.as_ref().map_or_else(
            || acting.language.code().to_owned(),
            |one| one.record.entry.language.clone(),
        ),
        parts,
        delivered: before
            .as_ref()
            .map(|one| one.record.entry.delivered.clone())
            .unwrap_or_default(),
        published: None,
    };
    let mut act = begin!(acting, acting.context(Action::WriteRapporteur)?);
    let id = match before {
        Some(before) => {
            let seen = typed.seen().ok_or(Refused::Conflict)?;
            stored::update(&mut act, before.record.id, &record, seen).await?;
            before.record.id
        }
        None => stored::insert(&mut act, &record).await?,
    };
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

async fn change(
    acting: &Acting<'_>,
    id: RapporteurReportId,
    how: impl FnOnce(RapporteurReport) -> Result<RapporteurReport, Refused>,
) -> Result<(), Refused> {
    let found = own(acting, id).await?;
    let record = how(found.record.entry.clone())?;
    let mut act = begin!(acting, acting.context(Action::WriteRapporteur)?.about(id));
    stored::update(&mut act, id, &record, found.revision).await?;
    Ok(act.commit(&()).await?)
}

/// Notes that the report was handed over to one it is addressed to.
///
/// # Errors
/// Problems of the form.
pub async fn deliver(
    acting: &Acting<'_>,
    id: RapporteurReportId,
    typed: &Typed,
) -> Result<(), Refused> {
    let mut read = Reader::new(typed);
    let to = read.code::<Addressee>("to");
    let on = read.needed_day("on");
    let today: Day = acting.now().date().into();
    if on.is_some_and(|on| on > today) {
        read.problems.add("on", Message::new("error-day-to-come"));
    }
    read.problems.none()?;
    let (Some(to), Some(on)) = (to, on) else { return Err(Refused::NotFound) };
    change(acting, id, |mut report| {
        if !report.addressees.contains(&to) {
            return Err(Refused::field("to", Message::new("error-choose")));
        }
        report.delivered.insert(to, on);
        Ok(report)
    })
    .await
}

/// Publishes the report by a decision that is recorded with who took it.
///
/// # Errors
/// Problems of the form; [`Refused::Declined`] while it was not handed over.
pub async fn publish_rapporteur_report(
    acting: &Acting<'_>,
    id: RapporteurReportId,
    typed: &Typed,
) -> Result<(), Refused> {
    let mut read = Reader::new(typed);
    let by = read.required("by", 200);
    let text = read.required("decision", 2_000);
    read.problems.none()?;
    let decision = PublicationDecision { on: acting.now().date().into(), by, text };
    change(acting, id, |report| {
        report.publish(decision).map_err(|why| {
            Refused::Declined(Message::new(match why {
                NotPublishable::Empty => "error-rapporteur-empty",
                NotPublishable::NotDelivered => "error-rapporteur-not-delivered",
                NotPublishable::Already => "error-rapporteur-published",
            }))
        })
    })
    .await
}

/// The report as a document: its parts, and beside them what Palermo holds about the
/// State for that year.
///
/// # Errors
/// When the store does not answer.
pub async fn rapporteur_document(
    app: &App,
    report: &RapporteurReport,
    language: Language,
) -> Result<Document, Refused> {
    let text = |id: &str| app.catalogue.text(language, id);
    let year = palermo_locale::year(language, false, report.year);
    let state = app.registers.states.name(report.state, language.code());
    let mut document = begin_document(app, language, format!("{state}: {} {year}", report.title));
    document.date =
        Some(report.published.as_ref().map_or(app.store.now().date(), |one| one.on.date()));
    let names: Vec<String> =
        report.addressees.iter().map(|one| text(&format!("addressed-{one}"))).collect();
    let day = |day: Day| palermo_locale::date(language, false, day.date());
    let mut facts = vec![(text("rapporteur-addressees"), names.join(", "))];
    for (to, on) in &report.delivered {
        facts.push((text(&format!("delivered-{to}")), day(*on)));
    }
    if let Some(decision) = &report.published {
        let told = format!("{}, {}: {}", day(decision.on), decision.by, decision.text);
        facts.push((text("rapporteur-decision"), told));
    }
    document.facts(facts);
    for part in RapporteurPart::ALL {
        let Some(words) = report.parts.get(part) else { continue };
        document.heading(1, text(&format!("rapporteur-part-{part}")));
        for paragraph in palermo_domain::report::paragraphs(words) {
            document.paragraph(paragraph);
        }
    }
    figures(app, report, language, &mut document).await?;
    Ok(document)
}

/// What Palermo holds: reports due and sent, recommendations, the national plan.
async fn figures(
    app: &App,
    report: &RapporteurReport,
    language: Language,
    document: &mut Document,
) -> Result<(), Refused> {
    let text = |id: &str| app.catalogue.text(language, id);
    let number = |count: usize| {
        #[allow(clippy::cast_precision_loss)] // counts of a report
        palermo_locale::number(language, false, count as f64)
    };
    let today: Day = app.store.now().date().into();
    let mut table = Table::new(
        text("rapporteur-figures"),
        vec![Column::text(text("rapporteur-figure")), Column::number(text("report-total-head"))],
    );
    let year = report.year;
    let duties = crate::report::duties_of(app, report.state.as_str(), year..=year, today).await?;
    let tracked = duties.iter().filter(|one| one.of.questionnaire.is_some());
    let sent = tracked.clone().filter(|one| one.submitted.is_some()).count();
    table.row([text("rapporteur-duties"), number(tracked.count())]);
    table.row([text("rapporteur-duties-sent"), number(sent)]);
    let all = crate::review::recommendations(app).await?;
    let of = all.iter().flat_map(|one| &one.states).filter(|one| one.state == report.state);
    let settled = of.clone().filter(|one| one.counted().is_settled()).count();
    table.row([text("rapporteur-recommendations"), number(of.count())]);
    table.row([text("rapporteur-settled"), number(settled)]);
    let needs = crate::report::needs(app, Standing::Accepted, language.code()).await?;
    let own = needs.iter().filter(|one| one.state == report.state && one.period == year);
    table.row([text("rapporteur-needs"), number(own.count())]);
    let plans = crate::plan::ask::list_all(&app.store).await?;
    for plan in plans.iter().filter(|one| one.entry.state == Some(report.state)) {
        let progress = crate::plan::ask::progress_open(app, &plan.entry, today).await?;
        let label = format!("{}: {}", plan.entry.title, text("rapporteur-missed"));
        table.row([label, number(progress.missed)]);
    }
    document.heading(1, text("rapporteur-figures"));
    document.paragraph(text("rapporteur-figures-words"));
    document.table(table);
    Ok(())
}
