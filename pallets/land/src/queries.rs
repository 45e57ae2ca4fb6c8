//! What the runtime API answers. Reads only, and every read is bounded.

use alloc::{collections::BTreeMap, vec::Vec};
use frame_system::pallet_prelude::BlockNumberFor;
use madang_primitives::{
	geometry::{Area, ChunkIndex, CHUNK_SIDE},
	land::{
		AreaParcel, AreaView, BuilderView, ContentView, ItemCursor, LandQueryError, ListingView,
		OwnedParcel, ParcelView, Quote, SupplyView, MAX_VIEWPORT_SIDE,
	},
	Balance, MetaverseId, Page, ParcelId, MAX_PAGE,
};
use sp_runtime::{traits::Get, SaturatedConversion};

use crate::{
	Chunks, Config, Contents, LandSupply, MetaverseOf, Pallet, Parcels, Territories, Territory,
};

/// Most items of `pallet-nfts` that one page of parcels looks at. Somebody may own many items that
/// are no parcels; such a page comes back short, with a cursor to go on.
const MAX_ITEMS_LOOKED_AT: usize = 4 * MAX_PAGE as usize;

type ParcelViewOf<T> =
	ParcelView<<T as frame_system::Config>::AccountId, Balance, BlockNumberFor<T>>;

impl<T: Config> Pallet<T> {
	/// Answers `land_parcel`.
	pub fn api_parcel(
		metaverse: MetaverseId,
		parcel: ParcelId,
	) -> Result<ParcelViewOf<T>, LandQueryError> {
		let territory = Self::territory_for_query(metaverse)?;
		Self::view(metaverse, parcel, &territory).ok_or(LandQueryError::UnknownParcel)
	}

	/// Answers `land_parcelAt`.
	pub fn api_parcel_at(
		metaverse: MetaverseId,
		x: u16,
		y: u16,
	) -> Result<Option<ParcelViewOf<T>>, LandQueryError> {
		let territory = Self::territory_for_query(metaverse)?;
		if !territory.size.contains(&Area::new(x, y, 1, 1)) {
			return Err(LandQueryError::OutsideTerritory);
		}
		let chunk = Chunks::<T>::get(
			metaverse,
			ChunkIndex {
				x: x / CHUNK_SIDE,
				y: y / CHUNK_SIDE,
			},
		);
		let found = chunk
			.parcels
			.into_iter()
			.find(|entry| entry.area.has_cell(x, y));
		Ok(found.and_then(|entry| Self::view(metaverse, entry.id, &territory)))
	}

	/// Answers `land_area`.
	pub fn api_area(
		metaverse: MetaverseId,
		area: Area,
	) -> Result<AreaView<T::AccountId>, LandQueryError> {
		let territory = Self::territory_for_query(metaverse)?;
		if area.is_empty() {
			return Err(LandQueryError::EmptyArea);
		}
		if area.width > MAX_VIEWPORT_SIDE || area.height > MAX_VIEWPORT_SIDE {
			return Err(LandQueryError::AreaTooLarge);
		}
		if !territory.size.contains(&area) {
			return Err(LandQueryError::OutsideTerritory);
		}
		let entries: BTreeMap<ParcelId, Area> = area
			.chunks()
			.flat_map(|(index, _)| Chunks::<T>::get(metaverse, index).parcels)
			.filter(|entry| entry.area.overlaps(&area))
			.map(|entry| (entry.id, entry.area))
			.collect();
		let mut owners: Vec<T::AccountId> = Vec::new();
		// Owners by account, so that a viewport with many of them stays cheap.
		let mut places: BTreeMap<T::AccountId, u32> = Default::default();
		let parcels = entries
			.into_iter()
			.map(|(id, area)| {
				let owner = pallet_nfts::Pallet::<T>::owner(territory.collection, id);
				let owner = owner.map(|account| {
					*places.entry(account.clone()).or_insert_with(|| {
						owners.push(account);
						owners.len().saturating_sub(1).saturated_into()
					})
				});
				AreaParcel { id, area, owner }
			})
			.collect();
		Ok(AreaView { owners, parcels })
	}

	/// Answers `land_parcelsOf`.
	pub fn api_parcels_of(
		owner: T::AccountId,
		cursor: Option<ItemCursor>,
		limit: u32,
	) -> Result<Page<OwnedParcel, ItemCursor>, LandQueryError> {
		if limit == 0 || limit > MAX_PAGE {
			return Err(LandQueryError::BadLimit);
		}
		let mut keys = match cursor {
			None => pallet_nfts::Account::<T>::iter_key_prefix((owner,)),
			Some((collection, item)) => pallet_nfts::Account::<T>::iter_key_prefix_from(
				(owner.clone(),),
				pallet_nfts::Account::<T>::hashed_key_for((owner, collection, item)),
			),
		};
		let mut items = Vec::new();
		let mut last = None;
		for (collection, id) in keys.by_ref().take(MAX_ITEMS_LOOKED_AT) {
			last = Some((collection, id));
			let parcel = MetaverseOf::<T>::get(collection).and_then(|metaverse| {
				let record = Parcels::<T>::get(metaverse, id)?;
				Some(OwnedParcel {
					metaverse,
					id,
					area: record.area,
				})
			});
			items.extend(parcel);
			if items.len() >= limit as usize {
				break;
			}
		}
		let next = if keys.next().is_some() { last } else { None };
		Ok(Page { items, next })
	}

	/// Answers `land_quote`.
	pub fn api_quote(cells: u32) -> Result<Quote<Balance, BlockNumberFor<T>>, LandQueryError> {
		if cells == 0 || cells > T::MaxFoundingCells::get() {
			return Err(LandQueryError::BadCells);
		}
		let market = Self::market_now();
		let next_price_per_cell = Self::price_rule().after_period(market.price, market.allocated);
		let left = T::MaxSupply::get().saturating_sub(LandSupply::<T>::get().allocated);
		Ok(Quote {
			cells,
			price_per_cell: market.price,
			price: market.price.saturating_mul(cells.into()),
			next_price_per_cell,
			next_price: next_price_per_cell.saturating_mul(cells.into()),
			next_period_at: Self::period_now().1,
			available: u64::from(cells) <= left,
		})
	}

	/// Answers `land_supply`.
	pub fn api_supply() -> SupplyView<Balance, BlockNumberFor<T>> {
		let market = Self::market_now();
		let supply = LandSupply::<T>::get();
		SupplyView {
			cap: T::MaxSupply::get(),
			allocated: supply.allocated,
			claimed: supply.claimed,
			price_per_cell: market.price,
			period: market.period,
			next_period_at: Self::period_now().1,
			allocated_in_period: market.allocated,
		}
	}

	fn territory_for_query(metaverse: MetaverseId) -> Result<Territory, LandQueryError> {
		Territories::<T>::get(metaverse).ok_or(LandQueryError::UnknownMetaverse)
	}

	fn view(
		metaverse: MetaverseId,
		id: ParcelId,
		territory: &Territory,
	) -> Option<ParcelViewOf<T>> {
		let record = Parcels::<T>::get(metaverse, id)?;
		let collection = territory.collection;
		let owner = pallet_nfts::Pallet::<T>::owner(collection, id);
		let builder = owner
			.as_ref()
			.and_then(|owner| Self::builder_now(metaverse, id, owner))
			.map(|builder| BuilderView {
				account: builder.account,
				until: builder.until,
			});
		let content = Contents::<T>::get(metaverse, id).map(|content| ContentView {
			uri: content.uri.into_inner(),
			hash: content.hash,
			depositor: content.depositor,
		});
		let listing =
			pallet_nfts::ItemPriceOf::<T>::get(collection, id).map(|(price, buyer)| ListingView {
				price: price.saturated_into(),
				buyer,
			});
		Some(ParcelView {
			metaverse,
			id,
			collection,
			area: record.area,
			owner,
			depositor: record.depositor,
			deposit: record.deposit,
			content,
			builder,
			listing,
		})
	}
}
