//! All tables. Referred-to tables come before those that refer to them, so
//! that a restore can fill them in this order.

use crate::{
    account, act, answered, api_token, approval, audit, break_glass, care, case, contact_point,
    credential, desk, governance, hotline, hsds_row, identification, identity_provider,
    installation, invitation,
    keys::{blind, compartment, erase, names, person, recovery_seal, sealed, staff},
    knowledge, meeting, memorandum, network, notice, outbox, own_view, plan, recovery, register,
    report, review, role, screening, second_view, service, service_standard, session, structure,
    table::{Owner, TableInfo, Watch},
    task, tenant, throttle, unmet_need, youth_input,
};

pub(crate) fn tables() -> Vec<TableInfo> {
    let parts = [organisations(), persons(), registers(), reports(), keys()];
    parts.into_iter().flatten().collect()
}

/// The installation, organisations, their members and work.
fn organisations() -> Vec<TableInfo> {
    use Owner::{House, Lookup, Tenant};
    use Watch::{Nothing, Rows};
    vec![
        // The rows of `installation::WATCHED` are compared apart.
        TableInfo::of::<installation::fact_row::Entity>(House, Nothing, &[]),
        TableInfo::of::<installation::key_row::Entity>(House, Nothing, &["version", "wrapped"]),
        TableInfo::of::<tenant::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<audit::entry_row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<audit::subject_row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<audit::head_row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<audit::checkpoint_row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<act::idempotency_row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<account::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<account::sign_in_row::Entity>(Lookup, Rows, &[]),
        TableInfo::of::<role::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<credential::row::Entity>(Tenant, Rows, &["counter", "used_at"]),
        TableInfo::of::<session::row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<invitation::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<recovery::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<recovery::approval_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<api_token::row::Entity>(Tenant, Rows, &["used_at"]),
        TableInfo::of::<notice::row::Entity>(Tenant, Rows, &[]),
        // Two people, break-glass, ways to come in.
        TableInfo::of::<approval::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<break_glass::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<answered::row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<identity_provider::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<throttle::row::Entity>(House, Nothing, &[]),
        TableInfo::of::<outbox::row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<desk::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<desk::member_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<task::row::Entity>(Tenant, Rows, &[]),
    ]
}

/// Cases and care: coded facts about persons.
fn persons() -> Vec<TableInfo> {
    use Owner::Tenant;
    use Watch::Rows;
    vec![
        TableInfo::of::<case::incident::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::person::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::background::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::file::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::team::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::event::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::note_draft::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::channel::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::record::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::incoming::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::incoming::wrap_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::outgoing::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::referral_word::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::withdrawal::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::look_for::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::look_for::answer_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::look_for::in_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::attachment::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<case::sealed_file::row::Entity>(Tenant, Rows, &[]),
        // care
        TableInfo::of::<care::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<own_view::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<own_view::request_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<own_view::answer_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<own_view::reply_row::Entity>(Tenant, Rows, &[]),
        // --- screening ---
        TableInfo::of::<screening::draft::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<screening::kept::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<screening::notice::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<screening::paper::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<hotline::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<identification::row::Entity>(Tenant, Rows, &[]),
    ]
}

/// Registers, the directory, statistics.
fn registers() -> Vec<TableInfo> {
    use Owner::{House, Tenant};
    use Watch::{Nothing, Rows};
    vec![
        TableInfo::of::<register::adherence::row::Entity>(House, Rows, &[]),
        TableInfo::of::<register::agreement::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<register::law::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<register::obstacle::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<register::model_adoption::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<register::statement::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<register::past::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<register::recorded::row::Entity>(Tenant, Rows, &[]),
        // The directory.
        TableInfo::of::<service::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<service::call_row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<unmet_need::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<contact_point::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<contact_point::tenure_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<structure::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<network::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<memorandum::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<service_standard::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<second_view::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<hsds_row::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<youth_input::row::Entity>(Tenant, Rows, &[]),
        // knowledge
        TableInfo::of::<knowledge::dataset::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::batch::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::release::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::signal::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::upload::row::Entity>(Tenant, Nothing, &[]),
        TableInfo::of::<knowledge::overlap::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::context::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::protocol::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::extract::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::study::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::estimate::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::budget::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<knowledge::announced::row::Entity>(Tenant, Rows, &[]),
    ]
}

/// Reports, reviews, meetings.
fn reports() -> Vec<TableInfo> {
    use Owner::Tenant;
    use Watch::Rows;
    vec![
        TableInfo::of::<report::reception::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::dispute::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::unit::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::typed::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::contribution::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::submission::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::answer::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::version::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::duty_step::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::extension::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::extension_decision::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::questionnaire_draft::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::comment::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<review::round::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<review::evaluation::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<review::text::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<review::recommendation::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<review::follow_up::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<review::information_request::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<review::information_reply::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<review::impact_review::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<review::impact_answer::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<meeting::seat::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<meeting::meeting::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<meeting::reply::row::Entity>(Tenant, Rows, &[]),
        // --- governance ---
        TableInfo::of::<governance::commitment::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<governance::parliament::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<governance::mechanism_year::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<governance::consultation::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<governance::input::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<governance::legal_review::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<governance::rapporteur::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<governance::practice::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<governance::practice_step::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::past::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<report::translation::row::Entity>(Tenant, Rows, &[]),
    ]
}

/// Keys and what is sealed with them.
fn keys() -> Vec<TableInfo> {
    use Owner::Tenant;
    use Watch::Rows;
    vec![
        // --- plans ---
        TableInfo::of::<plan::document::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<plan::value::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<plan::report::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<compartment::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<compartment::wrap_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<staff::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<staff::seal_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<recovery_seal::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<person::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<sealed::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<names::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<blind::row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<blind::key_row::Entity>(Tenant, Rows, &[]),
        TableInfo::of::<erase::row::Entity>(Tenant, Rows, &[]),
    ]
}
