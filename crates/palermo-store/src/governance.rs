//! What runs beside plans, reports and reviews; each kind of record is a document with
//! the two columns it is found by.

/// Commitments.
pub mod commitment {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{governance::Commitment, id::CommitmentId};

    pub(crate) mod row {
        super::entity!(
            "commitment",
            key { tenant: Uuid, id: Uuid }
            mechanism: String,
            made: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        CommitmentId,
        Commitment,
        "commitment",
        columns(
            mechanism: |e: &Commitment| e.mechanism.clone(),
            made: |e: &Commitment| e.made.to_string(),
        ),
        by(mechanism: &str => Mechanism)
    );
}

/// What parliaments did.
pub mod parliament {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{governance::ParliamentEntry, id::ParliamentEntryId};

    pub(crate) mod row {
        super::entity!(
            "parliament_entry",
            key { tenant: Uuid, id: Uuid }
            state: String,
            held: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        ParliamentEntryId,
        ParliamentEntry,
        "parliament entry",
        columns(
            state: |e: &ParliamentEntry| e.state.to_string(),
            held: |e: &ParliamentEntry| e.on.to_string(),
        ),
        by(state: &str => State)
    );
}

/// What mechanisms say of themselves.
pub mod mechanism_year {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{governance::MechanismYear, id::MechanismYearId};

    pub(crate) mod row {
        super::entity!(
            "mechanism_year",
            key { tenant: Uuid, id: Uuid }
            mechanism: String,
            told: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        MechanismYearId,
        MechanismYear,
        "mechanism year",
        columns(
            mechanism: |e: &MechanismYear| e.mechanism.clone(),
            told: |e: &MechanismYear| e.year.to_string(),
        ),
        by(mechanism: &str => Mechanism)
    );
}

/// Consultations.
pub mod consultation {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{governance::Consultation, id::ConsultationId};

    pub(crate) mod row {
        super::entity!(
            "consultation",
            key { tenant: Uuid, id: Uuid }
            opens: String,
            closes: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        ConsultationId,
        Consultation,
        "consultation",
        columns(
            opens: |e: &Consultation| e.opens.to_string(),
            closes: |e: &Consultation| e.closes.to_string(),
        ),
        by(opens: &str => Opens)
    );
}

/// What was said in consultations.
pub mod input {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{governance::ConsultationInput, id::ConsultationInputId};

    pub(crate) mod row {
        super::entity!(
            "consultation_input",
            key { tenant: Uuid, id: Uuid }
            consultation: String,
            spoken: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        ConsultationInputId,
        ConsultationInput,
        "consultation input",
        columns(
            consultation: |e: &ConsultationInput| e.consultation.clone(),
            spoken: |e: &ConsultationInput| e.group.map(|group| group.to_string()).unwrap_or_default(),
        ),
        by(consultation: &str => Consultation)
    );
}

/// Reviews of laws.
pub mod legal_review {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{governance::LegalReview, id::LegalReviewId};

    pub(crate) mod row {
        super::entity!(
            "legal_review",
            key { tenant: Uuid, id: Uuid }
            name: String,
            state: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        LegalReviewId,
        LegalReview,
        "legal review",
        columns(
            name: |e: &LegalReview| e.name.clone(),
            state: |e: &LegalReview| e.state.to_string(),
        ),
        by(name: &str => Name)
    );
}

/// Reports of national rapporteurs.
pub mod rapporteur {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{governance::RapporteurReport, id::RapporteurReportId};

    pub(crate) mod row {
        super::entity!(
            "rapporteur_report",
            key { tenant: Uuid, id: Uuid }
            state: String,
            edition: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        RapporteurReportId,
        RapporteurReport,
        "rapporteur report",
        columns(
            state: |e: &RapporteurReport| e.state.to_string(),
            edition: |e: &RapporteurReport| e.year.to_string(),
        ),
        by(state: &str => State)
    );
}

/// Practices worth sharing.
pub mod practice {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{governance::GoodPractice, id::GoodPracticeId};

    pub(crate) mod row {
        super::entity!(
            "good_practice",
            key { tenant: Uuid, id: Uuid }
            state: String,
            language: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        GoodPracticeId,
        GoodPractice,
        "good practice",
        columns(
            state: |e: &GoodPractice| e.state.to_string(),
            language: |e: &GoodPractice| e.language.clone(),
        ),
        by(state: &str => State)
    );
}

/// Decisions about practices.
pub mod practice_step {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{governance::PracticeStep, id::PracticeStepId};

    pub(crate) mod row {
        super::entity!(
            "practice_step",
            key { tenant: Uuid, id: Uuid }
            practice: String,
            decision: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        PracticeStepId,
        PracticeStep,
        "practice step",
        columns(
            practice: |e: &PracticeStep| e.practice.clone(),
            decision: |e: &PracticeStep| e.decision.to_string(),
        ),
        by(practice: &str => Practice)
    );
}
