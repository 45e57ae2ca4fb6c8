//! `abandon`.

use crate::support::*;

#[test]
fn what_is_left_belongs_to_the_investors_and_the_bond_comes_back() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let had = venture.wealth(&alice());
		assert_ok!(venture.abandon());
		assert_eq!(venture.state(), State::WindDown);
		assert_eq!(venture.wealth(&alice()), had + BOND);
		assert_eq!(venture.books().pool, RAISED);
		assert_noop!(venture.abandon(), Error::<Test>::WrongState);
	});
}

#[test]
fn boundary_of_being_late() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let due = venture.books().due.unwrap().block;
		let had = venture.wealth(&alice());
		run_to_block(due - 1);
		undone(|| {
			assert_ok!(venture.abandon());
			assert_eq!(venture.wealth(&alice()), had + BOND);
			check_state();
		});
		run_to_block(due);
		assert_ok!(venture.abandon());
		assert_eq!(venture.wealth(&alice()), had);
		assert_eq!(venture.books().pool, RAISED + BOND);
	});
}

#[test]
fn nothing_is_late_while_the_investors_vote() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		run_to_block(venture.books().due.unwrap().block - 1);
		assert_ok!(venture.submit());
		pass(5);
		let had = venture.wealth(&alice());
		assert_ok!(venture.abandon());
		assert_eq!(venture.wealth(&alice()), had + BOND);
		assert_eq!(Rounds::<Test>::get(venture.id), None);
	});
}

#[test]
fn fails_while_a_payment_is_due() {
	on_both(|asset| {
		for phase in [Phase::Grace, Phase::Payable, Phase::Disputed] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				assert_noop!(venture.abandon(), Error::<Test>::PaymentDue);
			});
		}
	});
}

#[test]
fn the_bond_of_a_dispute_that_ran_out_comes_back_too() {
	on_both(|asset| {
		let venture = Draft::new(asset)
			.with(|terms| terms.voting = RULES.max_dispute + 5)
			.in_voting();
		let had = venture.wealth(&bob());
		assert_ok!(venture.dispute(&bob()));
		pass(RULES.max_dispute);
		assert_ok!(venture.abandon());
		assert_eq!(venture.wealth(&bob()), had);
		venture.wrap_up(&[bob(), carol()]);
	});
}

#[test]
fn fails_for_others_than_the_founder() {
	build_and_execute(|| {
		let venture = Draft::new(native()).funded();
		for who in [bob(), dave()] {
			assert_noop!(
				Escrow::abandon(by(&who), venture.id),
				Error::<Test>::NotFounder
			);
		}
		assert_noop!(
			Escrow::abandon(root(), venture.id),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn a_late_founder_does_not_save_the_bond_by_opening_a_vote_first() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let due = venture.books().due.unwrap();
		run_to_block(due.block);
		let bond = venture.books().bond;
		undone(|| {
			assert_ok!(venture.submit());
			assert_ok!(venture.abandon());
			assert_eq!(venture.books().money.bond_slashed, bond);
		});
		assert_ok!(venture.ask_for(10));
		assert_ok!(venture.abandon());
		assert_eq!(venture.books().money.bond_slashed, bond);
	});
}

#[test]
fn a_vote_asked_for_in_time_keeps_the_bond_beyond_the_due_date() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let due = venture.books().due.unwrap();
		run_to_block(due.block - 1);
		assert_ok!(venture.submit());
		pass(2);
		let bond = venture.books().bond;
		assert_ok!(venture.abandon());
		assert_eq!(venture.books().money.bond_returned, bond);
	});
}

#[test]
fn fails_while_a_dispute_is_open() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		assert_ok!(venture.dispute(&bob()));
		assert_noop!(venture.abandon(), Error::<Test>::DisputeOpen);
	});
}
