//! A log nobody can rewrite unseen: a Merkle tree over its entries (RFC 9162 §2.1)
//! and signed statements of how long it was and what it said (C2SP `tlog-checkpoint`).
//!
//! The store keeps the entries and one [`Frontier`] per log; an entry is added in
//! a logarithmic number of hashes, without reading older entries. Proofs are made
//! from the leaf hashes when somebody asks.

mod checkpoint;
mod frontier;
mod proof;

pub use checkpoint::{
    BadCheckpoint, BadNoteKey, BadOrigin, CannotMakeNoteKey, Checkpoint, NoteKey, NoteVerifier,
};
pub use frontier::{BadFrontier, Frontier};
pub use proof::{
    ProofFailed, consistency_proof, inclusion_proof, verify_consistency, verify_inclusion,
};

use sha2::{Digest, Sha256};

/// A node of the tree: SHA-256.
pub type Hash = [u8; 32];

/// The hash of an entry (RFC 9162 §2.1.1): SHA-256 over `0x00` and the entry's bytes.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash over two subtrees (RFC 9162 §2.1.1): SHA-256 over `0x01`, left, right.
/// The different first byte keeps a pair of hashes from posing as an entry.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of the empty tree: SHA-256 of nothing (RFC 9162 §2.1.1).
pub fn empty_root() -> Hash {
    crate::sha256(&[])
}

/// The root over `leaves` (leaf hashes, in order).
pub fn root_of(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    for leaf in leaves {
        frontier.append(*leaf);
    }
    frontier.root()
}
