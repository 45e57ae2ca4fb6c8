//! Who makes blocks, and what the relay chain has to do with it.
//!
//! # A block every two seconds
//!
//! The application counts time in blocks of two seconds, and the relay chain has a slot every six: three
//! of our blocks belong to one of its slots. An author has a slot of six seconds and makes the three in
//! it, one every two seconds.
//!
//! Our slot is as long as that of the relay chain, because a block must be in the slot that follows from
//! the slot of its relay parent. With slots of two seconds that would be every third, and of three
//! collators the same one would make every block. The three blocks of a slot have the same timestamp.
//!
//! What a relay chain must give for it:
//!
//! | cores | then |
//! |---|---|
//! | 1 | three blocks share it: each has a third of its two seconds and of its proof |
//! | 2 | two blocks share one of them: each has half a core |
//! | 3 | each block has one: two seconds of execution and a whole proof |
//! | on demand | three blocks whenever a core is bought; between, the chain's own time stands still |
//!
//! With less than a core for every relay slot there are fewer blocks, and everything that is counted in
//! blocks takes longer. What is counted in milliseconds does not. More than three cores are not used.
//!
//! # Collators
//!
//! Root or the council invite collators (`collatorSelection.addInvulnerable`), as they invite validators
//! on a chain of its own; anybody else may stand with a bond when there are places. Nobody is slashed: a
//! collator cannot make a block that the validators of the relay chain would not accept, only none.

use cumulus_pallet_aura_ext::FixedVelocityConsensusHook;
use cumulus_pallet_parachain_system::RelayNumberMonotonicallyIncreases;
use cumulus_primitives_core::AggregateMessageOrigin;
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64, EnqueueWithOrigin},
	weights::Weight,
};
use madang_runtime_common::{
	params::{
		KickThreshold, SessionKeyDeposit, SessionOffset, SessionPeriod, ValidatorPotId,
		MAX_CANDIDATES, MAX_INVITED,
	},
	time::MILLISECS_PER_BLOCK,
	Moment,
};
use pallet_collator_selection::IdentityCollator;
use pallet_session::{FindAccountFromAuthorIndex, PeriodicSessions};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::traits::OpaqueKeys;

use crate::{
	application::configs::governance::RootOrCouncilMajority, weights, AccountId, Aura, Balances,
	CollatorSelection, MessageQueue, ParachainInfo, Runtime, RuntimeEvent, Session, SessionKeys,
	XcmpQueue, MAXIMUM_BLOCK_WEIGHT,
};

/// Milliseconds of a slot of the relay chain, and of ours.
pub const SLOT_DURATION: Moment = 6_000;

/// Blocks that belong to one slot of the relay chain.
pub const BLOCKS_PER_RELAY_SLOT: u32 = (SLOT_DURATION / MILLISECS_PER_BLOCK) as u32;

/// The same for those who ask for a type.
pub type BlocksPerRelaySlot = ConstU32<BLOCKS_PER_RELAY_SLOT>;

/// How far behind the tip of the relay chain our blocks look. One block behind, the tip may still lose
/// to another; a block of ours that builds on the loser is lost with it, and so are those after it. The
/// price is that messages arrive six seconds later.
pub const RELAY_PARENT_OFFSET: u32 = 1;

/// Slots of the relay chain for which blocks may run ahead of what it has included: one in which they
/// are made, one in which they are backed, one until they are included, and one for the offset.
const SLOTS_AHEAD: u32 = 3 + RELAY_PARENT_OFFSET;

/// Blocks that may run ahead of what the relay chain has included.
const UNINCLUDED_SEGMENT_CAPACITY: u32 = SLOTS_AHEAD * BLOCKS_PER_RELAY_SLOT;

parameter_types! {
	/// What taking in the messages of the relay chain may take of a block.
	pub const ReservedDmpWeight: Weight = MAXIMUM_BLOCK_WEIGHT.saturating_div(4);
	/// What taking in the messages of other parachains may take of a block.
	pub const ReservedXcmpWeight: Weight = MAXIMUM_BLOCK_WEIGHT.saturating_div(4);
	/// Where messages of the relay chain wait.
	pub const RelayOrigin: AggregateMessageOrigin = AggregateMessageOrigin::Parent;
}

/// Sees to it that blocks come no faster than three for each slot of the relay chain, are in the slot
/// that follows from it, and do not run too far ahead.
pub type ConsensusHook = FixedVelocityConsensusHook<
	Runtime,
	{ SLOT_DURATION as u32 },
	BLOCKS_PER_RELAY_SLOT,
	UNINCLUDED_SEGMENT_CAPACITY,
>;

impl pallet_timestamp::Config for Runtime {
	// The blocks of one slot have the same time.
	type MinimumPeriod = ConstU64<0>;
	type Moment = Moment;
	type OnTimestampSet = Aura;
	type WeightInfo = weights::pallet_timestamp::WeightInfo<Runtime>;
}

impl cumulus_pallet_parachain_system::Config for Runtime {
	// Several blocks have the same relay parent.
	type CheckAssociatedRelayNumber = RelayNumberMonotonicallyIncreases;
	type ConsensusHook = ConsensusHook;
	type DmpQueue = EnqueueWithOrigin<MessageQueue, RelayOrigin>;
	type OnSystemEvent = ();
	type OutboundXcmpMessageSource = XcmpQueue;
	type RelayParentOffset = ConstU32<RELAY_PARENT_OFFSET>;
	type ReservedDmpWeight = ReservedDmpWeight;
	type ReservedXcmpWeight = ReservedXcmpWeight;
	type RuntimeEvent = RuntimeEvent;
	// The SDK calls the next way of scheduling unfinished, and a chain that asks for it stalls.
	type SchedulingSignatureVerifier = ();
	type SelfParaId = ParachainInfo;
	type WeightInfo = cumulus_pallet_parachain_system::weights::SubstrateWeight<Runtime>;
	type XcmpMessageHandler = XcmpQueue;
}

impl parachain_info::Config for Runtime {}

impl cumulus_pallet_weight_reclaim::Config for Runtime {
	type WeightInfo = ();
}

impl pallet_authorship::Config for Runtime {
	type EventHandler = CollatorSelection;
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
	type SessionManager = CollatorSelection;
	type ShouldEndSession = PeriodicSessions<SessionPeriod, SessionOffset>;
	type ValidatorId = AccountId;
	type ValidatorIdOf = IdentityCollator;
	type WeightInfo = weights::pallet_session::WeightInfo<Runtime>;
}

impl pallet_aura::Config for Runtime {
	type AllowMultipleBlocksPerSlot = ConstBool<true>;
	type AuthorityId = AuraId;
	type DisabledValidators = ();
	type MaxAuthorities = ConstU32<{ MAX_CANDIDATES + MAX_INVITED }>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl cumulus_pallet_aura_ext::Config for Runtime {}
