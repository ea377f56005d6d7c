//! A desk as a contact point: what it is competent for, how it is reached
//! safely, who stands in for it, and when someone last said that all this is
//! right (R069, R070, R084).

use crate::{
    coded,
    id::{AccountId, DeskId},
    moment::Moment,
    register::day::Day,
    service::{Freshness, REMIND_DAYS},
};
use serde::{Deserialize, Serialize};

coded! {
    /// What kind of contact point a desk is.
    PointKind {
        /// Speaks for a State in a mechanism.
        FocalPoint = "focal-point",
        /// Central authority for requests between States.
        CentralAuthority = "central-authority",
        /// Specialist unit.
        SpecialistUnit = "specialist-unit",
        /// Liaison officer in another State.
        LiaisonOfficer = "liaison-officer",
        /// At a border crossing.
        BorderOffice = "border-office",
        /// Embassy or consulate.
        ConsularPost = "consular-post",
        /// Takes people into assistance.
        Intake = "intake",
        /// Local or hotspot coordination.
        LocalBody = "local-body",
        /// Any other office.
        Other = "other",
    }
}

coded! {
    /// A way of reaching a desk without being overheard.
    ChannelKind {
        /// Encrypted mail; the address with the fingerprint of its key.
        EncryptedMail = "encrypted-mail",
        /// A messenger with end-to-end encryption.
        Messenger = "messenger",
        /// Message between nodes of Palermo.
        Node = "node",
        /// A police or judicial network.
        Network = "network",
        /// Fax on a secured line.
        SecureFax = "secure-fax",
    }
}

/// One secure channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// What kind.
    pub kind: ChannelKind,
    /// Address, number or name on it.
    pub address: String,
}

/// What is known of a desk as a contact point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPoint {
    /// What kind.
    pub kind: PointKind,
    /// What it may decide or do, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub competence: String,
    /// For posts abroad: the State they are in (ISO 3166-1 alpha-3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_state: Option<String>,
    /// Town or city.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// Districts or crossings it answers for.
    #[serde(default)]
    pub areas: Vec<String>,
    /// Secure channels.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// The desk of the same organisation that answers when this one is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<DeskId>,
    /// For officers sent for a time: the days of their competence (R075).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Where the request to confirm is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_to: Option<String>,
    /// When it was last confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Moment>,
    /// When it was last asked to confirm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Moment>,
}

impl ContactPoint {
    /// A contact point of which only the kind is known.
    #[must_use]
    pub const fn new(kind: PointKind) -> Self {
        Self {
            kind,
            competence: String::new(),
            host_state: None,
            city: String::new(),
            areas: Vec::new(),
            channels: Vec::new(),
            deputy: None,
            from: None,
            until: None,
            confirm_to: None,
            confirmed: None,
            asked: None,
        }
    }

    /// How fresh what is known of it is (R070). What nobody has confirmed yet is
    /// to be confirmed, and not old.
    #[must_use]
    pub fn freshness(&self, now: Moment) -> Freshness {
        if self.confirmed.is_none() {
            return Freshness::Amber;
        }
        Freshness::of(self.confirmed.map(|at| at.date().into()), now.date().into())
    }

    /// Whether its competence runs on a day: an officer who has left, or has not
    /// come yet, answers nobody (R075).
    #[must_use]
    pub fn holds(&self, on: Day) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }

    /// The last day of its competence, of which one should be reminded: within
    /// 60 days (R075).
    #[must_use]
    pub fn competence_ends(&self, today: Day) -> Option<Day> {
        let soon = |until: &Day| *until >= today && *until <= today.plus_days(REMIND_DAYS);
        self.until.filter(soon)
    }

    /// Whether a mail should ask for confirmation: it is no longer fresh, has
    /// an address, and was not asked in the last two weeks.
    #[must_use]
    pub fn should_be_asked(&self, now: Moment) -> bool {
        const AGAIN: std::time::Duration = std::time::Duration::from_secs(14 * 86_400);
        self.confirm_to.is_some()
            && self.freshness(now) != Freshness::Fresh
            && self.asked.is_none_or(|asked| now.since(asked) >= AGAIN)
    }
}

/// Someone's time at a desk. It stays when they leave: the office remembers
/// whom it had (peers' complaint 20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// Who.
    pub account: AccountId,
    /// Stood in rather than led.
    pub alternate: bool,
    /// Since when.
    pub from: Moment,
    /// Until when; still there if nothing.
    pub until: Option<Moment>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn confirmed(days_ago: i64) -> (ContactPoint, Moment) {
        let now: Moment = "2026-03-01T08:00:00Z".parse().unwrap();
        let mut point = ContactPoint::new(PointKind::FocalPoint);
        let ago = std::time::Duration::from_secs(u64::try_from(days_ago).unwrap() * 86_400);
        point.confirmed = Some(now.before(ago));
        (point, now)
    }

    #[test]
    fn req_070_a_contact_point_turns_amber_after_180_days_and_red_after_365() {
        let colour = |days| {
            let (point, now) = confirmed(days);
            point.freshness(now)
        };
        assert_eq!([0, 180].map(colour), [Freshness::Fresh; 2]);
        assert_eq!([181, 365].map(colour), [Freshness::Amber; 2]);
        assert_eq!(colour(366), Freshness::Red);
        let now = "2026-03-01T08:00:00Z".parse().unwrap();
        assert_eq!(ContactPoint::new(PointKind::Intake).freshness(now), Freshness::Amber);
    }

    #[test]
    fn req_070_a_stale_contact_point_is_asked_once_in_two_weeks() {
        let (mut point, now) = confirmed(200);
        assert!(!point.should_be_asked(now), "it has no address");
        point.confirm_to = Some("desk@focal.example".into());
        assert!(point.should_be_asked(now));
        point.asked = Some(now);
        assert!(!point.should_be_asked(now));
        let (mut fresh, now) = confirmed(10);
        fresh.confirm_to = Some("desk@focal.example".into());
        assert!(!fresh.should_be_asked(now));
    }
}
