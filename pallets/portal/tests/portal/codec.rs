//! What is stored or signed is encoded as it was from the beginning.

use crate::support::*;
use codec::Encode;
use frame_support::BoundedVec;
use pallet_portal::{Consent, Destination, Gate, Place};

fn first_byte(value: impl Encode) -> u8 {
	value.encode()[0]
}

#[test]
fn indices_are_pinned() {
	let parties = Party::ALL.map(first_byte);
	assert_eq!(parties, [0, 1, 2, 3]);
	assert_eq!([Side::Source, Side::Destination].map(first_byte), [0, 1]);
	assert_eq!([Way::There, Way::Back].map(first_byte), [0, 1]);
	assert_eq!(
		[Direction::OneWay, Direction::TwoWay].map(first_byte),
		[0, 1]
	);
	assert_eq!(
		[
			Access::Open,
			Access::Allowlist {
				root: H256::zero(),
				leaves: 1
			},
			Access::Holder { collection: 0 }
		]
		.map(first_byte),
		[0, 1, 2]
	);
	assert_eq!(
		[
			Proof::None,
			Proof::Allowlist {
				leaf_index: 0,
				nodes: BoundedVec::default()
			},
			Proof::Item(0)
		]
		.map(first_byte),
		[0, 1, 2]
	);
	assert_eq!(
		[
			Consent::Signed {
				by: alice(),
				owner: alice()
			},
			Consent::Rule
		]
		.map(first_byte),
		[0, 1]
	);
	let gate_there = Gate {
		place: Place {
			metaverse: 0,
			parcel: None,
		},
		spawn: BoundedVec::default(),
	};
	assert_eq!(
		[
			Destination::Gate(gate_there),
			Destination::External {
				uri: BoundedVec::default(),
				manifest: H256::zero()
			}
		]
		.map(first_byte),
		[0, 1]
	);
	assert_eq!(
		[DestinationInput::Gate(gate(0, None)), elsewhere()].map(first_byte),
		[0, 1]
	);
	assert_eq!(
		[
			PortalState::Proposed,
			PortalState::Open,
			PortalState::Paused,
			PortalState::Closing,
			PortalState::Closed,
			PortalState::Expired,
			PortalState::Stale,
			PortalState::Suspended,
			PortalState::Gone
		]
		.map(first_byte),
		[0, 1, 2, 3, 4, 5, 6, 7, 8]
	);
	assert_eq!(
		[
			PassState::Valid,
			PassState::Used,
			PassState::Over,
			PassState::Refused
		]
		.map(first_byte),
		[0, 1, 2, 3]
	);
	assert_eq!(REASONS.map(first_byte), [0, 1, 2]);
	assert_eq!(
		[
			PortalQueryError::UnknownMetaverse,
			PortalQueryError::BadLimit,
			PortalQueryError::BadHops,
			PortalQueryError::NoRoute,
			PortalQueryError::SearchTooLarge
		]
		.map(first_byte),
		[0, 1, 2, 3, 4]
	);
}

#[test]
fn a_set_of_parties_is_one_byte_with_a_bit_for_each() {
	for party in Party::ALL {
		let set = Parties::default().with(party);
		assert_eq!(set.encode(), [1 << first_byte(party)]);
	}
	let all: Parties = Party::ALL.into_iter().collect();
	assert_eq!(all.encode(), [15]);
}

#[test]
fn terms_and_gates_are_encoded_as_they_are_signed() {
	let terms = Terms {
		direction: Direction::TwoWay,
		toll: Some(Toll {
			asset: AssetKind::WithId(1),
			amount: 5,
			split: split(1, 2, 999_997),
		}),
		access: Access::Holder { collection: 7 },
		rate: Some(Rate {
			refill: 1,
			window: 2u32,
			burst: 3,
		}),
		expires_at: None,
		notice: 4,
	};
	let mut bytes = vec![1, 1];
	bytes.extend(AssetKind::WithId(1).encode());
	bytes.extend(5u128.to_le_bytes());
	for part in [1u32, 2, 999_997] {
		bytes.extend(part.to_le_bytes());
	}
	bytes.push(2);
	bytes.extend(7u32.to_le_bytes());
	bytes.push(1);
	for number in [1u32, 2, 3] {
		bytes.extend(number.to_le_bytes());
	}
	bytes.push(0);
	bytes.extend(4u32.to_le_bytes());
	assert_eq!(terms.encode(), bytes);
	assert_eq!(
		gate(1, Some(2)).encode(),
		[1, 0, 0, 0, 1, 2, 0, 0, 0, 20, b'p', b'l', b'a', b'z', b'a']
	);
}
