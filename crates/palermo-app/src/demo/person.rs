//! A consent taken back whose recipient never answered: told a month ago, and
//! silent since. Built from what `sharing.rs` told before.

use crate::{App, Refused};
use palermo_domain::{
    actor::Actor,
    case::{
        referral::{Referral, ReferralState},
        sharing::{Consent, NoticeAnswer},
        withdrawal::{Because, Withdrawal},
    },
    id::{Id, TenantId, WithdrawalId},
    purpose::Purpose,
    task::Task,
};
use palermo_store::{
    ActContext, Begun,
    case::{
        incoming, record,
        withdrawal::{self as told, WithdrawalIn},
    },
    task as tasks,
};

/// Tells recipients of the consents that were taken back.
pub(super) async fn build(app: &App, tenants: &[TenantId]) -> Result<(), Refused> {
    let withdrawn = [ReferralState::Withdrawn.code()];
    for tenant in tenants {
        for sent in record::of_tenant::<Referral>(&app.store, *tenant, &withdrawn).await? {
            tell(app, &sent.record).await?;
        }
    }
    Ok(())
}

async fn tell(app: &App, referral: &Referral) -> Result<(), Refused> {
    let (Some(to), Some(consent)) = (referral.recipient.tenant, referral.consent) else {
        return Ok(());
    };
    let consent = record::find::<Consent>(&app.store, referral.tenant, consent.uuid()).await?;
    let Some(consent) = consent.map(|found| found.record) else { return Ok(()) };
    let Some(at) = consent.withdrawn_at else { return Ok(()) };
    let id: WithdrawalId = app.store.new_id();
    let actor = || Actor::System { job: "demo".into() };
    let context =
        ActContext::new(referral.tenant, actor(), "case.write").for_purpose(Purpose::Care);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let notice = Withdrawal {
        tenant: referral.tenant,
        id,
        case: referral.case,
        consent: Some(consent.id),
        because: Because::Withdrawn,
        recipient: referral.recipient.clone(),
        referral: referral.id,
        told_at: Some(at),
        answer: NoticeAnswer::Silent,
        provision: String::new(),
        answered_at: None,
        recorded_at: at,
    };
    record::insert(&mut act, &notice).await?;
    act.commit(&()).await?;
    let context = ActContext::new(to, actor(), "consent.withdrawn-by-person");
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    // What the referral carried went when the consent was taken back.
    if let Some(there) = incoming::find(&act, to, referral.id).await? {
        incoming::update(&mut act, &there.record, there.revision).await?;
    }
    let here = WithdrawalIn {
        tenant: to,
        id,
        sender: referral.tenant,
        referral: referral.id,
        desk: referral.recipient.desk,
        purpose: consent.purpose,
        told_at: at,
        answer: NoticeAnswer::Silent,
        provision: String::new(),
        answered_at: None,
    };
    told::tell(&mut act, &here).await?;
    let task = Task {
        tenant: to,
        id: act.new_id(),
        kind: "task-withdrawal".into(),
        subject: Some(id.subject()),
        note: String::new(),
        desk: referral.recipient.desk,
        assignee: None,
        due_at: Some(at.after(palermo_domain::case::withdrawal::answer_within())),
        done_at: None,
        done_by: None,
        recorded_at: at,
    };
    tasks::insert(&mut act, &task).await?;
    Ok(act.commit(&()).await?)
}
