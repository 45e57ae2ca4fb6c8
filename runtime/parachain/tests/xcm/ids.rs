//! Which id an asset of another chain has here.

use frame_support::{assert_noop, assert_ok};
use madang_parachain_runtime::{
	configs::xcm::assets::{ForeignIds, RELAY_TOKEN, USDT},
	AssetId, Assets, Runtime, RuntimeOrigin,
};
use madang_runtime_common::{params::FOREIGN_ASSETS, Address};
use sp_runtime::{traits::MaybeEquivalence, DispatchError};
use xcm::latest::prelude::*;

use crate::{
	common::{bob, on_development_chain},
	support::*,
};

#[test]
fn an_id_and_its_place_lead_to_each_other() {
	let ids = [
		FOREIGN_ASSETS,
		FOREIGN_ASSETS + 1,
		USDT,
		FOREIGN_ASSETS + 1_337,
		RELAY_TOKEN - 1,
		RELAY_TOKEN,
	];
	let mut places = Vec::new();
	for id in ids {
		let place = ForeignIds::convert_back(&id).expect("it has a place");
		assert_eq!(ForeignIds::convert(&place), Some(id));
		assert!(!places.contains(&place), "{place:?}");
		places.push(place);
	}
	assert_eq!(ForeignIds::convert(&usdt(1).id.0), Some(USDT));
	assert_eq!(ForeignIds::convert(&Location::parent()), Some(RELAY_TOKEN));
}

#[test]
fn nothing_else_has_a_place_or_an_id() {
	for id in [0, 1, FOREIGN_ASSETS - 1, RELAY_TOKEN + 1, AssetId::MAX] {
		assert_eq!(ForeignIds::convert_back(&id), None, "{id}");
	}
	let last = u128::from(RELAY_TOKEN - FOREIGN_ASSETS - 1);
	assert_eq!(
		ForeignIds::convert(&hub_asset(last, 1).id.0),
		Some(RELAY_TOKEN - 1)
	);
	for index in [last + 1, u128::from(u32::MAX), u128::MAX] {
		assert_eq!(ForeignIds::convert(&hub_asset(index, 1).id.0), None);
	}
	assert_eq!(ForeignIds::convert(&Location::here()), None);
	assert_eq!(ForeignIds::convert(&sibling(1_000)), None);
	assert_eq!(ForeignIds::convert(&Location::new(2, Here)), None);
}

#[test]
fn nobody_who_signs_is_there_before_an_asset_of_another_chain() {
	on_development_chain(|| {
		let create = |id: AssetId| {
			let admin = Address::Id(bob());
			Assets::create(RuntimeOrigin::signed(bob()), id.into(), admin, 1)
		};
		for id in [
			FOREIGN_ASSETS,
			FOREIGN_ASSETS + 1_337,
			RELAY_TOKEN + 1,
			AssetId::MAX,
		] {
			assert_noop!(create(id), DispatchError::BadOrigin);
		}
		assert_ok!(create(FOREIGN_ASSETS - 1));
		let root = RuntimeOrigin::root();
		let id = FOREIGN_ASSETS + 1_337;
		assert_ok!(Assets::force_create(
			root,
			id.into(),
			Address::Id(bob()),
			true,
			1
		));
		assert!(pallet_assets::Asset::<Runtime>::contains_key(id));
	});
}
