//! Benchmarks of every call, in the worst case: areas that lie across as many chunks as they can.

use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Inspect, Mutate},
		Get,
	},
};
use frame_system::RawOrigin;
use madang_primitives::{
	geometry::{Area, Cut, Size, CHUNK_SIDE},
	land::{ContentInput, SalePolicy},
	Balance, MetaverseId, ParcelId,
};
use sp_core::H256;
use sp_runtime::traits::{Bounded, StaticLookup};

use super::*;
use crate::pallet::AccountIdLookupOf;

/// Sets the stage for the benchmarks.
pub trait BenchmarkHelper<AccountId> {
	/// A new metaverse of `owner` with a territory of `size`.
	fn found_metaverse(owner: &AccountId, size: Size) -> MetaverseId;
}

/// Width and height of the territory in which the benchmarks play.
const SIDE: u16 = 192;

fn rich<T: Config>(name: &'static str) -> T::AccountId {
	let account: T::AccountId = account(name, 0, 0);
	let amount = <T as Config>::Currency::minimum_balance().saturating_mul(1_000_000_000);
	assert_ok!(<T as Config>::Currency::mint_into(&account, amount));
	account
}

fn lookup<T: Config>(account: &T::AccountId) -> AccountIdLookupOf<T> {
	T::Lookup::unlookup(account.clone())
}

/// A metaverse of a rich owner.
fn world<T: Config>() -> (MetaverseId, T::AccountId) {
	let owner = rich::<T>("owner");
	let metaverse = T::BenchmarkHelper::found_metaverse(&owner, Size::new(SIDE, SIDE));
	(metaverse, owner)
}

/// The smallest area that touches at least `chunks` chunks with no more than five in a row, where
/// five is what the longest side can touch. It starts in the last cell of a chunk.
fn across(chunks: u32) -> Area {
	let rows = chunks.div_ceil(5);
	let columns = chunks.div_ceil(rows);
	let side = |chunks: u32| match chunks {
		0 | 1 => 1,
		more => (more as u16 - 2) * CHUNK_SIDE + 2,
	};
	Area::new(CHUNK_SIDE - 1, CHUNK_SIDE - 1, side(columns), side(rows))
}

/// A parcel of a rich buyer, with content of a builder, so that everything must be removed with it.
fn parcel<T: Config>(
	metaverse: MetaverseId,
	owner: &T::AccountId,
	area: Area,
) -> Result<(ParcelId, T::AccountId), BenchmarkError> {
	let buyer = rich::<T>("buyer");
	let id = Territories::<T>::get(metaverse)
		.ok_or("founded")?
		.next_parcel;
	let manager = RawOrigin::Signed(owner.clone());
	Pallet::<T>::claim_for(manager.into(), metaverse, area, lookup::<T>(&buyer))?;
	let builder = rich::<T>("builder");
	Pallet::<T>::set_builder(
		RawOrigin::Signed(buyer.clone()).into(),
		metaverse,
		id,
		lookup::<T>(&builder),
		Bounded::max_value(),
	)?;
	Pallet::<T>::set_content(
		RawOrigin::Signed(builder).into(),
		metaverse,
		id,
		Some(content(MAX_URI_LEN)),
	)?;
	Ok((id, buyer))
}

fn content(bytes: u32) -> ContentInput {
	ContentInput {
		uri: vec![b'u'; bytes as usize],
		hash: H256::repeat_byte(1),
	}
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn set_sale() {
		let (metaverse, owner) = world::<T>();
		let policy = SalePolicy::Open { price_per_cell: 1 };
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), metaverse, policy);
		assert_eq!(
			Territories::<T>::get(metaverse).map(|t| t.sale),
			Some(policy)
		);
	}

	#[benchmark]
	fn claim(c: Linear<1, { Pallet::<T>::max_chunks() }>) {
		let (metaverse, owner) = world::<T>();
		let price_per_cell = <T as Config>::Currency::minimum_balance();
		let policy = SalePolicy::Open { price_per_cell };
		assert_ok!(Pallet::<T>::set_sale(
			RawOrigin::Signed(owner).into(),
			metaverse,
			policy
		));
		let visitor = rich::<T>("visitor");
		#[extrinsic_call]
		_(
			RawOrigin::Signed(visitor),
			metaverse,
			across(c),
			Balance::MAX,
		);
		assert!(Parcels::<T>::contains_key(metaverse, 0));
	}

	#[benchmark]
	fn claim_for(c: Linear<1, { Pallet::<T>::max_chunks() }>) {
		let (metaverse, owner) = world::<T>();
		let beneficiary = lookup::<T>(&rich::<T>("buyer"));
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), metaverse, across(c), beneficiary);
		assert!(Parcels::<T>::contains_key(metaverse, 0));
	}

	#[benchmark]
	fn transfer() -> Result<(), BenchmarkError> {
		let (metaverse, owner) = world::<T>();
		let (id, buyer) = parcel::<T>(metaverse, &owner, across(1))?;
		let dest = lookup::<T>(&owner);
		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), metaverse, id, dest);
		let collection = Territories::<T>::get(metaverse)
			.ok_or("founded")?
			.collection;
		assert_eq!(pallet_nfts::Pallet::<T>::owner(collection, id), Some(owner));
		Ok(())
	}

	#[benchmark]
	fn adopt_deposit() -> Result<(), BenchmarkError> {
		let (metaverse, owner) = world::<T>();
		let (id, buyer) = parcel::<T>(metaverse, &owner, across(1))?;
		#[extrinsic_call]
		_(RawOrigin::Signed(buyer.clone()), metaverse, id);
		assert_eq!(
			Parcels::<T>::get(metaverse, id).map(|p| p.depositor),
			Some(buyer)
		);
		Ok(())
	}

	#[benchmark]
	fn reap(c: Linear<1, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let (metaverse, owner) = world::<T>();
		let (id, buyer) = parcel::<T>(metaverse, &owner, across(c))?;
		let collection = Territories::<T>::get(metaverse)
			.ok_or("founded")?
			.collection;
		pallet_nfts::Pallet::<T>::burn(RawOrigin::Signed(buyer).into(), collection, id)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), metaverse, id);
		assert!(!Parcels::<T>::contains_key(metaverse, id));
		Ok(())
	}

	#[benchmark]
	fn split(c: Linear<2, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let (metaverse, owner) = world::<T>();
		let (id, buyer) = parcel::<T>(metaverse, &owner, across(c))?;
		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), metaverse, id, Cut::Column(1));
		assert!(Parcels::<T>::contains_key(metaverse, id + 2));
		Ok(())
	}

	#[benchmark]
	fn merge(c: Linear<2, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let (metaverse, owner) = world::<T>();
		let (left, right) = across(c).split(Cut::Column(1)).ok_or("can be cut")?;
		let (a, buyer) = parcel::<T>(metaverse, &owner, left)?;
		let (b, _) = parcel::<T>(metaverse, &owner, right)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), metaverse, a, b);
		assert!(Parcels::<T>::contains_key(metaverse, b + 1));
		Ok(())
	}

	#[benchmark]
	fn release(c: Linear<1, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let (metaverse, owner) = world::<T>();
		let (id, buyer) = parcel::<T>(metaverse, &owner, across(c))?;
		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), metaverse, id);
		assert!(!Parcels::<T>::contains_key(metaverse, id));
		Ok(())
	}

	#[benchmark]
	fn set_content(b: Linear<1, MAX_URI_LEN>) -> Result<(), BenchmarkError> {
		let (metaverse, owner) = world::<T>();
		let (id, buyer) = parcel::<T>(metaverse, &owner, across(1))?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(buyer.clone()),
			metaverse,
			id,
			Some(content(b)),
		);
		assert_eq!(
			Contents::<T>::get(metaverse, id).map(|c| c.depositor),
			Some(buyer)
		);
		Ok(())
	}

	#[benchmark]
	fn set_builder() -> Result<(), BenchmarkError> {
		let (metaverse, owner) = world::<T>();
		let (id, buyer) = parcel::<T>(metaverse, &owner, across(1))?;
		let builder = lookup::<T>(&owner);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(buyer),
			metaverse,
			id,
			builder,
			Bounded::max_value(),
		);
		assert_eq!(
			Builders::<T>::get(metaverse, id).map(|b| b.account),
			Some(owner)
		);
		Ok(())
	}

	#[benchmark]
	fn grow() -> Result<(), BenchmarkError> {
		let owner = rich::<T>("owner");
		let side = T::MaxParcelSide::get();
		let metaverse = T::BenchmarkHelper::found_metaverse(&owner, Size::new(side, side));
		parcel::<T>(metaverse, &owner, Area::new(0, 0, side, side))?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner),
			metaverse,
			side,
			side + side / 4,
			Balance::MAX,
		);
		assert_eq!(
			Territories::<T>::get(metaverse).map(|t| t.size),
			Some(Size::new(side, side + side / 4))
		);
		Ok(())
	}
}
