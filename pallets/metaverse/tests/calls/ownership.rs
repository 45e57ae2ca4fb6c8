//! `nominate_owner` and `accept_ownership`.

use crate::support::*;
use madang_primitives::traits::Metaverses;

fn nominate(who: AccountId, id: MetaverseId, nominee: AccountId) -> DispatchResult {
	tx(|| Metaverse::nominate_owner(signed(who), id, nominee))
}

fn accept(who: AccountId, id: MetaverseId) -> DispatchResult {
	tx(|| Metaverse::accept_ownership(signed(who), id))
}

#[test]
fn two_steps_hand_a_metaverse_over() {
	build_and_execute(|| {
		let id = world();
		let due = deposit(&alice());
		assert_ok!(nominate(alice(), id, bob()));
		expect_event(Event::OwnerNominated { id, nominee: bob() });
		assert_eq!(owner_of(id), Some(alice()));

		assert_ok!(accept(bob(), id));
		expect_event(Event::OwnerChanged {
			id,
			from: alice(),
			to: bob(),
		});
		assert_eq!(owner_of(id), Some(bob()));
		assert_eq!(record(id).nominee, None);
		assert_eq!(deposit(&alice()), 0);
		assert_eq!(deposit(&bob()), due);
		assert_eq!(wealth(&bob()), FUNDS);
	});
}

#[test]
fn parcels_stay_with_those_who_own_them() {
	build_and_execute(|| {
		let id = world();
		let parcel = claim_demo(alice(), id, Area::new(0, 0, 2, 2));
		assert_ok!(nominate(alice(), id, bob()));
		assert_ok!(accept(bob(), id));
		assert_eq!(Land::api_parcel(id, parcel).unwrap().owner, Some(alice()));
	});
}

#[test]
fn managers_named_by_a_former_owner_have_no_rights() {
	build_and_execute(|| {
		let id = world();
		let alone = deposit(&alice());
		set_manager(id, carol(), Roles::ALL);
		set_manager(id, dave(), TREASURY);
		give(id, 1_000);
		assert_ok!(nominate(alice(), id, bob()));
		assert_ok!(accept(bob(), id));

		assert!(!pallet_metaverse::Managers::<Test>::contains_key(id));
		for role in [Role::Profile, Role::Land, Role::Portal, Role::Treasury] {
			for who in [alice(), carol(), dave()] {
				assert!(!Metaverse::has_role(id, &who, role));
				assert!(Metaverse::ensure_role(signed(who), id, role).is_err());
			}
		}
		assert_noop!(
			tx(|| Metaverse::spend(signed(dave()), id, dave(), 500)),
			Error::<Test>::NotTreasuryManager
		);
		assert_noop!(
			tx(|| Metaverse::set_profile(signed(carol()), id, profile("Mine"))),
			Error::<Test>::NotProfileManager
		);
		// Bob pays for no manager of Alice's.
		assert_eq!(deposit(&bob()), alone);
	});
}

#[test]
fn a_manager_who_becomes_owner_is_no_manager() {
	build_and_execute(|| {
		let id = world();
		set_manager(id, bob(), LAND);
		assert_ok!(nominate(alice(), id, bob()));
		assert_ok!(accept(bob(), id));
		assert!(Metaverse::has_role(id, &bob(), Role::Treasury));
		assert!(!pallet_metaverse::Managers::<Test>::contains_key(id));
	});
}

#[test]
fn a_nomination_is_withdrawn_by_nominating_oneself() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(nominate(alice(), id, alice()), Error::<Test>::NoNomination);
		assert_ok!(nominate(alice(), id, bob()));
		assert_ok!(nominate(alice(), id, alice()));
		expect_event(Event::NominationWithdrawn { id });
		assert_noop!(accept(bob(), id), Error::<Test>::NotNominated);
		assert_noop!(nominate(alice(), id, alice()), Error::<Test>::NoNomination);
	});
}

#[test]
fn a_later_nomination_replaces_an_earlier_one() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(nominate(alice(), id, bob()));
		assert_ok!(nominate(alice(), id, carol()));
		assert_noop!(accept(bob(), id), Error::<Test>::NotNominated);
		assert_ok!(accept(carol(), id));
	});
}

#[test]
fn a_nomination_is_void_after_a_change_of_owner() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(nominate(alice(), id, bob()));
		assert_ok!(accept(bob(), id));
		assert_noop!(accept(bob(), id), Error::<Test>::NotNominated);
		assert_noop!(nominate(alice(), id, carol()), Error::<Test>::NotOwner);
		assert_noop!(accept(alice(), id), Error::<Test>::NotNominated);
	});
}

#[test]
fn a_nomination_is_void_after_closing() {
	build_and_execute(|| {
		let id = world();
		assert_ok!(nominate(alice(), id, bob()));
		assert_ok!(tx(|| Metaverse::close(signed(alice()), id)));
		assert_noop!(accept(bob(), id), Error::<Test>::UnknownMetaverse);
	});
}

#[test]
fn fails_when_nobody_nominated_the_signer() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(accept(bob(), id), Error::<Test>::NotNominated);
		assert_noop!(accept(alice(), id), Error::<Test>::NotNominated);
		assert_noop!(
			tx(|| Metaverse::accept_ownership(root(), id)),
			DispatchError::BadOrigin
		);
		assert_noop!(accept(bob(), 99), Error::<Test>::UnknownMetaverse);
	});
}

#[test]
fn fails_when_somebody_else_nominates() {
	build_and_execute(|| {
		let id = world();
		set_manager(id, carol(), Roles::ALL);
		assert_noop!(nominate(bob(), id, bob()), Error::<Test>::NotOwner);
		assert_noop!(nominate(carol(), id, carol()), Error::<Test>::NotOwner);
		assert_noop!(
			tx(|| Metaverse::nominate_owner(root(), id, bob())),
			DispatchError::BadOrigin
		);
		assert_noop!(
			nominate(alice(), 99, bob()),
			Error::<Test>::UnknownMetaverse
		);
	});
}

#[test]
fn fails_when_the_nominee_cannot_cover_the_deposit() {
	build_and_execute(|| {
		let id = world();
		let due = deposit(&alice());
		let poor = stranger(1);
		assert_ok!(nominate(alice(), id, poor.clone()));
		assert_noop!(accept(poor.clone(), id), Error::<Test>::DepositNotCovered);
		Balances::set_balance(&poor, EXISTENTIAL + due - 1);
		assert_noop!(accept(poor.clone(), id), Error::<Test>::DepositNotCovered);
		Balances::set_balance(&poor, EXISTENTIAL + due);
		assert_ok!(accept(poor.clone(), id));
		assert_eq!(deposit(&poor), due);
	});
}
