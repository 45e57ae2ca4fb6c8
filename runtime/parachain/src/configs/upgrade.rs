//! How the rules of the chain change: decided here, checked and put in force by the relay chain.
//!
//! The same two thirds of the council decide as on a chain of its own (`upgrade.authorize`), and anybody
//! hands the code in (`system.applyAuthorizedUpgrade`). From there on it is the relay chain's: it waits
//! there for longer than our notice would be, validators check that it can be compiled, and everybody
//! reads meanwhile what comes. So it does not wait here first, and once it was handed in,
//! `upgrade.cancel` finds nothing to call off: decide on the next one.

use cumulus_pallet_parachain_system::ParachainSetCode;
use frame_support::weights::Weight;
use madang_runtime_common::params::{MaxCode, UpgradeNotice};
use pallet_upgrade::WeightInfo;

use crate::{application::configs::governance::RootOrCouncilConstitution, weights, Runtime};

/// New code goes to the relay chain at once. The SDK lets a parachain have nothing else here.
pub type OnSetCode = ParachainSetCode<Runtime>;

/// What the calls cost. No code ever waits here, so none is put in force.
pub struct Weights;

impl WeightInfo for Weights {
	fn authorize() -> Weight {
		weights::pallet_upgrade::WeightInfo::<Runtime>::authorize()
	}

	fn cancel() -> Weight {
		weights::pallet_upgrade::WeightInfo::<Runtime>::cancel()
	}

	fn wait() -> Weight {
		weights::pallet_upgrade::WeightInfo::<Runtime>::wait()
	}

	fn put_in_force() -> Weight {
		Weight::zero()
	}
}

impl pallet_upgrade::Config for Runtime {
	type DecisionOrigin = RootOrCouncilConstitution;
	type MaxCode = MaxCode;
	type Notice = UpgradeNotice;
	type WeightInfo = Weights;
}
