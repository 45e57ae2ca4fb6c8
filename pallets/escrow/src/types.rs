//! What this pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use madang_primitives::{
	attestation::SubjectId,
	escrow::{
		AssetKind, ClassLimit, Instant, Milestone, Money, Policy, Schedule, State, Terms,
		MAX_AFFILIATES, MAX_CLASSES, MAX_MILESTONES,
	},
	Balance, MetaverseId,
};
use scale_info::TypeInfo;
use sp_core::{H256, U256};

/// The milestones of a campaign.
pub type Milestones<BlockNumber> = BoundedVec<Milestone<BlockNumber>, ConstU32<MAX_MILESTONES>>;

/// Who may invest, as stored.
pub type StoredPolicy<AccountId> = Policy<
	AccountId,
	BoundedVec<ClassLimit, ConstU32<MAX_CLASSES>>,
	BoundedVec<SubjectId, ConstU32<MAX_AFFILIATES>>,
>;

/// Everything that the investors agree to.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Agreement<AccountId, BlockNumber> {
	/// The terms.
	pub terms: Terms<BlockNumber>,
	/// The milestones.
	pub milestones: Milestones<BlockNumber>,
	/// Who may invest.
	pub policy: StoredPolicy<AccountId>,
}

/// The books and the progress of a campaign.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Campaign<AccountId, BlockNumber> {
	/// The metaverse for which it collects.
	pub metaverse: MetaverseId,
	/// Who paid bond and deposit.
	pub sponsor: AccountId,
	/// The storage deposit on hold from the sponsor, in the native token.
	pub deposit: Balance,
	/// Its asset, the same as in the terms.
	pub asset: AssetKind,
	/// How far it has come.
	pub state: State,
	/// Version of the terms, from 1.
	pub version: u8,
	/// Hash of the agreement in this version.
	pub terms_hash: H256,
	/// Its windows, once it was opened.
	pub schedule: Option<Schedule<BlockNumber>>,
	/// Investors can agree to changed terms until then.
	pub reconfirm_until: Option<Instant<BlockNumber>>,
	/// Whether an early close was announced.
	pub closes_early: bool,
	/// Principal that belongs to the units. Before success it is the same number.
	pub pool: Balance,
	/// Units of positions that agreed to the present terms.
	pub units: Balance,
	/// Units of the others; theirs to take at any time.
	pub stale: Balance,
	/// The founder's bond on hold.
	pub bond: Balance,
	/// The bond of the open dispute on hold.
	pub dispute_bond: Balance,
	/// Every flow since the beginning.
	pub money: Money,
	/// Positions that exist.
	pub positions: u32,
	/// Positions that agreed to the present terms and have units.
	pub investors: u32,
	/// When it succeeded.
	pub funded_at: Option<Instant<BlockNumber>>,
	/// What it had collected then.
	pub raised: Balance,
	/// What was paid without a vote.
	pub kickoff: Balance,
	/// The milestone that comes next, counted from 0.
	pub milestone: u8,
	/// How often it was submitted in vain.
	pub attempts: u8,
	/// It can be submitted from then on.
	pub submit_from: Option<Instant<BlockNumber>>,
	/// When it is due.
	pub due: Option<Instant<BlockNumber>>,
	/// Whether more time was asked for it already.
	pub extension_asked: bool,
	/// Number of the last round.
	pub rounds: u32,
	/// Number of the last petition.
	pub petitions: u32,
	/// The next dispute can be raised from then on.
	pub dispute_from: Option<Instant<BlockNumber>>,
	/// The next petition can begin from then on.
	pub petition_from: Option<Instant<BlockNumber>>,
	/// What one unit has put to work so far, times [`SCALE`].
	pub deployed_per_unit: U256,
	/// What had been put to work of the money of those who left.
	pub deployed_by_leavers: Balance,
	/// Revenue of one unit since the beginning, times [`SCALE`].
	pub revenue_per_unit: U256,
	/// What did not go into `revenue_per_unit` without a remainder, times [`SCALE`].
	pub revenue_rest: U256,
}

/// Sums that are kept for one unit are kept times this.
pub const SCALE: u128 = 1_000_000_000_000_000_000;

/// How a bond of the founder ends when a campaign is wound down.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BondFate {
	/// The founder kept to the terms, and gets it back.
	Returned,
	/// The founder vanished or lost all trust; the investors get it.
	Slashed,
}
