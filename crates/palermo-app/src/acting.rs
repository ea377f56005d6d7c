//! Someone doing something: who, with which session, in which language, and
//! the small steps every act is made of.

use crate::{
    App,
    access::{Action, Decision, Request, Resource, Subject, decide},
    refused::Refused,
};
use palermo_domain::{
    actor::Actor,
    id::{AccountId, TenantId},
    moment::Moment,
    purpose::Purpose,
};
use palermo_locale::Language;
use palermo_store::{Act, ActContext, Begun, IdempotencyKey};
use serde::de::DeserializeOwned;

/// A form's own name: the same form sent twice has one effect.
pub type OnceKey = IdempotencyKey;

/// Someone doing something.
#[derive(Debug, Clone)]
pub struct Acting<'a> {
    /// The program.
    pub app: &'a App,
    /// What the access rules need to know about them.
    pub subject: Subject,
    /// What the audit entry says about them.
    pub actor: Actor,
    /// The language they read.
    pub language: Language,
    /// The form's name for this request, so that it counts once.
    pub once: Option<IdempotencyKey>,
    /// When what is written down happened, if not now: typed in from paper.
    pub happened: Option<Moment>,
}

impl<'a> Acting<'a> {
    /// Someone not signed in.
    #[must_use]
    pub const fn public(app: &'a App, language: Language) -> Self {
        Self {
            app,
            subject: Subject::public(),
            actor: Actor::Public,
            language,
            once: None,
            happened: None,
        }
    }

    /// Now, by the program's clock.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.app.store.now()
    }

    /// The tenant and account of someone signed in.
    ///
    /// # Errors
    /// [`Refused::SignInNeeded`] if nobody is.
    pub fn member(&self) -> Result<(TenantId, AccountId), Refused> {
        match (self.subject.tenant, self.subject.account) {
            (Some((tenant, _)), Some(account)) => Ok((tenant, account)),
            _ => Err(Refused::SignInNeeded),
        }
    }

    /// What the rules say, without noting it.
    #[must_use]
    pub fn may(&self, action: Action, resource: &Resource) -> Decision {
        self.weigh(action, resource, None)
    }

    /// The same, naming the purpose of reading data about a person (E01).
    #[must_use]
    pub fn may_for(&self, action: Action, resource: &Resource, purpose: Purpose) -> Decision {
        self.weigh(action, resource, Some(purpose))
    }

    fn weigh(&self, action: Action, resource: &Resource, purpose: Option<Purpose>) -> Decision {
        let request = Request { subject: &self.subject, action, resource, purpose, at: self.now() };
        decide(&self.app.policy, &request)
    }

    /// Goes on only if the rules allow it, and for a program only what its token was
    /// made for. A refusal of someone signed in is written into the log of their tenant.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when not allowed (as if it were not there),
    /// [`Refused::StepUpNeeded`] when showing the second factor would help.
    pub async fn allow(&self, action: Action, resource: &Resource) -> Result<(), Refused> {
        self.allow_for(action, resource, None).await
    }

    /// The same, naming the purpose of reading data about a person (E01).
    ///
    /// # Errors
    /// As [`Acting::allow`].
    pub async fn allow_for(
        &self,
        action: Action,
        resource: &Resource,
        purpose: Option<Purpose>,
    ) -> Result<(), Refused> {
        let decision = self.weigh(action, resource, purpose);
        if decision.allowed {
            return Ok(());
        }
        let Ok((tenant, _)) = self.member() else {
            return Err(Refused::SignInNeeded);
        };
        let reasons = decision.reasons.iter().filter_map(|reason| {
            serde_json::to_value(reason).ok()?.get("because")?.as_str().map(str::to_owned)
        });
        let mut context = ActContext::new(tenant, self.actor.clone(), action.code());
        context.purpose = purpose;
        if let Err(error) = self.app.store.refused(context, reasons).await {
            tracing::error!(%error, "a refusal could not be written into the log");
        }
        if decision.wants_step_up() { Err(Refused::StepUpNeeded) } else { Err(Refused::NotFound) }
    }

    /// Someone whom no grant lets do this at all, turned away before any record is looked
    /// at: it is written into the log, unless they tried so often that it would only fill
    /// it. They never go on from here, whatever the rules say of the region as a whole.
    pub async fn turned_away(&self, action: Action) -> Refused {
        match crate::throttle::may_leave_refusal(self).await {
            Ok(true) => match self.allow(action, &Resource::region()).await {
                Ok(()) => Refused::NotFound,
                Err(refused) => refused,
            },
            Ok(false) => Refused::NotFound,
            Err(refused) => refused,
        }
    }

    /// The context of an act of this person in their own tenant.
    ///
    /// # Errors
    /// [`Refused::SignInNeeded`] if nobody is signed in.
    pub fn context(&self, action: Action) -> Result<ActContext, Refused> {
        let (tenant, _) = self.member()?;
        let mut context = ActContext::new(tenant, self.actor.clone(), action.code());
        context.idempotency.clone_from(&self.once);
        context.happened_at = self.happened;
        Ok(context)
    }

    /// Begins an act; if the same form was sent before, gives what it gave then.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn begin<R: DeserializeOwned>(
        &self,
        context: ActContext,
    ) -> Result<Beginning<R>, Refused> {
        match self.app.store.act(context).await? {
            Begun::Fresh(act) => Ok(Beginning::Fresh(act)),
            Begun::Repeated(result) => {
                serde_json::from_value(result).map(Beginning::Repeated).map_err(|error| {
                    Refused::Unavailable(format!("an earlier result cannot be read: {error}"))
                })
            }
        }
    }
}

/// An act to carry out, or the result of the same one carried out before.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)] // moved once, never stored
pub enum Beginning<R> {
    /// Go on.
    Fresh(Act),
    /// It was done; this is what it gave.
    Repeated(R),
}

/// What an act gave that is not given twice, whatever its log holds.
pub type Secret = serde_json::Value;

/// Begins an act, or returns at once what the same request gave before.
#[macro_export]
macro_rules! begin {
    ($acting:expr, $context:expr) => {
        match $acting.begin($context).await? {
            $crate::acting::Beginning::Fresh(act) => act,
            $crate::acting::Beginning::Repeated(result) => return Ok(result),
        }
    };
}

/// Begins an act that hands out a secret: sent a second time it is refused, as
/// the secret was shown once and nothing is made twice.
#[macro_export]
macro_rules! begin_unrepeated {
    ($acting:expr, $context:expr) => {{
        match $acting.begin::<$crate::acting::Secret>($context).await? {
            $crate::acting::Beginning::Fresh(act) => act,
            $crate::acting::Beginning::Repeated(_) => {
                return Err($crate::Refused::Declined($crate::Message::new("error-done-once")));
            }
        }
    }};
}
