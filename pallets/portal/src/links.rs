//! Both indexes, the gates on parcels, and what they keep from happening.

use frame_support::{ensure, traits::Get};
use madang_primitives::{
	portal::{Party, PortalId, Side, MAX_PORTALS},
	traits::{ClosingGuard, Metaverses, ParcelGuard},
	MetaverseId, ParcelId,
};
use sp_runtime::{traits::Zero, DispatchResult};

use crate::{pallet::*, Link, Links};

impl<T: Config> Pallet<T> {
	/// Fails when a metaverse has as many portals on its side as it can have.
	pub(crate) fn ensure_room(portal: &PortalOf<T>) -> DispatchResult {
		let full = |links: Links| links.len() >= MAX_PORTALS as usize;
		if let Some(place) = portal.place(Side::Source) {
			ensure!(
				!full(PortalsFrom::<T>::get(place.metaverse)),
				Error::<T>::TooManyFromSource
			);
		}
		if let Some(place) = portal.place(Side::Destination) {
			ensure!(
				!full(PortalsTo::<T>::get(place.metaverse)),
				Error::<T>::TooManyToDestination
			);
		}
		Ok(())
	}

	/// Fails when the town has agreed by rule to as many portals of this metaverse as it does. What is
	/// in force already only gets other terms.
	pub(crate) fn ensure_town_quota(portal: &PortalOf<T>, party: Party) -> DispatchResult {
		if portal.agreement.is_some() {
			return Ok(());
		}
		let (Some(source), Some(destination)) =
			(portal.place(Side::Source), portal.place(Side::Destination))
		else {
			return Ok(());
		};
		let (town, world) = match party.side() {
			Side::Source => (source.metaverse, destination.metaverse),
			Side::Destination => (destination.metaverse, source.metaverse),
		};
		let between = PortalsFrom::<T>::get(world)
			.iter()
			.chain(PortalsTo::<T>::get(world).iter())
			.filter(|link| link.other == Some(town))
			.count();
		ensure!(
			between < T::MaxTownPortals::get() as usize,
			Error::<T>::TownQuotaReached
		);
		Ok(())
	}

	/// Enters a portal into both indexes, and counts its gates on parcels.
	pub(crate) fn add_links(
		id: PortalId,
		portal: &PortalOf<T>,
		terms: &TermsOf<T>,
	) -> DispatchResult {
		if let Some(place) = portal.place(Side::Source) {
			PortalsFrom::<T>::try_mutate(place.metaverse, |links| {
				links
					.try_push(portal.link(id, Side::Source, terms))
					.map_err(|_| Error::<T>::TooManyFromSource)
			})?;
		}
		if let Some(place) = portal.place(Side::Destination) {
			PortalsTo::<T>::try_mutate(place.metaverse, |links| {
				links
					.try_push(portal.link(id, Side::Destination, terms))
					.map_err(|_| Error::<T>::TooManyToDestination)
			})?;
		}
		for place in portal.places() {
			if let Some(parcel) = place.parcel {
				GatesOn::<T>::try_mutate(place.metaverse, parcel, |gates| -> DispatchResult {
					*gates = gates.checked_add(1).ok_or(Error::<T>::Overflow)?;
					Ok(())
				})?;
			}
		}
		Ok(())
	}

	/// Writes new terms into both indexes.
	pub(crate) fn update_links(
		id: PortalId,
		portal: &PortalOf<T>,
		terms: &TermsOf<T>,
	) -> DispatchResult {
		let update = |links: &mut Links, link: Link| -> DispatchResult {
			let found = links.iter_mut().find(|known| known.portal == id);
			*found.ok_or(Error::<T>::Inconsistent)? = link;
			Ok(())
		};
		if let Some(place) = portal.place(Side::Source) {
			PortalsFrom::<T>::try_mutate(place.metaverse, |links| {
				update(links, portal.link(id, Side::Source, terms))
			})?;
		}
		if let Some(place) = portal.place(Side::Destination) {
			PortalsTo::<T>::try_mutate(place.metaverse, |links| {
				update(links, portal.link(id, Side::Destination, terms))
			})?;
		}
		Ok(())
	}

	/// Takes a portal out of both indexes, and its gates off their parcels.
	pub(crate) fn remove_links(id: PortalId, portal: &PortalOf<T>) -> DispatchResult {
		// Nothing is left behind where nothing is in it.
		let remove = |links: &mut Option<Links>| -> DispatchResult {
			let known = links.as_mut().ok_or(Error::<T>::Inconsistent)?;
			let before = known.len();
			known.retain(|link| link.portal != id);
			ensure!(known.len() < before, Error::<T>::Inconsistent);
			if known.is_empty() {
				*links = None;
			}
			Ok(())
		};
		if let Some(place) = portal.place(Side::Source) {
			PortalsFrom::<T>::try_mutate_exists(place.metaverse, remove)?;
		}
		if let Some(place) = portal.place(Side::Destination) {
			PortalsTo::<T>::try_mutate_exists(place.metaverse, remove)?;
		}
		for place in portal.places() {
			if let Some(parcel) = place.parcel {
				GatesOn::<T>::try_mutate_exists(
					place.metaverse,
					parcel,
					|gates| -> DispatchResult {
						let left = gates
							.and_then(|gates| gates.checked_sub(1))
							.ok_or(Error::<T>::Inconsistent)?;
						*gates = (!left.is_zero()).then_some(left);
						Ok(())
					},
				)?;
			}
		}
		Ok(())
	}

	/// Fails while the guardian has suspended a metaverse of the portal.
	pub(crate) fn ensure_not_suspended(portal: &PortalOf<T>) -> DispatchResult {
		portal
			.places()
			.try_for_each(|place| T::Metaverses::ensure_not_suspended(place.metaverse))
	}
}

impl<T: Config> ClosingGuard for Pallet<T> {
	fn ensure_can_close(id: MetaverseId) -> DispatchResult {
		ensure!(
			PortalsFrom::<T>::get(id).is_empty() && PortalsTo::<T>::get(id).is_empty(),
			Error::<T>::MetaverseHasPortals
		);
		Ok(())
	}
}

impl<T: Config> ParcelGuard for Pallet<T> {
	fn ensure_can_reshape(metaverse: MetaverseId, parcel: ParcelId) -> DispatchResult {
		ensure!(
			GatesOn::<T>::get(metaverse, parcel).is_zero(),
			Error::<T>::ParcelHasPortal
		);
		Ok(())
	}
}
