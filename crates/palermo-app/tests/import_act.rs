//! Import of adherence into a store: previewed, stored, repeated, refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_app::{
    content::Content,
    register::{
        ImportFile, ImportRefused, Importer, Registers,
        ask::{ExportKind, Lookup},
        import,
    },
};
use palermo_domain::tenant::TenantKind;
use palermo_store::{register::adherence, testing::TestStore};
use std::sync::LazyLock;

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::shipped().unwrap());
static REGISTERS: LazyLock<Registers> = LazyLock::new(|| Registers::load(&CONTENT, false).unwrap());

const GOOD: &str = "Participant,Signature,\"Ratification, Accession(a)\"\nAlbania,12 Dec 2000,21 Aug 2002\nChina,,\n";
const BAD_ROW: &str = "Participant,Signature,\"Ratification, Accession(a)\"\nAlbania,12 Dec 2000,21 Aug 2003\nNigerria,,1 Jan 2005\n";

fn file<'a>(text: &'a str, apply: bool) -> ImportFile<'a> {
    ImportFile {
        bytes: text.as_bytes(),
        instrument: "tip-protocol",
        source: "an invented list",
        as_of: None,
        apply,
        skip_rejected: false,
    }
}

async fn run(
    test: &TestStore,
    file: ImportFile<'_>,
) -> Result<(usize, usize, usize, bool), ImportRefused> {
    let report = import(&test.store, &REGISTERS, &file, Importer::Operator("clerk")).await?;
    Ok((report.new.len(), report.changed.len(), report.unchanged, report.applied))
}

async fn stored(test: &TestStore) -> usize {
    adherence::all(&test.store).await.unwrap().len()
}

async fn entries(test: &TestStore) -> usize {
    test.ask("SELECT action FROM audit_entry WHERE action = 'register.import'").await.len()
}

#[tokio::test]
async fn a_list_that_speaks_of_the_future_is_refused_whoever_imports_it() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        test.store.name_house(house).await.unwrap();
        for apply in [false, true] {
            let as_of = "2999".parse().ok();
            let refused = run(&test, ImportFile { as_of, ..file(GOOD, apply) }).await.unwrap_err();
            assert!(matches!(refused, ImportRefused::Future { .. }), "{refused}");
        }
        assert_eq!(stored(&test).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_preview_stores_nothing_and_the_second_import_finds_everything_unchanged() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        test.store.name_house(house).await.unwrap();

        assert_eq!(run(&test, file(GOOD, false)).await.unwrap(), (2, 0, 0, false));
        assert_eq!((stored(&test).await, entries(&test).await), (0, 0));

        assert_eq!(run(&test, file(GOOD, true)).await.unwrap(), (2, 0, 0, true));
        assert_eq!((stored(&test).await, entries(&test).await), (2, 1));

        assert_eq!(run(&test, file(GOOD, false)).await.unwrap(), (0, 0, 2, false));
        assert_eq!(run(&test, file(GOOD, true)).await.unwrap(), (0, 0, 2, true));
        assert_eq!(entries(&test).await, 1, "nothing changed, so nothing is written");
    })
    .await;
}

#[tokio::test]
async fn a_rejected_row_keeps_the_whole_file_out_unless_it_is_skipped_knowingly() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        test.store.name_house(house).await.unwrap();
        run(&test, file(GOOD, true)).await.unwrap();

        let refused = run(&test, file(BAD_ROW, true)).await.unwrap_err();
        let ImportRefused::Rows { report, .. } = &refused else { panic!("{refused}") };
        assert_eq!((report.rejected.len(), report.changed.len(), report.applied), (1, 1, false));
        let before = adherence::all(&test.store).await.unwrap();
        assert_eq!(before[0].acts.last().unwrap().date.to_string(), "2002-08-21");

        let skipping = ImportFile { skip_rejected: true, ..file(BAD_ROW, true) };
        assert_eq!(run(&test, skipping).await.unwrap(), (0, 1, 0, true));
        let after = adherence::all(&test.store).await.unwrap();
        assert_eq!(after[0].acts.last().unwrap().date.to_string(), "2003-08-21");
        assert_eq!(after.len(), 2, "what the file does not name stays");

        // The other rows are there already: what was skipped is named all the same.
        let report = import(&test.store, &REGISTERS, &skipping, Importer::Operator("clerk")).await;
        let told = report.unwrap().lines().join("\n");
        assert!(told.contains("rejected are there already"), "{told}");
        assert!(told.contains("skipped    rows 3"), "{told}");
        let none = "Participant,Signature,\"Ratification, Accession(a)\"\nNigerria,,1 Jan 2005\n";
        let skipping = ImportFile { skip_rejected: true, ..file(none, true) };
        let report = import(&test.store, &REGISTERS, &skipping, Importer::Operator("clerk")).await;
        let report = report.unwrap();
        assert!(report.all_rejected());
        let told = report.lines().join("\n");
        assert!(told.contains("nothing stored: all 1 rows are rejected"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn parties_and_missing_members_are_answered_from_the_store_and_the_export_imports_again() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        test.store.name_house(house).await.unwrap();
        let list = "Participant,Signature,\"Ratification, Accession(a)\"\nBenin,13 Dec 2000,30 Aug 2004\nTogo,12 Dec 2000,8 May 2009\nEuropean Union,12 Dec 2000,6 Sep 2006\nChina,,\n";
        run(&test, file(list, true)).await.unwrap();
        let on = "2009-04-16".parse().unwrap();

        let ask = Lookup { store: &test.store, mechanisms: CONTENT.mechanisms(), registers: &REGISTERS };
        let parties = ask.parties("tip-protocol", on, "fr").await.unwrap();
        let shown: Vec<_> = parties.parties.iter().map(|p| (p.party.as_str(), p.name.as_str(), p.kind)).collect();
        assert_eq!(shown, [("BEN", "Bénin", "state"), ("EU", "Union européenne", "organisation")]);
        let missing = ask.missing("tip-protocol", on, "ECOWAS").await.unwrap();
        assert_eq!(missing.missing.len(), 14, "all but Benin: {:?}", missing.missing);
        assert!(ask.missing("tip-protocol", on, "NOBODY").await.is_err());

        let exported = ask.export_adherence("tip-protocol").await.unwrap();
        let text = String::from_utf8(exported).unwrap();
        assert_eq!(run(&test, file(&text, false)).await.unwrap(), (0, 0, 4, false), "{text}");

        let kinds = [ExportKind::Laws, ExportKind::LawMatrix, ExportKind::Agreements, ExportKind::Scope, ExportKind::ModelTexts];
        for kind in kinds {
            let sheet = ask.export(&kind, on, "en").await.unwrap();
            assert!(sheet.rows.len() >= 9 && sheet.xlsx().is_ok(), "{kind:?}");
            assert!(sheet.rows.iter().all(|row| row.len() == sheet.columns.len()), "{kind:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_installation_without_a_house_and_an_unknown_instrument_are_told() {
    TestStore::each(async |test| {
        let refused = run(&test, file(GOOD, true)).await.unwrap_err();
        assert!(matches!(refused, ImportRefused::NoHouse), "{refused}");
        let unknown = ImportFile { instrument: "tip-protocoll", ..file(GOOD, false) };
        let refused = run(&test, unknown).await.unwrap_err().to_string();
        assert_eq!(
            refused,
            "no instrument has the id `tip-protocoll`; did you mean `tip-protocol`?"
        );
        let by_number = ImportFile { instrument: "18-12-a", ..file(GOOD, false) };
        assert_eq!(run(&test, by_number).await.unwrap(), (2, 0, 0, false));
    })
    .await;
}
