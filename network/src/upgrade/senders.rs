//! Senders who do not give up: each follows what it has sent until it is final, and signs it again when
//! it was signed for rules that are not in force any more.

use std::{
	collections::HashMap,
	net::SocketAddr,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	thread::{self, JoinHandle},
	time::{Duration, Instant},
};

use codec::Encode;
use madang_client::{
	calls,
	signing::{sign_for, Lifetime},
};
use madang_runtime::{AccountId, Hash, Nonce};
use serde_json::{json, Value};
use sp_core::bytes;
use sp_keyring::Sr25519Keyring;

use crate::{must, node::Node, rpc, Error, Outcome};

/// Most that one answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What each transfer moves.
const AMOUNT: u128 = 1_000_000_000;

/// How often the senders look at what has become final.
const LOOK: Duration = Duration::from_secs(2);

/// Most that it may take until everything is final that was sent.
const END: Duration = Duration::from_secs(120);

/// The accounts that send: nobody does anything else with them.
pub fn accounts() -> Vec<Sr25519Keyring> {
	let people: Vec<_> = Sr25519Keyring::invulnerable().collect();
	Sr25519Keyring::well_known()
		.filter(|account| !people.contains(account))
		.collect()
}

/// A stream of transactions, and what becomes of each.
pub struct Senders {
	stop: Arc<AtomicBool>,
	thread: Option<JoinHandle<Outcome<Book>>>,
}

/// A transaction that a node has taken.
struct Taken {
	sender: usize,
	nonce: Nonce,
	/// The version for which it was signed last.
	version: u32,
	/// Its block, once that is final.
	block: Option<u64>,
}

/// What became of everything.
#[derive(Debug, Default)]
pub struct Book {
	/// Transactions that a node has taken. All of them are final, each once.
	pub taken: usize,
	/// How many of them were signed a second time, because the first signature was for a version that was
	/// not in force any more when their turn came.
	pub signed_again: usize,
	/// How often a node did not take one that was signed for a version which changed just then.
	pub refused: usize,
	/// What else nodes had against transactions, which were sent again at the next turn.
	pub complaints: Vec<String>,
}

impl Senders {
	/// Sends a transaction every `pause`, each sender through a node of its own.
	pub fn start(nodes: &[Node], pause: Duration) -> Outcome<Self> {
		let mut desk = Desk::open(nodes)?;
		let stop = Arc::new(AtomicBool::new(false));
		let stopped = stop.clone();
		let thread = thread::spawn(move || {
			let mut looked = Instant::now();
			for turn in 0.. {
				if stopped.load(Ordering::SeqCst) {
					break;
				}
				desk.send(turn % desk.senders.len());
				if looked.elapsed() > LOOK {
					desk.look()?;
					looked = Instant::now();
				}
				thread::sleep(pause);
			}
			desk.close()
		});
		Ok(Self {
			stop,
			thread: Some(thread),
		})
	}

	/// Stops sending, and waits until all that was sent is final.
	pub fn finish(mut self) -> Outcome<Book> {
		self.stop.store(true, Ordering::SeqCst);
		let ended = self.thread.take().map(JoinHandle::join);
		match ended {
			Some(Ok(book)) => book,
			_ => Err(Error::Broken("the senders panicked".into())),
		}
	}
}

impl Drop for Senders {
	fn drop(&mut self) {
		self.stop.store(true, Ordering::SeqCst);
	}
}

/// Where the senders keep their books.
struct Desk {
	nodes: Vec<SocketAddr>,
	genesis: Hash,
	senders: Vec<Sr25519Keyring>,
	next: Vec<Nonce>,
	taken: Vec<Taken>,
	/// Which of [`Self::taken`] has these bytes, in hexadecimal.
	known: HashMap<String, usize>,
	/// The last final block that was read.
	read: u64,
	book: Book,
}

impl Desk {
	fn open(nodes: &[Node]) -> Outcome<Self> {
		let nodes: Vec<_> = nodes.iter().map(Node::rpc_address).collect();
		let mut desk = Self {
			genesis: Hash::default(),
			senders: accounts(),
			next: Vec::new(),
			taken: Vec::new(),
			known: HashMap::new(),
			read: 0,
			book: Book::default(),
			nodes,
		};
		let genesis = desk.ask("chain_getBlockHash", json!([0]))?;
		desk.genesis = serde_json::from_value(genesis)
			.map_err(|error| Error::Broken(format!("the genesis has no hash: {error}")))?;
		for sender in &desk.senders {
			desk.next.push(desk.nonce(&sender.to_account_id())?);
		}
		desk.read = desk.final_block()?.0;
		Ok(desk)
	}

	/// Asks the first node.
	fn ask(&self, method: &str, params: Value) -> Outcome<Value> {
		let node = self.nodes[0];
		rpc::call(node, method, params, PATIENCE).map_err(|why| Error::Silent {
			node: node.to_string(),
			method: method.into(),
			why,
		})
	}

	fn nonce(&self, account: &AccountId) -> Outcome<Nonce> {
		let nonce = self.ask("system_accountNextIndex", json!([account.to_string()]))?;
		serde_json::from_value(nonce)
			.map_err(|error| Error::Broken(format!("no count of transactions: {error}")))
	}

	/// Number and hash of the last final block.
	fn final_block(&self) -> Outcome<(u64, Value)> {
		let hash = self.ask("chain_getFinalizedHead", json!([]))?;
		let header = self.ask("chain_getHeader", json!([hash]))?;
		let number = rpc::number(&header)
			.ok_or_else(|| Error::Broken(format!("a header without number: {header}")))?;
		Ok((number, hash))
	}

	/// Signs the transfer number `nonce` of a sender and hands it to its node; its bytes if the node has
	/// taken it, or why not.
	fn hand_in(&self, sender: usize, nonce: Nonce, version: u32) -> Result<String, String> {
		let (from, to) = (
			self.senders[sender],
			self.senders[(sender + 1) % self.senders.len()],
		);
		let call = calls::pay(&to.to_account_id(), AMOUNT);
		let signed = sign_for(
			version,
			&from.pair(),
			call,
			nonce,
			self.genesis,
			Lifetime::Unlimited,
		);
		let bytes = bytes::to_hex(&signed.encode(), false);
		let node = self.nodes[sender % self.nodes.len()];
		rpc::call(node, "author_submitExtrinsic", json!([bytes]), PATIENCE)?;
		Ok(bytes)
	}

	/// The version at the best block of a sender's node.
	fn version_at(&self, sender: usize) -> Option<u32> {
		let node = self.nodes[sender % self.nodes.len()];
		let version = rpc::call(node, "state_getRuntimeVersion", json!([]), PATIENCE).ok()?;
		spec_version(&version)
	}

	/// Sends one more. What a node does not take is tried anew at the next turn.
	fn send(&mut self, sender: usize) {
		let Some(version) = self.version_at(sender) else {
			return;
		};
		let nonce = self.next[sender];
		match self.hand_in(sender, nonce, version) {
			Ok(bytes) => {
				self.known.insert(bytes, self.taken.len());
				self.taken.push(Taken {
					sender,
					nonce,
					version,
					block: None,
				});
				self.next[sender] += 1;
			}
			Err(_) if self.version_at(sender) != Some(version) => self.book.refused += 1,
			Err(why) => self.book.complaints.push(why),
		}
	}

	/// Reads what has become final. What is not in there and was signed for another version than the one
	/// that is in force after it can never be in a block: it is signed again.
	fn look(&mut self) -> Outcome<()> {
		let (last, hash) = self.final_block()?;
		for number in (self.read + 1)..=last {
			let block = self.ask("chain_getBlockHash", json!([number]))?;
			let block = self.ask("chain_getBlock", json!([block]))?;
			let inside = block["block"]["extrinsics"].as_array();
			for bytes in inside.into_iter().flatten().filter_map(Value::as_str) {
				let Some(place) = self.known.get(bytes) else {
					continue;
				};
				let before = self.taken[*place].block.replace(number);
				must(before.is_none(), || {
					format!("a transaction is in final block {number} and in {before:?}")
				})?;
			}
			self.read = number;
		}
		let version = self.ask("state_getRuntimeVersion", json!([hash]))?;
		let version = spec_version(&version)
			.ok_or_else(|| Error::Broken(format!("a runtime without version: {version}")))?;
		for place in 0..self.taken.len() {
			let Taken {
				sender,
				nonce,
				version: signed_for,
				block,
			} = self.taken[place];
			if block.is_some() || signed_for == version {
				continue;
			}
			// If the node does not take it, the next look tries again.
			if let Ok(bytes) = self.hand_in(sender, nonce, version) {
				self.known.insert(bytes, place);
				self.taken[place].version = version;
				self.book.signed_again += 1;
			}
		}
		Ok(())
	}

	/// Waits until everything is final, and compares with what the chain has counted.
	fn close(mut self) -> Outcome<Book> {
		let begin = Instant::now();
		loop {
			self.look()?;
			let open = self.taken.iter().filter(|one| one.block.is_none()).count();
			if open == 0 {
				break;
			}
			must(begin.elapsed() < END, || {
				format!(
					"{open} of {} transactions are lost: nodes have taken them, and they are not final",
					self.taken.len()
				)
			})?;
			thread::sleep(LOOK);
		}
		for (sender, expected) in self.senders.iter().zip(&self.next) {
			let counted = self.nonce(&sender.to_account_id())?;
			must(counted == *expected, || {
				format!(
					"{sender:?} has sent {expected} transactions, and the chain counts {counted}"
				)
			})?;
		}
		self.book.taken = self.taken.len();
		Ok(self.book)
	}
}

/// The version in an answer of `state_getRuntimeVersion`.
pub fn spec_version(answer: &Value) -> Option<u32> {
	u32::try_from(answer["specVersion"].as_u64()?).ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn nobody_else_uses_the_accounts_of_the_senders() {
		let senders = accounts();
		assert_eq!(senders.len(), 6);
		assert!(Sr25519Keyring::invulnerable().all(|person| !senders.contains(&person)));
	}
}
