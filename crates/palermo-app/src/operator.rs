//! What someone at the machine's command line may do with accounts without
//! signing in: see them, invite, stop and resume them, give and end roles.
//! Never with a role that reads data about persons; that an administrator of
//! the organisation decides, who signs in for it.

use crate::{
    App, Message, Problems, Refused,
    access::Action,
    invitation::{self, InvitationForm, check_address},
    people::{self, Member},
    recovery::Agreed,
    throttle,
};
use palermo_domain::{
    account::{Account, AccountStatus, RoleAssignment},
    actor::Actor,
    id::{Id, TenantId},
    role::Role,
    tenant::Tenant,
};
use palermo_locale::Language;
use palermo_store::{
    Act, ActContext, Begun, Paging, Versioned, account as accounts,
    invitation::{self as invitations, Invitation},
    role as roles, session as sessions, tenant as tenants,
};

/// Why the command line may not do it.
#[derive(Debug, thiserror::Error)]
pub enum NotByOperator {
    /// The role reads data about persons.
    #[error(
        "the role `{0}` reads data about persons: an administrator of the organisation decides on it"
    )]
    ReadsPersons(&'static str),
    /// No account has this address.
    #[error("no account has the address `{0}`")]
    UnknownAddress(String),
    /// Nobody invited this address, or the invitation is over.
    #[error("no open invitation is to `{0}`; `palermo user list` shows those there are")]
    NotInvited(String),
    /// Several organisations invited this address.
    #[error(
        "several organisations invited `{0}`; say which with `--tenant ID`, as `palermo user list` shows it"
    )]
    InvitedBySeveral(String),
    /// The act itself was refused.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<palermo_store::Error> for NotByOperator {
    fn from(error: palermo_store::Error) -> Self {
        Self::Refused(error.into())
    }
}

/// Someone at the machine, by system user name.
#[derive(Debug, Clone, Copy)]
pub struct Operator<'a> {
    /// The program.
    pub app: &'a App,
    /// Name of the system user.
    pub user: &'a str,
}

fn refuse_personal(role: Role) -> Result<(), NotByOperator> {
    if role.reads_personal_data() { Err(NotByOperator::ReadsPersons(role.code())) } else { Ok(()) }
}

impl Operator<'_> {
    /// Invitations of an organisation that are open still.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn invited(&self, tenant: TenantId) -> Result<Vec<Invitation>, Refused> {
        let now = self.app.store.now();
        let waiting = invitations::waiting(&self.app.store, tenant).await?;
        let open = waiting.into_iter().map(|one| one.record).filter(|one| one.ends_at > now);
        Ok(open.collect())
    }

    /// Every organisation with its people.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn everyone(&self) -> Result<Vec<(Tenant, Vec<Member>)>, Refused> {
        let store = &self.app.store;
        let mut all = Vec::new();
        for tenant in tenants::list(store, &tenants::Filter::default(), Paging::all()).await?.items
        {
            let id = tenant.record.id;
            let (filter, sort) = (accounts::Filter::default(), accounts::SortBy::default());
            let mut members = Vec::new();
            for account in accounts::list(store, id, &filter, sort, Paging::all()).await?.items {
                let roles = roles::of_account(store, id, account.record.id).await?;
                members.push(Member { account, roles });
            }
            all.push((tenant.record, members));
        }
        Ok(all)
    }

    /// The organisation with this id.
    ///
    /// # Errors
    /// [`Refused::NotFound`] if there is none.
    pub async fn tenant(&self, id: TenantId) -> Result<Tenant, Refused> {
        let found = tenants::find(&self.app.store, id).await?;
        found.map(|tenant| tenant.record).ok_or(Refused::NotFound)
    }

    /// The account with this address.
    ///
    /// # Errors
    /// [`NotByOperator::UnknownAddress`] if there is none.
    pub async fn account(&self, email: &str) -> Result<Versioned<Account>, NotByOperator> {
        let found = accounts::find_by_email(&self.app.store, email).await?;
        found.ok_or_else(|| NotByOperator::UnknownAddress(email.to_owned()))
    }

    async fn act(&self, tenant: TenantId, action: Action, why: &str) -> Result<Act, Refused> {
        let actor = Actor::Operator { user: self.user.to_owned(), account: None };
        let context = ActContext::new(tenant, actor, action.code()).because(why);
        match self.app.store.act(context).await? {
            Begun::Fresh(act) => Ok(act),
            Begun::Repeated(_) => {
                Err(Refused::Unavailable("an act without a name was repeated".into()))
            }
        }
    }

    /// Invites someone; returns the token of the link, which is also on its
    /// way by mail.
    ///
    /// # Errors
    /// Every problem of the form at once.
    pub async fn invite(
        &self,
        tenant: &Tenant,
        form: &InvitationForm,
    ) -> Result<String, NotByOperator> {
        let mut problems = Problems::default();
        let name = problems.required("name", &form.name, 120);
        let email = check_address(&form.email).unwrap_or_default();
        if email.is_empty() {
            problems.add("email", Message::new("error-email").with("email", &form.email));
        }
        let wanted: Vec<Role> = form.roles.iter().filter_map(|c| Role::from_code(c)).collect();
        let known = wanted.len() == form.roles.len() && !wanted.is_empty();
        if !known || wanted.iter().any(|role| !role.fits(tenant.kind)) {
            problems.add("roles", Message::new("error-role-does-not-fit"));
        }
        if Language::from_code(&form.language).is_none() {
            problems.add("language", Message::new("error-choose"));
        }
        problems.none()?;
        wanted.iter().try_for_each(|role| refuse_personal(*role))?;
        let known = accounts::find_by_email(&self.app.store, &email).await?;
        if known.is_some_and(|account| account.record.tenant == tenant.id) {
            return Err(Refused::field("email", Message::new("error-already-member")).into());
        }
        let mut act = self.act(tenant.id, Action::InvitePeople, "command-line").await?;
        let token = invitation::write(&mut act, &email, &name, wanted, &form.language).await?;
        act.commit(&()).await?;
        Ok(token.text())
    }

    /// Takes the open invitation of an address back: its link opens nothing any more.
    /// Without an organisation named, that of the only one that invited.
    ///
    /// # Errors
    /// Where nobody invited the address, or several did and none is named.
    pub async fn withdraw(
        &self,
        email: &str,
        tenant: Option<TenantId>,
    ) -> Result<(), NotByOperator> {
        let store = &self.app.store;
        let all = tenants::list(store, &tenants::Filter::default(), Paging::all()).await?.items;
        let mut inviting = Vec::new();
        for one in all.iter().map(|one| one.record.id).filter(|id| tenant.is_none_or(|t| t == *id))
        {
            let open = self.invited(one).await?;
            if open.iter().any(|one| one.email.eq_ignore_ascii_case(email.trim())) {
                inviting.push(one);
            }
        }
        let tenant = match inviting.as_slice() {
            [only] => *only,
            [] => return Err(NotByOperator::NotInvited(email.to_owned())),
            _ => return Err(NotByOperator::InvitedBySeveral(email.to_owned())),
        };
        let mut act = self.act(tenant, Action::InvitePeople, "invitation-withdrawn").await?;
        invitation::void_older(&mut act, email.trim()).await?;
        Ok(act.commit(&()).await?)
    }

    /// Stops an account, with all its sessions, or lets it in again. Stopping
    /// is always possible; letting in only who reads nothing about persons.
    ///
    /// # Errors
    /// [`Refused::Declined`] for the last administrator of an organisation.
    pub async fn set_status(
        &self,
        email: &str,
        status: AccountStatus,
    ) -> Result<(), NotByOperator> {
        let account = self.account(email).await?.record;
        if status == AccountStatus::Active {
            self.held(&account).await?.into_iter().try_for_each(refuse_personal)?;
        }
        let mut act = self.act(account.tenant, Action::EndAccess, status.code()).await?;
        act.about(account.id);
        people::set_status_in(&mut act, account.id, status, None).await?;
        Ok(act.commit(&()).await?)
    }

    async fn held(&self, account: &Account) -> Result<Vec<Role>, Refused> {
        let now = self.app.store.now();
        let all = roles::of_account(&self.app.store, account.tenant, account.id).await?;
        Ok(all.iter().filter(|r| r.record.holds_at(now)).map(|r| r.record.role).collect())
    }

    /// Gives a role from now on.
    ///
    /// # Errors
    /// When it reads data about persons, does not fit the organisation, or is held already.
    pub async fn give_role(&self, email: &str, role: Role) -> Result<(), NotByOperator> {
        refuse_personal(role)?;
        let account = self.account(email).await?.record;
        let tenant = self.tenant(account.tenant).await?;
        if !role.fits(tenant.kind) {
            return Err(Refused::field("role", Message::new("error-role-does-not-fit")).into());
        }
        let mut act = self.act(tenant.id, Action::ChangeRoles, role.code()).await?;
        act.about(account.id);
        let now = act.now();
        let all = roles::of_account(&act, tenant.id, account.id).await?;
        if all.iter().any(|r| r.record.role == role && r.record.holds_at(now)) {
            act.give_up().await?;
            return Err(Refused::field("role", Message::new("error-role-held")).into());
        }
        let held =
            RoleAssignment { tenant: tenant.id, account: account.id, role, from: now, until: None };
        roles::assign(&mut act, &held).await?;
        Ok(act.commit(&()).await?)
    }

    /// Ends a role now.
    ///
    /// # Errors
    /// [`Refused::Declined`] for the last administrator of an organisation.
    pub async fn end_role(&self, email: &str, role: Role) -> Result<(), NotByOperator> {
        let account = self.account(email).await?.record;
        let mut act = self.act(account.tenant, Action::ChangeRoles, role.code()).await?;
        act.about(account.id);
        people::end_role_in(&mut act, account.id, role).await?;
        Ok(act.commit(&()).await?)
    }

    /// Forgets wrong tries at sign-in and at the second factor.
    ///
    /// # Errors
    /// [`NotByOperator::UnknownAddress`] if no account has the address.
    pub async fn reset_tries(&self, email: &str) -> Result<(), NotByOperator> {
        let account = self.account(email).await?.record;
        throttle::succeeded(self.app, &account.email, None).await?;
        throttle::succeeded(self.app, &format!("recovery:{}", account.email), None).await?;
        throttle::proof_succeeded(self.app, account.id).await?;
        let mut act = self.act(account.tenant, Action::EndAccess, "tries-forgotten").await?;
        act.about(account.id);
        Ok(act.commit(&()).await?)
    }

    /// Approves the recovery of an account as one of two, where its organisation
    /// has only one other person who could. Says whether the link went out; where no
    /// mail leaves it can be shown instead (`show`).
    ///
    /// # Errors
    /// Where two colleagues can decide, or nobody asked.
    pub async fn approve_recovery(&self, email: &str, show: bool) -> Result<Agreed, NotByOperator> {
        let account = self.account(email).await?.record;
        Ok(crate::recovery::approve_as_operator(self.app, &account, self.user, show).await?)
    }

    /// Ends every session of the installation, and so takes every open key
    /// out of it: until someone signs in again, nobody's key is open. Returns
    /// how many sessions ended.
    ///
    /// # Errors
    /// What the store refuses; organisations before the one that failed are locked.
    pub async fn lock(&self) -> Result<u64, Refused> {
        let mut ended = 0;
        for (tenant, members) in self.everyone().await? {
            let mut act = self.act(tenant.id, Action::Unlock, "locked-by-operator").await?;
            let mut here = 0;
            for member in &members {
                here += sessions::revoke_all(&mut act, member.account.record.id, None).await?;
            }
            act.detail("sessions", here);
            act.commit(&()).await?;
            ended += here;
        }
        Ok(ended)
    }

    /// Writes into the house's log that the root key was changed.
    ///
    /// # Errors
    /// [`Refused::NotFound`] if there is no region.
    pub async fn note_new_root(&self) -> Result<(), Refused> {
        let house = self.app.store.house().ok_or(Refused::NotFound)?;
        let mut act = self.act(house, Action::RotateKeys, "root-key").await?;
        act.detail("house", house.uuid().to_string());
        Ok(act.commit(&()).await?)
    }
}
