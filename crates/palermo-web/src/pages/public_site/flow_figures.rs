//! Flows as figures: a map where the mechanism wants one, a matrix that adds up,
//! the ways through third States, and who was brought home. The public pages
//! and those of analysts share them.

use super::{Atlas, figure};
use crate::{
    components::{Column, Content, DataTable, TableCell},
    figures::{Figure, FlowArc, FlowMap, Shade, Way},
    shell::visit::Visit,
};
use palermo_app::{
    domain::knowledge::{
        amount::Amount,
        flows::{Flow, FlowMatrix, UNKNOWN, legs},
    },
    locale::Direction,
    public_site::flows::ShownFlows,
    standards::sheet::{Cell, Sheet},
};
use std::collections::BTreeSet;

/// So many lines can be told apart on a map.
const LINES: usize = 30;
/// A matrix of more States than this is cut to the chosen ones.
const MOST_STATES: usize = 18;

/// Flows on their way to a page.
pub(in crate::pages) struct FlowParts<'a> {
    pub visit: &'a Visit,
    pub shown: &'a ShownFlows,
    /// The mechanism's States; empty for none.
    pub members: &'a [String],
    pub atlas: Option<&'a Atlas>,
    /// Addresses of files: words and address.
    pub downloads: Vec<(String, String)>,
    /// Source, definition, releases.
    pub notes: Vec<Content>,
}

impl FlowParts<'_> {
    fn name(&self, code: &str) -> String {
        match code {
            OTHERS => self.visit.text("pub-other-states"),
            UNKNOWN | "" => self.visit.text("fig-unknown"),
            code => self.visit.state(code),
        }
    }

    /// The States shown one by one: all if they are few, else the mechanism's,
    /// else those with the most told of them. By name in any case.
    fn focus(&self) -> Vec<String> {
        let mut all: BTreeSet<&str> = BTreeSet::new();
        for flow in self.shown.flows.iter().filter(|flow| flow.origin != UNKNOWN) {
            all.insert(&flow.origin);
            all.insert(&flow.destination);
        }
        let mut chosen: Vec<String> = if all.len() <= MOST_STATES {
            all.into_iter().map(str::to_owned).collect()
        } else {
            let members = self.members.iter().filter(|one| all.contains(one.as_str()));
            let members: Vec<String> = members.cloned().collect();
            if members.len() > 1 { members } else { self.most_told(&all) }
        };
        chosen.sort_by(|a, b| self.visit.compare(&self.name(a), &self.name(b)));
        chosen
    }

    fn most_told(&self, all: &BTreeSet<&str>) -> Vec<String> {
        let mut told: Vec<(usize, &str)> = all
            .iter()
            .map(|code| {
                let of = |flow: &&Flow| flow.origin == *code || flow.destination == *code;
                (self.shown.flows.iter().filter(of).count(), *code)
            })
            .collect();
        told.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        told.into_iter().take(MOST_STATES).map(|(_, code)| code.to_owned()).collect()
    }

    /// All figures.
    pub fn html(&self) -> String {
        let focus = self.focus();
        let map = self.map(&focus).map(|figure| figure.to_string()).unwrap_or_default();
        format!("{map}{}{}{}", self.matrix(&focus), self.ways(), self.home())
    }

    /// The map as a figure; none where the mechanism wants none.
    fn map(&self, focus: &[String]) -> Option<Figure> {
        let atlas = self.atlas?;
        let drawing = self.drawing(focus)?;
        let title =
            self.visit.format("pub-flow-map", &[("period", self.shown.period.as_str().into())]);
        let mut figure = Figure {
            id: "flow-map".to_owned(),
            title: title.into(),
            level: 2,
            drawing,
            ..Figure::default()
        }
        .note(self.visit.text("fig-detected"))
        .note(self.visit.text("pub-flow-note"))
        .note(atlas.disclaimer(self.visit));
        for (words, href) in &self.downloads {
            figure = figure.download(words.clone(), href.clone());
        }
        Some(figure)
    }

    /// The drawing alone.
    pub fn drawing(&self, focus: &[String]) -> Option<Content> {
        let atlas = self.atlas?;
        let on_map = |code: &str| atlas.geography().has(code) && focus.iter().any(|f| f == code);
        let mut legs = legs(&self.shown.flows);
        legs.retain(|(from, to, _)| on_map(from) && on_map(to));
        legs.sort_by(|a, b| middle(b.2).cmp(&middle(a.2)).then((&a.0, &a.1).cmp(&(&b.0, &b.1))));
        legs.truncate(LINES);
        let steps = Steps::of(legs.first().map_or(0, |leg| middle(leg.2)));
        let mut arcs: Vec<FlowArc> =
            legs.iter().map(|leg| self.arc(leg, &steps, Way::There)).collect();
        let mut home: Vec<(String, String, Amount)> = self
            .shown
            .back
            .iter()
            .filter(|flow| on_map(&flow.origin) && on_map(&flow.destination))
            .map(|flow| (flow.origin.clone(), flow.destination.clone(), flow.amount))
            .collect();
        home.truncate(LINES);
        arcs.extend(home.iter().map(|leg| self.arc(leg, &steps, Way::Home)));
        let states: Vec<_> = focus
            .iter()
            .filter(|code| atlas.geography().has(code))
            .map(|code| atlas.state(self.visit, code, String::new(), Shade::Light))
            .collect();
        if states.len() < 2 || arcs.is_empty() {
            return None;
        }
        let mut legend = steps.legend(self.visit);
        if arcs.iter().any(|arc| arc.way == Way::Perhaps) {
            legend.push((Way::Perhaps, 1, self.visit.text("pub-flow-perhaps")));
        }
        if !home.is_empty() {
            legend.push((Way::Home, 2, self.visit.text("pub-flow-home")));
        }
        let map = FlowMap {
            geography: atlas.geography(),
            labelled_by: Figure::title_id("flow-map"),
            states,
            arcs,
            legend,
            labels: atlas.labels(),
            rtl: self.visit.language.direction() == Direction::Rtl,
        };
        map.draw()
    }

    /// The drawing for a picture to keep.
    pub fn picture(&self) -> Option<String> {
        self.drawing(&self.focus()).map(|drawing| drawing.to_string())
    }

    fn arc(&self, leg: &(String, String, Amount), steps: &Steps, way: Way) -> FlowArc {
        let (from, to, amount) = leg;
        let persons = figure::shown(self.visit, *amount).text;
        // An interval from nought may stand for nobody at all.
        let way = if way == Way::There && amount.lower == 0 { Way::Perhaps } else { way };
        let said = format!("{} – {}: {persons}", self.name(from), self.name(to));
        FlowArc { from: from.clone(), to: to.clone(), said, weight: steps.weight(*amount), way }
    }

    fn matrix(&self, focus: &[String]) -> String {
        let visit = self.visit;
        let inside = |code: &str| focus.iter().any(|one| one == code);
        let place = |code: &str| -> String {
            match code {
                UNKNOWN | "" => UNKNOWN.to_owned(),
                code if inside(code) => code.to_owned(),
                _ => OTHERS.to_owned(),
            }
        };
        let flows: Vec<Flow> = self
            .shown
            .flows
            .iter()
            .map(|flow| Flow {
                origin: place(&flow.origin),
                destination: place(&flow.destination),
                ..flow.clone()
            })
            .collect();
        let matrix = FlowMatrix::of(&flows);
        let order = |all: &[String]| -> Vec<String> {
            let mut out: Vec<String> =
                focus.iter().filter(|code| all.contains(code)).cloned().collect();
            if all.iter().any(|code| code == OTHERS) {
                out.push(OTHERS.to_owned());
            }
            out
        };
        let (mut origins, destinations) = (order(&matrix.origins), order(&matrix.destinations));
        origins.push(UNKNOWN.to_owned());
        let heads = std::iter::once(Column::new(visit.text("pub-from-to")))
            .chain(destinations.iter().map(|code| Column::new(self.name(code)).numeric()))
            .chain([Column::new(visit.text("fig-total")).numeric()]);
        let title = visit.format("pub-matrix", &[("period", self.shown.period.as_str().into())]);
        let mut table = DataTable::new("flow-matrix", title, heads).dense();
        for origin in &origins {
            let mut row = vec![TableCell::from(bdi(&self.name(origin)))];
            row.extend(destinations.iter().map(|to| self.cell(&matrix, origin, to)));
            row.push(strong(&figure::shown(visit, matrix.of_origin(origin)).text));
            table.push(row);
        }
        let mut last = vec![TableCell::from(visit.text("fig-total"))];
        last.extend(
            destinations
                .iter()
                .map(|to| strong(&figure::shown(visit, matrix.in_destination(to)).text)),
        );
        last.push(strong(&figure::shown(visit, matrix.total()).text));
        table.push(last);
        let mut html = table.to_string();
        html.push_str(&self.said_below(&matrix));
        html
    }

    fn cell(&self, matrix: &FlowMatrix, origin: &str, to: &str) -> TableCell {
        match matrix.cell(origin, to) {
            None => TableCell::number("–"),
            Some(amount) if origin == to && origin != OTHERS => {
                strong(&figure::shown(self.visit, amount).text)
            }
            Some(amount) => figure::number(&figure::shown(self.visit, amount).text),
        }
    }

    /// Caption, reconciliation, source.
    fn said_below(&self, matrix: &FlowMatrix) -> String {
        let visit = self.visit;
        let mut notes: Vec<Content> =
            vec![visit.text("fig-detected").into(), visit.text("pub-matrix-words").into()];
        if self.shown.by_citizenship {
            notes.push(visit.text("pub-by-citizenship").into());
        }
        if let Some(victims) = self.shown.victims {
            let id = if matrix.reconciles_with(victims) { "pub-reconciles" } else { "pub-differs" };
            let total = figure::shown(visit, matrix.total()).text;
            let counted = figure::shown(visit, victims).text;
            let unknown = figure::shown(visit, matrix.unknown()).text;
            notes.push(
                visit
                    .format(
                        id,
                        &[
                            ("total", total.into()),
                            ("victims", counted.into()),
                            ("unknown", unknown.into()),
                        ],
                    )
                    .into(),
            );
        }
        notes.extend(self.notes.iter().cloned());
        let files: String = self
            .downloads
            .iter()
            .map(|(words, href)| {
                format!(
                    "<a class=\"govuk-link\" href=\"{}\" download>{}</a> ",
                    Content::from(href),
                    Content::from(words)
                )
            })
            .collect();
        let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
        format!(
            "<p class=\"p-small p-muted\">{}</p><p class=\"p-small\">{files}</p>",
            notes.join(" · ")
        )
    }

    /// Ways through a third State, by name.
    fn ways(&self) -> String {
        let visit = self.visit;
        let mut through: Vec<&Flow> =
            self.shown.flows.iter().filter(|flow| !flow.transit.is_empty()).collect();
        through.retain(|flow| flow.amount.upper > 0);
        if through.is_empty() {
            return String::new();
        }
        through.sort_by(|a, b| {
            let key = |flow: &Flow| {
                [&flow.origin, &flow.transit, &flow.destination].map(|code| self.name(code))
            };
            let (a, b) = (key(a), key(b));
            visit
                .compare(&a[0], &b[0])
                .then_with(|| visit.compare(&a[1], &b[1]))
                .then_with(|| visit.compare(&a[2], &b[2]))
        });
        let heads = [
            Column::new(crate::pages::knowledge::dimension(visit, "origin")),
            Column::new(crate::pages::knowledge::dimension(visit, "transit")),
            Column::new(crate::pages::knowledge::dimension(visit, "destination")),
            Column::new(visit.text("fig-persons")).numeric(),
        ];
        let mut table = DataTable::new("flow-ways", visit.text("pub-ways"), heads).dense();
        for flow in through {
            table.push([
                TableCell::from(self.name(&flow.origin)),
                self.name(&flow.transit).into(),
                self.name(&flow.destination).into(),
                figure::number(&figure::shown(visit, flow.amount).text),
            ]);
        }
        format!(
            "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">{}</span></summary><div class=\"govuk-details__text\">{table}</div></details>",
            Content::from(visit.text("pub-ways"))
        )
    }

    /// Who was brought home.
    fn home(&self) -> String {
        let visit = self.visit;
        if self.shown.back.is_empty() {
            return String::new();
        }
        let heads = [
            Column::new(visit.text("pub-home-from")),
            Column::new(visit.text("pub-home-to")),
            Column::new(visit.text("fig-persons")).numeric(),
        ];
        let mut table = DataTable::new("flow-home", visit.text("pub-home"), heads).dense();
        let mut back: Vec<&Flow> = self.shown.back.iter().filter(|f| f.amount.upper > 0).collect();
        back.sort_by(|a, b| {
            visit
                .compare(&self.name(&a.destination), &self.name(&b.destination))
                .then_with(|| visit.compare(&self.name(&a.origin), &self.name(&b.origin)))
        });
        for flow in back.into_iter().take(60) {
            table.push([
                TableCell::from(self.name(&flow.origin)),
                self.name(&flow.destination).into(),
                figure::number(&figure::shown(visit, flow.amount).text),
            ]);
        }
        format!(
            "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">{}</span></summary><div class=\"govuk-details__text\">{table}</div></details>",
            Content::from(visit.text("pub-home"))
        )
    }

    /// All flows as a sheet, with both ends of every interval.
    pub fn sheet(&self, notes: Vec<String>) -> Sheet {
        let columns = [
            "kind",
            "origin",
            "origin_label",
            "transit",
            "destination",
            "destination_label",
            "lower",
            "upper",
        ];
        // Counts of persons are far below 2^53.
        #[allow(clippy::cast_precision_loss)]
        let end = |count: u64| match count {
            u64::MAX => "".into(),
            count => Cell::Number(count as f64),
        };
        let row = |kind: &str, flow: &Flow| -> Vec<Cell> {
            let kind = if flow.is_internal() { "internal" } else { kind };
            vec![
                kind.into(),
                flow.origin.as_str().into(),
                self.name(&flow.origin).into(),
                flow.transit.as_str().into(),
                flow.destination.as_str().into(),
                self.name(&flow.destination).into(),
                end(flow.amount.lower),
                end(flow.amount.upper),
            ]
        };
        let mut rows: Vec<Vec<Cell>> =
            self.shown.flows.iter().map(|flow| row("cross-border", flow)).collect();
        rows.extend(self.shown.back.iter().map(|flow| row("repatriation", flow)));
        let columns = columns.map(str::to_owned).to_vec();
        Sheet { name: format!("flows {}", self.shown.period), columns, rows, notes }
    }
}

/// States that are not shown one by one.
const OTHERS: &str = "others";

fn bdi(text: &str) -> Content {
    Content::Html(format!("<bdi>{}</bdi>", Content::from(text)))
}

fn strong(text: &str) -> TableCell {
    TableCell::number(Content::Html(format!(
        "<strong><bdi dir=\"ltr\" class=\"p-nowrap\">{}</bdi></strong>",
        Content::from(text)
    )))
}

/// The middle of an interval; its lower end where nothing bounds it.
fn middle(amount: Amount) -> u64 {
    if amount.upper == u64::MAX { amount.lower } else { u64::midpoint(amount.lower, amount.upper) }
}

/// Four widths with round numbers between them.
struct Steps([u64; 3]);

impl Steps {
    fn of(most: u64) -> Self {
        let mut steps = [most / 10, most / 4, most / 2].map(rounded);
        steps[0] = steps[0].max(5);
        steps[1] = steps[1].max(steps[0] * 2);
        steps[2] = steps[2].max(steps[1] * 2);
        Self(steps)
    }

    fn weight(&self, amount: Amount) -> u8 {
        let persons = middle(amount);
        1 + self.0.iter().map(|step| u8::from(persons >= *step)).sum::<u8>()
    }

    fn legend(&self, visit: &Visit) -> Vec<(Way, u8, String)> {
        let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
        let [a, b, c] = self.0;
        let between = |from: u64, to: u64| {
            let (from, to) = (whole(from), whole(to - 1));
            visit.format("pub-between", &[("from", from.into()), ("to", to.into())])
        };
        vec![
            (Way::There, 1, visit.format("pub-below", &[("count", whole(a).into())])),
            (Way::There, 2, between(a, b)),
            (Way::There, 3, between(b, c)),
            (Way::There, 4, visit.format("pub-at-least", &[("count", whole(c).into())])),
        ]
    }
}

/// Down to 1, 2 or 5 times a power of ten.
fn rounded(number: u64) -> u64 {
    let mut ten = 1;
    while ten * 10 <= number {
        ten *= 10;
    }
    [5, 2, 1].into_iter().map(|n| n * ten).find(|n| *n <= number).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_step_at_round_numbers_that_grow() {
        assert_eq!(Steps::of(437).0, [20, 100, 200]);
        assert_eq!(Steps::of(3).0, [5, 10, 20]);
        let steps = Steps::of(437);
        let weight = |count| steps.weight(Amount::exactly(count));
        assert_eq!([19, 20, 100, 437].map(weight), [1, 2, 3, 4]);
        assert_eq!(steps.weight(Amount { lower: 0, upper: 4 }), 1);
    }
}
