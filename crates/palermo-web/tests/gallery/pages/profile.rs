//! A mechanism: sourced facts, a map, a matrix, time.

use palermo_web::components::*;
use palermo_web::figures::*;

use super::super::frame::Page;
use super::super::words::Language;
use super::page;

pub fn profile(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Meridian Process", "عملية ميريديان");
    let body = format!(
        "{}<span class=\"govuk-caption-xl\">{}</span><h1 class=\"govuk-heading-xl\">{title}</h1>{}{}{}<h2 class=\"govuk-heading-m\">{}</h2>{}{}",
        Breadcrumbs::new(&w, [(l.say("Mechanisms", "الآليات"), "#")]),
        l.say("Mechanism", "آلية"),
        facts(l),
        bound_map(l),
        matrix(l),
        l.say("What happened", "ما حدث"),
        timeline(l),
        memberships(l),
    );
    page("profile", title, 1, body)
}

fn source(l: &Language) -> SourceLine {
    SourceLine::new(
        &l.words(),
        l.say("Founding declaration, paragraph 4", "الإعلان التأسيسي، الفقرة 4"),
        l.say("as of 3 March 2025", "حتى 3 آذار/مارس 2025"),
    )
    .href("#")
}

fn facts(l: &Language) -> Definitions {
    let w = l.words();
    Definitions::new()
        .row(
            l.say("Kind", "النوع"),
            Known::fact(l.say("Regional consultative process", "عملية تشاورية إقليمية")),
        )
        .row(l.say("Founded", "التأسيس"), Known::sourced("2009", source(l)))
        .row(
            l.say("Members", "الأعضاء"),
            Known::Conflict(vec![
                (l.say("6 States", "6 دول").into(), source(l)),
                (l.say("5 States and 1 observer", "5 دول ومراقب واحد").into(), source(l)),
            ]),
        )
        .row(
            l.say("Reflection period", "فترة التعافي والتفكير"),
            Known::unknown(
                &w,
                l.say("No source names a number of days", "لا يذكر أي مصدر عدد الأيام"),
            ),
        )
}

fn bound_map(l: &Language) -> Figure {
    let drawing = RegionMap {
        geography: Geography::meridian(),
        labelled_by: Figure::title_id("map"),
        states: meridian(l),
        legend: vec![
            (Shade::Full, l.say("Party for over ten years", "طرف منذ أكثر من عشر سنوات")),
            (Shade::Middle, l.say("Party", "طرف")),
            (Shade::Light, l.say("Signed", "موقّعة")),
            (Shade::None, l.say("Neither", "لا هذا ولا ذاك")),
        ],
        rtl: l.rtl(),
    }
    .draw()
    .expect("the region is on its map");
    let mut alternative = Table::new("", [l.say("State", "الدولة"), l.say("Since", "منذ")]);
    for state in meridian(l) {
        alternative.push([state.name, "2012".to_owned()]);
    }
    Figure::new(
        &l.words(),
        "map",
        l.say("Who is bound by the Convention on Assistance", "من الملزم باتفاقية المساعدة"),
        drawing,
        alternative,
    )
    .note(l.say(
        "The borders and names on this map imply no opinion on the status of any territory.",
        "لا تعني الحدود والأسماء على هذه الخريطة أي رأي بشأن وضع أي إقليم.",
    ))
}

fn timeline(l: &Language) -> Timeline {
    Timeline::new(
        3,
        [
            ("2009", "Declaration signed", "توقيع الإعلان", false),
            ("2014", "Secretariat opens", "افتتاح الأمانة", false),
            ("2031", "Third plan ends", "نهاية الخطة الثالثة", true),
        ]
        .into_iter()
        .map(|(year, en, ar, future)| Event {
            date: year.into(),
            datetime: year.into(),
            title: l.say(en, ar).into(),
            body: l.say("Adopted by ministers of six States.", "اعتمده وزراء ست دول.").into(),
            future,
        }),
    )
}

fn meridian(l: &Language) -> Vec<MapState> {
    [
        ("XAA", "Aldermark", "ألدرمارك", Shade::Full),
        ("XBB", "Borune", "بورون", Shade::None),
        ("XCC", "Cassal", "كاسال", Shade::Strong),
        ("XDD", "Dorrin", "دورين", Shade::Middle),
        ("XEE", "Emrah", "إمراه", Shade::Light),
        ("XFF", "Ferra Isles", "جزر فيرا", Shade::Full),
        ("XGG", "Gerland", "غيرلاند", Shade::None),
    ]
    .into_iter()
    .map(|(code, en, ar, shade)| MapState {
        code: code.into(),
        name: l.say(en, ar),
        said: l.say("party since 2012", "طرف منذ 2012"),
        shade,
        dashed: code == "XGG",
    })
    .collect()
}

fn matrix(l: &Language) -> BoundMatrix {
    let cell =
        |bound: Bound, mark: &str, said: String| BoundCell { bound, mark: mark.into(), said };
    let cells = vec![
        cell(Bound::Party, "2012", l.say("party since 2012", "طرف منذ 2012")),
        cell(
            Bound::Signed,
            l.say("signed", "وقّعت").as_str(),
            l.say("signed in 2014", "وقّعت في 2014"),
        ),
        cell(Bound::No, "–", l.say("neither", "لا")),
        cell(Bound::Unknown, "?", l.say("unknown", "غير معروف")),
        cell(Bound::Party, "2019", l.say("party since 2019", "طرف منذ 2019")),
    ];
    BoundMatrix {
        id: "bound".into(),
        caption: l
            .say("Who is bound by what on 3 March 2025", "من الملزم بماذا في 3 آذار/مارس 2025"),
        corner: l.say("State", "الدولة"),
        columns: [
            ("Convention", "الاتفاقية"),
            ("Return", "العودة"),
            ("Coast", "الساحل"),
            ("Hotlines", "الخطوط"),
            ("Recruiters", "الاستقدام"),
        ]
        .into_iter()
        .map(|(en, ar)| Heading { name: l.say(en, ar), full: String::new(), href: "#".into() })
        .collect(),
        rows: meridian(l)
            .into_iter()
            .enumerate()
            .map(|(i, s)| {
                let mut cells = cells.clone();
                cells.rotate_left(i % 5);
                (Heading { name: s.name, full: String::new(), href: "#".into() }, cells)
            })
            .collect(),
        legend: vec![
            (Bound::Party, "2012".into(), l.say("party since", "طرف منذ")),
            (Bound::Signed, l.say("signed", "وقّعت"), l.say("signed, not bound", "وقّعت ولم تلتزم")),
            (Bound::No, "–".into(), l.say("neither", "لا هذا ولا ذاك")),
            (Bound::Unknown, "?".into(), l.say("the sources do not say", "لا تذكر المصادر")),
        ],
    }
}

fn memberships(l: &Language) -> String {
    let rows = meridian(l)
        .into_iter()
        .enumerate()
        .map(|(i, state)| SpanRow {
            label: state.name,
            spans: vec![
                Span {
                    from: 2008.0 + i as f64,
                    to: Some(2015.5),
                    class: 5,
                    text: l.say("observer", "مراقب"),
                    open: i == 3,
                },
                Span {
                    from: 2015.5,
                    to: None,
                    class: 2,
                    text: l.say("member", "عضو"),
                    open: false,
                },
            ],
        })
        .collect();
    let spans = Spans {
        labelled_by: Figure::title_id("membership"),
        from: 2007.0,
        to: 2026.0,
        ticks: [2010.0, 2015.0, 2020.0, 2025.0]
            .into_iter()
            .map(|y| (y, format!("{y:.0}")))
            .collect(),
        rows,
        legend: vec![(5, l.say("observer", "مراقب")), (2, l.say("member", "عضو"))],
        rtl: l.rtl(),
    };
    Figure {
        id: "membership".into(),
        title: l.say("Members over time", "الأعضاء عبر الزمن").into(),
        level: 2,
        drawing: spans.into(),
        ..Figure::default()
    }
    .to_string()
}
