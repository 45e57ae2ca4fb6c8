//! Answers the two messages of the Inter-World Portaling System for one world.

use std::process::ExitCode;

use clap::Parser;
use madang_iwps::{options::Options, server::Server};

#[tokio::main]
async fn main() -> ExitCode {
	match run(Options::parse()).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		}
	}
}

async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
	let server = Server::start(options).await?;
	println!("{}", server.greeting());
	server.run(stopped()).await?;
	Ok(())
}

/// Waits until the operator asks the program to stop.
async fn stopped() {
	if tokio::signal::ctrl_c().await.is_err() {
		// Nobody can ask, so go on until somebody kills the program.
		std::future::pending::<()>().await;
	}
}
