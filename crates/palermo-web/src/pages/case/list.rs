//! Lists of cases: mine, and those I oversee.

use super::{Answer, flags::tag, purpose, purpose_of, show::status_tag, team, words_of};
use crate::{
    components::{Button, Content, Empty, Input, Kpi, Kpis, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        layout::Compressible,
        listing::List,
        visit::{Sent, Visit},
    },
};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    case::{
        flags,
        list::{self, CaseRow, Which},
        open::{language_name, may_open},
    },
    domain::{
        case::{Phase, person::AgeGroup, status::VictimStatus},
        purpose::Purpose,
    },
    keys, names,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) async fn own(visit: Visit) -> Answer {
    let acting = visit.acting();
    let signed = visit.signed.as_deref();
    let which = Which { phase: phase(&visit.query("phase")), incident: None };
    let rows = list::own(&acting, signed, which, purpose(&visit)).await?;
    let searching = name_search(&visit, "", "open", purpose(&visit)).await?.unwrap_or_default();
    let open = rows.iter().filter(|row| row.case.record.phase == Phase::Open);
    let urgent = open.clone().filter(|row| {
        !row.case.record.urgent.is_empty() && row.case.record.last_service_at.is_none()
    });
    let kpis = Kpis::new([
        Kpi::new(visit.whole(open.clone().count()), visit.text("case-kpi-open")),
        Kpi::new(visit.whole(urgent.count()), visit.text("case-kpi-urgent")),
        Kpi::new(visit.whole(open.filter(child).count()), visit.text("case-kpi-children")),
    ]);
    let mut buttons = String::new();
    if may_open(&acting, purpose(&visit)) {
        buttons = format!(
            "{}{}",
            Button::link(visit.text("case-new"), visit.link("/cases/new")),
            Button::link(visit.text("case-incident-new"), visit.link("/incidents/new")).secondary()
        );
    }
    let tenant = visit.signed()?.tenant.id;
    let oversees =
        acting.may_for(Action::OverseeCases, &Resource::of(tenant), Purpose::Supervision).allowed;
    if oversees {
        for (word, path) in
            [("case-all", "/cases/all"), ("nav-rights-incidents", "/rights-incidents")]
        {
            let link = Button::link(visit.text(word), visit.link(path)).secondary();
            buttons.push_str(&link.to_string());
        }
    }
    let empty = rows.is_empty();
    let answer = table(&visit, "cases", "nav-cases", rows).answer(|table| {
        let body = if empty {
            Empty::new(visit.text("case-list-empty")).to_string()
        } else {
            format!("{kpis}{table}")
        };
        visit
            .page(&visit.text("nav-cases"))
            .html(&format!("<div class=\"govuk-button-group\">{buttons}</div>{searching}{body}"))
    })?;
    Ok(answer)
}

/// Own cases by a name, the number of a case or that of a document. What was
/// typed came with the form and goes back into the page alone: it is in no
/// address, and the answer is not compressed, so that its length tells nothing.
pub(super) async fn search(Sent { visit, form }: Sent) -> Answer {
    let acting = visit.acting();
    let (typed, wanted) = (form.text("name").trim(), form.text("phase"));
    if typed.is_empty() {
        return Ok(done(&visit, "/cases", ""));
    }
    let purpose = purpose_of(&visit, &form);
    let Some(searching) = name_search(&visit, typed, wanted, purpose).await? else {
        return Err(Failure(Refused::UnlockNeeded));
    };
    let signed = visit.signed()?;
    let which = Which { phase: phase(wanted), incident: None };
    let mut rows = list::own(&acting, Some(signed), which, purpose).await?;
    let own: BTreeSet<_> = rows.iter().map(|row| row.case.record.person).collect();
    let may_see = |person| own.contains(&person);
    let found = names::search(&acting, signed, typed, purpose, may_see).await?;
    let number = run_together(typed);
    rows.retain_mut(|row| {
        let person = &row.case.record.person;
        let exact =
            found.exact.contains(person) || run_together(&row.case.record.number()) == number;
        row.alike = !exact && found.alike.contains(person);
        exact || row.alike
    });
    // Other spellings come after what was typed.
    rows.sort_by_key(|row| row.alike);
    let fields = [("name", typed), ("phase", wanted), ("for", purpose.code())];
    let list = table(&visit, "cases", "nav-cases", rows).at("/cases/search");
    let mut answer = list.posted(form.text("page"), &fields).answer(|table| {
        let page = visit.page(&visit.text("nav-cases")).back("/cases");
        page.html(&format!("{searching}{table}"))
    })?;
    answer.extensions_mut().remove::<Compressible>();
    Ok(answer)
}

/// The address of a search alone, opened again: what was searched for is gone.
pub(super) async fn search_anew(visit: Visit) -> Answer {
    Ok(done(&visit, "/cases", ""))
}

/// A number of a case as it is compared.
fn run_together(number: &str) -> String {
    let letters = number.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

/// The field for a name, where the reader's open key holds identity and their
/// role may search. All spellings and aliases are looked at, and own cases alone.
async fn name_search(
    visit: &Visit,
    typed: &str,
    phase: &str,
    purpose: Purpose,
) -> Result<Option<String>, Failure> {
    let acting = visit.acting();
    let tenant = visit.signed()?.tenant.id;
    let may = acting.may_for(Action::SearchNames, &Resource::of(tenant), purpose).allowed;
    if !may || !keys::is_open(&acting, visit.signed()?).await? {
        return Ok(None);
    }
    let input = Input::new("name", visit.text("case-search-name"))
        .value(typed)
        .hint(visit.text("case-search-name-hint"))
        // A browser that is shared offers nobody the names that were searched for.
        .autocomplete("off")
        .words(&visit.words());
    let form = FormPage::new(visit, "/cases/search", &Problems::default())
        .ids_end("search")
        .hidden("for", purpose.code())
        .part(input)
        .select("phase", "case-phase", words_of(visit, "case-phase", &PHASES), phase)
        .button("case-search-name");
    Ok(Some(form.html()))
}

fn child(row: &&CaseRow) -> bool {
    row.person.as_ref().is_some_and(|person| person.age.has_the_rights_of_a_child())
}

const PHASES: [&str; 3] = ["open", "closed", "any"];

fn phase(wanted: &str) -> Option<Phase> {
    match wanted {
        "closed" => Some(Phase::Closed),
        "any" => None,
        _ => Some(Phase::Open),
    }
}

/// A list of cases, also below an incident.
pub(super) fn table<'a>(
    visit: &'a Visit,
    id: &'static str,
    title: &str,
    rows: Vec<CaseRow>,
) -> List<'a, CaseRow> {
    let (a, b, c, d, e) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let (f, g) = (visit.clone(), visit.clone());
    let named = rows.iter().any(|row| row.name.is_some());
    let statuses: Vec<_> = VictimStatus::ALL.iter().map(|status| status.code()).collect();
    let ages: Vec<_> = AgeGroup::ALL.iter().map(|age| age.code()).collect();
    let list = named_first(a, List::new(visit, id, &visit.text(title), rows), named)
        .column(
            "status",
            "case-status",
            move |row| b.text(&format!("case-status-{}", row.case.record.status.code())),
            move |row| status_tag(&c, row.case.record.status).into(),
        )
        .column(
            "age",
            "case-age",
            |row| row.person.as_ref().map(|p| p.age.code().to_owned()).unwrap_or_default(),
            move |row| match row.person.as_ref().map(|person| person.age) {
                Some(AgeGroup::Adult) => d.text("case-age-adult").into(),
                Some(age) => {
                    Tag::coloured(d.text(&format!("case-age-{}", age.code())), "yellow").into()
                }
                None => Content::default(),
            },
        )
        .column(
            "language",
            "field-language",
            |row| row.person.as_ref().map(|p| p.language.clone()).unwrap_or_default(),
            move |row| {
                let code = row.person.as_ref().map(|p| p.language.clone()).unwrap_or_default();
                let name = Content::from(language_name(&e.acting(), &code));
                Content::Html(format!("<bdi>{name}</bdi>"))
            },
        )
        .column(
            "met",
            "case-met-at",
            |row| row.case.record.happened_at.to_string(),
            move |row| f.date(row.case.record.happened_at.date()).into(),
        );
    flagged(visit, list)
        .text("leads", "case-part-lead", |row| row.leads.join(", "))
        .filter("status", "case-status", words_of(&g, "case-status", &statuses), |row, wanted| {
            row.case.record.status.code() == wanted
        })
        .filter("age", "case-age", words_of(&g, "case-age", &ages), |row, wanted| {
            row.person.as_ref().is_some_and(|person| person.age.code() == wanted)
        })
        .filter("phase", "case-phase", words_of(&g, "case-phase", &PHASES), |_, _| true)
        // A name is searched for by a form of its own.
        .never_typed("name", "case-search-rest")
}

/// What whoever opens a case must know at once, and a filter by it.
fn flagged<'a>(visit: &Visit, list: List<'a, CaseRow>) -> List<'a, CaseRow> {
    let (h, i) = (visit.clone(), visit.clone());
    let acting = visit.acting();
    let kinds: Vec<_> = flags::kinds(&acting)
        .iter()
        .map(|kind| (kind.code.clone(), flags::word(&acting, &kind.code)))
        .collect();
    list.column(
        "flags",
        "case-flags",
        move |row| {
            let words = row.flags.iter().map(|code| flags::word(&h.acting(), code));
            words.collect::<Vec<_>>().join(", ")
        },
        move |row| {
            let tags = row.flags.iter().map(|code| format!("{} ", tag(&i, code)));
            Content::Html(tags.collect())
        },
    )
    .filter("flag", "case-flag", kinds, |row, wanted| row.flags.iter().any(|code| code == wanted))
}

/// Who carries how much, and all cases that are not sealed.
pub(super) async fn all(visit: Visit) -> Answer {
    let acting = visit.acting();
    let which = Which { phase: phase(&visit.query("phase")), incident: None };
    let rows = list::overseen(&acting, which).await?;
    let mut load: BTreeMap<String, usize> = BTreeMap::new();
    for lead in rows.iter().flat_map(|row| &row.leads) {
        *load.entry(lead.clone()).or_default() += 1;
    }
    let kpis = Kpis::new(load.into_iter().map(|(name, count)| Kpi::new(visit.whole(count), name)));
    let none = Problems::default();
    let hand_over = team::hand_over_form(&visit, ("", ""), &none).await?.html();
    let heading = Content::from(visit.text("case-hand-over"));
    let answer = table(&visit, "cases-all", "case-all", rows).answer(|table| {
        visit
            .page(&visit.text("case-all"))
            .back("/cases")
            .html(&format!("{kpis}{table}<h2 class=\"govuk-heading-m\">{heading}</h2>{hand_over}"))
    })?;
    Ok(answer)
}

/// The number, and what to call the person where it is known.
fn named_first(a: Visit, list: List<'_, CaseRow>, named: bool) -> List<'_, CaseRow> {
    let like = a.text("case-search-alike");
    let tenant = a.signed().ok().map(|signed| signed.tenant.id);
    let breaks = tenant.is_some_and(|tenant| {
        let (about, why) = (Resource::of(tenant), Purpose::DangerToLife);
        a.acting().may_for(Action::BreakGlass, &about, why).allowed
    });
    let list = list.column(
        "number",
        "case-number",
        |row| row.case.record.number(),
        move |row| {
            let href = a.link(&format!("/cases/{}", row.case.record.id));
            let number = row.case.record.number();
            // Somebody else's: whoever is on call can break the glass, and says why.
            if row.part.is_none() && breaks && row.case.record.phase == Phase::Open {
                let href = a.link(&format!("/break-glass/{}", row.case.record.id));
                let word = Content::from(a.text("break-glass-title"));
                return Content::Html(format!(
                    "<bdi dir=\"ltr\">{number}</bdi><br><a class=\"govuk-link\" href=\"{href}\">\
                     {word}<span class=\"govuk-visually-hidden\"> {number}</span></a>"
                ));
            }
            if row.part.is_none() {
                return Content::Html(format!("<bdi dir=\"ltr\">{number}</bdi>"));
            }
            Content::Html(format!(
                "<a class=\"govuk-link\" href=\"{href}\"><bdi dir=\"ltr\">{number}</bdi></a>"
            ))
        },
    );
    if named {
        return list.column(
            "name",
            "case-field-name",
            |row| row.name.clone().unwrap_or_default(),
            move |row| {
                let name = Content::from(row.name.clone().unwrap_or_default());
                let mark = if row.alike {
                    Tag::coloured(like.clone(), "yellow").to_string()
                } else {
                    String::new()
                };
                Content::Html(format!("<bdi>{name}</bdi> {mark}"))
            },
        );
    }
    list
}
