//! The words parts bring themselves, in the reader's language.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $id:literal = $english:literal;)*) => {
        /// Words that parts show or say by themselves.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Words { $($(#[$doc])* pub $name: String,)* }

        impl Default for Words {
            fn default() -> Self {
                Self { $($name: $english.to_owned(),)* }
            }
        }

        impl Words {
            /// Message ids this needs, for the test that every one exists.
            pub const IDS: &'static [&'static str] = &[$($id),*];

            /// Fills every word from a message look-up.
            pub fn load(text: impl Fn(&str) -> String) -> Self {
                Self { $($name: text($id),)* }
            }
        }
    };
}

words! {
    /// Said before an error under a field.
    error: "part-error" = "Error";
    /// Title of an error summary.
    there_is_a_problem: "part-there-is-a-problem" = "There is a problem";
    /// Back link.
    back: "part-back" = "Back";
    /// Label of breadcrumbs.
    breadcrumb: "part-breadcrumb" = "Breadcrumb";
    /// Label of the language list.
    language: "part-language" = "Language";
    /// Button that opens the navigation on small screens.
    menu: "part-menu" = "Menu";
    /// First link of a page.
    skip_to_content: "part-skip" = "Skip to main content";
    /// Title of a neutral notice.
    important: "part-important" = "Important";
    /// Title of a notice of success.
    success: "part-success" = "Success";
    /// Said before a warning.
    warning: "part-warning" = "Warning";
    /// Title over tabs when scripts are off.
    contents: "part-contents" = "Contents";
    /// Label of page links.
    pagination: "part-pagination" = "Pagination";
    /// Link to the page before.
    previous_page: "part-previous-page" = "Previous page";
    /// Link to the next page.
    next_page: "part-next-page" = "Next page";
    /// Said before a page number.
    page: "part-page" = "Page";
    /// Button that shows a passphrase.
    show: "part-show" = "Show";
    /// Button that hides it again.
    hide: "part-hide" = "Hide";
    /// The same, said in full.
    show_password: "part-show-password" = "Show passphrase";
    /// The same, said in full.
    hide_password: "part-hide-password" = "Hide passphrase";
    /// Said when it is shown.
    password_shown: "part-password-shown" = "Your passphrase is visible";
    /// Said when it is hidden.
    password_hidden: "part-password-hidden" = "Your passphrase is hidden";
    /// Limit under a text box, with `%{count}`.
    up_to_characters: "part-up-to-characters" = "You can enter up to %{count} characters";
    /// Live count under a text box, with `%{count}`, in a form that suits any number.
    characters_left: "part-characters-left" = "Characters left: %{count}";
    /// Live count when over the limit, with `%{count}`.
    characters_over: "part-characters-over" = "Characters too many: %{count}";
    /// Exit button.
    exit_this_page: "part-exit" = "Exit this page";
    /// Said before the exit button's words.
    emergency: "part-emergency" = "Emergency";
    /// Said while leaving.
    exit_activated: "part-exit-activated" = "Leaving the page";
    /// Said after the first press of Shift.
    exit_two_more: "part-exit-two-more" = "Press Shift two more times to leave";
    /// Said after the second press of Shift.
    exit_one_more: "part-exit-one-more" = "Press Shift once more to leave";
    /// Said when Shift was not pressed again in time.
    exit_timed_out: "part-exit-timed-out" = "Leaving by Shift was stopped";
    /// Opens every section.
    show_all_sections: "part-show-all" = "Show all sections";
    /// Closes every section.
    hide_all_sections: "part-hide-all" = "Hide all sections";
    /// Figure as a table.
    show_as_table: "part-show-as-table" = "Show as a table";
    /// Source and date line, before the source.
    source: "part-source" = "Source";
    /// Something the sources do not say.
    unknown: "part-unknown" = "Unknown";
    /// Filter panel's title.
    filter: "part-filter" = "Filter";
    /// Button that applies filters.
    apply_filters: "part-apply-filters" = "Apply filters";
    /// Link that drops all filters.
    clear_filters: "part-clear-filters" = "Clear filters";
    /// Said before a filter that can be removed.
    remove_filter: "part-remove-filter" = "Remove filter";
    /// Label of download links.
    download: "part-download" = "Download";
    /// Sort mark, said aloud.
    sorted_ascending: "part-sorted-ascending" = "sorted ascending";
    /// Sort mark, said aloud.
    sorted_descending: "part-sorted-descending" = "sorted descending";
}
