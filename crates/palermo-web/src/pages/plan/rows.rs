//! Writing the rows of a plan: adding, placing, changing and taking them out, with the
//! organisations that lead and help, which then report them.

use super::{
    forms::{answer, day_or_none, own},
    titled,
};
use crate::{
    pages::{
        Answer,
        register::edit::{choice, optional, options},
    },
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    domain::{
        money::Money,
        plan::{Party, PartyKind, Plan, PlanStatus, Row, Tag, Theme, Tier, revise::Place},
        tenant::Tenant,
    },
    plan::{
        ask::{self, PlanOf},
        change,
        rows::{self, Why},
    },
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/plans/{code}/rows/new", Action::EditPlan, ask_new)
        .form("/plans/{code}/rows/new", Action::EditPlan, add)
        .page("/plans/{code}/rows/{key}/edit", Action::EditPlan, ask_row)
        .form("/plans/{code}/rows/{key}/edit", Action::EditPlan, edit_row)
        .page("/plans/{code}/rows/{key}/drop", Action::EditPlan, ask_drop)
        .form("/plans/{code}/rows/{key}/drop", Action::EditPlan, drop_row)
}

/// The fields by which an adopted plan is told why it changes; a draft has none.
pub(super) fn why_fields<'a>(page: FormPage<'a>, plan: &Plan, form: &Form) -> FormPage<'a> {
    if plan.status == PlanStatus::Draft {
        return page;
    }
    page.words("plan-why-intro")
        .lines("reason", "plan-reason", "plan-reason-hint", form.text("reason"))
        .text("decided_by", "plan-decided-by", "", form.text("decided_by"))
}

/// What was typed into them.
pub(super) fn why(form: &Form) -> Why {
    Why { reason: form.text("reason").to_owned(), decided_by: form.text("decided_by").to_owned() }
}

/// A form showing these values.
pub(super) fn filled(pairs: &[(&str, String)]) -> Form {
    pairs
        .iter()
        .fold(Form::default(), |form, (name, value)| form.with(name, std::slice::from_ref(value)))
}

fn text_of(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A form showing what a row says now.
fn row_now(row: &Row, revision: i64) -> Form {
    let lead = row.lead.as_ref();
    let tied = lead.and_then(|lead| lead.tenant);
    let named = lead.filter(|lead| lead.tenant.is_none());
    let (orgs, others): (Vec<&Party>, Vec<&Party>) =
        row.partners.iter().partition(|party| party.tenant.is_some());
    let others: Vec<&str> = others.iter().map(|party| party.name.as_str()).collect();
    let codes = |all: Vec<&str>| all.into_iter().map(str::to_owned).collect::<Vec<_>>();
    filled(&[
        ("title", row.title.clone()),
        ("number", row.number.clone()),
        ("level", row.level.clone()),
        ("tier", row.tier.code().to_owned()),
        ("lead_org", text_of(tied)),
        ("lead", named.map(|lead| lead.name.clone()).unwrap_or_default()),
        ("lead_kind", text_of(lead.map(|lead| lead.kind))),
        ("partners", others.join("\n")),
        ("starts", text_of(row.starts)),
        ("ends", text_of(row.ends)),
        ("budget", text_of(row.budget)),
        ("allocated", text_of(row.allocated)),
        ("funded_by", row.funded_by.clone().unwrap_or_default()),
        ("seen", revision.to_string()),
    ])
    .with("partner_orgs", &orgs.iter().map(|party| text_of(party.tenant)).collect::<Vec<_>>())
    .with("tags", &codes(row.tags.iter().map(|tag| tag.code()).collect()))
    .with("themes", &codes(row.themes.iter().map(|theme| theme.code()).collect()))
}

/// Where a row may be put: first of all, or under or after any other.
fn places(visit: &Visit, plan: &Plan, own: Option<&str>) -> Vec<(String, String)> {
    let mut below: Vec<&str> = own.into_iter().collect();
    for row in &plan.rows {
        if row.parent.as_deref().is_some_and(|parent| below.contains(&parent)) {
            below.push(&row.key);
        }
    }
    let mut all = vec![(Place::First.to_string(), visit.text("plan-place-first"))];
    for row in plan.rows.iter().filter(|row| !below.contains(&row.key.as_str())) {
        let named = format!("{} {}", row.number, row.title);
        let named: String = named.trim().chars().take(80).collect();
        let say = |id: &str| visit.format(id, &[("row", named.as_str().into())]);
        all.push((Place::Under(row.key.clone()).to_string(), say("plan-place-under")));
        all.push((Place::After(row.key.clone()).to_string(), say("plan-place-after")));
    }
    all
}

/// Who leads a row and helps: organisations of the installation, or bodies by name.
fn bodies<'a>(page: FormPage<'a>, visit: &Visit, orgs: &[Tenant], form: &Form) -> FormPage<'a> {
    let named = || -> Vec<(String, String)> {
        orgs.iter().map(|org| (org.id.to_string(), org.name.clone())).collect()
    };
    let kinds = || options(visit, PartyKind::ALL, "plan-party", PartyKind::code);
    page.hinted("plan-lead-org-hint")
        .select("lead_org", "plan-lead-org", named(), form.text("lead_org"))
        .text("lead", "plan-lead", "plan-lead-hint", form.text("lead"))
        .select("lead_kind", "plan-lead-kind", kinds(), form.text("lead_kind"))
        .hinted("plan-partner-orgs-hint")
        .checkboxes("partner_orgs", "plan-partner-orgs", named(), form.list("partner_orgs"))
        .lines("partners", "plan-partners-other", "plan-partners-hint", form.text("partners"))
        .select("partner_kind", "plan-partner-kind", kinds(), form.text("partner_kind"))
}

/// Where the form of a row leads, and what it is called.
struct At<'k> {
    key: Option<&'k str>,
    title: &'static str,
}

fn row_form(
    visit: &Visit,
    (plan, orgs): (&PlanOf, &[Tenant]),
    at: &At<'_>,
    form: &Form,
    problems: &Problems,
) -> Response {
    let entry = &plan.entry;
    let code = &entry.code;
    let path = match at.key {
        Some(key) => format!("/plans/{code}/rows/{key}/edit"),
        None => format!("/plans/{code}/rows/new"),
    };
    let mut page = FormPage::new(visit, &path, problems)
        .hidden("seen", form.text("seen"))
        .lines("title", "plan-row", "", form.text("title"))
        .text("number", "plan-number", "", form.text("number"))
        .text("level", "plan-level", "plan-level-hint", form.text("level"));
    if at.key.is_some() {
        page = page.hinted("plan-place-hint");
    }
    let page = page
        .select("place", "plan-place", places(visit, entry, at.key), form.text("place"))
        .radios(
            "tier",
            "plan-tier",
            options(visit, Tier::ALL, "plan-tier", Tier::code),
            form.text("tier"),
        );
    let page = bodies(page, visit, orgs, form)
        .text("starts", "plan-from", "plan-day-hint", form.text("starts"))
        .text("ends", "plan-to", "plan-day-hint", form.text("ends"))
        .text("budget", "plan-budget", "plan-money-hint", form.text("budget"))
        .text("allocated", "plan-allocated", "plan-money-hint", form.text("allocated"))
        .text("funded_by", "plan-funded-by", "", form.text("funded_by"))
        .checkboxes(
            "themes",
            "plan-themes",
            options(visit, Theme::ALL, "plan-theme", Theme::code),
            form.list("themes"),
        )
        .checkboxes(
            "tags",
            "plan-tags",
            options(visit, Tag::ALL, "plan-tag", Tag::code),
            form.list("tags"),
        );
    why_fields(page, entry, form).button("form-save").page(at.title, &format!("/plans/{code}"))
}

fn new_at() -> At<'static> {
    At { key: None, title: "plan-add-row" }
}

fn edit_at(key: &str) -> At<'_> {
    At { key: Some(key), title: "plan-edit-row" }
}

async fn ask_new(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = own(&visit, &code).await?;
    let orgs = ask::organisations(&visit.acting()).await?;
    let under = visit.query("under");
    let under = plan.entry.row(&under).map(|row| row.key.clone());
    let sibling = plan.entry.under(under.as_deref()).last();
    let form = filled(&[
        ("place", plan.entry.last_place(under.as_deref()).to_string()),
        ("level", sibling.map_or("measure", |row| row.level.as_str()).to_owned()),
        ("tier", Tier::Both.code().to_owned()),
        ("seen", plan.revision.0.to_string()),
    ]);
    Ok(row_form(&visit, (&plan, &orgs), &new_at(), &form, &Problems::default()))
}

async fn ask_row(visit: Visit, Path((code, key)): Path<(String, String)>) -> Answer {
    let plan = own(&visit, &code).await?;
    let orgs = ask::organisations(&visit.acting()).await?;
    let row = plan.entry.row(&key).ok_or(Failure(Refused::NotFound))?;
    let form = row_now(row, plan.revision.0);
    Ok(row_form(&visit, (&plan, &orgs), &edit_at(&key), &form, &Problems::default()))
}

fn money_or_none(problems: &mut Problems, form: &Form, field: &str) -> Option<Money> {
    let typed = form.text(field).trim();
    if typed.is_empty() {
        return None;
    }
    match typed.parse::<Money>() {
        Ok(money) => Some(money),
        Err(why) => {
            problems.add(field, Message::new("error-register-entry").with("why", why));
            None
        }
    }
}

/// The organisation with this id as a party.
fn tied(orgs: &[Tenant], id: &str, kind: Option<PartyKind>) -> Option<Party> {
    let org = orgs.iter().find(|org| org.id.to_string() == id)?;
    let kind = kind.unwrap_or_else(|| org.kind.into());
    Some(Party { name: org.name.clone(), kind, tenant: Some(org.id) })
}

fn read_lead(problems: &mut Problems, orgs: &[Tenant], form: &Form) -> Option<Party> {
    let chosen = form.text("lead_org").trim();
    let name = form.text("lead").trim().to_owned();
    if !chosen.is_empty() {
        let lead = tied(orgs, chosen, form.text("lead_kind").parse().ok());
        if lead.is_none() {
            problems.add("lead_org", Message::new("error-choose"));
        }
        if !name.is_empty() {
            problems.add("lead", Message::new("plan-error-one-lead"));
        }
        return lead;
    }
    if name.is_empty() {
        return None;
    }
    let kind = choice::<PartyKind>(problems, form, "lead_kind")?;
    Some(Party { name, kind, tenant: None })
}

fn read_partners(
    problems: &mut Problems,
    old: &[Party],
    orgs: &[Tenant],
    form: &Form,
) -> Vec<Party> {
    let mut all: Vec<Party> = Vec::new();
    for id in form.list("partner_orgs") {
        let kept = old.iter().find(|party| text_of(party.tenant) == *id);
        match tied(orgs, id, kept.map(|party| party.kind)) {
            Some(party) => all.push(party),
            None => problems.add("partner_orgs", Message::new("error-choose")),
        }
    }
    let typed = problems.bounded("partners", form.text("partners"), 2_000);
    let kind = form.text("partner_kind").parse::<PartyKind>().ok();
    let mut asked = false;
    for name in typed.lines().map(str::trim).filter(|name| !name.is_empty()) {
        let same = old.iter().find(|party| party.tenant.is_none() && party.name == name);
        match same.map(|party| party.kind).or(kind) {
            Some(kind) => all.push(Party { name: name.to_owned(), kind, tenant: None }),
            None => asked = true,
        }
    }
    if asked {
        problems.add("partner_kind", Message::new("error-choose"));
    }
    all
}

/// Reads a row, and where it is to stand; nothing if it stays where it is.
fn read_row(old: &Row, orgs: &[Tenant], form: &Form) -> Result<(Row, Option<Place>), Refused> {
    let mut problems = Problems::default();
    let text = |name: &str| form.text(name).trim().to_owned();
    let tier = choice::<Tier>(&mut problems, form, "tier");
    let place = match form.text("place") {
        "" => None,
        typed => {
            let place = typed.parse::<Place>().ok();
            if place.is_none() {
                problems.add("place", Message::new("error-choose"));
            }
            place
        }
    };
    let lead = read_lead(&mut problems, orgs, form);
    let partners = read_partners(&mut problems, &old.partners, orgs, form);
    let starts = day_or_none(&mut problems, form, "starts");
    let ends = day_or_none(&mut problems, form, "ends");
    let budget = money_or_none(&mut problems, form, "budget");
    let allocated = money_or_none(&mut problems, form, "allocated");
    let row = Row {
        title: text("title"),
        number: text("number"),
        level: text("level"),
        tier: tier.unwrap_or(old.tier),
        lead,
        partners,
        starts,
        ends,
        budget,
        allocated,
        funded_by: optional(form, "funded_by"),
        themes: form.list("themes").iter().filter_map(|code| code.parse().ok()).collect(),
        tags: form.list("tags").iter().filter_map(|code| code.parse().ok()).collect(),
        ..old.clone()
    };
    change::note(&mut problems, &row.problems());
    problems.none()?;
    Ok((row, place))
}

async fn add(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let orgs = ask::organisations(&visit.acting()).await?;
    let result = match read_row(&Row::new(""), &orgs, &form) {
        Ok((row, place)) => {
            let seen = palermo_app::desk::parse_revision(form.text("seen")).ok();
            rows::add_row(&visit.acting_once(&form), &code, row, place, &why(&form), seen).await
        }
        Err(refused) => Err(refused),
    };
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| row_form(&visit, (&plan, &orgs), &new_at(), &form, problems),
    )
}

async fn edit_row(Path((code, key)): Path<(String, String)>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let orgs = ask::organisations(&visit.acting()).await?;
    let old = plan.entry.row(&key).ok_or(Failure(Refused::NotFound))?;
    let result = match read_row(old, &orgs, &form) {
        Ok((row, place)) => {
            let seen = palermo_app::desk::parse_revision(form.text("seen"));
            let seen = seen.unwrap_or(plan.revision);
            rows::edit_row(&visit.acting_once(&form), &code, row, place, &why(&form), seen).await
        }
        Err(refused) => Err(refused),
    };
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| row_form(&visit, (&plan, &orgs), &edit_at(&key), &form, problems),
    )
}

fn drop_form(
    visit: &Visit,
    plan: &PlanOf,
    key: &str,
    form: &Form,
    problems: &Problems,
) -> Response {
    let code = &plan.entry.code;
    let title = plan.entry.row(key).map(|row| titled(&row.title, &plan.entry.language));
    let page = FormPage::new(visit, &format!("/plans/{code}/rows/{key}/drop"), problems)
        .hidden("seen", form.text("seen"))
        .part(format!("<p class=\"govuk-body-l\">{}</p>", title.unwrap_or_default()))
        .words("plan-drop-row-intro");
    why_fields(page, &plan.entry, form)
        .warning_button("plan-drop-row")
        .page("plan-drop-row", &format!("/plans/{code}"))
}

async fn ask_drop(visit: Visit, Path((code, key)): Path<(String, String)>) -> Answer {
    let plan = own(&visit, &code).await?;
    plan.entry.row(&key).ok_or(Failure(Refused::NotFound))?;
    let form = filled(&[("seen", plan.revision.0.to_string())]);
    Ok(drop_form(&visit, &plan, &key, &form, &Problems::default()))
}

async fn drop_row(Path((code, key)): Path<(String, String)>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let seen = palermo_app::desk::parse_revision(form.text("seen")).ok();
    let result = rows::drop_row(&visit.acting_once(&form), &code, &key, &why(&form), seen).await;
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| drop_form(&visit, &plan, &key, &form, problems),
    )
}
