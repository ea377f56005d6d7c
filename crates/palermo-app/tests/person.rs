//! What a person's word does between organisations, on both databases: a
//! consent taken back reaches everyone who received something, a question
//! whether others know them tells nobody who they are, a file for outsiders
//! opens with its passphrase alone, and nothing is lost or doubled by a crash.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{care_support::typed, people};

use palermo_app::{
    App, Parts, Refused,
    care::{own, own_ask, write},
    case::{
        self, consent,
        files::{self, FileForm},
        incoming, look_for,
        particulars::{self, PersonForm},
        print, questions, referral, sealed_file, withdrawal,
    },
    document::Format,
    domain::{
        care::CareKind,
        case::{
            look_for::Known,
            referral::{Decline, ReferralState, Step},
            sharing::NoticeAnswer,
        },
        id::CaseId,
        register::day::Day,
    },
    keys,
    locale::Language,
    unmet_need, work,
};
use palermo_crypto::open_with_passphrase;
use palermo_store::testing::TestStore;
use people::{ALONDRA, CARE, MARISOL, NADIA, Someone, order, region, sign_in, yes};
use std::{sync::Arc, time::Duration};

const DAY: Duration = Duration::from_secs(86_400);

/// Says whether this person may be looked for.
async fn agrees(who: &Someone<'_>, case: CaseId, says: &str) {
    let file = who.look(case).await.file;
    let mut form = PersonForm::of(&file.person.record, None, file.case.record.sealed);
    form.looked_for = says.into();
    particulars::save(&who.acting(), case, &form, file.person.revision, CARE).await.unwrap();
}

#[tokio::test]
async fn a_consent_taken_back_is_told_to_its_recipient_whose_answer_or_silence_is_shown() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        let agreed = consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await;
        let id = nadia.send(case, &order(&to, "")).await.unwrap();
        let marisol = sign_in(&app, MARISOL).await;
        let theirs = marisol.accept(id).await.unwrap();
        withdrawal::withdraw(&nadia.acting(), case, agreed.unwrap(), CARE).await.unwrap();

        // The recipient's work, their history, and nothing left of what was sealed.
        let told = withdrawal::at_my_desks(&marisol.acting()).await.unwrap();
        assert_eq!(told[0].notice.record.answer, NoticeAnswer::Silent);
        let (found, payload) =
            incoming::show(&marisol.acting(), &marisol.signed, id).await.unwrap();
        assert_eq!(found.referral.record.state, ReferralState::Withdrawn);
        assert!(payload.is_none(), "further use stops at once");
        let history = case::note::history(&marisol.look(theirs).await, 50).await.unwrap();
        assert!(history.iter().any(|one| one.event.kind == "consent-taken-back"));

        // Silence is shown as silence, and after a week as overdue.
        let shown = withdrawal::of_case(&nadia.look(case).await).await.unwrap();
        assert_eq!(shown[0].record.answer, NoticeAnswer::Silent);
        assert!(shown[0].record.is_overdue(test.store.now().after(8 * DAY)));

        let notice = told[0].notice.record.id;
        let answer = async |what: &str, law: &str| {
            withdrawal::answer(&marisol.acting(), notice, what, law).await
        };
        assert!(matches!(answer("cannot", " ").await, Err(Refused::Invalid(_))), "by which law?");
        answer("cannot", "Health Records Act, art. 9").await.unwrap();
        let stands = withdrawal::show(&marisol.acting(), notice).await.unwrap().case;
        assert_eq!(stands, Some(theirs), "the case opened from it is named");
        let erased = answer("erased", "").await;
        assert!(matches!(erased, Err(Refused::Invalid(_))), "not while that case stands");
        answer("stopped", "").await.unwrap();
        let shown = withdrawal::of_case(&nadia.look(case).await).await.unwrap();
        assert_eq!(shown[0].record.answer, NoticeAnswer::Stopped, "the last answer counts");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn a_referral_cut_off_between_two_organisations_arrives_once() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let to = nadia.desk(ALONDRA).await;
        for point in ["referral.sent", "referral.delivered"] {
            let case = nadia.case("Selma").await;
            consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await.unwrap();
            test.store.fail_once_at(point);
            assert!(nadia.send(case, &order(&to, "")).await.is_err(), "cut off at {point}");
            referral::carry_out(&app, nadia.signed.tenant.id).await.unwrap();
            referral::carry_out(&app, nadia.signed.tenant.id).await.unwrap();
            let sent = referral::list(&nadia.look(case).await).await.unwrap();
            let marisol = sign_in(&app, MARISOL).await;
            let arrived = incoming::list(&marisol.acting()).await.unwrap();
            let mine = arrived.iter().filter(|one| one.referral.record.id == sent[0].record.id);
            assert_eq!(mine.count(), 1, "cut off at {point}");
            assert!(marisol.accept(sent[0].record.id).await.is_ok());
        }
    })
    .await;
}

#[tokio::test]
async fn req_079_a_service_declined_for_a_stated_exclusion_is_an_unmet_need() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let marisol = sign_in(&app, MARISOL).await;
        let to = nadia.desk(ALONDRA).await;
        let count = async || unmet_need::list_own(&nadia.acting()).await.unwrap().len();
        let before = count().await;
        for (reason, filed) in [(Decline::Full, 0), (Decline::Sex, 1)] {
            let case = nadia.case("Teo").await;
            consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await.unwrap();
            let id = nadia.send(case, &order(&to, "")).await.unwrap();
            incoming::answer(&marisol.acting(), id, Step::Decline, Some(reason)).await.unwrap();
            referral::carry_out(&app, nadia.signed.tenant.id).await.unwrap();
            assert_eq!(count().await, before + filed, "{}", reason.code());
        }
    })
    .await;
}

#[tokio::test]
async fn req_096_only_care_organisations_only_who_agreed_and_the_answer_is_for_the_asker_alone() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let marisol = sign_in(&app, MARISOL).await;
        let mine = nadia.case("Selma Aydin Karaoglu").await;
        let theirs = marisol.case("Selma Aydın Karaoğlu").await;
        let ask = async |case| {
            look_for::ask(&nadia.acting(), &nadia.signed, case, "Selma Aydin Karaoglu", CARE).await
        };
        let declined = |asked: Result<_, Refused>, why: &str| {
            assert!(matches!(asked, Err(Refused::Declined(ref told)) if told.id == why));
        };
        declined(ask(mine).await, "look-for-not-agreed");
        agrees(&nadia, mine, "yes").await;
        ask(mine).await.unwrap();
        declined(ask(mine).await, "look-for-too-soon");

        // Without a word of consent there, nobody is found there.
        assert_eq!(look_for::answer_all(&marisol.acting(), &marisol.signed).await.unwrap(), 1);
        let said = async |case| {
            let opened = nadia.look(case).await;
            let all = look_for::of_case(&nadia.acting(), &nadia.signed, &opened).await.unwrap();
            let here = all[0].answers.iter().find(|one| one.organisation.contains("Alondra"));
            here.unwrap().clone()
        };
        assert_eq!(said(mine).await.known, Some(Known::Nobody));

        agrees(&marisol, theirs, "yes").await;
        let again = nadia.case("Selma Aydin Karaoglu").await;
        agrees(&nadia, again, "yes").await;
        ask(again).await.unwrap();
        look_for::answer_all(&marisol.acting(), &marisol.signed).await.unwrap();
        let answer = said(again).await;
        assert_eq!(answer.known, Some(Known::Possible));
        assert!(!answer.desk.is_empty(), "a desk to ask");
        assert_eq!(look_for::waiting(&marisol.acting()).await.unwrap(), 0);

        // Nobody else of the house reads it, and what lies on the disk names nobody.
        let texts = test
            .ask("SELECT CAST(sealed AS TEXT) FROM look_for_in WHERE answered_at IS NOT NULL")
            .await;
        assert_eq!(texts.len(), 2);
        assert!(texts.iter().all(|text| text == "{}"), "answered questions are emptied");
        let police = sign_in(&app, "desmond@labour.avelmar.example").await;
        let tried = look_for::waiting(&police.acting()).await;
        assert!(matches!(tried, Err(Refused::NotFound)), "only care organisations");

        // A no stops what is under way.
        let third = nadia.case("Selma Aydin Karaoglu").await;
        agrees(&nadia, third, "yes").await;
        ask(third).await.unwrap();
        agrees(&nadia, third, "no").await;
        look_for::answer_all(&marisol.acting(), &marisol.signed).await.unwrap();
        assert_eq!(said(third).await.known, None, "nothing comes back after a no");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn ten_questions_a_day_and_no_more() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        for number in 0..11 {
            let case = nadia.case("Selma").await;
            agrees(&nadia, case, "yes").await;
            let asked = look_for::ask(&nadia.acting(), &nadia.signed, case, "Selma", CARE).await;
            assert_eq!(asked.is_ok(), number < 10, "question {number}: {asked:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_for_outsiders_opens_with_its_passphrase_alone_and_can_be_taken_back() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let form = order("", "Harbour Law Clinic");
        let make =
            async || sealed_file::make(&nadia.acting(), &nadia.look(case).await, &form).await;
        let refused = make().await;
        assert!(matches!(refused, Err(Refused::Forbidden(why)) if why.rule.number == 6));
        let agreed =
            consent::answer(&nadia.acting(), None, case, &yes("", "Harbour Law Clinic"), CARE)
                .await
                .unwrap();

        let made = make().await.unwrap();
        let (name, bytes) = sealed_file::fetch(&app, &made.code, None).await.unwrap();
        assert!(name.ends_with(".age") && bytes.starts_with(b"age-encryption.org/v1\n"));
        assert!(open_with_passphrase(&bytes, &made.code).is_err(), "the code opens nothing");
        let text = open_with_passphrase(&bytes, &made.passphrase).unwrap();
        let text = std::str::from_utf8(&text).unwrap();
        assert!(text.contains("Selma") && text.contains("Two nights"), "{text}");

        // Taken back before anyone fetched it: nobody has it.
        let second = make().await.unwrap();
        sealed_file::revoke(&nadia.acting(), case, second.id, CARE).await.unwrap();
        let gone = sealed_file::fetch(&app, &second.code, None).await;
        assert!(matches!(gone, Err(Refused::Invalid(_))));

        // Its time over: its bytes are gone here.
        let third = make().await.unwrap();
        test.clock.advance(8 * DAY);
        referral::carry_out(&app, nadia.signed.tenant.id).await.unwrap();
        let late = sealed_file::fetch(&app, &third.code, None).await;
        assert!(matches!(late, Err(Refused::Invalid(_))));
        let kept =
            test.ask("SELECT count(*) || '' FROM sealed_file WHERE sealed IS NOT NULL").await;
        assert_eq!(kept, ["0"]);

        // Consent taken back: only the file that was fetched is anyone's to be told of.
        let again = sign_in(&app, NADIA).await;
        let told = withdrawal::withdraw(&again.acting(), case, agreed, CARE).await.unwrap();
        assert_eq!(told, 1);
        let notices = withdrawal::of_case(&again.look(case).await).await.unwrap();
        assert_eq!(notices[0].record.told_at, None, "a person must tell them");
        let id = notices[0].record.id;
        withdrawal::outside_answered(&again.acting(), case, id, "erased", "", CARE).await.unwrap();
        let notices = withdrawal::of_case(&again.look(case).await).await.unwrap();
        assert_eq!(notices[0].record.answer, NoticeAnswer::Erased);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

/// A scan of four pixels with an author written into it.
fn scan() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], contents: &[u8]| {
        let length = u32::try_from(contents.len()).unwrap().to_be_bytes();
        [&length[..], kind, contents, &[0; 4]].concat()
    };
    let head = [0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0];
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &head),
        &chunk(b"tEXt", b"Author\0Ruth"),
        &chunk(b"IDAT", b"pixels"),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

#[tokio::test]
async fn e43_a_file_is_kept_sealed_without_metadata_and_a_demonstration_takes_none() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let parts = Parts::load(None, true).unwrap();
        let real = App::new(test.store.clone(), parts, Arc::new(people::NoFactors), false);
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let form = FileForm { kind: "identity".into(), title: "Passport".into(), told: false };
        let vault = keys::vault(&nadia.acting(), &nadia.signed).await.unwrap();
        let refused = files::keep(&nadia.acting(), &vault, case, &form, &scan(), CARE).await;
        assert!(matches!(refused, Err(Refused::Declined(told)) if told.id == "files-not-in-demo"));

        let acting = nadia.signed.acting(&real, Language::En);
        let wrong = files::keep(&acting, &vault, case, &form, b"MZ\x90", CARE).await;
        assert!(matches!(wrong, Err(Refused::Invalid(_))));
        let pdf = files::keep(&acting, &vault, case, &form, b"%PDF-1.7\n%%EOF", CARE).await;
        assert!(matches!(pdf, Err(Refused::Invalid(_))), "what stays in a PDF must be known");
        let id = files::keep(&acting, &vault, case, &form, &scan(), CARE).await.unwrap();
        let (media, bytes) = files::content(&acting, &nadia.signed, case, id, CARE).await.unwrap();
        assert_eq!(media.code(), "image/png");
        assert!(!bytes.windows(4).any(|part| part == b"Ruth"), "an author was kept");
        let shown = files::of_case(&nadia.look(case).await).await.unwrap();
        assert_eq!(shown[0].title.as_deref(), Some("Passport"));
        let marisol = sign_in(&app, MARISOL).await;
        let theirs = marisol.signed.acting(&real, Language::En);
        let tried = files::content(&theirs, &marisol.signed, case, id, CARE).await;
        assert!(matches!(tried, Err(Refused::NotFound)), "only the team");
        files::remove(&acting, case, id, CARE).await.unwrap();
        let gone = files::content(&acting, &nadia.signed, case, id, CARE).await;
        assert!(matches!(gone, Err(Refused::NotFound)));
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn in_their_own_view_a_person_takes_a_consent_back_at_once() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        let agreed =
            consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await.unwrap();
        nadia.send(case, &order(&to, "")).await.unwrap();
        let prepared = own::prepare(&nadia.acting(), &nadia.signed, case).await.unwrap();
        let key = own::enter(&app, &prepared.code, None).await.unwrap();
        let (_, held) = own::look_at(&app, &key).await.unwrap();
        assert!(held.consents.iter().any(|one| one.id == agreed && one.holds));
        assert_eq!(own_ask::take_back(&app, &key, agreed).await.unwrap(), 1, "the shelter is told");
        let (_, held) = own::look_at(&app, &key).await.unwrap();
        assert!(held.consents.iter().all(|one| !one.holds));
        let opened = nadia.look(case).await;
        let again = referral::send(&nadia.acting(), &opened, &order(&to, "")).await;
        assert!(matches!(again, Err(Refused::Forbidden(why)) if why.rule.number == 6));
        let other = own_ask::take_back(&app, &key, agreed).await;
        assert!(matches!(other, Err(Refused::NotFound)), "there is nothing left to take back");
    })
    .await;
}

#[tokio::test]
async fn e23_the_own_view_holds_charges_and_safe_contact_and_counts_who_is_not_shown() {
    use palermo_app::case::{
        beside::{self, ChannelForm},
        related::{self, RelatedForm},
    };
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let acting = nadia.acting();
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        beside::add_charge(&acting, case, "documents", None, CARE).await.unwrap();
        let form = ChannelForm {
            kind: "telephone".into(),
            address: "+90 5".into(),
            call_name: "the library".into(),
            times: "after six".into(),
            call: "yes".into(),
            ..ChannelForm::default()
        };
        let channel = beside::add_channel(&acting, &vault, case, &form, CARE).await.unwrap();
        let ways = beside::reach(&nadia.look(case).await).await.unwrap();
        // It is changed, as it was seen, and what was emptied is gone.
        let later = ChannelForm { times: String::new(), call: "no".into(), ..form };
        let (of, seen) = ((case, channel), ways[0].revision);
        beside::change_channel(&acting, &vault, of, &later, seen, CARE).await.unwrap();
        let stale = beside::change_channel(&acting, &vault, of, &later, seen, CARE).await;
        assert!(matches!(stale, Err(Refused::Conflict)));
        for secret in [false, true] {
            let form = RelatedForm {
                relation: "witness".into(),
                age: "adult".into(),
                secret,
                ..RelatedForm::default()
            };
            related::add(&acting, &vault, case, &form, CARE).await.unwrap();
        }
        let prepared = own::prepare(&acting, &nadia.signed, case).await.unwrap();
        let key = own::enter(&app, &prepared.code, None).await.unwrap();
        let (_, held) = own::look_at(&app, &key).await.unwrap();
        assert_eq!(held.more.charges.len(), 1);
        let contact = &held.more.contact[0];
        assert_eq!(contact.call_name.as_deref(), Some("the library"));
        assert_eq!((contact.times.as_deref(), contact.safe[0].as_str()), (None, "no"));
        assert_eq!(held.more.related, 1, "one who is kept secret is not even counted");
        assert!(held.more.history > 0);
    })
    .await;
}

#[tokio::test]
async fn in_their_own_view_what_was_passed_on_stands_once_with_whoever_received_it() {
    TestStore::each(async |test| {
        const OUTSIDE: &str = "Harbour Law Clinic";
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        for agreed in [yes(&to, ""), yes("", OUTSIDE)] {
            consent::answer(&nadia.acting(), None, case, &agreed, CARE).await.unwrap();
        }
        let id = nadia.send(case, &order(&to, "")).await.unwrap();
        // A later step names the referral too, and passes nothing on.
        referral::step(&nadia.acting(), case, id, Step::Cancel, None, CARE).await.unwrap();
        let opened = nadia.look(case).await;
        sealed_file::make(&nadia.acting(), &opened, &order("", OUTSIDE)).await.unwrap();

        let prepared = own::prepare(&nadia.acting(), &nadia.signed, case).await.unwrap();
        let key = own::enter(&app, &prepared.code, None).await.unwrap();
        let (_, held) = own::look_at(&app, &key).await.unwrap();
        let passed = held.looked.iter().filter(|one| one.action == "passed-on");
        let passed: Vec<&str> = passed.map(|one| one.to.as_str()).collect();
        assert_eq!(passed, [OUTSIDE, ALONDRA], "the latest first");
        assert_eq!(held.more.referrals.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_summary_on_paper_says_what_stands_now_in_the_days_of_its_reader() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        let agreed =
            consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await.unwrap();
        nadia.send(case, &order(&to, "")).await.unwrap();
        withdrawal::withdraw(&nadia.acting(), case, agreed, CARE).await.unwrap();

        let acting = nadia.acting();
        let print = print::summary(&acting, &nadia.signed, case, CARE, Format::Html);
        let page = String::from_utf8(print.await.unwrap()).unwrap();
        let now = test.store.now().date();
        let today = palermo_app::locale::date(Language::En, false, now);
        assert!(page.contains(&format!("Taken back on {today}")), "a yes no more: {page}");
        for said in ["Selma", "Who may read this", "Nadia Verhane", ALONDRA, "Open needs"] {
            assert!(page.contains(said), "{said} is missing");
        }
        assert!(!page.contains(&now.to_string()), "no day as a machine writes it");
        let marisol = sign_in(&app, MARISOL).await;
        let other = marisol.acting();
        let theirs = print::summary(&other, &marisol.signed, case, CARE, Format::Docx);
        assert!(matches!(theirs.await, Err(Refused::NotFound)), "only the team");
    })
    .await;
}

#[tokio::test]
async fn rule_3_on_paper_stands_only_a_guardian_who_can_stand_by_the_child_today() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let acting = nadia.acting();
        let file = nadia.look(case).await.file;
        let mut form = PersonForm::of(&file.person.record, None, false);
        form.age = "child".into();
        particulars::save(&acting, case, &form, file.person.revision, CARE).await.unwrap();
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let today: Day = test.store.now().date().into();
        let all =
            [("Runa Vesk", 0, "clear"), ("Pell Arden", 0, "pending"), ("Orin Dask", 30, "clear")];
        for (name, days, conflict) in all {
            let (from, checked) = (today.plus_days(days).to_string(), today.to_string());
            let facts = typed(&[
                ("name", name),
                ("guardian", "professional"),
                ("appointed_on", &*from),
                ("conflict", conflict),
                ("checked_on", &*checked),
            ]);
            let kind = CareKind::Guardian;
            write::write(&acting, Some(&vault), case, kind, &facts, CARE).await.unwrap();
        }
        let print = print::summary(&acting, &nadia.signed, case, CARE, Format::Html);
        let page = String::from_utf8(print.await.unwrap()).unwrap();
        assert_eq!(all.map(|(name, ..)| page.contains(name)), [true, false, false]);
    })
    .await;
}

#[tokio::test]
async fn a_question_about_a_referral_and_its_answer_reach_the_other_side_in_words() {
    TestStore::each(async |test| {
        const ASKED: &str = "Can she take the stairs?";
        const TOLD: &str = "Yes, with a hand to hold";
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let marisol = sign_in(&app, MARISOL).await;
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await.unwrap();
        let id = nadia.send(case, &order(&to, "")).await.unwrap();
        let empty = incoming::ask(&marisol.acting(), id, "  ").await;
        assert!(matches!(empty, Err(Refused::Invalid(_))), "a question has words");
        incoming::ask(&marisol.acting(), id, ASKED).await.unwrap();

        let opened = nadia.look(case).await;
        let (acting, keys) = (nadia.acting(), (Some(&nadia.signed), opened.vault.as_ref()));
        let said = questions::of_referral(&acting, keys, &opened.read, id).await.unwrap();
        assert_eq!(said[0].words.as_deref(), Some(ASKED), "the sender reads it");
        let closed = questions::of_referral(&acting, (None, None), &opened.read, id).await.unwrap();
        assert_eq!(closed[0].words, None, "not without a key");
        let waits = async || {
            let all = work::about(&nadia.acting(), case).await.unwrap();
            let open = all.iter().filter(|one| one.record.done_at.is_none());
            open.filter(|one| one.record.kind == "task-referral-question").count()
        };
        assert_eq!(waits().await, 1, "it stands under their work");
        test.clock.advance(Duration::from_secs(60));
        questions::answer(&acting, case, id, TOLD, CARE).await.unwrap();
        assert_eq!(waits().await, 0);

        let (found, _) = incoming::show(&marisol.acting(), &marisol.signed, id).await.unwrap();
        let words: Vec<_> = found.said.iter().filter_map(|one| one.words.as_deref()).collect();
        assert_eq!(words, [ASKED, TOLD], "both are kept on both sides");
        assert_eq!(found.referral.record.state, ReferralState::Received, "the clock runs on");
        let again = questions::answer(&acting, case, id, TOLD, CARE).await;
        assert!(matches!(again, Err(Refused::Declined(_))), "nothing is asked any more");

        referral::step(&acting, case, id, Step::Cancel, None, CARE).await.unwrap();
        let (found, _) = incoming::show(&marisol.acting(), &marisol.signed, id).await.unwrap();
        assert!(found.said.is_empty(), "what was taken back is gone there");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}
