//! Reports of States: writing, submitting, receiving, drafting the country
//! brief and the regional report, duties and their calendar.

mod authors;
mod brief;
mod build;
mod calendar;
mod chart;
mod contribute;
mod country;
mod document;
mod duties;
mod entered;
mod extend;
mod facts;
mod handed;
mod handing;
mod load;
mod needs;
mod on_behalf;
mod owed;
mod past;
mod prefill;
mod prefill_figures;
mod propose;
mod questionnaires;
mod receive;
mod regional;
mod remind;
mod retire;
mod returned;
mod submit;
pub(crate) mod tell;
mod translate;
mod typed;
mod unreceived;
mod versions;
mod words;
mod write;

pub use authors::authors;
pub use brief::{Brief, brief, brief_document};
pub use build::{
    DraftOpened, NewCode, begin_draft, begin_next, change_draft, draft_opened, use_draft,
};
pub use calendar::duties_calendar;
pub use contribute::{ContributionForm, contribute, contributions, new_contributions};
pub(crate) use country::strictest;
pub use country::{AnswerShown, CountryReport, CountrySection, country, said as answer_said};
pub use document::{country_document, regional_document};
pub use duties::{NonSubmission, duties_of, non_submission};
pub use entered::EnteredBy;
pub use extend::{
    DecisionForm, DutyHistory, Extension, ExtensionForm, WhichDuty, ask_extension,
    decide_extension, duty_history, extension, extensions, open_extensions,
};
pub(crate) use facts::first_sent;
pub use facts::{ReportRefused, Standing, StateVersion, given_answers, standing, threshold};
pub use handed::{Handed, handed_to_me};
pub use handing::{AssignForm, assign, finish_section, opened_or_handed, organisations, take_back};
pub use load::{QUESTIONNAIRES, Reporting};
pub use needs::{NeedStated, needs};
pub use on_behalf::{
    EnteredFor, confirm, enter_for_state, entered_here, find_confirmation, new_link,
};
pub use owed::{Owed, ToSign, begun_for, owed_by_me, to_sign};
pub(crate) use past::write_answer;
pub use past::{AnswerVersion, versions_of};
pub use prefill::{Found, prefill};
pub use propose::{Proposed, own_contradictions, propose, standards};
pub use questionnaires::{
    KeptDraft, Versions, check, next_version, own_drafts, questionnaire, questionnaire_at,
    questionnaires, readable, save_draft, with_words_of,
};
pub use receive::{confirm_unit, dispute, receive};
pub use regional::{
    MemberLine, NeedLine, RegionalQuestion, RegionalReport, RegionalSection, Tier, regional,
};
pub use remind::{Reminded, remind, remind_ahead};
pub use retire::retire;
pub use returned::{Returned, last_word, returned_to_me};
pub use submit::{sign, submit};
pub use translate::{ToTranslate, TranslationForm, to_translate, translate, translations};
pub use typed::{forget_typed, typed_answers};
pub use unreceived::{ToReceive, to_receive};
pub use versions::{EarlierReport, VersionAsked, VersionLine, country_version, report_versions};
pub use words::{WordsOpened, save_words, word_field, words_opened};
pub use write::{
    AnswerForm, Opened, Sheet, answer, answer_as_typed, declare_empty, open, opened, sheets,
};
