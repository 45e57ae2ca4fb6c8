//! # Attestation
//!
//! Who vouches for whom, and how much somebody has committed within twelve months.
//!
//! ## A story
//!
//! Hana runs a firm that checks passports. On Monday she attests Minho's account: an opaque **subject**
//! that stands for Minho and for nobody else, the **class** "retail" and a **cap** of 5,000 in any
//! asset. On Tuesday Minho commits 3,000 to a campaign that trusts Hana, and 2,000 to another one; a
//! third takes nothing from him until a year is over. On Wednesday he wants to go on from a second
//! account. Hana cannot attest it beside the first one: the chain would let him be two people. She
//! revokes the first and attests the second, and what Minho has committed is remembered, because it is
//! counted for the subject and not for the account. On Thursday Minho is tired of it all and renounces.
//! What he has committed stays his, and so does every refund.
//!
//! ## How it holds together
//!
//! - **Anybody may attest**, and nobody is obliged to believe it. A campaign names the attester whom it
//!   trusts, and nothing that others say counts there.
//! - **One person, one account.** With one attester a subject has at most one account at a time, and an
//!   account at most one subject. Whether two subjects are one person only the attester knows.
//! - **No names.** The chain stores a salted hash of who it is; see
//!   [`SubjectId`](madang_primitives::attestation::SubjectId).
//! - **Nothing here can keep money.** Revoking, renouncing and the end of an attestation stop new
//!   commitments and nothing else. [`forget`](madang_primitives::traits::Attestations::forget), which
//!   a refund calls, cannot fail.
//! - **Usage survives.** What was counted for a subject stays after its attestation went, otherwise
//!   revoking and attesting again would give a fresh cap. It goes when the money goes back.
//! - **Twelve months** are the running month and the eleven before it, where a month is a twelfth of a
//!   mean Gregorian year. So a commitment counts for more than eleven months and for at most twelve.
//!   Months without a call are dropped when the next call comes. No call iterates over anything that
//!   can grow.
//! - **Deposits** are held from the attester and come back to the unit.
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
mod dispatchable_impls;
mod queries;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod usage;
pub mod weights;

pub use weights::WeightInfo;

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
			fungible::{Inspect, Mutate, MutateHold},
			StorageVersion, Time,
		},
	};
	use frame_system::pallet_prelude::*;
	use madang_primitives::{
		attestation::{Attestation, InvestorClass, SubjectId},
		escrow::AssetKind,
		Balance,
	};
	use sp_runtime::traits::{StaticLookup, Zero};

	use super::*;

	pub(crate) type AccountIdLookupOf<T> =
		<<T as frame_system::Config>::Lookup as StaticLookup>::Source;

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The native token, in which deposits are held.
		type Currency: Inspect<Self::AccountId, Balance = Balance>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// The clock, in milliseconds since 1970.
		type Time: Time<Moment = Moment>;

		/// Storage deposit for an attestation, without its bytes.
		#[pallet::constant]
		type DepositBase: Get<Balance>;

		/// Storage deposit for each byte of it.
		#[pallet::constant]
		type DepositPerByte: Get<Balance>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// The storage version of this pallet.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What an attester says of an account. One that is over does not count, but stays until it is
	/// renewed, revoked or renounced.
	#[pallet::storage]
	pub type Attestations<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Blake2_128Concat, T::AccountId, Record>;

	/// The one account of a person that an attester attests.
	#[pallet::storage]
	pub type AccountOf<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		SubjectId,
		T::AccountId,
	>;

	/// What a person, as an attester knows it, has committed in an asset. Stored only while something
	/// is counted in it. It survives the attestation: otherwise revoking and attesting again would
	/// give a fresh cap.
	#[pallet::storage]
	pub type Usage<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Blake2_128Concat, SubjectId>,
			NMapKey<Blake2_128Concat, AssetKind>,
		),
		Window,
	>;

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For the storage of an attestation.
		#[codec(index = 0)]
		Attestation,
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account was attested, or its attestation was renewed.
		Attested {
			/// Who vouches for it.
			attester: T::AccountId,
			/// The account.
			who: T::AccountId,
			/// What the attester says of it now.
			attestation: Attestation,
			/// First moment at which it does not count any more, in milliseconds since 1970.
			until: Option<Moment>,
		},
		/// An attester took back what it said of an account.
		Revoked {
			/// Who vouched for it.
			attester: T::AccountId,
			/// The account.
			who: T::AccountId,
			/// The person to whom the account belongs. What is counted for the person stays.
			subject: SubjectId,
		},
		/// An account removed what an attester said of it.
		Renounced {
			/// Who vouched for it, and got the deposit back.
			attester: T::AccountId,
			/// The account.
			who: T::AccountId,
			/// The person to whom the account belongs. What is counted for the person stays.
			subject: SubjectId,
		},
		/// Part of a deposit was not there any more when it was given back: another pallet had taken
		/// it from the account's reserve.
		DepositMissing {
			/// Whose deposit it was.
			who: T::AccountId,
			/// What was missing.
			missing: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The attestation would be over already. Name a moment in the future, in milliseconds since
		/// 1970, or none.
		AlreadyOver,
		/// The caller attests this account as another person. To change that, `revoke` it first.
		AnotherPerson,
		/// The caller attests another account of this person. To change accounts, `revoke` that one
		/// first; what the person has committed stays counted.
		AnotherAccount,
		/// The attester says nothing of this account. Check both accounts; either side may have removed
		/// the attestation already.
		NotAttested,
		/// The storage deposit cannot be held: the attester has too little to spend beside the
		/// existential deposit. Top the account up.
		DepositNotCovered,
		/// What the person has committed within twelve months would go beyond what its type holds.
		/// Commit less.
		Overflow,
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What an attester says of an account, and whether it counts now.
		pub fn record(attester: T::AccountId, who: T::AccountId) -> Option<AttestationView> {
			Self::api_attestation(&attester, &who)
		}

		/// What a person has committed in an asset within the last twelve months, to campaigns that
		/// trust this attester.
		pub fn committed(attester: T::AccountId, subject: SubjectId, asset: AssetKind) -> Balance {
			Self::api_committed(&attester, &subject, &asset)
		}
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Vouches for an account, or renews what the caller said of it.
		///
		/// Anyone may; it counts in campaigns that trust the caller. `subject` stands for the person
		/// who owns the account and is a salted hash, never a name; `class` is the kind of investor as
		/// the caller numbers them; `cap` is the most that the person may commit within twelve months,
		/// in each asset on its own, so that 0 admits nothing new. From the moment `until` on, in
		/// milliseconds since 1970, it does not count any more; without one it counts until it is
		/// removed. The storage deposit is held from the caller once; renewing costs nothing more.
		///
		/// Fails when `until` is not in the future, when the caller attests this account as another
		/// person or another account of this person, and when the deposit cannot be held.
		#[pallet::call_index(0)]
		pub fn attest(
			origin: OriginFor<T>,
			who: AccountIdLookupOf<T>,
			subject: SubjectId,
			class: InvestorClass,
			cap: Balance,
			until: Option<Moment>,
		) -> DispatchResult {
			let attester = ensure_signed(origin)?;
			let who = T::Lookup::lookup(who)?;
			Self::do_attest(
				attester,
				who,
				Attestation {
					subject,
					class,
					cap,
				},
				until,
			)
		}

		/// Takes back what the caller said of an account.
		///
		/// The attester may at any time. The storage deposit comes back. The account can commit nothing
		/// new where the caller is trusted; what it has committed stays its own, refunds go on, and what
		/// is counted for the person stays counted. Fails when the caller says nothing of the account.
		#[pallet::call_index(1)]
		pub fn revoke(origin: OriginFor<T>, who: AccountIdLookupOf<T>) -> DispatchResult {
			let attester = ensure_signed(origin)?;
			let who = T::Lookup::lookup(who)?;
			Self::do_revoke(attester, who)
		}

		/// Removes what an attester says of the caller.
		///
		/// Whoever was attested may at any time. The storage deposit goes back to the attester. The
		/// consequences are those of `revoke`. Fails when the attester says nothing of the caller.
		#[pallet::call_index(2)]
		pub fn renounce(origin: OriginFor<T>, attester: AccountIdLookupOf<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let attester = T::Lookup::lookup(attester)?;
			Self::do_renounce(attester, who)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				!Self::deposit().is_zero(),
				"whoever fills the registry pays a deposit for it"
			);
			assert!(
				Self::deposit() < Balance::MAX,
				"the deposit of an attestation fits its type"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
