//! What `escrow_*` answers.

use madang_primitives::{
	escrow::{
		Apathy, AssetKind, AssetRules as AssetRulesView, CampaignId, CampaignView,
		Claimable as ClaimableView, ClassLimit, Dispute as DisputeView, Instant,
		Milestone as MilestoneView, Money as MoneyView, Outcome, Petition as PetitionView, Phase,
		Policy as PolicyView, PolicyInput, PositionId, PositionView, Round as RoundView, RoundKind,
		Schedule as ScheduleView, State, Terms as TermsView, TicketQuote as QuoteView,
	},
	MetaverseId,
};
use madang_runtime::{AccountId, BlockNumber, Hash};
use serde::{Deserialize, Serialize};

use super::{address, amount, next::Next};

/// A point in time, which has come once both its block and its time have come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Moment {
	/// Height of the chain.
	pub block: BlockNumber,
	/// Milliseconds since 1970.
	pub time: u64,
}

impl From<Instant<BlockNumber>> for Moment {
	fn from(instant: Instant<BlockNumber>) -> Self {
		Self {
			block: instant.block,
			time: instant.time,
		}
	}
}

/// The native token or an asset: `"native"` or a number.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(
	untagged,
	expecting = "an asset is the string `native` or the number of an asset"
)]
pub enum Asset {
	/// An asset of `pallet-assets`.
	Id(u32),
	/// The native token.
	Named(Native),
}

/// The name of the native token.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Native {
	/// The only one there is.
	Native,
}

impl From<AssetKind> for Asset {
	fn from(asset: AssetKind) -> Self {
		match asset {
			AssetKind::Native => Self::Named(Native::Native),
			AssetKind::WithId(id) => Self::Id(id),
		}
	}
}

impl From<Asset> for AssetKind {
	fn from(asset: Asset) -> Self {
		match asset {
			Asset::Id(id) => Self::WithId(id),
			Asset::Named(Native::Native) => Self::Native,
		}
	}
}

/// One campaign.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Campaign {
	/// Its id.
	pub id: CampaignId,
	/// The metaverse for which it collects.
	pub metaverse: MetaverseId,
	/// The owner of the metaverse, who acts for the campaign.
	pub founder: Option<String>,
	/// Who paid bond and deposit, and gets them back.
	pub sponsor: String,
	/// Where tranches are paid.
	pub beneficiary: String,
	/// Where the money waits.
	pub pot: String,
	/// What is stored of its life: `draft`, `funding`, `active`, `failed`, `windDown` or
	/// `completed`.
	pub state: &'static str,
	/// The state with what the clock adds to it.
	pub phase: &'static str,
	/// What the clock says.
	pub now: Moment,
	/// Version of the terms.
	pub version: u8,
	/// Hash of all terms of this version, which investors sign.
	pub terms_hash: Hash,
	/// The terms.
	pub terms: Terms,
	/// The milestones.
	pub milestones: Vec<Milestone>,
	/// Who may invest.
	pub policy: Policy,
	/// Whether limits and exclusions of persons apply: only an attester can tell persons apart.
	pub limits_apply: bool,
	/// Its windows, once it was opened.
	pub schedule: Option<Schedule>,
	/// Investors can agree to changed terms until then.
	pub reconfirm_until: Option<Moment>,
	/// What belongs to the units.
	pub pool: String,
	/// Units at work.
	pub units: String,
	/// Money of investors who have not agreed to changed terms.
	pub stale: String,
	/// The founder's bond on hold.
	pub bond: String,
	/// Every flow since the beginning.
	pub money: Money,
	/// Positions that exist.
	pub positions: u32,
	/// Positions that agreed to the present terms and have units.
	pub investors: u32,
	/// The milestone that comes next, counted from 0.
	pub next_milestone: u8,
	/// How often it was submitted in vain.
	pub attempts: u8,
	/// When it is due.
	pub due: Option<Moment>,
	/// What the next tranche comes to now, the network's fee included.
	pub next_tranche: String,
	/// The vote that is open.
	pub round: Option<Round>,
	/// How it stands: `approved`, `rejected` or `inconclusive`.
	pub outcome: Option<&'static str>,
	/// The dispute that is open.
	pub dispute: Option<Dispute>,
	/// Who asks for a vote of no confidence.
	pub petition: Option<Petition>,
	/// What may happen next, by whom and when.
	pub next: Vec<Next>,
}

impl From<CampaignView<AccountId, BlockNumber>> for Campaign {
	fn from(campaign: CampaignView<AccountId, BlockNumber>) -> Self {
		let now = campaign.now;
		let limits_apply = matches!(campaign.policy, PolicyView::Attested { .. });
		Self {
			id: campaign.id,
			metaverse: campaign.metaverse,
			founder: campaign.founder.as_ref().map(address),
			sponsor: address(&campaign.sponsor),
			beneficiary: address(&campaign.beneficiary),
			pot: address(&campaign.pot),
			state: state(campaign.state),
			phase: phase(campaign.phase),
			now: now.into(),
			version: campaign.version,
			terms_hash: campaign.terms_hash,
			terms: campaign.terms.into(),
			milestones: campaign.milestones.into_iter().map(Into::into).collect(),
			policy: campaign.policy.into(),
			limits_apply,
			schedule: campaign.schedule.map(Into::into),
			reconfirm_until: campaign.reconfirm_until.map(Into::into),
			pool: amount(campaign.pool),
			units: amount(campaign.units),
			stale: amount(campaign.stale),
			bond: amount(campaign.bond),
			money: campaign.money.into(),
			positions: campaign.positions,
			investors: campaign.investors,
			next_milestone: campaign.next_milestone,
			attempts: campaign.attempts,
			due: campaign.due.map(Into::into),
			next_tranche: amount(campaign.next_tranche),
			round: campaign.round.map(Into::into),
			outcome: campaign.outcome.map(outcome),
			dispute: campaign.dispute.map(Into::into),
			petition: campaign.petition.map(Into::into),
			next: campaign
				.next
				.into_iter()
				.map(|step| Next::new(step, &now))
				.collect(),
		}
	}
}

/// The terms of a campaign. Durations are in blocks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
	/// The one asset of the campaign.
	pub asset: Asset,
	/// With less than this the campaign fails.
	pub goal: String,
	/// More than this is not accepted.
	pub cap: String,
	/// Smallest ticket, unless it fills the cap.
	pub min_ticket: String,
	/// What the founder puts at stake.
	pub bond: String,
	/// With fewer investors than this the campaign fails.
	pub min_investors: u32,
	/// From `open` until commitments are taken.
	pub opens_after: BlockNumber,
	/// For so long they are taken.
	pub period: BlockNumber,
	/// So long before the deadline the right to withdraw ends.
	pub lock: BlockNumber,
	/// For so long at least a commitment may be withdrawn.
	pub cooling_off: BlockNumber,
	/// How long investors can vote.
	pub voting: BlockNumber,
	/// How long those who were overruled can leave.
	pub grace: BlockNumber,
	/// For so long after success no position changes hands.
	pub lock_up: BlockNumber,
	/// Parts per million that are paid at once on success, without a vote.
	pub kickoff: u32,
	/// What happens when twice too few have voted: `tacitApprove` or `windDown`.
	pub on_apathy: &'static str,
	/// Hash of the documents that the investors agree to.
	pub documents: Hash,
}

impl From<TermsView<BlockNumber>> for Terms {
	fn from(terms: TermsView<BlockNumber>) -> Self {
		Self {
			asset: terms.asset.into(),
			goal: amount(terms.goal),
			cap: amount(terms.cap),
			min_ticket: amount(terms.min_ticket),
			bond: amount(terms.bond),
			min_investors: terms.min_investors,
			opens_after: terms.opens_after,
			period: terms.period,
			lock: terms.lock,
			cooling_off: terms.cooling_off,
			voting: terms.voting,
			grace: terms.grace,
			lock_up: terms.lock_up,
			kickoff: terms.kickoff.deconstruct(),
			on_apathy: apathy(terms.on_apathy),
			documents: terms.documents,
		}
	}
}

/// A promise of the founder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Milestone {
	/// Its share of the money is this by the sum of all weights.
	pub weight: u32,
	/// It is due so many blocks after the previous tranche was paid.
	pub duration: BlockNumber,
	/// Hash of what is promised.
	pub promise: Hash,
}

impl From<MilestoneView<BlockNumber>> for Milestone {
	fn from(milestone: MilestoneView<BlockNumber>) -> Self {
		Self {
			weight: milestone.weight,
			duration: milestone.duration,
			promise: milestone.promise,
		}
	}
}

/// Who may invest.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(
	tag = "kind",
	rename_all = "camelCase",
	rename_all_fields = "camelCase"
)]
pub enum Policy {
	/// Everybody but the founder.
	Open,
	/// Whom an attester vouches for.
	Attested {
		/// Who vouches.
		attester: String,
		/// The classes that may invest, and how much.
		limits: Vec<Limit>,
		/// Persons too close to the startup to invest.
		affiliates: Vec<Hash>,
	},
}

impl From<PolicyInput<AccountId>> for Policy {
	fn from(policy: PolicyInput<AccountId>) -> Self {
		match policy {
			PolicyView::Open => Self::Open,
			PolicyView::Attested {
				attester,
				limits,
				affiliates,
			} => Self::Attested {
				attester: address(&attester),
				limits: limits.into_iter().map(Into::into).collect(),
				affiliates,
			},
		}
	}
}

/// How much an investor of some class may commit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Limit {
	/// The class, as the attester numbers it.
	pub class: u8,
	/// Most that one person may commit in this campaign.
	pub per_campaign: String,
	/// Most that one person may commit in any twelve months.
	pub per_year: String,
}

impl From<ClassLimit> for Limit {
	fn from(limit: ClassLimit) -> Self {
		Self {
			class: limit.class,
			per_campaign: amount(limit.per_campaign),
			per_year: amount(limit.per_year),
		}
	}
}

/// The windows of a campaign.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
	/// Commitments are taken from then on.
	pub opens: Moment,
	/// The right to withdraw ends.
	pub lock_at: Moment,
	/// No commitment is taken any more.
	pub closes: Moment,
	/// The campaign has succeeded or failed.
	pub deadline: Moment,
}

impl From<ScheduleView<BlockNumber>> for Schedule {
	fn from(schedule: ScheduleView<BlockNumber>) -> Self {
		Self {
			opens: schedule.opens.into(),
			lock_at: schedule.lock_at.into(),
			closes: schedule.closes.into(),
			deadline: schedule.deadline.into(),
		}
	}
}

/// Every flow of a campaign's money since it was created.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Money {
	/// Put in by investors.
	pub committed: String,
	/// Taken out by investors who changed their mind in time.
	pub withdrawn: String,
	/// Given back because the campaign failed or its terms changed.
	pub refunded: String,
	/// Paid to the startup.
	pub released: String,
	/// Paid to the network on releases.
	pub fees: String,
	/// Taken out by investors who were overruled.
	pub exited: String,
	/// Taken out by investors after the campaign was wound down.
	pub claimed: String,
	/// Put at stake by the founder.
	pub bond_deposited: String,
	/// Given back of it.
	pub bond_returned: String,
	/// Given to the investors of it.
	pub bond_slashed: String,
	/// Given to the treasury of it, because no investor was left.
	pub bond_to_treasury: String,
	/// Bonds of frivolous disputes, given to the investors.
	pub dispute_slashed: String,
	/// Revenue that was paid in to be shared.
	pub revenue: String,
	/// Revenue that investors took out.
	pub revenue_claimed: String,
}

impl From<MoneyView> for Money {
	fn from(money: MoneyView) -> Self {
		Self {
			committed: amount(money.committed),
			withdrawn: amount(money.withdrawn),
			refunded: amount(money.refunded),
			released: amount(money.released),
			fees: amount(money.fees),
			exited: amount(money.exited),
			claimed: amount(money.claimed),
			bond_deposited: amount(money.bond_deposited),
			bond_returned: amount(money.bond_returned),
			bond_slashed: amount(money.bond_slashed),
			bond_to_treasury: amount(money.bond_to_treasury),
			dispute_slashed: amount(money.dispute_slashed),
			revenue: amount(money.revenue),
			revenue_claimed: amount(money.revenue_claimed),
		}
	}
}

/// A vote of the investors.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Round {
	/// Its number within the campaign, from 1.
	pub id: u32,
	/// What it is about.
	pub about: About,
	/// Hash of what the founder shows for it.
	pub evidence: Hash,
	/// When it was asked for. A vote that is held again keeps this.
	pub asked_at: Moment,
	/// Votes count until then.
	pub ends: Moment,
	/// Who was overruled may leave until then.
	pub grace_ends: Moment,
	/// Units that could vote when it began.
	pub snapshot: String,
	/// Units for it.
	pub yes: String,
	/// Units against it, those that left since included.
	pub no: String,
	/// Units that could have voted and did not.
	pub absent: String,
	/// Units that left since it began.
	pub exited: String,
	/// Those among them that had voted against it.
	pub exited_no: String,
}

impl From<RoundView<BlockNumber>> for Round {
	fn from(round: RoundView<BlockNumber>) -> Self {
		Self {
			id: round.id,
			about: round.kind.into(),
			evidence: round.evidence,
			asked_at: round.asked_at.into(),
			ends: round.ends.into(),
			grace_ends: round.grace_ends.into(),
			snapshot: amount(round.snapshot),
			yes: amount(round.yes),
			no: amount(round.no),
			absent: amount(round.absent()),
			exited: amount(round.exited),
			exited_no: amount(round.exited_no),
		}
	}
}

/// What the investors vote about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(
	tag = "kind",
	rename_all = "camelCase",
	rename_all_fields = "camelCase"
)]
pub enum About {
	/// Whether a milestone was reached and its tranche is paid.
	Tranche {
		/// Which milestone, counted from 0.
		milestone: u8,
		/// Whether too few voted the first time.
		revote: bool,
	},
	/// Whether a milestone may take longer.
	Extension {
		/// Which milestone, counted from 0.
		milestone: u8,
		/// When it would be due.
		due: Moment,
	},
	/// Whether the campaign is ended because nobody trusts the founder any more.
	NoConfidence {
		/// Whether this is the second vote, which must confirm the first.
		confirming: bool,
	},
}

impl From<RoundKind<BlockNumber>> for About {
	fn from(kind: RoundKind<BlockNumber>) -> Self {
		match kind {
			RoundKind::Tranche { milestone, revote } => Self::Tranche { milestone, revote },
			RoundKind::Extension { milestone, due } => Self::Extension {
				milestone,
				due: due.into(),
			},
			RoundKind::NoConfidence { confirming } => Self::NoConfidence { confirming },
		}
	}
}

/// Somebody says that a payment must not go out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dispute {
	/// Who.
	pub raiser: String,
	/// What this account put at stake.
	pub bond: String,
	/// When it ends by itself.
	pub until: Moment,
}

impl From<DisputeView<AccountId, BlockNumber>> for Dispute {
	fn from(dispute: DisputeView<AccountId, BlockNumber>) -> Self {
		Self {
			raiser: address(&dispute.raiser),
			bond: amount(dispute.bond),
			until: dispute.until.into(),
		}
	}
}

/// Investors who ask for a vote of no confidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Petition {
	/// Its number within the campaign, from 1.
	pub id: u32,
	/// Units that have signed.
	pub units: String,
	/// Signatures count until then.
	pub until: Moment,
}

impl From<PetitionView<BlockNumber>> for Petition {
	fn from(petition: PetitionView<BlockNumber>) -> Self {
		Self {
			id: petition.id,
			units: amount(petition.units),
			until: petition.until.into(),
		}
	}
}

/// One investor's stake in one campaign.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Position {
	/// Its id, which is also the item of its receipt.
	pub id: PositionId,
	/// The campaign.
	pub campaign: CampaignId,
	/// Who owns it.
	pub owner: String,
	/// What was committed and is still at work, in the smallest unit of the campaign's asset.
	pub units: String,
	/// Version of the terms to which the owner agreed.
	pub version: u8,
	/// Whether these are the present terms.
	pub live: bool,
	/// When money was last added.
	pub committed_at: Moment,
	/// The last vote that it cast.
	pub last_vote: Option<Ballot>,
	/// The last petition that it signed.
	pub last_petition: Option<u32>,
	/// The person behind it, where limits apply.
	pub subject: Option<Subject>,
	/// What of its money is at work in the startup.
	pub deployed: String,
	/// What had been put to work of its money when it left.
	pub equity: String,
	/// Storage deposit on hold from the owner, in the native token.
	pub deposit: String,
	/// Whether it has a receipt.
	pub receipt: bool,
	/// Whether only the owner may claim.
	pub only_owner_claims: bool,
	/// What it could take out now.
	pub claimable: Claimable,
}

impl From<PositionView<AccountId, BlockNumber>> for Position {
	fn from(view: PositionView<AccountId, BlockNumber>) -> Self {
		let position = view.position;
		Self {
			id: view.id,
			campaign: position.campaign,
			owner: address(&position.owner),
			units: amount(position.units),
			version: position.version,
			live: view.live,
			committed_at: position.committed_at.into(),
			// Votes and petitions are numbered from 1.
			last_vote: (position.last_round > 0).then_some(Ballot {
				round: position.last_round,
				aye: position.aye,
			}),
			last_petition: (position.last_petition > 0).then_some(position.last_petition),
			subject: position.subject.map(|(id, month)| Subject { id, month }),
			deployed: amount(view.deployed),
			equity: amount(position.equity),
			deposit: amount(position.deposit),
			receipt: position.receipt,
			only_owner_claims: position.only_owner_claims,
			claimable: view.claimable.into(),
		}
	}
}

/// A vote that was cast.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ballot {
	/// In which round.
	pub round: u32,
	/// Whether for it.
	pub aye: bool,
}

/// The person behind a position.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Subject {
	/// Whom the attester means by it.
	pub id: Hash,
	/// The month in which the money counts: twelfths of a mean year since 1970.
	pub month: u16,
}

/// What a position could take out now, and by which call.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claimable {
	/// With `withdraw`: it changed its mind in time.
	pub withdraw: String,
	/// With `exit`: it was overruled.
	pub exit: String,
	/// With `claim`: a refund, or its share after a wind-down.
	pub claim: String,
	/// With `claim_revenue`.
	pub revenue: String,
}

impl From<ClaimableView> for Claimable {
	fn from(claimable: ClaimableView) -> Self {
		Self {
			withdraw: amount(claimable.withdraw),
			exit: amount(claimable.exit),
			claim: amount(claimable.claim),
			revenue: amount(claimable.revenue),
		}
	}
}

/// What a ticket would be accepted for now.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketQuote {
	/// What would be accepted.
	pub accepted: String,
	/// What the cap leaves.
	pub room: String,
	/// Smallest ticket now.
	pub min_ticket: String,
	/// Native token that is put on hold for the storage of a new position.
	pub deposit: String,
	/// Version of the terms to name.
	pub version: u8,
	/// Hash of the terms to sign.
	pub terms_hash: Hash,
	/// Whether limits for persons come on top.
	pub limits_apply: bool,
}

impl From<QuoteView> for TicketQuote {
	fn from(quote: QuoteView) -> Self {
		Self {
			accepted: amount(quote.accepted),
			room: amount(quote.room),
			min_ticket: amount(quote.min_ticket),
			deposit: amount(quote.deposit),
			version: quote.version,
			terms_hash: quote.terms_hash,
			limits_apply: quote.limits_apply,
		}
	}
}

/// What a campaign in some asset must be worth at least.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetRules {
	/// Smallest goal.
	pub min_goal: String,
	/// Smallest ticket that a campaign may name.
	pub min_ticket: String,
}

impl From<AssetRulesView> for AssetRules {
	fn from(rules: AssetRulesView) -> Self {
		Self {
			min_goal: amount(rules.min_goal),
			min_ticket: amount(rules.min_ticket),
		}
	}
}

/// The name of a state.
const fn state(state: State) -> &'static str {
	match state {
		State::Draft => "draft",
		State::Funding => "funding",
		State::Active => "active",
		State::Failed => "failed",
		State::WindDown => "windDown",
		State::Completed => "completed",
	}
}

/// The name of a phase.
const fn phase(phase: Phase) -> &'static str {
	match phase {
		Phase::Draft => "draft",
		Phase::Upcoming => "upcoming",
		Phase::Open => "open",
		Phase::Locked => "locked",
		Phase::Reconfirm => "reconfirm",
		Phase::Ended => "ended",
		Phase::Working => "working",
		Phase::Voting => "voting",
		Phase::Decided => "decided",
		Phase::Grace => "grace",
		Phase::Payable => "payable",
		Phase::Disputed => "disputed",
		Phase::Overdue => "overdue",
		Phase::Failed => "failed",
		Phase::WindDown => "windDown",
		Phase::Completed => "completed",
	}
}

/// The name of what follows from apathy.
const fn apathy(apathy: Apathy) -> &'static str {
	match apathy {
		Apathy::TacitApprove => "tacitApprove",
		Apathy::WindDown => "windDown",
	}
}

/// The name of an outcome.
const fn outcome(outcome: Outcome) -> &'static str {
	match outcome {
		Outcome::Approved => "approved",
		Outcome::Rejected => "rejected",
		Outcome::Inconclusive => "inconclusive",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use madang_primitives::escrow::{Action, Actor, NextStep, Position as StoredPosition, Rules};
	use serde_json::{from_value, json, to_value, Value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
	use sp_runtime::Permill;

	/// 2026-01-05T10:00:00Z.
	const TEN: u64 = 1_767_607_200_000;

	fn at(block: BlockNumber) -> Instant<BlockNumber> {
		Instant {
			block,
			time: TEN + u64::from(block) * 2_000,
		}
	}

	fn shown(block: BlockNumber) -> Value {
		json!({ "block": block, "time": TEN + u64::from(block) * 2_000 })
	}

	fn hash(byte: u8) -> String {
		format!("0x{}", format!("{byte:02x}").repeat(32))
	}

	/// A campaign in the middle of everything.
	fn busy() -> CampaignView<AccountId, BlockNumber> {
		CampaignView {
			id: 4,
			metaverse: 2,
			founder: Some(Alice.to_account_id()),
			sponsor: Bob.to_account_id(),
			beneficiary: Charlie.to_account_id(),
			pot: Charlie.to_account_id(),
			state: State::Active,
			phase: Phase::Disputed,
			now: at(500),
			version: 2,
			terms_hash: Hash::repeat_byte(1),
			terms: TermsView {
				asset: AssetKind::WithId(1),
				goal: 10,
				cap: u128::MAX / 8,
				min_ticket: 1,
				bond: 3,
				min_investors: 2,
				opens_after: 4,
				period: 5,
				lock: 6,
				cooling_off: 7,
				voting: 8,
				grace: 9,
				lock_up: 11,
				kickoff: Permill::from_percent(20),
				on_apathy: Apathy::TacitApprove,
				documents: Hash::repeat_byte(2),
			},
			milestones: vec![MilestoneView {
				weight: 12,
				duration: 13,
				promise: Hash::repeat_byte(3),
			}],
			policy: PolicyView::Attested {
				attester: Bob.to_account_id(),
				limits: vec![ClassLimit {
					class: 1,
					per_campaign: 14,
					per_year: 15,
				}],
				affiliates: vec![Hash::repeat_byte(4)],
			},
			schedule: Some(ScheduleView {
				opens: at(1),
				lock_at: at(2),
				closes: at(3),
				deadline: at(4),
			}),
			reconfirm_until: Some(at(5)),
			pool: 16,
			units: 17,
			stale: 18,
			bond: 19,
			money: MoneyView {
				committed: 101,
				withdrawn: 102,
				refunded: 103,
				released: 104,
				fees: 105,
				exited: 106,
				claimed: 107,
				bond_deposited: 108,
				bond_returned: 109,
				bond_slashed: 110,
				bond_to_treasury: 111,
				dispute_slashed: 112,
				revenue: 113,
				revenue_claimed: 114,
			},
			positions: 20,
			investors: 21,
			next_milestone: 1,
			attempts: 2,
			due: Some(at(600)),
			next_tranche: 22,
			round: Some(RoundView {
				id: 3,
				kind: RoundKind::Tranche {
					milestone: 1,
					revote: true,
				},
				evidence: Hash::repeat_byte(5),
				asked_at: at(500),
				ends: at(510),
				grace_ends: at(520),
				snapshot: 100,
				yes: 60,
				no: 10,
				exited: 5,
				exited_no: 4,
			}),
			outcome: Some(Outcome::Approved),
			dispute: Some(DisputeView {
				raiser: Bob.to_account_id(),
				bond: 23,
				until: at(530),
			}),
			petition: Some(PetitionView {
				id: 1,
				units: 24,
				until: at(540),
			}),
			next: vec![NextStep {
				action: Action::ResolveDispute,
				actor: Actor::Arbiter,
				from: None,
				until: Some(at(530)),
			}],
		}
	}

	#[test]
	fn a_campaign_has_every_key() {
		let [alice, bob, charlie] =
			[Alice, Bob, Charlie].map(|person| address(&person.to_account_id()));
		let campaign = to_value(Campaign::from(busy())).expect("this is JSON");
		// In parts: the macro does not go deep enough for all of it at once.
		let terms = json!({
			"asset": 1,
			"goal": "10",
			"cap": "42535295865117307932921825928971026431",
			"minTicket": "1",
			"bond": "3",
			"minInvestors": 2,
			"opensAfter": 4,
			"period": 5,
			"lock": 6,
			"coolingOff": 7,
			"voting": 8,
			"grace": 9,
			"lockUp": 11,
			"kickoff": 200_000,
			"onApathy": "tacitApprove",
			"documents": hash(2),
		});
		let money = json!({
			"committed": "101",
			"withdrawn": "102",
			"refunded": "103",
			"released": "104",
			"fees": "105",
			"exited": "106",
			"claimed": "107",
			"bondDeposited": "108",
			"bondReturned": "109",
			"bondSlashed": "110",
			"bondToTreasury": "111",
			"disputeSlashed": "112",
			"revenue": "113",
			"revenueClaimed": "114",
		});
		let round = json!({
			"id": 3,
			"about": { "kind": "tranche", "milestone": 1, "revote": true },
			"evidence": hash(5),
			"askedAt": shown(500),
			"ends": shown(510),
			"graceEnds": shown(520),
			"snapshot": "100",
			"yes": "60",
			"no": "10",
			"absent": "30",
			"exited": "5",
			"exitedNo": "4",
		});
		let milestone = json!({ "weight": 12, "duration": 13, "promise": hash(3) });
		let policy = json!({
			"kind": "attested",
			"attester": bob,
			"limits": [{ "class": 1, "perCampaign": "14", "perYear": "15" }],
			"affiliates": [hash(4)],
		});
		let schedule = json!({
			"opens": shown(1),
			"lockAt": shown(2),
			"closes": shown(3),
			"deadline": shown(4),
		});
		let next = json!({
			"action": "resolveDispute",
			"call": "resolve_dispute",
			"actor": "arbiter",
			"from": null,
			"until": shown(530),
			"says": "Until block 530 and 2026-01-05T10:17:40Z, the network's arbiter can call \
					 `resolve_dispute`: the dispute ends as the ruling says.",
		});
		assert_eq!(
			campaign,
			json!({
				"id": 4,
				"metaverse": 2,
				"founder": alice,
				"sponsor": bob,
				"beneficiary": charlie,
				"pot": charlie,
				"state": "active",
				"phase": "disputed",
				"now": shown(500),
				"version": 2,
				"termsHash": hash(1),
				"terms": terms,
				"milestones": [milestone],
				"policy": policy,
				"limitsApply": true,
				"schedule": schedule,
				"reconfirmUntil": shown(5),
				"pool": "16",
				"units": "17",
				"stale": "18",
				"bond": "19",
				"money": money,
				"positions": 20,
				"investors": 21,
				"nextMilestone": 1,
				"attempts": 2,
				"due": shown(600),
				"nextTranche": "22",
				"round": round,
				"outcome": "approved",
				"dispute": { "raiser": bob, "bond": "23", "until": shown(530) },
				"petition": { "id": 1, "units": "24", "until": shown(540) },
				"next": [next],
			})
		);
	}

	#[test]
	fn a_draft_for_everybody_has_the_same_keys() {
		let draft = Campaign::from(CampaignView {
			founder: None,
			policy: PolicyView::Open,
			schedule: None,
			reconfirm_until: None,
			due: None,
			round: None,
			outcome: None,
			dispute: None,
			petition: None,
			next: Vec::new(),
			..busy()
		});
		let draft = to_value(draft).expect("this is JSON");
		let busy = to_value(Campaign::from(busy())).expect("this is JSON");
		let keys = |value: &Value| {
			let object = value.as_object().expect("a campaign is an object");
			object.keys().cloned().collect::<Vec<_>>()
		};
		assert_eq!(keys(&draft), keys(&busy));
		assert_eq!(draft["policy"], json!({ "kind": "open" }));
		assert_eq!(draft["limitsApply"], json!(false));
		assert_eq!(draft["schedule"], Value::Null);
	}

	#[test]
	fn a_round_says_what_it_is_about() {
		let about = |kind| to_value(About::from(kind)).expect("this is JSON");
		assert_eq!(
			about(RoundKind::Extension {
				milestone: 2,
				due: at(9),
			}),
			json!({ "kind": "extension", "milestone": 2, "due": shown(9) })
		);
		assert_eq!(
			about(RoundKind::NoConfidence { confirming: true }),
			json!({ "kind": "noConfidence", "confirming": true })
		);
	}

	#[test]
	fn a_position_has_every_key() {
		let stored = StoredPosition {
			campaign: 4,
			owner: Bob.to_account_id(),
			units: 30,
			version: 2,
			committed_at: at(3),
			last_round: 5,
			aye: true,
			last_petition: 6,
			subject: Some((Hash::repeat_byte(7), 672)),
			revenue_debt: 31,
			equity: 32,
			deposit: 33,
			receipt: true,
			only_owner_claims: true,
		};
		let view = PositionView {
			id: 8,
			position: stored,
			live: true,
			deployed: 34,
			claimable: ClaimableView {
				withdraw: 35,
				exit: 36,
				claim: 37,
				revenue: 38,
			},
		};
		assert_eq!(
			to_value(Position::from(view.clone())).expect("this is JSON"),
			json!({
				"id": 8,
				"campaign": 4,
				"owner": address(&Bob.to_account_id()),
				"units": "30",
				"version": 2,
				"live": true,
				"committedAt": shown(3),
				"lastVote": { "round": 5, "aye": true },
				"lastPetition": 6,
				"subject": { "id": hash(7), "month": 672 },
				"deployed": "34",
				"equity": "32",
				"deposit": "33",
				"receipt": true,
				"onlyOwnerClaims": true,
				"claimable": { "withdraw": "35", "exit": "36", "claim": "37", "revenue": "38" },
			})
		);

		let silent = Position::from(PositionView {
			position: StoredPosition {
				last_round: 0,
				last_petition: 0,
				subject: None,
				..view.position.clone()
			},
			..view
		});
		let silent = to_value(silent).expect("this is JSON");
		for key in ["lastVote", "lastPetition", "subject"] {
			assert_eq!(silent[key], Value::Null, "{key}");
		}
	}

	#[test]
	fn a_quote_has_every_key() {
		let quote = QuoteView {
			accepted: 1,
			room: 2,
			min_ticket: 3,
			deposit: 4,
			version: 5,
			terms_hash: Hash::repeat_byte(6),
			limits_apply: true,
		};
		assert_eq!(
			to_value(TicketQuote::from(quote)).expect("this is JSON"),
			json!({
				"accepted": "1",
				"room": "2",
				"minTicket": "3",
				"deposit": "4",
				"version": 5,
				"termsHash": hash(6),
				"limitsApply": true,
			})
		);
	}

	#[test]
	fn rules_are_shown_in_camel_case() {
		let rules = Rules::<BlockNumber> {
			max_opens_after: 1,
			min_period: 2,
			max_period: 3,
			reconfirm: 4,
			early_close_notice: 5,
			min_voting: 6,
			max_voting: 7,
			min_grace: 8,
			max_grace: 9,
			max_duration: 10,
			due_grace: 11,
			resubmit_pause: 12,
			max_dispute: 13,
			dispute_pause: 14,
			petition: 15,
			no_confidence_pause: 16,
			max_lock_up: 17,
		};
		assert_eq!(
			to_value(rules).expect("this is JSON"),
			json!({
				"maxOpensAfter": 1,
				"minPeriod": 2,
				"maxPeriod": 3,
				"reconfirm": 4,
				"earlyCloseNotice": 5,
				"minVoting": 6,
				"maxVoting": 7,
				"minGrace": 8,
				"maxGrace": 9,
				"maxDuration": 10,
				"dueGrace": 11,
				"resubmitPause": 12,
				"maxDispute": 13,
				"disputePause": 14,
				"petition": 15,
				"noConfidencePause": 16,
				"maxLockUp": 17,
			})
		);
		let asset = AssetRulesView {
			min_goal: 1,
			min_ticket: 2,
		};
		assert_eq!(
			to_value(AssetRules::from(asset)).expect("this is JSON"),
			json!({ "minGoal": "1", "minTicket": "2" })
		);
	}

	#[test]
	fn an_asset_is_a_name_or_a_number() {
		for (kind, text) in [
			(AssetKind::Native, json!("native")),
			(AssetKind::WithId(0), json!(0)),
			(AssetKind::WithId(u32::MAX), json!(u32::MAX)),
		] {
			let asset = Asset::from(kind.clone());
			assert_eq!(to_value(asset).expect("this is JSON"), text);
			let read: Asset = from_value(text).expect("this is an asset");
			assert_eq!(AssetKind::from(read), kind);
		}
	}

	#[test]
	fn what_is_no_asset_is_refused() {
		for text in [
			json!("gold"),
			json!("Native"),
			json!("1"),
			json!(-1),
			json!(1.5),
			json!(u64::from(u32::MAX) + 1),
			json!({ "id": 1 }),
			json!(null),
		] {
			let error = from_value::<Asset>(text.clone()).expect_err("this is no asset");
			assert!(error.to_string().contains("`native`"), "{text}: {error}");
		}
	}

	#[test]
	fn every_state_and_phase_has_a_name_of_its_own() {
		let states = [
			State::Draft,
			State::Funding,
			State::Active,
			State::Failed,
			State::WindDown,
			State::Completed,
		]
		.map(state);
		let phases = [
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
		]
		.map(phase);
		for names in [&states[..], &phases[..]] {
			for (index, name) in names.iter().enumerate() {
				assert!(!names[..index].contains(name), "{name} comes twice");
			}
		}
		assert_eq!(apathy(Apathy::WindDown), "windDown");
		assert_eq!(outcome(Outcome::Rejected), "rejected");
		assert_eq!(outcome(Outcome::Inconclusive), "inconclusive");
	}
}
