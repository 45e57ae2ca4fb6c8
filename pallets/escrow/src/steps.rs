//! What may happen next in a campaign, by whom and when.

use alloc::{vec, vec::Vec};
use frame_system::pallet_prelude::BlockNumberFor;
use madang_primitives::escrow::{Action, Actor, CampaignId, NextStep, Phase, RoundKind, State};
use sp_runtime::traits::Zero;

use crate::{
	clock::{InstantOf, RoundOf, Verdict},
	pallet::*,
};

type StepOf<T> = NextStep<BlockNumberFor<T>>;

/// Something that may happen at once and has no end.
fn always<BlockNumber>(action: Action, actor: Actor) -> NextStep<BlockNumber> {
	NextStep {
		action,
		actor,
		from: None,
		until: None,
	}
}

impl<T: Config> Pallet<T> {
	/// What may happen next.
	pub(crate) fn next_steps(
		id: CampaignId,
		campaign: &CampaignOf<T>,
		agreement: &AgreementOf<T>,
		now: &InstantOf<T>,
	) -> Vec<StepOf<T>> {
		let mut steps = match Self::phase(id, campaign, now) {
			Phase::Draft => vec![
				always(Action::Open, Actor::Founder),
				always(Action::Discard, Actor::Founder),
			],
			Phase::Upcoming | Phase::Open | Phase::Locked | Phase::Reconfirm | Phase::Ended => {
				Self::funding_steps(campaign, agreement, now)
			}
			Phase::Working | Phase::Overdue => Self::working_steps(campaign, now),
			Phase::Voting | Phase::Decided | Phase::Grace | Phase::Payable | Phase::Disputed => {
				Rounds::<T>::get(id)
					.map(|round| Self::round_steps(id, &round, now))
					.unwrap_or_default()
			}
			Phase::Failed => Self::last_steps(campaign, Some(Action::Refund)),
			Phase::WindDown => Self::last_steps(campaign, Some(Action::Claim)),
			Phase::Completed => Self::last_steps(campaign, None),
		};
		if campaign.funded_at.is_some() {
			steps.extend(Self::steps_after_success(campaign, agreement, now));
		}
		if !campaign.stale.is_zero() {
			steps.push(always(Action::Refund, Actor::StaleOwner));
		}
		steps.retain(|step| step.until.is_none_or(|until| !until.has_come(now)));
		steps
	}

	/// After the end: what positions may claim, then what nobody owns.
	fn last_steps(campaign: &CampaignOf<T>, claim: Option<Action>) -> Vec<StepOf<T>> {
		let mut steps = vec![];
		if let Some(action) = claim.filter(|_| !campaign.positions.is_zero()) {
			steps.push(always(action, Actor::PositionOwner));
			steps.push(always(action, Actor::Anyone));
		}
		if !campaign
			.bond
			.saturating_add(campaign.dispute_bond)
			.is_zero()
		{
			steps.push(always(Action::ReturnBond, Actor::Anyone));
		} else if campaign.positions.is_zero() {
			steps.push(always(Action::Close, Actor::Anyone));
		}
		steps
	}

	fn funding_steps(
		campaign: &CampaignOf<T>,
		agreement: &AgreementOf<T>,
		now: &InstantOf<T>,
	) -> Vec<StepOf<T>> {
		let Some(schedule) = campaign.schedule else {
			return vec![];
		};
		let at = |action, actor, from, until| NextStep {
			action,
			actor,
			from,
			until,
		};
		let reconfirming = campaign
			.reconfirm_until
			.filter(|until| !until.has_come(now));
		// Commitments start when the campaign opens, and pause while others reconfirm.
		let commit_from = reconfirming.map_or(schedule.opens, |until| until.max(schedule.opens));
		let mut steps = vec![
			at(
				Action::Commit,
				Actor::Investor,
				Some(commit_from),
				Some(schedule.closes),
			),
			at(
				Action::Withdraw,
				Actor::PositionOwner,
				Some(schedule.opens),
				Some(schedule.lock_at),
			),
			always(Action::Cancel, Actor::Founder),
			always(Action::Cancel, Actor::Guardian),
		];
		if let Some(until) = reconfirming {
			steps.push(at(Action::Reconfirm, Actor::StaleOwner, None, Some(until)));
		} else {
			steps.push(at(
				Action::Amend,
				Actor::Founder,
				None,
				Some(schedule.lock_at),
			));
		}
		if !agreement.terms.cooling_off.is_zero() {
			steps.push(at(
				Action::Withdraw,
				Actor::CoolingOff,
				Some(schedule.opens),
				Some(schedule.deadline),
			));
		}
		let successful = Self::is_successful(campaign, &agreement.terms);
		if successful && !campaign.closes_early {
			let from = Self::after(schedule.opens, Self::rules().min_period);
			steps.push(at(
				Action::AnnounceEarlyClose,
				Actor::Founder,
				Some(reconfirming.map_or(from, |until| until.max(from))),
				Some(schedule.deadline),
			));
		}
		let end = if successful {
			Action::Activate
		} else {
			Action::Fail
		};
		steps.push(at(end, Actor::Anyone, Some(schedule.deadline), None));
		steps
	}

	fn working_steps(campaign: &CampaignOf<T>, now: &InstantOf<T>) -> Vec<StepOf<T>> {
		let overdue_at = campaign
			.due
			.map(|due| Self::after(due, Self::rules().due_grace));
		let mut steps = vec![
			NextStep {
				action: Action::SubmitMilestone,
				actor: Actor::Founder,
				from: campaign.submit_from,
				until: overdue_at,
			},
			NextStep {
				action: Action::WindDown,
				actor: Actor::Anyone,
				from: overdue_at,
				until: None,
			},
			always(Action::Abandon, Actor::Founder),
			NextStep {
				action: Action::CallNoConfidence,
				actor: Actor::PositionOwner,
				from: campaign.petition_from,
				until: overdue_at,
			},
		];
		if !campaign.extension_asked && !Self::is_overdue(campaign, now) {
			steps.push(NextStep {
				action: Action::RequestExtension,
				actor: Actor::Founder,
				from: None,
				until: overdue_at,
			});
		}
		steps
	}

	/// While votes are open, what the votes so far would lead to.
	fn round_steps(id: CampaignId, round: &RoundOf<T>, now: &InstantOf<T>) -> Vec<StepOf<T>> {
		let ends = Some(round.ends);
		let mut steps = vec![NextStep {
			action: Action::Vote,
			actor: Actor::PositionOwner,
			from: None,
			until: ends,
		}];
		let verdict = Self::verdict(id, round);
		let by_anyone = |action, from| NextStep {
			action,
			actor: Actor::Anyone,
			from,
			until: None,
		};
		let dispute = Disputes::<T>::get(id);
		let is_tranche = matches!(round.kind, RoundKind::Tranche { .. });
		let is_settled = Self::phase_of_round(id, round, now) == Phase::Decided;
		match verdict {
			Verdict::Approved { .. } if Self::is_mass_exit(round) => {
				steps.push(by_anyone(Action::WindDown, ends));
			}
			Verdict::Approved { tacit } => {
				steps.push(NextStep {
					action: Action::Exit,
					actor: if tacit {
						Actor::NotYesVoter
					} else {
						Actor::NoVoter
					},
					from: ends,
					until: Some(round.grace_ends),
				});
				let from = dispute.as_ref().map_or(round.grace_ends, |dispute| {
					dispute.until.max(round.grace_ends)
				});
				let action = if is_tranche {
					Action::Release
				} else {
					Action::Settle
				};
				steps.push(by_anyone(action, Some(from)));
			}
			Verdict::GivenUp | Verdict::Distrusted { confirmed: true } => {
				steps.push(by_anyone(Action::WindDown, ends));
			}
			_ => steps.push(by_anyone(Action::Settle, ends)),
		}
		match dispute {
			Some(dispute) if !dispute.until.has_come(now) => steps.push(NextStep {
				action: Action::ResolveDispute,
				actor: Actor::Arbiter,
				from: None,
				until: Some(dispute.until),
			}),
			None if is_tranche && !is_settled => steps.push(NextStep {
				action: Action::RaiseDispute,
				actor: Actor::PositionOwner,
				from: Campaigns::<T>::get(id).and_then(|campaign| campaign.dispute_from),
				until: None,
			}),
			_ => {}
		}
		steps
	}

	fn steps_after_success(
		campaign: &CampaignOf<T>,
		agreement: &AgreementOf<T>,
		now: &InstantOf<T>,
	) -> Vec<StepOf<T>> {
		let mut steps = vec![];
		let running = matches!(campaign.state, State::Active | State::Completed);
		if running {
			let unlocked = campaign
				.funded_at
				.map(|at| Self::after(at, agreement.terms.lock_up));
			steps.push(always(Action::MintReceipt, Actor::PositionOwner));
			steps.push(NextStep {
				action: Action::TransferPosition,
				actor: Actor::PositionOwner,
				from: unlocked.filter(|at| !at.has_come(now)),
				until: None,
			});
			if !campaign.units.is_zero() {
				steps.push(always(Action::DepositRevenue, Actor::Anyone));
			}
		}
		if campaign.money.revenue > campaign.money.revenue_claimed {
			steps.push(always(Action::ClaimRevenue, Actor::PositionOwner));
		}
		steps
	}
}
