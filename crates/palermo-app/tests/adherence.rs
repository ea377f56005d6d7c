//! Import of adherence and the questions asked of it: on small lists of its
//! own, and on the public files where they are at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_app::{
    content::Content,
    register::{
        Registers,
        import_adherence::{Basis, ImportPlan, Stored, plan},
        list_parties,
    },
};
use palermo_domain::register::{
    adherence::{Act, Adherence},
    day::Day,
    import::Outcome,
};
use std::{path::PathBuf, sync::LazyLock};

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::shipped().unwrap());
static REGISTERS: LazyLock<Registers> = LazyLock::new(|| Registers::load(&CONTENT, false).unwrap());

const HEADING: &str = "Participant,Signature,\"Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)\"\n";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn try_plan(bytes: &[u8], instrument: &str, stored: &[Adherence]) -> Result<ImportPlan, String> {
    let basis = Basis {
        instrument: REGISTERS.instruments.get(instrument).unwrap(),
        states: &REGISTERS.states,
        stored,
        source: "a list",
        as_of: "2015-03".parse().unwrap(),
        today: day("2026-01-01"),
    };
    plan(bytes, &basis).map_err(|error| error.to_string())
}

fn planned(rows: &str, stored: &[Adherence]) -> ImportPlan {
    try_plan(format!("{HEADING}{rows}").as_bytes(), "tip-protocol", stored).unwrap()
}

fn stored(plan: &ImportPlan) -> Vec<Adherence> {
    plan.to_store(false).unwrap().into_iter().cloned().collect()
}

#[test]
fn the_shipped_registers_agree_with_each_other_and_with_the_mechanisms() {
    assert!(REGISTERS.instruments.all().count() >= 50);
    assert!(REGISTERS.agreements.len() >= 17);
    assert!(REGISTERS.model_texts.len() >= 9);
    for required in [
        "tip-protocol",
        "untoc",
        "smuggling-protocol",
        "firearms-protocol",
        "uncac",
        "crc",
        "crc-opsc",
        "crc-opac",
        "cedaw",
        "cat",
        "icescr",
        "iccpr",
        "icrmw",
        "iced",
        "refugee-convention",
        "refugee-protocol",
        "statelessness-convention",
        "traffic-convention-1949",
        "slavery-convention",
        "slavery-supplementary",
        "ilo-c29",
        "ilo-c105",
        "ilo-c138",
        "ilo-c182",
        "ilo-c189",
        "ilo-p29",
        "coe-cets-197",
        "saarc-convention-2002",
        "eu-fd-2002-629",
        "eu-dir-2011-36",
        "au-acrwc",
    ] {
        assert!(REGISTERS.instruments.get(required).is_some(), "{required}");
    }
}

#[test]
fn req_008_the_directive_replaces_the_framework_decision_and_both_answer_on_the_definition() {
    let register = &REGISTERS.instruments;
    let related = register.related(&"eu-fd-2002-629".parse().unwrap());
    assert!(
        related.iter().any(|(kind, to)| *kind == "replaced_by" && to.as_str() == "eu-dir-2011-36")
    );
    let answers = ["eu-fd-2002-629", "eu-dir-2011-36"]
        .map(|id| register.get(id).unwrap().palermo_definition.answer.code());
    assert_eq!(answers, ["partly", "yes"]);
}

#[test]
fn importing_the_same_list_twice_leaves_everything_unchanged() {
    let rows =
        "Albania,12 Dec 2000,21 Aug 2002\nChina,,\nEuropean Union,12 Dec 2000,6 Sep 2006 AA\n";
    let first = planned(rows, &[]);
    assert!(first.rows.iter().all(|r| r.outcome == Outcome::New));
    let second = planned(rows, &stored(&first));
    assert!(second.rows.iter().all(|r| r.outcome == Outcome::Unchanged));
    assert!(second.to_store(false).unwrap().is_empty());
    let report = second.report(&REGISTERS.states, "en", Stored::Nothing);
    assert_eq!(
        (report.rows, report.unchanged, report.new.len(), report.changed.len()),
        (3, 3, 0, 0)
    );
}

#[test]
fn the_answer_about_parties_has_the_agreed_shape() {
    let all = stored(&planned(
        "Albania,12 Dec 2000,21 Aug 2002\nEuropean Union,12 Dec 2000,6 Sep 2006 AA\nBrazil,12 Dec 2000,\n",
        &[],
    ));
    let instrument = REGISTERS.instruments.get("tip-protocol").unwrap();
    let report =
        list_parties::parties(instrument, day("2009-04-16"), &all, &REGISTERS.states, "en");
    assert_eq!(
        serde_json::to_value(&report).unwrap(),
        serde_json::json!({
            "instrument": "tip-protocol", "on": "2009-04-16", "count": 2,
            "parties": [
                {"party": "ALB", "name": "Albania", "kind": "state", "date": "2002-08-21", "act": "ratification", "entry_into_force": "2003-12-25"},
                {"party": "EU", "name": "European Union", "kind": "organisation", "date": "2006-09-06", "act": "approval", "entry_into_force": "2006-10-06"},
            ],
        })
    );
    let missing =
        list_parties::missing(instrument, day("2009-04-16"), "TEST", ["BRA", "ALB"], &all);
    assert_eq!(
        serde_json::to_string(&missing).unwrap(),
        r#"{"instrument":"tip-protocol","on":"2009-04-16","mechanism":"TEST","missing":["BRA"]}"#
    );
}

#[test]
fn an_unknown_name_is_rejected_with_the_nearest_and_nothing_is_stored() {
    let plan = planned("Albania,,21 Aug 2002\nNigerria,,21 Aug 2002\n", &[]);
    assert_eq!(plan.rejected.len(), 1);
    let rejected = &plan.rejected[0];
    assert_eq!(
        (rejected.row, rejected.field.as_str(), rejected.value.as_str()),
        (3, "Participant", "Nigerria")
    );
    assert!(rejected.remedy.contains("`Nigeria` (NGA)"), "{rejected}");
    let refused = plan.to_store(false).unwrap_err().to_string();
    assert_eq!(
        refused,
        "1 of 2 rows are rejected, so nothing was stored; correct them, or store the others with `--skip-rejected`"
    );
    assert_eq!(plan.to_store(true).unwrap().len(), 1);
    let lines = plan.report(&REGISTERS.states, "en", Stored::WithoutRejected).lines();
    let (skipped, others) = lines.split_last().unwrap();
    assert_eq!(others.last().unwrap(), "stored without the 1 rejected row");
    assert!(skipped.starts_with("skipped") && skipped.ends_with("rows 3"), "{skipped}");
}

#[test]
fn a_row_with_a_wrong_name_and_a_wrong_date_is_told_both() {
    let plan = planned("Nigerria,,31 Feb 2001\n", &[]);
    let fields: Vec<_> = plan.rejected.iter().map(|r| (r.row, r.value.as_str())).collect();
    assert_eq!(fields.len(), 2, "{:?}", plan.rejected);
    assert!(fields.contains(&(2, "Nigerria")) && fields.contains(&(2, "31 Feb 2001")));
    assert_eq!(plan.rejected_rows(), 1);
}

#[test]
fn dates_that_cannot_be_are_rejected() {
    let plan = planned("Albania,,21 Aug 2062\nBenin,,21 Aug 1999\nTogo,,31 Feb 2005\n", &[]);
    let told: Vec<_> = plan.rejected.iter().map(ToString::to_string).collect();
    for (row, word) in [
        (2, "lies in the future"),
        (3, "before the instrument was adopted"),
        (4, "not a day of the calendar"),
    ] {
        assert!(
            told.iter().any(|t| t.starts_with(&format!("row {row}, ")) && t.contains(word)),
            "{told:#?}"
        );
    }
}

#[test]
fn rows_that_repeat_or_contradict_each_other_are_rejected() {
    let plan = planned(
        "Zaire,,21 Aug 2005 a\nTogo,,8 May 2009\nDemocratic Republic of the Congo,,21 Aug 2005 a\nTogo,,9 May 2009\n",
        &[],
    );
    assert_eq!(plan.rejected.iter().map(|r| r.row).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!(plan.rows.len(), 1);
}

#[test]
fn a_name_two_states_have_borne_is_told_apart_by_the_date_of_the_act() {
    let read = |date: &str| {
        let text = format!(
            "Participant,Signature,\"Ratification, Accession(a), Succession(d)\"\nYugoslavia,,{date}\n"
        );
        let plan = try_plan(text.as_bytes(), "cedaw", &[]).unwrap();
        plan.rows.first().map(|r| r.result.party.to_string())
    };
    assert_eq!(read("26 Feb 1982").as_deref(), Some("YUG"));
    assert_eq!(read("12 Mar 2001 d").as_deref(), Some("SCG"));
    assert_eq!(read("12 Mar 2009 d"), None);
}

#[test]
fn other_separators_marks_and_line_ends_are_read_and_other_encodings_refused() {
    let good = planned("Albania,12 Dec 2000,21 Aug 2002\n", &[]);
    for other in [
        "\u{feff}Participant,Signature,\"Ratification, Accession(a)\"\r\nAlbania,12 Dec 2000,21 Aug 2002\r\n",
        "Participant;Signature;Ratification, Accession(a)\nAlbania;12 Dec 2000;21 Aug 2002\n",
        "Participant\tSignature\tRatification, Accession(a)\nAlbania\t12 Dec 2000\t21 Aug 2002\n",
    ] {
        assert_eq!(try_plan(other.as_bytes(), "tip-protocol", &[]).unwrap().rows, good.rows);
    }
    for (bytes, word) in [
        (&b""[..], "empty"),
        (b"Participant,Signature\nC\xF4te d'Ivoire,\n", "not UTF-8"),
        (b"\xFF\xFEP\x00", "UTF-16"),
        (b"PK\x03\x04", "workbook"),
        (b"Name,Date\nAlbania,2002\n", "`Participant`"),
        (b"Participant,Date\nAlbania,2002\n", "no column of acts"),
    ] {
        let error = try_plan(bytes, "tip-protocol", &[]).unwrap_err();
        assert!(error.contains(word), "{word}: {error}");
    }
}

/// The folder of public reference files, or nothing, told on standard error.
fn reference(test: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let given =
        std::env::var_os("PALERMO_REFERENCE").map_or_else(|| "../shared".into(), PathBuf::from);
    let folder = root.join(given).join("data/treaties");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("not run: {test}: no reference files in `{}`", folder.display());
    None
}

fn real(folder: &std::path::Path, id: &str, stored: &[Adherence]) -> ImportPlan {
    let number = REGISTERS.instruments.get(id).unwrap().collection.clone().unwrap();
    let bytes = std::fs::read(folder.join(format!("{number}.csv"))).unwrap();
    try_plan(&bytes, id, stored).unwrap()
}

#[test]
fn every_public_treaty_file_is_read_without_a_rejected_row_and_twice_is_unchanged() {
    let Some(folder) = reference("every public treaty file") else { return };
    let mut files = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let number = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if number == "index" {
            continue;
        }
        let instrument = REGISTERS
            .instruments
            .by_number(&number)
            .unwrap_or_else(|| panic!("no instrument for {number}"));
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        let plan = real(&folder, instrument.id.as_str(), &[]);
        assert_eq!(plan.rejected, [], "{number}");
        assert_eq!(plan.rows.len(), lines - 1, "{number}");
        let again = real(&folder, instrument.id.as_str(), &stored(&plan));
        assert!(again.rows.iter().all(|r| r.outcome == Outcome::Unchanged), "{number}");
        assert_eq!(again.not_in_file, []);
        files += 1;
    }
    assert_eq!(files, 19);
}

#[test]
fn req_005_and_006_the_figures_of_the_palermo_protocol_are_met() {
    let Some(folder) = reference("the figures of the Palermo Protocol") else { return };
    let all = stored(&real(&folder, "tip-protocol", &[]));
    let instrument = REGISTERS.instruments.get("tip-protocol").unwrap();
    let on =
        |date: &str| list_parties::parties(instrument, day(date), &all, &REGISTERS.states, "en");
    assert_eq!(on("2009-04-16").count, 128);
    assert_eq!(on("2009-12-31").count, 135);
    assert_eq!(on("2015-03-14").count, 159);
    let organisations: Vec<_> =
        on("2009-04-16").parties.into_iter().filter(|p| p.kind == "organisation").collect();
    assert_eq!(organisations.len(), 1);

    let party =
        |date: &str, code: &str| on(date).parties.into_iter().find(|p| p.party.as_str() == code);
    assert!(party("2009-04-07", "SYR").is_none());
    assert_eq!(party("2009-04-08", "SYR").unwrap().date, day("2009-04-08"));
    let albania = party("2009-04-16", "ALB").unwrap();
    assert_eq!(
        (albania.date, albania.act, albania.name.as_str()),
        (day("2002-08-21"), Act::Ratification, "Albania")
    );

    let ecowas = CONTENT.mechanisms().get("ECOWAS").unwrap();
    let members = CONTENT.mechanisms().members_on(ecowas, Some(day("2009-04-16")));
    let codes = members.iter().map(|m| m.state.as_str());
    let missing = list_parties::missing(instrument, day("2009-04-16"), "ECOWAS", codes, &all);
    let missing: Vec<_> = missing.missing.iter().map(|c| c.as_str()).collect();
    assert_eq!(missing, ["CIV", "GHA", "SLE", "TGO"]);
}
