//! What the runtime API answers.

use crate::support::*;
use madang_primitives::metaverse::MetaverseQueryError;

fn ids(page: &[pallet_metaverse::MetaverseViewOf<Test>]) -> Vec<MetaverseId> {
	page.iter().map(|view| view.id).collect()
}

#[test]
fn a_metaverse_is_shown_as_it_is() {
	build_and_execute(|| {
		assert_eq!(Metaverse::api_get(FIRST_ID), None);
		let id = world();
		set_endpoint(id, 2, "https://a.example");
		set_manager(id, bob(), LAND);
		assert_ok!(tx(|| Metaverse::nominate_owner(
			signed(alice()),
			id,
			carol()
		)));
		assert_ok!(tx(|| Metaverse::suspend(root(), id, 50, REASON)));

		let view = Metaverse::api_get(id).unwrap();
		assert_eq!(view.id, id);
		assert_eq!(view.slug, b"demo-2".to_vec());
		assert_eq!(view.owner, Some(alice()));
		assert_eq!(view.nominee, Some(carol()));
		assert_eq!(view.stage, Stage::Preparation);
		assert_eq!(view.account, purse(id));
		assert_eq!(view.profile.unwrap().name, b"Demo".to_vec());
		assert_eq!(view.endpoints[0].index, 2);
		assert_eq!(view.managers[0].account, bob());
		assert_eq!(view.suspension.unwrap().until, 50);
		assert_eq!(view.deposit, deposit(&alice()));
		assert_eq!(view.territory.unwrap().size.cells(), 64);

		assert_eq!(Metaverse::api_by_slug(b"demo-2".to_vec()).unwrap().id, id);
		assert_eq!(Metaverse::api_by_slug(b"nobody".to_vec()), None);
		assert_eq!(Metaverse::api_by_slug(vec![b'x'; 1_000]), None);
	});
}

#[test]
fn the_list_goes_up_and_leaves_out_what_is_closed() {
	build_and_execute(|| {
		for _ in 0..4 {
			world();
		}
		assert_ok!(tx(|| Metaverse::close(signed(alice()), 3)));

		let first = Metaverse::api_list(None, 3).unwrap();
		assert_eq!(ids(&first.items), vec![0, 1, 2]);
		let second = Metaverse::api_list(first.next, 100).unwrap();
		assert_eq!(ids(&second.items), vec![4, 5]);
		assert_eq!(second.next, None);
		assert_eq!(
			ids(&Metaverse::api_list(Some(4), 1).unwrap().items),
			vec![4]
		);
		assert_eq!(
			ids(&Metaverse::api_list(Some(6), 1).unwrap().items),
			Vec::<u32>::new()
		);
	});
}

#[test]
fn a_list_has_bounds() {
	build_and_execute(|| {
		for limit in [0, 101, u32::MAX] {
			assert_eq!(
				Metaverse::api_list(None, limit).unwrap_err(),
				MetaverseQueryError::BadLimit
			);
			assert_eq!(
				Metaverse::api_owned_by(alice(), None, limit).unwrap_err(),
				MetaverseQueryError::BadLimit
			);
		}
		assert_eq!(
			Metaverse::api_list(Some(99), 10).unwrap_err(),
			MetaverseQueryError::BadCursor
		);
	});
}

#[test]
fn the_metaverses_of_an_owner_come_in_pages() {
	build_and_execute(|| {
		let mine: Vec<_> = (0..5).map(|_| world()).collect();
		let of_bob = register_demo(bob(), 4, 4);

		let mut seen = Vec::new();
		let mut cursor = None;
		loop {
			let page = Metaverse::api_owned_by(alice(), cursor, 2).unwrap();
			assert!(page.items.len() <= 2);
			seen.extend(ids(&page.items));
			cursor = page.next;
			if cursor.is_none() {
				break;
			}
		}
		seen.sort_unstable();
		assert_eq!(seen, mine);

		// What was seen last may change hands between two pages; the list goes on behind it.
		let first = Metaverse::api_owned_by(alice(), None, 1).unwrap();
		let last = first.next.expect("there are more");
		assert_ok!(tx(|| Metaverse::nominate_owner(
			signed(alice()),
			last,
			bob()
		)));
		assert_ok!(tx(|| Metaverse::accept_ownership(signed(bob()), last)));
		let rest = Metaverse::api_owned_by(alice(), Some(last), 100).unwrap();
		assert_eq!(rest.items.len(), 4);
		assert!(!ids(&rest.items).contains(&of_bob));
		assert!(Metaverse::api_owned_by(carol(), None, 2)
			.unwrap()
			.items
			.is_empty());
	});
}

#[test]
fn the_view_functions_say_the_same() {
	build_and_execute(|| {
		let id = world();
		assert_eq!(Metaverse::metaverse(id), Metaverse::api_get(id));
		assert_eq!(Metaverse::account(id), purse(id));
		assert_ne!(Metaverse::account(id), Metaverse::account(id + 1));
	});
}
