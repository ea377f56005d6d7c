//! What each page is called, in words: for the preview of a role. A page that is
//! not named here is called after the page above it, and an address below none
//! after what is done there.

use super::super::actions;
use crate::{Declared, Surface, shell::visit::Visit};

/// Parts of the house with the first words of their addresses, in the order shown.
pub(super) const AREAS: &[(&str, &str)] = &[
    ("nav-work", "work notices remarks"),
    (
        "nav-cases",
        "cases incidents identifications referrals withdrawals look-for rights-incidents \
         rights-counts \
         legal-bases break-glass sealed complaints month-end own-figures own",
    ),
    ("nav-screening", "screening hotline forms"),
    (
        "nav-directory",
        "directory get-help services contact-points structures networks memoranda \
         unmet-needs youth-input service-standards",
    ),
    (
        "view-as-registers",
        "mechanisms mechanism-profiles registers states instruments statements agreements laws \
         matrix models obstacles",
    ),
    ("nav-plans", "plans"),
    ("nav-reports", "reports questionnaires confirm confirmed needs rapporteur-reports practices"),
    (
        "nav-reviews",
        "reviews recommendations impact information meetings commitments parliaments \
         consultations legal-reviews",
    ),
    (
        "nav-data",
        "data publish estimates extracts extract-requests research protocols signals trends \
         figures releases",
    ),
    ("nav-admin", "admin audit"),
    (
        "view-as-house",
        "account help rights privacy accessibility api leave audio sign-in sign-out \
         recover invitation demo",
    ),
];

/// Pages with the message of their title.
const TITLES: &[(&str, &str)] = &[
    ("/", "start-title"),
    ("/accessibility", "footer-accessibility"),
    ("/account", "account-title"),
    ("/account/edit", "account-edit"),
    ("/account/passkey", "account-new-passkey"),
    ("/account/passkey/key", "passkey-key-title"),
    ("/account/passphrase", "account-change-passphrase"),
    ("/account/step-up", "step-up-title"),
    ("/account/unlock", "keys-unlock-title"),
    ("/admin", "nav-admin"),
    ("/admin/break-glass", "admin-break-glass"),
    ("/admin/deliveries", "admin-deliveries"),
    ("/admin/desks", "admin-desks"),
    ("/admin/desks/{id}/contact", "contact-edit"),
    ("/admin/keys", "admin-keys"),
    ("/admin/keys/recovery", "recovery-title"),
    ("/admin/people", "admin-people"),
    ("/admin/people/invite", "people-invite"),
    ("/admin/recoveries", "admin-recoveries"),
    ("/admin/rights", "admin-rights"),
    ("/admin/sign-in", "admin-sign-in"),
    ("/admin/tenant", "admin-tenant"),
    ("/admin/tenants", "admin-tenants"),
    ("/admin/tenants/new", "tenant-new"),
    ("/admin/tokens", "admin-tokens"),
    ("/agreements", "agreements-title"),
    ("/agreements/{id}/follow", "agreement-follow"),
    ("/api", "footer-api"),
    ("/audit", "audit-title"),
    ("/break-glass", "break-glass-title"),
    ("/break-glass/{case}", "break-glass-title"),
    ("/cases", "nav-cases"),
    ("/cases/all", "case-all"),
    ("/cases/new", "case-new"),
    ("/cases/search", "case-search-name"),
    ("/cases/{id}/care", "care-section"),
    ("/cases/{id}/charge", "case-charge-add"),
    ("/cases/{id}/close", "case-close"),
    ("/cases/{id}/consent", "case-consent-ask"),
    ("/cases/{id}/contact", "case-contact-add"),
    ("/cases/{id}/contact/{channel}", "case-contact-change"),
    ("/cases/{id}/erase", "case-erase"),
    ("/cases/{id}/files", "files-title"),
    ("/cases/{id}/flags", "case-flag-edit"),
    ("/cases/{id}/identification", "identification-decide"),
    ("/cases/{id}/incident", "case-incident-join"),
    ("/cases/{id}/keeping", "keeping-say"),
    ("/cases/{id}/look-for", "look-for-ask"),
    ("/cases/{id}/looked", "case-who-looked"),
    ("/cases/{id}/note", "case-note"),
    ("/cases/{id}/own-view", "own-worker-title"),
    ("/cases/{id}/own-view/write-down", "own-write-down"),
    ("/cases/{id}/own-view/{request}", "own-answer-it"),
    ("/cases/{id}/papers", "case-paper-edit"),
    ("/cases/{id}/person", "case-person-edit"),
    ("/cases/{id}/refer", "case-refer"),
    ("/cases/{id}/related", "case-related-add"),
    ("/cases/{id}/related/{related}", "case-related-change"),
    ("/cases/{id}/rights", "case-rights-record"),
    ("/cases/{id}/task", "case-task-set"),
    ("/cases/{id}/team", "case-section-team"),
    ("/cases/{id}/words", "case-words-edit"),
    ("/commitments", "commitments-title"),
    ("/complaints", "complaints-title"),
    ("/complaints/{request}", "own-answer-it"),
    ("/confirm/{word}", "confirm-title"),
    ("/confirmed", "confirm-title"),
    ("/consultations", "consultations-title"),
    ("/consultations/{id}/thanks", "consultation-thanks-title"),
    ("/contact-points", "contacts-title"),
    ("/contact-points/confirm/{token}", "contact-confirm-lead"),
    ("/contact-points/sheet", "contacts-sheet-title"),
    ("/data", "data-title"),
    ("/data/context", "context-title"),
    ("/data/context/new", "context-new"),
    ("/data/new", "data-new"),
    ("/data/responses", "responses-title"),
    ("/data/sources", "sources-title"),
    ("/data/sources/overlap", "overlap-title"),
    ("/data/template", "data-template"),
    ("/data/{id}/batches/{batch}/undo", "data-undo"),
    ("/data/{id}/coverage", "data-coverage-title"),
    ("/data/{id}/flows", "data-flows"),
    ("/data/{id}/import", "data-import"),
    ("/data/{id}/mapping", "mapping-title"),
    ("/data/{id}/report", "report-out-title"),
    ("/demo", "demo-title"),
    ("/demo/lessons", "lessons-title"),
    ("/directory", "directory-title"),
    ("/estimates", "estimates-title"),
    ("/estimates/new", "estimate-new"),
    ("/extract-requests/{word}", "extract-request-title"),
    ("/extracts", "extracts-title"),
    ("/extracts/new", "extract-new"),
    ("/figures", "pub-title"),
    ("/figures/ask", "extract-ask-title"),
    ("/figures/calendar", "calendar-title"),
    ("/figures/catalogue", "catalogue-title"),
    ("/figures/compare", "pub-compare-title"),
    ("/figures/corrections", "corrections-title"),
    ("/figures/countries", "pub-countries-title"),
    ("/figures/estimates", "pub-estimates-title"),
    ("/figures/explore", "pub-explore-title"),
    ("/figures/flows", "pub-flows-title"),
    ("/figures/guideline", "guideline-title"),
    ("/figures/library", "library-title"),
    ("/forms/consent/{language}", "consent-text-title"),
    ("/get-help", "help-find-title"),
    ("/help", "footer-help"),
    ("/hotline", "hotline-title"),
    ("/hotline/{id}", "hotline-call"),
    ("/identifications/{id}", "identification-title"),
    ("/impact", "impact-title"),
    ("/impact/new", "impact-new"),
    ("/incidents", "case-incidents"),
    ("/incidents/new", "case-incident-new"),
    ("/incidents/{id}", "case-incident"),
    ("/incidents/{id}/edit", "case-incident-edit"),
    ("/information", "information-title"),
    ("/information/new", "information-new"),
    ("/instruments", "instruments-title"),
    ("/instruments/{id}/acts", "acts-title"),
    ("/instruments/{id}/acts/take-back", "register-take-back"),
    ("/instruments/{id}/adherence", "adherence-enter"),
    ("/instruments/{id}/import", "import-title"),
    ("/instruments/{id}/obstacle", "obstacle-file"),
    ("/invitation/{token}", "invitation-title"),
    ("/laws", "laws-title"),
    ("/laws/new", "law-new"),
    ("/laws/sheet", "laws-sheet-title"),
    ("/leave", "leave-title"),
    ("/legal-bases", "case-legal-bases"),
    ("/legal-reviews", "laws-review-title"),
    ("/legal-reviews/write", "law-review-new"),
    ("/look-for", "look-for-others"),
    ("/matrix", "matrix-title"),
    ("/mechanism-profiles", "mechanism-years-title"),
    ("/mechanisms", "mechanisms-title"),
    ("/meetings", "meetings-title"),
    ("/meetings/call", "meeting-call"),
    ("/meetings/seats/{id}", "seat-change"),
    ("/memoranda", "memoranda-title"),
    ("/models", "model-texts-title"),
    ("/models/{id}/use", "adoption-new"),
    ("/month-end", "nav-month-end"),
    ("/needs", "needs-title"),
    ("/networks", "networks-title"),
    ("/notices", "notices-title"),
    ("/obstacles/sheet", "obstacles-sheet-title"),
    ("/own", "own-first"),
    ("/own-figures", "figures-title"),
    ("/own/ask", "own-ask"),
    ("/own/copy", "own-copy"),
    ("/own/held", "own-held"),
    ("/own/looked", "own-looked"),
    ("/own/questions", "own-questions"),
    ("/own/sharing", "own-sharing"),
    ("/parliaments", "parliaments-title"),
    ("/plans", "plans-title"),
    ("/plans/new", "plan-new"),
    ("/plans/{code}/actions", "plan-actions"),
    ("/plans/{code}/adopt", "plan-adopt-regional"),
    ("/plans/{code}/adopt-draft", "plan-adopt-draft"),
    ("/plans/{code}/amend", "plan-amend"),
    ("/plans/{code}/close", "plan-close"),
    ("/plans/{code}/declare/{element}", "plan-declare"),
    ("/plans/{code}/edit", "plan-edit"),
    ("/plans/{code}/indicators/new", "plan-add-indicator"),
    ("/plans/{code}/indicators/{key}", "plan-indicator"),
    ("/plans/{code}/indicators/{key}/drop", "plan-drop-indicator"),
    ("/plans/{code}/indicators/{key}/edit", "plan-edit-indicator"),
    ("/plans/{code}/indicators/{key}/report", "plan-report-value"),
    ("/plans/{code}/overlaps", "plan-overlaps"),
    ("/plans/{code}/progress", "plan-progress"),
    ("/plans/{code}/review", "plan-review"),
    ("/plans/{code}/review/new", "plan-review-new"),
    ("/plans/{code}/rows/new", "plan-add-row"),
    ("/plans/{code}/rows/{key}/drop", "plan-drop-row"),
    ("/plans/{code}/rows/{key}/edit", "plan-edit-row"),
    ("/plans/{code}/rows/{key}/report", "plan-report-row"),
    ("/plans/{code}/targets", "plan-targets"),
    ("/plans/{code}/upload", "plan-upload"),
    ("/practices", "practices-title"),
    ("/practices/new", "practice-new"),
    ("/privacy", "footer-privacy"),
    ("/protocols", "protocols-title"),
    ("/protocols/new", "protocol-new"),
    ("/protocols/{id}/figures", "protocol-look"),
    ("/publish", "publish-title"),
    ("/publish/announce", "calendar-announce"),
    ("/publish/announce/{id}", "calendar-announce"),
    ("/publish/budget", "budget-title"),
    ("/publish/new", "release-new"),
    ("/publish/{id}/editorial", "editorial-title"),
    ("/questionnaires", "questionnaires-title"),
    ("/questionnaires/write", "questionnaire-write"),
    ("/rapporteur-reports", "rapporteurs-title"),
    ("/recommendations", "recommendations-title"),
    ("/recommendations/statistics", "recommendation-statistics"),
    ("/recover", "recover-title"),
    ("/recover/{token}", "renew-title"),
    ("/referrals", "nav-referrals"),
    ("/referrals/{id}", "case-referral-title"),
    ("/registers/facts", "recorded-own"),
    ("/registers/facts/new", "recorded-new"),
    ("/registers/facts/{id}", "register-take-back"),
    ("/registers/laws", "register-own-laws"),
    ("/registers/laws/{id}", "law-edit"),
    ("/registers/obstacles", "register-own-obstacles"),
    ("/registers/obstacles/{id}", "law-edit"),
    ("/registers/statements", "register-own-statements"),
    ("/registers/statements/{id}", "law-edit"),
    ("/registers/uses", "register-own-uses"),
    ("/registers/uses/{id}", "law-edit"),
    ("/releases", "releases-title"),
    ("/remarks/{id}", "remarks-open"),
    ("/reports", "reports-title"),
    ("/reports/contribute", "contribute-title"),
    ("/reports/duties", "duties-title"),
    ("/reports/enter", "report-enter-title"),
    ("/reports/entered", "report-entered-list"),
    ("/reports/mine", "reports-mine"),
    ("/reports/new", "report-new"),
    ("/reports/regional", "report-regional-title"),
    ("/reports/regional/{questionnaire}/{mechanism}/{year}", "report-regional-title"),
    ("/reports/register", "register-late-title"),
    ("/reports/sheets/{id}", "nav-reports"),
    ("/reports/sheets/{id}/assign/{section}", "section-assign"),
    ("/reports/sheets/{id}/history/{code}", "history-title"),
    ("/reports/sheets/{id}/remarks/{code}", "remarks-open"),
    ("/reports/sheets/{id}/sections/{section}", "report-section"),
    ("/research", "research-title"),
    ("/research/new", "study-new"),
    ("/reviews", "reviews-title"),
    ("/reviews/new", "review-new"),
    ("/reviews/{round}/{state}/remarks/{pillar}", "remarks-open"),
    ("/reviews/{round}/{state}/visit", "review-plan-visit"),
    ("/rights", "footer-rights"),
    ("/rights-counts", "nav-rights-counts"),
    ("/rights-incidents", "nav-rights-incidents"),
    ("/rights-incidents/{id}", "case-rights-one"),
    ("/screening", "screening-title"),
    ("/screening/new", "screening-before"),
    ("/screening/notices", "screening-notices"),
    ("/screening/paper", "screening-paper"),
    ("/screening/paper/enter", "screening-paper-enter"),
    ("/screening/paper/opening", "screening-paper-opening"),
    ("/screening/paper/sheet", "screening-paper-sheet"),
    ("/screening/paper/{id}", "screening-paper-enter"),
    ("/screening/{id}/decide", "screening-decide-title"),
    ("/screening/{id}/left", "screening-left-title"),
    ("/sealed", "sealed-file-title"),
    ("/services", "services-title"),
    ("/services/coverage", "coverage-title"),
    ("/services/import", "services-import-title"),
    ("/services/sheet", "services-sheet-title"),
    ("/sign-in", "nav-sign-in"),
    ("/sign-in/enrol", "enrol-title"),
    ("/sign-in/second", "second-title"),
    ("/signals", "signals-title"),
    ("/signals/triaged", "triaged-title"),
    ("/statements/new", "statement-add"),
    ("/states", "states-title"),
    ("/structures", "structures-title"),
    ("/trends", "trends-title"),
    ("/unmet-needs", "unmet-title"),
    ("/unmet-needs/by-area", "unmet-areas-title"),
    ("/withdrawals/{id}", "withdrawal-title"),
    ("/work", "work-title"),
    ("/work/approvals", "approvals-title"),
    ("/work/done", "work-done"),
    ("/work/new", "work-new"),
    ("/youth-input", "youth-title"),
];

/// Forms that do the opposite of another under the same action, with the message of
/// their button: the words of the action would not tell one from the other.
const BUTTONS: &[(&str, &str)] = &[
    ("/admin/recoveries/approve", "recovery-approve"),
    ("/admin/recoveries/refuse", "recovery-refuse"),
    ("/publish/{id}/retract", "release-retract"),
    ("/publish/{id}/sign", "release-sign"),
    ("/work/approvals/agree", "approval-agree"),
    ("/work/approvals/refuse", "approval-refuse"),
];

/// What is sent with the form at this address, in words.
pub(super) fn sent(visit: &Visit, route: &Declared) -> String {
    let button = BUTTONS.iter().find(|(path, _)| *path == route.path);
    let page = called(visit, route.path.rsplit_once('/').map_or("", |(above, _)| above));
    match (button, page) {
        (Some((_, id)), Some(page)) => visit
            .format("view-as-button", &[("page", page.into()), ("button", visit.text(id).into())]),
        _ => actions::words(visit, route.action.code()),
    }
}

/// The part of the house an address belongs to; the first page belongs to the house itself.
pub(super) fn area(path: &str) -> Option<&'static str> {
    let first = path.split(['/', '.']).nth(1).filter(|first| !first.is_empty());
    let first = first.unwrap_or("account");
    AREAS.iter().find(|(_, firsts)| firsts.split(' ').any(|one| one == first)).map(|(id, _)| *id)
}

/// What the page or file at this address is called, in words.
pub(super) fn title(visit: &Visit, route: &Declared) -> String {
    let page =
        called(visit, route.path).unwrap_or_else(|| actions::words(visit, route.action.code()));
    let file = route.path.rsplit_once('.').map(|(_, kind)| kind.to_uppercase());
    match (route.surface, file) {
        (Surface::Download, Some(kind)) => {
            visit.format("view-as-file", &[("page", page.into()), ("kind", kind.into())])
        }
        _ => page,
    }
}

fn called(visit: &Visit, path: &str) -> Option<String> {
    if let Ok(at) = TITLES.binary_search_by_key(&path, |(path, _)| *path) {
        return TITLES.get(at).map(|(_, id)| visit.text(id));
    }
    let (above, last) = path.rsplit_once('/')?;
    let (above, id) = match last {
        "new" => (above, "view-as-new"),
        "edit" => (above.rsplit_once("/{").map_or(above, |(above, _)| above), "view-as-edit"),
        last if last.starts_with('{') => (above, "view-as-one"),
        // A file of the page: its kind is told beside.
        last if last.contains('.') => return called(visit, last_page(path, above)),
        _ => return None,
    };
    Some(visit.format(id, &[("page", called(visit, above)?.into())]))
}

/// The page a file is of: the same address without the kind, or the one above.
fn last_page<'a>(path: &'a str, above: &'a str) -> &'a str {
    let bare = path.rsplit_once('.').map_or(path, |(bare, _)| bare);
    if TITLES.binary_search_by_key(&bare, |(path, _)| *path).is_ok() { bare } else { above }
}
