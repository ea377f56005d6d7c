//! What becomes of a signal when its figures are taken out again, when the server stopped
//! in the middle, when its host State is asked twice and when two files come at once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{
    knowledge_rules::{a_jump, asked, opened},
    support::Region,
};

use axum::http::StatusCode;
use palermo_app::{
    domain::{
        actor::Actor,
        id::{BatchId, Id},
        knowledge::signal::SignalStatus,
    },
    knowledge::signals::{FIGURES_GONE, Listed1, catch_up},
};
use palermo_store::{
    ActContext, Begun,
    knowledge::{batch as batches, signal as signals},
    task as tasks,
};
use serde_json::{Value, json};

const ANALYST: &str = "petra@secretariat.meridian.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const HOST: &str = "joan@taskforce.avelmar.example";
const LOOK: &str = "task-look-at-signal";
const ANSWER: &str = "task-answer-response";

/// A dataset of the secretariat, by the address of its imports, in which a month is high,
/// with what its import gave.
async fn jumped(region: &Region) -> (String, String, Value) {
    let cookie = region.step_in(ANALYST).await;
    let imports = format!("{}/imports", opened(region, &cookie).await);
    let file = json!({"file": "a.csv", "content": a_jump(), "apply": true});
    let (status, done) = asked(region, &imports, &cookie, &file).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    (cookie, imports, done)
}

/// The signals of that dataset.
async fn raised(region: &Region, imports: &str) -> Vec<Listed1> {
    let mut all = signals::list(&region.app.store, None).await.unwrap();
    all.retain(|one| one.entry.dataset.as_deref().is_some_and(|id| imports.contains(id)));
    all
}

/// Open tasks of a kind about a signal, and all of them.
async fn told(region: &Region, signal: &Listed1, kind: &str) -> (usize, usize) {
    let all = tasks::about(&region.app.store, &signal.id.subject(), kind).await.unwrap();
    let open = all.iter().filter(|one| one.record.done_at.is_none()).count();
    (open, all.len())
}

async fn assert_gone(region: &Region, imports: &str) {
    for one in raised(region, imports).await {
        assert_eq!(one.entry.status, SignalStatus::Dismissed);
        assert_eq!(one.entry.reason.as_deref(), Some(FIGURES_GONE));
        let (open, all) = told(region, &one, LOOK).await;
        assert!(open == 0 && all > 0, "{open} of {all}");
    }
}

#[tokio::test]
async fn a_signal_whose_figures_are_taken_out_is_taken_back_with_its_tasks() {
    let region = Region::new().await;
    let (cookie, imports, done) = jumped(&region).await;
    let new = raised(&region, &imports).await;
    assert!(!new.is_empty() && new.iter().all(|one| one.entry.status == SignalStatus::New));
    assert!(told(&region, &new[0], LOOK).await.0 > 0);
    let undo = format!("{imports}/{}/undo", done["batch"].as_str().unwrap());
    let why = json!({"why": "sent by mistake"});
    let (status, undone) = asked(&region, &undo, &cookie, &why).await;
    assert_eq!(status, StatusCode::OK, "{undone}");
    assert_gone(&region, &imports).await;
    // What other figures say stands.
    let others = signals::list(&region.app.store, Some("new")).await.unwrap();
    assert_eq!(others.len(), 1);
}

#[tokio::test]
async fn what_was_left_undone_when_the_server_stopped_is_caught_up_once() {
    let region = Region::new().await;
    let store = &region.app.store;
    let (_, imports, done) = jumped(&region).await;
    let tenant = raised(&region, &imports).await[0].tenant;
    let batch: BatchId = done["batch"].as_str().unwrap().parse().unwrap();
    // The batch is out, and nothing followed.
    let seen = batches::find(store, tenant, batch).await.unwrap().unwrap().revision;
    let context = ActContext::new(tenant, Actor::System { job: "test".into() }, "data.import");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("repeated") };
    batches::undo(&mut act, batch, "sent by mistake", seen).await.unwrap();
    act.about(batch);
    act.commit(&()).await.unwrap();
    let left = raised(&region, &imports).await;
    assert!(left.iter().all(|one| one.entry.status == SignalStatus::New));
    catch_up(&region.app).await.unwrap();
    assert_gone(&region, &imports).await;
    let once = raised(&region, &imports).await;
    catch_up(&region.app).await.unwrap();
    assert_eq!(raised(&region, &imports).await, once, "nothing is done twice");
}

#[tokio::test]
async fn the_host_state_is_asked_once_for_each_proposal() {
    let region = Region::new().await;
    let store = &region.app.store;
    let live = signals::list(store, Some("new")).await.unwrap().remove(0);
    let path = format!("/en/signals/{}", live.id);
    let office = region.step_in(SECRETARIAT).await;
    let propose = async |revision: u32| {
        let form = format!(
            "what=propose&host=XAA&stopped=workers&turned_back=nobody&exposed=families\
             &rights_note=talks+without+police&revision={revision}"
        );
        let done = region.post(&path, Some(&office), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    };
    propose(1).await;
    let (open, all) = told(&region, &live, ANSWER).await;
    assert!(open > 0 && open == all, "{open} of {all}");
    assert_eq!(told(&region, &live, LOOK).await.0, 0, "nobody is asked to look any more");
    catch_up(&region.app).await.unwrap();
    assert_eq!(told(&region, &live, ANSWER).await, (open, all), "asked once");
    let host = region.step_in(HOST).await;
    let no = "what=declined&consent=not+in+this+season&revision=2";
    let declined = region.post(&format!("{path}/answer"), Some(&host), no).await;
    assert_eq!(declined.status, StatusCode::SEE_OTHER, "{}", declined.text);
    assert_eq!(told(&region, &live, ANSWER).await, (0, all));
    catch_up(&region.app).await.unwrap();
    assert_eq!(told(&region, &live, ANSWER).await, (0, all), "who declined is left alone");
    propose(3).await;
    assert_eq!(told(&region, &live, ANSWER).await, (open, 2 * all), "another is asked anew");
}

#[tokio::test]
async fn of_two_files_that_come_at_once_one_is_taken_and_its_signals_are_raised_once() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let imports = format!("{}/imports", opened(&region, &cookie).await);
    let file = json!({"file": "a.csv", "content": a_jump(), "apply": true});
    let send = || asked(&region, &imports, &cookie, &file);
    let (one, other) = tokio::join!(send(), send());
    let taken = [&one, &other].iter().filter(|(status, _)| *status == StatusCode::OK).count();
    assert_eq!(taken, 1, "{one:?} {other:?}");
    let mut found: Vec<_> = raised(&region, &imports)
        .await
        .into_iter()
        .map(|signal| (signal.record.entry.series, signal.record.entry.period))
        .collect();
    assert!(!found.is_empty());
    let all = found.len();
    found.sort();
    found.dedup();
    assert_eq!(found.len(), all);
}
