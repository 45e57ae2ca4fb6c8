//! Benchmarks of the calls and of what every block does, with code of the largest size.

use alloc::vec;

use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Hooks};

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

/// What the pallet does in a block.
fn in_block<T: Config>(number: BlockNumberFor<T>) {
	<Pallet<T> as Hooks<_>>::on_initialize(number);
	<Pallet<T> as Hooks<_>>::on_finalize(number);
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

	/// Code waits and is not due.
	#[benchmark]
	fn wait() -> Result<(), BenchmarkError> {
		hand_in::<T>()?;
		let now = frame_system::Pallet::<T>::block_number();
		#[block]
		{
			in_block::<T>(now);
		}
		assert!(Next::<T>::get().is_some_and(|next| next.at > now));
		assert!(Code::<T>::exists());
		Ok(())
	}

	#[benchmark]
	fn put_in_force() -> Result<(), BenchmarkError> {
		let code_hash = hand_in::<T>()?;
		let at = Next::<T>::get().ok_or("it was handed in")?.at;
		#[block]
		{
			in_block::<T>(at);
		}
		assert!(!Next::<T>::exists() && !Code::<T>::exists());
		frame_system::Pallet::<T>::assert_last_event(
			frame_system::Event::<T>::CodeUpdated { hash: code_hash }.into(),
		);
		Ok(())
	}
}
