//! Campaigns as single positions: who put in what, what came back, and what the terms allow.

use std::collections::{BTreeMap, BTreeSet};

use madang_primitives::escrow::{CampaignId, PositionId, RoundKind, Rules, Ruling, State, Terms};
use madang_runtime::{AccountId, Balance, BlockNumber, Runtime, RuntimeEvent};
use pallet_escrow::Event;
use sp_core::U256;

use super::vote::{Vote, When};
use crate::{failure::Failure, must};

/// Revenue is counted in parts of a unit as small as this.
const SCALE: u128 = 1_000_000_000_000_000_000;

/// What one investor has in one campaign.
#[derive(Debug)]
struct Stake {
	owner: AccountId,
	units: Balance,
	/// The version of the terms that it agreed to.
	version: u8,
	/// When it agreed.
	since: When,
	/// Its part of all revenue so far, times [`SCALE`].
	earned: U256,
	/// What it got of that.
	got: Balance,
}

/// One campaign.
#[derive(Debug)]
struct Book {
	terms: Terms<BlockNumber>,
	weights: Vec<u32>,
	sponsor: AccountId,
	state: State,
	version: u8,
	opens: When,
	deadline: When,
	reconfirm_until: When,
	stakes: BTreeMap<PositionId, Stake>,
	pool: Balance,
	bond: Balance,
	dispute: Option<(Balance, When)>,
	funded_at: When,
	milestone: usize,
	vote: Option<Vote>,
	deposits: u128,
}

impl Book {
	fn live(&self) -> impl Iterator<Item = &Stake> {
		self.stakes
			.values()
			.filter(|stake| stake.version == self.version && stake.units > 0)
	}

	fn units(&self) -> Balance {
		self.live().map(|stake| stake.units).sum()
	}

	fn stale(&self) -> Balance {
		let all: Balance = self.stakes.values().map(|stake| stake.units).sum();
		all - self.units()
	}

	fn stake(&mut self, id: PositionId) -> Result<&mut Stake, Failure> {
		self.stakes
			.get_mut(&id)
			.ok_or_else(|| Failure::new(format!("something happened to no position: ({id})")))
	}

	fn is_live(&self, id: PositionId) -> bool {
		self.stakes
			.get(&id)
			.is_some_and(|stake| stake.version == self.version)
	}

	/// The part of the pool that so many units have. The last ones have all.
	fn share(&self, units: Balance) -> Balance {
		let all = self.units();
		if units == all {
			self.pool
		} else {
			part(self.pool, units, all)
		}
	}

	fn take(&mut self, amount: Balance) -> Result<(), Failure> {
		self.pool = self
			.pool
			.checked_sub(amount)
			.ok_or_else(|| Failure::new("more was paid than was in the pool"))?;
		Ok(())
	}
}

/// `amount * part / whole`, rounded down.
fn part(amount: Balance, part: Balance, whole: Balance) -> Balance {
	if whole == 0 {
		return 0;
	}
	(U256::from(amount) * U256::from(part) / U256::from(whole)).low_u128()
}

/// All campaigns.
#[derive(Default)]
pub struct Escrow {
	books: BTreeMap<CampaignId, Book>,
	/// The campaign of each position there ever was.
	campaign_of: BTreeMap<PositionId, CampaignId>,
	/// Drafts that were gone before anybody could look at them.
	unseen: BTreeSet<CampaignId>,
}

impl Escrow {
	/// Follows an event, and tells whether it was about campaigns.
	pub fn follow(&mut self, event: &RuntimeEvent) -> Result<bool, Failure> {
		let RuntimeEvent::Escrow(event) = event else {
			return Ok(false);
		};
		let id = match event {
			Event::Created {
				campaign, sponsor, ..
			} => {
				self.create(*campaign, sponsor)?;
				return Ok(true);
			}
			Event::StateChanged { campaign, .. }
			| Event::Discarded { campaign }
			| Event::Committed { campaign, .. }
			| Event::Withdrawn { campaign, .. }
			| Event::Amended { campaign, .. }
			| Event::Reconfirmed { campaign, .. }
			| Event::EarlyCloseAnnounced { campaign, .. }
			| Event::RoundOpened { campaign, .. }
			| Event::Voted { campaign, .. }
			| Event::RoundSettled { campaign, .. }
			| Event::Released { campaign, .. }
			| Event::Exited { campaign, .. }
			| Event::Refunded { campaign, .. }
			| Event::Claimed { campaign, .. }
			| Event::BondReturned { campaign, .. }
			| Event::BondSlashed { campaign, .. }
			| Event::DisputeRaised { campaign, .. }
			| Event::DisputeResolved { campaign, .. }
			| Event::RevenueDeposited { campaign, .. }
			| Event::RevenueClaimed { campaign, .. }
			| Event::Closed { campaign, .. } => *campaign,
			Event::PositionTransferred { position, .. } => self
				.campaign_of
				.get(position)
				.copied()
				.ok_or_else(|| Failure::new("a position moved that never was"))?,
			_ => return Ok(false),
		};
		if self.unseen.contains(&id) {
			return Ok(false);
		}
		if let Event::Committed { position, .. } = event {
			let before = self.campaign_of.insert(*position, id);
			must!(
				before.is_none_or(|before| before == id),
				"a position went to another campaign: ({position})"
			);
		}
		let book = self
			.books
			.get_mut(&id)
			.ok_or_else(|| Failure::new(format!("something happened in no campaign: ({id})")))?;
		funding(id, book, event)?;
		work(book, event)?;
		leave(book, event)?;
		if let Event::Discarded { .. } | Event::Closed { .. } = event {
			must!(
				book.units() == 0 && book.stale() == 0 && book.pool == 0 && book.bond == 0,
				"a campaign went with somebody's money: ({id})"
			);
			self.books.remove(&id);
		}
		Ok(true)
	}

	fn create(&mut self, id: CampaignId, sponsor: &AccountId) -> Result<(), Failure> {
		let Some(agreement) = pallet_escrow::Agreements::<Runtime>::get(id) else {
			self.unseen.insert(id);
			return Ok(());
		};
		let book = Book {
			weights: agreement
				.milestones
				.iter()
				.map(|milestone| milestone.weight)
				.collect(),
			terms: agreement.terms,
			sponsor: sponsor.clone(),
			state: State::Draft,
			version: 1,
			opens: When::default(),
			deadline: When::default(),
			reconfirm_until: When::default(),
			stakes: BTreeMap::new(),
			pool: 0,
			bond: 0,
			dispute: None,
			funded_at: When::default(),
			milestone: 0,
			vote: None,
			deposits: 0,
		};
		must!(
			self.books.insert(id, book).is_none(),
			"a campaign was created twice: ({id})"
		);
		Ok(())
	}

	/// The model and the state are the same.
	pub fn check(&mut self) -> Result<(), Failure> {
		let mut positions: BTreeMap<CampaignId, BTreeMap<PositionId, (AccountId, Balance, u8)>> =
			BTreeMap::new();
		for (id, position) in pallet_escrow::Positions::<Runtime>::iter() {
			// Who has left keeps a record without units until it is given up, which no event tells.
			if position.units > 0 {
				positions
					.entry(position.campaign)
					.or_default()
					.insert(id, (position.owner, position.units, position.version));
			}
		}
		let mut count = 0;
		for (id, campaign) in pallet_escrow::Campaigns::<Runtime>::iter() {
			count += 1;
			let book = self
				.books
				.get_mut(&id)
				.ok_or_else(|| Failure::new(format!("a campaign that the model lacks: ({id})")))?;
			if campaign.dispute_bond == 0 {
				book.dispute = None;
			}
			let found = (
				campaign.state,
				campaign.version,
				campaign.pool,
				campaign.units,
				campaign.stale,
				campaign.bond,
				campaign.dispute_bond,
				usize::from(campaign.milestone),
			);
			let expected = (
				book.state,
				book.version,
				book.pool,
				book.units(),
				book.stale(),
				book.bond,
				book.dispute.map_or(0, |dispute| dispute.0),
				book.milestone,
			);
			must!(
				found == expected,
				"a campaign is not as the model says: (campaign {id} is {found:?}, expected {expected:?})"
			);
			must!(
				campaign.asset == book.terms.asset,
				"a campaign changed its asset: ({id})"
			);
			let stakes: BTreeMap<_, _> = book
				.stakes
				.iter()
				.filter(|(_, stake)| stake.units > 0)
				.map(|(id, stake)| (*id, (stake.owner.clone(), stake.units, stake.version)))
				.collect();
			let found = positions.remove(&id).unwrap_or_default();
			must!(
				found == stakes,
				"positions are not as the model says: (campaign {id}: {found:?}, expected {stakes:?})"
			);
			let round = pallet_escrow::Rounds::<Runtime>::get(id)
				.map(|round| (round.id, round.snapshot, round.yes, round.no));
			let vote = book
				.vote
				.as_ref()
				.map(|vote| (vote.id, vote.snapshot, vote.sum(true), vote.sum(false)));
			must!(
				round == vote,
				"a vote is not as the model says: (campaign {id}: {round:?}, expected {vote:?})"
			);
		}
		must!(
			count == self.books.len() && positions.is_empty(),
			"there are other campaigns or positions than the model knows"
		);
		Ok(())
	}
}

fn rules() -> Rules<BlockNumber> {
	pallet_escrow::StoredRules::<Runtime>::get()
}

/// Money comes in, and goes out again in time.
fn funding(id: CampaignId, book: &mut Book, event: &Event<Runtime>) -> Result<(), Failure> {
	let now = When::now();
	match event {
		Event::StateChanged { from, to, .. } => change(book, *from, *to)?,
		Event::Committed {
			position,
			who,
			accepted,
			units,
			..
		} => {
			let closes = book.deadline.earlier(book.terms.cooling_off);
			must!(
				book.state == State::Funding
					&& book.opens.has_come()
					&& !closes.has_come()
					&& book.reconfirm_until.has_come(),
				"a commitment was taken outside of its window: ({book:?})"
			);
			let room = book.terms.cap.saturating_sub(book.units());
			must!(
				*accepted > 0 && *accepted <= room,
				"more was accepted than the cap leaves: ({accepted} of {room})"
			);
			must!(
				*accepted >= book.terms.min_ticket || *accepted == room,
				"less was accepted than the smallest ticket: ({accepted})"
			);
			must!(
				*who != book.sponsor,
				"the founder invests in the own campaign"
			);
			let version = book.version;
			let known = book
				.stakes
				.values()
				.filter(|stake| stake.owner == *who)
				.count();
			let stake = book.stakes.entry(*position).or_insert_with(|| Stake {
				owner: who.clone(),
				units: 0,
				version,
				since: now,
				earned: U256::zero(),
				got: 0,
			});
			must!(
				stake.owner == *who && stake.version == version && (known == 0 || stake.units > 0),
				"a commitment went to a position of somebody else, of other terms, or a second one"
			);
			stake.units += accepted;
			stake.since = now;
			must!(
				stake.units == *units,
				"a position has other units than were put in"
			);
			book.pool += accepted;
		}
		Event::Withdrawn {
			position, amount, ..
		} => {
			let live = book.is_live(*position);
			let lock = book.deadline.earlier(book.terms.lock);
			let (cooling_off, least) = (book.terms.cooling_off, book.terms.min_ticket);
			must!(
				book.state == State::Funding,
				"a withdrawal outside of funding"
			);
			let stake = book.stake(*position)?;
			must!(
				!live || !lock.has_come() || !stake.since.later(cooling_off).has_come(),
				"a withdrawal after the lock and the time to cool off"
			);
			must!(
				*amount > 0 && *amount <= stake.units,
				"a withdrawal of more than there is"
			);
			stake.units -= amount;
			let left = stake.units;
			must!(
				left == 0 || left >= least,
				"less than a ticket stayed behind"
			);
			if left == 0 {
				book.stakes.remove(position);
			}
			if live {
				book.take(*amount)?;
			}
		}
		Event::Amended { version, .. } => {
			let agreement = pallet_escrow::Agreements::<Runtime>::get(id)
				.ok_or_else(|| Failure::new("amended terms are gone"))?;
			let lock = book.deadline.earlier(book.terms.lock);
			must!(
				book.state == State::Funding && !lock.has_come() && *version == book.version + 1,
				"terms were changed too late"
			);
			let longer = agreement.terms.period - book.terms.period;
			book.deadline = book.deadline.later(longer);
			book.terms = agreement.terms;
			book.version = *version;
			book.reconfirm_until = now.later(rules().reconfirm);
			// Nobody has agreed to the new ones yet.
			book.pool = 0;
		}
		Event::Reconfirmed {
			position, units, ..
		} => {
			must!(
				book.state == State::Funding && !book.reconfirm_until.has_come(),
				"somebody agreed to changed terms too late"
			);
			must!(!book.is_live(*position), "somebody agreed twice");
			let version = book.version;
			let stake = book.stake(*position)?;
			must!(
				stake.units == *units,
				"a position agreed with other units than it has"
			);
			stake.version = version;
			stake.since = now;
			book.pool += units;
			must!(
				book.units() <= book.terms.cap,
				"agreements went above the cap"
			);
		}
		Event::EarlyCloseAnnounced { deadline, .. } => {
			let after = u64::from(*deadline).saturating_sub(now.block) as u32;
			let least = rules().early_close_notice + book.terms.lock.max(book.terms.cooling_off);
			must!(
				book.units() >= book.terms.goal && after >= least,
				"an early close without the goal, or without its notice"
			);
			book.deadline = now.later(after);
		}
		_ => {}
	}
	Ok(())
}

fn change(book: &mut Book, from: State, to: State) -> Result<(), Failure> {
	must!(
		book.state == from,
		"a campaign left a state in which it was not: {from:?}"
	);
	let allowed = matches!(
		(from, to),
		(State::Draft, State::Funding)
			| (State::Funding, State::Active | State::Failed)
			| (State::Active, State::WindDown | State::Completed)
	);
	must!(allowed, "a campaign went from {from:?} to {to:?}");
	book.state = to;
	match to {
		State::Funding => {
			book.bond = book.terms.bond;
			book.opens = When::now().later(book.terms.opens_after);
			book.deadline = book.opens.later(book.terms.period);
		}
		State::Active => {
			must!(
				book.deadline.has_come()
					&& book.units() >= book.terms.goal
					&& book.live().count() >= book.terms.min_investors as usize,
				"a campaign succeeded without its goal or before its deadline"
			);
			book.funded_at = When::now();
		}
		State::Completed => must!(
			book.pool == 0 && book.milestone == book.weights.len(),
			"a campaign was completed with a milestone to go"
		),
		_ => {}
	}
	if !matches!(to, State::Funding | State::Active) {
		book.vote = None;
	}
	Ok(())
}

/// Votes, payments, bonds and revenue.
fn work(book: &mut Book, event: &Event<Runtime>) -> Result<(), Failure> {
	let now = When::now();
	match event {
		Event::RoundOpened { round, kind, .. } => {
			must!(
				book.state == State::Active && book.vote.is_none(),
				"a vote began beside another one, or while nothing is at work"
			);
			let ends = now.later(book.terms.voting);
			let grace_ends = match kind {
				RoundKind::NoConfidence { .. } => ends,
				_ => ends.later(book.terms.grace),
			};
			book.vote = Some(Vote {
				id: *round,
				kind: *kind,
				ends,
				grace_ends,
				snapshot: book.units(),
				votes: BTreeMap::new(),
			});
		}
		Event::Voted {
			round,
			position,
			aye,
			units,
			..
		} => {
			must!(
				book.is_live(*position),
				"a position voted that did not agree to the terms"
			);
			must!(
				book.stake(*position)?.units == *units,
				"a vote with other units than there are"
			);
			let Some(vote) = &mut book.vote else {
				return Err(Failure::new("somebody voted about nothing"));
			};
			must!(
				vote.id == *round && !vote.ends.has_come(),
				"somebody voted too late"
			);
			vote.votes.insert(*position, (*aye, *units));
		}
		Event::RoundSettled { round, outcome, .. } => {
			// The end of a campaign is told before what it ended.
			let Some(vote) = book.vote.take() else {
				return Err(Failure::new("a vote was settled that was not open"));
			};
			must!(
				vote.id == *round && vote.outcome() == *outcome,
				"a vote went another way than the votes: ({outcome:?}, {vote:?})"
			);
		}
		Event::Released {
			milestone,
			amount,
			fee,
			..
		} => release(book, milestone.map(usize::from), amount + fee, *fee)?,
		Event::BondReturned { amount, .. } => {
			must!(
				book.bond == *amount,
				"another bond came back than was put in: ({amount})"
			);
			book.bond = 0;
		}
		Event::BondSlashed { amount, .. } => {
			must!(
				book.bond == *amount,
				"another bond was lost than was put in: ({amount})"
			);
			book.bond = 0;
			if book.units() > 0 {
				book.pool += amount;
			}
		}
		Event::DisputeRaised { bond, .. } => {
			must!(
				book.dispute.is_none_or(|old| old.1.has_come()),
				"two disputes at once"
			);
			book.dispute = Some((*bond, now.later(rules().max_dispute)));
		}
		Event::DisputeResolved { ruling, .. } => {
			let bond = book.dispute.take().map_or(0, |dispute| dispute.0);
			if *ruling == Some(Ruling::Dismiss) && book.units() > 0 {
				book.pool += bond;
			} else if ruling.is_some() {
				// It comes back, or stays on hold for whoever cannot receive it.
				book.dispute = Some((bond, now));
			}
		}
		Event::RevenueDeposited { amount, .. } => {
			let all = book.units();
			must!(all > 0, "revenue for nobody");
			let version = book.version;
			book.deposits += 1;
			for stake in book
				.stakes
				.values_mut()
				.filter(|stake| stake.version == version)
			{
				let earned = U256::from(*amount) * U256::from(SCALE) * U256::from(stake.units);
				stake.earned += earned / U256::from(all);
			}
		}
		Event::RevenueClaimed {
			position, amount, ..
		} => {
			let slack = book.deposits + 2;
			let stake = book.stake(*position)?;
			stake.got += amount;
			let earned = (stake.earned / U256::from(SCALE)).low_u128();
			must!(
				stake.got <= earned + slack && stake.got + slack >= earned,
				"a position got other revenue than it has earned: ({} of {earned})",
				stake.got
			);
		}
		_ => {}
	}
	Ok(())
}

fn release(
	book: &mut Book,
	milestone: Option<usize>,
	paid: Balance,
	fee: Balance,
) -> Result<(), Failure> {
	let expected = match milestone {
		None => {
			must!(
				book.milestone == 0,
				"what is paid on success was paid later"
			);
			part(
				book.pool,
				u128::from(book.terms.kickoff.deconstruct()),
				1_000_000,
			)
		}
		Some(milestone) => {
			must!(
				milestone == book.milestone,
				"a tranche was paid out of turn: ({milestone})"
			);
			let Some(vote) = &book.vote else {
				return Err(Failure::new("a tranche was paid without a vote"));
			};
			must!(
				matches!(vote.kind, RoundKind::Tranche { .. })
					&& vote.carries(book.terms.on_apathy).is_some()
					&& vote.grace_ends.has_come(),
				"a tranche was paid against the vote or before the grace was over: ({vote:?})"
			);
			must!(
				book.dispute.is_none_or(|dispute| dispute.1.has_come()),
				"a tranche was paid during a dispute"
			);
			let left: Vec<u128> = book.weights[milestone..]
				.iter()
				.map(|w| u128::from(*w))
				.collect();
			book.milestone += 1;
			match left.as_slice() {
				[_] => book.pool,
				left => part(book.pool, left[0], left.iter().sum()),
			}
		}
	};
	must!(
		book.state == State::Active,
		"money was released while nothing is at work"
	);
	must!(
		paid == expected && (fee == paid / 50 || fee == 0),
		"another sum was released than the terms say: ({paid}, fee {fee}, expected {expected})"
	);
	book.take(paid)
}

/// Investors leave, or give what they have to others.
fn leave(book: &mut Book, event: &Event<Runtime>) -> Result<(), Failure> {
	match event {
		Event::Exited {
			position,
			units,
			paid,
			..
		} => {
			must!(
				book.is_live(*position),
				"somebody left who did not agree to the terms"
			);
			must!(
				book.stake(*position)?.units == *units,
				"somebody left with other units"
			);
			if book.state == State::Active {
				let vote = book
					.vote
					.as_ref()
					.filter(|vote| vote.ends.has_come() && !vote.grace_ends.has_come());
				let overruled = vote.is_some_and(|vote| {
					let voted = vote.votes.get(position).map(|vote| vote.0);
					match vote.carries(book.terms.on_apathy) {
						Some(true) => voted != Some(true),
						Some(false) => voted == Some(false),
						None => false,
					}
				});
				must!(
					overruled,
					"somebody left who was not overruled: ({position})"
				);
			} else {
				must!(
					book.state == State::Completed,
					"somebody left at the wrong time"
				);
			}
			let share = book.share(*units);
			must!(
				share == *paid,
				"who left got another share: ({paid}, expected {share})"
			);
			book.take(*paid)?;
			book.stake(*position)?.units = 0;
		}
		Event::Refunded {
			position, amount, ..
		} => {
			let live = book.is_live(*position);
			must!(
				book.state == State::Failed || !live,
				"a refund though nothing failed: ({position})"
			);
			must!(
				book.stake(*position)?.units == *amount,
				"a refund of another sum than was put in: ({amount})"
			);
			if live {
				book.take(*amount)?;
			}
			book.stakes.remove(position);
		}
		Event::Claimed {
			position, amount, ..
		} => {
			must!(
				book.state == State::WindDown && book.is_live(*position),
				"a share was claimed though nothing was wound down: ({position})"
			);
			let units = book.stake(*position)?.units;
			let share = if units == 0 { 0 } else { book.share(units) };
			must!(
				share == *amount,
				"another share was claimed: ({amount}, expected {share})"
			);
			book.take(*amount)?;
			book.stakes.remove(position);
		}
		Event::PositionTransferred {
			position, from, to, ..
		} => {
			must!(
				matches!(book.state, State::Active | State::Completed)
					&& book.funded_at.later(book.terms.lock_up).has_come(),
				"a position changed hands while it could not"
			);
			let others = book
				.stakes
				.values()
				.any(|stake| stake.owner == *to && stake.units > 0);
			must!(!others, "an investor has two positions");
			let stake = book.stake(*position)?;
			must!(
				stake.owner == *from,
				"a position was given away by somebody else"
			);
			stake.owner = to.clone();
		}
		_ => {}
	}
	Ok(())
}
