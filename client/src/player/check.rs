//! Reads everything back and compares it with the story.

use std::collections::BTreeSet;

use futures::future::try_join_all;

use super::{
	conflict, failed, has_endpoint, has_profile, has_sale, Course, Error, Finished, Player,
};
use crate::{
	answers::{Metaverse, Place, Territory},
	story::Startup,
};

impl<'a> Player<'a> {
	/// Compares the chain with the story and draws the maps.
	pub(super) async fn read_back(&self, courses: &[Course<'a>]) -> Result<Vec<Finished>, Error> {
		let read = try_join_all(courses.iter().map(|course| self.read_back_one(course))).await?;
		let (worlds, differences): (Vec<_>, Vec<_>) = read.into_iter().unzip();
		let differences: Vec<String> = differences.into_iter().flatten().collect();
		if !differences.is_empty() {
			return Err(Error::Differs(differences));
		}
		self.read_owners(&worlds).await?;
		Ok(worlds)
	}

	async fn read_back_one(&self, course: &Course<'a>) -> Result<(Finished, Vec<String>), Error> {
		let startup = course.startup;
		let slug = startup.slug();
		let metaverse = self
			.metaverse(startup)
			.await?
			.ok_or_else(|| conflict(slug, "its metaverse is gone"))?;
		let territory = metaverse
			.territory
			.as_ref()
			.ok_or_else(|| conflict(slug, "its metaverse has no territory"))?;
		let places = self
			.chain
			.places(metaverse.id, territory.size)
			.await
			.map_err(failed(slug, "read its territory"))?;
		let facts = self.facts(slug, metaverse.id, territory).await?;
		let mut differences = differences(startup, &metaverse, territory, &places);
		differences.extend(
			startup
				.worlds
				.last()
				.into_iter()
				.flat_map(|world| world.differences(&facts)),
		);
		self.say(
			"read back",
			&format!(
				"{slug}: {} parcels with {} cells",
				territory.parcels, territory.claimed
			),
		);
		let differences = differences
			.into_iter()
			.map(|text| format!("{slug}: {text}"))
			.collect();
		let map = self.map(startup, &places);
		Ok((
			Finished {
				slug: slug.into(),
				id: metaverse.id,
				map,
			},
			differences,
		))
	}

	/// Asks from the other side: whether the list of each owner's parcels agrees with the maps.
	async fn read_owners(&self, worlds: &[Finished]) -> Result<(), Error> {
		let mut differences = Vec::new();
		for actor in self.story.actors() {
			let address = actor.account.to_string();
			let drawn: BTreeSet<_> = worlds
				.iter()
				.flat_map(|world| {
					let owner = world
						.map
						.owners
						.iter()
						.position(|owner| owner.address == address);
					let parcels = world.map.parcels.iter();
					parcels
						.filter(move |parcel| owner.is_some() && parcel.owner == owner)
						.map(move |parcel| (world.id, parcel.id))
				})
				.collect();
			let listed: BTreeSet<_> = self
				.chain
				.parcels_of(&actor.account)
				.await
				.map_err(failed(&actor.id, "list its parcels"))?
				.into_iter()
				// Somebody may own land in worlds of which this story knows nothing.
				.filter(|parcel| worlds.iter().any(|world| world.id == parcel.metaverse))
				.map(|parcel| (parcel.metaverse, parcel.id))
				.collect();
			if drawn != listed {
				differences.push(format!(
					"{}: land_area shows the parcels {drawn:?}, land_parcelsOf lists {listed:?}",
					actor.id
				));
			}
		}
		if differences.is_empty() {
			Ok(())
		} else {
			Err(Error::Differs(differences))
		}
	}
}

/// What of a metaverse is not as the story says, and where the chain contradicts itself.
fn differences(
	startup: &Startup,
	metaverse: &Metaverse,
	territory: &Territory,
	places: &[Place],
) -> Vec<String> {
	let cells: u32 = places.iter().map(|place| place.area.cells()).sum();
	let checks = [
		(
			has_profile(metaverse, startup),
			format!("its profile is {:?}", metaverse.profile),
		),
		(
			has_endpoint(metaverse, startup),
			format!("its endpoints are {:?}", metaverse.endpoints),
		),
		(
			metaverse.is_launched(),
			format!("its stage is {}", metaverse.stage),
		),
		(
			has_sale(metaverse, startup),
			format!("its sale is {:?}", territory.sale),
		),
		(
			territory.size == startup.size,
			format!("its territory is {:?}", territory.size),
		),
		(
			territory.parcels as usize == places.len(),
			format!(
				"it has {} parcels, the map shows {}",
				territory.parcels,
				places.len()
			),
		),
		(
			territory.claimed == cells,
			format!(
				"{} cells are claimed, the map shows {cells}",
				territory.claimed
			),
		),
	];
	checks
		.into_iter()
		.filter(|(right, _)| !right)
		.map(|(_, text)| text)
		.collect()
}
