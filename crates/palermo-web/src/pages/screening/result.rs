//! What the engine says, explained: which answers made which dimension
//! positive, by which rule. It advises; nothing here decides (E31).

use super::form_word;
use crate::{
    components::{Content, InsetText, SummaryList, Tag, WarningText},
    shell::visit::Visit,
};
use palermo_app::{
    domain::screening::{
        Advice, Assessment, Confidence, DimensionScore, Ground, IndicatorSet, advise,
    },
    screening::report,
};
use std::fmt::Write as _;

/// One ground of the definition in words.
fn ground(visit: &Visit, ground: Ground) -> String {
    match ground {
        Ground::Act(act) => visit.text(&format!("element-act-{act}")),
        Ground::Means(means) => visit.text(&format!("element-means-{means}")),
        Ground::Purpose(form) => form_word(visit, form),
        Ground::MeansNotRequired => visit.text("screening-ground-not-required"),
        Ground::NoAct => visit.text("screening-ground-no-act"),
        Ground::NoMeans => visit.text("screening-ground-no-means"),
        Ground::NoPurpose => visit.text("screening-ground-no-purpose"),
    }
}

fn yes_or_no(visit: &Visit, positive: bool, yes: &str, no: &str) -> String {
    let (word, colour) = if positive { (yes, "green") } else { (no, "grey") };
    Tag::coloured(visit.text(word), colour).to_string()
}

/// The result so far or at the end.
pub(super) fn so_far(visit: &Visit, assessment: &Assessment, set: &IndicatorSet) -> String {
    let (catalogue, language) = (&visit.web.app().catalogue, visit.language);
    let title = Content::from(visit.text("screening-result"));
    let mut html = format!("<h2 class=\"govuk-heading-l\">{title}</h2>");
    let _ = write!(html, "{}", InsetText::new(visit.text("screening-advice-only")));
    for one in &assessment.warnings {
        let words = report::warning(one, catalogue, language);
        let _ = write!(html, "{}", WarningText::new(words, &visit.words()));
    }
    if set.confidence == Confidence::ToVerify {
        let words = visit.text("screening-confidence-GK-verify");
        let _ = write!(html, "{}", WarningText::new(words, &visit.words()));
    }
    let because = assessment.definition.because.iter().map(|one| ground(visit, *one));
    let because = because.collect::<Vec<_>>().join("; ");
    let met = yes_or_no(visit, assessment.definition.met, "screening-met", "screening-not-met");
    let suggestion = report::suggestion(assessment, catalogue, language);
    let mut list = SummaryList::new()
        .row(
            visit.text("screening-definition"),
            Content::Html(format!("{met} {}", Content::from(because))),
        )
        .row(visit.text("screening-suggestion"), suggestion)
        .row(visit.text("screening-set"), visit.text(&format!("screening-set-{}", set.id)));
    for (dimension, score) in &assessment.dimensions {
        let name = visit.text(&format!("screening-dimension-{dimension}"));
        list = list.row(name, dimension_row(visit, score, assessment, set));
    }
    html.push_str(&list.to_string());
    html
}

fn dimension_row(
    visit: &Visit,
    score: &DimensionScore,
    assessment: &Assessment,
    set: &IndicatorSet,
) -> Content {
    let mut html = yes_or_no(visit, score.positive, "screening-positive", "screening-not-positive");
    if let Some(rule) = score.rule {
        let rule = Content::from(visit.text(&format!("screening-rule-{rule}")));
        let _ = write!(html, " {rule}");
        if score.stood_in() {
            let _ = write!(html, " {}", Content::from(visit.text("screening-stood-in")));
        }
    }
    let wording = &visit.web.app().wording;
    let child = assessment.age.has_rights_of_a_child();
    let mut items = String::new();
    for indicator in score.because.iter().filter_map(|code| set.indicator(code)) {
        let question = wording.question(visit.language.code(), &indicator.code, child);
        let tier = indicator.tier.map(|tier| visit.text(&format!("screening-tier-{tier}")));
        let _ = write!(
            items,
            "<li>{} ({})</li>",
            Content::from(question),
            Content::from(tier.unwrap_or_default())
        );
    }
    if !items.is_empty() {
        let _ = write!(html, "<ul class=\"govuk-list govuk-list--bullet\">{items}</ul>");
    }
    Content::Html(html)
}

/// Why the engine speaks for an outcome, in words.
pub(super) fn advice(visit: &Visit, assessment: &Assessment) -> String {
    let all = advise(assessment);
    if all.is_empty() {
        return String::new();
    }
    let why = |one: &Advice| {
        let id = match (one.by_definition, one.by_combination) {
            (true, true) => "screening-advice-both",
            (true, false) => "screening-advice-definition",
            _ => "screening-advice-combination",
        };
        let outcome = visit.text(&format!("screening-outcome-{}", one.outcome));
        visit.format(id, &[("outcome", outcome.into())])
    };
    let lines: Vec<String> = all.iter().map(why).collect();
    InsetText::new(lines.join(" ")).to_string()
}
