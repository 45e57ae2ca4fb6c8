use crate::support::*;

fn set_profile(who: AccountId, id: MetaverseId, profile: ProfileInput) -> DispatchResult {
	tx(|| Metaverse::set_profile(signed(who), id, profile))
}

#[test]
fn the_owner_and_profile_managers_set_it() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(set_profile(alice(), id, profile("달빛 시장")));
		expect_event(Event::ProfileSet { id });

		set_manager(id, bob(), PROFILE);
		let full = ProfileInput {
			name: b"Moonlit Market".to_vec(),
			uri: b"https://market.example/about".to_vec(),
			hash: Some(REASON),
		};
		assert_ok!(set_profile(bob(), id, full.clone()));
		let stored = pallet_metaverse::Profiles::<Test>::get(id).unwrap();
		assert_eq!(stored.name.into_inner(), full.name);
		assert_eq!(stored.uri.into_inner(), full.uri);
		assert_eq!(stored.hash, full.hash);
	});
}

#[test]
fn the_deposit_follows_the_bytes() {
	build_and_execute(|| {
		let id = world();
		let before = deposit(&alice());
		assert_ok!(set_profile(alice(), id, profile("Demo and more")));
		assert_eq!(deposit(&alice()), before + 9 * BYTE_DEPOSIT);
		assert_ok!(set_profile(alice(), id, profile("D")));
		assert_eq!(deposit(&alice()), before - 3 * BYTE_DEPOSIT);
		assert_ok!(set_profile(alice(), id, profile("Demo")));
		assert_eq!(deposit(&alice()), before);
	});
}

#[test]
fn a_manager_does_not_pay_for_it() {
	build_and_execute(|| {
		let id = world();
		let manager = stranger(1);
		set_manager(id, manager.clone(), PROFILE);
		let before = deposit(&alice());
		assert_ok!(set_profile(manager, id, profile("Demo!")));
		assert_eq!(deposit(&alice()), before + BYTE_DEPOSIT);
	});
}

#[test]
fn fails_when_somebody_else_calls() {
	build_and_execute(|| {
		let id = world();
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
				set_profile(who, id, profile("Mine")),
				Error::<Test>::NotProfileManager
			);
		}
		assert_noop!(
			tx(|| Metaverse::set_profile(root(), id, profile("Mine"))),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn fails_when_there_is_no_such_metaverse() {
	build_and_execute(|| {
		assert_noop!(
			set_profile(alice(), 99, profile("A")),
			Error::<Test>::UnknownMetaverse
		);
		let id = world();
		assert_ok!(tx(|| Metaverse::close(signed(alice()), id)));
		assert_noop!(
			set_profile(alice(), id, profile("A")),
			Error::<Test>::UnknownMetaverse
		);
	});
}

#[test]
fn fails_when_the_profile_is_not_fit() {
	build_and_execute(|| {
		let id = world();
		let named = |name: &[u8]| ProfileInput {
			name: name.to_vec(),
			..Default::default()
		};
		for (profile, error) in [
			(named(b""), Error::<Test>::NameEmpty),
			(named(&[b'n'; 65]), Error::NameTooLong),
			(named(&[0x80]), Error::NotUtf8),
			(
				ProfileInput {
					uri: vec![b'u'; 257],
					..profile("Demo")
				},
				Error::UriTooLong,
			),
		] {
			assert_noop!(set_profile(alice(), id, profile), error);
		}
	});
}

#[test]
fn fails_when_the_owner_cannot_cover_the_deposit() {
	build_and_execute(|| {
		let id = world();
		Balances::set_balance(&alice(), EXISTENTIAL + 3);
		assert_ok!(set_profile(alice(), id, profile("Demo123")));
		assert_noop!(
			set_profile(alice(), id, profile("Demo1234")),
			Error::<Test>::DepositNotCovered
		);
		assert_ok!(set_profile(alice(), id, profile("De")));
	});
}
