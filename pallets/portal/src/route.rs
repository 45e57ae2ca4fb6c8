//! The cheapest way on foot from one metaverse to another.
//!
//! Runs off chain, in a query. It relaxes the portals layer by layer: what is known after `n` layers is
//! the cheapest way with at most `n` steps to each metaverse, so the limit on hops costs nothing extra.
//! The links in the indexes tell all that a search needs; whether a portal really carries somebody is
//! asked only of those on the way that was found, and when one does not, the search goes on
//! without it. Links that were read once are kept, so another search reads nothing again.
//!
//! Metaverses are numbered as they are met and steps as they are read. All that a search compares
//! stands in vectors under these numbers, and only what is read for the first time is looked up by
//! its id.
//!
//! Whoever opens portals decides how much there is to search, so everything that a search does is
//! counted as work, and it ends when that is too much.

use alloc::{collections::BTreeMap, vec, vec::Vec};
use core::ops::Range;
use frame_support::ensure;
use madang_primitives::{
	escrow::AssetKind,
	portal::{
		PortalId, PortalQueryError, Route, RouteStep, Way, MAX_HOPS, MAX_SEARCH_WORK, MAX_VISITED,
	},
	Balance, MetaverseId,
};
use sp_runtime::traits::Zero;

use crate::{pallet::*, Link};

/// Work of reading what begins and ends in a metaverse.
const VISIT: u32 = 500;

/// Work of reading one of its portals there.
const LINK: u32 = 20;

/// Work of comparing one step with what is known.
const COMPARISON: u32 = 1;

/// Work of asking a portal whether it carries anybody.
const QUESTION: u32 = 2_000;

/// What a way costs: tolls in other assets than the native token, then tolls in it.
type Cost = (u32, Balance);

/// What the way to where one is costs.
const FREE: Cost = (0, 0);

/// What a toll costs.
const fn cost_of(toll: &Option<(AssetKind, Balance)>) -> Cost {
	match toll {
		None => FREE,
		Some((AssetKind::Native, amount)) => (0, *amount),
		Some((AssetKind::WithId(_), _)) => (1, 0),
	}
}

/// What two ways cost together.
const fn together(a: Cost, b: Cost) -> Cost {
	(a.0.saturating_add(b.0), a.1.saturating_add(b.1))
}

/// A metaverse that was met.
struct World {
	id: MetaverseId,
	/// Its steps out, once they were read.
	steps: Option<Range<usize>>,
}

/// A step through a portal that everyone may take.
struct Step {
	portal: PortalId,
	way: Way,
	/// Number of the metaverse in which it ends.
	to: usize,
	cost: Cost,
	/// Whether the portal turned out to carry nobody.
	dead: bool,
}

/// A metaverse that was reached.
#[derive(Clone, Copy)]
struct Arrival {
	world: usize,
	cost: Cost,
	/// The last step, and the arrival from which it was taken; nothing where the way begins.
	by: Option<(usize, usize)>,
}

/// What a search knows.
#[derive(Default)]
struct Search {
	worlds: Vec<World>,
	numbers: BTreeMap<MetaverseId, usize>,
	steps: Vec<Step>,
	/// Metaverses whose steps were read.
	visited: u32,
	/// What all of it took.
	work: u32,
}

impl<T: Config> Pallet<T> {
	/// Answers `portal_route`.
	pub fn api_route(
		from: MetaverseId,
		to: MetaverseId,
		max_hops: u32,
	) -> Result<Route, PortalQueryError> {
		Self::ensure_metaverse(from)?;
		Self::ensure_metaverse(to)?;
		ensure!(
			(1..=MAX_HOPS).contains(&max_hops),
			PortalQueryError::BadHops
		);
		let mut search = Search::default();
		let (start, goal) = (search.number(from), search.number(to));
		// Each time around, at least one more step is dead or the way is found. The bound on the work
		// ends this.
		loop {
			let way = search.cheapest_way::<T>(start, goal, max_hops)?;
			search.spend(way.len(), QUESTION)?;
			let mut steps = Vec::with_capacity(way.len());
			for number in &way {
				match Self::carried(&search, *number) {
					Some(step) => steps.push(step),
					#[expect(clippy::indexing_slicing, reason = "it is a step of this search")]
					None => search.steps[*number].dead = true,
				}
			}
			if steps.len() == way.len() {
				return Ok(Route {
					native_toll: Self::native_toll(&steps),
					steps,
				});
			}
		}
	}

	fn native_toll(steps: &[RouteStep]) -> Balance {
		steps
			.iter()
			.filter_map(|step| match &step.toll {
				Some((AssetKind::Native, amount)) => Some(*amount),
				_ => None,
			})
			.fold(Zero::zero(), |sum: Balance, toll| sum.saturating_add(toll))
	}

	/// A step as the answer names it, if its portal carries anybody now.
	#[expect(
		clippy::indexing_slicing,
		reason = "a search hands out its numbers in the order of its vectors, which only grow"
	)]
	fn carried(search: &Search, number: usize) -> Option<RouteStep> {
		let Step {
			portal: id,
			way,
			to,
			..
		} = search.steps[number];
		let portal = Portals::<T>::get(id)?;
		let carries = Self::state(id, &portal).carries();
		let agreement = portal.agreement.filter(|_| carries)?;
		Some(RouteStep {
			portal: id,
			way,
			to: search.worlds[to].id,
			version: agreement.version,
			toll: agreement.terms.toll.map(|toll| (toll.asset, toll.amount)),
		})
	}
}

impl Search {
	/// The number of a metaverse.
	fn number(&mut self, id: MetaverseId) -> usize {
		let worlds = &mut self.worlds;
		*self.numbers.entry(id).or_insert_with(|| {
			worlds.push(World { id, steps: None });
			worlds.len().saturating_sub(1)
		})
	}

	/// Counts something that was done so many times. Fails when it was too much.
	fn spend(&mut self, times: usize, work: u32) -> Result<(), PortalQueryError> {
		let times = u32::try_from(times).unwrap_or(u32::MAX);
		self.work = self.work.saturating_add(times.saturating_mul(work));
		ensure!(
			self.work <= MAX_SEARCH_WORK,
			PortalQueryError::SearchTooLarge
		);
		Ok(())
	}

	/// The steps of the cheapest way with at most `max_hops` of them, as if every portal that is not
	/// known to be dead carried.
	#[expect(
		clippy::indexing_slicing,
		reason = "a search hands out its numbers in the order of its vectors, which only grow"
	)]
	fn cheapest_way<T: Config>(
		&mut self,
		start: usize,
		goal: usize,
		max_hops: u32,
	) -> Result<Vec<usize>, PortalQueryError> {
		if start == goal {
			return Ok(Vec::new());
		}
		let mut arrivals = vec![Arrival {
			world: start,
			cost: FREE,
			by: None,
		}];
		// For each metaverse its cheapest arrival.
		let mut cheapest: Vec<Option<usize>> = Vec::new();
		let mut frontier = 0..arrivals.len();
		for _ in 0..max_hops {
			let layer = arrivals.len();
			for before in frontier {
				let Arrival { world, cost, .. } = arrivals[before];
				let steps = self.steps_out::<T>(world)?;
				self.spend(steps.len(), COMPARISON)?;
				cheapest.resize(self.worlds.len(), None);
				cheapest[start] = Some(0);
				for number in steps {
					let step = &self.steps[number];
					if step.dead {
						continue;
					}
					let cost = together(cost, step.cost);
					let beaten = |known: usize| arrivals[known].cost <= cost;
					// What costs no less than a way that is known cannot become a cheaper one.
					if cheapest[step.to].is_some_and(beaten) || cheapest[goal].is_some_and(beaten) {
						continue;
					}
					let arrival = Arrival {
						world: step.to,
						cost,
						by: Some((number, before)),
					};
					match cheapest[step.to] {
						// Nothing goes on from this layer yet.
						Some(known) if known >= layer => arrivals[known] = arrival,
						_ => {
							cheapest[step.to] = Some(arrivals.len());
							arrivals.push(arrival);
						}
					}
				}
			}
			frontier = layer..arrivals.len();
		}
		let mut last = cheapest
			.get(goal)
			.copied()
			.flatten()
			.ok_or(PortalQueryError::NoRoute)?;
		let mut way = Vec::new();
		while let Some((step, before)) = arrivals[last].by {
			way.push(step);
			last = before;
		}
		way.reverse();
		Ok(way)
	}

	/// The steps out of a metaverse through portals that everyone may take.
	#[expect(
		clippy::indexing_slicing,
		reason = "a search hands out its numbers in the order of its vectors, which only grow"
	)]
	fn steps_out<T: Config>(&mut self, world: usize) -> Result<Range<usize>, PortalQueryError> {
		let World { id, steps } = &self.worlds[world];
		if let Some(steps) = steps {
			return Ok(steps.clone());
		}
		let id = *id;
		ensure!(self.visited < MAX_VISITED, PortalQueryError::SearchTooLarge);
		self.visited = self.visited.saturating_add(1);
		self.spend(1, VISIT)?;
		let there = PortalsFrom::<T>::get(id);
		let back = PortalsTo::<T>::get(id);
		self.spend(there.len().saturating_add(back.len()), LINK)?;

		let first = self.steps.len();
		let there = there.into_iter().map(|link| (Way::There, link));
		let back = back
			.into_iter()
			.filter(|link| link.two_way)
			.map(|link| (Way::Back, link));
		for (way, link) in there.chain(back) {
			let Link {
				portal,
				other: Some(other),
				for_everyone: true,
				ref toll,
				..
			} = link
			else {
				continue;
			};
			let step = Step {
				portal,
				way,
				to: self.number(other),
				cost: cost_of(toll),
				dead: false,
			};
			self.steps.push(step);
		}
		let steps = first..self.steps.len();
		self.worlds[world].steps = Some(steps.clone());
		Ok(steps)
	}
}
