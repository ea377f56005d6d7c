//! The tables of the Open Referral data package 3.0 with the columns that have a
//! type, a list of words or must be given; and the two tables 3.1 adds for places.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A UUID.
    Uuid,
    /// An address for mail.
    Email,
    /// An address in the web.
    Uri,
    /// A number.
    Number,
    /// A day, `2026-03-01`.
    Day,
    /// A time of day, `08:00`.
    Time,
    /// A moment, RFC 3339.
    Moment,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be given.
    pub required: bool,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name in the singular.
    pub name: &'static str,
    /// Its file in a data package.
    pub file: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

const fn col(name: &'static str, kind: Kind, required: bool) -> Column {
    Column { name, kind, required }
}

use Kind::{Day, Email, Moment, Number, OneOf, Text, Time, Uri, Uuid};

/// All tables, referred-to ones first.
pub const TABLES: &[Table] = &[
    Table {
        name: "organization",
        file: "organizations.csv",
        columns: &[
            col("id", Uuid, true),
            col("name", Text, true),
            col("alternate_name", Text, false),
            col("description", Text, true),
            col("email", Email, false),
            col("website", Uri, false),
            col("tax_status", Text, false),
            col("tax_id", Text, false),
            col("year_incorporated", Number, false),
            col("legal_status", Text, false),
            col("logo", Text, false),
            col("uri", Uri, false),
            col("parent_organization_id", Uuid, false),
        ],
    },
    Table {
        name: "program",
        file: "programs.csv",
        columns: &[
            col("id", Uuid, true),
            col("organization_id", Uuid, true),
            col("name", Text, true),
            col("alternate_name", Text, false),
            col("description", Text, true),
        ],
    },
    Table {
        name: "taxonomy",
        file: "taxonomies.csv",
        columns: &[
            col("id", Uuid, true),
            col("name", Text, true),
            col("description", Text, true),
            col("uri", Uri, false),
            col("version", Text, false),
        ],
    },
    Table {
        name: "taxonomy_term",
        file: "taxonomy_terms.csv",
        columns: &[
            col("id", Uuid, true),
            col("code", Text, false),
            col("name", Text, true),
            col("description", Text, true),
            col("parent_id", Uuid, false),
            col("taxonomy", Text, false),
            col("language", Text, false),
            col("taxonomy_id", Uuid, false),
            col("term_uri", Uri, false),
        ],
    },
    Table {
        name: "service",
        file: "services.csv",
        columns: &[
            col("id", Uuid, true),
            col("organization_id", Uuid, true),
            col("program_id", Uuid, false),
            col("name", Text, true),
            col("alternate_name", Text, false),
            col("description", Text, false),
            col("url", Uri, false),
            col("email", Email, false),
            col("status", OneOf(&["active", "inactive", "defunct", "temporarily closed"]), true),
            col("interpretation_services", Text, false),
            col("application_process", Text, false),
            col("fees_description", Text, false),
            col("wait_time", Text, false),
            col("fees", Text, false),
            col("accreditations", Text, false),
            col("eligibility_description", Text, false),
            col("minimum_age", Number, false),
            col("maximum_age", Number, false),
            col("assured_date", Day, false),
            col("assurer_email", Email, false),
            col("licenses", Text, false),
            col("alert", Text, false),
            col("last_modified", Moment, false),
        ],
    },
    Table {
        name: "location",
        file: "locations.csv",
        columns: &[
            col("id", Uuid, true),
            col("location_type", OneOf(&["physical", "postal", "virtual"]), true),
            col("url", Uri, false),
            col("organization_id", Uuid, false),
            col("name", Text, false),
            col("alternate_name", Text, false),
            col("description", Text, false),
            col("transportation", Text, false),
            col("latitude", Number, false),
            col("longitude", Number, false),
            col("external_identifier", Text, false),
            col("external_identifier_type", Text, false),
        ],
    },
    Table {
        name: "service_at_location",
        file: "service_at_location.csv",
        columns: &[
            col("id", Uuid, true),
            col("service_id", Uuid, true),
            col("location_id", Uuid, true),
            col("description", Text, false),
        ],
    },
    Table {
        name: "contact",
        file: "contacts.csv",
        columns: &[
            col("id", Uuid, true),
            col("organization_id", Uuid, false),
            col("service_id", Uuid, false),
            col("service_at_location_id", Uuid, false),
            col("location_id", Uuid, false),
            col("name", Text, false),
            col("title", Text, false),
            col("department", Text, false),
            col("email", Email, false),
        ],
    },
    Table {
        name: "phone",
        file: "phones.csv",
        columns: &[
            col("id", Uuid, true),
            col("location_id", Uuid, false),
            col("service_id", Uuid, false),
            col("organization_id", Uuid, false),
            col("contact_id", Uuid, false),
            col("service_at_location_id", Uuid, false),
            col("number", Text, true),
            col("extension", Number, false),
            col("type", Text, false),
            col("description", Text, false),
        ],
    },
    Table {
        name: "address",
        file: "addresses.csv",
        columns: &[
            col("id", Uuid, true),
            col("location_id", Uuid, false),
            col("attention", Text, false),
            col("address_1", Text, true),
            col("address_2", Text, false),
            col("city", Text, true),
            col("region", Text, false),
            col("state_province", Text, true),
            col("postal_code", Text, true),
            col("country", Text, true),
            col("address_type", OneOf(&["physical", "postal", "virtual"]), true),
        ],
    },
    Table {
        name: "schedule",
        file: "schedules.csv",
        columns: &[
            col("id", Uuid, true),
            col("service_id", Uuid, false),
            col("location_id", Uuid, false),
            col("service_at_location_id", Uuid, false),
            col("valid_from", Day, false),
            col("valid_to", Day, false),
            col("dtstart", Day, false),
            col("timezone", Number, false),
            col("until", Day, false),
            col("count", Number, false),
            col("wkst", OneOf(&["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), false),
            col("freq", OneOf(&["WEEKLY", "MONTHLY"]), false),
            col("interval", Number, false),
            col("byday", Text, false),
            col("byweekno", Text, false),
            col("bymonthday", Text, false),
            col("byyearday", Text, false),
            col("description", Text, false),
            col("opens_at", Time, false),
            col("closes_at", Time, false),
            col("schedule_link", Uri, false),
            col("attending_type", Text, false),
            col("notes", Text, false),
        ],
    },
    Table {
        name: "funding",
        file: "funding.csv",
        columns: &[
            col("id", Uuid, true),
            col("organization_id", Uuid, false),
            col("service_id", Uuid, false),
            col("source", Text, false),
        ],
    },
    Table {
        name: "service_area",
        file: "service_areas.csv",
        columns: &[
            col("id", Uuid, true),
            col("service_id", Uuid, false),
            col("name", Text, false),
            col("description", Text, false),
            col("extent", Text, false),
            col("extent_type", Text, false),
            col("uri", Text, false),
        ],
    },
    Table {
        name: "required_document",
        file: "required_documents.csv",
        columns: &[
            col("id", Uuid, true),
            col("service_id", Uuid, false),
            col("document", Text, false),
            col("uri", Uri, false),
        ],
    },
    Table {
        name: "language",
        file: "languages.csv",
        columns: &[
            col("id", Uuid, true),
            col("service_id", Uuid, false),
            col("location_id", Uuid, false),
            col("phone_id", Uuid, false),
            col("name", Text, false),
            col("code", Text, false),
            col("note", Text, false),
        ],
    },
    Table {
        name: "accessibility",
        file: "accessibility.csv",
        columns: &[
            col("id", Uuid, true),
            col("location_id", Uuid, false),
            col("description", Text, false),
            col("details", Text, false),
            col("url", Uri, false),
        ],
    },
    Table {
        name: "cost_option",
        file: "cost_options.csv",
        columns: &[
            col("id", Uuid, true),
            col("service_id", Uuid, true),
            col("valid_from", Day, false),
            col("valid_to", Day, false),
            col("option", Text, false),
            col("currency", Text, false),
            col("amount", Number, false),
            col("amount_description", Text, false),
        ],
    },
    Table {
        name: "organization_identifier",
        file: "organization_identifiers.csv",
        columns: &[
            col("id", Uuid, true),
            col("organization_id", Uuid, true),
            col("identifier_scheme", Text, false),
            col("identifier_type", Text, true),
            col("identifier", Text, true),
        ],
    },
    Table {
        name: "attribute",
        file: "attributes.csv",
        columns: &[
            col("id", Uuid, true),
            col("link_id", Uuid, true),
            col("taxonomy_term_id", Uuid, true),
            col("link_type", Text, false),
            col("link_entity", Text, true),
            col("value", Text, false),
        ],
    },
    Table {
        name: "metadata",
        file: "metadata.csv",
        columns: &[
            col("id", Uuid, true),
            col("resource_id", Uuid, true),
            col("resource_type", Text, true),
            col("last_action_date", Day, true),
            col("last_action_type", Text, true),
            col("field_name", Text, true),
            col("previous_value", Text, true),
            col("replacement_value", Text, true),
            col("updated_by", Text, true),
        ],
    },
    Table {
        name: "meta_table_description",
        file: "meta_table_descriptions.csv",
        columns: &[
            col("id", Uuid, true),
            col("name", Text, false),
            col("language", Text, false),
            col("character_set", Text, false),
        ],
    },
    Table {
        name: "unit",
        file: "units.csv",
        columns: &[
            col("id", Uuid, true),
            col("name", Text, true),
            col("scheme", Text, false),
            col("identifier", Text, false),
            col("uri", Uri, false),
        ],
    },
    Table {
        name: "service_capacity",
        file: "service_capacities.csv",
        columns: &[
            col("id", Uuid, true),
            col("service_id", Uuid, true),
            col("unit_id", Uuid, false),
            col("available", Number, true),
            col("maximum", Number, false),
            col("description", Text, false),
            col("updated", Moment, true),
        ],
    },
];

/// The table of this name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// Other words under which files and fields speak of a table.
const ALIASES: &[(&str, &str)] = &[
    ("funding", "funding"),
    ("fundings", "funding"),
    ("accessibility", "accessibility"),
    ("accessibilities", "accessibility"),
    ("metadata", "metadata"),
    ("service_at_location", "service_at_location"),
    ("service_at_locations", "service_at_location"),
    ("services_at_location", "service_at_location"),
    ("taxonomy_detail", "taxonomy"),
    ("taxonomies", "taxonomy"),
    ("addresses", "address"),
    ("capacities", "service_capacity"),
    ("service_capacities", "service_capacity"),
];

/// The table meant by a file's or a field's name: singular, plural, with `.csv`.
#[must_use]
pub fn named(word: &str) -> Option<&'static Table> {
    let word = word.strip_suffix(".csv").unwrap_or(word);
    if let Some((_, name)) = ALIASES.iter().find(|(alias, _)| *alias == word) {
        return table(name);
    }
    table(word).or_else(|| table(word.strip_suffix('s')?))
}

impl Table {
    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}
