//! `renounce`: whoever was attested does not want it.

use crate::support::*;

#[test]
fn it_removes_everything_and_gives_the_deposit_back_to_the_attester() {
	build_and_execute(|| {
		let (attester, account) = (wealth(&alice()), wealth(&bob()));
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_ok!(renounce(bob(), alice()));
		expect_event(Event::Renounced {
			attester: alice(),
			who: bob(),
			subject: person(1),
		});
		assert_eq!(said(alice(), bob()), None);
		assert_eq!(Attestation::record(alice(), bob()), None);
		assert_eq!(deposit(&alice()), 0);
		assert_eq!(wealth(&alice()), attester);
		assert_eq!(wealth(&bob()), account);
	});
}

#[test]
fn the_person_may_be_attested_again_with_another_account() {
	build_and_execute(|| {
		enter(FIRST);
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_eq!(note(alice(), person(1), NATIVE, 10), Ok(FIRST));
		assert_ok!(renounce(bob(), alice()));
		assert_ok!(attest(alice(), dave(), person(1)));
		assert_eq!(used(alice(), person(1), NATIVE), 10);
	});
}

#[test]
fn what_others_say_stays() {
	build_and_execute(|| {
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_ok!(attest(carol(), bob(), person(1)));
		assert_ok!(renounce(bob(), alice()));
		assert_eq!(said(alice(), bob()), None);
		assert_eq!(said(carol(), bob()), Some(statement(person(1))));
	});
}

#[test]
fn fails_when_the_attester_says_nothing_of_the_caller() {
	build_and_execute(|| {
		assert_noop!(renounce(bob(), alice()), Error::<Test>::NotAttested);
		assert_ok!(attest(alice(), bob(), person(1)));
		// Nobody renounces for somebody else, the attester least of all.
		assert_noop!(renounce(dave(), alice()), Error::<Test>::NotAttested);
		assert_noop!(renounce(alice(), alice()), Error::<Test>::NotAttested);
		assert_noop!(renounce(alice(), bob()), Error::<Test>::NotAttested);
		assert_noop!(renounce(bob(), carol()), Error::<Test>::NotAttested);
		assert_ok!(renounce(bob(), alice()));
		assert_noop!(renounce(bob(), alice()), Error::<Test>::NotAttested);
		assert_noop!(revoke(alice(), bob()), Error::<Test>::NotAttested);
	});
}

#[test]
fn fails_when_nobody_signs() {
	build_and_execute(|| {
		assert_ok!(attest(alice(), bob(), person(1)));
		for origin in [root(), RuntimeOrigin::none()] {
			assert_noop!(
				tx(|| Attestation::renounce(origin, alice())),
				DispatchError::BadOrigin
			);
		}
	});
}
