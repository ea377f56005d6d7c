//! What was typed about persons into the pages of the running program lies
//! nowhere on the disk after a crash: not in the database, the keystore, a
//! backup, a temporary file or a line of the log (P1).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::live;

use live::{
    client::{Answer, Ask, Client},
    region::{Region, until_ready},
};
use palermo_store::testing::{
    Engine,
    traces::{Traces, postgres_files},
};
use std::path::{Path, PathBuf};
use uuid::Uuid;

const CASE_MANAGER: &str = "nadia@harbourhouse.example";

/// A browser with someone signed in.
struct Browser {
    client: Client,
    cookie: String,
    /// How many texts with the run's word were sent.
    words: usize,
}

impl Browser {
    async fn get(&mut self, path: &str) -> Answer {
        self.client.ask(&Ask::get(path).cookie(&self.cookie)).await.unwrap()
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.client.ask(&Ask::form(path, fields).cookie(&self.cookie)).await.unwrap()
    }

    /// Sends a form that is taken, and gives where it leads.
    async fn done(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        answer.header("location").unwrap().split('?').next().unwrap().to_owned()
    }
}

/// The values of hidden fields whose names end like this.
fn hidden(page: &str, ending: &str) -> Vec<(String, String)> {
    page.split("<input")
        .skip(1)
        .filter_map(|rest| {
            let tag = rest.split('>').next()?;
            let value = |name: &str| tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next();
            let name = value("name")?;
            name.ends_with(ending)
                .then(|| (name.to_owned(), value("value").unwrap_or_default().to_owned()))
        })
        .collect()
}

/// One person's way in: opened, noted, every text written and changed, read
/// back; once with a mistake that brings the form back.
async fn one_case(browser: &mut Browser, word: &str, n: usize) {
    let name = format!("Ñadège {word} Nr{n}");
    let refused = browser.post("/en/cases/new", &[("name", &name), ("language", "fr")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(word), "what was typed is lost");
    let case = browser
        .done(
            "/en/cases/new",
            &[("name", &name), ("age", "adult"), ("language", "fr"), ("urgent", "safe_place")],
        )
        .await;
    let note = format!("Passport {word}{n:05}; they kept it. \"Tell nobody\" & <leave>.");
    browser.done(&format!("{case}/note"), &[("text", &note)]).await;
    browser.words += 2;
    for turn in ["first", "then"] {
        let page = browser.get(&format!("{case}/words")).await.text();
        let versions = hidden(&page, "_version");
        assert!(versions.len() >= 2, "the page has no texts to edit");
        let mut fields = Vec::new();
        for (field, version) in versions {
            let code = field.trim_end_matches("_version").to_owned();
            fields.push((code.clone(), format!("{turn} {word} {code} {n}, Harbour Street {n}")));
            fields.push((field, version));
            browser.words += 1;
        }
        let fields: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        browser.done(&format!("{case}/words"), &fields).await;
    }
    let shown = browser.get(&case).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains(&format!("then {word}")), "what was typed is not shown");
}

async fn places(region: &Region, server_files: bool) -> Vec<PathBuf> {
    let mut places = vec![region.folder.clone()];
    if server_files && region.engine == Engine::Postgres {
        let place = region.place();
        place.tamper("CHECKPOINT").await;
        let data = place.ask("SELECT current_setting('data_directory')").await.remove(0);
        let own = "SELECT oid::text FROM pg_database WHERE datname LIKE current_database() || '%'";
        places.extend(postgres_files(Path::new(&data), &place.ask(own).await));
    }
    places
}

async fn p1(cases: usize) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(region) = Region::make(engine).await else { continue };
        // A word of this run alone: remains of other runs are not ours.
        let word = format!("Zq{}Wöx", &Uuid::new_v4().simple().to_string()[..12]);
        let cookie =
            format!("__Host-palermo={}", region.signed_in(CASE_MANAGER).await.token.text());
        let server = region.serve();
        until_ready(&server).await;
        let client = Client::connect(server.address).await.unwrap();
        let mut browser = Browser { client, cookie, words: 0 };
        for n in 0..cases {
            one_case(&mut browser, &word, n).await;
        }
        // With everything open: this is the moment the power goes.
        server.kill();
        let backup = region.folder.join("backup");
        region.place().backup(&backup.join("data"), &backup.join("keys")).await.unwrap();

        let places = places(&region, true).await;
        let (found, _) = Traces::of([CASE_MANAGER]).in_files(&places);
        assert!(found.len() >= 2, "the search itself finds nothing: {found:?}");
        let traces = Traces::of([word.as_str()]);
        let (found, read) = traces.in_files(&places);
        assert_eq!(found, Vec::<PathBuf>::new(), "words about persons lie in clear");
        println!(
            "P1 on {engine:?}: {} words typed into the pages of {cases} cases, {} forms, {} MiB read: none found",
            browser.words,
            traces.len(),
            read >> 20
        );
        region.discard().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_nothing_typed_about_persons_lies_on_the_disk_after_a_crash() {
    p1(2).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: 500 words and more, typed into the pages of 60 cases, on each engine"]
async fn p1_none_of_five_hundred_words_typed_about_persons_lies_on_the_disk_after_a_crash() {
    p1(60).await;
}
