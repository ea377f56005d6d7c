//! The register of research (R188): studies with their methods and findings; a
//! study is closed once every finding says what it led to.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::StudyId,
    knowledge::research::{ActionKind, FindingOf, FollowUp, NotClosed, Study},
};
use palermo_store::{Revision, Versioned, knowledge::study as kept, register::Filed};

/// A study as it is listed.
pub type Listed = Versioned<Filed<StudyId, Study>>;

/// What someone typed about a study.
#[derive(Debug, Clone, Default)]
pub struct StudyForm {
    /// Title.
    pub title: String,
    /// Authors.
    pub authors: String,
    /// Question.
    pub question: String,
    /// Methods.
    pub methods: String,
    /// Ethics.
    pub ethics: String,
    /// Reference.
    pub reference: String,
    /// States, separated by commas.
    pub states: String,
    /// Year.
    pub year: String,
    /// Findings, one a line.
    pub findings: String,
}

/// The register.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    super::datasets::reader(acting).await?;
    let mut all = kept::list(&acting.app.store, None).await?;
    all.reverse();
    Ok(all)
}

/// One study.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: StudyId) -> Result<Listed, Refused> {
    list(acting).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// Enters a study.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn create(acting: &Acting<'_>, form: &StudyForm) -> Result<StudyId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditResearch, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let title = problems.required("title", &form.title, 300);
    let authors = problems.required("authors", &form.authors, 300);
    let question = problems.required("question", &form.question, 1_000);
    let methods = problems.required("methods", &form.methods, 2_000);
    let ethics = problems.required("ethics", &form.ethics, 1_000);
    let reference = problems.bounded("reference", &form.reference, 500);
    let mut states = Vec::new();
    for code in form.states.split([',', ' ']).map(str::trim).filter(|code| !code.is_empty()) {
        let code = code.to_uppercase();
        if acting.app.content.knows_state(&code) {
            states.push(code);
        } else {
            problems.add("states", Message::new("error-unknown-state").with("code", code));
        }
    }
    let year = form.year.trim().parse::<u16>().ok().filter(|year| (1950..=2100).contains(year));
    if year.is_none() {
        problems.add("year", Message::new("study-year"));
    }
    let findings: Vec<FindingOf> = form
        .findings
        .lines()
        .map(|line| problems.bounded("findings", line, 600))
        .filter(|text| !text.is_empty())
        .map(|text| FindingOf { text, action: None })
        .collect();
    problems.none()?;
    let study = Study {
        title,
        authors,
        question,
        methods,
        ethics,
        reference,
        states,
        year: year.unwrap_or(0),
        findings,
        closed: None,
    };
    let mut act = begin!(acting, acting.context(Action::EditResearch)?);
    let id = kept::insert(&mut act, &study).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// What a finding led to.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn follow_up(
    acting: &Acting<'_>,
    id: StudyId,
    finding: usize,
    kind: &str,
    reference: &str,
    seen: i64,
) -> Result<StudyId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditResearch, &Resource::of(tenant)).await?;
    let found = kept::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut study = found.record.entry;
    let mut problems = Problems::default();
    let reference = problems.required("reference", reference, 500);
    let kind = ActionKind::from_code(kind);
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    problems.none()?;
    let (Some(kind), Some(place), None) = (kind, study.findings.get_mut(finding), study.closed)
    else {
        return Err(Refused::NotFound);
    };
    place.action = Some(FollowUp { kind, reference });
    let mut act = begin!(acting, acting.context(Action::EditResearch)?.about(id));
    kept::update(&mut act, id, &study, Revision(seen)).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// Closes a study.
///
/// # Errors
/// [`Refused::Declined`] naming the findings that lead nowhere yet.
pub async fn close(acting: &Acting<'_>, id: StudyId, seen: i64) -> Result<StudyId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditResearch, &Resource::of(tenant)).await?;
    let found = kept::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut study = found.record.entry;
    study.close(acting.now().date().into()).map_err(|why| {
        Refused::Declined(match why {
            NotClosed::NoFindings => Message::new("study-no-findings"),
            NotClosed::ClosedAlready => Message::new("study-closed-already"),
            NotClosed::WithoutAction(open) => {
                let open: Vec<String> = open.iter().map(ToString::to_string).collect();
                Message::new("study-without-action").with("findings", open.join(", "))
            }
        })
    })?;
    let mut act = begin!(acting, acting.context(Action::EditResearch)?.about(id));
    kept::update(&mut act, id, &study, Revision(seen)).await?;
    act.commit(&id).await?;
    Ok(id)
}
