//! The solo runtime of Madang: a chain of its own, on which startups found metaverses and hold land.
//!
//! | where | what |
//! |---|---|
//! | this file | the pallets and their indices, the version, the shape of a transaction |
//! | [`configs`] | how each pallet is set up, one file for each concern |
//! | [`apis`] | what a node can ask the runtime |
//! | [`weights`] | what each call costs, generated from the benchmarks |
//! | [`genesis_config_presets`] | the first block of the development and local networks |
//! | `madang-runtime-common` | everything that a parachain runtime would have the same |
#![cfg_attr(not(feature = "std"), no_std)]
// The macros of runtime and APIs make public items without docs. What is written here has them.
#![allow(missing_docs)]
// The runtime macro calls itself once for each pallet.
#![recursion_limit = "512"]

extern crate alloc;

use alloc::{borrow::Cow, vec::Vec};

use sp_runtime::{generic, impl_opaque_keys};
use sp_version::RuntimeVersion;

// Before the others: it defines macros that they use.
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

/// What a transaction carries besides its call, in the order in which it is checked.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckMortality<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

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

// Indices come in groups of ten and never change; a pallet that goes leaves its index empty. Hooks
// and genesis run in the order of the indices.
#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	// The machine.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(3)]
	pub type Scheduler = pallet_scheduler;
	// Holds a key in the development presets only.
	#[runtime::pallet_index(9)]
	pub type Sudo = pallet_sudo;

	// Money.
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(12)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(13)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(14)]
	pub type Treasury = pallet_treasury;

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

	// Decisions.
	#[runtime::pallet_index(30)]
	pub type Council = pallet_collective<Instance1>;
	#[runtime::pallet_index(31)]
	pub type Upgrade = pallet_upgrade;

	// Conveniences.
	#[runtime::pallet_index(40)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(41)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(42)]
	pub type Proxy = pallet_proxy;

	// Items.
	#[runtime::pallet_index(50)]
	pub type Nfts = pallet_nfts;

	// Madang.
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
