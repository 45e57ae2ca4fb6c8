//! Compiles the runtime to WebAssembly, so that the native crate carries it.

fn main() {
	#[cfg(feature = "std")]
	{
		// What this crate compiles that is not in its own folder.
		for shared in ["../application", "../src/weights"] {
			println!("cargo:rerun-if-changed={shared}");
		}
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
		#[cfg(feature = "metadata-hash")]
		let builder = builder.enable_metadata_hash("MDG", 12);
		builder.build();
	}
}
