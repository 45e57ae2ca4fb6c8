//! Calls in calls: batches, proxies, multisigs, motions, schedules.

use codec::Encode;
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
use frame_system::RawOrigin;
use madang_runtime::{AccountId, Address, OriginCaller, RuntimeCall};

use super::{boxed, Actor, Choice, Chooser};
use crate::people::{alice, people};

impl Chooser<'_> {
	/// A call of ours, with who should make it.
	fn ours(&mut self) -> Choice {
		for _ in 0..8 {
			let choice = match self.dice.below(4) {
				0 => self.metaverse(),
				1 => self.land(),
				2 => self.escrow(),
				_ => self.portal(),
			};
			if let Some(choice) = choice {
				return choice;
			}
		}
		let remark = frame_system::Call::remark { remark: vec![] };
		(Actor::Anyone, remark.into())
	}

	fn account_of(&mut self, actor: &Actor) -> AccountId {
		match actor {
			Actor::Account(who) => who.clone(),
			Actor::Network | Actor::Anyone => self.person(),
		}
	}

	pub(super) fn wrapped(&mut self) -> Option<Choice> {
		let (actor, call) = self.ours();
		Some(match self.dice.below(12) {
			0..4 => {
				use pallet_utility::Call;
				let mut calls = vec![call];
				for _ in 0..self.dice.below(4) {
					calls.push(self.ours().1);
				}
				let batch = match self.dice.below(3) {
					0 => Call::batch { calls },
					1 => Call::batch_all { calls },
					_ => Call::force_batch { calls },
				};
				(actor, batch.into())
			}
			4 => {
				use pallet_utility::Call;
				let other = self.ours().1;
				let call = match self.dice.below(3) {
					0 => Call::if_else {
						main: boxed(call),
						fallback: boxed(other),
					},
					1 => Call::as_derivative {
						index: self.dice.below(2) as u16,
						call: boxed(call),
					},
					_ => {
						let who = self.account_of(&actor);
						let call = Call::dispatch_as {
							as_origin: Box::new(OriginCaller::system(RawOrigin::Signed(who))),
							call: boxed(call),
						};
						return Some((Actor::Network, call.into()));
					}
				};
				(actor, call.into())
			}
			5..7 => {
				let real = self.account_of(&actor);
				let call = pallet_proxy::Call::proxy {
					real: Address::Id(real),
					force_proxy_type: None,
					call: boxed(call),
				};
				(Actor::Account(self.person()), call.into())
			}
			7 => self.multisig(call),
			8 => {
				let call = pallet_sudo::Call::sudo { call: boxed(call) };
				(Actor::Account(alice()), call.into())
			}
			9 => {
				let who = self.account_of(&actor);
				let call = pallet_sudo::Call::sudo_as {
					who: Address::Id(who),
					call: boxed(call),
				};
				(Actor::Account(alice()), call.into())
			}
			10 => {
				let call = pallet_scheduler::Call::schedule {
					when: self
						.view
						.block
						.saturating_add(self.dice.between(1, 20) as u32),
					maybe_periodic: None,
					priority: 0,
					call: boxed(call),
				};
				(Actor::Network, call.into())
			}
			_ => {
				let length_bound = call.encoded_size() as u32;
				let call = pallet_collective::Call::execute {
					proposal: boxed(call),
					length_bound,
				};
				(Actor::Account(alice()), RuntimeCall::Council(call))
			}
		})
	}

	fn multisig(&mut self, call: RuntimeCall) -> Choice {
		use pallet_multisig::Call;
		// Two of three, always the same, so that one who follows finds what another began.
		let mut signers: Vec<AccountId> = people()[1..4]
			.iter()
			.map(|person| person.account.clone())
			.collect();
		signers.sort();
		let me = signers.remove(self.dice.below(3) as usize);
		let account = pallet_multisig::Pallet::<madang_runtime::Runtime>::multi_account_id(
			&{
				let mut all = signers.clone();
				all.push(me.clone());
				all.sort();
				all
			},
			2,
		);
		let waiting: Vec<_> =
			pallet_multisig::Multisigs::<madang_runtime::Runtime>::iter_prefix(account).collect();
		let hash = Self::hash_of(&call);
		let when = waiting
			.iter()
			.find(|(waits, _)| waits[..] == hash[..])
			.map(|(_, multisig)| multisig.when);
		let max_weight = call.get_dispatch_info().call_weight;
		let call = match self.dice.below(3) {
			0 => Call::as_multi_threshold_1 {
				other_signatories: signers,
				call: boxed(call),
			},
			_ => Call::as_multi {
				threshold: 2,
				other_signatories: signers,
				maybe_timepoint: when,
				call: boxed(call),
				max_weight: if self.dice.chance(80) {
					max_weight
				} else {
					Weight::zero()
				},
			},
		};
		(Actor::Account(me), call.into())
	}
}
