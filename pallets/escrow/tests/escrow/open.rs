//! `open`.

use crate::support::*;

#[test]
fn the_bond_goes_on_hold_in_the_pot_beside_the_least_balances() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).drafted();
		let before = venture.wealth(&alice());
		assert_ok!(venture.open());
		assert_eq!(venture.wealth(&alice()), before - BOND - least(&asset));
		assert_eq!(venture.in_pot(HoldReason::Bond), BOND);
		assert_eq!(balance(&native(), &venture.pot()), EXISTENTIAL);
		assert_eq!(balance(&asset, &venture.pot()), least(&asset));
		let books = venture.books();
		assert_eq!(books.bond, BOND);
		assert_eq!(books.money.bond_deposited, BOND);
		expect_event(Event::StateChanged {
			campaign: venture.id,
			from: State::Draft,
			to: State::Funding,
		});
		assert_noop!(venture.open(), Error::<Test>::WrongState);
		assert_noop!(venture.discard(), Error::<Test>::WrongState);
	});
}

#[test]
fn the_windows_follow_from_the_terms() {
	build_and_execute(|| {
		let draft = Draft::new(native()).with(|terms| terms.opens_after = 7);
		let venture = draft.opened();
		let schedule = venture.books().schedule.unwrap();
		let opens = now() + 7;
		assert_eq!(schedule.opens.block, opens);
		assert_eq!(schedule.opens.time, time() + 7 * BLOCK_MS);
		assert_eq!(schedule.deadline.block, opens + PERIOD);
		assert_eq!(schedule.lock_at.block, opens + PERIOD - LOCK);
		assert_eq!(schedule.closes.block, opens + PERIOD - COOLING_OFF);
		assert_eq!(
			schedule.deadline.time,
			schedule.opens.time + u64::from(PERIOD) * BLOCK_MS
		);
		let phases = [
			(opens - 1, Phase::Upcoming),
			(opens, Phase::Open),
			(opens + PERIOD - LOCK - 1, Phase::Open),
			(opens + PERIOD - LOCK, Phase::Locked),
			(opens + PERIOD - 1, Phase::Locked),
			(opens + PERIOD, Phase::Ended),
		];
		for (block, phase) in phases {
			run_to_block(block);
			assert_eq!(venture.phase(), phase, "in block {block}");
		}
	});
}

#[test]
fn fails_when_the_caller_is_not_the_founder() {
	build_and_execute(|| {
		let venture = Draft::new(native()).drafted();
		assert_noop!(
			Escrow::open(by(&bob()), venture.id),
			Error::<Test>::NotFounder
		);
		assert_noop!(
			Escrow::open(by(&alice()), 99),
			Error::<Test>::UnknownCampaign
		);
		// Whoever owned the metaverse when the draft was written does not own it any more; and the
		// next owner would stake money that comes back to the former one.
		hand_over(venture.metaverse, &alice(), &bob());
		assert_noop!(venture.open(), Error::<Test>::NotFounder);
		assert_noop!(
			Escrow::open(by(&bob()), venture.id),
			Error::<Test>::NotFounder
		);
	});
}

#[test]
fn fails_when_the_bond_or_the_pot_cannot_be_paid() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).drafted();
		let rest = balance(&asset, &alice());
		// The bond is not covered.
		send(&asset, &alice(), &bob(), rest - BOND - least(&asset) + 1);
		assert_noop!(venture.open(), Error::<Test>::CannotPay);
		// Not even the pot is.
		let rest = balance(&asset, &alice());
		send(&asset, &alice(), &bob(), rest - least(&asset));
		assert_noop!(venture.open(), Error::<Test>::PotNotFunded);
	});
}

#[test]
fn the_last_unit_is_enough() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).drafted();
		// What the pot gets, what is at stake, and what keeps the founder's account alive.
		let needed = BOND + 2 * least(&asset);
		let rest = balance(&asset, &alice());
		send(&asset, &alice(), &bob(), rest - needed);
		assert_ok!(venture.open());
		assert_eq!(balance(&asset, &alice()), least(&asset));
	});
}

#[test]
fn fails_while_the_metaverse_is_suspended() {
	on_both(|asset| {
		let venture = Draft::new(asset).drafted();
		suspend(venture.metaverse, 10);
		assert_noop!(venture.open(), Error::<Test>::Suspended);
		pass(10);
		assert_ok!(venture.open());
	});
}

#[test]
fn fails_when_the_asset_was_taken_off_the_list_meanwhile() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).drafted();
		assert_ok!(Escrow::set_asset(root(), asset, None));
		assert_noop!(venture.open(), Error::<Test>::AssetNotAccepted);
		assert_ok!(venture.discard());
	});
}

#[test]
fn a_metaverse_with_a_live_campaign_cannot_be_closed() {
	build_and_execute(|| {
		let venture = Draft::new(native()).drafted();
		assert_refused!(Metaverse::close(by(&alice()), venture.metaverse));
		assert_ok!(venture.open());
		assert_refused!(Metaverse::close(by(&alice()), venture.metaverse));
	});
}
