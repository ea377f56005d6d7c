//! The fonts of typeset reports: the letters of the region's languages, cut
//! out of the Noto fonts of Debian's package. The same package and tool give
//! the same bytes; another package is refused rather than taken quietly.

use crate::{
    shell::{command, run},
    tools,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where they are committed.
pub const MADE: &str = "crates/palermo-pdf/fonts";
const FROM: &str = "/usr/share/fonts/truetype/noto";
const LICENCE: &str = "/usr/share/doc/fonts-noto-core/copyright";
const PACKAGE: &str = "fonts-noto-core 20201225-1";
/// The tool that cuts, with its version: another one may order tables anew.
const CUTTER: &str = "fonttools==4.68.0";

/// Latin with its extensions, Greek, Cyrillic, Vietnamese; punctuation,
/// super- and subscripts, currencies, arrows, mathematics, simple shapes.
const LATIN: &str = "U+0020-007E,U+00A0-024F,U+0259,U+02BB-02BD,U+02C6-02DD,U+0300-036F,\
U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F,\
U+2190-2199,U+2200-22FF,U+25A0-25FF,U+FFFD";

/// File, letters, and the checksum of the file it is cut from.
const FONTS: &[(&str, &str, &str)] = &[
    (
        "NotoSans-Regular.ttf",
        LATIN,
        "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",
    ),
    (
        "NotoSans-Bold.ttf",
        LATIN,
        "e83493c945848ecd4a9ad0f6d19164541a0d3e23a9c952304a00a46e00272ac5",
    ),
    (
        "NotoSans-Italic.ttf",
        LATIN,
        "5d7618dda819443fd07301c84adcee9fe8960c873ea5e5e1f0f59db384b78082",
    ),
    (
        "NotoNaskhArabic-Regular.ttf",
        "*",
        "8c67eaa2f0086872628fc3f7f760386f83c8be5c5e9a1ba3a38891237b2ac7cb",
    ),
    (
        "NotoNaskhArabic-Bold.ttf",
        "*",
        "b5cbcb561b4b540ff11d7b6934577dbbbbb9e1d152d47f6f31f19176d58ff39c",
    ),
    (
        "NotoSansThai-Regular.ttf",
        "*",
        "dfbd5ed0f1e68c3cbc51aa08f646d1ab0e68e7c4ceab70a69e465225ff701f93",
    ),
    (
        "NotoSansLao-Regular.ttf",
        "*",
        "6c3de7db369e85cba20255d161eeeb3d934ea3c4c51e2574c2ddcce79a25025c",
    ),
    (
        "NotoSansKhmer-Regular.ttf",
        "*",
        "bc9a5e2afcee249849e409aabe6e22330c479b878ea3e59bf5e7c84482d7ee53",
    ),
    (
        "NotoSansMyanmar-Regular.ttf",
        "*",
        "3fe9a4babc12081adc979e0313433e6ec85bb3ad069681c23ee8d8ea8b91332b",
    ),
    (
        "NotoSansDevanagari-Regular.ttf",
        "*",
        "79a470365ccb210fa3c7d8d8ff2e005ef9d983cfd067f735a0caf7e15070ca9f",
    ),
    (
        "NotoSansBengali-Regular.ttf",
        "*",
        "9bb35b3547829ecc42041b6017e87fd4c5f1da1edcd00f59171777050f346018",
    ),
    (
        "NotoSansSinhala-Regular.ttf",
        "*",
        "31f83eec724a27779d1434afc84beabee239c0ff77dc8d04bee9f49c60b23fdd",
    ),
    (
        "NotoSansTamil-Regular.ttf",
        "*",
        "a7bb7f92f165479af2f0556c4fd669b74c5959f464f603e18389b532f4d07a71",
    ),
];

/// What the fonts are made with.
///
/// # Errors
/// When it is missing and cannot be installed.
pub fn tools() -> Result<PathBuf> {
    tools::debian("fonts-noto-core", || Path::new(FROM).join("NotoSans-Regular.ttf").is_file())?;
    tools::python(CUTTER, "pyftsubset")
}

/// Makes every font and the licence in a folder.
///
/// # Errors
/// When a tool or font is missing, or the font is another than expected.
pub fn make(folder: &Path) -> Result<()> {
    let cutter = tools()?;
    for (file, letters, checksum) in FONTS {
        let source = Path::new(FROM).join(file);
        let found = sha256(&source)?;
        if found != *checksum {
            bail!(
                "`{}` is not the one of {PACKAGE}; if that is meant, look at the new fonts and note their checksums in `xtask/src/fonts.rs`",
                source.display()
            );
        }
        let made = folder.join(file);
        run(command(&cutter.to_string_lossy(), &["--layout-features=*", "--no-hinting"])
            .arg(&source)
            .arg(format!("--unicodes={letters}"))
            .arg(format!("--output-file={}", made.display())))?;
    }
    fs::write(folder.join("OFL.txt"), licence()?).context("cannot write the fonts' licence")
}

fn sha256(file: &Path) -> Result<String> {
    let told = Command::new("sha256sum")
        .arg(file)
        .output()
        .with_context(|| format!("cannot take the checksum of `{}`", file.display()))?;
    Ok(String::from_utf8_lossy(&told.stdout).split(' ').next().unwrap_or_default().to_owned())
}

/// The licence as the package tells it: whose the fonts are, and the text of
/// the SIL Open Font License.
fn licence() -> Result<String> {
    let told = fs::read_to_string(LICENCE).with_context(|| format!("cannot read `{LICENCE}`"))?;
    let whole = told
        .split_once("\nLicense: OFL-1.1\n PREAMBLE")
        .with_context(|| format!("`{LICENCE}` does not hold the licence where it was"))?
        .1;
    let text = whole.split("\n\n").next().unwrap_or_default();
    let lines = text.lines().map(|line| match line.strip_prefix(' ').unwrap_or(line) {
        "." => "",
        other => other,
    });
    let mut licence = format!(
        "The fonts in this folder are parts of the Noto fonts, cut out of the package\n\
         {PACKAGE} by `cargo xtask assets`.\n\n\
         Copyright 2010, 2012-2020, Google Inc.; 2015-2020, Google LLC.\n\n\
         This Font Software is licensed under the SIL Open Font License, Version 1.1.\n\n\
         SIL OPEN FONT LICENSE Version 1.1\n\nPREAMBLE\n"
    );
    for line in lines.skip(1) {
        licence.push_str(line);
        licence.push('\n');
    }
    Ok(licence)
}
