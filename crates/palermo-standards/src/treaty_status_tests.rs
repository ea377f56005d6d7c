#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

const PLAIN: &str = "Participant,Signature,\"Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)\"\n";

fn list(rows: &str) -> StatusList {
    read(format!("{PLAIN}{rows}").as_bytes()).unwrap()
}

fn acts(list: &StatusList) -> Vec<String> {
    let texts = |row: &StatusRow| {
        row.acts.iter().map(|a| format!("{} {}", a.act, a.date)).collect::<Vec<_>>().join(", ")
    };
    list.rows.iter().map(texts).collect()
}

#[test]
fn a_letter_tells_the_act_and_no_letter_means_ratification() {
    let list = list(
        "A,12 Dec 2000,21 Aug 2002\nB,,9 Feb 2010 a\nC,,9 Feb 2010 A\nD,,9 Feb 2010 AA\nE,,9 Feb 2010 d\nF,13 Dec 2000,\nG,,9 Feb 2010 P\n",
    );
    assert!(list.rejected.is_empty(), "{:?}", list.rejected);
    assert_eq!(
        acts(&list),
        [
            "signature 2000-12-12, ratification 2002-08-21",
            "accession 2010-02-09",
            "acceptance 2010-02-09",
            "approval 2010-02-09",
            "succession 2010-02-09",
            "signature 2000-12-13",
            "participation 2010-02-09",
        ]
    );
}

#[test]
fn a_listed_state_without_any_act_is_kept_without_acts() {
    let list = list("China,,\n");
    assert_eq!(list.rows[0].acts, []);
    assert!(list.rejected.is_empty());
}

#[test]
fn headings_are_known_by_their_meaning_in_any_order() {
    let text = "\"Accession(a), Ratification\",Remarks,Signatory State,\"Signature, Succession to signature(d)\"\n8 Nov 2007,x,A,6 Feb 2007\n,,B,23 Oct 2006 d\n";
    let list = read(text.as_bytes()).unwrap();
    assert_eq!(list.participant_heading, "Signatory State");
    assert_eq!(
        acts(&list),
        ["signature 2007-02-06, ratification 2007-11-08", "succession_to_signature 2006-10-23"]
    );
}

#[test]
fn a_definitive_signature_binds_and_a_plain_one_does_not() {
    let text = "Participant,\"Definitive signature or participation in the Convention, Participation(P)\",\"Ratification of the Convention as amended, Accession to it(a)\"\nA,16 Aug 1954,\nB,15 Dec 1955 P,\nC,,2 Jul 1957 a\n";
    let list = read(text.as_bytes()).unwrap();
    assert_eq!(
        acts(&list),
        ["definitive_signature 1954-08-16", "participation 1955-12-15", "accession 1957-07-02"]
    );
}

#[test]
fn a_bare_date_under_accession_alone_is_rejected_with_the_letters() {
    let list = read(b"Participant,\"Accession(a), Succession(d)\"\nA,8 Nov 1967\n").unwrap();
    let rejected = &list.rejected[0];
    assert_eq!(rejected.row, 2);
    assert_eq!(rejected.remedy, "add `a` for accession or `d` for succession after the date");
}

#[test]
fn every_bad_cell_names_row_column_value_and_remedy() {
    let list = list(
        "A,31 Feb 2001,\nB,,9 Fev 2010 a\nC,,9 Feb 10 a\nD,,soon\nE,,9 Feb 2010 x\nF,9 Feb 2010 a,\nG,,[9 Feb 2010]\n,,9 Feb 2010\nH,,32 Jan 2010\n",
    );
    assert!(list.rows.is_empty());
    let told: Vec<String> = list.rejected.iter().map(ToString::to_string).collect();
    for (row, word) in [
        (2, "`31 Feb 2001` is not a day of the calendar"),
        (3, "`9 Fev 2010 a` is not a date"),
        (4, "`9 Feb 10 a` is not a date"),
        (5, "`soon` is not a date"),
        (6, "`x` after the date is not a known letter"),
        (7, "`a` does not mark a signature"),
        (8, "square brackets"),
        (9, "the name is empty"),
        (10, "`32 Jan 2010` is not a day of the calendar"),
    ] {
        let found = told.iter().any(|t| t.starts_with(&format!("row {row}, ")) && t.contains(word));
        assert!(found, "row {row} {word}: {told:#?}");
    }
    assert!(list.rejected.iter().all(|r| !r.remedy.is_empty() && !r.field.is_empty()));
}

#[test]
fn a_row_with_several_bad_cells_tells_them_all() {
    assert_eq!(list("A,soon,later\n").rejected.len(), 2);
}

#[test]
fn a_row_of_another_width_is_rejected() {
    let list = list("Korea, Republic of,12 Dec 2000,\nB,12 Dec 2000\nC,12 Dec 2000,,\n");
    assert_eq!(list.rejected.iter().map(|r| r.row).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(acts(&list), ["signature 2000-12-12"]);
}

#[test]
fn bound_before_signing_is_rejected() {
    let list = list("A,12 Dec 2002,21 Aug 2001\n");
    assert!(list.rejected[0].problem.contains("comes before the signature"), "{:?}", list.rejected);
}

#[test]
fn other_ways_to_write_a_date_are_read() {
    let list = list(
        "A,2000-12-12,\nB,,9 February 2010 a\nC,,09 Sept. 2010\nD,,2010-02-09 a\nE,,9 Feb 2010 a 3\nF,,9 Feb 2010 [1]\n",
    );
    assert!(list.rejected.is_empty(), "{:?}", list.rejected);
    assert_eq!(
        acts(&list),
        [
            "signature 2000-12-12",
            "accession 2010-02-09",
            "ratification 2010-09-09",
            "accession 2010-02-09",
            "accession 2010-02-09",
            "ratification 2010-02-09"
        ]
    );
}

#[test]
fn a_file_with_other_headings_is_refused_with_what_was_found() {
    let error = read(b"Name,When\nBenin,2000\n").unwrap_err().to_string();
    assert!(error.contains("`Name`, `When`") && error.contains("`Participant`"), "{error}");
    let error = read(b"Participant,When\nBenin,2000\n").unwrap_err().to_string();
    assert!(error.starts_with("no column of acts"), "{error}");
    let error = read(b"Participant,State,Signature\n").unwrap_err();
    assert!(matches!(error, NotAStatusList::TwoParticipants(..)));
    assert_eq!(read(b"").unwrap_err(), NotAStatusList::NotATable(NotATable::Empty));
}

#[test]
fn what_is_written_reads_back() {
    let rows = "A,12 Dec 2000,21 Aug 2002\nB,,9 Feb 2010 a\nC,3 Mar 2001 d,9 Feb 2010 AA\nD,,1 Jan 1999 s\nE,,\nF,,1 Jan 1999 c\n";
    let first = list(rows);
    assert!(first.rejected.is_empty());
    let adherences: Vec<(String, Adherence)> = first
        .rows
        .iter()
        .map(|row| {
            let adherence = Adherence {
                instrument: "tip-protocol".parse().unwrap(),
                party: "XAA".parse().unwrap(),
                acts: row.acts.clone(),
                entry_into_force: None,
                source: "a list".to_owned(),
                as_of: "2015".parse().unwrap(),
            };
            (row.participant.clone(), adherence)
        })
        .collect();
    let borrowed: Vec<_> = adherences.iter().map(|(name, a)| (name.clone(), a)).collect();
    let again = read(&write(&borrowed)).unwrap();
    assert_eq!(again.rows, first.rows);
}
