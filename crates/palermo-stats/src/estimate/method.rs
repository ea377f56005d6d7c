//! The methods by name: what each assumes and whom to cite.

use std::fmt;
use std::str::FromStr;

use super::closed::{ClosedModel, Heterogeneity};

/// A way to estimate a total from lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Stepwise choice of two-list interactions.
    Loglinear,
    /// Lowest BIC among all hierarchical models.
    AllModels,
    /// Greedy search by BIC.
    Downhill,
    /// Bayesian latent classes.
    LatentClass,
    /// Averaging over decomposable graphs.
    Graphs,
    /// Bayesian thresholding of two-list interactions.
    BayesThreshold,
    /// Chao's lower bound as a log-linear model (Mh).
    Chao,
    /// Chao's lower bound from the persons found once and twice.
    ChaoMoment,
    /// Two independent lists.
    LincolnPetersen,
    /// Two independent lists, nearly unbiased.
    Chapman,
    /// All lists alike, no differences between persons.
    M0,
    /// Independent lists.
    Mt,
    /// Persons differ as Poisson with base 2; lists alike.
    MhPoisson,
    /// Persons differ as a normal logit; lists alike.
    MhDarroch,
    /// Persons differ as a gamma variable; lists alike.
    MhGamma,
    /// Lower bound with lists that differ.
    MthChao,
    /// Persons differ as Poisson with base 2; lists differ.
    MthPoisson,
    /// Persons differ as a normal logit; lists differ.
    MthDarroch,
    /// Persons differ as a gamma variable; lists differ.
    MthGamma,
}

impl Method {
    /// Every method, in the order of the documentation.
    pub const ALL: [Self; 19] = [
        Self::Loglinear,
        Self::AllModels,
        Self::Downhill,
        Self::LatentClass,
        Self::Graphs,
        Self::BayesThreshold,
        Self::Chao,
        Self::ChaoMoment,
        Self::LincolnPetersen,
        Self::Chapman,
        Self::M0,
        Self::Mt,
        Self::MhPoisson,
        Self::MhDarroch,
        Self::MhGamma,
        Self::MthChao,
        Self::MthPoisson,
        Self::MthDarroch,
        Self::MthGamma,
    ];

    /// The name used on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loglinear => "loglinear",
            Self::AllModels => "all-models",
            Self::Downhill => "downhill",
            Self::LatentClass => "latent-class",
            Self::Graphs => "graphs",
            Self::BayesThreshold => "bayes-threshold",
            Self::Chao => "chao",
            Self::ChaoMoment => "chao-moment",
            Self::LincolnPetersen => "lincoln-petersen",
            Self::Chapman => "chapman",
            Self::M0 => "m0",
            Self::Mt => "mt",
            Self::MhPoisson => "mh-poisson",
            Self::MhDarroch => "mh-darroch",
            Self::MhGamma => "mh-gamma",
            Self::MthChao => "mth-chao",
            Self::MthPoisson => "mth-poisson",
            Self::MthDarroch => "mth-darroch",
            Self::MthGamma => "mth-gamma",
        }
    }

    /// Whether the method chooses a log-linear model, so that its intervals
    /// can repeat the choice.
    #[must_use]
    pub const fn selects(self) -> bool {
        matches!(self, Self::Loglinear | Self::AllModels | Self::Downhill)
    }

    /// The closed-population model of this name, if it is one.
    #[must_use]
    pub fn closed_model(self) -> Option<ClosedModel> {
        use Heterogeneity::{Chao, Darroch, Gamma35, None as Same, Poisson2};
        let (lists_differ, persons) = match self {
            Self::M0 => (false, Same),
            Self::Mt => (true, Same),
            Self::Chao => (false, Chao),
            Self::MhPoisson => (false, Poisson2),
            Self::MhDarroch => (false, Darroch),
            Self::MhGamma => (false, Gamma35),
            Self::MthChao => (true, Chao),
            Self::MthPoisson => (true, Poisson2),
            Self::MthDarroch => (true, Darroch),
            Self::MthGamma => (true, Gamma35),
            _ => return None,
        };
        Some(ClosedModel { lists_differ, persons })
    }

    /// What the method takes for granted, beyond what all take.
    #[must_use]
    pub const fn assumption(self) -> &'static str {
        match self {
            Self::Loglinear => {
                "only pairs of lists depend on each other, and those added at the threshold \
                 describe it"
            }
            Self::AllModels | Self::Downhill => {
                "one hierarchical log-linear model describes how lists depend; there is no \
                 interaction of all lists together"
            }
            Self::LatentClass => "lists are independent of each other within groups of persons",
            Self::Graphs => {
                "conditional independences between lists describe how they depend; persons do \
                 not differ otherwise"
            }
            Self::BayesThreshold => {
                "only pairs of lists depend on each other, seldom by more than a factor of e²"
            }
            Self::Chao | Self::ChaoMoment | Self::MthChao => {
                "persons differ in how easily they are found; the estimate is a lower bound, \
                 and fails as one when lists refer persons to each other"
            }
            Self::LincolnPetersen | Self::Chapman => {
                "the two lists are independent, and every person is equally likely to be on each"
            }
            Self::M0 => "all lists find every person with the same probability",
            Self::Mt => "all lists are independent of each other",
            Self::MhPoisson
            | Self::MhDarroch
            | Self::MhGamma
            | Self::MthPoisson
            | Self::MthDarroch
            | Self::MthGamma => {
                "all dependence comes from persons who are easier to find than others, in a \
                 form the data cannot confirm"
            }
        }
    }

    /// The works that describe the method.
    #[must_use]
    pub const fn citations(self) -> &'static [&'static str] {
        match self {
            Self::Loglinear => &[CHAN, FIENBERG],
            Self::AllModels | Self::Downhill => &[SILVERMAN_2024, CHAN],
            Self::LatentClass => &[MANRIQUE],
            Self::Graphs => &[MADIGAN],
            Self::BayesThreshold => &[SILVERMAN_2020],
            Self::Chao | Self::MthChao => &[CHAO, RIVEST],
            Self::ChaoMoment => &[CHAO],
            Self::LincolnPetersen | Self::Chapman => &[CHAPMAN],
            _ => &[RIVEST],
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// There is no method of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no method `{0}`")]
pub struct NoSuchMethod(String);

impl FromStr for Method {
    type Err = NoSuchMethod;

    fn from_str(name: &str) -> Result<Self, NoSuchMethod> {
        Self::ALL
            .into_iter()
            .find(|method| method.name() == name)
            .ok_or_else(|| NoSuchMethod(name.to_owned()))
    }
}

/// Assumptions of every method here.
pub(crate) const COMMON_ASSUMPTIONS: &str = "nobody joins or leaves the population while the \
    lists are made, the same person is recognised on every list, and two persons are never taken \
    for one";

const CHAN: &str = "Chan, L., Silverman, B. W. & Vincent, K. (2021). Multiple systems estimation \
    for sparse capture data: inferential challenges when there are nonoverlapping lists. Journal \
    of the American Statistical Association 116, 1297–1306.";
const FIENBERG: &str = "Fienberg, S. E. & Rinaldo, A. (2012). Maximum likelihood estimation in \
    log-linear models. Annals of Statistics 40, 996–1023.";
const SILVERMAN_2024: &str = "Silverman, B. W., Chan, L. & Vincent, K. (2024). Bootstrapping \
    multiple systems estimates to account for model selection. Statistics and Computing 34, 44.";
const SILVERMAN_2020: &str = "Silverman, B. W. (2020). Multiple-systems analysis for the \
    quantification of modern slavery: classical and Bayesian approaches. Journal of the Royal \
    Statistical Society A 183, 691–736.";
const MANRIQUE: &str = "Manrique-Vallier, D. (2016). Bayesian population size estimation using \
    Dirichlet process mixtures. Biometrics 72, 1246–1254.";
const MADIGAN: &str = "Madigan, D. & York, J. C. (1997). Bayesian methods for estimation of the \
    size of a closed population. Biometrika 84, 19–31.";
const RIVEST: &str = "Rivest, L.-P. & Baillargeon, S. (2007). Rcapture: loglinear models for \
    capture-recapture in R. Journal of Statistical Software 19(5).";
const CHAO: &str = "Chao, A. (1987). Estimating the population size for capture-recapture data \
    with unequal catchability. Biometrics 43, 783–791.";
const CHAPMAN: &str = "Chapman, D. G. (1951). Some properties of the hypergeometric distribution \
    with applications to zoological sample censuses. University of California Publications in \
    Statistics 1, 131–160.";

/// On intervals, for methods that choose a model.
pub(crate) const ON_INTERVALS: &str = "DiCiccio, T. J. & Efron, B. (1996). Bootstrap confidence \
    intervals. Statistical Science 11, 189–228.";

/// On chains that have or have not mixed.
pub(crate) const ON_MIXING: &str = "Vehtari, A., Gelman, A., Simpson, D., Carpenter, B. & Bürkner, \
    P.-C. (2021). Rank-normalization, folding, and localization: an improved R-hat for assessing \
    convergence of MCMC. Bayesian Analysis 16, 667–718.";

/// Those who warn against relying on such estimates; cited in every report.
pub(crate) const CRITICS: [&str; 2] = [
    "Whitehead, J., Jackson, J., Balch, A. & Francis, B. (2021). On the unreliability of multiple \
     systems estimation for estimating the number of potential victims of modern slavery in the \
     UK. Journal of Human Trafficking 7, 1–13.",
    "Binette, O. & Steorts, R. C. (2022). On the reliability of multiple systems estimation in \
     the quantification of modern slavery. Journal of the Royal Statistical Society A 185, 640–676.",
];
