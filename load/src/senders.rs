//! Accounts with what they have signed and not sent yet.
//!
//! They come in pairs, and each sends to the other of its pair: what a parcel's new owner was given can go
//! back in the next run.

use std::{collections::VecDeque, num::NonZero, thread};

use codec::Encode;
use madang_client::chain::account_of;
use madang_primitives::ParcelId;
use madang_runtime::{AccountId, Hash, Nonce};
use sp_core::{bytes, sr25519, Pair};
use sp_runtime::traits::{BlakeTwo256, Hash as _};

use crate::kind::Kind;

/// The key with this name and number, the same in every run.
pub fn key(name: &str, number: u32) -> sr25519::Pair {
	let seed = BlakeTwo256::hash(&(name, number).encode());
	sr25519::Pair::from_seed(&seed.0)
}

/// The accounts of so many senders, for a genesis.
pub fn accounts(kind: Kind, count: u32) -> Vec<AccountId> {
	(0..count)
		.map(|number| account_of(&key(name_of(kind), number)))
		.collect()
}

/// Whose keys send this kind. Those who send land send nothing else, so that nonces are clear.
fn name_of(kind: Kind) -> &'static str {
	match kind {
		Kind::Money | Kind::StockMoney => "money",
		Kind::Land(_) => "land",
		Kind::Batches => "builder",
	}
}

/// An account that sends.
pub struct Sender {
	pair: sr25519::Pair,
	account: AccountId,
	partner: AccountId,
	parcels: VecDeque<ParcelId>,
	/// Parcels that went to the partner in this run.
	given: Vec<ParcelId>,
	waiting: VecDeque<Signed>,
	signed: Nonce,
	sent: u64,
}

/// A transaction that was signed.
struct Signed {
	/// In hexadecimal, as nodes take it.
	bytes: String,
	/// The parcel that it moves.
	parcel: Option<ParcelId>,
}

impl Sender {
	/// Takes the next transaction, to send it.
	pub fn pop(&mut self) -> Option<String> {
		let Signed { bytes, parcel } = self.waiting.pop_front()?;
		self.given.extend(parcel);
		self.sent += 1;
		Some(bytes)
	}

	/// Signs transfers until so many wait or there is nothing left to give.
	fn sign(&mut self, kind: Kind, genesis: Hash, count: usize) {
		while self.waiting.len() < count {
			let parcel = self.parcels.pop_front();
			let transfer = kind.transfer(&self.pair, &self.partner, parcel, self.signed, genesis);
			let Some(transfer) = transfer else { break };
			self.queue(&transfer, parcel);
		}
	}

	/// Puts a signed transaction at the end.
	fn queue(&mut self, transaction: &[u8], parcel: Option<ParcelId>) {
		self.waiting.push_back(Signed {
			bytes: bytes::to_hex(transaction, false),
			parcel,
		});
		self.signed += 1;
	}
}

/// Senders of one kind on one chain.
pub struct Traffic {
	kind: Kind,
	genesis: Hash,
	senders: Vec<Sender>,
}

impl Traffic {
	/// So many senders, an even number, that have sent nothing yet.
	pub fn new(kind: Kind, genesis: Hash, count: u32) -> Self {
		let pairs: Vec<_> = (0..count)
			.map(|number| key(name_of(kind), number))
			.collect();
		let accounts: Vec<_> = pairs.iter().map(account_of).collect();
		let senders = pairs
			.into_iter()
			.enumerate()
			.map(|(place, pair)| Sender {
				pair,
				account: accounts[place].clone(),
				// The last of an odd number would send to itself.
				partner: accounts.get(place ^ 1).unwrap_or(&accounts[place]).clone(),
				parcels: VecDeque::new(),
				given: Vec::new(),
				waiting: VecDeque::new(),
				signed: 0,
				sent: 0,
			})
			.collect();
		Self {
			kind,
			genesis,
			senders,
		}
	}

	/// What they send.
	pub fn kind(&self) -> Kind {
		self.kind
	}

	/// Hash of the first block of their chain.
	pub fn genesis(&self) -> Hash {
		self.genesis
	}

	/// All of them.
	pub fn senders(&mut self) -> &mut [Sender] {
		&mut self.senders
	}

	/// Their accounts.
	pub fn accounts(&self) -> impl Iterator<Item = &AccountId> {
		self.senders.iter().map(|sender| &sender.account)
	}

	/// How many transactions they have sent in all.
	pub fn sent(&self) -> u64 {
		self.senders.iter().map(|sender| sender.sent).sum()
	}

	/// Signs until so many transfers wait at least, as far as there are parcels for them.
	pub fn prepare(&mut self, count: u64) {
		let each = count.div_ceil(self.senders.len() as u64) as usize;
		let (kind, genesis) = (self.kind, self.genesis);
		let threads = thread::available_parallelism().map_or(1, NonZero::get);
		let share = self.senders.len().div_ceil(threads).max(1);
		thread::scope(|scope| {
			for part in self.senders.chunks_mut(share) {
				scope.spawn(move || {
					for sender in part {
						sender.sign(kind, genesis, each);
					}
				});
			}
		});
	}

	/// Has somebody sign a transaction of its own, made from its nonce.
	pub fn add(&mut self, place: usize, sign: impl FnOnce(&sr25519::Pair, Nonce) -> Vec<u8>) {
		let sender = &mut self.senders[place];
		let transaction = sign(&sender.pair, sender.signed);
		sender.queue(&transaction, None);
	}

	/// Says which parcels senders own, by their places.
	pub fn own(&mut self, parcels: impl Iterator<Item = (usize, ParcelId)>) {
		for (place, parcel) in parcels {
			self.senders[place].parcels.push_back(parcel);
		}
	}

	/// After a run in which all transactions arrived: what was given belongs to the partner.
	pub fn settle(&mut self) {
		for place in 0..self.senders.len() {
			let given = std::mem::take(&mut self.senders[place].given);
			if let Some(partner) = self.senders.get_mut(place ^ 1) {
				partner.parcels.extend(given);
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn money_is_signed_once_and_sent_once() {
		let mut traffic = Traffic::new(Kind::Money, Hash::zero(), 2);
		traffic.prepare(4);
		traffic.prepare(4);
		let sent: Vec<_> = traffic
			.senders()
			.iter_mut()
			.flat_map(|sender| std::iter::from_fn(move || sender.pop()))
			.collect();
		assert_eq!((sent.len(), traffic.sent()), (4, 4));
		assert!(sent.iter().all(|one| one.starts_with("0x")));
		traffic.prepare(2);
		assert_ne!(traffic.senders()[0].pop(), Some(sent[0].clone()));
	}

	#[test]
	fn parcels_go_to_the_partner_and_back() {
		let mut traffic = Traffic::new(Kind::Land(3), Hash::zero(), 2);
		traffic.own([(0, 7), (0, 8), (1, 9)].into_iter());
		traffic.prepare(100);
		assert!(traffic.senders()[0].pop().is_some());
		traffic.settle();
		// One has been sent, two still wait, and the one that was given can go back.
		traffic.prepare(100);
		let waiting: Vec<_> = traffic
			.senders()
			.iter()
			.map(|sender| {
				sender
					.waiting
					.iter()
					.map(|one| one.parcel)
					.collect::<Vec<_>>()
			})
			.collect();
		assert_eq!(waiting, [vec![Some(8)], vec![Some(9), Some(7)]]);
	}

	#[test]
	fn keys_are_the_same_in_every_run_and_differ_from_one_another() {
		assert_eq!(key("money", 1).public(), key("money", 1).public());
		assert_ne!(key("money", 1).public(), key("money", 2).public());
		assert_ne!(key("money", 1).public(), key("land", 1).public());
	}
}
