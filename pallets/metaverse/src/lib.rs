//! # Metaverse
//!
//! The registry in which a startup founds its world. It owns the name, who may do what, where the
//! world runs, its treasury and its stage; land, portals and escrow ask it.
//!
//! ## A story
//!
//! **Monday.** Jiwoo has a small studio and registers `moonlit-market`, 64 cells wide and 48 high.
//! She sees a price for the land, allows two percent more as `max_price`, and pays what it costs in
//! that block, never more than she allowed. A deposit for the bytes that the registry keeps for her
//! is put on hold; it is still hers. The metaverse gets an account of its own, which anyone could have
//! computed before it existed, so money may already wait there. It is now in preparation.
//!
//! **Tuesday.** She names Minho manager with the profile and the treasury role, and Sora manager for
//! land. Minho writes the display name in Korean and adds an endpoint, which makes the deposit grow
//! by exactly these bytes. Sora tries to name a friend; the registry refuses, for no manager
//! can give roles.
//!
//! **Wednesday.** Jiwoo claims the first parcel and launches. Launching happens once and needs a
//! parcel, a name and an endpoint, so that whoever comes finds something. Visitors buy land; the
//! money arrives in the metaverse's account, and Minho spends some of it on servers.
//!
//! **Friday.** Somebody shows that the market sells what it must not. The guardian suspends it until
//! next Friday and publishes the hash of the reason: no sales, no portals until then, and when the
//! time is over it is over, whether or not anybody acts. Nothing that belongs to anyone moved, and
//! Jiwoo could still spend or close.
//!
//! **A year later** she nominates Haneul, who accepts. Haneul's deposit is held before Jiwoo's comes
//! back; all managers of Jiwoo are gone in the same moment, while the parcels stay with those who
//! own them. When one day the last parcel is released, Haneul closes: the deposit and whatever is in
//! the account return to the unit, the land goes back to the supply, and after a while somebody else
//! may take the name.
//!
//! ## Towns
//!
//! The first metaverses are made at genesis and belong to the network. For them the network's origin
//! is owner and manager in every role. It can neither close them nor give them away, and it has no power
//! at all over the metaverse of anybody else; nor has root. The guardian's two calls are the only
//! ones that reach into a startup's metaverse, and what they do ends by itself.
//!
//! ## Deposit
//!
//! One hold per metaverse under [`HoldReason::Metaverse`]: `DepositBase` and `DepositPerByte` for
//! each byte of slug, profile, endpoints, managers and the fixed entries around them. Every call that changes one of these
//! holds or releases exactly the difference. Towns have none.
//!
//! ## Limits that were chosen
//!
//! - A suspension may be prolonged, or ended and begun again, but not past `MaxSuspension` counted
//!   from its first block. Then the metaverse has peace for as long again.
//! - A suspension stops neither [`Call::spend`] nor [`Call::close`]: nobody is trapped.
//! - A slug rests for `SlugCooldown` after its metaverse closed, so that visitors with an old link do
//!   not walk into the hands of whoever waited for it.
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
pub use slug::RESERVED_SLUGS;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod dispatchable_impls;
mod queries;
pub mod slug;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

/// What the benchmarks need of other pallets, which this crate does not know.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId> {
	/// Makes the next purchase of land as dear to carry out as it can be: many periods of the price have
	/// passed since the last one, and whoever is paid for land has no account. Tells who that is.
	fn prepare_purchase() -> AccountId;

	/// Claims one parcel of the metaverse for its owner.
	fn claim_parcel(id: madang_primitives::MetaverseId, owner: &AccountId);

	/// Gives somebody money of an asset; tells which, and how much.
	fn fund_with_asset(who: &AccountId) -> (madang_primitives::AssetId, u128);

	/// Leaves a metaverse with more campaigns that are over than are looked at when it closes, each in an
	/// asset of its own.
	fn leave_campaigns(id: madang_primitives::MetaverseId);
}

#[frame_support::pallet]
#[expect(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	clippy::unreachable,
	reason = "FRAME's macros write such code; primitives/tests/rules.rs finds what is written by hand"
)]
pub mod pallet {
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Inspect, Mutate, MutateHold},
			fungibles,
		},
		DefaultNoBound, PalletId,
	};
	use frame_system::pallet_prelude::*;
	use madang_primitives::{
		geometry::Size,
		metaverse::{EndpointInput, MetaverseView, ProfileInput, Role, Roles},
		traits::{ClosingGuard, Territories},
		AssetId, MetaverseId,
	};
	use sp_core::H256;
	use sp_runtime::{
		traits::{BlockNumberProvider, StaticLookup},
		SaturatedConversion,
	};

	use crate::{
		types::{
			EndpointList, Founding, ManagerList, MetaverseRecord, Profile, Slug, SlugState, Town,
		},
		weights::WeightInfo,
	};

	/// Money of the runtime.
	pub type BalanceOf<T> =
		<<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;
	/// How calls name an account.
	pub type AccountIdLookupOf<T> = <<T as frame_system::Config>::Lookup as StaticLookup>::Source;
	/// A metaverse as it is stored.
	pub type MetaverseRecordOf<T> =
		MetaverseRecord<<T as frame_system::Config>::AccountId, BalanceOf<T>, BlockNumberFor<T>>;
	/// A metaverse as queries show it.
	pub type MetaverseViewOf<T> =
		MetaverseView<<T as frame_system::Config>::AccountId, BalanceOf<T>, BlockNumberFor<T>>;
	/// The managers of one metaverse.
	pub type ManagersOf<T> = ManagerList<<T as frame_system::Config>::AccountId>;

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The native token.
		type Currency: Inspect<Self::AccountId>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// Every other asset, in which campaigns may pay a metaverse.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = BalanceOf<Self>>
			+ fungibles::Mutate<Self::AccountId>;

		/// The hold reasons of all pallets.
		type RuntimeHoldReason: From<HoldReason>;

		/// Where metaverses get their land.
		type Territories: Territories<Self::AccountId, BalanceOf<Self>>;

		/// What must be over before a metaverse can close.
		type ClosingGuard: ClosingGuard;

		/// Who may suspend a metaverse and resume it.
		type GuardianOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who acts for the towns.
		type NetworkOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The clock.
		type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

		/// From which the accounts of the metaverses are derived.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// On hold from the owner for each metaverse, whatever it stores.
		#[pallet::constant]
		type DepositBase: Get<BalanceOf<Self>>;

		/// On hold from the owner for each byte of slug, profile, endpoints and managers.
		#[pallet::constant]
		type DepositPerByte: Get<BalanceOf<Self>>;

		/// Longest suspension, counted from its first block.
		#[pallet::constant]
		type MaxSuspension: Get<BlockNumberFor<Self>>;

		/// How long the slug of a closed metaverse rests.
		#[pallet::constant]
		type SlugCooldown: Get<BlockNumberFor<Self>>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// What the benchmarks need of other pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::BenchmarkHelper<Self::AccountId>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The registry of metaverses.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The id that the next metaverse gets. Only ever grows, so no id is used twice.
	#[pallet::storage]
	pub type NextId<T: Config> = StorageValue<_, MetaverseId, ValueQuery>;

	/// Every metaverse that is not closed.
	#[pallet::storage]
	pub type Metaverses<T: Config> =
		StorageMap<_, Twox64Concat, MetaverseId, MetaverseRecordOf<T>, OptionQuery>;

	/// Display name and content; each metaverse has one.
	#[pallet::storage]
	pub type Profiles<T: Config> = StorageMap<_, Twox64Concat, MetaverseId, Profile, OptionQuery>;

	/// Where clients enter.
	#[pallet::storage]
	pub type Endpoints<T: Config> =
		StorageMap<_, Twox64Concat, MetaverseId, EndpointList, ValueQuery>;

	/// Managers named by the present owner.
	#[pallet::storage]
	pub type Managers<T: Config> =
		StorageMap<_, Twox64Concat, MetaverseId, ManagersOf<T>, ValueQuery>;

	/// Which slugs are taken or rest after a closing.
	#[pallet::storage]
	pub type Slugs<T: Config> =
		StorageMap<_, Blake2_128Concat, Slug, SlugState<BlockNumberFor<T>>, OptionQuery>;

	/// The metaverses of each owner. Towns are not in here.
	#[pallet::storage]
	pub type OwnedBy<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		MetaverseId,
		(),
		OptionQuery,
	>;

	/// Why money of an account is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Deposit for what the registry stores about a metaverse.
		#[codec(index = 0)]
		Metaverse,
	}

	/// What happened in the registry.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A metaverse was founded, and its territory bought.
		Registered {
			/// The new metaverse.
			id: MetaverseId,
			/// Who founded and owns it.
			owner: T::AccountId,
			/// Its unique name.
			slug: Slug,
			/// What was paid for the territory.
			paid: BalanceOf<T>,
		},
		/// A metaverse has a new display name, content URI or hash.
		ProfileSet {
			/// The metaverse.
			id: MetaverseId,
		},
		/// A metaverse has a new or changed place where clients enter.
		EndpointSet {
			/// The metaverse.
			id: MetaverseId,
			/// Which of its places.
			index: u8,
		},
		/// A metaverse has one place less where clients enter.
		EndpointRemoved {
			/// The metaverse.
			id: MetaverseId,
			/// Which of its places.
			index: u8,
		},
		/// A metaverse opened to visitors.
		Launched {
			/// The metaverse.
			id: MetaverseId,
		},
		/// An account is manager of a metaverse with exactly these roles.
		ManagerSet {
			/// The metaverse.
			id: MetaverseId,
			/// The manager.
			who: T::AccountId,
			/// All roles of the manager.
			roles: Roles,
		},
		/// An account is no longer manager of a metaverse.
		ManagerRemoved {
			/// The metaverse.
			id: MetaverseId,
			/// Who was manager.
			who: T::AccountId,
		},
		/// The owner of a metaverse asked an account to take it over.
		OwnerNominated {
			/// The metaverse.
			id: MetaverseId,
			/// Who may accept.
			nominee: T::AccountId,
		},
		/// The owner of a metaverse took the nomination back.
		NominationWithdrawn {
			/// The metaverse.
			id: MetaverseId,
		},
		/// A metaverse has a new owner and no managers.
		OwnerChanged {
			/// The metaverse.
			id: MetaverseId,
			/// Who owned it.
			from: T::AccountId,
			/// Who owns it.
			to: T::AccountId,
		},
		/// Money was paid from the account of a metaverse.
		Spent {
			/// The metaverse.
			id: MetaverseId,
			/// Who got it.
			dest: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
			/// Who decided it: the owner, a manager, or the town's own account for the network.
			by: T::AccountId,
		},
		/// An asset other than the native token was paid from the account of a metaverse.
		AssetSpent {
			/// The metaverse.
			id: MetaverseId,
			/// The asset.
			asset: AssetId,
			/// Who got it.
			dest: T::AccountId,
			/// How much, in the smallest unit of the asset.
			amount: BalanceOf<T>,
			/// Who decided it: the owner, a manager, or the town's own account for the network.
			by: T::AccountId,
		},
		/// Sales and portals of a metaverse are closed for a while.
		Suspended {
			/// The metaverse.
			id: MetaverseId,
			/// First block in which they are open again.
			until: BlockNumberFor<T>,
			/// Hash of the published reason.
			reason_hash: H256,
		},
		/// Part of a deposit was not there any more when it was given back: another pallet had taken
		/// it from the account's reserve.
		DepositMissing {
			/// Whose deposit it was.
			who: T::AccountId,
			/// What was missing.
			missing: BalanceOf<T>,
		},
		/// The guardian ended the suspension of a metaverse before its time.
		Resumed {
			/// The metaverse.
			id: MetaverseId,
		},
		/// A metaverse was closed; its land is back in the supply.
		Closed {
			/// The metaverse that was.
			id: MetaverseId,
			/// Who owned it.
			owner: T::AccountId,
			/// What its account held and the owner got, without the deposit.
			returned: BalanceOf<T>,
		},
	}

	/// Why the registry refused a call. Nothing changed and no money moved.
	#[pallet::error]
	pub enum Error<T> {
		/// No metaverse has this id. Look the id up by the slug; a closed metaverse has none.
		UnknownMetaverse,
		/// Only the owner of the metaverse may do this. Sign with the owner's account.
		NotOwner,
		/// Only the owner and managers with the profile role may do this. Ask the owner for the role.
		NotProfileManager,
		/// Only the owner and managers with the land role may do this. Ask the owner for the role.
		NotLandManager,
		/// Only the owner and managers with the portal role may do this. Ask the owner for the role.
		NotPortalManager,
		/// Only the owner and managers with the treasury role may do this. Ask the owner for the role.
		NotTreasuryManager,
		/// The slug has fewer than 3 characters. Choose a longer one.
		SlugTooShort,
		/// The slug has more than 32 characters. Choose a shorter one.
		SlugTooLong,
		/// The slug has a character other than a-z, 0-9 and the hyphen. Write it in small ASCII letters;
		/// the display name may have any letters.
		SlugBadCharacter,
		/// The slug begins or ends with a hyphen. Put the hyphen between letters or leave it out.
		SlugBadHyphen,
		/// The slug is kept for the network. Choose another one.
		SlugReserved,
		/// Another metaverse has this slug. Choose another one.
		SlugTaken,
		/// The metaverse of this slug was closed not long ago. Wait until the slug is free or choose
		/// another one.
		SlugCoolingDown,
		/// The display name is empty. Give at least one visible character.
		NameEmpty,
		/// The display name has more than 64 bytes of UTF-8. Shorten it.
		NameTooLong,
		/// The URI of an endpoint is empty. Say where the world runs.
		UriEmpty,
		/// The URI has more than 256 bytes. Shorten it.
		UriTooLong,
		/// A name or URI is not valid UTF-8. Encode the text as UTF-8.
		NotUtf8,
		/// Endpoints have the indices 0 to 7. Choose one of these.
		EndpointIndexTooHigh,
		/// The metaverse has no endpoint with this index. Look the endpoints up.
		NoSuchEndpoint,
		/// The metaverse is launched already; there is nothing to do.
		AlreadyLaunched,
		/// The metaverse has no parcel yet. Claim one, then launch.
		NoParcel,
		/// The metaverse has no endpoint yet. Set one, then launch.
		NoEndpoint,
		/// The owner has every role already and cannot be manager. Name somebody else.
		ManagerIsOwner,
		/// The account is not manager of this metaverse, so there is nothing to remove.
		NotManager,
		/// The metaverse has 16 managers. Remove one first.
		TooManyManagers,
		/// The owner has not nominated this account. Ask for a nomination first.
		NotNominated,
		/// There is no nomination to withdraw.
		NoNomination,
		/// A town belongs to the network and cannot be given away.
		TownKeepsOwner,
		/// A town belongs to the network and cannot be closed.
		TownCannotClose,
		/// The metaverse's account has less than that above the existential deposit, which it keeps.
		/// Spend less.
		TreasuryTooSmall,
		/// The amount is zero. Say how much to spend.
		NothingToSpend,
		/// The destination is the metaverse's own account. Choose another one.
		SpendToItself,
		/// Money in the metaverse's account is on hold, reserved or frozen. End what keeps it there,
		/// then close.
		TreasuryLocked,
		/// The guardian has suspended the metaverse. Try again when the suspension is over.
		Suspended,
		/// The metaverse is not suspended; there is nothing to resume.
		NotSuspended,
		/// The suspension would end in a block that is over or just running. Choose a later one.
		SuspensionEndsInPast,
		/// The last suspension began less than twice `MaxSuspension` ago. Wait until that is over.
		SuspensionTooSoon,
		/// The suspension would last too long, counted from its first block. Choose an earlier end.
		SuspensionTooLong,
		/// The free balance does not cover the storage deposit. Add money or store less.
		DepositNotCovered,
		/// All ids have been given out. No more metaverses can be founded.
		NoIdsLeft,
	}

	/// Metaverses that exist from the first block.
	#[pallet::genesis_config]
	#[derive(DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Towns of the network, which get the ids 0, 1 and so on, and start launched.
		pub towns: Vec<Town>,
		/// Metaverses of accounts, which pay for them. They get the ids that follow.
		pub metaverses: Vec<Founding<T::AccountId>>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		#[expect(
			clippy::panic,
			reason = "a chain must not begin with less than its genesis says"
		)]
		fn build(&self) {
			for town in &self.towns {
				Pallet::<T>::do_found_town(town)
					.unwrap_or_else(|error| panic!("town {:?}: {:?}", town.slug, error));
			}
			for founding in &self.metaverses {
				Pallet::<T>::do_found_at_genesis(founding)
					.unwrap_or_else(|error| panic!("metaverse {:?}: {:?}", founding.slug, error));
			}
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// One metaverse with its land.
		pub fn metaverse(id: MetaverseId) -> Option<MetaverseViewOf<T>> {
			Self::api_get(id)
		}

		/// The account of a metaverse, known even before the metaverse exists.
		pub fn account(id: MetaverseId) -> T::AccountId {
			Self::account_of(id)
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Founds a metaverse and buys its territory.
		///
		/// Anyone may call this. The signer becomes the owner, pays the day's price of `width` x `height`
		/// cells, at most `max_price`, gives the metaverse's account the existential deposit, and
		/// has the storage deposit put on hold. Fails when the slug is malformed, reserved or not free,
		/// when the name is not fit, when land is dearer than `max_price` or sold out, and when the
		/// signer cannot pay.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register(text_len(&[&profile.name, &profile.uri])))]
		pub fn register(
			origin: OriginFor<T>,
			slug: Vec<u8>,
			profile: ProfileInput,
			width: u16,
			height: u16,
			max_price: BalanceOf<T>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let slug = Self::check_slug_for_everyone(slug)?;
			let profile = Self::check_profile(profile)?;
			Self::do_register(who, slug, profile, Size::new(width, height), max_price)
		}

		/// Sets the display name, and the URI and hash of the content.
		///
		/// The owner and managers with the profile role may call this. The owner's deposit follows the
		/// number of bytes. Fails when the name is empty, a text is too long or not UTF-8, and when the
		/// owner's balance does not cover the deposit.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_profile(text_len(&[&profile.name, &profile.uri])))]
		pub fn set_profile(
			origin: OriginFor<T>,
			id: MetaverseId,
			profile: ProfileInput,
		) -> DispatchResult {
			let (_, record) = Self::authorize(origin, id, Role::Profile)?;
			let profile = Self::check_profile(profile)?;
			Self::do_set_profile(id, record, profile)
		}

		/// Sets one of the places where clients enter the world; what was at this index is replaced.
		///
		/// The owner and managers with the profile role may call this. The owner's deposit follows the
		/// number of bytes. Fails when the index is above 7, when the URI is empty, too long or not
		/// UTF-8, and when the owner's balance does not cover the deposit.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::set_endpoint(text_len(&[&endpoint.uri])))]
		pub fn set_endpoint(
			origin: OriginFor<T>,
			id: MetaverseId,
			index: u8,
			endpoint: EndpointInput,
		) -> DispatchResult {
			let (_, record) = Self::authorize(origin, id, Role::Profile)?;
			let endpoint = Self::check_endpoint(index, endpoint)?;
			Self::do_set_endpoint(id, record, endpoint)
		}

		/// Removes one of the places where clients enter the world.
		///
		/// The owner and managers with the profile role may call this. The deposit for its bytes
		/// comes back to the owner. Fails when there is no endpoint with this index.
		#[pallet::call_index(3)]
		pub fn remove_endpoint(origin: OriginFor<T>, id: MetaverseId, index: u8) -> DispatchResult {
			let (_, record) = Self::authorize(origin, id, Role::Profile)?;
			Self::do_remove_endpoint(id, record, index)
		}

		/// Opens the metaverse to visitors, once and for all.
		///
		/// The owner may call this. Fails when the metaverse is launched already, and when no parcel is
		/// claimed in it or it has no endpoint.
		#[pallet::call_index(4)]
		pub fn launch(origin: OriginFor<T>, id: MetaverseId) -> DispatchResult {
			let record = Self::record(id)?;
			Self::ensure_owner(origin, &record)?;
			Self::do_launch(id, record)
		}

		/// Makes an account manager with exactly these roles; without any role it is no longer manager.
		///
		/// The owner may call this, and no manager. The owner's deposit follows the number of managers.
		/// Fails when there are 16 managers already, when the account is the owner, when an account
		/// without roles is to be removed, and when the owner's balance does not cover the deposit.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_manager(crate::MAX_MANAGERS))]
		pub fn set_manager(
			origin: OriginFor<T>,
			id: MetaverseId,
			who: AccountIdLookupOf<T>,
			roles: Roles,
		) -> DispatchResult {
			let who = T::Lookup::lookup(who)?;
			let record = Self::record(id)?;
			Self::ensure_owner(origin, &record)?;
			Self::do_set_manager(id, record, who, roles)
		}

		/// Asks an account to take the metaverse over; nominating oneself withdraws the nomination.
		///
		/// The owner may call this. Nothing changes until the nominee accepts, and a later nomination
		/// replaces an earlier one. Fails for towns, and when there is no nomination to withdraw.
		#[pallet::call_index(6)]
		pub fn nominate_owner(
			origin: OriginFor<T>,
			id: MetaverseId,
			who: AccountIdLookupOf<T>,
		) -> DispatchResult {
			let who = T::Lookup::lookup(who)?;
			let record = Self::record(id)?;
			Self::ensure_owner(origin, &record)?;
			Self::do_nominate_owner(id, record, who)
		}

		/// Takes over a metaverse that its owner offered.
		///
		/// The nominee may call this. The deposit is put on hold from the new owner, then the former
		/// owner's comes back; all managers lose their roles; parcels stay with those who own them.
		/// Fails when the signer is not nominated or cannot cover the deposit.
		#[pallet::call_index(7)]
		pub fn accept_ownership(origin: OriginFor<T>, id: MetaverseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let record = Self::record(id)?;
			Self::do_accept_ownership(id, record, who)
		}

		/// Pays from the metaverse's own account, which keeps the existential deposit.
		///
		/// The owner and managers with the treasury role may call this, also during a suspension. Fails
		/// when the amount is zero or more than the account can give, and when the destination is the
		/// account itself.
		#[pallet::call_index(8)]
		pub fn spend(
			origin: OriginFor<T>,
			id: MetaverseId,
			dest: AccountIdLookupOf<T>,
			#[pallet::compact] amount: BalanceOf<T>,
		) -> DispatchResult {
			let dest = T::Lookup::lookup(dest)?;
			let (by, _) = Self::authorize(origin, id, Role::Treasury)?;
			Self::do_spend(id, dest, amount, by)
		}

		/// Closes sales and portals of a metaverse until a block, and publishes the hash of the reason.
		///
		/// The guardian may call this. During a suspension it changes the end and the reason, but the
		/// whole never lasts longer than `MaxSuspension`, and is followed by as long a time without one.
		/// Nothing is taken from anyone. Fails when the end is past or too far, or it is too soon.
		#[pallet::call_index(9)]
		pub fn suspend(
			origin: OriginFor<T>,
			id: MetaverseId,
			until: BlockNumberFor<T>,
			reason_hash: H256,
		) -> DispatchResult {
			T::GuardianOrigin::ensure_origin(origin)?;
			let record = Self::record(id)?;
			Self::do_suspend(id, record, until, reason_hash)
		}

		/// Ends a suspension before its time.
		///
		/// The guardian may call this. Fails when the metaverse is not suspended.
		#[pallet::call_index(10)]
		pub fn resume(origin: OriginFor<T>, id: MetaverseId) -> DispatchResult {
			T::GuardianOrigin::ensure_origin(origin)?;
			let record = Self::record(id)?;
			Self::do_resume(id, record)
		}

		/// Closes the metaverse: its land returns to the supply, its money and the deposit to the owner.
		///
		/// The owner may call this, also during a suspension. The slug rests for `SlugCooldown`, the id
		/// is never used again. Fails for towns, while a parcel is left, while a portal is open or a
		/// campaign lives, and while money in the metaverse's account is on hold or frozen.
		#[pallet::call_index(11)]
		pub fn close(origin: OriginFor<T>, id: MetaverseId) -> DispatchResult {
			let record = Self::record(id)?;
			Self::ensure_owner(origin, &record)?;
			Self::do_close(id, record)
		}

		/// Pays an asset other than the native token from the metaverse's own account.
		///
		/// Who may `spend` may call this, also during a suspension. All of it can be paid: the account
		/// in the asset may end. What would be left below the least balance of the asset goes along.
		/// Fails when the amount is zero or more than the account can give, when
		/// the destination is the account itself or cannot receive it, and while the asset is frozen.
		#[pallet::call_index(12)]
		pub fn spend_asset(
			origin: OriginFor<T>,
			id: MetaverseId,
			#[pallet::compact] asset: AssetId,
			dest: AccountIdLookupOf<T>,
			#[pallet::compact] amount: BalanceOf<T>,
		) -> DispatchResult {
			let dest = T::Lookup::lookup(dest)?;
			let (by, _) = Self::authorize(origin, id, Role::Treasury)?;
			Self::do_spend_asset(id, asset, dest, amount, by)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_constants();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	/// Bytes of all texts together, for the weight of a call.
	fn text_len(texts: &[&[u8]]) -> u32 {
		texts.iter().fold(0u32, |sum, text| {
			sum.saturating_add(text.len().saturated_into())
		})
	}
}
