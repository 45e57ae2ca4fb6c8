//! Benchmarks of the calls and of the block that puts code in force, with code of the largest size.

use alloc::vec;

use frame_benchmarking::v2::*;
use frame_support::traits::EnsureOrigin;

use super::*;

/// Lets code of the largest size wait, and gives its hash.
fn hand_in<T: Config>() -> Result<T::Hash, BenchmarkError> {
	let code = vec![1; T::MaxCode::get() as usize];
	let code_hash = T::Hashing::hash(&code);
	<Pallet<T> as SetCode<T>>::set_code(code)?;
	Ok(code_hash)
}

fn who_decides<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::DecisionOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn authorize() -> Result<(), BenchmarkError> {
		let origin = who_decides::<T>()?;
		let code_hash = T::Hashing::hash(b"code");
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, code_hash);
		assert!(frame_system::Pallet::<T>::authorized_upgrade().is_some());
		Ok(())
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let origin = who_decides::<T>()?;
		hand_in::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin);
		assert!(!Next::<T>::exists() && !Code::<T>::exists());
		Ok(())
	}

	#[benchmark]
	fn put_in_force() -> Result<(), BenchmarkError> {
		let code_hash = hand_in::<T>()?;
		#[block]
		{
			Pallet::<T>::put_in_force();
		}
		assert!(!Next::<T>::exists() && !Code::<T>::exists());
		frame_system::Pallet::<T>::assert_last_event(
			frame_system::Event::<T>::CodeUpdated { hash: code_hash }.into(),
		);
		Ok(())
	}
}
