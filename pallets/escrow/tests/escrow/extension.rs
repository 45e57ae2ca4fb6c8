//! `request_extension`.

use crate::support::*;

#[test]
fn the_investors_grant_more_time() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let due = venture.books().due.unwrap();
		assert_ok!(venture.ask_for(50));
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!(
			round.kind,
			RoundKind::Extension {
				milestone: 0,
				due: due.after(50, BLOCK_MS)
			}
		);
		venture.approve();
		assert_eq!(venture.phase(), Phase::Grace);
		pass(GRACE);
		let pool = venture.books().pool;
		assert_ok!(venture.advance());
		assert_eq!(venture.books().pool, pool, "nothing is paid");
		assert_eq!(venture.books().due, Some(due.after(50, BLOCK_MS)));
		expect_event(Event::Extended {
			campaign: venture.id,
			milestone: 0,
			due: due.block + 50,
		});
		assert_noop!(venture.ask_for(50), Error::<Test>::BadExtension);
	});
}

#[test]
fn who_was_against_it_may_leave() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		assert_ok!(venture.ask_for(50));
		venture.approve();
		let had = venture.wealth(&bob());
		assert_ok!(venture.exit(&bob()));
		assert_eq!(venture.wealth(&bob()), had + BOBS);
		assert_noop!(venture.exit(&carol()), Error::<Test>::CannotExit);
	});
}

#[test]
fn a_refusal_costs_the_founder_no_time() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let due = venture.books().due.unwrap();
		run_to_block(due.block - 5);
		assert_ok!(venture.ask_for(50));
		assert_ok!(venture.vote(&carol(), false));
		pass(VOTING);
		assert_eq!(venture.phase(), Phase::Decided);
		assert_ok!(venture.advance());
		let books = venture.books();
		assert_eq!(books.due.unwrap().block, due.block - 5 + VOTING);
		assert_eq!(books.attempts, 0);
		assert_ok!(venture.submit());
	});
}

#[test]
fn silence_is_no_consent_to_wait() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let due = venture.books().due;
		assert_ok!(venture.ask_for(50));
		pass(VOTING);
		assert_ok!(venture.advance());
		assert_eq!(venture.phase(), Phase::Working);
		assert_eq!(venture.books().due, due);
	});
}

#[test]
fn once_for_each_milestone_and_within_the_rules() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		for blocks in [0, RULES.max_duration + 1, BlockNumber::MAX] {
			assert_noop!(venture.ask_for(blocks), Error::<Test>::BadExtension);
		}
		assert_ok!(venture.ask_for(RULES.max_duration));
		assert_ok!(venture.vote(&carol(), false));
		pass(VOTING);
		assert_ok!(venture.advance());
		assert_noop!(venture.ask_for(10), Error::<Test>::BadExtension);
		venture.deliver();
		assert_ok!(venture.ask_for(10));
	});
}

#[test]
fn fails_too_late_and_for_others() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		assert_noop!(
			Escrow::request_extension(by(&bob()), venture.id, 10, EVIDENCE),
			Error::<Test>::NotFounder
		);
		undone(|| {
			assert_ok!(venture.submit());
			assert_noop!(venture.ask_for(10), Error::<Test>::RoundOpen);
		});
		pass(DURATION + RULES.due_grace - 1);
		undone(|| assert_ok!(venture.ask_for(10)));
		pass(1);
		assert_noop!(venture.ask_for(10), Error::<Test>::MilestoneOverdue);
	});
}
