//! The council, and the origins that decide.

use core::marker::PhantomData;

use frame_support::{
	parameter_types,
	traits::{ConstU32, EitherOfDiverse, EnsureOrigin},
	weights::Weight,
};
use frame_system::EnsureRoot;
use madang_runtime_common::time::DAYS;
use pallet_collective::{
	EnsureMembers, EnsureProportionAtLeast, EnsureProportionMoreThan, Instance1, PrimeDefaultVote,
};
use sp_runtime::Perbill;

use crate::{
	weights, AccountId, BlockNumber, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
	MAXIMUM_BLOCK_WEIGHT,
};

/// Which collective the council is.
pub type CouncilCollective = Instance1;

/// More than half of the council.
pub type CouncilMajority = EnsureProportionMoreThan<AccountId, CouncilCollective, 1, 2>;

/// A share of the council, and three of its members at least: nobody decides alone about the money of
/// others, however small the council is. A council of fewer than three decides nothing here.
pub struct WithThree<Share>(PhantomData<Share>);

impl<Share: EnsureOrigin<RuntimeOrigin, Success = ()>> EnsureOrigin<RuntimeOrigin>
	for WithThree<Share>
{
	type Success = ();

	fn try_origin(origin: RuntimeOrigin) -> Result<Self::Success, RuntimeOrigin> {
		type Three = EnsureMembers<AccountId, CouncilCollective, 3>;
		Three::try_origin(origin.clone())?;
		Share::try_origin(origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		EnsureMembers::<AccountId, CouncilCollective, 3>::try_successful_origin()
	}
}

/// More than half of the council, and three of its members at least.
pub type CouncilQuorum = WithThree<CouncilMajority>;

/// At least two thirds of the council.
pub type CouncilSupermajority = EnsureProportionAtLeast<AccountId, CouncilCollective, 2, 3>;

/// Root, or more than half of the council. Acts for the network: its towns, its treasury, its
/// validators, and as the guardian who can suspend a metaverse.
pub type RootOrCouncilMajority = EitherOfDiverse<EnsureRoot<AccountId>, CouncilMajority>;

/// Root, or more than half of a council of which at least three agree. Decides disputes about the
/// payments of campaigns.
pub type RootOrCouncilQuorum = EitherOfDiverse<EnsureRoot<AccountId>, CouncilQuorum>;

/// Root, or two thirds of a council of which at least three agree. Decides what the rules of the chain
/// are.
pub type RootOrCouncilConstitution =
	EitherOfDiverse<EnsureRoot<AccountId>, WithThree<CouncilSupermajority>>;

parameter_types! {
	/// How long a motion is open.
	pub const CouncilMotionDuration: BlockNumber = 3 * DAYS;
	/// Most work that a motion may do.
	pub MaxProposalWeight: Weight = Perbill::from_percent(50) * MAXIMUM_BLOCK_WEIGHT;
}

impl pallet_collective::Config<CouncilCollective> for Runtime {
	type Consideration = ();
	type DefaultVote = PrimeDefaultVote;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type MaxMembers = ConstU32<21>;
	type MaxProposalWeight = MaxProposalWeight;
	type MaxProposals = ConstU32<20>;
	type MotionDuration = CouncilMotionDuration;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	// Without sudo nobody is root, and the council must be able to renew itself. Whoever chooses its members
	// decides what they decide, so it takes as many as the gravest of their decisions.
	type SetMembersOrigin = RootOrCouncilConstitution;
	type WeightInfo = weights::pallet_collective::WeightInfo<Runtime>;
}
