//! Turns the published options (Nunjucks: text or html, loose types) into ours.

use super::*;

/// Keys that hold words in two forms, `xText` and `xHtml`.
const PAIRED: &[&str] = &["title", "description", "summary", "logo"];
/// Keys that hold numbers.
const NUMBERS: &[&str] =
    &["headingLevel", "titleHeadingLevel", "maxlength", "threshold", "colspan", "rowspan"];
/// Keys that are switches.
const SWITCHES: &[&str] = &[
    "disabled",
    "checked",
    "selected",
    "open",
    "expanded",
    "multiple",
    "current",
    "active",
    "ellipsis",
    "isPageHeading",
    "firstCellIsHeader",
    "collapseOnMobile",
    "spellcheck",
    "error",
    "collapseNavigationOnMobile",
    "preventDoubleClick",
    "disableAutoFocus",
];

/// The options of one fixture as our structs read them.
pub fn ours(component: &str, options: &Value) -> Value {
    let mut value = convert("", options);
    if let Some(map) = value.as_object_mut() {
        if component == "textarea" || component == "character-count" {
            number(map, "rows");
        }
        if component == "date-input" {
            // `false` leaves a box out; not naming it keeps the usual one.
            for part in ["day", "month", "year"] {
                if options.get(part) == Some(&json!(false)) {
                    map.insert(part.into(), json!({ "left_out": true }));
                }
            }
        }
    }
    value
}

fn number(map: &mut Map<String, Value>, key: &str) {
    if let Some(n) = map.get(key).and_then(Value::as_str).and_then(|s| s.parse::<u32>().ok()) {
        map.insert(key.into(), json!(n));
    }
}

fn convert(key: &str, value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(
            items
                .iter()
                // Templates leave out items that are false, null or empty.
                .filter(|item| {
                    !matches!(item, Value::Null | Value::Bool(false)) && **item != json!("")
                })
                .map(|item| convert(key, item))
                .collect(),
        ),
        Value::Object(map) if key == "attributes" || key == "wrapperAttributes" => {
            Value::Object(map.clone())
        }
        Value::Object(map) => object_of(map),
        Value::Number(n) => json!(n.to_string()),
        other => other.clone(),
    }
}

fn object_of(map: &Map<String, Value>) -> Value {
    let mut out = Map::new();
    let filled = |key: &str| map.get(key).map(plain).filter(|text| !text.is_empty());
    if let Some(html) = filled("html") {
        out.insert("content".into(), json!({ "html": html }));
    } else if let Some(text) = filled("text") {
        out.insert("content".into(), json!({ "text": text }));
    }
    for pair in PAIRED {
        if let Some(html) = filled(&format!("{pair}Html")) {
            out.insert((*pair).into(), json!({ "html": html }));
        } else if let Some(text) = filled(&format!("{pair}Text")) {
            out.insert((*pair).into(), json!({ "text": text }));
        }
    }
    for (key, value) in map {
        let paired =
            PAIRED.iter().any(|p| *key == format!("{p}Text") || *key == format!("{p}Html"));
        if key == "text" || key == "html" || paired || value.is_null() {
            continue;
        }
        let converted = if NUMBERS.contains(&key.as_str()) {
            plain(value).parse::<u32>().map_or(Value::Null, |n| json!(n))
        } else if SWITCHES.contains(&key.as_str()) {
            value.clone()
        } else if value == &json!(false) {
            continue;
        } else {
            convert(key, value)
        };
        out.insert(key.clone(), converted);
    }
    Value::Object(out)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(false) => String::new(),
        other => other.to_string(),
    }
}

/// The published date input names its boxes by `day`, `month` and `year` or by `items`; ours
/// only by `items`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct PublishedDate {
    id: String,
    name_prefix: String,
    items: Vec<DateItem>,
    day: Option<PublishedBox>,
    month: Option<PublishedBox>,
    year: Option<PublishedBox>,
    values: BTreeMap<String, String>,
    fieldset: Option<Fieldset>,
    hint: Option<Hint>,
    error_message: Option<ErrorMessage>,
    form_group: FormGroup,
    classes: Classes,
    attributes: Attributes,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct PublishedBox {
    name: Option<String>,
    label: String,
    value: Option<String>,
    error: Option<bool>,
    classes: Classes,
    #[serde(rename = "left_out")]
    left_out: bool,
}

impl PublishedDate {
    fn ours(&self) -> DateInput {
        let mut items = self.items.clone();
        if items.is_empty() {
            items = [("day", &self.day), ("month", &self.month), ("year", &self.year)]
                .into_iter()
                .filter(|(_, given)| !given.as_ref().is_some_and(|given| given.left_out))
                .map(|(part, given)| self.part(part, given.clone().unwrap_or_default()))
                .collect();
        } else {
            for item in &mut items {
                if item.label.is_empty() {
                    item.label = capital(&item.name);
                }
                if item.value.is_empty() {
                    item.value = self.value_of(&item.name);
                }
            }
        }
        DateInput {
            id: self.id.clone(),
            name_prefix: self.name_prefix.clone(),
            items,
            fieldset: self.fieldset.clone(),
            hint: self.hint.clone(),
            error_message: self.error_message.clone(),
            form_group: self.form_group.clone(),
            classes: self.classes.clone(),
            attributes: self.attributes.clone(),
        }
    }

    fn value_of(&self, name: &str) -> String {
        let prefixed = format!("{}-{name}", self.name_prefix);
        self.values.get(name).or_else(|| self.values.get(&prefixed)).cloned().unwrap_or_default()
    }

    fn part(&self, part: &str, given: PublishedBox) -> DateItem {
        let name = given.name.unwrap_or_else(|| part.to_owned());
        let mut classes = given.classes;
        // A box with another name is still the year's, so it keeps the year's width.
        if part == "year" && name != "year" && !classes.as_str().contains("--width-") {
            classes.push("govuk-input--width-4");
        }
        DateItem {
            label: if given.label.is_empty() { capital(&name) } else { given.label },
            value: given.value.unwrap_or_else(|| self.value_of(&name)),
            error: given.error,
            classes,
            name,
            ..DateItem::default()
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + letters.as_str())
}

impl std::fmt::Display for PublishedDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.ours())
    }
}

impl askama::FastWritable for PublishedDate {
    fn write_into(
        &self,
        dest: &mut dyn std::fmt::Write,
        values: &dyn askama::Values,
    ) -> askama::Result<()> {
        askama::FastWritable::write_into(&self.ours(), dest, values)
    }
}

impl Template for PublishedDate {
    fn render_into_with_values(
        &self,
        writer: &mut dyn std::fmt::Write,
        values: &dyn askama::Values,
    ) -> askama::Result<()> {
        self.ours().render_into_with_values(writer, values)
    }

    const SIZE_HINT: usize = DateInput::SIZE_HINT;
}
