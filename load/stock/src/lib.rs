//! A runtime of plain pallets of the SDK, composed as the SDK's solochain template composes them: its
//! limits of blocks, its time between blocks, and the weights that come with the pallets. The solo chain
//! of Madang is compared with it, under the same node.
//!
//! It is built for that alone, and no chain runs it.
#![cfg_attr(not(feature = "std"), no_std)]
// The macros of runtime and APIs make public items without docs. What is written here has them.
#![allow(missing_docs)]
// The runtime macro calls itself once for each pallet.
#![recursion_limit = "256"]

extern crate alloc;

use alloc::{borrow::Cow, vec::Vec};

use sp_core::H256;
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub mod apis;
pub mod configs;
pub mod genesis;
#[cfg(feature = "std")]
pub mod signing;
#[cfg(test)]
mod tests;

pub use apis::RUNTIME_API_VERSIONS;

/// A signature of a transaction.
pub type Signature = MultiSignature;

/// Who owns money.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;

/// How a transaction names an account.
pub type Address = MultiAddress<AccountId, ()>;

/// An amount of money.
pub type Balance = u128;

/// Number of transactions that an account has sent.
pub type Nonce = u32;

/// Hash of a block or a transaction.
pub type Hash = H256;

/// Height of a block.
pub type BlockNumber = u32;

/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;

impl_opaque_keys! {
	/// The keys with which a validator makes and finalizes blocks.
	pub struct SessionKeys {
		/// Makes blocks.
		pub aura: Aura,
		/// Finalizes blocks.
		pub grandpa: Grandpa,
	}
}

/// The version of this runtime.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("stock"),
	impl_name: Cow::Borrowed("stock"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// Milliseconds from one block to the next.
pub const SLOT_DURATION: u64 = 6_000;

/// An account with less than this does not exist.
pub const EXISTENTIAL_DEPOSIT: Balance = 500;

/// What a transaction carries besides its call.
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

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(3)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(4)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(5)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(6)]
	pub type Sudo = pallet_sudo;
}
