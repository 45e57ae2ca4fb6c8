//! The parachain: the SDK's own node for parachains, with the chains and the name of this one.
//!
//! Everything else is its: the command line, the import of blocks, the collation, the development mode
//! without a relay chain, and JSON-RPC. It has no methods of ours; `state_call` reaches what they call.

use polkadot_omni_node_lib::{
	chain_spec::{ChainSpec, LoadSpec},
	runtime::DefaultRuntimeResolver,
	CliConfig, RunConfig,
};
use sc_cli::{Result, SubstrateCli};

use crate::{chain_spec::parachain, cli::Cli};

/// Reads the command line of this process and does what it says.
pub fn run() -> Result<()> {
	polkadot_omni_node_lib::run::<Program>(RunConfig::new(
		Box::new(DefaultRuntimeResolver),
		Box::new(Chains),
	))
}

/// The parachains that the node knows, and those from files.
struct Chains;

impl LoadSpec for Chains {
	fn load_spec(&self, id: &str) -> std::result::Result<Box<dyn ChainSpec>, String> {
		Ok(Box::new(parachain::load(id)?))
	}
}

/// What the command line says about the program: the same as for solo chains.
struct Program;

impl CliConfig for Program {
	fn impl_version() -> String {
		Cli::impl_version()
	}

	fn author() -> String {
		Cli::author()
	}

	fn support_url() -> String {
		Cli::support_url()
	}

	fn copyright_start_year() -> u16 {
		Cli::copyright_start_year() as u16
	}
}
