//! Paper forms entered by hand: once, then a second time without seeing the
//! first; where the two differ, the codes are named. An officer takes an
//! agreed form over as a screening.

use super::{
    ask::{self, put, vault},
    purpose,
};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{PaperId, ScreeningId},
    moment::Moment,
    screening::{Draft, Paper, PaperState, Step},
};
use palermo_store::{
    Versioned,
    screening::paper::{self as papers, PaperHead},
};

/// What a clerk typed from a sheet.
#[derive(Debug, Clone, Default)]
pub struct PaperForm {
    /// The number on the sheet.
    pub sheet: String,
    /// When it was filled in; now, if empty.
    pub happened: Option<Moment>,
    /// Values by step: `age`, `form`, `D1.job`, `act` …
    pub values: Vec<(String, Vec<String>)>,
}

impl PaperForm {
    fn parse(&self, acting: &Acting<'_>) -> Result<(String, Draft), Refused> {
        let mut problems = Problems::default();
        let sheet = problems.required("sheet", &self.sheet, 40);
        if self.happened.is_some_and(|at| at > acting.now()) {
            problems.add("happened", Message::new("screening-error-future"));
        }
        let mut draft = Draft::default();
        // Age and form first: they decide which questions there are.
        for name in ["language", "age", "form"] {
            self.read(acting, &mut draft, name, &mut problems);
        }
        let set = ask::set_of(acting.app, &draft)?;
        for step in draft.steps(set).iter().skip(3) {
            self.read(acting, &mut draft, &step.to_string(), &mut problems);
        }
        problems.none()?;
        Ok((sheet, draft))
    }

    fn read(&self, acting: &Acting<'_>, draft: &mut Draft, name: &str, problems: &mut Problems) {
        let Some((_, given)) = self.values.iter().find(|(field, _)| field == name) else { return };
        let step = match name {
            "language" => Step::Language,
            "age" => Step::Age,
            "form" => Step::Form,
            "act" => Step::Act,
            "means" => Step::Means,
            "purpose" => Step::Purpose,
            code => Step::Indicator(code.to_owned()),
        };
        if put(acting, draft, &step, given).is_err() {
            problems.add(name, Message::new("error-choose"));
        }
    }
}

async fn allowed(acting: &Acting<'_>) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let resource = Resource::of(tenant);
    acting.allow_for(Action::EnterPaper, &resource, Some(purpose(acting))).await
}

/// Forms that wait for a second entry or to be taken over.
///
/// # Errors
/// What access or the store refuse.
pub async fn waiting(acting: &Acting<'_>) -> Result<Vec<Versioned<PaperHead>>, Refused> {
    allowed(acting).await?;
    let (tenant, _) = acting.member()?;
    Ok(papers::waiting(&acting.app.store, tenant).await?)
}

/// Enters a form for the first time.
///
/// # Errors
/// Every problem of the form at once.
pub async fn enter(acting: &Acting<'_>, form: &PaperForm) -> Result<PaperId, Refused> {
    allowed(acting).await?;
    let (tenant, account) = acting.member()?;
    let (sheet, draft) = form.parse(acting)?;
    let vault = vault(acting).await?;
    let id: PaperId = acting.app.store.new_id();
    let context = acting.context(Action::EnterPaper)?.for_purpose(purpose(acting)).about(id);
    let context = form.happened.map_or(context.clone(), |at| context.happened(at));
    let mut act = begin!(acting, context);
    let head = PaperHead {
        tenant,
        id,
        person: act.new_id(),
        sheet,
        first_by: account,
        second_by: None,
        state: PaperState::Once,
        happened_at: form.happened.unwrap_or(act.now()),
        recorded_at: act.now(),
    };
    papers::first(&mut act, &vault, &head, &draft).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// Enters a form again; the first entry is not shown before. Gives the codes
/// at which the two differ.
///
/// # Errors
/// [`Refused::Invalid`] if the number on the sheet is another.
pub async fn enter_again(
    acting: &Acting<'_>,
    id: PaperId,
    form: &PaperForm,
) -> Result<Vec<String>, Refused> {
    allowed(acting).await?;
    let (tenant, account) = acting.member()?;
    let head = papers::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?.record;
    let (sheet, draft) = form.parse(acting)?;
    if sheet != head.sheet {
        return Err(Refused::field("sheet", Message::new("screening-paper-other-sheet")));
    }
    let vault = vault(acting).await?;
    let context = acting.context(Action::EnterPaper)?.for_purpose(purpose(acting)).about(id);
    let mut act = begin!(acting, context);
    let before = papers::open(&act, &vault, &head).await?;
    // Where the two differed, a third entry like the second settles it.
    let settled = before.second.as_ref() == Some(&draft);
    if settled {
        papers::replace_first(&mut act, &vault, &head, &draft).await?;
    }
    let differences = if settled { Vec::new() } else { Paper::differences(&before.first, &draft) };
    let state = if differences.is_empty() { PaperState::Agreed } else { PaperState::Differs };
    let head = PaperHead { second_by: Some(account), state, ..head };
    papers::second(&mut act, &vault, &head, &draft).await?;
    act.commit(&differences).await?;
    Ok(differences)
}

/// A form with both entries; the look is in the log.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: PaperId) -> Result<Paper, Refused> {
    allowed(acting).await?;
    let (tenant, _) = acting.member()?;
    let head = papers::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?.record;
    let vault = vault(acting).await?;
    let mut context = acting.context(Action::EnterPaper)?.for_purpose(purpose(acting)).about(id);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    Ok(papers::open(&read, &vault, &head).await?)
}

/// Takes an agreed form over as a screening of one's own, to be decided.
///
/// # Errors
/// [`Refused::Declined`] while the two entries differ or the second is missing.
pub async fn take_over(acting: &Acting<'_>, id: PaperId) -> Result<ScreeningId, Refused> {
    let paper = show(acting, id).await?;
    if paper.state != PaperState::Agreed {
        return Err(Refused::Declined(Message::new("screening-paper-not-agreed")));
    }
    let (tenant, _) = acting.member()?;
    let mut draft = paper.first;
    let steps = draft.steps(ask::set_of(acting.app, &draft)?);
    draft.seen = steps.iter().map(ToString::to_string).collect();
    let screening = ask::start_with(acting, &draft).await?;
    let head = papers::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?.record;
    let mut context = acting.context(Action::EnterPaper)?.for_purpose(purpose(acting)).about(id);
    context.idempotency = None;
    let mut act = begin!(acting, context);
    papers::overwrite(&mut act, &PaperHead { state: PaperState::Taken, ..head }).await?;
    act.commit(&screening).await?;
    Ok(screening)
}
