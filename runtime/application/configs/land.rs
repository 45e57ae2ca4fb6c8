//! Land.

use madang_runtime_common::params::{
	BurnShare, DepositBase, DepositPerByte, GrowthThreshold, InitialCellPrice, MaxFoundingCells,
	MaxGrowth, MaxParcelSide, MaxPriceChange, MaxSupply, MinCellPrice, PricePeriod, SaleFee,
	TargetPerPeriod,
};

use super::treasury::TreasuryAccount;
use crate::{weights, Balances, Metaverse, Portal, Runtime, RuntimeHoldReason, System};

impl pallet_land::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::application::benchmarks::Stage;
	type BlockNumberProvider = System;
	type BurnShare = BurnShare;
	type Currency = Balances;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type GrowthThreshold = GrowthThreshold;
	type InitialCellPrice = InitialCellPrice;
	type MaxFoundingCells = MaxFoundingCells;
	type MaxGrowth = MaxGrowth;
	type MaxParcelSide = MaxParcelSide;
	type MaxPriceChange = MaxPriceChange;
	type MaxSupply = MaxSupply;
	type Metaverses = Metaverse;
	type MinCellPrice = MinCellPrice;
	// Leases and pledges will stand beside portals.
	type ParcelGuard = Portal;
	type PricePeriod = PricePeriod;
	type RuntimeHoldReason = RuntimeHoldReason;
	type SaleFee = SaleFee;
	type TargetPerPeriod = TargetPerPeriod;
	type Treasury = TreasuryAccount;
	type WeightInfo = weights::pallet_land::WeightInfo<Runtime>;
}
