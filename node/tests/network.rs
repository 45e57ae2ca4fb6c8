//! Two nodes of one network find each other, and both finalize the same chain.

mod common;

use std::time::Duration;

use common::Node;

/// Most that it may take from the start of the second node.
const FINALITY: Duration = Duration::from_secs(90);

/// A block above this number has to be finalized.
const BLOCKS: u64 = 2;

#[test]
fn two_validators_finalize_the_same_chain() {
	let dir = tempfile::tempdir().expect("temporary folders can be made");
	let base_path = |name: &str| dir.path().join(name).display().to_string();

	let mut alice = Node::start(&[
		"--chain",
		"local",
		"--alice",
		"--base-path",
		&base_path("alice"),
	]);
	let bootnode = alice.bootnode();
	let mut bob = Node::start(&[
		"--chain",
		"local",
		"--bob",
		"--base-path",
		&base_path("bob"),
		"--bootnodes",
		&bootnode,
	]);
	assert_eq!(
		alice.block_hash(0),
		bob.block_hash(0),
		"both start from the same genesis"
	);

	let enough = |node: &Node| Some(node.finalized()).filter(|number| *number > BLOCKS);
	let of_alice = alice.wait(FINALITY, "finalized block at Alice", enough);
	let of_bob = bob.wait(FINALITY, "finalized block at Bob", enough);

	let both = of_alice.min(of_bob);
	assert_eq!(
		alice.block_hash(both),
		bob.block_hash(both),
		"both finalized the same block"
	);
}
