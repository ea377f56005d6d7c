//! Cases: opening them in four answers, carrying them, telling and closing
//! them. The case page is made of sections; see [`sections`] to add one.

mod abroad;
mod age;
mod alike;
mod arrived;
mod beside;
mod close;
mod consent_text;
mod erase;
mod files;
mod flags;
mod guardian_word;
mod hand_back;
mod help;
mod identification;
mod incident;
mod incident_edit;
mod keeping;
mod laws;
mod leaving;
mod list;
mod look_for;
mod looked;
mod never_told;
mod next;
pub(super) mod note;
mod open;
mod papers;
mod person;
mod referral_section;
mod referral_words;
mod referrals;
mod related;
mod rights;
mod rights_lead;
mod sealed_files;
pub(crate) mod sections;
mod sharing;
mod show;
mod straight;
mod task;
mod team;
mod withdrawals;
mod words;

pub(in crate::pages) use help::about as whom_help_is_for;
pub(in crate::pages) use open::{answers as first_answers, questions as first_questions};
pub(in crate::pages) use referrals::origin;

use super::Answer;
use crate::shell::{form::Form, route::Routes, visit::Visit};
use palermo_app::{
    Acting, Message, Problems,
    access::Action,
    case::usual_purpose,
    domain::{moment::Moment, purpose::Purpose},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/cases", Action::ListCases, list::own)
        .page("/cases/all", Action::OverseeCases, list::all)
        .page("/cases/search", Action::ListCases, list::search_anew)
        .form("/cases/search", Action::SearchNames, list::search)
        .form("/cases/hand-over", Action::OverseeCases, team::hand_over)
        .page("/cases/new", Action::OpenCase, open::ask)
        .form("/cases/new", Action::OpenCase, open::open)
        .page("/incidents", Action::OpenCase, incident::list)
        .page("/incidents/new", Action::OpenCase, incident::ask)
        .form("/incidents/new", Action::OpenCase, incident::record)
        .page("/incidents/{id}", Action::OpenCase, incident::show)
        .form("/incidents/{id}/open", Action::OpenCase, incident::open)
        .page("/incidents/{id}/edit", Action::OpenCase, incident_edit::ask)
        .form("/incidents/{id}/edit", Action::OpenCase, incident_edit::save)
        .page("/cases/{id}/incident", Action::WriteCase, incident_edit::ask_join)
        .form("/cases/{id}/incident", Action::WriteCase, incident_edit::join)
        .page("/cases/{id}", Action::ReadCase, show::show)
        .page("/cases/{id}/note", Action::WriteCase, note::ask)
        .form("/cases/{id}/note", Action::WriteCase, note::add)
        .page("/cases/{id}/words", Action::WriteCase, words::ask)
        .form("/cases/{id}/words", Action::WriteCase, words::save)
        .page("/cases/{id}/person", Action::WriteCase, person::ask)
        .form("/cases/{id}/person", Action::WriteCase, person::save)
        .form("/cases/{id}/not-same", Action::WriteCase, alike::not_same)
        .page("/cases/{id}/guardian", Action::SpeakForChild, guardian_word::ask)
        .form("/cases/{id}/guardian", Action::SpeakForChild, guardian_word::say)
        .page("/cases/{id}/flags", Action::WriteCase, flags::ask)
        .form("/cases/{id}/flags", Action::WriteCase, flags::set)
        .form("/cases/{id}/flags/lift", Action::WriteCase, flags::lift)
        .page("/cases/{id}/papers", Action::WriteCase, papers::ask)
        .form("/cases/{id}/papers", Action::WriteCase, papers::save)
        .form("/cases/{id}/papers/remove", Action::WriteCase, papers::remove)
        .page("/cases/{id}/task", Action::WriteCase, task::ask)
        .form("/cases/{id}/task", Action::WriteCase, task::set)
        .page("/cases/{id}/team", Action::ManageTeam, team::show)
        .form("/cases/{id}/team", Action::ManageTeam, team::add)
        .form("/cases/{id}/team/leave", Action::ManageTeam, team::remove)
        .page("/cases/{id}/close", Action::WriteCase, close::ask)
        .form("/cases/{id}/close", Action::WriteCase, close::close)
        .form("/cases/{id}/reopen", Action::WriteCase, close::reopen)
        .page("/cases/{id}/erase", Action::ErasePerson, erase::ask)
        .form("/cases/{id}/erase", Action::ErasePerson, erase::erase)
        .form("/cases/{id}/again", Action::WriteCase, open::again)
        .page("/cases/{id}/identification", Action::DecideIdentification, identification::ask)
        .form("/cases/{id}/identification", Action::DecideIdentification, identification::decide)
        .page("/identifications/{id}", Action::ReviewIdentification, identification::show)
        .form("/identifications/{id}/review", Action::ReviewIdentification, identification::review)
        .page("/cases/{id}/looked", Action::ReadCase, looked::show)
        .download("/cases/{id}/summary.html", Action::PrintCase, looked::page)
        .download("/cases/{id}/summary.docx", Action::PrintCase, looked::text)
        .download("/cases/{id}/summary.pdf", Action::PrintCase, looked::typeset)
        .and(shared())
}

/// What is shared with others, and what others hear and answer.
fn shared() -> Routes {
    Routes::new()
        .page("/forms/consent/{language}", Action::PublicRead, consent_text::sheet)
        .page("/cases/{id}/consent", Action::WriteCase, sharing::ask)
        .form("/cases/{id}/consent", Action::WriteCase, sharing::answer)
        .form("/cases/{id}/withdraw", Action::WriteCase, sharing::withdraw)
        .page("/cases/{id}/refer", Action::SendReferral, referrals::ask)
        .form("/cases/{id}/refer", Action::SendReferral, referrals::send)
        .form("/cases/{id}/referral-step", Action::SendReferral, referrals::step)
        .form("/cases/{id}/withdrawal", Action::WriteCase, withdrawals::outside)
        .page("/withdrawals/{id}", Action::ReceiveReferral, withdrawals::show)
        .form("/withdrawals/{id}", Action::ReceiveReferral, withdrawals::answer)
        .page("/cases/{id}/never-told", Action::WriteCase, never_told::ask)
        .form("/cases/{id}/never-told", Action::WriteCase, never_told::add)
        .form("/cases/{id}/never-told/lift", Action::WriteCase, never_told::lift)
        .page("/cases/{id}/abroad", Action::AskAbroad, abroad::ask)
        .form("/cases/{id}/abroad", Action::AskAbroad, abroad::write)
        .form("/cases/{id}/abroad/send", Action::AskAbroad, abroad::send)
        .form("/cases/{id}/abroad/again", Action::AskAbroad, abroad::again)
        .page("/cases/{id}/abroad/answered", Action::AskAbroad, abroad::came)
        .form("/cases/{id}/abroad/answered", Action::AskAbroad, abroad::answered)
        .page("/cases/{id}/abroad/{question}", Action::AskAbroad, abroad::letter)
        .page("/cases/{id}/look-for", Action::LookFor, look_for::ask)
        .form("/cases/{id}/look-for", Action::LookFor, look_for::send)
        .page("/look-for", Action::AnswerLookFor, look_for::waiting)
        .form("/look-for", Action::AnswerLookFor, look_for::answer)
        .download("/cases/{id}/sealed/{file}", Action::SendReferral, sealed_files::take)
        .form("/cases/{id}/sealed/revoke", Action::SendReferral, sealed_files::revoke)
        .page("/sealed", Action::FetchSealedFile, sealed_files::first)
        .form("/sealed", Action::FetchSealedFile, sealed_files::fetch)
        .page("/cases/{id}/files", Action::CaseFiles, files::show)
        .form("/cases/{id}/files", Action::CaseFiles, files::keep)
        .form("/cases/{id}/files/remove", Action::CaseFiles, files::remove)
        .download("/cases/{id}/files/{file}", Action::CaseFiles, files::take)
        .page("/referrals", Action::ReceiveReferral, arrived::list)
        .page("/referrals/{id}", Action::ReceiveReferral, arrived::show)
        .form("/referrals/{id}/answer", Action::ReceiveReferral, arrived::answer)
        .page("/cases/{id}/rights", Action::RecordRightsIncident, rights::ask)
        .form("/cases/{id}/rights", Action::RecordRightsIncident, rights::record)
        .page("/rights-incidents", Action::ReadRightsIncidents, rights_lead::list)
        .page("/rights-incidents/{id}", Action::ReadRightsIncidents, rights_lead::show)
        .form("/rights-incidents/{id}", Action::ReadRightsIncidents, rights_lead::move_on)
        .page("/rights-counts", Action::CountRightsIncidents, rights_lead::counts)
        .download("/rights-counts.csv", Action::CountRightsIncidents, rights_lead::counts_file)
        .page("/cases/{id}/contact", Action::WriteCase, beside::ask_contact)
        .form("/cases/{id}/contact", Action::WriteCase, beside::add_contact)
        .form("/cases/{id}/contact/remove", Action::WriteCase, beside::remove_contact)
        .page("/cases/{id}/contact/{channel}", Action::WriteCase, beside::ask_change)
        .form("/cases/{id}/contact/{channel}", Action::WriteCase, beside::change_contact)
        .page("/cases/{id}/related", Action::WriteCase, related::ask)
        .form("/cases/{id}/related", Action::WriteCase, related::add)
        .page("/cases/{id}/related/{related}", Action::WriteCase, related::show)
        .form("/cases/{id}/related/{related}", Action::WriteCase, related::change)
        .form("/cases/{id}/related/{related}/service", Action::WriteCase, related::service)
        .form("/cases/{id}/related/{related}/end", Action::WriteCase, related::end)
        .page("/cases/{id}/charge", Action::WriteCase, beside::ask_charge)
        .form("/cases/{id}/charge", Action::WriteCase, beside::add_charge)
        .form("/cases/{id}/charge/decided", Action::WriteCase, beside::decide_charge)
        .page("/cases/{id}/keeping", Action::WriteCase, keeping::ask)
        .form("/cases/{id}/keeping", Action::WriteCase, keeping::say)
        .page("/legal-bases", Action::KeepLegalBases, laws::show)
        .form("/legal-bases", Action::KeepLegalBases, laws::add)
        .form("/legal-bases/end", Action::KeepLegalBases, laws::end)
}

/// Why the reader looks: named in the address or the form, or what their role
/// usually does (E01).
pub(crate) fn purpose(visit: &Visit) -> Purpose {
    named(visit, &visit.query("for"))
}

/// The same for a form.
pub(crate) fn purpose_of(visit: &Visit, form: &Form) -> Purpose {
    named(visit, form.text("for"))
}

fn named(visit: &Visit, code: &str) -> Purpose {
    let roles = visit.signed.as_ref().map(|signed| signed.roles.clone()).unwrap_or_default();
    Purpose::from_code(code).unwrap_or_else(|| usual_purpose(&roles))
}

/// Words for every code of a list, as `family-code`.
pub(crate) fn words_of(visit: &Visit, family: &str, codes: &[&str]) -> Vec<(String, String)> {
    let word = |code: &&str| ((*code).to_owned(), visit.text(&format!("{family}-{code}")));
    codes.iter().map(word).collect()
}

/// When something happened: a day and perhaps a time, in UTC. Empty is now.
pub(crate) fn happened(form: &Form, problems: &mut Problems) -> Option<Moment> {
    let parts = typed_day(form);
    let [day, month, year] = parts.each_ref().map(|part| part.trim());
    let time = form.text("happened_time").trim();
    let clock = clock(time);
    if clock.is_none() {
        problems.add("happened_time", Message::new("case-error-time").with("time", time));
    }
    if day.is_empty() && month.is_empty() && year.is_empty() {
        // A time alone is no moment: which day is not guessed, and nothing is dropped.
        if !time.is_empty() {
            problems.add("happened", Message::new("case-error-day-of-time"));
        }
        return None;
    }
    let read = || {
        let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
        time::Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
    };
    let date = read();
    if day.is_empty() || month.is_empty() || year.is_empty() {
        problems.add("happened", Message::new("error-date-parts"));
    } else if date.is_none() {
        let typed = format!("{day}/{month}/{year}");
        problems.add("happened", Message::new("error-no-such-date").with("date", typed));
    }
    Some(Moment::from(time::PrimitiveDateTime::new(date?, clock?).assume_utc()))
}

/// A time of day as `02:00`; noon where none is typed.
fn clock(typed: &str) -> Option<time::Time> {
    let (hour, minute) = match typed {
        "" => (12, 0),
        typed => {
            let (hour, minute) = typed.split_once(':')?;
            (hour.trim().parse().ok()?, minute.trim().parse().ok()?)
        }
    };
    time::Time::from_hms(hour, minute, 0).ok()
}

/// Someone doing what happened on the day typed in the form, which counts once:
/// the history and the log say when it was. A day still to come is a problem.
pub(crate) fn acting_then<'v>(visit: &'v Visit, form: &Form) -> Result<Acting<'v>, Problems> {
    let mut problems = Problems::default();
    let mut acting = visit.acting_once(form);
    acting.happened = happened(form, &mut problems);
    if acting.happened.is_some_and(|at| at > acting.now()) {
        problems.add("happened", Message::new("case-error-future"));
    }
    if problems.0.is_empty() { Ok(acting) } else { Err(problems) }
}

/// The day as it was typed, to be shown again.
pub(crate) fn typed_day(form: &Form) -> [String; 3] {
    form.boxes("happened")
}

/// A choice of languages, by the names their speakers use.
pub(crate) fn language_options(visit: &Visit) -> Vec<(String, String)> {
    palermo_app::case::open::languages(&visit.acting())
}

/// Languages to choose from, and the language as it stands in a form: chosen from the
/// list, or typed beside it.
pub(crate) fn language_listed<'t>(
    visit: &Visit,
    typed: &'t str,
) -> (Vec<(String, String)>, &'t str, &'t str) {
    let listed = language_options(visit);
    let known = typed.is_empty() || listed.iter().any(|(code, _)| code == typed);
    if known { (listed, typed, "") } else { (listed, "", typed) }
}

/// What is wrong with a language that was typed beside the list stands beside what was
/// typed.
pub(crate) fn language_beside(form: &Form, mut problems: Problems) -> Problems {
    if !form.text("language_other").trim().is_empty() {
        for one in problems.0.iter_mut().filter(|one| one.field == "language") {
            "language_other".clone_into(&mut one.field);
        }
    }
    problems
}

/// The language chosen from the list, or typed as a code beside it.
pub(crate) fn chosen_language(form: &Form, suffix: &str) -> String {
    let other = form.text(&format!("language_other{suffix}")).trim();
    let listed = form.text(&format!("language{suffix}"));
    if other.is_empty() { listed.to_owned() } else { other.to_owned() }
}
