//! Sign-in at an organisation's provider, against an invented provider that runs in
//! this process and can be told to misbehave.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    convert::Infallible,
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ed25519_dalek::{Signer, SigningKey};
use futures::executor::block_on;
use openidconnect::{
    HttpRequest, HttpResponse, JsonWebKeyId, PrivateSigningKey,
    core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey},
    http::{Response, StatusCode},
    url::{Url, form_urlencoded},
};
use palermo_signin::oidc::{
    Admission, BadSettings, CEREMONY_SECONDS, Callback, OidcRefused, Pending, Provider, Settings,
    SignedIn,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-03-01 09:00 UTC);
const ISSUER: &str = "https://sign-in.example/tenant";

fn settings() -> Settings {
    Settings {
        issuer: ISSUER.to_owned(),
        authorization_endpoint: "https://sign-in.example/authorize".to_owned(),
        token_endpoint: "https://sign-in.example/token".to_owned(),
        jwks_uri: "https://sign-in.example/keys".to_owned(),
        client_id: "palermo".to_owned(),
        client_secret: Some("client secret".to_owned()),
        redirect_uri: "https://desk.example/sign-in/back".to_owned(),
        scopes: vec!["email".to_owned()],
        admissions: vec![admission("shelter", "tid", &["T-1"])],
    }
}

fn admission(tenant: &str, claim: &str, values: &[&str]) -> Admission {
    Admission {
        tenant: tenant.to_owned(),
        claim: claim.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

fn provider(settings: Settings) -> Provider {
    Provider::new(settings, None).unwrap()
}

/// How the invented provider signs.
#[derive(Clone, Copy, PartialEq)]
enum Signing {
    EdDsa,
    Es256,
    Rs256,
    SharedSecret,
    Nothing,
}

/// An invented provider: one person, one code.
struct Issuer {
    signing: Signing,
    key_id: &'static str,
    claims: RefCell<Value>,
    challenge: RefCell<String>,
    code_used: Cell<bool>,
    key_requests: Cell<u32>,
    /// Signs with another key than it publishes.
    forges: bool,
}

impl Issuer {
    fn new() -> Self {
        Self {
            signing: Signing::EdDsa,
            key_id: "k1",
            claims: RefCell::new(json!({
                "iss": ISSUER, "aud": "palermo", "sub": "person-7",
                "iat": NOW.unix_timestamp(), "exp": NOW.unix_timestamp() + 300,
                "auth_time": NOW.unix_timestamp() - 20, "amr": ["pwd", "mfa"], "acr": "2",
                "email": "amina@shelter.example", "email_verified": true, "tid": "T-1",
            })),
            challenge: RefCell::default(),
            code_used: Cell::new(false),
            key_requests: Cell::new(0),
            forges: false,
        }
    }

    fn with(self, claim: &str, value: Value) -> Self {
        self.claims.borrow_mut()[claim] = value;
        self
    }

    fn without(self, claim: &str) -> Self {
        self.claims.borrow_mut().as_object_mut().unwrap().remove(claim);
        self
    }

    /// The person signs in at the provider, which sends the browser back.
    fn authorize(&self, url: &str) -> Callback {
        let url = Url::parse(url).unwrap();
        let asked: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(url.path(), "/authorize");
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], "palermo");
        assert_eq!(asked["scope"], "openid email");
        assert_eq!(asked["redirect_uri"], "https://desk.example/sign-in/back");
        assert_eq!(asked["code_challenge_method"], "S256");
        *self.challenge.borrow_mut() = asked["code_challenge"].clone();
        if self.claims.borrow().get("nonce").is_none() {
            self.claims.borrow_mut()["nonce"] = json!(asked["nonce"]);
        }
        Callback {
            state: Some(asked["state"].clone()),
            code: Some("the code".to_owned()),
            ..Callback::default()
        }
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        match request.uri().path() {
            "/token" => self.exchange(request),
            "/keys" => {
                self.key_requests.set(self.key_requests.get() + 1);
                reply(StatusCode::OK, &self.keys())
            }
            other => panic!("unexpected request to {other}"),
        }
    }

    fn exchange(&self, request: &HttpRequest) -> HttpResponse {
        let form: BTreeMap<String, String> =
            form_urlencoded::parse(request.body()).into_owned().collect();
        let authorization = request.headers()["authorization"].to_str().unwrap();
        let expected = format!("Basic {}", STANDARD.encode("palermo:client+secret"));
        assert_eq!(authorization, expected);
        assert_eq!(form["grant_type"], "authorization_code");
        assert_eq!(form["redirect_uri"], "https://desk.example/sign-in/back");
        let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
        let right = form["code"] == "the code" && proof == *self.challenge.borrow();
        if !right || self.code_used.replace(true) {
            return reply(StatusCode::BAD_REQUEST, &json!({ "error": "invalid_grant" }));
        }
        let answer = json!({
            "access_token": "unused", "token_type": "Bearer", "expires_in": 300,
            "id_token": self.token(),
        });
        reply(StatusCode::OK, &answer)
    }

    fn token(&self) -> String {
        let alg = match self.signing {
            Signing::EdDsa => "EdDSA",
            Signing::Es256 => "ES256",
            Signing::Rs256 => "RS256",
            Signing::SharedSecret => "HS256",
            Signing::Nothing => "none",
        };
        let header = json!({ "alg": alg, "kid": self.key_id, "typ": "JWT" });
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&header), encode(&self.claims.borrow()));
        let signature = match self.signing {
            Signing::EdDsa => {
                let seed = if self.forges { 9 } else { 8 };
                let key = SigningKey::from_bytes(&[seed; 32]);
                key.sign(signed.as_bytes()).to_bytes().to_vec()
            }
            Signing::Es256 => {
                let signature: p256::ecdsa::Signature = es256().sign(signed.as_bytes());
                signature.to_bytes().to_vec()
            }
            Signing::Rs256 => rs256()
                .sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, signed.as_bytes())
                .unwrap(),
            // Whoever knows our configuration knows the client secret.
            Signing::SharedSecret => openidconnect::core::CoreHmacKey::new("client secret")
                .sign(&CoreJwsSigningAlgorithm::HmacSha256, signed.as_bytes())
                .unwrap(),
            Signing::Nothing => Vec::new(),
        };
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn keys(&self) -> Value {
        let point = es256().verifying_key().to_sec1_point(false);
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let mut key = match self.signing {
            Signing::Es256 => json!({
                "kty": "EC", "crv": "P-256",
                "x": text(point.x().unwrap()), "y": text(point.y().unwrap()),
            }),
            Signing::Rs256 => serde_json::to_value(rs256().as_verification_key()).unwrap(),
            _ => json!({
                "kty": "OKP", "crv": "Ed25519",
                "x": text(SigningKey::from_bytes(&[8; 32]).verifying_key().as_bytes()),
            }),
        };
        key["kid"] = json!(self.key_id);
        key["use"] = json!("sig");
        json!({ "keys": [key] })
    }
}

fn es256() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[8; 32]).unwrap()
}

/// A key made for this test, which guards nothing.
fn rs256() -> CoreRsaPrivateSigningKey {
    let pem = include_str!("support/invented-issuer-rs256.pem");
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new("k1".to_owned()))).unwrap()
}

fn reply(status: StatusCode, body: &Value) -> HttpResponse {
    Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(body.to_string().into_bytes())
        .unwrap()
}

fn start(provider: &Provider) -> (String, Pending) {
    provider.start([[1; 32], [2; 32], [3; 32]], NOW)
}

fn finish(
    provider: &Provider,
    issuer: &Issuer,
    begun: Pending,
    answer: Callback,
    now: OffsetDateTime,
) -> Result<SignedIn, OidcRefused> {
    let http = |request: HttpRequest| {
        let answer = issuer.answer(&request);
        async move { Ok::<_, Infallible>(answer) }
    };
    block_on(provider.finish(begun, answer, now, &http))
}

fn sign_in(provider: &Provider, issuer: &Issuer) -> Result<SignedIn, OidcRefused> {
    let (url, begun) = start(provider);
    let answer = issuer.authorize(&url);
    finish(provider, issuer, begun, answer, NOW)
}

fn detail(held: Result<SignedIn, OidcRefused>) -> String {
    match held {
        Err(OidcRefused::BadToken { detail }) => detail,
        other => panic!("{other:?}"),
    }
}

#[test]
fn someone_signs_in_at_their_organisation() {
    for signing in [Signing::EdDsa, Signing::Es256, Signing::Rs256] {
        let issuer = Issuer { signing, ..Issuer::new() };
        let held = sign_in(&provider(settings()), &issuer).unwrap().identity;
        assert_eq!((held.issuer.as_str(), held.subject.as_str()), (ISSUER, "person-7"));
        assert_eq!(held.email.as_deref(), Some("amina@shelter.example"));
        assert_eq!(held.tenants, ["shelter"]);
        assert_eq!(held.methods, ["pwd", "mfa"]);
        assert_eq!(held.level.as_deref(), Some("2"));
        assert_eq!(held.authenticated_at, Some(NOW.unix_timestamp() - 20));
    }
}

#[test]
fn state_nonce_and_verifier_are_drawn_apart_and_the_verifier_stays_here() {
    let (url, begun) = start(&provider(settings()));
    let kept = serde_json::to_value(&begun).unwrap();
    let verifier = kept["verifier"].as_str().unwrap();
    assert!(!url.contains(verifier));
    assert_ne!(kept["state"], kept["nonce"]);
    assert_ne!(kept["state"], kept["verifier"]);
    assert_eq!(format!("{begun:?}"), "Pending(secret)");
    let stored: Pending = serde_json::from_value(kept).unwrap();
    assert!(stored == begun);
}

#[test]
fn keys_are_fetched_when_none_fits_and_kept_for_the_next_time() {
    let issuer = Issuer::new();
    let fetched = sign_in(&provider(settings()), &issuer).unwrap().fetched_keys;
    assert_eq!(issuer.key_requests.get(), 1);

    let knowing = Provider::new(settings(), fetched.as_deref()).unwrap();
    let issuer = Issuer::new();
    let held = sign_in(&knowing, &issuer).unwrap();
    assert_eq!((issuer.key_requests.get(), held.fetched_keys), (0, None));

    let rotated = Issuer { key_id: "k2", ..Issuer::new() };
    let held = sign_in(&knowing, &rotated).unwrap();
    assert_eq!(rotated.key_requests.get(), 1);
    assert!(held.fetched_keys.unwrap().contains("k2"));
}

#[test]
fn an_answer_to_another_sign_in_is_refused_before_anything_is_sent() {
    let provider = provider(settings());
    let issuer = Issuer::new();
    let (url, begun) = start(&provider);
    let good = issuer.authorize(&url);
    for state in [None, Some(String::new()), Some("another".to_owned())] {
        let answer = Callback { state, ..good.clone() };
        let held = finish(&provider, &issuer, begun.clone(), answer, NOW);
        assert_eq!(held, Err(OidcRefused::OtherSignIn));
    }
    let other_provider = Callback { iss: Some("https://evil.example".to_owned()), ..good.clone() };
    let held = finish(&provider, &issuer, begun.clone(), other_provider, NOW);
    assert_eq!(held, Err(OidcRefused::OtherSignIn));
    assert!(!issuer.code_used.get());
    let ours = Callback { iss: Some(ISSUER.to_owned()), ..good };
    assert!(finish(&provider, &issuer, begun, ours, NOW).is_ok());
}

#[test]
fn a_code_is_good_once() {
    let provider = provider(settings());
    let issuer = Issuer::new();
    let (url, begun) = start(&provider);
    let answer = issuer.authorize(&url);
    assert!(finish(&provider, &issuer, begun.clone(), answer.clone(), NOW).is_ok());
    let again = finish(&provider, &issuer, begun, answer, NOW);
    let error = "invalid_grant".to_owned();
    assert_eq!(again, Err(OidcRefused::Declined { error }));
}

#[test]
fn a_stolen_code_is_worthless_without_the_verifier() {
    let provider = provider(settings());
    let issuer = Issuer::new();
    let (url, _) = start(&provider);
    let stolen = issuer.authorize(&url);
    let (_, thief) = provider.start([[1; 32], [5; 32], [6; 32]], NOW);
    let held = finish(&provider, &issuer, thief, stolen, NOW);
    assert!(matches!(held, Err(OidcRefused::Declined { .. })));
}

#[test]
fn a_token_of_another_sign_in_is_refused_by_its_nonce() {
    let issuer = Issuer::new().with("nonce", json!("another"));
    let held = sign_in(&provider(settings()), &issuer);
    assert!(detail(held).contains("nonce"));
}

#[test]
fn a_token_signed_with_the_wrong_key_or_none_is_refused() {
    let forging = Issuer { forges: true, ..Issuer::new() };
    detail(sign_in(&provider(settings()), &forging));
    for signing in [Signing::SharedSecret, Signing::Nothing] {
        let issuer = Issuer { signing, ..Issuer::new() };
        detail(sign_in(&provider(settings()), &issuer));
    }
}

#[test]
fn a_token_for_someone_else_or_from_elsewhere_is_refused() {
    for (claim, value) in [
        ("iss", json!("https://evil.example")),
        ("aud", json!("another client")),
        ("aud", json!(["palermo", "another client"])),
        ("azp", json!("another client")),
    ] {
        let issuer = Issuer::new().with(claim, value.clone());
        detail(sign_in(&provider(settings()), &issuer));
    }
    let issuer = Issuer::new().with("azp", json!("palermo"));
    assert!(sign_in(&provider(settings()), &issuer).is_ok());
}

#[test]
fn a_token_lives_between_its_times_by_the_clock_given() {
    let now = NOW.unix_timestamp();
    for (iat, exp, good) in [
        (now, now + 1, true),
        (now, now, false),
        (now - CEREMONY_SECONDS, now + 300, true),
        (now - CEREMONY_SECONDS - 1, now + 300, false),
        (now + 60, now + 300, true),
        (now + 61, now + 300, false),
    ] {
        let issuer = Issuer::new().with("iat", json!(iat)).with("exp", json!(exp));
        let held = sign_in(&provider(settings()), &issuer);
        assert_eq!(held.is_ok(), good, "{} {}", iat - now, exp - now);
    }
}

#[test]
fn a_sign_in_ends_after_ten_minutes_and_a_clock_set_back_revives_none() {
    let provider = provider(settings());
    for (after, in_time) in [(0, true), (600, true), (601, false), (-1, false)] {
        let later = NOW + Duration::seconds(after);
        let issuer = Issuer::new().with("exp", json!(NOW.unix_timestamp() + 3600));
        let (url, begun) = start(&provider);
        let answer = issuer.authorize(&url);
        let held = finish(&provider, &issuer, begun, answer, later);
        assert_eq!(held != Err(OidcRefused::Expired), in_time, "{after} s");
    }
}

#[test]
fn who_says_no_at_their_organisation_is_told_so() {
    let provider = provider(settings());
    let issuer = Issuer::new();
    let (url, begun) = start(&provider);
    let answer =
        Callback { code: None, error: Some("access_denied".to_owned()), ..issuer.authorize(&url) };
    let held = finish(&provider, &issuer, begun, answer, NOW);
    let error = "access_denied".to_owned();
    assert_eq!(held, Err(OidcRefused::Declined { error }));
}

/// A server runs many sign-ins at once: the work must be able to move between threads.
fn sendable<T: Send>(work: T) -> T {
    work
}

#[test]
fn a_provider_that_is_away_or_talks_nonsense_is_told_apart_from_a_refusal() {
    let provider = provider(settings());
    let (url, begun) = start(&provider);
    let answer = Issuer::new().authorize(&url);
    let away = |_: HttpRequest| async { Err::<HttpResponse, _>(std::io::Error::other("away")) };
    let held = block_on(sendable(provider.finish(begun.clone(), answer.clone(), NOW, &away)));
    assert!(matches!(held, Err(OidcRefused::NoAnswer { .. })));
    let nonsense =
        |_: HttpRequest| async { Ok::<_, Infallible>(reply(StatusCode::OK, &json!("nonsense"))) };
    let held = block_on(provider.finish(begun.clone(), answer.clone(), NOW, &nonsense));
    assert!(matches!(held, Err(OidcRefused::NoAnswer { .. })));
    let no_token = |_: HttpRequest| async {
        let body = json!({ "access_token": "x", "token_type": "Bearer" });
        Ok::<_, Infallible>(reply(StatusCode::OK, &body))
    };
    let held = block_on(provider.finish(begun, answer, NOW, &no_token));
    assert!(detail(held).contains("no id token"));
}

#[test]
fn who_no_tenant_admits_is_not_let_in() {
    for issuer in [
        Issuer::new().with("tid", json!("T-2")),
        Issuer::new().with("tid", json!("t-1")),
        Issuer::new().with("tid", json!(1)),
        Issuer::new().without("tid"),
    ] {
        let held = sign_in(&provider(settings()), &issuer);
        assert_eq!(held, Err(OidcRefused::NotAdmitted));
    }
}

#[test]
fn claims_and_checked_addresses_say_which_tenants_admit_someone() {
    let mut settings = settings();
    settings.admissions = vec![
        admission("police", "groups", &["G-7"]),
        admission("ministry", "email_domain", &["shelter.example"]),
        admission("police", "tid", &["T-1"]),
        admission("nobody", "groups", &["G-9"]),
    ];
    let provider = provider(settings);
    let issuer = Issuer::new().with("groups", json!(["G-1", "G-7"]));
    let held = sign_in(&provider, &issuer).unwrap().identity;
    assert_eq!(held.tenants, ["police", "ministry"]);

    let unchecked = Issuer::new().with("email_verified", json!(false));
    let held = sign_in(&provider, &unchecked).unwrap().identity;
    assert_eq!((held.tenants, held.email), (vec!["police".to_owned()], None));
    let unsaid = Issuer::new().without("email_verified");
    let held = sign_in(&provider, &unsaid).unwrap().identity;
    assert_eq!((held.tenants, held.email), (vec!["police".to_owned()], None));
}

#[test]
fn everything_wrong_with_the_settings_is_told_at_once() {
    let settings = Settings {
        issuer: "http://sign-in.example".to_owned(),
        jwks_uri: "nothing".to_owned(),
        client_id: String::new(),
        admissions: vec![admission("", "tid", &[])],
        ..settings()
    };
    let told: Vec<String> =
        Provider::new(settings, None).err().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "`issuer` must be an `https` address",
            "`jwks_uri` must be an `https` address",
            "`client_id` must not be empty",
            "`admissions.tenant` must not be empty",
            "`admissions.values` must not be empty",
        ]
    );
    let bad_keys = Provider::new(self::settings(), Some("no keys")).err();
    assert_eq!(bad_keys, Some(vec![BadSettings::Keys]));
    assert!(!format!("{:?}", self::settings()).contains("client secret"));
}
