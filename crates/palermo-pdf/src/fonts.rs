//! The fonts that ship with the program: parts of Noto, made from Debian's
//! package by `cargo xtask assets`, under the SIL Open Font License
//! (`fonts/OFL.txt`).

use crate::NotTypeset;
use typst::{foundations::Bytes, text::Font};

/// Families in the order in which they are asked for a letter.
pub const FAMILIES: [&str; 10] = [
    "Noto Sans",
    "Noto Naskh Arabic",
    "Noto Sans Thai",
    "Noto Sans Lao",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Sinhala",
    "Noto Sans Tamil",
];

const FILES: [&[u8]; 13] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/NotoSans-Italic.ttf"),
    include_bytes!("../fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoNaskhArabic-Bold.ttf"),
    include_bytes!("../fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../fonts/NotoSansLao-Regular.ttf"),
    include_bytes!("../fonts/NotoSansKhmer-Regular.ttf"),
    include_bytes!("../fonts/NotoSansMyanmar-Regular.ttf"),
    include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../fonts/NotoSansBengali-Regular.ttf"),
    include_bytes!("../fonts/NotoSansSinhala-Regular.ttf"),
    include_bytes!("../fonts/NotoSansTamil-Regular.ttf"),
];

/// All of them, read.
pub fn shipped() -> Result<Vec<Font>, NotTypeset> {
    FILES
        .into_iter()
        .map(|file| {
            Font::new(Bytes::new(file), 0)
                .ok_or_else(|| NotTypeset("a font that ships with Palermo is damaged".to_owned()))
        })
        .collect()
}
