//! The parachain as the feature `collator` runs it: its specifications, what a relay chain registers of it,
//! and the development mode, which needs no relay chain.
//!
//!     cargo test --release --workspace --locked --features madang-node/collator --test collator

mod common;

use std::{path::Path, time::Duration};

use codec::{DecodeAll, Encode};
use common::{succeed, Node};
use madang_primitives::{land::SupplyView, metaverse::MetaverseView, Balance};
use madang_runtime::{AccountId, BlockNumber};
use serde_json::{json, Value};
use sp_core::bytes;
use sp_io::hashing::blake2_256;

/// Most that a command may take: it compiles the runtime first.
const COMMAND: Duration = Duration::from_secs(120);

/// Most that the blocks may take.
const MAKING: Duration = Duration::from_secs(60);

/// How many blocks are waited for.
const BLOCKS: u64 = 5;

const CHAINS: [(&str, &str); 2] = [
	("parachain-dev", "parachain-development.json"),
	("parachain-local", "parachain-local.json"),
];

fn committed(name: &str) -> String {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../chain-specs");
	folder.join(name).display().to_string()
}

fn exported(chain: &str) -> Value {
	let raw = succeed(&["export-chain-spec", "--raw", "--chain", chain], COMMAND);
	serde_json::from_str(&raw).expect("a specification is JSON")
}

/// What a query of ours answers through the method that every node has.
fn query<T: DecodeAll>(node: &Node, query: &str, arguments: impl Encode) -> T {
	let arguments = bytes::to_hex(&arguments.encode(), false);
	let answer = node.call("state_call", json!([query, arguments]));
	let answer = answer.as_str().expect("an answer is bytes");
	let answer = bytes::from_hex(answer).expect("bytes are hexadecimal");
	T::decode_all(&mut &answer[..]).unwrap_or_else(|error| panic!("{query}: {error}"))
}

#[test]
fn a_file_and_a_name_are_the_same_chain() {
	for (name, file) in CHAINS {
		let (by_name, by_file) = (exported(name), exported(&committed(file)));
		assert!(by_name == by_file, "{name} and {file} differ");
		assert_eq!(by_name["relay_chain"], "rococo-local");
		assert!(by_name["para_id"].is_u64());
	}
}

/// Blocks come and are final, and the queries of ours are answered, all without a relay chain.
#[test]
fn the_development_mode_needs_no_relay_chain() {
	let mut node = Node::start(&[
		"--chain",
		"parachain-dev",
		"--dev-block-time",
		"1000",
		"--tmp",
	]);
	node.wait(MAKING, "blocks", |node| {
		(node.finalized() >= BLOCKS).then_some(())
	});
	assert_eq!(
		node.call("system_chain", json!([])),
		"Madang Parachain Development"
	);
	assert_eq!(
		node.call("state_getRuntimeVersion", json!([]))["specName"],
		"madang-parachain"
	);

	let supply: SupplyView<Balance, BlockNumber> = query(&node, "LandApi_supply", ());
	assert!(supply.allocated > 0 && supply.allocated <= supply.cap);
	let demo: Option<MetaverseView<AccountId, Balance, BlockNumber>> =
		query(&node, "MetaverseApi_by_slug", "madang-demo");
	let demo = demo.expect("the demo metaverse is there from the start");
	let none: Option<MetaverseView<AccountId, Balance, BlockNumber>> =
		query(&node, "MetaverseApi_by_slug", "nobody-has-this");
	assert!(none.is_none());
	let account: AccountId = query(&node, "MetaverseApi_account", demo.id);
	assert_eq!(account, demo.account);
	node.stop();
}

#[test]
fn what_a_relay_chain_registers_is_exported() {
	let hex = |command: &str| {
		let printed = succeed(&[command, "--chain", "parachain-local"], COMMAND);
		bytes::from_hex(printed.trim()).expect("it is hexadecimal")
	};
	let head = hex("export-genesis-head");
	let code = hex("export-genesis-wasm");

	let mut node = Node::start(&[
		"--chain",
		"parachain-local",
		"--dev-block-time",
		"1000",
		"--tmp",
	]);
	node.wait(MAKING, "a block", |node| (node.best() > 0).then_some(()));
	assert_eq!(
		node.block_hash(0),
		bytes::to_hex(&blake2_256(&head), false).as_str()
	);
	// Under the key `:code`.
	assert_eq!(
		node.call("state_getStorage", json!(["0x3a636f6465"])),
		bytes::to_hex(&code, false).as_str()
	);
	node.stop();
}
