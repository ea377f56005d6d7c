//! A list with filters, sorting, chips, downloads and pages.

use palermo_web::components::*;
use palermo_web::figures::*;

use super::super::frame::Page;
use super::super::words::Language;
use super::page;

pub fn list(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Instruments", "الصكوك");
    let filters = filters(l);
    let mut table = head(l);
    fill(l, &mut table);
    let tools = ListTools::new(&w, l.say("1–5 of 1 284 instruments", "1–5 من 1 284 صكًا"))
        .download("CSV", "#")
        .download("XLSX", "#");
    let chips = FilterChips::new(
        &w,
        [
            (l.say("Kind: treaty", "النوع: معاهدة"), "#".to_owned()),
            (l.say("In force", "نافذ"), "#".to_owned()),
        ],
    );
    let pages = Pagination::numbered(&w, 3, 12, |n| format!("?page={n}"), |n| n.to_string());
    let body = format!(
        "<h1 class=\"govuk-heading-xl\">{title}</h1><div class=\"p-split\"><div>{filters}</div><div>{chips}{tools}{table}{pages}</div></div>"
    );
    page("list", title, 3, body)
}

fn filters(l: &Language) -> FilterPanel {
    let w = l.words();
    FilterPanel::new(&w, "#")
        .field(Input::new("q", l.say("Search in titles", "البحث في العناوين")))
        .field(
            Select::new("kind", l.say("Kind", "النوع"))
                .options([("", l.say("Any", "الكل")), ("treaty", l.say("Treaty", "معاهدة"))])
                .value("treaty"),
        )
        .field(Radios {
            classes: "govuk-radios--small".into(),
            ..Radios::new(
                "force",
                l.say("In force", "نافذ"),
                [
                    Choice::new("yes", l.say("Yes", "نعم")),
                    Choice::new("no", l.say("Not yet", "ليس بعد")),
                ],
            )
            .value("yes")
        })
        .clear_at("#")
}

fn head(l: &Language) -> DataTable {
    DataTable::new(
        "instruments",
        l.say("Instruments by date of adoption", "الصكوك حسب تاريخ الاعتماد"),
        [
            Column::new(l.say("Instrument", "الصك")).sortable("#", None),
            Column::new(l.say("Adopted", "اعتُمد"))
                .sortable("#", Some(Sorted::Descending))
                .numeric(),
            Column::new(l.say("Parties", "الأطراف")).sortable("#", None).numeric(),
            Column::new(l.say("Change in a year", "التغير في سنة")).numeric(),
            Column::new(l.say("Since 2019", "منذ 2019")),
            Column::new(l.say("Status", "الحالة")),
        ],
    )
    .quiet_caption()
}

fn fill(l: &Language, table: &mut DataTable) {
    for (i, (en, ar)) in [
        ("Meridian Convention on Assistance", "اتفاقية ميريديان للمساعدة"),
        ("Protocol on Safe Return", "بروتوكول العودة الآمنة"),
        ("Declaration of the Coast", "إعلان الساحل"),
        ("Memorandum on Shared Hotlines", "مذكرة الخطوط الساخنة المشتركة"),
        ("Charter of Recruiters", "ميثاق شركات الاستقدام"),
    ]
    .into_iter()
    .enumerate()
    {
        let parties = 6 - i;
        let (word, colour) = [
            (l.say("In force", "نافذ"), "green"),
            (l.say("Open for signature", "مفتوح للتوقيع"), "yellow"),
            (l.say("Ended", "انتهى"), "grey"),
            (l.say("Suspended", "معلّق"), "red"),
            (l.say("Draft", "مسودة"), ""),
        ][i]
            .clone();
        let tag = if colour.is_empty() { Tag::new(word) } else { Tag::coloured(word, colour) };
        table.push::<TableCell>([
            Content::Html(format!("<a class=\"govuk-link\" href=\"#\">{}</a>", l.say(en, ar)))
                .into(),
            TableCell::number((2024 - i).to_string()),
            TableCell::number(parties.to_string()),
            TableCell::number(Content::Html("<bdi dir=\"ltr\">+6.9%</bdi>".into())),
            Content::from(Sparkline {
                label: "1, 2, 2, 3, 5".into(),
                values: vec![Some(1.0), Some(2.0), (i != 2).then_some(2.0), Some(3.0), Some(5.0)],
                first: "1".into(),
                last: parties.to_string(),
                rtl: l.rtl(),
            })
            .into(),
            Content::from(tag).into(),
        ]);
    }
}
