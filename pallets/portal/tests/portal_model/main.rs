//! Random lives of portals on the real pallets, beside a naive model.
//!
//! In every life eight persons link five metaverses, two towns and worlds outside, travel through the
//! portals and let in or refuse who comes; others sell the land under them, hand the metaverses over,
//! freeze the asset of the tolls, suspend worlds and let a million blocks pass. After every step
//!
//! - all equations of the state checks hold,
//! - the call has succeeded, or has failed for a reason that the model names,
//! - portals, offers, consents, passes, both indexes and the money of all are what the model says,
//! - whoever can travel does so with the consent of all who own the gates now.
//!
//! Seeds are fixed, so a run proves the same every time, and that everything has happened in it
//! often enough. A long run:
//!
//! ```sh
//! PORTAL_MODEL_STEPS=100000 cargo test --release -p pallet-portal --test portal_model
//! ```
//!
//! When a step fails, its life can be lived again alone with `PORTAL_MODEL_SEED` set to the seed
//! that was printed, and `PORTAL_MODEL_STEPS=1`.

mod around;
mod around_steps;
mod chain;
mod facts;
mod flaws;
mod money;
mod properties;
mod reference;
mod rights;
mod routes;
mod steps;
mod tree;
mod words;

use std::{
	collections::{BTreeMap, VecDeque},
	sync::{
		atomic::{AtomicU64, Ordering},
		Mutex,
	},
	thread,
};

use chain::{Facts, Failure};
use madang_mock::{check_state, new_test_ext};
use steps::Dice;
use words::*;

/// Steps of one life.
const LIFE: u64 = 400;
/// Steps of a run that is not told otherwise.
const STEPS: u64 = 3_200;
/// Seed of the first life of a run that is not told otherwise; the others follow it.
const SEED: u64 = 1;
/// Portals that are open from the beginning in every fourth life, so that there is no room for more.
const CROWD: usize = 64;
/// More portals than this are seldom proposed.
const ENOUGH: usize = 14;

/// The least that must have happened in a run of [`STEPS`] steps or more from [`SEED`].
const LEAST: &[(&str, u64)] = &[
	("Accept fails", 40),
	("Accept ok", 80),
	("Admit fails", 20),
	("Admit ok", 40),
	("Affirm fails", 20),
	("Affirm ok", 20),
	("Amend fails", 15),
	("Amend ok", 60),
	("Burn ok", 10),
	("Close ok", 40),
	("CloseWorld ok", 3),
	("Drain ok", 15),
	("FreezeAsset ok", 10),
	("HandOver ok", 15),
	("Manager ok", 12),
	("Pause ok", 30),
	("Propose fails", 70),
	("Propose ok", 200),
	("Reap fails", 10),
	("Reap ok", 30),
	("ReapPass fails", 10),
	("ReapPass ok", 30),
	("Refuse fails", 15),
	("Refuse ok", 20),
	("Resume ok", 20),
	("Sell ok", 30),
	("Suspend ok", 6),
	("Travel fails", 150),
	("Travel ok", 180),
	("Wait ok", 150),
	("a pass makes way for the next", 15),
	("a toll comes back, or a part of it", 1),
	("a toll is given back", 10),
	("a toll is paid", 25),
	("because AlreadyClosing", 4),
	("because AlreadyHasPass", 10),
	("because DepositNotCovered", 15),
	("because MetaverseHasPortals", 4),
	("because NotAParty", 40),
	("because NotGatekeeper", 6),
	("because NotHolder", 6),
	("because NotOnList", 6),
	("because NothingToAffirm", 4),
	("because ParcelHasPortal", 12),
	("because PassOver", 20),
	("because PayeeCannotReceive", 15),
	("because PortalOver", 20),
	("because PortalStale", 2),
	("because RateExhausted", 2),
	("because TollAboveLimit", 4),
	("because TollNotCovered", 12),
	("because TollStuck", 1),
	("because TooManyFromSource", 1),
	("because TooManyToDestination", 1),
	("because TownQuotaReached", 4),
	("because WrongProofKind", 10),
	("because WrongVersion", 15),
	("becomes Closed", 20),
	("becomes Closing", 20),
	("becomes Expired", 20),
	("becomes Gone", 10),
	("becomes Open", 120),
	("becomes Paused", 20),
	("becomes Stale", 50),
	("becomes Suspended", 8),
	("fails for exactly one reason", 400),
	("goes through with a list", 20),
	("goes through with an item", 12),
	("goes through with nothing", 80),
	("is amended", 35),
	("is opened", 80),
	("is opened by four parties", 8),
	("is opened by the rule of a town", 15),
	("is opened to outside", 15),
];

type Counts = BTreeMap<String, u64>;

/// The last steps of a life, told when it ends in a panic.
struct Story {
	seed: u64,
	last: VecDeque<String>,
}

impl Story {
	fn tell(&mut self, line: String) {
		self.last.push_back(line);
		if self.last.len() > 16 {
			self.last.pop_front();
		}
	}
}

impl Drop for Story {
	fn drop(&mut self) {
		if thread::panicking() {
			eprintln!("seed {}; the last steps:", self.seed);
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
		last: VecDeque::new(),
	};
	new_test_ext().execute_with(|| {
		let mut dice = Dice::new(seed);
		let mut model = chain::found();
		let mut room = ENOUGH;
		if seed.is_multiple_of(4) {
			room += CROWD;
			for _ in 0..CROWD {
				let crowd = crowd();
				model = agree(&model, &crowd, chain::run(&crowd), &mut counts);
			}
		}
		for step in 0..LIFE {
			let call = steps::next(&mut dice, &model, room);
			story.tell(format!("{step}: {call:?}"));
			let result = chain::run(&call);
			story.tell(format!("{step}: {result:?}"));
			check_state();
			let after = agree(&model, &call, result, &mut counts);
			count(&mut counts, &model, &after, &call);
			model = after;
		}
	});
	counts
}

/// One of many portals between the two metaverses of person 0.
fn crowd() -> Call {
	let gate = |world| Gate {
		place: Place { world, plot: None },
		spawn: vec![],
	};
	Call::Propose {
		who: Who::Person(0),
		source: gate(2),
		goal: Goal::Gate(gate(6)),
		deal: steps::free_for_all(),
	}
}

/// Checks the chain against the model, and gives the model that comes next.
fn agree(model: &Model, call: &Call, result: Result<(), Failure>, counts: &mut Counts) -> Model {
	let around = matches!(call, Call::Around(_));
	let outcome = model.outcome(call);
	let mut add = |what: String| *counts.entry(what).or_default() += 1;
	let after = match (outcome, result) {
		(Ok(mut after), Ok(())) => {
			add(format!("{} ok", kind(call)));
			if around {
				chain::sync(&mut after);
			}
			after
		}
		(Err(reasons), Err(failure)) => {
			// Another pallet may have a reason of its own before portals are asked.
			let known = reasons.contains(failure.reason) || (around && !failure.of_portals);
			assert!(
				known,
				"{call:?}: {reasons:?}, but the chain says {failure:?}"
			);
			add(format!("{} fails", kind(call)));
			if failure.of_portals {
				add(format!("because {}", failure.reason));
			}
			if reasons.len() == 1 {
				add("fails for exactly one reason".into());
			}
			model.clone()
		}
		(Ok(_), Err(failure)) => {
			assert!(around && !failure.of_portals, "{call:?} fails: {failure:?}");
			add(format!("{} fails", kind(call)));
			model.clone()
		}
		(Err(reasons), Ok(())) => panic!("{call:?} should fail: {reasons:?}"),
	};
	compare(call, &after);
	after
}

/// The chain says the same of everything, and what must always hold does.
fn compare(call: &Call, model: &Model) {
	let (mut said, found) = (model.facts(), chain::facts(model));
	for (id, portal) in &model.portals {
		let name = format!("state of {id}");
		let states = model.states(portal);
		let state = found.get(&name).cloned().unwrap_or_default();
		assert!(
			states.contains(&state.as_str()),
			"{call:?}: portal {id} is {state}, not {states:?}"
		);
		if matches!(state.as_str(), "Open" | "Closing") {
			let agreement = portal.agreement.as_ref().expect("it carries");
			for voice in portal.voices() {
				let consent = agreement.consents.get(&voice);
				let consent = consent.unwrap_or_else(|| panic!("{id} without {voice:?}"));
				assert!(
					model.counts(portal, voice, *consent),
					"{call:?}: portal {id} carries without the owner behind {voice:?}"
				);
			}
		}
		said.insert(name, state);
	}
	assert!(said == found, "{call:?}\n{}", differences(&said, &found));
	for world in 0..model.next_world {
		for end in End::BOTH {
			assert!(model.portals_at(world, end).len() <= rules::PORTALS);
		}
	}
	held_as_recorded(call, model);
}

/// What is on hold is the sum of what the model has on record.
fn held_as_recorded(call: &Call, model: &Model) {
	for ((who, coin), purse) in &model.purses {
		let passes = model
			.passes
			.iter()
			.filter(|((_, guest), _)| Account::Person(*guest) == *who);
		let tolls: u128 = passes
			.clone()
			.filter_map(|(_, pass)| pass.toll.as_ref())
			.filter(|toll| toll.coin == *coin)
			.map(|toll| toll.amount)
			.sum();
		assert_eq!(purse.tolls, tolls, "{call:?}: tolls of {who:?} in {coin:?}");
		if *coin == Coin::Native {
			let deposits = passes.count() as u128 * model.deposits.pass;
			assert_eq!(purse.passes, deposits, "{call:?}: passes of {who:?}");
			let sides: u128 = model
				.portals
				.values()
				.flat_map(|portal| {
					let offer = portal.offer.as_ref().and_then(|offer| offer.payer);
					let ends = portal.payers.values();
					ends.map(|payer| (*payer, model.side_deposit(portal)))
						.chain(offer.map(|payer| (payer, model.deposits.offer)))
				})
				.filter(|(payer, _)| Account::Person(*payer) == *who)
				.map(|(_, amount)| amount)
				.sum();
			assert_eq!(purse.portals, sides, "{call:?}: portals of {who:?}");
		}
	}
}

fn differences(said: &Facts, found: &Facts) -> String {
	let names: std::collections::BTreeSet<_> = said.keys().chain(found.keys()).collect();
	names
		.into_iter()
		.filter(|name| said.get(*name) != found.get(*name))
		.map(|name| {
			let (said, found) = (said.get(name), found.get(name));
			format!("{name}\n  model {said:?}\n  chain {found:?}")
		})
		.collect::<Vec<_>>()
		.join("\n")
}

/// The name of a call.
fn kind(call: &Call) -> String {
	let text = match call {
		Call::Around(around) => format!("{around:?}"),
		call => format!("{call:?}"),
	};
	let end = text.find(|letter: char| !letter.is_alphanumeric());
	text[..end.unwrap_or(text.len())].into()
}

/// Counts what a step led to.
fn count(counts: &mut Counts, before: &Model, after: &Model, call: &Call) {
	let mut add = |what: String| *counts.entry(what).or_default() += 1;
	for (id, portal) in &after.portals {
		let old = before.portals.get(id);
		for state in after.states(portal) {
			if old.is_none_or(|old| !before.states(old).contains(&state)) {
				add(format!("becomes {state}"));
			}
		}
		let Some(agreement) = &portal.agreement else {
			continue;
		};
		let version = old.and_then(|old| Some(old.agreement.as_ref()?.version));
		if version != Some(agreement.version) {
			let how = if version.is_some() {
				"amended"
			} else {
				"opened"
			};
			add(format!("is {how}"));
			let mut consents = agreement.consents.values();
			if consents.any(|consent| *consent == Consent::Rule) {
				add(format!("is {how} by the rule of a town"));
			}
			if matches!(portal.goal, Goal::External { .. }) {
				add(format!("is {how} to outside"));
			}
			if portal.voices().len() == 4 {
				add(format!("is {how} by four parties"));
			}
		}
	}
	for (pass, old) in &before.passes {
		if let Call::Travel { who, portal, .. } = call {
			if (*portal, *who) == *pass
				&& after.passes.get(pass).map(|new| new.until) != Some(old.until)
			{
				add("a pass makes way for the next".into());
			}
		}
		let settled = after.passes.get(pass).is_none_or(|new| new.toll.is_none());
		let Some(toll) = old.toll.as_ref().filter(|_| settled) else {
			continue;
		};
		let with_payees = |model: &Model| -> u128 {
			let purses = model.purses.iter();
			purses
				.filter(|((who, coin), _)| !matches!(who, Account::Person(_)) && *coin == toll.coin)
				.map(|(_, purse)| purse.free)
				.sum()
		};
		let paid = with_payees(after) - with_payees(before);
		add(match call {
			Call::Refuse(..) => "a toll is given back".into(),
			_ if paid == toll.amount => "a toll is paid".into(),
			_ => "a toll comes back, or a part of it".into(),
		});
	}
	if let Call::Travel { proof, .. } = call {
		if after.passes.len() > before.passes.len() {
			let with = match proof {
				Proof::Nothing => "nothing",
				Proof::List { .. } => "a list",
				Proof::Plot(_) => "an item",
			};
			add(format!("goes through with {with}"));
		}
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
fn portals_do_as_the_naive_model_says() {
	let (steps, first) = (
		number("PORTAL_MODEL_STEPS", STEPS),
		number("PORTAL_MODEL_SEED", SEED),
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
