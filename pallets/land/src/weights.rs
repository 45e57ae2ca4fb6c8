//! What the calls cost.
//!
//! PROVISIONAL: estimated by hand on the high side, not measured. Generated weights replace
//! [`Provisional`] once the benchmarks have run.

use core::marker::PhantomData;

use frame_support::weights::Weight;
use madang_primitives::weight::estimate;

/// What each call costs at most.
pub trait WeightInfo {
	/// Cost of `set_sale`.
	fn set_sale() -> Weight;
	/// Cost of `claim` of an area that touches so many chunks.
	fn claim(chunks: u32) -> Weight;
	/// Cost of `claim_for` of an area that touches so many chunks.
	fn claim_for(chunks: u32) -> Weight;
	/// Cost of `transfer`.
	fn transfer() -> Weight;
	/// Cost of `adopt_deposit`.
	fn adopt_deposit() -> Weight;
	/// Cost of `reap` of a parcel that touched so many chunks.
	fn reap(chunks: u32) -> Weight;
	/// Cost of `split` of a parcel that touches so many chunks.
	fn split(chunks: u32) -> Weight;
	/// Cost of `merge` into a parcel that touches so many chunks.
	fn merge(chunks: u32) -> Weight;
	/// Cost of `release` of a parcel that touched so many chunks.
	fn release(chunks: u32) -> Weight;
	/// Cost of `set_content` with a URI of so many bytes.
	fn set_content(bytes: u32) -> Weight;
	/// Cost of `set_builder`.
	fn set_builder() -> Weight;
	/// Cost of `grow`.
	fn grow() -> Weight;
	/// Cost of founding a territory, a part of `metaverse.register`.
	fn found() -> Weight;
	/// Cost of dissolving a territory, a part of `metaverse.close`.
	fn dissolve() -> Weight;
}

/// Estimates, on the high side.
pub struct Provisional<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Provisional<T> {
	fn set_sale() -> Weight {
		estimate::<T::DbWeight>(30, 3, 1)
	}
	fn claim(chunks: u32) -> Weight {
		let chunks = u64::from(chunks);
		estimate::<T::DbWeight>(150 + 8 * chunks, 19 + chunks, 13 + chunks)
	}
	fn claim_for(chunks: u32) -> Weight {
		Self::claim(chunks)
	}
	fn transfer() -> Weight {
		estimate::<T::DbWeight>(65, 9, 7)
	}
	fn adopt_deposit() -> Weight {
		estimate::<T::DbWeight>(80, 7, 5)
	}
	fn reap(chunks: u32) -> Weight {
		let chunks = u64::from(chunks);
		estimate::<T::DbWeight>(110 + 8 * chunks, 10 + chunks, 9 + chunks)
	}
	fn split(chunks: u32) -> Weight {
		// One parcel goes, two come; a cut along a chunk's middle touches each of its chunks thrice.
		let chunks = u64::from(chunks);
		estimate::<T::DbWeight>(330 + 24 * chunks, 30 + chunks, 28 + chunks)
	}
	fn merge(chunks: u32) -> Weight {
		let chunks = u64::from(chunks);
		estimate::<T::DbWeight>(340 + 24 * chunks, 36 + chunks, 36 + chunks)
	}
	fn release(chunks: u32) -> Weight {
		let chunks = u64::from(chunks);
		estimate::<T::DbWeight>(150 + 8 * chunks, 18 + chunks, 17 + chunks)
	}
	fn set_content(bytes: u32) -> Weight {
		estimate::<T::DbWeight>(110 + u64::from(bytes) / 16, 9, 5)
	}
	fn set_builder() -> Weight {
		estimate::<T::DbWeight>(40, 5, 1)
	}
	fn grow() -> Weight {
		estimate::<T::DbWeight>(110, 9, 6)
	}
	fn found() -> Weight {
		estimate::<T::DbWeight>(150, 13, 13)
	}
	fn dissolve() -> Weight {
		estimate::<T::DbWeight>(100, 9, 8)
	}
}
