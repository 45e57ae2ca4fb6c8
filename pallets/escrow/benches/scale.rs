//! What the calls of investors take with a hundred positions and with a hundred thousand.
//!
//! Native execution on the state of the test runtime, kept in a trie in memory. Each round makes a
//! hundred calls and takes them back; both sizes take turns, and the medians are compared.
//!
//! ```sh
//! cargo bench -p pallet-escrow --bench scale
//! ```

use std::time::Instant;

use codec::Encode;
use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::{fungible::Mutate as _, fungibles::Mutate as _},
};
use madang_mock::*;
use madang_primitives::escrow::{Apathy, Milestone, Policy, PositionId, Terms};
use pallet_escrow::{Campaigns, PositionOfOwner, Positions};
use sp_core::H256;
use sp_io::TestExternalities;
use sp_runtime::{DispatchError, DispatchResult, Permill};

const TICKET: Balance = 1_000;
const CALLS: u32 = 100;
const ROUNDS: usize = 9;
const PERIOD: BlockNumber = 20;
const CAMPAIGN: u32 = 0;

fn investor(number: u32) -> AccountId {
	AccountId::new(sp_io::hashing::blake2_256(&number.encode()))
}

fn commit(who: AccountId) -> DispatchResult {
	let campaign = Campaigns::<Test>::get(CAMPAIGN).expect("it was created");
	let (version, hash) = (campaign.version, campaign.terms_hash);
	outcome(Escrow::commit(
		signed(who),
		CAMPAIGN,
		TICKET,
		TICKET,
		version,
		hash,
	))
}

fn position(number: u32) -> PositionId {
	PositionOfOwner::<Test>::get(investor(number), CAMPAIGN).expect("it was committed")
}

/// A campaign in the stablecoin with so many positions, and money for a hundred more.
fn stage(positions: u32) -> TestExternalities {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		let metaverse = register_demo(alice(), 8, 8);
		let terms = Terms {
			asset: stable(),
			goal: TICKET,
			cap: Balance::from(positions + CALLS) * TICKET,
			min_ticket: TICKET,
			bond: TICKET,
			min_investors: 1,
			opens_after: 0,
			period: PERIOD,
			lock: 0,
			cooling_off: 0,
			voting: RULES.min_voting,
			grace: RULES.min_grace,
			lock_up: 0,
			kickoff: Permill::zero(),
			on_apathy: Apathy::WindDown,
			documents: H256::zero(),
		};
		let milestone = Milestone {
			weight: 1,
			duration: 100,
			promise: H256::zero(),
		};
		Escrow::create(
			signed(alice()),
			metaverse,
			terms,
			vec![milestone; 2],
			Policy::Open,
		)
		.expect("the terms are within the rules");
		Escrow::open(signed(alice()), CAMPAIGN).expect("the bond is there");
		for number in 0..positions + CALLS {
			let who = investor(number);
			Balances::mint_into(&who, 1_000_000).expect("money can be made");
			Assets::mint_into(STABLE, &who, 10 * TICKET).expect("money can be made");
			if number < positions {
				commit(who).expect("there is room");
			}
		}
	});
	keep(&mut ext);
	ext
}

/// Ends a block: what happened in it is forgotten, and the state goes into the trie.
fn keep(ext: &mut TestExternalities) {
	ext.execute_with(System::reset_events);
	ext.commit_all().expect("the state can be kept");
}

/// Microseconds of one call, as the mean of a hundred that are taken back.
fn time(ext: &mut TestExternalities, calls: u32, call: impl Fn(u32) -> DispatchResult) -> f64 {
	ext.execute_with(|| {
		let mut micros = 0.0;
		let _ = with_transaction(|| -> TransactionOutcome<Result<(), DispatchError>> {
			let start = Instant::now();
			for number in 0..calls {
				tx(|| call(number)).expect("the call succeeds");
			}
			micros = start.elapsed().as_secs_f64() * 1e6 / f64::from(calls);
			TransactionOutcome::Rollback(Ok(()))
		});
		micros
	})
}

fn median(mut values: Vec<f64>) -> f64 {
	values.sort_by(f64::total_cmp);
	values[values.len() / 2]
}

fn compare(
	name: &str,
	sides: &mut [(u32, TestExternalities); 2],
	calls: u32,
	call: impl Fn(u32, u32) -> DispatchResult,
) {
	let mut times = [vec![], vec![]];
	for _ in 0..ROUNDS {
		for ((positions, ext), times) in sides.iter_mut().zip(&mut times) {
			let positions = *positions;
			times.push(time(ext, calls, |number| call(positions, number)));
		}
	}
	let [small, large] = times.map(median);
	println!(
		"{name:<8} {large:>9.1} us {small:>9.1} us {:>6.2}",
		large / small
	);
}

fn everywhere(sides: &mut [(u32, TestExternalities); 2], deed: impl Fn()) {
	for (_, ext) in sides {
		ext.execute_with(&deed);
		keep(ext);
	}
}

fn main() {
	let mut sides = [100, 100_000].map(|positions| (positions, stage(positions)));
	println!("call       100,000 positions       100  ratio");
	compare("commit", &mut sides, CALLS, |positions, number| {
		commit(investor(positions + number))
	});
	everywhere(&mut sides, || {
		run_to_block(1 + PERIOD);
		Escrow::advance(signed(alice()), CAMPAIGN).expect("the goal is reached");
		Escrow::submit_milestone(signed(alice()), CAMPAIGN, H256::zero()).expect("it is due");
	});
	compare("vote", &mut sides, CALLS, |_, number| {
		Escrow::vote(signed(investor(number)), position(number), true)
	});
	for (positions, ext) in &mut sides {
		ext.execute_with(|| {
			// A tenth is against it, the others approve.
			for number in 0..*positions {
				let aye = number >= *positions / 10;
				Escrow::vote(signed(investor(number)), position(number), aye)
					.expect("the vote is open");
			}
			run_to_block(1 + PERIOD + RULES.min_voting);
		});
		keep(ext);
	}
	compare("exit", &mut sides, 10, |_, number| {
		outcome(Escrow::exit(signed(investor(number)), position(number)))
	});
	everywhere(&mut sides, || {
		run_to_block(1 + PERIOD + RULES.min_voting + RULES.min_grace);
	});
	compare("advance", &mut sides, 1, |_, _| {
		Escrow::advance(signed(alice()), CAMPAIGN)
	});
	everywhere(&mut sides, || {
		Escrow::advance(signed(alice()), CAMPAIGN).expect("it is payable");
		Escrow::abandon(signed(alice()), CAMPAIGN).expect("nothing is due");
	});
	compare("claim", &mut sides, CALLS - 1, |_, number| {
		outcome(Escrow::claim(signed(investor(number)), position(number)))
	});
	let (_, ext) = &mut sides[1];
	ext.execute_with(|| {
		let (who, id) = (investor(0), position(0));
		let record = Positions::<Test>::hashed_key_for(id).len()
			+ Positions::<Test>::get(id)
				.expect("it is there")
				.encoded_size();
		let index =
			PositionOfOwner::<Test>::hashed_key_for(&who, CAMPAIGN).len() + id.encoded_size();
		println!("one investor takes {record} + {index} bytes (position, index; keys included)");
	});
}
