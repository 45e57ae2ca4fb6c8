//! Random lives of campaigns on the real pallets, beside a naive model.
//!
//! In every life four founders run campaigns one after the other, eight investors with uneven means
//! put money in and take it out, and others get in the way: the issuer freezes accounts, the
//! guardian suspends startups, the clocks stop. After every step
//!
//! - all equations of the state checks hold,
//! - the call has succeeded or failed as the model says, and every account has what it says, in
//!   both assets, to the unit,
//! - no unit is worth less than before, unless a tranche was paid.
//!
//! Seeds are fixed, so a run proves the same every time, and that everything has happened in it
//! often enough. A long run:
//!
//! ```sh
//! ESCROW_MODEL_STEPS=200000 cargo test --release -p pallet-escrow --test model
//! ```
//!
//! When a step fails, its life can be lived again alone with `ESCROW_MODEL_SEED` set to the seed
//! that was printed, and `ESCROW_MODEL_STEPS=1`.

mod chain;
mod reference;
mod steps;

use std::{
	collections::{BTreeMap, VecDeque},
	sync::{
		atomic::{AtomicU64, Ordering},
		Mutex,
	},
	thread,
};

use madang_mock::{check_state, new_test_ext};
use reference::{About, Call, Model, Seen, SeenBook, State};
use steps::Dice;

/// Steps of one life.
const LIFE: u64 = 500;
/// Steps of a run that is not told otherwise.
const STEPS: u64 = 4_000;
/// Seed of the first life of a run that is not told otherwise; the others follow it.
const SEED: u64 = 1;

/// The least that must have happened in a run of [`STEPS`] steps or more from [`SEED`].
const LEAST: &[(&str, u64)] = &[
	("Abandon ok", 1),
	("Advance fails", 10),
	("Amend ok", 4),
	("AnnounceEarlyClose ok", 1),
	("NoConfidence ok", 6),
	("Cancel ok", 1),
	("Claim ok", 40),
	("ClaimFor ok", 3),
	("ClaimRevenue ok", 3),
	("ClaimTo ok", 3),
	("Close ok", 30),
	("Commit fails", 40),
	("Commit ok", 100),
	("Create fails", 10),
	("DepositRevenue ok", 8),
	("Discard ok", 3),
	("Exit fails", 8),
	("Exit ok", 10),
	("MintReceipt ok", 5),
	("Open ok", 40),
	("RaiseDispute ok", 3),
	("Reconfirm ok", 2),
	("RequestExtension ok", 2),
	("ResolveDispute ok", 4),
	("SubmitMilestone ok", 30),
	("TransferPosition ok", 3),
	("Vote fails", 15),
	("Vote ok", 60),
	("Withdraw ok", 4),
	("attempt in vain", 5),
	("bond came back", 10),
	("bond slashed", 5),
	("dispute bond slashed", 1),
	("fee left to the startup", 2),
	("from Active to Completed", 3),
	("from Active to WindDown", 10),
	("from Draft to Funding", 40),
	("from Funding to Active", 20),
	("from Funding to Failed", 15),
	("kickoff paid", 10),
	("tranche paid", 20),
	("vote about a tranche", 30),
	("vote about a tranche again", 10),
	("vote about an extension", 1),
	("vote of no confidence", 4),
	("vote of no confidence confirmed", 1),
];

type Counts = BTreeMap<String, u64>;

/// The last steps of a life, told when it ends in a panic.
struct Story {
	seed: u64,
	step: u64,
	last: VecDeque<String>,
}

impl Story {
	fn tell(&mut self, line: String) {
		self.last.push_back(line);
		if self.last.len() > 20 {
			self.last.pop_front();
		}
	}
}

impl Drop for Story {
	fn drop(&mut self) {
		if thread::panicking() {
			eprintln!("seed {}, step {}; the last steps:", self.seed, self.step);
			for line in &self.last {
				eprintln!("  {line}");
			}
		}
	}
}

/// One life; counts what happened in it.
fn live(seed: u64) -> Counts {
	let mut counts = Counts::new();
	let mut story = Story {
		seed,
		step: 0,
		last: VecDeque::new(),
	};
	new_test_ext().execute_with(|| {
		let mut dice = Dice::new(seed);
		let mut model = chain::found();
		let mut before = chain::seen();
		for step in 0..LIFE {
			let call = steps::next(&mut dice, &model);
			story.step = step;
			story.tell(format!("{step}: {call:?}"));
			let result = chain::run(&call);
			story.tell(format!("{step}: {result:?}"));
			check_state();

			let after = chain::seen();
			model = agree(&model, &call, result.is_ok(), &after);
			be_fair(&before, &after);
			count(&mut counts, &call, result.is_ok(), &before, &after);
			before = after;
		}
	});
	counts
}

/// Finds what the model says of a call and fits the chain; panics when there is nothing.
fn agree(model: &Model, call: &Call, done: bool, found: &Seen) -> Model {
	let hints = if done {
		chain::hints(call)
	} else {
		Default::default()
	};
	let outcomes = model.outcomes(call, &hints);
	let fitting: Vec<Model> = outcomes
		.into_iter()
		.filter(|outcome| outcome.is_some() == done)
		.map(|outcome| outcome.unwrap_or_else(|| model.clone()))
		.collect();
	let should = if done { "fail" } else { "succeed" };
	assert!(!fitting.is_empty(), "the call should {should}: {call:?}");
	if let Some(outcome) = fitting.iter().find(|outcome| outcome.seen() == *found) {
		return outcome.clone();
	}
	let differences = fitting[0].seen().differences(found);
	panic!("{call:?}\n{}", differences.join("\n"));
}

/// No unit is worth less than before, unless a tranche was paid.
fn be_fair(before: &Seen, after: &Seen) {
	for (id, old) in &before.books {
		let Some(new) = after.books.get(id) else {
			continue;
		};
		let paid = new.flows.released + new.flows.fees > old.flows.released + old.flows.fees;
		let at_work = |book: &SeenBook| {
			matches!(book.state, State::Active | State::WindDown) && book.units > 0
		};
		if paid || !at_work(old) || !at_work(new) {
			continue;
		}
		assert!(
			new.pool * old.units >= old.pool * new.units,
			"a unit of campaign {id} lost worth: {old:?} became {new:?}"
		);
	}
}

fn count(counts: &mut Counts, call: &Call, done: bool, before: &Seen, after: &Seen) {
	let mut add = |what: String| *counts.entry(what).or_default() += 1;
	add(format!(
		"{} {}",
		call.name(),
		if done { "ok" } else { "fails" }
	));
	if let (Call::ResolveDispute { ruling, .. }, true) = (call, done) {
		add(format!("ruling {ruling:?}"));
	}
	for (id, new) in &after.books {
		let Some(old) = before.books.get(id) else {
			continue;
		};
		if new.state != old.state {
			add(format!("from {:?} to {:?}", old.state, new.state));
		}
		if new.flows.released > old.flows.released {
			let what = if new.milestone > old.milestone {
				"tranche"
			} else {
				"kickoff"
			};
			add(format!("{what} paid"));
			if new.flows.fees == old.flows.fees {
				add("fee left to the startup".into());
			}
		}
		if new.flows.bond_slashed > old.flows.bond_slashed {
			add("bond slashed".into());
		}
		if new.flows.bond_returned > old.flows.bond_returned {
			add("bond came back".into());
		}
		if new.flows.dispute_slashed > old.flows.dispute_slashed {
			add("dispute bond slashed".into());
		}
		if new.attempts > old.attempts {
			add("attempt in vain".into());
		}
		if new.rounds > old.rounds {
			let about = new.vote.as_ref().map(|vote| vote.1);
			add(about.map_or("vote".into(), |about| votes(about).into()));
		}
		if old.state == State::Active && new.state != State::Active && new.bond > 0 {
			add("bond that could not be received".into());
		}
	}
}

/// What a vote is about, by the number in [`SeenBook::vote`].
fn votes(about: u8) -> &'static str {
	match about {
		0 => "vote about a tranche",
		1 => "vote about a tranche again",
		2 => "vote about an extension",
		3 => "vote of no confidence",
		_ => "vote of no confidence confirmed",
	}
}

fn number(name: &str, otherwise: u64) -> u64 {
	match std::env::var(name) {
		Ok(text) => text
			.parse()
			.unwrap_or_else(|_| panic!("{name} is a number, not {text}")),
		Err(_) => otherwise,
	}
}

#[test]
fn campaigns_do_as_the_naive_model_says() {
	let (steps, first) = (
		number("ESCROW_MODEL_STEPS", STEPS),
		number("ESCROW_MODEL_SEED", SEED),
	);
	let end = first + steps.div_ceil(LIFE);
	let next = AtomicU64::new(first);
	let total = Mutex::new(Counts::new());
	let workers = thread::available_parallelism().map_or(1, usize::from);
	// A panic in a thread ends the scope with a panic.
	thread::scope(|scope| {
		for _ in 0..workers {
			scope.spawn(|| loop {
				let seed = next.fetch_add(1, Ordering::Relaxed);
				if seed >= end {
					break;
				}
				let counts = live(seed);
				let mut total = total.lock().expect("nobody panics with it");
				for (what, times) in counts {
					*total.entry(what).or_default() += times;
				}
			});
		}
	});
	let total = total.into_inner().expect("nobody panicked with it");
	for (what, times) in &total {
		println!("{times:8} {what}");
	}
	if first != SEED || steps < STEPS {
		return;
	}
	for (what, least) in LEAST {
		let times = total.get(*what).copied().unwrap_or_default();
		assert!(times >= *least, "only {times} times: {what}");
	}
}

#[test]
fn votes_of_the_model_follow_the_rule() {
	use reference::{Decision, Vote};
	let vote = |about, yes, no| {
		let (asked_at, ends, grace_ends) = Default::default();
		let (id, snapshot, exited) = (1, 70, 0);
		Vote {
			id,
			about,
			asked_at,
			ends,
			grace_ends,
			snapshot,
			yes,
			no,
			exited,
		}
		.result()
	};
	let tranche = About::Tranche { revote: false };
	assert_eq!(vote(tranche, 11, 0), Decision::Approved);
	assert_eq!(vote(tranche, 10, 0), Decision::Inconclusive);
	assert_eq!(vote(tranche, 6, 6), Decision::Rejected);
	assert_eq!(vote(tranche, 5, 6), Decision::Inconclusive);
	let distrust = About::NoConfidence { confirming: false };
	assert_eq!(vote(distrust, 18, 0), Decision::Approved);
	assert_eq!(vote(distrust, 17, 0), Decision::Inconclusive);
}
