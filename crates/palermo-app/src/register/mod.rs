//! The registers: what ships as files, what is imported or entered by hand,
//! and how all of it is shown and taken away.

pub mod ask;
mod correct;
mod entries;
mod import_act;
pub mod import_adherence;
pub mod list_parties;
mod load;
pub mod look;
pub mod sheets;

pub use correct::{
    Entry, EntryKind, OwnEntry, PastEntry, correct_entry, own_entries, past_entries,
    take_back_entry,
};
pub use entries::{
    agreement_for, edit_agreement, enter_adherence, enter_adoption, enter_agreement, enter_law,
    enter_statement, file_obstacle,
};
pub use import_act::{ImportFile, ImportRefused, Importer, import};
pub use load::Registers;
pub(crate) use load::in_file;
