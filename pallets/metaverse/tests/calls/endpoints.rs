//! `set_endpoint` and `remove_endpoint`.

use crate::support::*;

fn set(who: AccountId, id: MetaverseId, index: u8, endpoint: EndpointInput) -> DispatchResult {
	tx(|| Metaverse::set_endpoint(signed(who), id, index, endpoint))
}

fn remove(who: AccountId, id: MetaverseId, index: u8) -> DispatchResult {
	tx(|| Metaverse::remove_endpoint(signed(who), id, index))
}

fn stored(id: MetaverseId) -> Vec<(u8, Vec<u8>)> {
	pallet_metaverse::Endpoints::<Test>::get(id)
		.into_iter()
		.map(|endpoint| (endpoint.index, endpoint.uri.into_inner()))
		.collect()
}

#[test]
fn they_are_kept_in_order_of_their_indices() {
	build_and_execute(|| {
		let id = world();
		set_manager(id, bob(), PROFILE);
		for index in [5, 0, 7] {
			assert_ok!(set(bob(), id, index, endpoint("https://a.example")));
			expect_event(Event::EndpointSet { id, index });
		}
		assert_ok!(set(alice(), id, 5, endpoint("https://b.example")));
		assert_eq!(
			stored(id),
			vec![
				(0, b"https://a.example".to_vec()),
				(5, b"https://b.example".to_vec()),
				(7, b"https://a.example".to_vec()),
			]
		);

		assert_ok!(remove(bob(), id, 0));
		expect_event(Event::EndpointRemoved { id, index: 0 });
		assert_eq!(
			stored(id)
				.iter()
				.map(|(index, _)| *index)
				.collect::<Vec<_>>(),
			vec![5, 7]
		);
	});
}

#[test]
fn the_deposit_follows_the_bytes() {
	build_and_execute(|| {
		let id = world();
		let before = deposit(&alice());
		// Index, protocol, length of the URI, no manifest; and the URI.
		assert_ok!(set(alice(), id, 3, endpoint("https://a.example")));
		assert_eq!(deposit(&alice()), before + (4 + 17) * BYTE_DEPOSIT);
		assert_ok!(set(alice(), id, 3, endpoint("wss://a")));
		assert_eq!(deposit(&alice()), before + (4 + 7) * BYTE_DEPOSIT);
		assert_ok!(remove(alice(), id, 3));
		assert_eq!(deposit(&alice()), before);
		assert!(!pallet_metaverse::Endpoints::<Test>::contains_key(id));
	});
}

#[test]
fn boundary_of_index_and_uri() {
	build_and_execute(|| {
		let id = world();
		for index in 0..8 {
			assert_ok!(set(alice(), id, index, endpoint(&"u".repeat(256))));
		}
		for index in [8, 255] {
			assert_noop!(
				set(alice(), id, index, endpoint("u")),
				Error::<Test>::EndpointIndexTooHigh
			);
		}
		assert_noop!(
			set(alice(), id, 0, endpoint(&"u".repeat(257))),
			Error::<Test>::UriTooLong
		);
	});
}

#[test]
fn fails_when_the_uri_is_not_fit() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(set(alice(), id, 0, endpoint("")), Error::<Test>::UriEmpty);
		assert_noop!(set(alice(), id, 0, endpoint("  ")), Error::<Test>::UriEmpty);
		let broken = EndpointInput {
			uri: vec![0xff],
			..endpoint("")
		};
		assert_noop!(set(alice(), id, 0, broken), Error::<Test>::NotUtf8);
	});
}

#[test]
fn fails_when_somebody_else_calls() {
	build_and_execute(|| {
		let id = world();
		set_endpoint(id, 0, "https://a.example");
		set_manager(
			id,
			carol(),
			Roles {
				profile: false,
				..Roles::ALL
			},
		);
		for who in [bob(), carol()] {
			assert_noop!(
				set(who.clone(), id, 0, endpoint("https://mine.example")),
				Error::<Test>::NotProfileManager
			);
			assert_noop!(remove(who, id, 0), Error::<Test>::NotProfileManager);
		}
		assert_noop!(
			tx(|| Metaverse::remove_endpoint(root(), id, 0)),
			DispatchError::BadOrigin
		);
		assert_noop!(
			tx(|| Metaverse::set_endpoint(RuntimeOrigin::none(), id, 0, endpoint("u"))),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn fails_when_there_is_nothing_to_remove() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(remove(alice(), id, 0), Error::<Test>::NoSuchEndpoint);
		set_endpoint(id, 1, "https://a.example");
		assert_ok!(remove(alice(), id, 1));
		assert_noop!(remove(alice(), id, 1), Error::<Test>::NoSuchEndpoint);
		assert_noop!(remove(alice(), 99, 1), Error::<Test>::UnknownMetaverse);
		assert_noop!(
			set(alice(), 99, 1, endpoint("u")),
			Error::<Test>::UnknownMetaverse
		);
	});
}

#[test]
fn fails_when_the_owner_cannot_cover_the_deposit() {
	build_and_execute(|| {
		let id = world();
		Balances::set_balance(&alice(), EXISTENTIAL + 4);
		assert_noop!(
			set(alice(), id, 0, endpoint("u")),
			Error::<Test>::DepositNotCovered
		);
		Balances::set_balance(&alice(), EXISTENTIAL + 5);
		assert_ok!(set(alice(), id, 0, endpoint("u")));
	});
}
