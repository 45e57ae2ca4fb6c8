use crate::support::*;

fn launch(who: AccountId, id: MetaverseId) -> DispatchResult {
	tx(|| Metaverse::launch(signed(who), id))
}

#[test]
fn needs_a_parcel_and_an_endpoint() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(launch(alice(), id), Error::<Test>::NoParcel);
		claim_demo(alice(), id, Area::new(0, 0, 1, 1));
		assert_noop!(launch(alice(), id), Error::<Test>::NoEndpoint);
		set_endpoint(id, 0, "https://a.example");
		assert_ok!(launch(alice(), id));
		expect_event(Event::Launched { id });
		assert_eq!(record(id).stage, Stage::Launched);
	});
}

#[test]
fn a_parcel_that_was_released_does_not_count() {
	build_and_execute(|| {
		let id = world();
		set_endpoint(id, 0, "https://a.example");
		let parcel = claim_demo(alice(), id, Area::new(0, 0, 1, 1));
		assert_ok!(tx(|| Land::release(signed(alice()), id, parcel)));
		assert_noop!(launch(alice(), id), Error::<Test>::NoParcel);
	});
}

#[test]
fn an_endpoint_that_was_removed_does_not_count() {
	build_and_execute(|| {
		let id = world();
		claim_demo(alice(), id, Area::new(0, 0, 1, 1));
		set_endpoint(id, 0, "https://a.example");
		assert_ok!(tx(|| Metaverse::remove_endpoint(signed(alice()), id, 0)));
		assert_noop!(launch(alice(), id), Error::<Test>::NoEndpoint);
	});
}

#[test]
fn fails_when_it_is_launched_already() {
	build_and_execute(|| {
		let id = world();
		claim_demo(alice(), id, Area::new(0, 0, 1, 1));
		set_endpoint(id, 0, "https://a.example");
		assert_ok!(launch(alice(), id));
		assert_noop!(launch(alice(), id), Error::<Test>::AlreadyLaunched);
	});
}

#[test]
fn fails_when_somebody_else_calls() {
	build_and_execute(|| {
		let id = world();
		claim_demo(alice(), id, Area::new(0, 0, 1, 1));
		set_endpoint(id, 0, "https://a.example");
		set_manager(id, bob(), Roles::ALL);
		assert_noop!(launch(bob(), id), Error::<Test>::NotOwner);
		assert_noop!(launch(carol(), id), Error::<Test>::NotOwner);
		assert_noop!(
			tx(|| Metaverse::launch(root(), id)),
			DispatchError::BadOrigin
		);
		assert_noop!(launch(alice(), 99), Error::<Test>::UnknownMetaverse);
	});
}
