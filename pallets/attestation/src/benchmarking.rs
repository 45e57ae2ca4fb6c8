//! Benchmarks of every call, in the worst case: an attestation that is new holds a deposit, and one
//! that goes gives it back.

use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::fungible::{Inspect, Mutate},
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

fn lookup<T: Config>(account: &T::AccountId) -> AccountIdLookupOf<T> {
	T::Lookup::unlookup(account.clone())
}

/// An attester and whom it attests.
fn attested<T: Config>() -> Result<(T::AccountId, T::AccountId), BenchmarkError> {
	let (attester, who) = (rich::<T>("attester"), rich::<T>("who"));
	Pallet::<T>::attest(
		RawOrigin::Signed(attester.clone()).into(),
		lookup::<T>(&who),
		SUBJECT,
		1,
		Balance::MAX,
		Some(Moment::MAX),
	)?;
	Ok((attester, who))
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn attest() {
		let (attester, who) = (rich::<T>("attester"), rich::<T>("who"));
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
		assert_eq!(AccountOf::<T>::get(attester, SUBJECT), Some(who));
	}

	#[benchmark]
	fn revoke() -> Result<(), BenchmarkError> {
		let (attester, who) = attested::<T>()?;
		let account = lookup::<T>(&who);
		#[extrinsic_call]
		_(RawOrigin::Signed(attester.clone()), account);
		assert!(!Attestations::<T>::contains_key(attester, who));
		Ok(())
	}

	#[benchmark]
	fn renounce() -> Result<(), BenchmarkError> {
		let (attester, who) = attested::<T>()?;
		let account = lookup::<T>(&attester);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), account);
		assert!(!Attestations::<T>::contains_key(attester, who));
		Ok(())
	}
}
