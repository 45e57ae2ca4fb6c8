//! What the calls cost.
//!
//! PROVISIONAL: estimated by hand on the high side, not measured. Generated weights replace
//! [`Provisional`] once the benchmarks have run.

use core::marker::PhantomData;

use frame_support::weights::Weight;
use madang_primitives::weight::estimate;

/// What each call costs at most.
pub trait WeightInfo {
	/// Cost of `authorize`.
	fn authorize() -> Weight;
	/// Cost of `cancel`.
	fn cancel() -> Weight;
	/// Cost of the block that puts code in force.
	fn put_in_force() -> Weight;
}

/// Estimates, on the high side.
pub struct Provisional<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Provisional<T> {
	fn authorize() -> Weight {
		estimate::<T::DbWeight>(20, 1, 1)
	}
	fn cancel() -> Weight {
		// What comes, and megabytes of code that need not be read to be forgotten.
		estimate::<T::DbWeight>(200, 2, 2)
	}
	fn put_in_force() -> Weight {
		// Megabytes are read, hashed and written.
		estimate::<T::DbWeight>(50_000, 3, 3)
	}
}
