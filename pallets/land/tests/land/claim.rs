use crate::support::*;

#[test]
fn the_owner_claims_without_price() {
	build_and_execute(|| {
		let m = world();
		let before = wealth(&alice());
		let id = claim(m, Area::new(4, 4, 24, 24));
		assert_eq!(owner_of(m, id), Some(alice()));
		assert_eq!(wealth(&alice()), before);
		assert!(on_hold(HoldReason::Parcel, &alice()) > 0);
		System::assert_last_event(
			Event::Claimed {
				metaverse: m,
				parcel: id,
				area: Area::new(4, 4, 24, 24),
				owner: alice(),
				price: 0,
				fee: 0,
			}
			.into(),
		);
	});
}

#[test]
fn a_visitor_pays_the_metaverse_and_the_fee() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 1_000);
		let (visitor, world_had) = (wealth(&bob()), wealth(&treasury_of(m)));
		let treasury_had = wealth(&treasury());
		let id = claim_by(&bob(), m, Area::new(0, 0, 2, 3));
		assert_eq!(owner_of(m, id), Some(bob()));
		assert_eq!(wealth(&bob()), visitor - 6_000);
		assert_eq!(wealth(&treasury_of(m)), world_had + 5_880);
		assert_eq!(wealth(&treasury()), treasury_had + 120);
	});
}

#[test]
fn fails_when_the_sale_is_closed() {
	build_and_execute(|| {
		let m = world();
		assert_noop!(
			Land::claim(by(&bob()), m, Area::new(0, 0, 1, 1), Balance::MAX),
			Error::<Test>::SaleClosed
		);
		open_sale(m, 1);
		assert_ok!(Land::set_sale(by(&alice()), m, SalePolicy::Closed));
		assert_noop!(
			Land::claim(by(&bob()), m, Area::new(0, 0, 1, 1), Balance::MAX),
			Error::<Test>::SaleClosed
		);
	});
}

#[test]
fn fails_while_the_metaverse_is_suspended_but_not_for_its_owner() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 1);
		assert_ok!(Metaverse::suspend(
			RuntimeOrigin::root(),
			m,
			System::block_number() + 5,
			Default::default()
		));
		assert_refused!(Land::claim(
			by(&bob()),
			m,
			Area::new(0, 0, 1, 1),
			Balance::MAX
		));
		claim(m, Area::new(0, 0, 1, 1));
		run_to_block(System::block_number() + 5);
		claim_by(&bob(), m, Area::new(1, 0, 1, 1));
	});
}

#[test]
fn fails_when_the_price_is_above_the_callers_limit() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 10);
		assert_noop!(
			Land::claim(by(&bob()), m, Area::new(0, 0, 2, 2), 39),
			Error::<Test>::PriceAboveLimit
		);
		assert_ok!(Land::claim(by(&bob()), m, Area::new(0, 0, 2, 2), 40));
	});
}

#[test]
fn fails_when_the_price_is_more_than_the_caller_has() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, wealth(&bob()));
		let before = wealth(&bob());
		assert_refused!(Land::claim(
			by(&bob()),
			m,
			Area::new(0, 0, 1, 1),
			Balance::MAX
		));
		open_sale(m, Balance::MAX);
		assert_noop!(
			Land::claim(by(&bob()), m, Area::new(0, 0, 2, 1), Balance::MAX),
			Error::<Test>::Overflow
		);
		assert_eq!(wealth(&bob()), before);
	});
}

#[test]
fn areas_without_cells_outside_or_too_large_are_refused() {
	build_and_execute(|| {
		let m = register_demo(alice(), 100, 100);
		let refused = |area, error: Error<Test>| {
			assert_noop!(Land::claim(by(&alice()), m, area, Balance::MAX), error);
		};
		refused(Area::new(0, 0, 0, 1), Error::EmptyArea);
		refused(Area::new(0, 0, 1, 0), Error::EmptyArea);
		refused(Area::new(0, 0, 0, 0), Error::EmptyArea);
		refused(Area::new(100, 0, 1, 1), Error::OutsideTerritory);
		refused(Area::new(0, 100, 1, 1), Error::OutsideTerritory);
		refused(Area::new(99, 0, 2, 1), Error::OutsideTerritory);
		refused(Area::new(u16::MAX, 0, u16::MAX, 1), Error::OutsideTerritory);
		refused(
			Area::new(u16::MAX, u16::MAX, u16::MAX, u16::MAX),
			Error::OutsideTerritory,
		);
		refused(Area::new(1, 0, u16::MAX, 1), Error::OutsideTerritory);
		refused(Area::new(0, 0, 65, 1), Error::ParcelTooLarge);
		refused(Area::new(0, 0, 1, 65), Error::ParcelTooLarge);
		claim(m, Area::new(36, 36, 64, 64));
	});
}

#[test]
fn areas_that_share_a_cell_are_refused_and_neighbours_are_not() {
	build_and_execute(|| {
		let m = world();
		claim(m, Area::new(10, 10, 8, 8));
		for taken in [
			Area::new(10, 10, 8, 8),
			Area::new(17, 17, 1, 1),
			Area::new(9, 9, 2, 2),
			Area::new(0, 0, 64, 64),
			Area::new(12, 0, 1, 64),
		] {
			assert_noop!(
				Land::claim(by(&alice()), m, taken, Balance::MAX),
				Error::<Test>::Occupied
			);
		}
		for beside in [
			Area::new(18, 10, 8, 8),
			Area::new(2, 10, 8, 8),
			Area::new(10, 2, 8, 8),
			Area::new(10, 18, 8, 8),
			Area::new(18, 18, 1, 1),
		] {
			claim(m, beside);
		}
	});
}

#[test]
fn an_occupied_cell_costs_the_claimant_nothing() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 10);
		claim(m, Area::new(0, 0, 1, 1));
		let before = (wealth(&bob()), free(&bob()), wealth(&treasury()));
		assert_noop!(
			Land::claim(by(&bob()), m, Area::new(0, 0, 2, 2), Balance::MAX),
			Error::<Test>::Occupied
		);
		assert_eq!((wealth(&bob()), free(&bob()), wealth(&treasury())), before);
	});
}

#[test]
fn fails_for_an_unknown_metaverse() {
	build_and_execute(|| {
		assert_noop!(
			Land::claim(by(&alice()), 77, Area::new(0, 0, 1, 1), 0),
			Error::<Test>::UnknownMetaverse
		);
		assert_refused!(Land::set_sale(by(&alice()), 77, SalePolicy::Closed));
	});
}

#[test]
fn only_a_land_manager_grants_and_sells() {
	build_and_execute(|| {
		let m = world();
		let area = Area::new(0, 0, 1, 1);
		assert_refused!(Land::claim_for(by(&bob()), m, area, bob()));
		assert_refused!(Land::claim_for(RuntimeOrigin::root(), m, area, bob()));
		assert_refused!(Land::set_sale(by(&bob()), m, SalePolicy::Closed));
		assert_ok!(Land::claim_for(by(&alice()), m, area, bob()));
		assert_eq!(owner_of(m, 0), Some(bob()));
		assert_eq!(on_hold(HoldReason::Parcel, &bob()), 0);
		assert!(on_hold(HoldReason::Parcel, &alice()) > 0);
		assert_noop!(
			Land::claim_for(by(&alice()), m, area, bob()),
			Error::<Test>::Occupied
		);
	});
}

#[test]
fn a_managers_right_to_land_is_not_a_right_to_anothers_land() {
	build_and_execute(|| {
		let m = world();
		let other = register_demo(carol(), 16, 16);
		assert_refused!(Land::claim_for(
			by(&alice()),
			other,
			Area::new(0, 0, 1, 1),
			alice()
		));
		assert_noop!(
			Land::claim(by(&alice()), other, Area::new(0, 0, 1, 1), Balance::MAX),
			Error::<Test>::SaleClosed
		);
		claim(m, Area::new(0, 0, 1, 1));
	});
}
