//! The first block of the networks.
//!
//! | preset | validators | for |
//! |---|---|---|
//! | `development` | Alice | one node on one machine |
//! | `local_testnet` | Alice, Bob, Charlie and Dave | several nodes on one machine |
//! | `live` | nobody yet | a network that people rely on |
//!
//! `live` has the towns with their roads and nothing else: no sudo key, and no key at all that somebody
//! knows. Its operator adds validators, council and money.
//!
//! The other two have the same accounts, council, towns with their roads and demo metaverse, the same
//! test dollar that campaigns may collect, and rules of escrow under which a campaign takes minutes;
//! Alice holds the sudo key. Their keys are known to everybody, so they are good for nothing else.

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
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

use crate::{
	AccountId, AssetId, AssetsConfig, Balance, BalancesConfig, BlockNumber, CouncilConfig,
	EscrowConfig, LandConfig, MetaverseConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys,
	SudoConfig, Treasury, ValidatorSelectionConfig,
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
/// Decimal places of the test dollar.
const TUSD_DECIMALS: u8 = 6;
/// An account with less than this has no test dollars: one cent.
const TUSD_MINIMUM: Balance = TUSD / 100;
/// What each development account has in test dollars.
const TUSD_ENDOWMENT: Balance = 1_000_000 * TUSD;
/// Smallest goal of a campaign, in tokens or test dollars.
const GOAL_FLOOR: Balance = 100;
/// Smallest ticket that a campaign may name, in tokens or test dollars.
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
/// Bond of a validator who was not invited.
const CANDIDACY_BOND: Balance = 1_000 * MDG;
/// Places for validators who were not invited: none until the council opens some. Whoever takes a
/// place without running a node counts against finality, so places should stay below a third of the
/// whole set.
const CANDIDATE_PLACES: u32 = 0;

/// A development account with the keys with which it validates.
struct Validator {
	account: Sr25519Keyring,
	finality: Ed25519Keyring,
}

impl Validator {
	const ALICE: Self = Self {
		account: Sr25519Keyring::Alice,
		finality: Ed25519Keyring::Alice,
	};
	const BOB: Self = Self {
		account: Sr25519Keyring::Bob,
		finality: Ed25519Keyring::Bob,
	};
	const CHARLIE: Self = Self {
		account: Sr25519Keyring::Charlie,
		finality: Ed25519Keyring::Charlie,
	};
	const DAVE: Self = Self {
		account: Sr25519Keyring::Dave,
		finality: Ed25519Keyring::Dave,
	};

	fn account_id(&self) -> AccountId {
		self.account.to_account_id()
	}

	fn session_keys(&self) -> SessionKeys {
		SessionKeys {
			aura: self.account.public().into(),
			grandpa: self.finality.public().into(),
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

/// The test dollars of the same twelve accounts.
fn test_dollars() -> Vec<(AssetId, AccountId, Balance)> {
	Sr25519Keyring::well_known()
		.map(|account| (TEST_DOLLAR, account.to_account_id(), TUSD_ENDOWMENT))
		.collect()
}

/// What campaigns may collect: the asset, the smallest goal and the smallest ticket.
fn accepted_assets() -> Vec<(AssetKind, Balance, Balance)> {
	[
		(AssetKind::Native, MDG),
		(AssetKind::WithId(TEST_DOLLAR), TUSD),
	]
	.map(|(asset, one)| (asset, GOAL_FLOOR * one, TICKET_FLOOR * one))
	.to_vec()
}

/// The keys of blocks and finality come through the session, so those two pallets name nobody.
fn genesis(validators: &[Validator]) -> Value {
	let invited: Vec<_> = validators.iter().map(Validator::account_id).collect();
	let keys: Vec<_> = validators
		.iter()
		.map(|validator| {
			(
				validator.account_id(),
				validator.account_id(),
				validator.session_keys(),
			)
		})
		.collect();
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
		assets: AssetsConfig {
			assets: vec![(
				TEST_DOLLAR,
				Sr25519Keyring::Alice.to_account_id(),
				true,
				TUSD_MINIMUM
			)],
			metadata: vec![(
				TEST_DOLLAR,
				b"Test Dollar".to_vec(),
				b"TUSD".to_vec(),
				TUSD_DECIMALS
			)],
			accounts: test_dollars(),
		},
		sudo: SudoConfig {
			key: Some(Sr25519Keyring::Alice.to_account_id())
		},
		council: CouncilConfig { members: council },
		validator_selection: ValidatorSelectionConfig {
			invulnerables: invited,
			candidacy_bond: CANDIDACY_BOND,
			desired_candidates: CANDIDATE_PLACES,
		},
		session: SessionConfig { keys },
		metaverse: MetaverseConfig {
			towns: towns(),
			metaverses: demo_metaverses()
		},
		land: LandConfig {
			sales: town_sales(),
			roads: roads()
		},
		escrow: EscrowConfig {
			assets: accepted_assets(),
			rules: Some(ESCROW_RULES),
		},
	})
}

/// What every live network begins with. Whoever may decide or validate is not in it.
fn live() -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		validator_selection: ValidatorSelectionConfig {
			candidacy_bond: CANDIDACY_BOND,
			desired_candidates: CANDIDATE_PLACES,
		},
		metaverse: MetaverseConfig { towns: towns() },
		land: LandConfig {
			sales: town_sales(),
			roads: roads()
		},
	})
}

/// The preset with this name, as the JSON of what differs from the default.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let preset = match id.as_str() {
		DEV_RUNTIME_PRESET => genesis(&[Validator::ALICE]),
		LOCAL_TESTNET_RUNTIME_PRESET => genesis(&[
			Validator::ALICE,
			Validator::BOB,
			Validator::CHARLIE,
			Validator::DAVE,
		]),
		LIVE_RUNTIME_PRESET => live(),
		_ => return None,
	};
	serde_json::to_vec(&preset).ok()
}

/// The names of all presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![
		DEV_RUNTIME_PRESET.into(),
		LOCAL_TESTNET_RUNTIME_PRESET.into(),
		LIVE_RUNTIME_PRESET.into(),
	]
}
