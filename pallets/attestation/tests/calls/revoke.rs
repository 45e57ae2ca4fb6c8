//! `revoke`: the attester takes back what it said.

use crate::support::*;

#[test]
fn it_removes_everything_and_gives_the_deposit_back() {
	build_and_execute(|| {
		let before = wealth(&alice());
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_ok!(revoke(alice(), bob()));
		expect_event(Event::Revoked {
			attester: alice(),
			who: bob(),
			subject: person(1),
		});
		assert_eq!(said(alice(), bob()), None);
		assert_eq!(Attestation::record(alice(), bob()), None);
		assert_eq!(deposit(&alice()), 0);
		assert_eq!(wealth(&alice()), before);
		assert!(!pallet_attestation::AccountOf::<Test>::contains_key(
			alice(),
			person(1)
		));
	});
}

#[test]
fn what_is_over_can_be_revoked() {
	build_and_execute(|| {
		enter(FIRST);
		let over = Moment::from(FIRST) * MONTH_MS + 1;
		assert_ok!(attest_until(alice(), bob(), person(1), Some(over)));
		enter(FIRST + 1);
		assert_ok!(revoke(alice(), bob()));
		assert_eq!(deposit(&alice()), 0);
	});
}

#[test]
fn what_is_counted_stays_whatever_account_the_person_moves_to() {
	build_and_execute(|| {
		enter(FIRST);
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_eq!(note(alice(), person(1), NATIVE, 3_000), Ok(FIRST));
		assert_ok!(revoke(alice(), bob()));
		assert_eq!(used(alice(), person(1), NATIVE), 3_000);
		assert_ok!(attest(alice(), dave(), person(1)));
		assert_eq!(used(alice(), person(1), NATIVE), 3_000);
		assert_ok!(revoke(alice(), dave()));
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_eq!(used(alice(), person(1), NATIVE), 3_000);
	});
}

#[test]
fn it_does_not_keep_a_refund_from_being_taken_off() {
	build_and_execute(|| {
		enter(FIRST);
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_eq!(note(alice(), person(1), NATIVE, 3_000), Ok(FIRST));
		assert_ok!(revoke(alice(), bob()));
		forget(alice(), person(1), NATIVE, FIRST, 3_000);
		assert_eq!(used(alice(), person(1), NATIVE), 0);
	});
}

#[test]
fn fails_when_the_caller_says_nothing_of_the_account() {
	build_and_execute(|| {
		assert_noop!(revoke(alice(), bob()), Error::<Test>::NotAttested);
		assert_ok!(attest(alice(), bob(), person(1)));
		// Neither another attester, nor the account in the attester's place.
		assert_noop!(revoke(carol(), bob()), Error::<Test>::NotAttested);
		assert_noop!(revoke(bob(), alice()), Error::<Test>::NotAttested);
		assert_noop!(revoke(bob(), bob()), Error::<Test>::NotAttested);
		assert_ok!(revoke(alice(), bob()));
		assert_noop!(revoke(alice(), bob()), Error::<Test>::NotAttested);
	});
}

#[test]
fn fails_when_nobody_signs() {
	build_and_execute(|| {
		assert_ok!(attest(alice(), bob(), person(1)));
		for origin in [root(), RuntimeOrigin::none()] {
			assert_noop!(
				tx(|| Attestation::revoke(origin, bob())),
				DispatchError::BadOrigin
			);
		}
	});
}
