//! `suspend` and `resume`.

use crate::support::*;
use madang_primitives::traits::Metaverses;

fn suspend(id: MetaverseId, until: BlockNumber) -> DispatchResult {
	tx(|| Metaverse::suspend(root(), id, until, REASON))
}

fn resume(id: MetaverseId) -> DispatchResult {
	tx(|| Metaverse::resume(root(), id))
}

fn is_suspended(id: MetaverseId) -> bool {
	Metaverse::ensure_not_suspended(id) == Err(Error::<Test>::Suspended.into())
}

#[test]
fn closes_sales_for_a_while() {
	build_and_execute(|| {
		let id = world();
		let policy = SalePolicy::Open { price_per_cell: 1 };
		assert_ok!(tx(|| Land::set_sale(signed(alice()), id, policy)));
		assert_ok!(suspend(id, 21));
		expect_event(Event::Suspended {
			id,
			until: 21,
			reason_hash: REASON,
		});

		let claim = || tx(|| Land::claim(signed(bob()), id, Area::new(0, 0, 1, 1), Balance::MAX));
		assert_noop!(claim(), Error::<Test>::Suspended);
		run_to_block(20);
		assert_noop!(claim(), Error::<Test>::Suspended);
		// Nobody has to do anything for it to be over.
		run_to_block(21);
		assert_ok!(claim());
		assert_eq!(Metaverse::api_get(id).unwrap().suspension, None);
	});
}

#[test]
fn the_guardian_ends_it_early() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(suspend(id, 50));
		assert!(is_suspended(id));
		assert_ok!(resume(id));
		expect_event(Event::Resumed { id });
		assert!(!is_suspended(id));
		assert_noop!(resume(id), Error::<Test>::NotSuspended);
	});
}

#[test]
fn fails_when_it_is_over_already() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(resume(id), Error::<Test>::NotSuspended);
		assert_ok!(suspend(id, 5));
		run_to_block(5);
		assert_noop!(resume(id), Error::<Test>::NotSuspended);
	});
}

#[test]
fn boundary_of_its_end() {
	build_and_execute(|| {
		let id = world();
		run_to_block(10);
		assert_noop!(suspend(id, 0), Error::<Test>::SuspensionEndsInPast);
		assert_noop!(suspend(id, 10), Error::<Test>::SuspensionEndsInPast);
		assert_noop!(
			suspend(id, 11 + MAX_SUSPENSION),
			Error::<Test>::SuspensionTooLong
		);
		assert_noop!(
			suspend(id, BlockNumber::MAX),
			Error::<Test>::SuspensionTooLong
		);
		assert_ok!(suspend(id, 11));
		assert_ok!(suspend(id, 10 + MAX_SUSPENSION));
	});
}

#[test]
fn prolonging_does_not_start_the_clock_anew() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(suspend(id, 50));
		run_to_block(49);
		assert_ok!(suspend(id, 1 + MAX_SUSPENSION));
		run_to_block(MAX_SUSPENSION);
		assert_noop!(
			suspend(id, 2 + MAX_SUSPENSION),
			Error::<Test>::SuspensionTooLong
		);
		run_to_block(1 + MAX_SUSPENSION);
		assert!(!is_suspended(id));
	});
}

#[test]
fn nobody_is_suspended_for_ever() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(suspend(id, 50));
		// Ending a suspension and beginning it again does not start the clock anew either.
		run_to_block(20);
		assert_ok!(resume(id));
		assert_ok!(suspend(id, 1 + MAX_SUSPENSION));
		assert_ok!(resume(id));
		assert_noop!(
			suspend(id, 2 + MAX_SUSPENSION),
			Error::<Test>::SuspensionTooLong
		);
		// After it, there is peace for as long again.
		run_to_block(1 + MAX_SUSPENSION);
		assert_noop!(
			suspend(id, 2 + MAX_SUSPENSION),
			Error::<Test>::SuspensionTooSoon
		);
		run_to_block(2 * MAX_SUSPENSION);
		assert_noop!(
			suspend(id, 1 + 2 * MAX_SUSPENSION),
			Error::<Test>::SuspensionTooSoon
		);
		run_to_block(1 + 2 * MAX_SUSPENSION);
		assert_ok!(suspend(id, 1 + 3 * MAX_SUSPENSION));
		assert!(is_suspended(id));
	});
}

#[test]
fn fails_when_the_guardian_does_not_call() {
	build_and_execute(|| {
		let id = world();
		for who in [alice(), bob()] {
			assert_noop!(
				tx(|| Metaverse::suspend(signed(who.clone()), id, 50, REASON)),
				DispatchError::BadOrigin
			);
		}
		assert_ok!(suspend(id, 50));
		assert_noop!(
			tx(|| Metaverse::resume(signed(alice()), id)),
			DispatchError::BadOrigin
		);
		assert_noop!(suspend(99, 50), Error::<Test>::UnknownMetaverse);
		assert_noop!(resume(99), Error::<Test>::UnknownMetaverse);
		assert_noop!(
			Metaverse::ensure_not_suspended(99),
			Error::<Test>::UnknownMetaverse
		);
	});
}

#[test]
fn takes_nothing_from_anyone() {
	build_and_execute(|| {
		let id = world();
		claim_demo(alice(), id, Area::new(0, 0, 2, 2));
		give(id, 1_000);
		let before = people().map(|who| (free(&who), held(&who)));
		assert_ok!(suspend(id, 50));
		assert_eq!(people().map(|who| (free(&who), held(&who))), before);
		assert_eq!(wealth(&purse(id)), 1_000 + EXISTENTIAL);
		assert_ok!(tx(|| Metaverse::set_profile(
			signed(alice()),
			id,
			profile("Sorry")
		)));
	});
}

#[test]
fn time_jumps_over_a_suspension() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(suspend(id, 50));
		run_to_block(1_000_000);
		assert!(!is_suspended(id));
		assert_ok!(suspend(id, 1_000_001));
		run_to_block(1_000_001);
		assert!(!is_suspended(id));
	});
}

#[test]
fn time_jumps_to_the_last_block_of_all() {
	build_and_execute(|| {
		let id = world();
		run_to_block(BlockNumber::MAX - 10);
		assert_ok!(suspend(id, BlockNumber::MAX));
		assert!(is_suspended(id));
		run_to_block(BlockNumber::MAX);
		assert!(!is_suspended(id));
		assert_noop!(
			suspend(id, BlockNumber::MAX),
			Error::<Test>::SuspensionEndsInPast
		);
	});
}
