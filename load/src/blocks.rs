//! The chain as it grows, seen from outside.

use std::{
	collections::BTreeMap,
	net::SocketAddr,
	thread,
	time::{Duration, Instant},
};

use madang_network::{must, rpc, Error, Outcome};
use serde_json::{json, Value};

use crate::line::{text, Line};

/// How often the node is asked for its best block. So exact are the times of latency.
pub const POLL: Duration = Duration::from_millis(50);

/// What the author of a block puts in before the transactions: the time.
const INHERENTS: usize = 1;

/// Most that a new block may take.
const LIMIT: Duration = Duration::from_secs(60);

/// A block of the best chain.
#[derive(Clone, Debug)]
pub struct Block {
	/// Its number.
	pub number: u64,
	/// Its hash, in hexadecimal.
	pub hash: String,
	/// How many transactions it has.
	pub transactions: u64,
	/// When it was seen to be the best one.
	pub seen: Instant,
	/// When it was seen to be final.
	pub finalized: Option<Instant>,
	/// Its transactions in hexadecimal, if they are kept.
	pub bodies: Vec<String>,
}

/// Follows the best chain of a node from one block on.
pub struct Follower {
	line: Line,
	keeps_bodies: bool,
	base: u64,
	base_hash: String,
	best: u64,
	best_hash: String,
	finalized: u64,
	finalized_hash: String,
	blocks: BTreeMap<u64, Block>,
}

impl Follower {
	/// Waits for the next block of a node, and follows the chain from there.
	pub fn start(node: SocketAddr, keeps_bodies: bool) -> Outcome<Self> {
		let mut line = Line::open(node)?;
		let before = best_hash(&mut line)?;
		let begin = Instant::now();
		let base_hash = loop {
			let now = best_hash(&mut line)?;
			if now != before {
				break now;
			}
			must(begin.elapsed() < LIMIT, || {
				format!("{node} made no block within {LIMIT:?}")
			})?;
			thread::sleep(POLL);
		};
		let base = number_of(&mut line, &base_hash)?;
		Ok(Self {
			line,
			keeps_bodies,
			base,
			base_hash: base_hash.clone(),
			best: base,
			best_hash: base_hash,
			finalized: 0,
			finalized_hash: String::new(),
			blocks: BTreeMap::new(),
		})
	}

	/// Reads what is new.
	pub fn look(&mut self) -> Outcome<()> {
		let hash = best_hash(&mut self.line)?;
		if hash != self.best_hash {
			self.go_to(hash)?;
		}
		let hash = text(&self.line.ask("chain_getFinalizedHead", json!([]))?)?;
		if hash != self.finalized_hash {
			self.finalized = number_of(&mut self.line, &hash)?;
			self.finalized_hash = hash;
		}
		let now = Instant::now();
		for (_, block) in self.blocks.range_mut(..=self.finalized) {
			block.finalized.get_or_insert(now);
		}
		Ok(())
	}

	/// Makes a block the best one. Blocks of another branch go.
	fn go_to(&mut self, best_hash: String) -> Outcome<()> {
		let seen = Instant::now();
		let mut next = best_hash.clone();
		let mut best = None;
		while !self.knows(&next) {
			let (block, parent) = self.read(next, seen)?;
			let number = block.number;
			if number <= self.base {
				break;
			}
			best.get_or_insert(number);
			self.blocks.insert(number, block);
			next = parent;
		}
		// Without a new block the best one is an older one now.
		let best = match best {
			Some(best) => best,
			None => number_of(&mut self.line, &best_hash)?,
		};
		self.blocks.retain(|number, _| *number <= best);
		self.best = best;
		self.best_hash = best_hash;
		Ok(())
	}

	fn knows(&self, hash: &str) -> bool {
		hash == self.base_hash || self.blocks.values().any(|block| block.hash == hash)
	}

	/// A block, and the hash of its parent.
	fn read(&mut self, hash: String, seen: Instant) -> Outcome<(Block, String)> {
		let answer = self.line.ask("chain_getBlock", json!([hash]))?;
		let block = &answer["block"];
		let extrinsics = block["extrinsics"]
			.as_array()
			.ok_or_else(|| Error::Broken(format!("block {hash} has no transactions")))?;
		let bodies = match self.keeps_bodies {
			true => extrinsics.iter().map(text).collect::<Outcome<Vec<_>>>()?,
			false => Vec::new(),
		};
		let parent = text(&block["header"]["parentHash"])?;
		let block = Block {
			number: number(&block["header"])?,
			hash,
			transactions: extrinsics.len().saturating_sub(INHERENTS) as u64,
			seen,
			finalized: None,
			bodies,
		};
		Ok((block, parent))
	}

	/// How many transactions are in blocks since the first one.
	pub fn transactions(&self) -> u64 {
		self.blocks.values().map(|block| block.transactions).sum()
	}

	/// Number of the best block.
	pub fn best(&self) -> u64 {
		self.best
	}

	/// Whether all blocks with transactions are final.
	pub fn is_final(&self) -> bool {
		self.blocks
			.values()
			.filter(|block| block.transactions > 0)
			.all(|block| block.number <= self.finalized)
	}

	/// The blocks since the first one, which is none of them.
	pub fn into_blocks(self) -> Vec<Block> {
		self.blocks.into_values().collect()
	}
}

fn best_hash(line: &mut Line) -> Outcome<String> {
	text(&line.ask("chain_getBlockHash", json!([]))?)
}

fn number_of(line: &mut Line, hash: &str) -> Outcome<u64> {
	number(&line.ask("chain_getHeader", json!([hash]))?)
}

fn number(header: &Value) -> Outcome<u64> {
	rpc::number(header).ok_or_else(|| Error::Broken(format!("{header} is no header")))
}
