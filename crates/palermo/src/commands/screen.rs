//! `palermo screen`: the screening engine on a file alone. It reads no data
//! and keeps none; what it says is advice (E31).

use palermo_app::{
    content::Content,
    domain::screening::{Assessment, Dimension, Ground, IndicatorSet, Screening},
    locale::{Catalogue, Language},
    screening::{report::AssessmentReport, sets},
};
use std::{
    fs,
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
};

/// Longest file read: far more than a screening needs.
const LONGEST_BYTES: u64 = 4 << 20;

/// Which file.
#[derive(Debug, clap::Args)]
pub struct ScreenCommand {
    /// The screening in JSON; `-` reads standard input
    file: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Scores the file.
///
/// # Errors
/// When shipped content is damaged or the output cannot be written.
pub fn run(command: &ScreenCommand) -> anyhow::Result<ExitCode> {
    let name = command.file.display();
    let text = match read(command) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("`{name}` cannot be read: {error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let sets = sets::load(&Content::shipped()?)?;
    let (screening, set) = match Screening::parse(&text, &sets) {
        Ok(parsed) => parsed,
        Err(problems) => {
            problems.0.iter().for_each(|problem| eprintln!("`{name}`: {problem}"));
            return Ok(ExitCode::FAILURE);
        }
    };
    let words = Words(Catalogue::shipped().map_err(|problems| {
        anyhow::anyhow!(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })?);
    let assessment = screening.assess(set);
    let report = AssessmentReport::new(&assessment, &words.0, Language::En);
    let mut out = crate::console::out();
    if command.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        tell(&mut out, &report, &assessment, set, &words)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read(command: &ScreenCommand) -> io::Result<String> {
    let mut text = String::new();
    if command.file.as_os_str() == "-" {
        io::stdin().take(LONGEST_BYTES).read_to_string(&mut text)?;
    } else {
        fs::File::open(&command.file)?.take(LONGEST_BYTES).read_to_string(&mut text)?;
    }
    Ok(text)
}

/// Messages in English, as the command line speaks.
struct Words(Catalogue);

impl Words {
    fn say(&self, id: &str) -> String {
        self.0.text(Language::En, id)
    }

    fn ground(&self, ground: Ground) -> String {
        match ground {
            Ground::Act(act) => format!("act: {}", self.say(&format!("element-act-{act}"))),
            Ground::Means(means) => {
                format!("means: {}", self.say(&format!("element-means-{means}")))
            }
            Ground::Purpose(form) => {
                let id = format!("element-form-{}", form.code().replace('.', "-"));
                format!("purpose: {}", self.say(&id))
            }
            Ground::MeansNotRequired => "means are not required (rights of a child)".to_owned(),
            Ground::NoAct => "no act is recorded".to_owned(),
            Ground::NoMeans => "no means is recorded".to_owned(),
            Ground::NoPurpose => "no purpose of exploitation is recorded".to_owned(),
        }
    }
}

fn tell(
    out: &mut impl Write,
    report: &AssessmentReport,
    assessment: &Assessment,
    set: &IndicatorSet,
    words: &Words,
) -> io::Result<()> {
    writeln!(out, "Set: {} ({})", set.id, set.title)?;
    let confidence = words.say(&format!("screening-confidence-{}", set.confidence));
    writeln!(out, "     {}; {confidence}", set.source)?;
    writeln!(out, "Age: {}", words.say(&format!("screening-age-{}", assessment.age)))?;
    for (dimension, score) in &report.dimensions {
        let sign = if score.positive { "positive" } else { "not positive" };
        let name = words.say(&format!("screening-dimension-{dimension}"));
        let (strong, medium, weak) = (score.strong, score.medium, score.weak);
        writeln!(
            out,
            "\n{dimension}  {name}: {sign} ({strong} strong, {medium} medium, {weak} weak)"
        )?;
        tell_why(out, *dimension, report, set, words)?;
    }
    let met = if report.definition.met { "met" } else { "not met" };
    writeln!(out, "\nDefinition (Palermo Protocol, article 3), from the elements alone: {met}")?;
    for ground in &report.definition.because {
        writeln!(out, "    {}", words.ground(*ground))?;
    }
    writeln!(out, "\nSuggestion: {}", report.suggestion)?;
    for warning in &report.warnings {
        writeln!(out, "Warning: {warning}")?;
    }
    writeln!(out, "This is advice only; a named officer decides and gives the reasons.")
}

fn tell_why(
    out: &mut impl Write,
    dimension: Dimension,
    report: &AssessmentReport,
    set: &IndicatorSet,
    words: &Words,
) -> io::Result<()> {
    if let Some(told) = report.rules.get(&dimension) {
        let stood_in = if told.stronger_stood_in {
            format!(" {}", words.say("screening-stood-in"))
        } else {
            String::new()
        };
        writeln!(out, "    by the rule: {}.{stood_in}", told.rule)?;
    }
    let because = report.dimensions.get(&dimension).map_or(&[][..], |score| &score.because);
    for indicator in because.iter().filter_map(|code| set.indicator(code)) {
        let tier = indicator.tier.map_or("", |tier| tier.code());
        writeln!(out, "    {:<6} {:<18} {}", tier, indicator.code, indicator.label)?;
    }
    Ok(())
}
