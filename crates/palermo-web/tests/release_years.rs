//! The years of a release: asked for, kept, and told where one is not over; and
//! the report of the attack on it in the reader's language; small figures side by side.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{knowledge::first, support::Region};
use axum::http::{StatusCode, header};
use palermo_app::knowledge::releases;

const ANALYST: &str = "petra@secretariat.meridian.example";

#[tokio::test]
async fn a_release_says_its_years_and_warns_of_one_that_is_not_over() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Harmonised", Some(&analyst)).await;
    let dataset = first(&list.text, "/en/data/")["/en/data/".len()..].to_owned();
    let ask = |slug: &str, from: &str, to: &str| {
        format!(
            "dataset={dataset}&slug={slug}&title=Kept+title&tables=form&method=round&k=20&from={from}&to={to}"
        )
    };
    for (from, to, told) in [
        ("20x5", "", "Write a year such as 2025"),
        ("2026", "2024", "The last year is before the first"),
    ] {
        let refused = region.post("/en/publish/new", Some(&analyst), &ask("years", from, to)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert!(refused.text.contains(told), "{}", refused.text);
        assert!(refused.text.contains("Kept title") && refused.text.contains(from));
    }
    let now = region.app.store.now().date().year();
    let made = ask("so-far", "2000", &now.to_string());
    let made = region.post("/en/publish/new", Some(&analyst), &made).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let page = made.headers[header::LOCATION].to_str().unwrap();
    let page = region.get(page.split('?').next().unwrap(), Some(&analyst)).await.text;
    assert!(page.contains("was not over when these figures were made"), "{page}");
    // Where no year is typed, those the figures hold are kept.
    let all = region.post("/en/publish/new", Some(&analyst), &ask("all-years", "", "")).await;
    assert_eq!(all.status, StatusCode::SEE_OTHER, "{}", all.text);
    let store = &region.app.store;
    let kept = palermo_store::knowledge::release::list(store, Some("all-years")).await.unwrap();
    let period = releases::spec(&kept[0].entry).unwrap().release.period;
    let (from, to) = period.split_once('/').unwrap();
    assert!(from.parse::<u16>().is_ok() && to.parse::<u16>().is_ok(), "{period}");
}

#[tokio::test]
async fn the_report_of_an_attack_is_read_in_the_readers_language() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let list = region.get("/en/publish?q=Fenlua", Some(&analyst)).await.text;
    let refused = first(&list, "/en/publish/");
    let own = [
        ("fr", ["pourrait se déduire", "laisse", "reconstituables"]),
        ("es", ["podría deducirse", "deja", "reconstruirse"]),
        ("ar", ["يمكن استنتاج", "يترك", "يمكن إعادة بنائها"]),
    ];
    for (language, words) in own {
        let there = refused.replacen("/en/", &format!("/{language}/"), 1);
        let page = region.get(&there, Some(&analyst)).await.text;
        assert!(words.iter().any(|one| page.contains(one)), "{language}: {page}");
        assert!(!page.contains("could be worked out"), "{language}: {page}");
    }
}

#[tokio::test]
async fn req_191_a_refused_release_names_its_cells_in_words_and_their_codes_folded_away() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let list = region.get("/en/publish?q=Fenlua", Some(&analyst)).await.text;
    let refused = first(&list, "/en/publish/");
    for (language, words) in [
        ("en", ["Form of exploitation: Forced labour", "Sex: ", "all persons"]),
        ("fr", ["Forme d’exploitation : ", "Sexe : ", "toutes les personnes"]),
    ] {
        let there = refused.replacen("/en/", &format!("/{language}/"), 1);
        let page = region.get(&there, Some(&analyst)).await.text;
        let plain = page.replace(['\u{2068}', '\u{2069}'], "");
        let (told, codes) = plain.split_once("<code dir=\"ltr\">").expect("the codes stand below");
        assert!(words.iter().any(|one| told.contains(one)), "{language}: {told}");
        assert!(!told.contains("form:labour") && !told.contains("kind = "), "{language}: {told}");
        let known = ["form:labour", "sex:", "record_count"];
        assert!(known.iter().any(|code| codes.contains(code)), "{language}: {codes}");
    }
}

#[tokio::test]
async fn analysts_see_small_figures_side_by_side_each_with_its_own_address() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Harmonised", Some(&analyst)).await;
    let dataset = first(&list.text, "/en/data/");
    let one = region.get(&format!("{dataset}?by=year&across=sex"), Some(&analyst)).await.text;
    assert_eq!(one.matches("Permanent address of this view").count(), 1);
    let many = format!("{dataset}?by=year&across=sex&per=form");
    let many = region.get(&many, Some(&analyst)).await.text;
    assert!(many.matches("Permanent address of this view").count() > 1, "{many}");
    // Forms stand beside each other and are not added into one figure.
    assert!(many.contains("&#38;form=labour"), "{many}");
}
