//! Remembers what every node called final, and notices when one takes it back or two disagree.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use crate::{must, node::Node, Outcome};

/// What was called final so far, by anybody.
#[derive(Debug, Default)]
pub struct Witness {
	/// The final block of each height.
	blocks: BTreeMap<u64, String>,
	/// The highest final block of each node.
	highest: HashMap<String, u64>,
	/// The block of each transaction that was final, by its bytes in hexadecimal.
	transactions: HashMap<String, u64>,
}

impl Witness {
	/// Looks at a node: everything that became final there since the last look must agree with what
	/// anybody ever called final. A node that is down or busy starting says nothing.
	pub fn look(&mut self, node: &Node) -> Outcome<()> {
		let Ok(height) = node.height() else {
			return Ok(());
		};
		let last = self.highest.get(node.name()).copied().unwrap_or(0);
		for number in (last + 1)..=height.finalized {
			let Ok(Some(hash)) = node.block_hash(number) else {
				return Ok(());
			};
			if let Some(known) = self.blocks.get(&number) {
				must(*known == hash, || {
					format!(
						"two final blocks {number}: {} says {hash}, and before it was {known}",
						node.name()
					)
				})?;
			} else {
				let Ok(block) = node.call("chain_getBlock", json!([hash])) else {
					return Ok(());
				};
				let transactions = block["block"]["extrinsics"].as_array().cloned();
				for bytes in transactions.unwrap_or_default() {
					if let Some(bytes) = bytes.as_str() {
						self.transactions.insert(bytes.into(), number);
					}
				}
				self.blocks.insert(number, hash);
			}
			self.highest.insert(node.name().into(), number);
		}
		Ok(())
	}

	/// Looks at several nodes.
	pub fn look_at<'a>(&mut self, nodes: impl IntoIterator<Item = &'a Node>) -> Outcome<()> {
		nodes.into_iter().try_for_each(|node| self.look(node))
	}

	/// Looks at several nodes once more: each must have every block that anybody ever called final.
	pub fn check_at(&mut self, nodes: &[Node]) -> Outcome<()> {
		self.look_at(nodes)?;
		nodes.iter().try_for_each(|node| self.check(node))
	}

	/// How many of these transactions were final.
	pub fn seen<'a>(&self, sent: impl Iterator<Item = &'a String>) -> usize {
		sent.filter(|bytes| self.transactions.contains_key(*bytes))
			.count()
	}

	/// The highest block that anybody called final.
	pub fn height(&self) -> u64 {
		self.blocks.keys().next_back().copied().unwrap_or(0)
	}

	/// Checks that a node has every block that was ever called final, with every transaction in it.
	pub fn check(&self, node: &Node) -> Outcome<()> {
		let mut found: HashMap<String, u64> = HashMap::new();
		for (number, known) in &self.blocks {
			let hash = node.block_hash(*number)?;
			must(hash.as_ref() == Some(known), || {
				format!(
					"{} has {hash:?} at {number}, but {known} was final",
					node.name()
				)
			})?;
			let block = node.call("chain_getBlock", json!([known]))?;
			let transactions = block["block"]["extrinsics"].as_array().cloned();
			for bytes in transactions.unwrap_or_default() {
				if let Some(bytes) = bytes.as_str() {
					found.insert(bytes.into(), *number);
				}
			}
		}
		for (bytes, number) in &self.transactions {
			must(found.get(bytes) == Some(number), || {
				format!(
					"a transaction of final block {number} is lost at {}",
					node.name()
				)
			})?;
		}
		Ok(())
	}
}
