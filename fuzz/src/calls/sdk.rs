//! Calls of the SDK's pallets that share money, items and seats with ours.

use codec::{Decode, Encode};
use madang_runtime::{
	genesis_config_presets::{TEST_DOLLAR, TUSD},
	Address, ProxyType, RuntimeCall, SessionKeys,
};
use madang_runtime_common::units::{EXISTENTIAL_DEPOSIT, MDG};
use sp_runtime::traits::{BlakeTwo256, Hash};

use super::{boxed, Actor, Choice, Chooser};
use crate::people::alice;

impl Chooser<'_> {
	pub(super) fn sdk(&mut self) -> Option<Choice> {
		match self.dice.below(12) {
			0..3 => Some(self.balances()),
			3..6 => Some(self.assets()),
			6..8 => Some(self.validators()),
			8 => Some(self.proxies()),
			9 => Some(self.treasury()),
			10 => Some(self.council()),
			_ => Some(self.items()),
		}
	}

	fn balances(&mut self) -> Choice {
		use pallet_balances::Call;
		let dest = self.address();
		let call = match self.dice.below(8) {
			0 => Call::transfer_all {
				dest,
				keep_alive: self.dice.chance(50),
			},
			1 => Call::burn {
				value: self.dice.amount(MDG),
				keep_alive: true,
			},
			2 => Call::transfer_allow_death {
				dest,
				value: self.near(EXISTENTIAL_DEPOSIT),
			},
			// Whoever has given everything away gets something back.
			3..6 => {
				let call = Call::transfer_keep_alive {
					dest: Address::Id(self.person()),
					value: 20_000 * MDG,
				};
				return (Actor::Account(alice()), call.into());
			}
			_ => Call::transfer_keep_alive {
				dest,
				value: self.dice.amount(50 * MDG),
			},
		};
		(Actor::Account(self.person()), call.into())
	}

	fn assets(&mut self) -> Choice {
		use pallet_assets::Call;
		let id = if self.dice.chance(90) { TEST_DOLLAR } else { 7 }.into();
		let who = self.address();
		// Alice is issuer, admin and freezer.
		let call = match self.dice.below(16) {
			0 => Call::freeze { id, who },
			1..3 => Call::thaw { id, who },
			3 => Call::freeze_asset { id },
			4..7 => Call::thaw_asset { id },
			7 => Call::block { id, who },
			8 => Call::mint {
				id,
				beneficiary: who,
				amount: self.near(TUSD),
			},
			9 => Call::burn {
				id,
				who: Address::Id(self.person()),
				amount: self.near(TUSD),
			},
			10 => Call::create {
				id: 7.into(),
				admin: Address::Id(alice()),
				min_balance: 1,
			},
			11 => Call::set_min_balance {
				id,
				min_balance: self.near(TUSD / 100),
			},
			12 => Call::touch_other { id, who },
			_ => {
				let call = Call::transfer {
					id,
					target: who,
					amount: self.dice.amount(100 * TUSD),
				};
				return (Actor::Account(self.person()), call.into());
			}
		};
		(Actor::Account(alice()), call.into())
	}

	fn validators(&mut self) -> Choice {
		use pallet_collator_selection::Call;
		let mut who = self.person();
		let candidates = pallet_collator_selection::CandidateList::<madang_runtime::Runtime>::get();
		let candidate = self
			.dice
			.pick(&candidates)
			.map(|candidate| candidate.who.clone());
		let keyed: Vec<_> =
			pallet_session::NextKeys::<madang_runtime::Runtime>::iter_keys().collect();
		let bond = pallet_collator_selection::CandidacyBond::<madang_runtime::Runtime>::get();
		let call: RuntimeCall = match self.dice.below(12) {
			0..2 => {
				let made = SessionKeys::generate(&who.encode(), None);
				pallet_session::Call::set_keys {
					keys: made.keys,
					proof: made.proof.encode(),
				}
				.into()
			}
			2 => pallet_session::Call::purge_keys {}.into(),
			3..5 => {
				who = self.dice.pick(&keyed).cloned().unwrap_or(who);
				Call::register_as_candidate {}.into()
			}
			5 => {
				who = candidate.unwrap_or(who);
				Call::leave_intent {}.into()
			}
			6 => {
				who = candidate.unwrap_or(who);
				Call::update_bond {
					new_deposit: self.near(bond * 2),
				}
				.into()
			}
			7 => {
				who = self.dice.pick(&keyed).cloned().unwrap_or(who);
				Call::take_candidate_slot {
					deposit: self.near(bond * 3),
					target: candidate.unwrap_or_else(alice),
				}
				.into()
			}
			8 => {
				let call = Call::set_desired_candidates {
					max: self.dice.below(5) as u32,
				};
				return (Actor::Network, call.into());
			}
			9 => {
				let call = match self.dice.below(3) {
					0 => Call::add_invulnerable { who: self.person() },
					1 => Call::remove_invulnerable { who: self.person() },
					_ => Call::set_candidacy_bond {
						bond: 500 * MDG + self.dice.amount(1_000 * MDG),
					},
				};
				return (Actor::Network, call.into());
			}
			_ => {
				let bonded: Vec<_> =
					pallet_validators::Bonds::<madang_runtime::Runtime>::iter_keys().collect();
				let owner = self.dice.pick(&bonded).cloned().unwrap_or(who);
				let call = pallet_validators::Call::withdraw {
					who: Address::Id(owner),
				};
				return (Actor::Anyone, call.into());
			}
		};
		(Actor::Account(who), call)
	}

	fn proxies(&mut self) -> Choice {
		use pallet_proxy::Call;
		let delegate = Address::Id(self.person());
		let proxy_type = self.dice.one(&[
			ProxyType::Any,
			ProxyType::NonTransfer,
			ProxyType::Governance,
		]);
		let call = match self.dice.below(5) {
			0 => Call::remove_proxies {},
			1 => Call::remove_proxy {
				delegate,
				proxy_type,
				delay: 0,
			},
			2 => Call::create_pure {
				proxy_type,
				delay: 0,
				index: self.dice.below(3) as u16,
			},
			_ => Call::add_proxy {
				delegate,
				proxy_type,
				delay: 0,
			},
		};
		(Actor::Account(self.person()), call.into())
	}

	fn treasury(&mut self) -> Choice {
		use pallet_treasury::Call;
		let call = match self.dice.below(4) {
			0 => Call::spend_local {
				amount: self.dice.amount(10 * MDG),
				beneficiary: self.address(),
			},
			1 => Call::spend {
				asset_kind: Box::new(()),
				amount: self.dice.amount(10 * MDG),
				beneficiary: Box::new(Address::Id(self.somebody())),
				valid_from: None,
			},
			_ => {
				let call = Call::payout {
					index: self.dice.below(4) as u32,
				};
				return (Actor::Anyone, call.into());
			}
		};
		(Actor::Network, call.into())
	}

	fn council(&mut self) -> Choice {
		use pallet_collective::{Call, Instance1};
		type Runtime = madang_runtime::Runtime;
		let motions = pallet_collective::Proposals::<Runtime, Instance1>::get();
		let member = crate::people::people()[self.dice.below(6) as usize / 2]
			.account
			.clone();
		let motion = self.dice.pick(&motions).copied();
		let index = motion
			.and_then(pallet_collective::Voting::<Runtime, Instance1>::get)
			// Its field cannot be read from outside; it comes first.
			.and_then(|votes| u32::decode(&mut votes.encode().as_slice()).ok());
		let call: RuntimeCall = match (motion, index, self.dice.below(4)) {
			(Some(proposal), Some(index), 0..2) => Call::<Runtime, Instance1>::vote {
				proposal,
				index,
				approve: self.dice.chance(80),
			}
			.into(),
			(Some(proposal_hash), Some(index), 2) => Call::<Runtime, Instance1>::close {
				proposal_hash,
				index,
				proposal_weight_bound: frame_support::weights::Weight::from_parts(
					200_000_000_000,
					10_000_000,
				),
				length_bound: 10_000,
			}
			.into(),
			_ => {
				let (_, call) = self.call();
				let length_bound = call.encoded_size() as u32;
				Call::<Runtime, Instance1>::propose {
					threshold: self.dice.between(1, 3) as u32,
					proposal: boxed(call),
					length_bound,
				}
				.into()
			}
		};
		(Actor::Account(member), call)
	}

	/// Collections that have nothing to do with land, and calls on those that have.
	fn items(&mut self) -> Choice {
		use pallet_nfts::Call;
		let collection = self.dice.below(8) as u32;
		let item = self.dice.below(6) as u32;
		let call = match self.dice.below(6) {
			0 => Call::mint {
				collection,
				item,
				mint_to: self.address(),
				witness_data: None,
			},
			1 => Call::burn { collection, item },
			2 => Call::set_accept_ownership {
				maybe_collection: Some(collection),
			},
			3 => Call::set_metadata {
				collection,
				item,
				data: Default::default(),
			},
			4 => Call::redeposit {
				collection,
				items: vec![item],
			},
			_ => Call::transfer {
				collection,
				item,
				dest: self.address(),
			},
		};
		(Actor::Account(self.person()), call.into())
	}

	/// The hash by which multisigs and proxies know a call.
	pub(super) fn hash_of(call: &RuntimeCall) -> sp_core::H256 {
		BlakeTwo256::hash_of(call)
	}
}
