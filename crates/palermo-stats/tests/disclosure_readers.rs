//! The readers take whatever they are given without falling over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_stats::disclosure::dp::Ledger;
use palermo_stats::disclosure::{
    Attributes, RawCombinations, Records, Release, Threshold, anonymity, difference_findings,
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_records_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(records) = Records::from_csv(bytes.as_slice()) {
            let fk = anonymity(&records);
            prop_assert_eq!(fk.wildcard.len(), records.len());
            prop_assert!(fk.wildcard.iter().zip(&fk.category).all(|(w, c)| w >= c));
            if let Ok(people) = Attributes::of::<&str>(&records, &[]) {
                RawCombinations::count(&people, 2).unwrap();
            }
        }
    }

    #[test]
    fn any_text_like_records_is_read_or_refused(text in "[ab,\"\n0;:]{0,120}") {
        if let Ok(records) = Records::from_csv(text.as_bytes())
            && let Ok(people) = Attributes::of::<&str>(&records, &[])
        {
            let safe = RawCombinations::count(&people, 3).unwrap().protect(Threshold::TABLE).attack(&[]).unwrap();
            let mut out = Vec::new();
            safe.write_tsv(&mut out).unwrap();
            let again = Release::read_tsv("again", 5, &String::from_utf8(out).unwrap()).unwrap();
            prop_assert_eq!(again.entries(), safe.entries());
        }
    }

    #[test]
    fn any_release_is_read_or_refused(text in "[a:;\t\n0-9]{0,80}") {
        if let Ok(release) = Release::read_tsv("any", 1, &text) {
            let _ = difference_findings(&release, std::slice::from_ref(&release), Threshold::TABLE);
        }
    }

    #[test]
    fn any_ledger_is_read_or_refused(text in "[{}\\[\\]\":,a-z0-9.-]{0,80}") {
        let _ = serde_json::from_str::<Ledger>(&text);
    }
}
