//! A shelter with a lead, a colleague, keys and cases.
#![allow(dead_code)]

use palermo_app::{
    Acting, App, Parts,
    access::{Assurance, Subject},
    locale::Language,
    ports::NoSecondFactors,
};
use palermo_crypto::{OsEntropy, StaffSecret};
use palermo_domain::{
    account::RoleAssignment,
    actor::Actor,
    care::form::Typed,
    case::{
        Case, Phase,
        person::{AgeGroup, Person},
        status::VictimStatus,
        team::{TeamMember, TeamPart},
    },
    compartment::Compartment::{Care, Identity, ProtectedAddress},
    id::{AccountId, CareId, CaseId, Id, PersonId, SessionId, TenantId},
    role::Role,
    tenant::TenantKind,
};
use palermo_store::{
    UnlockedVault,
    case::{file, person, team},
    keys::{
        compartment, person as person_keys, sealed,
        staff::{self, Holder, StaffKey},
    },
    role as roles,
    testing::TestStore,
};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

pub fn typed(facts: &[(&str, &str)]) -> Typed {
    let mut typed = Typed::new();
    for (field, value) in facts {
        typed.entry((*field).to_owned()).or_default().push((*value).to_owned());
    }
    typed
}

pub struct Member {
    pub account: AccountId,
    pub role: Role,
}

async fn holds(test: &TestStore, tenant: TenantId, account: AccountId, role: Role) {
    let mut act = test.begin_act(tenant, "people.change-roles").await;
    let from = act.now();
    let held = RoleAssignment { tenant, account, role, from, until: None };
    roles::assign(&mut act, &held).await.unwrap();
    act.commit(&()).await.unwrap();
}

pub struct House {
    pub app: App,
    pub tenant: TenantId,
    pub lead: Member,
    pub colleague: Member,
    test: TestStore,
    key: StaffKey,
    secret: StaffSecret,
}

impl House {
    pub async fn new(test: &TestStore) -> Self {
        let parts = Parts::load(None, true).unwrap();
        let app = App::new(test.store.clone(), parts, Arc::new(NoSecondFactors), true);
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let unique = Uuid::new_v4().simple().to_string();
        let lead = test.account(tenant, &format!("lead-{unique}@shelter.example")).await;
        let colleague = test.account(tenant, &format!("other-{unique}@shelter.example")).await;
        let secret = StaffSecret::generate(&mut OsEntropy).unwrap();
        let mut act = test.begin_act(tenant, "compartment.establish").await;
        let key = staff::insert(&mut act, Holder::Staff(lead), &secret.public()).await.unwrap();
        for one in [Care, Identity, ProtectedAddress] {
            compartment::establish(&mut act, one, std::slice::from_ref(&key)).await.unwrap();
        }
        act.commit(&()).await.unwrap();
        for account in [lead, colleague] {
            holds(test, tenant, account, Role::CaseManager).await;
        }
        let member = |account| Member { account, role: Role::CaseManager };
        Self {
            app,
            tenant,
            lead: member(lead),
            colleague: member(colleague),
            test: test.clone(),
            key,
            secret,
        }
    }

    pub async fn member(&self, name: &str, role: Role) -> Member {
        let unique = Uuid::new_v4().simple().to_string();
        let email = format!("{name}-{unique}@shelter.example");
        let account = self.test.account(self.tenant, &email).await;
        holds(&self.test, self.tenant, account, role).await;
        Member { account, role }
    }

    pub async fn vault(&self) -> UnlockedVault {
        self.test.unlock(&self.key, &self.secret).await.unwrap()
    }

    pub fn acting(&self, member: &Member) -> Acting<'_> {
        let session = SessionId::from_uuid(Uuid::nil());
        Acting {
            app: &self.app,
            subject: Subject {
                tenant: Some((self.tenant, TenantKind::Care)),
                state: None,
                account: Some(member.account),
                roles: vec![member.role],
                desks: Vec::new(),
                assurance: Assurance::Two,
                stepped_up_at: None,
                limited_to: None,
            },
            actor: Actor::Account { account: member.account, session },
            language: Language::En,
            once: None,
            happened: None,
        }
    }

    pub async fn case(&self, age: AgeGroup) -> CaseId {
        let vault = self.vault().await;
        let (person_id, case_id): (PersonId, CaseId) = (self.test.new_id(), self.test.new_id());
        let mut act = self.test.begin_act(self.tenant, "case.open").await;
        person_keys::create(&mut act, &vault, person_id, &[Care, Identity]).await.unwrap();
        let now = act.now();
        let person = Person {
            tenant: self.tenant,
            id: person_id,
            age,
            birth_year: None,
            sex: None,
            language: "en".into(),
            communication: Vec::new(),
            may_be_looked_for: None,
            recorded_at: now,
        };
        person::insert(&mut act, &person).await.unwrap();
        let case = Case {
            tenant: self.tenant,
            id: case_id,
            person: person_id,
            incident: None,
            episode: 1,
            status: VictimStatus::Presumed,
            phase: Phase::Open,
            urgent: Vec::new(),
            sealed: false,
            happened_at: now,
            recorded_at: now,
            opened_by: Some(self.lead.account),
            closed_at: None,
            closure: None,
            last_service_at: None,
        };
        file::insert(&mut act, &case).await.unwrap();
        act.commit(&()).await.unwrap();
        self.joins(case_id, self.lead.account, TeamPart::Lead).await;
        self.joins(case_id, self.colleague.account, TeamPart::Member).await;
        case_id
    }

    pub async fn joins(&self, case: CaseId, account: AccountId, part: TeamPart) {
        self.on_team(case, account, part, true).await;
    }

    pub async fn leaves(&self, case: CaseId, account: AccountId, part: TeamPart) {
        self.on_team(case, account, part, false).await;
    }

    async fn on_team(&self, case: CaseId, account: AccountId, part: TeamPart, stays: bool) {
        let mut act = self.test.begin_act(self.tenant, "case.team").await;
        let from = act.now();
        let until = (!stays).then_some(from);
        let member = TeamMember { tenant: self.tenant, case, account, part, from, until };
        team::put(&mut act, &member).await.unwrap();
        act.commit(&()).await.unwrap();
    }

    /// A further case of the person of a case, without a team yet.
    pub async fn again(&self, case: CaseId) -> CaseId {
        let id: CaseId = self.test.new_id();
        let mut act = self.test.begin_act(self.tenant, "case.open").await;
        let first = file::get(&act, case).await.unwrap().record;
        let again = Case { id, episode: first.episode + 1, ..first };
        file::insert(&mut act, &again).await.unwrap();
        act.commit(&()).await.unwrap();
        id
    }

    /// Marks the person of a case as erased.
    pub async fn erased(&self, case: CaseId) {
        let mut act = self.test.begin_act(self.tenant, "person.erase").await;
        let whose = file::get(&act, case).await.unwrap().record.person;
        let found = person::find(&act, self.tenant, whose).await.unwrap().unwrap();
        let nobody = Person { language: Person::NOBODY.into(), ..found.record };
        person::update(&mut act, &nobody, found.revision).await.unwrap();
        act.commit(&()).await.unwrap();
    }

    pub async fn seal(&self, case: CaseId) {
        let mut act = self.test.begin_act(self.tenant, "case.seal").await;
        let found = file::get(&act, case).await.unwrap();
        let sealed = Case { sealed: true, ..found.record };
        file::update(&mut act, &sealed, found.revision).await.unwrap();
        act.commit(&()).await.unwrap();
    }

    pub async fn words(&self, case: CaseId, id: CareId) -> BTreeMap<String, String> {
        let store = &self.test.store;
        let person = file::find(store, self.tenant, case).await.unwrap().unwrap().record.person;
        let context = self.test.context(self.tenant, "care.read").about(case);
        let read = store.read_personal(context).await.unwrap();
        let vault = self.vault().await;
        let table = palermo_store::care::TABLE;
        let opened = sealed::open_record(&read, &vault, person, table, id.uuid(), Care);
        let text = |clear: &[u8]| String::from_utf8(clear.to_vec()).unwrap();
        opened.await.unwrap().into_iter().map(|(field, clear)| (field, text(&clear))).collect()
    }
}
