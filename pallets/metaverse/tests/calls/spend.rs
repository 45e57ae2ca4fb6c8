use crate::support::*;

fn spend(who: AccountId, id: MetaverseId, dest: AccountId, amount: Balance) -> DispatchResult {
	tx(|| Metaverse::spend(signed(who), id, dest, amount))
}

#[test]
fn the_owner_and_treasury_managers_spend() {
	build_and_execute(|| {
		let id = world();
		give(id, 1_000);
		assert_ok!(spend(alice(), id, carol(), 400));
		expect_event(Event::Spent {
			id,
			dest: carol(),
			amount: 400,
			by: alice(),
		});
		assert_eq!(wealth(&carol()), FUNDS + 400);

		set_manager(id, bob(), TREASURY);
		assert_ok!(spend(bob(), id, carol(), 100));
		expect_event(Event::Spent {
			id,
			dest: carol(),
			amount: 100,
			by: bob(),
		});
		assert_eq!(wealth(&purse(id)), EXISTENTIAL + 500);
	});
}

#[test]
fn boundary_of_what_the_account_can_give() {
	build_and_execute(|| {
		let id = world();
		assert_noop!(
			spend(alice(), id, carol(), 1),
			Error::<Test>::TreasuryTooSmall
		);
		give(id, 1_000);
		assert_noop!(
			spend(alice(), id, carol(), 1_001),
			Error::<Test>::TreasuryTooSmall
		);
		assert_noop!(
			spend(alice(), id, carol(), Balance::MAX),
			Error::<Test>::TreasuryTooSmall
		);
		assert_ok!(spend(alice(), id, carol(), 1_000));
		assert_eq!(wealth(&purse(id)), EXISTENTIAL);
	});
}

#[test]
fn income_of_land_can_be_spent() {
	build_and_execute(|| {
		let id = world();
		let policy = SalePolicy::Open {
			price_per_cell: 100,
		};
		assert_ok!(tx(|| Land::set_sale(signed(alice()), id, policy)));
		claim_demo(bob(), id, Area::new(0, 0, 2, 2));
		// The network keeps two of a hundred.
		assert_ok!(spend(alice(), id, alice(), 392));
		assert_noop!(
			spend(alice(), id, alice(), 1),
			Error::<Test>::TreasuryTooSmall
		);
	});
}

#[test]
fn fails_when_there_is_nothing_to_do() {
	build_and_execute(|| {
		let id = world();
		give(id, 1_000);
		assert_noop!(
			spend(alice(), id, carol(), 0),
			Error::<Test>::NothingToSpend
		);
		assert_noop!(
			spend(alice(), id, purse(id), 10),
			Error::<Test>::SpendToItself
		);
	});
}

#[test]
fn fails_when_the_destination_could_not_live_on_it() {
	build_and_execute(|| {
		let id = world();
		give(id, 1_000);
		assert_storage_noop!(assert!(
			spend(alice(), id, stranger(1), EXISTENTIAL - 1).is_err()
		));
		assert_ok!(spend(alice(), id, stranger(1), EXISTENTIAL));
	});
}

#[test]
fn fails_when_somebody_else_calls() {
	build_and_execute(|| {
		let id = world();
		give(id, 1_000);
		set_manager(
			id,
			carol(),
			Roles {
				treasury: false,
				..Roles::ALL
			},
		);
		for who in [bob(), carol()] {
			assert_noop!(
				spend(who.clone(), id, who, 10),
				Error::<Test>::NotTreasuryManager
			);
		}
		assert_noop!(
			tx(|| Metaverse::spend(root(), id, bob(), 10)),
			DispatchError::BadOrigin
		);
		assert_noop!(
			spend(alice(), 99, alice(), 10),
			Error::<Test>::UnknownMetaverse
		);
	});
}

#[test]
fn a_suspension_does_not_lock_the_treasury() {
	build_and_execute(|| {
		let id = world();
		give(id, 1_000);
		assert_ok!(tx(|| Metaverse::suspend(root(), id, 50, REASON)));
		assert_ok!(spend(alice(), id, alice(), 1_000));
	});
}

fn spend_asset(
	who: AccountId,
	id: MetaverseId,
	dest: AccountId,
	amount: Balance,
) -> DispatchResult {
	tx(|| Metaverse::spend_asset(signed(who), id, STABLE, dest, amount))
}

fn give_asset(id: MetaverseId, amount: Balance) {
	use frame_support::traits::fungibles::Mutate;
	assert_ok!(Assets::mint_into(STABLE, &purse(id), amount));
}

#[test]
fn the_owner_and_treasury_managers_spend_assets() {
	build_and_execute(|| {
		let id = world();
		give_asset(id, 1_000);
		let had = balance(&stable(), &carol());
		assert_ok!(spend_asset(alice(), id, carol(), 400));
		expect_event(Event::AssetSpent {
			id,
			asset: STABLE,
			dest: carol(),
			amount: 400,
			by: alice(),
		});
		set_manager(id, bob(), TREASURY);
		// The last of it may go too.
		assert_ok!(spend_asset(bob(), id, carol(), 600));
		assert_eq!(balance(&stable(), &carol()), had + 1_000);
		assert_eq!(balance(&stable(), &purse(id)), 0);
	});
}

#[test]
fn what_cannot_stay_behind_goes_along() {
	use frame_support::traits::fungibles::Inspect;
	build_and_execute(|| {
		let id = world();
		let least = Assets::minimum_balance(STABLE);
		assert!(least > 1, "less than the least balance would be nothing");
		give_asset(id, 1_000);
		let had = balance(&stable(), &carol());
		let issuance = Assets::total_issuance(STABLE);

		// The least balance itself stays.
		assert_ok!(spend_asset(alice(), id, carol(), 1_000 - least));
		assert_eq!(balance(&stable(), &purse(id)), least);
		// Any less would be lost.
		assert_ok!(spend_asset(alice(), id, carol(), 1));
		expect_event(Event::AssetSpent {
			id,
			asset: STABLE,
			dest: carol(),
			amount: least,
			by: alice(),
		});
		assert_eq!(balance(&stable(), &purse(id)), 0);
		assert_eq!(balance(&stable(), &carol()), had + 1_000);
		assert_eq!(Assets::total_issuance(STABLE), issuance);
	});
}

#[test]
fn spending_assets_fails_for_others_and_beyond_what_is_there() {
	build_and_execute(|| {
		let id = world();
		give_asset(id, 1_000);
		assert_noop!(
			spend_asset(bob(), id, bob(), 1),
			Error::<Test>::NotTreasuryManager
		);
		assert_noop!(
			spend_asset(alice(), id, carol(), 0),
			Error::<Test>::NothingToSpend
		);
		assert_noop!(
			spend_asset(alice(), id, carol(), 1_001),
			Error::<Test>::TreasuryTooSmall
		);
		assert_noop!(
			spend_asset(alice(), id, purse(id), 1),
			Error::<Test>::SpendToItself
		);
		assert_noop!(
			tx(|| Metaverse::spend_asset(signed(alice()), id, 99, carol(), 1)),
			Error::<Test>::TreasuryTooSmall
		);
	});
}
