//! Files of statistics as their makers write them: small invented ones for
//! each rule, and the public ones where the reference data are present.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::register::state::StateRegister;
use palermo_standards::{
    checked::{Checked, Finding},
    ctdc,
    ctdc_columns::{K_ANONYMOUS, SYNTHETIC_2021, SYNTHETIC_2024},
    glotip, glotip_check, glotip_flows, htcds, sdg1622_check,
};
use std::path::PathBuf;

const GLOTIP: &str = "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source\n";

fn glotip_rows(rows: &[&str]) -> Vec<u8> {
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let (area, rest) = row.split_once('|').unwrap();
            format!("{area},{rest},GLOTIP\n")
        })
        .collect();
    format!("{GLOTIP}{}", lines.concat()).into_bytes()
}

/// `area|name,,,indicator,dimension,category,sex,age,year,unit,value`.
fn victims(area: &str, sex: &str, age: &str, year: u16, value: &str) -> String {
    format!("{area}|X,,,Detected trafficking victims,Total,Total,{sex},{age},{year},Counts,{value}")
}

fn rules(found: &[Finding]) -> Vec<(u64, &str)> {
    found.iter().map(|f| (f.row, f.rule)).collect()
}

fn reference(name: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("PALERMO_REFERENCE").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let read = std::fs::read(root.join("data").join(name)).ok();
    if read.is_none() {
        println!("not run: no reference file `{name}` (set PALERMO_REFERENCE)");
    }
    read
}

mod glotip_table {
    use super::*;

    #[test]
    fn req_047_parts_that_exceed_their_total_are_an_error_naming_the_line() {
        let rows = [
            victims("XAA", "Male", "Total", 2020, "57"),
            victims("XAA", "Female", "Total", 2020, "28"),
            victims("XAA", "Total", "Total", 2020, "84"),
            victims("XAA", "Total", "0 to 17 years", 2020, "40"),
            victims("XAA", "Total", "18 years or over", 2020, "30"),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let checked = glotip_check::check(&glotip_rows(&rows));
        assert_eq!(rules(&checked.errors), [(4, "parts_exceed_total")]);
        assert_eq!(checked.errors[0].with_rows, [2, 3]);
        assert_eq!(checked.summary["country_years"], 1);
        assert_eq!(checked.summary["parts_exceed_total"], 1);
        assert!(rules(&checked.warnings).contains(&(4, "ages_do_not_add_up")));
    }

    #[test]
    fn req_185_a_hidden_part_accuses_nobody() {
        let rows = [
            victims("ABW", "Male", "Total", 2020, "<5"),
            victims("ABW", "Female", "Total", 2020, "28"),
            victims("ABW", "Total", "Total", 2020, "29"),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let checked = glotip_check::check(&glotip_rows(&rows));
        assert!(checked.errors.is_empty() && checked.warnings.is_empty(), "{checked:?}");
        assert_eq!(checked.summary["suppressed_cells"], 1);
        assert_eq!(checked.summary["country_years"], 0);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line_and_field() {
        let rows = [
            victims("ABW", "Total", "Total", 2020, "some"),
            victims("ABW", "Women", "Total", 2020, "7"),
            victims("", "Total", "Total", 2021, "7"),
            victims("SAM", "Total", "Total", 2021, "3"),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let checked = glotip_check::check(&glotip_rows(&rows));
        assert_eq!(rules(&checked.errors), [(2, "not_a_count"), (3, "unknown_code")]);
        assert_eq!(checked.errors[1].field, "Sex");
        let warned = rules(&checked.warnings);
        for wanted in [(4, "missing_code"), (5, "not_iso"), (5, "small_cell")] {
            assert!(warned.contains(&wanted), "{warned:?}");
        }
    }

    #[test]
    fn a_unit_that_contradicts_its_values_is_a_warning() {
        let row = victims("ABW", "Total", "Total", 2020, "1204")
            .replace("Counts", "per 100000 population");
        let checked = glotip_check::check(&glotip_rows(&[&row]));
        assert_eq!(rules(&checked.warnings), [(2, "unit_contradicts_values")]);
    }

    #[test]
    fn another_file_is_refused_with_what_it_holds() {
        let checked = glotip_check::check(b"Year,Value\n2020,4\n");
        assert_eq!(rules(&checked.errors), [(1, "unknown_format")]);
        assert!(checked.errors[0].message.contains("`Year`, `Value`"), "{checked:?}");
    }

    #[test]
    fn the_published_table_has_the_properties_that_are_known_of_it() {
        for name in ["glotip/data_glotip_2023-05-30.csv.gz", "glotip/data_glotip_2023-05-30.xlsx"] {
            let Some(bytes) = reference(name) else { return };
            let checked = glotip_check::check(&bytes);
            assert_eq!(checked.rows, 46_556, "{name}");
            for (what, count) in [
                ("suppressed_cells", 23_076),
                ("rows_without_code", 26),
                ("country_years", 715),
                ("parts_exceed_total", 45),
            ] {
                assert_eq!(checked.summary[what], count, "{name}: {what}");
            }
            assert_eq!(checked.summary["non_iso_areas"].as_array().unwrap().len(), 8);
            assert_eq!(checked.errors.len(), 45);
            assert!(checked.errors.iter().all(|found| found.rule == "parts_exceed_total"));
        }
    }

    #[test]
    fn req_178_flows_and_unknown_together_are_all_victims_by_citizenship() {
        let by = |category: &str, year: u16, value: &str| {
            format!(
                "NLD|Netherlands,,,Detected trafficking victims,by citizenship,{category},Total,Total,{year},Counts,{value}"
            )
        };
        let rows = [
            by("NGA", 2020, "12"),
            by("NGA", 2020, "<5"),
            by("Nationals", 2020, "7"),
            by("Unknown", 2020, "<5"),
            by("TOTAL", 2020, "30"),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let table = glotip::read(&glotip_rows(&rows)).unwrap();
        let names = glotip_flows::CitizenshipNames::read("written,code\nNGA,NGA\n");
        let flows = glotip_flows::of(&table, &StateRegister::default(), &names);
        let told: Vec<_> = flows
            .flows
            .iter()
            .map(|f| (f.origin.as_str(), f.destination.as_str(), f.lower, f.upper))
            .collect();
        assert_eq!(told, [("NGA", "NLD", 12, 16), ("NLD", "NLD", 7, 7)]);
        assert_eq!((flows.unknown.lower, flows.unknown.upper), (0, 4));
        assert_eq!(flows.unknown.written["Unknown"], 1);
    }

    #[test]
    fn a_name_saved_twice_in_the_wrong_encoding_is_repaired() {
        assert_eq!(glotip_flows::repaired("TÃ¼rkiye").as_deref(), Some("Türkiye"));
        assert_eq!(glotip_flows::repaired("Benin"), None);
    }
}

mod sdg_1622 {
    use super::*;

    fn years(checked: &Checked, rule: &str) -> Vec<String> {
        let found = checked.warnings.iter().filter(|found| found.rule == rule);
        found.map(|found| found.message[..4].to_owned()).collect()
    }

    #[test]
    fn req_047_the_nigerian_file_is_flagged_for_its_unit_and_three_years() {
        let Some(bytes) = reference("sdg1622/nga_indicator_16-2-2.csv") else { return };
        let checked = sdg1622_check::check(&bytes);
        assert!(checked.errors.is_empty(), "{:?}", checked.errors);
        let units = checked.warnings.iter().filter(|w| w.rule == "unit_contradicts_values");
        assert_eq!(units.count(), 1);
        assert_eq!(years(&checked, "ages_do_not_add_up"), ["2016", "2017", "2020"]);
        assert_eq!(checked.warnings.len(), 4);
    }

    #[test]
    fn the_british_file_has_no_error_and_shows_small_cells() {
        let Some(bytes) = reference("sdg1622/uk_ONS_indicator_16-2-2.csv") else { return };
        let checked = sdg1622_check::check(&bytes);
        assert!(checked.errors.is_empty(), "{:?}", checked.errors);
        let rules = Checked::by_rule(&checked.warnings);
        assert_eq!(rules["small_cell"], 54, "{rules:?}");
        assert!(!rules.contains_key("unit_contradicts_values"));
    }

    #[test]
    fn rates_are_never_added() {
        let Some(bytes) = reference("sdg1622/mda_indicator_16-2-2.csv") else { return };
        let checked = sdg1622_check::check(&bytes);
        assert!(checked.errors.is_empty(), "{:?}", checked.errors);
        assert_eq!(checked.summary["tables_of_counts"], 0);
    }

    #[test]
    fn sexes_beyond_the_total_a_strange_year_and_a_negative_count_are_errors() {
        let text = b"Year,Sex,Age,Units,Value\n2020,,,Number,10\n2020,Male,,Number,6\n2020,Female,,Number,7\n20x1,,,Number,3\n2021,,,Number,-4\n";
        let checked = sdg1622_check::check(text);
        assert_eq!(
            rules(&checked.errors),
            [(2, "parts_exceed_total"), (5, "not_a_year"), (6, "not_a_number")]
        );
    }

    #[test]
    fn sdmx_csv_is_read_in_both_versions() {
        let one = b"DATAFLOW,FREQ,REF_AREA,SERIES,SEX,AGE,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\nX:Y(1.0),A,12,VC_HTF_DETV,_T,_T,2020,12,PS\nX:Y(1.0),A,12,VC_HTF_DETV,M,_T,2020,13,PS\n";
        let checked = sdg1622_check::check(one);
        assert_eq!(checked.summary["pattern"], "sdmx-csv-1.0");
        assert_eq!(rules(&checked.errors), [(2, "parts_exceed_total")]);
        let two = b"STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE\ndataflow,X:Y(1.0),I,12,_T,2020,12\n";
        assert_eq!(sdg1622_check::check(two).summary["pattern"], "sdmx-csv-2.0");
    }
}

mod ctdc_records {
    use super::*;

    fn file(columns: &[&str], row: &[(&str, &str)]) -> Vec<u8> {
        let cells: Vec<&str> = columns
            .iter()
            .map(|name| row.iter().find(|(at, _)| at == name).map_or("", |(_, cell)| cell))
            .collect();
        format!("{}\n{}\n", columns.join(","), cells.join(",")).into_bytes()
    }

    #[test]
    fn each_generation_is_recognised_by_its_columns() {
        for (columns, code) in [
            (&K_ANONYMOUS[..], "k-anonymised-2017-2021"),
            (&SYNTHETIC_2021[..], "synthetic-2021"),
            (&SYNTHETIC_2024[..], "synthetic-2024-2025"),
        ] {
            let checked =
                ctdc::check(&file(columns, &[("gender", "Male"), ("isForcedLabour", "1")]));
            assert!(checked.errors.is_empty(), "{code}: {:?}", checked.errors);
            assert_eq!(checked.summary["generation"], code);
            assert_eq!(checked.rows, 1);
        }
    }

    #[test]
    fn the_terms_of_use_of_2020_and_cut_headings_do_no_harm() {
        let mut columns: Vec<&str> = vec!["By using these data you agree to the terms"];
        columns.extend(K_ANONYMOUS);
        let checked = ctdc::check(&file(&columns, &[("citizenship", "00"), ("gender", "-99")]));
        assert!(checked.errors.is_empty(), "{:?}", checked.errors);
        let full: Vec<String> = SYNTHETIC_2021
            .iter()
            .map(|name| match *name {
                "meansOfControlPsychoactiveSubsta" => {
                    "meansOfControlPsychoactiveSubstances".to_owned()
                }
                other => other.to_owned(),
            })
            .collect();
        let full: Vec<&str> = full.iter().map(String::as_str).collect();
        assert!(ctdc::check(&file(&full, &[])).errors.is_empty());
    }

    #[test]
    fn alpha_2_and_alpha_3_are_not_confused() {
        let two = ctdc::check(&file(&K_ANONYMOUS, &[("citizenship", "NGA")]));
        assert_eq!(rules(&two.errors), [(2, "unknown_code")]);
        let three =
            ctdc::check(&file(&SYNTHETIC_2024, &[("citizenship", "NG"), ("isSexualExploit", "2")]));
        assert_eq!(rules(&three.errors), [(2, "unknown_code"), (2, "not_yes_or_no")]);
    }

    #[test]
    fn anything_else_is_refused_with_what_was_found() {
        let short: Vec<&str> = SYNTHETIC_2024[..25].to_vec();
        let nearly = ctdc::check(&file(&short, &[]));
        assert!(nearly.errors[0].message.contains("`recruiterRelationFamily`"), "{nearly:?}");
        let other = ctdc::check(b"name,age\nx,3\n");
        assert_eq!(rules(&other.errors), [(1, "unknown_format")]);
        assert!(other.errors[0].message.contains("`name`, `age`"));
    }

    #[test]
    fn the_derived_records_are_recognised() {
        let Some(bytes) = reference("ctdc/ctdc_synthetic_v2025_northamerica_derived.csv.gz") else {
            return;
        };
        let checked = ctdc::check(&bytes);
        assert_eq!(checked.rows, 91_043);
        assert!(checked.errors.is_empty());
        assert_eq!(checked.summary["generation"], "synthetic-2025-derived");
    }
}

mod htcds_cases {
    use super::*;

    #[test]
    fn codes_are_taken_and_persons_are_not() {
        let text = b"prs_FirstName,prs_Gender,prs_Citizenship,vic_TypeOfExploitation,cas_IncomingReferralDate,con_Consent\nFirst Name,Gender,Citizenship,Type of Exploitation,Incoming Referral Date,Consent\nAda,Feminine,NG;BEN,Forced labour;ForcedBegging,2024-02-30,yes\nBo,Woman,ZZ,Slavery,2024-02-03,no\n";
        let file = htcds::read(text).unwrap();
        assert_eq!(file.checked.rows, 2);
        let found = rules(&file.checked.errors);
        assert_eq!(
            found,
            [(3, "not_a_date"), (4, "unknown_code"), (4, "unknown_code"), (4, "unknown_code")]
        );
        assert_eq!(file.cases[0].codes["prs_Citizenship"], ["NGA", "BEN"]);
        assert_eq!(
            file.cases[0].codes["vic_TypeOfExploitation"],
            ["ForcedLabour", "ForcedBegging"]
        );
        let all = serde_json::to_string(&file.checked).unwrap();
        assert!(!all.contains("Ada"), "no message repeats a name");
        assert!(rules(&file.checked.warnings).contains(&(3, "not_taken")));
        assert!(rules(&file.checked.warnings).contains(&(4, "without_consent")));
    }

    #[test]
    fn a_heading_that_is_none_is_told_with_the_fields_it_may_mean() {
        let text = b"TypeOfExploitation,vic_TypeOfSexExploitation,con_Consent,cas_IncomingReferralDate,Longitude\nForcedLabour,,yes,2024-01-01,\n";
        let checked = htcds::check(text);
        let strange = checked.warnings.iter().filter(|one| one.rule == "unknown_field");
        let told: Vec<&str> = strange.map(|one| one.message.as_str()).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().any(|one| one.contains("`vic_TypeOfExploitation`")), "{told:?}");
        assert!(told.iter().any(|one| one.contains("`Longitude`") && one.contains(" or ")));
    }

    #[test]
    fn another_file_is_refused_with_what_it_holds() {
        let checked = htcds::check(b"name,age\nx,3\n");
        assert_eq!(rules(&checked.errors), [(1, "unknown_format")]);
    }
}
