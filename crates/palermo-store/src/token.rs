//! Secrets handed out as text: cookies, invitations, API tokens. Each names
//! its tenant, so that looking one up stays within the tenant.

use palermo_crypto::Token;
use palermo_domain::id::{Id, TenantId};
use uuid::Uuid;

/// A random token of one tenant. Its holder has the text; the store the hash.
#[derive(Debug, Clone)]
pub struct TenantToken {
    /// Organisation.
    pub tenant: TenantId,
    /// The secret half.
    pub secret: Token,
}

impl TenantToken {
    /// The text its holder keeps.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}.{}", self.tenant.uuid().simple(), self.secret.text().as_str())
    }

    /// Reads a token; nothing if it is not one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (tenant, secret) = text.split_once('.')?;
        let tenant = TenantId::from_uuid(Uuid::try_parse(tenant).ok()?);
        Some(Self { tenant, secret: Token::parse(secret).ok()? })
    }

    /// What is stored and looked up.
    pub(crate) fn hash(&self) -> Vec<u8> {
        self.secret.hash().to_vec()
    }
}
