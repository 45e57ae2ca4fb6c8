//! What a transaction costs.
//!
//! A picosecond of execution costs the smallest unit, so a second costs one token; each byte costs
//! as much as a microsecond. A transfer comes to less than a thousandth of a token. Blocks that are
//! more than a quarter full make everything dearer, emptier ones make it cheaper again.

use frame_support::{
	parameter_types,
	weights::{ConstantMultiplier, IdentityFee},
};
use pallet_transaction_payment::{Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::One, FixedPointNumber, Perquintill};

use crate::{units::MICRO, Balance};

parameter_types! {
	/// Price of a byte of a transaction.
	pub const TransactionByteFee: Balance = MICRO;
	/// Above this the fees rise, below they fall.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast the fees follow.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// The fees never fall below what this file says.
	pub MinimumMultiplier: Multiplier = Multiplier::one();
	/// The fees never rise above a thousand times what this file says.
	pub MaximumMultiplier: Multiplier = Multiplier::saturating_from_integer(1_000);
}

/// Price of execution.
pub type WeightToFee = IdentityFee<Balance>;

/// Price of size.
pub type LengthToFee = ConstantMultiplier<Balance, TransactionByteFee>;

/// How the fees follow demand.
pub type FeeMultiplierUpdate<Runtime> = TargetedFeeAdjustment<
	Runtime,
	TargetBlockFullness,
	AdjustmentVariable,
	MinimumMultiplier,
	MaximumMultiplier,
>;

/// By how much more operational transactions count when the pool orders them.
pub const OPERATIONAL_FEE_MULTIPLIER: u8 = 5;
