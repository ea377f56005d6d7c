//! Coded particulars of the person: age, language, what they need to be
//! understood, and, apart from all that decides, their background (R1).

use super::{
    CaseFile,
    age::{self, Asked, Saved},
    change, permitted, tell,
};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    case::{
        age::{AgeDenied, AgeGround, AgeSaid, takes_two},
        person::{
            AgeGroup, Background, Communication, Cooperation, ImmigrationStatus, Person, Sex,
        },
    },
    id::CaseId,
    purpose::Purpose,
};
use palermo_store::{
    Act, Revision, UnlockedVault, Versioned,
    case::{background as backgrounds, event as events, person as persons},
    notice,
};
use serde_json::json;

/// Longest words about an age, in characters.
pub(super) const LONGEST: usize = 2_000;

/// What someone chose about a person.
#[derive(Debug, Clone, Default)]
pub struct PersonForm {
    /// Age group.
    pub age: String,
    /// Year of birth, or empty.
    pub birth_year: String,
    /// Sex, or empty.
    pub sex: String,
    /// Language.
    pub language: String,
    /// What they need to be understood.
    pub communication: Vec<String>,
    /// `yes`, `no` or empty: may other care organisations be asked (R096).
    pub looked_for: String,
    /// Nationalities, alpha-3, separated by commas or spaces.
    pub nationalities: String,
    /// Immigration status, or empty.
    pub immigration: String,
    /// Cooperation with authorities, or empty.
    pub cooperation: String,
    /// A sealed record (E11).
    pub sealed: bool,
    /// The age that stood when the form was shown.
    pub age_was: String,
    /// What shows that someone with the rights of a child is an adult (R3).
    pub age_ground: String,
    /// Who found it and from what; sealed.
    pub age_words: String,
}

impl PersonForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(person: &Person, background: Option<&Background>, sealed: bool) -> Self {
        let code = |flag: bool| if flag { "yes" } else { "no" }.to_owned();
        Self {
            age: person.age.code().to_owned(),
            birth_year: person.birth_year.map(|year| year.to_string()).unwrap_or_default(),
            sex: person.sex.map(|sex| sex.code().to_owned()).unwrap_or_default(),
            language: person.language.clone(),
            communication: person.communication.iter().map(|c| c.code().to_owned()).collect(),
            looked_for: person.may_be_looked_for.map(code).unwrap_or_default(),
            nationalities: background.map(|b| b.nationalities.join(", ")).unwrap_or_default(),
            immigration: background.map(|b| b.immigration.code().to_owned()).unwrap_or_default(),
            cooperation: background.map(|b| b.cooperation.code().to_owned()).unwrap_or_default(),
            sealed,
            age_was: person.age.code().to_owned(),
            age_ground: String::new(),
            age_words: String::new(),
        }
    }

    /// An age is taken only where nothing speaks against it; the rights of a child end
    /// with a ground and words (R3).
    fn check_age(
        &self,
        before: &Person,
        (after, birth_year): (AgeGroup, Option<u16>),
        this_year: i32,
        problems: &mut Problems,
    ) {
        let words = problems.bounded("age_words", &self.age_words, LONGEST);
        let said = AgeSaid {
            before: before.age,
            after,
            birth_year,
            changed: (before.age, before.birth_year) != (after, birth_year),
            this_year,
            ground: AgeGround::from_code(&self.age_ground),
            in_words: !words.is_empty(),
        };
        for denied in said.check().err().unwrap_or_default() {
            let message = Message::new(denied.message()).by(AgeDenied::RULE);
            let year = birth_year.map(|year| year.to_string()).unwrap_or_default();
            problems.add(denied.field(), message.with("year", year));
        }
    }

    fn parse(
        &self,
        acting: &Acting<'_>,
        before: &Person,
    ) -> Result<(Person, Option<Background>), Refused> {
        let mut problems = Problems::default();
        let age = AgeGroup::from_code(&self.age);
        if age.is_none() {
            problems.add("age", Message::new("case-error-age"));
        }
        let language = problems.required("language", &self.language, 35);
        if !language.is_empty() && !crate::desk::is_language(&language) {
            problems.add("language", Message::new("error-language-code").with("code", &language));
        }
        let this_year = acting.now().date().year();
        let birth_year = match self.birth_year.trim() {
            "" => None,
            typed => {
                let year = typed.parse::<u16>().ok();
                let year = year.filter(|year| (1900..=this_year).contains(&i32::from(*year)));
                if year.is_none() {
                    problems.add("birth_year", Message::new("case-error-year").with("year", typed));
                }
                year
            }
        };
        if let Some(age) = age {
            self.check_age(before, (age, birth_year), this_year, &mut problems);
        }
        let communication =
            self.communication.iter().filter_map(|code| Communication::from_code(code)).collect();
        let background = self.background(acting, before, &mut problems);
        problems.none()?;
        let person = Person {
            age: age.unwrap_or(AgeGroup::Unsure),
            birth_year,
            sex: Sex::from_code(&self.sex),
            language,
            communication,
            may_be_looked_for: match self.looked_for.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            ..before.clone()
        };
        Ok((person, background))
    }

    fn background(
        &self,
        acting: &Acting<'_>,
        person: &Person,
        problems: &mut Problems,
    ) -> Option<Background> {
        let split = self.nationalities.split(|c: char| !c.is_alphanumeric());
        let nationalities: Vec<String> =
            split.filter(|part| !part.is_empty()).map(str::to_uppercase).collect();
        for code in nationalities.iter().filter(|code| !acting.app.content.knows_state(code)) {
            let message = Message::new("error-unknown-state").with("code", code);
            problems.add("nationalities", message);
        }
        let told = !nationalities.is_empty()
            || !self.immigration.is_empty()
            || !self.cooperation.is_empty();
        told.then(|| Background {
            tenant: person.tenant,
            person: person.id,
            nationalities,
            immigration: ImmigrationStatus::from_code(&self.immigration)
                .unwrap_or(ImmigrationStatus::Unknown),
            cooperation: Cooperation::from_code(&self.cooperation).unwrap_or(Cooperation::NotAsked),
        })
    }
}

/// The person's background, if anything was told; part of the case page's read.
///
/// # Errors
/// When the database does not answer.
pub async fn background(opened: &super::Opened) -> Result<Option<Versioned<Background>>, Refused> {
    let person = &opened.file.person.record;
    Ok(backgrounds::find(&opened.read, person.tenant, person.id).await?)
}

/// Changes the particulars without anything that is sealed.
///
/// # Errors
/// As [`save_with_words`].
pub async fn save(
    acting: &Acting<'_>,
    id: CaseId,
    form: &PersonForm,
    seen: Revision,
    purpose: Purpose,
) -> Result<Saved, Refused> {
    save_with_words(acting, None, id, (form, seen), purpose).await
}

/// Changes the particulars; each changed field is told in the history. Where the rights
/// of a child would end, the age stays and a second person is asked (R3).
///
/// # Errors
/// [`Refused::Conflict`] if someone else changed them since `seen`;
/// [`Refused::UnlockNeeded`] where the rights of a child would end and no key is open;
/// [`Refused::Invalid`] beside the age where nobody else may agree to it.
pub async fn save_with_words(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    (form, seen): (&PersonForm, Revision),
    purpose: Purpose,
) -> Result<Saved, Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let (mut person, background) = form.parse(acting, &file.person.record)?;
    let grown = grown(acting, &file, form, &mut person).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    persons::update(&mut act, &person, seen).await?;
    if person.may_be_looked_for != Some(true) {
        super::look_for::end(acting.app, &mut act, id).await?;
    }
    let before = backgrounds::find(&act, person.tenant, person.id).await?;
    put_background(&mut act, background.as_ref(), before.as_ref()).await?;
    crate::care::write::age_corrected(acting, &mut act, &file, person.age).await?;
    let asked = match grown {
        Some(grown) => {
            age::not_asked(&act, id, person.id).await?;
            Some(ask_in(&mut act, vault, &file, (grown, &form.age_words)).await?)
        }
        None => None,
    };
    if form.sealed != file.case.record.sealed {
        let sealed = form.sealed;
        change(&mut act, id, |case| case.sealed = sealed).await?;
        let kind = if sealed { "sealed" } else { "unsealed" };
        let event = events::new(&act, id, kind);
        tell(&mut act, None, person.id, event, None).await?;
    }
    let before = before.map(|found| found.record);
    let mut lines = changed(&file.person.record, &person);
    lines.extend(background_changed(before.as_ref(), background.as_ref()));
    tell_changes(&mut act, &file, lines).await?;
    let saved = if asked.is_some() { Saved::SecondAsked } else { Saved::Done };
    act.commit(&saved).await?;
    if let Some(asked) = asked {
        age::ask(acting, asked).await?;
    }
    Ok(saved)
}

/// By what the rights of a child would end, and the year of birth that was told with it.
type Grown = (AgeGround, Option<u16>);

/// Where the rights of a child would end: by what, once it is known that a second person
/// can be asked. Until they agree the person keeps age and year of birth.
async fn grown(
    acting: &Acting<'_>,
    file: &CaseFile,
    form: &PersonForm,
    person: &mut Person,
) -> Result<Option<Grown>, Refused> {
    let before = &file.person.record;
    if !takes_two(before.age, person.age) {
        return Ok(None);
    }
    let Some(ground) = AgeGround::from_code(&form.age_ground) else {
        return Err(Refused::field("age_ground", Message::new("error-choose")));
    };
    age::may_ask(acting, file, false).await?;
    person.age = before.age;
    let told = std::mem::replace(&mut person.birth_year, before.birth_year);
    Ok(Some((ground, told)))
}

/// The history says what is said to show an adult, by which rule, and who found it.
async fn ask_in(
    act: &mut Act,
    vault: Option<&UnlockedVault>,
    file: &CaseFile,
    ((ground, birth_year), words): (Grown, &str),
) -> Result<Asked, Refused> {
    let (case, person) = (file.id(), file.person.record.id);
    let event = events::new(act, case, "age-asked");
    let before = file.person.record.age;
    let asked = Asked { ground, before, event: event.id, case, person };
    let event = age::with_facts(event, ground, birth_year);
    tell(act, vault, person, event, Some(words)).await?;
    Ok(asked)
}

/// A line of the history for each changed field.
async fn tell_changes(
    act: &mut Act,
    file: &CaseFile,
    lines: Vec<(&'static str, String, String)>,
) -> Result<(), Refused> {
    for (field, from, to) in lines {
        let mut event = events::new(act, file.id(), "particulars-changed").with("field", field);
        if !from.is_empty() {
            event = event.with("from", from);
        }
        if !to.is_empty() {
            event = event.with("to", to);
        }
        tell(act, None, file.person.record.id, event, None).await?;
    }
    Ok(())
}

/// The history says what showed an adult and by which rule, and everyone else on the
/// team is told; the words stand where it was asked.
pub(super) async fn shown_adult(
    act: &mut Act,
    file: &CaseFile,
    after: &Person,
    ground: AgeGround,
) -> Result<(), Refused> {
    let event = age::with_facts(events::new(act, file.id(), "age-shown"), ground, None);
    tell(act, None, file.person.record.id, event, None).await?;
    tell_changes(act, file, changed(&file.person.record, after)).await?;
    let by = act.actor().account();
    for member in file.team_at(act.now()) {
        if Some(member.account) != by {
            notice::leave(act, member.account, "notice-age-shown", json!({})).await?;
        }
    }
    Ok(())
}

/// Keeps what is told of a background; nothing told is nothing kept.
async fn put_background(
    act: &mut Act,
    now: Option<&Background>,
    old: Option<&Versioned<Background>>,
) -> Result<(), Refused> {
    match (now, old) {
        (Some(now), Some(old)) if old.record == *now => {}
        (Some(now), Some(old)) => {
            backgrounds::update(act, now, old.revision).await?;
        }
        (Some(now), None) => backgrounds::insert(act, now).await?,
        (None, Some(old)) => backgrounds::remove(act, &old.record).await?,
        (None, None) => {}
    }
    Ok(())
}

/// Coded changes of the background: field, from, to.
fn background_changed(
    before: Option<&Background>,
    after: Option<&Background>,
) -> Vec<(&'static str, String, String)> {
    type Told = fn(&Background) -> String;
    let fields: [(&'static str, Told); 3] = [
        ("nationalities", |one| one.nationalities.join(", ")),
        ("immigration", |one| one.immigration.code().to_owned()),
        ("cooperation", |one| one.cooperation.code().to_owned()),
    ];
    let told = |one: Option<&Background>, field: Told| one.map(field).unwrap_or_default();
    let lines = fields.map(|(name, field)| (name, told(before, field), told(after, field)));
    lines.into_iter().filter(|(_, from, to)| from != to).collect()
}

/// Coded changes: field, from, to.
fn changed(before: &Person, after: &Person) -> Vec<(&'static str, String, String)> {
    let sex = |person: &Person| person.sex.map(|s| s.code().to_owned()).unwrap_or_default();
    let year = |person: &Person| person.birth_year.map(|y| y.to_string()).unwrap_or_default();
    let needs = |person: &Person| {
        person.communication.iter().map(|c| c.code()).collect::<Vec<_>>().join(", ")
    };
    let asked = |person: &Person| match person.may_be_looked_for {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => String::new(),
    };
    [
        ("age", before.age.code().to_owned(), after.age.code().to_owned()),
        ("language", before.language.clone(), after.language.clone()),
        ("sex", sex(before), sex(after)),
        ("birth_year", year(before), year(after)),
        ("communication", needs(before), needs(after)),
        ("looked_for", asked(before), asked(after)),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .collect()
}
