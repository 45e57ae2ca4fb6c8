//! Kinds of transactions: how they are signed, how many fit into a block, and what tells that one did
//! what it should.

use std::time::Duration;

use codec::{Decode, Encode};
use frame_support::{
	dispatch::{DispatchClass, DispatchInfo, GetDispatchInfo},
	traits::Get,
	Parameter,
};
use frame_system::{ConsumedWeight, EventRecord};
use madang_client::{
	calls,
	chain::account_of,
	signing::{sign, Lifetime},
};
use madang_network::{Error, Outcome};
use madang_primitives::{Balance, MetaverseId, ParcelId};
use madang_runtime::{AccountId, Hash, Nonce, Runtime, RuntimeEvent};
use madang_runtime_common::{time::SLOT_DURATION, units::MILLI};
use madang_stock_runtime as stock;
use sp_core::sr25519;
use sp_runtime::traits::Member;

use crate::senders::key;

/// What each transfer of money moves.
const AMOUNT: Balance = MILLI;

/// A kind of transactions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
	/// Transfers of money on a chain of ours.
	Money,
	/// Transfers of parcels of a metaverse.
	Land(MetaverseId),
	/// Batches of calls that set something up.
	Batches,
	/// Transfers of money on the stock chain.
	StockMoney,
}

/// What the events of a block say of its transactions.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
	/// How many did what they should.
	pub done: u64,
	/// How many failed.
	pub failed: u64,
}

/// What one event says.
enum Said {
	Done,
	Failed,
	Nothing,
}

impl Kind {
	/// A signed transfer to somebody, of this parcel if it is one of land.
	pub fn transfer(
		self,
		signer: &sr25519::Pair,
		to: &AccountId,
		parcel: Option<ParcelId>,
		nonce: Nonce,
		genesis: Hash,
	) -> Option<Vec<u8>> {
		let call = match (self, parcel) {
			(Self::Money, _) => calls::pay(to, AMOUNT),
			(Self::Land(metaverse), Some(parcel)) => calls::transfer(metaverse, parcel, to),
			(Self::StockMoney, _) => {
				let call = stock::signing::pay(to, AMOUNT);
				return Some(stock::signing::sign(signer, call, nonce, genesis).encode());
			}
			(Self::Land(_), None) | (Self::Batches, _) => return None,
		};
		Some(sign(signer, call, nonce, genesis, Lifetime::Unlimited).encode())
	}

	/// Time from one block to the next.
	pub fn slot(self) -> Duration {
		Duration::from_millis(match self {
			Self::StockMoney => stock::SLOT_DURATION,
			_ => SLOT_DURATION,
		})
	}

	/// How many of these transfers fit into a block, by their weight after they ran.
	pub fn capacity(self) -> u64 {
		let (signer, to) = (key("capacity", 0), account_of(&key("capacity", 1)));
		let nowhere = Hash::zero();
		let info = |call| sign(&signer, call, 0, nowhere, Lifetime::Unlimited).get_dispatch_info();
		match self {
			Self::Money => fit_into_a_block::<Runtime>(info(calls::pay(&to, AMOUNT))),
			Self::Land(metaverse) => {
				let declared = info(calls::transfer(metaverse, 0, &to));
				// No builder, price or swap ends with these.
				let call_weight = pallet_land::costs::transfer::<Runtime>(0);
				fit_into_a_block::<Runtime>(DispatchInfo {
					call_weight,
					..declared
				})
			}
			Self::Batches => 0,
			Self::StockMoney => {
				let call = stock::signing::pay(&to, AMOUNT);
				let transfer = stock::signing::sign(&signer, call, 0, nowhere);
				fit_into_a_block::<stock::Runtime>(transfer.get_dispatch_info())
			}
		}
	}

	/// Which part of what ordinary transactions may take of a block they have taken.
	pub fn fullness(self, consumed: &ConsumedWeight) -> f64 {
		let room = match self {
			Self::StockMoney => room::<stock::Runtime>(),
			_ => room::<Runtime>(),
		};
		consumed.get(DispatchClass::Normal).ref_time() as f64 / room as f64
	}

	/// What the events of a block say of its transactions.
	pub fn tally(self, events: &[u8]) -> Outcome<Tally> {
		match self {
			Self::StockMoney => count(events, said_by_stock),
			_ => count(events, |event: &RuntimeEvent| self.said(event)),
		}
	}

	fn said(self, event: &RuntimeEvent) -> Said {
		match (self, event) {
			(_, RuntimeEvent::System(frame_system::Event::ExtrinsicFailed { .. })) => Said::Failed,
			(Self::Money, RuntimeEvent::Balances(pallet_balances::Event::Transfer { .. }))
			| (Self::Land(_), RuntimeEvent::Land(pallet_land::Event::Transferred { .. }))
			| (Self::Batches, RuntimeEvent::Utility(pallet_utility::Event::BatchCompleted)) => Said::Done,
			_ => Said::Nothing,
		}
	}
}

fn said_by_stock(event: &stock::RuntimeEvent) -> Said {
	match event {
		stock::RuntimeEvent::System(frame_system::Event::ExtrinsicFailed { .. }) => Said::Failed,
		stock::RuntimeEvent::Balances(pallet_balances::Event::Transfer { .. }) => Said::Done,
		_ => Said::Nothing,
	}
}

/// What ordinary transactions may take of a block, in picoseconds.
fn room<T: frame_system::Config>() -> u64 {
	let limits = <T as frame_system::Config>::BlockWeights::get();
	let most = limits.get(DispatchClass::Normal).max_total;
	most.unwrap_or(limits.max_block).ref_time()
}

/// How many transactions like this one fit into a block.
fn fit_into_a_block<T: frame_system::Config>(info: DispatchInfo) -> u64 {
	let limits = <T as frame_system::Config>::BlockWeights::get();
	let anyway = limits.get(DispatchClass::Normal).base_extrinsic;
	let each = info.total_weight().saturating_add(anyway);
	room::<T>() / each.ref_time()
}

fn count<Event: Parameter + Member>(
	events: &[u8],
	said: impl Fn(&Event) -> Said,
) -> Outcome<Tally> {
	let records = Vec::<EventRecord<Event, Hash>>::decode(&mut &events[..])
		.map_err(|error| Error::Broken(format!("the events cannot be read: {error}")))?;
	let mut tally = Tally::default();
	for record in &records {
		match said(&record.event) {
			Said::Done => tally.done += 1,
			Said::Failed => tally.failed += 1,
			Said::Nothing => (),
		}
	}
	Ok(tally)
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_system::Phase;

	#[test]
	fn every_transfer_has_its_place_in_a_block() {
		for kind in [Kind::Money, Kind::Land(0), Kind::StockMoney] {
			let capacity = kind.capacity();
			assert!((100..100_000).contains(&capacity), "{kind:?}: {capacity}");
			let transfer = kind.transfer(
				&key("sender", 0),
				&account_of(&key("sender", 1)),
				Some(0),
				0,
				Hash::zero(),
			);
			assert!(transfer.is_some(), "{kind:?}");
		}
	}

	#[test]
	fn events_are_counted_by_kind() {
		let record = |event: RuntimeEvent| EventRecord {
			phase: Phase::ApplyExtrinsic(1),
			event,
			topics: Vec::<Hash>::new(),
		};
		let somebody = account_of(&key("sender", 0));
		let events = vec![
			record(RuntimeEvent::Balances(pallet_balances::Event::Transfer {
				from: somebody.clone(),
				to: somebody.clone(),
				amount: 1,
			})),
			record(RuntimeEvent::Land(pallet_land::Event::Transferred {
				metaverse: 0,
				parcel: 0,
				to: somebody,
			})),
			record(RuntimeEvent::Utility(pallet_utility::Event::BatchCompleted)),
			record(RuntimeEvent::Utility(pallet_utility::Event::BatchCompleted)),
		]
		.encode();
		for (kind, done) in [(Kind::Money, 1), (Kind::Land(0), 1), (Kind::Batches, 2)] {
			let tally = kind.tally(&events).expect("these are events");
			assert_eq!(tally, Tally { done, failed: 0 }, "{kind:?}");
		}
		assert!(Kind::Money.tally(&events[..events.len() - 1]).is_err());
	}
}
