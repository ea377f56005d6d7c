//! What a guardian leaves for the team on a child's behalf. It lies sealed in the child's
//! history, the team is told, and whoever gives one service does not read it (R128).

use super::{
    CaseFile, Opened,
    note::{self, Told},
    permitted, tell,
};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    case::{
        event::Event,
        guardian_word::{CannotSpeak, GuardianAbout, GuardianAnswer, may_speak},
        team::TeamPart,
    },
    id::{CaseId, EventId},
    purpose::Purpose,
};
use palermo_store::{Db, UnlockedVault, care, case::event as events, notice};
use serde_json::json;

/// The event by which a history tells of it.
pub const SAID: &str = "guardian-said";
/// The same of an answer about sharing.
pub const ANSWERED: &str = "guardian-answered";

/// Whether it is an event that keeps a guardian's words.
#[must_use]
pub fn is_theirs(event: &Event) -> bool {
    matches!(event.kind.as_str(), SAID | ANSWERED)
}

/// So much of a history is looked through for what a guardian said.
const MOST: u64 = 500;
/// Longest words, in characters.
const LONGEST: usize = 4_000;

/// What a guardian typed.
#[derive(Debug, Clone, Default)]
pub struct WordForm {
    /// About what.
    pub about: String,
    /// The answer about sharing, or empty.
    pub answer: String,
    /// The words; sealed.
    pub words: String,
}

/// Goes on only if this person speaks for the child today.
async fn speaks(acting: &Acting<'_>, db: &dyn Db, file: &CaseFile) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let now = acting.now();
    // Whoever has several parts on a team speaks as the guardian they are.
    let parts = || file.team_at(now).filter(|one| one.account == account).map(|one| one.part);
    let part = parts().find(|part| *part == TeamPart::Guardian).or_else(|| parts().next());
    let records = care::of_case(db, tenant, file.id()).await?;
    let records: Vec<_> = records.into_iter().map(|one| one.record).collect();
    may_speak(file.person.record.age, part, &records, now.date().into())
        .map_err(|why| Refused::Declined(Message::new(why.message()).by(CannotSpeak::RULE)))
}

/// Why this person cannot speak for the child now; nothing where they can.
///
/// # Errors
/// As [`permitted`].
pub async fn cannot(
    acting: &Acting<'_>,
    id: CaseId,
    purpose: Purpose,
) -> Result<Option<Message>, Refused> {
    let file = permitted(acting, id, Action::SpeakForChild, purpose).await?;
    match speaks(acting, &acting.app.store, &file).await {
        Ok(()) => Ok(None),
        Err(Refused::Declined(why)) => Ok(Some(why)),
        Err(other) => Err(other),
    }
}

/// Leaves words for the team.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Declined`] by R3 for whoever does not
/// speak for the child today.
pub async fn say(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    form: &WordForm,
    purpose: Purpose,
) -> Result<EventId, Refused> {
    let file = permitted(acting, id, Action::SpeakForChild, purpose).await?;
    let mut problems = Problems::default();
    let about = GuardianAbout::from_code(&form.about);
    if about.is_none() {
        problems.add("about", Message::new("error-choose"));
    }
    let answer = GuardianAnswer::from_code(&form.answer);
    if about.is_some_and(GuardianAbout::takes_an_answer) && answer.is_none() {
        problems.add("answer", Message::new("case-guardian-error-answer"));
    }
    let words = problems.required("words", &form.words, LONGEST);
    problems.none()?;
    let about = about.ok_or(Refused::NotFound)?;
    let mut act = begin!(acting, file.context(acting, Action::SpeakForChild)?);
    if let Err(refused) = speaks(acting, &act, &file).await {
        act.give_up().await?;
        return Err(refused);
    }
    let event = match answer.filter(|_| about.takes_an_answer()) {
        Some(answer) => events::new(&act, id, ANSWERED).with("guardian_answer", answer.code()),
        None => events::new(&act, id, SAID).with("guardian_about", about.code()),
    };
    let made = event.id;
    tell(&mut act, Some(vault), file.person.record.id, event, Some(&words)).await?;
    let by = act.actor().account();
    let carries = |part| matches!(part, TeamPart::Lead | TeamPart::Alternate | TeamPart::Member);
    for member in file.team_at(act.now()) {
        if carries(member.part) && Some(member.account) != by {
            notice::leave(&mut act, member.account, "notice-guardian-said", json!({})).await?;
        }
    }
    act.commit(&made).await?;
    Ok(made)
}

/// What the guardian said of what is best for the child, the latest first: for whoever
/// weighs it (R126).
///
/// # Errors
/// When the database does not answer.
pub async fn of_best_interests(opened: &Opened) -> Result<Vec<Told>, Refused> {
    let code = GuardianAbout::BestInterests.code();
    let about = |one: &Told| {
        let fact = one.event.facts.get("guardian_about");
        one.event.kind == SAID && fact.is_some_and(|about| about == code)
    };
    Ok(note::history(opened, MOST).await?.into_iter().filter(about).collect())
}
