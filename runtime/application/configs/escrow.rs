//! Funding campaigns.

use frame_support::traits::{
	fungible::{NativeFromLeft, UnionOf},
	ConstU64,
};
use madang_primitives::escrow::AssetKind;
use madang_runtime_common::{
	params::{
		DepositBase, DepositPerByte, DisputeBond, EscrowPotId, EscrowRules, MaxAmendments,
		MaxAttempts, MaxKickoff, MinBond, PetitionShare, ReleaseFee,
	},
	time::MILLISECS_PER_BLOCK,
};

use super::{
	governance::{RootOrCouncilMajority, RootOrCouncilQuorum},
	treasury::TreasuryAccount,
};
use crate::{
	weights, AccountId, Assets, AssetsHolder, Attestation, Balances, Metaverse, Runtime,
	RuntimeHoldReason, System, Timestamp,
};

/// The native token and all assets, as one.
pub type Tokens = UnionOf<Balances, Assets, NativeFromLeft, AssetKind, AccountId>;

/// Holds on the same.
pub type TokenHolds = UnionOf<Balances, AssetsHolder, NativeFromLeft, AssetKind, AccountId>;

impl pallet_escrow::Config for Runtime {
	type ArbiterOrigin = RootOrCouncilQuorum;
	type AssetOrigin = RootOrCouncilMajority;
	type Attestations = Attestation;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::application::benchmarks::Stage;
	type BlockTime = ConstU64<MILLISECS_PER_BLOCK>;
	type Blocks = System;
	type DefaultRules = EscrowRules;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type DisputeBond = DisputeBond;
	type GuardianOrigin = RootOrCouncilMajority;
	type MaxAmendments = MaxAmendments;
	type MaxAttempts = MaxAttempts;
	type MaxKickoff = MaxKickoff;
	type Metaverses = Metaverse;
	type MinBond = MinBond;
	type Native = Balances;
	type PetitionShare = PetitionShare;
	type PotId = EscrowPotId;
	type ReleaseFee = ReleaseFee;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type TokenHolds = TokenHolds;
	type Tokens = Tokens;
	type Treasury = TreasuryAccount;
	type WeightInfo = weights::pallet_escrow::WeightInfo<Runtime>;
}
