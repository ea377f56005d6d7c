//! The decisions, one sentence a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use palermo_domain::id::Id;
use uuid::Uuid;

fn shipped() -> Policy {
    Policy::parse(include_str!("../../../../content/policy/roles.toml"))
        .expect("the shipped policy is valid")
}

fn tenant(n: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(n))
}

fn someone(role: Role, kind: TenantKind) -> Subject {
    Subject {
        tenant: Some((tenant(1), kind)),
        state: Some("XAA".into()),
        account: Some(AccountId::from_uuid(Uuid::from_u128(7))),
        roles: vec![role],
        desks: Vec::new(),
        assurance: Assurance::Two,
        stepped_up_at: Some(Moment::from_micros(0)),
        limited_to: None,
    }
}

fn ask(subject: &Subject, action: Action, resource: &Resource) -> Decision {
    decide(
        &shipped(),
        &Request { subject, action, resource, purpose: None, at: Moment::from_micros(1) },
    )
}

#[test]
fn the_public_reads_registers_and_nothing_else() {
    let public = Subject::public();
    for action in Action::ALL {
        let decision = ask(&public, *action, &Resource::region());
        assert_eq!(decision.allowed, action.open_to_public(), "{}", action.code());
    }
}

#[test]
fn an_administrator_manages_desks_of_the_own_tenant_only() {
    let admin = someone(Role::TenantAdministrator, TenantKind::Care);
    assert!(ask(&admin, Action::ManageDesks, &Resource::of(tenant(1))).allowed);
    let elsewhere = ask(&admin, Action::ManageDesks, &Resource::of(tenant(2)));
    assert_eq!(elsewhere, Decision { allowed: false, reasons: vec![Reason::OutOfScope] });
}

#[test]
fn only_the_secretariats_administrator_opens_tenants() {
    let shelter = someone(Role::TenantAdministrator, TenantKind::Care);
    let secretariat = someone(Role::TenantAdministrator, TenantKind::Secretariat);
    assert!(!ask(&shelter, Action::CreateTenant, &Resource::region()).allowed);
    assert!(ask(&secretariat, Action::CreateTenant, &Resource::region()).allowed);
}

#[test]
fn a_role_change_asks_for_the_second_factor_again() {
    let mut admin = someone(Role::TenantAdministrator, TenantKind::Care);
    admin.stepped_up_at = None;
    assert!(ask(&admin, Action::ChangeRoles, &Resource::of(tenant(1))).wants_step_up());
}

#[test]
fn nobody_acts_on_another_account_as_their_own() {
    let worker = someone(Role::CaseManager, TenantKind::Care);
    let other = Resource::of(tenant(1)).about(AccountId::from_uuid(Uuid::from_u128(8)));
    assert!(!ask(&worker, Action::OwnAccount, &other).allowed);
}

#[test]
fn a_focal_point_files_obstacles_for_the_own_state_only() {
    let focal = someone(Role::FocalPoint, TenantKind::NationalCoordination);
    assert!(ask(&focal, Action::FileObstacle, &Resource::region().in_state(Some("XAA"))).allowed);
    assert!(!ask(&focal, Action::FileObstacle, &Resource::region().in_state(Some("XBB"))).allowed);
}

#[test]
fn rule_8_an_overlay_that_gives_identity_to_the_secretariat_is_refused_with_the_rule() {
    for role in ["secretariat", "donor", "tenant-administrator"] {
        let overlay = format!("[opens]\n{role} = [\"identity\"]\n");
        let problems = shipped().narrowed_by(&overlay).expect_err("refused");
        assert!(problems[0].message.contains("R8"), "{problems:?}");
    }
}

#[test]
fn a_program_does_what_its_token_was_made_for_and_is_a_member_of_nothing() {
    let person = someone(Role::FocalPoint, TenantKind::NationalCoordination);
    let program = Subject { limited_to: Some(vec![Action::EditPlan]), ..person.clone() };
    let own = Resource::of(tenant(1));
    assert!(ask(&program, Action::EditPlan, &own).allowed);
    assert!(ask(&person, Action::ReportRow, &own).allowed);
    let beyond = ask(&program, Action::ReportRow, &own);
    assert_eq!(beyond, Decision { allowed: false, reasons: vec![Reason::NoGrant] });
    assert!(ask(&program, Action::PublicRead, &Resource::region()).allowed);
    assert!(person.is_member_of(tenant(1)) && !person.is_member_of(tenant(2)));
    assert!(!program.is_member_of(tenant(1)));
    let half_way = Subject { assurance: Assurance::One, ..person };
    assert!(!half_way.is_member_of(tenant(1)), "the second factor is missing");
}

#[test]
fn an_overlay_may_narrow_but_not_widen() {
    let widen = "[[grant]]\nroles=[\"donor\"]\nactions=[\"audit.read\"]\nscope=\"tenant\"\n";
    assert!(shipped().narrowed_by(widen).is_err());
    let narrow = "[[grant]]\nroles=[\"tenant-administrator\"]\nactions=[\"people.invite\"]\nscope=\"tenant\"\nstep_up_minutes=5\n";
    let policy = shipped().narrowed_by(narrow).expect("narrower");
    let grants: Vec<_> =
        policy.grants_of(&[Role::TenantAdministrator], Action::InvitePeople).collect();
    assert_eq!(grants.len(), 1);
    assert_eq!(grants[0].step_up_minutes, Some(5));
}

#[test]
fn rule_10_and_rule_4_an_overlay_cannot_lower_the_floors() {
    assert!(shipped().narrowed_by("publication_threshold = 4").is_err());
    assert!(shipped().narrowed_by("reflection_days = 10").is_err());
    assert!(shipped().narrowed_by("publication_threshold = 11\nreflection_days = 90").is_ok());
}

#[test]
fn every_problem_of_an_overlay_is_told_with_its_line_and_a_remedy() {
    let overlay = "publication_threshold = 3\n\n[session.default]\nidle_minutes = 600\nabsolute_hours = 12\n\n\
                   [opens]\ndonor = [\"identity\"]\n\n[[grant]]\nroles = [\"wizard\", \"donor\"]\n\
                   actions = [\"audit.reed\", \"audit.read\"]\nscope = \"tenant\"\n";
    let problems = shipped().narrowed_by(overlay).expect_err("refused");
    let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 4, 8, 11, 12, 12], "{problems:?}");
    let all: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
    for told in [
        "set it to 5 or more",
        "set `idle_minutes` to 30 or less",
        "`wizard` is not a role; use one of `public`",
        "did you mean `audit.read`?",
        "the shipped policy gives `donor` no such right",
    ] {
        assert!(all.contains(told), "{told}: {all}");
    }
}
