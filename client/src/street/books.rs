//! Where the money of the visitors went.
//!
//! What everybody has more or less is the difference of balances that were read from the chain, free and
//! held together, with the fees for transactions added back. Only the network's share is taken from
//! events, because the treasury has other income too.

use std::fmt::Write;

use madang_primitives::Balance;

use crate::{campaign::statement::signed, money::Unit};

/// What somebody has more, or less when negative.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
	/// Who.
	pub who: String,
	/// How much.
	pub amount: i128,
}

/// The books of one asset.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Books {
	/// How its amounts are written.
	pub unit: Unit,
	/// Everybody who has more or less than before.
	pub changes: Vec<Change>,
	/// The network's shares of tolls, from events.
	pub network: Balance,
	/// What the treasury has more, where fees do not hide it.
	pub treasury: Option<i128>,
}

impl Books {
	/// The sum of what everybody has more or less, which must be zero.
	pub fn sum(&self) -> i128 {
		let changes: i128 = self.changes.iter().map(|change| change.amount).sum();
		changes + signed(self.network)
	}

	/// What does not add up, in words. Nothing, if all is well.
	pub fn problems(&self) -> Vec<String> {
		let mut problems = Vec::new();
		if self.sum() != 0 {
			problems.push(format!(
				"the sum of all changes is {} {} and not zero",
				self.unit.format_change(self.sum()),
				self.unit.symbol
			));
		}
		// Others may pay the treasury too.
		if let Some(treasury) = self.treasury.filter(|more| *more < signed(self.network)) {
			problems.push(format!(
				"the treasury has {} {} more, and the tolls say {}",
				self.unit.format_change(treasury),
				self.unit.symbol,
				self.unit.format(self.network)
			));
		}
		problems
	}

	/// The books for people.
	pub fn text(&self) -> String {
		let symbol = &self.unit.symbol;
		if self.changes.is_empty() && self.network == 0 {
			return format!("{symbol}: nobody has more or less; the sum is 0\n");
		}
		let mut text = format!("{symbol}: + got, - gave; fees for transactions apart\n");
		let mut line = |who: &str, amount: i128| {
			// Writing to a string does not fail.
			let _ = writeln!(text, "  {who:<34} {:>20}", self.unit.format_change(amount));
		};
		for change in &self.changes {
			line(&change.who, change.amount);
		}
		line("network", signed(self.network));
		line("sum", self.sum());
		text
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn books() -> Books {
		let change = |who: &str, amount| Change {
			who: who.into(),
			amount,
		};
		Books {
			unit: Unit {
				symbol: "TUSD".into(),
				decimals: 2,
			},
			changes: vec![change("Sora", -100), change("a", 49), change("b", 49)],
			network: 2,
			treasury: Some(2),
		}
	}

	#[test]
	fn true_books_sum_to_zero() {
		assert_eq!(books().sum(), 0);
		assert_eq!(books().problems(), Vec::<String>::new());
		let text = books().text();
		assert!(text.contains("-1") && text.contains("+0.49"), "{text}");
		let nothing = Books {
			changes: Vec::new(),
			network: 0,
			..books()
		};
		assert!(nothing.text().contains("nobody has more or less"));
	}

	#[test]
	fn a_unit_too_many_is_found_wherever_it_is() {
		let changes: [fn(&mut Books); 3] = [
			|books| books.changes[1].amount += 1,
			|books| books.network -= 1,
			|books| books.treasury = Some(1),
		];
		for change in changes {
			let mut books = books();
			change(&mut books);
			assert!(!books.problems().is_empty());
		}
		let mut others_paid_too = books();
		others_paid_too.treasury = Some(7);
		assert!(others_paid_too.problems().is_empty());
	}
}
