//! A signal: a count higher than the past explains. It goes to people, who
//! dismiss it with a reason or answer it with a joint response.

use super::dataset::codes;
use serde::{Deserialize, Serialize};

codes! {
    /// Where a signal stands.
    SignalStatus {
        /// Nobody has looked yet.
        New = "new",
        /// Dismissed, with the reason.
        Dismissed = "dismissed",
        /// Answered by a joint response.
        Answered = "answered",
    }
}

codes! {
    /// Where a joint response stands.
    Step {
        /// Proposed, with its note on human rights.
        Proposed = "proposed",
        /// The host State agrees.
        Consented = "consented",
        /// The team stands, with an organisation that assists.
        Composed = "composed",
        /// On the ground.
        Deployed = "deployed",
        /// Back, with its report: persons assisted and persons refused entry.
        Reported = "reported",
        /// Over, with its lessons.
        Closed = "closed",
        /// The host State does not agree.
        Declined = "declined",
    }
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// The series, in words: dimension and value.
    pub series: String,
    /// The period, as `2026-04`.
    pub period: String,
    /// Persons counted.
    pub observed: u64,
    /// Persons the past explains.
    pub expected: f64,
    /// The number beyond which a signal is raised.
    pub threshold: f64,
    /// The method, in words.
    pub method: String,
    /// The first period of the run of signals.
    pub since: String,
    /// Where it stands.
    pub status: SignalStatus,
    /// Why it was dismissed.
    pub reason: Option<String>,
    /// The joint response, if there is one.
    pub response: Option<JointResponse>,
    /// The dataset whose newest batch raised it.
    #[serde(default)]
    pub dataset: Option<String>,
    /// Probability of a count as high as this if nothing changed.
    #[serde(default)]
    pub p: Option<f64>,
    /// The same, adjusted for the series watched at once (Benjamini–Hochberg).
    #[serde(default)]
    pub q: Option<f64>,
    /// Series watched in the same month.
    #[serde(default)]
    pub watched: u32,
    /// Signals a month to be expected among them if nothing ever happens.
    #[serde(default)]
    pub false_alarms: Option<f64>,
    /// The last months of the series with their persons, the oldest first.
    #[serde(default)]
    pub history: Vec<(String, u64)>,
    /// Who triaged it, and when in microseconds since 1970.
    #[serde(default)]
    pub triaged: Option<(String, i64)>,
}

/// What enforcement sees of a signal after triage: no finer than a release shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coarse {
    /// The State; none where no release tells States apart.
    pub state: Option<String>,
    /// Dimension and value; none where no release crosses it.
    pub what: Option<(String, String)>,
    /// The year.
    pub year: String,
    /// Whether it was dismissed or answered.
    pub status: SignalStatus,
}

impl Signal {
    /// The series in its parts: State, dimension, value.
    #[must_use]
    pub fn parts(&self) -> (&str, &str, &str) {
        let (state, rest) = self.series.split_once(' ').unwrap_or(("", &self.series));
        let (dimension, word) = rest.split_once(':').unwrap_or(("", rest));
        (state, dimension, word)
    }

    /// As those read it who do not read the figures themselves: every number of
    /// persons rounded down to a multiple of the threshold, and no chance from which
    /// an exact count could be worked out (E40).
    #[must_use]
    pub fn rounded(&self, threshold: u32) -> Self {
        let step = threshold.max(1);
        let down = |count: u64| count - count % u64::from(step);
        let down_of = |count: f64| (count.max(0.0) / f64::from(step)).floor() * f64::from(step);
        let history = self.history.iter().map(|(month, count)| (month.clone(), down(*count)));
        Self {
            observed: down(self.observed),
            expected: down_of(self.expected),
            threshold: down_of(self.threshold),
            p: None,
            q: None,
            history: history.collect(),
            ..self.clone()
        }
    }

    /// Whether a response may be proposed, or the signal dismissed: nothing was
    /// proposed yet, or the host State declined.
    #[must_use]
    pub fn takes_proposal(&self) -> bool {
        self.response.as_ref().is_none_or(|response| response.step == Step::Declined)
    }

    /// What enforcement may see: nothing before triage; then State and value
    /// only if a public release crosses the two, the year and never the month,
    /// and no count (E29).
    #[must_use]
    pub fn coarse(&self, released: &[Vec<String>]) -> Option<Coarse> {
        if self.status == SignalStatus::New {
            return None;
        }
        let (state, dimension, word) = self.parts();
        let crosses = |names: &[&str]| {
            released.iter().any(|columns| names.iter().all(|n| columns.iter().any(|c| c == n)))
        };
        // A way between States is finer than anything but a table of ways.
        let names: Vec<&str> = match dimension {
            "route" => vec!["origin", "transit", "destination"],
            other => vec![other],
        };
        let both: Vec<&str> = names.iter().copied().chain(["state"]).collect();
        let (tells_state, tells_what) = if dimension == "route" {
            (crosses(&names), crosses(&names))
        } else if crosses(&both) {
            (true, true)
        } else {
            // Shown apart, the two together would say more than a release.
            (crosses(&["state"]), false)
        };
        Some(Coarse {
            state: (tells_state && !state.is_empty()).then(|| state.to_owned()),
            what: tells_what.then(|| (dimension.to_owned(), word.to_owned())),
            year: self.period.get(..4).unwrap_or(&self.period).to_owned(),
            status: self.status,
        })
    }
}

/// The documents' swift action team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointResponse {
    /// The State where it acts.
    pub host: String,
    /// What is done so that nobody is harmed.
    pub rights_note: String,
    /// Who may be stopped.
    #[serde(default)]
    pub stopped: String,
    /// Who may be turned back.
    #[serde(default)]
    pub turned_back: String,
    /// Who may be exposed.
    #[serde(default)]
    pub exposed: String,
    /// Who takes part; an organisation that assists is one of them.
    pub team: String,
    /// The organisation that assists.
    pub ngo: String,
    /// Where it stands.
    pub step: Step,
    /// The host State's consent: who gave it.
    pub consent: Option<String>,
    /// Persons assisted.
    pub assisted: Option<u64>,
    /// Persons refused entry: counted, because a response may do harm.
    pub refused_entry: Option<u64>,
    /// What was learnt, for the library.
    pub lessons: Option<String>,
    /// The public may read the lessons.
    #[serde(default)]
    pub lessons_public: bool,
    /// What was done, as reported.
    #[serde(default)]
    pub report: String,
    /// Steps with who took them and when, in microseconds since 1970.
    #[serde(default)]
    pub taken: Vec<(Step, String, i64)>,
}

/// Why a response cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotYet {
    /// The note on human rights is missing.
    #[error("say who may be stopped, turned back or exposed, and what is done about it")]
    NoRightsNote,
    /// No organisation that assists takes part.
    #[error("name the organisation that assists")]
    NoNgo,
    /// Nobody takes part.
    #[error("say who takes part")]
    NoTeam,
    /// Nothing was learnt, or nobody wrote it down.
    #[error("write down what was learnt")]
    NoLessons,
    /// The host State has not agreed.
    #[error("the host State has not agreed")]
    NoConsent,
    /// The report lacks its two numbers.
    #[error("count the persons assisted and the persons refused entry")]
    NoCounts,
    /// The step does not follow.
    #[error("this step does not follow the one before")]
    WrongStep,
}

impl NotYet {
    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoRightsNote => "no-rights-note",
            Self::NoNgo => "no-ngo",
            Self::NoTeam => "no-team",
            Self::NoLessons => "no-lessons",
            Self::NoConsent => "no-consent",
            Self::NoCounts => "no-counts",
            Self::WrongStep => "wrong-step",
        }
    }
}

impl JointResponse {
    /// Goes one step on.
    ///
    /// # Errors
    /// What is missing first.
    pub fn advance(&mut self, to: Step) -> Result<(), NotYet> {
        let note = [&self.rights_note, &self.stopped, &self.turned_back, &self.exposed];
        if note.iter().any(|part| part.trim().is_empty()) {
            return Err(NotYet::NoRightsNote);
        }
        match (self.step, to) {
            (Step::Proposed, Step::Consented | Step::Declined) => {
                if to == Step::Consented && self.consent.is_none() {
                    return Err(NotYet::NoConsent);
                }
            }
            (Step::Consented, Step::Composed) => {
                if self.team.trim().is_empty() {
                    return Err(NotYet::NoTeam);
                }
                if self.ngo.trim().is_empty() {
                    return Err(NotYet::NoNgo);
                }
            }
            (Step::Composed, Step::Deployed) => {
                if self.consent.is_none() {
                    return Err(NotYet::NoConsent);
                }
            }
            (Step::Deployed, Step::Reported) => {
                if self.assisted.is_none() || self.refused_entry.is_none() {
                    return Err(NotYet::NoCounts);
                }
            }
            (Step::Reported, Step::Closed) => {
                if self.lessons.as_ref().is_none_or(|lessons| lessons.trim().is_empty()) {
                    return Err(NotYet::NoLessons);
                }
            }
            _ => return Err(NotYet::WrongStep),
        }
        self.step = to;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response() -> JointResponse {
        JointResponse {
            host: "XBB".to_owned(),
            rights_note: "Nobody is turned back without an interview".to_owned(),
            stopped: "Seasonal workers on buses".to_owned(),
            turned_back: "Persons without papers".to_owned(),
            exposed: "Families who already complained".to_owned(),
            team: String::new(),
            ngo: String::new(),
            step: Step::Proposed,
            consent: None,
            assisted: None,
            refused_entry: None,
            lessons: None,
            lessons_public: false,
            report: String::new(),
            taken: Vec::new(),
        }
    }

    #[test]
    fn req_180_a_response_goes_step_by_step_and_each_step_asks_for_its_own() {
        let mut one = response();
        assert_eq!(one.advance(Step::Consented), Err(NotYet::NoConsent));
        one.consent = Some("Focal point of XBB".to_owned());
        assert_eq!(one.advance(Step::Deployed), Err(NotYet::WrongStep));
        assert_eq!(one.advance(Step::Consented), Ok(()));
        assert_eq!(one.advance(Step::Composed), Err(NotYet::NoTeam));
        one.team = "Two desks".to_owned();
        assert_eq!(one.advance(Step::Composed), Err(NotYet::NoNgo));
        one.ngo = "Harbour House".to_owned();
        assert_eq!(one.advance(Step::Composed), Ok(()));
        assert_eq!(one.advance(Step::Deployed), Ok(()));
        assert_eq!(one.advance(Step::Reported), Err(NotYet::NoCounts));
        (one.assisted, one.refused_entry) = (Some(14), Some(2));
        assert_eq!(one.advance(Step::Reported), Ok(()));
        assert_eq!(one.advance(Step::Closed), Err(NotYet::NoLessons));
        one.lessons = Some("Bring an interpreter".to_owned());
        assert_eq!(one.advance(Step::Closed), Ok(()));
        assert_eq!(one.advance(Step::Proposed), Err(NotYet::WrongStep));
    }

    #[test]
    fn after_the_host_declined_another_response_may_be_proposed() {
        let mut one = signal("XBB form:labour", SignalStatus::Answered);
        assert!(one.takes_proposal());
        one.response = Some(response());
        assert!(!one.takes_proposal());
        let declined = JointResponse { step: Step::Declined, ..response() };
        one.response = Some(declined);
        assert!(one.takes_proposal());
    }

    #[test]
    fn no_response_begins_before_it_says_who_may_be_stopped_turned_back_and_exposed() {
        let whole = JointResponse { consent: Some("x".to_owned()), ..response() };
        let lacking = [
            JointResponse { rights_note: " ".to_owned(), ..whole.clone() },
            JointResponse { stopped: String::new(), ..whole.clone() },
            JointResponse { turned_back: String::new(), ..whole.clone() },
            JointResponse { exposed: String::new(), ..whole },
        ];
        for mut one in lacking {
            assert_eq!(one.advance(Step::Consented), Err(NotYet::NoRightsNote));
        }
    }

    fn signal(series: &str, status: SignalStatus) -> Signal {
        Signal {
            series: series.to_owned(),
            period: "2026-04".to_owned(),
            observed: 24,
            expected: 6.0,
            threshold: 11.0,
            method: String::new(),
            since: "2026-04".to_owned(),
            status,
            reason: None,
            response: None,
            dataset: None,
            p: None,
            q: None,
            watched: 1,
            false_alarms: None,
            history: Vec::new(),
            triaged: None,
        }
    }

    #[test]
    fn e40_other_organisations_read_multiples_of_the_threshold_and_no_chance() {
        let mut one = signal("XAA form:labour", SignalStatus::New);
        one.history = vec![("2026-03".to_owned(), 2), ("2026-04".to_owned(), 24)];
        (one.p, one.q) = (Some(0.001), Some(0.01));
        let seen = one.rounded(5);
        let counts: Vec<u64> = seen.history.iter().map(|(_, count)| *count).collect();
        assert_eq!((seen.observed, counts), (20, vec![0, 20]));
        assert!((seen.expected - 5.0).abs() < 1e-9 && (seen.threshold - 10.0).abs() < 1e-9);
        assert_eq!((seen.p, seen.q), (None, None));
        assert_eq!((seen.series, seen.period), (one.series, one.period));
    }

    #[test]
    fn enforcement_sees_nothing_before_triage_and_never_more_than_a_release() {
        let released =
            [vec!["state".to_owned(), "form".to_owned()], vec!["citizenship".to_owned()]];
        assert_eq!(signal("XBB form:labour", SignalStatus::New).coarse(&released), None);
        let seen = signal("XBB form:labour", SignalStatus::Answered).coarse(&released);
        let seen = seen.map(|one| (one.state, one.what, one.year));
        let what = Some(("form".to_owned(), "labour".to_owned()));
        assert_eq!(seen, Some((Some("XBB".to_owned()), what, "2026".to_owned())));
        // No release crosses State and citizenship, so the two are not shown together.
        let fine = signal("XBB citizenship:XFF", SignalStatus::Dismissed).coarse(&released);
        assert_eq!(fine.map(|one| one.what), Some(None));
        let route = signal("XAA route:XBB>XCC", SignalStatus::Answered).coarse(&released);
        assert_eq!(route.map(|one| (one.state, one.what)), Some((None, None)));
    }
}
