//! Every movement of money. Nothing else in this pallet touches a balance.
//!
//! What belongs to somebody is on hold in the campaign's pot; what is merely there is not counted.

use frame_support::{
	ensure,
	traits::{
		fungible::MutateHold as _,
		fungibles::{Inspect, InspectHold, Mutate, MutateHold, UnbalancedHold},
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get,
	},
};
use madang_primitives::{
	attempt::attempt,
	deposit::give_back,
	escrow::{AssetKind, CampaignId},
	Balance,
};
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};
use sp_core::U256;
use sp_runtime::{
	traits::{AccountIdConversion, TypedGet, Zero},
	DispatchError, DispatchResult,
};

use crate::{pallet::*, BondFate, SCALE};

impl<T: Config> Pallet<T> {
	/// The account in which the money of a campaign waits.
	pub fn pot(id: CampaignId) -> T::AccountId {
		T::PotId::get().into_sub_account_truncating((*b"esc", id))
	}

	/// `amount * part / whole`, rounded down.
	pub(crate) fn share(
		amount: Balance,
		part: Balance,
		whole: Balance,
	) -> Result<Balance, DispatchError> {
		multiply_by_rational_with_rounding(amount, part, whole, Rounding::Down)
			.ok_or_else(|| Error::<T>::Overflow.into())
	}

	/// What so many units have of a sum that is kept for one unit, rounded down.
	///
	/// The books count the same money in a balance and refuse what does not fit, so nothing is lost here
	/// but the fraction.
	pub(crate) fn of_units(units: Balance, per_unit: U256) -> Balance {
		U256::from(units)
			.saturating_mul(per_unit)
			.checked_div(U256::from(SCALE))
			.unwrap_or_default()
			.low_u128()
	}

	/// Takes money into the pot and holds it there.
	pub(crate) fn take_in(
		id: CampaignId,
		campaign: &CampaignOf<T>,
		reason: HoldReason,
		from: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let taken = T::TokenHolds::transfer_and_hold(
			campaign.asset.clone(),
			&reason.into(),
			from,
			&Self::pot(id),
			amount,
			Precision::Exact,
			Preservation::Preserve,
			Fortitude::Polite,
		)
		.map_err(|_| Error::<T>::CannotPay)?;
		ensure!(taken == amount, Error::<T>::Inconsistent);
		Ok(())
	}

	/// Pays money out of what is on hold in the pot.
	pub(crate) fn pay_out(
		id: CampaignId,
		campaign: &CampaignOf<T>,
		reason: HoldReason,
		to: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		let paid = T::TokenHolds::transfer_on_hold(
			campaign.asset.clone(),
			&reason.into(),
			&Self::pot(id),
			to,
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Polite,
		)
		.map_err(|_| Error::<T>::CannotReceive)?;
		ensure!(paid == amount, Error::<T>::Inconsistent);
		Ok(())
	}

	/// Pays money out if it can be received, and tells whether it was.
	pub(crate) fn try_pay_out(
		id: CampaignId,
		campaign: &CampaignOf<T>,
		reason: HoldReason,
		to: &T::AccountId,
		amount: Balance,
	) -> Result<bool, DispatchError> {
		attempt(|| Self::pay_out(id, campaign, reason, to, amount)).map(|paid| paid.is_ok())
	}

	/// Turns a bond in the pot into principal.
	///
	/// The money does not leave the pot, so this asks nobody: it works in an asset that is frozen.
	fn bond_to_principal(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		amount: Balance,
	) -> DispatchResult {
		let pot = Self::pot(id);
		T::TokenHolds::decrease_balance_on_hold(
			campaign.asset.clone(),
			&HoldReason::Bond.into(),
			&pot,
			amount,
			Precision::Exact,
		)?;
		T::TokenHolds::increase_balance_on_hold(
			campaign.asset.clone(),
			&HoldReason::Principal.into(),
			&pot,
			amount,
			Precision::Exact,
		)?;
		campaign.pool = campaign
			.pool
			.checked_add(amount)
			.ok_or(Error::<T>::Overflow)?;
		Ok(())
	}

	/// Takes the share of `units` out of the pool. The last units take everything that is left.
	pub(crate) fn take_share(
		campaign: &mut CampaignOf<T>,
		units: Balance,
	) -> Result<Balance, DispatchError> {
		let share = if units == campaign.units {
			campaign.pool
		} else {
			Self::share(campaign.pool, units, campaign.units)?
		};
		campaign.pool = Self::minus(campaign.pool, share)?;
		campaign.units = Self::minus(campaign.units, units)?;
		Ok(share)
	}

	/// A difference that the books say cannot be negative.
	pub(crate) fn minus(a: Balance, b: Balance) -> Result<Balance, DispatchError> {
		a.checked_sub(b)
			.ok_or_else(|| Error::<T>::Inconsistent.into())
	}

	/// Adds to a sum in the books.
	pub(crate) fn add(sum: &mut Balance, amount: Balance) -> DispatchResult {
		*sum = sum.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		Ok(())
	}

	/// Pays part of the pool to the startup, less the network's fee, and tells both.
	///
	/// A treasury that cannot receive its fee goes without; the startup gets it.
	pub(crate) fn pay_startup(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		beneficiary: &T::AccountId,
		amount: Balance,
	) -> Result<(Balance, Balance), DispatchError> {
		let mut fee = T::ReleaseFee::get().mul_floor(amount);
		let reason = HoldReason::Principal;
		if !Self::try_pay_out(id, campaign, reason, &T::Treasury::get(), fee)? {
			fee = 0;
		}
		let net = Self::minus(amount, fee)?;
		Self::pay_out(id, campaign, reason, beneficiary, net)
			.map_err(|_| Error::<T>::BeneficiaryCannotReceive)?;

		campaign.pool = Self::minus(campaign.pool, amount)?;
		Self::add(&mut campaign.money.released, net)?;
		Self::add(&mut campaign.money.fees, fee)?;
		if !campaign.units.is_zero() {
			campaign.deployed_per_unit = U256::from(amount)
				.checked_mul(U256::from(SCALE))
				.and_then(|scaled| scaled.checked_div(U256::from(campaign.units)))
				.and_then(|each| campaign.deployed_per_unit.checked_add(each))
				.ok_or(Error::<T>::Overflow)?;
		}
		Ok((net, fee))
	}

	/// Ends the bond of the founder as it deserves. What cannot be received stays on hold, and
	/// `advance` tries again.
	pub(crate) fn end_bond(
		id: CampaignId,
		campaign: &mut CampaignOf<T>,
		fate: BondFate,
	) -> DispatchResult {
		let bond = campaign.bond;
		if bond.is_zero() {
			return Ok(());
		}
		if fate == BondFate::Slashed {
			// Money in a pool without units would belong to nobody.
			if !campaign.units.is_zero() {
				Self::bond_to_principal(id, campaign, bond)?;
				Self::add(&mut campaign.money.bond_slashed, bond)?;
				return Self::bond_is_gone(id, campaign, bond);
			}
			let treasury = T::Treasury::get();
			if Self::try_pay_out(id, campaign, HoldReason::Bond, &treasury, bond)? {
				Self::add(&mut campaign.money.bond_to_treasury, bond)?;
				return Self::bond_is_gone(id, campaign, bond);
			}
		}
		Self::return_bond(id, campaign)
	}

	fn bond_is_gone(id: CampaignId, campaign: &mut CampaignOf<T>, bond: Balance) -> DispatchResult {
		campaign.bond = 0;
		Self::deposit_event(Event::BondSlashed {
			campaign: id,
			amount: bond,
		});
		Ok(())
	}

	/// Gives the founder's bond back, if it can be received.
	pub(crate) fn return_bond(id: CampaignId, campaign: &mut CampaignOf<T>) -> DispatchResult {
		let bond = campaign.bond;
		let sponsor = campaign.sponsor.clone();
		if bond.is_zero() || !Self::try_pay_out(id, campaign, HoldReason::Bond, &sponsor, bond)? {
			return Ok(());
		}
		campaign.bond = 0;
		Self::add(&mut campaign.money.bond_returned, bond)?;
		Self::deposit_event(Event::BondReturned {
			campaign: id,
			amount: bond,
		});
		Ok(())
	}

	/// Gives the bond of a frivolous dispute to the investors.
	pub(crate) fn slash_dispute(id: CampaignId, campaign: &mut CampaignOf<T>) -> DispatchResult {
		let bond = campaign.dispute_bond;
		Self::bond_to_principal(id, campaign, bond)?;
		Self::add(&mut campaign.money.dispute_slashed, bond)?;
		campaign.dispute_bond = 0;
		Ok(())
	}

	/// What is on hold in the pot for a reason.
	pub(crate) fn on_hold(id: CampaignId, campaign: &CampaignOf<T>, reason: HoldReason) -> Balance {
		T::TokenHolds::balance_on_hold(campaign.asset.clone(), &reason.into(), &Self::pot(id))
	}

	/// Gives the pot the least balances with which it exists.
	pub(crate) fn fund_pot(
		id: CampaignId,
		campaign: &CampaignOf<T>,
		from: &T::AccountId,
	) -> DispatchResult {
		let mut assets = alloc::vec![AssetKind::Native];
		if campaign.asset != AssetKind::Native {
			assets.push(campaign.asset.clone());
		}
		for asset in assets {
			let least = T::Tokens::minimum_balance(asset.clone());
			T::Tokens::transfer(asset, from, &Self::pot(id), least, Preservation::Preserve)
				.map_err(|_| Error::<T>::PotNotFunded)?;
		}
		Ok(())
	}

	/// Sends what nobody owns in the pot to the treasury, and tells how much of the campaign's asset
	/// that was.
	///
	/// What the treasury cannot receive stays behind: the founder's deposit must not wait for it.
	pub(crate) fn sweep_pot(
		id: CampaignId,
		campaign: &CampaignOf<T>,
	) -> Result<Balance, DispatchError> {
		// Divisions leave less than a unit of revenue for each who ever claimed some. Nothing may stay
		// on hold for a campaign that is gone.
		let dust = Self::on_hold(id, campaign, HoldReason::Revenue);
		if !dust.is_zero() {
			T::TokenHolds::release(
				campaign.asset.clone(),
				&HoldReason::Revenue.into(),
				&Self::pot(id),
				dust,
				Precision::Exact,
			)?;
		}
		let swept = attempt(|| Self::sweep(id, campaign.asset.clone()))?;
		if campaign.asset != AssetKind::Native {
			#[expect(
				clippy::let_underscore_must_use,
				reason = "whether the existential deposit could be received changes nothing for anybody"
			)]
			let _ = attempt(|| Self::sweep(id, AssetKind::Native))?;
		}
		Ok(swept.unwrap_or_default())
	}

	fn sweep(id: CampaignId, asset: AssetKind) -> Result<Balance, DispatchError> {
		let pot = Self::pot(id);
		let free = T::Tokens::reducible_balance(
			asset.clone(),
			&pot,
			Preservation::Expendable,
			Fortitude::Polite,
		);
		if free.is_zero() {
			return Ok(free);
		}
		T::Tokens::transfer(
			asset,
			&pot,
			&T::Treasury::get(),
			free,
			Preservation::Expendable,
		)
	}

	/// The deposit for something that takes so many bytes.
	pub(crate) fn deposit_for(bytes: usize) -> Balance {
		// All of it is bounded: a few thousand bytes at most.
		<T as Config>::DepositBase::get()
			.saturating_add(<T as Config>::DepositPerByte::get().saturating_mul(bytes as Balance))
	}

	/// Holds a storage deposit.
	pub(crate) fn hold_deposit(
		reason: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		T::Native::hold(&reason.into(), who, amount)
			.map_err(|_| Error::<T>::DepositNotCovered.into())
	}

	/// Hands the deposit of a position over, still on hold, and tells how much of it was there.
	pub(crate) fn hand_over_deposit(
		from: &T::AccountId,
		to: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		T::Native::transfer_on_hold(
			&HoldReason::Position.into(),
			from,
			to,
			amount,
			Precision::BestEffort,
			Restriction::OnHold,
			Fortitude::Polite,
		)
		.map_err(|_| Error::<T>::CannotReceive.into())
	}

	/// Gives a storage deposit back.
	pub(crate) fn release_deposit(
		reason: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let missing = give_back::<_, T::Native>(&reason.into(), who, amount)?;
		if !missing.is_zero() {
			Self::deposit_event(Event::DepositMissing {
				who: who.clone(),
				missing,
			});
		}
		Ok(())
	}
}
