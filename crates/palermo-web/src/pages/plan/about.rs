//! What a plan is and where it comes from: adopting body, time, phases, the plans before
//! and above it; closing it, and the reviews that are kept with it.

use super::{
    forms::{answer, own},
    plan_link,
    rows::{filled, why, why_fields},
    titled,
};
use crate::{
    components::{Button, Content},
    pages::{
        Answer,
        register::{
            common::{Body, day, mechanism_name, word},
            edit::options,
        },
    },
    shell::{
        asked::Asked,
        form::Form,
        forms::{FormPage, done},
        listing::download,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    document::Format,
    domain::{
        plan::{Plan, PlanStatus, RowReport, revise::ReviewKind},
        register::day::Day,
    },
    plan::{
        about::{self as plans, About, TypedReview},
        ask::{self, PlanOf},
        review::draft,
        rows,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/plans/{code}/edit", Action::EditPlan, ask_edit)
        .form("/plans/{code}/edit", Action::EditPlan, edit)
        .page("/plans/{code}/close", Action::EditPlan, ask_close)
        .form("/plans/{code}/close", Action::EditPlan, close)
        .page("/plans/{code}/review", Action::PublicRead, review)
        .page("/plans/{code}/review/new", Action::EditPlan, ask_review)
        .form("/plans/{code}/review/new", Action::EditPlan, keep_review)
}

/// What was typed of a plan.
pub(super) fn typed(form: &Form) -> About {
    let text = |name: &str| form.text(name).to_owned();
    About {
        title: text("title"),
        from: text("from"),
        to: text("to"),
        mechanism: text("mechanism"),
        parent: text("parent"),
        predecessor: text("predecessor"),
        predecessor_review: text("predecessor_review"),
        adopted_by: text("adopted_by"),
        phases: text("phases"),
        source: text("source"),
    }
}

/// Mechanisms whose plan it may be.
fn mechanisms(visit: &Visit) -> Vec<(String, String)> {
    let profiles = visit.web.app().content.mechanisms().profiles();
    let mut all: Vec<(String, String)> =
        profiles.map(|profile| (profile.id.to_string(), mechanism_name(visit, profile))).collect();
    all.sort_by(|a, b| visit.compare(&a.1, &b.1));
    all
}

/// The fields that say what a plan is; `plans` are those it may name.
pub(super) fn about_fields<'a>(
    page: FormPage<'a>,
    visit: &Visit,
    plans: &[PlanOf],
    form: &Form,
) -> FormPage<'a> {
    let named = |fits: &dyn Fn(&PlanOf) -> bool| -> Vec<(String, String)> {
        let all = plans.iter().filter(|plan| fits(plan));
        all.map(|plan| (plan.entry.code.to_string(), plan.entry.title.clone())).collect()
    };
    page.text("title", "plan-title", "", form.text("title"))
        .select("mechanism", "plan-mechanism", mechanisms(visit), form.text("mechanism"))
        .text("from", "plan-covers-from", "plan-day-hint", form.text("from"))
        .text("to", "plan-covers-to", "plan-day-hint", form.text("to"))
        .text("adopted_by", "plan-adopted-by", "", form.text("adopted_by"))
        .hinted("plan-parent-hint")
        .select(
            "parent",
            "plan-adopted-from",
            named(&|plan: &PlanOf| plan.entry.state.is_none()),
            form.text("parent"),
        )
        .select("predecessor", "plan-before", named(&|_: &PlanOf| true), form.text("predecessor"))
        .lines(
            "predecessor_review",
            "plan-predecessor-review",
            "plan-optional",
            form.text("predecessor_review"),
        )
        .lines("phases", "plan-phase-list", "plan-phase-list-hint", form.text("phases"))
        .text("source", "register-source", "", form.text("source"))
}

fn edit_form(
    visit: &Visit,
    plan: &PlanOf,
    all: &[PlanOf],
    form: &Form,
    problems: &Problems,
) -> Response {
    let code = &plan.entry.code;
    let page = FormPage::new(visit, &format!("/plans/{code}/edit"), problems)
        .hidden("seen", form.text("seen"));
    let page = about_fields(page, visit, all, form);
    why_fields(page, &plan.entry, form)
        .button("form-save")
        .page("plan-edit", &format!("/plans/{code}"))
}

async fn others(visit: &Visit, plan: &PlanOf) -> Result<Vec<PlanOf>, Refused> {
    let mut all = ask::list(&visit.acting()).await?;
    all.retain(|other| other.entry.code != plan.entry.code);
    Ok(all)
}

async fn ask_edit(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = own(&visit, &code).await?;
    let all = others(&visit, &plan).await?;
    let now = About::from(&plan.record.entry);
    let form = filled(&[
        ("title", now.title),
        ("from", now.from),
        ("to", now.to),
        ("mechanism", now.mechanism),
        ("parent", now.parent),
        ("predecessor", now.predecessor),
        ("predecessor_review", now.predecessor_review),
        ("adopted_by", now.adopted_by),
        ("phases", now.phases),
        ("source", now.source),
        ("seen", plan.revision.0.to_string()),
    ]);
    Ok(edit_form(&visit, &plan, &all, &form, &Problems::default()))
}

async fn edit(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let all = others(&visit, &plan).await?;
    let seen = palermo_app::desk::parse_revision(form.text("seen")).unwrap_or(plan.revision);
    let acting = visit.acting_once(&form);
    let result = plans::edit_about(&acting, &code, &typed(&form), &why(&form), seen).await;
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| edit_form(&visit, &plan, &all, &form, problems),
    )
}

fn close_form(visit: &Visit, plan: &PlanOf, form: &Form, problems: &Problems) -> Response {
    let code = &plan.entry.code;
    let page =
        FormPage::new(visit, &format!("/plans/{code}/close"), problems).words("plan-close-intro");
    why_fields(page, &plan.entry, form)
        .warning_button("plan-close")
        .page("plan-close", &format!("/plans/{code}"))
}

async fn ask_close(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = own(&visit, &code).await?;
    Ok(close_form(&visit, &plan, &Form::default(), &Problems::default()))
}

async fn close(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let result = rows::close(&visit.acting_once(&form), &code, &why(&form)).await;
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| close_form(&visit, &plan, &form, problems),
    )
}

/// The reviews kept with a plan, and the draft of one as a page, an editable text or a
/// typeset one (R030).
async fn review(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = ask::find(&visit.acting(), &code).await?;
    let app = visit.web.app();
    let today = Day::from(visit.acting().now().date());
    let report = ask::progress_open(app, &plan.entry, today).await?;
    let told: Vec<RowReport> = ask::reports(&app.store, &plan.entry.code)
        .await?
        .into_iter()
        .map(|(_, report)| report)
        .collect();
    let kind = visit.query("kind").parse::<ReviewKind>().ok();
    let draft = draft(app, visit.language, &plan.entry, &report, &told, kind);
    if let Some(format) = Format::from_code(&visit.query("format")).filter(|f| app.can_make(*f)) {
        let bytes = app.make(&draft, format).await.map_err(Refused::from)?;
        let name = format!("{code}-review");
        return Ok(download(bytes, format.media_type(), &name, format.code()));
    }
    let mut next = ask::list(&visit.acting()).await?;
    next.retain(|other| other.entry.predecessor.as_ref() == Some(&plan.entry.code));
    let mut body = Body::new(&visit);
    let mut asked = Asked::of(&visit);
    let _ = asked.read("kind", "plan-review-kind", |typed| typed.parse::<ReviewKind>().ok());
    body.push(asked.told());
    kept(&mut body, &plan.entry);
    for one in &next {
        let words = Content::from(visit.text("plan-after"));
        body.paragraph(Content::Html(format!("{words}: {}", plan_link(&visit, one))));
    }
    if ask::is_own(&visit.acting(), &plan) && plan.entry.status != PlanStatus::Draft {
        let path = visit.link(&format!("/plans/{code}/review/new"));
        body.push(Button::link(visit.text("plan-review-new"), path).secondary());
    }
    body.heading("plan-review-drafts");
    body.say("plan-review-draft");
    for kind in ReviewKind::ALL {
        let words = Content::from(word(&visit, "plan-review-kind", kind.code()));
        body.push(format!("<h3 class=\"govuk-heading-s\">{words}</h3>"));
        body.push("<div class=\"govuk-button-group\">");
        for format in Format::ALL.into_iter().filter(|format| app.can_make(*format)) {
            let rest = format!("review?kind={}&format={}", kind.code(), format.code());
            let address = visit.link(&format!("/plans/{code}/{rest}"));
            body.push(Button::link(format.code().to_uppercase(), address).secondary());
        }
        body.push("</div>");
    }
    let html = body.plain();
    Ok(visit.page(&draft.title).back(&format!("/plans/{code}")).html(&html))
}

/// The finished reviews of a plan.
fn kept(body: &mut Body<'_>, plan: &Plan) {
    let visit = body.visit;
    for review in plan.reviews.iter().rev() {
        let kind = word(visit, "plan-review-kind", review.kind.code());
        let kind = Content::from(kind);
        body.push(format!("<h2 class=\"govuk-heading-m\">{kind}</h2>"));
        let by = Content::from(format!("{}, {}", review.by, day(visit, review.on)));
        body.push(format!("<p class=\"govuk-body-s\"><bdi>{by}</bdi></p>"));
        body.paragraph(titled(&review.conclusions, &plan.language));
        if !review.proposals.is_empty() {
            let words = Content::from(visit.text("plan-proposal"));
            let proposals = titled(&review.proposals, &plan.language);
            body.paragraph(Content::Html(format!("<strong>{words}</strong>: {proposals}")));
        }
        if !review.document.is_empty() {
            let words = Content::from(visit.text("plan-review-document"));
            let document = Content::from(&review.document);
            body.paragraph(Content::Html(format!("{words}: <bdi>{document}</bdi>")));
        }
    }
}

fn review_form(visit: &Visit, plan: &PlanOf, form: &Form, problems: &Problems) -> Response {
    let code = &plan.entry.code;
    FormPage::new(visit, &format!("/plans/{code}/review/new"), problems)
        .words("plan-review-new-intro")
        .radios(
            "kind",
            "plan-review-kind",
            options(visit, ReviewKind::ALL, "plan-review-kind", ReviewKind::code),
            form.text("kind"),
        )
        .text("on", "plan-adopted-on", "plan-day-hint", form.text("on"))
        .text("by", "plan-review-by", "", form.text("by"))
        .lines("conclusions", "plan-review-conclusions", "", form.text("conclusions"))
        .lines("proposals", "plan-proposal", "plan-optional", form.text("proposals"))
        .text("document", "plan-review-document", "plan-optional", form.text("document"))
        .button("form-save")
        .page("plan-review-new", &format!("/plans/{code}/review"))
}

async fn ask_review(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = own(&visit, &code).await?;
    Ok(review_form(&visit, &plan, &Form::default(), &Problems::default()))
}

async fn keep_review(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let text = |name: &str| form.text(name).to_owned();
    let typed = TypedReview {
        kind: text("kind"),
        on: text("on"),
        by: text("by"),
        conclusions: text("conclusions"),
        proposals: text("proposals"),
        document: text("document"),
    };
    let result = plans::add_review(&visit.acting_once(&form), &code, &typed).await;
    let path = format!("/plans/{code}/review");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| review_form(&visit, &plan, &form, problems),
    )
}
