//! The chains that the node knows by name, and chains from files.
//!
//! Genesis comes from the presets of the runtime; this file adds what only clients need to know.
//! [`live`] has what a chain must fulfil on which people rely, [`parachain`] the chains of the other
//! runtime, which [`load`] does not know.
//!
//! The files in `chain-specs/` leave the runtime out, which is megabytes that change with every build:
//! a specification without one is completed with the runtime of the node that reads it.

use std::path::Path;

use madang_runtime::{genesis_config_presets::LIVE_RUNTIME_PRESET, WASM_BINARY};
use madang_runtime_common::{units, SS58_PREFIX};
use sc_service::{ChainSpec as _, ChainType, Properties};
use serde_json::Value;
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

pub mod live;
pub mod parachain;

/// The specification of a Madang chain.
pub type ChainSpec = sc_service::GenericChainSpec;

/// What to pass to `--chain` for the chain of one validator; `--dev` implies it.
pub const DEVELOPMENT: &str = "dev";

/// What to pass to `--chain` for the chain of four validators.
pub const LOCAL: &str = "local";

/// What people try to pass to `--chain` for a live network, of which this node knows none by name.
pub const LIVE: &str = "live";

/// Where a specification has the runtime, and what the runtime makes genesis of.
const GENESIS: &str = "/genesis/runtimeGenesis";

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
		LIVE => return Err(
			"a live chain begins with keys that nobody else knows, so this node cannot have it by \
				 name: copy chain-specs/live.json, put your own in wherever it says FILL IN, and pass \
				 the file with --chain FILE"
				.into(),
		),
		file => from_file(Path::new(file))?,
	}))
}

/// One validator, Alice, with funded accounts, two towns and a demo metaverse.
pub fn development() -> Result<ChainSpec, String> {
	Ok(ChainSpec::builder(built(WASM_BINARY)?, None)
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
	Ok(ChainSpec::builder(built(WASM_BINARY)?, None)
		.with_name("Madang Local Testnet")
		.with_id("local_testnet")
		.with_protocol_id("madang-local")
		.with_chain_type(ChainType::Local)
		.with_properties(properties())
		.with_genesis_config_preset_name(LOCAL_TESTNET_RUNTIME_PRESET)
		.build())
}

/// The towns of a live network, with placeholders for its keys. It cannot run before they are filled.
fn live_template() -> Result<Value, String> {
	let spec = ChainSpec::builder(built(WASM_BINARY)?, None)
		.with_name("Madang")
		.with_id("madang")
		.with_protocol_id("madang")
		.with_chain_type(ChainType::Live)
		.with_properties(properties())
		.with_genesis_config_preset_name(LIVE_RUNTIME_PRESET)
		.build();
	let mut template = without_runtime(&spec)?;
	live::add_placeholders(&mut template["genesis"]["runtimeGenesis"]["patch"]);
	Ok(template)
}

/// The specifications that come with the source, each with the name of its file.
pub fn committed() -> Result<[(&'static str, String); 3], String> {
	Ok([
		(
			"development.json",
			pretty(&without_runtime(&development()?)?),
		),
		("local.json", pretty(&without_runtime(&local_testnet()?)?)),
		("live.json", pretty(&live_template()?)),
	])
}

/// A specification as JSON, without the runtime.
fn without_runtime(spec: &ChainSpec) -> Result<Value, String> {
	let mut spec = parsed(&spec.as_json(false)?)?;
	if let Some(genesis) = spec.pointer_mut(GENESIS).and_then(Value::as_object_mut) {
		genesis.remove("code");
	}
	Ok(spec)
}

fn parsed(json: &str) -> Result<Value, String> {
	serde_json::from_str(json).map_err(|error| format!("Error parsing spec file: {error}"))
}

/// JSON as one reads it, with a line feed at its end.
fn pretty(json: &Value) -> String {
	format!("{json:#}\n")
}

/// Reads the specification of a solo chain, and refuses one that says it is live but is not fit for it.
fn from_file(path: &Path) -> Result<ChainSpec, String> {
	let named = |error: String| format!("{}: {error}", path.display());
	let spec = ChainSpec::from_json_bytes(read(path, WASM_BINARY)?).map_err(named)?;
	if spec.chain_type() == ChainType::Live {
		live::check(&spec).map_err(named)?;
	}
	Ok(spec)
}

/// Reads a specification in which nothing is left to fill in, and completes it.
fn read(path: &Path, runtime: Option<&[u8]>) -> Result<Vec<u8>, String> {
	if !path.exists() {
		return Err(format!(
			"{} is neither a chain that this node knows (dev, local, parachain-dev, parachain-local) \
			 nor a file",
			path.display()
		));
	}
	let named = |error: String| format!("{}: {error}", path.display());
	let text = std::fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
	let json = parsed(&text).map_err(named)?;
	live::refuse_placeholders(&json).map_err(named)?;
	complete(json, runtime)
}

/// Puts the runtime in where a specification has none.
fn complete(mut json: Value, runtime: Option<&[u8]>) -> Result<Vec<u8>, String> {
	if let Some(genesis) = json.pointer_mut(GENESIS).and_then(Value::as_object_mut) {
		if !genesis.contains_key("code") {
			let code = sp_core::bytes::to_hex(built(runtime)?, false);
			genesis.insert("code".into(), code.into());
		}
	}
	Ok(json.to_string().into_bytes())
}

/// A runtime, which the build leaves out on request.
fn built(runtime: Option<&[u8]>) -> Result<&[u8], String> {
	runtime.ok_or_else(|| {
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
	fn other_files_are_left_to_the_loader() {
		let spec = file("not json");
		let refusal = refusal(&spec.path().display().to_string());
		assert!(refusal.contains("Error parsing spec file"), "{refusal}");
	}

	#[test]
	fn a_live_chain_has_no_name() {
		assert!(refusal("live").contains("chain-specs/live.json"));
	}
}
