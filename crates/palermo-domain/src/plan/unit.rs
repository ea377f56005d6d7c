//! Units of indicators: what is counted one by one takes whole numbers only. Half a
//! person in a plan is a slip of the pen or a share under the wrong unit.

use super::{
    Plan,
    indicator::{Baseline, Indicator},
};

/// What is counted one by one, as a unit begins with it: in English, French, Spanish and
/// Arabic. A unit that is not here may have decimals.
const COUNTED: [&str; 4] = [
    "person persons people victim victims survivors child children women men girls boys \
     adults participants trainees officers officials inspectors police judges \
     prosecutors guardians families households case cases investigations prosecutions \
     convictions judgments referrals requests returns claims complaints incidents place \
     places beds shelters services centres centers desk desks offices ports posts towns \
     villages schools organisations organizations training trainings course courses \
     session sessions workshops meetings campaigns visits inspections calls reports \
     laws agreements protocols plans decisions state states countries parties",
    "personne personnes victime victimes enfant enfants femmes hommes filles garçons \
     adultes participants participantes agents fonctionnaires inspecteurs policiers \
     juges procureurs tuteurs familles ménages cas affaires dossiers enquêtes \
     poursuites condamnations jugements orientations demandes retours plaintes \
     incidents lieux places lits foyers services centres bureaux guichets ports postes \
     villes villages écoles organisations formation formations cours séances ateliers \
     réunions campagnes visites inspections appels rapports lois accords protocoles \
     plans décisions état états pays parties",
    "persona personas víctima víctimas niños niñas mujeres hombres adultos \
     participantes agentes funcionarios inspectores policías jueces fiscales tutores \
     familias hogares caso casos expedientes investigaciones enjuiciamientos condenas \
     sentencias derivaciones solicitudes retornos reclamaciones denuncias incidentes \
     lugares plazas camas albergues refugios servicios centros oficinas ventanillas \
     puertos puestos ciudades pueblos escuelas organizaciones formación formaciones \
     capacitación capacitaciones cursos sesiones talleres reuniones campañas visitas \
     inspecciones llamadas informes leyes acuerdos protocolos planes decisiones estado \
     estados países partes",
    "شخص أشخاص أفراد ضحية ضحايا طفل أطفال نساء رجال فتيات فتيان مشاركون مشاركين موظفون \
     موظفين مفتشون مفتشين قضاة أسر حالة حالات قضية قضايا تحقيقات ملاحقات إدانات أحكام \
     إحالات طلبات عودات شكاوى مكان أماكن أسرة أسرّة ملاجئ خدمات مراكز مكاتب موانئ مدن \
     قرى مدارس منظمات تدريب تدريبات دورة دورات جلسات ورش اجتماعات حملات عقود زيارات مكالمات \
     تقارير قوانين اتفاقات اتفاقيات خطط قرارات دولة دول بلدان أطراف",
];

/// Words before what is counted: "number of persons".
const NUMBER_OF: &str = "number no. of nombre de d’ número n.º عدد total";

/// Words of a unit that is a rate, a mean, a time of work or a multiple: "persons per
/// 100 000", "persons (thousands)".
const RATES: &str = "per % percent average mean median share rate hours days weeks months years \
    thousand thousands million millions fte par \
    pour moyenne médiane part taux heures jours mois milliers etp por promedio media mediana \
    tasa horas días meses miles millones millón لكل متوسط نسبة ساعات بالآلاف آلاف مليون ملايين";

fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// Whether a unit is counted one by one.
#[must_use]
pub fn is_whole(unit: &str) -> bool {
    let lower = unit.trim().to_lowercase().replace('\'', "’");
    let spaced = lower.replace("d’", "d’ ");
    let words: Vec<&str> =
        spaced.split([' ', '\u{a0}', '\t', ',', ';', '(', ')']).filter(|w| !w.is_empty()).collect();
    if words.iter().any(|word| among(RATES, word) || word.contains(['/', '%', '‰'])) {
        return false;
    }
    let first = words.iter().find(|word| !among(NUMBER_OF, word));
    first.is_some_and(|&first| {
        // In Arabic a noun carries its article.
        let bare = first.strip_prefix("ال").unwrap_or(first);
        COUNTED.iter().any(|language| among(language, bare))
    })
}

/// A fraction of what is counted one by one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{unit}` are counted one by one: `{number}` is not a whole number; write one without decimals"
)]
pub struct Fraction {
    /// The unit.
    pub unit: String,
    /// The number that is none.
    pub number: String,
}

impl Indicator {
    /// Whether its figures are whole numbers, by its unit.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.unit.as_deref().is_some_and(is_whole)
    }

    /// Whether a number may stand as its value, target or baseline.
    ///
    /// # Errors
    /// [`Fraction`] of what is counted one by one.
    pub fn fits(&self, number: f64) -> Result<(), Fraction> {
        if !self.is_whole() || !number.is_finite() || number.fract() == 0.0 {
            return Ok(());
        }
        let unit = self.unit.clone().unwrap_or_default().trim().to_owned();
        Err(Fraction { unit, number: number.to_string() })
    }

    /// The same of its baseline.
    ///
    /// # Errors
    /// [`Fraction`].
    pub fn baseline_fits(&self) -> Result<(), Fraction> {
        match self.baseline {
            Some(Baseline::Value { value, .. }) => self.fits(value),
            _ => Ok(()),
        }
    }
}

impl Plan {
    /// Whether the targets that stand fit an indicator, as when its unit changes.
    ///
    /// # Errors
    /// [`Fraction`], the first there is.
    pub fn targets_fit(&self, indicator: &Indicator) -> Result<(), Fraction> {
        let of_it = self.targets.iter().filter(|target| target.indicator == indicator.key);
        of_it.map(|target| target.value).try_for_each(|value| indicator.fits(value))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_counted_one_by_one_takes_no_fraction_and_rates_and_money_do() {
        for whole in [
            "persons",
            "Persons identified",
            "cases",
            "places",
            "trainings",
            "number of children",
            "nombre de victimes",
            "nombre d'enfants",
            "Número de personas",
            "plazas",
            "عدد الضحايا",
            "أشخاص",
            "States",
        ] {
            assert!(is_whole(whole), "{whole}");
        }
        for free in [
            "per cent",
            "%",
            "persons per 100 000",
            "cas par an",
            "days",
            "months",
            "EUR",
            "hours of training",
            "average cases",
            "share of persons",
            "persons (thousands)",
            "Officers (FTE)",
            "persons/year",
            "",
            "km",
        ] {
            assert!(!is_whole(free), "{free}");
        }
    }

    #[test]
    fn a_fraction_is_told_with_its_unit() {
        let mut indicator = Indicator::new("men");
        indicator.unit = Some("places".into());
        assert!(indicator.fits(12.0).is_ok());
        let why = indicator.fits(12.5).unwrap_err();
        assert_eq!((why.unit.as_str(), why.number.as_str()), ("places", "12.5"));
        assert!(indicator.fits(f64::NAN).is_ok(), "that is another problem");
        indicator.unit = Some("per cent".into());
        assert!(indicator.fits(12.5).is_ok());
    }
}
