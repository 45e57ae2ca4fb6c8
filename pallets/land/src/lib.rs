//! # Land
//!
//! Scarce land for metaverses, and nobody can print more of it.
//!
//! ## A story
//!
//! On Monday Jiwoo registers a metaverse and buys a **territory** of 64 x 64 cells for it. The price
//! per cell is the network's price of the hour; half of what she pays is burned and half goes to the
//! treasury. On Tuesday she claims a **parcel** of 24 x 24 cells for her own stage and opens a sale:
//! whoever pays her price per cell may claim the rest. Minho claims 2 x 3 cells, cuts them in two and
//! sells one half to Sora with the fixed-price sale of `pallet-nfts`, which any wallet knows. On
//! Friday four fifths of the territory are claimed, so Jiwoo may buy another quarter of it; had
//! nobody come, she could not.
//!
//! ## How it holds together
//!
//! - **One owner of truth.** A parcel is an item of the metaverse's collection in `pallet-nfts`; that
//!   pallet alone says who owns it. The owner can burn the item there behind our back, so
//!   [`Call::reap`] frees what such an item leaves behind, and no id is used twice.
//! - **Shapes never change under an id.** [`Call::split`] and [`Call::merge`] burn and mint, so that
//!   a price or an offer made for one shape can never apply to another.
//! - **Occupancy** is one 256-bit word per 16 x 16 cells: claiming 24 x 24 cells touches at most nine
//!   entries.
//! - **Supply.** `claimed <= allocated <= MaxSupply`, whatever the origin: genesis, founding and
//!   [`Call::grow`] go through one function that checks the cap. Only a runtime upgrade, or root
//!   writing raw storage, could change that.
//! - **Price.** See [`price`]. Periods without a call are applied when the next call comes.
//! - **Deposits** are held from who caused the storage and go back to the same account, to the unit,
//!   even after the parcel was sold. The new owner may take one over with [`Call::adopt_deposit`].
//! - **Roads.** Genesis lays the roads of the towns as parcels of the town's own account, without a
//!   deposit. Nobody signs for that account, so a road cannot be moved, cut or sold; a land manager,
//!   whom the network names, can [`Call::release`] it.
//!
//! Call indices 12 to 15 are kept for leases.
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
pub mod benchmarking;
pub mod costs;
mod dispatchable_impls;
mod genesis;
mod occupancy;
pub mod price;
mod queries;
mod supply;
#[cfg(any(feature = "std", feature = "try-runtime"))]
#[expect(
	clippy::arithmetic_side_effects,
	reason = "the runtime of a chain does not have it, and it adds up what exists"
)]
mod try_state;
mod types;
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
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Inspect, Mutate, MutateHold},
			StorageVersion,
		},
	};
	use frame_system::pallet_prelude::*;
	use madang_primitives::{
		geometry::{Area, ChunkIndex, Cut, Size},
		land::{ContentInput, SalePolicy},
		metaverse::Role,
		traits::{Metaverses, ParcelGuard},
		Balance, CollectionId, MetaverseId, ParcelId,
	};
	use sp_core::H256;
	use sp_runtime::{
		traits::{BlockNumberProvider, StaticLookup, TypedGet, Zero},
		Permill, SaturatedConversion,
	};

	use super::*;

	pub(crate) type AccountIdLookupOf<T> =
		<<T as frame_system::Config>::Lookup as StaticLookup>::Source;
	pub(crate) type ParcelOf<T> = Parcel<<T as frame_system::Config>::AccountId>;
	pub(crate) type ContentOf<T> = Content<<T as frame_system::Config>::AccountId>;
	pub(crate) type BuilderOf<T> =
		Builder<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>>
		+ pallet_nfts::Config<CollectionId = CollectionId, ItemId = ParcelId>
	{
		/// The native token, in which land is paid and deposits are held.
		type Currency: Inspect<Self::AccountId, Balance = Balance>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// The registry of metaverses: accounts, roles, suspensions.
		type Metaverses: Metaverses<Self::RuntimeOrigin, Self::AccountId>;

		/// What keeps a parcel in its shape: leases, open portals, pledges.
		type ParcelGuard: ParcelGuard;

		/// The clock of prices and builders' rights.
		type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

		/// The network's treasury: gets what is not burned, and the fee on sales.
		type Treasury: TypedGet<Type = Self::AccountId>;

		/// Most cells that all territories together may have.
		#[pallet::constant]
		type MaxSupply: Get<u64>;

		/// Most cells that one territory may have when it is founded.
		#[pallet::constant]
		type MaxFoundingCells: Get<u32>;

		/// Blocks after which the price of new territory moves.
		#[pallet::constant]
		type PricePeriod: Get<BlockNumberFor<Self>>;

		/// Cells that a balanced price period sells.
		#[pallet::constant]
		type TargetPerPeriod: Get<u32>;

		/// Most by which the price of new territory moves in one period.
		#[pallet::constant]
		type MaxPriceChange: Get<Permill>;

		/// The price of a cell of new territory never falls below this.
		#[pallet::constant]
		type MinCellPrice: Get<Balance>;

		/// The price of a cell of new territory in the first period.
		#[pallet::constant]
		type InitialCellPrice: Get<Balance>;

		/// Share of the price of new territory that is burned; the treasury gets the rest.
		#[pallet::constant]
		type BurnShare: Get<Permill>;

		/// Share of the price of a claim that the treasury gets; the metaverse gets the rest.
		#[pallet::constant]
		type SaleFee: Get<Permill>;

		/// Share of a territory that must be claimed before it may grow.
		#[pallet::constant]
		type GrowthThreshold: Get<Permill>;

		/// Most by which a territory may grow at once, as a share of its cells.
		#[pallet::constant]
		type MaxGrowth: Get<Permill>;

		/// Longest side of a parcel in cells.
		#[pallet::constant]
		type MaxParcelSide: Get<u16>;

		/// Storage deposit for anything that is stored.
		#[pallet::constant]
		type DepositBase: Get<Balance>;

		/// Storage deposit for each byte of it.
		#[pallet::constant]
		type DepositPerByte: Get<Balance>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the stage for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// The storage version of this pallet.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The territory of each metaverse.
	#[pallet::storage]
	pub type Territories<T: Config> = StorageMap<_, Twox64Concat, MetaverseId, Territory>;

	/// The metaverse to which a collection of `pallet-nfts` belongs.
	#[pallet::storage]
	pub type MetaverseOf<T: Config> = StorageMap<_, Twox64Concat, CollectionId, MetaverseId>;

	/// The parcels of each metaverse.
	#[pallet::storage]
	pub type Parcels<T: Config> =
		StorageDoubleMap<_, Twox64Concat, MetaverseId, Twox64Concat, ParcelId, ParcelOf<T>>;

	/// Which cells are taken, 16 x 16 of them in one entry. A chunk without a taken cell is not stored.
	#[pallet::storage]
	pub type Chunks<T: Config> =
		StorageDoubleMap<_, Twox64Concat, MetaverseId, Twox64Concat, ChunkIndex, Chunk, ValueQuery>;

	/// What is built on a parcel.
	#[pallet::storage]
	pub type Contents<T: Config> =
		StorageDoubleMap<_, Twox64Concat, MetaverseId, Twox64Concat, ParcelId, ContentOf<T>>;

	/// Who may build on a parcel.
	#[pallet::storage]
	pub type Builders<T: Config> =
		StorageDoubleMap<_, Twox64Concat, MetaverseId, Twox64Concat, ParcelId, BuilderOf<T>>;

	/// How much land there is.
	#[pallet::storage]
	pub type LandSupply<T: Config> = StorageValue<_, Supply, ValueQuery>;

	/// The price of new territory, as last written.
	#[pallet::storage]
	pub type LandMarket<T: Config> = StorageValue<_, Market, ValueQuery, FirstMarket<T>>;

	/// The market before the first territory was bought.
	pub struct FirstMarket<T>(PhantomData<T>);
	impl<T: Config> Get<Market> for FirstMarket<T> {
		fn get() -> Market {
			Market {
				price: T::InitialCellPrice::get(),
				period: 0,
				allocated: 0,
			}
		}
	}

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For the storage of a parcel, its item and a builder.
		#[codec(index = 0)]
		Parcel,
		/// For the storage of a parcel's content.
		#[codec(index = 1)]
		Content,
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A metaverse got its territory.
		TerritoryFounded {
			/// The metaverse.
			metaverse: MetaverseId,
			/// Width and height in cells.
			size: Size,
			/// Collection of `pallet-nfts` that holds its parcels.
			collection: CollectionId,
			/// What the founder paid.
			paid: Balance,
		},
		/// A territory went back to the supply.
		TerritoryDissolved {
			/// The metaverse.
			metaverse: MetaverseId,
			/// Cells that are free to be bought again.
			cells: u32,
		},
		/// A territory grew.
		TerritoryGrown {
			/// The metaverse.
			metaverse: MetaverseId,
			/// Width and height now.
			size: Size,
			/// What was paid for the new cells.
			paid: Balance,
			/// Who paid it.
			by: T::AccountId,
		},
		/// The terms on which a metaverse sells its free cells changed.
		SaleSet {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The terms now.
			policy: SalePolicy<Balance>,
		},
		/// Free cells became a parcel.
		Claimed {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The new parcel.
			parcel: ParcelId,
			/// Its cells.
			area: Area,
			/// Who owns it.
			owner: T::AccountId,
			/// What was paid, the network's fee included.
			price: Balance,
			/// The network's fee.
			fee: Balance,
		},
		/// A parcel was given to somebody else with `transfer`.
		Transferred {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The parcel.
			parcel: ParcelId,
			/// Who owns it now.
			to: T::AccountId,
		},
		/// The owner of a parcel took over its storage deposit.
		DepositAdopted {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The parcel.
			parcel: ParcelId,
			/// Who got the old deposit back.
			from: T::AccountId,
			/// Who pays it now.
			to: T::AccountId,
			/// What is on hold now.
			deposit: Balance,
		},
		/// The cells of a parcel whose item had been burned are free again.
		Reaped {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The parcel that was.
			parcel: ParcelId,
			/// Its cells.
			area: Area,
		},
		/// A parcel was cut in two.
		Split {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The parcel that was.
			parcel: ParcelId,
			/// The left or upper part.
			first: ParcelId,
			/// The right or lower part.
			second: ParcelId,
		},
		/// Two parcels became one.
		Merged {
			/// The metaverse.
			metaverse: MetaverseId,
			/// One parcel that was.
			a: ParcelId,
			/// The other parcel that was.
			b: ParcelId,
			/// The parcel that is.
			parcel: ParcelId,
			/// Its cells.
			area: Area,
		},
		/// A parcel was given back and its cells are free.
		Released {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The parcel that was.
			parcel: ParcelId,
			/// Its cells.
			area: Area,
		},
		/// What is built on a parcel changed.
		ContentSet {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The parcel.
			parcel: ParcelId,
			/// Who set it.
			by: T::AccountId,
			/// Hash of the manifest.
			hash: H256,
		},
		/// Nothing is built on a parcel any more.
		ContentCleared {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The parcel.
			parcel: ParcelId,
		},
		/// Part of a deposit was not there any more when it was given back: another pallet had taken
		/// it from the account's reserve.
		DepositMissing {
			/// Whose deposit it was.
			who: T::AccountId,
			/// What was missing.
			missing: Balance,
		},
		/// Somebody may build on a parcel.
		BuilderSet {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The parcel.
			parcel: ParcelId,
			/// Who may build.
			builder: T::AccountId,
			/// First block in which the right is over.
			until: BlockNumberFor<T>,
		},
		/// Nobody but the owner may build on a parcel any more.
		BuilderRemoved {
			/// The metaverse.
			metaverse: MetaverseId,
			/// The parcel.
			parcel: ParcelId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No metaverse with this id has a territory. Look the id up with `metaverse_bySlug`.
		UnknownMetaverse,
		/// The metaverse has no parcel with this id. Look the id up with `land_parcelAt`.
		UnknownParcel,
		/// Width or height is zero. Ask for at least one cell.
		EmptyArea,
		/// The area reaches beyond the territory. Stay within its width and height.
		OutsideTerritory,
		/// A side of the parcel would be longer than `MaxParcelSide`. Keep to several parcels.
		ParcelTooLarge,
		/// A cell of the area belongs to a parcel already. Look for free cells with `land_area`.
		Occupied,
		/// The metaverse does not sell land now. Wait until it opens a sale, or ask a land manager.
		SaleClosed,
		/// The price is above the caller's limit. Look at the price again and raise the limit.
		PriceAboveLimit,
		/// Not enough cells are left in the supply of the whole chain. Take a smaller territory.
		SupplyExhausted,
		/// A territory cannot have that many cells when it is founded. Start smaller and grow.
		TerritoryTooLarge,
		/// A territory only grows. Name its whole new size: no side shorter than now, one longer.
		NotLarger,
		/// Too few cells of the territory are claimed for it to grow. Wait until `GrowthThreshold` of them
		/// are.
		NotUsedEnough,
		/// The territory would grow by more than `MaxGrowth` at once. Grow in smaller steps; a territory
		/// of less than four cells on each side is too small to grow at all.
		GrowsTooMuch,
		/// The caller does not own the parcel. Sign as its owner, whom `land_parcel` names.
		NotOwner,
		/// The parcel's item was burned in the collection; `reap` frees its cells.
		ItemGone,
		/// The parcel's item still exists, so there is nothing to reap. Its owner can `release` it.
		ItemExists,
		/// The cut would leave a part without cells. Cut inside the parcel.
		BadCut,
		/// The two parcels do not make a rectangle together. Merge neighbours with a whole common side.
		NotARectangle,
		/// A parcel cannot be merged with itself. Name two different ones.
		SameParcel,
		/// The price cannot be paid: the caller has too little to spend beside the existential deposit.
		/// Top the account up, or ask for fewer cells.
		PriceNotCovered,
		/// The storage deposit cannot be held: the account that should pay it has too little to spend.
		/// Top it up, or ask for less.
		DepositNotCovered,
		/// The caller paid this deposit already; there is nothing to take over.
		DepositIsYours,
		/// Only the owner and a builder whose right still counts may set the content. Ask the owner for
		/// `set_builder`.
		NotBuilder,
		/// There is no builder to remove. To name one, choose a block in the future.
		NoBuilder,
		/// The owner needs no builder's right on the own parcel. Name somebody else.
		OwnerIsBuilder,
		/// There is no content to clear. To set one, hand it in.
		NoContent,
		/// A URI needs at least one byte. To remove the content, hand in none.
		UriEmpty,
		/// The URI is longer than 256 bytes. Use a shorter one, or a hash of the content.
		UriTooLong,
		/// The URI is not UTF-8. Encode it again.
		NotUtf8,
		/// Parcels are left in the territory. Release them, or have their owners do so.
		ParcelsRemain,
		/// The metaverse has a territory already. Use `grow` to enlarge it.
		AlreadyFounded,
		/// `pallet-nfts` has no id left for another collection, so no territory can be founded.
		NoCollectionId,
		/// The metaverse has used up its ids for parcels, so nothing more can be claimed, cut or merged.
		NoParcelId,
		/// A price or a count went beyond what its type holds. Ask for fewer cells.
		Overflow,
		/// The books of occupancy contradict each other. Please report it.
		Inconsistent,
	}

	/// Sales that are open and roads that lie from the first block.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Metaverse and price per cell.
		pub sales: Vec<(MetaverseId, Balance)>,
		/// Town and its roads, which become parcels of its own account, in this order. Nobody can claim
		/// them.
		pub roads: Vec<(MetaverseId, Vec<Area>)>,
		/// Nothing; names the runtime.
		#[serde(skip)]
		pub _marker: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (metaverse, price_per_cell) in &self.sales {
				Pallet::<T>::open_sale_at_genesis(*metaverse, *price_per_cell);
			}
			for (metaverse, roads) in &self.roads {
				for road in roads {
					Pallet::<T>::lay_road_at_genesis(*metaverse, road);
				}
			}
		}
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Opens or closes the sale of free cells.
		///
		/// A land manager decides on what terms others may claim. Nothing is paid. Fails when the
		/// metaverse is unknown or the caller is not a land manager of it.
		#[pallet::call_index(0)]
		pub fn set_sale(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			policy: SalePolicy<Balance>,
		) -> DispatchResult {
			T::Metaverses::ensure_role(origin, metaverse, Role::Land)?;
			Self::do_set_sale(metaverse, policy)
		}

		/// Claims free cells as a parcel of the caller.
		///
		/// Anyone may while the sale is open and pays the price per cell to the metaverse, of which
		/// the network keeps `SaleFee`; a land manager may at any time and pays no price. The storage
		/// deposit is held from the caller and comes back when the parcel goes. Fails when a cell is
		/// taken or outside, the sale is closed or suspended, or the price is above `max_price`.
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::claim(area.chunk_count().min(Pallet::<T>::max_chunks())))]
		pub fn claim(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			area: Area,
			max_price: Balance,
		) -> DispatchResult {
			let claimant = ensure_signed(origin)?;
			Self::do_claim(metaverse, area, claimant, max_price)
		}

		/// Grants free cells to somebody as a parcel.
		///
		/// A land manager grants at any time; no price is paid. The storage deposit is held from the
		/// manager and goes back to the manager, unless the owner takes it over with `adopt_deposit`.
		/// Fails like `claim`.
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config>::WeightInfo::claim_for(area.chunk_count().min(Pallet::<T>::max_chunks())))]
		pub fn claim_for(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			area: Area,
			beneficiary: AccountIdLookupOf<T>,
		) -> DispatchResult {
			let manager = T::Metaverses::ensure_role(origin, metaverse, Role::Land)?;
			let beneficiary = T::Lookup::lookup(beneficiary)?;
			Self::do_claim_for(metaverse, area, manager, beneficiary)
		}

		/// Gives a parcel to somebody else.
		///
		/// The owner may, and whoever the owner approved in `pallet-nfts`. Price, offers, approvals
		/// and the builder's right end with it; the storage deposit stays with who paid it. What of a
		/// builder, a price and an offer to swap was not there is not charged for. Fails like
		/// `nfts.transfer`, which this wraps.
		#[pallet::call_index(3)]
		pub fn transfer(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			parcel: ParcelId,
			dest: AccountIdLookupOf<T>,
		) -> DispatchResultWithPostInfo {
			let ended = Self::do_transfer(origin, metaverse, parcel, dest)?;
			Ok(Some(costs::transfer::<T>(ended)).into())
		}

		/// Takes over the storage deposit of an owned parcel from whoever paid it.
		///
		/// Holds today's deposit from the owner and gives the old one back to its payer to the unit.
		/// Fails when the caller is not the owner or paid it already.
		#[pallet::call_index(4)]
		pub fn adopt_deposit(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			parcel: ParcelId,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_adopt_deposit(metaverse, parcel, owner)
		}

		/// Frees the cells of a parcel whose item was burned in the collection.
		///
		/// Anyone may. Every deposit goes back to who paid it. Fails while the item exists.
		#[pallet::call_index(5)]
		#[pallet::weight(<T as Config>::WeightInfo::reap(Pallet::<T>::max_chunks()))]
		pub fn reap(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			parcel: ParcelId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let chunks = Self::do_reap(metaverse, parcel)?;
			Ok(Some(<T as Config>::WeightInfo::reap(chunks)).into())
		}

		/// Cuts an owned parcel in two at a column or a row.
		///
		/// The cut is counted in cells from the parcel's own left or top edge. Both parts get new
		/// ids; prices, offers, content and builder of the old one end, and its deposits go back to
		/// who paid them. The owner pays two new deposits. Fails when a part would be empty, or a
		/// lease, an open portal or a pledge keeps the parcel in its shape.
		#[pallet::call_index(6)]
		#[pallet::weight(<T as Config>::WeightInfo::split(Pallet::<T>::max_chunks()))]
		pub fn split(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			parcel: ParcelId,
			cut: Cut,
		) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let chunks = Self::do_split(metaverse, parcel, cut, owner)?;
			Ok(Some(<T as Config>::WeightInfo::split(chunks)).into())
		}

		/// Makes one parcel of two owned neighbours.
		///
		/// Their union must be a rectangle with sides of at most `MaxParcelSide`. It gets a new id;
		/// prices, offers, contents and builders of the old ones end, and their deposits go back to
		/// who paid them. The owner pays one new deposit. Fails like `split`.
		#[pallet::call_index(7)]
		#[pallet::weight(<T as Config>::WeightInfo::merge(Pallet::<T>::max_chunks()))]
		pub fn merge(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			a: ParcelId,
			b: ParcelId,
		) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let chunks = Self::do_merge(metaverse, a, b, owner)?;
			Ok(Some(<T as Config>::WeightInfo::merge(chunks)).into())
		}

		/// Gives an owned parcel back, so that its cells are free.
		///
		/// Nothing is paid back but the deposits, which go to who paid them. A land manager may do it
		/// for a parcel that the metaverse's own account owns. Fails when the caller is not the owner, or a lease, an open portal or a pledge keeps the parcel.
		#[pallet::call_index(8)]
		#[pallet::weight(<T as Config>::WeightInfo::release(Pallet::<T>::max_chunks()))]
		pub fn release(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			parcel: ParcelId,
		) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let chunks = Self::do_release(metaverse, parcel, owner)?;
			Ok(Some(<T as Config>::WeightInfo::release(chunks)).into())
		}

		/// Says what is built on a parcel, or with no content that nothing is.
		///
		/// The owner may, and a builder whose right still counts; whoever paid for what stands there may
		/// take it down, also after a sale. The storage deposit is held from the caller; the deposit of
		/// what stood there before goes back to who paid it. Fails when
		/// the URI is empty, longer than 256 bytes or not UTF-8.
		#[pallet::call_index(9)]
		#[pallet::weight(<T as Config>::WeightInfo::set_content(
			content.as_ref().map_or(0, |content| content.uri.len().saturated_into())
		))]
		pub fn set_content(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			parcel: ParcelId,
			content: Option<ContentInput>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_content(metaverse, parcel, who, content)
		}

		/// Lets somebody set the content of an owned parcel before block `until`.
		///
		/// There is one builder at a time; the right does not count while somebody else owns the parcel. A
		/// block that is not in the future takes the right away. Nothing is paid. Fails when the
		/// caller is not the owner, or there is no builder to remove.
		#[pallet::call_index(10)]
		pub fn set_builder(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			parcel: ParcelId,
			who: AccountIdLookupOf<T>,
			until: BlockNumberFor<T>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			let who = T::Lookup::lookup(who)?;
			Self::do_set_builder(metaverse, parcel, owner, who, until)
		}

		/// Buys more cells for a territory, to the right and below.
		///
		/// A land manager may once at least `GrowthThreshold` of the cells are claimed, and by at
		/// most `MaxGrowth` of them at once, at the price of the day. The caller pays. Fails when the
		/// supply is exhausted or the price is above `max_price`.
		#[pallet::call_index(11)]
		pub fn grow(
			origin: OriginFor<T>,
			metaverse: MetaverseId,
			width: u16,
			height: u16,
			max_price: Balance,
		) -> DispatchResult {
			let payer = T::Metaverses::ensure_role(origin, metaverse, Role::Land)?;
			Self::do_grow(metaverse, Size::new(width, height), payer, max_price)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				!T::PricePeriod::get().is_zero(),
				"a price period lasts at least one block"
			);
			assert!(
				T::TargetPerPeriod::get() > 0,
				"a balanced period sells something"
			);
			assert!(
				u64::from(T::MaxFoundingCells::get()) <= T::MaxSupply::get(),
				"the largest new territory fits into the supply"
			);
			assert!(
				!T::MaxPriceChange::get()
					.mul_floor(T::MinCellPrice::get())
					.is_zero(),
				"the price can rise from its lowest value"
			);
			assert!(
				T::InitialCellPrice::get() >= T::MinCellPrice::get(),
				"the first price is not below the lowest"
			);
			assert!(
				T::MaxParcelSide::get() > 0,
				"a parcel has at least one cell"
			);
			assert!(!T::MaxGrowth::get().is_zero(), "a full territory may grow");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
