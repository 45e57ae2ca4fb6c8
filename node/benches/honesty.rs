//! Whether weights are honest: full blocks of each of the busiest calls and of all of them in turn,
//! measured against what they declare.
//!
//! Run it with `cargo bench -p madang-node --bench honesty`. With `-- --check` it ends with an error
//! when a target is missed; without, it only tells, because a busy machine proves nothing. With
//! `-- --dry` it only shows that it works.
//!
//! **The chain.** The development chain with a crowd in its genesis (`lab/crowd.rs`). Every
//! transaction of a block is signed by another account and deals with things of its own: a full
//! block finds its state scattered, and not in one place that is hot. What all of them share anyway,
//! like the account of a metaverse or the books of a campaign, they share here too.
//!
//! **Declared.** `System.BlockWeight` after the block, all classes together: what each transaction
//! turned out to cost by its weight after what it gave back, with hooks and inherents.
//!
//! **Measured.** The same block is imported: compiled Wasm executes it, and what it changed goes into
//! ParityDB, with the settings of the node; then it is taken out again. Every transaction in it succeeds,
//! which is checked when it is built. A round imports every block once. First the node's cache has all of
//! the state, after a round that does not count; how long the execution alone takes then stands beside it.
//! After that the cache is emptied before each block, as it is when a node has just started: all that the
//! block reads comes from the database. Declared are reads from the database, so the targets are for this.
//!
//! **Not measured.** What finality moves to its place later, and a disk that is read: the pages of the
//! database are in the memory of the operating system. `database` measures what these cost. A ratio has
//! to stay below one and not at it.

use std::process::ExitCode;

use frame_system::ConsumedWeight;
use madang_client::{calls, campaign, street};
use madang_primitives::{
	geometry::Size,
	portal::{Proof, Version, Way},
	Balance,
};
use madang_report::{
	benchmark,
	figures::{grouped, median, spread},
	Bound, Part, Table,
};
use madang_runtime::{opaque::Block, RuntimeCall};
use madang_runtime_common::units::MILLI;
use sp_core::sr25519::Pair;
use sp_keyring::Sr25519Keyring;

mod lab;

use lab::{
	crowd::{Crowd, Plot, PRICE, TICKET, TOLL},
	genesis, written, Lab,
};

/// Most transactions of a block, and people on the chain.
const MOST: usize = 8_000;

/// The same when it is only to be shown that the benchmark works.
const FEW: usize = 90;

/// Rounds that count.
const ROUNDS: usize = 7;

/// What measured time by declared time may be: not so little that blocks stay half empty, and never
/// more than what was declared.
const HONEST: Bound = Bound::Within(0.4, 1.0);

/// Width and height of a territory that is founded.
const HOME_SIDE: u16 = 16;

/// The version of terms that were never changed.
const FIRST: Version = 1;

/// A kind of transactions.
struct Kind {
	name: &'static str,
	/// What the person with this number calls.
	call: fn(&Crowd, usize) -> RuntimeCall,
}

const KINDS: [Kind; 9] = [
	Kind {
		name: "`balances.transfer_keep_alive`",
		call: |crowd, number| calls::pay(&crowd.opposite(number).account, MILLI),
	},
	Kind {
		name: "`land.claim`, paid",
		call: |crowd, number| {
			let (metaverse, area) = crowd.free_place(number);
			calls::claim(metaverse, area, Balance::MAX)
		},
	},
	Kind {
		name: "`land.transfer`",
		call: |crowd, number| {
			let Plot {
				metaverse, parcel, ..
			} = crowd.homes[number];
			calls::transfer(metaverse, parcel, &crowd.opposite(number).account)
		},
	},
	Kind {
		name: "`metaverse.register`",
		call: |_, number| {
			let slug = format!("yard-{number}");
			let size = Size::new(HOME_SIDE, HOME_SIDE);
			calls::register(&slug, calls::profile(&slug, ""), size, Balance::MAX)
		},
	},
	Kind {
		name: "`escrow.commit`",
		call: |crowd, _| {
			let target = &crowd.collecting;
			campaign::calls::commit(target.id, TICKET, target.version, target.terms_hash)
		},
	},
	Kind {
		name: "`escrow.vote`",
		call: |crowd, number| campaign::calls::vote(crowd.voting[number], true),
	},
	Kind {
		name: "`escrow.claim`",
		call: |crowd, number| campaign::calls::claim(crowd.failed[number]),
	},
	Kind {
		name: "`portal.travel` with a toll",
		call: |crowd, number| {
			street::calls::travel(crowd.portal(number), FIRST, Way::There, TOLL, Proof::None)
		},
	},
	Kind {
		name: "`nfts.buy_item` of a parcel",
		call: |crowd, number| {
			let Plot {
				collection, parcel, ..
			} = crowd.offers[number];
			calls::buy(collection, parcel, PRICE)
		},
	},
];

fn main() -> ExitCode {
	benchmark(measure_all)
}

fn measure_all() -> Part {
	let quick = Part::quick();
	let (people, rounds) = if quick { (FEW, 1) } else { (MOST, ROUNDS) };
	eprintln!("setting the stage; this takes a minute");
	let (spec, crowd) = genesis::grown(|| Crowd::settle(people));
	let mut lab = Lab::pruned(&spec);
	// Like every block but the first, those that are measured stand on one that was imported.
	lab.import(Sr25519Keyring::Alice, Vec::new());

	let mut fulls = fill(&lab, &crowd);
	measure(&lab, &mut fulls, rounds);

	let mut part = Part::new("honesty");
	part.table(table(&fulls));
	part.note(format!(
		"Medians of {rounds} rounds of each; a round imports every block once. Imported is executed and \
		 written into the database: \"cached\" with all of the state in the node's cache, \"started\" with the \
		 cache empty, as after a start. Declared is `System.BlockWeight` after the block, with hooks and \
		 inherents. Every transaction is signed by another account, and all of them succeed. A block ends \
		 when its weight is used up, and at {} transactions in any case.",
		grouped(people as u64)
	));
	if quick {
		part.note("A dry run with few people: the blocks are not full, and there are no targets.");
	} else {
		for full in &fulls {
			let what = format!("full blocks of {}, measured / declared", full.name);
			part.target(what, full.ratio(&full.started), HONEST);
		}
	}
	part
}

/// A full block.
struct Full {
	name: &'static str,
	block: Block,
	transactions: u32,
	/// Whether the weight ended it, and not that there were no more people.
	by_weight: bool,
	/// Milliseconds that it declares.
	declared: f64,
	/// Milliseconds that it took to execute it, with the state in the cache.
	executions: Vec<f64>,
	/// Milliseconds that it took to import it, with the state in the cache.
	cached: Vec<f64>,
	/// Milliseconds that it took to import it, with the cache empty.
	started: Vec<f64>,
}

impl Full {
	/// A block of as many of these transactions as fit.
	fn of(
		name: &'static str,
		lab: &Lab,
		calls: impl ExactSizeIterator<Item = (Pair, RuntimeCall)>,
	) -> Self {
		let most = calls.len();
		let made = lab.fill(calls);
		let transactions = made.transactions();
		let declared = written::<ConsumedWeight>(&made.built, "System", "BlockWeight").total();
		Self {
			name,
			block: made.built.block,
			transactions,
			by_weight: (transactions as usize) < most,
			// Weight counts picoseconds.
			declared: declared.ref_time() as f64 / 1e9,
			executions: Vec::new(),
			cached: Vec::new(),
			started: Vec::new(),
		}
	}

	/// What such imports take at the median, against what is declared.
	fn ratio(&self, imports: &[f64]) -> f64 {
		median(imports.to_vec()) / self.declared
	}

	fn row(&self) -> [String; 10] {
		let (lowest, highest) = spread(&self.started);
		let end = if self.by_weight { "weight" } else { "number" };
		[
			self.name.into(),
			grouped(self.transactions.into()),
			end.into(),
			format!("{:.1}", self.declared),
			format!("{:.1}", median(self.executions.clone())),
			format!("{:.1}", median(self.cached.clone())),
			format!("{:.2}", self.ratio(&self.cached)),
			format!("{:.1}", median(self.started.clone())),
			format!("{lowest:.1} to {highest:.1}"),
			format!("{:.2}", self.ratio(&self.started)),
		]
	}
}

/// Builds a full block of each kind, and one of all kinds in turn.
fn fill(lab: &Lab, crowd: &Crowd) -> Vec<Full> {
	let people = crowd.people.len();
	let signed = |kind: &Kind, number: usize| {
		let call = (kind.call)(crowd, number);
		(crowd.people[number].pair.clone(), call)
	};
	let mut fulls: Vec<Full> = KINDS
		.iter()
		.map(|kind| {
			let calls = (0..people).map(|number| signed(kind, number));
			Full::of(kind.name, lab, calls)
		})
		.collect();
	// Each kind has a share of the people, so that nobody signs twice.
	let share = people / KINDS.len();
	let mix = (0..share * KINDS.len()).map(|turn| {
		let kind = turn % KINDS.len();
		signed(&KINDS[kind], kind * share + turn / KINDS.len())
	});
	fulls.push(Full::of("all of these in turn", lab, mix));
	fulls
}

/// Executes and imports the blocks in turn, in so many rounds and one before them; then imports them in as
/// many rounds, each on an empty cache.
fn measure(lab: &Lab, fulls: &mut [Full], rounds: usize) {
	for round in 0..=rounds {
		eprintln!("round {round} of {rounds}");
		for full in fulls.iter_mut() {
			let execution = lab.time(lab.best, &full.block) / 1e3;
			let import = lab.time_import(&full.block) / 1e3;
			if round > 0 {
				full.executions.push(execution);
				full.cached.push(import);
			}
		}
	}
	for round in 1..=rounds {
		eprintln!("round {round} of {rounds} on an empty cache");
		for full in fulls.iter_mut() {
			lab.empty_cache();
			full.started.push(lab.time_import(&full.block) / 1e3);
		}
	}
}

fn table(fulls: &[Full]) -> Table {
	let columns = [
		"calls",
		"transactions",
		"ended by",
		"declared, ms",
		"executed, ms",
		"cached, ms",
		"ratio",
		"started, ms",
		"spread",
		"ratio",
	];
	let mut table = Table::new("Full blocks", columns);
	for full in fulls {
		table.row(full.row());
	}
	table
}
