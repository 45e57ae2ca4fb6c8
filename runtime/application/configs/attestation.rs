//! The registry of who vouches for whom.

use madang_runtime_common::params::{DepositBase, DepositPerByte};

use crate::{weights, Balances, Runtime, RuntimeHoldReason, Timestamp};

impl pallet_attestation::Config for Runtime {
	type Currency = Balances;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type WeightInfo = weights::pallet_attestation::WeightInfo<Runtime>;
}
