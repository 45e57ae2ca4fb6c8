//! Scarcity: no way past the cap.

use crate::support::*;
use madang_primitives::traits::{Founder, Territories};

fn supply() -> pallet_land::Supply {
	pallet_land::LandSupply::<Test>::get()
}

#[test]
fn no_origin_passes_the_supply_cap() {
	build_and_execute(|| {
		let side = (MAX_FOUNDING_CELLS / 250) as u16;
		while supply().allocated + u64::from(side) * 250 <= MAX_SUPPLY {
			register_demo(alice(), side, 250);
		}
		let left = (MAX_SUPPLY - supply().allocated) as u32;
		let register = |origin, width: u16| {
			Metaverse::register(
				origin,
				b"one-more".to_vec(),
				profile("One more"),
				width,
				250,
				Balance::MAX,
			)
		};
		assert_noop!(register(by(&alice()), side), Error::<Test>::SupplyExhausted);
		// Root has no way around: it registers nothing and finds no other call.
		assert_refused!(register(RuntimeOrigin::root(), side));
		// Nor has the network itself, which pays nothing.
		assert_noop!(
			<Land as Territories<_, _>>::found(
				4_000_000,
				Founder::Network,
				&bob(),
				Size::new(side, 250),
				0
			),
			Error::<Test>::SupplyExhausted
		);
		// The last cell can be had.
		if left > 0 {
			register_demo(bob(), 1, left as u16);
		}
		assert_eq!(supply().allocated, MAX_SUPPLY);
		assert_noop!(register(by(&alice()), 1), Error::<Test>::SupplyExhausted);
	});
}

#[test]
fn growth_does_not_pass_the_cap() {
	build_and_execute(|| {
		let m = register_demo(alice(), 10, 10);
		for y in [0, 5] {
			claim(m, Area::new(0, y, 10, 5));
		}
		let side = (MAX_FOUNDING_CELLS / 250) as u16;
		while supply().allocated + u64::from(side) * 250 <= MAX_SUPPLY {
			register_demo(bob(), side, 250);
		}
		let left = MAX_SUPPLY - supply().allocated;
		if left > 0 {
			register_demo(bob(), 1, left as u16);
		}
		assert_noop!(
			Land::grow(by(&alice()), m, 11, 10, Balance::MAX),
			Error::<Test>::SupplyExhausted
		);
	});
}

#[test]
fn closing_a_metaverse_gives_its_cells_back() {
	build_and_execute(|| {
		let before = supply();
		let m = register_demo(alice(), 30, 30);
		let id = claim(m, Area::new(0, 0, 30, 30));
		assert_eq!(supply().claimed, before.claimed + 900);
		assert_refused!(Metaverse::close(by(&alice()), m));
		assert_ok!(Land::release(by(&alice()), m, id));
		assert_ok!(Metaverse::close(by(&alice()), m));
		assert_eq!(supply(), before);
		assert_noop!(
			Land::claim(by(&alice()), m, Area::new(0, 0, 1, 1), 0),
			Error::<Test>::UnknownMetaverse
		);
	});
}

#[test]
fn attributes_of_strangers_do_not_keep_a_metaverse_from_closing() {
	build_and_execute(|| {
		let m = register_demo(alice(), 30, 30);
		open_sale(m, 0);
		let id = claim_by(&bob(), m, Area::new(0, 0, 1, 1));
		let c = collection_of(m);
		assert_ok!(Nfts::set_attribute(
			by(&bob()),
			c,
			Some(id),
			pallet_nfts::AttributeNamespace::ItemOwner,
			vec![1].try_into().unwrap(),
			vec![2].try_into().unwrap(),
		));
		assert_ok!(Land::release(by(&bob()), m, id));
		assert_ok!(Metaverse::close(by(&alice()), m));
		// The empty collection stays, and nobody can use it.
		assert!(pallet_nfts::Collection::<Test>::contains_key(c));
		assert_refused!(Nfts::mint(by(&alice()), c, 1, alice(), None));
	});
}

#[test]
fn a_territory_of_the_wrong_size_is_refused() {
	build_and_execute(|| {
		let register = |width, height| {
			Metaverse::register(
				by(&alice()),
				b"sizes".to_vec(),
				profile("Sizes"),
				width,
				height,
				Balance::MAX,
			)
		};
		assert_noop!(register(0, 9), Error::<Test>::EmptyArea);
		assert_noop!(register(9, 0), Error::<Test>::EmptyArea);
		assert_noop!(
			register(u16::MAX, u16::MAX),
			Error::<Test>::TerritoryTooLarge
		);
		assert_ok!(register(1, 1));
	});
}

#[test]
fn marks_of_mints_elsewhere_do_not_make_closing_a_long_work() {
	build_and_execute(|| {
		let m = register_demo(alice(), 30, 30);
		open_sale(m, 0);
		let id = claim_by(&bob(), m, Area::new(0, 0, 1, 1));
		let c = collection_of(m);
		// A collection in which holders of Alice's land may mint. Each mint leaves a mark in hers.
		let mut config: pallet_nfts::CollectionConfigFor<Test> = Default::default();
		config.mint_settings.mint_type = pallet_nfts::MintType::HolderOf(c);
		let other = pallet_nfts::NextCollectionId::<Test>::get().unwrap();
		assert_ok!(Nfts::create(by(&bob()), bob(), config));
		let witness = pallet_nfts::MintWitness {
			owned_item: Some(id),
			mint_price: None,
		};
		assert_ok!(Nfts::mint(by(&bob()), other, 0, bob(), Some(witness)));
		assert_eq!(
			pallet_nfts::Collection::<Test>::get(c).unwrap().attributes,
			0
		);
		assert!(pallet_nfts::Attribute::<Test>::iter_key_prefix((c,))
			.next()
			.is_some());
		assert_ok!(Land::release(by(&bob()), m, id));
		assert_ok!(Metaverse::close(by(&alice()), m));
		assert!(
			pallet_nfts::Collection::<Test>::contains_key(c),
			"left behind, not walked through"
		);
	});
}
