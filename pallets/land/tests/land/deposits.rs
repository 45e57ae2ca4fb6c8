use crate::support::*;
use codec::Encode;

#[test]
fn deposits_for_n_things_are_n_deposits() {
	build_and_execute(|| {
		let m = world();
		claim(m, Area::new(0, 0, 1, 1));
		let one = on_hold(HoldReason::Parcel, &alice());
		for x in 1..30 {
			claim(m, Area::new(x, 0, 1, 1));
		}
		assert_eq!(on_hold(HoldReason::Parcel, &alice()), 30 * one);
	});
}

#[test]
fn deposits_come_back_exactly() {
	build_and_execute(|| {
		let m = world();
		let before = free(&alice());
		let id = claim(m, Area::new(3, 3, 24, 24));
		assert_ok!(Land::split(by(&alice()), m, id, Cut::Column(5)));
		assert_ok!(Land::split(by(&alice()), m, id + 1, Cut::Row(5)));
		assert_ok!(Land::merge(by(&alice()), m, id + 3, id + 4));
		assert_ok!(Land::release(by(&alice()), m, id + 5));
		assert_ok!(Land::release(by(&alice()), m, id + 2));
		assert_eq!(on_hold(HoldReason::Parcel, &alice()), 0);
		assert_eq!(free(&alice()), before);
	});
}

#[test]
fn a_sold_parcels_deposit_goes_back_to_who_paid_it() {
	build_and_execute(|| {
		let m = world();
		let before = free(&alice());
		let id = claim(m, Area::new(0, 0, 8, 8));
		assert_ok!(Land::transfer(by(&alice()), m, id, bob()));
		assert!(on_hold(HoldReason::Parcel, &alice()) > 0);
		let bob_had = free(&bob());
		assert_ok!(Land::release(by(&bob()), m, id));
		assert_eq!(free(&alice()), before);
		assert_eq!(free(&bob()), bob_had);
	});
}

#[test]
fn the_owner_adopts_a_deposit_once() {
	build_and_execute(|| {
		let m = world();
		let before = free(&alice());
		let id = claim(m, Area::new(0, 0, 8, 8));
		let deposit = on_hold(HoldReason::Parcel, &alice());
		assert_noop!(
			Land::adopt_deposit(by(&alice()), m, id),
			Error::<Test>::DepositIsYours
		);
		assert_ok!(Land::transfer(by(&alice()), m, id, bob()));
		assert_noop!(
			Land::adopt_deposit(by(&carol()), m, id),
			Error::<Test>::NotOwner
		);
		assert_noop!(
			Land::adopt_deposit(by(&alice()), m, id),
			Error::<Test>::NotOwner
		);
		assert_ok!(Land::adopt_deposit(by(&bob()), m, id));
		assert_eq!(free(&alice()), before);
		assert_eq!(on_hold(HoldReason::Parcel, &bob()), deposit);
		assert_noop!(
			Land::adopt_deposit(by(&bob()), m, id),
			Error::<Test>::DepositIsYours
		);
	});
}

#[test]
fn who_cannot_pay_the_deposit_gets_no_land() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 1);
		let poor = stranger(1);
		assert_ok!(Balances::transfer_allow_death(
			by(&alice()),
			poor.clone(),
			200
		));
		assert_refused!(Land::claim(by(&poor), m, Area::new(0, 0, 1, 1), 1));
		assert_eq!(wealth(&poor), 200);
		assert_eq!(pallet_land::Territories::<Test>::get(m).unwrap().parcels, 0);
	});
}

/// The deposit speaks of bytes; this measures them.
#[test]
fn the_bytes_of_a_deposit_are_at_least_the_bytes_stored() {
	build_and_execute(|| {
		let m = world();
		let (id, c) = (claim(m, Area::new(0, 0, 1, 1)), collection_of(m));
		assert_ok!(Land::set_builder(by(&alice()), m, id, bob(), 1_000));
		let key = |key: Vec<u8>| key.len();
		let bytes = key(pallet_land::Parcels::<Test>::hashed_key_for(m, id))
			+ pallet_land::Parcels::<Test>::get(m, id).encoded_size()
			+ key(pallet_land::Builders::<Test>::hashed_key_for(m, id))
			+ pallet_land::Builders::<Test>::get(m, id).encoded_size()
			+ key(pallet_nfts::Item::<Test>::hashed_key_for(c, id))
			+ pallet_nfts::Item::<Test>::get(c, id).encoded_size()
			+ key(pallet_nfts::ItemConfigOf::<Test>::hashed_key_for(c, id))
			+ pallet_nfts::ItemConfigOf::<Test>::get(c, id).encoded_size()
			+ key(pallet_nfts::Account::<Test>::hashed_key_for((
				alice(),
				c,
				id,
			)));
		let held = on_hold(HoldReason::Parcel, &alice());
		let paid_for = ((held - LAND_DEPOSIT) / BYTE_DEPOSIT) as usize;
		assert!(paid_for >= bytes, "{paid_for} paid for, {bytes} stored");
		assert!(
			paid_for <= bytes + bytes / 4,
			"{paid_for} paid for, only {bytes} stored"
		);
	});
}
