//! Estimated weights, until benchmarks have measured better ones.

use frame_support::{
	traits::Get,
	weights::{constants::WEIGHT_REF_TIME_PER_MICROS, RuntimeDbWeight, Weight},
};

/// Most bytes that a proof of one key takes, with its branch of the trie.
const PROOF_PER_KEY: u64 = 3_000;

/// `micros` of work, `keys` entries read and `written` of them written.
pub fn estimate<Db: Get<RuntimeDbWeight>>(micros: u64, keys: u64, written: u64) -> Weight {
	Weight::from_parts(
		micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS),
		keys.saturating_mul(PROOF_PER_KEY),
	)
	.saturating_add(Db::get().reads_writes(keys, written))
}
