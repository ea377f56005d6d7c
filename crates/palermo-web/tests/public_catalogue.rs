//! The catalogue of releases, as a page and for other catalogues.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support::Region;
use axum::http::StatusCode;
use palermo_app::knowledge::releases;
use serde_json::Value;

#[tokio::test]
async fn req_195_the_catalogue_names_every_table_and_each_address_in_it_answers() {
    let region = Region::new().await;
    let all = releases::public(&region.app.store).await.unwrap();
    let answer = region.get("/en/figures/catalogue.json", None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let told: Value = serde_json::from_str(&answer.text).unwrap();
    let entries = told["dcat:dataset"].as_array().unwrap();
    assert_eq!(entries.len(), all.len(), "every release, taken back or not");
    for release in &all {
        let entry = entries.iter().find(|one| one["dct:identifier"] == *release.entry.slug);
        let entry = entry.unwrap_or_else(|| panic!("no {}", release.entry.slug));
        let addresses: Vec<&str> = entry["dcat:distribution"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["dcat:downloadURL"].as_str().unwrap())
            .collect();
        for table in releases::tables(&release.entry) {
            let csv = format!("/{}.csv", table.id);
            assert!(addresses.iter().any(|one| one.ends_with(&csv)), "{csv}: {addresses:?}");
        }
        for address in addresses {
            assert_eq!(region.get(address, None).await.status, StatusCode::OK, "{address}");
        }
    }
    for language in ["en", "fr", "es", "ar"] {
        let page = region.get(&format!("/{language}/figures/catalogue"), None).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        assert!(page.text.contains("labels.csv") && page.text.contains("catalogue.json"));
    }
    let csv = region.get("/en/figures/catalogue?format=csv", None).await.text;
    assert!(csv.contains(".csv-metadata.json"), "{csv}");
}
