//! The numbers of our own pallets, and the accounts that the network owns.

use frame_support::{parameter_types, PalletId};
use madang_primitives::escrow::Rules;
use sp_runtime::Permill;

use crate::{
	limits::MAXIMUM_BLOCK_LENGTH,
	time::{DAYS, HOURS, MINUTES},
	units::{DEPOSIT_PER_BYTE, DEPOSIT_PER_ITEM, MDG, MICRO, MILLI},
	AssetId, Balance, BlockNumber,
};

/// Ids of assets from here on belong to other chains: only root makes such an asset. Below it whoever
/// signs may make one.
pub const FOREIGN_ASSETS: AssetId = 1_000_000_000;

parameter_types! {
	/// The account that collects the network's share of land, and the fees.
	pub const TreasuryPalletId: PalletId = PalletId(*b"md/trsry");
	/// Makes the accounts of the metaverses, one for each id.
	pub const MetaversePalletId: PalletId = PalletId(*b"md/world");
	/// Makes the pots of campaigns, and the account that owns the receipts of investors.
	pub const EscrowPotId: PalletId = PalletId(*b"md/escrw");
	/// The account from which validators would be rewarded.
	pub const ValidatorPotId: PalletId = PalletId(*b"md/valid");
}

parameter_types! {
	/// Deposit for each thing that our pallets store.
	pub const DepositBase: Balance = DEPOSIT_PER_ITEM;
	/// Deposit for each byte of it.
	pub const DepositPerByte: Balance = DEPOSIT_PER_BYTE;
}

// Upgrade
parameter_types! {
	/// Blocks for which new code is known before it is in force: time for every node to compile it.
	pub const UpgradeNotice: BlockNumber = 2 * MINUTES;
	/// Most bytes of a runtime: all for which a block has room.
	pub const MaxCode: u32 = MAXIMUM_BLOCK_LENGTH;
}

// Metaverse
parameter_types! {
	/// Longest time for which the guardian can suspend a metaverse.
	pub const MaxSuspension: BlockNumber = 30 * DAYS;
	/// How long the slug of a closed metaverse is kept from others.
	pub const SlugCooldown: BlockNumber = 30 * DAYS;
}

// Land
parameter_types! {
	/// Most cells that all territories together can ever have.
	pub const MaxSupply: u64 = 1 << 24;
	/// Most cells that one registration can take.
	pub const MaxFoundingCells: u32 = 1 << 18;
	/// Blocks from one price of territory to the next.
	pub const PricePeriod: BlockNumber = HOURS;
	/// Cells bought in a period at which the price stays.
	pub const TargetPerPeriod: u32 = 16_384;
	/// Most by which the price moves from one period to the next.
	pub const MaxPriceChange: Permill = Permill::from_parts(125_000);
	/// Lowest price of a cell of territory.
	pub const MinCellPrice: Balance = 100 * MICRO;
	/// Price of a cell of territory in the first period.
	pub const InitialCellPrice: Balance = MILLI;
	/// Share of the price of territory that is burned; the treasury gets the rest.
	pub const BurnShare: Permill = Permill::from_percent(50);
	/// Share of the price of a parcel that the treasury gets; the metaverse gets the rest.
	pub const SaleFee: Permill = Permill::from_percent(2);
	/// Share of a territory that must be claimed before it may grow.
	pub const GrowthThreshold: Permill = Permill::from_percent(80);
	/// Most by which a territory may grow at once.
	pub const MaxGrowth: Permill = Permill::from_percent(25);
	/// Longest side of a parcel in cells.
	pub const MaxParcelSide: u16 = 64;
}

// Portals
parameter_types! {
	/// How long an offer can be accepted.
	pub const OfferLifetime: BlockNumber = 7 * DAYS;
	/// How long a pass is good.
	pub const PassLifetime: BlockNumber = 10 * MINUTES;
	/// Shortest notice of a portal.
	pub const MinNotice: BlockNumber = 10 * MINUTES;
	/// Longest notice of a portal.
	pub const MaxNotice: BlockNumber = 30 * DAYS;
	/// Most portals between one metaverse and one town to which the town agrees by rule.
	pub const MaxTownPortals: u32 = 2;
}

// Escrow
parameter_types! {
	/// Within these founders choose their terms. Whoever wants the periods of a law chooses them there.
	pub const EscrowRules: Rules<BlockNumber> = Rules {
		max_opens_after: 90 * DAYS,
		min_period: 10 * DAYS,
		max_period: 90 * DAYS,
		reconfirm: 7 * DAYS,
		early_close_notice: 7 * DAYS,
		min_voting: 3 * DAYS,
		max_voting: 30 * DAYS,
		min_grace: 7 * DAYS,
		max_grace: 30 * DAYS,
		max_duration: 730 * DAYS,
		due_grace: 30 * DAYS,
		resubmit_pause: 7 * DAYS,
		max_dispute: 30 * DAYS,
		dispute_pause: 14 * DAYS,
		petition: 14 * DAYS,
		no_confidence_pause: 90 * DAYS,
		max_lock_up: 730 * DAYS,
	};
	/// Most that can be paid on success without a vote, as a share of what was raised.
	pub const MaxKickoff: Permill = Permill::from_percent(20);
	/// Least that a founder puts at stake, as a share of the goal.
	pub const MinBond: Permill = Permill::from_percent(2);
	/// The network's share of what is released to a startup.
	pub const ReleaseFee: Permill = Permill::from_percent(2);
	/// What whoever raises a dispute puts at stake, as a share of what was raised.
	pub const DisputeBond: Permill = Permill::from_percent(1);
	/// Share of the units that must sign for a vote of no confidence.
	pub const PetitionShare: Permill = Permill::from_percent(10);
	/// How often one milestone may be turned down.
	pub const MaxAttempts: u8 = 3;
	/// How often the terms of a campaign may change.
	pub const MaxAmendments: u8 = 3;
}

// Makers of blocks
/// Most who stand with a bond.
pub const MAX_CANDIDATES: u32 = 80;
/// Most who were invited.
pub const MAX_INVITED: u32 = 20;
/// Blocks in a session.
pub const SESSION: BlockNumber = 10 * MINUTES;
/// Bond of somebody who was not invited, in the presets.
pub const CANDIDACY_BOND: Balance = 1_000 * MDG;
/// Places for those who were not invited, in the presets: none until the council opens some. Whoever
/// takes a place without running a node makes no blocks in it, and on a chain of its own counts against
/// finality, so places should stay below a third of the whole set.
pub const CANDIDATE_PLACES: u32 = 0;
parameter_types! {
	/// Blocks in a session.
	pub const SessionPeriod: BlockNumber = SESSION;
	/// Block in which the first session begins.
	pub const SessionOffset: BlockNumber = 0;
	/// A candidate who made no block for so long is dropped.
	pub const KickThreshold: BlockNumber = 60 * MINUTES;
	/// Deposit for the keys of a session.
	pub const SessionKeyDeposit: Balance = MDG;
}
