//! A town agrees by its rule.

use crate::support::*;
use madang_primitives::metaverse::Stage;

/// A plot of Alice and her launched metaverse.
struct Startup {
	plot: ParcelId,
	world: MetaverseId,
}

impl Startup {
	fn new() -> Self {
		Self {
			plot: plot(&alice(), 0),
			world: launched_world(&alice()),
		}
	}

	fn out(&self) -> Draft {
		Draft::on_land((TOWN, Some(self.plot)), (self.world, None))
	}

	fn back(&self) -> Draft {
		Draft::on_land((self.world, None), (TOWN, Some(self.plot)))
	}
}

/// Whose consent counts, and whether the rule gave it.
fn consents(door: Door) -> Vec<(Party, bool, bool)> {
	door.view()
		.agreement
		.unwrap()
		.consents
		.iter()
		.map(|one| (one.party, one.by_rule, one.counts))
		.collect()
}

#[test]
fn who_owns_plot_and_launched_world_needs_nobody() {
	build_and_execute(|| {
		let startup = Startup::new();
		let door = startup.out().proposed_by(&alice());
		assert_eq!(door.state(), PortalState::Open);
		assert_eq!(
			consents(door),
			[
				(Party::SourceWorld, true, true),
				(Party::SourceLand, false, true),
				(Party::DestinationWorld, false, true)
			]
		);
		// And towards the town.
		let door = startup.back().two_way().proposed_by(&alice());
		assert_eq!(door.state(), PortalState::Open);
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.admit(&alice(), &carol()));
	});
}

#[test]
fn the_owner_still_has_to_agree_to_what_a_manager_proposes() {
	build_and_execute(|| {
		let startup = Startup::new();
		make_manager(startup.world, &bob());
		let door = startup.out().proposed_by(&bob());
		assert_eq!(door.state(), PortalState::Proposed);
		assert_ok!(door.accept(&alice()));
		assert_eq!(door.state(), PortalState::Open);
	});
}

#[test]
fn the_rule_agrees_to_nothing_else() {
	build_and_execute(|| {
		let startup = Startup::new();
		let unlaunched = world(&alice());
		let bobs = launched_world(&bob());
		for draft in [
			// No plot, a world that is not open, somebody else's world, and the other town.
			Draft::between(TOWN, startup.world),
			Draft::on_land((TOWN, Some(startup.plot)), (unlaunched, None)),
			Draft::on_land((TOWN, Some(startup.plot)), (bobs, None)),
			Draft::on_land((TOWN, Some(startup.plot)), (0, None)),
		] {
			let door = draft.proposed_by(&alice());
			let _ = tx(|| door.accept(&bob()));
			assert_eq!(door.state(), PortalState::Proposed, "{draft:?}");
			// The network itself may still agree.
			assert_ok!(Portal::accept(root(), door.0, 1));
			assert_eq!(door.state(), PortalState::Open);
		}
		// Out of this chain there is nobody who could own both.
		let mut draft = Draft::out_of(TOWN);
		draft.source.parcel = Some(startup.plot);
		assert_eq!(draft.proposed_by(&alice()).state(), PortalState::Proposed);
	});
}

#[test]
fn who_owns_only_one_of_the_two_is_not_heard() {
	build_and_execute(|| {
		let startup = Startup::new();
		sell_land(TOWN, startup.plot, &alice(), &bob());
		let door = startup.out().proposed_by(&alice());
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Proposed);
	});
}

#[test]
fn the_network_pays_no_deposit() {
	build_and_execute(|| {
		let startup = Startup::new();
		let draft = Draft::between(TOWN, startup.world);
		assert_ok!(draft.propose(root()));
		let door = Door(0);
		assert_eq!(door.payers(), [None, None]);
		assert_ok!(door.accept(&alice()));
		assert_eq!(door.payers()[0], None);
		assert_eq!(deposits(&alice()), door.payers()[1].as_ref().unwrap().1);
		let purse = purse(TOWN);
		assert_eq!(deposits(&purse), 0);
		// Somebody has to sign for the network: the town's own account.
		let view = door.view().agreement.unwrap();
		assert_eq!(view.consents[0].by, Some(purse));
		assert_ok!(Portal::close(root(), door.0));
		pass(NOTICE);
		assert_ok!(door.reap());
		assert_eq!(deposits(&alice()), 0);
	});
}

#[test]
fn boundary_of_the_quota() {
	build_and_execute(|| {
		let startup = Startup::new();
		let doors: Vec<_> = [startup.out(), startup.back()]
			.iter()
			.map(|draft| draft.proposed_by(&alice()))
			.collect();
		assert_eq!(doors.len() as u32, MAX_TOWN_PORTALS);
		for draft in [startup.out(), startup.back()] {
			assert_noop!(draft.propose_by(&alice()), Error::<Test>::TownQuotaReached);
		}
		// Another plot is no way around it, and the other town has a quota of its own.
		let second = plot(&alice(), 1);
		assert_noop!(
			Draft::on_land((TOWN, Some(second)), (startup.world, None)).propose_by(&alice()),
			Error::<Test>::TownQuotaReached
		);
		// Another metaverse has its own.
		let other = launched_world(&alice());
		Draft::on_land((TOWN, Some(second)), (other, None)).proposed_by(&alice());
		// What is in force gets other terms all the same.
		assert_ok!(doors[0].amend(&alice(), |terms| terms.notice = 10));
		assert_eq!(
			(doors[0].version(), doors[0].state()),
			(2, PortalState::Open)
		);
		// One that is over makes room when it is reaped.
		assert_ok!(doors[1].close(&alice()));
		pass(NOTICE);
		assert_noop!(
			startup.out().propose_by(&alice()),
			Error::<Test>::TownQuotaReached
		);
		assert_ok!(doors[1].reap());
		startup.out().proposed_by(&alice());
	});
}

#[test]
fn offers_cannot_be_stored_up_against_the_quota() {
	build_and_execute(|| {
		let startup = Startup::new();
		make_manager(startup.world, &bob());
		// The town would agree to each of them alone; all of them wait for the owner of the plot.
		let doors: Vec<_> = (0..MAX_TOWN_PORTALS + 2)
			.map(|_| startup.out().proposed_by(&bob()))
			.collect();
		let (within, beyond) = doors.split_at(MAX_TOWN_PORTALS as usize);
		for door in within {
			assert_ok!(door.accept(&alice()));
			assert_eq!(door.state(), PortalState::Open);
		}
		for door in beyond {
			assert_noop!(door.accept(&alice()), Error::<Test>::TownQuotaReached);
		}
		// The network may agree to more than its rule does.
		assert_ok!(Portal::accept(root(), beyond[0].0, 1));
		assert_ok!(beyond[0].accept(&alice()));
		assert_eq!(beyond[0].state(), PortalState::Open);
		assert_noop!(beyond[1].accept(&alice()), Error::<Test>::TownQuotaReached);
	});
}

#[test]
fn land_of_a_friend_at_the_other_end_stores_nothing_up_either() {
	build_and_execute(|| {
		let startup = Startup::new();
		let friends = parcel(startup.world, &bob(), 0);
		let draft = Draft::on_land((TOWN, Some(startup.plot)), (startup.world, Some(friends)));
		let doors: Vec<_> = (0..MAX_TOWN_PORTALS + 1)
			.map(|_| draft.proposed_by(&alice()))
			.collect();
		let (last, within) = doors.split_last().unwrap();
		for door in within {
			assert_ok!(door.accept(&bob()));
		}
		assert_noop!(last.accept(&bob()), Error::<Test>::TownQuotaReached);
	});
}

#[test]
fn the_rule_ends_when_the_plot_is_sold() {
	build_and_execute(|| {
		let startup = Startup::new();
		let door = startup.out().proposed_by(&alice());
		sell_land(TOWN, startup.plot, &alice(), &bob());
		assert_eq!(
			consents(door),
			[
				(Party::SourceWorld, true, false),
				(Party::SourceLand, false, false),
				(Party::DestinationWorld, false, true)
			]
		);
		assert_eq!(door.state(), PortalState::Stale);
		assert_ok!(door.affirm(&bob()));
		assert_eq!(
			door.state(),
			PortalState::Stale,
			"nobody speaks for the town"
		);
		// Now a person has to agree for the town.
		assert_ok!(Portal::affirm(root(), door.0));
		assert_eq!(door.state(), PortalState::Open);
		assert_eq!(consents(door)[0], (Party::SourceWorld, false, true));
		// The network took the end over, and pays nothing for it.
		assert_eq!(door.payers()[0], None);
		assert_eq!(deposits(&bob()), 0);
	});
}

#[test]
fn the_rule_ends_when_the_world_is_sold_and_begins_again_when_both_are() {
	build_and_execute(|| {
		let startup = Startup::new();
		let door = startup.out().proposed_by(&alice());
		sell_world(startup.world, &alice(), &bob());
		assert_eq!(door.state(), PortalState::Stale);
		assert_eq!(consents(door)[0], (Party::SourceWorld, true, false));
		assert_ok!(door.affirm(&bob()));
		assert_eq!(door.state(), PortalState::Stale);
		sell_land(TOWN, startup.plot, &alice(), &bob());
		assert_eq!(consents(door)[0], (Party::SourceWorld, true, true));
		assert_eq!(door.state(), PortalState::Stale);
		assert_ok!(door.affirm(&bob()));
		assert_eq!(door.state(), PortalState::Open);
		assert_eq!(deposits(&alice()), 0);
		// The portal counts against the quota of the buyer.
		startup.out().proposed_by(&bob());
		assert_noop!(
			startup.out().propose_by(&bob()),
			Error::<Test>::TownQuotaReached
		);
	});
}

#[test]
fn the_network_may_close_pause_and_change_like_any_side() {
	build_and_execute(|| {
		let startup = Startup::new();
		let door = startup.out().proposed_by(&alice());
		assert_ok!(Portal::pause(root(), door.0));
		assert_noop!(door.travel(&carol()), Error::<Test>::PortalPaused);
		assert_noop!(door.resume(&alice()), Error::<Test>::NotPaused);
		assert_ok!(Portal::resume(root(), door.0));
		assert_ok!(Portal::amend(root(), door.0, plain_terms()));
		assert_eq!(deposits(&purse(TOWN)), 0);
		assert_ok!(door.accept(&alice()));
		assert_eq!(door.version(), 2);
		assert_ok!(Portal::close(root(), door.0));
		assert_eq!(door.state(), PortalState::Closing);
	});
}

#[test]
fn launched_is_what_the_rule_looks_at() {
	build_and_execute(|| {
		let plot = plot(&alice(), 0);
		let id = world(&alice());
		let draft = Draft::on_land((TOWN, Some(plot)), (id, None));
		assert_eq!(Metaverse::api_get(id).unwrap().stage, Stage::Preparation);
		let door = draft.proposed_by(&alice());
		assert_eq!(door.state(), PortalState::Proposed);
		claim_demo(alice(), id, Area::new(0, 0, 1, 1));
		assert_ok!(Metaverse::set_endpoint(
			by(&alice()),
			id,
			0,
			endpoint("https://world.example")
		));
		assert_ok!(Metaverse::launch(by(&alice()), id));
		// All but the town had agreed; she asks again, and now the town agrees too.
		assert_noop!(door.accept(&alice()), Error::<Test>::AlreadyConsented);
		assert_ok!(door.amend(&alice(), |_| ()));
		assert_eq!(door.state(), PortalState::Open);
	});
}
