//! Development chains with more in their genesis.
//!
//! The calls of the pallets themselves store it, before there is a block and in native code: nothing
//! is signed, no fee is paid and no event is kept, but every check of the calls is made.

use codec::Compact;
use madang_client::calls;
use madang_node::chain_spec::{self, ChainSpec};
use madang_primitives::{
	escrow::AssetKind,
	geometry::Size,
	portal::{Access, Direction, GateInput, Split, Terms, Toll},
	Balance, MetaverseId,
};
use madang_runtime::{
	genesis_config_presets::TEST_DOLLAR, AccountId, Address, Assets, Balances, BlockNumber,
	Metaverse, Runtime, RuntimeOrigin,
};
use madang_runtime_common::{params::MinNotice, units::MDG};
use sc_service::ChainSpec as _;
use sp_core::storage::well_known_keys::CODE;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{BuildStorage, Permill};

/// What an account gets that has nothing: enough for fees, deposits and a small metaverse.
const ENDOWMENT: Balance = 1_000 * MDG;

/// The development chain with what `grow` stores in its genesis, and what `grow` tells.
pub fn grown<Told>(grow: impl FnOnce() -> Told) -> (ChainSpec, Told) {
	let mut spec = chain_spec::development().expect("the runtime was built");
	let mut storage = spec.build_storage().expect("the preset is complete");
	// On its own it would put an empty runtime in.
	let code = storage.top.get(CODE).expect("there is a runtime").clone();
	let mut ext = TestExternalities::new_with_code(&code, storage.clone());
	let told = ext.execute_with(|| {
		let told = grow();
		storage.top.clear();
		let mut key = Vec::new();
		while let Some(next) = sp_io::storage::next_key(&key) {
			let value = sp_io::storage::get(&next).expect("a key has a value");
			storage.top.insert(next.clone(), value.to_vec());
			key = next;
		}
		told
	});
	spec.set_storage(storage);
	(spec, told)
}

/// The origin of a call that somebody signed.
pub fn signed(who: impl Into<AccountId>) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.into())
}

/// Gives somebody money out of nothing.
pub fn endow(who: &AccountId) {
	Balances::force_set_balance(RuntimeOrigin::root(), Address::Id(who.clone()), ENDOWMENT)
		.expect("root may");
}

/// Gives somebody test dollars, which Alice issues.
pub fn give_dollars(who: &AccountId, amount: Balance) {
	let holder = Address::Id(who.clone());
	Assets::mint(
		signed(Sr25519Keyring::Alice),
		Compact(TEST_DOLLAR),
		holder,
		amount,
	)
	.expect("the issuer may");
}

/// Founds a metaverse.
pub fn found(owner: impl Into<AccountId>, slug: &str, size: Size) -> MetaverseId {
	let id = pallet_metaverse::NextId::<Runtime>::get();
	Metaverse::register(
		signed(owner),
		slug.as_bytes().to_vec(),
		calls::profile("Bench", ""),
		size.width,
		size.height,
		Balance::MAX,
	)
	.expect("the slug is free and the owner can pay");
	id
}

/// The usual place of a metaverse, as the end of a portal.
pub fn gate(metaverse: MetaverseId) -> GateInput {
	GateInput {
		metaverse,
		parcel: None,
		spawn: Vec::new(),
	}
}

/// A portal both ways, for everyone, for a toll in the native token.
pub fn tolled(amount: Balance) -> Terms<BlockNumber> {
	Terms {
		direction: Direction::TwoWay,
		toll: Some(toll(AssetKind::Native, amount)),
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: MinNotice::get(),
	}
}

/// A toll of which both ends get almost half.
pub fn toll(asset: AssetKind, amount: Balance) -> Toll {
	Toll {
		asset,
		amount,
		split: Split {
			source: Permill::from_percent(49),
			destination: Permill::from_percent(49),
			network: Permill::from_percent(2),
		},
	}
}
