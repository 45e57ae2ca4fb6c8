//! What the calls cost. `runtime/src/weights/` has the figures, measured by `benchmarking.rs`.
//!
//! No figure depends on the number of visitors, and both indexes of a metaverse are bounded, so each
//! call has one figure: that of full indexes. What only some visits need has figures of its own.

use frame_support::weights::Weight;

madang_primitives::weight_info! {
	/// Cost of `propose`, when it opens the portal at once.
	fn propose();
	/// Cost of `accept`, when it puts the terms in force.
	fn accept();
	/// Cost of `amend`, when it puts the terms in force.
	fn amend();
	/// Cost of `pause`.
	fn pause();
	/// Cost of `resume`.
	fn resume();
	/// Cost of `affirm`.
	fn affirm();
	/// Cost of `close`, when it removes the portal.
	fn close();
	/// Cost of `travel` without an old pass, with a toll in the native token, where everyone is let through,
	/// if so many gates stand on land.
	fn travel(g);
	/// Cost of the longest proof of being on a list.
	fn check_list();
	/// Cost of the proof of owning an item.
	fn check_item();
	/// Cost of a limit to how many are let through.
	fn check_rate();
	/// Cost of putting a toll on hold that is in another asset than the native token.
	fn hold_asset_toll();
	/// Cost of `admit`.
	fn admit();
	/// Cost of `refuse`.
	fn refuse();
	/// Cost of `reap`, when it removes the portal.
	fn reap();
	/// Cost of `reap_pass`, when it pays the toll out, and of an old pass that makes way in `travel`.
	fn reap_pass();
}
