//! A small runtime in which the pallets of Madang are tested together, and what their tests share.
//!
//! Land, metaverses, portals, items, assets, escrow and attestations are the real pallets; only leases
//! and governance are played: [`set_closing_allowed`] and [`set_reshape_allowed`] stand for a lease or a
//! pledge, and root is the guardian, the arbiter and the network. Constants are small enough to
//! reckon with in the head.
//!
//! There are two clocks. [`run_to_block`] moves both, [`halt`] and [`blocks_without_time`] one each.
//!
//! Metaverses 0 and 1 are towns of 16 x 16 cells. Every test should run in [`build_and_execute`],
//! which recounts everything at its end.

// The macros generate public items without docs.
#![allow(missing_docs)]

use frame_support::{
	assert_ok, derive_impl,
	dispatch::DispatchResultWithPostInfo,
	parameter_types,
	storage::with_storage_layer,
	traits::{
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		fungibles, AsEnsureOriginWithArg, ConstU128, ConstU16, ConstU32, ConstU64, ConstU8,
		Contains,
	},
	weights::constants::ParityDbWeight,
	PalletId,
};
use frame_system::{EnsureNever, EnsureRoot, EnsureSigned};
#[cfg(feature = "runtime-benchmarks")]
use madang_primitives::attestation::{InvestorClass, SubjectId};
use madang_primitives::{
	escrow::{AssetKind, Rules},
	geometry::Area,
	metaverse::{EndpointInput, ProfileInput, Protocol},
	traits::{ClosingGuard, ParcelGuard},
	MetaverseId, ParcelId,
};
use pallet_nfts::PalletFeatures;
use sp_runtime::{
	traits::{IdentityLookup, Verify},
	AccountId32, BuildStorage, DispatchError, DispatchResult, MultiSignature, Permill,
};

pub type AccountId = AccountId32;
pub type Balance = u128;
pub type BlockNumber = u32;
pub type Block = frame_system::mocking::MockBlockU32<Test>;

/// Existential deposit.
pub const EXISTENTIAL: Balance = 10;
/// What each of the people has at genesis.
pub const FUNDS: Balance = 1_000_000_000;
/// Milliseconds from one block to the next.
pub const BLOCK_MS: u64 = 6_000;
/// Milliseconds since 1970 at block 1.
pub const GENESIS_TIME: u64 = 1_700_000_000_000;
/// The asset that campaigns may collect. It keeps accounts alive, and each of the people has
/// [`FUNDS`] of it.
pub const STABLE: u32 = 1;
/// The least that an account can have of [`STABLE`].
pub const STABLE_MIN: Balance = 10;
/// An asset like [`STABLE`] that campaigns may not collect.
pub const OTHER: u32 = 2;
/// Deposit for a metaverse, without its bytes.
pub const METAVERSE_DEPOSIT: Balance = 100;
/// Deposit for each byte of a metaverse and of a parcel.
pub const BYTE_DEPOSIT: Balance = 1;
/// Deposit for a parcel or a content, without its bytes.
pub const LAND_DEPOSIT: Balance = 20;
/// Deposit for a campaign or a position, without its bytes.
pub const ESCROW_DEPOSIT: Balance = 20;
/// Deposit for an end of a portal, an offer or a pass, without its bytes.
pub const PORTAL_DEPOSIT: Balance = 20;
/// Blocks after which an offer of a portal cannot be accepted any more.
pub const OFFER_LIFETIME: BlockNumber = 20;
/// Blocks for which a pass is good.
pub const PASS_LIFETIME: BlockNumber = 10;
/// Shortest notice of a portal.
pub const MIN_NOTICE: BlockNumber = 5;
/// Longest notice of a portal.
pub const MAX_NOTICE: BlockNumber = 50;
/// Portals between a metaverse and a town to which the town agrees by rule.
pub const MAX_TOWN_PORTALS: u32 = 2;
/// Deposit for an attestation, without its bytes.
pub const ATTESTATION_DEPOSIT: Balance = 20;
/// Smallest goal of a campaign in either of the accepted assets.
pub const MIN_GOAL: Balance = 1_000;
/// Smallest ticket that a campaign in either of the accepted assets may name.
pub const MIN_TICKET: Balance = 100;
/// How often one milestone may be turned down.
pub const MAX_ATTEMPTS: u8 = 3;
/// How often the terms of a campaign may change.
pub const MAX_AMENDMENTS: u8 = 3;
/// The rules of escrow.
pub const RULES: Rules<BlockNumber> = Rules {
	max_opens_after: 100,
	min_period: 10,
	max_period: 1_000,
	reconfirm: 10,
	early_close_notice: 5,
	min_voting: 5,
	max_voting: 100,
	min_grace: 5,
	max_grace: 100,
	max_duration: 1_000,
	due_grace: 20,
	resubmit_pause: 3,
	max_dispute: 30,
	dispute_pause: 10,
	petition: 20,
	no_confidence_pause: 50,
	max_lock_up: 1_000,
};
/// Longest suspension.
pub const MAX_SUSPENSION: BlockNumber = 100;
/// How long the slug of a closed metaverse rests.
pub const SLUG_COOLDOWN: BlockNumber = 50;
/// Cells that all territories together may have.
pub const MAX_SUPPLY: u64 = 100_000;
/// Cells that one new territory may have.
pub const MAX_FOUNDING_CELLS: u32 = 50_000;
/// Blocks of a price period.
pub const PRICE_PERIOD: BlockNumber = 10;
/// Cells that a balanced price period sells.
pub const TARGET_PER_PERIOD: u32 = 1_000;
/// Price of a cell in the first period.
pub const INITIAL_CELL_PRICE: Balance = 100;
/// The least a cell can cost: an eighth of it is still one unit.
pub const MIN_CELL_PRICE: Balance = 8;
/// Side of the towns, which have the ids 0 and 1.
pub const TOWN_SIDE: u16 = 16;
/// Id of the first metaverse that is not a town.
pub const FIRST_ID: MetaverseId = 2;
/// What the closing guard says when it is told to refuse.
pub const BLOCKED_CLOSING: DispatchError = DispatchError::Other("the closing guard refuses");
/// What the parcel guard says when it is told to refuse.
pub const BLOCKED_RESHAPE: DispatchError = DispatchError::Other("the parcel guard refuses");

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(12)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(13)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(50)]
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(60)]
	pub type Metaverse = pallet_metaverse;
	#[runtime::pallet_index(61)]
	pub type Land = pallet_land;
	#[runtime::pallet_index(62)]
	pub type Escrow = pallet_escrow;
	#[runtime::pallet_index(63)]
	pub type Portal = pallet_portal;
	#[runtime::pallet_index(64)]
	pub type Attestation = pallet_attestation;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = Block;
	type DbWeight = ParityDbWeight;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<EXISTENTIAL>;
}

impl pallet_timestamp::Config for Test {
	type MinimumPeriod = ConstU64<1>;
	type Moment = u64;
	type OnTimestampSet = ();
	type WeightInfo = ();
}

impl pallet_assets::Config for Test {
	type ApprovalDeposit = ConstU128<1>;
	type AssetAccountDeposit = ConstU128<10>;
	type AssetDeposit = ConstU128<1>;
	type AssetId = u32;
	type AssetIdAllocator = ();
	type AssetIdParameter = u32;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = ();
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = AssetsHolder;
	type MetadataDepositBase = ConstU128<1>;
	type MetadataDepositPerByte = ConstU128<1>;
	type RemoveItemsLimit = ConstU32<10>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = ();
}

impl pallet_assets_holder::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}

/// The native token and all assets, as one.
pub type Tokens = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

/// Holds on the same.
pub type TokenHolds =
	UnionOf<Balances, AssetsHolder, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

parameter_types! {
	pub NftFeatures: PalletFeatures = PalletFeatures::all_enabled();
}

impl pallet_nfts::Config for Test {
	type ApprovalsLimit = ConstU32<10>;
	type AttributeDepositBase = ConstU128<1>;
	type BlockNumberProvider = System;
	type CollectionDeposit = ConstU128<2>;
	type CollectionId = u32;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type DepositPerByte = ConstU128<1>;
	type Features = NftFeatures;
	type ForceOrigin = EnsureNever<()>;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type ItemAttributesApprovalsLimit = ConstU32<2>;
	type ItemDeposit = ConstU128<1>;
	type ItemId = u32;
	type KeyLimit = ConstU32<50>;
	type Locker = Escrow;
	type MaxAttributesPerCall = ConstU32<2>;
	type MaxDeadlineDuration = ConstU32<10_000>;
	type MaxTips = ConstU32<10>;
	type MetadataDepositBase = ConstU128<1>;
	type OffchainPublic = <MultiSignature as Verify>::Signer;
	type OffchainSignature = MultiSignature;
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type ValueLimit = ConstU32<50>;
	type WeightInfo = ();
}

parameter_types! {
	pub const MetaversePalletId: PalletId = PalletId(*b"mdg/mtvs");
	/// Whether the closing guard agrees.
	pub storage ClosingAllowed: bool = true;
	/// Whether the parcel guard agrees.
	pub storage ReshapeAllowed: bool = true;
}

/// Tells the closing guard what to say.
pub fn set_closing_allowed(allowed: bool) {
	ClosingAllowed::set(&allowed);
}

/// Tells the parcel guard what to say.
pub fn set_reshape_allowed(allowed: bool) {
	ReshapeAllowed::set(&allowed);
}

/// Plays what else keeps a metaverse from closing.
pub struct MockClosingGuard;

impl ClosingGuard for MockClosingGuard {
	fn ensure_can_close(_id: MetaverseId) -> DispatchResult {
		ClosingAllowed::get().then_some(()).ok_or(BLOCKED_CLOSING)
	}
}

/// Plays leases and pledges.
pub struct MockParcelGuard;

impl ParcelGuard for MockParcelGuard {
	fn ensure_can_reshape(_metaverse: MetaverseId, _parcel: ParcelId) -> DispatchResult {
		ReshapeAllowed::get().then_some(()).ok_or(BLOCKED_RESHAPE)
	}
}

impl pallet_metaverse::Config for Test {
	type Assets = Assets;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = BenchmarkStage;
	type BlockNumberProvider = System;
	type ClosingGuard = (MockClosingGuard, Escrow, Portal);
	type Currency = Balances;
	type DepositBase = ConstU128<METAVERSE_DEPOSIT>;
	type DepositPerByte = ConstU128<BYTE_DEPOSIT>;
	type GuardianOrigin = EnsureRoot<AccountId>;
	type MaxSuspension = ConstU32<MAX_SUSPENSION>;
	type NetworkOrigin = EnsureRoot<AccountId>;
	type PalletId = MetaversePalletId;
	type RuntimeHoldReason = RuntimeHoldReason;
	type SlugCooldown = ConstU32<SLUG_COOLDOWN>;
	type Territories = Land;
	type WeightInfo = ();
}

parameter_types! {
	pub TreasuryAccount: AccountId = treasury();
	pub const MaxPriceChange: Permill = Permill::from_parts(125_000);
	pub const BurnShare: Permill = Permill::from_percent(50);
	pub const SaleFee: Permill = Permill::from_percent(2);
	pub const GrowthThreshold: Permill = Permill::from_percent(80);
	pub const MaxGrowth: Permill = Permill::from_percent(25);
}

impl pallet_land::Config for Test {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = BenchmarkStage;
	type BlockNumberProvider = System;
	type BurnShare = BurnShare;
	type Currency = Balances;
	type DepositBase = ConstU128<LAND_DEPOSIT>;
	type DepositPerByte = ConstU128<BYTE_DEPOSIT>;
	type GrowthThreshold = GrowthThreshold;
	type InitialCellPrice = ConstU128<INITIAL_CELL_PRICE>;
	type MaxFoundingCells = ConstU32<MAX_FOUNDING_CELLS>;
	type MaxGrowth = MaxGrowth;
	type MaxParcelSide = ConstU16<64>;
	type MaxPriceChange = MaxPriceChange;
	type MaxSupply = ConstU64<MAX_SUPPLY>;
	type Metaverses = Metaverse;
	type MinCellPrice = ConstU128<MIN_CELL_PRICE>;
	type ParcelGuard = (MockParcelGuard, Portal);
	type PricePeriod = ConstU32<PRICE_PERIOD>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type SaleFee = SaleFee;
	type TargetPerPeriod = ConstU32<TARGET_PER_PERIOD>;
	type Treasury = TreasuryAccount;
	type WeightInfo = ();
}

impl pallet_attestation::Config for Test {
	type Currency = Balances;
	type DepositBase = ConstU128<ATTESTATION_DEPOSIT>;
	type DepositPerByte = ConstU128<BYTE_DEPOSIT>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type WeightInfo = ();
}

parameter_types! {
	pub const PotId: PalletId = PalletId(*b"mdg/escr");
	pub const EscrowRules: Rules<BlockNumber> = RULES;
	pub const MaxKickoff: Permill = Permill::from_percent(20);
	pub const MinBond: Permill = Permill::from_percent(2);
	pub const ReleaseFee: Permill = Permill::from_percent(2);
	pub const DisputeBond: Permill = Permill::from_percent(1);
	pub const PetitionShare: Permill = Permill::from_percent(10);
}

impl pallet_escrow::Config for Test {
	type ArbiterOrigin = EnsureRoot<AccountId>;
	type AssetOrigin = EnsureRoot<AccountId>;
	type Attestations = Attestation;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = BenchmarkStage;
	type BlockTime = ConstU64<BLOCK_MS>;
	type Blocks = System;
	type DefaultRules = EscrowRules;
	type DepositBase = ConstU128<ESCROW_DEPOSIT>;
	type DepositPerByte = ConstU128<BYTE_DEPOSIT>;
	type DisputeBond = DisputeBond;
	type GuardianOrigin = EnsureRoot<AccountId>;
	type MaxAmendments = ConstU8<MAX_AMENDMENTS>;
	type MaxAttempts = ConstU8<MAX_ATTEMPTS>;
	type MaxKickoff = MaxKickoff;
	type Metaverses = Metaverse;
	type MinBond = MinBond;
	type Native = Balances;
	type PetitionShare = PetitionShare;
	type PotId = PotId;
	type ReleaseFee = ReleaseFee;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type TokenHolds = TokenHolds;
	type Tokens = Tokens;
	type Treasury = TreasuryAccount;
	type WeightInfo = ();
}

/// Tolls are paid in the native token, or in what campaigns may collect.
pub struct TollAssets;

impl Contains<AssetKind> for TollAssets {
	fn contains(asset: &AssetKind) -> bool {
		*asset == AssetKind::Native || pallet_escrow::Assets::<Test>::contains_key(asset)
	}
}

impl pallet_portal::Config for Test {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = BenchmarkStage;
	type BlockNumberProvider = System;
	type DepositBase = ConstU128<PORTAL_DEPOSIT>;
	type DepositPerByte = ConstU128<BYTE_DEPOSIT>;
	type MaxNotice = ConstU32<MAX_NOTICE>;
	type MaxTownPortals = ConstU32<MAX_TOWN_PORTALS>;
	type Metaverses = Metaverse;
	type MinNotice = ConstU32<MIN_NOTICE>;
	type Native = Balances;
	type OfferLifetime = ConstU32<OFFER_LIFETIME>;
	type Parcels = Land;
	type PassLifetime = ConstU32<PASS_LIFETIME>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type TokenHolds = TokenHolds;
	type TollAssets = TollAssets;
	type Treasury = TreasuryAccount;
	type WeightInfo = ();
}

/// What the benchmarks of one pallet need of the others.
#[cfg(feature = "runtime-benchmarks")]
pub struct BenchmarkStage;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_metaverse::BenchmarkHelper<AccountId> for BenchmarkStage {
	fn prepare_purchase() -> AccountId {
		use frame_support::traits::fungible::Mutate;
		System::set_block_number(BlockNumber::MAX);
		Balances::set_balance(&treasury(), 0);
		treasury()
	}

	fn claim_parcel(id: MetaverseId, owner: &AccountId) {
		claim_demo(owner.clone(), id, Area::new(0, 0, 1, 1));
	}

	fn fund_with_asset(who: &AccountId) -> (madang_primitives::AssetId, u128) {
		use frame_support::traits::fungibles::Mutate;
		assert_ok!(Assets::mint_into(STABLE, who, FUNDS));
		(STABLE, FUNDS)
	}

	// Only the runtime measures what closing costs beside campaigns.
	fn leave_campaigns(_id: MetaverseId) {}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_land::benchmarking::BenchmarkHelper<AccountId> for BenchmarkStage {
	fn found_metaverse(owner: &AccountId, size: madang_primitives::geometry::Size) -> MetaverseId {
		register_demo(owner.clone(), size.width, size.height)
	}

	fn name_managers(metaverse: MetaverseId, owner: &AccountId) -> Vec<AccountId> {
		for number in (0x80..).take(pallet_metaverse::MAX_MANAGERS as usize) {
			assert_ok!(Metaverse::set_manager(
				signed(owner.clone()),
				metaverse,
				AccountId::new([number; 32]),
				madang_primitives::metaverse::Roles::ALL
			));
		}
		let managers = pallet_metaverse::Managers::<Test>::get(metaverse);
		managers
			.into_iter()
			.map(|manager| manager.account)
			.collect()
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_escrow::benchmarking::BenchmarkHelper<AccountId> for BenchmarkStage {
	fn metaverse(owner: &AccountId) -> MetaverseId {
		Self::fund(&native(), owner, FUNDS);
		register_demo(owner.clone(), 1, 1)
	}

	fn transfer_metaverse(id: MetaverseId, from: &AccountId, to: &AccountId) {
		assert_ok!(Metaverse::nominate_owner(
			signed(from.clone()),
			id,
			to.clone()
		));
		assert_ok!(Metaverse::accept_ownership(signed(to.clone()), id));
	}

	fn asset() -> AssetKind {
		stable()
	}

	fn fund(asset: &AssetKind, who: &AccountId, amount: Balance) {
		assert_ok!(<Tokens as fungibles::Mutate<AccountId>>::mint_into(
			asset.clone(),
			who,
			amount
		));
	}

	fn set_blocked(asset: &AssetKind, who: &AccountId, blocked: bool) {
		let AssetKind::WithId(id) = asset else {
			panic!("nobody can be kept from the native token");
		};
		assert_ok!(if blocked {
			Assets::block(signed(issuer()), *id, who.clone())
		} else {
			Assets::thaw(signed(issuer()), *id, who.clone())
		});
	}

	fn attest(attester: &AccountId, who: &AccountId, subject: SubjectId, class: InvestorClass) {
		assert_ok!(Attestation::attest(
			signed(attester.clone()),
			who.clone(),
			subject,
			class,
			Balance::MAX,
			None
		));
	}

	fn advance(blocks: u32) {
		run_to_block(System::block_number().saturating_add(blocks));
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_portal::benchmarking::BenchmarkHelper<AccountId> for BenchmarkStage {
	fn asset(number: u32, sufficient: bool) -> AssetKind {
		let first = if sufficient { 1_000 } else { 2_000 };
		let id = number.saturating_add(first);
		let asset = AssetKind::WithId(id);
		if !pallet_assets::Asset::<Test>::contains_key(id) {
			assert_ok!(Assets::force_create(
				root(),
				id,
				issuer(),
				sufficient,
				STABLE_MIN
			));
			let rules = madang_primitives::escrow::AssetRules {
				min_goal: MIN_GOAL,
				min_ticket: MIN_TICKET,
			};
			assert_ok!(Escrow::set_asset(root(), asset.clone(), Some(rules)));
		}
		asset
	}

	fn set_balance(asset: &AssetKind, who: &AccountId, amount: Balance) {
		<Tokens as fungibles::Mutate<AccountId>>::set_balance(asset.clone(), who, amount);
	}

	fn launch_metaverse(owner: &AccountId) -> (MetaverseId, ParcelId) {
		use pallet_land::benchmarking::BenchmarkHelper;
		let id = register_demo(owner.clone(), 1, 1);
		<Self as BenchmarkHelper<AccountId>>::name_managers(id, owner);
		let parcel = claim_demo(owner.clone(), id, Area::new(0, 0, 1, 1));
		let at = endpoint("https://example.org");
		assert_ok!(Metaverse::set_endpoint(signed(owner.clone()), id, 0, at));
		assert_ok!(Metaverse::launch(signed(owner.clone()), id));
		(id, parcel)
	}

	fn claim_in_town(owner: &AccountId) -> (MetaverseId, ParcelId) {
		let town = 1;
		for number in (0x80..).take(pallet_metaverse::MAX_MANAGERS as usize) {
			assert_ok!(Metaverse::set_manager(
				root(),
				town,
				AccountId::new([number; 32]),
				madang_primitives::metaverse::Roles::ALL
			));
		}
		// The town pays the deposit of a parcel that it grants.
		Self::set_balance(&native(), &Metaverse::account_of(town), FUNDS);
		let territory = pallet_land::Territories::<Test>::get(town).expect("the town is there");
		assert_ok!(Land::claim_for(
			root(),
			town,
			Area::new(0, 0, 1, 1),
			owner.clone()
		));
		(town, territory.next_parcel)
	}

	fn transfer_metaverse(id: MetaverseId, from: &AccountId, to: &AccountId) {
		use pallet_escrow::benchmarking::BenchmarkHelper;
		<Self as BenchmarkHelper<AccountId>>::transfer_metaverse(id, from, to);
	}

	fn transfer_parcel(metaverse: MetaverseId, parcel: ParcelId, from: &AccountId, to: &AccountId) {
		let seller = signed(from.clone());
		assert_ok!(Land::transfer(seller, metaverse, parcel, to.clone()));
	}

	fn collection(metaverse: MetaverseId) -> madang_primitives::CollectionId {
		let territory = pallet_land::Territories::<Test>::get(metaverse);
		territory.expect("the metaverse exists").collection
	}

	fn advance(blocks: u32) {
		run_to_block(System::block_number().saturating_add(blocks));
	}
}

/// Somebody with [`FUNDS`].
pub fn alice() -> AccountId {
	AccountId::new([1; 32])
}

/// Somebody with [`FUNDS`].
pub fn bob() -> AccountId {
	AccountId::new([2; 32])
}

/// Somebody with [`FUNDS`].
pub fn carol() -> AccountId {
	AccountId::new([3; 32])
}

/// Somebody with [`FUNDS`].
pub fn dave() -> AccountId {
	AccountId::new([4; 32])
}

/// All who have [`FUNDS`].
pub fn people() -> [AccountId; 4] {
	[alice(), bob(), carol(), dave()]
}

/// Somebody without money, a different one for each number.
pub fn stranger(number: u8) -> AccountId {
	AccountId::new([number.saturating_add(100); 32])
}

/// The treasury of the network.
pub fn treasury() -> AccountId {
	AccountId::new([99; 32])
}

/// Owner, issuer, admin and freezer of [`STABLE`] and [`OTHER`]. Has no money.
pub fn issuer() -> AccountId {
	AccountId::new([98; 32])
}

/// The native token, as campaigns name it.
pub fn native() -> AssetKind {
	AssetKind::Native
}

/// [`STABLE`], as campaigns name it.
pub fn stable() -> AssetKind {
	AssetKind::WithId(STABLE)
}

/// [`OTHER`], as campaigns name it.
pub fn other() -> AssetKind {
	AssetKind::WithId(OTHER)
}

/// Both assets that campaigns may collect.
pub fn accepted() -> [AssetKind; 2] {
	[native(), stable()]
}

/// The origin of somebody who signs.
pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// The guardian and the network.
pub fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Runs a call as a block would: when it fails, nothing that it did remains.
pub fn tx<R, E: From<DispatchError>>(call: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
	with_storage_layer(call)
}

/// What came of a call, without what it weighed.
pub fn outcome(done: DispatchResultWithPostInfo) -> DispatchResult {
	done.map(|_| ()).map_err(|error| error.error)
}

/// A profile with this name and no content.
pub fn profile(name: &str) -> ProfileInput {
	ProfileInput {
		name: name.as_bytes().to_vec(),
		..Default::default()
	}
}

/// A web endpoint.
pub fn endpoint(uri: &str) -> EndpointInput {
	EndpointInput {
		protocol: Protocol::Web,
		uri: uri.as_bytes().to_vec(),
		manifest: None,
	}
}

/// Registers `demo-N`, where N is its id, at the price of the day.
pub fn register_demo(owner: AccountId, width: u16, height: u16) -> MetaverseId {
	let id = pallet_metaverse::NextId::<Test>::get();
	let slug = format!("demo-{id}").into_bytes();
	assert_ok!(tx(|| {
		Metaverse::register(
			signed(owner),
			slug,
			profile("Demo"),
			width,
			height,
			Balance::MAX,
		)
	}));
	id
}

/// Claims a parcel at whatever price.
pub fn claim_demo(who: AccountId, id: MetaverseId, area: Area) -> ParcelId {
	assert_ok!(tx(|| Land::claim(signed(who), id, area, Balance::MAX)));
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Land(pallet_land::Event::Claimed { parcel, .. }) => Some(parcel),
			_ => None,
		})
		.expect("a claim that succeeds says so")
}

/// What an account can spend or put on hold, the existential deposit included.
pub fn free(who: &AccountId) -> Balance {
	frame_system::Account::<Test>::get(who).data.free
}

/// What is on hold from an account, for whatever reason.
pub fn held(who: &AccountId) -> Balance {
	frame_system::Account::<Test>::get(who).data.reserved
}

/// What an account has of an asset beside its holds.
pub fn balance(asset: &AssetKind, who: &AccountId) -> Balance {
	<Tokens as fungibles::Inspect<AccountId>>::balance(asset.clone(), who)
}

/// What is on hold of an asset from an account, for whatever reason.
pub fn on_hold(asset: &AssetKind, who: &AccountId) -> Balance {
	<TokenHolds as fungibles::InspectHold<AccountId>>::total_balance_on_hold(asset.clone(), who)
}

/// What is on hold of an asset from an account for one reason of escrow.
pub fn on_hold_for(
	asset: &AssetKind,
	reason: pallet_escrow::HoldReason,
	who: &AccountId,
) -> Balance {
	<TokenHolds as fungibles::InspectHold<AccountId>>::balance_on_hold(
		asset.clone(),
		&reason.into(),
		who,
	)
}

/// Moves both clocks. Time passes lazily in Madang, so no block has to be played.
pub fn run_to_block(block: BlockNumber) {
	let blocks = block.checked_sub(System::block_number());
	let blocks = blocks.expect("time does not run backwards");
	System::set_block_number(block);
	halt(u64::from(blocks) * BLOCK_MS);
}

/// Lets so many blocks pass on both clocks.
pub fn pass(blocks: BlockNumber) {
	run_to_block(System::block_number() + blocks);
}

/// The chain stands still for so many milliseconds.
pub fn halt(ms: u64) {
	set_time(time() + ms);
}

/// So many blocks are made in no time at all.
pub fn blocks_without_time(blocks: BlockNumber) {
	System::set_block_number(System::block_number() + blocks);
}

/// Milliseconds since 1970.
pub fn time() -> u64 {
	pallet_timestamp::Now::<Test>::get()
}

/// Sets the clock that counts milliseconds and leaves the one that counts blocks.
pub fn set_time(ms: u64) {
	pallet_timestamp::Now::<Test>::put(ms);
}

/// The chain at block 1: two towns, two assets and four people with money.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut balances: Vec<_> = people().into_iter().map(|who| (who, FUNDS)).collect();
	balances.push((treasury(), EXISTENTIAL));
	let assets = [STABLE, OTHER];
	let asset_accounts = assets
		.into_iter()
		.flat_map(|asset| people().into_iter().map(move |who| (asset, who, FUNDS)));
	let town = |slug: &str, name: &str| pallet_metaverse::Town {
		slug: slug.into(),
		name: name.into(),
		width: TOWN_SIDE,
		height: TOWN_SIDE,
	};
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances,
			..Default::default()
		},
		assets: pallet_assets::GenesisConfig {
			assets: assets
				.into_iter()
				.map(|asset| (asset, issuer(), true, STABLE_MIN))
				.collect(),
			accounts: asset_accounts.collect(),
			..Default::default()
		},
		escrow: pallet_escrow::GenesisConfig {
			assets: accepted()
				.into_iter()
				.map(|asset| (asset, MIN_GOAL, MIN_TICKET))
				.collect(),
			..Default::default()
		},
		metaverse: pallet_metaverse::GenesisConfig {
			towns: vec![
				town("preparation-town", "Preparation Town"),
				town("launch-town", "Launch Town"),
			],
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.expect("the genesis is sound");

	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		set_time(GENESIS_TIME);
	});
	ext
}

/// Runs a test, then recounts everything.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		check_state();
		test();
		check_state();
	});
}

/// Checks the equations of every pallet.
pub fn check_state() {
	Metaverse::do_try_state().expect("the equations of metaverses hold");
	Land::do_try_state().expect("the equations of land hold");
	Escrow::do_try_state().expect("the equations of escrow hold");
	Portal::do_try_state().expect("the equations of portals hold");
	Attestation::do_try_state().expect("the equations of attestations hold");
	check_money();
	check_assets();
}

/// Every unit that exists belongs to somebody, and every hold is covered.
fn check_money() {
	let mut sum: Balance = 0;
	for (who, account) in frame_system::Account::<Test>::iter() {
		sum += account.data.free + account.data.reserved;
		let holds = pallet_balances::Holds::<Test>::get(&who);
		let on_hold: Balance = holds.iter().map(|hold| hold.amount).sum();
		assert!(
			on_hold <= account.data.reserved,
			"a hold of {who:?} is not covered"
		);
	}
	let issued = pallet_balances::TotalIssuance::<Test>::get();
	assert_eq!(sum, issued, "money was made or lost");
}

/// The same for every asset.
fn check_assets() {
	for asset in pallet_assets::Asset::<Test>::iter_keys() {
		let kind = AssetKind::WithId(asset);
		let sum: Balance = pallet_assets::Account::<Test>::iter_key_prefix(asset)
			.map(|who| balance(&kind, &who) + on_hold(&kind, &who))
			.sum();
		let issued = <Tokens as fungibles::Inspect<AccountId>>::total_issuance(kind);
		assert_eq!(sum, issued, "asset {asset} was made or lost");
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn genesis_is_sound() {
		build_and_execute(|| {
			assert_eq!(pallet_metaverse::NextId::<Test>::get(), FIRST_ID);
			assert_eq!(register_demo(alice(), 8, 8), FIRST_ID);
			claim_demo(alice(), FIRST_ID, Area::new(0, 0, 2, 2));
		});
	}

	#[test]
	fn everybody_has_both_assets_and_one_is_accepted() {
		build_and_execute(|| {
			for who in people() {
				assert_eq!(balance(&native(), &who), FUNDS);
				assert_eq!(balance(&stable(), &who), FUNDS);
				assert_eq!(balance(&other(), &who), FUNDS);
			}
			for asset in accepted() {
				assert!(pallet_escrow::Assets::<Test>::contains_key(asset));
			}
			assert!(!pallet_escrow::Assets::<Test>::contains_key(other()));
		});
	}

	#[test]
	fn escrow_learns_who_owns_a_metaverse() {
		use madang_primitives::traits::Metaverses;
		let owner = <Metaverse as Metaverses<RuntimeOrigin, AccountId>>::owner;
		build_and_execute(|| {
			let id = register_demo(alice(), 8, 8);
			assert_eq!(owner(id), Some(alice()));
			assert_eq!(owner(0), None, "a town has no owner");
			assert_eq!(owner(id + 1), None, "there is no such metaverse");
		});
	}

	#[test]
	fn the_clocks_run_together_and_apart() {
		build_and_execute(|| {
			assert_eq!((System::block_number(), time()), (1, GENESIS_TIME));
			run_to_block(11);
			let later = GENESIS_TIME + 10 * BLOCK_MS;
			assert_eq!((System::block_number(), time()), (11, later));
			halt(5);
			assert_eq!((System::block_number(), time()), (11, later + 5));
			blocks_without_time(5);
			assert_eq!((System::block_number(), time()), (16, later + 5));
		});
	}
}
