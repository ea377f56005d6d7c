//! Proofs that an entry is in the log, and that the log only grew (RFC 9162
//! §2.1.3 and §2.1.4).

use super::{Hash, node_hash, root_of};
use crate::same;

/// A proof does not fit what it is meant to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not fit: the log was changed, or the proof is for something else")]
pub struct ProofFailed;

/// The proof that the entry at `index` is in the tree over `leaves` (RFC 9162
/// §2.1.3.1), or `None` if there is no such entry.
pub fn inclusion_proof(leaves: &[Hash], index: u64) -> Option<Vec<Hash>> {
    let mut at = usize::try_from(index).ok()?;
    if at >= leaves.len() {
        return None;
    }
    let mut rest = leaves;
    let mut path = Vec::new();
    while rest.len() > 1 {
        let (left, right) = rest.split_at_checked(split(rest.len()))?;
        if at < left.len() {
            path.push(root_of(right));
            rest = left;
        } else {
            path.push(root_of(left));
            at -= left.len();
            rest = right;
        }
    }
    path.reverse();
    Some(path)
}

/// The proof that the tree over the first `old_size` leaves is a beginning of the
/// tree over all `leaves` (RFC 9162 §2.1.4.1), or `None` if there are fewer leaves.
/// Empty when `old_size` is 0 or the whole: then there is nothing to show.
pub fn consistency_proof(leaves: &[Hash], old_size: u64) -> Option<Vec<Hash>> {
    let mut old = usize::try_from(old_size).ok()?;
    if old > leaves.len() {
        return None;
    }
    if old == 0 || old == leaves.len() {
        return Some(Vec::new());
    }
    let mut rest = leaves;
    let mut path = Vec::new();
    // Whether the old tree is still the whole of `rest`'s left part, whose root the
    // verifier knows.
    let mut known = true;
    while old < rest.len() {
        let (left, right) = rest.split_at_checked(split(rest.len()))?;
        if old <= left.len() {
            path.push(root_of(right));
            rest = left;
        } else {
            path.push(root_of(left));
            old -= left.len();
            rest = right;
            known = false;
        }
    }
    if !known {
        path.push(root_of(rest));
    }
    path.reverse();
    Some(path)
}

/// The largest power of two smaller than `len`, which is at least 2 (RFC 9162 §2.1.1).
fn split(len: usize) -> usize {
    1 << (len - 1).ilog2()
}

/// Checks an inclusion proof (RFC 9162 §2.1.3.2): that the entry with hash `leaf` is
/// the one at `index` in the tree of `size` entries with this `root`.
///
/// # Errors
/// When it is not, or the proof is not one for this place.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofFailed> {
    if index >= size {
        return Err(ProofFailed);
    }
    let (mut at, mut last) = (index, size - 1);
    let mut node = *leaf;
    for step in proof {
        if last == 0 {
            return Err(ProofFailed);
        }
        if at & 1 == 1 || at == last {
            node = node_hash(step, &node);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            node = node_hash(&node, step);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    finish(last == 0 && same(&node, root))
}

/// Checks a consistency proof (RFC 9162 §2.1.4.2): that the tree of `new_size`
/// entries with `new_root` begins with the tree of `old_size` entries with `old_root`.
///
/// # Errors
/// When it does not, or the proof is not one for these sizes.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofFailed> {
    if old_size > new_size {
        return Err(ProofFailed);
    }
    if old_size == 0 {
        return finish(proof.is_empty() && same(old_root, &super::empty_root()));
    }
    if old_size == new_size {
        return finish(proof.is_empty() && same(old_root, new_root));
    }
    // An old tree that is a full subtree is not repeated in the proof.
    let (first, rest) = if old_size.is_power_of_two() {
        (old_root, proof)
    } else {
        proof.split_first().ok_or(ProofFailed)?
    };
    let (mut at, mut last) = (old_size - 1, new_size - 1);
    while at & 1 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let (mut old, mut new) = (*first, *first);
    for step in rest {
        if last == 0 {
            return Err(ProofFailed);
        }
        if at & 1 == 1 || at == last {
            old = node_hash(step, &old);
            new = node_hash(step, &new);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            new = node_hash(&new, step);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    finish(last == 0 && same(&old, old_root) && same(&new, new_root))
}

fn finish(holds: bool) -> Result<(), ProofFailed> {
    if holds { Ok(()) } else { Err(ProofFailed) }
}
