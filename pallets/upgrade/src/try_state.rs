//! What must hold between blocks, as equations. Each is checked after every test.

use frame_support::{ensure, traits::Get};
use sp_runtime::{
	traits::{Hash, Saturating},
	DispatchResult,
};

use crate::{Code, Config, Next, Pallet};

impl<T: Config> Pallet<T> {
	/// Checks every equation. The message names the first one that does not hold.
	pub fn do_try_state() -> DispatchResult {
		ensure!(
			Next::<T>::exists() == Code::<T>::exists(),
			"UP1: what comes has code, and there is no other code"
		);
		let Some(next) = Next::<T>::get() else {
			return Ok(());
		};
		let code = Code::<T>::get().unwrap_or_default();
		ensure!(
			T::Hashing::hash(&code) == next.code_hash,
			"UP2: the code that comes has the hash that was told"
		);
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(
			next.at > now && next.at <= now.saturating_add(T::Notice::get()),
			"UP3: what comes is neither late nor later than the notice"
		);
		Ok(())
	}
}
