//! The private intersection: right counts, and refusal of what breaks the protocol.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_stats::linkage::LinkError;
use palermo_stats::linkage::intersection::{Agreement, Message, Party, count};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;

fn agreement(parties: &[&str]) -> Agreement {
    Agreement {
        session: "invented".into(),
        parties: parties.iter().map(|&party| party.into()).collect(),
        minimum: 3,
    }
}

fn persons(numbers: impl Iterator<Item = u32>) -> Vec<String> {
    numbers.map(|number| format!("person {number}")).collect()
}

/// Sends every list round, each message through JSON as it would go by file.
fn round(agreement: &Agreement, lists: &[Vec<String>]) -> Vec<Message> {
    let mut random = ChaCha20Rng::seed_from_u64(7);
    let parties: Vec<Party> = (agreement.parties.iter())
        .map(|name| Party::new(agreement, name, &mut random).unwrap())
        .collect();
    (0..parties.len())
        .map(|owner| {
            let mut message = parties[owner].start(&lists[owner], &mut random).unwrap();
            for step in 1..parties.len() {
                let text = serde_json::to_string(&message).unwrap();
                let read: Message = serde_json::from_str(&text).unwrap();
                message = parties[(owner + step) % parties.len()].pass(&read, &mut random).unwrap();
            }
            message
        })
        .collect()
}

#[test]
fn histories_are_those_of_counting_with_names() {
    let agreement = agreement(&["police", "shelter", "labour inspection"]);
    let lists = [
        persons((0..60).filter(|i| i % 2 == 0)),
        persons((0..60).filter(|i| i % 3 == 0)),
        persons((0..60).filter(|i| i % 5 == 0).chain(0..1)),
    ];
    let found: BTreeMap<_, _> =
        count(&agreement, &round(&agreement, &lists)).unwrap().into_iter().collect();
    let mut expected = BTreeMap::new();
    for i in 0..60 {
        let history = vec![i % 2 == 0, i % 3 == 0, i % 5 == 0];
        if history.contains(&true) {
            *expected.entry(history).or_insert(0) += 1;
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn messages_tell_neither_names_nor_order_and_differ_from_run_to_run() {
    let agreement = agreement(&["a", "b"]);
    let list = persons(0..20);
    let mut random = ChaCha20Rng::seed_from_u64(1);
    let mut start = || {
        let party = Party::new(&agreement, "a", &mut random).unwrap();
        party.start(&list, &mut random).unwrap()
    };
    let (one, two) = (start(), start());
    assert!(!serde_json::to_string(&one).unwrap().contains("person"));
    assert!(one.points.iter().all(|point| !two.points.contains(point)));
}

fn reason(result: Result<impl Sized, LinkError>) -> String {
    match result {
        Err(refused) => refused.to_string(),
        Ok(_) => panic!("a wrong message was taken"),
    }
}

#[test]
fn wrong_messages_are_refused() {
    let agreement = agreement(&["a", "b"]);
    let mut random = ChaCha20Rng::seed_from_u64(2);
    let a = Party::new(&agreement, "a", &mut random).unwrap();
    let b = Party::new(&agreement, "b", &mut random).unwrap();
    let good = a.start(&persons(0..5), &mut random).unwrap();
    assert!(reason(a.pass(&good, &mut random)).contains("turn"));
    let done = b.pass(&good, &mut random).unwrap();
    assert!(reason(b.pass(&done, &mut random)).contains("turn"));
    assert!(reason(count(&agreement, std::slice::from_ref(&done))).contains("`b`"));
    assert!(reason(count(&agreement, &[good.clone(), good.clone()])).contains("exactly one"));

    let with = |change: &dyn Fn(&mut Message)| {
        let mut message = good.clone();
        change(&mut message);
        message
    };
    let repeated = with(&|m| m.points[0] = m.points[1].clone());
    assert!(reason(b.pass(&repeated, &mut random)).contains("twice"));
    let broken = with(&|m| m.points[0] = "AAAA".into());
    assert!(reason(b.pass(&broken, &mut random)).contains("no point"));
    // The neutral element would show which entry is which.
    let neutral = with(&|m| m.points[0] = "A".repeat(43) + "=");
    assert!(reason(b.pass(&neutral, &mut random)).contains("no point"));
    let other = with(&|m| m.agreement.session = "another".into());
    assert!(reason(b.pass(&other, &mut random)).contains("another agreement"));
    let short = with(&|m| m.points.truncate(2));
    assert!(reason(b.pass(&short, &mut random)).contains("too short"));
    assert!(reason(a.start(&persons(0..2), &mut random)).contains("too short"));
}
