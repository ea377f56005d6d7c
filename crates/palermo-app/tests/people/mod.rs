//! People of the demonstration, signed in, with the few things tests do often.
#![allow(clippy::unwrap_used, dead_code)]

use palermo_app::{
    Acting, App, Parts, Refused,
    case::{
        self, Opened,
        consent::{self, AnswerForm},
        incoming,
        open::{FirstAnswers, OpenForm, open},
        referral::{self, ReferralForm},
    },
    demo,
    domain::{
        id::{CaseId, ReferralId},
        moment::Moment,
        purpose::Purpose,
    },
    keys,
    locale::Language,
    ports::{Ceremony, FactorError, PasskeyAnswer, SecondFactors, TotpOffer},
    session::{self, Credentials, Signed, SignedIn},
};
use palermo_store::testing::TestStore;
use serde_json::Value as Json;
use std::sync::Arc;
use zeroize::Zeroizing;

pub const CARE: Purpose = Purpose::Care;
pub const NADIA: &str = "nadia@harbourhouse.example";
pub const MARISOL: &str = "marisol@casaalondra.example";
pub const ALONDRA: &str = "Acogida Casa Alondra";

/// What a person says of helpers at a desk, or of a body outside.
pub fn says(answer: &str, desk: &str, outside: &str) -> AnswerForm {
    let explained = ["who", "what", "may_refuse", "may_withdraw", "not_called_back"];
    AnswerForm {
        purpose: "help".into(),
        desk: desk.into(),
        outside: outside.into(),
        kind: if desk.is_empty() { "legal" } else { "care" }.into(),
        answer: answer.into(),
        explained: explained.map(str::to_owned).to_vec(),
        ..AnswerForm::default()
    }
}

pub fn yes(desk: &str, outside: &str) -> AnswerForm {
    says("yes", desk, outside)
}

/// A referral to a desk, or a file for a body outside.
pub fn order(desk: &str, outside: &str) -> ReferralForm {
    ReferralForm {
        ask: "referral".into(),
        desk: desk.into(),
        outside: outside.into(),
        sender: String::new(),
        days: "7".into(),
        kind: if desk.is_empty() { "legal" } else { "care" }.into(),
        purpose: "help".into(),
        service: "shelter".into(),
        urgency: "now".into(),
        items: ["call_name", "age", "language", "words", "story"].map(str::to_owned).to_vec(),
        words: "Two nights, ground floor".into(),
        basis: String::new(),
        left_why: String::new(),
    }
}

pub struct NoFactors;

fn none<T>() -> Result<T, FactorError> {
    Err(FactorError("no second factors in this test".into()))
}

impl SecondFactors for NoFactors {
    fn new_totp(&self, _: &str) -> Result<TotpOffer, FactorError> {
        none()
    }
    fn show_totp(&self, _: &[u8], _: &str) -> Result<TotpOffer, FactorError> {
        none()
    }
    fn check_totp(&self, _: &[u8], _: &str, _: Moment, _: Option<u64>) -> Option<u64> {
        None
    }
    fn begin_passkey(
        &self,
        _: uuid::Uuid,
        _: &str,
        _: &str,
        _: &[Json],
        _: Moment,
    ) -> Result<Ceremony, FactorError> {
        none()
    }
    fn finish_passkey(&self, _: &Json, _: &Json, _: Moment) -> Result<PasskeyAnswer, FactorError> {
        none()
    }
    fn ask_passkey(&self, _: &[Json], _: Moment) -> Result<Ceremony, FactorError> {
        none()
    }
    fn check_passkey(
        &self,
        _: &Json,
        _: &Json,
        _: &[Json],
        _: Moment,
    ) -> Result<PasskeyAnswer, FactorError> {
        none()
    }
}

pub async fn region(test: &TestStore) -> App {
    let parts = Parts::load(None, true).unwrap();
    let app = App::new(test.store.clone(), parts, Arc::new(NoFactors), true);
    demo::build(&app).await.unwrap();
    app
}

/// Someone signed in.
pub struct Someone<'a> {
    pub app: &'a App,
    pub signed: Signed,
}

pub async fn sign_in<'a>(app: &'a App, email: &str) -> Someone<'a> {
    let typed = Credentials {
        email: email.into(),
        passphrase: Zeroizing::new(demo::PASSPHRASE.into()),
        device: "test".into(),
        source: None,
        mark: String::new(),
    };
    let signed = match session::sign_in(app, typed).await.unwrap() {
        SignedIn::Done(signed) | SignedIn::SecondFactor(signed) | SignedIn::EnrolFirst(signed) => {
            *signed
        }
    };
    Someone { app, signed }
}

impl Someone<'_> {
    pub fn acting(&self) -> Acting<'_> {
        self.signed.acting(self.app, Language::En)
    }

    pub async fn case(&self, name: &str) -> CaseId {
        let vault = keys::vault(&self.acting(), &self.signed).await.unwrap();
        let person = FirstAnswers {
            name: name.into(),
            age: "adult".into(),
            language: "tr".into(),
            urgent: Vec::new(),
        };
        let form = OpenForm { persons: vec![person], ..OpenForm::default() };
        open(&self.acting(), &vault, &form, CARE).await.unwrap()[0]
    }

    pub async fn look(&self, case: CaseId) -> Opened {
        case::look(&self.acting(), Some(&self.signed), case, CARE).await.unwrap()
    }

    pub async fn desk(&self, name: &str) -> String {
        let desks = consent::desks_to_choose(&self.acting()).await.unwrap();
        desks.into_iter().find(|(_, known)| known == name).unwrap().0
    }

    pub async fn send(&self, case: CaseId, form: &ReferralForm) -> Result<ReferralId, Refused> {
        referral::send(&self.acting(), &self.look(case).await, form).await
    }

    pub async fn accept(&self, id: ReferralId) -> Result<CaseId, Refused> {
        let vault = keys::vault(&self.acting(), &self.signed).await.unwrap();
        incoming::accept(&self.acting(), &self.signed, &vault, id).await
    }
}
