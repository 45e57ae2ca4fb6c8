//! Writes the chain specifications of the parachain into a folder, as they come with the source.
//!
//!     cargo build --release --workspace --locked --example chain-specs
//!     target/release/examples/chain-specs chain-specs
//!
//! They are made from the presets and leave the runtime out, which is megabytes that change with every
//! build: a node that has it puts it in. With `--with-runtime` before the folder they are complete, for
//! nodes that know nothing of Madang.
//!
//! The node writes those of the solo chains. These are written here, so that it carries this runtime only
//! where it runs it. An example is built and tested with the tests, and not with the programs.

use std::{env, fs, path::Path, process::ExitCode};

use madang_parachain_runtime::{
	genesis_config_presets::{get_preset, PARA_ID},
	WASM_BINARY,
};
use madang_runtime_common::{units, SS58_PREFIX};
use serde_json::{json, Value};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

/// The relay chain that the chains expect. It is built into every `polkadot`, and in development mode
/// there is none at all.
const RELAY_CHAIN: &str = "rococo-local";

/// What differs between the chains.
struct Chain {
	file: &'static str,
	name: &'static str,
	id: &'static str,
	protocol: &'static str,
	chain_type: &'static str,
	preset: &'static str,
}

const CHAINS: [Chain; 2] = [
	Chain {
		file: "parachain-development.json",
		name: "Madang Parachain Development",
		id: "parachain_dev",
		protocol: "madang-parachain-dev",
		chain_type: "Development",
		preset: DEV_RUNTIME_PRESET,
	},
	Chain {
		file: "parachain-local.json",
		name: "Madang Parachain Local Testnet",
		id: "parachain_local_testnet",
		protocol: "madang-parachain-local",
		chain_type: "Local",
		preset: LOCAL_TESTNET_RUNTIME_PRESET,
	},
];

impl Chain {
	/// The specification as JSON, with a line feed at its end.
	fn spec(&self, code: Option<&[u8]>) -> Result<String, String> {
		let preset = get_preset(&self.preset.into())
			.ok_or_else(|| format!("the runtime has no preset {}", self.preset))?;
		let patch: Value = serde_json::from_slice(&preset).map_err(|error| error.to_string())?;
		let mut genesis = json!({ "patch": patch });
		if let Some(code) = code {
			genesis["code"] = sp_core::bytes::to_hex(code, false).into();
		}
		let spec = json!({
			"name": self.name,
			"id": self.id,
			"chainType": self.chain_type,
			"protocolId": self.protocol,
			"properties": {
				"tokenSymbol": units::SYMBOL,
				"tokenDecimals": units::DECIMALS,
				"ss58Format": SS58_PREFIX,
			},
			"relay_chain": RELAY_CHAIN,
			"para_id": PARA_ID,
			"bootNodes": [],
			"telemetryEndpoints": null,
			"codeSubstitutes": {},
			"genesis": { "runtimeGenesis": genesis },
		});
		Ok(format!("{spec:#}\n"))
	}
}

fn write(folder: &Path, code: Option<&[u8]>) -> Result<(), String> {
	fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
	for chain in CHAINS {
		let file = folder.join(chain.file);
		fs::write(&file, chain.spec(code)?)
			.map_err(|error| format!("{}: {error}", file.display()))?;
		println!("{}", file.display());
	}
	Ok(())
}

fn main() -> ExitCode {
	let arguments: Vec<String> = env::args().skip(1).collect();
	let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
	let written = match arguments[..] {
		["--with-runtime", folder] => WASM_BINARY
			.ok_or("this was built without the runtime (SKIP_WASM_BUILD): build it again".into())
			.and_then(|code| write(Path::new(folder), Some(code))),
		[folder] if !folder.starts_with('-') => write(Path::new(folder), None),
		_ => Err("the arguments are: [--with-runtime] FOLDER".into()),
	};
	match written {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("chain-specs: {error}");
			ExitCode::FAILURE
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn parsed(chain: &Chain, code: Option<&[u8]>) -> Value {
		let spec = chain.spec(code).expect("the preset is there");
		serde_json::from_str(&spec).expect("a specification is JSON")
	}

	#[test]
	fn the_committed_specifications_are_current() {
		let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../chain-specs");
		for chain in CHAINS {
			let committed = fs::read_to_string(folder.join(chain.file))
				.unwrap_or_else(|error| panic!("{}: {error}", chain.file));
			assert!(
				committed == chain.spec(None).expect("the preset is there"),
				"{} is not what the preset says: run ./task specs and commit what it writes",
				chain.file
			);
		}
	}

	/// The node finds the id in the specification, the runtime in its state.
	#[test]
	fn the_parachain_is_the_one_of_genesis() {
		for chain in CHAINS {
			let spec = parsed(&chain, None);
			assert_eq!(
				spec["para_id"],
				spec["genesis"]["runtimeGenesis"]["patch"]["parachainInfo"]["parachainId"],
				"{}",
				chain.file
			);
		}
	}

	#[test]
	fn the_runtime_is_in_on_request_only() {
		let [chain, _] = CHAINS;
		let genesis = |code| parsed(&chain, code)["genesis"]["runtimeGenesis"].clone();
		assert_eq!(genesis(None).get("code"), None);
		assert_eq!(genesis(Some(&[1, 2]))["code"], "0x0102");
		assert_eq!(genesis(Some(&[1, 2]))["patch"], genesis(None)["patch"]);
	}
}
