//! How visitors go through.

use binary_merkle_tree::verify_proof;
use codec::Encode;
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::{BlockNumberFor, OriginFor};
use madang_primitives::{
	escrow::AssetKind,
	portal::{
		Access, AllowlistLeaf, Direction, PassState, PortalId, PortalState, Proof, Rate, Side,
		Version, Way,
	},
	Balance,
};
use sp_runtime::{
	traits::{BlakeTwo256, Zero},
	DispatchError, DispatchResult, Saturating,
};

use crate::{costs::TravelNeeds, pallet::*, Fate, HeldToll, Pass};

impl<T: Config> Pallet<T> {
	/// Tells what it needed besides the proof.
	pub(crate) fn do_travel(
		who: T::AccountId,
		id: PortalId,
		version: Version,
		way: Way,
		max_toll: Balance,
		proof: &Proof,
	) -> Result<TravelNeeds, DispatchError> {
		let portal = Self::portal(id)?;
		let agreement = Self::in_force(&portal)?;
		ensure!(version == agreement.version, Error::<T>::WrongVersion);
		match Self::state(id, &portal) {
			PortalState::Open | PortalState::Closing => {}
			PortalState::Paused => return Err(Error::<T>::PortalPaused.into()),
			PortalState::Stale => return Err(Error::<T>::PortalStale.into()),
			PortalState::Suspended => {
				Self::ensure_not_suspended(&portal)?;
				return Err(Error::<T>::Inconsistent.into());
			}
			PortalState::Proposed => return Err(Error::<T>::NotInForce.into()),
			PortalState::Closed | PortalState::Expired | PortalState::Gone => {
				return Err(Error::<T>::PortalOver.into())
			}
		}
		let terms = &agreement.terms;
		ensure!(
			way == Way::There || terms.direction == Direction::TwoWay,
			Error::<T>::WrongWay
		);
		Self::ensure_let_through(&who, &terms.access, proof)?;
		let toll = terms.toll.as_ref().map(HeldToll::new);
		let amount = toll.as_ref().map_or(Zero::zero(), HeldToll::amount);
		ensure!(amount <= max_toll, Error::<T>::TollAboveLimit);
		let old_pass = Self::make_way_for_pass(id, &who)?;
		if let Some(rate) = &terms.rate {
			Self::take_from_bucket(id, rate)?;
		}

		let deposit = Self::pass_deposit();
		Self::hold_deposit(HoldReason::Pass, &who, deposit)?;
		if let Some(toll) = &toll {
			Self::hold_toll(&who, toll)?;
		}
		let valid_until = Self::now().saturating_add(T::PassLifetime::get());
		let paid = toll.as_ref().map(|toll| (toll.asset.clone(), amount));
		let asset_toll = toll
			.as_ref()
			.is_some_and(|toll| toll.asset != AssetKind::Native);
		let pass = Pass {
			way,
			source: portal.source.place,
			destination: portal.place(Side::Destination),
			toll,
			fate: Fate::Undecided,
			valid_until,
			deposit,
		};
		Passes::<T>::insert(id, &who, pass);
		Self::deposit_event(Event::Travelled {
			portal: id,
			who,
			way,
			toll: paid,
			valid_until,
		});
		Ok(TravelNeeds {
			gates_on_land: portal.gates_on_land(),
			rate: terms.rate.is_some(),
			asset_toll,
			old_pass,
		})
	}

	pub(crate) fn do_admit(
		origin: OriginFor<T>,
		id: PortalId,
		who: T::AccountId,
	) -> DispatchResult {
		let mut pass = Self::good_pass(origin, id, &who)?;
		Self::settle_toll(id, &who, &mut pass)?;
		pass.fate = Fate::Used;
		Passes::<T>::insert(id, &who, pass);
		Self::deposit_event(Event::Admitted { portal: id, who });
		Ok(())
	}

	pub(crate) fn do_refuse(
		origin: OriginFor<T>,
		id: PortalId,
		who: T::AccountId,
	) -> DispatchResult {
		let mut pass = Self::good_pass(origin, id, &who)?;
		Self::deposit_event(Event::Refused {
			portal: id,
			who: who.clone(),
		});
		if Self::try_return_toll(&who, &mut pass)? {
			return Self::remove_pass(id, who, pass);
		}
		// It must not be paid out only because its asset stays frozen for longer than the pass is good.
		pass.fate = Fate::Refused;
		Passes::<T>::insert(id, who, pass);
		Ok(())
	}

	pub(crate) fn do_reap_pass(id: PortalId, who: T::AccountId) -> DispatchResult {
		let pass = Passes::<T>::get(id, &who).ok_or(Error::<T>::NoPass)?;
		ensure!(
			matches!(
				Self::pass_state(&pass),
				PassState::Over | PassState::Refused
			),
			Error::<T>::PassNotOver
		);
		Self::end_pass(id, who, pass)
	}

	/// How things stand with a pass.
	pub(crate) fn pass_state(pass: &PassOf<T>) -> PassState {
		if pass.fate == Fate::Refused {
			PassState::Refused
		} else if pass.valid_until <= Self::now() {
			PassState::Over
		} else if pass.fate == Fate::Used {
			PassState::Used
		} else {
			PassState::Valid
		}
	}

	/// A pass that the origin may admit or refuse.
	fn good_pass(
		origin: OriginFor<T>,
		id: PortalId,
		who: &T::AccountId,
	) -> Result<PassOf<T>, DispatchError> {
		let pass = Passes::<T>::get(id, who).ok_or(Error::<T>::NoPass)?;
		Self::ensure_gatekeeper(origin, pass.gatekeeper())?;
		match Self::pass_state(&pass) {
			PassState::Valid => Ok(pass),
			PassState::Used => Err(Error::<T>::PassUsed.into()),
			PassState::Over => Err(Error::<T>::PassOver.into()),
			PassState::Refused => Err(Error::<T>::PassRefused.into()),
		}
	}

	/// Ends a pass that is used, refused or over, so that there is room for another one. Tells whether there
	/// was one.
	fn make_way_for_pass(id: PortalId, who: &T::AccountId) -> Result<bool, DispatchError> {
		let Some(pass) = Passes::<T>::get(id, who) else {
			return Ok(false);
		};
		ensure!(
			Self::pass_state(&pass) != PassState::Valid,
			Error::<T>::AlreadyHasPass
		);
		Self::end_pass(id, who.clone(), pass)?;
		Ok(true)
	}

	fn end_pass(id: PortalId, who: T::AccountId, mut pass: PassOf<T>) -> DispatchResult {
		match pass.fate {
			Fate::Refused => ensure!(
				Self::try_return_toll(&who, &mut pass)?,
				Error::<T>::TollStuck
			),
			Fate::Undecided | Fate::Used => Self::settle_toll(id, &who, &mut pass)?,
		}
		Self::remove_pass(id, who, pass)
	}

	fn remove_pass(id: PortalId, who: T::AccountId, pass: PassOf<T>) -> DispatchResult {
		Self::release_deposit(HoldReason::Pass, &who, pass.deposit)?;
		Passes::<T>::remove(id, &who);
		Self::deposit_event(Event::PassRemoved { portal: id, who });
		Ok(())
	}

	/// The leaf by which an allowlist names an account on this chain.
	pub fn allowlist_leaf(who: T::AccountId) -> AllowlistLeaf<T::AccountId> {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		AllowlistLeaf::new(genesis, who)
	}

	pub(crate) fn ensure_let_through(
		who: &T::AccountId,
		access: &Access,
		proof: &Proof,
	) -> DispatchResult {
		match (access, proof) {
			(Access::Open, Proof::None) => Ok(()),
			(Access::Allowlist { root, leaves }, Proof::Allowlist { leaf_index, nodes }) => {
				let leaf = Self::allowlist_leaf(who.clone()).encode();
				ensure!(
					verify_proof::<BlakeTwo256, _, _>(
						root,
						nodes.iter().copied(),
						*leaves,
						*leaf_index,
						&leaf
					),
					Error::<T>::NotOnList
				);
				Ok(())
			}
			(Access::Holder { collection }, Proof::Item(item)) => {
				ensure!(
					pallet_nfts::Pallet::<T>::owner(*collection, *item).as_ref() == Some(who),
					Error::<T>::NotHolder
				);
				Ok(())
			}
			_ => Err(Error::<T>::WrongProofKind.into()),
		}
	}

	pub(crate) fn take_from_bucket(id: PortalId, rate: &Rate<BlockNumberFor<T>>) -> DispatchResult {
		Buckets::<T>::try_mutate(id, |bucket| {
			let mut filled = bucket
				.ok_or(Error::<T>::Inconsistent)?
				.refilled(rate, Self::now());
			filled.left = filled
				.left
				.checked_sub(1)
				.ok_or(Error::<T>::RateExhausted)?;
			*bucket = Some(filled);
			Ok(())
		})
	}
}
