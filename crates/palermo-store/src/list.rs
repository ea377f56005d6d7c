//! Lists: one page of a filtered, sorted set, the same way for every noun.

use crate::error::Result;
use sea_orm::{
    ConnectionTrait, EntityTrait, PaginatorTrait, QuerySelect, Select,
    sea_query::{ColumnRef, Expr, IntoColumnRef, LikeExpr},
};
use serde::{Deserialize, Serialize};

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paging {
    /// Page number, from 1.
    pub page: u64,
    /// Rows on a page, 1 to 10,000.
    pub size: u64,
}

impl Default for Paging {
    fn default() -> Self {
        Self { page: 1, size: 50 }
    }
}

impl Paging {
    /// Everything, up to 10,000 rows: for exports and choices.
    #[must_use]
    pub const fn all() -> Self {
        Self { page: 1, size: 10_000 }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// How many rows there are on all pages.
    pub total: u64,
    /// Which page this is.
    pub paging: Paging,
}

impl<T> Page<T> {
    /// How many pages there are, at least one.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.paging.size.max(1)).max(1)
    }
}

/// Runs a selection page-wise.
pub(crate) async fn page<E, C, T>(
    db: &C,
    select: Select<E>,
    paging: Paging,
    read: impl Fn(E::Model) -> Result<T>,
) -> Result<Page<T>>
where
    E: EntityTrait,
    E::Model: Send + Sync,
    C: ConnectionTrait,
{
    let size = paging.size.clamp(1, 10_000);
    let number = paging.page.max(1);
    let total = select.clone().count(db).await?;
    let skip = number.saturating_sub(1).saturating_mul(size);
    let rows = select.offset(skip).limit(size).all(db).await?;
    let items = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(Page { items, total, paging: Paging { page: number, size } })
}

/// A text as it is searched: lower case, without accents, so that `Cote`
/// finds `Côte`. Both databases then compare plain bytes.
#[must_use]
pub fn fold(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether a folded column contains what someone typed. `%` and `_` are letters like others.
pub(crate) fn contains<C: IntoColumnRef>(column: C, typed: &str) -> Expr {
    let column: ColumnRef = column.into_column_ref();
    let mut pattern = String::from("%");
    for letter in fold(typed.trim()).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    sea_orm::sea_query::ExprTrait::like(Expr::col(column), LikeExpr::new(pattern).escape('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_forgets_accents_and_case() {
        assert_eq!(fold("Côte d’Ivoire"), "cote d’ivoire");
        assert_eq!(fold("ŠIBENIK"), "sibenik");
        assert_eq!(fold("مكتب"), "مكتب");
    }
}
