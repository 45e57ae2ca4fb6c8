//! The command line: each command once, on a chain that a node made before.

mod common;

use std::{path::Path, time::Duration};

use common::{fail, succeed, Node};
use serde_json::Value;

/// Most that a command may take. Some compile the runtime first.
const COMMAND: Duration = Duration::from_secs(60);

/// Blocks that the node makes before the commands look at them.
const BLOCKS: u64 = 4;

/// Most that the blocks may take.
const MAKING: Duration = Duration::from_secs(60);

const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

fn json(text: &str) -> Value {
	serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

#[test]
fn keys_are_made_and_inspected() {
	let made = json(&succeed(
		&["key", "generate", "--output-type", "json"],
		COMMAND,
	));
	let address = made["ss58Address"]
		.as_str()
		.expect("an account has an address");
	assert!(
		address.starts_with('5'),
		"{address} has the prefix of this chain"
	);

	let seen = json(&succeed(
		&["key", "inspect", "--output-type", "json", "//Alice"],
		COMMAND,
	));
	assert_eq!(seen["ss58Address"], ALICE);

	let network_key = succeed(&["key", "generate-node-key"], COMMAND);
	assert_eq!(network_key.trim().len(), 64, "32 bytes in hexadecimal");
}

#[test]
fn chain_specifications_are_exported_and_read_back() {
	let dir = tempfile::tempdir().expect("temporary folders can be made");
	let file = dir.path().join("chain.json").display().to_string();
	for (chain, id, chain_type) in [
		("dev", "dev", "Development"),
		("local", "local_testnet", "Local"),
	] {
		let plain = json(&succeed(&["export-chain-spec", "--chain", chain], COMMAND));
		assert_eq!(plain["id"], id);
		assert_eq!(plain["chainType"], chain_type);
		assert_eq!(plain["properties"]["tokenSymbol"], "MDG");
		assert_eq!(plain["properties"]["tokenDecimals"], 12);
		assert_eq!(plain["properties"]["ss58Format"], 42);
		assert!(
			plain["genesis"].get("runtimeGenesis").is_some(),
			"genesis is readable"
		);

		let raw = [
			"export-chain-spec",
			"--chain",
			chain,
			"--raw",
			"--output",
			&file,
		];
		succeed(&raw, COMMAND);
		let again = json(&succeed(&["export-chain-spec", "--chain", &file], COMMAND));
		assert_eq!(again["id"], id);
		assert!(again["genesis"]["raw"]["top"].is_object(), "genesis is raw");
	}
}

#[test]
fn what_cannot_run_is_refused_in_words() {
	let refusal = fail(&[], COMMAND);
	assert!(
		refusal.contains("--dev") && refusal.contains("--chain local"),
		"{refusal}"
	);

	let refusal = fail(&["--chain", "no-such-chain"], COMMAND);
	assert!(refusal.contains("neither"), "{refusal}");
}

/// The collator brings RocksDB with it, and runs parachains.
#[cfg(not(feature = "collator"))]
#[test]
fn what_only_the_collator_has_is_refused_in_words() {
	let refusal = fail(&["--dev", "--database", "rocksdb"], COMMAND);
	assert!(refusal.contains("paritydb"), "{refusal}");

	let dir = tempfile::tempdir().expect("temporary folders can be made");
	let file = dir.path().join("parachain.json");
	std::fs::write(
		&file,
		r#"{ "name": "A", "id": "a", "relay_chain": "b", "para_id": 2000 }"#,
	)
	.expect("the folder is writable");
	let file = file.display().to_string();
	let committed = concat!(
		env!("CARGO_MANIFEST_DIR"),
		"/../chain-specs/parachain-local.json"
	);
	for chain in ["parachain-dev", "parachain-local", &file, committed] {
		for args in [
			["--chain", chain, "--dev-block-time", "2000"],
			["export-chain-spec", "--raw", "--chain", chain],
			["export-genesis-head", "--chain", chain, "--raw"],
		] {
			let refusal = fail(&args, COMMAND);
			for told in [chain, "`collator`", "docs/parachain.md"] {
				assert!(refusal.contains(told), "{args:?}: {refusal}");
			}
		}
	}
}

/// Alice alone makes blocks that nobody finalizes, so that there is something to take back.
#[test]
fn a_stored_chain_is_told_checked_copied_reverted_and_removed() {
	let dir = tempfile::tempdir().expect("temporary folders can be made");
	let path = |name: &str| dir.path().join(name).display().to_string();
	let (original, copy, blocks) = (path("original"), path("copy"), path("blocks"));
	let chain_info = |base_path: &str| json(&succeed(&on("chain-info", base_path), COMMAND));

	let mut node = Node::start(&[
		"--chain",
		"local",
		"--alice",
		"--force-authoring",
		"--base-path",
		&original,
	]);
	node.wait(MAKING, "blocks", |node| {
		(node.best() >= BLOCKS).then_some(())
	});
	node.stop();

	let before = chain_info(&original);
	let best = before["best_number"]
		.as_u64()
		.expect("there is a best block");
	assert!(best >= BLOCKS);
	assert_eq!(before["finalized_number"], 0);

	let mut check = on("check-block", &original).to_vec();
	check.push("1");
	succeed(&check, COMMAND);

	let mut export = on("export-blocks", &original).to_vec();
	export.push(&blocks);
	succeed(&export, COMMAND);

	let mut import = on("import-blocks", &copy).to_vec();
	import.push(&blocks);
	succeed(&import, COMMAND);
	let copied = chain_info(&copy);
	assert_eq!(copied["genesis_hash"], before["genesis_hash"]);
	assert_eq!(copied["best_hash"], before["best_hash"]);

	let state = json(&succeed(&on("export-state", &copy), COMMAND));
	assert!(
		state["genesis"]["raw"]["top"].is_object(),
		"the state is raw"
	);

	let mut revert = on("revert", &original).to_vec();
	revert.push("2");
	succeed(&revert, COMMAND);
	assert_eq!(chain_info(&original)["best_number"], best - 2);

	let database = Path::new(&original).join("chains/local_testnet/paritydb");
	assert!(database.is_dir(), "the database is ParityDB");
	let mut purge = on("purge-chain", &original).to_vec();
	purge.push("-y");
	succeed(&purge, COMMAND);
	assert!(!database.exists());
}

/// A command on a stored chain.
fn on<'a>(command: &'a str, base_path: &'a str) -> [&'a str; 5] {
	[command, "--chain", "local", "--base-path", base_path]
}
