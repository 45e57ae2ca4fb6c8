//! Milestones and votes.

use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::*;
use madang_primitives::escrow::{CampaignId, Petition, Phase, PositionId, Round, RoundKind, State};
use sp_core::H256;
use sp_runtime::{traits::Zero, DispatchResult};

use crate::{
	clock::{InstantOf, RoundOf, Verdict},
	pallet::*,
	types::BondFate,
};

/// The founder asks.
impl<T: Config> Pallet<T> {
	/// When a milestone is due that follows a payment of `paid_at`.
	pub(crate) fn due_after(
		agreement: &AgreementOf<T>,
		milestone: u8,
		paid_at: InstantOf<T>,
	) -> Option<InstantOf<T>> {
		agreement
			.milestones
			.get(usize::from(milestone))
			.map(|next| Self::after(paid_at, next.duration))
	}

	/// Fails unless the founder is at work and not overdue.
	fn ensure_working(id: CampaignId, campaign: &CampaignOf<T>) -> DispatchResult {
		ensure!(campaign.state == State::Active, Error::<T>::WrongState);
		match Self::phase(id, campaign, &Self::now()) {
			Phase::Working => Ok(()),
			Phase::Overdue => Err(Error::<T>::MilestoneOverdue.into()),
			_ => Err(Error::<T>::RoundOpen.into()),
		}
	}

	pub(crate) fn do_submit_milestone(
		origin: OriginFor<T>,
		id: CampaignId,
		evidence: H256,
	) -> DispatchResult {
		let (_, mut campaign) = Self::campaign_of_founder(origin, id)?;
		Self::ensure_working(id, &campaign)?;
		ensure!(
			campaign
				.submit_from
				.is_none_or(|from| from.has_come(&Self::now())),
			Error::<T>::SubmittedTooSoon
		);
		let milestone = campaign.milestone;
		let kind = RoundKind::Tranche {
			milestone,
			revote: false,
		};
		Self::open_round(id, &mut campaign, kind, evidence, Self::now())?;
		Self::deposit_event(Event::MilestoneSubmitted {
			campaign: id,
			milestone,
			round: campaign.rounds,
			evidence,
		});
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	pub(crate) fn do_request_extension(
		origin: OriginFor<T>,
		id: CampaignId,
		blocks: BlockNumberFor<T>,
		reason: H256,
	) -> DispatchResult {
		let (_, mut campaign) = Self::campaign_of_founder(origin, id)?;
		Self::ensure_working(id, &campaign)?;
		ensure!(
			!campaign.extension_asked && !blocks.is_zero() && blocks <= Self::rules().max_duration,
			Error::<T>::BadExtension
		);
		let due = campaign.due.ok_or(Error::<T>::Inconsistent)?;
		campaign.extension_asked = true;
		let kind = RoundKind::Extension {
			milestone: campaign.milestone,
			due: Self::after(due, blocks),
		};
		Self::open_round(id, &mut campaign, kind, reason, Self::now())?;
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	/// Begins a vote that was asked for at some time. The caller writes the campaign.
	pub(crate) fn open_round(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		kind: RoundKind<BlockNumberFor<T>>,
		evidence: H256,
		asked_at: InstantOf<T>,
	) -> DispatchResult {
		let terms = Self::agreement(id)?.terms;
		campaign.rounds = campaign.rounds.checked_add(1).ok_or(Error::<T>::NoId)?;
		let ends = Self::after(Self::now(), terms.voting);
		let grace_ends = match kind {
			RoundKind::NoConfidence { .. } => ends,
			_ => Self::after(ends, terms.grace),
		};
		let round = Round {
			id: campaign.rounds,
			kind,
			evidence,
			asked_at,
			ends,
			grace_ends,
			snapshot: campaign.units,
			yes: 0,
			no: 0,
			exited: 0,
			exited_no: 0,
		};
		Rounds::<T>::insert(id, round);
		Self::deposit_event(Event::RoundOpened {
			campaign: id,
			round: campaign.rounds,
			kind,
		});
		Ok(())
	}
}

/// The investors answer.
impl<T: Config> Pallet<T> {
	/// A live position with units, and its active campaign.
	pub(crate) fn voter(
		position_id: PositionId,
		who: &T::AccountId,
	) -> Result<(PositionOf<T>, CampaignOf<T>), sp_runtime::DispatchError> {
		let (position, campaign) = Self::position_of(position_id, who)?;
		ensure!(campaign.state == State::Active, Error::<T>::WrongState);
		ensure!(
			Self::is_live(&position, &campaign),
			Error::<T>::StalePosition
		);
		ensure!(!position.units.is_zero(), Error::<T>::NothingAtStake);
		Ok((position, campaign))
	}

	pub(crate) fn do_vote(position_id: PositionId, who: T::AccountId, aye: bool) -> DispatchResult {
		let (mut position, _) = Self::voter(position_id, &who)?;
		let id = position.campaign;
		let mut round = Rounds::<T>::get(id).ok_or(Error::<T>::NoRound)?;
		ensure!(!round.ends.has_come(&Self::now()), Error::<T>::VotingOver);
		let units = position.units;
		if position.last_round == round.id {
			ensure!(position.aye != aye, Error::<T>::AlreadyVoted);
			let before = if position.aye {
				&mut round.yes
			} else {
				&mut round.no
			};
			*before = Self::minus(*before, units)?;
		}
		Self::add(if aye { &mut round.yes } else { &mut round.no }, units)?;
		position.last_round = round.id;
		position.aye = aye;
		Self::deposit_event(Event::Voted {
			campaign: id,
			round: round.id,
			position: position_id,
			aye,
			units,
		});
		Positions::<T>::insert(position_id, position);
		Rounds::<T>::insert(id, round);
		Ok(())
	}

	pub(crate) fn do_call_no_confidence(
		position_id: PositionId,
		who: T::AccountId,
	) -> DispatchResult {
		let (mut position, mut campaign) = Self::voter(position_id, &who)?;
		let id = position.campaign;
		// A vote on an overdue campaign would only put off its end.
		Self::ensure_working(id, &campaign)?;
		let now = Self::now();
		ensure!(
			campaign
				.petition_from
				.is_none_or(|from| from.has_come(&now)),
			Error::<T>::PetitionTooSoon
		);
		let running = Petitions::<T>::get(id).filter(|petition| !petition.until.has_come(&now));
		let mut petition = match running {
			Some(petition) => petition,
			None => {
				campaign.petitions = campaign.petitions.checked_add(1).ok_or(Error::<T>::NoId)?;
				Petition {
					id: campaign.petitions,
					units: 0,
					until: Self::after(now, Self::rules().petition),
				}
			}
		};
		ensure!(
			position.last_petition != petition.id,
			Error::<T>::AlreadySigned
		);
		position.last_petition = petition.id;
		Self::add(&mut petition.units, position.units)?;
		Self::deposit_event(Event::PetitionSigned {
			campaign: id,
			position: position_id,
			units: petition.units,
		});
		if petition.units >= T::PetitionShare::get().mul_ceil(campaign.units) {
			Petitions::<T>::remove(id);
			let kind = RoundKind::NoConfidence { confirming: false };
			Self::open_round(id, &mut campaign, kind, H256::zero(), now)?;
		} else {
			Petitions::<T>::insert(id, petition);
		}
		Positions::<T>::insert(position_id, position);
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	/// Takes the signature of a position that leaves off the petition.
	pub(crate) fn unsign_petition(id: CampaignId, position: &PositionOf<T>) -> DispatchResult {
		if position.last_petition == 0 {
			return Ok(());
		}
		if let Some(mut petition) =
			Petitions::<T>::get(id).filter(|petition| petition.id == position.last_petition)
		{
			petition.units = Self::minus(petition.units, position.units)?;
			Petitions::<T>::insert(id, petition);
		}
		Ok(())
	}
}

/// The answer takes effect.
impl<T: Config> Pallet<T> {
	/// Settles a vote that is over. The caller writes the campaign.
	pub(crate) fn settle_round(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		round: RoundOf<T>,
		now: &InstantOf<T>,
	) -> DispatchResult {
		let verdict = Self::verdict(id, &round);
		match verdict {
			Verdict::Approved { .. } if Self::is_mass_exit(&round) => {
				Self::round_settled(id, &round);
				Self::wind_down(id, campaign, BondFate::Returned)
			}
			Verdict::Approved { .. } => {
				ensure!(round.grace_ends.has_come(now), Error::<T>::NothingDue);
				Self::carry_out(id, campaign, &round, *now)
			}
			Verdict::TurnedDown => Self::turn_down(id, campaign, &round),
			Verdict::AskAgain => {
				Self::round_settled(id, &round);
				let kind = RoundKind::Tranche {
					milestone: campaign.milestone,
					revote: true,
				};
				Self::open_round(id, campaign, kind, round.evidence, round.asked_at)
			}
			Verdict::GivenUp => {
				Self::round_settled(id, &round);
				Self::wind_down(id, campaign, BondFate::Returned)
			}
			Verdict::Distrusted { confirmed: false } => {
				Self::round_settled(id, &round);
				let kind = RoundKind::NoConfidence { confirming: true };
				Self::open_round(id, campaign, kind, H256::zero(), round.asked_at)
			}
			Verdict::Distrusted { confirmed: true } => {
				Self::round_settled(id, &round);
				Self::wind_down(id, campaign, BondFate::Slashed)
			}
			Verdict::Lapsed => {
				if matches!(round.kind, RoundKind::NoConfidence { .. }) {
					let pause = Self::rules().no_confidence_pause;
					campaign.petition_from = Some(Self::after(*now, pause));
				}
				// The founder could not submit while the vote was open.
				campaign.due = campaign.due.map(|due| due.max(round.ends));
				Self::end_round(id, campaign, &round)
			}
		}
	}

	pub(crate) fn round_settled(id: CampaignId, round: &RoundOf<T>) {
		Self::deposit_event(Event::RoundSettled {
			campaign: id,
			round: round.id,
			outcome: round.outcome(),
		});
	}

	/// Removes a round, and with it the dispute about it.
	pub(crate) fn end_round(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		round: &RoundOf<T>,
	) -> DispatchResult {
		Self::round_settled(id, round);
		Rounds::<T>::remove(id);
		Self::return_dispute_bond(id, campaign)
	}

	fn turn_down(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		round: &RoundOf<T>,
	) -> DispatchResult {
		campaign.attempts = campaign.attempts.saturating_add(1);
		if campaign.attempts >= T::MaxAttempts::get() {
			Self::round_settled(id, round);
			// Who tried and did not convince has not vanished.
			return Self::wind_down(id, campaign, BondFate::Returned);
		}
		let from = Self::after(round.ends, Self::rules().resubmit_pause);
		campaign.submit_from = Some(from);
		campaign.due = campaign.due.map(|due| due.max(from));
		Self::end_round(id, campaign, round)
	}

	/// Does what was approved: pays the tranche, or moves the due date.
	fn carry_out(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		round: &RoundOf<T>,
		now: InstantOf<T>,
	) -> DispatchResult {
		match round.kind {
			RoundKind::Extension { milestone, due } => {
				// It may have been decided so late that the date asked for is no help any more.
				let due = due.max(round.grace_ends);
				campaign.due = Some(due);
				Self::deposit_event(Event::Extended {
					campaign: id,
					milestone,
					due: due.block,
				});
				Self::end_round(id, campaign, round)
			}
			RoundKind::Tranche { .. } => Self::release(id, campaign, round, now),
			RoundKind::NoConfidence { .. } => Err(Error::<T>::Inconsistent.into()),
		}
	}
}
