//! Calls that are left out, because they may legitimately break everything.
//!
//! | call | why |
//! |---|---|
//! | `system.set_code`, `set_code_without_checks`, `apply_authorized_upgrade` | another runtime than the one under test |
//! | `system.set_storage`, `kill_storage`, `kill_prefix` | root may write anything into the state, equations or not |
//! | `balances.force_unreserve` | root takes money off hold that belongs to a record |
//! | `balances.force_adjust_total_issuance` | root may write any issuance |
//! | `balances.force_transfer`, `force_set_balance` on accounts nobody signs for | root empties pots and treasuries |
//! | `assets.force_transfer`, `burn`, `force_asset_status` likewise | the issuer of an asset may take it from anybody and end it |
//! | `utility.dispatch_as` as an account nobody signs for | root acts for a pot |
//! | `timestamp.set` | an inherent: once in each block, or the block is not one |
//!
//! Everything else is tried from every origin, also as a call in a call.

use frame_system::RawOrigin;
use madang_runtime::{Address, OriginCaller, RuntimeCall};

use crate::people::index_of;

/// Whether a call, or one inside it, may break everything.
pub fn breaks_everything(call: &RuntimeCall) -> bool {
	is_outlawed(call) || inner(call).into_iter().any(breaks_everything)
}

/// The calls in a call.
pub fn inner(call: &RuntimeCall) -> Vec<&RuntimeCall> {
	use pallet_collective::Call as Council;
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	use pallet_scheduler::Call as Scheduler;
	use pallet_sudo::Call as Sudo;
	use pallet_utility::Call as Utility;
	match call {
		RuntimeCall::Utility(
			Utility::batch { calls }
			| Utility::batch_all { calls }
			| Utility::force_batch { calls },
		) => calls.iter().collect(),
		RuntimeCall::Utility(Utility::if_else { main, fallback }) => vec![main, fallback],
		RuntimeCall::Utility(
			Utility::as_derivative { call, .. }
			| Utility::dispatch_as { call, .. }
			| Utility::dispatch_as_fallible { call, .. }
			| Utility::with_weight { call, .. },
		)
		| RuntimeCall::Proxy(Proxy::proxy { call, .. } | Proxy::proxy_announced { call, .. })
		| RuntimeCall::Multisig(
			Multisig::as_multi { call, .. } | Multisig::as_multi_threshold_1 { call, .. },
		)
		| RuntimeCall::Sudo(
			Sudo::sudo { call }
			| Sudo::sudo_unchecked_weight { call, .. }
			| Sudo::sudo_as { call, .. },
		)
		| RuntimeCall::Council(
			Council::execute { proposal: call, .. } | Council::propose { proposal: call, .. },
		)
		| RuntimeCall::Scheduler(
			Scheduler::schedule { call, .. }
			| Scheduler::schedule_after { call, .. }
			| Scheduler::schedule_named { call, .. }
			| Scheduler::schedule_named_after { call, .. },
		) => vec![call],
		_ => vec![],
	}
}

fn is_outlawed(call: &RuntimeCall) -> bool {
	use frame_system::Call as System;
	use pallet_assets::Call as Assets;
	use pallet_balances::Call as Balances;
	use pallet_sudo::Call as Sudo;
	use pallet_utility::Call as Utility;
	match call {
		RuntimeCall::Timestamp(_)
		| RuntimeCall::System(
			System::set_code { .. }
			| System::set_code_without_checks { .. }
			| System::apply_authorized_upgrade { .. }
			| System::set_storage { .. }
			| System::kill_storage { .. }
			| System::kill_prefix { .. },
		)
		| RuntimeCall::Balances(
			Balances::force_unreserve { .. } | Balances::force_adjust_total_issuance { .. },
		)
		| RuntimeCall::Assets(Assets::force_asset_status { .. }) => true,
		RuntimeCall::Balances(
			Balances::force_transfer { source: who, .. } | Balances::force_set_balance { who, .. },
		)
		| RuntimeCall::Assets(
			Assets::force_transfer { source: who, .. } | Assets::burn { who, .. },
		)
		| RuntimeCall::Sudo(Sudo::sudo_as { who, .. }) => !signs(who),
		RuntimeCall::Utility(
			Utility::dispatch_as { as_origin, .. }
			| Utility::dispatch_as_fallible { as_origin, .. },
		) => match &**as_origin {
			OriginCaller::system(RawOrigin::Signed(who)) => index_of(who).is_none(),
			// Inherents alone come from nobody.
			OriginCaller::system(RawOrigin::None) => true,
			_ => false,
		},
		_ => false,
	}
}

fn signs(who: &Address) -> bool {
	matches!(who, Address::Id(account) if index_of(account).is_some())
}
