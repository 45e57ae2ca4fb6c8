//! How the rules of the chain change.

use madang_runtime_common::params::{MaxCode, UpgradeNotice};

use super::governance::RootOrCouncilConstitution;
use crate::{weights, CodeInForce, Runtime};

impl pallet_upgrade::Config for Runtime {
	type DecisionOrigin = RootOrCouncilConstitution;
	type InForce = CodeInForce;
	type MaxCode = MaxCode;
	type Notice = UpgradeNotice;
	type WeightInfo = weights::pallet_upgrade::WeightInfo<Runtime>;
}
