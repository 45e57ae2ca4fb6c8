//! `pause` and `resume`.

use crate::support::*;

#[test]
fn either_side_alone_stops_and_only_all_who_did_let_go_on() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		let both = Parties::default()
			.with(Party::SourceWorld)
			.with(Party::DestinationWorld);
		assert_ok!(door.pause(&alice()));
		assert_eq!(door.state(), PortalState::Paused);
		assert_noop!(door.travel(&carol()), Error::<Test>::PortalPaused);
		assert_ok!(door.pause(&bob()));
		expect_event(Event::Paused {
			portal: door.0,
			parties: both,
		});
		assert_ok!(door.resume(&alice()));
		expect_event(Event::Resumed {
			portal: door.0,
			parties: Parties::default().with(Party::DestinationWorld),
		});
		assert_noop!(door.travel(&carol()), Error::<Test>::PortalPaused);
		assert_eq!(
			door.view().agreement.unwrap().paused_by,
			[Party::DestinationWorld]
		);
		assert_ok!(door.resume(&bob()));
		assert_ok!(door.travel(&carol()));
	});
}

#[test]
fn fails_when_it_is_done_already() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_noop!(door.resume(&alice()), Error::<Test>::NotPaused);
		assert_ok!(door.pause(&alice()));
		assert_noop!(door.pause(&alice()), Error::<Test>::AlreadyPaused);
		assert_noop!(door.resume(&bob()), Error::<Test>::NotPaused);
		assert_ok!(door.resume(&alice()));
		assert_noop!(door.resume(&alice()), Error::<Test>::NotPaused);
	});
}

#[test]
fn fails_when_the_signer_has_no_say() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		for call in [Door::pause, Door::resume] {
			assert_noop!(call(door, &carol()), Error::<Test>::NotAParty);
			assert_noop!(call(Door(99), &alice()), Error::<Test>::UnknownPortal);
		}
		assert_noop!(Portal::pause(root(), door.0), Error::<Test>::NotAParty);
	});
}

#[test]
fn fails_when_it_is_not_in_force_or_over() {
	build_and_execute(|| {
		let draft = Draft::new();
		let door = draft.proposed_by(&alice());
		assert_noop!(door.pause(&alice()), Error::<Test>::NotInForce);
		assert_noop!(door.resume(&alice()), Error::<Test>::NotInForce);
		let door = draft.with(|terms| terms.expires_at = Some(5)).opened();
		assert_ok!(door.pause(&alice()));
		run_to_block(5);
		assert_noop!(door.pause(&bob()), Error::<Test>::PortalOver);
		assert_noop!(door.resume(&alice()), Error::<Test>::PortalOver);
	});
}

#[test]
fn a_pause_neither_stops_the_notice_nor_the_term() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_ok!(door.close(&alice()));
		assert_ok!(door.pause(&bob()));
		assert_eq!(door.state(), PortalState::Paused);
		pass(NOTICE);
		assert_eq!(door.state(), PortalState::Closed);
		assert_ok!(door.reap());
	});
}

#[test]
fn whoever_speaks_for_both_pauses_for_both() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&alice()));
		let door = Draft::between(a, b).opened();
		make_manager(b, &carol());
		assert_ok!(door.pause(&carol()));
		assert_ok!(door.pause(&alice()));
		let paused = door.view().agreement.unwrap().paused_by;
		assert_eq!(paused, [Party::SourceWorld, Party::DestinationWorld]);
		assert_ok!(door.resume(&alice()));
		assert_eq!(door.state(), PortalState::Open);
	});
}

#[test]
fn the_next_owner_may_end_a_pause() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).opened();
		assert_ok!(door.pause(&alice()));
		sell_world(a, &alice(), &carol());
		assert_noop!(door.resume(&alice()), Error::<Test>::NotAParty);
		assert_ok!(door.affirm(&carol()));
		assert_eq!(door.state(), PortalState::Paused);
		assert_ok!(door.resume(&carol()));
		assert_eq!(door.state(), PortalState::Open);
	});
}
