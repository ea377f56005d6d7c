#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use askama::Template;

use super::*;

fn amounts(values: &[f64]) -> Vec<Amount> {
    values.iter().map(|v| Amount::new(*v, format!("{v}"))).collect()
}

fn bars(rtl: bool) -> StackedBars {
    StackedBars {
        labelled_by: "t-title".into(),
        series: vec!["Forced labour".into(), "Other".into()],
        rows: vec![
            BarRow { label: "2024".into(), amounts: amounts(&[60.0, 20.0]), total: "80".into() },
            BarRow {
                label: "2025".into(),
                amounts: vec![Amount::new(40.0, "40"), Amount::hidden("fewer than 5")],
                total: "40 to 44".into(),
            },
        ],
        rtl,
    }
}

#[test]
fn bars_are_drawn_from_where_reading_begins() {
    insta::assert_snapshot!("bars_ltr", bars(false).render().unwrap());
    insta::assert_snapshot!("bars_rtl", bars(true).render().unwrap());
}

#[test]
fn a_hidden_amount_has_no_length_and_its_words_are_not_drawn() {
    let html = bars(false).render().unwrap();
    assert!(!html.contains("fewer than 5"));
    assert_eq!(html.matches("<rect").count(), 3 + 2, "three pieces and two legend marks");
}

#[test]
fn nothing_to_draw_draws_nothing_and_does_not_divide_by_zero() {
    let mut none = bars(false);
    for row in &mut none.rows {
        row.amounts = vec![Amount::hidden(""), Amount::new(f64::NAN, "")];
    }
    assert!(!none.render().unwrap().contains("NaN"));
    let empty = Pyramid { groups: vec![AgeGroup::default()], ..Pyramid::default() };
    assert!(!empty.render().unwrap().contains("NaN"));
    let line = Sparkline { values: vec![], ..Sparkline::default() };
    assert!(!line.render().unwrap().contains("NaN"));
}

#[test]
fn the_first_group_of_a_pyramid_stands_where_reading_begins() {
    let mut pyramid = Pyramid {
        labelled_by: "p-title".into(),
        first: "Female".into(),
        second: "Male".into(),
        groups: vec![AgeGroup {
            label: "15–17".into(),
            first: Amount::new(30.0, "30"),
            second: Amount::new(60.0, "60"),
        }],
        rtl: false,
    };
    insta::assert_snapshot!("pyramid_ltr", pyramid.render().unwrap());
    pyramid.rtl = true;
    insta::assert_snapshot!("pyramid_rtl", pyramid.render().unwrap());
}

#[test]
fn a_number_that_does_not_fit_on_a_phone_is_left_out_and_never_cut() {
    let row = |label: &str, lower: f64, text: &str| BarRow {
        label: label.into(),
        amounts: vec![Amount::between(lower, lower + 9.0, text)],
        total: text.into(),
    };
    let mut bars = StackedBars {
        labelled_by: "t-title".into(),
        series: vec!["Persons".into()],
        rows: vec![row("2024", 1150.0, "1\u{202f}150–1\u{202f}159"), row("2025", 530.0, "530–539")],
        rtl: false,
    };
    let inside = |bars: &StackedBars, text: &str| {
        bars.render().unwrap().matches(&format!("direction=\"ltr\">{text}<")).count()
    };
    assert_eq!(inside(&bars, "1\u{202f}150–1\u{202f}159"), 1, "the longest bar has room");
    // Long names leave the bar too little room for either.
    for row in &mut bars.rows {
        row.label = "Exploitation of begging".into();
    }
    assert_eq!(inside(&bars, "530–539"), 0);
    let interval = |lower: f64, text: &str| Amount::between(lower, lower + 9.0, text);
    let mut pyramid = Pyramid {
        labelled_by: "p-title".into(),
        first: "Female".into(),
        second: "Male".into(),
        groups: vec![AgeGroup {
            label: "18+".into(),
            first: interval(1150.0, "1\u{202f}150–1\u{202f}159"),
            second: interval(200.0, "200–209"),
        }],
        rtl: true,
    };
    let html = pyramid.render().unwrap();
    assert!(html.contains(">1\u{202f}150–1\u{202f}159</text>"), "the bars give way: {html}");
    pyramid.groups[0].label = "Between fifteen and seventeen".into();
    let html = pyramid.render().unwrap();
    assert!(!html.contains("159</text>"), "no room at all: {html}");
}

#[test]
fn a_missing_value_breaks_a_line() {
    let line = Sparkline {
        label: "1, unknown, 3, 4".into(),
        values: vec![Some(1.0), None, Some(3.0), Some(4.0)],
        first: "1".into(),
        last: "4".into(),
        rtl: false,
    };
    let html = line.render().unwrap();
    assert_eq!(html.matches("<polyline").count(), 2);
    insta::assert_snapshot!("spark", html);
}

#[test]
fn time_runs_the_way_the_reader_reads() {
    let mut spans = Spans {
        labelled_by: "s-title".into(),
        from: 2000.0,
        to: 2020.0,
        ticks: vec![(2000.0, "2000".into()), (2010.0, "2010".into())],
        rows: vec![SpanRow {
            label: "Borune".into(),
            spans: vec![
                Span { from: 1990.0, to: Some(2005.0), class: 5, open: true, ..Span::default() },
                Span { from: 2005.0, to: None, class: 2, text: "member".into(), open: false },
                Span { from: 2030.0, to: None, class: 2, ..Span::default() },
            ],
        }],
        legend: vec![(2, "member".into())],
        rtl: false,
    };
    let html = spans.render().unwrap();
    assert!(html.contains("x=\"0%\" y=\"4\" width=\"25%\""), "{html}");
    spans.rtl = true;
    let html = spans.render().unwrap();
    assert!(html.contains("x=\"75%\" y=\"4\" width=\"25%\""), "{html}");
    insta::assert_snapshot!("spans_rtl", html);
}

#[test]
fn a_matrix_says_in_words_what_its_marks_mean() {
    let matrix = BoundMatrix {
        id: "m".into(),
        caption: "Who is bound by what".into(),
        corner: "State".into(),
        columns: vec![Heading {
            name: "Convention".into(),
            href: "/i/1".into(),
            full: String::new(),
        }],
        rows: vec![(
            Heading { name: "Borune & Co".into(), ..Heading::default() },
            vec![BoundCell {
                bound: Bound::Signed,
                mark: "s".into(),
                said: "signed in 2014".into(),
            }],
        )],
        legend: vec![(Bound::Signed, "s".into(), "signed, not bound".into())],
    };
    insta::assert_snapshot!("matrix", matrix.render().unwrap());
}

fn state(code: &str, shade: Shade) -> MapState {
    MapState { code: code.into(), name: code.into(), shade, ..MapState::default() }
}

fn map(geography: &Geography, states: Vec<MapState>) -> Option<String> {
    RegionMap {
        geography,
        labelled_by: "map-title".into(),
        states,
        legend: vec![(Shade::Full, "party".into())],
        rtl: false,
    }
    .draw()
    .map(|drawing| drawing.to_string())
}

/// Two square States that share a border, and a third far too small to see.
const SQUARES: &str = r#"{"step":1,
 "countries":{
  "XAA":{"label":[5,5],"rings":[[0,1]]},
  "XBB":{"label":[15,5],"rings":[[2,-1]]},
  "XCC":{"label":[12,14],"rings":[]}},
 "arcs":[[10,0,0,10],[10,10,-10,0,0,-10,10,0],[10,10,10,0,0,-10,-10,0]]}"#;

#[test]
fn a_map_of_two_squares_and_a_dot() {
    let squares = Geography::parse(SQUARES).unwrap();
    let drawn = map(
        &squares,
        vec![state("XAA", Shade::Full), state("XCC", Shade::Light), state("XZZ", Shade::None)],
    )
    .unwrap();
    assert_eq!(drawn.matches("<circle").count(), 1, "the State without land is a dot");
    insta::assert_snapshot!("map_squares", drawn);
}

#[test]
fn a_map_without_any_of_its_states_is_left_out() {
    let squares = Geography::parse(SQUARES).unwrap();
    assert!(map(&squares, vec![state("XZZ", Shade::Full)]).is_none());
}

#[test]
fn a_map_file_that_names_a_missing_border_is_refused() {
    let broken = SQUARES.replace("[0,1]", "[0,9]");
    assert_eq!(Geography::parse(&broken).unwrap_err(), "`XAA` names the arc `9`, which is missing");
    assert!(Geography::parse("{").unwrap_err().starts_with("not a map file"));
}

#[test]
fn the_shipped_maps_can_be_read_and_hold_every_small_state() {
    let world = Geography::world();
    for code in ["SGP", "CPV", "MLT", "BHR", "COM", "MDV", "BRB", "TUV", "NRU", "LIE", "XKX"] {
        assert!(world.has(code), "`{code}` is not on the map");
    }
    assert!(world.codes().count() > 190);
    let meridian = Geography::meridian();
    let codes: Vec<&str> = meridian.codes().collect();
    assert_eq!(codes, ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF", "XGG"]);
}

#[test]
fn a_region_across_the_date_line_is_not_torn_apart() {
    let drawn = map(Geography::world(), vec![state("FJI", Shade::Full), state("WSM", Shade::Full)])
        .expect("both are on the map");
    // Torn, the two would stand at the two ends of the drawing with the world between them.
    assert!(!drawn.contains(">FRA<"));
    let places: Vec<i32> = drawn
        .split("cx=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .chain(drawn.split("<text x=\"").skip(1).filter_map(|r| r.split('"').next()?.parse().ok()))
        .collect();
    assert!(places.iter().all(|x| (0..=640).contains(x)), "{places:?}");
}

/// Contrast of two colours after WCAG 2.2.
fn contrast(a: &str, b: &str) -> f64 {
    fn luminance(hex: &str) -> f64 {
        let hex = hex.trim_start_matches('#');
        let full = if hex.len() == 3 {
            hex.chars().flat_map(|c| [c, c]).collect::<String>()
        } else {
            hex.to_owned()
        };
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&full[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
    }
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colours `--p-…` of the sheet, in light and in dark.
fn colours() -> [BTreeMap<String, String>; 2] {
    let css = include_str!("../../static/palermo.ltr.css");
    let (light, dark) = css.split_once("prefers-color-scheme: dark").unwrap();
    [light, dark].map(|part| {
        part.match_indices("--p-")
            .filter_map(|(at, _)| {
                let (name, rest) = part[at..].split_once(':')?;
                let value = rest.split([';', '}']).next()?.trim();
                value.starts_with('#').then(|| (name.to_owned(), value.to_owned()))
            })
            .collect()
    })
}

#[test]
fn chart_colours_stand_out_from_their_ground_in_light_and_dark() {
    for (scheme, colours) in ["light", "dark"].into_iter().zip(colours()) {
        let ground = &colours["--p-ground"];
        for i in 1..=6 {
            let fill = &colours[&format!("--p-c{i}")];
            let ratio = contrast(fill, ground);
            assert!(ratio >= 3.0, "{scheme}: colour {i} reaches {ratio:.2}:1 on its ground");
            let text = contrast(&colours[&format!("--p-on{i}")], fill);
            assert!(text >= 4.5, "{scheme}: text on colour {i} reaches {text:.2}:1");
        }
        assert!(contrast(&colours["--p-map-edge"], ground) >= 3.0, "{scheme}: borders on maps");
    }
}

#[test]
fn the_contrast_of_black_on_white_is_twenty_one() {
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#fff") - 4.48).abs() < 0.01);
}
