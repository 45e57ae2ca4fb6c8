//! What the clock adds to what is stored. Nothing here writes.

use frame_support::traits::{Get, Time};
use frame_system::pallet_prelude::BlockNumberFor;
use madang_primitives::escrow::{
	Apathy, CampaignId, Instant, Outcome, Phase, Round, RoundKind, Rules, State,
};
use sp_runtime::traits::{BlockNumberProvider, Zero};

use crate::pallet::*;

pub(crate) type InstantOf<T> = Instant<BlockNumberFor<T>>;
pub(crate) type RoundOf<T> = Round<BlockNumberFor<T>>;

/// What a vote that is over leads to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Verdict {
	/// Carried out after the grace window. Tacit when too few voted twice.
	Approved { tacit: bool },
	/// The founder may try again, if attempts are left.
	TurnedDown,
	/// Too few voted; they are asked once more.
	AskAgain,
	/// Too few voted twice, and the terms say that this is the end.
	GivenUp,
	/// Nobody trusts the founder. A first such vote must be confirmed by a second one.
	Distrusted { confirmed: bool },
	/// Nothing comes of it.
	Lapsed,
}

impl Verdict {
	/// What a vote leads to if it ends as it stands.
	pub(crate) fn of<BlockNumber>(round: &Round<BlockNumber>, on_apathy: Apathy) -> Self {
		match (&round.kind, round.outcome()) {
			(RoundKind::Tranche { .. } | RoundKind::Extension { .. }, Outcome::Approved) => {
				Self::Approved { tacit: false }
			}
			(RoundKind::NoConfidence { confirming }, Outcome::Approved) => Self::Distrusted {
				confirmed: *confirming,
			},
			(RoundKind::Tranche { .. }, Outcome::Rejected) => Self::TurnedDown,
			(RoundKind::Tranche { revote: false, .. }, Outcome::Inconclusive) => Self::AskAgain,
			(RoundKind::Tranche { revote: true, .. }, Outcome::Inconclusive) => match on_apathy {
				Apathy::TacitApprove => Self::Approved { tacit: true },
				Apathy::WindDown => Self::GivenUp,
			},
			(RoundKind::Extension { .. } | RoundKind::NoConfidence { .. }, _) => Self::Lapsed,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// What the clock says.
	pub(crate) fn now() -> InstantOf<T> {
		Instant {
			block: T::Blocks::current_block_number(),
			time: T::Time::now(),
		}
	}

	/// So many blocks after an instant.
	pub(crate) fn after(instant: InstantOf<T>, blocks: BlockNumberFor<T>) -> InstantOf<T> {
		instant.after(blocks, T::BlockTime::get())
	}

	/// So many blocks before an instant.
	pub(crate) fn before(instant: InstantOf<T>, blocks: BlockNumberFor<T>) -> InstantOf<T> {
		instant.before(blocks, T::BlockTime::get())
	}

	/// The rules of this chain.
	pub(crate) fn rules() -> Rules<BlockNumberFor<T>> {
		StoredRules::<T>::get()
	}

	/// Whether rules leave founders a choice, and nobody's window is empty.
	pub(crate) fn rules_fit(rules: &Rules<BlockNumberFor<T>>) -> bool {
		let some = |blocks: BlockNumberFor<T>| !blocks.is_zero();
		some(rules.min_period)
			&& rules.min_period <= rules.max_period
			&& some(rules.reconfirm)
			&& rules.reconfirm < rules.max_period
			&& some(rules.early_close_notice)
			&& some(rules.min_voting)
			&& rules.min_voting <= rules.max_voting
			&& some(rules.min_grace)
			&& rules.min_grace <= rules.max_grace
			&& some(rules.max_duration)
			&& some(rules.due_grace)
			&& some(rules.max_dispute)
			&& some(rules.petition)
			// Else one vote after the other could put off the end of an overdue campaign.
			&& rules.no_confidence_pause > rules.due_grace
	}

	/// The state of a campaign with what the clock adds to it.
	pub fn phase(id: CampaignId, campaign: &CampaignOf<T>, now: &InstantOf<T>) -> Phase {
		match campaign.state {
			State::Draft => Phase::Draft,
			State::Funding => Self::funding_phase(campaign, now),
			State::Active => match Rounds::<T>::get(id) {
				Some(round) => Self::phase_of_round(id, &round, now),
				None if Self::is_overdue(campaign, now) => Phase::Overdue,
				None => Phase::Working,
			},
			State::Failed => Phase::Failed,
			State::WindDown => Phase::WindDown,
			State::Completed => Phase::Completed,
		}
	}

	fn funding_phase(campaign: &CampaignOf<T>, now: &InstantOf<T>) -> Phase {
		let Some(schedule) = &campaign.schedule else {
			return Phase::Draft;
		};
		if schedule.deadline.has_come(now) {
			Phase::Ended
		} else if Self::reconfirms(campaign, now) {
			Phase::Reconfirm
		} else if !schedule.opens.has_come(now) {
			Phase::Upcoming
		} else if schedule.lock_at.has_come(now) {
			Phase::Locked
		} else {
			Phase::Open
		}
	}

	/// Whether investors are just saying whether they agree to changed terms.
	pub(crate) fn reconfirms(campaign: &CampaignOf<T>, now: &InstantOf<T>) -> bool {
		campaign
			.reconfirm_until
			.is_some_and(|until| !until.has_come(now))
	}

	/// What the clock makes of a vote.
	pub(crate) fn phase_of_round(id: CampaignId, round: &RoundOf<T>, now: &InstantOf<T>) -> Phase {
		if !round.ends.has_come(now) {
			return Phase::Voting;
		}
		match Self::verdict(id, round) {
			Verdict::Approved { .. } if Self::is_mass_exit(round) => Phase::Decided,
			Verdict::Approved { .. } if !round.grace_ends.has_come(now) => Phase::Grace,
			Verdict::Approved { .. } if Self::is_disputed(id, now) => Phase::Disputed,
			Verdict::Approved { .. } => Phase::Payable,
			_ => Phase::Decided,
		}
	}

	/// What the votes so far lead to, under the terms of the campaign.
	pub(crate) fn verdict(id: CampaignId, round: &RoundOf<T>) -> Verdict {
		// Without an agreement, which every campaign has, the end that pays nobody.
		let on_apathy = Agreements::<T>::get(id)
			.map_or(Apathy::WindDown, |agreement| agreement.terms.on_apathy);
		Verdict::of(round, on_apathy)
	}

	/// Whether more than half of those who could vote have left.
	pub(crate) fn is_mass_exit(round: &RoundOf<T>) -> bool {
		round.exited.saturating_mul(2) > round.snapshot
	}

	/// Whether a dispute keeps the payment back.
	pub(crate) fn is_disputed(id: CampaignId, now: &InstantOf<T>) -> bool {
		Disputes::<T>::get(id).is_some_and(|dispute| !dispute.until.has_come(now))
	}

	/// Whether the next milestone is due. Nothing is late while a vote is open.
	pub(crate) fn is_due(campaign: &CampaignOf<T>, now: &InstantOf<T>) -> bool {
		campaign.due.is_some_and(|due| due.has_come(now))
	}

	/// Whether the next milestone is so late that anyone may end the campaign.
	pub(crate) fn is_overdue(campaign: &CampaignOf<T>, now: &InstantOf<T>) -> bool {
		campaign
			.due
			.is_some_and(|due| Self::after(due, Self::rules().due_grace).has_come(now))
	}
}
