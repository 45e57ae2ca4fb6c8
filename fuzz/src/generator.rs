//! Makes up lives: weighted choices that look at the state, so that calls find what they are about.

use std::collections::VecDeque;

use codec::Encode;
use madang_runtime::{Address, RuntimeCall, SessionKeys};
use madang_runtime_common::time::{DAYS, HOURS};

use crate::{
	calls::{Actor, Chooser},
	chain::Clock,
	dice::Dice,
	filter::breaks_everything,
	life::Source,
	people::{index_of, people},
	step::{Flaw, Origin, Step, Transaction},
	world::View,
};

/// Steps of one life.
pub const LIFE: u64 = 1_500;
/// Sessions after which a bond that does not work any more comes back, and some to spare.
const UNBONDING: u16 = 1_012;

/// Makes up one life.
pub struct Generator {
	dice: Dice,
	left: u64,
	view: Option<View>,
	/// Steps until the block ends.
	block: u64,
	/// In which step so much time passes that bonds come back, in the lives in which it does.
	long_wait: Option<u64>,
	/// What comes next, whatever chance says.
	planned: VecDeque<Step>,
}

impl Generator {
	/// The life with this seed.
	pub fn new(seed: u64) -> Self {
		let mut dice = Dice::new(seed);
		Self {
			left: LIFE,
			view: None,
			planned: VecDeque::new(),
			block: 8,
			long_wait: dice.chance(2).then(|| dice.between(LIFE / 4, LIFE / 2)),
			dice,
		}
	}

	/// The block ends; mostly the next one follows.
	fn end_of_block(&mut self, clock: &Clock) -> Step {
		self.view = None;
		self.block = self.dice.between(1, 20);
		let some = self.dice.between(2, 6) as u32;
		let (blocks, slots) = match self.dice.below(1_000) {
			0..700 => (1, 1),
			700..900 => (some, some.into()),
			// Nobody made a block for a while.
			900..930 => (1, self.dice.between(2, 2_000)),
			930..935 => (1, self.dice.between(2, 40_000_000)),
			935..970 => {
				let next = clock.to_next_session();
				(next, next.into())
			}
			970..985 => (HOURS, HOURS.into()),
			985..992 => (DAYS, DAYS.into()),
			992..995 => (31 * DAYS, (31 * DAYS).into()),
			995..998 => (365 * DAYS, (365 * DAYS).into()),
			998 => (u32::MAX / 3, u64::from(u32::MAX / 3)),
			// Towards the end of the type.
			_ if self.left < LIFE / 8 => (u32::MAX, u64::from(u32::MAX)),
			_ => (1, 1),
		};
		Step::Block { blocks, slots }
	}

	/// A validator stands, leaves, waits and has the bond back: so long a story that chance alone
	/// hardly ever tells it.
	fn come_and_go(&mut self) -> VecDeque<Step> {
		use pallet_collator_selection::Call;
		let who = self.dice.one(people_accounts().as_slice());
		let keys = SessionKeys::generate(&who.encode(), None);
		let signed = |call: RuntimeCall| Step::Dispatch {
			origin: Origin::Signed(who.clone()),
			call,
		};
		let places = Step::Dispatch {
			origin: Origin::Root,
			call: Call::set_desired_candidates { max: 80 }.into(),
		};
		let set_keys = pallet_session::Call::set_keys {
			keys: keys.keys,
			proof: keys.proof.encode(),
		};
		let withdraw = pallet_validators::Call::withdraw {
			who: Address::Id(who.clone()),
		};
		[
			places,
			signed(set_keys.into()),
			signed(Call::register_as_candidate {}.into()),
			signed(Call::leave_intent {}.into()),
			signed(withdraw.clone().into()),
			Step::Sessions(UNBONDING),
			signed(withdraw.into()),
		]
		.into()
	}

	fn call(&mut self) -> Step {
		let view = self.view.get_or_insert_with(View::of_the_state);
		let dice = &mut self.dice;
		let (actor, call) = loop {
			let choice = Chooser { dice, view }.call();
			if !breaks_everything(&choice.1) {
				break choice;
			}
		};
		self.signed_by_somebody(actor, call)
	}

	/// Mostly from whom it should come, now and then from somebody else.
	fn signed_by_somebody(&mut self, actor: Actor, call: RuntimeCall) -> Step {
		let dice = &mut self.dice;
		if dice.chance(3) {
			let who = dice.one(&[
				Origin::Root,
				Origin::None,
				Origin::Council(1, 3),
				Origin::Signed(madang_runtime::Treasury::account_id()),
				Origin::Signed(sp_core::crypto::AccountId32::new([9; 32])),
			]);
			return Step::Dispatch { origin: who, call };
		}
		let who = match actor {
			Actor::Network if dice.chance(90) => {
				let origin = match dice.below(4) {
					0 => Origin::Root,
					1 => Origin::Council(2, 3),
					2 => Origin::Council(3, 3),
					_ => Origin::Council(21, 21),
				};
				return Step::Dispatch { origin, call };
			}
			Actor::Account(who) if dice.chance(94) => who,
			_ => dice.one(people_accounts().as_slice()),
		};
		match index_of(&who) {
			Some(who) if dice.chance(50) => {
				let flaw = dice.chance(4).then(|| {
					dice.one(&[
						Flaw::OldNonce,
						Flaw::NewNonce,
						Flaw::Forged,
						Flaw::OtherChain,
						Flaw::Unpayable,
					])
				});
				Step::Sign(Transaction {
					who,
					call,
					tip: if dice.chance(5) {
						dice.amount(1_000_000_000)
					} else {
						0
					},
					mortal: dice.chance(50),
					flaw,
				})
			}
			_ => Step::Dispatch {
				origin: Origin::Signed(who),
				call,
			},
		}
	}
}

fn people_accounts() -> Vec<madang_runtime::AccountId> {
	people()
		.iter()
		.map(|person| person.account.clone())
		.collect()
}

impl Source for Generator {
	fn next(&mut self, clock: &Clock) -> Option<Step> {
		self.left = self.left.checked_sub(1)?;
		if self.long_wait == Some(LIFE - self.left) {
			self.view = None;
			self.planned = self.come_and_go();
		}
		if let Some(step) = self.planned.pop_front() {
			return Some(step);
		}
		let Some(block) = self.block.checked_sub(1) else {
			return Some(self.end_of_block(clock));
		};
		self.block = block;
		// What the last calls changed is seen now and then within a block.
		if self.dice.chance(20) {
			self.view = None;
		}
		Some(self.call())
	}
}
