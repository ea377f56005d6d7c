//! The generated files of the pages.

/// Makes the generated files, or compares them with `check`.
///
/// # Errors
/// When a tool is missing or a file differs.
pub fn run(_check: bool) -> anyhow::Result<()> {
    anyhow::bail!("no assets yet")
}
