//! A passkey authenticator with its browser, in software: just enough of WebAuthn to
//! answer, and knobs to answer wrongly. It shares no code with `webauthn-rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_cbor_2::Value as Cbor;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// One authenticator holding one passkey, used from one page.
#[derive(Clone)]
pub struct Authenticator {
    key: SigningKey,
    pub credential_id: Vec<u8>,
    pub user_handle: Option<Vec<u8>>,
    pub counter: u32,
    /// Whether finger, face or PIN is checked.
    pub verifies_user: bool,
    /// Whether there is a PRF.
    pub has_prf: bool,
    /// The page the browser is on.
    pub origin: String,
    /// The domain the authenticator signs for.
    pub domain: String,
}

impl Authenticator {
    pub fn new(number: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[number; 32]).unwrap(),
            credential_id: vec![number; 20],
            user_handle: None,
            counter: 0,
            verifies_user: true,
            has_prf: true,
            origin: "https://desk.example".to_owned(),
            domain: "desk.example".to_owned(),
        }
    }

    /// Answers `navigator.credentials.create`.
    pub fn create(&mut self, options: &Value) -> String {
        let options = &options["publicKey"];
        self.user_handle = Some(decode(&options["user"]["id"]));
        let point = self.key.verifying_key().to_sec1_point(false);
        let key = BTreeMap::from([
            (Cbor::Integer(1), Cbor::Integer(2)),
            (Cbor::Integer(3), Cbor::Integer(-7)),
            (Cbor::Integer(-1), Cbor::Integer(1)),
            (Cbor::Integer(-2), Cbor::Bytes(point.x().unwrap().to_vec())),
            (Cbor::Integer(-3), Cbor::Bytes(point.y().unwrap().to_vec())),
        ]);
        let mut data = self.authenticator_data(0x40);
        data.extend([0; 16]);
        data.extend((self.credential_id.len() as u16).to_be_bytes());
        data.extend(&self.credential_id);
        data.extend(serde_cbor_2::to_vec(&key).unwrap());
        if self.has_prf {
            data.extend(extension(Cbor::Bool(true)));
        }
        let attestation = BTreeMap::from([
            (Cbor::Text("fmt".into()), Cbor::Text("none".into())),
            (Cbor::Text("attStmt".into()), Cbor::Map(BTreeMap::new())),
            (Cbor::Text("authData".into()), Cbor::Bytes(data)),
        ]);
        let prf = self.has_prf.then(|| json!({ "enabled": true }));
        self.answer(
            json!({
                "attestationObject": encode(serde_cbor_2::to_vec(&attestation).unwrap()),
                "clientDataJSON": encode(self.client_data("webauthn.create", options)),
                "transports": ["internal"],
            }),
            prf,
        )
    }

    /// Answers `navigator.credentials.get`.
    pub fn get(&mut self, options: &Value) -> String {
        let options = &options["publicKey"];
        self.counter += 1;
        let mut data = self.authenticator_data(0);
        if self.has_prf {
            // What the authenticator signs is encrypted to the browser: bytes.
            data.extend(extension(Cbor::Bytes(vec![7; 48])));
        }
        let client = self.client_data("webauthn.get", options);
        let signed = [&data[..], &Sha256::digest(&client)].concat();
        let signature: Signature = self.key.sign(&signed);
        let prf = self.has_prf.then(|| {
            let input = decode(&options["extensions"]["prf"]["eval"]["first"]);
            json!({ "results": { "first": encode(self.prf(&input)) } })
        });
        self.answer(
            json!({
                "authenticatorData": encode(data),
                "clientDataJSON": encode(client),
                "signature": encode(signature.to_der().as_bytes()),
                "userHandle": self.user_handle.as_ref().map(encode),
            }),
            prf,
        )
    }

    /// What this authenticator's PRF gives for `input`.
    pub fn prf(&self, input: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(self.key.to_bytes()).chain_update(input).finalize().into()
    }

    fn authenticator_data(&self, more_flags: u8) -> Vec<u8> {
        let verified = if self.verifies_user { 0x04 } else { 0 };
        let extensions = if self.has_prf { 0x80 } else { 0 };
        let mut data = Sha256::digest(&self.domain).to_vec();
        data.push(0x01 | verified | extensions | more_flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        })
        .to_string()
        .into_bytes()
    }

    fn answer(&self, response: Value, prf: Option<Value>) -> String {
        let mut results = json!({ "credProps": { "rk": true } });
        if let Some(prf) = prf {
            results["prf"] = prf;
        }
        json!({
            "id": encode(&self.credential_id),
            "rawId": encode(&self.credential_id),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": results,
            "authenticatorAttachment": "platform",
        })
        .to_string()
    }
}

fn extension(value: Cbor) -> Vec<u8> {
    let map = BTreeMap::from([(Cbor::Text("hmac-secret".into()), value)]);
    serde_cbor_2::to_vec(&map).unwrap()
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}
