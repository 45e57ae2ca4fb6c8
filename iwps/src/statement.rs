//! What a visitor signs, so that nobody else uses the pass.
//!
//! A Teleport message comes from the world of origin, or from anybody: the protocol itself proves
//! nothing. So whoever has a pass signs a text that says what is to happen with it. It is bound to the
//! chain, the purpose, the account, this one pass and this one attempt, and it is plain text, because a
//! wallet shows it to its owner.

use std::fmt;

use codec::DecodeAll;
use madang_primitives::portal::{PortalId, Way};
use madang_runtime::{AccountId, BlockNumber, Hash};
use sp_core::sr25519;
use sp_runtime::{traits::Verify, MultiSignature};

use crate::message::TeleportId;

/// What is signed. Its text is what `Display` writes.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
	/// Hash of the first block of the chain.
	pub genesis: Hash,
	/// The portal.
	pub portal: PortalId,
	/// Which way through it.
	pub way: Way,
	/// First block in which the pass is over. No later pass has the same.
	pub valid_until: BlockNumber,
	/// The account, as the message has it.
	pub account: &'a str,
	/// Where the Teleport message goes.
	pub destination: &'a str,
	/// The attempt.
	pub teleport: TeleportId,
}

impl fmt::Display for Statement<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let way = match self.way {
			Way::There => "there",
			Way::Back => "back",
		};
		write!(
			f,
			"Madang IWPS teleport\nchain: {:?}\nportal: {}\nway: {way}\npass until block: {}\n\
			 account: {}\ndestination: {}\nteleport: {}",
			self.genesis,
			self.portal,
			self.valid_until,
			self.account,
			self.destination,
			self.teleport
		)
	}
}

impl Statement<'_> {
	/// Whether an account has signed this.
	///
	/// Takes 64 bytes of sr25519, or any signature with its type in front, as wallets give it. Wallets
	/// put `<Bytes>` around a text before they sign it, so that is good too.
	pub fn is_signed(&self, signature: &str, account: &AccountId) -> bool {
		let Some(signature) = read(signature) else {
			return false;
		};
		let plain = self.to_string();
		let wrapped = format!("<Bytes>{plain}</Bytes>");
		[plain, wrapped]
			.iter()
			.any(|text| signature.verify(text.as_bytes(), account))
	}
}

fn read(hex: &str) -> Option<MultiSignature> {
	let bytes = bytes_of(hex.strip_prefix("0x")?)?;
	match sr25519::Signature::try_from(bytes.as_slice()) {
		Ok(signature) => Some(signature.into()),
		Err(()) => MultiSignature::decode_all(&mut bytes.as_slice()).ok(),
	}
}

fn bytes_of(digits: &str) -> Option<Vec<u8>> {
	let digit = |byte: u8| char::from(byte).to_digit(16);
	digits
		.as_bytes()
		.chunks(2)
		.map(|pair| match pair {
			[high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
			_ => None,
		})
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use madang_client::chain::account_of;
	use sp_core::{ecdsa, ed25519, Pair};
	use sp_runtime::{traits::IdentifyAccount, MultiSigner};

	fn statement() -> Statement<'static> {
		let teleport = "0b0f1c0e-6c1a-4f5e-9d2e-3b6a1f2c4d5e".parse();
		Statement {
			genesis: Hash::repeat_byte(1),
			portal: 7,
			way: Way::There,
			valid_until: 340,
			account: "5Grw",
			destination: "https://beta.example/teleport",
			teleport: teleport.unwrap_or_else(|error| panic!("{error}")),
		}
	}

	fn hex(bytes: &[u8]) -> String {
		let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
		format!("0x{digits}")
	}

	fn pair<Key: Pair>(name: &str) -> Key {
		Key::from_string(name, None).unwrap_or_else(|error| panic!("{error}"))
	}

	#[test]
	fn the_owner_of_the_account_signs_in_any_of_the_usual_ways() {
		let said = statement();
		let text = said.to_string();
		let wrapped = format!("<Bytes>{text}</Bytes>");
		let alice: sr25519::Pair = pair("//Alice");
		let account = account_of(&alice);
		for text in [&text, &wrapped] {
			let signature = alice.sign(text.as_bytes());
			assert!(said.is_signed(&hex(signature.as_ref()), &account));
			let typed = MultiSignature::from(signature).encode();
			assert!(said.is_signed(&hex(&typed), &account));
		}
		let old: ed25519::Pair = pair("//Alice");
		let account = MultiSigner::from(old.public()).into_account();
		let typed = MultiSignature::from(old.sign(text.as_bytes())).encode();
		assert!(said.is_signed(&hex(&typed), &account));
		let other: ecdsa::Pair = pair("//Alice");
		let account = MultiSigner::from(other.public()).into_account();
		let typed = MultiSignature::from(other.sign(text.as_bytes())).encode();
		assert!(said.is_signed(&hex(&typed), &account));
	}

	#[test]
	fn a_signature_is_good_for_nothing_else() {
		let alice: sr25519::Pair = pair("//Alice");
		let (account, said) = (account_of(&alice), statement());
		let signature = hex(alice.sign(said.to_string().as_bytes()).as_ref());
		assert!(said.is_signed(&signature, &account));
		let other_id = "1b0f1c0e-6c1a-4f5e-9d2e-3b6a1f2c4d5e".parse();
		let changed = [
			Statement {
				genesis: Hash::repeat_byte(2),
				..said.clone()
			},
			Statement {
				portal: 8,
				..said.clone()
			},
			Statement {
				way: Way::Back,
				..said.clone()
			},
			Statement {
				valid_until: 341,
				..said.clone()
			},
			Statement {
				account: "5Grv",
				..said.clone()
			},
			Statement {
				destination: "https://beta.example/other",
				..said.clone()
			},
			Statement {
				teleport: other_id.unwrap_or_else(|error| panic!("{error}")),
				..said.clone()
			},
		];
		for other in changed {
			assert!(!other.is_signed(&signature, &account), "{other}");
		}
		let bob: sr25519::Pair = pair("//Bob");
		assert!(!said.is_signed(&signature, &account_of(&bob)));
	}

	#[test]
	fn what_is_no_signature_is_none() {
		let account = AccountId::from([0; 32]);
		for bad in [
			"",
			"0x",
			"0x0",
			"0xzz",
			"12",
			"0xé",
			&format!("0x{}", "00".repeat(64)),
		] {
			assert!(!statement().is_signed(bad, &account), "{bad}");
		}
		for len in 0..80 {
			let text = hex(&vec![1; len]);
			assert!(!statement().is_signed(&text, &account), "{len}");
		}
	}
}
