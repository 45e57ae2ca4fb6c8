//! # Validators
//!
//! What a validator puts at stake, how long it stays there, and how it is lost.
//!
//! ## A story
//!
//! Eve runs a node and stands as a validator with a bond of 1,000. For a year she makes blocks, then
//! she has enough and leaves on a Monday. The bond stays here until the Monday after: for so long a
//! vote of hers can still be shown to have been dishonest. Then she, or anybody for her, calls
//! `withdraw` and she has back all of it. Mallory leaves on the same Monday, purges her keys, and
//! within the hour votes with them for two different blocks, because nobody knows her any more. But
//! the chain has kept who voted in that session. The other nodes report the two votes, and all that
//! she has here is gone, what waits as well as what works.
//!
//! ## How it holds together
//!
//! - **Who is chosen** is up to [`Config::Selection`]. This pallet stands around it on both sides: as
//!   its currency, so that every bond is held here, and between it and the session, so that every set
//!   of voters is remembered.
//! - **One way out.** Whatever ends a bond (leaving, being outbid, dropped, or invited, a bond made
//!   smaller or the least bond raised) goes through `unreserve` of the currency. The money does not
//!   come back there but waits [`Config::ReportWindow`] sessions and two more: a validator that leaves
//!   still votes in the running session and the next. A bond that waits can be put to work again.
//! - **Who voted** in a session is kept for as long as bonds wait, by the keys that were at work and
//!   not by the keys that are set now. Otherwise, whoever set or purged keys would be a stranger for
//!   the rest of the session. (That is why this is not the session pallet's own `historical`, which
//!   looks up the keys of the running session among those that are set.)
//! - **A proven equivocation takes the whole bond** and the seat, and keeps the offender out of the
//!   next set that is planned, even with a new bond. So each set of voters costs an offender one bond
//!   at most, and the next set is a different one.
//! - **The set only changes when it changes.** If the same validators with the same keys are chosen
//!   again, finality goes on without a new set, which keeps proofs for light clients short.
//! - Nothing iterates over anything but the voters of one session, of which there is a most.
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
pub use types::*;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bonds;
mod currency;
mod offences;
mod sessions;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

pub use weights::WeightInfo;

/// Where this pallet logs to.
pub(crate) const LOG_TARGET: &str = "runtime::validators";

#[frame_support::pallet]
#[expect(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	clippy::unreachable,
	reason = "FRAME's macros write such code; primitives/tests/rules.rs finds what is written by hand"
)]
pub mod pallet {
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{BalancedHold, Credit, Inspect, MutateHold},
			Currency as CurrencyTrait, OnUnbalanced, StorageVersion,
		},
	};
	use frame_system::pallet_prelude::*;
	use madang_primitives::Balance;
	use pallet_session::SessionManager;
	use sp_consensus_grandpa::{AuthorityId, SetId};
	use sp_runtime::traits::StaticLookup;
	use sp_staking::SessionIndex;

	use super::*;

	pub(crate) type AccountIdLookupOf<T> =
		<<T as frame_system::Config>::Lookup as StaticLookup>::Source;
	/// Money that was taken from an offender.
	pub type CreditOf<T> = Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;
	/// Who votes with which key, in one set.
	pub type VotersOf<T> = BoundedVec<
		(<T as frame_system::Config>::AccountId, AuthorityId),
		<T as pallet_grandpa::Config>::MaxAuthorities,
	>;

	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>>
		+ pallet_grandpa::Config
		+ pallet_session::Config<ValidatorId = <Self as frame_system::Config>::AccountId>
	{
		/// The native token, in which bonds are held.
		type Currency: CurrencyTrait<Self::AccountId, Balance = Balance>
			+ Inspect<Self::AccountId, Balance = Balance>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ BalancedHold<Self::AccountId>;

		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// Who chooses the validators of a session.
		type Selection: SessionManager<Self::AccountId>;

		/// Takes an offender's seat.
		type Expel: Expel<Self::AccountId>;

		/// Gets the bonds of offenders.
		type Slashed: OnUnbalanced<CreditOf<Self>>;

		/// Sessions for which an equivocation can be reported after the session in which it happened.
		#[pallet::constant]
		type ReportWindow: Get<SessionIndex>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// The storage version of this pallet.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What each account has at stake.
	#[pallet::storage]
	pub type Bonds<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Bond>;

	/// The session in which the voters of a session began to vote. Has every session in which an
	/// equivocation can still be reported.
	#[pallet::storage]
	pub type Began<T: Config> = StorageMap<_, Twox64Concat, SessionIndex, SessionIndex>;

	/// Who votes from this session on, until there is a later entry.
	#[pallet::storage]
	pub type Voters<T: Config> = StorageMap<_, Twox64Concat, SessionIndex, VotersOf<T>>;

	/// The last equivocation of an account.
	#[pallet::storage]
	pub type Offences<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Offence>;

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The bond of a validator, as long as it is at stake.
		#[codec(index = 0)]
		Bond,
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A bond, or a part of it, was put to work.
		Bonded {
			/// Whose it is.
			who: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// A bond, or a part of it, stopped working and waits to be withdrawn.
		Unbonding {
			/// Whose it is.
			who: T::AccountId,
			/// How much more than before waits.
			amount: Balance,
			/// First session in which all that waits can be withdrawn.
			free_from: SessionIndex,
		},
		/// A bond came back.
		Withdrawn {
			/// Whose it was.
			who: T::AccountId,
			/// How much came back.
			amount: Balance,
		},
		/// A validator voted for two things at once and lost what it had at stake.
		Slashed {
			/// The offender.
			who: T::AccountId,
			/// What was lost.
			amount: Balance,
			/// The session for which the offence was proven.
			session: SessionIndex,
			/// Whether it lost its seat as well. The last validator keeps it, because a chain without
			/// one stands still.
			expelled: bool,
		},
		/// Part of a bond was not there any more when it was given back: another pallet had taken it
		/// from the account's reserve.
		BondMissing {
			/// Whose bond it was.
			who: T::AccountId,
			/// What was missing.
			missing: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// Nothing of this account waits to be withdrawn. A bond that works comes back after its owner
		/// has left with `validatorSelection.leaveIntent`.
		NothingWaits,
		/// What waits can still be lost for an equivocation that comes to light. Try again in the
		/// session that the event `Unbonding` named.
		StillAtStake,
		/// The bond cannot be held: the account has too little to spend beside the existential deposit.
		/// Top the account up.
		BondNotCovered,
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What an account has at stake.
		pub fn bond_of(who: T::AccountId) -> Option<Bond> {
			Bonds::<T>::get(who)
		}

		/// First session in which a bond that stops working now can be withdrawn.
		pub fn free_from() -> SessionIndex {
			Self::next_free()
		}
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Gives back the bond of an account that has left, or the part of it that was made free.
		///
		/// Anybody may do that for anybody; the money goes to its owner. A bond that waits is free in
		/// the session that the event `Unbonding` named; if a further part was added meanwhile, all of
		/// it waits for the later session. Costs only the fee. Fails when nothing waits or it is too
		/// early.
		#[pallet::call_index(0)]
		pub fn withdraw(origin: OriginFor<T>, who: AccountIdLookupOf<T>) -> DispatchResult {
			ensure_signed(origin)?;
			let who = T::Lookup::lookup(who)?;
			Self::do_withdraw(who)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			let window = T::ReportWindow::get();
			assert!(window > 0, "an equivocation is reported after it happened");
			assert!(
				window < SessionIndex::MAX - SESSIONS_AFTER_LEAVING,
				"bonds come back some day"
			);
			assert!(
				T::MaxSetIdSessionEntries::get() > SetId::from(window),
				"GRANDPA knows every set of voters that can be reported"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
