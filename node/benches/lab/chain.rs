//! A development chain whose blocks are made by the benchmark.

use std::{collections::HashMap, time::Instant};

use codec::{Decode, Encode};
use frame_system::EventRecord;
use madang_client::{
	chain::account_of,
	signing::{sign, Lifetime},
};
use madang_node::chain_spec::{self, ChainSpec};
use madang_runtime::{opaque::Block, AccountId, Hash, Nonce, RuntimeCall, RuntimeEvent};
use madang_runtime_common::time::SLOT_DURATION;
use sc_block_builder::{BlockBuilderBuilder, BuiltBlock};
use sc_client_api::Backend as _;
use sc_consensus::{BlockImport, BlockImportParams, ForkChoiceStrategy, ImportResult, StateAction};
use sp_api::{ApiExt, CallContext, Core, ProvideRuntimeApi};
use sp_blockchain::{ApplyExtrinsicFailed, Error, HeaderBackend};
use sp_consensus::BlockOrigin;
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::sr25519::Pair;
use sp_inherents::InherentData;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{Digest, DigestItem};
use sp_timestamp::{Timestamp, INHERENT_IDENTIFIER};

use super::Opened;

/// A development chain in a folder of its own, whose blocks are made here.
pub struct Lab {
	/// Its client.
	pub chain: Opened,
	/// The best block.
	pub best: Hash,
	genesis: Hash,
	number: u32,
	nonces: HashMap<AccountId, Nonce>,
}

/// A block that was made here, and what happened in it.
pub struct Made {
	/// The block with its changes.
	pub built: BuiltBlock<Block>,
	/// Its events.
	pub events: Vec<RuntimeEvent>,
	/// How many transactions it has of each signer.
	signers: HashMap<AccountId, Nonce>,
}

impl Made {
	/// How many transactions it has.
	pub fn transactions(&self) -> u32 {
		self.signers.values().sum()
	}
}

impl Lab {
	/// The development chain with nothing but genesis, on the database and the executor of the node.
	pub fn open() -> Self {
		Self::on(&chain_spec::development().expect("the runtime was built"))
	}

	/// The same for the genesis of another chain.
	pub fn on(spec: &ChainSpec) -> Self {
		Self::of(super::open(spec))
	}

	/// The same, which keeps as many states as a node does.
	pub fn pruned(spec: &ChainSpec) -> Self {
		Self::of(super::open_pruned(spec))
	}

	fn of(chain: Opened) -> Self {
		let genesis = chain.client.info().genesis_hash;
		Self {
			chain,
			genesis,
			best: genesis,
			number: 0,
			nonces: HashMap::new(),
		}
	}

	/// Builds a block of these calls on the best one, in which all of them succeed.
	pub fn build(&self, signer: Sr25519Keyring, calls: Vec<RuntimeCall>) -> Made {
		let pair = signer.pair();
		self.build_signed(calls.into_iter().map(|call| (pair.clone(), call)).collect())
	}

	/// The same with a signer for each call.
	pub fn build_signed(&self, calls: Vec<(Pair, RuntimeCall)>) -> Made {
		let transactions = calls.len();
		let made = self.fill(calls.into_iter());
		assert_eq!(
			made.transactions() as usize,
			transactions,
			"the block is full"
		);
		made
	}

	/// Builds a block of as many of these calls as fit, in which all of them succeed.
	pub fn fill(&self, calls: impl Iterator<Item = (Pair, RuntimeCall)>) -> Made {
		let slot = u64::from(self.number) + 1;
		let digest = Digest {
			logs: vec![DigestItem::PreRuntime(
				AURA_ENGINE_ID,
				Slot::from(slot).encode(),
			)],
		};
		let mut builder = BlockBuilderBuilder::<Block, _>::new(&self.chain.client)
			.on_parent_block(self.best)
			.with_parent_block_number(self.number)
			.with_inherent_digests(digest)
			.build()
			.expect("a block can begin");
		let mut inherents = InherentData::new();
		inherents
			.put_data(INHERENT_IDENTIFIER, &Timestamp::new(slot * SLOT_DURATION))
			.expect("the time is put in once");
		let inherents = builder
			.create_inherents(inherents)
			.expect("the runtime takes the time");
		let mut expected = inherents.len();
		for inherent in inherents {
			builder.push(inherent).expect("the inherent is valid");
		}

		let mut signers = HashMap::<AccountId, Nonce>::new();
		for (pair, call) in calls {
			let signer = account_of(&pair);
			let used = signers.entry(signer.clone()).or_default();
			let nonce = self.nonces.get(&signer).copied().unwrap_or_default() + *used;
			let signed = sign(&pair, call, nonce, self.genesis, Lifetime::Unlimited);
			match builder.push(signed.into()) {
				Ok(()) => {
					*used += 1;
					expected += 1;
				}
				Err(Error::ApplyExtrinsicFailed(ApplyExtrinsicFailed::Validity(error)))
					if error.exhausted_resources() =>
				{
					break
				}
				Err(error) => panic!("a transaction is not valid: {error}"),
			}
		}
		let built = builder.build().expect("a block can end");
		let events = events_of(&built);
		assert_eq!(successes(&events), expected, "not everything succeeded");
		Made {
			built,
			events,
			signers,
		}
	}

	/// Adds a block of these calls to the chain, and tells what happened in it.
	pub fn import(&mut self, signer: Sr25519Keyring, calls: Vec<RuntimeCall>) -> Vec<RuntimeEvent> {
		self.add(self.build(signer, calls))
	}

	/// Adds a block to the chain, and tells what happened in it.
	pub fn add(&mut self, made: Made) -> Vec<RuntimeEvent> {
		let Block { header, extrinsics } = made.built.block;
		let hash = header.hash();
		let mut params = BlockImportParams::<Block>::new(BlockOrigin::Own, header);
		params.body = Some(extrinsics);
		params.state_action = made.built.storage_changes.into();
		params.fork_choice = Some(ForkChoiceStrategy::LongestChain);
		self.import_block(params);
		self.best = hash;
		self.number += 1;
		for (signer, used) in made.signers {
			*self.nonces.entry(signer).or_default() += used;
		}
		made.events
	}

	fn import_block(&self, params: BlockImportParams<Block>) {
		let result = self
			.chain
			.runtime
			.block_on(self.chain.client.import_block(params))
			.expect("our own block is imported");
		assert!(matches!(result, ImportResult::Imported(_)), "{result:?}");
	}

	/// Microseconds that it takes to import a block: to execute it, and to write into the database what it
	/// changed. The block is taken out again.
	pub fn time_import(&self, block: &Block) -> f64 {
		let Block { header, extrinsics } = block.clone();
		let hash = header.hash();
		let mut params = BlockImportParams::<Block>::new(BlockOrigin::NetworkBroadcast, header);
		params.body = Some(extrinsics);
		params.state_action = StateAction::Execute;
		// The best block cannot be taken out.
		params.fork_choice = Some(ForkChoiceStrategy::Custom(false));
		let start = Instant::now();
		self.import_block(params);
		let time = start.elapsed().as_secs_f64() * 1e6;
		self.chain
			.backend
			.remove_leaf_block(hash)
			.expect("nothing stands on the block");
		time
	}

	/// Forgets what of the state is cached, as when the node starts.
	pub fn empty_cache(&self) {
		self.chain.backend.reset_trie_cache();
	}

	/// Microseconds that it takes to execute a block.
	pub fn time(&self, parent: Hash, block: &Block) -> f64 {
		let mut api = self.chain.client.runtime_api();
		api.set_call_context(CallContext::Onchain { import: true });
		let block = block.clone().into();
		let start = Instant::now();
		api.execute_block(parent, block)
			.expect("the block was built here");
		start.elapsed().as_secs_f64() * 1e6
	}
}

/// What a block wrote under a key without a map, like `System.Events`.
pub fn written<Value: Decode>(built: &BuiltBlock<Block>, pallet: &str, item: &str) -> Value {
	let key = [pallet, item]
		.map(|name| sp_io::hashing::twox_128(name.as_bytes()))
		.concat();
	let bytes = built
		.storage_changes
		.main_storage_changes
		.iter()
		.find(|(changed, _)| *changed == key)
		.and_then(|(_, value)| value.as_ref())
		.expect("the block wrote it");
	Value::decode(&mut bytes.as_slice()).expect("it is written as the runtime has it")
}

/// What happened in a block.
fn events_of(built: &BuiltBlock<Block>) -> Vec<RuntimeEvent> {
	written::<Vec<EventRecord<RuntimeEvent, Hash>>>(built, "System", "Events")
		.into_iter()
		.map(|record| record.event)
		.collect()
}

/// Number of transactions and inherents that did what they should. Panics when one did not.
fn successes(events: &[RuntimeEvent]) -> usize {
	events
		.iter()
		.filter(|event| match event {
			RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
				dispatch_error, ..
			}) => panic!("a transaction failed: {dispatch_error:?}"),
			RuntimeEvent::System(frame_system::Event::ExtrinsicSuccess { .. }) => true,
			_ => false,
		})
		.count()
}
