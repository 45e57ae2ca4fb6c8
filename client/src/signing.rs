//! Signs calls without asking anybody: whoever knows the nonce and the genesis of a chain can sign
//! for it with the chain's own types.

use codec::Encode;
use madang_runtime::{
	Address, BlockNumber, Hash, Nonce, Runtime, RuntimeCall, SignedPayload, TxExtension,
	UncheckedExtrinsic, VERSION,
};
use sp_core::{sr25519, Pair};
use sp_runtime::generic::Era;

use crate::chain::account_of;

/// How long a signed transaction stays valid.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lifetime {
	/// As long as the chain exists.
	Unlimited,
	/// For so many blocks, a power of two and at most 4,096, from a block that the chain has.
	Blocks {
		/// How many blocks.
		count: u64,
		/// Number of the block from which they are counted.
		number: BlockNumber,
		/// Hash of that block.
		hash: Hash,
	},
}

/// Signs a call as the transaction number `nonce` of the signer, without a tip.
pub fn sign(
	signer: &sr25519::Pair,
	call: RuntimeCall,
	nonce: Nonce,
	genesis: Hash,
	lifetime: Lifetime,
) -> UncheckedExtrinsic {
	sign_for(VERSION.spec_version, signer, call, nonce, genesis, lifetime)
}

/// Signs for a version of the runtime that this program may not know. What is signed counts under that
/// version only, and the caller knows that the call means the same there.
pub fn sign_for(
	spec_version: u32,
	signer: &sr25519::Pair,
	call: RuntimeCall,
	nonce: Nonce,
	genesis: Hash,
	lifetime: Lifetime,
) -> UncheckedExtrinsic {
	let (era, birth) = match lifetime {
		Lifetime::Unlimited => (Era::Immortal, genesis),
		Lifetime::Blocks {
			count,
			number,
			hash,
		} => (Era::mortal(count, u64::from(number)), hash),
	};
	let checks = (
		frame_system::AuthorizeCall::<Runtime>::new(),
		frame_system::CheckNonZeroSender::<Runtime>::new(),
		frame_system::CheckSpecVersion::<Runtime>::new(),
		frame_system::CheckTxVersion::<Runtime>::new(),
		frame_system::CheckGenesis::<Runtime>::new(),
		frame_system::CheckMortality::<Runtime>::from(era),
		frame_system::CheckNonce::<Runtime>::from(nonce),
		frame_system::CheckWeight::<Runtime>::new(),
		pallet_transaction_payment::ChargeTransactionPayment::<Runtime>::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::<Runtime>::new(false),
	);
	let extension: TxExtension = (checks, frame_system::WeightReclaim::new());
	// What both sides know and nobody sends, in the order of the extensions.
	let checks = (
		(),
		(),
		spec_version,
		VERSION.transaction_version,
		genesis,
		birth,
		(),
		(),
		(),
		None,
	);
	let implicit = (checks, ());
	let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
	let signature = payload.using_encoded(|bytes| signer.sign(bytes));
	let address = Address::Id(account_of(signer));
	UncheckedExtrinsic::new_signed(call, address, signature.into(), extension)
}
