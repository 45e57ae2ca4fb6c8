//! What the tests of land share.

pub use madang_mock::*;
pub use madang_primitives::{
	geometry::{Area, Cut, Size},
	land::SalePolicy,
	MetaverseId, ParcelId,
};
pub use pallet_land::{Error, Event, HoldReason};

use frame_support::traits::fungible::{Inspect, InspectHold};

/// The call succeeds, as a transaction.
macro_rules! assert_ok {
	($call:expr $(,)?) => {
		frame_support::assert_ok!(tx(|| $call))
	};
}

/// The call fails with this error and, as a transaction, changes nothing.
macro_rules! assert_noop {
	($call:expr, $error:expr $(,)?) => {
		frame_support::assert_noop!(tx(|| $call), $error)
	};
}

/// The call fails, whatever another pallet says of it, and as a transaction changes nothing.
macro_rules! assert_refused {
	($call:expr $(,)?) => {
		frame_support::assert_storage_noop!(assert!(tx(|| $call).is_err()))
	};
}

pub(crate) use {assert_noop, assert_ok, assert_refused};

/// A signed origin.
pub fn by(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// A metaverse of Alice with 64 x 64 cells.
pub fn world() -> MetaverseId {
	register_demo(alice(), 64, 64)
}

/// Alice claims an area of her own metaverse.
pub fn claim(metaverse: MetaverseId, area: Area) -> ParcelId {
	claim_by(&alice(), metaverse, area)
}

/// Somebody claims an area; tells the parcel's id.
pub fn claim_by(who: &AccountId, metaverse: MetaverseId, area: Area) -> ParcelId {
	let id = pallet_land::Territories::<Test>::get(metaverse)
		.unwrap()
		.next_parcel;
	assert_ok!(Land::claim(by(who), metaverse, area, Balance::MAX));
	id
}

/// Opens the sale of a metaverse of Alice.
pub fn open_sale(metaverse: MetaverseId, price_per_cell: Balance) {
	assert_ok!(Land::set_sale(
		by(&alice()),
		metaverse,
		SalePolicy::Open { price_per_cell }
	));
}

/// Who owns a parcel, as `pallet-nfts` says.
pub fn owner_of(metaverse: MetaverseId, parcel: ParcelId) -> Option<AccountId> {
	pallet_nfts::Pallet::<Test>::owner(collection_of(metaverse), parcel)
}

/// The collection of a metaverse's parcels.
pub fn collection_of(metaverse: MetaverseId) -> u32 {
	pallet_land::Territories::<Test>::get(metaverse)
		.unwrap()
		.collection
}

/// What is on hold from an account for parcels and contents.
pub fn on_hold(reason: HoldReason, who: &AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), who)
}

/// Everything that an account has, on hold or not.
pub fn wealth(who: &AccountId) -> Balance {
	Balances::total_balance(who)
}

/// The account of a metaverse.
pub fn treasury_of(metaverse: MetaverseId) -> AccountId {
	pallet_metaverse::Pallet::<Test>::account_of(metaverse)
}
