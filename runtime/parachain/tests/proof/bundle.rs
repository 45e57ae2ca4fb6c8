//! Blocks that one core of the relay chain validates together, and what is handed to it.

use codec::Encode;
use cumulus_primitives_core::{relay_chain, ParachainBlockData};
use frame_support::weights::Weight;
use madang_parachain_runtime::{Block, Header};
use polkadot_parachain_primitives::primitives::{BlockData, HeadData, ValidationParams};
use sp_runtime::traits::BlakeTwo256;
use sp_trie::StorageProof;

use crate::{
	chain::{Built, Chain, Cost},
	relay::head_of,
};

/// The most bytes to which validators decompress what collators send.
const BOMB_LIMIT: usize = 4 * relay_chain::MAX_POV_SIZE as usize;

/// Blocks that one core validates together.
pub struct Bundle {
	/// The block before them.
	pub parent: Header,
	/// The blocks.
	pub blocks: Vec<Built>,
	/// Whether there were more calls than room.
	pub is_full: bool,
	/// The chain with them.
	pub after: Chain,
}

/// What a collator hands to a validator.
#[derive(Clone)]
pub struct Candidate {
	/// The head on which it is built.
	pub parent: HeadData,
	/// The block of the relay chain on which it is built.
	pub relay_parent_number: u32,
	/// The root of that block's state.
	pub relay_parent_storage_root: relay_chain::Hash,
	/// The blocks and the proof, encoded: the proof of validity.
	pub pov: Vec<u8>,
	/// What the proof comes to.
	pub sizes: Sizes,
}

/// Bytes of a proof of validity.
#[derive(Clone, Copy)]
pub struct Sizes {
	/// The nodes of the trie: what is counted while blocks are built.
	pub nodes: u64,
	/// The same without the hashes that follow from other nodes.
	pub compact: u64,
	/// With the blocks.
	pub pov: u64,
	/// Compressed, as it is sent.
	pub sent: u64,
}

impl Bundle {
	/// What the collator hands to the validators.
	pub fn candidate(&self) -> Candidate {
		let blocks = self
			.blocks
			.iter()
			.map(|built| built.block.clone())
			.collect();
		let proofs = self.blocks.iter().map(|built| built.proof.clone());
		self.candidate_of(blocks, StorageProof::merge(proofs))
	}

	/// What a collator could hand over in its place.
	pub fn candidate_of(&self, blocks: Vec<Block>, proof: StorageProof) -> Candidate {
		let nodes = proof.encoded_size() as u64;
		let proof = proof
			.into_compact_proof::<BlakeTwo256>(self.parent.state_root)
			.expect("the root is among the nodes");
		let compact = proof.encoded_size() as u64;
		let pov = ParachainBlockData::new(blocks, proof, None).encode();
		let sent = sp_maybe_compressed_blob::compress_weakly(&pov, BOMB_LIMIT)
			.expect("it is below the limit")
			.len() as u64;
		let relay = &self.blocks[0].relay;
		Candidate {
			parent: head_of(&self.parent),
			relay_parent_number: relay.number,
			relay_parent_storage_root: relay.storage_root,
			sizes: Sizes {
				nodes,
				compact,
				pov: pov.len() as u64,
				sent,
			},
			pov,
		}
	}

	/// What the runtime counts for all blocks.
	pub fn counted(&self) -> Weight {
		self.blocks.iter().fold(Weight::zero(), |sum, built| {
			sum.saturating_add(built.counted)
		})
	}

	/// What the transactions cost.
	pub fn costs(&self) -> impl Iterator<Item = Cost> + '_ {
		self.blocks
			.iter()
			.flat_map(|built| built.transactions.iter().copied())
	}
}

impl Candidate {
	/// What the validator passes to the runtime.
	pub fn params(&self) -> ValidationParams {
		ValidationParams {
			parent_head: self.parent.clone(),
			block_data: BlockData(self.pov.clone()),
			relay_parent_number: self.relay_parent_number,
			relay_parent_storage_root: self.relay_parent_storage_root,
		}
	}
}
