//! Which call comes next: mostly one that makes sense in the present state, now and then anything.

mod escrow;
mod land;
mod metaverse;
mod portal;
mod sdk;
mod wrap;

use madang_runtime::{AccountId, Address, Balance, RuntimeCall};
use sp_core::H256;

use crate::{dice::Dice, people::people, step, world::View};

/// Who should make a call.
#[derive(Clone, Debug)]
pub enum Actor {
	/// This account.
	Account(AccountId),
	/// Root, or the council.
	Network,
	/// Anybody.
	Anyone,
}

/// A call with who should make it.
pub type Choice = (Actor, RuntimeCall);

/// Chooses calls.
pub struct Chooser<'a> {
	/// Where chance comes from.
	pub dice: &'a mut Dice,
	/// What is known of the state.
	pub view: &'a View,
}

impl Chooser<'_> {
	/// The next call.
	pub fn call(&mut self) -> Choice {
		for _ in 0..16 {
			if let Some(choice) = self.attempt() {
				return choice;
			}
		}
		let remark = frame_system::Call::remark {
			remark: self.dice.bytes(8),
		};
		(Actor::Anyone, RuntimeCall::System(remark))
	}

	/// A call, unless there is nothing that it could be about.
	fn attempt(&mut self) -> Option<Choice> {
		match self.dice.below(100) {
			0..10 => self.metaverse(),
			10..32 => self.land(),
			32..64 => self.escrow(),
			64..81 => self.portal(),
			81..86 => self.attestation(),
			86..94 => self.sdk(),
			94..97 => self.wrapped(),
			_ => self.anything(),
		}
	}

	/// Whatever a row of bytes means, of any pallet.
	fn anything(&mut self) -> Option<Choice> {
		const PALLETS: [u8; 27] = [
			0, 2, 3, 9, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24, 25, 30, 40, 41, 42, 50, 60, 61, 62,
			62, 63, 63, 64,
		];
		let pallet = self.dice.one(&PALLETS);
		let length = self.dice.between(2, 160) as usize;
		for _ in 0..8 {
			let mut bytes = self.dice.bytes(length);
			bytes[0] = pallet;
			bytes[1] %= 40;
			// Small numbers are ids that exist.
			if self.dice.chance(60) {
				for byte in bytes.iter_mut().skip(2) {
					if self.dice.chance(70) {
						*byte = self.dice.below(4) as u8;
					}
				}
			}
			if let Some(call) = step::call_from(&bytes) {
				return Some((Actor::Anyone, call));
			}
		}
		None
	}

	fn person(&mut self) -> AccountId {
		self.dice
			.pick(people())
			.expect("there are people")
			.account
			.clone()
	}

	/// Mostly a person, now and then an account that nobody signs for.
	fn somebody(&mut self) -> AccountId {
		match self.dice.below(20) {
			0 => madang_runtime::Treasury::account_id(),
			1 => match self.dice.pick(&self.view.worlds) {
				Some(world) => world.account.clone(),
				None => self.person(),
			},
			2 => match self.dice.pick(&self.view.campaigns) {
				Some(round) => madang_runtime::Escrow::pot(round.id),
				None => self.person(),
			},
			3 => AccountId::new([self.dice.below(4) as u8; 32]),
			_ => self.person(),
		}
	}

	fn address(&mut self) -> Address {
		match self.dice.below(40) {
			0 => Address::Index(()),
			1 => Address::Raw(self.dice.bytes(3)),
			_ => Address::Id(self.somebody()),
		}
	}

	fn hash(&mut self) -> H256 {
		H256::repeat_byte(self.dice.below(6) as u8)
	}

	/// Near something that matters, or at the edge of the type.
	fn near(&mut self, amount: Balance) -> Balance {
		match self.dice.below(12) {
			0 => amount.saturating_sub(1),
			1 => amount.saturating_add(1),
			2 => 0,
			3 => Balance::MAX,
			4 => self.dice.amount(amount.saturating_mul(2).max(1)),
			_ => amount,
		}
	}

	fn block_near(&mut self, block: u32) -> u32 {
		match self.dice.below(12) {
			0 => block.saturating_sub(1),
			1 => block.saturating_add(1),
			2 => 0,
			3 => u32::MAX,
			_ => block,
		}
	}

	/// Mostly a short text, now and then one that is not fit.
	fn text(&mut self, longest: usize) -> Vec<u8> {
		match self.dice.below(16) {
			0 => vec![],
			1 => vec![b'x'; longest],
			2 => vec![b'x'; longest + 1],
			3 => vec![0xff, 0xfe],
			4 => "마당".as_bytes().to_vec(),
			_ => format!("text {}", self.dice.below(100)).into_bytes(),
		}
	}

	fn attestation(&mut self) -> Option<Choice> {
		use pallet_attestation::Call;
		let view = self.view;
		let known = self.dice.pick(&view.attestations);
		Some(match self.dice.below(10) {
			0 => {
				let (attester, who, _) = known?;
				let call = Call::revoke {
					who: Address::Id(who.clone()),
				};
				(Actor::Account(attester.clone()), call.into())
			}
			1 => {
				let (attester, who, _) = known?;
				let call = Call::renounce {
					attester: Address::Id(attester.clone()),
				};
				(Actor::Account(who.clone()), call.into())
			}
			_ => {
				let people = people();
				// Few vouch, so that campaigns find investors with the right one.
				let attester = people[4 + self.dice.below(2) as usize].account.clone();
				let index = self.dice.below(people.len() as u64);
				let who = people[index as usize].account.clone();
				// Mostly every account is a person of its own.
				let person = if self.dice.chance(90) {
					index
				} else {
					self.dice.below(20)
				};
				let call = Call::attest {
					who: Address::Id(who),
					subject: H256::from_low_u64_be(person + 1),
					class: self.dice.below(3) as u8,
					cap: self.near(500_000 * madang_runtime_common::units::MDG),
					until: match self.dice.below(4) {
						0 => Some(view.time + self.dice.below(2_000_000)),
						1 => Some(self.dice.roll()),
						_ => None,
					},
				};
				(Actor::Account(attester), call.into())
			}
		})
	}
}

/// Boxes a call for those that carry others.
pub fn boxed(call: RuntimeCall) -> Box<RuntimeCall> {
	Box::new(call)
}
