//! `palermo user`: accounts, from the machine itself. Who reads data about
//! persons is decided by an administrator of the organisation, who signs in
//! for it with `--as`.

use crate::{
    console,
    person::{AsWhom, Person},
    runtime::{self, Location, WrongUse},
};
use palermo_app::{
    App,
    domain::{account::AccountStatus, id::TenantId, role::Role},
    invitation::{self, InvitationForm},
    operator::{NotByOperator, Operator},
    people,
    recovery::Agreed,
};
use serde::Serialize;
use std::{io::Write, process::ExitCode};

/// What to do with accounts.
#[derive(Debug, clap::Subcommand)]
pub enum UserCommand {
    /// Every organisation's accounts with their roles, and open invitations
    List {
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        location: Location,
    },
    /// Invite someone; prints the link, which also goes out by mail
    Invite(Invite),
    /// Take an open invitation back; its link opens nothing any more
    Withdraw(Withdraw),
    /// Stop an account and end its sessions
    Suspend(OfAccount),
    /// Let a stopped account in again
    Resume(OfAccount),
    /// Give a role from now on
    GiveRole(OfRole),
    /// End a role now
    EndRole(OfRole),
    /// Be the second person who agrees to a recovery, where an organisation has only one left
    ApproveRecovery {
        /// Address of the account that asked
        email: String,
        /// Print the path of the link, where no mail server is named; the log says so
        #[arg(long)]
        show_link: bool,
        #[command(flatten)]
        location: Location,
    },
    /// Forget wrong tries at sign-in and at the second factor
    ResetThrottle {
        /// Address of the account
        email: String,
        #[command(flatten)]
        location: Location,
    },
}

/// Someone to invite.
#[derive(Debug, clap::Args)]
pub struct Invite {
    /// Their address
    email: String,
    /// Their name
    #[arg(long, value_name = "NAME")]
    name: String,
    /// A role, e.g. secretariat; can be given several times
    #[arg(long = "role", value_name = "ROLE", required = true)]
    roles: Vec<String>,
    /// The organisation's id, as `user list` shows it [default: the secretariat, or with --as one's own]
    #[arg(long, value_name = "ID", conflicts_with = "as")]
    tenant: Option<TenantId>,
    /// Language of the letter and of their pages
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: String,
    /// The installation's address, such as https://palermo.example, to put before the link
    #[arg(long, value_name = "URL", env = "PALERMO_ADDRESS")]
    address: Option<String>,
    #[command(flatten)]
    as_whom: AsWhom,
    #[command(flatten)]
    location: Location,
}

/// An invitation to take back.
#[derive(Debug, clap::Args)]
pub struct Withdraw {
    /// Address it was sent to
    email: String,
    /// The organisation's id, where several invited this address [with --as: one's own]
    #[arg(long, value_name = "ID", conflicts_with = "as")]
    tenant: Option<TenantId>,
    #[command(flatten)]
    as_whom: AsWhom,
    #[command(flatten)]
    location: Location,
}

/// One account.
#[derive(Debug, clap::Args)]
pub struct OfAccount {
    /// Address of the account
    email: String,
    #[command(flatten)]
    as_whom: AsWhom,
    #[command(flatten)]
    location: Location,
}

/// One role of one account.
#[derive(Debug, clap::Args)]
pub struct OfRole {
    /// Address of the account
    email: String,
    /// The role, e.g. secretariat
    role: String,
    #[command(flatten)]
    as_whom: AsWhom,
    #[command(flatten)]
    location: Location,
}

#[derive(Serialize)]
struct Listed {
    tenant: String,
    tenant_name: String,
    tenant_kind: &'static str,
    email: String,
    name: String,
    status: &'static str,
    roles: Vec<&'static str>,
    /// Until when an open invitation can be answered; nothing for an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_until: Option<String>,
}

/// What an act changes about an account.
enum Change {
    Status(AccountStatus),
    Give(Role),
    End(Role),
}

/// Runs the command.
///
/// # Errors
/// What access, the rules or the store refuse.
pub fn run(command: &UserCommand) -> anyhow::Result<ExitCode> {
    runtime::block_on(async {
        let (UserCommand::List { location, .. }
        | UserCommand::ResetThrottle { location, .. }
        | UserCommand::ApproveRecovery { location, .. }
        | UserCommand::Invite(Invite { location, .. })
        | UserCommand::Withdraw(Withdraw { location, .. })
        | UserCommand::Suspend(OfAccount { location, .. })
        | UserCommand::Resume(OfAccount { location, .. })
        | UserCommand::GiveRole(OfRole { location, .. })
        | UserCommand::EndRole(OfRole { location, .. })) = command;
        let app = location.app(false, None).await?;
        let user = runtime::system_user();
        let done = carry_out(command, &Operator { app: &app, user: &user }).await;
        app.store.close().await?;
        done
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn carry_out(command: &UserCommand, operator: &Operator<'_>) -> anyhow::Result<()> {
    let app = operator.app;
    match command {
        UserCommand::List { json, .. } => list(operator, *json).await,
        UserCommand::Invite(invite) => self::invite(operator, invite).await,
        UserCommand::Withdraw(of) => withdraw(operator, of).await,
        UserCommand::Suspend(of) => {
            change(operator, &of.as_whom, &of.email, Change::Status(AccountStatus::Suspended)).await
        }
        UserCommand::Resume(of) => {
            change(operator, &of.as_whom, &of.email, Change::Status(AccountStatus::Active)).await
        }
        UserCommand::GiveRole(of) => {
            change(operator, &of.as_whom, &of.email, Change::Give(role(&of.role)?)).await
        }
        UserCommand::EndRole(of) => {
            change(operator, &of.as_whom, &of.email, Change::End(role(&of.role)?)).await
        }
        UserCommand::ApproveRecovery { email, show_link, .. } => {
            let agreed = operator.approve_recovery(email, *show_link).await;
            let said = match agreed.map_err(|refused| told(app, refused))? {
                Agreed::Half => format!("agreed for {email}; one colleague must agree too"),
                Agreed::Sent => {
                    format!("two have agreed; the link goes to {email} once a mail server is named")
                }
                Agreed::Shown(token) => format!("/recover/{token}"),
            };
            writeln!(console::out(), "{said}")?;
            Ok(())
        }
        UserCommand::ResetThrottle { email, .. } => {
            operator.reset_tries(email).await.map_err(|refused| told(app, refused))?;
            writeln!(console::out(), "wrong tries of {email} are forgotten")?;
            Ok(())
        }
    }
}

fn role(code: &str) -> anyhow::Result<Role> {
    let known = Role::from_code(code);
    known.ok_or_else(|| {
        let given = Role::ALL.iter().filter(|role| !matches!(role, Role::Public | Role::Survivor));
        let codes: Vec<_> = given.map(|role| role.code()).collect();
        WrongUse(format!("`{code}` is no role; use one of {}", codes.join(", "))).into()
    })
}

fn told(app: &App, refused: NotByOperator) -> anyhow::Error {
    match refused {
        NotByOperator::Refused(refused) => console::told(app, refused),
        NotByOperator::ReadsPersons(_) => {
            anyhow::anyhow!("{refused}: `--as EMAIL --passphrase-file F --code CODE`")
        }
        NotByOperator::UnknownAddress(_)
        | NotByOperator::NotInvited(_)
        | NotByOperator::InvitedBySeveral(_) => refused.into(),
    }
}

async fn list(operator: &Operator<'_>, json: bool) -> anyhow::Result<()> {
    let app = operator.app;
    let now = app.store.now();
    let everyone = operator.everyone().await.map_err(|refused| console::told(app, refused))?;
    let mut rows = Vec::new();
    for (tenant, members) in &everyone {
        rows.extend(members.iter().map(|member| {
            Listed {
                tenant: tenant.id.to_string(),
                tenant_name: tenant.name.clone(),
                tenant_kind: tenant.kind.code(),
                email: member.account.record.email.clone(),
                name: member.account.record.name.clone(),
                status: member.account.record.status.code(),
                roles: member
                    .roles
                    .iter()
                    .filter(|role| role.record.holds_at(now))
                    .map(|role| role.record.role.code())
                    .collect(),
                open_until: None,
            }
        }));
        let open = operator.invited(tenant.id).await;
        rows.extend(open.map_err(|refused| console::told(app, refused))?.iter().map(|one| {
            Listed {
                tenant: tenant.id.to_string(),
                tenant_name: tenant.name.clone(),
                tenant_kind: tenant.kind.code(),
                email: one.email.clone(),
                name: one.name.clone(),
                status: AccountStatus::Invited.code(),
                roles: one.roles.iter().map(|role| role.code()).collect(),
                open_until: Some(one.ends_at.to_string()),
            }
        }));
    }
    let mut out = console::out();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        return Ok(());
    }
    for (tenant, _) in &everyone {
        writeln!(out, "{} ({}, {})", tenant.name, tenant.kind.code(), tenant.id)?;
        for row in rows.iter().filter(|row| row.tenant == tenant.id.to_string()) {
            let until = row.open_until.as_ref().map(|until| format!("  (invited until {until})"));
            let (roles, until) = (row.roles.join(", "), until.unwrap_or_default());
            writeln!(out, "  {:<38} {:<10} {roles}{until}", row.email, row.status)?;
        }
    }
    Ok(())
}

async fn invite(operator: &Operator<'_>, invite: &Invite) -> anyhow::Result<()> {
    let app = operator.app;
    let form = InvitationForm {
        email: invite.email.clone(),
        name: invite.name.clone(),
        roles: invite.roles.clone(),
        language: invite.language.clone(),
    };
    for code in &form.roles {
        role(code)?;
    }
    let token = if let Some(person) = invite.as_whom.sign_in(app).await? {
        let made = invitation::invite(&person.acting(), &form).await;
        person.leave().await?;
        made.map_err(|refused| console::told(app, refused))?
    } else {
        let id = invite.tenant.or(app.store.house());
        let id = id
            .ok_or_else(|| anyhow::anyhow!("there is no region here; `palermo init` starts one"))?;
        let tenant = operator.tenant(id).await.map_err(|refused| console::told(app, refused))?;
        operator.invite(&tenant, &form).await.map_err(|refused| told(app, refused))?
    };
    eprintln!("invited {}; the link holds seven days and works once", invite.email);
    let path = format!("/invitation/{token}");
    if let Some(address) = invite.address.as_deref().filter(|address| !address.is_empty()) {
        let address = address.trim_end_matches('/');
        writeln!(console::out(), "{address}/{}{path}", invite.language)?;
        return Ok(());
    }
    eprintln!(
        "the address of this installation is not known here: put it before the path, or give \
         `--address`, such as https://palermo.example"
    );
    writeln!(console::out(), "{path}")?;
    Ok(())
}

async fn withdraw(operator: &Operator<'_>, of: &Withdraw) -> anyhow::Result<()> {
    let app = operator.app;
    if let Some(person) = of.as_whom.sign_in(app).await? {
        let done = withdraw_as(&person, &of.email).await;
        person.leave().await?;
        done.map_err(|refused| told(app, refused))?;
    } else {
        let done = operator.withdraw(&of.email, of.tenant).await;
        done.map_err(|refused| told(app, refused))?;
    }
    writeln!(console::out(), "the invitation of {} opens nothing any more", of.email)?;
    Ok(())
}

async fn withdraw_as(person: &Person<'_>, email: &str) -> Result<(), NotByOperator> {
    let acting = person.acting();
    let now = acting.now();
    let waiting = invitation::waiting(&acting).await?;
    let open = waiting.iter().map(|one| &one.record).filter(|one| one.ends_at > now);
    let open: Vec<_> =
        open.filter(|one| one.email.eq_ignore_ascii_case(email.trim())).map(|one| one.id).collect();
    if open.is_empty() {
        return Err(NotByOperator::NotInvited(email.to_owned()));
    }
    for id in open {
        invitation::take_back(&acting, id).await?;
    }
    Ok(())
}

async fn change(
    operator: &Operator<'_>,
    as_whom: &AsWhom,
    email: &str,
    change: Change,
) -> anyhow::Result<()> {
    let app = operator.app;
    if let Some(person) = as_whom.sign_in(app).await? {
        let done = change_as(operator, &person, email, change).await;
        person.leave().await?;
        done?;
    } else {
        match change {
            Change::Status(status) => operator.set_status(email, status).await,
            Change::Give(role) => operator.give_role(email, role).await,
            Change::End(role) => operator.end_role(email, role).await,
        }
        .map_err(|refused| told(app, refused))?;
    }
    writeln!(console::out(), "done for {email}")?;
    Ok(())
}

async fn change_as(
    operator: &Operator<'_>,
    person: &Person<'_>,
    email: &str,
    change: Change,
) -> anyhow::Result<()> {
    let app = operator.app;
    let account = operator.account(email).await.map_err(|refused| told(app, refused))?;
    let (id, seen) = (account.record.id, account.revision);
    let acting = person.acting();
    match change {
        Change::Status(status) => people::set_status(&acting, id, status, seen).await,
        Change::Give(role) => people::give_role(&acting, id, role).await,
        Change::End(role) => people::end_role(&acting, id, role).await,
    }
    .map_err(|refused| console::told(app, refused))
}
