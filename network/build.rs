//! With the feature `next-runtime`, builds the runtime once more with a higher version, so that there is
//! something to upgrade to. It takes minutes, and nothing else needs it.
//!
//! It is built where the runtime itself is built, with everything that is compiled there already, and so
//! must not be built at the same time: build without the feature first, as `./task faults` does.

fn main() {
	println!("cargo:rerun-if-changed=build.rs");
	#[cfg(feature = "next-runtime")]
	{
		let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
			.join("../runtime/Cargo.toml")
			.canonicalize()
			.expect("the runtime is beside this crate");
		substrate_wasm_builder::WasmBuilder::new()
			.with_project(project)
			.expect("it is the manifest of the runtime")
			.import_memory()
			.export_heap_base()
			.enable_feature("upgrade-rehearsal")
			.set_file_name("next_runtime")
			.build();
	}
}
