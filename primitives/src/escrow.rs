//! Funding campaigns: what is stored, signed and shown.
//!
//! All amounts of a campaign are in the smallest unit of its one asset. All durations are in blocks.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::fungible::NativeOrWithId;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::{traits::UniqueSaturatedInto, Permill, Saturating};

use crate::{
	attestation::{InvestorClass, Month, SubjectId},
	Balance, MetaverseId,
};

/// Identifies a campaign. Never used twice.
pub type CampaignId = u32;

/// Identifies a position, and the item that is its receipt. Never used twice.
pub type PositionId = u32;

/// The native token, or an asset of `pallet-assets`.
pub type AssetKind = NativeOrWithId<u32>;

/// Most milestones of one campaign.
pub const MAX_MILESTONES: u32 = 12;

/// Most classes of investors that one campaign admits.
pub const MAX_CLASSES: u32 = 8;

/// Most persons who are excluded for being too close to the startup: the founder, where persons are
/// known, and those whom the founder declares.
pub const MAX_AFFILIATES: u32 = 8;

/// Most that a campaign can collect: six times a difference of two such amounts still fits.
pub const MAX_CAP: Balance = Balance::MAX / 8;

/// A point in time. It has come once **both** its block and its time have come, so that a chain that
/// stands still, or one that runs too fast, only ever makes a window longer.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Instant<BlockNumber> {
	/// Height of the chain.
	pub block: BlockNumber,
	/// Milliseconds since 1970.
	pub time: u64,
}

impl<BlockNumber: PartialOrd + Copy> Instant<BlockNumber> {
	/// Whether `self` has come, `now` being what the clock says.
	pub fn has_come(&self, now: &Self) -> bool {
		now.block >= self.block && now.time >= self.time
	}

	/// Whether nothing that waits for `self` waits longer than what waits for `other`.
	pub fn is_no_later_than(&self, other: &Self) -> bool {
		self.block <= other.block && self.time <= other.time
	}

	/// The later of both in each respect: comes once both have come.
	pub fn max(self, other: Self) -> Self {
		Self {
			block: if self.block < other.block {
				other.block
			} else {
				self.block
			},
			time: self.time.max(other.time),
		}
	}
}

impl<BlockNumber: Saturating + Copy + UniqueSaturatedInto<u64>> Instant<BlockNumber> {
	fn millis(blocks: BlockNumber, block_time: u64) -> u64 {
		blocks.unique_saturated_into().saturating_mul(block_time)
	}

	/// So many blocks of `block_time` milliseconds later.
	pub fn after(self, blocks: BlockNumber, block_time: u64) -> Self {
		Self {
			block: self.block.saturating_add(blocks),
			time: self.time.saturating_add(Self::millis(blocks, block_time)),
		}
	}

	/// So many blocks of `block_time` milliseconds earlier.
	pub fn before(self, blocks: BlockNumber, block_time: u64) -> Self {
		Self {
			block: self.block.saturating_sub(blocks),
			time: self.time.saturating_sub(Self::millis(blocks, block_time)),
		}
	}
}

/// What is stored of the life of a campaign. Everything else follows from the clock.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub enum State {
	/// Written by the founder, not yet open. There is no money.
	#[codec(index = 0)]
	Draft,
	/// Collects money.
	#[codec(index = 1)]
	Funding,
	/// Has its money and works on the milestones.
	#[codec(index = 2)]
	Active,
	/// Did not come about. Everybody gets everything back.
	#[codec(index = 3)]
	Failed,
	/// Was given up on the way. What is left belongs to the investors.
	#[codec(index = 4)]
	WindDown,
	/// Every tranche is paid.
	#[codec(index = 5)]
	Completed,
}

/// The state with what the clock adds to it.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub enum Phase {
	/// Not open yet.
	#[codec(index = 0)]
	Draft,
	/// Opens later.
	#[codec(index = 1)]
	Upcoming,
	/// Takes commitments.
	#[codec(index = 2)]
	Open,
	/// Takes commitments; most can no longer be withdrawn.
	#[codec(index = 3)]
	Locked,
	/// The terms have changed, and the investors say whether they stay. Nobody else may commit.
	#[codec(index = 4)]
	Reconfirm,
	/// The deadline has passed, and `advance` says how it ended.
	#[codec(index = 5)]
	Ended,
	/// The founder works on the next milestone.
	#[codec(index = 6)]
	Working,
	/// The investors vote.
	#[codec(index = 7)]
	Voting,
	/// The vote is over without a payment to follow; `advance` says what it means.
	#[codec(index = 8)]
	Decided,
	/// Approved. Who was overruled may leave before anything is paid.
	#[codec(index = 9)]
	Grace,
	/// `advance` carries out what was approved.
	#[codec(index = 10)]
	Payable,
	/// A dispute keeps the payment back.
	#[codec(index = 11)]
	Disputed,
	/// The milestone is so late that anyone may end the campaign with `advance`.
	#[codec(index = 12)]
	Overdue,
	/// Everybody gets everything back.
	#[codec(index = 13)]
	Failed,
	/// What is left is shared out.
	#[codec(index = 14)]
	WindDown,
	/// Every tranche is paid.
	#[codec(index = 15)]
	Completed,
}

/// What happens with a milestone on which twice too few have voted. Fixed before any money comes in.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub enum Apathy {
	/// It counts as approved, and everybody who did not vote for it may leave in the grace window.
	#[codec(index = 0)]
	TacitApprove,
	/// The campaign is wound down.
	#[codec(index = 1)]
	WindDown,
}

/// The terms of a campaign, but for the milestones and for who may invest.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Terms<BlockNumber> {
	/// The one asset of the campaign.
	pub asset: AssetKind,
	/// With less than this the campaign fails.
	pub goal: Balance,
	/// More than this is not accepted.
	pub cap: Balance,
	/// Smallest ticket, unless it fills the cap.
	pub min_ticket: Balance,
	/// What the founder puts at stake, in the same asset.
	pub bond: Balance,
	/// With fewer investors than this the campaign fails.
	pub min_investors: u32,
	/// Blocks from `open` until commitments are taken.
	pub opens_after: BlockNumber,
	/// Blocks for which they are taken.
	pub period: BlockNumber,
	/// So many blocks before the deadline the right to withdraw ends.
	pub lock: BlockNumber,
	/// A commitment may be withdrawn for so many blocks at least, and none is taken that late that
	/// this would end after the deadline.
	pub cooling_off: BlockNumber,
	/// How long investors can vote.
	pub voting: BlockNumber,
	/// How long those who were overruled can leave.
	pub grace: BlockNumber,
	/// For so many blocks after success no position changes hands.
	pub lock_up: BlockNumber,
	/// Share that is paid at once on success, without a vote.
	pub kickoff: Permill,
	/// What happens when twice too few have voted.
	pub on_apathy: Apathy,
	/// Hash of the documents that the investors agree to.
	pub documents: H256,
}

/// A promise of the founder.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Milestone<BlockNumber> {
	/// Its share of the money is this by the sum of all weights.
	pub weight: u32,
	/// It is due so many blocks after the previous tranche was paid.
	pub duration: BlockNumber,
	/// Hash of what is promised.
	pub promise: H256,
}

/// How much an investor of some class may commit.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct ClassLimit {
	/// The class, as the attester numbers it.
	pub class: InvestorClass,
	/// Most that one person may commit in this campaign.
	pub per_campaign: Balance,
	/// Most that one person may commit in all campaigns that trust the same attester and collect the
	/// same asset, in any twelve months.
	pub per_year: Balance,
}

/// Who may invest.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum Policy<AccountId, Limits, Affiliates> {
	/// Everybody but the founder.
	#[codec(index = 0)]
	Open,
	/// Whom an attester vouches for. The founder must be among them, so that caps and exclusions
	/// follow the person and not the account.
	#[codec(index = 1)]
	Attested {
		/// Who vouches.
		attester: AccountId,
		/// The classes that may invest, and how much. Others may not.
		limits: Limits,
		/// Persons too close to the startup to invest.
		affiliates: Affiliates,
	},
}

/// The policy as the caller hands it in; lengths are checked by the call.
pub type PolicyInput<AccountId> = Policy<AccountId, Vec<ClassLimit>, Vec<SubjectId>>;

/// What a founder may change while the money comes in. Every investor then has to agree again.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Amendment<BlockNumber> {
	/// Hash of the new documents.
	pub documents: H256,
	/// The goal from now on.
	pub goal: Balance,
	/// The cap from now on.
	pub cap: Balance,
	/// So many blocks are added to the deadline.
	pub extend_by: BlockNumber,
}

/// What the arbiter may decide. No ruling sends money anywhere but where the terms send it.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub enum Ruling {
	/// The dispute was frivolous: its bond goes to the investors, the payment goes on.
	#[codec(index = 0)]
	Dismiss,
	/// The campaign is wound down; the bond of the dispute comes back.
	#[codec(index = 1)]
	WindDown,
	/// The dispute was raised in good faith, but the payment goes on; its bond comes back.
	#[codec(index = 2)]
	ReleaseAnyway,
	/// The investors vote once more; the bond of the dispute comes back.
	#[codec(index = 3)]
	RestartRound,
}

/// What the investors vote about.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum RoundKind<BlockNumber> {
	/// Whether a milestone was reached and its tranche is paid.
	#[codec(index = 0)]
	Tranche {
		/// Which milestone, counted from 0.
		milestone: u8,
		/// Whether too few voted the first time.
		revote: bool,
	},
	/// Whether a milestone may take longer.
	#[codec(index = 1)]
	Extension {
		/// Which milestone, counted from 0.
		milestone: u8,
		/// When it would be due.
		due: Instant<BlockNumber>,
	},
	/// Whether the campaign is ended because nobody trusts the founder any more.
	#[codec(index = 2)]
	NoConfidence {
		/// Whether this is the second vote, which must confirm the first.
		confirming: bool,
	},
}

/// How a vote went.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub enum Outcome {
	/// Enough ayes.
	#[codec(index = 0)]
	Approved,
	/// As many nays as ayes, of enough votes.
	#[codec(index = 1)]
	Rejected,
	/// Too few votes.
	#[codec(index = 2)]
	Inconclusive,
}

/// A vote of the investors. There is one at a time.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Round<BlockNumber> {
	/// Its number within the campaign, from 1.
	pub id: u32,
	/// What it is about.
	pub kind: RoundKind<BlockNumber>,
	/// Hash of what the founder shows for it.
	pub evidence: H256,
	/// When it was asked for. A vote that is held again keeps this.
	pub asked_at: Instant<BlockNumber>,
	/// Votes count until then.
	pub ends: Instant<BlockNumber>,
	/// Who was overruled may leave until then.
	pub grace_ends: Instant<BlockNumber>,
	/// Units that could vote when it began.
	pub snapshot: Balance,
	/// Units for it.
	pub yes: Balance,
	/// Units against it, those that left since included.
	pub no: Balance,
	/// Units that left since it began.
	pub exited: Balance,
	/// Those among them that had voted against it.
	pub exited_no: Balance,
}

impl<BlockNumber> Round<BlockNumber> {
	/// Units that could have voted and did not.
	pub fn absent(&self) -> Balance {
		self.snapshot
			.saturating_sub(self.yes)
			.saturating_sub(self.no)
	}

	/// What the votes so far come to. A third of the absent counts against a vote of no confidence, a
	/// sixth against any other.
	pub fn outcome(&self) -> Outcome {
		let factor: Balance = match self.kind {
			RoundKind::NoConfidence { .. } => 3,
			_ => 6,
		};
		let votes = self.yes.saturating_add(self.no);
		if self.yes > self.no
			&& factor.saturating_mul(self.yes.saturating_sub(self.no)) > self.absent()
		{
			Outcome::Approved
		} else if self.no >= self.yes && factor.saturating_mul(votes) >= self.snapshot {
			Outcome::Rejected
		} else {
			Outcome::Inconclusive
		}
	}
}

/// Somebody says that a payment must not go out.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Dispute<AccountId, BlockNumber> {
	/// Who.
	pub raiser: AccountId,
	/// What this account put at stake, in the asset of the campaign.
	pub bond: Balance,
	/// When it ends by itself.
	pub until: Instant<BlockNumber>,
}

/// Investors who ask for a vote of no confidence.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Petition<BlockNumber> {
	/// Its number within the campaign, from 1.
	pub id: u32,
	/// Units that have signed.
	pub units: Balance,
	/// Signatures count until then.
	pub until: Instant<BlockNumber>,
}

/// Every flow of a campaign's money since it was created.
///
/// `committed + bond_slashed + dispute_slashed` is always the sum of what is left (pool and stale)
/// and of `withdrawn`, `refunded`, `released`, `fees`, `exited` and `claimed`.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Money {
	/// Put in by investors.
	pub committed: Balance,
	/// Taken out by investors who changed their mind in time.
	pub withdrawn: Balance,
	/// Given back because the campaign failed or its terms changed.
	pub refunded: Balance,
	/// Paid to the startup.
	pub released: Balance,
	/// Paid to the network on releases.
	pub fees: Balance,
	/// Taken out by investors who were overruled.
	pub exited: Balance,
	/// Taken out by investors after the campaign was wound down.
	pub claimed: Balance,
	/// Put at stake by the founder.
	pub bond_deposited: Balance,
	/// Given back of it.
	pub bond_returned: Balance,
	/// Given to the investors of it.
	pub bond_slashed: Balance,
	/// Given to the treasury of it, because no investor was left.
	pub bond_to_treasury: Balance,
	/// Bonds of frivolous disputes, given to the investors.
	pub dispute_slashed: Balance,
	/// Revenue that the startup paid in to be shared.
	pub revenue: Balance,
	/// Revenue that investors took out.
	pub revenue_claimed: Balance,
}

/// The windows of a campaign that collects money, or did.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Schedule<BlockNumber> {
	/// Commitments are taken from then on.
	pub opens: Instant<BlockNumber>,
	/// The right to withdraw ends.
	pub lock_at: Instant<BlockNumber>,
	/// No commitment is taken any more.
	pub closes: Instant<BlockNumber>,
	/// The campaign has succeeded or failed.
	pub deadline: Instant<BlockNumber>,
}

/// The limits within which founders choose their terms, and the periods that are the same for all.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	Serialize,
	TypeInfo,
)]
#[serde(rename_all = "camelCase")]
pub struct Rules<BlockNumber> {
	/// Longest time from `open` until commitments are taken.
	pub max_opens_after: BlockNumber,
	/// Shortest time for which commitments are taken.
	pub min_period: BlockNumber,
	/// Longest time for which commitments are taken.
	pub max_period: BlockNumber,
	/// How long investors can agree to changed terms.
	pub reconfirm: BlockNumber,
	/// Shortest time from the announcement of an early close to the deadline.
	pub early_close_notice: BlockNumber,
	/// Shortest time to vote.
	pub min_voting: BlockNumber,
	/// Longest time to vote.
	pub max_voting: BlockNumber,
	/// Shortest time in which those who were overruled can leave.
	pub min_grace: BlockNumber,
	/// Longest time in which those who were overruled can leave.
	pub max_grace: BlockNumber,
	/// Longest time for a milestone, and longest extension.
	pub max_duration: BlockNumber,
	/// So long after the due date anyone may end the campaign.
	pub due_grace: BlockNumber,
	/// So long after a rejected milestone it can be submitted again.
	pub resubmit_pause: BlockNumber,
	/// Longest dispute.
	pub max_dispute: BlockNumber,
	/// So long after a dispute the next one can be raised.
	pub dispute_pause: BlockNumber,
	/// How long a petition collects signatures.
	pub petition: BlockNumber,
	/// So long after a vote of no confidence the next one can be asked for.
	pub no_confidence_pause: BlockNumber,
	/// Longest time for which positions cannot change hands.
	pub max_lock_up: BlockNumber,
}

/// What a campaign in some asset must be worth at least.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct AssetRules {
	/// Smallest goal.
	pub min_goal: Balance,
	/// Smallest ticket that a campaign may name; at least ten times the least balance of an account.
	pub min_ticket: Balance,
}

/// One investor's stake in one campaign.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Position<AccountId, BlockNumber> {
	/// The campaign.
	pub campaign: CampaignId,
	/// Who owns it.
	pub owner: AccountId,
	/// One unit is the smallest unit of the asset that was committed and is still at work.
	pub units: Balance,
	/// Version of the terms to which the owner agreed.
	pub version: u8,
	/// When money was last added.
	pub committed_at: Instant<BlockNumber>,
	/// The last round in which it voted.
	pub last_round: u32,
	/// What it voted there.
	pub aye: bool,
	/// The last petition that it signed.
	pub last_petition: u32,
	/// The person behind it and the month in which its money counts, where caps apply.
	pub subject: Option<(SubjectId, Month)>,
	/// Revenue that it has had, or that came before its time.
	pub revenue_debt: Balance,
	/// What had been put to work of its money when it left.
	pub equity: Balance,
	/// Storage deposit on hold from the owner, in the native token.
	pub deposit: Balance,
	/// Whether it has a receipt in `pallet-nfts`.
	pub receipt: bool,
	/// Whether only the owner may claim.
	pub only_owner_claims: bool,
}

/// Who may do something.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub enum Actor {
	/// Any account.
	#[codec(index = 0)]
	Anyone,
	/// The owner of the metaverse.
	#[codec(index = 1)]
	Founder,
	/// Whoever the policy admits.
	#[codec(index = 2)]
	Investor,
	/// The owner of a position.
	#[codec(index = 3)]
	PositionOwner,
	/// The owner of a position that voted against it.
	#[codec(index = 4)]
	NoVoter,
	/// The owner of a position that did not vote for it.
	#[codec(index = 5)]
	NotYesVoter,
	/// The owner of a position that has not agreed to the present terms.
	#[codec(index = 6)]
	StaleOwner,
	/// The network's arbiter.
	#[codec(index = 7)]
	Arbiter,
	/// The network's guardian.
	#[codec(index = 8)]
	Guardian,
	/// The owner of a position whose cooling-off is not over.
	#[codec(index = 9)]
	CoolingOff,
}

/// What may happen next.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub enum Action {
	/// `open`.
	#[codec(index = 0)]
	Open,
	/// `discard`.
	#[codec(index = 1)]
	Discard,
	/// `commit`.
	#[codec(index = 2)]
	Commit,
	/// `withdraw`.
	#[codec(index = 3)]
	Withdraw,
	/// `amend`.
	#[codec(index = 4)]
	Amend,
	/// `reconfirm`.
	#[codec(index = 5)]
	Reconfirm,
	/// `announce_early_close`.
	#[codec(index = 6)]
	AnnounceEarlyClose,
	/// `cancel`.
	#[codec(index = 7)]
	Cancel,
	/// `advance`: the campaign succeeds.
	#[codec(index = 8)]
	Activate,
	/// `advance`: the campaign fails.
	#[codec(index = 9)]
	Fail,
	/// `submit_milestone`.
	#[codec(index = 10)]
	SubmitMilestone,
	/// `request_extension`.
	#[codec(index = 11)]
	RequestExtension,
	/// `vote`.
	#[codec(index = 12)]
	Vote,
	/// `advance`: the result of a vote takes effect, without a payment.
	#[codec(index = 13)]
	Settle,
	/// `exit`.
	#[codec(index = 14)]
	Exit,
	/// `advance`: the tranche is paid.
	#[codec(index = 15)]
	Release,
	/// `advance`: the campaign is wound down.
	#[codec(index = 16)]
	WindDown,
	/// `abandon`.
	#[codec(index = 17)]
	Abandon,
	/// `raise_dispute`.
	#[codec(index = 18)]
	RaiseDispute,
	/// `resolve_dispute`.
	#[codec(index = 19)]
	ResolveDispute,
	/// `call_no_confidence`.
	#[codec(index = 20)]
	CallNoConfidence,
	/// `claim`, `claim_to`: everything comes back.
	#[codec(index = 21)]
	Refund,
	/// `claim`, `claim_to`: a share of what is left.
	#[codec(index = 22)]
	Claim,
	/// `mint_receipt`.
	#[codec(index = 23)]
	MintReceipt,
	/// `transfer_position`.
	#[codec(index = 24)]
	TransferPosition,
	/// `deposit_revenue`.
	#[codec(index = 25)]
	DepositRevenue,
	/// `claim_revenue`.
	#[codec(index = 26)]
	ClaimRevenue,
	/// `close`.
	#[codec(index = 27)]
	Close,
	/// `advance`: a bond goes back that could not be received before.
	#[codec(index = 28)]
	ReturnBond,
}

/// One thing that may happen next, by whom and when.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct NextStep<BlockNumber> {
	/// What.
	pub action: Action,
	/// By whom.
	pub actor: Actor,
	/// Not before then; at once when `None`.
	pub from: Option<Instant<BlockNumber>>,
	/// Not from then on; no end when `None`.
	pub until: Option<Instant<BlockNumber>>,
}

/// What `escrow_campaign` answers.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct CampaignView<AccountId, BlockNumber> {
	/// Its id.
	pub id: CampaignId,
	/// The metaverse for which it collects.
	pub metaverse: MetaverseId,
	/// The owner of the metaverse, who acts for the campaign.
	pub founder: Option<AccountId>,
	/// Who paid bond and deposit, and gets them back.
	pub sponsor: AccountId,
	/// Where tranches are paid.
	pub beneficiary: AccountId,
	/// Where the money waits.
	pub pot: AccountId,
	/// What is stored of its life.
	pub state: State,
	/// The state with what the clock adds.
	pub phase: Phase,
	/// What the clock says.
	pub now: Instant<BlockNumber>,
	/// Version of the terms.
	pub version: u8,
	/// Hash of all terms of this version, which investors sign.
	pub terms_hash: H256,
	/// The terms.
	pub terms: Terms<BlockNumber>,
	/// The milestones.
	pub milestones: Vec<Milestone<BlockNumber>>,
	/// Who may invest. Caps and exclusions of persons only apply when it is `Attested`.
	pub policy: PolicyInput<AccountId>,
	/// Its windows, once it was opened.
	pub schedule: Option<Schedule<BlockNumber>>,
	/// Investors can agree to changed terms until then.
	pub reconfirm_until: Option<Instant<BlockNumber>>,
	/// Principal that belongs to the units.
	pub pool: Balance,
	/// Units at work.
	pub units: Balance,
	/// Money of investors who have not agreed to changed terms; theirs to take at any time.
	pub stale: Balance,
	/// The founder's bond on hold.
	pub bond: Balance,
	/// Every flow since the beginning.
	pub money: Money,
	/// Positions that exist.
	pub positions: u32,
	/// Positions that agreed to the present terms and have units.
	pub investors: u32,
	/// The milestone that comes next, counted from 0.
	pub next_milestone: u8,
	/// How often it was submitted in vain.
	pub attempts: u8,
	/// When it is due.
	pub due: Option<Instant<BlockNumber>>,
	/// What the next tranche comes to now, the network's fee included.
	pub next_tranche: Balance,
	/// The vote that is open.
	pub round: Option<Round<BlockNumber>>,
	/// How it stands.
	pub outcome: Option<Outcome>,
	/// The dispute that is open.
	pub dispute: Option<Dispute<AccountId, BlockNumber>>,
	/// Who asks for a vote of no confidence.
	pub petition: Option<Petition<BlockNumber>>,
	/// What may happen next, by whom and when.
	pub next: Vec<NextStep<BlockNumber>>,
}

/// What `escrow_position` answers.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct PositionView<AccountId, BlockNumber> {
	/// Its id.
	pub id: PositionId,
	/// What is stored.
	pub position: Position<AccountId, BlockNumber>,
	/// Whether its owner agreed to the present terms.
	pub live: bool,
	/// What of its money is at work in the startup.
	pub deployed: Balance,
	/// What it could take out now.
	pub claimable: Claimable,
}

/// What a position could take out now, and by which call.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Claimable {
	/// With `withdraw`: it changed its mind in time.
	pub withdraw: Balance,
	/// With `exit`: it was overruled.
	pub exit: Balance,
	/// With `claim`: a refund, or its share after a wind-down.
	pub claim: Balance,
	/// With `claim_revenue`.
	pub revenue: Balance,
}

/// What a ticket would be accepted for now.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct TicketQuote {
	/// What would be accepted; less than was asked for when a limit is near.
	pub accepted: Balance,
	/// What the cap leaves.
	pub room: Balance,
	/// Smallest ticket now.
	pub min_ticket: Balance,
	/// Native token that is put on hold for the storage of a new position.
	pub deposit: Balance,
	/// Version of the terms to name.
	pub version: u8,
	/// Hash of the terms to sign.
	pub terms_hash: H256,
	/// Whether limits for persons come on top, which only the commitment itself can tell.
	pub limits_apply: bool,
}

/// Why a query about campaigns has no answer.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub enum EscrowQueryError {
	/// No campaign has this id.
	#[codec(index = 0)]
	UnknownCampaign,
	/// No position has this id.
	#[codec(index = 1)]
	UnknownPosition,
	/// The limit is zero or above [`crate::MAX_PAGE`].
	#[codec(index = 2)]
	BadLimit,
	/// The cursor does not belong to this list.
	#[codec(index = 3)]
	BadCursor,
	/// The campaign takes no commitments now.
	#[codec(index = 4)]
	NotOpen,
}
