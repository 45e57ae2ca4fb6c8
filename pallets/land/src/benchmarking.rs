//! Benchmarks of every call on its dearest way. Areas lie across as many chunks as they can, and every
//! other cell of these belongs to a neighbour; managers are as many as there can be, and the registry
//! finds the one who calls last; the treasury has no account yet; items are approved, priced and offered;
//! and every deposit is that of somebody else.

use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	pallet_prelude::DispatchResult,
	traits::{
		fungible::{Inspect, InspectHold, Mutate},
		Get,
	},
};
use frame_system::RawOrigin;
use madang_primitives::{
	geometry::{Area, ChunkIndex, Cut, Size, CHUNK_SIDE},
	land::{ContentInput, SalePolicy},
	traits::Metaverses,
	Balance, CollectionId, MetaverseId, ParcelId,
};
use sp_core::H256;
use sp_runtime::traits::{BlockNumberProvider, Bounded, StaticLookup, TypedGet, Zero};

use super::*;
use crate::pallet::AccountIdLookupOf;

/// Sets the stage for the benchmarks.
pub trait BenchmarkHelper<AccountId> {
	/// A new metaverse of `owner` with a territory of `size`.
	fn found_metaverse(owner: &AccountId, size: Size) -> MetaverseId;

	/// Gives a metaverse of `owner` as many managers with every role as there can be, at least two. Tells
	/// who they are, in the order in which the registry looks through them.
	fn name_managers(metaverse: MetaverseId, owner: &AccountId) -> Vec<AccountId>;
}

/// Width and height of the territory in which the benchmarks play.
const SIDE: u16 = 192;

fn fund<T: Config>(account: &T::AccountId) {
	let amount = <T as Config>::Currency::minimum_balance().saturating_mul(1_000_000_000);
	assert_ok!(<T as Config>::Currency::mint_into(account, amount));
}

fn rich<T: Config>(name: &'static str, number: u32) -> T::AccountId {
	let account: T::AccountId = account(name, number, 0);
	fund::<T>(&account);
	account
}

fn builder<T: Config>(number: u32) -> T::AccountId {
	account("builder", number, 0)
}

fn agent<T: Config>(number: u32) -> T::AccountId {
	account("agent", number, 0)
}

fn lookup<T: Config>(account: &T::AccountId) -> AccountIdLookupOf<T> {
	T::Lookup::unlookup(account.clone())
}

fn balance<T: Config>(account: &T::AccountId) -> Balance {
	<T as Config>::Currency::balance(account)
}

fn held<T: Config>(reason: HoldReason, account: &T::AccountId) -> Balance {
	<T as Config>::Currency::balance_on_hold(&reason.into(), account)
}

/// Takes all that the treasury has, so that the next payment makes its account anew.
fn empty_treasury<T: Config>() {
	let treasury = T::Treasury::get();
	<T as Config>::Currency::set_balance(&treasury, 0);
	assert!(<T as Config>::Currency::total_balance(&treasury).is_zero());
}

/// The smallest area that touches at least `chunks` chunks with no more than five in a row, where
/// five is what the longest side can touch. It starts in the last cell of a chunk. The smallest one
/// leaves most room for neighbours.
fn across(chunks: u32) -> Area {
	let rows = chunks.div_ceil(5);
	let columns = chunks.div_ceil(rows);
	let side = |chunks: u32| match chunks {
		0 | 1 => 1,
		more => (more as u16 - 2) * CHUNK_SIDE + 2,
	};
	Area::new(CHUNK_SIDE - 1, CHUNK_SIDE - 1, side(columns), side(rows))
}

/// Like [`across`], with one row more above. Cut off, that row and the rest lie in the same chunks, in
/// as many as there are columns of them.
fn across_with_a_row_more(chunks: u32) -> Area {
	let area = across(chunks);
	Area {
		y: area.y - 1,
		height: area.height + 1,
		..area
	}
}

/// A text of so many bytes. Letters of two bytes are dearer to check than ASCII.
fn text(bytes: u32) -> Vec<u8> {
	let mut text = "é".repeat(bytes as usize / 2);
	if bytes % 2 == 1 {
		text.push('e');
	}
	text.into_bytes()
}

fn content(bytes: u32) -> ContentInput {
	ContentInput {
		uri: text(bytes),
		hash: H256::repeat_byte(1),
	}
}

/// A metaverse with as many managers as there can be, all of them rich.
struct World<T: Config> {
	metaverse: MetaverseId,
	/// The items of its parcels.
	collection: CollectionId,
	/// In the order in which the registry looks through them.
	managers: Vec<T::AccountId>,
	/// Who owns its parcels.
	buyer: T::AccountId,
}

impl<T: Config> World<T> {
	fn found(side: u16) -> Result<Self, BenchmarkError> {
		let owner = rich::<T>("owner", 0);
		let metaverse = T::BenchmarkHelper::found_metaverse(&owner, Size::new(side, side));
		let managers = T::BenchmarkHelper::name_managers(metaverse, &owner);
		for manager in &managers {
			fund::<T>(manager);
		}
		let territory = Territories::<T>::get(metaverse).ok_or("founded")?;
		Ok(Self {
			metaverse,
			collection: territory.collection,
			managers,
			buyer: rich::<T>("buyer", 0),
		})
	}

	/// Every cell around the area, in the chunks that it touches, belongs to a neighbour. Only the
	/// chunks know of these.
	fn around(area: &Area) -> Result<Self, BenchmarkError> {
		let world = Self::found(SIDE)?;
		let mut territory = Territories::<T>::get(world.metaverse).ok_or("founded")?;
		for (index, _) in area.chunks() {
			let columns = || (0..CHUNK_SIDE).map(move |column| index.x * CHUNK_SIDE + column);
			let rows = (0..CHUNK_SIDE).map(|row| index.y * CHUNK_SIDE + row);
			let cells = rows.flat_map(|y| columns().map(move |x| (x, y)));
			for (x, y) in cells.filter(|(x, y)| !area.has_cell(*x, *y)) {
				let cell = Area::new(x, y, 1, 1);
				Pallet::<T>::occupy(world.metaverse, territory.next_parcel, &cell)?;
				territory.next_parcel += 1;
			}
		}
		Territories::<T>::insert(world.metaverse, territory);
		Ok(world)
	}

	/// The manager whom the registry finds last.
	fn manager(&self) -> T::AccountId {
		let last = self.managers.last();
		last.expect("a metaverse can have managers").clone()
	}

	fn next_parcel(&self) -> Result<ParcelId, BenchmarkError> {
		let territory = Territories::<T>::get(self.metaverse).ok_or("founded")?;
		Ok(territory.next_parcel)
	}

	/// A parcel of the buyer with everything that ends with it. Its deposits were paid by the manager
	/// and by the builder of this number.
	fn parcel(&self, number: u32, area: Area) -> Result<ParcelId, BenchmarkError> {
		let id = self.next_parcel()?;
		let manager = RawOrigin::Signed(self.managers[number as usize].clone());
		let buyer = lookup::<T>(&self.buyer);
		Pallet::<T>::claim_for(manager.into(), self.metaverse, area, buyer)?;
		let builder = builder::<T>(number);
		fund::<T>(&builder);
		Pallet::<T>::set_builder(
			RawOrigin::Signed(self.buyer.clone()).into(),
			self.metaverse,
			id,
			lookup::<T>(&builder),
			Bounded::max_value(),
		)?;
		Pallet::<T>::set_content(
			RawOrigin::Signed(builder).into(),
			self.metaverse,
			id,
			Some(content(MAX_URI_LEN)),
		)?;
		self.offer(id)?;
		Ok(id)
	}

	/// Lets as many agents as there can be transfer a parcel, and offers it for money and for a swap.
	fn offer(&self, id: ParcelId) -> DispatchResult {
		let owner = || T::RuntimeOrigin::from(RawOrigin::Signed(self.buyer.clone()));
		for number in 0..<T as pallet_nfts::Config>::ApprovalsLimit::get() {
			pallet_nfts::Pallet::<T>::approve_transfer(
				owner(),
				self.collection,
				id,
				lookup::<T>(&agent::<T>(number)),
				Some(Bounded::max_value()),
			)?;
		}
		pallet_nfts::Pallet::<T>::set_price(
			owner(),
			self.collection,
			id,
			Some(1u32.into()),
			Some(lookup::<T>(&agent::<T>(0))),
		)?;
		pallet_nfts::Pallet::<T>::create_swap(
			owner(),
			self.collection,
			id,
			self.collection,
			None,
			None,
			<T as pallet_nfts::Config>::MaxDeadlineDuration::get(),
		)
	}

	/// What is on hold for a parcel.
	fn deposit_of(&self, id: ParcelId) -> Balance {
		Parcels::<T>::get(self.metaverse, id).map_or(0, |parcel| parcel.deposit)
	}

	/// How many parcels touch the chunk in which every area begins.
	fn parcels_in_first_chunk(&self) -> u32 {
		let first = ChunkIndex { x: 0, y: 0 };
		let chunk = Chunks::<T>::get(self.metaverse, first);
		chunk.parcels.len() as u32
	}

	/// A parcel that [`Self::parcel`] made is gone, and its deposits came back.
	fn ensure_gone(&self, number: u32, id: ParcelId) {
		assert!(!Parcels::<T>::contains_key(self.metaverse, id));
		assert!(!Contents::<T>::contains_key(self.metaverse, id));
		assert!(!Builders::<T>::contains_key(self.metaverse, id));
		let manager = &self.managers[number as usize];
		assert!(held::<T>(HoldReason::Parcel, manager).is_zero());
		assert!(held::<T>(HoldReason::Content, &builder::<T>(number)).is_zero());
	}
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn set_sale() -> Result<(), BenchmarkError> {
		let world = World::<T>::found(SIDE)?;
		let policy = SalePolicy::Open { price_per_cell: 1 };
		#[extrinsic_call]
		_(RawOrigin::Signed(world.manager()), world.metaverse, policy);
		assert_eq!(
			Territories::<T>::get(world.metaverse).map(|t| t.sale),
			Some(policy)
		);
		Ok(())
	}

	/// A visitor pays the metaverse and makes the account of the treasury with the fee.
	#[benchmark]
	fn claim(c: Linear<1, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let area = across(c);
		let world = World::<T>::around(&area)?;
		let price_per_cell = <T as Config>::Currency::minimum_balance().saturating_mul(100);
		Pallet::<T>::set_sale(
			RawOrigin::Signed(world.manager()).into(),
			world.metaverse,
			SalePolicy::Open { price_per_cell },
		)?;
		let visitor = rich::<T>("visitor", 0);
		let account = T::Metaverses::account(world.metaverse);
		let before = balance::<T>(&account);
		let id = world.next_parcel()?;
		empty_treasury::<T>();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(visitor.clone()),
			world.metaverse,
			area,
			Balance::MAX,
		);
		let price = price_per_cell.saturating_mul(area.cells().into());
		let fee = T::SaleFee::get().mul_floor(price);
		assert_eq!(balance::<T>(&T::Treasury::get()), fee);
		assert_eq!(balance::<T>(&account), before + price - fee);
		assert!(Parcels::<T>::contains_key(world.metaverse, id));
		assert_eq!(
			held::<T>(HoldReason::Parcel, &visitor),
			world.deposit_of(id)
		);
		assert_eq!(world.parcels_in_first_chunk(), MAX_PARCELS_PER_CHUNK);
		Ok(())
	}

	#[benchmark]
	fn claim_for(c: Linear<1, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let area = across(c);
		let world = World::<T>::around(&area)?;
		let manager = world.manager();
		let beneficiary = lookup::<T>(&account("beneficiary", 0, 0));
		let id = world.next_parcel()?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(manager.clone()),
			world.metaverse,
			area,
			beneficiary,
		);
		assert!(Parcels::<T>::contains_key(world.metaverse, id));
		assert_eq!(
			held::<T>(HoldReason::Parcel, &manager),
			world.deposit_of(id)
		);
		assert_eq!(world.parcels_in_first_chunk(), MAX_PARCELS_PER_CHUNK);
		Ok(())
	}

	/// An agent of the owner transfers.
	#[benchmark]
	fn transfer() -> Result<(), BenchmarkError> {
		let world = World::<T>::found(SIDE)?;
		let id = world.parcel(0, across(1))?;
		let dest: T::AccountId = account("dest", 0, 0);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(agent::<T>(0)),
			world.metaverse,
			id,
			lookup::<T>(&dest),
		);
		let collection = world.collection;
		let item = pallet_nfts::Item::<T>::get(collection, id).ok_or("minted")?;
		assert_eq!(item.owner, dest);
		assert!(item.approvals.is_empty());
		assert!(!pallet_nfts::ItemPriceOf::<T>::contains_key(collection, id));
		assert!(!pallet_nfts::PendingSwapOf::<T>::contains_key(
			collection, id
		));
		assert!(!Builders::<T>::contains_key(world.metaverse, id));
		Ok(())
	}

	#[benchmark]
	fn adopt_deposit() -> Result<(), BenchmarkError> {
		let world = World::<T>::found(SIDE)?;
		let id = world.parcel(0, across(1))?;
		#[extrinsic_call]
		_(RawOrigin::Signed(world.buyer.clone()), world.metaverse, id);
		assert!(held::<T>(HoldReason::Parcel, &world.managers[0]).is_zero());
		assert_eq!(
			held::<T>(HoldReason::Parcel, &world.buyer),
			world.deposit_of(id)
		);
		Ok(())
	}

	#[benchmark]
	fn reap(c: Linear<1, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let area = across(c);
		let world = World::<T>::around(&area)?;
		let id = world.parcel(0, area)?;
		let buyer = RawOrigin::Signed(world.buyer.clone());
		pallet_nfts::Pallet::<T>::burn(buyer.into(), world.collection, id)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(world.buyer.clone()), world.metaverse, id);
		world.ensure_gone(0, id);
		assert_eq!(world.parcels_in_first_chunk(), MAX_PARCELS_PER_CHUNK - 1);
		Ok(())
	}

	#[benchmark]
	fn split(c: Linear<1, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let area = across_with_a_row_more(c);
		let world = World::<T>::around(&area)?;
		let id = world.parcel(0, area)?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(world.buyer.clone()),
			world.metaverse,
			id,
			Cut::Row(1),
		);
		world.ensure_gone(0, id);
		assert_eq!(
			held::<T>(HoldReason::Parcel, &world.buyer),
			world.deposit_of(id + 1) + world.deposit_of(id + 2)
		);
		assert_eq!(world.parcels_in_first_chunk(), MAX_PARCELS_PER_CHUNK);
		Ok(())
	}

	/// Four people get deposits back.
	#[benchmark]
	fn merge(c: Linear<1, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let area = across_with_a_row_more(c);
		let world = World::<T>::around(&area)?;
		let (upper, lower) = area.split(Cut::Row(1)).ok_or("can be cut")?;
		let a = world.parcel(0, upper)?;
		let b = world.parcel(1, lower)?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(world.buyer.clone()),
			world.metaverse,
			a,
			b,
		);
		world.ensure_gone(0, a);
		world.ensure_gone(1, b);
		assert_eq!(
			held::<T>(HoldReason::Parcel, &world.buyer),
			world.deposit_of(b + 1)
		);
		assert_eq!(world.parcels_in_first_chunk(), MAX_PARCELS_PER_CHUNK - 1);
		Ok(())
	}

	/// A manager releases for the metaverse, whose own account got the parcel by a transfer that knows
	/// nothing of builders.
	#[benchmark]
	fn release(c: Linear<1, { Pallet::<T>::max_chunks() }>) -> Result<(), BenchmarkError> {
		let area = across(c);
		let world = World::<T>::around(&area)?;
		let id = world.parcel(0, area)?;
		let account = T::Metaverses::account(world.metaverse);
		pallet_nfts::Pallet::<T>::transfer(
			RawOrigin::Signed(world.buyer.clone()).into(),
			world.collection,
			id,
			lookup::<T>(&account),
		)?;
		assert!(Builders::<T>::contains_key(world.metaverse, id));
		#[extrinsic_call]
		_(RawOrigin::Signed(world.manager()), world.metaverse, id);
		world.ensure_gone(0, id);
		assert_eq!(world.parcels_in_first_chunk(), MAX_PARCELS_PER_CHUNK - 1);
		Ok(())
	}

	/// The owner replaces the longest content of a builder.
	#[benchmark]
	fn set_content(b: Linear<1, MAX_URI_LEN>) -> Result<(), BenchmarkError> {
		let world = World::<T>::found(SIDE)?;
		let id = world.parcel(0, across(1))?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(world.buyer.clone()),
			world.metaverse,
			id,
			Some(content(b)),
		);
		let content = Contents::<T>::get(world.metaverse, id).ok_or("it was set")?;
		assert_eq!(content.uri.len() as u32, b);
		assert_eq!(
			held::<T>(HoldReason::Content, &world.buyer),
			content.deposit
		);
		assert!(held::<T>(HoldReason::Content, &builder::<T>(0)).is_zero());
		Ok(())
	}

	/// The right is taken away: unlike one that is granted, it is read before.
	#[benchmark]
	fn set_builder() -> Result<(), BenchmarkError> {
		let world = World::<T>::found(SIDE)?;
		let id = world.parcel(0, across(1))?;
		assert!(Builders::<T>::contains_key(world.metaverse, id));
		#[extrinsic_call]
		_(
			RawOrigin::Signed(world.buyer.clone()),
			world.metaverse,
			id,
			lookup::<T>(&builder::<T>(0)),
			Zero::zero(),
		);
		assert!(!Builders::<T>::contains_key(world.metaverse, id));
		Ok(())
	}

	/// The price is that of the latest period, long after the last purchase, and the treasury's share
	/// makes its account.
	#[benchmark]
	fn grow() -> Result<(), BenchmarkError> {
		let side = T::MaxParcelSide::get();
		let world = World::<T>::found(side)?;
		world.parcel(0, Area::new(0, 0, side, side))?;
		let height = side + side / 4;
		<T as Config>::BlockNumberProvider::set_block_number(u32::MAX.into());
		empty_treasury::<T>();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(world.manager()),
			world.metaverse,
			side,
			height,
			Balance::MAX,
		);
		assert_eq!(
			Territories::<T>::get(world.metaverse).map(|t| t.size),
			Some(Size::new(side, height))
		);
		assert_eq!(LandMarket::<T>::get().price, T::MinCellPrice::get());
		assert!(!balance::<T>(&T::Treasury::get()).is_zero());
		Ok(())
	}
}
