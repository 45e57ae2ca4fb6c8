//! The solo runtime of Madang: a chain of its own, on which startups found metaverses and hold land.
//!
//! | where | what |
//! |---|---|
//! | [`application`] | what the parachain has the same: most pallets, their set-up, APIs and genesis |
//! | this file | the pallets of a chain of its own, the version, the shape of a transaction |
//! | [`configs`] | how these pallets are set up: who makes blocks and who finalizes them |
//! | [`apis`] | what a node can ask the runtime |
//! | [`weights`] | what each call costs, generated from the benchmarks |
//! | [`genesis_config_presets`] | the first block of the networks |
#![cfg_attr(not(feature = "std"), no_std)]
// The macros of runtime and APIs make public items without docs. What is written here has them.
#![allow(missing_docs)]
// The runtime macro calls itself once for each pallet.
#![recursion_limit = "512"]

extern crate alloc;

use alloc::{borrow::Cow, vec::Vec};

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};
use sp_runtime::{generic, impl_opaque_keys};
use sp_version::RuntimeVersion;

// Before the others: these define macros that they use.
#[macro_use]
#[path = "../application/mod.rs"]
pub mod application;
#[cfg(feature = "runtime-benchmarks")]
#[macro_use]
mod benchmarks;

pub mod apis;
pub mod configs;
pub mod genesis_config_presets;
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

#[cfg(feature = "std")]
mod wasm {
	// Written by the build script.
	#![allow(missing_docs)]
	#[cfg(not(feature = "runtime-benchmarks"))]
	include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
	#[cfg(feature = "runtime-benchmarks")]
	include!(concat!(env!("OUT_DIR"), "/madang_runtime_benchmarks"));
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
	/// The keys with which a validator makes and finalizes blocks.
	pub struct SessionKeys {
		/// Makes blocks.
		pub aura: Aura,
		/// Finalizes blocks.
		pub grandpa: Grandpa,
	}
}

/// The version with this number. The attribute reads nothing but a literal there.
macro_rules! version {
	($spec_version:tt) => {
		/// The version of this runtime.
		#[sp_version::runtime_version]
		pub const VERSION: RuntimeVersion = RuntimeVersion {
			spec_name: Cow::Borrowed("madang"),
			impl_name: Cow::Borrowed("madang"),
			authoring_version: 1,
			spec_version: $spec_version,
			impl_version: 1,
			apis: RUNTIME_API_VERSIONS,
			transaction_version: 1,
			system_version: 1,
		};
	};
}

#[cfg(not(feature = "upgrade-rehearsal"))]
version!(1);
// Always the one after it.
#[cfg(feature = "upgrade-rehearsal")]
version!(2);

/// Half of the two seconds between blocks is for execution, whoever makes the block; the other half
/// is for building, sending and checking it. A chain on its own has no limit on the proof.
pub const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

/// Nobody needs a proof of a chain of its own.
pub const PROOF_AT_END: u64 = 0;

parameter_types! {
	/// How much work fits into a block: always the same.
	pub const BlockWeight: Weight = MAXIMUM_BLOCK_WEIGHT;
}

/// Nothing is done before the inherents.
pub type PreInherents = ();

/// What a transaction carries besides its call.
pub type TxExtension = (application::TxChecks, frame_system::WeightReclaim<Runtime>);

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

	// Blocks, their makers and their finality. The session must know the validators before it
	// hands their keys on, so it comes after the selection and before both users of the keys.
	#[runtime::pallet_index(20)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(21)]
	pub type ValidatorSelection = pallet_collator_selection;
	#[runtime::pallet_index(22)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(23)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(24)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(25)]
	pub type Validators = pallet_validators;
}
