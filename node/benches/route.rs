//! How long `portal_route` takes on a chain with many portals.
//!
//! Run it with `cargo bench --workspace --locked --bench route`. With `-- --check` it ends with an
//! error when the target is missed; without, it only tells, because a busy machine proves nothing.
//! With `-- --dry` it only shows that it works.
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
	fs,
	process::ExitCode,
	thread,
	time::{Duration, Instant},
};

use madang_node::chain_spec::ChainSpec;
use madang_primitives::{
	escrow::AssetKind,
	geometry::Size,
	portal::{
		Access, DestinationInput, Direction, PortalId, PortalQueryError, Route, Terms, MAX_PORTALS,
	},
	Balance, MetaverseId,
};
use madang_report::{
	benchmark,
	figures::{grouped, median, percentile_99, spread, Dice},
	Bound, Part, Table,
};
use madang_runtime::{
	genesis_config_presets::{TEST_DOLLAR, TUSD},
	Address, BlockNumber, Hash, Metaverse, Portal,
};
use madang_runtime_api::PortalApi;
use madang_runtime_common::{params::MinNotice, units::MILLI};
use serde_json::json;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_keyring::Sr25519Keyring;
use tempfile::NamedTempFile;

#[path = "../tests/common/mod.rs"]
mod common;
mod lab;

use lab::genesis::{self, gate, signed, toll};

/// Most steps of a way.
const HOPS: u32 = 8;

/// How many pairs are asked for, besides the first.
const PAIRS: usize = 300;

/// How many in a dry run.
const FEW_PAIRS: usize = 10;

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
	/// What it has, in words.
	kind: &'static str,
	worlds: u32,
	portals: u32,
	/// The terms of a portal.
	terms: fn(&mut Dice) -> Terms<BlockNumber>,
	/// One in so many portals is paused, and one in so many metaverses is sold; none when zero.
	dead: u64,
}

const GRAPHS: [Graph; 3] = [
	Graph {
		kind: "of all kinds",
		worlds: 2_000,
		portals: 10_000,
		terms: any_terms,
		dead: 50,
	},
	Graph {
		kind: "two-way with a toll",
		worlds: 2_000,
		portals: 10_000,
		terms: tolled,
		dead: 0,
	},
	Graph {
		kind: "two-way with a toll, crowded",
		worlds: 500,
		portals: 30_000,
		terms: tolled,
		dead: 0,
	},
];

/// The chain of a dry run.
const SMALL: Graph = Graph {
	kind: "of all kinds",
	worlds: 50,
	portals: 200,
	terms: any_terms,
	dead: 50,
};

fn main() -> ExitCode {
	benchmark(measure_all)
}

fn measure_all() -> Part {
	let mut part = Part::new("routes");
	let mut table = Table::new(
		"",
		[
			"portals",
			"asked through",
			"first, ms",
			"median, ms",
			"99th percentile, ms",
			"longest, ms",
			"ways",
			"steps, median",
			"no way",
			"bound hit",
		],
	);
	if Part::quick() {
		measure(&SMALL, FEW_PAIRS, &mut table, &mut part);
		part.note("A dry run on a small chain: its figures mean nothing.");
	} else {
		for graph in &GRAPHS {
			measure(graph, PAIRS, &mut table, &mut part);
		}
		part.note(format!(
			"{PAIRS} random pairs one after the other, ways of at most {HOPS} steps, warm state. One \
			 more pair is asked for first: its time is told apart, its answer counts among the others. \
			 The runtime API and HTTP gave the same answers. The target holds for all three answers: \
			 a way, that there is none, and that the search reached its bound."
		));
	}
	part.table(table);
	part
}

/// Measures one graph from inside and from outside.
fn measure(graph: &Graph, pairs: usize, table: &mut Table, part: &mut Part) {
	let name = graph.name();
	eprintln!("measuring {name}");
	let (spec, worlds) = graph.chain();
	let mut dice = Dice(SEED);
	let pairs: Vec<_> = (0..=pairs).map(|_| pair(&mut dice, &worlds)).collect();

	let inside = time(&pairs, inside(&spec));
	let outside = time(&pairs, outside(&spec));
	for (pair, (inside, outside)) in pairs
		.iter()
		.zip(inside.answers.iter().zip(&outside.answers))
	{
		assert_eq!(inside, outside, "the answers for {pair:?} differ");
	}
	for (how, report) in [("runtime API", inside), ("HTTP", outside)] {
		table.row(report.row(&name, how));
		if !Part::quick() {
			let what = format!("`portal_route` through {how}, {name}: 99th percentile, ms");
			part.target(what, percentile_99(report.times), Bound::AtMost(TARGET));
		}
	}
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
	/// The row of a table.
	fn row(&self, name: &str, how: &str) -> [String; 10] {
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
				.to_string()
		};
		let ways = steps.len().to_string();
		let middle = if steps.is_empty() {
			"-".into()
		} else {
			median(steps).to_string()
		};
		let (_, longest) = spread(&self.times);
		let milliseconds = |time: f64| format!("{time:.1}");
		[
			name.into(),
			how.into(),
			milliseconds(self.first),
			milliseconds(median(self.times.clone())),
			milliseconds(percentile_99(self.times.clone())),
			milliseconds(longest),
			ways,
			middle,
			count(Answer::None),
			count(Answer::Bound),
		]
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
	/// What it has, in a table.
	fn name(&self) -> String {
		format!(
			"{} {} between {} metaverses",
			grouped(self.portals.into()),
			self.kind,
			grouped(self.worlds.into())
		)
	}

	/// The development chain with these metaverses and portals in its genesis, and the metaverses.
	fn chain(&self) -> (ChainSpec, Vec<MetaverseId>) {
		genesis::grown(|| {
			let worlds = self.found();
			let portals = self.link(&worlds);
			self.kill(&worlds, portals);
			worlds
		})
	}

	fn found(&self) -> Vec<MetaverseId> {
		(0..self.worlds)
			.map(|number| genesis::found(OWNER, &format!("bench-{number}"), Size::new(1, 1)))
			.collect()
	}

	/// Opens the portals: all metaverses belong to one, so there is nobody else to agree.
	fn link(&self, worlds: &[MetaverseId]) -> PortalId {
		let mut dice = Dice(SEED + 1);
		let mut opened = 0;
		let (mut begin, mut end) = (HashMap::new(), HashMap::new());
		while opened < self.portals {
			let (from, to) = pair(&mut dice, worlds);
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
	genesis::tolled(native_amount(dice))
}

fn native_amount(dice: &mut Dice) -> Balance {
	(100 + Balance::from(dice.below(1_000))) * MILLI
}

/// Two different metaverses.
fn pair(dice: &mut Dice, worlds: &[MetaverseId]) -> (MetaverseId, MetaverseId) {
	let mut pick = || worlds[dice.below(worlds.len() as u64) as usize];
	let from = pick();
	loop {
		let to = pick();
		if to != from {
			return (from, to);
		}
	}
}
