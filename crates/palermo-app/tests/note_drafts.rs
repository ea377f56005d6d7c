//! A note as it is typed, on both databases: sealed, one's own, gone with the note that is
//! kept or after a week.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::people;

use palermo_app::{
    Refused,
    case::{
        looked,
        note::{self, NoteForm},
        note_draft,
    },
    keys,
};
use palermo_store::{case::note_draft as drafts, testing::TestStore};
use people::{CARE, MARISOL, NADIA, region, sign_in};
use std::time::Duration;

#[tokio::test]
async fn what_is_typed_is_sealed_ones_own_and_goes_with_the_note_or_after_a_week() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let acting = nadia.acting();
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        for typed in ["She sl", "She slept well"] {
            note_draft::keep(&acting, &vault, case, typed, CARE).await.unwrap();
        }
        let there = note_draft::of(&acting, &nadia.look(case).await).await.unwrap();
        assert_eq!(there.as_deref(), Some("She slept well"));
        // Who looked at the case is told without every saving of a half-typed note.
        let (_, looks, _) =
            looked::list(&acting, Some(&nadia.signed), case, CARE, 1).await.unwrap();
        let typed = |one: &looked::Entry| one.reasons.iter().any(|why| why == "note-draft");
        assert!(!looks.items.is_empty() && !looks.items.iter().any(typed), "{looks:?}");
        // Nobody else's: not a colleague's who has the case open, nor another house's.
        let ruth = sign_in(&app, "ruth@harbourhouse.example").await;
        let other = note_draft::of(&ruth.acting(), &nadia.look(case).await).await.unwrap();
        assert_eq!(other, None);
        let marisol = sign_in(&app, MARISOL).await;
        let theirs = keys::vault(&marisol.acting(), &marisol.signed).await.unwrap();
        let refused = note_draft::keep(&marisol.acting(), &theirs, case, "x", CARE).await;
        assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");

        // Another note leaves it; the note that came of it takes it away.
        let kept = |text: &str, drafted: bool| NoteForm {
            text: text.to_owned(),
            drafted,
            ..NoteForm::default()
        };
        note::add(&acting, &vault, case, &kept("By telephone", false), CARE).await.unwrap();
        assert!(note_draft::of(&acting, &nadia.look(case).await).await.unwrap().is_some());
        note::add(&acting, &vault, case, &kept("She slept well", true), CARE).await.unwrap();
        assert_eq!(note_draft::of(&acting, &nadia.look(case).await).await.unwrap(), None);

        // An emptied box takes it away too, and so does a week.
        note_draft::keep(&acting, &vault, case, "Again", CARE).await.unwrap();
        note_draft::keep(&acting, &vault, case, " ", CARE).await.unwrap();
        assert_eq!(note_draft::of(&acting, &nadia.look(case).await).await.unwrap(), None);
        note_draft::keep(&acting, &vault, case, "Left alone", CARE).await.unwrap();
        assert_eq!(note_draft::sweep(&app).await.unwrap(), 0, "not before its time");
        test.clock.advance(Duration::from_secs(8 * 86_400));
        assert_eq!(note_draft::sweep(&app).await.unwrap(), 1);
        let (tenant, account) = (nadia.signed.tenant.id, nadia.signed.account.id);
        let gone = drafts::find(&app.store, tenant, case, account).await.unwrap();
        assert_eq!(gone, None);
    })
    .await;
}
