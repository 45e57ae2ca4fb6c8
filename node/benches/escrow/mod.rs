//! What a call of escrow costs in a campaign with 100,000 positions and in one with 100.
//!
//! Two campaigns in the test dollar go the same way on one chain, one after the other: the small one
//! first, when the chain is nearly empty. Where a call is possible a block of it is built, signed by
//! a hundred investors. The crowd has no keys; the sudo key lets it invest.

use frame_system::RawOrigin;
use madang_client::chain::account_of;
use madang_primitives::escrow::{
	Apathy, AssetKind, CampaignId, Milestone, Policy, PositionId, Terms,
};
use madang_runtime::{
	genesis_config_presets::{DEMO_METAVERSE, TEST_DOLLAR, TUSD},
	BlockNumber, OriginCaller, UncheckedExtrinsic,
};
use madang_runtime_common::units::MDG;
use pallet_escrow::{Call, Event};
use sp_core::{sr25519, Pair};
use sp_runtime::Permill;

use super::*;

/// Positions in the small campaign, besides that of the large investor.
const SMALL: u32 = 100;

/// Positions in the large campaign, besides that of the large investor.
const LARGE: u32 = 100_000;

/// Most that a call may cost in the large campaign in terms of the small one.
const TARGET: f64 = 1.2;

/// What everybody but the large investor puts in.
const TICKET: Balance = TUSD;

/// The goal, which the large investor reaches alone.
const GOAL: Balance = 100 * TUSD;

/// Blocks in which investors can vote.
const VOTING: BlockNumber = 10;

/// Blocks in which those who were overruled can leave.
const GRACE: BlockNumber = 10;

/// Blocks for which a campaign is open after the last of the crowd has invested.
const SPARE: BlockNumber = 20;

/// Accounts that are served by one transaction when the stage is set.
const AT_ONCE: usize = 150;

/// Who invests more than all others together. Nobody else has a vote that decides.
const LEADER: Sr25519Keyring = OTHER;

/// Measures all calls, and tells how many targets were missed.
pub fn compare() -> usize {
	eprintln!("\nsetting the stage for escrow; this takes some minutes");
	let mut lab = Lab::open();
	let people = People::appear(&mut lab);
	let small = Way::of(&mut lab, SMALL, &people);
	let large = Way::of(&mut lab, LARGE, &people);
	let against = format!("{} positions against {}", grouped(LARGE.into()), SMALL);
	println!(
		"\nbytes in the state for each investor: {} (position, index, storage deposit)",
		large.bytes
	);
	time_release(&lab, &large.release, &small.release, &against);
	let contest = |call: &str, a: Side, b: Side| Contest {
		name: format!("escrow.{call}, {against}"),
		a,
		b,
		target: Some(TARGET),
	};
	let contests = [
		contest("commit", large.commit, small.commit),
		contest("vote", large.vote, small.vote),
		contest("exit", large.exit, small.exit),
		contest("claim", large.claim, small.claim),
	];
	tell(&lab, &contests)
}

/// Times a payment to the startup, of which there is one in a block. That is too little for a target.
fn time_release(lab: &Lab, large: &Side, small: &Side, against: &str) {
	let time = |side: &Side| {
		let Ground { parent, empty, .. } = &*side.ground;
		lab.time(*parent, &side.block) - lab.time(*parent, empty)
	};
	// The first ones fill the caches.
	time(large);
	time(small);
	let (a, b): (Vec<f64>, Vec<f64>) = (0..ROUNDS * REPEATS)
		.map(|_| (time(large), time(small)))
		.unzip();
	let (a, b) = (median(a), median(b));
	println!(
		"escrow.advance, a payment, {against}: {a:.1} us against {b:.1} us, {:.2}",
		a / b
	);
}

// People.

/// Those who sign.
struct People {
	/// Have a position in each campaign.
	investors: Vec<sr25519::Pair>,
	/// Would like to have one.
	newcomers: Vec<sr25519::Pair>,
}

impl People {
	fn appear(lab: &mut Lab) -> Self {
		let pairs = |kind| -> Vec<sr25519::Pair> {
			(0..TRANSACTIONS)
				.map(|number| sr25519::Pair::from_seed(&seed(kind, number.into())))
				.collect()
		};
		let people = Self {
			investors: pairs("investor"),
			newcomers: pairs("newcomer"),
		};
		// They pay fees besides.
		equip(lab, &accounts(&people.investors), 100 * MDG);
		equip(lab, &accounts(&people.newcomers), 100 * MDG);
		people
	}
}

fn seed(kind: &str, number: u32) -> [u8; 32] {
	sp_io::hashing::blake2_256(&(kind, number).encode())
}

fn accounts(pairs: &[sr25519::Pair]) -> Vec<AccountId> {
	pairs.iter().map(account_of).collect()
}

/// Gives accounts so much of the native token, and test dollars.
fn equip(lab: &mut Lab, accounts: &[AccountId], native: Balance) {
	for accounts in accounts.chunks(AT_ONCE) {
		let gifts = accounts
			.iter()
			.flat_map(|who| [calls::pay(who, native), issue(who)])
			.collect();
		lab.import(OWNER, vec![batch(gifts)]);
	}
}

fn issue(who: &AccountId) -> RuntimeCall {
	RuntimeCall::Assets(pallet_assets::Call::<Runtime>::mint {
		id: TEST_DOLLAR.into(),
		beneficiary: Address::Id(who.clone()),
		amount: 10 * TICKET,
	})
}

/// What accounts without a key do.
fn in_their_name(accounts: &[AccountId], call: impl Fn(usize) -> RuntimeCall) -> RuntimeCall {
	let calls = accounts
		.iter()
		.enumerate()
		.map(|(number, who)| {
			RuntimeCall::Utility(pallet_utility::Call::<Runtime>::dispatch_as_fallible {
				as_origin: Box::new(OriginCaller::system(RawOrigin::Signed(who.clone()))),
				call: Box::new(call(number)),
			})
		})
		.collect();
	RuntimeCall::Sudo(pallet_sudo::Call::<Runtime>::sudo {
		call: Box::new(batch(calls)),
	})
}

// The way of a campaign.

/// The blocks that are measured on the way of a campaign.
struct Way {
	commit: Side,
	vote: Side,
	exit: Side,
	release: Side,
	claim: Side,
	/// What one investor takes in the state.
	bytes: usize,
}

impl Way {
	/// Goes the way of a campaign from the draft to the wind-down.
	fn of(lab: &mut Lab, positions: u32, people: &People) -> Self {
		let crowd: Vec<AccountId> = (u32::from(TRANSACTIONS)..positions)
			.map(|number| AccountId::new(seed("crowd", number)))
			.collect();
		equip(lab, &crowd, MDG);

		// Money comes in.
		let period = crowd.len().div_ceil(AT_ONCE) as BlockNumber + SPARE;
		let campaign = Campaign::draft(lab, period);
		lab.import(OWNER, vec![campaign.open()]);
		let deadline = lab.number + period;
		let most = 2 * Balance::from(positions) * TICKET + GOAL;
		let leader = taken(&lab.import(LEADER, vec![campaign.commit(most)]));
		let signers = accounts(&people.investors);
		let signers_hold = campaign.admit(lab, &signers);
		campaign.admit(lab, &crowd);
		let ground = lab.ground();
		let (commit, bytes) = side(lab, ground, &people.newcomers, |_| campaign.commit(TICKET));

		// The first milestone is put to the vote.
		rest_until(lab, deadline);
		lab.import(OWNER, vec![campaign.advance()]);
		lab.import(OWNER, vec![campaign.submit()]);
		let ends = lab.number + VOTING;
		let object = |number: usize| vote_of(signers_hold[number], false);
		let ground = lab.ground();
		let (vote, _) = side(lab, ground, &people.investors, object);

		// The large investor overrules those who sign, and they may leave.
		let votes = lab.import(OWNER, vec![in_their_name(&signers, object)]);
		assert_eq!(votes_in(&votes), signers.len());
		lab.import(LEADER, vec![vote_of(leader[0], true)]);
		rest_until(lab, ends);
		let ground = lab.ground();
		let (exit, _) = side(lab, ground, &people.investors, |number| {
			escrow(Call::exit {
				position: signers_hold[number],
			})
		});

		// The tranche is paid, and then the founder gives up.
		rest_until(lab, ends + GRACE);
		let release = Side {
			ground: lab.ground(),
			block: lab.build(OWNER, vec![campaign.advance()]).0.block,
		};
		lab.import(OWNER, vec![campaign.advance()]);
		lab.import(OWNER, vec![campaign.abandon()]);
		let ground = lab.ground();
		let (claim, _) = side(lab, ground, &people.investors, |number| {
			escrow(Call::claim {
				position: signers_hold[number],
			})
		});
		Self {
			commit,
			vote,
			exit,
			release,
			claim,
			bytes,
		}
	}
}

/// A block on this ground in which each of the signers makes one call, and how many bytes of the
/// state belong to one investor in what it changes.
fn side(
	lab: &Lab,
	ground: Rc<Ground>,
	signers: &[sr25519::Pair],
	call: impl Fn(usize) -> RuntimeCall,
) -> (Side, usize) {
	assert_eq!(ground.parent, lab.best, "the chain went on");
	assert_eq!(signers.len(), usize::from(TRANSACTIONS));
	let signed: Vec<UncheckedExtrinsic> = signers
		.iter()
		.enumerate()
		.map(|(number, signer)| sign(signer, call(number), 0, lab.genesis, Lifetime::Unlimited))
		.collect();
	let (built, _) = lab.assemble(signed);
	let bytes = bytes_of_investors(&built) / signers.len();
	let block = built.block;
	(Side { ground, block }, bytes)
}

/// Bytes of all keys and values about investors that a block writes.
fn bytes_of_investors(built: &BuiltBlock<Block>) -> usize {
	let prefixes = [
		["Escrow", "Positions"],
		["Escrow", "PositionOfOwner"],
		["Balances", "Holds"],
	]
	.map(|names| {
		names
			.map(|name| sp_io::hashing::twox_128(name.as_bytes()))
			.concat()
	});
	built
		.storage_changes
		.main_storage_changes
		.iter()
		.filter(|(key, _)| prefixes.iter().any(|prefix| key.starts_with(prefix)))
		.map(|(key, value)| key.len() + value.as_ref().map_or(0, Vec::len))
		.sum()
}

/// Makes empty blocks until the next one has this number.
fn rest_until(lab: &mut Lab, number: BlockNumber) {
	while lab.number + 1 < number {
		lab.import(OWNER, Vec::new());
	}
}

/// Positions that took money.
fn taken(events: &[RuntimeEvent]) -> Vec<PositionId> {
	events
		.iter()
		.filter_map(|event| match event {
			RuntimeEvent::Escrow(Event::Committed { position, .. }) => Some(*position),
			_ => None,
		})
		.collect()
}

fn votes_in(events: &[RuntimeEvent]) -> usize {
	events
		.iter()
		.filter(|event| matches!(event, RuntimeEvent::Escrow(Event::Voted { .. })))
		.count()
}

// A campaign and its calls.

struct Campaign {
	id: CampaignId,
	/// Hash of its terms.
	terms: Hash,
}

impl Campaign {
	/// A campaign for the demo metaverse that is open for so many blocks.
	fn draft(lab: &mut Lab, period: BlockNumber) -> Self {
		let milestone = Milestone {
			weight: 1,
			duration: 1_000,
			promise: Hash::zero(),
		};
		let create = escrow(Call::create {
			metaverse: DEMO_METAVERSE,
			terms: terms(period),
			milestones: vec![milestone; 2],
			policy: Policy::Open,
		});
		lab.import(OWNER, vec![create])
			.into_iter()
			.find_map(|event| match event {
				RuntimeEvent::Escrow(Event::Created {
					campaign,
					terms_hash,
					..
				}) => Some(Self {
					id: campaign,
					terms: terms_hash,
				}),
				_ => None,
			})
			.expect("a campaign tells that it was created")
	}

	/// Lets all of these invest, and tells their positions in the same order.
	fn admit(&self, lab: &mut Lab, accounts: &[AccountId]) -> Vec<PositionId> {
		let mut positions = Vec::with_capacity(accounts.len());
		for accounts in accounts.chunks(AT_ONCE) {
			let all = in_their_name(accounts, |_| self.commit(TICKET));
			positions.extend(taken(&lab.import(OWNER, vec![all])));
		}
		assert_eq!(
			positions.len(),
			accounts.len(),
			"not everybody could invest"
		);
		positions
	}

	fn open(&self) -> RuntimeCall {
		escrow(Call::open { campaign: self.id })
	}

	fn commit(&self, amount: Balance) -> RuntimeCall {
		escrow(Call::commit {
			campaign: self.id,
			amount,
			min_accept: amount,
			version: 1,
			terms_hash: self.terms,
		})
	}

	fn advance(&self) -> RuntimeCall {
		escrow(Call::advance { campaign: self.id })
	}

	fn submit(&self) -> RuntimeCall {
		escrow(Call::submit_milestone {
			campaign: self.id,
			evidence: Hash::zero(),
		})
	}

	fn abandon(&self) -> RuntimeCall {
		escrow(Call::abandon { campaign: self.id })
	}
}

fn terms(period: BlockNumber) -> Terms<BlockNumber> {
	Terms {
		asset: AssetKind::WithId(TEST_DOLLAR),
		goal: GOAL,
		cap: 1_000_000 * TUSD,
		min_ticket: TICKET,
		bond: GOAL,
		min_investors: 1,
		opens_after: 0,
		period,
		lock: 0,
		cooling_off: 0,
		voting: VOTING,
		grace: GRACE,
		lock_up: 0,
		kickoff: Permill::zero(),
		on_apathy: Apathy::TacitApprove,
		documents: Hash::zero(),
	}
}

fn vote_of(position: PositionId, aye: bool) -> RuntimeCall {
	escrow(Call::vote { position, aye })
}

fn escrow(call: Call<Runtime>) -> RuntimeCall {
	RuntimeCall::Escrow(call)
}
