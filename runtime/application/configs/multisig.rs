//! Accounts of several signers.

use frame_support::{parameter_types, traits::ConstU32};
use madang_runtime_common::units::deposit;

use crate::{weights, Balance, Balances, Runtime, RuntimeCall, RuntimeEvent, System};

parameter_types! {
	/// Deposit for a call that waits for signers.
	pub const MultisigDepositBase: Balance = deposit(1, 88);
	/// Deposit for each signer.
	pub const MultisigDepositFactor: Balance = deposit(0, 32);
}

impl pallet_multisig::Config for Runtime {
	type BlockNumberProvider = System;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::pallet_multisig::WeightInfo<Runtime>;
}
