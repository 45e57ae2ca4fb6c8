//! Metaverses: what is stored, signed and shown.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;

use crate::{land::TerritoryView, MetaverseId};

/// How far a metaverse has come.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	Serialize,
	TypeInfo,
)]
pub enum Stage {
	/// Founded, not yet open to visitors.
	#[codec(index = 0)]
	Preparation,
	/// Open to visitors.
	#[codec(index = 1)]
	Launched,
}

/// What a manager may be asked to do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
	/// Keeps the profile and the endpoints.
	Profile,
	/// Sells, grants and grows land.
	Land,
	/// Agrees to portals.
	Portal,
	/// Spends from the metaverse's own account.
	Treasury,
}

/// The roles of one manager.
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
pub struct Roles {
	/// May keep the profile and the endpoints.
	pub profile: bool,
	/// May sell, grant and grow land.
	pub land: bool,
	/// May agree to portals.
	pub portal: bool,
	/// May spend from the metaverse's own account.
	pub treasury: bool,
}

impl Roles {
	/// Every role at once.
	pub const ALL: Self = Self {
		profile: true,
		land: true,
		portal: true,
		treasury: true,
	};

	/// Whether `role` is among them.
	pub const fn has(&self, role: Role) -> bool {
		match role {
			Role::Profile => self.profile,
			Role::Land => self.land,
			Role::Portal => self.portal,
			Role::Treasury => self.treasury,
		}
	}

	/// Whether there is no role at all.
	pub const fn is_empty(&self) -> bool {
		!(self.profile || self.land || self.portal || self.treasury)
	}
}

/// How a client talks to the place where a world runs.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	Serialize,
	TypeInfo,
)]
pub enum Protocol {
	/// A page that a browser opens.
	#[codec(index = 0)]
	Web,
	/// The Inter-World Portaling System.
	#[codec(index = 1)]
	Iwps,
	/// A Hyperfy world.
	#[codec(index = 2)]
	Hyperfy,
	/// A Decentraland realm.
	#[codec(index = 3)]
	Decentraland,
	/// Anything else that the URI explains.
	#[codec(index = 4)]
	Custom,
}

/// What `metaverse_get` answers.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct MetaverseView<AccountId, Balance, BlockNumber> {
	/// Its id.
	pub id: MetaverseId,
	/// Its unique name, ASCII.
	pub slug: Vec<u8>,
	/// Who owns it; `None` for a town, which the network owns.
	pub owner: Option<AccountId>,
	/// Who has been asked to take it over.
	pub nominee: Option<AccountId>,
	/// How far it has come.
	pub stage: Stage,
	/// Block in which it was founded.
	pub founded_at: BlockNumber,
	/// Its own account, which is also its treasury.
	pub account: AccountId,
	/// Display name and content, once set.
	pub profile: Option<ProfileView>,
	/// Where clients enter, by index.
	pub endpoints: Vec<EndpointView>,
	/// Managers named by the present owner.
	pub managers: Vec<ManagerView<AccountId>>,
	/// Sales and portals are closed until then.
	pub suspension: Option<SuspensionView<BlockNumber>>,
	/// What is on hold from the owner for the storage that the metaverse takes.
	pub deposit: Balance,
	/// Its land.
	pub territory: Option<TerritoryView<Balance>>,
}

/// Display name and content of a metaverse.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ProfileView {
	/// Display name, UTF-8.
	pub name: Vec<u8>,
	/// URI of the content, UTF-8; empty when there is none.
	pub uri: Vec<u8>,
	/// Hash of the content.
	pub hash: Option<H256>,
}

/// One place where clients enter a world.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct EndpointView {
	/// Which of the places of this metaverse.
	pub index: u8,
	/// How to talk to it.
	pub protocol: Protocol,
	/// Where it is, UTF-8.
	pub uri: Vec<u8>,
	/// Hash of its manifest.
	pub manifest: Option<H256>,
}

/// One manager and the roles.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ManagerView<AccountId> {
	/// Who.
	pub account: AccountId,
	/// May do what.
	pub roles: Roles,
}

/// Why and until when a metaverse is suspended.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct SuspensionView<BlockNumber> {
	/// First block in which it is over.
	pub until: BlockNumber,
	/// Hash of the published reason.
	pub reason: H256,
}

/// Why a query about metaverses has no answer.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub enum MetaverseQueryError {
	/// The limit is zero or above [`crate::MAX_PAGE`].
	#[codec(index = 0)]
	BadLimit,
	/// The cursor does not belong to this list.
	#[codec(index = 1)]
	BadCursor,
}

/// Display name and content as the caller hands them in; lengths and UTF-8 are checked by the call.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct ProfileInput {
	/// Display name, UTF-8, 1 to 64 bytes.
	pub name: Vec<u8>,
	/// URI of the content, UTF-8, at most 256 bytes; empty when there is none.
	pub uri: Vec<u8>,
	/// Hash of the content.
	pub hash: Option<H256>,
}

/// One place where clients enter, as the caller hands it in.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct EndpointInput {
	/// How to talk to it.
	pub protocol: Protocol,
	/// Where it is, UTF-8, 1 to 256 bytes.
	pub uri: Vec<u8>,
	/// Hash of its manifest.
	pub manifest: Option<H256>,
}
