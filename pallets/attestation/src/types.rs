//! What the registry stores and shows.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use madang_primitives::{
	attestation::{Attestation, Month},
	Balance,
};
use scale_info::TypeInfo;

/// A point in time, in milliseconds since 1970.
pub type Moment = u64;

/// A twelfth of a mean Gregorian year of 365.2425 days, in milliseconds.
pub const MONTH_MS: Moment = 31_556_952_000 / 12;

/// Months over which commitments are added up.
pub const MONTHS: Month = 12;

/// What an attester says of an account, for how long, and what is on hold for it.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Record {
	/// What is said.
	pub attestation: Attestation,
	/// First moment at which it does not count any more; `None` when it has no end.
	pub until: Option<Moment>,
	/// What is on hold from the attester.
	pub deposit: Balance,
}

impl Record {
	/// Whether it counts at this moment.
	pub fn counts_at(&self, now: Moment) -> bool {
		self.until.is_none_or(|until| now < until)
	}
}

/// What is committed in each of the twelve months up to `last`.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Window {
	/// Sum of each month. Month `m` stands at `m % 12`.
	pub months: [Balance; MONTHS as usize],
	/// The youngest month.
	pub last: Month,
}

impl Window {
	/// Drops the months that are too old once `now` is the running month. Never goes back.
	pub fn advance(&mut self, now: Month) {
		if now <= self.last {
			return;
		}
		let oldest = now.saturating_sub(MONTHS - 1);
		for month in oldest.max(self.last.saturating_add(1))..=now {
			*self.month_mut(month) = 0;
		}
		self.last = now;
	}

	/// Counts an amount in the youngest month. `None`, and nothing changed, when the sum of all months
	/// would not fit its type.
	pub fn add(&mut self, amount: Balance) -> Option<()> {
		self.sum().checked_add(amount)?;
		let month = self.month_mut(self.last);
		*month = month.checked_add(amount)?;
		Some(())
	}

	/// Takes an amount back from a month, as far as it is there.
	pub fn remove(&mut self, month: Month, amount: Balance) {
		if self.covers(month) {
			let month = self.month_mut(month);
			*month = month.saturating_sub(amount);
		}
	}

	/// What is counted in a month; nothing outside the window.
	pub fn at(&self, month: Month) -> Balance {
		if self.covers(month) {
			self.month(month)
		} else {
			0
		}
	}

	/// What is counted in all months together.
	pub fn sum(&self) -> Balance {
		self.months
			.iter()
			.fold(0, |sum, month| sum.saturating_add(*month))
	}

	/// Whether nothing is counted in any month.
	pub fn is_empty(&self) -> bool {
		self.months.iter().all(|month| *month == 0)
	}

	fn covers(&self, month: Month) -> bool {
		self.last.checked_sub(month).is_some_and(|age| age < MONTHS)
	}

	#[expect(
		clippy::indexing_slicing,
		reason = "what is left of a division by 12 is a place among twelve months"
	)]
	fn month(&self, month: Month) -> Balance {
		self.months[usize::from(month % MONTHS)]
	}

	#[expect(
		clippy::indexing_slicing,
		reason = "what is left of a division by 12 is a place among twelve months"
	)]
	fn month_mut(&mut self, month: Month) -> &mut Balance {
		&mut self.months[usize::from(month % MONTHS)]
	}
}

/// What an attester says of an account, as the queries show it.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct AttestationView {
	/// What is said.
	pub attestation: Attestation,
	/// First moment at which it does not count any more, in milliseconds since 1970; `None` when it
	/// has no end.
	pub until: Option<Moment>,
	/// Whether it counts now.
	pub counts: bool,
	/// What is on hold from the attester.
	pub deposit: Balance,
}
