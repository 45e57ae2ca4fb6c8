//! `split`, `merge`, `release` and `reap`.

use crate::support::*;

fn listed(m: MetaverseId, parcel: ParcelId, price: Balance) {
	assert_ok!(Nfts::set_price(
		by(&alice()),
		collection_of(m),
		parcel,
		Some(price),
		None
	));
}

#[test]
fn a_split_makes_two_new_parcels_and_a_merge_one() {
	build_and_execute(|| {
		let m = world();
		let id = claim(m, Area::new(4, 4, 24, 24));
		assert_ok!(Land::split(by(&alice()), m, id, Cut::Column(10)));
		assert_eq!(owner_of(m, id), None);
		let area = |id| pallet_land::Parcels::<Test>::get(m, id).unwrap().area;
		assert_eq!(area(1), Area::new(4, 4, 10, 24));
		assert_eq!(area(2), Area::new(14, 4, 14, 24));
		assert_ok!(Land::merge(by(&alice()), m, 2, 1));
		assert_eq!(area(3), Area::new(4, 4, 24, 24));
		assert_ok!(Land::split(by(&alice()), m, 3, Cut::Row(23)));
		assert_eq!(area(5), Area::new(4, 27, 24, 1));
	});
}

#[test]
fn a_cut_outside_the_parcel_is_refused() {
	build_and_execute(|| {
		let m = world();
		let id = claim(m, Area::new(4, 4, 3, 2));
		for cut in [
			Cut::Column(0),
			Cut::Column(3),
			Cut::Column(u16::MAX),
			Cut::Row(0),
			Cut::Row(2),
		] {
			assert_noop!(Land::split(by(&alice()), m, id, cut), Error::<Test>::BadCut);
		}
		let one = claim(m, Area::new(0, 0, 1, 1));
		assert_noop!(
			Land::split(by(&alice()), m, one, Cut::Row(1)),
			Error::<Test>::BadCut
		);
	});
}

#[test]
fn only_neighbours_that_make_a_rectangle_merge() {
	build_and_execute(|| {
		let m = register_demo(alice(), 130, 70);
		let a = claim(m, Area::new(0, 0, 64, 2));
		let too_long = claim(m, Area::new(64, 0, 1, 2));
		let corner = claim(m, Area::new(65, 2, 1, 2));
		let shorter = claim(m, Area::new(0, 2, 63, 2));
		let merge = |a, b| Land::merge(by(&alice()), m, a, b);
		assert_noop!(merge(a, too_long), Error::<Test>::ParcelTooLarge);
		assert_noop!(merge(too_long, corner), Error::<Test>::NotARectangle);
		assert_noop!(merge(a, shorter), Error::<Test>::NotARectangle);
		assert_noop!(merge(a, a), Error::<Test>::SameParcel);
		assert_noop!(merge(a, 99), Error::<Test>::UnknownParcel);
		assert_noop!(merge(99, a), Error::<Test>::UnknownParcel);
	});
}

#[test]
fn only_the_owner_reshapes() {
	build_and_execute(|| {
		let m = world();
		let mine = claim(m, Area::new(0, 0, 4, 4));
		let theirs = claim(m, Area::new(4, 0, 4, 4));
		assert_ok!(Land::transfer(by(&alice()), m, theirs, bob()));
		// Alice owns the metaverse, Bob the parcel.
		for (who, parcel) in [(alice(), theirs), (bob(), mine)] {
			let e = Error::<Test>::NotOwner;
			assert_noop!(Land::split(by(&who), m, parcel, Cut::Row(1)), e);
			assert_noop!(Land::release(by(&who), m, parcel), Error::<Test>::NotOwner);
			assert_noop!(
				Land::merge(by(&who), m, mine, theirs),
				Error::<Test>::NotOwner
			);
			assert_noop!(
				Land::merge(by(&who), m, theirs, mine),
				Error::<Test>::NotOwner
			);
		}
	});
}

#[test]
fn nothing_is_done_twice() {
	build_and_execute(|| {
		let m = world();
		let id = claim(m, Area::new(0, 0, 4, 4));
		assert_ok!(Land::release(by(&alice()), m, id));
		assert_noop!(
			Land::release(by(&alice()), m, id),
			Error::<Test>::UnknownParcel
		);
		assert_noop!(
			Land::split(by(&alice()), m, id, Cut::Row(1)),
			Error::<Test>::UnknownParcel
		);
		assert_noop!(Land::reap(by(&bob()), m, id), Error::<Test>::UnknownParcel);
		assert_eq!(claim(m, Area::new(0, 0, 4, 4)), id + 1);
	});
}

#[test]
fn what_is_pinned_keeps_its_shape() {
	build_and_execute(|| {
		let m = world();
		let a = claim(m, Area::new(0, 0, 4, 4));
		let b = claim(m, Area::new(4, 0, 4, 4));
		set_reshape_allowed(false);
		assert_noop!(
			Land::split(by(&alice()), m, a, Cut::Row(1)),
			BLOCKED_RESHAPE
		);
		assert_noop!(Land::merge(by(&alice()), m, a, b), BLOCKED_RESHAPE);
		assert_noop!(Land::release(by(&alice()), m, a), BLOCKED_RESHAPE);
		set_reshape_allowed(true);
		assert_ok!(Land::merge(by(&alice()), m, a, b));
	});
}

#[test]
fn a_burned_item_is_reaped_by_anyone_and_its_id_stays_unused() {
	build_and_execute(|| {
		let m = world();
		let before = free(&alice());
		let id = claim(m, Area::new(15, 15, 24, 24));
		assert_noop!(Land::reap(by(&bob()), m, id), Error::<Test>::ItemExists);
		assert_ok!(Nfts::burn(by(&alice()), collection_of(m), id));
		// The cells stay taken until somebody reaps.
		assert_noop!(
			Land::claim(by(&alice()), m, Area::new(20, 20, 1, 1), 0),
			Error::<Test>::Occupied
		);
		assert_noop!(Land::release(by(&alice()), m, id), Error::<Test>::ItemGone);
		assert_noop!(
			Land::split(by(&alice()), m, id, Cut::Row(1)),
			Error::<Test>::ItemGone
		);
		assert_ok!(Land::reap(by(&bob()), m, id));
		assert_eq!(free(&alice()), before);
		assert_eq!(claim(m, Area::new(20, 20, 1, 1)), id + 1);
	});
}

#[test]
fn a_listed_parcel_that_is_split_merged_or_released_cannot_be_bought() {
	build_and_execute(|| {
		let m = world();
		let id = claim(m, Area::new(0, 0, 4, 4));
		let beside = claim(m, Area::new(4, 0, 4, 4));
		let c = collection_of(m);
		let before = (wealth(&bob()), wealth(&alice()));
		let buys = |item| {
			assert_refused!(Nfts::buy_item(by(&bob()), c, item, 1_000));
			assert_eq!((wealth(&bob()), wealth(&alice())), before);
		};
		listed(m, id, 100);
		assert_ok!(Land::split(by(&alice()), m, id, Cut::Row(2)));
		[id, 2, 3].into_iter().for_each(buys);
		listed(m, 2, 100);
		assert_ok!(Land::merge(by(&alice()), m, 2, 3));
		[2, 3, 4].into_iter().for_each(buys);
		listed(m, 4, 100);
		listed(m, beside, 100);
		assert_ok!(Land::release(by(&alice()), m, 4));
		buys(4);
		// What was not touched is sold as listed.
		assert_ok!(Nfts::buy_item(by(&bob()), c, beside, 100));
		assert_eq!(owner_of(m, beside), Some(bob()));
	});
}

#[test]
fn a_pending_swap_ends_with_the_shape() {
	build_and_execute(|| {
		let m = world();
		let mine = claim(m, Area::new(0, 0, 4, 4));
		let theirs = claim(m, Area::new(8, 0, 4, 4));
		let c = collection_of(m);
		assert_ok!(Land::transfer(by(&alice()), m, theirs, bob()));
		assert_ok!(Nfts::create_swap(
			by(&alice()),
			c,
			mine,
			c,
			Some(theirs),
			None,
			10
		));
		assert_ok!(Land::split(by(&alice()), m, mine, Cut::Row(2)));
		assert_refused!(Nfts::claim_swap(by(&bob()), c, theirs, c, mine, None));
		assert_eq!(owner_of(m, theirs), Some(bob()));
	});
}

#[test]
fn a_parcel_sent_to_the_metaverses_own_account_is_not_lost() {
	build_and_execute(|| {
		let m = world();
		let before = free(&alice());
		let id = claim(m, Area::new(0, 0, 4, 4));
		assert_ok!(Land::transfer(by(&alice()), m, id, treasury_of(m)));
		assert_noop!(Land::release(by(&bob()), m, id), Error::<Test>::NotOwner);
		assert_ok!(Land::release(by(&alice()), m, id));
		assert_eq!(free(&alice()), before);
		assert_ok!(Metaverse::close(by(&alice()), m));
	});
}
