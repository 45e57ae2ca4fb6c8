//! What a visit costs: all of it is declared, and what was not needed is given back.

use frame_support::weights::Weight;
use madang_primitives::portal::Proof;

use crate::{pallet::*, WeightInfo};

/// What only some visits need.
#[derive(Clone, Copy)]
pub(crate) struct TravelExtras {
	/// The toll was in another asset than the native token.
	pub asset_toll: bool,
	/// An old pass had to make way.
	pub old_pass: bool,
}

impl TravelExtras {
	/// The most that a visit can need.
	pub const ALL: Self = Self {
		asset_toll: true,
		old_pass: true,
	};
}

/// The weight of `travel` with this proof. A list takes longer, an item is one thing more to read.
pub(crate) fn travel<T: Config>(proof: &Proof, extras: TravelExtras) -> Weight {
	let mut weight = match proof {
		Proof::None | Proof::Allowlist { .. } => <T as Config>::WeightInfo::travel(),
		Proof::Item(_) => <T as Config>::WeightInfo::travel_as_holder(),
	};
	if extras.asset_toll {
		weight.saturating_accrue(<T as Config>::WeightInfo::hold_asset_toll());
	}
	if extras.old_pass {
		weight.saturating_accrue(<T as Config>::WeightInfo::reap_pass());
	}
	weight
}
