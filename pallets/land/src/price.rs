//! The adaptive price of new territory.
//!
//! Pure arithmetic. Each period the price moves towards balance: up when more than the target was
//! bought, down when less, in proportion to the gap and by at most `max_change`. It is the rule of
//! EIP-1559 with cells in place of gas.

use madang_primitives::Balance;
use sp_arithmetic::{PerThing, Permill, Perquintill};
use sp_runtime::Saturating;

use crate::Market;

/// The constants of the rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
	/// Cells that a balanced period sells.
	pub target: u64,
	/// Most by which the price moves in one period.
	pub max_change: Permill,
	/// The price never falls below this.
	pub min_price: Balance,
}

impl Rule {
	/// The market as it stands in `period`: closes the period in which it was last written and all
	/// the idle ones since, in a number of steps that grows with the logarithm of their number.
	pub fn roll(&self, market: Market, period: u32) -> Market {
		let elapsed = period.saturating_sub(market.period);
		if elapsed == 0 {
			return market;
		}
		let closed = self.after_period(market.price, market.allocated);
		let price = self.after_idle_periods(closed, elapsed.saturating_sub(1));
		Market {
			price,
			period,
			allocated: 0,
		}
	}

	/// The price that follows a period in which `allocated` cells were bought at `price`.
	pub fn after_period(&self, price: Balance, allocated: u64) -> Balance {
		let most = self.max_change.mul_floor(price);
		if allocated >= self.target {
			let excess = allocated.saturating_sub(self.target).min(self.target);
			price.saturating_add(share(excess, self.target).mul_floor(most))
		} else {
			let gap = self.target.saturating_sub(allocated);
			price
				.saturating_sub(share(gap, self.target).mul_floor(most))
				.max(self.min_price)
		}
	}

	/// The price that follows `periods` in which nothing was bought.
	fn after_idle_periods(&self, price: Balance, periods: u32) -> Balance {
		let kept = Perquintill::from_rational(
			u64::from(self.max_change.left_from_one().deconstruct()),
			u64::from(Permill::ACCURACY),
		);
		kept.saturating_pow(periods as usize)
			.mul_floor(price)
			.max(self.min_price)
	}
}

/// `part` of `whole`; everything when `whole` is nothing.
fn share(part: u64, whole: u64) -> Perquintill {
	if whole == 0 {
		Perquintill::one()
	} else {
		Perquintill::from_rational(part, whole)
	}
}
