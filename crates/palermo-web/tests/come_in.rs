//! Coming in under attack: the time an answer takes tells nothing, and lists of
//! stolen passphrases open nothing (checks N1, N2). Long: run nightly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use palermo_app::{
    Refused, demo, recovery,
    session::{self, Credentials},
};
use palermo_store::throttle::{self, Counted};
use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};
use support::Region;
use zeroize::Zeroizing;

fn typed(email: &str, passphrase: &str, source: Option<IpAddr>) -> Credentials {
    Credentials {
        email: email.to_owned(),
        passphrase: Zeroizing::new(passphrase.to_owned()),
        device: "test".to_owned(),
        mark: String::new(),
        source,
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

async fn people(region: &Region) -> Vec<String> {
    demo::region(&region.app).unwrap().people.into_iter().map(|person| person.email).collect()
}

/// Medians of known and unknown addresses, taken in turn.
async fn medians(
    region: &Region,
    tries: usize,
    attempt: impl AsyncFn(&str),
) -> (Duration, Duration) {
    let known = people(region).await;
    let (mut of_known, mut of_unknown) = (Vec::new(), Vec::new());
    for number in 0..tries {
        let email = known[number % known.len()].clone();
        let nobody = format!("nobody-{number}@example.org");
        for (address, times) in [(&email, &mut of_known), (&nobody, &mut of_unknown)] {
            let start = Instant::now();
            attempt(address).await;
            times.push(start.elapsed());
        }
        for name in [email.clone(), format!("recovery:{email}")] {
            throttle::forgive(&region.app.store, Counted::Name(&name)).await.unwrap();
        }
    }
    (median(of_known), median(of_unknown))
}

#[tokio::test]
#[ignore = "long: 2,000 sign-ins each way; nightly"]
async fn n2_known_and_unknown_addresses_take_the_same_time() {
    let region = Region::new().await;
    let app = region.app.clone();
    let (known, unknown) = medians(&region, 2_000, async |email: &str| {
        let refused = session::sign_in(&app, typed(email, "not the passphrase at all", None)).await;
        assert!(matches!(refused, Err(Refused::Declined(ref said)) if said.id == "sign-in-wrong"));
    })
    .await;
    let gap = known.abs_diff(unknown);
    assert!(gap < Duration::from_millis(5), "signing in: {known:?} and {unknown:?}");
    let (known, unknown) = medians(&region, 500, async |email: &str| {
        recovery::ask(&app, email, "lost", None).await.unwrap();
    })
    .await;
    let gap = known.abs_diff(unknown);
    assert!(gap < Duration::from_millis(5), "asking for recovery: {known:?} and {unknown:?}");
}

#[tokio::test]
async fn n2_known_and_unknown_addresses_get_the_same_answer() {
    let region = Region::new().await;
    let known = people(&region).await.remove(0);
    let mut answers = Vec::new();
    for email in [known.as_str(), "nobody@example.org"] {
        let form = format!("email={email}&passphrase=not+the+passphrase+at+all");
        let answer = region.post("/en/sign-in", None, &form).await;
        let shown = answer.text.replace(email, "ADDRESS");
        // What differs from one answer to the next for everyone.
        let plain: String = shown
            .split("value=\"")
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once('"').map_or("", |p| p.1) })
            .collect();
        let asked = format!("email={email}&reason=lost");
        let recovery = region.post("/en/recover", None, &asked).await;
        answers.push((answer.status, plain, recovery.status, recovery.headers["location"].clone()));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
#[ignore = "long: 10,000 stolen pairs from 1,000 sources; nightly"]
async fn n1_ten_thousand_stolen_pairs_from_a_thousand_sources_open_nothing() {
    let region = Region::new().await;
    let known = people(&region).await;
    let (mut looked_at, mut sessions) = (vec![0u32; known.len()], 0);
    for number in 0..10_000usize {
        let at = number % known.len();
        let source = u32::try_from(number % 1_000).unwrap();
        let [_, _, high, low] = source.to_be_bytes();
        let source = IpAddr::V4(Ipv4Addr::new(127, 1, high, low));
        let pair = typed(&known[at], &format!("stolen passphrase number {number}"), Some(source));
        match session::sign_in(&region.app, pair).await {
            Ok(_) => sessions += 1,
            Err(Refused::Declined(_)) => looked_at[at] += 1,
            Err(Refused::TooMany(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(sessions, 0);
    // Ten are free; after that waiting doubles, so hardly any more are looked at.
    assert!(looked_at.iter().all(|tries| *tries < 30), "{looked_at:?}");
}
