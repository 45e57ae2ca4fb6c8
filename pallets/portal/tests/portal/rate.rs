//! The token bucket.

use crate::support::*;

/// A portal that everybody agreed to, with this rate.
fn limited(refill: u32, window: BlockNumber, burst: u32) -> Door {
	Draft::new()
		.with(|terms| {
			terms.rate = Some(Rate {
				refill,
				window,
				burst,
			})
		})
		.opened()
}

/// So many visitors get through, and then no other one.
fn let_through(door: Door, count: u8) {
	undone(|| {
		// Others than those who have a pass already.
		let visitors = (50..=50 + count).map(visitor).collect::<Vec<_>>();
		let (last, first) = visitors.split_last().unwrap();
		for who in first {
			assert_ok!(door.travel(who));
		}
		assert_noop!(door.travel(last), Error::<Test>::RateExhausted);
		check_state();
	});
}

fn left(door: Door) -> Option<u32> {
	door.view().agreement.unwrap().passes_left
}

#[test]
fn the_bucket_is_full_in_the_beginning() {
	build_and_execute(|| {
		for burst in [1, 5, 30] {
			let door = limited(1, 10, burst);
			assert_eq!(left(door), Some(burst));
			let_through(door, burst as u8);
		}
		let door = Draft::new().opened();
		assert_eq!(left(door), None);
	});
}

#[test]
fn boundary_of_a_window() {
	build_and_execute(|| {
		run_to_block(7);
		let door = limited(2, 10, 5);
		for number in 0..5 {
			assert_ok!(door.travel(&visitor(number)));
		}
		run_to_block(16);
		let_through(door, 0);
		run_to_block(17);
		assert_eq!(left(door), Some(2));
		let_through(door, 2);
		run_to_block(26);
		let_through(door, 2);
		run_to_block(27);
		let_through(door, 4);
		// No more than fit in.
		run_to_block(37);
		let_through(door, 5);
		run_to_block(1_000_037);
		let_through(door, 5);
	});
}

#[test]
fn windows_count_from_the_opening_and_not_from_the_last_visitor() {
	build_and_execute(|| {
		let door = limited(1, 10, 1);
		assert_ok!(door.travel(&visitor(0)));
		run_to_block(15);
		assert_ok!(door.travel(&visitor(1)));
		// The window that began in block 11 ends in block 21, not ten blocks after that visit.
		run_to_block(20);
		assert_noop!(door.travel(&visitor(2)), Error::<Test>::RateExhausted);
		run_to_block(21);
		assert_ok!(door.travel(&visitor(2)));
	});
}

#[test]
fn the_largest_rates_do_not_overflow() {
	build_and_execute(|| {
		let door = limited(u32::MAX, 1, u32::MAX);
		assert_ok!(door.travel(&visitor(0)));
		run_to_block(BlockNumber::MAX - 1);
		assert_eq!(left(door), Some(u32::MAX));
		assert_ok!(door.travel(&visitor(1)));
		check_state();
		let door = limited(1, BlockNumber::MAX, 1);
		assert_ok!(door.travel(&visitor(2)));
		run_to_block(BlockNumber::MAX);
		assert_noop!(door.travel(&visitor(3)), Error::<Test>::RateExhausted);
	});
}

#[test]
fn who_is_not_let_through_takes_nothing_out() {
	build_and_execute(|| {
		let door = Draft::new()
			.tolled(&native())
			.with(|terms| {
				terms.rate = Some(Rate {
					refill: 1,
					window: 10,
					burst: 1,
				})
			})
			.opened();
		let cheap = |who| door.travel_with(&who, Way::There, TOLL - 1, Proof::None);
		assert_noop!(cheap(carol()), Error::<Test>::TollAboveLimit);
		assert_noop!(door.travel(&stranger(1)), Error::<Test>::DepositNotCovered);
		assert_eq!(left(door), Some(1));
		assert_ok!(door.travel(&carol()));
		// Nor does a refusal put anything back in.
		assert_ok!(door.refuse(&bob(), &carol()));
		assert_noop!(door.travel(&carol()), Error::<Test>::RateExhausted);
	});
}

#[test]
fn other_terms_begin_with_a_full_bucket_or_none() {
	build_and_execute(|| {
		let door = limited(1, 10, 2);
		assert_ok!(door.travel(&visitor(0)));
		pass(3);
		let change = |rate: Option<Rate<BlockNumber>>| {
			assert_ok!(door.amend(&alice(), |terms| terms.rate = rate));
			assert_ok!(door.accept(&bob()));
		};
		change(Some(Rate {
			refill: 1,
			window: 10,
			burst: 7,
		}));
		assert_eq!(left(door), Some(7));
		change(None);
		assert!(!Buckets::<Test>::contains_key(door.0));
		assert_eq!(left(door), None);
		assert_ok!(door.travel(&visitor(1)));
	});
}
