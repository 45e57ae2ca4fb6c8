//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use madang_primitives::{
	escrow::AssetKind,
	portal::{
		Access, DestinationView, Direction, GateView, Parties, Party, PortalId, Side, Terms, Toll,
		Version, Way, MAX_PORTALS, MAX_SPAWN_LEN,
	},
	Balance, MetaverseId, ParcelId, MAX_URI_LEN,
};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::AtLeast32BitUnsigned;

/// Name of a place where visitors appear, UTF-8.
pub type Spawn = BoundedVec<u8, ConstU32<MAX_SPAWN_LEN>>;
/// A URI, UTF-8.
pub type Uri = BoundedVec<u8, ConstU32<MAX_URI_LEN>>;
/// The portals on one side of a metaverse.
pub type Links = BoundedVec<Link, ConstU32<MAX_PORTALS>>;

/// Where a gate stands.
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
pub struct Place {
	/// The metaverse.
	pub metaverse: MetaverseId,
	/// The parcel, if it stands on land.
	pub parcel: Option<ParcelId>,
}

/// One end of a portal.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Gate {
	/// Where it stands.
	pub place: Place,
	/// Where visitors appear.
	pub spawn: Spawn,
}

impl From<Gate> for GateView {
	fn from(gate: Gate) -> Self {
		Self {
			metaverse: gate.place.metaverse,
			parcel: gate.place.parcel,
			spawn: gate.spawn.into_inner(),
		}
	}
}

/// Where a portal ends.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum Destination {
	/// In a metaverse.
	#[codec(index = 0)]
	Gate(Gate),
	/// In a world that is not on this chain.
	#[codec(index = 1)]
	External {
		/// Where it is.
		uri: Uri,
		/// Hash of its manifest.
		manifest: H256,
	},
}

impl From<Destination> for DestinationView {
	fn from(destination: Destination) -> Self {
		match destination {
			Destination::Gate(gate) => Self::Gate(gate.into()),
			Destination::External { uri, manifest } => Self::External {
				uri: uri.into_inner(),
				manifest,
			},
		}
	}
}

/// One consent, and for whom it was given.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum Consent<AccountId> {
	/// Somebody signed. Counts as long as the same account owns the metaverse or the parcel.
	#[codec(index = 0)]
	Signed {
		/// Who signed.
		by: AccountId,
		/// Who owned it then.
		owner: AccountId,
	},
	/// The rule of a town agreed. Counts as long as the rule would agree again.
	#[codec(index = 1)]
	Rule,
}

/// The consents of all who have a say, by the index of the [`Party`].
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Consents<AccountId>([Option<Consent<AccountId>>; 4]);

impl<AccountId> Default for Consents<AccountId> {
	fn default() -> Self {
		Self([None, None, None, None])
	}
}

impl<AccountId> Consents<AccountId> {
	/// What this party said.
	pub fn of(&self, party: Party) -> Option<&Consent<AccountId>> {
		let [source_world, source_land, destination_world, destination_land] = &self.0;
		match party {
			Party::SourceWorld => source_world.as_ref(),
			Party::SourceLand => source_land.as_ref(),
			Party::DestinationWorld => destination_world.as_ref(),
			Party::DestinationLand => destination_land.as_ref(),
		}
	}

	/// Writes down, or strikes out, what this party says.
	pub fn set(&mut self, party: Party, consent: Option<Consent<AccountId>>) {
		let [source_world, source_land, destination_world, destination_land] = &mut self.0;
		*match party {
			Party::SourceWorld => source_world,
			Party::SourceLand => source_land,
			Party::DestinationWorld => destination_world,
			Party::DestinationLand => destination_land,
		} = consent;
	}

	/// Who has said anything.
	pub fn parties(&self) -> Parties {
		Party::ALL
			.into_iter()
			.filter(|party| self.of(*party).is_some())
			.collect()
	}
}

/// A storage deposit.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Deposit<AccountId> {
	/// From whom it is held, and to whom it goes back.
	pub payer: AccountId,
	/// How much.
	pub amount: Balance,
}

/// What is in force between the sides.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Agreement<AccountId, BlockNumber> {
	/// The version that was accepted.
	pub version: Version,
	/// The terms.
	pub terms: Terms<BlockNumber>,
	/// Who agreed.
	pub consents: Consents<AccountId>,
	/// Who has paused it.
	pub paused: Parties,
	/// First block in which its notice is over, once somebody closes it.
	pub closes_at: Option<BlockNumber>,
}

/// A portal.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Portal<AccountId, BlockNumber> {
	/// Where it begins.
	pub source: Gate,
	/// Where it ends.
	pub destination: Destination,
	/// The youngest version that was ever offered.
	pub version: Version,
	/// What is in force; `None` while it is only proposed.
	pub agreement: Option<Agreement<AccountId, BlockNumber>>,
	/// What is on hold for its beginning.
	pub source_deposit: Option<Deposit<AccountId>>,
	/// What is on hold for its end.
	pub destination_deposit: Option<Deposit<AccountId>>,
}

impl<AccountId, BlockNumber> Portal<AccountId, BlockNumber> {
	/// The gate at an end; there is none in another chain's world.
	pub const fn gate(&self, side: Side) -> Option<&Gate> {
		match (side, &self.destination) {
			(Side::Source, _) => Some(&self.source),
			(Side::Destination, Destination::Gate(gate)) => Some(gate),
			(Side::Destination, Destination::External { .. }) => None,
		}
	}

	/// Where the gate at an end stands.
	pub fn place(&self, side: Side) -> Option<Place> {
		self.gate(side).map(|gate| gate.place)
	}

	/// Both gates, where they stand.
	pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
		[Side::Source, Side::Destination]
			.into_iter()
			.filter_map(|side| self.place(side))
	}

	/// How many gates stand on land.
	pub fn gates_on_land(&self) -> u32 {
		self.places()
			.map(|place| u32::from(place.parcel.is_some()))
			.sum()
	}

	/// The deposit of an end.
	pub fn deposit_mut(&mut self, side: Side) -> &mut Option<Deposit<AccountId>> {
		match side {
			Side::Source => &mut self.source_deposit,
			Side::Destination => &mut self.destination_deposit,
		}
	}

	/// Who must agree: each metaverse, and the owner of each parcel on which a gate stands.
	pub fn required(&self) -> Parties {
		Party::ALL
			.into_iter()
			.filter(|party| {
				self.place(party.side()).is_some_and(|place| {
					matches!(party, Party::SourceWorld | Party::DestinationWorld)
						|| place.parcel.is_some()
				})
			})
			.collect()
	}

	/// The link by which the metaverse at `side` knows this portal under these terms.
	pub fn link(&self, id: PortalId, side: Side, terms: &Terms<BlockNumber>) -> Link {
		let other = match side {
			Side::Source => Side::Destination,
			Side::Destination => Side::Source,
		};
		Link {
			portal: id,
			other: self.place(other).map(|place| place.metaverse),
			two_way: terms.direction == Direction::TwoWay,
			for_everyone: terms.access == Access::Open,
			toll: terms
				.toll
				.as_ref()
				.map(|toll| (toll.asset.clone(), toll.amount)),
		}
	}
}

/// A portal as the metaverse at one of its ends knows it: what a search for a route needs, so that it
/// reads two entries for each metaverse and not one for each portal.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Link {
	/// The portal.
	pub portal: PortalId,
	/// The metaverse at the other end; `None` when it leads out of this chain.
	pub other: Option<MetaverseId>,
	/// Whether it leads both ways.
	pub two_way: bool,
	/// Whether everyone may go through.
	pub for_everyone: bool,
	/// What it costs.
	pub toll: Option<(AssetKind, Balance)>,
}

/// Terms that wait for consent.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Offer<AccountId, BlockNumber> {
	/// Its number among all that was offered for this portal.
	pub version: Version,
	/// The terms.
	pub terms: Terms<BlockNumber>,
	/// First block in which it cannot be accepted any more.
	pub expires_at: BlockNumber,
	/// Who has agreed.
	pub consents: Consents<AccountId>,
	/// What is on hold for it.
	pub deposit: Option<Deposit<AccountId>>,
}

/// How many passes a portal still gives out.
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
pub struct Bucket<BlockNumber> {
	/// Passes in it.
	pub left: u32,
	/// Block in which the window began in which it was last written.
	pub since: BlockNumber,
}

impl<BlockNumber: AtLeast32BitUnsigned + Copy> Bucket<BlockNumber> {
	/// What is in the bucket now. However many windows passed, the work is the same.
	pub fn refilled(
		self,
		rate: &madang_primitives::portal::Rate<BlockNumber>,
		now: BlockNumber,
	) -> Self {
		// A window of no length is refused with the terms.
		let passed = now
			.saturating_sub(self.since)
			.checked_div(&rate.window)
			.unwrap_or_else(BlockNumber::zero);
		let windows: u32 = passed.unique_saturated_into();
		Self {
			left: self
				.left
				.saturating_add(rate.refill.saturating_mul(windows))
				.min(rate.burst),
			since: self
				.since
				.saturating_add(passed.saturating_mul(rate.window)),
		}
	}
}

/// A toll on hold in the account of a visitor, already cut into its shares.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct HeldToll {
	/// What it is paid in.
	pub asset: AssetKind,
	/// For the metaverse where the portal begins.
	pub source: Balance,
	/// For the metaverse where it ends.
	pub destination: Balance,
	/// For the network.
	pub network: Balance,
}

impl HeldToll {
	/// Cuts a toll.
	pub fn new(toll: &Toll) -> Self {
		let (source, destination, network) = toll.split.shares(toll.amount);
		Self {
			asset: toll.asset.clone(),
			source,
			destination,
			network,
		}
	}

	/// All of it. It was one amount once, so the sum fits.
	pub fn amount(&self) -> Balance {
		self.source
			.saturating_add(self.destination)
			.saturating_add(self.network)
	}
}

/// What a destination did with a pass.
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
pub enum Fate {
	/// Nothing yet.
	#[codec(index = 0)]
	Undecided,
	/// It let the owner in, and the toll was paid out.
	#[codec(index = 1)]
	Used,
	/// It refused the owner, whose toll waits until it can be given back.
	#[codec(index = 2)]
	Refused,
}

/// What the server of the destination looks at. It says everything itself, so that it outlives the
/// portal.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Pass<BlockNumber> {
	/// Which way it leads.
	pub way: Way,
	/// Where the portal begins.
	pub source: Place,
	/// Where the portal ends; `None` when it leads out of this chain.
	pub destination: Option<Place>,
	/// What is on hold for it; nothing any more once it was used.
	pub toll: Option<HeldToll>,
	/// What the destination did with it.
	pub fate: Fate,
	/// First block in which its time is over.
	pub valid_until: BlockNumber,
	/// Storage deposit of its owner.
	pub deposit: Balance,
}

impl<BlockNumber> Pass<BlockNumber> {
	/// Where its owner comes from; `None` when that is no place on this chain.
	pub const fn from(&self) -> Option<Place> {
		match self.way {
			Way::There => Some(self.source),
			Way::Back => self.destination,
		}
	}

	/// Where it leads; `None` when it leads out of this chain.
	pub const fn to(&self) -> Option<Place> {
		match self.way {
			Way::There => self.destination,
			Way::Back => Some(self.source),
		}
	}

	/// Whose servers look at it: those of the place to which it leads or, where that is none of this
	/// chain, of the place that sends people there.
	pub fn gatekeeper(&self) -> Place {
		self.to().unwrap_or(self.source)
	}
}
