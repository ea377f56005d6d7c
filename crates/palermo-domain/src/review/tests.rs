use super::*;
use crate::register::{
    adherence::{Act, Adherence, DatedAct},
    day::Day,
    provenance::PartialDate,
    state::StateCode,
};

fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|_| Day::from(time::Date::MIN))
}

fn state(code: &str) -> StateCode {
    code.parse().unwrap_or(StateCode::EU)
}

fn party(code: &str, on: &str) -> Adherence {
    Adherence {
        instrument: match "coe-cets-197".parse() {
            Ok(id) => id,
            Err(_) => unreachable!(),
        },
        party: state(code),
        acts: vec![DatedAct::new(Act::Ratification, day(on))],
        entry_into_force: None,
        source: "a list".into(),
        as_of: PartialDate::exact(day("2010-12-31")),
    }
}

#[test]
fn nobody_says_in_the_states_place_that_it_commented() {
    let (due, before, after) = (day("2026-12-26"), day("2026-11-28"), day("2026-12-27"));
    let refused = may_leave(Stage::Draft, false, Some(due), before);
    assert_eq!(refused, Err(StatesStep { stage: Stage::Draft, due: Some(due) }));
    assert!(may_leave(Stage::Draft, false, Some(due), due).is_err(), "the last day is in time");
    assert!(may_leave(Stage::Draft, false, Some(due), after).is_ok());
    assert!(may_leave(Stage::Draft, true, Some(due), before).is_ok(), "the State has commented");
    assert!(may_leave(Stage::Questionnaire, false, None, after).is_err());
    assert!(may_leave(Stage::Comments, false, Some(due), before).is_ok(), "the experts' own step");
}

#[test]
fn req_055_parties_come_by_date_and_ties_by_name_in_yearly_groups() {
    let all = [
        party("SMR", "2010-11-29"),
        party("ITA", "2010-11-29"),
        party("ROU", "2006-08-21"),
        party("MDA", "2006-05-19"),
        party("SWE", "2020-01-01"),
    ];
    let name = |code: StateCode| {
        match code.as_str() {
            "SMR" => "San Marino",
            "ITA" => "Italy",
            other => other,
        }
        .to_owned()
    };
    let on = day("2013-12-31");
    let ordered = order(OrderRule::Adherence, &all, &[], (2010, 2012), on, name);
    let codes: Vec<&str> = ordered.iter().map(|one| one.state.as_str()).collect();
    assert_eq!(codes, ["MDA", "ROU", "ITA", "SMR"]);
    let years: Vec<i32> = ordered.iter().map(|one| one.year).collect();
    assert_eq!(years, [2010, 2010, 2011, 2012]);
}

#[test]
fn req_056_illegal_jumps_are_refused_with_what_would_follow() {
    assert!(may_move(Stage::Planned, Stage::Questionnaire).is_ok());
    assert!(may_move(Stage::CivilSociety, Stage::Draft).is_ok());
    let refused = may_move(Stage::Questionnaire, Stage::Published);
    let told = refused.err().map(|why| why.to_string()).unwrap_or_default();
    assert!(told.contains("`reply`"), "{told}");
    for stage in Stage::ALL {
        let due = due_from(*stage, day("2026-01-31"), None);
        assert_eq!(due.is_none(), *stage == Stage::Closed);
    }
}

#[test]
fn req_059_no_pillar_edits_the_text_of_another() {
    for actor in Actor::ALL {
        for pillar in Pillar::ALL {
            let own = matches!(
                (actor, pillar),
                (Actor::Experts, Pillar::Expert | Pillar::VisitNotes)
                    | (Actor::Political, Pillar::Political)
                    | (Actor::State, Pillar::State)
            );
            assert_eq!(may_edit(*actor, *pillar), own, "{actor} {pillar}");
        }
    }
}

fn recommendation(id: &str, body: &str, text: &str, themes: &[&str]) -> Recommendation {
    Recommendation {
        id: id.into(),
        body: body.into(),
        made: "2010".into(),
        text: text.into(),
        group: String::new(),
        addressee: AddresseeKind::AllStates,
        states: Vec::new(),
        strength: Strength::Urge,
        themes: themes.iter().map(|theme| (*theme).to_owned()).collect(),
        provisions: Vec::new(),
        measures: Vec::new(),
        indicators: Vec::new(),
        same_as: Vec::new(),
        contradicts: Vec::new(),
        round: None,
        deadline: Some(day("2026-01-01")),
        lead: None,
        recorded: None,
        confidential: false,
        source: "a document".into(),
    }
}

#[test]
fn req_061_nearly_the_same_of_two_bodies_is_grouped() {
    let all = [
        recommendation(
            "A",
            "one",
            "Ensure compensation for victims from assets",
            &["compensation"],
        ),
        recommendation(
            "B",
            "two",
            "Compensation of victims from confiscated assets",
            &["compensation"],
        ),
        recommendation("C", "two", "Train border guards", &["training"]),
    ];
    let groups = similar(&all);
    assert_eq!(groups.get("A"), Some(&vec!["B"]));
    assert_eq!(groups.get("C"), None);
}

fn said(status: RecordStatus, side: FollowUpSide, lead: Option<&str>) -> FollowUp {
    FollowUp {
        recommendation: "A".into(),
        state: state("XAA"),
        side,
        status,
        lead: lead.map(str::to_owned),
        deadline: None,
        account: String::new(),
        evidence: String::new(),
        on: day("2026-02-01"),
        assigned: Some(day("2025-06-01")),
    }
}

#[test]
fn req_063_what_the_state_says_and_what_the_reviewer_found_stand_side_by_side() {
    let both = Statuses {
        recommendation: "A".into(),
        state: state("XAA"),
        own: Some(said(RecordStatus::Implemented, FollowUpSide::State, Some("Justice"))),
        found: Some(said(RecordStatus::Partly, FollowUpSide::Reviewer, None)),
    };
    assert!(both.differ());
    assert_eq!(both.counted(), RecordStatus::Partly);
}

#[test]
fn req_062_and_064_unled_and_overdue_are_counted_reproducibly() {
    let what = recommendation("A", "one", "Do it", &[]);
    let today = day("2026-03-01");
    let unled = Statuses {
        recommendation: "A".into(),
        state: state("XAA"),
        own: Some(said(RecordStatus::Ongoing, FollowUpSide::State, None)),
        found: None,
    };
    let settled = Statuses {
        own: Some(said(RecordStatus::Implemented, FollowUpSide::State, Some("Justice"))),
        ..unled.clone()
    };
    let unknown = Statuses { own: None, ..unled.clone() };
    assert!(
        unled.unled(&what, today) && unled.overdue(&what, today) && !settled.unled(&what, today)
    );
    let counted = statistics(&[(&what, &unled), (&what, &settled), (&what, &unknown)], today);
    assert_eq!((counted.total, counted.overdue), (3, 2));
    // One that names no State and carries no day of recording waits since it was made.
    let shipped = Recommendation { recorded: None, made: "2009".into(), ..what.clone() };
    assert!(shipped.unled(today) && !shipped.unled(day("2010-02-01")));
    let led = Recommendation { lead: Some("Justice".into()), ..shipped };
    assert!(!led.unled(today));
    assert_eq!(counted.settled_percent, Some(50.0));
}

#[test]
fn rule_6_a_request_for_names_of_returned_citizens_is_recognised_in_every_language() {
    for text in [
        "Send the names and addresses of citizens returned since January",
        "Liste des noms des ressortissants assistés",
        "Nombre completo y pasaporte de las víctimas retornadas",
        "أرسلوا أسماء المواطنين العائدين",
        "Veuillez communiquer l'identité des personnes rapatriées ainsi que leurs dates de \
         naissance",
        "VEUILLEZ COMMUNIQUER L'IDENTITE DES PERSONNES RAPATRIEES",
        "Tell us who was sent back in March and where each of them lives now",
        "¿Quiénes fueron las personas devueltas en marzo?",
        "يرجى إرسال هوية الأشخاص المرحلين",
    ] {
        assert!(asks_for_persons(text), "{text}");
    }
    assert!(!asks_for_persons("How many buses were stopped since 1 March?"));
    for text in [
        "Which law protects victims from punishment?",
        "How many victims who were assisted in 2024 received compensation?",
        "Quel est le nombre de victimes assistées ?",
        "Send the list of laws on trafficking in persons",
    ] {
        assert!(!asks_for_persons(text), "{text}");
    }
    assert_eq!(one_person("Has the case of Amina D. been closed?"), Some("Amina D".to_owned()));
    assert_eq!(one_person("Où en est le dossier de Kader ?"), Some("Kader".to_owned()));
    for text in ["Which States signed Annex A?", "In that case of need, who pays?", "Part B. Law"] {
        assert_eq!(one_person(text), None, "{text}");
    }
    assert!(!refused_by_r6(false, "Shelters", "How many are open?"));
    assert!(refused_by_r6(true, "Shelters", "How many are open?"), "who asks says so");
    assert!(refused_by_r6(false, "Names", "Of the victims returned"), "title and question are one");
}

mod meetings {
    use super::{day, state};
    use crate::{
        meeting::{
            ActionStatus, ClosedReader, Decision, DecisionReply, FollowingAction, Meeting, Seat,
            SeatRole, SeatSex, coming_back, composition, next_meetings, reads_closed,
            reported_since, rotating_chair,
        },
        register::mechanism::Cadence,
        tenant::TenantKind,
    };

    fn meeting(on: &str, status: ActionStatus) -> Meeting {
        Meeting {
            body: "M/officials".into(),
            title: on.into(),
            from: day(on),
            to: day(on),
            place: "online".into(),
            agenda: Vec::new(),
            papers: Vec::new(),
            present: Some(4),
            decisions: vec![Decision {
                text: "decided".into(),
                actions: vec![FollowingAction {
                    what: "do".into(),
                    who: "XAA".into(),
                    due: None,
                    status,
                    report: String::new(),
                }],
            }],
        }
    }

    #[test]
    fn req_220_what_is_closed_reaches_members_of_the_body_and_who_keeps_it() {
        let on = day("2026-01-01");
        let seat = |code: Option<&str>, role: SeatRole| Seat {
            body: "M/officials".into(),
            name: "someone".into(),
            state: code.map(state),
            organisation: None,
            role,
            sex: SeatSex::Unstated,
            from: on,
            until: None,
        };
        let reader =
            |kind, code: Option<&str>, keeps| ClosedReader { kind, state: code.map(state), keeps };
        let of_state = |code| reader(TenantKind::NationalCoordination, Some(code), false);
        let officials = [seat(Some("XAA"), SeatRole::Chair), seat(Some("XCC"), SeatRole::Observer)];
        let members = [state("XAA"), state("XBB")];
        let reads = |who| reads_closed(who, &officials, &members, on);
        assert!(reads(of_state("XAA")) && reads(of_state("XBB")));
        assert!(!reads(of_state("XCC")), "an observer's State");
        assert!(!reads(reader(TenantKind::Rapporteur, Some("XAA"), false)));
        assert!(reads(reader(TenantKind::Secretariat, None, true)));
        assert!(!reads(reader(TenantKind::Secretariat, None, false)), "of another mechanism");
        let experts = [seat(None, SeatRole::Member)];
        assert!(!reads_closed(of_state("XAA"), &experts, &members, on), "in a personal capacity");
    }

    #[test]
    fn req_219_open_actions_come_back_at_the_next_meeting() {
        let all = [
            meeting("2025-01-01", ActionStatus::Open),
            meeting("2025-06-01", ActionStatus::Done),
            meeting("2026-01-01", ActionStatus::Open),
        ];
        let back = coming_back(&all[2], &all);
        assert_eq!(back.len(), 1);
        assert_eq!(back[0].0, day("2025-01-01"));
    }

    #[test]
    fn req_219_what_states_reported_since_the_last_meeting_lies_before_the_next() {
        let all = [
            meeting("2025-01-01", ActionStatus::Open),
            meeting("2025-06-01", ActionStatus::Open),
            meeting("2026-01-01", ActionStatus::Open),
        ];
        let called: Vec<(String, &Meeting)> =
            all.iter().zip(["a", "b", "c"]).map(|(one, id)| (id.to_owned(), one)).collect();
        let reply = |meeting: &str, on: &str| DecisionReply {
            meeting: meeting.into(),
            decision: "a decision".into(),
            action: None,
            state: state("XAA"),
            status: ActionStatus::Done,
            text: "Done".into(),
            evidence: "Gazette 12".into(),
            on: day(on),
        };
        let replies = [
            reply("a", "2025-03-01"),
            reply("a", "2025-08-01"),
            reply("b", "2025-06-01"),
            reply("b", "2025-09-01"),
            reply("c", "2025-09-02"),
        ];
        let told = |at: usize| {
            let found = reported_since(&all[at], &called, &replies);
            found.iter().map(|one| one.on.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(told(2), ["2025-06-01", "2025-08-01", "2025-09-01"]);
        assert_eq!(told(1), ["2025-03-01"]);
        assert!(told(0).is_empty());
    }

    #[test]
    fn req_220_an_observer_reads_what_is_open_and_neither_speaks_nor_votes() {
        let observer = SeatRole::Observer.rights();
        assert!(observer.agenda && observer.open_papers);
        assert!(!observer.closed_papers && !observer.speaks && !observer.votes);
        assert!(SeatRole::Member.rights().votes);
    }

    #[test]
    fn req_218_next_meetings_follow_the_cadence_and_the_chair_goes_round() {
        let twice = Cadence { times: 2, years: 1 };
        let days =
            next_meetings(twice, Some(day("2026-01-15")), day("2026-03-01"), day("2027-03-01"));
        assert_eq!(days, [day("2026-07-15"), day("2027-01-15")]);
        let members = [state("XAA"), state("XBB"), state("XCC")];
        let chairs = [2000, 2001, 2002, 2003].map(|year| rotating_chair(&members, 2000, year));
        assert_eq!(
            chairs,
            [Some(members[0]), Some(members[1]), Some(members[2]), Some(members[0])]
        );
        assert_eq!(rotating_chair(&members, 2000, 1999), None);
        assert_eq!(meeting("2026-01-01", ActionStatus::Open).quorate(Some(5)), Some(false));
    }

    #[test]
    fn req_221_the_share_of_women_counts_members_and_chairs() {
        let seat = |role: SeatRole, sex: SeatSex| Seat {
            body: "M/officials".into(),
            name: "an official".into(),
            state: None,
            organisation: None,
            role,
            sex,
            from: day("2025-01-01"),
            until: None,
        };
        let counted = composition(
            &[
                seat(SeatRole::Chair, SeatSex::Woman),
                seat(SeatRole::Member, SeatSex::Man),
                seat(SeatRole::Observer, SeatSex::Woman),
            ],
            day("2026-01-01"),
        );
        assert_eq!((counted.members, counted.women), (2, 1));
        assert_eq!((counted.leading, counted.women_leading, counted.observers), (1, 1, 1));
    }
}
