//! What the answers look like.
//!
//! Keys are in camel case. An amount is a decimal string of the smallest unit, because numbers of
//! JSON lose digits. Accounts are SS58 addresses, hashes are `0x` and hexadecimal digits, texts
//! are JSON strings, and what is not there is `null`.

pub mod crossing;
pub mod escrow;
pub mod land;
pub mod metaverse;
pub mod next;
pub mod portal;

use madang_runtime::{AccountId, Balance};
use madang_runtime_common::SS58_PREFIX;
use sp_core::{
	bytes::from_hex,
	crypto::{Ss58AddressFormat, Ss58Codec},
};

use super::error::Error;

/// Longest text that is looked at as an address: `0x` and 64 digits. Decoding takes time that
/// grows with the square of the length.
const MAX_ADDRESS_LEN: usize = 66;

/// Digits of the largest amount.
const MAX_AMOUNT_LEN: usize = 39;

/// An account as its address.
pub fn address(account: &AccountId) -> String {
	account.to_ss58check_with_version(Ss58AddressFormat::custom(SS58_PREFIX))
}

/// The account of an address. The prefix of the address does not matter: the same key has an
/// address on every chain.
pub fn account(address: &str) -> Result<AccountId, Error> {
	if address.len() > MAX_ADDRESS_LEN {
		return Err(Error::MalformedAddress);
	}
	if address.starts_with("0x") {
		let bytes = from_hex(address).map_err(|_| Error::MalformedAddress)?;
		return <[u8; 32]>::try_from(bytes)
			.map(AccountId::from)
			.map_err(|_| Error::MalformedAddress);
	}
	AccountId::from_ss58check_with_version(address)
		.map(|(account, _)| account)
		.map_err(|_| Error::MalformedAddress)
}

/// An amount in the smallest unit of its token.
pub fn amount(balance: Balance) -> String {
	balance.to_string()
}

/// The number that an amount stands for: nothing but digits, because whoever writes a sign, a point
/// or a separator means something else than the smallest unit.
pub fn balance(amount: &str) -> Result<Balance, Error> {
	if amount.len() > MAX_AMOUNT_LEN || !amount.bytes().all(|byte| byte.is_ascii_digit()) {
		return Err(Error::MalformedAmount);
	}
	amount.parse().map_err(|_| Error::MalformedAmount)
}

/// A text. The chain takes in UTF-8 only; anything else is shown as well as it can be.
pub fn text(bytes: Vec<u8>) -> String {
	String::from_utf8(bytes)
		.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use sp_core::hexdisplay::HexDisplay;
	use sp_keyring::Sr25519Keyring::Alice;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	#[test]
	fn accounts_are_shown_and_read_as_addresses() {
		let alice = Alice.to_account_id();
		assert_eq!(address(&alice), ALICE);
		assert_eq!(account(ALICE), Ok(alice));
	}

	#[test]
	fn accounts_are_read_in_other_forms() {
		let alice = Alice.to_account_id();
		let hex = format!("0x{}", HexDisplay::from(&alice.encode()));
		assert_eq!(account(&hex), Ok(alice.clone()));
		assert_eq!(
			account(&alice.to_ss58check_with_version(0u16.into())),
			Ok(alice)
		);
	}

	#[test]
	fn what_is_no_address_is_refused() {
		let too_long = "1".repeat(1_000_000);
		let mistyped = ALICE.replace('w', "v");
		let short_hex = format!("0x{}", "00".repeat(31));
		for text in [
			"",
			"0x",
			"Alice",
			"//Alice",
			&ALICE[1..],
			&mistyped,
			&short_hex,
			&too_long,
		] {
			assert_eq!(account(text), Err(Error::MalformedAddress), "{text:.20}");
		}
	}

	#[test]
	fn amounts_keep_every_digit() {
		assert_eq!(
			amount(Balance::MAX),
			"340282366920938463463374607431768211455"
		);
	}

	#[test]
	fn amounts_are_read_as_they_are_written() {
		for number in [0, 1, 1_000_000, Balance::MAX] {
			assert_eq!(balance(&amount(number)), Ok(number));
		}
		assert_eq!(balance("007"), Ok(7));
	}

	#[test]
	fn what_is_no_amount_is_refused() {
		let too_long = "0".repeat(1_000_000);
		for text in [
			"",
			" 1",
			"+1",
			"-1",
			"1.5",
			"1_000",
			"1e6",
			"0x10",
			"१",
			"340282366920938463463374607431768211456",
			&too_long,
		] {
			assert_eq!(balance(text), Err(Error::MalformedAmount), "{text:.20}");
		}
	}

	#[test]
	fn texts_are_utf8() {
		assert_eq!(text("마당".into()), "마당");
		assert_eq!(text(vec![b'a', 0xff]), "a\u{fffd}");
	}
}
