//! The relay chain, as far as a block of the parachain sees it: a state with a proof, and who follows.

use codec::Encode;
use cumulus_primitives_core::{
	relay_chain::{Hash, HeadData, Header, MAX_POV_SIZE},
	BlockBundleInfo, ClaimQueueOffset, CoreInfo, CoreSelector, ParaId, PersistedValidationData,
};
use cumulus_primitives_parachain_inherent::ParachainInherentData;
use cumulus_test_relay_sproof_builder::RelayStateSproofBuilder;
use madang_parachain_runtime::configs::consensus::{BLOCKS_PER_RELAY_SLOT, RELAY_PARENT_OFFSET};
use sp_consensus_aura::Slot;
use sp_runtime::DigestItem;
use sp_trie::StorageProof;

/// Blocks of the relay chain from the one on which a block is built to the first that knows it as
/// included: it is backed in the one after the tip, and its data are available in the one after that.
const INCLUSION: u32 = RELAY_PARENT_OFFSET + 2;

/// The slot in which the first block is built: in July 2025.
const FIRST_SLOT: u64 = 292_000_000;

/// The number of the relay chain's block on which the first block is built.
const FIRST_NUMBER: u32 = 1_000;

/// A block of the relay chain on which blocks of the parachain are built.
pub struct RelayParent {
	/// Its number.
	pub number: u32,
	/// The root of its state.
	pub storage_root: Hash,
	/// Its slot, which is also that of the parachain.
	pub slot: Slot,
	state: StorageProof,
	descendants: Vec<Header>,
}

impl RelayParent {
	/// What the block after the last one of `heads` is built on. All heads since genesis are needed,
	/// because the relay chain tells which of them it has included.
	pub fn after(heads: &[HeadData], para_id: ParaId) -> Self {
		let step = (heads.len() as u32 - 1) / BLOCKS_PER_RELAY_SLOT;
		let slot = Slot::from(FIRST_SLOT + u64::from(step));
		let included = (step + 1).saturating_sub(INCLUSION) * BLOCKS_PER_RELAY_SLOT;
		let state = RelayStateSproofBuilder {
			para_id,
			current_slot: slot,
			included_para_head: Some(heads[included as usize].clone()),
			..Default::default()
		};
		let (storage_root, state, descendants) =
			state.into_state_root_proof_and_descendants(RELAY_PARENT_OFFSET.into());
		Self {
			number: FIRST_NUMBER + step,
			storage_root,
			slot,
			state,
			descendants,
		}
	}

	/// What the collator tells of it to a block on `parent`.
	pub fn inherent(&self, parent: HeadData) -> ParachainInherentData {
		ParachainInherentData {
			validation_data: PersistedValidationData {
				parent_head: parent,
				relay_parent_number: self.number,
				relay_parent_storage_root: self.storage_root,
				max_pov_size: MAX_POV_SIZE,
			},
			relay_chain_state: self.state.clone(),
			downward_messages: Vec::new(),
			horizontal_messages: Default::default(),
			relay_parent_descendants: self.descendants.clone(),
			collator_peer_id: None,
		}
	}
}

/// Where a block stands among those of its slot, and which core validates it.
#[derive(Clone, Copy)]
pub struct Place {
	cores: u16,
	core: u8,
	/// Its number among the blocks that the core validates together.
	pub index: u8,
	/// Whether it is the last of them.
	pub last: bool,
}

impl Place {
	/// The place of the block after so many others, when the parachain has so many cores.
	pub fn after(blocks: u32, cores: u16) -> Self {
		let number = blocks % BLOCKS_PER_RELAY_SLOT;
		let together = BLOCKS_PER_RELAY_SLOT.div_ceil(cores.into());
		let index = number % together;
		Self {
			cores,
			core: (number / together) as u8,
			index: index as u8,
			last: index + 1 == together || number + 1 == BLOCKS_PER_RELAY_SLOT,
		}
	}

	/// How the collator writes it into the header.
	pub fn digest(self) -> [DigestItem; 2] {
		let core = CoreInfo {
			selector: CoreSelector(self.core),
			claim_queue_offset: ClaimQueueOffset(0),
			number_of_cores: self.cores.into(),
		};
		let bundle = BlockBundleInfo {
			index: self.index,
			is_last: self.last,
		};
		[core.to_digest_item(), bundle.to_digest_item()]
	}
}

/// What the relay chain stores of a block: its header.
pub fn head_of(header: &madang_parachain_runtime::Header) -> HeadData {
	HeadData(header.encode())
}
