//! Parcels traded with `pallet-nfts`' own calls, and given away with ours.

use crate::support::*;

fn for_sale(price: Balance) -> (MetaverseId, u32, ParcelId) {
	let m = world();
	let id = claim(m, Area::new(0, 0, 4, 4));
	let c = collection_of(m);
	assert_ok!(Nfts::set_price(by(&alice()), c, id, Some(price), None));
	(m, c, id)
}

#[test]
fn a_parcel_is_sold_at_the_price_listed() {
	build_and_execute(|| {
		let (m, c, id) = for_sale(500);
		let (seller, buyer) = (wealth(&alice()), wealth(&bob()));
		assert_eq!(Land::api_parcel(m, id).unwrap().listing.unwrap().price, 500);
		assert_refused!(Nfts::buy_item(by(&bob()), c, id, 499));
		assert_ok!(Nfts::buy_item(by(&bob()), c, id, 500));
		assert_eq!(owner_of(m, id), Some(bob()));
		assert_eq!(wealth(&alice()), seller + 500);
		assert_eq!(wealth(&bob()), buyer - 500);
		assert_eq!(Land::api_parcel(m, id).unwrap().listing, None);
	});
}

#[test]
fn a_sale_whose_item_cannot_move_takes_no_money() {
	build_and_execute(|| {
		let (m, c, id) = for_sale(500);
		// Only the metaverse's own account could lock an item, and nobody signs for it.
		assert_ok!(Nfts::lock_item_transfer(by(&treasury_of(m)), c, id));
		let before = (wealth(&alice()), wealth(&bob()));
		assert_noop!(
			Nfts::buy_item(by(&bob()), c, id, 500),
			pallet_nfts::Error::<Test>::ItemLocked
		);
		assert_eq!((wealth(&alice()), wealth(&bob())), before);
		assert_eq!(owner_of(m, id), Some(alice()));
	});
}

#[test]
fn a_buyer_without_the_money_gets_no_parcel() {
	build_and_execute(|| {
		let price = 10 * wealth(&bob());
		let (m, c, id) = for_sale(price);
		let before = (wealth(&alice()), wealth(&bob()));
		assert_refused!(Nfts::buy_item(by(&bob()), c, id, price));
		assert_eq!((wealth(&alice()), wealth(&bob())), before);
		assert_eq!(owner_of(m, id), Some(alice()));
	});
}

#[test]
fn a_transfer_ends_price_and_approvals() {
	build_and_execute(|| {
		let (m, c, id) = for_sale(500);
		assert_ok!(Nfts::approve_transfer(by(&alice()), c, id, carol(), None));
		assert_ok!(Land::transfer(by(&alice()), m, id, bob()));
		assert_refused!(Nfts::buy_item(by(&carol()), c, id, 500));
		assert_refused!(Land::transfer(by(&carol()), m, id, carol()));
		assert_eq!(owner_of(m, id), Some(bob()));
	});
}

#[test]
fn whoever_is_approved_may_transfer_and_nobody_else() {
	build_and_execute(|| {
		let (m, c, id) = for_sale(500);
		assert_noop!(
			Land::transfer(by(&bob()), m, id, bob()),
			pallet_nfts::Error::<Test>::NoPermission
		);
		assert_noop!(
			Land::transfer(by(&alice()), m, id + 1, bob()),
			Error::<Test>::UnknownParcel
		);
		assert_noop!(
			Land::transfer(by(&alice()), m + 1, id, bob()),
			Error::<Test>::UnknownMetaverse
		);
		assert_ok!(Nfts::approve_transfer(by(&alice()), c, id, carol(), None));
		assert_ok!(Land::transfer(by(&carol()), m, id, bob()));
		assert_eq!(owner_of(m, id), Some(bob()));
	});
}

#[test]
fn nobody_mints_into_or_administers_a_land_collection() {
	build_and_execute(|| {
		let (_, c, id) = for_sale(500);
		for who in [alice(), bob()] {
			assert_refused!(Nfts::mint(by(&who), c, 77, who.clone(), None));
			assert_refused!(Nfts::lock_item_transfer(by(&who), c, id));
			assert_refused!(Nfts::set_collection_max_supply(by(&who), c, 1));
			assert_refused!(Nfts::transfer_ownership(by(&who), c, who.clone()));
			assert_refused!(Nfts::set_team(by(&who), c, None, None, None));
		}
		assert_refused!(Nfts::burn(by(&bob()), c, id));
		// Nor does root, who would get past the supply or lock a metaverse for ever.
		assert_refused!(Nfts::force_mint(root(), c, 77, alice(), Default::default()));
		assert_refused!(Nfts::force_collection_owner(root(), c, alice()));
		assert_refused!(Nfts::force_collection_config(root(), c, Default::default()));
		assert_refused!(Nfts::burn(root(), c, id));
		assert_refused!(Nfts::set_team(root(), c, Some(bob()), None, None));
		assert_refused!(Nfts::approve_transfer(root(), c, id, bob(), None));
	});
}
