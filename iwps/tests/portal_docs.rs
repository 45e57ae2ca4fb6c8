//! The numbers in `docs/portal.md` are true: the tree of the example, the split of the example, and the
//! limits.

use binary_merkle_tree::{merkle_proof, merkle_root, verify_proof};
use codec::Encode;
use madang_primitives::portal::{AllowlistLeaf, Split, MAX_HOPS, MAX_PORTALS, MAX_PROOF_LEN};
use madang_runtime::{AccountId, Hash};
use madang_runtime_common::{
	params::{MaxNotice, MaxTownPortals, MinNotice, OfferLifetime, PassLifetime},
	time::{DAYS, MINUTES},
};
use sp_core::{sr25519, Pair};
use sp_runtime::{
	traits::{BlakeTwo256, Hash as _},
	Permill,
};

/// The page under test.
const DOCS: &str = include_str!("../../docs/portal.md");

/// The second column of a row of a table.
fn cell(first: &str) -> &'static str {
	DOCS.lines()
		.find_map(|line| line.strip_prefix(&format!("| {first} | ")))
		.and_then(|rest| rest.split(" |").next())
		.unwrap_or_else(|| panic!("docs/portal.md has no row {first}"))
}

/// The bytes of a row.
fn bytes(first: &str) -> Vec<u8> {
	let text = cell(first).trim_matches('`');
	let digits = text.strip_prefix("0x").unwrap_or_else(|| panic!("{text}"));
	(0..digits.len())
		.step_by(2)
		.map(|at| u8::from_str_radix(&digits[at..at + 2], 16))
		.collect::<Result<_, _>>()
		.unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn leaf(name: &str) -> Vec<u8> {
	let pair = sr25519::Pair::from_string(name, None).unwrap_or_else(|error| panic!("{error}"));
	let account = AccountId::from(pair.public().0);
	AllowlistLeaf::new(Hash::repeat_byte(1), account).encode()
}

fn blake2_256(bytes: &[u8]) -> [u8; 32] {
	BlakeTwo256::hash(bytes).0
}

/// The root as the page says that any client finds it.
fn root_by_the_book(leaves: &[Vec<u8>]) -> [u8; 32] {
	let mut level: Vec<[u8; 32]> = leaves.iter().map(|leaf| blake2_256(leaf)).collect();
	while level.len() > 1 {
		level = level
			.chunks(2)
			.map(|pair| match pair {
				[left, right] => blake2_256(&[&left[..], &right[..]].concat()),
				last => last[0],
			})
			.collect();
	}
	level[0]
}

#[test]
fn the_tree_of_the_example_is_the_one_that_the_chain_checks() {
	let leaves = ["//Alice", "//Bob", "//Charlie"].map(leaf);
	assert_eq!(bytes("leaf of Alice"), leaves[0]);
	let hashes = ["hash 0, Alice", "hash 1, Bob", "hash 2, Charlie"].map(bytes);
	for (told, leaf) in hashes.iter().zip(&leaves) {
		assert_eq!(told[..], blake2_256(leaf));
	}
	let inner = bytes("hash of 0 and 1");
	assert_eq!(
		inner,
		blake2_256(&[&hashes[0][..], &hashes[1][..]].concat())
	);
	let root = Hash::from_slice(&bytes("root"));
	assert_eq!(merkle_root::<BlakeTwo256, _>(leaves.iter()), root);

	let alice = [&hashes[1], &hashes[2]].map(|node| Hash::from_slice(node));
	let charlie = [Hash::from_slice(&inner)];
	let proves = |index: u32, nodes: &[Hash]| {
		let nodes = nodes.iter().copied();
		verify_proof::<BlakeTwo256, _, _>(&root, nodes, 3, index, &leaves[index as usize])
	};
	assert!(proves(0, &alice) && proves(2, &charlie));
	assert!(!proves(0, &charlie) && !proves(2, &alice));
	let made = merkle_proof::<BlakeTwo256, _, _>(leaves.iter(), 0);
	assert_eq!(made.proof, alice);
}

#[test]
fn a_tree_by_the_book_has_the_root_that_the_chain_checks() {
	for count in 1..40 {
		let leaves: Vec<_> = (0..count)
			.map(|number| leaf(&format!("//{number}")))
			.collect();
		assert_eq!(
			merkle_root::<BlakeTwo256, _>(leaves.iter()).0,
			root_by_the_book(&leaves),
			"{count} accounts"
		);
	}
}

#[test]
fn the_toll_of_the_example_is_cut_as_the_page_says() {
	let parts = [490_000, 490_000, 20_000].map(Permill::from_parts);
	let [source, destination, network] = parts;
	let split = Split {
		source,
		destination,
		network,
	};
	assert_eq!(split.shares(101), (49, 49, 3));
	assert!(DOCS.contains("the source gets 49, the destination 49 and the network 3"));
}

#[test]
fn limits_and_times_are_those_of_the_runtime() {
	let blocks = |count: u32, unit: u32, name: &str| {
		let digits = count.to_string();
		let grouped: Vec<&str> = digits
			.as_bytes()
			.rchunks(3)
			.rev()
			.map(|part| core::str::from_utf8(part).unwrap_or_default())
			.collect();
		format!("{} blocks, {} {name}", grouped.join(","), count / unit)
	};
	for (row, told) in [
		(
			"portals that begin in one metaverse",
			MAX_PORTALS.to_string(),
		),
		("portals that end in one metaverse", MAX_PORTALS.to_string()),
		(
			"portals between a metaverse and a town to which the town agrees by rule",
			MaxTownPortals::get().to_string(),
		),
		(
			"an offer can be accepted for",
			blocks(OfferLifetime::get(), DAYS, "days"),
		),
		(
			"a pass is good for",
			blocks(PassLifetime::get(), MINUTES, "minutes"),
		),
		(
			"shortest notice",
			blocks(MinNotice::get(), MINUTES, "minutes"),
		),
		("longest notice", blocks(MaxNotice::get(), DAYS, "days")),
		("hashes of a proof", MAX_PROOF_LEN.to_string()),
		("hops of a route", MAX_HOPS.to_string()),
	] {
		assert_eq!(cell(row), told, "{row}");
	}
}
