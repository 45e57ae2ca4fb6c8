//! What the calls on parcels do. Order within each: lookup, read, ensure, compute, move money, write,
//! event.

use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{fungible::MutateHold, tokens::nonfungibles_v2::Mutate},
	BoundedVec,
};
use frame_system::pallet_prelude::{BlockNumberFor, OriginFor};
use madang_primitives::{
	deposit::give_back,
	geometry::{Area, Cut},
	land::{ContentInput, SalePolicy},
	metaverse::Role,
	traits::{Metaverses, ParcelGuard},
	Balance, CollectionId, MetaverseId, ParcelId,
};
use pallet_nfts::{ItemPriceOf, PendingSwapOf};
use sp_runtime::{
	traits::{BlockNumberProvider, Get, StaticLookup, Zero},
	SaturatedConversion,
};

use crate::{
	pallet::{AccountIdLookupOf, ParcelOf},
	Builder, Builders, Config, Content, Contents, Error, Event, HoldReason, LandSupply, Pallet,
	Parcel, Parcels, Territories, Territory,
};

/// Bytes that a parcel takes: record, index entries, its item with configuration and owner's index,
/// and one builder. Measured on encoded keys and values, rounded up.
const PARCEL_BYTES: u32 = 640;

/// Bytes that a content takes besides its URI.
const CONTENT_BYTES: u32 = 160;

/// Bytes of the index entries of a parcel in each chunk that it touches, with its share of the bitmap.
const CHUNK_BYTES: u32 = 44;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_sale(
		metaverse: MetaverseId,
		policy: SalePolicy<Balance>,
	) -> DispatchResult {
		Territories::<T>::try_mutate(metaverse, |territory| -> DispatchResult {
			territory.as_mut().ok_or(Error::<T>::UnknownMetaverse)?.sale = policy;
			Ok(())
		})?;
		Self::deposit_event(Event::SaleSet { metaverse, policy });
		Ok(())
	}

	pub(crate) fn do_claim(
		metaverse: MetaverseId,
		area: Area,
		claimant: T::AccountId,
		max_price: Balance,
	) -> DispatchResult {
		let mut territory = Self::territory_of(metaverse)?;
		Self::ensure_claimable(&territory, &area)?;
		let price = if T::Metaverses::has_role(metaverse, &claimant, Role::Land) {
			0
		} else {
			T::Metaverses::ensure_not_suspended(metaverse)?;
			let SalePolicy::Open { price_per_cell } = territory.sale else {
				return Err(Error::<T>::SaleClosed.into());
			};
			price_per_cell
				.checked_mul(area.cells().into())
				.ok_or(Error::<T>::Overflow)?
		};
		ensure!(price <= max_price, Error::<T>::PriceAboveLimit);
		let fee = T::SaleFee::get().mul_floor(price);
		Self::pay_treasury(&claimant, fee)?;
		Self::pay(
			&claimant,
			&T::Metaverses::account(metaverse),
			price.saturating_sub(fee),
		)?;
		let parcel = Self::add_parcel(metaverse, &mut territory, area, &claimant, &claimant)?;
		Territories::<T>::insert(metaverse, territory);
		Self::deposit_event(Event::Claimed {
			metaverse,
			parcel,
			area,
			owner: claimant,
			price,
			fee,
		});
		Ok(())
	}

	pub(crate) fn do_claim_for(
		metaverse: MetaverseId,
		area: Area,
		manager: T::AccountId,
		beneficiary: T::AccountId,
	) -> DispatchResult {
		let mut territory = Self::territory_of(metaverse)?;
		Self::ensure_claimable(&territory, &area)?;
		let parcel = Self::add_parcel(metaverse, &mut territory, area, &beneficiary, &manager)?;
		Territories::<T>::insert(metaverse, territory);
		Self::deposit_event(Event::Claimed {
			metaverse,
			parcel,
			area,
			owner: beneficiary,
			price: 0,
			fee: 0,
		});
		Ok(())
	}

	/// Tells how many ended with it of these: a builder's right, a price, an offer to swap.
	pub(crate) fn do_transfer(
		origin: OriginFor<T>,
		metaverse: MetaverseId,
		parcel: ParcelId,
		dest: AccountIdLookupOf<T>,
	) -> Result<u64, DispatchError> {
		let collection = Self::territory_of(metaverse)?.collection;
		let has_builder = Builders::<T>::contains_key(metaverse, parcel);
		let ending = [
			has_builder,
			ItemPriceOf::<T>::contains_key(collection, parcel),
			PendingSwapOf::<T>::contains_key(collection, parcel),
		];
		pallet_nfts::Pallet::<T>::transfer(origin, collection, parcel, dest.clone())
			.map_err(|error| Self::why_not_transferred(metaverse, parcel, error))?;
		// Without one there is nothing to look for when the block's root is made.
		if has_builder {
			Builders::<T>::remove(metaverse, parcel);
		}
		let to = T::Lookup::lookup(dest)?;
		Self::deposit_event(Event::Transferred {
			metaverse,
			parcel,
			to,
		});
		Ok(ending.into_iter().map(u64::from).sum())
	}

	pub(crate) fn do_adopt_deposit(
		metaverse: MetaverseId,
		parcel: ParcelId,
		owner: T::AccountId,
	) -> DispatchResult {
		let (territory, record) = Self::parcel_of(metaverse, parcel)?;
		Self::ensure_owner(territory.collection, parcel, &owner)?;
		ensure!(record.depositor != owner, Error::<T>::DepositIsYours);
		let deposit = Self::parcel_deposit(&record.area);
		Self::hold(HoldReason::Parcel, &owner, deposit)?;
		Self::release_hold(HoldReason::Parcel, &record.depositor, record.deposit)?;
		Parcels::<T>::insert(
			metaverse,
			parcel,
			Parcel {
				area: record.area,
				depositor: owner.clone(),
				deposit,
			},
		);
		Self::deposit_event(Event::DepositAdopted {
			metaverse,
			parcel,
			from: record.depositor,
			to: owner,
			deposit,
		});
		Ok(())
	}

	/// Tells how many chunks the parcel touched.
	pub(crate) fn do_reap(metaverse: MetaverseId, parcel: ParcelId) -> Result<u32, DispatchError> {
		let (mut territory, record) = Self::parcel_of(metaverse, parcel)?;
		ensure!(
			pallet_nfts::Pallet::<T>::owner(territory.collection, parcel).is_none(),
			Error::<T>::ItemExists
		);
		Self::remove_parcel(metaverse, &mut territory, parcel, &record)?;
		Territories::<T>::insert(metaverse, territory);
		Self::deposit_event(Event::Reaped {
			metaverse,
			parcel,
			area: record.area,
		});
		Ok(record.area.chunk_count())
	}

	/// Tells how many chunks the parcel touches.
	pub(crate) fn do_split(
		metaverse: MetaverseId,
		parcel: ParcelId,
		cut: Cut,
		owner: T::AccountId,
	) -> Result<u32, DispatchError> {
		let (mut territory, record) = Self::parcel_of(metaverse, parcel)?;
		Self::ensure_owner(territory.collection, parcel, &owner)?;
		T::ParcelGuard::ensure_can_reshape(metaverse, parcel)?;
		let (left, right) = record.area.split(cut).ok_or(Error::<T>::BadCut)?;
		Self::burn_parcel(metaverse, &mut territory, parcel, &record)?;
		let first = Self::add_parcel(metaverse, &mut territory, left, &owner, &owner)?;
		let second = Self::add_parcel(metaverse, &mut territory, right, &owner, &owner)?;
		Territories::<T>::insert(metaverse, territory);
		Self::deposit_event(Event::Split {
			metaverse,
			parcel,
			first,
			second,
		});
		Ok(record.area.chunk_count())
	}

	/// Tells how many chunks the new parcel touches.
	pub(crate) fn do_merge(
		metaverse: MetaverseId,
		a: ParcelId,
		b: ParcelId,
		owner: T::AccountId,
	) -> Result<u32, DispatchError> {
		ensure!(a != b, Error::<T>::SameParcel);
		let (mut territory, first) = Self::parcel_of(metaverse, a)?;
		let second = Parcels::<T>::get(metaverse, b).ok_or(Error::<T>::UnknownParcel)?;
		Self::ensure_owner(territory.collection, a, &owner)?;
		Self::ensure_owner(territory.collection, b, &owner)?;
		T::ParcelGuard::ensure_can_reshape(metaverse, a)?;
		T::ParcelGuard::ensure_can_reshape(metaverse, b)?;
		let area = first
			.area
			.join(&second.area)
			.ok_or(Error::<T>::NotARectangle)?;
		let side = T::MaxParcelSide::get();
		ensure!(
			area.width <= side && area.height <= side,
			Error::<T>::ParcelTooLarge
		);
		Self::burn_parcel(metaverse, &mut territory, a, &first)?;
		Self::burn_parcel(metaverse, &mut territory, b, &second)?;
		let parcel = Self::add_parcel(metaverse, &mut territory, area, &owner, &owner)?;
		Territories::<T>::insert(metaverse, territory);
		Self::deposit_event(Event::Merged {
			metaverse,
			a,
			b,
			parcel,
			area,
		});
		Ok(area.chunk_count())
	}

	/// Tells how many chunks the parcel touched.
	pub(crate) fn do_release(
		metaverse: MetaverseId,
		parcel: ParcelId,
		who: T::AccountId,
	) -> Result<u32, DispatchError> {
		let (mut territory, record) = Self::parcel_of(metaverse, parcel)?;
		let owner = Self::owner_of(territory.collection, parcel)?;
		// Nobody signs for the metaverse's own account, so its land managers act for it here.
		let for_metaverse = owner == T::Metaverses::account(metaverse)
			&& T::Metaverses::has_role(metaverse, &who, Role::Land);
		ensure!(owner == who || for_metaverse, Error::<T>::NotOwner);
		T::ParcelGuard::ensure_can_reshape(metaverse, parcel)?;
		Self::burn_parcel(metaverse, &mut territory, parcel, &record)?;
		Territories::<T>::insert(metaverse, territory);
		Self::deposit_event(Event::Released {
			metaverse,
			parcel,
			area: record.area,
		});
		Ok(record.area.chunk_count())
	}

	pub(crate) fn do_set_content(
		metaverse: MetaverseId,
		parcel: ParcelId,
		who: T::AccountId,
		content: Option<ContentInput>,
	) -> DispatchResult {
		let (territory, _) = Self::parcel_of(metaverse, parcel)?;
		let owner = Self::owner_of(territory.collection, parcel)?;
		let builder = Self::builder_now(metaverse, parcel, &owner);
		let may_build = who == owner || builder.is_some_and(|builder| builder.account == who);
		let Some(ContentInput { uri, hash }) = content else {
			let standing = Contents::<T>::get(metaverse, parcel);
			// Whoever paid for it may always take it down and have the deposit back.
			let is_theirs = standing
				.as_ref()
				.is_some_and(|content| content.depositor == who);
			ensure!(may_build || is_theirs, Error::<T>::NotBuilder);
			ensure!(standing.is_some(), Error::<T>::NoContent);
			Self::remove_content(metaverse, parcel)?;
			Self::deposit_event(Event::ContentCleared { metaverse, parcel });
			return Ok(());
		};
		ensure!(may_build, Error::<T>::NotBuilder);
		ensure!(!uri.is_empty(), Error::<T>::UriEmpty);
		ensure!(core::str::from_utf8(&uri).is_ok(), Error::<T>::NotUtf8);
		let uri = BoundedVec::try_from(uri).map_err(|_| Error::<T>::UriTooLong)?;
		let deposit = Self::deposit_for(CONTENT_BYTES.saturating_add(uri.len().saturated_into()));
		Self::remove_content(metaverse, parcel)?;
		Self::hold(HoldReason::Content, &who, deposit)?;
		Contents::<T>::insert(
			metaverse,
			parcel,
			Content {
				uri,
				hash,
				depositor: who.clone(),
				deposit,
			},
		);
		Self::deposit_event(Event::ContentSet {
			metaverse,
			parcel,
			by: who,
			hash,
		});
		Ok(())
	}

	pub(crate) fn do_set_builder(
		metaverse: MetaverseId,
		parcel: ParcelId,
		owner: T::AccountId,
		who: T::AccountId,
		until: BlockNumberFor<T>,
	) -> DispatchResult {
		let (territory, _) = Self::parcel_of(metaverse, parcel)?;
		Self::ensure_owner(territory.collection, parcel, &owner)?;
		if until <= <T as Config>::BlockNumberProvider::current_block_number() {
			ensure!(
				Builders::<T>::take(metaverse, parcel).is_some(),
				Error::<T>::NoBuilder
			);
			Self::deposit_event(Event::BuilderRemoved { metaverse, parcel });
			return Ok(());
		}
		ensure!(who != owner, Error::<T>::OwnerIsBuilder);
		Builders::<T>::insert(
			metaverse,
			parcel,
			Builder {
				account: who.clone(),
				until,
				granted_by: owner,
			},
		);
		Self::deposit_event(Event::BuilderSet {
			metaverse,
			parcel,
			builder: who,
			until,
		});
		Ok(())
	}

	// What the calls share.

	/// The reason in our own words where `pallet-nfts` only knows that there is no such item. It found
	/// that out before it read the item, so a refused transfer never reads more than one that succeeds.
	fn why_not_transferred(
		metaverse: MetaverseId,
		parcel: ParcelId,
		error: DispatchError,
	) -> DispatchError {
		let no_item: DispatchError = pallet_nfts::Error::<T>::UnknownItem.into();
		if error != no_item {
			return error;
		}
		if Parcels::<T>::contains_key(metaverse, parcel) {
			Error::<T>::ItemGone.into()
		} else {
			Error::<T>::UnknownParcel.into()
		}
	}

	pub(crate) fn territory_of(metaverse: MetaverseId) -> Result<Territory, Error<T>> {
		Territories::<T>::get(metaverse).ok_or(Error::<T>::UnknownMetaverse)
	}

	fn parcel_of(
		metaverse: MetaverseId,
		parcel: ParcelId,
	) -> Result<(Territory, ParcelOf<T>), Error<T>> {
		let territory = Self::territory_of(metaverse)?;
		let record = Parcels::<T>::get(metaverse, parcel).ok_or(Error::<T>::UnknownParcel)?;
		Ok((territory, record))
	}

	fn owner_of(collection: CollectionId, parcel: ParcelId) -> Result<T::AccountId, Error<T>> {
		pallet_nfts::Pallet::<T>::owner(collection, parcel).ok_or(Error::<T>::ItemGone)
	}

	fn ensure_owner(
		collection: CollectionId,
		parcel: ParcelId,
		who: &T::AccountId,
	) -> Result<(), Error<T>> {
		ensure!(
			Self::owner_of(collection, parcel)? == *who,
			Error::<T>::NotOwner
		);
		Ok(())
	}

	pub(crate) fn ensure_claimable(territory: &Territory, area: &Area) -> Result<(), Error<T>> {
		ensure!(!area.is_empty(), Error::<T>::EmptyArea);
		ensure!(territory.size.contains(area), Error::<T>::OutsideTerritory);
		let side = T::MaxParcelSide::get();
		ensure!(
			area.width <= side && area.height <= side,
			Error::<T>::ParcelTooLarge
		);
		Ok(())
	}

	/// The builder of a parcel of `owner`, if the right still counts.
	pub(crate) fn builder_now(
		metaverse: MetaverseId,
		parcel: ParcelId,
		owner: &T::AccountId,
	) -> Option<crate::pallet::BuilderOf<T>> {
		let now = <T as Config>::BlockNumberProvider::current_block_number();
		Builders::<T>::get(metaverse, parcel)
			.filter(|builder| builder.granted_by == *owner && now < builder.until)
	}

	/// Takes the cells, the deposit and an id, and mints the item. The caller writes the territory.
	fn add_parcel(
		metaverse: MetaverseId,
		territory: &mut Territory,
		area: Area,
		owner: &T::AccountId,
		depositor: &T::AccountId,
	) -> Result<ParcelId, DispatchError> {
		let deposit = Self::parcel_deposit(&area);
		let record = Parcel {
			area,
			depositor: depositor.clone(),
			deposit,
		};
		let parcel = Self::insert_parcel(metaverse, territory, record, owner)?;
		Self::hold(HoldReason::Parcel, depositor, deposit)?;
		Ok(parcel)
	}

	/// Takes the cells and an id, and mints the item. The caller holds the deposit that the record
	/// names and writes the territory.
	pub(crate) fn insert_parcel(
		metaverse: MetaverseId,
		territory: &mut Territory,
		record: ParcelOf<T>,
		owner: &T::AccountId,
	) -> Result<ParcelId, DispatchError> {
		let parcel = territory.next_parcel;
		territory.next_parcel = parcel.checked_add(1).ok_or(Error::<T>::NoParcelId)?;
		territory.parcels = territory
			.parcels
			.checked_add(1)
			.ok_or(Error::<T>::Overflow)?;
		territory.claimed = territory
			.claimed
			.checked_add(record.area.cells())
			.ok_or(Error::<T>::Overflow)?;
		LandSupply::<T>::mutate(|supply| {
			supply.claimed = supply.claimed.saturating_add(record.area.cells().into())
		});
		Self::occupy(metaverse, parcel, &record.area)?;
		Parcels::<T>::insert(metaverse, parcel, record);
		<pallet_nfts::Pallet<T> as Mutate<_, _>>::mint_into(
			&territory.collection,
			&parcel,
			owner,
			&Default::default(),
			true,
		)?;
		Ok(parcel)
	}

	/// Burns the item and removes what it stood for. The caller writes the territory.
	fn burn_parcel(
		metaverse: MetaverseId,
		territory: &mut Territory,
		parcel: ParcelId,
		record: &ParcelOf<T>,
	) -> DispatchResult {
		<pallet_nfts::Pallet<T> as Mutate<_, _>>::burn(&territory.collection, &parcel, None)?;
		Self::remove_parcel(metaverse, territory, parcel, record)
	}

	/// Frees the cells and the deposits of a parcel without an item. The caller writes the territory.
	fn remove_parcel(
		metaverse: MetaverseId,
		territory: &mut Territory,
		parcel: ParcelId,
		record: &ParcelOf<T>,
	) -> DispatchResult {
		let cells = record.area.cells();
		territory.parcels = territory
			.parcels
			.checked_sub(1)
			.ok_or(Error::<T>::Inconsistent)?;
		territory.claimed = territory
			.claimed
			.checked_sub(cells)
			.ok_or(Error::<T>::Inconsistent)?;
		LandSupply::<T>::try_mutate(|supply| -> DispatchResult {
			supply.claimed = supply
				.claimed
				.checked_sub(cells.into())
				.ok_or(Error::<T>::Inconsistent)?;
			Ok(())
		})?;
		Self::vacate(metaverse, parcel, &record.area)?;
		Self::release_hold(HoldReason::Parcel, &record.depositor, record.deposit)?;
		Parcels::<T>::remove(metaverse, parcel);
		Builders::<T>::remove(metaverse, parcel);
		Self::remove_content(metaverse, parcel)
	}

	/// Removes the content of a parcel, if there is one, and gives its deposit back.
	fn remove_content(metaverse: MetaverseId, parcel: ParcelId) -> DispatchResult {
		if let Some(content) = Contents::<T>::take(metaverse, parcel) {
			Self::release_hold(HoldReason::Content, &content.depositor, content.deposit)?;
		}
		Ok(())
	}

	fn parcel_deposit(area: &Area) -> Balance {
		let index = CHUNK_BYTES.saturating_mul(area.chunk_count());
		Self::deposit_for(PARCEL_BYTES.saturating_add(index))
	}

	fn deposit_for(bytes: u32) -> Balance {
		T::DepositBase::get()
			.saturating_add(<T as Config>::DepositPerByte::get().saturating_mul(bytes.into()))
	}

	fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		<T as Config>::Currency::hold(&reason.into(), who, amount)
			.map_err(|_| Error::<T>::DepositNotCovered.into())
	}

	fn release_hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		let missing = give_back::<_, <T as Config>::Currency>(&reason.into(), who, amount)?;
		if !missing.is_zero() {
			Self::deposit_event(Event::DepositMissing {
				who: who.clone(),
				missing,
			});
		}
		Ok(())
	}
}
