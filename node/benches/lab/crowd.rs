//! A crowd in the genesis of a development chain: people who own land, sell it, invest and travel.
//!
//! Everybody has the same: money, test dollars, a parcel, a parcel that is for sale, and a stake in
//! two campaigns. So a block of any common call can have as many signers as transactions, and their
//! things lie scattered over the state.

use std::iter;

use madang_client::{campaign::preset::one_milestone, chain::account_of};
use madang_primitives::{
	escrow::{Apathy, AssetKind, PositionId, Terms},
	geometry::{Area, Size, CHUNK_SIDE},
	land::SalePolicy,
	portal::{DestinationInput, PortalId},
	Balance, CollectionId, MetaverseId, ParcelId,
};
use madang_runtime::{
	genesis_config_presets::{TEST_DOLLAR, TUSD},
	AccountId, BlockNumber, Escrow, Hash, Land, Nfts, Portal, Runtime, System,
};
use madang_runtime_common::{time::MILLISECS_PER_BLOCK, units::MILLI};
use pallet_land::Territories;
use pallet_portal::NextPortal;
use sp_core::{sr25519::Pair, DeriveJunction, Pair as _};
use sp_keyring::Sr25519Keyring;
use sp_runtime::Permill;

use super::{
	campaign::Campaign,
	genesis::{endow, found, gate, give_dollars, signed, toll, tolled},
};

/// Who owns the land that the crowd buys.
const LANDLORD: Sr25519Keyring = Sr25519Keyring::Alice;

/// Whose campaign takes money.
const COLLECTOR: Sr25519Keyring = Sr25519Keyring::Bob;

/// Whose campaign has a vote.
const BUILDER: Sr25519Keyring = Sr25519Keyring::Charlie;

/// Whose campaign has failed.
const QUITTER: Sr25519Keyring = Sr25519Keyring::Dave;

/// Width and height of a territory: the largest that can be founded.
const WORLD_SIDE: u16 = 512;

/// Width and height of a parcel.
const PARCEL_SIDE: u16 = 4;

/// Chunks in a row of a territory.
const CHUNKS_IN_A_ROW: usize = (WORLD_SIDE / CHUNK_SIDE) as usize;

/// Parcels in a row of a chunk.
const PARCELS_IN_A_ROW: usize = (CHUNK_SIDE / PARCEL_SIDE) as usize;

/// Chunks of a territory.
const CHUNKS: usize = CHUNKS_IN_A_ROW * CHUNKS_IN_A_ROW;

/// Parcels for which a territory has room.
const PLACES: usize = CHUNKS * PARCELS_IN_A_ROW * PARCELS_IN_A_ROW;

/// Territories in which nothing is claimed yet.
const SALES: usize = 4;

/// Portals, between those territories: each begins and ends fewer than it can.
const PORTALS: usize = 64;

/// Price of a parcel that somebody sells.
pub const PRICE: Balance = 100 * MILLI;

/// What somebody puts into a campaign.
pub const TICKET: Balance = 10 * TUSD;

/// What a portal costs.
pub const TOLL: Balance = TUSD;

/// What everybody has in test dollars.
const DOLLARS: Balance = 1_000 * TUSD;

/// What a campaign needs: the tickets of ten people, and the least that there can be.
const GOAL: Balance = 100 * TUSD;

/// More than the crowd puts in.
const CAP: Balance = 10_000_000 * TUSD;

/// What a founder puts at stake.
const BOND: Balance = 10 * TUSD;

/// Blocks for which the campaign with a vote took money.
const SHORT: BlockNumber = 3;

/// Blocks for which the others take it, and in which a milestone is due.
const LONG: BlockNumber = 1_000;

/// Blocks for a vote: more than a benchmark makes.
const VOTING: BlockNumber = 100;

/// Somebody.
pub struct Person {
	/// The key.
	pub pair: Pair,
	/// The account.
	pub account: AccountId,
}

/// A parcel.
#[derive(Clone, Copy)]
pub struct Plot {
	/// Where it lies.
	pub metaverse: MetaverseId,
	/// The collection whose item it is.
	pub collection: CollectionId,
	/// Its id.
	pub parcel: ParcelId,
}

/// The people and their things. What has the same number belongs to the same person.
pub struct Crowd {
	/// The people.
	pub people: Vec<Person>,
	/// The parcel of each.
	pub homes: Vec<Plot>,
	/// For each a parcel that somebody else sells for [`PRICE`].
	pub offers: Vec<Plot>,
	/// A campaign in which nobody is in yet.
	pub collecting: Campaign,
	/// The positions in a campaign in which everybody may vote.
	pub voting: Vec<PositionId>,
	/// The positions in one that failed, from which everybody may claim the money back.
	pub failed: Vec<PositionId>,
	/// Each takes [`TOLL`] in the test dollar.
	pub portals: Vec<PortalId>,
	/// Territories of somebody else, at an open sale.
	sales: Vec<MetaverseId>,
}

impl Crowd {
	/// Stores so many people and their things, at least ten, in the genesis that is being made.
	pub fn settle(count: usize) -> Self {
		let people = gather(count);
		let sales = open_sales("sale", SALES);
		let land = open_sales("land", (2 * count).div_ceil(PLACES));
		let homes = people
			.iter()
			.enumerate()
			.map(|(number, person)| claim(&land, number, person))
			.collect();
		let offers = (0..count)
			.map(|number| {
				let seller = &people[opposite(number, count)];
				put_up_for_sale(claim(&land, count + number, seller), seller)
			})
			.collect();
		let portals = open_portals(&sales);
		let collecting = open_campaign(COLLECTOR, "collector", LONG);
		let building = open_campaign(BUILDER, "builder", SHORT);
		let ending = open_campaign(QUITTER, "quitter", LONG);
		let voting = fill(&building, &people);
		let failed = fill(&ending, &people);
		Escrow::cancel(signed(QUITTER), ending.id).expect("the founder may");
		set_clock(SHORT);
		Escrow::advance(signed(BUILDER), building.id).expect("the period is over");
		Escrow::submit_milestone(signed(BUILDER), building.id, Hash::zero()).expect("it succeeded");
		// The first block has to come after all that.
		set_clock(0);
		System::reset_events();
		Self {
			people,
			homes,
			offers,
			collecting,
			voting,
			failed,
			portals,
			sales,
		}
	}

	/// Somebody else than the person with this number, and for each another one.
	pub fn opposite(&self, number: usize) -> &Person {
		&self.people[opposite(number, self.people.len())]
	}

	/// Free cells at an open sale, for each person others.
	pub fn free_place(&self, number: usize) -> (MetaverseId, Area) {
		place(&self.sales, number)
	}

	/// The portal that a person takes.
	pub fn portal(&self, number: usize) -> PortalId {
		self.portals[number % self.portals.len()]
	}
}

/// Opens the campaign of a founder in the test dollar, with a metaverse for it.
fn open_campaign(founder: Sr25519Keyring, slug: &str, period: BlockNumber) -> Campaign {
	let metaverse = found(founder, slug, Size::new(1, 1));
	let milestones = one_milestone(LONG, Hash::zero());
	Campaign::open(founder, metaverse, terms(period), milestones)
}

/// Lets everybody put a ticket in, and gives their positions.
fn fill(campaign: &Campaign, people: &[Person]) -> Vec<PositionId> {
	let tickets = people.iter();
	tickets
		.map(|person| campaign.take(&person.account, TICKET))
		.collect()
}

fn terms(period: BlockNumber) -> Terms<BlockNumber> {
	Terms {
		asset: AssetKind::WithId(TEST_DOLLAR),
		goal: GOAL,
		cap: CAP,
		min_ticket: TUSD,
		bond: BOND,
		min_investors: 1,
		opens_after: 0,
		period,
		lock: 1,
		cooling_off: 0,
		voting: VOTING,
		grace: VOTING,
		lock_up: 0,
		kickoff: Permill::zero(),
		on_apathy: Apathy::TacitApprove,
		documents: Hash::zero(),
	}
}

/// People with money, whose keys are `//madang//0` and so on.
fn gather(count: usize) -> Vec<Person> {
	let family = Pair::from_string("//madang", None).expect("it is a path");
	(0..count as u64)
		.map(|number| {
			let (pair, _) = family
				.derive(iter::once(DeriveJunction::hard(number)), None)
				.expect("a pair has hard junctions");
			let account = account_of(&pair);
			endow(&account);
			give_dollars(&account, DOLLARS);
			Person { pair, account }
		})
		.collect()
}

/// Founds territories in which everybody may claim.
fn open_sales(name: &str, count: usize) -> Vec<MetaverseId> {
	let size = Size::new(WORLD_SIDE, WORLD_SIDE);
	let policy = SalePolicy::Open {
		price_per_cell: MILLI,
	};
	(0..count)
		.map(|number| {
			let metaverse = found(LANDLORD, &format!("{name}-{number}"), size);
			Land::set_sale(signed(LANDLORD), metaverse, policy).expect("it is the owner's");
			metaverse
		})
		.collect()
}

/// Opens portals from each territory to the next. All belong to one, so there is nobody to agree.
fn open_portals(worlds: &[MetaverseId]) -> Vec<PortalId> {
	let mut terms = tolled(TOLL);
	terms.toll = Some(toll(AssetKind::WithId(TEST_DOLLAR), TOLL));
	let world = |number: usize| worlds[number % worlds.len()];
	(0..PORTALS)
		.map(|number| {
			let id = NextPortal::<Runtime>::get();
			let (from, to) = (gate(world(number)), gate(world(number + 1)));
			let to = DestinationInput::Gate(to);
			Portal::propose(signed(LANDLORD), from, to, terms.clone()).expect("they are sound");
			id
		})
		.collect()
}

/// Claims a place for somebody, who pays for it.
fn claim(worlds: &[MetaverseId], number: usize, person: &Person) -> Plot {
	let (metaverse, area) = place(worlds, number);
	let territory = Territories::<Runtime>::get(metaverse).expect("it was founded");
	let claimant = signed(person.account.clone());
	Land::claim(claimant, metaverse, area, Balance::MAX).expect("the cells are free");
	Plot {
		metaverse,
		collection: territory.collection,
		parcel: territory.next_parcel,
	}
}

fn put_up_for_sale(plot: Plot, seller: &Person) -> Plot {
	let Plot {
		collection, parcel, ..
	} = plot;
	let owner = signed(seller.account.clone());
	Nfts::set_price(owner, collection, parcel, Some(PRICE), None).expect("it is the owner's");
	plot
}

/// Territory and area of a parcel. Numbers that follow each other are in different chunks.
fn place(worlds: &[MetaverseId], number: usize) -> (MetaverseId, Area) {
	let (world, place) = (number % worlds.len(), number / worlds.len());
	assert!(place < PLACES, "the territories are full");
	let (chunk, part) = (place % CHUNKS, place / CHUNKS);
	let at = |chunk: usize, part: usize| chunk as u16 * CHUNK_SIDE + part as u16 * PARCEL_SIDE;
	let area = Area::new(
		at(chunk % CHUNKS_IN_A_ROW, part % PARCELS_IN_A_ROW),
		at(chunk / CHUNKS_IN_A_ROW, part / PARCELS_IN_A_ROW),
		PARCEL_SIDE,
		PARCEL_SIDE,
	);
	(worlds[world], area)
}

/// The number of somebody else among so many.
fn opposite(number: usize, count: usize) -> usize {
	(number + count / 2) % count
}

/// Sets both clocks: that of the blocks and that of the milliseconds.
fn set_clock(block: BlockNumber) {
	System::set_block_number(block);
	pallet_timestamp::Now::<Runtime>::put(u64::from(block) * MILLISECS_PER_BLOCK);
}
