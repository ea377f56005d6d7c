//! Migrations: forward only, small, each with a line on why; the same code on
//! both databases. A migration that was released is never edited.

mod k0001_stored_keys;
mod m0001_house;
mod m0002_audit;
mod m0003_accounts;
mod m0004_work;
mod m0005_keys;
mod m0006_registers;
mod m0007_two_people;
mod m0008_directory;
mod m0009_cases;
mod m0010_screening;
mod m0011_care;
// person
mod m0014_plans;
mod m0017_person;
// knowledge
mod m0012_knowledge;
mod m0013_reports;
// the directory and what is beside it
mod m0016_youth;
// governance
mod m0018_governance;
mod m0019_knowledge_loop;
mod m0020_public;
mod m0021_referral_words;
mod m0024_own_reply;
mod m0030_register_past;
mod m0031_recorded_facts;
mod m0033_service_standards;
mod m0036_more_time;
mod m0037_decision_replies;
mod m0039_note_drafts;
mod m0041_units;
mod m0045_second_views;
mod tools;

use crate::error::Result;
use sea_orm::DatabaseConnection;
use sea_orm_migration::{MigrationTrait, MigratorTrait};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_house::Migration),
            Box::new(m0002_audit::Migration),
            Box::new(m0003_accounts::Migration),
            Box::new(m0004_work::Migration),
            Box::new(m0005_keys::Migration),
            Box::new(m0006_registers::Migration),
            Box::new(m0007_two_people::Migration),
            Box::new(m0014_plans::Migration),
            Box::new(m0008_directory::Migration),
            Box::new(m0009_cases::Migration),
            Box::new(m0010_screening::Migration),
            Box::new(m0011_care::Migration),
            // person
            Box::new(m0017_person::Migration),
            // knowledge
            Box::new(m0012_knowledge::Migration),
            Box::new(m0013_reports::Migration),
            // the directory and what is beside it
            Box::new(m0016_youth::Migration),
            // governance
            Box::new(m0018_governance::Migration),
            // knowledge, in and out
            Box::new(m0019_knowledge_loop::Migration),
            // the public site
            Box::new(m0020_public::Migration),
            // words between the two sides of a referral
            Box::new(m0021_referral_words::Migration),
            // who asked for a person, and the way an answer goes back
            Box::new(m0024_own_reply::Migration),
            // what entries of the registers said before
            Box::new(m0030_register_past::Migration),
            // facts recorded beside what ships
            Box::new(m0031_recorded_facts::Migration),
            // minimum standards for services
            Box::new(m0033_service_standards::Migration),
            // more time for reports
            Box::new(m0036_more_time::Migration),
            // what States report of decisions
            Box::new(m0037_decision_replies::Migration),
            // notes of cases as they are typed
            Box::new(m0039_note_drafts::Migration),
            // units that a State stands by
            Box::new(m0041_units::Migration),
            // how others than their keeper see services
            Box::new(m0045_second_views::Migration),
        ]
    }
}

/// Migrations of the keystore, which is a database of its own.
struct KeystoreMigrator;

impl MigratorTrait for KeystoreMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(k0001_stored_keys::Migration)]
    }
}

/// Applies what is missing. Two instances may start at once: whoever comes
/// second finds the tables there and looks again.
pub(crate) async fn bring_up_to_date(db: &DatabaseConnection) -> Result<()> {
    migrate::<Migrator>(db).await
}

/// The same for the keystore.
pub(crate) async fn bring_keystore_up_to_date(db: &DatabaseConnection) -> Result<()> {
    migrate::<KeystoreMigrator>(db).await
}

async fn migrate<M: MigratorTrait>(db: &DatabaseConnection) -> Result<()> {
    for _ in 0..3 {
        if M::up(db, None).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
    Ok(M::up(db, None).await?)
}

/// Name of the newest migration: the version of the schema, in backups.
pub(crate) fn schema_version() -> String {
    versions().pop().unwrap_or_default()
}

/// The same for the keystore.
pub(crate) fn keystore_version() -> String {
    keystore_versions().pop().unwrap_or_default()
}

/// Names of all migrations, the oldest first.
pub(crate) fn versions() -> Vec<String> {
    Migrator::migrations().iter().map(|one| one.name().to_owned()).collect()
}

/// The same for the keystore.
pub(crate) fn keystore_versions() -> Vec<String> {
    KeystoreMigrator::migrations().iter().map(|one| one.name().to_owned()).collect()
}
