//! Disputes: a payment waits until the arbiter has looked at it, but not for ever.

use frame_support::{ensure, traits::Get};
use madang_primitives::escrow::{CampaignId, Dispute, Phase, PositionId, RoundKind, Ruling};
use sp_runtime::{traits::Zero, DispatchResult};

use crate::{clock::InstantOf, pallet::*, types::BondFate};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_raise_dispute(position_id: PositionId, who: T::AccountId) -> DispatchResult {
		let (position, mut campaign) = Self::voter(position_id, &who)?;
		let id = position.campaign;
		let now = Self::now();
		let round = Rounds::<T>::get(id)
			.filter(|round| matches!(round.kind, RoundKind::Tranche { .. }))
			.ok_or(Error::<T>::CannotDispute)?;
		ensure!(
			Self::phase_of_round(id, &round, &now) != Phase::Decided,
			Error::<T>::CannotDispute
		);
		ensure!(
			!Disputes::<T>::contains_key(id)
				&& campaign.dispute_from.is_none_or(|from| from.has_come(&now)),
			Error::<T>::DisputeTooSoon
		);
		let bond = T::DisputeBond::get().mul_ceil(campaign.raised);
		Self::take_in(id, &campaign, HoldReason::Bond, &who, bond)?;
		campaign.dispute_bond = bond;
		let dispute = Dispute {
			raiser: who.clone(),
			bond,
			until: Self::after(now, Self::rules().max_dispute),
		};
		Disputes::<T>::insert(id, dispute);
		Campaigns::<T>::insert(id, campaign);
		Self::deposit_event(Event::DisputeRaised {
			campaign: id,
			raiser: who,
			bond,
		});
		Ok(())
	}

	pub(crate) fn do_resolve_dispute(id: CampaignId, ruling: Ruling) -> DispatchResult {
		let mut campaign = Self::campaign(id)?;
		let now = Self::now();
		ensure!(Self::is_disputed(id, &now), Error::<T>::NoDispute);
		let round = Rounds::<T>::get(id).ok_or(Error::<T>::NoDispute)?;
		Self::deposit_event(Event::DisputeResolved {
			campaign: id,
			ruling: Some(ruling),
		});
		Self::pause_disputes(&mut campaign, &now);
		match ruling {
			// With no unit left nobody could have the bond, so it goes back.
			Ruling::Dismiss if !campaign.units.is_zero() => {
				Disputes::<T>::remove(id);
				Self::slash_dispute(id, &mut campaign)?;
			}
			Ruling::Dismiss | Ruling::ReleaseAnyway => {
				Self::return_dispute_bond(id, &mut campaign)?;
			}
			Ruling::WindDown => {
				Self::round_settled(id, &round);
				Self::wind_down(id, &mut campaign, BondFate::Slashed)?;
			}
			Ruling::RestartRound => {
				Self::end_round(id, &mut campaign, &round)?;
				Self::open_round(
					id,
					&mut campaign,
					round.kind,
					round.evidence,
					round.asked_at,
				)?;
			}
		}
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	fn pause_disputes(campaign: &mut CampaignOf<T>, now: &InstantOf<T>) {
		campaign.dispute_from = Some(Self::after(*now, Self::rules().dispute_pause));
	}

	/// Ends a dispute that nobody has decided in time: the vote stands, the bond goes back. Tells
	/// whether there was one and it is gone.
	pub(crate) fn settle_expired_dispute(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		now: &InstantOf<T>,
	) -> Result<bool, sp_runtime::DispatchError> {
		let expired = Disputes::<T>::get(id).is_some_and(|dispute| dispute.until.has_come(now));
		if !expired {
			return Ok(false);
		}
		Self::return_dispute_bond(id, campaign)?;
		let gone = !Disputes::<T>::contains_key(id);
		if gone {
			Self::pause_disputes(campaign, now);
			Self::deposit_event(Event::DisputeResolved {
				campaign: id,
				ruling: None,
			});
		}
		Ok(gone)
	}

	/// Ends the open dispute, if there is one, and gives its bond back. Where that cannot be received
	/// it stays on hold and `advance` tries again, but nothing waits for the dispute any more.
	pub(crate) fn return_dispute_bond(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
	) -> DispatchResult {
		let Some(mut dispute) = Disputes::<T>::get(id) else {
			return Ok(());
		};
		if Self::try_pay_out(
			id,
			campaign,
			HoldReason::Bond,
			&dispute.raiser,
			dispute.bond,
		)? {
			Disputes::<T>::remove(id);
			campaign.dispute_bond = 0;
		} else {
			let now = Self::now();
			if !dispute.until.has_come(&now) {
				dispute.until = now;
				Disputes::<T>::insert(id, dispute);
			}
		}
		Ok(())
	}
}
