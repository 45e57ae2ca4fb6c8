//! The route that is found, against a search that tries every way.

use frame_support::{assert_ok, traits::fungibles::Mutate};
use madang_mock::*;
use madang_primitives::{
	escrow::AssetKind,
	portal::{
		Access, DestinationInput, Direction, GateInput, PortalId, PortalQueryError, Split, Terms,
		Toll, Way,
	},
	traits::Metaverses,
	MetaverseId,
};
use proptest::prelude::*;
use sp_core::H256;
use sp_runtime::Permill;

use crate::tree;

/// Metaverses of one graph.
const WORLDS: u32 = 6;
/// More hops than the longest way without a circle needs.
const MOST_HOPS: u32 = 6;

/// What may be with a portal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Luck {
	Open,
	/// It still carries everyone.
	Closing,
	Listed,
	Paused,
	Expired,
	/// Its end was never agreed to.
	Proposed,
}

/// A portal of a random graph.
#[derive(Clone, Debug)]
struct Drawn {
	from: u32,
	to: u32,
	two_way: bool,
	/// Whether the toll is in the stablecoin, and how much it is; zero for none.
	toll: (bool, Balance),
	luck: Luck,
}

fn drawn() -> impl Strategy<Value = Drawn> {
	let luck = prop_oneof![
		6 => Just(Luck::Open),
		1 => Just(Luck::Closing),
		1 => Just(Luck::Listed),
		1 => Just(Luck::Paused),
		1 => Just(Luck::Expired),
		1 => Just(Luck::Proposed),
	];
	let ends = (0..WORLDS, 1..WORLDS).prop_map(|(from, on)| (from, (from + on) % WORLDS));
	(
		ends,
		any::<bool>(),
		(prop::bool::weighted(0.2), 0..5u128),
		luck,
	)
		.prop_map(|((from, to), two_way, toll, luck)| Drawn {
			from,
			to,
			two_way,
			toll,
			luck,
		})
}

fn world(number: u32) -> MetaverseId {
	FIRST_ID + number
}

/// Draws a portal on the chain; whoever owns one metaverse owns all.
fn draw(drawn: &Drawn) -> PortalId {
	let id = pallet_portal::NextPortal::<Test>::get();
	let gate = |number| GateInput {
		metaverse: world(number),
		parcel: None,
		spawn: vec![],
	};
	let (in_stable, amount) = drawn.toll;
	let toll = (amount > 0).then(|| Toll {
		asset: if in_stable { stable() } else { native() },
		amount,
		split: Split {
			source: Permill::one(),
			destination: Permill::zero(),
			network: Permill::zero(),
		},
	});
	let terms = Terms {
		direction: if drawn.two_way {
			Direction::TwoWay
		} else {
			Direction::OneWay
		},
		toll,
		access: match drawn.luck {
			Luck::Listed => Access::Allowlist {
				root: tree::root(&[alice()]),
				leaves: 1,
			},
			_ => Access::Open,
		},
		rate: None,
		expires_at: (drawn.luck == Luck::Expired).then(|| System::block_number() + 1),
		notice: MAX_NOTICE,
	};
	// The last metaverse is Bob's for as long as something is only proposed.
	let destination = match drawn.luck {
		Luck::Proposed => GateInput {
			metaverse: world(WORLDS),
			..gate(0)
		},
		_ => gate(drawn.to),
	};
	let alice = || signed(alice());
	assert_ok!(tx(|| Portal::propose(
		alice(),
		gate(drawn.from),
		DestinationInput::Gate(destination),
		terms
	)));
	match drawn.luck {
		Luck::Closing => {
			assert_ok!(tx(|| Portal::close(alice(), id)));
		}
		Luck::Paused => {
			assert_ok!(tx(|| Portal::pause(alice(), id)));
		}
		_ => {}
	}
	id
}

/// A step of the graph, as it was drawn.
#[derive(Clone, Debug)]
struct Step {
	portal: PortalId,
	way: Way,
	from: MetaverseId,
	to: MetaverseId,
	toll: (bool, Balance),
}

/// The tolls in the stablecoin, those in the native token, the steps.
type Cost = (u32, Balance, u32);

fn after(cost: Cost, step: &Step) -> Cost {
	let (stable, native, steps) = cost;
	match step.toll {
		(_, 0) => (stable, native, steps + 1),
		(true, _) => (stable + 1, native, steps + 1),
		(false, amount) => (stable, native + amount, steps + 1),
	}
}

/// Tries every way without a circle.
fn cheapest(
	steps: &[Step],
	been: &mut Vec<MetaverseId>,
	to: MetaverseId,
	hops: u32,
	cost: Cost,
) -> Option<Cost> {
	let here = *been.last().expect("one is somewhere");
	if here == to {
		return Some(cost);
	}
	if hops == 0 {
		return None;
	}
	let mut best: Option<Cost> = None;
	for step in steps {
		if step.from != here || been.contains(&step.to) {
			continue;
		}
		been.push(step.to);
		let found = cheapest(steps, been, to, hops - 1, after(cost, step));
		been.pop();
		best = match (best, found) {
			(Some(best), Some(found)) => Some(best.min(found)),
			(best, found) => best.or(found),
		};
	}
	best
}

/// Checks one answer; tells whether there was a way of more than one step.
fn check(steps: &[Step], from: MetaverseId, to: MetaverseId, hops: u32) -> bool {
	let best = cheapest(steps, &mut vec![from], to, hops, (0, 0, 0));
	let route = match (Portal::api_route(from, to, hops), best) {
		(Err(PortalQueryError::NoRoute), None) => return false,
		(Ok(route), Some(best)) => {
			let mut here = from;
			let mut cost = (0, 0, 0);
			for step in &route.steps {
				let drawn = steps
					.iter()
					.find(|drawn| drawn.portal == step.portal && drawn.way == step.way);
				let drawn = drawn.unwrap_or_else(|| panic!("{step:?} carries nobody"));
				assert_eq!((drawn.from, drawn.to), (here, step.to), "the steps connect");
				let toll = step.toll.as_ref().map_or((false, 0), |(asset, amount)| {
					(*asset != AssetKind::Native, *amount)
				});
				let drawn_toll = match drawn.toll {
					(_, 0) => (false, 0),
					toll => toll,
				};
				assert_eq!(toll, drawn_toll, "the toll is said");
				assert_eq!(step.version, 1, "the version is said");
				cost = after(cost, drawn);
				here = step.to;
			}
			assert_eq!(here, to, "it leads there");
			assert!(route.steps.len() as u32 <= hops, "too many hops");
			assert_eq!(
				cost, best,
				"it is the cheapest from {from} to {to} in {hops} hops"
			);
			assert_eq!(route.native_toll, best.1, "the tolls add up");
			route
		}
		(answer, best) => panic!("{from} to {to} in {hops} hops: {answer:?}, but {best:?}"),
	};
	route.steps.len() > 1
}

fn play(graph: Vec<Drawn>, suspended: Option<u32>) -> usize {
	let mut long = 0;
	build_and_execute(|| {
		for number in 0..WORLDS {
			assert_eq!(register_demo(alice(), 2, 2), world(number));
			let account =
				<Metaverse as Metaverses<RuntimeOrigin, AccountId>>::account(world(number));
			assert_ok!(Assets::mint_into(STABLE, &account, STABLE_MIN));
		}
		assert_eq!(register_demo(bob(), 2, 2), world(WORLDS));
		let ids: Vec<_> = graph.iter().map(draw).collect();
		pass(1);
		let mut steps = Vec::new();
		for (portal, drawn) in ids.into_iter().zip(&graph) {
			let carries = matches!(drawn.luck, Luck::Open | Luck::Closing);
			if !carries || [drawn.from, drawn.to].contains(&suspended.unwrap_or(WORLDS)) {
				continue;
			}
			let (from, to, toll) = (world(drawn.from), world(drawn.to), drawn.toll);
			let way = Way::There;
			let there = Step {
				portal,
				way,
				from,
				to,
				toll,
			};
			if drawn.two_way {
				steps.push(Step {
					way: Way::Back,
					from: to,
					to: from,
					..there.clone()
				});
			}
			steps.push(there);
		}
		if let Some(number) = suspended {
			let until = System::block_number() + 10;
			assert_ok!(Metaverse::suspend(
				root(),
				world(number),
				until,
				H256::zero()
			));
		}
		for from in 0..WORLDS {
			for to in 0..WORLDS {
				for hops in 1..=MOST_HOPS {
					long += usize::from(check(&steps, world(from), world(to), hops));
				}
			}
		}
	});
	long
}

#[test]
fn the_route_is_the_cheapest_there_is() {
	use std::sync::atomic::{AtomicUsize, Ordering};
	let long = AtomicUsize::new(0);
	let graph = prop::collection::vec(drawn(), 0..22);
	let suspended = prop::option::weighted(0.2, 0..WORLDS);
	proptest!(ProptestConfig::with_cases(64), |(graph in graph, suspended in suspended)| {
		long.fetch_add(play(graph, suspended), Ordering::Relaxed);
	});
	// Graphs without long ways would prove nothing.
	let long = long.into_inner();
	assert!(long >= 2_000, "only {long} ways of more than one step");
}
