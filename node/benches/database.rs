//! What it costs to read and to write a key of the state, on a state of our own with more than a
//! million keys: where the database weights of the runtime come from.
//!
//! Run it with `cargo bench --workspace --locked --bench database`.
//!
//! **Measured.** The genesis of a development chain gets parcels of as many owners, until the state
//! has more than a million keys, on ParityDB with the settings of the node. Keys are chosen at
//! random. *Read*: each is read once in a state whose trie cache is switched off, and the time of
//! each counts. *Write*: blocks give new values to as many keys as a full block writes; what counts
//! is the time for the new root and for handing the changes to the database, divided by the keys,
//! without the cache too. This is what the SDK's `benchmark storage` does.
//!
//! **Not measured.** A state that the page cache of the system does not hold, and the database's own
//! threads, which move what it was handed to its files later.

use std::{sync::Arc, time::Instant};

use madang_client::calls;
use madang_node::{chain_spec, service::FullBackend};
use madang_primitives::{
	geometry::{Area, Size},
	Balance, MetaverseId, ParcelId,
};
use madang_runtime::{
	AccountId, Address, Balances, Hash, Header, Land, Metaverse, Runtime, RuntimeOrigin,
};
use madang_runtime_common::units::MDG;
use sc_client_api::{Backend as _, BlockImportOperation as _, NewBlockState, TrieCacheContext};
use sc_service::ChainSpec as _;
use sp_blockchain::HeaderBackend as _;
use sp_core::storage::{well_known_keys::CODE, StateVersion};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{traits::Header as _, BuildStorage, Digest};
use sp_state_machine::Backend as _;

mod lab;

use lab::{grouped, median, percentile_99, Dice};

/// Parcels, each of somebody else.
const PARCELS: u32 = 150_000;

/// Fewest keys that the state must have.
const KEYS: usize = 1_000_000;

/// Keys that are read.
const READS: usize = 100_000;

/// Blocks that write.
const BLOCKS: u32 = 50;

/// Keys that one of them writes.
const WRITES: usize = 5_000;

/// Where the generator begins.
const SEED: u64 = 20_261_125;

/// Who founds the territory.
const OWNER: Sr25519Keyring = Sr25519Keyring::Alice;

fn main() {
	// `cargo test --all-targets` starts benchmarks too, without this.
	if !std::env::args().any(|argument| argument == "--bench") {
		println!("nothing is measured in a test run; use `cargo bench`");
		return;
	}
	lab::tell_the_machine();
	eprintln!("setting the stage; this takes some minutes");
	let mut spec = chain_spec::development().expect("the runtime was built");
	let mut storage = spec.build_storage().expect("the preset is complete");
	// On its own it would put an empty runtime in.
	let code = storage.top.get(CODE).expect("there is a runtime").clone();
	let mut ext = TestExternalities::new_with_code(&code, storage.clone());
	storage.top = ext.execute_with(|| {
		settle();
		all_entries()
	});
	drop(ext);
	assert!(
		storage.top.len() > KEYS,
		"the state has {} keys",
		storage.top.len()
	);
	let mut dice = Dice(SEED);
	let keys: Vec<Vec<u8>> = storage
		.top
		.keys()
		.filter(|key| *key != CODE)
		.cloned()
		.collect();
	spec.set_storage(storage);
	let chain = lab::open_with(&spec, None);

	println!("{} keys in the state", grouped(keys.len() as u64));
	let genesis = chain.client.info().genesis_hash;
	let state = chain
		.backend
		.state_at(genesis, TrieCacheContext::Untrusted)
		.expect("the state is kept");
	let read = |key: &[u8]| {
		let start = Instant::now();
		let value = state.storage(key).expect("the state can be read");
		let took = start.elapsed().as_secs_f64() * 1e6;
		assert!(value.is_some());
		took
	};
	let reads = (0..READS).map(|_| read(dice.one_of(&keys))).collect();
	tell("read", reads);

	let mut parent = genesis;
	let mut writes = Vec::new();
	for number in 1..=BLOCKS {
		let mut changes: Vec<(Vec<u8>, Vec<u8>)> = (0..WRITES)
			.map(|_| {
				let key = dice.one_of(&keys).to_vec();
				let old = state.storage(&key).expect("the state can be read");
				let value = (0..old.map_or(0, |old| old.len()))
					.map(|_| dice.roll() as u8)
					.collect();
				(key, value)
			})
			.collect();
		changes.sort();
		changes.dedup_by(|one, other| one.0 == other.0);
		let start = Instant::now();
		parent = write(&chain.backend, number, parent, &changes);
		writes.push(start.elapsed().as_secs_f64() * 1e6 / changes.len() as f64);
	}
	tell("write", writes);
}

/// Prints one row.
fn tell(what: &str, times: Vec<f64>) {
	let mean = times.iter().sum::<f64>() / times.len() as f64;
	println!(
		"{what:<6} mean {mean:>6.2} us   median {:>6.2} us   99th percentile {:>6.2} us",
		median(times.clone()),
		percentile_99(times)
	);
}

/// Adds a block that changes these keys, and tells its hash.
fn write(
	backend: &Arc<FullBackend>,
	number: u32,
	parent: Hash,
	changes: &[(Vec<u8>, Vec<u8>)],
) -> Hash {
	let state = backend
		.state_at(parent, TrieCacheContext::Untrusted)
		.expect("the state is kept");
	let delta = changes
		.iter()
		.map(|(key, value)| (key.as_slice(), Some(value.as_slice())));
	let (root, changes) = state.storage_root(delta, StateVersion::V1);
	let header = Header::new(number, Hash::zero(), root, parent, Digest::default());
	let hash = header.hash();
	let mut operation = backend.begin_operation().expect("the database works");
	backend
		.begin_state_operation(&mut operation, parent)
		.expect("the state is kept");
	operation
		.set_block_data(
			header,
			Some(Vec::new()),
			None,
			None,
			NewBlockState::Best,
			true,
		)
		.expect("the block is new");
	operation
		.update_db_storage(changes)
		.expect("the changes are there once");
	backend
		.commit_operation(operation)
		.expect("the database works");
	hash
}

/// Gives everybody a parcel and some money.
fn settle() {
	let owner = RuntimeOrigin::signed(OWNER.to_account_id());
	let metaverse: MetaverseId = pallet_metaverse::NextId::<Runtime>::get();
	let size = Size::new(512, 512);
	let profile = calls::profile("Bench", "");
	let (width, height) = (size.width, size.height);
	Metaverse::register(
		owner.clone(),
		b"bench".to_vec(),
		profile,
		width,
		height,
		Balance::MAX,
	)
	.expect("the owner can pay");
	for number in 0..PARCELS {
		let who = AccountId::new(sp_io::hashing::blake2_256(&number.to_le_bytes()));
		let somebody = Address::Id(who);
		Balances::force_set_balance(RuntimeOrigin::root(), somebody.clone(), MDG)
			.expect("root can do so");
		let (x, y) = (
			number % u32::from(size.width),
			number / u32::from(size.width),
		);
		let area = Area::new(x as u16, y as u16, 1, 1);
		Land::claim_for(owner.clone(), metaverse, area, somebody).expect("the cell is free");
	}
	let last: ParcelId = PARCELS - 1;
	assert!(pallet_land::Parcels::<Runtime>::contains_key(
		metaverse, last
	));
}

/// The whole state.
fn all_entries() -> std::collections::BTreeMap<Vec<u8>, Vec<u8>> {
	let mut entries = std::collections::BTreeMap::new();
	let mut key = Vec::new();
	while let Some(next) = sp_io::storage::next_key(&key) {
		let value = sp_io::storage::get(&next).expect("a key has a value");
		entries.insert(next.clone(), value.to_vec());
		key = next;
	}
	entries
}

impl Dice {
	fn one_of<'a>(&mut self, keys: &'a [Vec<u8>]) -> &'a [u8] {
		&keys[self.below(keys.len() as u64) as usize]
	}
}
