//! What one case must be after what was done to it, worked out from that alone, and
//! the acts as they are done. Read back from the store after every act.

use super::{Did, NAME, Tried, World};
use crate::{
    care_support::typed,
    people::{CARE, order, yes},
};
use palermo_app::{
    FieldProblem, Refused,
    care::write,
    case::{
        self, Opened, beside, close, consent, incoming, referral,
        rights::{IncidentForm, of_case as incidents_of, record_incident},
    },
    domain::{
        care::{Body, CareKind, child::InterviewBy, recovery::SetBy},
        case::{
            charge::ChargeState,
            referral::{Decline, Item, ReferralState, Step},
            status::VictimStatus,
        },
        id::{CareId, CaseId, ChargeId, ConsentId, IdentificationId, ReferralId},
        identification::{ReviewRoute, Stage},
        purpose::Purpose,
    },
    identification::{self, DecisionForm},
};

/// The person's last word about being told of to Casa Alondra.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Silent,
    Yes,
    No,
    Back,
}

struct Sent {
    id: ReferralId,
    state: ReferralState,
    case: Option<CaseId>,
}

/// What must be so after what was done.
pub(super) struct Model {
    child: bool,
    word: Word,
    agreed: Vec<ConsentId>,
    sent: Vec<Sent>,
    status: VictimStatus,
    waits: Option<IdentificationId>,
    guardians: Vec<CareId>,
    talks: usize,
    periods: Vec<CareId>,
    needs: usize,
    charges: Vec<ChargeId>,
    violations: usize,
    pub(super) erased: bool,
}

fn value<'m>(problem: &'m FieldProblem, name: &str) -> Option<&'m str> {
    problem.message.values.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A refusal names its rule and where that comes from.
fn by_rule<T: std::fmt::Debug>(tried: Result<T, Refused>, rule: u8) {
    match tried.unwrap_err() {
        Refused::Forbidden(why) => {
            assert_eq!(why.rule.number, rule, "{why}");
            assert!(!why.rule.source.is_empty() && !why.reason.is_empty());
        }
        Refused::Invalid(problems) => {
            let number = rule.to_string();
            let names = |one: &FieldProblem| {
                value(one, "rule") == Some(number.as_str())
                    && value(one, "source").is_some_and(|source| !source.is_empty())
            };
            assert!(problems.0.iter().any(names), "R{rule}: {problems:?}");
        }
        other => panic!("R{rule} expected, not {other:?}"),
    }
}

fn own_decision(finding: &str) -> DecisionForm {
    DecisionForm {
        finding: finding.into(),
        legal_ground: "national_law".into(),
        body: "labour_inspector".into(),
        site: "workplace".into(),
        ..DecisionForm::default()
    }
}

impl Model {
    pub(super) const fn new(child: bool) -> Self {
        Self {
            child,
            word: Word::Silent,
            agreed: Vec::new(),
            sent: Vec::new(),
            status: VictimStatus::Presumed,
            waits: None,
            guardians: Vec::new(),
            talks: 0,
            periods: Vec::new(),
            needs: 0,
            charges: Vec::new(),
            violations: 0,
            erased: false,
        }
    }

    pub(super) async fn apply(
        &mut self,
        world: &World<'_>,
        case: CaseId,
        did: Did,
        tried: &mut Tried,
    ) {
        match did {
            Did::Agree { .. } | Did::Refuse | Did::NotNow | Did::TakeBack => {
                self.consent(world, case, did, tried).await;
            }
            Did::Send => self.send(world, case, tried).await,
            Did::Look(at) | Did::Accept(at) | Did::Decline(at) | Did::AskBack(at) => {
                self.answer(world, did, at).await;
            }
            Did::Identify { .. }
            | Did::Deny { .. }
            | Did::Confirm { .. }
            | Did::DeniedElsewhere => self.decide(world, case, did, tried).await,
            Did::Guardian | Did::GuardianGone | Did::Talk | Did::Return => {
                self.child(world, case, did, tried).await;
            }
            Did::Period { .. } | Did::Shorten => self.period(world, case, did, tried).await,
            _ => self.beside(world, case, did, tried).await,
        }
    }

    async fn consent(&mut self, world: &World<'_>, case: CaseId, did: Did, tried: &mut Tried) {
        let acting = world.nadia.acting();
        if did == Did::TakeBack {
            let Some(last) = self.agreed.last() else { return };
            consent::withdraw(&acting, case, *last, CARE).await.unwrap();
            if self.word == Word::Yes {
                self.word = Word::Back;
            }
            for sent in self.sent.iter_mut().filter(|sent| !sent.state.is_over()) {
                sent.state = ReferralState::Withdrawn;
            }
            return;
        }
        let mut form = yes(&world.desk, "");
        match did {
            Did::Agree { heard: false } => form.explained = vec!["who".into()],
            Did::Refuse => form.answer = "no".into(),
            Did::NotNow => form.answer = "not_now".into(),
            _ => {}
        }
        let agrees = form.answer == "yes";
        if self.child && agrees {
            // Of a child alone it is no yes, whatever was explained.
            by_rule(consent::answer(&acting, None, case, &form, CARE).await, 3);
            form.form = "with_guardian".into();
        }
        let answered = consent::answer(&acting, None, case, &form, CARE).await;
        if did == (Did::Agree { heard: false }) {
            by_rule(answered, 6);
            tried.refused += 1;
            return;
        }
        let id = answered.unwrap();
        self.word = if agrees { Word::Yes } else { Word::No };
        if agrees {
            self.agreed.push(id);
        }
    }

    async fn send(&mut self, world: &World<'_>, case: CaseId, tried: &mut Tried) {
        if self.sent.len() == 3 {
            return;
        }
        let left = world.nadia.send(case, &order(&world.desk, "")).await;
        if self.word != Word::Yes {
            by_rule(left, 6);
            tried.refused += 1;
            return;
        }
        self.sent.push(Sent { id: left.unwrap(), state: ReferralState::Sent, case: None });
        tried.left += 1;
    }

    /// What the desk it was sent to does.
    async fn answer(&mut self, world: &World<'_>, did: Did, at: usize) {
        let Some(sent) = self.sent.get_mut(at) else { return };
        let (acting, signed) = (world.marisol.acting(), &world.marisol.signed);
        let open = sent.state.waits_for_answer();
        match did {
            Did::Look(_) => {
                let (_, payload) = incoming::show(&acting, signed, sent.id).await.unwrap();
                if open && sent.state == ReferralState::Sent {
                    sent.state = ReferralState::Received;
                }
                let gone = sent.state == ReferralState::Withdrawn;
                assert!(!(gone && payload.is_some()), "R6: it can be read after it was taken back");
                let story = payload.is_some_and(|payload| payload.item(Item::Story).is_some());
                assert!(!story, "R8: a story went with a referral");
            }
            Did::Accept(_) => {
                let accepted = world.marisol.accept(sent.id).await;
                let may = open || sent.case.is_some();
                assert_eq!(accepted.is_ok(), may, "{:?} {accepted:?}", sent.state);
                if open {
                    sent.state = ReferralState::Accepted;
                    sent.case = accepted.ok();
                } else if let Ok(again) = accepted {
                    assert_eq!(sent.case, Some(again), "one case, however many accept");
                }
            }
            Did::Decline(_) => {
                let why = Some(Decline::Full);
                let declined = incoming::answer(&acting, sent.id, Step::Decline, why).await;
                assert_eq!(declined.is_ok(), open, "{:?} {declined:?}", sent.state);
                if open {
                    sent.state = ReferralState::Declined;
                }
            }
            _ => {
                let asked = incoming::ask(&acting, sent.id, "By which bus?").await;
                let may = matches!(sent.state, ReferralState::Sent | ReferralState::Received);
                assert_eq!(asked.is_ok(), may, "{:?} {asked:?}", sent.state);
                if may {
                    sent.state = ReferralState::InfoRequested;
                }
            }
        }
    }

    async fn decide(&mut self, world: &World<'_>, case: CaseId, did: Did, tried: &mut Tried) {
        let acting = world.nadia.acting();
        let decide = async |form: &DecisionForm| {
            identification::decide(&acting, None, case, form, CARE).await
        };
        match did {
            Did::Identify { grounds } => {
                let mut form = own_decision("identified");
                if !grounds {
                    by_rule(decide(&form).await, 12);
                    tried.refused += 1;
                    return;
                }
                form.basis = vec!["elements_shown".into()];
                self.became(decide(&form).await, VictimStatus::Identified);
            }
            Did::Deny { reviewer, route } => {
                let mut form = own_decision("not_identified");
                form.basis = vec!["no_means".into()];
                if reviewer {
                    form.reviewer = world.ruth.signed.account.id.to_string();
                }
                if route {
                    form.review_route = "court".into();
                }
                let decided = decide(&form).await;
                if reviewer && route {
                    // It waits for its second person, and changes nothing until then.
                    self.waits = Some(decided.unwrap().0);
                } else {
                    by_rule(decided, 12);
                    tried.refused += 1;
                }
            }
            Did::DeniedElsewhere => {
                let form = DecisionForm { elsewhere: true, ..own_decision("not_identified") };
                decide(&form).await.unwrap();
                self.status = VictimStatus::NotIdentified;
                self.violations = self.violations.max(1);
            }
            _ => self.confirm(world, did == (Did::Confirm { own: true })).await,
        }
    }

    async fn confirm(&mut self, world: &World<'_>, own: bool) {
        let Some(id) = self.waits else { return };
        let who = if own { &world.nadia } else { &world.ruth };
        let done = identification::review(&who.acting(), None, id, (true, ""), CARE).await;
        if own {
            by_rule(done, 12);
            return;
        }
        if done.is_ok() {
            self.waits = None;
            let twice = identification::review(&who.acting(), None, id, (true, ""), CARE).await;
            by_rule(twice, 12);
        }
        self.became(done, VictimStatus::NotIdentified);
    }

    /// A decision is in force, or did not follow from where the case stood.
    fn became<T: std::fmt::Debug>(&mut self, done: Result<T, Refused>, to: VictimStatus) {
        match done {
            Ok(_) => self.status = to,
            Err(Refused::Declined(why)) => assert_eq!(why.id, "identification-not-now"),
            Err(other) => panic!("{other:?}"),
        }
    }

    async fn child(&mut self, world: &World<'_>, case: CaseId, did: Did, tried: &mut Tried) {
        if !self.child {
            return;
        }
        let today = world.today.as_str();
        match did {
            Did::Guardian => {
                let facts = [
                    ("name", "an invented name"),
                    ("guardian", "professional"),
                    ("appointed_on", today),
                    ("conflict", "clear"),
                    ("checked_on", today),
                ];
                let id = world.write(case, CareKind::Guardian, &facts).await.unwrap();
                self.guardians.push(id);
            }
            Did::GuardianGone => {
                let Some(id) = self.guardians.pop() else { return };
                let acting = world.nadia.acting();
                write::suspend_guardian(&acting, case, id, CARE).await.unwrap();
            }
            Did::Talk => {
                let facts =
                    [("on", today), ("about", "happened"), ("by", "here"), ("setting", "office")];
                let talked = world.write(case, CareKind::Interview, &facts).await;
                if self.guardians.is_empty() {
                    by_rule(talked, 3);
                    tried.refused += 1;
                } else {
                    talked.unwrap();
                    self.talks += 1;
                }
            }
            _ => {
                // Nothing was weighed by a panel: no way home is arranged for a child.
                let facts = [("service", "return"), ("provider", "state"), ("asked_on", today)];
                by_rule(world.write(case, CareKind::Service, &facts).await, 5);
                tried.refused += 1;
            }
        }
    }

    async fn period(&mut self, world: &World<'_>, case: CaseId, did: Did, tried: &mut Tried) {
        let today = world.today.as_str();
        if let Did::Period { days } = did {
            let days = days.to_string();
            let facts = [("starts_on", today), ("days", days.as_str()), ("set_by", "here")];
            let written = world.write(case, CareKind::Recovery, &facts).await;
            if days == "29" {
                by_rule(written, 4);
                tried.refused += 1;
            } else {
                self.periods.push(written.unwrap());
            }
            return;
        }
        let Some(id) = self.periods.last().copied() else { return };
        let (tenant, store) = (world.nadia.signed.tenant.id, &world.test.store);
        let all = palermo_store::care::of_case(store, tenant, case).await.unwrap();
        let seen = all.iter().find(|one| one.record.id == id).unwrap().revision;
        let typed = typed(&[("starts_on", today), ("days", "12"), ("set_by", "here")]);
        let (acting, vault) = (world.nadia.acting(), Some(&world.vault));
        by_rule(write::change(&acting, vault, case, id, &typed, seen, CARE).await, 4);
        tried.refused += 1;
    }

    async fn beside(&mut self, world: &World<'_>, case: CaseId, did: Did, tried: &mut Tried) {
        let acting = world.nadia.acting();
        match did {
            Did::Need => {
                // In every state of a case, and whatever was answered (R1, R2).
                let on = world.today.as_str();
                let facts = [("service", "shelter"), ("state", "open"), ("on", on)];
                world.write(case, CareKind::Need, &facts).await.unwrap();
                self.needs += 1;
            }
            Did::Charged => {
                let charge = beside::add_charge(&acting, case, "immigration", None, CARE).await;
                self.charges.push(charge.unwrap());
            }
            Did::Dropped => {
                let Some(charge) = self.charges.pop() else { return };
                let dropped = ChargeState::Dropped;
                beside::decide_charge(&acting, case, charge, dropped, CARE).await.unwrap();
            }
            Did::Violated => {
                let form = IncidentForm {
                    rule: "4".into(),
                    body: "border".into(),
                    ..IncidentForm::default()
                };
                record_incident(&acting, None, case, &form, CARE).await.unwrap();
                self.violations += 1;
            }
            // Whether it closes is not this test's question; that help goes on is.
            Did::Close => {
                let why = "Goes on at the clinic";
                let vault = Some(&world.vault);
                drop(close::close(&acting, vault, case, "withdrew", why, CARE).await);
            }
            Did::Reopen => drop(close::reopen(&acting, case, CARE).await),
            Did::Stranger => self.stranger(world, case, tried).await,
            Did::Erase => {
                self.erased = world.erase(case).await;
                tried.erased += usize::from(self.erased);
                let runs = self.sent.iter().any(|sent| !sent.state.is_over());
                assert_eq!(self.erased, !runs, "a referral runs: {runs}");
            }
            _ => unreachable!("{did:?}"),
        }
    }

    /// Whoever is not on the team finds nothing and changes nothing (R8).
    async fn stranger(&self, world: &World<'_>, case: CaseId, tried: &mut Tried) {
        for who in [&world.kofi, &world.ines, &world.marisol] {
            let (acting, signed) = (who.acting(), Some(&who.signed));
            for purpose in [CARE, Purpose::Supervision] {
                let seen = case::look(&acting, signed, case, purpose).await;
                assert!(matches!(seen, Err(Refused::NotFound)), "R8: {seen:?}");
            }
            let charged = beside::add_charge(&acting, case, "drugs", None, CARE).await;
            assert!(matches!(charged, Err(Refused::NotFound)), "{charged:?}");
            tried.refused += 1;
        }
    }

    /// What must hold now, read back from the store.
    pub(super) async fn holds(&self, world: &World<'_>, case: CaseId) {
        let opened = world.nadia.look(case).await;
        let name = opened.text(case::name_place(opened.file.person.record.id)).await.unwrap();
        if self.erased {
            assert_eq!(name, None, "R8: an erased name is read");
            let again = world.nadia.send(case, &order(&world.desk, "")).await;
            assert!(again.is_err(), "R6: an erased person was referred");
            return;
        }
        assert_eq!(name.as_deref(), Some(NAME));
        assert_eq!(opened.file.case.record.status, self.status, "R12: decided by nobody");
        let sent = referral::list(&opened).await.unwrap();
        assert_eq!(sent.len(), self.sent.len());
        for sent in sent.iter().map(|one| &one.record) {
            let known = self.sent.iter().find(|one| one.id == sent.id).unwrap();
            assert_eq!(sent.state, known.state, "R6");
            assert!(sent.consent.is_some_and(|id| self.agreed.contains(&id)), "R6: on nothing");
            assert!(!sent.items.contains(&Item::Story), "R8: a story left");
        }
        let charges = beside::charges(&opened).await.unwrap();
        assert_eq!(charges.len(), self.charges.len());
        let warned = charges.iter().all(|(_, rule)| rule.is_some_and(|rule| rule.number == 7));
        assert!(warned, "R7: a charge without its notice");
        let recorded = incidents_of(&opened).await.unwrap().len();
        assert!(recorded >= self.violations, "R243: a violation was not recorded");
        decisions(&opened).await;
        self.care(world, case).await;
    }

    async fn care(&self, world: &World<'_>, case: CaseId) {
        let (tenant, store) = (world.nadia.signed.tenant.id, &world.test.store);
        let all = palermo_store::care::of_case(store, tenant, case).await.unwrap();
        let (mut talks, mut needs) = (0, 0);
        for one in all {
            match one.record.body {
                Body::Recovery(period) if period.set_by == SetBy::Here => {
                    assert!(period.days >= 30, "R4: {period:?}");
                }
                Body::Interview(talk) if talk.by == InterviewBy::Here => talks += 1,
                Body::Service(service) => {
                    assert!(!self.child || service.service != "return", "R5: {service:?}");
                }
                Body::Need(_) => needs += 1,
                _ => {}
            }
        }
        assert_eq!((talks, needs), (self.talks, self.needs), "R2, R3");
    }
}

/// Every decision names who, on what grounds, and how it is contested (R12).
async fn decisions(opened: &Opened) {
    for one in identification::of_case(opened).await.unwrap() {
        let one = one.record;
        if one.elsewhere {
            continue;
        }
        assert!(!one.basis.is_empty(), "R12: without grounds");
        if one.finding.is_negative() {
            assert_ne!(one.review_route, ReviewRoute::None, "R12: cannot be contested");
            assert!(one.reviewer.is_some_and(|other| other != one.decided_by), "R12: alone");
            let looked = one.reviewed_at.is_some();
            assert!(one.stage != Stage::InForce || looked, "R12: in force before its review");
        }
    }
}
