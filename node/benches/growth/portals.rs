//! Journeys and agreements on a chain with more and more portals.

use madang_client::{chain::account_of, street::calls};
use madang_primitives::{
	geometry::Size,
	portal::{DestinationInput, PortalId, Proof, Terms, Version, Way},
	Balance, MetaverseId,
};
use madang_runtime::{BlockNumber, Portal, Runtime};
use madang_runtime_common::units::MILLI;
use pallet_portal::NextPortal;
use sp_core::sr25519::Pair;
use sp_keyring::Sr25519Keyring;

use crate::{
	lab::genesis,
	measure::{each, signers, Stage},
	topic::{Call, Topic},
};

/// Journeys and agreements, with more and more portals.
pub const TOPIC: Topic = Topic {
	name: "growth-portals",
	growing: "portals",
	sizes: [10, 100, 1_000, 10_000],
	calls: &[
		Call {
			name: "portal.travel",
			target: None,
		},
		Call {
			name: "portal.propose",
			target: None,
		},
		Call {
			name: "portal.accept",
			target: None,
		},
	],
	stage,
	note: "Portals: there are as many metaverses as portals, in a ring, and a portal with a toll \
		   leads from each to the next. A hundred people own one more metaverse each. They go \
		   through the first ten portals, ten people through each; they propose a portal to the first \
		   ten metaverses; and they accept one from there that is proposed to each of them already, \
		   which opens it.",
};

/// Who owns the ring.
const OWNER: Sr25519Keyring = Sr25519Keyring::Alice;

/// Metaverses of the ring with which the measured calls have to do.
const NEAR: usize = 10;

/// What every portal costs.
const TOLL: Balance = 100 * MILLI;

/// The version of terms that were never changed.
const FIRST: Version = 1;

/// What the measured calls name.
struct Network {
	/// The metaverses of the ring.
	ring: Vec<MetaverseId>,
	/// The portals of the ring: the one at the same place begins in it.
	portals: Vec<PortalId>,
	/// The metaverses of those who sign.
	homes: Vec<MetaverseId>,
	/// What is proposed to each of them.
	proposals: Vec<PortalId>,
}

fn stage(portals: u32) -> Stage {
	let people = signers(0);
	let (spec, network) = genesis::grown(|| connect(portals, &people));
	let mut stage = Stage::on(&spec);
	stage.prepare(each(&people, |number| {
		let portal = network.portals[number % NEAR];
		calls::travel(portal, FIRST, Way::There, TOLL, Proof::None)
	}));
	stage.prepare(each(&people, |number| {
		let (from, to) = (network.homes[number], network.ring[number % NEAR]);
		calls::propose(genesis::gate(from), genesis::gate(to), terms())
	}));
	stage.prepare(each(&people, |number| {
		calls::accept(network.proposals[number], FIRST)
	}));
	stage
}

/// Opens so many portals, and proposes one to each of these people.
fn connect(portals: u32, people: &[Pair]) -> Network {
	let one = Size::new(1, 1);
	let ring: Vec<MetaverseId> = (0..portals)
		.map(|number| genesis::found(OWNER, &format!("bench-{number}"), one))
		.collect();
	let next = ring.iter().cycle().skip(1);
	let portals = ring
		.iter()
		.zip(next)
		.map(|(from, to)| offer(*from, *to))
		.collect();

	let homes: Vec<MetaverseId> = people
		.iter()
		.enumerate()
		.map(|(number, person)| {
			let account = account_of(person);
			genesis::endow(&account);
			genesis::found(account, &format!("home-{number}"), one)
		})
		.collect();
	let proposals = homes
		.iter()
		.enumerate()
		.map(|(number, home)| offer(ring[number % NEAR], *home))
		.collect();
	Network {
		ring,
		portals,
		homes,
		proposals,
	}
}

/// Proposes a portal for the owner of the ring. Within the ring there is nobody else to agree.
fn offer(from: MetaverseId, to: MetaverseId) -> PortalId {
	let id = NextPortal::<Runtime>::get();
	let (source, destination) = (genesis::gate(from), genesis::gate(to));
	Portal::propose(
		genesis::signed(OWNER),
		source,
		DestinationInput::Gate(destination),
		terms(),
	)
	.expect("the terms are sound");
	id
}

fn terms() -> Terms<BlockNumber> {
	genesis::tolled(TOLL)
}
