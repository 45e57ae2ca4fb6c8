//! What a read and a write of the node's database cost, on a state of a million keys.
//!
//! Run it with `cargo bench -p madang-node --bench database`. With `-- --check` it ends with an error
//! when a target is missed; without, it only tells, because a busy machine proves nothing. With
//! `-- --dry` it only shows that it works.
//!
//! **The state.** The genesis of a development chain with a crowd in it (`lab/crowd.rs`): accounts,
//! holds, parcels, prices and positions that real calls have stored, with the keys and the sizes that
//! they have on every chain. It lies in ParityDB, in a temporary folder. The code of the runtime is
//! the only thing that is left out: it is read once for many blocks, and a thousand times as large as
//! anything else.
//!
//! **Read.** Random keys, each for itself, through a state of the database, as the SDK's `benchmark
//! storage` reads them. A new state begins for as many as a full block has. Three cases:
//!
//! - without a trie cache: every node from the root to the leaf comes from the database. This is how
//!   the SDK measures. No node runs like that;
//! - with the node's trie cache, for the first time, after as many other keys: what many keys share is
//!   cached, the last nodes and the value come from the database;
//! - the same keys once more: everything is cached.
//!
//! **Write.** Values of the same sizes take the place of the old ones, as in `benchmark storage`: the
//! time until the new root is known and the database has taken the new nodes, divided by the number
//! of keys. Every commit is a block of its own on the one before, which is final at once: with it go
//! the journal, the nodes that it adds and those that the oldest kept block no longer needs. ParityDB
//! writes in the background and makes a commit wait when it falls behind, so full blocks come at the pace
//! of the chain. Three cases:
//!
//! - as many keys as a full block changes, of which none has been read;
//! - the same, but all of them were read in the same block, as nearly every call does;
//! - one key: all that a block costs the database anyway.
//!
//! **The constants.** `RuntimeDbWeight` must carry what the benchmarks of the calls leave out: those
//! run on keys that lie in memory, and pay for the way through the runtime and its overlay only. What
//! a validator meets on import is, for a read, the second case: the node has its cache, but whoever
//! sends transactions can always name keys that nobody has touched for long. For a write it is the
//! first case: blocks of many keys, and no read that has found the way to the node before, because a
//! call may write without reading, and a weight may count on no other. What else it is cheaper is
//! the margin. Both constants must not be below these averages.

use std::{
	process::ExitCode,
	sync::Arc,
	thread,
	time::{Duration, Instant},
};

use frame_system::Config;
use madang_node::service::FullBackend;
use madang_report::{
	benchmark,
	figures::{grouped, median, percentile_99, Dice},
	Bound, Part, Table,
};
use madang_runtime::{
	opaque::{Block, Header},
	BlockNumber, Hash, Runtime, VERSION,
};
use madang_runtime_common::time::MILLISECS_PER_BLOCK;
use sc_client_api::{
	Backend as _, BackendTransaction, BlockImportOperation as _, NewBlockState, TrieCacheContext,
};
use sc_client_db::DatabaseSettings;
use sc_service::{BlocksPruning, DatabaseSource, PruningMode};
use sp_runtime::{
	traits::{BlakeTwo256, Header as _},
	BuildStorage, Digest, Storage,
};
use sp_state_machine::Backend as _;
use tempfile::TempDir;

mod lab;

use lab::{crowd::Crowd, genesis, CACHE};

/// Blocks whose state is kept. A node keeps more by default, but from the first block behind them on
/// the work for each is the same, and it begins sooner.
const KEPT: u32 = 8;

/// The time between two blocks.
const SLOT: Duration = Duration::from_millis(MILLISECS_PER_BLOCK);

/// Keys that a person of the crowd has at least.
const KEYS_OF_A_PERSON: usize = 14;

/// Where the generator begins.
const SEED: u64 = 20_261_126;

/// Why an operation of the database succeeds.
const WRITABLE: &str = "the temporary folder is writable";

/// How much is measured.
struct Sizes {
	/// Keys in the state at least.
	keys: usize,
	/// Keys that are read.
	reads: usize,
	/// Keys that a full block reads and changes.
	in_a_block: usize,
	/// Full blocks.
	blocks: usize,
	/// Blocks that change one key.
	singles: usize,
}

impl Sizes {
	const FULL: Self = Self {
		keys: 1_000_000,
		reads: 200_000,
		in_a_block: 5_000,
		blocks: 40,
		singles: 500,
	};

	/// Only shows that the benchmark works.
	const QUICK: Self = Self {
		keys: 20_000,
		reads: 5_000,
		in_a_block: 500,
		blocks: 3,
		singles: 20,
	};
}

fn main() -> ExitCode {
	benchmark(measure_all)
}

fn measure_all() -> Part {
	let quick = Part::quick();
	let sizes = if quick { Sizes::QUICK } else { Sizes::FULL };
	eprintln!("making the state; this takes minutes");
	let storage = state_of(sizes.keys);
	let keys = shuffled_keys(&storage);
	assert!(keys.len() >= sizes.keys, "a person has fewer keys");
	let store = Store::new(storage);
	let reads = Reads::measure(&store, &keys, &sizes);
	let writes = Writes::measure(&store, keys.clone(), &sizes);

	let mut part = Part::new("database");
	part.table(table_of_state(&keys));
	part.table(table_of_reads(&reads));
	part.table(table_of_writes(&writes));
	let constants = Constants::of(&reads, &writes);
	part.table(constants.table());
	part.note(format!(
		"ParityDB, state version 1. {} random keys are read, and changed in {} blocks of {} keys and \
		 in {} blocks of one key; no key is changed twice. A figure of a write is the mean of a \
		 block. The pages of the database are in the memory of the operating system, as after the \
		 warm-up of the SDK's `benchmark storage`.",
		grouped(sizes.reads as u64),
		sizes.blocks,
		grouped(sizes.in_a_block as u64),
		sizes.singles,
	));
	part.note(
		"The constants follow from the averages of the first reading with the node's cache and of \
		 full blocks of keys that were not read before: what a validator meets on import when \
		 somebody names keys that nobody has touched for long.",
	);
	if quick {
		part.note("A dry run on a small state, without targets.");
	} else {
		constants.set_targets(&mut part);
	}
	part
}

// The state.

/// A key and the length of its value.
#[derive(Clone)]
struct Key {
	name: Vec<u8>,
	length: usize,
}

/// A state of at least so many keys.
fn state_of(keys: usize) -> Storage {
	let people = keys.div_ceil(KEYS_OF_A_PERSON);
	let (spec, _) = genesis::grown(|| Crowd::settle(people));
	spec.build_storage().expect("it is there already")
}

/// All keys but those of the SDK itself, like that of the code, in an order that is no order.
fn shuffled_keys(storage: &Storage) -> Vec<Key> {
	let mut keys: Vec<Key> = storage
		.top
		.iter()
		.filter(|(name, _)| !name.starts_with(b":"))
		.map(|(name, value)| Key {
			name: name.clone(),
			length: value.len(),
		})
		.collect();
	let mut dice = Dice(SEED);
	for last in (1..keys.len()).rev() {
		keys.swap(last, dice.below(last as u64 + 1) as usize);
	}
	keys
}

/// A database with a genesis block, in a folder that is gone with it.
struct Store {
	folder: TempDir,
	genesis: Hash,
}

impl Store {
	/// Puts a state in.
	fn new(storage: Storage) -> Self {
		let mut store = Self {
			folder: tempfile::tempdir().expect("temporary folders can be made"),
			genesis: Hash::zero(),
		};
		let backend = store.open(None);
		let mut operation = backend.begin_operation().expect(WRITABLE);
		let root = operation
			.set_genesis_state(storage, true, VERSION.state_version())
			.expect("the state is complete");
		let header = Header::new(0, Hash::zero(), root, Hash::zero(), Digest::default());
		store.genesis = header.hash();
		operation
			.set_block_data(
				header,
				Some(Vec::new()),
				None,
				None,
				NewBlockState::Final,
				true,
			)
			.expect("there is one block");
		backend.commit_operation(operation).expect(WRITABLE);
		store
	}

	/// Opens it with so many bytes of state cached. Nothing is cached yet, and nobody else may have it
	/// open.
	fn open(&self, cache: Option<usize>) -> Arc<FullBackend> {
		sc_service::new_db_backend::<Block>(DatabaseSettings {
			trie_cache_maximum_size: cache,
			state_pruning: Some(PruningMode::blocks_pruning(KEPT)),
			source: DatabaseSource::ParityDb {
				path: self.folder.path().join("paritydb"),
			},
			blocks_pruning: BlocksPruning::KeepFinalized,
			pruning_filters: Vec::new(),
			metrics_registry: None,
		})
		.expect(WRITABLE)
	}
}

// Reading.

/// Nanoseconds that reads took, each for itself.
struct Reads {
	without_cache: Vec<f64>,
	first: Vec<f64>,
	again: Vec<f64>,
}

impl Reads {
	fn measure(store: &Store, keys: &[Key], sizes: &Sizes) -> Self {
		let (before, keys) = keys[..2 * sizes.reads].split_at(sizes.reads);
		let read =
			|backend: &FullBackend, keys| read(backend, store.genesis, keys, sizes.in_a_block);
		eprintln!("reading without a cache");
		let backend = store.open(None);
		// The first time brings the pages of the database into memory.
		read(&backend, before);
		let without_cache = read(&backend, keys);
		drop(backend);
		eprintln!("reading with the node's cache");
		let backend = store.open(Some(CACHE));
		// As in a node that has run for a while.
		read(&backend, before);
		Self {
			without_cache,
			first: read(&backend, keys),
			again: read(&backend, keys),
		}
	}
}

/// Reads each of the keys, with a new state for each block of them, as on import.
fn read(backend: &FullBackend, block: Hash, keys: &[Key], in_a_block: usize) -> Vec<f64> {
	let mut times = Vec::with_capacity(keys.len());
	for keys in keys.chunks(in_a_block) {
		let state = backend
			.state_at(block, TrieCacheContext::Trusted)
			.expect("the state of genesis is there");
		for key in keys {
			let start = Instant::now();
			let value = state.storage(&key.name).expect("the state is complete");
			times.push(start.elapsed().as_nanos() as f64);
			assert_eq!(value.map(|value| value.len()), Some(key.length));
		}
	}
	times
}

// Writing.

/// Nanoseconds that a key took in each block.
struct Writes {
	unread: Vec<f64>,
	read_before: Vec<f64>,
	single: Vec<f64>,
}

impl Writes {
	fn measure(store: &Store, keys: Vec<Key>, sizes: &Sizes) -> Self {
		let mut writer = Writer {
			backend: store.open(Some(CACHE)),
			best: store.genesis,
			number: 0,
			keys: keys.into_iter(),
			dice: Dice(SEED),
		};
		let Sizes {
			in_a_block,
			blocks,
			singles,
			..
		} = *sizes;
		eprintln!("writing");
		// From then on states are pruned.
		writer.write_blocks(KEPT as usize + 1, 1, Before::Unread, Pace::Hurried);
		Self {
			unread: writer.write_blocks(blocks, in_a_block, Before::Unread, Pace::Chain),
			read_before: writer.write_blocks(blocks, in_a_block, Before::Read, Pace::Chain),
			single: writer.write_blocks(singles, 1, Before::Unread, Pace::Hurried),
		}
	}
}

/// What happened to keys in the same block, before they are changed.
#[derive(Clone, Copy, PartialEq)]
enum Before {
	Unread,
	Read,
}

/// How blocks follow each other.
#[derive(Clone, Copy, PartialEq)]
enum Pace {
	/// As slots do.
	Chain,
	/// Without a pause.
	Hurried,
}

/// Makes blocks that change keys, one on the other.
struct Writer {
	backend: Arc<FullBackend>,
	best: Hash,
	number: BlockNumber,
	/// The keys that were not changed yet.
	keys: std::vec::IntoIter<Key>,
	dice: Dice,
}

impl Writer {
	fn write_blocks(
		&mut self,
		blocks: usize,
		in_a_block: usize,
		before: Before,
		pace: Pace,
	) -> Vec<f64> {
		(0..blocks)
			.map(|_| {
				let slot = Instant::now() + SLOT;
				let time = self.write_block(in_a_block, before);
				if pace == Pace::Chain {
					thread::sleep(slot.saturating_duration_since(Instant::now()));
				}
				time
			})
			.collect()
	}

	/// Makes a block that changes so many keys, and tells how long one of them took.
	fn write_block(&mut self, in_a_block: usize, before: Before) -> f64 {
		let changes = self.next_changes(in_a_block);
		let state = self
			.backend
			.state_at(self.best, TrieCacheContext::Trusted)
			.expect("the state of the best block is there");
		if before == Before::Read {
			for (key, _) in &changes {
				state.storage(key).expect("the state is complete");
			}
		}
		let start = Instant::now();
		let delta = changes
			.iter()
			.map(|(key, value)| (key.as_slice(), Some(value.as_slice())));
		let (root, nodes) = state.storage_root(delta, VERSION.state_version());
		// This brings into the node's cache what was found and made.
		drop(state);
		self.commit(root, nodes);
		start.elapsed().as_nanos() as f64 / in_a_block as f64
	}

	/// The next keys, with new values as long as the old ones.
	fn next_changes(&mut self, count: usize) -> Vec<(Vec<u8>, Vec<u8>)> {
		let keys: Vec<Key> = self.keys.by_ref().take(count).collect();
		assert_eq!(keys.len(), count, "there are enough keys");
		keys.into_iter()
			.map(|key| {
				let value = (0..key.length).map(|_| self.dice.roll() as u8).collect();
				(key.name, value)
			})
			.collect()
	}

	/// Adds a block with this state, and makes it final.
	fn commit(&mut self, root: Hash, nodes: BackendTransaction<BlakeTwo256>) {
		let number = self.number + 1;
		let header = Header::new(number, Hash::zero(), root, self.best, Digest::default());
		let hash = header.hash();
		let mut operation = self.backend.begin_operation().expect(WRITABLE);
		self.backend
			.begin_state_operation(&mut operation, self.best)
			.expect("the state of the best block is there");
		operation.update_db_storage(nodes).expect("they are new");
		operation
			.set_block_data(
				header,
				Some(Vec::new()),
				None,
				None,
				NewBlockState::Final,
				true,
			)
			.expect("there is one block");
		self.backend.commit_operation(operation).expect(WRITABLE);
		self.best = hash;
		self.number = number;
	}
}

// What it comes to.

/// Nanoseconds that were measured, and those that the runtime declares.
struct Constants {
	read: Constant,
	write: Constant,
}

struct Constant {
	name: &'static str,
	measured: f64,
	declared: f64,
}

impl Constants {
	fn of(reads: &Reads, writes: &Writes) -> Self {
		let declared = <Runtime as Config>::DbWeight::get();
		// Weight counts picoseconds.
		let nanoseconds = |weight: u64| weight as f64 / 1e3;
		Self {
			read: Constant {
				name: "`RuntimeDbWeight::read`",
				measured: average(&reads.first),
				declared: nanoseconds(declared.read),
			},
			write: Constant {
				name: "`RuntimeDbWeight::write`",
				measured: average(&writes.unread),
				declared: nanoseconds(declared.write),
			},
		}
	}

	fn table(&self) -> Table {
		let columns = ["constant", "measured", "declared", "measured / declared"];
		let mut table = Table::new("What the constants should be, ns", columns);
		for constant in [&self.read, &self.write] {
			table.row([
				constant.name.into(),
				whole(constant.measured),
				whole(constant.declared),
				format!("{:.2}", constant.ratio()),
			]);
		}
		table
	}

	fn set_targets(&self, part: &mut Part) {
		for constant in [&self.read, &self.write] {
			let what = format!("{}, measured / declared", constant.name);
			part.target(what, constant.ratio(), Bound::AtMost(1.0));
		}
	}
}

impl Constant {
	fn ratio(&self) -> f64 {
		self.measured / self.declared
	}
}

fn table_of_state(keys: &[Key]) -> Table {
	let names: Vec<f64> = keys.iter().map(|key| key.name.len() as f64).collect();
	let values: Vec<f64> = keys.iter().map(|key| key.length as f64).collect();
	let columns = ["bytes of", "number", "average", "median", "99th percentile"];
	let mut table = Table::new("The state", columns);
	for (what, lengths) in [("keys", names), ("values", values)] {
		table.row([
			what.into(),
			grouped(lengths.len() as u64),
			whole(average(&lengths)),
			whole(median(lengths.clone())),
			whole(percentile_99(lengths)),
		]);
	}
	table
}

fn table_of_reads(reads: &Reads) -> Table {
	table_of_times(
		"Reading a key, ns",
		[
			("without a trie cache", &reads.without_cache),
			("with the node's cache, for the first time", &reads.first),
			("the same once more", &reads.again),
		],
	)
}

fn table_of_writes(writes: &Writes) -> Table {
	table_of_times(
		"Writing a key, ns",
		[
			("full blocks", &writes.unread),
			("full blocks, read before", &writes.read_before),
			("blocks of one key", &writes.single),
		],
	)
}

fn table_of_times(title: &str, cases: [(&str, &Vec<f64>); 3]) -> Table {
	let columns = [
		"case",
		"average",
		"median",
		"99th percentile",
		"standard deviation",
	];
	let mut table = Table::new(title, columns);
	for (what, times) in cases {
		table.row(row(what, times));
	}
	table
}

fn row(what: &str, times: &[f64]) -> [String; 5] {
	[
		what.into(),
		whole(average(times)),
		whole(median(times.to_vec())),
		whole(percentile_99(times.to_vec())),
		whole(standard_deviation(times)),
	]
}

fn average(figures: &[f64]) -> f64 {
	figures.iter().sum::<f64>() / figures.len() as f64
}

fn standard_deviation(figures: &[f64]) -> f64 {
	let average = average(figures);
	let squares = figures.iter().map(|figure| (figure - average).powi(2));
	(squares.sum::<f64>() / figures.len() as f64).sqrt()
}

/// A figure without decimal places.
fn whole(figure: f64) -> String {
	grouped(figure.round() as u64)
}
