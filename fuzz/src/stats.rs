//! What happened in a run, so that it cannot silently have done nothing.

use std::collections::BTreeMap;

use frame_support::traits::GetCallName;
use madang_runtime::Runtime;

/// How often a call was tried, and how often it did what it says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
	/// Reached the pallet.
	pub dispatched: u64,
	/// Succeeded.
	pub succeeded: u64,
}

/// The counts of a run.
#[derive(Clone, Debug, Default)]
pub struct Stats {
	/// Of each call, by pallet and name.
	pub calls: BTreeMap<(&'static str, &'static str), Count>,
	/// Calls that went through the whole signed path.
	pub signed: u64,
	/// Transactions that were refused, as they had to be.
	pub refused: u64,
	/// Blocks that were made.
	pub blocks: u64,
	/// Lives that were lived.
	pub lives: u64,
	/// Calls that the model judged.
	pub judged: u64,
	/// Events that the model followed.
	pub followed: u64,
	/// Times that the model of land looked a territory up, because calls in one call hid what happened.
	pub looked_up: u64,
}

impl Stats {
	/// Notes a call that reached its pallet.
	pub fn note(&mut self, name: (&'static str, &'static str), succeeded: bool) {
		let count = self.calls.entry(name).or_default();
		count.dispatched += 1;
		count.succeeded += u64::from(succeeded);
	}

	/// All calls that reached their pallets.
	pub fn dispatched(&self) -> u64 {
		self.calls.values().map(|count| count.dispatched).sum()
	}

	/// All calls that succeeded.
	pub fn succeeded(&self) -> u64 {
		self.calls.values().map(|count| count.succeeded).sum()
	}

	/// Adds another run.
	pub fn add(&mut self, other: &Self) {
		for (name, count) in &other.calls {
			let sum = self.calls.entry(*name).or_default();
			sum.dispatched += count.dispatched;
			sum.succeeded += count.succeeded;
		}
		self.signed += other.signed;
		self.refused += other.refused;
		self.blocks += other.blocks;
		self.lives += other.lives;
		self.judged += other.judged;
		self.followed += other.followed;
		self.looked_up += other.looked_up;
	}

	/// The calls of our pallets that never succeeded.
	pub fn missing(&self) -> Vec<String> {
		our_calls()
			.into_iter()
			.filter(|name| {
				self.calls
					.get(name)
					.is_none_or(|count| count.succeeded == 0)
			})
			.map(|(pallet, call)| format!("{pallet}.{call}"))
			.collect()
	}

	/// Fails when a run was not worth its name.
	pub fn check(&self) -> Result<(), String> {
		let missing = self.missing();
		if !missing.is_empty() {
			return Err(format!(
				"these calls never succeeded: {}",
				missing.join(", ")
			));
		}
		if self.signed * 5 < self.dispatched() {
			return Err(format!(
				"only {} of {} calls went through the signed path",
				self.signed,
				self.dispatched()
			));
		}
		if self.refused == 0 || self.judged == 0 || self.followed == 0 {
			return Err("no transaction was refused, or the model had nothing to do".into());
		}
		Ok(())
	}

	/// A table of all of it.
	pub fn table(&self) -> String {
		let mut table = format!(
			"{:<22}{:<30}{:>12}{:>12}\n",
			"pallet", "call", "dispatched", "succeeded"
		);
		for ((pallet, call), count) in &self.calls {
			table += &format!(
				"{pallet:<22}{call:<30}{:>12}{:>12}\n",
				count.dispatched, count.succeeded
			);
		}
		table += &format!(
			"{} calls dispatched, {} succeeded; {} through the signed path, {} transactions refused;\n\
			 {} blocks in {} lives; the models judged {} calls and followed {} events ({} looked up)",
			self.dispatched(),
			self.succeeded(),
			self.signed,
			self.refused,
			self.blocks,
			self.lives,
			self.judged,
			self.followed,
			self.looked_up,
		);
		table
	}
}

/// Every call of our pallets.
pub fn our_calls() -> Vec<(&'static str, &'static str)> {
	fn of<Call: GetCallName>(
		pallet: &'static str,
	) -> impl Iterator<Item = (&'static str, &'static str)> {
		Call::get_call_names()
			.iter()
			.map(move |call| (pallet, *call))
	}
	of::<pallet_metaverse::Call<Runtime>>("Metaverse")
		.chain(of::<pallet_land::Call<Runtime>>("Land"))
		.chain(of::<pallet_escrow::Call<Runtime>>("Escrow"))
		.chain(of::<pallet_portal::Call<Runtime>>("Portal"))
		.chain(of::<pallet_attestation::Call<Runtime>>("Attestation"))
		.chain(of::<pallet_validators::Call<Runtime>>("Validators"))
		.collect()
}
