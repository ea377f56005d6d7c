//! What someone types about a service, read into a [`Service`] with every
//! problem at once.

use super::{contacts, phones};
use crate::{Acting, Message, Problems, Refused, desk::is_language, directory::not_a_state};
use palermo_domain::{
    hours,
    register::{day::Day, state::StateCode},
    service::{
        Assessment, Capacity, Centre, DeskRef, Funding, Location, Need, Organisation, Outcome,
        Phone, Place, Provider, Service, Status,
        eligibility::{Eligibility, Group},
        protected::{Leads, Part},
    },
};
use std::str::FromStr;
use uuid::Uuid;

/// What someone typed about a service.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // each field is the column of the form with the same name
pub struct ServiceForm {
    pub name: String,
    pub alternate_name: String,
    pub need: String,
    pub centre: String,
    pub description: String,
    pub organisation: String,
    pub about_organisation: String,
    pub website: String,
    pub provider: String,
    pub state: String,
    /// Areas served, separated by commas.
    pub areas: String,
    pub status: String,
    /// `yes` for an address nobody may look up.
    pub protected: String,
    /// `tenant/desk` of the desk through which a protected service is reached.
    pub through: String,
    /// Street and number, a line each.
    pub address: String,
    pub city: String,
    pub region: String,
    pub postal_code: String,
    pub transport: String,
    /// A number a line; behind bars `free` where the call costs nothing, and the mechanism
    /// in all of whose States the number is the same: `+999 1 | free | ECOWAS`.
    pub phones: String,
    pub email: String,
    pub url: String,
    pub hours: String,
    pub time_zone: String,
    pub languages: String,
    pub interpretation: String,
    pub step_free: String,
    pub accessibility: String,
    pub admits: Vec<String>,
    pub excludes: Vec<String>,
    pub minimum_age: String,
    pub maximum_age: String,
    pub eligibility: String,
    pub unit: String,
    pub maximum: String,
    pub available: String,
    pub fees: String,
    pub application: String,
    /// A source a line, its last day behind a bar or a slash: `Northway Fund | 2026-05-01`.
    pub funding: String,
    /// An assessment a line: `standard | by | met | 2026-01-10 | 2027-01-10`.
    pub assessments: String,
    pub alert: String,
}

fn list(text: &str) -> Vec<String> {
    text.split([',', ';', '،', '、', '\n'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let rows = text.lines().map(str::trim).filter(|line| !line.is_empty());
    rows.map(|line| line.split('|').map(str::trim).collect())
}

fn given(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn chosen<T: FromStr>(problems: &mut Problems, field: &str, text: &str) -> Option<T> {
    let read = text.trim().parse().ok();
    if read.is_none() {
        problems.add(field, Message::new("error-choose"));
    }
    read
}

fn number<T: FromStr>(problems: &mut Problems, field: &str, text: &str) -> Option<T> {
    let text = text.trim();
    let read = text.parse().ok();
    if read.is_none() && !text.is_empty() {
        problems.add(field, Message::new("error-whole-number"));
    }
    read
}

fn day(problems: &mut Problems, field: &str, text: &str) -> Option<Day> {
    let read = text.parse().ok();
    if read.is_none() {
        problems.add(field, Message::new("error-day-in-line").with("typed", text));
    }
    read
}

impl ServiceForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(one: &Service) -> Self {
        let place = one.place.locations().first();
        let said = |wanted| {
            let groups = one.eligibility.groups.iter().filter(move |(_, said)| **said == wanted);
            groups.map(|(group, _)| group.to_string()).collect()
        };
        let text = |value: Option<u32>| value.map(|n| n.to_string()).unwrap_or_default();
        let age = |value: Option<u8>| value.map(|n| n.to_string()).unwrap_or_default();
        let place_text = |of: fn(&Location) -> &String| place.map(of).cloned().unwrap_or_default();
        let capacity = one.capacity.as_ref();
        Self {
            name: one.name.clone(),
            alternate_name: one.alternate_name.clone().unwrap_or_default(),
            need: one.need.to_string(),
            centre: one.centre.map(|c| c.to_string()).unwrap_or_default(),
            description: one.description.clone(),
            organisation: one.organisation.name.clone(),
            about_organisation: one.organisation.description.clone(),
            website: one.organisation.website.clone().unwrap_or_default(),
            provider: one.organisation.provider.to_string(),
            state: one.state.map(|s| s.to_string()).unwrap_or_default(),
            areas: one.areas.join(", "),
            status: one.status.to_string(),
            protected: if one.place.is_protected() { "yes" } else { "no" }.into(),
            through: match &one.place {
                Place::Protected { through: Some(at) } => format!("{}/{}", at.tenant, at.desk),
                _ => String::new(),
            },
            address: place.map(|at| at.lines.join("\n")).unwrap_or_default(),
            city: place_text(|at| &at.city),
            region: place_text(|at| &at.region),
            postal_code: place_text(|at| &at.postal_code),
            transport: place_text(|at| &at.transport),
            phones: one.phones.iter().map(phones::line).collect::<Vec<_>>().join("\n"),
            email: one.email.clone().unwrap_or_default(),
            url: one.url.clone().unwrap_or_default(),
            hours: one.hours.clone().unwrap_or_default(),
            time_zone: one.time_zone.clone().unwrap_or_default(),
            languages: one.languages.join(", "),
            interpretation: one.interpretation.clone().unwrap_or_default(),
            step_free: match one.step_free {
                Some(true) => "yes",
                Some(false) => "no",
                None => "",
            }
            .into(),
            accessibility: one.accessibility.clone(),
            admits: said(palermo_domain::service::eligibility::Admission::Admitted),
            excludes: said(palermo_domain::service::eligibility::Admission::Excluded),
            minimum_age: age(one.eligibility.minimum_age_years),
            maximum_age: age(one.eligibility.maximum_age_years),
            eligibility: one.eligibility.words.clone(),
            unit: capacity.map(|c| c.unit.clone()).unwrap_or_default(),
            maximum: text(capacity.and_then(|c| c.maximum)),
            available: text(capacity.and_then(|c| c.available)),
            fees: one.fees.clone(),
            application: one.application.clone(),
            funding: one.funding.iter().map(funding_line).collect::<Vec<_>>().join("\n"),
            assessments: one.assessments.iter().map(assessed_line).collect::<Vec<_>>().join("\n"),
            alert: one.alert.clone().unwrap_or_default(),
        }
    }

    /// Reads the form; what it does not ask stays as it was. `desks` are those of the
    /// organisation that keeps the record.
    pub(crate) fn parse(
        &self,
        acting: &Acting<'_>,
        before: Option<&Service>,
        desks: &[DeskRef],
    ) -> Result<Service, Refused> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let name = p.required("name", &self.name, 160);
        let need: Option<Need> = chosen(p, "need", &self.need);
        let provider = Provider::from_str(self.provider.trim()).unwrap_or(Provider::Unknown);
        let status = Status::from_str(self.status.trim()).unwrap_or(Status::Active);
        let organisation = p.required("organisation", &self.organisation, 160);
        let state = self.state(p, acting);
        let place = self.place(p, before, desks);
        let (hours, time_zone) = self.opening(p);
        let eligibility = self.admitted(p);
        let capacity = self.places(p, before, acting.now().date().into());
        let funding = self.paid(p, before);
        let languages = self.spoken(p, before);
        let known = before.map_or(&[] as &[Phone], |b| &b.phones);
        let phones = phones::read(p, acting, &self.phones, (need, state), known);
        let assessments = self.assessed(p);
        let (email, url, website) = contacts::read(p, self, before);
        contacts::reachable(p, self, &place, &phones);
        let mut text = |field: &str, value: &str, most: usize| p.bounded(field, value, most);
        let description = text("description", &self.description, 4000);
        let accessibility = text("accessibility", &self.accessibility, 1000);
        let interpretation = given(text("interpretation", &self.interpretation, 400));
        let alternate_name = given(text("alternate_name", &self.alternate_name, 160));
        let about = text("about_organisation", &self.about_organisation, 4000);
        let fees = text("fees", &self.fees, 400);
        let application = text("application", &self.application, 1000);
        let alert = given(text("alert", &self.alert, 400));
        problems.none()?;
        Ok(Service {
            name,
            alternate_name,
            need: need.unwrap_or(Need::Other),
            centre: self.centre.trim().parse::<Centre>().ok(),
            description,
            organisation: Organisation {
                description: about,
                website,
                ..named(organisation, provider, before)
            },
            state,
            areas: list(&self.areas),
            status,
            place,
            phones,
            url,
            email,
            hours,
            time_zone,
            languages,
            interpretation,
            step_free: self.without_steps(),
            accessibility,
            eligibility,
            capacity,
            fees,
            application,
            funding,
            assessments,
            assured: Some(acting.now().date().into()),
            alert,
        })
    }

    fn without_steps(&self) -> Option<bool> {
        ["no", "yes"].iter().position(|word| *word == self.step_free).map(|at| at == 1)
    }

    fn state(&self, problems: &mut Problems, acting: &Acting<'_>) -> Option<StateCode> {
        let typed = self.state.trim().to_uppercase();
        let known = typed.parse().ok().filter(|_| acting.app.content.knows_state(&typed));
        if known.is_none() {
            problems.add("state", not_a_state(&typed));
        }
        known
    }

    /// What was typed into a part of the record.
    fn part(&self, part: Part) -> &str {
        match part {
            Part::Address => &self.address,
            Part::City => &self.city,
            Part::Region => &self.region,
            Part::PostalCode => &self.postal_code,
            Part::Transport => &self.transport,
            Part::Phones => &self.phones,
            Part::Email => &self.email,
            Part::Url => &self.url,
            Part::AlternateName => &self.alternate_name,
            Part::Description => &self.description,
            Part::Accessibility => &self.accessibility,
            Part::Interpretation => &self.interpretation,
            Part::Eligibility => &self.eligibility,
            Part::Fees => &self.fees,
            Part::Application => &self.application,
            Part::Alert => &self.alert,
        }
    }

    /// Whatever would lead to a house at a protected address is refused beside its field,
    /// not silently dropped (R9).
    pub(crate) fn leads_nowhere(&self, problems: &mut Problems) {
        for part in Part::ALL {
            let message = match part.leads(self.part(*part)) {
                None => continue,
                Some(Leads::Place) => Message::new("error-protected-address"),
                Some(Leads::Telephone) => Message::new("error-protected-phone"),
                Some(Leads::Words) => Message::new("error-protected-words"),
            };
            problems.add(part.code(), message);
        }
    }

    /// The desk that leads to a protected service: one of the organisation's own, or the
    /// one that leads there now, whoever keeps it.
    fn desk(
        &self,
        problems: &mut Problems,
        before: Option<&Service>,
        desks: &[DeskRef],
    ) -> Option<DeskRef> {
        let through = self.through.split_once('/').and_then(|(tenant, desk)| {
            Some(DeskRef { tenant: tenant.parse().ok()?, desk: desk.parse().ok()? })
        });
        let led = match before.map(|b| &b.place) {
            Some(Place::Protected { through }) => *through,
            _ => None,
        };
        match through {
            // Nobody takes away unseen the only way to a house.
            None if led.is_some() || !self.through.trim().is_empty() => {
                problems.add("through", Message::new("error-desk-needed"));
            }
            Some(at) if led != Some(at) && !desks.contains(&at) => {
                problems.add("through", Message::new("error-desk-elsewhere"));
            }
            _ => {}
        }
        through
    }

    fn place(&self, problems: &mut Problems, before: Option<&Service>, desks: &[DeskRef]) -> Place {
        if self.protected == "yes" {
            self.leads_nowhere(problems);
            return Place::Protected { through: self.desk(problems, before, desks) };
        }
        let typed = [&self.address, &self.city, &self.region, &self.postal_code, &self.transport];
        // The form shows the first place alone: the others stay, also where it is emptied.
        let old = before.and_then(|b| b.place.locations().first());
        let others = before.map_or(&[] as &[Location], |b| b.place.locations()).iter().skip(1);
        if typed.iter().all(|text| text.trim().is_empty()) {
            return Place::Open { locations: others.cloned().collect() };
        }
        let mut text = |field: &str, value: &str| problems.bounded(field, value, 200);
        let first = Location {
            id: old.map_or_else(Uuid::now_v7, |at| at.id),
            name: old.map(|at| at.name.clone()).unwrap_or_default(),
            lines: self
                .address
                .lines()
                .map(str::trim)
                .filter(|l| !l.is_empty())
                .map(str::to_owned)
                .collect(),
            city: text("city", &self.city),
            region: text("region", &self.region),
            postal_code: text("postal_code", &self.postal_code),
            transport: text("transport", &self.transport),
            coordinates: old.and_then(|at| at.coordinates),
            hours: old.and_then(|at| at.hours.clone()),
            phones: old.map(|at| at.phones.clone()).unwrap_or_default(),
        };
        Place::Open { locations: std::iter::once(first).chain(others.cloned()).collect() }
    }

    fn opening(&self, problems: &mut Problems) -> (Option<String>, Option<String>) {
        let hours = self.hours.trim();
        if !hours.is_empty()
            && let Err(why) = hours.parse::<hours::Hours>()
        {
            problems.add("hours", Message::new("error-hours").with("part", why.part));
        }
        let zone = self.time_zone.trim();
        if !zone.is_empty() && hours::zone(zone).is_none() {
            problems.add("time_zone", Message::new("error-time-zone").with("zone", zone));
        }
        (given(hours.to_owned()), given(zone.to_owned()))
    }

    fn admitted(&self, problems: &mut Problems) -> Eligibility {
        let groups = |list: &[String]| -> Vec<Group> {
            list.iter().filter_map(|code| code.parse().ok()).collect()
        };
        let (yes, no) = (groups(&self.admits), groups(&self.excludes));
        if yes.iter().any(|group| no.contains(group)) {
            problems.add("excludes", Message::new("error-both-admitted"));
        }
        let mut eligibility = Eligibility::of(&yes, &no);
        eligibility.minimum_age_years = number(problems, "minimum_age", &self.minimum_age);
        eligibility.maximum_age_years = number(problems, "maximum_age", &self.maximum_age);
        if let (Some(youngest), Some(oldest)) =
            (eligibility.minimum_age_years, eligibility.maximum_age_years)
            && youngest > oldest
        {
            let wrong = Message::new("error-ages").with("youngest", youngest);
            problems.add("minimum_age", wrong.with("oldest", oldest));
        }
        eligibility.words = problems.bounded("eligibility", &self.eligibility, 1000);
        eligibility
    }

    fn places(
        &self,
        problems: &mut Problems,
        before: Option<&Service>,
        today: Day,
    ) -> Option<Capacity> {
        let unit = problems.bounded("unit", &self.unit, 40);
        let maximum = number(problems, "maximum", &self.maximum);
        let available: Option<u32> = number(problems, "available", &self.available);
        if let (Some(free), Some(most)) = (available, maximum)
            && free > most
        {
            problems.add("available", Message::new("error-places"));
        }
        if maximum.is_none() && available.is_none() {
            return None;
        }
        let old = before.and_then(|b| b.capacity.as_ref());
        let same = old.is_some_and(|old| old.available == available);
        let confirmed = if same { old.and_then(|old| old.confirmed) } else { Some(today) };
        let unit = if unit.is_empty() { "place".to_owned() } else { unit };
        Some(Capacity { unit, maximum, available, confirmed })
    }

    /// Codes of languages, typed apart by commas or spaces. What is stored from a
    /// file may be a name; it stays until someone changes it.
    fn spoken(&self, problems: &mut Problems, before: Option<&Service>) -> Vec<String> {
        let stored = before.map_or(&[] as &[String], |b| &b.languages);
        let mut spoken: Vec<String> = Vec::new();
        for part in list(&self.languages) {
            let codes: Vec<&str> = if stored.contains(&part) {
                vec![part.as_str()]
            } else {
                part.split_whitespace().collect()
            };
            for code in codes {
                if !is_language(code) && !stored.iter().any(|one| one == code) {
                    problems
                        .add("languages", Message::new("error-language-code").with("code", code));
                }
                if !spoken.iter().any(|one| one == code) {
                    spoken.push(code.to_owned());
                }
            }
        }
        spoken
    }

    /// Who pays until when. A line that may hold a day but has no bar is refused:
    /// kept as a name, it would never remind anyone that the money ends.
    fn paid(&self, problems: &mut Problems, before: Option<&Service>) -> Vec<Funding> {
        let stored = before.map_or(&[] as &[Funding], |b| &b.funding);
        let mut read = Vec::new();
        for (number, line) in (1..).zip(self.funding.lines().map(str::trim)) {
            if line.is_empty() {
                continue;
            }
            if let Some(same) = stored.iter().find(|one| funding_line(one) == line) {
                read.push(same.clone());
                continue;
            }
            match payer(line) {
                Some((source, "")) => read.push(Funding { source: source.to_owned(), until: None }),
                Some((source, typed)) => {
                    let until = day(problems, "funding", typed);
                    read.push(Funding { source: source.to_owned(), until });
                }
                None => {
                    let wrong = Message::new("error-funding-line").with("line", number);
                    problems.add("funding", wrong.with("typed", line));
                }
            }
        }
        read
    }

    fn assessed(&self, problems: &mut Problems) -> Vec<Assessment> {
        let mut read = Vec::new();
        for parts in lines(&self.assessments) {
            let (Some(standard), Some(by), Some(outcome), Some(on)) =
                (parts.first(), parts.get(1), parts.get(2), parts.get(3))
            else {
                problems.add("assessments", Message::new("error-assessment"));
                continue;
            };
            let Ok(outcome) = outcome.parse::<Outcome>() else {
                problems.add("assessments", Message::new("error-assessment"));
                continue;
            };
            let Some(on) = day(problems, "assessments", on) else { continue };
            let until = parts
                .get(4)
                .filter(|text| !text.is_empty())
                .and_then(|text| day(problems, "assessments", text));
            let (standard, by) = ((*standard).to_owned(), (*by).to_owned());
            read.push(Assessment { standard, by, outcome, on, until });
        }
        read
    }
}

fn named(name: String, provider: Provider, before: Option<&Service>) -> Organisation {
    match before.map(|b| &b.organisation).filter(|old| old.name == name) {
        Some(old) => Organisation { provider, ..old.clone() },
        None => Organisation {
            id: Uuid::now_v7(),
            name,
            description: String::new(),
            provider,
            website: None,
            email: None,
        },
    }
}

/// Who pays, and the last day as it was typed: behind a bar, or behind a slash
/// if a day stands there. Nothing for a line that cannot be told apart.
fn payer(line: &str) -> Option<(&str, &str)> {
    let (source, day) = match line.split_once('|') {
        Some((source, day)) => (source.trim(), day.trim()),
        None => match line.rsplit_once('/').map(|(source, day)| (source.trim(), day.trim())) {
            Some((source, day)) if day.parse::<Day>().is_ok() => (source, day),
            Some((_, day)) if day.starts_with(char::is_numeric) => return None,
            _ if may_hold_a_day(line) => return None,
            _ => (line, ""),
        },
    };
    (!source.is_empty() && !day.contains('|')).then_some((source, day))
}

/// Whether there is a year and another number: `until 1 May 2026`. A year alone
/// may belong to a name.
fn may_hold_a_day(line: &str) -> bool {
    let numbers = line.split(|c: char| !c.is_numeric()).filter(|digits| !digits.is_empty());
    let lengths: Vec<usize> = numbers.map(|digits| digits.chars().count()).collect();
    lengths.len() > 1 && lengths.contains(&4)
}

fn funding_line(one: &Funding) -> String {
    match one.until {
        Some(until) => format!("{} | {until}", one.source),
        None => one.source.clone(),
    }
}

fn assessed_line(one: &Assessment) -> String {
    let until = one.until.map(|day| format!(" | {day}")).unwrap_or_default();
    format!("{} | {} | {} | {}{until}", one.standard, one.by, one.outcome, one.on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_pays_is_told_from_the_last_day_or_the_line_is_refused() {
        assert_eq!(payer("Northway Fund | 2026-05-01"), Some(("Northway Fund", "2026-05-01")));
        assert_eq!(payer("Northway Fund / 2026-05-01"), Some(("Northway Fund", "2026-05-01")));
        assert_eq!(payer("Northway Fund/2026-05-01"), Some(("Northway Fund", "2026-05-01")));
        assert_eq!(payer("Health/Social Fund"), Some(("Health/Social Fund", "")));
        assert_eq!(payer("Fund 2030"), Some(("Fund 2030", "")));
        assert_eq!(payer("Grant 12 of 2025 |"), Some(("Grant 12 of 2025", "")));
        for line in [
            "Fund / 2026",
            "Fund / 01.05.2026",
            "Fund, until 1 May 2026",
            "| 2026-05-01",
            "A | B | x",
        ] {
            assert_eq!(payer(line), None, "{line}");
        }
    }
}
