//! Whether terms are sound, and what goes into a gate.

use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{
		fungibles::Inspect as _,
		tokens::{DepositConsequence, Provenance},
		Contains, Get,
	},
	BoundedVec,
};
use madang_primitives::{
	portal::{Access, DestinationInput, Direction, GateInput, Rate, Side, Toll},
	traits::{Metaverses, ParcelOwners},
	Balance,
};
use sp_runtime::{
	traits::{BlockNumberProvider, TypedGet, Zero},
	DispatchError, DispatchResult,
};

use crate::{pallet::*, Destination, Gate, HeldToll, Place, Uri};

impl<T: Config> Pallet<T> {
	/// The block of the clock.
	pub(crate) fn now() -> frame_system::pallet_prelude::BlockNumberFor<T> {
		<T as Config>::BlockNumberProvider::current_block_number()
	}

	/// A gate in a metaverse and on a parcel that exist.
	pub(crate) fn check_gate(gate: GateInput) -> Result<Gate, DispatchError> {
		let GateInput {
			metaverse,
			parcel,
			spawn,
		} = gate;
		ensure!(
			T::Metaverses::stage(metaverse).is_some(),
			Error::<T>::UnknownMetaverse
		);
		if let Some(parcel) = parcel {
			ensure!(
				T::Parcels::owner(metaverse, parcel).is_some(),
				Error::<T>::UnknownParcel
			);
		}
		ensure!(core::str::from_utf8(&spawn).is_ok(), Error::<T>::NotUtf8);
		Ok(Gate {
			place: Place { metaverse, parcel },
			spawn: BoundedVec::try_from(spawn).map_err(|_| Error::<T>::SpawnTooLong)?,
		})
	}

	/// A destination that exists, as far as this chain can tell.
	pub(crate) fn check_destination(
		destination: DestinationInput,
	) -> Result<Destination, DispatchError> {
		match destination {
			DestinationInput::Gate(gate) => Self::check_gate(gate).map(Destination::Gate),
			DestinationInput::External { uri, manifest } => Ok(Destination::External {
				uri: Self::check_uri(uri)?,
				manifest,
			}),
		}
	}

	fn check_uri(uri: Vec<u8>) -> Result<Uri, Error<T>> {
		ensure!(!uri.is_empty(), Error::<T>::UriEmpty);
		ensure!(core::str::from_utf8(&uri).is_ok(), Error::<T>::NotUtf8);
		BoundedVec::try_from(uri).map_err(|_| Error::<T>::UriTooLong)
	}

	/// Fails unless the terms fit together and fit the portal.
	pub(crate) fn check_terms(portal: &PortalOf<T>, terms: &TermsOf<T>) -> DispatchResult {
		let external = portal.place(Side::Destination).is_none();
		ensure!(
			!(external && terms.direction == Direction::TwoWay),
			Error::<T>::ExternalIsOneWay
		);
		if let Some(toll) = &terms.toll {
			Self::check_toll(toll, external)?;
		}
		match terms.access {
			Access::Open => {}
			Access::Allowlist { leaves, .. } => {
				ensure!(!leaves.is_zero(), Error::<T>::EmptyAllowlist)
			}
			Access::Holder { collection } => ensure!(
				pallet_nfts::Pallet::<T>::collection_owner(collection).is_some(),
				Error::<T>::UnknownCollection
			),
		}
		if let Some(rate) = &terms.rate {
			let Rate {
				refill,
				window,
				burst,
			} = rate;
			ensure!(
				!refill.is_zero() && !window.is_zero() && !burst.is_zero(),
				Error::<T>::BadRate
			);
		}
		ensure!(
			T::MinNotice::get() <= terms.notice && terms.notice <= T::MaxNotice::get(),
			Error::<T>::BadNotice
		);
		ensure!(
			terms.expires_at.is_none_or(|end| Self::now() < end),
			Error::<T>::ExpiresInPast
		);
		Ok(())
	}

	fn check_toll(toll: &Toll, external: bool) -> DispatchResult {
		ensure!(!toll.amount.is_zero(), Error::<T>::TollZero);
		ensure!(
			T::TollAssets::contains(&toll.asset),
			Error::<T>::AssetNotAccepted
		);
		ensure!(toll.split.is_whole(), Error::<T>::SplitNotWhole);
		ensure!(
			!external || toll.split.destination.is_zero(),
			Error::<T>::SplitWithoutDestination
		);
		Ok(())
	}

	/// Fails when somebody could not receive a part of the toll now. Nobody should agree to a toll that
	/// would only go back to the visitors.
	pub(crate) fn ensure_payees(portal: &PortalOf<T>, terms: &TermsOf<T>) -> DispatchResult {
		let Some(toll) = &terms.toll else {
			return Ok(());
		};
		// The network may have taken it off its list since the terms were offered.
		ensure!(
			T::TollAssets::contains(&toll.asset),
			Error::<T>::AssetNotAccepted
		);
		let held = HeldToll::new(toll);
		let payees = Self::payees(&held, portal.source.place, portal.place(Side::Destination));
		for (payee, amount) in payees {
			if amount.is_zero() {
				continue;
			}
			let payee = payee.ok_or(Error::<T>::PayeeCannotReceive)?;
			let outcome =
				T::TokenHolds::can_deposit(toll.asset.clone(), &payee, amount, Provenance::Extant);
			ensure!(
				outcome == DepositConsequence::Success,
				Error::<T>::PayeeCannotReceive
			);
		}
		Ok(())
	}

	/// Who gets how much of a toll: the metaverse where the portal begins, the one where it ends, and the
	/// network. A metaverse that does not exist any more is nobody.
	pub(crate) fn payees(
		toll: &HeldToll,
		source: Place,
		destination: Option<Place>,
	) -> [(Option<T::AccountId>, Balance); 3] {
		let account = |place: Place| {
			T::Metaverses::stage(place.metaverse).map(|_| T::Metaverses::account(place.metaverse))
		};
		[
			(account(source), toll.source),
			(destination.and_then(account), toll.destination),
			(Some(T::Treasury::get()), toll.network),
		]
	}
}
