//! The care team of a case.

use super::{Answer, purpose, purpose_of, words_of};
use crate::{
    components::{Content, SummaryList},
    shell::{
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    case::{self, team},
    desk::parse_id,
    domain::{case::team::TeamPart, id::CaseId},
};

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let purpose = purpose(&visit);
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
            one_button(&visit, &format!("/cases/{id}/team/leave"), "form-remove", &fields, false);
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
    let form = FormPage::new(&visit, &format!("/cases/{id}/team"), &Problems::default())
        .hidden("for", purpose.code())
        .words("case-team-why")
        .select("account", "case-team-who", people, "")
        .radios("part", "case-team-part", words_of(&visit, "case-part", &parts), "member")
        .button("case-team-add")
        .html();
    let title = visit.text("case-section-team");
    Ok(visit.page(&title).back(&format!("/cases/{id}")).html(&format!("{rows}{form}")))
}

pub(super) async fn add(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let account = form.text("account").parse();
    let account = account.map_err(|_| Refused::field("account", Message::new("error-choose")))?;
    let part = TeamPart::from_code(form.text("part")).unwrap_or(TeamPart::Member);
    team::add(&visit.acting_once(&form), id, account, part, purpose_of(&visit, &form)).await?;
    Ok(done(&visit, &format!("/cases/{id}/team"), "saved"))
}

pub(super) async fn remove(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let account = parse_id(form.text("account"))?;
    team::remove(&visit.acting_once(&form), id, account, purpose_of(&visit, &form)).await?;
    Ok(done(&visit, "/cases", "saved"))
}

pub(super) async fn hand_over(Sent { visit, form }: Sent) -> Answer {
    let choose = |field: &'static str| move |_| Refused::field(field, Message::new("error-choose"));
    let from = form.text("from").parse().map_err(choose("from"))?;
    let to = form.text("to").parse().map_err(choose("to"))?;
    team::hand_over(&visit.acting_once(&form), from, to).await?;
    Ok(done(&visit, "/cases/all", "cases-handed-over"))
}
