//! Numbers that are signed or stored never change. A pallet, a call or a reason that is new gets a
//! new number and a new line here; no line is ever changed or used again.

use codec::Encode;
use frame_support::traits::{GetCallIndex, GetCallName, PalletsInfoAccess};
use madang_runtime::{AllPalletsWithSystem, Runtime, RuntimeHoldReason};
use madang_runtime_common::proxy::ProxyType;

// Kept: 62 for escrow, 63 for portals.
const PALLETS: [(usize, &str); 22] = [
	(0, "System"),
	(1, "Timestamp"),
	(2, "Preimage"),
	(3, "Scheduler"),
	(9, "Sudo"),
	(10, "Balances"),
	(11, "TransactionPayment"),
	(12, "Assets"),
	(13, "AssetsHolder"),
	(14, "Treasury"),
	(20, "Authorship"),
	(21, "ValidatorSelection"),
	(22, "Session"),
	(23, "Aura"),
	(24, "Grandpa"),
	(30, "Council"),
	(40, "Utility"),
	(41, "Multisig"),
	(42, "Proxy"),
	(50, "Nfts"),
	(60, "Metaverse"),
	(61, "Land"),
];

const METAVERSE_CALLS: [(u8, &str); 12] = [
	(0, "register"),
	(1, "set_profile"),
	(2, "set_endpoint"),
	(3, "remove_endpoint"),
	(4, "launch"),
	(5, "set_manager"),
	(6, "nominate_owner"),
	(7, "accept_ownership"),
	(8, "spend"),
	(9, "suspend"),
	(10, "resume"),
	(11, "close"),
];

// Kept: 12 to 15 for leases.
const LAND_CALLS: [(u8, &str); 12] = [
	(0, "set_sale"),
	(1, "claim"),
	(2, "claim_for"),
	(3, "transfer"),
	(4, "adopt_deposit"),
	(5, "reap"),
	(6, "split"),
	(7, "merge"),
	(8, "release"),
	(9, "set_content"),
	(10, "set_builder"),
	(11, "grow"),
];

fn calls_of<Call: GetCallIndex + GetCallName>() -> Vec<(u8, &'static str)> {
	let names = Call::get_call_names().iter().copied();
	Call::get_call_indices()
		.iter()
		.copied()
		.zip(names)
		.collect()
}

#[test]
fn pallets_keep_their_indices() {
	let mut found: Vec<_> = AllPalletsWithSystem::infos()
		.iter()
		.map(|pallet| (pallet.index, pallet.name))
		.collect();
	found.sort();
	assert_eq!(found, PALLETS);
}

#[test]
fn our_calls_keep_their_indices() {
	assert_eq!(
		calls_of::<pallet_metaverse::Call<Runtime>>(),
		METAVERSE_CALLS
	);
	assert_eq!(calls_of::<pallet_land::Call<Runtime>>(), LAND_CALLS);
}

#[test]
fn reasons_to_hold_money_keep_their_encoding() {
	for (reason, bytes) in [
		(
			RuntimeHoldReason::Metaverse(pallet_metaverse::HoldReason::Metaverse),
			[60, 0],
		),
		(
			RuntimeHoldReason::Land(pallet_land::HoldReason::Parcel),
			[61, 0],
		),
		(
			RuntimeHoldReason::Land(pallet_land::HoldReason::Content),
			[61, 1],
		),
	] {
		assert_eq!(reason.encode(), bytes);
	}
}

#[test]
fn proxy_types_keep_their_encoding() {
	for (index, proxy_type) in (0u8..).zip([
		ProxyType::Any,
		ProxyType::NonTransfer,
		ProxyType::Governance,
		ProxyType::Land,
		ProxyType::Metaverse,
		ProxyType::CancelProxy,
	]) {
		assert_eq!(proxy_type.encode(), [index]);
		assert_eq!(ProxyType::ALL[usize::from(index)], proxy_type);
	}
	assert_eq!(ProxyType::default(), ProxyType::Any);
}
