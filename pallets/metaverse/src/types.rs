//! What the registry stores, and what its genesis is made of.

use alloc::string::String;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
pub use madang_primitives::MAX_URI_LEN;
use madang_primitives::{
	metaverse::{EndpointView, ManagerView, ProfileView, Protocol, Role, Roles, Stage},
	MetaverseId,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;

/// Shortest slug, in characters.
pub const MIN_SLUG_LEN: u32 = 3;
/// Longest slug, in characters.
pub const MAX_SLUG_LEN: u32 = 32;
/// Longest display name, in bytes of UTF-8.
pub const MAX_NAME_LEN: u32 = 64;
/// Bytes of what every metaverse stores whatever its texts: the keys and fixed fields of its record,
/// slug, profile, index of owners, territory and collection. A test measures them.
pub const RECORD_BYTES: usize = 900;
/// Most endpoints of one metaverse; their indices are below this.
pub const MAX_ENDPOINTS: u32 = 8;
/// Most managers of one metaverse.
pub const MAX_MANAGERS: u32 = 16;

const _: () = assert!(0 < MIN_SLUG_LEN && MIN_SLUG_LEN <= MAX_SLUG_LEN);
const _: () = assert!(
	MAX_ENDPOINTS <= u8::MAX as u32,
	"an endpoint's index is one byte"
);

/// The unique name of a metaverse, ASCII.
pub type Slug = BoundedVec<u8, ConstU32<MAX_SLUG_LEN>>;
/// A display name, UTF-8.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME_LEN>>;
/// A URI, UTF-8.
pub type Uri = BoundedVec<u8, ConstU32<MAX_URI_LEN>>;
/// The endpoints of one metaverse in ascending order of their indices.
pub type EndpointList = BoundedVec<Endpoint, ConstU32<MAX_ENDPOINTS>>;
/// The managers of one metaverse in ascending order of their accounts.
pub type ManagerList<AccountId> = BoundedVec<Manager<AccountId>, ConstU32<MAX_MANAGERS>>;

/// To whom a metaverse belongs.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum Owner<AccountId> {
	/// The network itself: the metaverse is a town.
	#[codec(index = 0)]
	Network,
	/// This account.
	#[codec(index = 1)]
	Account(AccountId),
}

impl<AccountId> Owner<AccountId> {
	/// The account that owns the metaverse; none owns a town.
	pub const fn account(&self) -> Option<&AccountId> {
		match self {
			Self::Network => None,
			Self::Account(account) => Some(account),
		}
	}

	/// Whether the network owns the metaverse.
	pub const fn is_network(&self) -> bool {
		matches!(self, Self::Network)
	}
}

/// One registered metaverse. What is long or seldom needed stands in maps of its own, so that land
/// and portals read little when they ask who may do what.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct MetaverseRecord<AccountId, Balance, BlockNumber> {
	/// To whom it belongs.
	pub owner: Owner<AccountId>,
	/// Who has been asked to take it over.
	pub nominee: Option<AccountId>,
	/// Its unique name.
	pub slug: Slug,
	/// How far it has come.
	pub stage: Stage,
	/// Block in which it was founded.
	pub founded_at: BlockNumber,
	/// The last suspension, which is over once its end has passed.
	pub suspension: Option<Suspension<BlockNumber>>,
	/// What is on hold from the owner.
	pub deposit: Balance,
}

/// Sales and portals are closed for a while.
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
pub struct Suspension<BlockNumber> {
	/// First block of it; an extension keeps this.
	pub since: BlockNumber,
	/// First block in which it is over.
	pub until: BlockNumber,
	/// Hash of the published reason.
	pub reason: H256,
}

impl<BlockNumber: PartialOrd> Suspension<BlockNumber> {
	/// Whether it still holds.
	pub fn is_active(&self, now: &BlockNumber) -> bool {
		self.until > *now
	}
}

/// Display name and content.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Profile {
	/// Display name, never empty.
	pub name: Name,
	/// URI of the content; empty when there is none.
	pub uri: Uri,
	/// Hash of the content.
	pub hash: Option<H256>,
}

impl From<Profile> for ProfileView {
	fn from(profile: Profile) -> Self {
		let Profile { name, uri, hash } = profile;
		Self {
			name: name.into_inner(),
			uri: uri.into_inner(),
			hash,
		}
	}
}

/// One place where clients enter a world.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Endpoint {
	/// Which of the places of this metaverse.
	pub index: u8,
	/// How to talk to it.
	pub protocol: Protocol,
	/// Where it is, never empty.
	pub uri: Uri,
	/// Hash of its manifest.
	pub manifest: Option<H256>,
}

impl From<Endpoint> for EndpointView {
	fn from(endpoint: Endpoint) -> Self {
		let Endpoint {
			index,
			protocol,
			uri,
			manifest,
		} = endpoint;
		Self {
			index,
			protocol,
			uri: uri.into_inner(),
			manifest,
		}
	}
}

/// Somebody whom the present owner asked to help.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Manager<AccountId> {
	/// Who.
	pub account: AccountId,
	/// May do what; never empty.
	pub roles: Roles,
}

impl<AccountId: PartialEq> Manager<AccountId> {
	/// Whether this is `who` with `role`.
	pub fn may(&self, who: &AccountId, role: Role) -> bool {
		self.account == *who && self.roles.has(role)
	}
}

impl<AccountId> From<Manager<AccountId>> for ManagerView<AccountId> {
	fn from(manager: Manager<AccountId>) -> Self {
		let Manager { account, roles } = manager;
		Self { account, roles }
	}
}

/// What is known of a slug that was used at least once.
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
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum SlugState<BlockNumber> {
	/// It names this metaverse.
	#[codec(index = 0)]
	Taken(MetaverseId),
	/// Its metaverse was closed; nobody can take it before this block.
	#[codec(index = 1)]
	CoolingDown {
		/// First block in which it is free.
		until: BlockNumber,
	},
}

/// A town that exists from the first block and belongs to the network.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Town {
	/// Its unique name; may be a reserved one.
	pub slug: String,
	/// Its display name.
	pub name: String,
	/// Columns of its territory.
	pub width: u16,
	/// Rows of its territory.
	pub height: u16,
}

/// A metaverse that exists from the first block and belongs to an account, which pays for it out
/// of its genesis balance as if it had called `register`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Founding<AccountId> {
	/// Who owns and pays.
	pub owner: AccountId,
	/// Its unique name.
	pub slug: String,
	/// Its display name.
	pub name: String,
	/// Columns of its territory.
	pub width: u16,
	/// Rows of its territory.
	pub height: u16,
}
