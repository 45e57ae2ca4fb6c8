//! What escrow asks: whether somebody is attested, and how much the person has committed.

use frame_support::{pallet_prelude::DispatchError, traits::Time};
use madang_primitives::{
	attestation::{Attestation, Month, SubjectId},
	escrow::AssetKind,
	traits::Attestations as AttestationsTrait,
	Balance,
};
use sp_runtime::{traits::Zero, SaturatedConversion};

use crate::{Attestations, Config, Error, Pallet, Usage, Window, MONTH_MS};

impl<T: Config> Pallet<T> {
	/// The running month.
	pub(crate) fn month_now() -> Month {
		(T::Time::now() / MONTH_MS).saturated_into()
	}

	/// What is counted for a person as of the running month.
	fn window_now(attester: &T::AccountId, subject: &SubjectId, asset: &AssetKind) -> Window {
		let mut window = Usage::<T>::get((attester, subject, asset)).unwrap_or_default();
		window.advance(Self::month_now());
		window
	}
}

impl<T: Config> AttestationsTrait<T::AccountId, AssetKind> for Pallet<T> {
	fn attestation(attester: &T::AccountId, who: &T::AccountId) -> Option<Attestation> {
		Attestations::<T>::get(attester, who)
			.filter(|record| record.counts_at(T::Time::now()))
			.map(|record| record.attestation)
	}

	fn used(attester: &T::AccountId, subject: &SubjectId, asset: &AssetKind) -> Balance {
		Self::window_now(attester, subject, asset).sum()
	}

	fn note(
		attester: &T::AccountId,
		subject: &SubjectId,
		asset: &AssetKind,
		amount: Balance,
	) -> Result<Month, DispatchError> {
		// A window in which nothing is counted is not stored.
		if amount.is_zero() {
			return Ok(Self::month_now());
		}
		let mut window = Self::window_now(attester, subject, asset);
		window.add(amount).ok_or(Error::<T>::Overflow)?;
		Usage::<T>::insert((attester, subject, asset), window);
		Ok(window.last)
	}

	fn forget(
		attester: &T::AccountId,
		subject: &SubjectId,
		asset: &AssetKind,
		month: Month,
		amount: Balance,
	) {
		let mut window = Self::window_now(attester, subject, asset);
		window.remove(month, amount);
		if window.is_empty() {
			Usage::<T>::remove((attester, subject, asset));
		} else {
			Usage::<T>::insert((attester, subject, asset), window);
		}
	}

	fn month() -> Month {
		Self::month_now()
	}

	fn counted(
		attester: &T::AccountId,
		subject: &SubjectId,
		asset: &AssetKind,
		month: Month,
	) -> Balance {
		Self::window_now(attester, subject, asset).at(month)
	}
}
