//! The frame of every page: header, navigation by role, languages, banner,
//! exit, footer. A page renders its own part; the frame is compiled once.

use super::visit::Visit;
use crate::components::{
    BackLink, Content, ExitThisPage, Footer, GenericHeader, IdleWarning, LanguageItem,
    LanguageNavigation, NavItem, NotificationBanner, ServiceNavigation, SkipLink, StatusBar,
};
use askama::Template;
use axum::{
    http::HeaderValue,
    response::{Html, IntoResponse, Response},
};
use palermo_app::{
    access::{Action, Assurance, Request, Resource, Subject, decide},
    locale::Language,
};

/// Marks an answer that may be compressed: nothing secret in it reflects
/// what a stranger sent.
#[derive(Debug, Clone, Copy)]
pub struct Compressible;

/// The frame.
#[derive(Template)]
#[template(path = "layout.html")]
struct Frame<'a> {
    lang: &'a str,
    dir: &'a str,
    title: &'a str,
    head: String,
    style: String,
    script: String,
    icon: String,
    product: String,
    skip: SkipLink,
    demo: Option<StatusBar>,
    header: GenericHeader,
    navigation: ServiceNavigation,
    languages: LanguageNavigation,
    machine: Option<String>,
    exit: Option<ExitThisPage>,
    back: Option<BackLink>,
    back_label: String,
    notice: Option<NotificationBanner>,
    body: &'a str,
    footer: Footer,
    idle: Option<IdleWarning>,
    padding: String,
}

/// A page being put together.
pub struct Page<'a> {
    visit: &'a Visit,
    title: String,
    back: Option<String>,
    notice: Option<Content>,
    exit: bool,
    quiet: Option<String>,
    failed: bool,
}

impl<'a> Page<'a> {
    /// A page with this title.
    #[must_use]
    pub fn new(visit: &'a Visit, title: &str) -> Self {
        let exit = visit.signed.is_none();
        let title = title.to_owned();
        Self { visit, title, back: None, notice: None, exit, quiet: None, failed: false }
    }

    /// Shown again because something in it was not taken: the browser's title says so.
    #[must_use]
    pub fn failed(mut self) -> Self {
        self.failed = true;
        self
    }

    /// With a way back.
    #[must_use]
    pub fn back(mut self, path: &str) -> Self {
        self.back = Some(self.visit.link(path));
        self
    }

    /// Without anything that says whose or what it is: no navigation, no name,
    /// and a way out to this path of ours.
    #[must_use]
    pub fn quiet(mut self, exit: &str) -> Self {
        self.exit = true;
        self.quiet = Some(self.visit.link(exit));
        self
    }

    /// With a notice on top.
    #[must_use]
    pub fn notice(mut self, text: impl Into<Content>) -> Self {
        self.notice = Some(text.into());
        self
    }

    /// Renders a template into the frame.
    #[must_use]
    pub fn show(self, body: &impl Template) -> Response {
        match body.render() {
            Ok(html) => self.html(&html),
            Err(error) => {
                tracing::error!(%error, "a page could not be rendered");
                axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }

    /// Puts finished HTML into the frame.
    #[must_use]
    pub fn html(mut self, body: &str) -> Response {
        if self.notice.is_none() {
            self.notice = done_notice(self.visit);
        }
        let frame = self.frame(body);
        match frame.render() {
            Ok(html) => {
                let mut response = Html(html).into_response();
                let language = HeaderValue::from_static(self.visit.language.code());
                response.headers_mut().insert(axum::http::header::CONTENT_LANGUAGE, language);
                let repeats = body.contains(super::asked::MARK)
                    || !self.visit.query("q").is_empty()
                    || !self.visit.query("name").is_empty();
                if !repeats {
                    response.extensions_mut().insert(Compressible);
                }
                response
            }
            Err(error) => {
                tracing::error!(%error, "the frame could not be rendered");
                axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }

    /// The title as the browser shows it, where marks of direction would be letters.
    fn head(&self) -> String {
        let title = if self.failed {
            self.visit.format("form-title-error", &[("title", (&self.title).into())])
        } else {
            self.title.clone()
        };
        super::failure::without_marks(&title)
    }

    fn frame<'b>(&'b self, body: &'b str) -> Frame<'b> {
        let visit = self.visit;
        let words = visit.words();
        let settings = visit.web.settings();
        let dir = visit.language.direction().code();
        Frame {
            lang: visit.language.code(),
            dir,
            title: &self.title,
            head: self.head(),
            style: visit.file(&format!("palermo.{dir}.css")),
            script: visit.file("palermo.js"),
            icon: visit.file("favicon.svg"),
            product: visit.text("product-name"),
            skip: SkipLink::new(&words),
            demo: settings.demo.then(|| StatusBar::new(visit.text("demo-banner"))),
            header: header(visit, self.quiet.is_some()),
            navigation: match &self.quiet {
                Some(_) => ServiceNavigation::new(&words, Vec::new()),
                None => ServiceNavigation::new(&words, navigation(visit)),
            },
            languages: LanguageNavigation::new(&words, languages(visit)),
            machine: (visit.web.app().catalogue.machine_translated(visit.language))
                .then(|| visit.text("machine-translated")),
            exit: self.exit.then(|| {
                let out = self.quiet.clone().unwrap_or_else(|| exit_address(visit));
                ExitThisPage::new(&words, out)
            }),
            back: self.back.as_ref().map(|href| BackLink::new(&words, href.clone())),
            back_label: words.back.clone(),
            notice: self.notice.clone().map(|text| NotificationBanner::success(text, &words)),
            body,
            footer: footer(visit),
            idle: (visit.signed.as_deref().filter(|_| self.quiet.is_none()))
                .map(|signed| idle_warning(visit, signed)),
            padding: visit.signed.as_ref().map(|_| padding(visit)).unwrap_or_default(),
        }
    }
}

fn header(visit: &Visit, quiet: bool) -> GenericHeader {
    let name = Content::from(visit.text("product-name"));
    let tagline = Content::from(visit.text("product-tagline"));
    if quiet {
        let logo = Content::Html(name.to_string());
        return GenericHeader { logo, url: visit.link("/own"), ..GenericHeader::default() };
    }
    let end = match visit.signed.as_deref() {
        Some(signed) => format!(
            "<ul class=\"p-who\"><li><a href=\"{}\"><bdi>{}</bdi></a></li><li><bdi>{}</bdi></li></ul>",
            visit.link("/account"),
            Content::from(&signed.account.name),
            Content::from(&signed.tenant.name),
        ),
        None => format!(
            "<ul class=\"p-who\"><li><a href=\"{}\">{}</a></li></ul>",
            visit.link("/sign-in"),
            Content::from(visit.text("nav-sign-in")),
        ),
    };
    GenericHeader {
        logo: Content::Html(format!("{name} <span class=\"p-sub\">{tagline}</span>")),
        url: visit.link("/"),
        end: Content::Html(end),
        ..GenericHeader::default()
    }
}

fn idle_warning(visit: &Visit, signed: &palermo_app::session::Signed) -> IdleWarning {
    IdleWarning {
        idle_seconds: u32::try_from(signed.session.idle.as_secs()).unwrap_or(u32::MAX),
        warn_seconds: 120,
        keep_href: visit.link("/account/keep"),
        ended_href: visit.link("/sign-in"),
        content: visit.text("session-ends-soon").into(),
        stay: visit.text("session-stay"),
    }
}

/// Random length, so that the size of a compressed page tells nothing.
fn padding(visit: &Visit) -> String {
    let name = palermo_app::tokens::random_name(visit.web.app());
    let length =
        name.bytes().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 64;
    name.chars().cycle().take(length).collect()
}

pub(crate) fn exit_address(visit: &Visit) -> String {
    visit.web.settings().exit_address.clone().unwrap_or_else(|| visit.link("/leave"))
}

/// After an act, the page one is led to says what was done: `?done=desk-created`,
/// and with `hints=yes` that the words kept seem to lead to someone (E10).
fn done_notice(visit: &Visit) -> Option<Content> {
    let done = visit.query("done");
    let known = !done.is_empty() && done.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let id = format!("done-{done}");
    let told = (known && visit.web.app().catalogue.has(Language::En, &id)).then(|| visit.text(&id));
    match visit.query("hints").as_str() {
        "yes" => told.map(|told| format!("{told} {}", visit.text("free-text-noticed")).into()),
        _ => told.map(Content::from),
    }
}

/// Pages reached through the directory.
const DIRECTORY: [&str; 7] = [
    "/get-help",
    "/services",
    "/contact-points",
    "/structures",
    "/networks",
    "/memoranda",
    "/unmet-needs",
];

/// What everyone reads, in the order shown.
const EVERYONE: [(&str, &str); 11] = [
    ("nav-directory", "/directory"),
    ("nav-mechanisms", "/mechanisms"),
    ("nav-states", "/states"),
    ("nav-instruments", "/instruments"),
    ("nav-agreements", "/agreements"),
    ("nav-laws", "/laws"),
    ("nav-plans", "/plans"),
    ("nav-reports", "/reports"),
    ("nav-reviews", "/reviews"),
    ("nav-public", "/figures"),
    ("nav-releases", "/releases"),
];

fn navigation(visit: &Visit) -> Vec<NavItem> {
    let acting = visit.acting();
    // Until the second factor is shown every closed page would lead back to it.
    let whole = visit.signed.as_deref().is_some_and(|one| one.assurance() >= Assurance::Two);
    let subject = whole.then_some(&acting.subject);
    navigation_of(visit, subject, visit.path())
}

/// The navigation as this person would see it, on the page at this path; without
/// one as a stranger sees it.
pub(crate) fn navigation_of(visit: &Visit, subject: Option<&Subject>, here: &str) -> Vec<NavItem> {
    let policy = &visit.web.app().policy;
    let at = |path: &str| {
        let under = |path: &str| here == path || here.starts_with(&format!("{path}/"));
        under(path) || (path == "/directory" && DIRECTORY.iter().any(|part| under(part)))
    };
    let mut items = Vec::new();
    let mut add = |id: &str, path: &str| {
        items.push(NavItem::new(visit.text(id), visit.link(path), at(path)));
    };
    if let Some(subject) = subject {
        add("nav-work", "/work");
        let own = subject.tenant.map_or_else(Resource::region, |(tenant, _)| Resource::of(tenant));
        let granted = |action| policy.grants_of(&subject.roles, action).next().is_some();
        let may = |action, resource: &Resource| {
            let at = visit.acting().now();
            let decision =
                decide(policy, &Request { subject, action, resource, purpose: None, at });
            decision.allowed || decision.wants_step_up()
        };
        if granted(Action::ListCases) {
            add("nav-cases", "/cases");
        }
        if granted(Action::AnswerHotline) {
            add("nav-hotline", "/hotline");
        }
        if granted(Action::Screen) {
            add("nav-screening", "/screening");
        } else if granted(Action::EnterPaper) {
            add("nav-paper", "/screening/paper");
        }
        if granted(Action::ReceiveReferral) {
            add("nav-referrals", "/referrals");
        }
        EVERYONE.iter().for_each(|(id, path)| add(id, path));
        let counted = [
            (Action::MonthEnd, "nav-month-end", "/month-end"),
            (Action::CountCases, "nav-figures", "/own-figures"),
            (Action::CountRightsIncidents, "nav-rights-counts", "/rights-counts"),
            (Action::ReadComplaints, "nav-complaints", "/complaints"),
        ];
        counted.into_iter().filter(|one| granted(one.0)).for_each(|(_, id, path)| add(id, path));
        if may(Action::ReadData, &own) {
            add("nav-data", "/data");
        }
        if may(Action::SignRelease, &own) {
            add("nav-publish", "/publish");
        } else if may(Action::UseProtocol, &own) {
            add("protocols-title", "/protocols");
        }
        if may(Action::ReadSignals, &Resource::region()) {
            add("nav-signals", "/signals");
        } else if may(Action::ReadTriagedSignals, &Resource::region()) {
            add("nav-signals", "/signals/triaged");
        }
        if may(Action::ReadTenant, &own) {
            add("nav-admin", "/admin");
        }
        if may(Action::ReadAudit, &own) {
            add("nav-audit", "/audit");
        }
    } else {
        EVERYONE.iter().for_each(|(id, path)| add(id, path));
        if visit.web.settings().demo {
            add("nav-demo", "/demo");
        }
    }
    items
}

fn languages(visit: &Visit) -> Vec<LanguageItem> {
    Language::ALL
        .into_iter()
        .map(|language| {
            let href = format!("/{}{}", language.code(), visit.address);
            let dir = language.direction().code();
            LanguageItem::new(
                language.code(),
                language.own_name(),
                dir,
                href,
                language == visit.language,
            )
        })
        .collect()
}

fn footer(visit: &Visit) -> Footer {
    let links = [
        ("footer-help", "/help"),
        ("footer-rights", "/rights"),
        ("footer-accessibility", "/accessibility"),
        ("footer-privacy", "/privacy"),
        ("footer-api", "/api"),
    ]
    .into_iter()
    .map(|(id, path)| (visit.text(id).into(), visit.link(path)))
    .collect();
    let notes = vec![visit.text("footer-disclaimer").into()];
    Footer { label: visit.text("footer-label"), links, notes }
}
