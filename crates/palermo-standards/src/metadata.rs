//! What travels with a released table: an entry of a data catalogue (DCAT 3, as
//! JSON-LD) and the description of every column (CSV on the Web).

use serde_json::{Value, json};

/// A released dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// A short name.
    pub id: String,
    /// The title.
    pub title: String,
    /// What it holds, how it was made, what it cannot say.
    pub description: String,
    /// Who publishes.
    pub publisher: String,
    /// The day of release, ISO 8601.
    pub issued: String,
    /// The period, `from/to`.
    pub period: String,
    /// The licence: an SPDX name or an address.
    pub licence: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Its files.
    pub distributions: Vec<Distribution>,
}

/// One file of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// Its name or address.
    pub file: String,
    /// Its title.
    pub title: String,
    /// Its media type.
    pub media_type: String,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnNote {
    /// The heading.
    pub name: String,
    /// What it means.
    pub description: String,
    /// The CSVW datatype.
    pub datatype: &'static str,
}

impl ColumnNote {
    /// A column of words.
    #[must_use]
    pub fn text(name: &str, description: &str) -> Self {
        Self { name: name.to_owned(), description: description.to_owned(), datatype: "string" }
    }

    /// A column of counts.
    #[must_use]
    pub fn number(name: &str, description: &str) -> Self {
        Self { datatype: "nonNegativeInteger", ..Self::text(name, description) }
    }
}

/// The catalogue entry.
#[must_use]
pub fn dcat(dataset: &Dataset) -> Value {
    let files: Vec<Value> = dataset
        .distributions
        .iter()
        .map(|file| {
            json!({
                "@type": "dcat:Distribution",
                "dct:title": file.title,
                "dcat:downloadURL": file.file,
                "dcat:mediaType": file.media_type,
            })
        })
        .collect();
    let mut entry = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.id,
        "dct:title": dataset.title,
        "dct:description": dataset.description,
        "dct:issued": dataset.issued,
        "dcat:keyword": dataset.keywords,
        "dcat:distribution": files,
    });
    if !dataset.publisher.is_empty() {
        entry["dct:publisher"] = json!({ "@type": "foaf:Agent", "foaf:name": dataset.publisher });
    }
    if !dataset.licence.is_empty() {
        entry["dct:license"] = json!(dataset.licence);
    }
    if let Some((from, to)) = dataset.period.split_once('/') {
        entry["dct:temporal"] =
            json!({ "@type": "dct:PeriodOfTime", "dcat:startDate": from, "dcat:endDate": to });
    } else if !dataset.period.is_empty() {
        entry["dct:temporal"] = json!(dataset.period);
    }
    entry
}

/// A catalogue of many entries, as [`dcat`] makes them. What an entry says of its
/// words and names, the catalogue says once for all.
#[must_use]
pub fn catalogue(title: &str, languages: &[&str], entries: Vec<Value>) -> Value {
    let entries: Vec<Value> = entries
        .into_iter()
        .map(|mut entry| {
            if let Some(entry) = entry.as_object_mut() {
                entry.remove("@context");
            }
            entry
        })
        .collect();
    json!({
        "@context": {
            "adms": "http://www.w3.org/ns/adms#",
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dct:language": languages,
        "dcat:dataset": entries,
    })
}

/// The description of one CSV file.
#[must_use]
pub fn csvw(file: &str, title: &str, notes: &str, columns: &[ColumnNote]) -> Value {
    let columns: Vec<Value> = columns
        .iter()
        .map(|column| {
            json!({
                "name": column.name,
                "titles": column.name,
                "dc:description": column.description,
                "datatype": column.datatype,
            })
        })
        .collect();
    json!({
        "@context": "http://www.w3.org/ns/csvw",
        "url": file,
        "dc:title": title,
        "dc:description": notes,
        "dialect": { "delimiter": ",", "encoding": "utf-8", "header": true },
        "tableSchema": { "columns": columns },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_says_once_what_its_words_mean() {
        let entry = json!({ "@context": {}, "@type": "dcat:Dataset", "dct:title": "A" });
        let told = catalogue("All", &["en", "fr"], vec![entry]);
        assert_eq!(told["dcat:dataset"][0]["dct:title"], "A");
        assert!(told["dcat:dataset"][0].get("@context").is_none());
        assert_eq!(told["dct:language"][1], "fr");
    }

    #[test]
    fn req_195_a_file_is_described_column_by_column() {
        let columns = [ColumnNote::text("form", "Form"), ColumnNote::number("persons", "Persons")];
        let told = csvw("a.csv", "A", "how", &columns);
        assert_eq!(told["tableSchema"]["columns"][1]["datatype"], "nonNegativeInteger");
        assert_eq!(told["@context"], "http://www.w3.org/ns/csvw");
    }
}
