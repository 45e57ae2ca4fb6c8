//! Whether full blocks take as long as the weights of their calls say.
//!
//! Run it with `cargo bench --workspace --locked --bench honesty`. With `-- --check` it ends with an
//! error when a ratio is out of bounds.
//!
//! **Measured.** For each of our busiest calls, and for a mix of them, a block takes signed
//! transactions until the next one does not fit any more. Everybody signs one transaction, all of
//! them succeed, and they are close to the worst case: new recipients, chunks of their own, an asset
//! of `pallet-assets`, attested investors. The block is executed as on import, compiled Wasm on
//! ParityDB, and the median of several runs is divided by what `System.BlockWeight` says at its end.
//! Beyond 1.0 a block takes longer than it may; far below, space is wasted.
//!
//! Before that it compares what our calls declare with the published weights of Bit.Country's.
//!
//! **Not measured.** A cold disk, and writing the block to the database, which happens after its
//! execution.

use std::{env, process::ExitCode};

use frame_support::{
	dispatch::{GetDispatchInfo, PerDispatchClass},
	weights::Weight,
};
use madang_client::{calls, campaign, street};
use madang_primitives::{
	escrow::{
		AssetKind, CampaignId, ClassLimit, Milestone, Policy, PolicyInput, PositionId, Terms,
		MAX_AFFILIATES, MAX_CLASSES,
	},
	geometry::{Area, Size, CHUNK_SIDE},
	portal::{self, Access, Direction, GateInput, PortalId, Proof, Rate, Split, Toll, Way},
	Balance, MetaverseId, ParcelId,
};
use madang_runtime::{
	genesis_config_presets::{TEST_DOLLAR, TUSD},
	AccountId, Address, BlockNumber, Hash, Runtime, RuntimeCall, RuntimeEvent,
};
use madang_runtime_api::EscrowApi;
use madang_runtime_common::units::{MDG, MILLI};
use sp_api::ProvideRuntimeApi;
use sp_core::{sr25519::Pair, Pair as _};
use sp_keyring::Sr25519Keyring;
use sp_runtime::Permill;

mod lab;

use lab::{grouped, median, verdict, Lab};

/// Times that each block is executed.
const REPEATS: usize = 15;

/// Who has something to do on the stage: more than fit into a block.
const CROWD: u16 = 3_000;

/// Calls in one transaction while the stage is set; a block takes one such transaction.
const BATCH: usize = 200;

/// Width and height of the territories: the largest that can be founded.
const WORLD_SIDE: u16 = 512;

/// Who founds everything and pays for everybody.
const OWNER: Sr25519Keyring = Sr25519Keyring::Alice;

/// Who founds the other side of the portal, and vouches for investors.
const OTHER: Sr25519Keyring = Sr25519Keyring::Bob;

/// Who brings a campaign to its goal.
const LEADER: Sr25519Keyring = Sr25519Keyring::Charlie;

/// What campaigns collect and tolls are paid in.
const DOLLAR: AssetKind = AssetKind::WithId(TEST_DOLLAR);

/// The goal of campaigns.
const GOAL: Balance = 10_000 * TUSD;

/// Smallest and largest part of the declared time that a full block may take.
const BOUNDS: (f64, f64) = (0.4, 1.0);

/// Largest part of Bit.Country's time and proof that our calls may declare.
const LIGHTER: (f64, f64) = (0.75, 0.25);

fn main() -> ExitCode {
	let arguments: Vec<String> = env::args().skip(1).collect();
	// `cargo test --all-targets` starts benchmarks too, without this.
	if !arguments.iter().any(|argument| argument == "--bench") {
		println!("nothing is measured in a test run; use `cargo bench`");
		return ExitCode::SUCCESS;
	}
	let check = arguments.iter().any(|argument| argument == "--check");

	lab::tell_the_machine();
	let mut missed = compare_weights();
	eprintln!("setting the stage; this takes some minutes");
	let mut lab = Lab::open();
	let stage = Stage::set(&mut lab);
	println!(
		"{REPEATS} runs of each block, medians\n\n{:<30} {:>12} {:>13} {:>13} {:>6}",
		"a block full of", "transactions", "measured, ms", "declared, ms", "ratio"
	);
	for kind in Kind::ALL {
		missed += usize::from(!fits(&lab, kind.name(), stage.of(kind)));
	}
	let mix = (0..CROWD).map(|number| {
		let kind = Kind::ALL[usize::from(number) % Kind::ALL.len()];
		stage.transaction(kind, number)
	});
	missed += usize::from(!fits(&lab, "all of these in turn", mix));

	println!("\n{missed} of the targets missed");
	if check && missed > 0 {
		ExitCode::FAILURE
	} else {
		ExitCode::SUCCESS
	}
}

/// Compares what our calls declare with Bit.Country's, and tells how many targets were missed.
fn compare_weights() -> usize {
	let cell = Area::new(0, 0, 1, 1);
	let transfer = RuntimeCall::Land(pallet_land::Call::<Runtime>::transfer {
		metaverse: 0,
		parcel: 0,
		dest: Address::Id(stranger(0)),
	});
	let register = calls::register("bench", calls::profile("Bench", ""), Size::new(1, 1), 0);
	// The call, and microseconds (with RocksDB) and bytes of proof of its counterpart.
	let pairs = [
		(
			"land.transfer against a transfer of land",
			transfer,
			706.0,
			28_255.0,
		),
		(
			"land.claim against mint_land",
			calls::claim(0, cell, 0),
			1_067.0,
			36_660.0,
		),
		(
			"metaverse.register against create_metaverse",
			register,
			1_628.0,
			27_361.0,
		),
	];
	println!(
		"\n{:<46} {:>9} {:>6} {:>8} {:>9} {:>6} {:>8}",
		"declared, against Bit.Country's",
		"time, us",
		"ratio",
		"target",
		"proof, B",
		"ratio",
		"target"
	);
	let mut missed = 0;
	for (name, call, their_time, their_proof) in pairs {
		let declared = call.get_dispatch_info().call_weight;
		let (time, proof) = (
			declared.ref_time() as f64 / 1e6,
			declared.proof_size() as f64,
		);
		let ratios = [time / their_time, proof / their_proof];
		let good = [ratios[0] <= LIGHTER.0, ratios[1] <= LIGHTER.1];
		missed += good.iter().filter(|good| !**good).count();
		println!(
			"{name:<46} {time:>9.1} {:>6.2} {:>8} {proof:>9} {:>6.2} {:>8}",
			ratios[0],
			verdict(good[0]),
			ratios[1],
			verdict(good[1])
		);
	}
	println!();
	missed
}

/// Fills a block, measures it, prints a row, and tells whether it is within bounds.
fn fits(
	lab: &Lab,
	name: &str,
	transactions: impl ExactSizeIterator<Item = (Pair, RuntimeCall)>,
) -> bool {
	let offered = transactions.len();
	let made = lab.fill(transactions);
	let taken = made.transactions();
	assert!((taken as usize) < offered, "{name}: the block is not full");
	let weight: PerDispatchClass<Weight> = lab::written(&made.built, "System", "BlockWeight");
	let declared = weight.total().ref_time() as f64 / 1e6;
	// The first one fills the caches.
	lab.time(lab.best, &made.built.block);
	let times = (0..REPEATS).map(|_| lab.time(lab.best, &made.built.block));
	let measured = median(times.collect());
	let ratio = measured / declared;
	let good = (BOUNDS.0..=BOUNDS.1).contains(&ratio);
	println!(
		"{name:<30} {:>12} {:>13.1} {:>13.1} {ratio:>6.2}  {}",
		grouped(taken.into()),
		measured / 1e3,
		declared / 1e3,
		verdict(good)
	);
	good
}

/// What a block can be full of.
#[derive(Clone, Copy)]
enum Kind {
	Claim,
	Transfer,
	Commit,
	Vote,
	Travel,
	Pay,
}

impl Kind {
	const ALL: [Self; 6] = [
		Self::Claim,
		Self::Transfer,
		Self::Commit,
		Self::Vote,
		Self::Travel,
		Self::Pay,
	];

	fn name(self) -> &'static str {
		match self {
			Self::Claim => "land.claim",
			Self::Transfer => "land.transfer",
			Self::Commit => "escrow.commit",
			Self::Vote => "escrow.vote",
			Self::Travel => "portal.travel",
			Self::Pay => "balances.transfer_keep_alive",
		}
	}
}

/// A chain on which everybody in the crowd can do one thing of each kind.
struct Stage {
	crowd: Vec<Pair>,
	/// Where cells are for sale.
	market: [MetaverseId; 3],
	/// Where everybody has a parcel, of the same number.
	homes: [MetaverseId; 3],
	/// A campaign that collects.
	collecting: CampaignId,
	terms_hash: Hash,
	/// Everybody's position in a campaign that votes.
	positions: Vec<PositionId>,
	portal: PortalId,
}

impl Stage {
	fn set(lab: &mut Lab) -> Self {
		let crowd: Vec<Pair> = (0..CROWD)
			.map(|number| {
				Pair::from_string(&format!("//crowd//{number}"), None).expect("the path is fine")
			})
			.collect();
		let market = ["market-0", "market-1", "market-2"].map(|slug| found(lab, OWNER, slug));
		let homes = ["homes-0", "homes-1", "homes-2"].map(|slug| found(lab, OWNER, slug));
		let abroad = found(lab, OTHER, "abroad");
		let sales = market.map(|market| calls::open_sale(market, MILLI));
		lab.import(OWNER, sales.to_vec());

		let everybody = || crowd.iter().map(account);
		batches(
			lab,
			OWNER,
			everybody().map(|who| calls::pay(&who, 100 * MDG)),
		);
		let dollars = 100 * TUSD;
		batches(
			lab,
			OWNER,
			everybody().map(|who| campaign::calls::pay(&DOLLAR, &who, dollars)),
		);
		let founder = OWNER.to_account_id();
		let leader = LEADER.to_account_id();
		let attested = everybody().chain([founder, leader]);
		batches(lab, OTHER, attested.map(|who| attest(&who)));
		let parcels = (0..CROWD).zip(everybody());
		batches(
			lab,
			OWNER,
			parcels.map(|(number, who)| grant(homes[world(number)], place(number), who)),
		);

		let portal = open_portal(lab, market[0], abroad);
		let voting = start_campaign(lab, market[0], 100);
		let terms_hash = terms_hash(lab, voting);
		commit(lab, LEADER.pair(), voting, GOAL, terms_hash);
		let positions = commit_all(lab, &crowd, voting, terms_hash);
		bring_to_vote(lab, voting);
		let collecting = start_campaign(lab, homes[0], 1_000);
		Self {
			terms_hash: self::terms_hash(lab, collecting),
			crowd,
			market,
			homes,
			collecting,
			positions,
			portal,
		}
	}

	/// Everybody's transaction of one kind.
	fn of(&self, kind: Kind) -> impl ExactSizeIterator<Item = (Pair, RuntimeCall)> + '_ {
		(0..CROWD).map(move |number| self.transaction(kind, number))
	}

	fn transaction(&self, kind: Kind, number: u16) -> (Pair, RuntimeCall) {
		let index = usize::from(number);
		let call = match kind {
			Kind::Claim => calls::claim(self.market[world(number)], place(number), Balance::MAX),
			Kind::Transfer => RuntimeCall::Land(pallet_land::Call::<Runtime>::transfer {
				metaverse: self.homes[world(number)],
				parcel: ParcelId::from(number % PLACES),
				dest: Address::Id(stranger(number)),
			}),
			Kind::Commit => campaign::calls::commit(self.collecting, TUSD, 1, self.terms_hash),
			Kind::Vote => campaign::calls::vote(self.positions[index], true),
			Kind::Travel => street::calls::travel(self.portal, 1, Way::There, TUSD, Proof::None),
			Kind::Pay => calls::pay(&stranger(number), MDG),
		};
		(self.crowd[index].clone(), call)
	}
}

// Places and people.

/// Chunks of a territory: each has one cell that is used.
const PLACES: u16 = (WORLD_SIDE / CHUNK_SIDE) * (WORLD_SIDE / CHUNK_SIDE);

/// In which of several territories somebody has a place.
fn world(number: u16) -> usize {
	usize::from(number / PLACES)
}

/// Somebody's cell: the first of a chunk of its own.
fn place(number: u16) -> Area {
	const IN_A_ROW: u16 = WORLD_SIDE / CHUNK_SIDE;
	let number = number % PLACES;
	let (x, y) = (number % IN_A_ROW, number / IN_A_ROW);
	Area::new(x * CHUNK_SIDE, y * CHUNK_SIDE, 1, 1)
}

fn account(pair: &Pair) -> AccountId {
	pair.public().into()
}

/// An account that has nothing yet.
fn stranger(number: u16) -> AccountId {
	let mut bytes = [0xEE; 32];
	bytes[..2].copy_from_slice(&number.to_le_bytes());
	AccountId::new(sp_io::hashing::blake2_256(&bytes))
}

// Setting the stage.

/// Makes blocks of one batch each, until all calls are made.
fn batches(lab: &mut Lab, signer: Sr25519Keyring, all: impl Iterator<Item = RuntimeCall>) {
	let all: Vec<RuntimeCall> = all.collect();
	for calls in all.chunks(BATCH) {
		let calls = calls.to_vec();
		let batch = RuntimeCall::Utility(pallet_utility::Call::<Runtime>::batch_all { calls });
		lab.import(signer, vec![batch]);
	}
}

/// What the first event that is asked for tells.
fn told<Told>(events: Vec<RuntimeEvent>, asked: impl FnMut(RuntimeEvent) -> Option<Told>) -> Told {
	events.into_iter().find_map(asked).expect("it happened")
}

fn found(lab: &mut Lab, owner: Sr25519Keyring, slug: &str) -> MetaverseId {
	let size = Size::new(WORLD_SIDE, WORLD_SIDE);
	let register = calls::register(slug, calls::profile(slug, ""), size, Balance::MAX);
	told(lab.import(owner, vec![register]), |event| match event {
		RuntimeEvent::Metaverse(pallet_metaverse::Event::Registered { id, .. }) => Some(id),
		_ => None,
	})
}

fn grant(metaverse: MetaverseId, area: Area, who: AccountId) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::claim_for {
		metaverse,
		area,
		beneficiary: Address::Id(who),
	})
}

fn attest(who: &AccountId) -> RuntimeCall {
	let subject = sp_io::hashing::blake2_256(who.as_ref()).into();
	campaign::calls::attest(who, subject, (MAX_CLASSES - 1) as u8, Balance::MAX)
}

fn open_portal(lab: &mut Lab, from: MetaverseId, to: MetaverseId) -> PortalId {
	let gate = |metaverse| GateInput {
		metaverse,
		parcel: None,
		spawn: Vec::new(),
	};
	let half = Permill::from_percent(49);
	let terms = portal::Terms::<BlockNumber> {
		direction: Direction::TwoWay,
		toll: Some(Toll {
			asset: DOLLAR,
			amount: TUSD,
			split: Split {
				source: half,
				destination: half,
				network: Permill::from_percent(2),
			},
		}),
		access: Access::Open,
		rate: Some(Rate {
			refill: 1,
			window: 1,
			burst: 10 * u32::from(CROWD),
		}),
		expires_at: None,
		notice: madang_runtime_common::params::MinNotice::get(),
	};
	let propose = street::calls::propose(gate(from), gate(to), terms);
	let id = told(lab.import(OWNER, vec![propose]), |event| match event {
		RuntimeEvent::Portal(pallet_portal::Event::Offered { portal, .. }) => Some(portal),
		_ => None,
	});
	lab.import(OTHER, vec![street::calls::accept(id, 1)]);
	id
}

/// Opens a campaign with everything that a commitment can have to look at.
fn start_campaign(lab: &mut Lab, metaverse: MetaverseId, period: BlockNumber) -> CampaignId {
	let terms = Terms {
		asset: DOLLAR,
		goal: GOAL,
		cap: 1_000 * GOAL,
		min_ticket: TUSD,
		bond: GOAL,
		min_investors: 1,
		opens_after: 0,
		period,
		lock: 0,
		cooling_off: 0,
		voting: 100,
		grace: 100,
		lock_up: 0,
		kickoff: Permill::zero(),
		on_apathy: madang_primitives::escrow::Apathy::TacitApprove,
		documents: Hash::repeat_byte(1),
	};
	let milestone = Milestone {
		weight: 1,
		duration: 1_000,
		promise: Hash::repeat_byte(2),
	};
	let limit = |class: u32| ClassLimit {
		class: class as u8,
		per_campaign: Balance::MAX,
		per_year: Balance::MAX,
	};
	let policy: PolicyInput<AccountId> = Policy::Attested {
		attester: OTHER.to_account_id(),
		limits: (0..MAX_CLASSES).map(limit).collect(),
		// The founder is added to these.
		affiliates: (1..MAX_AFFILIATES as u8).map(Hash::repeat_byte).collect(),
	};
	let create = campaign::calls::create(metaverse, terms, vec![milestone; 2], policy);
	let id = told(lab.import(OWNER, vec![create]), |event| match event {
		RuntimeEvent::Escrow(pallet_escrow::Event::Created { campaign, .. }) => Some(campaign),
		_ => None,
	});
	lab.import(OWNER, vec![campaign::calls::open(id)]);
	id
}

/// The terms that count, as investors sign them.
fn terms_hash(lab: &Lab, campaign: CampaignId) -> Hash {
	let api = lab.chain.client.runtime_api();
	let view = api
		.campaign(lab.best, campaign)
		.expect("the runtime answers");
	view.expect("the campaign was created").terms_hash
}

/// Somebody's money goes into a campaign.
fn commit(lab: &mut Lab, who: Pair, campaign: CampaignId, amount: Balance, terms_hash: Hash) {
	let call = campaign::calls::commit(campaign, amount, 1, terms_hash);
	let made = lab.fill([(who, call)].into_iter());
	lab.add(made);
}

/// Everybody commits, in as many blocks as it takes. Tells the positions in the same order.
fn commit_all(
	lab: &mut Lab,
	crowd: &[Pair],
	campaign: CampaignId,
	terms_hash: Hash,
) -> Vec<PositionId> {
	let mut positions = Vec::new();
	while positions.len() < crowd.len() {
		let made = lab.fill(crowd[positions.len()..].iter().map(|who| {
			let call = campaign::calls::commit(campaign, TUSD, 1, terms_hash);
			(who.clone(), call)
		}));
		positions.extend(lab.add(made).into_iter().filter_map(|event| match event {
			RuntimeEvent::Escrow(pallet_escrow::Event::Committed { position, .. }) => {
				Some(position)
			}
			_ => None,
		}));
	}
	positions
}

/// Lets the period of a campaign pass and shows its first milestone.
fn bring_to_vote(lab: &mut Lab, campaign: CampaignId) {
	for _ in 0..100 {
		lab.import(OWNER, Vec::new());
	}
	lab.import(OWNER, vec![campaign::calls::advance(campaign)]);
	let evidence = Hash::repeat_byte(3);
	lab.import(
		OWNER,
		vec![campaign::calls::submit_milestone(campaign, evidence)],
	);
}
