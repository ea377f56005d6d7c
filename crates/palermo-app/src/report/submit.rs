//! Signing a report off and submitting it: what still stands against it, the
//! version that is never changed again, what a later one corrects.

use super::{
    tell,
    write::{author, change, of_state, opened},
};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{SubmissionId, TenantId},
    register::day::Day,
    report::{
        Correction, Entered, MayNotSubmit, Signature, SubmissionStatus, SubmissionVersion,
        may_submit,
    },
};
use palermo_store::report::{submission as submissions, version as versions};

/// Signs the present text off as the contact person (R045).
///
/// # Errors
/// What still stands against it.
pub async fn sign(acting: &Acting<'_>, id: SubmissionId) -> Result<(), Refused> {
    let (_, account) = acting.member()?;
    let name = author(acting).await?;
    let on: Day = acting.now().date().into();
    change(acting, id, Action::SubmitReport, |opened, record| {
        let mut signed = record.clone();
        signed.signed = Some(Signature { account, name, on });
        signed.status = SubmissionStatus::Signed;
        match may_submit(&signed, &opened.findings) {
            Ok(()) => {
                *record = signed;
                Ok(())
            }
            Err(why) => Err(told(&why)),
        }
    })
    .await
}

fn told(why: &MayNotSubmit) -> Refused {
    Refused::Declined(match why {
        MayNotSubmit::Errors(findings) => {
            let codes: Vec<&str> = findings.iter().map(|one| one.code.as_str()).collect();
            Message::new("error-report-findings")
                .with("count", findings.len())
                .with("codes", codes.join(", "))
        }
        MayNotSubmit::NotSigned => Message::new("error-report-unsigned"),
        MayNotSubmit::Outstanding(sections) => {
            Message::new("error-report-outstanding").with("sections", sections.join(", "))
        }
    })
}

/// Submits: a version is made that is never changed again. A later submission
/// makes another and says what it corrects.
///
/// # Errors
/// What still stands against it.
pub async fn submit(acting: &Acting<'_>, id: SubmissionId, why: &str) -> Result<(), Refused> {
    let opened = opened(acting, id).await?;
    let mut record = opened.sheet.record.entry.clone();
    let (action, resource) = match record.entered {
        Entered::Secretariat { .. } => (Action::ReceiveReports, Resource::region()),
        Entered::State => (Action::SubmitReport, of_state(&record)),
    };
    acting.allow(action, &resource).await?;
    may_submit(&record, &opened.findings).map_err(|why| told(&why))?;
    let (tenant, _) = acting.member()?;
    let today: Day = acting.now().date().into();
    let before = earlier(acting, tenant, id).await?;
    record.versions = before.as_ref().map_or(1, |one| one.version + 1);
    record.status = SubmissionStatus::Submitted;
    let mut version = SubmissionVersion {
        submission: id,
        state: record.state,
        questionnaire: record.questionnaire.clone(),
        questionnaire_version: record.questionnaire_version,
        period: record.period,
        version: record.versions,
        language: record.language.clone(),
        submitted: today,
        signed: record.signed.clone(),
        entered: record.entered.clone(),
        no_data: record.no_data.clone(),
        answers: opened.plain(),
        warnings: opened.findings.clone(),
        corrections: Vec::new(),
    };
    if let Some(before) = before {
        let why = why.trim();
        let changed = version.differs_from(&before);
        if !changed.is_empty() && why.is_empty() {
            return Err(Refused::field("why", Message::new("error-correction-why")));
        }
        version.corrections = changed
            .into_iter()
            .map(|(code, was, now)| Correction { code, was, now, why: why.to_owned(), on: today })
            .collect();
    }
    let to = tell::receivers(acting.app).await?;
    let mut act = begin!(acting, acting.context(action)?.about(id));
    submissions::update(&mut act, id, &record, opened.sheet.revision).await?;
    let made = versions::insert(&mut act, &version).await?;
    act.about(made);
    act.commit(&()).await?;
    if record.entered != Entered::State {
        return Ok(());
    }
    let page =
        format!("/reports/country/{}/{}/{}", record.questionnaire, record.state, record.period);
    tell::leave(acting.app, action, &to, "notice-report-submitted", &page).await
}

pub(super) async fn earlier(
    acting: &Acting<'_>,
    tenant: TenantId,
    id: SubmissionId,
) -> Result<Option<SubmissionVersion>, Refused> {
    let all = versions::list(&acting.app.store, None).await?;
    Ok(all
        .into_iter()
        .filter(|one| one.record.tenant == tenant && one.record.entry.submission == id)
        .map(|one| one.record.entry)
        .max_by_key(|one| one.version))
}
