//! A block that is being built, and what is read for it.

use codec::{Decode, Encode};
use madang_parachain_runtime::{Header, UncheckedExtrinsic};
use sp_externalities::Extensions;
use sp_inherents::InherentData;
use sp_runtime::{
	traits::BlakeTwo256, transaction_validity::TransactionValidityError, ApplyExtrinsicResult,
	ExtrinsicInclusionMode,
};
use sp_state_machine::Backend;
use sp_trie::{proof_size_extension::ProofSizeExt, recorder::Recorder};

use crate::wasm::{Changes, Wasm};

/// A block that is being built.
pub struct Draft<'a, State> {
	wasm: &'a Wasm,
	state: State,
	recorder: Recorder<BlakeTwo256>,
	extensions: Extensions,
	/// What the block changes so far.
	pub changes: Changes,
	/// What is in it so far, and by how many bytes each made the proof longer.
	pub extrinsics: Vec<(UncheckedExtrinsic, u64)>,
}

impl<'a, State: Backend<BlakeTwo256>> Draft<'a, State> {
	/// Begins the block with this header. What is read of the state goes to the recorder.
	pub fn begin(
		wasm: &'a Wasm,
		state: State,
		recorder: Recorder<BlakeTwo256>,
		header: &Header,
	) -> Self {
		let mut extensions = Extensions::new();
		extensions.register(ProofSizeExt::new(recorder.clone()));
		let mut draft = Self {
			wasm,
			state,
			recorder,
			extensions,
			changes: Changes::default(),
			extrinsics: Vec::new(),
		};
		let mode: ExtrinsicInclusionMode = draft.call("Core_initialize_block", header);
		assert!(mode == ExtrinsicInclusionMode::AllExtrinsics);
		draft
	}

	fn call<Answer: Decode>(&mut self, function: &str, arguments: impl Encode) -> Answer {
		self.wasm
			.call(
				&self.state,
				&mut self.changes,
				&mut self.extensions,
				function,
				arguments,
			)
			.expect("a block can be built")
	}

	/// Puts in what the runtime makes of the data. What it reads to do so is not part of the block.
	pub fn push_inherents(&mut self, data: &InherentData) {
		self.start();
		let inherents: Vec<UncheckedExtrinsic> =
			self.call("BlockBuilder_inherent_extrinsics", data);
		self.roll_back();
		for inherent in inherents {
			self.push(inherent).expect("an inherent is valid");
		}
	}

	/// Puts a transaction in. One that is not valid, or has no room, leaves no trace.
	pub fn push(&mut self, extrinsic: UncheckedExtrinsic) -> Result<(), TransactionValidityError> {
		let before = self.recorder.estimate_encoded_size();
		self.start();
		let result: ApplyExtrinsicResult = self.call("BlockBuilder_apply_extrinsic", &extrinsic);
		match result {
			Ok(_) => {
				self.commit();
				let after = self.recorder.estimate_encoded_size();
				self.extrinsics.push((extrinsic, (after - before) as u64));
				Ok(())
			}
			Err(error) => {
				self.roll_back();
				Err(error)
			}
		}
	}

	/// Ends the block: its header, without a seal.
	pub fn finish(&mut self) -> Header {
		self.call("BlockBuilder_finalize_block", ())
	}

	fn start(&mut self) {
		self.changes.start_transaction();
		self.recorder.start_transaction();
	}

	fn commit(&mut self) {
		self.changes.commit_transaction().expect("it was started");
		self.recorder.commit_transaction().expect("it was started");
	}

	fn roll_back(&mut self) {
		self.changes.rollback_transaction().expect("it was started");
		self.recorder
			.rollback_transaction()
			.expect("it was started");
	}
}
