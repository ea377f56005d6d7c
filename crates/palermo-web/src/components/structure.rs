//! Parts that hold other things: summary list, table, tabs, task list, accordion, error summary.

use askama::Template;

use super::content::{Attributes, Classes, Content, parts};
use super::marks::Tag;
use super::words::Words;

/// Says at the top of a page what is wrong, with a link to each answer.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/error-summary.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ErrorSummary {
    /// Title.
    pub title: Content,
    /// A line under it.
    pub description: Content,
    /// The faults.
    pub error_list: Vec<ErrorItem>,
    /// Keeps the focus where it is.
    pub disable_auto_focus: Option<bool>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One fault in a summary.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ErrorItem {
    /// The fault and its remedy, as under the field.
    pub content: Content,
    /// `#` and the id of the answer.
    pub href: String,
    /// Further attributes.
    pub attributes: Attributes,
}

impl ErrorSummary {
    /// Faults as (id of the input, message).
    pub fn new<I: AsRef<str>, M: Into<Content>>(
        words: &Words,
        faults: impl IntoIterator<Item = (I, M)>,
    ) -> Self {
        // Browsers go to the summary by themselves, without a script too: on a narrow
        // screen it lies below what the page begins with.
        let mut attributes = Attributes::default();
        attributes.set("tabindex", "-1");
        attributes.flag("autofocus");
        Self {
            title: words.there_is_a_problem.as_str().into(),
            attributes,
            error_list: faults
                .into_iter()
                .map(|(id, message)| ErrorItem {
                    content: message.into(),
                    href: match id.as_ref() {
                        "" => String::new(),
                        id => format!("#{id}"),
                    },
                    ..ErrorItem::default()
                })
                .collect(),
            ..Self::default()
        }
    }
}

/// Something with text and classes.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Cell {
    /// What is in it.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
}

/// A link that does something with a row or card.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Action {
    /// Where it leads.
    pub href: String,
    /// Its words, such as "Change".
    pub content: Content,
    /// Said after them: change what?
    pub visually_hidden_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// Links of a row or card.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Actions {
    /// The links.
    pub items: Vec<Action>,
    /// Further classes.
    pub classes: Classes,
}

/// One key and its value.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SummaryRow {
    /// What it is.
    pub key: Cell,
    /// What it says.
    pub value: Cell,
    /// What one can do with it.
    pub actions: Option<Actions>,
    /// Further classes.
    pub classes: Classes,
}

/// Title of a card round a summary list.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct CardTitle {
    /// The title.
    pub content: Content,
    /// 2 unless given.
    pub heading_level: u8,
    /// Further classes.
    pub classes: Classes,
}

/// Card round a summary list.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SummaryCard {
    /// Title.
    pub title: Option<CardTitle>,
    /// What one can do with all of it.
    pub actions: Option<Actions>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// Keys and values, for checking answers and showing one record.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/summary-list.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SummaryList {
    /// The rows.
    pub rows: Vec<SummaryRow>,
    /// Card round them.
    pub card: Option<SummaryCard>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl SummaryList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more row.
    #[must_use]
    pub fn row(mut self, key: impl Into<Content>, value: impl Into<Content>) -> Self {
        self.rows.push(SummaryRow {
            key: Cell { content: key.into(), ..Cell::default() },
            value: Cell { content: value.into(), ..Cell::default() },
            ..SummaryRow::default()
        });
        self
    }

    /// A link for the row added last: words, what they are about, address.
    #[must_use]
    pub fn action(
        mut self,
        words: impl Into<Content>,
        about: impl Into<String>,
        href: impl Into<String>,
    ) -> Self {
        if let Some(row) = self.rows.last_mut() {
            row.actions.get_or_insert_default().items.push(Action {
                href: href.into(),
                content: words.into(),
                visually_hidden_text: about.into(),
                ..Action::default()
            });
        }
        self
    }

    /// Puts the list in a card with a title.
    #[must_use]
    pub fn card(mut self, title: impl Into<Content>) -> Self {
        self.card = Some(SummaryCard {
            title: Some(CardTitle { content: title.into(), ..CardTitle::default() }),
            ..SummaryCard::default()
        });
        self
    }

    fn any_actions(&self) -> bool {
        self.rows.iter().any(|row| row.actions.as_ref().is_some_and(|a| !a.items.is_empty()))
    }

    fn links<'a>(&'a self, actions: &'a Actions) -> Vec<ActionLink<'a>> {
        let about = self.card.as_ref().and_then(|card| card.title.as_ref()).map(|t| &t.content);
        actions.items.iter().map(|action| ActionLink { action, about }).collect()
    }
}

impl CardTitle {
    fn level(&self) -> u8 {
        if self.heading_level == 0 { 2 } else { self.heading_level }
    }
}

#[derive(Template)]
#[template(path = "components/action-link.html")]
struct ActionLink<'a> {
    action: &'a Action,
    about: Option<&'a Content>,
}

impl askama::filters::HtmlSafe for ActionLink<'_> {}

/// One cell of a table.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TableCell {
    /// What is in it.
    pub content: Content,
    /// `numeric` puts numbers under one another.
    pub format: String,
    /// Columns it spans.
    pub colspan: Option<u32>,
    /// Rows it spans.
    pub rowspan: Option<u32>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl TableCell {
    /// A cell with a number already written for its reader.
    pub fn number(content: impl Into<Content>) -> Self {
        Self { content: content.into(), format: "numeric".into(), ..Self::default() }
    }
}

impl<T: Into<Content>> From<T> for TableCell {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// A plain table. For lists that sort and filter, see [`super::DataTable`].
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/table.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Table {
    /// Rows of cells.
    pub rows: Vec<Vec<TableCell>>,
    /// Head of each column.
    pub head: Option<Vec<TableCell>>,
    /// What the table shows.
    pub caption: String,
    /// Size of the caption, such as `govuk-table__caption--m`.
    pub caption_classes: Classes,
    /// The first cell of each row names the row.
    pub first_cell_is_header: bool,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Table {
    /// A table that says what it shows and how columns are called.
    pub fn new<C: Into<TableCell>>(
        caption: impl Into<String>,
        head: impl IntoIterator<Item = C>,
    ) -> Self {
        Self {
            caption: caption.into(),
            head: Some(head.into_iter().map(Into::into).collect()),
            first_cell_is_header: true,
            ..Self::default()
        }
    }

    /// One more row.
    pub fn push<C: Into<TableCell>>(&mut self, row: impl IntoIterator<Item = C>) {
        self.rows.push(row.into_iter().map(Into::into).collect());
    }
}

/// One tab.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Tab {
    /// Id; the tabs' prefix with a number unless given.
    pub id: String,
    /// Words on the tab.
    pub label: String,
    /// What it shows.
    pub panel: TabPanel,
    /// Further attributes of the tab.
    pub attributes: Attributes,
}

/// What a tab shows.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TabPanel {
    /// Its content.
    pub content: Content,
    /// Further attributes.
    pub attributes: Attributes,
}

/// Sections of which one shows at a time; all of them without scripts and on paper.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/tabs.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Tabs {
    /// Id of the whole.
    pub id: String,
    /// Beginning of the sections' ids.
    pub id_prefix: String,
    /// Title, shown without scripts.
    pub title: String,
    /// The tabs.
    pub items: Vec<Tab>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Tabs {
    /// Tabs as (id, label, content).
    pub fn new<C: Into<Content>>(
        words: &Words,
        items: impl IntoIterator<Item = (&'static str, String, C)>,
    ) -> Self {
        Self {
            title: words.contents.clone(),
            items: items
                .into_iter()
                .map(|(id, label, content)| Tab {
                    id: id.to_owned(),
                    label,
                    panel: TabPanel { content: content.into(), ..TabPanel::default() },
                    ..Tab::default()
                })
                .collect(),
            ..Self::default()
        }
    }

    fn shown_title(&self) -> &str {
        if self.title.is_empty() { "Contents" } else { &self.title }
    }

    fn panel_id(&self, item: &Tab, number: &usize) -> String {
        match item.id.as_str() {
            "" => format!("{}-{number}", self.id_prefix),
            id => id.to_owned(),
        }
    }
}

/// State of a task: a tag or plain words.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TaskStatus {
    /// A tag, if attention is wanted.
    pub tag: Option<Tag>,
    /// Else words.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
}

/// One task.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Task {
    /// What to do.
    pub title: Cell,
    /// Help.
    pub hint: Option<TaskHint>,
    /// How far it is.
    pub status: TaskStatus,
    /// Where it is done; none while it cannot start.
    pub href: String,
    /// Further classes.
    pub classes: Classes,
}

/// Help under a task.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TaskHint {
    /// The help.
    pub content: Content,
}

impl Task {
    /// A task that can be done at `href`.
    pub fn new(
        title: impl Into<Content>,
        href: impl Into<String>,
        status: impl Into<TaskStatus>,
    ) -> Self {
        Self {
            title: Cell { content: title.into(), ..Cell::default() },
            href: href.into(),
            status: status.into(),
            ..Self::default()
        }
    }

    /// Help under the task.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Content>) -> Self {
        self.hint = Some(TaskHint { content: hint.into() });
        self
    }
}

impl From<Tag> for TaskStatus {
    fn from(tag: Tag) -> Self {
        Self { tag: Some(tag), ..Self::default() }
    }
}

impl From<String> for TaskStatus {
    fn from(words: String) -> Self {
        Self { content: words.into(), ..Self::default() }
    }
}

/// Tasks with their state.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/task-list.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TaskList {
    /// The tasks.
    pub items: Vec<Task>,
    /// Beginning of ids; `task-list` unless given.
    pub id_prefix: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl TaskList {
    /// Tasks in their order; `id_prefix` keeps two lists on a page apart.
    pub fn new(id_prefix: &str, items: impl IntoIterator<Item = Task>) -> Self {
        Self {
            id_prefix: id_prefix.to_owned(),
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    fn prefix(&self) -> &str {
        if self.id_prefix.is_empty() { "task-list" } else { &self.id_prefix }
    }
}

parts!(ErrorSummary, SummaryList, Table, Tabs, TaskList);
