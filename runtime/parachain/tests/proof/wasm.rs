//! The collator's side: calls the runtime's Wasm as a node does.

use codec::{Decode, Encode};
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, RuntimeCode, WrappedRuntimeCode};
use sp_externalities::Extensions;
use sp_io::hashing::blake2_256;
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{Backend, OverlayedChanges, StateMachine};

use crate::listener::listen;

/// What a collator's node offers to the runtime. The size of the proof is among it.
type HostFunctions = (
	sp_io::SubstrateHostFunctions,
	cumulus_primitives_proof_size_hostfunction::storage_proof_size::HostFunctions,
);

/// Changes to the state that are not written yet.
pub type Changes = OverlayedChanges<BlakeTwo256>;

/// The runtime as a collator knows it.
pub struct Wasm {
	executor: WasmExecutor<HostFunctions>,
	code: &'static [u8],
	hash: Vec<u8>,
}

impl Wasm {
	/// The runtime with this code.
	pub fn new(code: &'static [u8]) -> Self {
		Self {
			executor: WasmExecutor::builder().build(),
			code,
			hash: blake2_256(code).to_vec(),
		}
	}

	/// Its code.
	pub fn code(&self) -> &'static [u8] {
		self.code
	}

	/// Calls a function of it on a state and changes to that.
	pub fn call<Answer: Decode>(
		&self,
		state: &impl Backend<BlakeTwo256>,
		changes: &mut Changes,
		extensions: &mut Extensions,
		function: &str,
		arguments: impl Encode,
	) -> Result<Answer, String> {
		let code = WrappedRuntimeCode(self.code.into());
		let code = RuntimeCode {
			code_fetcher: &code,
			heap_pages: None,
			hash: self.hash.clone(),
		};
		let arguments = arguments.encode();
		let context = CallContext::Onchain { import: false };
		let answer = listen(|| {
			StateMachine::new(
				state,
				changes,
				&self.executor,
				function,
				&arguments,
				extensions,
				&code,
				context,
			)
			.execute()
		})
		.map_err(|error| format!("{function}: {error}"))?;
		Answer::decode(&mut answer.as_slice())
			.map_err(|error| format!("{function} answers something else: {error}"))
	}
}
