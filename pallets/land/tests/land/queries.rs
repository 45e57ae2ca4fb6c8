use crate::support::*;
use madang_primitives::{land::LandQueryError, MAX_PAGE};

#[test]
fn a_viewport_shows_what_touches_it() {
	build_and_execute(|| {
		let m = register_demo(alice(), 200, 200);
		claim(m, Area::new(0, 0, 4, 4));
		claim(m, Area::new(14, 14, 4, 4));
		open_sale(m, 0);
		claim_by(&bob(), m, Area::new(60, 60, 64, 64));
		claim(m, Area::new(130, 130, 1, 1));
		let seen = Land::api_area(m, Area::new(3, 3, 100, 100)).unwrap();
		assert_eq!(seen.owners, vec![alice(), bob()]);
		let parcels: Vec<_> = seen.parcels.iter().map(|p| (p.id, p.owner)).collect();
		assert_eq!(parcels, vec![(0, Some(0)), (1, Some(0)), (2, Some(1))]);
		// Its chunk is touched, but not the parcel itself.
		assert_eq!(
			Land::api_area(m, Area::new(4, 4, 10, 10)).unwrap().parcels,
			vec![]
		);
		assert_ok!(Nfts::burn(by(&alice()), collection_of(m), 0));
		assert_eq!(
			Land::api_area(m, Area::new(0, 0, 1, 1)).unwrap().parcels[0].owner,
			None
		);
	});
}

#[test]
fn bad_viewports_are_told_apart() {
	build_and_execute(|| {
		let m = register_demo(alice(), 200, 200);
		let error = |m, area| Land::api_area(m, area).unwrap_err();
		assert_eq!(
			error(m + 1, Area::new(0, 0, 1, 1)),
			LandQueryError::UnknownMetaverse
		);
		assert_eq!(error(m, Area::new(0, 0, 0, 1)), LandQueryError::EmptyArea);
		assert_eq!(
			error(m, Area::new(0, 0, 129, 1)),
			LandQueryError::AreaTooLarge
		);
		assert_eq!(
			error(m, Area::new(0, 0, 1, u16::MAX)),
			LandQueryError::AreaTooLarge
		);
		assert_eq!(
			error(m, Area::new(100, 0, 101, 1)),
			LandQueryError::OutsideTerritory
		);
		assert_eq!(
			error(m, Area::new(u16::MAX, u16::MAX, 128, 128)),
			LandQueryError::OutsideTerritory
		);
		assert!(Land::api_area(m, Area::new(72, 72, 128, 128)).is_ok());
	});
}

#[test]
fn a_cell_tells_its_parcel() {
	build_and_execute(|| {
		let m = world();
		claim(m, Area::new(0, 0, 3, 3));
		let id = claim(m, Area::new(3, 3, 20, 20));
		assert_eq!(Land::api_parcel_at(m, 22, 22).unwrap().unwrap().id, id);
		assert_eq!(Land::api_parcel_at(m, 23, 22), Ok(None));
		assert_eq!(
			Land::api_parcel_at(m, 64, 0),
			Err(LandQueryError::OutsideTerritory)
		);
		assert_eq!(
			Land::api_parcel_at(m, u16::MAX, u16::MAX),
			Err(LandQueryError::OutsideTerritory)
		);
		assert_eq!(Land::api_parcel(m, 99), Err(LandQueryError::UnknownParcel));
		assert_eq!(
			Land::api_parcel(m + 1, id),
			Err(LandQueryError::UnknownMetaverse)
		);
	});
}

#[test]
fn a_list_of_parcels_comes_in_pages_without_holes_or_repeats() {
	build_and_execute(|| {
		let (m, n) = (world(), register_demo(alice(), 16, 16));
		for x in 0..13 {
			claim(m, Area::new(x, 0, 1, 1));
			claim(n, Area::new(x, 0, 1, 1));
		}
		// Items that are no land are passed over.
		assert_ok!(Nfts::create(by(&alice()), alice(), Default::default()));
		let other = pallet_nfts::NextCollectionId::<Test>::get().unwrap() - 1;
		assert_ok!(Nfts::mint(by(&alice()), other, 0, alice(), None));

		let (mut cursor, mut seen) = (None, vec![]);
		loop {
			let page = Land::api_parcels_of(alice(), cursor, 4).unwrap();
			assert!(page.items.len() <= 4);
			seen.extend(page.items.iter().map(|p| (p.metaverse, p.id)));
			cursor = page.next;
			if cursor.is_none() {
				break;
			}
		}
		seen.sort();
		let expected: Vec<_> = (0..13)
			.map(|id| (m, id))
			.chain((0..13).map(|id| (n, id)))
			.collect();
		assert_eq!(seen, expected);
		assert_eq!(Land::api_parcels_of(bob(), None, 4).unwrap().items, vec![]);
		for limit in [0, MAX_PAGE + 1, u32::MAX] {
			assert_eq!(
				Land::api_parcels_of(alice(), None, limit),
				Err(LandQueryError::BadLimit)
			);
		}
	});
}

#[test]
fn quotes_and_supply_agree() {
	build_and_execute(|| {
		for cells in [0, 50_001, u32::MAX] {
			assert_eq!(Land::api_quote(cells), Err(LandQueryError::BadCells));
		}
		let quote = Land::api_quote(7).unwrap();
		let supply = Land::api_supply();
		assert_eq!(quote.price, 7 * supply.price_per_cell);
		assert_eq!(quote.next_period_at, supply.next_period_at);
		assert!(quote.available);
		let m = register_demo(alice(), 3, 3);
		claim(m, Area::new(0, 0, 2, 1));
		let after = Land::api_supply();
		assert_eq!(after.allocated, supply.allocated + 9);
		assert_eq!(after.claimed, supply.claimed + 2);
		assert_eq!(after.allocated_in_period, supply.allocated_in_period + 9);
	});
}
