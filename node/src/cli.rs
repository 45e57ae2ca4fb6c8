//! What the command line offers.

use std::path::PathBuf;

use sc_cli::{
	ChainInfoCmd, ChainSpec, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ExportStateCmd,
	ImportBlocksCmd, KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd, SubstrateCli,
};
use sc_storage_monitor::StorageMonitorParams;

use crate::chain_spec;

/// The whole command line. Without a subcommand the node runs.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// What to do instead of running the node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// How to run the node.
	#[command(flatten)]
	pub run: RunCmd,

	/// When to stop because the disk is nearly full.
	#[command(flatten)]
	pub disk: StorageMonitorParams,
}

/// What the program can do besides running the node.
// Parsed once in the life of the process, so the size of a variant does not matter.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Make, inspect and store keys.
	#[command(subcommand)]
	Key(KeySubcommand),

	/// Write a chain specification as JSON.
	ExportChainSpec(ExportChainSpecCmd),

	/// Write the chain specifications that come with the source into a folder. They leave the runtime
	/// out, and whoever reads them takes the one that the node has.
	ChainSpecs(ChainSpecsCmd),

	/// Verify a stored block again.
	CheckBlock(CheckBlockCmd),

	/// Write stored blocks to a file.
	ExportBlocks(ExportBlocksCmd),

	/// Write the state at a block as a raw chain specification.
	ExportState(ExportStateCmd),

	/// Read blocks from a file.
	ImportBlocks(ImportBlocksCmd),

	/// Remove the database of a chain.
	PurgeChain(PurgeChainCmd),

	/// Go back by a number of blocks that are not finalized yet.
	Revert(RevertCmd),

	/// Tell the best and the finalized block of the database.
	ChainInfo(ChainInfoCmd),
}

/// What `chain-specs` asks for.
#[derive(Debug, clap::Args)]
pub struct ChainSpecsCmd {
	/// The folder. It is made if there is none, and files of the same names are written anew.
	pub folder: PathBuf,
}

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Madang Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		env!("CARGO_PKG_HOMEPAGE").into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn ChainSpec>, String> {
		chain_spec::load(id)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::{CommandFactory, Parser};

	#[test]
	fn the_command_line_is_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn rocksdb_is_no_choice() {
		let refused = Cli::try_parse_from(["madang", "--dev", "--database", "rocksdb"])
			.expect_err("there is no RocksDB in this node")
			.to_string();
		assert!(refused.contains("paritydb"), "{refused}");
	}
}
