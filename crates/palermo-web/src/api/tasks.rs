//! Tasks of one's own and of one's desks.

use super::{
    Answer,
    answer::{Listed, Made, made, page_of},
    asked::{Ask, Asked, Named, PageAsk, Reader, day},
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Refused,
    access::Action,
    desk::{parse_id, parse_revision},
    domain::{moment::Moment, task::Urgency},
    work::{self, TaskForm, TaskView},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, set, finish))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/work/tasks", Action::ReadWork, list)
        .api(Method::POST, "/api/v1/work/tasks", Action::SetTask, set)
        .api(Method::POST, "/api/v1/work/tasks/{id}/finish", Action::FinishTask, finish)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct TasksAsk {
    /// `yes` for those that are done; left out or `no`, those that wait.
    #[param(value_type = Option<String>)]
    done: bool,
}

impl Ask for TasksAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let word = |done: bool| if done { "yes" } else { "no" };
        Self { done: reader.word("done", &[false, true], word).unwrap_or(false) }
    }
}

/// Something to be done.
#[derive(Debug, Serialize, ToSchema)]
struct TaskShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// What kind of task.
    kind: String,
    /// What is to be done; never about a person.
    note: String,
    /// The record it is about, as `kind:id`.
    subject: Option<String>,
    /// For which desk.
    desk: Option<String>,
    /// That desk's name; empty without one.
    desk_name: String,
    /// When it should be done.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    /// When it was done.
    #[schema(format = DateTime)]
    done_at: Option<String>,
    /// `overdue`, `soon`, `later` or `done`.
    urgency: &'static str,
    /// Its revision, for `If-Match`.
    revision: i64,
}

fn shown(view: TaskView, now: Moment) -> TaskShown {
    let revision = view.task.revision.0;
    let task = view.task.record;
    let urgency = match task.urgency(now) {
        Urgency::Overdue => "overdue",
        Urgency::Soon => "soon",
        Urgency::Later => "later",
        Urgency::Done => "done",
    };
    TaskShown {
        id: task.id.to_string(),
        kind: task.kind,
        note: task.note,
        subject: task.subject,
        desk: task.desk.map(|desk| desk.to_string()),
        desk_name: view.desk,
        due_at: task.due_at.map(|at| at.to_string()),
        done_at: task.done_at.map(|at| at.to_string()),
        urgency,
        revision,
    }
}

/// Tasks of one's own and of one's desks, the most urgent first.
#[utoipa::path(get, path = "/api/v1/work/tasks", tag = "work", params(TasksAsk, PageAsk),
    responses((status = 200, description = "Tasks", body = Listed<TaskShown>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(TasksAsk, PageAsk)>) -> Answer {
    let acting = visit.acting();
    let tasks = work::list(&acting, ask.done).await?;
    let now = acting.now();
    page_of(&visit, tasks, page, |task| shown(task, now))
}

/// A task to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTask {
    /// The desk it is for, one of one's organisation.
    #[schema(format = Uuid)]
    desk: String,
    /// What is to be done; never about a person.
    #[schema(min_length = 1, max_length = 200)]
    note: String,
    /// The day by which it should be done.
    #[schema(format = Date)]
    due: Option<String>,
}

/// Sets a task for a desk of one's organisation.
#[utoipa::path(post, path = "/api/v1/work/tasks", tag = "work", request_body = NewTask,
    responses((status = 201, description = "The task was set", body = Made)))]
async fn set(Sent { call, body }: Sent<NewTask>) -> Answer {
    let due = match &body.due {
        None => Default::default(),
        Some(text) => {
            let day = day(text).map_err(|message| Refused::field("due", message))?.date();
            [day.day().to_string(), u8::from(day.month()).to_string(), day.year().to_string()]
        }
    };
    let form = TaskForm { desk: body.desk, note: body.note, due };
    made(work::set(&call.acting(), &form).await?, None)
}

/// Marks a task done.
#[utoipa::path(post, path = "/api/v1/work/tasks/{id}/finish", tag = "work",
    params(("id" = String, Path, format = Uuid, description = "The task's id"),
        ("If-Match" = String, Header, description = "The task's revision in quotes", example = "\"1\"")),
    responses((status = 204, description = "It is done")))]
async fn finish(Named(id): Named, call: Called) -> Answer {
    let id = parse_id(&id)?;
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    work::finish(&call.acting(), id, seen).await.map_err(Called::stale)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
