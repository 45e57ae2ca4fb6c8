//! The machine: system, stored and scheduled calls, and the development key.

use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, EqualPrivilegeOnly, Get, LinearStoragePrice},
	weights::{constants::ParityDbWeight, Weight},
};
use frame_system::{
	limits::{BlockLength, BlockWeights},
	EnsureRoot,
};
use madang_runtime_common::{
	limits::{block_length, block_weights, MAXIMUM_BLOCK_LENGTH},
	units::{deposit, DEPOSIT_PER_BYTE},
	SS58_PREFIX,
};
use sp_runtime::{traits::AccountIdLookup, Perbill};
use sp_version::RuntimeVersion;

use super::governance::RootOrCouncilMajority;
use crate::{
	weights, AccountId, Balance, Balances, Block, BlockNumber, BlockWeight, Hash, Nonce, OnSetCode,
	OriginCaller, PalletInfo, PreInherents, Preimage, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, RuntimeOrigin, RuntimeTask, System, MAXIMUM_BLOCK_WEIGHT, PROOF_AT_END,
	VERSION,
};

parameter_types! {
	/// How many hashes of past blocks are known, and so how long a transaction can live.
	pub const BlockHashCount: BlockNumber = 4_096;
	/// The version of this runtime.
	pub const Version: RuntimeVersion = VERSION;
	/// How much work fits into a block.
	pub RuntimeBlockWeights: BlockWeights =
		block_weights(<BlockWeight as Get<Weight>>::get(), PROOF_AT_END);
	/// How many bytes fit into a block.
	pub RuntimeBlockLength: BlockLength = block_length(MAXIMUM_BLOCK_LENGTH);
	/// The prefix of addresses.
	pub const SS58Prefix: u16 = SS58_PREFIX;
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = Block;
	type BlockHashCount = BlockHashCount;
	type BlockLength = RuntimeBlockLength;
	type BlockWeights = RuntimeBlockWeights;
	type DbWeight = ParityDbWeight;
	type ExtensionsWeightInfo = weights::frame_system_extensions::WeightInfo<Runtime>;
	type Hash = Hash;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type MaxConsumers = ConstU32<128>;
	type MultiBlockMigrator = ();
	type Nonce = Nonce;
	type OnSetCode = OnSetCode;
	type PreInherents = PreInherents;
	// Every migration to come stands here, oldest first.
	type SingleBlockMigrations = ();
	type SS58Prefix = SS58Prefix;
	type SystemWeightInfo = weights::frame_system::WeightInfo<Runtime>;
	type Version = Version;
}

parameter_types! {
	/// Deposit for a stored call.
	pub const PreimageDepositBase: Balance = deposit(2, 64);
	/// Deposit for each byte of it.
	pub const PreimageDepositPerByte: Balance = DEPOSIT_PER_BYTE;
	/// Why the deposit is held.
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
}

impl pallet_preimage::Config for Runtime {
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<PreimageDepositBase, PreimageDepositPerByte, Balance>,
	>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::pallet_preimage::WeightInfo<Runtime>;
}

parameter_types! {
	/// What scheduled calls may take of a block.
	pub MaximumSchedulerWeight: Weight = Perbill::from_percent(80) * MAXIMUM_BLOCK_WEIGHT;
}

impl pallet_scheduler::Config for Runtime {
	type BlockNumberProvider = System;
	type MaxScheduledPerBlock = ConstU32<50>;
	type MaximumWeight = MaximumSchedulerWeight;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type PalletsOrigin = OriginCaller;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type ScheduleOrigin = RootOrCouncilMajority;
	type WeightInfo = weights::pallet_scheduler::WeightInfo<Runtime>;
}

impl pallet_sudo::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::pallet_sudo::WeightInfo<Runtime>;
}
