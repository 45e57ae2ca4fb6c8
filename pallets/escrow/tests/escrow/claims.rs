//! `claim`, `claim_to`, `claim_for` and `allow_claim_for`.

use crate::support::*;

#[test]
fn a_failed_campaign_gives_everything_back_without_a_fee() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Failed);
		let had = venture.wealth(&bob());
		let position = venture.position(&bob());
		assert_eq!(venture.claimable(&bob()).claim, BOBS);
		assert_ok!(venture.claim(&bob()));
		assert_eq!(venture.wealth(&bob()), had + BOBS);
		assert_eq!(deposits(&bob()), 0);
		assert_eq!(venture.books().money.refunded, BOBS);
		expect_event(Event::Refunded {
			campaign: venture.id,
			position,
			to: bob(),
			amount: BOBS,
		});
		assert_noop!(
			Escrow::claim(by(&bob()), position),
			Error::<Test>::UnknownPosition
		);
	});
}

#[test]
fn a_refund_waits_for_ever() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Failed);
		let had = venture.wealth(&bob());
		run_to_block(BlockNumber::MAX - 1);
		assert_ok!(venture.claim(&bob()));
		assert_eq!(venture.wealth(&bob()), had + BOBS);
	});
}

#[test]
fn nobody_can_stand_between_an_investor_and_a_refund() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).at(Phase::Failed);
		suspend(venture.metaverse, 90);
		assert_ok!(Escrow::set_asset(root(), asset, None));
		assert_ok!(venture.claim(&bob()));
		// Not even when the metaverse is gone.
		pass(90);
		assert_ok!(Metaverse::close(by(&alice()), venture.metaverse));
		assert_ok!(venture.claim(&carol()));
		assert_ok!(venture.close());
	});
}

#[test]
fn a_wind_down_shares_what_is_left() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		venture.deliver();
		assert_ok!(venture.abandon());
		// Half is paid out; 6,000 of 12,000 are left.
		let (bobs, carols) = (venture.wealth(&bob()), venture.wealth(&carol()));
		assert_ok!(venture.claim(&bob()));
		assert_ok!(venture.claim(&carol()));
		assert_eq!(venture.wealth(&bob()), bobs + BOBS / 2);
		assert_eq!(venture.wealth(&carol()), carols + CAROLS / 2);
		let books = venture.books();
		assert_eq!((books.pool, books.units), (0, 0));
		assert_eq!(books.money.claimed, RAISED / 2);
	});
}

#[test]
fn shares_round_down_and_the_last_one_gets_the_rest_in_any_order() {
	on_both(|asset| {
		let stakes = [(bob(), 3_333), (carol(), 3_334), (dave(), 3_338)];
		let venture = Draft::new(asset).weights(&[3, 4]).opened();
		for (who, amount) in &stakes {
			assert_ok!(venture.commit(who, *amount));
		}
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		for (who, _) in &stakes {
			assert_ok!(venture.vote(who, true));
		}
		pass(VOTING + GRACE);
		assert_ok!(venture.advance());
		assert_ok!(venture.abandon());
		let pool = venture.books().pool;
		assert_eq!(pool, 10_005 - 4_287);
		for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
			undone(|| {
				let mut paid = 0;
				for i in order {
					let (who, amount) = &stakes[i];
					let had = venture.wealth(who);
					assert_ok!(venture.claim(who));
					let share = venture.wealth(who) - had;
					assert!(share >= pool * amount / 10_005);
					paid += share;
				}
				assert_eq!(paid, pool);
				check_state();
			});
		}
	});
}

#[test]
fn fails_while_there_is_nothing_to_claim() {
	on_both(|asset| {
		for phase in [Phase::Open, Phase::Ended, Phase::Working, Phase::Completed] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				assert_noop!(venture.claim(&bob()), Error::<Test>::NothingToClaim);
				assert_eq!(venture.claimable(&bob()).claim, 0);
			});
		}
	});
}

#[test]
fn fails_for_whom_it_does_not_belong_to() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Failed);
		let bobs = venture.position(&bob());
		assert_noop!(
			Escrow::claim(by(&carol()), bobs),
			Error::<Test>::NotPositionOwner
		);
		assert_noop!(
			Escrow::claim_to(by(&carol()), bobs, carol()),
			Error::<Test>::NotPositionOwner
		);
	});
}

#[test]
fn a_claim_can_go_to_another_account() {
	on_both(|asset| {
		for phase in [Phase::Failed, Phase::WindDown] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				let dest = stranger(5);
				assert_ok!(venture.claim_to(&bob(), &dest));
				let revenue = if phase == Phase::WindDown {
					REVENUE / 3
				} else {
					0
				};
				assert_eq!(venture.wealth(&dest), BOBS + revenue);
				assert_eq!(deposits(&bob()), 0, "the deposit goes to whom it belongs");
			});
		}
	});
}

#[test]
fn anyone_may_claim_for_an_owner_who_does_not_mind() {
	on_both(|asset| {
		for phase in [Phase::Failed, Phase::WindDown] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				let had = venture.wealth(&bob());
				let position = venture.position(&carol());
				assert_ok!(venture.claim_for(&bob()));
				assert!(venture.wealth(&bob()) >= had + BOBS);
				assert_eq!(venture.wealth(&stranger(77)), 0);
				// Carol does mind.
				assert_noop!(
					Escrow::allow_claim_for(by(&bob()), position, false),
					Error::<Test>::NotPositionOwner
				);
				assert_ok!(Escrow::allow_claim_for(by(&carol()), position, false));
				expect_event(Event::ClaimForAllowed {
					position,
					allowed: false,
				});
				assert_noop!(venture.claim_for(&carol()), Error::<Test>::OwnerClaims);
				assert_ok!(Escrow::allow_claim_for(by(&carol()), position, true));
				assert_ok!(venture.claim_for(&carol()));
			});
		}
	});
}

#[test]
fn fails_to_claim_for_somebody_while_the_campaign_is_not_over() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Reconfirm);
		// It is stale and could be claimed by Bob; but not by others.
		assert_noop!(venture.claim_for(&bob()), Error::<Test>::WrongState);
		assert_noop!(
			Escrow::claim_for(by(&dave()), 99),
			Error::<Test>::UnknownPosition
		);
		assert_ok!(venture.claim(&bob()));
	});
}

#[test]
fn claims_after_a_wind_down_bring_the_revenue_too() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::WindDown);
		let had = venture.wealth(&bob());
		assert_ok!(venture.claim(&bob()));
		assert_eq!(venture.wealth(&bob()), had + BOBS + REVENUE / 3);
		venture.wrap_up(&[carol()]);
	});
}
