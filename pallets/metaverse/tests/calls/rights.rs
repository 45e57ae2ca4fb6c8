//! Nobody reaches into the metaverse of somebody else.

use crate::support::*;

/// Every call on one metaverse, by anyone.
fn every_call(origin: RuntimeOrigin, id: MetaverseId, who: AccountId) -> Vec<DispatchResult> {
	let o = || origin.clone();
	vec![
		tx(|| Metaverse::set_profile(o(), id, profile("Mine"))),
		tx(|| Metaverse::set_endpoint(o(), id, 0, endpoint("https://mine.example"))),
		tx(|| Metaverse::remove_endpoint(o(), id, 0)),
		tx(|| Metaverse::launch(o(), id)),
		tx(|| Metaverse::set_manager(o(), id, who.clone(), Roles::ALL)),
		tx(|| Metaverse::nominate_owner(o(), id, who.clone())),
		tx(|| Metaverse::accept_ownership(o(), id)),
		tx(|| Metaverse::spend(o(), id, who.clone(), 10)),
		tx(|| Metaverse::close(o(), id)),
	]
}

fn rich_world() -> MetaverseId {
	let id = world();
	give(id, 1_000);
	set_endpoint(id, 0, "https://a.example");
	claim_demo(alice(), id, Area::new(0, 0, 1, 1));
	id
}

#[test]
fn nobody_acts_on_anothers_metaverse_by_naming_it() {
	build_and_execute(|| {
		let id = rich_world();
		register_demo(bob(), 4, 4);
		assert_storage_noop!({
			let results = every_call(signed(bob()), id, bob());
			assert!(results.iter().all(Result::is_err), "{results:?}");
		});
		// Nor does it help to name the owner or the metaverse's own account.
		assert_storage_noop!({
			for named in [alice(), purse(id)] {
				let results = every_call(signed(bob()), id, named);
				assert!(results.iter().all(Result::is_err), "{results:?}");
			}
		});
	});
}

#[test]
fn root_has_no_power_over_the_metaverse_of_a_startup() {
	build_and_execute(|| {
		let id = rich_world();
		assert_storage_noop!({
			for result in every_call(root(), id, bob()) {
				assert_eq!(result, Err(DispatchError::BadOrigin));
			}
		});
	});
}

#[test]
fn who_is_unsigned_does_nothing() {
	build_and_execute(|| {
		let id = rich_world();
		assert_storage_noop!({
			for result in every_call(RuntimeOrigin::none(), id, bob()) {
				assert_eq!(result, Err(DispatchError::BadOrigin));
			}
			for call in [
				tx(|| Metaverse::suspend(RuntimeOrigin::none(), id, 50, REASON)),
				tx(|| Metaverse::resume(RuntimeOrigin::none(), id)),
			] {
				assert_eq!(call, Err(DispatchError::BadOrigin));
			}
		});
	});
}

#[test]
fn a_closed_metaverse_has_no_owner() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(tx(|| Metaverse::close(signed(alice()), id)));
		assert_storage_noop!({
			for result in every_call(signed(alice()), id, bob()) {
				assert_eq!(result, Err(Error::<Test>::UnknownMetaverse.into()));
			}
		});
	});
}
