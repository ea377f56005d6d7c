//! Recording recommendations of any body, with addressee, strength, provision, deadline
//! and lead, and putting one's own right (R060–R062). Those that ship are read only.

use super::{Recommended, recommendations};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin,
    governance::{Reader, Typed},
    plan::links::{Pointed, pointers},
};
use palermo_domain::{
    id::RecommendationId,
    review::{AddresseeKind, Recommendation, Strength},
};
use palermo_store::{Versioned, register::Filed, review::recommendation as stored};

type Kept = Versioned<Filed<RecommendationId, Recommendation>>;

async fn own(acting: &Acting<'_>, id: &str) -> Result<Option<Kept>, Refused> {
    let (tenant, _) = acting.member()?;
    let all = stored::list(&acting.app.store, Some(id)).await?;
    Ok(all.into_iter().find(|one| one.record.tenant == tenant))
}

/// Whether the reader's organisation recorded this recommendation and may put it right.
///
/// # Errors
/// When the store does not answer.
pub async fn may_edit(acting: &Acting<'_>, id: &str) -> Result<bool, Refused> {
    if !acting.may(Action::KeepRecommendations, &Resource::region()).allowed {
        return Ok(false);
    }
    Ok(own(acting, id).await?.is_some())
}

/// A recommendation for its form.
///
/// # Errors
/// [`Refused::NotFound`] for one of another organisation, or one that ships.
pub async fn recommendation_typed(acting: &Acting<'_>, id: &str) -> Result<Typed, Refused> {
    acting.allow(Action::KeepRecommendations, &Resource::region()).await?;
    let found = own(acting, id).await?.ok_or(Refused::NotFound)?;
    let one = found.record.entry;
    Ok(Typed::default()
        .with("revision", found.revision.0)
        .with("id", one.id)
        .with("body", one.body)
        .with("made", one.made)
        .with("text", one.text)
        .with("addressee", one.addressee)
        .with_all("states", one.states)
        .with("strength", one.strength)
        .with("themes", one.themes.join(", "))
        .with("provisions", one.provisions.join(", "))
        .with_all("measures", one.measures)
        .with_all("indicators", one.indicators)
        .with("same_as", one.same_as.join(", "))
        .with("contradicts", one.contradicts.join(", "))
        .with_some("round", one.round)
        .with_some("deadline", one.deadline)
        .with_some("lead", one.lead)
        .with("confidential", if one.confidential { "yes" } else { "" })
        .with("source", one.source))
}

/// Words between commas, each once.
fn listed(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for one in text.split([',', '،', '\n']).map(str::trim).filter(|one| !one.is_empty()) {
        if all.iter().all(|known| known != one) {
            all.push(one.to_owned());
        }
    }
    all
}

/// Checks that provisions are written `instrument:provision` of an instrument there is.
fn provisions(acting: &Acting<'_>, read: &mut Reader<'_>) -> Vec<String> {
    let mut all = listed(&read.bounded("provisions", 600));
    // One more may be chosen from those the register knows.
    for chosen in listed(&read.bounded("provision", 120)) {
        if !all.contains(&chosen) {
            all.push(chosen);
        }
    }
    for one in &all {
        let known = one.split_once(':').is_some_and(|(instrument, provision)| {
            !provision.trim().is_empty()
                && acting.app.registers.instruments.get(instrument.trim()).is_some()
        });
        if !known {
            read.problems.add("provisions", Message::new("error-provision").with("typed", one));
        }
    }
    all
}

/// Actions or indicators of plans that were chosen: those there are, and those that were
/// recorded before.
fn pointed(
    read: &mut Reader<'_>,
    typed: &Typed,
    field: &str,
    known: &[Pointed],
    kept: Option<&Vec<String>>,
) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for one in typed.list(field).iter().map(|one| one.trim()).filter(|one| !one.is_empty()) {
        let there = known.iter().any(|other| other.id == one)
            || kept.is_some_and(|kept| kept.iter().any(|id| id == one));
        if !there {
            read.problems.add(field, Message::new("error-choose"));
        } else if all.iter().all(|id| id != one) {
            all.push(one.to_owned());
        }
    }
    all
}

/// Recommendations marked as saying the same, and as contradicting it.
fn linked(read: &mut Reader<'_>, known: &[Recommended]) -> (Vec<String>, Vec<String>) {
    let mut ids = |field: &str| {
        let ids = listed(&read.bounded(field, 600));
        for one in &ids {
            if known.iter().all(|other| other.recommendation.id != *one) {
                let message = Message::new("error-no-recommendation-id").with("id", one);
                read.problems.add(field, message);
            }
        }
        ids
    };
    (ids("same_as"), ids("contradicts"))
}

/// The id: the one it has, which is cited elsewhere and stays; the one typed; or the next
/// that is free.
fn numbered(
    acting: &Acting<'_>,
    read: &mut Reader<'_>,
    before: Option<&Recommendation>,
    known: &[Recommended],
    typed: String,
) -> String {
    if let Some(before) = before {
        return before.id.clone();
    }
    let taken = |id: &str| known.iter().any(|one| one.recommendation.id == id);
    if typed.is_empty() {
        let year = acting.now().date().year();
        let free = (1..).map(|n| format!("R-{year}-{n}")).find(|id| !taken(id));
        return free.unwrap_or_default();
    }
    if taken(&typed) {
        read.problems.add("id", Message::new("error-duplicate"));
    }
    typed
}

async fn read(
    acting: &Acting<'_>,
    before: Option<&Recommendation>,
    typed: &Typed,
) -> Result<Recommendation, Refused> {
    let known = recommendations(acting.app).await?;
    let plans = pointers(acting).await?;
    let mut read = Reader::new(typed);
    let mut id = read.bounded("id", 60);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    if !id.chars().all(plain) {
        read.problems.add("id", Message::new("error-recommendation-id"));
    }
    let body = read.required("body", 200);
    let made = read.required("made", 40);
    let text = read.required("text", 8_000);
    let addressee = read.code::<AddresseeKind>("addressee");
    let states = read.states(acting, "states");
    if addressee == Some(AddresseeKind::States) && states.is_empty() {
        read.problems.add("states", Message::new("error-required"));
    }
    let strength = read.code::<Strength>("strength");
    let themes = listed(&read.bounded("themes", 300).to_lowercase());
    let provisions = provisions(acting, &mut read);
    let kept = before.map(|one| (&one.measures, &one.indicators)).unzip();
    let measures = pointed(&mut read, typed, "measures", &plans.measures, kept.0);
    let indicators = pointed(&mut read, typed, "indicators", &plans.indicators, kept.1);
    let (same_as, contradicts) = linked(&mut read, &known);
    let round = read.bounded("round", 60);
    let deadline = read.day("deadline");
    let lead = read.bounded("lead", 200);
    let source = read.required("source", 300);
    id = numbered(acting, &mut read, before, &known, id);
    read.problems.none()?;
    let (Some(addressee), Some(strength)) = (addressee, strength) else {
        return Err(Refused::NotFound);
    };
    Ok(Recommendation {
        id,
        body,
        made,
        text,
        group: before.map(|one| one.group.clone()).unwrap_or_default(),
        addressee,
        states,
        strength,
        themes,
        provisions,
        measures,
        indicators,
        same_as,
        contradicts,
        round: (!round.is_empty()).then_some(round),
        deadline,
        lead: (!lead.is_empty()).then_some(lead),
        recorded: before.and_then(|one| one.recorded).or(Some(acting.now().date().into())),
        confidential: typed.text("confidential") == "yes",
        source,
    })
}

/// Records a recommendation, or puts one's own right; gives its stable id.
///
/// # Errors
/// Every problem of the form; [`Refused::Conflict`] if someone else changed it since.
pub async fn recommend(
    acting: &Acting<'_>,
    id: Option<&str>,
    typed: &Typed,
) -> Result<String, Refused> {
    acting.allow(Action::KeepRecommendations, &Resource::region()).await?;
    let mut act = begin!(acting, acting.context(Action::KeepRecommendations)?);
    let before = match id {
        Some(id) => Some(own(acting, id).await?.ok_or(Refused::NotFound)?),
        None => None,
    };
    let record = read(acting, before.as_ref().map(|one| &one.record.entry), typed).await?;
    let stored_id = match before {
        Some(before) => {
            let seen = typed.seen().ok_or(Refused::Conflict)?;
            stored::update(&mut act, before.record.id, &record, seen).await?;
            before.record.id
        }
        None => stored::insert(&mut act, &record).await?,
    };
    act.about(stored_id);
    act.commit(&record.id).await?;
    Ok(record.id)
}
