//! Questions to the registers that need what is stored: who is a party, which
//! members are missing, what an export holds. Registers are public; nothing
//! here is about a person.

use super::{
    Registers,
    list_parties::{self, MissingReport, PartiesReport},
    sheets,
};
use crate::{App, refused::Refused};
use palermo_domain::register::{
    adherence,
    agreement::Agreement,
    day::Day,
    instrument::{Instrument, InstrumentId},
    law::LawEntry,
    mechanism::{Composition, MechanismProfile, MechanismRegister},
    model_text::{AdoptionOf, ModelText},
    state::{StateCode, StateKind},
    statement::RegisterStatement,
};
use palermo_standards::{sheet::Sheet, treaty_status};
use palermo_store::{Store, register as stored};

/// Why a question cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum AskRefused {
    /// No such instrument.
    #[error("no instrument has the id `{id}`{}", nearest.as_ref().map_or_else(String::new, |n| format!("; did you mean `{n}`?")))]
    NoInstrument {
        /// What was asked for.
        id: String,
        /// The most similar id.
        nearest: Option<InstrumentId>,
    },
    /// No such mechanism.
    #[error("no mechanism has the id `{0}`; `palermo mechanisms list` shows all")]
    NoMechanism(String),
    /// Its members are not known.
    #[error("which States are members of `{0}` is not known, so nobody can be missing")]
    NoMembers(String),
    /// The store did not answer.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<palermo_store::Error> for AskRefused {
    fn from(error: palermo_store::Error) -> Self {
        Self::Refused(error.into())
    }
}

/// What to export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportKind {
    /// The parties to an instrument on a day.
    Parties {
        /// The instrument.
        instrument: String,
        /// The day.
        on: Day,
    },
    /// The members of a mechanism that were no party on a day.
    Missing {
        /// The instrument.
        instrument: String,
        /// The day.
        on: Day,
        /// The mechanism.
        mechanism: String,
    },
    /// States and provisions, one row for each cell.
    Laws,
    /// States and provisions at a glance.
    LawMatrix,
    /// Agreements.
    Agreements,
    /// What each instrument covers.
    Scope,
    /// Who used which model text.
    ModelTexts,
}

/// What questions are put to: what is stored, and what ships.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'a> {
    /// What is stored.
    pub store: &'a Store,
    /// The mechanisms.
    pub mechanisms: &'a MechanismRegister,
    /// States, instruments, agreements, model texts.
    pub registers: &'a Registers,
}

impl<'a> Lookup<'a> {
    /// The registers of a running program.
    #[must_use]
    pub fn of(app: &'a App) -> Self {
        Self { store: &app.store, mechanisms: app.content.mechanisms(), registers: &app.registers }
    }

    fn instrument(&self, id: &str) -> Result<&'a Instrument, AskRefused> {
        let instruments = &self.registers.instruments;
        instruments.get(id).ok_or_else(|| AskRefused::NoInstrument {
            id: id.to_owned(),
            nearest: instruments.nearest(id),
        })
    }

    /// Who was a party to an instrument on a day.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn parties(
        &self,
        id: &str,
        on: Day,
        language: &str,
    ) -> Result<PartiesReport, AskRefused> {
        let instrument = self.instrument(id)?;
        let all = stored::adherence::of_instrument(self.store, &instrument.id).await?;
        Ok(list_parties::parties(instrument, on, &all, &self.registers.states, language))
    }

    /// Which members of a mechanism were no party on a day. Members are those of
    /// that day; where the members are the parties to another instrument, those.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn missing(
        &self,
        id: &str,
        on: Day,
        mechanism: &str,
    ) -> Result<MissingReport, AskRefused> {
        let instrument = self.instrument(id)?;
        let profile = self
            .mechanisms
            .get(mechanism)
            .ok_or_else(|| AskRefused::NoMechanism(mechanism.to_owned()))?;
        let members = self.members(profile, on).await?;
        let all = stored::adherence::of_instrument(self.store, &instrument.id).await?;
        let codes = members.iter().map(String::as_str);
        Ok(list_parties::missing(instrument, on, profile.id.as_str(), codes, &all))
    }

    /// The States that were members of a mechanism on a day, by code; where its
    /// members are the parties to an instrument, those.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn members(
        &self,
        profile: &MechanismProfile,
        on: Day,
    ) -> Result<Vec<String>, AskRefused> {
        let now = self.mechanisms_now().await?;
        let profile = now.get(profile.id.as_str()).unwrap_or(profile);
        let composition = profile.membership.given().map(|membership| &membership.composition);
        match composition {
            None => Err(AskRefused::NoMembers(profile.id.to_string())),
            Some(Composition::PartiesTo(other)) => {
                let other = self.instrument(other)?;
                let all = stored::adherence::of_instrument(self.store, &other.id).await?;
                let parties = adherence::parties_on(&other.id, on, &other.party_rule(), &all);
                Ok(parties.iter().map(|party| party.party.to_string()).collect())
            }
            Some(_) => {
                let members = now.members_on(profile, Some(on));
                Ok(members.into_iter().map(|member| member.state).collect())
            }
        }
    }

    /// The same as far as they are known; nothing where they are not.
    ///
    /// # Errors
    /// When the database does not answer, or a profile names an instrument that is not there.
    pub async fn known_members(
        &self,
        profile: &MechanismProfile,
        on: Day,
    ) -> Result<Vec<String>, Refused> {
        match self.members(profile, on).await {
            Ok(members) => Ok(members),
            Err(AskRefused::NoMembers(_)) => Ok(Vec::new()),
            Err(AskRefused::Refused(refused)) => Err(refused),
            Err(other) => Err(Refused::Unavailable(other.to_string())),
        }
    }

    /// All agreements: those that ship and those entered by hand. An agreement
    /// entered under the same short name takes the place of the shipped one.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn agreements(&self) -> Result<Vec<Agreement>, AskRefused> {
        let entered = stored::agreement::list(self.store, None).await?;
        let mut all: Vec<Agreement> = entered.into_iter().map(|one| one.record.entry).collect();
        for shipped in &self.registers.agreements {
            if !all.iter().any(|own| own.key == shipped.key) {
                all.push(shipped.clone());
            }
        }
        all.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(all)
    }

    /// The register of national law, of one State or of all.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn laws(&self, state: Option<StateCode>) -> Result<Vec<LawEntry>, AskRefused> {
        let entries = stored::law::list(self.store, state).await?;
        Ok(entries.into_iter().map(|one| one.record.entry).collect())
    }

    /// The model texts with the uses entered by hand, and what editors said of the
    /// day of their introduction.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn model_texts(&self) -> Result<Vec<ModelText>, AskRefused> {
        let entered = stored::model_adoption::list(self.store, None).await?;
        let entered: Vec<AdoptionOf> = entered.into_iter().map(|one| one.record.entry).collect();
        let said = stored::statement::list(self.store, None).await?;
        let said: Vec<RegisterStatement> = said.into_iter().map(|one| one.record.entry).collect();
        let all = self.registers.model_texts.iter();
        Ok(all.map(|model| model.clone().with(&entered).with_statements(&said)).collect())
    }

    /// A register as a list to take away. `today` decides which review is last.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn export(
        &self,
        kind: &ExportKind,
        today: Day,
        language: &str,
    ) -> Result<Sheet, AskRefused> {
        let states = &self.registers.states;
        Ok(match kind {
            ExportKind::Parties { instrument, on } => {
                sheets::parties(&self.parties(instrument, *on, language).await?)
            }
            ExportKind::Missing { instrument, on, mechanism } => {
                let report = self.missing(instrument, *on, mechanism).await?;
                sheets::missing(&report, states, language)
            }
            ExportKind::Laws | ExportKind::LawMatrix => {
                let entries = self.laws(None).await?;
                // Of real States all, of the invented ones those with an entry.
                let known = states.all().filter(|s| s.kind == StateKind::State).map(|s| s.code);
                let codes: Vec<StateCode> = known
                    .filter(|c| !c.is_user_assigned() || entries.iter().any(|e| e.state == *c))
                    .collect();
                match kind {
                    ExportKind::Laws => sheets::law_cells(&codes, &entries, states, language),
                    _ => sheets::law_matrix(&codes, &entries, states, language),
                }
            }
            ExportKind::Agreements => sheets::agreements(&self.agreements().await?, today),
            ExportKind::Scope => {
                let now = self.instruments_now().await?;
                sheets::scope(&now)
            }
            ExportKind::ModelTexts => sheets::adoptions(&self.model_texts().await?),
        })
    }

    /// Everything stored about an instrument in the shape in which it is imported,
    /// so that it can be taken to another installation.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn export_adherence(&self, id: &str) -> Result<Vec<u8>, AskRefused> {
        let instrument = self.instrument(id)?;
        let all = stored::adherence::of_instrument(self.store, &instrument.id).await?;
        let states = &self.registers.states;
        let rows: Vec<_> = all.iter().map(|a| (states.name(a.party, "en"), a)).collect();
        Ok(treaty_status::write(&rows))
    }
}
