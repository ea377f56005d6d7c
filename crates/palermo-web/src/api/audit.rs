//! The audit log of one's organisation. Looking is itself an entry.

use super::{
    Answer,
    answer::{Listed, listed},
    asked::{Ask, Asked, Reader},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    access::Action,
    audit::{self, Filter, Outcome},
    domain::{actor::Actor, id::AccountId, register::day::Day},
};
use serde::Serialize;
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/audit", Action::ReadAudit, list)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditAsk {
    /// Only what this account did, by its id.
    #[param(value_type = Option<String>)]
    who: Option<AccountId>,
    /// Only what is about a record of this kind, such as `case`.
    kind: Option<String>,
    /// Only what is about the record with this id.
    about: Option<String>,
    /// Only this action, such as `desk.manage`, or all of a noun: `desk.`.
    action: Option<String>,
    /// Only this outcome: `done`, `read` or `refused`.
    #[param(value_type = Option<String>)]
    outcome: Option<Outcome>,
    /// Only what was written down on this day or later, in UTC.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Day>,
    /// Only what was written down on this day or earlier, in UTC.
    #[param(value_type = Option<String>, format = Date)]
    until: Option<Day>,
    /// `newest` first, or `oldest`.
    #[param(value_type = Option<String>)]
    sort: Option<&'static str>,
    /// Which page of fifty entries, from 1.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100_000, default = 1)]
    page: u32,
}

impl Ask for AuditAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let all = [Outcome::Done, Outcome::Read, Outcome::Refused];
        Self {
            who: reader.id("who"),
            kind: reader.text("kind"),
            about: reader.text("about"),
            action: reader.text("action"),
            outcome: reader.word("outcome", &all, Outcome::code),
            from: reader.day("from"),
            until: reader.day("until"),
            sort: reader.word("sort", &["newest", "oldest"], |word| word),
            page: reader.number("page", 1, 1..=100_000),
        }
    }
}

/// Who acted.
#[derive(Debug, Serialize, ToSchema)]
struct Who {
    /// `public`, `account`, `token`, `operator` or `system`.
    kind: &'static str,
    /// The account behind it.
    account: Option<String>,
    /// The account's name, the system user's, or the job's; of an account of another
    /// organisation that organisation and the roles held there.
    name: Option<String>,
}

/// A record an entry is about.
#[derive(Debug, Serialize, ToSchema)]
struct About {
    /// Kind of record.
    kind: String,
    /// Its id.
    id: String,
}

/// One entry.
#[derive(Debug, Serialize, ToSchema)]
struct EntryShown {
    /// Place in the log, from 0.
    seq: i64,
    /// When it was written down.
    #[schema(format = DateTime)]
    recorded_at: String,
    /// When it happened.
    #[schema(format = DateTime)]
    happened_at: String,
    /// Who acted.
    who: Who,
    /// What was done.
    action: String,
    /// `done`, `read` or `refused`.
    outcome: &'static str,
    /// Which records it is about.
    about: Vec<About>,
    /// Codes of the reasons of a refusal.
    reasons: Vec<String>,
}

/// Who did, saw or was refused what, newest first unless asked otherwise.
#[utoipa::path(get, path = "/api/v1/audit", tag = "organisation", params(AuditAsk),
    responses((status = 200, description = "Entries", body = Listed<EntryShown>)))]
async fn list(visit: Visit, Asked(ask): Asked<AuditAsk>) -> Answer {
    let filter = Filter {
        account: ask.who,
        kind: ask.kind,
        record: ask.about,
        action: ask.action,
        outcome: ask.outcome,
        from: ask.from.map(Day::starts),
        until: ask.until.map(|day| day.plus_days(1).starts()),
        oldest_first: ask.sort == Some("oldest"),
        ..Filter::default()
    };
    let (page, names) = audit::list(&visit.acting(), &filter, u64::from(ask.page)).await?;
    let who = |actor: &Actor| {
        let account = actor.account().map(|account| account.to_string());
        let named = account.as_ref().and_then(|account| names.get(account).cloned());
        let (kind, name) = match actor {
            Actor::Public => ("public", None),
            Actor::Account { .. } => ("account", named),
            Actor::Token { .. } => ("token", named),
            Actor::Operator { user, .. } => ("operator", Some(user.clone())),
            Actor::System { job } => ("system", Some(job.clone())),
        };
        Who { kind, account, name }
    };
    let (number, pages, total) = (page.paging.page, page.pages(), page.total);
    let entries = page.items.into_iter().map(|entry| EntryShown {
        seq: entry.seq,
        recorded_at: entry.recorded_at.to_string(),
        happened_at: entry.happened_at.to_string(),
        who: who(&entry.actor),
        action: entry.action,
        outcome: entry.outcome.code(),
        about: entry.subjects.into_iter().map(|s| About { kind: s.kind, id: s.id }).collect(),
        reasons: entry.reasons,
    });
    listed(&visit, Listed { items: entries.collect(), total, page: number, pages })
}
