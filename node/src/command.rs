//! What each part of the command line does.

use std::{fs, future::Future, path::Path, sync::Arc};

use madang_runtime::{opaque::Block, BlockNumber};
use sc_cli::{CliConfiguration, KeySubcommand, Result, SubstrateCli};
use sc_consensus::DefaultImportQueue;
use sc_service::Configuration;

use crate::{
	chain_spec::{self, parachain},
	cli::{self, Cli, Subcommand},
	service::{self, FullBackend, FullClient, Parts},
};

/// Reads the command line of this process and does what it says.
pub fn run() -> Result<()> {
	if let Some(chain) = cli::chain_of(std::env::args_os()).filter(|chain| parachain::is_one(chain))
	{
		return run_parachain(&chain);
	}
	let mut cli = Cli::from_args();
	match cli.subcommand.take() {
		None => run_node(cli),
		Some(Subcommand::Key(mut cmd)) => {
			name_a_chain(&mut cmd);
			cmd.run(&cli)
		}
		Some(Subcommand::ExportChainSpec(cmd)) => cmd.run(cli.load_spec(&cmd.chain)?),
		Some(Subcommand::ChainSpecs(cmd)) => write_chain_specs(&cmd.folder),
		Some(Subcommand::CheckBlock(cmd)) => on_stored_chain(&cli, &cmd, |chain| {
			cmd.run::<Block, _, _>(chain.client, chain.import_queue)
		}),
		Some(Subcommand::ExportBlocks(cmd)) => on_stored_chain(&cli, &cmd, |chain| {
			cmd.run::<Block, _>(chain.client, chain.config.database)
		}),
		Some(Subcommand::ExportState(cmd)) => on_stored_chain(&cli, &cmd, |chain| {
			cmd.run::<Block, FullBackend, _>(chain.client, chain.config.chain_spec)
		}),
		Some(Subcommand::ImportBlocks(cmd)) => on_stored_chain(&cli, &cmd, |chain| {
			cmd.run::<Block, _, _>(chain.client, chain.import_queue)
		}),
		Some(Subcommand::Revert(cmd)) => on_stored_chain(&cli, &cmd, |chain| {
			cmd.run::<Block, _, _>(chain.client, chain.backend, Some(Box::new(revert_finality)))
		}),
		Some(Subcommand::PurgeChain(cmd)) => cli
			.create_runner(&cmd)?
			.sync_run(|config| cmd.run(config.database)),
		Some(Subcommand::ChainInfo(cmd)) => cli
			.create_runner(&cmd)?
			.sync_run(|config| cmd.run::<Block>(&config)),
	}
}

/// Leaves the command line to the node for parachains.
#[cfg(feature = "collator")]
fn run_parachain(_: &str) -> Result<()> {
	crate::collator::run()
}

/// Says how to run a parachain, which this build cannot.
#[cfg(not(feature = "collator"))]
fn run_parachain(chain: &str) -> Result<()> {
	Err(parachain::refusal(chain).into())
}

/// Writes the specifications that come with the source.
fn write_chain_specs(folder: &Path) -> Result<()> {
	fs::create_dir_all(folder)?;
	for (name, spec) in chain_spec::committed()? {
		let file = folder.join(name);
		fs::write(&file, spec)?;
		println!("{}", file.display());
	}
	Ok(())
}

/// Runs the node until it is told to stop.
fn run_node(mut cli: Cli) -> Result<()> {
	// Validators of a live network keep a network key that they made beforehand, so that others
	// can rely on their address. Alice and her friends live on test networks only and get theirs on
	// the first start.
	if cli.run.get_keyring().is_some() {
		cli.run
			.network_params
			.node_key_params
			.unsafe_force_node_key_generation = true;
	}
	let disk = cli.disk.clone();
	cli.create_runner(&cli.run)?
		.run_node_until_exit(|config| async move {
			service::start(config, disk).map_err(sc_cli::Error::Service)
		})
}

/// `key generate-node-key` asks for a chain though it needs one only to find the folder of a base
/// path. Without one it gets the chain that `export-chain-spec` takes too.
fn name_a_chain(cmd: &mut KeySubcommand) {
	if let KeySubcommand::GenerateNodeKey(cmd) = cmd {
		cmd.chain.get_or_insert_with(|| chain_spec::LOCAL.into());
	}
}

/// The parts of a node that work on the database alone need.
struct StoredChain {
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	import_queue: DefaultImportQueue<Block>,
	config: Configuration,
}

/// Opens the database, does one thing with it and closes it again.
fn on_stored_chain<Cmd, Operation>(
	cli: &Cli,
	cmd: &Cmd,
	operation: impl FnOnce(StoredChain) -> Operation,
) -> Result<()>
where
	Cmd: CliConfiguration,
	Operation: Future<Output = Result<()>>,
{
	cli.create_runner(cmd)?.async_run(|config| {
		let Parts {
			client,
			backend,
			import_queue,
			task_manager,
			..
		} = service::assemble(&config)?;
		let chain = StoredChain {
			client,
			backend,
			import_queue,
			config,
		};
		Ok((operation(chain), task_manager))
	})
}

/// Takes GRANDPA's own records back along with the blocks.
fn revert_finality(
	client: Arc<FullClient>,
	_: Arc<FullBackend>,
	blocks: BlockNumber,
) -> Result<()> {
	Ok(sc_consensus_grandpa::revert::<Block, _>(client, blocks)?)
}
