//! Bonds wait after their work, whatever ended it, and come back to the unit.

use frame_support::traits::{fungible::Inspect, Currency, ReservableCurrency};
use madang_runtime_common::units::MDG;
use pallet_validators::{Bond, Error, Event};

use crate::support::*;

/// All that an account has, on hold or not.
fn wealth(who: Sr25519Keyring) -> Balance {
	<Balances as Inspect<_>>::total_balance(&account(who))
}

#[test]
fn a_bond_comes_back_a_week_after_its_owner_left() {
	on_chain(|| {
		let before = wealth(Eve);
		open_places(1);
		join(Eve);
		let free_before = free(Eve);
		assert_ok!(ValidatorSelection::leave_intent(signed(Eve)));
		System::assert_has_event(
			Event::Unbonding {
				who: account(Eve),
				amount: candidacy_bond(),
				free_from: Validators::free_from(),
			}
			.into(),
		);
		assert_eq!(held(Eve), candidacy_bond(), "it is not back at once");
		assert_noop!(withdraw(Eve), Error::<Runtime>::StillAtStake);

		pass_sessions(waiting_time() - 1);
		assert_noop!(withdraw(Eve), Error::<Runtime>::StillAtStake);
		pass_sessions(1);
		assert_ok!(withdraw(Eve));
		System::assert_last_event(
			Event::Withdrawn {
				who: account(Eve),
				amount: candidacy_bond(),
			}
			.into(),
		);
		assert_eq!(held(Eve), 0);
		assert_eq!(free(Eve), free_before + candidacy_bond());
		assert_eq!(wealth(Eve), before);
		assert_noop!(withdraw(Eve), Error::<Runtime>::NothingWaits);
	});
}

#[test]
fn a_week_is_a_week() {
	on_chain(|| {
		let blocks = waiting_time() * SESSION;
		assert_eq!(blocks, (7 * 24 * 60 / 10 + 2) * SESSION);
	});
}

#[test]
fn a_bond_that_works_does_not_come_back() {
	on_chain(|| {
		open_places(1);
		join(Eve);
		assert_noop!(withdraw(Eve), Error::<Runtime>::NothingWaits);
		assert_noop!(withdraw(Bob), Error::<Runtime>::NothingWaits);
		// Neither can it be spent, nor bonded a second time.
		assert!(Balances::transfer_all(
			signed(Eve),
			madang_runtime::Address::Id(account(Ferdie)),
			false
		)
		.is_ok());
		assert_eq!(held(Eve), candidacy_bond());
		assert_noop!(
			ValidatorSelection::update_bond(signed(Eve), 2 * candidacy_bond()),
			Error::<Runtime>::BondNotCovered
		);
	});
}

#[test]
fn whatever_ends_a_bond_lets_it_wait() {
	let ways: [(&str, fn()); 6] = [
		("leaving", || {
			assert_ok!(ValidatorSelection::leave_intent(signed(Eve)));
		}),
		("being outbid", || {
			set_keys(Ferdie);
			assert_ok!(ValidatorSelection::take_candidate_slot(
				signed(Ferdie),
				candidacy_bond() + MDG,
				account(Eve)
			));
		}),
		("a bond that is too small now", || {
			council_carries(RuntimeCall::ValidatorSelection(
				pallet_collator_selection::Call::set_candidacy_bond {
					bond: candidacy_bond() + 1,
				},
			));
		}),
		("an invitation", || {
			council_carries(RuntimeCall::ValidatorSelection(
				pallet_collator_selection::Call::add_invulnerable { who: account(Eve) },
			));
		}),
		("an invitation among others", || {
			council_carries(RuntimeCall::ValidatorSelection(
				pallet_collator_selection::Call::set_invulnerables {
					new: vec![account(Alice), account(Eve)],
				},
			));
			pass_sessions(1);
		}),
		("blocks that were not made", || pass_sessions(12)),
	];
	for (way, end) in ways {
		on_chain(|| {
			let before = wealth(Eve);
			open_places(1);
			join(Eve);
			let amount = candidacy_bond();
			end();
			let now = bond(Eve);
			assert_eq!((now.working, now.waiting), (0, amount), "{way}");
			assert_eq!(held(Eve), amount, "{way}");
			assert_noop!(withdraw(Eve), Error::<Runtime>::StillAtStake);
			pass_sessions(now.free_from - Session::current_index());
			assert_ok!(withdraw(Eve));
			assert_eq!(wealth(Eve), before, "{way}");
		});
	}
}

#[test]
fn a_part_of_a_bond_waits_and_the_rest_works() {
	on_chain(|| {
		// Nobody may make the bond of a seat smaller, but whoever waits for one may.
		set_keys(Eve);
		assert_ok!(ValidatorSelection::register_as_candidate(signed(Eve)));
		assert_ok!(ValidatorSelection::update_bond(
			signed(Eve),
			candidacy_bond() + 7 * MDG
		));
		assert_eq!(held(Eve), candidacy_bond() + 7 * MDG);
		assert_ok!(ValidatorSelection::update_bond(
			signed(Eve),
			candidacy_bond() + 2 * MDG
		));
		let first = bond(Eve);
		assert_eq!(
			first,
			Bond {
				working: candidacy_bond() + 2 * MDG,
				waiting: 5 * MDG,
				free_from: Validators::free_from(),
			}
		);
		// A further part lets both wait for the later session.
		pass_sessions(1);
		assert_ok!(ValidatorSelection::update_bond(
			signed(Eve),
			candidacy_bond()
		));
		let second = bond(Eve);
		assert_eq!(second.waiting, 7 * MDG);
		assert_eq!(second.free_from, first.free_from + 1);
		assert_eq!(held(Eve), candidacy_bond() + 7 * MDG);
	});
}

#[test]
fn a_bond_that_waits_can_be_put_to_work_again() {
	on_chain(|| {
		let before = wealth(Eve);
		open_places(1);
		join(Eve);
		assert_ok!(ValidatorSelection::leave_intent(signed(Eve)));
		let spendable = free(Eve);
		assert_ok!(ValidatorSelection::register_as_candidate(signed(Eve)));
		assert_eq!(free(Eve), spendable, "nothing more is held");
		assert_eq!(
			bond(Eve),
			Bond {
				working: candidacy_bond(),
				..Default::default()
			}
		);
		assert_noop!(withdraw(Eve), Error::<Runtime>::NothingWaits);
		assert_eq!(wealth(Eve), before);
	});
}

#[test]
fn a_bond_that_cannot_be_covered_is_refused() {
	on_chain(|| {
		set_keys(Eve);
		let almost = candidacy_bond();
		assert_ok!(Balances::force_set_balance(
			RuntimeOrigin::root(),
			madang_runtime::Address::Id(account(Eve)),
			almost
		));
		assert!(!<Validators as ReservableCurrency<_>>::can_reserve(
			&account(Eve),
			almost
		));
		assert_noop!(
			ValidatorSelection::register_as_candidate(signed(Eve)),
			Error::<Runtime>::BondNotCovered
		);
		assert_eq!(Validators::bond_of(account(Eve)), None);
	});
}

#[test]
fn nothing_but_an_offence_takes_a_bond() {
	on_chain(|| {
		open_places(1);
		join(Eve);
		type Bonded = Validators;
		let all = Balance::MAX;
		let (taken, left) = <Bonded as ReservableCurrency<_>>::slash_reserved(&account(Eve), all);
		drop(taken);
		assert_eq!(left, all);
		let moved = <Bonded as ReservableCurrency<_>>::repatriate_reserved(
			&account(Eve),
			&account(Ferdie),
			all,
			frame_support::traits::BalanceStatus::Free,
		);
		assert_eq!(moved, Ok(all));
		assert_eq!(
			<Bonded as ReservableCurrency<_>>::unreserve(&account(Eve), all),
			all - candidacy_bond(),
			"as much as works waits"
		);
		assert_eq!(bond(Eve).waiting, candidacy_bond());
		assert_eq!(held(Eve), candidacy_bond());
		let total = <Bonded as Currency<AccountId>>::total_balance(&account(Eve));
		assert_eq!(total, wealth(Eve));
	});
}

#[test]
fn the_rewards_of_blocks_are_paid_as_before() {
	on_chain(|| {
		let pot = ValidatorSelection::account_id();
		assert_ok!(Balances::force_set_balance(
			RuntimeOrigin::root(),
			madang_runtime::Address::Id(pot),
			100 * MDG
		));
		let before = free(Alice);
		<ValidatorSelection as pallet_authorship::EventHandler<_, _>>::note_author(account(Alice));
		assert!(free(Alice) > before);
	});
}
