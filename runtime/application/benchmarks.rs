//! What the benchmarks of the pallets need of the runtime.

use alloc::{format, vec::Vec};

use codec::Decode;
use frame_support::traits::fungibles::Mutate;
use madang_primitives::{
	attestation::{InvestorClass, SubjectId},
	escrow::{AssetKind, AssetRules, CampaignId, State},
	geometry::{Area, Size},
	metaverse::{EndpointInput, ProfileInput, Protocol, Roles},
	town::plots,
	traits::ParcelOwners,
	CollectionId, MetaverseId, ParcelId,
};
use madang_runtime_common::{
	time::MILLISECS_PER_BLOCK,
	units::{EXISTENTIAL_DEPOSIT, MDG},
	AccountPublic, Address,
};
use pallet_escrow::Campaign;
use pallet_metaverse::MAX_MANAGERS;
use sp_runtime::traits::TrailingZeroInput;

use crate::{
	application::{configs::escrow::Tokens, genesis::LAUNCH_TOWN},
	AccountId, AssetId, Assets, Attestation, Balance, BlockNumber, Escrow, Land, Metaverse,
	Runtime, RuntimeOrigin, Signature, System, Treasury,
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

	fn name_managers(metaverse: MetaverseId, owner: &AccountId) -> Vec<AccountId> {
		for number in (0x80..).take(MAX_MANAGERS as usize) {
			let owner = RuntimeOrigin::signed(owner.clone());
			let manager = Address::Id(AccountId::new([number; 32]));
			Metaverse::set_manager(owner, metaverse, manager, Roles::ALL)
				.expect("there is a place, and the owner can pay");
		}
		let managers = pallet_metaverse::Managers::<Runtime>::get(metaverse);
		managers
			.into_iter()
			.map(|manager| manager.account)
			.collect()
	}
}

impl pallet_metaverse::BenchmarkHelper<AccountId> for Stage {
	fn prepare_purchase() -> AccountId {
		System::set_block_number(BlockNumber::MAX);
		let treasury = Treasury::account_id();
		Tokens::set_balance(AssetKind::Native, &treasury, 0);
		treasury
	}

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

	fn leave_campaigns(id: MetaverseId) {
		for number in 0..CAMPAIGNS_LEFT {
			let zeroes = &mut TrailingZeroInput::zeroes();
			let empty = Campaign::<AccountId, BlockNumber>::decode(zeroes)
				.expect("a campaign of zeros is one");
			let campaign = Campaign {
				metaverse: id,
				asset: AssetKind::WithId(number),
				state: State::Completed,
				..empty
			};
			pallet_escrow::Campaigns::<Runtime>::insert(number, campaign);
			pallet_escrow::CampaignsOf::<Runtime>::insert(id, number, ());
		}
	}
}

/// More campaigns than escrow looks at when a metaverse closes.
const CAMPAIGNS_LEFT: CampaignId = 20;

/// The asset that benchmarks collect where genesis has not made one.
const STAGE_ASSET: AssetId = 1;

/// Assets of the tolls that benchmarks take have their ids from here on, first those that are
/// sufficient.
const TOLL_ASSETS: AssetId = 1_000;

/// Where the ids of the others begin.
const DEPENDENT_TOLL_ASSETS: AssetId = 2_000;

/// An asset that campaigns and tolls may be paid in. It is made where genesis has not done so.
fn accepted(id: AssetId, sufficient: bool) -> AssetKind {
	let asset = AssetKind::WithId(id);
	if !pallet_assets::Asset::<Runtime>::contains_key(id) {
		let owner = Address::Id(AccountId::new([1; 32]));
		let root = RuntimeOrigin::root();
		Assets::force_create(root, id.into(), owner, sufficient, EXISTENTIAL_DEPOSIT)
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

impl pallet_escrow::benchmarking::BenchmarkHelper<AccountId> for Stage {
	fn metaverse(owner: &AccountId) -> MetaverseId {
		Self::fund(&AssetKind::Native, owner, 1_000 * MDG);
		<Self as pallet_land::benchmarking::BenchmarkHelper<AccountId>>::found_metaverse(
			owner,
			Size::new(1, 1),
		)
	}

	fn transfer_metaverse(id: MetaverseId, from: &AccountId, to: &AccountId) {
		let seller = RuntimeOrigin::signed(from.clone());
		Metaverse::nominate_owner(seller, id, Address::Id(to.clone())).expect("the seller owns it");
		Metaverse::accept_ownership(RuntimeOrigin::signed(to.clone()), id)
			.expect("the buyer can pay the deposit");
	}

	fn asset() -> AssetKind {
		accepted(STAGE_ASSET, true)
	}

	fn fund(asset: &AssetKind, who: &AccountId, amount: Balance) {
		Tokens::mint_into(asset.clone(), who, amount).expect("the account can receive");
	}

	fn set_blocked(asset: &AssetKind, who: &AccountId, blocked: bool) {
		let AssetKind::WithId(id) = asset else {
			panic!("nobody can be kept from the native token");
		};
		let details = pallet_assets::Asset::<Runtime>::get(id).expect("the asset exists");
		let who = Address::Id(who.clone());
		let done = if blocked {
			Assets::block(RuntimeOrigin::signed(details.freezer), (*id).into(), who)
		} else {
			Assets::thaw(RuntimeOrigin::signed(details.admin), (*id).into(), who)
		};
		done.expect("the account has some of it");
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
	fn asset(number: u32, sufficient: bool) -> AssetKind {
		let first = if sufficient {
			TOLL_ASSETS
		} else {
			DEPENDENT_TOLL_ASSETS
		};
		accepted(first.saturating_add(number), sufficient)
	}

	fn set_balance(asset: &AssetKind, who: &AccountId, amount: Balance) {
		Tokens::set_balance(asset.clone(), who, amount);
	}

	fn launch_metaverse(owner: &AccountId) -> (MetaverseId, ParcelId) {
		use pallet_land::benchmarking::BenchmarkHelper;
		let id = <Self as BenchmarkHelper<AccountId>>::found_metaverse(owner, Size::new(1, 1));
		<Self as BenchmarkHelper<AccountId>>::name_managers(id, owner);
		<Self as pallet_metaverse::BenchmarkHelper<AccountId>>::claim_parcel(id, owner);
		let endpoint = EndpointInput {
			protocol: Protocol::Web,
			uri: b"https://example.org".to_vec(),
			manifest: None,
		};
		let founder = RuntimeOrigin::signed(owner.clone());
		Metaverse::set_endpoint(founder.clone(), id, 0, endpoint)
			.expect("the owner can pay the deposit");
		Metaverse::launch(founder, id).expect("it has a parcel and an endpoint");
		// The first parcel of a territory.
		let parcel = 0;
		assert_eq!(Land::owner(id, parcel).as_ref(), Some(owner));
		(id, parcel)
	}

	fn claim_in_town(owner: &AccountId) -> (MetaverseId, ParcelId) {
		for number in (0x80..).take(MAX_MANAGERS as usize) {
			let manager = Address::Id(AccountId::new([number; 32]));
			Metaverse::set_manager(RuntimeOrigin::root(), LAUNCH_TOWN, manager, Roles::ALL)
				.expect("there is a place");
		}
		let territory = pallet_land::Territories::<Runtime>::get(LAUNCH_TOWN)
			.expect("genesis has made the town");
		let parcel = territory.next_parcel;
		let plot = plots().next().expect("a town has plots");
		let claimant = RuntimeOrigin::signed(owner.clone());
		Land::claim(claimant, LAUNCH_TOWN, plot.area, Balance::MAX).expect("the plot is free");
		assert_eq!(Land::owner(LAUNCH_TOWN, parcel).as_ref(), Some(owner));
		(LAUNCH_TOWN, parcel)
	}

	fn transfer_metaverse(id: MetaverseId, from: &AccountId, to: &AccountId) {
		use pallet_escrow::benchmarking::BenchmarkHelper;
		<Self as BenchmarkHelper<AccountId>>::transfer_metaverse(id, from, to);
	}

	fn transfer_parcel(metaverse: MetaverseId, parcel: ParcelId, from: &AccountId, to: &AccountId) {
		let seller = RuntimeOrigin::signed(from.clone());
		Land::transfer(seller, metaverse, parcel, Address::Id(to.clone()))
			.expect("the seller owns the parcel");
	}

	fn collection(metaverse: MetaverseId) -> CollectionId {
		pallet_land::Territories::<Runtime>::get(metaverse)
			.expect("the metaverse exists")
			.collection
	}

	fn advance(blocks: u32) {
		<Self as pallet_escrow::benchmarking::BenchmarkHelper<AccountId>>::advance(blocks);
	}
}
