//! The tree of a list, built here once more from its description: each node is the hash of the two
//! below it side by side, and one that is left over goes up as it is.

use codec::Encode;
use madang_mock::{AccountId, System};
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// All layers, from the leaves to the root.
fn layers(list: &[AccountId]) -> Vec<Vec<H256>> {
	let genesis = System::block_hash(0);
	let leaf = |who: &AccountId| {
		let parts: [&[u8]; 3] = [b"madang/portal/allowlist", genesis.as_ref(), who.as_ref()];
		BlakeTwo256::hash(&parts.concat())
	};
	let mut layers = vec![list.iter().map(leaf).collect::<Vec<_>>()];
	while let Some(below) = layers.last().filter(|below| below.len() > 1) {
		let above = below.chunks(2).map(|pair| match pair {
			[one, two] => BlakeTwo256::hash_of(&(one, two)),
			_ => pair[0],
		});
		let above = above.collect();
		layers.push(above);
	}
	layers
}

/// The root of a list, and zero for an empty one.
pub fn root(list: &[AccountId]) -> H256 {
	let layers = layers(list);
	let top = layers.last().and_then(|top| top.first());
	top.copied().unwrap_or_default()
}

/// The hashes beside the way from a leaf to the root.
pub fn proof(list: &[AccountId], leaf: usize) -> Vec<H256> {
	let mut place = leaf;
	let mut nodes = Vec::new();
	for layer in layers(list) {
		nodes.extend(layer.get(place ^ 1).copied());
		place /= 2;
	}
	nodes
}

/// Whether the description says the same as the one who wrote it.
#[test]
fn a_leaf_is_what_the_pallet_says_it_is() {
	madang_mock::new_test_ext().execute_with(|| {
		let who = madang_mock::alice();
		let leaf = madang_mock::Portal::allowlist_leaf(who.clone()).encode();
		assert_eq!(root(&[who]), BlakeTwo256::hash(&leaf));
	});
}
