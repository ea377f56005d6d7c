//! Forms that carry a file. The same cross-site check as for every other form.

use super::{
    cross_site::{Origin, judge},
    failure::Failure,
    form::Form,
    gate::encode,
    visit::Visit,
};
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request};
use palermo_app::{Message, Refused};

/// Largest file accepted, in bytes, with the fields beside it.
pub const LARGEST_FILE: usize = 10 << 20;

/// The same for files of figures, which may hold a million packed records.
pub const LARGEST_FIGURES: usize = 30 << 20;

/// Fields beside a file are few; more is no form of ours.
const MOST_FIELDS: usize = 60;

/// A visit together with the file and the fields it sends; the cross-site
/// check has passed.
#[derive(Debug)]
pub struct Uploaded {
    /// The visit.
    pub visit: Visit,
    /// The fields.
    pub form: Form,
    /// The file; empty if none was chosen.
    pub file: Vec<u8>,
    /// The file's name, as the sender calls it.
    pub name: String,
}

fn declined(message: &str) -> Failure {
    Failure(Refused::Declined(Message::new(message)))
}

/// What was sent, as fields and one file.
struct Read {
    fields: String,
    file: Vec<u8>,
    name: String,
}

async fn read(mut parts: Multipart, largest: usize) -> Result<Read, Failure> {
    let mut read = Read { fields: String::new(), file: Vec::new(), name: String::new() };
    let mut size = 0;
    let mut fields = 0;
    while let Some(mut field) =
        parts.next_field().await.map_err(|_| declined("error-not-a-form"))?
    {
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(declined("error-not-a-form"));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let called = field.file_name().map(str::to_owned);
        let mut bytes = Vec::new();
        // Counted while it arrives, so that nobody can fill the memory.
        while let Some(chunk) = field.chunk().await.map_err(|_| declined("error-form-too-large"))? {
            size += chunk.len();
            if size > largest {
                return Err(declined("error-form-too-large"));
            }
            bytes.extend_from_slice(&chunk);
        }
        if let Some(called) = called {
            if read.file.is_empty() {
                read.file = bytes;
                read.name = called;
            }
        } else {
            let text = String::from_utf8(bytes).map_err(|_| declined("error-not-a-form"))?;
            read.fields.push_str(&format!("{}={}&", encode(&name), encode(&text)));
        }
    }
    Ok(read)
}

impl<S: Send + Sync> FromRequest<S> for Uploaded {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (mut head, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut head, state).await?;
        let told = judge(&head.headers);
        // A foreign form is not even read.
        if told == Origin::Foreign {
            return Err(declined("error-other-site"));
        }
        let mut request = Request::from_parts(head, body);
        // Our own count is the limit; the usual one would stop at 2 MB.
        DefaultBodyLimit::disable().apply(&mut request);
        let parts = Multipart::from_request(request, state)
            .await
            .map_err(|_| declined("error-not-a-form"))?;
        let figures = visit.path().starts_with("/data/");
        let largest = if figures { LARGEST_FIGURES } else { LARGEST_FILE };
        let Read { fields, file, name } = read(parts, largest).await?;
        let form = Form::parse(fields.as_bytes()).sent_to(&visit.address, &file);
        if told == Origin::Untold && !visit.token_holds(&form) {
            return Err(declined("error-other-site"));
        }
        Ok(Self { visit, form, file, name })
    }
}
