//! Sets the stage: land and portals, made by one account in batches of calls.

use std::{net::SocketAddr, time::Duration};

use codec::Encode;
use madang_client::{
	calls,
	signing::{sign, Lifetime},
};
use madang_network::Outcome;
use madang_primitives::Balance;
use madang_runtime::{AccountId, Hash, RuntimeCall};
use madang_runtime_common::units::MDG;

use crate::{
	books,
	generator::{self, Order, Pace},
	kind::Kind,
	line::Line,
	senders::{accounts, Traffic},
};

/// What the builder has: enough for deposits of 100,000 parcels.
pub const BUILDER_MONEY: Balance = 100_000 * MDG;

/// Batches that may be under way.
const UNDER_WAY: u64 = 40;

/// Most that it may take.
const LIMIT: Duration = Duration::from_secs(1_200);

/// Who sets the stage. It owns the land and the money for it.
pub struct Builder {
	traffic: Traffic,
}

impl Builder {
	/// The builder of a chain, who has sent nothing yet.
	pub fn new(genesis: Hash) -> Self {
		Self {
			traffic: Traffic::new(Kind::Batches, genesis, 1),
		}
	}

	/// Its account.
	pub fn account() -> AccountId {
		accounts(Kind::Batches, 1).remove(0)
	}

	/// Makes these calls, so many in a transaction, and waits until all are final and none failed.
	pub fn make(
		&mut self,
		node: SocketAddr,
		calls: impl IntoIterator<Item = RuntimeCall>,
		batch: usize,
	) -> Outcome<()> {
		let genesis = self.traffic.genesis();
		let all: Vec<_> = calls.into_iter().collect();
		for some in all.chunks(batch) {
			let call = calls::batch(some.to_vec());
			self.traffic.add(0, |signer, nonce| {
				sign(signer, call, nonce, genesis, Lifetime::Unlimited).encode()
			});
		}
		let order = Order {
			nodes: vec![node],
			length: LIMIT,
			pace: Pace::Full {
				under_way: UNDER_WAY,
			},
			remembers: false,
		};
		let run = generator::run(&order, self.traffic.senders())?;
		books::check(&mut Line::open(node)?, &run, &self.traffic)
	}
}
