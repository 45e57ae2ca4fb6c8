//! Which calls a proxy may make for somebody else.
//!
//! A runtime says of each of its calls what it does to the account in whose name it is made, with
//! [`ClassifyCall`]; what a proxy may do is a table over these classes, the same in every runtime.
//! A call that nobody has classified counts as [`CallClass::Money`], so a new call is closed to
//! every proxy but [`ProxyType::Any`] until somebody has thought about it.
//!
//! A filter only sees the call in front of it. Calls that carry other calls are therefore of two
//! kinds: those that carry the filter along to what is inside ([`CallClass::Carrier`]), and those
//! that start afresh with another origin (`proxy.proxy`, `multisig.as_multi`, a motion of the
//! council), which no limited proxy may make.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::InstanceFilter;
use scale_info::TypeInfo;

/// What a proxy may do for the account that named it.
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
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[codec(index = 0)]
	#[default]
	Any,
	/// Nothing that moves money or items, puts a price on them, or gives somebody a right to do so.
	/// It keeps profiles, endpoints and the content of parcels; the deposits for these are held
	/// from the account and come back to it.
	#[codec(index = 1)]
	NonTransfer,
	/// Motions of the council. They can spend the network's treasury.
	#[codec(index = 2)]
	Governance,
	/// Works on land and runs its sale: it decides for whom and for how much free cells become
	/// parcels and what shape and content parcels have. It pays no price and gives none of the
	/// account's parcels away, but storage deposits are held from the account.
	#[codec(index = 3)]
	Land,
	/// Keeps the profile and the endpoints of metaverses, launches them, and keeps the doors of their
	/// portals: lets visitors in or turns them away, pauses and resumes. A key for a world's server.
	#[codec(index = 4)]
	Metaverse,
	/// Only stops what another proxy has announced.
	#[codec(index = 5)]
	CancelProxy,
}

/// What a call does to the account in whose name it is made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallClass {
	/// Moves money or items, puts a price on them, gives or takes rights, or is not classified.
	Money,
	/// Carries calls that meet the same filter again.
	Carrier,
	/// Leaves the account as it was.
	Remark,
	/// Takes part in the motions of the council.
	Governance,
	/// Says what is built on a parcel and who builds it, or clears up after a burned one.
	LandCare,
	/// Decides about the free cells of a metaverse, or the shape and the deposit of a parcel.
	LandRule,
	/// Keeps the public face of a metaverse, and the doors of its portals.
	MetaverseCare,
	/// Stops an announced call of a proxy.
	ProxyVeto,
}

/// Says what a call does.
pub trait ClassifyCall {
	/// The class of this call.
	fn class(&self) -> CallClass;
}

impl ProxyType {
	/// Every type, in the order of their indices.
	pub const ALL: [Self; 6] = [
		Self::Any,
		Self::NonTransfer,
		Self::Governance,
		Self::Land,
		Self::Metaverse,
		Self::CancelProxy,
	];

	/// Whether a proxy of this type may make calls of this class.
	pub const fn permits(&self, class: CallClass) -> bool {
		use CallClass::*;
		match self {
			Self::Any => true,
			Self::NonTransfer => {
				matches!(
					class,
					Carrier | Remark | LandCare | MetaverseCare | ProxyVeto
				)
			}
			Self::Governance => matches!(class, Carrier | Remark | Governance),
			Self::Land => matches!(class, Carrier | Remark | LandCare | LandRule),
			Self::Metaverse => matches!(class, Carrier | Remark | MetaverseCare),
			Self::CancelProxy => matches!(class, ProxyVeto),
		}
	}
}

impl<Call: ClassifyCall> InstanceFilter<Call> for ProxyType {
	fn filter(&self, call: &Call) -> bool {
		self.permits(call.class())
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(a, b) if a == b => true,
			(Self::Any, _) => true,
			(Self::NonTransfer, Self::Metaverse | Self::CancelProxy) => true,
			_ => false,
		}
	}
}

impl<T: frame_system::Config> ClassifyCall for frame_system::Call<T> {
	fn class(&self) -> CallClass {
		match self {
			Self::remark { .. } | Self::remark_with_event { .. } => CallClass::Remark,
			_ => CallClass::Money,
		}
	}
}

impl<T: pallet_utility::Config> ClassifyCall for pallet_utility::Call<T> {
	fn class(&self) -> CallClass {
		match self {
			Self::batch { .. }
			| Self::batch_all { .. }
			| Self::force_batch { .. }
			| Self::if_else { .. } => CallClass::Carrier,
			_ => CallClass::Money,
		}
	}
}

impl<T: pallet_proxy::Config> ClassifyCall for pallet_proxy::Call<T> {
	fn class(&self) -> CallClass {
		match self {
			Self::reject_announcement { .. } => CallClass::ProxyVeto,
			_ => CallClass::Money,
		}
	}
}

impl<T: pallet_collective::Config<I>, I: 'static> ClassifyCall for pallet_collective::Call<T, I> {
	fn class(&self) -> CallClass {
		match self {
			Self::propose { .. } | Self::vote { .. } | Self::close { .. } => CallClass::Governance,
			_ => CallClass::Money,
		}
	}
}

impl<T: pallet_land::Config> ClassifyCall for pallet_land::Call<T> {
	fn class(&self) -> CallClass {
		match self {
			Self::set_content { .. } | Self::set_builder { .. } | Self::reap { .. } => {
				CallClass::LandCare
			}
			// A price for free cells can be next to nothing, so who sets it can give them away.
			Self::set_sale { .. }
			| Self::claim_for { .. }
			| Self::split { .. }
			| Self::merge { .. }
			| Self::adopt_deposit { .. } => CallClass::LandRule,
			_ => CallClass::Money,
		}
	}
}

impl<T: pallet_metaverse::Config> ClassifyCall for pallet_metaverse::Call<T> {
	fn class(&self) -> CallClass {
		match self {
			Self::set_profile { .. }
			| Self::set_endpoint { .. }
			| Self::remove_endpoint { .. }
			| Self::launch { .. } => CallClass::MetaverseCare,
			_ => CallClass::Money,
		}
	}
}

impl<T: pallet_portal::Config> ClassifyCall for pallet_portal::Call<T> {
	fn class(&self) -> CallClass {
		match self {
			// The toll was the visitor's; it goes where both sides agreed, or back.
			Self::admit { .. } | Self::refuse { .. } | Self::pause { .. } | Self::resume { .. } => {
				CallClass::MetaverseCare
			}
			_ => CallClass::Money,
		}
	}
}
