//! Consent on the case page: what the person said about sharing, to whom, and
//! taking it back. Refusing costs nothing, and the page says so.

use super::{
    Answer, chosen_language, happened, language_options, note::when, purpose, purpose_of,
    sections::Section, typed_day, words_of,
};
use crate::{
    components::{Button, Content, Details, InsetText, SummaryList, Tag, WarningText},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::HeaderMap, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    care::own_answer,
    case::{
        self, Opened,
        consent::{self, AnswerForm},
        look_for,
        open::may_write,
        vault_if_open,
    },
    desk::parse_id,
    domain::{
        case::sharing::{
            ALWAYS_EXPLAINED, Answer as Said, Consent, ConsentForm, Explained, NoticeAnswer,
            RecipientKind, ShareFor,
        },
        id::{AccountId, CaseId},
        purpose::Purpose,
    },
};
use std::{collections::BTreeMap, fmt::Write as _};

/// What the person said about sharing.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let acting = visit.acting();
    let consents = consent::list(opened).await?;
    let told = case::withdrawal::of_case(opened).await?;
    let id = opened.file.id();
    let writes = may_write(&acting, &opened.file);
    let mut list = SummaryList::new();
    let now = acting.now();
    let by = consents.iter().flat_map(|one| [Some(one.record.explained_by), one.record.written_by]);
    let names = case::staff_names(&acting, by.flatten().collect()).await?;
    for one in &consents {
        let record = &one.record;
        let mut body = said(visit, record, &names);
        if record.withdrawn_at.is_some() {
            let all = told.iter().map(|one| &one.record);
            let mine: Vec<_> = all.filter(|one| one.consent == Some(record.id)).collect();
            body.push_str(
                &super::withdrawals::recipients(visit, &opened.file, &mine, writes).await?,
            );
        }
        if writes && record.holds_at(now) {
            let consent = record.id.to_string();
            let fields = [("consent", consent.as_str()), ("for", opened.file.purpose.code())];
            let path = format!("/cases/{id}/withdraw");
            body.push_str(&one_button(visit, &path, "case-consent-withdraw", &fields, true));
        }
        let to = consent::about(&acting, &record.recipient).await?;
        let to = Content::Html(format!("<bdi>{}</bdi>", Content::from(to)));
        list = list.row(to, Content::Html(body));
    }
    let (mut html, mut alert) = (String::new(), String::new());
    if own_answer::is_restricted(&opened.read, opened.file.case.record.tenant, id).await? {
        let _ = write!(alert, "{}", WarningText::new(visit.text("own-restricted"), &visit.words()));
    }
    if consents.is_empty() {
        let none = Content::from(visit.text("case-consent-none"));
        let _ = write!(html, "<p class=\"govuk-body\">{none}</p>");
    } else {
        let _ = write!(html, "{list}");
    }
    if writes {
        let href = visit.link(&format!("/cases/{id}/consent"));
        let _ = write!(html, "{}", Button::link(visit.text("case-consent-ask"), href).secondary());
    }
    // A recipient who has not answered yet is to be seen.
    let open = told.iter().any(|one| one.record.answer == NoticeAnswer::Silent);
    let (title, count) = (visit.text("case-section-sharing"), Some(consents.len()));
    let id = "sharing";
    Ok(Some(Section { id, title, html, count, open, alert, ..Section::default() }))
}

/// What was said, for what, when, and who had explained it.
fn said(visit: &Visit, record: &Consent, names: &BTreeMap<AccountId, String>) -> String {
    let (word, colour) = if record.withdrawn_at.is_some() {
        ("case-consent-withdrawn", "grey")
    } else {
        match record.answer {
            Said::Yes => ("case-answer-yes", "green"),
            Said::No => ("case-answer-no", "red"),
            Said::NotNow => ("case-answer-not_now", "yellow"),
        }
    };
    // "No one: nothing at all" is the whole answer; a "No" before it would deny it.
    let tag = if record.recipient.is_no_one() && record.withdrawn_at.is_none() {
        String::new()
    } else {
        format!("{} ", Tag::coloured(visit.text(word), colour))
    };
    let what = Content::from(visit.text(&format!("case-share-{}", consent::share_code(record))));
    let at = Content::from(visit.date(record.happened_at.date()));
    let by = Content::from(explained_by(visit, record, names));
    format!("<p class=\"govuk-body\">{tag}{what} · {at}</p><p class=\"govuk-hint\">{by}</p>")
}

/// Who explained it, and who wrote it down where that was someone else.
fn explained_by(visit: &Visit, record: &Consent, names: &BTreeMap<AccountId, String>) -> String {
    let name = |account: &AccountId| names.get(account).cloned().unwrap_or_default();
    let by = if record.explained_outside {
        visit.text("case-consent-by-outside")
    } else {
        name(&record.explained_by)
    };
    match record.written_by.map(|account| name(&account)).filter(|wrote| *wrote != by) {
        Some(wrote) => visit.format(
            "case-consent-explained-written",
            &[("by", by.into()), ("wrote", wrote.into())],
        ),
        None => visit.format("case-consent-explained-by", &[("by", by.into())]),
    }
}

fn kinds(visit: &Visit) -> Vec<(String, String)> {
    let codes: Vec<_> = RecipientKind::ALL.iter().map(|kind| kind.code()).collect();
    words_of(visit, "case-recipient", &codes)
}

/// What can be explained; what a yes does not count without is marked from the start.
fn points(visit: &Visit) -> Vec<(String, String)> {
    let point = |one: &Explained| {
        let word = visit.text(&format!("case-explained-{}", one.code()));
        let mark = match one {
            Explained::NotCalledBack => "case-needed-for-yes-outside",
            _ if ALWAYS_EXPLAINED.contains(one) => "case-needed-for-yes",
            _ => return (one.code().to_owned(), word),
        };
        (one.code().to_owned(), format!("{word} ({})", visit.text(mark)))
    };
    Explained::ALL.iter().map(point).collect()
}

async fn page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    form: &Form,
    (language, leaves): (&str, &str),
    problems: &Problems,
) -> Result<Response, Failure> {
    let acting = visit.acting();
    let answers = Said::ALL.iter().map(|one| one.code()).chain([consent::NO_ONE]);
    let answers: Vec<_> = answers.collect();
    let desks = consent::desks_to_choose(&acting).await?;
    let file = case::permitted(&acting, id, Action::WriteCase, purpose).await?;
    let person = &file.person.record;
    let child = person.age.has_the_rights_of_a_child();
    let explainers = consent::explainers(&acting, &file).await?;
    let found = super::help::found(visit, form.text("refer_found")).await?;
    let page = FormPage::new(visit, &format!("/cases/{id}/consent"), problems);
    let page = super::referrals::keep(page, form)
        .words("case-consent-why")
        .part(crate::pages::audio::consent(visit, language))
        .part(super::consent_text::beside(visit, &person.language, child))
        .hidden("for", purpose.code())
        .part(found);
    // What a referral has said already is not asked again in front of the person.
    let inner = || FormPage::new(visit, "", problems);
    let page = if leaves.is_empty() {
        to_whom(visit, page, form, desks)
    } else {
        let fields = to_whom(visit, inner(), form, desks);
        let open = ["desk", "outside", "kind", "purpose"];
        page.part(folded(visit, "case-consent-to-whom", &fields, (problems, &open))).part(leaves)
    };
    let page = page
        .part(InsetText::new(visit.text("case-consent-cannot")))
        .hinted("case-explained-hint")
        .checkboxes("explained", "case-explained", points(visit), form.list("explained"));
    let page = if leaves.is_empty() {
        how(visit, page, form, language, explainers)
    } else {
        let fields = how(visit, inner(), form, language, explainers);
        let open = ["by", "language", "interpreter", "form"];
        let mut how = folded(visit, "case-consent-how", &fields, (problems, &open));
        // A guardian's form is not the usual one.
        how.open |= child;
        page.part(how)
    };
    let page = page
        .radios(
            "answer",
            "case-answer",
            words_of(visit, "case-answer", &answers),
            form.text("answer"),
        )
        .lines("words", "case-consent-words", "case-consent-words-hint", form.text("words"))
        .part(when(visit, &typed_day(form), form.text("happened_time")));
    Ok(buttons(visit, page, (id, form.text("refer_found")), leaves)
        .on_paper()
        .page("case-consent-ask", &format!("/cases/{id}")))
}

/// The buttons: where it is known what would leave, one of them sends it after a yes.
fn buttons<'a>(
    visit: &Visit,
    page: FormPage<'a>,
    (id, found): (CaseId, &str),
    leaves: &str,
) -> FormPage<'a> {
    if leaves.is_empty() {
        return page.button("form-save");
    }
    let send = Button::new(visit.text("case-consent-send")).sends("then", "send");
    let page = page.part(send).part(Button::new(visit.text("case-consent-only")).secondary());
    if found.is_empty() {
        return page;
    }
    let href = visit.link(&format!("/cases/{id}/refer?found={found}"));
    page.part(Button::link(visit.text("case-consent-other"), href).secondary())
}

/// Fields behind a line that opens; open from the start where one of them is wrong.
fn folded(
    visit: &Visit,
    label: &str,
    fields: &FormPage<'_>,
    (problems, open): (&Problems, &[&str]),
) -> Details {
    let mut details = Details::new(visit.text(label), Content::Html(fields.parts()));
    details.open = problems.0.iter().any(|one| open.contains(&one.field.as_str()));
    details
}

/// To whom, and for what.
fn to_whom<'a>(
    visit: &Visit,
    page: FormPage<'a>,
    form: &Form,
    desks: Vec<(String, String)>,
) -> FormPage<'a> {
    let fors: Vec<_> = ShareFor::ALL.iter().map(|one| one.code()).collect();
    page.select("desk", "case-consent-desk", desks, form.text("desk"))
        .text("outside", "case-consent-outside", "case-consent-outside-hint", form.text("outside"))
        .select("kind", "case-recipient", kinds(visit), form.text("kind"))
        .radios(
            "purpose",
            "case-share",
            words_of(visit, "case-share", &fors),
            &typed(form, "purpose", "help"),
        )
}

/// What was typed, or what is usual.
fn typed(form: &Form, name: &str, usual: &str) -> String {
    let text = form.text(name);
    if text.is_empty() { usual.to_owned() } else { text.to_owned() }
}

/// How it was explained and said: by whom, in which language, in which form.
fn how<'a>(
    visit: &Visit,
    page: FormPage<'a>,
    form: &Form,
    language: &str,
    mut explainers: Vec<(String, String)>,
) -> FormPage<'a> {
    let forms: Vec<_> = ConsentForm::ALL.iter().map(|one| one.code()).collect();
    let interpreter = vec![("yes".to_owned(), visit.text("case-consent-interpreter"))];
    let me = visit.acting().subject.account.map(|id| id.to_string()).unwrap_or_default();
    explainers.push((consent::OUTSIDE.to_owned(), visit.text("case-consent-by-outside")));
    page.select("by", "case-consent-by", explainers, &typed(form, "by", &me))
        .line_on_paper()
        .select(
            "language",
            "case-consent-language",
            language_options(visit),
            &typed(form, "language", language),
        )
        .checkboxes(
            "interpreter",
            "case-communication-interpreter",
            interpreter,
            form.list("interpreter"),
        )
        .radios(
            "form",
            "case-consent-form",
            words_of(visit, "case-consent-form", &forms),
            &typed(form, "form", "oral"),
        )
}

/// The form with recipient and purpose of a referral filled in, and with what would leave;
/// saved, it leads back to the referral with all that was typed, or sends it after a yes.
pub(super) async fn from_referral(visit: &Visit, opened: &Opened, form: &Form) -> Answer {
    let language = opened.file.person.record.language.clone();
    let (id, purpose) = (opened.file.id(), opened.file.purpose);
    let leaves = super::referrals::leaves(visit, opened, form).await?;
    page(visit, id, purpose, form, (&language, &leaves), &Problems::default()).await
}

/// The form with what is wrong in it and all that was typed.
async fn again(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    (form, language): (&Form, &str),
    problems: &Problems,
) -> Answer {
    let mut leaves = String::new();
    if form.text("from") == "referral" {
        let signed = visit.signed.as_deref();
        let opened = look_for(&visit.acting(), signed, id, Action::SendReferral, purpose).await?;
        leaves = super::referrals::leaves(visit, &opened, form).await?;
    }
    page(visit, id, purpose, form, (language, &leaves), problems).await
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (acting, purpose) = (visit.acting(), purpose(&visit));
    let signed = visit.signed.as_deref();
    let opened = look_for(&acting, signed, id, Action::WriteCase, purpose).await?;
    let language = opened.file.person.record.language.clone();
    page(&visit, id, purpose, &Form::default(), (&language, ""), &Problems::default()).await
}

pub(super) async fn answer(
    Path(id): Path<String>,
    headers: HeaderMap,
    Sent { visit, form }: Sent,
) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    let mut problems = Problems::default();
    let text = |name: &str| form.text(name).to_owned();
    let typed = AnswerForm {
        purpose: text("purpose"),
        desk: text("desk"),
        kind: text("kind"),
        outside: text("outside"),
        answer: text("answer"),
        language: chosen_language(&form, ""),
        form: text("form"),
        interpreter: form.ticked("interpreter"),
        by: text("by"),
        explained: form.list("explained").to_vec(),
        happened: happened(&form, &mut problems),
        words: text("words"),
    };
    if !problems.0.is_empty() {
        return again(&visit, id, purpose, (&form, &typed.language), &problems).await;
    }
    let vault = vault_if_open(&acting, visit.signed()?).await?;
    let sends = form.text("then") == "send" && typed.answer == Said::Yes.code();
    match consent::answer(&acting, vault.as_ref(), id, &typed, purpose).await {
        Ok(_) if form.text("from") == "referral" && sends => {
            super::referrals::after_yes(&visit, &headers, id, purpose, &form).await
        }
        Ok(_) if form.text("from") == "referral" => {
            super::referrals::again(&visit, id, purpose, &form).await
        }
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            again(&visit, id, purpose, (&form, &typed.language), &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn withdraw(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let consent = parse_id(form.text("consent"))?;
    let purpose = purpose_of(&visit, &form);
    case::consent::withdraw(&visit.acting_once(&form), id, consent, purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "case-consent-withdrawn"))
}
