//! The pallet as the currency of the selection. Money is what it is in [`Config::Currency`]; only what
//! the selection reserves is held here as a bond, and waits when it is given back.

use frame_support::{
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{
		fungible::Inspect,
		tokens::{Fortitude, Preservation},
		BalanceStatus, Currency, ExistenceRequirement, Imbalance, ReservableCurrency,
		SignedImbalance, WithdrawReasons,
	},
};
use madang_primitives::Balance;

use crate::{Bonds, Config, Pallet};

type Inner<T> = <T as Config>::Currency;
type AccountOf<T> = <T as frame_system::Config>::AccountId;
type Positive<T> = <Inner<T> as Currency<AccountOf<T>>>::PositiveImbalance;
type Negative<T> = <Inner<T> as Currency<AccountOf<T>>>::NegativeImbalance;

// Rewards and balances are none of this pallet's business: all of this hands over.
impl<T: Config> Currency<T::AccountId> for Pallet<T> {
	type Balance = Balance;
	type NegativeImbalance = Negative<T>;
	type PositiveImbalance = Positive<T>;

	fn total_balance(who: &T::AccountId) -> Balance {
		<Inner<T> as Currency<_>>::total_balance(who)
	}

	fn can_slash(who: &T::AccountId, value: Balance) -> bool {
		<Inner<T> as Currency<_>>::can_slash(who, value)
	}

	fn total_issuance() -> Balance {
		<Inner<T> as Currency<_>>::total_issuance()
	}

	fn minimum_balance() -> Balance {
		<Inner<T> as Currency<_>>::minimum_balance()
	}

	fn burn(amount: Balance) -> Positive<T> {
		<Inner<T> as Currency<_>>::burn(amount)
	}

	fn issue(amount: Balance) -> Negative<T> {
		<Inner<T> as Currency<_>>::issue(amount)
	}

	fn free_balance(who: &T::AccountId) -> Balance {
		<Inner<T> as Currency<_>>::free_balance(who)
	}

	fn ensure_can_withdraw(
		who: &T::AccountId,
		amount: Balance,
		reasons: WithdrawReasons,
		new_balance: Balance,
	) -> DispatchResult {
		<Inner<T> as Currency<_>>::ensure_can_withdraw(who, amount, reasons, new_balance)
	}

	fn transfer(
		source: &T::AccountId,
		dest: &T::AccountId,
		value: Balance,
		existence: ExistenceRequirement,
	) -> DispatchResult {
		<Inner<T> as Currency<_>>::transfer(source, dest, value, existence)
	}

	fn slash(who: &T::AccountId, value: Balance) -> (Negative<T>, Balance) {
		<Inner<T> as Currency<_>>::slash(who, value)
	}

	fn deposit_into_existing(
		who: &T::AccountId,
		value: Balance,
	) -> Result<Positive<T>, DispatchError> {
		<Inner<T> as Currency<_>>::deposit_into_existing(who, value)
	}

	fn deposit_creating(who: &T::AccountId, value: Balance) -> Positive<T> {
		<Inner<T> as Currency<_>>::deposit_creating(who, value)
	}

	fn withdraw(
		who: &T::AccountId,
		value: Balance,
		reasons: WithdrawReasons,
		liveness: ExistenceRequirement,
	) -> Result<Negative<T>, DispatchError> {
		<Inner<T> as Currency<_>>::withdraw(who, value, reasons, liveness)
	}

	fn make_free_balance_be(
		who: &T::AccountId,
		balance: Balance,
	) -> SignedImbalance<Balance, Positive<T>> {
		<Inner<T> as Currency<_>>::make_free_balance_be(who, balance)
	}
}

impl<T: Config> ReservableCurrency<T::AccountId> for Pallet<T> {
	/// Whether what waits and what the account can spend cover a bond.
	fn can_reserve(who: &T::AccountId, value: Balance) -> bool {
		let waiting = Bonds::<T>::get(who).map_or(0, |bond| bond.waiting);
		let spendable = <Inner<T> as Inspect<_>>::reducible_balance(
			who,
			Preservation::Protect,
			Fortitude::Force,
		);
		value <= waiting.saturating_add(spendable)
	}

	/// Takes nothing: a bond is only lost for an offence, as a whole.
	fn slash_reserved(_: &T::AccountId, value: Balance) -> (Negative<T>, Balance) {
		(Negative::<T>::zero(), value)
	}

	fn reserved_balance(who: &T::AccountId) -> Balance {
		Bonds::<T>::get(who).map_or(0, |bond| bond.working)
	}

	fn reserve(who: &T::AccountId, value: Balance) -> DispatchResult {
		Self::put_to_work(who, value)
	}

	fn unreserve(who: &T::AccountId, value: Balance) -> Balance {
		Self::let_wait(who, value)
	}

	/// Moves nothing: nobody inherits a bond.
	fn repatriate_reserved(
		_: &T::AccountId,
		_: &T::AccountId,
		value: Balance,
		_: BalanceStatus,
	) -> Result<Balance, DispatchError> {
		Ok(value)
	}
}
