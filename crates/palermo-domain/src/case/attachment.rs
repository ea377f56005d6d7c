//! A file on a case: an identity paper, a medical finding, a letter. What it is
//! called and what is in it are sealed; here is what kind it is. Pictures lose
//! what cameras write into them before they are kept.

use crate::{
    code::coded,
    id::{AccountId, CaseId, FileId, PersonId, TenantId},
    moment::Moment,
};

/// Largest file, in bytes.
pub const LARGEST_BYTES: usize = 5 << 20;
/// Most files of a case.
pub const MOST_FILES: usize = 40;

coded! {
    /// What a file is about.
    FileKind {
        /// An identity or travel document.
        Identity = "identity",
        /// A medical finding.
        Medical = "medical",
        /// A decision, a permit, a letter of an authority.
        Authority = "authority",
        /// A contract, pay slips, tickets: proof for a claim.
        Proof = "proof",
        /// A consent that was signed.
        Consent = "consent",
        /// Something else.
        Other = "other",
    }
}

coded! {
    /// A type of file, told by its first bytes and never by its name.
    Media {
        /// A photograph.
        Jpeg = "image/jpeg",
        /// A picture or a scan.
        Png = "image/png",
        /// A picture.
        WebP = "image/webp",
        /// A document.
        Pdf = "application/pdf",
    }
}

impl Media {
    /// The ending of a file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Pdf => "pdf",
        }
    }
}

/// A file on a case, without its name and content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Organisation.
    pub tenant: TenantId,
    /// Id; tells nothing.
    pub id: FileId,
    /// Of which case.
    pub case: CaseId,
    /// About whom; their key seals it.
    pub person: PersonId,
    /// What it is about.
    pub kind: FileKind,
    /// Its type.
    pub media: Media,
    /// Its size in bytes.
    pub size: u64,
    /// When it was kept.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Option<AccountId>,
}
