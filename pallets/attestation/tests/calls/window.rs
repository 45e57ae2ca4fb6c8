//! What is counted, in which month, and for how long.

use crate::support::*;

#[test]
fn months_are_twelfths_of_a_mean_year_since_1970() {
	build_and_execute(|| {
		enter(FIRST);
		assert_eq!(month(), FIRST);
		set_time(Moment::from(FIRST + 1) * MONTH_MS - 1);
		assert_eq!(month(), FIRST);
		enter(FIRST + 1);
		assert_eq!(month(), FIRST + 1);
		// A hundred mean years are 36,524 days and six hours.
		assert_eq!(MONTH_MS * 1_200, 36_524 * 86_400_000 + 21_600_000);
	});
}

#[test]
fn commitments_of_a_month_add_up() {
	build_and_execute(|| {
		enter(FIRST);
		assert_eq!(used(alice(), person(1), NATIVE), 0);
		assert_eq!(note(alice(), person(1), NATIVE, 10), Ok(FIRST));
		assert_eq!(note(alice(), person(1), NATIVE, 5), Ok(FIRST));
		assert_eq!(used(alice(), person(1), NATIVE), 15);
		assert_eq!(counted(alice(), person(1), NATIVE, FIRST), 15);
		assert_eq!(counted(alice(), person(1), NATIVE, FIRST - 1), 0);
		assert_eq!(counted(alice(), person(1), NATIVE, FIRST + 1), 0);
		assert_eq!(Attestation::committed(alice(), person(1), NATIVE), 15);
	});
}

#[test]
fn attesters_persons_and_assets_are_counted_apart() {
	build_and_execute(|| {
		enter(FIRST);
		let all = [
			(alice(), person(1), NATIVE, 1),
			(alice(), person(1), STABLE, 2),
			(alice(), person(1), AssetKind::WithId(8), 4),
			(alice(), person(2), NATIVE, 8),
			(carol(), person(1), NATIVE, 16),
		];
		for (attester, subject, asset, amount) in all.clone() {
			assert_eq!(note(attester, subject, asset, amount), Ok(FIRST));
		}
		for (attester, subject, asset, amount) in all {
			assert_eq!(used(attester, subject, asset), amount);
		}
	});
}

#[test]
fn boundary_of_twelve_months() {
	/// One, two, four and so on in twelve months.
	const ALL: Balance = (1 << MONTHS) - 1;

	build_and_execute(|| {
		for n in 0..MONTHS {
			enter(FIRST + n);
			let noted = note(alice(), person(1), NATIVE, 1u128 << n);
			assert_eq!(noted, Ok(FIRST + n));
		}
		assert_eq!(used(alice(), person(1), NATIVE), ALL);
		set_time(Moment::from(FIRST + MONTHS) * MONTH_MS - 1);
		assert_eq!(used(alice(), person(1), NATIVE), ALL);
		// From here on one month after the other falls out, without any call.
		for n in 0..MONTHS {
			enter(FIRST + MONTHS + n);
			let gone = (2u128 << n) - 1;
			assert_storage_noop!(assert_eq!(used(alice(), person(1), NATIVE), ALL - gone));
			assert_eq!(counted(alice(), person(1), NATIVE, FIRST + n), 0);
		}
	});
}

#[test]
fn a_call_after_a_while_drops_just_what_is_too_old() {
	build_and_execute(|| {
		enter(FIRST);
		assert_eq!(note(alice(), person(1), NATIVE, 1), Ok(FIRST));
		enter(FIRST + 5);
		assert_eq!(note(alice(), person(1), NATIVE, 2), Ok(FIRST + 5));
		enter(FIRST + 13);
		assert_eq!(note(alice(), person(1), NATIVE, 4), Ok(FIRST + 13));
		assert_eq!(used(alice(), person(1), NATIVE), 6);
		assert_eq!(counted(alice(), person(1), NATIVE, FIRST + 5), 2);
		// The month that stands where the first one stood.
		assert_eq!(counted(alice(), person(1), NATIVE, FIRST + 12), 0);
	});
}

#[test]
fn a_jump_of_a_thousand_months_drops_everything() {
	build_and_execute(|| {
		enter(FIRST);
		for n in 0..MONTHS {
			enter(FIRST + n);
			assert_ok!(note(alice(), person(1), NATIVE, 7));
		}
		enter(FIRST + 1_000);
		assert_eq!(used(alice(), person(1), NATIVE), 0);
		assert_eq!(note(alice(), person(1), NATIVE, 3), Ok(FIRST + 1_000));
		assert_eq!(used(alice(), person(1), NATIVE), 3);
	});
}

#[test]
fn refunds_are_taken_off_in_the_month_of_the_commitment() {
	build_and_execute(|| {
		enter(FIRST);
		assert_eq!(note(alice(), person(1), NATIVE, 10), Ok(FIRST));
		enter(FIRST + 1);
		assert_eq!(note(alice(), person(1), NATIVE, 20), Ok(FIRST + 1));
		forget(alice(), person(1), NATIVE, FIRST, 4);
		assert_eq!(counted(alice(), person(1), NATIVE, FIRST), 6);
		assert_eq!(counted(alice(), person(1), NATIVE, FIRST + 1), 20);
		forget(alice(), person(1), NATIVE, FIRST + 1, 20);
		assert_eq!(used(alice(), person(1), NATIVE), 6);
	});
}

#[test]
fn what_is_not_there_any_more_is_ignored() {
	build_and_execute(|| {
		enter(FIRST);
		// Nothing was ever counted.
		assert_storage_noop!(forget(alice(), person(1), NATIVE, FIRST, 1));
		assert_eq!(note(alice(), person(1), NATIVE, 10), Ok(FIRST));
		enter(FIRST + MONTHS);
		assert_eq!(note(alice(), person(1), NATIVE, 20), Ok(FIRST + MONTHS));
		// The old month stands where the new one stands.
		assert_storage_noop!(forget(alice(), person(1), NATIVE, FIRST, 10));
		// A month that has not come, and the last one that there is.
		assert_storage_noop!(forget(alice(), person(1), NATIVE, FIRST + MONTHS + 1, 10));
		assert_storage_noop!(forget(alice(), person(1), NATIVE, Month::MAX, 10));
		assert_eq!(used(alice(), person(1), NATIVE), 20);
		// More than was counted.
		forget(alice(), person(1), NATIVE, FIRST + MONTHS, Balance::MAX);
		assert_eq!(used(alice(), person(1), NATIVE), 0);
	});
}

#[test]
fn nothing_stays_stored_when_all_money_went_back() {
	build_and_execute(|| {
		enter(FIRST);
		assert_eq!(note(alice(), person(1), NATIVE, 10), Ok(FIRST));
		assert!(is_stored(alice(), person(1), NATIVE));
		forget(alice(), person(1), NATIVE, FIRST, 10);
		assert!(!is_stored(alice(), person(1), NATIVE));

		// Nor when what is left is too old to count.
		assert_eq!(note(alice(), person(1), NATIVE, 10), Ok(FIRST));
		enter(FIRST + MONTHS);
		forget(alice(), person(1), NATIVE, FIRST, 4);
		assert!(!is_stored(alice(), person(1), NATIVE));
	});
}

#[test]
fn counting_nothing_stores_nothing() {
	build_and_execute(|| {
		enter(FIRST);
		assert_storage_noop!(assert_eq!(note(alice(), person(1), NATIVE, 0), Ok(FIRST)));
	});
}

#[test]
fn fails_when_the_sum_does_not_fit() {
	build_and_execute(|| {
		enter(FIRST);
		assert_eq!(note(alice(), person(1), NATIVE, Balance::MAX), Ok(FIRST));
		assert_noop!(note(alice(), person(1), NATIVE, 1), Error::<Test>::Overflow);
		// The sum counts, not the month.
		enter(FIRST + MONTHS - 1);
		assert_noop!(note(alice(), person(1), NATIVE, 1), Error::<Test>::Overflow);
		assert_eq!(used(alice(), person(1), NATIVE), Balance::MAX);
		enter(FIRST + MONTHS);
		assert_eq!(
			note(alice(), person(1), NATIVE, Balance::MAX),
			Ok(FIRST + MONTHS)
		);
	});
}

#[test]
fn the_last_month_never_ends() {
	build_and_execute(|| {
		set_time(Moment::MAX);
		assert_eq!(month(), Month::MAX);
		assert_eq!(note(alice(), person(1), NATIVE, 1), Ok(Month::MAX));
		assert_eq!(note(alice(), person(1), NATIVE, 2), Ok(Month::MAX));
		assert_eq!(used(alice(), person(1), NATIVE), 3);
		forget(alice(), person(1), NATIVE, Month::MAX, 1);
		assert_eq!(used(alice(), person(1), NATIVE), 2);
	});
}
