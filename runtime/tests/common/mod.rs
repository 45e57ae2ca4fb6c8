//! What the tests share: chains in memory that begin with a preset.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code)]

use frame_support::genesis_builder_helper::{build_state, get_preset};
use madang_runtime::{
	genesis_config_presets, AccountId, Address, Attestation, Escrow, Land, Metaverse, Portal,
	RuntimeGenesisConfig, System, Upgrade, Validators,
};
use serde_json::Value;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;

/// Lays `patch` over `base`: objects key by key, everything else as a whole.
fn merge(base: &mut Value, patch: Value) {
	match (base, patch) {
		(Value::Object(base), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(Value::Null), value);
			}
		}
		(base, patch) => *base = patch,
	}
}

/// The whole genesis of a preset, or the default one.
pub fn genesis_json(preset: Option<&str>) -> Vec<u8> {
	let preset_of = |id: Option<String>| {
		let bytes = get_preset::<RuntimeGenesisConfig>(&id, genesis_config_presets::get_preset)
			.expect("the preset exists");
		serde_json::from_slice::<Value>(&bytes).expect("a preset is JSON")
	};
	let mut genesis = preset_of(None);
	if let Some(preset) = preset {
		merge(&mut genesis, preset_of(Some(preset.into())));
	}
	serde_json::to_vec(&genesis).expect("JSON stays JSON")
}

/// A chain in its first block.
pub fn chain(preset: Option<&str>) -> TestExternalities {
	let mut chain = TestExternalities::default();
	chain.execute_with(|| {
		build_state::<RuntimeGenesisConfig>(genesis_json(preset)).expect("the genesis builds");
		// Events are not kept in the block before.
		System::set_block_number(1);
	});
	chain
}

/// Runs a story on the development chain and checks the equations of our pallets after it.
pub fn on_development_chain(story: impl FnOnce()) {
	chain(Some("development")).execute_with(|| {
		story();
		check_state();
	});
}

/// Checks the equations of our pallets.
pub fn check_state() {
	Metaverse::do_try_state().expect("the equations of metaverses hold");
	Land::do_try_state().expect("the equations of land hold");
	Escrow::do_try_state().expect("the equations of escrow hold");
	Portal::do_try_state().expect("the equations of portals hold");
	Attestation::do_try_state().expect("the equations of attestations hold");
	Validators::do_try_state().expect("the equations of validators hold");
	Upgrade::do_try_state().expect("the equations of upgrades hold");
}

/// Owns the demo metaverse.
pub fn alice() -> AccountId {
	Sr25519Keyring::Alice.to_account_id()
}

/// Somebody.
pub fn bob() -> AccountId {
	Sr25519Keyring::Bob.to_account_id()
}

/// Somebody else.
pub fn charlie() -> AccountId {
	Sr25519Keyring::Charlie.to_account_id()
}

/// And another one.
pub fn dave() -> AccountId {
	Sr25519Keyring::Dave.to_account_id()
}

/// And one more.
pub fn eve() -> AccountId {
	Sr25519Keyring::Eve.to_account_id()
}

/// How a call names an account.
pub fn lookup(account: AccountId) -> Address {
	Address::Id(account)
}
