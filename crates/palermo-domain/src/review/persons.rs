//! Whether a text asks who somebody is. Letters are compared without accents and in
//! small ones, so that `identité`, `IDENTITE` and `identite` are one word.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What asks for persons whatever stands beside it.
const ALONE: [&str; 36] = [
    " date of birth ",
    " dates of birth ",
    " birth date",
    " birthdate",
    " passport number",
    " list of persons ",
    " list of the persons ",
    " list of people ",
    " list of names ",
    " where each of them ",
    " where each person ",
    " where they live ",
    " where they now live ",
    " date de naissance ",
    " dates de naissance ",
    " numero de passeport ",
    " numeros de passeport ",
    " liste des personnes ",
    " liste nominative ",
    " ou vit chacun",
    " ou chacun",
    " ou ils vivent ",
    " ou elles vivent ",
    " fecha de nacimiento ",
    " fechas de nacimiento ",
    " numero de pasaporte ",
    " numeros de pasaporte ",
    " lista de personas ",
    " lista de las personas ",
    " donde vive ",
    " donde viven ",
    "تاريخ الميلاد",
    "تواريخ الميلاد",
    "تواريخ ميلاد",
    "اين يعيش",
    "قائمة الاشخاص",
];

/// Words by which a request asks for persons rather than for figures, in the languages of
/// the pages. One of these with one of [`WHOM`] is enough. `.` is where a sentence begins:
/// "victims who were assisted" is no question, "Who was assisted?" is one.
const WHO: [&str; 63] = [
    " name ",
    " names ",
    " identit",
    " passport",
    " address of ",
    " addresses of ",
    " and address",
    " their address",
    " home address",
    " list of ",
    " . who ",
    " and who was ",
    " and who were ",
    " us who ",
    " say who ",
    " state who ",
    " indicate who ",
    " know who ",
    " which persons ",
    " where each ",
    " nom ",
    " noms ",
    " passeport",
    " naissance",
    " adresse de ",
    " adresse des ",
    " adresses ",
    " leur adresse ",
    " liste ",
    " listes ",
    " . qui ",
    " nous qui ",
    " dire qui ",
    " dites qui ",
    " indiquer qui ",
    " indiquez qui ",
    " preciser qui ",
    " nombre completo ",
    " nombres completos ",
    " nombres de ",
    " nombres y ",
    " los nombres ",
    " identidad",
    " pasaporte",
    " nacimiento",
    " direccion de ",
    " direcciones ",
    " su direccion ",
    " lista ",
    " listas ",
    " . quien",
    " diga quien",
    " digan quien",
    " indique quien",
    " indiquen quien",
    "اسم",
    "اسماء",
    "هوي",
    "جواز",
    "عنوان",
    "عناوين",
    "قائمة",
    " من هم ",
];

const WHOM: [&str; 53] = [
    " victim",
    " trafficked ",
    " returned ",
    " returnee",
    " sent back ",
    " sent home ",
    " repatriat",
    " deport",
    " expelled ",
    " removed ",
    " assisted ",
    " citizen",
    " nationals ",
    " beneficiar",
    " resident of ",
    " residents of ",
    " person ",
    " persons ",
    " people ",
    " women ",
    " children ",
    " migrants ",
    " retourn",
    " rapatri",
    " renvoye",
    " expuls",
    " refoule",
    " assiste",
    " ressortissant",
    " citoyen",
    " personne ",
    " personnes ",
    " femmes ",
    " enfants ",
    " retornad",
    " repatriad",
    " devuelt",
    " asistid",
    " ciudadan",
    " persona ",
    " personas ",
    " mujeres ",
    " ninos ",
    "ضحي",
    "ضحايا",
    "عايد",
    "مواطن",
    "مرحل",
    "اشخاص",
    "معاد",
    "اعيدوا",
    "نساء",
    "اطفال",
];

/// Names of the crime, which speak of persons and ask for none.
const THE_CRIME: [&str; 6] = [
    " trafficking in persons ",
    " trafficking of persons ",
    " traite des personnes ",
    " traite de personnes ",
    " trata de personas ",
    "الاتجار بالاشخاص",
];

/// A text in small letters without accents, words set apart by one space and sentences by
/// a point of their own.
fn folded(text: &str) -> String {
    let mut out = String::from(" . ");
    let plain = text.nfd().filter(|c| !is_combining_mark(*c) && *c != '\u{640}');
    for c in plain.flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if matches!(c, '.' | '?' | '!' | ':' | ';' | '؟' | '\n') {
            out.push_str(" . ");
        } else {
            out.push(' ');
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    format!(" {} ", words.join(" "))
}

/// Whether a text asks who somebody is. It is a safeguard for the obvious
/// case, and errs towards asking a person to look again.
#[must_use]
pub fn asks_for_persons(text: &str) -> bool {
    let crime = |text: String, name: &&str| text.replace(*name, " ");
    let text = THE_CRIME.iter().fold(folded(text), crime);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    has(&ALONE) || (has(&WHO) && has(&WHOM))
}

/// Whether rule R6 keeps a request from going out: whoever asks says that it is about
/// single persons, or its words show it.
#[must_use]
pub fn refused_by_r6(said: bool, title: &str, question: &str) -> bool {
    said || asks_for_persons(&format!("{title}\n{question}"))
}

/// Words after which a single letter names a part of something and no person.
const LETTERED: [&str; 32] = [
    "annex",
    "annexe",
    "annexes",
    "anexo",
    "appendix",
    "article",
    "articulo",
    "artículo",
    "category",
    "catégorie",
    "categoría",
    "chapter",
    "class",
    "form",
    "formulaire",
    "formulario",
    "group",
    "groupe",
    "grupo",
    "hepatitis",
    "option",
    "part",
    "parte",
    "partie",
    "phase",
    "question",
    "schedule",
    "section",
    "table",
    "tableau",
    "type",
    "visa",
];

/// Words that lead to the file of somebody, one after the other.
const FILE_OF: [[&str; 2]; 8] = [
    ["case", "of"],
    ["file", "of"],
    ["cas", "de"],
    ["dossier", "de"],
    ["affaire", "de"],
    ["caso", "de"],
    ["expediente", "de"],
    ["asunto", "de"],
];

/// The words of a request that look like one person: a name with the initial of another, or
/// whatever has a capital where somebody's case is spoken of.
#[must_use]
pub fn one_person(text: &str) -> Option<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = text.split_whitespace().map(bare).collect();
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    // "May I" is nobody's name.
    let initial = |word: &str| capital(word) && word != "I" && word.chars().count() == 1;
    let pair = words.windows(2).find_map(|two| match two {
        [name, letter] if initial(letter) && capital(name) && name.chars().count() > 2 => {
            let lettered = LETTERED.contains(&name.to_lowercase().as_str());
            (!lettered).then(|| format!("{name} {letter}"))
        }
        _ => None,
    });
    pair.or_else(|| {
        words.windows(3).find_map(|three| match three {
            [one, two, name] if capital(name) && name.chars().count() > 2 => {
                let said = [one.to_lowercase(), two.to_lowercase()];
                FILE_OF.iter().any(|file| said == *file).then(|| name.clone())
            }
            _ => None,
        })
    })
}
