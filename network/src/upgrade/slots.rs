//! Slots in which nobody made a block.

use serde_json::{json, Value};
use sp_core::bytes;

use crate::{node::Node, Error, Outcome};

/// What a header says of its slot begins so: an item for before the execution (6), of `aura`, with eight
/// bytes.
const SLOT: [u8; 6] = [6, b'a', b'u', b'r', b'a', 32];

/// The slot of a block.
fn slot_of(node: &Node, number: u64) -> Outcome<u64> {
	let hash = node.block_hash(number)?;
	let header = node.call("chain_getHeader", json!([hash]))?;
	read(&header).ok_or_else(|| Error::Broken(format!("block {number} names no slot: {header}")))
}

fn read(header: &Value) -> Option<u64> {
	header["digest"]["logs"]
		.as_array()?
		.iter()
		.filter_map(|item| bytes::from_hex(item.as_str()?).ok())
		.find_map(|item| {
			let slot = item.strip_prefix(&SLOT)?;
			Some(u64::from_le_bytes(slot.try_into().ok()?))
		})
}

/// How many slots passed without a block between two blocks of the best chain.
pub fn missed(node: &Node, from: u64, to: u64) -> Outcome<u64> {
	let slots = slot_of(node, to)?.saturating_sub(slot_of(node, from)?);
	// No two blocks of a chain have the same slot, so there are at least as many slots as blocks.
	Ok(slots.saturating_sub(to.saturating_sub(from)))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_slot_is_found_among_other_items() {
		let header = |logs: &[&str]| json!({ "digest": { "logs": logs } });
		let slot = "0x0661757261202a00000000000000";
		assert_eq!(read(&header(&["0x08", slot])), Some(42));
		assert_eq!(read(&header(&["0x08"])), None);
		// A seal of the same engine is none.
		assert_eq!(read(&header(&["0x0561757261202a00000000000000"])), None);
		assert_eq!(read(&json!({})), None);
	}
}
