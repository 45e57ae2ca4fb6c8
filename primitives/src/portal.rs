//! Portals: what is signed and shown.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Permill;

use crate::{escrow::AssetKind, Balance, CollectionId, MetaverseId, ParcelId};

/// Identifies a portal. Never used twice.
pub type PortalId = u32;

/// Counts what the two sides of a portal were offered, from 1.
pub type Version = u32;

/// Most portals that begin in one metaverse, and most that end in it.
pub const MAX_PORTALS: u32 = 64;

/// Longest name of a place where visitors appear, in bytes of UTF-8.
pub const MAX_SPAWN_LEN: u32 = 64;

/// Most hashes of a proof that an account is on a list: enough for every list there can be.
pub const MAX_PROOF_LEN: u32 = 32;

/// Most portals of one route.
pub const MAX_HOPS: u32 = 16;

/// Most metaverses whose portals one search for a route reads.
pub const MAX_VISITED: u32 = 2_048;

/// Most work of one search for a route, in comparisons of two ways. What costs more counts for as many
/// as take the same time.
pub const MAX_SEARCH_WORK: u32 = 2_000_000;

/// What every leaf of an allowlist begins with, so that it is good for nothing else.
pub const ALLOWLIST_PURPOSE: [u8; 23] = *b"madang/portal/allowlist";

/// A leaf of the tree of accounts that a portal lets through. Its SCALE encoding, 87 bytes without
/// any length in front, is hashed with Blake2-256.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct AllowlistLeaf<AccountId> {
	/// [`ALLOWLIST_PURPOSE`].
	pub purpose: [u8; 23],
	/// Hash of the first block of the chain.
	pub genesis: H256,
	/// Who is let through.
	pub account: AccountId,
}

impl<AccountId> AllowlistLeaf<AccountId> {
	/// The leaf of an account on the chain with this first block.
	pub const fn new(genesis: H256, account: AccountId) -> Self {
		Self {
			purpose: ALLOWLIST_PURPOSE,
			genesis,
			account,
		}
	}
}

/// Who has a say about a portal: at each end the metaverse and, where the gate stands on land, the
/// owner of the parcel.
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
pub enum Party {
	/// The portal managers of the metaverse where it begins.
	#[codec(index = 0)]
	SourceWorld,
	/// Who owns the parcel on which it begins.
	#[codec(index = 1)]
	SourceLand,
	/// The portal managers of the metaverse where it ends.
	#[codec(index = 2)]
	DestinationWorld,
	/// Who owns the parcel on which it ends.
	#[codec(index = 3)]
	DestinationLand,
}

impl Party {
	/// All of them, in the order of their indices.
	pub const ALL: [Self; 4] = [
		Self::SourceWorld,
		Self::SourceLand,
		Self::DestinationWorld,
		Self::DestinationLand,
	];

	/// The end at which this one has a say.
	pub const fn side(self) -> Side {
		match self {
			Self::SourceWorld | Self::SourceLand => Side::Source,
			Self::DestinationWorld | Self::DestinationLand => Side::Destination,
		}
	}
}

/// A set of [`Party`]: the bit `1 << index` of each that is in it.
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
pub struct Parties(u8);

impl Parties {
	/// Whether nobody is in it.
	pub const fn is_empty(self) -> bool {
		self.0 == 0
	}

	/// Whether `party` is in it.
	pub const fn has(self, party: Party) -> bool {
		self.0 & Self::bit(party) != 0
	}

	/// The same with `party` in it.
	pub const fn with(self, party: Party) -> Self {
		Self(self.0 | Self::bit(party))
	}

	/// Everybody who is in both.
	pub const fn and(self, other: Self) -> Self {
		Self(self.0 & other.0)
	}

	/// Everybody who is in either.
	pub const fn or(self, other: Self) -> Self {
		Self(self.0 | other.0)
	}

	/// Everybody who is in this one and not in the other.
	pub const fn without(self, other: Self) -> Self {
		Self(self.0 & !other.0)
	}

	/// Whether somebody of this end is in it.
	pub fn has_side(self, side: Side) -> bool {
		self.iter().any(|party| party.side() == side)
	}

	/// Everybody in it, in the order of their indices.
	pub fn iter(self) -> impl Iterator<Item = Party> {
		Party::ALL.into_iter().filter(move |party| self.has(*party))
	}

	const fn bit(party: Party) -> u8 {
		1 << party as u8
	}
}

impl FromIterator<Party> for Parties {
	fn from_iter<I: IntoIterator<Item = Party>>(parties: I) -> Self {
		parties.into_iter().fold(Self::default(), Self::with)
	}
}

/// An end of a portal.
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
pub enum Side {
	/// Where it begins.
	#[codec(index = 0)]
	Source,
	/// Where it ends.
	#[codec(index = 1)]
	Destination,
}

/// How somebody goes through a portal.
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
pub enum Way {
	/// From the source to the destination.
	#[codec(index = 0)]
	There,
	/// From the destination to the source, through a two-way portal.
	#[codec(index = 1)]
	Back,
}

/// Where a portal leads.
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
pub enum Direction {
	/// From the source to the destination only.
	#[codec(index = 0)]
	OneWay,
	/// Both ways.
	#[codec(index = 1)]
	TwoWay,
}

/// What a portal costs and who gets it.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Toll {
	/// What it is paid in.
	pub asset: AssetKind,
	/// How much, in the smallest unit of the asset. Never zero.
	pub amount: Balance,
	/// Who gets which part.
	pub split: Split,
}

/// The parts of a toll. Together they are exactly one.
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
pub struct Split {
	/// Of the metaverse where the portal begins.
	pub source: Permill,
	/// Of the metaverse where it ends; nothing when it leads out of this chain.
	pub destination: Permill,
	/// Of the network's treasury.
	pub network: Permill,
}

impl Split {
	/// Whether the parts are exactly one together.
	pub fn is_whole(&self) -> bool {
		[self.source, self.destination, self.network]
			.into_iter()
			.fold(0u32, |sum, part| sum.saturating_add(part.deconstruct()))
			== Permill::one().deconstruct()
	}

	/// Cuts an amount: the shares of source, destination and network, whose sum is the amount to the
	/// unit. A part of zero gets zero, because each share is the step from one rounded-down running
	/// sum to the next.
	pub fn shares(&self, amount: Balance) -> (Balance, Balance, Balance) {
		let first = self.source.mul_floor(amount);
		let second = Permill::from_parts(
			self.source
				.deconstruct()
				.saturating_add(self.destination.deconstruct()),
		)
		.mul_floor(amount);
		(
			first,
			second.saturating_sub(first),
			amount.saturating_sub(second),
		)
	}
}

/// Who may go through a portal.
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
pub enum Access {
	/// Everyone.
	#[codec(index = 0)]
	Open,
	/// Who proves to be on a list.
	#[codec(index = 1)]
	Allowlist {
		/// Root of the tree over the leaves, see [`AllowlistLeaf`].
		root: H256,
		/// How many leaves it has. Never zero.
		leaves: u32,
	},
	/// Who owns an item of a collection.
	#[codec(index = 2)]
	Holder {
		/// The collection of `pallet-nfts`.
		collection: CollectionId,
	},
}

/// How many go through a portal: a bucket of `burst` passes, into which `refill` new ones fall
/// whenever a window is over.
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
pub struct Rate<BlockNumber> {
	/// Passes that each window adds.
	pub refill: u32,
	/// Length of a window in blocks.
	pub window: BlockNumber,
	/// Most passes that the bucket holds; it is full in the beginning.
	pub burst: u32,
}

/// What the sides of a portal agree to.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Terms<BlockNumber> {
	/// Which ways it leads.
	pub direction: Direction,
	/// What it costs; free when `None`.
	pub toll: Option<Toll>,
	/// Who may go through.
	pub access: Access,
	/// How many may; any number when `None`.
	pub rate: Option<Rate<BlockNumber>>,
	/// First block in which it is over; it has no end when `None`.
	pub expires_at: Option<BlockNumber>,
	/// Blocks from `close` to the end.
	pub notice: BlockNumber,
}

/// One end of a portal, as the caller hands it in; length and UTF-8 are checked by the call.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct GateInput {
	/// The metaverse.
	pub metaverse: MetaverseId,
	/// The parcel on which it stands, if it stands on land.
	pub parcel: Option<ParcelId>,
	/// Name of the place where visitors appear, UTF-8, at most 64 bytes; empty for the usual one.
	pub spawn: Vec<u8>,
}

/// Where a portal ends, as the caller hands it in.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum DestinationInput {
	/// In a metaverse.
	#[codec(index = 0)]
	Gate(GateInput),
	/// In a world that is not on this chain.
	#[codec(index = 1)]
	External {
		/// Where it is, UTF-8, 1 to 256 bytes.
		uri: Vec<u8>,
		/// Hash of its manifest.
		manifest: H256,
	},
}

/// Why the signer may go through.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum Proof {
	/// Nothing to show: the portal is open to everyone.
	#[codec(index = 0)]
	None,
	/// The way from the signer's leaf to the root of the list.
	#[codec(index = 1)]
	Allowlist {
		/// Position of the leaf, from 0.
		leaf_index: u32,
		/// The hashes beside the way, from the leaf upwards.
		nodes: BoundedVec<H256, ConstU32<MAX_PROOF_LEN>>,
	},
	/// An item of the collection that the signer owns.
	#[codec(index = 2)]
	Item(u32),
}

/// How things stand with a portal. All but the first follow from the clock and from who owns what.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub enum PortalState {
	/// It waits for somebody's consent.
	#[codec(index = 0)]
	Proposed,
	/// It carries visitors.
	#[codec(index = 1)]
	Open,
	/// Somebody paused it.
	#[codec(index = 2)]
	Paused,
	/// It still carries visitors, until its notice is over.
	#[codec(index = 3)]
	Closing,
	/// Its notice is over; `reap` removes it.
	#[codec(index = 4)]
	Closed,
	/// Its term, or the time of the proposal, is over; `reap` removes it.
	#[codec(index = 5)]
	Expired,
	/// A gate changed hands; it carries nobody until the new owner affirms it.
	#[codec(index = 6)]
	Stale,
	/// One of its metaverses is suspended.
	#[codec(index = 7)]
	Suspended,
	/// A metaverse or a parcel of it does not exist any more; `reap` removes it.
	#[codec(index = 8)]
	Gone,
}

impl PortalState {
	/// Whether it carries visitors.
	pub const fn carries(self) -> bool {
		matches!(self, Self::Open | Self::Closing)
	}

	/// Whether `reap` removes it.
	pub const fn is_over(self) -> bool {
		matches!(self, Self::Closed | Self::Expired | Self::Gone)
	}
}

/// How things stand with a pass.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub enum PassState {
	/// The destination should let its owner in.
	#[codec(index = 0)]
	Valid,
	/// The destination let its owner in.
	#[codec(index = 1)]
	Used,
	/// Its time is over; `reap_pass` removes it.
	#[codec(index = 2)]
	Over,
	/// The destination refused its owner, and the toll could not be given back yet, because its asset is
	/// frozen; `reap_pass` gives it back once it is not.
	#[codec(index = 3)]
	Refused,
}

/// One end of a portal.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct GateView {
	/// The metaverse.
	pub metaverse: MetaverseId,
	/// The parcel on which it stands.
	pub parcel: Option<ParcelId>,
	/// Name of the place where visitors appear, UTF-8.
	pub spawn: Vec<u8>,
}

/// Where a portal ends.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum DestinationView {
	/// In a metaverse.
	#[codec(index = 0)]
	Gate(GateView),
	/// In a world that is not on this chain.
	#[codec(index = 1)]
	External {
		/// Where it is, UTF-8.
		uri: Vec<u8>,
		/// Hash of its manifest.
		manifest: H256,
	},
}

/// One consent to a portal.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ConsentView<AccountId> {
	/// Who has to agree.
	pub party: Party,
	/// Who signed; `None` while nobody has, and where a town's rule agrees.
	pub by: Option<AccountId>,
	/// Whether the town's rule agreed.
	pub by_rule: bool,
	/// Whether it counts: it was given, and for whoever owns the thing now.
	pub counts: bool,
}

/// New terms that wait for somebody's consent.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct OfferView<AccountId, BlockNumber> {
	/// What `accept` must name.
	pub version: Version,
	/// The terms.
	pub terms: Terms<BlockNumber>,
	/// First block in which it cannot be accepted any more.
	pub expires_at: BlockNumber,
	/// Whether that block has come; `reap` removes it then.
	pub lapsed: bool,
	/// Who has to agree, and who has.
	pub consents: Vec<ConsentView<AccountId>>,
}

/// What `portal_get` answers.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct PortalView<AccountId, BlockNumber> {
	/// Its id.
	pub id: PortalId,
	/// Where it begins.
	pub source: GateView,
	/// Where it ends.
	pub destination: DestinationView,
	/// How things stand with it.
	pub state: PortalState,
	/// What is in force; `None` while it is only proposed.
	pub agreement: Option<AgreementView<AccountId, BlockNumber>>,
	/// What waits for consent.
	pub offer: Option<OfferView<AccountId, BlockNumber>>,
	/// What is on hold for it, and from whom.
	pub deposits: Vec<(AccountId, Balance)>,
}

/// What is in force between the sides of a portal.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct AgreementView<AccountId, BlockNumber> {
	/// What `travel` must name.
	pub version: Version,
	/// The terms.
	pub terms: Terms<BlockNumber>,
	/// Who agreed.
	pub consents: Vec<ConsentView<AccountId>>,
	/// Who paused it.
	pub paused_by: Vec<Party>,
	/// First block in which its notice is over, once somebody closes it.
	pub closes_at: Option<BlockNumber>,
	/// How many passes the bucket has now; `None` where any number may go.
	pub passes_left: Option<u32>,
}

/// What `portal_pass` answers.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct PassView<BlockNumber> {
	/// The portal.
	pub portal: PortalId,
	/// Which way it leads through the portal.
	pub way: Way,
	/// Metaverse from which it leads.
	pub from: MetaverseId,
	/// Metaverse to which it leads; `None` when it leads out of this chain.
	pub to: Option<MetaverseId>,
	/// How things stand with it.
	pub state: PassState,
	/// First block in which its time is over.
	pub valid_until: BlockNumber,
	/// What is on hold for it until it is used, refused or over.
	pub toll: Option<(AssetKind, Balance)>,
}

/// One step of a route.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct RouteStep {
	/// The portal.
	pub portal: PortalId,
	/// Which way through it.
	pub way: Way,
	/// The metaverse in which the step ends.
	pub to: MetaverseId,
	/// What `travel` must name.
	pub version: Version,
	/// What it costs.
	pub toll: Option<(AssetKind, Balance)>,
}

/// A pair of metaverses has a way on foot: through portals that carry visitors and are open to all.
///
/// It is the cheapest one: first by the number of tolls in other assets than the native token, because
/// nobody can add up amounts of different assets, then by the tolls in the native token, then by the
/// number of steps.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct Route {
	/// The steps, in order; none when one is there already.
	pub steps: Vec<RouteStep>,
	/// All tolls in the native token.
	pub native_toll: Balance,
}

/// Why a query about portals has no answer.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub enum PortalQueryError {
	/// No metaverse has this id.
	#[codec(index = 0)]
	UnknownMetaverse,
	/// The limit is zero or above [`crate::MAX_PAGE`].
	#[codec(index = 1)]
	BadLimit,
	/// The number of hops is zero or above [`MAX_HOPS`].
	#[codec(index = 2)]
	BadHops,
	/// No way with so many hops.
	#[codec(index = 3)]
	NoRoute,
	/// The search came to [`MAX_VISITED`] metaverses or to [`MAX_SEARCH_WORK`] before it knew the cheapest
	/// way.
	#[codec(index = 4)]
	SearchTooLarge,
	/// No portal has ever had an id from which on the list could go on.
	#[codec(index = 5)]
	BadCursor,
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn split(source: u32, destination: u32) -> Split {
		Split {
			source: Permill::from_parts(source),
			destination: Permill::from_parts(destination),
			network: Permill::from_parts(1_000_000 - source - destination),
		}
	}

	#[test]
	fn a_split_that_is_not_whole_is_seen() {
		let mut parts = split(1, 2);
		assert!(parts.is_whole());
		parts.network = Permill::from_parts(999_996);
		assert!(!parts.is_whole(), "one part in a million is missing");
		parts.network = Permill::from_parts(999_998);
		assert!(!parts.is_whole(), "one part in a million is too much");
	}

	proptest! {
		#[test]
		fn shares_are_the_amount_to_the_unit(
			amount in any::<Balance>(),
			source in 0..=1_000_000u32,
			rest in 0..=1_000_000u32,
		) {
			let parts = split(source, (1_000_000 - source).min(rest));
			let (a, b, c) = parts.shares(amount);
			prop_assert_eq!(a.checked_add(b).and_then(|sum| sum.checked_add(c)), Some(amount));
			for (share, part) in [(a, parts.source), (b, parts.destination), (c, parts.network)] {
				prop_assert!(!part.is_zero() || share == 0, "a part of zero gets zero");
				let exact = part.mul_floor(amount);
				prop_assert!(share >= exact && share - exact <= 1, "off by more than a unit");
			}
		}

		#[test]
		fn parties_are_a_set(a in 0..16u8, b in 0..16u8) {
			let (a, b) = (Parties(a), Parties(b));
			for party in Party::ALL {
				prop_assert_eq!(a.and(b).has(party), a.has(party) && b.has(party));
				prop_assert_eq!(a.or(b).has(party), a.has(party) || b.has(party));
				prop_assert_eq!(a.without(b).has(party), a.has(party) && !b.has(party));
			}
			prop_assert_eq!(a.iter().collect::<Parties>(), a);
		}
	}

	#[test]
	fn a_leaf_cannot_be_taken_for_an_inner_node() {
		let leaf = AllowlistLeaf::new(H256::zero(), [0u8; 32]);
		assert_eq!(
			leaf.encode().len(),
			87,
			"two hashes side by side are 64 bytes"
		);
	}
}
