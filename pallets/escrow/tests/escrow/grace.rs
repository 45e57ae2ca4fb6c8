//! `exit`.

use crate::support::*;

#[test]
fn who_was_overruled_leaves_with_a_share_of_everything() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_grace();
		let had = venture.wealth(&bob());
		let position = venture.position(&bob());
		assert_eq!(venture.claimable(&bob()).exit, BOBS);
		assert_ok!(venture.exit(&bob()));
		// Nothing was paid yet, so the share is everything, the tranche in question included.
		assert_eq!(venture.wealth(&bob()), had + BOBS);
		let books = venture.books();
		assert_eq!((books.pool, books.units), (CAROLS, CAROLS));
		assert_eq!((books.positions, books.investors), (1, 1));
		assert_eq!(books.money.exited, BOBS);
		expect_event(Event::Exited {
			campaign: venture.id,
			position,
			units: BOBS,
			paid: BOBS,
			equity: 0,
		});
		// Nothing of the money is at work: nothing is left of the position.
		assert_eq!(Positions::<Test>::get(position), None);
		assert_eq!(deposits(&bob()), 0);
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!((round.exited, round.exited_no), (BOBS, BOBS));
		assert_eq!((round.yes, round.no), (CAROLS, BOBS));
		pass(GRACE);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().money.released, 3_920);
	});
}

#[test]
fn what_is_at_work_already_stays_recorded() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		venture.deliver();
		assert_ok!(venture.submit());
		venture.approve();
		let had = venture.wealth(&bob());
		assert_ok!(venture.exit(&bob()));
		// Half of it was paid out before.
		assert_eq!(venture.wealth(&bob()), had + BOBS / 2);
		let stored = Positions::<Test>::get(venture.position(&bob())).unwrap();
		assert_eq!((stored.units, stored.equity), (0, BOBS / 2));
		assert!(deposits(&bob()) > 0);
		assert_noop!(venture.vote(&bob(), true), Error::<Test>::NothingAtStake);
		// The record can be given up at any time.
		assert_ok!(venture.exit(&bob()));
		assert_eq!(deposits(&bob()), 0);
		assert_eq!(venture.books().positions, 1);
	});
}

#[test]
fn fails_for_whoever_was_not_overruled() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		assert_ok!(venture.commit(&dave(), 1_000));
		pass(PERIOD);
		assert_ok!(venture.advance());
		for who in [bob(), carol(), dave()] {
			assert_noop!(venture.exit(&who), Error::<Test>::CannotExit);
		}
		assert_ok!(venture.submit());
		assert_ok!(venture.vote(&carol(), true));
		assert_ok!(venture.vote(&bob(), false));
		assert_noop!(venture.exit(&bob()), Error::<Test>::CannotExit);
		pass(VOTING);
		// Carol was for it, Dave did not say anything.
		for who in [carol(), dave()] {
			assert_noop!(venture.exit(&who), Error::<Test>::CannotExit);
			assert_eq!(venture.claimable(&who).exit, 0);
		}
		assert_noop!(
			Escrow::exit(by(&carol()), venture.position(&bob())),
			Error::<Test>::NotPositionOwner
		);
		pass(GRACE - 1);
		undone(|| assert_ok!(venture.exit(&bob())));
		pass(1);
		assert_noop!(venture.exit(&bob()), Error::<Test>::CannotExit);
	});
}

#[test]
fn silence_that_was_taken_for_consent_may_leave() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		assert_ok!(venture.commit(&dave(), 1_000));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		pass(VOTING);
		assert_ok!(venture.advance());
		assert_ok!(venture.vote(&dave(), true));
		pass(VOTING);
		assert_eq!(venture.phase(), Phase::Grace);
		assert_noop!(venture.exit(&dave()), Error::<Test>::CannotExit);
		assert_ok!(venture.exit(&bob()));
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!((round.exited, round.exited_no), (BOBS, 0));
	});
}

#[test]
fn a_vote_of_an_earlier_round_lets_nobody_leave() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		assert_ok!(venture.vote(&bob(), false));
		pass(VOTING);
		assert_ok!(venture.advance());
		pass(RULES.resubmit_pause);
		assert_ok!(venture.submit());
		assert_ok!(venture.vote(&carol(), true));
		pass(VOTING);
		assert_eq!(venture.phase(), Phase::Grace);
		assert_noop!(venture.exit(&bob()), Error::<Test>::CannotExit);
	});
}

#[test]
fn more_than_half_leaving_ends_the_campaign_at_once() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let nays = [bob(), carol(), dave()];
		for who in &nays {
			assert_ok!(venture.commit(who, 3_000));
		}
		let friend = investor(1);
		assert_ok!(venture.commit(&friend, 3_001));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		// Silence twice lets everybody leave who was not for it.
		pass(VOTING);
		assert_ok!(venture.advance());
		pass(VOTING);
		let had = venture.wealth(&alice());
		assert_ok!(venture.exit(&bob()));
		assert_ok!(venture.exit(&carol()));
		// 6,000 of 12,001 are not more than half.
		assert_eq!(venture.phase(), Phase::Grace);
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);
		assert_ok!(venture.exit(&dave()));
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::WindDown);
		assert_eq!(venture.wealth(&alice()), had + BOND);
		venture.wrap_up(&[friend]);
	});
}

#[test]
fn boundary_of_the_half() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), 6_000));
		assert_ok!(venture.commit(&carol(), 6_000));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		pass(VOTING);
		assert_ok!(venture.advance());
		pass(VOTING);
		assert_ok!(venture.exit(&bob()));
		// Exactly half has left: the startup is paid out of the other half.
		pass(GRACE);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Active);
		assert_eq!(venture.books().pool, 3_000);
	});
}

#[test]
fn the_last_one_to_leave_takes_the_rest_and_the_campaign_ends() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), GOAL));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		pass(VOTING);
		assert_ok!(venture.advance());
		pass(VOTING);
		assert_ok!(venture.exit(&bob()));
		let books = venture.books();
		assert_eq!((books.pool, books.units, books.positions), (0, 0, 0));
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::WindDown);
		assert_ok!(venture.close());
	});
}

#[test]
fn what_one_unit_is_worth_never_falls_by_others_leaving() {
	on_both(|asset| {
		let venture = Draft::new(asset).weights(&[3, 7]).opened();
		for (who, amount) in [(bob(), 3_333), (carol(), 4_447), (dave(), 2_221)] {
			assert_ok!(venture.commit(&who, amount));
		}
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		for who in [bob(), carol(), dave()] {
			assert_ok!(venture.vote(&who, true));
		}
		pass(VOTING + GRACE);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		pass(VOTING);
		assert_ok!(venture.advance());
		pass(VOTING);
		for who in [dave(), bob()] {
			let before = venture.books();
			assert_ok!(venture.exit(&who));
			let after = venture.books();
			assert!(after.pool * before.units >= before.pool * after.units);
			check_state();
		}
	});
}

#[test]
fn a_completed_campaign_can_be_given_up() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Completed);
		let had = venture.wealth(&bob());
		assert_ok!(venture.exit(&bob()));
		// Its part of the revenue, nothing else.
		assert_eq!(venture.wealth(&bob()), had + REVENUE / 3);
		assert_eq!(venture.units(&bob()), 0);
		assert_eq!(venture.books().units, CAROLS);
		assert_ok!(venture.exit(&bob()));
		assert_eq!(venture.books().positions, 1);
	});
}
