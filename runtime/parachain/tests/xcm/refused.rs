//! What is not let in, and what has no reserve where it claims to have one.

use frame_support::traits::fungible::Mutate;
use madang_parachain_runtime::{
	configs::xcm::assets::{RELAY_TOKEN, USDT},
	AccountId, Address, Assets, Balances, RuntimeCall, RuntimeOrigin,
};
use madang_runtime_common::{params::FOREIGN_ASSETS, units::MDG};
use xcm::latest::prelude::*;

use crate::{
	common::{bob, on_development_chain},
	support::*,
};

fn without_payment(message: Xcm<RuntimeCall>) -> Xcm<RuntimeCall> {
	let unpaid = |instruction: &Instruction<RuntimeCall>| {
		!matches!(instruction, BuyExecution { .. } | PayFees { .. })
	};
	Xcm(message.0.into_iter().filter(unpaid).collect())
}

#[test]
fn nobody_has_execution_for_nothing() {
	on_development_chain(|| {
		let assets = vec![usdt(100 * ONE_USDT)];
		let unpaid = without_payment(transfer(assets, usdt(ONE_USDT), &bob()));
		let mut declared = unpaid.clone();
		declared.0.insert(
			0,
			UnpaidExecution {
				weight_limit: Unlimited,
				check_origin: None,
			},
		);
		for from in [asset_hub(), relay_chain(), sibling(STRANGER)] {
			assert_eq!(
				error(receive(from.clone(), unpaid.clone())),
				XcmError::Barrier
			);
			assert_eq!(error(receive(from, declared.clone())), XcmError::Barrier);
		}
		assert_eq!(issuance(USDT), 0);
	});
}

#[test]
fn too_little_does_not_pay() {
	on_development_chain(|| {
		let crumbs = vec![usdt(1_000)];
		let outcome = receive(asset_hub(), transfer(crumbs, usdt(1_000), &bob()));
		assert_eq!(error(outcome), XcmError::TooExpensive);
		assert_eq!(balance(USDT, &bob()), 0);
	});
}

#[test]
fn an_asset_without_a_price_pays_for_nothing() {
	on_development_chain(|| {
		// Asset 7 of Asset Hub was made here, but nobody sells anything for it.
		let (root, issuer) = (RuntimeOrigin::root(), Address::Id(bob()));
		let id = FOREIGN_ASSETS + 7;
		Assets::force_create(root, id.into(), issuer, true, 1).expect("the id is free");
		let asset = hub_asset(7, 1_000_000_000);
		let outcome = receive(asset_hub(), transfer(vec![asset.clone()], asset, &bob()));
		assert_eq!(error(outcome), XcmError::TooExpensive);
	});
}

/// Refuses an asset from there, whoever it is for.
fn refuses(from: Location, asset: Asset) {
	let message = transfer(vec![asset.clone()], asset.clone(), &bob());
	let outcome = receive(from.clone(), message);
	assert_eq!(
		error(outcome),
		XcmError::UntrustedReserveLocation,
		"{asset:?} from {from:?}"
	);
}

#[test]
fn what_was_not_made_here_does_not_come_in() {
	on_development_chain(|| {
		refuses(asset_hub(), hub_asset(7, 1_000_000_000));
		// Not beside something that pays either.
		let both = vec![hub_asset(7, 1_000_000_000), usdt(ONE_USDT)];
		let outcome = receive(asset_hub(), transfer(both, usdt(ONE_USDT), &bob()));
		assert_eq!(error(outcome), XcmError::UntrustedReserveLocation);
		assert_eq!(issuance(USDT), 0);
	});
}

#[test]
fn dollars_come_from_asset_hub_only() {
	on_development_chain(|| {
		let user = Location::new(
			1,
			[
				Parachain(1_000),
				AccountId32 {
					network: None,
					id: [9; 32],
				},
			],
		);
		for from in [sibling(STRANGER), sibling(1_001), relay_chain(), user] {
			refuses(from, usdt(100 * ONE_USDT));
		}
		assert_eq!(issuance(USDT), 0);
	});
}

#[test]
fn the_relay_token_comes_from_asset_hub_only() {
	on_development_chain(|| {
		for from in [sibling(STRANGER), relay_chain()] {
			refuses(from, relay_token(10_000_000_000));
		}
		assert_eq!(issuance(RELAY_TOKEN), 0);
	});
}

#[test]
fn our_own_token_comes_from_nowhere() {
	on_development_chain(|| {
		let before = native_balance(&bob());
		for from in [asset_hub(), sibling(STRANGER), relay_chain()] {
			refuses(from, native(1_000_000_000_000_000));
		}
		assert_eq!(native_balance(&bob()), before);
	});
}

#[test]
fn nothing_is_teleported() {
	on_development_chain(|| {
		for asset in [
			usdt(ONE_USDT),
			relay_token(10_000_000_000),
			native(1_000_000_000_000),
		] {
			for from in [asset_hub(), relay_chain(), sibling(STRANGER)] {
				let mut message = transfer(vec![asset.clone()], asset.clone(), &bob());
				message.0[0] = ReceiveTeleportedAsset(vec![asset.clone()].into());
				assert_eq!(
					error(receive(from, message)),
					XcmError::UntrustedTeleportLocation
				);
			}
		}
	});
}

#[test]
fn a_place_that_only_looks_like_the_dollar_is_not_the_dollar() {
	on_development_chain(|| {
		let hub = |inside: Vec<Junction>| {
			let place = inside.into_iter().fold(asset_hub(), |place, junction| {
				place.appended_with(junction).expect("it is short")
			});
			Asset::from((place, 100 * ONE_USDT))
		};
		let index = || GeneralIndex(1_984);
		for asset in [
			// Inside of it.
			hub(vec![PalletInstance(50), index(), GeneralIndex(1)]),
			// In another pallet: assets of other chains, pools.
			hub(vec![PalletInstance(53), index()]),
			hub(vec![PalletInstance(55), index()]),
			hub(vec![index()]),
			// Further away.
			(
				Location::new(2, [Parachain(1_000), PalletInstance(50), index()]),
				1,
			)
				.into(),
			// Larger than an id can be.
			hub(vec![
				PalletInstance(50),
				GeneralIndex((1u128 << 32) + 1_984),
			]),
		] {
			refuses(asset_hub(), asset);
		}
		assert_eq!(issuance(USDT), 0);
	});
}

#[test]
fn what_people_make_here_has_no_place_and_cannot_be_minted() {
	on_development_chain(|| {
		let test_dollar = madang_parachain_runtime::genesis_config_presets::TEST_DOLLAR;
		let before = issuance(test_dollar);
		for place in [
			Location::new(0, [PalletInstance(12), GeneralIndex(1)]),
			Location::new(0, [GeneralIndex(1)]),
			Location::new(1, [Parachain(2_000), PalletInstance(12), GeneralIndex(1)]),
		] {
			refuses(asset_hub(), (place, 1_000_000u128).into());
		}
		// The first asset of Asset Hub is another than the first asset here.
		refuses(asset_hub(), hub_asset(1, 1_000_000));
		assert_eq!(issuance(test_dollar), before);
	});
}

#[test]
fn nobody_withdraws_from_the_account_of_somebody_else() {
	on_development_chain(|| {
		let thief = AccountId::new([66; 32]);
		let before = native_balance(&bob());
		for from in [asset_hub(), relay_chain(), sibling(STRANGER)] {
			// It pays with its own, so it is let in.
			<Balances as Mutate<AccountId>>::mint_into(&account_of(&from), 10 * MDG)
				.expect("the account can receive");
			let message = Xcm(vec![
				WithdrawAsset(native(5 * MDG).into()),
				BuyExecution {
					fees: native(5 * MDG),
					weight_limit: Unlimited,
				},
				AliasOrigin(place(&bob())),
				WithdrawAsset(native(1_000 * MDG).into()),
				DepositAsset {
					assets: Wild(All),
					beneficiary: place(&thief),
				},
			]);
			assert_eq!(error(receive(from, message)), XcmError::NoPermission);
		}
		assert_eq!(native_balance(&thief), 0);
		assert_eq!(native_balance(&bob()), before);
	});
}
