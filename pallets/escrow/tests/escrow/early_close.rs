//! `announce_early_close`.

use crate::support::*;

#[test]
fn the_deadline_comes_earlier_once() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		let start = now();
		assert_ok!(venture.announce_early_close(LOCK + 10));
		let schedule = venture.books().schedule.unwrap();
		assert_eq!(schedule.deadline.block, start + LOCK + 10);
		assert_eq!(schedule.lock_at.block, start + 10);
		assert_eq!(schedule.closes.block, start + LOCK + 10 - COOLING_OFF);
		expect_event(Event::EarlyCloseAnnounced {
			campaign: venture.id,
			deadline: start + LOCK + 10,
		});
		assert_noop!(
			venture.announce_early_close(LOCK),
			Error::<Test>::EarlyCloseAnnounced
		);
		// There is still time to leave.
		pass(9);
		undone(|| assert_ok!(venture.withdraw(&bob(), BOBS)));
		pass(LOCK + 1);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Active);
	});
}

#[test]
fn boundary_of_the_notice() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		let left = venture.books().schedule.unwrap().deadline.block - now();
		let least = RULES.early_close_notice + LOCK;
		for after in [0, least - 1, left, left + 1, BlockNumber::MAX] {
			assert_noop!(
				venture.announce_early_close(after),
				Error::<Test>::BadEarlyClose
			);
		}
		undone(|| assert_ok!(venture.announce_early_close(left - 1)));
		assert_ok!(venture.announce_early_close(least));
		// Whoever relied on the old deadline has the time of the notice.
		pass(RULES.early_close_notice - 1);
		assert_ok!(venture.withdraw(&bob(), BOBS));
	});
}

#[test]
fn the_notice_of_the_rules_counts_without_lock_and_cooling_off() {
	on_both(|asset| {
		let draft = Draft::new(asset).with(|terms| {
			terms.lock = 0;
			terms.cooling_off = 0;
		});
		let venture = draft.at(Phase::Open);
		assert_noop!(
			venture.announce_early_close(RULES.early_close_notice - 1),
			Error::<Test>::BadEarlyClose
		);
		assert_ok!(venture.announce_early_close(RULES.early_close_notice));
	});
}

#[test]
fn fails_before_the_goal_and_before_the_shortest_period() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let start = now();
		assert_ok!(venture.commit(&bob(), GOAL - 1_000));
		pass(RULES.min_period);
		assert_noop!(
			venture.announce_early_close(30),
			Error::<Test>::GoalNotReached
		);
		assert_ok!(venture.commit(&bob(), 1_000));
		assert_eq!(now(), start + RULES.min_period);
		assert_ok!(venture.announce_early_close(30));
	});
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		pass(RULES.min_period - 1);
		assert_noop!(
			venture.announce_early_close(30),
			Error::<Test>::TooEarlyToClose
		);
	});
}

#[test]
fn fails_with_too_few_investors() {
	on_both(|asset| {
		let venture = Draft::new(asset)
			.with(|terms| terms.min_investors = 3)
			.at(Phase::Open);
		assert_noop!(
			venture.announce_early_close(30),
			Error::<Test>::GoalNotReached
		);
		assert_ok!(venture.commit(&dave(), TICKET));
		assert_ok!(venture.announce_early_close(30));
	});
}

#[test]
fn whoever_withdraws_after_it_can_still_let_the_campaign_fail() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		assert_ok!(venture.announce_early_close(30));
		assert_ok!(venture.withdraw(&carol(), CAROLS));
		pass(30);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Failed);
	});
}

#[test]
fn fails_for_others_than_the_founder() {
	build_and_execute(|| {
		let venture = Draft::new(native()).at(Phase::Open);
		assert_noop!(
			Escrow::announce_early_close(by(&bob()), venture.id, 30),
			Error::<Test>::NotFounder
		);
	});
}
