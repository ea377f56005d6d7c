//! What children and young people said, and what became of it (R132).

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::YouthInputId,
    register::{day::Day, state::StateCode},
    youth_input::{Ages, Forum, Group, Theme, YouthInput, leads_to_someone},
};
use palermo_store::{Revision, Versioned, register::Filed, youth_input as inputs};
use std::str::FromStr;

/// What someone typed.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // each field is the one of the form with the same name
pub struct YouthForm {
    pub forum: String,
    pub meeting: String,
    pub state: String,
    /// Day, month, year.
    pub on: [String; 3],
    pub themes: Vec<String>,
    pub said: String,
    pub ages: String,
    pub group: String,
    pub answer: String,
    /// Day, month, year; all empty while they were not told.
    pub answered: [String; 3],
}

fn typed(day: Day) -> [String; 3] {
    let date = day.date();
    [date.day().to_string(), u8::from(date.month()).to_string(), date.year().to_string()]
}

/// One of a list, or nothing.
fn maybe<T: FromStr>(problems: &mut Problems, field: &str, text: &str) -> Option<T> {
    let read = text.trim().parse().ok();
    if read.is_none() && !text.trim().is_empty() {
        problems.add(field, Message::new("error-choose"));
    }
    read
}

impl YouthForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(one: &YouthInput) -> Self {
        Self {
            forum: one.forum.to_string(),
            meeting: one.meeting.clone(),
            state: one.state.map(|state| state.to_string()).unwrap_or_default(),
            on: typed(one.on),
            themes: one.themes.iter().map(ToString::to_string).collect(),
            said: one.said.clone(),
            ages: one.ages.map(|ages| ages.to_string()).unwrap_or_default(),
            group: one.group.map(|group| group.to_string()).unwrap_or_default(),
            answer: one.answer.clone(),
            answered: one.answered.map(typed).unwrap_or_default(),
        }
    }

    fn parse(&self, acting: &Acting<'_>) -> Result<YouthInput, Refused> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let forum: Option<Forum> = self.forum.trim().parse().ok();
        if forum.is_none() {
            p.add("forum", Message::new("error-choose"));
        }
        let meeting = p.required("meeting", &self.meeting, 200);
        let code = self.state.trim().to_uppercase();
        let state: Option<StateCode> = code.parse().ok();
        if !code.is_empty() && (state.is_none() || !acting.app.content.knows_state(&code)) {
            p.add("state", Message::new("error-unknown-state").with("code", &code));
        }
        let today: Day = acting.now().date().into();
        let before = p.0.len();
        let on = p.day("on", &self.on);
        match on {
            None if p.0.len() == before => p.add("on", Message::new("error-required")),
            Some(on) if on > today => p.add("on", Message::new("error-not-yet")),
            _ => {}
        }
        let themes = self.themes.iter().filter_map(|code| code.parse::<Theme>().ok()).collect();
        let said = p.required("said", &self.said, 4000);
        let answer = p.bounded("answer", &self.answer, 4000);
        for (field, text) in [("said", &said), ("answer", &answer), ("meeting", &meeting)] {
            if leads_to_someone(text) {
                p.add(field, Message::new("error-leads-to-someone"));
            }
        }
        let answered = p.day("answered", &self.answered);
        if answered.is_some() && answer.is_empty() {
            p.add("answer", Message::new("error-required"));
        }
        let ages: Option<Ages> = maybe(p, "ages", &self.ages);
        let group: Option<Group> = maybe(p, "group", &self.group);
        let (Some(forum), Some(on)) = (forum, on) else {
            return Err(Refused::Invalid(problems));
        };
        problems.none()?;
        Ok(YouthInput { forum, meeting, state, on, themes, said, ages, group, answer, answered })
    }
}

/// An input as it is kept.
pub type KeptInput = Versioned<Filed<YouthInputId, YouthInput>>;

/// What was said, the latest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<KeptInput>, Refused> {
    acting.allow(Action::ReadYouthInput, &Resource::region()).await?;
    let mut all = inputs::list(&acting.app.store, None::<Forum>).await?;
    all.sort_by_key(|one| std::cmp::Reverse((one.record.entry.on, one.record.id)));
    Ok(all)
}

/// One input.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: YouthInputId) -> Result<KeptInput, Refused> {
    list(acting).await?.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)
}

/// Writes down what was said, or changes one's own organisation's entry: most
/// often to add what became of it.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone changed
/// it since.
pub async fn keep(
    acting: &Acting<'_>,
    id: Option<(YouthInputId, Revision)>,
    form: &YouthForm,
) -> Result<YouthInputId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::RecordYouthInput, &Resource::of(tenant)).await?;
    if let Some((id, _)) = id {
        inputs::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    }
    let input = form.parse(acting)?;
    let mut act = begin!(acting, acting.context(Action::RecordYouthInput)?);
    let id = match id {
        Some((id, seen)) => {
            inputs::update(&mut act, id, &input, seen).await?;
            id
        }
        None => inputs::insert(&mut act, &input).await?,
    };
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}
