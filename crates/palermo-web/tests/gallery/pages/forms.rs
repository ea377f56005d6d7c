//! A question, signing in, and every other part.

use palermo_web::components::*;

use super::super::frame::Page;
use super::super::words::Language;
use super::page;

pub fn form(l: &Language) -> Page {
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

pub fn sign_in(l: &Language) -> Page {
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

pub fn parts(l: &Language) -> Page {
    let w = l.words();
    let title = l.say("Other parts", "أجزاء أخرى");
    let body = format!(
        "<h1 class=\"govuk-heading-l\">{title}</h1>{}{}{}<div class=\"p-two\"><div>{}{}{}</div><div>{}</div></div>{}{}{}",
        NotificationBanner::success(l.say("The desk was saved.", "حُفظ المكتب."), &w),
        Panel::new(l.say("Sent", "أُرسل"), l.say("Reference R-204", "المرجع R-204")),
        WarningText::new(
            l.say("A referral cannot be unsent.", "لا يمكن سحب الإحالة بعد إرسالها."),
            &w
        ),
        inputs(l),
        CharacterCount::new("note", l.say("Note", "ملاحظة"), 200, &w).value(l.say("Short", "قصير")),
        FileUpload::new("file", l.say("Attach a file", "إرفاق ملف"))
            .hint(l.say("CSV or XLSX, up to 5 MB", "CSV أو XLSX، حتى 5 ميغابايت")),
        holders(l),
        Button::new(l.say("Delete the desk", "حذف المكتب")).warning(),
        Empty::new(l.say(
            "No notes yet. Notes you add appear here.",
            "لا ملاحظات بعد. ستظهر هنا الملاحظات التي تضيفها."
        )),
        Pagination::stepped(&w, Some("#".into()), Some("#".into())),
    );
    page("parts", title, 9, body)
}

fn holders(l: &Language) -> String {
    let w = l.words();
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
    format!("{summary}{tabs}{accordion}")
}

fn inputs(l: &Language) -> String {
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
    format!("{boxes}{date}")
}
