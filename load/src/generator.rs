//! Sends what is signed, over many connections, and lets only so many transactions be under way.

use std::{
	collections::HashMap,
	net::SocketAddr,
	sync::{
		atomic::{AtomicBool, Ordering},
		Mutex, MutexGuard,
	},
	thread,
	time::{Duration, Instant},
};

use madang_network::{must, Error, Outcome};

use crate::{
	blocks::{Block, Follower, POLL},
	line::Line,
	senders::Sender,
};

/// Connections over which transactions go.
pub const CONNECTIONS: usize = 16;

/// Transactions in one request when the chain is to be full.
const BATCH: u64 = 8;

/// How long a connection rests that may send nothing now.
const REST: Duration = Duration::from_millis(2);

/// Most that the last transactions may take to become final.
const DRAIN: Duration = Duration::from_secs(120);

/// How transactions are let through.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
	/// As many as the chain takes: so many may be under way, sent and in no block yet.
	Full {
		/// How many.
		under_way: u64,
	},
	/// So many a second, one in a request.
	Rate(f64),
}

/// What to send where.
#[derive(Clone, Debug)]
pub struct Order {
	/// Where nodes answer JSON-RPC. The first is the one whose chain is followed.
	pub nodes: Vec<SocketAddr>,
	/// Most that sending may take. It ends before when nothing is left.
	pub length: Duration,
	/// How fast.
	pub pace: Pace,
	/// Whether it is remembered when each transaction was sent.
	pub remembers: bool,
}

/// What came of it.
pub struct Run {
	/// The blocks since a moment before the first transaction.
	pub blocks: Vec<Block>,
	/// When sending began.
	pub began: Instant,
	/// Number of the best block when sending ended.
	pub end: u64,
	/// How many transactions nodes took.
	pub taken: u64,
	/// When each was sent, in hexadecimal, if that was to be remembered.
	pub sent: HashMap<String, Instant>,
}

/// Sends until the time is over or nothing is left, and waits until everything is final.
pub fn run(order: &Order, senders: &mut [Sender]) -> Outcome<Run> {
	let node = *order
		.nodes
		.first()
		.ok_or_else(|| Error::Broken("there is no node to send to".into()))?;
	let mut follower = Follower::start(node, order.remembers)?;
	let gate = Gate::new(order.pace);
	let share = senders.len().div_ceil(CONNECTIONS).max(1);
	let sent = thread::scope(|scope| {
		let workers: Vec<_> = senders
			.chunks_mut(share)
			.zip(order.nodes.iter().cycle())
			.map(|(senders, node)| {
				let gate = &gate;
				scope.spawn(move || send_all(gate, *node, senders, order.remembers))
			})
			.collect();
		let followed = follow(&mut follower, &gate, order.length, || {
			workers.iter().all(|worker| worker.is_finished())
		});
		gate.stop();
		let mut sent = HashMap::new();
		for worker in workers {
			let outcome = worker
				.join()
				.map_err(|_| Error::Broken("a connection panicked".into()))?;
			sent.extend(outcome?);
		}
		followed.map(|()| sent)
	})?;
	let end = follower.best();
	let taken = gate.admitted();
	drain(&mut follower, taken)?;
	Ok(Run {
		blocks: follower.into_blocks(),
		began: gate.begin,
		end,
		taken,
		sent,
	})
}

/// Tells the gate what the chain has taken, for so long or until there is nothing left to send.
fn follow(
	follower: &mut Follower,
	gate: &Gate,
	length: Duration,
	is_over: impl Fn() -> bool,
) -> Outcome<()> {
	while gate.begin.elapsed() < length && !is_over() {
		follower.look()?;
		gate.include(follower.transactions());
		thread::sleep(POLL);
	}
	Ok(())
}

/// Waits until all transactions are in final blocks.
fn drain(follower: &mut Follower, taken: u64) -> Outcome<()> {
	let begin = Instant::now();
	while follower.transactions() < taken || !follower.is_final() {
		must(begin.elapsed() < DRAIN, || {
			format!(
				"of {taken} transactions that nodes took, blocks have {} and the rest not within {DRAIN:?}",
				follower.transactions()
			)
		})?;
		follower.look()?;
		thread::sleep(POLL);
	}
	Ok(())
}

/// What one connection does: sends what its senders have signed, each sender's in order, until the gate
/// is closed or nothing is left.
fn send_all(
	gate: &Gate,
	node: SocketAddr,
	senders: &mut [Sender],
	remembers: bool,
) -> Outcome<Vec<(String, Instant)>> {
	let mut connection = Line::open(node)?;
	let mut turn = 0;
	let mut sent = Vec::new();
	while !gate.is_stopped() {
		let most = gate.admit();
		if most == 0 {
			thread::sleep(REST);
			continue;
		}
		let batch = pick(senders, &mut turn, most as usize);
		gate.give_back(most - batch.len() as u64);
		if batch.is_empty() {
			break;
		}
		let now = Instant::now();
		submit(&mut connection, &batch)?;
		if remembers {
			sent.extend(batch.into_iter().map(|transaction| (transaction, now)));
		}
	}
	Ok(sent)
}

/// The next transactions, at most one of each sender, so that none can overtake one before it.
fn pick(senders: &mut [Sender], turn: &mut usize, most: usize) -> Vec<String> {
	let mut picked = Vec::new();
	for _ in 0..senders.len() {
		if picked.len() == most {
			break;
		}
		picked.extend(senders[*turn].pop());
		*turn = (*turn + 1) % senders.len();
	}
	picked
}

/// Sends transactions in one request. All must be taken.
fn submit(connection: &mut Line, transactions: &[String]) -> Outcome<()> {
	const METHOD: &str = "author_submitExtrinsic";
	let requests: Vec<String> = transactions
		.iter()
		.enumerate()
		.map(|(id, transaction)| {
			format!(
				r#"{{"jsonrpc":"2.0","id":{id},"method":"{METHOD}","params":["{transaction}"]}}"#
			)
		})
		.collect();
	let answers = connection.ask_several(METHOD, &requests)?;
	let refused = answers.iter().find(|answer| answer.get("error").is_some());
	must(refused.is_none(), || {
		format!(
			"a node did not take a transaction: {}",
			refused.map(ToString::to_string).unwrap_or_default()
		)
	})
}

/// Lets transactions through.
struct Gate {
	pace: Pace,
	begin: Instant,
	counts: Mutex<Counts>,
	stopped: AtomicBool,
}

/// What went through, and what arrived.
#[derive(Default)]
struct Counts {
	admitted: u64,
	included: u64,
}

impl Gate {
	fn new(pace: Pace) -> Self {
		Self {
			pace,
			begin: Instant::now(),
			counts: Mutex::default(),
			stopped: AtomicBool::new(false),
		}
	}

	/// How many transactions may be sent now, in one request.
	fn admit(&self) -> u64 {
		let mut counts = self.counts();
		let (most, limit) = match self.pace {
			Pace::Full { under_way } => (BATCH, counts.included + under_way),
			Pace::Rate(rate) => (1, (self.begin.elapsed().as_secs_f64() * rate) as u64),
		};
		let granted = most.min(limit.saturating_sub(counts.admitted));
		counts.admitted += granted;
		granted
	}

	/// Takes back what was admitted and not sent.
	fn give_back(&self, count: u64) {
		self.counts().admitted -= count;
	}

	/// Says how many transactions are in blocks.
	fn include(&self, count: u64) {
		self.counts().included = count;
	}

	fn admitted(&self) -> u64 {
		self.counts().admitted
	}

	fn stop(&self) {
		self.stopped.store(true, Ordering::SeqCst);
	}

	fn is_stopped(&self) -> bool {
		self.stopped.load(Ordering::SeqCst)
	}

	fn counts(&self) -> MutexGuard<'_, Counts> {
		self.counts
			.lock()
			.unwrap_or_else(|poisoned| poisoned.into_inner())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{kind::Kind, senders::Traffic};

	#[test]
	fn the_gate_lets_only_so_many_be_under_way() {
		let gate = Gate::new(Pace::Full {
			under_way: BATCH + 3,
		});
		assert_eq!([gate.admit(), gate.admit(), gate.admit()], [BATCH, 3, 0]);
		gate.include(2);
		assert_eq!([gate.admit(), gate.admit()], [2, 0]);
		gate.give_back(1);
		assert_eq!([gate.admit(), gate.admit()], [1, 0]);
		assert_eq!(gate.admitted(), BATCH + 5);
	}

	#[test]
	fn the_gate_keeps_to_a_rate() {
		let gate = Gate::new(Pace::Rate(100.0));
		assert_eq!(gate.admit(), 0, "nothing is due at once");
		thread::sleep(Duration::from_millis(30));
		assert_eq!(gate.admit(), 1);
	}

	#[test]
	fn each_sender_has_one_transaction_in_a_request() {
		let mut traffic = Traffic::new(Kind::Money, Default::default(), 4);
		traffic.prepare(8);
		let senders = traffic.senders();
		let mut turn = 0;
		assert_eq!(pick(senders, &mut turn, 3).len(), 3);
		assert_eq!(turn, 3);
		assert_eq!(pick(senders, &mut turn, 8).len(), 4);
		assert_eq!(pick(senders, &mut turn, 8).len(), 1, "the rest");
		assert!(pick(senders, &mut turn, 8).is_empty());
	}
}
