//! The first block of the networks.
//!
//! | preset | validators | for |
//! |---|---|---|
//! | `development` | Alice | one node on one machine |
//! | `local_testnet` | Alice, Bob, Charlie and Dave | several nodes on one machine |
//! | `live` | nobody yet | a network that people rely on |
//!
//! `live` has the towns with their roads and nothing else: no sudo key, and no key at all that somebody
//! knows. Its operator adds validators, council and money.
//!
//! The other two differ in their validators only; [`test_network`] says what else is in them. Their keys
//! are known to everybody, so they are good for nothing else.

use alloc::{vec, vec::Vec};

use frame_support::build_struct_json_patch;
use madang_runtime_common::params::{CANDIDACY_BOND, CANDIDATE_PLACES};
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

use crate::{
	application::genesis::{live_network, test_network, with},
	AccountId, RuntimeGenesisConfig, SessionConfig, SessionKeys, ValidatorSelectionConfig,
};

pub use crate::application::genesis::{
	DEMO_METAVERSE, LAUNCH_TOWN, LIVE_RUNTIME_PRESET, PREPARATION_TOWN, TEST_DOLLAR, TUSD,
};

/// A development account with the keys with which it validates.
struct Validator {
	account: Sr25519Keyring,
	finality: Ed25519Keyring,
}

impl Validator {
	const ALICE: Self = Self {
		account: Sr25519Keyring::Alice,
		finality: Ed25519Keyring::Alice,
	};
	const BOB: Self = Self {
		account: Sr25519Keyring::Bob,
		finality: Ed25519Keyring::Bob,
	};
	const CHARLIE: Self = Self {
		account: Sr25519Keyring::Charlie,
		finality: Ed25519Keyring::Charlie,
	};
	const DAVE: Self = Self {
		account: Sr25519Keyring::Dave,
		finality: Ed25519Keyring::Dave,
	};

	fn account_id(&self) -> AccountId {
		self.account.to_account_id()
	}

	fn session_keys(&self) -> SessionKeys {
		SessionKeys {
			aura: self.account.public().into(),
			grandpa: self.finality.public().into(),
		}
	}
}

/// The keys of blocks and finality come through the session, so those two pallets name nobody.
fn consensus(validators: &[Validator]) -> Value {
	let keys: Vec<_> = validators
		.iter()
		.map(|validator| {
			(
				validator.account_id(),
				validator.account_id(),
				validator.session_keys(),
			)
		})
		.collect();
	build_struct_json_patch!(RuntimeGenesisConfig {
		validator_selection: ValidatorSelectionConfig {
			invulnerables: validators.iter().map(Validator::account_id).collect(),
			candidacy_bond: CANDIDACY_BOND,
			desired_candidates: CANDIDATE_PLACES,
		},
		session: SessionConfig { keys },
	})
}

/// Without anybody who would validate.
fn live_consensus() -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		validator_selection: ValidatorSelectionConfig {
			candidacy_bond: CANDIDACY_BOND,
			desired_candidates: CANDIDATE_PLACES,
		},
	})
}

/// The preset with this name, as the JSON of what differs from the default.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let testing = |validators: &[Validator]| with(test_network([]), consensus(validators));
	let preset = match id.as_str() {
		DEV_RUNTIME_PRESET => testing(&[Validator::ALICE]),
		LOCAL_TESTNET_RUNTIME_PRESET => testing(&[
			Validator::ALICE,
			Validator::BOB,
			Validator::CHARLIE,
			Validator::DAVE,
		]),
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
