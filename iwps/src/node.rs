//! The connection to the chain. It comes back by itself when the node was away.

use std::sync::Arc;

use codec::{Decode, DecodeAll, Encode};
use jsonrpsee::rpc_params;
use madang_client::chain::{self, Chain};
use madang_primitives::{metaverse::MetaverseView, portal::PortalId, Balance, MetaverseId};
use madang_runtime::{AccountId, Address, BlockNumber, Hash, Runtime, RuntimeCall};
use sp_core::{sr25519, Bytes};
use tokio::sync::Mutex;

use crate::gate::{Pass, Portal};

/// Why the chain could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The connection or the node failed.
	#[error(transparent)]
	Chain(#[from] chain::Error),
	/// An answer is not what this program was built for.
	#[error("cannot read what {method} answers: {why}; build this program from the sources of the runtime")]
	Unreadable {
		/// The query.
		method: &'static str,
		/// What is wrong with the answer.
		why: codec::Error,
	},
	/// The node that answers is not of the chain with which this program began.
	#[error("the node at {0} is of another chain than before")]
	OtherChain(String),
}

/// A connection to the node of a world.
pub struct Node {
	url: String,
	genesis: Hash,
	chain: Mutex<Arc<Chain>>,
}

impl Node {
	/// Connects to a node.
	pub async fn connect(url: &str) -> Result<Self, Error> {
		let chain = Chain::connect(url).await?;
		Ok(Self {
			url: url.into(),
			genesis: chain.genesis(),
			chain: Mutex::new(Arc::new(chain)),
		})
	}

	/// Hash of the first block.
	pub const fn genesis(&self) -> Hash {
		self.genesis
	}

	/// A metaverse.
	pub async fn metaverse(
		&self,
		id: MetaverseId,
	) -> Result<Option<MetaverseView<AccountId, Balance, BlockNumber>>, Error> {
		self.ask("MetaverseApi_get", &id).await
	}

	/// A portal.
	pub async fn portal(&self, id: PortalId) -> Result<Option<Portal>, Error> {
		self.ask("PortalApi_get", &id).await
	}

	/// The pass of an account for a portal.
	pub async fn pass(&self, id: PortalId, account: &AccountId) -> Result<Option<Pass>, Error> {
		self.ask("PortalApi_pass", &(id, account)).await
	}

	/// Admits the owner of a pass, and waits until a block has that.
	pub async fn admit(
		&self,
		gatekeeper: &sr25519::Pair,
		id: PortalId,
		who: &AccountId,
	) -> Result<(), Error> {
		let who = Address::Id(who.clone());
		self.submit(gatekeeper, pallet_portal::Call::admit { id, who })
			.await
	}

	/// Refuses the owner of a pass, and waits until a block has that.
	pub async fn refuse(
		&self,
		gatekeeper: &sr25519::Pair,
		id: PortalId,
		who: &AccountId,
	) -> Result<(), Error> {
		let who = Address::Id(who.clone());
		self.submit(gatekeeper, pallet_portal::Call::refuse { id, who })
			.await
	}

	async fn submit(
		&self,
		signer: &sr25519::Pair,
		call: pallet_portal::Call<Runtime>,
	) -> Result<(), Error> {
		let chain = self.chain().await?;
		chain.submit(signer, RuntimeCall::Portal(call)).await?;
		Ok(())
	}

	/// Asks a runtime API about the state of the best block.
	async fn ask<Answer: Decode>(
		&self,
		method: &'static str,
		params: &impl Encode,
	) -> Result<Answer, Error> {
		let chain = self.chain().await?;
		let Bytes(bytes) = chain
			.request("state_call", rpc_params![method, Bytes(params.encode())])
			.await?;
		Answer::decode_all(&mut bytes.as_slice()).map_err(|why| Error::Unreadable { method, why })
	}

	/// The connection, made anew when the node was away.
	async fn chain(&self) -> Result<Arc<Chain>, Error> {
		// Held meanwhile, so that one connection is made and not one for each who waits.
		let mut chain = self.chain.lock().await;
		if !chain.rpc().is_connected() {
			let fresh = Chain::connect(&self.url).await?;
			if fresh.genesis() != self.genesis {
				return Err(Error::OtherChain(self.url.clone()));
			}
			*chain = Arc::new(fresh);
		}
		Ok(chain.clone())
	}
}
