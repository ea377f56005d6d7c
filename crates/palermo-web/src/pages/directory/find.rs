//! Finding help in ten seconds: what is needed, where, for whom if one wishes.
//! Nothing typed here is kept; a need nobody meets is filed on a press of a button.
//! How what was found looks is [`super::found`].

use super::{
    found, isolated, link, near_first, near_states, options, state_asked, state_options, word,
};
use crate::{
    components::{Checkboxes, Choice, Content, Details, FilterPanel, Input, Select},
    pages::{Answer, case},
    shell::{
        form::Form,
        forms::{self, done},
        gate::encode,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    case::{self as app_case, open::language_name},
    desk::parse_id,
    domain::{
        id::{CaseId, ServiceId},
        register::state::StateCode,
        service::{
            Need, Service,
            find::{AgeGroup, Exploitation, Particulars, Sex, Wanted, With},
        },
    },
    export, service, unmet_need,
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/get-help", Action::PublicRead, ask)
        .form("/get-help/no-answer", Action::NoteCall, no_answer)
        .form("/get-help/unmet", Action::FileUnmetNeed, unmet)
}

/// The names of the fields, in the order of the form.
const FIELDS: [&str; 10] =
    ["need", "state", "area", "sex", "age", "with", "exploitation", "languages", "tried", "years"];

/// Those about the person: with a case they are read from it and stand in no address.
const PERSON: [&str; 6] = ["sex", "age", "with", "exploitation", "languages", "years"];

/// Several words in one text, parted by commas or spaces.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c == ',' || c.is_whitespace());
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// What the fields of an address or a form say is wanted.
///
/// # Errors
/// The need and the State, where they are missing or not known.
fn wanted(visit: &Visit, form: &Form) -> Result<Wanted, Problems> {
    let mut problems = Problems::default();
    let need = form.text("need").parse::<Need>().ok();
    if need.is_none() {
        problems.add("need", Message::new("error-help-need"));
    }
    let code = form.text("state").trim();
    let content = &visit.web.app().content;
    let state = code
        .to_uppercase()
        .parse::<StateCode>()
        .ok()
        .filter(|state| content.knows_state(state.as_str()));
    if state.is_none() && code.is_empty() {
        problems.add("state", Message::new("error-help-state"));
    } else if state.is_none() {
        let said: String = code.chars().filter(|c| !c.is_control()).take(20).collect();
        problems.add("state", Message::new("error-unknown-state").with("code", said));
    }
    let (Some(need), Some(state)) = (need, state) else { return Err(problems) };
    let has = |one: With| form.list("with").iter().any(|said| said == one.code());
    let area = form.text("area").trim().chars().take(80).collect::<String>();
    Ok(Wanted {
        need,
        state,
        area: (!area.is_empty()).then_some(area),
        person: Particulars {
            sex: form.text("sex").parse::<Sex>().ok(),
            age: form.text("age").parse::<AgeGroup>().ok(),
            age_years: form.text("years").parse().ok(),
            with_children: has(With::Children),
            disability: has(With::Disability),
            exploitation: form.text("exploitation").parse::<Exploitation>().ok(),
            high_risk: has(With::HighRisk),
            languages: words(form.text("languages")),
        },
        tried: words(form.text("tried")).iter().filter_map(|id| id.parse().ok()).collect(),
    })
}

/// The case whose person help is looked for, if it was begun there: its id goes
/// along, so that what is found leads back to it.
pub(super) fn for_case(visit: &Visit) -> Option<CaseId> {
    visit.query("case").parse().ok()
}

/// What was typed, with what its case says of the person in the place of what an
/// address says. Of a case the reader may not refer from, nothing is read.
async fn with_case(visit: &Visit, typed: Form) -> Result<Form, Refused> {
    let Some(id) = for_case(visit) else { return Ok(typed) };
    let typed = PERSON.iter().fold(typed, |form, name| form.with(name, &[]));
    if visit.signed.is_none() {
        return Ok(typed);
    }
    let (acting, why) = (visit.acting(), case::purpose(visit));
    let file = match app_case::permitted(&acting, id, Action::SendReferral, why).await {
        Ok(file) => file,
        Err(Refused::NotFound) => return Ok(typed),
        Err(other) => return Err(other),
    };
    Ok(case::whom_help_is_for(&file).into_iter().fold(typed, |form, (name, value)| {
        let mut values = form.list(name).to_vec();
        values.push(value);
        form.with(name, &values)
    }))
}

/// The same question as fields of an address, for that case; then nothing of the person.
pub(super) fn as_query(wanted: &Wanted, case: Option<CaseId>) -> String {
    let mut parts: Vec<String> = case.map(|id| format!("case={id}")).into_iter().collect();
    let told = |name: &str| case.is_none() || !PERSON.contains(&name);
    for (name, value) in as_fields(wanted).into_iter().filter(|(name, _)| told(name)) {
        parts.push(format!("{name}={}", encode(&value)));
    }
    parts.join("&")
}

/// The same question as fields of a form.
pub(super) fn as_fields(wanted: &Wanted) -> Vec<(&'static str, String)> {
    let person = &wanted.person;
    let tried: Vec<String> = wanted.tried.iter().map(ServiceId::to_string).collect();
    let with = With::ALL.iter().filter(|one| person.says(**one));
    let with = with.map(|one| ("with", one.code().to_owned()));
    let text = |value: Option<&'static str>| value.unwrap_or_default().to_owned();
    let years = person.age_years.map(|years| years.to_string()).unwrap_or_default();
    let mut fields = vec![
        ("need", wanted.need.code().to_owned()),
        ("state", wanted.state.to_string()),
        ("area", wanted.area.clone().unwrap_or_default()),
        ("sex", text(person.sex.map(Sex::code))),
        ("age", text(person.age.map(AgeGroup::code))),
        ("exploitation", text(person.exploitation.map(Exploitation::code))),
        ("languages", person.languages.join(",")),
        ("tried", tried.join(",")),
        ("years", years),
    ];
    fields.retain(|(_, value)| !value.is_empty());
    fields.extend(with);
    fields
}

async fn ask(visit: Visit) -> Answer {
    let query = visit.address.split_once('?').map_or("", |(_, query)| query);
    let typed = with_case(&visit, Form::parse(query.as_bytes())).await?;
    let known = Known::of(&visit, &typed).await?;
    // A link may bring the State alone; whoever sends the form sends a need with it.
    let sent = FIELDS.iter().any(|name| *name != "state" && !typed.text(name).is_empty());
    // A case brings whom it is about before anything is asked for.
    let sent = sent && (for_case(&visit).is_none() || !typed.text("need").is_empty());
    let back = for_case(&visit).map_or("/directory".to_owned(), |id| format!("/cases/{id}"));
    if !sent {
        let form = form(&visit, &typed, &Problems::default(), &known);
        let html = format!(
            "<p class=\"govuk-body\">{}</p>{form}{}",
            Content::from(visit.text("help-find-lead")),
            states(&visit, &known.near)
        );
        return Ok(visit.page(&visit.text("help-find-title")).back(&back).html(&html));
    }
    let wanted = match wanted(&visit, &typed) {
        Ok(wanted) => wanted,
        Err(problems) => return Ok(refused(&visit, &typed, &problems, &known)),
    };
    let found = found::page(&visit, &wanted).await?;
    let form = form(&visit, &typed, &Problems::default(), &known);
    let unknown = area_unknown(&visit, &wanted, &known);
    let again = Details::new(visit.text("help-find-again"), form);
    let html = format!("{unknown}{found}{again}");
    Ok(visit.page(&visit.text("help-find-title")).back(&back).html(&html))
}

/// The form again with all that was typed, and what is missing in it.
fn refused(visit: &Visit, typed: &Form, problems: &Problems, known: &Known) -> Response {
    let label = |field: &str| if field == "need" { "help-need" } else { "field-state" };
    let summary = forms::summary(visit, problems, label);
    let html = format!("{summary}{}", form(visit, typed, problems, known));
    forms::refused(visit, visit.text("help-find-title"), Some("/directory"), &html)
}

/// What the form offers to choose from.
struct Known {
    /// Languages that services list.
    spoken: Vec<String>,
    /// The States of the mechanism this installation serves.
    near: Vec<String>,
    /// Districts and towns that services of the State name.
    areas: service::Areas,
}

impl Known {
    async fn of(visit: &Visit, typed: &Form) -> Result<Self, Refused> {
        let acting = visit.acting();
        let near = near_states(visit).await;
        let state =
            state_meant(visit, typed, &near).and_then(|code| code.parse::<StateCode>().ok());
        let areas = match state {
            Some(state) => service::areas(&acting, state).await?,
            None => service::Areas::default(),
        };
        Ok(Self { spoken: service::languages(&acting).await?, near, areas })
    }
}

/// The State that is asked for, else one's own, else the only one there is help in.
fn state_meant(visit: &Visit, typed: &Form, near: &[String]) -> Option<String> {
    match (typed.text("state").trim(), near) {
        ("", [only]) => {
            state_asked(visit).map(|state| state.to_string()).or_else(|| Some(only.clone()))
        }
        ("", _) => state_asked(visit).map(|state| state.to_string()),
        (said, _) => Some(said.to_uppercase()),
    }
}

/// Says that no service names the town or area, so that a slip in its name is seen;
/// nothing where there are more names than are known here.
fn area_unknown(visit: &Visit, wanted: &Wanted, known: &Known) -> String {
    let Some(area) = wanted.area.as_ref().filter(|_| known.areas.all) else {
        return String::new();
    };
    let (typed, names) = (export::fold(area.trim()), &known.areas.names);
    if names.is_empty() || names.iter().any(|one| export::fold(one) == typed) {
        return String::new();
    }
    let values =
        [("area", area.clone().into()), ("state", visit.state(wanted.state.as_str()).into())];
    let told = Content::from(visit.format("help-area-unknown", &values));
    format!("<p class=\"govuk-body\">{told}</p>")
}

/// The town or area, with those that services name to choose from: a name written in
/// another way would find nothing there.
fn area_input(visit: &Visit, typed: &Form, areas: &[String]) -> Content {
    let input = Input::new("area", visit.text("help-area"))
        .value(typed.text("area"))
        .hint(visit.text("help-area-hint"));
    if areas.is_empty() {
        return Content::Html(input.to_string());
    }
    let options: String = areas
        .iter()
        .map(|area| {
            let quoted = Content::from(area).to_string().replace('"', "&quot;");
            format!("<option value=\"{quoted}\"></option>")
        })
        .collect();
    let input = input.attribute("list", "known-areas");
    Content::Html(format!("{input}<datalist id=\"known-areas\">{options}</datalist>"))
}

/// The form, with what was typed into it.
fn form(visit: &Visit, typed: &Form, problems: &Problems, known: &Known) -> Content {
    let problem = |field: &str| {
        let found = problems.0.iter().find(|problem| problem.field == field);
        found.map(|problem| visit.say(&problem.message))
    };
    let state = match typed.text("state").trim() {
        "" if !problems.0.is_empty() => String::new(),
        _ => state_meant(visit, typed, &known.near).unwrap_or_default(),
    };
    let need = match typed.text("need") {
        "" => Need::Shelter.code(),
        said => said,
    };
    let choose = std::iter::once((String::new(), visit.text("form-choose")));
    let person = if for_case(visit).is_some() {
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("help-person-case")))
    } else {
        let asked = Content::Html(about(visit, typed, &known.spoken));
        let mut person = Details::new(visit.text("help-person"), asked);
        person.open = PERSON.iter().any(|name| *name != "years" && !typed.text(name).is_empty());
        person.to_string()
    };
    let mut panel = FilterPanel::new(&visit.words(), visit.link("/get-help"))
        .field(
            Select::new("need", visit.text("help-need"))
                .options(options(visit, "need", Need::ALL.iter().map(|n| n.code())))
                .value(need)
                .error(problem("need"))
                .words(&visit.words()),
        )
        .field(
            Select::new("state", visit.text("field-state"))
                .options(choose.chain(near_first(visit, &known.near)))
                .value(state)
                .error(problem("state"))
                .words(&visit.words()),
        )
        .field(area_input(visit, typed, &known.areas.names))
        .field(Content::Html(person));
    if for_case(visit).is_none() && !typed.text("years").is_empty() {
        panel = panel.keep("years", typed.text("years"));
    }
    if let Some(case) = for_case(visit) {
        panel = panel.keep("case", case.to_string());
    }
    panel.title = visit.text("help-find-title");
    panel.apply = visit.text("help-find-do");
    Content::Html(panel.stays_open().to_string())
}

/// The questions about the person: all of them may stay open.
fn about(visit: &Visit, typed: &Form, spoken: &[String]) -> String {
    let none = || std::iter::once((String::new(), visit.text("word-not-said")));
    let sexes = none().chain(options(visit, "sex", Sex::ALL.iter().map(|s| s.code())));
    let ages = none().chain(options(visit, "age", AgeGroup::ALL.iter().map(|a| a.code())));
    let forms =
        none().chain(options(visit, "exploited", Exploitation::ALL.iter().map(|e| e.code())));
    let with = With::ALL.iter().map(|one| Choice::new(one.code(), word(visit, "with", one.code())));
    let mut html = String::new();
    let _ = write!(
        html,
        "<p class=\"govuk-body-s\">{}</p>{}{}{}{}{}",
        Content::from(visit.text("help-person-why")),
        Select::new("sex", visit.text("help-sex")).options(sexes).value(typed.text("sex")),
        Select::new("age", visit.text("help-age")).options(ages).value(typed.text("age")),
        Select::new("exploitation", visit.text("help-exploitation"))
            .options(forms)
            .value(typed.text("exploitation")),
        Checkboxes::new("with", visit.text("help-with"), with)
            .values(typed.list("with").iter().cloned()),
        spoken_select(visit, typed, spoken),
    );
    html
}

/// The languages that services list, by the names their speakers use.
fn spoken_select(visit: &Visit, typed: &Form, spoken: &[String]) -> Select {
    let acting = visit.acting();
    let mut options: Vec<(String, String)> =
        spoken.iter().map(|code| (code.clone(), language_name(&acting, code))).collect();
    options.sort_by(|a, b| visit.compare(&a.1, &b.1));
    let any = std::iter::once((String::new(), visit.text("help-language-any")));
    Select::new("languages", visit.text("help-languages"))
        .options(any.chain(options))
        .value(words(typed.text("languages")).into_iter().next().unwrap_or_default())
}

/// Links to the help page of each State, which prints and stays readable offline.
/// Those of the mechanism where it has any; else all, for staff: the public would read
/// every State of the world.
fn states(visit: &Visit, near: &[String]) -> String {
    if near.is_empty() && !visit.web.settings().demo && visit.signed.is_none() {
        return String::new();
    }
    let all = state_options(visit).into_iter();
    let shown = all.filter(|(code, _)| near.is_empty() || near.contains(code));
    let links = shown.map(|(code, name)| {
        format!("<li>{}</li>", link(visit, &format!("/get-help/{code}"), name))
    });
    format!(
        "<h2 class=\"govuk-heading-m\">{}</h2><ul class=\"govuk-list\">{}</ul>",
        Content::from(visit.text("help-by-state")),
        links.collect::<String>()
    )
}

/// What a service is called where its name must not be told.
pub(super) fn name(visit: &Visit, service: &Service) -> String {
    if service.name.is_empty() {
        return visit.format(
            "help-protected-name",
            &[("need", word(visit, "need", service.need.code()).into())],
        );
    }
    isolated(&service.name)
}

async fn no_answer(Sent { visit, form }: Sent) -> Answer {
    let id: ServiceId = parse_id(form.text("service"))?;
    service::note_unanswered(&visit.acting_once(&form), id).await?;
    // Only fields of this form go on.
    let next = Form::parse(form.text("next").as_bytes());
    let case = next.text("case").parse::<CaseId>().ok().map(|id| format!("case={id}"));
    let all = case.is_none();
    let kept: Vec<String> = FIELDS
        .iter()
        .filter(|name| all || !PERSON.contains(*name))
        .flat_map(|name| {
            next.list(name).iter().map(move |value| format!("{name}={}", encode(value)))
        })
        .chain(case)
        .collect();
    Ok(done(&visit, &format!("/get-help?{}", kept.join("&")), "call-noted"))
}

async fn unmet(Sent { visit, form }: Sent) -> Answer {
    let wanted = wanted(&visit, &form).map_err(Refused::Invalid)?;
    let acting = visit.acting_once(&form);
    let found = service::find(&acting, &wanted).await?;
    unmet_need::file(&acting, &wanted, &found).await?;
    let query = as_query(&wanted, form.text("case").parse().ok());
    let answer: Response = done(&visit, &format!("/get-help?{query}"), "unmet-filed");
    Ok(answer)
}
