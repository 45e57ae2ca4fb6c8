//! A chain that lives in memory and executes blocks as a node does.

use std::{
	borrow::Cow,
	collections::{BTreeMap, BTreeSet},
};

use codec::Encode;
use cumulus_primitives_proof_size_hostfunction::storage_proof_size;
use sc_executor::WasmExecutor;
use serde::Deserialize;
use sp_core::{
	hexdisplay::HexDisplay,
	storage::well_known_keys::CODE,
	traits::{CallContext, CodeExecutor, Externalities, RuntimeCode, WrappedRuntimeCode},
	Bytes, H256,
};
use sp_runtime::{
	traits::{BlakeTwo256, Hash as _, Header as _},
	StateVersion,
};
use sp_state_machine::{backend::Backend, TestExternalities};
use sp_storage::Storage;
use sp_trie::{proof_size_extension::ProofSizeExt, ProofSizeProvider};

use crate::record::{Block, Header, RecordedBlock};

/// What the runtime may ask the node for.
pub type HostFunctions = (
	sp_io::SubstrateHostFunctions,
	storage_proof_size::HostFunctions,
);

/// How the state is hashed; every runtime whose `system_version` is at least 1 wants this.
const STATE_VERSION: StateVersion = StateVersion::V1;

/// Most differences that are listed.
const LISTED: usize = 20;

/// The part of a raw chain specification that is the first state.
#[derive(Deserialize)]
pub struct Spec {
	genesis: Genesis,
}

#[derive(Deserialize)]
struct Genesis {
	raw: Raw,
}

#[derive(Deserialize)]
struct Raw {
	top: BTreeMap<Bytes, Bytes>,
}

/// Chopsticks tells the runtime that the proof has no bytes, whatever was read. What is given back of
/// a transaction's weight follows from it and is part of the state, so the same is told here.
struct NoProof;

impl ProofSizeProvider for NoProof {
	fn estimate_encoded_size(&self) -> usize {
		0
	}

	fn start_transaction(&mut self, _is_host: bool) {}

	fn rollback_transaction(&mut self, _is_host: bool) {}

	fn commit_transaction(&mut self, _is_host: bool) {}
}

/// A state, and what executes blocks on it.
pub struct Chain {
	state: TestExternalities<BlakeTwo256>,
	executor: WasmExecutor<HostFunctions>,
	genesis_hash: H256,
}

impl Chain {
	/// The genesis of a specification.
	pub fn from_spec(spec: &Spec) -> Result<Self, String> {
		let top: BTreeMap<Vec<u8>, Vec<u8>> = spec
			.genesis
			.raw
			.top
			.iter()
			.map(|(key, value)| (key.to_vec(), value.to_vec()))
			.collect();
		let code = top.get(CODE).cloned().ok_or(
			"the specification has no code in its genesis; is it a raw one, without code of its own?",
		)?;
		let storage = Storage {
			top,
			children_default: Default::default(),
		};
		let mut state = TestExternalities::new_with_code_and_state(&code, storage, STATE_VERSION);
		state.register_extension(ProofSizeExt::new(NoProof));
		let genesis = Header::new(
			0,
			BlakeTwo256::ordered_trie_root(Vec::new(), StateVersion::V0),
			*state.backend.root(),
			Default::default(),
			Default::default(),
		);
		Ok(Self {
			state,
			executor: WasmExecutor::builder().build(),
			genesis_hash: genesis.hash(),
		})
	}

	/// Hash of the first block.
	pub fn genesis_hash(&self) -> H256 {
		self.genesis_hash
	}

	/// Root of the state.
	pub fn root(&self) -> H256 {
		*self.state.backend.root()
	}

	/// Executes a block as a node does that did not build it. The runtime refuses one whose header has
	/// another state root, another root of the extrinsics or another digest than it comes to.
	pub fn execute(&mut self, block: &Block) -> Result<(), String> {
		let done = self.call("Core_execute_block", &block.encode());
		if let Err(problem) = done {
			self.state.reset_overlay();
			return Err(problem);
		}
		self.state.commit_all()?;
		if self.root() == block.header.state_root {
			Ok(())
		} else {
			Err(format!("the state root is {:?}", self.root()))
		}
	}

	/// Makes sure that a block which comes to another state than it says is refused.
	pub fn refuse_another_root(&mut self, block: &Block) -> Result<(), String> {
		let mut other = block.clone();
		other.header.state_root = self.root();
		match self.execute(&other) {
			Ok(()) => {
				Err("a block with a wrong state root was executed as if it were right".into())
			}
			Err(_) => Ok(()),
		}
	}

	/// Builds the block here from the same extrinsics, and lists what is different in the state of the
	/// other side. Afterwards this chain is of no more use.
	pub fn differences(&mut self, recorded: &RecordedBlock, block: &Block) -> String {
		let mut theirs = self.pairs();
		for (key, value) in &recorded.changes {
			match value {
				Some(value) => theirs.insert(key.to_vec(), value.to_vec()),
				None => theirs.remove(&key[..]),
			};
		}
		if let Err(problem) = self.build(block) {
			return format!("It cannot be built here either: {problem}");
		}
		let ours = self.pairs();
		let keys: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
		let show = |pairs: &BTreeMap<Vec<u8>, Vec<u8>>, key: &[u8]| match pairs.get(key) {
			Some(value) => format!("{:?}", HexDisplay::from(value)),
			None => "nothing".into(),
		};
		let different: Vec<String> = keys
			.into_iter()
			.filter(|key| ours.get(*key) != theirs.get(*key))
			.map(|key| {
				format!(
					"{:?}\n  here  {}\n  there {}",
					HexDisplay::from(key),
					show(&ours, key),
					show(&theirs, key)
				)
			})
			.collect();
		let listed = different.iter().take(LISTED).cloned().collect::<Vec<_>>();
		format!(
			"{} keys differ{}\n{}",
			different.len(),
			if different.len() > LISTED {
				", the first of them:"
			} else {
				":"
			},
			listed.join("\n")
		)
	}

	/// Applies the extrinsics of a block one by one, as its author does.
	fn build(&mut self, block: &Block) -> Result<(), String> {
		let mut digest = block.header.digest.clone();
		digest.logs.retain(|log| log.as_pre_runtime().is_some());
		let header = Header::new(
			block.header.number,
			Default::default(),
			Default::default(),
			block.header.parent_hash,
			digest,
		);
		self.call("Core_initialize_block", &header.encode())?;
		for extrinsic in &block.extrinsics {
			self.call("BlockBuilder_apply_extrinsic", &extrinsic.encode())?;
		}
		self.call("BlockBuilder_finalize_block", &[])?;
		self.state.commit_all()
	}

	fn pairs(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
		let pairs = self.state.backend.pairs(Default::default());
		pairs
			.expect("the state is in memory")
			.map(|pair| pair.expect("the state is in memory"))
			.collect()
	}

	fn call(&mut self, method: &str, data: &[u8]) -> Result<Vec<u8>, String> {
		let mut ext = self.state.ext();
		let code = ext.storage(CODE).ok_or("the state has no code any more")?;
		let hash = sp_io::hashing::blake2_256(&code).to_vec();
		let fetcher = WrappedRuntimeCode(Cow::Owned(code));
		let code = RuntimeCode {
			code_fetcher: &fetcher,
			heap_pages: None,
			hash,
		};
		let (result, _) = self.executor.call(
			&mut ext,
			&code,
			method,
			data,
			CallContext::Onchain { import: true },
		);
		result.map_err(|error| error.to_string())
	}
}
