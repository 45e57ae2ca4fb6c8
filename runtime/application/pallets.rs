//! Which pallets every runtime has.

/// Makes the runtime: the pallets that stand here, and those that are handed in, which only one runtime
/// has.
///
/// Indices come in groups of ten and never change; a pallet that goes leaves its index empty. The same
/// pallet has the same index in every runtime. Hooks and genesis run in the order of the indices.
macro_rules! construct_application {
	($($own:tt)*) => {
		#[frame_support::runtime]
		mod runtime {
			#[runtime::runtime]
			#[runtime::derive(
				RuntimeCall,
				RuntimeEvent,
				RuntimeError,
				RuntimeOrigin,
				RuntimeFreezeReason,
				RuntimeHoldReason,
				RuntimeSlashReason,
				RuntimeLockId,
				RuntimeTask,
				RuntimeViewFunction
			)]
			pub struct Runtime;

			// The machine: 0 to 9.
			#[runtime::pallet_index(0)]
			pub type System = frame_system;
			#[runtime::pallet_index(2)]
			pub type Preimage = pallet_preimage;
			#[runtime::pallet_index(3)]
			pub type Scheduler = pallet_scheduler;
			// Holds a key in the development presets only.
			#[runtime::pallet_index(9)]
			pub type Sudo = pallet_sudo;

			// Money: 10 to 19.
			#[runtime::pallet_index(10)]
			pub type Balances = pallet_balances;
			#[runtime::pallet_index(11)]
			pub type TransactionPayment = pallet_transaction_payment;
			#[runtime::pallet_index(12)]
			pub type Assets = pallet_assets;
			#[runtime::pallet_index(13)]
			pub type AssetsHolder = pallet_assets_holder;
			#[runtime::pallet_index(14)]
			pub type Treasury = pallet_treasury;

			// Blocks and their makers, 20 to 29, are each runtime's own.

			// Decisions: 30 to 39.
			#[runtime::pallet_index(30)]
			pub type Council = pallet_collective<Instance1>;
			#[runtime::pallet_index(31)]
			pub type Upgrade = pallet_upgrade;

			// Conveniences: 40 to 49.
			#[runtime::pallet_index(40)]
			pub type Utility = pallet_utility;
			#[runtime::pallet_index(41)]
			pub type Multisig = pallet_multisig;
			#[runtime::pallet_index(42)]
			pub type Proxy = pallet_proxy;

			// Items: 50 to 59.
			#[runtime::pallet_index(50)]
			pub type Nfts = pallet_nfts;

			// Madang: 60 to 69.
			#[runtime::pallet_index(60)]
			pub type Metaverse = pallet_metaverse;
			#[runtime::pallet_index(61)]
			pub type Land = pallet_land;
			#[runtime::pallet_index(62)]
			pub type Escrow = pallet_escrow;
			#[runtime::pallet_index(63)]
			pub type Portal = pallet_portal;
			#[runtime::pallet_index(64)]
			pub type Attestation = pallet_attestation;

			$($own)*
		}
	};
}
