//! All that a chain remembers at a block, and what may differ from one block to another.

use std::collections::BTreeMap;

use codec::Encode;
use madang_runtime::{
	AccountId, Attestation, Escrow, Land, Metaverse, Portal, Upgrade, Validators,
};
use serde_json::{json, Value};
use sp_core::{bytes, storage::Storage};
use sp_io::{hashing::twox_128, TestExternalities};

use crate::{must, node::Node, Error, Outcome};

/// Keys that a node gives at a time.
const PAGE: usize = 1_000;

/// Pallets that write in every block or at the beginning of a session, by themselves.
const MOVING: [&str; 7] = [
	"Aura",
	"Authorship",
	"Grandpa",
	"Session",
	"Timestamp",
	"TransactionPayment",
	"ValidatorSelection",
];

/// What others write by themselves: what of the treasury does not count as issued, when its last period of
/// spending was, and how far the calendar has come.
const MOVING_VALUES: [(&str, &str); 4] = [
	("Balances", "InactiveIssuance"),
	("Scheduler", "IncompleteSince"),
	("Treasury", "Deactivated"),
	("Treasury", "LastSpendPeriod"),
];

/// What is stored, by key.
pub struct State(BTreeMap<Vec<u8>, Vec<u8>>);

impl State {
	/// Everything that is stored at a block.
	pub fn at(node: &Node, hash: &str) -> Outcome<Self> {
		let mut all = BTreeMap::new();
		let mut last = Value::Null;
		loop {
			let keys = node.call("state_getKeysPaged", json!(["0x", PAGE, last, hash]))?;
			let Some(next) = keys.as_array().and_then(|keys| keys.last()).cloned() else {
				return Ok(Self(all));
			};
			let found = node.call("state_queryStorageAt", json!([keys, hash]))?;
			for pair in found[0]["changes"].as_array().into_iter().flatten() {
				all.insert(hex(&pair[0])?, hex(&pair[1])?);
			}
			last = next;
		}
	}

	/// How many keys it has.
	pub fn len(&self) -> usize {
		self.0.len()
	}

	/// Whether there is nothing in it.
	pub fn is_empty(&self) -> bool {
		self.0.is_empty()
	}

	/// What is stored under a key.
	pub fn get(&self, key: &[u8]) -> Option<&[u8]> {
		self.0.get(key).map(Vec::as_slice)
	}

	/// The keys under which the other has something else, but for what moves by itself and the money of
	/// those who pay.
	pub fn differs(&self, other: &Self, payers: &[AccountId]) -> Vec<String> {
		self.0
			.keys()
			.chain(other.0.keys().filter(|key| !self.0.contains_key(*key)))
			.filter(|key| self.get(key) != other.get(key) && !moves(key, payers))
			.map(|key| bytes::to_hex(key, false))
			.collect()
	}

	/// Checks the equations of all pallets that have some.
	pub fn check(&self) -> Outcome<()> {
		let mut chain = TestExternalities::new(Storage {
			top: self.0.clone(),
			children_default: Default::default(),
		});
		let broken = chain.execute_with(|| {
			[
				("metaverses", Metaverse::do_try_state()),
				("land", Land::do_try_state()),
				("escrow", Escrow::do_try_state()),
				("portals", Portal::do_try_state()),
				("attestations", Attestation::do_try_state()),
				("validators", Validators::do_try_state()),
				("upgrades", Upgrade::do_try_state()),
			]
			.into_iter()
			.find_map(|(of, outcome)| outcome.err().map(|error| format!("{of}: {error:?}")))
		});
		must(broken.is_none(), || {
			format!(
				"the equations do not hold of {}",
				broken.unwrap_or_default()
			)
		})
	}
}

/// Whether what is stored under this key changes without anybody doing anything to what is built on the
/// chain.
fn moves(key: &[u8], payers: &[AccountId]) -> bool {
	let is_of = |pallet: &str| key.starts_with(&twox_128(pallet.as_bytes()));
	// `:code` is what an upgrade is about, and the others are of the block that is under way.
	if key.starts_with(b":") || is_of("Upgrade") || MOVING.into_iter().any(is_of) {
		return true;
	}
	if !is_of("System") {
		return MOVING_VALUES
			.into_iter()
			.any(|(pallet, value)| is_of(pallet) && key[16..] == twox_128(value.as_bytes()));
	}
	let is_account = key[16..].starts_with(&twox_128(b"Account"));
	!is_account || payers.iter().any(|payer| key.ends_with(&payer.encode()))
}

fn hex(value: &Value) -> Outcome<Vec<u8>> {
	value
		.as_str()
		.and_then(|text| bytes::from_hex(text).ok())
		.ok_or_else(|| Error::Broken(format!("a node stores {value}")))
}

#[cfg(test)]
mod tests {
	use super::*;
	use madang_runtime::Runtime;
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	fn state(pairs: &[(Vec<u8>, u8)]) -> State {
		State(
			pairs
				.iter()
				.map(|(key, value)| (key.clone(), vec![*value]))
				.collect(),
		)
	}

	fn account(who: &AccountId) -> Vec<u8> {
		frame_system::Account::<Runtime>::hashed_key_for(who)
	}

	#[test]
	fn only_what_moves_by_itself_may_differ() {
		let (payer, other) = (Alice.to_account_id(), Bob.to_account_id());
		let land = twox_128(b"Land").to_vec();
		let clock = twox_128(b"Timestamp").to_vec();
		let before = state(&[
			(account(&payer), 1),
			(account(&other), 1),
			(b":code".to_vec(), 1),
			(clock.clone(), 1),
			(land.clone(), 1),
		]);
		let payers = [payer.clone()];
		let mut after = state(&[
			(account(&payer), 2),
			(account(&other), 1),
			(b":code".to_vec(), 2),
			(clock, 2),
			(land.clone(), 1),
		]);
		assert_eq!(before.differs(&after, &payers), Vec::<String>::new());
		assert_eq!(before.differs(&after, &[]).len(), 1);
		// Changed, gone, and new.
		after.0.insert(land.clone(), vec![2]);
		assert_eq!(
			before.differs(&after, &payers),
			[bytes::to_hex(&land, false)]
		);
		after.0.remove(&land);
		assert_eq!(before.differs(&after, &payers).len(), 1);
		after.0.insert([land.clone(), vec![7]].concat(), vec![1]);
		assert_eq!(before.differs(&after, &payers).len(), 2);
		after.0.insert(account(&other), vec![2]);
		assert_eq!(before.differs(&after, &payers).len(), 3);
	}

	#[test]
	fn equations_that_do_not_hold_are_named() {
		// A chain always has a session, and remembers who votes in it.
		let told = state(&[]).check().map_err(|error| error.to_string());
		assert!(
			told.as_ref()
				.is_err_and(|told| told.starts_with("the equations do not hold of ")),
			"{told:?}"
		);
	}
}
