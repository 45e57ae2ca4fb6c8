//! What the benchmarks of the pallets need of the runtime.

use alloc::{format, vec::Vec};

use frame_support::traits::fungibles::Mutate;
use madang_primitives::{
	attestation::{InvestorClass, SubjectId},
	escrow::{AssetKind, AssetRules},
	geometry::{Area, Size},
	metaverse::ProfileInput,
	traits::ParcelOwners,
	CollectionId, MetaverseId, ParcelId,
};
use madang_runtime_common::{
	time::MILLISECS_PER_BLOCK,
	units::{EXISTENTIAL_DEPOSIT, MDG},
	AccountPublic, Address,
};

use crate::{
	application::configs::escrow::Tokens, AccountId, AssetId, Assets, Attestation, Balance, Escrow,
	Land, Metaverse, Runtime, RuntimeOrigin, Signature, System, Treasury,
};

impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

/// Collections that genesis makes: the land of the two towns and of the demo.
const GENESIS_COLLECTIONS: CollectionId = 3;

impl pallet_nfts::BenchmarkHelper<CollectionId, ParcelId, AccountPublic, AccountId, Signature>
	for Stage
{
	fn collection(number: u16) -> CollectionId {
		GENESIS_COLLECTIONS.saturating_add(number.into())
	}

	fn item(number: u16) -> ParcelId {
		number.into()
	}

	fn signer() -> (AccountPublic, AccountId) {
		<() as pallet_nfts::BenchmarkHelper<CollectionId, ParcelId, _, _, _>>::signer()
	}

	fn sign(signer: &AccountPublic, message: &[u8]) -> Signature {
		<() as pallet_nfts::BenchmarkHelper<CollectionId, ParcelId, _, _, _>>::sign(signer, message)
	}
}

/// Gives the benchmarks of one pallet what another pallet makes.
pub struct Stage;

impl pallet_treasury::ArgumentsFactory<(), AccountId> for Stage {
	fn create_asset_kind(_: u32) {}

	// Less than the existential deposit is paid, so the account must be there.
	fn create_beneficiary(seed: [u8; 32]) -> AccountId {
		let who = AccountId::new(seed);
		Tokens::mint_into(AssetKind::Native, &who, EXISTENTIAL_DEPOSIT)
			.expect("the account can receive");
		who
	}
}

impl pallet_land::benchmarking::BenchmarkHelper<AccountId> for Stage {
	fn found_metaverse(owner: &AccountId, size: Size) -> MetaverseId {
		let slug = (0u32..)
			.map(|number| format!("stage-{number}").into_bytes())
			.find(|slug| Metaverse::api_by_slug(slug.clone()).is_none())
			.expect("there are more numbers than metaverses");
		let profile = ProfileInput {
			name: slug.clone(),
			..Default::default()
		};
		Metaverse::register(
			RuntimeOrigin::signed(owner.clone()),
			slug.clone(),
			profile,
			size.width,
			size.height,
			Balance::MAX,
		)
		.expect("the owner can pay");
		Metaverse::api_by_slug(slug)
			.expect("it was just registered")
			.id
	}
}

impl pallet_metaverse::BenchmarkHelper<AccountId> for Stage {
	fn claim_parcel(id: MetaverseId, owner: &AccountId) {
		let area = Area::new(0, 0, 1, 1);
		Land::claim(RuntimeOrigin::signed(owner.clone()), id, area, Balance::MAX)
			.expect("the first cell is free");
	}

	fn fund_with_asset(who: &AccountId) -> (AssetId, u128) {
		let asset = <Self as pallet_escrow::benchmarking::BenchmarkHelper<AccountId>>::asset();
		Tokens::mint_into(asset, who, MDG).expect("the account can receive");
		(STAGE_ASSET, MDG)
	}
}

/// The asset that benchmarks collect where genesis has not made one.
const STAGE_ASSET: AssetId = 1;

impl pallet_escrow::benchmarking::BenchmarkHelper<AccountId> for Stage {
	fn metaverse(owner: &AccountId) -> MetaverseId {
		Self::fund(&AssetKind::Native, owner, 1_000 * MDG);
		<Self as pallet_land::benchmarking::BenchmarkHelper<AccountId>>::found_metaverse(
			owner,
			Size::new(1, 1),
		)
	}

	fn asset() -> AssetKind {
		let asset = AssetKind::WithId(STAGE_ASSET);
		if !pallet_assets::Asset::<Runtime>::contains_key(STAGE_ASSET) {
			let owner = Address::Id(AccountId::new([1; 32]));
			let root = RuntimeOrigin::root();
			let least = EXISTENTIAL_DEPOSIT;
			Assets::force_create(root, STAGE_ASSET.into(), owner, true, least)
				.expect("the id is free");
		}
		if !pallet_escrow::Assets::<Runtime>::contains_key(&asset) {
			let rules = AssetRules {
				min_goal: 100 * MDG,
				min_ticket: MDG,
			};
			Escrow::set_asset(RuntimeOrigin::root(), asset.clone(), Some(rules))
				.expect("the rules are above the least balance");
		}
		asset
	}

	fn fund(asset: &AssetKind, who: &AccountId, amount: Balance) {
		Tokens::mint_into(asset.clone(), who, amount).expect("the account can receive");
	}

	fn attest(attester: &AccountId, who: &AccountId, subject: SubjectId, class: InvestorClass) {
		let attester = RuntimeOrigin::signed(attester.clone());
		let who = Address::Id(who.clone());
		Attestation::attest(attester, who, subject, class, Balance::MAX, None)
			.expect("the attester can pay, and the person is new");
	}

	fn advance(blocks: u32) {
		System::set_block_number(System::block_number().saturating_add(blocks));
		pallet_timestamp::Now::<Runtime>::mutate(|now| {
			*now = now.saturating_add(u64::from(blocks) * MILLISECS_PER_BLOCK);
		});
	}
}

impl pallet_portal::benchmarking::BenchmarkHelper<AccountId> for Stage {
	fn fund(who: &AccountId) -> AssetKind {
		use pallet_escrow::benchmarking::BenchmarkHelper;
		let asset = <Self as BenchmarkHelper<AccountId>>::asset();
		for kind in [AssetKind::Native, asset.clone()] {
			for account in [who, &Treasury::account_id()] {
				<Self as BenchmarkHelper<AccountId>>::fund(&kind, account, 1_000_000 * MDG);
			}
		}
		asset
	}

	fn metaverse_with_parcel(owner: &AccountId) -> (MetaverseId, ParcelId) {
		use pallet_land::benchmarking::BenchmarkHelper;
		let id = <Self as BenchmarkHelper<AccountId>>::found_metaverse(owner, Size::new(1, 1));
		<Self as pallet_metaverse::BenchmarkHelper<AccountId>>::claim_parcel(id, owner);
		<Self as pallet_portal::benchmarking::BenchmarkHelper<AccountId>>::fund(
			&Metaverse::account_of(id),
		);
		// The first parcel of a territory.
		let parcel = 0;
		assert_eq!(Land::owner(id, parcel).as_ref(), Some(owner));
		(id, parcel)
	}

	fn sell(metaverse: MetaverseId, parcel: ParcelId, from: &AccountId, to: &AccountId) {
		let address = Address::Id(to.clone());
		let seller = RuntimeOrigin::signed(from.clone());
		Land::transfer(seller.clone(), metaverse, parcel, address.clone())
			.expect("the seller owns the parcel");
		Metaverse::nominate_owner(seller, metaverse, address).expect("the seller owns it");
		Metaverse::accept_ownership(RuntimeOrigin::signed(to.clone()), metaverse)
			.expect("the buyer can pay the deposit");
	}

	fn advance(blocks: u32) {
		<Self as pallet_escrow::benchmarking::BenchmarkHelper<AccountId>>::advance(blocks);
	}
}
