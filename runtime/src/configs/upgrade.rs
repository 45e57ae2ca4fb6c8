//! How the rules of the chain change: decided, handed in, and in force after a notice.

use madang_runtime_common::params::{MaxCode, UpgradeNotice};

use crate::{
	application::configs::governance::RootOrCouncilConstitution, weights, Runtime, Upgrade,
};

/// New code waits for its notice.
pub type OnSetCode = Upgrade;

impl pallet_upgrade::Config for Runtime {
	type DecisionOrigin = RootOrCouncilConstitution;
	type MaxCode = MaxCode;
	type Notice = UpgradeNotice;
	type WeightInfo = weights::pallet_upgrade::WeightInfo<Runtime>;
}
