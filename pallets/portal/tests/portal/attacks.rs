//! Attacks and mishaps that other chains have met, by their number in the list of the design.

use crate::{access::leaf, support::*};
use binary_merkle_tree::{merkle_proof, merkle_root};
use frame_support::{
	storage::with_storage_layer,
	traits::{LockableCurrency, WithdrawReasons},
	BoundedVec,
};
use madang_primitives::portal::AllowlistLeaf;
use sp_runtime::traits::BlakeTwo256;

/// Runs something from within so many nested calls, as batches of batches do.
fn nested<R>(
	layers: u32,
	deed: impl FnOnce() -> Result<R, DispatchError>,
) -> Result<R, DispatchError> {
	match layers {
		0 => deed(),
		_ => with_storage_layer(|| nested(layers - 1, deed)),
	}
}

// 5: a toll and its pass move together, or neither does.

#[test]
fn quality_05_a_dead_payee_leaves_its_share_with_the_visitor() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b)
			.tolled(&native())
			.with(|terms| terms.toll.as_mut().unwrap().amount = 100)
			.opened();
		let other = world(&alice());
		let everything = wealth(&native(), &treasury());
		send(&native(), &treasury(), &dave(), everything);
		let payees = [carol(), purse(a), purse(b), treasury()];
		let had = fortunes(&native(), &payees);
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.admit(&bob(), &carol()));
		// Two units are too few to bring the treasury to life.
		expect_event(Event::TollSettled {
			portal: door.0,
			who: carol(),
			asset: native(),
			source: 49,
			destination: 49,
			network: 0,
			returned: 2,
		});
		assert_eq!(
			fortunes(&native(), &payees),
			[had[0] - 98, had[1] + 49, had[2] + 49, 0]
		);
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Used);
		// Nor would anybody agree to such a toll now.
		assert_noop!(
			Draft::between(a, other)
				.tolled(&native())
				.with(|terms| terms.toll.as_mut().unwrap().amount = 100)
				.propose_by(&alice()),
			Error::<Test>::PayeeCannotReceive
		);
	});
}

#[test]
fn quality_05_a_blocked_payee_holds_up_nobody_else() {
	build_and_execute(|| {
		let (door, a, b) = toll_road(&stable());
		send(&stable(), &alice(), &purse(b), STABLE_MIN);
		assert_ok!(Assets::block(by(&issuer()), STABLE, purse(b)));
		let payees = [carol(), purse(a), purse(b), treasury()];
		for over in [false, true] {
			let had = fortunes(&stable(), &payees);
			assert_ok!(door.travel(&carol()));
			if over {
				pass(PASS_LIFETIME);
				assert_ok!(door.reap_pass(&carol()));
			} else {
				assert_ok!(door.admit(&bob(), &carol()));
			}
			assert_eq!(
				fortunes(&stable(), &payees),
				[
					had[0] - WORLDS - NETWORKS,
					had[1] + WORLDS,
					had[2],
					had[3] + NETWORKS
				]
			);
			assert_eq!(on_hold(&stable(), &carol()), 0);
		}
	});
}

#[test]
fn quality_05_a_frozen_asset_moves_neither_toll_nor_pass() {
	build_and_execute(|| {
		let (door, a, b) = toll_road(&stable());
		assert_ok!(door.travel(&carol()));
		assert_ok!(Assets::freeze_asset(by(&issuer()), STABLE));
		assert_noop!(door.admit(&bob(), &carol()), Error::<Test>::TollStuck);
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Valid);
		pass(PASS_LIFETIME);
		assert_noop!(door.reap_pass(&carol()), Error::<Test>::TollStuck);
		// The portal itself is not held up.
		assert_ok!(door.close(&alice()));
		pass(NOTICE);
		assert_ok!(door.reap());
		check_state();
		assert_ok!(Assets::thaw_asset(by(&issuer()), STABLE));
		let payees = [carol(), purse(a), purse(b), treasury()];
		let had = fortunes(&stable(), &payees);
		assert_ok!(door.reap_pass(&carol()));
		assert_eq!(
			fortunes(&stable(), &payees),
			[
				had[0] - TOLL,
				had[1] + WORLDS,
				had[2] + WORLDS,
				had[3] + NETWORKS
			]
		);
	});
}

#[test]
fn quality_05_a_visitor_who_locks_everything_pays_all_the_same() {
	build_and_execute(|| {
		let (door, a, _) = toll_road(&native());
		assert_ok!(door.travel(&carol()));
		Balances::set_lock(*b"lockedup", &carol(), Balance::MAX, WithdrawReasons::all());
		let had = fortunes(&native(), &[carol(), purse(a)]);
		assert_ok!(door.admit(&bob(), &carol()));
		assert_eq!(
			fortunes(&native(), &[carol(), purse(a)]),
			[had[0] - TOLL, had[1] + WORLDS]
		);
	});
}

#[test]
fn quality_05_a_visitor_who_is_frozen_pays_what_is_on_hold() {
	build_and_execute(|| {
		let (door, a, _) = toll_road(&stable());
		assert_ok!(door.travel(&carol()));
		assert_ok!(Assets::freeze(by(&issuer()), STABLE, carol()));
		let had = fortunes(&stable(), &[carol(), purse(a)]);
		undone(|| {
			assert_ok!(door.refuse(&bob(), &carol()));
			assert_eq!(balance(&stable(), &carol()), had[0]);
			check_state();
		});
		assert_ok!(door.admit(&bob(), &carol()));
		assert_eq!(
			fortunes(&stable(), &[carol(), purse(a)]),
			[had[0] - TOLL, had[1] + WORLDS]
		);
	});
}

#[test]
fn quality_05_a_visitor_who_is_blocked_pays_too_and_is_refunded_later() {
	build_and_execute(|| {
		let (door, ..) = toll_road(&stable());
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.travel(&dave()));
		for who in [carol(), dave()] {
			assert_ok!(Assets::block(by(&issuer()), STABLE, who));
		}
		assert_ok!(door.admit(&bob(), &carol()));
		assert_ok!(door.refuse(&bob(), &dave()));
		assert_noop!(door.reap_pass(&dave()), Error::<Test>::TollStuck);
		assert_ok!(Assets::thaw(by(&issuer()), STABLE, dave()));
		assert_ok!(door.reap_pass(&dave()));
		assert_eq!(balance(&stable(), &dave()), FUNDS);
	});
}

#[test]
fn quality_05_a_pass_that_cannot_be_paid_for_is_none() {
	on_both(|asset| {
		let (door, ..) = toll_road(&asset);
		let poor = visitor(1);
		let all = balance(&asset, &poor);
		send(&asset, &poor, &dave(), all - TOLL);
		let before = (everybody(), wealth(&asset, &poor), on_hold(&asset, &poor));
		assert!(tx(|| door.travel(&poor)).is_err());
		assert_eq!(door.pass(&poor), None);
		let after = (everybody(), wealth(&asset, &poor), on_hold(&asset, &poor));
		assert_eq!(after, before);
	});
}

// 6: whoever is turned down has everything back.

#[test]
fn quality_06_who_is_refused_is_refunded_once_the_asset_is_thawed() {
	build_and_execute(|| {
		let (door, ..) = toll_road(&stable());
		let before = everybody();
		assert_ok!(door.travel(&carol()));
		assert_ok!(Assets::freeze_asset(by(&issuer()), STABLE));
		assert_ok!(door.refuse(&bob(), &carol()));
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Refused);
		for again in [door.admit(&bob(), &carol()), door.refuse(&bob(), &carol())] {
			assert_eq!(again, Err(Error::<Test>::PassRefused.into()));
		}
		assert_noop!(door.reap_pass(&carol()), Error::<Test>::TollStuck);
		assert_noop!(door.travel(&carol()), Error::<Test>::TollStuck);
		// However long that lasts, silence does not count for the destination here.
		pass(PASS_LIFETIME * 3);
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Refused);
		assert_ok!(Assets::thaw_asset(by(&issuer()), STABLE));
		assert_ok!(door.reap_pass(&carol()));
		assert_eq!(everybody(), before);
	});
}

#[test]
fn quality_06_who_is_turned_away_at_the_door_loses_nothing() {
	on_both(|asset| {
		let (door, ..) = toll_road(&asset);
		assert_ok!(door.pause(&alice()));
		let before = everybody();
		assert_noop!(door.travel(&carol()), Error::<Test>::PortalPaused);
		assert_ok!(door.resume(&alice()));
		assert_noop!(
			door.travel_with(&carol(), Way::There, TOLL - 1, Proof::None),
			Error::<Test>::TollAboveLimit
		);
		assert_noop!(
			door.travel_with(&carol(), Way::There, TOLL, Proof::Item(0)),
			Error::<Test>::WrongProofKind
		);
		assert_eq!(everybody(), before);
	});
}

#[test]
fn quality_06_offers_that_nobody_takes_cost_nothing() {
	build_and_execute(|| {
		let door = Draft::new().opened();
		let before = everybody();
		assert_ok!(door.amend(&alice(), |terms| terms.notice = 20));
		assert_ok!(door.amend(&bob(), |terms| terms.notice = 21));
		pass(OFFER_LIFETIME);
		assert_noop!(door.accept(&alice()), Error::<Test>::OfferExpired);
		assert_ok!(door.reap());
		assert_eq!(everybody(), before);
	});
}

#[test]
fn quality_06_nested_calls_cannot_fake_that_a_payee_takes_no_money() {
	on_both(|asset| {
		let (door, a, b) = toll_road(&asset);
		assert_ok!(door.travel(&carol()));
		let payees = [carol(), purse(a), purse(b), treasury()];
		let before = fortunes(&asset, &payees);
		let paid = [
			before[0] - TOLL,
			before[1] + WORLDS,
			before[2] + WORLDS,
			before[3] + NETWORKS,
		];
		// Admitted, removed by anybody after its time, and replaced by a new pass.
		let settle: [&dyn Fn() -> DispatchResult; 3] = [
			&|| door.admit(&bob(), &carol()),
			&|| {
				pass(PASS_LIFETIME);
				door.reap_pass(&carol())
			},
			&|| {
				pass(PASS_LIFETIME);
				door.travel(&carol())
			},
		];
		for deed in settle {
			let mut refused = 0;
			for layers in 240..255 {
				undone(|| match nested(layers, deed) {
					// With room enough everything happens as it should.
					Ok(()) => assert_eq!(fortunes(&asset, &payees), paid, "in {layers} layers"),
					// Without, nothing happens at all.
					Err(error) => {
						refused += 1;
						assert!(
							matches!(error, DispatchError::Transactional(_)),
							"{error:?} in {layers} layers"
						);
						assert_eq!(fortunes(&asset, &payees), before);
						assert_eq!(on_hold(&asset, &carol()), held_now(&asset));
					}
				});
			}
			assert!((1..15).contains(&refused), "the limit lies in between");
		}
	});
}

/// What Carol has on hold with one pass for the toll road.
fn held_now(asset: &AssetKind) -> Balance {
	let deposit = if *asset == native() {
		held_for(HoldReason::Pass, asset, &carol())
	} else {
		0
	};
	TOLL + deposit
}

// 7: what a former owner granted ends with the ownership.

#[test]
fn quality_07_nothing_is_left_to_the_seller() {
	on_both(|asset| {
		let (door, a, _) = toll_road(&asset);
		assert_ok!(door.amend(&bob(), |terms| terms.notice = 20));
		assert_ok!(door.travel_back(&dave()));
		make_manager(a, &dave());
		sell_world(a, &alice(), &carol());
		let bobs = world(&bob());
		for who in [alice(), dave()] {
			assert_noop!(door.pause(&who), Error::<Test>::NotAParty);
			assert_noop!(door.resume(&who), Error::<Test>::NotAParty);
			assert_noop!(door.accept(&who), Error::<Test>::NotAParty);
			assert_noop!(door.affirm(&who), Error::<Test>::NotAParty);
			assert_noop!(door.amend(&who, |_| ()), Error::<Test>::NotAParty);
			assert_noop!(
				Draft::between(a, bobs).propose_by(&who),
				Error::<Test>::NotAParty
			);
			assert_noop!(door.admit(&who, &dave()), Error::<Test>::NotGatekeeper);
			assert_noop!(door.refuse(&who, &dave()), Error::<Test>::NotGatekeeper);
		}
		assert_noop!(door.close(&dave()), Error::<Test>::NotAParty);
		// And nobody gets through on what the seller had agreed to.
		assert_noop!(door.travel(&carol()), Error::<Test>::PortalStale);
		assert_ok!(door.refuse(&carol(), &dave()));
	});
}

#[test]
fn quality_07_a_nomination_is_no_ownership() {
	build_and_execute(|| {
		let (door, a, _) = toll_road(&native());
		assert_ok!(Metaverse::nominate_owner(by(&alice()), a, carol()));
		assert_eq!(door.state(), PortalState::Open);
		assert_noop!(door.pause(&carol()), Error::<Test>::NotAParty);
		assert_ok!(door.pause(&alice()));
	});
}

#[test]
fn quality_07_consents_to_an_offer_end_with_a_sale_of_land() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let land = parcel(a, &carol(), 0);
		let door = Draft::on_land((a, Some(land)), (b, None)).proposed_by(&carol());
		assert_ok!(door.accept(&alice()));
		sell_land(a, land, &carol(), &dave());
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Proposed);
		assert_noop!(door.accept(&carol()), Error::<Test>::NotAParty);
		assert_ok!(door.accept(&dave()));
		assert_eq!(door.state(), PortalState::Open);
		// Dave's signature counts now, and Carol has her deposits back.
		assert_eq!(deposits(&carol()), 0);
	});
}

#[test]
fn quality_07_a_rule_that_held_once_does_not_hold_for_the_next_owner() {
	build_and_execute(|| {
		let plot = plot(&alice(), 0);
		let home = launched_world(&alice());
		let door = Draft::on_land((home, None), (TOWN, Some(plot))).proposed_by(&alice());
		assert_eq!(door.state(), PortalState::Open);
		sell_land(TOWN, plot, &alice(), &bob());
		assert_noop!(door.travel(&carol()), Error::<Test>::PortalStale);
		assert_ok!(door.affirm(&bob()));
		assert_noop!(door.travel(&carol()), Error::<Test>::PortalStale);
		// Back with its owner, and agreed to anew, the rule holds again.
		sell_land(TOWN, plot, &bob(), &alice());
		assert_ok!(door.affirm(&alice()));
		assert_ok!(door.travel(&carol()));
	});
}

#[test]
fn quality_07_no_deposit_stays_with_who_has_no_say_any_more() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let land = parcel(a, &carol(), 0);
		let door = Draft::on_land((a, Some(land)), (b, None)).proposed_by(&carol());
		assert_ok!(door.accept(&alice()));
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.payers()[0].as_ref().unwrap().0, carol());
		sell_land(a, land, &carol(), &dave());
		// Whether the buyer affirms, agrees to something else, or does nothing at all.
		undone(|| {
			assert_ok!(door.affirm(&dave()));
			assert_eq!(deposits(&carol()), 0);
			check_state();
		});
		undone(|| {
			assert_ok!(door.amend(&bob(), |terms| terms.notice = 20));
			assert_ok!(door.accept(&dave()));
			assert_eq!(deposits(&carol()), 0);
			check_state();
		});
		assert_ok!(door.close(&carol()));
		assert_eq!(deposits(&carol()), 0);
	});
}

// 8: n things have n deposits.

#[test]
fn quality_08_n_portals_have_n_deposits() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let draft = Draft::between(a, b);
		let before = [alice(), bob()].map(|who| free(&who));
		let first = draft.opened();
		let one = [alice(), bob()].map(|who| deposits(&who));
		assert!(one[0] > 0 && one[1] > 0);
		let mut doors = vec![first];
		for n in 2..=Balance::from(MAX_PORTALS) {
			doors.push(draft.opened());
			assert_eq!(
				[alice(), bob()].map(|who| deposits(&who)),
				one.map(|one| n * one)
			);
		}
		for door in &doors {
			assert_ok!(door.close(&alice()));
		}
		pass(NOTICE);
		for door in &doors {
			assert_ok!(door.reap());
		}
		assert_eq!([alice(), bob()].map(|who| free(&who)), before);
	});
}

#[test]
fn quality_08_n_offers_and_n_passes_have_n_deposits() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let draft = Draft::between(a, b);
		let doors: Vec<_> = (0..10).map(|_| draft.opened()).collect();
		let (alices, carols) = (deposits(&alice()), free(&carol()));
		let mut one = (0, 0);
		for (n, door) in (1..).zip(&doors) {
			assert_ok!(door.amend(&alice(), |terms| terms.notice = 20));
			assert_ok!(door.travel(&carol()));
			let has = (
				deposits(&alice()) - alices,
				held_for(HoldReason::Pass, &native(), &carol()),
			);
			if n == 1 {
				one = has;
				assert!(one.0 > 0 && one.1 > 0);
			}
			assert_eq!(has, (n * one.0, n * one.1));
		}
		for door in &doors {
			assert_ok!(door.accept(&bob()));
			assert_ok!(door.refuse(&bob(), &carol()));
		}
		assert_eq!((deposits(&alice()), free(&carol())), (alices, carols));
	});
}

// 12: nobody acts for others by naming them.

#[test]
fn quality_12_naming_a_gate_of_somebody_else_opens_nothing() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let carols = parcel(a, &carol(), 0);
		// Bob names Alice's metaverse and Carol's land. Neither is bound by it.
		let door = Draft::on_land((a, Some(carols)), (b, None)).proposed_by(&bob());
		assert_noop!(door.accept(&bob()), Error::<Test>::AlreadyConsented);
		assert_noop!(door.accept(&dave()), Error::<Test>::NotAParty);
		assert_eq!(door.state(), PortalState::Proposed);
		assert_eq!(deposits(&alice()) + deposits(&carol()), 0);
		// Nor does it keep the land in its shape or the metaverse from anything.
		assert_ok!(Land::release(by(&carol()), a, carols));
		assert_ok!(Metaverse::close(by(&alice()), a));
		assert_ok!(door.reap());
	});
}

#[test]
fn quality_12_delegates_and_builders_do_not_speak_for_land() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let land = parcel(a, &carol(), 0);
		let collection = pallet_land::Territories::<Test>::get(a).unwrap().collection;
		assert_ok!(Nfts::approve_transfer(
			by(&carol()),
			collection,
			land,
			dave(),
			None
		));
		assert_ok!(Land::set_builder(by(&carol()), a, land, dave(), 1_000));
		let draft = Draft::on_land((a, Some(land)), (b, None));
		assert_noop!(draft.propose_by(&dave()), Error::<Test>::NotAParty);
		let door = draft.proposed_by(&alice());
		assert_ok!(door.accept(&bob()));
		assert_noop!(door.accept(&dave()), Error::<Test>::NotAParty);
		assert_ok!(door.accept(&carol()));
		for call in [Door::pause, Door::close, Door::affirm] {
			assert_noop!(call(door, &dave()), Error::<Test>::NotAParty);
		}
	});
}

#[test]
fn quality_12_a_pass_is_the_visitors_and_nobody_elses() {
	on_both(|asset| {
		let (door, ..) = toll_road(&asset);
		assert_ok!(door.travel(&carol()));
		assert_eq!(door.pass(&dave()), None);
		// The visitor does not let herself in, nor does anybody for whom it is no business.
		for who in [carol(), dave(), alice()] {
			assert_noop!(door.admit(&who, &carol()), Error::<Test>::NotGatekeeper);
			assert_noop!(door.refuse(&who, &carol()), Error::<Test>::NotGatekeeper);
		}
		assert_noop!(door.admit(&bob(), &dave()), Error::<Test>::NoPass);
		// Who removes what is over gets nothing for it.
		pass(PASS_LIFETIME);
		let had = [native(), stable()].map(|asset| wealth(&asset, &dave()));
		assert_ok!(Portal::reap_pass(by(&dave()), door.0, carol()));
		assert_ok!(door.close(&alice()));
		pass(NOTICE);
		assert_ok!(Portal::reap(by(&dave()), door.0));
		assert_eq!(
			[native(), stable()].map(|asset| wealth(&asset, &dave())),
			had
		);
	});
}

#[test]
fn quality_12_not_even_the_network_speaks_for_a_metaverse() {
	on_both(|asset| {
		let (door, ..) = toll_road(&asset);
		assert_ok!(door.travel(&carol()));
		assert_noop!(Portal::pause(root(), door.0), Error::<Test>::NotAParty);
		assert_noop!(Portal::close(root(), door.0), Error::<Test>::NotAParty);
		assert_noop!(Portal::affirm(root(), door.0), Error::<Test>::NotAParty);
		assert_noop!(
			Portal::amend(root(), door.0, plain_terms()),
			Error::<Test>::NotAParty
		);
		for call in [Portal::admit, Portal::refuse] {
			assert_noop!(call(root(), door.0, carol()), Error::<Test>::NotGatekeeper);
		}
	});
}

// 13: what is shown names the chain, the purpose and the person; what is signed names the version.

#[test]
fn quality_13_a_leaf_of_another_chain_or_purpose_lets_nobody_in() {
	build_and_execute(|| {
		let genesis = System::block_hash(0);
		let other_purpose = codec::Encode::encode(&AllowlistLeaf {
			purpose: *b"madang/escrow/allowlist",
			genesis,
			account: carol(),
		});
		let no_purpose = codec::Encode::encode(&(genesis, carol()));
		let bare = codec::Encode::encode(&carol());
		let of_dave = leaf(genesis, &dave());
		let elsewhere = leaf(H256::repeat_byte(1), &carol());
		let good = leaf(genesis, &carol());
		for (name, bytes, lets_in) in [
			("another chain", elsewhere, false),
			("another purpose", other_purpose, false),
			("no purpose", no_purpose, false),
			("only the account", bare, false),
			("somebody else", of_dave, false),
			("the right one", good, true),
		] {
			let list = vec![bytes, leaf(genesis, &alice())];
			let door = Draft::between(world(&alice()), world(&alice()))
				.with(|terms| {
					terms.access = Access::Allowlist {
						root: merkle_root::<BlakeTwo256, _>(&list),
						leaves: 2,
					}
				})
				.opened();
			let proof = merkle_proof::<BlakeTwo256, _, _>(list, 0).proof;
			let shown = Proof::Allowlist {
				leaf_index: 0,
				nodes: BoundedVec::try_from(proof).unwrap(),
			};
			undone(|| {
				let outcome = tx(|| door.travel_with(&carol(), Way::There, 0, shown.clone()));
				let expected = if lets_in {
					Ok(())
				} else {
					Err(Error::<Test>::NotOnList.into())
				};
				assert_eq!(outcome, expected, "{name}");
			});
		}
	});
}

#[test]
fn quality_13_a_proof_is_good_for_one_person() {
	build_and_execute(|| {
		let genesis = System::block_hash(0);
		let list: Vec<_> = people().iter().map(|who| leaf(genesis, who)).collect();
		let door = Draft::between(world(&alice()), world(&alice()))
			.with(|terms| {
				terms.access = Access::Allowlist {
					root: merkle_root::<BlakeTwo256, _>(&list),
					leaves: 4,
				}
			})
			.opened();
		let shown = |index: u32| Proof::Allowlist {
			leaf_index: index,
			nodes: BoundedVec::try_from(
				merkle_proof::<BlakeTwo256, _, _>(list.clone(), index).proof,
			)
			.unwrap(),
		};
		let places = (0u32..).zip(people());
		for (place, who) in places {
			for index in 0..4 {
				let travel = || door.travel_with(&who, Way::There, 0, shown(index));
				if index == place {
					undone(|| assert_ok!(travel()));
				} else {
					assert_noop!(travel(), Error::<Test>::NotOnList);
				}
			}
			assert_noop!(
				door.travel_with(&stranger(1), Way::There, 0, shown(place)),
				Error::<Test>::NotOnList
			);
		}
	});
}

#[test]
fn quality_13_no_consent_and_no_journey_is_good_for_other_terms() {
	on_both(|asset| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).proposed_by(&alice());
		let accept = |version| Portal::accept(by(&bob()), door.0, version);
		// Bob's consent to the first terms is on its way when Alice puts a toll in.
		assert_ok!(door.amend(&alice(), |terms| terms.toll = Some(toll(&asset))));
		assert_noop!(accept(1), Error::<Test>::WrongVersion);
		assert_ok!(accept(2));
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
		assert_ok!(door.amend(&bob(), |terms| {
			terms.toll.as_mut().unwrap().amount = 1_000_000;
		}));
		assert_ok!(door.accept(&alice()));
		assert_noop!(travel(2), Error::<Test>::WrongVersion);
		// Old terms again are a new version again.
		assert_ok!(door.amend(&bob(), |terms| terms.toll = Some(toll(&asset))));
		assert_ok!(door.accept(&alice()));
		assert_noop!(travel(2), Error::<Test>::WrongVersion);
		assert_ok!(travel(4));
		// A consent is not good twice either.
		for version in 0..6 {
			assert_noop!(accept(version), Error::<Test>::NoOffer);
		}
	});
}
