//! Reads everything back and compares it with the plan.

use futures::future::try_join_all;
use madang_primitives::{
	portal::{Party, PortalState, Way},
	town, MetaverseId,
};

use super::{
	answers::{Agreement, Destination},
	chart::{Chart, End, House, Line},
	plan::{Place, Portal, State},
	player::{Found, Street},
};
use crate::{
	player::{failed, Error},
	story::Shown,
};

impl Street<'_> {
	/// Compares the chain with the plan: the plots, each portal by itself and in the lists of both its
	/// ends, and who has been out.
	pub(super) async fn read_back(&self, found: &Found) -> Result<(), Error> {
		let mut differences = self.plots_differ(found).await?;
		let portals = (0..self.plan.portals.len()).map(|number| self.portal_differs(number, found));
		differences.extend(try_join_all(portals).await?.into_iter().flatten());
		let outings = self.outings(found).await?;
		differences.extend(
			outings
				.iter()
				.filter(|outing| !outing.done)
				.map(|outing| format!("{} has not been out", outing.who)),
		);
		if !differences.is_empty() {
			return Err(Error::Differs(differences));
		}
		self.say(
			"read back",
			&format!(
				"{} plots, {} portals and {} visitors are as the plan says",
				found.plots.len(),
				found.portals.len(),
				outings.len()
			),
		);
		Ok(())
	}

	/// Asks for each plot by a cell of it, which is another query than the map.
	async fn plots_differ(&self, found: &Found) -> Result<Vec<String>, Error> {
		let mut differences = Vec::new();
		for (door, plot) in self.plan.doors.iter().zip(&found.plots) {
			let founder = self.founder(door.startup)?;
			let area = door.plot.area;
			let parcel = self
				.chain
				.parcel_at(self.town.id, area.x, area.y)
				.await
				.map_err(failed(&founder.id, "look at its plot"))?;
			let right = parcel.as_ref().is_some_and(|parcel| {
				Some(parcel.id) == *plot
					&& parcel.area == area
					&& parcel.owner.as_ref() == Some(&founder.account)
			});
			if !right {
				differences.push(format!(
					"{}: plot {} at {} is {parcel:?}",
					founder.id,
					door.plot.number,
					Shown(&area)
				));
			}
		}
		Ok(differences)
	}

	async fn portal_differs(&self, number: usize, found: &Found) -> Result<Vec<String>, Error> {
		let planned = &self.plan.portals[number];
		let id = planned.id.as_str();
		let on_chain = found.portal(self.plan, number)?.id;
		let shown = self.portal(id, on_chain).await?;
		let (source, destination) = self.ends(planned, &found.plots);
		let state = match planned.state {
			State::Open => shown.state == PortalState::Open,
			State::Paused => shown.state == PortalState::Paused,
			State::Closing => {
				matches!(shown.state, PortalState::Closing | PortalState::Closed)
			}
		};
		let agreement = shown.agreement.as_ref();
		let mut checks = vec![
			(
				shown.source == source,
				format!("it begins at {:?}", shown.source),
			),
			(
				shown.destination == Destination::Gate(destination.clone()),
				format!("it ends at {:?}", shown.destination),
			),
			(state, format!("it is {:?}", shown.state)),
			(
				agreement.map(|agreement| &agreement.terms) == Some(&self.terms[number]),
				format!("its terms are {agreement:?}"),
			),
			(
				agreement.is_some_and(|agreement| self.is_agreed(planned, agreement)),
				format!("its consents are {agreement:?}"),
			),
			(
				shown.offer.is_none(),
				format!("there is an offer: {:?}", shown.offer),
			),
		];
		for (list, metaverse, portals) in [
			(
				"portal_from",
				source.metaverse,
				self.chain.portals_from(source.metaverse).await,
			),
			(
				"portal_to",
				destination.metaverse,
				self.chain.portals_to(destination.metaverse).await,
			),
		] {
			let portals = portals.map_err(failed(id, "list portals"))?;
			let listed = portals.iter().filter(|portal| **portal == shown).count();
			checks.push((
				listed == 1,
				format!("{list} of metaverse {metaverse} has it {listed} times"),
			));
		}
		Ok(checks
			.into_iter()
			.filter(|(right, _)| !right)
			.map(|(_, text)| format!("{id}, portal {on_chain}: {text}"))
			.collect())
	}

	/// Whether those have agreed who should: for a door the founder and the rule of the town, for a
	/// link both founders.
	fn is_agreed(&self, planned: &Portal, agreement: &Agreement) -> bool {
		let founder = |place: Place| match place {
			Place::Town => None,
			Place::World(number) => Some(&self.plan.story.startups[number].owner.account),
		};
		let destination = founder(Place::World(planned.destination));
		let expected: Vec<_> = match planned.source {
			Place::Town => vec![
				(Party::SourceWorld, None),
				(Party::SourceLand, destination),
				(Party::DestinationWorld, destination),
			],
			source @ Place::World(_) => vec![
				(Party::SourceWorld, founder(source)),
				(Party::DestinationWorld, destination),
			],
		};
		let agreed: Vec<_> = agreement
			.consents
			.iter()
			.filter(|consent| consent.counts && consent.by_rule == consent.by.is_none())
			.map(|consent| (consent.party, consent.by.as_ref()))
			.collect();
		agreed == expected && agreed.len() == agreement.consents.len()
	}

	/// The picture of what is on the chain now.
	pub(super) async fn chart(
		&self,
		found: &Found,
		route: &[(usize, Way)],
	) -> Result<Chart, Error> {
		let plan = self.plan;
		let house_of = |startup: usize| {
			let houses = plan.doors.iter();
			houses
				.clone()
				.position(|door| door.startup == startup)
				.unwrap_or_default()
		};
		let mut houses = Vec::new();
		for (door, parcel) in plan.doors.iter().zip(&found.plots) {
			let startup = self.startup(door.startup)?;
			houses.push(House {
				plot: door.plot,
				parcel: *parcel,
				name: startup.owner.name.clone(),
				slug: startup.slug().into(),
				metaverse: self.worlds[door.startup].id,
			});
		}
		let mut lines = Vec::new();
		for (number, portal) in plan.portals.iter().enumerate() {
			let on_chain = found.portal(plan, number)?.id;
			let shown = self.portal(&portal.id, on_chain).await?;
			lines.push(Line {
				id: on_chain,
				name: portal.id.clone(),
				source: match portal.source {
					Place::Town => End::Plot(house_of(portal.destination)),
					Place::World(startup) => End::World(house_of(startup)),
				},
				destination: house_of(portal.destination),
				one_way: portal.one_way,
				toll: self.terms[number]
					.toll
					.as_ref()
					.map(|toll| self.amount(&toll.asset, toll.amount)),
				members: (!portal.members.is_empty()).then_some(portal.members.len()),
				state: shown.state,
			});
		}
		let town: MetaverseId = self.town.id;
		let roads = found
			.places
			.iter()
			.filter(|place| place.owner.as_ref() == Some(&self.town.account))
			.map(|place| place.area)
			.collect();
		let taken = |plot: &town::Plot| {
			let mut places = found.places.iter();
			places.any(|place| place.area.overlaps(&plot.area))
		};
		Ok(Chart {
			title: plan.story.title.clone(),
			subtitle: format!(
				"street {} of {}, metaverse {town}",
				plan.street(),
				self.town.slug
			),
			town: self.town.slug.clone(),
			roads,
			free: town::plots_at(plan.street())
				.filter(|plot| !taken(plot))
				.collect(),
			houses,
			lines,
			walker: self.visitor(&plan.walk.who)?.name.clone(),
			walk: route.to_vec(),
		})
	}
}
