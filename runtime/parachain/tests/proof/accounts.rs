//! Who signs transactions.

use codec::Encode;
use cumulus_pallet_weight_reclaim::StorageWeightReclaim;
use madang_parachain_runtime::{
	AccountId, Address, Hash, Nonce, Runtime, RuntimeCall, SignedPayload, TxExtension,
	UncheckedExtrinsic, VERSION,
};
use sp_core::{sr25519, Pair};
use sp_io::hashing::blake2_256;
use sp_keyring::Sr25519Keyring;
use sp_runtime::generic::Era;

/// Somebody with a key.
#[derive(Clone)]
pub struct Person {
	/// The account.
	pub account: AccountId,
	pair: sr25519::Pair,
}

impl From<sr25519::Pair> for Person {
	fn from(pair: sr25519::Pair) -> Self {
		Self {
			account: pair.public().into(),
			pair,
		}
	}
}

impl From<Sr25519Keyring> for Person {
	fn from(key: Sr25519Keyring) -> Self {
		key.pair().into()
	}
}

/// One of the people who were added to the preset.
pub fn person(number: u32) -> Person {
	let seed = blake2_256(&("one of the people", number).encode());
	sr25519::Pair::from_seed(&seed).into()
}

impl Person {
	/// Signs a call as the transaction number `nonce` of this person.
	pub fn sign(&self, call: RuntimeCall, nonce: Nonce, genesis: Hash) -> UncheckedExtrinsic {
		let checks = (
			frame_system::AuthorizeCall::<Runtime>::new(),
			frame_system::CheckNonZeroSender::<Runtime>::new(),
			frame_system::CheckSpecVersion::<Runtime>::new(),
			frame_system::CheckTxVersion::<Runtime>::new(),
			frame_system::CheckGenesis::<Runtime>::new(),
			frame_system::CheckMortality::<Runtime>::from(Era::Immortal),
			frame_system::CheckNonce::<Runtime>::from(nonce),
			frame_system::CheckWeight::<Runtime>::new(),
			pallet_transaction_payment::ChargeTransactionPayment::<Runtime>::from(0),
			frame_metadata_hash_extension::CheckMetadataHash::<Runtime>::new(false),
		);
		let extension = TxExtension::new(StorageWeightReclaim::new(checks));
		// What both sides know and nobody sends, in the order of the extensions.
		let implicit = (
			(),
			(),
			VERSION.spec_version,
			VERSION.transaction_version,
			genesis,
			genesis,
			(),
			(),
			(),
			None,
		);
		let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
		let signature = payload.using_encoded(|bytes| self.pair.sign(bytes));
		UncheckedExtrinsic::new_signed(
			call,
			Address::Id(self.account.clone()),
			signature.into(),
			extension,
		)
	}
}
