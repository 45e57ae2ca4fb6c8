//! The books of land, as equations. Each is checked after every test.

use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::ensure;
use madang_primitives::{
	deposit::hold_is,
	geometry::{Area, ChunkIndex, Mask, Size},
	traits::Metaverses,
	Balance, MetaverseId, ParcelId,
};
use sp_runtime::{traits::Get, DispatchResult};

use crate::{
	Builders, Chunk, Chunks, Config, Contents, HoldReason, LandMarket, LandSupply, MetaverseOf,
	Pallet, Parcels, Territories,
};

impl<T: Config> Pallet<T> {
	/// Checks every equation. The message names the first one that does not hold.
	pub fn do_try_state() -> DispatchResult {
		Self::check_supply()?;
		Self::check_territories()?;
		Self::check_parcels()?;
		Self::check_chunks()?;
		Self::check_items()?;
		Self::check_deposits()?;
		Self::check_market()
	}

	/// L1 to L3: supply against territories.
	fn check_supply() -> DispatchResult {
		let supply = LandSupply::<T>::get();
		let (allocated, claimed) = Territories::<T>::iter_values().fold((0u64, 0u64), |sum, t| {
			(
				sum.0 + u64::from(t.size.cells()),
				sum.1 + u64::from(t.claimed),
			)
		});
		ensure!(
			supply.allocated == allocated,
			"L1: allocated cells = sum of all territories"
		);
		ensure!(
			supply.claimed == claimed,
			"L2: claimed cells = sum over all territories"
		);
		ensure!(
			supply.claimed <= supply.allocated && supply.allocated <= T::MaxSupply::get(),
			"L3: claimed <= allocated <= MaxSupply"
		);
		Ok(())
	}

	/// L4 and L5: territories against parcels and collections.
	fn check_territories() -> DispatchResult {
		for (metaverse, territory) in Territories::<T>::iter() {
			let (count, cells) = Parcels::<T>::iter_prefix_values(metaverse)
				.fold((0u32, 0u32), |sum, p| (sum.0 + 1, sum.1 + p.area.cells()));
			ensure!(
				territory.parcels == count && territory.claimed == cells,
				"L4: a territory's parcels and claimed cells = recount of its parcels"
			);
			ensure!(
				MetaverseOf::<T>::get(territory.collection) == Some(metaverse)
					&& pallet_nfts::Pallet::<T>::collection_owner(territory.collection)
						== Some(T::Metaverses::account(metaverse)),
				"L5: each territory has its own collection, owned by the metaverse's account"
			);
		}
		ensure!(
			MetaverseOf::<T>::iter_keys().count() == Territories::<T>::iter_keys().count(),
			"L5: no collection stands for a territory that is gone"
		);
		Ok(())
	}

	/// L6 to L8: parcels against their territory, contents and builders against their parcel.
	fn check_parcels() -> DispatchResult {
		let side = T::MaxParcelSide::get();
		for (metaverse, id, parcel) in Parcels::<T>::iter() {
			let territory = Territories::<T>::get(metaverse);
			let (size, next) = territory.map_or((Size::new(0, 0), 0), |t| (t.size, t.next_parcel));
			ensure!(
				!parcel.area.is_empty()
					&& size.contains(&parcel.area)
					&& parcel.area.width <= side
					&& parcel.area.height <= side,
				"L6: a parcel has cells, lies in its territory and is not too large"
			);
			ensure!(
				id < next,
				"L7: a parcel's id was given out by its territory"
			);
		}
		for (metaverse, id) in Contents::<T>::iter_keys().chain(Builders::<T>::iter_keys()) {
			ensure!(
				Parcels::<T>::contains_key(metaverse, id),
				"L8: content and builder belong to a parcel that exists"
			);
		}
		Ok(())
	}

	/// L9 to L12: occupancy, rebuilt from the parcels, is what is stored.
	fn check_chunks() -> DispatchResult {
		let mut expected: BTreeMap<(MetaverseId, ChunkIndex), (Mask, BTreeMap<ParcelId, Area>)> =
			BTreeMap::new();
		for (metaverse, id, parcel) in Parcels::<T>::iter() {
			for (index, mask) in parcel.area.chunks() {
				let (cells, parcels) = expected.entry((metaverse, index)).or_default();
				ensure!(!cells.overlaps(&mask), "L9: no two parcels share a cell");
				cells.insert(&mask);
				parcels.insert(id, parcel.area);
			}
		}
		let stored: BTreeMap<_, Chunk> = Chunks::<T>::iter()
			.map(|(metaverse, index, chunk)| ((metaverse, index), chunk))
			.collect();
		ensure!(
			stored.len() == expected.len(),
			"L10: a chunk is stored exactly when a parcel touches it"
		);
		for (key, (cells, parcels)) in expected {
			let chunk = stored
				.get(&key)
				.ok_or("L10: each touched chunk is stored")?;
			ensure!(
				chunk.cells == cells,
				"L11: a chunk's bitmap = the cells of its parcels"
			);
			ensure!(
				chunk
					.parcels
					.iter()
					.map(|entry| (entry.id, entry.area))
					.eq(parcels),
				"L12: a chunk lists exactly the parcels that touch it, ascending, with their areas"
			);
		}
		Ok(())
	}

	/// L13: each item of a land collection is a parcel. (A parcel may lack its item: it was burned.)
	fn check_items() -> DispatchResult {
		for (collection, item) in pallet_nfts::Item::<T>::iter_keys() {
			if let Some(metaverse) = MetaverseOf::<T>::get(collection) {
				ensure!(
					Parcels::<T>::contains_key(metaverse, item),
					"L13: each item of a land collection is a parcel"
				);
			}
		}
		Ok(())
	}

	/// L14 and L15: money on hold against the records.
	fn check_deposits() -> DispatchResult {
		let parcels = Parcels::<T>::iter_values()
			.map(|p| (p.depositor, p.deposit))
			.collect();
		ensure!(
			Self::holds_are(HoldReason::Parcel, parcels),
			"L14: on hold for parcels = sum of the deposits of the parcels that an account paid for"
		);
		let contents = Contents::<T>::iter_values()
			.map(|c| (c.depositor, c.deposit))
			.collect();
		ensure!(
			Self::holds_are(HoldReason::Content, contents),
			"L15: on hold for contents = sum of the deposits of the contents that an account set"
		);
		Ok(())
	}

	/// Compares for every account that exists, so that a hold without a record is found as well.
	fn holds_are(reason: HoldReason, records: Vec<(T::AccountId, Balance)>) -> bool {
		let mut sums: BTreeMap<T::AccountId, Balance> = frame_system::Account::<T>::iter_keys()
			.map(|account| (account, 0))
			.collect();
		for (account, deposit) in records {
			let sum = sums.entry(account).or_default();
			*sum = sum.saturating_add(deposit);
		}
		sums.into_iter().all(|(account, sum)| {
			hold_is::<_, <T as Config>::Currency>(&reason.into(), &account, sum)
		})
	}

	/// L16 and L17: the market.
	fn check_market() -> DispatchResult {
		let market = LandMarket::<T>::get();
		ensure!(
			market.price >= T::MinCellPrice::get(),
			"L16: the price is not below the lowest"
		);
		ensure!(
			market.period <= Self::period_now().0,
			"L17: the market was not written in the future"
		);
		Ok(())
	}
}
