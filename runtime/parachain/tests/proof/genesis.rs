//! The genesis of the development preset, as a node gets it from the Wasm, with more people in it.

use madang_parachain_runtime::{
	application::genesis::{TEST_DOLLAR, TUSD},
	AccountId, Balance,
};
use madang_runtime_common::units::MDG;
use serde_json::{json, Value};
use sp_externalities::Extensions;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET};
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::Backend;

use crate::wasm::{Changes, Wasm};

/// What each of the added people has.
const MONEY: Balance = 10_000 * MDG;
/// What each of them has in test dollars.
const DOLLARS: Balance = 100_000 * TUSD;

/// Everything that is in the first state but the code.
pub fn build(
	wasm: &Wasm,
	empty: &impl Backend<BlakeTwo256>,
	people: impl Iterator<Item = AccountId>,
) -> Changes {
	let mut genesis = preset(wasm, empty, None);
	merge(
		&mut genesis,
		preset(wasm, empty, Some(DEV_RUNTIME_PRESET.into())),
	);
	for account in people {
		append(
			&mut genesis["balances"]["balances"],
			json!([account, MONEY]),
		);
		append(
			&mut genesis["assets"]["accounts"],
			json!([TEST_DOLLAR, account, DOLLARS]),
		);
	}
	let genesis = serde_json::to_vec(&genesis).expect("JSON stays JSON");
	let mut changes = Changes::default();
	wasm.call::<Result<(), String>>(
		empty,
		&mut changes,
		&mut Extensions::new(),
		"GenesisBuilder_build_state",
		genesis,
	)
	.expect("the runtime builds a genesis")
	.expect("the genesis is complete");
	changes
}

/// A preset, or the default.
fn preset(wasm: &Wasm, empty: &impl Backend<BlakeTwo256>, name: Option<PresetId>) -> Value {
	let json: Option<Vec<u8>> = wasm
		.call(
			empty,
			&mut Changes::default(),
			&mut Extensions::new(),
			"GenesisBuilder_get_preset",
			name,
		)
		.expect("the runtime knows its presets");
	serde_json::from_slice(&json.expect("the preset exists")).expect("a preset is JSON")
}

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

fn append(list: &mut Value, item: Value) {
	list.as_array_mut()
		.expect("the preset has this list")
		.push(item);
}
