//! The panels of the window. They know the core and the context they are handed, not each other.

pub mod inspector;
pub mod menu_bar;
pub mod notices;
pub mod pool;
pub mod timeline;
pub mod transport_bar;
pub mod welcome;
