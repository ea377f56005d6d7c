//! Reports, reviews, meetings. Each record belongs to the organisation that
//! answers for it: a submission to the State's coordination, its reception to
//! the secretariat, a text of a review to the body that writes it. Answers
//! are rows of their own, so that two people write two answers at once and
//! two hands on one answer are noticed. Nothing here is about a person.

use super::tools::{NewTable, migration, owned};

/// A document with an id and two columns it is found by.
fn document(name: &'static str, a: &'static str, b: &'static str) -> NewTable {
    owned(name, &["id"]).uuid("id").text(a).text(b).json("body").number("revision").index(&[a, b])
}

migration!(
    "m0013_reports",
    document("submission", "questionnaire", "state").number("period"),
    owned("submission_answer", &["submission", "code"])
        .uuid("submission")
        .text("code")
        .json("body")
        .number("recorded_at")
        .text("recorded_by")
        .number("revision")
        .refers("submission", "submission"),
    document("submission_version", "questionnaire", "state").number("period"),
    document("reception", "questionnaire", "state"),
    document("dispute", "questionnaire", "state"),
    document("contribution", "questionnaire", "state"),
    document("duty_step", "mechanism", "state"),
    document("questionnaire_draft", "name", "status"),
    document("text_comment", "about", "place"),
    document("review_round", "name", "mechanism"),
    document("evaluation", "round", "state"),
    document("review_text", "evaluation", "pillar"),
    document("recommendation", "name", "issuer"),
    document("follow_up", "recommendation", "state"),
    document("information_request", "mechanism", "sent"),
    document("information_reply", "request", "state"),
    document("impact_review", "measure", "responsible"),
    document("impact_answer", "review", "answered"),
    document("body_seat", "council", "since"),
    document("body_meeting", "council", "held"),
);
