//! Compiles the runtime to WebAssembly, so that the native crate carries it.

fn main() {
	#[cfg(feature = "std")]
	{
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
		#[cfg(feature = "metadata-hash")]
		let builder = builder.enable_metadata_hash("MDG", 12);
		// Under a name of its own, because it lies beside the runtime that a node carries.
		#[cfg(feature = "runtime-benchmarks")]
		let builder = builder.set_file_name("madang_runtime_benchmarks");
		builder.build();
	}
}
