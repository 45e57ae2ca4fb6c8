//! How much work and how many bytes fit into a block.

use frame_support::{dispatch::DispatchClass, weights::Weight};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::Perbill;

/// What ordinary transactions may take of a block. The rest is for operational ones.
pub const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);

/// Most bytes in a block.
pub const MAXIMUM_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;

/// The limits of work for blocks of at most `max_block`, with as many bytes of its proof kept for the
/// end of the block.
pub fn block_weights(max_block: Weight, proof_at_end: u64) -> BlockWeights {
	let mut weights = BlockWeights::with_sensible_defaults(max_block, NORMAL_DISPATCH_RATIO);
	weights.base_block = weights
		.base_block
		.saturating_add(Weight::from_parts(0, proof_at_end));
	weights
}

/// The limits of size for blocks of at most `max_length` bytes.
pub fn block_length(max_length: u32) -> BlockLength {
	BlockLength::builder()
		.max_length(max_length)
		.modify_max_length_for_class(DispatchClass::Normal, |length| {
			*length = NORMAL_DISPATCH_RATIO.mul_floor(max_length)
		})
		.build()
}
