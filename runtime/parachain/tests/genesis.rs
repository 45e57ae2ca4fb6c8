//! The presets build, and what they build is what they promise.

mod common;

use common::{alice, bob, chain, check_state};
use cumulus_primitives_core::ParaId;
use frame_support::traits::fungibles::{roles::Inspect as _, Inspect};
use madang_parachain_runtime::{
	configs::xcm::{
		asset_hub_account,
		assets::{RELAY_TOKEN, USDT},
	},
	genesis_config_presets::{get_preset, preset_names, PARA_ID},
	AccountId, Assets, Escrow, ParachainInfo, Runtime, Session,
};
use madang_primitives::escrow::AssetKind;

#[test]
fn the_presets_are_named() {
	assert_eq!(preset_names(), ["development", "local_testnet", "live"]);
	assert!(get_preset(&"mainnet".into()).is_none());
}

#[test]
fn every_preset_builds() {
	for preset in preset_names() {
		chain(preset.as_str()).execute_with(check_state);
	}
}

#[test]
fn the_development_chain_has_one_collator_and_the_local_one_two() {
	let collators_of = |preset: &str| -> Vec<AccountId> {
		chain(preset).execute_with(|| {
			let collators = Session::validators();
			let authorities = pallet_aura::Authorities::<Runtime>::get();
			assert_eq!(authorities.len(), collators.len());
			collators
		})
	};
	assert_eq!(collators_of("development"), [alice()]);
	let mut two = collators_of("local_testnet");
	two.sort();
	let mut expected = [alice(), bob()];
	expected.sort();
	assert_eq!(two, expected);
	assert!(collators_of("live").is_empty());
}

#[test]
fn test_networks_know_which_parachain_they_are() {
	for preset in ["development", "local_testnet"] {
		chain(preset).execute_with(|| {
			assert_eq!(ParachainInfo::parachain_id(), ParaId::from(PARA_ID));
		});
	}
}

#[test]
fn the_coins_of_asset_hub_are_there_belong_to_nobody_and_fund_campaigns() {
	chain("development").execute_with(|| {
		for coin in [USDT, RELAY_TOKEN] {
			assert!(Assets::asset_exists(coin));
			assert_eq!(<Assets as Inspect<AccountId>>::total_issuance(coin), 0);
			assert!(Escrow::api_asset_rules(AssetKind::WithId(coin)).is_some());
			for role in [
				Assets::owner(coin),
				Assets::issuer(coin),
				Assets::admin(coin),
				Assets::freezer(coin),
			] {
				assert_eq!(role, Some(asset_hub_account()));
			}
		}
	});
}
