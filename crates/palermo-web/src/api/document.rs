//! The description of the interface: what the operations say of themselves,
//! completed from the list of routes with what all of them share.

use super::{
    Answer, abroad, adherence_acts, agreements, audit, care, case_acts, cases, contributions,
    desks, directory, directory_records, figures, governance, information, instruments, laws, me,
    mechanisms, meetings, memoranda, model_texts, people, plan_parts, plan_reports, plans,
    recommendations, recorded_facts, referrals, register_entries, reports, rounds, screenings,
    second_views,
    sent::{ONCE, ONCE_LENGTH},
    service_places, service_records, service_standards, services, states, submissions, tasks,
    tenants, unmet_needs,
};
use crate::shell::{
    route::{Declared, Routes, Surface},
    visit::Visit,
};
use axum::{
    Json,
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::access::Action;
use serde::Serialize;
use std::sync::OnceLock;
use utoipa::{
    OpenApi, ToSchema,
    openapi::{
        Content, HeaderBuilder, ObjectBuilder, Ref, RefOr, ResponseBuilder, SecurityRequirement,
        Type,
        extensions::ExtensionsBuilder,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
        schema::SchemaType,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// What went wrong (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    r#type: String,
    /// The status in words.
    title: String,
    /// The status.
    status: u16,
    /// What happened and what helps, in the language asked for.
    detail: String,
    /// Parameters or fields that need correcting.
    errors: Vec<FieldProblem>,
}

/// A parameter or field that needs correcting.
#[derive(Debug, Serialize, ToSchema)]
struct FieldProblem {
    /// Its name.
    field: String,
    /// What is wrong and what would be right.
    message: String,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Palermo",
        description = "The interface for programs of Palermo, the information system of a regional mechanism against trafficking in persons and of its States. The same acts as the pages, under the same rights.",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT"),
        contact(name = "The operator of this installation")
    ),
    paths(show),
    components(schemas(Problem, FieldProblem)),
    tags(
        (name = "registers", description = "Mechanisms, States, instruments, agreements, laws: public."),
        (name = "figures", description = "Released figures: public, without a key. Datasets and imports: with a token."),
        (name = "plans", description = "Plans of action, indicators, progress: public. Rows and indicators of one's own plans are written."),
        (name = "cases", description = "Cases one is on the team of, in coded facts: never a name or a note."),
        (name = "reports", description = "What States reported and have to report: what was accepted is public."),
        (name = "reviews", description = "Rounds of reviews and recommendations: what was published."),
        (name = "directory", description = "Services, finding help, who answers now, structures: public. Contact points and networks: for staff of the field."),
        (name = "referrals", description = "Referrals to one's desks, in coded facts, and consents taken back."),
        (name = "work", description = "Tasks of one's own and of one's desks."),
        (name = "care", description = "What is planned with and done for a person, in coded facts; a month's end."),
        (name = "organisation", description = "Desks, people and the log of one's organisation."),
        (name = "account", description = "Who is asking."),
        (name = "description", description = "This description.")
    )
)]
struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/openapi.json", Action::PublicRead, show)
}

/// This description, OpenAPI 3.1.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "description",
    responses((status = 200, description = "The description", body = Object)))]
async fn show(visit: Visit) -> Answer {
    static DOCUMENT: OnceLock<serde_json::Value> = OnceLock::new();
    // The list of routes is the same as long as the program runs.
    let document = DOCUMENT
        .get_or_init(|| serde_json::to_value(document(visit.web.routes())).unwrap_or_default());
    Ok(Json(document).into_response())
}

/// What each noun says of its operations.
fn parts() -> Vec<utoipa::openapi::OpenApi> {
    vec![
        mechanisms::Docs::openapi(),
        states::Docs::openapi(),
        instruments::Docs::openapi(),
        agreements::Docs::openapi(),
        laws::Docs::openapi(),
        adherence_acts::Docs::openapi(),
        recorded_facts::Docs::openapi(),
        register_entries::Docs::openapi(),
        figures::Docs::openapi(),
        reports::Docs::openapi(),
        submissions::Docs::openapi(),
        contributions::Docs::openapi(),
        information::Docs::openapi(),
        rounds::Docs::openapi(),
        recommendations::Docs::openapi(),
        meetings::Docs::openapi(),
        governance::Docs::openapi(),
        plans::Docs::openapi(),
        plan_parts::Docs::openapi(),
        plan_reports::Docs::openapi(),
        model_texts::Docs::openapi(),
        me::Docs::openapi(),
        referrals::Docs::openapi(),
        tasks::Docs::openapi(),
        care::Docs::openapi(),
        desks::Docs::openapi(),
        services::Docs::openapi(),
        service_records::Docs::openapi(),
        service_standards::Docs::openapi(),
        second_views::Docs::openapi(),
        service_places::Docs::openapi(),
        unmet_needs::Docs::openapi(),
        directory::Docs::openapi(),
        directory_records::Docs::openapi(),
        memoranda::Docs::openapi(),
        people::Docs::openapi(),
        screenings::Docs::openapi(),
        tenants::Docs::openapi(),
        audit::Docs::openapi(),
        cases::Docs::openapi(),
        case_acts::Docs::openapi(),
        abroad::Docs::openapi(),
    ]
}

/// The description of these routes.
#[must_use]
pub fn document(declared: &[Declared]) -> utoipa::openapi::OpenApi {
    let mut document = Docs::openapi();
    for part in parts() {
        document.merge(part);
    }
    for route in declared.iter().filter(|route| route.surface == Surface::Api) {
        let item = document.paths.paths.get_mut(route.path);
        let operation = item.and_then(|item| match route.method {
            Method::GET => item.get.as_mut(),
            Method::POST => item.post.as_mut(),
            Method::PUT => item.put.as_mut(),
            Method::DELETE => item.delete.as_mut(),
            Method::PATCH => item.patch.as_mut(),
            _ => None,
        });
        if let Some(operation) = operation {
            complete(operation, route);
        }
    }
    if let Some(components) = &mut document.components {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token made under “Tokens for programs”, limited to scopes."))
            .build();
        let cookie = ApiKeyValue::with_description(
            crate::shell::gate::COOKIE,
            "The session of someone signed in; changes must come from a page of this site.",
        );
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
    document
}

/// Changes that show what they changed: a token for one is made for reading it, too.
const READS_TOO: [(&str, Action); 4] = [
    ("/api/v1/desks/{id}", Action::ReadTenant),
    ("/api/v1/contact-points/{id}/record", Action::ReadTenant),
    ("/api/v1/memoranda/{id}", Action::ReadDirectory),
    ("/api/v1/datasets/{id}/imports", Action::ReadData),
];

/// What all operations share: who may, what can go wrong, that a change counts once.
fn complete(operation: &mut Operation, route: &Declared) {
    let public = route.action.open_to_public();
    operation.operation_id = Some(operation_id(route));
    let mut scopes = if public { Vec::new() } else { vec![route.action.code()] };
    let beside = READS_TOO.iter().filter(|(path, _)| route.changes && *path == route.path);
    scopes.extend(beside.map(|(_, action)| action.code()));
    let session = SecurityRequirement::new("session", Vec::<String>::new());
    let mut security = vec![SecurityRequirement::new("token", scopes), session];
    if public {
        security.insert(0, SecurityRequirement::default());
    }
    operation.security = Some(security);
    operation.extensions =
        Some(ExtensionsBuilder::new().add("x-palermo-action", route.action.code()).build());
    let mut statuses = vec![400, 401, 404, 405, 422, 429, 503];
    if !public {
        statuses.push(403);
    }
    if route.changes {
        operation.parameters.get_or_insert_default().push(RefOr::T(once_parameter()));
        statuses.extend([409, 413]);
        if operation.request_body.is_some() {
            statuses.push(415);
        }
        if revises(operation) {
            statuses.extend([412, 428]);
        }
    }
    for status in statuses {
        let told = operation.responses.responses.entry(status.to_string());
        told.or_insert_with(|| RefOr::T(problem(status)));
    }
    link_pages(operation);
}

/// `get_api_v1_desks_id`: the handlers of different nouns have the same names.
fn operation_id(route: &Declared) -> String {
    let path = route.path.trim_start_matches("/api/v1/");
    let words: Vec<_> =
        path.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    format!("{}_{}", route.method.as_str().to_lowercase(), words.join("_"))
}

fn revises(operation: &Operation) -> bool {
    operation.parameters.iter().flatten().any(
        |parameter| matches!(parameter, RefOr::T(Parameter { name, .. }) if name == "If-Match"),
    )
}

fn once_parameter() -> Parameter {
    let (least, most) = ONCE_LENGTH;
    let schema = ObjectBuilder::new()
        .schema_type(SchemaType::new(Type::String))
        .pattern(Some("^[A-Za-z0-9._-]+$"))
        .min_length(Some(least))
        .max_length(Some(most))
        .build();
    ParameterBuilder::new()
        .name(ONCE)
        .parameter_in(ParameterIn::Header)
        .required(utoipa::openapi::Required::True)
        .description(Some(
            "The request's own name, chosen at random. The same request sent again with it has no second effect; another request is refused.",
        ))
        .schema(Some(schema))
        .build()
}

fn problem(status: u16) -> utoipa::openapi::Response {
    let what = match status {
        400 => "A parameter, header or the JSON is not well formed",
        401 => "Nobody is signed in, or the token does not count",
        403 => {
            "The second factor must be shown again, the key opened, or the change comes from another site"
        }
        404 => "Not there, or not for this account or token: the two answer alike",
        405 => "The address does not answer to this method",
        409 => "Someone else changed the record in the meantime",
        412 => "The record has another revision than `If-Match` names",
        413 => "The body is too large",
        415 => "The body is not `application/json`",
        422 => "Well formed, but it cannot be carried out; `errors` names the fields",
        428 => "`If-Match` is missing",
        429 => "Too many tries; `Retry-After` says how many seconds to wait",
        _ => "Something Palermo depends on did not work; nothing was changed",
    };
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    let mut response = ResponseBuilder::new().description(what);
    if status == 401 {
        let header = HeaderBuilder::new().description(Some("`Bearer`")).build();
        response = response.header("WWW-Authenticate", header);
    }
    response.content("application/problem+json", content).build()
}

/// Lists say where their other pages are.
fn link_pages(operation: &mut Operation) {
    let paged =
        operation.parameters.iter().flatten().any(
            |parameter| matches!(parameter, RefOr::T(Parameter { name, .. }) if name == "page"),
        );
    let answer = operation.responses.responses.get_mut(StatusCode::OK.as_str());
    if let (true, Some(RefOr::T(response))) = (paged, answer) {
        let text = "Addresses of the first, previous, next and last page (RFC 8288)";
        let header = HeaderBuilder::new().description(Some(text)).build();
        response.headers.insert("Link".to_owned(), RefOr::T(header));
    }
}
