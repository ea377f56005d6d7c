//! Reports of States: writing, submitting, receiving, drafting the country
//! brief and the regional report, duties and their calendar.

mod authors;
mod brief;
mod calendar;
mod chart;
mod contribute;
mod country;
mod document;
mod duties;
mod facts;
mod handed;
mod load;
mod needs;
mod on_behalf;
mod past;
mod prefill;
mod prefill_figures;
mod propose;
mod questionnaires;
mod receive;
mod regional;
mod remind;
mod returned;
mod submit;
pub(crate) mod tell;
mod translate;
mod versions;
mod write;

pub use authors::authors;
pub use brief::{Brief, brief, brief_document};
pub use calendar::duties_calendar;
pub use contribute::{ContributionForm, contribute, contributions};
pub(crate) use country::strictest;
pub use country::{AnswerShown, CountryReport, CountrySection, country};
pub use document::{country_document, regional_document};
pub use duties::{NonSubmission, duties_of, non_submission};
pub use facts::{ReportRefused, Standing, StateVersion, given_answers, standing, threshold};
pub use handed::{Handed, handed_to_me};
pub use load::{QUESTIONNAIRES, Reporting};
pub use needs::{NeedStated, needs};
pub use on_behalf::{
    EnteredFor, confirm, enter_for_state, entered_here, find_confirmation, new_link,
};
pub(crate) use past::write_answer;
pub use past::{AnswerVersion, versions_of};
pub use prefill::{Found, prefill};
pub use propose::{Proposed, own_contradictions, propose, standards};
pub use questionnaires::{
    KeptDraft, Versions, check, own_drafts, questionnaire, questionnaire_at, questionnaires,
    save_draft,
};
pub use receive::{dispute, receive};
pub use regional::{
    MemberLine, NeedLine, RegionalQuestion, RegionalReport, RegionalSection, Tier, regional,
};
pub use remind::{Reminded, remind, remind_ahead};
pub use returned::{Returned, last_word, returned_to_me};
pub use submit::{sign, submit};
pub use translate::{ToTranslate, TranslationForm, to_translate, translate, translations};
pub use versions::{EarlierReport, VersionAsked, VersionLine, country_version, report_versions};
pub use write::{
    AnswerForm, AssignForm, Opened, Sheet, answer, assign, declare_empty, finish_section, open,
    opened, sheets, take_back,
};
