//! What a node can ask every runtime.

/// What [`impl_application_apis`] calls by its short name, for the module that uses it.
pub(crate) mod names {
	pub use alloc::vec::Vec;

	pub use frame_support::{
		genesis_builder_helper::{build_state, get_preset},
		view_functions::{ViewFunctionDispatchError, ViewFunctionId},
		weights::Weight,
	};
	pub use madang_primitives::{
		escrow::{
			AssetKind, AssetRules, CampaignId, CampaignView, Claimable, EscrowQueryError,
			PositionId, PositionView, Rules, TicketQuote,
		},
		geometry::Area,
		land::{AreaView, ItemCursor, LandQueryError, OwnedParcel, ParcelView, Quote, SupplyView},
		metaverse::{MetaverseQueryError, MetaverseView},
		portal::{PassView, PortalId, PortalQueryError, PortalView, Route},
		MetaverseId, Page, ParcelId,
	};
	pub use pallet_transaction_payment::{FeeDetails, RuntimeDispatchInfo};
	pub use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
	pub use sp_inherents::{CheckInherentsResult, InherentData};
	pub use sp_runtime::{
		traits::Block as BlockT,
		transaction_validity::{TransactionSource, TransactionValidity},
		ApplyExtrinsicResult, ExtrinsicInclusionMode,
	};
	pub use sp_session::OpaqueGeneratedSessionKeys;
	pub use sp_version::RuntimeVersion;

	// The macro of the pallets makes it for this crate alone.
	pub(crate) use crate::InherentDataExt;
	pub use crate::{
		genesis_config_presets, AccountId, Balance, Block, BlockNumber, Escrow, Executive, Land,
		Metaverse, Nonce, Portal, Runtime, RuntimeCall, RuntimeGenesisConfig, SessionKeys, System,
		TransactionPayment, VERSION,
	};
}

/// Implements what a node can ask: what stands here, and what is handed in, which only one runtime has.
/// Needs the [`names`] in scope, and `genesis_config_presets` at the root of the crate.
macro_rules! impl_application_apis {
	($($own:tt)*) => {
		sp_api::impl_runtime_apis! {
			$($own)*

			impl sp_api::Core<Block> for Runtime {
				fn version() -> RuntimeVersion {
					VERSION
				}

				fn execute_block(block: <Block as BlockT>::LazyBlock) {
					Executive::execute_block(block)
				}

				fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
					Executive::initialize_block(header)
				}
			}

			impl sp_api::Metadata<Block> for Runtime {
				fn metadata() -> OpaqueMetadata {
					OpaqueMetadata::new(Runtime::metadata().into())
				}

				fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
					Runtime::metadata_at_version(version)
				}

				fn metadata_versions() -> Vec<u32> {
					Runtime::metadata_versions()
				}
			}

			impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
				fn execute_view_function(
					query_id: ViewFunctionId,
					input: Vec<u8>,
				) -> Result<Vec<u8>, ViewFunctionDispatchError> {
					Runtime::execute_view_function(query_id, input)
				}
			}

			impl sp_block_builder::BlockBuilder<Block> for Runtime {
				fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
					Executive::apply_extrinsic(extrinsic)
				}

				fn finalize_block() -> <Block as BlockT>::Header {
					Executive::finalize_block()
				}

				fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
					data.create_extrinsics()
				}

				fn check_inherents(
					block: <Block as BlockT>::LazyBlock,
					data: InherentData,
				) -> CheckInherentsResult {
					data.check_extrinsics(&block)
				}
			}

			impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
				fn validate_transaction(
					source: TransactionSource,
					tx: <Block as BlockT>::Extrinsic,
					block_hash: <Block as BlockT>::Hash,
				) -> TransactionValidity {
					Executive::validate_transaction(source, tx, block_hash)
				}
			}

			impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
				fn offchain_worker(header: &<Block as BlockT>::Header) {
					Executive::offchain_worker(header)
				}
			}

			impl sp_session::SessionKeys<Block> for Runtime {
				fn generate_session_keys(
					owner: Vec<u8>,
					seed: Option<Vec<u8>>,
				) -> OpaqueGeneratedSessionKeys {
					SessionKeys::generate(&owner, seed).into()
				}

				fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
					SessionKeys::decode_into_raw_public_keys(&encoded)
				}
			}

			impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
				fn account_nonce(account: AccountId) -> Nonce {
					System::account_nonce(account)
				}
			}

			impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
				for Runtime
			{
				fn query_info(
					uxt: <Block as BlockT>::Extrinsic,
					len: u32,
				) -> RuntimeDispatchInfo<Balance> {
					TransactionPayment::query_info(uxt, len)
				}

				fn query_fee_details(uxt: <Block as BlockT>::Extrinsic, len: u32) -> FeeDetails<Balance> {
					TransactionPayment::query_fee_details(uxt, len)
				}

				fn query_weight_to_fee(weight: Weight) -> Balance {
					TransactionPayment::weight_to_fee(weight)
				}

				fn query_length_to_fee(length: u32) -> Balance {
					TransactionPayment::length_to_fee(length)
				}
			}

			impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<
				Block,
				Balance,
				RuntimeCall,
			> for Runtime {
				fn query_call_info(call: RuntimeCall, len: u32) -> RuntimeDispatchInfo<Balance> {
					TransactionPayment::query_call_info(call, len)
				}

				fn query_call_fee_details(call: RuntimeCall, len: u32) -> FeeDetails<Balance> {
					TransactionPayment::query_call_fee_details(call, len)
				}

				fn query_weight_to_fee(weight: Weight) -> Balance {
					TransactionPayment::weight_to_fee(weight)
				}

				fn query_length_to_fee(length: u32) -> Balance {
					TransactionPayment::length_to_fee(length)
				}
			}

			impl madang_runtime_api::MetaverseApi<Block, AccountId, Balance, BlockNumber> for Runtime {
				fn get(id: MetaverseId) -> Option<MetaverseView<AccountId, Balance, BlockNumber>> {
					Metaverse::api_get(id)
				}

				fn by_slug(slug: Vec<u8>) -> Option<MetaverseView<AccountId, Balance, BlockNumber>> {
					Metaverse::api_by_slug(slug)
				}

				fn list(
					cursor: Option<MetaverseId>,
					limit: u32,
				) -> Result<
					Page<MetaverseView<AccountId, Balance, BlockNumber>, MetaverseId>,
					MetaverseQueryError,
				> {
					Metaverse::api_list(cursor, limit)
				}

				fn owned_by(
					owner: AccountId,
					cursor: Option<MetaverseId>,
					limit: u32,
				) -> Result<
					Page<MetaverseView<AccountId, Balance, BlockNumber>, MetaverseId>,
					MetaverseQueryError,
				> {
					Metaverse::api_owned_by(owner, cursor, limit)
				}

				fn account(id: MetaverseId) -> AccountId {
					Metaverse::account_of(id)
				}
			}

			impl madang_runtime_api::LandApi<Block, AccountId, Balance, BlockNumber> for Runtime {
				fn parcel(
					metaverse: MetaverseId,
					parcel: ParcelId,
				) -> Result<ParcelView<AccountId, Balance, BlockNumber>, LandQueryError> {
					Land::api_parcel(metaverse, parcel)
				}

				fn parcel_at(
					metaverse: MetaverseId,
					x: u16,
					y: u16,
				) -> Result<Option<ParcelView<AccountId, Balance, BlockNumber>>, LandQueryError> {
					Land::api_parcel_at(metaverse, x, y)
				}

				fn area(
					metaverse: MetaverseId,
					area: Area,
				) -> Result<AreaView<AccountId>, LandQueryError> {
					Land::api_area(metaverse, area)
				}

				fn parcels_of(
					owner: AccountId,
					cursor: Option<ItemCursor>,
					limit: u32,
				) -> Result<Page<OwnedParcel, ItemCursor>, LandQueryError> {
					Land::api_parcels_of(owner, cursor, limit)
				}

				fn quote(cells: u32) -> Result<Quote<Balance, BlockNumber>, LandQueryError> {
					Land::api_quote(cells)
				}

				fn supply() -> SupplyView<Balance, BlockNumber> {
					Land::api_supply()
				}
			}

			impl madang_runtime_api::EscrowApi<Block, AccountId, BlockNumber> for Runtime {
				fn campaign(id: CampaignId) -> Option<CampaignView<AccountId, BlockNumber>> {
					Escrow::api_campaign(id)
				}

				fn campaigns(
					cursor: Option<CampaignId>,
					limit: u32,
				) -> Result<Page<CampaignView<AccountId, BlockNumber>, CampaignId>, EscrowQueryError> {
					Escrow::api_campaigns(cursor, limit)
				}

				fn campaigns_of(
					metaverse: MetaverseId,
					cursor: Option<CampaignId>,
					limit: u32,
				) -> Result<Page<CampaignView<AccountId, BlockNumber>, CampaignId>, EscrowQueryError> {
					Escrow::api_campaigns_of(metaverse, cursor, limit)
				}

				fn position(id: PositionId) -> Option<PositionView<AccountId, BlockNumber>> {
					Escrow::api_position(id)
				}

				fn positions_of(
					owner: AccountId,
					cursor: Option<CampaignId>,
					limit: u32,
				) -> Result<Page<PositionView<AccountId, BlockNumber>, CampaignId>, EscrowQueryError> {
					Escrow::api_positions_of(owner, cursor, limit)
				}

				fn quote(campaign: CampaignId, amount: Balance) -> Result<TicketQuote, EscrowQueryError> {
					Escrow::api_quote(campaign, amount)
				}

				fn claimable(position: PositionId) -> Option<Claimable> {
					Escrow::api_claimable(position)
				}

				fn rules() -> Rules<BlockNumber> {
					Escrow::api_rules()
				}

				fn asset_rules(asset: AssetKind) -> Option<AssetRules> {
					Escrow::api_asset_rules(asset)
				}
			}

			impl madang_runtime_api::PortalApi<Block, AccountId, BlockNumber> for Runtime {
				fn get(id: PortalId) -> Option<PortalView<AccountId, BlockNumber>> {
					Portal::api_get(id)
				}

				fn portals_from(
					metaverse: MetaverseId,
				) -> Result<Vec<PortalView<AccountId, BlockNumber>>, PortalQueryError> {
					Portal::api_from(metaverse)
				}

				fn portals_to(
					metaverse: MetaverseId,
				) -> Result<Vec<PortalView<AccountId, BlockNumber>>, PortalQueryError> {
					Portal::api_to(metaverse)
				}

				fn proposals(
					metaverse: MetaverseId,
					cursor: Option<PortalId>,
					limit: u32,
				) -> Result<Page<PortalView<AccountId, BlockNumber>, PortalId>, PortalQueryError> {
					Portal::api_proposals(metaverse, cursor, limit)
				}

				fn portals(
					cursor: Option<PortalId>,
					limit: u32,
				) -> Result<Page<PortalView<AccountId, BlockNumber>, PortalId>, PortalQueryError> {
					Portal::api_portals(cursor, limit)
				}

				fn pass(id: PortalId, account: AccountId) -> Option<PassView<BlockNumber>> {
					Portal::api_pass(id, &account)
				}

				fn allowlist_leaf(account: AccountId) -> Vec<u8> {
					codec::Encode::encode(&Portal::allowlist_leaf(account))
				}

				fn route(
					from: MetaverseId,
					to: MetaverseId,
					max_hops: u32,
				) -> Result<Route, PortalQueryError> {
					Portal::api_route(from, to, max_hops)
				}
			}

			impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
				fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
					build_state::<RuntimeGenesisConfig>(config)
				}

				fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
					get_preset::<RuntimeGenesisConfig>(id, genesis_config_presets::get_preset)
				}

				fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
					genesis_config_presets::preset_names()
				}
			}

			#[cfg(feature = "try-runtime")]
			impl frame_try_runtime::TryRuntime<Block> for Runtime {
				fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
					// A failure must end the run with its reason, and this is never on chain.
					let weight = Executive::try_runtime_upgrade(checks).expect("the upgrade works");
					(weight, $crate::application::configs::system::RuntimeBlockWeights::get().max_block)
				}

				fn execute_block(
					block: <Block as BlockT>::LazyBlock,
					state_root_check: bool,
					signature_check: bool,
					select: frame_try_runtime::TryStateSelect,
				) -> Weight {
					Executive::try_execute_block(block, state_root_check, signature_check, select)
						.expect("the block executes")
				}
			}
		}
	};
}
