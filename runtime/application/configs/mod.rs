//! How each pallet is set up, one file for each concern.
//!
//! What an application pallet needs from the chain below it stands in [`governance`] and
//! [`payment`]; its numbers come from `madang-runtime-common`.

pub mod assets;
pub mod attestation;
pub mod balances;
pub mod escrow;
pub mod governance;
pub mod land;
pub mod metaverse;
pub mod multisig;
pub mod nfts;
pub mod payment;
pub mod portal;
pub mod proxy;
pub mod system;
pub mod treasury;
pub mod utility;
