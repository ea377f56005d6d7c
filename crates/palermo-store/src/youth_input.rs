//! What children and young people said, without anyone's name.

use crate::{entity::entity, register::document::documents};
use palermo_domain::{
    id::YouthInputId,
    youth_input::{Forum, YouthInput},
};

pub(crate) mod row {
    super::entity!(
        "youth_input",
        key { tenant: Uuid, id: Uuid }
        forum: String,
        state: Option<String>,
        heard_on: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    YouthInputId,
    YouthInput,
    "youth input",
    columns(
        forum: |e: &YouthInput| e.forum.to_string(),
        state: |e: &YouthInput| e.state.map(|state| state.to_string()),
        heard_on: |e: &YouthInput| e.on.to_string(),
    ),
    by(forum: Forum => Forum)
);
