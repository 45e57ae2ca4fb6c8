//! What the calls cost. `runtime/src/weights/` has the figures, measured by `benchmarking.rs`.
//!
//! No figure depends on the number of investors, because no call touches more than one position.

use frame_support::weights::Weight;

madang_primitives::weight_info! {
	/// Cost of `create`.
	fn create();
	/// Cost of `open`.
	fn open();
	/// Cost of `discard`.
	fn discard();
	/// Cost of `commit` where a campaign admits attested persons.
	fn commit();
	/// Cost of `commit` where it is open for everyone.
	fn commit_open();
	/// Cost of `withdraw`.
	fn withdraw();
	/// Cost of `amend`.
	fn amend();
	/// Cost of `reconfirm`.
	fn reconfirm();
	/// Cost of `announce_early_close`.
	fn announce_early_close();
	/// Cost of `cancel`.
	fn cancel();
	/// Cost of `advance`, whatever is due.
	fn advance();
	/// Cost of `submit_milestone`.
	fn submit_milestone();
	/// Cost of `vote`.
	fn vote();
	/// Cost of `exit` and `exit_to` for a position without a receipt.
	fn exit();
	/// Cost of a claim after a wind-down, which is paid to the owner, whom nobody had to know.
	fn claim();
	/// Cost of the same in the native token.
	fn claim_native();
	/// Cost of a claim where everything is given back, otherwise the same.
	fn claim_refund();
	/// Cost of the same in the native token.
	fn claim_refund_native();
	/// Cost of an account that is made by being paid, or was there.
	fn make_account();
	/// Cost of forgetting a position of an attested person.
	fn forget_person();
	/// Cost of burning the receipt of a position that goes.
	fn burn_receipt();
	/// Cost of `abandon`.
	fn abandon();
	/// Cost of `raise_dispute`.
	fn raise_dispute();
	/// Cost of `resolve_dispute`, whatever the ruling.
	fn resolve_dispute();
	/// Cost of `call_no_confidence`.
	fn call_no_confidence();
	/// Cost of `request_extension`.
	fn request_extension();
	/// Cost of `mint_receipt`.
	fn mint_receipt();
	/// Cost of `transfer_position`.
	fn transfer_position();
	/// Cost of `deposit_revenue`.
	fn deposit_revenue();
	/// Cost of `claim_revenue`.
	fn claim_revenue();
	/// Cost of `close`.
	fn close();
	/// Cost of `allow_claim_for`.
	fn allow_claim_for();
	/// Cost of `set_asset`.
	fn set_asset();
}
