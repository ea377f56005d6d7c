//! How long this case is kept (E24), in plain words: from what day, by which
//! rule, until when, and what happens then; and giving more time.

use super::{Answer, purpose, purpose_of, sections::Section, words_of};
use crate::{
    components::{Button, Content, SummaryList},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    care,
    case::{
        self, Opened,
        keeping::{self, Holds, KeepingForm, Said},
        open::may_write,
        retention::{self, Keeping},
        vault_if_open, withdrawal,
    },
    desk::parse_id,
    domain::{
        case::{
            keeping::{KeepingReason, Wish},
            withdrawal::Because,
        },
        id::CaseId,
        purpose::Purpose,
    },
    locale::Arg,
};

/// The clock of keeping.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let keeping = retention::keeping(&visit.acting(), opened).await?;
    let title = visit.text("case-keeping");
    if keeping.erased {
        let told = Content::from(visit.text("case-keeping-erased"));
        let asked = recipients(visit, opened).await?;
        let html = format!("<p class=\"govuk-body\">{told}</p>{asked}");
        return Ok(Some(Section { id: "keeping", title, html, ..Section::default() }));
    }
    let clock = keeping.clock;
    let mut list = SummaryList::new();
    if let Some(from) = clock.from {
        list = list.row(visit.text("case-keeping-from"), visit.date(from.date()));
    }
    list = list.row(visit.text("case-keeping-rule"), rule(visit, &keeping));
    if let Some(until) = clock.until {
        list = list.row(visit.text("case-keeping-until"), visit.date(until.date()));
    }
    if let Some(offer) = keeping.offer_at {
        list = list.row(visit.text("case-keeping-before"), {
            let on = visit.date(offer.date());
            visit.format("case-keeping-offer", &[("on", on.into())])
        });
    }
    list = list.row(visit.text("case-keeping-then"), visit.text("case-keeping-destroyed"));
    list = held(visit, opened, &keeping.holds, list);
    let mut html = list.to_string();
    if may_write(&visit.acting(), &opened.file) {
        let href = visit.link(&format!("/cases/{}/keeping", opened.file.id()));
        html.push_str(&Button::link(visit.text("keeping-say"), href).secondary().to_string());
    }
    Ok(Some(Section { id: "keeping", title, html, ..Section::default() }))
}

/// What of this case still needs the record, for whoever may see its care, and what
/// was said last about keeping it.
fn held(visit: &Visit, opened: &Opened, holds: &Holds, mut list: SummaryList) -> SummaryList {
    if !holds.matters.is_empty() && care::may_see(&visit.acting(), &opened.file) {
        let named = holds.matters.iter();
        let named: Vec<_> =
            named.map(|one| visit.text(&format!("keeping-matter-{}", one.code()))).collect();
        list = list.row(visit.text("keeping-matters"), named.join(", "));
    }
    if let Some(last) = &holds.last {
        let wish = visit.text(&format!("keeping-wish-{}", last.wish.code()));
        let reason = visit.text(&format!("keeping-reason-{}", last.reason.code()));
        let until = last.until.map(|day| visit.date(day.date())).unwrap_or_default();
        let at = visit.date(last.recorded_at.date());
        let said = [wish, until, reason, at].into_iter().filter(|part| !part.is_empty());
        list = list.row(visit.text("keeping-said"), said.collect::<Vec<_>>().join(" · "));
    }
    list
}

fn page(visit: &Visit, id: CaseId, purpose: Purpose, form: &Form, problems: &Problems) -> Response {
    let wishes: Vec<_> = Wish::ALL.iter().map(|wish| wish.code()).collect();
    let reasons: Vec<_> = KeepingReason::ALL.iter().map(|reason| reason.code()).collect();
    FormPage::new(visit, &format!("/cases/{id}/keeping"), problems)
        .words("keeping-why")
        .hidden("for", purpose.code())
        .radios("wish", "keeping-wish", words_of(visit, "keeping-wish", &wishes), form.text("wish"))
        .hinted("keeping-until-hint")
        .date("until", "keeping-until", &form.boxes("until"))
        .radios(
            "reason",
            "keeping-reason",
            words_of(visit, "keeping-reason", &reasons),
            form.text("reason"),
        )
        .lines("words", "keeping-words", "keeping-words-hint", form.text("words"))
        .button("form-save")
        .on_paper()
        .page("keeping-say", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    case::permitted(&visit.acting(), id, Action::WriteCase, purpose).await?;
    Ok(page(&visit, id, purpose, &Form::default(), &Problems::default()))
}

pub(super) async fn say(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    let vault = vault_if_open(&acting, visit.signed()?).await?;
    let typed = KeepingForm {
        wish: form.text("wish").to_owned(),
        reason: form.text("reason").to_owned(),
        until: form.boxes("until"),
        words: form.text("words").to_owned(),
    };
    match keeping::save(&acting, vault.as_ref(), id, &typed, purpose).await {
        Ok(Said::Kept(_)) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Ok(Said::Asked) => Ok(done(&visit, &format!("/cases/{id}"), "second-person-asked")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, id, purpose, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// Who received something about a person who is erased, asked to erase it too, and
/// what each answered, or its silence (E25).
async fn recipients(visit: &Visit, opened: &Opened) -> Result<String, Failure> {
    let told = withdrawal::of_case(opened).await?;
    let told = told.iter().map(|one| &one.record);
    let told: Vec<_> = told.filter(|one| one.because == Because::Erased).collect();
    let heading = Content::from(visit.text("erasure-recipients"));
    let writes = may_write(&visit.acting(), &opened.file);
    let answers = super::withdrawals::recipients(visit, &opened.file, &told, writes).await?;
    Ok(format!("<h3 class=\"govuk-heading-s\">{heading}</h3>{answers}"))
}

/// The rule that counts here, with its periods.
fn rule(visit: &Visit, keeping: &Keeping) -> String {
    let number = |years: u64| visit.whole(usize::try_from(years).unwrap_or_default());
    let periods = keeping.periods;
    let values: [(&str, Arg<'_>); 3] = [
        ("years", number(periods.adult_years).into()),
        ("age", number(periods.child_until_age).into()),
        ("unknown", number(periods.child_unknown_years).into()),
    ];
    visit.format(&format!("case-keeping-rule-{}", keeping.clock.rule.code()), &values)
}
