//! The raw specification of a test network of the parachain.

use madang_parachain_runtime::WASM_BINARY;
use madang_runtime_common::{units::DECIMALS, SS58_PREFIX};
use sc_chain_spec::{ChainType, GenericChainSpec, NoExtension, Properties};

use crate::chain::HostFunctions;

type Spec = GenericChainSpec<NoExtension, HostFunctions>;

/// The first state of a preset, with the runtime that this program was built with, as JSON.
pub fn raw(preset: &str) -> Result<String, String> {
	let code = WASM_BINARY.ok_or("this program was built without the runtime")?;
	let properties: Properties = [
		("ss58Format", SS58_PREFIX.into()),
		("tokenDecimals", DECIMALS.into()),
		("tokenSymbol", "MDG".into()),
	]
	.map(|(name, value): (&str, serde_json::Value)| (name.into(), value))
	.into_iter()
	.collect();
	Spec::builder(code, None)
		.with_name("Madang Parachain")
		.with_id("madang_parachain")
		.with_chain_type(ChainType::Development)
		.with_properties(properties)
		.with_genesis_config_preset_name(preset)
		.build()
		.as_json(true)
}
