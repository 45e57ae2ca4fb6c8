//! Benchmarks of the call, and of the beginning of a session with the most voters.

use alloc::vec::Vec;

use codec::Decode;
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{Currency, Get, ReservableCurrency},
};
use frame_system::RawOrigin;
use pallet_session::SessionManager;
use sp_runtime::traits::{StaticLookup, TrailingZeroInput};

use super::*;

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn withdraw() {
		let who: T::AccountId = account("validator", 0, 0);
		let least = <<T as Config>::Currency as Currency<_>>::minimum_balance();
		let bond = least.saturating_mul(1_000);
		let _ = <<T as Config>::Currency as Currency<_>>::make_free_balance_be(
			&who,
			bond.saturating_mul(2),
		);
		assert_ok!(Pallet::<T>::reserve(&who, bond));
		Pallet::<T>::unreserve(&who, bond);
		pallet_session::CurrentIndex::<T>::put(Pallet::<T>::next_free());
		let owner = T::Lookup::unlookup(who.clone());
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), owner);
		assert!(!Bonds::<T>::contains_key(who));
	}

	#[benchmark]
	fn start_session(v: Linear<1, { T::MaxAuthorities::get() }>) {
		let keys =
			T::Keys::decode(&mut TrailingZeroInput::zeroes()).expect("keys are arrays of bytes");
		let queued: Vec<_> = (0..v)
			.map(|number| {
				(
					account::<T::AccountId>("validator", number, 0),
					keys.clone(),
				)
			})
			.collect();
		pallet_session::QueuedKeys::<T>::put(queued);
		let session = T::ReportWindow::get().saturating_add(10);
		pallet_session::CurrentIndex::<T>::put(session);
		#[block]
		{
			<Pallet<T> as SessionManager<T::AccountId>>::start_session(session);
		}
		assert_eq!(
			Voters::<T>::get(session).map_or(0, |voters| voters.len()),
			v as usize
		);
	}
}
