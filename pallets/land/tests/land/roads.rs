//! Roads: what genesis lays, and that nobody but the network can do anything with it.

use std::panic::{catch_unwind, AssertUnwindSafe};

use crate::support::*;
use frame_support::traits::BuildGenesisConfig;
use madang_primitives::metaverse::Roles;
use pallet_land::{Contents, GenesisConfig, LandSupply, Parcels, Territories};

const TOWN: MetaverseId = 1;

/// A street and an avenue of a town of 16 x 16 cells. The avenue ends at the street.
const STREET: Area = Area::new(0, 6, 16, 2);
const AVENUE: Area = Area::new(7, 0, 2, 6);

/// Their parcels.
const STREET_PARCEL: ParcelId = 0;
const AVENUE_PARCEL: ParcelId = 1;

/// The role of land alone.
const LAND: Roles = Roles {
	profile: false,
	land: true,
	portal: false,
	treasury: false,
};

/// Builds a genesis that lays these roads.
fn lay(roads: &[(MetaverseId, &[Area])]) {
	GenesisConfig::<Test> {
		roads: roads
			.iter()
			.map(|(town, areas)| (*town, areas.to_vec()))
			.collect(),
		..Default::default()
	}
	.build();
}

/// Runs a test in which a town has both roads, and its land is sold for ten units a cell.
fn in_town(test: impl FnOnce()) {
	build_and_execute(|| {
		lay(&[(TOWN, &[STREET, AVENUE])]);
		GenesisConfig::<Test> {
			sales: vec![(TOWN, 10)],
			..Default::default()
		}
		.build();
		check_state();
		test();
	});
}

/// Why genesis refuses to lay these roads.
fn refusal(roads: &[(MetaverseId, &[Area])]) -> String {
	let panic =
		catch_unwind(AssertUnwindSafe(|| lay(roads))).expect_err("genesis refuses such roads");
	*panic.downcast().expect("the panic is a sentence")
}

/// The network names a land manager of the town.
fn name_land_manager(who: AccountId) {
	assert_ok!(Metaverse::set_manager(root(), TOWN, who, LAND));
}

#[test]
fn roads_are_parcels_of_the_towns_account() {
	in_town(|| {
		let account = treasury_of(TOWN);
		for (id, area) in [(STREET_PARCEL, STREET), (AVENUE_PARCEL, AVENUE)] {
			let road = Land::api_parcel(TOWN, id).unwrap();
			assert_eq!(road.area, area);
			assert_eq!(road.owner, Some(account.clone()));
			assert_eq!((road.depositor, road.deposit), (account.clone(), 0));
		}
		assert_eq!(held(&account), 0, "a town pays for nothing that it stores");
		assert_eq!(wealth(&account), EXISTENTIAL);

		let territory = Territories::<Test>::get(TOWN).unwrap();
		assert_eq!((territory.parcels, territory.claimed), (2, 44));
		assert_eq!(LandSupply::<Test>::get().claimed, 44);
		let map = Land::api_area(TOWN, Area::new(0, 0, 16, 16)).unwrap();
		assert_eq!(map.owners, vec![account.clone()]);
		assert_eq!(map.parcels.len(), 2);
		let corner = Land::api_parcel_at(TOWN, 15, 7).unwrap().unwrap();
		assert_eq!(corner.id, STREET_PARCEL);
		assert_eq!(Land::api_parcel_at(TOWN, 6, 5).unwrap(), None);
		let owned = Land::api_parcels_of(account, None, 100).unwrap();
		assert_eq!(owned.items.len(), 2);
		assert_eq!(Territories::<Test>::get(0).unwrap().parcels, 0);
	});
}

#[test]
fn nobody_claims_a_road() {
	in_town(|| {
		name_land_manager(carol());
		for area in [
			STREET,
			AVENUE,
			Area::new(0, 0, 16, 16),
			Area::new(0, 0, 8, 6),
			Area::new(15, 7, 1, 1),
		] {
			for who in [bob(), carol()] {
				assert_noop!(
					Land::claim(by(&who), TOWN, area, Balance::MAX),
					Error::<Test>::Occupied
				);
			}
			assert_noop!(
				Land::claim_for(root(), TOWN, area, bob()),
				Error::<Test>::Occupied
			);
		}
	});
}

#[test]
fn a_plot_beside_the_roads_can_be_claimed_and_pays_the_town() {
	in_town(|| {
		let plot = Area::new(0, 0, 7, 6);
		let (buyer, town) = (wealth(&bob()), wealth(&treasury_of(TOWN)));
		let id = claim_by(&bob(), TOWN, plot);
		assert_eq!(id, 2, "the ids go on after the roads");
		assert_eq!(owner_of(TOWN, id), Some(bob()));
		assert_eq!(wealth(&bob()), buyer - 420);
		assert_eq!(wealth(&treasury_of(TOWN)), town + 412);
		assert!(on_hold(HoldReason::Parcel, &bob()) > 0);
	});
}

#[test]
fn strangers_can_do_nothing_with_a_road() {
	in_town(|| {
		nothing_can_be_done_by(&bob());
		assert_noop!(
			Land::release(by(&bob()), TOWN, STREET_PARCEL),
			Error::<Test>::NotOwner
		);
		assert_noop!(
			Land::release(root(), TOWN, STREET_PARCEL),
			sp_runtime::DispatchError::BadOrigin
		);
	});
}

#[test]
fn a_land_manager_can_give_a_road_back_and_nothing_else() {
	in_town(|| {
		name_land_manager(carol());
		nothing_can_be_done_by(&carol());

		let (town, manager) = (wealth(&treasury_of(TOWN)), wealth(&carol()));
		assert_ok!(Land::release(by(&carol()), TOWN, AVENUE_PARCEL));
		System::assert_last_event(
			Event::Released {
				metaverse: TOWN,
				parcel: AVENUE_PARCEL,
				area: AVENUE,
			}
			.into(),
		);
		assert_eq!(owner_of(TOWN, AVENUE_PARCEL), None);
		assert_eq!(
			wealth(&treasury_of(TOWN)),
			town,
			"there was no deposit to return"
		);
		assert_eq!(wealth(&carol()), manager);
		assert_eq!(Territories::<Test>::get(TOWN).unwrap().claimed, 32);
		assert!(!System::events().iter().any(|record| matches!(
			record.event,
			RuntimeEvent::Land(Event::DepositMissing { .. })
		)));

		let id = claim_by(&bob(), TOWN, AVENUE);
		assert_eq!(owner_of(TOWN, id), Some(bob()));
	});
}

#[test]
fn managers_without_the_land_role_cannot_give_a_road_back() {
	in_town(|| {
		let others = Roles {
			land: false,
			..Roles::ALL
		};
		assert_ok!(Metaverse::set_manager(root(), TOWN, carol(), others));
		assert_noop!(
			Land::release(by(&carol()), TOWN, STREET_PARCEL),
			Error::<Test>::NotOwner
		);
		// Nor does the role in another town help.
		assert_ok!(Metaverse::set_manager(root(), 0, dave(), LAND));
		assert_noop!(
			Land::release(by(&dave()), TOWN, STREET_PARCEL),
			Error::<Test>::NotOwner
		);
	});
}

#[test]
fn what_keeps_a_parcel_keeps_a_road() {
	in_town(|| {
		name_land_manager(carol());
		set_reshape_allowed(false);
		assert_noop!(
			Land::release(by(&carol()), TOWN, STREET_PARCEL),
			BLOCKED_RESHAPE
		);
	});
}

#[test]
fn the_network_lays_roads_later_from_the_towns_own_money() {
	in_town(|| {
		let account = treasury_of(TOWN);
		let road = Area::new(7, 8, 2, 8);
		assert_noop!(
			Land::claim_for(root(), TOWN, road, account.clone()),
			Error::<Test>::DepositNotCovered
		);
		assert_ok!(Balances::transfer_allow_death(
			by(&alice()),
			account.clone(),
			10_000
		));
		assert_ok!(Land::claim_for(root(), TOWN, road, account.clone()));
		assert_eq!(owner_of(TOWN, 2), Some(account.clone()));
		assert!(on_hold(HoldReason::Parcel, &account) > 0);
		assert_noop!(
			Land::claim(by(&bob()), TOWN, road, Balance::MAX),
			Error::<Test>::Occupied
		);

		name_land_manager(carol());
		// The deposit of one road is not the deposit of another.
		assert_ok!(Land::release(by(&carol()), TOWN, STREET_PARCEL));
		assert!(on_hold(HoldReason::Parcel, &account) > 0);
		assert_ok!(Land::release(by(&carol()), TOWN, 2));
		assert_eq!(on_hold(HoldReason::Parcel, &account), 0);
		assert_eq!(free(&account), EXISTENTIAL + 10_000);
	});
}

#[test]
fn roads_count_as_claimed_when_a_town_grows() {
	build_and_execute(|| {
		// 204 of 256 cells are not four fifths, 205 are.
		lay(&[(TOWN, &[Area::new(0, 0, 16, 12), Area::new(0, 12, 12, 1)])]);
		assert_ok!(Balances::transfer_allow_death(
			by(&alice()),
			treasury_of(TOWN),
			100_000
		));
		assert_noop!(
			Land::grow(root(), TOWN, 16, 20, Balance::MAX),
			Error::<Test>::NotUsedEnough
		);
		lay(&[(TOWN, &[Area::new(12, 12, 1, 1)])]);
		assert_ok!(Land::grow(root(), TOWN, 16, 20, Balance::MAX));
	});
}

#[test]
fn genesis_lays_roads_in_several_towns_and_pieces() {
	build_and_execute(|| {
		lay(&[(0, &[STREET]), (TOWN, &[STREET]), (0, &[AVENUE])]);
		assert_eq!(Territories::<Test>::get(0).unwrap().parcels, 2);
		assert_eq!(Territories::<Test>::get(TOWN).unwrap().parcels, 1);
		assert_eq!(LandSupply::<Test>::get().claimed, 44 + 32);
	});
}

#[test]
fn genesis_refuses_roads_that_cannot_lie_there() {
	new_test_ext().execute_with(|| {
		let refused = |area: Area, sentence: &str| {
			let why = refusal(&[(TOWN, &[area])]);
			let where_it_is = format!(
				"genesis cannot lay the road of {} x {} cells at {}, {} of metaverse 1: ",
				area.width, area.height, area.x, area.y
			);
			assert_eq!(why, where_it_is + sentence);
		};
		let empty = "it has no cells; give it a width and a height";
		refused(Area::new(0, 0, 0, 1), empty);
		refused(Area::new(0, 0, 1, 0), empty);
		let outside = "it reaches beyond the territory; keep to its width and height";
		refused(Area::new(0, 0, 17, 1), outside);
		refused(Area::new(0, 15, 1, 2), outside);
		refused(Area::new(u16::MAX, 0, u16::MAX, 1), outside);
		assert_eq!(
			refusal(&[(77, &[STREET])]),
			"genesis cannot lay the road of 16 x 2 cells at 0, 6 of metaverse 77: genesis does not \
			 found it; add it to the towns"
		);
		lay(&[(TOWN, &[STREET])]);
		let overlap = "it overlaps another road; give each cell to one of them";
		refused(STREET, overlap);
		refused(Area::new(15, 7, 1, 9), overlap);
	});
}

#[test]
fn genesis_refuses_roads_that_are_longer_than_a_parcel() {
	new_test_ext().execute_with(|| {
		let town = pallet_metaverse::Town {
			slug: "long-town".into(),
			name: "Long Town".into(),
			width: 100,
			height: 100,
		};
		pallet_metaverse::GenesisConfig::<Test> {
			towns: vec![town],
			..Default::default()
		}
		.build();
		for area in [Area::new(0, 0, 65, 1), Area::new(0, 0, 1, 65)] {
			let why = refusal(&[(FIRST_ID, &[area])]);
			assert!(
				why.ends_with("a side is longer than MaxParcelSide; lay it in several pieces"),
				"{why}"
			);
		}
		lay(&[(FIRST_ID, &[Area::new(0, 0, 64, 1), Area::new(64, 0, 36, 1)])]);
	});
}

#[test]
fn genesis_refuses_roads_in_the_metaverse_of_a_startup() {
	build_and_execute(|| {
		let startup = world();
		assert_eq!(
			refusal(&[(startup, &[STREET])]),
			"genesis cannot lay the road of 16 x 2 cells at 0, 6 of metaverse 2: it is not a town; \
			 lay roads in the network's own metaverses only"
		);
	});
}

#[test]
#[should_panic(expected = "genesis sells land of 77, which it does not found")]
fn genesis_refuses_to_sell_what_it_does_not_found() {
	new_test_ext().execute_with(|| {
		GenesisConfig::<Test> {
			sales: vec![(77, 10)],
			..Default::default()
		}
		.build();
	});
}

/// Everything that the owner of a parcel may do with it is refused, but to give it back.
fn nothing_can_be_done_by(who: &AccountId) {
	let collection = collection_of(TOWN);
	let before = Parcels::<Test>::get(TOWN, STREET_PARCEL);
	assert_noop!(
		Land::split(by(who), TOWN, STREET_PARCEL, Cut::Column(8)),
		Error::<Test>::NotOwner
	);
	assert_noop!(
		Land::merge(by(who), TOWN, STREET_PARCEL, AVENUE_PARCEL),
		Error::<Test>::NotOwner
	);
	assert_noop!(
		Land::adopt_deposit(by(who), TOWN, STREET_PARCEL),
		Error::<Test>::NotOwner
	);
	assert_noop!(
		Land::set_builder(by(who), TOWN, STREET_PARCEL, who.clone(), 1_000),
		Error::<Test>::NotOwner
	);
	assert_noop!(
		Land::reap(by(who), TOWN, STREET_PARCEL),
		Error::<Test>::ItemExists
	);
	let content = madang_primitives::land::ContentInput {
		uri: b"ipfs://billboard".to_vec(),
		hash: Default::default(),
	};
	for content in [Some(content), None] {
		assert_noop!(
			Land::set_content(by(who), TOWN, STREET_PARCEL, content),
			Error::<Test>::NotBuilder
		);
	}
	assert!(!Contents::<Test>::contains_key(TOWN, STREET_PARCEL));
	for origin in [by(who), root()] {
		assert_refused!(Land::transfer(
			origin.clone(),
			TOWN,
			STREET_PARCEL,
			who.clone()
		));
		assert_refused!(Nfts::transfer(
			origin.clone(),
			collection,
			STREET_PARCEL,
			who.clone()
		));
		assert_refused!(Nfts::burn(origin.clone(), collection, STREET_PARCEL));
		assert_refused!(Nfts::set_price(
			origin.clone(),
			collection,
			STREET_PARCEL,
			Some(1),
			None
		));
		assert_refused!(Nfts::approve_transfer(
			origin,
			collection,
			STREET_PARCEL,
			who.clone(),
			None
		));
	}
	assert_refused!(Nfts::buy_item(
		by(who),
		collection,
		STREET_PARCEL,
		Balance::MAX
	));
	assert_eq!(Parcels::<Test>::get(TOWN, STREET_PARCEL), before);
	assert_eq!(
		owner_of(TOWN, STREET_PARCEL),
		Some(treasury_of(TOWN)),
		"it is still the town's"
	);
}
