//! The frame round a gallery page, as the layout draws it.

use palermo_web::components::*;

use super::words::Language;

pub struct Page {
    pub name: &'static str,
    pub title: String,
    pub section: usize,
    /// One question a page: only status line, exit button and Back stay on small screens.
    pub question: bool,
    pub body: String,
}

fn header(l: &Language, page: &Page) -> GenericHeader {
    GenericHeader {
        logo: Content::Html(format!(
            "{}<span class=\"p-sub\">{}</span>",
            l.say("Palermo", "باليرمو"),
            l.say("Meridian Process", "عملية ميريديان")
        )),
        end: if page.question {
            Content::default()
        } else {
            Content::Html(format!(
                "<ul class=\"p-who\"><li>{}</li><li><a href=\"#\">{}</a></li><li><form><button>{}</button></form></li></ul>",
                l.say("Nadia Okoro, case manager", "نادية أوكورو، مديرة حالات"),
                l.say("Account", "الحساب"),
                l.say("Sign out", "خروج")
            ))
        },
        ..GenericHeader::default()
    }
}

fn navigation(l: &Language, page: &Page) -> ServiceNavigation {
    let sections = [
        l.say("My work", "عملي"),
        l.say("Mechanisms", "الآليات"),
        l.say("States", "الدول"),
        l.say("Instruments", "الصكوك"),
        l.say("Agreements", "الاتفاقات"),
        l.say("Help", "مساعدة"),
    ];
    ServiceNavigation::new(
        &l.words(),
        sections.into_iter().enumerate().map(|(i, s)| NavItem::new(s, "#", i == page.section)),
    )
}

fn languages(l: &Language) -> LanguageNavigation {
    LanguageNavigation::new(
        &l.words(),
        [
            LanguageItem::new("en", "English", "ltr", "#", l.english),
            LanguageItem::new("fr", "Français", "ltr", "#", false),
            LanguageItem::new("es", "Español", "ltr", "#", false),
            LanguageItem::new("ar", "العربية", "rtl", "#", !l.english),
        ],
    )
}

fn footer(l: &Language) -> Footer {
    Footer {
        label: l.say("About this site", "عن هذا الموقع"),
        links: [
            l.say("Help", "مساعدة"),
            l.say("Accessibility", "إمكانية الوصول"),
            l.say("Privacy", "الخصوصية"),
            l.say("API", "واجهة البرمجة"),
        ]
        .into_iter()
        .map(|s| (Content::from(s), "#".to_owned()))
        .collect(),
        notes: Vec::new(),
    }
}

pub fn page(l: &Language, page: &Page) -> String {
    let words = l.words();
    let bar = StatusBar::new(l.say(
        "Demonstration. Every person, office and State here is invented.",
        "عرض توضيحي. كل الأشخاص والمكاتب والدول هنا من نسج الخيال.",
    ));
    let exit =
        if page.question { ExitThisPage::new(&words, "#gone").to_string() } else { String::new() };
    format!(
        "<!DOCTYPE html><html lang=\"{code}\" dir=\"{dir}\" class=\"govuk-template\"><head><meta charset=\"utf-8\"><title>{title}</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"favicon.svg\"><link rel=\"stylesheet\" href=\"palermo.{dir}.css\"><script src=\"palermo.js\" defer></script></head><body class=\"govuk-template__body{question}\">{skip}{bar}<header class=\"p-head\">{header}{navigation}</header><div class=\"p-body\"><div class=\"govuk-width-container\"><div class=\"p-meta\">{languages}{exit}</div><main class=\"govuk-main-wrapper\" id=\"main-content\">{body}</main></div></div>{footer}</body></html>",
        code = l.code,
        dir = l.dir,
        title = page.title,
        question = if page.question { " p-question" } else { "" },
        skip = SkipLink::new(&words),
        header = header(l, page),
        navigation = if page.question { String::new() } else { navigation(l, page).to_string() },
        languages = languages(l),
        footer = footer(l),
        body = page.body,
    )
}
