//! Agreements added by hand, beside those that ship with the program.

use super::document::documents;
use crate::{entity::entity, list::fold};
use palermo_domain::{
    id::AgreementId,
    register::agreement::{Agreement, AgreementStatus},
};

pub(crate) mod row {
    super::entity!(
        "agreement",
        key { tenant: Uuid, id: Uuid }
        name: String,
        folded: String,
        status: String,
        body: Json,
        revision: i64,
    );
}

fn title(agreement: &Agreement) -> String {
    agreement.title.settled().map_or_else(|| agreement.key.clone(), |title| title.value.clone())
}

documents!(
    AgreementId,
    Agreement,
    "agreement",
    columns(
        name: |a: &Agreement| a.key.clone(),
        folded: |a: &Agreement| fold(&title(a)),
        status: |a: &Agreement| a.status.to_string(),
    ),
    by(status: AgreementStatus => Status)
);
