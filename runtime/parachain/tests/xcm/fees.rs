//! What execution costs.

use frame_support::{
	assert_noop, assert_ok,
	traits::ConstU32,
	weights::{Weight, WeightToFee},
};
use madang_parachain_runtime::{
	application::configs::governance::CouncilCollective,
	configs::xcm::{
		assets::USDT,
		fees::{acceptable, Price, PriceIn},
	},
	AccountId, AssetRate, Balance, RuntimeOrigin, MAXIMUM_BLOCK_WEIGHT,
};
use madang_runtime_common::{params::FOREIGN_ASSETS, units::EXISTENTIAL_DEPOSIT};
use sp_runtime::{DispatchError, FixedU128};

use crate::{
	common::{bob, on_development_chain},
	support::*,
};

type DollarPrice = PriceIn<ConstU32<USDT>>;

fn council() -> RuntimeOrigin {
	pallet_collective::RawOrigin::<AccountId, CouncilCollective>::Members(2, 3).into()
}

#[test]
fn the_scarcer_of_time_and_proof_has_the_price() {
	let (time, proof) = (
		MAXIMUM_BLOCK_WEIGHT.ref_time(),
		MAXIMUM_BLOCK_WEIGHT.proof_size(),
	);
	let all = Price::weight_to_fee(&MAXIMUM_BLOCK_WEIGHT);
	assert_eq!(all, Balance::from(time));
	assert_eq!(Price::weight_to_fee(&Weight::from_parts(time, 0)), all);
	let for_proof = Price::weight_to_fee(&Weight::from_parts(0, proof));
	// To a thousandth: a byte has a whole number of picoseconds.
	assert!(
		for_proof <= all && for_proof > all - all / 100,
		"{for_proof}"
	);
	let half = Weight::from_parts(time / 2, proof / 4);
	assert_eq!(Price::weight_to_fee(&half), Balance::from(time / 2));
}

#[test]
fn until_somebody_says_otherwise_the_least_balances_are_the_rate() {
	on_development_chain(|| {
		let work = Weight::from_parts(5 * EXISTENTIAL_DEPOSIT as u64, 0);
		// One cent is the least balance of the dollar.
		assert_eq!(DollarPrice::weight_to_fee(&work), 5 * ONE_USDT / 100);
	});
}

#[test]
fn the_council_sets_the_rate() {
	on_development_chain(|| {
		let work = Weight::from_parts(1_000_000_000, 0);
		// So many of the smallest units of our token for one of the dollar.
		let rate = FixedU128::from_u32(1_000);
		assert_noop!(
			AssetRate::create(RuntimeOrigin::signed(bob()), Box::new(USDT), rate),
			DispatchError::BadOrigin
		);
		assert_ok!(AssetRate::create(council(), Box::new(USDT), rate));
		assert_eq!(DollarPrice::weight_to_fee(&work), 1_000_000);
		let rate = FixedU128::from_u32(10_000);
		assert_ok!(AssetRate::update(council(), Box::new(USDT), rate));
		assert_eq!(DollarPrice::weight_to_fee(&work), 100_000);
	});
}

#[test]
fn no_rate_makes_execution_free() {
	on_development_chain(|| {
		let rate = FixedU128::from_u32(u32::MAX);
		assert_ok!(AssetRate::create(council(), Box::new(USDT), rate));
		assert_eq!(DollarPrice::weight_to_fee(&Weight::from_parts(1_000, 0)), 1);
		assert_eq!(DollarPrice::weight_to_fee(&Weight::zero()), 0);
	});
}

#[test]
fn what_is_not_there_has_no_price() {
	on_development_chain(|| {
		type Unknown = PriceIn<ConstU32<{ FOREIGN_ASSETS + 7 }>>;
		assert_eq!(
			Unknown::weight_to_fee(&Weight::from_parts(1, 1)),
			Balance::MAX
		);
	});
}

#[test]
fn wallets_are_told_what_pays() {
	let told = acceptable();
	let pays = [native(1), usdt(1), relay_token(1)].map(|asset| asset.id);
	assert_eq!(told, pays);
}
