//! The application: everything that every runtime of Madang has the same, written once.
//!
//! It is no crate of its own, because a pallet is set up for the one type `Runtime`, and only the crate
//! of that type may do it. Each runtime compiles this folder as a module of its own and adds what is
//! its own: how blocks are made, and what comes in from outside.
//!
//! | where | what |
//! |---|---|
//! | [`pallets`](self) | which pallets there are, and their indices: `construct_application!` |
//! | [`configs`] | how each pallet is set up, one file for each concern |
//! | [`apis`] | what a node can ask: `impl_application_apis!` |
//! | [`genesis`] | what is there from the start |
//! | `madang-runtime-common` | what needs no runtime: types, numbers, fees |
//!
//! From the root of its crate it takes what the runtime macro makes, and:
//!
//! | name | what |
//! |---|---|
//! | `Block`, `Executive`, `SessionKeys`, `VERSION` | what they are in every runtime |
//! | `BlockWeight`, `PreInherents` | how much work fits into a block, and what is done before its inherents |
//! | `MAXIMUM_BLOCK_WEIGHT` | how much work fits into every block |
//! | `PROOF_AT_END` | bytes of its proof that are kept for the end of a block |
//! | `OnSetCode` | what becomes of new code: who decides on it is set up with that, by each runtime |
//! | `genesis_config_presets` | the presets |
//! | `weights` | `runtime/src/weights` |
//! | `AccountId`, `Balance` and others | the types of `madang-runtime-common` |
//!
//! A new pallet of ours stands in `pallets.rs` and has a file in `configs/`, and both runtimes have it.

#[macro_use]
mod pallets;
#[macro_use]
pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarks;
pub mod configs;
pub mod genesis;

use crate::Runtime;

/// What every transaction carries besides its call, in the order in which it is checked. Each runtime
/// adds how it gives back weight that was not used.
pub type TxChecks = (
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
);
