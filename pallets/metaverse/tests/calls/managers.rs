//! `set_manager`, and what managers may do.

use crate::support::*;
use madang_primitives::traits::Metaverses;

fn set(who: AccountId, id: MetaverseId, manager: AccountId, roles: Roles) -> DispatchResult {
	tx(|| Metaverse::set_manager(signed(who), id, manager, roles))
}

fn stored(id: MetaverseId) -> Vec<AccountId> {
	pallet_metaverse::Managers::<Test>::get(id)
		.into_iter()
		.map(|manager| manager.account)
		.collect()
}

#[test]
fn they_are_kept_in_order_of_their_accounts() {
	build_and_execute(|| {
		let id = world();
		for who in [dave(), bob(), carol()] {
			assert_ok!(set(alice(), id, who.clone(), LAND));
			expect_event(Event::ManagerSet {
				id,
				who,
				roles: LAND,
			});
		}
		assert_eq!(stored(id), vec![bob(), carol(), dave()]);
		assert_ok!(set(alice(), id, carol(), NO_ROLES));
		expect_event(Event::ManagerRemoved { id, who: carol() });
		assert_eq!(stored(id), vec![bob(), dave()]);
	});
}

#[test]
fn roles_are_replaced_not_added() {
	build_and_execute(|| {
		let id = world();
		set_manager(id, bob(), PROFILE);
		set_manager(id, bob(), LAND);
		assert!(!Metaverse::has_role(id, &bob(), Role::Profile));
		assert!(Metaverse::has_role(id, &bob(), Role::Land));
		assert_eq!(stored(id), vec![bob()]);
	});
}

#[test]
fn each_role_opens_what_it_says_and_nothing_else() {
	build_and_execute(|| {
		let id = world();
		let every = [Role::Profile, Role::Land, Role::Portal, Role::Treasury];
		for role in every {
			let roles = Roles {
				profile: role == Role::Profile,
				land: role == Role::Land,
				portal: role == Role::Portal,
				treasury: role == Role::Treasury,
			};
			set_manager(id, bob(), roles);
			for other in every {
				let may = Metaverse::ensure_role(signed(bob()), id, other);
				assert_eq!(may.is_ok(), role == other);
				assert_eq!(Metaverse::has_role(id, &bob(), other), role == other);
				assert_eq!(
					Metaverse::ensure_role(signed(alice()), id, other),
					Ok(alice())
				);
			}
		}
		set_manager(id, bob(), NO_ROLES);
		for (role, error) in [
			(Role::Profile, Error::<Test>::NotProfileManager),
			(Role::Land, Error::NotLandManager),
			(Role::Portal, Error::NotPortalManager),
			(Role::Treasury, Error::NotTreasuryManager),
		] {
			assert_noop!(Metaverse::ensure_role(signed(bob()), id, role), error);
		}
		assert!(!Metaverse::has_role(99, &alice(), Role::Land));
	});
}

#[test]
fn managers_cannot_give_roles() {
	build_and_execute(|| {
		let id = world();
		set_manager(id, bob(), Roles::ALL);
		assert_noop!(set(bob(), id, carol(), PROFILE), Error::<Test>::NotOwner);
		assert_noop!(set(bob(), id, bob(), NO_ROLES), Error::<Test>::NotOwner);
	});
}

#[test]
fn fails_when_the_manager_is_the_owner() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(
			set(alice(), id, alice(), LAND),
			Error::<Test>::ManagerIsOwner
		);
		assert_noop!(
			set(alice(), id, alice(), NO_ROLES),
			Error::<Test>::ManagerIsOwner
		);
	});
}

#[test]
fn fails_when_there_is_nobody_to_remove() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(set(alice(), id, bob(), NO_ROLES), Error::<Test>::NotManager);
		set_manager(id, bob(), LAND);
		set_manager(id, bob(), NO_ROLES);
		assert_noop!(set(alice(), id, bob(), NO_ROLES), Error::<Test>::NotManager);
	});
}

#[test]
fn boundary_of_their_number() {
	build_and_execute(|| {
		let id = world();
		for number in 0..16 {
			set_manager(id, stranger(number), LAND);
		}
		assert_noop!(
			set(alice(), id, stranger(16), LAND),
			Error::<Test>::TooManyManagers
		);
		// Those who are there can still be changed, and make room.
		set_manager(id, stranger(7), TREASURY);
		set_manager(id, stranger(7), NO_ROLES);
		set_manager(id, stranger(16), LAND);
	});
}

#[test]
fn fails_when_somebody_else_calls() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(set(bob(), id, bob(), Roles::ALL), Error::<Test>::NotOwner);
		assert_noop!(
			set(bob(), 99, bob(), Roles::ALL),
			Error::<Test>::UnknownMetaverse
		);
		assert_noop!(
			tx(|| Metaverse::set_manager(root(), id, bob(), Roles::ALL)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn fails_when_the_owner_cannot_cover_the_deposit() {
	build_and_execute(|| {
		let id = world();
		// An account and four roles.
		Balances::set_balance(&alice(), EXISTENTIAL + 35);
		assert_noop!(
			set(alice(), id, bob(), LAND),
			Error::<Test>::DepositNotCovered
		);
		Balances::set_balance(&alice(), EXISTENTIAL + 36);
		assert_ok!(set(alice(), id, bob(), LAND));
	});
}

#[test]
fn a_manager_of_one_metaverse_is_nobody_in_another() {
	build_and_execute(|| {
		let (mine, other) = (world(), world());
		set_manager(mine, bob(), Roles::ALL);
		assert!(Metaverse::has_role(mine, &bob(), Role::Land));
		assert!(!Metaverse::has_role(other, &bob(), Role::Land));
	});
}
