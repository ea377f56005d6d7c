//! Reads one file of `content/instruments`, with the line of every problem.

use super::{Flag, Instrument, Provision, Relation, ScopeItem};
use crate::register::{
    document::{self, Log, Problem, Table},
    fact::{self, Answer},
    state::LANGUAGES,
};
use std::collections::BTreeMap;

/// Reads and checks the text of one file.
///
/// # Errors
/// Every problem found, by line.
pub fn read(text: &str) -> Result<Instrument, Vec<Problem>> {
    let log = Log::new(text);
    let root = document::read(text, &log);
    let instrument = instrument(Table::root(&log, &root));
    let problems = log.into_problems();
    match instrument {
        Some(instrument) if problems.is_empty() => Ok(instrument),
        _ => Err(problems),
    }
}

fn instrument(root: Table<'_>) -> Option<Instrument> {
    let read = fields(&root);
    root.finish(&[]);
    read
}

fn fields(table: &Table<'_>) -> Option<Instrument> {
    let id = fact::parsed(table, "id");
    let kind = table.choice("kind");
    let binding = table.choice("binding");
    let short = table.text("short");
    let palermo_definition = flag(table, "palermo_definition");
    let read = Instrument {
        names: names(table),
        title: fact::statements(table, "title"),
        adopted: fact::statements(table, "adopted"),
        opened: fact::statements(table, "opened"),
        in_force: fact::statements(table, "in_force"),
        ended: fact::statements(table, "ended"),
        wait: fact::opt_parsed(table, "binds_after"),
        depositary: table.opt_text("depositary"),
        collection: table.opt_text("collection"),
        mechanism: table.opt_text("mechanism"),
        open_to_organisations: fact::choice_or(table, "open_to_organisations", Answer::Unknown),
        palermo_definition: palermo_definition?,
        scope: scope(table),
        provisions: table.tables("provision").into_iter().filter_map(provision).collect(),
        relations: table.tables("relation").into_iter().filter_map(relation).collect(),
        id: id?,
        kind: kind?,
        binding: binding?,
        short: short?,
    };
    if read.title.is_empty() {
        table.missing("title", "at least one statement of its title");
    }
    check_order(table, &read);
    Some(read)
}

/// Entry into force cannot precede adoption; where sources disagree, only what
/// the register follows is compared.
fn check_order(table: &Table<'_>, read: &Instrument) {
    let adopted = read.adopted.settled().map(|s| s.value);
    let in_force = read.in_force.settled().map(|s| s.value);
    if let (Some(adopted), Some(in_force)) = (adopted, in_force)
        && in_force.last_day() < adopted.first_day()
    {
        let wrong = format!("in force on `{in_force}`, before it was adopted on `{adopted}`");
        table.problem("in_force", wrong, "correct one of the two dates");
    }
}

fn names(table: &Table<'_>) -> BTreeMap<String, String> {
    let Some(own) = table.table("names") else { return BTreeMap::new() };
    let names = LANGUAGES
        .iter()
        .filter_map(|language| Some(((*language).to_owned(), own.opt_text(language)?)))
        .collect();
    own.finish(&LANGUAGES);
    names
}

/// Reads an answer with its source, or the reason why it is unknown.
pub(crate) fn flag(table: &Table<'_>, key: &str) -> Option<Flag> {
    let Some(own) = table.table(key) else {
        table.missing(key, "{ answer = \"…\", source = \"…\", as_of = \"…\" }");
        return None;
    };
    let answer: Option<Answer> = own.choice("answer");
    let why = own.opt_text("why");
    let provenance = match (answer, own.has("source")) {
        (Some(Answer::Unknown), false) => {
            if why.is_none() {
                own.missing("why", "the reason why it is unknown");
            }
            None
        }
        _ => Some(fact::provenance(&own)?),
    };
    own.finish(&["answer", "why", "source", "as_of"]);
    Some(Flag { answer: answer?, why, provenance })
}

fn scope(table: &Table<'_>) -> BTreeMap<ScopeItem, Flag> {
    let Some(own) = table.table("scope") else {
        table.missing(
            "scope",
            "an answer for each of women, men, children, sexual, labour, organs, internal",
        );
        return BTreeMap::new();
    };
    let read =
        ScopeItem::ALL.iter().filter_map(|item| Some((*item, flag(&own, item.code())?))).collect();
    own.finish(&[]);
    read
}

fn provision(table: Table<'_>) -> Option<Provision> {
    let article = table.text("article");
    let label = table.text("label");
    let topics = table.choices("topics");
    if topics.is_empty() {
        table.problem("topics", "the provision has no topic", "name at least one topic");
    }
    table.finish(&[]);
    Some(Provision { article: article?, label: label?, topics })
}

fn relation(table: Table<'_>) -> Option<Relation> {
    let kind = table.choice("kind");
    let to = fact::parsed(&table, "to");
    let provenance = fact::provenance(&table);
    table.finish(&[]);
    Some(Relation { kind: kind?, to: to?, provenance: provenance? })
}
