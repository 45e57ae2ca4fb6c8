//! Land: what is signed and shown.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;

use crate::{
	geometry::{Area, Size},
	CollectionId, MetaverseId, ParcelId,
};

/// Widest and highest viewport that one query answers, in cells.
pub const MAX_VIEWPORT_SIDE: u16 = 128;

/// On what terms a metaverse sells its free cells.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	Serialize,
	TypeInfo,
)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum SalePolicy<Balance> {
	/// Only land managers claim.
	#[codec(index = 0)]
	#[default]
	Closed,
	/// Everyone may claim at this price.
	#[codec(index = 1)]
	Open {
		/// Price of one cell in the smallest unit of the native token.
		price_per_cell: Balance,
	},
}

/// The land of one metaverse.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct TerritoryView<Balance> {
	/// Width and height in cells.
	pub size: Size,
	/// Cells that belong to a parcel.
	pub claimed: u32,
	/// Number of parcels.
	pub parcels: u32,
	/// Collection of `pallet-nfts` whose items are the parcels.
	pub collection: CollectionId,
	/// On what terms free cells are sold.
	pub sale: SalePolicy<Balance>,
}

/// What `land_parcel` answers.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ParcelView<AccountId, Balance, BlockNumber> {
	/// Metaverse in which it lies.
	pub metaverse: MetaverseId,
	/// Its id, which is also the item id in the collection.
	pub id: ParcelId,
	/// Collection of `pallet-nfts`.
	pub collection: CollectionId,
	/// Its cells.
	pub area: Area,
	/// Who owns it; `None` when the item was burned and the parcel waits for `reap`.
	pub owner: Option<AccountId>,
	/// Who paid the storage deposit.
	pub depositor: AccountId,
	/// The storage deposit.
	pub deposit: Balance,
	/// What is built there.
	pub content: Option<ContentView<AccountId>>,
	/// Who may build there for the owner.
	pub builder: Option<BuilderView<AccountId, BlockNumber>>,
	/// For how much the owner sells it, through `nfts.buy_item`.
	pub listing: Option<ListingView<AccountId, Balance>>,
}

/// What is built on a parcel.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ContentView<AccountId> {
	/// URI, UTF-8.
	pub uri: Vec<u8>,
	/// Hash of the manifest behind the URI.
	pub hash: H256,
	/// Who set it and paid the deposit.
	pub depositor: AccountId,
}

/// Who may build on a parcel, and until when.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct BuilderView<AccountId, BlockNumber> {
	/// Who.
	pub account: AccountId,
	/// First block in which the right is over.
	pub until: BlockNumber,
}

/// A parcel for sale.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ListingView<AccountId, Balance> {
	/// The price.
	pub price: Balance,
	/// The only one who may buy; anyone when `None`.
	pub buyer: Option<AccountId>,
}

/// A viewport: the parcels that touch it, and their owners once each.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct AreaView<AccountId> {
	/// Owners, each once, in the order in which they appear.
	pub owners: Vec<AccountId>,
	/// Parcels in ascending order of their ids.
	pub parcels: Vec<AreaParcel>,
}

/// One parcel in a viewport.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct AreaParcel {
	/// Its id.
	pub id: ParcelId,
	/// All its cells, also those outside the viewport.
	pub area: Area,
	/// Index into the owners; `None` when it waits for `reap`.
	pub owner: Option<u32>,
}

/// A parcel in a list of somebody's parcels.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct OwnedParcel {
	/// Metaverse in which it lies.
	pub metaverse: MetaverseId,
	/// Its id.
	pub id: ParcelId,
	/// Its cells.
	pub area: Area,
}

/// Where a list of somebody's items goes on: collection and item of `pallet-nfts`.
pub type ItemCursor = (CollectionId, ParcelId);

/// What land costs.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct Quote<Balance, BlockNumber> {
	/// Number of cells asked for.
	pub cells: u32,
	/// Price of one cell now.
	pub price_per_cell: Balance,
	/// Price of all cells now.
	pub price: Balance,
	/// Price of one cell in the next period, if nothing more is bought in this one.
	pub next_price_per_cell: Balance,
	/// Price of all cells then.
	pub next_price: Balance,
	/// First block of the next period.
	pub next_period_at: BlockNumber,
	/// Whether the supply has that many cells left.
	pub available: bool,
}

/// How scarce land is.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct SupplyView<Balance, BlockNumber> {
	/// Cells that can ever be allocated to territories at one time.
	pub cap: u64,
	/// Cells allocated to territories.
	pub allocated: u64,
	/// Cells that belong to parcels.
	pub claimed: u64,
	/// Price of one cell now.
	pub price_per_cell: Balance,
	/// Number of the running price period.
	pub period: u32,
	/// First block of the next one.
	pub next_period_at: BlockNumber,
	/// Cells allocated in the running period.
	pub allocated_in_period: u64,
}

/// Why a query about land has no answer.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub enum LandQueryError {
	/// No metaverse has this id.
	#[codec(index = 0)]
	UnknownMetaverse,
	/// The metaverse has no parcel with this id.
	#[codec(index = 1)]
	UnknownParcel,
	/// Width or height is zero.
	#[codec(index = 2)]
	EmptyArea,
	/// The area or the cell is not inside the territory.
	#[codec(index = 3)]
	OutsideTerritory,
	/// Width or height is above [`MAX_VIEWPORT_SIDE`].
	#[codec(index = 4)]
	AreaTooLarge,
	/// The limit is zero or above [`crate::MAX_PAGE`].
	#[codec(index = 5)]
	BadLimit,
	/// No territory can have that many cells when it is founded.
	#[codec(index = 6)]
	BadCells,
}

/// What is built on a parcel, as the caller hands it in; length and UTF-8 are checked by the call.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct ContentInput {
	/// URI, UTF-8, 1 to 256 bytes.
	pub uri: Vec<u8>,
	/// Hash of the manifest behind the URI.
	pub hash: H256,
}
