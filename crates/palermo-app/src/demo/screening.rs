//! Screenings, paper forms and calls of the demonstration, from
//! `content/demo/screening.toml`, scored by the engine like real ones.

use crate::{App, Refused, access::Action};
use palermo_domain::compartment::Compartment;
use palermo_domain::{
    account::Account,
    actor::Actor,
    desk::Desk,
    hotline::{Call, HandOver, next},
    id::{CallId, PaperId, ScreeningId, TenantId},
    moment::Moment,
    purpose::Purpose,
    screening::{Age, Answer, Draft, Kept, Notice, Outcome, Paper, PaperState, Path, Reason},
};
use palermo_store::{
    Act, ActContext, Begun, Paging, UnlockedVault, account as accounts, desk as desks, hotline,
    keys::person,
    screening::{
        draft::{self as drafts, DraftHead},
        kept, notice,
        paper::{self as papers, PaperHead},
    },
    tenant as tenants,
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

const FILE: &str = "demo/screening.toml";
const DAY: u64 = 86_400;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    story: Vec<Story>,
    draft: Vec<Story>,
    paper: Vec<Sheet>,
    call: Vec<Told>,
}

#[derive(Debug, Deserialize)]
struct Story {
    officer: String,
    #[serde(default)]
    days_ago: u64,
    #[serde(default)]
    hour: u64,
    #[serde(default = "one")]
    times: u64,
    #[serde(default)]
    every_days: u64,
    #[serde(flatten)]
    facts: Facts,
    outcome: Option<Outcome>,
    path: Option<Path>,
    #[serde(default)]
    reasons: BTreeSet<Reason>,
}

const fn one() -> u64 {
    1
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Facts {
    age: Option<Age>,
    forms: BTreeSet<palermo_domain::screening::ExploitationForm>,
    act: BTreeSet<palermo_domain::screening::Act>,
    means: BTreeSet<palermo_domain::screening::Means>,
    purpose: BTreeSet<palermo_domain::screening::ExploitationForm>,
    yes: Vec<String>,
    no: Vec<String>,
    unsure: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Sheet {
    clerk: String,
    sheet: String,
    #[serde(flatten)]
    facts: Facts,
    again: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    officer: String,
    days_ago: u64,
    caller: palermo_domain::hotline::Caller,
    language: String,
    call_back: palermo_domain::hotline::CallBack,
    hand_over: HandOver,
}

impl Facts {
    /// The answers, the `turn`-th a little otherwise than the first: one yes
    /// becomes "not sure", as people differ.
    fn draft(&self, turn: u64) -> Draft {
        let mut answers = BTreeMap::new();
        let told =
            [(&self.yes, Answer::Yes), (&self.no, Answer::No), (&self.unsure, Answer::Unsure)];
        for (codes, answer) in told {
            answers.extend(codes.iter().map(|code| (code.clone(), answer)));
        }
        let other = usize::try_from(turn).unwrap_or(0).checked_sub(1);
        if let Some(code) = other.and_then(|turn| self.yes.get(turn % self.yes.len().max(1))) {
            answers.insert(code.clone(), Answer::Unsure);
        }
        let mut draft = Draft {
            language: "en".into(),
            age: self.age,
            forms: self.forms.clone(),
            answers,
            ..Draft::default()
        };
        draft.elements.acts.clone_from(&self.act);
        draft.elements.means.clone_from(&self.means);
        draft.elements.purposes.clone_from(&self.purpose);
        draft.seen = ["language", "age", "form"].map(str::to_owned).into();
        draft.seen.extend(draft.answers.keys().cloned());
        draft
    }
}

/// Who acts, of which State.
struct Officer {
    account: Account,
    state: Option<String>,
}

/// Builds them, one act for each organisation.
///
/// # Errors
/// What the store refuses, or a file that is wrong.
pub(super) async fn build(app: &App) -> Result<(), Refused> {
    let text = app.content.text(FILE).unwrap_or_default();
    let file: File = toml::from_str(text).map_err(|error| wrong(&error))?;
    let emails = file.story.iter().chain(&file.draft).map(|story| &story.officer);
    let emails: BTreeSet<&String> = emails
        .chain(file.paper.iter().map(|sheet| &sheet.clerk))
        .chain(file.call.iter().map(|call| &call.officer))
        .collect();
    let mut officers: BTreeMap<TenantId, BTreeMap<String, Officer>> = BTreeMap::new();
    for email in emails {
        let account = accounts::find_by_email(&app.store, email).await?;
        let account = account.ok_or_else(|| wrong(&format!("nobody is `{email}`")))?.record;
        let tenant = tenants::find(&app.store, account.tenant).await?;
        let state = tenant.and_then(|tenant| tenant.record.state);
        let own = officers.entry(account.tenant).or_default();
        own.insert(email.clone(), Officer { account, state });
    }
    let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
    let page = desks::list(&app.store, &filter, desks::SortBy::default(), Paging::all()).await?;
    let desks: Vec<Desk> = page.items.into_iter().map(|desk| desk.record).collect();
    for (tenant, officers) in officers {
        let vault = app.store.server_vault(tenant).await?;
        let actor = Actor::System { job: "demo".into() };
        let context = ActContext::new(tenant, actor, Action::Screen.code());
        let context = context.for_purpose(Purpose::Identification);
        let Begun::Fresh(act) = app.store.act(context).await? else { continue };
        let mut builder = Builder { app, act, vault, officers };
        builder.stories(&file).await?;
        builder.drafts(&file).await?;
        builder.papers(&file).await?;
        builder.calls(&file, &desks).await?;
        builder.act.commit(&()).await?;
    }
    Ok(())
}

fn wrong(why: &dyn std::fmt::Display) -> Refused {
    Refused::Unavailable(format!("{FILE}: {why}"))
}

struct Builder<'a> {
    app: &'a App,
    act: Act,
    vault: UnlockedVault,
    officers: BTreeMap<String, Officer>,
}

impl Builder<'_> {
    fn ago(&self, days: u64, hour: u64) -> Moment {
        let now = self.act.now();
        let midnight = now.micros().rem_euclid(86_400_000_000);
        let day =
            Moment::from_micros(now.micros() - midnight).before(Duration::from_secs(days * DAY));
        day.after(Duration::from_secs(hour * 3600))
    }

    async fn stories(&mut self, file: &File) -> Result<(), Refused> {
        let (mut all, mut left) = (Vec::new(), Vec::new());
        for story in &file.story {
            let Some(officer) = self.officers.get(&story.officer) else { continue };
            let (account, state) = (officer.account.id, officer.state.clone());
            for turn in 0..story.times {
                let draft = story.facts.draft(turn);
                let at = self
                    .ago(story.days_ago + turn * story.every_days, story.hour.max(1) + turn % 9);
                let one = self.kept(story, &draft, at, account, state.clone())?;
                if one.path == Path::Anonymised {
                    left.push(Notice::of(&one));
                    continue;
                }
                person::create(&mut self.act, &self.vault, one.person, &[Compartment::Case])
                    .await?;
                drafts::put_answers(&mut self.act, &self.vault, one.person, one.id, &draft).await?;
                all.push(one);
            }
        }
        kept::insert_many(&mut self.act, &all).await?;
        Ok(notice::insert_many(&mut self.act, &left).await?)
    }

    fn kept(
        &self,
        story: &Story,
        draft: &Draft,
        at: Moment,
        account: palermo_domain::id::AccountId,
        state: Option<String>,
    ) -> Result<Kept, Refused> {
        let set = crate::screening::set_of(self.app, draft)?;
        let assessment = draft.screening(set).assess(set);
        let (Some(outcome), Some(path)) = (story.outcome, story.path) else {
            return Err(wrong(&"a story needs an outcome and a path"));
        };
        Ok(Kept {
            tenant: self.act.tenant(),
            id: self.act.new_id::<ScreeningId>(),
            case: None,
            person: self.act.new_id(),
            account,
            set: set.id.clone(),
            age: assessment.age,
            state,
            forms: draft.forms.clone(),
            positive: assessment.positive().collect(),
            definition_met: assessment.definition.met,
            combination: assessment.combination,
            outcome,
            path,
            reasons: story.reasons.clone(),
            happened_at: at,
            recorded_at: at,
        })
    }

    async fn drafts(&mut self, file: &File) -> Result<(), Refused> {
        for story in &file.draft {
            let Some(officer) = self.officers.get(&story.officer) else { continue };
            let head = DraftHead {
                tenant: self.act.tenant(),
                id: self.act.new_id(),
                account: officer.account.id,
                person: self.act.new_id(),
                expires_at: self.act.now().after(crate::screening::ask::KEPT),
                recorded_at: self.act.now(),
            };
            let draft = story.facts.draft(0);
            drafts::begin(&mut self.act, &self.vault, &head, &draft).await?;
        }
        Ok(())
    }

    async fn papers(&mut self, file: &File) -> Result<(), Refused> {
        for sheet in &file.paper {
            let Some(officer) = self.officers.get(&sheet.clerk) else { continue };
            let clerk = officer.account.id;
            let mut first = sheet.facts.draft(0);
            first.seen.clear();
            let mut head = PaperHead {
                tenant: self.act.tenant(),
                id: self.act.new_id::<PaperId>(),
                person: self.act.new_id(),
                sheet: sheet.sheet.clone(),
                first_by: clerk,
                second_by: None,
                state: PaperState::Once,
                happened_at: self.act.now(),
                recorded_at: self.act.now(),
            };
            papers::first(&mut self.act, &self.vault, &head, &first).await?;
            let Some(again) = &sheet.again else { continue };
            let facts = Facts { yes: again.clone(), ..sheet.facts.clone() };
            let mut second = facts.draft(0);
            second.seen.clear();
            let alike = Paper::differences(&first, &second).is_empty();
            head.second_by = Some(clerk);
            head.state = if alike { PaperState::Agreed } else { PaperState::Differs };
            papers::second(&mut self.act, &self.vault, &head, &second).await?;
        }
        Ok(())
    }

    async fn calls(&mut self, file: &File, desks: &[Desk]) -> Result<(), Refused> {
        let mut all = Vec::new();
        for told in &file.call {
            let Some(officer) = self.officers.get(&told.officer) else { continue };
            let at = self.ago(told.days_ago, 0);
            let here = (self.act.tenant(), at);
            let desk = next(desks, officer.state.as_deref(), &[], here).map(|desk| desk.id);
            all.push(Call {
                tenant: self.act.tenant(),
                id: self.act.new_id::<CallId>(),
                person: self.act.new_id(),
                account: officer.account.id,
                caller: told.caller,
                language: told.language.clone(),
                state: officer.state.clone(),
                call_back: told.call_back,
                hand_over: told.hand_over,
                desk: desk.filter(|_| told.hand_over == HandOver::Reached),
                tried: desk.filter(|_| told.hand_over == HandOver::NoAnswer).into_iter().collect(),
                happened_at: at,
                recorded_at: at,
            });
        }
        Ok(hotline::insert_many(&mut self.act, &all).await?)
    }
}
