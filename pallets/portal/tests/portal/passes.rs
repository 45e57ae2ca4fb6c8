//! `admit`, `refuse` and `reap_pass`.

use crate::support::*;

#[test]
fn who_is_admitted_has_paid() {
	on_both(|asset| {
		let (door, a, b) = toll_road(&asset);
		let had = [carol(), purse(a), purse(b), treasury()].map(|who| wealth(&asset, &who));
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.admit(&bob(), &carol()));
		expect_event(Event::Admitted {
			portal: door.0,
			who: carol(),
		});
		expect_event(Event::TollSettled {
			portal: door.0,
			who: carol(),
			asset: asset.clone(),
			source: WORLDS,
			destination: WORLDS,
			network: NETWORKS,
			returned: 0,
		});
		let has = [carol(), purse(a), purse(b), treasury()].map(|who| wealth(&asset, &who));
		assert_eq!(
			has,
			[
				had[0] - TOLL,
				had[1] + WORLDS,
				had[2] + WORLDS,
				had[3] + NETWORKS
			]
		);
		assert_eq!(held_for(HoldReason::Toll, &asset, &carol()), 0);
		let pass_ = door.pass(&carol()).unwrap();
		assert_eq!((pass_.state, pass_.toll), (PassState::Used, None));
		// The deposit waits for the end of the pass.
		assert!(held_for(HoldReason::Pass, &native(), &carol()) > 0);
		assert_noop!(door.reap_pass(&carol()), Error::<Test>::PassNotOver);
		pass(PASS_LIFETIME);
		assert_ok!(door.reap_pass(&carol()));
		assert_eq!(held_for(HoldReason::Pass, &native(), &carol()), 0);
		assert_eq!(wealth(&asset, &carol()), had[0] - TOLL);
	});
}

#[test]
fn who_is_refused_has_everything_back() {
	on_both(|asset| {
		let (door, ..) = toll_road(&asset);
		let before = everybody();
		assert_ok!(door.travel(&carol()));
		assert_ne!(everybody(), before);
		assert_ok!(door.refuse(&bob(), &carol()));
		expect_event(Event::Refused {
			portal: door.0,
			who: carol(),
		});
		expect_event(Event::PassRemoved {
			portal: door.0,
			who: carol(),
		});
		assert_eq!(everybody(), before);
		assert_eq!(door.pass(&carol()), None);
		assert_ok!(door.travel(&carol()));
	});
}

#[test]
fn a_pass_back_is_checked_where_it_leads() {
	on_both(|asset| {
		let (door, ..) = toll_road(&asset);
		assert_ok!(door.travel_back(&carol()));
		assert_noop!(door.admit(&bob(), &carol()), Error::<Test>::NotGatekeeper);
		assert_noop!(door.refuse(&bob(), &carol()), Error::<Test>::NotGatekeeper);
		assert_ok!(door.admit(&alice(), &carol()));
	});
}

#[test]
fn a_pass_is_used_once() {
	on_both(|asset| {
		let (door, ..) = toll_road(&asset);
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.admit(&bob(), &carol()));
		assert_noop!(door.admit(&bob(), &carol()), Error::<Test>::PassUsed);
		assert_noop!(door.refuse(&bob(), &carol()), Error::<Test>::PassUsed);
		pass(PASS_LIFETIME);
		assert_noop!(door.admit(&bob(), &carol()), Error::<Test>::PassOver);
	});
}

#[test]
fn boundary_of_the_lifetime() {
	on_both(|asset| {
		let (door, a, _) = toll_road(&asset);
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.travel(&dave()));
		pass(PASS_LIFETIME - 1);
		assert_noop!(door.reap_pass(&carol()), Error::<Test>::PassNotOver);
		undone(|| assert_ok!(door.admit(&bob(), &carol())));
		undone(|| assert_ok!(door.refuse(&bob(), &carol())));
		pass(1);
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Over);
		assert_noop!(door.admit(&bob(), &carol()), Error::<Test>::PassOver);
		assert_noop!(door.refuse(&bob(), &carol()), Error::<Test>::PassOver);
		// What nobody refused in time is paid out.
		let had = [carol(), purse(a)].map(|who| wealth(&asset, &who));
		assert_ok!(door.reap_pass(&carol()));
		let has = [carol(), purse(a)].map(|who| wealth(&asset, &who));
		assert_eq!(has, [had[0] - TOLL, had[1] + WORLDS]);
		assert_eq!(held(&carol()) + on_hold(&asset, &carol()), 0);
		assert_noop!(door.reap_pass(&carol()), Error::<Test>::NoPass);
	});
}

#[test]
fn fails_when_there_is_no_pass() {
	build_and_execute(|| {
		let (door, ..) = toll_road(&native());
		assert_noop!(door.admit(&bob(), &carol()), Error::<Test>::NoPass);
		assert_noop!(door.refuse(&bob(), &carol()), Error::<Test>::NoPass);
		assert_noop!(door.reap_pass(&carol()), Error::<Test>::NoPass);
		assert_noop!(
			Portal::reap_pass(root(), door.0, carol()),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn fails_when_somebody_else_keeps_the_gate() {
	build_and_execute(|| {
		let (door, _, b) = toll_road(&native());
		assert_ok!(door.travel(&carol()));
		for who in [alice(), carol(), dave()] {
			assert_noop!(door.admit(&who, &carol()), Error::<Test>::NotGatekeeper);
			assert_noop!(door.refuse(&who, &carol()), Error::<Test>::NotGatekeeper);
		}
		assert_noop!(
			Portal::admit(root(), door.0, carol()),
			Error::<Test>::NotGatekeeper
		);
		// A server signs with a key that may do nothing else.
		make_manager(b, &dave());
		assert_ok!(door.admit(&dave(), &carol()));
	});
}

#[test]
fn passes_outlive_pause_closing_and_removal() {
	on_both(|asset| {
		let (door, a, b) = toll_road(&asset);
		let had = [purse(a), purse(b)].map(|who| wealth(&asset, &who));
		assert_ok!(door.close(&alice()));
		pass(NOTICE - 1);
		for who in [carol(), dave()] {
			assert_ok!(door.travel(&who));
		}
		assert_ok!(door.pause(&alice()));
		pass(1);
		assert_ok!(door.reap());
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Valid);
		assert_ok!(door.admit(&bob(), &carol()));
		assert_ok!(door.refuse(&bob(), &dave()));
		let has = [purse(a), purse(b)].map(|who| wealth(&asset, &who));
		assert_eq!(has, had.map(|had| had + WORLDS));
		assert_eq!(on_hold(&asset, &dave()), 0);
		pass(PASS_LIFETIME);
		assert_ok!(door.reap_pass(&carol()));
	});
}

#[test]
fn the_new_owner_keeps_the_gate() {
	on_both(|asset| {
		let (door, _, b) = toll_road(&asset);
		assert_ok!(door.travel(&carol()));
		sell_world(b, &bob(), &dave());
		assert_noop!(door.admit(&bob(), &carol()), Error::<Test>::NotGatekeeper);
		assert_ok!(door.admit(&dave(), &carol()));
	});
}

#[test]
fn a_free_pass_moves_no_money() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		let before = everybody();
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.admit(&bob(), &carol()));
		pass(PASS_LIFETIME);
		assert_ok!(door.reap_pass(&carol()));
		assert_eq!(everybody(), before);
	});
}

#[test]
fn a_pass_to_a_metaverse_that_was_closed_pays_who_is_left() {
	on_both(|asset| {
		let (door, a, b) = toll_road(&asset);
		assert_ok!(door.close(&bob()));
		pass(NOTICE - 1);
		assert_ok!(door.travel(&carol()));
		pass(1);
		assert_ok!(door.reap());
		assert_ok!(Metaverse::close(by(&bob()), b));
		// Nobody is left who could admit or refuse.
		for who in [alice(), bob()] {
			assert_noop!(door.refuse(&who, &carol()), Error::<Test>::NotGatekeeper);
		}
		pass(PASS_LIFETIME);
		let had = [carol(), purse(a), purse(b)].map(|who| wealth(&asset, &who));
		assert_ok!(door.reap_pass(&carol()));
		let has = [carol(), purse(a), purse(b)].map(|who| wealth(&asset, &who));
		assert_eq!(
			has,
			[had[0] - WORLDS - NETWORKS, had[1] + WORLDS, had[2]],
			"the share of the closed one goes back to the visitor"
		);
	});
}
