//! What a case worker takes to a meeting: who may read it, whom it is about,
//! what is safe, where identification, care, referrals, consents and work
//! stand. Deliberately not in it: numbers and addresses of the person.
//! Everything comes from one look that the log knows; what the reader may not
//! see on the page is not on the paper either.

use super::{Opened, beside::Reached, guardian_word, task, withdrawal, words};
use crate::{
    Acting, Refused,
    care::{self, Held},
    document, identification,
    session::Signed,
};
use palermo_domain::{
    care::Body,
    case::{
        Phase,
        contact::Reach,
        referral::Referral,
        related::BirthRegistration,
        sharing::{Answer, Consent},
    },
    moment::Moment,
    money::Money,
    register::day::Day,
};
use palermo_locale::Arg;
use palermo_standards::document::{Column, Document, Line, Table, Tone};
/// Most events told.
const EVENTS: u64 = 200;

/// Words, numbers and days as the reader writes them.
struct Say<'a> {
    acting: &'a Acting<'a>,
    own_digits: bool,
}

impl Say<'_> {
    fn text(&self, id: &str) -> String {
        self.acting.app.catalogue.format_plain(self.acting.language, id, &[])
    }

    fn format(&self, id: &str, values: &[(&str, Arg<'_>)]) -> String {
        self.acting.app.catalogue.format_plain(self.acting.language, id, values)
    }

    fn day(&self, day: Day) -> String {
        palermo_locale::date(self.acting.language, self.own_digits, day.date())
    }

    fn on(&self, at: Moment) -> String {
        self.day(at.date().into())
    }

    fn moment(&self, at: Moment) -> String {
        format!("{} UTC", palermo_locale::moment(self.acting.language, self.own_digits, at.at()))
    }

    fn number(&self, number: u32) -> String {
        palermo_locale::number(self.acting.language, self.own_digits, f64::from(number))
    }

    /// An amount with its currency, or a dash.
    fn money(&self, money: Option<Money>) -> String {
        let Some(money) = money else { return "–".to_owned() };
        let places = u8::try_from(money.currency().places()).unwrap_or(2);
        let number =
            palermo_locale::fixed(self.acting.language, self.own_digits, money.number(), places);
        format!("{number}\u{a0}{}", money.currency())
    }

    /// A day, or a dash.
    fn perhaps(&self, day: Option<Day>) -> String {
        day.map_or_else(|| "–".to_owned(), |day| self.day(day))
    }

    /// The words of a code list of care, of cases if it has none.
    fn service(&self, code: &str) -> String {
        let id = format!("care-code-service-{code}");
        let known = self.acting.app.catalogue.has(palermo_locale::Language::En, &id);
        self.text(&if known { id } else { format!("case-service-{code}") })
    }
}

/// The summary of an opened case.
pub(super) async fn document(
    acting: &Acting<'_>,
    signed: &Signed,
    opened: &Opened,
) -> Result<Document, Refused> {
    let say = Say { acting, own_digits: signed.account.own_digits };
    let case = &opened.file.case.record;
    let number = case.number();
    let title = say.format("case-title", &[("number", number.as_str().into())]);
    let mut document = document::begin(acting.app, acting.language, title);
    let now = acting.now();
    let (name, at) = (signed.account.name.as_str(), say.moment(now));
    let why = say.text(&format!("purpose-{}", opened.file.purpose.code()));
    document.date = Some(now.date());
    document.publisher = Some(signed.tenant.name.clone());
    document.watermark = Some(format!("{} · {name} · {at}", say.text("case-print-mark")));
    document.header = Some(say.format(
        "case-print-by",
        &[("name", name.into()), ("at", at.as_str().into()), ("purpose", why.into())],
    ));
    document.callout(Tone::Warning, say.text("case-print-warning"));
    taken_back(&say, opened, &mut document).await?;
    readers(&say, opened, &mut document).await?;
    let texts = words::read(opened).await?;
    person(&say, opened, &texts, &mut document);
    contact(&say, &super::beside::reach(opened).await?, &mut document);
    beside(&say, opened, &mut document).await?;
    decisions(&say, opened, &mut document).await?;
    if let Some(held) = care::held(acting, opened).await? {
        cared_for(&say, opened, &held, &mut document);
    }
    referrals(&say, opened, &mut document).await?;
    consents(&say, opened, &mut document).await?;
    tasks(&say, opened, &mut document).await?;
    story(&say, opened, &texts, &mut document).await?;
    Ok(document)
}

/// What the person took back of what this case was opened from, before anything else.
async fn taken_back(
    say: &Say<'_>,
    opened: &Opened,
    document: &mut Document,
) -> Result<(), Refused> {
    for one in withdrawal::of_arrived(say.acting, opened).await? {
        let at = say.on(one.notice.record.told_at);
        let id = withdrawal::warning(one.because);
        let values: [(&str, Arg<'_>); 2] =
            [("sender", one.sender.as_str().into()), ("at", at.into())];
        document.callout(Tone::Warning, say.format(id, &values));
    }
    Ok(())
}

/// Who may read this: whoever is on the team now, and nobody else.
async fn readers(say: &Say<'_>, opened: &Opened, document: &mut Document) -> Result<(), Refused> {
    let now: Vec<_> = opened.file.team_at(say.acting.now()).collect();
    let names =
        super::staff_names(say.acting, now.iter().map(|member| member.account).collect()).await?;
    document.heading(1, say.text("case-print-readers"));
    if opened.file.case.record.sealed {
        document.callout(Tone::Warning, say.text("case-print-sealed"));
    }
    document.facts(now.into_iter().map(|member| {
        let name = names.get(&member.account).cloned().unwrap_or_default();
        (name, say.text(&format!("case-part-{}", member.part.code())))
    }));
    Ok(())
}

/// What to call them, age, language, what cannot wait, what they wish.
fn person(say: &Say<'_>, opened: &Opened, texts: &[words::Seen], document: &mut Document) {
    let (case, person) = (&opened.file.case.record, &opened.file.person.record);
    let words_of = |family: &str, codes: Vec<&str>| {
        let said: Vec<_> = codes.iter().map(|code| say.text(&format!("{family}-{code}"))).collect();
        if said.is_empty() { say.text("word-none") } else { said.join("; ") }
    };
    let named = texts.iter().find(|seen| seen.field == words::Field::Name);
    let named = named.map(|seen| seen.text.trim()).filter(|text| !text.is_empty());
    let named = named.map_or_else(|| say.text("case-nothing-yet"), str::to_owned);
    let communication = person.communication.iter().map(|need| need.code()).collect();
    let urgent = case.urgent.iter().map(|need| need.code()).collect();
    let mut facts = vec![
        (say.text("case-field-name"), named),
        (say.text("case-age"), say.text(&format!("case-age-{}", person.age.code()))),
        (say.text("field-language"), super::open::language_name(say.acting, &person.language)),
        (say.text("case-communication"), words_of("case-communication", communication)),
        (say.text("case-urgent"), words_of("case-urgent", urgent)),
        (say.text("case-met-at"), say.on(case.happened_at)),
    ];
    if let (Phase::Closed, Some(at)) = (case.phase, case.closed_at) {
        facts.push((say.text("case-tag-closed"), say.on(at)));
    }
    document.heading(1, say.text("case-section-person"));
    document.facts(facts);
    if person.age.has_the_rights_of_a_child() {
        document.callout(Tone::Note, say.text("case-print-child"));
    }
}

/// What is safe and what is not. The number itself stays in Palermo.
fn contact(say: &Say<'_>, ways: &[Reached], document: &mut Document) {
    document.heading(1, say.text("case-section-contact"));
    if ways.is_empty() {
        document.paragraph(say.text("case-contact-none"));
        return;
    }
    document.list(ways.iter().map(|one| {
        let rules: Vec<String> = Reach::ALL
            .iter()
            .map(|reach| {
                let word = if one.channel.may(*reach).is_ok() { "yes" } else { "no" };
                say.text(&format!("case-reach-{}-{word}", reach.code()))
            })
            .collect();
        let kind = say.text(&format!("case-channel-{}", one.channel.kind.code()));
        let line = Line::new().strong(kind).text(format!(": {}", rules.join("; ")));
        let texts = [&one.call_name, &one.times, &one.words].into_iter().flatten();
        let texts: Vec<&str> = texts.map(|text| text.trim()).filter(|t| !t.is_empty()).collect();
        if texts.is_empty() { line } else { line.text(format!(". {}", texts.join("; "))) }
    }));
}

/// Who is beside them, without names: what they need and have in their own right. One
/// who is kept secret is not on paper, which the whole team reads.
async fn beside(say: &Say<'_>, opened: &Opened, document: &mut Document) -> Result<(), Refused> {
    let people = super::related::of_case(say.acting, opened).await?;
    let standing: Vec<_> = people.iter().map(|one| &one.related.record).collect();
    let standing: Vec<_> = standing.into_iter().filter(|one| one.stands() && !one.secret).collect();
    if standing.is_empty() {
        return Ok(());
    }
    document.heading(1, say.text("case-section-related"));
    document.list(standing.into_iter().map(|one| {
        let relation = say.text(&format!("case-relation-{}", one.relation.code()));
        let service = |code: &str| say.text(&format!("case-service-{code}"));
        let mut said: Vec<String> = one.open_needs().into_iter().map(service).collect();
        let running = one.services.iter().filter(|service| service.until.is_none());
        let running: Vec<String> =
            running.map(|running| service(running.service.as_str())).collect();
        if !running.is_empty() {
            said.push(format!("{}: {}", say.text("case-related-services"), running.join(", ")));
        }
        if one.birth != BirthRegistration::NotApplicable {
            said.push(say.text(&format!("case-birth-{}", one.birth.code())));
        }
        if one.nationality_risk {
            said.push(say.text("case-nationality-risk"));
        }
        Line::new().strong(relation).text(format!(": {}", said.join("; ")))
    }));
    Ok(())
}

/// Where identification stands, and on what ground.
async fn decisions(say: &Say<'_>, opened: &Opened, document: &mut Document) -> Result<(), Refused> {
    let status = opened.file.case.record.status;
    document.heading(1, say.text("identification-title"));
    document
        .facts([(say.text("case-status"), say.text(&format!("case-status-{}", status.code())))]);
    for one in identification::of_case(opened).await? {
        let one = one.record;
        let basis: Vec<_> = one
            .basis
            .iter()
            .map(|basis| say.text(&format!("identification-basis-{basis}")))
            .collect();
        let route = say.text(&format!("identification-route-{}", one.review_route));
        let route = match one.review_until {
            Some(until) => say.format(
                "identification-route-until",
                &[("route", route.into()), ("until", say.day(until).into())],
            ),
            None => route,
        };
        let finding = format!(
            "{} ({})",
            say.text(&format!("identification-finding-{}", one.finding)),
            say.text(&format!("identification-stage-{}", one.stage))
        );
        document.facts([
            (say.text("identification-finding"), finding),
            (say.text("identification-at"), say.on(one.decided_at)),
            (say.text("identification-basis"), basis.join("; ")),
            (
                say.text("identification-legal-ground"),
                say.text(&format!("identification-ground-{}", one.legal_ground)),
            ),
            (say.text("identification-body"), say.text(&format!("case-found-by-{}", one.body))),
            (say.text("identification-contest"), route),
        ]);
    }
    Ok(())
}

/// The period, the guardian, what is needed and what is done about it.
fn cared_for(say: &Say<'_>, opened: &Opened, held: &[Held], document: &mut Document) {
    let today: Day = say.acting.now().date().into();
    document.heading(1, say.text("care-section"));
    let counter = held.iter().find_map(|(record, _)| match &record.body {
        Body::Recovery(period) => period.counter(today),
        _ => None,
    });
    if let Some(counter) = counter {
        let number = |number: u32| say.number(number);
        let counted: [(&str, Arg<'_>); 3] = [
            ("day", number(counter.day).into()),
            ("of", number(counter.of).into()),
            ("left", number(counter.left).into()),
        ];
        document.callout(Tone::Note, say.format("care-counter", &counted));
    }
    if opened.file.person.record.age.has_the_rights_of_a_child() {
        guardians(say, held, today, document);
    }
    needs(say, held, document);
    services(say, held, today, document);
    paid_out(say, held, document);
}

fn guardians(say: &Say<'_>, held: &[Held], today: Day, document: &mut Document) {
    document.heading(2, say.text("care-kind-guardian"));
    let standing = held.iter().filter_map(|(record, words)| match &record.body {
        Body::Guardian(one) if one.stands_on(today) => Some((one, words)),
        _ => None,
    });
    let standing: Vec<_> = standing.collect();
    if standing.is_empty() {
        document.callout(Tone::Warning, say.text("care-notice-no-guardian"));
    }
    for (one, words) in standing {
        let name = words.get("name").cloned().unwrap_or_default();
        let conflict = say.text(&format!("care-code-conflict-{}", one.conflict.code()));
        document.facts([
            (say.text("care-field-name"), name),
            (
                say.text("care-field-guardian"),
                say.text(&format!("care-code-guardian-{}", one.guardian.code())),
            ),
            (say.text("care-field-appointed_on"), say.day(one.appointed_on)),
            (say.text("care-field-conflict"), conflict),
        ]);
    }
}

fn needs(say: &Say<'_>, held: &[Held], document: &mut Document) {
    let title = say.text("case-print-needs");
    document.heading(2, title.clone());
    let columns = ["care-kind-need", "care-field-on", "care-field-state"];
    let mut table = Table::new(title, columns.map(|id| Column::text(say.text(id))).to_vec());
    for (record, _) in held {
        let Body::Need(need) = &record.body else { continue };
        if !need.is_open() {
            continue;
        }
        let mut what = say.service(&need.service);
        if need.urgent {
            what = format!("{what} ({})", say.text("care-field-urgent"));
        }
        let state = say.text(&format!("care-code-need_state-{}", need.state.code()));
        table.row([what, say.day(need.on), state]);
    }
    filled(say, table, document);
}

fn services(say: &Say<'_>, held: &[Held], today: Day, document: &mut Document) {
    let title = say.text("case-print-services");
    document.heading(2, title.clone());
    let columns = [
        "care-kind-service",
        "care-field-asked_on",
        "care-field-started_on",
        "care-field-funded_until",
        "care-standing",
    ];
    let mut table = Table::new(title, columns.map(|id| Column::text(say.text(id))).to_vec());
    for (record, _) in held {
        let Body::Service(one) = &record.body else { continue };
        if !one.goes_on(today) {
            continue;
        }
        table.row([
            say.service(&one.service),
            say.perhaps(one.asked_on),
            say.perhaps(one.started_on),
            say.perhaps(one.funded_until),
            say.text(&format!("care-standing-{}", record.standing(today).code())),
        ]);
    }
    filled(say, table, document);
}

/// What was awarded to the person and what came of it, as it was told (R231); over or
/// not, since a payment may still be owed. Nothing where nothing was.
fn paid_out(say: &Say<'_>, held: &[Held], document: &mut Document) {
    let columns = [
        "care-kind-service",
        "care-field-awarded",
        "care-field-awarded_on",
        "care-field-paid",
        "care-field-paid_on",
    ];
    let title = say.text("case-print-payments");
    let columns = columns.map(|id| Column::text(say.text(id))).to_vec();
    let mut table = Table::new(title.clone(), columns);
    for (record, _) in held {
        let Body::Service(one) = &record.body else { continue };
        if one.awarded.is_none() && one.paid.is_none() {
            continue;
        }
        table.row([
            say.service(&one.service),
            say.money(one.awarded),
            say.perhaps(one.awarded_on),
            say.money(one.paid),
            say.perhaps(one.paid_on),
        ]);
    }
    if !table.rows.is_empty() {
        document.heading(2, title);
        document.table(table);
    }
}

/// A table, or a word that there is nothing in it.
fn filled(say: &Say<'_>, table: Table, document: &mut Document) {
    if table.rows.is_empty() {
        document.paragraph(say.text("word-none"));
    } else {
        document.table(table);
    }
}

async fn referrals(say: &Say<'_>, opened: &Opened, document: &mut Document) -> Result<(), Refused> {
    let title = say.text("case-section-referrals");
    document.heading(1, title.clone());
    let came = withdrawal::came_from(say.acting, opened).await?;
    for one in &came {
        let (service, at) = (say.service(&one.service), say.on(one.sent_at));
        let values: [(&str, Arg<'_>); 3] = [
            ("sender", one.sender.as_str().into()),
            ("service", service.into()),
            ("at", at.into()),
        ];
        document.paragraph(say.format("case-print-came-from", &values));
    }
    let columns = ["case-refer-to", "case-service", "case-print-sent", "case-referral-state"];
    let mut table = Table::new(title, columns.map(|id| Column::text(say.text(id))).to_vec());
    for one in super::referral::list(opened).await? {
        let one = one.record;
        let to = super::consent::named(say.acting.app, &one.recipient).await?;
        let sent = one.sent_at.map_or_else(|| "–".to_owned(), |at| say.on(at));
        table.row([to, say.service(&one.service), sent, stands(say, &one)]);
    }
    if came.is_empty() || !table.rows.is_empty() {
        filled(say, table, document);
    }
    Ok(())
}

/// Where a referral stands: until when an answer is due, or why it was declined.
fn stands(say: &Say<'_>, one: &Referral) -> String {
    let state = say.text(&format!("case-referral-{}", one.state.code()));
    let more = match (one.state.waits_for_answer(), one.answer_by(), one.decline) {
        (true, Some(by), _) => {
            say.format("case-referral-answer-by", &[("at", say.moment(by).into())])
        }
        (_, _, Some(reason)) => say.text(&format!("case-decline-{}", reason.code())),
        _ => return state,
    };
    format!("{state}. {more}")
}

async fn consents(say: &Say<'_>, opened: &Opened, document: &mut Document) -> Result<(), Refused> {
    let title = say.text("case-section-sharing");
    document.heading(1, title.clone());
    let columns = ["case-refer-to", "case-share", "case-answer"];
    let mut table = Table::new(title, columns.map(|id| Column::text(say.text(id))).to_vec());
    for one in super::consent::list(opened).await? {
        let one = one.record;
        let to = super::consent::about(say.acting, &one.recipient).await?;
        let what = say.text(&format!("case-share-{}", super::consent::share_code(&one)));
        table.row([to, what, answered(say, &one)]);
    }
    filled(say, table, document);
    Ok(())
}

/// What the person said, and what stands now: a yes that was taken back is
/// never shown as a yes.
fn answered(say: &Say<'_>, one: &Consent) -> String {
    let now = say.acting.now();
    if let Some(at) = one.withdrawn_at {
        return say.format("case-print-taken-back", &[("day", say.on(at).into())]);
    }
    if let (Answer::Yes, Some(until)) = (one.answer, one.until.filter(|until| *until <= now)) {
        return say.format("case-print-ended", &[("day", say.on(until).into())]);
    }
    let said = say.text(&format!("case-answer-{}", one.answer.code()));
    let day = say.on(one.happened_at);
    say.format("case-print-said", &[("said", said.into()), ("day", day.into())])
}

/// What is to be done and until when; what is done already is history.
async fn tasks(say: &Say<'_>, opened: &Opened, document: &mut Document) -> Result<(), Refused> {
    let title = say.text("case-section-tasks");
    document.heading(1, title.clone());
    let columns = ["task-what", "task-due"];
    let mut table = Table::new(title, columns.map(|id| Column::text(say.text(id))).to_vec());
    let all = task::of_case(say.acting, &opened.file).await?;
    for one in all.iter().map(|one| &one.record).filter(|one| one.done_at.is_none()) {
        let due = one.due_at.map_or_else(|| "–".to_owned(), |at| say.on(at));
        table.row([task::says(say.acting, one, &opened.file.case.record), due]);
    }
    filled(say, table, document);
    Ok(())
}

/// In their words, and what was told since.
async fn story(
    say: &Say<'_>,
    opened: &Opened,
    texts: &[words::Seen],
    document: &mut Document,
) -> Result<(), Refused> {
    document.heading(1, say.text("case-section-words"));
    for seen in texts.iter().filter(|seen| seen.field != words::Field::Name) {
        if seen.text.trim().is_empty() {
            continue;
        }
        document.heading(2, say.text(&format!("case-field-{}", seen.field.code())));
        lines(&seen.text, document);
    }
    document.heading(1, say.text("case-section-history"));
    let sees_care = care::may_see(say.acting, &opened.file);
    for told in super::note::history(opened, EVENTS).await? {
        // What a guardian says of a child is for those who carry the care (R128).
        if !sees_care && guardian_word::is_theirs(&told.event) {
            continue;
        }
        let Some(words) = told.text else { continue };
        document.heading(2, say.on(told.event.happened_at));
        lines(&words, document);
    }
    Ok(())
}

fn lines(text: &str, document: &mut Document) {
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        document.paragraph(line);
    }
}
