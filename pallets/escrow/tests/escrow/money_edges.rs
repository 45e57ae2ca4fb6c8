//! Least balances, dead, frozen and blocked accounts, and assets that their issuer plays with.

use crate::support::*;

#[test]
fn a_share_too_small_for_a_dead_account_goes_elsewhere() {
	build_and_execute(|| {
		// Bob's share of what is left after the first tranche is below the least balance.
		let venture = Draft::new(stable()).weights(&[999, 1]).opened();
		assert_ok!(venture.commit(&bob(), TICKET));
		assert_ok!(venture.commit(&carol(), GOAL));
		pass(PERIOD);
		assert_ok!(venture.advance());
		venture.deliver();
		assert_ok!(venture.abandon());
		let rest = balance(&stable(), &bob());
		send(&stable(), &bob(), &dave(), rest);
		assert_eq!(venture.claimable(&bob()).claim, 0);
		// Even nothing can be claimed, and frees the deposit.
		assert_ok!(venture.claim(&bob()));
		assert_ok!(venture.claim(&carol()));
		assert_ok!(venture.close());
	});
	build_and_execute(|| {
		let venture = Draft::new(stable()).weights(&[95, 5]).opened();
		assert_ok!(venture.commit(&bob(), TICKET));
		assert_ok!(venture.commit(&carol(), GOAL));
		pass(PERIOD);
		assert_ok!(venture.advance());
		venture.deliver();
		assert_ok!(venture.abandon());
		let rest = balance(&stable(), &bob());
		send(&stable(), &bob(), &dave(), rest);
		// Five units, half of the least balance.
		assert_eq!(venture.claimable(&bob()).claim, 5);
		assert_noop!(venture.claim(&bob()), Error::<Test>::CannotReceive);
		assert_noop!(
			venture.claim_to(&bob(), &stranger(3)),
			Error::<Test>::CannotReceive
		);
		let had = venture.wealth(&dave());
		assert_ok!(venture.claim_to(&bob(), &dave()));
		assert_eq!(venture.wealth(&dave()), had + 5);
	});
}

#[test]
fn one_unit_comes_back_too() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&carol(), CAP - 1));
		assert_ok!(venture.commit(&bob(), 1));
		let had = venture.wealth(&bob());
		undone(|| {
			assert_ok!(venture.withdraw(&bob(), 1));
			assert_eq!(venture.wealth(&bob()), had + 1);
			check_state();
		});
		assert_ok!(venture.cancel());
		assert_ok!(venture.claim(&bob()));
		assert_eq!(venture.wealth(&bob()), had + 1);
	});
}

#[test]
fn an_account_that_is_frozen_gets_its_refund() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).committed();
		assert_ok!(Assets::freeze(by(&issuer()), STABLE, bob()));
		assert_noop!(venture.commit(&bob(), 1_000), Error::<Test>::CannotPay);
		let had = venture.wealth(&bob());
		assert_ok!(venture.withdraw(&bob(), 1_000));
		assert_ok!(venture.cancel());
		assert_ok!(venture.claim(&bob()));
		assert_eq!(venture.wealth(&bob()), had + BOBS);
	});
}

#[test]
fn an_account_that_is_blocked_sends_its_refund_elsewhere() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).committed();
		assert_ok!(Assets::block(by(&issuer()), STABLE, bob()));
		assert_noop!(
			venture.withdraw(&bob(), 1_000),
			Error::<Test>::CannotReceive
		);
		assert_ok!(venture.cancel());
		assert_noop!(venture.claim(&bob()), Error::<Test>::CannotReceive);
		assert_noop!(venture.claim_for(&bob()), Error::<Test>::CannotReceive);
		assert_noop!(
			Escrow::claim_to(by(&carol()), venture.position(&bob()), carol()),
			Error::<Test>::NotPositionOwner
		);
		let dest = stranger(3);
		assert_ok!(venture.claim_to(&bob(), &dest));
		assert_eq!(venture.wealth(&dest), BOBS);
		assert_eq!(deposits(&bob()), 0);
	});
}

#[test]
fn an_asset_that_is_frozen_takes_nothing_and_waits_with_the_rest() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).committed();
		assert_ok!(Assets::freeze_asset(by(&issuer()), STABLE));
		assert_noop!(venture.commit(&dave(), 1_000), Error::<Test>::CannotPay);
		assert_noop!(
			venture.withdraw(&bob(), 1_000),
			Error::<Test>::CannotReceive
		);
		// The campaign itself goes on: it fails although its bond cannot be received.
		assert_ok!(venture.cancel());
		assert_eq!(venture.books().bond, BOND);
		assert_noop!(venture.claim(&bob()), Error::<Test>::CannotReceive);
		check_state();
		assert_ok!(Assets::thaw_asset(by(&issuer()), STABLE));
		assert_ok!(venture.claim(&bob()));
		assert_ok!(venture.claim(&carol()));
		assert_ok!(venture.advance());
		assert_eq!(venture.books().money.bond_returned, BOND);
		assert_ok!(venture.close());
	});
}

#[test]
fn a_bond_is_slashed_in_a_frozen_asset_too() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).at(Phase::Overdue);
		assert_ok!(Assets::freeze_asset(by(&issuer()), STABLE));
		assert_ok!(venture.advance());
		assert_eq!(venture.books().pool, RAISED + BOND);
	});
}

#[test]
fn a_slashed_bond_without_investors_goes_to_the_treasury() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), GOAL));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		pass(VOTING);
		assert_ok!(venture.advance());
		let had = venture.wealth(&bob());
		assert_ok!(venture.dispute(&bob()));
		pass(VOTING);
		// Silence was taken for consent, so the only investor leaves; then the dispute is decided.
		assert_ok!(venture.exit(&bob()));
		let network = venture.wealth(&treasury());
		assert_ok!(venture.rule(Ruling::WindDown));
		assert_eq!(venture.wealth(&treasury()), network + BOND);
		assert_eq!(venture.wealth(&bob()), had + GOAL);
		let books = venture.books();
		assert_eq!((books.pool, books.money.bond_to_treasury), (0, BOND));
		assert_ok!(venture.close());
	});
}

#[test]
fn the_least_balance_is_raised_meanwhile() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).committed();
		assert_ok!(Assets::force_asset_status(
			root(),
			STABLE,
			issuer(),
			issuer(),
			issuer(),
			issuer(),
			5_000,
			true,
			false
		));
		// Whoever has an account gets everything back; a new account needs the new least balance.
		assert_ok!(venture.withdraw(&bob(), 1_000));
		assert_ok!(venture.cancel());
		assert_noop!(
			venture.claim_to(&bob(), &stranger(3)),
			Error::<Test>::CannotReceive
		);
		assert_ok!(venture.claim(&bob()));
		assert_ok!(venture.claim_to(&carol(), &stranger(3)));
		assert_eq!(venture.wealth(&stranger(3)), CAROLS);
	});
}

#[test]
fn an_account_without_room_for_another_reference_gets_its_refund() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		assert_ok!(venture.cancel());
		for _ in 0..200 {
			let _ = System::inc_consumers(&bob());
		}
		let had = venture.wealth(&bob());
		assert_ok!(venture.claim(&bob()));
		assert_eq!(venture.wealth(&bob()), had + BOBS);
	});
}

#[test]
fn a_pot_that_gets_money_in_between_owes_nobody_more() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).funded();
		send(&asset, &dave(), &venture.pot(), 50_000);
		assert_eq!(venture.view().next_tranche, 6_000);
		assert_ok!(venture.abandon());
		assert_eq!(venture.claimable(&bob()).claim, BOBS);
		venture.wrap_up(&[bob(), carol()]);
	});
}

#[test]
fn the_largest_campaign_comes_back_whole() {
	on_both(|asset| {
		fund(&asset, &bob(), MAX_CAP);
		let had = wealth(&asset, &bob());
		let draft = Draft::new(asset).with(|terms| terms.cap = MAX_CAP);
		let venture = draft.opened();
		assert_ok!(venture.commit(&bob(), Balance::MAX));
		assert_eq!(venture.units(&bob()), MAX_CAP);
		assert_eq!(venture.wealth(&bob()), had - MAX_CAP);
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.abandon());
		assert_ok!(venture.claim(&bob()));
		assert_eq!(venture.wealth(&bob()), had);
	});
}

#[test]
fn the_treasury_gets_its_fee_rounded_down() {
	on_both(|asset| {
		let venture = Draft::new(asset).weights(&[1]).opened();
		assert_ok!(venture.commit(&bob(), GOAL + 49));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		assert_ok!(venture.vote(&bob(), true));
		pass(VOTING + GRACE);
		let startup = venture.wealth(&venture.beneficiary());
		let network = venture.wealth(&treasury());
		assert_ok!(venture.advance());
		// 2 % of 10,049 is 200.98.
		assert_eq!(venture.wealth(&treasury()), network + 200);
		assert_eq!(
			venture.wealth(&venture.beneficiary()),
			startup + GOAL + 49 - 200
		);
		assert_eq!(venture.state(), State::Completed);
	});
}

/// Runs something from within so many nested calls, as batches of batches do.
fn nested<R>(
	layers: u32,
	deed: impl FnOnce() -> Result<R, DispatchError>,
) -> Result<R, DispatchError> {
	match layers {
		0 => deed(),
		_ => frame_support::storage::with_storage_layer(|| nested(layers - 1, deed)),
	}
}

#[test]
fn nested_calls_cannot_fake_that_an_account_takes_no_money() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		let before = venture.books();
		let paid = undone(|| {
			assert_ok!(venture.advance());
			venture.books().money
		});
		assert!(paid.fees > 0);
		// Late enough that a startup which takes no money would lose the campaign.
		pass(RULES.due_grace);
		for layers in 240..255 {
			undone(|| match nested(layers, || venture.advance()) {
				// With room enough everything happens as it should, the fee included.
				Ok(()) => assert_eq!(venture.books().money, paid, "in {layers} layers"),
				// Without, nothing happens at all.
				Err(error) => {
					assert!(
						matches!(error, DispatchError::Transactional(_)),
						"{error:?} in {layers} layers"
					);
					assert_eq!(venture.books(), before);
				}
			});
		}
	});
}
