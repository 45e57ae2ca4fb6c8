//! Fees.

use frame_support::traits::{tokens::imbalance::ResolveTo, ConstU8};
use madang_runtime_common::fees::{
	FeeMultiplierUpdate, LengthToFee, WeightToFee, OPERATIONAL_FEE_MULTIPLIER,
};
use pallet_transaction_payment::FungibleAdapter;

use super::treasury::TreasuryAccount;
use crate::{Balances, Runtime, RuntimeEvent};

/// Fees and tips go to the treasury.
pub type DealWithFees = ResolveTo<TreasuryAccount, Balances>;

impl pallet_transaction_payment::Config for Runtime {
	type FeeMultiplierUpdate = FeeMultiplierUpdate<Runtime>;
	type LengthToFee = LengthToFee;
	type OnChargeTransaction = FungibleAdapter<Balances, DealWithFees>;
	type OperationalFeeMultiplier = ConstU8<OPERATIONAL_FEE_MULTIPLIER>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
	type WeightToFee = WeightToFee;
}
