//! `commit`.

use crate::support::*;

#[test]
fn the_money_goes_on_hold_in_the_pot() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let before = venture.wealth(&bob());
		assert_ok!(venture.commit(&bob(), 1_000));
		assert_eq!(venture.wealth(&bob()), before - 1_000);
		assert_eq!(venture.in_pot(HoldReason::Principal), 1_000);
		assert_eq!(venture.units(&bob()), 1_000);
		let books = venture.books();
		assert_eq!((books.units, books.pool, books.stale), (1_000, 1_000, 0));
		assert_eq!((books.positions, books.investors), (1, 1));
		assert_eq!(books.money.committed, 1_000);
		assert!(deposits(&bob()) > 0);
		expect_event(Event::Committed {
			campaign: venture.id,
			position: venture.position(&bob()),
			who: bob(),
			accepted: 1_000,
			units: 1_000,
		});
	});
}

#[test]
fn a_second_commitment_adds_to_the_position() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), 1_000));
		let (position, deposit) = (venture.position(&bob()), deposits(&bob()));
		pass(3);
		assert_ok!(venture.commit(&bob(), TICKET));
		assert_eq!(venture.position(&bob()), position);
		assert_eq!(deposits(&bob()), deposit, "one position, one deposit");
		assert_eq!(venture.units(&bob()), 1_000 + TICKET);
		let books = venture.books();
		assert_eq!((books.positions, books.investors), (1, 1));
		let stored = Positions::<Test>::get(position).unwrap();
		assert_eq!(stored.committed_at.block, now());
		assert_eq!(stored.committed_at.time, time());
	});
}

#[test]
fn what_is_above_the_cap_is_not_taken() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&carol(), CAP - 500));
		let before = venture.wealth(&bob());
		assert_noop!(
			venture.commit_at_least(&bob(), 1_000, 501),
			Error::<Test>::AcceptedTooLittle
		);
		assert_ok!(venture.commit_at_least(&bob(), 1_000, 500));
		assert_eq!(venture.wealth(&bob()), before - 500);
		assert_eq!(venture.books().units, CAP);
		assert_noop!(venture.commit(&dave(), 1_000), Error::<Test>::CapReached);
		assert_noop!(venture.commit(&bob(), 1_000), Error::<Test>::CapReached);
	});
}

#[test]
fn a_ticket_below_the_smallest_only_fills_the_cap() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		for amount in [1, TICKET - 1] {
			assert_noop!(
				venture.commit(&bob(), amount),
				Error::<Test>::TicketTooSmall
			);
		}
		assert_ok!(venture.commit(&bob(), TICKET));
		assert_ok!(venture.commit(&carol(), CAP - TICKET - 30));
		assert_noop!(venture.commit(&dave(), 29), Error::<Test>::TicketTooSmall);
		assert_ok!(venture.commit(&dave(), 30));
		assert_eq!(venture.units(&dave()), 30);
	});
}

#[test]
fn the_last_unit_of_the_cap_is_a_ticket() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&carol(), CAP - 1));
		assert_ok!(venture.commit(&bob(), Balance::MAX));
		assert_eq!(venture.units(&bob()), 1);
		assert_eq!(venture.books().units, CAP);
	});
}

#[test]
fn fails_unless_the_investor_signs_the_present_terms() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let hash = venture.books().terms_hash;
		let commit =
			|version, hash| Escrow::commit(by(&bob()), venture.id, 1_000, 1, version, hash);
		for version in [0, 2, u8::MAX] {
			assert_noop!(commit(version, hash), Error::<Test>::WrongVersion);
		}
		assert_noop!(commit(1, H256::zero()), Error::<Test>::WrongTermsHash);
		assert_noop!(
			Escrow::commit(by(&bob()), 99, 1_000, 1, 1, hash),
			Error::<Test>::UnknownCampaign
		);
		assert_ok!(commit(1, hash));
	});
}

#[test]
fn fails_for_nothing() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_noop!(venture.commit(&bob(), 0), Error::<Test>::ZeroAmount);
	});
}

#[test]
fn fails_for_the_founder() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_noop!(
			venture.commit(&alice(), 1_000),
			Error::<Test>::InsiderExcluded
		);
		// Neither whoever owns the metaverse now nor whose bond is at stake.
		hand_over(venture.metaverse, &alice(), &bob());
		for who in [alice(), bob()] {
			assert_noop!(venture.commit(&who, 1_000), Error::<Test>::InsiderExcluded);
		}
		assert_ok!(venture.commit(&carol(), 1_000));
	});
}

#[test]
fn boundary_of_the_time_for_commitments() {
	on_both(|asset| {
		let draft = Draft::new(asset).with(|terms| terms.opens_after = 5);
		let start = now() + 5;
		let venture = draft.opened();
		run_to_block(start - 1);
		assert_noop!(venture.commit(&bob(), 1_000), Error::<Test>::NotOpenYet);
		run_to_block(start);
		assert_ok!(venture.commit(&bob(), 1_000));
		// So late that its cooling-off ends with the deadline.
		run_to_block(start + PERIOD - COOLING_OFF - 1);
		assert_ok!(venture.commit(&carol(), 1_000));
		run_to_block(start + PERIOD - COOLING_OFF);
		assert_noop!(
			venture.commit(&dave(), 1_000),
			Error::<Test>::CommitmentsClosed
		);
		run_to_block(start + PERIOD);
		assert_noop!(
			venture.commit(&dave(), 1_000),
			Error::<Test>::CommitmentsClosed
		);
	});
}

#[test]
fn fails_before_and_after_the_funding() {
	on_both(|asset| {
		for phase in [Phase::Draft, Phase::Working, Phase::Failed] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				assert_noop!(venture.commit(&dave(), 1_000), Error::<Test>::WrongState);
			});
		}
	});
}

#[test]
fn fails_while_the_metaverse_is_suspended() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		suspend(venture.metaverse, 10);
		assert_noop!(venture.commit(&bob(), 1_000), Error::<Test>::Suspended);
		pass(10);
		assert_ok!(venture.commit(&bob(), 1_000));
	});
}

#[test]
fn fails_when_the_deposit_or_the_money_is_not_there() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).opened();
		let poor = stranger(1);
		fund(&stable(), &poor, 1_000);
		assert_noop!(venture.commit(&poor, 500), Error::<Test>::DepositNotCovered);
		fund(&native(), &poor, 100_000);
		assert_noop!(venture.commit(&poor, 1_001), Error::<Test>::CannotPay);
		// Nobody's asset account is emptied: the least balance stays.
		assert_noop!(venture.commit(&poor, 991), Error::<Test>::CannotPay);
		assert_ok!(venture.commit(&poor, 990));
	});
}

#[test]
fn in_the_native_token_deposit_and_ticket_are_paid_from_one_account() {
	build_and_execute(|| {
		let venture = Draft::new(native()).opened();
		assert_ok!(venture.commit(&bob(), 1_000));
		let deposit = deposits(&bob());
		let poor = stranger(1);
		fund(&native(), &poor, deposit + 1_000 + EXISTENTIAL - 1);
		assert_noop!(venture.commit(&poor, 1_000), Error::<Test>::CannotPay);
		fund(&native(), &poor, 1);
		assert_ok!(venture.commit(&poor, 1_000));
		assert_eq!(free(&poor), EXISTENTIAL);
	});
}

#[test]
fn an_asset_taken_off_the_list_stops_no_campaign_that_is_open() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).opened();
		assert_ok!(Escrow::set_asset(root(), asset, None));
		assert_ok!(venture.commit(&bob(), 4_000));
		assert_ok!(venture.commit(&carol(), 8_000));
		pass(PERIOD);
		assert_ok!(venture.advance());
		venture.finish();
		assert_eq!(venture.state(), State::Completed);
	});
}

#[test]
fn a_quote_says_what_would_be_accepted() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let quote = |amount| Escrow::api_quote(venture.id, amount);
		let first = quote(1_000).unwrap();
		assert_eq!((first.accepted, first.room), (1_000, CAP));
		assert_eq!(first.min_ticket, TICKET);
		assert_eq!(first.version, 1);
		assert_eq!(first.terms_hash, venture.books().terms_hash);
		assert!(!first.limits_apply);
		assert_ok!(venture.commit(&bob(), 1_000));
		assert_eq!(deposits(&bob()), first.deposit);
		assert_ok!(venture.commit(&carol(), CAP - 1_300));
		let near = quote(1_000).unwrap();
		assert_eq!((near.accepted, near.room), (300, 300));
		pass(PERIOD);
		assert_eq!(quote(1_000), Err(EscrowQueryError::NotOpen));
		assert_eq!(
			Escrow::api_quote(99, 1_000),
			Err(EscrowQueryError::UnknownCampaign)
		);
	});
}
