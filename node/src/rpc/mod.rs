//! The JSON-RPC methods beyond the ones that every Substrate node has.
//!
//! - [`metaverse`], [`land`], [`escrow`] and [`portal`]: the methods of these namespaces, each a thin
//!   layer over the runtime API of the same name.
//! - [`json`]: what the answers look like.
//! - [`page`]: limits and cursors of lists.
//! - [`error`]: every way in which a method can fail, with its code.
//!
//! A method reads one block, costs no more than one bounded call into the runtime, and runs on the
//! threads that the server keeps for blocking work. `docs/rpc.md` describes each one.

pub mod error;
pub mod escrow;
pub mod json;
pub mod land;
pub mod metaverse;
pub mod page;
pub mod portal;

use std::{error::Error as StdError, sync::Arc};

use jsonrpsee::RpcModule;
use madang_runtime::{opaque::Block, AccountId, BlockNumber, Hash, Nonce};
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sp_blockchain::HeaderBackend;
use sp_core::traits::SpawnNamed;
use substrate_frame_rpc_system::{System, SystemApiServer};

use self::{
	error::Error,
	escrow::{Escrow, EscrowRpcServer},
	land::{Land, LandRpcServer},
	metaverse::{Metaverse, MetaverseRpcServer},
	portal::{Portal, PortalRpcServer},
};
use crate::service::{FullBackend, FullClient, FullPool};

/// What the methods read from.
#[derive(Clone)]
pub struct Deps {
	/// The chain and its state.
	pub client: Arc<FullClient>,
	/// Transactions that wait for a block.
	pub pool: Arc<FullPool>,
	/// What is known about finality.
	pub finality: FinalityDeps,
}

/// What the methods of GRANDPA read from.
#[derive(Clone)]
pub struct FinalityDeps {
	/// The rounds that this node takes part in.
	pub voter_state: SharedVoterState,
	/// Who votes.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// Proofs of finality as they come.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proofs of finality of the past.
	pub proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// The methods that are added to the standard ones of the service.
pub fn module(
	deps: Deps,
	subscriptions: Arc<dyn SpawnNamed>,
) -> Result<RpcModule<()>, Box<dyn StdError + Send + Sync>> {
	let Deps {
		client,
		pool,
		finality,
	} = deps;
	let mut module = RpcModule::new(());

	let system = System::<_, _, Block>::new(client.clone(), pool);
	module.merge(SystemApiServer::<Hash, AccountId, Nonce>::into_rpc(system))?;
	module.merge(TransactionPayment::<_, Block>::new(client.clone()).into_rpc())?;
	module.merge(
		Grandpa::new(
			subscriptions,
			finality.authority_set,
			finality.voter_state,
			finality.justifications,
			finality.proofs,
		)
		.into_rpc(),
	)?;

	module.merge(Metaverse::new(client.clone()).into_rpc())?;
	module.merge(Land::new(client.clone()).into_rpc())?;
	module.merge(Escrow::new(client.clone()).into_rpc())?;
	module.merge(Portal::new(client).into_rpc())?;
	Ok(module)
}

/// The block that a method reads: the one that was asked for, or else the best one.
fn block(client: &FullClient, at: Option<Hash>) -> Result<Hash, Error> {
	let Some(hash) = at else {
		return Ok(client.info().best_hash);
	};
	client
		.number(hash)?
		.map(|_| hash)
		.ok_or(Error::UnknownBlock)
}
