//! Whatever anyone does to a case, in whatever order: no state is reached that
//! breaks R1, R2, R6, R7, R8 or R12 (R3 to R5 are in `care_sequences.rs`). A
//! hundred thousand sequences of acts run against the rules; what must hold is
//! worked out anew from the log of what was done, not from the rules' own
//! answers. More sequences: `PALERMO_SEQUENCES=2000000`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    case::{
        Phase, UrgentNeed,
        charge::{Charge, ChargeState, Offence},
        referral::{Ask, Item, ReferralState, Step},
        sharing::{
            Answer, Consent, ConsentForm, Explained, LegalAim, LegalBasis, Recipient,
            RecipientKind, ShareFor,
        },
        status::VictimStatus,
    },
    compartment::Compartment,
    id::{AccountId, CaseId, ChargeId, ConsentId, Id, LegalBasisId, PersonId, TenantId},
    moment::Moment,
    role::Role,
    safeguard::{
        Forbidden,
        assistance::{Assistance, Condition, may_be_helped, on_condition},
        decision::{Says, may_decide, notice},
        overlay::may_open,
        sharing::{Share, answer, may_share},
    },
};
use std::time::Duration;
use uuid::Uuid;

/// One act of somebody.
#[derive(Debug, Clone)]
enum Act {
    Help,
    HelpOn(Condition),
    Become(VictimStatus, bool, bool, bool),
    Close,
    Reopen,
    Answer(ShareFor, RecipientKind, Answer, Vec<Explained>),
    Withdraw(usize),
    Send(ShareFor, RecipientKind, Ask, Vec<Item>),
    SendByLaw(RecipientKind, LegalAim, Vec<RecipientKind>, Vec<Item>),
    Step(usize, Step),
    Charged(Offence),
    ChargeEnds(usize, ChargeState),
    Violated,
    OpenNames(Role),
    Wait(u64),
}

/// What was done, for working out what must hold.
#[derive(Debug, Clone)]
enum Done {
    Answered(Consent),
    TakenBack(ConsentId, Moment),
    Left {
        share: (ShareFor, Recipient),
        items: Vec<Item>,
        ask: Ask,
        at: Moment,
        law: Option<LegalBasis>,
    },
    Decided {
        by: bool,
        grounds: bool,
        contest: bool,
    },
}

struct World {
    now: Moment,
    status: VictimStatus,
    phase: Phase,
    consents: Vec<Consent>,
    referrals: Vec<(ReferralState, Vec<ReferralState>)>,
    charges: Vec<Charge>,
    log: Vec<Done>,
    helped: (u32, u32),
    incidents: (u32, u32),
    next: u128,
}

fn recipient(kind: RecipientKind) -> Recipient {
    Recipient { kind, tenant: None, desk: None, outside: kind.code().to_owned() }
}

fn told(refusal: &Forbidden, number: u8) {
    assert_eq!(refusal.rule.number, number, "{refusal}");
    assert!(!refusal.rule.source.is_empty() && !refusal.reason.is_empty());
}

impl World {
    fn new() -> Self {
        Self {
            now: Moment::from_micros(1_000_000_000_000),
            status: VictimStatus::Presumed,
            phase: Phase::Open,
            consents: Vec::new(),
            referrals: Vec::new(),
            charges: Vec::new(),
            log: Vec::new(),
            helped: (0, 0),
            incidents: (0, 0),
            next: 1,
        }
    }

    fn id<I: Id>(&mut self) -> I {
        self.next += 1;
        I::from_uuid(Uuid::from_u128(self.next))
    }

    fn assistance(&self) -> Assistance {
        Assistance {
            status: self.status,
            phase: self.phase,
            urgent: vec![UrgentNeed::Food],
            child_rights: false,
            waiting_since: self.now,
        }
    }

    fn apply(&mut self, act: &Act) {
        match act {
            Act::Help => {
                self.helped.0 += 1;
                self.helped.1 += u32::from(may_be_helped(&self.assistance()));
            }
            Act::HelpOn(condition) => told(&on_condition(*condition).unwrap_err(), 1),
            Act::Become(next, by, grounds, contest) => {
                self.become_one(*next, *by, *grounds, *contest)
            }
            Act::Close => self.phase = Phase::Closed,
            Act::Reopen => self.phase = Phase::Open,
            Act::Answer(purpose, kind, said, explained) => {
                self.answer(*purpose, *kind, *said, explained);
            }
            Act::Withdraw(at) => self.withdraw(*at),
            Act::Send(purpose, kind, ask, items) => self.send(*purpose, *kind, *ask, items, None),
            Act::SendByLaw(kind, aim, to, items) => self.by_law(*kind, *aim, to, items),
            Act::Step(at, step) => {
                if let Some((state, path)) = self.referrals.get_mut(*at)
                    && let Ok(next) = state.after(*step)
                {
                    *state = next;
                    path.push(next);
                }
            }
            Act::Charged(offence) => self.charged(*offence),
            Act::ChargeEnds(at, state) => {
                if let Some(charge) = self.charges.get_mut(*at) {
                    charge.state = *state;
                }
            }
            Act::Violated => {
                // Recording a violation asks no rule, in any state (R243).
                self.incidents.0 += 1;
                self.incidents.1 += 1;
            }
            Act::OpenNames(role) => {
                let opened = may_open(*role, Compartment::Identity);
                if let Err(refusal) = &opened {
                    told(refusal, 8);
                }
                let never = [
                    Role::Secretariat,
                    Role::Donor,
                    Role::TenantAdministrator,
                    Role::Auditor,
                    Role::Analyst,
                    Role::Investigator,
                    Role::NationalRapporteur,
                ];
                assert!(
                    !(never.contains(role) && opened.is_ok()),
                    "R8: {} opens names",
                    role.code()
                );
            }
            Act::Wait(hours) => self.now = self.now.after(Duration::from_secs(hours * 3600)),
        }
        self.now = self.now.after(Duration::from_secs(1));
    }

    fn by_law(
        &mut self,
        kind: RecipientKind,
        aim: LegalAim,
        recipients: &[RecipientKind],
        items: &[Item],
    ) {
        let law = LegalBasis {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: LegalBasisId::from_uuid(Uuid::nil()),
            provision: "Act 1, art. 2".into(),
            aim,
            recipients: recipients.to_vec(),
            from: Moment::from_micros(0),
            until: None,
        };
        self.send(ShareFor::Help, kind, Ask::Referral, items, Some(law));
    }

    fn charged(&mut self, offence: Offence) {
        let id: ChargeId = self.id();
        self.charges.push(Charge {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id,
            case: CaseId::from_uuid(Uuid::nil()),
            offence,
            state: ChargeState::Pending,
            happened_at: self.now,
            recorded_at: self.now,
        });
    }

    fn become_one(&mut self, next: VictimStatus, by: bool, grounds: bool, contest: bool) {
        if !self.status.may_become(next) {
            return;
        }
        if next.is_decided() {
            let says = Says {
                decided_by: by.then(|| AccountId::from_uuid(Uuid::nil())),
                grounds: if grounds { "ground" } else { " " },
                contest: if contest { "court" } else { "" },
            };
            match may_decide(&says) {
                Ok(()) => self.log.push(Done::Decided { by, grounds, contest }),
                Err(refusal) => {
                    told(&refusal, 12);
                    return;
                }
            }
        }
        self.status = next;
    }

    fn answer(
        &mut self,
        purpose: ShareFor,
        kind: RecipientKind,
        said: Answer,
        explained: &[Explained],
    ) {
        let id: ConsentId = self.id();
        let consent = Consent {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id,
            case: CaseId::from_uuid(Uuid::nil()),
            person: PersonId::from_uuid(Uuid::nil()),
            purpose,
            recipient: recipient(kind),
            answer: said,
            language: "wo".into(),
            form: ConsentForm::Oral,
            interpreter: true,
            explained: explained.to_vec(),
            explained_by: AccountId::from_uuid(Uuid::nil()),
            explained_outside: false,
            written_by: None,
            happened_at: self.now,
            recorded_at: self.now,
            until: None,
            withdrawn_at: None,
        };
        match answer(&consent) {
            Ok(()) => {
                self.log.push(Done::Answered(consent.clone()));
                self.consents.push(consent);
            }
            Err(refusal) => told(&refusal, 6),
        }
    }

    fn withdraw(&mut self, at: usize) {
        let now = self.now;
        let Some(consent) = self.consents.get_mut(at) else { return };
        if consent.answer != Answer::Yes || consent.withdrawn_at.is_some() {
            return;
        }
        consent.withdrawn_at = Some(now);
        let id = consent.id;
        self.log.push(Done::TakenBack(id, now));
    }

    fn send(
        &mut self,
        purpose: ShareFor,
        kind: RecipientKind,
        ask: Ask,
        items: &[Item],
        law: Option<LegalBasis>,
    ) {
        let to = recipient(kind);
        let share = Share { purpose, recipient: &to, ask, items };
        match may_share(&share, &self.consents, law.as_ref(), self.now) {
            Ok(_) => {
                let at = self.now;
                self.log.push(Done::Left {
                    share: (purpose, to),
                    items: items.to_vec(),
                    ask,
                    at,
                    law,
                });
                let state = ReferralState::Draft.after(Step::Send).unwrap();
                self.referrals.push((state, vec![state]));
            }
            Err(refusal) => told(&refusal, 6),
        }
    }

    /// What must hold, worked out from the log.
    fn check(&self) -> Result<(), String> {
        if self.helped.0 != self.helped.1 {
            return Err("R2: someone was not helped".into());
        }
        if self.incidents.0 != self.incidents.1 {
            return Err("R243: a violation was not recorded".into());
        }
        for done in &self.log {
            match done {
                Done::Decided { by: true, grounds: true, contest: true } => {}
                Done::Decided { .. } => return Err("R12: a decision hides something".into()),
                Done::Left { share, items, ask, at, law } => {
                    self.lawful(share, items, *ask, *at, law.as_ref())?;
                }
                Done::Answered(_) | Done::TakenBack(..) => {}
            }
        }
        for charge in &self.charges {
            let stands = charge.state != ChargeState::Dropped;
            if stands != notice(charge).is_some_and(|rule| rule.number == 7) {
                return Err("R7: a charge without its notice".into());
            }
        }
        for (_, path) in &self.referrals {
            let accepted = path.iter().filter(|state| **state == ReferralState::Accepted).count();
            let over = path.iter().position(|state| state.is_over());
            if accepted > 1 || over.is_some_and(|at| at + 1 != path.len()) {
                return Err(format!("a referral went {path:?}"));
            }
        }
        Ok(())
    }

    fn lawful(
        &self,
        share: &(ShareFor, Recipient),
        items: &[Item],
        ask: Ask,
        at: Moment,
        law: Option<&LegalBasis>,
    ) -> Result<(), String> {
        if ask == Ask::Referral && items.contains(&Item::Story) {
            return Err("R8: a story left with a referral".into());
        }
        if let Some(law) = law {
            let harmful =
                [RecipientKind::Immigration, RecipientKind::Origin, RecipientKind::Family];
            if harmful.contains(&share.1.kind) || !law.recipients.contains(&share.1.kind) {
                return Err(format!("R6: the law sent it to {}", share.1.kind.code()));
            }
            return Ok(());
        }
        // The last word before it left, from the log alone.
        let mut last: Option<&Consent> = None;
        let mut back = None;
        for done in &self.log {
            match done {
                Done::Answered(consent)
                    if consent.happened_at <= at
                        && consent.purpose == share.0
                        && consent.recipient == share.1 =>
                {
                    last = Some(consent);
                    back = None;
                }
                Done::TakenBack(id, when) if *when <= at && last.is_some_and(|c| c.id == *id) => {
                    back = Some(*when);
                }
                _ => {}
            }
        }
        let Some(consent) = last else { return Err("R6: nobody was asked".into()) };
        if consent.answer != Answer::Yes || back.is_some() {
            return Err("R6: it left against the person's last word".into());
        }
        let mut needed =
            vec![Explained::Who, Explained::What, Explained::MayRefuse, Explained::MayWithdraw];
        if share.1.cannot_be_called_back() {
            needed.push(Explained::NotCalledBack);
        }
        if needed.iter().any(|one| !consent.explained.contains(one)) {
            return Err("R6: the person did not hear what they agreed to".into());
        }
        Ok(())
    }
}

/// The same throws for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most as u64) as usize
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn some<T: Clone>(&mut self, all: &[T]) -> Vec<T> {
        // All of them half of the time, so that a yes often counts.
        if self.below(2) == 0 {
            return all.to_vec();
        }
        all.iter().filter(|_| self.below(3) > 0).cloned().collect()
    }

    fn yes(&mut self) -> bool {
        self.below(4) > 0
    }

    fn act(&mut self) -> Act {
        const FEW: [RecipientKind; 4] = [
            RecipientKind::Care,
            RecipientKind::Police,
            RecipientKind::Immigration,
            RecipientKind::Legal,
        ];
        const FOR: [ShareFor; 2] = [ShareFor::Help, ShareFor::Investigation];
        const ITEMS: [Item; 4] = [Item::CallName, Item::Age, Item::Words, Item::Story];
        let conditions = [
            Condition::Cooperation,
            Condition::Nationality,
            Condition::Status,
            Condition::Consent,
            Condition::Identified,
        ];
        match self.below(16) {
            0 => Act::Help,
            1 => Act::HelpOn(self.of(&conditions)),
            2 | 3 => Act::Become(self.of(VictimStatus::ALL), self.yes(), self.yes(), self.yes()),
            4 => self.of(&[Act::Close, Act::Reopen]),
            5 | 6 => Act::Answer(
                self.of(&FOR),
                self.of(&FEW),
                self.of(&[Answer::Yes, Answer::Yes, Answer::No, Answer::NotNow]),
                self.some(Explained::ALL),
            ),
            7 => Act::Withdraw(self.below(4)),
            8..=10 => {
                let items = ITEMS[..self.below(ITEMS.len() + 1)].to_vec();
                Act::Send(self.of(&FOR), self.of(&FEW), self.of(Ask::ALL), items)
            }
            11 => Act::SendByLaw(
                self.of(RecipientKind::ALL),
                self.of(LegalAim::ALL),
                self.some(RecipientKind::ALL),
                ITEMS[..self.below(ITEMS.len())].to_vec(),
            ),
            12 => Act::Step(self.below(3), self.of(Step::ALL)),
            13 => Act::Charged(self.of(Offence::ALL)),
            14 => self.of(&[
                Act::ChargeEnds(0, ChargeState::Dropped),
                Act::ChargeEnds(0, ChargeState::Convicted),
                Act::Violated,
            ]),
            _ => {
                let role = self.of(Role::ALL);
                let hours = self.below(400) as u64;
                self.of(&[Act::OpenNames(role), Act::Wait(hours)])
            }
        }
    }
}

fn run(acts: &[Act]) -> Result<(u32, usize), String> {
    let mut world = World::new();
    for act in acts {
        world.apply(act);
        world.check()?;
    }
    let left = world.log.iter().filter(|done| matches!(done, Done::Left { .. })).count();
    Ok((world.helped.1, left))
}

/// The shortest part of a sequence that still fails.
fn shortest(mut acts: Vec<Act>) -> Vec<Act> {
    let mut at = 0;
    while at < acts.len() {
        let mut fewer = acts.clone();
        fewer.remove(at);
        if run(&fewer).is_err() {
            acts = fewer;
        } else {
            at += 1;
        }
    }
    acts
}

#[test]
fn no_sequence_of_acts_reaches_a_state_that_breaks_a_rule_of_rights() {
    let wanted = std::env::var("PALERMO_SEQUENCES").ok().and_then(|n| n.parse().ok());
    let sequences: u64 = wanted.unwrap_or(100_000);
    let (mut helped, mut left) = (0, 0);
    for seed in 0..sequences {
        let mut dice = Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let length = 4 + dice.below(20);
        let acts: Vec<Act> = (0..length).map(|_| dice.act()).collect();
        match run(&acts) {
            Ok((more_help, more_left)) => {
                helped += more_help;
                left += more_left;
            }
            Err(why) => panic!("seed {seed}: {why}\n{:#?}", shortest(acts)),
        }
    }
    // The sequences really get somewhere: people are helped and things do leave.
    assert!(u64::from(helped) > sequences / 4, "only {helped} were helped");
    assert!(left as u64 > sequences / 20, "only {left} referrals left");
}

#[test]
fn a_broken_world_is_noticed() {
    let mut world = World::new();
    world.log.push(Done::Left {
        share: (ShareFor::Help, recipient(RecipientKind::Care)),
        items: vec![Item::CallName],
        ask: Ask::Referral,
        at: world.now,
        law: None,
    });
    assert_eq!(world.check(), Err("R6: nobody was asked".into()));
}
