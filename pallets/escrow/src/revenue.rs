//! What the startup earns and shares with those who funded it.

use frame_support::ensure;
use madang_primitives::{
	escrow::{CampaignId, PositionId, State},
	Balance,
};
use sp_core::U256;
use sp_runtime::{traits::Zero, DispatchResult};

use crate::{pallet::*, types::SCALE};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_deposit_revenue(
		id: CampaignId,
		who: T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let mut campaign = Self::campaign(id)?;
		ensure!(
			matches!(campaign.state, State::Active | State::Completed),
			Error::<T>::WrongState
		);
		ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
		ensure!(!campaign.units.is_zero(), Error::<T>::NoUnits);
		Self::take_in(id, &campaign, HoldReason::Revenue, &who, amount)?;
		Self::add(&mut campaign.money.revenue, amount)?;

		// What does not divide stays for the next time, so nothing is lost but to those who leave.
		let units = U256::from(campaign.units);
		let total = U256::from(amount)
			.checked_mul(U256::from(SCALE))
			.and_then(|scaled| scaled.checked_add(campaign.revenue_rest))
			.ok_or(Error::<T>::Overflow)?;
		campaign.revenue_per_unit = total
			.checked_div(units)
			.and_then(|each| campaign.revenue_per_unit.checked_add(each))
			.ok_or(Error::<T>::Overflow)?;
		campaign.revenue_rest = total.checked_rem(units).ok_or(Error::<T>::NoUnits)?;
		Campaigns::<T>::insert(id, campaign);
		Self::deposit_event(Event::RevenueDeposited {
			campaign: id,
			amount,
		});
		Ok(())
	}

	pub(crate) fn do_claim_revenue(position_id: PositionId, who: T::AccountId) -> DispatchResult {
		let (mut position, mut campaign) = Self::position_of(position_id, &who)?;
		ensure!(
			!Self::pending_revenue(&position, &campaign).is_zero(),
			Error::<T>::NothingToClaim
		);
		Self::pay_revenue(position_id, &mut position, &mut campaign, &who)?;
		Campaigns::<T>::insert(position.campaign, campaign);
		Positions::<T>::insert(position_id, position);
		Ok(())
	}

	/// Revenue that a position can take out now.
	pub(crate) fn pending_revenue(position: &PositionOf<T>, campaign: &CampaignOf<T>) -> Balance {
		if !Self::is_live(position, campaign) {
			return 0;
		}
		Self::of_units(position.units, campaign.revenue_per_unit)
			.saturating_sub(position.revenue_debt)
	}

	/// Pays a position its revenue. Always before its units change. The caller writes both.
	pub(crate) fn pay_revenue(
		position_id: PositionId,
		position: &mut PositionOf<T>,
		campaign: &mut CampaignOf<T>,
		dest: &T::AccountId,
	) -> DispatchResult {
		let amount = Self::pending_revenue(position, campaign);
		if amount.is_zero() {
			return Ok(());
		}
		let id = position.campaign;
		Self::pay_out(id, campaign, HoldReason::Revenue, dest, amount)?;
		Self::add(&mut position.revenue_debt, amount)?;
		Self::add(&mut campaign.money.revenue_claimed, amount)?;
		Self::deposit_event(Event::RevenueClaimed {
			campaign: id,
			position: position_id,
			amount,
		});
		Ok(())
	}
}
