//! What the calls cost.
//!
//! PROVISIONAL: estimated by hand on the high side, not measured. Generated weights replace
//! [`Provisional`] once the benchmarks have run.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::WEIGHT_REF_TIME_PER_MICROS, Weight},
};

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

/// Most bytes that a proof of one key takes, with its branch of the trie.
const PROOF_PER_KEY: u64 = 3_000;

/// `micros` of work, `keys` entries read and `written` of them written.
fn estimate<T: frame_system::Config>(micros: u64, keys: u64, written: u64) -> Weight {
	Weight::from_parts(
		micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS),
		keys.saturating_mul(PROOF_PER_KEY),
	)
	.saturating_add(T::DbWeight::get().reads_writes(keys, written))
}

impl<T: frame_system::Config> WeightInfo for Provisional<T> {
	fn attest() -> Weight {
		// The record, the account of the subject, the clock, the attester's account and holds.
		estimate::<T>(80, 5, 4)
	}
	fn revoke() -> Weight {
		estimate::<T>(75, 4, 4)
	}
	fn renounce() -> Weight {
		Self::revoke()
	}
}
