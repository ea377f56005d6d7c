//! Figures that come in again: a corrected file in the place of the earlier one, and words
//! that got their code after the lines were in; both undone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{
    knowledge::{leads, sent_to},
    support::Region,
};
use axum::http::StatusCode;

const ANALYST: &str = "petra@secretariat.meridian.example";

/// The imports that stand, the newest first, by the links that undo them.
async fn standing(region: &Region, dataset: &str, cookie: &str) -> Vec<String> {
    let page = region.get(dataset, Some(cookie)).await.text;
    let ends = page.match_indices("/undo\"").map(|(at, _)| at).collect::<Vec<_>>();
    ends.into_iter().map(|at| page[at - 36..at].to_owned()).collect()
}

#[tokio::test]
async fn req_175_a_corrected_file_takes_the_place_of_the_earlier_one_and_gives_it_back() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let new = "title=Ports&source_type=police&source=x&definition=x&counting_rule=x&state=XAA&format=template";
    let made = region.post("/en/data/new", Some(&cookie), new).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = leads(&made);
    let dataset = path[..path.find("/import").unwrap()].to_owned();
    let file = |persons: u32| format!("State,Period,Form,Persons\nXAA,2025-01,labour,{persons}\n");
    let plan = sent_to(&region, &format!("{dataset}/import"), &cookie, &file(17)).await;
    let page = region.get(&plan, Some(&cookie)).await.text;
    assert!(!page.contains("name=\"adds\""), "nothing is there yet to choose from: {page}");
    let done = region.post(&format!("{plan}/apply"), Some(&cookie), "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let old = standing(&region, &dataset, &cookie).await;
    assert_eq!(old.len(), 1);
    let plan = sent_to(&region, &format!("{dataset}/import"), &cookie, &file(18)).await;
    let page = region.get(&plan, Some(&cookie)).await.text;
    assert!(page.contains("this file takes its place") && page.contains(&old[0]), "{page}");
    let body = format!("adds={}", old[0]);
    let put = region.post(&format!("{plan}/apply"), Some(&cookie), &body).await;
    assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.text);
    let page = region.get(&dataset, Some(&cookie)).await.text;
    assert!(page.contains("replaced by a.csv"), "{page}");
    let new = standing(&region, &dataset, &cookie).await;
    assert!(new.len() == 1 && new != old, "{new:?}");
    // Taking the new one out brings the old one back.
    let undo = format!("{dataset}/batches/{}/undo", new[0]);
    let page = region.get(&undo, Some(&cookie)).await.text;
    assert!(page.contains("which then counts again"), "{page}");
    let undone = region.post(&undo, Some(&cookie), "why=wrong+month").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text);
    assert_eq!(standing(&region, &dataset, &cookie).await, old);
}

#[tokio::test]
async fn req_174_words_mapped_after_their_lines_came_in_are_put_in_and_taken_out_again() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let new = "title=Courts&source_type=court&source=Register&definition=Law&counting_rule=Once&state=XAA&format=sheet";
    let made = region.post("/en/data/new", Some(&cookie), new).await;
    let path = leads(&made);
    let dataset = path[..path.find("/import").unwrap()].to_owned();
    let file = "Jahr;Alter;Zahl\n2025;unter 12;17\n2025;erwachsen;23\n";
    let ask = sent_to(&region, &format!("{dataset}/import"), &cookie, file).await;
    let upload = &ask[ask.find("upload=").unwrap() + 7..][..36];
    let columns = "col-period=Jahr&col-age=Alter&col-persons=Zahl&always-state=XAA";
    let codes = "codes=age%3A+erwachsen+%3D+adult";
    let body = format!("upload={upload}&revision=1&{columns}&{codes}");
    let saved = region.post(&format!("{dataset}/mapping"), Some(&cookie), &body).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let done = region.post(&format!("{}/apply", leads(&saved)), Some(&cookie), "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let old = standing(&region, &dataset, &cookie).await;
    // The word gets its code afterwards: what is in is shown and changed on demand.
    let form = region.get(&format!("{dataset}/mapping"), Some(&cookie)).await.text;
    let at = form.find("name=\"revision\"").unwrap();
    let seen = form[at..].split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let body = format!("revision={seen}&{columns}&{codes}%0Aage%3A+unter+12+%3D+child");
    let saved = region.post(&format!("{dataset}/mapping"), Some(&cookie), &body).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    assert!(leads(&saved).contains("/remap"), "{}", leads(&saved));
    let page = region.get(&format!("{dataset}/remap"), Some(&cookie)).await.text;
    assert!(page.contains("unter 12") && page.contains("Under 18"), "{page}");
    let at = page.find("name=\"revision\"").unwrap();
    let seen = page[at..].split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let put = format!("revision={seen}");
    let put = region.post(&format!("{dataset}/remap"), Some(&cookie), &put).await;
    assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.text);
    let again = region.get(&format!("{dataset}/remap"), Some(&cookie)).await.text;
    assert!(again.contains("No import holds a word"), "{again}");
    let new = standing(&region, &dataset, &cookie).await;
    assert!(new.len() == 1 && new != old, "{new:?}");
    let undo = format!("{dataset}/batches/{}/undo", new[0]);
    let undone = region.post(&undo, Some(&cookie), "why=too+early").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text);
    assert_eq!(standing(&region, &dataset, &cookie).await, old);
}

#[tokio::test]
async fn a_file_that_came_in_anew_counts_once_when_what_replaced_it_is_undone() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let new = "title=Ports&source_type=police&source=x&definition=x&counting_rule=x&state=XAA&format=template";
    let made = region.post("/en/data/new", Some(&cookie), new).await;
    let path = leads(&made);
    let dataset = path[..path.find("/import").unwrap()].to_owned();
    let file = |persons: u32| format!("State,Period,Form,Persons\nXAA,2025-01,labour,{persons}\n");
    let take = async |persons: u32, adds: &str| {
        let text = file(persons);
        let plan = sent_to(&region, &format!("{dataset}/import"), &cookie, &text).await;
        let body = format!("adds={adds}");
        let done = region.post(&format!("{plan}/apply"), Some(&cookie), &body).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        standing(&region, &dataset, &cookie).await
    };
    let old = take(17, "").await;
    let put = take(18, &old[0]).await;
    let both = take(17, "yes").await;
    assert_eq!(both.len(), 2, "{both:?}");
    let undo = format!("{dataset}/batches/{}/undo", put[0]);
    let undone = region.post(&undo, Some(&cookie), "why=wrong+month").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text);
    let left = standing(&region, &dataset, &cookie).await;
    assert!(left.len() == 1 && both.contains(&left[0]) && left != put && left != old, "{left:?}");
}

#[tokio::test]
async fn a_table_of_many_states_opens_by_state_and_shows_no_nought_nobody_told() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let new =
        "title=Report&source_type=io&source=x&definition=x&counting_rule=x&state=&format=glotip";
    let made = region.post("/en/data/new", Some(&cookie), new).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = leads(&made);
    let dataset = path[..path.find("/import").unwrap()].to_owned();
    let heads = "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source";
    let line = |state: &str, of: &str, year: u16, count: u16| {
        format!(
            "{state},{state},Africa,Western Africa,Detected trafficking victims,{of},Total,Total,{year},Counts,{count},x"
        )
    };
    let lines = [
        heads.to_owned(),
        line("BEN", "by citizenship,TGO", 2018, 31),
        line("TGO", "by form of exploitation,Forced labour", 2018, 17),
        line("TGO", "by form of exploitation,Sexual exploitation", 2019, 23),
        line("BEN", "Total,Total", 2018, 31),
        line("BEN", "Total,Total", 2018, 29).replace("Total,Total,2018", "Female,Total,2018"),
        line("BEN", "Total,Total", 2018, 19).replace("Total,Total,2018", "Male,Total,2018"),
    ];
    let text = format!("{}\n", lines.join("\n"));
    let plan = sent_to(&region, &format!("{dataset}/import"), &cookie, &text).await;
    // Its parts exceed its total: no row is rejected, and still somebody says so.
    let asked = region.post(&format!("{plan}/apply"), Some(&cookie), "adds=yes").await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.text);
    assert!(asked.text.contains("The file contradicts itself"), "{}", asked.text);
    let done = region.post(&format!("{plan}/apply"), Some(&cookie), "skip=yes&adds=yes").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    // The first State tells nothing by form.
    let page = region.get(&dataset, Some(&cookie)).await.text;
    assert!(!page.contains("tells nothing about this combination"), "{page}");
    assert!(page.contains("?by=state"), "{page}");
    let one = format!("{dataset}?by=year&across=form&state=TGO");
    let one = region.get(&one, Some(&cookie)).await.text;
    let figure = one.split("<figure").nth(1).unwrap().split("</figure>").next().unwrap();
    assert!(figure.contains("23") && !figure.contains(">0<"), "{figure}");
    assert!(figure.contains('–'), "{figure}");
    let states = one.split("<select").find(|part| part.contains("name=\"state\"")).unwrap();
    let states = states.split("</select>").next().unwrap();
    assert!(!states.contains("value=\"\""), "States are not added up: {states}");
}
