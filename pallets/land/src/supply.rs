//! Territories: how cells leave the supply, what they cost, and how they come back.

use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude, Precision, Preservation, Provenance},
		Incrementable,
	},
};
use frame_system::pallet_prelude::BlockNumberFor;
use madang_primitives::{
	geometry::Size,
	land::{SalePolicy, TerritoryView},
	traits::{Founder, ParcelOwners, Territories as TerritoriesTrait},
	Balance, CollectionId, MetaverseId, ParcelId,
};
use sp_runtime::{
	traits::{BlockNumberProvider, CheckedDiv, Get, One, TypedGet, Zero},
	SaturatedConversion, Saturating,
};

use crate::{
	price::Rule, Config, Error, Event, LandMarket, LandSupply, Market, MetaverseOf, Pallet,
	Parcels, Territories, Territory,
};

impl<T: Config> Pallet<T> {
	/// The number of the running price period and the first block of the next one.
	pub(crate) fn period_now() -> (u32, BlockNumberFor<T>) {
		let now = <T as Config>::BlockNumberProvider::current_block_number();
		let length = T::PricePeriod::get();
		// A period of no length is refused by `integrity_test`.
		let period = now.checked_div(&length).unwrap_or_default();
		let next = period.saturating_add(One::one()).saturating_mul(length);
		(period.saturated_into(), next)
	}

	/// The rule by which the price moves.
	pub(crate) fn price_rule() -> Rule {
		Rule {
			target: T::TargetPerPeriod::get().into(),
			max_change: T::MaxPriceChange::get(),
			min_price: T::MinCellPrice::get(),
		}
	}

	/// The market as it stands in the running period.
	pub(crate) fn market_now() -> Market {
		Self::price_rule().roll(LandMarket::<T>::get(), Self::period_now().0)
	}

	/// Moves `cells` from the supply to a territory and takes the price for them.
	///
	/// The one way in which cells are allocated, so the one place where the cap is checked.
	fn allocate(
		cells: u32,
		payer: Founder<T::AccountId>,
		max_price: Balance,
	) -> Result<Balance, DispatchError> {
		LandSupply::<T>::try_mutate(|supply| -> DispatchResult {
			let allocated = supply
				.allocated
				.checked_add(cells.into())
				.ok_or(Error::<T>::Overflow)?;
			ensure!(
				allocated <= T::MaxSupply::get(),
				Error::<T>::SupplyExhausted
			);
			supply.allocated = allocated;
			Ok(())
		})?;
		let Founder::Account(payer) = payer else {
			return Ok(Zero::zero());
		};

		let mut market = Self::market_now();
		let price = market
			.price
			.checked_mul(cells.into())
			.ok_or(Error::<T>::Overflow)?;
		ensure!(price <= max_price, Error::<T>::PriceAboveLimit);
		let burned = T::BurnShare::get().mul_floor(price);
		Self::burn(payer, burned)?;
		Self::pay_treasury(payer, price.saturating_sub(burned))?;
		market.allocated = market.allocated.saturating_add(cells.into());
		LandMarket::<T>::put(market);
		Ok(price)
	}

	/// Pays `amount`; nothing happens for nothing, so that a free claim needs no account to exist.
	pub(crate) fn pay(from: &T::AccountId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if !amount.is_zero() {
			<T as Config>::Currency::transfer(from, to, amount, Preservation::Preserve)
				.map_err(|_| Error::<T>::PriceNotCovered)?;
		}
		Ok(())
	}

	/// Pays the treasury. What it cannot take, because its account is dead and the amount below the
	/// existential deposit, is burned: nobody's purchase fails for that.
	pub(crate) fn pay_treasury(from: &T::AccountId, amount: Balance) -> DispatchResult {
		let treasury = T::Treasury::get();
		if <T as Config>::Currency::can_deposit(&treasury, amount, Provenance::Extant)
			.into_result()
			.is_ok()
		{
			return Self::pay(from, &treasury, amount);
		}
		Self::burn(from, amount)
	}

	/// Burns money of `from`, who stays alive.
	fn burn(from: &T::AccountId, amount: Balance) -> DispatchResult {
		<T as Config>::Currency::burn_from(
			from,
			amount,
			Preservation::Preserve,
			Precision::Exact,
			Fortitude::Polite,
		)
		.map_err(|_| Error::<T>::PriceNotCovered)?;
		Ok(())
	}

	pub(crate) fn do_grow(
		metaverse: MetaverseId,
		size: Size,
		payer: T::AccountId,
		max_price: Balance,
	) -> DispatchResult {
		let mut territory = Territories::<T>::get(metaverse).ok_or(Error::<T>::UnknownMetaverse)?;
		let (old, new) = (territory.size.cells(), size.cells());
		ensure!(
			size.width >= territory.size.width && size.height >= territory.size.height && new > old,
			Error::<T>::NotLarger
		);
		ensure!(
			territory.claimed >= T::GrowthThreshold::get().mul_ceil(old),
			Error::<T>::NotUsedEnough
		);
		let added = new.saturating_sub(old);
		ensure!(
			added <= T::MaxGrowth::get().mul_floor(old),
			Error::<T>::GrowsTooMuch
		);
		let paid = Self::allocate(added, Founder::Account(&payer), max_price)?;
		territory.size = size;
		Territories::<T>::insert(metaverse, territory);
		Self::deposit_event(Event::TerritoryGrown {
			metaverse,
			size,
			paid,
			by: payer,
		});
		Ok(())
	}

	/// Creates a collection in `pallet-nfts` whose only team member is `account`.
	///
	/// Nobody holds the key of that account and no call dispatches from it, so what the team of a
	/// collection could do to its items, nobody can. The collection takes no deposits of its own:
	/// those of the metaverse and of each parcel cover it.
	fn create_collection(account: &T::AccountId) -> Result<CollectionId, DispatchError> {
		use pallet_nfts::{
			CollectionConfig, CollectionSetting, CollectionSettings, MintSettings, NextCollectionId,
		};
		let collection = NextCollectionId::<T>::get()
			.or_else(CollectionId::initial_value)
			.ok_or(Error::<T>::NoCollectionId)?;
		let next = collection.increment().ok_or(Error::<T>::NoCollectionId)?;
		pallet_nfts::Pallet::<T>::do_create_collection(
			collection,
			account.clone(),
			account.clone(),
			CollectionConfig {
				settings: CollectionSettings::from_disabled(
					CollectionSetting::DepositRequired.into(),
				),
				max_supply: None,
				mint_settings: MintSettings::default(),
			},
			Zero::zero(),
			pallet_nfts::Event::ForceCreated {
				collection,
				owner: account.clone(),
			},
		)?;
		NextCollectionId::<T>::put(next);
		Ok(collection)
	}

	/// Removes a collection, if that is little work.
	///
	/// Strangers may have left attributes there: of items that no longer exist, or those by which
	/// `pallet-nfts` remembers that an item entitled its owner to a mint elsewhere, which it does not
	/// even count. Removing a collection walks through all of them. One that has any stays behind,
	/// without anybody who could use it: a metaverse must not be kept from closing by strangers.
	fn remove_collection(collection: CollectionId) -> DispatchResult {
		let Some(details) = pallet_nfts::Collection::<T>::get(collection) else {
			return Ok(());
		};
		let witness = details.destroy_witness();
		let bare = details.items == 0
			&& witness.item_metadatas == 0
			&& witness.item_configs == 0
			&& pallet_nfts::Attribute::<T>::iter_key_prefix((collection,))
				.next()
				.is_none();
		if bare {
			pallet_nfts::Pallet::<T>::do_destroy_collection(collection, witness, None)?;
		}
		Ok(())
	}
}

impl<T: Config> TerritoriesTrait<T::AccountId, Balance> for Pallet<T> {
	fn found(
		metaverse: MetaverseId,
		founder: Founder<T::AccountId>,
		account: &T::AccountId,
		size: Size,
		max_price: Balance,
	) -> Result<Balance, DispatchError> {
		ensure!(
			!Territories::<T>::contains_key(metaverse),
			Error::<T>::AlreadyFounded
		);
		ensure!(!size.is_empty(), Error::<T>::EmptyArea);
		let cells = size.cells();
		ensure!(
			cells <= T::MaxFoundingCells::get(),
			Error::<T>::TerritoryTooLarge
		);
		let paid = Self::allocate(cells, founder, max_price)?;
		let collection = Self::create_collection(account)?;
		MetaverseOf::<T>::insert(collection, metaverse);
		Territories::<T>::insert(
			metaverse,
			Territory {
				size,
				collection,
				claimed: 0,
				parcels: 0,
				next_parcel: 0,
				sale: SalePolicy::Closed,
			},
		);
		Self::deposit_event(Event::TerritoryFounded {
			metaverse,
			size,
			collection,
			paid,
		});
		Ok(paid)
	}

	fn dissolve(metaverse: MetaverseId) -> DispatchResult {
		let territory = Territories::<T>::get(metaverse).ok_or(Error::<T>::UnknownMetaverse)?;
		ensure!(territory.parcels == 0, Error::<T>::ParcelsRemain);
		Territories::<T>::remove(metaverse);
		let cells = territory.size.cells();
		LandSupply::<T>::try_mutate(|supply| -> DispatchResult {
			supply.allocated = supply
				.allocated
				.checked_sub(cells.into())
				.ok_or(Error::<T>::Inconsistent)?;
			Ok(())
		})?;
		MetaverseOf::<T>::remove(territory.collection);
		Self::remove_collection(territory.collection)?;
		Self::deposit_event(Event::TerritoryDissolved { metaverse, cells });
		Ok(())
	}

	fn close_sale(metaverse: MetaverseId) {
		Territories::<T>::mutate_extant(metaverse, |territory| {
			territory.sale = SalePolicy::Closed;
		});
	}

	fn territory(metaverse: MetaverseId) -> Option<TerritoryView<Balance>> {
		Territories::<T>::get(metaverse).map(Into::into)
	}
}

impl<T: Config> ParcelOwners<T::AccountId> for Pallet<T> {
	fn owner(metaverse: MetaverseId, parcel: ParcelId) -> Option<T::AccountId> {
		let territory = Territories::<T>::get(metaverse)?;
		Parcels::<T>::get(metaverse, parcel)?;
		pallet_nfts::Pallet::<T>::owner(territory.collection, parcel)
	}
}
