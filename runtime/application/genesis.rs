//! The part of the presets that every runtime has the same: who has what, who decides, and the land
//! that is there from the start. Each runtime adds who makes its blocks.
//!
//! The accounts of a test network are known to everybody, so it is good for nothing else.

use alloc::{vec, vec::Vec};

use frame_support::build_struct_json_patch;
use madang_primitives::{
	escrow::{AssetKind, Rules},
	geometry::Area,
	town::{street_plan, town_size},
	MetaverseId,
};
use madang_runtime_common::units::{MDG, MILLI};
use pallet_metaverse::{Founding, Town};
use serde_json::Value;
use sp_keyring::Sr25519Keyring;

use crate::{
	AccountId, AssetId, AssetsConfig, Balance, BalancesConfig, BlockNumber, CouncilConfig,
	EscrowConfig, LandConfig, MetaverseConfig, RuntimeGenesisConfig, SudoConfig, Treasury,
};

/// Name of the preset of live networks.
pub const LIVE_RUNTIME_PRESET: &str = "live";
/// Id of Preparation Town, where startups begin.
pub const PREPARATION_TOWN: MetaverseId = 0;
/// Id of Launch Town, where they open their doors.
pub const LAUNCH_TOWN: MetaverseId = 1;
/// Id of the demo metaverse, which belongs to Alice.
pub const DEMO_METAVERSE: MetaverseId = 2;
/// Id of the test dollar, a stablecoin that is worth nothing. Alice issues it.
pub const TEST_DOLLAR: AssetId = 1;
/// One test dollar.
pub const TUSD: Balance = 1_000_000;

/// What each development account has.
const ENDOWMENT: Balance = 1_000_000 * MDG;
/// What the treasury has.
const TREASURY_ENDOWMENT: Balance = 1_000 * MDG;
/// An account with less than one of so many parts of a coin has nothing of it: one cent of a dollar.
const LEAST_PART: Balance = 100;
/// What each development account has in test dollars.
const TUSD_ENDOWMENT: Balance = 1_000_000 * TUSD;
/// Smallest goal of a campaign, in tokens or other coins.
const GOAL_FLOOR: Balance = 100;
/// Smallest ticket that a campaign may name, in tokens or other coins.
const TICKET_FLOOR: Balance = 1;
/// Rules of escrow under which a campaign takes minutes.
const ESCROW_RULES: Rules<BlockNumber> = Rules {
	max_opens_after: 100,
	min_period: 3,
	max_period: 1_000,
	reconfirm: 5,
	early_close_notice: 3,
	min_voting: 3,
	max_voting: 100,
	min_grace: 3,
	max_grace: 100,
	max_duration: 1_000,
	due_grace: 3,
	resubmit_pause: 2,
	max_dispute: 20,
	dispute_pause: 5,
	petition: 10,
	no_confidence_pause: 20,
	max_lock_up: 1_000,
};
/// Price of a cell in a town.
const TOWN_CELL_PRICE: Balance = 2 * MILLI;
/// Width and height of the demo metaverse.
const DEMO_SIDE: u16 = 64;

/// A coin other than the native token, which campaigns may collect.
pub struct Coin {
	/// Its id among the assets.
	pub id: AssetId,
	/// Who issues it here.
	pub issuer: AccountId,
	/// Its name.
	pub name: &'static str,
	/// Its symbol.
	pub symbol: &'static str,
	/// Its decimal places.
	pub decimals: u8,
	/// What each development account has of it, in its smallest unit.
	pub endowment: Balance,
}

impl Coin {
	/// One of it, in its smallest unit.
	const fn one(&self) -> Balance {
		10u128.pow(self.decimals as u32)
	}

	fn test_dollar() -> Self {
		Self {
			id: TEST_DOLLAR,
			issuer: Sr25519Keyring::Alice.to_account_id(),
			name: "Test Dollar",
			symbol: "TUSD",
			decimals: 6,
			endowment: TUSD_ENDOWMENT,
		}
	}
}

fn towns() -> Vec<Town> {
	let town = |slug: &str, name: &str| Town {
		slug: slug.into(),
		name: name.into(),
		width: town_size().width,
		height: town_size().height,
	};
	vec![
		town("preparation-town", "Preparation Town"),
		town("launch-town", "Launch Town"),
	]
}

/// The roads of the towns; what lies between them is for sale.
fn roads() -> Vec<(MetaverseId, Vec<Area>)> {
	[PREPARATION_TOWN, LAUNCH_TOWN]
		.map(|town| (town, street_plan()))
		.to_vec()
}

/// What a cell of each town costs.
fn town_sales() -> Vec<(MetaverseId, Balance)> {
	[PREPARATION_TOWN, LAUNCH_TOWN]
		.map(|town| (town, TOWN_CELL_PRICE))
		.to_vec()
}

fn demo_metaverses() -> Vec<Founding<AccountId>> {
	vec![Founding {
		owner: Sr25519Keyring::Alice.to_account_id(),
		slug: "madang-demo".into(),
		name: "Madang Demo".into(),
		width: DEMO_SIDE,
		height: DEMO_SIDE,
	}]
}

/// The twelve development accounts (six people, each with a stash) and the treasury.
fn balances() -> Vec<(AccountId, Balance)> {
	Sr25519Keyring::well_known()
		.map(|account| (account.to_account_id(), ENDOWMENT))
		.chain([(Treasury::account_id(), TREASURY_ENDOWMENT)])
		.collect()
}

/// The coins of the same twelve accounts.
fn endowments(coins: &[Coin]) -> Vec<(AssetId, AccountId, Balance)> {
	let endowed = coins.iter().filter(|coin| coin.endowment > 0);
	endowed
		.flat_map(|coin| {
			Sr25519Keyring::well_known()
				.map(|account| (coin.id, account.to_account_id(), coin.endowment))
		})
		.collect()
}

fn assets(coins: &[Coin]) -> AssetsConfig {
	AssetsConfig {
		assets: coins
			.iter()
			.map(|coin| (coin.id, coin.issuer.clone(), true, coin.one() / LEAST_PART))
			.collect(),
		metadata: coins
			.iter()
			.map(|coin| {
				let (name, symbol) = (coin.name.into(), coin.symbol.into());
				(coin.id, name, symbol, coin.decimals)
			})
			.collect(),
		accounts: endowments(coins),
		..Default::default()
	}
}

/// What campaigns may collect: the asset, the smallest goal and the smallest ticket.
fn accepted_assets(coins: &[Coin]) -> Vec<(AssetKind, Balance, Balance)> {
	let coins = coins
		.iter()
		.map(|coin| (AssetKind::WithId(coin.id), coin.one()));
	[(AssetKind::Native, MDG)]
		.into_iter()
		.chain(coins)
		.map(|(asset, one)| (asset, GOAL_FLOOR * one, TICKET_FLOOR * one))
		.collect()
}

/// What a test network begins with, besides those who make its blocks: accounts, council, towns with
/// their roads, a demo metaverse, the test dollar and whatever other coins the runtime has, and
/// rules of escrow under which a campaign takes minutes. Alice holds the sudo key.
pub fn test_network(others: impl IntoIterator<Item = Coin>) -> Value {
	let coins: Vec<_> = [Coin::test_dollar()].into_iter().chain(others).collect();
	let council = [
		Sr25519Keyring::Alice,
		Sr25519Keyring::Bob,
		Sr25519Keyring::Charlie,
	]
	.map(|member| member.to_account_id())
	.to_vec();
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: balances()
		},
		assets: assets(&coins),
		sudo: SudoConfig {
			key: Some(Sr25519Keyring::Alice.to_account_id())
		},
		council: CouncilConfig { members: council },
		metaverse: MetaverseConfig {
			towns: towns(),
			metaverses: demo_metaverses()
		},
		land: LandConfig {
			sales: town_sales(),
			roads: roads()
		},
		escrow: EscrowConfig {
			assets: accepted_assets(&coins),
			rules: Some(ESCROW_RULES),
		},
	})
}

/// What every live network begins with. Whoever may decide or make blocks is not in it.
pub fn live_network() -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		metaverse: MetaverseConfig { towns: towns() },
		land: LandConfig {
			sales: town_sales(),
			roads: roads()
		},
	})
}

/// Adds what only one runtime has. No pallet may be in both.
pub fn with(mut shared: Value, own: Value) -> Value {
	if let (Value::Object(shared), Value::Object(own)) = (&mut shared, own) {
		for (pallet, genesis) in own {
			assert!(
				shared.insert(pallet, genesis).is_none(),
				"a pallet has its genesis in one place"
			);
		}
	}
	shared
}
