//! How the rules of the chain change.

use madang_runtime_common::params::{MaxCode, UpgradeNotice};

use super::governance::RootOrCouncilConstitution;
use crate::Runtime;

impl pallet_upgrade::Config for Runtime {
	type DecisionOrigin = RootOrCouncilConstitution;
	type MaxCode = MaxCode;
	type Notice = UpgradeNotice;
	type WeightInfo = pallet_upgrade::weights::Provisional<Runtime>;
}
