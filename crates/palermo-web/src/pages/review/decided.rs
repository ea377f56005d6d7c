//! What States report of decisions, under each decision and before the next meeting;
//! what a seat lets its holder do.

use super::super::report::{Page, day, tag};
use crate::{
    components::{Content, Details},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done_with_words},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::parse_id,
    domain::{
        id::MeetingId,
        meeting::{ActionStatus, Decision, DecisionReply, Meeting, SeatRole, reported_since},
        register::state::StateCode,
    },
    meeting::{self, BodyShown, ReplyForm},
};

pub(super) fn routes() -> Routes {
    Routes::new().form("/meetings/reply/{id}", Action::WriteComments, reply)
}

/// What the reader may see of the States' reports, and for which State they may report.
pub(super) struct Told {
    replies: Vec<DecisionReply>,
    own: Option<StateCode>,
}

impl Told {
    /// Of a body's decisions.
    pub(super) async fn of(visit: &Visit, body: &BodyShown) -> Result<Self, Refused> {
        let acting = visit.acting();
        let replies = meeting::replies(&acting, body).await?;
        let own = meeting::replies_for(&acting, &body.key).await?;
        Ok(Self { replies, own })
    }

    /// What was reported since the meeting before this one.
    pub(super) fn since(
        &self,
        visit: &Visit,
        page: &mut Page<'_>,
        body: &BodyShown,
        record: &Meeting,
    ) {
        let all: Vec<(String, &Meeting)> = body
            .meetings
            .iter()
            .map(|one| (one.record.id.to_string(), &one.record.entry))
            .collect();
        let found = reported_since(record, &all, &self.replies);
        if !found.is_empty() {
            page.heading("meeting-since");
            page.table("since", "meeting-since", &HEADS, rows(visit, found));
        }
    }

    /// Under a decision: what was reported, and a form for one's own State.
    pub(super) fn of_decision(
        &self,
        visit: &Visit,
        page: &mut Page<'_>,
        id: MeetingId,
        (at, decision): (usize, &Decision),
    ) {
        let of_meeting =
            |one: &&DecisionReply| one.meeting == id.to_string() && one.decision == decision.text;
        let found: Vec<&DecisionReply> = self.replies.iter().filter(of_meeting).collect();
        page.table(&format!("r-{at}"), "meeting-replies", &HEADS, rows(visit, found));
        if self.own.is_some() {
            let typed = ReplyForm {
                decision: decision.text.clone(),
                action: "whole".to_owned(),
                status: ActionStatus::Open.code().to_owned(),
                ..ReplyForm::default()
            };
            let page_form =
                FormPage::new(visit, &format!("/meetings/reply/{id}"), &Problems::default())
                    .ids_end(&format!("reply-{at}"));
            let form = fields(page_form, visit, decision, &typed).html();
            page.push(Details::new(visit.text("meeting-reply"), Content::Html(form)));
        }
    }
}

const HEADS: [&str; 6] = [
    "report-state",
    "meeting-replied-on",
    "meeting-decided",
    "report-status",
    "meeting-report",
    "report-evidence",
];

fn rows(visit: &Visit, all: Vec<&DecisionReply>) -> Vec<Vec<Content>> {
    let words = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    all.into_iter()
        .map(|one| {
            let colour = match one.status {
                ActionStatus::Open => "yellow",
                ActionStatus::Done => "green",
                ActionStatus::Dropped => "grey",
            };
            vec![
                visit.state(one.state.as_str()).into(),
                day(visit, one.on).into(),
                words(one.action.as_deref().unwrap_or(&one.decision)),
                tag(visit, "action-status", one.status.code(), colour),
                words(&one.text),
                words(&one.evidence),
            ]
        })
        .collect()
}

fn fields<'v>(
    form: FormPage<'v>,
    visit: &Visit,
    decision: &Decision,
    typed: &ReplyForm,
) -> FormPage<'v> {
    let whole = ("whole".to_owned(), visit.text("meeting-reply-whole"));
    let actions = decision.actions.iter();
    let actions = actions.map(|action| (action.what.clone(), action.what.clone()));
    let statuses = ActionStatus::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("action-status-{one}"))))
        .collect();
    form.hidden("decision", &typed.decision)
        .select(
            "action",
            "meeting-action",
            std::iter::once(whole).chain(actions).collect(),
            &typed.action,
        )
        .select("status", "report-status", statuses, &typed.status)
        .lines("text", "meeting-report", "meeting-reply-hint", &typed.text)
        .lines("evidence", "report-evidence", "meeting-evidence-hint", &typed.evidence)
        .button("form-save")
}

async fn reply(Path(id): Path<String>, Sent { visit, form: sent }: Sent) -> Answer {
    let id: MeetingId = parse_id(&id)?;
    let text = |name: &str| sent.text(name).to_owned();
    let typed = ReplyForm {
        decision: text("decision"),
        action: text("action"),
        status: text("status"),
        text: text("text"),
        evidence: text("evidence"),
    };
    let back = format!("/meetings/{id}");
    match meeting::reply(&visit.acting_once(&sent), id, &typed).await {
        Ok(_) => Ok(done_with_words(&visit, &back, "saved", &typed.text)),
        Err(Refused::Invalid(problems)) => {
            let (_, found, _) = meeting::meeting(&visit.acting(), id).await?;
            let decision = typed.decision_of(&found.record.entry).ok_or(Refused::NotFound)?;
            let form = FormPage::new(&visit, &format!("/meetings/reply/{id}"), &problems);
            Ok(fields(form, &visit, decision, &typed).page("meeting-reply", &back))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// What members and observers may do, so that an observer knows before they come.
pub(super) fn rights(visit: &Visit, page: &mut Page<'_>) {
    page.heading("meeting-rights");
    let rows = [SeatRole::Member, SeatRole::Observer]
        .into_iter()
        .map(|role| {
            let may = role.rights();
            let answers = [may.agenda, may.open_papers, may.closed_papers, may.speaks, may.votes];
            let name = visit.text(&format!("seat-role-{role}"));
            let answers = answers.map(|yes| visit.text(if yes { "word-yes" } else { "word-no" }));
            std::iter::once(name).chain(answers).map(Content::from).collect()
        })
        .collect();
    let heads = [
        "seat-role",
        "meeting-agenda",
        "meeting-right-open",
        "meeting-right-closed",
        "meeting-right-speaks",
        "meeting-right-votes",
    ];
    page.table("rights", "meeting-rights", &heads, rows);
}
