//! What the calls cost.
//!
//! PROVISIONAL: estimated by hand on the high side, not measured. Generated weights replace
//! [`Provisional`] once the benchmarks have run.

use core::marker::PhantomData;

use frame_support::weights::Weight;
use madang_primitives::weight::estimate;

/// What each call costs at most.
pub trait WeightInfo {
	/// Cost of `withdraw`.
	fn withdraw() -> Weight;
	/// Cost of remembering the voters of a session that begins and of choosing the next among them.
	fn start_session(voters: u32) -> Weight;
}

/// Estimates, on the high side.
pub struct Provisional<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Provisional<T> {
	fn withdraw() -> Weight {
		// The bond, the session, the account and its holds.
		estimate::<T::DbWeight>(60, 4, 3)
	}
	fn start_session(voters: u32) -> Weight {
		// The queued keys, the voters and sessions before; of each voter its keys and offences.
		let voters = u64::from(voters);
		estimate::<T::DbWeight>(40 + 5 * voters, 8 + 2 * voters, 4)
	}
}
