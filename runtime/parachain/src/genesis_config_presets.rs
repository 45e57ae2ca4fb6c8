//! The first block of the networks.
//!
//! | preset | collators | for |
//! |---|---|---|
//! | `development` | Alice | one node on one machine, without a relay chain |
//! | `local_testnet` | Alice and Bob | a relay chain and two collators on one machine |
//! | `live` | nobody yet | a network that people rely on |
//!
//! `live` has the towns with their roads and nothing else: no sudo key, and no key at all that somebody
//! knows. Its operator adds the id of the parachain, collators, council, money, and the assets of other
//! chains.
//!
//! The other two differ in their collators only; [`test_network`] says what else is in them. They know
//! the dollar and the relay token of Asset Hub, of which nobody has anything until it comes from there.
//! Their keys are known to everybody, so they are good for nothing else.

use alloc::{vec, vec::Vec};

use frame_support::build_struct_json_patch;
use madang_runtime_common::params::{CANDIDACY_BOND, CANDIDATE_PLACES};
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring;

use crate::{
	application::genesis::{live_network, test_network, with, Coin},
	configs::xcm::{
		asset_hub_account,
		assets::{RELAY_TOKEN, USDT},
	},
	AccountId, CollatorSelectionConfig, ParachainInfoConfig, RuntimeGenesisConfig, SessionConfig,
	SessionKeys,
};

pub use crate::application::genesis::{
	DEMO_METAVERSE, LAUNCH_TOWN, LIVE_RUNTIME_PRESET, PREPARATION_TOWN, TEST_DOLLAR, TUSD,
};

/// Id of the parachain in test networks.
pub const PARA_ID: u32 = 2_000;

/// The coins that come from Asset Hub. They are issued here in its name, and it never signs, so nobody
/// issues them but messages from there.
fn foreign_coins() -> [Coin; 2] {
	[
		Coin {
			id: USDT,
			issuer: asset_hub_account(),
			name: "Tether USD",
			symbol: "USDt",
			decimals: 6,
			endowment: 0,
		},
		Coin {
			id: RELAY_TOKEN,
			issuer: asset_hub_account(),
			name: "Polkadot",
			symbol: "DOT",
			decimals: 10,
			endowment: 0,
		},
	]
}

/// The keys of blocks come through the session, so Aura names nobody.
fn consensus(collators: &[Sr25519Keyring]) -> Value {
	let account = |collator: &Sr25519Keyring| -> AccountId { collator.to_account_id() };
	let keys: Vec<_> = collators
		.iter()
		.map(|collator| {
			let aura = collator.public().into();
			(account(collator), account(collator), SessionKeys { aura })
		})
		.collect();
	build_struct_json_patch!(RuntimeGenesisConfig {
		parachain_info: ParachainInfoConfig {
			parachain_id: PARA_ID.into()
		},
		collator_selection: CollatorSelectionConfig {
			invulnerables: collators.iter().map(account).collect(),
			candidacy_bond: CANDIDACY_BOND,
			desired_candidates: CANDIDATE_PLACES,
		},
		session: SessionConfig { keys },
	})
}

/// Without anybody who would make blocks.
fn live_consensus() -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		collator_selection: CollatorSelectionConfig {
			candidacy_bond: CANDIDACY_BOND,
			desired_candidates: CANDIDATE_PLACES,
		},
	})
}

/// The preset with this name, as the JSON of what differs from the default.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let testing =
		|collators: &[Sr25519Keyring]| with(test_network(foreign_coins()), consensus(collators));
	let preset = match id.as_str() {
		DEV_RUNTIME_PRESET => testing(&[Sr25519Keyring::Alice]),
		LOCAL_TESTNET_RUNTIME_PRESET => testing(&[Sr25519Keyring::Alice, Sr25519Keyring::Bob]),
		LIVE_RUNTIME_PRESET => with(live_network(), live_consensus()),
		_ => return None,
	};
	serde_json::to_vec(&preset).ok()
}

/// The names of all presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![
		DEV_RUNTIME_PRESET.into(),
		LOCAL_TESTNET_RUNTIME_PRESET.into(),
		LIVE_RUNTIME_PRESET.into(),
	]
}
