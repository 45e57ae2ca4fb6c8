//! What the runtime API answers. Reads only, and every read is bounded.

use alloc::vec::Vec;
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use madang_primitives::{
	portal::{
		AgreementView, ConsentView, OfferView, PassView, PortalId, PortalQueryError, PortalView,
	},
	traits::Metaverses,
	MetaverseId, Page, MAX_PAGE,
};

use crate::{pallet::*, Consent, Links};

/// Most ids that one page of all portals looks at.
const MAX_SCAN: u32 = 1_000;

type PortalViewOf<T> = PortalView<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

impl<T: Config> Pallet<T> {
	/// Answers `portal_get`.
	pub fn api_get(id: PortalId) -> Option<PortalViewOf<T>> {
		Portals::<T>::get(id).map(|portal| Self::view(id, portal))
	}

	/// Answers `portal_from`: the portals in force that begin in a metaverse, oldest first.
	pub fn api_from(metaverse: MetaverseId) -> Result<Vec<PortalViewOf<T>>, PortalQueryError> {
		Self::views(metaverse, PortalsFrom::<T>::get(metaverse))
	}

	/// Answers `portal_to`: the portals in force that end in a metaverse, oldest first.
	pub fn api_to(metaverse: MetaverseId) -> Result<Vec<PortalViewOf<T>>, PortalQueryError> {
		Self::views(metaverse, PortalsTo::<T>::get(metaverse))
	}

	/// Answers `portal_proposals`: what was proposed to or by a metaverse and is not in force. The cursor
	/// is the last id that was seen.
	pub fn api_proposals(
		metaverse: MetaverseId,
		cursor: Option<PortalId>,
		limit: u32,
	) -> Result<Page<PortalViewOf<T>, PortalId>, PortalQueryError> {
		Self::ensure_metaverse(metaverse)?;
		ensure!((1..=MAX_PAGE).contains(&limit), PortalQueryError::BadLimit);
		let mut ids = match cursor {
			None => ProposalsOf::<T>::iter_key_prefix(metaverse),
			// It goes on from there even when that proposal is gone by now.
			Some(last) => {
				let key = ProposalsOf::<T>::hashed_key_for(metaverse, last);
				ProposalsOf::<T>::iter_key_prefix_from(metaverse, key)
			}
		};
		let seen: Vec<_> = ids.by_ref().take(limit as usize).collect();
		let next = seen.last().copied().filter(|_| ids.next().is_some());
		Ok(Page {
			items: seen.into_iter().filter_map(Self::api_get).collect(),
			next,
		})
	}

	/// All portals, proposed or in force, in ascending order of their ids. The cursor is the first id to
	/// look at. A page may have fewer items than the limit, even none, because portals go and their ids
	/// stay.
	pub fn api_portals(
		cursor: Option<PortalId>,
		limit: u32,
	) -> Result<Page<PortalViewOf<T>, PortalId>, PortalQueryError> {
		ensure!((1..=MAX_PAGE).contains(&limit), PortalQueryError::BadLimit);
		let end = NextPortal::<T>::get();
		let mut id = cursor.unwrap_or_default();
		ensure!(id <= end, PortalQueryError::BadCursor);
		let stop = end.min(id.saturating_add(MAX_SCAN));
		let mut items = Vec::new();
		while id < stop && items.len() < limit as usize {
			items.extend(Self::api_get(id));
			id = id.saturating_add(1);
		}
		Ok(Page {
			items,
			next: (id < end).then_some(id),
		})
	}

	/// Answers `portal_pass`.
	pub fn api_pass(id: PortalId, who: &T::AccountId) -> Option<PassView<BlockNumberFor<T>>> {
		let pass = Passes::<T>::get(id, who)?;
		Some(PassView {
			portal: id,
			way: pass.way,
			// A pass that comes from outside of this chain does not exist, so there is always a place.
			from: pass.from().unwrap_or(pass.source).metaverse,
			to: pass.to().map(|place| place.metaverse),
			state: Self::pass_state(&pass),
			valid_until: pass.valid_until,
			toll: pass
				.toll
				.as_ref()
				.map(|toll| (toll.asset.clone(), toll.amount())),
		})
	}

	pub(crate) fn ensure_metaverse(metaverse: MetaverseId) -> Result<(), PortalQueryError> {
		ensure!(
			T::Metaverses::stage(metaverse).is_some(),
			PortalQueryError::UnknownMetaverse
		);
		Ok(())
	}

	fn views(
		metaverse: MetaverseId,
		links: Links,
	) -> Result<Vec<PortalViewOf<T>>, PortalQueryError> {
		Self::ensure_metaverse(metaverse)?;
		Ok(links
			.iter()
			.filter_map(|link| Self::api_get(link.portal))
			.collect())
	}

	fn view(id: PortalId, portal: PortalOf<T>) -> PortalViewOf<T> {
		let offer = Offers::<T>::get(id);
		let deposits = [&portal.source_deposit, &portal.destination_deposit]
			.into_iter()
			.chain(offer.iter().map(|offer| &offer.deposit))
			.flatten()
			.map(|deposit| (deposit.payer.clone(), deposit.amount))
			.collect();
		PortalView {
			id,
			state: Self::state(id, &portal),
			agreement: portal
				.agreement
				.as_ref()
				.map(|agreement| Self::agreement_view(id, &portal, agreement)),
			offer: offer.map(|offer| OfferView {
				version: offer.version,
				consents: Self::consent_views(&portal, &offer.consents),
				terms: offer.terms,
				expires_at: offer.expires_at,
				lapsed: offer.expires_at <= Self::now(),
			}),
			deposits,
			source: portal.source.into(),
			destination: portal.destination.into(),
		}
	}

	fn agreement_view(
		id: PortalId,
		portal: &PortalOf<T>,
		agreement: &AgreementOf<T>,
	) -> AgreementView<T::AccountId, BlockNumberFor<T>> {
		let passes_left = agreement
			.terms
			.rate
			.as_ref()
			.zip(Buckets::<T>::get(id))
			.map(|(rate, bucket)| bucket.refilled(rate, Self::now()).left);
		AgreementView {
			version: agreement.version,
			terms: agreement.terms.clone(),
			consents: Self::consent_views(portal, &agreement.consents),
			paused_by: agreement.paused.iter().collect(),
			closes_at: agreement.closes_at,
			passes_left,
		}
	}

	fn consent_views(
		portal: &PortalOf<T>,
		consents: &ConsentsOf<T>,
	) -> Vec<ConsentView<T::AccountId>> {
		portal
			.required()
			.iter()
			.map(|party| {
				let consent = consents.of(party);
				ConsentView {
					party,
					by: match consent {
						Some(Consent::Signed { by, .. }) => Some(by.clone()),
						Some(Consent::Rule) | None => None,
					},
					by_rule: consent == Some(&Consent::Rule),
					counts: Self::counts(portal, consents, party),
				}
			})
			.collect()
	}
}
