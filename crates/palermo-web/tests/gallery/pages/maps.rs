//! Maps of regions of different shapes.

use palermo_web::components::Content;
use palermo_web::figures::*;

use super::super::frame::Page;
use super::super::words::Language;
use super::page;

/// Memberships of different shapes: compact, scattered, across the date line, very wide.
const REGIONS: &[(&str, &[&str])] = &[
    (
        "west",
        &[
            "BEN", "BFA", "CIV", "CPV", "GHA", "GIN", "GMB", "GNB", "LBR", "MLI", "NER", "NGA",
            "SEN", "SLE", "TGO",
        ],
    ),
    ("south-east", &["BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"]),
    (
        "islands",
        &[
            "ATG", "BHS", "BRB", "BLZ", "DMA", "GRD", "GUY", "HTI", "JAM", "KNA", "LCA", "SUR",
            "TTO", "VCT",
        ],
    ),
    ("ocean", &["AUS", "FJI", "KIR", "NZL", "PNG", "SLB", "TON", "TUV", "VUT", "WSM"]),
];

pub fn maps(l: &Language) -> Page {
    let title = l.say("Maps of different regions", "خرائط مناطق مختلفة");
    let mut body = format!("<h1 class=\"govuk-heading-l\">{title}</h1>");
    for (name, codes) in REGIONS {
        let map = region(l, name, codes);
        body.push_str(
            &Figure {
                id: (*name).to_owned(),
                title: (*name).into(),
                level: 2,
                drawing: map,
                ..Figure::default()
            }
            .to_string(),
        );
    }
    page("maps", title, 1, body)
}

fn region(l: &Language, name: &str, codes: &[&str]) -> Content {
    RegionMap {
        geography: Geography::world(),
        labelled_by: Figure::title_id(name),
        states: codes
            .iter()
            .zip([Shade::Full, Shade::Middle, Shade::Light, Shade::Strong].into_iter().cycle())
            .map(|(code, shade)| MapState {
                code: (*code).into(),
                name: (*code).into(),
                shade,
                ..MapState::default()
            })
            .collect(),
        legend: Vec::new(),
        rtl: l.rtl(),
    }
    .draw()
    .expect("the States are on the map")
}

/// The drawings of all regions, to be weighed one by one.
pub fn regions(l: &Language) -> Vec<(&'static str, String)> {
    REGIONS.iter().map(|(name, codes)| (*name, region(l, name, codes).to_string())).collect()
}

/// The widest membership there is: North America to Central Asia.
pub fn widest(l: &Language) -> String {
    let codes = [
        "ALB", "AND", "ARM", "AUT", "AZE", "BLR", "BEL", "BIH", "BGR", "CAN", "HRV", "CYP", "CZE",
        "DNK", "EST", "FIN", "FRA", "GEO", "DEU", "GRC", "HUN", "ISL", "IRL", "ITA", "KAZ", "KGZ",
        "LVA", "LIE", "LTU", "LUX", "MLT", "MDA", "MCO", "MNG", "MNE", "NLD", "MKD", "NOR", "POL",
        "PRT", "ROU", "RUS", "SMR", "SRB", "SVK", "SVN", "ESP", "SWE", "CHE", "TJK", "TUR", "TKM",
        "UKR", "GBR", "USA", "UZB", "VAT",
    ];
    region(l, "widest", &codes).to_string()
}
