//! What turns runtimes into machine code, and does it before they come into force.
//!
//! A runtime is compiled when it is needed first, which takes longer than a block: seconds on an idle
//! machine. So what was compiled is kept in a folder of the node, from which the next start takes it; and
//! while a new runtime waits for its block, [`watch`] compiles it into that folder, with an executor of its
//! own, because those who wait for the executor of the client would wait for the compiler as well. The
//! latter then takes it from the folder, so that it is in memory when its block comes.
//!
//! The folder has machine code that the node runs. It belongs to the node like the keys beside it: nobody
//! else may write there. A file that the compiler cannot read, or another compiler wrote, is made anew.

use std::{
	path::{absolute, PathBuf},
	sync::Arc,
	time::{Duration, Instant},
};

use codec::Decode;
use log::{debug, error, info};
use madang_runtime::{BlockNumber, Hash, Runtime};
use pallet_upgrade::{Code, Next, Upcoming};
use sc_executor::{
	HeapAllocStrategy, RuntimeVersion, RuntimeVersionOf, WasmExecutor, DEFAULT_HEAP_ALLOC_STRATEGY,
};
use sc_service::{config::ExecutorConfiguration, Configuration};
use sp_blockchain::HeaderBackend;
use sp_core::traits::{RuntimeCode, WrappedRuntimeCode};
use sp_io::hashing::blake2_256;
use sp_state_machine::{Backend, BasicExternalities};
use tokio::time::{interval, MissedTickBehavior};

use crate::service::{FullClient, HostFunctions};

/// Time from one look at the chain to the next: two blocks. Code waits much longer.
const INTERVAL: Duration = Duration::from_secs(4);

/// Name of the folder, beside the database and the keys.
const FOLDER: &str = "compiled";

/// Where the log tells of runtimes that come.
const LOG_TARGET: &str = "madang::upgrade";

/// Makes executors that keep what they compile in the same folder.
#[derive(Clone)]
pub struct Compiler {
	executor: ExecutorConfiguration,
	folder: PathBuf,
}

impl Compiler {
	/// The one of a node.
	pub fn of(config: &Configuration) -> std::io::Result<Self> {
		let chain = config.base_path.config_dir(config.chain_spec.id());
		Ok(Self {
			executor: config.executor.clone(),
			// The cache of the compiler takes no other path.
			folder: absolute(chain.join(FOLDER))?,
		})
	}

	/// An executor that has nothing in memory yet.
	pub fn executor(&self) -> WasmExecutor<HostFunctions> {
		let heap = self
			.executor
			.default_heap_pages
			.and_then(|pages| u32::try_from(pages).ok())
			.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |extra_pages| {
				HeapAllocStrategy::Static { extra_pages }
			});
		WasmExecutor::builder()
			.with_execution_method(self.executor.wasm_method)
			.with_onchain_heap_alloc_strategy(heap)
			.with_offchain_heap_alloc_strategy(heap)
			.with_max_runtime_instances(self.executor.max_runtime_instances)
			.with_runtime_cache_size(self.executor.runtime_cache_size)
			.with_cache_path(&self.folder)
			.build()
	}

	/// Compiles code into the folder, unless it is there, and gives its version.
	pub fn compile(&self, code: &[u8]) -> Result<RuntimeVersion, String> {
		load(&self.executor(), code)
	}
}

/// Has an executor keep this code ready to run, under the hash by which the client will ask for it, and
/// gives its version.
fn load(executor: &WasmExecutor<HostFunctions>, code: &[u8]) -> Result<RuntimeVersion, String> {
	let fetcher = WrappedRuntimeCode(code.into());
	let code = RuntimeCode {
		code_fetcher: &fetcher,
		heap_pages: None,
		hash: blake2_256(code).to_vec(),
	};
	executor
		.runtime_version(&mut BasicExternalities::default(), &code)
		.map_err(|error| error.to_string())
}

/// Compiles whatever runtime is to come, for as long as the node runs, and has it ready in the executor of
/// the client.
pub async fn watch(
	client: Arc<FullClient>,
	compiler: Compiler,
	executor: WasmExecutor<HostFunctions>,
) {
	let mut done = None;
	let mut timer = interval(INTERVAL);
	timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
	loop {
		timer.tick().await;
		match coming(&client, done) {
			Ok(None) => (),
			Ok(Some((next, code))) => {
				if prepare(&compiler, &executor, &next, &code) {
					done = Some(next.code_hash);
				}
			}
			// The block may have gone meanwhile.
			Err(error) => debug!(target: LOG_TARGET, "the runtime to come cannot be read: {error}"),
		}
	}
}

/// What is to come, with its code.
type Coming = (Upcoming<Hash, BlockNumber>, Vec<u8>);

/// What is to come, unless that is `done`.
fn coming(client: &FullClient, done: Option<Hash>) -> Result<Option<Coming>, String> {
	let state = client
		.state_at(client.info().best_hash)
		.map_err(|error| error.to_string())?;
	let read = |key: [u8; 32]| state.storage(&key).map_err(|error| error.to_string());
	let Some(next) = read(Next::<Runtime>::hashed_key())? else {
		return Ok(None);
	};
	let next = Upcoming::decode(&mut next.as_slice()).map_err(|error| error.to_string())?;
	if done == Some(next.code_hash) {
		return Ok(None);
	}
	let code = read(Code::<Runtime>::hashed_key())?.ok_or("there is no code")?;
	let code = Vec::decode(&mut code.as_slice()).map_err(|error| error.to_string())?;
	Ok(Some((next, code)))
}

/// Compiles it, and tells. Says whether it worked; if not, it is tried again.
fn prepare(
	compiler: &Compiler,
	executor: &WasmExecutor<HostFunctions>,
	next: &Upcoming<Hash, BlockNumber>,
	code: &[u8],
) -> bool {
	let begin = Instant::now();
	match compiler.compile(code).and_then(|_| load(executor, code)) {
		Ok(version) => {
			info!(
				target: LOG_TARGET,
				"Runtime {} {} comes into force with block {}; compiled in {:.1} s",
				version.spec_name,
				version.spec_version,
				next.at,
				begin.elapsed().as_secs_f64()
			);
			true
		}
		Err(error) => {
			error!(
				target: LOG_TARGET,
				"this node cannot compile the runtime {:?} that comes into force with block {}, and will \
				 stop following the chain there unless it still can: {error}. Is there room on the disk, and \
				 a newer version of this program?",
				next.code_hash,
				next.at
			);
			false
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use madang_runtime::VERSION;
	use std::fs;

	fn compiler(folder: PathBuf) -> Compiler {
		Compiler {
			executor: ExecutorConfiguration::default(),
			folder,
		}
	}

	fn files(folder: &std::path::Path) -> usize {
		let Ok(entries) = fs::read_dir(folder) else {
			return 0;
		};
		entries
			.flatten()
			.map(|entry| match entry.file_type() {
				Ok(kind) if kind.is_dir() => files(&entry.path()),
				_ => 1,
			})
			.sum()
	}

	#[test]
	fn what_was_compiled_is_kept() {
		let folder = tempfile::tempdir().expect("there is room for a folder");
		let compiler = compiler(folder.path().join(FOLDER));
		assert_eq!(files(folder.path()), 0);
		let code = madang_runtime::WASM_BINARY.expect("the runtime was built");
		let version = compiler.compile(code).expect("it is a runtime");
		assert_eq!(version.spec_version, VERSION.spec_version);
		assert!(files(folder.path()) > 0);
	}

	#[test]
	fn what_is_no_runtime_is_refused() {
		let folder = tempfile::tempdir().expect("there is room for a folder");
		let compiler = compiler(folder.path().join(FOLDER));
		assert!(compiler.compile(b"\0asm and nothing more").is_err());
		assert!(compiler.compile(b"").is_err());
	}
}
