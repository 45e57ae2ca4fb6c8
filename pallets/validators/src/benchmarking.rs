//! Benchmarks of the call, and of the beginning of a session: with voters of whom only the last is
//! another one than before, with a session to forget that nobody else votes like, and with an old offence
//! on record of everybody who is chosen next.

use alloc::vec::Vec;

use codec::Decode;
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{fungible::InspectHold, Currency, Get, ReservableCurrency},
};
use frame_system::RawOrigin;
use pallet_session::SessionManager;
use sp_runtime::traits::{StaticLookup, TrailingZeroInput, Zero};
use sp_staking::SessionIndex;

use super::*;

/// So many validators with their keys. Those of two sets differ in the last one only.
fn validators<T: Config>(count: u32, set: u32) -> Vec<(T::AccountId, T::Keys)> {
	let keys = T::Keys::decode(&mut TrailingZeroInput::zeroes()).expect("keys are arrays of bytes");
	(1..=count)
		.map(|number| {
			let which = if number == count { set } else { 0 };
			(account("validator", number, which), keys.clone())
		})
		.collect()
}

/// Begins a session with a set of validators.
fn begin<T: Config>(session: SessionIndex, validators: Vec<(T::AccountId, T::Keys)>) {
	pallet_session::CurrentIndex::<T>::put(session);
	pallet_session::QueuedKeys::<T>::put(validators);
	<Pallet<T> as SessionManager<T::AccountId>>::start_session(session);
}

fn held<T: Config>(who: &T::AccountId) -> madang_primitives::Balance {
	<T as Config>::Currency::total_balance_on_hold(who)
}

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
		assert_eq!(held::<T>(&who), bond);
		let owner = T::Lookup::unlookup(who.clone());
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), owner);
		assert!(!Bonds::<T>::contains_key(&who));
		assert!(held::<T>(&who).is_zero());
	}

	#[benchmark]
	fn start_session(v: Linear<1, { T::MaxAuthorities::get() }>) {
		// The session that is forgotten, the one after it, the one before this, and this one.
		let over: SessionIndex = 10;
		begin::<T>(over, validators::<T>(v, 1));
		begin::<T>(over + 1, validators::<T>(v, 2));
		let session = T::ReportWindow::get() + over + 1;
		begin::<T>(session - 1, validators::<T>(v, 3));
		let queued = validators::<T>(v, 4);
		pallet_session::CurrentIndex::<T>::put(session);
		pallet_session::QueuedKeys::<T>::put(queued);

		let mut chosen = Vec::new();
		for (who, keys) in validators::<T>(v, 5) {
			Offences::<T>::insert(
				&who,
				Offence {
					set: 0,
					reported: 0,
				},
			);
			pallet_session::NextKeys::<T>::insert(&who, keys);
			chosen.push(who);
		}
		assert!(Began::<T>::contains_key(over) && Voters::<T>::contains_key(over));
		let next;
		#[block]
		{
			<Pallet<T> as SessionManager<T::AccountId>>::start_session(session);
			next = Pallet::<T>::changed_set(chosen, session + 1);
		}
		assert_eq!(Began::<T>::get(session), Some(session));
		assert_eq!(
			Voters::<T>::get(session).map_or(0, |voters| voters.len()),
			v as usize
		);
		assert!(!Began::<T>::contains_key(over) && !Voters::<T>::contains_key(over));
		assert_eq!(next.map_or(0, |chosen| chosen.len()), v as usize);
	}
}
