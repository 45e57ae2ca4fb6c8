//! What the benchmarks of the node share: a chain in a folder of its own, and figures.

// Every benchmark is a crate of its own and uses a part of this.
#![allow(dead_code, unused_imports)]

use std::{fs, sync::Arc, thread};

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

mod chain;

pub use chain::{written, Lab};

/// Bytes of state that are cached, as the node's command line has it.
const CACHE: usize = 1024 * 1024 * 1024;

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

/// Opens a chain in a folder that is gone with it.
pub fn open(spec: &ChainSpec) -> Opened {
	open_with(spec, Some(CACHE))
}

/// The same, with so many bytes of state cached.
pub fn open_with(spec: &ChainSpec, cache: Option<usize>) -> Opened {
	let folder = tempfile::tempdir().expect("temporary folders can be made");
	let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
	let tasks = TaskManager::new(runtime.handle().clone(), None).expect("no metrics are kept");
	let backend = sc_service::new_db_backend::<Block>(DatabaseSettings {
		trie_cache_maximum_size: cache,
		// All states stay, and are on the disk and not in memory only.
		state_pruning: Some(PruningMode::ArchiveAll),
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

/// Prints on what the figures are taken.
pub fn tell_the_machine() {
	let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
	let model = info
		.lines()
		.find(|line| line.starts_with("model name"))
		.and_then(|line| line.split_once(':'))
		.map_or("unknown processor", |(_, model)| model.trim());
	let cores = thread::available_parallelism().map_or(0, |cores| cores.get());
	let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
	let memory: u64 = memory
		.split_whitespace()
		.nth(1)
		.and_then(|kib| kib.parse().ok())
		.unwrap_or_default();
	println!(
		"{model}, {cores} cores, {} MiB of memory",
		grouped(memory / 1024)
	);
}

/// The middle of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
	assert!(!figures.is_empty());
	figures.sort_by(f64::total_cmp);
	let upper = figures.len() / 2;
	let lower = (figures.len() - 1) / 2;
	(figures[lower] + figures[upper]) / 2.0
}

/// What 99 of a hundred figures do not exceed.
pub fn percentile_99(mut figures: Vec<f64>) -> f64 {
	assert!(!figures.is_empty());
	figures.sort_by(f64::total_cmp);
	figures[(figures.len() * 99).div_ceil(100) - 1]
}

/// Whether a target was met, in words.
pub fn verdict(good: bool) -> &'static str {
	if good {
		"ok"
	} else {
		"MISSED"
	}
}

/// A number with a comma before every three digits.
pub fn grouped(number: u64) -> String {
	let digits = number.to_string();
	let mut text = String::new();
	for (position, digit) in digits.chars().enumerate() {
		if position > 0 && (digits.len() - position).is_multiple_of(3) {
			text.push(',');
		}
		text.push(digit);
	}
	text
}

/// A generator of numbers that look random and are the same each time: SplitMix64.
pub struct Dice(pub u64);

impl Dice {
	/// The next number.
	pub fn roll(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// A number from zero on, below the limit.
	pub fn below(&mut self, limit: u64) -> u64 {
		self.roll() % limit
	}
}
