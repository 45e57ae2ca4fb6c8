//! Whether everything that was sent arrived, once, and did what it should; and how fast.

use codec::Decode;
use frame_support::storage::storage_prefix;
use frame_system::{Account, ConsumedWeight};
use madang_network::{must, Error, Outcome};
use madang_report::figures::median;
use madang_runtime::{Nonce, Runtime};
use serde_json::{json, Value};
use sp_core::bytes;

use crate::{
	blocks::Block,
	generator::Run,
	kind::Kind,
	line::{hex, text, Line},
	senders::Traffic,
};

/// Accounts that are asked for at a time.
const PAGE: usize = 1_000;

/// What was measured between two blocks.
#[derive(Clone, Copy, Debug)]
pub struct Window {
	/// Transactions in the blocks after the first one, up to the last.
	pub transactions: u64,
	/// How many blocks these are.
	pub blocks: usize,
	/// Seconds from the first block to the last, by the clock of the chain.
	pub seconds: f64,
	/// Which part of their limit of weight the blocks have used: the middle of them.
	pub fullness: f64,
}

impl Window {
	/// Transactions a second.
	pub fn rate(&self) -> f64 {
		self.transactions as f64 / self.seconds
	}
}

/// Checks what must hold after a run: blocks have what nodes took, the nonces at the last final block count
/// as many transactions as were ever sent, and every one of this run did what it should.
pub fn check(line: &mut Line, run: &Run, traffic: &Traffic) -> Outcome<()> {
	let included: u64 = run.blocks.iter().map(|block| block.transactions).sum();
	must(included == run.taken, || {
		format!(
			"nodes took {} transactions, and blocks have {included}",
			run.taken
		)
	})?;
	let head = text(&line.ask("chain_getFinalizedHead", json!([]))?)?;
	let counted = nonces(line, traffic, &head)?;
	must(counted == traffic.sent(), || {
		format!(
			"{} transactions were sent, and the nonces at the last final block count {counted}",
			traffic.sent()
		)
	})?;
	for block in run.blocks.iter().filter(|block| block.transactions > 0) {
		let events = value(line, "System", "Events", block)?;
		let tally = traffic.kind().tally(&events)?;
		must(
			tally.failed == 0 && tally.done == block.transactions,
			|| {
				format!(
					"of {} transactions in block {}, {} did what they should and {} failed",
					block.transactions, block.number, tally.done, tally.failed
				)
			},
		)?;
	}
	Ok(())
}

/// What was measured from the first block that came so long after the beginning, to the last before the
/// end of sending.
pub fn window(line: &mut Line, run: &Run, kind: Kind, ramp_up: f64) -> Outcome<Window> {
	let blocks: Vec<&Block> = run
		.blocks
		.iter()
		.filter(|block| block.number <= run.end)
		.filter(|block| (block.seen - run.began).as_secs_f64() >= ramp_up)
		.collect();
	let [first, rest @ ..] = blocks.as_slice() else {
		return Err(too_short());
	};
	let last = rest.last().ok_or_else(too_short)?;
	let seconds = (timestamp(line, last)? - timestamp(line, first)?) / 1e3;
	let mut fullness = Vec::new();
	for block in rest {
		let consumed = read::<ConsumedWeight>(&value(line, "System", "BlockWeight", block)?)?;
		fullness.push(kind.fullness(&consumed));
	}
	Ok(Window {
		transactions: rest.iter().map(|block| block.transactions).sum(),
		blocks: rest.len(),
		seconds,
		fullness: median(fullness),
	})
}

fn too_short() -> Error {
	Error::Broken("too few blocks were made to measure anything; is the machine busy?".into())
}

/// The time of a block, in milliseconds.
fn timestamp(line: &mut Line, block: &Block) -> Outcome<f64> {
	let value = value(line, "Timestamp", "Now", block)?;
	Ok(read::<u64>(&value)? as f64)
}

/// How many transactions the chain has counted of all senders together.
fn nonces(line: &mut Line, traffic: &Traffic, at: &str) -> Outcome<u64> {
	let keys: Vec<String> = traffic
		.accounts()
		.map(|account| bytes::to_hex(&Account::<Runtime>::hashed_key_for(account), false))
		.collect();
	let mut sum = 0;
	for keys in keys.chunks(PAGE) {
		let found = line.ask("state_queryStorageAt", json!([keys, at]))?;
		let changes = found[0]["changes"].as_array();
		for change in changes.into_iter().flatten() {
			// An account that does not exist has sent nothing.
			if let Value::String(info) = &change[1] {
				// An account begins with its nonce.
				let nonce = Nonce::decode(&mut hex(info)?.as_slice()).map_err(unreadable)?;
				sum += u64::from(nonce);
			}
		}
	}
	Ok(sum)
}

/// A value that every block has.
fn value(line: &mut Line, pallet: &str, name: &str, block: &Block) -> Outcome<Vec<u8>> {
	let key = storage_prefix(pallet.as_bytes(), name.as_bytes());
	line.stored(&key, &block.hash)?
		.ok_or_else(|| Error::Broken(format!("block {} has no {pallet}.{name}", block.number)))
}

fn read<T: Decode>(bytes: &[u8]) -> Outcome<T> {
	T::decode(&mut &bytes[..]).map_err(unreadable)
}

fn unreadable(error: codec::Error) -> Error {
	Error::Broken(format!("what is stored cannot be read: {error}"))
}
