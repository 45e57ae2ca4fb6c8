//! What happens next: mostly what makes sense in the present phase, now and then anything at all.

use crate::reference::{
	rules, About, Account, Admission, Book, Call, Coin, Deal, Mark, Model, Ruling, Stake, State,
	When, BLOCK_MS, EXISTENTIAL, STABLE_MIN,
};

/// Persons 0 to 3 own a metaverse each.
pub const FOUNDERS: u8 = 4;
/// Persons 4 to 11 invest.
pub const INVESTORS: u8 = 8;
/// Persons 12 and 13 have nothing.
pub const PERSONS: u8 = 14;

/// A stream of numbers that only depends on its seed (the generator is known as SplitMix64).
pub struct Dice(u64);

impl Dice {
	pub fn new(seed: u64) -> Self {
		Self(seed)
	}

	fn roll(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		z ^ (z >> 31)
	}

	/// Less than `end`; 0 when that is 0.
	pub fn below(&mut self, end: u64) -> u64 {
		self.roll().checked_rem(end).unwrap_or(0)
	}

	fn amount(&mut self, end: u128) -> u128 {
		u128::from(self.below(u64::try_from(end).unwrap_or(u64::MAX)))
	}

	fn between(&mut self, low: u64, high: u64) -> u64 {
		low + self.below(high - low + 1)
	}

	fn chance(&mut self, percent: u64) -> bool {
		self.below(100) < percent
	}

	fn pick<T: Clone>(&mut self, from: &[T]) -> T {
		from[self.below(from.len() as u64) as usize].clone()
	}
}

fn anybody(dice: &mut Dice) -> u8 {
	dice.below(PERSONS.into()) as u8
}

fn investor(dice: &mut Dice) -> u8 {
	FOUNDERS + dice.below(INVESTORS.into()) as u8
}

/// What a person has at the beginning: uneven, and for some at the edge.
pub fn funds(person: u8, coin: Coin) -> u128 {
	if person < FOUNDERS {
		return 1_000_000_000;
	}
	match (person - FOUNDERS, coin) {
		(0, _) => 50_000_000,
		(1, _) => 5_000_000,
		(2, _) => 500_000,
		(3, Coin::Native) => 3_000,
		(3, Coin::Stable) => 200_000,
		(4, Coin::Native) => 200_000,
		(4, Coin::Stable) => STABLE_MIN,
		(5, Coin::Native) => 100_000,
		(5, Coin::Stable) => 1_000 + STABLE_MIN,
		(6, Coin::Native) => 10_000 + EXISTENTIAL,
		(6, Coin::Stable) => 30_000,
		(7, _) => 20_000_000,
		_ => 0,
	}
}

/// For whom the attester vouches at the beginning: class and cap.
pub fn attested(person: u8) -> Option<(u8, u128)> {
	match person {
		0..FOUNDERS => Some((0, 1_000_000_000)),
		4..=7 => Some((0, 1_000_000_000)),
		8..=9 => Some((1, 1_000_000_000)),
		10 => Some((1, 1_500)),
		11 => Some((2, 1_000_000_000)),
		_ => None,
	}
}

/// Terms within the rules, near their edges.
fn deal(dice: &mut Dice) -> Deal {
	let coin = dice.pick(&[Coin::Native, Coin::Stable]);
	let goal = match dice.below(4) {
		0 => 1_000,
		1 => 1_001 + dice.amount(50),
		_ => 1_000 + dice.amount(60_000),
	};
	let cap = match dice.below(4) {
		0 => goal,
		1 => goal + 1,
		2 => goal + dice.amount(goal),
		_ => goal * 3,
	};
	let min_ticket = match dice.below(3) {
		0 => 100 + dice.amount(7),
		1 => 100 + dice.amount(goal / 10),
		_ => 100,
	};
	// 2 percent at least; two more where rounding could matter.
	let bond = (goal / 50 + 2 + dice.amount(100)).min(goal);
	let period = match dice.below(3) {
		0 => 10,
		_ => dice.between(11, 60),
	};
	let edge = |dice: &mut Dice| match dice.below(4) {
		0 => 0,
		1 => period - 1,
		_ => dice.below(period / 4),
	};
	let milestones = (0..dice.pick(&[1, 2, 2, 3, 3, 4, 12]))
		.map(|_| {
			let weight = dice.pick(&[1, 1, 2, 3, 7, 1_000, 4_000_000_000]);
			(weight, dice.between(1, 12))
		})
		.collect();
	let admission = dice.chance(35).then(|| Admission {
		limits: match dice.below(3) {
			0 => vec![(0, 1_000_000_000, 1_000_000_000), (1, goal, goal * 2)],
			1 => vec![(0, goal, 100_000), (1, 250, 1_000)],
			_ => vec![
				(0, goal * 3, 50_000_000),
				(1, goal, 1_000_000),
				(2, 101, 101),
			],
		},
		affiliates: if dice.chance(30) {
			vec![investor(dice)]
		} else {
			vec![]
		},
	});
	Deal {
		coin,
		goal,
		cap,
		min_ticket,
		bond,
		min_investors: dice.pick(&[1, 1, 2, 3]),
		opens_after: dice.pick(&[0, 0, 0, 1, 5]),
		period,
		lock: edge(dice),
		cooling_off: edge(dice),
		voting: dice.pick(&[5, 5, 6, 9]),
		grace: dice.pick(&[5, 5, 6, 9]),
		lock_up: dice.pick(&[0, 0, 3, 20]),
		kickoff: dice.pick(&[0, 0, 1, 50_000, 199_999, 200_000]),
		tacit: dice.chance(60),
		milestones,
		admission,
	}
}

/// Terms with exactly one mistake.
fn spoilt(dice: &mut Dice) -> Deal {
	let mut deal = deal(dice);
	match dice.below(13) {
		0 => deal.goal = 999,
		1 => deal.cap = deal.goal - 1,
		2 => deal.min_ticket = 99,
		3 => deal.bond = deal.goal / 50 - 1,
		4 => deal.bond = deal.goal + 1,
		5 => deal.min_investors = 0,
		6 => deal.period = 9,
		7 => deal.lock = deal.period + 1,
		8 => deal.voting = 4,
		9 => deal.grace = 101,
		10 => deal.kickoff = 200_001,
		11 => deal.milestones = vec![],
		_ => deal.milestones[0].0 = 0,
	}
	deal
}

/// An amount near something that matters.
fn ticket(dice: &mut Dice, model: &Model, book: &Book, who: u8) -> u128 {
	let room = book.deal.cap - book.units.min(book.deal.cap);
	let has = model.spendable(Account::Person(who), book.deal.coin);
	match dice.below(16) {
		0 => room,
		1 => room.saturating_sub(1),
		2 => room + 1,
		3 => book.deal.min_ticket,
		4 => book.deal.min_ticket.saturating_sub(1),
		5 => has,
		6 => has.saturating_sub(dice.amount(700)),
		7 => (book.deal.goal - book.units.min(book.deal.goal)).max(book.deal.min_ticket),
		8..=11 => (book.deal.goal / 4).max(book.deal.min_ticket).min(has),
		_ => (book.deal.min_ticket + dice.amount(book.deal.goal)).min(has),
	}
}

/// The next thing that happens.
pub fn next(dice: &mut Dice, model: &Model) -> Call {
	if dice.chance(8) {
		return around(dice, model);
	}
	let campaigns: Vec<u32> = model.books.keys().copied().collect();
	let running = model
		.books
		.values()
		.filter(|book| matches!(book.state, State::Draft | State::Funding | State::Active))
		.count();
	if campaigns.is_empty() || (running < FOUNDERS.into() && dice.chance(12)) || dice.chance(1) {
		return create(dice, model);
	}
	if dice.chance(7) {
		return anything(dice, model, &campaigns);
	}
	// Waiting in one campaign moves the clock of all, so those that still collect come first.
	let hungry: Vec<u32> = campaigns
		.iter()
		.copied()
		.filter(|id| collects(model, &model.books[id]))
		.collect();
	let campaign = if hungry.is_empty() || dice.chance(35) {
		dice.pick(&campaigns)
	} else {
		dice.pick(&hungry)
	};
	sensible(dice, model, campaign, &model.books[&campaign])
}

/// Whether a campaign takes commitments and needs them.
fn collects(model: &Model, book: &Book) -> bool {
	let now = &model.now;
	book.state == State::Funding
		&& book.opens.has_come(now)
		&& !book.closes.has_come(now)
		&& book.reconfirm_until.is_none_or(|until| until.has_come(now))
		&& book.units < book.deal.goal
}

fn create(dice: &mut Dice, model: &Model) -> Call {
	let sound = !dice.chance(12);
	let deal = if sound { deal(dice) } else { spoilt(dice) };
	let idle: Vec<u8> = (0..FOUNDERS)
		.filter(|who| {
			!model.books.values().any(|book| {
				book.founder == *who
					&& matches!(book.state, State::Draft | State::Funding | State::Active)
			})
		})
		.collect();
	let startup = if idle.is_empty() || dice.chance(5) {
		dice.below(FOUNDERS.into()) as u8
	} else {
		dice.pick(&idle)
	};
	let who = if dice.chance(4) {
		anybody(dice)
	} else {
		startup
	};
	Call::Create {
		who,
		startup,
		deal: Box::new(deal),
		sound,
	}
}

/// Time passes: nothing, a block, or just to the edge of something.
fn wait(dice: &mut Dice, now: When, until: When) -> Call {
	let blocks = until.block.saturating_sub(now.block);
	let behind = until.time.saturating_sub(now.time).div_ceil(BLOCK_MS);
	let enough = blocks.max(behind);
	match dice.below(20) {
		0 => Call::Pass { blocks: 0 },
		1 | 2 => Call::Pass { blocks: 1 },
		3 => Call::Halt {
			ms: dice.between(1, 5) * BLOCK_MS,
		},
		4 => Call::Rush {
			blocks: dice.between(1, 3),
		},
		5 | 6 => Call::Pass {
			blocks: enough.saturating_sub(1),
		},
		7 => Call::Pass {
			blocks: dice.below(30),
		},
		_ => Call::Pass { blocks: enough },
	}
}

fn positions_in(model: &Model, campaign: u32) -> Vec<(u32, Stake)> {
	model
		.stakes
		.iter()
		.filter(|(_, stake)| stake.campaign == campaign)
		.map(|(id, stake)| (*id, stake.clone()))
		.collect()
}

/// Something that may well succeed.
fn sensible(dice: &mut Dice, model: &Model, campaign: u32, book: &Book) -> Call {
	let who = book.founder;
	let stakes = positions_in(model, campaign);
	match book.state {
		State::Draft if dice.chance(8) => Call::Discard { who, campaign },
		State::Draft => Call::Open { who, campaign },
		State::Funding => funding(dice, model, campaign, book, &stakes),
		State::Active => active(dice, model, campaign, book, &stakes),
		State::Failed | State::WindDown | State::Completed => {
			over(dice, model, campaign, book, &stakes)
		}
	}
}

fn funding(
	dice: &mut Dice,
	model: &Model,
	campaign: u32,
	book: &Book,
	stakes: &[(u32, Stake)],
) -> Call {
	let (founder, now) = (book.founder, model.now);
	if book.deadline.has_come(&now) && dice.chance(85) {
		return Call::Advance {
			who: anybody(dice),
			campaign,
		};
	}
	if !book.opens.has_come(&now) {
		return wait(dice, now, book.opens);
	}
	let reconfirming = book.reconfirm_until.filter(|until| !until.has_come(&now));
	if let Some(until) = reconfirming {
		let stale: Vec<_> = stakes
			.iter()
			.filter(|(_, stake)| !model.live(stake))
			.collect();
		if !stale.is_empty() && dice.chance(75) {
			let (position, stake) = dice.pick(&stale);
			return match dice.below(8) {
				0 => Call::Withdraw {
					who: stake.owner,
					position: *position,
					amount: stake.units,
				},
				1 => Call::Claim {
					who: stake.owner,
					position: *position,
				},
				_ => Call::Reconfirm {
					who: stake.owner,
					position: *position,
					honest: !dice.chance(5),
				},
			};
		}
		return wait(dice, now, until);
	}
	let full = book.units == book.deal.cap;
	let closed = book.closes.has_come(&now) || full;
	let enough = book.units >= book.deal.goal;
	let least = book.opens.after(rules::MIN_PERIOD);
	let notice = rules::EARLY_CLOSE_NOTICE + book.deal.lock.max(book.deal.cooling_off);
	let sense = now.block.max(least.block) + notice < book.deadline.block;
	if enough && sense && !book.closes_early && dice.chance(25) {
		if !least.has_come(&now) && dice.chance(80) {
			return wait(dice, now, least);
		}
		return Call::AnnounceEarlyClose {
			who: founder,
			campaign,
			after: (notice + dice.below(3)).saturating_sub(u64::from(dice.chance(10))),
		};
	}
	match dice.below(100) {
		0..=3 => Call::Amend {
			who: founder,
			campaign,
			goal: dice.pick(&[book.deal.goal, 1_000, book.deal.goal + 100]),
			cap: book.deal.cap + dice.amount(500),
			extend_by: dice.pick(&[0, 5, 20, 20]),
		},
		7 => Call::Cancel {
			who: if dice.chance(50) { None } else { Some(founder) },
			campaign,
		},
		14..=19 if !stakes.is_empty() => {
			let (position, stake) = dice.pick(stakes);
			let amount = match dice.below(5) {
				0 => stake.units,
				1 => stake.units.saturating_sub(book.deal.min_ticket),
				2 => stake.units.saturating_sub(book.deal.min_ticket) + 1,
				3 => dice.amount(stake.units),
				_ => stake.units + 1,
			};
			if model.live(&stake) {
				Call::Withdraw {
					who: stake.owner,
					position,
					amount,
				}
			} else {
				Call::Claim {
					who: stake.owner,
					position,
				}
			}
		}
		20..=23 => wait(dice, now, if closed { book.deadline } else { book.closes }),
		24..=26 => Call::Pass {
			blocks: dice.between(1, 4),
		},
		_ if closed || (enough && dice.chance(25)) => wait(dice, now, book.deadline),
		_ => {
			// Who can pay more often than who cannot.
			let who = (0..4)
				.map(|_| investor(dice))
				.find(|who| {
					let has = model.spendable(Account::Person(*who), book.deal.coin);
					has >= book.deal.min_ticket && model.position_of(campaign, *who).is_none()
				})
				.unwrap_or_else(|| investor(dice));
			let amount = ticket(dice, model, book, who);
			let min_accept = match dice.below(8) {
				0 => amount,
				1 => amount / 2,
				_ => 0,
			};
			Call::Commit {
				who,
				campaign,
				amount,
				min_accept,
				honest: !dice.chance(2),
			}
		}
	}
}

fn active(
	dice: &mut Dice,
	model: &Model,
	campaign: u32,
	book: &Book,
	stakes: &[(u32, Stake)],
) -> Call {
	let (founder, now) = (book.founder, model.now);
	let advance = Call::Advance {
		who: founder,
		campaign,
	};
	let late = book.due.after(rules::DUE_GRACE);
	let Some((position, stake)) = (!stakes.is_empty()).then(|| dice.pick(stakes)) else {
		return wait(dice, now, late);
	};
	let who = stake.owner;
	if dice.chance(5) {
		return match dice.below(6) {
			0 | 1 => Call::DepositRevenue {
				who: founder,
				campaign,
				amount: 1 + dice.amount(5_000),
			},
			2 | 3 => Call::ClaimRevenue { who, position },
			4 => Call::MintReceipt { who, position },
			_ => Call::Claim { who, position },
		};
	}
	let Some(vote) = book.vote else {
		if model.overdue(book) && dice.chance(80) {
			return advance;
		}
		return match dice.below(100) {
			0..=5 => Call::RequestExtension {
				who: founder,
				campaign,
				blocks: dice.between(0, 20),
			},
			6..=15 => Call::NoConfidence { who, position },
			16..=21 => Call::MintReceipt { who, position },
			22..=32 => Call::TransferPosition {
				who,
				position,
				to: anybody(dice),
			},
			33 => Call::Abandon {
				who: founder,
				campaign,
			},
			34 | 35 => wait(dice, now, late),
			38..=45 => wait(dice, now, book.submit_from.unwrap_or(now)),
			46 | 47 => advance,
			_ => match book.submit_from.filter(|from| !from.has_come(&now)) {
				Some(from) => wait(dice, now, from),
				None => Call::SubmitMilestone {
					who: founder,
					campaign,
				},
			},
		};
	};
	if let Some(until) = book.dispute.filter(|until| !until.has_come(&now)) {
		if dice.chance(40) {
			let ruling = dice.pick(&[
				Ruling::Dismiss,
				Ruling::WindDown,
				Ruling::ReleaseAnyway,
				Ruling::RestartRound,
			]);
			return Call::ResolveDispute {
				who: None,
				campaign,
				ruling,
			};
		}
		if dice.chance(25) {
			return wait(dice, now, until);
		}
	}
	if !vote.ends.has_come(&now) {
		return match dice.below(100) {
			// Each vote has its own mood, so that all results come about.
			0..=79 => {
				let ayes = [97, 85, 60, 15][((vote.id + campaign) % 4) as usize];
				let silent = (vote.id + 2 * campaign) % 7 < 2;
				if silent && dice.chance(85) {
					return wait(dice, now, vote.ends);
				}
				let mute: Vec<_> = stakes
					.iter()
					.filter(|(_, stake)| stake.last_round != vote.id && stake.units > 0)
					.collect();
				let (position, who) = if mute.is_empty() || dice.chance(15) {
					(position, who)
				} else {
					let (position, stake) = dice.pick(&mute);
					(*position, stake.owner)
				};
				Call::Vote {
					who,
					position,
					aye: dice.chance(ayes),
				}
			}
			80..=84 => Call::RaiseDispute { who, position },
			85 if dice.chance(60) => Call::Abandon {
				who: founder,
				campaign,
			},
			86 | 87 => advance,
			_ => wait(dice, now, vote.ends),
		};
	}
	let grace = model.approves(book) && !vote.grace_ends.has_come(&now);
	let tranche = matches!(vote.about, About::Tranche { .. });
	match dice.below(100) {
		0..=7 if tranche => Call::RaiseDispute { who, position },
		8 if dice.chance(50) => Call::Abandon {
			who: founder,
			campaign,
		},
		9..=64 if grace => {
			let overruled: Vec<_> = stakes
				.iter()
				.filter(|(_, stake)| stake.units > 0 && !(stake.last_round == vote.id && stake.aye))
				.collect();
			if overruled.is_empty() {
				return wait(dice, now, vote.grace_ends);
			}
			let (position, stake) = dice.pick(&overruled);
			if dice.chance(40) {
				return wait(dice, now, vote.grace_ends);
			}
			Call::Exit {
				who: stake.owner,
				position: *position,
			}
		}
		9..=12 => Call::Exit { who, position },
		65..=70 => advance,
		_ if grace => wait(dice, now, vote.grace_ends),
		_ if book
			.vote
			.is_some_and(|vote| !vote.grace_ends.has_come(&now))
			&& matches!(vote.about, About::Extension { .. })
			&& dice.chance(60) =>
		{
			if dice.chance(50) {
				Call::Exit { who, position }
			} else {
				wait(dice, now, vote.grace_ends)
			}
		}
		_ if dice.chance(4) => wait(dice, now, vote.grace_ends.after(rules::DUE_GRACE)),
		_ if !vote.grace_ends.has_come(&now) && dice.chance(25) => wait(dice, now, vote.grace_ends),
		_ => advance,
	}
}

fn over(
	dice: &mut Dice,
	model: &Model,
	campaign: u32,
	book: &Book,
	stakes: &[(u32, Stake)],
) -> Call {
	let Some((position, stake)) = (!stakes.is_empty()).then(|| dice.pick(stakes)) else {
		return if book.bond + book.dispute_bond > 0 && dice.chance(70) {
			Call::Advance {
				who: anybody(dice),
				campaign,
			}
		} else {
			Call::Close {
				who: anybody(dice),
				campaign,
			}
		};
	};
	let who = stake.owner;
	let live = model.live(&stake);
	match (book.state, dice.below(20)) {
		(_, 0) => Call::ClaimTo {
			who,
			position,
			dest: anybody(dice),
		},
		(_, 1 | 2) => Call::ClaimFor {
			who: anybody(dice),
			position,
		},
		(_, 3) => Call::AllowClaimFor {
			who,
			position,
			allowed: dice.chance(40),
		},
		(_, 4) => Call::Advance {
			who: anybody(dice),
			campaign,
		},
		(_, 5) => Call::Pass {
			blocks: dice.below(3),
		},
		(State::Completed, 6 | 7) if live => Call::DepositRevenue {
			who: book.founder,
			campaign,
			amount: 1 + dice.amount(5_000),
		},
		(State::Completed, 8..=10) if live => Call::ClaimRevenue { who, position },
		(State::Completed, 11) if live => Call::TransferPosition {
			who,
			position,
			to: anybody(dice),
		},
		(State::Completed, _) if live => Call::Exit { who, position },
		_ if live && stake.units == 0 => Call::Exit { who, position },
		_ => Call::Claim { who, position },
	}
}

/// Any call with any arguments.
fn anything(dice: &mut Dice, model: &Model, campaigns: &[u32]) -> Call {
	let who = anybody(dice);
	let campaign = dice.pick(campaigns) + dice.pick(&[0, 0, 0, 0, 0, 1]);
	let positions: Vec<u32> = model.stakes.keys().copied().collect();
	let position = if positions.is_empty() {
		0
	} else {
		dice.pick(&positions)
	};
	// Half of the time the owner, who is less likely to fail at the door.
	let who = match model.stakes.get(&position) {
		Some(stake) if dice.chance(50) => stake.owner,
		_ => who,
	};
	let amount = dice.amount(3_000);
	let root = dice.chance(50).then_some(who);
	match dice.below(27) {
		0 => Call::Open { who, campaign },
		1 => Call::Discard { who, campaign },
		2 => Call::Commit {
			who,
			campaign,
			amount,
			min_accept: 0,
			honest: true,
		},
		3 => Call::Withdraw {
			who,
			position,
			amount,
		},
		4 => Call::Amend {
			who,
			campaign,
			goal: 1_000 + amount,
			cap: 4_000,
			extend_by: 10,
		},
		5 => Call::Reconfirm {
			who,
			position,
			honest: true,
		},
		6 => Call::AnnounceEarlyClose {
			who,
			campaign,
			after: dice.below(20),
		},
		7 => Call::Cancel {
			who: Some(who),
			campaign,
		},
		8 => Call::Advance { who, campaign },
		9 => Call::SubmitMilestone { who, campaign },
		10 => Call::Vote {
			who,
			position,
			aye: dice.chance(50),
		},
		11 => Call::Exit { who, position },
		12 => Call::Claim { who, position },
		13 => Call::ClaimTo {
			who,
			position,
			dest: anybody(dice),
		},
		14 => Call::ClaimFor { who, position },
		15 => Call::AllowClaimFor {
			who,
			position,
			allowed: dice.chance(80),
		},
		16 => Call::Abandon { who, campaign },
		17 => Call::RaiseDispute { who, position },
		18 => Call::ResolveDispute {
			who: root,
			campaign,
			ruling: Ruling::Dismiss,
		},
		19 => Call::NoConfidence { who, position },
		20 => Call::RequestExtension {
			who,
			campaign,
			blocks: dice.below(1_100),
		},
		21 => Call::MintReceipt { who, position },
		22 => Call::TransferPosition {
			who,
			position,
			to: anybody(dice),
		},
		23 => Call::DepositRevenue {
			who,
			campaign,
			amount,
		},
		24 => Call::ClaimRevenue { who, position },
		25 => Call::Close { who, campaign },
		_ => Call::SubmitMilestone { who, campaign },
	}
}

/// What others do: gifts, the issuer, the guardian, the attester.
fn around(dice: &mut Dice, model: &Model) -> Call {
	let coin = dice.pick(&[Coin::Native, Coin::Stable]);
	let somebody = |dice: &mut Dice| match dice.below(8) {
		0 => Account::Startup(dice.below(FOUNDERS.into()) as u8),
		1 => Account::Treasury,
		2 | 3 if model.next_campaign > 0 => {
			// Some gifts come before their campaign was even created.
			Account::Pot(dice.below(u64::from(model.next_campaign) + 1) as u32)
		}
		_ => Account::Person(anybody(dice)),
	};
	// What is frozen must thaw soon, or nothing would happen any more.
	if model.asset_frozen && dice.chance(60) {
		return Call::FreezeAsset { frozen: false };
	}
	if !model.marks.is_empty() && dice.chance(35) {
		let marked: Vec<Account> = model.marks.keys().copied().collect();
		return Call::Mark {
			who: dice.pick(&marked),
			mark: None,
		};
	}
	match dice.below(30) {
		0..=9 => {
			let from = dice.below(u64::from(FOUNDERS + INVESTORS)) as u8;
			let has = model.spendable(Account::Person(from), coin);
			let amount = match dice.below(6) {
				0 => 1,
				1 => dice.amount(EXISTENTIAL + 2),
				2 if from >= FOUNDERS => has,
				3 => has + 1,
				_ => dice.amount(2_000),
			};
			Call::Give {
				from,
				to: somebody(dice),
				coin,
				amount,
			}
		}
		10..=17 => {
			// The rich help out who was drained.
			let to = Account::Person(investor(dice));
			Call::Give {
				from: 0,
				to,
				coin,
				amount: 10_000 + dice.amount(50_000),
			}
		}
		18..=21 => {
			let mark = dice.pick(&[Mark::Frozen, Mark::Frozen, Mark::Blocked]);
			Call::Mark {
				who: somebody(dice),
				mark: Some(mark),
			}
		}
		22 => Call::FreezeAsset { frozen: true },
		23 => Call::Suspend {
			startup: dice.below(FOUNDERS.into()) as u8,
			blocks: dice.between(1, 40),
		},
		24 => Call::Resume {
			startup: dice.below(FOUNDERS.into()) as u8,
		},
		25 => Call::Attest {
			who: investor(dice),
			class: None,
			cap: 0,
		},
		26 | 27 => {
			let who = investor(dice);
			let class = dice.below(3) as u8;
			Call::Attest {
				who,
				class: Some(class),
				cap: dice.pick(&[500, 5_000, 1_000_000_000]),
			}
		}
		28 => Call::Halt {
			ms: dice.between(1, 30) * BLOCK_MS / 2,
		},
		_ => Call::Rush {
			blocks: dice.between(1, 4),
		},
	}
}
