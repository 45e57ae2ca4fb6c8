//! # Upgrade
//!
//! How the rules of the chain change: decided, handed in, and in force after a notice.
//!
//! ## A story
//!
//! On Monday the council agrees on the hash of a new runtime that everybody can build and compare. On
//! Tuesday Carol, who is nobody in particular, hands the code in. From that block on everybody can read
//! on chain what comes and in which block. Each node compiles it meanwhile, so that in the block after
//! the change its validator makes a block in its usual time. Had somebody found a mistake in that time,
//! the council could have called it off.
//!
//! ## How it holds together
//!
//! - **The decision is about a hash.** [`Pallet::authorize`] is what `system.authorize_upgrade` is for
//!   root, for those who decide where nobody is root. It always asks for a higher version of the same
//!   chain; code without these checks stays root's.
//! - **Nothing changes at once.** This pallet is the [`SetCode`] of the system pallet, so whatever way
//!   code comes in, it waits for [`Config::Notice`] blocks: to compile a runtime takes longer than a
//!   block, and a validator that began with it when it should make one would miss it.
//! - **A parachain hands code to its relay chain at once**, which has a notice of its own. There only
//!   [`Pallet::authorize`] is used: another [`SetCode`] stands in this one's place, and nothing ever waits
//!   here.
//! - **One at a time.** Code that is handed in while other code waits takes its place and has a notice
//!   of its own.
#![cfg_attr(not(feature = "std"), no_std)]
// The rules for code that runs on chain, the same in every such crate; see docs/building.md.
#![cfg_attr(
	not(any(test, feature = "runtime-benchmarks")),
	warn(
		clippy::allow_attributes_without_reason,
		clippy::arithmetic_side_effects,
		clippy::cast_lossless,
		clippy::cast_possible_truncation,
		clippy::cast_possible_wrap,
		clippy::cast_precision_loss,
		clippy::cast_sign_loss,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::let_underscore_must_use,
		clippy::panic,
		clippy::panic_in_result_fn,
		clippy::string_slice,
		clippy::unreachable,
		clippy::unused_result_ok,
		clippy::unwrap_used
	)
)]

extern crate alloc;

pub use pallet::*;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod weights;

pub use weights::WeightInfo;

use alloc::vec::Vec;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::Get, BoundedVec};
use frame_system::{pallet_prelude::BlockNumberFor, SetCode};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{Hash, Saturating},
	DispatchResult,
};

/// Code that is known and not yet in force.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Upcoming<Hash, BlockNumber> {
	/// Its hash, by which it was decided on.
	pub code_hash: Hash,
	/// The block that puts it in force: the one after it is the first to run by it.
	pub at: BlockNumber,
}

#[frame_support::pallet]
#[expect(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	clippy::unreachable,
	reason = "FRAME's macros write such code; primitives/tests/rules.rs finds what is written by hand"
)]
pub mod pallet {
	use frame_support::{pallet_prelude::*, traits::StorageVersion};
	use frame_system::pallet_prelude::*;

	use super::{Upcoming, WeightInfo};

	/// What comes, and when.
	pub type UpcomingOf<T> = Upcoming<<T as frame_system::Config>::Hash, BlockNumberFor<T>>;

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who decides what the next runtime is.
		type DecisionOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Blocks for which code is known before it is in force.
		#[pallet::constant]
		type Notice: Get<BlockNumberFor<Self>>;

		/// Most bytes that code can have.
		#[pallet::constant]
		type MaxCode: Get<u32>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// The storage version of this pallet.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What comes, and when.
	#[pallet::storage]
	pub type Next<T: Config> = StorageValue<_, UpcomingOf<T>>;

	/// The code that comes. Nodes read it here and compile it.
	#[pallet::storage]
	pub type Code<T: Config> = StorageValue<_, BoundedVec<u8, T::MaxCode>>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The code of a new runtime was handed in. It comes into force with a block that is known now.
		Scheduled {
			/// Hash of the code.
			code_hash: T::Hash,
			/// The block that puts it in force.
			at: BlockNumberFor<T>,
		},
		/// A new runtime that was to come does not come.
		Cancelled {
			/// Hash of the code.
			code_hash: T::Hash,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The code has more bytes than a runtime can have. Hand it in compressed.
		CodeTooLong,
		/// No new runtime waits to come into force, so none can be called off.
		NothingComes,
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What comes, and when.
		pub fn next() -> Option<UpcomingOf<T>> {
			Next::<T>::get()
		}
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Decides that code with this hash becomes the next runtime.
		///
		/// For those who decide about the chain. After it anybody may hand in the code with
		/// `system.applyAuthorizedUpgrade`; it must be of the same chain and have a higher version. A
		/// decision takes the place of the one before, as long as that code was not handed in. Costs
		/// only the fee.
		#[pallet::call_index(0)]
		#[pallet::weight((T::WeightInfo::authorize(), DispatchClass::Operational))]
		pub fn authorize(origin: OriginFor<T>, code_hash: T::Hash) -> DispatchResult {
			T::DecisionOrigin::ensure_origin(origin)?;
			frame_system::Pallet::<T>::do_authorize_upgrade(code_hash, true);
			Ok(())
		}

		/// Calls off the runtime that was handed in and is not yet in force.
		///
		/// For those who decide about the chain. Costs only the fee. Fails when nothing waits. A decision
		/// for which no code was handed in yet is taken back by [`Pallet::authorize`] with the hash of zeros,
		/// which no code has.
		#[pallet::call_index(1)]
		#[pallet::weight((T::WeightInfo::cancel(), DispatchClass::Operational))]
		pub fn cancel(origin: OriginFor<T>) -> DispatchResult {
			T::DecisionOrigin::ensure_origin(origin)?;
			let next = Next::<T>::take().ok_or(Error::<T>::NothingComes)?;
			Code::<T>::kill();
			Self::deposit_event(Event::Cancelled {
				code_hash: next.code_hash,
			});
			Ok(())
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Leaves room for the change in the block that makes it.
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			if Self::is_due(now) {
				T::WeightInfo::put_in_force()
			} else {
				T::WeightInfo::wait()
			}
		}

		/// Puts the code in force at the end of its block, so that whatever is decided in this block is
		/// decided before: code that is handed in takes its place and is compared with what runs now.
		fn on_finalize(now: BlockNumberFor<T>) {
			if Self::is_due(now) {
				Self::put_in_force();
			}
		}

		fn integrity_test() {
			assert!(
				T::Notice::get() > BlockNumberFor::<T>::from(0u32),
				"there is time to compile the next runtime"
			);
			assert!(
				T::WeightInfo::put_in_force().all_lt(T::BlockWeights::get().max_block),
				"there is room for the change in a block"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

impl<T: Config> Pallet<T> {
	fn is_due(now: BlockNumberFor<T>) -> bool {
		Next::<T>::get().is_some_and(|next| next.at <= now)
	}

	pub(crate) fn put_in_force() {
		Next::<T>::kill();
		if let Some(code) = Code::<T>::take() {
			frame_system::Pallet::<T>::update_code_in_storage(&code);
		}
	}
}

impl<T: Config> SetCode<T> for Pallet<T> {
	fn set_code(code: Vec<u8>) -> DispatchResult {
		let code_hash = T::Hashing::hash(&code);
		let code = BoundedVec::try_from(code).map_err(|_| Error::<T>::CodeTooLong)?;
		let at = frame_system::Pallet::<T>::block_number().saturating_add(T::Notice::get());
		Next::<T>::put(Upcoming { code_hash, at });
		Code::<T>::put(code);
		Self::deposit_event(Event::Scheduled { code_hash, at });
		Ok(())
	}
}
