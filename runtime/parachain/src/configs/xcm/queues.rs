//! Where messages wait, and how many.

use cumulus_primitives_core::AggregateMessageOrigin;
use cumulus_primitives_utility::ParentAsUmp;
use frame_support::{
	parameter_types,
	traits::{ConstU32, TransformOrigin},
	weights::Weight,
};
use parachains_common::message_queue::{NarrowOriginToSibling, ParaIdToSibling};
use sp_runtime::Perbill;

use super::{fees, TransactOrigins};
use crate::{
	application::configs::governance::RootOrCouncilMajority, MessageQueue, ParachainSystem,
	PolkadotXcm, Runtime, RuntimeEvent, XcmpQueue, MAXIMUM_BLOCK_WEIGHT,
};

/// Most bytes of a page of messages. Channels allow messages of 100 KiB, and a page has to hold one.
const PAGE: u32 = 103 * 1024;

parameter_types! {
	/// What messages may take of a block before its transactions. The rest is for those.
	pub ServiceWeight: Weight = Perbill::from_percent(35) * MAXIMUM_BLOCK_WEIGHT;
	/// What they may take of what transactions left over.
	pub IdleServiceWeight: Weight = Perbill::from_percent(20) * MAXIMUM_BLOCK_WEIGHT;
}

/// Up to the relay chain.
pub type ToRelayChain = ParentAsUmp<ParachainSystem, PolkadotXcm, fees::ToRelayChain>;

/// Across to another parachain.
pub type ToParachains = XcmpQueue;

impl cumulus_pallet_xcmp_queue::Config for Runtime {
	type ChannelInfo = ParachainSystem;
	// Who can stop messages when something is wrong with them.
	type ControllerOrigin = RootOrCouncilMajority;
	type ControllerOriginConverter = TransactOrigins;
	// One for each channel. Channels are few: each takes a deposit on the relay chain.
	type MaxActiveOutboundChannels = ConstU32<128>;
	// The SDK's own figure: a channel that cannot be suspended loses messages.
	type MaxInboundSuspended = ConstU32<1_000>;
	type MaxPageSize = ConstU32<PAGE>;
	type PriceForSiblingDelivery = fees::ToParachains;
	type RuntimeEvent = RuntimeEvent;
	type VersionWrapper = PolkadotXcm;
	type WeightInfo = cumulus_pallet_xcmp_queue::weights::SubstrateWeight<Runtime>;
	type XcmpQueue = TransformOrigin<
		MessageQueue,
		AggregateMessageOrigin,
		cumulus_primitives_core::ParaId,
		ParaIdToSibling,
	>;
}

impl pallet_message_queue::Config for Runtime {
	type HeapSize = ConstU32<PAGE>;
	type IdleMaxServiceWeight = IdleServiceWeight;
	// Pages with messages too heavy for a block that are kept until somebody pays for them.
	type MaxStale = ConstU32<8>;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type MessageProcessor = xcm_builder::ProcessXcmMessage<
		AggregateMessageOrigin,
		xcm_executor::XcmExecutor<super::XcmConfig>,
		crate::RuntimeCall,
	>;
	// The benchmarks of the queue measure it without what waits in it.
	#[cfg(feature = "runtime-benchmarks")]
	type MessageProcessor =
		pallet_message_queue::mock_helpers::NoopMessageProcessor<AggregateMessageOrigin>;
	type QueueChangeHandler = NarrowOriginToSibling<XcmpQueue>;
	type QueuePausedQuery = NarrowOriginToSibling<XcmpQueue>;
	type RuntimeEvent = RuntimeEvent;
	type ServiceWeight = ServiceWeight;
	type Size = u32;
	type WeightInfo = pallet_message_queue::weights::SubstrateWeight<Runtime>;
}
