//! First values for questions, found in what Palermo holds (R039). Every one
//! is marked with where it came from; nobody has to keep it.

use super::prefill_figures::Of;
use crate::{
    App, Refused,
    register::ask::{AskRefused, Lookup},
};
use palermo_domain::{
    register::{day::Day, state::StateCode},
    report::{Answer, AnswerKind, AnswerWord, Evidence, Origin, Question, Questionnaire, Value},
    tenant::TenantKind,
};
use palermo_store::{Paging, desk as desks, tenant as tenants};
use std::collections::BTreeMap;

/// A value that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The question.
    pub code: String,
    /// The answer, marked with its origin.
    pub answer: Answer,
}

struct Facts<'a> {
    app: &'a App,
    state: StateCode,
    period: i32,
    today: Day,
    last: BTreeMap<String, Answer>,
    organisations: Vec<palermo_domain::tenant::Tenant>,
    recommendations: usize,
}

/// First values for every question that says where one may be found.
///
/// # Errors
/// When the store does not answer.
pub async fn prefill(
    app: &App,
    questionnaire: &Questionnaire,
    state: StateCode,
    period: i32,
) -> Result<Vec<Found>, Refused> {
    let before =
        super::standing(app, &questionnaire.id, Some(period - 1), super::Standing::Submitted)
            .await?;
    let last = before
        .into_values()
        .find(|one| one.version.state == state)
        .map(|one| one.version.answers)
        .unwrap_or_default();
    let organisations = tenants::list(&app.store, &tenants::Filter::default(), Paging::all())
        .await?
        .items
        .into_iter()
        .map(|one| one.record)
        .filter(|tenant| tenant.state.as_deref() == Some(state.as_str()))
        .collect();
    let recommendations = crate::review::open_of(app, state).await?;
    let facts = Facts {
        app,
        state,
        period,
        today: app.store.now().date().into(),
        last,
        organisations,
        recommendations,
    };
    let mut found = Vec::new();
    for question in questionnaire.questions() {
        if let Some((from, mut answer)) = facts.first_value(question).await? {
            answer.origin = Origin::Prefilled { from };
            answer.as_of = answer.as_of.or(Some(facts.today));
            found.push(Found { code: question.code.clone(), answer });
        }
    }
    Ok(found)
}

/// Questions the registers cannot answer are a matter of nothing found.
fn asked<T>(result: Result<T, AskRefused>) -> Result<Option<T>, Refused> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(AskRefused::Refused(refused)) => Err(refused),
        Err(_) => Ok(None),
    }
}

fn title(agreement: &palermo_domain::register::agreement::Agreement) -> String {
    agreement.title.settled().map(|said| said.value.clone()).unwrap_or_default()
}

impl Facts<'_> {
    /// The first value that is found, with where. What several places say in words is put
    /// together; last year's words only stand in where nothing newer is found.
    async fn first_value(&self, question: &Question) -> Result<Option<(String, Answer)>, Refused> {
        let mut found: Option<(String, Answer)> = None;
        for from in &question.prefill {
            if found.is_some() && from == "last-year" {
                continue;
            }
            let Some(answer) = self.look(question, from).await? else { continue };
            found = Some(match found.take() {
                None => (from.clone(), answer),
                Some((mut places, mut so_far)) => {
                    if let (Value::Text(text), Value::Text(more)) =
                        (&mut so_far.value, &answer.value)
                    {
                        text.push('\n');
                        text.push_str(more);
                        places.push_str(", ");
                        places.push_str(from);
                    }
                    (places, so_far)
                }
            });
            if question.kind != AnswerKind::Text {
                break;
            }
        }
        Ok(found)
    }

    async fn look(&self, question: &Question, from: &str) -> Result<Option<Answer>, Refused> {
        let (kind, what) = from.split_once(':').unwrap_or((from, ""));
        match kind {
            "adherence" => self.adherence(question, what).await,
            "law" => self.law(question, what).await,
            "agreements" => self.agreements().await,
            "agreement" => self.agreement_on(what).await,
            "desk" => self.desk(question).await,
            "organisation" => Ok(self.organisations_of(question, what)),
            "organisations" => Ok(self.civil_society()),
            "released" | "referrals" | "plan" => self.figure(question, kind, what).await,
            "last-year" => Ok(self.last.get(&question.code).cloned().map(|mut answer| {
                answer.evidence.clear();
                answer
            })),
            "recommendations" => Ok((self.recommendations > 0).then(|| {
                let number = self.recommendations;
                Answer::of(Value::Text(format!(
                    "{number} recommendations to the State are not settled yet."
                )))
            })),
            _ => Ok(None),
        }
    }

    /// From plans, released tables and counts of referrals.
    async fn figure(
        &self,
        question: &Question,
        kind: &str,
        what: &str,
    ) -> Result<Option<Answer>, Refused> {
        let Ok(year) = u16::try_from(self.period) else { return Ok(None) };
        let of = Of { app: self.app, state: self.state, year, today: self.today };
        match (kind, what) {
            ("released", what) => of.released(question, what).await,
            ("referrals", "sent") => of.referrals(question).await,
            ("plan", "in-force") => of.in_force(question).await,
            ("plan", "progress") => of.progress(question).await,
            _ => Ok(None),
        }
    }

    async fn adherence(&self, question: &Question, id: &str) -> Result<Option<Answer>, Refused> {
        let Some(parties) = asked(Lookup::of(self.app).parties(id, self.today, "en").await)? else {
            return Ok(None);
        };
        let Some(party) = parties.parties.iter().find(|one| one.party == self.state) else {
            return Ok((question.kind == AnswerKind::Word).then(|| {
                let mut answer = Answer::of(Value::Word(AnswerWord::No));
                answer.explanation = format!("not a party to `{id}` by {}", self.today);
                answer
            }));
        };
        let mut answer = match question.kind {
            AnswerKind::Date => Answer::of(Value::Date(party.date)),
            _ => Answer::of(Value::Word(AnswerWord::Yes)),
        };
        answer.evidence.push(Evidence {
            what: format!("{} of {id}, {}", party.act.code(), party.date),
            link: None,
        });
        Ok(Some(answer))
    }

    async fn law(&self, question: &Question, topic: &str) -> Result<Option<Answer>, Refused> {
        use palermo_domain::register::law::Provided;
        let laws = asked(Lookup::of(self.app).laws(Some(self.state)).await)?.unwrap_or_default();
        let Some(law) = laws.iter().find(|law| law.topic.code() == topic) else {
            return Ok(None);
        };
        let word = match law.provided {
            Provided::Yes => AnswerWord::Yes,
            Provided::Partly | Provided::Bill => AnswerWord::InPart,
            Provided::No => AnswerWord::No,
            Provided::Unknown => return Ok(None),
        };
        if question.kind != AnswerKind::Word {
            return Ok(None);
        }
        let mut answer = Answer::of(Value::Word(word));
        let place: Vec<&str> =
            [&law.law, &law.article].into_iter().flatten().map(String::as_str).collect();
        if !place.is_empty() {
            answer.evidence.push(Evidence { what: place.join(", "), link: None });
        }
        answer.explanation = law.words.clone().unwrap_or_default();
        Ok(Some(answer))
    }

    async fn agreements(&self) -> Result<Option<Answer>, Refused> {
        use palermo_domain::register::agreement::AgreementParty;
        let all = asked(Lookup::of(self.app).agreements().await)?.unwrap_or_default();
        let rows: Vec<BTreeMap<String, String>> = all
            .iter()
            .filter(|agreement| agreement.states().any(|state| state == self.state))
            .map(|agreement| {
                let partners: Vec<String> = agreement
                    .parties
                    .iter()
                    .map(|party| match party {
                        AgreementParty::State(state) => state.to_string(),
                        AgreementParty::Mechanism(id) => id.clone(),
                    })
                    .filter(|party| party != self.state.as_str())
                    .collect();
                BTreeMap::from([
                    ("partner".to_owned(), partners.join(", ")),
                    ("subject".to_owned(), title(agreement)),
                    ("since".to_owned(), String::new()),
                ])
            })
            .collect();
        Ok(Some(if rows.is_empty() {
            let mut answer = Answer::of(Value::Rows(Vec::new()));
            answer.explanation = "no agreement of the State is in the register".to_owned();
            answer
        } else {
            Answer::of(Value::Rows(rows))
        }))
    }

    /// Whether an agreement names a subject: a procedure is then written down somewhere.
    async fn agreement_on(&self, subject: &str) -> Result<Option<Answer>, Refused> {
        let all = asked(Lookup::of(self.app).agreements().await)?.unwrap_or_default();
        let found = all.iter().find(|agreement| {
            agreement.states().any(|state| state == self.state)
                && title(agreement).to_lowercase().contains(subject)
        });
        let mut answer = Answer::of(Value::Word(AnswerWord::InPart));
        answer.explanation = match found {
            Some(agreement) => format!("the agreement `{}` is in the register", title(agreement)),
            None => {
                answer.value = Value::Word(AnswerWord::NoInformation);
                "the registers hold no agreement on this".to_owned()
            }
        };
        Ok(Some(answer))
    }

    async fn desk(&self, question: &Question) -> Result<Option<Answer>, Refused> {
        let filter = desks::Filter {
            state: Some(self.state.to_string()),
            level: Some(palermo_domain::desk::DeskLevel::National),
            open: Some(true),
            ..desks::Filter::default()
        };
        let found =
            desks::list(&self.app.store, &filter, desks::SortBy::Name, Paging::all()).await?;
        let national = found.items.into_iter().find(|desk| {
            self.organisations.iter().any(|tenant| {
                tenant.id == desk.record.tenant && tenant.kind == TenantKind::NationalCoordination
            })
        });
        let Some(desk) = national.map(|desk| desk.record) else { return Ok(None) };
        let told = format!("{}, {} ({})", desk.name, desk.hours, desk.time_zone);
        Ok(Some(match question.kind {
            AnswerKind::Word => {
                let mut answer = Answer::of(Value::Word(AnswerWord::Yes));
                answer.evidence.push(Evidence { what: told, link: None });
                answer
            }
            _ => Answer::of(Value::Text(told)),
        }))
    }

    fn organisations_of(&self, question: &Question, kind: &str) -> Option<Answer> {
        let kind = TenantKind::from_code(kind)?;
        let found: Vec<&str> = self
            .organisations
            .iter()
            .filter(|tenant| tenant.kind == kind)
            .map(|tenant| tenant.name.as_str())
            .collect();
        #[allow(clippy::cast_precision_loss)] // some dozens
        let count = found.len() as f64;
        let mut answer = match question.kind {
            AnswerKind::Number => Answer::of(Value::Number(count)),
            _ if found.is_empty() => return None,
            _ => Answer::of(Value::Word(AnswerWord::Yes)),
        };
        answer.explanation = found.join("; ");
        answer.definition = (question.kind == AnswerKind::Number)
            .then(|| "organisations that use this installation".to_owned());
        Some(answer)
    }

    fn civil_society(&self) -> Option<Answer> {
        let not_of_the_state = |kind: TenantKind| {
            matches!(kind, TenantKind::Care | TenantKind::CivilSociety | TenantKind::HumanRights)
        };
        let count = self.organisations.iter().filter(|one| not_of_the_state(one.kind)).count();
        #[allow(clippy::cast_precision_loss)] // some dozens
        let mut answer = Answer::of(Value::Number(count as f64));
        answer.definition = Some("organisations that use this installation".to_owned());
        Some(answer)
    }
}
