//! What the benchmarks of the node share: chains in folders of their own.

// Every benchmark is a crate of its own and uses a part of this.
#![allow(dead_code, unused_imports)]

use std::sync::Arc;

use madang_node::{
	chain_spec::ChainSpec,
	service::{FullBackend, FullClient, HostFunctions},
};
use madang_runtime::opaque::Block;
use sc_client_db::DatabaseSettings;
use sc_service::{
	client::new_with_backend, config::ExecutorConfiguration, BlocksPruning, ClientConfig,
	DatabaseSource, GenesisBlockBuilder, PruningMode, TaskManager,
};
use tempfile::TempDir;

pub mod campaign;
mod chain;
pub mod crowd;
pub mod genesis;
pub mod turns;

pub use chain::{written, Lab, Made};

/// Bytes of state that are cached, as the node caches without an argument.
pub const CACHE: usize = madang_node::cli::TRIE_CACHE;

/// A chain with nothing but genesis, on the database and the executor of the node.
pub struct Opened {
	/// The chain and its state.
	pub client: FullClient,
	/// Its database.
	pub backend: Arc<FullBackend>,
	/// The threads of the client.
	pub runtime: tokio::runtime::Runtime,
	_tasks: TaskManager,
	_folder: TempDir,
}

/// Opens a chain in a folder that is gone with it. All states stay, and are on the disk and not in memory
/// only.
pub fn open(spec: &ChainSpec) -> Opened {
	open_with(spec, PruningMode::ArchiveAll)
}

/// The same, with as many states as a node keeps.
pub fn open_pruned(spec: &ChainSpec) -> Opened {
	open_with(spec, PruningMode::default())
}

fn open_with(spec: &ChainSpec, states: PruningMode) -> Opened {
	let folder = tempfile::tempdir().expect("temporary folders can be made");
	let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
	let tasks = TaskManager::new(runtime.handle().clone(), None).expect("no metrics are kept");
	let backend = sc_service::new_db_backend::<Block>(DatabaseSettings {
		trie_cache_maximum_size: Some(CACHE),
		state_pruning: Some(states),
		source: DatabaseSource::ParityDb {
			path: folder.path().join("paritydb"),
		},
		blocks_pruning: BlocksPruning::KeepAll,
		pruning_filters: Vec::new(),
		metrics_registry: None,
	})
	.expect("the folder is writable");
	let executor =
		sc_service::new_wasm_executor::<HostFunctions>(&ExecutorConfiguration::default());
	let genesis =
		GenesisBlockBuilder::<Block, _, _>::new(spec, true, backend.clone(), executor.clone())
			.expect("the genesis is complete");
	let client: FullClient = new_with_backend(
		backend.clone(),
		executor,
		genesis,
		Box::new(tasks.spawn_handle()),
		None,
		None,
		ClientConfig::default(),
	)
	.expect("the database is empty");
	Opened {
		client,
		backend,
		runtime,
		_tasks: tasks,
		_folder: folder,
	}
}
