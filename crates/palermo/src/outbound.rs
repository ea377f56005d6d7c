//! The few requests Palermo ever makes by itself, to hosts its operator named:
//! one request a connection, no redirect followed, little read, ten seconds.

use palermo_signin::oidc::{HttpRequest, HttpResponse};
use std::{io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, pki_types::ServerName},
};

/// How long one request may take.
const LONGEST: Duration = Duration::from_secs(10);
/// Most that is read of an answer, in bytes.
const MOST: u64 = 1 << 20;

fn bad(what: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.into())
}

/// The host of an address, in small letters, with its port if it names one.
///
/// # Errors
/// When it is no address.
pub fn host_of(address: &str) -> io::Result<String> {
    let uri: axum::http::Uri =
        address.parse().map_err(|_| bad(format!("`{address}` is no address")))?;
    // A word alone would be read as a host; an address names its scheme too.
    let authority = uri.authority().filter(|_| uri.scheme().is_some());
    let authority = authority.ok_or_else(|| bad(format!("`{address}` names no host")))?;
    Ok(authority.as_str().to_lowercase())
}

/// Sends one request and reads its answer.
///
/// # Errors
/// When the host does not answer in time, or answers nonsense.
pub async fn send(request: HttpRequest) -> io::Result<HttpResponse> {
    let answer = tokio::time::timeout(LONGEST, exchange(request)).await;
    answer.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "no answer in time"))?
}

async fn exchange(request: HttpRequest) -> io::Result<HttpResponse> {
    let uri = request.uri().clone();
    let host = uri.host().ok_or_else(|| bad("an address without a host"))?.to_owned();
    let secure = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let plain = TcpStream::connect((host.trim_matches(['[', ']']), port)).await?;
    let bytes = written(&request, uri.authority().map_or("", |authority| authority.as_str()))?;
    if !secure {
        return talk(plain, &bytes).await;
    }
    let name = ServerName::try_from(host).map_err(|_| bad("a host without a name"))?;
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let stream = TlsConnector::from(Arc::new(config)).connect(name, plain).await?;
    talk(stream, &bytes).await
}

/// The request as it goes over the line.
fn written(request: &HttpRequest, host: &str) -> io::Result<Vec<u8>> {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let body = request.body();
    let mut bytes = format!(
        "{} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n",
        request.method(),
        body.len()
    )
    .into_bytes();
    for (name, value) in request.headers() {
        if matches!(name.as_str(), "host" | "connection" | "content-length") {
            continue;
        }
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    Ok(bytes)
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    request: &[u8],
) -> io::Result<HttpResponse> {
    stream.write_all(request).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    // A peer that closes without saying goodbye has still said everything.
    match stream.take(MOST).read_to_end(&mut answer).await {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && !answer.is_empty() => {}
        Err(error) => return Err(error),
    }
    read(&answer)
}

/// Reads an answer that has arrived whole.
fn read(answer: &[u8]) -> io::Result<HttpResponse> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut head = httparse::Response::new(&mut headers);
    let length = match head.parse(answer) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err(bad("half an answer")),
        Err(error) => return Err(bad(error.to_string())),
    };
    let mut response =
        axum::http::Response::builder().status(head.code.ok_or_else(|| bad("no status"))?);
    let (mut chunked, mut told) = (false, None);
    for header in head.headers.iter() {
        let value = String::from_utf8_lossy(header.value);
        if header.name.eq_ignore_ascii_case("transfer-encoding") {
            chunked = value.trim().eq_ignore_ascii_case("chunked");
        } else if header.name.eq_ignore_ascii_case("content-length") {
            told = value.trim().parse::<usize>().ok();
        } else {
            response = response.header(header.name, header.value);
        }
    }
    let rest = answer.get(length..).unwrap_or_default();
    let body = match (chunked, told) {
        (true, _) => unchunked(rest)?,
        (false, Some(told)) => rest.get(..told).ok_or_else(|| bad("half an answer"))?.to_vec(),
        (false, None) => rest.to_vec(),
    };
    response.body(body).map_err(|error| bad(error.to_string()))
}

/// Puts the chunks of a body together (RFC 9112 §7.1).
fn unchunked(mut rest: &[u8]) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let (used, size) = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete(found)) => found,
            _ => return Err(bad("half an answer")),
        };
        let size = usize::try_from(size).map_err(|_| bad("too long a chunk"))?;
        rest = rest.get(used..).unwrap_or_default();
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(rest.get(..size).ok_or_else(|| bad("half an answer"))?);
        rest = rest.get(size..).and_then(|rest| rest.strip_prefix(b"\r\n")).unwrap_or_default();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_whole_in_chunks_or_by_length_and_half_of_it_not_at_all() {
        let whole = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n";
        assert_eq!(read(whole).unwrap().body(), b"{\"a\":1}");
        let told = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nnorest";
        assert_eq!(read(told).unwrap().body(), b"no");
        for end in 0..whole.len() - 5 {
            assert!(read(&whole[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn a_host_is_named_with_its_port() {
        assert_eq!(host_of("https://Sign-In.example/token").unwrap(), "sign-in.example");
        assert_eq!(host_of("http://127.0.0.1:9000/keys").unwrap(), "127.0.0.1:9000");
        assert!(host_of("nowhere").is_err());
    }
}
