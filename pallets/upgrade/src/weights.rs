//! What the calls cost. `runtime/src/weights/` has the figures, measured by `benchmarking.rs`.

use frame_support::weights::Weight;

madang_primitives::weight_info! {
	/// Cost of `authorize`.
	fn authorize();
	/// Cost of `cancel`.
	fn cancel();
	/// Cost, for every block, of finding out that nothing comes into force in it.
	fn wait();
	/// Cost of the block that puts code in force.
	fn put_in_force();
}
