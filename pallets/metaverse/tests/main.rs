//! Tests of the registry of metaverses on real land, real items and real balances.
//!
//! One module per call or concern. Every test recounts all equations of all pallets at its end, and
//! calls run as in a block: what fails leaves nothing behind.

mod calls {
	mod close;
	mod deposits;
	mod endpoints;
	mod launch;
	mod managers;
	mod ownership;
	mod profile;
	mod properties;
	mod queries;
	mod register;
	mod rights;
	mod spend;
	mod suspension;
	mod towns;
}

/// What the tests share.
mod support {
	use frame_support::traits::fungible::InspectHold;

	pub use frame_support::{
		assert_noop, assert_ok, assert_storage_noop,
		traits::fungible::{Inspect, Mutate},
	};
	pub use madang_mock::*;
	pub use madang_primitives::{
		geometry::Area,
		land::SalePolicy,
		metaverse::{EndpointInput, ProfileInput, Role, Roles, Stage},
		MetaverseId,
	};
	pub use pallet_metaverse::{Error, Event, HoldReason};
	pub use sp_core::H256;
	pub use sp_runtime::{DispatchError, DispatchResult};

	pub const NO_ROLES: Roles = Roles {
		profile: false,
		land: false,
		portal: false,
		treasury: false,
	};
	pub const PROFILE: Roles = Roles {
		profile: true,
		..NO_ROLES
	};
	pub const LAND: Roles = Roles {
		land: true,
		..NO_ROLES
	};
	pub const TREASURY: Roles = Roles {
		treasury: true,
		..NO_ROLES
	};
	pub const REASON: H256 = H256::repeat_byte(7);

	/// A metaverse of Alice.
	pub fn world() -> MetaverseId {
		register_demo(alice(), 8, 8)
	}

	pub fn register(who: AccountId, slug: &str) -> DispatchResult {
		register_as(who, slug.as_bytes(), profile("Demo"))
	}

	pub fn register_as(who: AccountId, slug: &[u8], profile: ProfileInput) -> DispatchResult {
		let slug = slug.to_vec();
		tx(|| Metaverse::register(signed(who), slug, profile, 4, 4, Balance::MAX))
	}

	pub fn set_manager(id: MetaverseId, who: AccountId, roles: Roles) {
		assert_ok!(tx(|| Metaverse::set_manager(
			signed(alice()),
			id,
			who,
			roles
		)));
	}

	pub fn set_endpoint(id: MetaverseId, index: u8, uri: &str) {
		assert_ok!(tx(|| Metaverse::set_endpoint(
			signed(alice()),
			id,
			index,
			endpoint(uri)
		)));
	}

	/// What is on hold from an account for its metaverses.
	pub fn deposit(who: &AccountId) -> Balance {
		Balances::balance_on_hold(&HoldReason::Metaverse.into(), who)
	}

	/// Everything that an account has, on hold or not.
	pub fn wealth(who: &AccountId) -> Balance {
		Balances::total_balance(who)
	}

	/// The metaverse's own account.
	pub fn purse(id: MetaverseId) -> AccountId {
		Metaverse::account_of(id)
	}

	pub fn record(id: MetaverseId) -> pallet_metaverse::MetaverseRecordOf<Test> {
		pallet_metaverse::Metaverses::<Test>::get(id).expect("the metaverse exists")
	}

	pub fn owner_of(id: MetaverseId) -> Option<AccountId> {
		record(id).owner.account().cloned()
	}

	pub fn expect_event(event: Event<Test>) {
		System::assert_last_event(event.into());
	}

	/// Money from Bob, so that the metaverse has something to spend.
	pub fn give(id: MetaverseId, amount: Balance) {
		assert_ok!(Balances::transfer(
			&bob(),
			&purse(id),
			amount,
			frame_support::traits::tokens::Preservation::Preserve
		));
	}
}
