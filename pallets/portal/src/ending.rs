//! How portals and offers end.

use frame_support::ensure;
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use madang_primitives::portal::{PortalId, PortalState, Side, Version};
use sp_runtime::{DispatchError, DispatchResult, Saturating};

use crate::{pallet::*, Agreement};

impl<T: Config> Pallet<T> {
	/// How things stand with a portal, whatever anybody has pushed.
	pub(crate) fn state(id: PortalId, portal: &PortalOf<T>) -> PortalState {
		let now = Self::now();
		if Self::is_gone(portal) {
			return PortalState::Gone;
		}
		let Some(agreement) = &portal.agreement else {
			let lapsed = Offers::<T>::get(id).is_none_or(|offer| offer.expires_at <= now);
			return if lapsed {
				PortalState::Expired
			} else {
				PortalState::Proposed
			};
		};
		if agreement.closes_at.is_some_and(|end| end <= now) {
			PortalState::Closed
		} else if agreement.terms.expires_at.is_some_and(|end| end <= now) {
			PortalState::Expired
		} else if !Self::missing(portal, &agreement.consents).is_empty() {
			PortalState::Stale
		} else if Self::ensure_not_suspended(portal).is_err() {
			PortalState::Suspended
		} else if !agreement.paused.is_empty() {
			PortalState::Paused
		} else if agreement.closes_at.is_some() {
			PortalState::Closing
		} else {
			PortalState::Open
		}
	}

	/// Whether a portal that was in force is over, so that `reap` removes it.
	pub(crate) fn is_over(portal: &PortalOf<T>, agreement: &AgreementOf<T>) -> bool {
		let Agreement {
			terms, closes_at, ..
		} = agreement;
		let now = Self::now();
		[closes_at, &terms.expires_at]
			.into_iter()
			.flatten()
			.any(|end| *end <= now)
			|| Self::is_gone(portal)
	}

	pub(crate) fn do_close(origin: OriginFor<T>, id: PortalId) -> DispatchResult {
		let mut portal = Self::portal(id)?;
		if !Self::pays_for_others(origin.clone(), &mut portal) {
			Self::speaker(origin, &portal)?;
		}
		let Some(mut agreement) = portal.agreement.clone() else {
			return Self::remove_portal(id, portal);
		};
		// Nobody goes through it, so nobody needs a notice.
		if Self::is_over(&portal, &agreement)
			|| !Self::missing(&portal, &agreement.consents).is_empty()
		{
			return Self::remove_portal(id, portal);
		}
		ensure!(agreement.closes_at.is_none(), Error::<T>::AlreadyClosing);
		let closes_at = Self::now().saturating_add(agreement.terms.notice);
		agreement.closes_at = Some(closes_at);
		portal.agreement = Some(agreement);
		Portals::<T>::insert(id, portal);
		Self::remove_offer(id)?;
		Self::deposit_event(Event::Closing {
			portal: id,
			closes_at,
		});
		Ok(())
	}

	/// Whether the signer paid the deposit of an end of what is only proposed, or of one that somebody
	/// else owns now and has not affirmed. Who sold the place has no say there any more, but must not have
	/// to wait for the others either.
	fn pays_for_others(origin: OriginFor<T>, portal: &mut PortalOf<T>) -> bool {
		let Ok(signer) = ensure_signed(origin) else {
			return false;
		};
		let stale = match &portal.agreement {
			Some(agreement) => Self::missing(portal, &agreement.consents),
			None => portal.required(),
		};
		[Side::Source, Side::Destination].into_iter().any(|side| {
			let deposit = portal.deposit_mut(side).as_ref();
			stale.has_side(side) && deposit.is_some_and(|deposit| deposit.payer == signer)
		})
	}

	pub(crate) fn do_reap(id: PortalId) -> DispatchResult {
		let portal = Self::portal(id)?;
		if Self::state(id, &portal).is_over() {
			return Self::remove_portal(id, portal);
		}
		let offer = Offers::<T>::get(id).ok_or(Error::<T>::NotOver)?;
		ensure!(offer.expires_at <= Self::now(), Error::<T>::NotOver);
		Self::remove_offer(id)
	}

	fn remove_portal(id: PortalId, mut portal: PortalOf<T>) -> DispatchResult {
		if portal.agreement.is_some() {
			Self::remove_links(id, &portal)?;
			Buckets::<T>::remove(id);
		} else {
			for place in portal.places() {
				ProposalsOf::<T>::remove(place.metaverse, id);
			}
		}
		Self::take_offer(id)?;
		for side in [Side::Source, Side::Destination] {
			if let Some(deposit) = portal.deposit_mut(side).take() {
				Self::release_deposit(HoldReason::Portal, &deposit.payer, deposit.amount)?;
			}
		}
		Portals::<T>::remove(id);
		Self::deposit_event(Event::Removed { portal: id });
		Ok(())
	}

	/// Removes the offer that waits, if there is one, and says so.
	pub(crate) fn remove_offer(id: PortalId) -> DispatchResult {
		if let Some(version) = Self::take_offer(id)? {
			Self::deposit_event(Event::OfferRemoved {
				portal: id,
				version,
			});
		}
		Ok(())
	}

	/// Removes the offer that waits, if there is one, and gives its deposit back.
	pub(crate) fn take_offer(id: PortalId) -> Result<Option<Version>, DispatchError> {
		let Some(offer) = Offers::<T>::take(id) else {
			return Ok(None);
		};
		if let Some(deposit) = offer.deposit {
			Self::release_deposit(HoldReason::Portal, &deposit.payer, deposit.amount)?;
		}
		Ok(Some(offer.version))
	}
}
