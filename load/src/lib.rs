//! Measures real nodes from outside.
//!
//! Nodes are the program `madang`, started by `madang-network` on this machine. What they are sent is
//! signed ahead, and goes over many connections of plain HTTP.
//!
//! Three parts, each a verb of `madang-load`:
//! - [`throughput`]: finalized transactions a second, against a chain of plain SDK pallets, and the
//!   [`latency`] of a chain that is half full.
//! - [`queries`]: answers a second, of an idle node and of one whose blocks are full.
//! - [`memory`]: what a validator needs that has 100,000 parcels.
//!
//! What they stand on:
//! - [`ground`]: the specification of a chain with accounts and land of our own.
//! - [`kind`]: kinds of transactions, on which chain, and how they are signed and counted.
//! - [`senders`]: accounts with what they have signed.
//! - [`generator`]: sends it, and lets only so many be under way.
//! - [`blocks`]: the chain as it grows.
//! - [`books`]: whether everything arrived, once, and how fast.
//! - [`stage`]: sets up land and portals.
//! - [`mod@line`]: one connection.

use madang_network::{network::Network, Outcome};

pub mod blocks;
pub mod books;
pub mod generator;
pub mod ground;
pub mod kind;
pub mod latency;
pub mod line;
pub mod memory;
pub mod queries;
pub mod senders;
pub mod stage;
pub mod stock;
pub mod throughput;

/// Does something with a network, and keeps its folder with the logs if that fails.
pub(crate) fn keeping<T>(
	mut network: Network,
	work: impl FnOnce(&mut Network) -> Outcome<T>,
) -> Outcome<T> {
	let outcome = work(&mut network);
	if outcome.is_err() {
		eprintln!("the logs are in {}", network.keep().display());
	}
	outcome
}
