//! What commitments, claims and exits cost: the most that they can need is declared, and what was not
//! needed is given back.

use frame_support::{dispatch::PostDispatchInfo, weights::Weight};

use crate::{pallet::*, WeightInfo};

/// What a claim needed.
pub(crate) struct ClaimNeeds {
	/// Everything was given back; otherwise a share of what was left was paid.
	pub refunded: bool,
	/// It was paid in the native token.
	pub native: bool,
	/// It was paid to another account than the owner's.
	pub elsewhere: bool,
	/// The owner was known as a person, of whom something was kept.
	pub person: bool,
	/// The position had a receipt.
	pub receipt: bool,
}

/// All that a call declared if something was needed, and otherwise what it costs without.
pub(crate) fn all_if(needed: bool, without: fn() -> Weight) -> PostDispatchInfo {
	(!needed).then(without).into()
}

/// The most that it can cost to leave.
pub(crate) fn dearest_exit<T: Config>() -> Weight {
	let exit = <T as Config>::WeightInfo::exit();
	exit.saturating_add(<T as Config>::WeightInfo::burn_receipt())
}

/// The most that a claim can cost which is paid to the owner, or to somebody else.
pub(crate) fn dearest_claim<T: Config>(elsewhere: bool) -> Weight {
	// There are receipts only after success, and refunds only before.
	let dearest = |refunded| ClaimNeeds {
		refunded,
		native: false,
		elsewhere,
		person: true,
		receipt: !refunded,
	};
	claim::<T>(&dearest(true)).max(claim::<T>(&dearest(false)))
}

/// What a claim costs that needed this.
pub(crate) fn claim<T: Config>(needs: &ClaimNeeds) -> Weight {
	let mut weight = match (needs.refunded, needs.native) {
		(true, true) => <T as Config>::WeightInfo::claim_refund_native(),
		(true, false) => <T as Config>::WeightInfo::claim_refund(),
		(false, true) => <T as Config>::WeightInfo::claim_native(),
		(false, false) => <T as Config>::WeightInfo::claim(),
	};
	if needs.elsewhere {
		weight.saturating_accrue(<T as Config>::WeightInfo::make_account());
	}
	if needs.person {
		weight.saturating_accrue(<T as Config>::WeightInfo::forget_person());
	}
	if needs.receipt {
		weight.saturating_accrue(<T as Config>::WeightInfo::burn_receipt());
	}
	weight
}
