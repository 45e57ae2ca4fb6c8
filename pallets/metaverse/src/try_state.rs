//! What must be true of the registry after every block.
//!
//! - **M1**: every id in use is below the next id.
//! - **M2**: every metaverse holds its slug.
//! - **M3**: every taken slug belongs to a metaverse of that name.
//! - **M4**: every slug that was ever used has the right shape.
//! - **M5**: every metaverse has a profile with a name, and every profile a metaverse.
//! - **M6**: endpoints belong to a metaverse, are in order, within bounds and not empty.
//! - **M7**: managers belong to a metaverse, are in order, have a role and do not own it.
//! - **M8**: the index of owners lists exactly the metaverses that accounts own.
//! - **M9**: every recorded deposit is what the stored bytes cost; towns have none.
//! - **M10**: what is on hold from an owner is the sum of the owner's deposits.
//! - **M11**: a nominee is not the owner, and towns have none.
//! - **M12**: exactly the metaverses have territories.
//! - **M13**: no suspension is longer than allowed.
//! - **M14**: no slug rests longer than the cooldown from now.
//! - **M15**: the account of every metaverse is alive.

use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{
	ensure,
	traits::{fungible::Inspect, Get},
};
use madang_primitives::{deposit::hold_is, traits::Territories, MetaverseId};
use sp_runtime::{
	traits::{Saturating, Zero},
	TryRuntimeError,
};

use crate::{
	pallet::*,
	slug,
	types::{Owner, SlugState, MAX_ENDPOINTS},
};

impl<T: Config> Pallet<T> {
	/// Recounts everything. Only for tests and `try-runtime`, since it reads the whole registry.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_slugs()?;
		Self::check_parts()?;
		Self::check_owners()?;
		Self::check_records()
	}

	/// M2 the other way around, M3, M4 and M14.
	fn check_slugs() -> Result<(), TryRuntimeError> {
		let latest = Self::now().saturating_add(T::SlugCooldown::get());
		for (slug, state) in Slugs::<T>::iter() {
			ensure!(
				slug::check(&slug).is_ok(),
				"M4: a slug does not have the right shape"
			);
			match state {
				SlugState::Taken(id) => ensure!(
					Metaverses::<T>::get(id).is_some_and(|record| record.slug == slug),
					"M3: a taken slug does not belong to a metaverse of that name"
				),
				SlugState::CoolingDown { until } => ensure!(
					until <= latest,
					"M14: a slug rests longer than the cooldown"
				),
			}
		}
		Ok(())
	}

	/// M5, M6 and M7, from the side of the parts.
	fn check_parts() -> Result<(), TryRuntimeError> {
		for (id, profile) in Profiles::<T>::iter() {
			ensure!(
				Metaverses::<T>::contains_key(id),
				"M5: a profile does not belong to a metaverse"
			);
			let name = core::str::from_utf8(&profile.name).unwrap_or_default();
			ensure!(!name.trim().is_empty(), "M5: a profile has no name");
			ensure!(
				core::str::from_utf8(&profile.uri).is_ok(),
				"M5: a URI is not UTF-8"
			);
		}

		for (id, endpoints) in Endpoints::<T>::iter() {
			ensure!(
				Metaverses::<T>::contains_key(id),
				"M6: endpoints do not belong to a metaverse"
			);
			ensure!(
				!endpoints.is_empty(),
				"M6: an empty list of endpoints is stored"
			);
			ensure!(
				endpoints.is_sorted_by(|before, after| before.index < after.index),
				"M6: endpoints are not in order"
			);
			ensure!(
				endpoints
					.iter()
					.all(|endpoint| u32::from(endpoint.index) < MAX_ENDPOINTS),
				"M6: an endpoint has an index out of bounds"
			);
			ensure!(
				endpoints.iter().all(|endpoint| {
					!core::str::from_utf8(&endpoint.uri)
						.unwrap_or_default()
						.trim()
						.is_empty()
				}),
				"M6: an endpoint has no URI"
			);
		}

		for (id, managers) in Managers::<T>::iter() {
			let record =
				Metaverses::<T>::get(id).ok_or("M7: managers do not belong to a metaverse")?;
			ensure!(
				!managers.is_empty(),
				"M7: an empty list of managers is stored"
			);
			ensure!(
				managers.is_sorted_by(|before, after| before.account < after.account),
				"M7: managers are not in order"
			);
			ensure!(
				managers.iter().all(|manager| !manager.roles.is_empty()),
				"M7: a manager has no role"
			);
			ensure!(
				managers
					.iter()
					.all(|manager| record.owner.account() != Some(&manager.account)),
				"M7: the owner is a manager"
			);
		}
		Ok(())
	}

	/// M8 and M10.
	fn check_owners() -> Result<(), TryRuntimeError> {
		// Starts from every account, so that a hold without a metaverse is found as well.
		let mut deposits: BTreeMap<T::AccountId, BalanceOf<T>> =
			frame_system::Account::<T>::iter_keys()
				.map(|who| (who, Zero::zero()))
				.collect();
		let mut owned = BTreeSet::<(T::AccountId, MetaverseId)>::new();
		for (id, record) in Metaverses::<T>::iter() {
			if let Owner::Account(owner) = record.owner {
				let sum = deposits.entry(owner.clone()).or_default();
				*sum = sum.saturating_add(record.deposit);
				owned.insert((owner, id));
			}
		}

		let mut indexed = 0usize;
		for (owner, id, ()) in OwnedBy::<T>::iter() {
			ensure!(
				owned.contains(&(owner, id)),
				"M8: the index names somebody who does not own the metaverse"
			);
			indexed = indexed.saturating_add(1);
		}
		ensure!(
			indexed == owned.len(),
			"M8: the index of owners lacks a metaverse"
		);

		for (owner, sum) in deposits {
			ensure!(
				hold_is::<_, T::Currency>(&HoldReason::Metaverse.into(), &owner, sum),
				"M10: what is on hold from an owner is not the sum of the deposits"
			);
		}
		Ok(())
	}

	/// M1, M2, M5, M9, M11, M12, M13 and M15, metaverse by metaverse.
	fn check_records() -> Result<(), TryRuntimeError> {
		let next_id = NextId::<T>::get();
		for (id, record) in Metaverses::<T>::iter() {
			ensure!(id < next_id, "M1: an id in use is not below the next id");
			ensure!(
				Slugs::<T>::get(&record.slug) == Some(SlugState::Taken(id)),
				"M2: a metaverse does not hold its slug"
			);
			let profile = Profiles::<T>::get(id).ok_or("M5: a metaverse has no profile")?;

			let due = match record.owner {
				Owner::Network => Zero::zero(),
				Owner::Account(_) => Self::deposit_for(
					&record.slug,
					&profile,
					&Endpoints::<T>::get(id),
					&Managers::<T>::get(id),
				),
			};
			ensure!(
				record.deposit == due,
				"M9: a deposit is not what the stored bytes cost"
			);

			match record.owner.account() {
				None => ensure!(record.nominee.is_none(), "M11: a town has a nominee"),
				owner => ensure!(
					record.nominee.is_none() || record.nominee.as_ref() != owner,
					"M11: the owner is the nominee"
				),
			}

			if let Some(suspension) = record.suspension {
				let latest = suspension.since.saturating_add(T::MaxSuspension::get());
				ensure!(
					suspension.since <= suspension.until && suspension.until <= latest,
					"M13: a suspension is longer than allowed"
				);
			}

			ensure!(
				T::Currency::total_balance(&Self::account_of(id)) >= T::Currency::minimum_balance(),
				"M15: the account of a metaverse is not alive"
			);
		}

		for id in 0..next_id {
			ensure!(
				Metaverses::<T>::contains_key(id) == T::Territories::territory(id).is_some(),
				"M12: a metaverse has no territory, or a territory has no metaverse"
			);
		}
		Ok(())
	}
}
