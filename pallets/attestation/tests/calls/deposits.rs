//! Deposits: in proportion, and back to the unit, whatever other pallets did to the account.

use crate::support::*;
use codec::Encode;
use frame_support::traits::ReservableCurrency;
use pallet_attestation::{AccountOf, Attestations, Config};

#[test]
fn deposits_for_n_attestations_are_n_deposits() {
	build_and_execute(|| {
		let before = wealth(&alice());
		let price = price();
		for n in 1..=20 {
			assert_ok!(attest(alice(), stranger(n), person(n)));
			assert_eq!(deposit(&alice()), Balance::from(n) * price);
		}
		for n in (1..=20).rev() {
			assert_eq!(deposit(&alice()), Balance::from(n) * price);
			assert_ok!(revoke(alice(), stranger(n)));
		}
		assert_eq!(deposit(&alice()), 0);
		assert_eq!(held(&alice()), 0);
		assert_eq!(wealth(&alice()), before);
	});
}

/// The deposit speaks of bytes; this measures them.
#[test]
fn the_bytes_of_a_deposit_are_at_least_the_bytes_stored() {
	build_and_execute(|| {
		assert_ok!(attest_until(alice(), bob(), person(1), Some(Moment::MAX)));
		let (base, per_byte): (u128, u128) = (
			<Test as Config>::DepositBase::get(),
			<Test as Config>::DepositPerByte::get(),
		);
		let paid_for = ((deposit(&alice()) - base) / per_byte) as usize;
		let entries = [
			(
				Attestations::<Test>::hashed_key_for(alice(), bob()),
				Attestations::<Test>::get(alice(), bob())
					.expect("it is stored")
					.encoded_size(),
			),
			(
				AccountOf::<Test>::hashed_key_for(alice(), person(1)),
				bob().encoded_size(),
			),
		];
		let stored: usize = entries.iter().map(|(key, value)| key.len() + value).sum();
		assert!(paid_for >= stored, "{paid_for} paid for, {stored} stored");
		assert!(
			paid_for <= stored + stored / 4,
			"{paid_for} paid for, only {stored} stored"
		);
	});
}

/// A chain on which another pallet took more from Alice's reserve than it had put there, and so ate
/// part of her deposits. The mock's own check that every hold is covered does not apply here.
fn eaten(by: Balance, test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		assert_ok!(attest(alice(), bob(), person(1)));
		assert_ok!(attest(alice(), dave(), person(2)));
		assert_eq!(
			<Balances as ReservableCurrency<_>>::unreserve(&alice(), by),
			0
		);
		test();
		Attestation::do_try_state().expect("the equations of attestations hold");
	});
}

fn expect_missing(missing: Balance) {
	System::assert_has_event(
		Event::DepositMissing {
			who: alice(),
			missing,
		}
		.into(),
	);
}

#[test]
fn an_eaten_deposit_keeps_nobody_from_anything() {
	eaten(1, || {
		assert_ok!(renounce(bob(), alice()));
		assert_ok!(attest(alice(), dave(), person(2)));
		assert_ok!(revoke(alice(), dave()));
		expect_missing(1);
		assert_eq!(wealth(&alice()), FUNDS);
		assert_eq!(said(alice(), bob()), None);
		assert_eq!(said(alice(), dave()), None);
	});
}

#[test]
fn deposits_that_are_gone_altogether_do_not_matter_either() {
	let mut price = 0;
	eaten(0, || price = deposit(&alice()) / 2);
	eaten(2 * price, || {
		assert_ok!(renounce(bob(), alice()));
		expect_missing(price);
		assert_ok!(revoke(alice(), dave()));
		assert_eq!(wealth(&alice()), FUNDS);
	});
}
