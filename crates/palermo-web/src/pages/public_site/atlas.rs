//! Maps as the mechanism wants them: its file, its names, its dashed borders,
//! its disclaimer, or none at all.

use crate::figures::{MapState, Shade};
use crate::{figures::Geography, shell::visit::Visit};
use palermo_app::{Refused, domain::register::mechanism::MapSettings};
use std::borrow::Cow;

/// A mechanism's map.
pub(in crate::pages) struct Atlas {
    settings: MapSettings,
    geography: Cow<'static, Geography>,
}

impl Atlas {
    /// The map of this installation's mechanism.
    pub async fn own(visit: &Visit) -> Result<Option<Self>, Refused> {
        let id = visit.web.app().store.mechanism().await?;
        Ok(Self::of(visit, id.as_deref().unwrap_or_default()))
    }

    /// The map of a mechanism; none where it wants none or its file is not there.
    pub fn of(visit: &Visit, mechanism: &str) -> Option<Self> {
        let content = &visit.web.app().content;
        let profile = content.mechanisms().get(mechanism);
        let settings = profile.and_then(|profile| profile.map.clone()).unwrap_or_default();
        if !settings.show {
            return None;
        }
        let geography = match settings.file.as_str() {
            "world" => Cow::Borrowed(Geography::world()),
            "meridian" => Cow::Borrowed(Geography::meridian()),
            other => {
                let text = content.text(&format!("maps/{other}.json"))?;
                match Geography::parse(text) {
                    Ok(geography) => Cow::Owned(geography),
                    Err(problem) => {
                        tracing::error!(problem, file = other, "a map file cannot be read");
                        return None;
                    }
                }
            }
        };
        Some(Self { settings, geography })
    }

    /// The map file.
    pub fn geography(&self) -> &Geography {
        &self.geography
    }

    /// Whether names are written on it.
    pub fn labels(&self) -> bool {
        self.settings.labels
    }

    /// A State as it is drawn here.
    pub fn state(&self, visit: &Visit, code: &str, said: String, shade: Shade) -> MapState {
        let own = self.settings.name(code, visit.language.code()).map(str::to_owned);
        MapState {
            code: code.to_owned(),
            name: own.unwrap_or_else(|| visit.state(code)),
            said,
            shade,
            dashed: self.settings.dashed.iter().any(|one| one == code),
        }
    }

    /// What must stand beside the map.
    pub fn disclaimer(&self, visit: &Visit) -> String {
        let own = self.settings.disclaimer(visit.language.code()).map(str::to_owned);
        own.unwrap_or_else(|| visit.text("map-disclaimer"))
    }
}
