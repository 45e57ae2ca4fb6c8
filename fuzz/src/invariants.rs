//! What must be so after every block, whatever happened in it.
//!
//! - Every equation of every pallet of ours (`do_try_state`); with the feature `try-runtime` those of
//!   the SDK's pallets too.
//! - The issuance of the native token and of each asset is the sum over all accounts.
//! - For each account and each reason of ours: what is on hold is what the records say, no more and no
//!   less. The pallets check the same for themselves; this is written anew and looks at all at once, so
//!   it sees money on hold that no record knows.
//! - No more than the supply of land is given out.

use std::collections::BTreeMap;

use frame_support::traits::fungibles::{Inspect, InspectHold};
use madang_primitives::escrow::AssetKind;
use madang_runtime::{
	AccountId, AssetId, Assets, AssetsHolder, Attestation, Balance, Balances, Escrow, Land,
	Metaverse, Portal, Runtime, RuntimeHoldReason, Validators,
};

use crate::{failure::Failure, must};

/// Money on hold by asset, account and reason.
type Holds = BTreeMap<(AssetKind, AccountId, Reason), Balance>;
/// A reason to hold money, in a form that has an order.
type Reason = Vec<u8>;

/// Checks all of it.
pub fn check() -> Result<(), Failure> {
	check_equations()?;
	check_native()?;
	check_assets()?;
	check_holds()?;
	check_land()
}

/// Ours first: they say which equation does not hold, all together only say that one does not.
fn check_equations() -> Result<(), Failure> {
	let say = |pallet: &str, error| Failure::new(format!("a state check of {pallet}: {error:?}"));
	Metaverse::do_try_state().map_err(|error| say("metaverse", error))?;
	Land::do_try_state().map_err(|error| say("land", error))?;
	Escrow::do_try_state().map_err(|error| say("escrow", error))?;
	Portal::do_try_state().map_err(|error| say("portal", error))?;
	Attestation::do_try_state().map_err(|error| say("attestation", error))?;
	Validators::do_try_state().map_err(|error| say("validators", error))?;
	#[cfg(feature = "try-runtime")]
	check_all_equations()?;
	Ok(())
}

#[cfg(feature = "try-runtime")]
fn check_all_equations() -> Result<(), Failure> {
	use frame_support::traits::{TryState, TryStateSelect};
	use madang_runtime::{AllPalletsWithSystem, BlockNumber, System};
	<AllPalletsWithSystem as TryState<BlockNumber>>::try_state(
		System::block_number(),
		TryStateSelect::All,
	)
	.map_err(|error| Failure::new(format!("a state check of the SDK: {error:?}")))
}

fn check_native() -> Result<(), Failure> {
	let mut sum: Balance = 0;
	for (who, account) in frame_system::Account::<Runtime>::iter() {
		let data = account.data;
		let held = pallet_balances::Holds::<Runtime>::get(&who)
			.iter()
			.map(|hold| hold.amount)
			.sum::<Balance>();
		must!(
			held <= data.reserved,
			"more is on hold than is reserved: ({who} has {held} of {})",
			data.reserved
		);
		sum = sum
			.checked_add(data.free)
			.and_then(|sum| sum.checked_add(data.reserved))
			.ok_or_else(|| Failure::new("the sum of all balances overflows"))?;
	}
	let issuance = Balances::total_issuance();
	must!(
		sum == issuance,
		"the native issuance is not the sum of all accounts: ({issuance} and {sum})"
	);
	Ok(())
}

fn check_assets() -> Result<(), Failure> {
	let mut sums: BTreeMap<AssetId, Balance> = BTreeMap::new();
	for (asset, who, account) in pallet_assets::Account::<Runtime>::iter() {
		let held = <AssetsHolder as InspectHold<AccountId>>::total_balance_on_hold(asset, &who);
		let sum = sums.entry(asset).or_default();
		*sum = sum
			.checked_add(account.balance)
			.and_then(|sum| sum.checked_add(held))
			.ok_or_else(|| Failure::new("the sum of an asset overflows"))?;
	}
	for (asset, details) in pallet_assets::Asset::<Runtime>::iter() {
		// One that is being destroyed loses its accounts little by little.
		if details.status == pallet_assets::AssetStatus::Destroying {
			continue;
		}
		let sum = sums.remove(&asset).unwrap_or_default();
		let issuance = Assets::total_issuance(asset);
		must!(
			sum == issuance,
			"the issuance of an asset is not the sum of all accounts: (asset {asset}, {issuance} and {sum})"
		);
	}
	Ok(())
}

/// Adds what a record says to what is expected.
struct Expected(Holds);

impl Expected {
	fn add(
		&mut self,
		asset: AssetKind,
		who: AccountId,
		reason: RuntimeHoldReason,
		amount: Balance,
	) {
		if amount > 0 {
			*self.0.entry((asset, who, key(&reason))).or_default() += amount;
		}
	}

	fn native(&mut self, who: AccountId, reason: impl Into<RuntimeHoldReason>, amount: Balance) {
		self.add(AssetKind::Native, who, reason.into(), amount);
	}
}

fn key(reason: &RuntimeHoldReason) -> Reason {
	codec::Encode::encode(reason)
}

/// What the records of all our pallets say.
fn recorded() -> Holds {
	let mut all = Expected(Holds::new());
	for record in pallet_metaverse::Metaverses::<Runtime>::iter_values() {
		if let Some(owner) = record.owner.account() {
			let reason = pallet_metaverse::HoldReason::Metaverse;
			all.native(owner.clone(), reason, record.deposit);
		}
	}
	for parcel in pallet_land::Parcels::<Runtime>::iter_values() {
		all.native(
			parcel.depositor,
			pallet_land::HoldReason::Parcel,
			parcel.deposit,
		);
	}
	for content in pallet_land::Contents::<Runtime>::iter_values() {
		all.native(
			content.depositor,
			pallet_land::HoldReason::Content,
			content.deposit,
		);
	}
	for record in pallet_attestation::Attestations::<Runtime>::iter() {
		let (attester, _, record) = record;
		all.native(
			attester,
			pallet_attestation::HoldReason::Attestation,
			record.deposit,
		);
	}
	for (who, bond) in pallet_validators::Bonds::<Runtime>::iter() {
		all.native(who, pallet_validators::HoldReason::Bond, bond.total());
	}
	escrow(&mut all);
	portals(&mut all);
	all.0
}

fn escrow(all: &mut Expected) {
	use pallet_escrow::HoldReason;
	for (id, campaign) in pallet_escrow::Campaigns::<Runtime>::iter() {
		let pot = Escrow::pot(id);
		let asset = campaign.asset;
		let bonds = campaign.bond + campaign.dispute_bond;
		let revenue = campaign
			.money
			.revenue
			.saturating_sub(campaign.money.revenue_claimed);
		let principal = campaign.pool + campaign.stale;
		for (reason, amount) in [
			(HoldReason::Principal, principal),
			(HoldReason::Bond, bonds),
			(HoldReason::Revenue, revenue),
		] {
			all.add(asset.clone(), pot.clone(), reason.into(), amount);
		}
		all.native(campaign.sponsor, HoldReason::Campaign, campaign.deposit);
	}
	for position in pallet_escrow::Positions::<Runtime>::iter_values() {
		all.native(position.owner, HoldReason::Position, position.deposit);
	}
}

fn portals(all: &mut Expected) {
	use pallet_portal::HoldReason;
	for portal in pallet_portal::Portals::<Runtime>::iter_values() {
		for deposit in [portal.source_deposit, portal.destination_deposit]
			.into_iter()
			.flatten()
		{
			all.native(deposit.payer, HoldReason::Portal, deposit.amount);
		}
	}
	for offer in pallet_portal::Offers::<Runtime>::iter_values() {
		if let Some(deposit) = offer.deposit {
			all.native(deposit.payer, HoldReason::Portal, deposit.amount);
		}
	}
	for (_, who, pass) in pallet_portal::Passes::<Runtime>::iter() {
		if let Some(toll) = pass.toll {
			let amount = toll.amount();
			all.add(toll.asset, who.clone(), HoldReason::Toll.into(), amount);
		}
		all.native(who, HoldReason::Pass, pass.deposit);
	}
}

/// Whether a reason belongs to a pallet of ours.
const fn is_ours(reason: &RuntimeHoldReason) -> bool {
	matches!(
		reason,
		RuntimeHoldReason::Metaverse(_)
			| RuntimeHoldReason::Land(_)
			| RuntimeHoldReason::Escrow(_)
			| RuntimeHoldReason::Portal(_)
			| RuntimeHoldReason::Attestation(_)
			| RuntimeHoldReason::Validators(_)
	)
}

/// What is really on hold in the native token, for reasons of ours.
fn held() -> Holds {
	let mut all = Holds::new();
	for (who, holds) in pallet_balances::Holds::<Runtime>::iter() {
		for hold in holds
			.into_iter()
			.filter(|hold| is_ours(&hold.id) && hold.amount > 0)
		{
			all.insert((AssetKind::Native, who.clone(), key(&hold.id)), hold.amount);
		}
	}
	all
}

fn check_holds() -> Result<(), Failure> {
	let recorded = recorded();
	let held = held();
	for (hold, amount) in &held {
		let record = recorded.get(hold).copied().unwrap_or_default();
		must!(
			record == *amount,
			"on hold is not what the records say: (reason {:?} of {}, {amount} on hold, {record} recorded)",
			hold.2,
			hold.1
		);
	}
	let mut assets: BTreeMap<(AssetId, AccountId), Balance> = BTreeMap::new();
	for ((asset, who, reason), amount) in &recorded {
		match asset {
			AssetKind::Native => {
				must!(
					held.contains_key(&(asset.clone(), who.clone(), reason.clone())),
					"a record without a hold: (reason {reason:?} of {who}, {amount})"
				);
			}
			AssetKind::WithId(id) => {
				let reason: RuntimeHoldReason = codec::Decode::decode(&mut reason.as_slice())
					.map_err(|_| Failure::new("a reason does not decode"))?;
				let held = AssetsHolder::balance_on_hold(*id, &reason, who);
				must!(
					held == *amount,
					"an asset on hold is not what the records say: ({reason:?} of {who}, {held} on hold, {amount} recorded)"
				);
				*assets.entry((*id, who.clone())).or_default() += amount;
			}
		}
	}
	// Nothing but our pallets holds assets.
	for (asset, who) in pallet_assets::Account::<Runtime>::iter_keys() {
		let held = <AssetsHolder as InspectHold<AccountId>>::total_balance_on_hold(asset, &who);
		let recorded = assets
			.get(&(asset, who.clone()))
			.copied()
			.unwrap_or_default();
		must!(
			held == recorded,
			"assets are on hold without a record: (asset {asset} of {who}, {held} and {recorded})"
		);
	}
	Ok(())
}

fn check_land() -> Result<(), Failure> {
	let supply = pallet_land::LandSupply::<Runtime>::get();
	let most = <<Runtime as pallet_land::Config>::MaxSupply as sp_core::Get<u64>>::get();
	let territories: u64 = pallet_land::Territories::<Runtime>::iter_values()
		.map(|territory| u64::from(territory.size.width) * u64::from(territory.size.height))
		.sum();
	let parcels: u64 = pallet_land::Parcels::<Runtime>::iter_values()
		.map(|parcel| u64::from(parcel.area.width) * u64::from(parcel.area.height))
		.sum();
	must!(
		supply.allocated == territories && supply.claimed == parcels && territories <= most,
		"the supply of land: ({supply:?}, but {territories} cells in territories, {parcels} in parcels)"
	);
	Ok(())
}
