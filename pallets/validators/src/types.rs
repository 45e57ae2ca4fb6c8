//! What is stored, and what the runtime provides.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use madang_primitives::Balance;
use scale_info::TypeInfo;
use sp_consensus_grandpa::SetId;
use sp_staking::SessionIndex;

/// Sessions in which a validator still votes after it has left: the running one, and the next, whose
/// voters are fixed already.
pub const SESSIONS_AFTER_LEAVING: SessionIndex = 2;

/// What an account has at stake. All of it can be lost.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Bond {
	/// What backs a seat or the wish for one.
	pub working: Balance,
	/// What does not any more, and waits to be withdrawn.
	pub waiting: Balance,
	/// First session in which it can be; 0 if nothing waits.
	pub free_from: SessionIndex,
}

impl Bond {
	/// All of it.
	pub fn total(&self) -> Balance {
		self.working.saturating_add(self.waiting)
	}
}

/// The last equivocation of an account.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Offence {
	/// The set of voters in which it happened. Nothing more is lost for this set and earlier ones.
	pub set: SetId,
	/// The session in which it was reported.
	pub reported: SessionIndex,
}

/// Takes seats.
pub trait Expel<AccountId> {
	/// Takes the seat of a validator, and the wish for one. Tells whether it has neither now.
	fn expel(who: &AccountId) -> bool;
}
