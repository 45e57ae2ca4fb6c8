//! What a chain must fulfil on which people rely: its keys belong to its operators and to nobody else,
//! and nobody decides alone.

use std::collections::BTreeMap;

use codec::DecodeAll;
use madang_runtime::AccountId;
use sc_service::ChainSpec;
use serde_json::{json, Value};
use sp_core::{
	crypto::DEV_PHRASE,
	sr25519,
	storage::{well_known_keys::CODE, Storage},
	Pair,
};
use sp_io::hashing::twox_128;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// Begins what an operator has to replace.
const PLACEHOLDER: &str = "FILL IN";

/// Least members of the council: as many as have to agree on disputes about money.
const LEAST_COUNCIL: usize = 3;

/// Validators in the template: the fewest of which one may fail.
const VALIDATORS: usize = 4;

/// Puts placeholders for all that belongs to the operators into a preset.
pub(super) fn add_placeholders(patch: &mut Value) {
	let what = |text: String| format!("{PLACEHOLDER}: {text}");
	let account = |number| what(format!("account of validator {number}"));
	let numbers = 1..=VALIDATORS;
	patch["validatorSelection"]["invulnerables"] = numbers.clone().map(account).collect();
	patch["session"] = json!({
		"keys": numbers.map(|number| json!([account(number), account(number), {
			"aura": what(format!("address of the Aura key of validator {number}")),
			"grandpa": what(format!("address of the GRANDPA key of validator {number}")),
		}])).collect::<Vec<_>>(),
	});
	patch["council"] = json!({
		"members": (1..=LEAST_COUNCIL)
			.map(|number| what(format!("account of member {number} of the council")))
			.collect::<Vec<_>>(),
	});
	patch["balances"] = json!({
		"balances": [[
			what("an account that has money at first; add as many as there are".into()),
			what("how much, in millionths of a millionth of 1 MDG, as a number".into()),
		]],
	});
}

/// Refuses a specification in which something is still to be filled in.
pub(super) fn refuse_placeholders(spec: &Value) -> Result<(), String> {
	let mut found = Vec::new();
	find_placeholders(spec, "", &mut found);
	match found.first() {
		None => Ok(()),
		Some(first) => Err(format!(
			"{} places still say {PLACEHOLDER}, the first at {first}: put your own accounts and keys \
			 there",
			found.len()
		)),
	}
}

fn find_placeholders(value: &Value, path: &str, found: &mut Vec<String>) {
	match value {
		Value::String(text) if text.starts_with(PLACEHOLDER) => found.push(path.into()),
		Value::Array(items) => {
			for (index, item) in items.iter().enumerate() {
				find_placeholders(item, &format!("{path}/{index}"), found);
			}
		}
		Value::Object(fields) => {
			for (name, field) in fields {
				find_placeholders(field, &format!("{path}/{name}"), found);
			}
		}
		_ => (),
	}
}

/// Refuses a chain whose genesis has a sudo key, a key that everybody knows, no validators or no
/// council. Looks at what genesis builds, so that it does not matter how the file says it.
pub(super) fn check(spec: &dyn ChainSpec) -> Result<(), String> {
	let storage = spec.build_storage()?;
	if storage.top.contains_key(&entry("Sudo", "Key")) {
		return Err(
			"a live chain has no sudo key: remove `sudo` from its genesis, the council decides instead"
				.into(),
		);
	}
	refuse_known_keys(&storage)?;
	if accounts(&storage, "Session", "Validators").is_empty() {
		return Err(
			"nobody makes blocks: name validators in `validatorSelection.invulnerables`, and the keys \
			 of each in `session.keys`"
				.into(),
		);
	}
	let council = accounts(&storage, "Council", "Members").len();
	if council < LEAST_COUNCIL {
		return Err(format!(
			"the council has {council} members and needs {LEAST_COUNCIL} at least, because without sudo \
			 nobody else can decide: name them in `council.members`"
		));
	}
	Ok(())
}

/// Where a value of a pallet is stored.
fn entry(pallet: &str, value: &str) -> Vec<u8> {
	[twox_128(pallet.as_bytes()), twox_128(value.as_bytes())].concat()
}

/// A list of accounts in the storage.
fn accounts(storage: &Storage, pallet: &str, value: &str) -> Vec<AccountId> {
	storage
		.top
		.get(&entry(pallet, value))
		.and_then(|bytes| Vec::decode_all(&mut bytes.as_slice()).ok())
		.unwrap_or_default()
}

/// Refuses a genesis in which a key stands whose secret is printed in documentation.
fn refuse_known_keys(storage: &Storage) -> Result<(), String> {
	let known = known_keys();
	let found = storage
		.top
		.iter()
		.filter(|(key, _)| *key != CODE)
		.flat_map(|(key, value)| [key, value])
		.flat_map(|bytes| bytes.windows(32))
		.find_map(|window| known.get(window));
	match found {
		None => Ok(()),
		Some(name) => Err(format!(
			"the key of {name} is in its genesis, and everybody knows the secret of it: make keys of \
			 your own with `madang key generate` and put them there"
		)),
	}
}

/// The keys of Alice and her friends, each with a name.
fn known_keys() -> BTreeMap<[u8; 32], String> {
	let root = sr25519::Pair::from_string(DEV_PHRASE, None)
		.map(|pair| (pair.public().0, "the development phrase".to_string()));
	Sr25519Keyring::iter()
		.map(|who| (who.to_raw_public(), who.to_string()))
		.chain(Ed25519Keyring::iter().map(|who| (who.to_raw_public(), who.to_string())))
		.chain(root.ok())
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain_spec;

	/// Something that is no well-known key.
	fn address(number: u8) -> String {
		AccountId::new([number; 32]).to_string()
	}

	/// The template with everything filled in, once changed.
	fn filled(change: impl FnOnce(&mut Value)) -> String {
		let mut spec = chain_spec::live_template().expect("the preset exists");
		let patch = &mut spec["genesis"]["runtimeGenesis"]["patch"];
		let accounts: Vec<_> = (1..=4).map(address).collect();
		patch["validatorSelection"]["invulnerables"] = json!(accounts);
		patch["session"]["keys"] = accounts
			.iter()
			.map(|who| json!([who, who, { "aura": who, "grandpa": who }]))
			.collect();
		patch["council"]["members"] = json!(accounts[..3]);
		patch["balances"]["balances"] = json!([[address(5), 1_000_000_000_000_000u64]]);
		change(patch);
		spec.to_string()
	}

	fn load(content: &str) -> Result<(), String> {
		let file = tempfile::NamedTempFile::new().expect("temporary files can be made");
		std::fs::write(file.path(), content).expect("temporary files can be written");
		chain_spec::load(&file.path().display().to_string()).map(|_| ())
	}

	fn refusal(content: &str) -> String {
		load(content).expect_err("it is refused")
	}

	#[test]
	fn a_filled_template_is_taken() {
		assert_eq!(load(&filled(|_| ())), Ok(()));
	}

	#[test]
	fn placeholders_are_refused_wherever_they_are() {
		let template = chain_spec::live_template().expect("the preset exists");
		assert!(refusal(&template.to_string()).contains(PLACEHOLDER));
		let left = filled(|patch| patch["council"]["members"][1] = json!("FILL IN: somebody"));
		assert!(refusal(&left).contains("patch/council/members/1"));
	}

	#[test]
	fn a_sudo_key_is_refused() {
		let spec = filled(|patch| patch["sudo"] = json!({ "key": address(9) }));
		assert!(refusal(&spec).contains("no sudo key"));
	}

	#[test]
	fn keys_that_everybody_knows_are_refused_wherever_they_are() {
		let alice = Sr25519Keyring::Alice.to_account_id().to_string();
		let finality = Ed25519Keyring::Dave.public();
		let places: [fn(&mut Value, Value); 4] = [
			|patch, key| patch["balances"]["balances"][0][0] = key,
			|patch, key| patch["council"]["members"][2] = key,
			|patch, key| patch["session"]["keys"][3][2]["aura"] = key,
			|patch, key| patch["validatorSelection"]["invulnerables"][0] = key,
		];
		for place in places {
			let spec = filled(|patch| place(patch, json!(alice)));
			assert!(refusal(&spec).contains("key of Alice"));
		}
		let spec = filled(|patch| patch["session"]["keys"][0][2]["grandpa"] = json!(finality));
		assert!(refusal(&spec).contains("key of Dave"));
	}

	#[test]
	fn a_chain_that_nobody_runs_or_governs_is_refused() {
		let spec = filled(|patch| {
			patch["session"]["keys"] = json!([]);
			patch["validatorSelection"]["invulnerables"] = json!([]);
		});
		assert!(refusal(&spec).contains("nobody makes blocks"));
		let spec = filled(|patch| {
			patch["council"]["members"] = json!([address(1), address(2)]);
		});
		assert!(refusal(&spec).contains("has 2 members"));
	}

	#[test]
	fn raw_specifications_are_looked_into_as_well() {
		let local = chain_spec::local_testnet().expect("it has a name");
		let raw = local.as_json(true).expect("genesis builds");
		let mut raw: Value = serde_json::from_str(&raw).expect("it is JSON");
		raw["chainType"] = json!("Live");
		assert!(refusal(&raw.to_string()).contains("no sudo key"));
	}
}
