//! The implementation matrix as a sheet that a ministry fills in without a line and
//! sends back (R032): written with targets and what is known, read with a preview of
//! what would change, and returned with what is wrong beside the row.

use super::{
    ask::ProgressReport,
    told::{NotANumber, value_problem},
};
use crate::Message;
use palermo_domain::{
    plan::{
        Plan,
        indicator::{Answer, Breakdown, Kind, Measured, Origin, Value, ValueProblem},
        period::Period,
        progress::Standing,
    },
    register::state::StateCode,
    report::plain_digits,
};
use palermo_standards::{
    returned::{self, NotReturned},
    sheet::{Cell, Sheet},
    table_file::{Line, TableFile},
};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Headings, in the order written. They are read by name, in any order.
pub const COLUMNS: [&str; 10] = [
    "indicator",
    "title",
    "unit",
    "state",
    "period",
    "target",
    "value",
    "evidence",
    "breakdowns",
    "comment",
];

fn measured(value: Option<Measured>) -> Cell {
    match value {
        Some(Measured::Number(number)) => Cell::Number(number),
        Some(Measured::Answer(answer)) => answer.code().into(),
        None => "".into(),
    }
}

/// Values by indicator, State and period; the last one told counts.
fn by_place(values: &[Value]) -> HashMap<(&str, Option<StateCode>, Period), &Value> {
    values.iter().map(|one| ((one.indicator.as_str(), one.state, one.period), one)).collect()
}

/// The matrix of a plan: every active indicator that is reported, for every State (or
/// one) and period, with what is known. `say` gives a message in the reader's language.
#[must_use]
pub fn matrix(
    plan: &Plan,
    report: &ProgressReport,
    values: &[Value],
    only: Option<StateCode>,
    say: &dyn Fn(&Message) -> String,
) -> Sheet {
    let told_of = by_place(values);
    // A row without a value is passed over when the sheet comes back.
    let withheld = say(&Message::new("plan-sheet-withheld"));
    let rows = report
        .rows
        .iter()
        .filter(|row| only.is_none() || row.state == only)
        .filter_map(|row| {
            let indicator = plan.indicator(&row.indicator)?;
            if !indicator.active || plan.computed_in(indicator, row.period).is_some() {
                return None;
            }
            let told = told_of.get(&(row.indicator.as_str(), row.state, row.period)).copied();
            let text = |text: &str| Cell::from(text);
            let breakdowns: Vec<&str> =
                told.iter().flat_map(|v| &v.breakdowns).map(|b| b.code()).collect();
            Some(vec![
                text(&indicator.key),
                text(&indicator.title),
                text(indicator.unit.as_deref().unwrap_or(match indicator.kind {
                    Kind::Framework => "yes / partly / no",
                    Kind::Operational => "",
                })),
                row.state.map(|state| state.to_string()).unwrap_or_default().into(),
                row.period.to_string().into(),
                row.target.map_or_else(|| "".into(), Cell::Number),
                measured(row.value),
                text(told.map_or("", |v| v.evidence.as_str())),
                breakdowns.join(" ").into(),
                text(if row.status == Standing::Withheld {
                    withheld.as_str()
                } else {
                    told.map_or("", |v| v.comment.as_str())
                }),
            ])
        })
        .collect();
    let note = Message::new("plan-sheet-note").with("plan", &plan.title).with("code", &plan.code);
    Sheet {
        name: plan.code.to_string(),
        columns: COLUMNS.map(str::to_owned).to_vec(),
        rows,
        notes: vec![say(&note.with("day", report.on))],
    }
}

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RejectedRow {
    /// Line of the file.
    pub row: u64,
    /// Indicator, State and period as they stand there.
    pub about: String,
    /// Column.
    pub field: &'static str,
    /// What stands there.
    pub value: String,
    /// What is wrong.
    pub problem: Message,
    /// What would be right.
    pub remedy: Message,
}

/// A value that would change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedRow {
    /// Line of the file.
    pub row: u64,
    /// What stands now; nothing if it is new.
    pub before: Option<Measured>,
    /// What would stand.
    pub value: Value,
}

/// What a sheet would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Preview {
    /// Rows with a value.
    pub rows: usize,
    /// New and changed values.
    pub changes: Vec<ChangedRow>,
    /// Values that are there already.
    pub unchanged: usize,
    /// Rows that cannot be taken.
    pub rejected: Vec<RejectedRow>,
    /// The line of the file with the headings.
    #[serde(skip)]
    pub headings: u64,
}

/// A file that is no matrix of this plan.
#[derive(Debug, thiserror::Error)]
pub enum NotAMatrix {
    /// Not a table.
    #[error("{0}")]
    NotATable(String),
    /// Without its headings.
    #[error(
        "the file has no line with the headings `indicator`, `period` and `value`; use the sheet that the plan's page gives out"
    )]
    NoHeadings,
}

struct Columns {
    indicator: usize,
    state: Option<usize>,
    period: usize,
    value: usize,
    evidence: Option<usize>,
    breakdowns: Option<usize>,
    comment: Option<usize>,
}

impl Columns {
    fn find(line: &Line<'_>) -> Option<Self> {
        let place = |name: &str| {
            (0..line.len()).find(|&column| line.cell(column).trim().eq_ignore_ascii_case(name))
        };
        Some(Self {
            indicator: place("indicator")?,
            period: place("period")?,
            value: place("value")?,
            state: place("state"),
            evidence: place("evidence"),
            breakdowns: place("breakdowns"),
            comment: place("comment"),
        })
    }

    /// What a line is about, as it stands there.
    fn about(&self, line: &Line<'_>) -> String {
        let cells = [Some(self.indicator), self.state, Some(self.period)];
        let cells = cells.into_iter().flatten().map(|column| line.cell(column).trim());
        cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// Reads a filled sheet against what is stored. Rows without a value are passed over;
/// everything that is wrong is told, row by row. `may` says whose figures the sender
/// may report; another State's are rejected unless they stand as they are.
///
/// # Errors
/// [`NotAMatrix`] when the file cannot be read at all.
pub fn preview(
    plan: &Plan,
    stored: &[Value],
    bytes: &[u8],
    may: impl Fn(Option<StateCode>) -> bool,
) -> Result<Preview, NotAMatrix> {
    let table = TableFile::open(bytes).map_err(|error| NotAMatrix::NotATable(error.to_string()))?;
    let stored = by_place(stored);
    let mut columns: Option<Columns> = None;
    let mut preview = Preview::default();
    table
        .each(|line| {
            match &columns {
                None => {
                    columns = Columns::find(line);
                    preview.headings = line.number;
                }
                Some(columns) => read_row(plan, &stored, columns, line, &may, &mut preview),
            }
            true
        })
        .map_err(|error| NotAMatrix::NotATable(error.to_string()))?;
    if columns.is_none() {
        return Err(NotAMatrix::NoHeadings);
    }
    Ok(preview)
}

fn read_row(
    plan: &Plan,
    stored: &HashMap<(&str, Option<StateCode>, Period), &Value>,
    columns: &Columns,
    line: &Line<'_>,
    may: &dyn Fn(Option<StateCode>) -> bool,
    preview: &mut Preview,
) {
    if line.cell(columns.value).trim().is_empty() || line.cell(columns.period).trim().is_empty() {
        return;
    }
    preview.rows += 1;
    match value_of(plan, columns, line) {
        Err(rejected) => preview.rejected.push(*rejected),
        Ok(value) => {
            let place = (value.indicator.as_str(), value.state, value.period);
            let now = stored.get(&place).copied();
            if now.is_some_and(|old| {
                old.measured == value.measured
                    && old.evidence == value.evidence
                    && old.comment == value.comment
                    && old.breakdowns == value.breakdowns
            }) {
                preview.unchanged += 1;
            } else if !may(value.state) {
                preview.rejected.push(not_yours(columns, line, value.state));
            } else {
                let before = now.map(|old| old.measured);
                preview.changes.push(ChangedRow { row: line.number, before, value });
            }
        }
    }
}

fn not_yours(columns: &Columns, line: &Line<'_>, state: Option<StateCode>) -> RejectedRow {
    let (value, problem) = match state {
        Some(state) => {
            (state.to_string(), Message::new("plan-sheet-not-yours").with("state", state))
        }
        None => (String::new(), Message::new("plan-sheet-not-region")),
    };
    let remedy = Message::new("plan-sheet-own-rows");
    let about = columns.about(line);
    RejectedRow { row: line.number, about, field: "state", value, problem, remedy }
}

fn value_of(plan: &Plan, columns: &Columns, line: &Line<'_>) -> Result<Value, Box<RejectedRow>> {
    let told = |column: Option<usize>| column.map_or("", |c| line.cell(c)).trim().to_owned();
    let rejected = |field, value: &str, problem: Message, remedy: Message| {
        let value = value.to_owned();
        let about = columns.about(line);
        Box::new(RejectedRow { row: line.number, about, field, value, problem, remedy })
    };
    let key = told(Some(columns.indicator));
    let indicator = plan.indicator(&key).ok_or_else(|| {
        let problem = Message::new("plan-sheet-no-indicator");
        rejected("indicator", &key, problem, Message::new("plan-sheet-leave"))
    })?;
    let state = state_of(plan, &told(columns.state), &rejected)?;
    let typed = told(Some(columns.period));
    let period = typed.parse::<Period>().map_err(|_| {
        let problem = Message::new("plan-sheet-period").with("typed", &typed);
        rejected("period", &typed, problem, Message::new("plan-error-period"))
    })?;
    let typed = told(Some(columns.value));
    let measured = measured_of(indicator.kind, &typed)
        .map_err(|(problem, remedy)| rejected("value", &typed, problem, remedy))?;
    let breakdowns = breakdowns_of(&told(columns.breakdowns), &rejected)?;
    let value = Value {
        plan: plan.code.clone(),
        indicator: key,
        state,
        period,
        measured,
        version: indicator.version_in(period),
        breakdowns,
        evidence: told(columns.evidence),
        comment: told(columns.comment),
        origin: Origin::Imported,
    };
    value.check_in(plan, indicator).map_err(|why| {
        let period = period.to_string();
        let (field, problem) = value_problem(&why);
        let told = match field {
            "evidence" => &value.evidence,
            "period" => &period,
            _ => &typed,
        };
        let remedy = match why {
            ValueProblem::Fraction(_) => "plan-error-fraction",
            _ => "plan-sheet-again",
        };
        rejected(field, told, problem, Message::new(remedy))
    })?;
    Ok(value)
}

type Reject<'a> = dyn Fn(&'static str, &str, Message, Message) -> Box<RejectedRow> + 'a;

fn state_of(
    plan: &Plan,
    typed: &str,
    rejected: &Reject<'_>,
) -> Result<Option<StateCode>, Box<RejectedRow>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let state = StateCode::typed(typed).map_err(|_| {
        let problem = Message::new("plan-sheet-state");
        rejected("state", typed, problem, Message::new("plan-sheet-state-how"))
    })?;
    match plan.state.filter(|own| *own != state) {
        Some(own) => {
            let problem = Message::new("plan-sheet-plan-of").with("state", own);
            Err(rejected("state", typed, problem, Message::new("plan-sheet-leave")))
        }
        None => Ok(Some(state)),
    }
}

fn breakdowns_of(typed: &str, rejected: &Reject<'_>) -> Result<Vec<Breakdown>, Box<RejectedRow>> {
    let words = typed.split([' ', ',', ';', '،', '、']).filter(|word| !word.is_empty());
    let all: Vec<&str> = Breakdown::ALL.iter().map(|one| one.code()).collect();
    words
        .map(|word| {
            word.parse::<Breakdown>().map_err(|_| {
                let problem = Message::new("plan-sheet-breakdown").with("typed", word);
                let problem = problem.with("words", all.join(" "));
                rejected("breakdowns", word, problem, Message::new("plan-sheet-breakdown-how"))
            })
        })
        .collect()
}

fn measured_of(kind: Kind, text: &str) -> Result<Measured, (Message, Message)> {
    match kind {
        Kind::Framework => {
            text.to_lowercase().parse::<Answer>().map(Measured::Answer).map_err(|_| {
                (Message::new("plan-value-answer-needed"), Message::new("plan-sheet-answer-how"))
            })
        }
        Kind::Operational => number(text).map(Measured::Number).map_err(|why| why.said()),
    }
}

/// Reads a number with the digits of any script. The point, or a comma that cannot be
/// anything else, stands before decimals; `1,250` may be two numbers and is refused.
///
/// # Errors
/// What it may be instead.
pub fn number(text: &str) -> Result<f64, NotANumber> {
    let mut plain: String = plain_digits(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !"'’٬".contains(*c))
        .map(|c| if c == '٫' { '.' } else { c })
        .collect();
    if let Some((whole, decimals)) = plain.split_once([',', '،']) {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(decimals) || decimals.len() == 3 || whole.contains('.') {
            return Err(NotANumber::Comma(text.trim().to_owned()));
        }
        plain = format!("{whole}.{decimals}");
    }
    let read = plain.parse::<f64>().ok().filter(|number| number.is_finite());
    read.ok_or_else(|| NotANumber::Other(text.trim().to_owned()))
}

/// The sender's own sheet, its rows and columns as they came, with a column more that says
/// beside each row what is wrong and how to mend it (R032).
///
/// # Errors
/// [`NotReturned`] when it cannot be read or has no room for a column more.
pub fn returned(
    bytes: &[u8],
    preview: &Preview,
    say: &dyn Fn(&Message) -> String,
) -> Result<Vec<u8>, NotReturned> {
    let mut remarks: BTreeMap<u64, String> = BTreeMap::new();
    for row in &preview.rejected {
        let said = Message::new("plan-sheet-remark")
            .with("field", row.field)
            .with("problem", say(&row.problem))
            .with("remedy", say(&row.remedy));
        let remark = remarks.entry(row.row).or_default();
        if !remark.is_empty() {
            remark.push('\n');
        }
        remark.push_str(&say(&said));
    }
    returned::returned(bytes, preview.headings, &remarks)
}
