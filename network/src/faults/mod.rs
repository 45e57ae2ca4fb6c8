//! Faults, each with what must hold while it lasts and after it.
//!
//! They work on a network that exists, so that a test can let several pass one after the other.

pub mod crashes;
pub mod outages;

use crate::{network::Network, Outcome};

/// How much of a fault.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
	/// How often a node is killed.
	pub kills: u32,
	/// What chance begins with.
	pub seed: u64,
}

impl Default for Amount {
	fn default() -> Self {
		Self { kills: 10, seed: 1 }
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
pub static ALL: [Fault; 3] = [
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
		name: "kill",
		about: "kill -9 at random under load: every restart works and nothing final is lost",
		run: |amount| with_four(|network| crashes::kill(network, amount)),
	},
];

/// Makes a network of four for one fault. Its folder is kept if something does not hold.
fn with_four(fault: impl FnOnce(&mut Network) -> Outcome<Vec<String>>) -> Outcome<Vec<String>> {
	let mut network = Network::of_four()?;
	let told = fault(&mut network);
	if told.is_err() {
		eprintln!("the logs are in {}", network.keep().display());
	}
	told
}
