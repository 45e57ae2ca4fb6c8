//! Clock and votes of the model of campaigns.

use std::collections::BTreeMap;

use madang_primitives::escrow::{Apathy, Outcome, PositionId, RoundKind};
use madang_runtime::{Balance, BlockNumber, System, Timestamp};

/// Milliseconds of a block.
const BLOCK_MS: u64 = madang_runtime_common::time::MILLISECS_PER_BLOCK;

/// A point in time: has come once both the block and the time have.
#[derive(Clone, Copy, Debug, Default)]
pub struct When {
	/// The block.
	pub block: u64,
	/// The time.
	pub time: u64,
}

impl When {
	/// What the clock says.
	pub fn now() -> Self {
		Self {
			block: System::block_number().into(),
			time: Timestamp::get(),
		}
	}

	/// So many blocks after it.
	pub fn later(self, blocks: u32) -> Self {
		Self {
			block: self.block + u64::from(blocks),
			time: self.time + u64::from(blocks) * BLOCK_MS,
		}
	}

	/// So many blocks before it.
	pub fn earlier(self, blocks: u32) -> Self {
		Self {
			block: self.block.saturating_sub(blocks.into()),
			time: self.time.saturating_sub(u64::from(blocks) * BLOCK_MS),
		}
	}

	/// Whether both have come.
	pub fn has_come(self) -> bool {
		let now = Self::now();
		now.block >= self.block && now.time >= self.time
	}
}

/// An open vote.
#[derive(Debug)]
pub struct Vote {
	/// Its number.
	pub id: u32,
	/// What it is about.
	pub kind: RoundKind<BlockNumber>,
	/// Votes count until then.
	pub ends: When,
	/// Who was overruled may leave until then.
	pub grace_ends: When,
	/// Units that could vote when it began.
	pub snapshot: Balance,
	/// The votes, and with how many units.
	pub votes: BTreeMap<PositionId, (bool, Balance)>,
}

impl Vote {
	/// The units for it, or against it.
	pub fn sum(&self, aye: bool) -> Balance {
		self.votes
			.values()
			.filter(|vote| vote.0 == aye)
			.map(|vote| vote.1)
			.sum()
	}

	/// As `docs/economics.md` says it.
	pub fn outcome(&self) -> Outcome {
		let (yes, no) = (self.sum(true), self.sum(false));
		let absent = self.snapshot - yes - no;
		let weight = if matches!(self.kind, RoundKind::NoConfidence { .. }) {
			3
		} else {
			6
		};
		if yes > no && (yes - no) * weight > absent {
			Outcome::Approved
		} else if no >= yes && (yes + no) * weight >= self.snapshot {
			Outcome::Rejected
		} else {
			Outcome::Inconclusive
		}
	}

	/// Whether it lets a tranche go out, and whether only because too few voted.
	pub fn carries(&self, on_apathy: Apathy) -> Option<bool> {
		match (&self.kind, self.outcome()) {
			(RoundKind::NoConfidence { .. }, _) => None,
			(_, Outcome::Approved) => Some(false),
			(RoundKind::Tranche { revote: true, .. }, Outcome::Inconclusive)
				if on_apathy == Apathy::TacitApprove =>
			{
				Some(true)
			}
			_ => None,
		}
	}
}
