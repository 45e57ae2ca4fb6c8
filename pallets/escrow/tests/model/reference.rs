//! A naive model of campaigns, written from the design and not from the pallet.
//!
//! It keeps a ledger of its own and knows nothing of storage or hashes. For each call it tells
//! everything that may come out: one entry where the design says exactly what happens, several
//! where it leaves room. `None` stands for a call that fails and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

/// Existential deposit of the native token in the mock runtime.
pub const EXISTENTIAL: u128 = 10;
/// Least balance of the stablecoin in the mock runtime.
pub const STABLE_MIN: u128 = 10;
/// Milliseconds of a block in the mock runtime.
pub const BLOCK_MS: u64 = 6_000;

/// The rules of the mock runtime, written down once more.
pub mod rules {
	pub const RECONFIRM: u64 = 10;
	pub const MIN_PERIOD: u64 = 10;
	pub const EARLY_CLOSE_NOTICE: u64 = 5;
	pub const MAX_DURATION: u64 = 1_000;
	pub const DUE_GRACE: u64 = 20;
	pub const RESUBMIT_PAUSE: u64 = 3;
	pub const MAX_DISPUTE: u64 = 30;
	pub const DISPUTE_PAUSE: u64 = 10;
	pub const PETITION: u64 = 20;
	pub const NO_CONFIDENCE_PAUSE: u64 = 50;
	pub const MAX_ATTEMPTS: u8 = 3;
	pub const MAX_AMENDMENTS: u8 = 3;
	/// The network's share of a release, in percent.
	pub const FEE: u128 = 2;
	/// Bond of a dispute, in percent of what was raised.
	pub const DISPUTE_BOND: u128 = 1;
	/// Units that must sign a petition, in percent.
	pub const PETITION_SHARE: u128 = 10;
}

/// Sums for one unit are kept times this.
const SCALE: u128 = 1_000_000_000_000_000_000;

/// Somebody who has money.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Account {
	Person(u8),
	Treasury,
	/// The metaverse of this founder.
	Startup(u8),
	/// Where the money of this campaign waits.
	Pot(u32),
}

use Account::{Person, Pot, Startup, Treasury};

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Coin {
	Native,
	Stable,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Purse {
	pub free: u128,
	pub held: u128,
}

/// What the issuer of the stablecoin did to an account.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mark {
	Frozen,
	Blocked,
}

/// A point in time; it has come when both have come.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct When {
	pub block: u64,
	pub time: u64,
}

impl When {
	pub fn has_come(&self, now: &When) -> bool {
		self.block <= now.block && self.time <= now.time
	}

	pub fn after(self, blocks: u64) -> When {
		When {
			block: self.block + blocks,
			time: self.time + blocks * BLOCK_MS,
		}
	}

	fn before(self, blocks: u64) -> When {
		When {
			block: self.block.saturating_sub(blocks),
			time: self.time.saturating_sub(blocks * BLOCK_MS),
		}
	}

	fn later(self, other: When) -> When {
		When {
			block: self.block.max(other.block),
			time: self.time.max(other.time),
		}
	}
}

#[derive(Clone, Debug)]
pub struct Admission {
	/// Class, most for each campaign, most for each year.
	pub limits: Vec<(u8, u128, u128)>,
	/// Persons who may not invest.
	pub affiliates: Vec<u8>,
}

#[derive(Clone, Debug)]
pub struct Deal {
	pub coin: Coin,
	pub goal: u128,
	pub cap: u128,
	pub min_ticket: u128,
	pub bond: u128,
	pub min_investors: u32,
	pub opens_after: u64,
	pub period: u64,
	pub lock: u64,
	pub cooling_off: u64,
	pub voting: u64,
	pub grace: u64,
	pub lock_up: u64,
	/// In parts of a million.
	pub kickoff: u128,
	/// Whether silence approves; otherwise it winds the campaign down.
	pub tacit: bool,
	/// Weights and durations.
	pub milestones: Vec<(u32, u64)>,
	/// Who may invest, when it is not everybody.
	pub admission: Option<Admission>,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum State {
	Draft,
	Funding,
	Active,
	Failed,
	WindDown,
	Completed,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum About {
	Tranche { revote: bool },
	Extension { due: When },
	NoConfidence { confirming: bool },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Decision {
	Approved,
	Rejected,
	Inconclusive,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Vote {
	pub id: u32,
	pub about: About,
	pub asked_at: When,
	pub ends: When,
	pub grace_ends: When,
	pub snapshot: u128,
	pub yes: u128,
	pub no: u128,
	pub exited: u128,
}

impl Vote {
	pub fn result(&self) -> Decision {
		let factor = match self.about {
			About::NoConfidence { .. } => 3,
			_ => 6,
		};
		let absent = self.snapshot - self.yes - self.no;
		if self.yes * factor > self.no * factor + absent {
			Decision::Approved
		} else if self.no >= self.yes && (self.yes + self.no) * factor >= self.snapshot {
			Decision::Rejected
		} else {
			Decision::Inconclusive
		}
	}
}

/// Every flow of a campaign's money. What went back before success is one number here.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Flows {
	pub committed: u128,
	pub given_back: u128,
	pub released: u128,
	pub fees: u128,
	pub exited: u128,
	pub claimed: u128,
	pub bond_deposited: u128,
	pub bond_returned: u128,
	pub bond_slashed: u128,
	pub bond_to_treasury: u128,
	pub dispute_slashed: u128,
	pub revenue: u128,
	pub revenue_claimed: u128,
}

#[derive(Clone, Debug)]
pub struct Petition {
	pub id: u32,
	pub units: u128,
	pub until: When,
	/// A vote was opened since it began, and the design does not say whether that ends it.
	pub doubtful: bool,
}

#[derive(Clone, Debug)]
pub struct Book {
	pub deal: Deal,
	/// The founder, and the number of the metaverse.
	pub founder: u8,
	pub deposit: u128,
	pub state: State,
	pub version: u8,
	pub opens: When,
	pub lock_at: When,
	pub closes: When,
	pub deadline: When,
	pub reconfirm_until: Option<When>,
	pub closes_early: bool,
	pub pool: u128,
	pub units: u128,
	pub stale: u128,
	pub bond: u128,
	pub dispute_bond: u128,
	pub flows: Flows,
	pub funded_at: When,
	pub raised: u128,
	pub kickoff: u128,
	pub milestone: usize,
	pub attempts: u8,
	pub submit_from: Option<When>,
	pub due: When,
	pub extension_asked: bool,
	pub rounds: u32,
	pub vote: Option<Vote>,
	pub petitions: u32,
	pub petition: Option<Petition>,
	pub petition_from: Option<When>,
	/// Until when the open dispute keeps the payment back.
	pub dispute: Option<When>,
	pub raiser: u8,
	/// The earliest and the latest that the next dispute may be allowed from.
	pub dispute_from: Option<(When, When)>,
	/// What one unit has put to work, scaled.
	pub deployed: u128,
	/// What one unit earned, scaled, and what did not divide.
	pub earned: u128,
	pub rest: u128,
}

#[derive(Clone, Debug)]
pub struct Stake {
	pub campaign: u32,
	pub owner: u8,
	pub units: u128,
	pub version: u8,
	pub committed_at: When,
	pub last_round: u32,
	pub aye: bool,
	pub last_petition: u32,
	pub debt: u128,
	pub equity: u128,
	pub deposit: u128,
	pub receipt: bool,
	pub only_owner_claims: bool,
	/// The person whose limits its money counts against.
	pub subject: Option<u8>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ruling {
	Dismiss,
	WindDown,
	ReleaseAnyway,
	RestartRound,
}

/// Everything that can happen. Campaigns and positions are named by their ids, persons by numbers.
#[derive(Clone, Debug)]
pub enum Call {
	Create {
		who: u8,
		startup: u8,
		deal: Box<Deal>,
		sound: bool,
	},
	Open {
		who: u8,
		campaign: u32,
	},
	Discard {
		who: u8,
		campaign: u32,
	},
	Commit {
		who: u8,
		campaign: u32,
		amount: u128,
		min_accept: u128,
		honest: bool,
	},
	Withdraw {
		who: u8,
		position: u32,
		amount: u128,
	},
	Amend {
		who: u8,
		campaign: u32,
		goal: u128,
		cap: u128,
		extend_by: u64,
	},
	Reconfirm {
		who: u8,
		position: u32,
		honest: bool,
	},
	AnnounceEarlyClose {
		who: u8,
		campaign: u32,
		after: u64,
	},
	/// The guardian when it is nobody.
	Cancel {
		who: Option<u8>,
		campaign: u32,
	},
	Advance {
		who: u8,
		campaign: u32,
	},
	SubmitMilestone {
		who: u8,
		campaign: u32,
	},
	Vote {
		who: u8,
		position: u32,
		aye: bool,
	},
	Exit {
		who: u8,
		position: u32,
	},
	Claim {
		who: u8,
		position: u32,
	},
	ClaimTo {
		who: u8,
		position: u32,
		dest: u8,
	},
	ClaimFor {
		who: u8,
		position: u32,
	},
	AllowClaimFor {
		who: u8,
		position: u32,
		allowed: bool,
	},
	Abandon {
		who: u8,
		campaign: u32,
	},
	RaiseDispute {
		who: u8,
		position: u32,
	},
	/// The arbiter when it is nobody.
	ResolveDispute {
		who: Option<u8>,
		campaign: u32,
		ruling: Ruling,
	},
	NoConfidence {
		who: u8,
		position: u32,
	},
	RequestExtension {
		who: u8,
		campaign: u32,
		blocks: u64,
	},
	MintReceipt {
		who: u8,
		position: u32,
	},
	TransferPosition {
		who: u8,
		position: u32,
		to: u8,
	},
	DepositRevenue {
		who: u8,
		campaign: u32,
		amount: u128,
	},
	ClaimRevenue {
		who: u8,
		position: u32,
	},
	Close {
		who: u8,
		campaign: u32,
	},
	/// Blocks come in time.
	Pass {
		blocks: u64,
	},
	/// The chain stands still.
	Halt {
		ms: u64,
	},
	/// Blocks come too fast.
	Rush {
		blocks: u64,
	},
	Give {
		from: u8,
		to: Account,
		coin: Coin,
		amount: u128,
	},
	/// `None` lifts the mark.
	Mark {
		who: Account,
		mark: Option<Mark>,
	},
	FreezeAsset {
		frozen: bool,
	},
	Suspend {
		startup: u8,
		blocks: u64,
	},
	Resume {
		startup: u8,
	},
	/// `None` revokes.
	Attest {
		who: u8,
		class: Option<u8>,
		cap: u128,
	},
}

impl Call {
	/// Its name alone.
	pub fn name(&self) -> String {
		let text = format!("{self:?}");
		text.split([' ', '{']).next().unwrap_or_default().into()
	}
}

/// What the model cannot know beforehand: sizes of storage deposits, which it then holds the pallet
/// to, and which number the design leaves to the implementation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints {
	/// Deposit of the campaign that was just created.
	pub campaign_deposit: u128,
	/// Deposit of the position that was just created, or got its receipt.
	pub position_deposit: u128,
}

/// What can be compared with the chain of a campaign.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SeenBook {
	pub state: State,
	pub version: u8,
	pub deadline: Option<When>,
	pub lock_at: Option<When>,
	pub closes: Option<When>,
	pub pool: u128,
	pub units: u128,
	pub stale: u128,
	pub bond: u128,
	pub dispute_bond: u128,
	pub flows: Flows,
	pub raised: u128,
	pub kickoff: u128,
	pub positions: u32,
	pub investors: u32,
	pub milestone: usize,
	pub attempts: u8,
	pub due: Option<When>,
	pub rounds: u32,
	pub petitions: u32,
	/// Number, subject (0 tranche, 1 revote, 2 extension, 3 no confidence, 4 confirming), end,
	/// snapshot, yes, no, exited.
	pub vote: Option<(u32, u8, When, u128, u128, u128, u128)>,
}

/// What can be compared with the chain of a position.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SeenStake {
	pub campaign: u32,
	pub owner: u8,
	pub units: u128,
	pub live: bool,
	pub equity: u128,
	pub deposit: u128,
	pub receipt: bool,
	/// Revenue that it could claim.
	pub revenue: u128,
}

/// What can be compared with the chain.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Seen {
	pub purses: BTreeMap<(Account, Coin), Purse>,
	pub books: BTreeMap<u32, SeenBook>,
	pub stakes: BTreeMap<u32, SeenStake>,
}

impl Seen {
	/// What differs, one line each; `self` is what should be.
	pub fn differences(&self, found: &Seen) -> Vec<String> {
		fn compare<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(
			what: &str,
			should: &BTreeMap<K, V>,
			found: &BTreeMap<K, V>,
		) -> Vec<String> {
			let keys: BTreeSet<&K> = should.keys().chain(found.keys()).collect();
			keys.into_iter()
				.filter(|key| should.get(key) != found.get(key))
				.map(|key| {
					let (a, b) = (should.get(key), found.get(key));
					format!("{what} {key:?}\n   model {a:?}\n   chain {b:?}")
				})
				.collect()
		}
		let mut lines = compare("purse", &self.purses, &found.purses);
		lines.extend(compare("campaign", &self.books, &found.books));
		lines.extend(compare("position", &self.stakes, &found.stakes));
		lines
	}
}

/// All that may come out of a call.
pub type Outcomes = Vec<Option<Model>>;

fn never() -> Outcomes {
	vec![None]
}

fn surely(model: Model) -> Outcomes {
	vec![Some(model)]
}

fn perhaps(model: Model) -> Outcomes {
	vec![Some(model), None]
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Verdict {
	Yes,
	No,
	Maybe,
}

impl Verdict {
	fn with(self, model: Model) -> Outcomes {
		match self {
			Verdict::Yes => surely(model),
			Verdict::No => never(),
			Verdict::Maybe => perhaps(model),
		}
	}
}

/// The world as it should be.
#[derive(Clone, Debug, Default)]
pub struct Model {
	pub now: When,
	pub purses: BTreeMap<(Account, Coin), Purse>,
	pub marks: BTreeMap<Account, Mark>,
	pub asset_frozen: bool,
	/// Metaverses that were suspended, and the block in which that ends.
	pub suspended: BTreeMap<u8, u64>,
	/// Class and cap of those for whom the attester vouches.
	pub attested: BTreeMap<u8, (u8, u128)>,
	/// What persons have committed and not got back before success.
	pub used: BTreeMap<(u8, Coin), u128>,
	pub books: BTreeMap<u32, Book>,
	pub stakes: BTreeMap<u32, Stake>,
	pub next_campaign: u32,
	pub next_position: u32,
	/// What a new position costs, once one was seen.
	pub position_deposit: Option<u128>,
	/// What a receipt costs, once one was seen.
	pub receipt_deposit: Option<u128>,
}

// Money.
impl Model {
	pub fn purse(&self, who: Account, coin: Coin) -> Purse {
		self.purses.get(&(who, coin)).copied().unwrap_or_default()
	}

	fn change(&mut self, who: Account, coin: Coin, free: i128, held: i128) {
		let purse = self.purses.entry((who, coin)).or_default();
		purse.free = purse.free.checked_add_signed(free).expect("no debts");
		purse.held = purse
			.held
			.checked_add_signed(held)
			.expect("no debts on hold");
		if *purse == Purse::default() {
			self.purses.remove(&(who, coin));
			if coin == Coin::Stable {
				self.marks.remove(&who);
			}
		}
	}

	/// Whether an account can receive an amount.
	/// Whether the account can have something on hold: it has native tokens.
	fn exists(&self, who: Account) -> bool {
		self.purse(who, Coin::Native) != Purse::default()
	}

	pub fn can_receive(&self, who: Account, coin: Coin, amount: u128) -> bool {
		let purse = self.purse(who, coin);
		if amount == 0 {
			return true;
		}
		match coin {
			Coin::Native => purse.free + amount >= EXISTENTIAL,
			Coin::Stable => {
				!self.asset_frozen
					&& self.marks.get(&who) != Some(&Mark::Blocked)
					&& (purse.free + purse.held > 0 || amount >= STABLE_MIN)
			}
		}
	}

	/// What an account can pay and stay alive.
	pub fn spendable(&self, who: Account, coin: Coin) -> u128 {
		let purse = self.purse(who, coin);
		match coin {
			Coin::Native => purse.free.saturating_sub(EXISTENTIAL),
			Coin::Stable if self.asset_frozen || self.marks.contains_key(&who) => 0,
			Coin::Stable => purse.free.saturating_sub(STABLE_MIN),
		}
	}

	/// Whether one payment after the other can be received, whatever their order.
	fn can_receive_all(&self, who: Account, coin: Coin, parts: [u128; 2]) -> Verdict {
		let sum = parts[0] + parts[1];
		if parts.iter().all(|part| self.can_receive(who, coin, *part)) {
			Verdict::Yes
		} else if self.can_receive(who, coin, sum) {
			Verdict::Maybe
		} else {
			Verdict::No
		}
	}

	/// From free to hold.
	fn put_in(&mut self, from: Account, pot: Account, coin: Coin, amount: u128) {
		self.change(from, coin, -(amount as i128), 0);
		self.change(pot, coin, 0, amount as i128);
	}

	/// From hold to free.
	fn pay_out(&mut self, pot: Account, to: Account, coin: Coin, amount: u128) {
		if amount > 0 {
			self.change(pot, coin, 0, -(amount as i128));
			self.change(to, coin, amount as i128, 0);
		}
	}

	fn deposit(&mut self, who: u8, amount: u128) {
		self.change(Person(who), Coin::Native, -(amount as i128), amount as i128);
	}

	fn return_deposit(&mut self, who: u8, amount: u128) {
		self.change(Person(who), Coin::Native, amount as i128, -(amount as i128));
	}
}

// What follows from the books.
impl Model {
	/// What the clock says.
	fn come(&self, when: &When) -> bool {
		when.has_come(&self.now)
	}

	pub fn is_suspended(&self, startup: u8) -> bool {
		self.suspended
			.get(&startup)
			.is_some_and(|until| self.now.block < *until)
	}

	fn book(&mut self, campaign: u32) -> &mut Book {
		self.books.get_mut(&campaign).expect("looked up before")
	}

	fn stake(&mut self, position: u32) -> &mut Stake {
		self.stakes.get_mut(&position).expect("looked up before")
	}

	pub fn live(&self, stake: &Stake) -> bool {
		self.books
			.get(&stake.campaign)
			.is_some_and(|book| book.version == stake.version)
	}

	fn positions(&self, campaign: u32) -> impl Iterator<Item = (&u32, &Stake)> {
		self.stakes
			.iter()
			.filter(move |(_, stake)| stake.campaign == campaign)
	}

	fn investors(&self, campaign: u32) -> u32 {
		self.positions(campaign)
			.filter(|(_, stake)| stake.units > 0 && self.live(stake))
			.count() as u32
	}

	pub fn position_of(&self, campaign: u32, who: u8) -> Option<u32> {
		self.positions(campaign)
			.find(|(_, stake)| stake.owner == who)
			.map(|(id, _)| *id)
	}

	/// Revenue that a position could claim.
	pub fn pending(&self, position: u32) -> u128 {
		let Some(stake) = self.stakes.get(&position) else {
			return 0;
		};
		let book = &self.books[&stake.campaign];
		if book.version != stake.version {
			return 0;
		}
		(stake.units * book.earned / SCALE).saturating_sub(stake.debt)
	}

	/// Whether the vote approves a payment, tacitly or not.
	pub fn approves(&self, book: &Book) -> bool {
		book.vote.as_ref().is_some_and(|vote| {
			vote.result() == Decision::Approved
				|| (self.tacit(book) && !matches!(vote.about, About::Extension { .. }))
		})
	}

	/// Whether too few voted twice and that counts as a yes.
	fn tacit(&self, book: &Book) -> bool {
		book.deal.tacit
			&& book.vote.as_ref().is_some_and(|vote| {
				vote.about == (About::Tranche { revote: true })
					&& vote.result() == Decision::Inconclusive
			})
	}

	pub fn overdue(&self, book: &Book) -> bool {
		book.vote.is_none() && self.come(&book.due.after(rules::DUE_GRACE))
	}

	/// Whether a dispute keeps a payment back now.
	pub fn disputed(&self, book: &Book) -> bool {
		book.dispute.is_some_and(|until| !self.come(&until))
	}

	fn share(book: &Book, units: u128) -> u128 {
		if units == book.units {
			book.pool
		} else {
			book.pool * units / book.units
		}
	}

	/// What the next tranche comes to.
	fn tranche(book: &Book) -> u128 {
		let left: u128 = book.deal.milestones[book.milestone..]
			.iter()
			.map(|(weight, _)| u128::from(*weight))
			.sum();
		let weight = u128::from(book.deal.milestones[book.milestone].0);
		if book.milestone + 1 == book.deal.milestones.len() {
			book.pool
		} else {
			book.pool * weight / left
		}
	}

	/// What can be compared with the chain.
	pub fn seen(&self) -> Seen {
		let books = self.books.iter().map(|(id, book)| {
			let opened = book.state != State::Draft;
			let active = book.state == State::Active;
			let seen = SeenBook {
				state: book.state,
				version: book.version,
				deadline: opened.then_some(book.deadline),
				lock_at: opened.then_some(book.lock_at),
				closes: opened.then_some(book.closes),
				pool: book.pool,
				units: book.units,
				stale: book.stale,
				bond: book.bond,
				dispute_bond: book.dispute_bond,
				flows: book.flows,
				raised: book.raised,
				kickoff: book.kickoff,
				positions: self.positions(*id).count() as u32,
				investors: self.investors(*id),
				milestone: book.milestone,
				attempts: if active { book.attempts } else { 0 },
				due: active.then_some(book.due),
				rounds: book.rounds,
				petitions: book.petitions,
				vote: book.vote.map(|vote| {
					let about = match vote.about {
						About::Tranche { revote } => u8::from(revote),
						About::Extension { .. } => 2,
						About::NoConfidence { confirming } => 3 + u8::from(confirming),
					};
					(
						vote.id,
						about,
						vote.ends,
						vote.snapshot,
						vote.yes,
						vote.no,
						vote.exited,
					)
				}),
			};
			(*id, seen)
		});
		let stakes = self.stakes.iter().map(|(id, stake)| {
			let seen = SeenStake {
				campaign: stake.campaign,
				owner: stake.owner,
				units: stake.units,
				live: self.live(stake),
				equity: stake.equity,
				deposit: stake.deposit,
				receipt: stake.receipt,
				revenue: self.pending(*id),
			};
			(*id, seen)
		});
		Seen {
			purses: self.purses.clone(),
			books: books.collect(),
			stakes: stakes.collect(),
		}
	}
}

// Calls.
impl Model {
	/// Everything that may come out of a call. Read the hints only for what succeeded.
	pub fn outcomes(&self, call: &Call, hints: &Hints) -> Outcomes {
		match call {
			Call::Create {
				who,
				startup,
				deal,
				sound,
			} => self.create(*who, *startup, deal, *sound, hints),
			Call::Open { who, campaign } => self.open(*who, *campaign),
			Call::Discard { who, campaign } => self.discard(*who, *campaign),
			Call::Commit {
				who,
				campaign,
				amount,
				min_accept,
				honest,
			} => self.commit(*who, *campaign, *amount, *min_accept, *honest, hints),
			Call::Withdraw {
				who,
				position,
				amount,
			} => self.withdraw(*who, *position, *amount),
			Call::Amend {
				who,
				campaign,
				goal,
				cap,
				extend_by,
			} => self.amend(*who, *campaign, *goal, *cap, *extend_by),
			Call::Reconfirm {
				who,
				position,
				honest,
			} => self.reconfirm(*who, *position, *honest),
			Call::AnnounceEarlyClose {
				who,
				campaign,
				after,
			} => self.announce_early_close(*who, *campaign, *after),
			Call::Cancel { who, campaign } => self.cancel(*who, *campaign),
			Call::Advance { campaign, .. } => self.advance(*campaign),
			Call::SubmitMilestone { who, campaign } => self.submit_milestone(*who, *campaign),
			Call::Vote { who, position, aye } => self.vote(*who, *position, *aye),
			Call::Exit { who, position } => self.exit(*who, *position),
			Call::Claim { who, position } => self.claim(*who, *position, *who),
			Call::ClaimTo {
				who,
				position,
				dest,
			} => self.claim(*who, *position, *dest),
			Call::ClaimFor { position, .. } => self.claim_for(*position),
			Call::AllowClaimFor {
				who,
				position,
				allowed,
			} => self.allow_claim_for(*who, *position, *allowed),
			Call::Abandon { who, campaign } => self.abandon(*who, *campaign),
			Call::RaiseDispute { who, position } => self.raise_dispute(*who, *position),
			Call::ResolveDispute {
				who,
				campaign,
				ruling,
			} => self.resolve_dispute(*who, *campaign, *ruling),
			Call::NoConfidence { who, position } => self.call_no_confidence(*who, *position),
			Call::RequestExtension {
				who,
				campaign,
				blocks,
			} => self.request_extension(*who, *campaign, *blocks),
			Call::MintReceipt { who, position } => self.mint_receipt(*who, *position, hints),
			Call::TransferPosition { who, position, to } => {
				self.transfer_position(*who, *position, *to)
			}
			Call::DepositRevenue {
				who,
				campaign,
				amount,
			} => self.deposit_revenue(*who, *campaign, *amount),
			Call::ClaimRevenue { who, position } => self.claim_revenue(*who, *position),
			Call::Close { campaign, .. } => self.close(*campaign),
			Call::Pass { blocks } => self.pass(*blocks, *blocks * BLOCK_MS),
			Call::Halt { ms } => self.pass(0, *ms),
			Call::Rush { blocks } => self.pass(*blocks, 0),
			Call::Give {
				from,
				to,
				coin,
				amount,
			} => self.give(*from, *to, *coin, *amount),
			Call::Mark { who, mark } => self.mark(*who, *mark),
			Call::FreezeAsset { frozen } => self.freeze_asset(*frozen),
			Call::Suspend { startup, blocks } => self.suspend(*startup, *blocks),
			Call::Resume { startup } => self.resume(*startup),
			Call::Attest { who, class, cap } => self.attest(*who, *class, *cap),
		}
	}

	fn create(&self, who: u8, startup: u8, deal: &Deal, sound: bool, hints: &Hints) -> Outcomes {
		let busy = self.books.values().any(|book| {
			(book.founder == startup || book.founder == who)
				&& matches!(book.state, State::Draft | State::Funding | State::Active)
		});
		let known = deal.admission.is_none() || self.attested.contains_key(&who);
		if who != startup || busy || !sound || !known {
			return never();
		}
		if self.spendable(Person(who), Coin::Native) < hints.campaign_deposit {
			return never();
		}
		let mut after = self.clone();
		after.deposit(who, hints.campaign_deposit);
		after.books.insert(
			self.next_campaign,
			Book {
				deal: deal.clone(),
				founder: who,
				deposit: hints.campaign_deposit,
				state: State::Draft,
				version: 1,
				opens: When::default(),
				lock_at: When::default(),
				closes: When::default(),
				deadline: When::default(),
				reconfirm_until: None,
				closes_early: false,
				pool: 0,
				units: 0,
				stale: 0,
				bond: 0,
				dispute_bond: 0,
				flows: Flows::default(),
				funded_at: When::default(),
				raised: 0,
				kickoff: 0,
				milestone: 0,
				attempts: 0,
				submit_from: None,
				due: When::default(),
				extension_asked: false,
				rounds: 0,
				vote: None,
				petitions: 0,
				petition: None,
				petition_from: None,
				dispute: None,
				raiser: 0,
				dispute_from: None,
				deployed: 0,
				earned: 0,
				rest: 0,
			},
		);
		after.next_campaign += 1;
		// Only a rich founder surely covers a deposit that nobody has seen yet; all founders are.
		surely(after)
	}

	fn open(&self, who: u8, campaign: u32) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		if book.founder != who || book.state != State::Draft || self.is_suspended(who) {
			return never();
		}
		let (coin, bond, pot) = (book.deal.coin, book.deal.bond, Pot(campaign));
		let mut outcomes = vec![];
		// Whether a pot that somebody gave money to beforehand gets more of it is left open.
		let given = self.purses.contains_key(&(pot, Coin::Native))
			|| self.purses.contains_key(&(pot, Coin::Stable));
		for topped_up in [[true, true], [true, false], [false, true], [false, false]] {
			if topped_up != [true, true] && !given {
				continue;
			}
			let mut after = self.clone();
			let native = EXISTENTIAL * u128::from(topped_up[0]);
			let stable = STABLE_MIN * u128::from(topped_up[1] && coin == Coin::Stable);
			let native_sum = native + if coin == Coin::Native { bond } else { 0 };
			let stable_sum = stable + if coin == Coin::Stable { bond } else { 0 };
			if self.spendable(Person(who), Coin::Native) < native_sum
				|| self.spendable(Person(who), Coin::Stable) < stable_sum
				|| !self.can_receive(pot, Coin::Native, native)
				|| !self.can_receive(pot, Coin::Stable, stable)
			{
				continue;
			}
			after.change(Person(who), Coin::Native, -(native as i128), 0);
			after.change(pot, Coin::Native, native as i128, 0);
			after.change(Person(who), Coin::Stable, -(stable as i128), 0);
			after.change(pot, Coin::Stable, stable as i128, 0);
			after.put_in(Person(who), pot, coin, bond);
			after.opened(campaign);
			outcomes.push(Some(after));
		}
		if outcomes.is_empty() || given {
			outcomes.push(None);
		}
		outcomes
	}

	fn opened(&mut self, campaign: u32) {
		let now = self.now;
		let book = self.book(campaign);
		book.state = State::Funding;
		book.bond = book.deal.bond;
		book.flows.bond_deposited = book.deal.bond;
		book.opens = now.after(book.deal.opens_after);
		book.set_deadline(book.opens.after(book.deal.period));
	}

	fn discard(&self, who: u8, campaign: u32) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		if book.founder != who || book.state != State::Draft {
			return never();
		}
		let mut after = self.clone();
		after.return_deposit(who, book.deposit);
		after.books.remove(&campaign);
		surely(after)
	}

	/// What the policy of a campaign leaves a person; `None` when it does not admit the person.
	fn admitted(&self, book: &Book, who: u8, units: u128) -> Option<u128> {
		if who == book.founder {
			return None;
		}
		let Some(admission) = &book.deal.admission else {
			return Some(u128::MAX);
		};
		let (class, cap) = self.attested.get(&who)?;
		let (_, per_campaign, per_year) = admission
			.limits
			.iter()
			.find(|(admitted, ..)| admitted == class)?;
		if admission.affiliates.contains(&who) {
			return None;
		}
		let used = self
			.used
			.get(&(who, book.deal.coin))
			.copied()
			.unwrap_or_default();
		let yearly = (*per_year.min(cap)).saturating_sub(used);
		Some(per_campaign.saturating_sub(units).min(yearly))
	}

	fn commit(
		&self,
		who: u8,
		campaign: u32,
		amount: u128,
		min_accept: u128,
		honest: bool,
		hints: &Hints,
	) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		let reconfirming = book.reconfirm_until.is_some_and(|until| !self.come(&until));
		if book.state != State::Funding
			|| self.come(&book.deadline)
			|| self.come(&book.closes)
			|| !self.come(&book.opens)
			|| reconfirming
			|| self.is_suspended(book.founder)
			|| !honest
			|| amount == 0
		{
			return never();
		}
		let known = self.position_of(campaign, who);
		let before = known.map(|id| self.stakes[&id].clone());
		if before.as_ref().is_some_and(|stake| !self.live(stake)) {
			return never();
		}
		let units = before.as_ref().map_or(0, |stake| stake.units);
		let Some(limit) = self.admitted(book, who, units) else {
			return never();
		};
		let room = book.deal.cap - book.units;
		let accepted = amount.min(room).min(limit);
		if accepted == 0
			|| accepted < min_accept
			|| (accepted < book.deal.min_ticket && accepted != room)
		{
			return never();
		}
		let coin = book.deal.coin;
		let deposit = match (known, self.position_deposit) {
			(Some(_), _) => 0,
			(None, Some(deposit)) => deposit,
			(None, None) => hints.position_deposit,
		};
		let native = deposit + if coin == Coin::Native { accepted } else { 0 };
		if self.spendable(Person(who), coin) < accepted
			|| self.spendable(Person(who), Coin::Native) < native
			|| !self.can_receive(Pot(campaign), coin, accepted)
		{
			return never();
		}

		let mut after = self.clone();
		after.put_in(Person(who), Pot(campaign), coin, accepted);
		after.deposit(who, deposit);
		let now = self.now;
		let subject = book.deal.admission.as_ref().map(|_| who);
		if subject.is_some() {
			*after.used.entry((who, coin)).or_default() += accepted;
		}
		let book = after.book(campaign);
		book.pool += accepted;
		book.units += accepted;
		book.flows.committed += accepted;
		let version = book.version;
		let id = known.unwrap_or(self.next_position);
		if known.is_none() {
			after.next_position += 1;
			after.stakes.insert(
				id,
				Stake {
					campaign,
					owner: who,
					units: 0,
					version,
					committed_at: now,
					last_round: 0,
					aye: false,
					last_petition: 0,
					debt: 0,
					equity: 0,
					deposit,
					receipt: false,
					only_owner_claims: false,
					subject,
				},
			);
		}
		let stake = after.stake(id);
		stake.units += accepted;
		stake.committed_at = now;
		if known.is_none() && self.position_deposit.is_none() {
			after.position_deposit = Some(deposit);
			// Nobody could know what it costs, so it may have been too much.
			return perhaps(after);
		}
		surely(after)
	}

	/// The position goes, and its deposit comes back.
	fn remove(&mut self, position: u32) {
		if let Some(stake) = self.stakes.remove(&position) {
			self.return_deposit(stake.owner, stake.deposit);
		}
	}

	/// Before success the limits of a person get back what the person gets back.
	fn forget(&mut self, stake: &Stake, amount: u128) {
		let coin = self.books[&stake.campaign].deal.coin;
		if let Some(subject) = stake.subject {
			let used = self.used.entry((subject, coin)).or_default();
			*used = used.saturating_sub(amount);
		}
	}

	fn owned(&self, who: u8, position: u32) -> Option<(&Stake, &Book)> {
		let stake = self.stakes.get(&position)?;
		(stake.owner == who).then(|| (stake, &self.books[&stake.campaign]))
	}

	fn withdraw(&self, who: u8, position: u32, amount: u128) -> Outcomes {
		let Some((stake, book)) = self.owned(who, position) else {
			return never();
		};
		if book.state != State::Funding || amount == 0 || amount > stake.units {
			return never();
		}
		let live = self.live(stake);
		let last = book
			.lock_at
			.later(stake.committed_at.after(book.deal.cooling_off));
		if live && self.come(&last) {
			return never();
		}
		let left = stake.units - amount;
		let coin = book.deal.coin;
		if live && left > 0 && left < book.deal.min_ticket {
			return never();
		}
		if !self.can_receive(Person(who), coin, amount) {
			return never();
		}
		let mut after = self.clone();
		after.pay_out(Pot(stake.campaign), Person(who), coin, amount);
		after.forget(stake, amount);
		let book = after.book(stake.campaign);
		book.flows.given_back += amount;
		if live {
			book.pool -= amount;
			book.units -= amount;
		} else {
			book.stale -= amount;
		}
		let ended = self.come(&book.deadline);
		let min_ticket = book.deal.min_ticket;
		after.stake(position).units = left;
		if left == 0 {
			after.remove(position);
		}
		// The design does not say whether a cooling-off can outlast the deadline, as it may when
		// only one of the two clocks moved; nor whether stale money must stay in whole tickets.
		if (live && ended) || (left > 0 && left < min_ticket) {
			perhaps(after)
		} else {
			surely(after)
		}
	}

	fn amend(&self, who: u8, campaign: u32, goal: u128, cap: u128, extend_by: u64) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		let pending = book.reconfirm_until.is_some_and(|until| !self.come(&until));
		let deadline = book.deadline.after(extend_by);
		let least = self.now.after(rules::RECONFIRM).after(book.deal.lock);
		if book.founder != who
			|| book.state != State::Funding
			|| self.come(&book.lock_at)
			|| pending
			|| book.version > rules::MAX_AMENDMENTS
			|| cap < goal
			|| deadline.block < least.block
			|| deadline.time < least.time
		{
			return never();
		}
		let mut after = self.clone();
		let now = self.now;
		let book = after.book(campaign);
		book.deal.goal = goal;
		book.deal.cap = cap;
		book.set_deadline(deadline);
		book.version += 1;
		book.stale += book.units;
		book.units = 0;
		book.pool = 0;
		book.reconfirm_until = Some(now.after(rules::RECONFIRM));
		// Limits of goal, cap and period are the same as for new campaigns, and tested elsewhere.
		perhaps(after)
	}

	fn reconfirm(&self, who: u8, position: u32, honest: bool) -> Outcomes {
		let Some((stake, book)) = self.owned(who, position) else {
			return never();
		};
		let within = book.reconfirm_until.is_some_and(|until| !self.come(&until));
		if book.state != State::Funding
			|| self.come(&book.deadline)
			|| !within
			|| !honest
			|| self.live(stake)
			|| stake.units > book.deal.cap - book.units
		{
			return never();
		}
		let mut after = self.clone();
		let units = stake.units;
		let book = after.book(stake.campaign);
		book.stale -= units;
		book.units += units;
		book.pool += units;
		let version = book.version;
		let small = units < book.deal.min_ticket;
		let attested = book.deal.admission.is_some();
		let now = self.now;
		let stake = after.stake(position);
		stake.version = version;
		// New terms, a new cooling-off.
		stake.committed_at = now;
		// A rest below the smallest ticket, or a person whom the policy would not admit now: open.
		if small || attested {
			perhaps(after)
		} else {
			surely(after)
		}
	}

	fn announce_early_close(&self, who: u8, campaign: u32, blocks: u64) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		let deadline = self.now.after(blocks);
		let notice = rules::EARLY_CLOSE_NOTICE + book.deal.lock.max(book.deal.cooling_off);
		if book.founder != who
			|| book.state != State::Funding
			|| self.come(&book.deadline)
			|| book.closes_early
			|| book.units < book.deal.goal
			|| self.investors(campaign) < book.deal.min_investors
			|| !self.come(&book.opens.after(rules::MIN_PERIOD))
			|| blocks < notice
			|| deadline.block >= book.deadline.block
			|| deadline.time >= book.deadline.time
		{
			return never();
		}
		let reconfirming = book.reconfirm_until.is_some_and(|until| !self.come(&until));
		let mut after = self.clone();
		let book = after.book(campaign);
		book.closes_early = true;
		book.set_deadline(deadline);
		if reconfirming {
			perhaps(after)
		} else {
			surely(after)
		}
	}

	fn cancel(&self, who: Option<u8>, campaign: u32) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		if book.state != State::Funding || who.is_some_and(|who| who != book.founder) {
			return never();
		}
		let mut after = self.clone();
		after.book(campaign).state = State::Failed;
		after.return_bond(campaign);
		surely(after)
	}

	/// The founder's bond goes back, if it can be received.
	fn return_bond(&mut self, campaign: u32) -> bool {
		let (bond, coin, sponsor) = {
			let book = &self.books[&campaign];
			(book.bond, book.deal.coin, Person(book.founder))
		};
		if bond == 0 || !self.can_receive(sponsor, coin, bond) {
			return false;
		}
		self.pay_out(Pot(campaign), sponsor, coin, bond);
		let book = self.book(campaign);
		book.bond = 0;
		book.flows.bond_returned += bond;
		true
	}

	/// The dispute is over, and its bond goes back, if it can be received.
	fn return_dispute_bond(&mut self, campaign: u32) -> bool {
		let (bond, coin, raiser) = {
			let book = &self.books[&campaign];
			(book.dispute_bond, book.deal.coin, Person(book.raiser))
		};
		self.end_dispute(campaign);
		if bond == 0 || !self.can_receive(raiser, coin, bond) {
			return false;
		}
		self.pay_out(Pot(campaign), raiser, coin, bond);
		let pause = self.now.after(rules::DISPUTE_PAUSE);
		let book = self.book(campaign);
		book.dispute_bond = 0;
		// The pause may begin only now.
		if let Some((_, last)) = &mut book.dispute_from {
			*last = last.later(pause);
		}
		true
	}

	fn end_dispute(&mut self, campaign: u32) {
		let now = self.now;
		let book = self.book(campaign);
		if let Some(until) = book.dispute.take() {
			let (a, b) = (
				now.after(rules::DISPUTE_PAUSE),
				until.after(rules::DISPUTE_PAUSE),
			);
			let earlier = When {
				block: a.block.min(b.block),
				time: a.time.min(b.time),
			};
			book.dispute_from = Some((earlier, a.later(b)));
		}
	}

	fn wind_down(&mut self, campaign: u32, slashed: bool) {
		self.return_dispute_bond(campaign);
		let book = self.book(campaign);
		book.state = State::WindDown;
		book.vote = None;
		book.petition = None;
		if !slashed {
			self.return_bond(campaign);
			return;
		}
		let (bond, coin) = (book.bond, book.deal.coin);
		if book.units > 0 {
			book.pool += bond;
			book.flows.bond_slashed += bond;
			book.bond = 0;
		} else if self.can_receive(Treasury, coin, bond) {
			self.pay_out(Pot(campaign), Treasury, coin, bond);
			let book = self.book(campaign);
			book.flows.bond_to_treasury += bond;
			book.bond = 0;
		}
	}

	fn open_vote(&mut self, campaign: u32, about: About, asked_at: When) {
		let now = self.now;
		let book = self.book(campaign);
		book.rounds += 1;
		let ends = now.after(book.deal.voting);
		book.vote = Some(Vote {
			id: book.rounds,
			about,
			asked_at,
			ends,
			grace_ends: ends.after(book.deal.grace),
			snapshot: book.units,
			yes: 0,
			no: 0,
			exited: 0,
		});
		if let Some(petition) = &mut book.petition {
			petition.doubtful = true;
		}
	}

	/// Pays the startup and the network. Tells whether the startup could be paid.
	fn release(&mut self, campaign: u32, amount: u128) -> bool {
		let (coin, startup, units) = {
			let book = &self.books[&campaign];
			(book.deal.coin, Startup(book.founder), book.units)
		};
		let full_fee = amount * rules::FEE / 100;
		let fee = if self.can_receive(Treasury, coin, full_fee) {
			full_fee
		} else {
			0
		};
		if !self.can_receive(startup, coin, amount - fee) {
			return false;
		}
		self.pay_out(Pot(campaign), startup, coin, amount - fee);
		self.pay_out(Pot(campaign), Treasury, coin, fee);
		let book = self.book(campaign);
		book.pool -= amount;
		book.flows.released += amount - fee;
		book.flows.fees += fee;
		book.deployed += amount * SCALE / units;
		true
	}

	fn advance(&self, campaign: u32) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		match book.state {
			State::Draft => never(),
			State::Funding if !self.come(&book.deadline) => never(),
			State::Funding => self.finish_funding(campaign),
			State::Active => self.advance_active(campaign),
			State::Failed | State::WindDown | State::Completed => {
				let mut after = self.clone();
				let founder = after.return_bond(campaign);
				let raiser = after.return_dispute_bond(campaign);
				if founder || raiser {
					surely(after)
				} else {
					never()
				}
			}
		}
	}

	fn finish_funding(&self, campaign: u32) -> Outcomes {
		let book = &self.books[&campaign];
		let mut after = self.clone();
		if book.units < book.deal.goal || self.investors(campaign) < book.deal.min_investors {
			after.book(campaign).state = State::Failed;
			after.return_bond(campaign);
			return surely(after);
		}
		let now = self.now;
		let kickoff = book.pool * book.deal.kickoff / 1_000_000;
		let book = after.book(campaign);
		book.state = State::Active;
		book.raised = book.units;
		book.funded_at = now;
		book.due = now.after(book.deal.milestones[0].1);
		let mut without = after.clone();
		without.book(campaign).kickoff = 0;
		if kickoff > 0 && after.release(campaign, kickoff) {
			after.book(campaign).kickoff = kickoff;
			if self.is_suspended(self.books[&campaign].founder) {
				// A suspended metaverse is paid nothing, but must the success wait for that?
				return vec![Some(without), Some(after), None];
			}
			return surely(after);
		}
		surely(without)
	}

	fn advance_active(&self, campaign: u32) -> Outcomes {
		let book = &self.books[&campaign];
		let settled = self.settle(campaign);
		match book.dispute {
			None if book.dispute_bond > 0 => {
				// Nobody could receive the bond of an old dispute. `advance` may try again.
				let mut after = self.clone();
				let mut outcomes = settled;
				if after.return_dispute_bond(campaign) {
					outcomes.extend(after.settle(campaign));
					outcomes.push(Some(after));
				}
				outcomes
			}
			None => settled,
			Some(until) if !self.come(&until) => {
				// Only the payment waits; whether all the rest does too is left open.
				let paid = |after: &Model| after.books[&campaign].flows.released;
				let mut outcomes: Outcomes = settled
					.into_iter()
					.filter(|after| {
						after
							.as_ref()
							.is_none_or(|after| paid(after) == self.books[&campaign].flows.released)
					})
					.collect();
				outcomes.push(None);
				outcomes
			}
			Some(_) => {
				// It ran out: the bond goes back and the vote stands, in one call or in two.
				let mut over = self.clone();
				over.return_dispute_bond(campaign);
				let mut outcomes: Outcomes = over
					.settle(campaign)
					.into_iter()
					.filter(Option::is_some)
					.collect();
				if over.books[&campaign].dispute_bond > 0 {
					// Nothing has happened but that the raiser could not be paid.
					outcomes.push(None);
				}
				outcomes.push(Some(over));
				outcomes
			}
		}
	}

	/// What a vote that is over means, or a milestone that is overdue.
	fn settle(&self, campaign: u32) -> Outcomes {
		let book = &self.books[&campaign];
		let suspended = self.is_suspended(book.founder);
		let mut after = self.clone();
		let Some(vote) = book.vote else {
			if !self.overdue(book) {
				return never();
			}
			after.wind_down(campaign, true);
			// Whether a suspended startup can be late is left open.
			return if suspended {
				perhaps(after)
			} else {
				surely(after)
			};
		};
		if !self.come(&vote.ends) {
			return never();
		}
		let deserted = vote.exited * 2 > vote.snapshot;
		match (vote.about, vote.result()) {
			(About::Tranche { .. }, _) if self.approves(book) => {
				if deserted {
					after.wind_down(campaign, false);
					return surely(after);
				}
				if !self.come(&vote.grace_ends) || suspended {
					return never();
				}
				if !after.pay_tranche(campaign) {
					if !self.come(&vote.grace_ends.after(rules::DUE_GRACE)) {
						return never();
					}
					after = self.clone();
					after.wind_down(campaign, false);
				}
				surely(after)
			}
			(About::Tranche { .. }, Decision::Rejected) => {
				after.end_vote(campaign);
				let book = after.book(campaign);
				book.attempts += 1;
				let again = vote.ends.after(rules::RESUBMIT_PAUSE);
				book.submit_from = Some(again);
				book.due = book.due.later(again);
				if book.attempts == rules::MAX_ATTEMPTS {
					after.wind_down(campaign, false);
				}
				surely(after)
			}
			(About::Tranche { revote: false }, _) => {
				// A dispute about the payment goes on while they are asked again.
				after.book(campaign).vote = None;
				after.open_vote(campaign, About::Tranche { revote: true }, vote.asked_at);
				surely(after)
			}
			(About::Tranche { revote: true }, _) => {
				after.wind_down(campaign, false);
				surely(after)
			}
			(About::Extension { due }, Decision::Approved) => {
				if deserted {
					after.wind_down(campaign, false);
					return surely(after);
				}
				if !self.come(&vote.grace_ends) {
					return never();
				}
				after.end_vote(campaign);
				after.book(campaign).due = due;
				// A date so near that it is no help any more may be moved.
				let mut moved = after.clone();
				moved.book(campaign).due = due.later(vote.grace_ends);
				vec![Some(after), Some(moved)]
			}
			(About::NoConfidence { confirming: false }, Decision::Approved) => {
				after.end_vote(campaign);
				after.open_vote(
					campaign,
					About::NoConfidence { confirming: true },
					vote.asked_at,
				);
				surely(after)
			}
			(About::NoConfidence { confirming: true }, Decision::Approved) => {
				after.wind_down(campaign, true);
				surely(after)
			}
			(about, _) => {
				after.end_vote(campaign);
				let now = self.now;
				let book = after.book(campaign);
				book.due = book.due.later(vote.ends);
				if matches!(about, About::NoConfidence { .. }) {
					book.petition_from = Some(now.after(rules::NO_CONFIDENCE_PAUSE));
				}
				surely(after)
			}
		}
	}

	fn end_vote(&mut self, campaign: u32) {
		let now = self.now;
		let disputed = self.books[&campaign].dispute.is_some();
		self.return_dispute_bond(campaign);
		let book = self.book(campaign);
		book.vote = None;
		if let Some((first, _)) = book.dispute_from.as_mut().filter(|_| disputed) {
			// A dispute that ended with its vote may not be followed by a pause.
			*first = now;
		}
	}

	fn pay_tranche(&mut self, campaign: u32) -> bool {
		if !self.release(campaign, Self::tranche(&self.books[&campaign])) {
			return false;
		}
		self.end_vote(campaign);
		let now = self.now;
		let book = self.book(campaign);
		book.milestone += 1;
		book.attempts = 0;
		book.submit_from = None;
		book.extension_asked = false;
		if let Some((_, duration)) = book.deal.milestones.get(book.milestone) {
			book.due = now.after(*duration);
		} else {
			book.state = State::Completed;
			book.petition = None;
			self.return_bond(campaign);
		}
		true
	}

	fn submit_milestone(&self, who: u8, campaign: u32) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		if book.founder != who
			|| book.state != State::Active
			|| book.vote.is_some()
			|| self.overdue(book)
			|| book.submit_from.is_some_and(|from| !self.come(&from))
		{
			return never();
		}
		let mut after = self.clone();
		after.open_vote(campaign, About::Tranche { revote: false }, self.now);
		surely(after)
	}

	fn vote(&self, who: u8, position: u32, aye: bool) -> Outcomes {
		let Some((stake, book)) = self.owned(who, position) else {
			return never();
		};
		let Some(vote) = book.vote.filter(|_| book.state == State::Active) else {
			return never();
		};
		let voted = stake.last_round == vote.id;
		if self.come(&vote.ends)
			|| stake.units == 0
			|| !self.live(stake)
			|| (voted && stake.aye == aye)
		{
			return never();
		}
		let units = stake.units;
		let mut after = self.clone();
		let stake = after.stake(position);
		stake.last_round = vote.id;
		stake.aye = aye;
		let campaign = stake.campaign;
		if let Some(vote) = &mut after.book(campaign).vote {
			if voted && aye {
				vote.no -= units;
			} else if voted {
				vote.yes -= units;
			}
			if aye {
				vote.yes += units;
			} else {
				vote.no += units;
			}
		}
		surely(after)
	}

	fn exit(&self, who: u8, position: u32) -> Outcomes {
		let Some((stake, book)) = self.owned(who, position) else {
			return never();
		};
		if stake.units == 0 {
			let mut after = self.clone();
			after.remove(position);
			return surely(after);
		}
		if !self.live(stake) {
			return never();
		}
		let (coin, campaign, units) = (book.deal.coin, stake.campaign, stake.units);
		let pending = self.pending(position);
		if book.state == State::Completed {
			if !self.can_receive(Person(who), coin, pending) {
				return never();
			}
			let mut after = self.clone();
			after.pay_revenue(position, Person(who));
			let equity = units * book.deployed / SCALE;
			after.book(campaign).units -= units;
			let stake = after.stake(position);
			stake.units = 0;
			stake.equity = equity;
			stake.debt = 0;
			let mut removed = after.clone();
			removed.remove(position);
			// What is at work may stay recorded.
			return if equity == 0 {
				surely(removed)
			} else {
				vec![Some(after), Some(removed)]
			};
		}
		let Some(vote) = book.vote.filter(|_| book.state == State::Active) else {
			return never();
		};
		let voted = stake.last_round == vote.id;
		let overruled = match vote.about {
			About::NoConfidence { .. } => false,
			_ if self.tacit(book) => !(voted && stake.aye),
			_ => vote.result() == Decision::Approved && voted && !stake.aye,
		};
		let late = self.come(&vote.grace_ends);
		let disputed = self.disputed(book);
		if !overruled || !self.come(&vote.ends) || (late && !disputed) {
			return never();
		}
		let share = Self::share(book, units);
		let verdict = match self.can_receive_all(Person(who), coin, [share, pending]) {
			// Whether a dispute makes the window longer, or closes it, and whether somebody can
			// leave whom the wind-down will pay anyhow, is left open.
			Verdict::Yes if disputed || vote.exited * 2 > vote.snapshot => Verdict::Maybe,
			verdict => verdict,
		};
		if verdict == Verdict::No {
			return never();
		}
		let mut after = self.clone();
		after.pay_revenue(position, Person(who));
		after.pay_out(Pot(campaign), Person(who), coin, share);
		let book = after.book(campaign);
		let equity = units * book.deployed / SCALE;
		book.pool -= share;
		book.units -= units;
		book.flows.exited += share;
		if let Some(vote) = &mut book.vote {
			vote.exited += units;
		}
		if let Some(petition) = &mut book.petition {
			if petition.id == stake.last_petition {
				petition.units -= units;
			}
		}
		let stake = after.stake(position);
		stake.units = 0;
		stake.equity = equity;
		stake.debt = 0;
		let mut outcomes = verdict.with(after.clone());
		if equity == 0 {
			// Nothing is worth keeping a record of.
			after.remove(position);
			outcomes.push(Some(after));
		}
		outcomes
	}

	/// Pays pending revenue; the caller has made sure that it can be received.
	fn pay_revenue(&mut self, position: u32, to: Account) {
		let pending = self.pending(position);
		let campaign = self.stakes[&position].campaign;
		let coin = self.books[&campaign].deal.coin;
		self.pay_out(Pot(campaign), to, coin, pending);
		self.stake(position).debt += pending;
		let book = self.book(campaign);
		book.flows.revenue_claimed += pending;
	}

	fn claim(&self, who: u8, position: u32, dest: u8) -> Outcomes {
		match self.owned(who, position) {
			Some(_) => self.pay_claim(position, Person(dest)),
			None => never(),
		}
	}

	fn claim_for(&self, position: u32) -> Outcomes {
		let Some(stake) = self.stakes.get(&position) else {
			return never();
		};
		let over = matches!(
			self.books[&stake.campaign].state,
			State::Failed | State::WindDown
		);
		if !over || stake.only_owner_claims {
			return never();
		}
		self.pay_claim(position, Person(stake.owner))
	}

	fn pay_claim(&self, position: u32, dest: Account) -> Outcomes {
		let stake = &self.stakes[&position];
		let (campaign, book) = (stake.campaign, &self.books[&stake.campaign]);
		let (coin, units, pot) = (book.deal.coin, stake.units, Pot(campaign));
		let mut after = self.clone();
		if !self.live(stake) || book.state == State::Failed {
			if units == 0 || !self.can_receive(dest, coin, units) {
				return never();
			}
			after.pay_out(pot, dest, coin, units);
			after.forget(stake, units);
			let live = self.live(stake);
			let book = after.book(campaign);
			book.flows.given_back += units;
			if live {
				book.pool -= units;
				book.units -= units;
			} else {
				book.stale -= units;
			}
			after.remove(position);
			return surely(after);
		}
		if book.state != State::WindDown {
			return never();
		}
		if units == 0 {
			// It left before. Whether this too gives the record up, as `exit` does, is left open.
			after.remove(position);
			return perhaps(after);
		}
		let share = Self::share(book, units);
		let verdict = self.can_receive_all(dest, coin, [share, self.pending(position)]);
		if verdict == Verdict::No {
			return never();
		}
		after.pay_revenue(position, dest);
		after.pay_out(pot, dest, coin, share);
		let book = after.book(campaign);
		book.pool -= share;
		book.units -= units;
		book.flows.claimed += share;
		after.remove(position);
		verdict.with(after)
	}

	fn allow_claim_for(&self, who: u8, position: u32, allowed: bool) -> Outcomes {
		if self.owned(who, position).is_none() {
			return never();
		}
		let mut after = self.clone();
		after.stake(position).only_owner_claims = !allowed;
		surely(after)
	}

	fn abandon(&self, who: u8, campaign: u32) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		if book.founder != who || book.state != State::Active {
			return never();
		}
		let voted = book.vote.is_some_and(|vote| self.come(&vote.ends));
		let tranche = book
			.vote
			.is_some_and(|vote| matches!(vote.about, About::Tranche { .. }));
		let deserted = book
			.vote
			.is_some_and(|vote| vote.exited * 2 > vote.snapshot);
		if tranche && voted && self.approves(book) && !deserted {
			return never();
		}
		if self.disputed(book) {
			return never();
		}
		let asked_at = book.vote.map_or(self.now, |vote| vote.asked_at);
		let late = book.due.has_come(&asked_at);
		let mut after = self.clone();
		after.wind_down(campaign, late);
		if book.dispute.is_some() || (book.vote.is_some() && !tranche) || deserted {
			// A dispute of a vote that is still open, a vote that is not about a payment, a payment
			// that nobody waits for any more: left open.
			perhaps(after)
		} else {
			surely(after)
		}
	}

	fn raise_dispute(&self, who: u8, position: u32) -> Outcomes {
		let Some((stake, book)) = self.owned(who, position) else {
			return never();
		};
		let Some(vote) = book.vote.filter(|_| book.state == State::Active) else {
			return never();
		};
		// Nothing will be paid to a campaign that more than half have left.
		let deserted = vote.exited * 2 > vote.snapshot;
		let open = !self.come(&vote.ends) || (self.approves(book) && !deserted);
		if stake.units == 0
			|| !self.live(stake)
			|| !matches!(vote.about, About::Tranche { .. })
			|| !open || book.dispute.is_some()
			|| book.dispute_bond > 0
			|| book
				.dispute_from
				.is_some_and(|(first, _)| !self.come(&first))
		{
			return never();
		}
		let sure = book.dispute_from.is_none_or(|(_, last)| self.come(&last));
		let mut outcomes = vec![];
		// The share may be rounded either way.
		let down = book.raised * rules::DISPUTE_BOND / 100;
		let up = (book.raised * rules::DISPUTE_BOND).div_ceil(100);
		for bond in BTreeSet::from([down, up]) {
			if self.spendable(Person(who), book.deal.coin) < bond
				|| !self.can_receive(Pot(stake.campaign), book.deal.coin, bond)
			{
				outcomes.push(None);
				continue;
			}
			let mut after = self.clone();
			after.put_in(Person(who), Pot(stake.campaign), book.deal.coin, bond);
			let until = self.now.after(rules::MAX_DISPUTE);
			let book = after.book(stake.campaign);
			book.dispute = Some(until);
			book.dispute_bond = bond;
			book.raiser = who;
			outcomes.push(Some(after));
		}
		if !sure {
			outcomes.push(None);
		}
		outcomes
	}

	fn resolve_dispute(&self, who: Option<u8>, campaign: u32, ruling: Ruling) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		if who.is_some() || !self.disputed(book) {
			return never();
		}
		let mut after = self.clone();
		match ruling {
			Ruling::Dismiss if book.units > 0 => {
				after.end_dispute(campaign);
				let book = after.book(campaign);
				let bond = std::mem::take(&mut book.dispute_bond);
				book.pool += bond;
				book.flows.dispute_slashed += bond;
				surely(after)
			}
			Ruling::Dismiss => {
				// Nobody is left to get the bond.
				let mut treasury = self.clone();
				treasury.end_dispute(campaign);
				let (bond, coin) = (book.dispute_bond, book.deal.coin);
				treasury.pay_out(Pot(campaign), Treasury, coin, bond);
				treasury.book(campaign).dispute_bond = 0;
				after.return_dispute_bond(campaign);
				vec![Some(treasury), Some(after), None]
			}
			Ruling::WindDown => {
				after.wind_down(campaign, true);
				surely(after)
			}
			Ruling::ReleaseAnyway => {
				after.return_dispute_bond(campaign);
				surely(after)
			}
			Ruling::RestartRound => {
				after.end_vote(campaign);
				let mut again = after.clone();
				let asked_at = book.vote.map_or(self.now, |vote| vote.asked_at);
				after.open_vote(campaign, About::Tranche { revote: false }, asked_at);
				again.open_vote(campaign, About::Tranche { revote: true }, asked_at);
				// Whether it keeps that too few have voted before is left open.
				match book.vote.map(|vote| vote.about) {
					Some(About::Tranche { revote: true }) => vec![Some(after), Some(again)],
					_ => surely(after),
				}
			}
		}
	}

	fn call_no_confidence(&self, who: u8, position: u32) -> Outcomes {
		let Some((stake, book)) = self.owned(who, position) else {
			return never();
		};
		if book.state != State::Active
			|| book.vote.is_some()
			|| self.overdue(book)
			|| stake.units == 0
			|| !self.live(stake)
			|| book.petition_from.is_some_and(|from| !self.come(&from))
		{
			return never();
		}
		let running = book
			.petition
			.as_ref()
			.filter(|petition| !self.come(&petition.until));
		let mut outcomes = vec![];
		if let Some(petition) = running {
			if stake.last_petition == petition.id {
				outcomes.push(None);
			} else {
				let mut after = self.clone();
				let units = petition.units + stake.units;
				if let Some(petition) = &mut after.book(stake.campaign).petition {
					petition.units = units;
					petition.doubtful = false;
				}
				outcomes.extend(after.signed(position));
			}
		}
		if running.is_none_or(|petition| petition.doubtful) {
			let mut after = self.clone();
			let until = self.now.after(rules::PETITION);
			let book = after.book(stake.campaign);
			book.petitions += 1;
			book.petition = Some(Petition {
				id: book.petitions,
				units: stake.units,
				until,
				doubtful: false,
			});
			outcomes.extend(after.signed(position));
		}
		if self.overdue(book) {
			outcomes.push(None);
		}
		outcomes
	}

	/// The vote begins once enough have signed.
	fn signed(mut self, position: u32) -> Outcomes {
		let campaign = self.stakes[&position].campaign;
		let book = self.book(campaign);
		let (id, units) = book
			.petition
			.as_ref()
			.map_or((0, 0), |petition| (petition.id, petition.units));
		let (needed, all) = (book.units * rules::PETITION_SHARE, units * 100);
		self.stake(position).last_petition = id;
		if all < needed {
			// The share may be rounded down.
			if all + 100 > needed {
				let mut after = self.clone();
				after.book(campaign).petition = None;
				after.open_vote(
					campaign,
					About::NoConfidence { confirming: false },
					self.now,
				);
				return vec![Some(self), Some(after)];
			}
			return surely(self);
		}
		self.book(campaign).petition = None;
		self.open_vote(
			campaign,
			About::NoConfidence { confirming: false },
			self.now,
		);
		surely(self)
	}

	fn request_extension(&self, who: u8, campaign: u32, blocks: u64) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		if book.founder != who
			|| book.state != State::Active
			|| book.vote.is_some()
			|| self.overdue(book)
			|| book.extension_asked
			|| blocks == 0
			|| blocks > rules::MAX_DURATION
		{
			return never();
		}
		let due = book.due.after(blocks);
		let mut after = self.clone();
		after.book(campaign).extension_asked = true;
		after.open_vote(campaign, About::Extension { due }, self.now);
		surely(after)
	}

	fn mint_receipt(&self, who: u8, position: u32, hints: &Hints) -> Outcomes {
		let Some((stake, book)) = self.owned(who, position) else {
			return never();
		};
		let succeeded = matches!(book.state, State::Active | State::Completed);
		let over = book.state == State::WindDown;
		if stake.receipt || !(succeeded || over) || !self.live(stake) {
			return never();
		}
		let more = self
			.receipt_deposit
			.unwrap_or_else(|| hints.position_deposit.saturating_sub(stake.deposit));
		if self.spendable(Person(who), Coin::Native) < more {
			return never();
		}
		let mut after = self.clone();
		after.receipt_deposit = Some(more);
		after.deposit(who, more);
		let stake = after.stake(position);
		stake.deposit += more;
		stake.receipt = true;
		let sure = succeeded && stake.units > 0 && self.receipt_deposit.is_some();
		if sure {
			surely(after)
		} else {
			perhaps(after)
		}
	}

	fn transfer_position(&self, who: u8, position: u32, to: u8) -> Outcomes {
		let Some((stake, book)) = self.owned(who, position) else {
			return never();
		};
		let deposit = stake.deposit;
		if !matches!(book.state, State::Active | State::Completed)
			|| !self.come(&book.funded_at.after(book.deal.lock_up))
			|| !self.live(stake)
			|| self.position_of(stake.campaign, to).is_some()
			|| self.admitted(book, to, 0).is_none()
			|| !self.exists(Person(to))
		{
			return never();
		}
		let mut after = self.clone();
		// The deposit goes along.
		after.change(Person(who), Coin::Native, 0, -(deposit as i128));
		after.change(Person(to), Coin::Native, 0, deposit as i128);
		let attested = book.deal.admission.is_some();
		let stake = after.stake(position);
		stake.owner = to;
		// What the old owner said does not bind the new one.
		stake.only_owner_claims = false;
		// The limits of the receiver's class, and records of those who left: left open.
		if attested || stake.units == 0 {
			perhaps(after)
		} else {
			surely(after)
		}
	}

	fn deposit_revenue(&self, who: u8, campaign: u32, amount: u128) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		let coin = book.deal.coin;
		let over = book.state == State::WindDown;
		if !(over || matches!(book.state, State::Active | State::Completed))
			|| book.units == 0
			|| amount == 0
			|| self.spendable(Person(who), coin) < amount
			|| !self.can_receive(Pot(campaign), coin, amount)
		{
			return never();
		}
		let mut after = self.clone();
		after.put_in(Person(who), Pot(campaign), coin, amount);
		let book = after.book(campaign);
		let sum = amount * SCALE + book.rest;
		book.earned += sum / book.units;
		book.rest = sum % book.units;
		book.flows.revenue += amount;
		if over {
			perhaps(after)
		} else {
			surely(after)
		}
	}

	fn claim_revenue(&self, who: u8, position: u32) -> Outcomes {
		let Some((_, book)) = self.owned(who, position) else {
			return never();
		};
		let pending = self.pending(position);
		if pending == 0 || !self.can_receive(Person(who), book.deal.coin, pending) {
			return never();
		}
		let mut after = self.clone();
		after.pay_revenue(position, Person(who));
		surely(after)
	}

	fn close(&self, campaign: u32) -> Outcomes {
		let Some(book) = self.books.get(&campaign) else {
			return never();
		};
		let over = matches!(
			book.state,
			State::Failed | State::WindDown | State::Completed
		);
		let mut after = self.clone();
		let mut sure = true;
		if book.bond > 0 || book.dispute_bond > 0 {
			// It may try once more to give bonds back.
			after.return_bond(campaign);
			after.return_dispute_bond(campaign);
			sure = false;
		}
		let left = &after.books[&campaign];
		if !over
			|| self.positions(campaign).next().is_some()
			|| left.bond > 0
			|| left.dispute_bond > 0
		{
			return never();
		}
		let pot = Pot(campaign);
		for coin in [Coin::Native, Coin::Stable] {
			let Purse { free, held } = after.purse(pot, coin);
			// The other asset may lie there because somebody gave it; nobody promised to sweep it.
			if free + held == 0 || (coin == Coin::Stable && book.deal.coin == Coin::Native) {
				continue;
			}
			let moves = self.can_receive(Treasury, coin, free + held)
				&& (coin == Coin::Native || !self.marks.contains_key(&pot));
			sure &= moves;
			after.change(pot, coin, -(free as i128), -(held as i128));
			after.change(Treasury, coin, (free + held) as i128, 0);
		}
		after.return_deposit(book.founder, book.deposit);
		after.books.remove(&campaign);
		if sure {
			surely(after)
		} else {
			// An asset that cannot be moved may hold the sweep up, or be left behind.
			let mut left = after.clone();
			for (who, coin) in [(pot, Coin::Stable), (Treasury, Coin::Stable)] {
				// Nothing stays on hold for a campaign that is gone.
				let Purse { free, held } = self.purse(who, coin);
				let free = if who == pot { free + held } else { free };
				let purse = Purse {
					free,
					held: if who == pot { 0 } else { held },
				};
				left.purses.remove(&(who, coin));
				if purse != Purse::default() {
					left.purses.insert((who, coin), purse);
				}
			}
			left.marks = self.marks.clone();
			vec![None, Some(after), Some(left)]
		}
	}
}

// The world around.
impl Model {
	fn pass(&self, blocks: u64, ms: u64) -> Outcomes {
		let mut after = self.clone();
		after.now.block += blocks;
		after.now.time += ms;
		surely(after)
	}

	fn give(&self, from: u8, to: Account, coin: Coin, amount: u128) -> Outcomes {
		if amount == 0
			|| to == Person(from)
			|| self.spendable(Person(from), coin) < amount
			|| !self.can_receive(to, coin, amount)
		{
			return never();
		}
		let mut after = self.clone();
		after.change(Person(from), coin, -(amount as i128), 0);
		after.change(to, coin, amount as i128, 0);
		surely(after)
	}

	fn mark(&self, who: Account, mark: Option<Mark>) -> Outcomes {
		if !self.purses.contains_key(&(who, Coin::Stable)) {
			return never();
		}
		let mut after = self.clone();
		match mark {
			Some(mark) => after.marks.insert(who, mark),
			None => after.marks.remove(&who),
		};
		surely(after)
	}

	fn freeze_asset(&self, frozen: bool) -> Outcomes {
		if self.asset_frozen == frozen {
			return never();
		}
		let mut after = self.clone();
		after.asset_frozen = frozen;
		surely(after)
	}

	fn suspend(&self, startup: u8, blocks: u64) -> Outcomes {
		let mut after = self.clone();
		after.suspended.insert(startup, self.now.block + blocks);
		// How long and how often the guardian may is a matter of the registry of metaverses.
		perhaps(after)
	}

	fn resume(&self, startup: u8) -> Outcomes {
		let mut after = self.clone();
		after.suspended.remove(&startup);
		if self.is_suspended(startup) {
			surely(after)
		} else {
			never()
		}
	}

	fn attest(&self, who: u8, class: Option<u8>, cap: u128) -> Outcomes {
		let mut after = self.clone();
		match class {
			Some(class) => after.attested.insert(who, (class, cap)),
			None => after.attested.remove(&who),
		};
		if class.is_none() && !self.attested.contains_key(&who) {
			return never();
		}
		surely(after)
	}
}

impl Book {
	fn set_deadline(&mut self, deadline: When) {
		self.deadline = deadline;
		self.lock_at = deadline.before(self.deal.lock);
		self.closes = deadline.before(self.deal.cooling_off);
	}
}
