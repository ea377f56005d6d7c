//! What States report. Every kind of record is a document with the few
//! columns it is found by; answers are rows of their own.

pub mod answer;

/// Receptions.
pub mod reception {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::ReceptionId, report::Reception};

    pub(crate) mod row {
        super::entity!(
        "reception",
        key { tenant: Uuid, id: Uuid }
        questionnaire: String,
        state: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        ReceptionId,
        Reception,
        "reception",
        columns(
            questionnaire: |e: &Reception| e.questionnaire.clone(),
            state: |e: &Reception| e.state.to_string(),
            ),
        by(questionnaire: &str => Questionnaire)
    );
}

/// Disputes.
pub mod dispute {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::DisputeId, report::Dispute};

    pub(crate) mod row {
        super::entity!(
        "dispute",
        key { tenant: Uuid, id: Uuid }
        questionnaire: String,
        state: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        DisputeId,
        Dispute,
        "dispute",
        columns(
            questionnaire: |e: &Dispute| e.questionnaire.clone(),
            state: |e: &Dispute| e.state.to_string(),
            ),
        by(questionnaire: &str => Questionnaire)
    );
}

/// Words on their way.
pub mod typed {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::TypedWordsId, report::TypedWords};

    pub(crate) mod row {
        super::entity!(
        "typed_words",
        key { tenant: Uuid, id: Uuid }
        account: String,
        about: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        TypedWordsId,
        TypedWords,
        "typed words",
        columns(
            account: |e: &TypedWords| e.account.to_string(),
            about: |e: &TypedWords| e.about.clone(),
            ),
        by(about: &str => About)
    );
}

/// Units that States stand by.
pub mod unit {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::UnitConfirmationId, report::UnitConfirmation};

    pub(crate) mod row {
        super::entity!(
        "unit_confirmation",
        key { tenant: Uuid, id: Uuid }
        questionnaire: String,
        state: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        UnitConfirmationId,
        UnitConfirmation,
        "unit confirmation",
        columns(
            questionnaire: |e: &UnitConfirmation| e.questionnaire.clone(),
            state: |e: &UnitConfirmation| e.state.to_string(),
            ),
        by(questionnaire: &str => Questionnaire)
    );
}

/// Contributions.
pub mod contribution {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::ContributionId, report::Contribution};

    pub(crate) mod row {
        super::entity!(
        "contribution",
        key { tenant: Uuid, id: Uuid }
        questionnaire: String,
        state: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        ContributionId,
        Contribution,
        "contribution",
        columns(
            questionnaire: |e: &Contribution| e.questionnaire.clone(),
            state: |e: &Contribution| e.state.to_string(),
            ),
        by(questionnaire: &str => Questionnaire)
    );
}

/// Submissions.
pub mod submission {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::SubmissionId, report::Submission};

    pub(crate) mod row {
        super::entity!(
            "submission",
            key { tenant: Uuid, id: Uuid }
            questionnaire: String,
            state: String,
            body: Json,
            revision: i64,
            period: i64,
        );
    }

    documents!(
        SubmissionId,
        Submission,
        "submission",
        columns(
            questionnaire: |e: &Submission| e.questionnaire.clone(),
            state: |e: &Submission| e.state.to_string(),
            period: |e: &Submission| i64::from(e.period),
        ),
        by(questionnaire: &str => Questionnaire)
    );
}

/// Versions.
pub mod version {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::SubmissionVersionId, report::SubmissionVersion};

    pub(crate) mod row {
        super::entity!(
            "submission_version",
            key { tenant: Uuid, id: Uuid }
            questionnaire: String,
            state: String,
            body: Json,
            revision: i64,
            period: i64,
        );
    }

    documents!(
        SubmissionVersionId,
        SubmissionVersion,
        "version",
        columns(
            questionnaire: |e: &SubmissionVersion| e.questionnaire.clone(),
            state: |e: &SubmissionVersion| e.state.to_string(),
            period: |e: &SubmissionVersion| i64::from(e.period),
        ),
        by(questionnaire: &str => Questionnaire)
    );
}

/// Duty steps.
pub mod duty_step {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::DutyStepId, report::DutyStep};

    pub(crate) mod row {
        super::entity!(
        "duty_step",
        key { tenant: Uuid, id: Uuid }
        mechanism: String,
        state: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        DutyStepId,
        DutyStep,
        "duty step",
        columns(
            mechanism: |e: &DutyStep| e.mechanism.clone(),
            state: |e: &DutyStep| e.state.to_string(),
            ),
        by(mechanism: &str => Mechanism)
    );
}

/// Requests of States for more time.
pub mod extension {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::DutyExtensionId, report::DutyExtension};

    pub(crate) mod row {
        super::entity!(
            "duty_extension",
            key { tenant: Uuid, id: Uuid }
            mechanism: String,
            state: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        DutyExtensionId,
        DutyExtension,
        "request for more time",
        columns(
            mechanism: |e: &DutyExtension| e.mechanism.clone(),
            state: |e: &DutyExtension| e.state.to_string(),
        ),
        by(mechanism: &str => Mechanism)
    );
}

/// What was decided about them.
pub mod extension_decision {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::ExtensionDecisionId, report::ExtensionDecision};

    pub(crate) mod row {
        super::entity!(
            "extension_decision",
            key { tenant: Uuid, id: Uuid }
            mechanism: String,
            state: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        ExtensionDecisionId,
        ExtensionDecision,
        "decision about more time",
        columns(
            mechanism: |e: &ExtensionDecision| e.mechanism.clone(),
            state: |e: &ExtensionDecision| e.state.to_string(),
        ),
        by(mechanism: &str => Mechanism)
    );
}

/// Questionnaire drafts.
pub mod questionnaire_draft {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::QuestionnaireDraftId, report::QuestionnaireDraft};

    pub(crate) mod row {
        super::entity!(
        "questionnaire_draft",
        key { tenant: Uuid, id: Uuid }
        name: String,
        status: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        QuestionnaireDraftId,
        QuestionnaireDraft,
        "questionnaire draft",
        columns(
            name: |e: &QuestionnaireDraft| e.name.clone(),
            status: |e: &QuestionnaireDraft| e.status.to_string(),
            ),
        by(name: &str => Name)
    );
}

/// Comments.
pub mod comment {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::CommentId, report::TextComment};

    pub(crate) mod row {
        super::entity!(
        "text_comment",
        key { tenant: Uuid, id: Uuid }
        about: String,
        place: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        CommentId,
        TextComment,
        "comment",
        columns(
            about: |e: &TextComment| e.about.clone(),
            place: |e: &TextComment| e.place.clone(),
            ),
        by(about: &str => About)
    );
}

/// Answers as they stood before.
pub mod past {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::PastAnswerId, report::PastAnswer};

    pub(crate) mod row {
        super::entity!(
            "past_answer",
            key { tenant: Uuid, id: Uuid }
            submission: String,
            code: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        PastAnswerId,
        PastAnswer,
        "past answer",
        columns(
            submission: |e: &PastAnswer| e.submission.to_string(),
            code: |e: &PastAnswer| e.code.clone(),
        ),
        by(submission: &str => Submission)
    );
}

/// Translations of answers.
pub mod translation {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::TranslatedAnswerId, report::TranslatedAnswer};

    pub(crate) mod row {
        super::entity!(
            "translated_answer",
            key { tenant: Uuid, id: Uuid }
            submission: String,
            language: String,
            body: Json,
            revision: i64,
        );
    }

    documents!(
        TranslatedAnswerId,
        TranslatedAnswer,
        "translated answer",
        columns(
            submission: |e: &TranslatedAnswer| e.submission.to_string(),
            language: |e: &TranslatedAnswer| e.language.clone(),
        ),
        by(submission: &str => Submission)
    );
}
