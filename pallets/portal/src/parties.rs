//! Who has a say, and whether what they said still counts.

use frame_support::ensure;
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use madang_primitives::{
	metaverse::{Role, Stage},
	portal::{Parties, Party, Side},
	traits::{Metaverses, ParcelOwners},
	MetaverseId,
};
use sp_runtime::DispatchError;

use crate::{pallet::*, Consent, Place};

/// Somebody who speaks for at least one party.
pub(crate) struct Speaker<AccountId> {
	/// Who signs: for the network the account of the town.
	pub account: AccountId,
	/// From whom deposits are held; the network pays none.
	pub payer: Option<AccountId>,
	/// For whom.
	pub parties: Parties,
}

impl<T: Config> Pallet<T> {
	/// For whom the origin speaks in this portal. Fails when that is nobody.
	pub(crate) fn speaker(
		origin: OriginFor<T>,
		portal: &PortalOf<T>,
	) -> Result<Speaker<T::AccountId>, DispatchError> {
		let signer = ensure_signed(origin.clone()).ok();
		let mut account = signer.clone();
		let mut parties = Parties::default();
		for side in [Side::Source, Side::Destination] {
			let Some(place) = portal.place(side) else {
				continue;
			};
			let (world, land) = Self::parties_at(side);
			let manager =
				T::Metaverses::ensure_role(origin.clone(), place.metaverse, Role::Portal).ok();
			if let Some(manager) = &manager {
				account.get_or_insert_with(|| manager.clone());
				parties = parties.with(world);
			}
			if Self::speaks_for_land(place, signer.as_ref(), manager.is_some()) {
				parties = parties.with(land);
			}
		}
		ensure!(!parties.is_empty(), Error::<T>::NotAParty);
		Ok(Speaker {
			account: account.ok_or(Error::<T>::NotAParty)?,
			payer: signer,
			parties,
		})
	}

	/// The two parties of an end: who manages the metaverse, and who owns the land.
	const fn parties_at(side: Side) -> (Party, Party) {
		match side {
			Side::Source => (Party::SourceWorld, Party::SourceLand),
			Side::Destination => (Party::DestinationWorld, Party::DestinationLand),
		}
	}

	/// Whether somebody speaks for the parcel on which a gate stands. Nobody signs for the metaverse's
	/// own account, so its portal managers do that for its land.
	fn speaks_for_land(place: Place, signer: Option<&T::AccountId>, manages: bool) -> bool {
		Self::land_owner(place).is_some_and(|owner| {
			signer == Some(&owner) || (manages && owner == T::Metaverses::account(place.metaverse))
		})
	}

	fn land_owner(place: Place) -> Option<T::AccountId> {
		T::Parcels::owner(place.metaverse, place.parcel?)
	}

	/// Who owns what a party speaks for. Nobody but the network owns a town, so its own account stands
	/// for that. `None` when it does not exist any more.
	pub(crate) fn owner_behind(portal: &PortalOf<T>, party: Party) -> Option<T::AccountId> {
		let place = portal.place(party.side())?;
		match party {
			Party::SourceLand | Party::DestinationLand => Self::land_owner(place),
			Party::SourceWorld | Party::DestinationWorld => Self::world_owner(place.metaverse),
		}
	}

	fn world_owner(metaverse: MetaverseId) -> Option<T::AccountId> {
		T::Metaverses::stage(metaverse)?;
		Some(T::Metaverses::owner(metaverse).unwrap_or_else(|| T::Metaverses::account(metaverse)))
	}

	/// Whether the rule of a town agrees to a portal with a gate in it: the gate stands on a plot whose
	/// owner also owns the launched metaverse at the other end.
	pub(crate) fn town_agrees(portal: &PortalOf<T>, party: Party) -> bool {
		let (town, world) = match party {
			Party::SourceWorld => (portal.place(Side::Source), portal.place(Side::Destination)),
			Party::DestinationWorld => {
				(portal.place(Side::Destination), portal.place(Side::Source))
			}
			Party::SourceLand | Party::DestinationLand => return false,
		};
		let (Some(town), Some(world)) = (town, world) else {
			return false;
		};
		Self::is_town(town.metaverse)
			&& T::Metaverses::stage(world.metaverse) == Some(Stage::Launched)
			&& Self::land_owner(town)
				.is_some_and(|owner| T::Metaverses::owner(world.metaverse) == Some(owner))
	}

	/// Whether the network owns the metaverse.
	fn is_town(metaverse: MetaverseId) -> bool {
		T::Metaverses::stage(metaverse).is_some() && T::Metaverses::owner(metaverse).is_none()
	}

	/// Whether a consent was given, and for whoever owns the thing now.
	pub(crate) fn counts(portal: &PortalOf<T>, consents: &ConsentsOf<T>, party: Party) -> bool {
		match consents.of(party) {
			None => false,
			Some(Consent::Rule) => Self::town_agrees(portal, party),
			Some(Consent::Signed { owner, .. }) => {
				Self::owner_behind(portal, party).as_ref() == Some(owner)
			}
		}
	}

	/// Of whom the portal needs a consent that counts and has none.
	pub(crate) fn missing(portal: &PortalOf<T>, consents: &ConsentsOf<T>) -> Parties {
		portal
			.required()
			.iter()
			.filter(|party| !Self::counts(portal, consents, *party))
			.collect()
	}

	/// Whether a metaverse or a parcel of the portal does not exist any more, so that nobody can ever
	/// affirm it.
	pub(crate) fn is_gone(portal: &PortalOf<T>) -> bool {
		portal
			.required()
			.iter()
			.any(|party| Self::owner_behind(portal, party).is_none())
	}

	/// Whether the origin may admit or refuse at this place.
	pub(crate) fn ensure_gatekeeper(
		origin: OriginFor<T>,
		place: Place,
	) -> Result<(), DispatchError> {
		let signer = ensure_signed(origin.clone()).ok();
		let manages = T::Metaverses::ensure_role(origin, place.metaverse, Role::Portal).is_ok();
		ensure!(
			manages || Self::speaks_for_land(place, signer.as_ref(), manages),
			Error::<T>::NotGatekeeper
		);
		Ok(())
	}
}
