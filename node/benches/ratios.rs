//! What land costs compared with what it is made of: two sides in turn, in one run.
//!
//! Run it with `cargo bench -p madang-node --bench ratios`. With `-- --check` it ends with an error
//! when a target is missed; without, it only tells, because a busy machine proves nothing. With
//! `-- --dry` it only shows that it works.
//!
//! **Measured.** Blocks of a hundred signed transactions of one kind are executed as on import:
//! compiled Wasm, ParityDB, the settings of the node. Every transaction in them succeeds, which is
//! checked once. The time of a block without transactions is taken away and the rest divided by
//! their number, so a figure contains signature, nonce, fee, the call, its events and its part of
//! the state root. The column "call" compares the sides once more without what every signed
//! transaction costs, which is an empty `system.remark`; it has no target and is less steady.
//!
//! **How.** A round executes both sides in turn several times and takes medians; the table shows
//! the medians of all rounds, and the lowest and the highest ratio of a round.
//!
//! **Not measured.** The pool, the network and writing to the disk. Nor reading from a cold disk: a
//! block that is executed again finds its state in the cache, as a validator does that has just
//! handled the same accounts. Nothing here says how many transactions a second a chain takes.
//!
//! Besides, the latency of `land_area` is taken from outside over WebSocket, from a node that makes
//! its blocks but has nothing else to do, and the size of the runtime is told.

use std::{
	ops::Range,
	process::ExitCode,
	rc::Rc,
	time::{Duration, Instant},
};

use madang_client::{calls, chain::Chain};
use madang_primitives::{
	geometry::{Area, Size, CHUNK_SIDE},
	land::MAX_VIEWPORT_SIDE,
	Balance, CollectionId, MetaverseId, ParcelId,
};
use madang_report::{
	benchmark,
	figures::{grouped, median, percentile_99, spread},
	Bound, Part, Table,
};
use madang_runtime::{AccountId, Address, Runtime, RuntimeCall, RuntimeEvent, WASM_BINARY};
use madang_runtime_api::LandApi;
use madang_runtime_common::units::MILLI;
use pallet_nfts::{CollectionConfig, CollectionSettings, MintSettings};
use sp_api::ProvideRuntimeApi;
use sp_keyring::Sr25519Keyring;
use sp_maybe_compressed_blob::{decompress, CODE_BLOB_BOMB_LIMIT};

#[path = "../tests/common/mod.rs"]
mod common;
mod lab;

use lab::{
	turns::{nothing, Cost, Ground, Samples, Side, TRANSACTIONS},
	Lab,
};

/// Width and height of the territories: the largest that can be founded.
const WORLD_SIDE: u16 = 512;

/// Territories that are filled with parcels.
const CROWDED_WORLDS: usize = 4;

/// Width and height of the parcels in them.
const CROWD_SIDE: u16 = 5;

/// Claims in one transaction while the stage is set; a block takes one such transaction.
const BATCH: usize = 300;

/// Who founds everything.
const OWNER: Sr25519Keyring = Sr25519Keyring::Alice;

/// Who buys at the open sale and gets what is moved.
const OTHER: Sr25519Keyring = Sr25519Keyring::Bob;

/// How much is done for the figures.
struct Effort {
	/// Rounds in which a pair is measured.
	rounds: usize,
	/// Times that a round executes each side.
	repeats: usize,
	/// Parcels of the crowd when few cells are claimed.
	few: u32,
	/// Parcels of the crowd when many cells are claimed.
	many: u32,
	/// Parcels in the viewport.
	parcels: u16,
	/// Requests for it that are timed, one after the other.
	requests: usize,
	/// Whether the figures are good enough for targets.
	targets: bool,
}

impl Effort {
	/// 1,000 cells against 1,000,000, among others.
	const FULL: Self = Self {
		rounds: 9,
		repeats: 9,
		few: 40,
		many: 40_000,
		parcels: 1_000,
		requests: 200,
		targets: true,
	};

	/// As little as shows that it works.
	const DRY: Self = Self {
		rounds: 1,
		repeats: 3,
		few: 40,
		many: 400,
		parcels: 100,
		requests: 10,
		targets: false,
	};
}

fn main() -> ExitCode {
	benchmark(measure_all)
}

fn measure_all() -> Part {
	let effort = if Part::quick() {
		Effort::DRY
	} else {
		Effort::FULL
	};
	let mut part = Part::new("ratios");
	compare_transactions(&effort, &mut part);
	time_viewports(&effort, &mut part);
	weigh_runtime(&effort, &mut part);
	if !effort.targets {
		part.note("A dry run with the smallest sizes: its figures mean nothing.");
	}
	part
}

// Transactions.

/// Measures every pair.
fn compare_transactions(effort: &Effort, part: &mut Part) {
	let mut lab = Lab::open();
	let contests = set_the_stage(&mut lab, effort);
	let mut table = Table::new(
		"Calls",
		[
			"A against B",
			"A, µs",
			"B, µs",
			"ratio, median",
			"spread",
			"ratio of the calls alone",
		],
	);
	for contest in contests {
		eprintln!("measuring {}", contest.name);
		let outcome = contest.run(&lab, effort);
		table.row(outcome.row());
		if let Some(target) = contest.target.filter(|_| effort.targets) {
			part.target(contest.name, outcome.ratio, Bound::AtMost(target));
		}
	}
	part.table(table);
	part.note(format!(
		"Calls: {} rounds of {} blocks of {TRANSACTIONS} transactions for each side in turn, medians. \
		 A figure is what one whole signed transaction takes. For the calls alone, an empty signed \
		 `system.remark` is taken off both sides.",
		effort.rounds, effort.repeats
	));
}

/// Founds and claims what the pairs need, and prepares the blocks of both sides.
fn set_the_stage(lab: &mut Lab, effort: &Effort) -> Vec<Contest> {
	eprintln!("setting the stage; this takes a minute");
	assert_eq!(large(0).chunk_count(), 9, "24 x 24 cells are off the grid");

	// Territories, all of one size, of which the last one stays mostly empty.
	let worlds = lab.found(CROWDED_WORLDS + 1);
	let (plain, crowded) = worlds.split_last().expect("several were founded");
	let sale = calls::open_sale(plain.metaverse, MILLI);
	lab.import(OWNER, vec![sale]);
	let items = lab.create_collection();

	// Few cells are claimed, besides the roads of the towns.
	let roads = lab.claimed();
	lab.claim_crowd(crowded, 0..effort.few);
	let few = lab.ground();
	let few_cells = lab.claimed() - roads;
	let beside = || each(|number| claim(&crowded[0], margin(number)));
	let claim_among_few = side(&few, lab, OWNER, beside());

	// Many cells are claimed, and there are parcels to move.
	lab.claim_crowd(crowded, effort.few..effort.many);
	let large_parcels = lab.claim(each(|number| claim(plain, large(number))));
	let small_parcels = lab.claim(each(|number| claim(plain, small(number))));
	let many = lab.ground();
	let many_cells = lab.claimed() - roads;
	let claim_among_many = side(&many, lab, OWNER, beside());

	// Places where nothing is claimed yet.
	let free = |area: fn(u16) -> Area| each(|number| claim(plain, area(TRANSACTIONS + number)));
	let moves = |parcels: &[ParcelId]| -> Vec<RuntimeCall> {
		parcels.iter().map(|id| move_parcel(plain, *id)).collect()
	};
	let move_items = small_parcels
		.iter()
		.map(|id| move_item(plain, *id))
		.collect();
	let mints = || each(|number| mint(items, number.into()));

	let mut contests = vec![
		Contest {
			name: "`land.transfer` of 24 x 24 against 1 x 1".into(),
			a: side(&many, lab, OWNER, moves(&large_parcels)),
			b: side(&many, lab, OWNER, moves(&small_parcels)),
			target: Some(1.05),
		},
		Contest {
			name: "`land.claim` of 24 x 24 (9 chunks) against 1 x 1".into(),
			a: side(&many, lab, OWNER, free(large)),
			b: side(&many, lab, OWNER, free(small)),
			target: Some(2.0),
		},
		Contest {
			name: "`land.claim` of 1 x 1 against `nfts.mint` into an empty collection".into(),
			a: side(&many, lab, OWNER, free(small)),
			b: side(&many, lab, OWNER, mints()),
			target: Some(2.0),
		},
		Contest {
			name: "the same, paid at an open sale".into(),
			a: side(&many, lab, OTHER, free(small)),
			b: side(&many, lab, OWNER, mints()),
			target: None,
		},
		Contest {
			name: "`land.transfer` against `nfts.transfer` of a parcel".into(),
			a: side(&many, lab, OWNER, moves(&small_parcels)),
			b: side(&many, lab, OWNER, move_items),
			target: Some(1.1),
		},
		Contest {
			name: "`land.transfer` against `balances.transfer_keep_alive`".into(),
			a: side(&many, lab, OWNER, moves(&small_parcels)),
			b: side(&many, lab, OWNER, each(|_| pay())),
			target: None,
		},
		Contest {
			name: format!(
				"`land.claim`, {} cells taken against {}",
				grouped(many_cells),
				grouped(few_cells)
			),
			a: claim_among_many,
			b: claim_among_few,
			target: Some(1.3),
		},
	];

	contests.push(claim_among_items(lab, &crowded[0], items, effort));
	contests.push(buy_parcels(lab, plain, moves(&small_parcels)));
	contests
}

/// A claim in a territory with many parcels against a mint into a collection that gets as many items.
fn claim_among_items(
	lab: &mut Lab,
	world: &World,
	items: CollectionId,
	effort: &Effort,
) -> Contest {
	let parcels = effort.many.min(CROWD_IN_A_WORLD);
	lab.mint_crowd(items, parcels);
	let ground = lab.ground();
	let mints = each(|number| mint(items, parcels + u32::from(number)));
	Contest {
		name: format!(
			"`land.claim` of 1 x 1 against `nfts.mint`, {} items in either collection",
			grouped(parcels.into())
		),
		a: side(
			&ground,
			lab,
			OWNER,
			each(|number| claim(world, margin(number))),
		),
		b: side(&ground, lab, OWNER, mints),
		target: Some(2.0),
	}
}

/// Purchases of parcels that are claimed for it, against transfers of others.
fn buy_parcels(lab: &mut Lab, world: &World, transfers: Vec<RuntimeCall>) -> Contest {
	let parcels = lab.claim(each(|number| claim(world, sold(number))));
	let prices = parcels.iter().map(|id| price(world, *id)).collect();
	lab.import(OWNER, vec![calls::batch(prices)]);
	let ground = lab.ground();
	let purchases = parcels.iter().map(|id| buy(world, *id)).collect();
	Contest {
		name: "`nfts.buy_item` of a parcel against `land.transfer`".into(),
		a: side(&ground, lab, OTHER, purchases),
		b: side(&ground, lab, OWNER, transfers),
		target: None,
	}
}

/// Two kinds of transactions.
struct Contest {
	name: String,
	a: Side,
	b: Side,
	/// Most that A may cost in terms of B; `None` when it is for information.
	target: Option<f64>,
}

/// What a pair came to.
struct Outcome {
	name: String,
	a: f64,
	b: f64,
	ratio: f64,
	lowest: f64,
	highest: f64,
	/// The ratio without what every signed transaction costs.
	call: f64,
}

impl Contest {
	fn run(&self, lab: &Lab, effort: &Effort) -> Outcome {
		// The first one fills the caches.
		self.round(lab, effort);
		let rounds: Vec<(Cost, Cost)> = (0..effort.rounds)
			.map(|_| self.round(lab, effort))
			.collect();
		let over = |figure: fn(&(Cost, Cost)) -> f64| rounds.iter().map(figure).collect::<Vec<_>>();
		let ratios = over(|(a, b)| a.whole / b.whole);
		let (lowest, highest) = spread(&ratios);
		Outcome {
			name: self.name.clone(),
			a: median(over(|(a, _)| a.whole)),
			b: median(over(|(_, b)| b.whole)),
			lowest,
			highest,
			ratio: median(ratios),
			call: median(over(|(a, b)| a.call / b.call)),
		}
	}

	/// Executes both sides in turn.
	fn round(&self, lab: &Lab, effort: &Effort) -> (Cost, Cost) {
		let (mut a, mut b) = (Samples::default(), Samples::default());
		for _ in 0..effort.repeats {
			a.take(lab, &self.a);
			b.take(lab, &self.b);
		}
		(a.cost(), b.cost())
	}
}

impl Outcome {
	/// The row of a table.
	fn row(&self) -> [String; 6] {
		[
			self.name.clone(),
			format!("{:.1}", self.a),
			format!("{:.1}", self.b),
			format!("{:.2}", self.ratio),
			format!("{:.2} to {:.2}", self.lowest, self.highest),
			format!("{:.2}", self.call),
		]
	}
}

/// A block of these calls on this ground, which has to be the best block still.
fn side(ground: &Rc<Ground>, lab: &Lab, signer: Sr25519Keyring, calls: Vec<RuntimeCall>) -> Side {
	assert_eq!(ground.parent, lab.best, "the chain went on");
	assert_eq!(calls.len(), usize::from(TRANSACTIONS));
	Side {
		ground: ground.clone(),
		block: lab.build(signer, calls).built.block,
	}
}

// Calls and places.

/// One call for each transaction of a block.
fn each(call: impl Fn(u16) -> RuntimeCall) -> Vec<RuntimeCall> {
	(0..TRANSACTIONS).map(call).collect()
}

fn claim(world: &World, area: Area) -> RuntimeCall {
	calls::claim(world.metaverse, area, Balance::MAX)
}

fn move_parcel(world: &World, parcel: ParcelId) -> RuntimeCall {
	calls::transfer(world.metaverse, parcel, &OTHER.to_account_id())
}

fn move_item(world: &World, item: ParcelId) -> RuntimeCall {
	RuntimeCall::Nfts(pallet_nfts::Call::<Runtime>::transfer {
		collection: world.collection,
		item,
		dest: Address::Id(OTHER.to_account_id()),
	})
}

fn mint(collection: CollectionId, item: ParcelId) -> RuntimeCall {
	RuntimeCall::Nfts(pallet_nfts::Call::<Runtime>::mint {
		collection,
		item,
		mint_to: Address::Id(OWNER.to_account_id()),
		witness_data: None,
	})
}

/// Offers a parcel for sale.
fn price(world: &World, item: ParcelId) -> RuntimeCall {
	RuntimeCall::Nfts(pallet_nfts::Call::<Runtime>::set_price {
		collection: world.collection,
		item,
		price: Some(MILLI),
		whitelisted_buyer: None,
	})
}

fn buy(world: &World, item: ParcelId) -> RuntimeCall {
	calls::buy(world.collection, item, MILLI)
}

fn pay() -> RuntimeCall {
	calls::pay(&OTHER.to_account_id(), MILLI)
}

/// Place of a large parcel: off the grid, so that it touches three columns and rows of chunks.
fn large(number: u16) -> Area {
	const APART: u16 = 2 * CHUNK_SIDE;
	const IN_A_ROW: u16 = WORLD_SIDE / APART - 1;
	let off = CHUNK_SIDE - 4;
	let (column, row) = (number % IN_A_ROW, number / IN_A_ROW);
	Area::new(column * APART + off, row * APART + off, 24, 24)
}

/// Place of a single cell, below and to the right of a large parcel with the same number.
fn small(number: u16) -> Area {
	let Area { x, y, .. } = large(number);
	Area::new(x + 26, y + 26, 1, 1)
}

/// Place of a single cell beside a small parcel with the same number.
fn sold(number: u16) -> Area {
	let Area { x, y, .. } = small(number);
	Area::new(x + 2, y, 1, 1)
}

/// Parcels of the crowd in one row of a territory, which leaves its last two columns free.
const CROWD_IN_A_ROW: u32 = (WORLD_SIDE / CROWD_SIDE) as u32;

/// Parcels of the crowd in one territory.
const CROWD_IN_A_WORLD: u32 = CROWD_IN_A_ROW * CROWD_IN_A_ROW;

/// Territory and place of a parcel of the crowd.
fn crowd(number: u32) -> (usize, Area) {
	let (world, place) = (number / CROWD_IN_A_WORLD, number % CROWD_IN_A_WORLD);
	let at = |line: u32| line as u16 * CROWD_SIDE;
	let (x, y) = (at(place % CROWD_IN_A_ROW), at(place / CROWD_IN_A_ROW));
	(world as usize, Area::new(x, y, CROWD_SIDE, CROWD_SIDE))
}

/// Place of a single cell beside the crowd, in chunks that the crowd has a part of.
fn margin(number: u16) -> Area {
	Area::new(WORLD_SIDE - 2, number * CROWD_SIDE, 1, 1)
}

// The chain.

/// A metaverse on the stage.
#[derive(Clone, Copy)]
struct World {
	metaverse: MetaverseId,
	collection: CollectionId,
}

impl Lab {
	/// The best block as the ground of others.
	fn ground(&self) -> Rc<Ground> {
		let block = |calls| self.build(OWNER, calls).built.block;
		Rc::new(Ground {
			parent: self.best,
			empty: block(Vec::new()),
			idle: block(each(|_| nothing())),
		})
	}

	/// Founds so many metaverses.
	fn found(&mut self, count: usize) -> Vec<World> {
		let size = Size::new(WORLD_SIDE, WORLD_SIDE);
		let register = |number| {
			let slug = format!("bench-{number}");
			calls::register(&slug, calls::profile(&slug, ""), size, Balance::MAX)
		};
		let worlds: Vec<World> = self
			.import(OWNER, (0..count).map(register).collect())
			.into_iter()
			.filter_map(|event| match event {
				RuntimeEvent::Land(pallet_land::Event::TerritoryFounded {
					metaverse,
					collection,
					..
				}) => Some(World {
					metaverse,
					collection,
				}),
				_ => None,
			})
			.collect();
		assert_eq!(worlds.len(), count);
		worlds
	}

	/// Creates a collection of items that are no land.
	fn create_collection(&mut self) -> CollectionId {
		let create = RuntimeCall::Nfts(pallet_nfts::Call::<Runtime>::create {
			admin: Address::Id(OWNER.to_account_id()),
			config: CollectionConfig {
				settings: CollectionSettings::all_enabled(),
				max_supply: None,
				mint_settings: MintSettings::default(),
			},
		});
		self.import(OWNER, vec![create])
			.into_iter()
			.find_map(|event| match event {
				RuntimeEvent::Nfts(pallet_nfts::Event::Created { collection, .. }) => {
					Some(collection)
				}
				_ => None,
			})
			.expect("a collection tells that it was created")
	}

	/// Imports claims, and tells the ids of the parcels.
	fn claim(&mut self, claims: Vec<RuntimeCall>) -> Vec<ParcelId> {
		self.import(OWNER, vec![calls::batch(claims)])
			.into_iter()
			.filter_map(|event| match event {
				RuntimeEvent::Land(pallet_land::Event::Claimed { parcel, .. }) => Some(parcel),
				_ => None,
			})
			.collect()
	}

	/// Claims parcels of the crowd.
	fn claim_crowd(&mut self, worlds: &[World], numbers: Range<u32>) {
		let claims: Vec<RuntimeCall> = numbers
			.map(|number| {
				let (world, area) = crowd(number);
				claim(&worlds[world], area)
			})
			.collect();
		for claims in claims.chunks(BATCH) {
			self.claim(claims.to_vec());
		}
	}

	/// Mints so many items.
	fn mint_crowd(&mut self, collection: CollectionId, count: u32) {
		let mints: Vec<RuntimeCall> = (0..count).map(|item| mint(collection, item)).collect();
		for mints in mints.chunks(BATCH) {
			self.import(OWNER, vec![calls::batch(mints.to_vec())]);
		}
	}

	/// Cells that are claimed on the whole chain.
	fn claimed(&self) -> u64 {
		self.chain
			.client
			.runtime_api()
			.supply(self.best)
			.expect("the runtime answers")
			.claimed
	}
}

// The latency of a viewport.

/// Width and height of each parcel in the viewport.
const PARCEL_SIDE: u16 = 4;

/// Accounts that own them.
const OWNERS: u16 = 100;

/// Requests that are not timed, before the others.
const WARM_UP: usize = 10;

/// Most milliseconds that half of the answers may take.
const VIEWPORT_TARGET: f64 = 20.0;

/// How long the node has nothing to do before the first request: two blocks.
const REST: Duration = Duration::from_secs(4);

/// Times `land_area` from outside.
///
/// Over HTTP the client sees the work of the node. Over WebSocket it sees 40 ms more, whatever the
/// work: the SDK's RPC server leaves Nagle's algorithm on, so the last piece of a long answer waits
/// for the acknowledgement that the client's kernel delays.
fn time_viewports(effort: &Effort, part: &mut Part) {
	eprintln!("starting a node for land_area");
	let node = common::Node::start_dev(&[]);
	let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
	let (metaverse, area) = runtime.block_on(fill_viewport(&node.ws_url(), effort.parcels));

	let parameters = serde_json::json!([metaverse, area]);
	let over_http = times(effort.requests, || {
		let answer = node.call("land_area", parameters.clone());
		assert_eq!(
			answer["parcels"].as_array().map(Vec::len),
			Some(effort.parcels.into())
		);
		assert_eq!(
			answer["owners"].as_array().map(Vec::len),
			Some(OWNERS.into())
		);
	});
	let chain = runtime
		.block_on(Chain::connect(&node.ws_url()))
		.expect("the node answers");
	let over_websocket = times(effort.requests, || {
		let viewport = runtime.block_on(chain.viewport(metaverse, area));
		let viewport = viewport.expect("the viewport is answered");
		assert_eq!(viewport.parcels.len(), usize::from(effort.parcels));
	});

	let side = MAX_VIEWPORT_SIDE;
	if effort.targets {
		part.target(
			format!("`land_area` of {side} x {side} cells over HTTP, median, ms"),
			median(over_http.clone()),
			Bound::AtMost(VIEWPORT_TARGET),
		);
	}
	let mut table = Table::new(
		"A viewport",
		["`land_area`", "median, ms", "99th percentile, ms"],
	);
	for (how, times) in [("over HTTP", over_http), ("over WebSocket", over_websocket)] {
		table.row([
			how.into(),
			format!("{:.1}", median(times.clone())),
			format!("{:.1}", percentile_99(times)),
		]);
	}
	part.table(table);
	part.note(format!(
		"The viewport: `land_area` of {side} x {side} cells with {} parcels of {OWNERS} owners, {} \
		 requests one after the other to an idle node.",
		grouped(effort.parcels.into()),
		effort.requests
	));
}

/// Milliseconds that each request takes, after some that do not count.
fn times(requests: usize, mut request: impl FnMut()) -> Vec<f64> {
	let mut timed = || {
		let start = Instant::now();
		request();
		start.elapsed().as_secs_f64() * 1e3
	};
	(0..WARM_UP).for_each(|_| {
		timed();
	});
	(0..requests).map(|_| timed()).collect()
}

/// Fills a territory with parcels, and tells where.
async fn fill_viewport(url: &str, parcels: u16) -> (MetaverseId, Area) {
	let chain = Chain::connect(url).await.expect("the node answers");
	let owner = OWNER.pair();
	let size = Size::new(MAX_VIEWPORT_SIDE, MAX_VIEWPORT_SIDE);
	let profile = calls::profile("Bench", "");
	let register = calls::register("bench-area", profile, size, Balance::MAX);
	let metaverse = chain
		.submit(&owner, register)
		.await
		.expect("the territory is founded")
		.events
		.into_iter()
		.find_map(|event| match event {
			RuntimeEvent::Metaverse(pallet_metaverse::Event::Registered { id, .. }) => Some(id),
			_ => None,
		})
		.expect("a metaverse tells that it was registered");
	let claims: Vec<RuntimeCall> = (0..parcels)
		.map(|number| grant(metaverse, number))
		.collect();
	let batches = claims
		.chunks(TRANSACTIONS.into())
		.map(|claims| calls::batch(claims.to_vec()))
		.collect();
	chain
		.submit_all(&owner, batches, &|_, _| ())
		.await
		.expect("the parcels are claimed");
	tokio::time::sleep(REST).await;

	(metaverse, Area::new(0, 0, size.width, size.height))
}

/// Gives a parcel of the viewport to one of its owners.
fn grant(metaverse: MetaverseId, number: u16) -> RuntimeCall {
	const IN_A_ROW: u16 = MAX_VIEWPORT_SIDE / PARCEL_SIDE;
	let (column, row) = (number % IN_A_ROW, number / IN_A_ROW);
	let (x, y) = (column * PARCEL_SIDE, row * PARCEL_SIDE);
	let somebody = AccountId::new([(number % OWNERS) as u8 + 1; 32]);
	let area = Area::new(x, y, PARCEL_SIDE, PARCEL_SIDE);
	calls::claim_for(metaverse, area, &somebody)
}

// The size of the runtime.

/// Most MiB that the runtime may have.
const RUNTIME_TARGET: f64 = 1.0;

/// Tells the size of the runtime.
fn weigh_runtime(effort: &Effort, part: &mut Part) {
	let runtime = WASM_BINARY.expect("the runtime was built");
	let plain = decompress(runtime, CODE_BLOB_BOMB_LIMIT).expect("the runtime is readable");
	assert!(plain.len() > runtime.len(), "the runtime is not compressed");
	let mut table = Table::new("Size of the runtime", ["Wasm", "bytes", "MiB"]);
	for (how, bytes) in [
		("compact and compressed", runtime.len()),
		("compact", plain.len()),
	] {
		table.row([
			how.into(),
			grouped(bytes as u64),
			format!("{:.3}", mebibytes(bytes)),
		]);
	}
	part.table(table);
	if effort.targets {
		part.target(
			"runtime, compact and compressed, MiB",
			mebibytes(runtime.len()),
			Bound::AtMost(RUNTIME_TARGET),
		);
	}
}

fn mebibytes(bytes: usize) -> f64 {
	bytes as f64 / (1024.0 * 1024.0)
}
