//! The gallery's pages.

use super::frame::Page;
use super::words::Language;

#[path = "pages/forms.rs"]
mod forms;
#[path = "pages/list.rs"]
mod list;
#[path = "pages/maps.rs"]
mod maps;
#[path = "pages/overview.rs"]
mod overview;
#[path = "pages/profile.rs"]
mod profile;

pub use maps::{regions, widest};

pub fn all(l: &Language) -> Vec<Page> {
    vec![
        list::list(l),
        profile::profile(l),
        forms::form(l),
        overview::overview(l),
        forms::sign_in(l),
        forms::parts(l),
        maps::maps(l),
    ]
}

fn page(name: &'static str, title: String, section: usize, body: String) -> Page {
    Page { name, title, section, question: false, body }
}
