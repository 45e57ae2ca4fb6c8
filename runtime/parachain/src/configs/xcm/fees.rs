//! What a message pays, and to whom: everything goes to the treasury.
//!
//! A message that brings a dollar must be able to pay with it, or it would never get in, so execution is
//! sold for the native token, the relay token and Tether's dollar. What the last two are worth nobody
//! here can know. Until somebody says so, it is what their least balances say: what keeps an account
//! alive costs the same in every token. Root or the council say otherwise with `assetRate.create` and
//! `assetRate.update`, as prices move. A message that brings another asset of Asset Hub brings one of
//! these with it.

use alloc::vec::Vec;
use core::marker::PhantomData;

use frame_support::{
	parameter_types,
	traits::{
		fungible::ItemOf,
		tokens::{imbalance::ResolveTo, ConversionToAssetBalance},
		ConstU32, Get,
	},
	weights::{Weight, WeightToFee},
};
use madang_runtime_common::{
	fees::{self, TransactionByteFee},
	units::MILLI,
};
use polkadot_runtime_common::xcm_sender::ExponentialPrice;
use sp_runtime::traits::{ConvertInto, MaybeEquivalence};
use xcm::latest::prelude::{AssetId as XcmAssetId, Location};
use xcm_builder::UsingComponents;

use super::{
	assets::{ForeignIds, RELAY_TOKEN, USDT},
	HereLocation,
};
use crate::{
	application::configs::{
		governance::RootOrCouncilMajority, payment::DealWithFees, treasury::TreasuryAccount,
	},
	AccountId, AssetId, AssetRate, Assets, Balance, Balances, ParachainSystem, Runtime,
	RuntimeEvent, XcmpQueue, MAXIMUM_BLOCK_WEIGHT,
};

/// Execution that a block has for each byte of its proof. What a message takes of one it keeps from
/// others as much as what it takes of the other.
const TIME_PER_PROOF_BYTE: u64 =
	MAXIMUM_BLOCK_WEIGHT.ref_time() / MAXIMUM_BLOCK_WEIGHT.proof_size();

parameter_types! {
	/// The native token as messages call it.
	pub NativeToken: XcmAssetId = XcmAssetId(Location::here());
	/// Price of sending a message, besides its bytes and while the queue is short.
	pub const BaseDeliveryFee: Balance = 30 * MILLI;
}

/// Price of execution in the native token: that of the scarcer of time and proof.
pub struct Price;

impl WeightToFee for Price {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		let proof = weight.proof_size().saturating_mul(TIME_PER_PROOF_BYTE);
		let scarcer = Weight::from_parts(weight.ref_time().max(proof), 0);
		fees::WeightToFee::weight_to_fee(&scarcer)
	}
}

/// The same in the asset with this id.
pub struct PriceIn<Id>(PhantomData<Id>);

impl<Id: Get<AssetId>> WeightToFee for PriceIn<Id> {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		type LeastBalances = pallet_assets::BalanceToAssetBalance<Balances, Runtime, ConvertInto>;
		let price = Price::weight_to_fee(weight);
		<AssetRate as ConversionToAssetBalance<_, _, _>>::to_asset_balance(price, Id::get())
			.ok()
			.or_else(|| LeastBalances::to_asset_balance(price, Id::get()).ok())
			// An asset that is not there has no price, and nobody has so much of it.
			.unwrap_or(Balance::MAX)
			// Whatever the rate, what costs something costs one of the smallest units at least.
			.max(price.min(1))
	}
}

/// The place of the asset with this id.
pub struct PlaceOf<Id>(PhantomData<Id>);

impl<Id: Get<AssetId>> Get<Location> for PlaceOf<Id> {
	fn get() -> Location {
		ForeignIds::convert_back(&Id::get()).expect("only assets that have a place buy execution")
	}
}

/// One asset, as if it were a token of its own.
type Token<Id> = ItemOf<Assets, Id, AccountId>;

/// Sells execution for one asset.
type Sells<Id> = UsingComponents<
	PriceIn<Id>,
	PlaceOf<Id>,
	AccountId,
	Token<Id>,
	ResolveTo<TreasuryAccount, Token<Id>>,
>;

/// Sells execution.
pub type Trader = (
	UsingComponents<Price, HereLocation, AccountId, Balances, DealWithFees>,
	Sells<ConstU32<USDT>>,
	Sells<ConstU32<RELAY_TOKEN>>,
);

/// What [`Trader`] takes.
pub fn acceptable() -> Vec<XcmAssetId> {
	let foreign = [USDT, RELAY_TOKEN];
	let foreign = foreign.iter().filter_map(ForeignIds::convert_back);
	[HereLocation::get()]
		.into_iter()
		.chain(foreign)
		.map(XcmAssetId)
		.collect()
}

/// Price of sending a message to the relay chain. It rises as the queue fills.
pub type ToRelayChain =
	ExponentialPrice<NativeToken, BaseDeliveryFee, TransactionByteFee, ParachainSystem>;

/// Price of sending a message to another parachain. It rises as the queue fills.
pub type ToParachains =
	ExponentialPrice<NativeToken, BaseDeliveryFee, TransactionByteFee, XcmpQueue>;

impl pallet_asset_rate::Config for Runtime {
	type AssetKind = AssetId;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CreateOrigin = RootOrCouncilMajority;
	type Currency = Balances;
	type RemoveOrigin = RootOrCouncilMajority;
	type RuntimeEvent = RuntimeEvent;
	type UpdateOrigin = RootOrCouncilMajority;
	type WeightInfo = pallet_asset_rate::weights::SubstrateWeight<Runtime>;
}
