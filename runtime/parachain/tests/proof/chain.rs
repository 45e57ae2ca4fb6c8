//! A chain in memory whose blocks are built here, as a collator builds them.

use std::{collections::HashMap, iter::Peekable, sync::Arc};

use codec::{Decode, Encode};
use cumulus_primitives_core::{relay_chain::HeadData, ParaId};
use cumulus_primitives_parachain_inherent::INHERENT_IDENTIFIER as PARACHAIN_INHERENT;
use frame_support::{
	dispatch::{GetDispatchInfo, PerDispatchClass},
	storage::storage_prefix,
	weights::Weight,
};
use frame_system::EventRecord;
use madang_parachain_runtime::{
	configs::consensus::{BLOCKS_PER_RELAY_SLOT, SLOT_DURATION},
	AccountId, Block, Hash, Header, Nonce, RuntimeCall, RuntimeEvent, VERSION, WASM_BINARY,
};
use sp_consensus_aura::{
	digests::CompatibleDigestItem,
	sr25519::{AuthorityId, AuthoritySignature},
	Slot,
};
use sp_core::storage::well_known_keys::CODE;
use sp_externalities::Extensions;
use sp_inherents::InherentData;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	traits::{BlakeTwo256, Header as _},
	Digest, DigestItem,
};
use sp_state_machine::{InMemoryBackend, StorageChanges, TrieBackendBuilder};
use sp_timestamp::{Timestamp, INHERENT_IDENTIFIER as TIMESTAMP_INHERENT};
use sp_trie::{
	empty_trie_root,
	recorder::{IgnoredNodes, Recorder},
	LayoutV0, StorageProof,
};

use crate::{
	accounts::Person,
	bundle::Bundle,
	draft::Draft,
	genesis,
	relay::{head_of, Place, RelayParent},
	wasm::{Changes, Wasm},
};

/// A call, and who signs it.
pub type Signed = (Person, RuntimeCall);

/// A chain in memory.
#[derive(Clone)]
pub struct Chain {
	wasm: Arc<Wasm>,
	state: InMemoryBackend<BlakeTwo256>,
	para_id: ParaId,
	cores: u16,
	genesis: Hash,
	head: Header,
	/// All heads since genesis.
	heads: Vec<HeadData>,
	nonces: HashMap<AccountId, Nonce>,
}

/// A block that was built, and what happened in it.
pub struct Built {
	/// The block with its seal.
	pub block: Block,
	/// The nodes of the trie that were read.
	pub proof: StorageProof,
	/// What happened.
	pub events: Vec<RuntimeEvent>,
	/// The weight that the runtime counts for the whole block.
	pub counted: Weight,
	/// What each transaction costs.
	pub transactions: Vec<Cost>,
	/// What it is built on.
	pub relay: RelayParent,
	changes: StorageChanges<BlakeTwo256>,
	nonces: HashMap<AccountId, Nonce>,
}

/// What a transaction costs.
#[derive(Clone, Copy)]
pub struct Cost {
	/// Bytes that it added to the proof of what comes before it in the block.
	pub proof: u64,
	/// Bytes of proof that it declares before it runs, its extensions included.
	pub declared: u64,
	/// What `StorageWeightReclaim` has left of them after it ran.
	pub left: u64,
}

impl Chain {
	/// A chain with nothing but the genesis of the development preset, and these people with money. The
	/// relay chain gives it so many cores.
	pub fn new(cores: u16, people: impl Iterator<Item = AccountId>) -> Self {
		let wasm = Wasm::new(WASM_BINARY.expect("the runtime is built"));
		let mut state = InMemoryBackend::<BlakeTwo256>::default();
		let mut changes = genesis::build(&wasm, &state, people);
		changes.set_storage(CODE.to_vec(), Some(wasm.code().to_vec()));
		let changes = drain(&mut changes, &state);
		state.apply_transaction(changes.transaction_storage_root, changes.transaction);
		let head = Header::new(
			0,
			empty_trie_root::<LayoutV0<BlakeTwo256>>(),
			*state.root(),
			Hash::zero(),
			Digest::default(),
		);
		let mut chain = Self {
			wasm: Arc::new(wasm),
			para_id: ParaId::new(0),
			cores,
			genesis: head.hash(),
			heads: vec![head_of(&head)],
			nonces: HashMap::new(),
			state,
			head,
		};
		chain.para_id = chain.ask("GetParachainInfo_parachain_id", ());
		chain
	}

	/// The same chain, to which the relay chain gives so many cores from now on.
	pub fn with_cores(&self, cores: u16) -> Self {
		Self {
			cores,
			..self.clone()
		}
	}

	/// The last block.
	pub fn head(&self) -> &Header {
		&self.head
	}

	/// Asks the runtime about the state after the last block.
	fn ask<Answer: Decode>(&self, function: &str, arguments: impl Encode) -> Answer {
		self.wasm
			.call(
				&self.state,
				&mut Changes::default(),
				&mut Extensions::new(),
				function,
				arguments,
			)
			.expect("the runtime answers")
	}

	/// Builds at most so many blocks of as many of these calls as fit, for one core to validate them
	/// together. The calls succeed. The chain stays as it is.
	pub fn bundle(&self, blocks: u8, calls: impl IntoIterator<Item = Signed>) -> Bundle {
		let mut calls = calls.into_iter().peekable();
		let mut fork = self.clone();
		let mut known = IgnoredNodes::default();
		let mut built = Vec::new();
		loop {
			let mut place = fork.place();
			assert_eq!(
				usize::from(place.index),
				built.len(),
				"not the first of a core"
			);
			place.last = place.index + 1 == blocks;
			let block = fork.fill(place, known.clone(), &mut calls);
			// What one block has read or written is known to the next one.
			known.extend(IgnoredNodes::from_storage_proof::<BlakeTwo256>(
				&block.proof,
			));
			known.extend(IgnoredNodes::from_memory_db(
				block.changes.transaction.clone(),
			));
			fork.add(&block);
			built.push(block);
			if place.last {
				break;
			}
		}
		Bundle {
			parent: self.head.clone(),
			blocks: built,
			is_full: calls.peek().is_some(),
			after: fork,
		}
	}

	/// Adds as many blocks as these calls need, in which all of them succeed.
	pub fn play(&mut self, calls: impl IntoIterator<Item = Signed>) -> Vec<RuntimeEvent> {
		let mut calls = calls.into_iter().peekable();
		let mut events = Vec::new();
		while calls.peek().is_some() {
			let built = self.fill(self.place(), IgnoredNodes::default(), &mut calls);
			assert!(
				!built.transactions.is_empty(),
				"a call needs more than a block"
			);
			self.add(&built);
			events.extend(built.events);
		}
		events
	}

	/// Adds so many blocks without transactions.
	pub fn wait(&mut self, blocks: u32) {
		for _ in 0..blocks {
			let nothing = &mut std::iter::empty().peekable();
			let built = self.fill(self.place(), IgnoredNodes::default(), nothing);
			self.add(&built);
		}
	}

	/// Adds blocks without transactions until the next one is the first of a slot.
	pub fn wait_for_slot(&mut self) {
		while !self.head.number.is_multiple_of(BLOCKS_PER_RELAY_SLOT) {
			self.wait(1);
		}
	}

	/// The place of the next block.
	fn place(&self) -> Place {
		Place::after(self.head.number, self.cores)
	}

	/// Builds a block of as many of these calls as fit, which succeed.
	fn fill(
		&self,
		place: Place,
		known: IgnoredNodes<Hash>,
		calls: &mut Peekable<impl Iterator<Item = Signed>>,
	) -> Built {
		let relay = RelayParent::after(&self.heads, self.para_id);
		let recorder = Recorder::with_ignored_nodes(known);
		let mut draft = Draft::begin(
			&self.wasm,
			TrieBackendBuilder::wrap(&self.state)
				.with_recorder(recorder.clone())
				.build(),
			recorder.clone(),
			&self.next(relay.slot, place),
		);
		draft.push_inherents(&self.inherents(&relay, place));
		let inherents = draft.extrinsics.len();

		let mut nonces = HashMap::<AccountId, Nonce>::new();
		while let Some((person, call)) = calls.peek() {
			let nonce = nonces
				.get(&person.account)
				.or_else(|| self.nonces.get(&person.account))
				.copied()
				.unwrap_or_default();
			match draft.push(person.sign(call.clone(), nonce, self.genesis)) {
				Ok(()) => nonces.insert(person.account.clone(), nonce + 1),
				Err(error) if error.exhausted_resources() => break,
				Err(error) => panic!("a transaction is not valid: {error:?}"),
			};
			calls.next();
		}
		let header = self.seal(draft.finish(), relay.slot);
		let changes = drain(&mut draft.changes, &self.state);
		assert_eq!(changes.transaction_storage_root, header.state_root);

		let events = events_of(&changes);
		let left = left(&events);
		assert_eq!(left.len(), draft.extrinsics.len());
		let transactions = draft.extrinsics[inherents..]
			.iter()
			.zip(&left[inherents..])
			.map(|((extrinsic, proof), left)| Cost {
				proof: *proof,
				declared: extrinsic.get_dispatch_info().total_weight().proof_size(),
				left: left.proof_size(),
			})
			.collect();
		let extrinsics = draft
			.extrinsics
			.into_iter()
			.map(|(extrinsic, _)| extrinsic)
			.collect();
		Built {
			counted: written::<PerDispatchClass<Weight>>(&changes, "System", "BlockWeight").total(),
			block: Block { header, extrinsics },
			proof: recorder.drain_storage_proof(),
			transactions,
			events,
			relay,
			changes,
			nonces,
		}
	}

	/// Makes a block the last one.
	fn add(&mut self, built: &Built) {
		let header = &built.block.header;
		assert_eq!(header.parent_hash, self.head.hash());
		self.state
			.apply_transaction(header.state_root, built.changes.transaction.clone());
		self.heads.push(head_of(header));
		self.head = header.clone();
		self.nonces.extend(built.nonces.clone());
	}

	/// The header with which the next block begins.
	fn next(&self, slot: Slot, place: Place) -> Header {
		let slot = <DigestItem as CompatibleDigestItem<AuthoritySignature>>::aura_pre_digest(slot);
		let logs = [slot].into_iter().chain(place.digest()).collect();
		Header::new(
			self.head.number + 1,
			Hash::zero(),
			Hash::zero(),
			self.head.hash(),
			Digest { logs },
		)
	}

	/// What the collator tells the next block: the time, and the relay chain, for which all blocks that a
	/// core validates together have the same parent: that of the first.
	fn inherents(&self, relay: &RelayParent, place: Place) -> InherentData {
		let mut data = InherentData::new();
		let time = Timestamp::new(*relay.slot * SLOT_DURATION);
		data.put_data(TIMESTAMP_INHERENT, &time)
			.expect("the time is put in once");
		let parent = self.heads.len() - 1 - usize::from(place.index);
		let parachain = relay.inherent(self.heads[parent].clone());
		data.put_data(PARACHAIN_INHERENT, &parachain)
			.expect("the relay chain is put in once");
		data
	}

	/// Seals the next block with the key of the collator whose turn it is.
	pub fn seal(&self, mut header: Header, slot: Slot) -> Header {
		let collators: Vec<AuthorityId> = self.ask("AuraApi_authorities", ());
		let collator = &collators[*slot as usize % collators.len()];
		let key = Sr25519Keyring::iter()
			.find(|key| AuthorityId::from(key.public()) == *collator)
			.expect("the collators of the preset are known");
		let signature: AuthoritySignature = key.sign(header.hash().as_bytes()).into();
		header.digest.push(DigestItem::aura_seal(signature));
		header
	}
}

fn drain(
	changes: &mut Changes,
	state: &InMemoryBackend<BlakeTwo256>,
) -> StorageChanges<BlakeTwo256> {
	changes
		.drain_storage_changes(state, VERSION.state_version())
		.expect("the state is in memory")
}

/// What a block wrote under a key without a map.
fn written<Value: Decode>(
	changes: &StorageChanges<BlakeTwo256>,
	pallet: &str,
	item: &str,
) -> Value {
	let key = storage_prefix(pallet.as_bytes(), item.as_bytes());
	let bytes = changes
		.main_storage_changes
		.iter()
		.find(|(changed, _)| *changed == key)
		.and_then(|(_, value)| value.as_ref())
		.expect("the block wrote it");
	Value::decode(&mut bytes.as_slice()).expect("it is written as the runtime has it")
}

fn events_of(changes: &StorageChanges<BlakeTwo256>) -> Vec<RuntimeEvent> {
	written::<Vec<EventRecord<RuntimeEvent, Hash>>>(changes, "System", "Events")
		.into_iter()
		.map(|record| record.event)
		.collect()
}

/// What is left of the weight of each inherent and transaction, in order. Panics when one failed.
fn left(events: &[RuntimeEvent]) -> Vec<Weight> {
	events
		.iter()
		.filter_map(|event| match event {
			RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
				dispatch_error, ..
			}) => panic!("a transaction failed: {dispatch_error:?}"),
			RuntimeEvent::System(frame_system::Event::ExtrinsicSuccess { dispatch_info }) => {
				Some(dispatch_info.weight)
			}
			_ => None,
		})
		.collect()
}
