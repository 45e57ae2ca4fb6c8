//! From a chain specification to the first state that it describes.

use std::path::Path;

use sc_chain_spec::{GenericChainSpec, NoExtension};

use crate::chain::HostFunctions;

/// The raw specification: the runtime inside has made its genesis.
pub fn raw(spec: &Path) -> Result<String, String> {
	GenericChainSpec::<NoExtension, HostFunctions>::from_json_file(spec.into())?.as_json(true)
}
