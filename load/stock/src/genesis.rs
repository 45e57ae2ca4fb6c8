//! The first block of the only network that there is.

use alloc::{vec, vec::Vec};

use frame_support::build_struct_json_patch;
use serde_json::Value;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

use crate::{AuraConfig, GrandpaConfig, RuntimeGenesisConfig, SudoConfig};

/// Alice makes all blocks and holds the sudo key. Nobody has money yet.
pub fn development() -> Value {
	let aura: AuraId = Sr25519Keyring::Alice.public().into();
	let grandpa: GrandpaId = Ed25519Keyring::Alice.public().into();
	build_struct_json_patch!(RuntimeGenesisConfig {
		aura: AuraConfig {
			authorities: vec![aura],
		},
		grandpa: GrandpaConfig {
			authorities: vec![(grandpa, 1)],
		},
		sudo: SudoConfig {
			key: Some(Sr25519Keyring::Alice.to_account_id()),
		},
	})
}

/// The preset with this name, as the JSON of what differs from the default.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	match id.as_str() {
		DEV_RUNTIME_PRESET => serde_json::to_vec(&development()).ok(),
		_ => None,
	}
}

/// The names of all presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![DEV_RUNTIME_PRESET.into()]
}
