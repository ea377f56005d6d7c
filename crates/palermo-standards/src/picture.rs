//! Pictures and documents that people send: what they are, told by their first
//! bytes, and pictures without what cameras and programs write into them
//! (place, day, device, owner, a small earlier picture). Only the parts that
//! are needed to show the picture are kept; everything else goes, known or not,
//! and so does whatever hangs on behind its end. Of what cameras write, one
//! thing stays: which way up it is.
//!
//! Nothing is decoded, so no picture can burst anything here; one that claims
//! more than [`MOST_PIXELS`] is refused, for it would burst a reader's browser.

/// How a PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Most pixels a picture may claim.
pub const MOST_PIXELS: u64 = 50_000_000;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
    /// PDF.
    Pdf,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Neither JPEG, PNG, WebP nor PDF.
    #[error("this is neither a JPEG, PNG or WebP picture nor a PDF")]
    Unknown,
    /// It begins like one and is none.
    #[error("this picture is damaged")]
    Damaged,
    /// It claims more pixels than anyone needs.
    #[error("this picture is too large to be shown")]
    TooLarge,
    /// A PDF that does something: script, attachment, link to a program.
    #[error("this document runs something or carries another file")]
    Active,
}

/// What a file is, by its first bytes.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        Some(Kind::Jpeg)
    } else if bytes.starts_with(PNG) {
        Some(Kind::Png)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(Kind::WebP)
    } else if bytes.starts_with(b"%PDF-") {
        Some(Kind::Pdf)
    } else {
        None
    }
}

/// A file as it may be kept: its kind, and its bytes without metadata. A PDF is
/// kept as it is: what is written into it cannot be taken out without making it
/// anew, and whoever uploads it is told so.
///
/// # Errors
/// [`NotTaken`].
pub fn without_metadata(bytes: &[u8]) -> Result<(Kind, Vec<u8>), NotTaken> {
    let kind = kind(bytes).ok_or(NotTaken::Unknown)?;
    let kept = match kind {
        Kind::Jpeg => jpeg(bytes)?,
        Kind::Png => png(bytes)?,
        Kind::WebP => webp(bytes)?,
        Kind::Pdf => {
            passive(bytes)?;
            bytes.to_vec()
        }
    };
    Ok((kind, kept))
}

fn not_too_large(wide: u32, high: u32) -> Result<(), NotTaken> {
    let pixels = u64::from(wide) * u64::from(high);
    if pixels == 0 || pixels > MOST_PIXELS { Err(NotTaken::TooLarge) } else { Ok(()) }
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    let pair: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(u32::from(u16::from_be_bytes(pair)))
}

/// Marks of a JPEG.
mod mark {
    pub(super) const START: u8 = 0xd8;
    pub(super) const END: u8 = 0xd9;
    pub(super) const SCAN: u8 = 0xda;
    pub(super) const JFIF: u8 = 0xe0;
    pub(super) const EXIF: u8 = 0xe1;
    pub(super) const COLOURS: u8 = 0xee;
}

/// A segment of a JPEG: its mark, what it holds, and for a scan what follows it.
struct Segment<'a> {
    mark: u8,
    holds: &'a [u8],
    scan: &'a [u8],
}

/// The segments up to the end of the picture.
fn segments(bytes: &[u8]) -> Option<Vec<Segment<'_>>> {
    let mut rest = bytes.strip_prefix(&[0xff, mark::START])?;
    let mut found = Vec::new();
    loop {
        rest = rest.strip_prefix(&[0xff])?;
        // Any number of FF may stand before a mark.
        while let [0xff, after @ ..] = rest {
            rest = after;
        }
        let (mark, after) = rest.split_first()?;
        if *mark == mark::END {
            return Some(found);
        }
        let length = usize::try_from(be16(after, 0)?).ok()?;
        let holds = after.get(2..length)?;
        rest = after.get(length..)?;
        let scan = if *mark == mark::SCAN { rest.get(..scan_length(rest)?)? } else { &[] };
        rest = rest.get(scan.len()..)?;
        found.push(Segment { mark: *mark, holds, scan });
    }
}

/// How long a scan is: inside it FF is followed by 00 or a restart mark.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(2)
        .position(|pair| matches!(pair, [0xff, next] if !matches!(next, 0x00 | 0xd0..=0xd7 | 0xff)))
}

fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, NotTaken> {
    let parts = segments(bytes).ok_or(NotTaken::Damaged)?;
    let frame = parts
        .iter()
        .find(|part| matches!(part.mark, 0xc0..=0xcf) && !matches!(part.mark, 0xc4 | 0xc8 | 0xcc))
        .and_then(|part| Some((be16(part.holds, 3)?, be16(part.holds, 1)?)));
    let (wide, high) = frame.ok_or(NotTaken::Damaged)?;
    not_too_large(wide, high)?;
    let mut kept = vec![0xff, mark::START];
    let mut put = |mark: u8, holds: &[u8], scan: &[u8]| {
        let length = u16::try_from(holds.len() + 2).unwrap_or(2);
        kept.extend_from_slice(&[0xff, mark]);
        kept.extend_from_slice(&length.to_be_bytes());
        kept.extend_from_slice(holds);
        kept.extend_from_slice(scan);
    };
    let mut turned = parts
        .iter()
        .filter(|part| part.mark == mark::EXIF)
        .find_map(|part| orientation(part.holds))
        .filter(|way| (2..=8).contains(way));
    for part in &parts {
        match part.mark {
            // A small earlier picture may hang on JFIF: say there is none.
            mark::JFIF => {
                if let Some(head) = part.holds.get(..12).filter(|head| head.starts_with(b"JFIF\0"))
                {
                    put(mark::JFIF, &[head, &[0, 0]].concat(), &[]);
                }
            }
            // How colours are stored stays; every other note of a program goes.
            mark::COLOURS if part.holds.starts_with(b"Adobe") => put(part.mark, part.holds, &[]),
            0xe0..=0xef | 0xfe => {}
            _ => {
                if let Some(way) = turned.take() {
                    put(mark::EXIF, &only_way(way), &[]);
                }
                put(part.mark, part.holds, part.scan);
            }
        }
    }
    if !parts.iter().any(|part| part.mark == mark::SCAN) {
        return Err(NotTaken::Damaged);
    }
    kept.extend_from_slice(&[0xff, mark::END]);
    Ok(kept)
}

/// Which way up a picture is, from what the camera wrote.
fn orientation(exif: &[u8]) -> Option<u16> {
    let tiff = exif.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long = |at: usize| {
        let four: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let first = usize::try_from(long(4)?).ok()?;
    let count = usize::from(short(first)?);
    (0..count.min(64)).find_map(|row| {
        let at = first.checked_add(2 + row * 12)?;
        (short(at)? == 0x0112).then(|| short(at + 8)).flatten()
    })
}

/// The smallest EXIF there is: which way up, and nothing else.
fn only_way(way: u16) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    exif.extend_from_slice(&way.to_be_bytes());
    exif.extend_from_slice(&[0; 6]);
    exif
}

fn png(bytes: &[u8]) -> Result<Vec<u8>, NotTaken> {
    /// What a picture needs to be shown, transparency and animation included.
    const NEEDED: [&[u8; 4]; 12] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"acTL",
        b"fcTL", b"fdAT",
    ];
    let mut rest = bytes.strip_prefix(PNG).ok_or(NotTaken::Damaged)?;
    let mut kept = PNG.to_vec();
    let (mut size, mut data) = (None, false);
    loop {
        // Length, kind, contents, checksum: a kept chunk is kept byte for byte.
        let four = rest.first_chunk::<4>().ok_or(NotTaken::Damaged)?;
        let length = usize::try_from(u32::from_be_bytes(*four)).map_err(|_| NotTaken::Damaged)?;
        let whole = length.checked_add(12).ok_or(NotTaken::Damaged)?;
        let (chunk, after) = rest.split_at_checked(whole).ok_or(NotTaken::Damaged)?;
        let kind = chunk.get(4..8).unwrap_or_default();
        if kind == b"IHDR" {
            size = Some((be32(chunk, 8), be32(chunk, 12)));
        }
        data |= kind == b"IDAT";
        if NEEDED.iter().any(|needed| needed.as_slice() == kind) {
            kept.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            break;
        }
        rest = after;
    }
    let Some((Some(wide), Some(high))) = size.filter(|_| data) else {
        return Err(NotTaken::Damaged);
    };
    not_too_large(wide, high)?;
    Ok(kept)
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn webp(bytes: &[u8]) -> Result<Vec<u8>, NotTaken> {
    const NEEDED: [&[u8; 4]; 6] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"];
    let length = bytes.get(4..8).and_then(|four| <[u8; 4]>::try_from(four).ok());
    let length = length.and_then(|four| usize::try_from(u32::from_le_bytes(four)).ok());
    let end = length.and_then(|length| length.checked_add(8)).ok_or(NotTaken::Damaged)?;
    let mut rest = bytes.get(12..end).ok_or(NotTaken::Damaged)?;
    let mut kept = b"WEBP".to_vec();
    let mut size = None;
    while !rest.is_empty() {
        let head = rest.get(4..8).and_then(|four| <[u8; 4]>::try_from(four).ok());
        let length = head.and_then(|four| usize::try_from(u32::from_le_bytes(four)).ok());
        // Chunks of an odd length end with an empty byte.
        let whole = length.and_then(|length| length.checked_add(8 + length % 2));
        let (chunk, after) =
            whole.and_then(|whole| rest.split_at_checked(whole)).ok_or(NotTaken::Damaged)?;
        let id = chunk.get(..4).unwrap_or_default();
        size = size.or_else(|| pixels(id, chunk.get(8..).unwrap_or_default()));
        if NEEDED.iter().any(|needed| needed.as_slice() == id) {
            let at = kept.len() + 8;
            kept.extend_from_slice(chunk);
            if let Some(flags) = kept.get_mut(at).filter(|_| id == b"VP8X") {
                // No colour profile, no EXIF, no XMP follows.
                *flags &= !(0x20 | 0x08 | 0x04);
            }
        }
        rest = after;
    }
    let (wide, high) = size.ok_or(NotTaken::Damaged)?;
    not_too_large(wide, high)?;
    let length = u32::try_from(kept.len()).map_err(|_| NotTaken::TooLarge)?;
    Ok([b"RIFF", length.to_le_bytes().as_slice(), &kept].concat())
}

/// How large a WebP says it is, from whichever of its first chunks tells.
fn pixels(id: &[u8], holds: &[u8]) -> Option<(u32, u32)> {
    let byte = |at: usize| holds.get(at).map(|byte| u32::from(*byte));
    match id {
        b"VP8X" => Some((
            1 + (byte(4)? | byte(5)? << 8 | byte(6)? << 16),
            1 + (byte(7)? | byte(8)? << 8 | byte(9)? << 16),
        )),
        b"VP8L" => {
            let bits = byte(1)? | byte(2)? << 8 | byte(3)? << 16 | byte(4)? << 24;
            Some((1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff)))
        }
        b"VP8 " => {
            let side = |at: usize| Some((byte(at)? | byte(at + 1)? << 8) & 0x3fff);
            Some((side(6)?, side(8)?))
        }
        _ => None,
    }
}

/// Whether a document only shows itself. Compressed parts are not looked into:
/// this stops what is plainly there, and readers' own protection stops the rest.
fn passive(bytes: &[u8]) -> Result<(), NotTaken> {
    const ACTIVE: [&[u8]; 6] =
        [b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA"];
    let tail = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or_default();
    if !contains(tail, b"%%EOF") {
        return Err(NotTaken::Damaged);
    }
    let found = ACTIVE.iter().any(|word| {
        bytes.windows(word.len() + 1).any(|part| {
            part.starts_with(word) && part.last().is_some_and(|next| !next.is_ascii_alphabetic())
        })
    });
    if found { Err(NotTaken::Active) } else { Ok(()) }
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
