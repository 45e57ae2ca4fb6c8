//! `cancel`.

use crate::support::*;

#[test]
fn everybody_gets_everything_back_and_the_founder_the_bond() {
	on_both(|asset| {
		let before = [alice(), bob(), carol()].map(|who| wealth(&asset, &who));
		let venture = Draft::new(asset.clone()).drafted();
		let alice_had = venture.wealth(&alice());
		assert_ok!(venture.open());
		assert_ok!(venture.commit(&bob(), BOBS));
		assert_ok!(venture.commit(&carol(), CAROLS));
		assert_ok!(venture.cancel());
		assert_eq!(venture.state(), State::Failed);
		assert_eq!(venture.wealth(&alice()), alice_had - least(&asset));
		let books = venture.books();
		assert_eq!((books.bond, books.money.bond_returned), (0, BOND));
		expect_event(Event::BondReturned {
			campaign: venture.id,
			amount: BOND,
		});
		venture.wrap_up(&[bob(), carol()]);
		assert_eq!(venture.wealth(&bob()), before[1]);
		assert_eq!(venture.wealth(&carol()), before[2]);
		assert_eq!(
			deposits(&alice()) + deposits(&bob()) + deposits(&carol()),
			0
		);
	});
}

#[test]
fn the_guardian_may() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		assert_ok!(Escrow::cancel(root(), venture.id));
		assert_eq!(venture.state(), State::Failed);
	});
}

#[test]
fn fails_for_others() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		for who in [bob(), dave()] {
			assert_noop!(
				Escrow::cancel(by(&who), venture.id),
				Error::<Test>::NotFounder
			);
		}
		assert_noop!(Escrow::cancel(root(), 99), Error::<Test>::UnknownCampaign);
	});
}

#[test]
fn fails_once_the_startup_has_its_money() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		assert_noop!(venture.cancel(), Error::<Test>::WrongState);
		assert_noop!(
			Escrow::cancel(root(), venture.id),
			Error::<Test>::WrongState
		);
	});
}

#[test]
fn whoever_bought_the_metaverse_may_and_the_bond_goes_to_whom_it_belongs() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let had = venture.wealth(&alice());
		hand_over(venture.metaverse, &alice(), &bob());
		assert_noop!(venture.cancel(), Error::<Test>::NotFounder);
		assert_ok!(Escrow::cancel(by(&bob()), venture.id));
		assert_eq!(venture.wealth(&alice()), had + BOND);
	});
}

#[test]
fn the_metaverse_and_the_founder_are_free_again() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).committed();
		assert_ok!(venture.cancel());
		let next = Draft::new(asset).drafted_for(venture.metaverse);
		assert_ok!(next.open());
		// The old one still owes its investors what is theirs, in a pot of its own.
		assert_ne!(venture.pot(), next.pot());
		venture.wrap_up(&[bob(), carol()]);
	});
}
