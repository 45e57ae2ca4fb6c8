//! What land stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
pub use madang_primitives::MAX_URI_LEN;
use madang_primitives::{
	geometry::{Area, Mask, Size},
	land::{SalePolicy, TerritoryView},
	Balance, CollectionId, ParcelId,
};
use scale_info::TypeInfo;
use sp_core::H256;

/// Most parcels that can touch one chunk: each takes at least one of its 256 cells.
pub const MAX_PARCELS_PER_CHUNK: u32 = 256;

/// The land of one metaverse. It always starts at the cell (0, 0).
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Territory {
	/// Width and height in cells.
	pub size: Size,
	/// Collection of `pallet-nfts` whose items are the parcels.
	pub collection: CollectionId,
	/// Cells that belong to a parcel.
	pub claimed: u32,
	/// Number of parcels.
	pub parcels: u32,
	/// Id of the next parcel. Only ever grows, so that no id is used twice.
	pub next_parcel: ParcelId,
	/// On what terms free cells are sold.
	pub sale: SalePolicy<Balance>,
}

impl From<Territory> for TerritoryView<Balance> {
	fn from(territory: Territory) -> Self {
		let Territory {
			size,
			collection,
			claimed,
			parcels,
			next_parcel: _,
			sale,
		} = territory;
		Self {
			size,
			claimed,
			parcels,
			collection,
			sale,
		}
	}
}

/// A claimed area. Who owns it is what `pallet-nfts` says of the item.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Parcel<AccountId> {
	/// Its cells. Never changes under an id.
	pub area: Area,
	/// Who paid the storage deposit and gets it back.
	pub depositor: AccountId,
	/// The storage deposit.
	pub deposit: Balance,
}

/// What is built on a parcel.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Content<AccountId> {
	/// Where the manifest is, UTF-8.
	pub uri: BoundedVec<u8, ConstU32<MAX_URI_LEN>>,
	/// Hash of the manifest.
	pub hash: H256,
	/// Who set it, paid the storage deposit and gets it back.
	pub depositor: AccountId,
	/// The storage deposit.
	pub deposit: Balance,
}

/// A right to set the content of a parcel. It counts only while `granted_by` owns the parcel.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Builder<AccountId, BlockNumber> {
	/// Who may build.
	pub account: AccountId,
	/// First block in which the right is over.
	pub until: BlockNumber,
	/// The owner who granted it.
	pub granted_by: AccountId,
}

/// 16 x 16 cells of a territory: which are taken, and by which parcels.
#[derive(
	Clone,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Chunk {
	/// The taken cells.
	pub cells: Mask,
	/// The parcels that touch the chunk, ascending by id. Calls only insert and remove; queries read
	/// it.
	pub parcels: BoundedVec<ChunkEntry, ConstU32<MAX_PARCELS_PER_CHUNK>>,
}

/// A parcel that touches a chunk. Its area, which never changes, stands here as well, so that a
/// viewport reads a chunk and not every parcel in it.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct ChunkEntry {
	/// Id of the parcel.
	pub id: ParcelId,
	/// All its cells, also those outside the chunk.
	pub area: Area,
}

/// How much land there is.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Supply {
	/// Cells that belong to territories.
	pub allocated: u64,
	/// Cells that belong to parcels.
	pub claimed: u64,
}

/// The price of new territory, as of the period in which it was last written.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Market {
	/// Price of one cell in that period.
	pub price: Balance,
	/// Number of that period.
	pub period: u32,
	/// Cells bought in that period.
	pub allocated: u64,
}
