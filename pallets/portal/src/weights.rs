//! What the calls cost.
//!
//! PROVISIONAL: estimated by hand on the high side, not measured. Generated weights replace
//! [`Provisional`] once the benchmarks have run.
//!
//! No figure depends on the number of visitors, and both indexes of a metaverse are bounded, so each
//! call has one figure: that of full indexes.

use core::marker::PhantomData;

use frame_support::weights::Weight;
use madang_primitives::weight::estimate;

/// What each call costs at most.
pub trait WeightInfo {
	/// Cost of `propose`, when it opens the portal at once.
	fn propose() -> Weight;
	/// Cost of `accept`, when it puts the terms in force.
	fn accept() -> Weight;
	/// Cost of `amend`, when it puts the terms in force.
	fn amend() -> Weight;
	/// Cost of `pause`.
	fn pause() -> Weight;
	/// Cost of `resume`.
	fn resume() -> Weight;
	/// Cost of `affirm`.
	fn affirm() -> Weight;
	/// Cost of `close`, when it removes the portal.
	fn close() -> Weight;
	/// Cost of `travel`, with a toll, the longest proof, and an old pass to settle.
	fn travel() -> Weight;
	/// Cost of `admit`.
	fn admit() -> Weight;
	/// Cost of `refuse`.
	fn refuse() -> Weight;
	/// Cost of `reap`, when it removes the portal.
	fn reap() -> Weight;
	/// Cost of `reap_pass`, when it pays the toll out.
	fn reap_pass() -> Weight;
}

/// Estimates, on the high side.
pub struct Provisional<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Provisional<T> {
	fn propose() -> Weight {
		// Both metaverses with managers, both parcels with items and collections, both indexes (for
		// the town's quota those of the other metaverse too), the records, the accounts of two payers and
		// three payees, and their holds.
		estimate::<T::DbWeight>(400, 42, 18)
	}
	fn accept() -> Weight {
		estimate::<T::DbWeight>(400, 42, 18)
	}
	fn amend() -> Weight {
		estimate::<T::DbWeight>(400, 42, 18)
	}
	fn pause() -> Weight {
		estimate::<T::DbWeight>(120, 14, 1)
	}
	fn resume() -> Weight {
		Self::pause()
	}
	fn affirm() -> Weight {
		estimate::<T::DbWeight>(200, 20, 9)
	}
	fn close() -> Weight {
		estimate::<T::DbWeight>(300, 26, 18)
	}
	fn travel() -> Weight {
		// The record and what its state depends on, 32 hashes of a proof or an item, the bucket, the old
		// pass with three payees, the new one, and the visitor's account and holds in two tokens.
		estimate::<T::DbWeight>(450, 36, 20)
	}
	fn admit() -> Weight {
		estimate::<T::DbWeight>(280, 22, 14)
	}
	fn refuse() -> Weight {
		estimate::<T::DbWeight>(180, 16, 8)
	}
	fn reap() -> Weight {
		Self::close()
	}
	fn reap_pass() -> Weight {
		estimate::<T::DbWeight>(280, 20, 14)
	}
}
