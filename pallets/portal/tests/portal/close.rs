//! `close`, the notice, the term, and `reap`.

use crate::support::*;

#[test]
fn goes_on_for_its_notice_and_is_reaped_by_anybody() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let before = [alice(), bob()].map(|who| free(&who));
		let door = Draft::between(a, b).opened();
		run_to_block(10);
		assert_ok!(door.close(&bob()));
		expect_event(Event::Closing {
			portal: door.0,
			closes_at: 10 + NOTICE,
		});
		assert_eq!(door.state(), PortalState::Closing);
		assert_ok!(door.travel(&carol()));
		run_to_block(10 + NOTICE - 1);
		assert_ok!(door.travel(&dave()));
		assert_noop!(door.reap(), Error::<Test>::NotOver);
		run_to_block(10 + NOTICE);
		assert_eq!(door.state(), PortalState::Closed);
		assert_noop!(door.travel(&alice()), Error::<Test>::PortalOver);
		assert_ok!(door.reap());
		expect_event(Event::Removed { portal: door.0 });
		assert!(!door.exists());
		assert_eq!([alice(), bob()].map(|who| free(&who)), before);
		assert_noop!(door.reap(), Error::<Test>::UnknownPortal);
		for call in [Door::close, Door::pause, Door::affirm] {
			assert_noop!(call(door, &alice()), Error::<Test>::UnknownPortal);
		}
	});
}

#[test]
fn fails_when_somebody_closes_it_already() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_ok!(door.close(&alice()));
		pass(1);
		// Nobody can put the end off by closing again.
		for who in [alice(), bob()] {
			assert_noop!(door.close(&who), Error::<Test>::AlreadyClosing);
		}
		pass(NOTICE - 1);
		// Who has a say removes what is over with the same call.
		assert_ok!(door.close(&alice()));
		assert!(!door.exists());
	});
}

#[test]
fn fails_when_the_signer_has_no_say() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_noop!(door.close(&carol()), Error::<Test>::NotAParty);
		assert_noop!(Portal::close(root(), door.0), Error::<Test>::NotAParty);
		assert_noop!(Portal::reap(root(), door.0), DispatchError::BadOrigin);
	});
}

#[test]
fn what_is_only_proposed_goes_at_once() {
	build_and_execute(|| {
		let draft = Draft::new();
		let before = everybody();
		// The author takes it back, or the other side says no.
		for who in [alice(), bob()] {
			let door = draft.proposed_by(&alice());
			assert_noop!(door.close(&carol()), Error::<Test>::NotAParty);
			assert_ok!(door.close(&who));
			assert!(!door.exists());
			assert_eq!(ProposalsOf::<Test>::iter().count(), 0);
			assert_eq!(everybody(), before);
		}
	});
}

#[test]
fn what_is_stale_goes_at_once() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		for closer in [bob(), carol()] {
			let door = Draft::between(a, b).opened();
			sell_world(a, &alice(), &carol());
			assert_ok!(door.close(&closer));
			assert!(!door.exists());
			sell_world(a, &carol(), &alice());
		}
		assert_eq!(deposits(&alice()) + deposits(&bob()), 0);
	});
}

#[test]
fn who_sold_need_not_wait_for_the_buyer_to_have_the_deposit_back() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).opened();
		sell_world(a, &alice(), &carol());
		// Only who paid for what changed hands, and only until the buyer pays.
		assert_noop!(door.close(&dave()), Error::<Test>::NotAParty);
		undone(|| {
			assert_ok!(door.affirm(&carol()));
			assert_noop!(door.close(&alice()), Error::<Test>::NotAParty);
		});
		assert_ok!(door.close(&alice()));
		assert!(!door.exists());
		assert_eq!(deposits(&alice()), 0);
		assert_eq!(Portal::api_to(b), Ok(vec![]));
	});
}

#[test]
fn who_paid_for_a_proposal_and_sold_has_the_deposit_back() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).proposed_by(&alice());
		sell_world(a, &alice(), &carol());
		assert_noop!(door.close(&dave()), Error::<Test>::NotAParty);
		// However often the other side offers it anew.
		assert_ok!(door.amend(&bob(), |terms| terms.direction = Direction::TwoWay));
		assert!(deposits(&alice()) > 0);
		assert_ok!(door.close(&alice()));
		assert!(!door.exists());
		assert_eq!(deposits(&alice()) + deposits(&bob()), 0);
	});
}

#[test]
fn who_pays_for_an_end_that_was_not_sold_has_no_such_right() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		make_manager(a, &dave());
		let door = Draft::between(a, b).proposed_by(&dave());
		assert_ok!(door.accept(&bob()));
		set_roles(a, &dave(), Roles::default());
		assert_eq!(door.payers()[0].as_ref().unwrap().0, dave());
		assert_noop!(door.close(&dave()), Error::<Test>::NotAParty);
		sell_world(b, &bob(), &carol());
		assert_noop!(door.close(&dave()), Error::<Test>::NotAParty);
		sell_world(a, &alice(), &carol());
		assert_ok!(door.close(&dave()));
		assert_eq!(deposits(&dave()) + deposits(&bob()), 0);
	});
}

#[test]
fn boundary_of_the_term() {
	build_and_execute(|| {
		let draft = Draft::new().with(|terms| terms.expires_at = Some(30));
		let (reaped, closed) = (draft.opened(), draft.opened());
		run_to_block(29);
		assert_eq!(reaped.state(), PortalState::Open);
		assert_ok!(reaped.travel(&carol()));
		assert_noop!(reaped.reap(), Error::<Test>::NotOver);
		run_to_block(30);
		assert_eq!(reaped.state(), PortalState::Expired);
		assert_noop!(reaped.travel(&dave()), Error::<Test>::PortalOver);
		assert_ok!(reaped.reap());
		assert_ok!(closed.close(&bob()));
		assert_eq!(Portals::<Test>::iter().count(), 0);
	});
}

#[test]
fn the_term_may_end_before_the_notice() {
	build_and_execute(|| {
		let door = Draft::new()
			.with(|terms| terms.expires_at = Some(5))
			.opened();
		assert_ok!(door.close(&alice()));
		run_to_block(5);
		assert_eq!(door.state(), PortalState::Expired);
		assert_ok!(door.reap());
	});
}

#[test]
fn a_portal_that_is_closing_is_suspended_stale_or_paused_first() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).opened();
		assert_ok!(door.close(&alice()));
		assert_ok!(door.pause(&alice()));
		assert_eq!(door.state(), PortalState::Paused);
		suspend(b, 50);
		assert_eq!(door.state(), PortalState::Suspended);
		sell_world(a, &alice(), &carol());
		assert_eq!(door.state(), PortalState::Stale);
		pass(NOTICE);
		assert_eq!(door.state(), PortalState::Closed);
	});
}

#[test]
fn a_metaverse_with_portals_cannot_be_closed() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).opened();
		assert_noop!(
			Metaverse::close(by(&alice()), a),
			Error::<Test>::MetaverseHasPortals
		);
		assert_noop!(
			Metaverse::close(by(&bob()), b),
			Error::<Test>::MetaverseHasPortals
		);
		assert_ok!(door.close(&alice()));
		pass(NOTICE);
		// Over, but not yet reaped.
		assert_noop!(
			Metaverse::close(by(&bob()), b),
			Error::<Test>::MetaverseHasPortals
		);
		assert_ok!(door.reap());
		assert_ok!(Metaverse::close(by(&alice()), a));
		assert_ok!(Metaverse::close(by(&bob()), b));
	});
}

#[test]
fn a_proposal_keeps_nobody_from_closing() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).proposed_by(&bob());
		assert_ok!(Metaverse::close(by(&alice()), a));
		check_state();
		assert_eq!(door.state(), PortalState::Gone);
		assert_ok!(door.reap());
		assert_eq!(deposits(&bob()), 0);
	});
}
