//! What chopsticks has built, as its recorder writes it.

use std::path::Path;

use codec::{Decode, DecodeAll};
use serde::{de::DeserializeOwned, Deserialize};
use sp_core::{Bytes, H256};
use sp_runtime::{
	generic,
	traits::{BlakeTwo256, Block as _},
	OpaqueExtrinsic,
};

/// Header of a block.
pub type Header = generic::Header<u32, BlakeTwo256>;
/// A block whose extrinsics are bytes: only the runtime reads them.
pub type Block = generic::Block<Header, OpaqueExtrinsic>;

/// Blocks on top of a genesis.
#[derive(Deserialize)]
pub struct Recorded {
	/// Hash of the genesis.
	pub genesis: H256,
	/// From the first one on, without a gap.
	pub blocks: Vec<RecordedBlock>,
}

/// A block, and what it did to the state.
#[derive(Deserialize)]
pub struct RecordedBlock {
	/// The header, with the roots of what the other side has.
	header: Bytes,
	/// The inherents, then the transactions.
	extrinsics: Vec<Bytes>,
	/// What the other side has under each key that the block changed; nothing where it is gone.
	pub changes: Vec<(Bytes, Option<Bytes>)>,
}

impl RecordedBlock {
	/// The block as the runtime takes it.
	pub fn block(&self) -> Result<Block, String> {
		let header = Header::decode_all(&mut &self.header[..])
			.map_err(|error| format!("a header cannot be read: {error}"))?;
		let extrinsics = self
			.extrinsics
			.iter()
			.map(|bytes| OpaqueExtrinsic::decode(&mut &bytes[..]))
			.collect::<Result<_, _>>()
			.map_err(|error| {
				format!(
					"block {}: an extrinsic cannot be read: {error}",
					header.number
				)
			})?;
		Ok(Block::new(header, extrinsics))
	}
}

/// Reads a JSON file.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
	let shown = path.display();
	let text = std::fs::read(path).map_err(|error| format!("cannot read {shown}: {error}"))?;
	serde_json::from_slice(&text).map_err(|error| format!("{shown} is not as expected: {error}"))
}
