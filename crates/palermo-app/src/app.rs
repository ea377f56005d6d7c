//! The program's parts, put together once at start.

use crate::{
    access::Policy,
    care::CareContent,
    content::{Content, ContentRefused, FileProblem},
    names::NameCaches,
    ports::{NoOrganisationSignIn, OrganisationSignIn, SecondFactors, Typesetter},
    register::Registers,
    screening::wording::Wording,
};
use palermo_crypto::password;
use palermo_domain::register::document::Problem;
use palermo_locale::Catalogue;
use palermo_store::Store;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many passphrases are checked at once: each takes 64 MiB (check D14).
pub const PASSPHRASES_AT_ONCE: usize = 2;

/// The program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database, with its clock and source of ids.
    pub store: Store,
    /// Who may do what.
    pub policy: Arc<Policy>,
    /// Messages in every language.
    pub catalogue: Arc<Catalogue>,
    /// What ships with the program: mechanisms, instruments, States.
    pub content: Arc<Content>,
    /// Forms and lists of care.
    pub care: Arc<CareContent>,
    /// States, instruments, agreements and model texts that ship with it.
    pub registers: Arc<Registers>,
    /// Questions of screenings, in every language they exist in.
    pub wording: Arc<Wording>,
    /// One-time codes and passkeys.
    pub factors: Arc<dyn SecondFactors>,
    /// Typeset reports, if the program was built with them.
    pub typesetter: Option<Arc<dyn Typesetter>>,
    /// Sign-ins of organisations that have their own.
    pub organisations: Arc<dyn OrganisationSignIn>,
    /// Names in memory while identity sessions are open; may vanish at any time.
    pub names: Arc<NameCaches>,
    /// Cost of hashing a passphrase.
    pub passphrase_cost: password::Params,
    /// The invented region: no second factor, no person-level import (E43).
    pub demo: bool,
    pub(crate) passphrase_turns: Arc<Semaphore>,
    pub(crate) typesetting_turn: Arc<Semaphore>,
}

/// What is read from files before the program starts.
#[derive(Debug)]
pub struct Parts {
    /// Who may do what.
    pub policy: Policy,
    /// Messages.
    pub catalogue: Catalogue,
    /// Shipped content with a deployment's own on top.
    pub content: Content,
    /// Forms and lists of care.
    pub care: CareContent,
    /// Registers read from it.
    pub registers: Registers,
}

impl Parts {
    /// Reads everything that ships with the program, with a deployment's own
    /// folder on top if it has one.
    ///
    /// # Errors
    /// Every problem found, one a line, for the operator.
    pub fn load(overlay: Option<&std::path::Path>, demo: bool) -> Result<Self, String> {
        Self::checked(overlay, demo).map_err(|refused| refused.to_string())
    }

    /// As [`Parts::load`], with the problems of all files one by one.
    ///
    /// # Errors
    /// A folder that cannot be read, or every problem in every file.
    pub fn checked(overlay: Option<&std::path::Path>, demo: bool) -> Result<Self, ContentRefused> {
        let (content, mut problems) = Content::read(overlay, demo)?;
        let registers = match Registers::load(&content, demo) {
            Ok(registers) => Some(registers),
            Err(ContentRefused::Wrong(found)) => {
                problems.extend(found);
                None
            }
            Err(other) => return Err(other),
        };
        let own = content.overlay_text(POLICY);
        let policy = match shipped_policy(&content).and_then(|shipped| match own {
            Some(own) => shipped.narrowed_by(own),
            None => Ok(shipped),
        }) {
            Ok(policy) => Some(policy),
            Err(found) => {
                let of_policy = |problem| FileProblem { file: POLICY.to_owned(), problem };
                problems.extend(found.into_iter().map(of_policy));
                None
            }
        };
        let catalogue = Catalogue::shipped()
            .map_err(|found| problems.extend(found.iter().map(|one| whole("locales", one))))
            .ok();
        let care = CareContent::load(&content)
            .map_err(|found| {
                let (file, said) = found.split_once(": ").unwrap_or(("care", &found));
                problems.push(whole(file, &said));
            })
            .ok();
        match (registers, policy, catalogue, care) {
            (Some(registers), Some(policy), Some(catalogue), Some(care)) if problems.is_empty() => {
                Ok(Self { policy, catalogue, content, care, registers })
            }
            _ => Err(ContentRefused::Wrong(problems)),
        }
    }
}

/// Where the policy lies.
const POLICY: &str = "policy/roles.toml";

fn shipped_policy(content: &Content) -> Result<Policy, Vec<Problem>> {
    Policy::parse(content.text(POLICY).unwrap_or_default())
}

/// Checks the file of a deployment's own policy, as the start would.
///
/// # Errors
/// Every problem in it.
pub fn check_policy(content: &Content, own: &str) -> Result<(), Vec<Problem>> {
    shipped_policy(content)?.narrowed_by(own).map(|_| ())
}

/// A problem of a file of which no line is known.
fn whole(file: &str, said: &impl ToString) -> FileProblem {
    FileProblem {
        file: file.to_owned(),
        problem: Problem {
            line: 1,
            field: String::new(),
            message: said.to_string().trim_end().to_owned(),
            remedy: "correct the file".to_owned(),
        },
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App(demo: {})", self.demo)
    }
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(store: Store, parts: Parts, factors: Arc<dyn SecondFactors>, demo: bool) -> Self {
        let Parts { policy, catalogue, content, care, registers } = parts;
        let passphrase_cost =
            if demo { password::Params::demo_weakest() } else { password::Params::standard() };
        Self {
            store,
            policy: Arc::new(policy),
            wording: Arc::new(Wording::load(&content)),
            catalogue: Arc::new(catalogue),
            content: Arc::new(content),
            care: Arc::new(care),
            registers: Arc::new(registers),
            factors,
            typesetter: None,
            organisations: Arc::new(NoOrganisationSignIn),
            names: Arc::default(),
            passphrase_cost,
            demo,
            passphrase_turns: Arc::new(Semaphore::new(PASSPHRASES_AT_ONCE)),
            typesetting_turn: Arc::new(Semaphore::new(1)),
        }
    }

    /// The same program, able to typeset.
    #[must_use]
    pub fn with_typesetter(mut self, typesetter: Arc<dyn Typesetter>) -> Self {
        self.typesetter = Some(typesetter);
        self
    }

    /// The same, with sign-ins of organisations.
    #[must_use]
    pub fn with_organisations(mut self, organisations: Arc<dyn OrganisationSignIn>) -> Self {
        self.organisations = organisations;
        self
    }
}
