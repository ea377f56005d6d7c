//! Pictures made by hand, a few bytes each, with everything cameras write.
#![allow(clippy::unwrap_used)]

use super::*;

/// A segment of a JPEG.
fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], contents].concat()
}

/// EXIF with a way up, a place and an owner.
fn exif(way: u16) -> Vec<u8> {
    let mut text = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0".to_vec();
    // Which way up, then a text that names the owner.
    text.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0]);
    text.extend_from_slice(&way.to_le_bytes());
    text.extend_from_slice(&[0, 0]);
    text.extend_from_slice(&[0x3b, 0x01, 2, 0, 4, 0, 0, 0]);
    text.extend_from_slice(b"OWNR");
    text.extend_from_slice(b"\0\0\0\0GPS N 12 34 56");
    text
}

fn camera(way: u16, wide: u16) -> Vec<u8> {
    let mut frame = vec![8];
    frame.extend_from_slice(&10u16.to_be_bytes());
    frame.extend_from_slice(&wide.to_be_bytes());
    frame.extend_from_slice(&[1, 1, 0x11, 0]);
    let mut jfif = b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01".to_vec();
    jfif.extend_from_slice(b"SMALLPICTURE");
    [
        &[0xff, 0xd8][..],
        &segment(0xe0, &jfif),
        &segment(0xe1, &exif(way)),
        &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>OWNR</x:xmpmeta>"),
        &segment(0xed, b"Photoshop 3.0\0IPTC OWNR"),
        &segment(0xe2, b"ICC_PROFILE\0OWNR"),
        &segment(0xfe, b"made by OWNR"),
        &segment(0xdb, &[0; 65]),
        &segment(0xc0, &frame),
        &segment(0xc4, &[0; 20]),
        &segment(0xda, &[1, 1, 0, 0, 63, 0]),
        &[0x12, 0x34, 0xff, 0x00, 0x56, 0xff, 0xd9],
        b"PK\x03\x04 something behind the end, OWNR",
    ]
    .concat()
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

#[test]
fn nothing_a_camera_writes_stays_in_a_jpeg_but_which_way_up_it_is() {
    let (kind, kept) = without_metadata(&camera(6, 20)).unwrap();
    assert_eq!(kind, Kind::Jpeg);
    for word in [&b"OWNR"[..], b"GPS", b"xmpmeta", b"SMALLPICTURE", b"IPTC", b"PK\x03\x04"] {
        assert!(!holds(&kept, word), "{} stayed", String::from_utf8_lossy(word));
    }
    assert!(kept.ends_with(&[0x56, 0xff, 0xd9]), "the scan is whole and nothing follows");
    let way = |bytes: &[u8]| segments(bytes).unwrap().iter().find_map(|one| orientation(one.holds));
    assert_eq!(way(&kept), Some(6));
    let (_, upright) = without_metadata(&camera(1, 20)).unwrap();
    assert!(!holds(&upright, b"Exif"), "the usual way up needs no saying");
}

/// A chunk of a PNG; the checksum is not looked at here.
fn chunk(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
    let length = u32::try_from(contents.len()).unwrap().to_be_bytes();
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(contents);
    [&length[..], kind, contents, &crc.sum().to_be_bytes()].concat()
}

fn scan(wide: u32) -> Vec<u8> {
    let mut head = wide.to_be_bytes().to_vec();
    head.extend_from_slice(&10u32.to_be_bytes());
    head.extend_from_slice(&[8, 0, 0, 0, 0]);
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &head),
        &chunk(b"tEXt", b"Author\0OWNR"),
        &chunk(b"iTXt", b"XML:com.adobe.xmp\0OWNR"),
        &chunk(b"eXIf", b"MM OWNR"),
        &chunk(b"tIME", &[7, 0xea, 1, 1, 1, 1, 1]),
        &chunk(b"prVt", b"OWNR, a chunk nobody knows"),
        &chunk(b"IDAT", &[1, 2, 3]),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

#[test]
fn nothing_programs_write_stays_in_a_png_known_or_not() {
    let (kind, kept) = without_metadata(&scan(20)).unwrap();
    assert_eq!(kind, Kind::Png);
    assert!(!holds(&kept, b"OWNR") && !holds(&kept, b"tIME") && holds(&kept, b"IDAT"));
}

#[test]
fn a_webp_loses_its_metadata_and_says_so_in_its_flags() {
    let part = |id: &[u8; 4], contents: &[u8]| {
        let mut bytes = id.to_vec();
        bytes.extend_from_slice(&u32::try_from(contents.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(contents);
        if contents.len() % 2 == 1 {
            bytes.push(0);
        }
        bytes
    };
    let lossless = [0x2f, 19, 0x40, 2, 0, 0];
    let body = [
        part(b"VP8X", &[0x2c, 0, 0, 0, 19, 0, 0, 9, 0, 0]),
        part(b"ICCP", b"OWNR"),
        part(b"VP8L", &lossless),
        part(b"EXIF", b"GPS OWNR"),
        part(b"XMP ", b"OWNR"),
    ]
    .concat();
    let length = u32::try_from(body.len() + 4).unwrap().to_le_bytes();
    let file = [&b"RIFF"[..], &length, b"WEBP", &body].concat();
    let (kind, kept) = without_metadata(&file).unwrap();
    assert_eq!(kind, Kind::WebP);
    assert!(!holds(&kept, b"OWNR") && !holds(&kept, b"EXIF"));
    let at = kept.windows(4).position(|part| part == b"VP8X").unwrap();
    assert_eq!(kept[at + 8], 0, "no profile, no EXIF, no XMP is promised");
}

#[test]
fn what_is_no_picture_claims_to_be_one_or_would_burst_a_browser_is_refused() {
    assert_eq!(without_metadata(b"MZ\x90\0"), Err(NotTaken::Unknown));
    assert_eq!(without_metadata(b"<svg onload=alert(1)>"), Err(NotTaken::Unknown));
    assert_eq!(without_metadata(b"\x89PNG\r\n\x1a\nnot really"), Err(NotTaken::Damaged));
    assert_eq!(without_metadata(&[0xff, 0xd8, 0xff, 0xd9]), Err(NotTaken::Damaged));
    assert_eq!(without_metadata(&scan(60_000_000)), Err(NotTaken::TooLarge));
}

#[test]
fn a_document_that_runs_something_is_refused() {
    let pdf = |inside: &str| format!("%PDF-1.7\n1 0 obj <<{inside}>> endobj\n%%EOF\n").into_bytes();
    assert!(without_metadata(&pdf("/Type /Catalog /JSize 3")).is_ok());
    for bad in ["/S /JavaScript", "/JS (app.alert(1))", "/S /Launch", "/Type /EmbeddedFile"] {
        assert_eq!(without_metadata(&pdf(bad)), Err(NotTaken::Active), "{bad}");
    }
    assert_eq!(without_metadata(b"%PDF-1.7 cut off"), Err(NotTaken::Damaged));
}

#[test]
fn whatever_bytes_come_nothing_breaks() {
    for start in [&camera(6, 20)[..], &scan(20), b"RIFF\x10\0\0\0WEBPVP8X", b"%PDF-"] {
        for cut in 0..start.len() {
            let _ = without_metadata(&start[..cut]);
        }
    }
}
