//! Items and their collections. Parcels of land are items, one collection for each metaverse, and so
//! are the receipts of investors, one collection for all.

use frame_support::{
	parameter_types,
	traits::{AsEnsureOriginWithArg, ConstU32},
};
use frame_system::EnsureSigned;
use madang_primitives::{CollectionId, ParcelId};
use madang_runtime_common::{
	time::DAYS,
	units::{deposit, DEPOSIT_PER_BYTE},
	AccountPublic,
};
use pallet_nfts::PalletFeatures;

use crate::{
	weights, AccountId, Balance, Balances, BlockNumber, Escrow, Runtime, RuntimeEvent, Signature,
	System,
};

parameter_types! {
	/// Deposit for a collection.
	pub const CollectionDeposit: Balance = deposit(1, 130);
	/// Deposit for an item.
	pub const ItemDeposit: Balance = deposit(1, 164);
	/// Deposit for the metadata of an item or a collection.
	pub const NftMetadataDepositBase: Balance = deposit(1, 129);
	/// Deposit for an attribute.
	pub const NftAttributeDepositBase: Balance = deposit(1, 0);
	/// Deposit for each byte of metadata and attributes.
	pub const NftDepositPerByte: Balance = DEPOSIT_PER_BYTE;
	/// Longest time for which a swap can be offered.
	pub const MaxDeadlineDuration: BlockNumber = 360 * DAYS;
	/// What the pallet can do.
	pub NftFeatures: PalletFeatures = features();
}

/// Everything but attributes. The deposits of these can be moved about so that an account gets back
/// more than it reserved, at the cost of what it has on hold.
#[cfg(not(feature = "runtime-benchmarks"))]
fn features() -> PalletFeatures {
	PalletFeatures::from_disabled(pallet_nfts::PalletFeature::Attributes.into())
}

/// The benchmarks of the pallet need everything that it can do.
#[cfg(feature = "runtime-benchmarks")]
fn features() -> PalletFeatures {
	PalletFeatures::all_enabled()
}

impl pallet_nfts::Config for Runtime {
	type ApprovalsLimit = ConstU32<20>;
	type AttributeDepositBase = NftAttributeDepositBase;
	type BlockNumberProvider = System;
	type CollectionDeposit = CollectionDeposit;
	type CollectionId = CollectionId;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type DepositPerByte = NftDepositPerByte;
	type Features = NftFeatures;
	// Not even root reaches into collections: whoever could burn or mint a parcel here could break
	// what land promises.
	#[cfg(not(feature = "runtime-benchmarks"))]
	type ForceOrigin = frame_system::EnsureNever<()>;
	// The benchmarks of the pallet make their collections as root.
	#[cfg(feature = "runtime-benchmarks")]
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = crate::application::benchmarks::Stage;
	type ItemAttributesApprovalsLimit = ConstU32<30>;
	type ItemDeposit = ItemDeposit;
	type ItemId = ParcelId;
	type KeyLimit = ConstU32<64>;
	// The receipts of investors change hands in escrow only.
	type Locker = Escrow;
	type MaxAttributesPerCall = ConstU32<10>;
	type MaxDeadlineDuration = MaxDeadlineDuration;
	type MaxTips = ConstU32<10>;
	type MetadataDepositBase = NftMetadataDepositBase;
	type OffchainPublic = AccountPublic;
	type OffchainSignature = Signature;
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<256>;
	type ValueLimit = ConstU32<256>;
	type WeightInfo = weights::pallet_nfts::WeightInfo<Runtime>;
}
