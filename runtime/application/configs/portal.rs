//! Portals.

use frame_support::traits::Contains;
use madang_primitives::escrow::AssetKind;
use madang_runtime_common::params::{
	DepositBase, DepositPerByte, MaxNotice, MaxTownPortals, MinNotice, OfferLifetime, PassLifetime,
};

use super::{escrow::TokenHolds, treasury::TreasuryAccount};
use crate::{weights, Balances, Land, Metaverse, Runtime, RuntimeHoldReason, System};

/// Tolls are paid in the native token, or in what the network lets campaigns collect: one list of
/// assets that it trusts.
pub struct TollAssets;

impl Contains<AssetKind> for TollAssets {
	fn contains(asset: &AssetKind) -> bool {
		*asset == AssetKind::Native || pallet_escrow::Assets::<Runtime>::contains_key(asset)
	}
}

impl pallet_portal::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::application::benchmarks::Stage;
	type BlockNumberProvider = System;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type MaxNotice = MaxNotice;
	type MaxTownPortals = MaxTownPortals;
	type Metaverses = Metaverse;
	type MinNotice = MinNotice;
	type Native = Balances;
	type OfferLifetime = OfferLifetime;
	type Parcels = Land;
	type PassLifetime = PassLifetime;
	type RuntimeHoldReason = RuntimeHoldReason;
	type TokenHolds = TokenHolds;
	type TollAssets = TollAssets;
	type Treasury = TreasuryAccount;
	type WeightInfo = weights::pallet_portal::WeightInfo<Runtime>;
}
