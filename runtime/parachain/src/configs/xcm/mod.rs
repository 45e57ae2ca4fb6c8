//! What comes in from other chains, and what goes out.
//!
//! | where | what |
//! |---|---|
//! | this file | who may do what: barrier, reserves, origins, the pallet |
//! | [`assets`] | which assets of other chains are known here, and under which ids |
//! | [`fees`] | what a message pays |
//! | [`queues`] | where messages wait |
//! | [`bounds`] | how much work a message may be |
//!
//! # In one breath
//!
//! Assets come in from Asset Hub, which keeps what stands behind them, and go out the way they came. A
//! message pays for its own execution or is not let in. No message makes a call: [`TransactOrigins`] is
//! the list of those who may, and it is empty.
//!
//! # Whose reserve
//!
//! A parachain that is not one of the system may not teleport, so everything has a reserve: one chain
//! that has the asset itself, on which our account keeps as much as there is here. For dollars that is
//! Asset Hub, where they are issued. For the relay token it is Asset Hub as well: balances live there
//! since the relay chain gave its own away, and the SDK refuses transfers that would take the relay
//! chain itself for a reserve without saying so.

use frame_support::{
	parameter_types,
	traits::{ConstU32, Disabled, Everything, Nothing},
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use polkadot_parachain_primitives::primitives::Sibling;
use xcm::latest::prelude::{
	AccountId32, GlobalConsensus, InteriorLocation, Location, NetworkId, Parachain,
};
use xcm_builder::{
	AccountId32Aliases, AllowKnownQueryResponses, AllowSubscriptionsFrom,
	AllowTopLevelPaidExecutionFrom, DenyRecursively, DenyReserveTransferToRelayChain, DenyThenTry,
	DescribeAllTerminal, DescribeFamily, EnsureXcmOrigin, FixedWeightBounds,
	FrameTransactionalProcessor, HashedDescription, IsConcrete, ParentIsPreset,
	SendXcmFeeToAccount, SiblingParachainConvertsVia, SignedToAccountId32, TakeWeightCredit,
	TrailingSetTopicAsId, WithComputedOrigin, WithUniqueTopic, XcmFeeManagerFromComponents,
};
use xcm_executor::{traits::ConvertLocation, XcmExecutor};

use crate::{
	AccountId, AllPalletsWithSystem, Balances, ParachainInfo, PolkadotXcm, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeOrigin, Treasury,
};

pub mod assets;
pub mod bounds;
pub mod fees;
pub mod queues;

/// Id of Asset Hub on every relay chain of Polkadot's family.
pub const ASSET_HUB: u32 = 1_000;

/// Most assets that a message may have in its hands: ours, the relay token, a dollar, and some to spare.
const MAX_HOLDING: u32 = 8;

/// Most steps by which a message may say who it speaks for.
const MAX_PREFIXES: u32 = 8;

parameter_types! {
	/// The relay chain for which this is made. A test relay chain has another name, which only matters
	/// to a message that names it.
	pub const RelayNetwork: Option<NetworkId> = Some(NetworkId::Polkadot);
	/// This chain.
	pub HereLocation: Location = Location::here();
	/// Asset Hub as it is seen from here.
	pub AssetHub: Location = Location::new(1, [Parachain(ASSET_HUB)]);
	/// This chain as all others see it.
	pub UniversalLocation: InteriorLocation = [
		GlobalConsensus(NetworkId::Polkadot),
		Parachain(ParachainInfo::parachain_id().into()),
	]
	.into();
	/// The treasury.
	pub TreasuryAccount: AccountId = Treasury::account_id();
	/// The treasury as a place.
	pub TreasuryLocation: Location = Location::new(0, [AccountId32 {
		network: None,
		id: Treasury::account_id().into(),
	}]);
}

/// Which account belongs to a place: the relay chain, another parachain, somebody here, somebody there.
/// From such an account a message of that place may withdraw.
pub type LocationToAccountId = (
	ParentIsPreset<AccountId>,
	SiblingParachainConvertsVia<Sibling, AccountId>,
	AccountId32Aliases<RelayNetwork, AccountId>,
	HashedDescription<AccountId, DescribeFamily<DescribeAllTerminal>>,
);

/// The account of Asset Hub here. Nobody has its key, and no message can sign for it.
pub fn asset_hub_account() -> AccountId {
	let account =
		SiblingParachainConvertsVia::<Sibling, AccountId>::convert_location(&AssetHub::get());
	account.expect("a parachain has an account")
}

/// **The list**: who may make calls here by a message, and as whom. Nobody may. Whoever is added speaks
/// with the rights that the entry gives, so it takes an upgrade, as every change of the rules does.
pub type TransactOrigins = ();

/// The calls that those on the list may make. There is nobody who could make one.
pub type TransactCalls = Nothing;

/// What is let in: what pays, answers to what was asked, and the two requests by which other chains
/// learn which version we speak. Nobody has execution for nothing.
pub type Barrier = TrailingSetTopicAsId<
	DenyThenTry<
		// The relay chain is nobody's reserve.
		DenyRecursively<DenyReserveTransferToRelayChain>,
		(
			// What somebody here has paid for with the fee of a transaction.
			TakeWeightCredit,
			AllowKnownQueryResponses<PolkadotXcm>,
			WithComputedOrigin<
				(
					AllowTopLevelPaidExecutionFrom<Everything>,
					AllowSubscriptionsFrom<
						parachains_common::xcm_config::ParentRelayOrSiblingParachains,
					>,
				),
				UniversalLocation,
				ConstU32<MAX_PREFIXES>,
			>,
		),
	>,
>;

/// What a message is measured by.
pub type Weigher = FixedWeightBounds<bounds::Instruction, RuntimeCall, bounds::MaxInstructions>;

/// How messages are executed.
pub struct XcmConfig;

impl xcm_executor::Config for XcmConfig {
	type Aliasers = Nothing;
	type AssetExchanger = ();
	type AssetLocker = ();
	type AssetTransactor = assets::Transactors;
	type AssetTrap = PolkadotXcm;
	type Barrier = Barrier;
	type CallDispatcher = RuntimeCall;
	// Root's messages pay nothing: the fees would go from the chain to its treasury.
	type FeeManager = XcmFeeManagerFromComponents<
		frame_support::traits::Equals<HereLocation>,
		SendXcmFeeToAccount<assets::Transactors, TreasuryLocation>,
	>;
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type HrmpNewChannelOpenRequestHandler = ();
	type IsReserve = assets::FromTheirReserve;
	type IsTeleporter = ();
	type MaxAssetsIntoHolding = ConstU32<MAX_HOLDING>;
	type MessageExporter = ();
	type OriginConverter = TransactOrigins;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type ResponseHandler = PolkadotXcm;
	type RuntimeCall = RuntimeCall;
	type SafeCallFilter = TransactCalls;
	type SubscriptionService = PolkadotXcm;
	type Trader = fees::Trader;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type UniversalAliases = Nothing;
	type UniversalLocation = UniversalLocation;
	type Weigher = Weigher;
	type XcmEventEmitter = PolkadotXcm;
	type XcmRecorder = PolkadotXcm;
	type XcmSender = Router;
}

/// How messages leave: up to the relay chain, or across to another parachain.
pub type Router = WithUniqueTopic<(queues::ToRelayChain, queues::ToParachains)>;

/// Everybody who signs, as a place on this chain.
pub type Signer = SignedToAccountId32<RuntimeOrigin, AccountId, RelayNetwork>;

impl pallet_xcm::Config for Runtime {
	type AdminOrigin = EnsureRoot<AccountId>;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AuthorizedAliasConsideration = Disabled;
	type Currency = Balances;
	type CurrencyMatcher = IsConcrete<HereLocation>;
	// Whoever signs may transfer.
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, Signer>;
	type MaxLockers = ConstU32<0>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	// A message in the name of this chain could empty its account on Asset Hub, which is what stands
	// behind the assets of everybody here. So it takes root, who on a live chain is nobody.
	type SendXcmOrigin = EnsureRootWithSuccess<AccountId, HereLocation>;
	type SovereignAccountOf = LocationToAccountId;
	type TrustedLockers = ();
	type UniversalLocation = UniversalLocation;
	type Weigher = Weigher;
	type WeightInfo = bounds::Calls;
	// Programs of their own making are closed to accounts; transfers have calls of their own.
	type XcmExecuteFilter = Nothing;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmReserveTransferFilter = Everything;
	type XcmRouter = Router;
	type XcmTeleportFilter = Nothing;

	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
}

impl cumulus_pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type XcmExecutor = XcmExecutor<XcmConfig>;
}
