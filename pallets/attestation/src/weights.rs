//! What the calls cost. `runtime/src/weights/` has the figures, measured by `benchmarking.rs`.

use frame_support::weights::Weight;

madang_primitives::weight_info! {
	/// Cost of `attest`.
	fn attest();
	/// Cost of `revoke`.
	fn revoke();
	/// Cost of `renounce`.
	fn renounce();
}
