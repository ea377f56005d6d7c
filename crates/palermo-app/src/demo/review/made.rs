//! Records of the demonstration that follow from a sheet.

use palermo_domain::{
    id::SubmissionId,
    register::{day::Day, mechanism::Cadence},
    report::{
        Answer, DutyExtension, Entered, Finding, Reception, ReceptionDecision, Submission,
        SubmissionVersion, due_days,
    },
};
use std::collections::BTreeMap;

/// More time asked for the yearly report about this year.
pub(super) fn more_time(one: &super::file::MoreTime, today: Day) -> Option<DutyExtension> {
    let period = today.date().year();
    let due = due_days(Cadence { times: 1, years: 1 }, period, None).into_iter().next()?;
    Some(DutyExtension {
        mechanism: one.mechanism.clone(),
        duty: one.duty.clone(),
        state: one.state,
        period,
        part: 1,
        due,
        wanted: due.plus_days(one.days),
        why: one.why.clone(),
        by: one.by.clone(),
        on: today.plus_days(-one.days_ago),
    })
}

/// The version of a sheet as it is submitted.
pub(super) fn version(
    submission: SubmissionId,
    record: &Submission,
    answers: BTreeMap<String, Answer>,
    warnings: Vec<Finding>,
    on: Day,
) -> SubmissionVersion {
    SubmissionVersion {
        submission,
        state: record.state,
        questionnaire: record.questionnaire.clone(),
        questionnaire_version: record.questionnaire_version,
        period: record.period,
        version: 1,
        language: record.language.clone(),
        submitted: on,
        signed: record.signed.clone(),
        entered: record.entered.clone(),
        no_data: record.no_data.clone(),
        answers,
        warnings,
        corrections: Vec::new(),
    }
}

pub(super) fn reception(
    submission: SubmissionId,
    version: &SubmissionVersion,
    on: Day,
) -> Reception {
    Reception {
        submission,
        state: version.state,
        questionnaire: version.questionnaire.clone(),
        period: version.period,
        version: version.version,
        decision: ReceptionDecision::Accepted,
        why: String::new(),
        on,
    }
}

/// Who entered a sheet.
pub(super) fn entered(from: Option<&str>) -> Entered {
    from.map_or(Entered::State, |document| Entered::Secretariat {
        document: document.to_owned(),
        link: Some(String::from("used by nobody in the demonstration")),
        confirmed: None,
    })
}
