//! What the calls do once the origin is known: ensure, compute, move money, write, event.

use alloc::vec::Vec;
use frame_support::{
	pallet_prelude::*,
	traits::{
		fungible::{Inspect, InspectHold, Mutate, MutateHold},
		fungibles::{Inspect as _, Mutate as _},
		tokens::{Fortitude, Preservation},
	},
};
use frame_system::pallet_prelude::*;
use madang_primitives::{
	deposit::give_back,
	geometry::Size,
	metaverse::{EndpointInput, ProfileInput, Role, Roles, Stage},
	traits::{self, ClosingGuard, Founder, Territories},
	AssetId, MetaverseId,
};
use sp_core::H256;
use sp_runtime::{
	traits::{AccountIdConversion, BlockNumberProvider, Bounded, Saturating},
	SaturatedConversion,
};

use crate::{
	pallet::*,
	slug::{self, SlugProblem},
	types::*,
};

/// Who may do what.
impl<T: Config> Pallet<T> {
	/// The account of a metaverse, known even before the metaverse exists.
	pub fn account_of(id: MetaverseId) -> T::AccountId {
		T::PalletId::get().into_sub_account_truncating(id)
	}

	/// The block of the clock.
	pub(crate) fn now() -> BlockNumberFor<T> {
		T::BlockNumberProvider::current_block_number()
	}

	pub(crate) fn record(id: MetaverseId) -> Result<MetaverseRecordOf<T>, DispatchError> {
		Metaverses::<T>::get(id).ok_or_else(|| Error::<T>::UnknownMetaverse.into())
	}

	/// Fails unless the owner calls; for a town that is the network, and for the metaverse of an
	/// account nobody but this account.
	pub(crate) fn ensure_owner(
		origin: OriginFor<T>,
		record: &MetaverseRecordOf<T>,
	) -> DispatchResult {
		match &record.owner {
			Owner::Network => {
				T::NetworkOrigin::try_origin(origin).map_err(|_| Error::<T>::NotOwner)?;
			}
			Owner::Account(owner) => {
				let who = ensure_signed(origin)?;
				ensure!(who == *owner, Error::<T>::NotOwner);
			}
		}
		Ok(())
	}

	/// Who acts for the metaverse in a role, and the metaverse.
	pub(crate) fn authorize(
		origin: OriginFor<T>,
		id: MetaverseId,
		role: Role,
	) -> Result<(T::AccountId, MetaverseRecordOf<T>), DispatchError> {
		let record = Self::record(id)?;
		let origin = if record.owner.is_network() {
			match T::NetworkOrigin::try_origin(origin) {
				Ok(_) => return Ok((Self::account_of(id), record)),
				Err(origin) => origin,
			}
		} else {
			origin
		};
		let who = ensure_signed(origin)?;
		ensure!(Self::may(id, &record, &who, role), Self::role_missing(role));
		Ok((who, record))
	}

	/// Whether an account owns the metaverse or has the role in it. The managers are only read when
	/// it does not own it.
	fn may(id: MetaverseId, record: &MetaverseRecordOf<T>, who: &T::AccountId, role: Role) -> bool {
		record.owner.account() == Some(who)
			|| Managers::<T>::get(id)
				.iter()
				.any(|manager| manager.may(who, role))
	}

	const fn role_missing(role: Role) -> Error<T> {
		match role {
			Role::Profile => Error::NotProfileManager,
			Role::Land => Error::NotLandManager,
			Role::Portal => Error::NotPortalManager,
			Role::Treasury => Error::NotTreasuryManager,
		}
	}
}

/// Is what was handed in fit to be stored?
impl<T: Config> Pallet<T> {
	fn check_slug(slug: Vec<u8>) -> Result<Slug, Error<T>> {
		slug::check(&slug).map_err(|problem| match problem {
			SlugProblem::TooShort => Error::<T>::SlugTooShort,
			SlugProblem::TooLong => Error::SlugTooLong,
			SlugProblem::BadCharacter => Error::SlugBadCharacter,
			SlugProblem::BadHyphen => Error::SlugBadHyphen,
		})?;
		Slug::try_from(slug).map_err(|_| Error::SlugTooLong)
	}

	pub(crate) fn check_slug_for_everyone(slug: Vec<u8>) -> Result<Slug, Error<T>> {
		let slug = Self::check_slug(slug)?;
		ensure!(!slug::is_reserved(&slug), Error::<T>::SlugReserved);
		Ok(slug)
	}

	pub(crate) fn check_profile(profile: ProfileInput) -> Result<Profile, Error<T>> {
		let ProfileInput { name, uri, hash } = profile;
		let name = Name::try_from(name).map_err(|_| Error::<T>::NameTooLong)?;
		let uri = Uri::try_from(uri).map_err(|_| Error::<T>::UriTooLong)?;
		ensure!(
			!Self::check_text(&name)?.trim().is_empty(),
			Error::<T>::NameEmpty
		);
		Self::check_text(&uri)?;
		Ok(Profile { name, uri, hash })
	}

	pub(crate) fn check_endpoint(index: u8, endpoint: EndpointInput) -> Result<Endpoint, Error<T>> {
		let EndpointInput {
			protocol,
			uri,
			manifest,
		} = endpoint;
		ensure!(
			u32::from(index) < MAX_ENDPOINTS,
			Error::<T>::EndpointIndexTooHigh
		);
		let uri = Uri::try_from(uri).map_err(|_| Error::<T>::UriTooLong)?;
		ensure!(
			!Self::check_text(&uri)?.trim().is_empty(),
			Error::<T>::UriEmpty
		);
		Ok(Endpoint {
			index,
			protocol,
			uri,
			manifest,
		})
	}

	fn check_text(text: &[u8]) -> Result<&str, Error<T>> {
		core::str::from_utf8(text).map_err(|_| Error::NotUtf8)
	}

	fn ensure_slug_free(slug: &Slug) -> DispatchResult {
		match Slugs::<T>::get(slug) {
			Some(SlugState::Taken(_)) => Err(Error::<T>::SlugTaken.into()),
			Some(SlugState::CoolingDown { until }) if Self::now() < until => {
				Err(Error::<T>::SlugCoolingDown.into())
			}
			_ => Ok(()),
		}
	}
}

/// The storage deposit.
impl<T: Config> Pallet<T> {
	/// What the owner has on hold for a metaverse that stores this: its fixed entries, its texts, and
	/// its lists. Each endpoint and each manager
	/// counts by its own bytes, so that n of them cost n times one.
	pub(crate) fn deposit_for(
		slug: &Slug,
		profile: &Profile,
		endpoints: &EndpointList,
		managers: &ManagersOf<T>,
	) -> BalanceOf<T> {
		// All of it is bounded: a few thousand bytes at most.
		let bytes = [
			RECORD_BYTES,
			slug.encoded_size(),
			profile.encoded_size(),
			endpoints.iter().map(Encode::encoded_size).sum(),
			managers.iter().map(Encode::encoded_size).sum(),
		];
		T::DepositBase::get()
			.saturating_add(T::DepositPerByte::get().saturating_mul(all_of(bytes).into()))
	}

	/// Brings the hold of the owner from what is recorded to `deposit`, and records it.
	fn settle_deposit(record: &mut MetaverseRecordOf<T>, deposit: BalanceOf<T>) -> DispatchResult {
		let Owner::Account(owner) = &record.owner else {
			return Ok(());
		};
		if deposit > record.deposit {
			Self::hold_deposit(owner, deposit.saturating_sub(record.deposit))?;
		} else {
			Self::release_deposit(owner, record.deposit.saturating_sub(deposit))?;
		}
		record.deposit = deposit;
		Ok(())
	}

	fn hold_deposit(who: &T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
		let available =
			T::Currency::reducible_balance(who, Preservation::Protect, Fortitude::Force);
		ensure!(amount <= available, Error::<T>::DepositNotCovered);
		T::Currency::hold(&HoldReason::Metaverse.into(), who, amount)
	}

	fn release_deposit(who: &T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		let missing = give_back::<_, T::Currency>(&HoldReason::Metaverse.into(), who, amount)?;
		if !missing.is_zero() {
			Self::deposit_event(Event::DepositMissing {
				who: who.clone(),
				missing,
			});
		}
		Ok(())
	}
}

/// The calls.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_register(
		who: T::AccountId,
		slug: Slug,
		profile: Profile,
		size: Size,
		max_price: BalanceOf<T>,
	) -> DispatchResult {
		Self::ensure_slug_free(&slug)?;
		let (id, next_id) = Self::next_id()?;
		let account = Self::account_of(id);
		let deposit = Self::deposit_for(
			&slug,
			&profile,
			&EndpointList::new(),
			&ManagersOf::<T>::new(),
		);

		let paid = T::Territories::found(id, Founder::Account(&who), &account, size, max_price)?;
		// The account may hold money already, for anyone can compute it; it gets its due anyway.
		let existential = T::Currency::minimum_balance();
		T::Currency::transfer(&who, &account, existential, Preservation::Preserve)?;
		Self::hold_deposit(&who, deposit)?;

		let record = MetaverseRecord {
			owner: Owner::Account(who.clone()),
			nominee: None,
			slug: slug.clone(),
			stage: Stage::Preparation,
			founded_at: Self::now(),
			suspension: None,
			deposit,
		};
		Self::insert_new(id, next_id, record, profile);
		OwnedBy::<T>::insert(&who, id, ());
		Self::deposit_event(Event::Registered {
			id,
			owner: who,
			slug,
			paid,
		});
		Ok(())
	}

	pub(crate) fn do_found_town(town: &Town) -> DispatchResult {
		let slug = Self::check_slug(town.slug.as_bytes().to_vec())?;
		let profile = Self::check_profile(named(&town.name))?;
		Self::ensure_slug_free(&slug)?;
		let (id, next_id) = Self::next_id()?;
		let account = Self::account_of(id);

		// At genesis there is nobody yet who could give the town its existential deposit.
		T::Currency::mint_into(&account, T::Currency::minimum_balance())?;
		let size = Size::new(town.width, town.height);
		T::Territories::found(id, Founder::Network, &account, size, Zero::zero())?;

		let record = MetaverseRecord {
			owner: Owner::Network,
			nominee: None,
			slug,
			stage: Stage::Launched,
			founded_at: Self::now(),
			suspension: None,
			deposit: Zero::zero(),
		};
		Self::insert_new(id, next_id, record, profile);
		Ok(())
	}

	pub(crate) fn do_found_at_genesis(founding: &Founding<T::AccountId>) -> DispatchResult {
		let slug = Self::check_slug_for_everyone(founding.slug.as_bytes().to_vec())?;
		let profile = Self::check_profile(named(&founding.name))?;
		let size = Size::new(founding.width, founding.height);
		Self::do_register(
			founding.owner.clone(),
			slug,
			profile,
			size,
			Bounded::max_value(),
		)
	}

	fn next_id() -> Result<(MetaverseId, MetaverseId), Error<T>> {
		let id = NextId::<T>::get();
		Ok((id, id.checked_add(1).ok_or(Error::NoIdsLeft)?))
	}

	fn insert_new(
		id: MetaverseId,
		next_id: MetaverseId,
		record: MetaverseRecordOf<T>,
		profile: Profile,
	) {
		NextId::<T>::put(next_id);
		Slugs::<T>::insert(&record.slug, SlugState::Taken(id));
		Profiles::<T>::insert(id, profile);
		Metaverses::<T>::insert(id, record);
	}

	pub(crate) fn do_set_profile(
		id: MetaverseId,
		mut record: MetaverseRecordOf<T>,
		profile: Profile,
	) -> DispatchResult {
		let deposit = Self::deposit_for(
			&record.slug,
			&profile,
			&Endpoints::<T>::get(id),
			&Managers::<T>::get(id),
		);
		Self::settle_deposit(&mut record, deposit)?;
		Profiles::<T>::insert(id, profile);
		Metaverses::<T>::insert(id, record);
		Self::deposit_event(Event::ProfileSet { id });
		Ok(())
	}

	pub(crate) fn do_set_endpoint(
		id: MetaverseId,
		record: MetaverseRecordOf<T>,
		endpoint: Endpoint,
	) -> DispatchResult {
		let index = endpoint.index;
		let mut endpoints = Endpoints::<T>::get(id);
		match endpoints.binary_search_by_key(&index, |known| known.index) {
			#[expect(clippy::indexing_slicing, reason = "it was found at this place")]
			Ok(place) => endpoints[place] = endpoint,
			Err(place) => endpoints
				.try_insert(place, endpoint)
				.map_err(|_| Error::<T>::EndpointIndexTooHigh)?,
		}
		Self::store_endpoints(id, record, endpoints)?;
		Self::deposit_event(Event::EndpointSet { id, index });
		Ok(())
	}

	pub(crate) fn do_remove_endpoint(
		id: MetaverseId,
		record: MetaverseRecordOf<T>,
		index: u8,
	) -> DispatchResult {
		let mut endpoints = Endpoints::<T>::get(id);
		let place = endpoints
			.binary_search_by_key(&index, |known| known.index)
			.map_err(|_| Error::<T>::NoSuchEndpoint)?;
		endpoints.remove(place);
		Self::store_endpoints(id, record, endpoints)?;
		Self::deposit_event(Event::EndpointRemoved { id, index });
		Ok(())
	}

	fn store_endpoints(
		id: MetaverseId,
		mut record: MetaverseRecordOf<T>,
		endpoints: EndpointList,
	) -> DispatchResult {
		let profile = Self::profile(id)?;
		let deposit =
			Self::deposit_for(&record.slug, &profile, &endpoints, &Managers::<T>::get(id));
		Self::settle_deposit(&mut record, deposit)?;
		if endpoints.is_empty() {
			Endpoints::<T>::remove(id);
		} else {
			Endpoints::<T>::insert(id, endpoints);
		}
		Metaverses::<T>::insert(id, record);
		Ok(())
	}

	/// Every metaverse has a profile from its first block on.
	fn profile(id: MetaverseId) -> Result<Profile, DispatchError> {
		Profiles::<T>::get(id).ok_or_else(|| Error::<T>::UnknownMetaverse.into())
	}

	pub(crate) fn do_launch(id: MetaverseId, mut record: MetaverseRecordOf<T>) -> DispatchResult {
		ensure!(
			record.stage == Stage::Preparation,
			Error::<T>::AlreadyLaunched
		);
		let parcels = T::Territories::territory(id).map_or(0, |territory| territory.parcels);
		ensure!(parcels > 0, Error::<T>::NoParcel);
		ensure!(Endpoints::<T>::contains_key(id), Error::<T>::NoEndpoint);

		record.stage = Stage::Launched;
		Metaverses::<T>::insert(id, record);
		Self::deposit_event(Event::Launched { id });
		Ok(())
	}

	pub(crate) fn do_set_manager(
		id: MetaverseId,
		mut record: MetaverseRecordOf<T>,
		who: T::AccountId,
		roles: Roles,
	) -> DispatchResult {
		ensure!(
			record.owner.account() != Some(&who),
			Error::<T>::ManagerIsOwner
		);
		let mut managers = Managers::<T>::get(id);
		let place = managers.binary_search_by(|manager| manager.account.cmp(&who));
		match (place, roles.is_empty()) {
			(Ok(place), true) => {
				managers.remove(place);
			}
			(Err(_), true) => return Err(Error::<T>::NotManager.into()),
			#[expect(clippy::indexing_slicing, reason = "it was found at this place")]
			(Ok(place), false) => managers[place].roles = roles,
			(Err(place), false) => managers
				.try_insert(
					place,
					Manager {
						account: who.clone(),
						roles,
					},
				)
				.map_err(|_| Error::<T>::TooManyManagers)?,
		}

		let profile = Self::profile(id)?;
		let deposit =
			Self::deposit_for(&record.slug, &profile, &Endpoints::<T>::get(id), &managers);
		Self::settle_deposit(&mut record, deposit)?;

		if managers.is_empty() {
			Managers::<T>::remove(id);
		} else {
			Managers::<T>::insert(id, managers);
		}
		Metaverses::<T>::insert(id, record);
		Self::deposit_event(if roles.is_empty() {
			Event::ManagerRemoved { id, who }
		} else {
			Event::ManagerSet { id, who, roles }
		});
		Ok(())
	}

	pub(crate) fn do_nominate_owner(
		id: MetaverseId,
		mut record: MetaverseRecordOf<T>,
		who: T::AccountId,
	) -> DispatchResult {
		let owner = record.owner.account().ok_or(Error::<T>::TownKeepsOwner)?;
		let event = if who == *owner {
			ensure!(record.nominee.is_some(), Error::<T>::NoNomination);
			record.nominee = None;
			Event::NominationWithdrawn { id }
		} else {
			record.nominee = Some(who.clone());
			Event::OwnerNominated { id, nominee: who }
		};
		Metaverses::<T>::insert(id, record);
		Self::deposit_event(event);
		Ok(())
	}

	pub(crate) fn do_accept_ownership(
		id: MetaverseId,
		record: MetaverseRecordOf<T>,
		who: T::AccountId,
	) -> DispatchResult {
		ensure!(
			record.nominee.as_ref() == Some(&who),
			Error::<T>::NotNominated
		);
		let from = record
			.owner
			.account()
			.cloned()
			.ok_or(Error::<T>::TownKeepsOwner)?;
		let profile = Self::profile(id)?;
		// The managers were named by the former owner: their rights and their bytes end here.
		let deposit = Self::deposit_for(
			&record.slug,
			&profile,
			&Endpoints::<T>::get(id),
			&ManagersOf::<T>::new(),
		);

		Self::hold_deposit(&who, deposit)?;
		Self::release_deposit(&from, record.deposit)?;

		// So does the price that the former owner asked for free cells.
		T::Territories::close_sale(id);
		Managers::<T>::remove(id);
		OwnedBy::<T>::remove(&from, id);
		OwnedBy::<T>::insert(&who, id, ());
		let owner = Owner::Account(who.clone());
		Metaverses::<T>::insert(
			id,
			MetaverseRecord {
				owner,
				nominee: None,
				deposit,
				..record
			},
		);
		Self::deposit_event(Event::OwnerChanged { id, from, to: who });
		Ok(())
	}

	pub(crate) fn do_spend(
		id: MetaverseId,
		dest: T::AccountId,
		amount: BalanceOf<T>,
		by: T::AccountId,
	) -> DispatchResult {
		let account = Self::account_of(id);
		ensure!(!amount.is_zero(), Error::<T>::NothingToSpend);
		ensure!(dest != account, Error::<T>::SpendToItself);
		let available =
			T::Currency::reducible_balance(&account, Preservation::Preserve, Fortitude::Polite);
		ensure!(amount <= available, Error::<T>::TreasuryTooSmall);

		T::Currency::transfer(&account, &dest, amount, Preservation::Preserve)?;
		Self::deposit_event(Event::Spent {
			id,
			dest,
			amount,
			by,
		});
		Ok(())
	}

	pub(crate) fn do_spend_asset(
		id: MetaverseId,
		asset: AssetId,
		dest: T::AccountId,
		amount: BalanceOf<T>,
		by: T::AccountId,
	) -> DispatchResult {
		let account = Self::account_of(id);
		ensure!(!amount.is_zero(), Error::<T>::NothingToSpend);
		ensure!(dest != account, Error::<T>::SpendToItself);
		let available = T::Assets::reducible_balance(
			asset,
			&account,
			Preservation::Expendable,
			Fortitude::Polite,
		);
		ensure!(amount <= available, Error::<T>::TreasuryTooSmall);
		// Less than the least balance cannot stay behind. It would be gone without anybody having it,
		// so it goes along.
		let left = T::Assets::balance(asset, &account).saturating_sub(amount);
		let amount = if left < T::Assets::minimum_balance(asset) {
			available
		} else {
			amount
		};

		T::Assets::transfer(asset, &account, &dest, amount, Preservation::Expendable)?;
		Self::deposit_event(Event::AssetSpent {
			id,
			asset,
			dest,
			amount,
			by,
		});
		Ok(())
	}

	pub(crate) fn do_suspend(
		id: MetaverseId,
		mut record: MetaverseRecordOf<T>,
		until: BlockNumberFor<T>,
		reason_hash: H256,
	) -> DispatchResult {
		let now = Self::now();
		ensure!(until > now, Error::<T>::SuspensionEndsInPast);
		let longest = T::MaxSuspension::get();
		// Neither prolonging nor ending a suspension early starts its clock anew, and after it the
		// metaverse has as long a time of peace: else the guardian could suspend it for ever.
		let since = match record.suspension {
			Some(last) if now < last.since.saturating_add(longest) => last.since,
			Some(last) => {
				let peace_until = last.since.saturating_add(longest).saturating_add(longest);
				ensure!(now >= peace_until, Error::<T>::SuspensionTooSoon);
				now
			}
			None => now,
		};
		ensure!(
			until <= since.saturating_add(longest),
			Error::<T>::SuspensionTooLong
		);

		record.suspension = Some(Suspension {
			since,
			until,
			reason: reason_hash,
		});
		Metaverses::<T>::insert(id, record);
		Self::deposit_event(Event::Suspended {
			id,
			until,
			reason_hash,
		});
		Ok(())
	}

	pub(crate) fn do_resume(id: MetaverseId, mut record: MetaverseRecordOf<T>) -> DispatchResult {
		let now = Self::now();
		let suspension = record
			.suspension
			.as_mut()
			.filter(|suspension| suspension.is_active(&now))
			.ok_or(Error::<T>::NotSuspended)?;
		suspension.until = now;
		Metaverses::<T>::insert(id, record);
		Self::deposit_event(Event::Resumed { id });
		Ok(())
	}

	pub(crate) fn do_close(id: MetaverseId, record: MetaverseRecordOf<T>) -> DispatchResult {
		let owner = record
			.owner
			.account()
			.cloned()
			.ok_or(Error::<T>::TownCannotClose)?;
		T::ClosingGuard::ensure_can_close(id)?;

		T::Territories::dissolve(id)?;
		let returned = Self::sweep(id, &owner)?;
		Self::release_deposit(&owner, record.deposit)?;

		let until = Self::now().saturating_add(T::SlugCooldown::get());
		Slugs::<T>::insert(&record.slug, SlugState::CoolingDown { until });
		OwnedBy::<T>::remove(&owner, id);
		Managers::<T>::remove(id);
		Endpoints::<T>::remove(id);
		Profiles::<T>::remove(id);
		Metaverses::<T>::remove(id);
		Self::deposit_event(Event::Closed {
			id,
			owner,
			returned,
		});
		Ok(())
	}

	/// Moves everything in the metaverse's account to the owner.
	///
	/// Anybody can send foreign tokens to the account, which then has to stay alive to carry them.
	/// That must not keep the owner from closing, so in this one case the existential deposit stays.
	fn sweep(id: MetaverseId, owner: &T::AccountId) -> Result<BalanceOf<T>, DispatchError> {
		let account = Self::account_of(id);
		let total = T::Currency::total_balance(&account);
		let movable =
			T::Currency::reducible_balance(&account, Preservation::Expendable, Fortitude::Polite);
		let stuck = total.saturating_sub(movable);
		ensure!(
			stuck <= T::Currency::minimum_balance(),
			Error::<T>::TreasuryLocked
		);
		ensure!(
			T::Currency::total_balance_on_hold(&account).is_zero(),
			Error::<T>::TreasuryLocked
		);

		if movable.is_zero() {
			return Ok(movable);
		}
		let preservation = if stuck.is_zero() {
			Preservation::Expendable
		} else {
			Preservation::Preserve
		};
		T::Currency::transfer(&account, owner, movable, preservation)
	}
}

/// What land, portals and escrow ask.
impl<T: Config> traits::Metaverses<T::RuntimeOrigin, T::AccountId> for Pallet<T> {
	fn account(id: MetaverseId) -> T::AccountId {
		Self::account_of(id)
	}

	fn owner(id: MetaverseId) -> Option<T::AccountId> {
		Metaverses::<T>::get(id).and_then(|record| record.owner.account().cloned())
	}

	fn stage(id: MetaverseId) -> Option<Stage> {
		Metaverses::<T>::get(id).map(|record| record.stage)
	}

	fn has_role(id: MetaverseId, who: &T::AccountId, role: Role) -> bool {
		Metaverses::<T>::get(id).is_some_and(|record| Self::may(id, &record, who, role))
	}

	fn ensure_role(
		origin: T::RuntimeOrigin,
		id: MetaverseId,
		role: Role,
	) -> Result<T::AccountId, DispatchError> {
		Self::authorize(origin, id, role).map(|(who, _)| who)
	}

	fn ensure_not_suspended(id: MetaverseId) -> DispatchResult {
		let now = Self::now();
		let suspension = Self::record(id)?.suspension;
		let active = suspension.is_some_and(|suspension| suspension.is_active(&now));
		ensure!(!active, Error::<T>::Suspended);
		Ok(())
	}
}

impl<T: Config> Pallet<T> {
	/// Constants of the runtime that must fit together.
	pub(crate) fn check_constants() {
		assert!(
			!T::MaxSuspension::get().is_zero(),
			"the guardian could suspend nothing"
		);
		assert!(
			slug::RESERVED_SLUGS
				.iter()
				.all(|slug| slug::check(slug.as_bytes()).is_ok()),
			"a reserved slug that nobody could write protects nothing"
		);

		let account: Option<T::AccountId> =
			T::PalletId::get().try_into_sub_account(MetaverseId::MAX);
		assert!(account.is_some(), "two metaverses would share an account");

		let bytes = [
			Slug::max_encoded_len(),
			Profile::max_encoded_len(),
			EndpointList::max_encoded_len(),
			ManagersOf::<T>::max_encoded_len(),
		];
		let dearest = T::DepositPerByte::get()
			.checked_mul(&all_of(bytes).into())
			.and_then(|sum| sum.checked_add(&T::DepositBase::get()));
		assert!(
			dearest.is_some(),
			"the largest deposit must fit into a balance"
		);
	}
}

/// So many bytes together.
fn all_of<const N: usize>(bytes: [usize; N]) -> u32 {
	bytes
		.into_iter()
		.fold(0, usize::saturating_add)
		.saturated_into()
}

fn named(name: &str) -> ProfileInput {
	ProfileInput {
		name: name.as_bytes().to_vec(),
		..Default::default()
	}
}
