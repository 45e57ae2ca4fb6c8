//! Between the session and the selection: which set comes next, and who votes in the running one.

use alloc::vec::Vec;

use frame_support::{dispatch::DispatchClass, traits::Get, BoundedVec};
use pallet_session::SessionManager;
use sp_consensus_grandpa::{AuthorityId, KEY_TYPE};
use sp_runtime::traits::OpaqueKeys;
use sp_staking::SessionIndex;

use crate::{
	Began, Config, Offences, Pallet, Voters, VotersOf, WeightInfo, LOG_TARGET,
	SESSIONS_AFTER_LEAVING,
};

impl<T: Config> SessionManager<T::AccountId> for Pallet<T> {
	fn new_session(index: SessionIndex) -> Option<Vec<T::AccountId>> {
		Self::changed_set(T::Selection::new_session(index)?, index)
	}

	fn new_session_genesis(index: SessionIndex) -> Option<Vec<T::AccountId>> {
		T::Selection::new_session_genesis(index)
	}

	fn start_session(index: SessionIndex) {
		T::Selection::start_session(index);
		Self::remember_voters(index);
		if let Some(over) = index
			.checked_sub(T::ReportWindow::get())
			.and_then(|oldest| oldest.checked_sub(1))
		{
			Self::forget_voters(over);
		}
		frame_system::Pallet::<T>::register_extra_weight_unchecked(
			<T as Config>::WeightInfo::start_session(T::MaxAuthorities::get()),
			DispatchClass::Mandatory,
		);
	}

	fn end_session(index: SessionIndex) {
		T::Selection::end_session(index);
	}
}

impl<T: Config> Pallet<T> {
	/// Who is chosen, without those who offended just now, or nothing if that changes neither a validator
	/// nor a key.
	pub(crate) fn changed_set(
		chosen: Vec<T::AccountId>,
		index: SessionIndex,
	) -> Option<Vec<T::AccountId>> {
		let chosen = Self::without_offenders(chosen, index);
		let keys: Vec<_> = chosen
			.iter()
			.filter_map(|who| {
				pallet_session::Pallet::<T>::load_keys(who).map(|keys| (who.clone(), keys))
			})
			.collect();
		// The keys of the session that has just begun, until those of the next take their place.
		(keys != pallet_session::QueuedKeys::<T>::get()).then_some(chosen)
	}

	/// Who is chosen, without those who were reported since the last choice. Keeps everybody if nobody
	/// would be left, because a chain without validators stands still.
	fn without_offenders(chosen: Vec<T::AccountId>, index: SessionIndex) -> Vec<T::AccountId> {
		let is_out = |who: &T::AccountId| {
			Offences::<T>::get(who).is_some_and(|offence| {
				index <= offence.reported.saturating_add(SESSIONS_AFTER_LEAVING)
			})
		};
		let kept: Vec<_> = chosen.iter().filter(|who| !is_out(who)).cloned().collect();
		if kept.is_empty() {
			chosen
		} else {
			kept
		}
	}

	/// Keeps who votes in the session that begins.
	fn remember_voters(index: SessionIndex) {
		let voters: Vec<_> = pallet_session::QueuedKeys::<T>::get()
			.into_iter()
			.filter_map(|(who, keys)| Some((who, keys.get::<AuthorityId>(KEY_TYPE)?)))
			.collect();
		if voters.len() > T::MaxAuthorities::get() as usize {
			log::error!(
				target: LOG_TARGET,
				"more voters than GRANDPA can have; equivocations of the last ones cost nothing"
			);
		}
		let voters: VotersOf<T> = BoundedVec::truncate_from(voters);
		let before = index.checked_sub(1).and_then(Began::<T>::get);
		match before.filter(|before| Voters::<T>::get(before).as_ref() == Some(&voters)) {
			Some(before) => Began::<T>::insert(index, before),
			None => {
				Voters::<T>::insert(index, voters);
				Began::<T>::insert(index, index);
			}
		}
	}

	/// Forgets a session, and its voters if they do not vote in the next one.
	pub(crate) fn forget_voters(index: SessionIndex) {
		let Some(began) = Began::<T>::take(index) else {
			return;
		};
		if Began::<T>::get(index.saturating_add(1)) != Some(began) {
			Voters::<T>::remove(began);
		}
	}

	/// The voters of a session in which an equivocation can still be reported.
	pub(crate) fn voters_of(index: SessionIndex) -> Option<VotersOf<T>> {
		Began::<T>::get(index).and_then(Voters::<T>::get)
	}
}
