//! The audit log of one's tenant: who did, saw or was refused what. The address is
//! the view, as in every list; only the store can narrow a log, which may be long.

use super::{Answer, actions};
use crate::{
    components::{
        Column, Content, DataTable, FilterPanel, Input, ListTools, Pagination, Select, Sorted, Tag,
    },
    shell::{forms, gate::encode, listing::sheet_file, route::Routes, visit::Visit},
};
use palermo_app::{
    Message, Problems,
    access::Action,
    audit::{self, Entry, Filter, MOST_TAKEN, Names, Outcome},
    domain::{
        actor::Actor,
        id::{AccountId, Id},
        register::day::Day,
    },
    export::{Cell, Sheet},
    locale::Arg,
};

/// What the address may say of the view, beside the page and the kind of file.
const NAMES: [&str; 8] = ["who", "kind", "about", "action", "outcome", "from", "until", "sort"];
/// The value of `sort` that turns the list round.
const OLDEST: &str = "oldest";
/// Longest id of a record one can ask for, in bytes.
const LONGEST_ID: usize = 200;

pub(super) fn routes() -> Routes {
    Routes::new().page("/audit", Action::ReadAudit, show)
}

fn who(visit: &Visit, actor: &Actor, names: &Names) -> String {
    match actor {
        Actor::Public => visit.text("actor-public"),
        Actor::Account { account, .. } => {
            names.get(&account.to_string()).cloned().unwrap_or_else(|| account.to_string())
        }
        Actor::Token { account, .. } => {
            let name = names.get(&account.to_string()).cloned().unwrap_or_default();
            visit.format("actor-token", &[("name", name.into())])
        }
        Actor::Operator { user, .. } => visit.format("actor-operator", &[("name", user.into())]),
        Actor::System { job } => visit.format("actor-system", &[("job", job.into())]),
    }
}

/// The actions one can look for, by their words, and the one that was asked for.
fn known_actions(visit: &Visit, asked: &str) -> Vec<(String, String)> {
    let named = |code: &str| (code.to_owned(), format!("{} ({code})", actions::words(visit, code)));
    let mut known: Vec<_> = Action::ALL.iter().map(|action| named(action.code())).collect();
    // An action of an older version is told by its words too.
    if !asked.is_empty() && !known.iter().any(|(code, _)| code == asked) {
        known.push(named(asked));
    }
    lines(visit, asked, known)
}

fn outcome_tag(visit: &Visit, outcome: Outcome) -> Tag {
    let colour = match outcome.code() {
        "done" => "green",
        "refused" => "red",
        _ => "blue",
    };
    Tag::coloured(visit.text(&format!("outcome-{}", outcome.code())), colour)
}

/// One value of the address, as it was typed.
fn typed(visit: &Visit, name: &str) -> String {
    visit.query(name).trim().to_owned()
}

/// A day of the address; a problem with what would be right if it is none.
fn day(visit: &Visit, name: &str, problems: &mut Problems) -> Option<Day> {
    let typed = typed(visit, name);
    if typed.is_empty() {
        return None;
    }
    let day = typed.parse().ok();
    if day.is_none() {
        let short: String = typed.chars().take(60).collect();
        problems.add(name, Message::new("register-wrong-day").with("typed", short));
    }
    day
}

/// What the address asks for, and what is wrong with it. Days are those of UTC, as
/// the list tells moments; the last one counts whole.
fn asked(visit: &Visit) -> (Filter, Problems) {
    let mut problems = Problems::default();
    let text = |name: &str| Some(typed(visit, name)).filter(|text| !text.is_empty());
    let (from, until) = (day(visit, "from", &mut problems), day(visit, "until", &mut problems));
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        problems.add("until", Message::new("audit-error-until"));
    }
    let mut filter = Filter {
        kind: text("kind"),
        record: text("about"),
        action: text("action"),
        from: from.map(Day::starts),
        until: until.map(|day| day.plus_days(1).starts()),
        oldest_first: visit.query("sort") == OLDEST,
        ..Filter::default()
    };
    if filter.record.as_ref().is_some_and(|record| record.len() > LONGEST_ID) {
        let message = Message::new("error-too-long").with("length", typed(visit, "about").len());
        problems.add("about", message.with("longest", LONGEST_ID));
    }
    if let Some(who) = text("who") {
        match who.parse() {
            Ok(account) => filter.account = Some(account),
            Err(_) => problems.add("who", Message::new("error-choose")),
        }
    }
    let known = |code: &str| Action::ALL.iter().any(|action| action.code() == code);
    if text("action").is_some_and(|code| !known(&code) && actions::words(visit, &code) == code) {
        problems.add("action", Message::new("error-choose"));
    }
    if let Some(code) = text("outcome") {
        filter.outcome = Outcome::from_code(&code);
        if filter.outcome.is_none() {
            problems.add("outcome", Message::new("error-choose"));
        }
    }
    (filter, problems)
}

/// The address of the same view with some values changed; the page begins anew.
fn view(visit: &Visit, changes: &[(&str, &str)]) -> String {
    let mut parts = Vec::new();
    for name in NAMES.into_iter().chain(["page", "format"]) {
        let value = match changes.iter().find(|(changed, _)| *changed == name) {
            Some((_, value)) => (*value).to_owned(),
            None if name == "page" || name == "format" => String::new(),
            None => typed(visit, name),
        };
        if !value.is_empty() {
            parts.push(format!("{name}={}", encode(&value)));
        }
    }
    let path = visit.link("/audit");
    if parts.is_empty() { path } else { format!("{path}?{}", parts.join("&")) }
}

/// Whether the address asks for a part of the log.
fn narrowed(visit: &Visit) -> bool {
    NAMES.into_iter().any(|name| name != "sort" && !typed(visit, name).is_empty())
}

/// Lines of a select in the reader's order, after "all". What the address asks for and
/// the list does not hold keeps a line of its own.
fn lines(visit: &Visit, asked: &str, mut known: Vec<(String, String)>) -> Vec<(String, String)> {
    if !asked.is_empty() && !known.iter().any(|(code, _)| code == asked) {
        known.push((asked.to_owned(), asked.to_owned()));
    }
    known.sort_by(|a, b| visit.compare(&a.1, &b.1));
    known.insert(0, (String::new(), visit.text("list-all")));
    known
}

/// A day to type; one that is none is shown as it was typed, which a field for dates
/// would not do.
fn day_field(visit: &Visit, name: &str, label: &str, wrong: Option<String>) -> Input {
    let input = Input::new(name, visit.text(label)).value(typed(visit, name));
    let input = if wrong.is_some() { input } else { input.kind("date") };
    input.error(wrong).words(&visit.words())
}

/// The form over the list.
fn panel(visit: &Visit, names: &Names, problems: &Problems) -> FilterPanel {
    let words = visit.words();
    let wrong = |name: &str| {
        let found = problems.0.iter().find(|problem| problem.field == name);
        found.map(|problem| visit.say(&problem.message))
    };
    let select = |name: &str, label: &str, options: Vec<(String, String)>| {
        Select::new(name, visit.text(label))
            .options(options)
            .value(typed(visit, name))
            .error(wrong(name))
            .words(&words)
    };
    let people = names.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
    let kinds = actions::objects(visit);
    let outcomes = ["done", "read", "refused"]
        .map(|code| (code.to_owned(), visit.text(&format!("outcome-{code}"))));
    let orders = [("", "audit-newest"), (OLDEST, "audit-oldest")]
        .map(|(code, id)| (code.to_owned(), visit.text(id)));
    let mut panel = FilterPanel::new(&words, visit.link("/audit"))
        .as_row()
        .field(select("who", "audit-who", lines(visit, &typed(visit, "who"), people)))
        .field(day_field(visit, "from", "audit-from", wrong("from")))
        .field(day_field(visit, "until", "audit-until", wrong("until")))
        .field(select("action", "audit-action", known_actions(visit, &typed(visit, "action"))))
        .field(select("kind", "audit-kind", lines(visit, &typed(visit, "kind"), kinds)))
        .field(
            Input::new("about", visit.text("audit-record"))
                .value(typed(visit, "about"))
                .error(wrong("about"))
                .words(&words),
        )
        .field(select(
            "outcome",
            "audit-outcome",
            lines(visit, &typed(visit, "outcome"), outcomes.to_vec()),
        ))
        .field(select("sort", "audit-order", orders.to_vec()));
    if narrowed(visit) {
        panel = panel.clear_at(visit.link("/audit"));
    }
    panel
}

async fn show(visit: Visit) -> Answer {
    let (filter, problems) = asked(&visit);
    if !problems.0.is_empty() {
        return refused(&visit, &problems).await;
    }
    match visit.query("format").as_str() {
        "csv" => return file(&visit, &filter, false).await,
        "xlsx" => return file(&visit, &filter, true).await,
        _ => {}
    }
    let number = visit.query("page").parse().unwrap_or(1);
    let (page, names) = audit::list(&visit.acting(), &filter, number).await?;
    let total = usize::try_from(page.total).unwrap_or(usize::MAX);
    let count = visit.format(
        "list-count",
        &[("count", Arg::from(total)), ("shown", Arg::from(visit.whole(total)))],
    );
    let tools = ListTools::new(&visit.words(), count)
        .download("CSV", view(&visit, &[("format", "csv")]))
        .download("XLSX", view(&visit, &[("format", "xlsx")]));
    let cut = cut(&visit, page.total).map_or_else(String::new, |words| {
        format!("<p class=\"govuk-body-s\">{}</p>", Content::from(words))
    });
    let html = format!(
        "<p class=\"govuk-body\">{}</p>{}{tools}{cut}{}{}",
        Content::from(visit.text("audit-why")),
        panel(&visit, &names, &problems),
        table(&visit, &page.items, &names),
        pager(&visit, page.paging.page, page.pages()),
    );
    Ok(visit.page(&visit.text("audit-title")).html(&html))
}

/// The form again with all that was typed. Nothing is read.
async fn refused(visit: &Visit, problems: &Problems) -> Answer {
    let names = audit::people(&visit.acting()).await?;
    let summary = forms::summary(visit, problems, |field| match field {
        "who" => "audit-who",
        "about" => "audit-record",
        "action" => "audit-action",
        "from" => "audit-from",
        "until" => "audit-until",
        _ => "audit-outcome",
    });
    let html = format!("{summary}{}", panel(visit, &names, problems));
    Ok(forms::refused(visit, visit.text("audit-title"), None, &html))
}

/// Said where a file would not hold all that was asked for.
fn cut(visit: &Visit, total: u64) -> Option<String> {
    let whole = |number: u64| visit.whole(usize::try_from(number).unwrap_or(usize::MAX));
    (total > MOST_TAKEN).then(|| {
        let values = [("most", whole(MOST_TAKEN).into()), ("total", whole(total).into())];
        visit.format("audit-cut", &values)
    })
}

fn table(visit: &Visit, entries: &[Entry], names: &Names) -> DataTable {
    let oldest = visit.query("sort") == OLDEST;
    let (turned, sorted) =
        if oldest { ("", Sorted::Ascending) } else { (OLDEST, Sorted::Descending) };
    let columns =
        ["audit-seq", "audit-when", "audit-who", "audit-action", "audit-about", "audit-outcome"]
            .map(|id| match id {
                "audit-when" => Column::new(visit.text(id))
                    .sortable(view(visit, &[("sort", turned)]), Some(sorted)),
                _ => Column::new(visit.text(id)),
            });
    let empty = if narrowed(visit) { "list-empty" } else { "audit-nothing" };
    let mut table = DataTable::new("audit", visit.text("audit-title"), columns)
        .quiet_caption()
        .dense()
        .when_empty(visit.text(empty));
    for entry in entries {
        table.push(row(visit, entry, names));
    }
    table
}

/// What a record an entry is about is called: of an account whose it is, else what it is.
fn object(visit: &Visit, (kind, id): (&str, &str), names: &Names) -> String {
    let what = actions::object(visit, kind);
    match names.get(id).filter(|_| kind == AccountId::KIND) {
        Some(name) => format!("{what} {name}"),
        None => what,
    }
}

fn row(visit: &Visit, entry: &Entry, names: &Names) -> [Content; 6] {
    let about: Vec<String> = entry
        .subjects
        .iter()
        .map(|one| {
            let kind = Content::from(object(visit, (one.kind.as_str(), one.id.as_str()), names));
            let id = Content::from(&one.id);
            let all = view(visit, &[("kind", &one.kind), ("about", &one.id)]);
            format!(
                "{kind} <a class=\"govuk-link\" href=\"{}\"><bdi class=\"p-code p-small\">{id}</bdi></a>",
                Content::from(all)
            )
        })
        .collect();
    let mut result = outcome_tag(visit, entry.outcome).to_string();
    if !entry.reasons.is_empty() {
        result.push_str(&format!(" {}", Content::from(reasons(visit, entry))));
    }
    [
        Content::from(entry.seq.to_string()),
        visit.moment(entry.recorded_at).into(),
        Content::Html(format!("<bdi>{}</bdi>", Content::from(who(visit, &entry.actor, names)))),
        actions::with_code(visit, &entry.action),
        Content::Html(about.join("<br>")),
        Content::Html(result),
    ]
}

fn reasons(visit: &Visit, entry: &Entry) -> String {
    let words: Vec<_> = entry.reasons.iter().map(|code| actions::reason(visit, code)).collect();
    words.join("; ")
}

/// The entries of the view as a file, with their codes beside the words.
async fn file(visit: &Visit, filter: &Filter, workbook: bool) -> Answer {
    let (page, names) = audit::take(&visit.acting(), filter).await?;
    let line = |entry: &Entry| -> Vec<Cell> {
        let about = |part: &dyn Fn(&str, &str) -> String| {
            let all: Vec<_> = entry.subjects.iter().map(|one| part(&one.kind, &one.id)).collect();
            all.join("; ")
        };
        vec![
            entry.seq.to_string().into(),
            entry.recorded_at.to_string().into(),
            who(visit, &entry.actor, &names).into(),
            actions::words(visit, &entry.action).into(),
            entry.action.clone().into(),
            about(&|kind, id| object(visit, (kind, id), &names)).into(),
            about(&|kind, id| format!("{kind} {id}")).into(),
            visit.text(&format!("outcome-{}", entry.outcome.code())).into(),
            reasons(visit, entry).into(),
        ]
    };
    let columns = [
        "audit-seq",
        "audit-when",
        "audit-who",
        "audit-action",
        "audit-code",
        "audit-about",
        "audit-record",
        "audit-outcome",
        "audit-reasons",
    ];
    let sheet = Sheet {
        name: visit.text("audit-title"),
        columns: columns.map(|id| visit.text(id)).to_vec(),
        rows: page.items.iter().map(line).collect(),
        notes: cut(visit, page.total).into_iter().collect(),
    };
    sheet_file(visit, sheet, "audit", workbook)
}

fn pager(visit: &Visit, page: u64, pages: u64) -> String {
    if pages < 2 {
        return String::new();
    }
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let address = |n: u32| view(visit, &[("page", &n.to_string())]);
    let digits = |n: u32| visit.whole(n as usize);
    Pagination::numbered(&visit.words(), small(page), small(pages), address, digits).to_string()
}
