//! # Portal
//!
//! Links between metaverses to which both sides agreed.
//!
//! ## A story
//!
//! On Monday Jiwoo, whose world is launched, claims a plot in Launch Town and **proposes** a portal from
//! it to her own world. She owns the plot and the world, and the town agrees by its rule, so the
//! portal is open at once and is free. On Tuesday she and Minho link their worlds both ways: she
//! proposes a **toll** of 100 of which either gets 49 and the network 2, he **accepts** that version. Sora **travels**:
//! the toll goes on hold in her own account and she has a **pass** for ten minutes. Minho's server reads the
//! pass, lets her in and **admits** her; the toll is paid to the unit in the three parts. Haneul's pass
//! it **refuses**, because the place is full; he has everything back. On Friday Minho sells his world.
//! Nobody asked the buyer, so the portal is **stale** and carries nobody until the buyer **affirms** it.
//! Jiwoo would rather not wait and **closes** it.
//!
//! ## How it holds together
//!
//! - **Who has a say.** At each end the portal managers of the metaverse and, where the gate stands on
//!   land, the owner of the parcel: up to four parties ([`Party`](madang_primitives::portal::Party)).
//!   All of them must agree to the same version of the terms; each of them may pause and close alone.
//!   Whoever acts for several of them gives all those consents at once.
//! - **Consents end with ownership.** A consent names who owned the metaverse or the parcel when it was
//!   given, and counts only as long as that is so.
//! - **Towns** agree by a rule: the owner of a plot who also owns the launched metaverse at the other
//!   end needs nobody's consent, for at most `MaxTownPortals` portals between that metaverse and the
//!   town. The network may still close one, as either side may.
//! - **Versions.** Each offer has a number of its own. `accept` and `travel` name the version they mean,
//!   so nobody signs terms that changed in the meantime.
//! - **Tolls** stay on hold in the visitor's own account until the pass is used, refused or over. What a
//!   payee cannot receive goes back to the visitor and holds up nobody else.
//! - **Passes** say everything themselves, so neither a pause nor the end of the portal takes them away.
//! - **Land.** A parcel with a gate keeps its shape as long as the portal exists, and a metaverse with
//!   portals cannot be closed. What is over can be reaped by anybody.
//! - **No loops over users.** Both indexes have at most 64 entries for each metaverse.
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

mod agreeing;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod costs;
mod ending;
mod links;
mod money;
mod parties;
mod passage;
mod queries;
mod route;
mod terms;
#[cfg(any(feature = "std", feature = "try-runtime"))]
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
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles, Contains, StorageVersion},
	};
	use frame_system::pallet_prelude::*;
	use madang_primitives::{
		escrow::AssetKind,
		portal::{
			DestinationInput, GateInput, Parties, PortalId, Proof, Terms, Version, Way, MAX_PORTALS,
		},
		traits::{Metaverses, ParcelOwners},
		Balance, CollectionId, MetaverseId, ParcelId,
	};
	use sp_core::H256;
	use sp_runtime::traits::{BlockNumberProvider, StaticLookup, TypedGet};

	use super::*;
	use crate::costs::TravelNeeds;

	pub(crate) type AccountIdLookupOf<T> =
		<<T as frame_system::Config>::Lookup as StaticLookup>::Source;
	pub(crate) type TermsOf<T> = Terms<BlockNumberFor<T>>;
	pub(crate) type PortalOf<T> = Portal<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	pub(crate) type AgreementOf<T> =
		Agreement<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	pub(crate) type OfferOf<T> = Offer<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	pub(crate) type ConsentsOf<T> = Consents<<T as frame_system::Config>::AccountId>;
	pub(crate) type PassOf<T> = Pass<BlockNumberFor<T>>;

	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = H256>
		+ pallet_nfts::Config<CollectionId = CollectionId, ItemId = ParcelId>
	{
		/// The native token, in which storage deposits are held.
		type Native: fungible::Inspect<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// Holds on the native token and all assets, in which tolls wait.
		type TokenHolds: fungibles::Inspect<Self::AccountId, AssetId = AssetKind, Balance = Balance>
			+ fungibles::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// What tolls may be paid in.
		type TollAssets: Contains<AssetKind>;

		/// The registry of metaverses: accounts, owners, roles, suspensions.
		type Metaverses: Metaverses<Self::RuntimeOrigin, Self::AccountId>;

		/// Who owns which parcel.
		type Parcels: ParcelOwners<Self::AccountId>;

		/// The network's treasury.
		type Treasury: TypedGet<Type = Self::AccountId>;

		/// The clock.
		type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

		/// Blocks after which an offer cannot be accepted any more.
		#[pallet::constant]
		type OfferLifetime: Get<BlockNumberFor<Self>>;

		/// Blocks for which a pass is good. A destination may refuse it within this time, and the toll is
		/// paid out after it.
		#[pallet::constant]
		type PassLifetime: Get<BlockNumberFor<Self>>;

		/// Shortest notice, in blocks.
		#[pallet::constant]
		type MinNotice: Get<BlockNumberFor<Self>>;

		/// Longest notice, in blocks.
		#[pallet::constant]
		type MaxNotice: Get<BlockNumberFor<Self>>;

		/// Most portals between one metaverse and one town to which the town agrees by rule.
		#[pallet::constant]
		type MaxTownPortals: Get<u32>;

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

	/// The id of the next portal.
	#[pallet::storage]
	pub type NextPortal<T: Config> = StorageValue<_, PortalId, ValueQuery>;

	/// Every portal, proposed or in force.
	#[pallet::storage]
	pub type Portals<T: Config> = StorageMap<_, Twox64Concat, PortalId, PortalOf<T>>;

	/// Terms that wait for consent. Each portal has at most one such offer.
	#[pallet::storage]
	pub type Offers<T: Config> = StorageMap<_, Twox64Concat, PortalId, OfferOf<T>>;

	/// The portals in force that begin in a metaverse, oldest first.
	#[pallet::storage]
	pub type PortalsFrom<T: Config> = StorageMap<_, Twox64Concat, MetaverseId, Links, ValueQuery>;

	/// The portals in force that end in a metaverse, oldest first.
	#[pallet::storage]
	pub type PortalsTo<T: Config> = StorageMap<_, Twox64Concat, MetaverseId, Links, ValueQuery>;

	/// The portals that were only proposed, by the metaverses at both ends. For lookups off chain.
	#[pallet::storage]
	pub type ProposalsOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, MetaverseId, Twox64Concat, PortalId, ()>;

	/// How many portals in force have a gate on a parcel.
	#[pallet::storage]
	pub type GatesOn<T: Config> =
		StorageDoubleMap<_, Twox64Concat, MetaverseId, Twox64Concat, ParcelId, u32, ValueQuery>;

	/// How many passes each portal with a limited rate still gives out.
	#[pallet::storage]
	pub type Buckets<T: Config> = StorageMap<_, Twox64Concat, PortalId, Bucket<BlockNumberFor<T>>>;

	/// The pass of a visitor for a portal.
	#[pallet::storage]
	pub type Passes<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PortalId, Blake2_128Concat, T::AccountId, PassOf<T>>;

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For the storage of a portal or an offer.
		#[codec(index = 0)]
		Portal,
		/// For the storage of a pass.
		#[codec(index = 1)]
		Pass,
		/// The toll of a pass that is neither used nor refused nor over.
		#[codec(index = 2)]
		Toll,
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Terms were offered: a new portal, or a change of one.
		Offered {
			/// The portal.
			portal: PortalId,
			/// What `accept` must name.
			version: Version,
			/// The metaverse where it begins.
			source: MetaverseId,
			/// The metaverse where it ends; `None` when it leads out of this chain.
			destination: Option<MetaverseId>,
			/// First block in which the offer cannot be accepted any more.
			expires_at: BlockNumberFor<T>,
		},
		/// Somebody agreed to an offer.
		Consented {
			/// The portal.
			portal: PortalId,
			/// What was agreed to.
			version: Version,
			/// Who has agreed by now: the bit `1 << index` of each party.
			parties: Parties,
		},
		/// All agreed, and the portal opened.
		Opened {
			/// The portal.
			portal: PortalId,
			/// What is in force.
			version: Version,
		},
		/// All agreed to new terms.
		TermsChanged {
			/// The portal.
			portal: PortalId,
			/// What is in force now.
			version: Version,
		},
		/// Somebody paused a portal.
		Paused {
			/// The portal.
			portal: PortalId,
			/// Who has it paused now.
			parties: Parties,
		},
		/// Somebody ended a pause.
		Resumed {
			/// The portal.
			portal: PortalId,
			/// Who still has it paused.
			parties: Parties,
		},
		/// Whoever owns a gate now agreed to what a former owner had agreed to.
		Affirmed {
			/// The portal.
			portal: PortalId,
			/// Whose consents are new.
			parties: Parties,
		},
		/// Somebody closes a portal.
		Closing {
			/// The portal.
			portal: PortalId,
			/// First block in which its notice is over.
			closes_at: BlockNumberFor<T>,
		},
		/// An offer is gone, and its deposit back.
		OfferRemoved {
			/// The portal.
			portal: PortalId,
			/// What was offered.
			version: Version,
		},
		/// A portal is gone, and its deposits back.
		Removed {
			/// The portal that was.
			portal: PortalId,
		},
		/// A visitor took a pass.
		Travelled {
			/// The portal.
			portal: PortalId,
			/// The visitor.
			who: T::AccountId,
			/// Which way.
			way: Way,
			/// What went on hold for it, and in which asset.
			toll: Option<(AssetKind, Balance)>,
			/// First block in which the pass is over.
			valid_until: BlockNumberFor<T>,
		},
		/// The destination let a visitor in; the pass is used.
		Admitted {
			/// The portal.
			portal: PortalId,
			/// The visitor.
			who: T::AccountId,
		},
		/// The destination refused a visitor, whose toll goes back: at once, or with `reap_pass` once its
		/// asset is not frozen any more.
		Refused {
			/// The portal.
			portal: PortalId,
			/// The visitor.
			who: T::AccountId,
		},
		/// A toll left the visitor's hold.
		TollSettled {
			/// The portal.
			portal: PortalId,
			/// The visitor.
			who: T::AccountId,
			/// What it was paid in.
			asset: AssetKind,
			/// What the metaverse got where the portal begins.
			source: Balance,
			/// What the metaverse got where it ends.
			destination: Balance,
			/// What the network got.
			network: Balance,
			/// What went back to the visitor, because a payee could not receive it.
			returned: Balance,
		},
		/// A pass is gone, and its deposit back.
		PassRemoved {
			/// The portal.
			portal: PortalId,
			/// The visitor.
			who: T::AccountId,
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
		/// No portal has this id. Look the ids up with `portal_from` and `portal_to`.
		UnknownPortal,
		/// No metaverse has this id, or it was closed. Look the id up with `metaverse_bySlug`.
		UnknownMetaverse,
		/// The metaverse has no parcel with this id. Look the id up with `land_parcelAt`.
		UnknownParcel,
		/// Both ends are in the same metaverse. A portal leads to another one.
		ToItself,
		/// The signer has no say about this portal: neither a portal manager of one of its metaverses nor
		/// the owner of a parcel on which it stands. Ask one of these to sign.
		NotAParty,
		/// The name of the spawn has more than 64 bytes. Shorten it.
		SpawnTooLong,
		/// A name or URI is not valid UTF-8. Encode the text as UTF-8.
		NotUtf8,
		/// The URI is empty. Say where the world is.
		UriEmpty,
		/// The URI has more than 256 bytes. Shorten it.
		UriTooLong,
		/// A world that is not on this chain sends nobody back. Make the portal one-way.
		ExternalIsOneWay,
		/// The toll is zero. Leave the toll out to make the portal free.
		TollZero,
		/// Tolls cannot be paid in this asset. Take the native token, or an asset that campaigns may
		/// collect.
		AssetNotAccepted,
		/// The parts of the toll are not exactly one together. Make them a million millionths.
		SplitNotWhole,
		/// There is nobody on this chain who could get the destination's part. Make it zero.
		SplitWithoutDestination,
		/// A metaverse or the treasury could not receive its part of the toll. Pay the least balance of the
		/// asset into its account first.
		PayeeCannotReceive,
		/// The list has no leaves. Put somebody on it, or make the portal open to everyone.
		EmptyAllowlist,
		/// No collection has this id. Look it up in `pallet-nfts`.
		UnknownCollection,
		/// Refill, window and burst of a rate must be at least 1. Leave the rate out for no limit.
		BadRate,
		/// The notice is shorter than `MinNotice` or longer than `MaxNotice`.
		BadNotice,
		/// The portal would be over already. Choose a later block.
		ExpiresInPast,
		/// The metaverse where it begins has 64 portals that begin in it. Close one of them first.
		TooManyFromSource,
		/// The metaverse where it ends has 64 portals that end in it. Close one of them first.
		TooManyToDestination,
		/// The town agrees by rule to no more portals of this metaverse. Close one of them, or ask the
		/// network to propose the portal itself.
		TownQuotaReached,
		/// There is nothing to agree to: no terms were offered, or somebody took them back.
		NoOffer,
		/// This is not the version that was offered or is in force. Read the terms again with `portal_get`.
		WrongVersion,
		/// The time to accept this offer is over. Ask for a new one.
		OfferExpired,
		/// The signer has agreed to this already. The others have to.
		AlreadyConsented,
		/// Not everybody has agreed to this portal yet. See `portal_get` for whose consent is missing.
		NotInForce,
		/// The signer has paused this portal already.
		AlreadyPaused,
		/// The signer has not paused this portal. Whoever paused it may resume it.
		NotPaused,
		/// Somebody is closing this portal already. Wait for the end of its notice.
		AlreadyClosing,
		/// Everything for which the signer speaks is affirmed already.
		NothingToAffirm,
		/// The portal is not over, nor is an offer for it. Its parties may `close` it.
		NotOver,
		/// The portal is paused. Wait until whoever paused it resumes it.
		PortalPaused,
		/// A gate changed hands since it was agreed to. The new owner has to `affirm` the portal.
		PortalStale,
		/// The portal is over. Look for another one with `portal_route`.
		PortalOver,
		/// The portal leads one way only.
		WrongWay,
		/// The toll is above the caller's limit. Read the terms again and raise the limit.
		TollAboveLimit,
		/// The toll cannot be held: the account has too little to spend of its asset.
		TollNotCovered,
		/// This portal asks for another kind of proof. See its terms for which.
		WrongProofKind,
		/// The proof does not lead from the signer to the root of the list.
		NotOnList,
		/// The signer does not own this item of the collection.
		NotHolder,
		/// So many went through that nobody may for the rest of this window. Try again later.
		RateExhausted,
		/// The signer has a pass for this portal that is still good. Use it first.
		AlreadyHasPass,
		/// The account has no pass for this portal: it took none, or it was refused or removed.
		NoPass,
		/// The pass was used already. Its owner may `travel` again.
		PassUsed,
		/// The time of the pass is over. Its owner may `travel` again.
		PassOver,
		/// The destination refused the pass already. `reap_pass` gives the toll back as soon as its asset is
		/// not frozen any more.
		PassRefused,
		/// The time of the pass is not over yet.
		PassNotOver,
		/// Only the portal managers of the place to which a pass leads, and the owner of the parcel there,
		/// may admit or refuse. Sign as one of them.
		NotGatekeeper,
		/// The toll can neither be paid nor given back now, because its asset is frozen. Try again when it
		/// is not any more.
		TollStuck,
		/// A portal stands on the parcel. Close it first, or `reap` it if it is over.
		ParcelHasPortal,
		/// Portals begin or end in the metaverse. Close them first, or `reap` those that are over.
		MetaverseHasPortals,
		/// The storage deposit cannot be held: the account that should pay it has too little to spend.
		/// Top it up.
		DepositNotCovered,
		/// There are no more ids.
		NoPortalId,
		/// A sum would not fit its type. No sensible amount comes near.
		Overflow,
		/// The books of the pallet disagree. Please report it.
		Inconsistent,
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Proposes a portal, and opens it at once where nobody else has to agree.
		///
		/// Whoever has a say at one of its ends may: a portal manager of the metaverse, or the owner of the
		/// parcel on which a gate stands. The signer pays the storage deposits of the offer and of the ends
		/// for which the signer agrees. The others `accept` within `OfferLifetime`. Fails when an end does
		/// not exist, the terms are not sound, or one of the metaverses has 64 portals.
		#[pallet::call_index(0)]
		pub fn propose(
			origin: OriginFor<T>,
			source: GateInput,
			destination: DestinationInput,
			terms: TermsOf<T>,
		) -> DispatchResult {
			Self::do_propose(origin, source, destination, terms)
		}

		/// Agrees to the terms that were offered, and puts them in force when nobody else has to agree.
		///
		/// Whoever has a say and has not agreed yet may. The first who agrees at an end pays its storage
		/// deposit; who paid it before and does not agree has it back. Fails when the version is not the
		/// one that is offered, or its time is over, or the rule of a town agrees to no more portals.
		#[pallet::call_index(1)]
		pub fn accept(origin: OriginFor<T>, id: PortalId, version: Version) -> DispatchResult {
			Self::do_accept(origin, id, version)
		}

		/// Offers other terms. Those in force stay so until everybody has agreed to the new ones.
		///
		/// Whoever has a say may, and pays the storage deposit of the offer. An offer that stood before is
		/// replaced; what was only proposed gets these terms instead. Fails when the terms are not sound,
		/// and when the portal is over or closing.
		#[pallet::call_index(2)]
		pub fn amend(origin: OriginFor<T>, id: PortalId, terms: TermsOf<T>) -> DispatchResult {
			Self::do_amend(origin, id, terms)
		}

		/// Pauses a portal: it carries nobody until the signer resumes it.
		///
		/// Whoever has a say may, alone. Passes that were taken before stay good.
		#[pallet::call_index(3)]
		pub fn pause(origin: OriginFor<T>, id: PortalId) -> DispatchResult {
			Self::do_pause(origin, id)
		}

		/// Ends the pause of the signer. The portal carries again when nobody else has paused it.
		#[pallet::call_index(4)]
		pub fn resume(origin: OriginFor<T>, id: PortalId) -> DispatchResult {
			Self::do_resume(origin, id)
		}

		/// Agrees to what a former owner of the metaverse or the parcel had agreed to.
		///
		/// The new owner may. The storage deposit of that end is held from the signer and goes back to
		/// whoever paid it before. Fails when everything for which the signer speaks counts already.
		#[pallet::call_index(5)]
		pub fn affirm(origin: OriginFor<T>, id: PortalId) -> DispatchResult {
			Self::do_affirm(origin, id)
		}

		/// Closes a portal: it goes on for as long as its notice, then it is over and can be reaped.
		///
		/// Whoever has a say may, alone. What is only proposed, stale or over is removed at once, since
		/// nobody relies on it. The deposits go back to whoever paid them. So may who paid the deposit of an
		/// end of a proposal, or of an end that was sold since and whose new owner has not affirmed the portal.
		#[pallet::call_index(6)]
		pub fn close(origin: OriginFor<T>, id: PortalId) -> DispatchResult {
			Self::do_close(origin, id)
		}

		/// Takes a pass, for which the toll goes on hold.
		///
		/// Anyone may whom the portal lets through. The pass is good for `PassLifetime`; within that time the
		/// destination admits its owner, which pays the toll out, or refuses, which gives it back. After
		/// that the toll is paid out. A storage deposit is held until the pass is removed. Fails when the
		/// portal does not carry, the terms are not of this version, the toll is above `max_toll`, the proof
		/// is not right, too many went through, or the signer has a pass that is still good. What is not needed of
		/// them is given back of the transaction's fee: gates on land, a rate, a toll in another asset than the
		/// native token, an old pass.
		#[pallet::call_index(7)]
		#[pallet::weight(costs::travel::<T>(proof, &TravelNeeds::ALL))]
		pub fn travel(
			origin: OriginFor<T>,
			id: PortalId,
			version: Version,
			way: Way,
			#[pallet::compact] max_toll: Balance,
			proof: Proof,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let needs = Self::do_travel(who, id, version, way, max_toll, &proof)?;
			Ok(Some(costs::travel::<T>(&proof, &needs)).into())
		}

		/// Lets the owner of a pass in: the pass is used and its toll paid out.
		///
		/// A portal manager of the metaverse to which the pass leads may, or the owner of the parcel there.
		/// Where it leads out of this chain, those of the place that sends people there. Fails when the pass
		/// is used, refused or over.
		#[pallet::call_index(8)]
		pub fn admit(
			origin: OriginFor<T>,
			id: PortalId,
			who: AccountIdLookupOf<T>,
		) -> DispatchResult {
			let who = T::Lookup::lookup(who)?;
			Self::do_admit(origin, id, who)
		}

		/// Refuses the owner of a pass, who gets toll and deposit back.
		///
		/// Whoever may `admit` may. While the toll's asset is frozen it stays on hold, and `reap_pass` gives it
		/// back later. Fails when the pass is used, refused or over.
		#[pallet::call_index(9)]
		pub fn refuse(
			origin: OriginFor<T>,
			id: PortalId,
			who: AccountIdLookupOf<T>,
		) -> DispatchResult {
			let who = T::Lookup::lookup(who)?;
			Self::do_refuse(origin, id, who)
		}

		/// Removes a portal or an offer that is over. The deposits go back to whoever paid them.
		///
		/// Anyone may, and is paid nothing. Fails when nothing about the portal is over.
		#[pallet::call_index(10)]
		pub fn reap(origin: OriginFor<T>, id: PortalId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_reap(id)
		}

		/// Removes a pass whose time is over: its toll is paid out if it was not, its deposit goes back. Of a
		/// pass that was refused the toll goes back as well, at any time.
		///
		/// Anyone may, and is paid nothing. Fails while the pass is good or rests after its use.
		#[pallet::call_index(11)]
		pub fn reap_pass(
			origin: OriginFor<T>,
			id: PortalId,
			who: AccountIdLookupOf<T>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			let who = T::Lookup::lookup(who)?;
			Self::do_reap_pass(id, who)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			use sp_runtime::traits::Zero;
			assert!(
				!T::OfferLifetime::get().is_zero() && !T::PassLifetime::get().is_zero(),
				"nobody could accept an offer or use a pass in no time"
			);
			assert!(
				T::MinNotice::get() <= T::MaxNotice::get(),
				"no notice would be long enough"
			);
			assert!(
				T::MaxTownPortals::get() <= MAX_PORTALS,
				"a town has no room for so many portals of one metaverse"
			);
			assert!(
				Self::deposit_for(Self::largest_bytes()) < Balance::MAX,
				"the largest deposit must fit into a balance"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state().map_err(Into::into)
		}
	}
}
