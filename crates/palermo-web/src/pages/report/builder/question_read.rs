//! What a form of a question says: read onto the question it was, so that what the form is
//! not about stays.

use super::{LONGEST, choices::Menu, choices::chosen, is_code, mark, said, slug, typed, with};
use crate::shell::{form::Form, visit::Visit};
use palermo_app::{
    Message, Problems,
    domain::report::{
        AnswerKind, AnswerWord, Condition, EvidenceRule, Mapping, Question, Questionnaire, Texts,
        Value, read_number,
    },
};

/// What a form of a question can point to.
pub(super) struct Known<'a> {
    /// The questionnaire it stands in.
    pub all: &'a Questionnaire,
    /// Provisions of the registers.
    pub provisions: &'a Menu,
    /// Questions of other questionnaires.
    pub elsewhere: &'a Menu,
}

/// The most choices or columns.
pub(super) const ROWS: usize = 40;

/// Whether a kind of answer has choices.
pub(super) const fn has_options(kind: AnswerKind) -> bool {
    matches!(kind, AnswerKind::Choice | AnswerKind::Choices)
}

/// The questions asked before the one in the form.
pub(super) fn earlier<'a>(all: &'a Questionnaire, form: &Form) -> Vec<&'a Question> {
    let (was, after) = (form.text("was"), form.text("after"));
    if all.question(was).is_some() {
        return all.before(was, "");
    }
    match all.question(after) {
        Some(last) => {
            let mut found = all.before(after, "");
            found.push(last);
            found
        }
        None => all.before("", form.text("section")),
    }
}

/// The values an answer can have, with words; nothing where anything can be written.
pub(super) fn values(visit: &Visit, question: &Question) -> Option<Menu> {
    match question.kind {
        AnswerKind::Word => {
            let words = AnswerWord::ALL.iter();
            let named =
                words.map(|one| (one.code().to_owned(), visit.text(&format!("answer-word-{one}"))));
            Some(named.collect())
        }
        AnswerKind::Choice => {
            let language = visit.language.code();
            let options = question.options.iter();
            Some(
                options
                    .map(|(code, text)| (code.clone(), text.say(language).0.to_owned()))
                    .collect(),
            )
        }
        _ => None,
    }
}

/// The form of a question that is kept.
pub(super) fn kept(question: &Question) -> Form {
    let mut form = Form::default()
        .with("provisions", &question.provisions)
        .with("maps", &question.maps.iter().map(map_value).collect::<Vec<_>>());
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let number = |value: Option<f64>| value.map(|n| Value::Number(n).plain()).unwrap_or_default();
    let fields = [
        ("was", question.code.clone()),
        ("before", mark(question)),
        ("code", question.code.clone()),
        ("text", question.text.en().to_owned()),
        ("help", question.help.en().to_owned()),
        ("kind", question.kind.code().to_owned()),
        ("required", if question.required { "yes".to_owned() } else { String::new() }),
        ("evidence", question.evidence.code().to_owned()),
        ("unit", text(&question.unit)),
        ("part_of", text(&question.part_of)),
        ("breakdown", text(&question.breakdown)),
        ("minimum", number(question.minimum)),
        ("maximum", number(question.maximum)),
    ];
    for (name, value) in fields {
        form = with(form, name, &value);
    }
    for (family, named) in [("option", &question.options), ("column", &question.columns)] {
        for (at, (code, words)) in named.iter().enumerate() {
            form = with(form, &format!("{family}-{at}"), words.en());
            form = with(form, &format!("{family}-code-{at}"), code);
        }
    }
    if let Some(when) = &question.when {
        form = with(form, "when", &when.question);
        form = with(form, "when-is", if when.is { "is" } else { "not" });
        form = form.with("when-value", &when.values);
        form = with(form, "when-text", &when.values.join(" | "));
    }
    form
}

/// A link to a question elsewhere as the form carries it.
pub(super) fn map_value(map: &Mapping) -> String {
    format!("{}:{} {}", map.questionnaire, map.code, map.kind)
}

/// Links ticked, with the one the menus add.
pub(super) fn links(form: &Form) -> Vec<String> {
    let mut all = form.list("maps").to_vec();
    let (question, kind) = (form.text("maps-add"), form.text("map-kind"));
    if !question.is_empty() && !kind.is_empty() {
        all.retain(|one| !one.starts_with(&format!("{question} ")));
        all.push(format!("{question} {kind}"));
    }
    all
}

/// Rows of choices or columns as typed: the place, the code it has, the words.
fn rows(form: &Form, family: &str) -> Vec<(usize, String, String)> {
    (0..ROWS)
        .map(|at| {
            let words = typed(form, &format!("{family}-{at}")).replace('\n', " ");
            (at, typed(form, &format!("{family}-code-{at}")), words)
        })
        .filter(|(_, _, words)| !words.is_empty())
        .collect()
}

/// Choices or columns: each keeps its code, a new one is made of its words.
fn named(
    form: &Form,
    family: &str,
    old: &[(String, Texts)],
    problems: &mut Problems,
) -> Vec<(String, Texts)> {
    let mut all: Vec<(String, Texts)> = Vec::new();
    for (at, code, words) in rows(form, family) {
        let words = problems.bounded(&format!("{family}-{at}"), &words, 300);
        let was = old.iter().find(|(known, _)| !code.is_empty() && *known == code);
        let stem = match (was, slug(&words)) {
            (Some((code, _)), _) => code.clone(),
            (None, made) if made.is_empty() => format!("{family}-{}", at + 1),
            (None, made) => made,
        };
        let taken = |code: &str| all.iter().any(|(known, _)| known == code);
        let mut code = stem.clone();
        let mut number = 2;
        while taken(&code) {
            code = format!("{stem}-{number}");
            number += 1;
        }
        all.push((code, said(was.map(|(_, texts)| texts), &words)));
    }
    all
}

fn code(known: &Known<'_>, form: &Form, problems: &mut Problems) -> String {
    let code = typed(form, "code");
    if !is_code(&code) {
        problems.add("code", Message::new("error-builder-code"));
    } else if code != form.text("was") && known.all.question(&code).is_some() {
        problems.add("code", Message::new("error-builder-code-taken").with("code", &code));
    }
    code
}

/// The condition, where one is chosen.
fn condition(
    visit: &Visit,
    known: &Known<'_>,
    form: &Form,
    problems: &mut Problems,
) -> Option<Condition> {
    let wanted = form.text("when");
    if wanted.is_empty() {
        return None;
    }
    let Some(question) = earlier(known.all, form).into_iter().find(|one| one.code == wanted) else {
        problems.add("when", Message::new("error-builder-when-later"));
        return None;
    };
    let menu = values(visit, question);
    let values: Vec<String> = match &menu {
        Some(menu) => {
            let ticked = form.list("when-value").iter();
            ticked.filter(|one| menu.iter().any(|(code, _)| code == *one)).cloned().collect()
        }
        None => {
            let parts = form.text("when-text").split('|').map(|one| one.trim().to_owned());
            parts.filter(|one| !one.is_empty()).collect()
        }
    };
    if values.is_empty() {
        let field = if menu.is_some() { "when-value" } else { "when-text" };
        problems.add(field, Message::new("error-builder-when-value"));
    }
    Some(Condition { question: wanted.to_owned(), is: form.text("when-is") != "not", values })
}

/// Provisions and links: of those there are, or that were there before.
fn pointed(
    known: &Known<'_>,
    form: &Form,
    old: Option<&Question>,
    problems: &mut Problems,
) -> (Vec<String>, Vec<Mapping>) {
    let provisions = chosen(form, "provisions");
    let there = |one: &String| {
        known.provisions.iter().any(|(id, _)| id == one)
            || old.is_some_and(|old| old.provisions.contains(one))
    };
    if !provisions.iter().all(there) {
        problems.add("provisions-add", Message::new("error-choose"));
    }
    if !form.text("maps-add").is_empty() && form.text("map-kind").is_empty() {
        problems.add("map-kind", Message::new("error-choose"));
    }
    let maps: Vec<Mapping> = links(form).iter().filter_map(|one| Mapping::parse(one)).collect();
    let there = |map: &Mapping| {
        let id = format!("{}:{}", map.questionnaire, map.code);
        known.elsewhere.iter().any(|(known, _)| *known == id)
            || old.is_some_and(|old| old.maps.contains(map))
    };
    if !maps.iter().all(there) {
        problems.add("maps-add", Message::new("error-choose"));
    }
    (provisions, maps)
}

/// What a number counts, of which number it is a part, and what it may be.
#[derive(Default)]
struct Figure {
    unit: Option<String>,
    part_of: Option<String>,
    breakdown: Option<String>,
    minimum: Option<f64>,
    maximum: Option<f64>,
}

fn figure(known: &Known<'_>, form: &Form, problems: &mut Problems) -> Figure {
    let unit = problems.required("unit", &typed(form, "unit"), 100);
    let part_of = Some(form.text("part_of").to_owned()).filter(|total| !total.is_empty());
    let found = part_of.as_ref().map(|total| known.all.question(total).map(|one| one.kind));
    let itself = part_of.as_deref() == Some(form.text("was"));
    if found.is_some_and(|kind| kind != Some(AnswerKind::Number)) || itself {
        problems.add("part_of", Message::new("error-choose"));
    }
    let breakdown = problems.bounded("breakdown", &typed(form, "breakdown"), 100);
    let (minimum, maximum) = (bound(form, "minimum", problems), bound(form, "maximum", problems));
    if let (Some(least), Some(most)) = (minimum, maximum)
        && least > most
    {
        problems.add("maximum", Message::new("error-builder-bounds"));
    }
    Figure {
        unit: Some(unit),
        part_of,
        breakdown: Some(breakdown).filter(|text| !text.is_empty()),
        minimum,
        maximum,
    }
}

fn bound(form: &Form, name: &str, problems: &mut Problems) -> Option<f64> {
    let written = typed(form, name);
    if written.is_empty() {
        return None;
    }
    let number = read_number(&written).ok();
    if number.is_none() {
        problems.add(name, Message::new("error-builder-number"));
    }
    number
}

/// Reads the form, noting every problem beside its field.
pub(super) fn read(
    visit: &Visit,
    known: &Known<'_>,
    form: &Form,
    problems: &mut Problems,
) -> Question {
    let old = known.all.question(form.text("was"));
    let code = code(known, form, problems);
    let text = problems.required("text", &typed(form, "text"), LONGEST);
    let help = problems.bounded("help", &typed(form, "help"), LONGEST);
    let kind: Option<AnswerKind> = form.text("kind").parse().ok();
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    let kind = kind.unwrap_or(AnswerKind::Word);
    let none: &[(String, Texts)] = &[];
    let (mut options, mut columns) = (Vec::new(), Vec::new());
    if has_options(kind) {
        options = named(form, "option", old.map_or(none, |one| one.options.as_slice()), problems);
        if options.len() < 2 {
            problems.add("option-0", Message::new("error-builder-options"));
        }
    }
    if kind == AnswerKind::Rows {
        columns = named(form, "column", old.map_or(none, |one| one.columns.as_slice()), problems);
        if columns.is_empty() {
            problems.add("column-0", Message::new("error-builder-columns"));
        }
    }
    let figure = match kind {
        AnswerKind::Number => figure(known, form, problems),
        _ => Figure {
            unit: old.filter(|one| one.kind == kind).and_then(|one| one.unit.clone()),
            ..Figure::default()
        },
    };
    let evidence: Option<EvidenceRule> = form.text("evidence").parse().ok();
    if evidence.is_none() {
        problems.add("evidence", Message::new("error-choose"));
    }
    let when = condition(visit, known, form, problems);
    let (provisions, maps) = pointed(known, form, old, problems);
    Question {
        code,
        kind,
        text: said(old.map(|one| &one.text), &text),
        help: said(old.map(|one| &one.help), &help),
        options,
        columns,
        required: form.ticked("required"),
        evidence: evidence.unwrap_or(EvidenceRule::Optional),
        provisions,
        when,
        maps,
        unit: figure.unit,
        minimum: figure.minimum,
        maximum: figure.maximum,
        part_of: figure.part_of,
        breakdown: figure.breakdown,
        prefill: old.map(|one| one.prefill.clone()).unwrap_or_default(),
        standard: old.and_then(|one| one.standard.clone()),
        rule: old.and_then(|one| one.rule.clone()),
    }
}
