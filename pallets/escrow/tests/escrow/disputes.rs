//! `raise_dispute` and `resolve_dispute`.

use crate::support::*;

/// 1 % of what was raised.
const STAKE: Balance = RAISED / 100;

#[test]
fn a_dispute_takes_a_bond_and_keeps_the_payment_back() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		let had = venture.wealth(&bob());
		assert_ok!(venture.dispute(&bob()));
		assert_eq!(venture.wealth(&bob()), had - STAKE);
		assert_eq!(venture.in_pot(HoldReason::Bond), BOND + STAKE);
		assert_eq!(venture.books().dispute_bond, STAKE);
		assert_eq!(venture.phase(), Phase::Disputed);
		expect_event(Event::DisputeRaised {
			campaign: venture.id,
			raiser: bob(),
			bond: STAKE,
		});
		assert_noop!(venture.advance(), Error::<Test>::DisputeOpen);
		assert_noop!(venture.dispute(&carol()), Error::<Test>::DisputeTooSoon);
	});
}

#[test]
fn nobody_decides_and_the_vote_stands() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		let had = venture.wealth(&bob());
		assert_ok!(venture.dispute(&bob()));
		pass(RULES.max_dispute - 1);
		assert_noop!(venture.advance(), Error::<Test>::DisputeOpen);
		pass(1);
		assert_noop!(venture.rule(Ruling::WindDown), Error::<Test>::NoDispute);
		assert_ok!(venture.advance());
		assert_eq!(venture.wealth(&bob()), had);
		assert_eq!(venture.books().milestone, 1);
		assert_eq!(venture.books().dispute_bond, 0);
		expect_event(Event::DisputeResolved {
			campaign: venture.id,
			ruling: None,
		});
	});
}

#[test]
fn a_frivolous_one_loses_its_bond_to_the_investors() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		assert_ok!(venture.dispute(&bob()));
		let had = venture.wealth(&bob());
		assert_ok!(venture.rule(Ruling::Dismiss));
		assert_eq!(venture.wealth(&bob()), had);
		let books = venture.books();
		assert_eq!(books.pool, RAISED + STAKE);
		assert_eq!(
			(books.dispute_bond, books.money.dispute_slashed),
			(0, STAKE)
		);
		expect_event(Event::DisputeResolved {
			campaign: venture.id,
			ruling: Some(Ruling::Dismiss),
		});
		assert_noop!(venture.rule(Ruling::Dismiss), Error::<Test>::NoDispute);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().milestone, 1);
	});
}

#[test]
fn one_in_good_faith_gets_it_back_and_the_payment_goes_on() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		let had = venture.wealth(&bob());
		assert_ok!(venture.dispute(&bob()));
		assert_ok!(venture.rule(Ruling::ReleaseAnyway));
		assert_eq!(venture.wealth(&bob()), had);
		assert_eq!(venture.phase(), Phase::Payable);
		assert_ok!(venture.advance());
	});
}

#[test]
fn one_that_is_right_ends_the_campaign() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		let (bobs, alices) = (venture.wealth(&bob()), venture.wealth(&alice()));
		assert_ok!(venture.dispute(&bob()));
		assert_ok!(venture.rule(Ruling::WindDown));
		assert_eq!(venture.state(), State::WindDown);
		assert_eq!(venture.wealth(&bob()), bobs);
		assert_eq!(
			venture.wealth(&alice()),
			alices,
			"the founder's bond is lost"
		);
		assert_eq!(venture.books().pool, RAISED + BOND);
		venture.wrap_up(&[bob(), carol()]);
	});
}

#[test]
fn the_investors_can_be_asked_again() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		let had = venture.wealth(&bob());
		assert_ok!(venture.dispute(&bob()));
		assert_ok!(venture.rule(Ruling::RestartRound));
		assert_eq!(venture.wealth(&bob()), had);
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!((round.id, round.yes, round.no), (2, 0, 0));
		assert_eq!(round.evidence, EVIDENCE);
		assert_eq!(venture.phase(), Phase::Voting);
		assert_ok!(venture.vote(&carol(), false));
		pass(VOTING);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().attempts, 1);
	});
}

#[test]
fn votes_and_exits_go_on_during_a_dispute() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		assert_ok!(venture.dispute(&bob()));
		venture.approve();
		assert_ok!(venture.exit(&bob()));
		// Thirty blocks from the first one, not from the end of the vote.
		pass(RULES.max_dispute - VOTING - 1);
		assert_noop!(venture.advance(), Error::<Test>::DisputeOpen);
		pass(1);
		assert_ok!(venture.advance());
	});
}

#[test]
fn a_vote_that_pays_nothing_does_not_wait_for_a_dispute() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		let had = venture.wealth(&bob());
		assert_ok!(venture.dispute(&bob()));
		assert_ok!(venture.vote(&carol(), false));
		pass(VOTING);
		assert_ok!(venture.advance());
		assert_eq!(venture.wealth(&bob()), had);
		assert_eq!(venture.phase(), Phase::Working);
	});
}

#[test]
fn fails_at_the_wrong_time_and_for_whoever_has_nothing_at_stake() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).funded();
		assert_noop!(venture.dispute(&bob()), Error::<Test>::CannotDispute);
		assert_ok!(venture.ask_for(10));
		assert_noop!(venture.dispute(&bob()), Error::<Test>::CannotDispute);
	});
	on_both(|asset| {
		let venture = Draft::new(asset).in_grace();
		assert_noop!(
			Escrow::raise_dispute(by(&dave()), venture.position(&bob())),
			Error::<Test>::NotPositionOwner
		);
		let bobs = venture.position(&bob());
		assert_ok!(venture.exit(&bob()));
		assert_noop!(
			Escrow::raise_dispute(by(&bob()), bobs),
			Error::<Test>::UnknownPosition
		);
	});
}

#[test]
fn fails_when_the_bond_is_not_there() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).payable();
		let rest = balance(&asset, &bob());
		send(&asset, &bob(), &dave(), rest - STAKE - least(&asset) + 1);
		assert_noop!(venture.dispute(&bob()), Error::<Test>::CannotPay);
		send(&asset, &dave(), &bob(), 1);
		assert_ok!(venture.dispute(&bob()));
	});
}

#[test]
fn only_the_arbiter_decides() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Disputed);
		for who in [alice(), bob(), dave()] {
			assert_noop!(
				Escrow::resolve_dispute(by(&who), venture.id, Ruling::ReleaseAnyway),
				DispatchError::BadOrigin
			);
		}
		assert_noop!(
			Escrow::resolve_dispute(root(), 99, Ruling::Dismiss),
			Error::<Test>::UnknownCampaign
		);
	});
}

#[test]
fn the_next_dispute_waits_for_a_while() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		assert_ok!(venture.dispute(&bob()));
		assert_ok!(venture.rule(Ruling::Dismiss));
		venture.approve();
		assert_eq!(RULES.dispute_pause, VOTING);
		assert_ok!(venture.dispute(&carol()));
	});
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		assert_ok!(venture.dispute(&bob()));
		assert_ok!(venture.rule(Ruling::ReleaseAnyway));
		pass(RULES.dispute_pause - 1);
		assert_noop!(venture.dispute(&carol()), Error::<Test>::DisputeTooSoon);
	});
}

#[test]
fn a_bond_that_its_raiser_cannot_receive_holds_nobody_up() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).payable();
		assert_ok!(venture.dispute(&bob()));
		assert_ok!(Assets::block(by(&issuer()), STABLE, bob()));
		pass(RULES.max_dispute);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().milestone, 1);
		assert_eq!(venture.books().dispute_bond, STAKE);
		venture.finish();
		assert_eq!(venture.books().dispute_bond, STAKE);
		assert_ok!(Assets::thaw(by(&issuer()), STABLE, bob()));
		let had = venture.wealth(&bob());
		assert_ok!(venture.advance());
		assert_eq!(venture.wealth(&bob()), had + STAKE);
	});
}
