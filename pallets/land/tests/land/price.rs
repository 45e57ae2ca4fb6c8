//! The adaptive price: the rule alone, and the rule at work.

use crate::support::*;
use pallet_land::{price::Rule, Market};
use proptest::prelude::*;
use sp_runtime::Permill;

const RULE: Rule = Rule {
	target: 1_000,
	max_change: Permill::from_parts(125_000),
	min_price: 1_000_000,
};

proptest! {
	#[test]
	fn a_period_moves_the_price_by_at_most_the_largest_change(
		price in 1_000_000u128..u128::from(u64::MAX),
		allocated: u64,
	) {
		let after = RULE.after_period(price, allocated);
		let most = RULE.max_change.mul_floor(price);
		prop_assert!(after <= price + most);
		prop_assert!(after >= (price - most).max(RULE.min_price).min(price));
		prop_assert_eq!(after > price, allocated > RULE.target && after != price);
	}

	#[test]
	fn more_demand_never_means_a_lower_price(a: u64, b: u64, price in 1_000_000u128..1u128 << 80) {
		let (less, more) = (a.min(b), a.max(b));
		prop_assert!(RULE.after_period(price, less) <= RULE.after_period(price, more));
	}

	#[test]
	fn idle_periods_apply_at_once_whatever_their_number(
		price in 1_000_000u128..1u128 << 90,
		sold in 0u64..5_000,
		periods in 1u32..400,
	) {
		let start = Market { price, period: 7, allocated: sold };
		let at_once = RULE.roll(start, 7 + periods);
		let mut step = start;
		for period in 8..8 + periods {
			step = RULE.roll(step, period);
			prop_assert_eq!(step.allocated, 0);
		}
		prop_assert_eq!(at_once.period, step.period);
		// Each step rounds once, so the two may be apart by a unit for each step, and by what the
		// power loses after eighteen digits.
		let apart = at_once.price.abs_diff(step.price);
		prop_assert!(apart <= u128::from(periods) * 8 + price / 1_000_000_000_000, "{}", apart);
	}

	#[test]
	fn the_end_of_time_costs_the_least(price: u128, sold: u64) {
		let start = Market { price, period: 0, allocated: sold };
		prop_assert_eq!(RULE.roll(start, u32::MAX).price, RULE.min_price);
	}
}

#[test]
fn price_paid_is_never_above_max_price() {
	build_and_execute(|| {
		let quote = Land::api_quote(100).unwrap();
		let register = |limit| {
			Metaverse::register(
				by(&alice()),
				b"limits".to_vec(),
				profile("Limits"),
				10,
				10,
				limit,
			)
		};
		assert_noop!(register(quote.price - 1), Error::<Test>::PriceAboveLimit);
		assert_noop!(register(0), Error::<Test>::PriceAboveLimit);
		assert_ok!(register(quote.price));
	});
}

#[test]
fn what_is_paid_is_burned_and_given_to_the_treasury() {
	build_and_execute(|| {
		let issued = Balances::total_issuance();
		let treasury_had = wealth(&treasury());
		let price = Land::api_quote(101).unwrap().price;
		register_demo(alice(), 101, 1);
		let burned = BurnShare::get().mul_floor(price);
		assert_eq!(Balances::total_issuance(), issued - burned);
		assert_eq!(wealth(&treasury()), treasury_had + price - burned);
	});
}

#[test]
fn a_busy_period_makes_land_dearer_and_idle_ones_cheaper() {
	build_and_execute(|| {
		let length = PRICE_PERIOD;
		let price = || Land::api_quote(1).unwrap().price_per_cell;
		let first = price();
		register_demo(alice(), 60, 50);
		assert_eq!(price(), first, "the price holds within a period");
		let announced = Land::api_quote(1).unwrap().next_price_per_cell;
		run_to_block(Land::api_quote(1).unwrap().next_period_at);
		let second = price();
		assert_eq!(second, announced);
		assert!(second > first);
		run_to_block(System::block_number() + length);
		let third = price();
		assert!(third < second);
		// A million periods without a call.
		System::set_block_number(System::block_number() + length * 1_000_000);
		assert_eq!(price(), MIN_CELL_PRICE);
		register_demo(alice(), 1, 1);
		System::set_block_number(u32::MAX);
		assert_eq!(price(), MIN_CELL_PRICE);
		register_demo(alice(), 1, 1);
	});
}
