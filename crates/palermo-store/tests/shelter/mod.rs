//! A shelter of two officers with its recovery key, for the tests of keys.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_crypto::{OsEntropy, StaffSecret};
use palermo_domain::{
    compartment::Compartment::{self, Care, Identity, ProtectedAddress},
    id::{AccountId, PersonId, TenantId},
    tenant::TenantKind,
};
use palermo_store::{
    Error, UnlockedVault,
    keys::{
        compartment, person,
        sealed::{self, Place},
        staff::{self, Holder, StaffKey},
    },
    testing::TestStore,
};
use uuid::Uuid;

pub const CLEARED: [Compartment; 3] = [Care, Identity, ProtectedAddress];

pub struct Officer {
    pub account: AccountId,
    pub key: StaffKey,
    pub secret: StaffSecret,
}

pub async fn officer(test: &TestStore, tenant: TenantId, email: &str) -> Officer {
    let account = test.account(tenant, email).await;
    let secret = StaffSecret::generate(&mut OsEntropy).unwrap();
    let mut act = test.begin_act(tenant, "staff-key.create").await;
    let key = staff::insert(&mut act, Holder::Staff(account), &secret.public()).await.unwrap();
    act.commit(&()).await.unwrap();
    Officer { account, key, secret }
}

pub struct Shelter {
    pub tenant: TenantId,
    pub first: Officer,
    pub second: Officer,
    pub recovery: StaffKey,
    pub recovery_secret: StaffSecret,
}

/// A shelter of two officers, with its recovery key.
pub async fn shelter(test: &TestStore) -> Shelter {
    let tenant = test.tenant("Shelter", TenantKind::Care).await;
    let unique = Uuid::new_v4().simple().to_string();
    let first = officer(test, tenant, &format!("a-{unique}@shelter.example")).await;
    let second = officer(test, tenant, &format!("b-{unique}@shelter.example")).await;
    let recovery_secret = StaffSecret::generate(&mut OsEntropy).unwrap();
    let mut act = test.begin_act(tenant, "compartment.establish").await;
    let recovery =
        staff::insert(&mut act, Holder::Recovery, &recovery_secret.public()).await.unwrap();
    let holders = [first.key.clone(), second.key.clone(), recovery.clone()];
    for one in CLEARED {
        compartment::establish(&mut act, one, &holders).await.unwrap();
    }
    act.commit(&()).await.unwrap();
    Shelter { tenant, first, second, recovery, recovery_secret }
}

pub async fn unlock(test: &TestStore, officer: &Officer) -> UnlockedVault {
    test.unlock(&officer.key, &officer.secret).await.unwrap()
}

pub async fn new_person(test: &TestStore, vault: &UnlockedVault) -> PersonId {
    let person = test.new_id();
    let mut act = test.begin_act(vault.tenant(), "person.create").await;
    person::create(&mut act, vault, person, &[Care, Identity]).await.unwrap();
    act.commit(&()).await.unwrap();
    person
}

pub fn story(person: PersonId) -> Place {
    Place { person, table: "case", record: Uuid::from_u128(7), field: "story", compartment: Care }
}

pub async fn tell(test: &TestStore, vault: &UnlockedVault, person: PersonId, text: &str) {
    let mut act = test.begin_act(vault.tenant(), "case.note").await;
    sealed::put(&mut act, vault, story(person), text.as_bytes()).await.unwrap();
    act.commit(&()).await.unwrap();
}

pub async fn read(
    test: &TestStore,
    vault: &UnlockedVault,
    person: PersonId,
) -> Result<Option<String>, Error> {
    let read = test.read_personal(test.context(vault.tenant(), "case.read").about(person)).await?;
    let clear = sealed::open(&read, vault, story(person)).await?;
    Ok(clear.map(|clear| String::from_utf8(clear.to_vec()).unwrap()))
}
