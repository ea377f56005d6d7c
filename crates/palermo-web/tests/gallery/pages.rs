//! The gallery's pages.

use palermo_web::components::*;
use palermo_web::figures::*;

use super::frame::Page;
use super::words::Language;

pub fn all(l: &Language) -> Vec<Page> {
    vec![list(l), profile(l), form(l), overview(l), sign_in(l), parts(l), maps(l)]
}

fn page(name: &'static str, title: String, section: usize, body: String) -> Page {
    Page { name, title, section, question: false, body }
}

fn list(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Instruments", "الصكوك");
    let filters = FilterPanel::new(&w, "#")
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
        .clear_at("#");
    let mut table = DataTable::new(
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
    .quiet_caption();
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

fn profile(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Meridian Process", "عملية ميريديان");
    let source = || {
        SourceLine::new(
            &w,
            l.say("Founding declaration, paragraph 4", "الإعلان التأسيسي، الفقرة 4"),
            l.say("as of 3 March 2025", "حتى 3 آذار/مارس 2025"),
        )
        .href("#")
    };
    let facts = Definitions::new()
        .row(
            l.say("Kind", "النوع"),
            Known::fact(l.say("Regional consultative process", "عملية تشاورية إقليمية")),
        )
        .row(l.say("Founded", "التأسيس"), Known::sourced("2009", source()))
        .row(
            l.say("Members", "الأعضاء"),
            Known::Conflict(vec![
                (l.say("6 States", "6 دول").into(), source()),
                (l.say("5 States and 1 observer", "5 دول ومراقب واحد").into(), source()),
            ]),
        )
        .row(
            l.say("Reflection period", "فترة التعافي والتفكير"),
            Known::unknown(
                &w,
                l.say("No source names a number of days", "لا يذكر أي مصدر عدد الأيام"),
            ),
        );
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
    let map = Figure::new(
        &w,
        "map",
        l.say("Who is bound by the Convention on Assistance", "من الملزم باتفاقية المساعدة"),
        drawing,
        alternative,
    )
    .note(l.say(
        "The borders and names on this map imply no opinion on the status of any territory.",
        "لا تعني الحدود والأسماء على هذه الخريطة أي رأي بشأن وضع أي إقليم.",
    ));
    let timeline = Timeline::new(
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
    );
    let body = format!(
        "{}<span class=\"govuk-caption-xl\">{}</span><h1 class=\"govuk-heading-xl\">{title}</h1>{facts}{map}{}<h2 class=\"govuk-heading-m\">{}</h2>{timeline}{}",
        Breadcrumbs::new(&w, [(l.say("Mechanisms", "الآليات"), "#")]),
        l.say("Mechanism", "آلية"),
        matrix(l),
        l.say("What happened", "ما حدث"),
        memberships(l),
    );
    page("profile", title, 1, body)
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

fn form(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Who holds the person’s papers?", "من يحتفظ بأوراق الشخص؟");
    let fault = l.say("Select who holds the person’s papers", "اختر من يحتفظ بأوراق الشخص");
    let radios = Radios::new(
        "papers",
        Content::Html(format!(
            "<span class=\"govuk-caption-l\">{}</span>{title}",
            l.say("Screening: question 4 of 14", "الفرز: السؤال 4 من 14")
        )),
        [
            Choice::new("self", l.say("The person holds them", "الشخص نفسه")),
            Choice::new("other", l.say("Someone else holds them", "شخص آخر"))
                .hint(l.say(
                    "For example an employer, recruiter or relative",
                    "مثل صاحب العمل أو الوسيط أو أحد الأقارب",
                ))
                .reveals(Input::new("who", l.say("Who?", "من؟")).classes("govuk-input--width-20")),
            Choice::new("never", l.say("The person never had papers", "لم تكن لديه أوراق قط")),
            Choice::divider(l.say("or", "أو")),
            Choice::new(
                "no-answer",
                l.say("The person does not want to answer", "لا يرغب الشخص في الإجابة"),
            ),
        ],
    )
    .hint(
        l.say("Ask when employer or escort cannot hear", "اسأل عندما لا يسمع صاحب العمل أو المرافق"),
    )
    .error(Some(fault.as_str()))
    .page_heading()
    .words(&w);
    let body = format!(
        "{}<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">{}<form method=\"post\" novalidate data-keep>{radios}{}<div class=\"govuk-button-group\">{}{}</div></form></div></div>",
        BackLink::new(&w, "#"),
        ErrorSummary::new(&w, [("papers", fault.as_str())]),
        Details::new(
            l.say("Why we ask this", "لماذا نسأل هذا"),
            l.say("Papers held by another is one sign of forced labour. One answer alone decides nothing.", "احتفاظ شخص آخر بالأوراق إحدى علامات العمل القسري. إجابة واحدة لا تحسم شيئًا.")
        ),
        Button::new(l.say("Save and continue", "حفظ ومتابعة")),
        Button::new(l.say("Save and come back later", "حفظ والعودة لاحقًا")).secondary().sends("later", "1"),
    );
    Page { name: "form", title, section: 0, question: true, body }
}

fn overview(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Regional overview", "نظرة إقليمية عامة");
    let kpis = Kpis::new([
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
    ]);
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
    let bars = Figure::new(
        &w,
        "forms",
        l.say("Persons identified by form of exploitation", "الأشخاص حسب شكل الاستغلال"),
        StackedBars { labelled_by: Figure::title_id("forms"), series, rows, rtl: l.rtl() },
        table,
    )
    .note(l.say("Counts of States that use the same definition. Fewer than 5 are not shown. This is not prevalence.", "أعداد الدول التي تستخدم التعريف نفسه. لا تُعرض الأعداد الأقل من 5. لا يدل هذا على الانتشار."))
    .download(l.say("Download CSV", "تنزيل CSV"), "#");
    let ages = ["0–8", "9–14", "15–17", "18–24", "25–39", "40–59", "60+"];
    let pyramid = Figure {
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
    };
    let tasks = TaskList::new(
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
    );
    let cards = Cards::new(
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
    );
    let body = format!(
        "{}<h1 class=\"govuk-heading-xl\">{title}</h1><p class=\"govuk-body-l\">{}</p>{kpis}<div class=\"p-two\">{bars}{pyramid}</div><h2 class=\"govuk-heading-m\">{}</h2>{tasks}<h2 class=\"govuk-heading-m\">{}</h2>{cards}",
        NotificationBanner::notice(
            l.say("The round closes in 6 days.", "تُغلق الجولة خلال 6 أيام."),
            &w
        ),
        l.say("Published figures of six focal points.", "أرقام منشورة من ست جهات تنسيق."),
        l.say("My tasks", "مهامي"),
        l.say("Mechanisms", "الآليات"),
    );
    page("overview", title, 0, body)
}

fn sign_in(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Sign in", "تسجيل الدخول");
    let body = format!(
        "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\"><h1 class=\"govuk-heading-l\">{title}</h1><form method=\"post\">{}{}{}<div class=\"govuk-button-group\">{}<a class=\"govuk-link\" href=\"#\">{}</a></div></form>{}</div></div>",
        Input::new("email", l.say("E-mail address", "البريد الإلكتروني")).email(),
        PasswordInput::new("passphrase", l.say("Passphrase", "عبارة المرور"), &w)
            .hint(l.say("At least 15 characters", "15 حرفًا على الأقل")),
        Input::new("code", l.say("Code from your app", "الرمز من تطبيقك"))
            .digits()
            .classes("govuk-input--width-5")
            .error(Some(l.say("Enter the six digits", "أدخل الأرقام الستة")))
            .words(&w),
        Button::new(title.clone()),
        l.say("I cannot sign in", "لا أستطيع الدخول"),
        InsetText::new(l.say(
            "Nobody from Palermo will ever ask for your passphrase.",
            "لن يطلب منك أحد من باليرمو عبارة المرور."
        )),
    );
    page("sign-in", title, 9, body)
}

fn parts(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Other parts", "أجزاء أخرى");
    let tabs = Tabs::new(
        &w,
        [
            (
                "one",
                l.say("Members", "الأعضاء"),
                Content::from(l.say("First panel", "اللوحة الأولى")),
            ),
            (
                "two",
                l.say("Plans", "الخطط"),
                Content::from(l.say("Second panel", "اللوحة الثانية")),
            ),
        ],
    );
    let accordion = Accordion::new(
        "acc",
        &w,
        [
            (
                l.say("What is held about me", "ما المحفوظ عني"),
                l.say("Everything on one page.", "كل شيء في صفحة واحدة."),
            ),
            (
                l.say("Who saw it", "من اطلع عليه"),
                l.say("Each reading is written down.", "كل اطلاع مدوّن."),
            ),
        ],
    );
    let summary = SummaryList::new()
        .row(
            l.say("Name of the desk", "اسم المكتب"),
            l.say("Coast liaison desk", "مكتب اتصال الساحل"),
        )
        .action(l.say("Change", "تغيير"), l.say("name", "الاسم"), "#")
        .row(l.say("Hours", "الساعات"), "08:00–16:00")
        .action(l.say("Change", "تغيير"), l.say("hours", "الساعات"), "#")
        .card(l.say("Desk", "المكتب"));
    let date = DateInput::new(
        "since",
        l.say("When did this start?", "متى بدأ هذا؟"),
        [l.say("Day", "اليوم"), l.say("Month", "الشهر"), l.say("Year", "السنة")],
    )
    .hint(l.say("For example 27 3 2025", "مثلًا 27 3 2025"));
    let boxes = Checkboxes::new(
        "langs",
        l.say("Languages spoken", "اللغات"),
        [
            Choice::new("ar", "العربية"),
            Choice::new("fr", "Français"),
            Choice::divider(l.say("or", "أو")),
            Choice::new("none", l.say("None of these", "لا شيء منها")).exclusive(),
        ],
    )
    .values(["ar"]);
    let body = format!(
        "<h1 class=\"govuk-heading-l\">{title}</h1>{}{}{}<div class=\"p-two\"><div>{boxes}{date}{}{}</div><div>{summary}{tabs}{accordion}</div></div>{}{}{}",
        NotificationBanner::success(l.say("The desk was saved.", "حُفظ المكتب."), &w),
        Panel::new(l.say("Sent", "أُرسل"), l.say("Reference R-204", "المرجع R-204")),
        WarningText::new(
            l.say("A referral cannot be unsent.", "لا يمكن سحب الإحالة بعد إرسالها."),
            &w
        ),
        CharacterCount::new("note", l.say("Note", "ملاحظة"), 200, &w).value(l.say("Short", "قصير")),
        FileUpload::new("file", l.say("Attach a file", "إرفاق ملف"))
            .hint(l.say("CSV or XLSX, up to 5 MB", "CSV أو XLSX، حتى 5 ميغابايت")),
        Button::new(l.say("Delete the desk", "حذف المكتب")).warning(),
        Empty::new(l.say(
            "No notes yet. Notes you add appear here.",
            "لا ملاحظات بعد. ستظهر هنا الملاحظات التي تضيفها."
        )),
        Pagination::stepped(&w, Some("#".into()), Some("#".into())),
    );
    page("parts", title, 9, body)
}

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

fn maps(l: &Language) -> Page {
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
