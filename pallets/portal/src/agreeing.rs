//! How the sides come to terms: offers, consents, pauses, and what a new owner affirms.

use frame_support::ensure;
use frame_system::pallet_prelude::OriginFor;
use madang_primitives::{
	portal::{DestinationInput, GateInput, Parties, Party, PortalId, Side, Version},
	traits::Metaverses,
};
use sp_runtime::{traits::Get, DispatchError, DispatchResult, Saturating};

use crate::{
	pallet::*, parties::Speaker, Agreement, Bucket, Consent, Consents, Offer, Place, Portal,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_propose(
		origin: OriginFor<T>,
		source: GateInput,
		destination: DestinationInput,
		terms: TermsOf<T>,
	) -> DispatchResult {
		let portal = Portal {
			source: Self::check_gate(source)?,
			destination: Self::check_destination(destination)?,
			version: 0,
			agreement: None,
			source_deposit: None,
			destination_deposit: None,
		};
		let metaverse = |place: Place| place.metaverse;
		ensure!(
			portal.place(Side::Source).map(metaverse)
				!= portal.place(Side::Destination).map(metaverse),
			Error::<T>::ToItself
		);
		let speaker = Self::speaker(origin, &portal)?;
		Self::check_terms(&portal, &terms)?;
		Self::ensure_room(&portal)?;

		let id = NextPortal::<T>::get();
		NextPortal::<T>::put(id.checked_add(1).ok_or(Error::<T>::NoPortalId)?);
		for place in portal.places() {
			ProposalsOf::<T>::insert(place.metaverse, id, ());
		}
		Self::offer(id, portal, speaker, terms)
	}

	pub(crate) fn do_amend(
		origin: OriginFor<T>,
		id: PortalId,
		terms: TermsOf<T>,
	) -> DispatchResult {
		let portal = Self::portal(id)?;
		let speaker = Self::speaker(origin, &portal)?;
		Self::ensure_lasts(&portal)?;
		Self::check_terms(&portal, &terms)?;
		Self::remove_offer(id)?;
		Self::offer(id, portal, speaker, terms)
	}

	pub(crate) fn do_accept(
		origin: OriginFor<T>,
		id: PortalId,
		version: Version,
	) -> DispatchResult {
		let portal = Self::portal(id)?;
		let offer = Offers::<T>::get(id).ok_or(Error::<T>::NoOffer)?;
		ensure!(version == offer.version, Error::<T>::WrongVersion);
		let speaker = Self::speaker(origin, &portal)?;
		Self::ensure_lasts(&portal)?;
		ensure!(Self::now() < offer.expires_at, Error::<T>::OfferExpired);
		if let Some(offer) = Self::agree(id, portal, offer, speaker)? {
			Offers::<T>::insert(id, offer);
		}
		Ok(())
	}

	pub(crate) fn do_affirm(origin: OriginFor<T>, id: PortalId) -> DispatchResult {
		let mut portal = Self::portal(id)?;
		let mut agreement = Self::in_force(&portal)?.clone();
		let speaker = Self::speaker(origin, &portal)?;
		ensure!(!Self::is_over(&portal, &agreement), Error::<T>::PortalOver);
		let parties = Self::missing(&portal, &agreement.consents).and(speaker.parties);
		ensure!(!parties.is_empty(), Error::<T>::NothingToAffirm);

		for party in parties.iter() {
			Self::sign(&portal, &mut agreement.consents, party, &speaker)?;
		}
		for side in [Side::Source, Side::Destination] {
			if parties.has_side(side) {
				Self::hand_over_deposit(&mut portal, side, speaker.payer.as_ref())?;
			}
		}
		portal.agreement = Some(agreement);
		Portals::<T>::insert(id, portal);
		Self::deposit_event(Event::Affirmed {
			portal: id,
			parties,
		});
		Ok(())
	}

	pub(crate) fn do_pause(origin: OriginFor<T>, id: PortalId) -> DispatchResult {
		Self::change_pauses(origin, id, |portal, paused, speaker| {
			let parties = speaker.and(portal.required()).without(*paused);
			ensure!(!parties.is_empty(), Error::<T>::AlreadyPaused);
			*paused = paused.or(parties);
			Ok(Event::Paused {
				portal: id,
				parties: *paused,
			})
		})
	}

	pub(crate) fn do_resume(origin: OriginFor<T>, id: PortalId) -> DispatchResult {
		Self::change_pauses(origin, id, |_, paused, speaker| {
			ensure!(!speaker.and(*paused).is_empty(), Error::<T>::NotPaused);
			*paused = paused.without(speaker);
			Ok(Event::Resumed {
				portal: id,
				parties: *paused,
			})
		})
	}

	fn change_pauses(
		origin: OriginFor<T>,
		id: PortalId,
		change: impl FnOnce(&PortalOf<T>, &mut Parties, Parties) -> Result<Event<T>, DispatchError>,
	) -> DispatchResult {
		let mut portal = Self::portal(id)?;
		let mut agreement = Self::in_force(&portal)?.clone();
		let speaker = Self::speaker(origin, &portal)?;
		ensure!(!Self::is_over(&portal, &agreement), Error::<T>::PortalOver);
		let event = change(&portal, &mut agreement.paused, speaker.parties)?;
		portal.agreement = Some(agreement);
		Portals::<T>::insert(id, portal);
		Self::deposit_event(event);
		Ok(())
	}

	// What they share.

	pub(crate) fn portal(id: PortalId) -> Result<PortalOf<T>, Error<T>> {
		Portals::<T>::get(id).ok_or(Error::<T>::UnknownPortal)
	}

	/// What is in force.
	pub(crate) fn in_force(portal: &PortalOf<T>) -> Result<&AgreementOf<T>, Error<T>> {
		portal.agreement.as_ref().ok_or(Error::<T>::NotInForce)
	}

	/// Fails when nobody should agree to anything here any more.
	fn ensure_lasts(portal: &PortalOf<T>) -> DispatchResult {
		for place in portal.places() {
			ensure!(
				T::Metaverses::stage(place.metaverse).is_some(),
				Error::<T>::UnknownMetaverse
			);
		}
		ensure!(!Self::is_gone(portal), Error::<T>::UnknownParcel);
		if let Some(agreement) = &portal.agreement {
			ensure!(!Self::is_over(portal, agreement), Error::<T>::PortalOver);
			ensure!(agreement.closes_at.is_none(), Error::<T>::AlreadyClosing);
		}
		Ok(())
	}

	/// Offers terms in the name of somebody, who thereby agrees to them.
	fn offer(
		id: PortalId,
		mut portal: PortalOf<T>,
		speaker: Speaker<T::AccountId>,
		terms: TermsOf<T>,
	) -> DispatchResult {
		portal.version = portal.version.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let author = speaker.payer.clone();
		let offer = Offer {
			version: portal.version,
			terms,
			expires_at: Self::now().saturating_add(T::OfferLifetime::get()),
			consents: Consents::default(),
			deposit: None,
		};
		Self::deposit_event(Event::Offered {
			portal: id,
			version: offer.version,
			source: portal.source.place.metaverse,
			destination: portal.place(Side::Destination).map(|place| place.metaverse),
			expires_at: offer.expires_at,
		});
		// Only what has to wait takes storage of its own.
		if let Some(mut offer) = Self::agree(id, portal, offer, speaker)? {
			offer.deposit = Self::hold_offer_deposit(author.as_ref())?;
			Offers::<T>::insert(id, offer);
		}
		Ok(())
	}

	/// Writes the consents of somebody down, and puts the terms in force when that was the last one.
	/// Gives the offer back, for the caller to store, when it has to wait.
	fn agree(
		id: PortalId,
		mut portal: PortalOf<T>,
		mut offer: OfferOf<T>,
		speaker: Speaker<T::AccountId>,
	) -> Result<Option<OfferOf<T>>, DispatchError> {
		for party in Party::ALL {
			// What was given for somebody who does not own the thing any more ends here. The rule of a
			// town is asked anew whenever somebody agrees: offers cannot be stored up against its quota.
			let stands = matches!(offer.consents.of(party), Some(Consent::Signed { .. }))
				&& Self::counts(&portal, &offer.consents, party);
			if !stands {
				offer.consents.set(party, None);
			}
		}
		let parties = speaker
			.parties
			.and(portal.required())
			.without(offer.consents.parties());
		ensure!(!parties.is_empty(), Error::<T>::AlreadyConsented);
		for party in parties.iter() {
			Self::sign(&portal, &mut offer.consents, party, &speaker)?;
		}
		for party in Self::missing(&portal, &offer.consents).iter() {
			if Self::town_agrees(&portal, party) {
				Self::ensure_town_quota(&portal, party)?;
				offer.consents.set(party, Some(Consent::Rule));
			}
		}
		for side in [Side::Source, Side::Destination] {
			if parties.has_side(side) && !Self::payer_agrees(&mut portal, &offer.consents, side) {
				Self::hand_over_deposit(&mut portal, side, speaker.payer.as_ref())?;
			}
		}
		Self::deposit_event(Event::Consented {
			portal: id,
			version: offer.version,
			parties: offer.consents.parties(),
		});

		if Self::missing(&portal, &offer.consents).is_empty() {
			Self::put_in_force(id, portal, offer)?;
			return Ok(None);
		}
		Portals::<T>::insert(id, portal);
		Ok(Some(offer))
	}

	/// Whether the deposit of an end was paid by somebody who agrees there. A former owner, who does
	/// not, must not go on paying for a portal of the next one.
	fn payer_agrees(portal: &mut PortalOf<T>, consents: &ConsentsOf<T>, side: Side) -> bool {
		portal.deposit_mut(side).as_ref().is_some_and(|deposit| {
			Party::ALL
				.into_iter()
				.filter(|party| party.side() == side)
				.filter_map(|party| consents.of(party))
				.any(|consent| match consent {
					Consent::Signed { by, .. } => *by == deposit.payer,
					Consent::Rule => false,
				})
		})
	}

	/// Writes down that a party agrees, for whoever owns the thing now.
	fn sign(
		portal: &PortalOf<T>,
		consents: &mut ConsentsOf<T>,
		party: Party,
		speaker: &Speaker<T::AccountId>,
	) -> DispatchResult {
		let owner = Self::owner_behind(portal, party).ok_or(Error::<T>::Inconsistent)?;
		consents.set(
			party,
			Some(Consent::Signed {
				by: speaker.account.clone(),
				owner,
			}),
		);
		Ok(())
	}

	fn put_in_force(id: PortalId, mut portal: PortalOf<T>, offer: OfferOf<T>) -> DispatchResult {
		let Offer {
			version,
			terms,
			consents,
			..
		} = offer;
		ensure!(
			terms.expires_at.is_none_or(|end| Self::now() < end),
			Error::<T>::ExpiresInPast
		);
		Self::ensure_payees(&portal, &terms)?;
		let before = portal.agreement.take();
		match &before {
			None => {
				Self::add_links(id, &portal, &terms)?;
				for place in portal.places() {
					ProposalsOf::<T>::remove(place.metaverse, id);
				}
			}
			Some(_) => Self::update_links(id, &portal, &terms)?,
		}
		match &terms.rate {
			None => Buckets::<T>::remove(id),
			Some(rate) => Buckets::<T>::insert(
				id,
				Bucket {
					left: rate.burst,
					since: Self::now(),
				},
			),
		}
		portal.agreement = Some(Agreement {
			version,
			terms,
			consents,
			paused: before
				.as_ref()
				.map(|agreement| agreement.paused)
				.unwrap_or_default(),
			closes_at: None,
		});
		Portals::<T>::insert(id, portal);
		Self::take_offer(id)?;
		Self::deposit_event(match before {
			None => Event::Opened {
				portal: id,
				version,
			},
			Some(_) => Event::TermsChanged {
				portal: id,
				version,
			},
		});
		Ok(())
	}
}
