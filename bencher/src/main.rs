//! The SDK's bencher of pallets, as its `frame-omni-bencher` has it, without the rest of that program:
//! it is of the release that the workspace pins, and shares what the node is built from.

use clap::Parser;
use frame_benchmarking_cli::PalletCmd;
use sp_runtime::traits::BlakeTwo256;

fn main() -> sc_cli::Result<()> {
	PalletCmd::parse().run_with_spec::<BlakeTwo256, ()>(None)
}
