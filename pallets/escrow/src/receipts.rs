//! Receipts: a position as an item that wallets show, and positions that change hands.
//!
//! The position is the truth and the item its mirror. The item is locked for everybody but this
//! pallet, which owns the collection through an account without a key.

use frame_support::{
	ensure,
	traits::{
		tokens::{nonfungibles_v2::Mutate, Locker},
		Get, Incrementable,
	},
};
use madang_primitives::{
	escrow::{PositionId, State},
	CollectionId,
};
use pallet_nfts::ItemConfig;
use sp_runtime::{
	traits::{AccountIdConversion, Zero},
	DispatchError, DispatchResult,
};

use crate::pallet::*;

/// Bytes that an item takes in `pallet-nfts`, keys included.
const ITEM_BYTES: usize = 330;

impl<T: Config> Pallet<T> {
	/// The account that owns the collection of receipts. Nobody has its key.
	pub fn receipt_account() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	pub(crate) fn do_mint_receipt(position_id: PositionId, who: T::AccountId) -> DispatchResult {
		let (mut position, campaign) = Self::position_of(position_id, &who)?;
		ensure!(
			matches!(campaign.state, State::Active | State::Completed),
			Error::<T>::WrongState
		);
		ensure!(
			Self::is_live(&position, &campaign),
			Error::<T>::StalePosition
		);
		ensure!(!position.receipt, Error::<T>::ReceiptExists);
		let collection = Self::receipt_collection()?;
		let deposit = Self::deposit_for(ITEM_BYTES);
		Self::hold_deposit(HoldReason::Position, &who, deposit)?;
		Self::add(&mut position.deposit, deposit)?;
		<pallet_nfts::Pallet<T> as Mutate<T::AccountId, ItemConfig>>::mint_into(
			&collection,
			&position_id,
			&who,
			&ItemConfig::default(),
			true,
		)?;
		position.receipt = true;
		Positions::<T>::insert(position_id, position);
		Self::deposit_event(Event::ReceiptMinted {
			position: position_id,
			collection,
		});
		Ok(())
	}

	/// The collection of receipts. The first receipt creates it.
	fn receipt_collection() -> Result<CollectionId, DispatchError> {
		use pallet_nfts::{
			CollectionConfig, CollectionSetting, CollectionSettings, MintSettings, NextCollectionId,
		};
		if let Some(collection) = ReceiptCollection::<T>::get() {
			return Ok(collection);
		}
		let collection = NextCollectionId::<T>::get()
			.or_else(CollectionId::initial_value)
			.ok_or(Error::<T>::NoId)?;
		let next = collection.increment().ok_or(Error::<T>::NoId)?;
		let owner = Self::receipt_account();
		pallet_nfts::Pallet::<T>::do_create_collection(
			collection,
			owner.clone(),
			owner.clone(),
			CollectionConfig {
				settings: CollectionSettings::from_disabled(
					CollectionSetting::DepositRequired.into(),
				),
				max_supply: None,
				mint_settings: MintSettings::default(),
			},
			Zero::zero(),
			pallet_nfts::Event::ForceCreated { collection, owner },
		)?;
		NextCollectionId::<T>::put(next);
		ReceiptCollection::<T>::put(collection);
		Ok(collection)
	}

	/// Lifts the lock of one receipt while something is done with it.
	fn with_receipt_unlocked(
		item: PositionId,
		what: impl FnOnce(CollectionId) -> DispatchResult,
	) -> DispatchResult {
		let collection = ReceiptCollection::<T>::get().ok_or(Error::<T>::Inconsistent)?;
		ReceiptInMotion::<T>::put(item);
		let done = what(collection);
		ReceiptInMotion::<T>::kill();
		done
	}

	pub(crate) fn burn_receipt(item: PositionId) -> DispatchResult {
		Self::with_receipt_unlocked(item, |collection| {
			pallet_nfts::Pallet::<T>::do_burn(collection, item, |_| Ok(()))
		})
	}

	pub(crate) fn do_transfer_position(
		position_id: PositionId,
		who: T::AccountId,
		to: T::AccountId,
	) -> DispatchResult {
		let (mut position, campaign) = Self::position_of(position_id, &who)?;
		let id = position.campaign;
		ensure!(
			matches!(campaign.state, State::Active | State::Completed),
			Error::<T>::WrongState
		);
		ensure!(
			Self::is_live(&position, &campaign),
			Error::<T>::StalePosition
		);
		let agreement = Self::agreement(id)?;
		let funded_at = campaign.funded_at.ok_or(Error::<T>::Inconsistent)?;
		ensure!(
			Self::after(funded_at, agreement.terms.lock_up).has_come(&Self::now()),
			Error::<T>::LockedUp
		);
		ensure!(
			!PositionOfOwner::<T>::contains_key(&to, id),
			Error::<T>::ReceiverInvested
		);
		let person = Self::admit_owner(&agreement.policy, &campaign, &to)?;

		// Nobody's money is put on hold who has not signed, so the deposit goes along.
		position.deposit = Self::hand_over_deposit(&who, &to, position.deposit)?;
		PositionOfOwner::<T>::remove(&who, id);
		PositionOfOwner::<T>::insert(&to, id, position_id);
		position.owner = to.clone();
		position.only_owner_claims = false;
		// Caps count what a person puts in, not what it buys from others.
		if let (Some((before, month)), Some(person)) = (position.subject, person) {
			PositionOfPerson::<T>::remove(id, before);
			ensure!(
				!PositionOfPerson::<T>::contains_key(id, person),
				Error::<T>::ReceiverInvested
			);
			PositionOfPerson::<T>::insert(id, person, position_id);
			position.subject = Some((person, month));
		}
		if position.receipt {
			Self::with_receipt_unlocked(position_id, |collection| {
				pallet_nfts::Pallet::<T>::do_transfer(
					collection,
					position_id,
					to.clone(),
					|_, _| Ok(()),
				)
			})?;
		}
		Positions::<T>::insert(position_id, position);
		Self::deposit_event(Event::PositionTransferred {
			position: position_id,
			from: who,
			to,
		});
		Ok(())
	}
}

impl<T: Config> Locker<CollectionId, PositionId> for Pallet<T> {
	fn is_locked(collection: CollectionId, item: PositionId) -> bool {
		ReceiptCollection::<T>::get() == Some(collection)
			&& ReceiptInMotion::<T>::get() != Some(item)
	}
}
