//! Answers of a section that were kept as they were typed and not saved: they stand in the
//! form again, with what is said about them and a way to throw them away.

use super::{section::Typed, sheet::base};
use crate::{
    components::InsetText,
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{done, one_button},
        visit::Visit,
    },
};
use palermo_app::{
    domain::{id::SubmissionId, report::Section},
    report::{self, Opened},
};

/// What the fields show in place of what stands: what was typed now, else what was kept as it
/// was typed before; and whether there is something of the latter.
pub(super) async fn shown(
    visit: &Visit,
    id: SubmissionId,
    section: &Section,
    typed: &Typed,
) -> Result<(Typed, bool), Failure> {
    let mut all = report::typed_answers(&visit.acting(), id).await?;
    all.retain(|code, _| section.questions.iter().any(|one| one.code == *code));
    let waits = !all.is_empty();
    all.extend(typed.clone());
    Ok((all, waits))
}

/// What is said where something waits to be saved; `path` takes the form.
pub(super) fn waits(visit: &Visit, path: &str) -> String {
    let told = InsetText::new(visit.text("draft-waits"));
    let button = one_button(visit, path, "draft-discard", &[("discard", "yes")], false);
    format!("{told}{button}")
}

/// Takes out all that was typed in a section and not saved.
pub(super) async fn discard(
    visit: &Visit,
    opened: &Opened,
    section: &Section,
    kept: &Typed,
) -> Answer {
    let id = opened.sheet.record.id;
    for question in section.questions.iter().filter(|one| kept.contains_key(&one.code)) {
        report::forget_typed(&visit.acting(), id, &question.code).await?;
    }
    Ok(done(visit, &format!("{}/sections/{}", base(opened), section.code), "saved"))
}
