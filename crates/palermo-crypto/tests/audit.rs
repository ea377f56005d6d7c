//! The audit tree against the published tree of RFC 6962's reference tests, and
//! against a naive tree for every small size.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_crypto::audit::{
    Frontier, Hash, consistency_proof, empty_root, inclusion_proof, leaf_hash, node_hash, root_of,
    verify_consistency, verify_inclusion,
};
use proptest::{collection::vec, prelude::*};

fn hash(text: &str) -> Hash {
    hex::decode(text).unwrap().try_into().unwrap()
}

/// The eight entries of the Certificate Transparency reference implementation's tests.
fn published_entries() -> Vec<Vec<u8>> {
    [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    .map(|entry| hex::decode(entry).unwrap())
    .to_vec()
}

const PUBLISHED_ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn published_leaves() -> Vec<Hash> {
    published_entries().iter().map(|entry| leaf_hash(entry)).collect()
}

#[test]
fn the_published_roots_come_out_at_every_size() {
    let mut log = Frontier::new();
    assert_eq!(log.root(), empty_root());
    for (index, (leaf, root)) in published_leaves().into_iter().zip(PUBLISHED_ROOTS).enumerate() {
        assert_eq!(log.append(leaf), index as u64);
        assert_eq!(log.root(), hash(root), "size {}", index + 1);
    }
}

#[test]
fn the_published_inclusion_proofs_come_out() {
    let leaves = published_leaves();
    let first = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ];
    assert_eq!(inclusion_proof(&leaves, 0).unwrap(), first.map(hash));
    let sixth = [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(inclusion_proof(&leaves, 5).unwrap(), sixth.map(hash));
    let third_of_three = ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"];
    assert_eq!(inclusion_proof(&leaves[..3], 2).unwrap(), third_of_three.map(hash));
}

#[test]
fn the_published_consistency_proofs_come_out() {
    let leaves = published_leaves();
    let from_six = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(consistency_proof(&leaves, 6).unwrap(), from_six.map(hash));
    let two_to_five = [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ];
    assert_eq!(consistency_proof(&leaves[..5], 2).unwrap(), two_to_five.map(hash));
}

/// RFC 9162 §2.1.1 as it is written.
fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let mut split = 1;
            while split * 2 < leaves.len() {
                split *= 2;
            }
            node_hash(&naive_root(&leaves[..split]), &naive_root(&leaves[split..]))
        }
    }
}

fn numbered(count: u64) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

#[test]
fn the_frontier_equals_the_naive_tree_up_to_three_hundred_entries() {
    let leaves = numbered(300);
    let mut log = Frontier::new();
    for (size, leaf) in (1..).zip(&leaves) {
        log.append(*leaf);
        assert_eq!(log.root(), naive_root(&leaves[..size]), "size {size}");
        assert_eq!(log.root(), root_of(&leaves[..size]));
        let stored = log.to_bytes();
        assert_eq!(stored.len(), 9 + 32 * size.count_ones() as usize);
        assert_eq!(Frontier::from_bytes(&stored), Ok(log.clone()));
    }
}

#[test]
fn a_frontier_of_the_wrong_shape_is_refused() {
    let mut log = Frontier::new();
    for leaf in numbered(6) {
        log.append(leaf);
    }
    let stored = log.to_bytes();
    for cut in 0..stored.len() {
        assert!(Frontier::from_bytes(&stored[..cut]).is_err(), "{cut} bytes");
    }
    assert!(Frontier::from_bytes(&[&stored[..], &[0]].concat()).is_err());
    let mut other_size = stored.clone();
    other_size[8] = 7;
    assert!(Frontier::from_bytes(&other_size).is_err());
    let mut other_format = stored;
    other_format[0] = 2;
    assert!(Frontier::from_bytes(&other_format).is_err());
}

#[test]
fn every_proof_in_a_log_of_up_to_forty_entries_holds() {
    let leaves = numbered(40);
    for size in 1..=leaves.len() {
        let (tree, size) = (&leaves[..size], size as u64);
        let root = naive_root(tree);
        for (index, leaf) in (0..).zip(tree) {
            let proof = inclusion_proof(tree, index).unwrap();
            assert_eq!(verify_inclusion(leaf, index, size, &proof, &root), Ok(()));
        }
        assert_eq!(inclusion_proof(tree, size), None);
        for old in 0..=size {
            let old_root = naive_root(&tree[..old as usize]);
            let proof = consistency_proof(tree, old).unwrap();
            let holds = verify_consistency(old, &old_root, size, &root, &proof);
            assert_eq!(holds, Ok(()), "{old} to {size}");
        }
        assert_eq!(consistency_proof(tree, size + 1), None);
    }
}

#[test]
fn any_flipped_removed_inserted_or_swapped_entry_changes_the_root() {
    let leaves = numbered(64);
    let root = root_of(&leaves);
    for at in 0..leaves.len() {
        let mut flipped = leaves.clone();
        flipped[at][0] ^= 1;
        assert_ne!(root_of(&flipped), root, "flipped at {at}");
        let mut removed = leaves.clone();
        removed.remove(at);
        assert_ne!(root_of(&removed), root, "removed at {at}");
        let mut inserted = leaves.clone();
        inserted.insert(at, leaf_hash(b"inserted"));
        assert_ne!(root_of(&inserted), root, "inserted at {at}");
        for other in 0..at {
            let mut swapped = leaves.clone();
            swapped.swap(at, other);
            assert_ne!(root_of(&swapped), root, "swapped {at} and {other}");
        }
    }
}

#[test]
fn an_entry_cannot_pose_as_an_inner_node() {
    let leaves = numbered(2);
    let pair = [&[1], &leaves[0][..], &leaves[1]].concat();
    assert_ne!(leaf_hash(&pair), node_hash(&leaves[0], &leaves[1]));
    assert_ne!(leaf_hash(&pair[1..]), node_hash(&leaves[0], &leaves[1]));
}

/// A change to a proof or to what it claims.
#[derive(Clone, Debug)]
enum Change {
    Flip(prop::sample::Index, u8),
    Drop(prop::sample::Index),
    Repeat(prop::sample::Index),
    Append(Hash),
    Swap(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), any::<u8>()).prop_map(|(at, bit)| Change::Flip(at, bit)),
        index().prop_map(Change::Drop),
        index().prop_map(Change::Repeat),
        any::<Hash>().prop_map(Change::Append),
        (index(), index()).prop_map(|(a, b)| Change::Swap(a, b)),
    ]
}

fn changed(proof: &[Hash], change: &Change) -> Vec<Hash> {
    let mut out = proof.to_vec();
    let len = proof.len();
    match change {
        Change::Append(hash) => out.push(*hash),
        _ if len == 0 => {}
        Change::Flip(at, bit) => {
            out[at.index(len)][usize::from(bit / 8)] ^= 1 << (bit % 8);
        }
        Change::Drop(at) => {
            out.remove(at.index(len));
        }
        Change::Repeat(at) => out.insert(at.index(len), proof[at.index(len)]),
        Change::Swap(a, b) => out.swap(a.index(len), b.index(len)),
    }
    out
}

proptest! {
    #[test]
    fn a_changed_inclusion_proof_never_holds(size in 1..70_u64, at: prop::sample::Index, change in change()) {
        let leaves = numbered(size);
        let index = at.index(leaves.len());
        let root = root_of(&leaves);
        let proof = inclusion_proof(&leaves, index as u64).unwrap();
        let changed = changed(&proof, &change);
        prop_assume!(changed != proof);
        prop_assert!(verify_inclusion(&leaves[index], index as u64, size, &changed, &root).is_err());
    }

    #[test]
    fn an_inclusion_proof_holds_for_one_place_in_one_tree(size in 1..70_u64, at: prop::sample::Index, index in 0..80_u64, claimed in 0..80_u64) {
        let leaves = numbered(size);
        let place = at.index(leaves.len());
        let proof = inclusion_proof(&leaves, place as u64).unwrap();
        let root = root_of(&leaves);
        // The size is not part of the root, so one proof may fit another size; the
        // checkpoint signs both. The place within the right size must be exact.
        prop_assert_eq!(
            verify_inclusion(&leaves[place], index, size, &proof, &root).is_ok(),
            index == place as u64
        );
        let other = naive_root(&numbered(claimed));
        prop_assert_eq!(
            verify_inclusion(&leaves[place], place as u64, claimed, &proof, &other).is_ok(),
            claimed == size
        );
    }

    #[test]
    fn a_changed_consistency_proof_never_holds(sizes in (1..70_u64, 1..70_u64), change in change()) {
        let (old, new) = (sizes.0.min(sizes.1), sizes.0.max(sizes.1));
        let leaves = numbered(new);
        let (old_root, root) = (naive_root(&leaves[..old as usize]), root_of(&leaves));
        let proof = consistency_proof(&leaves, old).unwrap();
        let changed = changed(&proof, &change);
        prop_assume!(changed != proof);
        prop_assert!(verify_consistency(old, &old_root, new, &root, &changed).is_err());
    }

    #[test]
    fn a_rewritten_past_has_no_consistency_proof(entries in vec(any::<[u8; 2]>(), 2..40), at: prop::sample::Index, old: prop::sample::Index) {
        let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let old = 1 + old.index(leaves.len() - 1);
        let mut rewritten = leaves.clone();
        rewritten[at.index(old)] = leaf_hash(b"rewritten");
        let proof = consistency_proof(&rewritten, old as u64).unwrap();
        let holds = verify_consistency(
            old as u64, &root_of(&leaves[..old]), leaves.len() as u64, &root_of(&rewritten), &proof,
        );
        prop_assert!(holds.is_err());
    }
}

#[test]
fn a_log_that_shrank_or_is_empty_proves_nothing() {
    let leaves = numbered(8);
    let root = root_of(&leaves);
    for proof in [vec![], consistency_proof(&leaves, 4).unwrap(), leaves.clone()] {
        for old in [9, 12, 16, u64::MAX] {
            assert!(verify_consistency(old, &root, 8, &root, &proof).is_err());
        }
        assert!(verify_consistency(1, &root, 0, &root, &proof).is_err());
        for index in [8, u64::MAX] {
            assert!(verify_inclusion(&root, index, 8, &proof, &root).is_err());
        }
        assert!(verify_inclusion(&root, 0, 0, &proof, &root).is_err());
    }
}
