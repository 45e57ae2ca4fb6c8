//! With the feature `stock-runtime`, builds the runtime of plain SDK pallets into Wasm, so that there is
//! something to compare with. It takes minutes, and nothing else needs it.

fn main() {
	println!("cargo:rerun-if-changed=build.rs");
	#[cfg(feature = "stock-runtime")]
	{
		let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("stock/Cargo.toml");
		substrate_wasm_builder::WasmBuilder::new()
			.with_project(project)
			.expect("it is the manifest of the runtime")
			.import_memory()
			.export_heap_base()
			.set_file_name("stock_runtime")
			.build();
	}
}
