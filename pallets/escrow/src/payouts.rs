//! Money goes to the startup, or back to the investors, and the campaign ends.

use frame_support::{ensure, traits::fungibles::Inspect};
use frame_system::pallet_prelude::*;
use madang_primitives::{
	attempt::attempt,
	escrow::{AssetKind, CampaignId, Phase, PositionId, RoundKind, State},
	traits::{ClosingGuard, Metaverses},
	Balance, MetaverseId,
};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

use crate::{
	clock::{InstantOf, RoundOf, Verdict},
	costs::ClaimNeeds,
	pallet::*,
	types::BondFate,
};

/// Most campaigns of a metaverse that are looked at when it closes. Each has a deposit on hold, so
/// hardly anybody keeps as many.
const CAMPAIGNS_LOOKED_AT: usize = 16;

/// What is due.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_advance(id: CampaignId) -> DispatchResult {
		let campaign = Self::campaign(id)?;
		match campaign.state {
			State::Draft => Err(Error::<T>::NothingDue.into()),
			State::Funding => Self::end_funding(id, campaign),
			State::Active => Self::advance_active(id, campaign),
			State::Failed | State::WindDown | State::Completed => {
				Self::give_bonds_back(id, campaign)
			}
		}
	}

	fn advance_active(id: CampaignId, mut campaign: CampaignOf<T>) -> DispatchResult {
		let now = Self::now();
		let resolved = Self::settle_expired_dispute(id, &mut campaign, &now)?;
		match Self::phase(id, &campaign, &now) {
			Phase::Decided | Phase::Payable => {
				let round = Rounds::<T>::get(id).ok_or(Error::<T>::Inconsistent)?;
				Self::settle_round(id, &mut campaign, round, &now)?;
			}
			Phase::Overdue => Self::wind_down(id, &mut campaign, BondFate::Slashed)?,
			Phase::Disputed => return Err(Error::<T>::DisputeOpen.into()),
			_ => ensure!(resolved, Error::<T>::NothingDue),
		}
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	/// Tries again to give back what could not be received when the campaign ended.
	fn give_bonds_back(id: CampaignId, mut campaign: CampaignOf<T>) -> DispatchResult {
		let before = campaign.bond.saturating_add(campaign.dispute_bond);
		ensure!(!before.is_zero(), Error::<T>::NothingDue);
		Self::return_bond(id, &mut campaign)?;
		Self::return_dispute_bond(id, &mut campaign)?;
		let after = campaign.bond.saturating_add(campaign.dispute_bond);
		ensure!(after < before, Error::<T>::CannotReceive);
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	/// What the next tranche comes to, the network's fee included. The last one takes all.
	pub(crate) fn next_tranche(
		campaign: &CampaignOf<T>,
		agreement: &AgreementOf<T>,
	) -> Result<Balance, DispatchError> {
		let mut left = agreement
			.milestones
			.iter()
			.skip(usize::from(campaign.milestone))
			.map(|milestone| Balance::from(milestone.weight));
		let Some(weight) = left.next() else {
			return Ok(0);
		};
		let others: Balance = left.sum();
		if others.is_zero() {
			Ok(campaign.pool)
		} else {
			Self::share(campaign.pool, weight, weight.saturating_add(others))
		}
	}

	/// Pays what is promised for success itself. Where it cannot be received it stays in the pool: a
	/// payment must not keep a campaign from going on.
	pub(crate) fn pay_kickoff(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		agreement: &AgreementOf<T>,
	) -> DispatchResult {
		let amount = agreement.terms.kickoff.mul_floor(campaign.pool);
		if amount.is_zero() {
			return Ok(());
		}
		let beneficiary = T::Metaverses::account(campaign.metaverse);
		let mut paying = campaign.clone();
		let paid = attempt(|| {
			Self::ensure_not_suspended(&paying)?;
			Self::pay_startup(id, &mut paying, &beneficiary, amount)
		})?;
		let Ok((net, fee)) = paid else {
			Self::deposit_event(Event::KickoffSkipped { campaign: id });
			return Ok(());
		};
		*campaign = paying;
		campaign.kickoff = amount;
		Self::deposit_event(Event::Released {
			campaign: id,
			milestone: None,
			amount: net,
			fee,
		});
		Ok(())
	}

	/// Pays the tranche that the round is about.
	///
	/// A startup that cannot receive it for as long as a late milestone is forgiven loses the campaign:
	/// nobody's money may be stuck behind an account that takes none.
	pub(crate) fn release(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		round: &RoundOf<T>,
		now: InstantOf<T>,
	) -> DispatchResult {
		ensure!(!Self::is_disputed(id, &now), Error::<T>::DisputeOpen);
		Self::ensure_not_suspended(campaign)?;
		let agreement = Self::agreement(id)?;
		let amount = Self::next_tranche(campaign, &agreement)?;
		let beneficiary = T::Metaverses::account(campaign.metaverse);
		let mut paying = campaign.clone();
		let paid = attempt(|| Self::pay_startup(id, &mut paying, &beneficiary, amount))?;
		let (net, fee) = match paid {
			Ok(paid) => paid,
			Err(_) if Self::after(round.grace_ends, Self::rules().due_grace).has_come(&now) => {
				Self::round_settled(id, round);
				return Self::wind_down(id, campaign, BondFate::Returned);
			}
			Err(error) => return Err(error),
		};
		*campaign = paying;
		Self::deposit_event(Event::Released {
			campaign: id,
			milestone: Some(campaign.milestone),
			amount: net,
			fee,
		});
		Self::end_round(id, campaign, round)?;
		campaign.milestone = campaign.milestone.saturating_add(1);
		campaign.attempts = 0;
		campaign.submit_from = None;
		campaign.extension_asked = false;
		campaign.due = Self::due_after(&agreement, campaign.milestone, now);
		if campaign.due.is_none() {
			Self::transition(id, campaign, State::Completed)?;
		}
		Ok(())
	}

	/// Gives a campaign up. The caller writes it.
	pub(crate) fn wind_down(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		bond: BondFate,
	) -> DispatchResult {
		Self::end_bond(id, campaign, bond)?;
		Self::transition(id, campaign, State::WindDown)
	}

	pub(crate) fn do_abandon(origin: OriginFor<T>, id: CampaignId) -> DispatchResult {
		let (_, mut campaign) = Self::campaign_of_founder(origin, id)?;
		ensure!(campaign.state == State::Active, Error::<T>::WrongState);
		let now = Self::now();
		let phase = Self::phase(id, &campaign, &now);
		ensure!(
			!matches!(phase, Phase::Grace | Phase::Payable | Phase::Disputed),
			Error::<T>::PaymentDue
		);
		let round = Rounds::<T>::get(id);
		// Whoever is about to lose all trust, or to be ruled against, cannot save the bond by leaving
		// first.
		ensure!(
			!round.is_some_and(|round| matches!(round.kind, RoundKind::NoConfidence { .. })),
			Error::<T>::RoundOpen
		);
		ensure!(!Self::is_disputed(id, &now), Error::<T>::DisputeOpen);
		// Nothing is late while a vote is open that was asked for in time.
		let asked_at = round.map_or(now, |round| round.asked_at);
		let fate = if Self::is_due(&campaign, &asked_at) {
			BondFate::Slashed
		} else {
			BondFate::Returned
		};
		Self::wind_down(id, &mut campaign, fate)?;
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}
}

/// Investors leave.
impl<T: Config> Pallet<T> {
	/// What of a position's money is at work in the startup.
	pub(crate) fn deployed(position: &PositionOf<T>, campaign: &CampaignOf<T>) -> Balance {
		let at_work = Self::of_units(position.units, campaign.deployed_per_unit);
		position.equity.saturating_add(at_work)
	}

	/// Whether the result of a vote lets a position leave.
	pub(crate) fn was_overruled(
		position: &PositionOf<T>,
		round: &RoundOf<T>,
		verdict: Verdict,
	) -> bool {
		let voted = position.last_round == round.id;
		match verdict {
			Verdict::Approved { tacit: false } => voted && !position.aye,
			// Too few voted; silence is not consent to be bound.
			Verdict::Approved { tacit: true } => !voted || !position.aye,
			_ => false,
		}
	}

	/// Tells whether the position had a receipt, which is burned when the position goes.
	pub(crate) fn do_exit(
		position_id: PositionId,
		who: &T::AccountId,
		dest: &T::AccountId,
	) -> Result<bool, DispatchError> {
		let (position, mut campaign) = Self::position_of(position_id, who)?;
		let receipt = position.receipt;
		ensure!(
			Self::is_live(&position, &campaign),
			Error::<T>::StalePosition
		);
		if position.units.is_zero() {
			// It left before; its owner gives up the record of what stayed at work.
			Self::remove_position(position_id, position, &mut campaign)?;
		} else {
			match campaign.state {
				State::Active => Self::exit_overruled(position_id, position, &mut campaign, dest)?,
				State::Completed => Self::give_up(position_id, position, &mut campaign, dest)?,
				_ => return Err(Error::<T>::CannotExit.into()),
			}
		}
		Ok(receipt)
	}

	/// Leaves in the grace window, with a share of everything that has not been paid.
	fn exit_overruled(
		position_id: PositionId,
		mut position: PositionOf<T>,
		campaign: &mut CampaignOf<T>,
		dest: &T::AccountId,
	) -> DispatchResult {
		let id = position.campaign;
		let mut round = Rounds::<T>::get(id).ok_or(Error::<T>::CannotExit)?;
		ensure!(
			Self::phase_of_round(id, &round, &Self::now()) == Phase::Grace,
			Error::<T>::CannotExit
		);
		let verdict = Self::verdict(id, &round);
		ensure!(
			Self::was_overruled(&position, &round, verdict),
			Error::<T>::CannotExit
		);

		Self::unsign_petition(id, &position)?;
		let units = position.units;
		let equity = Self::deployed(&position, campaign);
		let paid = Self::take_share(campaign, units)?;
		// The larger sum first: it may be what makes the account exist.
		Self::pay_out(id, campaign, HoldReason::Principal, dest, paid)?;
		Self::pay_revenue(position_id, &mut position, campaign, dest)?;
		Self::add(&mut campaign.money.exited, paid)?;
		Self::add(&mut round.exited, units)?;
		if position.last_round == round.id && !position.aye {
			Self::add(&mut round.exited_no, units)?;
		}
		Rounds::<T>::insert(id, round);
		Self::deposit_event(Event::Exited {
			campaign: id,
			position: position_id,
			units,
			paid,
			equity,
		});
		Self::leave(position_id, position, campaign, equity)
	}

	/// Leaves a completed campaign, in which nothing is left but future revenue.
	fn give_up(
		position_id: PositionId,
		mut position: PositionOf<T>,
		campaign: &mut CampaignOf<T>,
		dest: &T::AccountId,
	) -> DispatchResult {
		Self::pay_revenue(position_id, &mut position, campaign, dest)?;
		let units = position.units;
		let equity = Self::deployed(&position, campaign);
		let paid = Self::take_share(campaign, units)?;
		ensure!(paid.is_zero(), Error::<T>::Inconsistent);
		Self::deposit_event(Event::Exited {
			campaign: position.campaign,
			position: position_id,
			units,
			paid,
			equity,
		});
		Self::leave(position_id, position, campaign, equity)
	}

	/// A position without units any more: it stays as the record of what is at work, if anything is.
	fn leave(
		position_id: PositionId,
		mut position: PositionOf<T>,
		campaign: &mut CampaignOf<T>,
		equity: Balance,
	) -> DispatchResult {
		Self::add(&mut campaign.deployed_by_leavers, equity)?;
		campaign.investors = campaign.investors.saturating_sub(1);
		let id = position.campaign;
		position.units = 0;
		position.revenue_debt = 0;
		position.equity = equity;
		if equity.is_zero() {
			return Self::remove_position(position_id, position, campaign);
		}
		Positions::<T>::insert(position_id, position);
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	/// Tells what it needed.
	pub(crate) fn do_claim(
		position_id: PositionId,
		who: &T::AccountId,
		dest: &T::AccountId,
	) -> Result<ClaimNeeds, DispatchError> {
		let (position, campaign) = Self::position_of(position_id, who)?;
		Self::pay_claim(position_id, position, campaign, dest)
	}

	/// Tells what it needed.
	pub(crate) fn do_claim_for(position_id: PositionId) -> Result<ClaimNeeds, DispatchError> {
		let position = Positions::<T>::get(position_id).ok_or(Error::<T>::UnknownPosition)?;
		let campaign = Self::campaign(position.campaign)?;
		ensure!(
			matches!(campaign.state, State::Failed | State::WindDown),
			Error::<T>::WrongState
		);
		ensure!(!position.only_owner_claims, Error::<T>::OwnerClaims);
		let owner = position.owner.clone();
		Self::pay_claim(position_id, position, campaign, &owner)
	}

	/// Pays what a position may claim, and removes it. Tells what that needed.
	fn pay_claim(
		position_id: PositionId,
		position: PositionOf<T>,
		mut campaign: CampaignOf<T>,
		dest: &T::AccountId,
	) -> Result<ClaimNeeds, DispatchError> {
		let needs = ClaimNeeds {
			refunded: campaign.state == State::Failed || !Self::is_live(&position, &campaign),
			native: campaign.asset == AssetKind::Native,
			elsewhere: dest != &position.owner,
			person: position.subject.is_some(),
			receipt: position.receipt,
		};
		if needs.refunded {
			Self::refund(position_id, position, &mut campaign, dest)?;
		} else {
			ensure!(
				campaign.state == State::WindDown,
				Error::<T>::NothingToClaim
			);
			Self::share_out(position_id, position, &mut campaign, dest)?;
		}
		Ok(needs)
	}

	/// Gives everything back that was put in.
	fn refund(
		position_id: PositionId,
		position: PositionOf<T>,
		campaign: &mut CampaignOf<T>,
		dest: &T::AccountId,
	) -> DispatchResult {
		let id = position.campaign;
		let amount = position.units;
		if Self::is_live(&position, campaign) {
			campaign.units = Self::minus(campaign.units, amount)?;
			campaign.pool = Self::minus(campaign.pool, amount)?;
			campaign.investors = campaign.investors.saturating_sub(1);
		} else {
			campaign.stale = Self::minus(campaign.stale, amount)?;
		}
		Self::add(&mut campaign.money.refunded, amount)?;
		Self::pay_out(id, campaign, HoldReason::Principal, dest, amount)?;
		if let Some(agreement) = Agreements::<T>::get(id) {
			Self::forget_for_person(&agreement.policy, campaign, &position);
		}
		Self::deposit_event(Event::Refunded {
			campaign: id,
			position: position_id,
			to: dest.clone(),
			amount,
		});
		Self::remove_position(position_id, position, campaign)
	}

	/// Pays the share of what is left after a wind-down.
	fn share_out(
		position_id: PositionId,
		mut position: PositionOf<T>,
		campaign: &mut CampaignOf<T>,
		dest: &T::AccountId,
	) -> DispatchResult {
		let id = position.campaign;
		let mut amount = 0;
		if !position.units.is_zero() {
			amount = Self::take_share(campaign, position.units)?;
			campaign.investors = campaign.investors.saturating_sub(1);
		}
		Self::add(&mut campaign.money.claimed, amount)?;
		// The larger sum first: it may be what makes the account exist.
		Self::pay_out(id, campaign, HoldReason::Principal, dest, amount)?;
		Self::pay_revenue(position_id, &mut position, campaign, dest)?;
		Self::deposit_event(Event::Claimed {
			campaign: id,
			position: position_id,
			to: dest.clone(),
			amount,
		});
		Self::remove_position(position_id, position, campaign)
	}

	/// Removes a position without money, writes its campaign, and gives the deposit back.
	pub(crate) fn remove_position(
		position_id: PositionId,
		position: PositionOf<T>,
		campaign: &mut CampaignOf<T>,
	) -> DispatchResult {
		let id = position.campaign;
		if position.receipt {
			Self::burn_receipt(position_id)?;
		}
		Positions::<T>::remove(position_id);
		PositionOfOwner::<T>::remove(&position.owner, id);
		if let Some((person, _)) = position.subject {
			PositionOfPerson::<T>::remove(id, person);
		}
		campaign.positions = campaign.positions.saturating_sub(1);
		Campaigns::<T>::insert(id, campaign);
		Self::release_deposit(HoldReason::Position, &position.owner, position.deposit)
	}

	pub(crate) fn do_allow_claim_for(
		position_id: PositionId,
		who: T::AccountId,
		allowed: bool,
	) -> DispatchResult {
		let (mut position, _) = Self::position_of(position_id, &who)?;
		position.only_owner_claims = !allowed;
		Positions::<T>::insert(position_id, position);
		Self::deposit_event(Event::ClaimForAllowed {
			position: position_id,
			allowed,
		});
		Ok(())
	}
}

/// The last one turns off the light.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_close(id: CampaignId) -> DispatchResult {
		let mut campaign = Self::campaign(id)?;
		ensure!(
			matches!(
				campaign.state,
				State::Failed | State::WindDown | State::Completed
			),
			Error::<T>::WrongState
		);
		Self::return_bond(id, &mut campaign)?;
		Self::return_dispute_bond(id, &mut campaign)?;
		ensure!(
			campaign.positions.is_zero()
				&& campaign.pool.is_zero()
				&& campaign.stale.is_zero()
				&& campaign.bond.is_zero()
				&& campaign.dispute_bond.is_zero(),
			Error::<T>::NotEmpty
		);
		let swept = Self::sweep_pot(id, &campaign)?;
		Self::remove_campaign(id, &campaign)?;
		Self::deposit_event(Event::Closed {
			campaign: id,
			swept,
		});
		Ok(())
	}
}

impl<T: Config> ClosingGuard for Pallet<T> {
	fn ensure_can_close(id: MetaverseId) -> DispatchResult {
		ensure!(
			!LiveCampaignOf::<T>::contains_key(id),
			Error::<T>::CampaignRunning
		);
		// What campaigns have paid in other assets than the native token would be out of reach.
		let account = T::Metaverses::account(id);
		let left = CampaignsOf::<T>::iter_key_prefix(id)
			.take(CAMPAIGNS_LOOKED_AT)
			.filter_map(Campaigns::<T>::get)
			.filter(|campaign| campaign.asset != AssetKind::Native)
			.any(|campaign| !T::Tokens::balance(campaign.asset, &account).is_zero());
		ensure!(!left, Error::<T>::AssetsLeft);
		Ok(())
	}
}
