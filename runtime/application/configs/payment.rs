//! Fees.

use frame_support::traits::{tokens::imbalance::ResolveTo, ConstU8};
use madang_runtime_common::fees::{
	FeeMultiplierUpdate, LengthToFee, WeightToFee, OPERATIONAL_FEE_MULTIPLIER,
};
use pallet_transaction_payment::FungibleAdapter;

use super::treasury::TreasuryAccount;
use crate::{weights, Balances, Runtime, RuntimeEvent};

/// Fees and tips go to the treasury.
pub type DealWithFees = ResolveTo<TreasuryAccount, Balances>;

impl pallet_transaction_payment::Config for Runtime {
	type FeeMultiplierUpdate = FeeMultiplierUpdate<Runtime>;
	type LengthToFee = LengthToFee;
	type OnChargeTransaction = FungibleAdapter<Balances, DealWithFees>;
	type OperationalFeeMultiplier = ConstU8<OPERATIONAL_FEE_MULTIPLIER>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::pallet_transaction_payment::WeightInfo<Runtime>;
	type WeightToFee = WeightToFee;
}
