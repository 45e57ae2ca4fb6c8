//! Faults, each with what must hold while it lasts and after it.
//!
//! Those of [`outages`] work on a network that exists, so that a test can let several pass one after the
//! other; the others make what they need.

pub mod abuse;
pub mod copies;
pub mod crashes;
pub mod machine;
pub mod outages;
pub mod sync;
pub mod twins;

use crate::{network::Network, upgrade, Outcome};

/// How much of a fault.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
	/// How often a node is killed.
	pub kills: u32,
	/// How many copies of a database are torn.
	pub copies: u32,
	/// How many bad requests are sent.
	pub requests: u32,
	/// What chance begins with.
	pub seed: u64,
}

impl Default for Amount {
	fn default() -> Self {
		Self {
			kills: 200,
			copies: 10,
			requests: 10_000,
			seed: 1,
		}
	}
}

/// A fault that can be shown by name.
pub struct Fault {
	/// What to call it on the command line.
	pub name: &'static str,
	/// What happens, and what must hold.
	pub about: &'static str,
	/// Lets it happen, and tells in sentences what was measured.
	pub run: fn(Amount) -> Outcome<Vec<String>>,
}

/// All of them, in the order in which they are shown.
pub static ALL: [Fault; 12] = [
	Fault {
		name: "pause-one",
		about: "one validator of four is paused: finality goes on",
		run: |_| with_four(outages::pause_one),
	},
	Fault {
		name: "pause-two",
		about: "two of four are paused: blocks go on, finality waits, and is back within 30 s",
		run: |_| with_four(outages::pause_two),
	},
	Fault {
		name: "split",
		about: "two against two: no final blocks that disagree, together again within 30 s",
		run: |_| with_network(Network::on_two_sites()?, outages::split),
	},
	Fault {
		name: "kill",
		about: "kill -9 at random under load: every restart works and nothing final is lost",
		run: |amount| with_four(|network| crashes::kill(network, amount)),
	},
	Fault {
		name: "torn",
		about: "torn copies of the database: right, or refused with a sentence",
		run: copies::torn,
	},
	Fault {
		name: "blocks",
		about: "export-blocks and import-blocks give the same roots",
		run: copies::blocks,
	},
	Fault {
		name: "sync",
		about: "a new node by full sync and one by warp sync reach the same state under load",
		run: |_| with_four(sync::full_and_warp),
	},
	Fault {
		name: "clock",
		about: "the clock of one validator is 30 s ahead, then 30 s behind: finality goes on",
		run: |_| with_four(machine::clock),
	},
	Fault {
		name: "disk",
		about: "the disk of one validator is full: it says so, stops, and recovers with room",
		run: |_| machine::disk(),
	},
	Fault {
		name: "twins",
		about: "a validator runs twice: the others report it, it loses its place, finality goes on",
		run: |_| with_network(Network::on_two_sites()?, twins::twins),
	},
	Fault {
		name: "rpc",
		about:
			"unsafe methods, bad requests and a flood on a public endpoint: blocks keep their pace",
		run: abuse::all,
	},
	Fault {
		name: "upgrade",
		about: "the council changes the runtime under load: no slot is missed, nothing is lost",
		run: |_| with_four(upgrade::run),
	},
];

/// Makes a network of four for one fault. Its folder is kept if something does not hold.
fn with_four(fault: impl FnOnce(&mut Network) -> Outcome<Vec<String>>) -> Outcome<Vec<String>> {
	with_network(Network::of_four()?, fault)
}

/// Lets a fault happen to a network, and keeps its folder if something does not hold.
pub(crate) fn with_network(
	mut network: Network,
	fault: impl FnOnce(&mut Network) -> Outcome<Vec<String>>,
) -> Outcome<Vec<String>> {
	let told = fault(&mut network);
	if told.is_err() {
		eprintln!("the logs are in {}", network.keep().display());
	}
	told
}
