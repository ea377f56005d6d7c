//! Typeset reports (PDF), from a source text in Typst's language and the fonts
//! handed in. A leaf: it knows nothing of records, rules or the database.
