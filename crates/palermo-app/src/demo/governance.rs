//! What runs beside plans, reports and reviews, read from `content/demo/governance.toml`.

use crate::{App, Refused, access::Action};
use palermo_domain::{
    actor::Actor,
    governance::{
        Addressee, Commitment, Consultation, ConsultationInput, ConsultedGroup, GoodPractice,
        LegalFinding, LegalReview, LegalTopic, MechanismYear, ParliamentEntry, PracticeDecision,
        PracticeStep, PublicationDecision, RapporteurPart, RapporteurReport,
    },
    id::TenantId,
    register::{day::Day, state::StateCode},
    report::{SubmissionStatus, TextComment, TranslatedAnswer, translatable},
};
use palermo_store::{
    Act, ActContext, Begun, Paging, account as accounts, governance as stored, report as kept,
    tenant as tenants,
};
use serde::Deserialize;
use std::collections::BTreeMap;

fn wrong(place: &str, why: impl std::fmt::Debug) -> Refused {
    Refused::Unavailable(format!("demo/governance.toml: {place}: {why:?}"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    commitment: Vec<Promise>,
    parliament: Vec<Asked>,
    mechanism: Vec<Told>,
    consultation: Vec<Consulted>,
    law: Vec<Laws>,
    rapporteur: Vec<Reported>,
    practice: Vec<Practice>,
    remark: Vec<Remarked>,
    translation: Vec<Translation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remarked {
    tenant: String,
    state: StateCode,
    code: String,
    by: String,
    days_ago: i64,
    text: String,
    suggestion: String,
    mention: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Translation {
    tenant: String,
    state: StateCode,
    language: String,
    by: String,
    days_ago: i64,
    words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Promise {
    made_days_ago: i64,
    body: String,
    occasion: palermo_domain::governance::Occasion,
    text: String,
    link: Option<String>,
    #[serde(default)]
    states: Vec<StateCode>,
    due_in_days: Option<i64>,
    #[serde(default)]
    taken_up: String,
    status: palermo_domain::governance::CommitmentStatus,
    #[serde(default)]
    evidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    tenant: String,
    state: StateCode,
    kind: palermo_domain::governance::ParliamentKind,
    days_ago: i64,
    by: String,
    subject: String,
    text: String,
    #[serde(default)]
    answer: String,
    answered_days_ago: Option<i64>,
    #[serde(default)]
    recommendation: String,
    #[serde(default)]
    instrument: String,
    #[serde(default)]
    next: String,
    next_in_days: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    mechanism: String,
    years_ago: i32,
    authority: String,
    staff: f64,
    women: f64,
    budget: palermo_domain::money::Money,
    earmarked: f64,
    funding: String,
    capacity: String,
    gaps: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Consulted {
    tenant: String,
    title: String,
    question: String,
    groups: Vec<ConsultedGroup>,
    opens_days_ago: i64,
    closes_in_days: i64,
    safety: String,
    #[serde(default)]
    support: String,
    #[serde(default)]
    heard: String,
    #[serde(default)]
    followed: String,
    said: Vec<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    group: Option<ConsultedGroup>,
    text: String,
    #[serde(default)]
    may_quote: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Laws {
    tenant: String,
    name: String,
    title: String,
    years_ago: i32,
    body: String,
    instrument: String,
    source: String,
    state: Vec<LawOf>,
}

/// A topic is written `standing | article | note`.
#[derive(Deserialize)]
struct LawOf {
    state: StateCode,
    summary: String,
    #[serde(flatten)]
    topics: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reported {
    tenant: String,
    state: StateCode,
    years_ago: i32,
    title: String,
    language: String,
    addressees: Vec<Addressee>,
    delivered_days_ago: i64,
    published_days_ago: Option<i64>,
    #[serde(default)]
    by: String,
    #[serde(default)]
    decision: String,
    parts: BTreeMap<RapporteurPart, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Practice {
    tenant: String,
    state: StateCode,
    language: String,
    days_ago: i64,
    title: String,
    what: String,
    evidence: String,
    #[serde(default)]
    adaptation: String,
    themes: Vec<String>,
    reviewed_days_ago: Option<i64>,
    #[serde(default)]
    note: String,
    consented_days_ago: Option<i64>,
}

struct Builder<'a> {
    app: &'a App,
    file: File,
    today: Day,
    house: String,
    tenants: BTreeMap<String, (TenantId, String)>,
}

/// Adds what runs beside plans, reports and reviews.
///
/// # Errors
/// When the file is wrong or the store refuses.
pub(super) async fn build(app: &App, region: &super::Region) -> Result<(), Refused> {
    let text = app.content.text("demo/governance.toml").unwrap_or_default();
    let file: File = toml::from_str(text).map_err(|error| wrong("", error.to_string()))?;
    let all = tenants::list(&app.store, &tenants::Filter::default(), Paging::all()).await?;
    let ids = region.tenants.iter().filter_map(|tenant| {
        let found = all.items.iter().find(|one| one.record.name == tenant.name)?;
        Some((tenant.id.clone(), (found.record.id, tenant.name.clone())))
    });
    let builder = Builder {
        app,
        file,
        today: app.store.now().date().into(),
        house: region.secretariat.clone(),
        tenants: ids.collect(),
    };
    // One act an organisation: the log of the demonstration stays short.
    let mut names: Vec<&String> = builder.tenants.keys().collect();
    names.sort();
    for name in names {
        builder.organisation(name).await?;
    }
    builder.decisions().await?;
    builder.remarks().await?;
    builder.translations().await
}

impl Builder<'_> {
    fn ago(&self, days: i64) -> Day {
        self.today.plus_days(-days)
    }

    fn year(&self, years_ago: i32) -> i32 {
        self.today.date().year() - years_ago
    }

    async fn act(&self, tenant: &str) -> Result<Act, Refused> {
        let (id, _) = self.tenants.get(tenant).ok_or_else(|| wrong(tenant, "no such tenant"))?;
        let actor = Actor::System { job: "demo".into() };
        let context = ActContext::new(*id, actor, Action::KeepCommitments.code());
        match self.app.store.act(context).await? {
            Begun::Fresh(act) => Ok(act),
            Begun::Repeated(_) => Err(wrong(tenant, "an act was repeated")),
        }
    }

    async fn organisation(&self, tenant: &str) -> Result<(), Refused> {
        let mut act = self.act(tenant).await?;
        if tenant == self.house {
            self.commitments(&mut act).await?;
            self.mechanisms(&mut act).await?;
        }
        self.parliaments(&mut act, tenant).await?;
        self.consultations(&mut act, tenant).await?;
        self.laws(&mut act, tenant).await?;
        self.rapporteurs(&mut act, tenant).await?;
        for one in self.file.practice.iter().filter(|one| one.tenant == tenant) {
            stored::practice::insert(&mut act, &self.practice(one)).await?;
        }
        Ok(act.commit(&()).await?)
    }

    async fn commitments(&self, act: &mut Act) -> Result<(), Refused> {
        for one in &self.file.commitment {
            let record = Commitment {
                made: self.ago(one.made_days_ago),
                body: one.body.clone(),
                occasion: one.occasion,
                text: one.text.clone(),
                link: one.link.clone(),
                mechanism: "MERIDIAN".into(),
                states: one.states.clone(),
                due: one.due_in_days.map(|days| self.today.plus_days(days)),
                taken_up: one.taken_up.clone(),
                status: one.status,
                evidence: one.evidence.clone(),
            };
            stored::commitment::insert(act, &record).await?;
        }
        Ok(())
    }

    async fn mechanisms(&self, act: &mut Act) -> Result<(), Refused> {
        for one in &self.file.mechanism {
            let record = MechanismYear {
                mechanism: one.mechanism.clone(),
                year: self.year(one.years_ago),
                authority: one.authority.clone(),
                staff: Some(one.staff),
                women: Some(one.women),
                budget: Some(one.budget),
                rate: None,
                earmarked_percent: Some(one.earmarked),
                funding: one.funding.clone(),
                capacity: one.capacity.clone(),
                gaps: one.gaps.clone(),
                updated: self.ago(40),
            };
            stored::mechanism_year::insert(act, &record).await?;
        }
        Ok(())
    }

    async fn parliaments(&self, act: &mut Act, tenant: &str) -> Result<(), Refused> {
        for one in self.file.parliament.iter().filter(|one| one.tenant == tenant) {
            let record = ParliamentEntry {
                state: one.state,
                kind: one.kind,
                on: self.ago(one.days_ago),
                by: one.by.clone(),
                subject: one.subject.clone(),
                text: one.text.clone(),
                answer: one.answer.clone(),
                answered: one.answered_days_ago.map(|days| self.ago(days)),
                link: None,
                recommendation: one.recommendation.clone(),
                instrument: one.instrument.clone(),
                next: one.next.clone(),
                next_on: one.next_in_days.map(|days| self.today.plus_days(days)),
            };
            stored::parliament::insert(act, &record).await?;
        }
        Ok(())
    }

    async fn consultations(&self, act: &mut Act, tenant: &str) -> Result<(), Refused> {
        for one in self.file.consultation.iter().filter(|one| one.tenant == tenant) {
            let by = self.tenants.get(tenant).map(|(_, name)| name.clone()).unwrap_or_default();
            let record = Consultation {
                title: one.title.clone(),
                question: one.question.clone(),
                groups: one.groups.clone(),
                by,
                opens: self.ago(one.opens_days_ago),
                closes: self.today.plus_days(one.closes_in_days),
                safety: one.safety.clone(),
                support: one.support.clone(),
                heard: one.heard.clone(),
                followed: one.followed.clone(),
            };
            let id = stored::consultation::insert(act, &record).await?;
            for words in &one.said {
                let input = ConsultationInput {
                    consultation: id.to_string(),
                    group: words.group,
                    text: words.text.clone(),
                    may_quote: words.may_quote,
                };
                stored::input::insert(act, &input).await?;
            }
        }
        Ok(())
    }

    async fn laws(&self, act: &mut Act, tenant: &str) -> Result<(), Refused> {
        for laws in self.file.law.iter().filter(|one| one.tenant == tenant) {
            for of in &laws.state {
                let mut findings = BTreeMap::new();
                for (topic, told) in &of.topics {
                    let key: LegalTopic = topic.parse().map_err(|why| wrong(topic, why))?;
                    let mut parts = told.splitn(3, '|').map(str::trim);
                    let standing = parts.next().unwrap_or_default();
                    let finding = LegalFinding {
                        standing: standing.parse().map_err(|why| wrong(topic, why))?,
                        article: parts.next().unwrap_or_default().to_owned(),
                        note: parts.next().unwrap_or_default().to_owned(),
                    };
                    findings.insert(key, finding);
                }
                let record = LegalReview {
                    name: laws.name.clone(),
                    title: laws.title.clone(),
                    year: self.year(laws.years_ago),
                    body: laws.body.clone(),
                    instrument: laws.instrument.clone(),
                    state: of.state,
                    findings,
                    summary: of.summary.clone(),
                    source: laws.source.clone(),
                };
                stored::legal_review::insert(act, &record).await?;
            }
        }
        Ok(())
    }

    async fn rapporteurs(&self, act: &mut Act, tenant: &str) -> Result<(), Refused> {
        for one in self.file.rapporteur.iter().filter(|one| one.tenant == tenant) {
            let handed = [Addressee::Executive, Addressee::Parliament];
            let on = self.ago(one.delivered_days_ago);
            let report = RapporteurReport {
                state: one.state,
                year: self.year(one.years_ago),
                title: one.title.clone(),
                addressees: one.addressees.clone(),
                language: one.language.clone(),
                parts: one.parts.clone(),
                delivered: handed.into_iter().map(|to| (to, on)).collect(),
                published: None,
            };
            let report = match one.published_days_ago {
                Some(days) => {
                    let decision = PublicationDecision {
                        on: self.ago(days),
                        by: one.by.clone(),
                        text: one.decision.clone(),
                    };
                    report.publish(decision).map_err(|why| wrong(&one.title, why))?
                }
                None => report,
            };
            stored::rapporteur::insert(act, &report).await?;
        }
        Ok(())
    }

    fn practice(&self, one: &Practice) -> GoodPractice {
        let by = self.tenants.get(&one.tenant).map(|(_, name)| name.clone());
        GoodPractice {
            state: one.state,
            title: one.title.clone(),
            what: one.what.clone(),
            evidence: one.evidence.clone(),
            adaptation: one.adaptation.clone(),
            adapted_from: String::new(),
            themes: one.themes.clone(),
            language: one.language.clone(),
            by: by.unwrap_or_default(),
            on: self.ago(one.days_ago),
        }
    }

    /// Reviews by the secretariat, and the agreement of the State's coordination.
    async fn decisions(&self) -> Result<(), Refused> {
        let all = stored::practice::list(&self.app.store, None).await?;
        let id = |title: &str| {
            all.iter()
                .find(|kept| kept.record.entry.title == title)
                .map(|kept| kept.record.id.to_string())
                .unwrap_or_default()
        };
        let step = |one: &Practice, decision, tenant: &str, days: i64, note: &str| PracticeStep {
            practice: id(&one.title),
            decision,
            by: self.tenants.get(tenant).map(|(_, name)| name.clone()).unwrap_or_default(),
            note: note.to_owned(),
            on: self.ago(days),
        };
        let mut act = self.act(&self.house).await?;
        for one in &self.file.practice {
            if let Some(days) = one.reviewed_days_ago {
                let record = step(one, PracticeDecision::Reviewed, &self.house, days, &one.note);
                stored::practice_step::insert(&mut act, &record).await?;
            }
        }
        act.commit(&()).await?;
        let state = "avelmar-coordination";
        let mut act = self.act(state).await?;
        for one in &self.file.practice {
            if let Some(days) = one.consented_days_ago {
                let record = step(one, PracticeDecision::Consented, state, days, "");
                stored::practice_step::insert(&mut act, &record).await?;
            }
        }
        Ok(act.commit(&()).await?)
    }

    /// Remarks on the answers of the report a State is writing now.
    async fn remarks(&self) -> Result<(), Refused> {
        let store = &self.app.store;
        for one in &self.file.remark {
            let sheets = kept::submission::list(store, None).await?;
            let open = sheets.iter().map(|sheet| &sheet.record).rfind(|sheet| {
                sheet.entry.state == one.state && sheet.entry.status == SubmissionStatus::Draft
            });
            let Some(open) = open else { continue };
            let answers = kept::answer::of(store, open.tenant, open.id).await?;
            let quote = answers.iter().find(|answer| answer.record.code == one.code);
            let quote = quote.map(|answer| answer.record.answer.explanation.clone());
            let to = accounts::find_by_email(store, &one.mention).await?;
            let to = to.ok_or_else(|| wrong(&one.mention, "no such account"))?.record.id;
            let record = TextComment {
                about: format!("submission/{}", open.id),
                place: one.code.clone(),
                by: one.by.clone(),
                text: one.text.clone(),
                suggestion: Some(one.suggestion.clone()),
                mentions: vec![to],
                quote: quote.unwrap_or_default(),
                outcome: None,
                closed_by: String::new(),
                on: self.ago(one.days_ago),
            };
            let title = format!("{} {}", open.entry.questionnaire, open.entry.period);
            let mut act = self.act(&one.tenant).await?;
            let id = kept::comment::insert(&mut act, &record).await?;
            crate::review::mention(&mut act, id, to, &title).await?;
            act.commit(&()).await?;
        }
        Ok(())
    }

    /// Translations of answers of a State's last report.
    async fn translations(&self) -> Result<(), Refused> {
        for one in &self.file.translation {
            let versions = kept::version::list(&self.app.store, None).await?;
            let last = versions
                .iter()
                .map(|version| &version.record.entry)
                .filter(|version| version.state == one.state && version.language != one.language)
                .max_by_key(|version| version.period);
            let Some(last) = last else { continue };
            let mut act = self.act(&one.tenant).await?;
            for (code, words) in &one.words {
                let Some(answer) = last.answers.get(code) else { continue };
                let record = TranslatedAnswer {
                    submission: last.submission,
                    code: code.clone(),
                    language: one.language.clone(),
                    value: words.clone(),
                    explanation: String::new(),
                    of: translatable(answer),
                    machine: false,
                    by: one.by.clone(),
                    on: self.ago(one.days_ago),
                };
                kept::translation::insert(&mut act, &record).await?;
            }
            act.commit(&()).await?;
        }
        Ok(())
    }
}
