//! What the internet does to a public endpoint.

use std::{
	sync::{
		atomic::{AtomicBool, AtomicU64, Ordering},
		Arc,
	},
	thread,
	time::{Duration, Instant},
};

use serde_json::{json, Value};

use super::{with_network, Amount};
use crate::{
	dice::Dice,
	must,
	network::Network,
	rpc::{request, Connection},
	Error, Outcome,
};

/// How a public node is started (`docs/operations.md`).
const PUBLIC: [&str; 4] = ["--rpc-methods", "safe", "--rpc-max-connections", "200"];

/// Methods that only an operator may call.
const UNSAFE: [&str; 13] = [
	"author_hasKey",
	"author_hasSessionKeys",
	"author_insertKey",
	"author_removeExtrinsic",
	"author_rotateKeys",
	"author_rotateKeysWithOwner",
	"offchain_localStorageGet",
	"offchain_localStorageSet",
	"system_addLogFilter",
	"system_addReservedPeer",
	"system_dryRun",
	"system_peers",
	"system_removeReservedPeer",
];

/// Connections that flood.
const CONNECTIONS: usize = 100;

/// How long blocks are counted, with and without the flood.
const COUNTED: Duration = Duration::from_secs(40);

/// Most by which the flood may slow the blocks.
const SLOWER: f64 = 1.2;

/// Most that one answer to a bad request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Most memory that ten thousand bad requests may leave behind, in bytes.
const LEFT_BEHIND: u64 = 256 * 1024 * 1024;

/// Length of a request that is too long: the limit is 15 MiB.
const OVERSIZED: usize = 16 * 1024 * 1024;

/// All three on one node.
pub fn all(amount: Amount) -> Outcome<Vec<String>> {
	let network = Network::start("dev", &["alice"], &PUBLIC)?;
	with_network(network, |network| {
		let mut lines = vec![deny(network)?];
		lines.push(bad_requests(network, amount)?);
		lines.push(flood(network)?);
		Ok(lines)
	})
}

/// Methods that read or change the node itself are denied.
pub fn deny(network: &Network) -> Outcome<String> {
	let node = &network.nodes[0];
	let methods = node.call("rpc_methods", json!([]))?;
	let known = methods["methods"].as_array().cloned().unwrap_or_default();
	for method in UNSAFE {
		must(known.contains(&json!(method)), || {
			format!("there is no method {method}")
		})?;
		// The right number of parameters, so that it is not these which are refused.
		let params = match method {
			"author_hasKey" => json!(["0x00", "aura"]),
			"author_hasSessionKeys" | "author_rotateKeysWithOwner" => json!(["0x00"]),
			"author_insertKey" => json!(["aura", "//Alice", "0x00"]),
			"author_removeExtrinsic" => json!([[]]),
			"offchain_localStorageGet" => json!(["PERSISTENT", "0x00"]),
			"offchain_localStorageSet" => json!(["PERSISTENT", "0x00", "0x00"]),
			"system_addLogFilter" | "system_dryRun" => json!(["0x00"]),
			"system_addReservedPeer" | "system_removeReservedPeer" => json!(["x"]),
			_ => json!([]),
		};
		match node.call(method, params) {
			Err(Error::Silent { why, .. }) => must(why.contains("unsafe"), || {
				format!("{method} fails on a public endpoint, but for another reason: {why}")
			})?,
			Err(error) => return Err(error),
			Ok(answer) => {
				return Err(Error::Broken(format!(
					"{method} answers on a public endpoint: {answer}"
				)))
			}
		}
	}
	Ok(format!(
		"{} unsafe methods are denied on a public endpoint",
		UNSAFE.len()
	))
}

/// A request that is wrong in one of many ways.
fn bad_request(dice: &mut Dice) -> Vec<u8> {
	let depth = 1 + dice.below(20_000) as usize;
	let number = dice.below(u64::from(u32::MAX));
	match dice.below(14) {
		0 => (0..dice.below(2_000))
			.map(|_| dice.below(256) as u8)
			.collect(),
		1 => Vec::new(),
		2 => "[".repeat(depth).into_bytes(),
		3 => format!("{}{}", "[".repeat(depth), "]".repeat(depth)).into_bytes(),
		4 => format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)).into_bytes(),
		5 => {
			let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
			format!(r#"{{"jsonrpc":"2.0","id":1,"method":"land_area","params":{nested}}}"#)
				.into_bytes()
		}
		6 => {
			let whole = request("chain_getBlockHash", json!([number]));
			whole[..dice.below(whole.len() as u64) as usize].to_vec()
		}
		7 => request(&format!("no_such_method_{number}"), json!([number])),
		8 => request(
			dice.one_of(&[
				"land_area",
				"land_parcelAt",
				"metaverse_get",
				"escrow_position",
			]),
			json!([{ "x": -1 }, number, "0xzz", null, [[]], 1e300]),
		),
		9 => request(
			dice.one_of(&["metaverse_bySlug", "land_parcelsOf", "escrow_positionsOf"]),
			json!(["x".repeat(depth), number, "\u{0}"]),
		),
		10 => request(
			"author_submitExtrinsic",
			json!([format!("0x{}", "ff".repeat(depth))]),
		),
		11 => request(
			"state_call",
			json!([
				dice.one_of(&["LandApi_area", "EscrowApi_positions_of", "NoApi_none"]),
				format!("0x{}", "ff".repeat(depth % 100))
			]),
		),
		12 => request(
			"state_getKeysPaged",
			json!(["0x", u32::MAX, format!("0x{number:08x}")]),
		),
		// A batch of requests, each of them wrong.
		_ => {
			let one: Value = json!({ "jsonrpc": "1.0", "id": number, "method": 7 });
			Value::from(vec![one; 1 + depth % 200])
				.to_string()
				.into_bytes()
		}
	}
}

/// Requests that are garbled, nested, oversized or simply wrong: each is answered or its connection
/// closed, and the node goes on.
pub fn bad_requests(network: &mut Network, amount: Amount) -> Outcome<String> {
	let mut dice = Dice::new(amount.seed);
	let (pid, memory) = (
		network.nodes[0].pid(),
		network.nodes[0].memory().unwrap_or(0),
	);
	let address = network.nodes[0].rpc_address();
	let silent = |why: std::io::Error| Error::Silent {
		node: "the public node".into(),
		method: "bad request".into(),
		why: why.to_string(),
	};
	let begin = Instant::now();
	let mut connection = Connection::open(address, PATIENCE).map_err(silent)?;
	let (mut errors, mut closed, mut slowest) = (0u32, 0u32, Duration::ZERO);
	for turn in 0..amount.requests {
		let bad = match turn % 500 {
			499 => vec![b' '; OVERSIZED],
			_ => bad_request(&mut dice),
		};
		let sent = Instant::now();
		match connection.post(&bad) {
			Ok(answer) => {
				errors += 1;
				// Wrong is never right; keys of the state are no secret, but nobody gets all at once.
				must(answer.body.len() < 4 * 1024 * 1024, || {
					format!("{} bytes for a bad request", answer.body.len())
				})?;
			}
			Err(why) if why.kind() == std::io::ErrorKind::WouldBlock => {
				let text: String = String::from_utf8_lossy(&bad).chars().take(80).collect();
				return Err(Error::Broken(format!(
					"no answer within {PATIENCE:?} to {text}"
				)));
			}
			Err(_) => {
				closed += 1;
				connection = Connection::open(address, PATIENCE).map_err(silent)?;
			}
		}
		slowest = slowest.max(sent.elapsed());
	}
	let took = begin.elapsed();
	let node = &mut network.nodes[0];
	must(node.is_alive() && node.pid() == pid, || {
		"the node died of a bad request".into()
	})?;
	must(!node.has_panicked(), || "the node panicked".into())?;
	let left = node.memory().unwrap_or(0).saturating_sub(memory);
	must(left < LEFT_BEHIND, || {
		format!("bad requests left {left} bytes of memory behind")
	})?;
	let head = node.height()?.best;
	network.wait(
		Duration::from_secs(20),
		"block after the bad requests",
		|network| {
			network.nodes[0]
				.height()
				.is_ok_and(|height| height.best > head + 1)
		},
	)?;
	Ok(format!(
		"{} bad requests in {:.0} s: {errors} answered, {closed} closed, the slowest after {:.2} s; {} MiB \
		 of memory more than before; blocks go on",
		amount.requests,
		took.as_secs_f64(),
		slowest.as_secs_f64(),
		left / (1024 * 1024)
	))
}

/// Seconds for each block, over [`COUNTED`].
fn block_time(network: &Network) -> Outcome<f64> {
	let node = &network.nodes[0];
	let (begin, from) = (
		Instant::now(),
		node.metric("substrate_block_height", "best")?,
	);
	thread::sleep(COUNTED);
	let blocks = node.metric("substrate_block_height", "best")? - from;
	must(blocks >= 1.0, || format!("no block within {COUNTED:?}"))?;
	Ok(begin.elapsed().as_secs_f64() / blocks)
}

/// A hundred connections that ask as fast as they can.
pub fn flood(network: &mut Network) -> Outcome<String> {
	let quiet = block_time(network)?;
	let address = network.nodes[0].rpc_address();
	let (stop, answered) = (
		Arc::new(AtomicBool::new(false)),
		Arc::new(AtomicU64::new(0)),
	);
	let threads: Vec<_> = (0..CONNECTIONS)
		.map(|number| {
			let (stop, answered) = (stop.clone(), answered.clone());
			thread::spawn(move || {
				let requests = [
					request("chain_getHeader", json!([])),
					request("land_supply", json!([])),
					request("metaverse_list", json!([])),
					request("state_getRuntimeVersion", json!([])),
				];
				let mut connection = None;
				for turn in number.. {
					if stop.load(Ordering::SeqCst) {
						break;
					}
					let open = connection
						.take()
						.or_else(|| Connection::open(address, PATIENCE).ok());
					let Some(mut open) = open else {
						thread::sleep(crate::POLL);
						continue;
					};
					if open.post(&requests[turn % requests.len()]).is_ok() {
						answered.fetch_add(1, Ordering::Relaxed);
						connection = Some(open);
					}
				}
			})
		})
		.collect();
	let loud = block_time(network);
	stop.store(true, Ordering::SeqCst);
	for thread in threads {
		let _ = thread.join();
	}
	let loud = loud?;
	let answered = answered.load(Ordering::Relaxed);
	must(answered as usize > CONNECTIONS, || {
		format!("only {answered} requests were answered")
	})?;
	let slower = loud / quiet;
	must(slower <= SLOWER, || {
		format!(
			"{loud:.2} s for each block under the flood, {quiet:.2} s without: {slower:.2} times"
		)
	})?;
	Ok(format!(
		"{CONNECTIONS} connections that flood: {:.0} requests a second answered; a block every {loud:.2} s \
		 against {quiet:.2} s without the flood ({slower:.2} times)",
		answered as f64 / COUNTED.as_secs_f64()
	))
}
