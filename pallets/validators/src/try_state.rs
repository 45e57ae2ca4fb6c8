//! The books of bonds and voters, as equations. Each is checked after every test.

use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};

use frame_support::{ensure, traits::Get};
use madang_primitives::{deposit::hold_is, Balance};
use sp_runtime::{traits::Zero, DispatchResult};

use crate::{Began, Bonds, Config, HoldReason, Offences, Pallet, Voters};

impl<T: Config> Pallet<T> {
	/// Checks every equation. The message names the first one that does not hold.
	pub fn do_try_state() -> DispatchResult {
		Self::check_bonds()?;
		Self::check_voters()
	}

	/// VA1 to VA5: money on hold against the bonds.
	fn check_bonds() -> DispatchResult {
		let now = pallet_session::CurrentIndex::<T>::get();
		// Every account that exists, so that a hold without a bond is found as well.
		let mut sums: BTreeMap<T::AccountId, Balance> = frame_system::Account::<T>::iter_keys()
			.map(|account| (account, 0))
			.collect();
		for (who, bond) in Bonds::<T>::iter() {
			ensure!(
				!bond.total().is_zero(),
				"VA1: no bond is stored without money"
			);
			ensure!(
				bond.waiting.is_zero() == bond.free_from.is_zero(),
				"VA2: exactly what waits has a session in which it is free"
			);
			ensure!(
				bond.free_from <= Self::next_free(),
				"VA3: nothing waits longer than what would begin to wait now"
			);
			sums.insert(who, bond.total());
		}
		let reason: T::RuntimeHoldReason = HoldReason::Bond.into();
		ensure!(
			sums.into_iter()
				.all(|(account, sum)| hold_is::<_, <T as Config>::Currency>(
					&reason, &account, sum
				)),
			"VA4: on hold as bond = what works + what waits"
		);
		ensure!(
			Offences::<T>::iter_values().all(|offence| offence.reported <= now),
			"VA5: no offence was reported in the future"
		);
		Ok(())
	}

	/// VA6 to VA10: the voters of the past against the sessions.
	fn check_voters() -> DispatchResult {
		let now = pallet_session::CurrentIndex::<T>::get();
		let oldest = now.saturating_sub(T::ReportWindow::get());
		let began: BTreeMap<_, _> = Began::<T>::iter().collect();
		ensure!(
			began.keys().copied().eq(oldest..=now),
			"VA6: exactly the sessions that can be reported are known"
		);
		ensure!(
			began.iter().all(|(session, began)| began <= session),
			"VA7: voters began before they voted"
		);
		ensure!(
			began
				.values()
				.zip(began.values().skip(1))
				.all(|(a, b)| a <= b),
			"VA8: sets of voters follow one another"
		);
		let used: BTreeSet<_> = began.values().copied().collect();
		let stored: BTreeSet<_> = Voters::<T>::iter_keys().collect();
		ensure!(
			used == stored,
			"VA9: the voters that are known are those of known sessions"
		);
		let voters: Vec<_> = Self::voters_of(now)
			.unwrap_or_default()
			.into_iter()
			.map(|(who, _)| who)
			.collect();
		ensure!(
			voters == pallet_session::Validators::<T>::get(),
			"VA10: the voters of the running session are its validators"
		);
		Ok(())
	}
}
