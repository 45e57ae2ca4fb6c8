//! Nodes of one network find each other, and all finalize the same chain: three of the four validators
//! are enough.

mod common;

use std::time::Duration;

use common::Node;

/// Most that it may take from the start of the last node.
const FINALITY: Duration = Duration::from_secs(90);

/// A block above this number has to be finalized.
const BLOCKS: u64 = 2;

#[test]
fn three_of_four_validators_finalize_the_same_chain() {
	let dir = tempfile::tempdir().expect("temporary folders can be made");
	let start = |who: &str, more: &[&str]| {
		let base_path = dir.path().join(who).display().to_string();
		let flag = format!("--{who}");
		let args = ["--chain", "local", &flag, "--base-path", &base_path];
		Node::start(&[&args[..], more].concat())
	};
	let alice = start("alice", &[]);
	let bootnode = alice.bootnode();
	let others = ["bob", "charlie"].map(|who| start(who, &["--bootnodes", &bootnode]));
	let mut nodes: Vec<_> = others.into_iter().chain([alice]).collect();

	let genesis = nodes[0].block_hash(0);
	let mut least = u64::MAX;
	for node in &mut nodes {
		assert_eq!(node.block_hash(0), genesis, "all start from one genesis");
		let enough = |node: &Node| Some(node.finalized()).filter(|number| *number > BLOCKS);
		least = least.min(node.wait(FINALITY, "finalized block", enough));
	}
	let finalized = nodes[0].block_hash(least);
	for node in &nodes {
		assert_eq!(node.block_hash(least), finalized, "all finalized one chain");
	}
}
