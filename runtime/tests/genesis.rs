//! The presets build, and what they build is what they promise.

mod common;

use common::{alice, bob, chain, charlie, check_state, on_development_chain};
use frame_support::{
	assert_noop, assert_ok,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, Mutate},
		fungibles,
	},
};
use madang_primitives::{
	escrow::{AssetKind, AssetRules},
	geometry::{Area, Size},
	land::SalePolicy,
	metaverse::Stage,
	town::{plots, plots_at, street_plan, town_size, MAIN_STREET},
	MetaverseId,
};
use madang_runtime::{
	genesis_config_presets::{
		preset_names, DEMO_METAVERSE, LAUNCH_TOWN, PREPARATION_TOWN, TEST_DOLLAR, TUSD,
	},
	AccountId, Assets, Balance, Balances, Council, Escrow, Land, Metaverse, Runtime, RuntimeOrigin,
	Session, System, Treasury,
};
use madang_runtime_common::{
	params::EscrowRules,
	time::DAYS,
	units::{EXISTENTIAL_DEPOSIT, MDG, MICRO, MILLI},
};
use sp_keyring::Sr25519Keyring;
use sp_runtime::DispatchResult;

#[test]
fn the_presets_are_named() {
	assert_eq!(preset_names(), ["development", "local_testnet", "live"]);
	assert!(madang_runtime::genesis_config_presets::get_preset(&"mainnet".into()).is_none());
}

#[test]
fn every_preset_builds() {
	for preset in preset_names() {
		chain(Some(preset.as_str())).execute_with(check_state);
	}
}

#[test]
fn without_a_preset_nobody_is_privileged() {
	chain(None).execute_with(|| {
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), None);
		assert!(
			pallet_collective::Members::<Runtime, pallet_collective::Instance1>::get().is_empty()
		);
		assert!(Session::validators().is_empty());
	});
}

#[test]
fn the_development_chain_has_one_validator_and_the_local_one_four() {
	let validators_of = |preset: &str| {
		chain(Some(preset)).execute_with(|| {
			let validators = Session::validators();
			assert_eq!(
				pallet_aura::Authorities::<Runtime>::get().len(),
				validators.len()
			);
			assert_eq!(
				pallet_grandpa::Authorities::<Runtime>::get().len(),
				validators.len()
			);
			validators
		})
	};
	assert_eq!(validators_of("development"), [alice()]);

	let mut four: Vec<AccountId> = [
		Sr25519Keyring::Alice,
		Sr25519Keyring::Bob,
		Sr25519Keyring::Charlie,
		Sr25519Keyring::Dave,
	]
	.map(|who| who.to_account_id())
	.to_vec();
	four.sort();
	let mut found = validators_of("local_testnet");
	found.sort();
	assert_eq!(found, four);
}

#[test]
fn a_live_chain_has_towns_and_no_keys() {
	chain(Some("live")).execute_with(|| {
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), None);
		assert!(
			pallet_collective::Members::<Runtime, pallet_collective::Instance1>::get().is_empty()
		);
		assert!(Session::validators().is_empty());
		assert!(Metaverse::api_get(LAUNCH_TOWN).is_some());
		assert!(Metaverse::api_get(DEMO_METAVERSE).is_none());
		for who in Sr25519Keyring::iter() {
			assert!(!System::account_exists(&who.to_account_id()), "{who:?}");
		}
	});
}

#[test]
fn both_towns_exist_and_sell_land() {
	on_development_chain(|| {
		for (id, slug, name) in [
			(PREPARATION_TOWN, "preparation-town", "Preparation Town"),
			(LAUNCH_TOWN, "launch-town", "Launch Town"),
		] {
			let town = Metaverse::api_get(id).expect("the town exists");
			assert_eq!(town.slug, slug.as_bytes());
			assert_eq!(town.owner, None);
			assert_eq!(town.stage, Stage::Launched);
			assert_eq!(
				town.profile.expect("a town has a name").name,
				name.as_bytes()
			);

			let territory = town.territory.expect("a town has land");
			assert_eq!(territory.size, Size::new(256, 256));
			assert!(
				matches!(territory.sale, SalePolicy::Open { price_per_cell } if price_per_cell > 0)
			);
			assert!(
				System::account_exists(&town.account),
				"the first payment must reach a town"
			);
		}
	});
}

/// Bob claims land in a town, as a transaction.
fn bob_claims(town: MetaverseId, area: Area, max_price: Balance) -> DispatchResult {
	with_storage_layer(|| Land::claim(RuntimeOrigin::signed(bob()), town, area, max_price))
}

/// Looks at each town of each preset. Bob has money, also where genesis gives him none.
fn in_every_town(story: impl Fn(MetaverseId)) {
	for preset in preset_names() {
		for town in [PREPARATION_TOWN, LAUNCH_TOWN] {
			chain(Some(preset.as_str())).execute_with(|| {
				assert_ok!(Balances::mint_into(&bob(), 1_000_000 * MDG));
				story(town);
				check_state();
			});
		}
	}
}

#[test]
fn both_towns_have_the_street_plan() {
	in_every_town(|town| {
		let account = Metaverse::account_of(town);
		let territory = Metaverse::api_get(town).and_then(|town| town.territory);
		let territory = territory.expect("a town has land");
		assert_eq!(territory.size, town_size());
		assert_eq!(territory.parcels as usize, street_plan().len());
		assert_eq!(territory.claimed, 15_360);
		for (id, area) in (0..).zip(street_plan()) {
			let road = Land::api_parcel(town, id).expect("each piece of road is a parcel");
			assert_eq!(road.area, area);
			assert_eq!(road.owner, Some(account.clone()));
			assert_eq!(road.deposit, 0);
		}
		for plot in plots() {
			let map = Land::api_area(town, plot.area).expect("a plot fits into one viewport");
			assert!(map.parcels.is_empty(), "{plot:?} is free");
		}
		assert_eq!(
			Balances::total_balance(&account),
			EXISTENTIAL_DEPOSIT,
			"a town pays for nothing that it stores"
		);
	});
}

#[test]
fn nobody_claims_a_road() {
	in_every_town(|town| {
		for road in street_plan() {
			let corner = Area::new(road.x, road.y, 1, 1);
			for area in [road, corner] {
				assert_noop!(
					bob_claims(town, area, Balance::MAX),
					pallet_land::Error::<Runtime>::Occupied
				);
			}
		}
	});
}

#[test]
fn a_startup_claims_a_plot_and_pays_the_town() {
	in_every_town(|town| {
		let plot = plots_at(MAIN_STREET)
			.next()
			.expect("there is a first house");
		let price = 1_568 * MILLI;
		let (town_had, bob_had) = (
			Balances::balance(&Metaverse::account_of(town)),
			Balances::total_balance(&bob()),
		);
		assert_noop!(
			bob_claims(town, plot.area, price - 1),
			pallet_land::Error::<Runtime>::PriceAboveLimit
		);
		assert_ok!(bob_claims(town, plot.area, price));
		let parcel = Land::api_parcel_at(town, plot.area.x, plot.area.y);
		let parcel = parcel
			.expect("it is in the town")
			.expect("somebody owns it now");
		assert_eq!(parcel.area, plot.area);
		assert_eq!(parcel.owner, Some(bob()));
		// As docs/towns.md says.
		assert_eq!(parcel.deposit, 91_600 * MICRO);
		assert_eq!(Balances::total_balance(&bob()), bob_had - price);
		assert_eq!(
			Balances::balance(&Metaverse::account_of(town)),
			town_had + price / 100 * 98
		);
	});
}

#[test]
fn every_plot_can_be_claimed_whole() {
	on_development_chain(|| {
		for plot in plots() {
			assert_ok!(bob_claims(LAUNCH_TOWN, plot.area, Balance::MAX));
		}
		let territory = Metaverse::api_get(LAUNCH_TOWN).and_then(|town| town.territory);
		let territory = territory.expect("a town has land");
		assert_eq!(territory.claimed, territory.size.cells());
	});
}

#[test]
fn the_demo_metaverse_belongs_to_alice() {
	on_development_chain(|| {
		let demo = Metaverse::api_get(DEMO_METAVERSE).expect("it exists");
		assert_eq!(demo.slug, b"madang-demo");
		assert_eq!(demo.owner, Some(alice()));
		assert_eq!(demo.territory.expect("it has land").size, Size::new(64, 64));
		assert!(
			Balances::total_balance(&alice()) < 1_000_000 * MDG,
			"she paid for it"
		);
	});
}

#[test]
fn the_supply_counts_every_territory() {
	on_development_chain(|| {
		let supply = Land::api_supply();
		assert_eq!(supply.cap, 1 << 24);
		assert_eq!(supply.allocated, 2 * 256 * 256 + 64 * 64);
		assert_eq!(supply.claimed, 2 * 15_360, "the roads of both towns");
	});
}

#[test]
fn the_treasury_has_an_account() {
	on_development_chain(|| {
		let treasury = Treasury::account_id();
		assert!(System::account_exists(&treasury));
		assert!(
			Balances::balance(&treasury) > 1_000 * MDG,
			"its share of the demo is in it"
		);
	});
	// And where nobody endows it, too.
	chain(None).execute_with(|| {
		assert_eq!(
			Balances::balance(&Treasury::account_id()),
			EXISTENTIAL_DEPOSIT
		);
	});
}

#[test]
fn six_people_and_their_stashes_have_money() {
	on_development_chain(|| {
		let rich = Sr25519Keyring::well_known()
			.filter(|who| Balances::balance(&who.to_account_id()) > 999_000 * MDG)
			.count();
		assert_eq!(rich, 12);
	});
}

#[test]
fn alice_holds_the_development_key_and_sits_in_the_council() {
	on_development_chain(|| {
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(alice()));
		for member in [alice(), bob(), charlie()] {
			assert!(Council::is_member(&member));
		}
	});
}

#[test]
fn the_same_people_have_test_dollars() {
	on_development_chain(|| {
		let balance =
			|who: &AccountId| <Assets as fungibles::Inspect<AccountId>>::balance(TEST_DOLLAR, who);
		let mut issued = 0;
		for who in Sr25519Keyring::well_known() {
			assert_eq!(balance(&who.to_account_id()), 1_000_000 * TUSD);
			issued += 1_000_000 * TUSD;
		}
		assert_eq!(
			<Assets as fungibles::Inspect<AccountId>>::total_issuance(TEST_DOLLAR),
			issued
		);
		assert_eq!(
			<Assets as fungibles::Inspect<AccountId>>::minimum_balance(TEST_DOLLAR),
			TUSD / 100
		);

		let names = pallet_assets::Metadata::<Runtime>::get(TEST_DOLLAR);
		assert_eq!(names.name.to_vec(), b"Test Dollar");
		assert_eq!(names.symbol.to_vec(), b"TUSD");
		assert_eq!(names.decimals, 6);
	});
}

#[test]
fn campaigns_may_collect_tokens_and_test_dollars() {
	on_development_chain(|| {
		for (asset, one) in [
			(AssetKind::Native, MDG),
			(AssetKind::WithId(TEST_DOLLAR), TUSD),
		] {
			let rules = AssetRules {
				min_goal: 100 * one,
				min_ticket: one,
			};
			assert_eq!(Escrow::api_asset_rules(asset), Some(rules));
		}
		assert_eq!(Escrow::api_asset_rules(AssetKind::WithId(2)), None);
	});
}

#[test]
fn a_campaign_takes_minutes_in_development_and_weeks_elsewhere() {
	on_development_chain(|| assert_eq!(Escrow::api_rules().min_period, 3));
	chain(None).execute_with(|| {
		assert_eq!(Escrow::api_rules(), EscrowRules::get());
		assert_eq!(Escrow::api_rules().min_period, 10 * DAYS);
		assert_eq!(
			Escrow::api_asset_rules(AssetKind::Native),
			None,
			"the network decides what may be collected"
		);
	});
}
