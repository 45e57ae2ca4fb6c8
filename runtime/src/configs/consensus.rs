//! Who makes blocks, who finalizes them, and how the set of validators changes.
//!
//! Root or the council invite validators (`validatorSelection.addInvulnerable`); anybody else may
//! stand with a bond when there are places. A new set begins to work two sessions later. Bonds are
//! held by [`Validators`], which lets them wait when they come back and takes them for equivocations;
//! `docs/validators.md` says it step by step.

use frame_support::traits::{tokens::imbalance::ResolveTo, ConstBool, ConstU32, ConstU64};
use frame_system::RawOrigin;
use madang_runtime_common::{
	params::{
		KickThreshold, SessionKeyDeposit, SessionOffset, SessionPeriod, ValidatorPotId,
		MAX_CANDIDATES, MAX_INVITED, SESSION,
	},
	time::{DAYS, SLOT_DURATION},
};
use pallet_collator_selection::IdentityCollator;
use pallet_session::{FindAccountFromAuthorIndex, PeriodicSessions};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::traits::OpaqueKeys;
use sp_session::MembershipProof;
use sp_staking::SessionIndex;

use crate::{
	application::configs::{governance::RootOrCouncilMajority, treasury::TreasuryAccount},
	weights, AccountId, Aura, Balances, Moment, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, Session, SessionKeys, UncheckedExtrinsic, ValidatorSelection, Validators,
};

// Of the generated weights the only ones that the parachain has no pallet for.
#[rustfmt::skip]
#[path = "../weights/pallet_validators.rs"]
mod pallet_validators_weights;

/// Most validators in a session.
pub const MAX_VALIDATORS: u32 = MAX_CANDIDATES + MAX_INVITED;
/// Sessions for which an equivocation can be reported, and so, nearly, how long a bond waits: a week.
const REPORT_WINDOW: SessionIndex = 7 * DAYS / SESSION;

impl pallet_timestamp::Config for Runtime {
	type MinimumPeriod = ConstU64<{ SLOT_DURATION / 2 }>;
	type Moment = Moment;
	type OnTimestampSet = Aura;
	type WeightInfo = weights::pallet_timestamp::WeightInfo<Runtime>;
}

impl pallet_authorship::Config for Runtime {
	type EventHandler = ValidatorSelection;
	type FindAuthor = FindAccountFromAuthorIndex<Runtime, Aura>;
}

impl pallet_collator_selection::Config for Runtime {
	// Holds the bonds, and lets them wait when they are given back.
	type Currency = Validators;
	type KickThreshold = KickThreshold;
	type MaxCandidates = ConstU32<MAX_CANDIDATES>;
	type MaxInvulnerables = ConstU32<MAX_INVITED>;
	type MinEligibleCollators = ConstU32<1>;
	type PotId = ValidatorPotId;
	type RuntimeEvent = RuntimeEvent;
	type UpdateOrigin = RootOrCouncilMajority;
	type ValidatorId = AccountId;
	type ValidatorIdOf = IdentityCollator;
	type ValidatorRegistration = Session;
	type WeightInfo = weights::pallet_collator_selection::WeightInfo<Runtime>;
}

impl pallet_session::Config for Runtime {
	type Currency = Balances;
	type DisablingStrategy = ();
	type KeyDeposit = SessionKeyDeposit;
	type Keys = SessionKeys;
	type NextSessionRotation = PeriodicSessions<SessionPeriod, SessionOffset>;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type SessionManager = Validators;
	type ShouldEndSession = PeriodicSessions<SessionPeriod, SessionOffset>;
	type ValidatorId = AccountId;
	type ValidatorIdOf = IdentityCollator;
	type WeightInfo = weights::pallet_session::WeightInfo<Runtime>;
}

impl pallet_aura::Config for Runtime {
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type AuthorityId = AuraId;
	type DisabledValidators = ();
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_grandpa::Config for Runtime {
	type EquivocationReportSystem = pallet_grandpa::EquivocationReportSystem<
		Runtime,
		Validators,
		Validators,
		// A report that waits in a pool is good for as long as the offence can be proven.
		ConstU64<{ (REPORT_WINDOW * SESSION) as u64 }>,
	>;
	type KeyOwnerProof = MembershipProof;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<0>;
	// At most one set for each session in the window, the running one and one to spare.
	type MaxSetIdSessionEntries = ConstU64<{ REPORT_WINDOW as u64 + 2 }>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

impl pallet_validators::Config for Runtime {
	type Currency = Balances;
	type Expel = Seats;
	type ReportWindow = ConstU32<REPORT_WINDOW>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Selection = ValidatorSelection;
	type Slashed = ResolveTo<TreasuryAccount, Balances>;
	type WeightInfo = pallet_validators_weights::WeightInfo<Runtime>;
}

/// The seats of the selection, invited or bonded.
pub struct Seats;

impl pallet_validators::Expel<AccountId> for Seats {
	fn expel(who: &AccountId) -> bool {
		// Each of these fails for whoever is not there, and for the very last one.
		let _ = ValidatorSelection::leave_intent(RawOrigin::Signed(who.clone()).into());
		let _ = ValidatorSelection::remove_invulnerable(RawOrigin::Root.into(), who.clone());
		let invited = pallet_collator_selection::Invulnerables::<Runtime>::get();
		let candidates = pallet_collator_selection::CandidateList::<Runtime>::get();
		!invited.contains(who) && !candidates.iter().any(|candidate| candidate.who == *who)
	}
}

// A node reports equivocations in transactions without a signature.
impl<LocalCall> frame_system::offchain::CreateTransactionBase<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<LocalCall> frame_system::offchain::CreateBare<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}
