//! Who makes blocks, who finalizes them, and how the set of validators changes.
//!
//! Root or the council invite validators (`validatorSelection.addInvulnerable`); anybody else may
//! stand with a bond when there are places. A new set begins to work two sessions later.

use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64},
};
use madang_runtime_common::{
	params::ValidatorPotId,
	time::{MINUTES, SLOT_DURATION},
	units::MDG,
};
use pallet_collator_selection::IdentityCollator;
use pallet_session::{FindAccountFromAuthorIndex, PeriodicSessions};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::traits::OpaqueKeys;

use super::governance::RootOrCouncilMajority;
use crate::{
	AccountId, Aura, Balance, Balances, BlockNumber, Runtime, RuntimeEvent, Session, SessionKeys,
	ValidatorSelection,
};

/// Most validators in a session.
pub const MAX_VALIDATORS: u32 = MAX_CANDIDATES + MAX_INVITED;
/// Most validators who stand with a bond.
const MAX_CANDIDATES: u32 = 80;
/// Most validators who were invited.
const MAX_INVITED: u32 = 20;

parameter_types! {
	/// Blocks in a session.
	pub const SessionPeriod: BlockNumber = 10 * MINUTES;
	/// Block in which the first session begins.
	pub const SessionOffset: BlockNumber = 0;
	/// A candidate who made no block for so long is dropped.
	pub const KickThreshold: BlockNumber = 60 * MINUTES;
	/// Deposit for the keys of a session.
	pub const SessionKeyDeposit: Balance = MDG;
}

impl pallet_authorship::Config for Runtime {
	type EventHandler = ValidatorSelection;
	type FindAuthor = FindAccountFromAuthorIndex<Runtime, Aura>;
}

impl pallet_collator_selection::Config for Runtime {
	type Currency = Balances;
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
	type WeightInfo = pallet_collator_selection::weights::SubstrateWeight<Runtime>;
}

impl pallet_session::Config for Runtime {
	type Currency = Balances;
	type DisablingStrategy = ();
	type KeyDeposit = SessionKeyDeposit;
	type Keys = SessionKeys;
	type NextSessionRotation = PeriodicSessions<SessionPeriod, SessionOffset>;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type SessionManager = ValidatorSelection;
	type ShouldEndSession = PeriodicSessions<SessionPeriod, SessionOffset>;
	type ValidatorId = AccountId;
	type ValidatorIdOf = IdentityCollator;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

impl pallet_aura::Config for Runtime {
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type AuthorityId = AuraId;
	type DisabledValidators = ();
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_grandpa::Config for Runtime {
	// Nothing is staked that could be slashed, so nobody reports equivocations.
	type EquivocationReportSystem = ();
	type KeyOwnerProof = sp_core::Void;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = ConstU64<0>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}
