//! Storage deposits: who pays, how much, and that all of it comes back.

use crate::support::*;
use codec::Encode;
use frame_support::traits::ReservableCurrency;

#[test]
fn every_way_to_the_end_gives_everything_back() {
	type WayToTheEnd = (&'static str, fn() -> Door);
	let ways: [WayToTheEnd; 6] = [
		("taken back", || {
			let door = Draft::new().proposed_by(&alice());
			assert_ok!(door.close(&alice()));
			door
		}),
		("turned down", || {
			let door = Draft::new().proposed_by(&alice());
			assert_ok!(door.close(&bob()));
			door
		}),
		("lapsed", || {
			let door = Draft::new().proposed_by(&alice());
			pass(OFFER_LIFETIME);
			assert_ok!(door.reap());
			door
		}),
		("closed", || {
			let door = Draft::new().opened();
			assert_ok!(door.close(&alice()));
			pass(NOTICE);
			assert_ok!(door.reap());
			door
		}),
		("expired with an offer that waits", || {
			let door = Draft::new()
				.with(|terms| terms.expires_at = Some(9))
				.opened();
			assert_ok!(door.amend(&bob(), |terms| terms.expires_at = Some(99)));
			run_to_block(9);
			assert_ok!(door.reap());
			door
		}),
		("amended, closed and removed by a side", || {
			let door = Draft::new().opened();
			assert_ok!(door.amend(&bob(), |terms| terms.notice = 20));
			assert_ok!(door.accept(&alice()));
			assert_ok!(door.close(&bob()));
			pass(20);
			assert_ok!(door.close(&alice()));
			door
		}),
	];
	for (name, way) in ways {
		build_and_execute(|| {
			let worlds = undone(|| {
				Draft::new();
				people().map(|who| free(&who))
			});
			let door = way();
			assert!(!door.exists(), "{name}");
			assert_eq!(people().map(|who| free(&who)), worlds, "{name}");
			assert_eq!(people().map(|who| deposits(&who)), [0; 4], "{name}");
		});
	}
}

#[test]
fn an_end_costs_the_same_under_any_terms() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&alice()));
		let plain = Draft::between(a, b).opened();
		let rich = Draft::between(a, b)
			.two_way()
			.tolled(&stable())
			.with(|terms| {
				terms.expires_at = Some(1_000);
				terms.access = Access::Allowlist {
					root: H256::zero(),
					leaves: 9,
				};
				terms.rate = Some(Rate {
					refill: 1,
					window: 1,
					burst: 1,
				});
			})
			.opened();
		assert_eq!(plain.payers(), rich.payers());
		let before = deposits(&alice());
		assert_ok!(plain.amend(&alice(), |terms| terms.toll = Some(toll(&native()))));
		assert_eq!(deposits(&alice()), before);
	});
}

#[test]
fn the_bytes_of_a_uri_are_paid_for() {
	build_and_execute(|| {
		let a = world(&alice());
		// What is paid for an address of so many bytes, and what the record of the portal takes.
		let paid_and_stored = |len: usize| {
			let mut draft = Draft::out_of(a);
			draft.destination = DestinationInput::External {
				uri: vec![b'u'; len],
				manifest: H256::zero(),
			};
			undone(|| {
				let door = draft.opened();
				let portal = Portals::<Test>::get(door.0).unwrap();
				(deposits(&alice()), portal.encoded_size() as Balance)
			})
		};
		let (least, _) = paid_and_stored(1);
		for len in [1, 64, 256] {
			let (paid, stored) = paid_and_stored(len);
			assert_eq!(paid, least + (len as Balance - 1) * BYTE_DEPOSIT);
			assert!(paid > PORTAL_DEPOSIT + stored * BYTE_DEPOSIT);
		}
	});
}

#[test]
fn fails_when_somebody_cannot_pay() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let poor = stranger(1);
		send(&native(), &alice(), &poor, EXISTENTIAL + 1);
		for metaverse in [a, b] {
			make_manager(metaverse, &poor);
		}
		let draft = Draft::between(a, b);
		assert_noop!(draft.propose_by(&poor), Error::<Test>::DepositNotCovered);
		let door = draft.proposed_by(&alice());
		assert_noop!(door.accept(&poor), Error::<Test>::DepositNotCovered);
		assert_noop!(
			door.amend(&poor, |terms| terms.notice = 10),
			Error::<Test>::DepositNotCovered
		);
		assert_ok!(door.accept(&bob()));
		assert_noop!(
			door.amend(&poor, |terms| terms.notice = 10),
			Error::<Test>::DepositNotCovered
		);
	});
}

#[test]
fn boundary_of_what_a_proposal_costs() {
	build_and_execute(|| {
		let draft = Draft::new();
		let cost = undone(|| {
			draft.proposed_by(&alice());
			deposits(&alice())
		});
		let manager = stranger(1);
		make_manager(draft.source.metaverse, &manager);
		send(&native(), &alice(), &manager, cost + EXISTENTIAL - 1);
		assert_noop!(draft.propose_by(&manager), Error::<Test>::DepositNotCovered);
		send(&native(), &alice(), &manager, 1);
		let door = draft.proposed_by(&manager);
		assert_eq!(free(&manager), EXISTENTIAL);
		assert_ok!(door.close(&bob()));
		assert_eq!(free(&manager), cost + EXISTENTIAL);
	});
}

#[test]
fn a_deposit_that_another_pallet_ate_keeps_nobody_from_anything() {
	// The mock's own check that every hold is covered does not apply here.
	new_test_ext().execute_with(|| {
		// Dave and Carol have nothing else on hold.
		let draft = Draft::new();
		make_manager(draft.source.metaverse, &dave());
		let door = draft.proposed_by(&dave());
		assert_ok!(door.accept(&bob()));
		assert_ok!(door.travel(&carol()));
		for who in [dave(), carol()] {
			assert_eq!(<Balances as ReservableCurrency<_>>::unreserve(&who, 1), 0);
		}
		Portal::do_try_state().expect("the equations of portals hold");
		assert_ok!(door.close(&bob()));
		pass(PASS_LIFETIME);
		assert_ok!(door.reap());
		assert_ok!(door.reap_pass(&carol()));
		for who in [dave(), carol()] {
			expect_event(Event::DepositMissing { who, missing: 1 });
		}
		assert_eq!(deposits(&bob()), 0);
		Portal::do_try_state().expect("the equations of portals hold");
	});
}
