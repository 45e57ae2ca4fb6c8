//! What is executed, and what the times come to.

use std::rc::Rc;

use madang_node::chain_spec::ChainSpec;
use madang_report::figures::{median, spread};
use madang_runtime::RuntimeCall;
use sp_core::sr25519::Pair;
use sp_keyring::Sr25519Keyring;

use crate::{
	lab::{
		turns::{self, nothing, Cost, Ground, Samples, Side},
		Lab,
	},
	topic::Effort,
};

/// Transactions in a measured block, each signed by another account.
pub const TRANSACTIONS: usize = turns::TRANSACTIONS as usize;

/// A call and who signs it.
pub type Signed = (Pair, RuntimeCall);

/// Those who sign a measured block. Groups with different numbers have nobody in common.
pub fn signers(group: usize) -> Vec<Pair> {
	let first = group * TRANSACTIONS;
	(first..first + TRANSACTIONS)
		.map(Sr25519Keyring::numeric)
		.collect()
}

/// One call for each signer.
pub fn each(signers: &[Pair], call: impl Fn(usize) -> RuntimeCall) -> Vec<Signed> {
	signers
		.iter()
		.enumerate()
		.map(|(number, signer)| (signer.clone(), call(number)))
		.collect()
}

/// A chain of one size, with the blocks that are measured on it.
pub struct Stage {
	lab: Lab,
	sides: Vec<Side>,
}

impl Stage {
	/// The chain with nothing but genesis.
	pub fn on(spec: &ChainSpec) -> Self {
		Self {
			lab: Lab::on(spec),
			sides: Vec::new(),
		}
	}

	/// Prepares the next call: a block of these transactions on the best one, which it does not join.
	pub fn prepare(&mut self, calls: Vec<Signed>) {
		assert_eq!(calls.len(), TRANSACTIONS, "every signer has a call");
		let idle = calls
			.iter()
			.map(|(signer, _)| (signer.clone(), nothing()))
			.collect();
		let block = |calls| self.lab.build_signed(calls).built.block;
		let side = Side {
			ground: Rc::new(Ground {
				parent: self.lab.best,
				empty: block(Vec::new()),
				idle: block(idle),
			}),
			block: block(calls),
		};
		self.sides.push(side);
	}

	/// Adds a block of these calls to the chain.
	pub fn add(&mut self, calls: Vec<Signed>) {
		self.lab.add(self.lab.build_signed(calls));
	}

	/// Adds so many blocks in which nothing happens.
	pub fn wait(&mut self, blocks: u32) {
		for _ in 0..blocks {
			self.add(Vec::new());
		}
	}
}

/// What a call costs on a chain of one size, in all rounds.
pub struct Figures {
	/// Microseconds of a transaction.
	pub whole: f64,
	/// Its ratio to the smallest chain.
	pub ratio: f64,
	/// The lowest and the highest such ratio of a round.
	pub ratios: (f64, f64),
	/// Microseconds without what every signed transaction takes.
	pub call: f64,
	/// Their ratio to the smallest chain.
	pub call_ratio: f64,
}

/// Measures a call, by its number among those that were prepared, on every chain. The first is the
/// smallest.
pub fn measure(stages: &[Stage], call: usize, effort: &Effort) -> Vec<Figures> {
	// The first one fills the caches.
	round(stages, call, effort);
	let rounds: Vec<Vec<Cost>> = (0..effort.rounds)
		.map(|_| round(stages, call, effort))
		.collect();
	(0..stages.len())
		.map(|stage| figures(&rounds, stage))
		.collect()
}

/// Executes the blocks of a call on all chains in turn, several times.
fn round(stages: &[Stage], call: usize, effort: &Effort) -> Vec<Cost> {
	let mut samples: Vec<Samples> = stages.iter().map(|_| Samples::default()).collect();
	for _ in 0..effort.repeats {
		for (stage, samples) in stages.iter().zip(&mut samples) {
			samples.take(&stage.lab, &stage.sides[call]);
		}
	}
	samples.into_iter().map(Samples::cost).collect()
}

fn figures(rounds: &[Vec<Cost>], stage: usize) -> Figures {
	let over = |figure: fn(&Cost, &Cost) -> f64| -> Vec<f64> {
		rounds
			.iter()
			.map(|costs| figure(&costs[stage], &costs[0]))
			.collect()
	};
	let ratios = over(|cost, least| cost.whole / least.whole);
	Figures {
		whole: median(over(|cost, _| cost.whole)),
		ratios: spread(&ratios),
		ratio: median(ratios),
		call: median(over(|cost, _| cost.call)),
		call_ratio: median(over(|cost, least| cost.call / least.call)),
	}
}
