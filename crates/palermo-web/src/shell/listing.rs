//! Lists: filter, sort, pages, CSV and XLSX. The address is the view, so a
//! list needs no script and a link to it shows the same to a colleague.

pub use super::files::{download, sheet_file};
use super::{asked::Asked, failure::Failure, forms::FormPage, gate::encode, visit::Visit};
use crate::components::{
    Button, Column, Content, DataTable, FilterPanel, Input, ListTools, Pagination, Select, Sorted,
    TableCell,
};
use axum::response::Response;
use palermo_app::{Problems, Refused, export, locale::Arg};
use std::{cmp::Ordering, fmt::Write as _};

/// Rows on a page.
pub const ROWS: usize = 50;

/// What a cell is worth for sorting and for files.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
}

impl<T: Into<String>> From<T> for Value {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

impl Value {
    fn order(&self, other: &Self, visit: &Visit) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => visit.compare(a, b),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        }
    }
}

type Shown<T> = Box<dyn Fn(&T) -> TableCell>;
type Worth<T> = Box<dyn Fn(&T) -> Value>;
type Keeps<T> = Box<dyn Fn(&T, &str) -> bool>;

struct ListColumn<T> {
    /// Its name in the address; empty for what one can do with a row.
    key: &'static str,
    title: String,
    numeric: bool,
    /// In files alone: the page says it within another column.
    file_only: bool,
    show: Shown<T>,
    worth: Worth<T>,
    /// Whether what is typed into the search box is looked for here.
    searched: bool,
}

/// A view asked for by a form that was sent: no word of it is in an address.
struct Posted {
    page: String,
    fields: Vec<(String, String)>,
}

struct ListFilter<T> {
    name: &'static str,
    label: String,
    options: Vec<(String, String)>,
    keeps: Keeps<T>,
}

impl<T> ListFilter<T> {
    /// The choice that is meant.
    fn offered(&self, typed: &str) -> Option<&str> {
        let all = &self.options;
        let same = all.iter().find(|(value, _)| value == typed);
        let found =
            same.or_else(|| all.iter().find(|(value, _)| value.eq_ignore_ascii_case(typed)));
        found.map(|(value, _)| value.as_str())
    }
}

/// A list on its way to a page or a file.
pub struct List<'a, T> {
    visit: &'a Visit,
    id: &'static str,
    caption: String,
    rows: Vec<T>,
    columns: Vec<ListColumn<T>>,
    filters: Vec<ListFilter<T>>,
    notes: Vec<String>,
    kept: Vec<&'static str>,
    path: String,
    empty: Option<String>,
    searched: bool,
    /// What the search box is called.
    box_called: &'static str,
    posted: Option<Posted>,
    /// Whether there were rows before filters took them away.
    had_rows: bool,
    /// Which values of the address are no choice of their filter.
    asked: Asked<'a>,
}

impl<'a, T> List<'a, T> {
    /// A list of these rows; `id` names it on the page and as a file.
    #[must_use]
    pub fn new(visit: &'a Visit, id: &'static str, caption: &str, rows: Vec<T>) -> Self {
        Self {
            visit,
            id,
            caption: caption.to_owned(),
            rows,
            columns: Vec::new(),
            filters: Vec::new(),
            notes: Vec::new(),
            kept: Vec::new(),
            path: visit.path().to_owned(),
            empty: None,
            searched: true,
            box_called: "list-search",
            posted: None,
            had_rows: false,
            asked: Asked::of(visit),
        }
    }

    /// A column of text; `show` may add links and tags to what `worth` says.
    #[must_use]
    pub fn column(
        mut self,
        key: &'static str,
        title: &str,
        worth: impl Fn(&T) -> String + 'static,
        show: impl Fn(&T) -> Content + 'static,
    ) -> Self {
        self.columns.push(ListColumn {
            key,
            title: self.visit.text(title),
            numeric: false,
            file_only: false,
            show: Box::new(move |row| show(row).into()),
            worth: Box::new(move |row| Value::Text(worth(row))),
            searched: true,
        });
        self
    }

    /// A column of text shown as it is.
    #[must_use]
    pub fn text(
        self,
        key: &'static str,
        title: &str,
        worth: impl Fn(&T) -> String + Clone + 'static,
    ) -> Self {
        let show = worth.clone();
        self.column(key, title, worth, move |row| show(row).into())
    }

    /// A column of whole numbers.
    #[must_use]
    pub fn number(
        mut self,
        key: &'static str,
        title: &str,
        worth: impl Fn(&T) -> f64 + Clone + 'static,
    ) -> Self {
        let show = worth.clone();
        let visit = self.visit.clone();
        self.columns.push(ListColumn {
            key,
            title: self.visit.text(title),
            numeric: true,
            file_only: false,
            show: Box::new(move |row| TableCell::number(visit.number(show(row)))),
            worth: Box::new(move |row| Value::Number(worth(row))),
            searched: true,
        });
        self
    }

    /// A column of whole numbers that may be unknown, which is not none.
    #[must_use]
    pub fn count(
        mut self,
        key: &'static str,
        title: &str,
        worth: impl Fn(&T) -> Option<usize> + Clone + 'static,
    ) -> Self {
        let show = worth.clone();
        let visit = self.visit.clone();
        let unknown = visit.text("word-unknown");
        let untold = unknown.clone();
        self.columns.push(ListColumn {
            key,
            title: self.visit.text(title),
            numeric: true,
            file_only: false,
            show: Box::new(move |row| match show(row) {
                Some(count) => TableCell::number(visit.whole(count)),
                None => TableCell::number(unknown.clone()),
            }),
            worth: Box::new(move |row| match worth(row) {
                #[allow(clippy::cast_precision_loss)] // counts are small
                Some(count) => Value::Number(count as f64),
                None => Value::Text(untold.clone()),
            }),
            searched: true,
        });
        self
    }

    /// A column of files alone: the page says it within another one.
    #[must_use]
    pub fn told(
        mut self,
        key: &'static str,
        title: &str,
        worth: impl Fn(&T) -> String + 'static,
    ) -> Self {
        self.columns.push(ListColumn {
            key,
            title: self.visit.text(title),
            numeric: false,
            file_only: true,
            show: Box::new(|_| Content::default().into()),
            worth: Box::new(move |row| Value::Text(worth(row))),
            searched: true,
        });
        self
    }

    /// A column of what one can do with a row: on the page alone, never in a file.
    #[must_use]
    pub fn acts(mut self, title: &str, show: impl Fn(&T) -> Content + 'static) -> Self {
        self.columns.push(ListColumn {
            key: "",
            title: self.visit.text(title),
            numeric: false,
            file_only: false,
            show: Box::new(move |row| show(row).into()),
            worth: Box::new(|_| Value::Text(String::new())),
            searched: true,
        });
        self
    }

    /// A filter by one of several values. A value of the address that is none of them
    /// is told above the list, which is shown without it.
    #[must_use]
    pub fn filter(
        mut self,
        name: &'static str,
        label: &str,
        options: Vec<(String, String)>,
        keeps: impl Fn(&T, &str) -> bool + 'static,
    ) -> Self {
        let label = self.visit.text(label);
        self.filters.push(ListFilter { name, label, options, keeps: Box::new(keeps) });
        self
    }

    /// A line put into files: source, definition.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Where the list stands, for a page that a form which was sent shows again.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// A value of the address that stays when the view is sorted, paged, taken
    /// away or its filters are cleared: the day a page speaks of.
    #[must_use]
    pub fn keep(mut self, name: &'static str) -> Self {
        self.kept.push(name);
        self
    }

    /// What is said when there is nothing to list: what would be here, and how it
    /// comes about. Filters that match nothing are told by the list itself.
    #[must_use]
    pub fn when_empty(mut self, words: String) -> Self {
        self.empty = Some(words);
        self
    }

    /// Without the search box.
    #[must_use]
    pub fn unsearched(mut self) -> Self {
        self.searched = false;
        self
    }

    /// What is typed into the search box is not looked for in this column: it
    /// would stand in the address. The box is then called otherwise.
    #[must_use]
    pub fn never_typed(mut self, key: &str, called: &'static str) -> Self {
        for column in self.columns.iter_mut().filter(|column| column.key == key) {
            column.searched = false;
        }
        self.box_called = called;
        self
    }

    /// The view of a form that was sent to where the list stands: its pages are
    /// sent too, with these fields; no filters, no files, no order of one's own.
    #[must_use]
    pub fn posted(mut self, page: &str, fields: &[(&str, &str)]) -> Self {
        let own = |pair: &(&str, &str)| (pair.0.to_owned(), pair.1.to_owned());
        self.posted =
            Some(Posted { page: page.to_owned(), fields: fields.iter().map(own).collect() });
        self
    }

    /// The answer: a file if the address asks for one, else the given page
    /// with the list in it.
    ///
    /// # Errors
    /// When a workbook cannot be made.
    pub fn answer(mut self, page: impl FnOnce(String) -> Response) -> Result<Response, Refused> {
        if self.posted.is_some() {
            self.had_rows = true;
            return Ok(page(self.html()));
        }
        self.narrow();
        self.order();
        match self.visit.query("format").as_str() {
            "csv" => self.file(false),
            "xlsx" => self.file(true),
            _ => Ok(page(self.html())),
        }
    }

    fn narrow(&mut self) {
        self.had_rows = !self.rows.is_empty();
        for filter in &self.filters {
            let typed = self.visit.query(filter.name);
            match filter.offered(typed.trim()) {
                Some(wanted) => self.rows.retain(|row| (filter.keeps)(row, wanted)),
                None if typed.trim().is_empty() => {}
                None => self.asked.not_taken(&filter.label, &typed),
            }
        }
        self.notes.extend(self.asked.notes());
        let typed = export::fold(self.visit.query("q").trim());
        if self.searched && !typed.is_empty() {
            let columns = &self.columns;
            self.rows.retain(|row| {
                columns.iter().filter(|one| one.searched).any(|column| match (column.worth)(row) {
                    Value::Text(text) => found_in(&export::fold(&text), &typed),
                    Value::Number(_) => false,
                })
            });
        }
    }

    fn sorting(&self) -> Option<(usize, Sorted)> {
        let wanted = self.visit.query("sort");
        let (key, sorted) = match wanted.strip_prefix('-') {
            Some(key) => (key, Sorted::Descending),
            None => (wanted.as_str(), Sorted::Ascending),
        };
        if key.is_empty() {
            return None;
        }
        Some((self.columns.iter().position(|column| column.key == key)?, sorted))
    }

    fn order(&mut self) {
        let Some((at, sorted)) = self.sorting() else { return };
        let (visit, worth) = (self.visit, &self.columns[at].worth);
        self.rows.sort_by(|a, b| {
            let order = worth(a).order(&worth(b), visit);
            if sorted == Sorted::Descending { order.reverse() } else { order }
        });
    }

    /// What the address says of this; nothing where it is no choice of its filter.
    fn taken(&self, name: &str) -> String {
        let typed = self.visit.query(name);
        match self.filters.iter().find(|filter| filter.name == name) {
            Some(filter) => filter.offered(typed.trim()).unwrap_or_default().to_owned(),
            None => typed,
        }
    }

    /// The address of the same view with some values changed.
    fn view(&self, changes: &[(&str, &str)]) -> String {
        let mut parts = Vec::new();
        let own = self.filters.iter().map(|f| f.name).chain(self.kept.iter().copied());
        let names = own.chain(["q", "sort", "page", "format"]);
        for name in names {
            let value = match changes.iter().find(|(changed, _)| *changed == name) {
                Some((_, value)) => (*value).to_owned(),
                None if name == "page" || name == "format" => String::new(),
                None => self.taken(name),
            };
            if !value.is_empty() {
                parts.push(format!("{name}={}", encode(&value)));
            }
        }
        let path = self.visit.link(&self.path);
        if parts.is_empty() { path } else { format!("{path}?{}", parts.join("&")) }
    }

    fn html(&self) -> String {
        let words = self.visit.words();
        let total = self.rows.len();
        let pages = total.div_ceil(ROWS).max(1);
        let asked = self.posted.as_ref().map(|posted| posted.page.clone());
        let asked = asked.unwrap_or_else(|| self.visit.query("page"));
        let page = asked.parse::<usize>().unwrap_or(1).clamp(1, pages);
        let mut html = String::new();
        if let Some(panel) = self.panel() {
            let _ = write!(html, "{panel}");
        }
        let count = self.visit.format(
            "list-count",
            &[("count", Arg::from(total)), ("shown", Arg::from(self.visit.whole(total)))],
        );
        let mut tools = ListTools::new(&words, count);
        if self.posted.is_none() {
            tools = tools
                .download("CSV", self.view(&[("format", "csv")]))
                .download("XLSX", self.view(&[("format", "xlsx")]));
        }
        let _ = write!(html, "{}{tools}{}", self.asked.told(), self.table(page));
        if let Some(posted) = &self.posted {
            html.push_str(&self.sent_pages(posted, page, pages));
        } else if pages > 1 {
            let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let address = |number: u32| self.view(&[("page", &number.to_string())]);
            let digits = |number: u32| self.visit.whole(number as usize);
            let pager = Pagination::numbered(&words, small(page), small(pages), address, digits);
            let _ = write!(html, "{pager}");
        }
        html
    }

    /// The pages beside this one, as buttons that send what was typed again.
    fn sent_pages(&self, posted: &Posted, page: usize, pages: usize) -> String {
        let words = self.visit.words();
        let mut buttons = String::new();
        let before = (page > 1).then(|| (page - 1, &words.previous_page));
        let after = (page < pages).then(|| (page + 1, &words.next_page));
        for (number, word) in [before, after].into_iter().flatten() {
            let button = Button::new(word.clone()).secondary().sends("page", number.to_string());
            let _ = write!(buttons, "{button}");
        }
        if buttons.is_empty() {
            return String::new();
        }
        let mut form = FormPage::new(self.visit, &self.path, &Problems::default());
        for (name, value) in &posted.fields {
            form = form.hidden(name, value);
        }
        form.part(format!("<div class=\"govuk-button-group\">{buttons}</div>")).html()
    }

    fn table(&self, page: usize) -> DataTable {
        let sorting = self.sorting();
        let on_page = |column: &&ListColumn<T>| !column.file_only;
        let columns = self.columns.iter().enumerate().filter(|(_, column)| on_page(column));
        let columns = columns.map(|(at, column)| {
            let sorted = sorting.and_then(|(by, sorted)| (by == at).then_some(sorted));
            let next = match sorted {
                Some(Sorted::Ascending) => format!("-{}", column.key),
                _ => column.key.to_owned(),
            };
            let mut shown = Column::new(&column.title);
            if !column.key.is_empty() && self.posted.is_none() {
                shown = shown.sortable(self.view(&[("sort", &next)]), sorted);
            }
            if column.numeric { shown.numeric() } else { shown }
        });
        let mut table = DataTable::new(self.id, &self.caption, columns)
            .quiet_caption()
            .when_empty(self.nothing());
        for row in self.rows.iter().skip((page - 1) * ROWS).take(ROWS) {
            table.push(self.columns.iter().filter(on_page).map(|column| (column.show)(row)));
        }
        table
    }

    /// Whether the address asks for a part of the list.
    fn narrowed(&self) -> bool {
        !self.visit.query("q").is_empty()
            || self.filters.iter().any(|filter| !self.taken(filter.name).is_empty())
    }

    /// What stands in place of rows: only where a filter took them away does it
    /// help to clear it.
    fn nothing(&self) -> String {
        match &self.empty {
            _ if self.had_rows => self.visit.text("list-empty"),
            Some(words) => words.clone(),
            None if self.narrowed() => self.visit.text("list-empty"),
            None => {
                self.visit.format("list-nothing", &[("title", Arg::from(self.caption.clone()))])
            }
        }
    }

    fn panel(&self) -> Option<FilterPanel> {
        if self.posted.is_some() || (!self.searched && self.filters.is_empty()) {
            return None;
        }
        let visit = self.visit;
        let mut panel = FilterPanel::new(&visit.words(), visit.link(&self.path)).as_row();
        if self.searched {
            panel = panel.field(
                Input::new("q", visit.text(self.box_called)).value(visit.query("q")).kind("search"),
            );
        }
        for filter in &self.filters {
            let options = std::iter::once((String::new(), visit.text("list-all")))
                .chain(filter.options.iter().cloned());
            panel = panel.field(
                Select::new(filter.name, filter.label.clone())
                    .options(options)
                    .value(self.taken(filter.name)),
            );
        }
        for name in self.kept.iter().copied().chain(["sort"]) {
            let value = visit.query(name);
            if !value.is_empty() {
                panel = panel.keep(name, value);
            }
        }
        if self.narrowed() {
            let own = self.filters.iter().map(|filter| (filter.name, ""));
            let cleared: Vec<_> = own.chain([("q", "")]).collect();
            panel = panel.clear_at(self.view(&cleared));
        }
        Some(panel)
    }

    fn file(&self, workbook: bool) -> Result<Response, Refused> {
        let cell = |value: Value| match value {
            Value::Text(text) => export::Cell::Text(text),
            Value::Number(number) => export::Cell::Number(number),
        };
        let told = || self.columns.iter().filter(|column| !column.key.is_empty());
        let sheet = export::Sheet {
            name: self.caption.clone(),
            columns: told().map(|column| column.title.clone()).collect(),
            rows: self
                .rows
                .iter()
                .map(|row| told().map(|column| cell((column.worth)(row))).collect())
                .collect(),
            notes: self.notes.clone(),
        };
        sheet_file(self.visit, sheet, self.id, workbook).map_err(|Failure(refused)| refused)
    }
}

/// Whether a text holds what was typed. A number of a case is found with a space
/// or nothing in place of its hyphen.
fn found_in(text: &str, typed: &str) -> bool {
    if text.contains(typed) {
        return true;
    }
    let run_together = |text: &str| text.replace([' ', '-'], "");
    let typed = run_together(typed);
    typed.len() >= 8 && run_together(text).contains(&typed)
}

#[cfg(test)]
mod tests {
    use super::found_in;

    #[test]
    fn a_number_is_found_without_its_hyphen_also_when_it_has_no_digit() {
        for typed in ["wbkbg-hadcs", "wbkbg hadcs", "wbkbghadcs"] {
            assert!(found_in("wbkbg-hadcs", typed), "{typed}");
        }
        assert!(!found_in("wbkbg-hadcs", "wbkbg hadct") && !found_in("a-b", "a b"));
    }
}
