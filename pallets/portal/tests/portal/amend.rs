use crate::support::*;

#[test]
fn terms_in_force_stay_until_all_agree_to_others() {
	on_both(|asset| {
		let door = Draft::new().opened();
		assert_ok!(door.amend(&bob(), |terms| terms.toll = Some(toll(&asset))));
		assert_eq!((door.version(), door.offered()), (1, 2));
		assert_eq!(door.terms().toll, None);
		assert_ok!(door.travel(&carol()));
		assert_eq!(door.pass(&carol()).unwrap().toll, None);
		assert_ok!(door.accept(&alice()));
		expect_event(Event::TermsChanged {
			portal: door.0,
			version: 2,
		});
		assert_eq!(door.version(), 2);
		assert_eq!(door.terms().toll, Some(toll(&asset)));
		assert_ok!(door.travel(&dave()));
		assert_eq!(door.pass(&dave()).unwrap().toll, Some((asset, TOLL)));
	});
}

#[test]
fn whoever_speaks_for_all_changes_the_terms_alone() {
	build_and_execute(|| {
		let door = Draft::between(world(&alice()), world(&alice())).opened();
		let before = deposits(&alice());
		assert_ok!(door.amend(&alice(), |terms| terms.direction = Direction::TwoWay));
		assert_eq!(door.version(), 2);
		assert_ok!(door.travel_back(&carol()));
		assert_eq!(deposits(&alice()), before);
	});
}

#[test]
fn an_offer_replaces_the_one_before_and_its_deposit_goes_back() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		let before = [alice(), bob()].map(|who| deposits(&who));
		assert_ok!(door.amend(&bob(), |terms| terms.notice = 10));
		assert!(deposits(&bob()) > before[1]);
		assert_ok!(door.amend(&alice(), |terms| terms.notice = 11));
		expect_event(Event::OfferRemoved {
			portal: door.0,
			version: 2,
		});
		assert_eq!(deposits(&bob()), before[1]);
		let offers = deposits(&alice()) - before[0];
		assert!(offers > 0);
		// What Alice had replaced cannot be agreed to any more.
		assert_noop!(
			Portal::accept(by(&alice()), door.0, 2),
			Error::<Test>::WrongVersion
		);
		assert_ok!(Portal::accept(by(&bob()), door.0, 3));
		assert_eq!(door.terms().notice, 11);
		assert_eq!([alice(), bob()].map(|who| deposits(&who)), before);
	});
}

#[test]
fn other_terms_for_what_is_only_proposed() {
	build_and_execute(|| {
		let door = Draft::new().proposed_by(&alice());
		assert_ok!(door.amend(&bob(), |terms| terms.notice = 10));
		// Alice had agreed to the first terms, not to these.
		assert_noop!(door.accept(&bob()), Error::<Test>::AlreadyConsented);
		assert_noop!(
			Portal::accept(by(&alice()), door.0, 1),
			Error::<Test>::WrongVersion
		);
		assert_ok!(door.accept(&alice()));
		assert_eq!((door.version(), door.terms().notice), (2, 10));
	});
}

#[test]
fn an_offer_that_lapses_leaves_the_portal_as_it_is() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		let before = deposits(&alice());
		assert_ok!(door.amend(&alice(), |terms| terms.notice = 10));
		pass(OFFER_LIFETIME - 1);
		assert_noop!(door.reap(), Error::<Test>::NotOver);
		pass(1);
		assert_noop!(door.accept(&bob()), Error::<Test>::OfferExpired);
		assert_ok!(door.reap());
		expect_event(Event::OfferRemoved {
			portal: door.0,
			version: 2,
		});
		assert_eq!(door.state(), PortalState::Open);
		assert_eq!(deposits(&alice()), before);
		assert_noop!(door.accept(&bob()), Error::<Test>::NoOffer);
		assert_noop!(door.reap(), Error::<Test>::NotOver);
		// Its number is not given to the next offer.
		assert_ok!(door.amend(&alice(), |terms| terms.notice = 11));
		assert_eq!(door.offered(), 3);
	});
}

#[test]
fn the_indexes_follow_the_terms() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let doors = [0, 1, 2].map(|_| Draft::between(a, b).opened());
		assert_ok!(doors[1].amend(&alice(), |terms| {
			terms.direction = Direction::TwoWay;
			terms.toll = Some(toll(&native()));
			terms.access = Access::Allowlist {
				root: H256::zero(),
				leaves: 1,
			};
		}));
		assert_ok!(doors[1].accept(&bob()));
		for links in [PortalsFrom::<Test>::get(a), PortalsTo::<Test>::get(b)] {
			let changed: Vec<_> = links
				.iter()
				.map(|link| {
					(
						link.portal,
						link.two_way,
						link.for_everyone,
						link.toll.is_some(),
					)
				})
				.collect();
			assert_eq!(
				changed,
				[
					(0, false, true, false),
					(1, true, false, true),
					(2, false, true, false)
				]
			);
		}
	});
}

#[test]
fn a_pause_outlives_other_terms() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_ok!(door.pause(&bob()));
		assert_ok!(door.amend(&alice(), |terms| terms.notice = 10));
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Paused);
		assert_ok!(door.resume(&bob()));
		assert_eq!(door.state(), PortalState::Open);
	});
}

#[test]
fn a_longer_term_is_agreed_to_before_the_end() {
	build_and_execute(|| {
		let door = Draft::new()
			.with(|terms| terms.expires_at = Some(10))
			.opened();
		run_to_block(9);
		assert_ok!(door.amend(&alice(), |terms| terms.expires_at = Some(100)));
		undone(|| {
			assert_ok!(door.accept(&bob()));
			run_to_block(99);
			assert_eq!(door.state(), PortalState::Open);
		});
		run_to_block(10);
		assert_noop!(door.accept(&bob()), Error::<Test>::PortalOver);
		assert_noop!(door.amend(&bob(), |_| ()), Error::<Test>::PortalOver);
		// What is over goes with its offer.
		assert_ok!(door.reap());
		assert_eq!(deposits(&alice()) + deposits(&bob()), 0);
	});
}

#[test]
fn fails_when_it_is_closing() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_ok!(door.amend(&alice(), |terms| terms.notice = 10));
		assert_ok!(door.close(&bob()));
		expect_event(Event::OfferRemoved {
			portal: door.0,
			version: 2,
		});
		assert_noop!(door.accept(&bob()), Error::<Test>::NoOffer);
		assert_noop!(door.amend(&alice(), |_| ()), Error::<Test>::AlreadyClosing);
		pass(NOTICE);
		assert_noop!(door.amend(&alice(), |_| ()), Error::<Test>::PortalOver);
	});
}

#[test]
fn fails_when_the_signer_has_no_say_or_the_terms_are_bad() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_noop!(door.amend(&carol(), |_| ()), Error::<Test>::NotAParty);
		assert_noop!(
			Portal::amend(by(&alice()), 99, plain_terms()),
			Error::<Test>::UnknownPortal
		);
		assert_noop!(
			door.amend(&alice(), |terms| terms.notice = 0),
			Error::<Test>::BadNotice
		);
		assert_noop!(
			door.amend(&alice(), |terms| terms.expires_at = Some(now())),
			Error::<Test>::ExpiresInPast
		);
		// An offer that stands is not lost to one that is bad.
		assert_ok!(door.amend(&bob(), |terms| terms.notice = 10));
		assert_noop!(
			door.amend(&alice(), |terms| terms.notice = 0),
			Error::<Test>::BadNotice
		);
		assert_ok!(door.accept(&alice()));
	});
}

#[test]
fn fails_when_there_are_no_more_versions() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		undone(|| {
			Portals::<Test>::mutate(door.0, |portal| {
				portal.as_mut().unwrap().version = Version::MAX
			});
			assert_noop!(door.amend(&alice(), |_| ()), Error::<Test>::Overflow);
		});
	});
}
