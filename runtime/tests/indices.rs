//! Numbers that are signed or stored never change. A pallet, a call or a reason that is new gets a
//! new number and a new line here; no line is ever changed or used again.
//!
//! `indices.txt` has the number of every call, event, error and reason of every pallet, those of the SDK
//! included: an SDK that moves one of them breaks wallets and stored data as well as we could.

use std::{collections::BTreeSet, env, fs, path::Path};

use codec::Encode;
use frame_support::traits::{GetCallIndex, GetCallName, PalletsInfoAccess};
use madang_runtime::{
	AllPalletsWithSystem, Runtime, RuntimeCall, RuntimeError, RuntimeEvent, RuntimeHoldReason,
};
use madang_runtime_common::proxy::ProxyType;
use scale_info::{TypeDef, TypeInfo, Variant};

const PALLETS: [(usize, &str); 27] = [
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
	(25, "Validators"),
	(30, "Council"),
	(31, "Upgrade"),
	(40, "Utility"),
	(41, "Multisig"),
	(42, "Proxy"),
	(50, "Nfts"),
	(60, "Metaverse"),
	(61, "Land"),
	(62, "Escrow"),
	(63, "Portal"),
	(64, "Attestation"),
];

const METAVERSE_CALLS: [(u8, &str); 13] = [
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
	(12, "spend_asset"),
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

const ESCROW_CALLS: [(u8, &str); 29] = [
	(0, "create"),
	(1, "open"),
	(2, "discard"),
	(3, "commit"),
	(4, "withdraw"),
	(5, "amend"),
	(6, "reconfirm"),
	(7, "announce_early_close"),
	(8, "cancel"),
	(9, "advance"),
	(10, "submit_milestone"),
	(11, "vote"),
	(12, "exit"),
	(13, "claim"),
	(14, "claim_to"),
	(15, "claim_for"),
	(16, "abandon"),
	(17, "raise_dispute"),
	(18, "resolve_dispute"),
	(19, "call_no_confidence"),
	(20, "request_extension"),
	(21, "mint_receipt"),
	(22, "transfer_position"),
	(23, "deposit_revenue"),
	(24, "claim_revenue"),
	(25, "close"),
	(26, "allow_claim_for"),
	(27, "set_asset"),
	(28, "exit_to"),
];

const PORTAL_CALLS: [(u8, &str); 12] = [
	(0, "propose"),
	(1, "accept"),
	(2, "amend"),
	(3, "pause"),
	(4, "resume"),
	(5, "affirm"),
	(6, "close"),
	(7, "travel"),
	(8, "admit"),
	(9, "refuse"),
	(10, "reap"),
	(11, "reap_pass"),
];

const VALIDATORS_CALLS: [(u8, &str); 1] = [(0, "withdraw")];

const UPGRADE_CALLS: [(u8, &str); 2] = [(0, "authorize"), (1, "cancel")];

const ATTESTATION_CALLS: [(u8, &str); 3] = [(0, "attest"), (1, "revoke"), (2, "renounce")];

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
	assert_eq!(calls_of::<pallet_escrow::Call<Runtime>>(), ESCROW_CALLS);
	assert_eq!(calls_of::<pallet_portal::Call<Runtime>>(), PORTAL_CALLS);
	assert_eq!(
		calls_of::<pallet_attestation::Call<Runtime>>(),
		ATTESTATION_CALLS
	);
	assert_eq!(
		calls_of::<pallet_validators::Call<Runtime>>(),
		VALIDATORS_CALLS
	);
	assert_eq!(calls_of::<pallet_upgrade::Call<Runtime>>(), UPGRADE_CALLS);
}

#[test]
fn reasons_to_hold_money_keep_their_encoding() {
	for (reason, bytes) in [
		(
			RuntimeHoldReason::Validators(pallet_validators::HoldReason::Bond),
			[25, 0],
		),
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
		(
			RuntimeHoldReason::Escrow(pallet_escrow::HoldReason::Principal),
			[62, 0],
		),
		(
			RuntimeHoldReason::Escrow(pallet_escrow::HoldReason::Bond),
			[62, 1],
		),
		(
			RuntimeHoldReason::Escrow(pallet_escrow::HoldReason::Revenue),
			[62, 2],
		),
		(
			RuntimeHoldReason::Escrow(pallet_escrow::HoldReason::Campaign),
			[62, 3],
		),
		(
			RuntimeHoldReason::Escrow(pallet_escrow::HoldReason::Position),
			[62, 4],
		),
		(
			RuntimeHoldReason::Portal(pallet_portal::HoldReason::Portal),
			[63, 0],
		),
		(
			RuntimeHoldReason::Portal(pallet_portal::HoldReason::Pass),
			[63, 1],
		),
		(
			RuntimeHoldReason::Portal(pallet_portal::HoldReason::Toll),
			[63, 2],
		),
		(
			RuntimeHoldReason::Attestation(pallet_attestation::HoldReason::Attestation),
			[64, 0],
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

fn variants_of(definition: TypeDef) -> Vec<Variant> {
	match definition {
		TypeDef::Variant(of) => of.variants,
		other => panic!("not an enum: {other:?}"),
	}
}

/// A line for each variant of each pallet in one of the runtime's enums.
fn lines_of<T: TypeInfo>(kind: &'static str) -> impl Iterator<Item = String> {
	variants_of(T::type_info().type_def)
		.into_iter()
		.flat_map(move |pallet| {
			let inner = pallet
				.fields
				.first()
				.map(|field| field.ty.type_info().type_def);
			// Pallets without events, say, have nothing inside.
			let inner = match inner {
				Some(TypeDef::Variant(of)) => of.variants,
				_ => Vec::new(),
			};
			inner.into_iter().map(move |variant| {
				format!(
					"{:03} {} {kind} {:03} {}",
					pallet.index, pallet.name, variant.index, variant.name
				)
			})
		})
}

/// With `MADANG_ADD_INDICES=1`, this writes the lines that are new into the table. It never takes one
/// away or changes one.
#[test]
fn no_index_in_the_table_has_moved() {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/indices.txt");
	let now: BTreeSet<String> = lines_of::<RuntimeCall>("call")
		.chain(lines_of::<RuntimeEvent>("event"))
		.chain(lines_of::<RuntimeError>("error"))
		.chain(lines_of::<RuntimeHoldReason>("hold"))
		.collect();
	assert!(
		now.len() > 500,
		"the runtime has {} entries only",
		now.len()
	);
	let table = fs::read_to_string(&path).unwrap_or_default();
	let committed: BTreeSet<String> = table.lines().map(Into::into).collect();
	let moved: Vec<_> = committed.difference(&now).collect();
	assert!(
		moved.is_empty(),
		"these were in the table and are gone or have other numbers: {moved:#?}"
	);
	let new: Vec<_> = now.difference(&committed).cloned().collect();
	if env::var_os("MADANG_ADD_INDICES").is_some() {
		let all: String = now.iter().map(|line| format!("{line}\n")).collect();
		fs::write(&path, all).expect("the table can be written");
		return;
	}
	assert!(
		new.is_empty(),
		"these are not in {path:?}: run this test once with MADANG_ADD_INDICES=1 and commit it: {new:#?}"
	);
}
