//! How much work a message may be.
//!
//! Nobody has measured messages in this runtime. These are bounds, above what the same instructions and
//! calls take on Asset Hub, where they are measured. What a transaction did not use of the proof is
//! given back; a message pays the bound.

use frame_support::{parameter_types, weights::Weight};
use frame_system::Config;

use crate::Runtime;

/// A thousandth of a second.
const MILLISECOND: u64 = 1_000_000_000;
const KIB: u64 = 1_024;

parameter_types! {
	/// Bound for one instruction. The shortest message that makes us send one has three: it withdraws,
	/// pays, and sends. Together they cover a page of the queue in which it then waits.
	pub const Instruction: Weight = Weight::from_parts(MILLISECOND, 40 * KIB);
	/// Most instructions of a message, those inside of others included: as many as fit into what messages
	/// may take of a block, so that none waits for somebody to pay for more.
	pub const MaxInstructions: u32 = 25;
}

/// Bound for a call of the pallet, besides the program that it executes: the entries that it reads, and
/// a page of the queue.
fn call() -> Weight {
	Weight::from_parts(MILLISECOND, 128 * KIB)
		.saturating_add(<Runtime as Config>::DbWeight::get().reads_writes(10, 10))
}

/// Bound for reading `n` bytes of a message.
fn bytes(n: u32) -> Weight {
	Weight::from_parts(100_000, 0).saturating_mul(n.into())
}

/// Bounds for the calls of `polkadotXcm`.
pub struct Calls;

macro_rules! bounded {
	($($name:ident),* $(,)?) => {
		$(fn $name() -> Weight { call() })*
	};
}

impl pallet_xcm::WeightInfo for Calls {
	bounded! {
		send, teleport_assets, reserve_transfer_assets, transfer_assets, execute, force_xcm_version,
		force_default_xcm_version, force_subscribe_version_notify,
		force_unsubscribe_version_notify, force_suspension, migrate_supported_version,
		migrate_version_notifiers, already_notified_target, notify_current_targets,
		notify_target_migration_fail, migrate_version_notify_targets,
		migrate_and_notify_old_targets, new_query, take_response, add_authorized_alias,
		remove_authorized_alias,
	}

	fn claim_assets(n: u32) -> Weight {
		call().saturating_add(Instruction::get().saturating_mul(n.into()))
	}

	fn weigh_message(n: u32) -> Weight {
		call().saturating_add(bytes(n))
	}

	fn decode_xcm(n: u32) -> Weight {
		bytes(n)
	}
}
