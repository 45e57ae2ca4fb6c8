use crate::support::*;

#[test]
fn a_pass_holds_the_toll_and_a_deposit() {
	on_both(|asset| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).tolled(&asset).opened();
		let (had, total) = (wealth(&asset, &carol()), wealth(&native(), &carol()));
		assert_ok!(door.travel(&carol()));
		expect_event(Event::Travelled {
			portal: door.0,
			who: carol(),
			way: Way::There,
			toll: Some((asset.clone(), TOLL)),
			valid_until: now() + PASS_LIFETIME,
		});
		assert_eq!(held_for(HoldReason::Toll, &asset, &carol()), TOLL);
		let deposit = held_for(HoldReason::Pass, &native(), &carol());
		assert!(deposit > PORTAL_DEPOSIT);
		assert_eq!(
			held(&carol()),
			deposit + if asset == native() { TOLL } else { 0 }
		);
		// Nobody has got anything yet.
		assert_eq!(wealth(&asset, &carol()), had);
		assert_eq!(wealth(&native(), &carol()), total);
		assert_eq!(
			door.pass(&carol()),
			Some(PassView {
				portal: door.0,
				way: Way::There,
				from: a,
				to: Some(b),
				state: PassState::Valid,
				valid_until: now() + PASS_LIFETIME,
				toll: Some((asset, TOLL)),
			})
		);
	});
}

#[test]
fn the_first_pass_is_the_only_one_until_it_is_used_or_over() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_ok!(door.travel(&carol()));
		assert_noop!(door.travel(&carol()), Error::<Test>::AlreadyHasPass);
		// Others have their own.
		assert_ok!(door.travel(&dave()));
		assert_ok!(door.admit(&bob(), &carol()));
		assert_ok!(door.travel(&carol()));
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Valid);
		pass(PASS_LIFETIME - 1);
		assert_noop!(door.travel(&carol()), Error::<Test>::AlreadyHasPass);
		pass(1);
		assert_ok!(door.travel(&carol()));
		assert_eq!(
			door.pass(&carol()).unwrap().valid_until,
			now() + PASS_LIFETIME
		);
	});
}

#[test]
fn a_new_pass_settles_the_old_one_first() {
	on_both(|asset| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).tolled(&asset).opened();
		let had = wealth(&asset, &purse(a));
		assert_ok!(door.travel(&carol()));
		let deposit = held_for(HoldReason::Pass, &native(), &carol());
		pass(PASS_LIFETIME);
		assert_ok!(door.travel(&carol()));
		assert_eq!(wealth(&asset, &purse(a)), had + WORLDS);
		assert_eq!(held_for(HoldReason::Toll, &asset, &carol()), TOLL);
		assert_eq!(held_for(HoldReason::Pass, &native(), &carol()), deposit);
	});
}

#[test]
fn boundary_of_the_callers_limit() {
	on_both(|asset| {
		let door = Draft::new().tolled(&asset).opened();
		let travel = |max| door.travel_with(&carol(), Way::There, max, Proof::None);
		for max in [0, 1, TOLL - 1] {
			assert_noop!(travel(max), Error::<Test>::TollAboveLimit);
		}
		assert_ok!(travel(TOLL));
	});
	build_and_execute(|| {
		let door = Draft::new().opened();
		assert_ok!(door.travel_with(&carol(), Way::There, 0, Proof::None));
	});
}

#[test]
fn fails_when_the_version_is_not_the_one_in_force() {
	on_both(|asset| {
		let door = Draft::new().opened();
		let travel = |version| {
			Portal::travel(
				by(&carol()),
				door.0,
				version,
				Way::There,
				Balance::MAX,
				Proof::None,
			)
		};
		for version in [0, 2, Version::MAX] {
			assert_noop!(travel(version), Error::<Test>::WrongVersion);
		}
		assert_ok!(door.amend(&alice(), |terms| terms.toll = Some(toll(&asset))));
		assert_noop!(travel(2), Error::<Test>::WrongVersion);
		assert_ok!(door.accept(&bob()));
		// Signed before, and sent again after the toll was put up.
		assert_noop!(travel(1), Error::<Test>::WrongVersion);
		assert_ok!(travel(2));
	});
}

#[test]
fn fails_when_it_leads_the_other_way() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let one_way = Draft::between(a, b).opened();
		assert_noop!(one_way.travel_back(&carol()), Error::<Test>::WrongWay);
		let both = Draft::between(a, b).two_way().opened();
		assert_ok!(both.travel_back(&carol()));
		let pass = both.pass(&carol()).unwrap();
		assert_eq!((pass.way, pass.from, pass.to), (Way::Back, b, Some(a)));
		// One pass for each portal, whichever way.
		assert_noop!(both.travel(&carol()), Error::<Test>::AlreadyHasPass);
	});
}

#[test]
fn fails_when_there_is_nothing_to_go_through() {
	build_and_execute(|| {
		let travel =
			|id| Portal::travel(by(&carol()), id, 1, Way::There, Balance::MAX, Proof::None);
		assert_noop!(travel(0), Error::<Test>::UnknownPortal);
		let door = Draft::new().proposed_by(&alice());
		assert_noop!(travel(door.0), Error::<Test>::NotInForce);
		assert_noop!(
			Portal::travel(root(), 0, 1, Way::There, 0, Proof::None),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn fails_when_a_metaverse_is_suspended() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).two_way().opened();
		for metaverse in [a, b] {
			undone(|| {
				suspend(metaverse, 10);
				assert_eq!(door.state(), PortalState::Suspended);
				for way in [Door::travel, Door::travel_back] {
					assert_noop!(
						way(door, &carol()),
						pallet_metaverse::Error::<Test>::Suspended
					);
				}
				// The sides may still come to terms, and it ends by itself.
				assert_ok!(door.amend(&alice(), |terms| terms.notice = 10));
				assert_ok!(door.accept(&bob()));
				pass(10);
				assert_ok!(door.travel(&carol()));
				check_state();
			});
		}
	});
}

#[test]
fn a_suspension_takes_no_pass_away() {
	on_both(|asset| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).tolled(&asset).opened();
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.travel(&dave()));
		suspend(b, 50);
		let had = wealth(&asset, &dave());
		assert_ok!(door.admit(&bob(), &carol()));
		assert_ok!(door.refuse(&bob(), &dave()));
		assert_eq!(balance(&asset, &dave()), had);
	});
}

#[test]
fn fails_when_the_visitor_cannot_pay() {
	on_both(|asset| {
		let door = Draft::new().tolled(&asset).opened();
		let poor = stranger(1);
		let deposit = undone(|| {
			assert_ok!(door.travel(&carol()));
			held_for(HoldReason::Pass, &native(), &carol())
		});
		let least = if asset == native() {
			EXISTENTIAL
		} else {
			STABLE_MIN
		};
		send(&native(), &alice(), &poor, deposit + EXISTENTIAL - 1);
		assert_noop!(door.travel(&poor), Error::<Test>::DepositNotCovered);
		send(&native(), &alice(), &poor, 1);
		assert_noop!(door.travel(&poor), Error::<Test>::TollNotCovered);
		let missing = if asset == native() {
			TOLL - 1
		} else {
			TOLL + least - 1
		};
		send(&asset, &alice(), &poor, missing);
		assert_noop!(door.travel(&poor), Error::<Test>::TollNotCovered);
		send(&asset, &alice(), &poor, 1);
		assert_ok!(door.travel(&poor));
		assert_eq!(balance(&asset, &poor), least);
	});
}

#[test]
fn a_frozen_asset_takes_no_toll() {
	build_and_execute(|| {
		let door = Draft::new().tolled(&stable()).opened();
		assert_ok!(Assets::freeze_asset(by(&issuer()), STABLE));
		assert_noop!(door.travel(&carol()), Error::<Test>::TollNotCovered);
		assert_ok!(Assets::thaw_asset(by(&issuer()), STABLE));
		assert_ok!(Assets::freeze(by(&issuer()), STABLE, carol()));
		assert_noop!(door.travel(&carol()), Error::<Test>::TollNotCovered);
		assert_ok!(door.travel(&dave()));
	});
}

#[test]
fn a_record_that_lost_its_bucket_is_reported() {
	build_and_execute(|| {
		let door = Draft::new()
			.with(|terms| {
				terms.rate = Some(Rate {
					refill: 1,
					window: 5,
					burst: 2,
				})
			})
			.opened();
		undone(|| {
			Buckets::<Test>::remove(door.0);
			assert_noop!(door.travel(&carol()), Error::<Test>::Inconsistent);
		});
	});
}
