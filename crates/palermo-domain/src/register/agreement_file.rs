//! Reads one file of `content/agreements`, with the line of every problem.

use super::{Activity, Agreement, AgreementForm, CasesHandled, InBudget, NeedsAssessment, Review};
use crate::register::{
    document::{self, Log, Problem, Table},
    fact::{self, Answer},
    instrument::flag,
};

/// Reads and checks the text of one file.
///
/// # Errors
/// Every problem found, by line.
pub fn read(text: &str) -> Result<Agreement, Vec<Problem>> {
    let log = Log::new(text);
    let root = document::read(text, &log);
    let table = Table::root(&log, &root);
    let agreement = agreement(&table);
    if let Some(agreement) = &agreement {
        for refused in agreement.problems() {
            let said = refused.to_string();
            let (problem, remedy) = said.split_once("; ").unwrap_or((&said, "correct it"));
            table.problem("status", problem, remedy);
        }
    }
    table.finish(&[]);
    let problems = log.into_problems();
    match agreement {
        Some(agreement) if problems.is_empty() => Ok(agreement),
        _ => Err(problems),
    }
}

fn agreement(table: &Table<'_>) -> Option<Agreement> {
    let key = table.text("id");
    let status = table.choice("status");
    let monitoring = flag(table, "monitoring");
    let origin = table.table("known_from").and_then(|own| {
        let read = fact::provenance(&own);
        own.finish(&[]);
        read
    });
    if !table.has("known_from") {
        table.missing("known_from", "{ source = \"…\", as_of = \"…\" }");
    }
    let read = Agreement {
        title: fact::statements(table, "title"),
        form: fact::choice_or(table, "form", AgreementForm::Unknown),
        parties: fact::all_parsed(table, "parties"),
        facilitated_by: table.opt_text("facilitated_by"),
        subject: table.choices("subject"),
        sops: table.texts("sops"),
        signed: fact::statements(table, "signed"),
        in_force: fact::statements(table, "in_force"),
        ends: fact::statements(table, "ends"),
        bodies: table.texts("bodies"),
        budgets: table.tables("budget").into_iter().filter_map(budget).collect(),
        mandates: table.tables("mandate").into_iter().filter_map(budget).collect(),
        needs_assessment: table.table("needs_assessment").and_then(needs_assessment),
        reviews: table.tables("review").into_iter().filter_map(review).collect(),
        activities: table.tables("activity").into_iter().filter_map(activity).collect(),
        cases: table.tables("cases").into_iter().filter_map(cases).collect(),
        note: table.opt_text("note"),
        key: key?,
        status: status?,
        monitoring: monitoring?,
        provenance: origin?,
    };
    if read.title.is_empty() {
        table.missing("title", "at least one statement of what it is called");
    }
    Some(read)
}

fn budget(table: Table<'_>) -> Option<InBudget> {
    let party = fact::parsed(&table, "party");
    let answer = table.choice("answer");
    let line = table.opt_text("line");
    let provenance = if table.has("source") { Some(fact::provenance(&table)?) } else { None };
    if provenance.is_none() && answer.is_some_and(|a| a != Answer::Unknown) {
        table.missing("source", "where this was read");
    }
    table.finish(&[]);
    Some(InBudget { party: party?, answer: answer?, line, provenance })
}

fn needs_assessment(table: Table<'_>) -> Option<NeedsAssessment> {
    let title = table.text("title");
    let finished = fact::parsed(&table, "finished");
    let provenance = fact::provenance(&table);
    table.finish(&[]);
    Some(NeedsAssessment { title: title?, finished: finished?, provenance: provenance? })
}

fn review(table: Table<'_>) -> Option<Review> {
    let due = fact::parsed(&table, "due");
    let held = fact::opt_parsed(&table, "held");
    let outcome = table.opt_text("outcome");
    table.finish(&[]);
    Some(Review { due: due?, held, outcome })
}

fn activity(table: Table<'_>) -> Option<Activity> {
    let date = fact::parsed(&table, "date");
    let kind = table.choice("kind");
    let what = table.text("what");
    let provenance = fact::provenance(&table);
    table.finish(&[]);
    Some(Activity { date: date?, kind: kind?, what: what?, provenance: provenance? })
}

fn cases(table: Table<'_>) -> Option<CasesHandled> {
    let from = fact::parsed(&table, "from");
    let to = fact::parsed(&table, "to");
    let opened = table.number("opened");
    let closed = table.number("closed");
    let provenance = fact::provenance(&table);
    table.finish(&[]);
    Some(CasesHandled {
        from: from?,
        to: to?,
        opened: opened?,
        closed: closed?,
        provenance: provenance?,
    })
}
