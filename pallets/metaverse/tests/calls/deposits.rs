//! Deposits: in proportion, and back to the unit.

use crate::support::*;
use codec::Encode;

#[test]
fn deposits_for_n_things_are_n_deposits() {
	build_and_execute(|| {
		let id = world();
		let one = deposit(&alice());
		for n in 2..=5 {
			world();
			assert_eq!(deposit(&alice()), n * one);
		}

		let before = deposit(&alice());
		set_manager(id, stranger(0), LAND);
		let manager = deposit(&alice()) - before;
		for n in 2..=16 {
			set_manager(id, stranger(n), LAND);
			assert_eq!(deposit(&alice()), before + Balance::from(n) * manager);
		}

		let before = deposit(&alice());
		set_endpoint(id, 0, "https://a.example");
		let endpoint = deposit(&alice()) - before;
		for n in 2..=8 {
			set_endpoint(id, n - 1, "https://a.example");
			assert_eq!(deposit(&alice()), before + Balance::from(n) * endpoint);
		}
	});
}

#[test]
fn deposits_come_back_exactly() {
	build_and_execute(|| {
		let id = world();
		let wealth_before = wealth(&alice());
		let before = deposit(&alice());
		for n in 0..16 {
			set_manager(id, stranger(n), Roles::ALL);
		}
		for n in 0..8 {
			set_endpoint(id, n, &"u".repeat(30 * usize::from(n) + 1));
		}
		assert_eq!(wealth(&alice()), wealth_before);

		for n in (0..8).rev() {
			assert_ok!(tx(|| Metaverse::remove_endpoint(signed(alice()), id, n)));
		}
		for n in 0..16 {
			set_manager(id, stranger(n), NO_ROLES);
		}
		assert_eq!(deposit(&alice()), before);

		assert_ok!(tx(|| Metaverse::close(signed(alice()), id)));
		assert_eq!(deposit(&alice()), 0);
		assert_eq!(held(&alice()), 0);
		assert_eq!(wealth(&alice()), wealth_before + EXISTENTIAL);
	});
}

#[test]
fn deposits_of_two_metaverses_do_not_mix() {
	build_and_execute(|| {
		let (first, second) = (world(), world());
		let both = deposit(&alice());
		set_endpoint(first, 0, "https://a.example");
		set_manager(second, bob(), LAND);
		assert_ok!(tx(|| Metaverse::close(signed(alice()), first)));
		set_manager(second, bob(), NO_ROLES);
		assert_eq!(deposit(&alice()), both / 2);
	});
}

/// The deposit speaks of bytes; this measures them on a metaverse with the shortest texts.
#[test]
fn the_bytes_of_a_deposit_are_at_least_the_bytes_stored() {
	build_and_execute(|| {
		let before = deposit(&alice());
		let id = world();
		let paid_for = ((deposit(&alice()) - before - METAVERSE_DEPOSIT) / BYTE_DEPOSIT) as usize;

		let account = Metaverse::account_of(id);
		let record = pallet_metaverse::Metaverses::<Test>::get(id).unwrap();
		let territory = pallet_land::Territories::<Test>::get(id).unwrap();
		let c = territory.collection;
		let entries = [
			(
				pallet_metaverse::Metaverses::<Test>::hashed_key_for(id),
				record.encoded_size(),
			),
			(
				pallet_metaverse::Slugs::<Test>::hashed_key_for(&record.slug),
				pallet_metaverse::Slugs::<Test>::get(&record.slug).encoded_size(),
			),
			(
				pallet_metaverse::Profiles::<Test>::hashed_key_for(id),
				pallet_metaverse::Profiles::<Test>::get(id).encoded_size(),
			),
			(
				pallet_metaverse::OwnedBy::<Test>::hashed_key_for(alice(), id),
				0,
			),
			(
				pallet_land::Territories::<Test>::hashed_key_for(id),
				territory.encoded_size(),
			),
			(
				pallet_land::MetaverseOf::<Test>::hashed_key_for(c),
				id.encoded_size(),
			),
			(
				pallet_nfts::Collection::<Test>::hashed_key_for(c),
				pallet_nfts::Collection::<Test>::get(c).encoded_size(),
			),
			(
				pallet_nfts::CollectionConfigOf::<Test>::hashed_key_for(c),
				pallet_nfts::CollectionConfigOf::<Test>::get(c).encoded_size(),
			),
			(
				pallet_nfts::CollectionRoleOf::<Test>::hashed_key_for(c, &account),
				pallet_nfts::CollectionRoleOf::<Test>::get(c, &account).encoded_size(),
			),
			(
				pallet_nfts::CollectionAccount::<Test>::hashed_key_for(&account, c),
				0,
			),
		];
		let stored: usize = entries.iter().map(|(key, value)| key.len() + value).sum();
		assert!(paid_for >= stored, "{paid_for} paid for, {stored} stored");
		assert!(
			paid_for <= stored + stored / 4,
			"{paid_for} paid for, only {stored} stored"
		);
	});
}
