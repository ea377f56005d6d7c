//! Lists one can filter, sort, page through and take away. The address is the view: every
//! control here is a link or a form that leads to an address.

use askama::Template;

use super::content::{Content, parts};
use super::structure::TableCell;
use super::words::Words;

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

impl Sorted {
    fn aria(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

/// One column of a list.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its name.
    pub title: Content,
    /// Numbers, set under one another.
    pub numeric: bool,
    /// Address of the same view sorted by this column.
    pub sort_href: String,
    /// How it is sorted now.
    pub sorted: Option<Sorted>,
}

impl Column {
    /// A column that does not sort.
    pub fn new(title: impl Into<Content>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Sorts at `href`; `sorted` if the view is sorted by it now.
    #[must_use]
    pub fn sortable(mut self, href: impl Into<String>, sorted: Option<Sorted>) -> Self {
        self.sort_href = href.into();
        self.sorted = sorted;
        self
    }

    /// A column of numbers.
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }
}

/// A table whose columns sort by link and which scrolls alone when it is wide.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/data-table.html")]
pub struct DataTable {
    /// Id, unique on the page; also names the scrolling region.
    pub id: String,
    /// What the table shows.
    pub caption: Content,
    /// Hides the caption where a heading above says the same.
    pub caption_hidden: bool,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; the first cell names the row.
    pub rows: Vec<Vec<TableCell>>,
    /// Narrow rows, for long lists.
    pub dense: bool,
    /// Shown instead of an empty table.
    pub empty: Content,
    /// Said over a wide table on a phone: that it scrolls sideways. Its first column then
    /// stays in sight. Empty for a table that is not wide.
    pub sideways: Content,
}

impl DataTable {
    /// An empty list.
    pub fn new(
        id: impl Into<String>,
        caption: impl Into<Content>,
        columns: impl IntoIterator<Item = Column>,
    ) -> Self {
        Self {
            id: id.into(),
            caption: caption.into(),
            columns: columns.into_iter().collect(),
            ..Self::default()
        }
    }

    /// One more row; what stands under a column of numbers is set as one.
    pub fn push<C: Into<TableCell>>(&mut self, row: impl IntoIterator<Item = C>) {
        let mut cells: Vec<TableCell> = row.into_iter().map(Into::into).collect();
        for (cell, column) in cells.iter_mut().zip(&self.columns) {
            if column.numeric && cell.format.is_empty() {
                cell.format = "numeric".into();
            }
        }
        self.rows.push(cells);
    }

    /// What is said when there are no rows.
    #[must_use]
    pub fn when_empty(mut self, words: impl Into<Content>) -> Self {
        self.empty = words.into();
        self
    }

    /// Hides the caption from the eye, not the ear.
    #[must_use]
    pub fn quiet_caption(mut self) -> Self {
        self.caption_hidden = true;
        self
    }

    /// A wide table: these words say on a phone that it scrolls sideways.
    #[must_use]
    pub fn sideways(mut self, words: impl Into<Content>) -> Self {
        self.sideways = words.into();
        self
    }

    /// Narrow rows.
    #[must_use]
    pub fn dense(mut self) -> Self {
        self.dense = true;
        self
    }
}

/// A link to the same list as a file.
#[derive(Clone, Debug)]
pub struct Download {
    /// Its words, such as "CSV".
    pub label: String,
    /// Where it is.
    pub href: String,
}

/// The line over a list: how many, and what to take away.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/list-tools.html")]
pub struct ListTools {
    /// How many are shown and which, in words.
    pub count: Content,
    /// Said before the links.
    pub download_label: String,
    /// Files of the same view.
    pub downloads: Vec<Download>,
}

impl ListTools {
    /// The line with CSV and XLSX addresses, where the reader may take them.
    pub fn new(words: &Words, count: impl Into<Content>) -> Self {
        Self { count: count.into(), download_label: words.download.clone(), downloads: Vec::new() }
    }

    /// A file of the same view.
    #[must_use]
    pub fn download(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.downloads.push(Download { label: label.into(), href: href.into() });
        self
    }
}

/// A field kept in a form though it is not shown, such as the sort order.
#[derive(Clone, Debug)]
pub struct Hidden {
    /// Field name.
    pub name: String,
    /// Value.
    pub value: String,
}

/// A form that leads to the same list with fewer rows (GET: no state, no token).
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/filter-panel.html")]
pub struct FilterPanel {
    /// Where the form leads.
    pub action: String,
    /// Title.
    pub title: String,
    /// The inputs.
    pub fields: Vec<Content>,
    /// Kept with the form.
    pub hidden: Vec<Hidden>,
    /// Button.
    pub apply: String,
    /// Link that drops all filters.
    pub clear: String,
    /// Where that leads; none if nothing is filtered.
    pub clear_href: String,
    /// In one row above the list instead of a column beside it.
    pub row: bool,
    /// The page is this form: it has no heading of its own and is never folded away.
    pub open: bool,
}

impl FilterPanel {
    /// Filters that lead to `action`, in the reader's language.
    pub fn new(words: &Words, action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            title: words.filter.clone(),
            apply: words.apply_filters.clone(),
            clear: words.clear_filters.clone(),
            ..Self::default()
        }
    }

    /// One more input.
    #[must_use]
    pub fn field(mut self, field: impl Into<Content>) -> Self {
        self.fields.push(field.into());
        self
    }

    /// Something to keep, such as the sort order.
    #[must_use]
    pub fn keep(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push(Hidden { name: name.into(), value: value.into() });
        self
    }

    /// Where "Clear filters" leads; give it only when something is filtered.
    #[must_use]
    pub fn clear_at(mut self, href: impl Into<String>) -> Self {
        self.clear_href = href.into();
        self
    }

    /// In one row above the list.
    #[must_use]
    pub fn as_row(mut self) -> Self {
        self.row = true;
        self
    }

    /// Named otherwise, where the page has a second form that filters.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Open at every width, for a page that is this form.
    #[must_use]
    pub fn stays_open(mut self) -> Self {
        self.open = true;
        self
    }
}

/// The filters in force, each with a link that drops it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/filter-chips.html")]
pub struct FilterChips {
    /// Said before each.
    pub remove: String,
    /// Words and the address without this filter.
    pub chips: Vec<(Content, String)>,
}

impl FilterChips {
    /// Filters as (words, address without it).
    pub fn new<C: Into<Content>>(
        words: &Words,
        chips: impl IntoIterator<Item = (C, String)>,
    ) -> Self {
        Self {
            remove: words.remove_filter.clone(),
            chips: chips.into_iter().map(|(content, href)| (content.into(), href)).collect(),
        }
    }
}

parts!(DataTable, ListTools, FilterPanel, FilterChips);
