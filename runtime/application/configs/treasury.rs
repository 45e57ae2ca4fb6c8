//! The treasury: one account that gets the fees and the network's share of land, and from which the
//! council spends.

use frame_support::{
	parameter_types,
	traits::{
		tokens::{PayFromAccount, UnityAssetBalanceConversion},
		ConstU32, EitherOf,
	},
};
use frame_system::{EnsureRootWithSuccess, EnsureWithSuccess};
use madang_runtime_common::{params::TreasuryPalletId, time::DAYS};
use sp_runtime::{traits::AccountIdLookup, Permill};

use super::governance::{CouncilMajority, RootOrCouncilMajority};
use crate::{weights, AccountId, Balance, Balances, BlockNumber, Runtime, RuntimeEvent, System};

/// The account of the treasury.
pub type TreasuryAccount = pallet_treasury::TreasuryAccountId<Runtime>;

parameter_types! {
	/// How often approved spends are paid.
	pub const SpendPeriod: BlockNumber = DAYS;
	/// Nothing is burned for not having been spent.
	pub const TreasuryBurn: Permill = Permill::zero();
	/// How long an approved spend can be claimed.
	pub const PayoutPeriod: BlockNumber = 30 * DAYS;
	/// Most that can be spent at once: everything.
	pub const MaxSpend: Balance = Balance::MAX;
}

impl pallet_treasury::Config for Runtime {
	type AssetKind = ();
	type BalanceConverter = UnityAssetBalanceConversion;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::application::benchmarks::Stage;
	type Beneficiary = AccountId;
	type BeneficiaryLookup = AccountIdLookup<AccountId, ()>;
	type BlockNumberProvider = System;
	type Burn = TreasuryBurn;
	type BurnDestination = ();
	type Currency = Balances;
	type MaxApprovals = ConstU32<100>;
	type PalletId = TreasuryPalletId;
	type Paymaster = PayFromAccount<Balances, TreasuryAccount>;
	type PayoutPeriod = PayoutPeriod;
	type RejectOrigin = RootOrCouncilMajority;
	type RuntimeEvent = RuntimeEvent;
	type SpendFunds = ();
	type SpendOrigin = EitherOf<
		EnsureRootWithSuccess<AccountId, MaxSpend>,
		EnsureWithSuccess<CouncilMajority, AccountId, MaxSpend>,
	>;
	type SpendPeriod = SpendPeriod;
	type WeightInfo = weights::pallet_treasury::WeightInfo<Runtime>;
}
