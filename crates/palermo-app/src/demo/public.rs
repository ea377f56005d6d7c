//! What the public site of the demonstration shows besides the yearly figures:
//! what States did, who was brought home, one correction. Invented.

use crate::{
    App, Refused,
    access::Action,
    knowledge::{
        demo::{add, dataset, signers, wobble},
        releases::{counted, keep, records},
        take::DIMENSIONS,
        threshold,
    },
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
        announced::Announced,
        columns::Columns,
        dataset::{Dataset, SourceType},
        editorial::{Answered, Reply},
        publication::{Signature, Status},
    },
    register::day::Day,
};
use palermo_stats::disclosure::{DisclosureError, Release};
use palermo_store::{
    Act, ActContext, Begun,
    knowledge::{announced as calendar, release as kept},
};

/// What is counted of responses, with its usual size.
const RESPONSES: [(&str, u64); 4] =
    [("services", 240), ("permits", 90), ("compensated", 14), ("trained", 400)];

/// States that report, with their share of the whole in percent.
const STATES: [(&str, u64); 5] = [("XAA", 34), ("XBB", 18), ("XCC", 20), ("XDD", 9), ("XEE", 19)];

/// Ways home: found in, home in, persons a year.
const HOME: [(&str, &str, u64); 7] = [
    ("XAA", "XBB", 46),
    ("XAA", "XCC", 21),
    ("XAA", "XFF", 2),
    ("XCC", "XBB", 33),
    ("XEE", "XBB", 12),
    ("XEE", "XDD", 3),
    ("XCC", "XDD", 12),
];

fn line(figures: &mut Columns, told: &[(&str, &str)], persons: u64) {
    let words: Vec<&str> = DIMENSIONS
        .iter()
        .map(|name| told.iter().find(|(of, _)| of == name).map_or("", |(_, word)| *word))
        .collect();
    figures.push(&words, Some(Amount::exactly(persons)));
}

/// Responses of a year; `resent` after one State found an error in its own.
fn responses(year: i32, resent: bool) -> Columns {
    let mut figures = Columns::new(&DIMENSIONS);
    let named = year.to_string();
    for (at, (indicator, size)) in (0_u64..).zip(RESPONSES) {
        for (state, share) in STATES {
            let seed = at * 41 + share + u64::from(year.unsigned_abs());
            let mut persons = size * share / 100 + wobble(seed, size / 20 + 3);
            if resent && state == "XCC" && indicator == "services" {
                persons += 25;
            }
            let told = [("year", named.as_str()), ("indicator", indicator), ("state", state)];
            line(&mut figures, &told, persons);
        }
    }
    figures
}

fn brought_home(year: i32) -> Columns {
    let mut figures = Columns::new(&DIMENSIONS);
    let named = year.to_string();
    for (from, to, persons) in HOME {
        let told = [
            ("year", named.as_str()),
            ("indicator", "repatriated"),
            ("origin", from),
            ("destination", to),
            ("state", to),
        ];
        line(&mut figures, &told, persons + wobble(u64::from(year.unsigned_abs()) + persons, 3));
    }
    figures
}

/// Titles in English, French, Spanish and Arabic, and the checklist as the two
/// who signed answered it.
pub(crate) fn titled(
    release: &mut kept::KeptRelease,
    titles: [String; 4],
    signers: &[Signature],
    at: i64,
) {
    release.titles = ["en", "fr", "es", "ar"].map(str::to_owned).into_iter().zip(titles).collect();
    let Some(first) = signers.first() else { return };
    let replies = [
        ("pictures", Reply::NotApplicable),
        ("words", Reply::Yes),
        ("consent", Reply::NotApplicable),
        ("identifying", Reply::Yes),
        ("detected", Reply::Yes),
    ];
    release.editorial = Some(Answered {
        version: "2026-1".to_owned(),
        replies: replies.map(|(id, reply)| (id.to_owned(), reply)).into(),
        note: String::new(),
        by: first.account,
        name: first.name.clone(),
        at,
    });
}

/// A release on its way.
struct Making<'a> {
    figures: &'a Columns,
    about: &'a Dataset,
    dataset: DatasetId,
    id: String,
    titles: [String; 4],
    year: i32,
    kind: Kind,
    k: u32,
    columns: &'a [&'a str],
    issued: String,
}

impl Making<'_> {
    fn spec(&self) -> Spec {
        Spec {
            release: About {
                id: self.id.clone(),
                title: self.titles[0].clone(),
                publisher: "Secretariat of the Meridian Process".to_owned(),
                source: self.about.source.clone(),
                definition: self.about.definition.clone(),
                counting_rule: self.about.counting_rule.clone(),
                period: format!("{0}/{0}", self.year),
                licence: "CC-BY-4.0".to_owned(),
            },
            method: Method { kind: self.kind, k: Some(self.k), ..Method::default() },
            input: Input { count: Some("persons".to_owned()), sensitive: Vec::new() },
            table: vec![Table {
                id: self.columns.join("-"),
                title: String::new(),
                columns: self.columns.iter().map(|name| (*name).to_owned()).collect(),
            }],
        }
    }

    /// Protects, attacks and compares it like any other.
    fn made(
        &self,
        earlier: &mut Vec<Release>,
        signers: &[Signature],
        at: i64,
    ) -> Result<kept::KeptRelease, Refused> {
        let spec = self.spec();
        // Early in a year not everything has come out yet.
        let today = palermo_domain::moment::Moment::from_micros(at).date().to_string();
        let what = counted(self.figures, &spec.table)?;
        let year = u16::try_from(self.year).unwrap_or(0);
        let mut none = |_: f64, _: f64| Err(DisclosureError::Setting("no budget".to_owned()));
        let lines = records(self.figures, (year, year), &what)?;
        let prepared = prepare(&lines, &spec, earlier, &mut none)
            .map_err(|why| Refused::Unavailable(why.to_string()))?;
        let mut release = keep(&spec, &prepared, Some(self.dataset), at);
        release.counted = what;
        titled(&mut release, self.titles.clone(), signers, at);
        if release.status == Status::Prepared {
            release.status = Status::Published;
            release.signatures = signers.to_vec();
            release.issued = Some(self.issued.clone().min(today));
        }
        if let Ok(counts) = serde_json::from_value(release.counts.clone()) {
            earlier.push(counts);
        }
        Ok(release)
    }
}

/// Builds it.
///
/// # Errors
/// What the store refuses.
pub(super) async fn build(app: &App, tenant: TenantId) -> Result<(), Refused> {
    let year = app.store.now().date().year();
    let public = kept::list(&app.store, None).await?;
    let mut earlier: Vec<Release> = public
        .iter()
        .filter(|one| one.entry.issued.is_some())
        .filter_map(|one| serde_json::from_value(one.entry.counts.clone()).ok())
        .collect();
    let signers = signers(app, tenant).await?;
    let k = threshold::least(app, &[], Kind::Round).await?;
    let actor = Actor::System { job: "demo".into() };
    let context = ActContext::new(tenant, actor, Action::ImportData.code());
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    response_releases(&mut act, (year, k), &mut earlier, &signers).await?;
    home_release(&mut act, (year, k), &mut earlier, &signers).await?;
    act.commit(&()).await?;
    announcements(app, tenant, year).await
}

/// A day that was kept, one that was late, one that passed, two that are ahead.
async fn announcements(app: &App, tenant: TenantId, year: i32) -> Result<(), Refused> {
    let today = Day::from(app.store.now().date());
    let public = kept::list(&app.store, None).await?;
    let issued = |slug: &str| -> Option<Day> {
        let found = public.iter().find(|one| one.entry.slug == slug)?;
        found.entry.issued.as_deref()?.parse().ok()
    };
    let told = |titles: [&str; 4], due: Day, release: Option<String>, reason: Option<&str>| {
        let titles = titles.map(str::to_owned);
        Announced {
            title: ["en", "fr", "es", "ar"].map(str::to_owned).into_iter().zip(titles).collect(),
            first_due: due,
            due,
            release,
            reason: reason.map(str::to_owned),
            called_off: false,
        }
    };
    let yearly = [
        "Detected victims of the year",
        "Victimes détectées de l’année",
        "Víctimas detectadas del año",
        "الضحايا المكشوفون في السنة",
    ];
    let responses = [
        "What the States did for victims",
        "Ce que les États ont fait pour les victimes",
        "Lo que los Estados hicieron por las víctimas",
        "ما فعلته الدول من أجل الضحايا",
    ];
    let estimate = [
        "Estimate of persons nobody found, with its assumptions",
        "Estimation des personnes que nul n’a trouvées, avec ses hypothèses",
        "Estimación de las personas que nadie halló, con sus supuestos",
        "تقدير الأشخاص الذين لم يعثر عليهم أحد، مع افتراضاته",
    ];
    let (kept_slug, late_slug) =
        (format!("detected-{}", year - 1), format!("responses-{}", year - 1));
    let mut all = Vec::new();
    if let Some(day) = issued(&kept_slug) {
        all.push(told(yearly, day, Some(kept_slug), None));
    }
    if let Some(day) = issued(&late_slug) {
        let why = "Two States sent their returns after the day they had promised.";
        all.push(told(responses, day.plus_days(-15), Some(late_slug), Some(why)));
    }
    all.push(told(estimate, today.plus_days(-40), None, None));
    let mut moved = told(responses, today.plus_days(60), None, Some("The year has to end first."));
    moved.due = today.plus_days(90);
    all.push(moved);
    all.push(told(yearly, today.plus_days(120), None, None));
    let actor = Actor::System { job: "demo".into() };
    let context = ActContext::new(tenant, actor, Action::PrepareRelease.code());
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    for one in &all {
        calendar::insert(&mut act, one).await?;
    }
    Ok(act.commit(&()).await?)
}

async fn response_releases(
    act: &mut Act,
    (year, k): (i32, u32),
    earlier: &mut Vec<Release>,
    signers: &[Signature],
) -> Result<(), Refused> {
    let mut about = dataset(
        "Responses of the Meridian States",
        SourceType::Rapporteur,
        None,
        "Returns of national rapporteurs on services, permits, compensation and training, invented",
    );
    about.counting_rule = "A person counts once for each thing received in the year".to_owned();
    about.coverage = "Services paid by donors alone are not counted".to_owned();
    let mut all = Columns::default();
    for of in [year - 3, year - 2, year - 1] {
        let block = responses(of, of == year - 2);
        all.append(&block).map_err(|why| Refused::Unavailable(why.to_string()))?;
    }
    let id = add(act, &about, &all, u16::try_from(year).unwrap_or(0)).await?;
    let at = act.now().micros();
    let first = responses(year - 2, false);
    let making = |of: i32, suffix: &str, issued: String| Making {
        figures: if suffix.is_empty() && of == year - 2 { &first } else { &all },
        about: &about,
        dataset: id,
        id: format!("responses-{of}{suffix}"),
        titles: [
            format!("What the Meridian States did for victims, {of}"),
            format!("Ce que les États du Méridien ont fait pour les victimes, {of}"),
            format!("Lo que los Estados del Meridiano hicieron por las víctimas, {of}"),
            format!("ما فعلته دول ميريديان من أجل الضحايا، {of}"),
        ],
        year: of,
        kind: Kind::Round,
        k,
        columns: &["indicator", "state"],
        issued,
    };
    let oldest = making(year - 3, "", format!("{}-05-15", year - 2)).made(earlier, signers, at)?;
    kept::insert(act, &oldest).await?;
    let mut wrong =
        making(year - 2, "", format!("{}-05-14", year - 1)).made(earlier, signers, at)?;
    let mut right =
        making(year - 2, "-2", format!("{}-06-20", year - 1)).made(earlier, signers, at)?;
    if right.status == Status::Published && wrong.status == Status::Published {
        wrong.status = Status::Corrected;
        wrong.corrected_by = Some(right.slug.clone());
        wrong.changed.clone_from(&right.issued);
        wrong.reason = Some(
            "Cadrinth had left out the services of its second half-year and sent them in June."
                .to_owned(),
        );
        right.corrects = Some(wrong.slug.clone());
        right.reason.clone_from(&wrong.reason);
    }
    kept::insert(act, &wrong).await?;
    kept::insert(act, &right).await?;
    let newest = making(year - 1, "", format!("{year}-05-15")).made(earlier, signers, at)?;
    kept::insert(act, &newest).await?;
    Ok(())
}

async fn home_release(
    act: &mut Act,
    (year, k): (i32, u32),
    earlier: &mut Vec<Release>,
    signers: &[Signature],
) -> Result<(), Refused> {
    let mut about = dataset(
        "Persons brought home, Meridian region",
        SourceType::Consular,
        None,
        "Consulates of the Meridian States, invented",
    );
    about.counting_rule = "A person counts once, on the day of arrival at home".to_owned();
    about.coverage = "Who went home without a consulate is not counted".to_owned();
    let figures = brought_home(year - 1);
    let id = add(act, &about, &figures, u16::try_from(year).unwrap_or(0)).await?;
    let release = Making {
        figures: &figures,
        about: &about,
        dataset: id,
        id: format!("brought-home-{}", year - 1),
        titles: [
            format!("Persons brought home in the Meridian region, {}", year - 1),
            format!("Personnes rapatriées dans la région du Méridien, {}", year - 1),
            format!("Personas repatriadas en la región del Meridiano, {}", year - 1),
            format!("أشخاص أُعيدوا إلى بلدهم في منطقة ميريديان، {}", year - 1),
        ],
        year: year - 1,
        kind: Kind::Round,
        k,
        columns: &["origin", "destination"],
        issued: format!("{year}-04-10"),
    };
    let release = release.made(earlier, signers, act.now().micros())?;
    kept::insert(act, &release).await?;
    Ok(())
}
