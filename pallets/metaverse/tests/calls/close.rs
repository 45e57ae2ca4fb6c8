use crate::support::*;
use frame_support::traits::ReservableCurrency;

fn close(who: AccountId, id: MetaverseId) -> DispatchResult {
	tx(|| Metaverse::close(signed(who), id))
}

#[test]
fn gives_everything_back_but_the_price() {
	build_and_execute(|| {
		let supply = Land::api_supply();
		let price = Land::api_quote(64).unwrap().price;
		let id = world();
		set_manager(id, bob(), LAND);
		set_endpoint(id, 0, "https://a.example");
		assert_ok!(close(alice(), id));
		expect_event(Event::Closed {
			id,
			owner: alice(),
			returned: EXISTENTIAL,
		});

		assert_eq!(free(&alice()), FUNDS - price);
		assert_eq!(held(&alice()), 0);
		assert_eq!(wealth(&purse(id)), 0);
		assert_eq!(Land::api_supply().allocated, supply.allocated);
		assert_eq!(Metaverse::api_get(id), None);
		assert!(!pallet_metaverse::Profiles::<Test>::contains_key(id));
		assert!(!pallet_metaverse::Endpoints::<Test>::contains_key(id));
		assert!(!pallet_metaverse::Managers::<Test>::contains_key(id));
		assert!(!pallet_metaverse::OwnedBy::<Test>::contains_key(
			alice(),
			id
		));
	});
}

#[test]
fn closing_with_parcels_of_others_is_refused() {
	build_and_execute(|| {
		let id = world();
		let policy = SalePolicy::Open { price_per_cell: 10 };
		assert_ok!(tx(|| Land::set_sale(signed(alice()), id, policy)));
		let parcel = claim_demo(bob(), id, Area::new(0, 0, 2, 2));
		give(id, 1_000);
		assert_noop!(
			close(alice(), id),
			pallet_land::Error::<Test>::ParcelsRemain
		);

		// Only Bob can end that.
		assert_storage_noop!(assert!(
			tx(|| Land::release(signed(alice()), id, parcel)).is_err()
		));
		assert_ok!(tx(|| Land::release(signed(bob()), id, parcel)));
		assert_ok!(close(alice(), id));
	});
}

#[test]
fn closing_with_parcels_of_ones_own_is_refused() {
	build_and_execute(|| {
		let id = world();
		let parcel = claim_demo(alice(), id, Area::new(0, 0, 2, 2));
		assert_noop!(
			close(alice(), id),
			pallet_land::Error::<Test>::ParcelsRemain
		);
		assert_ok!(tx(|| Land::release(signed(alice()), id, parcel)));
		assert_ok!(close(alice(), id));
	});
}

#[test]
fn closing_waits_for_portals_and_campaigns() {
	build_and_execute(|| {
		let id = world();
		set_closing_allowed(false);
		assert_noop!(close(alice(), id), BLOCKED_CLOSING);
		set_closing_allowed(true);
		assert_ok!(close(alice(), id));
	});
}

#[test]
fn closing_with_money_in_its_account_returns_it() {
	build_and_execute(|| {
		let id = world();
		give(id, 12_345);
		let before = wealth(&alice());
		assert_ok!(close(alice(), id));
		let returned = 12_345 + EXISTENTIAL;
		expect_event(Event::Closed {
			id,
			owner: alice(),
			returned,
		});
		assert_eq!(wealth(&alice()), before + returned);
		assert_eq!(wealth(&purse(id)), 0);
	});
}

#[test]
fn fails_when_money_in_its_account_cannot_move() {
	build_and_execute(|| {
		let id = world();
		give(id, 1_000);
		for amount in [1, 500] {
			assert_ok!(Balances::reserve(&purse(id), amount));
			assert_noop!(close(alice(), id), Error::<Test>::TreasuryLocked);
			Balances::unreserve(&purse(id), amount);
		}
		assert_ok!(close(alice(), id));
		assert_eq!(wealth(&purse(id)), 0);
	});
}

#[test]
fn foreign_tokens_in_its_account_do_not_trap_the_owner() {
	build_and_execute(|| {
		let id = world();
		give(id, 1_000);
		// What a token of somebody else does to the account that gets it.
		assert_ok!(System::inc_consumers(&purse(id)));
		let before = wealth(&alice());
		assert_ok!(close(alice(), id));
		assert_eq!(wealth(&alice()), before + 1_000);
		// The account has to live on to carry the token.
		assert_eq!(wealth(&purse(id)), EXISTENTIAL);
		assert_eq!(deposit(&alice()), 0);
	});
}

#[test]
fn a_suspension_does_not_keep_the_owner_from_closing() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(tx(|| Metaverse::suspend(root(), id, 50, REASON)));
		assert_ok!(close(alice(), id));
	});
}

#[test]
fn fails_when_it_is_closed_already() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(close(alice(), id));
		assert_noop!(close(alice(), id), Error::<Test>::UnknownMetaverse);
		assert_noop!(
			tx(|| Land::claim(signed(alice()), id, Area::new(0, 0, 1, 1), Balance::MAX)),
			pallet_land::Error::<Test>::UnknownMetaverse
		);
	});
}

#[test]
fn fails_when_somebody_else_calls() {
	build_and_execute(|| {
		let id = world();
		set_manager(id, bob(), Roles::ALL);
		assert_noop!(close(bob(), id), Error::<Test>::NotOwner);
		assert_noop!(close(carol(), id), Error::<Test>::NotOwner);
		assert_noop!(
			tx(|| Metaverse::close(root(), id)),
			DispatchError::BadOrigin
		);
		assert_noop!(close(alice(), 99), Error::<Test>::UnknownMetaverse);
	});
}

#[test]
fn the_slug_rests() {
	build_and_execute(|| {
		assert_ok!(register(alice(), "market"));
		run_to_block(100);
		assert_ok!(close(alice(), FIRST_ID));
		assert_eq!(Metaverse::api_by_slug(b"market".to_vec()), None);
		assert_noop!(register(alice(), "market"), Error::<Test>::SlugCoolingDown);
		run_to_block(100 + SLUG_COOLDOWN - 1);
		assert_noop!(register(bob(), "market"), Error::<Test>::SlugCoolingDown);
		run_to_block(100 + SLUG_COOLDOWN);
		assert_ok!(register(bob(), "market"));
		assert_eq!(
			Metaverse::api_by_slug(b"market".to_vec()).unwrap().id,
			FIRST_ID + 1
		);
		assert_noop!(register(alice(), "market"), Error::<Test>::SlugTaken);
	});
}

#[test]
fn time_jumps_over_the_rest_of_a_slug() {
	build_and_execute(|| {
		assert_ok!(register(alice(), "market"));
		assert_ok!(close(alice(), FIRST_ID));
		run_to_block(1_000_000);
		assert_ok!(register(bob(), "market"));

		run_to_block(BlockNumber::MAX - 10);
		assert_ok!(close(bob(), FIRST_ID + 1));
		assert_noop!(register(carol(), "market"), Error::<Test>::SlugCoolingDown);
		run_to_block(BlockNumber::MAX);
		assert_ok!(register(carol(), "market"));
	});
}
