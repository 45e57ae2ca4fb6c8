//! The words of the naive model: what there is, and everything that can happen.

use std::collections::{BTreeMap, BTreeSet};

/// The rules of the mock runtime, written down once more.
pub mod rules {
	pub const EXISTENTIAL: u128 = 10;
	pub const STABLE_MIN: u128 = 10;
	pub const OFFER_LIFETIME: u32 = 20;
	pub const PASS_LIFETIME: u32 = 10;
	pub const MIN_NOTICE: u32 = 5;
	pub const MAX_NOTICE: u32 = 50;
	pub const TOWN_PORTALS: usize = 2;
	pub const PORTALS: usize = 64;
	pub const SPAWN_LEN: usize = 64;
	pub const URI_LEN: usize = 256;
}

/// The names of errors.
pub type Reasons = BTreeSet<&'static str>;

/// Who signs: a person by number, or the network.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Who {
	Person(u8),
	Network,
}

/// Somebody who has money or land.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Account {
	Person(u8),
	/// A metaverse's own.
	World(u32),
	Treasury,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Coin {
	Native,
	Stable,
	/// An asset in which no tolls may be paid.
	Other,
}

/// What an account has: what it can move, and what is on hold for what.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Purse {
	pub free: u128,
	pub portals: u128,
	pub passes: u128,
	pub tolls: u128,
}

#[derive(Clone, Copy, Debug)]
pub enum For {
	Portal,
	Pass,
	Toll,
}

impl Purse {
	pub fn held(&mut self, what: For) -> &mut u128 {
		match what {
			For::Portal => &mut self.portals,
			For::Pass => &mut self.passes,
			For::Toll => &mut self.tolls,
		}
	}
}

/// What the issuer of the stablecoin did to an account.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mark {
	Frozen,
	Blocked,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum End {
	Source,
	Destination,
}

impl End {
	pub const BOTH: [Self; 2] = [Self::Source, Self::Destination];

	pub fn other(self) -> Self {
		match self {
			Self::Source => Self::Destination,
			Self::Destination => Self::Source,
		}
	}
}

/// Who has a say at an end: the metaverse, or the owner of the land.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
	World,
	Land,
}

pub type Voice = (End, Kind);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Place {
	pub world: u32,
	pub plot: Option<u32>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gate {
	pub place: Place,
	pub spawn: Vec<u8>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Goal {
	Gate(Gate),
	External { uri: Vec<u8> },
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Access {
	Open,
	/// These persons, in the order of the list.
	List(Vec<u8>),
	/// Who owns land in this metaverse.
	Landlords(u32),
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Toll {
	pub coin: Coin,
	pub amount: u128,
	/// Millionths for source, destination and network.
	pub split: [u32; 3],
}

impl Toll {
	/// The shares: each is the step from one rounded-down running sum to the next.
	pub fn shares(&self) -> [u128; 3] {
		let part = |millionths: u32| {
			let millionths = u128::from(millionths);
			self.amount / 1_000_000 * millionths + self.amount % 1_000_000 * millionths / 1_000_000
		};
		let [source, destination, _] = self.split;
		let (one, two) = (part(source), part(source + destination));
		[one, two - one, self.amount - two]
	}
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deal {
	pub two_way: bool,
	pub toll: Option<Toll>,
	pub access: Access,
	/// Refill, window, burst.
	pub rate: Option<(u32, u32, u32)>,
	pub expires_at: Option<u32>,
	pub notice: u32,
}

/// For whom a consent was given, and by whom; without a signer it is a town's rule that agreed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Consent {
	Signed { by: Who, owner: Account },
	Rule,
}

pub type Consents = BTreeMap<Voice, Consent>;

/// How many passes are left, and when the running window began.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bucket {
	pub left: u32,
	pub since: u32,
}

impl Bucket {
	/// Lets time pass, window by window.
	pub fn fill(&mut self, (refill, window, burst): (u32, u32, u32), now: u32) {
		while self.since.checked_add(window).is_some_and(|end| end <= now) {
			self.since += window;
			self.left = self.left.saturating_add(refill).min(burst);
		}
	}
}

#[derive(Clone, Debug)]
pub struct Agreement {
	pub version: u32,
	pub deal: Deal,
	pub consents: Consents,
	pub paused: BTreeSet<Voice>,
	pub closes_at: Option<u32>,
	pub bucket: Option<Bucket>,
	/// How many portals were opened before it.
	pub opened: u32,
}

#[derive(Clone, Debug)]
pub struct Offer {
	pub version: u32,
	pub deal: Deal,
	pub consents: Consents,
	/// First block in which it is over.
	pub until: u32,
	/// Who paid for it.
	pub payer: Option<u8>,
}

#[derive(Clone, Debug)]
pub struct Portal {
	pub source: Gate,
	pub goal: Goal,
	pub version: u32,
	pub agreement: Option<Agreement>,
	pub offer: Option<Offer>,
	/// Who paid for each end.
	pub payers: BTreeMap<End, u8>,
}

impl Portal {
	pub fn place(&self, end: End) -> Option<Place> {
		match (end, &self.goal) {
			(End::Source, _) => Some(self.source.place),
			(End::Destination, Goal::Gate(gate)) => Some(gate.place),
			(End::Destination, Goal::External { .. }) => None,
		}
	}

	/// The metaverse at an end.
	pub fn world(&self, end: End) -> Option<u32> {
		self.place(end).map(|place| place.world)
	}

	/// All who have a say.
	pub fn voices(&self) -> Vec<Voice> {
		let mut voices = Vec::new();
		for end in End::BOTH {
			if let Some(place) = self.place(end) {
				voices.push((end, Kind::World));
				if place.plot.is_some() {
					voices.push((end, Kind::Land));
				}
			}
		}
		voices
	}
}

#[derive(Clone, Debug)]
pub struct Pass {
	pub back: bool,
	pub source: Place,
	pub destination: Option<Place>,
	/// What is on hold, as long as it is.
	pub toll: Option<Toll>,
	pub used: bool,
	/// Turned away, with a toll that cannot be given back yet.
	pub refused: bool,
	pub until: u32,
}

impl Pass {
	/// Where somebody looks at it.
	pub fn gatekeeper(&self) -> Place {
		if self.back {
			return self.source;
		}
		self.destination.unwrap_or(self.source)
	}
}

#[derive(Clone, Debug, Default)]
pub struct World {
	/// Nobody but the network owns a town.
	pub owner: Option<u8>,
	pub launched: bool,
	/// Managers, and whether they have the portal role.
	pub managers: BTreeMap<u8, bool>,
	/// First block in which the suspension is over.
	pub suspended_until: u32,
	pub plots: BTreeMap<u32, Account>,
	pub next_plot: u32,
}

/// What is held for what, as it was measured once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deposits {
	pub side: u128,
	/// For a portal that leads out of this chain, without its URI, of which each byte costs one.
	pub external: u128,
	pub offer: u128,
	pub pass: u128,
}

/// What a visitor shows.
#[derive(Clone, Debug)]
pub enum Proof {
	Nothing,
	/// The proof for the place of `of` on the list of these persons, or for the first place, `bent` in
	/// one bit or not.
	List {
		list: Vec<u8>,
		of: u8,
		bent: bool,
	},
	Plot(u32),
}

/// Everything that can happen.
#[derive(Clone, Debug)]
pub enum Call {
	Propose {
		who: Who,
		source: Gate,
		goal: Goal,
		deal: Deal,
	},
	Accept {
		who: Who,
		portal: u32,
		version: u32,
	},
	Amend {
		who: Who,
		portal: u32,
		deal: Deal,
	},
	Pause(Who, u32),
	Resume(Who, u32),
	Affirm(Who, u32),
	Close(Who, u32),
	Travel {
		who: u8,
		portal: u32,
		version: u32,
		back: bool,
		max_toll: u128,
		proof: Proof,
	},
	Admit(Who, u32, u8),
	Refuse(Who, u32, u8),
	Reap(u8, u32),
	ReapPass(u8, u32, u8),
	/// Something that is no call of portals.
	Around(Around),
}

/// What other pallets do. Who signs is whoever may.
#[derive(Clone, Debug)]
pub enum Around {
	Wait(u32),
	Sell {
		world: u32,
		plot: u32,
		to: Account,
		by_nfts: bool,
	},
	Burn {
		world: u32,
		plot: u32,
		reap: bool,
	},
	Release {
		world: u32,
		plot: u32,
	},
	Split {
		world: u32,
		plot: u32,
	},
	Claim {
		who: u8,
		world: u32,
	},
	HandOver {
		world: u32,
		to: u8,
	},
	/// Makes somebody manager with or without the portal role; with `None` not manager any more.
	Manager {
		world: u32,
		who: u8,
		portals: Option<bool>,
	},
	Suspend {
		world: u32,
		blocks: u32,
	},
	Lift(u32),
	Launch(u32),
	Found(u8),
	CloseWorld(u32),
	FreezeAsset(bool),
	Mark(Account, Option<Mark>),
	/// Spends all that a metaverse has.
	Drain(u32, Coin),
	Give {
		from: u8,
		to: Account,
		coin: Coin,
		amount: u128,
	},
}

#[derive(Clone, Debug, Default)]
pub struct Model {
	pub now: u32,
	pub worlds: BTreeMap<u32, World>,
	pub next_world: u32,
	pub portals: BTreeMap<u32, Portal>,
	pub next_portal: u32,
	/// How many portals were ever opened.
	pub opened: u32,
	pub passes: BTreeMap<(u32, u8), Pass>,
	pub purses: BTreeMap<(Account, Coin), Purse>,
	pub frozen: bool,
	pub marks: BTreeMap<Account, Mark>,
	pub deposits: Deposits,
}
