//! Which row of a package that came in is the one Palermo would write. Rows without a
//! counterpart in a service (an address, a join, a language) are written under ids made of
//! the service; what came in has ids of its own. Only where the two are known to be the
//! same does a change reach the row as it came, and nothing is said twice.

use super::{Package, Row, id_in, text_in};
use serde_json::{Value as Json, json};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Tables whose rows are written under ids of our own, and the fields that tell the same
/// row: all of them alike.
const KEYS: [(&str, &[&str]); 7] = [
    // First, for rows of other tables point to it.
    ("service_at_location", &["service_id", "location_id"]),
    ("address", &["location_id"]),
    ("accessibility", &["location_id"]),
    ("language", &["service_id", "code"]),
    ("service_area", &["service_id", "name"]),
    ("service_capacity", &["service_id"]),
    ("funding", &["service_id", "source"]),
];

/// Ids as they are written, with those of the rows that came in.
#[derive(Debug, Default)]
pub(super) struct Same {
    ids: HashMap<Uuid, Uuid>,
}

impl Same {
    /// Finds the rows of two states of a service in what came in.
    pub(super) fn rows(stored: &Package, before: &Package, now: &Package) -> Self {
        let mut same = Self::default();
        for (table, fields) in KEYS {
            for (id, row) in before.rows(table).chain(now.rows(table)) {
                if stored.row(table, id).is_some() || same.ids.contains_key(&id) {
                    continue;
                }
                let like =
                    |(_, one): &(Uuid, &Row)| fields.iter().all(|field| alike(one, row, field));
                if let Some((came, _)) = stored.rows(table).find(like) {
                    same.ids.insert(id, came);
                }
            }
        }
        same
    }

    /// A written state of a service with the ids of the rows that came in.
    pub(super) fn named(&self, written: Package) -> Package {
        if self.ids.is_empty() {
            return written;
        }
        let mut named = Package::default();
        for (table, id, row) in written.all() {
            let id = self.ids.get(&id).copied().unwrap_or(id);
            let mut row: Row =
                row.iter().map(|(field, value)| (field.clone(), self.told(value))).collect();
            row.insert("id".into(), json!(id.to_string()));
            named.put(table, id, row);
        }
        named
    }

    /// A value, with the id as it came where it is one of ours.
    fn told(&self, value: &Json) -> Json {
        let id = value.as_str().and_then(|text| text.parse::<Uuid>().ok());
        match id.and_then(|id| self.ids.get(&id)) {
            Some(came) => json!(came.to_string()),
            None => value.clone(),
        }
    }
}

/// Where hours changed, takes out the weekly schedules that said the old ones: those that
/// came in need not have been one for one with ours.
pub(super) fn forget_old_hours(out: &mut Package, before: &mut Package, now: &Package) {
    if before.rows("schedule").eq(now.rows("schedule")) {
        return;
    }
    let of: HashSet<Uuid> = ["service", "service_at_location"]
        .into_iter()
        .flat_map(|table| before.rows(table).map(|(id, _)| id))
        .collect();
    let old: Vec<Uuid> = out
        .rows("schedule")
        .filter(|(_, row)| text_in(row, "freq") == Some("WEEKLY"))
        .filter(|(_, row)| {
            let points = |field| id_in(row, field).is_some_and(|id| of.contains(&id));
            points("service_id") || points("service_at_location_id")
        })
        .map(|(id, _)| id)
        .collect();
    for id in old {
        out.remove("schedule", id);
    }
    before.tables.remove("schedule");
}

/// Takes out a row that a service no longer has, with what points to it; a place where
/// another service is given stays.
pub(super) fn take_out(out: &mut Package, before: &Package, (table, id, row): (&str, Uuid, &Row)) {
    let location = match table {
        "location" => Some(id),
        "address" | "accessibility" => id_in(row, "location_id"),
        _ => None,
    };
    let others = |at: Uuid| {
        out.pointing("service_at_location", "location_id", at)
            .any(|(join, _)| before.row("service_at_location", join).is_none())
    };
    if location.is_some_and(others) {
        return;
    }
    out.remove(table, id);
    let field = match table {
        "location" => "location_id",
        "service_at_location" => "service_at_location_id",
        _ => return,
    };
    let hang: Vec<(String, Uuid)> = out
        .all()
        .filter(|(_, _, row)| id_in(row, field) == Some(id))
        .map(|(table, id, _)| (table.to_owned(), id))
        .collect();
    for (table, id) in hang {
        out.remove(&table, id);
    }
}

/// Whether two rows say the same in a field; a language is told by its code or its name.
fn alike(one: &Row, row: &Row, field: &str) -> bool {
    let told = |row: &Row| -> Option<String> {
        let value = text_in(row, field);
        let value = value.or_else(|| if field == "code" { text_in(row, "name") } else { None });
        value.map(str::to_owned)
    };
    told(row).is_some() && told(one) == told(row)
}
