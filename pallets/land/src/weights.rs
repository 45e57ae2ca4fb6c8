//! What the calls cost. `runtime/src/weights/` has the figures, measured by `benchmarking.rs`.

use frame_support::weights::Weight;

madang_primitives::weight_info! {
	/// Cost of `set_sale`.
	fn set_sale();
	/// Cost of `claim` of an area that touches so many chunks.
	fn claim(chunks);
	/// Cost of `claim_for` of an area that touches so many chunks.
	fn claim_for(chunks);
	/// Cost of `transfer` of a parcel with a builder, a price and an offer to swap it.
	fn transfer();
	/// Cost of `adopt_deposit`.
	fn adopt_deposit();
	/// Cost of `reap` of a parcel that touched so many chunks.
	fn reap(chunks);
	/// Cost of `split` of a parcel that touches so many chunks.
	fn split(chunks);
	/// Cost of `merge` into a parcel that touches so many chunks.
	fn merge(chunks);
	/// Cost of `release` of a parcel that touched so many chunks.
	fn release(chunks);
	/// Cost of `set_content` with a URI of so many bytes.
	fn set_content(bytes);
	/// Cost of `set_builder`.
	fn set_builder();
	/// Cost of `grow`.
	fn grow();
}
