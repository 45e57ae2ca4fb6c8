//! Attestations: who vouches for whom, and how much somebody may invest.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

use crate::Balance;

/// Identifies a natural or legal person to an attester without naming it: a salted hash, never a name.
pub type SubjectId = H256;

/// The kind of investor that an attester found somebody to be. Each attester publishes what its
/// numbers mean, for instance 0 for retail and 1 for professional.
pub type InvestorClass = u8;

/// Number of a month: twelfths of a mean year (30.436875 days) since 1970.
pub type Month = u16;

/// What an attester says of an account.
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
pub struct Attestation {
	/// Who owns the account, the same for all accounts that the person ever had.
	pub subject: SubjectId,
	/// What kind of investor the person is.
	pub class: InvestorClass,
	/// Most that the person may commit in any twelve months, in each asset on its own: there is no
	/// oracle that could add up amounts of different assets.
	pub cap: Balance,
}
