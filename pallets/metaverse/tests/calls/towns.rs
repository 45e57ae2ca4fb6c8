//! Towns belong to the network.

use crate::support::*;
use frame_support::traits::BuildGenesisConfig;
use madang_primitives::traits::Metaverses;
use pallet_metaverse::{Founding, GenesisConfig, Owner, Town};

const TOWN: MetaverseId = 0;

fn town(slug: &str) -> Town {
	Town {
		slug: slug.into(),
		name: "Town".into(),
		width: 4,
		height: 4,
	}
}

#[test]
fn genesis_makes_two_launched_towns() {
	build_and_execute(|| {
		for (id, slug) in [(0, "preparation-town"), (1, "launch-town")] {
			let town = Metaverse::api_by_slug(slug.as_bytes().to_vec()).unwrap();
			assert_eq!(town.id, id);
			assert_eq!(town.owner, None);
			assert_eq!(town.stage, Stage::Launched);
			assert_eq!(town.deposit, 0);
			assert_eq!(town.territory.unwrap().size.cells(), 256);
			assert_eq!(record(id).owner, Owner::Network);
			assert_eq!(wealth(&purse(id)), EXISTENTIAL);
		}
	});
}

#[test]
fn the_network_acts_in_every_role() {
	build_and_execute(|| {
		assert_ok!(tx(|| Metaverse::set_profile(root(), TOWN, profile("마당"))));
		assert_ok!(tx(|| Metaverse::set_endpoint(
			root(),
			TOWN,
			0,
			endpoint("https://a")
		)));
		assert_ok!(tx(|| Metaverse::remove_endpoint(root(), TOWN, 0)));
		assert_ok!(tx(|| Metaverse::set_manager(root(), TOWN, bob(), PROFILE)));
		give(TOWN, 1_000);
		assert_ok!(tx(|| Metaverse::spend(root(), TOWN, carol(), 1_000)));
		expect_event(Event::Spent {
			id: TOWN,
			dest: carol(),
			amount: 1_000,
			by: purse(TOWN),
		});
		for role in [Role::Profile, Role::Land, Role::Portal, Role::Treasury] {
			assert_eq!(Metaverse::ensure_role(root(), TOWN, role), Ok(purse(TOWN)));
		}
	});
}

#[test]
fn managers_of_a_town_have_their_role() {
	build_and_execute(|| {
		assert_ok!(tx(|| Metaverse::set_manager(root(), TOWN, bob(), PROFILE)));
		assert_ok!(tx(|| Metaverse::set_profile(
			signed(bob()),
			TOWN,
			profile("Town")
		)));
		assert_noop!(
			tx(|| Metaverse::spend(signed(bob()), TOWN, bob(), 1)),
			Error::<Test>::NotTreasuryManager
		);
		assert_eq!(
			Metaverse::ensure_role(signed(bob()), TOWN, Role::Profile),
			Ok(bob())
		);
		// No deposit is due for what a town stores.
		assert_eq!(record(TOWN).deposit, 0);
		assert_eq!(held(&bob()), 0);
	});
}

#[test]
fn fails_when_an_account_calls_as_owner() {
	build_and_execute(|| {
		let by = || signed(alice());
		for refused in [
			tx(|| Metaverse::launch(by(), TOWN)),
			tx(|| Metaverse::set_manager(by(), TOWN, alice(), Roles::ALL)),
			tx(|| Metaverse::nominate_owner(by(), TOWN, alice())),
			tx(|| Metaverse::close(by(), TOWN)),
		] {
			assert_eq!(refused, Err(Error::<Test>::NotOwner.into()));
		}
		assert_noop!(
			tx(|| Metaverse::accept_ownership(by(), TOWN)),
			Error::<Test>::NotNominated
		);
		assert_noop!(
			tx(|| Metaverse::set_profile(by(), TOWN, profile("Mine"))),
			Error::<Test>::NotProfileManager
		);
	});
}

#[test]
fn a_town_cannot_be_closed_given_away_or_launched_again() {
	build_and_execute(|| {
		assert_noop!(
			tx(|| Metaverse::close(root(), TOWN)),
			Error::<Test>::TownCannotClose
		);
		assert_noop!(
			tx(|| Metaverse::nominate_owner(root(), TOWN, alice())),
			Error::<Test>::TownKeepsOwner
		);
		assert_noop!(
			tx(|| Metaverse::launch(root(), TOWN)),
			Error::<Test>::AlreadyLaunched
		);
	});
}

#[test]
fn a_town_can_be_suspended_too() {
	build_and_execute(|| {
		assert_ok!(tx(|| Metaverse::suspend(root(), TOWN, 50, REASON)));
		assert_noop!(
			Metaverse::ensure_not_suspended(TOWN),
			Error::<Test>::Suspended
		);
		assert_ok!(tx(|| Metaverse::resume(root(), TOWN)));
	});
}

#[test]
fn genesis_founds_metaverses_that_their_owners_pay() {
	build_and_execute(|| {
		let price = Land::api_quote(16).unwrap().price;
		let founding = Founding {
			owner: alice(),
			slug: "market".into(),
			name: "달빛 시장".into(),
			width: 4,
			height: 4,
		};
		GenesisConfig::<Test> {
			towns: vec![town("hub")],
			metaverses: vec![founding],
		}
		.build();
		assert_eq!(record(FIRST_ID).owner, Owner::Network);
		assert_eq!(owner_of(FIRST_ID + 1), Some(alice()));
		assert_eq!(record(FIRST_ID + 1).stage, Stage::Preparation);
		assert_eq!(wealth(&alice()), FUNDS - price - EXISTENTIAL);
		assert!(deposit(&alice()) > 0);
	});
}

#[test]
#[should_panic(expected = "SlugTaken")]
fn genesis_refuses_a_slug_that_stands_twice() {
	new_test_ext().execute_with(|| {
		GenesisConfig::<Test> {
			towns: vec![town("hub"), town("hub")],
			metaverses: vec![],
		}
		.build();
	});
}

#[test]
#[should_panic(expected = "SlugReserved")]
fn genesis_gives_reserved_slugs_to_towns_only() {
	new_test_ext().execute_with(|| {
		let founding = Founding {
			owner: alice(),
			slug: "treasury".into(),
			name: "Treasury".into(),
			width: 4,
			height: 4,
		};
		GenesisConfig::<Test> {
			towns: vec![],
			metaverses: vec![founding],
		}
		.build();
	});
}
