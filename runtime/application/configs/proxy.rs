//! Proxies, and what each call of this runtime means to them.

use frame_support::{parameter_types, traits::ConstU32};
use madang_runtime_common::{
	proxy::{CallClass, ClassifyCall, ProxyType},
	units::deposit,
};
use sp_runtime::traits::BlakeTwo256;

use crate::{weights, Balance, Balances, Runtime, RuntimeCall, RuntimeEvent, System};

parameter_types! {
	/// Deposit for having proxies.
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	/// Deposit for each proxy.
	pub const ProxyDepositFactor: Balance = deposit(0, 37);
	/// Deposit for having announced calls.
	pub const AnnouncementDepositBase: Balance = deposit(1, 16);
	/// Deposit for each announced call.
	pub const AnnouncementDepositFactor: Balance = deposit(0, 68);
}

impl pallet_proxy::Config for Runtime {
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
	type CallHasher = BlakeTwo256;
	type Currency = Balances;
	type MaxPending = ConstU32<32>;
	type MaxProxies = ConstU32<32>;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type ProxyType = ProxyType;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::pallet_proxy::WeightInfo<Runtime>;
}

impl ClassifyCall for RuntimeCall {
	fn class(&self) -> CallClass {
		match self {
			Self::System(call) => call.class(),
			Self::Council(call) => call.class(),
			Self::Utility(call) => call.class(),
			Self::Proxy(call) => call.class(),
			Self::Metaverse(call) => call.class(),
			Self::Land(call) => call.class(),
			Self::Portal(call) => call.class(),
			// Balances, assets, items, escrow with its attestations, the treasury, keys of
			// validators, multisigs, sudo and all that is yet to come.
			_ => CallClass::Money,
		}
	}
}
