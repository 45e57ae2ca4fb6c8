//! Who decides disputes: nobody alone.

use frame_support::traits::EnsureOrigin;
use madang_runtime::{
	application::configs::governance::{
		CouncilCollective, RootOrCouncilMajority, RootOrCouncilQuorum,
	},
	AccountId, RuntimeOrigin,
};
use pallet_collective::RawOrigin;

/// What a motion that `ayes` of `seats` members carried acts as.
fn motion(ayes: u32, seats: u32) -> RuntimeOrigin {
	RawOrigin::<AccountId, CouncilCollective>::Members(ayes, seats).into()
}

fn arbitrates(origin: RuntimeOrigin) -> bool {
	RootOrCouncilQuorum::try_origin(origin).is_ok()
}

#[test]
fn it_takes_more_than_half_and_three_at_least() {
	for (ayes, seats) in [(3, 3), (3, 5), (11, 21)] {
		assert!(arbitrates(motion(ayes, seats)), "{ayes} of {seats}");
	}
	for (ayes, seats) in [(0, 0), (1, 1), (2, 2), (2, 3), (3, 6), (10, 21)] {
		assert!(!arbitrates(motion(ayes, seats)), "{ayes} of {seats}");
	}
	// Two of three carry everything else.
	assert!(RootOrCouncilMajority::try_origin(motion(2, 3)).is_ok());
}

#[test]
fn root_may_and_no_account_may() {
	assert!(arbitrates(RuntimeOrigin::root()));
	assert!(!arbitrates(RuntimeOrigin::none()));
	assert!(!arbitrates(RuntimeOrigin::signed(AccountId::new([1; 32]))));
	let member = RawOrigin::<AccountId, CouncilCollective>::Member(AccountId::new([1; 32]));
	assert!(!arbitrates(member.into()));
}
