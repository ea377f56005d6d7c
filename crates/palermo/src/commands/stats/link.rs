//! `palermo stats link`: which records of two files are about the same person?

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use palermo_stats::linkage::assign::greedy;
use palermo_stats::linkage::blocking::Blocking;
use palermo_stats::linkage::clk::Encoder;
use palermo_stats::linkage::dice::similar_pairs;
use palermo_stats::linkage::fellegi_sunter::{link, scored_pairs, train};
use palermo_stats::linkage::lists::{Field, Lists};
use palermo_stats::linkage::schema::Schema;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  palermo stats link A.csv B.csv --method clk --schema schema.json --secret-file secret --threshold 0.85
  palermo stats link A.csv B.csv --method fellegi-sunter --compare given:name --compare surname:name \\
      --compare dob:date --compare sex --block dob --block given+surname

Methods:
  clk             keyed Bloom filters (clkhash schema, version 3) compared by Dice's coefficient.
                  The secret is the file's bytes without a line break at its end.
  fellegi-sunter  weights of evidence learnt from the files (without --compare, how each
                  shared column is compared is guessed from its values, and told)

How columns are compared (--compare COLUMN:HOW):
  name   Jaro-Winkler, with rare values weighing more      date   up to two digits wrong
  exact  the same or not (default)

Records are told by their place in the file, 0 for the first after the heading. Each is
linked at most once unless --candidates asks for every pair above the threshold.

Exit status: 0 done, 1 the data cannot be linked (reasons on standard error), 2 wrong use.";

/// Which records of two files are about the same person?
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct LinkArgs {
    /// First CSV file
    a: PathBuf,
    /// Second CSV file
    b: PathBuf,
    /// Way of linking
    #[arg(long, value_enum)]
    method: LinkMethod,
    /// clk: linkage schema
    #[arg(long, value_name = "FILE", required_if_eq("method", "clk"))]
    schema: Option<PathBuf>,
    /// clk: file with the secret the owners share
    #[arg(long, value_name = "FILE", required_if_eq("method", "clk"))]
    secret_file: Option<PathBuf>,
    /// Least Dice coefficient, or probability [default: 0.85 for clk, 0.5 for fellegi-sunter]
    #[arg(long, value_parser = share)]
    threshold: Option<f64>,
    /// fellegi-sunter: a column and how it is compared
    #[arg(long, value_name = "COLUMN:HOW")]
    compare: Vec<String>,
    /// fellegi-sunter: only pairs that agree on these columns, or on another --block
    #[arg(long, value_name = "COLUMN+COLUMN")]
    block: Vec<String>,
    /// fellegi-sunter: do not let rare values weigh more
    #[arg(long)]
    no_term_frequency: bool,
    /// Every pair above the threshold, not only one-to-one links
    #[arg(long)]
    candidates: bool,
    /// Column that names a record in the answer
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Seed of the random pairs
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LinkMethod {
    Clk,
    FellegiSunter,
}

fn share(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if value > 0.0 && value <= 1.0 { Ok(value) } else { Err("not above 0 and at most 1".into()) }
}

/// A file as read.
pub(super) struct Sheet {
    /// Heading.
    pub columns: Vec<String>,
    /// Rows, as wide as the heading.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads a CSV file with a heading.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let mut reader =
            csv::Reader::from_path(path).with_context(|| format!("`{shown}` cannot be read"))?;
        let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let columns = texts(reader.headers().with_context(|| format!("`{shown}`"))?);
        let rows: Result<_, _> = reader.records().map(|row| row.map(|row| texts(&row))).collect();
        let rows = rows.with_context(|| format!("`{shown}`"))?;
        Ok(Self { columns, rows })
    }

    /// Rows with these columns in this order; nothing in place of an absent one.
    pub fn select(&self, columns: &[Option<usize>]) -> Vec<Vec<String>> {
        let value = |row: &Vec<String>, column: &Option<usize>| {
            column.and_then(|column| row.get(column).cloned()).unwrap_or_default()
        };
        (self.rows.iter())
            .map(|row| columns.iter().map(|column| value(row, column)).collect())
            .collect()
    }

    /// Place of a column.
    pub fn column(&self, name: &str) -> anyhow::Result<usize> {
        let place = self.columns.iter().position(|column| column == name);
        place.with_context(|| format!("there is no column `{name}`"))
    }

    fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        let values = self.rows.iter().filter_map(move |row| row.get(column));
        values.map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

/// What was found, before it is told.
struct Answer {
    parameters: Value,
    pairs: Vec<Value>,
    warnings: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// When a file cannot be read, or its records cannot be linked.
pub fn run(args: &LinkArgs) -> anyhow::Result<ExitCode> {
    let (a, b) = (Sheet::read(&args.a)?, Sheet::read(&args.b)?);
    let mut answer = match args.method {
        LinkMethod::Clk => clk(args, &a, &b)?,
        LinkMethod::FellegiSunter => fellegi_sunter(args, &a, &b)?,
    };
    if let Some(id) = &args.id {
        name_records(&mut answer.pairs, &a, &b, id)?;
    }
    let method = match args.method {
        LinkMethod::Clk => "clk",
        LinkMethod::FellegiSunter => "fellegi-sunter",
    };
    if args.json {
        let object = json!({
            "method": method,
            "parameters": answer.parameters,
            "records": {"a": a.rows.len(), "b": b.rows.len()},
            "pairs": answer.pairs,
            "warnings": answer.warnings,
        });
        super::print_line(&serde_json::to_string(&object)?)?;
    } else {
        answer.warnings.iter().for_each(|warning| eprintln!("palermo: {warning}"));
        super::print_line(&readable(&answer.pairs)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn name_records(pairs: &mut [Value], a: &Sheet, b: &Sheet, id: &str) -> anyhow::Result<()> {
    for (side, key, sheet) in [("a", "id_a", a), ("b", "id_b", b)] {
        let column = sheet.column(id)?;
        for pair in pairs.iter_mut() {
            let place = pair.get(side).and_then(Value::as_u64).unwrap_or(0) as usize;
            let name = sheet.rows.get(place).and_then(|row| row.get(column)).cloned();
            if let Some(object) = pair.as_object_mut() {
                object.insert(key.into(), name.into());
            }
        }
    }
    Ok(())
}

fn clk(args: &LinkArgs, a: &Sheet, b: &Sheet) -> anyhow::Result<Answer> {
    let (Some(schema), Some(secret_file)) = (&args.schema, &args.secret_file) else {
        bail!("`--method clk` needs `--schema` and `--secret-file`");
    };
    let read = |path: &PathBuf| {
        std::fs::read(path).with_context(|| format!("`{}` cannot be read", path.display()))
    };
    let text = String::from_utf8(read(schema)?).context("the schema is not UTF-8")?;
    let secret = read(secret_file)?;
    let secret = secret.strip_suffix(b"\n").unwrap_or(&secret);
    let secret = secret.strip_suffix(b"\r").unwrap_or(secret);
    if secret.is_empty() {
        bail!("the secret is empty");
    }
    let encoder = Encoder::new(Schema::from_json(&text)?, secret)?;
    let encode = |sheet: &Sheet, path: &Path| {
        let places: anyhow::Result<Vec<Option<usize>>> = (encoder.schema().features.iter())
            .map(|feature| match sheet.column(&feature.identifier) {
                Ok(place) => Ok(Some(place)),
                Err(_) if feature.hashing.is_none() => Ok(None),
                Err(absent) => Err(absent),
            })
            .collect();
        let shown = || format!("`{}`", path.display());
        encoder.encode(&sheet.select(&places.with_context(shown)?)).with_context(shown)
    };
    let threshold = args.threshold.unwrap_or(0.85);
    let mut pairs = similar_pairs(&encode(a, &args.a)?, &encode(b, &args.b)?, threshold)?;
    if !args.candidates {
        pairs = greedy(pairs);
    }
    let mut warnings = vec![
        "the codes are pseudonyms, not anonymous: they fall to frequency attacks (Christen et al. 2018); one secret per project".to_owned(),
    ];
    if secret.len() < 16 {
        warnings.push("the secret is shorter than 16 bytes and could be guessed".into());
    }
    for column in &encoder.schema().unchecked_patterns {
        warnings.push(format!("the `pattern` of `{column}` was not checked"));
    }
    Ok(Answer {
        parameters: json!({"threshold": threshold, "one_to_one": !args.candidates}),
        pairs: pairs.iter().map(|p| json!({"a": p.a, "b": p.b, "dice": p.score})).collect(),
        warnings,
    })
}

fn fellegi_sunter(args: &LinkArgs, a: &Sheet, b: &Sheet) -> anyhow::Result<Answer> {
    let mut fields = if args.compare.is_empty() {
        guessed(a, b)
    } else {
        args.compare.iter().map(|text| field(text)).collect::<anyhow::Result<_>>()?
    };
    for field in &mut fields {
        field.term_frequency &= !args.no_term_frequency;
    }
    let select = |sheet: &Sheet| -> anyhow::Result<Vec<Vec<String>>> {
        let places: anyhow::Result<Vec<_>> =
            fields.iter().map(|f| sheet.column(&f.name).map(Some)).collect();
        Ok(sheet.select(&places?))
    };
    let lists = Lists::new(fields.clone(), &select(a)?, &select(b)?)?;
    let blocking = if args.block.is_empty() {
        Blocking::automatic(&lists)
    } else {
        let rules: Vec<Vec<String>> =
            (args.block.iter()).map(|rule| rule.split('+').map(str::to_owned).collect()).collect();
        Blocking::by_names(&lists, &rules)?
    };
    let model = train(&lists, &blocking, args.seed)?;
    let threshold = args.threshold.unwrap_or(0.5);
    let find = if args.candidates { scored_pairs } else { link };
    let links = find(&lists, &blocking, &model, threshold)?;
    let name = |place: &usize| fields.get(*place).map(|field| field.name.clone());
    let rules: Vec<Vec<_>> =
        blocking.rules.iter().map(|rule| rule.iter().map(name).collect()).collect();
    let learnt: Vec<Value> = (fields
        .iter()
        .zip(&model.parameters.m)
        .zip(&model.parameters.u))
    .map(
        |((field, m), u)| json!({"column": field.name, "cut_offs": field.cut_offs, "m": m, "u": u}),
    )
    .collect();
    let mut warnings = Vec::new();
    if !model.converged {
        warnings.push("the estimation did not settle".to_owned());
    }
    for field in model.not_learnt.iter().filter_map(name) {
        warnings.push(format!(
            "how often `{field}` agrees among matches could not be learnt; add a --block without it"
        ));
    }
    Ok(Answer {
        parameters: json!({
            "threshold": threshold, "one_to_one": !args.candidates, "seed": args.seed,
            "lambda": model.parameters.lambda, "fields": learnt, "blocks": rules,
        }),
        pairs: (links.iter())
            .map(|l| json!({"a": l.pair.a, "b": l.pair.b, "probability": l.pair.score, "weight": l.weight, "levels": l.levels}))
            .collect(),
        warnings,
    })
}

fn field(text: &str) -> anyhow::Result<Field> {
    match text.rsplit_once(':') {
        None => Ok(Field::exact(text)),
        Some((column, "exact")) => Ok(Field::exact(column)),
        Some((column, "name")) => Ok(Field::name(column)),
        Some((column, "date")) => Ok(Field::date(column)),
        Some((_, how)) => {
            bail!("`{how}` is no way to compare; there are `name`, `date` and `exact`")
        }
    }
}

/// Shared columns, compared by what their values look like. Columns that number
/// the records tell nothing about persons and are left out.
fn guessed(a: &Sheet, b: &Sheet) -> Vec<Field> {
    let mut fields = Vec::new();
    for (place, name) in a.columns.iter().enumerate() {
        let Ok(other) = b.column(name) else { continue };
        let sets =
            [a.values(place).collect::<HashSet<_>>(), b.values(other).collect::<HashSet<_>>()];
        let unique = sets.iter().zip([a, b]).all(|(set, sheet)| set.len() == sheet.rows.len());
        let both = || sets.iter().flatten();
        let numbered = both().all(|value| value.parse::<u64>().is_ok());
        if (unique && (numbered || sets[0].is_disjoint(&sets[1]))) || both().next().is_none() {
            continue;
        }
        let dated = |value: &&&str| {
            value.len() >= 6 && value.bytes().all(|c| c.is_ascii_digit() || b"-/.".contains(&c))
        };
        let few = sets[0].union(&sets[1]).count() * 10 < a.rows.len() + b.rows.len();
        fields.push(if both().filter(dated).count() * 10 >= both().count() * 9 {
            Field::date(name)
        } else if few || both().all(|value| value.chars().count() <= 3) {
            Field::exact(name)
        } else {
            Field::name(name)
        });
    }
    fields
}

fn readable(pairs: &[Value]) -> Result<String, std::fmt::Error> {
    let mut text = format!("{} pairs", pairs.len());
    for pair in pairs {
        let shown = |side: &str, id: &str| match pair.get(id).and_then(Value::as_str) {
            Some(name) => name.to_owned(),
            None => pair.get(side).map(Value::to_string).unwrap_or_default(),
        };
        let score = pair.get("dice").or_else(|| pair.get("probability"));
        let score = score.and_then(Value::as_f64).unwrap_or(0.0);
        write!(text, "\n{:>10} {:>10}  {score:.4}", shown("a", "id_a"), shown("b", "id_b"))?;
    }
    Ok(text)
}
