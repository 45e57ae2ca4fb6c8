//! What calls cost as the chain grows: the same call with more and more of what it deals with.
//!
//! Run it with `cargo bench -p madang-node --bench growth`. With `-- --check` it ends with an error
//! when a target is missed; without, it only tells, because a busy machine proves nothing. With
//! `-- --dry` it only shows that it works.
//!
//! **The chains.** Each size is a chain of its own: the development chain with more in its genesis,
//! which the calls of the pallets themselves have stored there. What a call touches itself is the same
//! on all of them, so what is compared is the work of finding it among more.
//!
//! **Measured.** Blocks of a hundred transactions of one kind, each signed by another account, are
//! executed as on import: compiled Wasm, ParityDB, the settings of the node. Every transaction in them
//! succeeds, which is checked when they are built. The time of a block without transactions is taken
//! away and the rest divided by their number, so a figure contains signature, nonce, fee, the call,
//! its events and its part of the state root. The columns of the call alone have no signed empty
//! `system.remark` in them either; they have no target and are less steady.
//!
//! **Not measured.** The pool, the network and writing to the disk. Nor reading from a cold disk: a
//! block that is executed again finds its state in the cache.
//!
//! - [`measure`]: what is executed, and what the times come to.
//! - [`topic`]: what grows, and how the figures are told.
//! - [`land`], [`escrow`], [`portals`]: the chains and the calls.

use std::process::ExitCode;

use madang_report::{benchmark, Part};

mod escrow;
#[path = "../lab/mod.rs"]
mod lab;
mod land;
mod measure;
mod portals;
mod topic;

use measure::TRANSACTIONS;
use topic::Effort;

fn main() -> ExitCode {
	benchmark(measure_all)
}

fn measure_all() -> Part {
	let quick = Part::quick();
	let effort = if quick { Effort::QUICK } else { Effort::FULL };
	let mut part = Part::new("growth");
	for topic in [land::TOPIC, escrow::TOPIC, portals::TOPIC] {
		topic.measure(&effort, &mut part);
	}
	part.note(format!(
		"Medians of {} rounds. In a round the chains of all sizes execute a block of {TRANSACTIONS} \
		 transactions {} times, in turn; a block without transactions is taken off and the rest \
		 divided by {TRANSACTIONS}. For the call alone a block of empty `system.remark` of the same \
		 signers is taken off instead. Each ratio is to the smallest size in the same round. State \
		 is warm.",
		effort.rounds, effort.repeats
	));
	if quick {
		part.note("A dry run with the two smallest sizes: its figures mean nothing.");
	}
	part
}
