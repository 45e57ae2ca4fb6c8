//! The calls that a street takes, as the runtime names them.

use madang_primitives::{
	portal::{DestinationInput, GateInput, PortalId, Proof, Terms, Version, Way},
	Balance,
};
use madang_runtime::{AccountId, Address, BlockNumber, Runtime, RuntimeCall};

/// Proposes a portal between two metaverses.
pub fn propose(
	source: GateInput,
	destination: GateInput,
	terms: Terms<BlockNumber>,
) -> RuntimeCall {
	RuntimeCall::Portal(pallet_portal::Call::<Runtime>::propose {
		source,
		destination: DestinationInput::Gate(destination),
		terms,
	})
}

/// Agrees to this version of the terms.
pub fn accept(id: PortalId, version: Version) -> RuntimeCall {
	RuntimeCall::Portal(pallet_portal::Call::<Runtime>::accept { id, version })
}

/// Pauses a portal.
pub fn pause(id: PortalId) -> RuntimeCall {
	RuntimeCall::Portal(pallet_portal::Call::<Runtime>::pause { id })
}

/// Closes a portal.
pub fn close(id: PortalId) -> RuntimeCall {
	RuntimeCall::Portal(pallet_portal::Call::<Runtime>::close { id })
}

/// Takes a pass for at most `max_toll`.
pub fn travel(
	id: PortalId,
	version: Version,
	way: Way,
	max_toll: Balance,
	proof: Proof,
) -> RuntimeCall {
	RuntimeCall::Portal(pallet_portal::Call::<Runtime>::travel {
		id,
		version,
		way,
		max_toll,
		proof,
	})
}

/// Lets the owner of a pass in.
pub fn admit(id: PortalId, who: &AccountId) -> RuntimeCall {
	RuntimeCall::Portal(pallet_portal::Call::<Runtime>::admit {
		id,
		who: Address::Id(who.clone()),
	})
}

/// Refuses the owner of a pass.
pub fn refuse(id: PortalId, who: &AccountId) -> RuntimeCall {
	RuntimeCall::Portal(pallet_portal::Call::<Runtime>::refuse {
		id,
		who: Address::Id(who.clone()),
	})
}
