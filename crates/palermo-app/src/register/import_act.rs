//! Stores an import of adherence, or shows what it would do.

use super::{
    Registers,
    acts::may_write_adherence,
    import_adherence::{Basis, ImportPlan, ImportReport, NotApplied, Stored, plan},
};
use crate::{access::Action, acting::Acting, refused::Refused};
use palermo_domain::{
    actor::Actor,
    register::{
        adherence::Adherence,
        day::Day,
        instrument::{Instrument, InstrumentId},
        provenance::PartialDate,
    },
};
use palermo_standards::treaty_status::NotAStatusList;
use palermo_store::{ActContext, Begun, Store, register::adherence};

/// A file to import and what to do with it.
#[derive(Debug, Clone, Copy)]
pub struct ImportFile<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The id of the instrument it is about, or its number in the collection.
    pub instrument: &'a str,
    /// Where it comes from.
    pub source: &'a str,
    /// The date up to which it speaks; today if nothing is said.
    pub as_of: Option<PartialDate>,
    /// Whether to store it.
    pub apply: bool,
    /// Whether to store the other rows if some are rejected.
    pub skip_rejected: bool,
}

/// Who imports.
#[derive(Debug, Clone, Copy)]
pub enum Importer<'a> {
    /// A member of staff, in a session.
    Member(&'a Acting<'a>),
    /// Someone at the command line, by system user name.
    Operator(&'a str),
}

/// Why an import was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ImportRefused {
    /// The file is no status list.
    #[error(transparent)]
    File(#[from] NotAStatusList),
    /// The instrument is not in the register.
    #[error("no instrument has the id `{id}`{}", nearest.as_ref().map_or_else(String::new, |n| format!("; did you mean `{n}`?")))]
    NoInstrument {
        /// What was asked for.
        id: String,
        /// The most similar id.
        nearest: Option<InstrumentId>,
    },
    /// Rows are rejected; nothing was stored. Carries what was found.
    #[error("{why}")]
    Rows {
        /// How many.
        why: NotApplied,
        /// The report of what was found.
        report: Box<ImportReport>,
    },
    /// The list is said to speak of days that have not come.
    #[error(
        "`{as_of}` lies in the future; give the day up to which the file speaks, at the latest {today}"
    )]
    Future {
        /// What was said.
        as_of: PartialDate,
        /// Today.
        today: Day,
    },
    /// This installation has no organisation that answers for the registers.
    #[error("nobody answers for the registers of this installation yet; run `palermo init` first")]
    NoHouse,
    /// Refused by the rules or by the store.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<palermo_store::Error> for ImportRefused {
    fn from(error: palermo_store::Error) -> Self {
        Self::Refused(error.into())
    }
}

/// Imports adherence: a preview, or with `apply` stored in one act. Both read
/// what is stored at that moment, so a preview never goes stale unnoticed.
///
/// # Errors
/// [`ImportRefused`]; whatever the reason, nothing was stored.
pub async fn import(
    store: &Store,
    registers: &Registers,
    file: &ImportFile<'_>,
    importer: Importer<'_>,
) -> Result<ImportReport, ImportRefused> {
    let instrument = find(registers, file.instrument)?;
    if let Importer::Member(acting) = importer {
        may_write_adherence(acting, Action::ImportRegister).await?;
    }
    let today: Day = store.now().date().into();
    if let Some(as_of) = file.as_of.filter(|as_of| as_of.is_after(today)) {
        return Err(ImportRefused::Future { as_of, today });
    }
    if !file.apply {
        let stored = adherence::of_instrument(store, &instrument.id).await?;
        let plan = planned(store, registers, instrument, file, &stored)?;
        return Ok(plan.report(&registers.states, "en", Stored::Nothing));
    }
    let mut act = match store.act(context(store, importer)?).await? {
        Begun::Fresh(act) => act,
        Begun::Repeated(result) => return again(result),
    };
    act.about_named("instrument", instrument.id.as_str());
    let stored = adherence::of_instrument(&act, &instrument.id).await?;
    let plan = planned(store, registers, instrument, file, &stored)?;
    let rows: Vec<Adherence> = match plan.to_store(file.skip_rejected) {
        Ok(rows) => rows.into_iter().cloned().collect(),
        Err(why) => {
            act.give_up().await?;
            let report = Box::new(plan.report(&registers.states, "en", Stored::Nothing));
            return Err(ImportRefused::Rows { why, report });
        }
    };
    let skipped = plan.rejected_rows();
    let how = if skipped == 0 { Stored::Everything } else { Stored::WithoutRejected };
    let report = plan.report(&registers.states, "en", how);
    if rows.is_empty() {
        act.give_up().await?;
        return Ok(report);
    }
    adherence::put(&mut act, &rows).await?;
    act.detail("new", report.new.len());
    act.detail("changed", report.changed.len());
    act.detail("skipped", skipped);
    act.commit(&report).await?;
    Ok(report)
}

fn find<'r>(registers: &'r Registers, id: &str) -> Result<&'r Instrument, ImportRefused> {
    let found = registers.instruments.get(id).or_else(|| registers.instruments.by_number(id));
    found.ok_or_else(|| ImportRefused::NoInstrument {
        id: id.to_owned(),
        nearest: registers.instruments.nearest(id),
    })
}

fn planned(
    store: &Store,
    registers: &Registers,
    instrument: &Instrument,
    file: &ImportFile<'_>,
    stored: &[Adherence],
) -> Result<ImportPlan, NotAStatusList> {
    let today = store.now().date().into();
    let basis = Basis {
        instrument,
        states: &registers.states,
        stored,
        source: file.source,
        as_of: file.as_of.unwrap_or_else(|| PartialDate::exact(today)),
        today,
    };
    plan(file.bytes, &basis)
}

fn context(store: &Store, importer: Importer<'_>) -> Result<ActContext, ImportRefused> {
    let house = store.house().ok_or(ImportRefused::NoHouse)?;
    let action = Action::ImportRegister.code();
    Ok(match importer {
        Importer::Operator(user) => {
            let actor = Actor::Operator { user: user.to_owned(), account: None };
            ActContext::new(house, actor, action)
        }
        Importer::Member(acting) => acting.context(Action::ImportRegister)?,
    })
}

fn again(result: serde_json::Value) -> Result<ImportReport, ImportRefused> {
    serde_json::from_value(result).map_err(|error| {
        Refused::Unavailable(format!("an earlier result cannot be read: {error}")).into()
    })
}
