//! `advance` at the deadline; and whom it lets do what.

use crate::support::*;

#[test]
fn a_campaign_with_its_goal_succeeds() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), GOAL));
		let start = now();
		run_to_block(start + PERIOD - 1);
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);
		run_to_block(start + PERIOD);
		assert_ok!(venture.advance());
		let books = venture.books();
		assert_eq!(books.state, State::Active);
		assert_eq!((books.raised, books.pool, books.units), (GOAL, GOAL, GOAL));
		assert_eq!(books.due.unwrap().block, now() + DURATION);
		assert_eq!(books.money.released, 0);
		expect_event(Event::StateChanged {
			campaign: venture.id,
			from: State::Funding,
			to: State::Active,
		});
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);
	});
}

#[test]
fn one_unit_less_and_it_fails() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let had = venture.wealth(&alice());
		assert_ok!(venture.commit(&bob(), GOAL - 1));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Failed);
		assert_eq!(venture.wealth(&alice()), had + BOND);
		venture.wrap_up(&[bob()]);
	});
}

#[test]
fn one_investor_less_and_it_fails() {
	on_both(|asset| {
		let draft = Draft::new(asset).with(|terms| terms.min_investors = 3);
		let venture = draft.clone().ended();
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Failed);

		let venture = draft.committed();
		assert_ok!(venture.commit(&dave(), TICKET));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Active);
	});
}

#[test]
fn nobody_has_to_hurry() {
	on_both(|asset| {
		let venture = Draft::new(asset).ended();
		pass(1_000_000);
		assert_ok!(venture.advance());
		// The time for the first milestone begins now.
		assert_eq!(venture.phase(), Phase::Working);
		assert_eq!(venture.books().due.unwrap().block, now() + DURATION);
	});
}

#[test]
fn the_kickoff_is_paid_at_once() {
	on_both(|asset| {
		let draft = Draft::new(asset).with(|terms| terms.kickoff = Permill::from_percent(20));
		let venture = draft.ended();
		let (startup, network) = (
			venture.wealth(&venture.beneficiary()),
			venture.wealth(&treasury()),
		);
		assert_ok!(venture.advance());
		// 20 % of 12,000, of which the network gets 2 %.
		assert_eq!(venture.wealth(&venture.beneficiary()), startup + 2_352);
		let books = venture.books();
		assert_eq!(books.kickoff, 2_400);
		assert_eq!(books.pool, RAISED - 2_400);
		assert_eq!(books.units, RAISED);
		assert_eq!(books.money.released + books.money.fees, 2_400);
		assert_eq!(venture.wealth(&treasury()), network + books.money.fees);
		expect_event(Event::Released {
			campaign: venture.id,
			milestone: None,
			amount: 2_352,
			fee: 48,
		});
		// The milestones share what is left.
		venture.finish();
		assert_eq!(venture.books().pool, 0);
	});
}

#[test]
fn a_kickoff_of_a_suspended_metaverse_stays_with_the_milestones() {
	on_both(|asset| {
		let draft = Draft::new(asset).with(|terms| terms.kickoff = Permill::from_percent(20));
		let venture = draft.ended();
		suspend(venture.metaverse, 50);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Active);
		assert_eq!(venture.books().pool, RAISED);
		assert_eq!(venture.books().kickoff, 0);
		expect_event(Event::KickoffSkipped {
			campaign: venture.id,
		});
	});
}

#[test]
fn fails_for_a_campaign_that_does_not_exist() {
	build_and_execute(|| {
		assert_noop!(
			Escrow::advance(by(&bob()), 99),
			Error::<Test>::UnknownCampaign
		);
		assert_noop!(Escrow::advance(root(), 99), DispatchError::BadOrigin);
	});
}

#[test]
fn a_bond_that_cannot_be_received_waits_and_comes_back_later() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).ended();
		assert_ok!(Assets::block(by(&issuer()), STABLE, alice()));
		pass(1);
		assert_ok!(venture.advance());
		assert_ok!(venture.abandon());
		assert_eq!(venture.state(), State::WindDown);
		assert_eq!(venture.books().bond, BOND);
		// The investors do not wait for it.
		assert_ok!(venture.claim(&bob()));
		assert_ok!(venture.claim(&carol()));
		assert_noop!(venture.advance(), Error::<Test>::CannotReceive);
		assert_noop!(venture.close(), Error::<Test>::NotEmpty);
		assert_ok!(Assets::thaw(by(&issuer()), STABLE, alice()));
		let had = venture.wealth(&alice());
		assert_ok!(venture.advance());
		assert_eq!(venture.wealth(&alice()), had + BOND);
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);
		assert_ok!(venture.close());
	});
}
