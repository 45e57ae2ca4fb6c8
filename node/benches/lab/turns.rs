//! Times of transactions whose blocks are executed in turn with others.

use std::rc::Rc;

use madang_report::figures::median;
use madang_runtime::{opaque::Block, Hash, Runtime, RuntimeCall};

use super::Lab;

/// Transactions in a measured block.
pub const TRANSACTIONS: u16 = 100;

/// What blocks stand on, and what they cost anyway.
pub struct Ground {
	/// The block before.
	pub parent: Hash,
	/// A block without transactions.
	pub empty: Block,
	/// A block of signed transactions that do nothing.
	pub idle: Block,
}

/// A block of transactions of one kind.
pub struct Side {
	/// What it stands on.
	pub ground: Rc<Ground>,
	/// The block.
	pub block: Block,
}

/// Microseconds that blocks of one side took in one round.
#[derive(Default)]
pub struct Samples {
	empty: Vec<f64>,
	idle: Vec<f64>,
	block: Vec<f64>,
}

/// Microseconds that a transaction takes.
pub struct Cost {
	/// All of it.
	pub whole: f64,
	/// Without what every signed transaction takes.
	pub call: f64,
}

impl Samples {
	/// Executes a side once, and what it costs anyway.
	pub fn take(&mut self, lab: &Lab, side: &Side) {
		let Ground {
			parent,
			empty,
			idle,
		} = &*side.ground;
		self.empty.push(lab.time(*parent, empty));
		self.idle.push(lab.time(*parent, idle));
		self.block.push(lab.time(*parent, &side.block));
	}

	/// What one transaction comes to.
	pub fn cost(self) -> Cost {
		let block = median(self.block);
		let each = |anyway: f64| (block - anyway) / f64::from(TRANSACTIONS);
		Cost {
			whole: each(median(self.empty)),
			call: each(median(self.idle)),
		}
	}
}

/// A call that does nothing.
pub fn nothing() -> RuntimeCall {
	RuntimeCall::System(frame_system::Call::<Runtime>::remark { remark: Vec::new() })
}
