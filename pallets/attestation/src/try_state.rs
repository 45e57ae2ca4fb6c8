//! The books of attestations, as equations. Each is checked after every test.

use alloc::collections::BTreeMap;
use frame_support::ensure;
use madang_primitives::{deposit::hold_is, traits::Attestations as AttestationsTrait, Balance};
use sp_runtime::{traits::Zero, DispatchResult};

use crate::{AccountOf, Attestations, Config, HoldReason, Pallet, Usage, MONTHS};

impl<T: Config> Pallet<T> {
	/// Checks every equation. The message names the first one that does not hold.
	pub fn do_try_state() -> DispatchResult {
		Self::check_people()?;
		Self::check_deposits()?;
		Self::check_windows()
	}

	/// AT1 to AT3: accounts against subjects.
	fn check_people() -> DispatchResult {
		for (attester, who, record) in Attestations::<T>::iter() {
			let account = AccountOf::<T>::get(&attester, record.attestation.subject);
			ensure!(
				account == Some(who),
				"AT1: an attested account is the one account of its subject"
			);
		}
		for (attester, subject, who) in AccountOf::<T>::iter() {
			ensure!(
				Attestations::<T>::get(&attester, &who)
					.is_some_and(|record| record.attestation.subject == subject),
				"AT2: the account of a subject is attested as this subject"
			);
		}
		ensure!(
			Attestations::<T>::iter_keys().count() == AccountOf::<T>::iter_keys().count(),
			"AT3: as many attested accounts as subjects that have one"
		);
		Ok(())
	}

	/// AT4 and AT5: money on hold against the records.
	fn check_deposits() -> DispatchResult {
		// Every account that exists, so that a hold without a record is found as well.
		let mut sums: BTreeMap<T::AccountId, Balance> = frame_system::Account::<T>::iter_keys()
			.map(|account| (account, 0))
			.collect();
		for (attester, _, record) in Attestations::<T>::iter() {
			ensure!(
				!record.deposit.is_zero(),
				"AT4: no attestation without a deposit"
			);
			let sum = sums.entry(attester).or_default();
			*sum = sum.saturating_add(record.deposit);
		}
		let reason: T::RuntimeHoldReason = HoldReason::Attestation.into();
		ensure!(
			sums.into_iter()
				.all(|(account, sum)| hold_is::<_, T::Currency>(&reason, &account, sum)),
			"AT5: on hold for attestations = sum of the deposits of what an attester says"
		);
		Ok(())
	}

	/// AT6 to AT10: what is counted, month by month.
	fn check_windows() -> DispatchResult {
		let now = Self::month_now();
		for ((attester, subject, asset), window) in Usage::<T>::iter() {
			ensure!(
				!window.is_empty(),
				"AT6: a window is stored only while something is counted in it"
			);
			ensure!(
				window.last <= now,
				"AT7: no window was written in the future"
			);
			ensure!(
				window
					.months
					.iter()
					.skip(usize::from(window.last).saturating_add(1))
					.all(Zero::is_zero),
				"AT8: nothing is counted in a month before the first"
			);
			ensure!(
				window
					.months
					.iter()
					.try_fold(Balance::zero(), |sum, month| sum.checked_add(*month))
					.is_some(),
				"AT9: the months of a window add up within their type"
			);
			let counted = |month| {
				<Self as AttestationsTrait<_, _>>::counted(&attester, &subject, &asset, month)
			};
			let recounted = (now.saturating_sub(MONTHS - 1)..=now)
				.fold(Balance::zero(), |sum, month| {
					sum.saturating_add(counted(month))
				});
			ensure!(
				<Self as AttestationsTrait<_, _>>::used(&attester, &subject, &asset) == recounted,
				"AT10: used = sum of what is counted in the last twelve months"
			);
		}
		Ok(())
	}
}
