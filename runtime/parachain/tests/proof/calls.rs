//! The calls that the blocks are made of.

use madang_parachain_runtime::{
	application::genesis::{TEST_DOLLAR, TUSD},
	AccountId, Address, Balance, BlockNumber, Runtime, RuntimeCall,
};
use madang_primitives::{
	escrow::{Apathy, AssetKind, CampaignId, Milestone, Policy, PositionId, Terms},
	geometry::Area,
	land::SalePolicy,
	metaverse::ProfileInput,
	portal::{Access, DestinationInput, Direction, GateInput, PortalId, Proof, Split, Toll, Way},
	MetaverseId,
};
use madang_runtime_common::{
	params::MinNotice,
	units::{MDG, MICRO},
};
use sp_core::H256;
use sp_runtime::Permill;

/// Longest side of a parcel.
pub const PARCEL: u16 = 64;
/// Price of a cell.
const CELL: Balance = MICRO;
/// What an investor puts in: the smallest goal.
pub const TICKET: Balance = 100 * TUSD;
/// How many blocks after a vote whoever was overruled may leave.
pub const GRACE: BlockNumber = 3;
/// What a traveller pays.
const TOLL: Balance = 1_001;

/// Founds a metaverse with a square territory. Name and address are as long as most are.
pub fn register(slug: String, side: u16) -> RuntimeCall {
	let profile = ProfileInput {
		name: format!("The world of {slug}").into_bytes(),
		uri: format!("https://{slug}.example/metaverse.json").into_bytes(),
		hash: Some(H256::repeat_byte(1)),
	};
	RuntimeCall::Metaverse(pallet_metaverse::Call::register {
		slug: slug.into_bytes(),
		profile,
		width: side,
		height: side,
		max_price: 1_000 * MDG,
	})
}

/// Lets everybody claim land.
pub fn sell(metaverse: MetaverseId) -> RuntimeCall {
	RuntimeCall::Land(pallet_land::Call::set_sale {
		metaverse,
		policy: SalePolicy::Open {
			price_per_cell: CELL,
		},
	})
}

/// Claims the parcel number `number` of the largest size in a square territory of this side.
pub fn claim(metaverse: MetaverseId, side: u16, number: u16) -> RuntimeCall {
	let row = side / PARCEL;
	let (x, y) = (number % row, number / row);
	RuntimeCall::Land(pallet_land::Call::claim {
		metaverse,
		area: Area::new(x * PARCEL, y * PARCEL, PARCEL, PARCEL),
		max_price: MDG,
	})
}

/// Drafts a campaign with one milestone, in test dollars, that takes money for `period` blocks.
pub fn create(metaverse: MetaverseId, period: BlockNumber, voting: BlockNumber) -> RuntimeCall {
	let terms = Terms {
		asset: AssetKind::WithId(TEST_DOLLAR),
		goal: TICKET,
		cap: 1_000_000 * TICKET,
		min_ticket: TICKET,
		bond: TICKET,
		min_investors: 1,
		opens_after: 0,
		period,
		lock: 0,
		cooling_off: 0,
		voting,
		grace: GRACE,
		lock_up: 0,
		kickoff: Permill::from_percent(20),
		on_apathy: Apathy::WindDown,
		documents: H256::repeat_byte(1),
	};
	let milestone = Milestone {
		weight: 1,
		duration: 1_000,
		promise: H256::repeat_byte(2),
	};
	escrow(pallet_escrow::Call::create {
		metaverse,
		terms,
		milestones: vec![milestone],
		policy: Policy::Open,
	})
}

/// Opens a draft.
pub fn open(campaign: CampaignId) -> RuntimeCall {
	escrow(pallet_escrow::Call::open { campaign })
}

/// Puts money into a campaign with these terms.
pub fn commit(campaign: CampaignId, terms_hash: H256) -> RuntimeCall {
	escrow(pallet_escrow::Call::commit {
		campaign,
		amount: TICKET,
		min_accept: TICKET,
		version: 1,
		terms_hash,
	})
}

/// Does what is due in a campaign.
pub fn advance(campaign: CampaignId) -> RuntimeCall {
	escrow(pallet_escrow::Call::advance { campaign })
}

/// Asks for the money of a milestone.
pub fn submit(campaign: CampaignId) -> RuntimeCall {
	escrow(pallet_escrow::Call::submit_milestone {
		campaign,
		evidence: H256::repeat_byte(3),
	})
}

/// Votes for it.
pub fn vote(position: PositionId) -> RuntimeCall {
	escrow(pallet_escrow::Call::vote {
		position,
		aye: true,
	})
}

fn escrow(call: pallet_escrow::Call<Runtime>) -> RuntimeCall {
	RuntimeCall::Escrow(call)
}

/// Proposes a portal with a toll from one metaverse to another.
pub fn propose(from: MetaverseId, to: MetaverseId) -> RuntimeCall {
	let gate = |metaverse| GateInput {
		metaverse,
		parcel: None,
		spawn: b"north gate".to_vec(),
	};
	let toll = Toll {
		asset: AssetKind::WithId(TEST_DOLLAR),
		amount: TOLL,
		split: Split {
			source: Permill::from_percent(49),
			destination: Permill::from_percent(49),
			network: Permill::from_percent(2),
		},
	};
	portal(pallet_portal::Call::propose {
		source: gate(from),
		destination: DestinationInput::Gate(gate(to)),
		terms: madang_primitives::portal::Terms {
			direction: Direction::TwoWay,
			toll: Some(toll),
			access: Access::Open,
			rate: None,
			expires_at: None,
			notice: MinNotice::get(),
		},
	})
}

/// Agrees to it.
pub fn accept(id: PortalId) -> RuntimeCall {
	portal(pallet_portal::Call::accept { id, version: 1 })
}

/// Takes a pass and pays for it.
pub fn travel(id: PortalId) -> RuntimeCall {
	portal(pallet_portal::Call::travel {
		id,
		version: 1,
		way: Way::There,
		max_toll: TOLL,
		proof: Proof::None,
	})
}

fn portal(call: pallet_portal::Call<Runtime>) -> RuntimeCall {
	RuntimeCall::Portal(call)
}

/// Gives an account a token.
pub fn pay(to: AccountId) -> RuntimeCall {
	RuntimeCall::Balances(pallet_balances::Call::transfer_keep_alive {
		dest: Address::Id(to),
		value: MDG,
	})
}

/// Gives it a test dollar.
pub fn pay_dollar(to: AccountId) -> RuntimeCall {
	RuntimeCall::Assets(pallet_assets::Call::transfer_keep_alive {
		id: TEST_DOLLAR.into(),
		target: Address::Id(to),
		amount: TUSD,
	})
}
