//! `submit_milestone`, `vote`, and what `advance` makes of the result.

use crate::support::*;

fn outcome(venture: &Venture) -> Outcome {
	Rounds::<Test>::get(venture.id).unwrap().outcome()
}

/// A campaign of these investors, voting on its first milestone.
fn voting_with(draft: Draft, stakes: &[(AccountId, Balance)]) -> Venture {
	let venture = draft.opened();
	for (who, amount) in stakes {
		assert_ok!(venture.commit(who, *amount));
	}
	pass(PERIOD);
	assert_ok!(venture.advance());
	assert_ok!(venture.submit());
	venture
}

#[test]
fn the_founder_shows_what_was_done() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		assert_noop!(
			Escrow::submit_milestone(by(&bob()), venture.id, EVIDENCE),
			Error::<Test>::NotFounder
		);
		assert_ok!(venture.submit());
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!((round.id, round.evidence), (1, EVIDENCE));
		assert_eq!(round.ends.block, now() + VOTING);
		assert_eq!(round.grace_ends.block, now() + VOTING + GRACE);
		assert_eq!(round.snapshot, RAISED);
		assert_eq!(
			round.kind,
			RoundKind::Tranche {
				milestone: 0,
				revote: false
			}
		);
		expect_event(Event::MilestoneSubmitted {
			campaign: venture.id,
			milestone: 0,
			round: 1,
			evidence: EVIDENCE,
		});
		assert_noop!(venture.submit(), Error::<Test>::RoundOpen);
	});
}

#[test]
fn what_was_approved_is_paid_after_the_grace_to_the_last_unit() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_grace();
		let startup = venture.wealth(&venture.beneficiary());
		let network = venture.wealth(&treasury());
		pass(GRACE - 1);
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);
		pass(1);
		assert_eq!(venture.view().next_tranche, 6_000);
		assert_ok!(venture.advance());
		assert_eq!(venture.wealth(&venture.beneficiary()), startup + 5_880);
		assert_eq!(venture.wealth(&treasury()), network + 120);
		expect_event(Event::Released {
			campaign: venture.id,
			milestone: Some(0),
			amount: 5_880,
			fee: 120,
		});
		let books = venture.books();
		assert_eq!((books.milestone, books.attempts), (1, 0));
		assert_eq!((books.pool, books.units), (6_000, RAISED));
		assert_eq!(books.due.unwrap().block, now() + DURATION);
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);

		venture.finish();
		let books = venture.books();
		assert_eq!(books.state, State::Completed);
		assert_eq!(books.pool, 0);
		assert_eq!(books.money.released + books.money.fees, RAISED);
		assert_eq!((books.bond, books.money.bond_returned), (0, BOND));
	});
}

#[test]
fn the_last_tranche_takes_what_the_divisions_left() {
	on_both(|asset| {
		let draft = Draft::new(asset).weights(&[1, 1, 1, 1, 1, 1, 1]);
		let venture = draft.opened();
		assert_ok!(venture.commit(&bob(), 4_999));
		assert_ok!(venture.commit(&carol(), 5_002));
		pass(PERIOD);
		assert_ok!(venture.advance());
		venture.finish();
		let money = venture.books().money;
		assert_eq!(money.released + money.fees, 10_001);
		assert_eq!(venture.in_pot(HoldReason::Principal), 0);
	});
}

#[test]
fn votes_can_be_switched_until_the_end_and_count_once() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		let tally = || {
			let round = Rounds::<Test>::get(venture.id).unwrap();
			(round.yes, round.no)
		};
		assert_ok!(venture.vote(&bob(), true));
		assert_eq!(tally(), (BOBS, 0));
		assert_noop!(venture.vote(&bob(), true), Error::<Test>::AlreadyVoted);
		assert_ok!(venture.vote(&bob(), false));
		assert_eq!(tally(), (0, BOBS));
		assert_noop!(venture.vote(&bob(), false), Error::<Test>::AlreadyVoted);
		assert_ok!(venture.vote(&carol(), true));
		assert_eq!(tally(), (CAROLS, BOBS));
		pass(VOTING - 1);
		assert_ok!(venture.vote(&bob(), true));
		assert_eq!(tally(), (RAISED, 0));
		pass(1);
		assert_noop!(venture.vote(&bob(), false), Error::<Test>::VotingOver);
		expect_event(Event::Voted {
			campaign: venture.id,
			round: 1,
			position: venture.position(&bob()),
			aye: true,
			units: BOBS,
		});
	});
}

#[test]
fn fails_to_vote_without_a_vote_or_for_somebody_else() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		assert_noop!(venture.vote(&bob(), true), Error::<Test>::NoRound);
		assert_ok!(venture.submit());
		assert_noop!(
			Escrow::vote(by(&carol()), venture.position(&bob()), true),
			Error::<Test>::NotPositionOwner
		);
		assert_noop!(
			Escrow::vote(by(&carol()), 99, true),
			Error::<Test>::UnknownPosition
		);
	});
}

/// Six times the lead must be **more** than the absent.
#[test]
fn boundary_of_approval() {
	on_both(|asset| {
		// 2,000 ayes against 12,000 absent: 6 x 2,000 = 12,000 is not more.
		let venture = voting_with(
			Draft::new(asset.clone()),
			&[(bob(), 2_000), (carol(), 12_000)],
		);
		assert_ok!(venture.vote(&bob(), true));
		assert_eq!(outcome(&venture), Outcome::Inconclusive);
		pass(VOTING);
		assert_eq!(venture.phase(), Phase::Decided);
	});
	on_both(|asset| {
		let venture = voting_with(
			Draft::new(asset.clone()),
			&[(bob(), 2_000), (carol(), 11_999)],
		);
		assert_ok!(venture.vote(&bob(), true));
		assert_eq!(outcome(&venture), Outcome::Approved);
		pass(VOTING);
		assert_eq!(venture.phase(), Phase::Grace);
	});
}

/// As many nays as ayes reject, if a sixth has voted.
#[test]
fn boundary_of_rejection() {
	on_both(|asset| {
		for (nays, expected) in [(2_000, Outcome::Rejected), (1_999, Outcome::Inconclusive)] {
			undone(|| {
				let venture = voting_with(
					Draft::new(asset.clone()),
					&[(bob(), nays), (carol(), 12_000 - nays)],
				);
				assert_ok!(venture.vote(&bob(), false));
				assert_eq!(outcome(&venture), expected);
			});
		}
	});
}

#[test]
fn a_tie_rejects() {
	on_both(|asset| {
		let venture = voting_with(Draft::new(asset), &[(bob(), 6_000), (carol(), 6_000)]);
		assert_ok!(venture.vote(&bob(), true));
		assert_ok!(venture.vote(&carol(), false));
		assert_eq!(outcome(&venture), Outcome::Rejected);
	});
}

#[test]
fn nobody_votes_is_inconclusive() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		assert_eq!(outcome(&venture), Outcome::Inconclusive);
	});
}

fn reject(venture: &Venture) {
	assert_ok!(venture.vote(&bob(), false));
	assert_ok!(venture.vote(&carol(), false));
	pass(VOTING);
	assert_ok!(venture.advance());
}

#[test]
fn a_rejected_milestone_can_be_submitted_again_after_a_pause() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		reject(&venture);
		let books = venture.books();
		assert_eq!((books.state, books.attempts), (State::Active, 1));
		expect_event(Event::RoundSettled {
			campaign: venture.id,
			round: 1,
			outcome: Outcome::Rejected,
		});
		pass(RULES.resubmit_pause - 1);
		assert_noop!(venture.submit(), Error::<Test>::SubmittedTooSoon);
		pass(1);
		assert_ok!(venture.submit());
		// Votes of the last round do not count in this one.
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!((round.id, round.yes, round.no), (2, 0, 0));
		venture.approve();
		pass(GRACE);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().attempts, 0);
	});
}

#[test]
fn three_rejections_are_the_end_and_the_bond_comes_back() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		let had = venture.wealth(&alice());
		for _ in 1..MAX_ATTEMPTS {
			reject(&venture);
			pass(RULES.resubmit_pause);
			assert_ok!(venture.submit());
		}
		reject(&venture);
		assert_eq!(venture.state(), State::WindDown);
		assert_eq!(venture.wealth(&alice()), had + BOND);
		let (bobs, carols) = (venture.wealth(&bob()), venture.wealth(&carol()));
		venture.wrap_up(&[bob(), carol()]);
		assert_eq!(venture.wealth(&bob()), bobs + BOBS);
		assert_eq!(venture.wealth(&carol()), carols + CAROLS);
	});
}

#[test]
fn a_vote_does_not_make_a_milestone_late() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let due = venture.books().due.unwrap().block;
		run_to_block(due + RULES.due_grace - 1);
		assert_ok!(venture.submit());
		pass(VOTING + 1_000);
		assert_eq!(venture.phase(), Phase::Decided);
		// Nobody has voted; they are asked again.
		assert_ok!(venture.advance());
		assert_ok!(venture.vote(&carol(), false));
		let ends = now() + VOTING;
		pass(VOTING);
		assert_ok!(venture.advance());
		let books = venture.books();
		assert_eq!(books.due.unwrap().block, ends + RULES.resubmit_pause);
		pass(RULES.resubmit_pause);
		assert_ok!(venture.submit());
	});
}

#[test]
fn too_few_votes_are_asked_for_once_more() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		pass(VOTING);
		assert_ok!(venture.advance());
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!(
			round.kind,
			RoundKind::Tranche {
				milestone: 0,
				revote: true
			}
		);
		assert_eq!((round.id, round.evidence), (2, EVIDENCE));
		assert_eq!(venture.books().attempts, 0);
		venture.approve();
		assert_eq!(venture.phase(), Phase::Grace);
	});
}

#[test]
fn silence_twice_pays_where_the_terms_say_so() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		pass(VOTING);
		assert_ok!(venture.advance());
		pass(VOTING);
		assert_eq!(venture.phase(), Phase::Grace);
		pass(GRACE);
		let startup = venture.wealth(&venture.beneficiary());
		assert_ok!(venture.advance());
		assert_eq!(venture.wealth(&venture.beneficiary()), startup + 5_880);
	});
}

#[test]
fn silence_twice_ends_it_where_the_terms_say_so() {
	on_both(|asset| {
		let draft = Draft::new(asset).with(|terms| terms.on_apathy = Apathy::WindDown);
		let venture = draft.in_voting();
		let had = venture.wealth(&alice());
		pass(VOTING);
		assert_ok!(venture.advance());
		pass(VOTING);
		assert_eq!(venture.phase(), Phase::Decided);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::WindDown);
		assert_eq!(venture.wealth(&alice()), had + BOND);
	});
}

#[test]
fn fails_to_submit_what_is_overdue() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let due = venture.books().due.unwrap().block;
		run_to_block(due + RULES.due_grace);
		assert_eq!(venture.phase(), Phase::Overdue);
		assert_noop!(venture.submit(), Error::<Test>::MilestoneOverdue);
	});
}

#[test]
fn whoever_never_comes_back_loses_the_bond_to_the_investors() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let due = venture.books().due.unwrap().block;
		run_to_block(due + RULES.due_grace - 1);
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);
		pass(1);
		assert_ok!(venture.advance());
		let books = venture.books();
		assert_eq!(books.state, State::WindDown);
		assert_eq!(books.pool, RAISED + BOND);
		assert_eq!(books.money.bond_slashed, BOND);
		expect_event(Event::BondSlashed {
			campaign: venture.id,
			amount: BOND,
		});
		let (bobs, carols) = (venture.wealth(&bob()), venture.wealth(&carol()));
		venture.wrap_up(&[bob(), carol()]);
		// A third of 12,500, rounded down; the last one gets the rest.
		assert_eq!(venture.wealth(&bob()), bobs + 4_166);
		assert_eq!(venture.wealth(&carol()), carols + 8_334);
	});
}

#[test]
fn a_suspension_keeps_the_payment_back_and_nothing_is_lost() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		suspend(venture.metaverse, 60);
		assert_noop!(venture.advance(), Error::<Test>::Suspended);
		pass(59);
		assert_noop!(venture.advance(), Error::<Test>::Suspended);
		pass(1);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().milestone, 1);
	});
}

#[test]
fn a_tranche_too_small_for_an_empty_account_waits() {
	on_both(|asset| {
		// Two of 12,000 in the first tranche, fewer than an account must have.
		let venture = Draft::new(asset.clone()).weights(&[1, 5_999]).payable();
		assert_eq!(venture.view().next_tranche, 2);
		let startup = venture.beneficiary();
		let held = wealth(&asset, &startup);
		if held < least(&asset) {
			assert_noop!(venture.advance(), Error::<Test>::BeneficiaryCannotReceive);
			fund(&asset, &startup, least(&asset));
		}
		assert_ok!(venture.advance());
		assert_eq!(venture.books().milestone, 1);
	});
}

#[test]
fn a_startup_that_cannot_be_paid_for_long_gives_the_money_back() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).payable();
		let startup = venture.beneficiary();
		fund(&stable(), &startup, STABLE_MIN);
		assert_ok!(Assets::block(by(&issuer()), STABLE, startup.clone()));
		assert_noop!(venture.advance(), Error::<Test>::BeneficiaryCannotReceive);
		pass(RULES.due_grace - 1);
		assert_noop!(venture.advance(), Error::<Test>::BeneficiaryCannotReceive);
		let had = venture.wealth(&alice());
		pass(1);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::WindDown);
		assert_eq!(venture.wealth(&alice()), had + BOND);
		venture.wrap_up(&[bob(), carol()]);
	});
}

#[test]
fn a_treasury_that_takes_nothing_leaves_its_fee_to_the_startup() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).payable();
		fund(&stable(), &treasury(), STABLE_MIN);
		assert_ok!(Assets::block(by(&issuer()), STABLE, treasury()));
		assert_ok!(venture.advance());
		assert_eq!(venture.wealth(&venture.beneficiary()), 6_000);
		assert_eq!(venture.books().money.fees, 0);
	});
}

#[test]
fn the_next_owner_of_the_metaverse_acts_for_the_campaign() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		hand_over(venture.metaverse, &alice(), &dave());
		assert_noop!(venture.submit(), Error::<Test>::NotFounder);
		assert_ok!(Escrow::submit_milestone(by(&dave()), venture.id, EVIDENCE));
	});
}
