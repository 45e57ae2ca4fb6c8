//! Transfers from this chain.

use frame_support::assert_noop;
use frame_support::assert_ok;
use madang_parachain_runtime::{
	configs::xcm::assets::{RELAY_TOKEN, USDT},
	ParachainSystem, PolkadotXcm, Runtime, RuntimeOrigin, XcmpQueue,
};
use madang_runtime_common::units::MDG;
use xcm::{latest::prelude::*, VersionedAssetId, VersionedAssets, VersionedXcm};
use xcm_builder::InspectMessageQueues;
use xcm_executor::traits::TransferType;

use crate::{
	common::{bob, on_development_chain},
	support::*,
};

/// Opens a channel to Asset Hub.
fn open_channel() {
	ParachainSystem::open_outbound_hrmp_channel_for_benchmarks_or_tests(1_000.into());
}

/// The one message that waits, and that it is for Asset Hub.
fn waiting() -> Xcm<()> {
	let mut queues = XcmpQueue::get_messages();
	assert_eq!(queues.len(), 1);
	let (to, mut messages) = queues.remove(0);
	assert_eq!(Location::try_from(to), Ok(asset_hub()));
	assert_eq!(messages.len(), 1);
	messages.remove(0).try_into().expect("it is of our version")
}

/// As it is called on Asset Hub.
fn as_hub_calls_it(amount: u128) -> Asset {
	let inside = [PalletInstance(50), GeneralIndex(1_984)];
	(Location::new(0, inside), amount).into()
}

#[test]
fn dollars_go_back_the_way_they_came() {
	on_development_chain(|| {
		open_channel();
		bring(100 * ONE_USDT, &bob());
		let (had, there_was) = (balance(USDT, &bob()), issuance(USDT));
		let (tokens, in_treasury) = (native_balance(&bob()), native_balance(&treasury()));
		let amount = 40 * ONE_USDT;
		assert_ok!(PolkadotXcm::limited_reserve_transfer_assets(
			RuntimeOrigin::signed(bob()),
			Box::new(asset_hub().into()),
			Box::new(place(&bob()).into()),
			Box::new(VersionedAssets::from(Assets::from(vec![usdt(amount)]))),
			0,
			Unlimited,
		));
		// Burned here, so that there is never more here than stands behind it there.
		assert_eq!(balance(USDT, &bob()), had - amount);
		assert_eq!(issuance(USDT), there_was - amount);
		// Sending is paid with our token, to the treasury.
		let paid = tokens - native_balance(&bob());
		assert!(paid > 0);
		assert_eq!(native_balance(&treasury()), in_treasury + paid);

		let message = waiting();
		let [WithdrawAsset(assets), ClearOrigin, BuyExecution { fees, .. }, DepositAsset { beneficiary, .. }, SetTopic(_)] =
			&message.0[..]
		else {
			panic!("{message:?}");
		};
		assert_eq!(*assets, vec![as_hub_calls_it(amount)].into());
		assert_eq!(fees.id, as_hub_calls_it(1).id);
		assert_eq!(*beneficiary, place(&bob()));
	});
}

#[test]
fn the_relay_token_goes_back_to_asset_hub_when_it_is_named_as_the_reserve() {
	on_development_chain(|| {
		open_channel();
		let amount = 10 * 10_000_000_000;
		let message = transfer(vec![relay_token(amount)], relay_token(amount), &bob());
		receive(asset_hub(), message)
			.ensure_complete()
			.expect("the tokens arrive");
		let part = VersionedAssets::from(Assets::from(vec![relay_token(amount / 2)]));
		// Where it is not named, the SDK does not guess.
		assert_noop!(
			PolkadotXcm::limited_reserve_transfer_assets(
				RuntimeOrigin::signed(bob()),
				Box::new(asset_hub().into()),
				Box::new(place(&bob()).into()),
				Box::new(part.clone()),
				0,
				Unlimited,
			),
			pallet_xcm::Error::<Runtime>::InvalidAssetUnknownReserve
		);
		let had = balance(RELAY_TOKEN, &bob());
		let then = Xcm::<()>(vec![DepositAsset {
			assets: Wild(AllCounted(1)),
			beneficiary: place(&bob()),
		}]);
		assert_ok!(PolkadotXcm::transfer_assets_using_type_and_then(
			RuntimeOrigin::signed(bob()),
			Box::new(asset_hub().into()),
			Box::new(part),
			Box::new(TransferType::DestinationReserve),
			Box::new(VersionedAssetId::from(relay_token(1).id)),
			Box::new(TransferType::DestinationReserve),
			Box::new(VersionedXcm::from(then)),
			Unlimited,
		));
		assert_eq!(balance(RELAY_TOKEN, &bob()), had - amount / 2);
		assert_eq!(issuance(RELAY_TOKEN), amount - amount / 2);
		let message = waiting();
		let Some(WithdrawAsset(assets)) = message.0.first() else {
			panic!("{message:?}");
		};
		assert_eq!(*assets, vec![relay_token(amount / 2)].into());
	});
}

#[test]
fn our_own_token_stays_behind_what_goes_out() {
	on_development_chain(|| {
		open_channel();
		let hub = account_of(&asset_hub());
		let before = native_balance(&hub);
		assert_ok!(PolkadotXcm::limited_reserve_transfer_assets(
			RuntimeOrigin::signed(bob()),
			Box::new(asset_hub().into()),
			Box::new(place(&bob()).into()),
			Box::new(VersionedAssets::from(Assets::from(vec![native(5 * MDG)]))),
			0,
			Unlimited,
		));
		// This chain is its reserve: it is kept here for whoever has it there.
		assert_eq!(native_balance(&hub), before + 5 * MDG);
		assert!(matches!(
			waiting().0.first(),
			Some(ReserveAssetDeposited(_))
		));
	});
}

#[test]
fn nothing_goes_out_by_teleport_or_without_a_channel() {
	on_development_chain(|| {
		bring(100 * ONE_USDT, &bob());
		let had = balance(USDT, &bob());
		let send = |teleport: bool| {
			let origin = RuntimeOrigin::signed(bob());
			let to = Box::new(asset_hub().into());
			let who = Box::new(place(&bob()).into());
			let assets = Box::new(VersionedAssets::from(Assets::from(vec![usdt(ONE_USDT)])));
			if teleport {
				PolkadotXcm::limited_teleport_assets(origin, to, who, assets, 0, Unlimited)
			} else {
				PolkadotXcm::limited_reserve_transfer_assets(origin, to, who, assets, 0, Unlimited)
			}
		};
		assert_noop!(send(true), pallet_xcm::Error::<Runtime>::Filtered);
		frame_support::storage::with_storage_layer(|| send(false))
			.expect_err("nobody would get it");
		assert_eq!(balance(USDT, &bob()), had);
	});
}
