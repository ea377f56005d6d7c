//! Three years of reports, a round half way, recommendations that are
//! overdue, meetings: read from `content/demo/review.toml`. Answers go through
//! the same reading and checking as those typed in the browser.

mod file;
mod made;

use crate::{App, Refused, access::Action};
use file::{File, Said};
use made::{entered, more_time, reception, version};
use palermo_domain::{
    actor::Actor,
    id::{AccountId, TenantId},
    meeting::{ActionStatus, Decision, FollowingAction, Meeting, Paper, Seat},
    register::{day::Day, state::StateCode},
    report::{
        Answer, Assignment, Contribution, Dispute, DutyStep, Evidence, Origin, Questionnaire,
        Reception, Signature, Submission, SubmissionStatus, Value, may_submit, read_value,
        validate,
    },
    review::{
        AddresseeKind, Evaluation, FollowUp, FollowUpSide, ImpactAnswer, ImpactReview,
        InformationReply, InformationRequest, Recommendation, ReviewText, Round, StageEntry, Visit,
        due_from,
    },
};
use palermo_store::{
    Act, ActContext, Begun, Paging, account as accounts, meeting as kept_meetings, report as kept,
    review as reviews, tenant as tenants,
};
use std::collections::BTreeMap;

/// Wrong data of the demonstration, told with its place.
fn wrong(place: &str, why: impl std::fmt::Debug) -> Refused {
    Refused::Unavailable(format!("demo/review.toml: {place}: {why:?}"))
}

/// Numbers of the annual reports by State, years ago and question: a plan that counts
/// the same thing takes them from there, so that the two never disagree.
pub(super) type Figures = BTreeMap<(StateCode, i32, String), f64>;

/// The numbers the States answered in their annual reports.
///
/// # Errors
/// When the file is wrong.
pub(super) fn figures(app: &App) -> Result<Figures, Refused> {
    Ok(read(app)?.figures(app.store.now().date().into()))
}

fn read(app: &App) -> Result<File, Refused> {
    let text = app.content.text("demo/review.toml").unwrap_or_default();
    toml::from_str(text).map_err(|error| wrong("", error.to_string()))
}

struct Builder<'a> {
    app: &'a App,
    file: File,
    today: Day,
    tenants: BTreeMap<String, TenantId>,
    all: BTreeMap<String, Questionnaire>,
    /// What was submitted: who received it is noted in the secretariat's act.
    receptions: Vec<Reception>,
}

/// Adds reports, reviews and meetings to the region just built.
///
/// # Errors
/// When the file is wrong or the store refuses.
pub(super) async fn build(app: &App, region: &super::Region) -> Result<(), Refused> {
    let file = read(app)?;
    let stored = tenants::list(&app.store, &tenants::Filter::default(), Paging::all()).await?;
    let ids = region.tenants.iter().filter_map(|tenant| {
        let found = stored.items.iter().find(|one| one.record.name == tenant.name)?;
        Some((tenant.id.clone(), found.record.id))
    });
    let mut builder = Builder {
        app,
        file,
        today: app.store.now().date().into(),
        tenants: ids.collect(),
        all: crate::report::questionnaires(app).await?,
        receptions: Vec::new(),
    };
    let coordinations: Vec<String> = builder.file.tenants();
    for tenant in &coordinations {
        builder.state(tenant).await?;
    }
    builder.civil_society().await?;
    builder.secretariat(&region.secretariat).await?;
    builder.experts("lodestar-experts").await
}

impl Builder<'_> {
    fn days_ago(&self, days: i64) -> Day {
        self.today.plus_days(-days)
    }

    fn year(&self, years_ago: i32) -> i32 {
        self.today.date().year() - years_ago
    }

    async fn act(&self, tenant: &str) -> Result<Act, Refused> {
        let id = self.tenants.get(tenant).ok_or_else(|| wrong(tenant, "no such tenant"))?;
        let actor = Actor::System { job: "demo".into() };
        let context = ActContext::new(*id, actor, Action::EditReport.code());
        match self.app.store.act(context).await? {
            Begun::Fresh(act) => Ok(act),
            Begun::Repeated(_) => Err(wrong(tenant, "an act was repeated")),
        }
    }

    async fn account(&self, email: &str) -> Result<(AccountId, String), Refused> {
        let found = accounts::find_by_email(&self.app.store, email).await?;
        found
            .map(|one| (one.record.id, one.record.name.clone()))
            .ok_or_else(|| wrong(email, "no such account"))
    }

    fn questionnaire(&self, id: &str) -> Result<Questionnaire, Refused> {
        self.all.get(id).cloned().ok_or_else(|| wrong(id, "no such questionnaire"))
    }

    fn answers(
        &self,
        all: &Questionnaire,
        said: &BTreeMap<String, Said>,
        on: Day,
    ) -> Result<BTreeMap<String, Answer>, Refused> {
        let mut answers = BTreeMap::new();
        for (code, said) in said {
            let question = all.question(code).ok_or_else(|| wrong(code, "no such question"))?;
            let options: Vec<String> = question.options.iter().map(|(o, _)| o.clone()).collect();
            let columns: Vec<String> = question.columns.iter().map(|(c, _)| c.clone()).collect();
            let typed: Vec<String> = if options.is_empty() {
                vec![said.value.clone()]
            } else {
                said.value.split(';').map(|one| one.trim().to_owned()).collect()
            };
            let value = read_value(question.kind, &options, &columns, &typed)
                .map_err(|why| wrong(code, why))?;
            let mut answer = Answer::of(value);
            answer.explanation.clone_from(&said.explanation);
            if !said.evidence.is_empty() {
                answer.evidence.push(Evidence { what: said.evidence.clone(), link: None });
            }
            answer.need = (!said.need.is_empty()).then(|| said.need.clone());
            answer.definition = (!said.definition.is_empty()).then(|| said.definition.clone());
            answer.confidential = said.confidential;
            answer.as_of = Some(on);
            answers.insert(code.clone(), answer);
        }
        Ok(answers)
    }

    /// Everything of one State's coordination, in one act.
    async fn state(&mut self, tenant: &str) -> Result<(), Refused> {
        let mut planned = Vec::new();
        for one in self.file.sheets(tenant, self.today) {
            planned.push(self.planned(one).await?);
        }
        let disputes = self.file.disputes_of(tenant);
        let mut act = self.act(tenant).await?;
        let mut before: BTreeMap<String, BTreeMap<String, Answer>> = BTreeMap::new();
        for plan in planned {
            let received = self.sheet(&mut act, plan, &mut before).await?;
            self.receptions.extend(received);
        }
        for one in disputes {
            let record = Dispute {
                state: one.state,
                questionnaire: one.questionnaire.clone(),
                period: self.year(one.years_ago),
                code: one.code.clone(),
                why: one.why.clone(),
                on: self.days_ago(one.days_ago),
            };
            kept::dispute::insert(&mut act, &record).await?;
        }
        for one in self.file.more_time_of(tenant) {
            if let Some(record) = more_time(&one, self.today) {
                kept::extension::insert(&mut act, &record).await?;
            }
        }
        for one in self.file.texts_of(tenant) {
            self.text(&mut act, &one).await?;
        }
        for one in self.file.recommendations.clone() {
            if let Some(own) = &one.own {
                let states = one.states.iter().filter(|s| self.file.tenant_of(**s) == Some(tenant));
                for state in states {
                    let record = self.follow_up(&one, own, *state, FollowUpSide::State)?;
                    reviews::follow_up::insert(&mut act, &record).await?;
                }
            }
        }
        Ok(act.commit(&()).await?)
    }

    async fn planned(&self, one: file::Sheet) -> Result<Planned, Refused> {
        let signed = match one.signed.as_str() {
            "" => None,
            email => Some(self.account(email).await?),
        };
        let mut assigned = BTreeMap::new();
        for a in &one.assigned {
            let account = match a.account.as_str() {
                "" => None,
                email => Some(self.account(email).await?.0),
            };
            let assignment = Assignment {
                account,
                organisation: self.tenants.get(&a.organisation).copied(),
                unit: a.unit.clone(),
                due: Some(self.today.plus_days(a.due_in_days)),
                finished: a.finished,
                reminded: None,
            };
            assigned.insert(a.section.clone(), assignment);
        }
        Ok(Planned { sheet: one, signed, assigned })
    }

    async fn sheet(
        &self,
        act: &mut Act,
        plan: Planned,
        before: &mut BTreeMap<String, BTreeMap<String, Answer>>,
    ) -> Result<Option<Reception>, Refused> {
        let Planned { sheet, signed, assigned } = plan;
        let all = self.questionnaire(&sheet.questionnaire)?;
        let period = self.year(sheet.years_ago);
        let on = sheet.submitted.unwrap_or(self.today);
        let mut answers = self.answers(&all, &sheet.answers, on)?;
        let entered = entered(sheet.entered_from.as_deref());
        if let Some(document) = &sheet.entered_from {
            for answer in answers.values_mut() {
                answer.origin = Origin::Secretariat { document: document.clone() };
            }
        }
        let signature =
            signed.filter(|_| sheet.entered_from.is_none() && sheet.submitted.is_some());
        let signature = signature.map(|(account, name)| Signature { account, name, on });
        let record = Submission {
            state: sheet.state,
            questionnaire: all.id.clone(),
            questionnaire_version: all.version,
            period,
            language: sheet.language.clone(),
            status: match sheet.submitted {
                Some(_) => SubmissionStatus::Submitted,
                None => SubmissionStatus::Draft,
            },
            no_data: sheet.no_data.clone(),
            assigned,
            entered,
            signed: signature.clone(),
            versions: u32::from(sheet.submitted.is_some()),
        };
        let id = kept::submission::insert(act, &record).await?;
        let at = act.now();
        let written: Vec<kept::answer::Written> = answers
            .iter()
            .map(|(code, answer)| kept::answer::Written {
                code: code.clone(),
                answer: answer.clone(),
                at,
                by: signature.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
            })
            .collect();
        kept::answer::insert(act, id, &written).await?;
        if sheet.submitted.is_none() {
            return Ok(None);
        }
        let findings = validate(&all, &answers, &record.no_data, before.get(&sheet.questionnaire));
        may_submit(&record, &findings)
            .map_err(|why| wrong(&format!("{} {period}", sheet.state), why))?;
        let version = version(id, &record, answers.clone(), findings, on);
        kept::version::insert(act, &version).await?;
        before.insert(sheet.questionnaire.clone(), answers);
        Ok(sheet.accepted.map(|day| reception(id, &version, day)))
    }

    async fn civil_society(&self) -> Result<(), Refused> {
        for one in self.file.contributions.clone() {
            let id = self.tenants.get(&one.tenant).copied();
            let id = id.ok_or_else(|| wrong(&one.tenant, "no such tenant"))?;
            let from = tenants::find(&self.app.store, id).await?;
            let record = Contribution {
                state: one.state,
                questionnaire: one.questionnaire.clone(),
                period: self.year(one.years_ago),
                from: from.map(|one| one.record.name).unwrap_or_default(),
                confidential: one.confidential,
                answers: one
                    .texts
                    .iter()
                    .map(|(code, text)| (code.clone(), Answer::of(Value::Text(text.clone()))))
                    .collect(),
                on: self.days_ago(one.days_ago),
            };
            let mut act = self.act(&one.tenant).await?;
            kept::contribution::insert(&mut act, &record).await?;
            act.commit(&()).await?;
        }
        for one in self.file.impacts.clone() {
            self.impact(&one).await?;
        }
        Ok(())
    }

    async fn impact(&self, one: &file::Impact) -> Result<(), Refused> {
        let id = self.tenants.get(&one.tenant).copied();
        let id = id.ok_or_else(|| wrong(&one.tenant, "no such tenant"))?;
        let from = tenants::find(&self.app.store, id).await?;
        let record = ImpactReview {
            measure: one.measure.clone(),
            measure_id: None,
            state: None,
            by: from.map(|one| one.record.name).unwrap_or_default(),
            harmed: one.harmed.clone(),
            findings: one.findings.clone(),
            incidents: Some(one.incidents).filter(|count| *count >= 5),
            responsible: one.responsible.clone(),
            on: self.days_ago(one.days_ago),
        };
        let mut act = self.act(&one.tenant).await?;
        let review = reviews::impact_review::insert(&mut act, &record).await?;
        act.commit(&()).await?;
        let answer = ImpactAnswer {
            review: review.to_string(),
            by: one.responsible.clone(),
            text: one.answer.text.clone(),
            on: self.days_ago(one.answer.days_ago),
        };
        let mut act = self.act(&one.answer.tenant).await?;
        reviews::impact_answer::insert(&mut act, &answer).await?;
        Ok(act.commit(&()).await?)
    }

    async fn secretariat(&mut self, tenant: &str) -> Result<(), Refused> {
        let mut entered = Vec::new();
        for one in self.file.entered(self.today) {
            entered.push(self.planned(one).await?);
        }
        let mut act = self.act(tenant).await?;
        let mut before = BTreeMap::new();
        for plan in entered {
            self.sheet(&mut act, plan, &mut before).await?;
        }
        for record in &self.receptions {
            kept::reception::insert(&mut act, record).await?;
        }
        for one in &self.file.steps {
            let record = DutyStep {
                mechanism: one.mechanism.clone(),
                duty: one.duty.clone(),
                state: one.state,
                period: self.year(one.years_ago),
                step: one.step,
                on: self.days_ago(one.days_ago),
                extended_to: None,
            };
            kept::duty_step::insert(&mut act, &record).await?;
        }
        let mut replies = Vec::new();
        for one in self.file.requests.clone() {
            let record = InformationRequest {
                mechanism: one.mechanism.clone(),
                title: one.title.clone(),
                question: one.question.clone(),
                states: one.states.clone(),
                urgent: one.urgent,
                compulsory: None,
                sent: self.days_ago(one.days_ago),
                due: self.days_ago(one.due_days_ago),
                refused: one.refused,
            };
            let id = reviews::information_request::insert(&mut act, &record).await?;
            replies.extend(one.replies.into_iter().map(|reply| (id.to_string(), reply)));
        }
        self.meetings(&mut act, "MERIDIAN/").await?;
        act.commit(&()).await?;
        for (request, reply) in replies {
            let record = InformationReply {
                request,
                state: reply.state,
                text: reply.text,
                on: self.days_ago(reply.days_ago),
            };
            let mut act = self.act(&reply.tenant).await?;
            reviews::information_reply::insert(&mut act, &record).await?;
            act.commit(&()).await?;
        }
        Ok(())
    }

    async fn meetings(&self, act: &mut Act, of: &str) -> Result<(), Refused> {
        for group in self.file.seats.iter().filter(|one| one.body.starts_with(of)) {
            for (name, state, role, sex) in &group.people {
                let record = Seat {
                    body: group.body.clone(),
                    name: name.clone(),
                    state: state.parse().ok(),
                    organisation: None,
                    role: role.parse().map_err(|why| wrong(name, why))?,
                    sex: sex.parse().map_err(|why| wrong(name, why))?,
                    from: self.days_ago(group.since_days_ago),
                    until: None,
                };
                kept_meetings::seat::insert(act, &record).await?;
            }
        }
        for one in self.file.meetings.iter().filter(|one| one.body.starts_with(of)) {
            let from = match &one.on {
                Some(on) => {
                    let on = format!("{}-{on}", self.year(one.years_ago)).parse::<Day>();
                    on.map_err(|why| wrong(&one.title, why))?
                }
                None => self.days_ago(one.days_ago),
            };
            let mut decisions = Vec::new();
            for decision in &one.decisions {
                let mut actions = Vec::new();
                for (what, who, due_in_days, status, report) in &decision.actions {
                    actions.push(FollowingAction {
                        what: what.clone(),
                        who: who.clone(),
                        due: Some(self.today.plus_days(*due_in_days)),
                        status: status.parse::<ActionStatus>().map_err(|why| wrong(what, why))?,
                        report: report.clone(),
                    });
                }
                decisions.push(Decision { text: decision.text.clone(), actions });
            }
            let papers = one.papers.iter().map(|paper| {
                let (title, open) = paper.split_once('|').unwrap_or((paper, "open"));
                Paper { title: title.trim().to_owned(), link: None, open: open.trim() == "open" }
            });
            let record = Meeting {
                body: one.body.clone(),
                title: one.title.clone(),
                from,
                to: from.plus_days(one.length_days - 1),
                place: one.place.clone(),
                agenda: one.agenda.clone(),
                papers: papers.collect(),
                present: one.present,
                decisions,
            };
            kept_meetings::meeting::insert(act, &record).await?;
        }
        Ok(())
    }

    async fn text(&self, act: &mut Act, one: &file::Text) -> Result<(), Refused> {
        let record = ReviewText {
            evaluation: format!("{}/{}", one.round, one.state),
            pillar: one.pillar,
            title: one.title.clone(),
            text: one.text.trim().to_owned(),
            language: "en".to_owned(),
            shared: one.shared,
            published: one.published,
            earlier: Vec::new(),
            corrected: Vec::new(),
            drafted: None,
        };
        reviews::text::insert(act, &record).await?;
        Ok(())
    }

    fn follow_up(
        &self,
        one: &file::Recommended,
        said: &file::FollowSaid,
        state: palermo_domain::register::state::StateCode,
        side: FollowUpSide,
    ) -> Result<FollowUp, Refused> {
        Ok(FollowUp {
            recommendation: one.id.clone(),
            state,
            side,
            status: said.status.parse().map_err(|why| wrong(&one.id, why))?,
            lead: Some(said.lead.clone()).filter(|lead| !lead.is_empty()),
            deadline: None,
            account: said.account.clone(),
            evidence: said.evidence.clone(),
            on: self.days_ago(said.days_ago),
            assigned: Some(self.days_ago(one.made_days_ago)),
        })
    }

    async fn experts(&self, tenant: &str) -> Result<(), Refused> {
        let mut act = self.act(tenant).await?;
        for one in &self.file.rounds {
            let record = Round {
                id: one.id.clone(),
                mechanism: one.mechanism.clone(),
                title: one.title.clone(),
                instrument: one.instrument.clone(),
                provisions: one.provisions.clone(),
                questionnaire: one.questionnaire.clone(),
                from: self.year(one.from_years_ago),
                to: self.year(one.to_years_ago),
                order: one.order,
                bound_on: None,
                listed: Vec::new(),
                expert_body: Some("experts".to_owned()),
                political_body: Some("parties".to_owned()),
                source: "Invented for the demonstration".to_owned(),
                moved: Vec::new(),
            };
            reviews::round::insert(&mut act, &record).await?;
        }
        for one in &self.file.evaluations {
            let record = self.evaluation(one)?;
            reviews::evaluation::insert(&mut act, &record).await?;
        }
        for one in self.file.texts_of(tenant) {
            self.text(&mut act, &one).await?;
        }
        for one in &self.file.recommendations {
            let record = self.recommendation(one)?;
            reviews::recommendation::insert(&mut act, &record).await?;
            if let Some(found) = &one.found {
                for state in &one.states {
                    let record = self.follow_up(one, found, *state, FollowUpSide::Reviewer)?;
                    reviews::follow_up::insert(&mut act, &record).await?;
                }
            }
        }
        self.meetings(&mut act, "LODESTAR/").await?;
        Ok(act.commit(&()).await?)
    }

    fn evaluation(&self, one: &file::Evaluated) -> Result<Evaluation, Refused> {
        let mut steps: Vec<StageEntry> = Vec::new();
        for (stage, days_ago) in &one.steps {
            let stage = stage.parse().map_err(|why| wrong(&one.round, why))?;
            if let Some(last) = steps.last() {
                palermo_domain::review::may_move(last.stage, stage)
                    .map_err(|why| wrong(&one.round, why))?;
            }
            let on = self.days_ago(*days_ago);
            steps.push(StageEntry { stage, on, due: due_from(stage, on, Some(4)) });
        }
        let published = steps
            .iter()
            .find(|step| step.stage == palermo_domain::review::Stage::Published)
            .map(|step| step.on);
        Ok(Evaluation {
            round: one.round.clone(),
            state: one.state,
            steps,
            visit: one.visit.as_ref().map(|visit| Visit {
                from: Some(self.days_ago(visit.from)),
                to: Some(self.days_ago(visit.to)),
                programme: visit.programme.clone(),
            }),
            published,
            reviewers: one.reviewers.clone(),
            moved: Vec::new(),
        })
    }

    fn recommendation(&self, one: &file::Recommended) -> Result<Recommendation, Refused> {
        Ok(Recommendation {
            id: one.id.clone(),
            body: one.body.clone(),
            made: self.days_ago(one.made_days_ago).to_string(),
            text: one.text.clone(),
            group: String::new(),
            addressee: AddresseeKind::States,
            states: one.states.clone(),
            strength: one.strength.parse().map_err(|why| wrong(&one.id, why))?,
            themes: one.themes.clone(),
            provisions: Vec::new(),
            measures: Vec::new(),
            indicators: Vec::new(),
            same_as: one.same_as.clone(),
            contradicts: one.contradicts.clone(),
            round: one.round.clone(),
            deadline: one.deadline_days_ago.map(|days| self.days_ago(days)),
            lead: None,
            recorded: Some(self.days_ago(one.made_days_ago)),
            confidential: false,
            source: "Invented for the demonstration".to_owned(),
        })
    }
}

/// A sheet with the accounts it names.
struct Planned {
    sheet: file::Sheet,
    signed: Option<(AccountId, String)>,
    assigned: BTreeMap<String, Assignment>,
}
