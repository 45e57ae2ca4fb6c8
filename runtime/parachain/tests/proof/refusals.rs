//! What validators refuse. Each candidate differs in one thing from one that is valid.

use std::sync::LazyLock;

use codec::Encode;
use madang_parachain_runtime::{Block, Hash};
use sp_consensus_aura::{digests::CompatibleDigestItem, sr25519::AuthoritySignature};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{traits::BlakeTwo256, DigestItem};
use sp_trie::StorageProof;

use crate::{
	accounts::person,
	bundle::{Bundle, Candidate},
	calls,
	chain::Chain,
	pvf::validate,
	relay::head_of,
};

/// A valid block with one payment, and the chain before it.
struct Honest {
	chain: Chain,
	bundle: Bundle,
}

static HONEST: LazyLock<Honest> = LazyLock::new(|| {
	let mut chain = Chain::new(1, (0..2).map(|number| person(number).account));
	chain.wait_for_slot();
	let bundle = chain.bundle(1, [(person(0), calls::pay(person(1).account))]);
	let result = validate(&bundle.candidate());
	assert!(result.is_ok(), "the block itself is refused: {result:?}");
	Honest { chain, bundle }
});

impl Honest {
	fn block(&self) -> Block {
		self.bundle.blocks[0].block.clone()
	}

	fn proof(&self) -> StorageProof {
		self.bundle.blocks[0].proof.clone()
	}

	/// The same with another block.
	fn with(&self, block: Block) -> Candidate {
		self.bundle.candidate_of(vec![block], self.proof())
	}

	/// The payment, as it stands in the block.
	fn payment(&self) -> Vec<u8> {
		self.block().extrinsics.last().expect("it pays").encode()
	}
}

/// Fails unless the validator refuses the candidate for this reason.
#[track_caller]
fn refused(candidate: &Candidate, reason: &str) {
	match validate(candidate) {
		Ok(_) => panic!("the candidate is valid"),
		Err(error) => assert!(error.contains(reason), "{error}"),
	}
}

#[test]
fn a_changed_byte_of_a_transaction() {
	let payment = HONEST.payment();
	let honest = HONEST.bundle.candidate();
	let start = honest
		.pov
		.windows(payment.len())
		.position(|bytes| bytes == payment)
		.expect("the payment is in the block");
	for place in 0..payment.len() {
		let mut candidate = honest.clone();
		candidate.pov[start + place] ^= 1;
		let result = validate(&candidate);
		assert!(result.is_err(), "byte {place} may be changed");
		if place + 1 == payment.len() {
			refused(&candidate, "bad signature");
		}
	}
}

#[test]
fn a_missing_node() {
	let nodes: Vec<_> = HONEST.proof().into_nodes().into_iter().collect();
	for (number, node) in nodes.iter().enumerate() {
		if sp_io::hashing::blake2_256(node) == HONEST.bundle.parent.state_root.0 {
			// Without the root there is nothing to hand over.
			continue;
		}
		let mut rest = nodes.clone();
		rest.remove(number);
		let proof = StorageProof::new(rest);
		let candidate = HONEST.bundle.candidate_of(vec![HONEST.block()], proof);
		let result = validate(&candidate);
		assert!(result.is_err(), "{} bytes are not needed", node.len());
	}
}

#[test]
fn a_changed_node() {
	let compact = HONEST
		.proof()
		.into_compact_proof::<BlakeTwo256>(HONEST.bundle.parent.state_root)
		.expect("the proof is complete");
	let longest = compact
		.encoded_nodes
		.iter()
		.max_by_key(|node| node.len())
		.expect("something was read");
	let mut candidate = HONEST.bundle.candidate();
	let start = candidate
		.pov
		.windows(longest.len())
		.position(|bytes| bytes == longest)
		.expect("the node is handed over");
	candidate.pov[start + longest.len() - 1] ^= 1;
	assert!(validate(&candidate).is_err());
}

#[test]
fn another_parent() {
	let mut candidate = HONEST.bundle.candidate();
	let mut parent = HONEST.bundle.parent.clone();
	// The state is the same, so that the proof fits.
	parent.number += 1;
	candidate.parent = head_of(&parent);
	refused(
		&candidate,
		"Parachain head needs to be the parent of the first block",
	);
}

#[test]
fn another_relay_parent() {
	let mut candidate = HONEST.bundle.candidate();
	candidate.relay_parent_storage_root = Hash::repeat_byte(1);
	refused(&candidate, "Relay parent storage root doesn't match");

	let mut candidate = HONEST.bundle.candidate();
	candidate.relay_parent_number += 1;
	refused(&candidate, "Relay parent number doesn't match");
}

#[test]
fn another_state_root() {
	let mut block = HONEST.block();
	block.header.state_root = Hash::repeat_byte(1);
	block.header.digest.pop();
	// The collator itself lies: the seal is good.
	let slot = HONEST.bundle.blocks[0].relay.slot;
	block.header = HONEST.chain.seal(block.header, slot);
	refused(
		&HONEST.with(block),
		"Storage root must match that calculated",
	);
}

#[test]
fn a_block_without_its_transaction() {
	let mut block = HONEST.block();
	block.extrinsics.pop();
	refused(&HONEST.with(block), "root must match");
}

#[test]
fn a_seal_of_somebody_else() {
	let mut block = HONEST.block();
	block.header.digest.pop();
	let hash = block.header.hash();
	let signature: AuthoritySignature = Sr25519Keyring::Bob.sign(hash.as_bytes()).into();
	block.header.digest.push(DigestItem::aura_seal(signature));
	refused(&HONEST.with(block), "Invalid AuRa seal");
}
