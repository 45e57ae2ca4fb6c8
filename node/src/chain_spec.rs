//! The chains that the node knows by name, and chains from files.
//!
//! Genesis comes from the presets of the runtime; this file adds what only clients need to know.

use std::{fs::File, io::BufReader, path::Path};

use madang_runtime::WASM_BINARY;
use madang_runtime_common::{units, SS58_PREFIX};
use sc_service::{ChainType, Properties};
use serde::{de::IgnoredAny, Deserialize};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

/// The specification of a Madang chain.
pub type ChainSpec = sc_service::GenericChainSpec;

/// What to pass to `--chain` for the chain of one validator; `--dev` implies it.
pub const DEVELOPMENT: &str = "dev";

/// What to pass to `--chain` for the chain of four validators.
pub const LOCAL: &str = "local";

/// Finds the chain that was asked for: one that is known by name, or one from a file.
pub fn load(id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
	Ok(Box::new(match id {
		"" => return Err(
			"no chain was named: pass --dev for a chain of your own that is forgotten when the \
			 node stops, --chain dev, --chain local, or --chain FILE with a chain specification"
				.into(),
		),
		DEVELOPMENT => development()?,
		LOCAL => local_testnet()?,
		file => from_file(Path::new(file))?,
	}))
}

/// One validator, Alice, with funded accounts, two towns and a demo metaverse.
pub fn development() -> Result<ChainSpec, String> {
	Ok(ChainSpec::builder(wasm()?, None)
		.with_name("Madang Development")
		.with_id("dev")
		.with_protocol_id("madang-dev")
		.with_chain_type(ChainType::Development)
		.with_properties(properties())
		.with_genesis_config_preset_name(DEV_RUNTIME_PRESET)
		.build())
}

/// Four validators, Alice, Bob, Charlie and Dave, otherwise like the development chain.
pub fn local_testnet() -> Result<ChainSpec, String> {
	Ok(ChainSpec::builder(wasm()?, None)
		.with_name("Madang Local Testnet")
		.with_id("local_testnet")
		.with_protocol_id("madang-local")
		.with_chain_type(ChainType::Local)
		.with_properties(properties())
		.with_genesis_config_preset_name(LOCAL_TESTNET_RUNTIME_PRESET)
		.build())
}

/// Reads a specification, and refuses one of a parachain, which this node could not follow.
fn from_file(path: &Path) -> Result<ChainSpec, String> {
	if !path.exists() {
		return Err(format!(
			"{} is neither a chain that this node knows (dev, local) nor a file",
			path.display()
		));
	}
	if is_parachain(path) {
		return Err(format!(
			"{} describes a parachain, which only a node built with the feature `collator` can \
			 run; this one runs solo chains",
			path.display()
		));
	}
	ChainSpec::from_json_file(path.into())
}

/// Whether the file has one of the fields that only specifications of parachains have. A file that
/// cannot be read is left to the loader, which tells what is wrong with it.
fn is_parachain(path: &Path) -> bool {
	#[derive(Deserialize)]
	struct Extensions {
		relay_chain: Option<IgnoredAny>,
		para_id: Option<IgnoredAny>,
	}

	File::open(path)
		.ok()
		.and_then(|file| serde_json::from_reader::<_, Extensions>(BufReader::new(file)).ok())
		.is_some_and(|found| found.relay_chain.is_some() || found.para_id.is_some())
}

/// The runtime, which the build leaves out on request.
fn wasm() -> Result<&'static [u8], String> {
	WASM_BINARY.ok_or_else(|| {
		"this node was built without a runtime (SKIP_WASM_BUILD): build it again without that \
		 variable, or pass --chain FILE with a raw chain specification"
			.into()
	})
}

/// What wallets read to show amounts and addresses.
fn properties() -> Properties {
	Properties::from_iter([
		("tokenSymbol".to_string(), units::SYMBOL.into()),
		("tokenDecimals".to_string(), units::DECIMALS.into()),
		("ss58Format".to_string(), SS58_PREFIX.into()),
	])
}

#[cfg(test)]
mod tests {
	use super::*;

	fn file(content: &str) -> tempfile::NamedTempFile {
		let file = tempfile::NamedTempFile::new().expect("temporary files can be made");
		std::fs::write(file.path(), content).expect("temporary files can be written");
		file
	}

	fn refusal(id: &str) -> String {
		match load(id) {
			Ok(_) => panic!("{id} is refused"),
			Err(error) => error,
		}
	}

	#[test]
	fn without_a_name_the_choices_are_told() {
		let refusal = refusal("");
		assert!(
			refusal.contains("--dev") && refusal.contains("local"),
			"{refusal}"
		);
	}

	#[test]
	fn an_unknown_name_is_told_apart_from_a_file() {
		assert!(refusal("staging").contains("neither"));
	}

	#[test]
	fn specifications_of_parachains_are_refused() {
		for field in [r#""relay_chain": "westend-local""#, r#""para_id": 2000"#] {
			let spec = file(&format!(r#"{{ "name": "A", "id": "a", {field} }}"#));
			let refusal = refusal(&spec.path().display().to_string());
			assert!(refusal.contains("collator"), "{refusal}");
		}
	}

	#[test]
	fn other_files_are_left_to_the_loader() {
		let spec = file("not json");
		let refusal = refusal(&spec.path().display().to_string());
		assert!(refusal.contains("Error parsing spec file"), "{refusal}");
	}
}
