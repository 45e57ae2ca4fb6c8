//! The short version of the faults, for every day. `./task faults` has the long ones.
//!
//! One network for both faults, because starting it takes as long as they do.

use madang_network::{
	faults::{crashes, outages, Amount},
	network::Network,
};

/// As much as fits into a minute together with the pause.
const KILLS: u32 = 1;

#[test]
fn a_network_of_four_survives_a_pause_and_a_crash() {
	let mut network = Network::of_four().unwrap_or_else(|error| panic!("no network: {error}"));
	let amount = Amount {
		kills: KILLS,
		..Amount::default()
	};
	let outcome = outages::pause_one(&mut network).and_then(|mut told| {
		told.extend(crashes::kill(&mut network, amount)?);
		Ok(told)
	});
	match outcome {
		Ok(lines) => println!("{}", lines.join("\n")),
		Err(error) => panic!("{error}; the logs are in {}", network.keep().display()),
	}
}
