//! Texts of an evaluation, each of one pillar: experts write findings, the
//! political body its recommendation, the State its comments. A text is a row
//! of the organisation and role that write it; no other can edit it (R059).

use super::typed;
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::ReviewTextId,
    register::{day::Day, state::StateCode},
    review::{Pillar, ReviewText, Stage, stands},
};
use palermo_store::{Act, Revision, Versioned, register::Filed, review::text as stored};

/// What someone typed.
#[derive(Debug, Clone, Default)]
pub struct TextForm {
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Shown to the other actors.
    pub shared: bool,
    /// The revision the form was opened with; empty for a new text.
    pub revision: String,
    /// Why it is corrected, where it was published.
    pub why: String,
    /// Whether it was published: a change then is a correction.
    pub published: bool,
    /// Saved by itself while it is typed; never what others read.
    pub draft: bool,
}

/// The action that writes a pillar's texts.
const fn action_of(pillar: Pillar) -> Action {
    match pillar {
        Pillar::Expert | Pillar::VisitNotes => Action::WriteFindings,
        Pillar::Political => Action::WritePolitical,
        Pillar::State => Action::WriteComments,
    }
}

fn resource(pillar: Pillar, state: StateCode) -> Resource {
    match pillar {
        Pillar::State => Resource::region().in_state(Some(state.as_str())),
        _ => Resource::region(),
    }
}

fn place(round: &str, state: StateCode) -> String {
    format!("{round}/{state}")
}

/// What one must be allowed to, to write a pillar's text.
pub(super) fn writing(pillar: Pillar, state: StateCode) -> (Action, Resource) {
    (action_of(pillar), resource(pillar, state))
}

pub(super) type Kept = Versioned<Filed<ReviewTextId, ReviewText>>;

async fn all(app: &App, round: &str, state: StateCode) -> Result<Vec<Kept>, Refused> {
    Ok(stored::list(&app.store, Some(&place(round, state))).await?)
}

/// Whether the State has shared its comments.
pub(super) async fn commented(app: &App, round: &str, state: StateCode) -> Result<bool, Refused> {
    let found = all(app, round, state).await?;
    let entries = found.iter().map(|one| &one.record.entry);
    Ok(entries.into_iter().any(|text| text.pillar == Pillar::State && text.shared))
}

/// The texts of an evaluation the reader may see: one's own, those shared
/// with one, those published. Notes of a visit are the experts' alone (R057).
///
/// # Errors
/// When the store does not answer.
pub async fn texts_of(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
) -> Result<Vec<Filed<ReviewTextId, ReviewText>>, Refused> {
    let takes_part = [
        (Action::WriteFindings, Resource::region()),
        (Action::WritePolitical, Resource::region()),
        (Action::RunReview, Resource::region()),
        (Action::WriteComments, Resource::region().in_state(Some(state.as_str()))),
    ]
    .iter()
    .any(|(action, resource)| acting.may(*action, resource).allowed);
    let found = all(acting.app, round, state).await?;
    Ok(found
        .into_iter()
        .map(|one| one.record)
        .filter_map(|mut one| {
            let pillar = one.entry.pillar;
            one.entry.drafted = None;
            if acting.may(action_of(pillar), &resource(pillar, state)).allowed {
                return Some(one);
            }
            // Earlier versions may never have been shared: they are the writers' own.
            one.entry.earlier.clear();
            let shown = one.entry.published || (one.entry.shared && takes_part);
            (pillar != Pillar::VisitNotes && shown).then_some(one)
        })
        .collect())
}

/// The revision of a pillar's text, for its editor.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn own(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    pillar: Pillar,
) -> Result<Option<Kept>, Refused> {
    let (tenant, _) = acting.member()?;
    let found = all(acting.app, round, state).await?;
    Ok(found
        .into_iter()
        .find(|one| one.record.tenant == tenant && one.record.entry.pillar == pillar))
}

/// Saves the text of a pillar as typed. What stood there before is kept as an
/// earlier version, for those who write it.
///
/// # Errors
/// [`Refused::Conflict`] if someone else saved it since the form was opened;
/// [`Refused::NotFound`] for a text of another pillar.
pub async fn save_text(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    pillar: Pillar,
    form: &TextForm,
) -> Result<ReviewTextId, Refused> {
    let action = action_of(pillar);
    acting.allow(action, &resource(pillar, state)).await?;
    let stage = super::evaluation(acting.app, round, state).await?.stage;
    let mut act = begin!(acting, acting.context(action)?);
    let mut problems = Problems::default();
    let title = problems.required("title", &form.title, 200);
    let text = problems.required("text", &form.text, 200_000);
    problems.none()?;
    let before = own(acting, round, state, pillar).await?;
    let seen = form.revision.parse().ok().map(Revision);
    if before.as_ref().map(|one| one.revision) != seen {
        return Err(Refused::Conflict);
    }
    if before.as_ref().is_some_and(|one| stands(stage, pillar, one.record.entry.shared)) {
        let mut problems = Problems::default();
        problems.add("text", Message::new("error-text-stands"));
        problems.none()?;
    }
    let account = acting.member()?.1.to_string();
    let others_read = |old: &ReviewText| old.shared || old.published;
    if form.draft && before.as_ref().is_some_and(|one| others_read(&one.record.entry)) {
        return Err(Refused::Declined(Message::new("draft-press-save")));
    }
    let today: Day = acting.now().date().into();
    let mut record = ReviewText {
        evaluation: place(round, state),
        pillar,
        title,
        text,
        language: acting.language.code().to_owned(),
        shared: form.shared && !form.draft && pillar != Pillar::VisitNotes,
        published: false,
        earlier: Vec::new(),
        corrected: Vec::new(),
        drafted: form.draft.then(|| account.clone()),
    };
    if let Some(old) = before.as_ref().map(|one| &one.record.entry) {
        record.corrected.clone_from(&old.corrected);
        if old.published && (&old.text, &old.title) != (&record.text, &record.title) {
            // The public read it: what changes is said, and why.
            let mut problems = Problems::default();
            let why = problems.required("why", &form.why, 1000);
            problems.none()?;
            record.corrected.push((today, why));
        }
    }
    let id = match before {
        Some(before) => {
            let old = before.record.entry;
            record.published = old.published;
            record.earlier = old.earlier;
            if old.text != record.text && old.drafted.as_ref() != Some(&account) {
                record.earlier.push((today, old.text));
            }
            stored::update(&mut act, before.record.id, &record, before.revision).await?;
            before.record.id
        }
        None => stored::insert(&mut act, &record).await?,
    };
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// What is typed over a text that others read is kept beside it, under this name.
fn beside(round: &str, state: StateCode, pillar: Pillar) -> String {
    format!("text/{round}/{state}/{pillar}")
}

/// The part of it; there is but one.
const WHOLE: &str = "text";

/// Saves a text while it is typed, or keeps it beside the one others read, for whoever types
/// it. Tells whether it is kept beside.
///
/// # Errors
/// Those of [`save_text`].
pub async fn text_as_typed(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    pillar: Pillar,
    form: &TextForm,
) -> Result<bool, Refused> {
    let action = action_of(pillar);
    acting.allow(action, &resource(pillar, state)).await?;
    let stage = super::evaluation(acting.app, round, state).await?.stage;
    let before = own(acting, round, state, pillar).await?.map(|one| one.record.entry);
    let read =
        before.filter(|old| (old.shared || old.published) && !stands(stage, pillar, old.shared));
    let Some(old) = read else {
        return save_text(acting, round, state, pillar, form).await.map(|_| false);
    };
    let mut problems = Problems::default();
    let title = problems.bounded("title", &form.title, 200);
    let text = problems.bounded("text", &form.text, 200_000);
    let why = problems.bounded("why", &form.why, 1000);
    problems.none()?;
    let mut fields = typed::Fields::new();
    let aside = (&old.title, &old.text, old.shared) != (&title, &text, form.shared);
    if aside {
        let shared = if form.shared { "yes" } else { "" };
        fields.insert("title".to_owned(), title);
        fields.insert("text".to_owned(), text);
        fields.insert("why".to_owned(), why);
        fields.insert("shared".to_owned(), shared.to_owned());
        fields.insert("revision".to_owned(), form.revision.clone());
    }
    typed::keep(acting, action, (&beside(round, state, pillar), WHOLE), fields).await?;
    Ok(aside)
}

/// What the reader typed over a text and did not save.
///
/// # Errors
/// When the store does not answer.
pub async fn typed_text(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    pillar: Pillar,
) -> Result<Option<TextForm>, Refused> {
    let mut all = typed::of(acting, &beside(round, state, pillar)).await?;
    let Some(mut fields) = all.remove(WHOLE) else { return Ok(None) };
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    Ok(Some(TextForm {
        title: field("title"),
        text: field("text"),
        shared: field("shared") == "yes",
        revision: field("revision"),
        why: field("why"),
        ..TextForm::default()
    }))
}

/// Takes out what the reader typed over a text and did not save.
///
/// # Errors
/// [`Refused::NotFound`] for a text of another pillar.
pub async fn forget_text(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    pillar: Pillar,
) -> Result<(), Refused> {
    let action = action_of(pillar);
    acting.allow(action, &resource(pillar, state)).await?;
    let about = beside(round, state, pillar);
    typed::keep(acting, action, (&about, WHOLE), typed::Fields::new()).await
}

/// A text with the words it is to have.
pub(super) struct Rewritten {
    pub own: Kept,
    pub text: String,
    /// The step its evaluation is at.
    pub stage: Stage,
}

/// Writes a text anew; what the other actors saw before is kept as an earlier version.
pub(super) async fn rewrite(act: &mut Act, new: Rewritten, today: Day) -> Result<(), Refused> {
    let Rewritten { own, text, stage } = new;
    let mut record = own.record.entry;
    if stands(stage, record.pillar, record.shared) {
        return Err(Refused::Declined(Message::new("error-text-stands")));
    }
    if record.published {
        return Err(Refused::Declined(Message::new("error-text-published")));
    }
    record.drafted = None;
    let old = std::mem::replace(&mut record.text, text);
    record.earlier.push((today, old));
    stored::update(act, own.record.id, &record, own.revision).await?;
    Ok(())
}

/// Marks the report of the act's organisation as published. The State's
/// comments are the State's; they are published by the State's own consent,
/// which sharing them is (R058).
pub(super) async fn publish_in(
    act: &mut Act,
    app: &App,
    round: &str,
    state: StateCode,
) -> Result<(), Refused> {
    for one in all(app, round, state).await? {
        let own = one.record.tenant == act.tenant();
        if own && one.record.entry.pillar == Pillar::Expert {
            let mut record = one.record.entry.clone();
            record.published = true;
            record.shared = true;
            record.drafted = None;
            stored::update(act, one.record.id, &record, one.revision).await?;
        }
    }
    Ok(())
}

/// What everyone sees once a report is published: the report, and beside it
/// the State's comments if it shared them.
///
/// # Errors
/// [`Refused::NotFound`] unless it is published.
pub async fn publish(
    app: &App,
    round: &str,
    state: StateCode,
) -> Result<(Vec<ReviewText>, Day), Refused> {
    let evaluation = super::evaluation(app, round, state).await?;
    let on = evaluation.evaluation.published.ok_or(Refused::NotFound)?;
    let texts = all(app, round, state)
        .await?
        .into_iter()
        .map(|one| ReviewText { earlier: Vec::new(), ..one.record.entry })
        .filter(|text| match text.pillar {
            Pillar::Expert => text.published,
            Pillar::State | Pillar::Political => text.shared,
            Pillar::VisitNotes => false,
        })
        .collect();
    Ok((texts, on))
}

/// One's own text of a pillar for its editor, with its revision.
///
/// # Errors
/// When the store does not answer.
pub async fn own_text(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    pillar: Pillar,
) -> Result<Option<(TextForm, String)>, Refused> {
    Ok(own(acting, round, state, pillar).await?.map(|one| {
        let text = &one.record.entry;
        let form = TextForm {
            title: text.title.clone(),
            text: text.text.clone(),
            shared: text.shared,
            revision: one.revision.0.to_string(),
            why: String::new(),
            published: text.published,
            draft: false,
        };
        (form, one.revision.0.to_string())
    }))
}
