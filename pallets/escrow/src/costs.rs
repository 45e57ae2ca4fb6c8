//! What claims and exits cost: all of it is declared, and what was not needed is given back.

use frame_support::{dispatch::PostDispatchInfo, traits::Get, weights::Weight};
use madang_primitives::escrow::AssetKind;

use crate::{pallet::*, WeightInfo};

/// All that a call declared if something had to be done, and otherwise what it costs without.
pub(crate) fn unless(done: bool, without: fn() -> Weight) -> PostDispatchInfo {
	(!done).then(without).into()
}

/// The weight of what removes a position, when its receipt has to be burned too.
pub(crate) fn with_receipt<T: Config>(without: Weight) -> Weight {
	without.saturating_add(<T as Config>::WeightInfo::burn_receipt())
}

/// The most that a claim can cost.
pub(crate) fn dearest_claim<T: Config>() -> Weight {
	let claim = <T as Config>::WeightInfo::claim();
	with_receipt::<T>(claim.max(<T as Config>::WeightInfo::claim_refund()))
}

/// What it costs to claim for a position, be it that everything is given back or a share of what is left.
pub(crate) fn claim<T: Config>(
	position: &PositionOf<T>,
	campaign: &CampaignOf<T>,
	refunded: bool,
) -> Weight {
	let native = campaign.asset == AssetKind::Native;
	let attested = match (refunded, native) {
		(true, true) => <T as Config>::WeightInfo::claim_refund_native(),
		(true, false) => <T as Config>::WeightInfo::claim_refund(),
		(false, true) => <T as Config>::WeightInfo::claim_native(),
		(false, false) => <T as Config>::WeightInfo::claim(),
	};
	let weight = if position.subject.is_some() {
		attested
	} else {
		attested.saturating_sub(of_person::<T>(refunded))
	};
	if position.receipt {
		with_receipt::<T>(weight)
	} else {
		weight
	}
}

/// What of a claim is for a person: the position that it has in the campaign, and in a refund what counts
/// for the limits of its class, and the time, which says what of that is over.
fn of_person<T: Config>(refunded: bool) -> Weight {
	if refunded {
		T::DbWeight::get().reads_writes(2, 2)
	} else {
		T::DbWeight::get().writes(1)
	}
}
