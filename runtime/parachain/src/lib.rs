//! The parachain runtime of Madang: the same application as on a chain of its own, with a relay chain
//! below it.
//!
//! | where | what |
//! |---|---|
//! | [`application`] | what the solo runtime has the same: most pallets, their set-up, APIs and genesis |
//! | this file | the pallets of a parachain, the version, the shape of a transaction |
//! | [`configs`] | how these pallets are set up: who makes blocks, and what comes in from other chains |
//! | [`apis`] | what a node can ask the runtime |
//! | [`weights`] | what each call costs, generated from the benchmarks of the solo runtime |
//! | [`genesis_config_presets`] | the first block of the networks |
#![cfg_attr(not(feature = "std"), no_std)]
// The macros of runtime and APIs make public items without docs. What is written here has them.
#![allow(missing_docs)]
// The runtime macro calls itself once for each pallet.
#![recursion_limit = "512"]

extern crate alloc;

use alloc::{borrow::Cow, vec::Vec};

use cumulus_pallet_parachain_system::block_weight::{
	DynamicMaxBlockWeight, DynamicMaxBlockWeightHooks, MaxParachainBlockWeight,
};
use cumulus_pallet_weight_reclaim::StorageWeightReclaim;
use cumulus_primitives_core::relay_chain::MAX_POV_SIZE;
use frame_support::weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight};
use sp_runtime::{generic, impl_opaque_keys};
use sp_version::RuntimeVersion;

// Before the others: it defines macros that they use.
#[macro_use]
#[path = "../../application/mod.rs"]
pub mod application;

pub mod apis;
pub mod configs;
pub mod genesis_config_presets;
#[path = "../../src/weights/mod.rs"]
pub mod weights;

#[cfg(feature = "std")]
pub use apis::RuntimeApi;
pub use apis::RUNTIME_API_VERSIONS;
pub use configs::upgrade::OnSetCode;
pub use madang_runtime_common::{
	proxy::ProxyType, AccountId, Address, AssetId, Balance, BlockNumber, Hash, Header, Moment,
	Nonce, Signature,
};
#[cfg(feature = "std")]
pub use sp_runtime::BuildStorage;

use configs::consensus::{BlocksPerRelaySlot, BLOCKS_PER_RELAY_SLOT};

#[cfg(feature = "std")]
mod wasm {
	// Written by the build script.
	#![allow(missing_docs)]
	include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}
#[cfg(feature = "std")]
pub use wasm::*;

/// What the node handles without knowing the calls inside: it moves blocks and transactions about,
/// only the runtime reads them.
pub mod opaque {
	use sp_runtime::{generic, traits::BlakeTwo256};

	pub use crate::SessionKeys;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// Header of a block.
	pub type Header = generic::Header<crate::BlockNumber, BlakeTwo256>;
	/// A block whose transactions are bytes.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// Names a block by its hash or its number.
	pub type BlockId = generic::BlockId<Block>;
}

impl_opaque_keys! {
	/// The key with which a collator makes blocks. The relay chain finalizes them.
	pub struct SessionKeys {
		/// Makes blocks.
		pub aura: Aura,
	}
}

/// The version of this runtime.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("madang-parachain"),
	impl_name: Cow::Borrowed("madang-parachain"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// How long a validator of the relay chain executes what one core is given, in seconds.
const SECONDS_PER_CORE: u64 = 2;

/// What fits into every block, whatever the relay chain gives: the part of one core that a block has
/// when all blocks of a relay slot share it. What a motion, a schedule or a message may take is
/// measured by this, so that it never depends on how many cores there are today.
pub const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(
	SECONDS_PER_CORE * WEIGHT_REF_TIME_PER_SECOND / BLOCKS_PER_RELAY_SLOT as u64,
	MAX_POV_SIZE as u64 / BLOCKS_PER_RELAY_SLOT as u64,
);

/// Bytes of a block's proof that are kept for its end, where the root of the state is made: that reads
/// what lies beside keys that were written and never read, which no transaction is charged for. In full
/// blocks of our calls it was up to a twelfth of the proof (`--test proof`); a tenth is kept.
pub const PROOF_AT_END: u64 = MAXIMUM_BLOCK_WEIGHT.proof_size() / 10;

/// What fits into this block: more than [`MAXIMUM_BLOCK_WEIGHT`] when there are more cores, and a whole
/// core for a transaction that fits into no less, such as a new runtime.
pub type BlockWeight = MaxParachainBlockWeight<Runtime, BlocksPerRelaySlot>;

/// Notices before the inherents whether the block has already taken more than its part of the core.
pub type PreInherents = DynamicMaxBlockWeightHooks<Runtime, BlocksPerRelaySlot>;

/// What a transaction carries besides its call. Around the checks, what was not used of the proof is
/// given back; around that, a transaction may ask for a whole core.
pub type TxExtension = DynamicMaxBlockWeight<
	Runtime,
	StorageWeightReclaim<Runtime, application::TxChecks>,
	BlocksPerRelaySlot,
>;

/// A transaction as it comes from outside.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;

/// What the sender of a transaction signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// A block with its transactions.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

/// Executes blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

construct_application! {
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;

	// The relay chain.
	#[runtime::pallet_index(4)]
	pub type ParachainSystem = cumulus_pallet_parachain_system;
	#[runtime::pallet_index(5)]
	pub type ParachainInfo = parachain_info;
	#[runtime::pallet_index(6)]
	pub type WeightReclaim = cumulus_pallet_weight_reclaim;

	// Blocks and their makers. The session must know the collators before it hands their keys on,
	// so it comes after the selection and before Aura; the extension remembers Aura's keys.
	#[runtime::pallet_index(20)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(21)]
	pub type CollatorSelection = pallet_collator_selection;
	#[runtime::pallet_index(22)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(23)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(26)]
	pub type AuraExt = cumulus_pallet_aura_ext;

	// Other chains: 70 to 79.
	#[runtime::pallet_index(70)]
	pub type XcmpQueue = cumulus_pallet_xcmp_queue;
	#[runtime::pallet_index(71)]
	pub type PolkadotXcm = pallet_xcm;
	#[runtime::pallet_index(72)]
	pub type CumulusXcm = cumulus_pallet_xcm;
	#[runtime::pallet_index(73)]
	pub type MessageQueue = pallet_message_queue;
	#[runtime::pallet_index(74)]
	pub type AssetRate = pallet_asset_rate;
}

/// What a validator of the relay chain calls.
mod validation {
	// The SDK makes the entry point, which takes its argument as a pointer.
	#![allow(unsafe_code)]

	cumulus_pallet_parachain_system::register_validate_block! {
		Runtime = crate::Runtime,
		BlockExecutor = cumulus_pallet_aura_ext::BlockExecutor::<crate::Runtime, crate::Executive>,
	}
}
