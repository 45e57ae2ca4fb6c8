//! What every runtime of Madang shares, so that nothing is written twice.
//!
//! - the base types, here;
//! - [`units`]: money, and what a stored byte costs;
//! - [`time`]: blocks and hours;
//! - [`limits`]: how much work and how many bytes fit into a block;
//! - [`fees`]: what a transaction costs;
//! - [`params`]: the numbers of our own pallets and the accounts of the network;
//! - [`proxy`]: which calls a proxy may make.
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

use sp_runtime::{
	generic,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};

pub mod fees;
pub mod limits;
pub mod params;
pub mod proxy;
pub mod time;
pub mod units;

pub use madang_primitives::{AssetId, Balance};

/// A signature of a transaction: Sr25519, Ed25519 or ECDSA.
pub type Signature = MultiSignature;

/// The public key that belongs to a [`Signature`].
pub type AccountPublic = <Signature as Verify>::Signer;

/// Who owns things: 32 bytes, for most accounts a public key.
pub type AccountId = <AccountPublic as IdentifyAccount>::AccountId;

/// How a transaction names an account.
pub type Address = MultiAddress<AccountId, ()>;

/// Number of transactions that an account has sent.
pub type Nonce = u32;

/// Hash of a block, a transaction or a manifest.
pub type Hash = sp_core::H256;

/// Height of a block.
pub type BlockNumber = u32;

/// Milliseconds since 1970.
pub type Moment = u64;

/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;

/// The prefix that makes an address of this chain start as it does.
pub const SS58_PREFIX: u16 = 42;
