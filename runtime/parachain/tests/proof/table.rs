//! What blocks cost, as a table.

use std::time::Duration;

use cumulus_primitives_core::relay_chain::MAX_POV_SIZE;
use frame_support::weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight};

use crate::{
	bundle::{Bundle, Sizes},
	chain::Cost,
};

/// What a validator executes at most before it gives up, in milliseconds.
const MAX_TIME: f64 = 2_000.0;

/// What the blocks of one core cost.
pub struct Row {
	name: String,
	blocks: usize,
	costs: Vec<Cost>,
	counted: Weight,
	sizes: Sizes,
	/// Nodes of as many blocks without calls, in bytes.
	empty: u64,
	took: Duration,
}

impl Row {
	/// What a bundle costs that took a validator so long, when as many blocks without calls have so many
	/// bytes of nodes.
	pub fn new(name: String, bundle: &Bundle, sizes: Sizes, empty: u64, took: Duration) -> Self {
		Self {
			name,
			blocks: bundle.blocks.len(),
			costs: bundle.costs().collect(),
			counted: bundle.counted(),
			sizes,
			empty,
			took,
		}
	}

	/// By how many bytes the calls made the proof longer: what they read, and what must be known of the
	/// trie to write what they wrote.
	fn added(&self) -> u64 {
		self.sizes.nodes.saturating_sub(self.empty)
	}

	/// How many bytes of proof the transactions declare.
	fn declared(&self) -> u64 {
		self.costs.iter().map(|cost| cost.declared).sum()
	}

	/// How many of them were left after they ran. It can be less than they added, because what must be known
	/// of the trie to write shows at the end of the block only.
	fn left(&self) -> u64 {
		self.costs.iter().map(|cost| cost.left).sum()
	}

	/// The transaction that needs the largest share of the proof that it declares.
	fn tightest(&self) -> Option<&Cost> {
		let share = |cost: &Cost| cost.proof as f64 / cost.declared as f64;
		self.costs
			.iter()
			.max_by(|a, b| share(a).total_cmp(&share(b)))
	}

	/// Prints it as a line of [`head`]'s table.
	pub fn print(&self) {
		let counted = self.counted.ref_time() as f64 / WEIGHT_REF_TIME_PER_MILLIS as f64;
		let took = self.took.as_secs_f64() * 1e3;
		let tightest = self.tightest().map_or("-".into(), |cost| {
			format!("{} of {}", cost.proof, cost.declared)
		});
		let Sizes {
			nodes,
			compact,
			pov,
			sent,
		} = self.sizes;
		println!(
			"| {} | {} | {} | {counted:.0} | {took:.0} | {:.0} % | {nodes} | {compact} | {pov} | {sent} | \
			 {:.1} % | {} | {} | {} | {} | {tightest} |",
			self.name,
			self.blocks,
			self.costs.len(),
			100.0 * took / MAX_TIME,
			100.0 * pov as f64 / f64::from(MAX_POV_SIZE),
			self.counted.proof_size(),
			self.added(),
			self.declared(),
			self.left(),
		);
	}

	/// What is not as it should be.
	pub fn faults(&self) -> Vec<String> {
		let name = &self.name;
		let (nodes, pov) = (self.sizes.nodes, self.sizes.pov);
		let (counted, limit) = (self.counted.proof_size(), u64::from(MAX_POV_SIZE) * 3 / 4);
		let (added, declared) = (self.added(), self.declared());
		let mut faults = Vec::new();
		if added > declared {
			faults.push(format!(
				"{name}: the calls added {added} bytes of proof, and declared {declared}"
			));
		}
		if let Some(cost) = self.costs.iter().find(|cost| cost.proof > cost.declared) {
			faults.push(format!(
				"{name}: a call added {} bytes of proof, and declared {}",
				cost.proof, cost.declared
			));
		}
		if nodes > counted {
			faults.push(format!(
				"{name}: {nodes} bytes of proof, and {counted} are counted"
			));
		}
		if pov > limit {
			faults.push(format!(
				"{name}: {pov} bytes, more than 75 % of what validators take"
			));
		}
		faults
	}
}

/// Prints the head of the table.
pub fn head() {
	let columns = [
		"what",
		"blocks",
		"calls",
		"counted, ms",
		"validated, ms",
		"of 2 s",
		"nodes read, bytes",
		"compact",
		"with blocks",
		"sent",
		"of 10 MiB",
		"counted proof",
		"added by calls",
		"declared by calls",
		"left of that",
		"tightest call",
	];
	println!("\n| {} |", columns.join(" | "));
	println!("|---|{}", "---:|".repeat(columns.len() - 1));
}
