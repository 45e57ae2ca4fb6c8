//! The registry of metaverses.

use madang_runtime_common::params::{
	DepositBase, DepositPerByte, MaxSuspension, MetaversePalletId, SlugCooldown,
};

use super::governance::RootOrCouncilMajority;
use crate::{weights, Assets, Balances, Escrow, Land, Portal, Runtime, RuntimeHoldReason, System};

impl pallet_metaverse::Config for Runtime {
	type Assets = Assets;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::application::benchmarks::Stage;
	type BlockNumberProvider = System;
	type ClosingGuard = (Escrow, Portal);
	type Currency = Balances;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type GuardianOrigin = RootOrCouncilMajority;
	type MaxSuspension = MaxSuspension;
	type NetworkOrigin = RootOrCouncilMajority;
	type PalletId = MetaversePalletId;
	type RuntimeHoldReason = RuntimeHoldReason;
	type SlugCooldown = SlugCooldown;
	type Territories = Land;
	type WeightInfo = weights::pallet_metaverse::WeightInfo<Runtime>;
}
