//! Every way in which a method of ours can fail.
//!
//! Numbers and names are stable: programs may rely on them, so none is ever changed or given to
//! something else. The sentence says what was wrong and what to do, and may get better.

use std::fmt;

use jsonrpsee::types::ErrorObjectOwned;
use madang_primitives::{
	escrow::EscrowQueryError, land::LandQueryError, metaverse::MetaverseQueryError,
	portal::PortalQueryError,
};
use serde::Serialize;

/// The code of one error.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Code {
	/// The `code` of the JSON-RPC error.
	pub number: i32,
	/// The `name` in its `data`.
	pub name: &'static str,
	/// Its `message`.
	pub message: &'static str,
}

const NODE_FAILURE: Code = Code {
	number: 7000,
	name: "nodeFailure",
	message: "The node could not run the query at this block. Leave `at` away to ask about the \
	          best block; the state of old blocks is kept by nodes with `--state-pruning archive`.",
};
const UNKNOWN_BLOCK: Code = Code {
	number: 7001,
	name: "unknownBlock",
	message: "`at` is not the hash of a block that this node knows. Leave it away to ask about \
	          the best block.",
};
const MALFORMED_ADDRESS: Code = Code {
	number: 7002,
	name: "malformedAddress",
	message: "`account` is neither an SS58 address nor `0x` with 64 hexadecimal digits. Check it \
	          for missing or mistyped characters.",
};
const BAD_LIMIT: Code = Code {
	number: 7003,
	name: "badLimit",
	message: "`limit` must be 1 to 100. Leave it away to get 20 items.",
};
const BAD_CURSOR: Code = Code {
	number: 7004,
	name: "badCursor",
	message: "`cursor` is not one of this list, or it is one of another account or metaverse. \
	          Pass the `next` of the page before, or no cursor to start again.",
};
const UNKNOWN_METAVERSE: Code = Code {
	number: 7101,
	name: "unknownMetaverse",
	message: "No metaverse has this id at this block. `metaverse_list` tells which exist.",
};
const MALFORMED_SLUG: Code = Code {
	number: 7102,
	name: "malformedSlug",
	message: "No metaverse can have this slug. A slug has 3 to 32 characters of `a-z`, `0-9` and \
	          `-`, and no `-` at either end.",
};
const UNKNOWN_SLUG: Code = Code {
	number: 7103,
	name: "unknownSlug",
	message: "No metaverse has this slug at this block. `metaverse_list` tells which exist.",
};
const UNKNOWN_PARCEL: Code = Code {
	number: 7201,
	name: "unknownParcel",
	message: "The metaverse has no parcel with this id at this block. `land_area` tells which \
	          parcels lie where.",
};
const EMPTY_AREA: Code = Code {
	number: 7202,
	name: "emptyArea",
	message: "The area has no cells. Pass a `width` and a `height` of at least 1.",
};
const OUTSIDE_TERRITORY: Code = Code {
	number: 7203,
	name: "outsideTerritory",
	message: "The cell or a part of the area lies outside the territory. `metaverse_get` tells \
	          the size of the territory, which starts at the cell 0, 0.",
};
const VIEWPORT_TOO_LARGE: Code = Code {
	number: 7204,
	name: "viewportTooLarge",
	message: "The area is more than 128 cells wide or high. Ask for several smaller areas.",
};
const BAD_CELLS: Code = Code {
	number: 7205,
	name: "badCells",
	message: "No territory can be founded with this number of `cells`. Pass at least 1 and at \
	          most 262144.",
};
const UNKNOWN_CAMPAIGN: Code = Code {
	number: 7301,
	name: "unknownCampaign",
	message: "No campaign has this id at this block. `escrow_campaigns` tells which exist.",
};
const UNKNOWN_POSITION: Code = Code {
	number: 7302,
	name: "unknownPosition",
	message: "No position has this id at this block. `escrow_positionsOf` tells which ones an \
	          account has.",
};
const NOT_OPEN: Code = Code {
	number: 7303,
	name: "notOpen",
	message: "The campaign takes no commitments now. `escrow_campaign` tells its phase and what \
	          may happen next, `metaverse_get` whether its metaverse is suspended.",
};
const MALFORMED_AMOUNT: Code = Code {
	number: 7304,
	name: "malformedAmount",
	message: "`amount` is not a number of the smallest unit of the asset. Pass a string of 1 to \
	          39 decimal digits without sign, point or spaces, below 2 to the power of 128.",
};
const UNKNOWN_PORTAL: Code = Code {
	number: 7401,
	name: "unknownPortal",
	message: "No portal has this id at this block. `portal_from`, `portal_to` and \
	          `portal_proposals` tell which ones a metaverse has.",
};
const BAD_HOPS: Code = Code {
	number: 7402,
	name: "badHops",
	message: "`maxHops` must be 1 to 16.",
};
const NO_ROUTE: Code = Code {
	number: 7403,
	name: "noRoute",
	message: "No way leads there through so many portals that carry visitors and are open to \
	          everyone. Raise `maxHops`, or ask `portal_to` for portals with other conditions.",
};
const SEARCH_TOO_LARGE: Code = Code {
	number: 7404,
	name: "searchTooLarge",
	message: "The search reached its bound before it knew the cheapest way. Lower `maxHops`, or \
	          ask for the way to a metaverse in between.",
};

/// All codes, in ascending order.
pub const CODES: &[Code] = &[
	NODE_FAILURE,
	UNKNOWN_BLOCK,
	MALFORMED_ADDRESS,
	BAD_LIMIT,
	BAD_CURSOR,
	UNKNOWN_METAVERSE,
	MALFORMED_SLUG,
	UNKNOWN_SLUG,
	UNKNOWN_PARCEL,
	EMPTY_AREA,
	OUTSIDE_TERRITORY,
	VIEWPORT_TOO_LARGE,
	BAD_CELLS,
	UNKNOWN_CAMPAIGN,
	UNKNOWN_POSITION,
	NOT_OPEN,
	MALFORMED_AMOUNT,
	UNKNOWN_PORTAL,
	BAD_HOPS,
	NO_ROUTE,
	SEARCH_TOO_LARGE,
];

/// Why a method has no answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Error {
	/// The runtime could not be called; carries the cause.
	NodeFailure(String),
	/// The block that was asked for is not known.
	UnknownBlock,
	/// The account is no address.
	MalformedAddress,
	/// The limit is zero or too large.
	BadLimit,
	/// The cursor is of another list, account or metaverse, or no cursor at all.
	BadCursor,
	/// No metaverse has this id.
	UnknownMetaverse,
	/// The slug breaks the rules of slugs.
	MalformedSlug,
	/// No metaverse has this slug.
	UnknownSlug,
	/// The metaverse has no parcel with this id.
	UnknownParcel,
	/// The area has no cells.
	EmptyArea,
	/// A cell or a part of the area is not in the territory.
	OutsideTerritory,
	/// The area is too wide or too high for one answer.
	ViewportTooLarge,
	/// No territory has that many cells.
	BadCells,
	/// No campaign has this id.
	UnknownCampaign,
	/// No position has this id.
	UnknownPosition,
	/// The campaign takes no commitments.
	NotOpen,
	/// The amount is no decimal number, or too large.
	MalformedAmount,
	/// No portal has this id.
	UnknownPortal,
	/// The number of hops is zero or too large.
	BadHops,
	/// No way with so many hops.
	NoRoute,
	/// The search for a way was given up at its bound.
	SearchTooLarge,
}

impl Error {
	/// The stable code of this error.
	pub const fn code(&self) -> Code {
		match self {
			Self::NodeFailure(_) => NODE_FAILURE,
			Self::UnknownBlock => UNKNOWN_BLOCK,
			Self::MalformedAddress => MALFORMED_ADDRESS,
			Self::BadLimit => BAD_LIMIT,
			Self::BadCursor => BAD_CURSOR,
			Self::UnknownMetaverse => UNKNOWN_METAVERSE,
			Self::MalformedSlug => MALFORMED_SLUG,
			Self::UnknownSlug => UNKNOWN_SLUG,
			Self::UnknownParcel => UNKNOWN_PARCEL,
			Self::EmptyArea => EMPTY_AREA,
			Self::OutsideTerritory => OUTSIDE_TERRITORY,
			Self::ViewportTooLarge => VIEWPORT_TOO_LARGE,
			Self::BadCells => BAD_CELLS,
			Self::UnknownCampaign => UNKNOWN_CAMPAIGN,
			Self::UnknownPosition => UNKNOWN_POSITION,
			Self::NotOpen => NOT_OPEN,
			Self::MalformedAmount => MALFORMED_AMOUNT,
			Self::UnknownPortal => UNKNOWN_PORTAL,
			Self::BadHops => BAD_HOPS,
			Self::NoRoute => NO_ROUTE,
			Self::SearchTooLarge => SEARCH_TOO_LARGE,
		}
	}
}

impl fmt::Display for Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(self.code().message)
	}
}

impl std::error::Error for Error {}

impl From<sp_api::ApiError> for Error {
	fn from(cause: sp_api::ApiError) -> Self {
		Self::NodeFailure(cause.to_string())
	}
}

impl From<sp_blockchain::Error> for Error {
	fn from(cause: sp_blockchain::Error) -> Self {
		Self::NodeFailure(cause.to_string())
	}
}

impl From<MetaverseQueryError> for Error {
	fn from(error: MetaverseQueryError) -> Self {
		match error {
			MetaverseQueryError::BadLimit => Self::BadLimit,
			MetaverseQueryError::BadCursor => Self::BadCursor,
		}
	}
}

impl From<LandQueryError> for Error {
	fn from(error: LandQueryError) -> Self {
		match error {
			LandQueryError::UnknownMetaverse => Self::UnknownMetaverse,
			LandQueryError::UnknownParcel => Self::UnknownParcel,
			LandQueryError::EmptyArea => Self::EmptyArea,
			LandQueryError::OutsideTerritory => Self::OutsideTerritory,
			LandQueryError::AreaTooLarge => Self::ViewportTooLarge,
			LandQueryError::BadLimit => Self::BadLimit,
			LandQueryError::BadCells => Self::BadCells,
		}
	}
}

impl From<EscrowQueryError> for Error {
	fn from(error: EscrowQueryError) -> Self {
		match error {
			EscrowQueryError::UnknownCampaign => Self::UnknownCampaign,
			EscrowQueryError::UnknownPosition => Self::UnknownPosition,
			EscrowQueryError::BadLimit => Self::BadLimit,
			EscrowQueryError::BadCursor => Self::BadCursor,
			EscrowQueryError::NotOpen => Self::NotOpen,
		}
	}
}

impl From<PortalQueryError> for Error {
	fn from(error: PortalQueryError) -> Self {
		match error {
			PortalQueryError::UnknownMetaverse => Self::UnknownMetaverse,
			PortalQueryError::BadLimit => Self::BadLimit,
			PortalQueryError::BadHops => Self::BadHops,
			PortalQueryError::NoRoute => Self::NoRoute,
			PortalQueryError::SearchTooLarge => Self::SearchTooLarge,
			PortalQueryError::BadCursor => Self::BadCursor,
		}
	}
}

impl From<Error> for ErrorObjectOwned {
	fn from(error: Error) -> Self {
		/// What programs read.
		#[derive(Serialize)]
		struct Data<'a> {
			name: &'static str,
			#[serde(skip_serializing_if = "Option::is_none")]
			cause: Option<&'a str>,
		}

		let Code {
			number,
			name,
			message,
		} = error.code();
		let cause = match &error {
			Error::NodeFailure(cause) => Some(cause.as_str()),
			_ => None,
		};
		Self::owned(number, message, Some(Data { name, cause }))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::rpc::page::DEFAULT_LIMIT;
	use madang_primitives::{land::MAX_VIEWPORT_SIDE, portal::MAX_HOPS, MAX_PAGE};
	use madang_runtime_common::params::MaxFoundingCells;
	use pallet_metaverse::{MAX_SLUG_LEN, MIN_SLUG_LEN};
	use std::collections::BTreeSet;

	#[test]
	fn codes_and_names_are_unique_and_in_order() {
		assert!(CODES.windows(2).all(|pair| pair[0].number < pair[1].number));
		let names: BTreeSet<_> = CODES.iter().map(|code| code.name).collect();
		assert_eq!(names.len(), CODES.len());
	}

	#[test]
	fn messages_are_sentences_on_one_line() {
		for Code { name, message, .. } in CODES {
			assert!(message.ends_with('.'), "{name}");
			assert!(
				!message.contains(['\n', '\t', '|']) && !message.contains("  "),
				"{name}"
			);
		}
	}

	#[test]
	fn messages_name_the_limits_that_are_in_force() {
		for (error, limit) in [
			(Error::BadLimit, MAX_PAGE),
			(Error::BadLimit, DEFAULT_LIMIT),
			(Error::MalformedSlug, MIN_SLUG_LEN),
			(Error::MalformedSlug, MAX_SLUG_LEN),
			(Error::ViewportTooLarge, MAX_VIEWPORT_SIDE.into()),
			(Error::BadCells, MaxFoundingCells::get()),
			(Error::BadHops, MAX_HOPS),
		] {
			assert!(
				error.to_string().contains(&format!(" {limit}")),
				"{error} has no {limit}"
			);
		}
	}

	#[test]
	fn an_error_carries_its_name_and_cause() {
		let error = ErrorObjectOwned::from(Error::NodeFailure("state discarded".into()));
		assert_eq!(error.code(), 7000);
		assert_eq!(error.message(), NODE_FAILURE.message);
		assert_eq!(
			error.data().expect("there is data").get(),
			r#"{"name":"nodeFailure","cause":"state discarded"}"#
		);

		let error = ErrorObjectOwned::from(Error::UnknownParcel);
		assert_eq!(
			error.data().expect("there is data").get(),
			r#"{"name":"unknownParcel"}"#
		);
	}
}
