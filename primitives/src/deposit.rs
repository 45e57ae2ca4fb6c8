//! Giving deposits back.

use frame_support::traits::{
	fungible::{InspectHold, MutateHold},
	tokens::Precision,
};
use sp_runtime::{traits::Zero, DispatchError, Saturating};

/// Gives a deposit back from hold, and tells how much of it was not there any more.
///
/// Holds and the anonymous reserves of older pallets share one number in an account, and some of
/// those pallets take back more than they reserved. Who did that to the own account loses that
/// part of a deposit; nobody else must wait for it, so this does not fail for what is missing.
pub fn give_back<AccountId, Currency: MutateHold<AccountId>>(
	reason: &Currency::Reason,
	who: &AccountId,
	amount: Currency::Balance,
) -> Result<Currency::Balance, DispatchError> {
	let there = amount.min(<Currency as InspectHold<AccountId>>::total_balance_on_hold(
		who,
	));
	if there.is_zero() {
		return Ok(amount);
	}
	let released = Currency::release(reason, who, there, Precision::BestEffort)?;
	Ok(amount.saturating_sub(released))
}

/// Whether an account has on hold for `reason` what the records say.
///
/// More may be recorded than is there, but only in an account whose reserve another pallet has
/// eaten (see [`give_back`]).
pub fn hold_is<AccountId, Currency: InspectHold<AccountId>>(
	reason: &Currency::Reason,
	who: &AccountId,
	recorded: Currency::Balance,
) -> bool {
	let held = Currency::balance_on_hold(reason, who);
	let eaten = Currency::total_balance_on_hold(who) < held;
	held == recorded || (eaten && held > recorded)
}
