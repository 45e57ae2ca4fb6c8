//! What the command line offers.

use std::{ffi::OsString, path::PathBuf};

use clap::{CommandFactory, FromArgMatches};
use sc_cli::{
	ChainInfoCmd, ChainSpec, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ExportStateCmd,
	ImportBlocksCmd, KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd, SubstrateCli,
};
use sc_storage_monitor::StorageMonitorParams;

use crate::chain_spec;

/// Bytes of state that are cached.
pub const TRIE_CACHE: usize = 256 * 1024 * 1024;

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

	fn from_iter<I>(arguments: I) -> Self
	where
		I: IntoIterator,
		I::Item: Into<OsString> + Clone,
	{
		let command = with_defaults(Self::setup_command(Self::command()));
		Self::from_arg_matches(&command.get_matches_from(arguments)).unwrap_or_else(|e| e.exit())
	}
}

/// What commands take that are not told otherwise.
///
/// ParityDB is the only database in the build as it comes. The feature `collator` brings RocksDB with it,
/// which the SDK prefers then, so that the node would begin again beside the blocks that it has.
///
/// The SDK caches a GiB of state, which fills up on every chain, however small: what blocks have replaced
/// leaves only when there is no room. docs/performance.md has what a node takes with this.
fn with_defaults(command: clap::Command) -> clap::Command {
	command
		.mut_args(|arg| match arg.get_id().as_str() {
			"database" => arg.default_value("paritydb"),
			"trie_cache_size" => arg.default_value(TRIE_CACHE.to_string()),
			_ => arg,
		})
		.mut_subcommands(with_defaults)
}

/// The chain that a command line names. What comes after `--` is for the relay chain of a parachain.
///
/// It is looked for before clap reads the command line, because it decides who reads it.
pub fn chain_of(arguments: impl IntoIterator<Item = OsString>) -> Option<String> {
	let mut arguments = arguments
		.into_iter()
		.map(|argument| argument.to_string_lossy().into_owned())
		.take_while(|argument| argument != "--");
	while let Some(argument) = arguments.next() {
		if argument == "--chain" {
			return arguments.next();
		}
		if let Some(chain) = argument.strip_prefix("--chain=") {
			return Some(chain.into());
		}
	}
	None
}

#[cfg(test)]
mod tests {
	use super::*;
	use sc_cli::{CliConfiguration, Database};

	#[test]
	fn the_command_line_is_consistent() {
		Cli::command().debug_assert();
	}

	#[cfg(not(feature = "collator"))]
	#[test]
	fn rocksdb_is_no_choice() {
		use clap::Parser;

		let refused = Cli::try_parse_from(["madang", "--dev", "--database", "rocksdb"])
			.expect_err("there is no RocksDB in this node")
			.to_string();
		assert!(refused.contains("paritydb"), "{refused}");
	}

	#[test]
	fn every_command_takes_parity_db_unless_it_is_told_otherwise() {
		let run = Cli::from_iter(["madang", "--dev"]).run;
		assert!(matches!(run.database(), Ok(Some(Database::ParityDb))));
		let run = Cli::from_iter(["madang", "--dev", "--database", "auto"]).run;
		assert!(matches!(run.database(), Ok(Some(Database::Auto))));

		let Some(Subcommand::Revert(cmd)) = Cli::from_iter(["madang", "revert"]).subcommand else {
			panic!("this is a command");
		};
		assert!(matches!(cmd.database(), Ok(Some(Database::ParityDb))));
	}

	#[test]
	fn less_state_is_cached_than_the_sdk_does_unless_it_is_told_otherwise() {
		let cache = |line: &[&str]| {
			let run = Cli::from_iter(line).run;
			run.trie_cache_maximum_size().expect("it is a number")
		};
		assert_eq!(cache(&["madang", "--dev"]), Some(256 * 1024 * 1024));
		let told = ["madang", "--dev", "--trie-cache-size", "1000"];
		assert_eq!(cache(&told), Some(1_000));
	}

	#[test]
	fn the_chain_is_found_wherever_it_is_named() {
		let chain = |line: &str| chain_of(line.split(' ').map(OsString::from));
		for line in [
			"--chain a",
			"--chain=a",
			"revert --chain a 2",
			"--tmp --chain a -- --chain b",
			"export-chain-spec --raw --chain=a",
		] {
			assert_eq!(chain(line).as_deref(), Some("a"), "{line}");
		}
		for line in ["--dev", "--tmp -- --chain b", "--chain", "--chains a"] {
			assert_eq!(chain(line), None, "{line}");
		}
	}
}
