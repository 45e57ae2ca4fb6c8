//! One connection to a node: signs transactions with the chain's own types, sends them, and waits
//! until a block has them.

use std::{
	collections::{HashMap, VecDeque},
	sync::{
		atomic::{AtomicUsize, Ordering},
		Arc,
	},
	time::Duration,
};

use codec::{Decode, Encode};
use frame_metadata::RuntimeMetadata;
use frame_support::{
	storage::storage_prefix, traits::GetCallMetadata, Blake2_128Concat, StorageHasher,
};
use frame_system::{AccountInfo, EventRecord, Phase};
use futures::stream::{FuturesUnordered, StreamExt};
use jsonrpsee::{
	core::{
		client::{ClientT, Subscription, SubscriptionClientT},
		params::ArrayParams,
		ClientError,
	},
	rpc_params,
	ws_client::{WsClient, WsClientBuilder},
};
use madang_primitives::{escrow::AssetKind, Balance};
use madang_runtime::{
	AccountId, BlockNumber, Hash, Header, Nonce, Runtime, RuntimeCall, RuntimeEvent, VERSION,
};
use scale_info::TypeDef;
use serde::{de::DeserializeOwned, Deserialize};
use sp_core::{sr25519, Bytes, Pair};
use sp_runtime::{traits::IdentifyAccount, DispatchError, MultiSigner};
use tokio::{
	sync::Mutex,
	time::{sleep, timeout, Instant},
};

use crate::{
	money::Unit,
	signing::{self, Lifetime},
};

/// How many blocks a signed transaction stays valid. Should the program be interrupted, nothing that
/// it sent can surprise anybody later.
const LIFETIME: u64 = 64;

/// Longest wait for a transaction. Its lifetime is over by then on a chain that makes a block every
/// two seconds.
const PATIENCE: Duration = Duration::from_secs(150);

/// Transactions that [`Chain::submit_all`] keeps under way for one signer.
const IN_FLIGHT: usize = 50;

/// Blocks of which the events are remembered, because many transactions share a block.
const BLOCKS_KEPT: usize = 8;

/// Largest answer that is accepted: a full block as hex is larger than the default allows.
const MAX_ANSWER: u32 = 64 * 1024 * 1024;

/// How often something is looked at while waiting for it.
const POLL: Duration = Duration::from_millis(500);

/// What is told when [`PATIENCE`] is at its end.
const NO_BLOCK: &str = "no block has it yet; is the chain making blocks?";

/// What the state says of an account.
type Info = AccountInfo<Nonce, <Runtime as frame_system::Config>::AccountData>;

/// Why something did not work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// Nobody listens at the address.
	#[error("no node answers at {url} ({source}); start one with `madang --dev`, or hand in the address of yours with --url")]
	Connect {
		/// The address.
		url: String,
		/// What the connection said.
		source: ClientError,
	},
	/// A query was answered with an error, or not at all.
	#[error("{method} failed: {}", in_words(.source))]
	Query {
		/// Name of the method.
		method: String,
		/// What the connection or the node said.
		source: ClientError,
	},
	/// The node runs another runtime than the one this program was built with.
	#[error("the chain runs {chain}, but this program was built for {program}: what it would sign could mean something else there; build both from the same sources")]
	Version {
		/// Name and version of the runtime on the chain.
		chain: String,
		/// Name and version of the runtime in this program.
		program: String,
	},
	/// A block has the transaction, but the runtime refused the call. Only the fee was charged.
	#[error("the chain refused {call} with {error}: {text}")]
	Refused {
		/// The call, like `Land.claim`.
		call: String,
		/// Name of the error, like `Land.Occupied`.
		error: String,
		/// The sentence that the runtime's metadata has for it.
		text: String,
	},
	/// The node did not take the transaction into its pool. Nothing was charged.
	#[error("the node did not take {call}: {reason}")]
	NotTaken {
		/// The call.
		call: String,
		/// What the node said.
		reason: String,
	},
	/// The node took the transaction, but no block has it.
	#[error("{call} was sent, but {fate}")]
	Lost {
		/// The call.
		call: String,
		/// What became of it.
		fate: String,
	},
	/// An answer that is not what it should be.
	#[error("cannot read {what}: {why}")]
	Unreadable {
		/// What was being read.
		what: String,
		/// What is wrong with it.
		why: String,
	},
}

/// A transaction that a block has and that did what it should.
#[derive(Debug)]
pub struct Included {
	/// The block.
	pub block: Hash,
	/// Position of the transaction in the block.
	pub index: u32,
	/// What happened, in order.
	pub events: Vec<RuntimeEvent>,
}

impl Included {
	/// Name of the error, and its sentence, with which a call was refused that a proxy made here. The
	/// transaction of the proxy itself is none the worse for it.
	pub fn refused_inside(&self) -> Option<(String, String)> {
		self.events.iter().find_map(|event| match event {
			RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result: Err(error) }) => {
				Some(explain(*error))
			}
			_ => None,
		})
	}
}

/// What an account has of one asset.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Purse {
	/// What can move.
	pub free: Balance,
	/// What is on hold, for whatever reason.
	pub held: Balance,
}

impl Purse {
	/// All of it.
	pub fn total(&self) -> Balance {
		self.free.saturating_add(self.held)
	}
}

/// One connection to a node.
pub struct Chain {
	rpc: WsClient,
	genesis: Hash,
	spec_version: u32,
	finalized: bool,
	fees: Mutex<HashMap<AccountId, Balance>>,
	nonces: Mutex<HashMap<AccountId, Nonce>>,
	blocks: Mutex<VecDeque<(Hash, Arc<Block>)>>,
	submitted: AtomicUsize,
}

/// What a block is read for.
struct Block {
	extrinsics: Vec<Vec<u8>>,
	events: Vec<EventRecord<RuntimeEvent, Hash>>,
}

/// A transaction that the node has taken.
struct Sent {
	call: String,
	signer: AccountId,
	bytes: Vec<u8>,
	updates: Subscription<Status>,
}

/// What the node tells about a transaction that is being watched.
// Some fields are never looked at; they are what the node's JSON has.
#[allow(dead_code)]
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Status {
	Future,
	Ready,
	Broadcast(Vec<String>),
	InBlock(Hash),
	Retracted(Hash),
	FinalityTimeout(Hash),
	Finalized(Hash),
	Usurped(Hash),
	Dropped,
	Invalid,
}

/// The parts of `state_getRuntimeVersion` that matter here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
	spec_name: String,
	spec_version: u32,
	transaction_version: u32,
}

#[derive(Deserialize)]
struct SignedBlock {
	block: BlockBody,
}

#[derive(Deserialize)]
struct BlockBody {
	extrinsics: Vec<Bytes>,
}

impl Chain {
	/// Connects to a node, and makes sure that it runs the runtime that this program knows.
	pub async fn connect(url: &str) -> Result<Self, Error> {
		Self::connect_to(url, VERSION.spec_version).await
	}

	/// Connects to a node, and makes sure that it runs this version of the runtime, in which calls and
	/// events are those that this program knows. That is what the caller says.
	pub async fn connect_to(url: &str, spec_version: u32) -> Result<Self, Error> {
		let rpc = WsClientBuilder::default()
			.max_response_size(MAX_ANSWER)
			.build(url)
			.await
			.map_err(|source| Error::Connect {
				url: url.into(),
				source,
			})?;
		let chain = Self {
			rpc,
			genesis: Hash::default(),
			spec_version,
			finalized: false,
			fees: Default::default(),
			nonces: Default::default(),
			blocks: Default::default(),
			submitted: AtomicUsize::new(0),
		};
		chain.check_version().await?;
		let genesis = chain
			.request("chain_getBlockHash", rpc_params![0u32])
			.await?;
		Ok(Self { genesis, ..chain })
	}

	/// Whether to wait until a transaction's block is final, and not only until there is one.
	pub fn wait_for_finality(self, finalized: bool) -> Self {
		Self { finalized, ..self }
	}

	/// The connection itself, for queries that are not wrapped here.
	pub fn rpc(&self) -> &WsClient {
		&self.rpc
	}

	/// Hash of the first block.
	pub fn genesis(&self) -> Hash {
		self.genesis
	}

	/// How many transactions of an account the chain has counted, those that are still under way
	/// included.
	pub async fn nonce(&self, account: &AccountId) -> Result<Nonce, Error> {
		self.request("system_accountNextIndex", rpc_params![account])
			.await
	}

	/// How many transactions the node has taken from this connection.
	pub fn submitted(&self) -> usize {
		self.submitted.load(Ordering::Relaxed)
	}

	/// Sends one query.
	pub async fn request<Answer: DeserializeOwned>(
		&self,
		method: &str,
		params: ArrayParams,
	) -> Result<Answer, Error> {
		self.rpc
			.request(method, params)
			.await
			.map_err(|source| Error::Query {
				method: method.into(),
				source,
			})
	}

	/// What an account can spend.
	pub async fn free_balance(&self, account: &AccountId) -> Result<Balance, Error> {
		Ok(self.info(account).await?.data.free)
	}

	/// What an account has of an asset in a block, the best one if none is named.
	pub async fn purse(
		&self,
		asset: &AssetKind,
		account: &AccountId,
		at: Option<Hash>,
	) -> Result<Purse, Error> {
		match asset {
			AssetKind::Native => {
				let data = self.info_at(account, at).await?.data;
				Ok(Purse {
					free: data.free,
					held: data.reserved,
				})
			}
			AssetKind::WithId(id) => {
				let free = self.amount_of("Assets", "Account", *id, account, at);
				let held = self.amount_of("AssetsHolder", "BalancesOnHold", *id, account, at);
				Ok(Purse {
					free: free.await?,
					held: held.await?,
				})
			}
		}
	}

	/// How amounts of an asset are written: its symbol and its decimals.
	pub async fn unit(&self, asset: &AssetKind) -> Result<Unit, Error> {
		let AssetKind::WithId(id) = asset else {
			return Ok(Unit::native());
		};
		let mut key = storage_prefix(b"Assets", b"Metadata").to_vec();
		key.extend(concat_hash(&id.encode()));
		let stored: Option<Bytes> = self
			.request("state_getStorage", rpc_params![Bytes(key)])
			.await?;
		// An asset that nobody has named yet.
		let Some(Bytes(bytes)) = stored else {
			return Ok(Unit {
				symbol: format!("of asset {id}"),
				decimals: 0,
			});
		};
		// Deposit, name, symbol, decimals, and whether nobody may change them.
		let (_, _, symbol, decimals, _) =
			<(Balance, Vec<u8>, Vec<u8>, u8, bool)>::decode(&mut bytes.as_slice())
				.map_err(|why| unreadable("the name of an asset", why))?;
		Ok(Unit {
			symbol: String::from_utf8_lossy(&symbol).into_owned(),
			decimals: decimals.into(),
		})
	}

	/// What an account has paid in fees for transactions that were sent from here and are in blocks,
	/// those that were refused included.
	pub async fn fees_paid(&self, account: &AccountId) -> Balance {
		self.fees
			.lock()
			.await
			.get(account)
			.copied()
			.unwrap_or_default()
	}

	/// Height of the best block.
	pub async fn height(&self) -> Result<BlockNumber, Error> {
		let head: Header = self.request("chain_getHeader", ArrayParams::new()).await?;
		Ok(head.number)
	}

	/// Hash of the block of this height, if there is one.
	pub async fn block_hash(&self, height: BlockNumber) -> Result<Option<Hash>, Error> {
		self.request("chain_getBlockHash", rpc_params![height])
			.await
	}

	/// Waits until blocks have everything that an account has sent, be it from here or from an earlier
	/// run that was interrupted. Looking at the chain before that would show half of it.
	pub async fn wait_until_idle(&self, account: &AccountId) -> Result<(), Error> {
		let deadline = Instant::now() + PATIENCE;
		loop {
			let next = self.nonce(account).await?;
			if next <= self.info(account).await?.nonce {
				return Ok(());
			}
			if Instant::now() > deadline {
				let call = format!("an earlier transaction of {account}");
				return Err(Error::Lost {
					call,
					fate: NO_BLOCK.into(),
				});
			}
			sleep(POLL).await;
		}
	}

	/// Signs a call, sends it and waits until a block has it.
	pub async fn submit(
		&self,
		signer: &sr25519::Pair,
		call: RuntimeCall,
	) -> Result<Included, Error> {
		let sent = self.send(signer, call).await?;
		self.wait(sent).await
	}

	/// Signs many calls of one account, sends them one after the other without waiting for blocks in
	/// between, and waits until blocks have them all. `progress` hears of each one.
	///
	/// Ends at the first one that is refused; those sent before it are on the chain or under way.
	pub async fn submit_all(
		&self,
		signer: &sr25519::Pair,
		calls: Vec<RuntimeCall>,
		progress: &(dyn Fn(usize, usize) + Sync),
	) -> Result<Vec<Included>, Error> {
		let total = calls.len();
		let mut calls = calls.into_iter();
		let mut under_way = FuturesUnordered::new();
		let mut included = Vec::with_capacity(total);
		loop {
			while under_way.len() < IN_FLIGHT {
				let Some(call) = calls.next() else { break };
				under_way.push(self.wait(self.send(signer, call).await?));
			}
			let Some(result) = under_way.next().await else {
				return Ok(included);
			};
			included.push(result?);
			progress(included.len(), total);
		}
	}

	/// What the state says of an account now; nothing of one that does not exist.
	async fn info(&self, account: &AccountId) -> Result<Info, Error> {
		self.info_at(account, None).await
	}

	/// What the state of a block says of an account.
	async fn info_at(&self, account: &AccountId, at: Option<Hash>) -> Result<Info, Error> {
		let key = Bytes(frame_system::Account::<Runtime>::hashed_key_for(account));
		let stored: Option<Bytes> = self
			.request("state_getStorage", rpc_params![key, at])
			.await?;
		match stored {
			Some(Bytes(bytes)) => Info::decode(&mut bytes.as_slice())
				.map_err(|why| unreadable("what the state says of an account", why)),
			None => Ok(Info::default()),
		}
	}

	/// The amount with which an entry of a map from asset and account begins; zero when there is none.
	async fn amount_of(
		&self,
		pallet: &str,
		map: &str,
		asset: u32,
		account: &AccountId,
		at: Option<Hash>,
	) -> Result<Balance, Error> {
		let mut key = storage_prefix(pallet.as_bytes(), map.as_bytes()).to_vec();
		key.extend(concat_hash(&asset.encode()));
		key.extend(concat_hash(&account.encode()));
		let stored: Option<Bytes> = self
			.request("state_getStorage", rpc_params![Bytes(key), at])
			.await?;
		match stored {
			Some(Bytes(bytes)) => Balance::decode(&mut bytes.as_slice())
				.map_err(|why| unreadable("what an account has of an asset", why)),
			None => Ok(0),
		}
	}

	async fn check_version(&self) -> Result<(), Error> {
		let version: Version = self
			.request("state_getRuntimeVersion", ArrayParams::new())
			.await?;
		let same = version.spec_name == VERSION.spec_name
			&& version.spec_version == self.spec_version
			&& version.transaction_version == VERSION.transaction_version;
		let named = |name: &str, spec: u32, transactions: u32| {
			format!("{name} {spec} (transactions {transactions})")
		};
		same.then_some(()).ok_or_else(|| Error::Version {
			chain: named(
				&version.spec_name,
				version.spec_version,
				version.transaction_version,
			),
			program: named(
				&VERSION.spec_name,
				self.spec_version,
				VERSION.transaction_version,
			),
		})
	}

	/// Signs a call and hands it to the node.
	async fn send(&self, signer: &sr25519::Pair, call: RuntimeCall) -> Result<Sent, Error> {
		let name = name_of(&call);
		let account = account_of(signer);
		// Held until the node has answered, so that nonces reach it in order.
		let mut nonces = self.nonces.lock().await;
		let next = self.nonce(&account).await?;
		let nonce = nonces.get(&account).map_or(next, |known| next.max(*known));
		let bytes = self.sign(signer, call, nonce).await?;
		let taken: Result<Subscription<Status>, ClientError> = self
			.rpc
			.subscribe(
				"author_submitAndWatchExtrinsic",
				rpc_params![Bytes(bytes.clone())],
				"author_unwatchExtrinsic",
			)
			.await;
		match taken {
			Ok(updates) => {
				nonces.insert(account.clone(), nonce + 1);
				self.submitted.fetch_add(1, Ordering::Relaxed);
				Ok(Sent {
					call: name,
					signer: account,
					bytes,
					updates,
				})
			}
			Err(source) => {
				nonces.remove(&account);
				Err(Error::NotTaken {
					call: name,
					reason: in_words(&source),
				})
			}
		}
	}

	/// Encodes a signed transaction, valid for [`LIFETIME`] blocks from the one before the best one: the
	/// pool may not have heard of the best one yet, and would find its birth unknown.
	async fn sign(
		&self,
		signer: &sr25519::Pair,
		call: RuntimeCall,
		nonce: Nonce,
	) -> Result<Vec<u8>, Error> {
		let head: Header = self.request("chain_getHeader", ArrayParams::new()).await?;
		let (number, hash) = match head.number.checked_sub(1) {
			Some(number) => (number, head.parent_hash),
			None => (head.number, head.hash()),
		};
		let lifetime = Lifetime::Blocks {
			count: LIFETIME,
			number,
			hash,
		};
		let signed = signing::sign_for(
			self.spec_version,
			signer,
			call,
			nonce,
			self.genesis,
			lifetime,
		);
		Ok(signed.encode())
	}

	/// Waits until a block has a transaction, and looks at what it did there.
	async fn wait(&self, sent: Sent) -> Result<Included, Error> {
		let Sent {
			call,
			signer,
			bytes,
			mut updates,
		} = sent;
		let deadline = Instant::now() + PATIENCE;
		let fate = loop {
			let left = deadline.saturating_duration_since(Instant::now());
			let update = match timeout(left, updates.next()).await {
				Err(_) => break NO_BLOCK,
				Ok(None) => break "the connection closed before a block had it",
				Ok(Some(Err(why))) => return Err(unreadable("the state of a transaction", why)),
				Ok(Some(Ok(update))) => update,
			};
			match update {
				Status::InBlock(block) if !self.finalized => {
					return self.outcome(call, &bytes, block).await
				}
				Status::Finalized(block) => return self.outcome(call, &bytes, block).await,
				Status::FinalityTimeout(_) => break "its block is not final yet",
				Status::Usurped(_) => break "another one of the same account took its place",
				Status::Dropped => break "the node's pool was full",
				Status::Invalid => break "it was no longer valid",
				Status::Future
				| Status::Ready
				| Status::Broadcast(_)
				| Status::InBlock(_)
				| Status::Retracted(_) => continue,
			}
		};
		// The count of this account may be ahead of the chain now: ask the node the next time.
		self.nonces.lock().await.remove(&signer);
		Err(Error::Lost {
			call,
			fate: fate.into(),
		})
	}

	/// What a transaction did in its block.
	async fn outcome(&self, call: String, bytes: &[u8], hash: Hash) -> Result<Included, Error> {
		let block = self.block(hash).await?;
		let position = block
			.extrinsics
			.iter()
			.position(|extrinsic| extrinsic == bytes);
		let Some(index) = position.and_then(|position| u32::try_from(position).ok()) else {
			return Err(Error::Lost {
				call,
				fate: format!("it is not in block {hash:?}"),
			});
		};
		let events: Vec<RuntimeEvent> = block
			.events
			.iter()
			.filter(|record| record.phase == Phase::ApplyExtrinsic(index))
			.map(|record| record.event.clone())
			.collect();
		self.note_fees(&events).await;
		let failure = events.iter().find_map(|event| match event {
			RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
				dispatch_error, ..
			}) => Some(*dispatch_error),
			_ => None,
		});
		match failure {
			Some(error) => {
				let (error, text) = explain(error);
				Err(Error::Refused { call, error, text })
			}
			None => Ok(Included {
				block: hash,
				index,
				events,
			}),
		}
	}

	/// Remembers what was paid for a transaction.
	async fn note_fees(&self, events: &[RuntimeEvent]) {
		for event in events {
			if let RuntimeEvent::TransactionPayment(
				pallet_transaction_payment::Event::TransactionFeePaid {
					who, actual_fee, ..
				},
			) = event
			{
				let mut fees = self.fees.lock().await;
				let paid = fees.entry(who.clone()).or_default();
				*paid = paid.saturating_add(*actual_fee);
			}
		}
	}

	/// The transactions and events of a block.
	async fn block(&self, hash: Hash) -> Result<Arc<Block>, Error> {
		// Held while the block is fetched, so that those who wait for the same one fetch it once.
		let mut kept = self.blocks.lock().await;
		if let Some((_, block)) = kept.iter().find(|(known, _)| *known == hash) {
			return Ok(block.clone());
		}
		let signed: SignedBlock = self.request("chain_getBlock", rpc_params![hash]).await?;
		let key = Bytes(storage_prefix(b"System", b"Events").to_vec());
		let stored: Option<Bytes> = self
			.request("state_getStorage", rpc_params![key, hash])
			.await?;
		// Nothing stored is what an empty list would be: its length, which is zero.
		let bytes = stored.map_or(vec![0], |Bytes(bytes)| bytes);
		let events = Vec::decode(&mut bytes.as_slice())
			.map_err(|why| unreadable("the events of a block", why))?;
		let extrinsics = signed
			.block
			.extrinsics
			.into_iter()
			.map(|Bytes(bytes)| bytes)
			.collect();
		let block = Arc::new(Block { extrinsics, events });
		kept.push_back((hash, block.clone()));
		if kept.len() > BLOCKS_KEPT {
			kept.pop_front();
		}
		Ok(block)
	}
}

/// A part of a key in a map, with its own hash in front of it.
fn concat_hash(part: &[u8]) -> Vec<u8> {
	Blake2_128Concat::hash(part)
}

/// The account of a key.
pub fn account_of(pair: &sr25519::Pair) -> AccountId {
	MultiSigner::from(pair.public()).into_account()
}

/// Pallet and name of a call, like `Land.claim`.
fn name_of(call: &RuntimeCall) -> String {
	let call = call.get_call_metadata();
	format!("{}.{}", call.pallet_name, call.function_name)
}

/// Name of an error and the sentence that the runtime's metadata has for it.
fn explain(error: DispatchError) -> (String, String) {
	let plain = || {
		(
			format!("{error:?}"),
			<&'static str>::from(error).to_string(),
		)
	};
	let DispatchError::Module(module) = error else {
		return plain();
	};
	let RuntimeMetadata::V14(metadata) = Runtime::metadata().1 else {
		return plain();
	};
	metadata
		.pallets
		.iter()
		.find(|pallet| pallet.index == module.index)
		.and_then(|pallet| {
			let errors = metadata.types.resolve(pallet.error.as_ref()?.ty.id)?;
			let TypeDef::Variant(errors) = &errors.type_def else {
				return None;
			};
			let error = errors
				.variants
				.iter()
				.find(|error| error.index == module.error[0])?;
			let text = error
				.docs
				.iter()
				.map(|line| line.trim())
				.collect::<Vec<_>>()
				.join(" ");
			// Sentences go on after it.
			let text = text.trim_end_matches('.').to_string();
			Some((format!("{}.{}", pallet.name, error.name), text))
		})
		.unwrap_or_else(plain)
}

/// An error of the connection in words: a node's own are JSON, of which the text is enough.
fn in_words(error: &ClientError) -> String {
	let ClientError::Call(error) = error else {
		return error.to_string();
	};
	match error.data() {
		Some(data) => format!("{} ({})", error.message(), data.get().trim_matches('"')),
		None => error.message().to_string(),
	}
}

/// An answer that is not what it should be.
pub(crate) fn unreadable(what: &str, why: impl ToString) -> Error {
	Error::Unreadable {
		what: what.into(),
		why: why.to_string(),
	}
}

#[cfg(test)]
mod tests;
