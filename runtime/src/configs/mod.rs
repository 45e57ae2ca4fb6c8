//! How the pallets are set up that only a chain of its own has; the others are in
//! [`application`](crate::application).

pub mod consensus;
pub mod upgrade;
