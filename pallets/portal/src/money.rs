//! Every movement of money. Nothing else in this pallet touches a balance.
//!
//! A toll is one amount on hold in the visitor's own account until it is settled:
//! `toll = source + destination + network`, and then `toll = paid to the three + returned`.

use codec::MaxEncodedLen;
use frame_support::traits::{
	fungible::MutateHold as _,
	fungibles::{InspectHold, MutateHold},
	tokens::{Fortitude, Precision, Restriction},
	Get,
};
use madang_primitives::{
	attempt::attempt,
	deposit::give_back,
	escrow::AssetKind,
	portal::{PortalId, Side},
	Balance,
};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

use crate::{pallet::*, Deposit, Destination, Gate, HeldToll, Link};

/// Bytes of the keys and the fixed entries around one end of a portal: half of the keys of its record
/// and bucket, the keys of its index, the count of gates on its parcel, and the proposal. Measured on
/// encoded keys, rounded up.
const SIDE_KEY_BYTES: usize = 192;

/// Bytes of the hash of a manifest, and of the length of the address in front of it.
const MANIFEST_BYTES: usize = 34;

/// Bytes of the key of an offer.
const OFFER_KEY_BYTES: usize = 48;

/// Bytes of the key of a pass.
const PASS_KEY_BYTES: usize = 96;

impl<T: Config> Pallet<T> {
	/// The deposit for something that takes so many bytes.
	pub(crate) fn deposit_for(bytes: usize) -> Balance {
		// All of it is bounded: a few thousand bytes at most.
		<T as Config>::DepositBase::get()
			.saturating_add(<T as Config>::DepositPerByte::get().saturating_mul(bytes as Balance))
	}

	/// Bytes of the largest thing for which a deposit is held.
	pub(crate) fn largest_bytes() -> usize {
		PortalOf::<T>::max_encoded_len()
			.saturating_add(OfferOf::<T>::max_encoded_len())
			.saturating_add(SIDE_KEY_BYTES)
	}

	/// What one end of a portal costs: its entry in the index, its gate, and its half of the agreement,
	/// as large as any terms can make it, so that a change of terms changes no deposit. Nobody pays for
	/// an end out of this chain, so the beginning of such a portal costs its address and the other half
	/// as well.
	pub(crate) fn side_deposit(portal: &PortalOf<T>) -> Balance {
		let agreement = AgreementOf::<T>::max_encoded_len().div_ceil(2);
		let other_end = match &portal.destination {
			Destination::Gate(_) => 0,
			Destination::External { uri, .. } => uri
				.len()
				.saturating_add(MANIFEST_BYTES)
				.saturating_add(agreement),
		};
		Self::deposit_for(
			SIDE_KEY_BYTES
				.saturating_add(Link::max_encoded_len())
				.saturating_add(Gate::max_encoded_len())
				.saturating_add(agreement)
				.saturating_add(other_end),
		)
	}

	/// What a pass costs its owner, as large as any pass can be.
	pub(crate) fn pass_deposit() -> Balance {
		Self::deposit_for(PASS_KEY_BYTES.saturating_add(PassOf::<T>::max_encoded_len()))
	}

	/// Holds the deposit of an offer from its author; the network pays none.
	pub(crate) fn hold_offer_deposit(
		author: Option<&T::AccountId>,
	) -> Result<Option<Deposit<T::AccountId>>, DispatchError> {
		let bytes = OFFER_KEY_BYTES.saturating_add(OfferOf::<T>::max_encoded_len());
		Self::hold_from(author, Self::deposit_for(bytes))
	}

	/// Makes somebody pay the deposit of an end, and gives back what somebody else paid for it.
	pub(crate) fn hand_over_deposit(
		portal: &mut PortalOf<T>,
		side: Side,
		payer: Option<&T::AccountId>,
	) -> DispatchResult {
		let amount = Self::side_deposit(portal);
		let deposit = portal.deposit_mut(side);
		if deposit.as_ref().map(|deposit| &deposit.payer) == payer && deposit.is_some() {
			return Ok(());
		}
		let before = deposit.take();
		*deposit = Self::hold_from(payer, amount)?;
		if let Some(before) = before {
			Self::release_deposit(HoldReason::Portal, &before.payer, before.amount)?;
		}
		Ok(())
	}

	fn hold_from(
		payer: Option<&T::AccountId>,
		amount: Balance,
	) -> Result<Option<Deposit<T::AccountId>>, DispatchError> {
		let Some(payer) = payer else {
			return Ok(None);
		};
		Self::hold_deposit(HoldReason::Portal, payer, amount)?;
		Ok(Some(Deposit {
			payer: payer.clone(),
			amount,
		}))
	}

	/// Holds a storage deposit.
	pub(crate) fn hold_deposit(
		reason: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		T::Native::hold(&reason.into(), who, amount)
			.map_err(|_| Error::<T>::DepositNotCovered.into())
	}

	/// Gives a storage deposit back.
	pub(crate) fn release_deposit(
		reason: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let missing = give_back::<_, T::Native>(&reason.into(), who, amount)?;
		Self::note_missing(who, missing);
		Ok(())
	}

	fn note_missing(who: &T::AccountId, missing: Balance) {
		if !missing.is_zero() {
			Self::deposit_event(Event::DepositMissing {
				who: who.clone(),
				missing,
			});
		}
	}

	/// Puts a toll on hold.
	pub(crate) fn hold_toll(who: &T::AccountId, toll: &HeldToll) -> DispatchResult {
		T::TokenHolds::hold(
			toll.asset.clone(),
			&HoldReason::Toll.into(),
			who,
			toll.amount(),
		)
		.map_err(|_| Error::<T>::TollNotCovered.into())
	}

	/// Gives a toll, or a part of it, back to the visitor.
	fn return_toll(who: &T::AccountId, asset: &AssetKind, amount: Balance) -> DispatchResult {
		// Another pallet may have eaten the reserve of the account; then less is there than was held.
		let there = amount.min(T::TokenHolds::total_balance_on_hold(asset.clone(), who));
		let released = if there.is_zero() {
			there
		} else {
			T::TokenHolds::release(
				asset.clone(),
				&HoldReason::Toll.into(),
				who,
				there,
				Precision::BestEffort,
			)
			.map_err(|_| Error::<T>::TollStuck)?
		};
		Self::note_missing(who, amount.saturating_sub(released));
		Ok(())
	}

	/// Gives the toll of a pass back to the visitor if that can be, and tells whether it was.
	pub(crate) fn try_return_toll(
		who: &T::AccountId,
		pass: &mut PassOf<T>,
	) -> Result<bool, DispatchError> {
		let Some(toll) = pass.toll.take() else {
			return Ok(true);
		};
		let back = attempt(|| Self::return_toll(who, &toll.asset, toll.amount()))?;
		if back.is_err() {
			pass.toll = Some(toll);
		}
		Ok(back.is_ok())
	}

	/// Pays the toll of a pass to whom it belongs. What somebody cannot receive goes back to the
	/// visitor.
	pub(crate) fn settle_toll(
		id: PortalId,
		who: &T::AccountId,
		pass: &mut PassOf<T>,
	) -> DispatchResult {
		let Some(toll) = pass.toll.take() else {
			return Ok(());
		};
		let mut paid = [Balance::zero(); 3];
		let payees = Self::payees(&toll, pass.source, pass.destination);
		for (paid, (payee, amount)) in paid.iter_mut().zip(payees) {
			if let Some(payee) = payee {
				if Self::try_pay(who, &payee, &toll.asset, amount)? {
					*paid = amount;
				}
			}
		}
		let [source, destination, network] = paid;
		let returned = paid
			.into_iter()
			.fold(toll.amount(), |left, paid| left.saturating_sub(paid));
		Self::return_toll(who, &toll.asset, returned)?;
		Self::deposit_event(Event::TollSettled {
			portal: id,
			who: who.clone(),
			asset: toll.asset,
			source,
			destination,
			network,
			returned,
		});
		Ok(())
	}

	/// Pays a part of a toll if it can be received, and tells whether it was.
	fn try_pay(
		who: &T::AccountId,
		payee: &T::AccountId,
		asset: &AssetKind,
		amount: Balance,
	) -> Result<bool, DispatchError> {
		if amount.is_zero() {
			return Ok(true);
		}
		let paid = attempt(|| {
			T::TokenHolds::transfer_on_hold(
				asset.clone(),
				&HoldReason::Toll.into(),
				who,
				payee,
				amount,
				Precision::Exact,
				Restriction::Free,
				// What was promised as a toll is paid, even when its owner has locked everything since.
				Fortitude::Force,
			)
		})?;
		Ok(paid.is_ok())
	}
}
