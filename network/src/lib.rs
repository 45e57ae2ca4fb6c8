//! Networks of real nodes on one machine, and what happens to them when machines fail.
//!
//! Nodes are the program `madang` as operators run it, each with keys, ports and a folder of its own on
//! loopback.
//!
//! - [`node`]: one node: started, paused, killed, started again, asked.
//! - [`network`]: several nodes, and waiting for what they should do.
//! - [`sites`]: where nodes stand whose network is to be split.
//! - [`witness`]: remembers what every node called final, and notices when one takes it back.
//! - [`load`]: transactions all the time.
//! - [`upgrade`]: the rules of a running network change.
//! - [`rpc`]: the little HTTP that all of this needs.
//! - [`faults`]: each fault with what must hold. `madang-faults` runs them by name.

pub mod dice;
pub mod faults;
pub mod load;
pub mod network;
pub mod node;
pub mod rpc;
pub mod sites;
pub mod upgrade;
pub mod witness;

use std::time::Duration;

/// How often something is looked at while waiting for it.
pub(crate) const POLL: Duration = Duration::from_millis(100);

/// Why a fault could not be shown, or what did not hold.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The machine did not let us.
	#[error("{what}: {source}")]
	Machine {
		/// What was tried.
		what: String,
		/// What the system said.
		source: std::io::Error,
	},
	/// A node did not answer, or not with what was asked for.
	#[error("{node} does not answer {method}: {why}")]
	Silent {
		/// The node.
		node: String,
		/// What it was asked.
		method: String,
		/// What came instead.
		why: String,
	},
	/// Something that must hold does not. The logs of the nodes tell more.
	#[error("{0}")]
	Broken(String),
	/// The machine lacks something without which this cannot be shown.
	#[error("not shown: {0}")]
	Impossible(String),
}

/// What comes of trying something.
pub type Outcome<T> = Result<T, Error>;

/// Names what was tried when the machine says no.
pub trait Tried<T> {
	/// The same, with what was tried as the error has it.
	fn tried(self, what: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T> Tried<T> for std::io::Result<T> {
	fn tried(self, what: impl FnOnce() -> String) -> Outcome<T> {
		self.map_err(|source| Error::Machine {
			what: what(),
			source,
		})
	}
}

/// Says what does not hold, unless it does.
pub fn must(holds: bool, what: impl FnOnce() -> String) -> Outcome<()> {
	if holds {
		Ok(())
	} else {
		Err(Error::Broken(what()))
	}
}
