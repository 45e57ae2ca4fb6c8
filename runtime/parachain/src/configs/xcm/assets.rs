//! Which assets of other chains are known here.
//!
//! | asset | place | id here |
//! |---|---|---|
//! | ours | this chain | the native token |
//! | asset `n` of Asset Hub, below a billion | its pallet 50, index `n` | a billion and `n` |
//! | the relay token | the relay chain | two billion |
//! | assets that people make here | none: they do not leave | below a billion |
//!
//! So two places never have the same id, and no id below a billion has a place: what people make here
//! cannot be minted by a message, whatever its id. The ids from a billion on only root can make
//! ([`FOREIGN_ASSETS`]), so nobody is there before the asset from Asset Hub is. Until it was made here, an
//! asset has no reserve and does not come in: pallet-assets would hand out what it does not count.

use frame_support::traits::{fungibles::Inspect, ContainsPair};
use madang_runtime_common::params::FOREIGN_ASSETS;
use sp_runtime::traits::{MaybeEquivalence, TryConvertInto};
use xcm::latest::prelude::{Asset, Fungible, GeneralIndex, Location, PalletInstance, Parachain};
use xcm_builder::{ConvertedConcreteId, FungibleAdapter, FungiblesAdapter, IsConcrete, NoChecking};

use super::{AssetHub, HereLocation, LocationToAccountId, TreasuryAccount, ASSET_HUB};
use crate::{AccountId, AssetId, Assets, Balance, Balances};

/// The pallet of Asset Hub that has the assets of people and companies.
const ASSET_HUB_ASSETS: u8 = 50;
/// How many assets of Asset Hub have an id here.
const ASSET_HUB_IDS: AssetId = 1_000_000_000;
/// Number of Tether's dollar on Asset Hub.
const USDT_ON_ASSET_HUB: AssetId = 1_984;

/// The relay token.
pub const RELAY_TOKEN: AssetId = FOREIGN_ASSETS + ASSET_HUB_IDS;
/// Tether's dollar.
pub const USDT: AssetId = FOREIGN_ASSETS + USDT_ON_ASSET_HUB;

/// The ids here of assets of other chains, and back.
pub struct ForeignIds;

impl MaybeEquivalence<Location, AssetId> for ForeignIds {
	fn convert(location: &Location) -> Option<AssetId> {
		match location.unpack() {
			(1, []) => Some(RELAY_TOKEN),
			// Nothing may follow: what is deeper inside is another thing.
			(1, [Parachain(ASSET_HUB), PalletInstance(ASSET_HUB_ASSETS), GeneralIndex(index)]) => {
				let index = AssetId::try_from(*index).ok()?;
				(index < ASSET_HUB_IDS).then(|| FOREIGN_ASSETS.saturating_add(index))
			}
			_ => None,
		}
	}

	fn convert_back(id: &AssetId) -> Option<Location> {
		match *id {
			RELAY_TOKEN => Some(Location::parent()),
			id if (FOREIGN_ASSETS..RELAY_TOKEN).contains(&id) => {
				let index = GeneralIndex(id.saturating_sub(FOREIGN_ASSETS).into());
				let pallet = PalletInstance(ASSET_HUB_ASSETS);
				Some(Location::new(1, [Parachain(ASSET_HUB), pallet, index]))
			}
			_ => None,
		}
	}
}

/// Whether an asset comes from the chain that has what stands behind it: Asset Hub, for everything that
/// was made here. Nobody else, the relay chain included, has anything to say about what there is here.
pub struct FromTheirReserve;

impl ContainsPair<Asset, Location> for FromTheirReserve {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		*origin == AssetHub::get()
			&& matches!(asset.fun, Fungible(_))
			&& ForeignIds::convert(&asset.id.0).is_some_and(Assets::asset_exists)
	}
}

/// Moves the native token.
type NativeTransactor =
	FungibleAdapter<Balances, IsConcrete<HereLocation>, LocationToAccountId, AccountId, ()>;

/// Mints what comes in from its reserve and burns what goes back.
type ForeignTransactor = FungiblesAdapter<
	Assets,
	ConvertedConcreteId<AssetId, Balance, ForeignIds, TryConvertInto>,
	LocationToAccountId,
	AccountId,
	// Only teleports are checked, and there are none.
	NoChecking,
	TreasuryAccount,
>;

/// Everything that can move between chains.
pub type Transactors = (NativeTransactor, ForeignTransactor);
