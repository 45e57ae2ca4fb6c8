//! Who signs: the development accounts, whose keys everybody knows.

use std::sync::OnceLock;

use madang_runtime::AccountId;
use sp_core::{sr25519, Pair};
use sp_keyring::Sr25519Keyring;

/// An account with its key.
pub struct Person {
	/// The account.
	pub account: AccountId,
	key: sr25519::Pair,
}

impl Person {
	/// Signs a message.
	pub fn sign(&self, message: &[u8]) -> sr25519::Signature {
		self.key.sign(message)
	}
}

/// The twelve accounts that genesis makes rich, and two that have nothing.
pub fn people() -> &'static [Person] {
	static PEOPLE: OnceLock<Vec<Person>> = OnceLock::new();
	PEOPLE.get_or_init(|| {
		Sr25519Keyring::well_known()
			.chain([Sr25519Keyring::One, Sr25519Keyring::Two])
			.map(|name| Person {
				account: name.to_account_id(),
				key: name.pair(),
			})
			.collect()
	})
}

/// Who it is among [`people`], if it is one of them.
pub fn index_of(account: &AccountId) -> Option<u8> {
	people()
		.iter()
		.position(|person| person.account == *account)
		.and_then(|index| u8::try_from(index).ok())
}

/// The first of them: holds the sudo key, sits in the council, issues the test dollar, owns the demo
/// metaverse and makes the blocks.
pub fn alice() -> AccountId {
	Sr25519Keyring::Alice.to_account_id()
}
