//! The care team of a case.

use super::{Answer, purpose, purpose_of, words_of};
use crate::{
    components::{Content, SummaryList},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button, refused},
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    case::{self, team},
    desk::parse_id,
    domain::{
        case::team::TeamPart,
        id::{AccountId, CaseId},
        purpose::Purpose,
    },
};

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let why = purpose(&visit);
    team_page(&visit, parse_id(&id)?, why, ("", "member"), &Problems::default()).await
}

/// The team and the form that takes someone on it, with what was typed: who, in what part.
async fn team_page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    (who, part): (&str, &str),
    problems: &Problems,
) -> Answer {
    let acting = visit.acting();
    let signed = visit.signed.as_deref();
    let opened = case::look_for(&acting, signed, id, Action::ManageTeam, purpose).await?;
    let now = acting.now();
    let on_team: Vec<_> = opened.file.team_at(now).cloned().collect();
    let names = case::staff_names(&acting, on_team.iter().map(|m| m.account).collect()).await?;
    let mut rows = SummaryList::new();
    for member in &on_team {
        let account = member.account.to_string();
        let fields = [("account", account.as_str()), ("for", purpose.code())];
        let leave =
            one_button(visit, &format!("/cases/{id}/team/leave"), "form-remove", &fields, false);
        let part = Content::from(visit.text(&format!("case-part-{}", member.part.code())));
        let name = names.get(&member.account).cloned().unwrap_or_default();
        rows = rows.row(
            Content::Html(format!("<bdi>{}</bdi>", Content::from(name))),
            Content::Html(format!("<p class=\"govuk-body\">{part}</p>{leave}")),
        );
    }
    let people: Vec<_> = team::candidates(&acting)
        .await?
        .into_iter()
        .map(|(account, name)| (account.to_string(), name))
        .collect();
    let parts: Vec<_> = TeamPart::ALL.iter().map(|part| part.code()).collect();
    let form = FormPage::new(visit, &format!("/cases/{id}/team"), problems)
        .hidden("for", purpose.code())
        .words("case-team-why")
        .select("account", "case-team-who", people, who)
        .radios("part", "case-team-part", words_of(visit, "case-part", &parts), part)
        .button("case-team-add")
        .html();
    let (title, back) = (visit.text("case-section-team"), format!("/cases/{id}"));
    let html = format!("{rows}{form}");
    if problems.0.is_empty() {
        return Ok(visit.page(&title).back(&back).html(&html));
    }
    Ok(refused(visit, title, Some(&back), &html))
}

pub(super) async fn add(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (why, who) = (purpose_of(&visit, &form), form.text("account"));
    let part = TeamPart::from_code(form.text("part")).unwrap_or(TeamPart::Member);
    let taken = match parse_id(who) {
        Ok(account) => team::add(&visit.acting_once(&form), id, account, part, why).await,
        Err(_) => Err(Refused::field("account", Message::new("error-choose"))),
    };
    match taken {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}/team?for={}", why.code()), "saved")),
        Err(Refused::Invalid(problems)) => {
            team_page(&visit, id, why, (who, part.code()), &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn remove(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let account: AccountId = parse_id(form.text("account"))?;
    let why = purpose_of(&visit, &form);
    match team::remove(&visit.acting_once(&form), id, account, why).await {
        // Whoever took themselves off the team sees it no more.
        Ok(()) if visit.acting().subject.account == Some(account) => {
            Ok(done(&visit, "/cases", "saved"))
        }
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}/team?for={}", why.code()), "saved")),
        Err(Refused::Declined(told)) => {
            let mut problems = Problems::default();
            problems.add("account", told);
            team_page(&visit, id, why, ("", "member"), &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

/// Who hands all their cases to whom.
pub(super) async fn hand_over_form<'v>(
    visit: &'v Visit,
    (from, to): (&str, &str),
    problems: &Problems,
) -> Result<FormPage<'v>, Failure> {
    let people = team::candidates(&visit.acting()).await?.into_iter();
    let people: Vec<_> = people.map(|(account, name)| (account.to_string(), name)).collect();
    Ok(FormPage::new(visit, "/cases/hand-over", problems)
        .words("case-hand-over-why")
        .select("from", "case-hand-over-from", people.clone(), from)
        .select("to", "case-hand-over-to", people, to)
        .button("case-hand-over"))
}

pub(super) async fn hand_over(Sent { visit, form }: Sent) -> Answer {
    let (from, to) = (form.text("from"), form.text("to"));
    let mut problems = Problems::default();
    for (field, typed) in [("from", from), ("to", to)] {
        if typed.parse::<AccountId>().is_err() {
            problems.add(field, Message::new("error-choose"));
        }
    }
    if let (Ok(from), Ok(to)) = (from.parse(), to.parse()) {
        match team::hand_over(&visit.acting_once(&form), from, to).await {
            Ok(_) => return Ok(done(&visit, "/cases/all", "cases-handed-over")),
            Err(Refused::Invalid(found)) => problems = found,
            Err(other) => return Err(Failure(other)),
        }
    }
    let again = hand_over_form(&visit, (from, to), &problems).await?;
    Ok(again.page("case-hand-over", "/cases/all"))
}
