//! Which pallets can be measured in this runtime, and what their benchmarks need of it.

use alloc::format;

use madang_primitives::{
	geometry::{Area, Size},
	metaverse::ProfileInput,
	MetaverseId,
};

use crate::{AccountId, Balance, Land, Metaverse, Runtime, RuntimeOrigin};

frame_benchmarking::define_benchmarks!(
	[frame_system, SystemBench::<Runtime>]
	[pallet_assets, Assets]
	[pallet_balances, Balances]
	[pallet_collective, Council]
	[pallet_land, Land]
	[pallet_metaverse, Metaverse]
	[pallet_multisig, Multisig]
	[pallet_nfts, Nfts]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_scheduler, Scheduler]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_treasury, Treasury]
	[pallet_utility, Utility]
);

impl frame_system_benchmarking::Config for Runtime {}

/// Gives the benchmarks of one pallet what another pallet makes.
pub struct Stage;

impl pallet_land::benchmarking::BenchmarkHelper<AccountId> for Stage {
	fn found_metaverse(owner: &AccountId, size: Size) -> MetaverseId {
		let slug = (0u32..)
			.map(|number| format!("stage-{number}").into_bytes())
			.find(|slug| Metaverse::api_by_slug(slug.clone()).is_none())
			.expect("there are more numbers than metaverses");
		let profile = ProfileInput {
			name: slug.clone(),
			..Default::default()
		};
		Metaverse::register(
			RuntimeOrigin::signed(owner.clone()),
			slug.clone(),
			profile,
			size.width,
			size.height,
			Balance::MAX,
		)
		.expect("the owner can pay");
		Metaverse::api_by_slug(slug)
			.expect("it was just registered")
			.id
	}
}

impl pallet_metaverse::BenchmarkHelper<AccountId> for Stage {
	fn claim_parcel(id: MetaverseId, owner: &AccountId) {
		let area = Area::new(0, 0, 1, 1);
		Land::claim(RuntimeOrigin::signed(owner.clone()), id, area, Balance::MAX)
			.expect("the first cell is free");
	}
}
