//! A validator that runs twice with the same keys: the mistake by which honest operators lose a bond.

use std::time::{Duration, Instant};

use codec::Decode;
use madang_runtime::{AccountId, Runtime};
use serde_json::json;
use sp_core::bytes;
use sp_keyring::Sr25519Keyring::Dave;

use crate::{must, network::Network, witness::Witness, Outcome};

/// Most that it may take until two votes that disagree were made, seen, reported and final. Both
/// processes must make a block in the same slot first, which comes up every fourth.
const REPORTED: Duration = Duration::from_secs(180);

/// Most that some more final blocks may take.
const GOES_ON: Duration = Duration::from_secs(60);

/// Validators by invitation, as the last final block of a node has them.
fn invited(network: &Network, place: usize) -> Outcome<Vec<AccountId>> {
	let node = &network.nodes[place];
	let head = node.call("chain_getFinalizedHead", json!([]))?;
	let key = pallet_collator_selection::Invulnerables::<Runtime>::hashed_key();
	let key = bytes::to_hex(&key, false);
	let stored = node.call("state_getStorage", json!([key, head]))?;
	let list = stored
		.as_str()
		.and_then(|hex| bytes::from_hex(hex).ok())
		.and_then(|list| Decode::decode(&mut &list[..]).ok());
	list.ok_or_else(|| crate::Error::Silent {
		node: node.name().into(),
		method: "state_getStorage".into(),
		why: format!("no list of validators: {stored}"),
	})
}

/// A second process with Dave's keys: the others report it, he loses his place, and finality goes on.
pub fn twins(network: &mut Network) -> Outcome<Vec<String>> {
	let honest = [0, 1, 2];
	let dave = Dave.to_account_id();
	let mut witness = Witness::default();
	must(invited(network, 0)?.contains(&dave), || {
		"Dave does not validate".into()
	})?;

	let twin = network.add("dave-again", &["--dave"])?;
	network.connect(twin, &honest)?;
	network.nodes[twin].start()?;
	let begin = Instant::now();
	network.wait(
		REPORTED,
		"report of two votes with the same key",
		|network| {
			let looks = honest
				.iter()
				.all(|place| witness.look(&network.nodes[*place]).is_ok());
			// What does not agree is found again below, where it can be told.
			!looks
				|| honest.iter().all(|place| {
					invited(network, *place).is_ok_and(|invited| !invited.contains(&dave))
				})
		},
	)?;
	let took = begin.elapsed();
	let head = network.nodes[0].height()?.finalized;
	network.wait_for_finality(&honest, head + 6, GOES_ON)?;
	for place in honest {
		witness.look(&network.nodes[place])?;
		witness.check(&network.nodes[place])?;
	}
	Ok(vec![format!(
		"a validator that runs twice: reported, and its place lost in a final block, {:.1} s after the \
		 second process was started; finality goes on and nobody took a final block back",
		took.as_secs_f64()
	)])
}
