//! Model texts and who used them.

use super::{
    Answer,
    answer::{Listed, page_of},
    asked::{Ask, Asked, PageAsk, Reader},
    shapes,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{access::Action, domain::register::model_text::ModelKind, register::ask::Lookup};
use utoipa::{IntoParams, OpenApi};

#[derive(OpenApi)]
#[openapi(paths(list))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/model-texts", Action::PublicRead, list)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct ModelsAsk {
    /// Only models for this, such as `law`.
    #[param(value_type = Option<String>)]
    kind: Option<ModelKind>,
}

impl Ask for ModelsAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self { kind: reader.word("kind", ModelKind::ALL, ModelKind::code) }
    }
}

/// Model texts with those who adopted, adapted or used them.
#[utoipa::path(get, path = "/api/v1/model-texts", tag = "registers", params(ModelsAsk, PageAsk),
    responses((status = 200, description = "Model texts", body = Listed<shapes::ModelText>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(ModelsAsk, PageAsk)>) -> Answer {
    let mut all = Lookup::of(visit.web.app()).model_texts().await?;
    all.retain(|model| ask.kind.is_none_or(|kind| model.kind == kind));
    page_of(&visit, all, page, |model| model)
}
