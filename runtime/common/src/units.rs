//! Money, and what a stored byte costs.

use crate::Balance;

/// Decimal places of the native token.
pub const DECIMALS: u8 = 12;

/// Symbol of the native token.
pub const SYMBOL: &str = "MDG";

/// One token.
pub const MDG: Balance = 1_000_000_000_000;

/// A thousandth of a token.
pub const MILLI: Balance = MDG / 1_000;

/// A millionth of a token.
pub const MICRO: Balance = MDG / 1_000_000;

/// An account with less than this does not exist.
pub const EXISTENTIAL_DEPOSIT: Balance = MILLI;

/// Deposit for each entry in the state.
pub const DEPOSIT_PER_ITEM: Balance = 10 * MILLI;

/// Deposit for each byte in the state.
pub const DEPOSIT_PER_BYTE: Balance = 100 * MICRO;

/// Deposit for so many entries with so many bytes in all.
pub const fn deposit(items: u32, bytes: u32) -> Balance {
	(items as Balance)
		.saturating_mul(DEPOSIT_PER_ITEM)
		.saturating_add((bytes as Balance).saturating_mul(DEPOSIT_PER_BYTE))
}
