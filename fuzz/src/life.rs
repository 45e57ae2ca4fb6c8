//! A life: a chain that begins with the development preset, and what happens on it.

use madang_runtime::AccountId;
use sp_core::storage::Storage;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_state_machine::BasicExternalities;

use crate::{
	chain::{self, Clock, Done},
	failure::{without_panic, Failure},
	filter, invariants,
	model::Model,
	must,
	people::people,
	stats::Stats,
	step::{name_of, Origin, Step},
};

/// Where the steps of a life come from. Asked within the chain, so it may look at the state.
pub trait Source {
	/// The next step, or the end.
	fn next(&mut self, clock: &Clock) -> Option<Step>;
}

/// Steps that are known already.
pub struct Recorded<'a>(pub std::slice::Iter<'a, Step>);

impl Source for Recorded<'_> {
	fn next(&mut self, _clock: &Clock) -> Option<Step> {
		self.0.next().cloned()
	}
}

/// A life that was lived.
pub struct Lived {
	/// What happened.
	pub steps: Vec<Step>,
	/// What went wrong, if anything did.
	pub failure: Option<Failure>,
	/// What was counted.
	pub stats: Stats,
}

/// Lives a life.
pub fn live(source: &mut dyn Source) -> Lived {
	let mut lived = Lived {
		steps: vec![],
		failure: None,
		stats: Stats::default(),
	};
	lived.stats.lives = 1;
	let genesis = chain::genesis();
	let result = without_panic(|| play(genesis, source, &mut lived));
	lived.failure = result.err();
	lived
}

fn play(genesis: &Storage, source: &mut dyn Source, lived: &mut Lived) -> Result<(), Failure> {
	// Plain maps instead of a trie, because the checks read everything after every block.
	let mut state = BasicExternalities::new(genesis.clone());
	state.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	let (mut clock, mut model) = state.execute_with(|| -> Result<_, Failure> {
		let mut clock = Clock::new();
		let mut model = Model::of_the_state()?;
		clock.begin(1, 1)?;
		model.follow(&mut lived.stats)?;
		Ok((clock, model))
	})?;
	loop {
		let next = state.execute_with(|| block(source, &mut clock, &mut model, lived))?;
		state.execute_with(|| -> Result<(), Failure> {
			invariants::check()?;
			model.check()
		})?;
		let Some(next) = next else {
			return Ok(());
		};
		state.execute_with(|| -> Result<(), Failure> {
			match next {
				Next::Block { blocks, slots } => clock.begin(blocks, slots)?,
				Next::Sessions(count) => {
					for _ in 0..count {
						let blocks = clock.to_next_session();
						clock.begin(blocks, blocks.into())?;
						model.follow(&mut lived.stats)?;
						clock.end();
						lived.stats.blocks += 1;
					}
					clock.begin(1, 1)?;
				}
			}
			model.follow(&mut lived.stats)
		})?;
	}
}

/// What comes after a block.
enum Next {
	Block { blocks: u32, slots: u64 },
	Sessions(u16),
}

/// What happens in a block, until it ends.
fn block(
	source: &mut dyn Source,
	clock: &mut Clock,
	model: &mut Model,
	lived: &mut Lived,
) -> Result<Option<Next>, Failure> {
	let next = loop {
		let Some(step) = source.next(clock) else {
			break None;
		};
		lived.steps.push(step.clone());
		match step {
			Step::Block { blocks, slots } => break Some(Next::Block { blocks, slots }),
			Step::Sessions(count) => break Some(Next::Sessions(count)),
			step => call(&step, model, lived)?,
		}
	};
	clock.end();
	model.follow(&mut lived.stats)?;
	lived.stats.blocks += 1;
	Ok(next)
}

fn call(step: &Step, model: &mut Model, lived: &mut Lived) -> Result<(), Failure> {
	let Some(call) = step.call() else {
		return Ok(());
	};
	must!(
		!filter::breaks_everything(call),
		"the input has a call that is left out"
	);
	let who = signer(step);
	let judgement = model.judge(who.as_ref(), call);
	let done = match step {
		Step::Dispatch { origin, call } => Some(chain::dispatch(origin, call)?),
		Step::Sign(transaction) => chain::send(transaction)?,
		Step::Block { .. } | Step::Sessions(_) => None,
	};
	let Some(Done { result, signed }) = done else {
		lived.stats.refused += 1;
		return model.follow(&mut lived.stats);
	};
	lived.stats.note(name_of(call), result.is_ok());
	lived.stats.signed += u64::from(signed);
	Model::compare(judgement, &result, &mut lived.stats)?;
	model.follow(&mut lived.stats)
}

fn signer(step: &Step) -> Option<AccountId> {
	match step {
		Step::Dispatch {
			origin: Origin::Signed(who),
			..
		} => Some(who.clone()),
		Step::Sign(transaction) => {
			let people = people();
			let index = usize::from(transaction.who) % people.len();
			Some(people[index].account.clone())
		}
		_ => None,
	}
}
