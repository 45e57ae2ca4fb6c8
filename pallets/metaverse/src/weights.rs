//! What the calls cost. `runtime/src/weights/` has the figures, measured by `benchmarking.rs`.
//!
//! `register` and `close` include what land does for them: they are measured in the runtime, where
//! land is real.

use frame_support::weights::Weight;

madang_primitives::weight_info! {
	/// `register`, with the land. `text` is the number of bytes in name and URI.
	fn register(text);
	/// `set_profile`. `text` is the number of bytes in name and URI.
	fn set_profile(text);
	/// `set_endpoint`. `text` is the number of bytes in the URI.
	fn set_endpoint(text);
	/// `remove_endpoint`.
	fn remove_endpoint();
	/// `launch`.
	fn launch();
	/// `set_manager`. `managers` is the number of managers that there are.
	fn set_manager(managers);
	/// `nominate_owner`.
	fn nominate_owner();
	/// `accept_ownership`.
	fn accept_ownership();
	/// `spend`.
	fn spend();
	/// `spend_asset`.
	fn spend_asset();
	/// `suspend`.
	fn suspend();
	/// `resume`.
	fn resume();
	/// `close`, with the land.
	fn close();
}
