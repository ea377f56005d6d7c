//! Reviews: rounds, texts of each pillar, recommendations and what became of
//! them, requests for information, reviews of impact.

/// Rounds.
pub mod round {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::RoundId, review::Round};

    pub(crate) mod row {
        super::entity!(
        "review_round",
        key { tenant: Uuid, id: Uuid }
        name: String,
        mechanism: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        RoundId,
        Round,
        "round",
        columns(
            name: |e: &Round| e.id.clone(),
            mechanism: |e: &Round| e.mechanism.clone(),
            ),
        by(name: &str => Name)
    );
}

/// Evaluations.
pub mod evaluation {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::EvaluationId, review::Evaluation};

    pub(crate) mod row {
        super::entity!(
        "evaluation",
        key { tenant: Uuid, id: Uuid }
        round: String,
        state: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        EvaluationId,
        Evaluation,
        "evaluation",
        columns(
            round: |e: &Evaluation| e.round.clone(),
            state: |e: &Evaluation| e.state.to_string(),
            ),
        by(round: &str => Round)
    );
}

/// Texts.
pub mod text {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::ReviewTextId, review::ReviewText};

    pub(crate) mod row {
        super::entity!(
        "review_text",
        key { tenant: Uuid, id: Uuid }
        evaluation: String,
        pillar: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        ReviewTextId,
        ReviewText,
        "text",
        columns(
            evaluation: |e: &ReviewText| e.evaluation.clone(),
            pillar: |e: &ReviewText| e.pillar.to_string(),
            ),
        by(evaluation: &str => Evaluation)
    );
}

/// Recommendations.
pub mod recommendation {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::RecommendationId, review::Recommendation};

    pub(crate) mod row {
        super::entity!(
        "recommendation",
        key { tenant: Uuid, id: Uuid }
        name: String,
        issuer: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        RecommendationId,
        Recommendation,
        "recommendation",
        columns(
            name: |e: &Recommendation| e.id.clone(),
            issuer: |e: &Recommendation| e.body.clone(),
            ),
        by(name: &str => Name)
    );
}

/// Follow ups.
pub mod follow_up {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::FollowUpId, review::FollowUp};

    pub(crate) mod row {
        super::entity!(
        "follow_up",
        key { tenant: Uuid, id: Uuid }
        recommendation: String,
        state: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        FollowUpId,
        FollowUp,
        "follow up",
        columns(
            recommendation: |e: &FollowUp| e.recommendation.clone(),
            state: |e: &FollowUp| e.state.to_string(),
            ),
        by(recommendation: &str => Recommendation)
    );
}

/// Information requests.
pub mod information_request {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::InformationRequestId, review::InformationRequest};

    pub(crate) mod row {
        super::entity!(
        "information_request",
        key { tenant: Uuid, id: Uuid }
        mechanism: String,
        sent: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        InformationRequestId,
        InformationRequest,
        "information request",
        columns(
            mechanism: |e: &InformationRequest| e.mechanism.clone(),
            sent: |e: &InformationRequest| e.sent.to_string(),
            ),
        by(mechanism: &str => Mechanism)
    );
}

/// Information replys.
pub mod information_reply {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::InformationReplyId, review::InformationReply};

    pub(crate) mod row {
        super::entity!(
        "information_reply",
        key { tenant: Uuid, id: Uuid }
        request: String,
        state: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        InformationReplyId,
        InformationReply,
        "information reply",
        columns(
            request: |e: &InformationReply| e.request.clone(),
            state: |e: &InformationReply| e.state.to_string(),
            ),
        by(request: &str => Request)
    );
}

/// Impact reviews.
pub mod impact_review {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::ImpactReviewId, review::ImpactReview};

    pub(crate) mod row {
        super::entity!(
        "impact_review",
        key { tenant: Uuid, id: Uuid }
        measure: String,
        responsible: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        ImpactReviewId,
        ImpactReview,
        "impact review",
        columns(
            measure: |e: &ImpactReview| e.measure.clone(),
            responsible: |e: &ImpactReview| e.responsible.clone(),
            ),
        by(measure: &str => Measure)
    );
}

/// Impact answers.
pub mod impact_answer {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::ImpactAnswerId, review::ImpactAnswer};

    pub(crate) mod row {
        super::entity!(
        "impact_answer",
        key { tenant: Uuid, id: Uuid }
        review: String,
        answered: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        ImpactAnswerId,
        ImpactAnswer,
        "impact answer",
        columns(
            review: |e: &ImpactAnswer| e.review.clone(),
            answered: |e: &ImpactAnswer| e.on.to_string(),
            ),
        by(review: &str => Review)
    );
}
