//! What the calls weigh: PROVISIONAL figures.
//!
//! Nobody measured these. They are estimated by hand from what each call reads and writes, and err on
//! the high side, so that no block takes longer than it may. They will be replaced by weights that
//! `benchmark pallet` generates from `benchmarking.rs` on reference hardware.
//!
//! What land does for [`Call::register`](crate::Call::register) and
//! [`Call::close`](crate::Call::close) is not in here: the calls add what land declares for itself.

use core::marker::PhantomData;
use frame_support::weights::{
	constants::{WEIGHT_REF_TIME_PER_MICROS, WEIGHT_REF_TIME_PER_NANOS},
	RuntimeDbWeight, Weight,
};
use sp_core::Get;

/// What the calls of this pallet weigh.
pub trait WeightInfo {
	/// `register`, without the land. `text` is the number of bytes in name and URI.
	fn register(text: u32) -> Weight;
	/// `set_profile`. `text` is the number of bytes in name and URI.
	fn set_profile(text: u32) -> Weight;
	/// `set_endpoint`. `text` is the number of bytes in the URI.
	fn set_endpoint(text: u32) -> Weight;
	/// `remove_endpoint`.
	fn remove_endpoint() -> Weight;
	/// `launch`.
	fn launch() -> Weight;
	/// `set_manager`. `managers` is the number of managers that there are.
	fn set_manager(managers: u32) -> Weight;
	/// `nominate_owner`.
	fn nominate_owner() -> Weight;
	/// `accept_ownership`.
	fn accept_ownership() -> Weight;
	/// `spend`.
	fn spend() -> Weight;
	/// `spend_asset`.
	fn spend_asset() -> Weight;
	/// `suspend`.
	fn suspend() -> Weight;
	/// `resume`.
	fn resume() -> Weight;
	/// `close`, without the land.
	fn close() -> Weight;
}

/// Part of the storage proof that one key costs besides its value: the trie nodes on the way to it.
const PROOF_OF_KEY: u64 = 2_600;
/// Longest record, profile, list of endpoints and list of managers, in bytes, rounded up.
const RECORD: u64 = 256;
const PROFILE: u64 = 384;
const ENDPOINTS: u64 = 2_500;
const MANAGERS: u64 = 640;
/// Every long value of a metaverse, read by the calls that count the deposit anew.
const ALL: u64 = RECORD + PROFILE + ENDPOINTS + MANAGERS;
/// One account or one list of holds, in bytes, rounded up.
const ACCOUNT: u64 = 256;

/// Computation, keys read and written, and bytes of the values read.
fn estimate(db: RuntimeDbWeight, micros: u64, reads: u64, writes: u64, bytes: u64) -> Weight {
	Weight::from_parts(
		micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS),
		reads.saturating_mul(PROOF_OF_KEY).saturating_add(bytes),
	)
	.saturating_add(db.reads_writes(reads, writes))
}

/// Checking and storing text.
fn per_byte(text: u32) -> Weight {
	Weight::from_parts(
		u64::from(text).saturating_mul(20 * WEIGHT_REF_TIME_PER_NANOS),
		0,
	)
}

/// The table, once for any database.
macro_rules! estimates {
	($db:expr) => {
		fn register(text: u32) -> Weight {
			estimate($db, 150, 6, 8, 64 + 4 * ACCOUNT).saturating_add(per_byte(text))
		}

		fn set_profile(text: u32) -> Weight {
			estimate($db, 70, 6, 4, ALL + 2 * ACCOUNT).saturating_add(per_byte(text))
		}

		fn set_endpoint(text: u32) -> Weight {
			estimate($db, 80, 6, 4, ALL + 2 * ACCOUNT).saturating_add(per_byte(text))
		}

		fn remove_endpoint() -> Weight {
			estimate($db, 80, 6, 4, ALL + 2 * ACCOUNT)
		}

		fn launch() -> Weight {
			estimate($db, 40, 3, 1, RECORD + ENDPOINTS + 64)
		}

		fn set_manager(managers: u32) -> Weight {
			estimate($db, 80, 6, 4, ALL + 2 * ACCOUNT)
				.saturating_add(per_byte(managers.saturating_mul(36)))
		}

		fn nominate_owner() -> Weight {
			estimate($db, 30, 1, 1, RECORD)
		}

		fn accept_ownership() -> Weight {
			estimate($db, 120, 9, 8, ALL + 4 * ACCOUNT)
		}

		fn spend() -> Weight {
			estimate($db, 80, 4, 2, RECORD + MANAGERS + 2 * ACCOUNT)
		}

		fn spend_asset() -> Weight {
			estimate($db, 100, 7, 5, RECORD + MANAGERS + 5 * ACCOUNT)
		}

		fn suspend() -> Weight {
			estimate($db, 30, 1, 1, RECORD)
		}

		fn resume() -> Weight {
			estimate($db, 30, 1, 1, RECORD)
		}

		fn close() -> Weight {
			estimate($db, 150, 6, 9, RECORD + 4 * ACCOUNT)
		}
	};
}

/// The provisional weights with the database of the runtime.
pub struct Provisional<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Provisional<T> {
	estimates!(T::DbWeight::get());
}
