//! `attest`: who is said to be whom, and until when.

use crate::support::*;

#[test]
fn it_says_who_somebody_is_and_how_much_the_person_may_commit() {
	build_and_execute(|| {
		assert_eq!(said(alice(), bob()), None);
		assert_ok!(attest(alice(), bob(), person(1)));
		expect_event(Event::Attested {
			attester: alice(),
			who: bob(),
			attestation: statement(person(1)),
			until: None,
		});
		assert_eq!(said(alice(), bob()), Some(statement(person(1))));
		assert_eq!(said(bob(), alice()), None);
		assert_eq!(said(alice(), dave()), None);
	});
}

#[test]
fn it_is_seen_from_outside() {
	build_and_execute(|| {
		enter(FIRST);
		let over = Moment::from(FIRST + 1) * MONTH_MS;
		assert_ok!(attest_until(alice(), bob(), person(1), Some(over)));
		let view = Attestation::record(alice(), bob()).expect("it is stored");
		assert_eq!(view.attestation, statement(person(1)));
		assert_eq!(view.until, Some(over));
		assert_eq!(view.deposit, deposit(&alice()));
		assert!(view.counts);
		enter(FIRST + 1);
		let view = Attestation::record(alice(), bob()).expect("it is stored");
		assert!(!view.counts);
		assert_eq!(Attestation::record(alice(), dave()), None);
	});
}

#[test]
fn renewing_changes_class_cap_and_end_and_costs_nothing() {
	build_and_execute(|| {
		enter(FIRST);
		let over = Moment::from(FIRST + 1) * MONTH_MS;
		assert_ok!(attest(alice(), bob(), person(1)));
		let paid = deposit(&alice());
		assert_ok!(tx(|| Attestation::attest(
			signed(alice()),
			bob(),
			person(1),
			3,
			CAP + 1,
			Some(over)
		)));
		let renewed = Statement {
			subject: person(1),
			class: 3,
			cap: CAP + 1,
		};
		expect_event(Event::Attested {
			attester: alice(),
			who: bob(),
			attestation: renewed,
			until: Some(over),
		});
		assert_eq!(said(alice(), bob()), Some(renewed));
		assert_eq!(deposit(&alice()), paid);
	});
}

#[test]
fn a_cap_of_nothing_can_be_said() {
	build_and_execute(|| {
		assert_ok!(tx(|| Attestation::attest(
			signed(alice()),
			bob(),
			person(1),
			RETAIL,
			0,
			None
		)));
		assert_eq!(said(alice(), bob()).map(|said| said.cap), Some(0));
	});
}

#[test]
fn attesters_do_not_meet() {
	build_and_execute(|| {
		assert_ok!(attest(alice(), bob(), person(1)));
		// Another person under the same name, the same account under another one.
		assert_ok!(attest(carol(), dave(), person(1)));
		assert_ok!(attest(carol(), bob(), person(2)));
		assert_eq!(said(alice(), bob()), Some(statement(person(1))));
		assert_eq!(said(carol(), bob()), Some(statement(person(2))));
		assert_eq!(said(alice(), dave()), None);
		assert_ok!(revoke(carol(), bob()));
		assert_eq!(said(alice(), bob()), Some(statement(person(1))));
	});
}

#[test]
fn fails_when_another_account_of_the_person_is_attested() {
	build_and_execute(|| {
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_noop!(
			attest(alice(), dave(), person(1)),
			Error::<Test>::AnotherAccount
		);
		assert_ok!(revoke(alice(), bob()));
		assert_ok!(attest(alice(), dave(), person(1)));
		assert_noop!(
			attest(alice(), bob(), person(1)),
			Error::<Test>::AnotherAccount
		);
	});
}

#[test]
fn fails_when_the_account_is_attested_as_another_person() {
	build_and_execute(|| {
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_noop!(
			attest(alice(), bob(), person(2)),
			Error::<Test>::AnotherPerson
		);
		// Also when that person has an account already.
		assert_ok!(attest(alice(), dave(), person(2)));
		assert_noop!(
			attest(alice(), bob(), person(2)),
			Error::<Test>::AnotherPerson
		);
		assert_ok!(revoke(alice(), bob()));
		assert_ok!(revoke(alice(), dave()));
		assert_ok!(attest(alice(), bob(), person(2)));
	});
}

#[test]
fn boundary_of_the_end() {
	build_and_execute(|| {
		enter(FIRST);
		let now = Moment::from(FIRST) * MONTH_MS;
		for over in [0, now - 1, now] {
			assert_noop!(
				attest_until(alice(), bob(), person(1), Some(over)),
				Error::<Test>::AlreadyOver
			);
		}
		assert_ok!(attest_until(alice(), bob(), person(1), Some(now + 1)));
		assert!(said(alice(), bob()).is_some());
		set_time(now + 1);
		assert_eq!(said(alice(), bob()), None);

		assert_ok!(attest_until(alice(), bob(), person(1), Some(Moment::MAX)));
		set_time(Moment::MAX - 1);
		assert!(said(alice(), bob()).is_some());
		set_time(Moment::MAX);
		assert_eq!(said(alice(), bob()), None);
	});
}

#[test]
fn renewing_may_end_it_sooner_but_not_in_the_past() {
	build_and_execute(|| {
		enter(FIRST);
		let now = Moment::from(FIRST) * MONTH_MS;
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_noop!(
			attest_until(alice(), bob(), person(1), Some(now)),
			Error::<Test>::AlreadyOver
		);
		assert_ok!(attest_until(alice(), bob(), person(1), Some(now + 1)));
		set_time(now + 1);
		assert_eq!(said(alice(), bob()), None);
	});
}

#[test]
fn what_is_over_still_stands_for_the_person() {
	build_and_execute(|| {
		enter(FIRST);
		let over = Moment::from(FIRST) * MONTH_MS + 1;
		assert_ok!(attest_until(alice(), bob(), person(1), Some(over)));
		let paid = deposit(&alice());
		set_time(over);
		assert_eq!(said(alice(), bob()), None);
		assert_eq!(deposit(&alice()), paid);
		assert_noop!(
			attest(alice(), dave(), person(1)),
			Error::<Test>::AnotherAccount
		);
		assert_noop!(
			attest(alice(), bob(), person(2)),
			Error::<Test>::AnotherPerson
		);
		// It can be renewed as if it had never been over.
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_eq!(said(alice(), bob()), Some(statement(person(1))));
		assert_eq!(deposit(&alice()), paid);
	});
}

#[test]
fn fails_when_the_deposit_is_not_covered() {
	build_and_execute(|| {
		let price = price();
		Balances::set_balance(&alice(), EXISTENTIAL + price - 1);
		assert_noop!(
			attest(alice(), bob(), person(1)),
			Error::<Test>::DepositNotCovered
		);
		Balances::set_balance(&alice(), EXISTENTIAL + price);
		assert_ok!(attest(alice(), bob(), person(1)));
		// Renewing needs nothing that could be missing.
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_noop!(
			attest(alice(), dave(), person(2)),
			Error::<Test>::DepositNotCovered
		);
	});
}

#[test]
fn an_account_without_money_can_be_attested() {
	build_and_execute(|| {
		assert_ok!(attest(alice(), stranger(1), person(1)));
		assert_eq!(said(alice(), stranger(1)), Some(statement(person(1))));
		assert_eq!(wealth(&stranger(1)), 0);
	});
}

#[test]
fn fails_when_nobody_signs() {
	build_and_execute(|| {
		for origin in [root(), RuntimeOrigin::none()] {
			assert_noop!(
				tx(|| Attestation::attest(origin, bob(), person(1), RETAIL, CAP, None)),
				DispatchError::BadOrigin
			);
		}
	});
}
