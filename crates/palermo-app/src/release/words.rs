//! What a report calls a cell (`form:labour;sex:male`), in words of a reader.

use palermo_locale::{Arg, Catalogue, Language};

/// Columns whose values are States.
pub(super) const PLACES: [&str; 5] = ["state", "citizenship", "origin", "transit", "destination"];

/// Who reads: a language, and how a State is called in it.
pub struct Reader<'a> {
    /// The messages.
    pub catalogue: &'a Catalogue,
    /// The language.
    pub language: Language,
    /// The name of a State.
    pub state: &'a dyn Fn(&str) -> String,
    /// For a file: no marks of direction.
    pub plain: bool,
}

impl Reader<'_> {
    fn say(&self, id: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<(&str, Arg<'_>)> =
            values.iter().map(|(name, value)| (*name, Arg::from(*value))).collect();
        if self.plain {
            self.catalogue.format_plain(self.language, id, &values)
        } else {
            self.catalogue.format(self.language, id, &values)
        }
    }

    fn knows(&self, id: &str) -> bool {
        self.catalogue.has(Language::En, id)
    }

    /// A column as people call it; its own heading where nobody gave it a name.
    #[must_use]
    pub fn column(&self, name: &str) -> String {
        let id = format!("dim-{}", name.trim_start_matches('_'));
        if self.knows(&id) { self.say(&id, &[]) } else { name.to_owned() }
    }

    /// A value as people read it; the value itself where it is no code of ours.
    #[must_use]
    pub fn value(&self, column: &str, value: &str) -> String {
        let of_three = value.len() == 3 && value.bytes().all(|b| b.is_ascii_uppercase());
        if of_three && PLACES.contains(&column) {
            return (self.state)(value);
        }
        if value.is_empty() {
            return self.say("fig-not-recorded", &[]);
        }
        let word = value.replace('_', "-");
        // A column of somebody's own file may hold a word that means another thing there.
        let ours = self.knows(&format!("dim-{}", column.trim_start_matches('_')));
        [format!("fig-{column}-{word}"), format!("fig-{word}")]
            .iter()
            .find(|id| ours && self.knows(id))
            .map_or_else(|| value.to_owned(), |id| self.say(id, &[]))
    }

    /// A cell.
    #[must_use]
    pub fn cell(&self, label: &str) -> String {
        let parts: Vec<&str> = label.split(';').filter(|part| !part.is_empty()).collect();
        if parts.is_empty() || parts == ["record_count"] {
            return self.say("attack-cell-all", &[]);
        }
        let mut said = parts.into_iter().map(|part| self.part(part));
        let first = said.next().unwrap_or_default();
        said.fold(first, |one, more| {
            self.say("attack-cell-and", &[("one", one.as_str()), ("more", more.as_str())])
        })
    }

    fn part(&self, part: &str) -> String {
        let Some((column, value)) = part.split_once(':') else { return part.to_owned() };
        if let Some((from, to)) = value.split_once('/').filter(|_| column == "years") {
            if from == to {
                let month = self.column("period");
                let values = [("column", month.as_str()), ("value", from)];
                return self.say("attack-cell-part", &values);
            }
            return self.say("attack-cell-years", &[("from", from), ("to", to)]);
        }
        let (column, value) = (self.column(column), self.value(column, value));
        self.say("attack-cell-part", &[("column", column.as_str()), ("value", value.as_str())])
    }

    /// A side of a difference: a cell with its release, or all shown values of a column.
    #[must_use]
    pub fn side(&self, told: &str) -> String {
        if let Some(column) = told.strip_prefix("every shown ") {
            let column = self.column(column);
            return self.say("attack-cell-every", &[("column", column.as_str())]);
        }
        match told.strip_suffix(')').and_then(|told| told.rsplit_once(" (")) {
            Some((label, release)) => {
                let cell = self.cell(label);
                self.say("attack-cell-of", &[("cell", cell.as_str()), ("release", release)])
            }
            None => self.cell(told),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn in_english(say: impl Fn(&Reader<'_>) -> String) -> String {
        let catalogue = Catalogue::shipped().unwrap();
        let state = |code: &str| format!("State {code}");
        say(&Reader { catalogue: &catalogue, language: Language::En, state: &state, plain: true })
    }

    #[test]
    fn req_191_a_cell_is_told_in_words() {
        let cell = |label: &str| in_english(|reader| reader.cell(label));
        assert_eq!(cell("form:labour;sex:male"), "Form of exploitation: Forced labour; Sex: Male");
        assert_eq!(cell("citizenship:XAA"), "Citizenship: State XAA");
        assert_eq!(cell("record_count"), "all persons");
        assert_eq!(cell("age:child;years:2024/2026"), "Age: Under 18; years 2024 to 2026");
        assert_eq!(cell("ward:labour"), "ward: labour", "another file's own column");
        assert_eq!(cell("sex:"), "Sex: Not recorded");
    }

    #[test]
    fn req_191_a_side_of_a_difference_names_its_release() {
        let side = |told: &str| in_english(|reader| reader.side(told));
        assert_eq!(side("sex:male (detected-2025)"), "Sex: Male (detected-2025)");
        assert_eq!(side("every shown sex"), "all shown values of Sex");
    }
}
