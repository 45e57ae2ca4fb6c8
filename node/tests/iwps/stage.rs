//! A chain with two worlds, the portals between them, and the servers of both.

use clap::Parser;
use jsonrpsee::rpc_params;
use madang_client::{
	calls,
	chain::{Chain, Included, Purse},
};
use madang_iwps::{
	options::Options,
	server::{Error, Server},
};
use madang_primitives::{
	escrow::AssetKind,
	geometry::{Area, Size},
	portal::{
		Access, DestinationInput, Direction, GateInput, PortalId, Proof, Split, Terms, Toll, Way,
	},
	Balance, MetaverseId,
};
use madang_runtime::{
	genesis_config_presets::DEMO_METAVERSE as DEMO, AccountId, BlockNumber, RuntimeCall,
	RuntimeEvent,
};
use madang_runtime_common::units::{DEPOSIT_PER_BYTE, MDG};
use pallet_portal::{Call, Event};
use serde_json::{json, Value};
use sp_core::{
	crypto::Ss58Codec,
	sr25519::{self, Pair},
	Pair as _,
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie};
use sp_runtime::Permill;
use tokio::runtime::Runtime as Threads;

use crate::{
	common::Node,
	docs::{block_with, is_named_in_docs},
	http::World,
};

/// What the toll road costs.
pub const TOLL: Balance = MDG;

/// Where the samples say that the world is entered.
pub const ENTRY: &str = "https://beta.example/teleport";

/// The portals of the stage, in the order in which they are proposed.
/// A toll road, both ways.
pub const ROAD: PortalId = 0;
/// Free, and open to everyone.
pub const PARK: PortalId = 1;
/// Free, and soon over.
pub const SHORT: PortalId = 2;
/// Free, and paused.
pub const PAUSED: PortalId = 3;
/// Out of this chain.
pub const AWAY: PortalId = 4;

/// Where it leads.
const FAR: &str = "https://far.example";

/// A chain with two worlds and the portals between them.
pub struct Stage {
	/// The node.
	pub node: Node,
	/// On these the servers run.
	pub threads: Threads,
	/// A connection to the node.
	pub chain: Chain,
	/// Where the portals lead.
	pub beta: MetaverseId,
}

impl Stage {
	/// Founds the second world and opens the portals.
	pub fn set() -> Self {
		let node = Node::start_dev(&[]);
		let threads = Threads::new().expect("threads can be started");
		let (chain, beta) = threads.block_on(async {
			let chain = Chain::connect(&node.ws_url())
				.await
				.expect("the node answers");
			let beta = found_beta(&chain).await;
			propose(&chain, beta).await;
			deposits_are_named_in_docs(&chain).await;
			agree(&chain).await;
			(chain, beta)
		});
		Self {
			node,
			threads,
			chain,
			beta,
		}
	}

	/// Starts a server for a metaverse.
	pub fn serve(&self, metaverse: MetaverseId, more: &[&str]) -> World {
		let server = self
			.start(metaverse, more)
			.unwrap_or_else(|error| panic!("{more:?}: {error}"));
		let address = server.address();
		assert!(server.greeting().contains(&address.to_string()));
		self.threads.spawn(server.run(std::future::pending()));
		World { address }
	}

	/// Prepares a server for a metaverse.
	pub fn start(&self, metaverse: MetaverseId, more: &[&str]) -> Result<Server, Error> {
		let (url, id) = (self.node.ws_url(), metaverse.to_string());
		let least = [
			"madang-iwps",
			"--url",
			&url,
			"--metaverse",
			&id,
			"--entry",
			ENTRY,
			"--listen",
			"127.0.0.1:0",
		];
		let options = Options::try_parse_from([&least[..], more].concat());
		let options = options.unwrap_or_else(|error| panic!("{more:?}: {error}"));
		self.threads.block_on(Server::start(options))
	}

	/// Somebody takes a pass, and gets to know its last block.
	pub fn travel(&self, who: Sr25519Keyring, way: Way) -> BlockNumber {
		let call = Call::travel {
			id: ROAD,
			version: 1,
			way,
			max_toll: TOLL,
			proof: Proof::None,
		};
		let included = self
			.threads
			.block_on(submit(&self.chain, who, RuntimeCall::Portal(call)));
		included
			.events
			.iter()
			.find_map(|event| match event {
				RuntimeEvent::Portal(Event::Travelled { valid_until, .. }) => Some(*valid_until),
				_ => None,
			})
			.expect("a pass was taken")
	}

	/// What an account has.
	pub fn purse(&self, account: &AccountId) -> Purse {
		self.threads
			.block_on(self.chain.purse(&AssetKind::Native, account, None))
			.expect("the node answers")
	}

	/// What somebody has.
	pub fn purse_of(&self, who: Sr25519Keyring) -> Purse {
		self.purse(&who.to_account_id())
	}

	/// What somebody has paid in fees.
	pub fn fees(&self, who: Sr25519Keyring) -> Balance {
		self.threads
			.block_on(self.chain.fees_paid(&who.to_account_id()))
	}

	/// How the chain says things stand with a pass.
	pub fn pass_state(&self, who: Sr25519Keyring) -> Value {
		let params = json!([ROAD, who.to_account_id().to_ss58check()]);
		self.node
			.call("portal_pass", params)
			.get_mut("state")
			.map(Value::take)
			.unwrap_or_default()
	}

	/// What the owner of a pass signs, from the text in the docs.
	pub fn sign(
		&self,
		signer: Sr25519Keyring,
		user: Sr25519Keyring,
		teleport: &str,
		way: &str,
		valid_until: BlockNumber,
	) -> String {
		let genesis = format!("{:?}", self.chain.genesis());
		let text = block_with("text", "Madang IWPS teleport")
			.replace("<genesis hash>", &genesis)
			.replace("<last block>", &valid_until.to_string())
			.replace("way: there", &format!("way: {way}"))
			.replace(SAMPLE_ID, teleport)
			.replace(
				&Charlie.to_account_id().to_ss58check(),
				&user.to_account_id().to_ss58check(),
			);
		hex(pair(signer).sign(text.trim_end().as_bytes()).as_ref())
	}
}

/// The teleport id of the samples.
pub const SAMPLE_ID: &str = "0b0f1c0e-6c1a-4f5e-9d2e-3b6a1f2c4d5e";

async fn found_beta(chain: &Chain) -> MetaverseId {
	let size = Size::new(16, 16);
	let quote = chain.quote(size.cells()).await.expect("there is land");
	let price = quote.price.max(quote.next_price);
	let register = calls::register("beta", calls::profile("Beta", ""), size, price);
	let opened = open(chain, Alice, DEMO);
	let founded = async {
		submit(chain, Bob, register).await;
		let found = chain.metaverse_by_slug("beta").await;
		let id = found.expect("the node answers").expect("it was founded").id;
		open(chain, Bob, id).await;
		id
	};
	tokio::join!(opened, founded).1
}

/// Claims a cell of a metaverse and says where it runs, as every world has to, and launches it.
async fn open(chain: &Chain, owner: Sr25519Keyring, metaverse: MetaverseId) {
	let calls = vec![
		calls::claim(metaverse, Area::new(0, 0, 1, 1), 0),
		calls::set_endpoint(metaverse, ENTRY),
		calls::launch(metaverse),
	];
	chain
		.submit_all(&pair(owner), calls, &|_, _| {})
		.await
		.expect("the cell is free");
}

/// Alice proposes all portals from her world to the other one.
async fn propose(chain: &Chain, beta: MetaverseId) {
	let height = chain.height().await.expect("the node answers");
	let gate = |metaverse| GateInput {
		metaverse,
		parcel: None,
		spawn: Vec::new(),
	};
	let plain = Terms {
		direction: Direction::OneWay,
		toll: None,
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: 300,
	};
	let road = Terms {
		direction: Direction::TwoWay,
		toll: Some(Toll {
			asset: AssetKind::Native,
			amount: TOLL,
			split: Split {
				source: Permill::from_percent(49),
				destination: Permill::from_percent(49),
				network: Permill::from_percent(2),
			},
		}),
		..plain.clone()
	};
	let short = Terms {
		expires_at: Some(height + 12),
		..plain.clone()
	};
	let propose = |terms| {
		RuntimeCall::Portal(Call::propose {
			source: gate(DEMO),
			destination: DestinationInput::Gate(gate(beta)),
			terms,
		})
	};
	let mut proposals: Vec<_> = [road, plain.clone(), short, plain.clone()]
		.map(propose)
		.into();
	proposals.push(RuntimeCall::Portal(Call::propose {
		source: gate(DEMO),
		destination: DestinationInput::External {
			uri: FAR.into(),
			manifest: Default::default(),
		},
		terms: plain,
	}));
	chain
		.submit_all(&pair(Alice), proposals, &|_, _| {})
		.await
		.expect("all of them are sound");
}

/// The page names what the end and the offer of a portal cost, and an end that leads away.
async fn deposits_are_named_in_docs(chain: &Chain) {
	let road = deposits(chain, ROAD).await;
	assert_eq!(road.len(), 2, "an end and an offer");
	road.into_iter().for_each(is_named_in_docs);
	let away = deposits(chain, AWAY).await;
	assert_eq!(away.len(), 1, "the end where it begins");
	is_named_in_docs(away[0] - FAR.len() as Balance * DEPOSIT_PER_BYTE);
}

async fn deposits(chain: &Chain, id: PortalId) -> Vec<Balance> {
	let portal: Value = chain
		.request("portal_get", rpc_params![id])
		.await
		.expect("it was proposed");
	let deposits = portal["deposits"].as_array().expect("there is a list");
	deposits
		.iter()
		.map(|deposit| deposit["amount"].as_str().unwrap_or_default())
		.map(|amount| amount.parse().expect("amounts are decimal"))
		.collect()
}

/// Bob agrees to all of them, and pauses one.
async fn agree(chain: &Chain) {
	let mut agreed: Vec<_> = [ROAD, PARK, SHORT, PAUSED]
		.map(|id| RuntimeCall::Portal(Call::accept { id, version: 1 }))
		.into();
	agreed.push(RuntimeCall::Portal(Call::pause { id: PAUSED }));
	chain
		.submit_all(&pair(Bob), agreed, &|_, _| {})
		.await
		.expect("all four are offered");
}

/// Sends a call that has to succeed.
pub async fn submit(chain: &Chain, who: Sr25519Keyring, call: RuntimeCall) -> Included {
	chain
		.submit(&pair(who), call)
		.await
		.unwrap_or_else(|error| panic!("{error}"))
}

/// The key of somebody.
pub fn pair(who: Sr25519Keyring) -> sr25519::Pair {
	Pair::from_string(&who.to_seed(), None).expect("it is one of the development keys")
}

fn hex(bytes: &[u8]) -> String {
	let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
	format!("0x{digits}")
}
