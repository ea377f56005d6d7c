//! Answers that are kept as they are typed beside those that stand: where half a word would
//! take back a signature, take an answer away or be read in another house. They are for
//! whoever types them and for nobody else, until they are saved by hand.

use super::{AnswerForm, opened_or_handed, write::edit_action};
use crate::{Acting, Problems, Refused, review::typed};
use palermo_domain::id::SubmissionId;
use std::collections::BTreeMap;

/// Between the values of an answer of several; nobody types it.
const BETWEEN: char = '\u{1e}';

fn about(id: SubmissionId) -> String {
    format!("answers/{id}")
}

/// Keeps an answer as typed. Whoever calls this has asked whether the reader may write it.
pub(super) async fn keep(
    acting: &Acting<'_>,
    id: SubmissionId,
    code: &str,
    form: &AnswerForm,
) -> Result<(), Refused> {
    let opened = opened_or_handed(acting, id).await?;
    let field = format!("a-{code}");
    let mut problems = Problems::default();
    let value: Vec<String> =
        form.value.iter().map(|text| problems.bounded(&field, text, 20_000)).collect();
    let mut fields: typed::Fields = [
        ("explanation", &form.explanation, 20_000),
        ("evidence", &form.evidence, 8000),
        ("need", &form.need, 4000),
        ("unit", &form.unit, 60),
        ("definition", &form.definition, 1000),
        ("overridden", &form.overridden, 4000),
        ("revision", &form.revision, 40),
    ]
    .into_iter()
    .map(|(name, text, most)| (name.to_owned(), problems.bounded(&field, text, most)))
    .collect();
    problems.none()?;
    fields.insert("value".to_owned(), value.join(&BETWEEN.to_string()));
    let confidential = if form.confidential { "yes" } else { "" };
    fields.insert("confidential".to_owned(), confidential.to_owned());
    typed::keep(acting, edit_action(&opened), (&about(id), code), fields).await
}

/// Answers the reader typed and did not save, by question.
///
/// # Errors
/// When the store does not answer.
pub async fn typed_answers(
    acting: &Acting<'_>,
    id: SubmissionId,
) -> Result<BTreeMap<String, AnswerForm>, Refused> {
    let all = typed::of(acting, &about(id)).await?;
    Ok(all.into_iter().map(|(code, fields)| (code, read(fields))).collect())
}

fn read(mut fields: typed::Fields) -> AnswerForm {
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    AnswerForm {
        value: field("value").split(BETWEEN).map(str::to_owned).collect(),
        explanation: field("explanation"),
        evidence: field("evidence"),
        need: field("need"),
        unit: field("unit"),
        definition: field("definition"),
        confidential: field("confidential") == "yes",
        overridden: field("overridden"),
        revision: field("revision"),
        ..AnswerForm::default()
    }
}

/// Takes out what the reader typed about a question and did not save.
///
/// # Errors
/// [`Refused::NotFound`] for a report one may not open.
pub async fn forget_typed(
    acting: &Acting<'_>,
    id: SubmissionId,
    code: &str,
) -> Result<(), Refused> {
    let opened = opened_or_handed(acting, id).await?;
    typed::keep(acting, edit_action(&opened), (&about(id), code), typed::Fields::new()).await
}
