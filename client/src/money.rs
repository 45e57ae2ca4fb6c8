//! Amounts as people write them: MDG with up to twelve decimals.

use madang_primitives::Balance;

/// The smallest units of one MDG.
pub const MDG: Balance = 1_000_000_000_000;

/// Decimals of one MDG.
const DECIMALS: usize = 12;

/// Reads an amount like `12` or `0.25`; `None` when it is not one or has too many decimals.
pub fn parse(text: &str) -> Option<Balance> {
	let (whole, part) = text.split_once('.').unwrap_or((text, ""));
	let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
	if whole.is_empty() || part.len() > DECIMALS || !digits(whole) || !digits(part) {
		return None;
	}
	let fraction: Balance = format!("{part:0<DECIMALS$}").parse().ok()?;
	whole
		.parse::<Balance>()
		.ok()?
		.checked_mul(MDG)?
		.checked_add(fraction)
}

/// Writes an amount without needless zeros, like `0.25 MDG`.
pub fn format(amount: Balance) -> String {
	let fraction = format!("{:0DECIMALS$}", amount % MDG);
	match fraction.trim_end_matches('0') {
		"" => format!("{} MDG", amount / MDG),
		fraction => format!("{}.{fraction} MDG", amount / MDG),
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
}
