//! A validator that runs twice with the same keys: the mistake by which honest operators lose a bond.

use std::time::Duration;

use codec::Decode;
use madang_runtime::{AccountId, Runtime};
use serde_json::json;
use sp_core::bytes;
use sp_keyring::Sr25519Keyring::Dave;

use crate::{must, network::Network, witness::Witness, Outcome};

/// Most that it may take until two votes that disagree were seen, reported, and the report is final.
const REPORTED: Duration = Duration::from_secs(60);

/// Most that some more blocks may take.
const GOES_ON: Duration = Duration::from_secs(60);

/// Blocks that each side makes of its own.
const OWN: u64 = 3;

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

/// A second process runs with Dave's keys. As long as both see the same blocks they vote alike, so it
/// stands on the other side of a network that is split, with Bob paused lest a side have enough votes to
/// go on alone. When the sides are together again, the others see that Dave voted twice and report it; he
/// loses his place, and finality goes on.
pub fn twins(network: &mut Network) -> Outcome<Vec<String>> {
	let (alice, bob, charlie) = (0, 1, 2);
	let honest = [alice, bob, charlie];
	let dave = Dave.to_account_id();
	let mut witness = Witness::default();
	must(invited(network, alice)?.contains(&dave), || {
		"Dave does not validate".into()
	})?;

	network.nodes[bob].pause()?;
	network.sites()?.pull()?;
	let twin = network.add("dave-again", &["--dave"], alice)?;
	network.connect(twin, &honest)?;
	network.nodes[twin].start()?;
	let begin = network.nodes[charlie].height()?.best;
	network.wait(GOES_ON, "three blocks on either side", |network| {
		[charlie, twin].iter().all(|place| {
			let height = network.nodes[*place].height();
			height.is_ok_and(|height| height.best >= begin + OWN)
		})
	})?;
	for place in [alice, charlie] {
		witness.look(&network.nodes[place])?;
	}

	network.sites()?.plug_in()?;
	network.nodes[bob].resume()?;
	let took = network.wait(REPORTED, "report of Dave's two votes", |network| {
		honest
			.iter()
			.all(|place| invited(network, *place).is_ok_and(|invited| !invited.contains(&dave)))
	})?;
	let head = network.nodes[alice].height()?.finalized;
	network.wait_for_finality(&honest, head + 6, GOES_ON)?;
	for place in honest {
		witness.look(&network.nodes[place])?;
		witness.check(&network.nodes[place])?;
	}
	Ok(vec![format!(
		"one of four runs twice, on the two sides of a split: {:.1} s after healing the report of its two \
		 votes was final and its place lost; finality went on and nobody took a final block back",
		took.as_secs_f64()
	)])
}
