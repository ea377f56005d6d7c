//! The registers: what ships as files, what is imported or entered by hand,
//! and how all of it is shown and taken away.

mod acts;
pub mod ask;
mod correct;
mod entries;
mod import_act;
pub mod import_adherence;
pub mod list_parties;
mod load;
pub mod look;
mod record;
pub mod sheets;

pub use acts::{
    PastAct, TypedAct, adherence_seen, enter_act, may_write_adherence, past_acts, take_back_act,
    writes_adherence,
};
pub(crate) use correct::of_tenant as entries_of_tenant;
pub use correct::{
    Entry, EntryKind, OwnEntry, PastEntry, correct_entry, own_entries, past_entries,
    take_back_entry,
};
pub use entries::{
    PastAgreement, agreement_for, agreement_problems, edit_agreement, enter_adoption,
    enter_agreement, enter_law, enter_statement, file_obstacle, past_agreements, record_known,
};
pub(crate) use entries::{law_problems, report_problem};
pub use import_act::{ImportFile, ImportRefused, Importer, import};
pub use load::Registers;
pub(crate) use load::in_file;
pub use record::{OwnFact, own_facts, record_fact, withdraw_fact};
