//! The chains of the parachain runtime.
//!
//! The names stand for the files in `chain-specs/`, which the crate of that runtime writes from its
//! presets. So the node depends on it, and carries its Wasm, only with the feature `collator`.

use std::fs;

use serde_json::Value;

/// What to pass to `--chain` for the parachain of one collator, as one tries it without a relay chain.
pub const DEVELOPMENT: &str = "parachain-dev";

/// What to pass to `--chain` for the parachain of two collators on a relay chain of one's own.
pub const LOCAL: &str = "parachain-local";

/// The fields of a specification that only parachains have, in every spelling that the SDK reads.
const FIELDS: [&str; 6] = [
	"relay_chain",
	"relayChain",
	"RelayChain",
	"para_id",
	"paraId",
	"ParaId",
];

/// Whether a chain, by its name or its file, is a parachain.
pub fn is_one(id: &str) -> bool {
	matches!(id, DEVELOPMENT | LOCAL)
		|| fs::read_to_string(id)
			.ok()
			.and_then(|text| serde_json::from_str::<Value>(&text).ok())
			.is_some_and(|json| FIELDS.iter().any(|field| json.get(field).is_some()))
}

/// What a node says that cannot run parachains.
#[cfg(not(feature = "collator"))]
pub fn refusal(id: &str) -> String {
	format!(
		"{id} is a parachain, which only a node built with the feature `collator` can run; this one \
		 runs solo chains: build it with --features madang-node/collator, or take \
		 polkadot-omni-node; docs/parachain.md has both"
	)
}

#[cfg(feature = "collator")]
pub use with_runtime::load;

/// What needs the runtime of the parachain.
#[cfg(feature = "collator")]
mod with_runtime {
	use std::path::Path;

	use madang_parachain_runtime::WASM_BINARY;
	use polkadot_omni_node_lib::chain_spec::GenericChainSpec;

	use super::{
		super::{complete, parsed, read},
		DEVELOPMENT, LOCAL,
	};

	/// Finds the parachain that was asked for: one that is known by name, or one from a file.
	pub fn load(id: &str) -> Result<GenericChainSpec, String> {
		let json = match id {
			DEVELOPMENT => committed(include_str!(
				"../../../chain-specs/parachain-development.json"
			)),
			LOCAL => committed(include_str!("../../../chain-specs/parachain-local.json")),
			file => read(Path::new(file), WASM_BINARY),
		}?;
		GenericChainSpec::from_json_bytes(json).map_err(|error| format!("{id}: {error}"))
	}

	fn committed(json: &str) -> Result<Vec<u8>, String> {
		complete(parsed(json)?, WASM_BINARY)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn parachains_are_known_by_name_and_by_what_their_files_say() {
		assert!(is_one(DEVELOPMENT) && is_one(LOCAL));
		for name in ["", "dev", "local", "no-such-file"] {
			assert!(!is_one(name), "{name}");
		}
		let file = tempfile::NamedTempFile::new().expect("temporary files can be made");
		let path = file.path().display().to_string();
		for field in FIELDS {
			fs::write(file.path(), format!(r#"{{ "id": "a", "{field}": 1 }}"#))
				.expect("temporary files can be written");
			assert!(is_one(&path), "{field}");
		}
		for content in ["not json", r#"{ "id": "a" }"#, r#"["para_id"]"#] {
			fs::write(file.path(), content).expect("temporary files can be written");
			assert!(!is_one(&path), "{content}");
		}
	}
}
