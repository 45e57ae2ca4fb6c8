//! The cheapest way on foot from one metaverse to another.
//!
//! Runs off chain, in a query. It relaxes the portals layer by layer: what is known after `n` layers is
//! the cheapest way with at most `n` steps to each metaverse, so the limit on hops costs nothing extra.
//! The links in the indexes tell all that a search needs; whether a portal really carries somebody is
//! asked only of those on the way that was found, and when one does not, the search goes on
//! without it. Links that were read once are kept, so another search reads nothing again.

use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::ensure;
use madang_primitives::{
	escrow::AssetKind,
	portal::{PortalId, PortalQueryError, Route, RouteStep, Way, MAX_HOPS, MAX_VISITED},
	Balance, MetaverseId,
};
use sp_runtime::traits::Zero;

use crate::{pallet::*, Link};

/// Portals that may turn out not to carry anybody before a search is given up.
const MAX_DEAD_ENDS: usize = 64;

/// What a way costs: tolls in other assets than the native token, then tolls in it.
type Cost = (u32, Balance);

/// What the way to where one is costs.
const FREE: Cost = (0, 0);

/// A step through a portal.
#[derive(Clone)]
struct Edge {
	portal: PortalId,
	way: Way,
	from: MetaverseId,
	to: MetaverseId,
	toll: Option<(AssetKind, Balance)>,
}

impl Edge {
	fn after(&self, before: Cost) -> Cost {
		match &self.toll {
			None => before,
			Some((AssetKind::Native, amount)) => (before.0, before.1.saturating_add(*amount)),
			Some((AssetKind::WithId(_), _)) => (before.0.saturating_add(1), before.1),
		}
	}
}

/// What a search knows.
struct Search {
	/// The steps out of each metaverse that was visited.
	edges: BTreeMap<MetaverseId, Vec<Edge>>,
	/// Portals that carry nobody.
	dead: BTreeSet<PortalId>,
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
		let mut search = Search {
			edges: BTreeMap::new(),
			dead: BTreeSet::new(),
		};
		while search.dead.len() <= MAX_DEAD_ENDS {
			let way = Self::cheapest_way(&mut search, from, to, max_hops)?;
			let steps: Vec<_> = way.iter().map(Self::step).collect();
			if steps.iter().all(Option::is_some) {
				let steps: Vec<_> = steps.into_iter().flatten().collect();
				return Ok(Route {
					native_toll: Self::native_toll(&steps),
					steps,
				});
			}
			let dead = way.iter().zip(&steps).filter(|(_, step)| step.is_none());
			search.dead.extend(dead.map(|(edge, _)| edge.portal));
		}
		Err(PortalQueryError::SearchTooLarge)
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

	/// The step through a portal, if it carries anybody now.
	fn step(edge: &Edge) -> Option<RouteStep> {
		let portal = Portals::<T>::get(edge.portal)?;
		let carries = Self::state(edge.portal, &portal).carries();
		let agreement = portal.agreement.filter(|_| carries)?;
		Some(RouteStep {
			portal: edge.portal,
			way: edge.way,
			to: edge.to,
			version: agreement.version,
			toll: edge.toll.clone(),
		})
	}

	/// The cheapest way with at most `max_hops` steps, as if every portal that is not known to be dead
	/// carried.
	fn cheapest_way(
		search: &mut Search,
		from: MetaverseId,
		to: MetaverseId,
		max_hops: u32,
	) -> Result<Vec<Edge>, PortalQueryError> {
		if from == to {
			return Ok(Vec::new());
		}
		let mut best: BTreeMap<MetaverseId, Cost> = BTreeMap::from([(from, FREE)]);
		// For each layer the steps by which a metaverse became cheaper to reach.
		let mut layers: Vec<BTreeMap<MetaverseId, Edge>> = Vec::new();
		let mut frontier = BTreeMap::from([(from, FREE)]);
		while !frontier.is_empty() && (layers.len() as u32) < max_hops {
			let mut layer: BTreeMap<MetaverseId, (Cost, Edge)> = BTreeMap::new();
			for (metaverse, cost) in frontier {
				for edge in Self::edges(search, metaverse)? {
					let cost = edge.after(cost);
					let known = layer
						.get(&edge.to)
						.map(|(cost, _)| *cost)
						.or_else(|| best.get(&edge.to).copied());
					// What already costs more than a way that is known cannot become the cheapest.
					let pointless = best.get(&to).is_some_and(|whole| *whole <= cost);
					if !pointless && known.is_none_or(|known| cost < known) {
						layer.insert(edge.to, (cost, edge));
					}
				}
			}
			best.extend(
				layer
					.iter()
					.map(|(metaverse, (cost, _))| (*metaverse, *cost)),
			);
			frontier = layer
				.iter()
				.map(|(metaverse, (cost, _))| (*metaverse, *cost))
				.collect();
			layers.push(
				layer
					.into_iter()
					.map(|(metaverse, (_, edge))| (metaverse, edge))
					.collect(),
			);
		}
		Self::walk_back(&layers, to)
	}

	/// The way that the layers tell: the last layer in which the goal became cheaper has its last step,
	/// and so on, each in an earlier layer.
	fn walk_back(
		layers: &[BTreeMap<MetaverseId, Edge>],
		to: MetaverseId,
	) -> Result<Vec<Edge>, PortalQueryError> {
		let mut way = Vec::new();
		let mut goal = to;
		let mut above = layers.len();
		while let Some((index, edge)) = layers
			.iter()
			.enumerate()
			.take(above)
			.rev()
			.find_map(|(index, layer)| layer.get(&goal).map(|edge| (index, edge)))
		{
			goal = edge.from;
			above = index;
			way.push(edge.clone());
		}
		ensure!(!way.is_empty(), PortalQueryError::NoRoute);
		way.reverse();
		Ok(way)
	}

	/// The steps out of a metaverse through portals that everyone may take.
	fn edges(search: &mut Search, metaverse: MetaverseId) -> Result<Vec<Edge>, PortalQueryError> {
		if !search.edges.contains_key(&metaverse) {
			ensure!(
				search.edges.len() < MAX_VISITED as usize,
				PortalQueryError::SearchTooLarge
			);
			let there = PortalsFrom::<T>::get(metaverse)
				.into_iter()
				.map(|link| (Way::There, link));
			let back = PortalsTo::<T>::get(metaverse)
				.into_iter()
				.filter(|link| link.two_way)
				.map(|link| (Way::Back, link));
			let found = there
				.chain(back)
				.filter(|(_, link)| link.for_everyone)
				.filter_map(|(way, link)| {
					let Link {
						portal,
						other,
						toll,
						..
					} = link;
					Some(Edge {
						portal,
						way,
						from: metaverse,
						to: other?,
						toll,
					})
				})
				.collect();
			search.edges.insert(metaverse, found);
		}
		let alive = |edge: &&Edge| !search.dead.contains(&edge.portal);
		Ok(search
			.edges
			.get(&metaverse)
			.into_iter()
			.flatten()
			.filter(alive)
			.cloned()
			.collect())
	}
}
