//! Readers of files get whatever bytes someone sends: cut, doubled, swapped,
//! with other letters in between. They answer with a value or with reasons,
//! within a second, and never fall over (X2).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_app::{access::Policy, content::Content};
use palermo_domain::{
    register::{day::Day, mechanism::MechanismProfile, model_text},
    screening::IndicatorSet,
};
use palermo_standards::{delimited, state_list, treaty_status};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

/// A reader with files it reads gladly.
struct Reader {
    name: &'static str,
    samples: Vec<Vec<u8>>,
    read: fn(&[u8]),
}

fn text(read: fn(&str), bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        read(text);
    }
}

fn readers() -> Vec<Reader> {
    let content = Content::shipped().unwrap();
    let shipped = |path: &str| content.text(path).unwrap_or_default().as_bytes().to_vec();
    let list = b"Participant,Signature,\"Ratification, Accession(a)\"\nAlbania,12 Dec 2000,21 Aug 2002\nC\xc3\xb4te d'Ivoire,,25 Oct 2012 a\n";
    vec![
        Reader {
            name: "tables with separators",
            samples: vec![list.to_vec(), b"a;b\r\n1;\"2\n3\"\r\n".to_vec(), b"a\tb\n".to_vec()],
            read: |bytes| drop(delimited::read(bytes)),
        },
        Reader {
            name: "treaty status",
            samples: vec![list.to_vec()],
            read: |bytes| drop(treaty_status::read(bytes)),
        },
        Reader {
            name: "names of States",
            samples: vec![shipped("states/states.csv"), shipped("states/aliases.csv")],
            read: |bytes| {
                drop(state_list::read(bytes, b"alias,code\n"));
                drop(state_list::read(b"code,name\n", bytes));
            },
        },
        Reader {
            name: "mechanism profiles",
            samples: vec![shipped("mechanisms/ecowas.toml"), shipped("mechanisms/bali.toml")],
            read: |bytes| text(|text| drop(MechanismProfile::parse(text)), bytes),
        },
        Reader {
            name: "model texts",
            samples: vec![b"id = \"x\"\ntitle = \"y\"\n".to_vec()],
            read: |bytes| text(|text| drop(model_text::read(text)), bytes),
        },
        Reader {
            name: "indicator sets",
            samples: vec![shipped("indicators/forced_labour.toml")],
            read: |bytes| text(|text| drop(IndicatorSet::parse(text)), bytes),
        },
        Reader {
            name: "policies",
            samples: vec![shipped("policy/roles.toml")],
            read: |bytes| text(|text| drop(Policy::parse(text)), bytes),
        },
        Reader {
            name: "days",
            samples: vec![b"9 Feb 2010 a".to_vec(), b"2010-02-09".to_vec()],
            read: |bytes| text(|text| drop(text.parse::<Day>()), bytes),
        },
    ]
}

/// A small generator, the same on every machine (xorshift64*).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }
}

/// What breaks readers: ends of text, separators, letters of several bytes,
/// numbers at their limits.
const SPICE: [&[u8]; 22] = [
    b"\"",
    b"'",
    b",",
    b";",
    b"\t",
    b"\r",
    b"\n",
    b"\0",
    b"[[",
    b"]",
    b"{",
    b"=",
    b"\\",
    b"9999999999999999999",
    b"-1",
    b"1e999",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    "é".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{1f600}".as_bytes(),
    b"31 Feb 0000",
];

fn altered(sample: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    // A long file is cut to a window, so that a change is not lost in it.
    if bytes.len() > 8_192 && dice.below(4) != 0 {
        let from = dice.below(bytes.len() - 4_096);
        bytes = bytes[from..from + 4_096].to_vec();
    }
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let to = (at + dice.below(40)).min(bytes.len());
        match dice.below(6) {
            0 => drop(bytes.splice(at..at, SPICE[dice.below(SPICE.len())].iter().copied())),
            1 => drop(bytes.drain(at..to)),
            2 => {
                let part = bytes[at..to].to_vec();
                let place = dice.below(bytes.len() + 1);
                drop(bytes.splice(place..place, part));
            }
            3 => bytes.truncate(at),
            4 => {
                for byte in &mut bytes[at..to] {
                    *byte = dice.next().to_be_bytes()[0];
                }
            }
            _ => drop(bytes.splice(at..to, SPICE[dice.below(SPICE.len())].iter().copied())),
        }
    }
    bytes
}

fn try_readers(each: Duration, least: usize) {
    for reader in readers() {
        assert!(
            reader.samples.iter().all(|sample| !sample.is_empty()),
            "{}: no sample",
            reader.name
        );
        for sample in &reader.samples {
            (reader.read)(sample);
        }
        let (begun, mut dice, mut tried) = (Instant::now(), Dice(0x9e37_79b9_7f4a_7c15), 0);
        while tried < least || begun.elapsed() < each {
            let sample = &reader.samples[dice.below(reader.samples.len())];
            let bytes = altered(sample, &mut dice);
            let started = Instant::now();
            let outcome = catch_unwind(AssertUnwindSafe(|| (reader.read)(&bytes)));
            let took = started.elapsed();
            let shown = String::from_utf8_lossy(&bytes);
            assert!(outcome.is_ok(), "{} fell over: {shown:?}", reader.name);
            assert!(took < Duration::from_secs(2), "{} took {took:?}: {shown:?}", reader.name);
            tried += 1;
        }
        println!(
            "X2: {}: {tried} altered files in {:.0} s",
            reader.name,
            begun.elapsed().as_secs_f64()
        );
    }
}

#[test]
fn x2_no_bytes_make_a_reader_fall_over() {
    try_readers(Duration::ZERO, 150);
}

#[test]
#[ignore = "long: two minutes for each reader"]
fn x2_no_bytes_make_a_reader_fall_over_in_two_minutes_each() {
    try_readers(Duration::from_secs(120), 1_000);
}
