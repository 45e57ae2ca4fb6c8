//! # Escrow
//!
//! Investors fund the startup behind a metaverse; the money waits here and moves only as the terms
//! say.
//!
//! ## A story
//!
//! On the first of March Jiwoo, who owns a metaverse, drafts a **campaign**: she wants 100,000, in
//! three milestones, and puts 3,000 of her own at stake. She opens it. For thirty days Minho, Sora and
//! others **commit** money; each signs the hash of the terms. Sora changes her mind on the tenth and
//! withdraws. In April 120,000 are together, so the campaign is **active**. In June Jiwoo **submits**
//! her first milestone; the investors **vote** for two weeks. Minho voted against it and was
//! overruled: in the **grace** week he leaves with his share of everything that has not been paid.
//! Then anyone makes the payment. Had the campaign failed, everybody could have taken back all that
//! they had put in, at any time and for ever; had Jiwoo vanished, her bond and all that was left.
//!
//! ## How it holds together
//!
//! - **States.** A campaign is `Draft`, `Funding`, `Active`, `Failed`, `WindDown` or `Completed`; all
//!   else follows from the clock ([`Pallet::phase`]), so a call that nobody makes blocks nobody. Every
//!   change of the state goes through one function.
//! - **Money.** One asset for each campaign, one account for each campaign: its pot. What investors own
//!   is on hold there as [`HoldReason::Principal`], the founder's bond as [`HoldReason::Bond`]. What
//!   else lies in the pot is not counted. The books satisfy `committed + slashed = pool + stale +
//!   withdrawn + refunded + released + fees + exited + claimed` to the unit after every call.
//! - **No loops.** Every call does the same work for ten investors and for a hundred thousand. Payouts
//!   are pulled by whom they belong to.
//! - **Votes** belong to positions, and positions cannot be split, so nobody votes twice. Tallies
//!   are kept as the votes come; nothing is ever cleared.
//! - **Time.** A window ends once both its block and its time have come. A chain that stands still
//!   makes windows longer, never shorter.
//! - **Refunds.** Nothing that decides whether somebody gets money back reads an attestation, a
//!   suspension, or what a privileged origin says.
#![cfg_attr(not(feature = "std"), no_std)]
// The rules for code that runs on chain, the same in every such crate; see docs/building.md.
#![cfg_attr(
	not(any(test, feature = "runtime-benchmarks")),
	warn(
		clippy::allow_attributes_without_reason,
		clippy::arithmetic_side_effects,
		clippy::cast_lossless,
		clippy::cast_possible_truncation,
		clippy::cast_possible_wrap,
		clippy::cast_precision_loss,
		clippy::cast_sign_loss,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::let_underscore_must_use,
		clippy::panic,
		clippy::panic_in_result_fn,
		clippy::string_slice,
		clippy::unreachable,
		clippy::unused_result_ok,
		clippy::unwrap_used
	)
)]

extern crate alloc;

pub use pallet::*;
pub use types::*;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod clock;
mod costs;
mod disputes;
mod funding;
mod milestones;
mod money;
mod payouts;
mod queries;
mod receipts;
mod revenue;
mod steps;
#[cfg(any(feature = "std", feature = "try-runtime"))]
#[expect(
	clippy::arithmetic_side_effects,
	reason = "the runtime of a chain does not have it, and it adds up what exists"
)]
mod try_state;
mod types;
pub mod weights;

pub use weights::WeightInfo;

#[frame_support::pallet]
#[expect(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	clippy::unreachable,
	reason = "FRAME's macros write such code; primitives/tests/rules.rs finds what is written by hand"
)]
pub mod pallet {
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles, StorageVersion, Time},
	};
	use frame_system::pallet_prelude::*;
	use madang_primitives::{
		attestation::SubjectId,
		escrow::{
			Amendment, AssetKind, AssetRules, CampaignId, Dispute, Milestone, Outcome, Petition,
			PolicyInput, Position, PositionId, Round, RoundKind, Rules, Ruling, State, Terms,
		},
		traits::{Attestations, Metaverses},
		Balance, CollectionId, MetaverseId,
	};
	use sp_core::H256;
	use sp_runtime::{
		traits::{BlockNumberProvider, StaticLookup, TypedGet},
		Permill,
	};

	use super::*;

	pub(crate) type AccountIdLookupOf<T> =
		<<T as frame_system::Config>::Lookup as StaticLookup>::Source;
	pub(crate) type CampaignOf<T> =
		Campaign<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	pub(crate) type AgreementOf<T> =
		Agreement<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	pub(crate) type PositionOf<T> =
		Position<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	pub(crate) type DisputeOf<T> =
		Dispute<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>>
		+ pallet_nfts::Config<CollectionId = CollectionId, ItemId = PositionId>
	{
		/// The native token, in which storage deposits are held.
		type Native: fungible::Inspect<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// The native token and all assets, as one.
		type Tokens: fungibles::Inspect<Self::AccountId, AssetId = AssetKind, Balance = Balance>
			+ fungibles::Mutate<Self::AccountId>;

		/// Holds on the same.
		type TokenHolds: fungibles::Inspect<Self::AccountId, AssetId = AssetKind, Balance = Balance>
			+ fungibles::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// The registry of metaverses: owners, accounts, suspensions.
		type Metaverses: Metaverses<Self::RuntimeOrigin, Self::AccountId>;

		/// The registry of attested investors.
		type Attestations: Attestations<Self::AccountId, AssetKind>;

		/// The clock that counts blocks.
		type Blocks: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

		/// The clock that counts milliseconds.
		type Time: Time<Moment = u64>;

		/// Milliseconds from one block to the next.
		#[pallet::constant]
		type BlockTime: Get<u64>;

		/// Makes the pots, and the account that owns the collection of receipts.
		#[pallet::constant]
		type PotId: Get<frame_support::PalletId>;

		/// The network's treasury.
		type Treasury: TypedGet<Type = Self::AccountId>;

		/// Decides which assets may be collected.
		type AssetOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Decides disputes.
		type ArbiterOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// May cancel a fraudulent campaign before the startup has had any money.
		type GuardianOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The rules, unless genesis says otherwise.
		type DefaultRules: Get<Rules<BlockNumberFor<Self>>>;

		/// Most that can be paid at once on success.
		#[pallet::constant]
		type MaxKickoff: Get<Permill>;

		/// Least bond of a founder, as a share of the goal.
		#[pallet::constant]
		type MinBond: Get<Permill>;

		/// The network's share of what is released. Refunds, exits and claims are free.
		#[pallet::constant]
		type ReleaseFee: Get<Permill>;

		/// Bond of a dispute, as a share of what was raised.
		#[pallet::constant]
		type DisputeBond: Get<Permill>;

		/// Share of the units that must sign for a vote of no confidence.
		#[pallet::constant]
		type PetitionShare: Get<Permill>;

		/// How often one milestone may be turned down.
		#[pallet::constant]
		type MaxAttempts: Get<u8>;

		/// How often the terms may change.
		#[pallet::constant]
		type MaxAmendments: Get<u8>;

		/// Storage deposit for anything that is stored.
		#[pallet::constant]
		type DepositBase: Get<Balance>;

		/// Storage deposit for each byte of it.
		#[pallet::constant]
		type DepositPerByte: Get<Balance>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the stage for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// The storage version of this pallet.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The id of the next campaign.
	#[pallet::storage]
	pub type NextCampaign<T: Config> = StorageValue<_, CampaignId, ValueQuery>;

	/// The id of the next position.
	#[pallet::storage]
	pub type NextPosition<T: Config> = StorageValue<_, PositionId, ValueQuery>;

	/// The books and the progress of each campaign.
	#[pallet::storage]
	pub type Campaigns<T: Config> = StorageMap<_, Twox64Concat, CampaignId, CampaignOf<T>>;

	/// What the investors of each campaign agree to.
	#[pallet::storage]
	pub type Agreements<T: Config> = StorageMap<_, Twox64Concat, CampaignId, AgreementOf<T>>;

	/// The vote that is open in a campaign.
	#[pallet::storage]
	pub type Rounds<T: Config> = StorageMap<_, Twox64Concat, CampaignId, Round<BlockNumberFor<T>>>;

	/// The dispute that is open in a campaign.
	#[pallet::storage]
	pub type Disputes<T: Config> = StorageMap<_, Twox64Concat, CampaignId, DisputeOf<T>>;

	/// Who asks for a vote of no confidence in a campaign.
	#[pallet::storage]
	pub type Petitions<T: Config> =
		StorageMap<_, Twox64Concat, CampaignId, Petition<BlockNumberFor<T>>>;

	/// The stakes of investors.
	#[pallet::storage]
	pub type Positions<T: Config> = StorageMap<_, Twox64Concat, PositionId, PositionOf<T>>;

	/// The position that an account owns in a campaign. There is at most one.
	#[pallet::storage]
	pub type PositionOfOwner<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, CampaignId, PositionId>;

	/// The position of a person in a campaign, where an attester vouches for persons. There is at most
	/// one, whatever the accounts of the person.
	#[pallet::storage]
	pub type PositionOfPerson<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CampaignId, Blake2_128Concat, SubjectId, PositionId>;

	/// The campaign of a metaverse that is neither over nor discarded.
	#[pallet::storage]
	pub type LiveCampaignOf<T: Config> = StorageMap<_, Twox64Concat, MetaverseId, CampaignId>;

	/// The campaign of a founder that is neither over nor discarded.
	#[pallet::storage]
	pub type LiveCampaignBy<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, CampaignId>;

	/// All campaigns of a metaverse that still exist.
	#[pallet::storage]
	pub type CampaignsOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, MetaverseId, Twox64Concat, CampaignId, ()>;

	/// The assets that may be collected.
	#[pallet::storage]
	pub type Assets<T: Config> = StorageMap<_, Blake2_128Concat, AssetKind, AssetRules>;

	/// The collection of `pallet-nfts` whose items are the receipts.
	#[pallet::storage]
	pub type ReceiptCollection<T: Config> = StorageValue<_, CollectionId>;

	/// The receipt that this pallet is moving or burning right now. Every other one is locked.
	#[pallet::storage]
	pub type ReceiptInMotion<T: Config> = StorageValue<_, PositionId>;

	/// The rules, as genesis set them.
	#[pallet::storage]
	pub type StoredRules<T: Config> =
		StorageValue<_, Rules<BlockNumberFor<T>>, ValueQuery, T::DefaultRules>;

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// In a pot: what belongs to the investors.
		#[codec(index = 0)]
		Principal,
		/// In a pot: what a founder and who raised a dispute put at stake.
		#[codec(index = 1)]
		Bond,
		/// In a pot: revenue that waits for the investors.
		#[codec(index = 2)]
		Revenue,
		/// In the account of a founder: for the storage of a campaign.
		#[codec(index = 3)]
		Campaign,
		/// In the account of an investor: for the storage of a position and its receipt.
		#[codec(index = 4)]
		Position,
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A founder wrote the terms of a campaign.
		Created {
			/// The campaign.
			campaign: CampaignId,
			/// The metaverse.
			metaverse: MetaverseId,
			/// Who pays bond and deposit.
			sponsor: T::AccountId,
			/// Hash of all terms.
			terms_hash: H256,
		},
		/// A campaign went from one state to another.
		StateChanged {
			/// The campaign.
			campaign: CampaignId,
			/// Before.
			from: State,
			/// Now.
			to: State,
		},
		/// A draft was thrown away.
		Discarded {
			/// The campaign that was.
			campaign: CampaignId,
		},
		/// An investor put money in.
		Committed {
			/// The campaign.
			campaign: CampaignId,
			/// The investor's position.
			position: PositionId,
			/// The investor.
			who: T::AccountId,
			/// What was accepted.
			accepted: Balance,
			/// What the position has now.
			units: Balance,
		},
		/// An investor took money out again in time.
		Withdrawn {
			/// The campaign.
			campaign: CampaignId,
			/// The position.
			position: PositionId,
			/// How much.
			amount: Balance,
		},
		/// The terms changed. Who does not agree to them in time gets the money back.
		Amended {
			/// The campaign.
			campaign: CampaignId,
			/// Version of the terms now.
			version: u8,
			/// Hash of all terms now.
			terms_hash: H256,
		},
		/// An investor agreed to the changed terms.
		Reconfirmed {
			/// The campaign.
			campaign: CampaignId,
			/// The position.
			position: PositionId,
			/// Its units.
			units: Balance,
		},
		/// The deadline comes earlier.
		EarlyCloseAnnounced {
			/// The campaign.
			campaign: CampaignId,
			/// Block of the new deadline.
			deadline: BlockNumberFor<T>,
		},
		/// The founder shows what was done for a milestone, and the investors vote.
		MilestoneSubmitted {
			/// The campaign.
			campaign: CampaignId,
			/// The milestone.
			milestone: u8,
			/// The vote.
			round: u32,
			/// Hash of what is shown.
			evidence: H256,
		},
		/// A vote began.
		RoundOpened {
			/// The campaign.
			campaign: CampaignId,
			/// Its number.
			round: u32,
			/// What it is about.
			kind: RoundKind<BlockNumberFor<T>>,
		},
		/// A position voted, or changed its vote.
		Voted {
			/// The campaign.
			campaign: CampaignId,
			/// The vote.
			round: u32,
			/// The position.
			position: PositionId,
			/// For it.
			aye: bool,
			/// With so many units.
			units: Balance,
		},
		/// A vote is over and has taken effect.
		RoundSettled {
			/// The campaign.
			campaign: CampaignId,
			/// The vote.
			round: u32,
			/// How it went.
			outcome: Outcome,
		},
		/// A tranche was paid.
		Released {
			/// The campaign.
			campaign: CampaignId,
			/// The milestone; `None` for what was paid on success without a vote.
			milestone: Option<u8>,
			/// What the startup got.
			amount: Balance,
			/// What the network got.
			fee: Balance,
		},
		/// What should have been paid on success could not be received. It stays with the milestones.
		KickoffSkipped {
			/// The campaign.
			campaign: CampaignId,
		},
		/// A milestone got another due date.
		Extended {
			/// The campaign.
			campaign: CampaignId,
			/// The milestone.
			milestone: u8,
			/// Block in which it is due now.
			due: BlockNumberFor<T>,
		},
		/// An investor left with a share of what was left.
		Exited {
			/// The campaign.
			campaign: CampaignId,
			/// The position.
			position: PositionId,
			/// Units that are gone.
			units: Balance,
			/// What was paid out.
			paid: Balance,
			/// What of its money stays at work in the startup.
			equity: Balance,
		},
		/// An investor got back what was put in.
		Refunded {
			/// The campaign.
			campaign: CampaignId,
			/// The position that was.
			position: PositionId,
			/// Where it was paid.
			to: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// An investor got a share of what was left.
		Claimed {
			/// The campaign.
			campaign: CampaignId,
			/// The position that was.
			position: PositionId,
			/// Where it was paid.
			to: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// The owner of a position decided whether others may claim for it.
		ClaimForAllowed {
			/// The position.
			position: PositionId,
			/// Whether they may.
			allowed: bool,
		},
		/// A founder's bond came back.
		BondReturned {
			/// The campaign.
			campaign: CampaignId,
			/// How much.
			amount: Balance,
		},
		/// A founder's bond was lost to the investors, or to the treasury when none was left.
		BondSlashed {
			/// The campaign.
			campaign: CampaignId,
			/// How much.
			amount: Balance,
		},
		/// Somebody says that a payment must not go out.
		DisputeRaised {
			/// The campaign.
			campaign: CampaignId,
			/// Who.
			raiser: T::AccountId,
			/// At stake.
			bond: Balance,
		},
		/// A dispute is over.
		DisputeResolved {
			/// The campaign.
			campaign: CampaignId,
			/// What the arbiter decided; `None` when nobody decided in time.
			ruling: Option<Ruling>,
		},
		/// An investor asks for a vote of no confidence.
		PetitionSigned {
			/// The campaign.
			campaign: CampaignId,
			/// The position.
			position: PositionId,
			/// Units that have signed so far.
			units: Balance,
		},
		/// A position got its receipt.
		ReceiptMinted {
			/// The position, and the item.
			position: PositionId,
			/// The collection.
			collection: CollectionId,
		},
		/// A position changed hands.
		PositionTransferred {
			/// The position.
			position: PositionId,
			/// Before.
			from: T::AccountId,
			/// Now.
			to: T::AccountId,
		},
		/// Revenue came in for the investors.
		RevenueDeposited {
			/// The campaign.
			campaign: CampaignId,
			/// How much.
			amount: Balance,
		},
		/// A position got its share of the revenue.
		RevenueClaimed {
			/// The campaign.
			campaign: CampaignId,
			/// The position.
			position: PositionId,
			/// How much.
			amount: Balance,
		},
		/// A campaign without positions was removed.
		Closed {
			/// The campaign that was.
			campaign: CampaignId,
			/// What nobody owned of what lay in its pot; the treasury has it.
			swept: Balance,
		},
		/// Campaigns may collect this asset, or may not any more.
		AssetSet {
			/// The asset.
			asset: AssetKind,
			/// On what terms; `None` when not any more.
			rules: Option<AssetRules>,
		},
		/// Part of a deposit was not there any more when it was given back: another pallet had taken
		/// it from the account's reserve.
		DepositMissing {
			/// Whose deposit it was.
			who: T::AccountId,
			/// What was missing.
			missing: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No campaign has this id. `escrow_campaigns` lists them.
		UnknownCampaign,
		/// No position has this id. `escrow_positionsOf` lists those of an account.
		UnknownPosition,
		/// The metaverse is unknown, or a town. Only the metaverse of an account can collect money.
		NoSuchMetaverse,
		/// Only the owner of the metaverse may do this. Sign as its owner.
		NotFounder,
		/// The caller does not own the position. Sign as its owner, whom `escrow_position` names.
		NotPositionOwner,
		/// The metaverse, or its owner, has a campaign that is not over. One at a time.
		CampaignRunning,
		/// The campaign is in another state. `escrow_campaign` tells what may happen next.
		WrongState,
		/// The asset is not on the list of those that may be collected. Choose one that is.
		AssetNotAccepted,
		/// The goal is below what this asset demands, or zero. Ask for more.
		GoalTooSmall,
		/// The cap is below the goal. Raise it to the goal at least.
		CapBelowGoal,
		/// The cap is above an eighth of what a number can hold. Lower it.
		CapTooLarge,
		/// The smallest ticket is below what this asset demands, or above the cap.
		BadMinTicket,
		/// The bond is below `MinBond` of the goal, or above the goal.
		BadBond,
		/// At least one investor is needed, and no more than tickets fit under the cap.
		BadMinInvestors,
		/// The time until the campaign opens, or the time for which it is open, is outside of the rules.
		BadPeriod,
		/// The lock or the cooling-off is longer than the campaign is open.
		BadLock,
		/// The time to vote, or the grace after it, is outside of the rules.
		BadVoting,
		/// The lock-up is longer than the rules allow.
		BadLockUp,
		/// More than `MaxKickoff` would be paid at once. Lower it.
		KickoffTooLarge,
		/// A campaign has 1 to 12 milestones.
		BadMilestoneCount,
		/// Every milestone needs a weight above zero.
		ZeroWeight,
		/// A milestone's time is zero or longer than the rules allow.
		BadDuration,
		/// At least one class, at most eight, each once and with limits above zero.
		BadClasses,
		/// At most seven affiliates can be declared beside the founder.
		TooManyAffiliates,
		/// The campaign's attester does not vouch for the founder. Get attested first.
		FounderNotAttested,
		/// The campaign does not take commitments yet.
		NotOpenYet,
		/// It is too late for commitments: what remains is shorter than the cooling-off.
		CommitmentsClosed,
		/// The terms have just changed, and those who are in say first whether they stay. Come back when
		/// that window is over.
		ReconfirmWindow,
		/// This is not the version of the terms that counts. Read them again.
		WrongVersion,
		/// This is not the hash of the terms that count. Read them again.
		WrongTermsHash,
		/// An amount of zero does nothing.
		ZeroAmount,
		/// The cap is reached. Nothing more is accepted.
		CapReached,
		/// Less than the smallest ticket would be accepted. Commit more, or exactly what is left.
		TicketTooSmall,
		/// Less would be accepted than the caller wants at least. Lower `min_accept`.
		AcceptedTooLittle,
		/// The founder cannot invest in the own campaign, and neither can declared affiliates.
		InsiderExcluded,
		/// The campaign's attester does not vouch for the caller now.
		NotAttested,
		/// The person has a position in this campaign through another account. One account for each person
		/// and campaign.
		PersonInvested,
		/// Investors of this class are not admitted.
		ClassNotAdmitted,
		/// The limits of the caller's class leave no room for this.
		LimitReached,
		/// The caller agreed to an older version of the terms. Agree to the new ones, or take the money.
		StalePosition,
		/// The position agrees to the present terms already.
		AlreadyConfirmed,
		/// It is too late to withdraw: the lock has begun and the cooling-off is over.
		WithdrawalLocked,
		/// More than the position has.
		MoreThanPosition,
		/// What remained would be below the smallest ticket. Take everything, or less.
		RemainderTooSmall,
		/// The window to agree to changed terms is over. The money can be claimed at any time.
		ReconfirmOver,
		/// The terms changed too often already.
		TooManyAmendments,
		/// Investors are just agreeing to the last change. Wait until that window is over.
		AmendmentPending,
		/// It is too late to change the terms, or the new deadline leaves too little time for it.
		TooLateToAmend,
		/// The deadline would be too far away.
		DeadlineTooFar,
		/// The campaign has not reached its goal.
		GoalNotReached,
		/// The campaign must be open for the shortest period first.
		TooEarlyToClose,
		/// An early close was announced already.
		EarlyCloseAnnounced,
		/// The new deadline must be earlier than the old one and leave the time of the notice, of the lock
		/// and of the cooling-off.
		BadEarlyClose,
		/// Nothing is due now. `escrow_campaign` tells what comes next and when.
		NothingDue,
		/// The guardian has suspended the metaverse, so it takes and pays nothing now.
		Suspended,
		/// A dispute keeps the payment back until it is resolved or over.
		DisputeOpen,
		/// The startup's account could not receive the payment. Give it the least balance of the asset.
		BeneficiaryCannotReceive,
		/// A vote is open. Wait until it is over and settled with `advance`.
		RoundOpen,
		/// No vote is open for this.
		NoRound,
		/// The vote is over.
		VotingOver,
		/// The same vote was cast already.
		AlreadyVoted,
		/// The position has no units.
		NothingAtStake,
		/// The milestone was turned down a moment ago. Wait for the pause to end.
		SubmittedTooSoon,
		/// The milestone is overdue; nothing can be submitted or asked for any more.
		MilestoneOverdue,
		/// An extension was asked for already, or would be zero or longer than the rules allow.
		BadExtension,
		/// Only who was overruled may leave, and only in the grace window.
		CannotExit,
		/// There is nothing to claim for this position now.
		NothingToClaim,
		/// The owner wants to claim in person.
		OwnerClaims,
		/// The account could not receive the money. Name another one with `claim_to` or `exit_to`; if
		/// the whole asset is frozen, wait for its issuer.
		CannotReceive,
		/// A payment is due to the startup. It comes first.
		PaymentDue,
		/// Disputes are raised between the submission of a milestone and its payment.
		CannotDispute,
		/// A dispute was raised already, or the last one was a moment ago.
		DisputeTooSoon,
		/// No dispute is open.
		NoDispute,
		/// The position signed already.
		AlreadySigned,
		/// A vote of no confidence was held a short time ago.
		PetitionTooSoon,
		/// The position has its receipt already.
		ReceiptExists,
		/// Positions do not change hands before the lock-up is over.
		LockedUp,
		/// The receiver has a position in this campaign already, and an account has at most one.
		ReceiverInvested,
		/// No investor is left to share the revenue.
		NoUnits,
		/// Positions are left, or money that belongs to somebody. `advance` gives bonds back.
		NotEmpty,
		/// The money could not be taken: the caller has too little, or the asset is frozen.
		CannotPay,
		/// The storage deposit cannot be held: the account has too little native token to spend.
		DepositNotCovered,
		/// The pot could not be set up with the least balance of the asset. The caller pays it.
		PotNotFunded,
		/// The rules of an asset are below its least balances.
		BadAssetRules,
		/// The metaverse's account still has money of an asset that a campaign has paid. Take it out with
		/// `metaverse.spend_asset` first.
		AssetsLeft,
		/// No id is left.
		NoId,
		/// A sum went beyond what its type holds.
		Overflow,
		/// The books contradict each other. Please report it.
		Inconsistent,
	}

	/// Assets and rules from the first block on.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Assets that may be collected: asset, smallest goal, smallest ticket.
		pub assets: Vec<(AssetKind, Balance, Balance)>,
		/// The rules, if they are not the default ones.
		pub rules: Option<Rules<BlockNumberFor<T>>>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (asset, min_goal, min_ticket) in &self.assets {
				Assets::<T>::insert(
					asset,
					AssetRules {
						min_goal: *min_goal,
						min_ticket: *min_ticket,
					},
				);
			}
			if let Some(rules) = &self.rules {
				assert!(
					Pallet::<T>::rules_fit(rules),
					"the rules of escrow in genesis contradict each other"
				);
				StoredRules::<T>::put(rules);
			}
		}
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Drafts a campaign for a metaverse.
		///
		/// Its owner may. The storage deposit is held from the owner and comes back with `discard` or
		/// `close`. No other money moves yet. Fails when a term is outside of the rules, the asset is
		/// not accepted, or the metaverse or the owner has a campaign that is not over.
		#[pallet::call_index(0)]
		pub fn create(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			terms: Terms<BlockNumberFor<T>>,
			milestones: Vec<Milestone<BlockNumberFor<T>>>,
			policy: PolicyInput<T::AccountId>,
		) -> DispatchResult {
			let founder = Self::ensure_founder(origin, metaverse)?;
			Self::do_create(metaverse, founder, terms, milestones, policy)
		}

		/// Opens a draft for commitments.
		///
		/// The founder may. The bond goes on hold in the campaign's pot, and the pot gets the least balance
		/// of the native token and of the asset, which stay there until `close`. Fails when they
		/// cannot be paid, or the metaverse is suspended.
		#[pallet::call_index(1)]
		pub fn open(origin: OriginFor<T>, campaign: CampaignId) -> DispatchResult {
			Self::do_open(origin, campaign)
		}

		/// Throws a draft away.
		///
		/// The founder may, and who drafted it; the storage deposit comes back to who paid it.
		#[pallet::call_index(2)]
		pub fn discard(origin: OriginFor<T>, campaign: CampaignId) -> DispatchResult {
			Self::do_discard(origin, campaign)
		}

		/// Puts money into a campaign.
		///
		/// Whom the policy admits may, while the campaign is open. `version` and `terms_hash` say to which
		/// terms the investor agrees. What the cap and the limits leave is accepted, at most `amount`;
		/// the call fails when that is less than `min_accept` or than the smallest ticket. The money
		/// goes on hold in the pot; a new position takes a storage deposit. A second commitment adds to
		/// the position and starts its cooling-off again. Where nobody has to be attested, what that costs is
		/// given back of the fee.
		#[pallet::call_index(3)]
		pub fn commit(
			origin: OriginFor<T>,
			campaign: CampaignId,
			#[pallet::compact] amount: Balance,
			#[pallet::compact] min_accept: Balance,
			version: u8,
			terms_hash: H256,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let attested = Self::do_commit(campaign, who, amount, min_accept, version, terms_hash)?;
			Ok(costs::all_if(
				attested,
				<T as Config>::WeightInfo::commit_open,
			))
		}

		/// Takes money out again before it is too late.
		///
		/// The owner of a position may until the lock begins, and in any case as long as its cooling-off
		/// lasts. What remains must be nothing or at least the smallest ticket. There is no fee. With
		/// the last of the money the position goes, and its deposit comes back.
		#[pallet::call_index(4)]
		pub fn withdraw(
			origin: OriginFor<T>,
			position: PositionId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(position, who, amount)
		}

		/// Changes the terms.
		///
		/// The founder may before the lock, `MaxAmendments` times. From then on nobody's money counts until
		/// its owner has agreed with `reconfirm`; who does nothing can claim everything back at any
		/// time.
		#[pallet::call_index(5)]
		pub fn amend(
			origin: OriginFor<T>,
			campaign: CampaignId,
			amendment: Amendment<BlockNumberFor<T>>,
		) -> DispatchResult {
			Self::do_amend(origin, campaign, amendment)
		}

		/// Agrees to changed terms.
		///
		/// The owner of a position may in the window after a change. Fails when the version or the hash is
		/// not that of the present terms, or the cap leaves no room for the whole position.
		#[pallet::call_index(6)]
		pub fn reconfirm(
			origin: OriginFor<T>,
			position: PositionId,
			version: u8,
			terms_hash: H256,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_reconfirm(position, who, version, terms_hash)
		}

		/// Brings the deadline forward to `after` blocks from now.
		///
		/// The founder may once, when the goal is reached and the campaign was open for the shortest
		/// period. The right to withdraw goes on for the notice of the rules at least; then comes what
		/// the terms name as lock and cooling-off.
		#[pallet::call_index(7)]
		pub fn announce_early_close(
			origin: OriginFor<T>,
			campaign: CampaignId,
			after: BlockNumberFor<T>,
		) -> DispatchResult {
			Self::do_announce_early_close(origin, campaign, after)
		}

		/// Ends a campaign before it has succeeded. Everybody gets everything back.
		///
		/// The founder may, and the guardian. The bond comes back too.
		#[pallet::call_index(8)]
		pub fn cancel(origin: OriginFor<T>, campaign: CampaignId) -> DispatchResult {
			Self::do_cancel(origin, campaign)
		}

		/// Does what is due in a campaign: lets it succeed or fail after the deadline, settles a vote, pays
		/// an approved tranche, winds it down, gives bonds back.
		///
		/// Anyone may. `escrow_campaign` tells what is due and when. Fails with `NothingDue` otherwise.
		#[pallet::call_index(9)]
		pub fn advance(origin: OriginFor<T>, campaign: CampaignId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_advance(campaign)
		}

		/// Shows what was done for the next milestone and lets the investors vote.
		///
		/// The founder may, unless a vote or a dispute is open or the milestone is overdue.
		#[pallet::call_index(10)]
		pub fn submit_milestone(
			origin: OriginFor<T>,
			campaign: CampaignId,
			evidence: H256,
		) -> DispatchResult {
			Self::do_submit_milestone(origin, campaign, evidence)
		}

		/// Votes in the open round of the position's campaign, or changes the vote.
		///
		/// The owner of a position with units may until the vote ends.
		#[pallet::call_index(11)]
		pub fn vote(origin: OriginFor<T>, position: PositionId, aye: bool) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_vote(position, who, aye)
		}

		/// Leaves a campaign with a share of everything that has not been paid, the tranche in question
		/// included.
		///
		/// Who voted against what was approved may, in the grace window; when it was approved because too
		/// few voted, everybody who did not vote for it. Pending revenue is paid too. What of the
		/// money was at work already stays recorded; a position without units can be given up with
		/// this call at any time. Without a receipt, what burning it costs is given back of the fee. Fails when
		/// the owner's account cannot receive the money: see `exit_to`.
		#[pallet::call_index(12)]
		#[pallet::weight(costs::dearest_exit::<T>())]
		pub fn exit(origin: OriginFor<T>, position: PositionId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let receipt = Self::do_exit(position, &who, &who)?;
			Ok(costs::all_if(receipt, <T as Config>::WeightInfo::exit))
		}

		/// Claims what belongs to a position: everything back when the campaign failed or its owner did not
		/// agree to changed terms, a share of what is left after a wind-down.
		///
		/// The owner may at any time, for ever, and no part of the money is kept. The position goes and its
		/// deposit comes back. What is not needed of it is given back of the transaction's fee: another asset
		/// than the native token, an attested person to forget, a receipt to burn. Fails when the owner's
		/// account cannot receive the money: see `claim_to`.
		#[pallet::call_index(13)]
		#[pallet::weight(costs::dearest_claim::<T>(false))]
		pub fn claim(origin: OriginFor<T>, position: PositionId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let needs = Self::do_claim(position, &who, &who)?;
			Ok(Some(costs::claim::<T>(&needs)).into())
		}

		/// Claims like `claim`, to another account.
		///
		/// The owner of the position may.
		#[pallet::call_index(14)]
		#[pallet::weight(costs::dearest_claim::<T>(true))]
		pub fn claim_to(
			origin: OriginFor<T>,
			position: PositionId,
			dest: AccountIdLookupOf<T>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let dest = T::Lookup::lookup(dest)?;
			let needs = Self::do_claim(position, &who, &dest)?;
			Ok(Some(costs::claim::<T>(&needs)).into())
		}

		/// Claims for somebody else, to the owner of the position.
		///
		/// Anyone may after a campaign has failed or was wound down, unless the owner said otherwise.
		#[pallet::call_index(15)]
		#[pallet::weight(costs::dearest_claim::<T>(false))]
		pub fn claim_for(origin: OriginFor<T>, position: PositionId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let needs = Self::do_claim_for(position)?;
			Ok(Some(costs::claim::<T>(&needs)).into())
		}

		/// Gives a campaign up. What is left belongs to the investors.
		///
		/// The founder may, unless a payment is due to the startup, or a dispute or a vote of no confidence
		/// is open. The bond comes back, unless the milestone is late and no vote was asked for in time.
		#[pallet::call_index(16)]
		pub fn abandon(origin: OriginFor<T>, campaign: CampaignId) -> DispatchResult {
			Self::do_abandon(origin, campaign)
		}

		/// Keeps a payment back until the arbiter has looked at it, or the dispute has run out.
		///
		/// The owner of a position with units may between the submission of a milestone and its payment.
		/// A bond of `DisputeBond` of what was raised is held; a frivolous dispute loses it to the
		/// other investors.
		#[pallet::call_index(17)]
		pub fn raise_dispute(origin: OriginFor<T>, position: PositionId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_raise_dispute(position, who)
		}

		/// Decides a dispute.
		///
		/// The arbiter may before it has run out. No ruling sends money anywhere but where the terms do.
		#[pallet::call_index(18)]
		pub fn resolve_dispute(
			origin: OriginFor<T>,
			campaign: CampaignId,
			ruling: Ruling,
		) -> DispatchResult {
			T::ArbiterOrigin::ensure_origin(origin)?;
			Self::do_resolve_dispute(campaign, ruling)
		}

		/// Asks for a vote of no confidence, or joins those who do.
		///
		/// The owner of a position with units may while no vote is open. Once `PetitionShare` of the units
		/// have signed, the vote begins. It takes two votes in a row to end a campaign.
		#[pallet::call_index(19)]
		pub fn call_no_confidence(origin: OriginFor<T>, position: PositionId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_call_no_confidence(position, who)
		}

		/// Asks the investors for `blocks` more for the next milestone.
		///
		/// The founder may once for each milestone. Who votes against it and is overruled may leave.
		#[pallet::call_index(20)]
		pub fn request_extension(
			origin: OriginFor<T>,
			campaign: CampaignId,
			blocks: BlockNumberFor<T>,
			reason: H256,
		) -> DispatchResult {
			Self::do_request_extension(origin, campaign, blocks, reason)
		}

		/// Mints the receipt of a position as an item of `pallet-nfts`.
		///
		/// The owner may after success; the storage deposit grows by that of the item. The item cannot be
		/// transferred or burned there; `transfer_position` moves it along.
		#[pallet::call_index(21)]
		pub fn mint_receipt(origin: OriginFor<T>, position: PositionId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_mint_receipt(position, who)
		}

		/// Gives a position to somebody else, with its votes, its pending revenue and its receipt.
		///
		/// The owner may once the lock-up after success is over, to whom the policy admits and who has no
		/// position in the campaign yet. The storage deposit goes along: it stays on hold, and is the
		/// receiver's from then on.
		#[pallet::call_index(22)]
		pub fn transfer_position(
			origin: OriginFor<T>,
			position: PositionId,
			to: AccountIdLookupOf<T>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let to = T::Lookup::lookup(to)?;
			Self::do_transfer_position(position, who, to)
		}

		/// Pays revenue into a campaign, to be shared by its units.
		///
		/// Anyone may after success, while a unit is left.
		#[pallet::call_index(23)]
		pub fn deposit_revenue(
			origin: OriginFor<T>,
			campaign: CampaignId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deposit_revenue(campaign, who, amount)
		}

		/// Claims the revenue of a position.
		///
		/// Its owner may at any time.
		#[pallet::call_index(24)]
		pub fn claim_revenue(origin: OriginFor<T>, position: PositionId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_claim_revenue(position, who)
		}

		/// Removes a campaign that is over and in which nobody has anything any more.
		///
		/// Anyone may. What lies in the pot beside the books goes to the treasury; the founder's storage
		/// deposit comes back.
		#[pallet::call_index(25)]
		pub fn close(origin: OriginFor<T>, campaign: CampaignId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_close(campaign)
		}

		/// Decides whether others may claim for a position with `claim_for`. At first they may.
		///
		/// The owner of the position may.
		#[pallet::call_index(26)]
		pub fn allow_claim_for(
			origin: OriginFor<T>,
			position: PositionId,
			allowed: bool,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_allow_claim_for(position, who, allowed)
		}

		/// Puts an asset on the list of those that campaigns may collect, changes its rules, or with none
		/// takes it off. Campaigns that collect it already go on.
		///
		/// The network may.
		#[pallet::call_index(27)]
		pub fn set_asset(
			origin: OriginFor<T>,
			asset: AssetKind,
			rules: Option<AssetRules>,
		) -> DispatchResult {
			T::AssetOrigin::ensure_origin(origin)?;
			Self::do_set_asset(asset, rules)
		}

		/// Leaves like `exit`, with the money going to another account.
		///
		/// The owner of the position may.
		#[pallet::call_index(28)]
		#[pallet::weight(costs::dearest_exit::<T>())]
		pub fn exit_to(
			origin: OriginFor<T>,
			position: PositionId,
			dest: AccountIdLookupOf<T>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let dest = T::Lookup::lookup(dest)?;
			let receipt = Self::do_exit(position, &who, &dest)?;
			Ok(costs::all_if(receipt, <T as Config>::WeightInfo::exit))
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				Self::rules_fit(&T::DefaultRules::get()),
				"the default rules do not contradict each other"
			);
			assert!(T::MaxAttempts::get() > 0, "a milestone can be submitted");
			assert!(
				T::MaxAmendments::get() < u8::MAX,
				"versions of the terms fit their type"
			);
			assert!(T::BlockTime::get() > 0, "blocks take time");
			assert!(
				!T::PetitionShare::get().is_zero(),
				"a petition needs a signature"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
