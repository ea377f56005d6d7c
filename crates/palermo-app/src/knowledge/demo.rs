//! The demonstration's figures: five States by month, a second source beside
//! them, three years of releases, one live signal, one past false one, and the
//! table that would unmask somebody in XFF, refused. All numbers are invented.

use super::{
    releases::{counted, keep, records},
    take::DIMENSIONS,
    threshold,
    watching::{EARS, judge},
};
use crate::{
    App, Refused,
    access::Action,
    release::{
        prepare::prepare,
        spec::{About, Input, Kind, Method, Spec, Table},
    },
};
use palermo_domain::{
    actor::Actor,
    id::{DatasetId, TenantId},
    knowledge::{
        amount::Amount,
        columns::Columns,
        dataset::{Batch, Dataset, Format, Quality, SourceType},
        publication::{Signature, Status},
        signal::{JointResponse, Signal, SignalStatus, Step},
    },
};
use palermo_stats::disclosure::{DisclosureError, Release};
use palermo_store::{
    Act, ActContext, Begun, account as accounts,
    knowledge::{batch as batches, dataset as datasets, release as kept, signal as signals},
};
use std::collections::BTreeMap;

const STATES: [(&str, u64); 5] = [("XAA", 14), ("XBB", 11), ("XCC", 9), ("XDD", 7), ("XEE", 10)];
const FORMS: [(&str, u64); 3] = [("sexual", 10), ("labour", 8), ("begging", 3)];
const GROUPS: [(&str, &str, u64); 4] =
    [("female", "adult", 5), ("female", "child", 3), ("male", "adult", 4), ("male", "child", 2)];
const MEANS: [&str; 4] = ["debt", "threats", "deception", "documents"];
const RECRUITERS: [&str; 4] = ["agency", "online", "family", "stranger"];

/// A number that looks random and is the same each time.
pub(crate) fn wobble(seed: u64, below: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)) % below.max(1)
}

/// Every month from January of `first` to the month before the demo's day.
fn months(first: i32, year: i32, month: u8) -> Vec<String> {
    let last = year * 12 + i32::from(month) - 2;
    (first * 12..=last)
        .map(|n| format!("{:04}-{:02}", n.div_euclid(12), n.rem_euclid(12) + 1))
        .collect()
}

fn harmonised(months: &[String]) -> Columns {
    let mut figures = Columns::new(&DIMENSIONS);
    let mut seed = 0;
    for (at, month) in months.iter().enumerate() {
        for (state, size) in STATES {
            for (form, share) in FORMS {
                for (sex, age, part) in GROUPS {
                    seed += 1;
                    let usual = size * share * part / 60;
                    let mut persons = usual + wobble(seed, 3);
                    // What the signal is about: the newest month in one State.
                    if at + 1 == months.len() && state == "XBB" && form == "labour" {
                        persons = persons * 3 + 4;
                    }
                    let pick = |list: &[&'static str]| -> &'static str {
                        let at = usize::try_from(wobble(seed * 7, 97)).unwrap_or(0) % list.len();
                        list[at]
                    };
                    let (means, recruiter) = (pick(&MEANS), pick(&RECRUITERS));
                    let year = month.get(..4).unwrap_or_default();
                    for ((origin, transit), persons) in ways(state, seed, persons) {
                        figures.push(
                            &[
                                year, month, state, "victims", form, sex, age, origin, means,
                                recruiter, origin, state, "", transit,
                            ],
                            Some(Amount::exactly(persons)),
                        );
                    }
                }
            }
        }
    }
    figures
}

/// The ways that end in a State, each as often as it is listed: origin, transit.
fn roads(state: &str) -> &'static [(&'static str, &'static str)] {
    match state {
        "XAA" => &[
            ("XBB", "XCC"),
            ("XBB", "XCC"),
            ("XBB", "XCC"),
            ("XBB", "none"),
            ("XDD", "XCC"),
            ("XDD", "none"),
            ("XAA", "none"),
            ("XCC", "none"),
        ],
        "XBB" => &[("XBB", "none"), ("XBB", "none"), ("XBB", "none"), ("XDD", "none")],
        "XCC" => &[("XCC", "none"), ("XCC", "none"), ("XBB", "none")],
        "XDD" => &[("XDD", "none"), ("XDD", "none"), ("XDD", "none"), ("XEE", "none")],
        _ => &[("XDD", "none"), ("XBB", "XDD"), ("XEE", "none"), ("XEE", "none")],
    }
}

/// Persons of one group by the way they came; a few islanders among those in Avelmar.
fn ways(state: &str, seed: u64, persons: u64) -> BTreeMap<(&'static str, &'static str), u64> {
    let roads = roads(state);
    let mut out = BTreeMap::new();
    for person in 0..persons {
        let at = usize::try_from((seed * 3 + person) % 1_000_003).unwrap_or(0) % roads.len();
        let islander = state == "XAA" && wobble(seed * 101 + person, 260) == 0;
        let way = if islander { ("XFF", "none") } else { roads[at] };
        *out.entry(way).or_insert(0) += 1;
    }
    out
}

fn hotline(months: &[String]) -> Columns {
    let mut figures = Columns::new(&DIMENSIONS);
    for (at, month) in (0_u64..).zip(months) {
        for form in ["sexual", "labour"] {
            let year = month.get(..4).unwrap_or_default();
            let persons = 9 + wobble(at * 31 + u64::from(form == "labour"), 6);
            figures.push(
                &[year, month, "XAA", "victims", form, "", "", "", "", "", "", "", ""],
                Some(Amount::exactly(persons)),
            );
        }
    }
    figures
}

/// One man and two women of a small State: too few for any table.
fn small(year: i32) -> Columns {
    let mut figures = Columns::new(&DIMENSIONS);
    let year = year.to_string();
    for (sex, persons) in [("male", 1), ("female", 2)] {
        figures.push(
            &[&year, "", "XFF", "victims", "labour", sex, "adult", "", "", "", "", "", ""],
            Some(Amount::exactly(persons)),
        );
    }
    figures
}

pub(crate) fn dataset(
    title: &str,
    source_type: SourceType,
    state: Option<&str>,
    source: &str,
) -> Dataset {
    Dataset {
        title: title.to_owned(),
        source_type,
        source: source.to_owned(),
        state: state.map(str::to_owned),
        definition: "Presumed and identified persons under each State's law; the Palermo Protocol's definition where the law is silent".to_owned(),
        counting_rule: "A person counts once, in the month of first contact".to_owned(),
        coverage: "Persons who refused any contact are not counted".to_owned(),
        format: Format::Template,
        mapping: None,
        design: None,
    }
}

pub(crate) async fn add(
    act: &mut Act,
    about: &Dataset,
    figures: &Columns,
    year: u16,
) -> Result<DatasetId, Refused> {
    let id = datasets::insert(act, about).await?;
    let lines = u64::try_from(figures.len()).unwrap_or(u64::MAX);
    let batch = Batch {
        file: "demonstration".to_owned(),
        sha256: String::new(),
        rows: lines,
        lines,
        rejected: 0,
        warnings: 0,
        mapped: (lines, lines),
        accepted_at: act.now().micros(),
        undone: None,
        quality: Quality {
            completeness: 100,
            timeliness: Quality::timely(year, year),
            consistency: 100,
            comparability: 100,
        },
        unmapped: Vec::new(),
        coverage: Vec::new(),
        replaces: None,
    };
    batches::insert(act, id, &batch, figures).await?;
    Ok(id)
}

fn spec(
    (id, title): (&str, &str),
    year: i32,
    (kind, k): (Kind, u32),
    about: &Dataset,
    tables: &[&[&str]],
) -> Spec {
    let table = |columns: &&[&str]| Table {
        id: columns.join("-"),
        title: String::new(),
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
    };
    Spec {
        release: About {
            id: id.to_owned(),
            title: title.to_owned(),
            publisher: "Secretariat of the Meridian Process".to_owned(),
            source: about.source.clone(),
            definition: about.definition.clone(),
            counting_rule: about.counting_rule.clone(),
            period: format!("{year}/{year}"),
            licence: "CC-BY-4.0".to_owned(),
        },
        method: Method { kind, k: Some(k), ..Method::default() },
        input: Input { count: Some("persons".to_owned()), sensitive: Vec::new() },
        table: tables.iter().map(table).collect(),
    }
}

/// Builds the figures of the demonstration.
///
/// # Errors
/// What the store refuses.
pub async fn build(app: &App, tenant: TenantId) -> Result<(), Refused> {
    let today = app.store.now().date();
    let (year, month) = (today.year(), u8::from(today.month()));
    let months = months(year - 3, year, month);
    let figures = harmonised(&months);
    let newest = u16::try_from(year).unwrap_or(0);
    let all = dataset(
        "Harmonised returns of the Meridian Process",
        SourceType::Rapporteur,
        None,
        "Returns of national rapporteurs, invented",
    );
    let line = dataset(
        "Calls about presumed victims, Avelmar",
        SourceType::Hotline,
        Some("XAA"),
        "Hotline of Avelmar, invented",
    );
    let few = dataset(
        "Figures of Fenlua",
        SourceType::Rapporteur,
        Some("XFF"),
        "Return of Fenlua, invented",
    );
    let k = threshold::least(app, &[], Kind::Round).await?;
    let actor = Actor::System { job: "demo".into() };
    let context = ActContext::new(tenant, actor, Action::ImportData.code());
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let id = add(&mut act, &all, &figures, newest).await?;
    add(&mut act, &line, &hotline(&months), newest).await?;
    let small_id = add(&mut act, &few, &small(year - 1), newest).await?;
    let signers = signers(app, tenant).await?;
    let earlier = three_years(&mut act, &figures, (&all, id), (year, k), &signers).await?;
    let at = act.now().micros();
    let spec = spec(
        ("fenlua-by-sex", "Detected victims in Fenlua by form and sex"),
        year - 1,
        (Kind::Suppress, k),
        &few,
        &[&["form", "sex"]],
    );
    let release = made(&small(year - 1), &spec, year - 1, &earlier, small_id, at)?;
    kept::insert(&mut act, &release).await?;
    let found = judge(&figures).signals(&id.to_string());
    let mut live = Vec::new();
    for signal in found.into_iter().filter(|one| one.series == "XBB form:labour") {
        live.push((signals::insert(&mut act, &signal).await?, signal));
    }
    signals::insert(&mut act, &past(&months, &figures)).await?;
    signals::insert(&mut act, &answered(&months, &figures, at)).await?;
    act.commit(&()).await?;
    for (id, signal) in &live {
        super::signals::tell(&app.store, *id, signal).await?;
    }
    Ok(())
}

/// The tables of a yearly release.
const YEARLY: [&[&str]; 7] = [
    &["form", "sex"],
    &["sex", "age"],
    &["state", "form"],
    &["citizenship"],
    &["means"],
    &["recruiter"],
    &["origin", "transit", "destination"],
];

/// Three yearly releases of the region's figures, each compared with those before.
async fn three_years(
    act: &mut Act,
    figures: &Columns,
    (about, id): (&Dataset, DatasetId),
    (year, k): (i32, u32),
    signers: &[Signature],
) -> Result<Vec<Release>, Refused> {
    let mut earlier: Vec<Release> = Vec::new();
    let at = act.now().micros();
    for of in [year - 3, year - 2, year - 1] {
        let spec = spec(
            (&format!("detected-{of}"), &format!("Detected victims in the Meridian region, {of}")),
            of,
            (Kind::Round, k),
            about,
            &YEARLY,
        );
        let mut release = made(figures, &spec, of, &earlier, id, at)?;
        if release.status == Status::Prepared {
            release.status = Status::Published;
            release.signatures = signers.to_vec();
            // Early in a year the newest has just come out.
            let today = act.now().date().to_string();
            release.issued = Some(format!("{}-03-31", of + 1).min(today));
            let titles = [
                format!("Detected victims in the Meridian region, {of}"),
                format!("Victimes détectées dans la région du Méridien, {of}"),
                format!("Víctimas detectadas en la región del Meridiano, {of}"),
                format!("ضحايا كُشفوا في منطقة ميريديان، {of}"),
            ];
            crate::demo::public::titled(&mut release, titles, signers, at);
        }
        if let Ok(counts) = serde_json::from_value(release.counts.clone()) {
            earlier.push(counts);
        }
        kept::insert(act, &release).await?;
    }
    Ok(earlier)
}

fn made(
    figures: &Columns,
    spec: &Spec,
    year: i32,
    earlier: &[Release],
    dataset: DatasetId,
    at: i64,
) -> Result<kept::KeptRelease, Refused> {
    let year = u16::try_from(year).unwrap_or(0);
    let mut none = |_: f64, _: f64| Err(DisclosureError::Setting("no budget".to_owned()));
    let counted = counted(figures, &spec.table)?;
    let prepared = prepare(&records(figures, (year, year), &counted)?, spec, earlier, &mut none)
        .map_err(|why| Refused::Unavailable(why.to_string()))?;
    Ok(kept::KeptRelease { counted, ..keep(spec, &prepared, Some(dataset), at) })
}

/// The two people of the secretariat who sign: whoever analyses and whoever runs it.
pub(crate) async fn signers(app: &App, tenant: TenantId) -> Result<Vec<Signature>, Refused> {
    let at = app.store.now().micros();
    let mut signed = Vec::new();
    for name in ["ines", "petra"] {
        let email = format!("{name}@secretariat.meridian.example");
        let found = accounts::find_by_email(&app.store, &email).await?;
        if let Some(one) = found.filter(|one| one.record.tenant == tenant) {
            signed.push(Signature { account: one.record.id, name: one.record.name.clone(), at });
        }
    }
    Ok(signed)
}

/// The months of a series up to one of them, which counted so many.
fn history(
    months: &[String],
    figures: &Columns,
    (state, name): (&str, &str),
    at: usize,
    observed: u64,
) -> Vec<(String, u64)> {
    let (_, all) = super::watching::series(figures);
    let counts = all.into_iter().find(|one| one.state == state && one.name == name);
    let counts = counts.map(|one| one.counts).unwrap_or_default();
    let mut history: Vec<(String, u64)> = months
        .iter()
        .zip(counts)
        .take(at + 1)
        .skip(at.saturating_sub(17))
        .map(|(month, count)| (month.clone(), super::watching::whole(count)))
        .collect();
    if let Some(last) = history.last_mut() {
        last.1 = observed;
    }
    history
}

/// A signal of the past that had an explanation.
fn past(months: &[String], figures: &Columns) -> Signal {
    let at = months.len().saturating_sub(9);
    let period = months.get(at).cloned().unwrap_or_default();
    Signal {
        series: "XCC form:begging".to_owned(),
        since: period.clone(),
        period,
        observed: 21,
        expected: 8.1,
        threshold: 14.6,
        method: EARS.to_owned(),
        status: SignalStatus::Dismissed,
        reason: Some("One operation in one city found persons whose exploitation had begun years before; no new route.".to_owned()),
        response: None,
        dataset: None,
        p: Some(0.0002),
        q: Some(0.014),
        watched: 71,
        false_alarms: Some(0.07),
        history: history(months, figures, ("XCC", "form:begging"), at, 21),
        triaged: Some(("Inês Tavarel".to_owned(), 0)),
    }
}

/// A true step on the way through Cadrinth to Avelmar, and the response to it,
/// closed with what was learnt.
fn answered(months: &[String], figures: &Columns, now: i64) -> Signal {
    const DAY: i64 = 86_400_000_000;
    const SERIES: (&str, &str) = ("XAA", "route:XBB>XCC");
    let at = months.len().saturating_sub(14);
    let period = months.get(at).cloned().unwrap_or_default();
    let taken = [
        (Step::Proposed, "Inês Tavarel", 380),
        (Step::Consented, "National coordination of Avelmar", 376),
        (Step::Composed, "Inês Tavarel", 370),
        (Step::Deployed, "Inês Tavarel", 362),
        (Step::Reported, "Inês Tavarel", 330),
        (Step::Closed, "Inês Tavarel", 300),
    ];
    let response = JointResponse {
        host: SERIES.0.to_owned(),
        rights_note: "Nobody is sent back before a talk without police; an interpreter is there at every hour; families at home are not called.".to_owned(),
        stopped: "Seasonal workers on night buses from Cadrinth".to_owned(),
        turned_back: "Travellers without papers who do not say why they travel".to_owned(),
        exposed: "Families of persons who speak against a recruiter".to_owned(),
        team: "Two desks at the bus station, one of each State, and a cultural mediator".to_owned(),
        ngo: "Harbour House".to_owned(),
        step: Step::Closed,
        consent: Some("National coordination of Avelmar".to_owned()),
        assisted: Some(31),
        refused_entry: Some(6),
        lessons: Some("A mediator who spoke the language found more persons than any check of papers. The six who were refused entry should have been spoken to first.".to_owned()),
        lessons_public: true,
        report: "Three weeks at the bus station: persons were met, told their rights and helped onward.".to_owned(),
        taken: taken
            .map(|(step, name, days)| (step, name.to_owned(), now - days * DAY))
            .to_vec(),
    };
    Signal {
        series: format!("{} {}", SERIES.0, SERIES.1),
        since: period.clone(),
        period,
        observed: 64,
        expected: 27.4,
        threshold: 41.2,
        method: EARS.to_owned(),
        status: SignalStatus::Answered,
        reason: None,
        response: Some(response),
        dataset: None,
        p: Some(0.000_04),
        q: Some(0.003),
        watched: 71,
        false_alarms: Some(0.07),
        history: history(months, figures, SERIES, at, 64),
        triaged: Some(("Inês Tavarel".to_owned(), now - 382 * DAY)),
    }
}
