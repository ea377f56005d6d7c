//! The right edge of the tree: all that is needed to go on appending.

use super::{Hash, empty_root, node_hash};

const V1: u8 = 1;

/// The roots of the full subtrees a tree of this size is made of, largest first
/// (one for every 1 in the binary size): appending and the root need nothing else.
///
/// ```
/// use palermo_crypto::audit::{Frontier, leaf_hash, node_hash};
/// let mut log = Frontier::new();
/// log.append(leaf_hash(b"opened"));
/// log.append(leaf_hash(b"read"));
/// assert_eq!(log.root(), node_hash(&leaf_hash(b"opened"), &leaf_hash(b"read")));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// Stored bytes that are no frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored edge of the audit tree cannot be read")]
pub struct BadFrontier;

impl Frontier {
    /// The frontier of the empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries the log has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds the next entry's [`leaf_hash`](super::leaf_hash) and returns its index, from 0.
    pub fn append(&mut self, leaf: Hash) -> u64 {
        let index = self.size;
        let mut node = leaf;
        // Every trailing 1 of the size is a full subtree the new leaf completes.
        for _ in 0..index.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.peaks.push(node);
        // 2^64 entries at a million a second take 584,000 years.
        self.size = index.saturating_add(1);
        index
    }

    /// The root of the tree (RFC 9162 §2.1.1).
    pub fn root(&self) -> Hash {
        self.peaks
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }

    /// As stored: a format byte, the size (64-bit big-endian), the subtree roots.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(9 + self.peaks.len() * 32);
        out.push(V1);
        out.extend_from_slice(&self.size.to_be_bytes());
        out.extend(self.peaks.iter().flatten());
        out
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the number of subtrees does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadFrontier> {
        let rest = bytes.strip_prefix(&[V1]).ok_or(BadFrontier)?;
        let (size, rest) = rest.split_first_chunk().ok_or(BadFrontier)?;
        let size = u64::from_be_bytes(*size);
        let (peaks, left_over) = rest.as_chunks::<32>();
        let expected = usize::try_from(size.count_ones()).map_err(|_| BadFrontier)?;
        if !left_over.is_empty() || peaks.len() != expected {
            return Err(BadFrontier);
        }
        Ok(Self { size, peaks: peaks.to_vec() })
    }
}
