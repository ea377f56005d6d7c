//! Particulars of the person, in codes.

use super::{Answer, chosen_language, language_options, purpose, purpose_of, words_of};
use crate::shell::{
    failure::Failure,
    form::Form,
    forms::{FormPage, done},
    visit::{Sent, Visit},
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{
        look_for,
        particulars::{self, PersonForm},
    },
    desk::{parse_id, parse_revision},
    domain::{
        case::person::{AgeGroup, Communication, Cooperation, ImmigrationStatus, Sex},
        id::CaseId,
        purpose::Purpose,
    },
};

fn page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    typed: &PersonForm,
    revision: &str,
    problems: &Problems,
) -> Response {
    fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|one| code(*one)).collect()
    }
    let ages = words_of(visit, "case-age", &codes(AgeGroup::ALL, AgeGroup::code));
    let sexes = words_of(visit, "case-sex", &codes(Sex::ALL, Sex::code));
    let needs =
        words_of(visit, "case-communication", &codes(Communication::ALL, Communication::code));
    let statuses = words_of(
        visit,
        "case-immigration",
        &codes(ImmigrationStatus::ALL, ImmigrationStatus::code),
    );
    let cooperation =
        words_of(visit, "case-cooperation", &codes(Cooperation::ALL, Cooperation::code));
    let listed = language_options(visit);
    let other = !listed.iter().any(|(code, _)| *code == typed.language);
    let (chosen, other) =
        if other { ("", typed.language.as_str()) } else { (typed.language.as_str(), "") };
    let yes_no = words_of(visit, "case-looked-for", &["yes", "no"]);
    let sealed = vec![("yes".to_owned(), visit.text("case-sealed-tick"))];
    let sealed_now = if typed.sealed { vec!["yes".to_owned()] } else { Vec::new() };
    FormPage::new(visit, &format!("/cases/{id}/person"), problems)
        .hidden("for", purpose.code())
        .hidden("revision", revision)
        .radios("age", "case-age-ask", ages, &typed.age)
        .text("birth_year", "case-birth-year", "case-optional", &typed.birth_year)
        .radios("sex", "case-sex", sexes, &typed.sex)
        .select("language", "case-language-ask", listed, chosen)
        .text("language_other", "case-language-other", "case-language-other-hint", other)
        .checkboxes("communication", "case-communication", needs, &typed.communication)
        .radios("looked_for", "case-looked-for", yes_no, &typed.looked_for)
        .words("case-background-why")
        .text(
            "nationalities",
            "case-nationalities",
            "case-nationalities-hint",
            &typed.nationalities,
        )
        .select("immigration", "case-immigration", statuses, &typed.immigration)
        .select("cooperation", "case-cooperation", cooperation, &typed.cooperation)
        .checkboxes("sealed", "case-sealed", sealed, &sealed_now)
        .button("form-save")
        .page("case-person-edit", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    let opened = look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    let background = particulars::background(&opened).await?;
    let person = &opened.file.person;
    let typed = PersonForm::of(
        &person.record,
        background.as_ref().map(|found| &found.record),
        opened.file.case.record.sealed,
    );
    let revision = person.revision.0.to_string();
    Ok(page(&visit, id, purpose, &typed, &revision, &Problems::default()))
}

fn typed(form: &Form) -> PersonForm {
    let text = |name: &str| form.text(name).to_owned();
    PersonForm {
        age: text("age"),
        birth_year: text("birth_year"),
        sex: text("sex"),
        language: chosen_language(form, ""),
        communication: form.list("communication").to_vec(),
        looked_for: text("looked_for"),
        nationalities: text("nationalities"),
        immigration: text("immigration"),
        cooperation: text("cooperation"),
        sealed: form.ticked("sealed"),
    }
}

pub(super) async fn save(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let typed = typed(&form);
    let revision = form.text("revision").to_owned();
    let seen = parse_revision(&revision)?;
    match particulars::save(&visit.acting_once(&form), id, &typed, seen, purpose).await {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(page(&visit, id, purpose, &typed, &revision, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
