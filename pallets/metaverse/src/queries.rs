//! What the runtime API answers. Every query is bounded.

use alloc::vec::Vec;
use frame_support::pallet_prelude::*;
use madang_primitives::{
	metaverse::{MetaverseQueryError, SuspensionView},
	traits::Territories,
	MetaverseId, Page, MAX_PAGE,
};

use crate::{
	pallet::*,
	types::{MetaverseRecord, Slug, SlugState},
};

/// Most ids that one page of `api_list` looks at, since closed metaverses leave gaps. A page may be
/// shorter than its limit for this reason and still have a next one.
const MAX_SCAN: u32 = 1_000;

impl<T: Config> Pallet<T> {
	/// One metaverse.
	pub fn api_get(id: MetaverseId) -> Option<MetaverseViewOf<T>> {
		Metaverses::<T>::get(id).map(|record| Self::view(id, record))
	}

	/// The metaverse with this slug.
	pub fn api_by_slug(slug: Vec<u8>) -> Option<MetaverseViewOf<T>> {
		let slug = Slug::try_from(slug).ok()?;
		match Slugs::<T>::get(slug)? {
			SlugState::Taken(id) => Self::api_get(id),
			SlugState::CoolingDown { .. } => None,
		}
	}

	/// All metaverses in ascending order of their ids. The cursor is the first id to look at.
	pub fn api_list(
		cursor: Option<MetaverseId>,
		limit: u32,
	) -> Result<Page<MetaverseViewOf<T>, MetaverseId>, MetaverseQueryError> {
		let limit = Self::check_limit(limit)?;
		let end = NextId::<T>::get();
		let first = cursor.unwrap_or_default();
		ensure!(first <= end, MetaverseQueryError::BadCursor);

		let mut items = Vec::new();
		let mut id = first;
		let stop = end.min(first.saturating_add(MAX_SCAN));
		while id < stop && items.len() < limit {
			items.extend(Self::api_get(id));
			id = id.saturating_add(1);
		}
		Ok(Page {
			items,
			next: (id < end).then_some(id),
		})
	}

	/// The metaverses of one owner. The cursor is the last id that was seen.
	pub fn api_owned_by(
		owner: T::AccountId,
		cursor: Option<MetaverseId>,
		limit: u32,
	) -> Result<Page<MetaverseViewOf<T>, MetaverseId>, MetaverseQueryError> {
		let limit = Self::check_limit(limit)?;
		let mut ids = match cursor {
			None => OwnedBy::<T>::iter_key_prefix(&owner),
			Some(seen) => {
				let key = OwnedBy::<T>::hashed_key_for(&owner, seen);
				OwnedBy::<T>::iter_key_prefix_from(&owner, key)
			}
		};

		let page: Vec<MetaverseId> = ids.by_ref().take(limit).collect();
		let next = if ids.next().is_some() {
			page.last().copied()
		} else {
			None
		};
		Ok(Page {
			items: page.into_iter().filter_map(Self::api_get).collect(),
			next,
		})
	}

	fn check_limit(limit: u32) -> Result<usize, MetaverseQueryError> {
		ensure!(
			(1..=MAX_PAGE).contains(&limit),
			MetaverseQueryError::BadLimit
		);
		Ok(limit as usize)
	}

	fn view(id: MetaverseId, record: MetaverseRecordOf<T>) -> MetaverseViewOf<T> {
		let MetaverseRecord {
			owner,
			nominee,
			slug,
			stage,
			founded_at,
			suspension,
			deposit,
		} = record;
		let now = Self::now();
		MetaverseViewOf::<T> {
			id,
			slug: slug.into_inner(),
			owner: owner.account().cloned(),
			nominee,
			stage,
			founded_at,
			account: Self::account_of(id),
			profile: Profiles::<T>::get(id).map(Into::into),
			endpoints: Endpoints::<T>::get(id)
				.into_iter()
				.map(Into::into)
				.collect(),
			managers: Managers::<T>::get(id).into_iter().map(Into::into).collect(),
			suspension: suspension
				.filter(|suspension| suspension.is_active(&now))
				.map(|suspension| SuspensionView {
					until: suspension.until,
					reason: suspension.reason,
				}),
			deposit,
			territory: T::Territories::territory(id),
		}
	}
}
