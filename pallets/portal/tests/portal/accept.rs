use crate::support::*;

#[test]
fn the_last_consent_opens() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).proposed_by(&alice());
		let offers = deposits(&alice()) - door.payers()[0].as_ref().unwrap().1;
		assert!(offers > 0);
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Open);
		expect_event(Event::Consented {
			portal: door.0,
			version: 1,
			parties: Parties::default()
				.with(Party::SourceWorld)
				.with(Party::DestinationWorld),
		});
		expect_event(Event::Opened {
			portal: door.0,
			version: 1,
		});
		// The deposit of the offer is back; each side pays for its own end.
		let [source, destination] = door.payers().map(Option::unwrap);
		assert_eq!((deposits(&alice()), alice()), (source.1, source.0));
		assert_eq!((deposits(&bob()), bob()), (destination.1, destination.0));
		assert_eq!(Portal::api_from(a).unwrap(), vec![door.view()]);
		assert_eq!(Portal::api_to(b).unwrap(), vec![door.view()]);
		assert_eq!(ProposalsOf::<Test>::iter().count(), 0);
	});
}

#[test]
fn fails_when_it_is_not_what_was_offered() {
	build_and_execute(|| {
		let door = Draft::new().proposed_by(&alice());
		let accept = |id, version| Portal::accept(by(&bob()), id, version);
		for version in [0, 2, Version::MAX] {
			assert_noop!(accept(door.0, version), Error::<Test>::WrongVersion);
		}
		assert_noop!(accept(99, 1), Error::<Test>::UnknownPortal);
		assert_ok!(accept(door.0, 1));
		assert_noop!(accept(door.0, 1), Error::<Test>::NoOffer);
	});
}

#[test]
fn fails_when_the_signer_has_no_say_or_has_had_it() {
	build_and_execute(|| {
		let door = Draft::new().proposed_by(&alice());
		assert_noop!(door.accept(&carol()), Error::<Test>::NotAParty);
		assert_noop!(door.accept(&alice()), Error::<Test>::AlreadyConsented);
		assert_noop!(Portal::accept(root(), door.0, 1), Error::<Test>::NotAParty);
		assert_eq!(door.state(), PortalState::Proposed);
	});
}

#[test]
fn a_second_voice_of_the_same_side_is_no_second_consent() {
	build_and_execute(|| {
		let draft = Draft::new();
		make_manager(draft.source.metaverse, &carol());
		let door = draft.proposed_by(&carol());
		assert_noop!(door.accept(&alice()), Error::<Test>::AlreadyConsented);
		assert_ok!(door.accept(&bob()));
	});
}

#[test]
fn boundary_of_the_offer_lifetime() {
	build_and_execute(|| {
		let draft = Draft::new();
		let door = draft.proposed_by(&alice());
		let late = draft.proposed_by(&alice());
		pass(OFFER_LIFETIME - 1);
		assert_ok!(door.accept(&bob()));
		assert_eq!(late.state(), PortalState::Proposed);
		assert_noop!(late.reap(), Error::<Test>::NotOver);
		pass(1);
		assert_eq!(late.state(), PortalState::Expired);
		assert_noop!(late.accept(&bob()), Error::<Test>::OfferExpired);
		// The other side may still ask anew, or anybody removes it.
		undone(|| {
			assert_ok!(late.amend(&bob(), |_| ()));
			assert_eq!(late.state(), PortalState::Proposed);
			assert_ok!(late.accept(&alice()));
			check_state();
		});
		assert_ok!(late.reap());
		assert!(!late.exists());
		assert_eq!(deposits(&alice()), door.payers()[0].as_ref().unwrap().1);
	});
}

#[test]
fn fails_when_the_terms_are_over_before_all_have_agreed() {
	build_and_execute(|| {
		let door = Draft::new()
			.with(|terms| terms.expires_at = Some(6))
			.proposed_by(&alice());
		run_to_block(6);
		assert_noop!(door.accept(&bob()), Error::<Test>::ExpiresInPast);
		run_to_block(1 + OFFER_LIFETIME);
		assert_ok!(door.reap());
	});
}

#[test]
fn fails_when_an_end_is_gone() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).proposed_by(&bob());
		assert_ok!(Metaverse::close(by(&alice()), a));
		assert_eq!(door.state(), PortalState::Gone);
		assert_noop!(door.accept(&bob()), Error::<Test>::UnknownMetaverse);
		assert_noop!(door.amend(&bob(), |_| ()), Error::<Test>::UnknownMetaverse);
		assert_ok!(door.reap());

		let c = world(&alice());
		let land = parcel(c, &alice(), 0);
		let door = Draft::on_land((c, Some(land)), (b, None)).proposed_by(&bob());
		assert_ok!(Land::split(by(&alice()), c, land, Cut::Row(1)));
		assert_eq!(door.state(), PortalState::Gone);
		assert_noop!(door.accept(&alice()), Error::<Test>::UnknownParcel);
		assert_ok!(door.reap());
		assert_eq!(deposits(&bob()), 0);
	});
}

#[test]
fn fails_when_a_payee_could_not_receive_its_share() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		// A share of each world below the least balance of the asset.
		let small = |terms: &mut Terms<_>| {
			let toll = terms.toll.as_mut().unwrap();
			toll.amount = 3 * STABLE_MIN;
			toll.split = split(300_000, 300_000, 400_000);
		};
		let door = Draft::between(a, b)
			.tolled(&stable())
			.with(small)
			.proposed_by(&alice());
		assert_noop!(door.accept(&bob()), Error::<Test>::PayeeCannotReceive);
		send(&stable(), &alice(), &purse(a), STABLE_MIN);
		assert_noop!(door.accept(&bob()), Error::<Test>::PayeeCannotReceive);
		send(&stable(), &alice(), &purse(b), STABLE_MIN);
		assert_ok!(door.accept(&bob()));
	});
}

#[test]
fn what_a_former_owner_agreed_to_binds_nobody() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).proposed_by(&alice());
		sell_world(a, &alice(), &carol());
		// All have agreed, but one of them for a world that she has sold.
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Proposed);
		assert_noop!(door.accept(&alice()), Error::<Test>::NotAParty);
		assert_ok!(door.accept(&carol()));
		assert_eq!(door.state(), PortalState::Open);
		// Carol pays for what is hers now, and Alice has everything back.
		assert_eq!(deposits(&alice()), 0);
		assert_eq!(door.payers()[0].as_ref().unwrap().0, carol());
	});
}

#[test]
fn fails_when_the_network_does_not_trust_the_asset_any_more() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let running = Draft::between(a, b).tolled(&stable()).opened();
		let door = Draft::between(a, b).tolled(&stable()).proposed_by(&alice());
		assert_ok!(Escrow::set_asset(root(), stable(), None));
		assert_noop!(door.accept(&bob()), Error::<Test>::AssetNotAccepted);
		// What was agreed to goes on.
		assert_ok!(running.travel(&carol()));
		assert_ok!(running.admit(&bob(), &carol()));
	});
}
