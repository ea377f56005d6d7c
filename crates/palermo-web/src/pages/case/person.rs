//! Particulars of the person, in codes. If someone else saved meanwhile, both
//! are shown and the editor decides.

use super::{
    Answer,
    age::{done_as, shown_adult},
    chosen_language, language_beside, language_options, purpose, purpose_of, words_of,
};
use crate::shell::{
    failure::Failure,
    form::Form,
    forms::{FormPage, done, theirs},
    visit::{Sent, Visit},
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    case::{
        Opened, look_for,
        open::language_name,
        particulars::{self, PersonForm},
        vault_if_open,
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
    meanwhile: &str,
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
    let form = FormPage::new(visit, &format!("/cases/{id}/person"), problems)
        .hidden("for", purpose.code())
        .hidden("revision", revision)
        .hidden("age_was", &typed.age_was)
        .part(meanwhile)
        .radios("age", "case-age-ask", ages, &typed.age);
    let said = (typed.age_ground.as_str(), typed.age_words.as_str());
    shown_adult(visit, form, &typed.age_was, said, problems)
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
        .on_paper()
        .page("case-person-edit", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    let opened = look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    let (typed, revision) = stored(&opened).await?;
    Ok(page(&visit, id, purpose, &typed, &revision, "", &Problems::default()))
}

/// What is stored, as the form shows it, and its revision.
async fn stored(opened: &Opened) -> Result<(PersonForm, String), Refused> {
    let background = particulars::background(opened).await?;
    let person = &opened.file.person;
    let form = PersonForm::of(
        &person.record,
        background.as_ref().map(|found| &found.record),
        opened.file.case.record.sealed,
    );
    Ok((form, person.revision.0.to_string()))
}

/// Each particular in words, in the order of the form.
fn said(visit: &Visit, form: &PersonForm) -> Vec<(&'static str, String)> {
    let word = |family: &str, code: &str| match code {
        "" => String::new(),
        code => visit.text(&format!("{family}-{code}")),
    };
    let needs = form.communication.iter().map(|code| word("case-communication", code));
    let needs: Vec<String> = needs.collect();
    let language = match form.language.as_str() {
        "" => String::new(),
        code => language_name(&visit.acting(), code),
    };
    vec![
        ("case-age-ask", word("case-age", &form.age)),
        ("case-birth-year", form.birth_year.clone()),
        ("case-sex", word("case-sex", &form.sex)),
        ("case-language-ask", language),
        ("case-communication", needs.join("\n")),
        ("case-looked-for", word("case-looked-for", &form.looked_for)),
        ("case-nationalities", form.nationalities.to_uppercase()),
        ("case-immigration", word("case-immigration", &form.immigration)),
        ("case-cooperation", word("case-cooperation", &form.cooperation)),
        ("case-sealed", visit.text(if form.sealed { "word-yes" } else { "word-no" })),
    ]
}

/// Someone else saved first: theirs beside one's own, and the form as typed,
/// to be saved on what was just shown.
async fn meanwhile(visit: &Visit, id: CaseId, purpose: Purpose, typed: &PersonForm) -> Answer {
    let signed = visit.signed.as_deref();
    let opened = look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    let (saved, revision) = stored(&opened).await?;
    let rows: Vec<(String, String, String)> = said(visit, &saved)
        .into_iter()
        .zip(said(visit, typed))
        .filter(|((_, saved), (_, own))| saved != own)
        .map(|((label, saved), (_, own))| (visit.text(label), saved, own))
        .collect();
    if rows.is_empty() {
        return Ok(done(visit, &format!("/cases/{id}"), "saved"));
    }
    let mut problems = Problems::default();
    problems.add("", Message::new("case-words-theirs"));
    let both = theirs(visit, &rows).to_string();
    let typed = PersonForm { age_was: saved.age_was, ..typed.clone() };
    let mut response = page(visit, id, purpose, &typed, &revision, &both, &problems);
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
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
        age_was: text("age_was"),
        age_ground: text("age_ground"),
        age_words: text("age_words"),
    }
}

pub(super) async fn save(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let typed = typed(&form);
    let revision = form.text("revision").to_owned();
    let seen = parse_revision(&revision)?;
    let acting = visit.acting_once(&form);
    let vault = vault_if_open(&acting, visit.signed()?).await?;
    let saved = (&typed, seen);
    match particulars::save_with_words(&acting, vault.as_ref(), id, saved, purpose).await {
        Ok(saved) => Ok(done(&visit, &format!("/cases/{id}"), done_as(saved))),
        Err(Refused::Invalid(problems)) => {
            let problems = language_beside(&form, problems);
            Ok(page(&visit, id, purpose, &typed, &revision, "", &problems))
        }
        Err(Refused::Conflict) => meanwhile(&visit, id, purpose, &typed).await,
        Err(other) => Err(Failure(other)),
    }
}
