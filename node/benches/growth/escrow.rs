//! The calls of investors in a campaign with more and more positions.
//!
//! | block | what happens |
//! |---|---|
//! | genesis | the campaign is open, and everybody but the newcomers is in |
//! | 1 | **`commit`** of the newcomers is measured, and does not stay |
//! | 3 | the campaign succeeds, and the founder submits the first milestone |
//! | 4 | **`vote`** of the investors is measured; then they vote against it, and are overruled |
//! | 6 | **`exit`** of the investors is measured, and does not stay |
//! | 9 | the milestone is paid, and the founder gives the campaign up |
//! | 10 | **`claim`** of the investors is measured |

use madang_client::{campaign::calls, chain::account_of};
use madang_primitives::{
	escrow::{Apathy, AssetKind, CampaignId, Milestone, PositionId, Terms},
	Balance,
};
use madang_runtime::{
	genesis_config_presets::{DEMO_METAVERSE, TEST_DOLLAR, TUSD},
	AccountId, BlockNumber, Hash, Runtime, RuntimeCall,
};
use sp_core::sr25519::Pair;
use sp_keyring::Sr25519Keyring;
use sp_runtime::Permill;

use crate::{
	lab::{campaign::Campaign, genesis},
	measure::{each, signers, Signed, Stage, TRANSACTIONS},
	topic::{Call, Topic},
};

/// What investors do, with more and more positions in their campaign.
pub const TOPIC: Topic = Topic {
	name: "growth-escrow",
	growing: "positions",
	sizes: [100, 1_000, 10_000, PEOPLE],
	calls: &[
		Call {
			name: "escrow.commit",
			target: Some(1.2),
		},
		Call {
			name: "escrow.vote",
			target: Some(1.2),
		},
		Call {
			name: "escrow.exit",
			target: None,
		},
		Call {
			name: "escrow.claim",
			target: Some(1.2),
		},
	],
	stage,
	note:
		"Escrow: one campaign in the test dollar, with positions of one dollar each and one of a \
		   lead investor on top, who decides the vote and stays. A hundred newcomers commit; a \
		   hundred who are in vote, leave after they were overruled, and claim after the campaign \
		   was given up. Every chain has as many people with money as the last one has positions, \
		   so that the chains differ in nothing but positions.",
};

/// People with money on every chain, however many of them invest.
const PEOPLE: u32 = 100_000;

/// Who collects money, for the demo metaverse.
const FOUNDER: Sr25519Keyring = Sr25519Keyring::Alice;

/// Who has more than half of the campaign.
const LEAD: Sr25519Keyring = Sr25519Keyring::Bob;

/// What a position puts in.
const TICKET: Balance = TUSD;

/// What an investor has, in test dollars.
const DOLLARS: Balance = 10 * TICKET;

/// Blocks for which the campaign takes money: the least under the rules of a development chain, as for
/// the others.
const PERIOD: BlockNumber = 3;

/// Blocks of a vote.
const VOTING: BlockNumber = 3;

/// Blocks in which those who were overruled can leave.
const GRACE: BlockNumber = 3;

/// Blocks in which a milestone is due: more than are made here.
const DURATION: BlockNumber = 100;

/// The campaign, and who is in.
struct Funding {
	campaign: Campaign,
	/// The positions of those who sign.
	positions: Vec<PositionId>,
	/// The position of the lead investor.
	lead: PositionId,
}

fn stage(positions: u32) -> Stage {
	let (investors, newcomers) = (signers(0), signers(1));
	let (spec, funding) = genesis::grown(|| {
		for newcomer in &newcomers {
			endow(&account_of(newcomer));
		}
		collect(positions, &investors)
	});
	let Campaign {
		id: campaign,
		version,
		terms_hash,
	} = funding.campaign;
	let mut stage = Stage::on(&spec);

	stage.prepare(each(&newcomers, |_| {
		calls::commit(campaign, TICKET, version, terms_hash)
	}));

	stage.wait(PERIOD - 1);
	stage.add(by_founder([
		calls::advance(campaign),
		calls::submit_milestone(campaign, Hash::zero()),
	]));
	let votes = each(&investors, |number| {
		calls::vote(funding.positions[number], false)
	});
	stage.prepare(votes.clone());

	let decides = (LEAD.pair(), calls::vote(funding.lead, true));
	stage.add(votes.into_iter().chain([decides]).collect());
	stage.wait(VOTING - 2);
	stage.prepare(each(&investors, |number| {
		calls::exit(funding.positions[number])
	}));

	stage.wait(GRACE);
	stage.add(by_founder([calls::advance(campaign), abandon(campaign)]));
	stage.prepare(each(&investors, |number| {
		calls::claim(funding.positions[number])
	}));
	stage
}

/// Opens a campaign in which these investors and others have so many positions, and a lead investor
/// one more.
fn collect(positions: u32, investors: &[Pair]) -> Funding {
	let milestone = Milestone {
		weight: 1,
		duration: DURATION,
		promise: Hash::zero(),
	};
	let campaign = Campaign::open(
		FOUNDER,
		DEMO_METAVERSE,
		terms(positions),
		vec![milestone; 2],
	);
	let invest = |who: AccountId| {
		endow(&who);
		campaign.take(&who, TICKET)
	};
	let theirs = investors.iter().map(account_of).map(invest).collect();
	for number in TRANSACTIONS as u32..positions {
		invest(investor(number));
	}
	for number in positions..PEOPLE {
		endow(&investor(number));
	}
	let lead = campaign.take(&LEAD.to_account_id(), lead_units(positions));
	Funding {
		campaign,
		positions: theirs,
		lead,
	}
}

/// What the lead investor puts in: enough to overrule all others together.
fn lead_units(positions: u32) -> Balance {
	2 * Balance::from(positions) * TICKET
}

/// The terms of a campaign with room for so many positions, the lead investor and the newcomers.
fn terms(positions: u32) -> Terms<BlockNumber> {
	let tickets = Balance::from(positions) + TRANSACTIONS as Balance;
	Terms {
		asset: AssetKind::WithId(TEST_DOLLAR),
		goal: 100 * TUSD,
		cap: lead_units(positions) + tickets * TICKET,
		min_ticket: TICKET,
		bond: 10 * TUSD,
		min_investors: 1,
		opens_after: 0,
		period: PERIOD,
		lock: 0,
		cooling_off: 0,
		voting: VOTING,
		grace: GRACE,
		lock_up: 0,
		kickoff: Permill::zero(),
		on_apathy: Apathy::WindDown,
		documents: Hash::zero(),
	}
}

/// Somebody who may invest and never signs.
fn investor(number: u32) -> AccountId {
	AccountId::new(sp_io::hashing::blake2_256(&number.to_le_bytes()))
}

/// Gives somebody tokens for fees and deposits, and test dollars.
fn endow(who: &AccountId) {
	genesis::endow(who);
	genesis::give_dollars(who, DOLLARS);
}

fn by_founder(calls: [RuntimeCall; 2]) -> Vec<Signed> {
	calls.map(|call| (FOUNDER.pair(), call)).into()
}

fn abandon(campaign: CampaignId) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::abandon { campaign })
}
