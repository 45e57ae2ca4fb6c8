//! What the calls do. Order within each: lookup, read, ensure, compute, move money, write, event.

use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{fungible::MutateHold, Time},
};
use madang_primitives::{
	attestation::{Attestation, SubjectId},
	deposit::give_back,
	Balance,
};
use sp_runtime::traits::{Get, Zero};

use crate::{AccountOf, Attestations, Config, Error, Event, HoldReason, Moment, Pallet, Record};

/// Bytes that an attestation takes: the record and the entry by which its subject is found. Measured
/// on encoded keys and values, rounded up.
const ATTESTATION_BYTES: u32 = 384;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_attest(
		attester: T::AccountId,
		who: T::AccountId,
		attestation: Attestation,
		until: Option<Moment>,
	) -> DispatchResult {
		let subject = attestation.subject;
		let standing = Attestations::<T>::get(&attester, &who);
		let account = AccountOf::<T>::get(&attester, subject);
		let now = T::Time::now();
		ensure!(
			until.is_none_or(|until| now < until),
			Error::<T>::AlreadyOver
		);
		ensure!(
			standing.is_none_or(|record| record.attestation.subject == subject),
			Error::<T>::AnotherPerson
		);
		ensure!(
			account.is_none_or(|account| account == who),
			Error::<T>::AnotherAccount
		);
		let deposit = match standing {
			Some(record) => record.deposit,
			None => {
				let deposit = Self::deposit();
				Self::hold(&attester, deposit)?;
				AccountOf::<T>::insert(&attester, subject, &who);
				deposit
			}
		};
		let record = Record {
			attestation,
			until,
			deposit,
		};
		Attestations::<T>::insert(&attester, &who, record);
		Self::deposit_event(Event::Attested {
			attester,
			who,
			attestation,
			until,
		});
		Ok(())
	}

	pub(crate) fn do_revoke(attester: T::AccountId, who: T::AccountId) -> DispatchResult {
		let subject = Self::remove(&attester, &who)?;
		Self::deposit_event(Event::Revoked {
			attester,
			who,
			subject,
		});
		Ok(())
	}

	pub(crate) fn do_renounce(attester: T::AccountId, who: T::AccountId) -> DispatchResult {
		let subject = Self::remove(&attester, &who)?;
		Self::deposit_event(Event::Renounced {
			attester,
			who,
			subject,
		});
		Ok(())
	}

	// What the calls share.

	/// Removes an attestation, gives its deposit back to the attester, and tells of whom it spoke. What
	/// is counted for the person stays.
	fn remove(attester: &T::AccountId, who: &T::AccountId) -> Result<SubjectId, DispatchError> {
		let record = Attestations::<T>::get(attester, who).ok_or(Error::<T>::NotAttested)?;
		let subject = record.attestation.subject;
		Self::release_hold(attester, record.deposit)?;
		Attestations::<T>::remove(attester, who);
		AccountOf::<T>::remove(attester, subject);
		Ok(subject)
	}

	/// What an attestation costs today.
	pub(crate) fn deposit() -> Balance {
		T::DepositBase::get()
			.saturating_add(T::DepositPerByte::get().saturating_mul(ATTESTATION_BYTES.into()))
	}

	fn hold(who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Currency::hold(&HoldReason::Attestation.into(), who, amount)
			.map_err(|_| Error::<T>::DepositNotCovered.into())
	}

	fn release_hold(who: &T::AccountId, amount: Balance) -> DispatchResult {
		let missing = give_back::<_, T::Currency>(&HoldReason::Attestation.into(), who, amount)?;
		if !missing.is_zero() {
			Self::deposit_event(Event::DepositMissing {
				who: who.clone(),
				missing,
			});
		}
		Ok(())
	}
}
