//! The stock chain: the same node under a runtime of plain SDK pallets.

use madang_network::{Error, Outcome};
use serde_json::json;
use sp_core::bytes;

use crate::ground::Ground;

/// The stock runtime. It takes minutes to build, so only the command for this does.
#[cfg(feature = "stock-runtime")]
mod built {
	// Written by the build script, for more than is needed here.
	#![allow(dead_code, missing_docs)]
	include!(concat!(env!("OUT_DIR"), "/stock_runtime"));
}

/// The code of the runtime.
fn code() -> Outcome<&'static [u8]> {
	#[cfg(feature = "stock-runtime")]
	if let Some(code) = built::WASM_BINARY {
		return Ok(code);
	}
	Err(Error::Impossible(
		"this program was built without the stock runtime; build it with `--features \
		 madang-load/stock-runtime`"
			.into(),
	))
}

/// A chain of this runtime, on which Alice makes the blocks.
pub fn ground() -> Outcome<Ground> {
	let code = bytes::to_hex(code()?, false);
	let patch = madang_stock_runtime::genesis::development();
	Ground::new(json!({
		"name": "Stock",
		"id": "stock",
		"chainType": "Development",
		"bootNodes": [],
		"telemetryEndpoints": null,
		"protocolId": "stock",
		"properties": {},
		"codeSubstitutes": {},
		"genesis": { "runtimeGenesis": { "code": code, "patch": patch } },
	}))
}
