//! From the draft to the end of the funding: terms, commitments, changes of mind.

use alloc::{collections::BTreeSet, vec::Vec};
use codec::{Encode, MaxEncodedLen};
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::{ensure_signed, pallet_prelude::*};
use madang_primitives::{
	attestation::{Attestation, SubjectId},
	escrow::{
		Amendment, AssetKind, AssetRules, CampaignId, Instant, Milestone, Money, Policy,
		PolicyInput, Position, PositionId, Schedule, State, Terms, MAX_AFFILIATES, MAX_CAP,
		MAX_CLASSES,
	},
	traits::{Attestations, Metaverses},
	Balance, MetaverseId,
};
use sp_core::{H256, U256};
use sp_runtime::{
	traits::{BlakeTwo256, Hash, Saturating, Zero},
	DispatchError, DispatchResult,
};

use crate::{
	clock::InstantOf,
	pallet::*,
	types::{Agreement, BondFate, Campaign, Milestones, StoredPolicy},
};

/// Bytes of the keys under which a campaign is stored, and of what points to it.
const CAMPAIGN_KEYS: usize = 350;
/// Bytes of the keys under which a position is stored, and of what points to it.
const POSITION_KEYS: usize = 140;
/// The least ticket is so many times the least balance of an account.
const TICKET_OVER_LEAST_BALANCE: Balance = 10;

/// Who invests, where an attester vouches for persons, and how much at most.
struct Person<AccountId> {
	attester: AccountId,
	subject: SubjectId,
	per_campaign: Balance,
	per_year: Balance,
}

/// Who acts, and for what.
impl<T: Config> Pallet<T> {
	/// The signer, who must own the metaverse.
	pub(crate) fn ensure_founder(
		origin: OriginFor<T>,
		metaverse: MetaverseId,
	) -> Result<T::AccountId, DispatchError> {
		let who = ensure_signed(origin)?;
		let owner = T::Metaverses::owner(metaverse).ok_or(Error::<T>::NoSuchMetaverse)?;
		ensure!(who == owner, Error::<T>::NotFounder);
		Ok(who)
	}

	/// A campaign, and the signer, who must be its founder.
	pub(crate) fn campaign_of_founder(
		origin: OriginFor<T>,
		id: CampaignId,
	) -> Result<(T::AccountId, CampaignOf<T>), DispatchError> {
		let who = ensure_signed(origin)?;
		let campaign = Self::campaign(id)?;
		ensure!(
			T::Metaverses::owner(campaign.metaverse).as_ref() == Some(&who),
			Error::<T>::NotFounder
		);
		Ok((who, campaign))
	}

	pub(crate) fn campaign(id: CampaignId) -> Result<CampaignOf<T>, DispatchError> {
		Campaigns::<T>::get(id).ok_or_else(|| Error::<T>::UnknownCampaign.into())
	}

	pub(crate) fn agreement(id: CampaignId) -> Result<AgreementOf<T>, DispatchError> {
		Agreements::<T>::get(id).ok_or_else(|| Error::<T>::Inconsistent.into())
	}

	/// A position of `who`, and its campaign.
	pub(crate) fn position_of(
		id: PositionId,
		who: &T::AccountId,
	) -> Result<(PositionOf<T>, CampaignOf<T>), DispatchError> {
		let position = Positions::<T>::get(id).ok_or(Error::<T>::UnknownPosition)?;
		ensure!(position.owner == *who, Error::<T>::NotPositionOwner);
		let campaign = Self::campaign(position.campaign)?;
		Ok((position, campaign))
	}

	/// Whether the owner of a position has agreed to the present terms.
	pub(crate) fn is_live(position: &PositionOf<T>, campaign: &CampaignOf<T>) -> bool {
		position.version == campaign.version
	}

	fn ensure_state(campaign: &CampaignOf<T>, state: State) -> DispatchResult {
		ensure!(campaign.state == state, Error::<T>::WrongState);
		Ok(())
	}

	pub(crate) fn ensure_not_suspended(campaign: &CampaignOf<T>) -> DispatchResult {
		T::Metaverses::ensure_not_suspended(campaign.metaverse)
			.map_err(|_| Error::<T>::Suspended.into())
	}

	fn schedule(campaign: &CampaignOf<T>) -> Result<Schedule<BlockNumberFor<T>>, DispatchError> {
		campaign
			.schedule
			.ok_or_else(|| Error::<T>::WrongState.into())
	}

	fn ensure_terms(campaign: &CampaignOf<T>, version: u8, hash: H256) -> DispatchResult {
		ensure!(version == campaign.version, Error::<T>::WrongVersion);
		ensure!(hash == campaign.terms_hash, Error::<T>::WrongTermsHash);
		Ok(())
	}
}

/// Are terms within the rules?
impl<T: Config> Pallet<T> {
	fn check_terms(terms: &Terms<BlockNumberFor<T>>) -> DispatchResult {
		let asset = Assets::<T>::get(&terms.asset).ok_or(Error::<T>::AssetNotAccepted)?;
		ensure!(
			terms.goal >= asset.min_goal && !terms.goal.is_zero(),
			Error::<T>::GoalTooSmall
		);
		Self::check_cap(terms.goal, terms.cap)?;
		ensure!(
			terms.min_ticket >= asset.min_ticket && terms.min_ticket <= terms.cap,
			Error::<T>::BadMinTicket
		);
		Self::check_bond(terms.bond, terms.goal)?;
		Self::check_min_investors(terms)?;

		let rules = Self::rules();
		ensure!(
			terms.opens_after <= rules.max_opens_after
				&& terms.period >= rules.min_period
				&& terms.period <= rules.max_period,
			Error::<T>::BadPeriod
		);
		ensure!(
			terms.lock < terms.period && terms.cooling_off < terms.period,
			Error::<T>::BadLock
		);
		ensure!(
			terms.voting >= rules.min_voting
				&& terms.voting <= rules.max_voting
				&& terms.grace >= rules.min_grace
				&& terms.grace <= rules.max_grace,
			Error::<T>::BadVoting
		);
		ensure!(terms.lock_up <= rules.max_lock_up, Error::<T>::BadLockUp);
		ensure!(
			terms.kickoff <= T::MaxKickoff::get(),
			Error::<T>::KickoffTooLarge
		);
		Ok(())
	}

	fn check_cap(goal: Balance, cap: Balance) -> DispatchResult {
		ensure!(cap >= goal, Error::<T>::CapBelowGoal);
		ensure!(cap <= MAX_CAP, Error::<T>::CapTooLarge);
		Ok(())
	}

	fn check_bond(bond: Balance, goal: Balance) -> DispatchResult {
		ensure!(
			bond >= T::MinBond::get().mul_ceil(goal) && bond <= goal,
			Error::<T>::BadBond
		);
		Ok(())
	}

	/// So many tickets must fit under the cap.
	fn check_min_investors(terms: &Terms<BlockNumberFor<T>>) -> DispatchResult {
		let tickets = terms
			.min_ticket
			.saturating_mul(Balance::from(terms.min_investors));
		ensure!(
			terms.min_investors > 0 && tickets <= terms.cap,
			Error::<T>::BadMinInvestors
		);
		Ok(())
	}

	fn check_milestones(
		milestones: Vec<Milestone<BlockNumberFor<T>>>,
	) -> Result<Milestones<BlockNumberFor<T>>, DispatchError> {
		let max = Self::rules().max_duration;
		let milestones =
			Milestones::try_from(milestones).map_err(|_| Error::<T>::BadMilestoneCount)?;
		ensure!(!milestones.is_empty(), Error::<T>::BadMilestoneCount);
		for milestone in &milestones {
			ensure!(milestone.weight > 0, Error::<T>::ZeroWeight);
			ensure!(
				!milestone.duration.is_zero() && milestone.duration <= max,
				Error::<T>::BadDuration
			);
		}
		Ok(milestones)
	}

	/// The policy with the founder's own person among those who are excluded.
	fn check_policy(
		policy: PolicyInput<T::AccountId>,
		founder: &T::AccountId,
	) -> Result<StoredPolicy<T::AccountId>, DispatchError> {
		let Policy::Attested {
			attester,
			limits,
			mut affiliates,
		} = policy
		else {
			return Ok(Policy::Open);
		};
		ensure!(limits.len() <= MAX_CLASSES as usize, Error::<T>::BadClasses);
		ensure!(
			affiliates.len() <= MAX_AFFILIATES as usize,
			Error::<T>::TooManyAffiliates
		);
		let classes: BTreeSet<_> = limits.iter().map(|limit| limit.class).collect();
		ensure!(
			!limits.is_empty()
				&& classes.len() == limits.len()
				&& limits
					.iter()
					.all(|limit| limit.per_campaign > 0 && limit.per_year > 0),
			Error::<T>::BadClasses
		);
		let person = T::Attestations::attestation(&attester, founder)
			.ok_or(Error::<T>::FounderNotAttested)?
			.subject;
		if !affiliates.contains(&person) {
			affiliates.push(person);
		}
		Ok(Policy::Attested {
			attester,
			limits: BoundedVec::try_from(limits).map_err(|_| Error::<T>::BadClasses)?,
			affiliates: BoundedVec::try_from(affiliates)
				.map_err(|_| Error::<T>::TooManyAffiliates)?,
		})
	}

	/// What the investors sign: everything that they agree to, and for which campaign.
	fn hash_terms(
		id: CampaignId,
		version: u8,
		metaverse: MetaverseId,
		agreement: &AgreementOf<T>,
	) -> H256 {
		BlakeTwo256::hash_of(&(
			id,
			version,
			metaverse,
			&agreement.terms,
			&agreement.milestones,
			&agreement.policy,
		))
	}
}

/// Before any money.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_create(
		metaverse: MetaverseId,
		founder: T::AccountId,
		terms: Terms<BlockNumberFor<T>>,
		milestones: Vec<Milestone<BlockNumberFor<T>>>,
		policy: PolicyInput<T::AccountId>,
	) -> DispatchResult {
		ensure!(
			!LiveCampaignOf::<T>::contains_key(metaverse)
				&& !LiveCampaignBy::<T>::contains_key(&founder),
			Error::<T>::CampaignRunning
		);
		Self::check_terms(&terms)?;
		let agreement = Agreement {
			milestones: Self::check_milestones(milestones)?,
			policy: Self::check_policy(policy, &founder)?,
			terms,
		};
		let id = NextCampaign::<T>::get();
		NextCampaign::<T>::put(id.checked_add(1).ok_or(Error::<T>::NoId)?);
		let version = 1;
		let terms_hash = Self::hash_terms(id, version, metaverse, &agreement);
		let deposit = Self::deposit_for(
			CAMPAIGN_KEYS
				.saturating_add(CampaignOf::<T>::max_encoded_len())
				.saturating_add(agreement.encoded_size()),
		);
		Self::hold_deposit(HoldReason::Campaign, &founder, deposit)?;

		let campaign = Campaign {
			metaverse,
			sponsor: founder.clone(),
			deposit,
			asset: agreement.terms.asset.clone(),
			state: State::Draft,
			version,
			terms_hash,
			schedule: None,
			reconfirm_until: None,
			closes_early: false,
			pool: 0,
			units: 0,
			stale: 0,
			bond: 0,
			dispute_bond: 0,
			money: Money::default(),
			positions: 0,
			investors: 0,
			funded_at: None,
			raised: 0,
			kickoff: 0,
			milestone: 0,
			attempts: 0,
			submit_from: None,
			due: None,
			extension_asked: false,
			rounds: 0,
			petitions: 0,
			dispute_from: None,
			petition_from: None,
			deployed_per_unit: U256::zero(),
			deployed_by_leavers: 0,
			revenue_per_unit: U256::zero(),
			revenue_rest: U256::zero(),
		};
		Campaigns::<T>::insert(id, campaign);
		Agreements::<T>::insert(id, agreement);
		CampaignsOf::<T>::insert(metaverse, id, ());
		LiveCampaignOf::<T>::insert(metaverse, id);
		LiveCampaignBy::<T>::insert(&founder, id);
		Self::deposit_event(Event::Created {
			campaign: id,
			metaverse,
			sponsor: founder,
			terms_hash,
		});
		Ok(())
	}

	pub(crate) fn do_open(origin: OriginFor<T>, id: CampaignId) -> DispatchResult {
		let (who, mut campaign) = Self::campaign_of_founder(origin, id)?;
		Self::ensure_state(&campaign, State::Draft)?;
		// A draft of a former owner would give the bond back to somebody else.
		ensure!(who == campaign.sponsor, Error::<T>::NotFounder);
		Self::ensure_not_suspended(&campaign)?;
		let terms = Self::agreement(id)?.terms;
		ensure!(
			Assets::<T>::contains_key(&terms.asset),
			Error::<T>::AssetNotAccepted
		);

		Self::fund_pot(id, &campaign, &who)?;
		Self::take_in(id, &campaign, HoldReason::Bond, &who, terms.bond)?;
		campaign.bond = terms.bond;
		campaign.money.bond_deposited = terms.bond;
		let opens = Self::after(Self::now(), terms.opens_after);
		let deadline = Self::after(opens, terms.period);
		campaign.schedule = Some(Self::schedule_until(opens, deadline, &terms));
		Self::transition(id, &mut campaign, State::Funding)?;
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	fn schedule_until(
		opens: InstantOf<T>,
		deadline: InstantOf<T>,
		terms: &Terms<BlockNumberFor<T>>,
	) -> Schedule<BlockNumberFor<T>> {
		Schedule {
			opens,
			lock_at: Self::before(deadline, terms.lock),
			closes: Self::before(deadline, terms.cooling_off),
			deadline,
		}
	}

	pub(crate) fn do_discard(origin: OriginFor<T>, id: CampaignId) -> DispatchResult {
		let who = ensure_signed(origin)?;
		let campaign = Self::campaign(id)?;
		// Who has sold the metaverse since has a deposit in the draft.
		ensure!(
			campaign.sponsor == who
				|| T::Metaverses::owner(campaign.metaverse).as_ref() == Some(&who),
			Error::<T>::NotFounder
		);
		Self::ensure_state(&campaign, State::Draft)?;
		Self::set_over(&campaign);
		Self::remove_campaign(id, &campaign)?;
		Self::deposit_event(Event::Discarded { campaign: id });
		Ok(())
	}

	/// Frees the metaverse and the founder for the next campaign.
	fn set_over(campaign: &CampaignOf<T>) {
		LiveCampaignOf::<T>::remove(campaign.metaverse);
		LiveCampaignBy::<T>::remove(&campaign.sponsor);
	}

	/// Removes the record of a campaign in which nobody has anything.
	pub(crate) fn remove_campaign(id: CampaignId, campaign: &CampaignOf<T>) -> DispatchResult {
		Campaigns::<T>::remove(id);
		Agreements::<T>::remove(id);
		CampaignsOf::<T>::remove(campaign.metaverse, id);
		Self::release_deposit(HoldReason::Campaign, &campaign.sponsor, campaign.deposit)
	}

	pub(crate) fn do_set_asset(asset: AssetKind, rules: Option<AssetRules>) -> DispatchResult {
		match rules {
			Some(rules) => {
				let least = T::Tokens::minimum_balance(asset.clone());
				ensure!(
					T::Tokens::asset_exists(asset.clone())
						&& !rules.min_ticket.is_zero()
						&& rules.min_ticket >= least.saturating_mul(TICKET_OVER_LEAST_BALANCE)
						&& rules.min_goal >= rules.min_ticket,
					Error::<T>::BadAssetRules
				);
				Assets::<T>::insert(&asset, rules);
			}
			None => {
				Assets::<T>::take(&asset).ok_or(Error::<T>::AssetNotAccepted)?;
			}
		}
		Self::deposit_event(Event::AssetSet { asset, rules });
		Ok(())
	}
}

/// The one way from one state to another.
impl<T: Config> Pallet<T> {
	/// Brings a campaign into another state. The caller writes the campaign.
	///
	/// When this ends the campaign, votes and petitions end with it, and bonds go back as far as they
	/// can be received.
	pub(crate) fn transition(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		to: State,
	) -> DispatchResult {
		let from = campaign.state;
		let allowed = matches!(
			(from, to),
			(State::Draft, State::Funding)
				| (State::Funding, State::Active | State::Failed)
				| (State::Active, State::WindDown | State::Completed)
		);
		ensure!(allowed, Error::<T>::Inconsistent);
		campaign.state = to;
		if !matches!(to, State::Funding | State::Active) {
			Self::set_over(campaign);
			Rounds::<T>::remove(id);
			Petitions::<T>::remove(id);
			campaign.due = None;
			campaign.submit_from = None;
			Self::return_dispute_bond(id, campaign)?;
			Self::end_bond(id, campaign, BondFate::Returned)?;
		}
		Self::deposit_event(Event::StateChanged {
			campaign: id,
			from,
			to,
		});
		Ok(())
	}
}

/// Money comes in, and goes out again in time.
impl<T: Config> Pallet<T> {
	/// Tells whether the person behind the account was looked at.
	pub(crate) fn do_commit(
		id: CampaignId,
		who: T::AccountId,
		amount: Balance,
		min_accept: Balance,
		version: u8,
		terms_hash: H256,
	) -> Result<bool, DispatchError> {
		let mut campaign = Self::campaign(id)?;
		let now = Self::now();
		Self::ensure_takes_commitments(&campaign, &now)?;
		Self::ensure_not_suspended(&campaign)?;
		Self::ensure_terms(&campaign, version, terms_hash)?;
		ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
		Self::ensure_no_insider(&campaign, &who)?;

		let Agreement { terms, policy, .. } = Self::agreement(id)?;
		let known = PositionOfOwner::<T>::get(&who, id);
		let (position_id, mut position) = match known {
			Some(position_id) => (
				position_id,
				Positions::<T>::get(position_id).ok_or(Error::<T>::Inconsistent)?,
			),
			None => (
				NextPosition::<T>::get(),
				Self::new_position(id, &campaign, &who, now),
			),
		};
		ensure!(
			Self::is_live(&position, &campaign),
			Error::<T>::StalePosition
		);
		let room = Self::minus(terms.cap, campaign.units.min(terms.cap))?;
		ensure!(!room.is_zero(), Error::<T>::CapReached);
		let person = Self::admit(&policy, &who)?;
		if let Some(person) = &person {
			Self::ensure_one_position(id, known, &position, person)?;
		}
		let personal = person.as_ref().map_or(Balance::MAX, |person| {
			Self::personal_room(&policy, &campaign, person, &position)
		});
		let accepted = amount.min(room).min(personal);
		ensure!(!accepted.is_zero(), Error::<T>::LimitReached);
		ensure!(
			accepted >= terms.min_ticket || accepted == room,
			Error::<T>::TicketTooSmall
		);
		ensure!(accepted >= min_accept, Error::<T>::AcceptedTooLittle);

		if known.is_none() {
			NextPosition::<T>::put(position_id.checked_add(1).ok_or(Error::<T>::NoId)?);
			PositionOfOwner::<T>::insert(&who, id, position_id);
			Self::hold_deposit(HoldReason::Position, &who, position.deposit)?;
			campaign.positions = campaign.positions.saturating_add(1);
			campaign.investors = campaign.investors.saturating_add(1);
		}
		Self::take_in(id, &campaign, HoldReason::Principal, &who, accepted)?;
		Self::add(&mut position.units, accepted)?;
		Self::add(&mut campaign.units, accepted)?;
		Self::add(&mut campaign.pool, accepted)?;
		Self::add(&mut campaign.money.committed, accepted)?;
		position.committed_at = now;
		if let Some(person) = &person {
			Self::count_for_person(&campaign, person, &mut position)?;
			PositionOfPerson::<T>::insert(id, person.subject, position_id);
		}
		Self::deposit_event(Event::Committed {
			campaign: id,
			position: position_id,
			who,
			accepted,
			units: position.units,
		});
		Positions::<T>::insert(position_id, position);
		Campaigns::<T>::insert(id, campaign);
		Ok(person.is_some())
	}

	fn new_position(
		id: CampaignId,
		campaign: &CampaignOf<T>,
		who: &T::AccountId,
		now: InstantOf<T>,
	) -> PositionOf<T> {
		Position {
			campaign: id,
			owner: who.clone(),
			units: 0,
			version: campaign.version,
			committed_at: now,
			last_round: 0,
			aye: false,
			last_petition: 0,
			subject: None,
			revenue_debt: 0,
			equity: 0,
			deposit: Self::position_deposit(),
			receipt: false,
			only_owner_claims: false,
		}
	}

	/// What a position costs in storage deposit.
	pub(crate) fn position_deposit() -> Balance {
		Self::deposit_for(POSITION_KEYS.saturating_add(PositionOf::<T>::max_encoded_len()))
	}

	/// Whether a campaign takes commitments now.
	pub(crate) fn ensure_takes_commitments(
		campaign: &CampaignOf<T>,
		now: &InstantOf<T>,
	) -> DispatchResult {
		Self::ensure_state(campaign, State::Funding)?;
		let schedule = Self::schedule(campaign)?;
		ensure!(schedule.opens.has_come(now), Error::<T>::NotOpenYet);
		ensure!(
			!schedule.closes.has_come(now),
			Error::<T>::CommitmentsClosed
		);
		// Who was in before the terms changed must not be crowded out of the cap.
		ensure!(
			!Self::reconfirms(campaign, now),
			Error::<T>::ReconfirmWindow
		);
		Ok(())
	}

	/// Fails for the accounts of the founder. Persons are looked at by the policy.
	fn ensure_no_insider(campaign: &CampaignOf<T>, who: &T::AccountId) -> DispatchResult {
		ensure!(
			campaign.sponsor != *who
				&& T::Metaverses::owner(campaign.metaverse).as_ref() != Some(who)
				&& T::Metaverses::account(campaign.metaverse) != *who,
			Error::<T>::InsiderExcluded
		);
		Ok(())
	}

	/// The person behind an account, if the policy admits it; nothing where persons are not known.
	fn admit(
		policy: &StoredPolicy<T::AccountId>,
		who: &T::AccountId,
	) -> Result<Option<Person<T::AccountId>>, DispatchError> {
		let Policy::Attested {
			attester,
			limits,
			affiliates,
		} = policy
		else {
			return Ok(None);
		};
		let Attestation {
			subject,
			class,
			cap,
		} = T::Attestations::attestation(attester, who).ok_or(Error::<T>::NotAttested)?;
		ensure!(!affiliates.contains(&subject), Error::<T>::InsiderExcluded);
		let limit = limits
			.iter()
			.find(|limit| limit.class == class)
			.ok_or(Error::<T>::ClassNotAdmitted)?;
		Ok(Some(Person {
			attester: attester.clone(),
			subject,
			per_campaign: limit.per_campaign,
			per_year: limit.per_year.min(cap),
		}))
	}

	/// Fails unless the policy admits an account as the new owner of a position. Tells the person.
	pub(crate) fn admit_owner(
		policy: &StoredPolicy<T::AccountId>,
		campaign: &CampaignOf<T>,
		who: &T::AccountId,
	) -> Result<Option<SubjectId>, DispatchError> {
		Self::ensure_no_insider(campaign, who)?;
		Ok(Self::admit(policy, who)?.map(|person| person.subject))
	}

	/// A person keeps to one position in a campaign, and a position to one person.
	fn ensure_one_position(
		id: CampaignId,
		known: Option<PositionId>,
		position: &PositionOf<T>,
		person: &Person<T::AccountId>,
	) -> DispatchResult {
		let same_person = position
			.subject
			.is_none_or(|(subject, _)| subject == person.subject);
		let elsewhere = PositionOfPerson::<T>::get(id, person.subject)
			.is_some_and(|position| Some(position) != known);
		ensure!(same_person && !elsewhere, Error::<T>::PersonInvested);
		Ok(())
	}

	/// How much more a person may put in.
	fn personal_room(
		policy: &StoredPolicy<T::AccountId>,
		campaign: &CampaignOf<T>,
		person: &Person<T::AccountId>,
		position: &PositionOf<T>,
	) -> Balance {
		// What is in the position already is counted anew with what comes, in this month.
		Self::forget_for_person(policy, campaign, position);
		let used = T::Attestations::used(&person.attester, &person.subject, &campaign.asset)
			.saturating_add(position.units);
		person
			.per_campaign
			.saturating_sub(position.units)
			.min(person.per_year.saturating_sub(used))
	}

	/// Counts the whole position for its person in this month.
	fn count_for_person(
		campaign: &CampaignOf<T>,
		person: &Person<T::AccountId>,
		position: &mut PositionOf<T>,
	) -> DispatchResult {
		let month = T::Attestations::note(
			&person.attester,
			&person.subject,
			&campaign.asset,
			position.units,
		)?;
		position.subject = Some((person.subject, month));
		Ok(())
	}

	/// Stops counting a position for its person. Cannot fail: refunds must not depend on it.
	pub(crate) fn forget_for_person(
		policy: &StoredPolicy<T::AccountId>,
		campaign: &CampaignOf<T>,
		position: &PositionOf<T>,
	) {
		Self::forget_amount_for_person(policy, campaign, position, position.units);
	}

	fn forget_amount_for_person(
		policy: &StoredPolicy<T::AccountId>,
		campaign: &CampaignOf<T>,
		position: &PositionOf<T>,
		amount: Balance,
	) {
		if let (Policy::Attested { attester, .. }, Some((subject, month))) =
			(policy, position.subject)
		{
			T::Attestations::forget(attester, &subject, &campaign.asset, month, amount);
		}
	}

	pub(crate) fn do_withdraw(
		position_id: PositionId,
		who: T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let (mut position, mut campaign) = Self::position_of(position_id, &who)?;
		let id = position.campaign;
		Self::ensure_state(&campaign, State::Funding)?;
		ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
		ensure!(amount <= position.units, Error::<T>::MoreThanPosition);
		let live = Self::is_live(&position, &campaign);
		let Agreement { terms, policy, .. } = Self::agreement(id)?;
		if live {
			ensure!(
				Self::may_withdraw(&position, &campaign, &terms, &Self::now()),
				Error::<T>::WithdrawalLocked
			);
		}
		let left = Self::minus(position.units, amount)?;
		ensure!(
			left.is_zero() || left >= terms.min_ticket,
			Error::<T>::RemainderTooSmall
		);

		Self::forget_amount_for_person(&policy, &campaign, &position, amount);
		if live {
			campaign.units = Self::minus(campaign.units, amount)?;
			campaign.pool = Self::minus(campaign.pool, amount)?;
		} else {
			campaign.stale = Self::minus(campaign.stale, amount)?;
		}
		Self::add(&mut campaign.money.withdrawn, amount)?;
		Self::pay_out(id, &campaign, HoldReason::Principal, &who, amount)?;
		Self::deposit_event(Event::Withdrawn {
			campaign: id,
			position: position_id,
			amount,
		});
		position.units = left;
		if left.is_zero() {
			if live {
				campaign.investors = campaign.investors.saturating_sub(1);
			}
			Self::remove_position(position_id, position, &mut campaign)?;
		} else {
			Positions::<T>::insert(position_id, position);
		}
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	/// Whether a commitment can still be taken back.
	pub(crate) fn may_withdraw(
		position: &PositionOf<T>,
		campaign: &CampaignOf<T>,
		terms: &Terms<BlockNumberFor<T>>,
		now: &InstantOf<T>,
	) -> bool {
		let cooled_off = Self::after(position.committed_at, terms.cooling_off);
		let locked = campaign
			.schedule
			.is_none_or(|schedule| schedule.lock_at.has_come(now));
		!locked || !cooled_off.has_come(now)
	}
}

/// The founder changes something.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_amend(
		origin: OriginFor<T>,
		id: CampaignId,
		amendment: Amendment<BlockNumberFor<T>>,
	) -> DispatchResult {
		let (_, mut campaign) = Self::campaign_of_founder(origin, id)?;
		Self::ensure_state(&campaign, State::Funding)?;
		let schedule = Self::schedule(&campaign)?;
		let now = Self::now();
		ensure!(
			campaign.version <= T::MaxAmendments::get(),
			Error::<T>::TooManyAmendments
		);
		ensure!(
			!Self::reconfirms(&campaign, &now),
			Error::<T>::AmendmentPending
		);
		ensure!(!schedule.lock_at.has_come(&now), Error::<T>::TooLateToAmend);

		let mut agreement = Self::agreement(id)?;
		let Amendment {
			documents,
			goal,
			cap,
			extend_by,
		} = amendment;
		let terms = &mut agreement.terms;
		// An asset that has gone off the list meanwhile does not stop the campaign; its goal stays.
		let min_goal = Assets::<T>::get(&campaign.asset).map_or(terms.goal, |asset| asset.min_goal);
		ensure!(
			goal >= min_goal && !goal.is_zero(),
			Error::<T>::GoalTooSmall
		);
		Self::check_cap(goal, cap)?;
		terms.documents = documents;
		terms.goal = goal;
		terms.cap = cap;
		terms.period = terms.period.saturating_add(extend_by);
		Self::check_bond(terms.bond, goal)?;
		Self::check_min_investors(terms)?;

		let rules = Self::rules();
		ensure!(
			terms.period <= rules.max_period.saturating_mul(2u32.into()),
			Error::<T>::DeadlineTooFar
		);
		let reconfirm_until = Self::after(now, rules.reconfirm);
		let deadline = Self::after(schedule.deadline, extend_by);
		let needed = Self::after(reconfirm_until, terms.lock.max(terms.cooling_off));
		ensure!(
			needed.is_no_later_than(&deadline),
			Error::<T>::TooLateToAmend
		);

		campaign.version = campaign.version.saturating_add(1);
		campaign.terms_hash =
			Self::hash_terms(id, campaign.version, campaign.metaverse, &agreement);
		campaign.schedule = Some(Self::schedule_until(
			schedule.opens,
			deadline,
			&agreement.terms,
		));
		campaign.reconfirm_until = Some(reconfirm_until);
		let units = campaign.units;
		Self::add(&mut campaign.stale, units)?;
		campaign.units = 0;
		campaign.pool = 0;
		campaign.investors = 0;
		Self::deposit_event(Event::Amended {
			campaign: id,
			version: campaign.version,
			terms_hash: campaign.terms_hash,
		});
		Agreements::<T>::insert(id, agreement);
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	pub(crate) fn do_reconfirm(
		position_id: PositionId,
		who: T::AccountId,
		version: u8,
		terms_hash: H256,
	) -> DispatchResult {
		let (mut position, mut campaign) = Self::position_of(position_id, &who)?;
		let id = position.campaign;
		Self::ensure_state(&campaign, State::Funding)?;
		ensure!(
			!Self::is_live(&position, &campaign),
			Error::<T>::AlreadyConfirmed
		);
		let now = Self::now();
		ensure!(Self::reconfirms(&campaign, &now), Error::<T>::ReconfirmOver);
		Self::ensure_terms(&campaign, version, terms_hash)?;
		let cap = Self::agreement(id)?.terms.cap;
		let units = position.units;
		ensure!(
			campaign.units.saturating_add(units) <= cap,
			Error::<T>::CapReached
		);

		campaign.stale = Self::minus(campaign.stale, units)?;
		Self::add(&mut campaign.units, units)?;
		Self::add(&mut campaign.pool, units)?;
		campaign.investors = campaign.investors.saturating_add(1);
		position.version = campaign.version;
		// New terms, a new time to think them over.
		position.committed_at = now;
		Positions::<T>::insert(position_id, position);
		Campaigns::<T>::insert(id, campaign);
		Self::deposit_event(Event::Reconfirmed {
			campaign: id,
			position: position_id,
			units,
		});
		Ok(())
	}

	pub(crate) fn do_announce_early_close(
		origin: OriginFor<T>,
		id: CampaignId,
		after: BlockNumberFor<T>,
	) -> DispatchResult {
		let (_, mut campaign) = Self::campaign_of_founder(origin, id)?;
		Self::ensure_state(&campaign, State::Funding)?;
		let schedule = Self::schedule(&campaign)?;
		let terms = Self::agreement(id)?.terms;
		let now = Self::now();
		ensure!(!campaign.closes_early, Error::<T>::EarlyCloseAnnounced);
		ensure!(
			!Self::reconfirms(&campaign, &now),
			Error::<T>::AmendmentPending
		);
		ensure!(
			Self::is_successful(&campaign, &terms),
			Error::<T>::GoalNotReached
		);
		let rules = Self::rules();
		ensure!(
			Self::after(schedule.opens, rules.min_period).has_come(&now),
			Error::<T>::TooEarlyToClose
		);
		// Whoever relied on the old deadline can withdraw for as long as the notice.
		let least = rules
			.early_close_notice
			.saturating_add(terms.lock.max(terms.cooling_off));
		let deadline = Self::after(now, after);
		let earlier =
			deadline.block < schedule.deadline.block && deadline.time < schedule.deadline.time;
		ensure!(after >= least && earlier, Error::<T>::BadEarlyClose);

		campaign.closes_early = true;
		campaign.schedule = Some(Self::schedule_until(schedule.opens, deadline, &terms));
		Campaigns::<T>::insert(id, campaign);
		Self::deposit_event(Event::EarlyCloseAnnounced {
			campaign: id,
			deadline: deadline.block,
		});
		Ok(())
	}

	/// Whether goal and number of investors are reached.
	pub(crate) fn is_successful(
		campaign: &CampaignOf<T>,
		terms: &Terms<BlockNumberFor<T>>,
	) -> bool {
		campaign.units >= terms.goal && campaign.investors >= terms.min_investors
	}

	pub(crate) fn do_cancel(origin: OriginFor<T>, id: CampaignId) -> DispatchResult {
		let mut campaign = match T::GuardianOrigin::try_origin(origin) {
			Ok(_) => Self::campaign(id)?,
			Err(origin) => Self::campaign_of_founder(origin, id)?.1,
		};
		Self::ensure_state(&campaign, State::Funding)?;
		Self::transition(id, &mut campaign, State::Failed)?;
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	/// The funding is over: it succeeded or failed.
	pub(crate) fn end_funding(id: CampaignId, mut campaign: CampaignOf<T>) -> DispatchResult {
		let now = Self::now();
		let schedule = Self::schedule(&campaign)?;
		ensure!(schedule.deadline.has_come(&now), Error::<T>::NothingDue);
		let agreement = Self::agreement(id)?;
		if Self::is_successful(&campaign, &agreement.terms) {
			Self::activate(id, &mut campaign, &agreement, now)?;
		} else {
			Self::transition(id, &mut campaign, State::Failed)?;
		}
		Campaigns::<T>::insert(id, campaign);
		Ok(())
	}

	fn activate(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		agreement: &AgreementOf<T>,
		now: Instant<BlockNumberFor<T>>,
	) -> DispatchResult {
		Self::transition(id, campaign, State::Active)?;
		campaign.funded_at = Some(now);
		campaign.raised = campaign.units;
		campaign.due = Self::due_after(agreement, 0, now);
		Self::pay_kickoff(id, campaign, agreement)
	}
}
