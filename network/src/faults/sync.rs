//! Nodes that come new.

use std::time::Duration;

use serde_json::{json, Value};

use crate::{load::Load, must, network::Network, Outcome};

/// Blocks that are there before the new nodes come.
const BLOCKS: u64 = 20;

/// Most that this may take.
const MAKING: Duration = Duration::from_secs(120);

/// Most that a new node may take until it has what the others have.
const SYNC: Duration = Duration::from_secs(120);

/// Keys that are read to compare states.
const PAGE: u32 = 1_000;

/// All of the state of a block, as far as a node tells it: its root, and every key with the hash of its
/// value.
fn state(network: &Network, place: usize, block: &str) -> Outcome<Vec<Value>> {
	let node = &network.nodes[place];
	let header = node.call("chain_getHeader", json!([block]))?;
	let mut state = vec![header["stateRoot"].clone()];
	let mut last = json!(null);
	loop {
		let keys = node.call("state_getKeysPaged", json!(["0x", PAGE, last, block]))?;
		let keys = keys.as_array().cloned().unwrap_or_default();
		let Some(end) = keys.last().cloned() else {
			return Ok(state);
		};
		for key in keys {
			let hash = node.call("state_getStorageHash", json!([key, block]))?;
			state.push(json!([key, hash]));
		}
		last = end;
	}
}

/// Two new nodes join four under load, one by full sync and one by warp sync.
pub fn full_and_warp(network: &mut Network) -> Outcome<Vec<String>> {
	let old = [0, 1, 2, 3];
	let load = Load::start(&network.nodes, Duration::from_millis(200))?;
	network.wait_for_finality(&old, BLOCKS, MAKING)?;
	let mut lines = Vec::new();
	let mut places = Vec::new();
	for mode in ["full", "warp"] {
		let place = network.add(mode, &["--sync", mode], 0)?;
		network.connect(place, &old)?;
		network.nodes[place].start()?;
		let head = network.nodes[0].height()?.finalized;
		let took = network.wait_for_finality(&[place], head, SYNC)?;
		must(
			network.nodes[place].log().contains("Warp sync is complete") == (mode == "warp"),
			|| format!("{mode} sync did not go the way of {mode} sync"),
		)?;
		lines.push(format!(
			"{mode} sync of {head} final blocks under load: {:.1} s from the start of the program",
			took.as_secs_f64()
		));
		places.push(place);
	}
	let sent = load.stop();
	must(!sent.is_empty(), || "no transaction was taken".into())?;

	let number = network.nodes[0].height()?.finalized;
	let all = [0, 1, 2, 3, places[0], places[1]];
	network.wait_for_finality(&all, number, SYNC)?;
	let block = network.nodes[0].block_hash(number)?.unwrap_or_default();
	let expected = state(network, 0, &block)?;
	for place in places {
		let found = state(network, place, &block)?;
		must(found == expected, || {
			format!(
				"{} has another state at block {number}",
				network.nodes[place].name()
			)
		})?;
	}
	lines.push(format!(
		"both have the state root of the others at final block {number}, and the same {} entries",
		expected.len() - 1
	));
	Ok(lines)
}
