//! Limits and cursors of lists.
//!
//! A cursor is opaque to callers. It names its list, and the account or the metaverse in a list of
//! what belongs to one, so that one of another list is refused instead of skipping items.

use std::{fmt, str::FromStr};

use codec::{Decode, DecodeAll, Encode};
use madang_primitives::{
	escrow::CampaignId, land::ItemCursor, portal::PortalId, MetaverseId, MAX_PAGE,
};
use madang_runtime::AccountId;
use serde::Serialize;
use sp_core::{bytes::from_hex, hexdisplay::HexDisplay};

use super::error::Error;

/// Items of a page when no limit is given.
pub const DEFAULT_LIMIT: u32 = 20;

/// Longest text that is looked at as a cursor. The longest real one has 84 characters.
const MAX_CURSOR_LEN: usize = 128;

/// The limit to use, which the caller may leave away.
pub fn limit(limit: Option<u32>) -> Result<u32, Error> {
	match limit.unwrap_or(DEFAULT_LIMIT) {
		limit @ 1..=MAX_PAGE => Ok(limit),
		_ => Err(Error::BadLimit),
	}
}

/// Where a list goes on. The index of a variant is part of every cursor of its list.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq)]
pub enum Cursor {
	/// All metaverses: the first one to look at.
	#[codec(index = 0)]
	Metaverses(MetaverseId),
	/// The metaverses of an account: the last one that was shown.
	#[codec(index = 1)]
	MetaversesOf(AccountId, MetaverseId),
	/// The parcels of an account: the last one that was shown.
	#[codec(index = 2)]
	ParcelsOf(AccountId, ItemCursor),
	/// All campaigns: the first one to look at.
	#[codec(index = 3)]
	Campaigns(CampaignId),
	/// The campaigns of a metaverse: the last one that was shown.
	#[codec(index = 4)]
	CampaignsOf(MetaverseId, CampaignId),
	/// The positions of an account: the campaign of the last one that was shown.
	#[codec(index = 5)]
	PositionsOf(AccountId, CampaignId),
	/// The portals proposed by or to a metaverse: the last one that was shown.
	#[codec(index = 6)]
	ProposalsOf(MetaverseId, PortalId),
}

impl fmt::Display for Cursor {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "0x{}", HexDisplay::from(&self.encode()))
	}
}

impl FromStr for Cursor {
	type Err = Error;

	fn from_str(text: &str) -> Result<Self, Error> {
		if text.len() > MAX_CURSOR_LEN {
			return Err(Error::BadCursor);
		}
		let bytes = from_hex(text).map_err(|_| Error::BadCursor)?;
		Self::decode_all(&mut &bytes[..]).map_err(|_| Error::BadCursor)
	}
}

/// Reads a cursor and takes the position out of it, if it is one of the list at hand.
pub fn resume<Position>(
	cursor: Option<String>,
	of_this_list: impl FnOnce(Cursor) -> Option<Position>,
) -> Result<Option<Position>, Error> {
	cursor
		.map(|text| of_this_list(text.parse()?).ok_or(Error::BadCursor))
		.transpose()
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page<Item> {
	/// What was found, in the order of the list.
	pub items: Vec<Item>,
	/// The cursor of the next page; `null` at the end of the list.
	pub next: Option<String>,
}

impl<Item> Page<Item> {
	/// Shows a page of the runtime.
	pub fn new<View: Into<Item>, Position>(
		page: madang_primitives::Page<View, Position>,
		cursor: impl FnOnce(Position) -> Cursor,
	) -> Self {
		Self {
			items: page.items.into_iter().map(Into::into).collect(),
			next: page.next.map(|position| cursor(position).to_string()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	fn metaverses_of(owner: AccountId) -> impl FnOnce(Cursor) -> Option<MetaverseId> {
		move |cursor| match cursor {
			Cursor::MetaversesOf(of, last) if of == owner => Some(last),
			_ => None,
		}
	}

	#[test]
	fn limits_are_bounded() {
		assert_eq!(limit(None), Ok(DEFAULT_LIMIT));
		assert_eq!(limit(Some(1)), Ok(1));
		assert_eq!(limit(Some(MAX_PAGE)), Ok(MAX_PAGE));
		assert_eq!(limit(Some(0)), Err(Error::BadLimit));
		assert_eq!(limit(Some(MAX_PAGE + 1)), Err(Error::BadLimit));
		assert_eq!(limit(Some(u32::MAX)), Err(Error::BadLimit));
	}

	#[test]
	fn cursors_survive_the_way_out_and_back() {
		for cursor in [
			Cursor::Metaverses(7),
			Cursor::MetaversesOf(Alice.to_account_id(), u32::MAX),
			Cursor::ParcelsOf(Bob.to_account_id(), (3, 9)),
			Cursor::Campaigns(0),
			Cursor::CampaignsOf(2, u32::MAX),
			Cursor::PositionsOf(Alice.to_account_id(), 5),
			Cursor::ProposalsOf(2, 9),
		] {
			let text = cursor.to_string();
			assert!(text.len() <= MAX_CURSOR_LEN);
			assert_eq!(text.parse::<Cursor>(), Ok(cursor));
		}
	}

	#[test]
	fn no_cursor_starts_the_list() {
		assert_eq!(resume(None, metaverses_of(Alice.to_account_id())), Ok(None));
	}

	#[test]
	fn a_cursor_is_taken_by_its_own_list() {
		let cursor = Cursor::MetaversesOf(Alice.to_account_id(), 5).to_string();
		assert_eq!(
			resume(Some(cursor), metaverses_of(Alice.to_account_id())),
			Ok(Some(5))
		);
	}

	#[test]
	fn a_cursor_of_another_list_or_owner_is_refused() {
		for cursor in [
			Cursor::Metaverses(5),
			Cursor::MetaversesOf(Bob.to_account_id(), 5),
			Cursor::ParcelsOf(Alice.to_account_id(), (0, 5)),
			Cursor::Campaigns(5),
			Cursor::PositionsOf(Alice.to_account_id(), 5),
		] {
			assert_eq!(
				resume(
					Some(cursor.to_string()),
					metaverses_of(Alice.to_account_id())
				),
				Err(Error::BadCursor)
			);
		}
	}

	#[test]
	fn a_cursor_of_another_metaverse_is_refused() {
		let campaigns_of_2 = |cursor: Cursor| match cursor {
			Cursor::CampaignsOf(2, last) => Some(last),
			_ => None,
		};
		let own = Cursor::CampaignsOf(2, 5).to_string();
		assert_eq!(resume(Some(own), campaigns_of_2), Ok(Some(5)));
		for other in [Cursor::CampaignsOf(3, 5), Cursor::ProposalsOf(2, 5)] {
			let other = other.to_string();
			assert_eq!(resume(Some(other), campaigns_of_2), Err(Error::BadCursor));
		}
	}

	#[test]
	fn what_is_no_cursor_is_refused() {
		let whole = Cursor::Metaverses(5).to_string();
		let long = format!("0x{}", "00".repeat(1_000_000));
		for text in [
			"",
			"0x",
			"0xff",
			"next",
			"0x0",
			&whole[..8],
			&format!("{whole}00"),
			&long,
		] {
			assert_eq!(
				text.parse::<Cursor>(),
				Err(Error::BadCursor),
				"{:.20}",
				text
			);
		}
	}
}
