//! Forms put together from parts: every one has the hidden fields, the error
//! summary on top, the error beside the field, and what was typed.

use super::{
    paper::{self, Question, Takes},
    visit::Visit,
};
use crate::components::{
    Button, Checkboxes, Choice, Content, DateInput, ErrorSummary, FileUpload, Input, InsetText,
    PasswordInput, Radios, Select, SummaryList, Textarea, WarningText,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{FieldProblem, Problems, domain::free_text};
use std::{collections::BTreeMap, fmt::Write as _};

/// A form being put together.
pub struct FormPage<'a> {
    visit: &'a Visit,
    action: String,
    problems: Problems,
    html: String,
    upload: bool,
    /// The questions, while they are asked for on paper.
    questions: Option<Vec<Question>>,
    /// Whether the page leads to the same form on paper.
    paper: bool,
    /// Whether something is typed that would be missed: leaving then asks first.
    keeps: bool,
    /// Saved as it is typed: what is said where that fails.
    drafts: Option<String>,
    next_hint: Option<String>,
    labels: BTreeMap<String, String>,
    /// What the ids of boxes and menus end with, where a page shows a form twice.
    ending: String,
}

impl<'a> FormPage<'a> {
    /// A form sent to this path, showing these problems.
    #[must_use]
    pub fn new(visit: &'a Visit, action: &str, problems: &Problems) -> Self {
        Self {
            visit,
            action: visit.link(action),
            problems: problems.clone(),
            html: String::new(),
            upload: false,
            questions: paper::wanted(visit).then(Vec::new),
            paper: false,
            keeps: false,
            drafts: None,
            next_hint: None,
            labels: BTreeMap::new(),
            ending: String::new(),
        }
    }

    /// Ends the ids of boxes of lines and of menus with this: for a form that
    /// stands on a page more than once.
    #[must_use]
    pub fn ids_end(mut self, with: &str) -> Self {
        self.ending = format!("-{with}");
        self
    }

    /// The page of this form leads to the same on paper, with its codes.
    #[must_use]
    pub fn on_paper(mut self) -> Self {
        self.paper = true;
        self
    }

    /// A script saves it as it is typed, if `yes`; its route tells it how that went.
    #[must_use]
    pub fn drafts(mut self, yes: bool) -> Self {
        self.drafts = yes.then(|| self.visit.text("draft-failed"));
        self
    }

    /// On paper the question asked last is a line to write on: who works here, and under
    /// which account, stays off a sheet that is carried about.
    #[must_use]
    pub fn line_on_paper(mut self) -> Self {
        if let Some(last) = self.questions.as_mut().and_then(|all| all.last_mut()) {
            last.takes = Takes::Line;
        }
        self
    }

    /// Notes a question for the paper.
    fn asks(&mut self, name: &str, label: String, takes: impl FnOnce() -> Takes) {
        if let Some(questions) = &mut self.questions {
            questions.push(Question { name: name.to_owned(), label, takes: takes() });
        }
    }

    /// The id of a field; what is wrong with the whole form has none.
    fn id(&self, name: &str) -> String {
        if name.is_empty() { String::new() } else { format!("{name}{}", self.ending) }
    }

    /// Notes what a field is called, for the summary of what is wrong.
    fn called(&mut self, name: &str, label: &str) {
        if !self.problems.0.is_empty() {
            self.labels.insert(name.to_owned(), label.to_owned());
        }
    }

    /// What is wrong with a field, each problem on its own line.
    fn problem(&self, field: &str) -> Option<Content> {
        let found: Vec<String> = self
            .problems
            .0
            .iter()
            .filter(|problem| problem.field == field)
            .map(|problem| Content::from(self.visit.say(&problem.message)).to_string())
            .collect();
        (!found.is_empty()).then(|| Content::Html(found.join("<br>")))
    }

    fn push(mut self, part: impl std::fmt::Display) -> Self {
        let _ = write!(self.html, "{part}");
        self
    }

    fn hint(&self, hint: &str) -> Option<String> {
        (!hint.is_empty()).then(|| self.visit.text(hint))
    }

    /// A line of text. An empty `hint` is none.
    #[must_use]
    pub fn text(mut self, name: &str, label: &str, hint: &str, value: &str) -> Self {
        self.keeps = true;
        self.called(name, &self.visit.text(label));
        self.asks(name, self.visit.text(label), || Takes::Line);
        let mut input =
            Input::new(name, self.visit.text(label)).value(value).error(self.problem(name));
        if let Some(hint) = self.hint(hint) {
            input = input.hint(hint);
        }
        let input = input.words(&self.visit.words());
        self.push(input)
    }

    /// A line of text whose label is already in the reader's words.
    #[must_use]
    pub fn text_said(mut self, name: &str, label: &str, value: &str) -> Self {
        self.keeps = true;
        self.called(name, label);
        self.asks(name, label.to_owned(), || Takes::Line);
        let input = Input::new(name, label.to_owned())
            .value(value)
            .error(self.problem(name))
            .words(&self.visit.words());
        self.push(input)
    }

    /// One of a few, for a question already in the reader's words.
    #[must_use]
    pub fn radios_said(
        mut self,
        name: &str,
        question: &str,
        options: Vec<(String, String)>,
        value: &str,
    ) -> Self {
        self.called(name, question);
        self.asks(name, question.to_owned(), || Takes::One(options.clone()));
        let choices = options.into_iter().map(|(value, label)| Choice::new(value, label));
        let radios = Radios::new(name, question.to_owned(), choices)
            .value(value)
            .error(self.problem(name))
            .words(&self.visit.words());
        self.push(radios)
    }

    /// An e-mail address.
    #[must_use]
    pub fn email(mut self, name: &str, label: &str, value: &str) -> Self {
        self.called(name, &self.visit.text(label));
        let input = Input::new(name, self.visit.text(label))
            .value(value)
            .email()
            .error(self.problem(name))
            .words(&self.visit.words());
        self.push(input)
    }

    /// A code of digits.
    #[must_use]
    pub fn code(mut self, name: &str, label: &str, hint: &str) -> Self {
        self.called(name, &self.visit.text(label));
        let mut input = Input::new(name, self.visit.text(label))
            .digits()
            .autocomplete("one-time-code")
            .error(self.problem(name));
        if let Some(hint) = self.hint(hint) {
            input = input.hint(hint);
        }
        let input = input.words(&self.visit.words());
        self.push(input)
    }

    /// A passphrase; a new one if `new`.
    #[must_use]
    pub fn passphrase(mut self, name: &str, label: &str, hint: &str, new: bool) -> Self {
        self.called(name, &self.visit.text(label));
        let words = self.visit.words();
        let mut input =
            PasswordInput::new(name, self.visit.text(label), &words).error(self.problem(name));
        if let Some(hint) = self.hint(hint) {
            input = input.hint(hint);
        }
        let input = if new { input.new_password() } else { input };
        self.push(input)
    }

    /// Several lines.
    #[must_use]
    pub fn lines(self, name: &str, label: &str, hint: &str, value: &str) -> Self {
        let hint = self.hint(hint);
        self.lines_said(name, label, hint, value)
    }

    /// Several lines of text whose hint holds values.
    #[must_use]
    pub fn lines_said(
        mut self,
        name: &str,
        label: &str,
        hint: Option<String>,
        value: &str,
    ) -> Self {
        self.called(name, &self.visit.text(label));
        self.asks(name, self.visit.text(label), || Takes::Lines);
        let mut area = Textarea::new(name, self.visit.text(label))
            .id(self.id(name))
            .value(value)
            .error(self.problem(name));
        if let Some(hint) = hint {
            area = area.hint(hint);
        }
        let area = area.words(&self.visit.words());
        self.push(area)
    }

    /// A hint for the choice or date that follows; an empty id is none.
    #[must_use]
    pub fn hinted(mut self, id: &str) -> Self {
        self.next_hint = self.hint(id);
        self
    }

    /// One of a list, as a menu.
    #[must_use]
    pub fn select(
        mut self,
        name: &str,
        label: &str,
        options: Vec<(String, String)>,
        value: &str,
    ) -> Self {
        self.called(name, &self.visit.text(label));
        self.asks(name, self.visit.text(label), || Takes::One(options.clone()));
        let options =
            std::iter::once((String::new(), self.visit.text("form-choose"))).chain(options);
        let mut select = Select::new(name, self.visit.text(label))
            .id(self.id(name))
            .options(options)
            .value(value)
            .error(self.problem(name));
        if let Some(hint) = self.next_hint.take() {
            select = select.hint(hint);
        }
        let select = select.words(&self.visit.words());
        self.push(select)
    }

    /// One of a few.
    #[must_use]
    pub fn radios(
        mut self,
        name: &str,
        label: &str,
        options: Vec<(String, String)>,
        value: &str,
    ) -> Self {
        self.called(name, &self.visit.text(label));
        self.asks(name, self.visit.text(label), || Takes::One(options.clone()));
        let choices = options.into_iter().map(|(value, label)| Choice::new(value, label));
        let mut radios = Radios::new(name, self.visit.text(label), choices)
            .value(value)
            .error(self.problem(name));
        if let Some(hint) = self.next_hint.take() {
            radios = radios.hint(hint);
        }
        let radios = radios.words(&self.visit.words());
        self.push(radios)
    }

    /// Any of several.
    #[must_use]
    pub fn checkboxes(
        mut self,
        name: &str,
        label: &str,
        options: Vec<(String, String)>,
        values: &[String],
    ) -> Self {
        self.called(name, &self.visit.text(label));
        self.asks(name, self.visit.text(label), || Takes::Any(options.clone()));
        let choices = options.into_iter().map(|(value, label)| Choice::new(value, label));
        let mut boxes = Checkboxes::new(name, self.visit.text(label), choices)
            .values(values.iter().cloned())
            .error(self.problem(name));
        if let Some(hint) = self.next_hint.take() {
            boxes = boxes.hint(hint);
        }
        let boxes = boxes.words(&self.visit.words());
        self.push(boxes)
    }

    /// A day, month and year.
    #[must_use]
    pub fn date(mut self, name: &str, label: &str, typed: &[String; 3]) -> Self {
        self.called(name, &self.visit.text(label));
        self.asks(name, self.visit.text(label), || Takes::Day);
        let parts = [("day", "date-day"), ("month", "date-month"), ("year", "date-year")];
        let labels = parts.map(|(_, id)| self.visit.text(id));
        let [day, month, year] = typed;
        let mut input = DateInput::new(name, self.visit.text(label), labels)
            .values([day, month, year])
            .error(self.problem(name));
        if let Some(hint) = self.next_hint.take() {
            input = input.hint(hint);
        }
        let input = input.words(&self.visit.words());
        self.push(input)
    }

    /// A file to send.
    #[must_use]
    pub fn file(mut self, name: &str, label: &str, hint: &str) -> Self {
        self.called(name, &self.visit.text(label));
        self.upload = true;
        let mut file = FileUpload::new(name, self.visit.text(label)).error(self.problem(name));
        if let Some(hint) = self.hint(hint) {
            file = file.hint(hint);
        }
        let file = file.words(&self.visit.words());
        self.push(file)
    }

    /// Sent like a form with a file, which may be long.
    #[must_use]
    pub fn carries_files(mut self) -> Self {
        self.upload = true;
        self
    }

    /// Something sent along without being shown.
    #[must_use]
    pub fn hidden(self, name: &str, value: &str) -> Self {
        let value = Content::from(value).to_string().replace('"', "&quot;");
        self.push(format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"))
    }

    /// Words between fields.
    #[must_use]
    pub fn words(self, id: &str) -> Self {
        let text = Content::from(self.visit.text(id));
        self.push(format!("<p class=\"govuk-body\">{text}</p>"))
    }

    /// Finished markup between fields.
    #[must_use]
    pub fn part(self, part: impl std::fmt::Display) -> Self {
        self.push(part)
    }

    /// The button that sends it.
    #[must_use]
    pub fn button(self, label: &str) -> Self {
        let button = Button::new(self.visit.text(label));
        self.push(button)
    }

    /// The button that sends something that cannot be undone.
    #[must_use]
    pub fn warning_button(self, label: &str) -> Self {
        let button = Button::new(self.visit.text(label)).warning();
        self.push(button)
    }

    /// The fields alone, to stand inside another form.
    #[must_use]
    pub fn parts(&self) -> String {
        self.html.clone()
    }

    /// A problem with the name of its field in front: a summary of several is read alone.
    fn named(&self, problem: &FieldProblem) -> String {
        let told = self.visit.say(&problem.message);
        match self.labels.get(&problem.field) {
            Some(label) => format!("{label} – {told}"),
            // Asked for by a part of its own on many forms.
            None if problem.field == "happened" => {
                format!("{} – {told}", self.visit.text("case-happened"))
            }
            None => told,
        }
    }

    /// The form as HTML, what is wrong with it on top.
    #[must_use]
    pub fn html(&self) -> String {
        let mut html = String::new();
        if !self.problems.0.is_empty() {
            let ids: Vec<String> =
                self.problems.0.iter().map(|problem| self.id(&problem.field)).collect();
            let told = self.problems.0.iter().map(|problem| self.named(problem));
            let list = ids.iter().map(String::as_str).zip(told);
            let _ = write!(html, "{}", ErrorSummary::new(&self.visit.words(), list));
        }
        html.push_str(&self.below());
        html
    }

    /// The form alone, for a page that has its [`summary`] on top and the form far below.
    #[must_use]
    pub fn below(&self) -> String {
        let mut html = String::new();
        let kind = if self.upload { " enctype=\"multipart/form-data\"" } else { "" };
        // Boxes put in as finished parts count too.
        let keeps = self.keeps || self.html.contains("<textarea");
        let keep = if keeps { " data-keep" } else { "" };
        let (mut draft, mut said) = (String::new(), "");
        if let Some(failed) = &self.drafts {
            let failed = Content::from(failed.as_str()).to_string().replace('"', "&quot;");
            draft = format!(" data-draft=\"{failed}\"");
            said = "<p class=\"govuk-body-s\" role=\"status\" data-said></p>";
        }
        let _ = write!(
            html,
            "<form method=\"post\" action=\"{}\" novalidate{keep}{draft}{kind}>{}{}{said}</form>",
            self.action,
            self.visit.form_fields(),
            self.html
        );
        html
    }

    /// The form on paper, where it is asked for: for a form that shares its page.
    #[must_use]
    pub fn sheet(&self, title: &str, back: &str) -> Option<Response> {
        let questions = self.questions.as_ref()?;
        Some(paper::sheet(self.visit, &self.visit.text(title), back, questions))
    }

    /// The form as a page; 422 if it shows problems.
    #[must_use]
    pub fn page(&self, title: &str, back: &str) -> Response {
        let title = self.visit.text(title);
        if let (true, Some(questions)) = (self.paper, &self.questions) {
            return paper::sheet(self.visit, &title, back, questions);
        }
        if self.problems.0.is_empty() {
            let mut html = self.html();
            if self.paper {
                html.push_str(&paper::link(self.visit, self.visit.path()));
            }
            return self.visit.page(&title).back(back).html(&html);
        }
        refused(self.visit, title, Some(back), &self.html())
    }
}

/// A form that was not taken, shown again: its title says so, and the answer is 422.
#[must_use]
pub fn refused(visit: &Visit, title: String, back: Option<&str>, html: &str) -> Response {
    let mut page = visit.page(&title).failed();
    if let Some(back) = back {
        page = page.back(back);
    }
    let mut response = page.html(html);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// What is wrong with a form of another make than [`FormPage`], each problem with what
/// its field is called (the id of a message) in front.
#[must_use]
pub fn summary(
    visit: &Visit,
    problems: &Problems,
    label: impl Fn(&str) -> &'static str,
) -> ErrorSummary {
    let told = problems.0.iter().map(|problem| {
        let called = visit.text(label(&problem.field));
        (problem.field.as_str(), format!("{called} – {}", visit.say(&problem.message)))
    });
    ErrorSummary::new(&visit.words(), told)
}

/// What someone else saved while this was typed, field by field: what the field
/// is called, theirs, one's own. The form below decides.
#[must_use]
pub fn theirs(visit: &Visit, fields: &[(String, String, String)]) -> InsetText {
    let line =
        |line: &str| format!("<p class=\"govuk-body\" dir=\"auto\">{}</p>", Content::from(line));
    let text = |text: &str| match text.trim() {
        "" => line(&visit.text("conflict-empty")),
        words => words.lines().map(line).collect::<String>(),
    };
    let mut list = SummaryList::new();
    for (label, saved, own) in fields {
        let both = format!(
            "<p class=\"govuk-hint\">{}</p>{}<p class=\"govuk-hint\">{}</p>{}",
            Content::from(visit.text("conflict-theirs")),
            text(saved),
            Content::from(visit.text("conflict-yours")),
            text(own),
        );
        list = list.row(label, Content::Html(both));
    }
    InsetText::new(Content::Html(format!(
        "<h2 class=\"govuk-heading-s\">{}</h2><p class=\"govuk-body\">{}</p>{list}",
        Content::from(visit.text("conflict-title")),
        Content::from(visit.text("conflict-why")),
    )))
}

/// A form of one button: something to do to the record on the page.
#[must_use]
pub fn one_button(
    visit: &Visit,
    action: &str,
    label: &str,
    fields: &[(&str, &str)],
    warning: bool,
) -> String {
    let mut form = FormPage::new(visit, action, &Problems::default());
    for (name, value) in fields {
        form = form.hidden(name, value);
    }
    let button = Button::new(visit.text(label)).small();
    let button = if warning { button.warning() } else { button.secondary() };
    form.part(button).html()
}

/// The same after words were kept: if they seem to hold a name, a telephone
/// number or an address, that is said too (E10). What they are is not repeated.
#[must_use]
pub fn done_with_words(visit: &Visit, path: &str, what: &str, words: &str) -> Response {
    if free_text::hints(words).is_empty() {
        return done(visit, path, what);
    }
    let sign = if path.contains('?') { '&' } else { '?' };
    done(visit, &format!("{path}{sign}hints=yes"), what)
}

/// What words that are about to leave seem to hold (E10); nothing where they
/// hold nothing. Advice: it stops nobody.
#[must_use]
pub fn leads_to_someone(visit: &Visit, words: &str) -> String {
    let hints = free_text::hints(words);
    if hints.is_empty() {
        return String::new();
    }
    let named: Vec<String> =
        hints.iter().map(|hint| visit.text(&format!("free-text-{}", hint.code()))).collect();
    let told = visit.format("free-text-leaves", &[("what", named.join("; ").into())]);
    WarningText::new(told, &visit.words()).to_string()
}

/// On to a page of ours, which then says what was done.
#[must_use]
pub fn done(visit: &Visit, path: &str, what: &str) -> Response {
    let sign = if path.contains('?') { '&' } else { '?' };
    let what = if what.is_empty() { String::new() } else { format!("{sign}done={what}") };
    Redirect::to(&visit.link(&format!("{path}{what}"))).into_response()
}
