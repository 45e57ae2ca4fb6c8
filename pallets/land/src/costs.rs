//! What a transfer costs: the most that it can end is declared, and what was not there is given back.

use frame_support::{traits::Get, weights::Weight};

use crate::{pallet::*, WeightInfo};

/// What a transfer can end: a builder's right, a price, an offer to swap.
const MOST_ENDED: u64 = 3;

/// The weight of a transfer with which so many of these ended.
///
/// Nothing is written for the others. That they were looked for is in the time that was measured.
pub fn transfer<T: Config>(ended: u64) -> Weight {
	let spared = T::DbWeight::get().writes(MOST_ENDED.saturating_sub(ended));
	<T as Config>::WeightInfo::transfer().saturating_sub(spared)
}
