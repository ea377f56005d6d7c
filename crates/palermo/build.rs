//! How the released program is linked: equal code once, and the addresses it is
//! loaded with packed. Together a fifteenth of its size.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    // Where Rust links with its own LLD; other linkers may not know these words.
    let lld = is("CARGO_CFG_TARGET_ARCH", "x86_64")
        && is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu");
    if lld && is("PROFILE", "release") {
        for word in ["--icf=all", "-z,pack-relative-relocs"] {
            println!("cargo::rustc-link-arg-bins=-Wl,{word}");
        }
    }
}
