//! Acts of States towards an instrument, typed by hand: the form, all that is
//! stored with the source of each, and taking one back with the reason.

use super::{
    common::{Body, date, day, lookup, refused, state_link, word},
    edit::{
        again, choice, instrument_known, optional, options, provenance, states, typed_date,
        typed_day,
    },
    instrument::sourced,
};
use crate::{
    components::Content,
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        gate::encode,
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    domain::register::{
        adherence::{Act, DatedAct},
        day::Day,
        instrument::InstrumentId,
        provenance::PartialDate,
        state::StateCode,
    },
    register::{self, PastAct, TypedAct, may_write_adherence},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/instruments/{id}/adherence", Action::EditRegister, ask_act)
        .form("/instruments/{id}/adherence", Action::EditRegister, enter_act)
        .page("/instruments/{id}/acts", Action::EditRegister, list)
        .page("/instruments/{id}/acts/take-back", Action::EditRegister, ask_back)
        .form("/instruments/{id}/acts/take-back", Action::EditRegister, take_back)
}

/// Goes on only to whoever may write, about an instrument that is there.
async fn instrument(visit: &Visit, id: &str) -> Result<InstrumentId, Failure> {
    may_write_adherence(&visit.acting(), Action::EditRegister).await?;
    instrument_known(visit, id)?;
    Ok(id.parse().map_err(|_| Refused::NotFound)?)
}

fn act_form(visit: &Visit, id: &str, form: &Form, problems: &Problems) -> Response {
    let acts = options(visit, Act::ALL, "act", Act::code);
    let page = FormPage::new(visit, &format!("/instruments/{id}/adherence"), problems)
        .hidden("seen", form.text("seen"))
        .words("adherence-enter-why")
        .select("party", "adherence-party", states(visit, Action::EditRegister), form.text("party"))
        .select("act", "adherence-act", acts, form.text("act"))
        .date("date", "adherence-date", &typed_date(form, "date"))
        .hinted("adherence-until-hint")
        .date("until", "adherence-until", &typed_date(form, "until"))
        .text("detail", "adherence-detail", "adherence-detail-hint", form.text("detail"))
        // No remark: an act has nowhere to keep one.
        .text("source", "register-source", "register-source-hint", form.text("source"))
        .text("as_of", "register-as-of-label", "register-as-of-hint", form.text("as_of"));
    page.button("form-save").page("adherence-enter", &format!("/instruments/{id}"))
}

async fn ask_act(visit: Visit, Path(id): Path<String>) -> Answer {
    let instrument = instrument(&visit, &id).await?;
    let seen = register::adherence_seen(&visit.acting(), &instrument).await?;
    let marks: Vec<String> =
        seen.iter().map(|(party, revision)| format!("{party}:{}", revision.0)).collect();
    let form = Form::default().with("seen", &[format!("{SEEN} {}", marks.join(" "))]);
    Ok(act_form(&visit, &id, &form, &Problems::default()))
}

/// What stands in front of the records a form has seen: it may be none.
const SEEN: &str = "seen";

/// The revision of a State's record when the form was opened; zero where there was none.
fn seen_of(form: &Form, party: StateCode) -> Option<&str> {
    let marks = form.text("seen").strip_prefix(SEEN)?;
    let of_party = marks.split(' ').find_map(|mark| {
        mark.split_once(':').filter(|(code, _)| *code == party.as_str()).map(|(_, seen)| seen)
    });
    Some(of_party.unwrap_or("0"))
}

async fn act_entered(visit: &Visit, id: &str, form: &Form) -> Result<(), Refused> {
    let mut problems = Problems::default();
    let party: Option<StateCode> = choice(&mut problems, form, "party");
    let act: Option<Act> = choice(&mut problems, form, "act");
    let date = typed_day(&mut problems, form, "date");
    let until = problems.day("until", &typed_date(form, "until"));
    let told = provenance(&mut problems, form);
    problems.none()?;
    let (Some(party), Some(act), Some(date), Some(provenance)) = (party, act, date, told) else {
        return Err(Refused::NotFound);
    };
    let instrument = id.parse().map_err(|_| Refused::NotFound)?;
    let detail = optional(form, "detail");
    let typed = TypedAct { instrument, party, act, date, until, detail, provenance };
    register::enter_act(&visit.acting_once(form), &typed, seen_of(form, party)).await
}

async fn enter_act(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let result = act_entered(&visit, &id, &form).await;
    again(
        result,
        |()| done(&visit, &format!("/instruments/{id}"), "register-saved"),
        |problems| act_form(&visit, &id, &form, problems),
    )
}

/// An act in the list.
struct Row {
    party: StateCode,
    act: DatedAct,
    source: String,
    as_of: PartialDate,
}

/// Where an act is taken back.
fn back_path(id: &str, row: &Row) -> String {
    let detail = row.act.detail.as_deref().unwrap_or_default();
    format!(
        "/instruments/{id}/acts/take-back?party={}&act={}&on={}&detail={}",
        row.party,
        row.act.act.code(),
        row.act.date,
        encode(detail)
    )
}

async fn list(visit: Visit, Path(id): Path<String>) -> Answer {
    let instrument = instrument(&visit, &id).await?;
    let all = lookup(&visit).adherence(&instrument).await.map_err(refused)?;
    let past = register::past_acts(&visit.acting(), &instrument).await?;
    let mut rows = Vec::new();
    for one in &all {
        for act in &one.acts {
            let (source, as_of) = one.source_of(act);
            let source = source.to_owned();
            rows.push(Row { party: one.party, act: act.clone(), source, as_of });
        }
    }
    let (a, b, c, d, e) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let (f, own) = (visit.clone(), id.clone());
    let kinds = options(&visit, Act::ALL, "act", Act::code);
    let name = visit.text("acts-title");
    let list = List::new(&visit, "acts", &name, rows)
        .column(
            "party",
            "adherence-party",
            move |row| a.state(row.party.as_str()),
            move |row| state_link(&b, row.party.as_str()),
        )
        .text("act", "adherence-act", move |row| word(&c, "act", row.act.act.code()))
        .column(
            "date",
            "adherence-date",
            |row| row.act.date.to_string(),
            move |row| day(&d, row.act.date).into(),
        )
        .text("detail", "adherence-detail", |row| row.act.detail.clone().unwrap_or_default())
        .column(
            "source",
            "register-source",
            |row| row.source.clone(),
            move |row| sourced(&e, (row.source.as_str(), row.as_of)),
        )
        .acts("acts-back", move |row| {
            super::common::link(&f, &back_path(&own, row), f.text("acts-take-back"))
        })
        .filter("act", "adherence-act", kinds, |row, wanted| row.act.act.code() == wanted)
        .when_empty(visit.text("adherence-nothing-stored"));
    let why = Content::from(visit.text("acts-why"));
    let before = said_before(&visit, &past);
    let answer = list.answer(|table| {
        let html = format!("<p class=\"govuk-body\">{why}</p>{table}{before}");
        visit.page(&name).back(&format!("/instruments/{id}")).html(&html)
    })?;
    Ok(answer)
}

/// Acts that gave way or were taken back.
fn said_before(visit: &Visit, past: &[PastAct]) -> String {
    if past.is_empty() {
        return String::new();
    }
    let mut body = Body::new(visit);
    body.heading("register-past");
    let rows = past.iter().map(|one| {
        let why = match &one.why {
            Some(why) => visit.format("register-taken-back", &[("why", why.as_str().into())]),
            None => visit.text("register-corrected"),
        };
        let act = word(visit, "act", one.act.act.code());
        let source = one.act.source.as_deref().map(|s| format!(" ({s})")).unwrap_or_default();
        let until = one.act.as_of.map(|at| format!(", {}", date(visit, at))).unwrap_or_default();
        let said = format!("{act}, {}{source}{until}", day(visit, one.act.date));
        let party = state_link(visit, one.party.as_str());
        vec![visit.moment(one.until).into(), party, said.into(), why.into()]
    });
    let rows = rows.collect();
    let heads = ["register-past-until", "adherence-party", "register-says", "register-past-how"];
    body.table("past", "register-past", &heads, rows);
    body.plain()
}

/// Which act an address or a form names.
fn named(form: &Form) -> Result<(StateCode, Act, Day, Option<String>), Refused> {
    let party = form.text("party").parse().map_err(|_| Refused::NotFound)?;
    let act = form.text("act").parse().map_err(|_| Refused::NotFound)?;
    let on = form.text("on").parse().map_err(|_| Refused::NotFound)?;
    Ok((party, act, on, optional(form, "detail")))
}

fn back_form(
    visit: &Visit,
    id: &str,
    form: &Form,
    problems: &Problems,
) -> Result<Response, Failure> {
    let (party, act, on, detail) = named(form)?;
    let told = [visit.state(party.as_str()), word(visit, "act", act.code()), day(visit, on)];
    let told = told.into_iter().chain(detail).collect::<Vec<_>>().join(" · ");
    let told = Content::from(told);
    let mut page = FormPage::new(visit, &format!("/instruments/{id}/acts/take-back"), problems)
        .part(format!("<p class=\"govuk-body-l\"><bdi>{told}</bdi></p>"));
    for name in ["party", "act", "on", "detail"] {
        page = page.hidden(name, form.text(name));
    }
    Ok(page
        .words("acts-back-why")
        .text("why", "register-take-back-why", "register-take-back-hint", form.text("why"))
        .warning_button("register-take-back")
        .page("register-take-back", &format!("/instruments/{id}/acts")))
}

async fn ask_back(visit: Visit, Path(id): Path<String>) -> Answer {
    let instrument = instrument(&visit, &id).await?;
    let query = visit.address.split_once('?').map_or("", |(_, query)| query);
    let form = Form::parse(query.as_bytes());
    let (party, act, on, detail) = named(&form)?;
    let all = lookup(&visit).adherence(&instrument).await.map_err(refused)?;
    let there = all
        .into_iter()
        .filter(|one| one.party == party)
        .any(|mut one| one.take_out(act, on, detail.as_deref()).is_some());
    if !there {
        return Err(Failure(Refused::NotFound));
    }
    back_form(&visit, &id, &form, &Problems::default())
}

async fn take_back(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let instrument = instrument(&visit, &id).await?;
    let (party, act, on, detail) = named(&form)?;
    let acting = visit.acting_once(&form);
    let said = (act, on, detail.as_deref());
    match register::take_back_act(&acting, (&instrument, party), said, form.text("why")).await {
        Ok(()) => Ok(done(&visit, &format!("/instruments/{id}/acts"), "register-taken-back")),
        Err(Refused::Invalid(problems)) => back_form(&visit, &id, &form, &problems),
        Err(other) => Err(Failure(other)),
    }
}
