//! What a visit costs: the most that it can need is declared, and what was not needed is given back.

use frame_support::weights::Weight;
use madang_primitives::portal::Proof;

use crate::{pallet::*, WeightInfo};

/// What a visit needed besides the proof.
pub(crate) struct TravelNeeds {
	/// So many of the two gates stood on land.
	pub gates_on_land: u32,
	/// Only so many visitors are let through in a while.
	pub rate: bool,
	/// The toll was in another asset than the native token.
	pub asset_toll: bool,
	/// An old pass had to make way.
	pub old_pass: bool,
}

impl TravelNeeds {
	/// The most that a visit can need.
	pub const ALL: Self = Self {
		gates_on_land: 2,
		rate: true,
		asset_toll: true,
		old_pass: true,
	};
}

/// What a visit with this proof costs that needed this.
pub(crate) fn travel<T: Config>(proof: &Proof, needs: &TravelNeeds) -> Weight {
	let mut weight = <T as Config>::WeightInfo::travel(needs.gates_on_land);
	match proof {
		Proof::None => {}
		Proof::Allowlist { .. } => {
			weight.saturating_accrue(<T as Config>::WeightInfo::check_list())
		}
		Proof::Item(_) => weight.saturating_accrue(<T as Config>::WeightInfo::check_item()),
	}
	if needs.rate {
		weight.saturating_accrue(<T as Config>::WeightInfo::check_rate());
	}
	if needs.asset_toll {
		weight.saturating_accrue(<T as Config>::WeightInfo::hold_asset_toll());
	}
	if needs.old_pass {
		weight.saturating_accrue(<T as Config>::WeightInfo::reap_pass());
	}
	weight
}
