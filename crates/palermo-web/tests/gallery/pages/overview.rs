//! Numbers at a glance, charts, tasks, cards.

use palermo_web::components::*;
use palermo_web::figures::*;

use super::super::frame::Page;
use super::super::words::Language;
use super::page;

pub fn overview(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Regional overview", "نظرة إقليمية عامة");
    let body = format!(
        "{}<h1 class=\"govuk-heading-xl\">{title}</h1><p class=\"govuk-body-l\">{}</p>{}<div class=\"p-two\">{}{}</div><h2 class=\"govuk-heading-m\">{}</h2>{}<h2 class=\"govuk-heading-m\">{}</h2>{}",
        NotificationBanner::notice(
            l.say("The round closes in 6 days.", "تُغلق الجولة خلال 6 أيام."),
            &w
        ),
        l.say("Published figures of six focal points.", "أرقام منشورة من ست جهات تنسيق."),
        kpis(l),
        forms(l),
        ages(l),
        l.say("My tasks", "مهامي"),
        tasks(l),
        l.say("Mechanisms", "الآليات"),
        cards(l),
    );
    page("overview", title, 0, body)
}

fn kpis(l: &Language) -> Kpis {
    Kpis::new([
        Kpi::new("1\u{202f}284", l.say("persons identified", "أشخاص تم التعرف عليهم")).note(
            Content::Html(format!(
                "<bdi dir=\"ltr\">+6%</bdi> {}",
                l.say("on the year before", "عن السنة السابقة")
            )),
        ),
        Kpi::new("312", l.say("persons prosecuted", "أشخاص تمت ملاحقتهم")).href("#"),
        Kpi::new("97", l.say("awards paid", "تعويضات دُفعت"))
            .note(l.say("of 140 awarded", "من 140 حُكم بها")),
        Kpi::new(l.say("5 of 6", "5 من 6"), l.say("States reported", "دول قدمت تقاريرها"))
            .note(l.say("1 report is late", "تقرير واحد متأخر"))
            .tone("warn"),
    ])
}

fn forms(l: &Language) -> Figure {
    let data = [
        [420, 310, 40, 88],
        [452, 330, 61, 90],
        [470, 352, 90, 104],
        [560, 371, 150, 130],
        [588, 389, 181, 126],
    ];
    let series: Vec<String> = [
        ("Forced labour", "العمل القسري"),
        ("Sexual exploitation", "الاستغلال الجنسي"),
        ("Forced criminality", "الإجرام القسري"),
        ("Other", "أخرى"),
    ]
    .into_iter()
    .map(|(en, ar)| l.say(en, ar))
    .collect();
    let mut table = Table::new("", std::iter::once(String::new()).chain(series.clone()));
    let rows = data
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let year = (2020 + i).to_string();
            table.push(
                std::iter::once(TableCell::from(year.clone()))
                    .chain(row.iter().map(|n| TableCell::number(n.to_string()))),
            );
            BarRow {
                label: year,
                amounts: row.iter().map(|n| Amount::new(f64::from(*n), n.to_string())).collect(),
                total: row.iter().sum::<i32>().to_string(),
            }
        })
        .collect();
    Figure::new(
        &l.words(),
        "forms",
        l.say("Persons identified by form of exploitation", "الأشخاص حسب شكل الاستغلال"),
        StackedBars { labelled_by: Figure::title_id("forms"), series, rows, rtl: l.rtl() },
        table,
    )
    .note(l.say("Counts of States that use the same definition. Fewer than 5 are not shown. This is not prevalence.", "أعداد الدول التي تستخدم التعريف نفسه. لا تُعرض الأعداد الأقل من 5. لا يدل هذا على الانتشار."))
    .download(l.say("Download CSV", "تنزيل CSV"), "#")
}

fn ages(l: &Language) -> Figure {
    let ages = ["0–8", "9–14", "15–17", "18–24", "25–39", "40–59", "60+"];
    Figure {
        id: "ages".into(),
        title: l.say("By age and sex", "حسب العمر والجنس").into(),
        level: 2,
        drawing: Pyramid {
            labelled_by: Figure::title_id("ages"),
            first: l.say("Female", "إناث"),
            second: l.say("Male", "ذكور"),
            groups: ages
                .iter()
                .zip([12, 30, 64, 98, 120, 40, 6])
                .zip([10, 18, 30, 71, 132, 66, 9])
                .map(|((age, f), m)| AgeGroup {
                    label: (*age).into(),
                    first: Amount::new(f64::from(f), f.to_string()),
                    second: Amount::new(f64::from(m), m.to_string()),
                })
                .collect(),
            rtl: l.rtl(),
        }
        .into(),
        ..Figure::default()
    }
}

fn tasks(l: &Language) -> TaskList {
    TaskList::new(
        "today",
        [
            Task::new(
                l.say("Answer a request from Cassal", "الرد على طلب من كاسال"),
                "#",
                Tag::coloured(l.say("Due today", "اليوم"), "red"),
            )
            .hint(l.say("Arrived 4 days ago", "وصل قبل 4 أيام")),
            Task::new(
                l.say("Confirm shelter hours", "تأكيد ساعات المأوى"),
                "#",
                Tag::new(l.say("Not started", "لم تبدأ")),
            ),
            Task::new(
                l.say("Yearly figures", "الأرقام السنوية"),
                "#",
                TaskStatus::from(l.say("Done", "تم")),
            ),
        ],
    )
}

fn cards(l: &Language) -> Cards {
    Cards::new(
        3,
        [
            Card::link(l.say("Meridian Process", "عملية ميريديان"), "#")
                .line(l.say("6 members, 1 observer", "6 أعضاء ومراقب واحد"))
                .tag(Tag::coloured(l.say("Third plan", "الخطة الثالثة"), "green")),
            Card::link(l.say("Coast Treaty", "معاهدة الساحل"), "#")
                .line(l.say("3 members, expert review", "3 أعضاء، مراجعة الخبراء")),
            Card::new(l.say("No agreement yet", "لا اتفاق بعد"))
                .line(l.say("A needs assessment is open", "تقييم الاحتياجات مفتوح")),
        ],
    )
}
