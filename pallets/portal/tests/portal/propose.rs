use crate::support::*;

#[test]
fn waits_for_the_other_side() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let before = free(&alice());
		let door = Draft::between(a, b).proposed_by(&alice());
		assert_eq!(door.state(), PortalState::Proposed);
		expect_event(Event::Offered {
			portal: door.0,
			version: 1,
			source: a,
			destination: Some(b),
			expires_at: now() + OFFER_LIFETIME,
		});
		expect_event(Event::Consented {
			portal: door.0,
			version: 1,
			parties: Parties::default().with(Party::SourceWorld),
		});
		// It counts for nothing yet.
		assert_eq!(Portal::api_from(a), Ok(vec![]));
		assert_eq!(Portal::api_to(b), Ok(vec![]));
		for side in [a, b] {
			assert!(ProposalsOf::<Test>::contains_key(side, door.0));
		}
		// Alice pays for her end and for the offer, Bob for nothing.
		let paid: Balance = door.view().deposits.iter().map(|(_, amount)| amount).sum();
		assert_eq!(deposits(&alice()), paid);
		assert_eq!(free(&alice()), before - paid);
		assert_eq!(door.payers()[1], None);
		assert_eq!(deposits(&bob()), 0);
	});
}

#[test]
fn opens_at_once_where_one_speaks_for_all() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&alice()));
		let door = Draft::between(a, b).proposed_by(&alice());
		assert_eq!(door.state(), PortalState::Open);
		expect_event(Event::Opened {
			portal: door.0,
			version: 1,
		});
		assert!(!Offers::<Test>::contains_key(door.0));
		assert_eq!(ProposalsOf::<Test>::iter().count(), 0);
		// Both ends, and no offer that waits.
		let [source, destination] = door.payers().map(Option::unwrap);
		assert_eq!(deposits(&alice()), source.1 + destination.1);
	});
}

#[test]
fn either_side_may_propose_and_so_may_its_manager() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).proposed_by(&bob());
		assert_ok!(door.accept(&alice()));
		assert_eq!(door.state(), PortalState::Open);

		make_manager(a, &carol());
		let second = Draft::between(a, b).proposed_by(&carol());
		assert_eq!(second.payers()[0].as_ref().unwrap().0, carol());
		assert_ok!(second.accept(&bob()));
		let view = second.view().agreement.unwrap();
		assert_eq!(view.consents[0].by, Some(carol()));
		assert_eq!(view.consents[1].by, Some(bob()));
	});
}

#[test]
fn fails_when_an_end_is_not_there() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		for (source, destination) in [(a, 99), (99, b)] {
			assert_noop!(
				Draft::between(source, destination).propose_by(&alice()),
				Error::<Test>::UnknownMetaverse
			);
		}
		for draft in [
			Draft::on_land((a, Some(7)), (b, None)),
			Draft::on_land((a, None), (b, Some(7))),
		] {
			assert_noop!(draft.propose_by(&alice()), Error::<Test>::UnknownParcel);
		}
		let closed = world(&alice());
		assert_ok!(Metaverse::close(by(&alice()), closed));
		assert_noop!(
			Draft::between(a, closed).propose_by(&alice()),
			Error::<Test>::UnknownMetaverse
		);
	});
}

#[test]
fn fails_when_it_leads_to_itself() {
	build_and_execute(|| {
		let a = world(&alice());
		let land = [0, 1].map(|place| parcel(a, &alice(), place));
		for draft in [
			Draft::between(a, a),
			Draft::on_land((a, Some(land[0])), (a, Some(land[1]))),
		] {
			assert_noop!(draft.propose_by(&alice()), Error::<Test>::ToItself);
		}
	});
}

#[test]
fn fails_when_the_signer_has_no_say() {
	build_and_execute(|| {
		let draft = Draft::new();
		assert_noop!(draft.propose_by(&carol()), Error::<Test>::NotAParty);
		assert_noop!(draft.propose(root()), Error::<Test>::NotAParty);
		assert_noop!(
			draft.propose(RuntimeOrigin::none()),
			Error::<Test>::NotAParty
		);
		// A manager for something else has none either.
		let mut roles = Roles::ALL;
		roles.portal = false;
		set_roles(draft.source.metaverse, &carol(), roles);
		assert_noop!(draft.propose_by(&carol()), Error::<Test>::NotAParty);
	});
}

#[test]
fn boundary_of_the_spawn() {
	build_and_execute(|| {
		let mut draft = Draft::new();
		draft.source.spawn = vec![b's'; 65];
		assert_noop!(draft.propose_by(&alice()), Error::<Test>::SpawnTooLong);
		draft.source.spawn = vec![0xff];
		assert_noop!(draft.propose_by(&alice()), Error::<Test>::NotUtf8);
		for spawn in [vec![], vec![b's'; 64]] {
			draft.source.spawn = spawn.clone();
			let door = draft.proposed_by(&alice());
			assert_eq!(door.view().source.spawn, spawn);
		}
		let DestinationInput::Gate(gate) = &mut draft.destination else {
			panic!("it leads to a gate")
		};
		gate.spawn = vec![b's'; 65];
		assert_noop!(draft.propose_by(&alice()), Error::<Test>::SpawnTooLong);
	});
}

#[test]
fn boundary_of_the_toll() {
	build_and_execute(|| {
		let draft = Draft::new().tolled(&native());
		let with = |change: fn(&mut Toll)| {
			draft
				.clone()
				.with(|terms| change(terms.toll.as_mut().unwrap()))
		};
		assert_noop!(
			with(|toll| toll.amount = 0).propose_by(&alice()),
			Error::<Test>::TollZero
		);
		assert_noop!(
			with(|toll| toll.asset = other()).propose_by(&alice()),
			Error::<Test>::AssetNotAccepted
		);
		assert_noop!(
			with(|toll| toll.asset = AssetKind::WithId(77)).propose_by(&alice()),
			Error::<Test>::AssetNotAccepted
		);
		for parts in [
			split(490_000, 490_000, 19_999),
			split(490_000, 490_000, 20_001),
			split(0, 0, 0),
			split(1_000_000, 1_000_000, 1_000_000),
		] {
			let draft = draft.clone().with(|terms| {
				terms.toll.as_mut().unwrap().split = parts;
			});
			assert_noop!(draft.propose_by(&alice()), Error::<Test>::SplitNotWhole);
		}
		for asset in accepted() {
			Draft::new().tolled(&asset).opened();
		}
	});
}

#[test]
fn boundary_of_access_and_rate() {
	build_and_execute(|| {
		let draft = Draft::new();
		let with_access = |access: Access| {
			draft
				.clone()
				.with(|terms: &mut Terms<_>| terms.access = access)
		};
		let root = H256::repeat_byte(1);
		assert_noop!(
			with_access(Access::Allowlist { root, leaves: 0 }).propose_by(&alice()),
			Error::<Test>::EmptyAllowlist
		);
		with_access(Access::Allowlist { root, leaves: 1 }).proposed_by(&alice());
		assert_noop!(
			with_access(Access::Holder { collection: 99 }).propose_by(&alice()),
			Error::<Test>::UnknownCollection
		);
		let with_rate = |refill, window, burst| {
			draft.clone().with(|terms| {
				terms.rate = Some(Rate {
					refill,
					window,
					burst,
				})
			})
		};
		for (refill, window, burst) in [(0, 1, 1), (1, 0, 1), (1, 1, 0)] {
			assert_noop!(
				with_rate(refill, window, burst).propose_by(&alice()),
				Error::<Test>::BadRate
			);
		}
		with_rate(1, 1, 1).proposed_by(&alice());
		with_rate(u32::MAX, BlockNumber::MAX, u32::MAX).proposed_by(&alice());
	});
}

#[test]
fn boundary_of_notice_and_expiry() {
	build_and_execute(|| {
		run_to_block(10);
		let draft = Draft::new();
		let with_notice = |notice| draft.clone().with(|terms| terms.notice = notice);
		for notice in [0, MIN_NOTICE - 1, MAX_NOTICE + 1, BlockNumber::MAX] {
			assert_noop!(
				with_notice(notice).propose_by(&alice()),
				Error::<Test>::BadNotice
			);
		}
		with_notice(MIN_NOTICE).proposed_by(&alice());
		with_notice(MAX_NOTICE).proposed_by(&alice());
		let until = |block| draft.clone().with(|terms| terms.expires_at = Some(block));
		for block in [0, 9, 10] {
			assert_noop!(
				until(block).propose_by(&alice()),
				Error::<Test>::ExpiresInPast
			);
		}
		until(11).proposed_by(&alice());
		until(BlockNumber::MAX).proposed_by(&alice());
	});
}

#[test]
fn boundary_of_64_portals_on_each_side() {
	build_and_execute(|| {
		let (a, b, c) = (world(&alice()), world(&alice()), world(&alice()));
		// Proposed while there was room.
		let early = Draft::between(world(&bob()), b).proposed_by(&bob());
		let doors: Vec<_> = (0..MAX_PORTALS)
			.map(|_| Draft::between(a, b).proposed_by(&alice()))
			.collect();
		assert_eq!(PortalsFrom::<Test>::get(a).len() as u32, MAX_PORTALS);
		assert_noop!(
			Draft::between(a, c).propose_by(&alice()),
			Error::<Test>::TooManyFromSource
		);
		assert_noop!(
			Draft::between(c, b).propose_by(&alice()),
			Error::<Test>::TooManyToDestination
		);
		assert_noop!(early.accept(&alice()), Error::<Test>::TooManyToDestination);
		assert_noop!(
			Draft::out_of(a).propose_by(&alice()),
			Error::<Test>::TooManyFromSource
		);
		// The other sides have room.
		Draft::between(b, a).proposed_by(&alice());
		// One that is over makes room once it is reaped.
		assert_ok!(doors[17].close(&alice()));
		pass(NOTICE);
		assert_noop!(early.accept(&alice()), Error::<Test>::TooManyToDestination);
		assert_ok!(doors[17].reap());
		assert_ok!(early.accept(&alice()));
		assert_noop!(
			Draft::between(c, b).propose_by(&alice()),
			Error::<Test>::TooManyToDestination
		);
	});
}

#[test]
fn fails_when_there_are_no_more_ids() {
	build_and_execute(|| {
		let draft = Draft::new();
		NextPortal::<Test>::put(PortalId::MAX);
		assert_noop!(draft.propose_by(&alice()), Error::<Test>::NoPortalId);
	});
}

#[test]
fn ids_are_never_used_twice() {
	build_and_execute(|| {
		let draft = Draft::new();
		let first = draft.proposed_by(&alice());
		assert_ok!(first.close(&alice()));
		let second = draft.proposed_by(&alice());
		assert_eq!((first, second), (Door(0), Door(1)));
		assert_noop!(
			Portal::accept(by(&bob()), first.0, 1),
			Error::<Test>::UnknownPortal
		);
	});
}
