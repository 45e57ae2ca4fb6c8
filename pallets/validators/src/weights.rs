//! What the calls cost. `runtime/src/weights/` has the figures, measured by `benchmarking.rs`.

use frame_support::weights::Weight;

madang_primitives::weight_info! {
	/// Cost of `withdraw`.
	fn withdraw();
	/// Cost of remembering the voters of a session that begins and of choosing the next among them.
	fn start_session(voters);
}
