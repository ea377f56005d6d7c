//! What goes into a part: text or markup, classes and attributes.

use std::fmt::{self, Write as _};

use askama::filters::{Escaper as _, Html, HtmlSafe};
use askama::{FastWritable, Template, Values};

/// Text that will be escaped, or markup that goes in as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Escaped when shown.
    Text(String),
    /// Shown as it is: only ever made from templates or fixed strings.
    Html(String),
}

impl Content {
    /// The markup of a part or any other template.
    ///
    /// A template that cannot be written leaves nothing, which a page survives and a test sees.
    pub fn html(part: &impl Template) -> Self {
        Self::Html(part.render().unwrap_or_default())
    }

    /// True if there is nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(s) | Self::Html(s) => s.is_empty(),
        }
    }

    /// True for markup.
    pub fn is_html(&self) -> bool {
        matches!(self, Self::Html(s) if !s.is_empty())
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Content {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<std::borrow::Cow<'_, str>> for Content {
    fn from(text: std::borrow::Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => Html.write_escaped_str(f, text),
            Self::Html(markup) => f.write_str(markup),
        }
    }
}

impl FastWritable for Content {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        match self {
            Self::Text(text) => Html.write_escaped_str(dest, text)?,
            Self::Html(markup) => dest.write_str(markup)?,
        }
        Ok(())
    }
}

impl HtmlSafe for Content {}

/// Further class names, shown after the part's own with a space before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes(String);

impl Classes {
    /// Adds one more class.
    pub fn push(&mut self, class: &str) {
        if !class.is_empty() {
            if !self.0.is_empty() {
                self.0.push(' ');
            }
            self.0.push_str(class);
        }
    }

    /// The names as one string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Classes {
    fn from(classes: T) -> Self {
        Self(classes.into())
    }
}

impl fmt::Display for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        f.write_char(' ')?;
        Html.write_escaped_str(f, &self.0)
    }
}

impl HtmlSafe for Classes {}

/// Further attributes, shown as ` name="value"`; without a value as ` name`.
///
/// Never `style` or an `on…` handler: the content policy of every page refuses them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(String, Option<String>)>);

impl Attributes {
    /// Adds `name="value"`.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), Some(value.into())));
    }

    /// Adds a name alone.
    pub fn flag(&mut self, name: impl Into<String>) {
        self.0.push((name.into(), None));
    }

    /// The same with one more.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// Takes over the attributes of another.
    pub fn extend(&mut self, other: &Attributes) {
        self.0.extend(other.0.iter().cloned());
    }
}

impl fmt::Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.0 {
            f.write_char(' ')?;
            Html.write_escaped_str(&mut *f, name)?;
            if let Some(value) = value {
                f.write_str("=\"")?;
                Html.write_escaped_str(&mut *f, value)?;
                f.write_char('"')?;
            }
        }
        Ok(())
    }
}

impl HtmlSafe for Attributes {}

/// Makes parts nest: their markup is never escaped, and they turn into [`Content`].
macro_rules! parts {
    ($($part:ty),* $(,)?) => {$(
        impl askama::filters::HtmlSafe for $part {}
        impl From<$part> for $crate::components::Content {
            fn from(part: $part) -> Self {
                Self::html(&part)
            }
        }
    )*};
}
pub(crate) use parts;

/// Setters that every part with one input has.
macro_rules! field_setters {
    () => {
        /// A hint under the label.
        #[must_use]
        pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
            self.hint = Some(hint.into());
            self
        }

        /// What is wrong with the answer, if anything.
        #[must_use]
        pub fn error(mut self, message: Option<impl Into<ErrorMessage>>) -> Self {
            self.error_message = message.map(Into::into);
            self
        }

        /// Classes of the input itself, such as `govuk-input--width-10`.
        #[must_use]
        pub fn classes(mut self, classes: impl Into<Classes>) -> Self {
            self.classes = classes.into();
            self
        }

        /// One more attribute of the input, such as `required`.
        #[must_use]
        pub fn attribute(mut self, name: &str, value: &str) -> Self {
            self.attributes.set(name, value);
            self
        }

        /// Another id than the name.
        #[must_use]
        pub fn id(mut self, id: impl Into<String>) -> Self {
            self.id = id.into();
            self
        }

        /// Makes the label the page's heading: for a page with one question.
        #[must_use]
        pub fn page_heading(mut self) -> Self {
            self.label.is_page_heading = true;
            self.label.classes.push("govuk-label--l");
            self
        }

        /// The reader's words for what the part says by itself.
        #[must_use]
        pub fn words(mut self, words: &Words) -> Self {
            if let Some(error) = &mut self.error_message {
                error.visually_hidden_text = words.error.clone();
            }
            self
        }
    };
}
pub(crate) use field_setters;
