//! Which pallets can be measured in this runtime. What their benchmarks need of it is in
//! [`crate::application::benchmarks`].

use alloc::vec::Vec;

use codec::Encode;
use sp_runtime::traits::{BlakeTwo256, Hash};

use crate::{AccountId, Runtime, SessionKeys, Upgrade};

frame_benchmarking::define_benchmarks!(
	[frame_system, SystemBench::<Runtime>]
	[frame_system_extensions, SystemExtensionsBench::<Runtime>]
	[pallet_assets, Assets]
	[pallet_attestation, Attestation]
	[pallet_balances, Balances]
	[pallet_collator_selection, ValidatorSelection]
	[pallet_collective, Council]
	[pallet_escrow, Escrow]
	[pallet_land, Land]
	[pallet_metaverse, Metaverse]
	[pallet_multisig, Multisig]
	[pallet_nfts, Nfts]
	[pallet_portal, Portal]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_scheduler, Scheduler]
	[pallet_session, SessionBench::<Runtime>]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_transaction_payment, TransactionPayment]
	[pallet_treasury, Treasury]
	[pallet_upgrade, Upgrade]
	[pallet_utility, Utility]
	[pallet_validators, Validators]
);

impl cumulus_pallet_session_benchmarking::Config for Runtime {
	fn generate_session_keys_and_proof(owner: AccountId) -> (SessionKeys, Vec<u8>) {
		let made = SessionKeys::generate(&owner.encode(), None);
		(made.keys, made.proof.encode())
	}
}

impl frame_system_benchmarking::Config for Runtime {
	fn verify_set_code() {
		let code_hash = BlakeTwo256::hash(&Self::prepare_set_code_data());
		assert!(Upgrade::next().is_some_and(|next| next.code_hash == code_hash));
	}
}
