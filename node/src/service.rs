//! How the node is put together: client, transaction pool, network, block production, finality.

use std::{error::Error as StdError, path::Path, sync::Arc, time::Duration};

use madang_runtime::{opaque::Block, BlockNumber, Hash, RuntimeApi};
use sc_basic_authorship::ProposerFactory;
use sc_consensus::{DefaultImportQueue, LongestChain};
use sc_consensus_aura::{ImportQueueParams, SlotDuration, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
	warp_proof, BeforeBestBlockBy, FinalityProofProvider, GrandpaBlockImport, GrandpaParams,
	LinkHalf, SharedVoterState, ThreeQuartersOfTheUnfinalizedChain, VotingRulesBuilder,
};
use sc_executor::WasmExecutor;
use sc_network::{
	config::{FullNetworkConfiguration, NetworkBackendType},
	Litep2pNetworkBackend, NetworkBackend, NetworkWorker,
};
use sc_service::{
	BuildNetworkParams, ChainType, Configuration, Error, PartialComponents, SpawnTasksParams,
	TFullBackend, TFullClient, TaskManager, WarpSyncConfig,
};
use sc_storage_monitor::{StorageMonitorParams, StorageMonitorService};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_blockchain::HeaderBackend;
use sp_consensus_aura::{
	inherents::InherentDataProvider as SlotProvider, sr25519::AuthorityPair as AuraPair,
};
use sp_timestamp::InherentDataProvider as TimestampProvider;

use crate::{
	compiler::{self, Compiler},
	metrics::{self, Gauges},
	rpc, welcome,
};

/// What the runtime may call in the node.
pub type HostFunctions = sp_io::SubstrateHostFunctions;

/// The client: database, runtime and chain in one.
pub type FullClient = TFullClient<Block, RuntimeApi, WasmExecutor<HostFunctions>>;

/// The database.
pub type FullBackend = TFullBackend<Block>;

/// The pool of transactions that wait for a block.
pub type FullPool = TransactionPoolHandle<Block, FullClient>;

/// How the best block is chosen.
type SelectChain = LongestChain<FullBackend, Block>;

/// What a node and the offline commands have in common.
pub type Parts = PartialComponents<
	FullClient,
	FullBackend,
	SelectChain,
	DefaultImportQueue<Block>,
	FullPool,
	Consensus,
>;

/// What only a running node needs to take part in consensus.
pub struct Consensus {
	block_import: GrandpaBlockImport<FullBackend, Block, FullClient, SelectChain>,
	grandpa_link: LinkHalf<Block, FullClient, SelectChain>,
	slot_duration: SlotDuration,
	telemetry: Option<Telemetry>,
	executor: WasmExecutor<HostFunctions>,
}

/// A proof of finality is kept at least once in so many blocks, for those who sync by proofs.
const JUSTIFICATION_PERIOD: u32 = 512;

/// How long a finality vote may take through the network.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// Blocks between the best one and the one that is voted on. One is enough where a slot belongs to
/// one author, and brings finality a block earlier than the usual two.
const VOTE_BEHIND_BEST: BlockNumber = 1;

/// Part of a slot in which transactions are put into a block; the rest is for spreading it.
const PROPOSAL_PORTION: f32 = 2.0 / 3.0;

/// Telemetry messages that may wait to be sent.
const TELEMETRY_BUFFER: usize = 16;

/// Opens the database and puts together what works without a network.
pub fn assemble(config: &Configuration) -> Result<Parts, Error> {
	let telemetry = telemetry(config)?;
	let executor = Compiler::of(config)?.executor();
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor.clone(),
			Vec::new(),
		)?;
	let client = Arc::new(client);

	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager
			.spawn_handle()
			.spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = LongestChain::new(backend.clone());
	let transaction_pool = Arc::new(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (block_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(Telemetry::handle),
	)?;

	let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
	let import_queue =
		sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
			block_import: block_import.clone(),
			justification_import: Some(Box::new(block_import.clone())),
			client: client.clone(),
			create_inherent_data_providers: move |_, ()| async move { inherents(slot_duration) },
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			check_for_equivocation: Default::default(),
			telemetry: telemetry.as_ref().map(Telemetry::handle),
			compatibility_mode: Default::default(),
		})?;

	Ok(Parts {
		client,
		backend,
		task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other: Consensus {
			block_import,
			grandpa_link,
			slot_duration,
			telemetry,
			executor,
		},
	})
}

/// Starts the node on the network backend that the configuration names. It stops by itself when there
/// is less room on the disk than `disk` asks for.
pub fn start(config: Configuration, disk: StorageMonitorParams) -> Result<TaskManager, Error> {
	let database = config.database.path().map(Path::to_path_buf);
	let task_manager = match config.network.network_backend {
		NetworkBackendType::Litep2p => start_on::<Litep2pNetworkBackend>(config),
		NetworkBackendType::Libp2p => start_on::<NetworkWorker<Block, Hash>>(config),
	}?;
	if let Some(database) = database {
		StorageMonitorService::try_spawn(disk, database, &task_manager.spawn_essential_handle())
			.map_err(|error| Error::Application(error.into()))?;
	}
	Ok(task_manager)
}

/// Starts the node: network, JSON-RPC, and for an authority block production and finality votes.
fn start_on<Network: NetworkBackend<Block, Hash>>(
	config: Configuration,
) -> Result<TaskManager, Error> {
	let Parts {
		client,
		backend,
		mut task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other:
			Consensus {
				block_import,
				grandpa_link,
				slot_duration,
				mut telemetry,
				executor,
			},
	} = assemble(&config)?;

	// Network, with the channel on which finality is voted.
	let mut net_config = FullNetworkConfiguration::<Block, Hash, Network>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let metrics = Network::register_notification_metrics(config.prometheus_registry());
	let grandpa_protocol = sc_consensus_grandpa::protocol_standard_name(
		&client.info().genesis_hash,
		&config.chain_spec,
	);
	let (grandpa_notifications, grandpa_service) =
		sc_consensus_grandpa::grandpa_peers_set_config::<Block, Network>(
			grandpa_protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(grandpa_notifications);

	let warp_sync = Arc::new(warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));
	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	// JSON-RPC.
	let voter_state = SharedVoterState::empty();
	let rpc_deps = rpc::Deps {
		client: client.clone(),
		pool: transaction_pool.clone(),
		finality: rpc::FinalityDeps {
			voter_state: voter_state.clone(),
			authority_set: grandpa_link.shared_authority_set().clone(),
			justifications: grandpa_link.justification_stream(),
			proofs: FinalityProofProvider::new_for_service(
				backend.clone(),
				Some(grandpa_link.shared_authority_set().clone()),
			),
		},
	};
	let rpc_builder =
		Box::new(move |executor| rpc::module(rpc_deps.clone(), executor).map_err(Error::from));

	// What is asked of the configuration once the tasks have taken it.
	let role = config.role;
	let name = config.network.node_name.clone();
	let prometheus = config.prometheus_registry().cloned();
	let force_authoring = config.force_authoring;
	let vote = !config.disable_grandpa;
	let compiler = Compiler::of(&config)?;
	let is_development = config.chain_spec.chain_type() == ChainType::Development;

	let rpc_handlers = sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: client.clone(),
		backend,
		task_manager: &mut task_manager,
		keystore: keystore_container.keystore(),
		transaction_pool: transaction_pool.clone(),
		rpc_builder,
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;
	let telemetry = telemetry.as_ref().map(Telemetry::handle);

	// What the chain itself has to tell Prometheus. Calls into the runtime block, and a node without
	// these figures is still a node.
	if let Some(registry) = &prometheus {
		let figures = metrics::watch(client.clone(), Gauges::register(registry)?);
		task_manager
			.spawn_handle()
			.spawn_blocking("madang-figures", Some("metrics"), figures);
	}

	// A runtime that is to come. A node that is late with it is late with one block.
	let runtimes = compiler::watch(client.clone(), compiler, executor);
	task_manager
		.spawn_handle()
		.spawn_blocking("next-runtime", None, runtimes);

	// Block production.
	if role.is_authority() {
		let proposer_factory = ProposerFactory::new(
			task_manager.spawn_handle(),
			client.clone(),
			transaction_pool.clone(),
			prometheus.as_ref(),
			telemetry.clone(),
		);
		let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(
			StartAuraParams {
				slot_duration,
				client,
				select_chain,
				block_import,
				proposer_factory,
				sync_oracle: sync_service.clone(),
				justification_sync_link: sync_service.clone(),
				create_inherent_data_providers: move |_, ()| async move { inherents(slot_duration) },
				force_authoring,
				backoff_authoring_blocks: None::<()>,
				keystore: keystore_container.keystore(),
				block_proposal_slot_portion: SlotProportion::new(PROPOSAL_PORTION),
				max_block_proposal_slot_portion: None,
				telemetry: telemetry.clone(),
				compatibility_mode: Default::default(),
			},
		)?;
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("aura", Some("block-authoring"), aura);
	}

	// Finality. A node that is no authority follows the votes without casting any.
	if vote {
		let voting_rule = VotingRulesBuilder::<Block, FullClient>::new()
			.add(BeforeBestBlockBy(VOTE_BEHIND_BEST))
			.add(ThreeQuartersOfTheUnfinalizedChain)
			.build();
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: GOSSIP_DURATION,
				justification_generation_period: JUSTIFICATION_PERIOD,
				observer_enabled: false,
				local_role: role,
				name: Some(name),
				keystore: role.is_authority().then(|| keystore_container.keystore()),
				telemetry: telemetry.clone(),
				protocol_name: grandpa_protocol,
			},
			link: grandpa_link,
			network,
			sync: sync_service,
			notification_service: grandpa_service,
			voting_rule,
			prometheus_registry: prometheus,
			shared_voter_state: voter_state,
			telemetry,
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
		})?;
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("grandpa-voter", None, voter);
	}

	if is_development {
		welcome::print(rpc_handlers.listen_addresses());
	}
	Ok(task_manager)
}

/// The telemetry that the configuration asks for, and the worker that sends it.
fn telemetry(
	config: &Configuration,
) -> Result<Option<(TelemetryWorker, Telemetry)>, sc_telemetry::Error> {
	let endpoints = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty());
	let Some(endpoints) = endpoints else {
		return Ok(None);
	};
	let worker = TelemetryWorker::new(TELEMETRY_BUFFER)?;
	let telemetry = worker.handle().new_telemetry(endpoints);
	Ok(Some((worker, telemetry)))
}

/// What the author of a block puts in before all transactions: the slot and the time.
fn inherents(
	slot_duration: SlotDuration,
) -> Result<(SlotProvider, TimestampProvider), Box<dyn StdError + Send + Sync>> {
	let timestamp = TimestampProvider::from_system_time();
	let slot = SlotProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration);
	Ok((slot, timestamp))
}
