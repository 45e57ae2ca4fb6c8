//! `call_no_confidence` and the two votes that it takes.

use crate::support::*;

/// A campaign of 12,000 in which Bob has 600, Carol 600 and Dave the rest.
fn scattered(asset: AssetKind) -> Venture {
	let venture = Draft::new(asset).opened();
	for (who, amount) in [(bob(), 600), (carol(), 600), (dave(), 10_800)] {
		assert_ok!(venture.commit(&who, amount));
	}
	pass(PERIOD);
	assert_ok!(venture.advance());
	venture
}

fn distrusted(venture: &Venture, yes: &[AccountId]) {
	for who in yes {
		assert_ok!(venture.vote(who, true));
	}
	pass(VOTING);
	assert_ok!(venture.advance());
}

#[test]
fn a_tenth_of_the_units_must_sign() {
	on_both(|asset| {
		let venture = scattered(asset);
		assert_ok!(venture.distrust(&bob()));
		assert_eq!(venture.phase(), Phase::Working);
		expect_event(Event::PetitionSigned {
			campaign: venture.id,
			position: venture.position(&bob()),
			units: 600,
		});
		assert_noop!(venture.distrust(&bob()), Error::<Test>::AlreadySigned);
		assert_ok!(venture.distrust(&carol()));
		assert_eq!(venture.phase(), Phase::Voting);
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!(round.kind, RoundKind::NoConfidence { confirming: false });
		assert_eq!(venture.view().petition, None);
		assert_noop!(venture.distrust(&dave()), Error::<Test>::RoundOpen);
		assert_noop!(venture.submit(), Error::<Test>::RoundOpen);
	});
}

#[test]
fn signatures_run_out() {
	on_both(|asset| {
		let venture = scattered(asset);
		assert_ok!(venture.distrust(&bob()));
		pass(RULES.petition);
		assert_ok!(venture.distrust(&carol()));
		assert_eq!(venture.phase(), Phase::Working);
		// A new petition, which Bob can sign anew.
		assert_eq!(venture.view().petition.unwrap().units, 600);
		assert_ok!(venture.distrust(&bob()));
		assert_eq!(venture.phase(), Phase::Voting);
	});
}

#[test]
fn two_votes_in_a_row_end_the_campaign_and_cost_the_bond() {
	on_both(|asset| {
		let venture = scattered(asset);
		let had = venture.wealth(&alice());
		assert_ok!(venture.distrust(&dave()));
		distrusted(&venture, &[dave()]);
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!(round.kind, RoundKind::NoConfidence { confirming: true });
		assert_eq!((round.id, round.yes), (2, 0));
		distrusted(&venture, &[dave()]);
		assert_eq!(venture.state(), State::WindDown);
		assert_eq!(venture.wealth(&alice()), had);
		assert_eq!(venture.books().pool, RAISED + BOND);
		venture.wrap_up(&[bob(), carol(), dave()]);
	});
}

#[test]
fn one_vote_is_not_enough() {
	on_both(|asset| {
		let venture = scattered(asset);
		assert_ok!(venture.distrust(&dave()));
		distrusted(&venture, &[dave()]);
		// In the second vote nobody says anything.
		distrusted(&venture, &[]);
		assert_eq!(venture.phase(), Phase::Working);
		assert_noop!(venture.distrust(&dave()), Error::<Test>::PetitionTooSoon);
		pass(RULES.no_confidence_pause - 1);
		assert_noop!(venture.distrust(&dave()), Error::<Test>::PetitionTooSoon);
		pass(1);
		assert_ok!(venture.distrust(&dave()));
	});
}

/// Three times the lead must be more than the absent.
#[test]
fn boundary_of_the_vote() {
	on_both(|asset| {
		for (ayes, expected) in [(3_000, Outcome::Inconclusive), (3_001, Outcome::Approved)] {
			undone(|| {
				let venture = Draft::new(asset.clone()).opened();
				assert_ok!(venture.commit(&bob(), ayes));
				assert_ok!(venture.commit(&carol(), 12_000 - ayes));
				pass(PERIOD);
				assert_ok!(venture.advance());
				assert_ok!(venture.distrust(&bob()));
				assert_ok!(venture.vote(&bob(), true));
				let round = Rounds::<Test>::get(venture.id).unwrap();
				assert_eq!(round.outcome(), expected);
			});
		}
	});
}

#[test]
fn nobody_leaves_in_between() {
	on_both(|asset| {
		let venture = scattered(asset);
		assert_ok!(venture.distrust(&dave()));
		assert_ok!(venture.vote(&dave(), true));
		assert_ok!(venture.vote(&bob(), false));
		pass(VOTING);
		assert_eq!(venture.phase(), Phase::Decided);
		for who in [bob(), carol(), dave()] {
			assert_noop!(venture.exit(&who), Error::<Test>::CannotExit);
		}
		assert_ok!(venture.advance());
		assert_noop!(venture.exit(&bob()), Error::<Test>::CannotExit);
	});
}

#[test]
fn the_founder_does_not_lose_the_time_of_the_vote() {
	on_both(|asset| {
		let venture = scattered(asset);
		run_to_block(venture.books().due.unwrap().block - 1);
		assert_ok!(venture.distrust(&dave()));
		let ends = now() + VOTING;
		assert_ok!(venture.vote(&dave(), false));
		pass(VOTING + RULES.due_grace + 5);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().due.unwrap().block, ends);
	});
}

#[test]
fn the_founder_cannot_save_the_bond_by_leaving_first() {
	on_both(|asset| {
		let venture = scattered(asset);
		assert_ok!(venture.distrust(&dave()));
		assert_noop!(venture.abandon(), Error::<Test>::RoundOpen);
		distrusted(&venture, &[dave()]);
		assert_noop!(venture.abandon(), Error::<Test>::RoundOpen);
	});
}

#[test]
fn an_overdue_campaign_is_not_kept_alive_by_a_vote() {
	on_both(|asset| {
		let venture = scattered(asset);
		pass(DURATION + RULES.due_grace);
		assert_eq!(venture.phase(), Phase::Overdue);
		assert_noop!(venture.distrust(&dave()), Error::<Test>::MilestoneOverdue);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::WindDown);
	});
}

#[test]
fn fails_for_whom_it_does_not_concern() {
	on_both(|asset| {
		let venture = scattered(asset);
		assert_noop!(
			Escrow::call_no_confidence(by(&alice()), venture.position(&bob())),
			Error::<Test>::NotPositionOwner
		);
		assert_noop!(
			Escrow::call_no_confidence(by(&alice()), 99),
			Error::<Test>::UnknownPosition
		);
		assert_ok!(venture.submit());
		assert_noop!(venture.distrust(&bob()), Error::<Test>::RoundOpen);
	});
}
