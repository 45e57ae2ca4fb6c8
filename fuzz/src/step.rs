//! What happens in a life: an input of the fuzzer is a list of steps, SCALE-encoded.
//!
//! Steps are concrete: they name accounts, ids and amounts and not how these were chosen. So an input
//! means the same after a step was dropped, and when the generator has changed.

use std::{fs, path::Path};

use codec::{Decode, DecodeLimit, Encode};
use frame_support::traits::GetCallMetadata;
use madang_runtime::{AccountId, Balance, RuntimeCall};

/// How deep calls in calls may be.
const DEPTH: u32 = 64;

/// One thing that happens.
// A call is as large as it is; there is one step at a time.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, Encode)]
pub enum Step {
	/// A call from any origin, as pallets, council or root make them.
	#[codec(index = 0)]
	Dispatch {
		/// From whom.
		origin: Origin,
		/// What.
		call: RuntimeCall,
	},
	/// A transaction with a signature, through every extension.
	#[codec(index = 1)]
	Sign(Transaction),
	/// The block ends and another one begins.
	#[codec(index = 2)]
	Block {
		/// So many blocks later, at least 1. Those between are left out.
		blocks: u32,
		/// So many slots later, at least 1.
		slots: u64,
	},
	/// So many sessions pass, of which only the blocks in which they begin are made.
	#[codec(index = 3)]
	Sessions(u16),
}

/// From whom a call comes.
#[derive(Clone, Debug, Decode, Encode)]
pub enum Origin {
	/// Root.
	#[codec(index = 0)]
	Root,
	/// Nobody.
	#[codec(index = 1)]
	None,
	/// An account.
	#[codec(index = 2)]
	Signed(AccountId),
	/// So many members of a council of so many.
	#[codec(index = 3)]
	Council(u32, u32),
}

/// What somebody signs.
#[derive(Clone, Debug, Decode, Encode)]
pub struct Transaction {
	/// Who, by the number in [`crate::people::people`].
	pub who: u8,
	/// What.
	pub call: RuntimeCall,
	/// What the block's author is offered beside the fee.
	pub tip: Balance,
	/// Whether it lives for 64 blocks only.
	pub mortal: bool,
	/// What is wrong with it.
	pub flaw: Option<Flaw>,
}

/// Why a transaction must be refused.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq)]
pub enum Flaw {
	/// The nonce was used.
	#[codec(index = 0)]
	OldNonce,
	/// The nonce is not next.
	#[codec(index = 1)]
	NewNonce,
	/// Somebody else signed.
	#[codec(index = 2)]
	Forged,
	/// It was signed for another chain.
	#[codec(index = 3)]
	OtherChain,
	/// The tip is more than there is.
	#[codec(index = 4)]
	Unpayable,
}

impl Step {
	/// The call of it, if it has one.
	pub const fn call(&self) -> Option<&RuntimeCall> {
		match self {
			Self::Dispatch { call, .. } | Self::Sign(Transaction { call, .. }) => Some(call),
			Self::Block { .. } | Self::Sessions(_) => None,
		}
	}
}

/// Pallet and name of a call.
pub fn name_of(call: &RuntimeCall) -> (&'static str, &'static str) {
	let names = call.get_call_metadata();
	(names.pallet_name, names.function_name)
}

/// Reads an input from a file.
pub fn read(path: &Path) -> Result<Vec<Step>, String> {
	let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
	Vec::decode_all_with_depth_limit(DEPTH, &mut bytes.as_slice()).map_err(|_| {
		format!(
			"{} is no input of this runtime; `./task fuzz --write-corpus` makes a new corpus",
			path.display()
		)
	})
}

/// Writes an input into a file.
pub fn write(path: &Path, steps: &[Step]) -> Result<(), String> {
	if let Some(folder) = path.parent() {
		fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
	}
	fs::write(path, steps.encode()).map_err(|error| format!("{}: {error}", path.display()))
}

/// Any call that a row of bytes happens to mean.
pub fn call_from(bytes: &[u8]) -> Option<RuntimeCall> {
	RuntimeCall::decode_with_depth_limit(DEPTH, &mut &bytes[..]).ok()
}
