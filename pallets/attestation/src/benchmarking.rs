//! Benchmarks of every call on its dearest way: an attestation that is new holds a deposit where nothing
//! was on hold, and one that goes gives it back and leaves nothing on hold.

use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::fungible::{Inspect, InspectHold, Mutate},
};
use frame_system::RawOrigin;
use madang_primitives::{attestation::SubjectId, Balance};
use sp_runtime::traits::StaticLookup;

use super::*;
use crate::pallet::AccountIdLookupOf;

const SUBJECT: SubjectId = SubjectId::repeat_byte(7);

fn rich<T: Config>(name: &'static str) -> T::AccountId {
	let account: T::AccountId = account(name, 0, 0);
	let amount = T::Currency::minimum_balance().saturating_mul(1_000_000_000);
	assert_ok!(T::Currency::mint_into(&account, amount));
	account
}

/// Whom the attestations are about. Nothing is read of such an account.
fn person<T: Config>() -> T::AccountId {
	account("who", 0, 0)
}

fn held<T: Config>(attester: &T::AccountId) -> Balance {
	T::Currency::balance_on_hold(&HoldReason::Attestation.into(), attester)
}

fn lookup<T: Config>(account: &T::AccountId) -> AccountIdLookupOf<T> {
	T::Lookup::unlookup(account.clone())
}

/// An attester and whom it attests.
fn attested<T: Config>() -> Result<(T::AccountId, T::AccountId), BenchmarkError> {
	let (attester, who) = (rich::<T>("attester"), person::<T>());
	Pallet::<T>::attest(
		RawOrigin::Signed(attester.clone()).into(),
		lookup::<T>(&who),
		SUBJECT,
		1,
		Balance::MAX,
		Some(Moment::MAX),
	)?;
	assert!(held::<T>(&attester) > 0);
	Ok((attester, who))
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn attest() {
		let (attester, who) = (rich::<T>("attester"), person::<T>());
		let account = lookup::<T>(&who);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(attester.clone()),
			account,
			SUBJECT,
			1,
			Balance::MAX,
			Some(Moment::MAX),
		);
		assert_eq!(AccountOf::<T>::get(&attester, SUBJECT), Some(who));
		assert_eq!(held::<T>(&attester), Pallet::<T>::deposit());
	}

	#[benchmark]
	fn revoke() -> Result<(), BenchmarkError> {
		let (attester, who) = attested::<T>()?;
		let account = lookup::<T>(&who);
		#[extrinsic_call]
		_(RawOrigin::Signed(attester.clone()), account);
		assert!(!Attestations::<T>::contains_key(&attester, who));
		assert!(!AccountOf::<T>::contains_key(&attester, SUBJECT));
		assert_eq!(held::<T>(&attester), 0);
		Ok(())
	}

	#[benchmark]
	fn renounce() -> Result<(), BenchmarkError> {
		let (attester, who) = attested::<T>()?;
		let account = lookup::<T>(&attester);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), account);
		assert!(!Attestations::<T>::contains_key(&attester, who));
		assert!(!AccountOf::<T>::contains_key(&attester, SUBJECT));
		assert_eq!(held::<T>(&attester), 0);
		Ok(())
	}
}
