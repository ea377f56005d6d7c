//! What can be chosen in the forms: provisions of the registers, questions of other
//! questionnaires, mechanisms. What is chosen stands as ticked boxes with a menu below to
//! add one more, so that nothing depends on a script.

use super::super::Page;
use crate::{
    components::Button,
    pages::register::common::instrument_name,
    shell::{failure::Failure, form::Form, forms::FormPage, visit::Visit},
};
use palermo_app::{
    domain::report::{MapKind, Mapping, Questionnaire},
    report,
};

/// A menu: values with words.
pub(super) type Menu = Vec<(String, String)>;

/// The provisions the registers know, by instrument: an article as a whole, and each of
/// its paragraphs.
pub(super) fn provisions(visit: &Visit) -> Menu {
    let mut all: Menu = Vec::new();
    for instrument in visit.web.app().registers.instruments.all() {
        let name = instrument_name(visit, instrument);
        for one in &instrument.provisions {
            let id = format!("{}:{}", instrument.id, one.article);
            all.push((id, format!("{name}: {} {}", one.article, one.label)));
            let whole = one.article.split_once('(').map(|(article, _)| article);
            let whole = whole.filter(|article| {
                instrument.provisions.iter().all(|other| other.article != *article)
            });
            if let Some(article) = whole {
                let id = format!("{}:{article}", instrument.id);
                all.push((id, format!("{name}: {article}")));
            }
        }
    }
    all.sort_by(|a, b| visit.compare(&a.1, &b.1));
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

/// The questions of the other questionnaires in use.
pub(super) async fn elsewhere(visit: &Visit, own: &Questionnaire) -> Result<Menu, Failure> {
    let language = visit.language.code();
    let all = report::questionnaires(visit.web.app()).await?;
    let others = all.values().filter(|one| one.id != own.id);
    Ok(others
        .flat_map(|one| {
            one.questions().map(move |question| {
                let text: String = question.text.say(language).0.chars().take(90).collect();
                let title = one.title.say(language).0;
                let id = format!("{}:{}", one.id, question.code);
                (id, format!("{title}: {} {text}", question.code))
            })
        })
        .collect())
}

/// The mechanisms, by name.
pub(super) fn mechanisms(visit: &Visit) -> Menu {
    let profiles = visit.web.app().content.mechanisms().profiles();
    let ids = profiles.map(|profile| profile.id.to_string());
    let mut all: Menu = ids.map(|id| (id.clone(), visit.mechanism(&id))).collect();
    all.sort_by(|a, b| visit.compare(&a.1, &b.1));
    all
}

/// The words of a value; the value itself where nobody knows it.
pub(super) fn words(menu: &Menu, value: &str) -> String {
    let found = menu.iter().find(|(one, _)| one == value);
    found.map_or_else(|| value.to_owned(), |(_, words)| words.clone())
}

/// How questions can be related.
pub(super) fn kinds(visit: &Visit) -> Menu {
    let kinds = MapKind::ALL.iter();
    kinds.map(|one| (one.code().to_owned(), visit.text(&format!("map-{one}")))).collect()
}

/// A link to a question elsewhere, in words.
pub(super) fn mapping(visit: &Visit, menu: &Menu, map: &Mapping) -> String {
    let question = words(menu, &format!("{}:{}", map.questionnaire, map.code));
    format!("{question} ({})", visit.text(&format!("map-{}", map.kind)))
}

/// What is chosen in a field, with what its menu adds.
pub(super) fn chosen(form: &Form, name: &str) -> Vec<String> {
    let mut all = form.list(name).to_vec();
    let added = form.text(&format!("{name}-add")).trim();
    if !added.is_empty() && !all.iter().any(|one| one == added) {
        all.push(added.to_owned());
    }
    all.retain(|one| !one.is_empty());
    all
}

/// The boxes of what is chosen, and the menu that adds one. The label of the menu is that
/// of the boxes with `-add` behind it.
pub(super) fn several<'a>(
    page: FormPage<'a>,
    (name, label): (&str, &str),
    menu: Menu,
    chosen: &[String],
) -> FormPage<'a> {
    let boxes: Menu = chosen.iter().map(|one| (one.clone(), words(&menu, one))).collect();
    let page = if boxes.is_empty() { page } else { page.checkboxes(name, label, boxes, chosen) };
    let left = menu.into_iter().filter(|(one, _)| !chosen.contains(one)).collect();
    page.select(&format!("{name}-add"), &format!("{label}-add"), left, "")
}

/// The button that shows the form again with the fields its answers ask for.
pub(super) fn again(visit: &Visit, label: &str) -> String {
    let button = Button::new(visit.text(label)).secondary().small().sends("show", "yes");
    format!("<div class=\"govuk-button-group\">{button}</div>")
}

/// Enter in a line presses the first button of a form: this one saves, and is neither seen
/// nor heard.
pub(super) const ENTER_SAVES: &str = "<button type=\"submit\" class=\"govuk-visually-hidden\" \
     tabindex=\"-1\" aria-hidden=\"true\"></button>";

/// A heading within a form.
pub(super) fn heading(visit: &Visit, id: &str) -> String {
    let mut page = Page::new(visit);
    page.heading(id);
    page.finish()
}
