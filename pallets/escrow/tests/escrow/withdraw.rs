//! `withdraw`.

use crate::support::*;

#[test]
fn everything_comes_back_without_a_fee_and_with_the_deposit() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let before = (venture.wealth(&bob()), deposits(&bob()));
		assert_ok!(venture.commit(&bob(), 4_000));
		let position = venture.position(&bob());
		pass(50);
		assert_eq!(venture.claimable(&bob()).withdraw, 4_000);
		assert_ok!(venture.withdraw(&bob(), 4_000));
		assert_eq!((venture.wealth(&bob()), deposits(&bob())), before);
		assert_eq!(Positions::<Test>::get(position), None);
		assert_eq!(PositionOfOwner::<Test>::get(bob(), venture.id), None);
		let books = venture.books();
		assert_eq!((books.units, books.positions, books.investors), (0, 0, 0));
		assert_eq!(books.money.withdrawn, 4_000);
		expect_event(Event::Withdrawn {
			campaign: venture.id,
			position,
			amount: 4_000,
		});
	});
}

#[test]
fn what_remains_is_nothing_or_a_ticket() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), 1_000));
		for amount in [1_000 - 1, 1_000 - TICKET + 1] {
			assert_noop!(
				venture.withdraw(&bob(), amount),
				Error::<Test>::RemainderTooSmall
			);
		}
		assert_noop!(
			venture.withdraw(&bob(), 1_001),
			Error::<Test>::MoreThanPosition
		);
		assert_noop!(venture.withdraw(&bob(), 0), Error::<Test>::ZeroAmount);
		assert_ok!(venture.withdraw(&bob(), 1_000 - TICKET));
		assert_eq!(venture.units(&bob()), TICKET);
		assert_eq!(venture.books().investors, 1);
		assert_ok!(venture.withdraw(&bob(), TICKET));
	});
}

#[test]
fn boundary_of_the_lock() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let start = now();
		assert_ok!(venture.commit(&bob(), 4_000));
		run_to_block(start + PERIOD - LOCK - 1);
		assert_ok!(venture.withdraw(&bob(), 100));
		run_to_block(start + PERIOD - LOCK);
		assert_noop!(
			venture.withdraw(&bob(), 100),
			Error::<Test>::WithdrawalLocked
		);
		assert_eq!(venture.claimable(&bob()).withdraw, 0);
	});
}

#[test]
fn boundary_of_the_cooling_off_in_the_lock() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		pass(PERIOD - LOCK);
		assert_ok!(venture.commit(&bob(), 4_000));
		pass(COOLING_OFF - 1);
		assert_ok!(venture.withdraw(&bob(), 100));
		// Taking some out does not start it again; putting some in does.
		pass(1);
		assert_noop!(
			venture.withdraw(&bob(), 100),
			Error::<Test>::WithdrawalLocked
		);
	});
}

#[test]
fn a_top_up_in_the_lock_starts_the_cooling_off_of_everything_again() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), 4_000));
		pass(PERIOD - LOCK + 5);
		assert_noop!(
			venture.withdraw(&bob(), 100),
			Error::<Test>::WithdrawalLocked
		);
		assert_ok!(venture.commit(&bob(), TICKET));
		assert_ok!(venture.withdraw(&bob(), 4_000 + TICKET));
	});
}

#[test]
fn without_a_lock_the_right_ends_with_the_deadline() {
	on_both(|asset| {
		let draft = Draft::new(asset).with(|terms| {
			terms.lock = 0;
			terms.cooling_off = 0;
		});
		let venture = draft.opened();
		assert_ok!(venture.commit(&bob(), 4_000));
		pass(PERIOD - 1);
		assert_ok!(venture.commit(&carol(), 4_000));
		assert_ok!(venture.withdraw(&bob(), 1_000));
		pass(1);
		assert_noop!(
			venture.withdraw(&bob(), 1_000),
			Error::<Test>::WithdrawalLocked
		);
	});
}

#[test]
fn fails_for_whom_it_does_not_belong_to() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		let bobs = venture.position(&bob());
		for who in [alice(), carol(), dave()] {
			assert_noop!(
				Escrow::withdraw(by(&who), bobs, 100),
				Error::<Test>::NotPositionOwner
			);
		}
		assert_noop!(
			Escrow::withdraw(by(&bob()), 99, 100),
			Error::<Test>::UnknownPosition
		);
	});
}

#[test]
fn fails_after_the_funding() {
	on_both(|asset| {
		for phase in [Phase::Working, Phase::Failed, Phase::WindDown] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				assert_noop!(venture.withdraw(&bob(), 100), Error::<Test>::WrongState);
			});
		}
	});
}

#[test]
fn a_suspension_does_not_keep_money_back() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		suspend(venture.metaverse, 50);
		assert_ok!(venture.withdraw(&bob(), BOBS));
	});
}

#[test]
fn the_room_can_be_filled_again() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), CAP));
		assert_noop!(venture.commit(&carol(), 500), Error::<Test>::CapReached);
		assert_ok!(venture.withdraw(&bob(), 500));
		assert_ok!(venture.commit(&carol(), 700));
		assert_eq!(venture.units(&carol()), 500);
	});
}
