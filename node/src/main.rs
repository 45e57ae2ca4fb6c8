//! The binary `madang`. Everything it does is in the library of this crate.

use std::process::ExitCode;

fn main() -> ExitCode {
	match madang_node::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("madang: {error}");
			ExitCode::FAILURE
		}
	}
}
