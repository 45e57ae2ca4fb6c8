//! The calls that a story makes, as the runtime names them.

use madang_primitives::{
	geometry::{Area, Cut, Size},
	land::{ContentInput, SalePolicy},
	metaverse::{EndpointInput, ProfileInput, Protocol},
	Balance, CollectionId, MetaverseId, ParcelId,
};
use madang_runtime::{AccountId, Address, BlockNumber, Runtime, RuntimeCall};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Pays `amount` to an account; the payer stays alive.
pub fn pay(to: &AccountId, amount: Balance) -> RuntimeCall {
	RuntimeCall::Balances(pallet_balances::Call::<Runtime>::transfer_keep_alive {
		dest: Address::Id(to.clone()),
		value: amount,
	})
}

/// The profile of a world: its display name and where its content is. The hash is that of the URI,
/// because a story has no content of its own.
pub fn profile(name: &str, uri: &str) -> ProfileInput {
	ProfileInput {
		name: name.as_bytes().to_vec(),
		uri: uri.as_bytes().to_vec(),
		hash: (!uri.is_empty()).then(|| BlakeTwo256::hash(uri.as_bytes())),
	}
}

/// Founds a metaverse.
pub fn register(slug: &str, profile: ProfileInput, size: Size, max_price: Balance) -> RuntimeCall {
	RuntimeCall::Metaverse(pallet_metaverse::Call::<Runtime>::register {
		slug: slug.as_bytes().to_vec(),
		profile,
		width: size.width,
		height: size.height,
		max_price,
	})
}

/// Changes the profile of a metaverse.
pub fn set_profile(id: MetaverseId, profile: ProfileInput) -> RuntimeCall {
	RuntimeCall::Metaverse(pallet_metaverse::Call::<Runtime>::set_profile { id, profile })
}

/// Tells browsers where the world runs, as its first endpoint.
pub fn set_endpoint(id: MetaverseId, uri: &str) -> RuntimeCall {
	RuntimeCall::Metaverse(pallet_metaverse::Call::<Runtime>::set_endpoint {
		id,
		index: 0,
		endpoint: EndpointInput {
			protocol: Protocol::Web,
			uri: uri.as_bytes().to_vec(),
			manifest: None,
		},
	})
}

/// Opens a metaverse to visitors.
pub fn launch(id: MetaverseId) -> RuntimeCall {
	RuntimeCall::Metaverse(pallet_metaverse::Call::<Runtime>::launch { id })
}

/// Lets everyone claim at this price per cell.
pub fn open_sale(metaverse: MetaverseId, price_per_cell: Balance) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::set_sale {
		metaverse,
		policy: SalePolicy::Open { price_per_cell },
	})
}

/// Claims an area for at most `max_price`.
pub fn claim(metaverse: MetaverseId, area: Area, max_price: Balance) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::claim {
		metaverse,
		area,
		max_price,
	})
}

/// Gives free cells to somebody, at the expense of whoever signs.
pub fn claim_for(metaverse: MetaverseId, area: Area, to: &AccountId) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::claim_for {
		metaverse,
		area,
		beneficiary: Address::Id(to.clone()),
	})
}

/// Gives a parcel to somebody.
pub fn transfer(metaverse: MetaverseId, parcel: ParcelId, to: &AccountId) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::transfer {
		metaverse,
		parcel,
		dest: Address::Id(to.clone()),
	})
}

/// Cuts a parcel in two.
pub fn split(metaverse: MetaverseId, parcel: ParcelId, cut: Cut) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::split {
		metaverse,
		parcel,
		cut,
	})
}

/// Joins two parcels.
pub fn merge(metaverse: MetaverseId, a: ParcelId, b: ParcelId) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::merge { metaverse, a, b })
}

/// Gives a parcel back.
pub fn release(metaverse: MetaverseId, parcel: ParcelId) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::release { metaverse, parcel })
}

/// Tells what is built on a parcel. The hash is that of the URI, as for [`profile`].
pub fn set_content(metaverse: MetaverseId, parcel: ParcelId, uri: &str) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::set_content {
		metaverse,
		parcel,
		content: Some(ContentInput {
			uri: uri.as_bytes().to_vec(),
			hash: BlakeTwo256::hash(uri.as_bytes()),
		}),
	})
}

/// Lets somebody build on a parcel until a block.
pub fn set_builder(
	metaverse: MetaverseId,
	parcel: ParcelId,
	who: &AccountId,
	until: BlockNumber,
) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::<Runtime>::set_builder {
		metaverse,
		parcel,
		who: Address::Id(who.clone()),
		until,
	})
}

/// Offers a parcel to one buyer, with the fixed-price sale that every item of the chain has.
pub fn set_price(
	collection: CollectionId,
	parcel: ParcelId,
	price: Balance,
	buyer: &AccountId,
) -> RuntimeCall {
	RuntimeCall::Nfts(pallet_nfts::Call::<Runtime>::set_price {
		collection,
		item: parcel,
		price: Some(price),
		whitelisted_buyer: Some(Address::Id(buyer.clone())),
	})
}

/// Buys a parcel that is offered for this price.
pub fn buy(collection: CollectionId, parcel: ParcelId, price: Balance) -> RuntimeCall {
	RuntimeCall::Nfts(pallet_nfts::Call::<Runtime>::buy_item {
		collection,
		item: parcel,
		bid_price: price,
	})
}

/// Makes all these calls or none of them.
pub fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	RuntimeCall::Utility(pallet_utility::Call::<Runtime>::batch_all { calls })
}
