//! Amounts as people write them: MDG with up to twelve decimals, and other assets with theirs.

use madang_primitives::Balance;

/// The smallest units of one MDG.
pub const MDG: Balance = 1_000_000_000_000;

/// Decimals of one MDG.
const DECIMALS: usize = 12;

/// Reads an amount like `12` or `0.25`; `None` when it is not one or has too many decimals.
pub fn parse(text: &str) -> Option<Balance> {
	Unit::native().parse(text)
}

/// Writes an amount without needless zeros, like `0.25 MDG`.
pub fn format(amount: Balance) -> String {
	let fraction = format!("{:0DECIMALS$}", amount % MDG);
	match fraction.trim_end_matches('0') {
		"" => format!("{} MDG", amount / MDG),
		fraction => format!("{}.{fraction} MDG", amount / MDG),
	}
}

/// How amounts of an asset are written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unit {
	/// Short name of one unit, like `MDG`.
	pub symbol: String,
	/// Decimals of one unit.
	pub decimals: u32,
}

impl Unit {
	/// The native token.
	pub fn native() -> Self {
		Self {
			symbol: "MDG".into(),
			decimals: DECIMALS as u32,
		}
	}

	/// The smallest units of one unit.
	pub fn one(&self) -> Balance {
		10u128.checked_pow(self.decimals).unwrap_or(Balance::MAX)
	}

	/// So many thousandths of a unit.
	pub fn thousandths(&self, count: u64) -> Balance {
		Balance::from(count).saturating_mul(self.one()) / 1_000
	}

	/// Reads an amount like `12` or `0.25`; `None` when it is not one or has too many decimals.
	pub fn parse(&self, text: &str) -> Option<Balance> {
		let width = self.decimals as usize;
		let (whole, part) = text.split_once('.').unwrap_or((text, ""));
		let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
		if whole.is_empty() || part.len() > width || !digits(whole) || !digits(part) {
			return None;
		}
		// A unit without decimals has no fraction to read.
		let fraction: Balance = format!("0{part:0<width$}").parse().ok()?;
		whole
			.parse::<Balance>()
			.ok()?
			.checked_mul(self.one())?
			.checked_add(fraction)
	}

	/// Writes an amount without needless zeros and without the symbol.
	pub fn format(&self, amount: Balance) -> String {
		let width = self.decimals as usize;
		let (whole, part) = (amount / self.one(), amount % self.one());
		let fraction = match width {
			0 => String::new(),
			_ => format!("{part:0width$}"),
		};
		match fraction.trim_end_matches('0') {
			"" => whole.to_string(),
			fraction => format!("{whole}.{fraction}"),
		}
	}

	/// Writes what somebody has more or less, with its sign.
	pub fn format_change(&self, amount: i128) -> String {
		let sign = match amount.signum() {
			-1 => "-",
			1 => "+",
			_ => "",
		};
		format!("{sign}{}", self.format(amount.unsigned_abs()))
	}

	/// An amount as a number of units, for pictures only.
	pub fn approximate(&self, amount: Balance) -> f64 {
		amount as f64 / self.one() as f64
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_read_as_people_write_them() {
		assert_eq!(parse("1"), Some(MDG));
		assert_eq!(parse("0.25"), Some(MDG / 4));
		assert_eq!(parse("0.000000000001"), Some(1));
		for wrong in ["", ".5", "-1", "1,5", "1.2.3", "0.0000000000001", "MDG"] {
			assert_eq!(parse(wrong), None, "{wrong:?}");
		}
	}

	#[test]
	fn amounts_are_written_without_needless_zeros() {
		assert_eq!(format(0), "0 MDG");
		assert_eq!(format(MDG * 3), "3 MDG");
		assert_eq!(format(MDG + MDG / 4), "1.25 MDG");
		assert_eq!(format(1), "0.000000000001 MDG");
	}

	#[test]
	fn amounts_of_other_assets_have_their_own_decimals() {
		let unit = Unit {
			symbol: "TUSD".into(),
			decimals: 6,
		};
		assert_eq!(unit.thousandths(333_333), 333_333_000);
		assert_eq!(unit.format(333_333_000), "333.333");
		assert_eq!(unit.parse("333.333"), Some(333_333_000));
		assert_eq!(unit.parse("0.0000001"), None, "more decimals than it has");
		assert_eq!(unit.format(1), "0.000001");
		assert_eq!(unit.format_change(-2_000_000), "-2");
		assert_eq!(unit.format_change(500_000), "+0.5");
		assert_eq!(unit.format_change(0), "0");
		let whole = Unit {
			symbol: "KRW".into(),
			decimals: 0,
		};
		assert_eq!(whole.format(1_200), "1200");
		assert_eq!(whole.parse("1200"), Some(1_200));
		assert_eq!(whole.parse("1.5"), None);
	}
}
