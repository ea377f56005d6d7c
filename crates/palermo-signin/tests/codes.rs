//! One-time codes and recovery codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_signin::{
    qr_svg,
    recovery::{CODES, RecoveryCodes},
    totp::{CannotEnrol, CodeRefused, TotpSecret},
};
use proptest::prelude::*;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// The secret of RFC 6238's appendix B for SHA-1.
fn secret() -> TotpSecret {
    TotpSecret::from_bytes(*b"12345678901234567890")
}

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap()
}

/// RFC 6238, appendix B, SHA-1; six digits are the last six of its eight.
const PUBLISHED: [(i64, &str); 6] = [
    (59, "287082"),
    (1_111_111_109, "081804"),
    (1_111_111_111, "050471"),
    (1_234_567_890, "005924"),
    (2_000_000_000, "279037"),
    (20_000_000_000, "353130"),
];

#[test]
fn the_codes_of_rfc_6238_are_made_and_taken() {
    for (seconds, code) in PUBLISHED {
        assert_eq!(secret().code_at(at(seconds)), code);
        let step = u64::try_from(seconds).unwrap() / 30;
        assert_eq!(secret().verify(code, at(seconds), None), Ok(step));
    }
}

#[test]
fn a_code_is_good_once() {
    let code = secret().code_at(at(1000));
    let used = secret().verify(&code, at(1000), None).unwrap();
    for later in [0, 5, 20] {
        let again = secret().verify(&code, at(1000 + later), Some(used));
        assert_eq!(again, Err(CodeRefused::Used));
    }
    let next = secret().code_at(at(1030));
    assert_eq!(secret().verify(&next, at(1030), Some(used)), Ok(used + 1));
}

#[test]
fn an_earlier_code_is_not_taken_after_a_later_one() {
    let earlier = secret().code_at(at(1000));
    let later = secret().code_at(at(1030));
    let used = secret().verify(&later, at(1000), None).unwrap();
    let held = secret().verify(&earlier, at(1000), Some(used));
    assert_eq!(held, Err(CodeRefused::Used));
}

#[test]
fn a_code_is_taken_one_step_early_or_late_and_no_more() {
    let code = secret().code_at(at(3000));
    for (now, good) in
        [(2969, false), (2970, true), (3000, true), (3029, true), (3059, true), (3060, false)]
    {
        let held = secret().verify(&code, at(now), None);
        assert_eq!(held.is_ok(), good, "at {now}");
    }
}

#[test]
fn a_code_may_be_typed_with_spaces_and_the_digits_of_another_script() {
    for typed in ["279037", " 279 037 ", "٢٧٩٠٣٧", "۲۷۹ ۰۳۷", "२७९०३७"] {
        let held = secret().verify(typed, at(2_000_000_000), None);
        assert!(held.is_ok(), "{typed}");
    }
}

#[test]
fn what_is_not_six_digits_is_no_code() {
    for typed in ["", "27903", "2790377", "+79037", "27903a", "-27903", "２７９０３７０"] {
        let held = secret().verify(typed, at(2_000_000_000), None);
        assert_eq!(held, Err(CodeRefused::Shape), "{typed}");
    }
    let other = TotpSecret::from_bytes([9; 20]);
    let held = other.verify("279037", at(2_000_000_000), None);
    assert_eq!(held, Err(CodeRefused::Wrong));
}

#[test]
fn a_clock_before_1970_panics_nothing() {
    let early = at(0) - Duration::days(400);
    let code = secret().code_at(early);
    assert!(secret().verify(&code, early, None).is_ok());
}

#[test]
fn an_app_enrols_from_the_address() {
    let uri = secret().otpauth_uri("Palermo desk", "amina@desk.example").unwrap();
    assert!(uri.starts_with("otpauth://totp/Palermo%20desk:amina"), "{uri}");
    assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{uri}");
    assert!(uri.contains("issuer=Palermo%20desk"), "{uri}");
    assert_eq!(secret().to_text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    for (issuer, account) in [("", "amina"), ("Palermo", ""), ("Pal:ermo", "a"), ("P", "a:b")] {
        let refused = secret().otpauth_uri(issuer, account);
        assert_eq!(refused, Err(CannotEnrol::Label), "{issuer} {account}");
    }
}

#[test]
fn the_picture_holds_a_code_with_a_quiet_border_and_no_secret_letters() {
    let svg = secret().qr_svg("Palermo", "amina@desk.example", "Code for <your> app").unwrap();
    assert!(svg.contains("<title>Code for &lt;your&gt; app</title>"));
    assert!(!svg.contains("GEZDGNBV"));
    assert!(svg.contains("width=\"220\" height=\"220\""));
    assert!(!svg.contains("style") && !svg.contains("href"));
    // A finder pattern begins at the border's corner: seven dark modules in a row.
    for column in 4..11 {
        assert!(svg.contains(&format!("M{column} 4h1v1h-1z")), "{column}");
    }
    assert!(!svg.contains("M11 4h1v1h-1z") && !svg.contains("M3 4h"));
    assert!(qr_svg(&"x".repeat(4000), "").is_err());
}

#[test]
fn secrets_are_never_printed() {
    assert_eq!(format!("{:?}", secret()), "TotpSecret(secret)");
}

const AMINA: Uuid = Uuid::from_u128(0xA0);

fn random() -> [[u8; 10]; CODES] {
    let mut next = 0_u8;
    std::array::from_fn(|_| {
        std::array::from_fn(|_| {
            next = next.wrapping_mul(37).wrapping_add(101);
            next
        })
    })
}

#[test]
fn ten_codes_are_given_and_each_is_good_once() {
    let (mut kept, texts) = RecoveryCodes::new(AMINA, &random());
    assert_eq!((kept.left(), texts.len()), (10, 10));
    for (used, text) in (1..).zip(&texts) {
        assert!(kept.take(AMINA, text), "{}", **text);
        assert!(!kept.take(AMINA, text));
        assert_eq!(kept.left(), 10 - used);
    }
}

#[test]
fn a_code_has_four_groups_without_letters_that_look_like_digits() {
    let (_, texts) = RecoveryCodes::new(AMINA, &[[0xff; 10]; CODES]);
    assert_eq!(*texts[0], "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    // 0x0123456789 abcdef 0123, five bits at a time.
    let mut bytes = [[0; 10]; CODES];
    bytes[0] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23];
    let (_, texts) = RecoveryCodes::new(AMINA, &bytes);
    assert_eq!(*texts[0], "04HM-ASW9-NF6Y-Y093");
}

#[test]
fn a_code_is_taken_however_it_was_copied_from_paper() {
    let mut bytes = [[0; 10]; CODES];
    bytes[0] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23];
    for typed in ["04hm asw9 nf6y yo93", "O4HMASW9NF6YY093", "٠4HM-ASW9-NF6Y-Y٠٩٣"] {
        let (mut kept, _) = RecoveryCodes::new(AMINA, &bytes);
        assert!(kept.take(AMINA, typed), "{typed}");
    }
}

#[test]
fn a_code_is_one_persons() {
    let (mut kept, texts) = RecoveryCodes::new(AMINA, &random());
    assert!(!kept.take(Uuid::from_u128(0xB0), &texts[0]));
    assert!(!kept.take(AMINA, ""));
    assert_eq!(kept.left(), 10);
}

#[test]
fn what_is_kept_holds_no_code_and_survives_storage() {
    let (kept, texts) = RecoveryCodes::new(AMINA, &random());
    let stored = serde_json::to_string(&kept).unwrap();
    assert!(texts.iter().all(|text| !stored.contains(text.as_str())));
    let mut kept: RecoveryCodes = serde_json::from_str(&stored).unwrap();
    assert!(kept.take(AMINA, &texts[3]));
}

proptest! {
    #[test]
    fn no_other_code_is_taken(random: [[u8; 10]; CODES], guess: [u8; 10]) {
        prop_assume!(!random.contains(&guess));
        let (mut kept, _) = RecoveryCodes::new(AMINA, &random);
        let (_, guesses) = RecoveryCodes::new(AMINA, &[guess; CODES]);
        prop_assert!(!kept.take(AMINA, &guesses[0]));
    }

    #[test]
    fn whatever_is_typed_nothing_panics(typed in ".*", seconds in -10_000_i64..4_000_000_000) {
        let _ = secret().verify(&typed, at(seconds), Some(1));
        let (mut kept, _) = RecoveryCodes::new(AMINA, &random());
        prop_assert!(!kept.take(AMINA, &typed));
    }
}
