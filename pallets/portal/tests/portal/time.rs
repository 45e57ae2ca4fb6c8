//! Number 14 in the list of the design: jumps of one block and of a million, and the end of all blocks.

use crate::support::*;

#[test]
fn quality_14_the_block_before_and_the_block_after() {
	on_both(|asset| {
		let (door, ..) = toll_road(&asset);
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.amend(&alice(), |terms| terms.expires_at = Some(100)));
		assert_ok!(door.close(&bob()));
		let closes_at = door.view().agreement.unwrap().closes_at.unwrap();
		run_to_block(closes_at - 1);
		assert_eq!(door.state(), PortalState::Closing);
		pass(1);
		assert_eq!(door.state(), PortalState::Closed);
		let valid_until = door.pass(&carol()).unwrap().valid_until;
		run_to_block(valid_until - 1);
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Valid);
		pass(1);
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Over);
	});
}

#[test]
fn quality_14_a_million_blocks_at_once() {
	on_both(|asset| {
		let (a, b) = (world(&alice()), world(&bob()));
		let before = [alice(), bob(), carol()].map(|who| free(&who));
		let lasting = Draft::between(a, b).opened();
		let limited = Draft::between(a, b)
			.with(|terms| {
				terms.rate = Some(Rate {
					refill: 1,
					window: 3,
					burst: 2,
				})
			})
			.opened();
		let ending = Draft::between(a, b)
			.tolled(&asset)
			.with(|terms| terms.expires_at = Some(50))
			.opened();
		let closing = Draft::between(a, b).opened();
		assert_ok!(closing.close(&bob()));
		let proposed = Draft::between(a, b).proposed_by(&alice());
		assert_ok!(ending.travel(&dave()));
		assert_ok!(lasting.amend(&alice(), |terms| terms.notice = 20));
		pass(1_000_000);
		assert_eq!(
			[lasting, limited, ending, closing, proposed].map(Door::state),
			[
				PortalState::Open,
				PortalState::Open,
				PortalState::Expired,
				PortalState::Closed,
				PortalState::Expired
			]
		);
		for who in [carol(), alice()] {
			assert_ok!(limited.travel(&who));
		}
		assert_noop!(limited.travel(&dave()), Error::<Test>::RateExhausted);
		assert_ok!(ending.reap_pass(&dave()));
		for door in [ending, closing, proposed, lasting] {
			assert_ok!(door.reap());
		}
		assert!(lasting.exists(), "only the offer for it had lapsed");
		for door in [lasting, limited] {
			assert_ok!(door.close(&alice()));
		}
		pass(1_000_000);
		for door in [lasting, limited] {
			assert_ok!(door.reap());
		}
		for who in [carol(), alice()] {
			assert_ok!(limited.reap_pass(&who));
		}
		assert_eq!([alice(), bob(), carol()].map(|who| free(&who)), before);
	});
}

#[test]
fn quality_14_at_the_end_of_time_nothing_is_locked() {
	on_both(|asset| {
		let (a, b) = (world(&alice()), world(&bob()));
		let mine = [alice(), bob()].map(|who| free(&who));
		let had = fortunes(&asset, &[carol(), purse(a), purse(b)]);
		let carols = held(&carol());
		run_to_block(BlockNumber::MAX - 1);
		let door = Draft::between(a, b).tolled(&asset).opened();
		let proposed = Draft::between(a, b).proposed_by(&alice());
		assert_ok!(door.amend(&bob(), |terms| terms.notice = MAX_NOTICE));
		assert_ok!(door.travel(&carol()));
		assert_eq!(
			door.pass(&carol()).unwrap().valid_until,
			BlockNumber::MAX,
			"it saturates"
		);
		assert_ok!(door.close(&alice()));
		check_state();
		run_to_block(BlockNumber::MAX);
		assert_eq!(door.state(), PortalState::Closed);
		assert_ok!(door.reap());
		assert_ok!(proposed.reap());
		assert_ok!(door.reap_pass(&carol()));
		assert_eq!(held(&carol()), carols);
		assert_eq!([alice(), bob()].map(|who| free(&who)), mine);
		assert_eq!(
			fortunes(&asset, &[carol(), purse(a), purse(b)]),
			[had[0] - TOLL, had[1] + WORLDS, had[2] + WORLDS]
		);
	});
}

#[test]
fn quality_14_in_the_last_block_everything_is_over_at_once() {
	on_both(|asset| {
		let (a, b) = (world(&alice()), world(&alice()));
		let before = free(&alice());
		run_to_block(BlockNumber::MAX);
		let door = Draft::between(a, b).tolled(&asset).opened();
		let waits = Draft::between(a, world(&bob())).proposed_by(&alice());
		assert_eq!(waits.state(), PortalState::Expired);
		assert_noop!(waits.accept(&bob()), Error::<Test>::OfferExpired);
		assert_ok!(door.travel(&carol()));
		assert_noop!(door.admit(&alice(), &carol()), Error::<Test>::PassOver);
		assert_ok!(door.close(&alice()));
		assert_eq!(door.state(), PortalState::Closed);
		for door in [door, waits] {
			assert_ok!(door.reap());
		}
		assert_ok!(door.reap_pass(&carol()));
		assert_eq!(free(&alice()), before);
		assert_eq!(held(&carol()) + on_hold(&stable(), &carol()), 0);
	});
}

#[test]
fn quality_14_a_chain_that_stands_still_ends_nothing() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.close(&alice()));
		// Only blocks count.
		halt(365 * 24 * 60 * 60 * 1_000);
		assert_eq!(door.state(), PortalState::Closing);
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Valid);
		assert_noop!(door.reap(), Error::<Test>::NotOver);
		blocks_without_time(PASS_LIFETIME);
		assert_eq!(door.state(), PortalState::Closed);
		assert_ok!(door.reap_pass(&carol()));
	});
}
