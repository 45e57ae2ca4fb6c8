//! `mint_receipt` and `transfer_position`.

use crate::support::*;
use pallet_escrow::ReceiptCollection;

/// Who owns a receipt, as `pallet-nfts` says.
fn receipt_of(position: PositionId) -> Option<AccountId> {
	let collection = ReceiptCollection::<Test>::get()?;
	pallet_nfts::Pallet::<Test>::owner(collection, position)
}

#[test]
fn the_owner_gets_an_item_for_a_deposit() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let position = venture.position(&bob());
		let before = deposits(&bob());
		assert_ok!(venture.mint_receipt(&bob()));
		assert_eq!(receipt_of(position), Some(bob()));
		assert!(deposits(&bob()) > before);
		assert!(Positions::<Test>::get(position).unwrap().receipt);
		expect_event(Event::ReceiptMinted {
			position,
			collection: ReceiptCollection::<Test>::get().unwrap(),
		});
		assert_noop!(venture.mint_receipt(&bob()), Error::<Test>::ReceiptExists);
		assert_noop!(
			Escrow::mint_receipt(by(&bob()), venture.position(&carol())),
			Error::<Test>::NotPositionOwner
		);
	});
}

#[test]
fn fails_before_success() {
	on_both(|asset| {
		for phase in [Phase::Open, Phase::Ended, Phase::Failed] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				assert_noop!(venture.mint_receipt(&bob()), Error::<Test>::WrongState);
			});
		}
	});
}

#[test]
fn the_item_moves_and_burns_only_with_the_position() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		assert_ok!(venture.mint_receipt(&bob()));
		let collection = ReceiptCollection::<Test>::get().unwrap();
		let item = venture.position(&bob());
		assert_refused!(Nfts::transfer(by(&bob()), collection, item, dave()));
		assert_refused!(Nfts::burn(by(&bob()), collection, item));
		// Neither by whom the owner allows to, nor for a price, nor by whoever claims the collection.
		let _ = tx(|| Nfts::approve_transfer(by(&bob()), collection, item, dave(), None));
		assert_refused!(Nfts::transfer(by(&dave()), collection, item, dave()));
		let _ = tx(|| Nfts::set_price(by(&bob()), collection, item, Some(1), None));
		assert_refused!(Nfts::buy_item(by(&dave()), collection, item, 1));
		for who in [alice(), bob(), dave()] {
			assert_refused!(Nfts::transfer_ownership(by(&who), collection, who.clone()));
			assert_refused!(Nfts::mint(by(&who), collection, 99, who.clone(), None));
		}
		assert_eq!(receipt_of(item), Some(bob()));
	});
}

#[test]
fn a_position_changes_hands_with_its_receipt() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Working);
		let position = venture.position(&bob());
		assert_ok!(venture.mint_receipt(&bob()));
		assert_ok!(Escrow::allow_claim_for(by(&bob()), position, false));
		let deposit = deposits(&bob());
		assert_ok!(venture.transfer(&bob(), &dave()));
		assert_eq!(venture.position(&dave()), position);
		assert_eq!(PositionOfOwner::<Test>::get(bob(), venture.id), None);
		assert_eq!((deposits(&bob()), deposits(&dave())), (0, deposit));
		assert_eq!(receipt_of(position), Some(dave()));
		assert_eq!(venture.units(&dave()), BOBS);
		let stored = Positions::<Test>::get(position).unwrap();
		assert!(!stored.only_owner_claims, "the next owner decides anew");
		expect_event(Event::PositionTransferred {
			position,
			from: bob(),
			to: dave(),
		});
		// The revenue goes along.
		let had = venture.wealth(&dave());
		assert_ok!(venture.claim_revenue(&dave()));
		assert_eq!(venture.wealth(&dave()), had + REVENUE / 3);
		assert_ok!(venture.abandon());
		assert_ok!(venture.claim(&dave()));
		assert_eq!(receipt_of(position), None);
	});
}

#[test]
fn boundary_of_the_lock_up() {
	on_both(|asset| {
		let draft = Draft::new(asset).with(|terms| terms.lock_up = 50);
		let venture = draft.funded();
		pass(49);
		assert_noop!(venture.transfer(&bob(), &dave()), Error::<Test>::LockedUp);
		pass(1);
		assert_ok!(venture.transfer(&bob(), &dave()));
	});
}

#[test]
fn a_vote_goes_along_with_its_position() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		let position = venture.position(&bob());
		assert_ok!(venture.vote(&bob(), false));
		assert_ok!(venture.transfer(&bob(), &dave()));
		assert_ok!(venture.vote(&carol(), true));
		pass(VOTING);
		// Bob was overruled, and Dave bought what that is worth.
		assert_noop!(
			Escrow::exit(by(&bob()), position),
			Error::<Test>::NotPositionOwner
		);
		assert_ok!(Escrow::exit(by(&dave()), position));
	});
}

#[test]
fn fails_for_a_receiver_who_is_in_already_or_must_not_be() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		for who in [carol(), bob()] {
			assert_noop!(
				venture.transfer(&bob(), &who),
				Error::<Test>::ReceiverInvested
			);
		}
		for who in [alice(), venture.beneficiary()] {
			assert_noop!(
				venture.transfer(&bob(), &who),
				Error::<Test>::InsiderExcluded
			);
		}
		assert_noop!(
			venture.transfer(&bob(), &stranger(1)),
			Error::<Test>::CannotReceive
		);
		assert_noop!(
			Escrow::transfer_position(by(&dave()), venture.position(&bob()), dave()),
			Error::<Test>::NotPositionOwner
		);
	});
}

#[test]
fn fails_before_success_and_after_a_wind_down() {
	on_both(|asset| {
		for phase in [
			Phase::Open,
			Phase::Reconfirm,
			Phase::Failed,
			Phase::WindDown,
		] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				assert_noop!(venture.transfer(&bob(), &dave()), Error::<Test>::WrongState);
			});
		}
	});
}

#[test]
fn a_stale_position_is_only_good_for_its_refund() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Reconfirm);
		assert_ok!(venture.reconfirm(&carol()));
		pass(RULES.reconfirm);
		assert_ok!(venture.commit(&carol(), 4_000));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_noop!(venture.mint_receipt(&bob()), Error::<Test>::StalePosition);
		assert_noop!(
			venture.transfer(&bob(), &dave()),
			Error::<Test>::StalePosition
		);
		assert_ok!(venture.claim(&bob()));
	});
}

#[test]
fn a_receipt_ends_with_its_position() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		let position = venture.position(&bob());
		assert_ok!(venture.mint_receipt(&bob()));
		assert_ok!(venture.submit());
		venture.approve();
		assert_ok!(venture.exit(&bob()));
		assert_eq!(receipt_of(position), None);
		assert_eq!(deposits(&bob()), 0);
	});
}

#[test]
fn all_campaigns_share_one_collection() {
	build_and_execute(|| {
		let first = Draft::new(native()).funded();
		let second = Draft::new(stable()).founded_by(dave()).funded();
		assert_ok!(first.mint_receipt(&bob()));
		let collection = ReceiptCollection::<Test>::get();
		// Somebody else's collection takes no id of ours.
		register_demo(carol(), 4, 4);
		assert_ok!(second.mint_receipt(&bob()));
		assert_eq!(ReceiptCollection::<Test>::get(), collection);
		assert_eq!(receipt_of(first.position(&bob())), Some(bob()));
		assert_eq!(receipt_of(second.position(&bob())), Some(bob()));
	});
}
