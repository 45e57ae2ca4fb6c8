//! The books of escrow, as equations, numbered as in the design. Each is checked after every test.

use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::fungibles::Inspect};
use madang_primitives::{
	deposit::hold_is,
	escrow::{AssetKind, CampaignId, Policy, RoundKind, State},
	traits::Attestations,
	Balance,
};
use sp_core::U256;
use sp_runtime::{traits::Zero, DispatchResult};

use crate::{
	pallet::*,
	types::{Agreement, SCALE},
};

/// What a recount of the positions of a campaign finds.
#[derive(Default)]
struct Recount {
	positions: u32,
	investors: u32,
	live: Balance,
	stale: Balance,
	yes: Balance,
	no: Balance,
	signed: Balance,
	pending: Balance,
	deployed: Balance,
	equity: Balance,
}

impl<T: Config> Pallet<T> {
	/// Checks every equation. The message names the first one that does not hold.
	pub fn do_try_state() -> DispatchResult {
		let mut recounts = Self::recount()?;
		for (id, campaign) in Campaigns::<T>::iter() {
			let found = recounts.remove(&id).unwrap_or_default();
			let agreement = Agreements::<T>::get(id).ok_or("every campaign has an agreement")?;
			Self::check_money(id, &campaign)?;
			Self::check_units(id, &campaign, &found)?;
			Self::check_revenue(id, &campaign, &found)?;
			Self::check_tally(id, &campaign, &found)?;
			Self::check_releases(&campaign, &agreement, &found)?;
			Self::check_time(id, &campaign)?;
			Self::check_status(id, &campaign, &agreement)?;
			Self::check_custody(id, &campaign)?;
		}
		ensure!(
			recounts.is_empty(),
			"I14: no position stands in a campaign that is gone"
		);
		Self::check_receipts()?;
		Self::check_caps()?;
		Self::check_deposits()
	}

	fn recount() -> Result<BTreeMap<CampaignId, Recount>, sp_runtime::DispatchError> {
		let mut all: BTreeMap<CampaignId, Recount> = BTreeMap::new();
		for (id, position) in Positions::<T>::iter() {
			let campaign = Campaigns::<T>::get(position.campaign)
				.ok_or("I14: every position belongs to a campaign")?;
			ensure!(
				PositionOfOwner::<T>::get(&position.owner, position.campaign) == Some(id)
					&& id < NextPosition::<T>::get(),
				"I14: the index of owners knows every position"
			);
			let found = all.entry(position.campaign).or_default();
			found.positions += 1;
			if !Self::is_live(&position, &campaign) {
				found.stale += position.units;
				continue;
			}
			found.live += position.units;
			found.investors += u32::from(position.units > 0);
			found.pending += Self::pending_revenue(&position, &campaign);
			found.deployed += Self::deployed(&position, &campaign) - position.equity;
			found.equity += position.equity;
			if let Some(round) = Rounds::<T>::get(position.campaign) {
				if position.last_round == round.id {
					let side = if position.aye {
						&mut found.yes
					} else {
						&mut found.no
					};
					*side += position.units;
				}
			}
			if let Some(petition) = Petitions::<T>::get(position.campaign) {
				if position.last_petition == petition.id {
					found.signed += position.units;
				}
			}
		}
		ensure!(
			PositionOfOwner::<T>::iter_keys().count() == Positions::<T>::iter_keys().count(),
			"I14: the index of owners knows nothing but positions"
		);
		Ok(all)
	}

	/// I1, I2 and I4: what is on hold against the books, and every flow.
	fn check_money(id: CampaignId, campaign: &CampaignOf<T>) -> DispatchResult {
		let money = &campaign.money;
		let principal = Self::on_hold(id, campaign, HoldReason::Principal);
		ensure!(
			principal == campaign.pool + campaign.stale,
			"I1: principal on hold = pool + stale"
		);
		if campaign.funded_at.is_none() {
			ensure!(
				campaign.pool == campaign.units,
				"I1: before success the pool is what was put in"
			);
		}
		ensure!(
			Self::on_hold(id, campaign, HoldReason::Bond) == campaign.bond + campaign.dispute_bond,
			"I2: bonds on hold = bond of the founder + bond of the dispute"
		);
		ensure!(
			money.bond_deposited
				== campaign.bond
					+ money.bond_returned
					+ money.bond_slashed
					+ money.bond_to_treasury,
			"I2: the founder's bond is on hold, returned or slashed"
		);
		ensure!(
			campaign.dispute_bond == Disputes::<T>::get(id).map_or(0, |dispute| dispute.bond),
			"I2: the bond of the dispute is that of the dispute"
		);
		let came_in = money.committed + money.bond_slashed + money.dispute_slashed;
		let went_out = money.withdrawn
			+ money.refunded
			+ money.released
			+ money.fees
			+ money.exited
			+ money.claimed;
		ensure!(
			came_in == principal + went_out,
			"I4: what came in = what is left + what went out"
		);
		Ok(())
	}

	/// I5, I6 and I14: units and positions.
	fn check_units(id: CampaignId, campaign: &CampaignOf<T>, found: &Recount) -> DispatchResult {
		ensure!(
			campaign.units == found.live && campaign.stale == found.stale,
			"I5: units and stale = sums over the positions"
		);
		if campaign.units.is_zero() {
			ensure!(campaign.pool.is_zero(), "I6: no units, no pool");
		}
		if campaign.state == State::Completed {
			ensure!(
				campaign.pool.is_zero(),
				"I6: a completed campaign has paid everything"
			);
		}
		ensure!(
			campaign.positions == found.positions && campaign.investors == found.investors,
			"I14: positions and investors = recount"
		);
		ensure!(
			id < NextCampaign::<T>::get() && CampaignsOf::<T>::contains_key(campaign.metaverse, id),
			"I14: the index of metaverses knows every campaign"
		);
		Ok(())
	}

	/// I3: revenue.
	fn check_revenue(id: CampaignId, campaign: &CampaignOf<T>, found: &Recount) -> DispatchResult {
		let held = Self::on_hold(id, campaign, HoldReason::Revenue);
		ensure!(
			campaign.money.revenue == campaign.money.revenue_claimed + held,
			"I3: revenue = claimed + on hold"
		);
		let rest = held
			.checked_sub(found.pending)
			.ok_or("I3: revenue on hold covers what is pending")?;
		let whole_rest = (campaign.revenue_rest / U256::from(SCALE)).low_u128();
		let ever = Balance::from(NextPosition::<T>::get());
		ensure!(
			rest <= ever + whole_rest + 2,
			"I3: what is not pending is less than a unit for each position, and the rest"
		);
		Ok(())
	}

	/// I8: votes and signatures.
	fn check_tally(id: CampaignId, campaign: &CampaignOf<T>, found: &Recount) -> DispatchResult {
		if let Some(round) = Rounds::<T>::get(id) {
			ensure!(
				round.snapshot == campaign.units + round.exited,
				"I8: who could vote is still there or has left"
			);
			ensure!(
				round.yes + round.no <= round.snapshot,
				"I8: no more votes than units"
			);
			ensure!(
				round.yes == found.yes && round.no == found.no + round.exited_no,
				"I8: the tally = recount of the votes"
			);
			ensure!(
				round.id == campaign.rounds && round.exited_no <= round.exited,
				"I8: the open round is the last one"
			);
		}
		if let Some(petition) = Petitions::<T>::get(id) {
			ensure!(
				petition.units == found.signed && petition.id == campaign.petitions,
				"I8: a petition = recount of the signatures"
			);
		}
		Ok(())
	}

	/// I9 and I17: nothing more is released than the milestones that were reached.
	fn check_releases(
		campaign: &CampaignOf<T>,
		agreement: &AgreementOf<T>,
		found: &Recount,
	) -> DispatchResult {
		let money = &campaign.money;
		let released = money.released + money.fees;
		let weight = |count: usize| -> U256 {
			agreement
				.milestones
				.iter()
				.take(count)
				.fold(U256::zero(), |sum, milestone| {
					sum + U256::from(milestone.weight)
				})
		};
		if campaign.funded_at.is_none() {
			ensure!(released.is_zero(), "I9: nothing is released before success");
		} else {
			let by_vote = released
				.checked_sub(campaign.kickoff)
				.ok_or("I9: the kickoff was released")?;
			let most = campaign.raised + money.dispute_slashed - campaign.kickoff;
			ensure!(
				U256::from(by_vote) * weight(agreement.milestones.len())
					<= U256::from(most) * weight(usize::from(campaign.milestone)),
				"I9: released by vote <= share of the milestones reached"
			);
		}
		ensure!(
			found.equity <= campaign.deployed_by_leavers
				&& found.deployed + campaign.deployed_by_leavers <= released,
			"I17: what is recorded as at work was released"
		);
		Ok(())
	}

	/// I12: windows are in order.
	fn check_time(id: CampaignId, campaign: &CampaignOf<T>) -> DispatchResult {
		if let Some(schedule) = &campaign.schedule {
			ensure!(
				schedule.lock_at.is_no_later_than(&schedule.deadline)
					&& schedule.closes.is_no_later_than(&schedule.deadline)
					&& schedule.opens.is_no_later_than(&schedule.lock_at)
					&& schedule.opens.is_no_later_than(&schedule.closes),
				"I12: opens <= lock and close <= deadline"
			);
			if let Some(until) = &campaign.reconfirm_until {
				let in_time = until.is_no_later_than(&schedule.lock_at)
					&& until.is_no_later_than(&schedule.closes);
				// An early close comes after the window, and brings lock and close forward.
				ensure!(
					in_time || campaign.closes_early,
					"I12: the window to reconfirm ends before the lock"
				);
			}
		}
		if let Some(round) = Rounds::<T>::get(id) {
			ensure!(
				round.ends.is_no_later_than(&round.grace_ends),
				"I12: a vote ends before its grace"
			);
		}
		Ok(())
	}

	/// I13: state against everything else.
	fn check_status(
		id: CampaignId,
		campaign: &CampaignOf<T>,
		agreement: &AgreementOf<T>,
	) -> DispatchResult {
		let milestones = agreement.milestones.len();
		let reached = usize::from(campaign.milestone);
		let terms = &agreement.terms;
		ensure!(
			campaign.asset == terms.asset && terms.cap >= campaign.raised,
			"I13: the books are in the asset of the terms, within the cap"
		);
		if campaign.state == State::Active {
			ensure!(
				campaign.raised >= terms.goal && reached < milestones && campaign.due.is_some(),
				"I13: an active campaign has reached its goal and has a milestone to go"
			);
		}
		if campaign.state == State::Completed {
			ensure!(
				reached == milestones,
				"I13: a completed campaign has reached every milestone"
			);
		}
		if campaign.state == State::Draft {
			ensure!(
				campaign.money == Default::default() && campaign.positions == 0,
				"I13: a draft has no money"
			);
		}
		if campaign.state != State::Active {
			ensure!(
				!Rounds::<T>::contains_key(id) && !Petitions::<T>::contains_key(id),
				"I13: votes only while active"
			);
		}
		let live = matches!(
			campaign.state,
			State::Draft | State::Funding | State::Active
		);
		let known = LiveCampaignOf::<T>::get(campaign.metaverse) == Some(id)
			&& LiveCampaignBy::<T>::get(&campaign.sponsor) == Some(id);
		ensure!(
			live == known,
			"I13: one live campaign for each metaverse and founder"
		);
		if let Some(RoundKind::Tranche { milestone, .. } | RoundKind::Extension { milestone, .. }) =
			Rounds::<T>::get(id).map(|round| round.kind)
		{
			ensure!(
				milestone == campaign.milestone,
				"I13: a vote is about the next milestone"
			);
		}
		Ok(())
	}

	/// I15: the pot exists, and holds nothing but what it should.
	fn check_custody(id: CampaignId, campaign: &CampaignOf<T>) -> DispatchResult {
		if campaign.schedule.is_none() {
			return Ok(());
		}
		let pot = Self::pot(id);
		ensure!(
			T::Tokens::balance(AssetKind::Native, &pot)
				>= T::Tokens::minimum_balance(AssetKind::Native),
			"I15: the pot keeps the existential deposit free"
		);
		// The issuer of an asset may have raised its least balance since.
		ensure!(
			!T::Tokens::balance(campaign.asset.clone(), &pot).is_zero(),
			"I15: the pot has an account in the asset"
		);
		Ok(())
	}

	/// I10: receipts mirror positions.
	fn check_receipts() -> DispatchResult {
		let with_receipt = Positions::<T>::iter()
			.filter(|(_, position)| position.receipt)
			.map(|(id, position)| (id, position.owner));
		let mut count = 0u32;
		for (id, owner) in with_receipt {
			count += 1;
			let collection =
				ReceiptCollection::<T>::get().ok_or("I10: receipts are in a collection")?;
			ensure!(
				pallet_nfts::Pallet::<T>::owner(collection, id) == Some(owner),
				"I10: who owns a position owns its receipt"
			);
		}
		if let Some(collection) = ReceiptCollection::<T>::get() {
			let items = pallet_nfts::Collection::<T>::get(collection).map(|details| details.items);
			ensure!(
				items == Some(count),
				"I10: as many receipts as positions with one"
			);
			ensure!(
				pallet_nfts::Pallet::<T>::collection_owner(collection)
					== Some(Self::receipt_account()),
				"I10: the collection belongs to this pallet"
			);
		}
		ensure!(
			!ReceiptInMotion::<T>::exists(),
			"I10: between calls every receipt is locked"
		);
		Ok(())
	}

	/// I11: what persons have put in is counted where it may still come back.
	fn check_caps() -> DispatchResult {
		let persons = Positions::<T>::iter().filter_map(|(id, position)| {
			position.subject.map(|(person, _)| (id, position, person))
		});
		let mut count = 0;
		for (id, position, person) in persons {
			count += 1;
			ensure!(
				PositionOfPerson::<T>::get(position.campaign, person) == Some(id),
				"I11: a person has one position in a campaign"
			);
		}
		ensure!(
			PositionOfPerson::<T>::iter_keys().count() == count,
			"I11: the index of persons knows nothing but positions"
		);
		let mut sums = BTreeMap::new();
		for position in Positions::<T>::iter_values() {
			let Some(campaign) = Campaigns::<T>::get(position.campaign) else {
				continue;
			};
			let Some(Agreement {
				policy: Policy::Attested {
					attester, limits, ..
				},
				..
			}) = Agreements::<T>::get(position.campaign)
			else {
				ensure!(
					position.subject.is_none(),
					"I11: persons count only where an attester vouches"
				);
				continue;
			};
			let most = limits.iter().map(|limit| limit.per_campaign).max();
			ensure!(
				Some(position.units) <= most,
				"I11: no position above the limit of every class"
			);
			let Some((subject, month)) = position.subject else {
				continue;
			};
			if matches!(campaign.state, State::Funding | State::Failed) {
				let key = (attester, subject, campaign.asset, month);
				*sums.entry(key).or_insert(0) += position.units;
			}
		}
		let this_month = T::Attestations::month();
		for ((attester, subject, asset, month), sum) in sums {
			// What is older than the window is not counted any more.
			if this_month.saturating_sub(month) < 12 {
				ensure!(
					T::Attestations::counted(&attester, &subject, &asset, month) >= sum,
					"I11: what can still be refunded is counted for its person"
				);
			}
		}
		Ok(())
	}

	/// I16: holds outside of the pots are the storage deposits, and nothing else.
	fn check_deposits() -> DispatchResult {
		let mut founders: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		for campaign in Campaigns::<T>::iter_values() {
			*founders.entry(campaign.sponsor).or_default() += campaign.deposit;
		}
		let mut investors: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		for position in Positions::<T>::iter_values() {
			*investors.entry(position.owner).or_default() += position.deposit;
		}
		let reasons = [
			(HoldReason::Campaign, founders),
			(HoldReason::Position, investors),
		];
		for (reason, deposits) in reasons {
			for (who, deposit) in deposits {
				ensure!(
					hold_is::<_, T::Native>(&reason.into(), &who, deposit),
					"I16: storage deposits on hold = recount"
				);
			}
		}
		let pots: BTreeSet<_> = Campaigns::<T>::iter_keys().map(Self::pot).collect();
		ensure!(
			pots.len() == Campaigns::<T>::iter_keys().count(),
			"I16: every campaign has a pot of its own"
		);
		Ok(())
	}
}
