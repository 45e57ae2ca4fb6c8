//! How the pallets are set up that only a parachain has; the others are in
//! [`application`](crate::application).

pub mod consensus;
pub mod upgrade;
pub mod xcm;
