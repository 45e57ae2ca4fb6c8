//! Fungible assets other than the native token, and holds on them.
//!
//! Whoever makes an asset may issue it without end. An id under which the parachain keeps what another
//! chain stands for must therefore never have been anybody's, and no id of the first runtime may mean
//! something else in the second: both leave the ids from [`FOREIGN_ASSETS`] on to root, which on a live
//! chain is its genesis or the migration of an upgrade.

use codec::Compact;
use frame_support::{
	parameter_types,
	traits::{ConstU32, EnsureOrigin, EnsureOriginWithArg},
};
use frame_system::{EnsureRoot, EnsureSigned};
use madang_runtime_common::{
	params::FOREIGN_ASSETS,
	units::{deposit, DEPOSIT_PER_BYTE},
};

use crate::{
	weights, AccountId, AssetId, AssetsHolder, Balance, Balances, Runtime, RuntimeEvent,
	RuntimeHoldReason, RuntimeOrigin,
};

/// Whoever signs, for ids below [`FOREIGN_ASSETS`].
pub struct SignedForOwnIds;

impl EnsureOriginWithArg<RuntimeOrigin, AssetId> for SignedForOwnIds {
	type Success = AccountId;

	fn try_origin(origin: RuntimeOrigin, id: &AssetId) -> Result<AccountId, RuntimeOrigin> {
		if *id >= FOREIGN_ASSETS {
			return Err(origin);
		}
		<EnsureSigned<AccountId> as EnsureOrigin<_>>::try_origin(origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(id: &AssetId) -> Result<RuntimeOrigin, ()> {
		if *id >= FOREIGN_ASSETS {
			return Err(());
		}
		<EnsureSigned<AccountId> as EnsureOrigin<_>>::try_successful_origin()
	}
}

parameter_types! {
	/// Deposit for an asset.
	pub const AssetDeposit: Balance = deposit(1, 190);
	/// Deposit for an account of an asset that does not keep accounts alive by itself.
	pub const AssetAccountDeposit: Balance = deposit(1, 130);
	/// Deposit for the name and the symbol of an asset.
	pub const AssetMetadataDepositBase: Balance = deposit(1, 68);
	/// Deposit for each byte of them.
	pub const AssetMetadataDepositPerByte: Balance = DEPOSIT_PER_BYTE;
	/// Deposit for an approval.
	pub const AssetApprovalDeposit: Balance = deposit(1, 148);
}

impl pallet_assets::Config for Runtime {
	type ApprovalDeposit = AssetApprovalDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	type AssetDeposit = AssetDeposit;
	type AssetId = AssetId;
	type AssetIdAllocator = ();
	type AssetIdParameter = Compact<AssetId>;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = ();
	type CreateOrigin = SignedForOwnIds;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = AssetsHolder;
	type MetadataDepositBase = AssetMetadataDepositBase;
	type MetadataDepositPerByte = AssetMetadataDepositPerByte;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = weights::pallet_assets::WeightInfo<Runtime>;
}

impl pallet_assets_holder::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}
