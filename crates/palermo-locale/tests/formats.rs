//! Numbers, dates, order and lists in four languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_locale::{Language::*, *};
use time::macros::{date, datetime};

#[test]
fn groups_of_digits_are_kept_apart_by_a_narrow_space_in_every_language() {
    for language in [En, Fr, Es, Ar] {
        assert_eq!(whole(language, false, 1_284_003), "1\u{202f}284\u{202f}003");
        assert_eq!(whole(language, false, 284), "284");
    }
    assert_eq!(whole(Ar, true, 1284), "١\u{202f}٢٨٤");
    assert_eq!(whole(Fr, true, 1284), "1\u{202f}284");
}

#[test]
fn the_decimal_sign_is_the_language_s_own() {
    assert_eq!(number(En, false, 3.5), "3.5");
    assert_eq!(number(Fr, false, 3.5), "3,5");
    assert_eq!(number(Es, false, 3.5), "3,5");
    assert_eq!(number(Ar, false, 3.5), "3.5");
    assert_eq!(number(Ar, true, 3.5), "٣٫٥");
}

#[test]
fn a_number_is_rounded_half_to_even_and_zero_has_no_sign() {
    assert_eq!(fixed(En, false, 2.5, 0), "2");
    assert_eq!(fixed(En, false, 3.5, 0), "4");
    assert_eq!(fixed(En, false, 2.0, 2), "2.00");
    assert_eq!(fixed(En, false, -0.004, 2), "0.00");
    assert_eq!(number(En, false, 0.1 + 0.2), "0.3");
    assert_eq!(number(En, false, f64::NAN), "–");
    assert_eq!(fixed(En, false, f64::INFINITY, 1), "–");
}

#[test]
fn per_cent_is_written_as_each_language_does() {
    assert_eq!(percent(En, false, 6.25, 1), "6.2%");
    assert_eq!(percent(Fr, false, 6.0, 0), "6\u{202f}%");
    assert_eq!(percent(Es, false, 6.0, 0), "6\u{a0}%");
    assert_eq!(percent(Ar, true, 6.0, 0), "\u{61c}٦٪\u{61c}");
    assert_eq!(change(En, false, 6.0, 0), "+6%");
    assert_eq!(change(En, false, -2.0, 0), "\u{2212}2%");
    assert_eq!(change(Ar, false, -2.0, 0), "\u{200e}\u{2212}2%\u{200e}");
}

#[test]
fn a_date_has_its_month_in_words_and_the_reader_s_digits() {
    let day = date!(2026 - 11 - 21);
    assert_eq!(visible(&date(En, false, day)), "21 November 2026");
    assert_eq!(visible(&date(Fr, false, day)), "21 novembre 2026");
    assert_eq!(visible(&date(Es, false, day)), "21 de noviembre de 2026");
    assert_eq!(visible(&date(Ar, true, day)), "٢١ نوفمبر ٢٠٢٦");
    assert_eq!(visible(&date(Ar, false, day)), "21 نوفمبر 2026");
    assert_eq!(visible(&month(En, false, day)), "November 2026");
    assert_eq!(year(Ar, true, 1951), "١٩٥١");
}

#[test]
fn a_moment_has_hours_and_minutes() {
    let at = datetime!(2026-11-21 04:05 UTC);
    assert_eq!(visible(&moment(En, false, at)), "21 November 2026, 04:05");
    assert!(moment(Ar, true, at).ends_with("، ٠٤:٠٥"));
}

/// Without marks of direction, which a reader does not see.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')).collect()
}

#[test]
fn names_are_sorted_as_a_reader_of_the_language_looks_for_them() {
    let mut names = ["Zambia", "Éthiopie", "eswatini", "Ålberg", "Erytrée"];
    sort_by_name(Fr, &mut names, |name| name);
    assert_eq!(names, ["Ålberg", "Erytrée", "eswatini", "Éthiopie", "Zambia"]);

    let mut names = ["ñandú", "nube", "oso", "nada"];
    sort_by_name(Es, &mut names, |name| name);
    assert_eq!(names, ["nada", "nube", "ñandú", "oso"]);
}

#[test]
fn names_that_differ_in_an_accent_alone_are_not_the_same() {
    assert_ne!(compare(Fr, "cote", "côté"), std::cmp::Ordering::Equal);
    assert_eq!(compare(Fr, "côté", "côté"), std::cmp::Ordering::Equal);
}

#[test]
fn a_list_ends_with_the_language_s_word_for_and() {
    let names = ["Borune", "Cassal", "Dorrin"];
    assert_eq!(list(En, &names), "Borune, Cassal and Dorrin");
    assert_eq!(list(Fr, &names), "Borune, Cassal et Dorrin");
    assert_eq!(list(Es, &names), "Borune, Cassal y Dorrin");
    assert_eq!(list(Ar, &names), "Borune وCassal وDorrin");
    assert_eq!(list(En, &["Borune"]), "Borune");
    assert_eq!(list::<&str>(En, &[]), "");
}
