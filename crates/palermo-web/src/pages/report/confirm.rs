//! The page of a one-time link: the State reads what was entered on its
//! behalf and confirms it, without an account.

use super::common::{Page, year};
use crate::{
    components::Content,
    pages::Answer,
    shell::{
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{Problems, access::Action, domain::report::Entered, report};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/confirm/{word}", Action::ConfirmReport, show)
        .form("/confirm/{word}", Action::ConfirmReport, confirm)
        .page("/confirmed", Action::PublicRead, thanks)
}

async fn show(visit: Visit, Path(word): Path<String>) -> Answer {
    let (sheet, newest) = report::find_confirmation(&visit.acting(), &word).await?;
    let record = &sheet.record.entry;
    let mut page = Page::new(&visit);
    if let Entered::Secretariat { document, .. } = &record.entered {
        let values = [
            ("state", visit.state(record.state.as_str()).into()),
            ("year", year(&visit, record.period).into()),
            ("document", document.as_str().into()),
        ];
        page.paragraph(visit.format("confirm-words", &values));
    }
    match newest {
        Some(version) => {
            let all = report::questionnaire_at(
                visit.web.app(),
                &version.questionnaire,
                version.questionnaire_version,
            )
            .await?;
            let language = visit.language.code();
            // In the order of the questionnaire: 2 comes before 10.
            let rows = all
                .questions()
                .filter_map(|question| {
                    let code = &question.code;
                    let answer = version.answers.get(code)?;
                    let said = match answer.value.word() {
                        Some(word) => super::country::word(&visit, word),
                        None => report::answer_said(question, answer, language).into(),
                    };
                    Some(vec![
                        Content::from(format!("{code} {}", question.text.say(language).0)),
                        said,
                        Content::from(&answer.explanation),
                    ])
                })
                .collect();
            let heads = ["report-question", "report-answer", "report-explanation"];
            page.table("answers", "report-answer", &heads, rows);
            let form = FormPage::new(&visit, &format!("/confirm/{word}"), &Problems::default())
                .button("confirm-do");
            page.push(form.html());
        }
        None => {
            page.say("confirm-not-yet");
        }
    }
    let html = page.finish();
    Ok(visit.page(&visit.text("confirm-title")).html(&html))
}

async fn confirm(Path(word): Path<String>, Sent { visit, .. }: Sent) -> Answer {
    report::confirm(&visit.acting(), &word).await?;
    Ok(done(&visit, "/confirmed", ""))
}

async fn thanks(visit: Visit) -> Answer {
    let mut page = Page::new(&visit);
    page.say("confirm-thanks");
    let html = page.finish();
    Ok(visit.page(&visit.text("confirm-title")).html(&html))
}
