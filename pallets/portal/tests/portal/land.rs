//! Gates that stand on land.

use crate::support::*;

/// Alice's metaverse with a parcel of Carol, Bob's with one of Dave, and a portal between them.
struct Street {
	a: MetaverseId,
	b: MetaverseId,
	carols: ParcelId,
	daves: ParcelId,
}

impl Street {
	fn new() -> Self {
		let (a, b) = (world(&alice()), world(&bob()));
		Self {
			carols: parcel(a, &carol(), 0),
			daves: parcel(b, &dave(), 0),
			a,
			b,
		}
	}

	fn draft(&self) -> Draft {
		Draft::on_land((self.a, Some(self.carols)), (self.b, Some(self.daves)))
	}
}

const ALL: [Party; 4] = Party::ALL;

#[test]
fn four_parties_have_a_say() {
	build_and_execute(|| {
		let draft = Street::new().draft();
		let everyone = people();
		// Whoever begins and in whatever order the others follow, nothing opens before the last.
		for first in 0..4 {
			let door = draft.proposed_by(&everyone[first]);
			for step in 1..4 {
				assert_eq!(door.state(), PortalState::Proposed);
				let counts = |view: PortalView<_, _>| -> usize {
					let consents = view.offer.unwrap().consents;
					assert_eq!(consents.len(), 4);
					consents.iter().filter(|one| one.counts).count()
				};
				// The first and one in each step before.
				assert_eq!(counts(door.view()), step);
				assert_ok!(door.accept(&everyone[(first + 3 * step) % 4]));
			}
			assert_eq!(door.state(), PortalState::Open);
			let consents = door.view().agreement.unwrap().consents;
			let said: Vec<_> = consents
				.into_iter()
				.map(|one| (one.party, one.by.unwrap()))
				.collect();
			let signers = [alice(), carol(), bob(), dave()];
			assert_eq!(said, ALL.into_iter().zip(signers).collect::<Vec<_>>());
		}
	});
}

#[test]
fn ones_own_land_in_ones_own_metaverse_takes_one_signature() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let land = parcel(a, &alice(), 0);
		let door = Draft::on_land((a, Some(land)), (b, None)).proposed_by(&alice());
		expect_event(Event::Consented {
			portal: door.0,
			version: 1,
			parties: [Party::SourceWorld, Party::SourceLand]
				.into_iter()
				.collect(),
		});
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Open);
	});
}

#[test]
fn the_owner_of_the_metaverse_does_not_speak_for_land_she_sold() {
	build_and_execute(|| {
		let street = Street::new();
		let draft = Draft::on_land((street.a, Some(street.carols)), (street.b, None));
		let door = draft.proposed_by(&alice());
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Proposed);
		assert_noop!(door.accept(&alice()), Error::<Test>::AlreadyConsented);
		assert_ok!(door.accept(&carol()));
		// Nor does who owns land there speak for the metaverse.
		let door = draft.proposed_by(&carol());
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Proposed);
		assert_ok!(door.accept(&alice()));
	});
}

#[test]
fn managers_speak_for_the_land_of_the_metaverse_itself() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let land = parcel(a, &alice(), 0);
		sell_land(a, land, &alice(), &purse(a));
		make_manager(a, &carol());
		let door = Draft::on_land((a, Some(land)), (b, None)).proposed_by(&carol());
		assert_ok!(door.accept(&bob()));
		assert_eq!(door.state(), PortalState::Open);
	});
}

#[test]
fn who_owns_the_land_pauses_closes_and_admits_alone() {
	build_and_execute(|| {
		let door = Street::new().draft().two_way().opened();
		for who in [carol(), dave()] {
			assert_ok!(door.pause(&who));
			assert_noop!(door.travel(&alice()), Error::<Test>::PortalPaused);
			assert_noop!(door.resume(&alice()), Error::<Test>::NotPaused);
			assert_ok!(door.resume(&who));
		}
		assert_ok!(door.travel(&alice()));
		assert_noop!(door.admit(&carol(), &alice()), Error::<Test>::NotGatekeeper);
		assert_ok!(door.admit(&dave(), &alice()));
		assert_ok!(door.travel_back(&bob()));
		assert_noop!(door.refuse(&dave(), &bob()), Error::<Test>::NotGatekeeper);
		assert_ok!(door.refuse(&carol(), &bob()));
		assert_ok!(door.close(&dave()));
		assert_eq!(door.state(), PortalState::Closing);
	});
}

#[test]
fn a_parcel_keeps_its_shape_as_long_as_the_portal_exists() {
	build_and_execute(|| {
		let a = world(&alice());
		let (land, beside) = (parcel(a, &alice(), 0), parcel(a, &alice(), 1));
		let b = world(&alice());
		let blocked = |parcel| {
			assert_noop!(
				Land::split(by(&alice()), a, parcel, Cut::Row(1)),
				Error::<Test>::ParcelHasPortal
			);
			for (first, second) in [(parcel, beside), (beside, parcel)] {
				assert_noop!(
					Land::merge(by(&alice()), a, first, second),
					Error::<Test>::ParcelHasPortal
				);
			}
			assert_noop!(
				Land::release(by(&alice()), a, parcel),
				Error::<Test>::ParcelHasPortal
			);
		};
		let draft = Draft::on_land((a, Some(land)), (b, None));
		let (one, two) = (draft.opened(), draft.opened());
		assert_eq!(GatesOn::<Test>::get(a, land), 2);
		blocked(land);
		assert_ok!(one.close(&alice()));
		blocked(land);
		pass(NOTICE);
		blocked(land);
		assert_ok!(one.reap());
		// The other one still stands on it.
		blocked(land);
		assert_ok!(two.close(&alice()));
		pass(NOTICE);
		assert_ok!(two.close(&alice()));
		assert!(!GatesOn::<Test>::contains_key(a, land));
		assert_ok!(Land::merge(by(&alice()), a, land, beside));
	});
}

#[test]
fn a_gate_at_the_end_of_a_portal_blocks_as_well() {
	build_and_execute(|| {
		let street = Street::new();
		street.draft().opened();
		for (who, metaverse, parcel) in [
			(carol(), street.a, street.carols),
			(dave(), street.b, street.daves),
		] {
			assert_noop!(
				Land::release(by(&who), metaverse, parcel),
				Error::<Test>::ParcelHasPortal
			);
		}
	});
}

#[test]
fn a_proposal_blocks_no_parcel() {
	build_and_execute(|| {
		let street = Street::new();
		let door = street.draft().proposed_by(&carol());
		assert_ok!(Land::split(
			by(&dave()),
			street.b,
			street.daves,
			Cut::Column(1)
		));
		assert_eq!(door.state(), PortalState::Gone);
		assert_noop!(door.accept(&alice()), Error::<Test>::UnknownParcel);
		assert_ok!(door.reap());
		assert_eq!(deposits(&carol()), 0);
	});
}

#[test]
fn land_that_is_sold_makes_it_stale() {
	build_and_execute(|| {
		let street = Street::new();
		let door = street.draft().opened();
		sell_land(street.a, street.carols, &carol(), &bob());
		assert_eq!(door.state(), PortalState::Stale);
		// The metaverse did not change hands, so its owner has nothing to say again.
		assert_noop!(door.affirm(&alice()), Error::<Test>::NothingToAffirm);
		assert_noop!(door.affirm(&carol()), Error::<Test>::NotAParty);
		assert_ok!(door.affirm(&bob()));
		expect_event(Event::Affirmed {
			portal: door.0,
			parties: Parties::default().with(Party::SourceLand),
		});
		assert_eq!(door.state(), PortalState::Open);
		// Bob, who affirmed, pays for that end now.
		assert_eq!(door.payers()[0].as_ref().unwrap().0, bob());
		assert_eq!(deposits(&alice()), 0);
	});
}

#[test]
fn a_stale_portal_still_keeps_the_parcel_until_the_buyer_closes_it() {
	build_and_execute(|| {
		let street = Street::new();
		let door = street.draft().opened();
		sell_land(street.b, street.daves, &dave(), &alice());
		assert_noop!(
			Land::release(by(&alice()), street.b, street.daves),
			Error::<Test>::ParcelHasPortal
		);
		assert_ok!(door.close(&alice()));
		assert_ok!(Land::release(by(&alice()), street.b, street.daves));
	});
}

#[test]
fn land_whose_item_was_burned_ends_it() {
	build_and_execute(|| {
		let street = Street::new();
		let before = everybody();
		let door = street.draft().opened();
		let collection = pallet_land::Territories::<Test>::get(street.a)
			.unwrap()
			.collection;
		assert_ok!(Nfts::burn(by(&carol()), collection, street.carols));
		assert_eq!(door.state(), PortalState::Gone);
		assert_noop!(door.travel(&alice()), Error::<Test>::PortalOver);
		assert_noop!(door.affirm(&alice()), Error::<Test>::PortalOver);
		assert_noop!(door.amend(&alice(), |_| ()), Error::<Test>::UnknownParcel);
		assert_noop!(door.pause(&alice()), Error::<Test>::PortalOver);
		check_state();
		undone(|| {
			assert_ok!(door.close(&dave()));
			assert!(!door.exists());
			check_state();
		});
		// In whatever order the two are reaped.
		assert_ok!(Land::reap(by(&bob()), street.a, street.carols));
		assert_ok!(door.reap());
		assert_eq!(
			people().map(|who| deposits(&who)),
			[0; 4],
			"all deposits are back"
		);
		// Carol has what her item and its parcel had held as well, so nobody has less than before.
		for (had, has) in before.iter().zip(everybody()) {
			assert!(has[0].0 >= had[0].0);
		}
	});
}
