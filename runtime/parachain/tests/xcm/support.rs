//! Who sends, what is sent, and what became of it.

use codec::Encode;
use frame_support::traits::{fungible, fungibles};
use madang_parachain_runtime::{
	configs::xcm::{assets::USDT, LocationToAccountId, XcmConfig, ASSET_HUB},
	AccountId, AssetId, Assets, Balance, Balances, RuntimeCall, Treasury,
};
use sp_io::hashing::blake2_256;
use xcm::latest::prelude::*;
use xcm_executor::{traits::ConvertLocation, XcmExecutor};

/// One of Tether's dollars.
pub const ONE_USDT: Balance = 1_000_000;

/// Another parachain, which is nobody's reserve.
pub const STRANGER: u32 = 2_001;

/// The relay chain.
pub fn relay_chain() -> Location {
	Location::parent()
}

/// The parachain with this id.
pub fn sibling(id: u32) -> Location {
	Location::new(1, [Parachain(id)])
}

/// Asset Hub.
pub fn asset_hub() -> Location {
	sibling(ASSET_HUB)
}

/// An account of this chain.
pub fn place(who: &AccountId) -> Location {
	let id = who.clone().into();
	Location::new(0, [AccountId32 { network: None, id }])
}

/// An asset of Asset Hub.
pub fn hub_asset(index: u128, amount: Balance) -> Asset {
	let inside = [
		Parachain(ASSET_HUB),
		PalletInstance(50),
		GeneralIndex(index),
	];
	(Location::new(1, inside), amount).into()
}

/// Tether's dollar.
pub fn usdt(amount: Balance) -> Asset {
	hub_asset(1_984, amount)
}

/// The relay token.
pub fn relay_token(amount: Balance) -> Asset {
	(Location::parent(), amount).into()
}

/// Our own token as we call it.
pub fn native(amount: Balance) -> Asset {
	(Location::here(), amount).into()
}

/// What a reserve sends when somebody there transfers to an account here: what arrives, what pays, and
/// whose it is. Wallets and the SDK's own pallet make it so.
pub fn transfer(assets: Vec<Asset>, fees: Asset, to: &AccountId) -> Xcm<RuntimeCall> {
	let count = assets.len() as u32;
	Xcm(vec![
		ReserveAssetDeposited(assets.into()),
		ClearOrigin,
		BuyExecution {
			fees,
			weight_limit: Unlimited,
		},
		DepositAsset {
			assets: Wild(AllCounted(count)),
			beneficiary: place(to),
		},
		SetTopic([7; 32]),
	])
}

/// Executes a message as if it had come from there.
pub fn receive(from: Location, message: Xcm<RuntimeCall>) -> Outcome {
	let mut id = message.using_encoded(blake2_256);
	XcmExecutor::<XcmConfig>::prepare_and_execute(
		from,
		message,
		&mut id,
		Weight::MAX,
		Weight::zero(),
	)
}

/// Brings Tether's dollars in, and says how many arrived.
pub fn bring(amount: Balance, to: &AccountId) -> Balance {
	let before = balance(USDT, to);
	let outcome = receive(asset_hub(), transfer(vec![usdt(amount)], usdt(amount), to));
	outcome.ensure_complete().expect("the dollars arrive");
	balance(USDT, to) - before
}

/// Why a message was not executed, or not to its end.
pub fn error(outcome: Outcome) -> XcmError {
	outcome
		.ensure_complete()
		.expect_err("the message is refused")
		.error
}

/// What somebody has of an asset.
pub fn balance(asset: AssetId, who: &AccountId) -> Balance {
	<Assets as fungibles::Inspect<AccountId>>::balance(asset, who)
}

/// How much there is of an asset.
pub fn issuance(asset: AssetId) -> Balance {
	<Assets as fungibles::Inspect<AccountId>>::total_issuance(asset)
}

/// What somebody has of our token.
pub fn native_balance(who: &AccountId) -> Balance {
	<Balances as fungible::Inspect<AccountId>>::balance(who)
}

/// The treasury.
pub fn treasury() -> AccountId {
	Treasury::account_id()
}

/// The account here of a place elsewhere.
pub fn account_of(place: &Location) -> AccountId {
	LocationToAccountId::convert_location(place).expect("the place has an account")
}
