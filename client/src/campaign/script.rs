//! Who wants how much, who gives it, and how it ends.

use madang_primitives::escrow::{Apathy, AssetKind, Milestone, Policy, PolicyInput, Terms};
use madang_runtime::{AccountId, BlockNumber};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	Permill,
};

use crate::money::Unit;

/// The stablecoin of the development chain.
pub const STABLECOIN: u32 = 1;

/// A campaign as it is to be played. Amounts are in thousandths of a unit of its asset.
#[derive(Clone, Debug)]
pub struct Script {
	/// Its short name, with which the slug of the metaverse begins.
	pub name: &'static str,
	/// What happens, in one sentence.
	pub title: &'static str,
	/// The asset in which it collects.
	pub asset: AssetKind,
	/// With less than this it fails.
	pub goal: u64,
	/// More is not accepted.
	pub cap: u64,
	/// What the founder puts at stake.
	pub bond: u64,
	/// The founder.
	pub founder: &'static str,
	/// Who invests, and how much.
	pub investors: &'static [(&'static str, u64)],
	/// Weight of each milestone, and blocks until it is due.
	pub milestones: &'static [(u32, BlockNumber)],
	/// How it goes on once the deadline has come.
	pub plot: Plot,
}

/// How a campaign goes on once its deadline has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Plot {
	/// Every milestone is reached. One investor, counted from 0, votes against one of them, counted
	/// from 0, is overruled, and leaves.
	Succeeds {
		/// Which investor.
		dissenter: usize,
		/// Against which milestone.
		milestone: u8,
	},
	/// The goal is not reached.
	Fails,
	/// The founder is paid for so many milestones and is not seen again.
	Vanishes {
		/// How many.
		after: u8,
	},
}

/// Blocks for which the campaigns take commitments.
pub const PERIOD: BlockNumber = 15;
/// Blocks before the deadline in which most can no longer withdraw.
pub const LOCK: BlockNumber = 3;
/// Blocks in which a commitment can be withdrawn in any case.
pub const COOLING_OFF: BlockNumber = 2;
/// Blocks to vote.
pub const VOTING: BlockNumber = 7;
/// Blocks in which those who were overruled can leave.
pub const GRACE: BlockNumber = 6;

/// The three campaigns: one that succeeds, one that fails, and one whose founder vanishes.
pub static SCRIPTS: [Script; 3] = [
	Script {
		name: "succeeds",
		title: "Three milestones are paid; one investor was overruled at the second and left",
		asset: AssetKind::WithId(STABLECOIN),
		goal: 1_000_000,
		cap: 2_000_000,
		bond: 50_000,
		founder: "Jiwoo",
		investors: &[
			("Sora", 500_000),
			("Minho", 333_333),
			("Hana", 250_001),
			("Jun", 166_667),
		],
		milestones: &[(3, 60), (4, 60), (5, 60)],
		plot: Plot::Succeeds {
			dissenter: 1,
			milestone: 1,
		},
	},
	Script {
		name: "fails",
		title: "The goal is not reached, and everybody gets everything back",
		asset: AssetKind::Native,
		goal: 200_000,
		cap: 400_000,
		bond: 10_000,
		founder: "Taeyang",
		investors: &[("Bora", 30_000), ("Dami", 45_501), ("Eunho", 60_257)],
		milestones: &[(1, 60)],
		plot: Plot::Fails,
	},
	Script {
		name: "vanishes",
		title: "The founder is paid once and vanishes; the investors get what is left and the bond",
		asset: AssetKind::WithId(STABLECOIN),
		goal: 600_000,
		cap: 1_200_000,
		bond: 30_000,
		founder: "Gyu",
		investors: &[("Nari", 400_000), ("Onyu", 300_001), ("Rami", 99_999)],
		milestones: &[(1, 60), (2, 8)],
		plot: Plot::Vanishes { after: 1 },
	},
];

impl Script {
	/// The terms, in the smallest units of the asset.
	pub fn terms(&self, unit: &Unit) -> Terms<BlockNumber> {
		Terms {
			asset: self.asset.clone(),
			goal: unit.thousandths(self.goal),
			cap: unit.thousandths(self.cap),
			min_ticket: unit.thousandths(10_000),
			bond: unit.thousandths(self.bond),
			min_investors: 2,
			opens_after: 0,
			period: PERIOD,
			lock: LOCK,
			cooling_off: COOLING_OFF,
			voting: VOTING,
			grace: GRACE,
			lock_up: 0,
			kickoff: Permill::zero(),
			on_apathy: Apathy::TacitApprove,
			documents: BlakeTwo256::hash(self.title.as_bytes()),
		}
	}

	/// The milestones.
	pub fn milestones(&self) -> Vec<Milestone<BlockNumber>> {
		let promise = |number: usize| {
			let text = format!("{}: milestone {number}", self.name);
			BlakeTwo256::hash(text.as_bytes())
		};
		self.milestones
			.iter()
			.enumerate()
			.map(|(number, (weight, duration))| Milestone {
				weight: *weight,
				duration: *duration,
				promise: promise(number),
			})
			.collect()
	}

	/// Everybody may invest.
	pub fn policy(&self) -> PolicyInput<AccountId> {
		Policy::Open
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// What a script says that investors put in.
	fn collected(script: &Script) -> u64 {
		script.investors.iter().map(|(_, ticket)| ticket).sum()
	}

	#[test]
	fn scripts_end_as_their_plots_say() {
		for script in &SCRIPTS {
			let reached = collected(script) >= script.goal;
			assert_eq!(reached, script.plot != Plot::Fails, "{}", script.name);
			assert!(collected(script) <= script.cap, "{}", script.name);
			assert!(script.bond * 50 >= script.goal, "{}", script.name);
		}
	}

	#[test]
	fn whoever_dissents_is_overruled_and_does_not_sink_the_campaign() {
		for script in &SCRIPTS {
			let Plot::Succeeds {
				dissenter,
				milestone,
			} = script.plot
			else {
				continue;
			};
			let (_, against) = script.investors[dissenter];
			assert!(against * 2 < collected(script));
			assert!(usize::from(milestone) < script.milestones.len());
		}
	}

	#[test]
	fn whoever_vanishes_leaves_a_milestone_open() {
		for script in &SCRIPTS {
			if let Plot::Vanishes { after } = script.plot {
				assert!(after > 0 && usize::from(after) < script.milestones.len());
			}
		}
	}
}
