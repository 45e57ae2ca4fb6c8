//! What the calls cost.
//!
//! PROVISIONAL: estimated by hand on the high side, not measured. Generated weights replace
//! [`Provisional`] once the benchmarks have run.

use core::marker::PhantomData;

use frame_support::weights::Weight;
use madang_primitives::weight::estimate;

/// What each call costs at most.
pub trait WeightInfo {
	/// Cost of `attest`.
	fn attest() -> Weight;
	/// Cost of `revoke`.
	fn revoke() -> Weight;
	/// Cost of `renounce`.
	fn renounce() -> Weight;
}

/// Estimates, on the high side.
pub struct Provisional<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Provisional<T> {
	fn attest() -> Weight {
		// The record, the account of the subject, the clock, the attester's account and holds.
		estimate::<T::DbWeight>(80, 5, 4)
	}
	fn revoke() -> Weight {
		estimate::<T::DbWeight>(75, 4, 4)
	}
	fn renounce() -> Weight {
		Self::revoke()
	}
}
