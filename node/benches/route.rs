//! How long `portal_route` takes on a chain with many portals.
//!
//! Run it with `cargo bench --workspace --locked --bench route`. With `-- --check` it ends with an
//! error when the target is missed; without, it only tells, because a busy machine proves nothing.
//!
//! **The chains.** Each is the development chain with more in its genesis: metaverses and portals that
//! the calls of the pallets themselves have stored, between ends that a generator with a fixed seed
//! picks. Three are measured: one with all kinds of portals, of which some carry nobody; one where
//! every portal leads both ways and has a toll, so that no free way ends the search early; and a
//! crowded one, whose metaverses have as many portals as they can have.
//!
//! **Measured.** Random pairs, one query after the other: through the runtime API (Wasm, ParityDB, the
//! settings of the node) and as `portal_route` over HTTP from a node that makes its blocks but has
//! nothing else to do. Both have to give the same answers. The first query is told apart: it
//! finds nothing in the cache of the state. An answer is a way, that there is none, or that the
//! search reached its bound; the target holds for all three.

use std::{
	collections::HashMap,
	env, fs,
	process::ExitCode,
	thread,
	time::{Duration, Instant},
};

use madang_node::chain_spec::{self, ChainSpec};
use madang_primitives::{
	escrow::AssetKind,
	metaverse::ProfileInput,
	portal::{
		Access, DestinationInput, Direction, GateInput, PortalId, PortalQueryError, Route, Split,
		Terms, Toll, MAX_PORTALS,
	},
	Balance, MetaverseId,
};
use madang_runtime::{
	genesis_config_presets::{TEST_DOLLAR, TUSD},
	Address, BlockNumber, Hash, Metaverse, Portal, RuntimeOrigin,
};
use madang_runtime_api::PortalApi;
use madang_runtime_common::{params::MinNotice, units::MILLI};
use sc_service::ChainSpec as _;
use serde_json::json;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::storage::well_known_keys::CODE;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{BuildStorage, Permill};
use tempfile::NamedTempFile;

#[path = "../tests/common/mod.rs"]
mod common;
mod lab;

use lab::{grouped, median, percentile_99, verdict, Dice};

/// Most steps of a way.
const HOPS: u32 = 8;

/// Pairs that are asked for.
const PAIRS: usize = 300;

/// Most milliseconds that an answer may take.
const TARGET: f64 = 50.0;

/// How long the node has nothing to do before the first request: two blocks.
const REST: Duration = Duration::from_secs(4);

/// Where the generator begins.
const SEED: u64 = 20_261_125;

/// Who founds everything.
const OWNER: Sr25519Keyring = Sr25519Keyring::Alice;

/// Who takes some of it over.
const BUYER: Sr25519Keyring = Sr25519Keyring::Bob;

/// A chain with portals.
struct Graph {
	name: &'static str,
	worlds: u32,
	portals: u32,
	/// The terms of a portal.
	terms: fn(&mut Dice) -> Terms<BlockNumber>,
	/// One in so many portals is paused, and one in so many metaverses is sold; none when zero.
	dead: u64,
}

const GRAPHS: [Graph; 3] = [
	Graph {
		name: "mixed",
		worlds: 2_000,
		portals: 10_000,
		terms: any_terms,
		dead: 50,
	},
	Graph {
		name: "tolls everywhere",
		worlds: 2_000,
		portals: 10_000,
		terms: tolled,
		dead: 0,
	},
	Graph {
		name: "crowded",
		worlds: 500,
		portals: 30_000,
		terms: tolled,
		dead: 0,
	},
];

fn main() -> ExitCode {
	let arguments: Vec<String> = env::args().skip(1).collect();
	// `cargo test --all-targets` starts benchmarks too, without this.
	if !arguments.iter().any(|argument| argument == "--bench") {
		println!("nothing is measured in a test run; use `cargo bench`");
		return ExitCode::SUCCESS;
	}
	let check = arguments.iter().any(|argument| argument == "--check");

	lab::tell_the_machine();
	println!("{PAIRS} pairs, ways of at most {HOPS} steps, ms\n");
	println!(
		"{:<18} {:<12} {:>7} {:>7} {:>7} {:>7} {:>6} {:>6} {:>6} {:>6}",
		"portals", "asked", "first", "median", "99th", "longest", "ways", "steps", "none", "bound"
	);
	let missed = GRAPHS.iter().map(measure).sum::<usize>();
	println!("\n{missed} times the 99th percentile was above {TARGET} ms");
	if check && missed > 0 {
		ExitCode::FAILURE
	} else {
		ExitCode::SUCCESS
	}
}

/// Measures one graph from inside and from outside, and tells how many targets were missed.
fn measure(graph: &Graph) -> usize {
	eprintln!(
		"{}: {} portals between {} metaverses",
		graph.name,
		grouped(graph.portals.into()),
		grouped(graph.worlds.into())
	);
	let (spec, worlds) = graph.chain();
	let mut dice = Dice(SEED);
	let pairs: Vec<_> = (0..=PAIRS).map(|_| dice.pair(&worlds)).collect();

	let inside = time(&pairs, inside(&spec));
	let outside = time(&pairs, outside(&spec));
	for (pair, (inside, outside)) in pairs
		.iter()
		.zip(inside.answers.iter().zip(&outside.answers))
	{
		assert_eq!(inside, outside, "the answers for {pair:?} differ");
	}
	inside.tell(graph.name, "runtime API") + outside.tell("", "HTTP")
}

/// What a query came to.
#[derive(Clone, Debug, PartialEq)]
enum Answer {
	/// A way with so many steps, and its tolls in the native token.
	Way { steps: usize, toll: String },
	/// There is no way.
	None,
	/// The search was given up.
	Bound,
}

/// What all queries came to.
struct Report {
	/// Milliseconds of the first query.
	first: f64,
	/// Milliseconds of the others.
	times: Vec<f64>,
	answers: Vec<Answer>,
}

/// Asks for every pair, one after the other.
fn time(
	pairs: &[(MetaverseId, MetaverseId)],
	mut ask: impl FnMut(MetaverseId, MetaverseId) -> Answer,
) -> Report {
	let mut times = Vec::new();
	let mut answers = Vec::new();
	for (from, to) in pairs {
		let start = Instant::now();
		let answer = ask(*from, *to);
		times.push(start.elapsed().as_secs_f64() * 1e3);
		answers.push(answer);
	}
	Report {
		first: times.remove(0),
		times,
		answers,
	}
}

impl Report {
	/// Prints one row, and tells whether the target was missed.
	fn tell(&self, name: &str, how: &str) -> usize {
		let slow = percentile_99(self.times.clone());
		let longest = self.times.iter().copied().fold(0.0, f64::max);
		let good = slow <= TARGET;
		let steps: Vec<f64> = self
			.answers
			.iter()
			.filter_map(|answer| match answer {
				Answer::Way { steps, .. } => Some(*steps as f64),
				_ => None,
			})
			.collect();
		let count = |answer| {
			self.answers
				.iter()
				.filter(|other| **other == answer)
				.count()
		};
		let middle = if steps.is_empty() {
			"-".into()
		} else {
			median(steps.clone()).to_string()
		};
		println!(
			"{name:<18} {how:<12} {:>7.1} {:>7.1} {slow:>7.1} {longest:>7.1} {:>6} {middle:>6} {:>6} {:>6}  {}",
			self.first,
			median(self.times.clone()),
			steps.len(),
			count(Answer::None),
			count(Answer::Bound),
			verdict(good)
		);
		usize::from(!good)
	}
}

/// Asks the runtime API, in Wasm.
fn inside(spec: &ChainSpec) -> impl FnMut(MetaverseId, MetaverseId) -> Answer {
	let chain = lab::open(spec);
	move |from, to| {
		let block = chain.client.info().best_hash;
		let answer = chain
			.client
			.runtime_api()
			.route(block, from, to, HOPS)
			.expect("the runtime answers");
		match answer {
			Ok(Route { steps, native_toll }) => Answer::Way {
				steps: steps.len(),
				toll: native_toll.to_string(),
			},
			Err(PortalQueryError::NoRoute) => Answer::None,
			Err(PortalQueryError::SearchTooLarge) => Answer::Bound,
			Err(other) => panic!("from {from} to {to}: {other:?}"),
		}
	}
}

/// Asks a node over HTTP.
fn outside(spec: &ChainSpec) -> impl FnMut(MetaverseId, MetaverseId) -> Answer {
	let file = NamedTempFile::new().expect("temporary files can be made");
	let json = spec.as_json(true).expect("a specification is JSON");
	fs::write(file.path(), json).expect("temporary files can be written");
	let path = file.path().to_str().expect("the path is UTF-8");
	let node = common::Node::start_dev(&["--chain", path]);
	thread::sleep(REST);
	move |from, to| match node.rpc("portal_route", json!([from, to, HOPS])) {
		Ok(route) => Answer::Way {
			steps: route["steps"].as_array().map_or(0, Vec::len),
			toll: route["nativeToll"].as_str().unwrap_or_default().into(),
		},
		Err(error) => match error["data"]["name"].as_str() {
			Some("noRoute") => Answer::None,
			Some("searchTooLarge") => Answer::Bound,
			_ => panic!("from {from} to {to}: {error}"),
		},
	}
}

// The chain.

impl Graph {
	/// The development chain with these metaverses and portals in its genesis, and the metaverses.
	fn chain(&self) -> (ChainSpec, Vec<MetaverseId>) {
		let mut spec = chain_spec::development().expect("the runtime was built");
		let mut storage = spec.build_storage().expect("the preset is complete");
		// On its own it would put an empty runtime in.
		let code = storage.top.get(CODE).expect("there is a runtime").clone();
		let mut ext = TestExternalities::new_with_code(&code, storage.clone());
		let worlds = ext.execute_with(|| {
			let worlds = self.found();
			let portals = self.link(&worlds);
			self.kill(&worlds, portals);
			storage.top.clear();
			let mut key = Vec::new();
			while let Some(next) = sp_io::storage::next_key(&key) {
				let value = sp_io::storage::get(&next).expect("a key has a value");
				storage.top.insert(next.clone(), value.to_vec());
				key = next;
			}
			worlds
		});
		spec.set_storage(storage);
		(spec, worlds)
	}

	fn found(&self) -> Vec<MetaverseId> {
		let first = pallet_metaverse::NextId::<madang_runtime::Runtime>::get();
		for number in 0..self.worlds {
			Metaverse::register(
				signed(OWNER),
				format!("bench-{number}").into_bytes(),
				ProfileInput {
					name: b"Bench".to_vec(),
					..Default::default()
				},
				1,
				1,
				Balance::MAX,
			)
			.expect("the owner can pay");
		}
		(first..first + self.worlds).collect()
	}

	/// Opens the portals: all metaverses belong to one, so there is nobody else to agree.
	fn link(&self, worlds: &[MetaverseId]) -> PortalId {
		let gate = |metaverse| GateInput {
			metaverse,
			parcel: None,
			spawn: Vec::new(),
		};
		let mut dice = Dice(SEED + 1);
		let mut opened = 0;
		let (mut begin, mut end) = (HashMap::new(), HashMap::new());
		while opened < self.portals {
			let (from, to) = dice.pair(worlds);
			let (begin, end) = (begin.entry(from).or_insert(0), end.entry(to).or_insert(0));
			if *begin == MAX_PORTALS || *end == MAX_PORTALS {
				continue;
			}
			*begin += 1;
			*end += 1;
			let terms = (self.terms)(&mut dice);
			Portal::propose(
				signed(OWNER),
				gate(from),
				DestinationInput::Gate(gate(to)),
				terms,
			)
			.expect("the terms are sound");
			opened += 1;
		}
		opened
	}

	/// Pauses some portals, and sells some metaverses, which makes their portals stale.
	fn kill(&self, worlds: &[MetaverseId], portals: PortalId) {
		if self.dead == 0 {
			return;
		}
		let mut dice = Dice(SEED + 2);
		for id in 0..portals {
			if dice.below(self.dead) == 0 {
				Portal::pause(signed(OWNER), id).expect("the owner has a say");
			}
		}
		for world in worlds {
			if dice.below(self.dead) == 0 {
				let buyer = Address::Id(BUYER.to_account_id());
				Metaverse::nominate_owner(signed(OWNER), *world, buyer).expect("it is the owner's");
				Metaverse::accept_ownership(signed(BUYER), *world).expect("the buyer is nominated");
			}
		}
	}
}

fn signed(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.to_account_id())
}

/// Half of them lead both ways; four in ten are free, and one in ten takes test dollars; one in ten is
/// for members.
fn any_terms(dice: &mut Dice) -> Terms<BlockNumber> {
	let direction = match dice.below(2) {
		0 => Direction::OneWay,
		_ => Direction::TwoWay,
	};
	let toll = match dice.below(10) {
		0..=3 => None,
		4 => Some(toll(
			AssetKind::WithId(TEST_DOLLAR),
			(1 + Balance::from(dice.below(100))) * TUSD,
		)),
		_ => Some(toll(AssetKind::Native, native_amount(dice))),
	};
	let access = match dice.below(10) {
		0 => Access::Allowlist {
			root: Hash::zero(),
			leaves: 1,
		},
		_ => Access::Open,
	};
	Terms {
		direction,
		toll,
		access,
		rate: None,
		expires_at: None,
		notice: MinNotice::get(),
	}
}

/// Both ways, for everyone, for a toll in the native token.
fn tolled(dice: &mut Dice) -> Terms<BlockNumber> {
	Terms {
		direction: Direction::TwoWay,
		toll: Some(toll(AssetKind::Native, native_amount(dice))),
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: MinNotice::get(),
	}
}

fn native_amount(dice: &mut Dice) -> Balance {
	(100 + Balance::from(dice.below(1_000))) * MILLI
}

fn toll(asset: AssetKind, amount: Balance) -> Toll {
	Toll {
		asset,
		amount,
		split: Split {
			source: Permill::from_percent(49),
			destination: Permill::from_percent(49),
			network: Permill::from_percent(2),
		},
	}
}

impl Dice {
	/// Two different metaverses.
	fn pair(&mut self, worlds: &[MetaverseId]) -> (MetaverseId, MetaverseId) {
		let mut pick = || worlds[self.below(worlds.len() as u64) as usize];
		let from = pick();
		loop {
			let to = pick();
			if to != from {
				return (from, to);
			}
		}
	}
}
