//! Benchmarks of every call on its dearest way: full lists, long texts, a caller whom the list of managers
//! has at its end, deposits that are on hold for the first time or come back as a whole, and accounts that
//! are made.
//!
//! They run in any runtime. Land is real there, so `register` and `close` measure it too. What else they
//! need of other pallets, the runtime's `BenchmarkHelper` makes.

use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::*,
	traits::{
		fungible::{Inspect, InspectHold, Mutate},
		fungibles::Inspect as _,
	},
};
use frame_system::{pallet_prelude::*, RawOrigin};
use madang_primitives::{
	metaverse::{EndpointInput, ProfileInput, Protocol, Roles, Stage},
	MetaverseId,
};
use sp_core::H256;
use sp_runtime::{
	traits::{Bounded, Saturating, StaticLookup},
	SaturatedConversion,
};

use super::*;

/// Longest name and URI together.
const MAX_TEXT: u32 = MAX_NAME_LEN + MAX_URI_LEN;
/// Side of the territories that are founded here.
const SIDE: u16 = 16;

fn rich<T: Config>(name: &'static str, index: u32) -> T::AccountId {
	let who = account(name, index, 0);
	let plenty = T::Currency::minimum_balance().saturating_mul(1_000_000_000u32.into());
	T::Currency::set_balance(&who, plenty);
	who
}

/// A text of so many bytes. Letters of two bytes are dearer to check than ASCII.
fn text(bytes: u32) -> Vec<u8> {
	let mut text = "é".repeat(bytes as usize / 2);
	if bytes % 2 == 1 {
		text.push('e');
	}
	text.into_bytes()
}

/// A profile with so many bytes of text. Whatever their number, it takes more than the one with which
/// [`found`] begins, so a deposit is held for it.
fn profile(bytes: u32) -> ProfileInput {
	let name = bytes.min(MAX_NAME_LEN);
	ProfileInput {
		name: text(name),
		uri: text(bytes.saturating_sub(name)),
		hash: Some(H256::repeat_byte(1)),
	}
}

fn endpoint(bytes: u32) -> EndpointInput {
	EndpointInput {
		protocol: Protocol::Web,
		uri: text(bytes),
		manifest: Some(H256::repeat_byte(2)),
	}
}

fn signed<T: Config>(who: &T::AccountId) -> OriginFor<T> {
	RawOrigin::Signed(who.clone()).into()
}

fn lookup<T: Config>(who: &T::AccountId) -> AccountIdLookupOf<T> {
	T::Lookup::unlookup(who.clone())
}

fn manager<T: Config>(index: u32) -> T::AccountId {
	account("manager", index, 0)
}

/// The manager whom the list has at its end.
fn last_manager<T: Config>(id: MetaverseId) -> Result<T::AccountId, BenchmarkError> {
	let managers = Managers::<T>::get(id);
	let last = managers.last().ok_or("there are managers")?;
	Ok(last.account.clone())
}

fn held<T: Config>(who: &T::AccountId) -> BalanceOf<T> {
	T::Currency::balance_on_hold(&HoldReason::Metaverse.into(), who)
}

/// What is recorded as the deposit of a metaverse.
fn deposit<T: Config>(id: MetaverseId) -> BalanceOf<T> {
	Metaverses::<T>::get(id).map_or_else(Zero::zero, |record| record.deposit)
}

/// A metaverse with the longest slug and the shortest profile.
fn found<T: Config>(owner: &T::AccountId) -> Result<MetaverseId, BenchmarkError> {
	let id = NextId::<T>::get();
	let slug = vec![b's'; MAX_SLUG_LEN as usize];
	let profile = ProfileInput {
		name: text(1),
		..Default::default()
	};
	Pallet::<T>::register(
		signed::<T>(owner),
		slug,
		profile,
		SIDE,
		SIDE,
		Bounded::max_value(),
	)?;
	Ok(id)
}

fn add_managers<T: Config>(
	owner: &T::AccountId,
	id: MetaverseId,
	count: u32,
) -> Result<(), BenchmarkError> {
	for index in 0..count {
		let who = lookup::<T>(&manager::<T>(index));
		Pallet::<T>::set_manager(signed::<T>(owner), id, who, Roles::ALL)?;
	}
	Ok(())
}

fn add_endpoints<T: Config>(owner: &T::AccountId, id: MetaverseId) -> Result<(), BenchmarkError> {
	for index in 0..MAX_ENDPOINTS as u8 {
		Pallet::<T>::set_endpoint(signed::<T>(owner), id, index, endpoint(MAX_URI_LEN))?;
	}
	Ok(())
}

/// A metaverse with every list full.
fn found_full<T: Config>(owner: &T::AccountId) -> Result<MetaverseId, BenchmarkError> {
	let id = found::<T>(owner)?;
	add_endpoints::<T>(owner, id)?;
	add_managers::<T>(owner, id, MAX_MANAGERS)?;
	Ok(id)
}

fn guardian<T: Config>() -> Result<OriginFor<T>, BenchmarkError> {
	T::GuardianOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The slug was used before, and the metaverse's account is new.
	#[benchmark]
	fn register(t: Linear<1, MAX_TEXT>) -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let paid = T::BenchmarkHelper::prepare_purchase();
		let id = NextId::<T>::get();
		let slug = vec![b's'; MAX_SLUG_LEN as usize];
		let until = Pallet::<T>::now();
		Slugs::<T>::insert(
			Slug::truncate_from(slug.clone()),
			SlugState::CoolingDown { until },
		);
		assert!(T::Currency::balance(&paid).is_zero());
		let max_price = BalanceOf::<T>::max_value();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner.clone()),
			slug,
			profile(t),
			SIDE,
			SIDE,
			max_price,
		);

		assert!(OwnedBy::<T>::contains_key(&owner, id));
		assert!(!T::Currency::balance(&paid).is_zero());
		let account = Pallet::<T>::account_of(id);
		assert_eq!(
			T::Currency::balance(&account),
			T::Currency::minimum_balance()
		);
		assert_eq!(held::<T>(&owner), deposit::<T>(id));
		Ok(())
	}

	#[benchmark]
	fn set_profile(t: Linear<1, MAX_TEXT>) -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		let caller = last_manager::<T>(id)?;
		let before = held::<T>(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, profile(t));

		let stored = Profiles::<T>::get(id).expect("every metaverse has one");
		assert_eq!((stored.name.len() + stored.uri.len()) as u32, t);
		assert!(held::<T>(&owner) > before);
		Ok(())
	}

	#[benchmark]
	fn set_endpoint(t: Linear<1, MAX_URI_LEN>) -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		let caller = last_manager::<T>(id)?;
		Pallet::<T>::remove_endpoint(signed::<T>(&owner), id, 0)?;
		let before = held::<T>(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, 0, endpoint(t));

		assert_eq!(Endpoints::<T>::get(id)[0].uri.len() as u32, t);
		assert_eq!(Endpoints::<T>::get(id).len() as u32, MAX_ENDPOINTS);
		assert!(held::<T>(&owner) > before);
		Ok(())
	}

	#[benchmark]
	fn remove_endpoint() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		let caller = last_manager::<T>(id)?;
		let before = held::<T>(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, 0);

		assert_eq!(Endpoints::<T>::get(id).len() as u32, MAX_ENDPOINTS - 1);
		assert!(held::<T>(&owner) < before);
		Ok(())
	}

	#[benchmark]
	fn launch() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		T::BenchmarkHelper::claim_parcel(id, &owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), id);

		let record = Metaverses::<T>::get(id).expect("it was just founded");
		assert_eq!(record.stage, Stage::Launched);
		Ok(())
	}

	#[benchmark]
	fn set_manager(m: Linear<0, { MAX_MANAGERS - 1 }>) -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found::<T>(&owner)?;
		add_endpoints::<T>(&owner, id)?;
		add_managers::<T>(&owner, id, m)?;
		let who = lookup::<T>(&manager::<T>(MAX_MANAGERS));
		let before = held::<T>(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), id, who, Roles::ALL);

		assert_eq!(Managers::<T>::get(id).len() as u32, m + 1);
		assert!(held::<T>(&owner) > before);
		Ok(())
	}

	#[benchmark]
	fn nominate_owner() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		let nominee: T::AccountId = account("nominee", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), id, lookup::<T>(&nominee));

		let record = Metaverses::<T>::get(id).expect("it was just founded");
		assert_eq!(record.nominee, Some(nominee));
		Ok(())
	}

	#[benchmark]
	fn accept_ownership() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		let nominee = rich::<T>("nominee", 0);
		Pallet::<T>::nominate_owner(signed::<T>(&owner), id, lookup::<T>(&nominee))?;

		#[extrinsic_call]
		_(RawOrigin::Signed(nominee.clone()), id);

		assert!(OwnedBy::<T>::contains_key(&nominee, id));
		assert!(!Managers::<T>::contains_key(id));
		assert_eq!(held::<T>(&nominee), deposit::<T>(id));
		assert!(held::<T>(&owner).is_zero());
		Ok(())
	}

	#[benchmark]
	fn spend() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		let caller = last_manager::<T>(id)?;
		let dest: T::AccountId = account("dest", 0, 0);
		assert!(!frame_system::Account::<T>::contains_key(&dest));
		let amount = T::Currency::minimum_balance().saturating_mul(10u32.into());
		T::Currency::mint_into(&Pallet::<T>::account_of(id), amount)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, lookup::<T>(&dest), amount);

		assert_eq!(T::Currency::balance(&dest), amount);
		Ok(())
	}

	/// All of it, so that one account in the asset ends and another begins.
	#[benchmark]
	fn spend_asset() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		let caller = last_manager::<T>(id)?;
		let dest: T::AccountId = account("dest", 0, 0);
		assert!(!frame_system::Account::<T>::contains_key(&dest));
		let account = Pallet::<T>::account_of(id);
		let (asset, amount) = T::BenchmarkHelper::fund_with_asset(&account);
		let amount: BalanceOf<T> = amount.saturated_into();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(caller),
			id,
			asset,
			lookup::<T>(&dest),
			amount,
		);

		assert_eq!(T::Assets::balance(asset, &dest), amount);
		assert!(T::Assets::balance(asset, &account).is_zero());
		Ok(())
	}

	#[benchmark]
	fn suspend() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		let origin = guardian::<T>()?;
		let until = Pallet::<T>::now().saturating_add(T::MaxSuspension::get());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, until, H256::repeat_byte(3));

		assert!(Metaverses::<T>::get(id).is_some_and(|record| record.suspension.is_some()));
		Ok(())
	}

	#[benchmark]
	fn resume() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		let until = Pallet::<T>::now().saturating_add(T::MaxSuspension::get());
		Pallet::<T>::suspend(guardian::<T>()?, id, until, H256::repeat_byte(3))?;
		let origin = guardian::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);

		let now = Pallet::<T>::now();
		let record = Metaverses::<T>::get(id).ok_or("registered")?;
		assert!(record
			.suspension
			.is_some_and(|suspension| !suspension.is_active(&now)));
		Ok(())
	}

	/// Everything that is left ends: the money with its account, the collection, and the deposit.
	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let id = found_full::<T>(&owner)?;
		T::BenchmarkHelper::leave_campaigns(id);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), id);

		assert!(!Metaverses::<T>::contains_key(id));
		assert!(!frame_system::Account::<T>::contains_key(
			Pallet::<T>::account_of(id)
		));
		assert!(held::<T>(&owner).is_zero());
		Ok(())
	}
}
