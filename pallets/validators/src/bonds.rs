//! Bonds: put to work, made to wait, given back, lost.

use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{
		fungible::{BalancedHold, MutateHold},
		Get, OnUnbalanced,
	},
};
use madang_primitives::{deposit::give_back, Balance};
use sp_runtime::traits::Zero;
use sp_staking::SessionIndex;

use crate::{Bond, Bonds, Config, Error, Event, HoldReason, Pallet, SESSIONS_AFTER_LEAVING};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_withdraw(who: T::AccountId) -> DispatchResult {
		let bond = Bonds::<T>::get(&who).unwrap_or_default();
		ensure!(!bond.waiting.is_zero(), Error::<T>::NothingWaits);
		ensure!(
			bond.free_from <= pallet_session::CurrentIndex::<T>::get(),
			Error::<T>::StillAtStake
		);
		let missing =
			give_back::<_, <T as Config>::Currency>(&HoldReason::Bond.into(), &who, bond.waiting)?;
		Self::put(
			&who,
			Bond {
				waiting: 0,
				free_from: 0,
				..bond
			},
		);
		Self::deposit_event(Event::Withdrawn {
			who: who.clone(),
			amount: bond.waiting.saturating_sub(missing),
		});
		if !missing.is_zero() {
			Self::deposit_event(Event::BondMissing { who, missing });
		}
		Ok(())
	}

	/// Puts so much to work: first what waits, then what the account has besides.
	pub(crate) fn put_to_work(who: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		let mut bond = Bonds::<T>::get(who).unwrap_or_default();
		let again = amount.min(bond.waiting);
		<T as Config>::Currency::hold(&HoldReason::Bond.into(), who, amount.saturating_sub(again))
			.map_err(|_| Error::<T>::BondNotCovered)?;
		bond.working = bond.working.saturating_add(amount);
		bond.waiting = bond.waiting.saturating_sub(again);
		if bond.waiting.is_zero() {
			bond.free_from = 0;
		}
		Self::put(who, bond);
		Self::deposit_event(Event::Bonded {
			who: who.clone(),
			amount,
		});
		Ok(())
	}

	/// Lets so much of what works wait, or as much as there is. Tells how much was not there.
	pub(crate) fn let_wait(who: &T::AccountId, amount: Balance) -> Balance {
		let mut bond = Bonds::<T>::get(who).unwrap_or_default();
		let part = amount.min(bond.working);
		if !part.is_zero() {
			let free_from = Self::next_free();
			bond.working = bond.working.saturating_sub(part);
			bond.waiting = bond.waiting.saturating_add(part);
			bond.free_from = free_from;
			Self::put(who, bond);
			Self::deposit_event(Event::Unbonding {
				who: who.clone(),
				amount: part,
				free_from,
			});
		}
		amount.saturating_sub(part)
	}

	/// Takes all that an account has at stake, and tells how much it was.
	pub(crate) fn take(who: &T::AccountId) -> Balance {
		let Some(bond) = Bonds::<T>::take(who) else {
			return 0;
		};
		let (taken, missing) = <<T as Config>::Currency as BalancedHold<_>>::slash(
			&HoldReason::Bond.into(),
			who,
			bond.total(),
		);
		T::Slashed::on_unbalanced(taken);
		bond.total().saturating_sub(missing)
	}

	/// First session in which a bond that stops working now can be withdrawn.
	pub(crate) fn next_free() -> SessionIndex {
		pallet_session::CurrentIndex::<T>::get()
			.saturating_add(T::ReportWindow::get())
			.saturating_add(SESSIONS_AFTER_LEAVING)
	}

	/// Stores a bond, if there is anything to it.
	fn put(who: &T::AccountId, bond: Bond) {
		if bond.total().is_zero() {
			Bonds::<T>::remove(who);
		} else {
			Bonds::<T>::insert(who, bond);
		}
	}
}
