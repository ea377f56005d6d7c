//! The form of a question: its words, the kind of answer with what that kind needs, and
//! when it is asked. The fields of a kind come with a button, so that no script is needed.

use super::{
    choices::{ENTER_SAVES, Menu, again, heading, kinds, mapping, several},
    outline_of,
    question_read::{Known, ROWS, earlier, has_options, links, values},
    shown, typed,
};
use crate::shell::{form::Form, forms::FormPage, visit::Visit};
use axum::response::Response;
use palermo_app::{
    Problems,
    domain::report::{AnswerKind, EvidenceRule, Mapping, Question},
};

/// The page of the form.
pub(super) fn page(
    visit: &Visit,
    draft: &str,
    known: &Known<'_>,
    form: &Form,
    theirs: &str,
    problems: &Problems,
) -> Response {
    let kinds = AnswerKind::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("kind-{one}"))))
        .collect();
    let mut page =
        FormPage::new(visit, &format!("{}/question", outline_of(draft)), problems).part(theirs);
    page = page.part(ENTER_SAVES);
    for name in ["was", "before", "section", "after"] {
        page = page.hidden(name, form.text(name));
    }
    page = page
        .text("code", "questionnaire-code", "builder-code-hint", form.text("code"))
        .lines("text", "report-question", "builder-english", form.text("text"))
        .lines("help", "builder-help", "builder-help-hint", form.text("help"))
        .select("kind", "questionnaire-kind", kinds, form.text("kind"))
        .part(again(visit, "builder-show-kind"));
    page = of_kind(visit, page, known, form);
    page = rules(visit, page, form);
    page = condition(visit, page, known, form);
    page = pointers(visit, page, known, form);
    let title =
        if form.text("was").is_empty() { "builder-question-new" } else { "builder-question" };
    shown(page.button("form-save"), title, &outline_of(draft), !theirs.is_empty())
}

/// The fields of the kind chosen. What was typed for another kind goes along unseen, so
/// that going back to it loses nothing.
fn of_kind<'a>(
    visit: &'a Visit,
    mut page: FormPage<'a>,
    known: &Known<'_>,
    form: &Form,
) -> FormPage<'a> {
    let kind: Option<AnswerKind> = form.text("kind").parse().ok();
    let (choice, table, number) = (
        kind.is_some_and(has_options),
        kind == Some(AnswerKind::Rows),
        kind == Some(AnswerKind::Number),
    );
    for (family, open) in [("option", choice), ("column", table)] {
        if open {
            page = rows(visit, page, form, family);
            continue;
        }
        for at in 0..ROWS {
            for name in [format!("{family}-{at}"), format!("{family}-code-{at}")] {
                page = carried(page, form, &name);
            }
        }
    }
    if !number {
        for name in ["unit", "part_of", "breakdown", "minimum", "maximum"] {
            page = carried(page, form, name);
        }
        return page;
    }
    let was = form.text("was");
    let numbers = known
        .all
        .questions()
        .filter(|one| one.kind == AnswerKind::Number && one.code != was)
        .map(|one| (one.code.clone(), named(visit, one)))
        .collect();
    page.part(heading(visit, "builder-of-number"))
        .text("unit", "builder-unit", "builder-unit-hint", form.text("unit"))
        .text("minimum", "builder-minimum", "builder-bounds-hint", form.text("minimum"))
        .text("maximum", "builder-maximum", "builder-bounds-hint", form.text("maximum"))
        .select("part_of", "builder-part-of", numbers, form.text("part_of"))
        .text("breakdown", "builder-breakdown", "builder-breakdown-hint", form.text("breakdown"))
}

fn carried<'a>(page: FormPage<'a>, form: &Form, name: &str) -> FormPage<'a> {
    match form.text(name) {
        "" => page,
        value => page.hidden(name, value),
    }
}

/// A line for each choice or column, and two more.
fn rows<'a>(visit: &'a Visit, page: FormPage<'a>, form: &Form, family: &str) -> FormPage<'a> {
    let filled = (0..ROWS).rev().find(|at| !typed(form, &format!("{family}-{at}")).is_empty());
    let count = filled.map_or(4, |at| (at + 3).max(4)).min(ROWS);
    let mut page = page
        .part(heading(visit, &format!("builder-of-{family}")))
        .words(&format!("builder-{family}-words"));
    for at in 0..count {
        let values = [("n", visit.whole(at + 1).into())];
        let label = visit.format(&format!("builder-{family}"), &values);
        let (name, code) = (format!("{family}-{at}"), format!("{family}-code-{at}"));
        page = page.hidden(&code, form.text(&code)).text_said(&name, &label, form.text(&name));
    }
    page.part(again(visit, "builder-more-lines"))
}

/// Whether it must be answered, and what has to support it.
fn rules<'a>(visit: &'a Visit, page: FormPage<'a>, form: &Form) -> FormPage<'a> {
    let yes = vec![("yes".to_owned(), visit.text("builder-required-yes"))];
    let ticked: Vec<String> =
        form.ticked("required").then(|| "yes".to_owned()).into_iter().collect();
    let evidence = EvidenceRule::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("builder-evidence-{one}"))))
        .collect();
    page.checkboxes("required", "builder-required", yes, &ticked).radios(
        "evidence",
        "builder-evidence",
        evidence,
        form.text("evidence"),
    )
}

/// A question in a menu.
fn named(visit: &Visit, one: &Question) -> String {
    let text: String = one.text.say(visit.language.code()).0.chars().take(90).collect();
    format!("{} {text}", one.code)
}

/// On which earlier answer it depends: the question, then its values.
fn condition<'a>(
    visit: &'a Visit,
    page: FormPage<'a>,
    known: &Known<'_>,
    form: &Form,
) -> FormPage<'a> {
    let wanted = form.text("when");
    let earlier = earlier(known.all, form);
    let menu: Menu = earlier
        .iter()
        .filter(|one| {
            matches!(one.kind, AnswerKind::Word | AnswerKind::Choice) || one.code == wanted
        })
        .map(|one| (one.code.clone(), named(visit, one)))
        .collect();
    let page = page.part(heading(visit, "builder-asked"));
    if menu.is_empty() {
        return page.words("builder-when-none");
    }
    let page = page
        .hinted("builder-when-hint")
        .select("when", "builder-when", menu, wanted)
        .part(again(visit, "builder-show-values"));
    let Some(question) = earlier.into_iter().find(|one| one.code == wanted) else { return page };
    let is = [("is", "builder-when-is-yes"), ("not", "builder-when-is-not")];
    let is = is.iter().map(|(code, id)| ((*code).to_owned(), visit.text(id))).collect();
    let chosen = if form.text("when-is") == "not" { "not" } else { "is" };
    let page = page.radios("when-is", "builder-when-is", is, chosen);
    match values(visit, question) {
        Some(menu) => {
            page.checkboxes("when-value", "builder-when-value", menu, form.list("when-value"))
        }
        None => page.text(
            "when-text",
            "builder-when-value",
            "builder-when-text-hint",
            form.text("when-text"),
        ),
    }
}

/// What it asks about, and the same question elsewhere.
fn pointers<'a>(
    visit: &'a Visit,
    page: FormPage<'a>,
    known: &Known<'_>,
    form: &Form,
) -> FormPage<'a> {
    let taken = super::choices::chosen(form, "provisions");
    let page = page.part(heading(visit, "questionnaire-provisions"));
    let page =
        several(page, ("provisions", "builder-provisions"), known.provisions.clone(), &taken)
            .part(again(visit, "builder-add"))
            .part(heading(visit, "builder-links"))
            .words("builder-links-words");
    let links = links(form);
    let boxes: Menu = links
        .iter()
        .map(|one| {
            let words = Mapping::parse(one).map(|map| mapping(visit, known.elsewhere, &map));
            (one.clone(), words.unwrap_or_else(|| one.clone()))
        })
        .collect();
    let page = if boxes.is_empty() {
        page
    } else {
        page.checkboxes("maps", "builder-maps", boxes, &links)
    };
    // A question without its relation waits for it; with it, it became a box.
    let waits = if form.text("map-kind").is_empty() { form.text("maps-add") } else { "" };
    page.select("maps-add", "builder-maps-add", known.elsewhere.clone(), waits)
        .select("map-kind", "builder-map-kind", kinds(visit), "")
        .part(again(visit, "builder-add"))
}
