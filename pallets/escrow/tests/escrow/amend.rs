//! `amend` and `reconfirm`.

use crate::support::*;

#[test]
fn nobodys_money_counts_until_its_owner_agrees() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		let before = venture.books();
		assert_ok!(venture.amend(Amendment {
			goal: GOAL + 1_000,
			cap: CAP + 1_000,
			..venture.amendment()
		}));
		let books = venture.books();
		assert_eq!(books.version, 2);
		assert_ne!(books.terms_hash, before.terms_hash);
		assert_eq!((books.units, books.pool, books.stale), (0, 0, RAISED));
		assert_eq!((books.positions, books.investors), (2, 0));
		let terms = venture.view().terms;
		assert_eq!((terms.goal, terms.cap), (GOAL + 1_000, CAP + 1_000));
		assert_eq!(terms.documents, H256::repeat_byte(2));
		expect_event(Event::Amended {
			campaign: venture.id,
			version: 2,
			terms_hash: books.terms_hash,
		});

		assert_ok!(venture.reconfirm(&bob()));
		let books = venture.books();
		assert_eq!((books.units, books.stale), (BOBS, CAROLS));
		assert_eq!(books.investors, 1);
		expect_event(Event::Reconfirmed {
			campaign: venture.id,
			position: venture.position(&bob()),
			units: BOBS,
		});
		assert_noop!(venture.reconfirm(&bob()), Error::<Test>::AlreadyConfirmed);
	});
}

#[test]
fn who_does_nothing_gets_everything_back_at_any_time() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).at(Phase::Open);
		let carol_had = venture.wealth(&carol());
		assert_ok!(venture.amend(venture.amendment()));
		assert_ok!(venture.reconfirm(&bob()));
		pass(RULES.reconfirm);
		assert_noop!(venture.reconfirm(&carol()), Error::<Test>::ReconfirmOver);
		assert_ok!(venture.commit(&dave(), 6_000));
		let claims_it_all = || {
			undone(|| {
				assert_eq!(venture.claimable(&carol()).claim, CAROLS);
				assert_ok!(venture.claim(&carol()));
				assert_eq!(venture.wealth(&carol()), carol_had + CAROLS);
				check_state();
			});
		};
		claims_it_all();
		pass(PERIOD);
		claims_it_all();
		assert_ok!(venture.advance());
		claims_it_all();
		assert_ok!(venture.submit());
		claims_it_all();
		assert_noop!(venture.vote(&carol(), true), Error::<Test>::StalePosition);
		assert_ok!(venture.vote(&dave(), true));
		pass(VOTING);
		claims_it_all();
		pass(GRACE);
		assert_ok!(venture.advance());
		claims_it_all();
		assert_ok!(venture.abandon());
		claims_it_all();
		// By whoever finds that it has waited long enough.
		assert_ok!(venture.claim_for(&carol()));
		assert_eq!(venture.wealth(&carol()), carol_had + CAROLS);
		assert_eq!(venture.books().money.refunded, CAROLS);
	});
}

#[test]
fn stale_money_can_be_withdrawn_in_the_lock_too() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		assert_ok!(venture.amend(venture.amendment()));
		pass(PERIOD - LOCK);
		assert_eq!(venture.phase(), Phase::Locked);
		assert_ok!(venture.withdraw(&bob(), 1_000));
		assert_eq!(venture.books().stale, RAISED - 1_000);
		assert_ok!(venture.withdraw(&bob(), BOBS - 1_000));
		assert_ok!(venture.claim(&carol()));
		assert_eq!(venture.books().positions, 0);
	});
}

#[test]
fn commitments_wait_while_the_investors_decide() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		assert_ok!(venture.amend(venture.amendment()));
		for who in [bob(), dave()] {
			assert_noop!(venture.commit(&who, 1_000), Error::<Test>::ReconfirmWindow);
		}
		pass(RULES.reconfirm - 1);
		assert_noop!(
			venture.commit(&dave(), 1_000),
			Error::<Test>::ReconfirmWindow
		);
		assert_ok!(venture.reconfirm(&bob()));
		pass(1);
		assert_ok!(venture.commit(&dave(), 1_000));
		assert_ok!(venture.commit(&bob(), 1_000));
		assert_noop!(
			venture.commit(&carol(), 1_000),
			Error::<Test>::StalePosition
		);
		// Whoever took the money may come anew.
		assert_ok!(venture.claim(&carol()));
		assert_ok!(venture.commit(&carol(), 1_000));
	});
}

#[test]
fn agreeing_needs_the_present_version_and_hash() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		let old = venture.books();
		assert_noop!(venture.reconfirm(&bob()), Error::<Test>::AlreadyConfirmed);
		assert_ok!(venture.amend(venture.amendment()));
		let new = venture.books();
		let bobs = venture.position(&bob());
		assert_noop!(
			Escrow::reconfirm(by(&bob()), bobs, 1, old.terms_hash),
			Error::<Test>::WrongVersion
		);
		assert_noop!(
			Escrow::reconfirm(by(&bob()), bobs, 2, old.terms_hash),
			Error::<Test>::WrongTermsHash
		);
		assert_noop!(
			Escrow::reconfirm(by(&carol()), bobs, 2, new.terms_hash),
			Error::<Test>::NotPositionOwner
		);
		assert_ok!(Escrow::reconfirm(by(&bob()), bobs, 2, new.terms_hash));
	});
}

#[test]
fn a_lower_cap_has_room_for_those_who_agree_first() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		assert_ok!(venture.amend(Amendment {
			cap: GOAL,
			..venture.amendment()
		}));
		assert_ok!(venture.reconfirm(&carol()));
		assert_noop!(venture.reconfirm(&bob()), Error::<Test>::CapReached);
		// A part of it fits.
		assert_ok!(venture.withdraw(&bob(), BOBS - 2_000));
		assert_ok!(venture.reconfirm(&bob()));
		assert_eq!(venture.books().units, GOAL);
	});
}

#[test]
fn the_terms_change_three_times_at_most() {
	on_both(|asset| {
		let venture = Draft::new(asset)
			.with(|terms| terms.period = 1_000)
			.opened();
		for version in 2..=1 + MAX_AMENDMENTS {
			assert_ok!(venture.amend(venture.amendment()));
			assert_eq!(venture.books().version, version);
			assert_noop!(
				venture.amend(venture.amendment()),
				if version == 1 + MAX_AMENDMENTS {
					Error::<Test>::TooManyAmendments
				} else {
					Error::<Test>::AmendmentPending
				}
			);
			pass(RULES.reconfirm);
		}
		assert_noop!(
			venture.amend(venture.amendment()),
			Error::<Test>::TooManyAmendments
		);
	});
}

#[test]
fn boundary_of_the_time_for_it() {
	on_both(|asset| {
		// There must be time to agree, and after that to withdraw.
		let last = PERIOD - RULES.reconfirm - LOCK;
		let venture = Draft::new(asset).opened();
		let start = now();
		run_to_block(start + last + 1);
		assert_noop!(
			venture.amend(venture.amendment()),
			Error::<Test>::TooLateToAmend
		);
		undone(|| {
			// With a later deadline there is.
			assert_ok!(venture.amend(Amendment {
				extend_by: 1,
				..venture.amendment()
			}));
			check_state();
		});
		run_to_block(start + PERIOD - LOCK);
		assert_noop!(
			venture.amend(Amendment {
				extend_by: 100,
				..venture.amendment()
			}),
			Error::<Test>::TooLateToAmend
		);
	});
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		pass(PERIOD - RULES.reconfirm - LOCK);
		assert_ok!(venture.amend(venture.amendment()));
	});
}

#[test]
fn a_later_deadline_moves_every_window() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		let before = venture.books().schedule.unwrap();
		assert_ok!(venture.amend(Amendment {
			extend_by: 50,
			..venture.amendment()
		}));
		let after = venture.books().schedule.unwrap();
		assert_eq!(after.opens, before.opens);
		assert_eq!(after.deadline.block, before.deadline.block + 50);
		assert_eq!(after.deadline.time, before.deadline.time + 50 * BLOCK_MS);
		assert_eq!(after.lock_at.block, before.lock_at.block + 50);
		assert_eq!(after.closes.block, before.closes.block + 50);
	});
}

#[test]
fn the_deadline_does_not_move_for_ever() {
	build_and_execute(|| {
		let venture = Draft::new(native()).opened();
		for extend_by in [2 * RULES.max_period - PERIOD + 1, BlockNumber::MAX] {
			assert_noop!(
				venture.amend(Amendment {
					extend_by,
					..venture.amendment()
				}),
				Error::<Test>::DeadlineTooFar
			);
		}
		assert_ok!(venture.amend(Amendment {
			extend_by: 2 * RULES.max_period - PERIOD,
			..venture.amendment()
		}));
	});
}

#[test]
fn changed_terms_obey_the_same_rules() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let good = venture.amendment();
		let amend = |goal, cap| venture.amend(Amendment { goal, cap, ..good });
		assert_noop!(amend(0, CAP), Error::<Test>::GoalTooSmall);
		assert_noop!(amend(MIN_GOAL - 1, CAP), Error::<Test>::GoalTooSmall);
		assert_noop!(amend(GOAL, GOAL - 1), Error::<Test>::CapBelowGoal);
		assert_noop!(amend(GOAL, MAX_CAP + 1), Error::<Test>::CapTooLarge);
		// The bond stays what it was, and must be enough for the new goal: 2 % of 25,000.
		assert_noop!(amend(25_001, 30_000), Error::<Test>::BadBond);
		assert_ok!(amend(25_000, 30_000));
	});
}

#[test]
fn fails_when_the_caller_is_not_the_founder_now() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let amendment = venture.amendment();
		assert_noop!(
			Escrow::amend(by(&bob()), venture.id, amendment),
			Error::<Test>::NotFounder
		);
		hand_over(venture.metaverse, &alice(), &bob());
		assert_noop!(venture.amend(amendment), Error::<Test>::NotFounder);
		assert_ok!(Escrow::amend(by(&bob()), venture.id, amendment));
	});
}

#[test]
fn a_campaign_whose_investors_all_stay_away_fails() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Open);
		assert_ok!(venture.amend(venture.amendment()));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Failed);
		venture.wrap_up(&[bob(), carol()]);
	});
}

#[test]
fn agreeing_starts_the_cooling_off_again() {
	on_both(|asset| {
		let draft = Draft::new(asset).with(|terms| {
			terms.lock = 60;
			terms.cooling_off = 50;
		});
		let venture = draft.at(Phase::Open);
		// In block 16 of 101: the lock begins in block 41, the window ends in 26.
		assert_ok!(venture.amend(venture.amendment()));
		pass(9);
		assert_ok!(venture.reconfirm(&bob()));
		pass(49);
		assert_eq!(venture.phase(), Phase::Locked);
		undone(|| assert_ok!(venture.withdraw(&bob(), BOBS)));
		pass(1);
		assert_noop!(
			venture.withdraw(&bob(), BOBS),
			Error::<Test>::WithdrawalLocked
		);
	});
}
