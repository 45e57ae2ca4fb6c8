//! Transactions all the time: six accounts send to one another, each through whichever node answers.

use std::{
	collections::HashSet,
	net::SocketAddr,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc, Mutex,
	},
	thread::{self, JoinHandle},
	time::Duration,
};

use codec::Encode;
use madang_client::{
	calls,
	signing::{sign, Lifetime},
};
use madang_runtime::Hash;
use serde_json::json;
use sp_core::{bytes, sr25519};
use sp_keyring::Sr25519Keyring;

use crate::{node::Node, rpc, Error, Outcome};

/// Most that one answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What each transfer moves.
const AMOUNT: u128 = 1_000_000_000;

/// A stream of transactions. It stops when this goes out of scope.
pub struct Load {
	stop: Arc<AtomicBool>,
	taken: Arc<Mutex<HashSet<String>>>,
	thread: Option<JoinHandle<()>>,
}

impl Load {
	/// Sends a transaction every `pause` through these nodes in turn. A node that does not answer is
	/// passed over.
	pub fn start(nodes: &[Node], pause: Duration) -> Outcome<Self> {
		let genesis = nodes
			.first()
			.ok_or_else(|| Error::Broken("there is no node to send to".into()))?
			.genesis()?;
		let addresses: Vec<_> = nodes.iter().map(Node::rpc_address).collect();
		let stop = Arc::new(AtomicBool::new(false));
		let taken: Arc<Mutex<HashSet<String>>> = Arc::default();
		let (stopped, known) = (stop.clone(), Arc::clone(&taken));
		let thread = thread::spawn(move || {
			let people: Vec<_> = Sr25519Keyring::invulnerable().collect();
			for turn in 0.. {
				if stopped.load(Ordering::SeqCst) {
					break;
				}
				let (from, to) = (
					people[turn % people.len()],
					people[(turn + 1) % people.len()],
				);
				let address = addresses[turn % addresses.len()];
				if let Some(bytes) = send(address, &from.pair(), to, genesis) {
					lock(&known).insert(bytes);
				}
				thread::sleep(pause);
			}
		});
		Ok(Self {
			stop,
			taken,
			thread: Some(thread),
		})
	}

	/// Stops sending, and gives what nodes took, in hexadecimal.
	pub fn stop(mut self) -> HashSet<String> {
		self.end();
		lock(&self.taken).clone()
	}

	fn end(&mut self) {
		self.stop.store(true, Ordering::SeqCst);
		if let Some(thread) = self.thread.take() {
			let _ = thread.join();
		}
	}
}

impl Drop for Load {
	fn drop(&mut self) {
		self.end();
	}
}

fn lock(taken: &Mutex<HashSet<String>>) -> std::sync::MutexGuard<'_, HashSet<String>> {
	taken
		.lock()
		.unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Sends one transfer, and gives its bytes if the node took it.
fn send(
	node: SocketAddr,
	from: &sr25519::Pair,
	to: Sr25519Keyring,
	genesis: Hash,
) -> Option<String> {
	let account = madang_client::chain::account_of(from);
	let nonce = rpc::call(
		node,
		"system_accountNextIndex",
		json!([account.to_string()]),
		PATIENCE,
	)
	.ok()?
	.as_u64()?;
	let call = calls::pay(&to.to_account_id(), AMOUNT);
	let nonce = u32::try_from(nonce).ok()?;
	let signed = sign(from, call, nonce, genesis, Lifetime::Unlimited);
	let bytes = bytes::to_hex(&signed.encode(), false);
	rpc::call(node, "author_submitExtrinsic", json!([bytes]), PATIENCE).ok()?;
	Some(bytes)
}
