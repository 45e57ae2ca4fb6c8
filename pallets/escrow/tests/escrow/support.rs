//! What the tests of escrow share: a campaign with good terms, and short words for every call.
//!
//! Alice is the founder and sponsor. Bob, Carol and Dave invest. All durations are round numbers, so
//! that a test can say in which block something happens.

pub use madang_mock::*;
pub use madang_primitives::{
	attestation::SubjectId,
	escrow::{
		Amendment, Apathy, AssetKind, AssetRules, CampaignId, CampaignView, Claimable, ClassLimit,
		EscrowQueryError, Milestone, Money, Outcome, Phase, Policy, PolicyInput, PositionId,
		RoundKind, Ruling, State, Terms, MAX_CAP,
	},
	MetaverseId,
};
pub use pallet_escrow::{
	Campaigns, Error, Event, HoldReason, LiveCampaignBy, LiveCampaignOf, PositionOfOwner,
	Positions, Rounds,
};
pub use sp_core::H256;
pub use sp_runtime::{DispatchError, DispatchResult, Permill};

use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::{fungible::Mutate as _, fungibles::Mutate as _},
};

/// The call succeeds, as a transaction.
macro_rules! assert_ok {
	($call:expr $(,)?) => {{
		frame_support::assert_ok!(tx(|| $call));
	}};
}

/// The call fails with this error and, as a transaction, changes nothing.
macro_rules! assert_noop {
	($call:expr, $error:expr $(,)?) => {{
		frame_support::assert_noop!(tx(|| $call), $error);
	}};
}

/// The call fails, whatever another pallet says of it, and as a transaction changes nothing.
macro_rules! assert_refused {
	($call:expr $(,)?) => {
		frame_support::assert_storage_noop!(assert!(tx(|| $call).is_err()))
	};
}

pub(crate) use {assert_noop, assert_ok, assert_refused};

/// Goal of the campaigns here.
pub const GOAL: Balance = 10_000;
/// Cap of the campaigns here.
pub const CAP: Balance = 20_000;
/// Smallest ticket of the campaigns here.
pub const TICKET: Balance = 100;
/// The founder's bond.
pub const BOND: Balance = 500;
/// Blocks for which commitments are taken.
pub const PERIOD: BlockNumber = 100;
/// Blocks before the deadline at which the right to withdraw ends.
pub const LOCK: BlockNumber = 20;
/// Blocks for which a commitment can be withdrawn in any case.
pub const COOLING_OFF: BlockNumber = 10;
/// Blocks to vote.
pub const VOTING: BlockNumber = 10;
/// Blocks to leave after a vote was lost.
pub const GRACE: BlockNumber = 10;
/// Blocks for each milestone.
pub const DURATION: BlockNumber = 100;
/// What Bob puts in when a campaign is funded by default.
pub const BOBS: Balance = 4_000;
/// What Carol puts in when a campaign is funded by default.
pub const CAROLS: Balance = 8_000;
/// What both put in.
pub const RAISED: Balance = BOBS + CAROLS;
/// Revenue that waits for the investors of every campaign that [`Draft::at`] makes: a tenth of a unit
/// for each unit.
pub const REVENUE: Balance = RAISED / 10;
/// The hash of what a founder shows.
pub const EVIDENCE: H256 = H256::repeat_byte(9);

/// Every phase, in the order of a life.
pub const PHASES: [Phase; 16] = [
	Phase::Draft,
	Phase::Upcoming,
	Phase::Open,
	Phase::Locked,
	Phase::Reconfirm,
	Phase::Ended,
	Phase::Working,
	Phase::Voting,
	Phase::Decided,
	Phase::Grace,
	Phase::Payable,
	Phase::Disputed,
	Phase::Overdue,
	Phase::Failed,
	Phase::WindDown,
	Phase::Completed,
];

/// Runs a test once in each kind of asset.
pub fn on_both(test: impl Fn(AssetKind)) {
	for asset in accepted() {
		build_and_execute(|| test(asset.clone()));
	}
}

/// A signed origin.
pub fn by(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// The block in which we are.
pub fn now() -> BlockNumber {
	System::block_number()
}

/// Does something, tells what came of it, and undoes it.
pub fn undone<R>(deed: impl FnOnce() -> R) -> R {
	let mut result = None;
	let _ = with_transaction(|| -> TransactionOutcome<DispatchResult> {
		result = Some(deed());
		TransactionOutcome::Rollback(Ok(()))
	});
	result.unwrap()
}

/// Everything that is stored, as one hash.
pub fn fingerprint() -> Vec<u8> {
	sp_io::storage::root(sp_core::storage::StateVersion::V1)
}

/// Everything in this asset that belongs to an account. Deposits on hold count as its own.
pub fn wealth(asset: &AssetKind, who: &AccountId) -> Balance {
	match asset {
		AssetKind::Native => free(who) + held(who),
		AssetKind::WithId(id) => Assets::balance(*id, who),
	}
}

/// What is on hold from an account in the native token for the storage of what it has here.
pub fn deposits(who: &AccountId) -> Balance {
	on_hold_for(&native(), HoldReason::Campaign, who)
		+ on_hold_for(&native(), HoldReason::Position, who)
}

/// The least balance of an account.
pub fn least(asset: &AssetKind) -> Balance {
	match asset {
		AssetKind::Native => EXISTENTIAL,
		AssetKind::WithId(_) => STABLE_MIN,
	}
}

/// Makes money for somebody.
pub fn fund(asset: &AssetKind, who: &AccountId, amount: Balance) {
	match asset {
		AssetKind::Native => {
			frame_support::assert_ok!(Balances::mint_into(who, amount));
		}
		AssetKind::WithId(id) => {
			frame_support::assert_ok!(Assets::mint_into(*id, who, amount));
		}
	};
}

/// Sends money without any ceremony.
pub fn send(asset: &AssetKind, from: &AccountId, to: &AccountId, amount: Balance) {
	match asset {
		AssetKind::Native => {
			assert_ok!(Balances::transfer_allow_death(by(from), to.clone(), amount))
		}
		AssetKind::WithId(id) => {
			assert_ok!(Assets::transfer(by(from), *id, to.clone(), amount))
		}
	}
}

/// Another investor with enough of both.
pub fn investor(number: u8) -> AccountId {
	let who = stranger(number);
	fund(&native(), &who, 1_000_000);
	fund(&stable(), &who, 1_000_000);
	who
}

/// Suspends a metaverse for so many blocks.
pub fn suspend(metaverse: MetaverseId, blocks: BlockNumber) {
	assert_ok!(Metaverse::suspend(
		root(),
		metaverse,
		now() + blocks,
		EVIDENCE
	));
}

/// The metaverse gets another owner.
pub fn hand_over(metaverse: MetaverseId, from: &AccountId, to: &AccountId) {
	assert_ok!(Metaverse::nominate_owner(by(from), metaverse, to.clone()));
	assert_ok!(Metaverse::accept_ownership(by(to), metaverse));
}

/// Something was announced in this way.
pub fn expect_event(event: Event<Test>) {
	System::assert_has_event(event.into());
}

/// Milestones with these weights.
pub fn milestones(weights: &[u32]) -> Vec<Milestone<BlockNumber>> {
	weights
		.iter()
		.map(|weight| Milestone {
			weight: *weight,
			duration: DURATION,
			promise: H256::repeat_byte(3),
		})
		.collect()
}

/// A campaign as its founder writes it.
#[derive(Clone)]
pub struct Draft {
	/// Who writes it.
	pub founder: AccountId,
	/// The terms.
	pub terms: Terms<BlockNumber>,
	/// The milestones.
	pub milestones: Vec<Milestone<BlockNumber>>,
	/// Who may invest.
	pub policy: PolicyInput<AccountId>,
}

impl Draft {
	/// Good terms in this asset, with tranches of a half and two quarters.
	pub fn new(asset: AssetKind) -> Self {
		Self {
			founder: alice(),
			terms: Terms {
				asset,
				goal: GOAL,
				cap: CAP,
				min_ticket: TICKET,
				bond: BOND,
				min_investors: 1,
				opens_after: 0,
				period: PERIOD,
				lock: LOCK,
				cooling_off: COOLING_OFF,
				voting: VOTING,
				grace: GRACE,
				lock_up: 0,
				kickoff: Permill::zero(),
				on_apathy: Apathy::TacitApprove,
				documents: H256::repeat_byte(1),
			},
			milestones: milestones(&[2, 1, 1]),
			policy: Policy::Open,
		}
	}

	/// The same with other terms.
	pub fn with(mut self, change: impl FnOnce(&mut Terms<BlockNumber>)) -> Self {
		change(&mut self.terms);
		self
	}

	/// The same with other milestones.
	pub fn weights(mut self, weights: &[u32]) -> Self {
		self.milestones = milestones(weights);
		self
	}

	/// The same for other investors.
	pub fn admitting(mut self, policy: PolicyInput<AccountId>) -> Self {
		self.policy = policy;
		self
	}

	/// The same by another founder.
	pub fn founded_by(mut self, founder: AccountId) -> Self {
		self.founder = founder;
		self
	}

	/// The call `create`.
	pub fn create_by(&self, who: &AccountId, metaverse: MetaverseId) -> DispatchResult {
		Escrow::create(
			by(who),
			metaverse,
			self.terms.clone(),
			self.milestones.clone(),
			self.policy.clone(),
		)
	}

	/// A draft for a new metaverse of the founder.
	pub fn drafted(self) -> Venture {
		let metaverse = register_demo(self.founder.clone(), 8, 8);
		self.drafted_for(metaverse)
	}

	/// A draft for this metaverse.
	pub fn drafted_for(self, metaverse: MetaverseId) -> Venture {
		let id = pallet_escrow::NextCampaign::<Test>::get();
		assert_ok!(self.create_by(&self.founder, metaverse));
		Venture {
			id,
			metaverse,
			asset: self.terms.asset.clone(),
			founder: self.founder.clone(),
			draft: self,
		}
	}

	/// A campaign that takes commitments, or will after `opens_after`.
	pub fn opened(self) -> Venture {
		let venture = self.drafted();
		assert_ok!(venture.open());
		venture
	}

	/// A campaign that takes commitments and has taken those of Bob and Carol.
	pub fn committed(self) -> Venture {
		let venture = self.opened();
		assert_ok!(venture.commit(&bob(), BOBS));
		assert_ok!(venture.commit(&carol(), CAROLS));
		venture
	}

	/// A campaign whose deadline has passed.
	pub fn ended(self) -> Venture {
		let period = self.terms.period;
		let venture = self.committed();
		pass(period);
		venture
	}

	/// A campaign that has the money of Bob and Carol.
	pub fn funded(self) -> Venture {
		let venture = self.ended();
		assert_ok!(venture.advance());
		venture
	}

	/// A campaign that votes on its first milestone.
	pub fn in_voting(self) -> Venture {
		let venture = self.funded();
		assert_ok!(venture.submit());
		venture
	}

	/// A campaign in the grace window: Carol was for the payment, Bob against it.
	pub fn in_grace(self) -> Venture {
		let venture = self.in_voting();
		venture.approve();
		venture
	}

	/// A campaign with an approved tranche that can be paid.
	pub fn payable(self) -> Venture {
		let grace = self.terms.grace;
		let venture = self.in_grace();
		pass(grace);
		venture
	}

	/// A campaign in this phase. After success there is [`REVENUE`] to claim.
	pub fn at(self, phase: Phase) -> Venture {
		let with_revenue = |venture: Venture| {
			assert_ok!(venture.deposit_revenue(&dave(), REVENUE));
			venture
		};
		let venture = match phase {
			Phase::Draft => self.drafted(),
			Phase::Upcoming => self.with(|terms| terms.opens_after = 10).opened(),
			Phase::Open => {
				let venture = self.committed();
				pass(15);
				venture
			}
			Phase::Locked => {
				let venture = self.committed();
				pass(85);
				venture
			}
			Phase::Reconfirm => {
				let venture = self.at(Phase::Open);
				assert_ok!(venture.amend(venture.amendment()));
				venture
			}
			Phase::Ended => self.ended(),
			Phase::Working => with_revenue(self.funded()),
			Phase::Voting => with_revenue(self.in_voting()),
			Phase::Decided => {
				let venture = with_revenue(self.in_voting());
				assert_ok!(venture.vote(&bob(), false));
				assert_ok!(venture.vote(&carol(), false));
				pass(VOTING);
				venture
			}
			Phase::Grace => with_revenue(self.in_grace()),
			Phase::Payable => with_revenue(self.payable()),
			Phase::Disputed => {
				let venture = with_revenue(self.payable());
				assert_ok!(venture.dispute(&bob()));
				venture
			}
			Phase::Overdue => {
				let venture = with_revenue(self.funded());
				pass(DURATION + RULES.due_grace);
				venture
			}
			Phase::Failed => {
				let venture = self.committed();
				assert_ok!(venture.cancel());
				venture
			}
			Phase::WindDown => {
				let venture = with_revenue(self.funded());
				assert_ok!(venture.abandon());
				venture
			}
			Phase::Completed => {
				let venture = with_revenue(self.funded());
				venture.finish();
				venture
			}
		};
		assert_eq!(venture.phase(), phase);
		venture
	}
}

/// A campaign on the chain.
#[derive(Clone)]
pub struct Venture {
	/// Its id.
	pub id: CampaignId,
	/// Its metaverse.
	pub metaverse: MetaverseId,
	/// Its asset.
	pub asset: AssetKind,
	/// Who acts for it.
	pub founder: AccountId,
	/// What the founder wrote.
	pub draft: Draft,
}

impl Venture {
	/// What is stored.
	pub fn books(&self) -> pallet_escrow::Campaign<AccountId, BlockNumber> {
		Campaigns::<Test>::get(self.id).unwrap()
	}

	/// What the query answers.
	pub fn view(&self) -> CampaignView<AccountId, BlockNumber> {
		Escrow::api_campaign(self.id).unwrap()
	}

	/// The phase.
	pub fn phase(&self) -> Phase {
		self.view().phase
	}

	/// The state.
	pub fn state(&self) -> State {
		self.books().state
	}

	/// Where the money waits.
	pub fn pot(&self) -> AccountId {
		self.view().pot
	}

	/// Where tranches are paid.
	pub fn beneficiary(&self) -> AccountId {
		Metaverse::account_of(self.metaverse)
	}

	/// What an account has in the campaign's asset.
	pub fn wealth(&self, who: &AccountId) -> Balance {
		wealth(&self.asset, who)
	}

	/// What is on hold in the pot.
	pub fn in_pot(&self, reason: HoldReason) -> Balance {
		on_hold_for(&self.asset, reason, &self.pot())
	}

	/// The position of an account.
	pub fn position(&self, who: &AccountId) -> PositionId {
		PositionOfOwner::<Test>::get(who, self.id).unwrap()
	}

	/// Units of an account; none without a position.
	pub fn units(&self, who: &AccountId) -> Balance {
		PositionOfOwner::<Test>::get(who, self.id)
			.and_then(Positions::<Test>::get)
			.map_or(0, |position| position.units)
	}

	/// What the account could take out.
	pub fn claimable(&self, who: &AccountId) -> Claimable {
		Escrow::api_claimable(self.position(who)).unwrap()
	}

	/// `open` by the founder.
	pub fn open(&self) -> DispatchResult {
		Escrow::open(by(&self.founder), self.id)
	}

	/// `discard` by the founder.
	pub fn discard(&self) -> DispatchResult {
		Escrow::discard(by(&self.founder), self.id)
	}

	/// `commit` to the present terms, of at least one unit.
	pub fn commit(&self, who: &AccountId, amount: Balance) -> DispatchResult {
		self.commit_at_least(who, amount, 1)
	}

	/// `commit` to the present terms.
	pub fn commit_at_least(
		&self,
		who: &AccountId,
		amount: Balance,
		min_accept: Balance,
	) -> DispatchResult {
		let books = self.books();
		outcome(Escrow::commit(
			by(who),
			self.id,
			amount,
			min_accept,
			books.version,
			books.terms_hash,
		))
	}

	/// `withdraw`.
	pub fn withdraw(&self, who: &AccountId, amount: Balance) -> DispatchResult {
		Escrow::withdraw(by(who), self.position(who), amount)
	}

	/// An amendment that changes the documents only.
	pub fn amendment(&self) -> Amendment<BlockNumber> {
		let terms = self.view().terms;
		Amendment {
			documents: H256::repeat_byte(2),
			goal: terms.goal,
			cap: terms.cap,
			extend_by: 0,
		}
	}

	/// `amend` by the founder.
	pub fn amend(&self, amendment: Amendment<BlockNumber>) -> DispatchResult {
		Escrow::amend(by(&self.founder), self.id, amendment)
	}

	/// `reconfirm` to the present terms.
	pub fn reconfirm(&self, who: &AccountId) -> DispatchResult {
		let books = self.books();
		Escrow::reconfirm(by(who), self.position(who), books.version, books.terms_hash)
	}

	/// `announce_early_close` by the founder.
	pub fn announce_early_close(&self, after: BlockNumber) -> DispatchResult {
		Escrow::announce_early_close(by(&self.founder), self.id, after)
	}

	/// `cancel` by the founder.
	pub fn cancel(&self) -> DispatchResult {
		Escrow::cancel(by(&self.founder), self.id)
	}

	/// `advance` by an account that has nothing to do with the campaign.
	pub fn advance(&self) -> DispatchResult {
		Escrow::advance(by(&stranger(77)), self.id)
	}

	/// `submit_milestone` by the founder.
	pub fn submit(&self) -> DispatchResult {
		Escrow::submit_milestone(by(&self.founder), self.id, EVIDENCE)
	}

	/// `vote`.
	pub fn vote(&self, who: &AccountId, aye: bool) -> DispatchResult {
		Escrow::vote(by(who), self.position(who), aye)
	}

	/// Carol votes for, Bob against, and the vote ends.
	pub fn approve(&self) {
		assert_ok!(self.vote(&carol(), true));
		assert_ok!(self.vote(&bob(), false));
		pass(self.draft.terms.voting);
	}

	/// Submits the next milestone, lets Carol and Bob approve it, and makes the payment.
	pub fn deliver(&self) {
		assert_ok!(self.submit());
		assert_ok!(self.vote(&carol(), true));
		assert_ok!(self.vote(&bob(), true));
		pass(self.draft.terms.voting + self.draft.terms.grace);
		assert_ok!(self.advance());
	}

	/// Delivers whatever milestones are left.
	pub fn finish(&self) {
		while self.state() == State::Active {
			self.deliver();
		}
	}

	/// `exit`.
	pub fn exit(&self, who: &AccountId) -> DispatchResult {
		outcome(Escrow::exit(by(who), self.position(who)))
	}

	/// `claim`.
	pub fn claim(&self, who: &AccountId) -> DispatchResult {
		outcome(Escrow::claim(by(who), self.position(who)))
	}

	/// `claim_to`.
	pub fn claim_to(&self, who: &AccountId, dest: &AccountId) -> DispatchResult {
		outcome(Escrow::claim_to(by(who), self.position(who), dest.clone()))
	}

	/// `claim_for`, by an account that has nothing to do with the campaign.
	pub fn claim_for(&self, owner: &AccountId) -> DispatchResult {
		outcome(Escrow::claim_for(by(&stranger(77)), self.position(owner)))
	}

	/// `abandon` by the founder.
	pub fn abandon(&self) -> DispatchResult {
		Escrow::abandon(by(&self.founder), self.id)
	}

	/// `raise_dispute`.
	pub fn dispute(&self, who: &AccountId) -> DispatchResult {
		Escrow::raise_dispute(by(who), self.position(who))
	}

	/// `resolve_dispute` by the arbiter.
	pub fn rule(&self, ruling: Ruling) -> DispatchResult {
		Escrow::resolve_dispute(root(), self.id, ruling)
	}

	/// `call_no_confidence`.
	pub fn distrust(&self, who: &AccountId) -> DispatchResult {
		Escrow::call_no_confidence(by(who), self.position(who))
	}

	/// `request_extension` by the founder.
	pub fn ask_for(&self, blocks: BlockNumber) -> DispatchResult {
		Escrow::request_extension(by(&self.founder), self.id, blocks, EVIDENCE)
	}

	/// `mint_receipt`.
	pub fn mint_receipt(&self, who: &AccountId) -> DispatchResult {
		Escrow::mint_receipt(by(who), self.position(who))
	}

	/// `transfer_position`.
	pub fn transfer(&self, from: &AccountId, to: &AccountId) -> DispatchResult {
		Escrow::transfer_position(by(from), self.position(from), to.clone())
	}

	/// `deposit_revenue`.
	pub fn deposit_revenue(&self, who: &AccountId, amount: Balance) -> DispatchResult {
		Escrow::deposit_revenue(by(who), self.id, amount)
	}

	/// `claim_revenue`.
	pub fn claim_revenue(&self, who: &AccountId) -> DispatchResult {
		Escrow::claim_revenue(by(who), self.position(who))
	}

	/// `close`, by an account that has nothing to do with the campaign.
	pub fn close(&self) -> DispatchResult {
		Escrow::close(by(&stranger(77)), self.id)
	}

	/// Every position is claimed by its owner, and the campaign closed.
	pub fn wrap_up(&self, owners: &[AccountId]) {
		for who in owners {
			assert_ok!(self.claim(who));
		}
		assert_ok!(self.close());
		assert!(Campaigns::<Test>::get(self.id).is_none());
	}
}
