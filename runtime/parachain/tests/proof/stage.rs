//! A chain on which everything can be called as often as a block has room: land for sale, an open
//! campaign, a campaign that votes, campaigns whose tranche is due, a portal.
//!
//! All of it is done with signed transactions in blocks; only the people's money is there from genesis.

use std::collections::HashMap;

use madang_parachain_runtime::{
	application::genesis::DEMO_METAVERSE, configs::consensus::BLOCKS_PER_RELAY_SLOT, AccountId,
	Metaverse, RuntimeCall, RuntimeEvent, Treasury,
};
use madang_primitives::{
	escrow::{CampaignId, PositionId},
	portal::PortalId,
	MetaverseId,
};
use sp_core::H256;
use sp_keyring::Sr25519Keyring;

use crate::{
	accounts::{person, Person},
	calls::{self, GRACE},
	chain::{Chain, Signed},
};

/// How many of everything there are.
#[derive(Clone, Copy)]
pub struct Size {
	/// People who claim, commit, vote and travel.
	pub people: u32,
	/// Territories with 64 parcels of the largest size each.
	pub territories: u32,
	/// Campaigns whose tranche is due, each with a founder of its own.
	pub campaigns: u32,
}

/// Longest side of a territory that can be had at once.
const SIDE: u16 = 512;
/// Parcels of the largest size in it.
const PARCELS: u32 = 64;

/// The chain, and what can be called on it.
pub struct Stage {
	/// The chain.
	pub chain: Chain,
	size: Size,
	territories: Vec<MetaverseId>,
	portal: PortalId,
	open: (CampaignId, H256),
	/// In the campaign that votes; the position number `i` belongs to person number `i`.
	positions: Vec<PositionId>,
	payable: Vec<CampaignId>,
}

/// What people do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Deed {
	/// `metaverse.register` with 8 x 8 cells.
	Register,
	/// `land.claim` of 64 x 64 cells for money.
	Claim,
	/// `escrow.commit` for the first time.
	Commit,
	/// `escrow.vote`.
	Vote,
	/// `escrow.advance`, which pays the last tranche.
	Release,
	/// `portal.travel` with a toll.
	Travel,
}

impl Deed {
	/// All of them.
	pub const ALL: [Self; 6] = [
		Self::Register,
		Self::Claim,
		Self::Commit,
		Self::Vote,
		Self::Release,
		Self::Travel,
	];

	/// Its call.
	pub fn name(self) -> &'static str {
		match self {
			Self::Register => "metaverse.register",
			Self::Claim => "land.claim 64x64",
			Self::Commit => "escrow.commit",
			Self::Vote => "escrow.vote",
			Self::Release => "escrow.advance, release",
			Self::Travel => "portal.travel",
		}
	}
}

impl Stage {
	/// Sets everything up.
	pub fn new(size: Size) -> Self {
		// The founders come after the people.
		let everybody = (0..size.people + size.campaigns).map(|number| person(number).account);
		// With a core for each block it takes the fewest of them.
		let mut chain = Chain::new(3, everybody);
		let portal = portal(&mut chain);
		let territories = territories(&mut chain, size.territories);
		let payable = payable(&mut chain, size);
		let open = campaign(&mut chain, Sr25519Keyring::Bob, 1_000);
		let positions = vote(&mut chain, size.people);
		chain.wait_for_slot();
		Self {
			chain,
			size,
			territories,
			portal,
			open,
			positions,
			payable,
		}
	}

	/// The same deed by one person after the other.
	pub fn all(&self, deed: Deed) -> impl Iterator<Item = Signed> + '_ {
		(0..self.most(deed)).map(move |number| (person(number), self.call(deed, number, number)))
	}

	/// One deed after the other, each by somebody else.
	pub fn mixed(&self) -> impl Iterator<Item = Signed> + '_ {
		let kinds = Deed::ALL.len() as u32;
		(0..self.size.people)
			.zip(Deed::ALL.into_iter().cycle())
			.map(move |(number, deed)| (person(number), self.call(deed, number, number / kinds)))
	}

	/// How often it can be done.
	fn most(&self, deed: Deed) -> u32 {
		match deed {
			Deed::Claim => self.size.territories * PARCELS,
			Deed::Release => self.size.campaigns,
			_ => self.size.people,
		}
	}

	/// What this person does; land and campaigns have numbers of their own.
	fn call(&self, deed: Deed, person: u32, thing: u32) -> RuntimeCall {
		match deed {
			Deed::Register => calls::register(format!("startup-{person:05}"), 8),
			Deed::Claim => calls::claim(
				self.territories[(thing / PARCELS) as usize],
				SIDE,
				(thing % PARCELS) as u16,
			),
			Deed::Commit => calls::commit(self.open.0, self.open.1),
			Deed::Vote => calls::vote(self.positions[person as usize]),
			Deed::Release => calls::advance(self.payable[thing as usize]),
			Deed::Travel => calls::travel(self.portal),
		}
	}
}

/// A portal with a toll from the demo metaverse of Alice to a world of Bob. Everybody whom the toll
/// reaches has an account for it.
fn portal(chain: &mut Chain) -> PortalId {
	let [alice, bob] = [Sr25519Keyring::Alice, Sr25519Keyring::Bob].map(Person::from);
	let world = found(chain, vec![(bob.clone(), "world-of-bob".into())], 8)[0];
	let payees = [
		Metaverse::account_of(DEMO_METAVERSE),
		Metaverse::account_of(world),
		Treasury::account_id(),
	];
	chain.play(payees.into_iter().flat_map(|payee| {
		[
			(bob.clone(), calls::pay(payee.clone())),
			(bob.clone(), calls::pay_dollar(payee)),
		]
	}));
	chain.play([(alice, calls::propose(DEMO_METAVERSE, world))]);
	chain.play([(bob, calls::accept(0))]);
	0
}

/// Large territories of Charlie, in which everybody may claim.
fn territories(chain: &mut Chain, number: u32) -> Vec<MetaverseId> {
	let charlie = Person::from(Sr25519Keyring::Charlie);
	let founders = (0..number).map(|number| (charlie.clone(), format!("territory-{number}")));
	let territories = found(chain, founders.collect(), SIDE);
	chain.play(
		territories
			.iter()
			.map(|id| (charlie.clone(), calls::sell(*id))),
	);
	territories
}

/// Campaigns with one investor each, who has voted for the one milestone, and whose grace is over.
fn payable(chain: &mut Chain, size: Size) -> Vec<CampaignId> {
	let founders = || (0..size.campaigns).map(|number| person(size.people + number));
	let worlds = founders()
		.enumerate()
		.map(|(number, founder)| (founder, format!("campaigner-{number}")));
	let worlds = found(chain, worlds.collect(), 1);
	let by_founders = |calls: Vec<RuntimeCall>| founders().zip(calls).collect::<Vec<_>>();
	let by_people = |calls: Vec<RuntimeCall>| (0..).map(person).zip(calls).collect::<Vec<_>>();

	// Long enough for everything that must be done meanwhile.
	let period = 20;
	let drafts = worlds.iter().map(|id| calls::create(*id, period, period));
	let campaigns = created(&chain.play(by_founders(drafts.collect())));
	let ids = || campaigns.iter().map(|(id, _)| *id);
	chain.play(by_founders(ids().map(calls::open).collect()));
	let commitments = campaigns.iter().map(|(id, hash)| calls::commit(*id, *hash));
	let committed = chain.play(by_people(commitments.collect()));
	let positions = positions(&committed);
	let positions = (0..size.campaigns).map(|number| positions[&person(number).account]);
	// All blocks of a slot have the same time, so that a slot more may pass.
	chain.wait(period + BLOCKS_PER_RELAY_SLOT);
	chain.play(by_people(ids().map(calls::advance).collect()));
	chain.play(by_founders(ids().map(calls::submit).collect()));
	chain.play(by_people(positions.map(calls::vote).collect()));
	chain.wait(period + GRACE + BLOCKS_PER_RELAY_SLOT);
	ids().collect()
}

/// A campaign of Alice in which all people have positions and can vote now.
fn vote(chain: &mut Chain, people: u32) -> Vec<PositionId> {
	let period = 30;
	let (campaign, hash) = self::campaign(chain, Sr25519Keyring::Alice, period);
	let commitments = (0..people).map(|number| (person(number), calls::commit(campaign, hash)));
	let positions = positions(&chain.play(commitments));
	chain.wait(period + BLOCKS_PER_RELAY_SLOT);
	let alice = Person::from(Sr25519Keyring::Alice);
	chain.play([(alice.clone(), calls::advance(campaign))]);
	chain.play([(alice, calls::submit(campaign))]);
	(0..people)
		.map(|number| positions[&person(number).account])
		.collect()
}

/// An open campaign of somebody with a metaverse of its own.
fn campaign(chain: &mut Chain, founder: Sr25519Keyring, period: u32) -> (CampaignId, H256) {
	let founder = Person::from(founder);
	let slug = format!("campaign-{}", chain.head().number);
	let world = found(chain, vec![(founder.clone(), slug)], 1)[0];
	let call = calls::create(world, period, 100);
	let campaign = created(&chain.play([(founder.clone(), call)]))[0];
	chain.play([(founder, calls::open(campaign.0))]);
	campaign
}

/// Founds metaverses with square territories; slugs come with their founders.
fn found(chain: &mut Chain, founders: Vec<(Person, String)>, side: u16) -> Vec<MetaverseId> {
	chain
		.play(
			founders
				.into_iter()
				.map(|(founder, slug)| (founder, calls::register(slug, side))),
		)
		.into_iter()
		.filter_map(|event| match event {
			RuntimeEvent::Metaverse(pallet_metaverse::Event::Registered { id, .. }) => Some(id),
			_ => None,
		})
		.collect()
}

/// The campaigns that were drafted, with the hashes of their terms.
fn created(events: &[RuntimeEvent]) -> Vec<(CampaignId, H256)> {
	events
		.iter()
		.filter_map(|event| match event {
			RuntimeEvent::Escrow(pallet_escrow::Event::Created {
				campaign,
				terms_hash,
				..
			}) => Some((*campaign, *terms_hash)),
			_ => None,
		})
		.collect()
}

/// The positions of everybody who committed.
fn positions(events: &[RuntimeEvent]) -> HashMap<AccountId, PositionId> {
	events
		.iter()
		.filter_map(|event| match event {
			RuntimeEvent::Escrow(pallet_escrow::Event::Committed { who, position, .. }) => {
				Some((who.clone(), *position))
			}
			_ => None,
		})
		.collect()
}
