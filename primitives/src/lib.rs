//! Types and traits that the pallets of Madang share.
//!
//! - [`attempt`]: trying what may fail because of somebody's account.
//! - [`attestation`]: who vouches for whom.
//! - [`deposit`]: giving deposits back, whatever other pallets did to the account.
//! - [`escrow`]: funding campaigns: what is signed and shown.
//! - [`geometry`]: cells, areas, sizes and cuts; pure arithmetic without storage.
//! - [`land`] and [`metaverse`]: what is stored or signed by more than one pallet, and the views that the queries answer with.
//! - [`portal`]: links between metaverses: what is signed and shown.
//! - [`town`]: the street plan of the towns; pure arithmetic without storage.
//! - [`traits`]: how one pallet asks another.
//! - [`weight`]: what every pallet says about its weights.
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

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;

pub mod attempt;
pub mod attestation;
pub mod deposit;
pub mod escrow;
pub mod geometry;
pub mod land;
pub mod metaverse;
pub mod portal;
pub mod town;
pub mod traits;
pub mod weight;

/// Identifies a metaverse. Never used twice. 0 and 1 are the towns of the network.
pub type MetaverseId = u32;

/// Identifies a parcel within one metaverse: the item in the land collection. Never used twice.
pub type ParcelId = u32;

/// Identifies the collection of `pallet-nfts` that holds the parcels of one metaverse.
pub type CollectionId = u32;

/// Identifies a fungible asset other than the native token.
pub type AssetId = u32;

/// An amount of money in the smallest unit of its token.
pub type Balance = u128;

/// Longest URI that is stored, in bytes of UTF-8.
pub const MAX_URI_LEN: u32 = 256;

/// Most rows that one page of a list holds.
pub const MAX_PAGE: u32 = 100;

/// One page of a list, and where the next one starts.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct Page<Item, Cursor> {
	/// What was found, in the order of the list.
	pub items: Vec<Item>,
	/// Hand this in to go on; `None` when the list is at its end.
	pub next: Option<Cursor>,
}
