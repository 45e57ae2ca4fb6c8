//! Which cells are taken. The only place that writes [`Chunks`].

use frame_support::{ensure, pallet_prelude::DispatchResult};
use madang_primitives::{
	geometry::{Area, CHUNK_SIDE},
	MetaverseId, ParcelId,
};
use sp_runtime::traits::Get;

use crate::{ChunkEntry, Chunks, Config, Error, Pallet};

impl<T: Config> Pallet<T> {
	/// Most chunks that one parcel can touch: one of the longest side that starts in the last column
	/// and row of a chunk.
	pub(crate) fn max_chunks() -> u32 {
		let side = T::MaxParcelSide::get();
		Area::new(CHUNK_SIDE - 1, CHUNK_SIDE - 1, side, side).chunk_count()
	}

	/// Takes the cells of `area` for `parcel`. Fails when one is taken.
	pub(crate) fn occupy(metaverse: MetaverseId, parcel: ParcelId, area: &Area) -> DispatchResult {
		for (index, mask) in area.chunks() {
			Chunks::<T>::try_mutate(metaverse, index, |chunk| -> DispatchResult {
				ensure!(!chunk.cells.overlaps(&mask), Error::<T>::Occupied);
				chunk.cells.insert(&mask);
				let at = chunk
					.parcels
					.binary_search_by_key(&parcel, |entry| entry.id)
					.err()
					.ok_or(Error::<T>::Inconsistent)?;
				// A chunk has as many places as cells, so a free cell means a free place.
				chunk
					.parcels
					.try_insert(
						at,
						ChunkEntry {
							id: parcel,
							area: *area,
						},
					)
					.map_err(|_| Error::<T>::Inconsistent)?;
				Ok(())
			})?;
		}
		Ok(())
	}

	/// Frees the cells of `area`, which `parcel` has taken.
	pub(crate) fn vacate(metaverse: MetaverseId, parcel: ParcelId, area: &Area) -> DispatchResult {
		for (index, mask) in area.chunks() {
			Chunks::<T>::try_mutate_exists(metaverse, index, |slot| -> DispatchResult {
				let chunk = slot.as_mut().ok_or(Error::<T>::Inconsistent)?;
				ensure!(chunk.cells.covers(&mask), Error::<T>::Inconsistent);
				chunk.cells.remove(&mask);
				let at = chunk
					.parcels
					.binary_search_by_key(&parcel, |entry| entry.id)
					.map_err(|_| Error::<T>::Inconsistent)?;
				chunk.parcels.remove(at);
				if chunk.cells.is_empty() {
					*slot = None;
				}
				Ok(())
			})?;
		}
		Ok(())
	}
}
