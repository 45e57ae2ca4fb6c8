//! `deposit_revenue` and `claim_revenue`.

use crate::support::*;

#[test]
fn every_unit_gets_the_same() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let had = [bob(), carol()].map(|who| venture.wealth(&who));
		assert_ok!(venture.deposit_revenue(&dave(), 1_200));
		expect_event(Event::RevenueDeposited {
			campaign: venture.id,
			amount: 1_200,
		});
		assert_eq!(venture.in_pot(HoldReason::Revenue), 1_200);
		assert_eq!(venture.claimable(&bob()).revenue, 400);
		assert_ok!(venture.claim_revenue(&bob()));
		expect_event(Event::RevenueClaimed {
			campaign: venture.id,
			position: venture.position(&bob()),
			amount: 400,
		});
		assert_noop!(venture.claim_revenue(&bob()), Error::<Test>::NothingToClaim);
		assert_ok!(venture.deposit_revenue(&alice(), 600));
		assert_ok!(venture.claim_revenue(&bob()));
		assert_ok!(venture.claim_revenue(&carol()));
		assert_eq!(venture.wealth(&bob()), had[0] + 600);
		assert_eq!(venture.wealth(&carol()), had[1] + 1_200);
		assert_eq!(venture.in_pot(HoldReason::Revenue), 0);
		let money = venture.books().money;
		assert_eq!((money.revenue, money.revenue_claimed), (1_800, 1_800));
		assert_eq!(venture.books().pool, RAISED, "the principal is not touched");
	});
}

#[test]
fn nothing_is_lost_by_claiming_often() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		for (who, amount) in [(bob(), 3_334), (carol(), 3_333), (dave(), 3_338)] {
			assert_ok!(venture.commit(&who, amount));
		}
		pass(PERIOD);
		assert_ok!(venture.advance());
		let had = venture.wealth(&bob());
		for i in 0..200 {
			assert_ok!(venture.deposit_revenue(&alice(), 7));
			if i % 3 == 0 {
				let _ = tx(|| venture.claim_revenue(&bob()));
			}
		}
		let _ = tx(|| venture.claim_revenue(&bob()));
		// 1,400 x 3,334 / 10,005 is 466.5, and what one position loses is less than a unit.
		assert_eq!(venture.wealth(&bob()) - had, 466);
		for who in [carol(), dave()] {
			assert_ok!(venture.claim_revenue(&who));
		}
		assert!(venture.in_pot(HoldReason::Revenue) <= 3);
	});
}

#[test]
fn whoever_leaves_takes_what_came_before_and_nothing_of_what_comes_after() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Grace);
		let had = venture.wealth(&bob());
		assert_ok!(venture.exit(&bob()));
		assert_eq!(venture.wealth(&bob()), had + BOBS + REVENUE / 3);
		assert_ok!(venture.deposit_revenue(&dave(), 800));
		let had = venture.wealth(&carol());
		assert_ok!(venture.claim_revenue(&carol()));
		assert_eq!(venture.wealth(&carol()), had + REVENUE / 3 * 2 + 800);
	});
}

#[test]
fn revenue_comes_after_the_last_tranche_too() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Completed);
		assert_ok!(venture.claim_revenue(&bob()));
		assert_ok!(venture.deposit_revenue(&alice(), 12));
		assert_eq!(venture.claimable(&bob()).revenue, 4);
	});
}

#[test]
fn fails_for_nothing_before_success_and_without_units() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).funded();
		assert_noop!(
			venture.deposit_revenue(&dave(), 0),
			Error::<Test>::ZeroAmount
		);
		assert_noop!(
			venture.deposit_revenue(&dave(), FUNDS),
			Error::<Test>::CannotPay
		);
		assert_noop!(
			Escrow::deposit_revenue(by(&dave()), 99, 1),
			Error::<Test>::UnknownCampaign
		);
		venture.finish();
		assert_ok!(venture.exit(&bob()));
		assert_ok!(venture.exit(&carol()));
		assert_noop!(
			venture.deposit_revenue(&dave(), 100),
			Error::<Test>::NoUnits
		);
	});
	on_both(|asset| {
		for phase in [Phase::Open, Phase::Failed, Phase::WindDown] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				assert_noop!(
					venture.deposit_revenue(&dave(), 100),
					Error::<Test>::WrongState
				);
			});
		}
	});
}

#[test]
fn fails_for_whom_it_does_not_belong_to() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Working);
		let bobs = venture.position(&bob());
		for who in [carol(), dave(), alice()] {
			assert_noop!(
				Escrow::claim_revenue(by(&who), bobs),
				Error::<Test>::NotPositionOwner
			);
		}
	});
}

#[test]
fn the_largest_sums_do_not_overflow() {
	on_both(|asset| {
		fund(&asset, &bob(), MAX_CAP);
		fund(&asset, &dave(), MAX_CAP);
		let draft = Draft::new(asset).with(|terms| terms.cap = MAX_CAP);
		let venture = draft.opened();
		assert_ok!(venture.commit(&bob(), MAX_CAP));
		pass(PERIOD);
		assert_ok!(venture.advance());
		let had = venture.wealth(&bob());
		assert_ok!(venture.deposit_revenue(&dave(), MAX_CAP));
		assert_ok!(venture.claim_revenue(&bob()));
		let got = venture.wealth(&bob()) - had;
		assert!(got == MAX_CAP || got == MAX_CAP - 1);
	});
}
