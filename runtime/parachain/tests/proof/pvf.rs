//! The validator's side: executes `validate_block` of the runtime's Wasm as a validator of the relay chain
//! does, on nothing but what a collator sends.
//!
//! The limits of memory and stack, the features of Wasm and the host functions are those of
//! `polkadot-node-core-pvf-common`, which is not used itself because it comes with the relay chain's node.
//! Storage is not among the host functions: what the runtime does not find in the proof it does not have.

use std::{
	panic::AssertUnwindSafe,
	sync::LazyLock,
	time::{Duration, Instant},
};

use codec::{Decode, Encode};
use cumulus_primitives_core::relay_chain::executor_params::{
	DEFAULT_LOGICAL_STACK_MAX, DEFAULT_NATIVE_STACK_MAX,
};
use madang_parachain_runtime::WASM_BINARY;
use polkadot_parachain_primitives::primitives::ValidationResult;
use sc_executor::with_externalities_safe;
use sc_executor_wasmtime::{
	create_runtime, Config, DeterministicStackLimit, HeapAllocStrategy, InstantiationStrategy,
	RuntimeBlob, Semantics, WasmModule, WasmtimeRuntime,
};
use sp_state_machine::BasicExternalities;

use crate::{bundle::Candidate, listener::listen};

type HostFunctions = (
	sp_io::misc::HostFunctions,
	sp_io::crypto::HostFunctions,
	sp_io::hashing::HostFunctions,
	sp_io::allocator::HostFunctions,
	sp_io::logging::HostFunctions,
	sp_io::trie::HostFunctions,
);

/// 2 MiB for data and stack, and 128 MiB to work with.
const MEMORY: HeapAllocStrategy = HeapAllocStrategy::Dynamic {
	maximum_pages: Some(32 + 2_048),
};

/// The runtime of the parachain, compiled as validators do. That takes seconds.
static PVF: LazyLock<WasmtimeRuntime> = LazyLock::new(|| {
	let wasm = WASM_BINARY.expect("the runtime is built");
	let blob = RuntimeBlob::uncompress_if_needed(wasm).expect("the runtime is Wasm");
	let semantics = Semantics {
		heap_alloc_strategy: MEMORY,
		instantiation_strategy: InstantiationStrategy::RecreateInstanceCopyOnWrite,
		deterministic_stack_limit: Some(DeterministicStackLimit {
			logical_max: DEFAULT_LOGICAL_STACK_MAX,
			native_stack_max: DEFAULT_NATIVE_STACK_MAX,
		}),
		canonicalize_nans: true,
		parallel_compilation: true,
		wasm_multi_value: false,
		wasm_bulk_memory: false,
		wasm_reference_types: false,
		wasm_simd: false,
	};
	let config = Config {
		allow_missing_func_imports: true,
		cache_path: None,
		semantics,
	};
	create_runtime::<HostFunctions>(blob, config).expect("validators can compile the runtime")
});

/// Executes a candidate, and tells how long it took.
pub fn validate(candidate: &Candidate) -> Result<(ValidationResult, Duration), String> {
	let runtime = &*PVF;
	let params = candidate.params().encode();
	let mut externalities = BasicExternalities::default();
	let start = Instant::now();
	let answer = listen(|| {
		// Each call has an instance of its own, so that none is used after it has panicked.
		let call = AssertUnwindSafe(|| {
			runtime
				.new_instance(MEMORY)?
				.call("validate_block", &params)
		});
		with_externalities_safe(&mut externalities, call)?
	})?;
	let took = start.elapsed();
	let result = ValidationResult::decode(&mut answer.as_slice())
		.map_err(|error| format!("the answer is no result of a validation: {error}"))?;
	Ok((result, took))
}
