//! Portals go stale with a sale, and `affirm` wakes them.

use crate::support::*;

/// An open portal from Alice's to Bob's metaverse, and the metaverses.
fn scene() -> (Door, MetaverseId, MetaverseId) {
	let (a, b) = (world(&alice()), world(&bob()));
	(Draft::between(a, b).two_way().opened(), a, b)
}

#[test]
fn a_sale_makes_it_stale_until_the_buyer_affirms() {
	build_and_execute(|| {
		let (door, a, _) = scene();
		sell_world(a, &alice(), &carol());
		assert_eq!(door.state(), PortalState::Stale);
		for way in [Door::travel, Door::travel_back] {
			assert_noop!(way(door, &dave()), Error::<Test>::PortalStale);
		}
		let consents = door.view().agreement.unwrap().consents;
		assert_eq!(
			consents.iter().map(|one| one.counts).collect::<Vec<_>>(),
			[false, true]
		);
		// Neither the seller nor the other side can say it for her.
		assert_noop!(door.affirm(&alice()), Error::<Test>::NotAParty);
		assert_noop!(door.affirm(&bob()), Error::<Test>::NothingToAffirm);
		assert_ok!(door.affirm(&carol()));
		expect_event(Event::Affirmed {
			portal: door.0,
			parties: Parties::default().with(Party::SourceWorld),
		});
		assert_eq!(door.state(), PortalState::Open);
		assert_ok!(door.travel(&dave()));
		assert_noop!(door.affirm(&carol()), Error::<Test>::NothingToAffirm);
	});
}

#[test]
fn the_deposit_goes_from_the_seller_to_the_buyer() {
	build_and_execute(|| {
		let (door, a, _) = scene();
		let paid = deposits(&alice());
		sell_world(a, &alice(), &carol());
		let (seller, buyer) = (free(&alice()), free(&carol()));
		assert_ok!(door.affirm(&carol()));
		assert_eq!(deposits(&alice()), 0);
		assert_eq!(deposits(&carol()), paid);
		assert_eq!(free(&alice()), seller + paid);
		assert_eq!(free(&carol()), buyer - paid);
		assert_eq!(door.payers()[0], Some((carol(), paid)));
	});
}

#[test]
fn fails_when_the_buyer_cannot_pay_the_deposit() {
	build_and_execute(|| {
		let (door, a, _) = scene();
		let poor = stranger(1);
		// Enough for the metaverse's own deposit and not for a portal's.
		let enough = Metaverse::api_get(a).unwrap().deposit + EXISTENTIAL;
		send(&native(), &alice(), &poor, enough);
		sell_world(a, &alice(), &poor);
		assert_noop!(door.affirm(&poor), Error::<Test>::DepositNotCovered);
		assert_eq!(door.state(), PortalState::Stale);
	});
}

#[test]
fn both_sold_takes_both() {
	build_and_execute(|| {
		let (door, a, b) = scene();
		sell_world(a, &alice(), &carol());
		sell_world(b, &bob(), &dave());
		assert_ok!(door.affirm(&carol()));
		assert_eq!(door.state(), PortalState::Stale);
		assert_ok!(door.affirm(&dave()));
		assert_eq!(door.state(), PortalState::Open);
		// One buyer of both says it once.
		let buyer = visitor(1);
		sell_world(a, &carol(), &buyer);
		sell_world(b, &dave(), &buyer);
		assert_ok!(door.affirm(&buyer));
		expect_event(Event::Affirmed {
			portal: door.0,
			parties: [Party::SourceWorld, Party::DestinationWorld]
				.into_iter()
				.collect(),
		});
		assert_eq!(door.state(), PortalState::Open);
		assert_eq!(people().map(|who| deposits(&who)), [0; 4]);
	});
}

#[test]
fn what_comes_back_to_its_owner_needs_no_new_consent() {
	build_and_execute(|| {
		let (door, a, _) = scene();
		sell_world(a, &alice(), &carol());
		sell_world(a, &carol(), &alice());
		assert_eq!(door.state(), PortalState::Open);
		assert_noop!(door.affirm(&alice()), Error::<Test>::NothingToAffirm);
	});
}

#[test]
fn managers_come_and_go_and_the_consent_stays() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		make_manager(a, &carol());
		let door = Draft::between(a, b).proposed_by(&carol());
		assert_ok!(door.accept(&bob()));
		set_roles(a, &carol(), Roles::default());
		assert_eq!(door.state(), PortalState::Open);
		assert_noop!(door.pause(&carol()), Error::<Test>::NotAParty);
		// A manager of the buyer may affirm.
		sell_world(a, &alice(), &dave());
		make_manager(a, &alice());
		assert_ok!(door.affirm(&alice()));
		assert_eq!(deposits(&carol()), 0);
		assert_eq!(door.payers()[0].as_ref().unwrap().0, alice());
	});
}

#[test]
fn fails_when_it_is_not_in_force_or_over() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		assert_noop!(Door(0).affirm(&alice()), Error::<Test>::UnknownPortal);
		let door = Draft::between(a, b).proposed_by(&alice());
		assert_noop!(door.affirm(&bob()), Error::<Test>::NotInForce);
		let door = Draft::between(a, b)
			.with(|terms| terms.expires_at = Some(5))
			.opened();
		sell_world(a, &alice(), &carol());
		run_to_block(5);
		assert_noop!(door.affirm(&carol()), Error::<Test>::PortalOver);
	});
}

#[test]
fn a_stale_portal_that_is_closing_may_be_affirmed_to_the_end() {
	build_and_execute(|| {
		let (door, a, _) = scene();
		assert_ok!(door.close(&bob()));
		sell_world(a, &alice(), &carol());
		assert_ok!(door.affirm(&carol()));
		assert_eq!(door.state(), PortalState::Closing);
		pass(NOTICE);
		assert_noop!(door.affirm(&carol()), Error::<Test>::PortalOver);
		assert_ok!(door.reap());
		assert_eq!(deposits(&carol()), 0);
	});
}

#[test]
fn agreeing_to_other_terms_wakes_it_too_and_takes_the_deposit_over() {
	build_and_execute(|| {
		let (door, a, _) = scene();
		let paid = deposits(&alice());
		sell_world(a, &alice(), &carol());
		assert_ok!(door.amend(&carol(), |terms| terms.notice = 10));
		assert_eq!(door.state(), PortalState::Stale);
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Open);
		assert_eq!((deposits(&alice()), deposits(&carol())), (0, paid));
	});
	build_and_execute(|| {
		let (door, a, _) = scene();
		let paid = deposits(&alice());
		sell_world(a, &alice(), &carol());
		assert_ok!(door.amend(&bob(), |terms| terms.notice = 10));
		assert_ok!(door.accept(&carol()));
		assert_eq!(door.state(), PortalState::Open);
		assert_eq!((deposits(&alice()), deposits(&carol())), (0, paid));
	});
}
