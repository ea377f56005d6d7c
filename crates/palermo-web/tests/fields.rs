//! Every sealed field of the demonstration holds a word that occurs nowhere
//! else; then everyone asks for everything, as page, file, search, filter,
//! order and through the interface for programs. Nobody but those who may read
//! a field meets its word, and no answer tells whether it is there (A5).
//!
//! Nothing here names a noun or a field: what is sealed is taken from the
//! store, routes and fields from the running program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{Method, StatusCode, header};
use palermo_app::{
    demo,
    domain::{
        actor::Actor,
        case::related::Related,
        id::{AccountId, CaseId, PersonId, TenantId},
        moment::Moment,
        role::Role,
    },
    keys,
    locale::Language,
    session,
};
use palermo_store::{
    ActContext, Begun, Paging, UnlockedVault,
    case::{file, record, team},
    keys::{
        names,
        sealed::{self, Place},
    },
    tenant, testing,
};
use palermo_web::{Declared, routes};
use std::collections::{BTreeMap, BTreeSet};
use support::{Answer, Region};

/// Who asks with every change: one of each kind, most near the data.
const ASKERS: [&str; 5] = [
    "nadia@harbourhouse.example",
    "ruth@harbourhouse.example",
    "kofi@harbourhouse.example",
    "omar@secretariat.meridian.example",
    "petra@secretariat.meridian.example",
];
/// A word of the same shape that nobody wrote.
const NOWHERE: &str = "Zkan99999q";

/// A word that marks one sealed field, and whom it is about.
struct Mark {
    word: String,
    tenant: TenantId,
    place: Place,
    /// Cases it belongs to; none for what is about no case.
    cases: Vec<CaseId>,
}

/// Someone who asks.
struct Asker {
    email: String,
    cookie: String,
    tenant: TenantId,
    account: AccountId,
    roles: Vec<Role>,
}

async fn asker(region: &Region, email: &str) -> (Asker, session::Signed) {
    let cookie = region.step_in(email).await;
    let text = cookie.split_once('=').unwrap().1;
    let signed = session::resume(&region.app, text).await.unwrap().unwrap();
    let asker = Asker {
        email: email.to_owned(),
        tenant: signed.tenant.id,
        account: signed.account.id,
        roles: signed.roles.clone(),
        cookie,
    };
    (asker, signed)
}

/// Which cases each person is part of, as the one concerned or beside them.
async fn cases_of(region: &Region, tenant: TenantId) -> BTreeMap<PersonId, Vec<CaseId>> {
    let store = &region.app.store;
    let mut found: BTreeMap<PersonId, Vec<CaseId>> = BTreeMap::new();
    let (filter, sort) = (file::Filter::default(), file::SortBy::default());
    for case in file::list(store, tenant, &filter, sort, Paging::all()).await.unwrap().items {
        let (id, person) = (case.record.id, case.record.person);
        found.entry(person).or_default().push(id);
        for one in record::of_case::<Related>(store, tenant, id).await.unwrap() {
            found.entry(one.record.person).or_default().push(id);
        }
    }
    found
}

/// Writes a word of its own over every sealed field of an organisation. Texts
/// that are more than text keep their shape.
async fn mark(region: &Region, tenant: TenantId, vaults: &[UnlockedVault], marks: &mut Vec<Mark>) {
    let store = &region.app.store;
    let cases = cases_of(region, tenant).await;
    let context = ActContext::new(tenant, Actor::System { job: "test".into() }, "test.mark");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("repeated") };
    let mut named = BTreeSet::new();
    for place in testing::sealed_places(store, tenant).await {
        let Some(vault) = vaults.iter().find(|vault| vault.opens(place.compartment)) else {
            continue;
        };
        let Some(old) = sealed::open(&act, vault, place).await.unwrap() else { continue };
        let old = String::from_utf8_lossy(&old).into_owned();
        if old.starts_with(['{', '[', '"']) {
            continue;
        }
        let word = format!("Zkan{:05}q", marks.len());
        sealed::put(&mut act, vault, place, word.as_bytes()).await.unwrap();
        if named.insert(place.person) && cases.contains_key(&place.person) {
            // The name they are found by is the same word.
            match names::put(&mut act, vault, place.person, &[word.as_str()]).await {
                Ok(()) | Err(palermo_store::Error::Locked(_) | palermo_store::Error::Erased) => {}
                Err(error) => panic!("{error}"),
            }
        }
        let cases = cases.get(&place.person).cloned().unwrap_or_default();
        marks.push(Mark { word, tenant, place, cases });
    }
    act.commit(&()).await.unwrap();
}

/// The words an asker may meet: of their own organisation, in a compartment
/// their role opens, of cases they are on the team of.
async fn may_meet(region: &Region, asker: &Asker, marks: &[Mark]) -> BTreeSet<String> {
    let (store, policy) = (&region.app.store, &region.app.policy);
    let now: Moment = store.now();
    let mut teams: BTreeMap<CaseId, bool> = BTreeMap::new();
    let mut met = BTreeSet::new();
    for mark in marks.iter().filter(|mark| mark.tenant == asker.tenant) {
        if !asker.roles.iter().any(|role| policy.opens(*role).contains(&mark.place.compartment)) {
            continue;
        }
        let mut on_team = mark.cases.is_empty();
        for case in &mark.cases {
            if !teams.contains_key(case) {
                let team = team::of_case(store, asker.tenant, *case).await.unwrap();
                let mine = team.iter().any(|one| one.account == asker.account && one.holds_at(now));
                teams.insert(*case, mine);
            }
            on_team |= teams[case];
        }
        if on_team {
            met.insert(mark.word.clone());
        }
    }
    met
}

/// Words of ours in a text.
fn words(text: &str) -> BTreeSet<String> {
    text.match_indices("Zkan")
        .filter_map(|(at, _)| text.get(at..at + NOWHERE.len()))
        .filter(|word| word.ends_with('q') && word[4..9].bytes().all(|b| b.is_ascii_digit()))
        .filter(|word| *word != NOWHERE)
        .map(str::to_owned)
        .collect()
}

fn attributes(text: &str, name: &str) -> Vec<String> {
    let start = format!("{name}=\"");
    let parts = text.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
    parts.map(|value| value.replace("&amp;", "&")).collect()
}

/// The answer without what differs from request to request.
fn plain(answer: &Answer, asked: &str) -> (StatusCode, String) {
    if answer.text.starts_with("PK") {
        // A workbook holds the moment it was made; its rows are those of the file beside it.
        return (answer.status, String::new());
    }
    let main = answer.text.split("<main").nth(1).unwrap_or(&answer.text);
    let mut text = main.split("</main").next().unwrap_or_default().replace(asked, "WORD");
    for value in attributes(&text.clone(), "value") {
        if value.len() > 20 {
            text = text.replace(&value, "");
        }
    }
    (answer.status, text)
}

/// What one person met on the way, and what was asked.
#[derive(Default)]
struct Walk {
    met: BTreeSet<String>,
    asked: usize,
}

struct Walker<'a> {
    region: &'a Region,
    asker: &'a Asker,
    may: &'a BTreeSet<String>,
    walk: Walk,
    thorough: bool,
}

impl Walker<'_> {
    async fn get(&mut self, path: &str) -> Answer {
        let answer = self.region.get(path, Some(&self.asker.cookie)).await;
        self.walk.asked += 1;
        assert!(!answer.status.is_server_error(), "{path} answered {}", answer.status);
        for word in words(&answer.text) {
            let who = &self.asker.email;
            assert!(self.may.contains(&word), "{who} met {word} at {path}");
            self.walk.met.insert(word);
        }
        answer
    }

    /// Lists, the same as files, in every order offered, and where they lead.
    async fn everything(&mut self, lists: &[&Declared]) {
        let mut next = BTreeSet::new();
        for route in lists {
            let answer = self.get(route.path).await;
            if answer.status != StatusCode::OK {
                continue;
            }
            let links = attributes(&answer.text, "href");
            let orders = links.iter().filter(|to| to.contains("sort=") || to.contains("format="));
            for path in orders.filter(|to| to.starts_with('/')).collect::<BTreeSet<_>>() {
                self.get(path).await;
            }
            next.extend(links.into_iter().filter(|to| {
                to.starts_with('/') && to.matches('-').count() >= 4 && !to.contains("sort=")
            }));
        }
        // So many pages beyond the lists.
        let followed = if self.thorough { 200 } else { 40 };
        for path in next.into_iter().take(followed) {
            self.get(&path).await;
        }
    }

    /// A word that is there and one that is not are answered alike, wherever
    /// a word can be asked for.
    async fn oracles(&mut self, lists: &[&Declared], foreign: &str) {
        for route in lists {
            let first = self.get(route.path).await;
            if first.status != StatusCode::OK {
                continue;
            }
            let mut fields: BTreeSet<String> =
                attributes(&first.text, "name").into_iter().collect();
            fields.extend(["q", "name", "search", "filter", "sort"].map(str::to_owned));
            fields.retain(|name| !name.contains([':', '[', ' ']) && name != "token");
            // One by one, or all in one question.
            let fields: Vec<Vec<String>> = if self.thorough {
                fields.into_iter().map(|name| vec![name]).collect()
            } else {
                vec![fields.into_iter().collect()]
            };
            for names in &fields {
                let asked = async |word: &str| {
                    let pairs: Vec<_> = names.iter().map(|name| format!("{name}={word}")).collect();
                    let path = format!("{}?{}", route.path, pairs.join("&"));
                    self.region.get(&path, Some(&self.asker.cookie)).await
                };
                let (there, nowhere) = (asked(foreign).await, asked(NOWHERE).await);
                self.walk.asked += 2;
                assert!(
                    plain(&there, foreign) == plain(&nowhere, NOWHERE),
                    "{}: {names:?} at {} tells that a word is there",
                    self.asker.email,
                    route.path
                );
                assert_eq!(there.headers.get(header::ETAG), nowhere.headers.get(header::ETAG));
            }
        }
    }

    /// Cases one is not on the team of answer as cases nobody has.
    async fn absent(&mut self, cases: &BTreeSet<CaseId>) {
        let nobodys = "6f1f9a52-0f7c-4f0c-9d3e-5a4b3c2d1e0f";
        let about = ["", "/care", "/words", "/person", "/looked", "/summary.html", "/consent"];
        for case in cases {
            for part in about {
                let theirs = self.get(&format!("/cases/{case}{part}")).await;
                let none = self.get(&format!("/cases/{nobodys}{part}")).await;
                let id = case.to_string();
                assert!(plain(&theirs, &id) == plain(&none, nobodys), "{case}{part}");
                assert!(theirs.headers.get(header::ETAG).is_none());
                assert!(theirs.headers.get(header::LAST_MODIFIED).is_none());
            }
        }
    }
}

async fn a5(askers: &[String], thorough: bool) {
    let region = Region::new().await;
    let people = demo::region(&region.app).unwrap().people;
    let mut vaults: BTreeMap<TenantId, Vec<UnlockedVault>> = BTreeMap::new();
    for person in &people {
        let (one, signed) = asker(&region, &person.email).await;
        if let Ok(vault) = keys::vault(&signed.acting(&region.app, Language::En), &signed).await {
            vaults.entry(one.tenant).or_default().push(vault);
        }
    }
    let mut marks = Vec::new();
    let all = tenant::list(&region.app.store, &tenant::Filter::default(), Paging::all()).await;
    for one in all.unwrap().items {
        if let Some(vaults) = vaults.get(&one.record.id) {
            mark(&region, one.record.id, vaults, &mut marks).await;
        }
    }
    let kinds: BTreeSet<_> = marks.iter().map(|one| (one.place.table, one.place.field)).collect();
    println!("{} sealed fields marked, of {} kinds: {kinds:?}", marks.len(), kinds.len());
    assert!(marks.len() > 100 && kinds.len() > 5, "too little is sealed to tell anything");

    let declared = routes().finish().1;
    let lists: Vec<&Declared> = declared
        .iter()
        .filter(|route| {
            route.method == Method::GET
                && !route.path.contains('{')
                // One ends the session, one asks for factors that are not there in this test.
                && !["/leave", "/sign-in/enrol"].contains(&route.path)
        })
        .collect();
    let mut met = BTreeSet::new();
    for email in askers {
        let (one, _) = asker(&region, email).await;
        let may = may_meet(&region, &one, &marks).await;
        let mut walker =
            Walker { region: &region, asker: &one, may: &may, walk: Walk::default(), thorough };
        walker.everything(&lists).await;
        if let Some(foreign) = marks.iter().find(|mark| !may.contains(&mark.word)) {
            walker.oracles(&lists, &foreign.word).await;
        }
        let others: BTreeSet<CaseId> = marks
            .iter()
            .filter(|mark| !may.contains(&mark.word) && !marks_case(&marks, &may, mark))
            .flat_map(|mark| mark.cases.iter().copied())
            .take(12)
            .collect();
        walker.absent(&others).await;
        println!(
            "{email}: {} asked, {} of {} words met",
            walker.walk.asked,
            walker.walk.met.len(),
            may.len()
        );
        met.extend(walker.walk.met);
    }
    let seen: BTreeSet<_> = marks
        .iter()
        .filter(|mark| met.contains(&mark.word))
        .map(|mark| mark.place.compartment.code())
        .collect();
    assert!(seen.contains("care") && seen.contains("identity"), "nobody met anything: {seen:?}");
}

/// Whether something of the same case may be met: its compartments differ by role.
fn marks_case(marks: &[Mark], may: &BTreeSet<String>, of: &Mark) -> bool {
    let mine = marks.iter().filter(|mark| may.contains(&mark.word));
    mine.flat_map(|mark| &mark.cases).any(|case| of.cases.contains(case))
}

#[tokio::test]
async fn a5_nobody_meets_a_field_that_is_not_theirs_on_any_page_file_search_or_order() {
    a5(&ASKERS.map(str::to_owned), false).await;
}

#[tokio::test]
#[ignore = "long: as everyone of the demonstration; nightly"]
async fn a5_as_everyone_of_the_demonstration() {
    let region = Region::new().await;
    let people = demo::region(&region.app).unwrap().people;
    drop(region);
    let all: Vec<String> = people.into_iter().map(|person| person.email).collect();
    a5(&all, true).await;
}
