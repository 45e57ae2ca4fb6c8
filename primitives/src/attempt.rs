//! Trying what may fail because of somebody's account.

use frame_support::storage::with_storage_layer;
use sp_runtime::DispatchError;

/// Does something that may fail for a reason that says something about somebody's account. What it had
/// done by then is taken back.
///
/// Whoever calls from within hundreds of nested batches must not be able to make it look as if an
/// account could take no money: when there is no room for another layer, everything fails.
pub fn attempt<R>(
	deed: impl FnOnce() -> Result<R, DispatchError>,
) -> Result<Result<R, DispatchError>, DispatchError> {
	match with_storage_layer(deed) {
		Err(DispatchError::Transactional(error)) => Err(error.into()),
		done => Ok(done),
	}
}
